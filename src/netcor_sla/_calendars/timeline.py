"""The business clock: it runs while the desk is open and stands still while it is closed.

Every question is a reading of it, or the inverse of one. What it shows stands in lists that never
change; longer ones take their place in a single assignment, so many threads may ask at once.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import accumulate
from operator import sub

from netcor_sla._calendars.instants import DAY, MICROSECOND, NEVER, ZERO, Span
from netcor_sla._calendars.schedule import Schedule


class Index:
    """What the clock shows throughout `[low, high)`: `totals[i]` when span `i` opens.

    `closed[i]` is that opening less `totals[i]`: while it is open, a reading is `at - closed[i]`.
    """

    __slots__ = ("_by_day", "_by_total", "_day", "closed", "closings", "high", "low", "totals")

    def __init__(self, spans: Sequence[Span], low: timedelta, high: timedelta) -> None:
        self.low, self.high, self._day = low, high, low.days
        self.totals = list(accumulate((end - start for start, end in spans), initial=ZERO))
        # A last span that never comes spares checks of bounds.
        closed: Iterator[timedelta] = map(sub, (start for start, _ in spans), self.totals)
        self.closed = [*closed, NEVER]
        self.closings = [*(end for _, end in spans), NEVER]
        # Where to begin: the first span to end after a midnight, and the last one to open
        # before so many days of business time are shown. Numbers are made once, to be shared.
        number = list(range(len(self.closings)))
        nights = (day * DAY for day in range(low.days, high.days + 2))
        self._by_day = [number[bisect_right(self.closings, at)] for at in nights]
        shown = (day * DAY for day in range(self.totals[-1].days + 2))
        self._by_total = [number[max(bisect_left(self.totals, at) - 1, 0)] for at in shown]

    def span(self, number: int) -> Span:
        """Give a span; of the one that never comes, NEVER or later."""
        return self.totals[number] + self.closed[number], self.closings[number]

    def following(self, at: timedelta) -> Span:
        return self.span(bisect_right(self.closings, at))

    def reading(self, at: timedelta) -> timedelta:
        """Business time counted from `low` up to an instant."""
        span, closings = self._by_day[at.days - self._day], self.closings
        while closings[span] <= at:
            span += 1
        reading, total = at - self.closed[span], self.totals[span]
        return reading if reading > total else total  # noqa: FURB136 - max() is slow

    def earliest(self, reading: timedelta) -> timedelta | None:
        """Find the first instant that shows a reading above zero; None if none here does."""
        if reading > self.totals[-1]:
            return None
        span, totals = self._by_total[reading.days], self.totals
        while totals[span + 1] < reading:
            span += 1
        return reading + self.closed[span]


class Timeline:
    """The business clock of one schedule. Amounts are business time, spans half-open."""

    __slots__ = ("_schedule", "index")

    def __init__(self, schedule: Schedule) -> None:
        self._schedule, self.index = schedule, Index((), ZERO, ZERO)

    def add(self, at: timedelta, amount: timedelta) -> timedelta:
        """Find the earliest instant by which `amount > 0` has been counted since `at`."""
        index = self.index
        if not index.low <= at < index.high:
            index = self.covering(at, at)
        while (due := index.earliest(index.reading(at) + amount)) is None:
            index = self.covering(*self._schedule.farther(at, index.low, index.high, later=True))
        return due

    def subtract(self, at: timedelta, amount: timedelta) -> timedelta:
        """Find the latest instant from which `amount > 0` is counted up to `at`."""
        index = self.covering(at, at)
        while (reading := index.reading(at) - amount) < ZERO:
            index = self.covering(*self._schedule.farther(at, index.low, index.high, later=False))
        return reading + index.closed[bisect_right(index.totals, reading) - 1]

    def between(self, start: timedelta, end: timedelta) -> timedelta:
        index = self.index
        if not index.low <= start <= end < index.high:
            index = self.covering(min(start, end), max(start, end))
        return index.reading(end) - index.reading(start)

    def is_open(self, at: timedelta) -> bool:
        return self.covering(at, at).following(at)[0] <= at

    def next_open(self, at: timedelta) -> timedelta:
        index = self.covering(at, at)
        while (opening := index.following(at)[0]) >= NEVER:
            index = self.covering(*self._schedule.farther(at, index.low, index.high, later=True))
        return max(at, opening)

    def next_close(self, at: timedelta) -> timedelta:
        index = self.covering(at, at)
        while (span := index.following(at))[0] <= at and span[1] == index.high:
            index = self.covering(*self._schedule.farther(at, index.low, index.high, later=True))
        return span[1] if span[0] <= at else at

    def spans(self, start: timedelta, end: timedelta) -> Iterator[Span]:
        """Yield the open spans in order, the first and the last clipped to the limits."""
        index = self.covering(start, max(start, end - MICROSECOND))
        number = bisect_right(index.closings, start)
        while (opening := max(index.span(number)[0], start)) < end:
            yield opening, min(index.closings[number], end)
            number += 1

    def covering(self, first: timedelta, last: timedelta) -> Index:
        """Give an index that holds both instants, `first <= last`."""
        index = self.index
        if not index.low <= first <= last < index.high:
            known = [*map(index.span, range(len(index.closings) - 1))], (index.low, index.high)
            index = self.index = Index(*self._schedule.extended(*known, (first, last)))
        return index
