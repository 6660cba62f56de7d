"""The shapes of a picture: bars for stretches of time, marks for instants, and their legend.

Mid-tones on nothing, so that they can be read on white and on black; no two shapes differ
by colour alone.
"""

from collections.abc import Callable, Iterable
from typing import Final

from netcor_sla._explanations.lettering import GREY, text, width

USED: Final = "#3b82c4"
LATE: Final = "#c4573b"

Bar = Callable[[float, float, float], str]  # from where to where across, and how far down
Mark = Callable[[float, float], str]

_MARK: Final = f'fill="#fff" stroke="{USED}" stroke-width="2.5"'


def open_bar(x: float, end: float, y: float) -> str:
    """Draw hours open, pale."""
    return _bar(x, end, y, 14, f'fill="{GREY}" fill-opacity=".22" stroke="{GREY}"')


def used_bar(x: float, end: float, y: float) -> str:
    """Draw time used, dark."""
    return _bar(x, end, y, 14, f'fill="{USED}"')


def paused_bar(x: float, end: float, y: float) -> str:
    """Draw time in a pause, empty and dashed."""
    style = f'fill="none" stroke="{USED}" stroke-width="2" stroke-dasharray="4 3"'
    return _bar(x, end, y, 8, style)


def late_bar(x: float, end: float, y: float) -> str:
    """Draw time after the deadline, dark and thin."""
    return _bar(x, end, y, 6, f'fill="{LATE}"')


def _bar(x: float, end: float, y: float, high: int, style: str) -> str:
    place = f'x="{round(x, 1)}" y="{y - high // 2}" width="{round(end - x, 1)}" height="{high}"'
    return f"<rect {place} {style}/>"


def ring(x: float, y: float) -> str:
    """Mark the opening; it fits into a rhombus."""
    return f'<circle cx="{x}" cy="{y}" r="5" {_MARK}/>'


def rhombus(x: float, y: float) -> str:
    """Mark the deadline."""
    corners = f"{x},{y - 7} {x + 7},{y} {x},{y + 7} {x - 7},{y}"
    return f'<polygon points="{corners}" {_MARK}/>'


def triangle(x: float, y: float) -> str:
    """Mark the response; its base shows below a rhombus at the same place."""
    return f'<polygon points="{x - 7},{y + 7} {x + 7},{y + 7} {x},{y - 6}" {_MARK}/>'


def swatch(bar: Bar) -> Mark:
    """Draw a bar as small as a mark, for the legend."""
    return lambda x, y: bar(x - 7, x + 7, y)


def legend(marks: Iterable[tuple[Mark, str]], y: float) -> tuple[list[str], float]:
    """Say what marks mean, side by side; and where that ends."""
    x, parts = 12.0, []
    for mark, words in marks:
        parts.append(f"{mark(x + 6, y - 4)}\n{text(x + 18, y, words)}")
        x += 18 + width(words) + 14
    return parts, x
