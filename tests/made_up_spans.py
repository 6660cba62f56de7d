"""Open spans of no calendar, and the business time in them by adding up."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from hypothesis import strategies as st

from netcor_sla._calendars.instants import DAY, MICROSECOND, ZERO, Span


def spans_of(pattern: Sequence[bool], unit: timedelta, low: timedelta = ZERO) -> list[Span]:
    """Join open slots to spans."""
    spans, at = [], low
    for is_open, slots in groupby(pattern):
        end = at + unit * len(list(slots))
        if is_open:
            spans.append((at, end))
        at = end
    return spans


@st.composite
def span_lists(draw: st.DrawFn) -> tuple[list[Span], timedelta, timedelta]:
    """Draw spans of all lengths, neither touching nor empty, and the limits around them."""
    day = DAY // MICROSECOND
    longest = draw(st.sampled_from((3, day // 20, 3 * day)))
    lengths = st.integers(1, 3) | st.integers(1, longest) | st.just(min(longest, day))
    low = draw(st.integers(-3 * day, 3 * day))
    at, spans = low + draw(st.just(0) | lengths), []
    for _ in range(draw(st.integers(0, 25))):
        spans.append((at * MICROSECOND, (at := at + draw(lengths)) * MICROSECOND))
        at += draw(lengths)
    least = spans[-1][1] // MICROSECOND if spans else low
    high = max(at - draw(st.just(0) | st.integers(0, 1)), least) + 1
    return spans, low * MICROSECOND, high * MICROSECOND


def counted(spans: Sequence[Span], at: timedelta) -> timedelta:
    """Add the spans up to an instant one by one."""
    return sum((max(min(end, at) - start, ZERO) for start, end in spans), ZERO)


def walked(spans: Sequence[Span], at: timedelta, amount: timedelta) -> timedelta | None:
    """Walk from span to span until the amount is used up."""
    for start, end in spans:
        opening = max(start, at)
        if opening < end:
            if amount <= end - opening:
                return opening + amount
            amount -= end - opening
    return None


def walked_back(spans: Sequence[Span], at: timedelta, amount: timedelta) -> timedelta | None:
    """Walk back from span to span until the amount is used up."""
    back = [(-end, -start) for start, end in reversed(spans)]
    since = walked(back, -at, amount)
    return None if since is None else -since
