"""Texts in pictures: how wide they are at most, and what is cut of those that would not fit."""

import unicodedata
from bisect import bisect_right
from html import escape
from itertools import accumulate
from typing import Final

GREY: Final = "#808080"
SIZE: Final = 12
DOT: Final = " \N{MIDDLE DOT} "
CUT: Final = "\N{HORIZONTAL ELLIPSIS}"

_LONGEST: Final = 200  # letters; no column has room for as many
# Of the size, as DejaVu Sans has them, the widest in use: a test measures it.
_WIDTHS: Final = {
    **dict.fromkeys(" .,:;|'Iijl\N{MIDDLE DOT}", 0.34),
    **dict.fromkeys("!()[]rtf", 0.42),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ#&+<=>^~\N{RIGHTWARDS ARROW}", 0.84),
    **dict.fromkeys("mwMW@%", 1.0),
}


def text(x: float, y: float, words: str, anchor: str = "start") -> str:
    """Write something, in SVG."""
    return f'<text x="{round(x, 1)}" y="{y}" text-anchor="{anchor}" fill="{GREY}">{escape(words)}</text>'


def fit(words: str, room: float) -> str:
    """Cut words that would take more room."""
    if len(words) <= _LONGEST and width(words) <= room:
        return words
    ends = [share * SIZE for share in accumulate(map(em, words[:_LONGEST]))]
    return words[: bisect_right(ends, room - SIZE)].rstrip(DOT) + CUT


def width(words: str) -> float:
    """Reckon how wide words are at most."""
    return round(sum(map(em, words)) * SIZE, 1)  # since Python 3.12 adds floats otherwise


def em(letter: str) -> float:
    """Reckon how wide a letter is at most, as a share of the size; accents add nothing."""
    base = unicodedata.normalize("NFD", letter)[0]
    if base.isascii() or base in _WIDTHS:
        return _WIDTHS.get(base, 0.64)
    return 1.05 if unicodedata.category(base) in ("Ll", "Lo") else 1.4
