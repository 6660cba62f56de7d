"""Business calendars: when the desk is open, and arithmetic with the time it is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from datetime import tzinfo as Zone  # noqa: N812 - the calendar has an attribute of that name
from types import MappingProxyType
from typing import Any, Final, Self, TypeVar, final

from netcor_sla._calendars.coverage import covered, covered_day, covered_years, refusal
from netcor_sla._calendars.forms import day_length, frozen, read_schedule, usual_day, write_schedule
from netcor_sla._calendars.holidays import HolidayNames
from netcor_sla._calendars.hours import clock
from netcor_sla._calendars.instants import EPOCH, MICROSECOND, duration, instant, moment, plain
from netcor_sla._calendars.schedule import Schedule
from netcor_sla._calendars.timeline import BeyondBookError, Timeline
from netcor_sla._languages import Language, choose
from netcor_sla._values import LegacyAdjustable
from netcor_sla.errors import CalendarError, shown

Spans = Sequence[Sequence[str]]
Dates = Mapping[str, Spans | Mapping[str, Any]]
Answer = TypeVar("Answer")

_NONE: Final[Mapping[str, Any]] = MappingProxyType({})


@final
class BusinessCalendar(LegacyAdjustable):
    """A desk's opening hours in one zone, less holidays, plus what is special.

    The arguments are the keys of the data form; see "Calendars as data" in the
    documentation. Hours are half-open: the desk is open at 08:30:00 exactly and closed
    at 17:00:00 exactly. Datetimes must be aware, of any zone; those that come back are
    in the zone of the first one given. Amounts are business time: `timedelta(days=1)`
    is 24 open hours.

    Every question outside the years that the holidays are known for, and every answer
    there, is a `CoverageError`; without holidays, the years are 1900 to 2199. Where the
    desk opens on special dates only and these are used up, it is a `NoOpeningError`; an
    instant without a zone is a `NaiveError`.
    """

    __slots__ = ("_business_day", "_epoch", "_schedule", "_timeline")

    _business_day: timedelta | None
    _epoch: datetime
    _schedule: Schedule
    _timeline: Timeline

    _keys = ("zone", "hours", "holidays", "special", "recurring", "extra", "business_day")
    _required = ("zone", "hours", "holidays")
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
        length = usual_day(schedule) if business_day is None else day_length(business_day)
        # Datetimes that share a zone object are subtracted by their wall clocks: fast, and
        # exact while the zone is a fixed offset; in any other it would be wrong.
        fixed = isinstance(schedule.zone, timezone)
        self._fill(
            _schedule=schedule,
            _timeline=Timeline(schedule),
            _business_day=length,
            _epoch=EPOCH.astimezone(schedule.zone) if fixed else EPOCH,
        )

    @property
    def tzinfo(self) -> Zone:
        """The zone, the same object for the calendar's life."""
        return self._schedule.zone

    @property
    def business_day(self) -> timedelta:
        """The length of a standard day, by which targets in business days are reckoned."""
        if self._business_day is None:
            raise CalendarError(
                "business_day is not given, and no weekday opens, or those that open differ in "
                "length; give it, as '08:00'"
            )
        return self._business_day

    def is_open(self, at: datetime) -> bool:
        """Whether the desk is open at an instant."""
        return self._ask(self._timeline.is_open, at=at)

    def next_open(self, at: datetime) -> datetime:
        """Find the next opening; `at` itself while open."""
        return moment(self._ask(self._timeline.next_open, at=at), at.tzinfo)

    def next_close(self, at: datetime) -> datetime:
        """Find the next closing; `at` itself while closed."""
        return moment(self._ask(self._timeline.next_close, at=at), at.tzinfo)

    def add(self, at: datetime, amount: timedelta) -> datetime:
        """Find the earliest instant by which `amount` of business time has passed since `at`.

        Four hours from 13:00 end at 17:00, when the desk closes, and not at the next
        opening. For zero, `at`.

        Laws: `between(at, add(at, d)) == d`; `add(add(at, d), e) == add(at, d + e)`; all
        instants from a closing to the next opening have the same result.
        """
        exact = MICROSECOND * _amount(amount, "subtract")
        return self._after(at, exact, "at") if exact else self._same(at)

    def subtract(self, at: datetime, amount: timedelta) -> datetime:
        """Find the latest instant from which `amount` of business time passes up to `at`.

        Four hours back from 12:30 begin at 08:30. For zero, `at`.

        Law: `between(subtract(at, d), at) == d`.
        """
        exact = _amount(amount, "add")
        if not exact:
            return self._same(at)
        return moment(self._ask(self._timeline.subtract, exact, at=at), at.tzinfo)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Measure the business time from `start` to `end`; negative where `end` is earlier."""
        if type(start) is datetime and type(end) is datetime:  # as in `_after`
            reading = self._timeline.index.dial.reading
            try:
                before = reading(start - (EPOCH if start.tzinfo is UTC else self._epoch))
                after = reading(end - (EPOCH if end.tzinfo is UTC else self._epoch))
            except TypeError:
                before = after = None
            if before is not None and after is not None:
                return after - before
        return MICROSECOND * self._ask(self._timeline.between, start=start, end=end)

    def spans(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the open spans from `start` to `end` in order, clipped to the two.

        The arguments are checked at once, the spans are found as they are taken. Touching
        spans come as one, also over midnight. A reversed pair is a `CalendarError`.
        """
        first, last = covered(self._schedule, start=start, end=end)
        if last < first:
            raise CalendarError(
                f"end {shown(end)} is before start {shown(start)}; give the earlier one first"
            )
        return (
            (moment(opening, start.tzinfo), moment(closing, start.tzinfo))
            for opening, closing in self._timeline.spans(first, last)
        )

    def is_business_day(self, day: date) -> bool:
        """Whether a date has hours, regular or special; an extra window makes none."""
        return self._schedule.is_business_day(covered_day(self._schedule, day))

    def holiday(self, day: date, language: Language = "de") -> str | None:
        """Name the public holiday of a date, if it is one.

        A name that the language lacks is given in English, or else in the country's own.
        """
        names = self._schedule.holiday(covered_day(self._schedule, day)) or HolidayNames("", "")
        return choose(language, de=names.de, en=names.en) or None

    def with_extra_hours(self, start: datetime, end: datetime) -> Self:
        """Make a calendar that is also open from `start` to `end`, whatever its hours say."""
        window = [
            moment(at, UTC).isoformat() for at in covered(self._schedule, start=start, end=end)
        ]
        return self.replace(extra=[*self.to_dict().get("extra", []), window])

    def freeze(self, first_year: int, last_year: int) -> Self:
        """Make the same calendar with the holidays of these years as data, both included.

        It answers alike under every release of `holidays`, and refuses all other years. Its
        special dates and extra windows of other years are left out, as no answer needs them.
        """
        years = covered_years(self._schedule, first_year=first_year, last_year=last_year)
        return self.from_dict(self._form(frozen(self._schedule, *years)))

    def to_dict(self) -> dict[str, Any]:
        """Write the data form: ready for JSON, in one spelling, and a fresh copy."""
        return self._form(self._schedule)

    def _form(self, schedule: Schedule) -> dict[str, Any]:
        """Write the data form of this calendar, or of one with another schedule."""
        form = write_schedule(schedule)
        if self._business_day not in (None, usual_day(self._schedule)):
            form["business_day"] = clock(self._business_day // timedelta(minutes=1))
        return form

    def _after(self, at: datetime, amount: timedelta, name: str) -> datetime:
        """Do what `add` does, for a plain `amount` above zero; `name` is that of `at`."""
        if type(at) is datetime:  # subclasses may subtract as they please
            zone = at.tzinfo
            epoch = EPOCH if zone is UTC else self._epoch
            try:
                due = self._timeline.index.dial.add(at - epoch, amount)
            except TypeError:  # it is naive, or its tzinfo raised this
                due = None
            if due is not None:
                after = epoch + due
                return after if zone is epoch.tzinfo else after.astimezone(zone)
        exact = amount // MICROSECOND
        return moment(self._ask(self._timeline.add, exact, **{name: at}), at.tzinfo)

    def _same(self, at: datetime) -> datetime:
        """Give `at` back, as a plain datetime, if it is inside the covered years."""
        covered(self._schedule, at=at)
        return plain(at, "at")

    def _ask(self, question: Callable[..., Answer], *amounts: int, **instants: datetime) -> Answer:
        """Put a question to the timeline; a search that leaves it becomes an error of ours."""
        exact = [instant(at, name) for name, at in instants.items()]
        try:
            return question(*exact, *amounts)
        except BeyondBookError as beyond:
            raise refusal(self._schedule, instants, forwards=beyond.forwards) from None


def _amount(amount: object, other: str) -> int:
    """Insist on an amount of zero or above; `other` is the verb for the other way."""
    exact = duration(amount, "amount")
    if exact < 0:
        raise CalendarError(f"amount must not be negative: {shown(amount)}; use {other} instead")
    return exact
