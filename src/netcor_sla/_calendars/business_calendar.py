"""Business calendars: when the desk is open, and arithmetic with the time it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from datetime import tzinfo as Zone  # noqa: N812 - the calendar has an attribute of that name
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Self, TypedDict, Unpack, final

from netcor_sla._calendars import instants
from netcor_sla._calendars import schedule as schedules
from netcor_sla._calendars.holidays import HolidayNames
from netcor_sla._calendars.hours import Week, clock, minutes, runs_form, special_dates, week_form
from netcor_sla._calendars.instants import DAY, EPOCH, MINUTE, ZERO, day_text, instant, moment
from netcor_sla._calendars.schedule import BeyondError, Schedule, covered, covered_day, refusal, refusing
from netcor_sla._calendars.timeline import Timeline
from netcor_sla._calendars.zones import zone_name, zone_text
from netcor_sla._languages import REGIONS, WEEKDAYS, Language, choose, safe
from netcor_sla._values import Value, fill, html, whole
from netcor_sla.errors import CalendarError, shown, unlike

Spans = Sequence[Sequence[str]]
Dates = Mapping[str, Spans | Mapping[str, Any]]

_NONE: Final[Mapping[str, Any]] = MappingProxyType({})
_NO: Final = "keine (none)"

if TYPE_CHECKING:

    class Changes(TypedDict, total=False):
        hours: Mapping[str, Spans]
        zone: str
        holidays: str | Mapping[str, Any] | None
        hours_from: Mapping[str, Mapping[str, Spans]]
        special: Dates
        recurring: Dates
        extra: Sequence[Sequence[str]]
        business_day: timedelta | str | None


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

    __module__ = "netcor_sla"  # where it is found

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
        hours_from: Mapping[str, Mapping[str, Spans]] = _NONE,
        special: Dates = _NONE,
        recurring: Dates = _NONE,
        extra: Sequence[Sequence[str]] = (),
        business_day: timedelta | str | None = None,
    ) -> None:
        form: dict[str, object] = {"hours": hours, "hours_from": hours_from, "zone": zone}
        form |= {"holidays": holidays, "special": special, "recurring": recurring, "extra": extra}
        schedule = schedules.read_schedule(form)
        length = _derived_day(schedule) if business_day is None else _day_length(business_day)
        epoch = EPOCH.astimezone(schedule.zone) if isinstance(schedule.zone, timezone) else EPOCH
        fill(self, schedule=schedule, timeline=Timeline(schedule), usual_day=length)
        fill(self, _epoch=epoch, _fingerprint=[])

    @property
    def tzinfo(self) -> Zone:
        """The zone, the same object for the calendar's life."""
        return self.schedule.zone

    @property
    def zone(self) -> str:
        """The zone as text, for example `Europe/Berlin`."""
        return zone_text(self.schedule.zone)

    @property
    def hours(self) -> dict[str, list[list[str]]]:
        """The weekly hours, day by day."""
        return week_form(self.schedule.week)

    @property
    def hours_from(self) -> dict[str, Any]:
        """The weekly hours that hold from a date on, in order."""
        return {**self.to_dict().get("hours_from", {})}

    @property
    def holidays(self) -> str | dict[str, Any] | None:
        """Where the holidays come from, or the days themselves."""
        return self.to_dict().get("holidays")

    @property
    def special(self) -> dict[str, Any]:
        """The special dates, in order."""
        return {**self.to_dict().get("special", {})}

    @property
    def recurring(self) -> dict[str, Any]:
        """The dates of every year, in order."""
        return {**self.to_dict().get("recurring", {})}

    @property
    def extra(self) -> list[list[str]]:
        """The extra windows in UTC, in order."""
        return [*self.to_dict().get("extra", [])]

    @property
    def business_day(self) -> timedelta:
        """The length of a standard day, in which targets in business days are counted."""
        if self.usual_day is None:
            raise CalendarError(
                "business_day is not given, and weekdays have no common length; write '08:00'"
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

        Four hours from 13:00 end at 17:00, when the desk closes, and not at the next opening. For zero, `at`.

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
            raise CalendarError(f"end {shown(end)} is before start {shown(start)}; exchange the two")
        return (
            (moment(opening, start.tzinfo), moment(closing, start.tzinfo))
            for opening, closing in self.timeline.spans(first, last)
        )

    def is_business_day(self, day: date) -> bool:
        """Whether a date has hours, regular or special; an extra window makes none."""
        return self.schedule.is_business_day(covered_day(self.schedule, day))

    def business_days(self, first: date, last: date) -> int:
        """Count the business days from a date to another, both included."""
        start, end = covered_day(self.schedule, first, "first"), covered_day(self.schedule, last, "last")
        if end < start:
            raise CalendarError(f"last {last} is before first {first}; exchange the two")
        return sum(map(self.schedule.is_business_day, range(start, end + 1)))

    def holiday(self, day: date, language: Language = "de") -> str | None:
        """Name the public holiday of a date, if it is one, as readers know it.

        A name that the language lacks is given in English, or else in the country's own.
        """
        names = self.schedule.holiday(covered_day(self.schedule, day)) or HolidayNames("", "")
        return names.title(language) or None

    def holidays_in(self, year: int, language: Language = "de") -> dict[date, str]:
        """Name the public holidays of a year, in order, as `holiday` does."""
        choose(language, de="", en="")
        days = range(self._covered_year(year, "year"), instants.new_year(year + 1))
        named = ((instants.date_of(day), self.schedule.holiday(day)) for day in days)
        return {day: names.title(language) for day, names in named if names}

    def with_special(self, special: Dates) -> Self:
        """Make a calendar with these special dates too; those it had on the same dates give way."""
        more = {day_text(day): each.form() for day, each in special_dates(special).items()}
        return self.replace(special=self.special | more)

    def with_extra_hours(self, start: datetime, end: datetime, name: str | None = None) -> Self:
        """Make a calendar that is also open from `start` to `end`, whatever its hours say."""
        window = [moment(at, UTC).isoformat() for at in covered(self.schedule, start=start, end=end)]
        return self.replace(extra=[*self.extra, window if name is None else [*window, name]])

    def freeze(self, first_year: int, last_year: int) -> Self:
        """Make the same calendar with the holidays of these years as data, both included.

        It answers alike under every release of `holidays`, and refuses all other years. Its
        special dates, extra windows and hours of other years are left out, as no answer needs them.
        """
        self._covered_year(first_year, "first_year")
        self._covered_year(last_year, "last_year")
        if last_year < first_year:
            raise CalendarError(
                f"last_year {last_year} is before first_year {first_year}; give the earlier one first",
                f"das letzte Jahr {last_year} liegt vor dem ersten {first_year}",
            )
        return self.from_dict(self._form(schedules.frozen(self.schedule, first_year, last_year)))

    def _covered_year(self, year: int, name: str) -> int:
        first, last = self.schedule.years
        if first <= whole(year, name, "write it as 2026") <= last:
            return instants.new_year(year)
        raise schedules.uncovered(name, shown(year), self.schedule)

    if TYPE_CHECKING:

        def replace(self, **changes: Unpack[Changes]) -> Self: ...  # type: ignore[override]

    __replace__ = Value.replace  # for copy.replace, Python 3.13

    def to_dict(self) -> dict[str, Any]:
        """Write the data form: ready for JSON, in one spelling, and a fresh copy."""
        return self._form(self.schedule)

    _given = to_dict

    def __repr__(self) -> str:
        written = {key: repr(each) for key, each in self._form(self.schedule, runs_form).items()}
        cut = (f"{key}={text[:200]}{' ...' * (len(text) > 200)}" for key, text in written.items())  # noqa: PLR2004
        return f"BusinessCalendar({', '.join(cut)})"

    def _repr_html_(self) -> str:
        return html("Geschäftskalender (BusinessCalendar)", calendar_rows(self))

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
        return instants.plain(at, "at")

    def _form(self, schedule: Schedule, week_form: schedules.WeekForm = week_form) -> dict[str, Any]:
        """Write the data form of this calendar, or of one with another schedule."""
        form = schedules.write_schedule(schedule, week_form)
        if self.usual_day not in (None, _derived_day(schedule)):
            form["business_day"] = clock(self.usual_day // MINUTE)
        return form


def calendar_rows(calendar: BusinessCalendar) -> list[tuple[str, str]]:
    """Say for notebooks what a calendar is, each with its name."""
    schedule, (first, last) = calendar.schedule, calendar.schedule.years
    rows = {"Zeitzone (zone)": zone_name(schedule.zone), "Geschäftszeiten (hours)": _lines(schedule.week)}
    later = ((f"{instants.date_of(day):%d.%m.%Y}", week) for day, week in schedule.later)
    rows |= {f"ab {day} (hours_from)": _lines(week) for day, week in later}
    label = safe(schedule.holidays.label) if schedule.holidays else ""
    whose, _ = REGIONS.get(label, (label, label))
    rows |= {"Feiertage (holidays)": f"{whose}, {first}-{last}" if label else _NO}
    rows |= {"besondere Tage (special)": f"{len(schedule.special)}"} if schedule.special else {}
    return list(rows.items())


_LONGEST: Final = 366 * DAY * instants.YEARS[1]  # more than any calendar has, and sums stay timedeltas


def _lines(week: Week) -> str:
    runs = runs_form(week, [day[:2] for day in WEEKDAYS["de"]])
    return "\n".join(f"{run} {', '.join(map('-'.join, spans))}" for run, spans in runs.items()) or _NO


def _derived_day(schedule: Schedule) -> timedelta | None:
    """Derive the length of a standard day, where all weekdays that open are alike."""
    days = {spans for week in schedule.weeks for spans in week if spans}
    lengths = {sum(end - start for start, end in spans) for spans in days}
    return MINUTE * lengths.pop() if len(lengths) == 1 else None


def _day_length(length: object) -> timedelta:
    """Read a length, also as `HH:MM`: whole minutes, above zero and at most a day."""
    if isinstance(length, str):
        length = MINUTE * minutes(length, "business_day")
    exact = instants.duration(length, "business_day")
    if not exact % MINUTE and ZERO < exact <= DAY:
        return exact
    what = "whole minutes above zero, a day at most; write '08:00'"
    german = "keine Länge in ganzen Minuten über null bis zu einem Tag; zum Beispiel '08:00'"
    raise unlike(CalendarError, "business_day", length, what, german)


def _amount(amount: object, other: str) -> timedelta:
    """Take an amount of zero or above; `other` is the verb for the other way."""
    exact = instants.duration(amount, "amount")
    if exact < ZERO:
        raise CalendarError(f"amount must not be negative: {shown(amount)}; use {other} instead")
    return min(exact, _LONGEST)
