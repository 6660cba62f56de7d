"""The clock for arrays, on made-up spans; the expected answers come from counting."""

import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made_up_spans import counted, span_lists, spans_of, walked
from netcor_sla._calendars.instants import MICROSECOND, ZERO, Span
from netcor_sla._calendars.timeline import Index
from netcor_sla.frames._kernel import CHUNK, Clock, Integers, Mask, extent, late

SLOTS: Final = 8
DAY: Final = 86_400_000_000
UNITS: Final = [pytest.param(1, id="slots of 1 us"), pytest.param(DAY * 5 // 7, id="long slots")]
DESK: Final = [(day * DAY + DAY // 4, day * DAY + DAY // 2 + day % 3) for day in range(40)]

ALIKE: Final = settings(max_examples=4 * settings().max_examples)


def array(*values: int) -> Integers:
    """Make an array that nobody can write to."""
    made = np.array(values, np.int64)
    made.flags.writeable = False
    return made


def desk() -> Clock:
    """Make the clock of forty days, on each of which a desk is open."""
    spans = [(start * MICROSECOND, end * MICROSECOND) for start, end in DESK]
    return Clock(Index(spans, ZERO, 40 * DAY * MICROSECOND))


def hold(index: Index, spans: Sequence[Span], at: Sequence[int]) -> None:
    """Hold a clock against counting, for these instants and all amounts between them."""
    asked, own, instants = array(*at), Clock(index), [each * MICROSECOND for each in at]
    open_ = [any(start <= each < end for start, end in spans) for each in instants]
    assert own.is_open(asked).tolist() == open_
    readings = [counted(spans, each) // MICROSECOND for each in instants]
    elapsed = own.elapsed(np.repeat(asked, len(at)), np.tile(asked, len(at)))
    assert elapsed.tolist() == [end - start for start in readings for end in readings]
    for amount in sorted({max(each + more, 1) for each in readings for more in (-1, 0, 1)}):
        due = [walked(spans, each, amount * MICROSECOND) for each in instants]
        there = [each is not None for each in due]
        found = own.due(asked, array(amount), 0)[there].tolist()
        assert found == [each // MICROSECOND for each in due if each is not None]
        last = own.latest_start(amount)
        assert [each <= last for each in at] == there


@pytest.mark.parametrize("unit", UNITS)
def test_the_arrays_answer_as_counting_does(unit: int) -> None:
    """For every pattern of slots, all instants and all amounts."""
    for pattern in product((False, True), repeat=SLOTS):
        spans = spans_of(pattern, unit * MICROSECOND)
        index = Index(spans, ZERO, SLOTS * unit * MICROSECOND)
        hold(index, spans, range(0, SLOTS * unit, unit))


@ALIKE
@given(span_lists(), st.lists(st.floats(0, 1), max_size=3))
def test_spans_of_any_length_are_found(drawn: tuple[Any, Any, Any], shares: list[float]) -> None:
    """A thousand spans a day or one in a week, at each limit and beside it."""
    spans, index = drawn[0], Index(*drawn)
    low, high = (each // MICROSECOND for each in drawn[1:])
    limits = {limit // MICROSECOND + step for each in spans for limit in each for step in (-1, 0, 1)}
    between = {low + int((high - 1 - low) * share) for share in shares}
    at = sorted(each for each in limits | between | {low, high - 1} if low <= each < high)
    hold(index, spans, at[:40])


@pytest.mark.parametrize("count", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 77])
def test_chunks_join_without_a_seam(count: int) -> None:
    """However many rows, each has the answer that it has alone; gaps between rows are followed."""
    own, random = desk(), np.random.default_rng(count)
    at, end = random.integers(0, 20 * DAY, (count, 2)).T
    amounts, which = array(DAY // 9, DAY // 2, 2 * DAY), random.integers(0, 3, count, np.uint8)
    is_open, elapsed, due = own.is_open(at), own.elapsed(at, end), own.due(at, amounts, which)
    assert len(is_open) == len(elapsed) == len(due) == len(own.due(at, amounts, 1)) == count
    seams = [row for seam in range(0, count, CHUNK) for row in range(seam - 2, seam + 3)]
    for row in {row for row in (*seams, count - 1) if 0 <= row < count}:
        one = slice(row, row + 1)
        assert is_open[row] == own.is_open(at[one])[0]
        assert elapsed[row] == own.elapsed(at[one], end[one])[0]
        assert due[row] == own.due(at[one], amounts, int(which[row]))[0]
    for kept in (which < 3, which > 0):
        if kept.any():
            assert extent(at, kept) == (at[kept].min(), at[kept].max())
            assert extent(at) == (at.min(), at.max())


@pytest.mark.parametrize("verb", ["due", "due by row", "elapsed", "is_open", "late"])
def test_scratch_does_not_grow_with_the_rows(verb: str) -> None:
    """Ten times the rows need ten times the answer, and nothing else more."""
    own, beside = desk(), []
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
