"""A calendar's schedule: which hours a date has, and when exactly they are.

It binds hours, holidays and zone together. An instant is open when the wall clock lies in a span
of that date; so on a night when clocks change, a span may be longer, shorter, or fall in two.
Dates are numbers of days since 1970 in the schedule's zone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, timedelta, tzinfo
from typing import Any, Final

from netcor_sla._calendars import hours
from netcor_sla._calendars.holidays import (
    YEARS,
    FrozenHolidays,
    HolidayNames,
    Holidays,
    read_holidays,
)
from netcor_sla._calendars.hours import Day, Minutes, Week
from netcor_sla._calendars.instants import (
    DAY,
    EPOCH_DAY,
    MICROSECOND,
    MINUTE,
    Span,
    date_of,
    day_text,
    instant,
    moment,
    new_year,
)
from netcor_sla._calendars.timestamps import read_instant
from netcor_sla._calendars.zones import Stretch, day_start, offset_at, stretches, zone, zone_text
from netcor_sla._values import pair
from netcor_sla.errors import ArgumentError, CalendarError, shown

YEARS_WITHOUT_HOLIDAYS: Final = (1900, 2199)
MOST: Final = 400_000  # spans at once, which take some 60 MB


class BeyondError(Exception):
    """A search left the covered years, forwards or backwards. Never seen by users."""

    def __init__(self, *, forwards: bool) -> None:
        super().__init__()
        self.forwards = forwards


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Schedule:
    """Everything that decides when a desk is open; plain data, never changed."""

    zone: tzinfo
    week: Week
    holidays: Holidays | None
    special: Mapping[int, Day]
    recurring: Mapping[str, Day]
    extra: tuple[Span, ...]

    # Which hours a date has.

    @property
    def years(self) -> tuple[int, int]:
        return self.holidays.covers if self.holidays else YEARS_WITHOUT_HOLIDAYS

    @property
    def days(self) -> range:
        first, last = self.years
        return range(new_year(first), new_year(last + 1))

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
        return self.week[self.weekday(day)]

    def weekday(self, day: int) -> int:
        """Number the weekday of a date, from Monday, 0."""
        return (day + EPOCH_DAY - 1) % 7

    def recurring_on(self, day: int) -> Day | None:
        return self.recurring.get(day_text(day)[-5:]) if self.recurring else None

    def holiday(self, day: int) -> HolidayNames | None:
        return None if self.holidays is None else self.holidays.on(day)

    def is_business_day(self, day: int) -> bool:
        """Whether a covered date has hours, and no clock change skips them all."""
        return bool(self.hours_on(day)) and bool(self.openings(day))

    # When exactly they are.

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
        days, found = self.days, self.windows(start, end)
        for stretch in stretches(self.zone, start, end) if start < end else ():
            first, last = stretch.start + stretch.offset, stretch.end + stretch.offset - MICROSECOND
            for day in range(max(first.days, days.start), min(last.days + 1, days.stop)):
                found.extend(self.spans_on(day, stretch))
        return joined(found)

    def windows(self, start: timedelta, end: timedelta) -> list[Span]:
        return [
            (max(opening, start), min(closing, end))
            for opening, closing in self.extra
            if opening < end and closing > start
        ]

    def day_of(self, at: timedelta) -> int:
        return (at + offset_at(self.zone, at)).days

    def first_showing(self, wall: timedelta) -> timedelta:
        """Find the first instant at which the wall clock shows `wall` or later.

        Where clocks go forward over `wall`, that is the instant of the change.
        """
        return next(
            max(stretch.start, wall - stretch.offset)
            for stretch in stretches(self.zone, wall - 2 * DAY, wall + 2 * DAY)
            if wall < stretch.end + stretch.offset
        )

    # What a timeline reads, and how far it may go.

    @property
    def covers(self) -> Span:
        days = self.days
        return day_start(self.zone, days.start), day_start(self.zone, days.stop)

    def extended(
        self, spans: Sequence[Span], known: Span, wanted: Span
    ) -> tuple[Sequence[Span], timedelta, timedelta]:
        """Read whole months until `known`, of which these are the spans, holds what is wanted.

        Both ends of `wanted` are included. What would take too much memory with what was known
        is read without it.
        """
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
            raise CalendarError(
                f"the calendar opens too often from {moment(low, UTC).isoformat()} to "
                f"{moment(high, UTC).isoformat()} to count it at once; ask about fewer years"
            )
        return self.spans(low, high), low, high

    def farther(self, at: timedelta, low: timedelta, high: timedelta, *, later: bool) -> Span:
        """Name a stretch from an instant on, or up to it, that goes twice as far as `[low, high)`.

        It goes beyond the covered years where these end. What is known on the other side of the
        instant is not part of it, since a search needs nothing of that.
        """
        start, end = self.covers
        if later:
            return at, max(high, min(high + (high - at), end - MICROSECOND))
        return min(low - MICROSECOND, max(low - (at - low), start)), at

    def _months(self, first: timedelta, last: timedelta) -> Span:
        start, end = (date_of(self.day_of(at)).replace(day=1) for at in (first, last))
        low = day_start(self.zone, start.toordinal() - EPOCH_DAY)
        high = day_start(self.zone, (end + 31 * DAY).replace(day=1).toordinal() - EPOCH_DAY)
        if low > first:  # clocks go back over the month's first midnight
            low = day_start(self.zone, (start - DAY).replace(day=1).toordinal() - EPOCH_DAY)
        # Where they go back over New Year, the last minutes covered are of the next year's date.
        return low, min(high, self.covers[1])

    def _fits(self, low: timedelta, high: timedelta) -> bool:
        most = max(len(self.regular(day)) for day in range(7))
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


# The data form: read, checked whole, and written back in one spelling.


def read_schedule(form: Mapping[str, Any]) -> Schedule:
    schedule = Schedule(
        zone=zone(form["zone"]),
        week=hours.week(form["hours"]),
        holidays=read_holidays(form["holidays"]),
        special=hours.dated(form["special"], "special", hours.special_date),
        recurring=hours.dated(form["recurring"], "recurring", hours.recurring_date),
        extra=_windows(form["extra"]),
    )
    days = schedule.special.values()
    if not (any(schedule.week) or any(day.spans for day in days) or schedule.extra):
        raise CalendarError("hours never open the desk; write {'mon-fri': [['08:30', '17:00']]}")
    _check_years(schedule)
    return schedule


def write_schedule(schedule: Schedule) -> dict[str, Any]:
    special, recurring = schedule.special, schedule.recurring
    optional = {
        "special": {day_text(day): special[day].form() for day in sorted(special)},
        "recurring": {day: recurring[day].form() for day in sorted(recurring)},
        # In UTC, since what zones are ahead of it changes with their data.
        "extra": [[moment(at, UTC).isoformat() for at in window] for window in schedule.extra],
    }
    return {
        "zone": zone_text(schedule.zone),
        "hours": hours.week_form(schedule.week),
        "holidays": schedule.holidays and schedule.holidays.form(),
        **{key: value for key, value in optional.items() if value},
    }


def frozen(schedule: Schedule, first: int, last: int) -> Schedule:
    """Make the holidays of covered years data; what lies outside these years is left out."""
    source = schedule.holidays
    days = range(new_year(first), new_year(last + 1))
    names = {day: name for day in days if (name := schedule.holiday(day))}
    origin = source.origin if isinstance(source, FrozenHolidays) else source
    special = {day: schedule.special[day] for day in schedule.special if day in days}
    start, end = (day_start(schedule.zone, day) for day in (days.start, days.stop))
    return replace(
        schedule,
        holidays=FrozenHolidays(origin, first, last, names),
        special=special,
        extra=tuple(schedule.windows(start, end)),
    )


def _windows(value: object) -> tuple[Span, ...]:
    """Read extra windows, in any order; those that touch or overlap become one."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ArgumentError(f"extra must be a list of windows, not {shown(value)}; write [] for none")
    windows = []
    for window in value:
        ends = pair(window, "extra", "a window; write [start, end]", error=CalendarError)
        if not all(isinstance(text, str) for text in ends):
            raise CalendarError(
                f"extra: {shown(window)} must be two texts, for example '2026-05-16T20:00+01:00'"
            )
        start, end = (read_instant(text, "extra", error=CalendarError) for text in ends)
        for at in (start, end):
            if not YEARS[0] <= at.year <= YEARS[1]:  # beyond which not all zones could show it
                raise CalendarError(
                    f"extra: {at.isoformat()} lies outside the years {YEARS[0]} to {YEARS[1]}, "
                    "beyond which no calendar goes; leave it out"
                )
        windows.append((instant(start, "start"), instant(end, "end")))
        if windows[-1][0] >= windows[-1][1]:
            raise CalendarError(
                f"extra: the window from {start.isoformat()} to {end.isoformat()} must end after "
                "it begins; give the earlier instant first"
            )
    return tuple(joined(windows))


def _check_years(schedule: Schedule) -> None:
    if not (schedule.special or schedule.extra):
        return  # and so no look at the holidays, which takes long
    days, (start, end) = schedule.days, schedule.covers
    outside = [f"special: {day_text(day)}" for day in schedule.special if day not in days]
    for opening, closing in schedule.extra:
        at = opening if opening < start or opening >= end else closing
        if not (start <= opening and closing <= end):
            outside.append(f"extra: {moment(at, UTC).isoformat()}")
    if outside:
        first, last = schedule.years
        raise CalendarError(
            f"{outside[0]} lies outside the years that the calendar covers, {first} to {last}; leave it out"
        )
