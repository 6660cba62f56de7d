"""The business clock for whole columns: numpy, and no idea of zones, policies or tables.

Columns are arrays of microseconds since 1970 in UTC, worked on in chunks that fit into a cache,
with scratch arrays that do not grow with the rows.

A row outside the index gets an answer without meaning, and no other row feels it; so whoever
asks knows which rows count, and missing ones need not be filled.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from netcor_sla._calendars.instants import DAY, MICROSECOND
from netcor_sla._calendars.timeline import Index

Integers = NDArray[np.int64]
Codes = NDArray[np.uint8]
Mask = NDArray[np.bool_]

CHUNK: Final = 32_768
DAY_LENGTH: Final = DAY // MICROSECOND
LEAST: Final = np.iinfo(np.int64).min  # what libraries hold where an instant is missing
MOST: Final = np.iinfo(np.int64).max

_NEVER: Final = 1 << 62


def array_of(instants: Iterable[timedelta]) -> Integers:
    fields = ((at.days, at.seconds, at.microseconds) for at in instants)
    return np.fromiter((d * DAY_LENGTH + s * 1_000_000 + us for d, s, us in fields), np.int64)


def chunks(count: int) -> Iterator[tuple[slice, Integers, Integers]]:
    """Cut so many rows into chunks; each comes with two scratch arrays of its length."""
    one, two = np.empty(min(CHUNK, count), np.int64), np.empty(min(CHUNK, count), np.int64)
    for start in range(0, count, CHUNK):
        size = min(CHUNK, count - start)
        yield slice(start, start + size), one[:size], two[:size]


def extent(values: Integers | Codes, kept: Mask | None = None) -> tuple[int, int]:
    """Find the least and the greatest, in one pass over the memory; of none, `MOST` and `LEAST`."""
    least, most = MOST, LEAST
    for start in range(0, len(values), CHUNK):
        part = slice(start, start + CHUNK)
        some = values[part] if kept is None else values[part][kept[part]]
        if len(some):
            least, most = min(least, int(some.min())), max(most, int(some.max()))
    return least, most


class Search:
    """Finds spans: from a bucket to a first guess, and on by ever smaller steps.

    `limits[i]` is where span `i` is passed, and `most` how many spans past its guess any
    key lies. Where that is none, buckets need no guesses, and each stands for its span:
    tables are arranged by bucket instead, which saves a look-up a row.
    """

    def __init__(self, guesses: Integers, limits: Integers, most: int) -> None:
        self._guesses, self._limits = guesses, limits
        self._steps = [1 << power for power in reversed(range(max(most, 0).bit_length()))]

    def arranged(self, table: Integers) -> Integers:
        return table if self._steps else table[self._guesses]

    def find(self, keys: Integers, buckets: Integers, spare: Integers) -> tuple[Integers, Integers]:
        """Give the places of keys, and an array that is free again; both given ones are used."""
        if not self._steps:
            return buckets, spare
        places, spare = spare, buckets
        np.take(self._guesses, buckets, out=places, mode="clip")
        for step in self._steps:
            np.take(self._limits[step - 1 :], places, out=spare, mode="clip")
            np.less_equal(spare, keys, out=spare)
            np.multiply(spare, step, out=spare)
            np.add(places, spare, out=places)
        return places, spare


class Clock:
    """The arrays of one index, and what its clock shows for columns.

    While span `i` is open, the clock shows `at - closed[i]`. Before, it shows the reading
    of its opening, and after, that of its closing, until the next one opens.
    """

    def __init__(self, index: Index) -> None:
        readings = array_of(index.totals)
        lengths, spans = np.diff(readings), len(readings) - 1
        closings = array_of(index.closings[:spans])
        # A last span that never comes spares every look-up a check of bounds.
        ends, self._totals = np.append(closings, _NEVER), np.append(readings, _NEVER)
        self._spans = closed = np.append(closings - readings[1:], _NEVER)
        self._top, totals = int(readings[-1]), self._totals
        # Buckets of an instant: the first span to end after the midnight before it.
        self._day = min(index.low.days, 0)  # 1970, if it can be, spares a subtraction a row
        midnights = np.arange(self._day, index.high.days + 2) * DAY_LENGTH
        first = np.searchsorted(closings, midnights, "right")
        # What opens on a later day need not be reached: until then, the clock stands still.
        most = _most(first, closed + totals[:-1], midnights + DAY_LENGTH)
        self._by_day = by_day = Search(first, ends, most)
        self._closed = by_day.arranged(closed)
        self._opened = by_day.arranged(totals[:-1])
        self._reached = by_day.arranged(totals[1:])
        # Buckets of a reading are as long as a mean span: where all are alike, the very spans.
        self._quantum = quantum = max(self._top // max(spans, 1), 1)
        shown = np.arange(0, self._top + 2 * quantum, quantum)
        last = np.searchsorted(readings, shown, "right") - 1
        most = _most(last, totals, np.minimum(shown + quantum, self._top))
        self._by_reading = by_reading = Search(last, totals[1:], most)
        self._passed = by_reading.arranged(closed + 1)
        self._length = lengths[0] if spans > 0 and lengths.min() == lengths.max() else None

    def latest_start(self, amount: int) -> int:
        """Find the last instant from which so much lies ahead; `LEAST` if there is none."""
        reading = self._top - amount
        if reading < 0:
            return LEAST
        return reading + int(self._spans[np.searchsorted(self._totals, reading, "right") - 1])

    def due(self, at: Integers, amounts: Integers, which: int | Codes | None) -> Integers:
        """Find the first instants by which so much has been counted since `at`.

        `amounts` lie above zero; `which` of them, is said for all rows or for each, or None
        where each row has its own.
        """
        due, before = np.empty(len(at), np.int64), amounts if which is None else amounts - 1
        for part, one, two in chunks(len(at)):
            # What is found is the last microsecond counted; the deadline is when it has passed.
            reading = due[part]
            self._read(at[part], reading, one, two)
            if which is None:
                np.subtract(before[part], 1, out=one)
                reading += one
            elif isinstance(which, int):
                reading += before[which]
            else:
                np.copyto(one, which[part])
                np.take(before, one, out=two, mode="clip")
                reading += two
            np.floor_divide(reading, self._quantum, out=one)
            places, spare = self._by_reading.find(reading, one, two)
            np.take(self._passed, places, out=spare, mode="clip")
            np.add(reading, spare, out=reading)
        return due

    def elapsed(self, start: Integers, end: Integers) -> Integers:
        elapsed = np.empty(len(start), np.int64)
        before = np.empty(min(CHUNK, len(start)), np.int64)
        for part, one, two in chunks(len(start)):
            counted, earlier = elapsed[part], before[: len(one)]
            self._read(end[part], counted, one, two)
            self._read(start[part], earlier, one, two)
            np.subtract(counted, earlier, out=counted)
        return elapsed

    def is_open(self, at: Integers) -> Mask:
        is_open = np.empty(len(at), np.bool_)
        for part, one, two in chunks(len(at)):
            places, running = self._places(at[part], one, two)
            np.subtract(at[part], self._closed.take(places, mode="clip"), out=running)
            begun = self._opened.take(places, mode="clip") <= running
            np.less(running, self._reached.take(places, mode="clip"), out=is_open[part])
            is_open[part] &= begun
        return is_open

    def _read(self, at: Integers, reading: Integers, one: Integers, two: Integers) -> None:
        places, spare = self._places(at, one, two)
        np.take(self._closed, places, out=spare, mode="clip")
        np.subtract(at, spare, out=reading)
        np.take(self._opened, places, out=spare, mode="clip")
        np.maximum(reading, spare, out=reading)
        if self._length is None:
            np.take(self._reached, places, out=spare, mode="clip")
        else:  # adding is quicker than looking up
            np.add(spare, self._length, out=spare)
        np.minimum(reading, spare, out=reading)

    def _places(self, at: Integers, one: Integers, two: Integers) -> tuple[Integers, Integers]:
        """Find the span that is open, or else one beside which the clock stands still."""
        np.floor_divide(at, DAY_LENGTH, out=one)
        if self._day:
            np.subtract(one, self._day, out=one)
        return self._by_day.find(at, one, two)


clock: Final = lru_cache(maxsize=4)(Clock)  # made once for the many small columns that may follow


def _most(guesses: Integers, openings: Integers, ends: Integers) -> int:
    """Count how far past its bucket's guess the last span lies that opens before its end."""
    return int((np.searchsorted(openings, ends) - 1 - guesses).max())


def late(due: Integers, responded: Integers, unanswered: Mask | None, now: int) -> Mask:
    """Whether the answers known at `now`, or else `now` itself, come after `due`."""
    late = np.empty(len(due), np.bool_)
    for part, until, _ in chunks(len(due)):
        np.minimum(responded[part], now, out=until)
        if unanswered is not None:
            until[unanswered[part]] = now
        np.less(due[part], until, out=late[part])
    return late
