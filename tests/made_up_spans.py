"""Open spans of no calendar, and the business time in them by adding up."""

from collections.abc import Sequence
from itertools import groupby

from hypothesis import strategies as st

Span = tuple[int, int]  # in microseconds, half-open

DAY = 86_400_000_000


def spans_of(pattern: Sequence[bool], unit: int, low: int = 0) -> list[Span]:
    """Join open slots to spans."""
    spans, at = [], low
    for is_open, slots in groupby(pattern):
        end = at + unit * len(list(slots))
        if is_open:
            spans.append((at, end))
        at = end
    return spans


@st.composite
def span_lists(draw: st.DrawFn) -> tuple[list[Span], int, int]:
    """Draw spans of all lengths, neither touching nor empty, and the limits around them."""
    longest = draw(st.sampled_from((3, DAY // 20, 3 * DAY)))
    lengths = st.integers(1, 3) | st.integers(1, longest) | st.just(min(longest, DAY))
    low = draw(st.integers(-3 * DAY, 3 * DAY))
    at, spans = low + draw(st.just(0) | lengths), []
    for _ in range(draw(st.integers(0, 25))):
        spans.append((at, at + draw(lengths)))
        at = spans[-1][1] + draw(lengths)
    high = max(at - draw(st.just(0) | st.integers(0, 1)), spans[-1][1] if spans else low) + 1
    return spans, low, high


def counted(spans: Sequence[Span], at: int) -> int:
    """Add the spans up to an instant one by one."""
    return sum(max(min(end, at) - start, 0) for start, end in spans)


def walked(spans: Sequence[Span], at: int, amount: int) -> int | None:
    """Walk from span to span until the amount is used up."""
    for start, end in spans:
        opening = max(start, at)
        if opening < end:
            if amount <= end - opening:
                return opening + amount
            amount -= end - opening
    return None
