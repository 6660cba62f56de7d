"""The business clock: integers only, and no idea of zones, dates or policies.

The clock runs while the desk is open and stands still while it is closed. It is
read from a book of numbered pages, each with the open spans of one stretch of
time (a year, in this library). Pages are read whole, when first needed, and
joined to an `Index` that never changes; a longer one takes its place in a single
assignment. So many threads may ask at once: at worst two read the same page.

Instants and durations are microseconds, spans half-open: `[start, end)`.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from netcor_sla._calendars.instants import MICROSECOND
from netcor_sla._calendars.readings import FOREVER, Index, Span


class Book(Protocol):
    """Open spans by page: page `n` holds those of `[start(n), start(n + 1))`."""

    @property
    def first(self) -> int:
        """The first page."""

    @property
    def last(self) -> int:
        """The last page."""

    def start(self, page: int) -> int:
        """Say where `page` begins; also where the page after the last would."""

    def page_of(self, at: int) -> int:
        """Name the page of `at`, whether the book has it or not."""

    def spans(self, page: int) -> Sequence[Span]:
        """Read a page: its open spans in order, neither touching nor empty."""


class BeyondBookError(Exception):
    """A search left the book, forwards or backwards. Never seen by users."""

    def __init__(self, *, forwards: bool) -> None:
        """Remember the direction."""
        super().__init__()
        self.forwards = forwards


class Timeline:
    """The business clock of one book: every question is a reading or its inverse."""

    __slots__ = ("_book", "index")

    def __init__(self, book: Book) -> None:
        """Read nothing yet."""
        self._book = book
        self.index = Index((), 0, 0)

    def add(self, at: int, amount: int) -> int:
        """Find the earliest instant by which `amount > 0` has been counted since `at`."""
        # The clock is never ahead of the wall: the last microsecond counted is not before.
        index = self.covering(at, at + amount - 1)
        while (due := index.dial.add(MICROSECOND * at, MICROSECOND * amount)) is None:
            index = self._later(index)
        return due // MICROSECOND

    def subtract(self, at: int, amount: int) -> int:
        """Find the latest instant from which `amount > 0` is counted up to `at`."""
        index = self.covering(at, at)
        reading = index.reading(at) - amount
        if reading < 0:
            index = self.covering(at - amount, at)
            while (reading := index.reading(at) - amount) < 0:
                index = self._earlier(index)
        return index.latest(reading)

    def between(self, start: int, end: int) -> int:
        """Business time from `start` to `end`; negative where `end` is earlier."""
        index = self.covering(min(start, end), max(start, end))
        return index.reading(end) - index.reading(start)

    def is_open(self, at: int) -> bool:
        """Whether the clock runs at `at`."""
        index = self.covering(at, at)
        return index.opening(index.find(at)) <= at

    def next_open(self, at: int, limit: int = FOREVER) -> int:
        """`at` itself while open, else the next opening, or `limit` if that comes first."""
        index = self.covering(at, at)
        while (opening := index.opening(index.find(at))) >= FOREVER:
            if limit <= index.high:
                return limit
            index = self._later(index)
        return min(max(at, opening), limit)

    def next_close(self, at: int, limit: int = FOREVER) -> int:
        """`at` itself while closed, else the next closing, or `limit` if that comes first."""
        index = self.covering(at, at)
        if index.opening(index.find(at)) > at:
            return at
        while (closing := index.ends[index.find(at)]) == index.high < limit:
            index = self._later(index)
        return min(closing, limit)

    def spans(self, start: int, end: int) -> Iterator[Span]:
        """Yield the open spans in order, the first and the last clipped to the limits."""
        opening = self.next_open(start, end)
        while opening < end:
            closing = self.next_close(opening, end)
            yield opening, closing
            if closing == end:
                return
            opening = self.next_open(closing, end)

    def covering(self, start: int, end: int) -> Index:
        """Give an index that covers both instants, `start <= end`."""
        index = self.index
        if index.low <= start and end < index.high:
            return index
        first, last = self._book.page_of(start), self._book.page_of(end)
        if first < self._book.first:
            raise BeyondBookError(forwards=False)
        if last > self._book.last:
            raise BeyondBookError(forwards=True)
        return self._read(index, first, last)

    def _later(self, index: Index) -> Index:
        """Twice as many pages, at the end: so a long search is not a slow one."""
        first, last = self._pages(index)
        if last == self._book.last:
            raise BeyondBookError(forwards=True)
        return self._read(index, first, min(last + (last - first + 1), self._book.last))

    def _earlier(self, index: Index) -> Index:
        """Twice as many pages, at the beginning."""
        first, last = self._pages(index)
        if first == self._book.first:
            raise BeyondBookError(forwards=False)
        return self._read(index, max(first - (last - first + 1), self._book.first), last)

    def _pages(self, index: Index) -> tuple[int, int]:
        """Name the first and the last page that an index holds."""
        return self._book.page_of(index.low), self._book.page_of(index.high - 1)

    def _read(self, index: Index, first: int, last: int) -> Index:
        """Join the pages `first` to `last`, and what lies between, to `index`; publish it."""
        book = self._book
        known = range(0)
        if index.low < index.high:
            start, stop = self._pages(index)
            known = range(start, stop + 1)
            first, last = min(first, start), max(last, stop)
        spans: list[Span] = []
        for page in range(first, last + 1):
            if page not in known:
                _join(spans, book.spans(page))
            elif page == known.start:
                _join(spans, index.spans())
        self.index = longer = Index(spans, book.start(first), book.start(last + 1))
        return longer


def _join(spans: list[Span], more: Sequence[Span]) -> None:
    """Append spans; one that touches the last makes that one longer."""
    if spans and more and spans[-1][1] == more[0][0]:
        spans[-1] = (spans[-1][0], more[0][1])
        more = more[1:]
    spans.extend(more)
