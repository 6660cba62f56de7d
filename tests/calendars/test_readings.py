"""Readings of made-up spans; the expected answers come from adding up."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from made_up_spans import counted, span_lists, walked
from netcor_sla._calendars.readings import DAY, FOREVER, Dial, Index, Span

MICROSECOND: Final = timedelta(microseconds=1)

# The same examples wherever and with whatever else these tests are run.
ALIKE: Final = settings(deadline=None, derandomize=True, max_examples=300)


def read(dial: Dial, at: int) -> int | None:
    """Ask in microseconds what the dial shows."""
    reading = dial.reading(MICROSECOND * at)
    return None if reading is None else reading // MICROSECOND


def added(dial: Dial, at: int, amount: int) -> int | None:
    """Ask in microseconds for the sum."""
    due = dial.add(MICROSECOND * at, MICROSECOND * amount)
    return None if due is None else due // MICROSECOND


def around(spans: Sequence[Span], low: int, high: int) -> set[int]:
    """Name the instants beside which answers change, and those beside the limits."""
    limits = {limit for span in spans for limit in span} | {low, high}
    return {limit + off for limit in limits for off in (-1, 0, 1)}


@ALIKE
@given(span_lists(), st.data())
def test_an_index_of_any_spans_reads_as_adding_up_does(
    drawn: tuple[list[Span], int, int], data: st.DataObject
) -> None:
    """Spans of any length, days long or a microsecond, read as their sum up to the instant."""
    spans, low, high = drawn
    index = Index(spans, low, high)
    limits = [limit + off for span in spans for limit in span for off in (-1, 0, 1)]
    for at in {*limits, low, high - 1, data.draw(st.integers(low, high - 1))}:
        if low <= at < high:
            assert index.reading(at) == counted(spans, at)
            found = index.find(at)
            assert all(end <= at for _, end in spans[:found])
            assert all(end > at for _, end in spans[found:])
    assert index.top == counted(spans, high)
    assert index.spans() == spans


@ALIKE
@given(span_lists(), st.data())
def test_latest_is_the_limit_of_what_shows_a_reading(
    drawn: tuple[list[Span], int, int], data: st.DataObject
) -> None:
    """The clock shows the reading then, and another a microsecond later."""
    spans, low, high = drawn
    index = Index(spans, low, high)
    totals = [counted(spans, end) + off for _, end in spans for off in (-1, 0, 1)]
    for reading in {0, index.top, data.draw(st.integers(0, index.top)), *totals}:
        if 0 <= reading < index.top:
            latest = index.latest(reading)
            assert counted(spans, latest) == reading
            assert counted(spans, latest + 1) == reading + 1


def test_an_index_without_spans_stands_still() -> None:
    """Where the desk never opens, every reading is zero and nothing is ever due."""
    index = Index([], 5, 5 + 3 * DAY)
    for at in (5, 5 + DAY, 4 + 3 * DAY):
        assert index.reading(at) == 0
        assert index.opening(index.find(at)) >= FOREVER
    assert index.top == 0
    assert index.spans() == []


@ALIKE
@given(span_lists(), st.data())
def test_a_dial_reads_as_adding_up_does(
    drawn: tuple[list[Span], int, int], data: st.DataObject
) -> None:
    """At every limit and beside it, and nowhere outside the index."""
    spans, low, high = drawn
    dial = Dial(Index(spans, low, high))
    for at in around(spans, low, high) | {data.draw(st.integers(low, high - 1))}:
        assert read(dial, at) == (counted(spans, at) if low <= at < high else None), at


@ALIKE
@given(span_lists(), st.data())
def test_a_dial_adds_as_walking_does(
    drawn: tuple[list[Span], int, int], data: st.DataObject
) -> None:
    """By whatever amount, a span's length and a microsecond beside it; and as far as it knows."""
    spans, low, high = drawn
    dial = Dial(Index(spans, low, high))
    lengths = [end - start for start, end in spans] or [1]
    near = st.lists(st.sampled_from(lengths), min_size=1, max_size=6).map(sum)
    for at in around(spans, low, high):
        amount = max(1, data.draw(near | st.just(DAY)) + data.draw(st.integers(-1, 1)))
        expected = walked(spans, at, amount) if low <= at < high else None
        assert added(dial, at, amount) == expected, (at, amount)


def test_a_dial_finds_one_span_among_thousands_of_a_day() -> None:
    """Also where thousands together show less than a day of business time."""
    spans = [(at, at + 1 + at // 7 % 5) for at in range(0, 70_000, 7)]
    dial = Dial(Index(spans, 0, DAY))
    for at in range(0, 70_000, 997):
        assert read(dial, at) == counted(spans, at)
        assert added(dial, at, 9_999) == walked(spans, at, 9_999)


def test_a_dial_adds_whole_days() -> None:
    """Up to the last microsecond that it knows, and no further."""
    dial = Dial(Index([(0, DAY), (2 * DAY, 3 * DAY)], 0, 3 * DAY))
    assert [added(dial, 0, days * DAY) for days in (1, 2)] == [DAY, 3 * DAY]
    assert added(dial, 0, 2 * DAY + 1) is None


def test_a_dial_of_an_empty_index_knows_nothing() -> None:
    """The one that a timeline begins with leaves every question to the book."""
    dial = Dial(Index((), 0, 0))
    assert read(dial, 0) is None
    assert added(dial, 0, 1) is None


def test_a_dial_without_spans_stands_still() -> None:
    """Where the desk never opens, every reading is zero and nothing is ever due."""
    dial = Dial(Index((), 5, 5 + 3 * DAY))
    for at in (5, 5 + DAY, 4 + 3 * DAY):
        assert read(dial, at) == 0
        assert added(dial, at, 1) is None
