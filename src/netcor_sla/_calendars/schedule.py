"""A calendar's schedule: which hours a date has, and when exactly they are.

It binds hours, holidays and zone together and is the book that the business clock
reads, a year a page. Dates are numbers of days since 1970 in the schedule's zone.

An instant is open when the wall clock lies in a span of that date; so on a night
when clocks change, a span may be longer, shorter, or fall in two.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, tzinfo
from typing import Final, NamedTuple

from netcor_sla._calendars.frozen_holidays import Holidays
from netcor_sla._calendars.holidays import HolidayNames
from netcor_sla._calendars.hours import Day, Minutes, Week
from netcor_sla._calendars.instants import EPOCH_DAY, day_text
from netcor_sla._calendars.readings import DAY, Span
from netcor_sla._calendars.zones import Stretch, day_start, offset_at, stretches

YEARS_WITHOUT_HOLIDAYS: Final = (1900, 2199)

_MINUTE = 60_000_000


class Schedule(NamedTuple):
    """Everything that decides when a desk is open; plain data, never changed."""

    zone: tzinfo
    week: Week
    source: Holidays | None
    special: Mapping[int, Day]
    recurring: Mapping[str, Day]
    extra: tuple[Span, ...]

    @property
    def first(self) -> int:
        """The first year that is covered."""
        return self.source.covers[0] if self.source else YEARS_WITHOUT_HOLIDAYS[0]

    @property
    def last(self) -> int:
        """The last year that is covered."""
        return self.source.covers[1] if self.source else YEARS_WITHOUT_HOLIDAYS[1]

    @property
    def days(self) -> range:
        """All dates of the covered years."""
        return self.year_days(self.first, self.last)

    def year_days(self, first: int, last: int) -> range:
        """All dates of some years, both included."""
        return range(_new_year(first), _new_year(last + 1))

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
        """List the spans of a date's weekday."""
        return self.week[self.weekday(day)]

    def weekday(self, day: int) -> int:
        """Number the weekday of a date, from Monday, 0."""
        return (day + EPOCH_DAY - 1) % 7

    def recurring_on(self, day: int) -> Day | None:
        """Find what recurs on a date every year."""
        return self.recurring.get(day_text(day)[-5:]) if self.recurring else None

    def holiday(self, day: int) -> HolidayNames | None:
        """Name the public holiday of a covered date."""
        return None if self.source is None else self.source.on(day)

    def is_business_day(self, day: int) -> bool:
        """Whether a covered date has hours, and no clock change skips them all."""
        return bool(self.hours_on(day)) and bool(self.openings(day))

    def openings(self, day: int) -> list[Span]:
        """When the hours of a covered date are, extra windows aside."""
        around = stretches(self.zone, (day - 1) * DAY, (day + 2) * DAY)
        return joined(span for stretch in around for span in self.spans_on(day, stretch))

    def day_of(self, at: int) -> int:
        """Find the date of an instant."""
        return (at + offset_at(self.zone, at)) // DAY

    def first_showing(self, wall: int) -> int:
        """Find the first instant at which the wall clock shows `wall` or later.

        Where clocks go forward over `wall`, that is the instant of the change.
        """
        return next(
            max(stretch.start, wall - stretch.offset)
            for stretch in stretches(self.zone, wall - 2 * DAY, wall + 2 * DAY)
            if wall < stretch.end + stretch.offset
        )

    def walls(self, start: int, end: int) -> Iterator[tuple[int, Span]]:
        """Cut a stretch at midnights and clock changes: each date, and what its clock shows."""
        for stretch in stretches(self.zone, start, end):
            at, stop = stretch.start + stretch.offset, stretch.end + stretch.offset
            while at < stop:
                day = at // DAY
                until = min((day + 1) * DAY, stop)
                yield day, (at - day * DAY, until - day * DAY)
                at = until

    def start(self, page: int) -> int:
        """Where a year begins; see `timeline.Book`."""
        return day_start(self.zone, _new_year(page))

    def page_of(self, at: int) -> int:
        """Name the year of an instant; any instant before or after the book counts alike."""
        if at < self.start(self.first):
            return self.first - 1
        if at >= self.start(self.last + 1):
            return self.last + 1
        year = date.fromordinal(self.day_of(at) + EPOCH_DAY).year
        return year - (at < self.start(year))  # clocks may go back over New Year

    def spans(self, page: int) -> list[Span]:
        """List the open spans of a year, extra windows included."""
        start, end, days = self.start(page), self.start(page + 1), self.days
        found = [
            (max(opening, start), min(closing, end))
            for opening, closing in self.extra
            if opening < end and closing > start
        ]
        for stretch in stretches(self.zone, start, end):
            touched = range(
                (stretch.start + stretch.offset) // DAY,
                (stretch.end + stretch.offset - 1) // DAY + 1,
            )
            for day in touched:
                if day in days:
                    found.extend(self.spans_on(day, stretch))
        return joined(found)

    def spans_on(self, day: int, stretch: Stretch) -> Iterator[Span]:
        """Yield what a stretch of constant offset holds of the hours of a date."""
        midnight = day * DAY - stretch.offset
        for opening, closing in self.hours_on(day):
            start = max(midnight + opening * _MINUTE, stretch.start)
            end = min(midnight + closing * _MINUTE, stretch.end)
            if start < end:
                yield start, end


def joined(spans: Iterable[Span]) -> list[Span]:
    """Sort spans, and make one of those that touch or overlap."""
    union: list[Span] = []
    for start, end in sorted(spans):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(end, union[-1][1]))
        else:
            union.append((start, end))
    return union


def _new_year(year: int) -> int:
    """Number the first day of a year."""
    return date(year, 1, 1).toordinal() - EPOCH_DAY
