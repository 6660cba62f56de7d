"""A calendar's schedule: which hours a date has, when exactly they are, and in which years.

It binds hours, holidays and zone together. An instant is open when the wall clock lies in a span
of that date; so on a night when clocks change, a span may be longer or shorter, or be split in two.
Dates are numbers of days since 1970 in the schedule's zone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, tzinfo
from operator import itemgetter
from typing import Any, Final, NamedTuple

from netcor_sla._calendars import hours, instants
from netcor_sla._calendars.holidays import FrozenHolidays, HolidayNames, Holidays, read_holidays
from netcor_sla._calendars.hours import Day, Minutes, Week, Weeks, Window
from netcor_sla._calendars.instants import DAY, EPOCH_DAY, MICROSECOND, MINUTE, Span, day_text, moment
from netcor_sla._calendars.zones import Stretch, day_start, offset_at, stretches, zone, zone_text
from netcor_sla.errors import CalendarError, CoverageError, NoOpeningError, SLAError

YEARS_WITHOUT_HOLIDAYS: Final = (1900, 2199)
WeekForm = Callable[[Week], dict[str, list[list[str]]]]
_start: Final = itemgetter(0)
_end: Final = itemgetter(1)

MOST: Final = 400_000  # spans at once, which take some 60 MB


class BeyondError(Exception):
    """A search left the covered years, forwards or backwards. Never seen by users."""

    def __init__(self, *, forwards: bool) -> None:
        self.forwards = forwards


class Schedule(NamedTuple):
    zone: tzinfo
    week: Week  # until the first of `later`
    holidays: Holidays | None
    special: Mapping[int, Day]
    recurring: Mapping[str, Day]
    extra: tuple[Window, ...]  # in order and apart
    later: Weeks

    @property
    def years(self) -> tuple[int, int]:
        return self.holidays.covers if self.holidays else YEARS_WITHOUT_HOLIDAYS

    @property
    def days(self) -> range:
        first, last = self.years
        return range(instants.new_year(first), instants.new_year(last + 1))

    def hours_on(self, day: int) -> tuple[Minutes, ...]:
        """List the spans of a covered date.

        A special date beats all else. A recurring one changes the hours of a date
        otherwise open, so it opens neither a Sunday nor a holiday.
        """
        if day in self.special:
            return self.special[day].spans
        regular = self.regular(day)
        if not regular or self.holiday(day):
            return ()
        recurring = self.recurring_on(day)
        return regular if recurring is None else recurring.spans

    def regular(self, day: int) -> tuple[Minutes, ...]:
        return (self.week_of(day) if self.later else self.week)[self.weekday(day)]

    def week_of(self, day: int) -> Week:
        number = bisect_right(self.later, day, key=_start)
        return self.later[number - 1][1] if number else self.week

    @property
    def weeks(self) -> list[Week]:
        return [self.week, *(week for _, week in self.later)]

    def weekday(self, day: int) -> int:
        return (day + EPOCH_DAY - 1) % 7

    def recurring_on(self, day: int) -> Day | None:
        return self.recurring.get(day_text(day)[-5:]) if self.recurring else None

    def holiday(self, day: int) -> HolidayNames | None:
        return None if self.holidays is None else self.holidays.on(day)

    def is_business_day(self, day: int) -> bool:
        """Whether a covered date has hours, and no clock change skips them all."""
        return bool(self.hours_on(day)) and bool(self.openings(day))

    def openings(self, day: int) -> list[Span]:
        around = stretches(self.zone, (day - 1) * DAY, (day + 2) * DAY)
        return joined(span for stretch in around for span in self.spans_on(day, stretch))

    def spans_on(self, day: int, stretch: Stretch) -> Iterator[Span]:
        """Yield what a stretch of constant offset holds of the hours of a date."""
        midnight = day * DAY - stretch.offset
        for opening, closing in self.hours_on(day):
            start = max(midnight + opening * MINUTE, stretch.start)
            end = min(midnight + closing * MINUTE, stretch.end)
            if start < end:
                yield start, end

    def spans(self, start: timedelta, end: timedelta) -> list[Span]:
        """List the open spans of a covered stretch, extra windows included."""
        days, found = self.days, [window[:2] for window in self.windows(start, end)]
        for stretch in stretches(self.zone, start, end) if start < end else ():
            first, last = stretch.start + stretch.offset, stretch.end + stretch.offset - MICROSECOND
            for day in range(max(first.days, days.start), min(last.days + 1, days.stop)):
                found.extend(self.spans_on(day, stretch))
        return joined(found)

    def windows(self, start: timedelta, end: timedelta) -> list[Window]:
        first = bisect_right(self.extra, start, key=_end)
        last = bisect_left(self.extra, end, lo=first, key=_start)
        return [(max(a, start), min(b, end), name) for a, b, name in self.extra[first:last]]

    def day_of(self, at: timedelta) -> int:
        return (at + offset_at(self.zone, at)).days

    def first_showing(self, wall: timedelta) -> timedelta:
        """Find the first instant at which the wall clock shows `wall` or later, be it that of a change."""
        return next(
            max(stretch.start, wall - stretch.offset)
            for stretch in stretches(self.zone, wall - 2 * DAY, wall + 2 * DAY)
            if wall < stretch.end + stretch.offset
        )

    @property
    def covers(self) -> Span:
        days = self.days
        return day_start(self.zone, days.start), day_start(self.zone, days.stop)

    def extended(
        self, spans: Sequence[Span], known: Span, wanted: Span
    ) -> tuple[Sequence[Span], timedelta, timedelta]:
        """Read months until `known`, of which these are the spans, or else they alone, hold both ends of `wanted`."""
        start, end = self.covers
        if wanted[0] < start or wanted[1] >= end:
            raise BeyondError(forwards=wanted[0] >= start)
        low, high = self._months(*wanted)
        before, after = known
        if before < after:
            # A year ahead at most, so that one request after the other is not one reading each.
            ahead = min(after - before, 366 * DAY)
            first = before if before <= low else max(start, low - ahead)
            last = after if high <= after else min(end, high + ahead)
            first, last = self._months(first, last - MICROSECOND)
            if self._fits(first, last):
                more = [*self.spans(first, before), *spans, *self.spans(after, last)]
                return joined(more), first, last
        if not self._fits(low, high):
            since, until = (moment(at, UTC).isoformat() for at in (low, high))
            raise CalendarError(
                f"the calendar opens too often from {since} to {until} to count it at once; ask about fewer years",
                f"von {since} bis {until} öffnet der Kalender zu oft; möglich sind weniger Jahre auf einmal",
            )
        return self.spans(low, high), low, high

    def farther(self, at: timedelta, low: timedelta, high: timedelta, *, later: bool) -> Span:
        """Name a stretch from an instant on, or up to it, that goes twice as far as what is known there."""
        start, end = self.covers
        if later:
            return at, max(high, min(high + (high - at), end - MICROSECOND))
        return min(low - MICROSECOND, max(low - (at - low), start)), at

    def _months(self, first: timedelta, last: timedelta) -> Span:
        start, end = (instants.date_of(self.day_of(at)).replace(day=1) for at in (first, last))
        low = day_start(self.zone, start.toordinal() - EPOCH_DAY)
        high = day_start(self.zone, (end + 31 * DAY).replace(day=1).toordinal() - EPOCH_DAY)
        if low > first:  # clocks go back over the month's first midnight
            low = day_start(self.zone, (start - DAY).replace(day=1).toordinal() - EPOCH_DAY)
        # Where they go back over New Year, the last minutes covered are of the next year's date.
        return low, min(high, self.covers[1])

    def _fits(self, low: timedelta, high: timedelta) -> bool:
        most = max(len(spans) for week in self.weeks for spans in week)
        return most * (high - low) < MOST * DAY


def joined(spans: Iterable[Span]) -> list[Span]:
    """Sort spans, and make one of those that touch or overlap."""
    union: list[Span] = []
    for start, end in sorted(spans):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(end, union[-1][1]))
        else:
            union.append((start, end))
    return union


@contextmanager
def refusing(schedule: Schedule, **given: datetime) -> Iterator[None]:
    try:
        yield
    except BeyondError as beyond:
        raise refusal(schedule, beyond, **given) from None


def refusal(schedule: Schedule, beyond: BeyondError, **given: datetime) -> SLAError:
    try:
        covered(schedule, **given)
    except CoverageError as error:
        return error
    asked = ", ".join(f"{name} {at.isoformat()}" for name, at in given.items())
    times = " und ".join(at.isoformat() for at in given.values())
    en, de = _years(schedule)
    on, weeks = beyond.forwards, schedule.weeks
    if any(weeks[-1 if on else 0]):
        en = f"from {asked}, the answer lies {'later than' if on else 'before'} {en}"
        return CoverageError(en, f"vom {times} aus liegt das Ergebnis außerhalb von {de}")
    en = "has no weekly hours, and its special dates and extra windows are used up; add more of them"
    de = "hat keine wöchentlichen Zeiten; nötig sind weitere besondere Tage oder Zeitfenster"
    en = f"{asked}, the desk does not open, or not for long enough: the calendar {en}"
    de = f"{times} wird nicht oder nicht lange genug geöffnet: der Kalender {de}"
    return NoOpeningError(f"{'after' if on else 'before'} {en}", f"{'nach' if on else 'vor'} {de}")


def covered(schedule: Schedule, /, **given: datetime) -> list[timedelta]:
    exact = [instants.instant(at, name) for name, at in given.items()]
    start, end = schedule.covers
    for at, name in zip(exact, given, strict=True):
        if not start <= at < end:
            raise uncovered(name, given[name].isoformat(), schedule)
    return exact


def covered_day(schedule: Schedule, day: date, name: str = "day") -> int:
    number = instants.day_number(day, name)
    if number not in schedule.days:
        raise uncovered(name, day.isoformat(), schedule)
    return number


def uncovered(name: str, value: str, schedule: Schedule) -> CoverageError:
    en, de = _years(schedule)
    return CoverageError(f"{name} {value} lies outside {en}", f"{value} liegt außerhalb von {de}")


def _years(schedule: Schedule) -> tuple[str, str]:
    (first, last), source = schedule.years, schedule.holidays
    en, de = f"{first} to {last}, the years that", f"{first} bis {last}, den Jahren, die"
    if source is None:
        return f"{en} a calendar without holidays covers", f"{de} ein Kalender ohne Feiertage umfasst"
    if isinstance(source, FrozenHolidays):
        return f"{en} the calendar was frozen for; freeze more of them", f"{de} eingefroren sind"
    whose = source.label
    return (
        f"{en} the holidays of {whose} are known for; other years need a calendar without holidays",
        f"{first} bis {last}, den Jahren mit bekannten Feiertagen von {whose}; mehr hat ein Kalender ohne sie",
    )


def read_schedule(form: Mapping[str, Any]) -> Schedule:
    week = hours.week(form["hours"])
    schedule = Schedule(
        zone=zone(form["zone"]),
        week=week,
        later=hours.weeks(form["hours_from"], week),
        holidays=read_holidays(form["holidays"]),
        special=hours.special_dates(form["special"]),
        recurring=hours.recurring_dates(form["recurring"]),
        extra=hours.windows(form["extra"]),
    )
    days = schedule.special.values()
    if not (any(map(any, schedule.weeks)) or any(day.spans for day in days) or schedule.extra):
        example = "{'mon-fri': [['08:30', '17:00']]}"
        de = f"hours: der Kalender öffnet nie; erwartet wird zum Beispiel {example}"
        raise CalendarError(f"hours never open the desk; write {example}", de)
    _check_years(schedule)
    return schedule


def write_schedule(schedule: Schedule, week_form: WeekForm = hours.week_form) -> dict[str, Any]:
    special, recurring = schedule.special, schedule.recurring
    optional = {
        "hours_from": {day_text(day): week_form(week) for day, week in schedule.later},
        "special": {day_text(day): special[day].form() for day in sorted(special)},
        "recurring": {day: recurring[day].form() for day in sorted(recurring)},
        # In UTC, since what zones are ahead of it changes with their data.
        "extra": [
            [*(moment(at, UTC).isoformat() for at in (start, end)), *([name] if name else ())]
            for start, end, name in schedule.extra
        ],
    }
    return {
        "zone": zone_text(schedule.zone),
        "hours": week_form(schedule.week),
        "holidays": schedule.holidays and schedule.holidays.form(),
        **{key: value for key, value in optional.items() if value},
    }


def cut(schedule: Schedule, days: range, span: Span, holidays: Holidays | None) -> Schedule:
    """Leave out what some dates and a stretch of time do not need."""
    return schedule._replace(
        week=schedule.week_of(days.start),
        later=tuple(each for each in schedule.later if days.start < each[0] < days.stop),
        holidays=holidays,
        special={day: schedule.special[day] for day in schedule.special if day in days},
        extra=tuple(schedule.windows(*span)),
    )


def frozen(schedule: Schedule, first: int, last: int) -> Schedule:
    """Make the holidays of covered years data; what lies outside these years is left out."""
    source = schedule.holidays
    days = range(instants.new_year(first), instants.new_year(last + 1))
    names = {day: name for day in days if (name := schedule.holiday(day))}
    origin = source.origin if isinstance(source, FrozenHolidays) else source
    start, end = (day_start(schedule.zone, day) for day in (days.start, days.stop))
    return cut(schedule, days, (start, end), FrozenHolidays(origin, first, last, names))


def _check_years(schedule: Schedule) -> None:
    if not (schedule.special or schedule.extra):
        return  # and so no look at the holidays, which takes long
    days, (start, end) = schedule.days, schedule.covers
    for day in schedule.special:
        if day not in days:
            raise hours.outside(f"special: {day_text(day)}", schedule.years)
    for opening, closing, _ in schedule.extra:
        at = opening if opening < start or opening >= end else closing
        if not (start <= opening and closing <= end):
            raise hours.outside(f"extra: {moment(at, UTC).isoformat()}", schedule.years)
