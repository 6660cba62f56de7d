"""The business clock on made-up spans: no zones, no dates, no calendars.

The expected answers come from counting open slots one by one. A slot is one microsecond, or
the better part of a day, so that what is looked up by day lies in one bucket or in many.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made_up_spans import spans_of
from netcor_sla._calendars.readings import DAY, FOREVER, Index, Span
from netcor_sla._calendars.timeline import BeyondBookError, Timeline

SLOTS: Final = 9
PAGE: Final = 3
# Uneven, so that neither slots nor pages begin where days do.
UNITS: Final = [pytest.param(1, id="slots of 1 us"), pytest.param(DAY * 5 // 7, id="long slots")]
PATTERNS: Final = list(product((False, True), repeat=SLOTS))

# The same examples wherever and with whatever else these tests are run.
ALIKE: Final = settings(deadline=None, derandomize=True, max_examples=200)


class PatternBook:
    """A book over open slots, which remembers what was read; `low` may lie before 1970."""

    def __init__(self, pattern: Sequence[bool], unit: int, low: int = 0, page: int = PAGE) -> None:
        """Make pages of so many slots, numbered from 100."""
        self.pattern, self.unit, self.low, self.page = pattern, unit, low, page
        self.first, self.last = 100, 99 + len(pattern) // page
        self.reads: list[int] = []

    def start(self, page: int) -> int:
        """Say where a page begins."""
        return self.low + (page - self.first) * self.page * self.unit

    def page_of(self, at: int) -> int:
        """Name the page of an instant, without limits."""
        return self.first + (at - self.low) // (self.page * self.unit)

    def spans(self, page: int) -> list[Span]:
        """Read a page."""
        assert self.first <= page <= self.last
        self.reads.append(page)
        begin = (page - self.first) * self.page
        return spans_of(self.pattern[begin : begin + self.page], self.unit, self.start(page))


class Naive:
    """The clock by counting; it knows every slot, and takes its time."""

    def __init__(self, pattern: Sequence[bool], unit: int = 1) -> None:
        """Remember the pattern."""
        self.pattern, self.unit = pattern, unit
        self.high = len(pattern) * unit

    def is_open(self, at: int) -> bool:
        """Look the slot up."""
        return self.pattern[at // self.unit]

    def reading(self, at: int) -> int:
        """Count slot by slot."""
        whole = sum(self.pattern[: at // self.unit]) * self.unit
        return whole + (at % self.unit if at < self.high and self.is_open(at) else 0)

    def candidates(self, reading: int) -> list[int]:
        """List the instants, among limits of slots and the one in question, that show it."""
        limits = range(0, self.high + 1, self.unit)
        found = {at for at in limits if self.reading(at) == reading}
        for at in limits:
            rest = reading - self.reading(at)
            if 0 < rest < self.unit and at < self.high and self.is_open(at):
                found.add(at + rest)
        return sorted(found)


def outcome(question: Callable[[], int]) -> int | str:
    """Ask; the direction where the search left the book."""
    try:
        return question()
    except BeyondBookError as beyond:
        return "forwards" if beyond.forwards else "backwards"


@pytest.mark.parametrize("unit", UNITS)
def test_an_index_reads_as_counting_does(unit: int) -> None:
    """For every pattern of slots, each reading and its last instant are those of counting."""
    for pattern in PATTERNS:
        naive, index = Naive(pattern, unit), Index(spans_of(pattern, unit), 0, SLOTS * unit)
        for at in range(0, SLOTS * unit, unit):
            assert index.reading(at) == naive.reading(at), (pattern, at)
        for reading in range(0, index.top + 1, unit):
            showing = naive.candidates(reading)
            if reading < index.top:
                assert index.latest(reading) == showing[-1], (pattern, reading)


@pytest.mark.parametrize("unit", UNITS)
def test_a_timeline_answers_as_counting_does(unit: int) -> None:
    """For every pattern and instant, a fresh timeline gives what counting over all pages gives."""
    high = SLOTS * unit
    for pattern in PATTERNS:
        naive = Naive(pattern, unit)
        whole = spans_of(pattern, unit)
        for at in range(0, high, unit):
            reading = naive.reading(at)

            def fresh() -> Timeline:
                return Timeline(PatternBook(pattern, unit))  # noqa: B023 - used at once

            assert fresh().is_open(at) == naive.is_open(at)
            opening = next((max(at, start) for start, end in whole if at < end), "forwards")
            assert outcome(lambda: fresh().next_open(at)) == opening  # noqa: B023
            closing: int | str = next((end for start, end in whole if start <= at < end), at)
            # Beyond the last page nobody knows whether the desk stays open.
            closing = "forwards" if closing == high else closing
            assert outcome(lambda: fresh().next_close(at)) == closing  # noqa: B023
            for other in range(at, high, unit):
                clipped = [
                    (max(start, at), min(end, other))
                    for start, end in whole
                    if max(start, at) < min(end, other)
                ]
                assert list(fresh().spans(at, other)) == clipped, (pattern, at, other)
                counted = naive.reading(other) - reading
                assert fresh().between(at, other) == counted
                assert fresh().between(other, at) == -counted


@pytest.mark.parametrize("unit", UNITS)
def test_a_timeline_adds_and_subtracts_as_counting_does(unit: int) -> None:
    """Over pages read one by one, forwards or backwards, sums are found or the book is left."""
    for pattern in PATTERNS:
        naive = Naive(pattern, unit)
        top = naive.reading(SLOTS * unit)
        for at in range(0, SLOTS * unit, unit):
            reading = naive.reading(at)
            for amount in (unit, 2 * unit, 4 * unit, 8 * unit):
                timeline = Timeline(PatternBook(pattern, unit))
                back: int | str = "backwards"
                if reading >= amount:
                    back = naive.candidates(reading - amount)[-1]
                assert outcome(lambda: timeline.subtract(at, amount)) == back  # noqa: B023
                due: int | str = "forwards"
                # A deadline that ends with the book may be given or be refused.
                if reading + amount <= top:
                    due = naive.candidates(reading + amount)[0]
                given = outcome(lambda: Timeline(PatternBook(pattern, unit)).add(at, amount))  # noqa: B023
                assert given == due or (due, given) == (SLOTS * unit, "forwards")


def test_an_empty_index_covers_nothing() -> None:
    """The index that a timeline begins with leaves every question to the book."""
    index = Timeline(PatternBook([True] * 3, 1)).index
    assert index.low == index.high


def test_spans_that_touch_across_pages_come_as_one() -> None:
    """A span over several pages is one, in whichever order the pages are read."""
    for asked in ((0, 8), (8, 0), (4, 0, 8), (4, 8, 0)):
        timeline = Timeline(PatternBook([False, *[True] * 7, False], 1))
        for at in asked:
            timeline.is_open(at)
        assert timeline.index.spans() == [(1, 8)], asked
        assert list(timeline.spans(0, 8)) == [(1, 8)], asked
        assert timeline.next_close(1) == 8


def test_spans_on_both_sides_of_a_page_without_touching_stay_two() -> None:
    """Only spans that meet exactly are joined; a slot between them keeps them apart."""
    timeline = Timeline(PatternBook([True, True, False, True, False, True], 1))
    assert list(timeline.spans(0, 5)) == [(0, 2), (3, 4)]
    assert timeline.next_close(0) == 2


@pytest.mark.parametrize("limit", range(10, 21))
def test_a_search_stops_at_its_limit(limit: int) -> None:
    """Openings and closings behind the limit are not looked for: the limit is the answer."""
    shut, ajar = [False] * 10, [True] * 10
    timeline = Timeline(PatternBook([*shut, *shut, *ajar], 1, page=10))
    assert timeline.next_open(9, limit) == min(limit, 20)
    timeline = Timeline(PatternBook([*ajar, *ajar, *shut], 1, page=10))
    assert timeline.next_close(9, limit) == min(limit, 20)


def test_a_search_with_a_limit_reads_no_page_beyond_it() -> None:
    """A limit at the end of what is known already is answered without the next page."""
    for state in (False, True):
        book = PatternBook([state] * 30, 1, page=10)
        timeline = Timeline(book)
        assert (timeline.next_close if state else timeline.next_open)(5, 10) == 10
        assert book.reads == [100]


ORDERS: Final = st.lists(
    st.tuples(
        st.sampled_from(("is_open", "next_open", "next_close", "add", "subtract", "between")),
        st.integers(0, 59),
        st.integers(1, 70),
    ),
    min_size=1,
    max_size=8,
)


@ALIKE
@given(
    st.lists(st.booleans(), min_size=60, max_size=60),
    ORDERS,
    st.sampled_from((1, DAY // 4, DAY * 5 // 7)),
    st.integers(-100, 100),
)
def test_answers_and_reads_do_not_depend_on_the_order_of_questions(
    pattern: list[bool], questions: list[tuple[str, int, int]], unit: int, low: int
) -> None:
    """Whatever was asked before, answers are those of a fresh timeline, and no page is read twice."""

    def ask(timeline: Timeline, verb: str, at: int, amount: int) -> int | str:
        here, length = low + at * unit, amount * unit
        if verb == "between":
            return outcome(lambda: timeline.between(here, low + (amount % 60) * unit))
        if verb in {"add", "subtract"}:
            return outcome(lambda: getattr(timeline, verb)(here, length))
        return outcome(lambda: getattr(timeline, verb)(here))

    book = PatternBook(pattern, unit, low, page=10)
    used = Timeline(book)
    for question in questions:
        fresh = Timeline(PatternBook(pattern, unit, low, page=10))
        assert ask(used, *question) == ask(fresh, *question), question
    assert len(book.reads) == len(set(book.reads))
    assert used.index.spans() == [
        span
        for span in joined(spans_of(pattern, unit, low), used.index.low, used.index.high)
        if span[0] < span[1]
    ]


def joined(spans: Sequence[Span], low: int, high: int) -> Iterator[Span]:
    """Clip spans to limits."""
    return ((max(start, low), min(end, high)) for start, end in spans if end > low)


def test_growth_reads_one_page_more_in_the_direction_of_the_search() -> None:
    """An answer on the next page costs that page, forwards as backwards, and no other."""
    pattern = [*[False] * 9, True, *[False] * 10, *[False] * 10, True, *[False] * 9]
    book = PatternBook(pattern, 1, page=10)
    timeline = Timeline(book)
    assert timeline.next_open(15) == 30
    assert book.reads == [101, 102, 103]
    assert timeline.subtract(15, 1) == 9
    assert book.reads == [101, 102, 103, 100]


def test_a_far_jump_reads_what_lies_between_once() -> None:
    """Pages between two that were asked for are read too, since their spans are counted."""
    book = PatternBook([True] * 100, 1, page=10)
    timeline = Timeline(book)
    assert timeline.is_open(5)
    assert timeline.is_open(95)
    assert timeline.between(5, 95) == 90
    assert sorted(book.reads) == list(range(100, 110))
    book = PatternBook([True] * 100, 1, page=10)
    timeline = Timeline(book)
    assert timeline.is_open(95)
    assert timeline.subtract(95, 90) == 5
    assert sorted(book.reads) == list(range(100, 110))


def test_what_is_known_is_not_read_again() -> None:
    """A question within the pages that were read costs no page."""
    book = PatternBook([True, False] * 30, 1, page=10)
    timeline = Timeline(book)
    timeline.between(15, 45)
    reads = list(book.reads)
    assert reads == [101, 102, 103, 104]
    assert timeline.add(15, 5) == 25
    assert timeline.subtract(45, 5) == 36
    assert timeline.between(44, 16) == -14
    assert [timeline.next_open(21), timeline.next_close(20)] == [22, 21]
    assert len(list(timeline.spans(10, 49))) == 20
    assert book.reads == reads


@pytest.mark.parametrize("distance", [10**3, FOREVER, 10**30])
def test_a_question_beyond_the_book_reads_nothing(distance: int) -> None:
    """However far away an instant or an amount reaches, the book is no longer than it is."""
    for at, direction in ((-distance, "backwards"), (60 + distance, "forwards")):
        for verb in ("is_open", "next_open", "next_close"):
            book = PatternBook([True, False] * 30, 1, page=10)
            assert outcome(lambda: getattr(Timeline(book), verb)(at)) == direction  # noqa: B023
            assert book.reads == []
        book = PatternBook([True, False] * 30, 1, page=10)
        for start, end in ((30, at), (at, 30)):
            assert outcome(lambda: Timeline(book).between(start, end)) == direction  # noqa: B023
        assert book.reads == []
    book = PatternBook([True, False] * 30, 1, page=10)
    assert outcome(lambda: Timeline(book).add(30, distance)) == "forwards"
    assert book.reads == []
    assert outcome(lambda: Timeline(book).subtract(30, distance)) == "backwards"
    assert book.reads == [103]  # the page of the instant, to see whether it is enough


def test_a_search_that_finds_nothing_ends_with_the_book() -> None:
    """A desk that never opens again is noticed once every page was read, and each just once."""
    for verb, pages in (("next_open", range(105, 110)), ("add", range(105, 110))):
        book = PatternBook([False] * 100, 1, page=10)
        timeline = Timeline(book)
        arguments = (55, 1) if verb == "add" else (55,)
        assert outcome(lambda: getattr(timeline, verb)(*arguments)) == "forwards"  # noqa: B023
        assert book.reads == list(pages)
    book = PatternBook([False] * 100, 1, page=10)
    assert outcome(lambda: Timeline(book).subtract(55, 1)) == "backwards"
    assert sorted(book.reads) == list(range(100, 106))
    book = PatternBook([True] * 100, 1, page=10)
    assert outcome(lambda: Timeline(book).next_close(55)) == "forwards"
    assert book.reads == list(range(105, 110))


@pytest.mark.parametrize("at", [0, 55, 99])
def test_a_published_index_never_changes(at: int) -> None:
    """Who holds an index keeps its answers, however far the timeline has grown since."""
    book = PatternBook([True, False, False, True, True] * 20, 1, page=10)
    timeline = Timeline(book)
    timeline.is_open(at)
    held = timeline.index
    before = {name: value_of(held, name) for name in Index.__slots__}
    timeline.between(0, 99)
    assert timeline.index is not held
    assert timeline.index.high - timeline.index.low > held.high - held.low
    assert {name: value_of(held, name) for name in Index.__slots__} == before
    for name in Index.__slots__:
        value = getattr(held, name)
        if isinstance(value, list):
            assert value is not getattr(timeline.index, name)


def value_of(index: Index, name: str) -> object:
    """Copy an attribute of an index, so that it can be compared later."""
    value = getattr(index, name)
    return tuple(value) if isinstance(value, list) else value


def test_a_page_is_taken_and_not_altered() -> None:
    """Joining a page to its neighbour leaves the list that the book gave as it was."""
    pages = {100: [(0, 5), (8, 10)], 101: [(10, 12), (15, 16)]}

    class Listed(PatternBook):
        def spans(self, page: int) -> list[Span]:
            return pages[page]

    timeline = Timeline(Listed([False] * 20, 1, page=10))
    assert list(timeline.spans(0, 19)) == [(0, 5), (8, 12), (15, 16)]
    assert pages == {100: [(0, 5), (8, 10)], 101: [(10, 12), (15, 16)]}


def test_the_error_tells_the_direction() -> None:
    """Which way a search left the book is all that the error says, and it says it."""
    assert BeyondBookError(forwards=True).forwards
    assert not BeyondBookError(forwards=False).forwards
