"""What the business clock shows, looked up in constant time.

Instants and durations are microseconds, spans half-open: `[start, end)`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from netcor_sla._calendars.instants import MICROSECOND

Span = tuple[int, int]

DAY: Final = 86_400_000_000
FOREVER: Final = 1 << 62


class Index:
    """What the clock shows throughout `[low, high)`, found by day number.

    When span `i` opens, the clock shows `totals[i]`; `closed[i]` is that instant less that
    reading. So while the span is open, the clock shows `at - closed[i]`, and it shows a
    reading at `reading + closed[i]`. `first[d]` is the first span that ends after day
    `day + d` since 1970 has begun. `inverse[q]` is the last span to open by a reading of
    `q` quanta, where a quantum is the mean span: where all are alike, the very span that
    is looked for. Plain lists of integers all, so that columns can use them too; `dial` has
    the same for single datetimes.
    """

    __slots__ = (
        "closed",
        "day",
        "dial",
        "ends",
        "first",
        "high",
        "inverse",
        "low",
        "quantum",
        "top",
        "totals",
    )

    def __init__(self, spans: Sequence[Span], low: int, high: int) -> None:
        """Take spans in order, neither touching nor empty; build everything else."""
        ends = [end for _, end in spans]
        # Integers are made in the order in which they are looked up, and span numbers made
        # once: what lies side by side in memory is found in a seventh less time.
        totals: list[int] = [0]
        closed: list[int] = []
        for start, end in spans:
            closed.append(start - totals[-1])
            totals.append(totals[-1] + end - start)
        quantum = max(totals[-1] // max(len(spans), 1), 1)
        readings = range(0, totals[-1] + 2 * quantum, quantum)
        self.low, self.high, self.top, self.quantum = low, high, totals[-1], quantum
        self.day = low // DAY
        number: list[int] = list(range(len(totals) + 1))
        self.first = [
            number[bisect_right(ends, day)] for day in range(self.day * DAY, high + DAY, DAY)
        ]
        self.inverse = [number[bisect_right(totals, reading) - 1] for reading in readings]
        # A last span that never comes spares every look-up a check of bounds.
        self.closed = [*closed, FOREVER]
        self.totals = [*totals, FOREVER]
        self.ends = [*ends, FOREVER]
        self.dial = Dial(self)

    def spans(self) -> list[Span]:
        """Give back the spans."""
        return [(self.opening(span), end) for span, end in enumerate(self.ends[:-1])]

    def find(self, at: int) -> int:
        """Number the span that is open at `at`, or else the next to open."""
        day = at // DAY - self.day
        return bisect_right(self.ends, at, self.first[day], self.first[day + 1])

    def opening(self, span: int) -> int:
        """When a span opens; FOREVER or later for the one that never comes."""
        return self.totals[span] + self.closed[span]

    def reading(self, at: int) -> int:
        """Business time counted from `low` up to `at`."""
        span = self.find(at)
        return max(self.totals[span], at - self.closed[span])

    def latest(self, reading: int) -> int:
        """Find the last instant at which the clock shows `0 <= reading < top`."""
        quantum, inverse = reading // self.quantum, self.inverse
        span = bisect_right(self.totals, reading, inverse[quantum], inverse[quantum + 1] + 1) - 1
        return reading + self.closed[span]


class Dial:
    """An index for single datetimes: in timedeltas, instants as the time since 1970.

    A datetime less another is a timedelta already, and so is what most questions want to know.
    Making integers of the one and a timedelta of the other would take longer than all the rest.
    Answers are None where the index ends.

    `passed[d]` counts the spans that open before `d` days of business time are shown.
    """

    __slots__ = (
        "_closed",
        "_day",
        "_ends",
        "_first",
        "_high",
        "_low",
        "_passed",
        "_top",
        "_totals",
    )

    def __init__(self, index: Index) -> None:
        """Copy the two tables that every question needs; the others serve both."""
        self._day, self._first, self._ends = index.day, index.first, index.ends
        self._low, self._high, self._top = (
            MICROSECOND * at for at in (index.low, index.high, index.top)
        )
        self._closed = [MICROSECOND * at for at in index.closed]
        self._totals = [MICROSECOND * at for at in index.totals]
        readings = range(0, index.top + 2 * DAY, DAY)
        self._passed = [bisect_left(index.totals, reading) for reading in readings]

    def reading(self, since: timedelta) -> timedelta | None:
        """Business time counted from `low` up to an instant."""
        if not self._low <= since < self._high:
            return None
        closed, totals = self._closed, self._totals
        span = self._first[since.days - self._day]
        reading = since - closed[span]
        if reading >= totals[span + 1]:  # as in an evening
            span += 1
            reading = since - closed[span]
            if reading >= totals[span + 1]:
                at, first = since // MICROSECOND, self._first
                span = bisect_right(self._ends, at, span + 1, first[since.days - self._day + 1])
                reading = since - closed[span]
        opened = totals[span]
        return reading if reading > opened else opened  # noqa: FURB136 - max() takes thrice as long

    def add(self, since: timedelta, amount: timedelta) -> timedelta | None:
        """Find the earliest instant at which the clock shows `amount > 0` more."""
        reading = self.reading(since)
        if reading is None or amount > self._top:
            return None
        reading += amount
        if reading > self._top:
            return None
        days, passed = reading.days, self._passed
        span = bisect_left(self._totals, reading, passed[days], passed[days + 1]) - 1
        return reading + self._closed[span]
