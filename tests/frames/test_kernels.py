"""The clock for arrays, on made-up spans; the expected answers come from counting."""

import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from typing import Final

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from made_up_spans import counted, span_lists, spans_of, walked
from netcor_sla._calendars.readings import DAY, Index, Span
from netcor_sla.frames._kernel import CHUNK, Clock, Integers, Mask, Search, clock, late

SLOTS: Final = 8
UNITS: Final = [pytest.param(1, id="slots of 1 us"), pytest.param(DAY * 5 // 7, id="long slots")]
NOT_A_TIME: Final = np.iinfo(np.int64).min

ALIKE: Final = settings(deadline=None, derandomize=True, max_examples=150)


def array(*values: int) -> Integers:
    """Make an array that nobody can write to."""
    made = np.array(values, np.int64)
    made.flags.writeable = False
    return made


def hold(spans: Sequence[Span], low: int, high: int, at: Sequence[int]) -> None:
    """Hold a clock against counting, for these instants and all amounts between them."""
    asked, index = array(*at), Index(spans, low, high)
    own = Clock(index)
    open_ = [any(start <= each < end for start, end in spans) for each in at]
    assert own.is_open(asked).tolist() == open_
    readings = [counted(spans, each) for each in at]
    elapsed = own.elapsed(np.repeat(asked, len(at)), np.tile(asked, len(at)))
    assert elapsed.tolist() == [end - start for start in readings for end in readings]
    amounts = sorted({max(each + more, 1) for each in readings for more in (-1, 0, 1)})
    for amount in amounts:
        due = [walked(spans, each, amount) for each in at]
        there = [each is not None for each in due]
        found = own.due(asked, array(amount), 0)
        assert found[there].tolist() == [each for each in due if each is not None]


@pytest.mark.parametrize("unit", UNITS)
def test_the_arrays_answer_as_counting_does(unit: int) -> None:
    """For every pattern of slots, all instants and all amounts."""
    for pattern in product((False, True), repeat=SLOTS):
        hold(spans_of(pattern, unit), 0, SLOTS * unit, range(0, SLOTS * unit, unit))


@ALIKE
@given(span_lists(), st.lists(st.floats(0, 1), max_size=3))
def test_spans_of_any_length_are_found(
    drawn: tuple[list[Span], int, int], shares: list[float]
) -> None:
    """A thousand spans a day or one in a week, at each limit and beside it."""
    spans, low, high = drawn
    limits = {limit + step for span in spans for limit in span for step in (-1, 0, 1)}
    between = {low + int((high - 1 - low) * share) for share in shares}
    at = sorted(each for each in limits | between | {low, high - 1} if low <= each < high)
    event(f"a day's spans need {len(Clock(Index(spans, low, high))._by_day._steps)} steps")
    hold(spans, low, high, at[:40])


def test_a_span_is_found_among_thousands_of_one_day() -> None:
    """By halving: so few steps that even such a day takes no time."""
    spans = [(at, at + 1 + at // 7 % 5) for at in range(0, 70_000, 7)]
    index = Index(spans, 0, DAY)
    own = Clock(index)
    assert len(own._by_day._steps) == 14
    at = np.arange(0, 30_000, 11)
    elapsed = own.elapsed(np.zeros_like(at), at)
    assert elapsed.tolist() == [counted(spans, each) for each in at[:200]] + [
        index.reading(each) for each in at[200:]
    ]
    due = own.due(at, array(9_999), 0)
    assert due.tolist() == [walked(spans, each, 9_999) for each in at.tolist()]


def test_alike_spans_need_no_steps() -> None:
    """The usual desk: a span a day, all of one length, so tables are arranged by bucket."""
    spans = [(day * DAY + DAY // 3, day * DAY + 2 * DAY // 3) for day in range(9) if day % 7 < 5]
    own = Clock(Index(spans, 0, 9 * DAY))
    assert own._by_day._steps == own._by_reading._steps == []
    assert len(own._closed) == 10


def test_a_search_goes_no_further_than_its_key() -> None:
    """Among limits that lie close, the number of those at or below the key."""
    limits = array(3, 5, 5 + DAY, 9 + DAY)
    search = Search(array(0, 2), limits, 2)
    keys = array(0, 3, 4, 5, DAY, DAY + 5, DAY + 8)
    buckets = keys // DAY
    places, _ = search.find(keys, buckets, np.empty_like(buckets))
    assert places.tolist() == [0, 1, 1, 2, 2, 3, 3]


DESK: Final = [(day * DAY + DAY // 4, day * DAY + DAY // 2 + day % 3) for day in range(40)]


@pytest.mark.parametrize("count", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 77])
def test_chunks_join_without_a_seam(count: int) -> None:
    """However many rows, each has the answer that it has alone."""
    own, random = Clock(Index(DESK, 0, 40 * DAY)), np.random.default_rng(count)
    at, end = random.integers(0, 20 * DAY, (2, count))
    amounts, which = array(DAY // 9, DAY // 2, 2 * DAY), random.integers(0, 3, count, np.uint8)
    seams = [row for seam in range(0, count, CHUNK) for row in range(seam - 2, seam + 3)]
    for row in {row for row in (*seams, count - 1) if 0 <= row < count}:
        one = slice(row, row + 1)
        assert own.is_open(at)[row] == own.is_open(at[one])[0]
        assert own.elapsed(at, end)[row] == own.elapsed(at[one], end[one])[0]
        alone = own.due(at[one], amounts, int(which[row]))[0]
        assert (
            own.due(at, amounts, which)[row] == own.due(at, amounts, int(which[row]))[row] == alone
        )
    assert (
        len(own.is_open(at)) == len(own.elapsed(at, end)) == len(own.due(at, amounts, 1)) == count
    )


def test_rows_without_meaning_disturb_no_others() -> None:
    """NaT, and instants far outside, among rows that have answers."""
    own = Clock(Index(DESK, 0, 40 * DAY))
    good = array(DAY // 3, 3 * DAY + 5, 7 * DAY)
    rows, bad = [0, 2, 5], array(NOT_A_TIME, np.iinfo(np.int64).max, -DAY, 90 * DAY)
    mixed = np.array([good[0], bad[0], good[1], bad[1], bad[2], good[2], bad[3]])
    assert own.due(mixed, array(DAY), 0)[rows].tolist() == own.due(good, array(DAY), 0).tolist()
    assert own.is_open(mixed)[rows].tolist() == own.is_open(good).tolist()
    other = np.roll(mixed, 3)
    other[rows] = good[::-1]
    assert own.elapsed(mixed, other)[rows].tolist() == own.elapsed(good, good[::-1]).tolist()


def test_an_empty_book_counts_nothing() -> None:
    """Without spans, no time passes."""
    own = Clock(Index((), 0, DAY))
    assert own.elapsed(array(0, 5), array(DAY - 1, 5)).tolist() == [0, 0]
    assert own.is_open(array(0, DAY - 1)).tolist() == [False, False]


def test_strides_are_followed() -> None:
    """Every other row of a longer array is asked about like any array."""
    own, at = Clock(Index(DESK, 0, 40 * DAY)), np.arange(0, 20 * DAY, DAY // 7)
    odd = at[1::2].copy()
    assert own.due(at[1::2], array(DAY), 0).tolist() == own.due(odd, array(DAY), 0).tolist()
    assert own.is_open(at[1::2]).tolist() == own.is_open(odd).tolist()
    assert own.elapsed(at[1::2], at[::2]).tolist() == own.elapsed(odd, at[::2].copy()).tolist()


@pytest.mark.parametrize("verb", ["due", "due by row", "elapsed", "is_open", "late"])
def test_scratch_does_not_grow_with_the_rows(verb: str) -> None:
    """Ten times the rows need ten times the answer, and nothing else more."""
    own, beside = Clock(Index(DESK, 0, 40 * DAY)), []
    amounts = array(1, DAY)
    for count in (5 * CHUNK, 50 * CHUNK):
        at, ones = np.arange(count), np.ones(count, np.uint8)
        verbs: dict[str, Callable[[], Integers | Mask]] = {
            "due": partial(own.due, at, amounts, 1),
            "due by row": partial(own.due, at, amounts, ones),
            "elapsed": partial(own.elapsed, at, at),
            "is_open": partial(own.is_open, at),
            "late": partial(late, at, at, None, 5),
        }
        tracemalloc.start()
        answer = verbs[verb]()
        beside.append(tracemalloc.get_traced_memory()[1] - answer.nbytes)
        tracemalloc.stop()
    assert beside[1] < beside[0] + 20_000 < 40 * CHUNK


def test_lateness_is_judged_by_what_is_known() -> None:
    """On time at the due instant; without an answer, or with a later one than `now`, by `now`."""
    due = array(10, 10, 10, 10, 10, 30, 30)
    responded = array(9, 10, 11, NOT_A_TIME, 99, NOT_A_TIME, 99)
    unanswered = responded == NOT_A_TIME
    assert late(due, responded, unanswered, 20).tolist() == [0, 0, 1, 1, 1, 0, 0]
    assert late(due, responded, unanswered, 10).tolist() == [0, 0, 0, 0, 0, 0, 0]
    assert late(due[:3], responded[:3], None, 20).tolist() == [0, 0, 1]


def test_the_arrays_of_an_index_are_made_once() -> None:
    """For the many small columns that a stream consists of."""
    index = Index(DESK, 0, 40 * DAY)
    assert clock(index) is clock(index)
    assert clock(Index(DESK, 0, 40 * DAY)) is not clock(index)
