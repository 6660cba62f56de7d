"""Business calendars: when the desk is open, and arithmetic with the time it is."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from datetime import tzinfo as Zone  # noqa: N812 - the calendar has an attribute of that name
from types import MappingProxyType
from typing import Any, Final, Self, final

from netcor_sla._calendars.holidays import YEARS, HolidayNames
from netcor_sla._calendars.hours import clock, minutes
from netcor_sla._calendars.instants import (
    DAY,
    EPOCH,
    MINUTE,
    ZERO,
    day_number,
    duration,
    instant,
    moment,
    new_year,
    plain,
)
from netcor_sla._calendars.schedule import (
    BeyondError,
    Schedule,
    frozen,
    read_schedule,
    write_schedule,
)
from netcor_sla._calendars.timeline import Timeline
from netcor_sla._languages import Language
from netcor_sla._values import Value, fill, fingerprint, whole
from netcor_sla.errors import CalendarError, CoverageError, NoOpeningError, SLAError, shown

Spans = Sequence[Sequence[str]]
Dates = Mapping[str, Spans | Mapping[str, Any]]

_NONE: Final[Mapping[str, Any]] = MappingProxyType({})
_KEYS: Final = ("zone", "hours", "holidays")
_OPTIONAL: Final = ("special", "recurring", "extra", "business_day")


@final
@dataclass(frozen=True, slots=True, init=False, eq=False, repr=False)
class BusinessCalendar(Value):
    """A desk's opening hours in one zone, less holidays, plus what is special.

    The arguments are the keys of the data form; see "Calendars as data" in the documentation. Hours are
    half-open: the desk is open at 08:30:00 exactly and closed at 17:00:00 exactly. Datetimes must be aware,
    of any zone; those that come back are in the zone of the first one given. Amounts are business time:
    `timedelta(days=1)` is 24 open hours.

    Every question outside the years that the holidays are known for, and every answer there, is a
    `CoverageError`; without holidays, the years are 1900 to 2199. Where the desk opens on special dates
    only and these are used up, it is a `NoOpeningError`; an instant without a zone is a `NaiveError`.

    `schedule` and `timeline` are for this package.
    """

    schedule: Schedule
    timeline: Timeline
    usual_day: timedelta | None
    _epoch: datetime
    _fingerprint: list[str]

    _error = CalendarError

    def __init__(  # noqa: PLR0913 - the keys of the data form
        self,
        *,
        hours: Mapping[str, Spans],
        zone: str,
        holidays: str | Mapping[str, Any] | None,
        special: Dates = _NONE,
        recurring: Dates = _NONE,
        extra: Sequence[Sequence[str]] = (),
        business_day: timedelta | str | None = None,
    ) -> None:
        form: dict[str, object] = {"hours": hours, "zone": zone, "holidays": holidays}
        form |= {"special": special, "recurring": recurring, "extra": extra}
        schedule = read_schedule(form)
        length = _derived_day(schedule) if business_day is None else _day_length(business_day)
        fixed = isinstance(schedule.zone, timezone)
        fill(
            self,
            schedule=schedule,
            timeline=Timeline(schedule),
            usual_day=length,
            _epoch=EPOCH.astimezone(schedule.zone) if fixed else EPOCH,
            _fingerprint=[],
        )

    @property
    def tzinfo(self) -> Zone:
        """The zone, the same object for the calendar's life."""
        return self.schedule.zone

    @property
    def business_day(self) -> timedelta:
        """The length of a standard day, in which targets in business days are counted."""
        if self.usual_day is None:
            raise CalendarError(
                "business_day is not given, and no weekday opens, or those that open differ in "
                "length; give it, for example '08:00'"
            )
        return self.usual_day

    def is_open(self, at: datetime) -> bool:
        """Whether the desk is open at an instant."""
        with refusing(self.schedule, at=at):
            return self.timeline.is_open(instant(at, "at"))

    def next_open(self, at: datetime) -> datetime:
        """Find the next opening; `at` itself while open."""
        with refusing(self.schedule, at=at):
            return moment(self.timeline.next_open(instant(at, "at")), at.tzinfo)

    def next_close(self, at: datetime) -> datetime:
        """Find the next closing; `at` itself while closed."""
        with refusing(self.schedule, at=at):
            return moment(self.timeline.next_close(instant(at, "at")), at.tzinfo)

    def add(self, at: datetime, amount: timedelta) -> datetime:
        """Find the earliest instant by which `amount` of business time has passed since `at`.

        Four hours from 13:00 end at 17:00, when the desk closes, and not at the next
        opening. For zero, `at`.

        Laws: `between(at, add(at, d)) == d`; `add(add(at, d), e) == add(at, d + e)`; all
        instants from a closing to the next opening have the same result.
        """
        exact = _amount(amount, "subtract")
        return self.after(at, exact, "at") if exact else self._same(at)

    def subtract(self, at: datetime, amount: timedelta) -> datetime:
        """Find the latest instant from which `amount` of business time passes up to `at`.

        Four hours back from 12:30 begin at 08:30. For zero, `at`.

        Law: `between(subtract(at, d), at) == d`.
        """
        exact = _amount(amount, "add")
        if not exact:
            return self._same(at)
        with refusing(self.schedule, at=at):
            return moment(self.timeline.subtract(instant(at, "at"), exact), at.tzinfo)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Measure the business time from `start` to `end`; negative where `end` is earlier."""
        zone = start.tzinfo if type(start) is type(end) is datetime else None
        epoch = EPOCH if zone is UTC else self._epoch  # as in `after`
        own = zone is not None and zone is end.tzinfo is epoch.tzinfo
        since = start - epoch if own else instant(start, "start")
        until = end - epoch if own else instant(end, "end")
        try:
            return self.timeline.between(since, until)
        except BeyondError as beyond:
            raise refusal(self.schedule, beyond, start=start, end=end) from None

    def spans(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the open spans from `start` to `end` in order, clipped to the two.

        The arguments are checked at once, the spans are found as they are taken. Touching
        spans come as one, also over midnight. A reversed pair is a `CalendarError`.
        """
        first, last = covered(self.schedule, start=start, end=end)
        if last < first:
            raise CalendarError(
                f"end {shown(end)} is before start {shown(start)}; give the earlier one first"
            )
        return (
            (moment(opening, start.tzinfo), moment(closing, start.tzinfo))
            for opening, closing in self.timeline.spans(first, last)
        )

    def is_business_day(self, day: date) -> bool:
        """Whether a date has hours, regular or special; an extra window makes none."""
        return self.schedule.is_business_day(_covered_day(self.schedule, day))

    def holiday(self, day: date, language: Language = "de") -> str | None:
        """Name the public holiday of a date, if it is one.

        A name that the language lacks is given in English, or else in the country's own.
        """
        names = self.schedule.holiday(_covered_day(self.schedule, day)) or HolidayNames("", "")
        return names.title(language) or None

    def with_extra_hours(self, start: datetime, end: datetime) -> Self:
        """Make a calendar that is also open from `start` to `end`, whatever its hours say."""
        window = [moment(at, UTC).isoformat() for at in covered(self.schedule, start=start, end=end)]
        return self.replace(extra=[*self.to_dict().get("extra", []), window])

    def freeze(self, first_year: int, last_year: int) -> Self:
        """Make the same calendar with the holidays of these years as data, both included.

        It answers alike under every release of `holidays`, and refuses all other years. Its
        special dates and extra windows of other years are left out, as no answer needs them.
        """
        first, last = self.schedule.years
        for name, year in {"first_year": first_year, "last_year": last_year}.items():
            if not first <= whole(year, name, "write it as 2026") <= last:
                raise CoverageError(f"{name} {shown(year)} lies outside {_years(self.schedule)}")
        if last_year < first_year:
            raise CalendarError(
                f"last_year {last_year} is before first_year {first_year}; give the earlier one first"
            )
        return self.from_dict(self._form(frozen(self.schedule, first_year, last_year)))

    __replace__ = Value.replace  # for copy.replace, Python 3.13

    def to_dict(self) -> dict[str, Any]:
        """Write the data form: ready for JSON, in one spelling, and a fresh copy."""
        return self._form(self.schedule)

    _given = to_dict

    @classmethod
    def _arguments(cls) -> tuple[Sequence[str], Sequence[str]]:
        return _KEYS, _OPTIONAL

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the data form: equal calendars, and no others, have equal fingerprints."""
        if not self._fingerprint:
            self._fingerprint.append(fingerprint(self.to_dict()))
        return self._fingerprint[0]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, BusinessCalendar):
            return self is other or self.fingerprint == other.fingerprint
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def after(self, at: datetime, amount: timedelta, name: str) -> datetime:
        """Do what `add` does, for an amount above zero; `name` is that of `at`. For this package."""
        zone = at.tzinfo if type(at) is datetime else None
        # Datetimes that share a zone object are subtracted by their wall clocks: fast, and
        # exact where the zone is a fixed offset.
        epoch = EPOCH if zone is UTC else self._epoch
        shared = zone is epoch.tzinfo
        try:
            due = self.timeline.add(at - epoch if shared else instant(at, name), amount)
        except BeyondError as beyond:
            raise refusal(self.schedule, beyond, **{name: at}) from None
        return epoch + due if shared else (EPOCH + due).astimezone(at.tzinfo)

    def _same(self, at: datetime) -> datetime:
        """Give `at` back, as a plain datetime, if it is inside the covered years."""
        covered(self.schedule, at=at)
        return plain(at, "at")

    def _form(self, schedule: Schedule) -> dict[str, Any]:
        """Write the data form of this calendar, or of one with another schedule."""
        form = write_schedule(schedule)
        if self.usual_day not in (None, _derived_day(self.schedule)):
            form["business_day"] = clock(self.usual_day // MINUTE)
        return form


@contextmanager
def refusing(schedule: Schedule, **instants: datetime) -> Iterator[None]:
    """Turn the end of a search into an error that names the arguments; for this package."""
    try:
        yield
    except BeyondError as beyond:
        raise refusal(schedule, beyond, **instants) from None


def refusal(schedule: Schedule, beyond: BeyondError, **instants: datetime) -> SLAError:
    """Say why a search that began at these instants left the covered years."""
    try:
        covered(schedule, **instants)
    except CoverageError as error:
        return error
    asked = ", ".join(f"{name} {at.isoformat()}" for name, at in instants.items())
    if any(schedule.week):
        way = "later than" if beyond.forwards else "before"
        return CoverageError(f"from {asked}, the answer lies {way} {_years(schedule)}")
    return NoOpeningError(
        f"{'after' if beyond.forwards else 'before'} {asked}, the desk does not open, or not for long "
        "enough: the calendar has no weekly hours, and its special dates and extra windows are used up"
    )


def covered(schedule: Schedule, **instants: datetime) -> list[timedelta]:
    """Take instants that must lie inside the covered years."""
    exact = [instant(at, name) for name, at in instants.items()]
    start, end = schedule.covers
    for at, name in zip(exact, instants, strict=True):
        if not start <= at < end:
            when = instants[name].isoformat()
            raise CoverageError(f"{name} {when} lies outside {_years(schedule)}")
    return exact


_LONGEST: Final = 366 * DAY * YEARS[1]  # more than any calendar has, and sums stay timedeltas
_WRITABLE: Final = tuple((new_year(year)) * DAY for year in (YEARS[0], YEARS[1] + 1))


def writable(at: datetime, name: str) -> timedelta:
    """Take an instant, in years that every calendar and every zone can show."""
    exact = instant(at, name)
    if _WRITABLE[0] <= exact < _WRITABLE[1]:
        return exact
    raise CoverageError(
        f"{name} {shown(at)} lies outside the years {YEARS[0]} to {YEARS[1]}, beyond which no "
        "calendar goes; give an instant in one of them"
    )


def _covered_day(schedule: Schedule, day: date) -> int:
    number = day_number(day, "day")
    if number not in schedule.days:
        raise CoverageError(f"day {day.isoformat()} lies outside {_years(schedule)}")
    return number


def _years(schedule: Schedule) -> str:
    first, last = schedule.years
    if schedule.holidays is None:
        return f"{first} to {last}, the years that a calendar without holidays covers"
    return (
        f"{first} to {last}, the years that the holidays of {schedule.holidays.label} are known for; "
        "other years need a calendar with holidays=None"
    )


def _derived_day(schedule: Schedule) -> timedelta | None:
    """Derive the length of a standard day, where all weekdays that open are alike."""
    lengths = {sum(end - start for start, end in spans) for spans in schedule.week if spans}
    return MINUTE * lengths.pop() if len(lengths) == 1 else None


def _day_length(length: object) -> timedelta:
    """Read a length, also as `HH:MM`: whole minutes, above zero and at most a day."""
    if isinstance(length, str):
        length = MINUTE * minutes(length, "business_day")
    exact = duration(length, "business_day")
    if not exact % MINUTE and ZERO < exact <= DAY:
        return exact
    raise CalendarError(
        f"business_day must be whole minutes, above zero and at most a day, not {shown(length)}; "
        "write '08:00'"
    )


def _amount(amount: object, other: str) -> timedelta:
    """Take an amount of zero or above; `other` is the verb for the other way."""
    exact = duration(amount, "amount")
    if exact < ZERO:
        raise CalendarError(f"amount must not be negative: {shown(amount)}; use {other} instead")
    return min(exact, _LONGEST)
