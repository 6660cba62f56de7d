"""The business clock: it runs while the desk is open and stands still while it is closed.

Every question is a reading of it, or the inverse of one. What it shows stands in lists that never
change; longer ones take their place in a single assignment, so many threads may ask at once.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import accumulate

from netcor_sla._calendars.instants import DAY, MICROSECOND, NEVER, ZERO, Span
from netcor_sla._calendars.schedule import Schedule


class Index:
    """What the clock shows throughout `[low, high)`: `totals[i]` when span `i` opens."""

    __slots__ = ("_by_day", "_by_total", "_day", "closings", "high", "low", "openings", "totals")

    def __init__(self, spans: Sequence[Span], low: timedelta, high: timedelta) -> None:
        self.low, self.high, self._day = low, high, low.days
        # A last span that never comes spares checks of bounds.
        self.openings = [*(start for start, _ in spans), NEVER]
        self.closings = [*(end for _, end in spans), NEVER]
        self.totals = list(accumulate((end - start for start, end in spans), initial=ZERO))
        # Where to begin: the first span to end after a midnight, and the last one to open
        # before so many days of business time are shown.
        nights = (day * DAY for day in range(low.days, high.days + 2))
        self._by_day = array("i", (bisect_right(self.closings, at) for at in nights))
        shown = (day * DAY for day in range(self.totals[-1].days + 2))
        self._by_total = array("i", (max(bisect_left(self.totals, at) - 1, 0) for at in shown))

    def find(self, at: timedelta) -> int:
        """Number the span that is open at an instant, or else the next to open."""
        span, closings = self._by_day[at.days - self._day], self.closings
        while closings[span] <= at:
            span += 1
        return span

    def reading(self, at: timedelta) -> timedelta:
        """Business time counted from `low` up to an instant."""
        span = self.find(at)
        opening = self.openings[span]
        return self.totals[span] + (at - opening) if at > opening else self.totals[span]

    def earliest(self, reading: timedelta) -> timedelta | None:
        """Find the first instant that shows a reading above zero; None if none here does."""
        totals = self.totals
        if reading > totals[-1]:
            return None
        span = self._by_total[reading.days]
        while totals[span + 1] < reading:
            span += 1
        return self.openings[span] + (reading - totals[span])

    def latest(self, reading: timedelta) -> timedelta | None:
        """Find the last instant that shows a reading; None if it is below zero."""
        if reading < ZERO:
            return None
        span = bisect_right(self.totals, reading) - 1
        return self.openings[span] + (reading - self.totals[span])


class Timeline:
    """The business clock of one schedule. Amounts are business time, spans half-open."""

    __slots__ = ("_schedule", "index")

    def __init__(self, schedule: Schedule) -> None:
        self._schedule, self.index = schedule, Index((), ZERO, ZERO)

    def add(self, at: timedelta, amount: timedelta) -> timedelta:
        """Find the earliest instant by which `amount > 0` has been counted since `at`."""
        index = self.covering(at, at)
        while (due := index.earliest(index.reading(at) + amount)) is None:
            index = self.covering(*self._schedule.farther(at, index.low, index.high, later=True))
        return due

    def subtract(self, at: timedelta, amount: timedelta) -> timedelta:
        """Find the latest instant from which `amount > 0` is counted up to `at`."""
        index = self.covering(at, at)
        while (since := index.latest(index.reading(at) - amount)) is None:
            index = self.covering(*self._schedule.farther(at, index.low, index.high, later=False))
        return since

    def between(self, start: timedelta, end: timedelta) -> timedelta:
        """Count from `start` to `end`; negative where `end` is earlier."""
        index = self.covering(start, end) if start <= end else self.covering(end, start)
        return index.reading(end) - index.reading(start)

    def is_open(self, at: timedelta) -> bool:
        """Whether the clock runs at `at`."""
        index = self.covering(at, at)
        return index.openings[index.find(at)] <= at

    def next_open(self, at: timedelta) -> timedelta:
        """Find the next opening; `at` itself while open."""
        index = self.covering(at, at)
        while (opening := index.openings[index.find(at)]) is NEVER:
            index = self.covering(*self._schedule.farther(at, index.low, index.high, later=True))
        return max(at, opening)

    def next_close(self, at: timedelta) -> timedelta:
        """Find the next closing; `at` itself while closed."""
        index = self.covering(at, at)
        if index.openings[index.find(at)] > at:
            return at
        while (closing := index.closings[index.find(at)]) == index.high:
            index = self.covering(*self._schedule.farther(at, index.low, index.high, later=True))
        return closing

    def spans(self, start: timedelta, end: timedelta) -> Iterator[Span]:
        """Yield the open spans in order, the first and the last clipped to the limits."""
        index = self.covering(start, max(start, end - MICROSECOND))
        span = index.find(start)
        while (opening := max(index.openings[span], start)) < end:
            yield opening, min(index.closings[span], end)
            span += 1

    def covering(self, first: timedelta, last: timedelta) -> Index:
        """Give an index that holds both instants, `first <= last`."""
        index = self.index
        if not index.low <= first <= last < index.high:
            spans = list(zip(index.openings[:-1], index.closings[:-1], strict=True))
            longer = self._schedule.extended(spans, (index.low, index.high), (first, last))
            index = self.index = Index(*longer)
        return index
