"""What the business clock shows: integers only, looked up in constant time.

Instants and durations are microseconds, spans half-open: `[start, end)`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

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
    is looked for. Plain lists of integers all, so that columns can use them too.
    """

    __slots__ = (
        "closed",
        "day",
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

    def earliest(self, reading: int) -> int:
        """Find the first instant at which the clock shows `0 < reading <= top`."""
        return reading + self.closed[self._running(reading - 1)]

    def latest(self, reading: int) -> int:
        """Find the last instant at which the clock shows `0 <= reading < top`."""
        return reading + self.closed[self._running(reading)]

    def _running(self, reading: int) -> int:
        """Number the span in which the clock runs on from `0 <= reading < top`."""
        quantum, inverse = reading // self.quantum, self.inverse
        return bisect_right(self.totals, reading, inverse[quantum], inverse[quantum + 1] + 1) - 1

    def add(self, days: int, rest: int, amount: int) -> int | None:
        """`earliest(reading(at) + amount)`, or None where the index does not reach so far.

        `at` comes in days and the rest, as a timedelta has it. The path of every
        deadline, so it is all in one, and passes by the bisections where the first
        guess is right, as it mostly is.
        """
        at = days * DAY + rest
        if not self.low <= at < self.high:
            return None
        totals, closed = self.totals, self.closed
        day = days - self.day
        span = self.first[day]
        reading = at - closed[span]
        if reading >= totals[span + 1]:
            span += 1
            reading = at - closed[span]
            if reading >= totals[span + 1]:
                span = bisect_right(self.ends, at, span + 1, self.first[day + 1])
                reading = at - closed[span]
        if reading < totals[span]:  # noqa: PLR1730 - max() takes thrice as long
            reading = totals[span]
        reading += amount
        if reading > self.top:
            return None
        quantum = (reading - 1) // self.quantum
        span = self.inverse[quantum]
        if totals[span + 1] < reading:
            span = bisect_left(totals, reading, span + 2, self.inverse[quantum + 1] + 1) - 1
        return reading + closed[span]
