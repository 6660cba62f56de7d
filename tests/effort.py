"""How much work a question is: in calls, which no busy machine changes."""

import sys
from collections.abc import Callable


def effort(ask: Callable[[], object]) -> int:
    """Count the functions that are entered and left, those of C among them."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        ask()
    finally:
        sys.setprofile(before)
    return calls
