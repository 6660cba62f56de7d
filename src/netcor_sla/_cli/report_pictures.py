"""A report drawn: a bar for each level, in parts for what was met, missed, and is still open.

It belongs into a page, whose style gives its shapes their colours; it is as wide as there is
room. The parts differ by pattern too, and stand below their bar in words.
"""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import accumulate, pairwise
from typing import Final

from netcor_sla._cli.report_tables import kept_words, level_words
from netcor_sla._explanations.lettering import DOT, width
from netcor_sla._explanations.words import Voice
from netcor_sla.reports import Figures, Report

ROW: Final = 86
TOP: Final = 54

_BAR: Final = 18
_KINDS: Final = ("met", "missed", "open", "late")


def picture(told: Report, voice: Voice) -> str:
    """Draw a bar for each level, and one for all: how many of its tickets are what."""
    rows = (*told.levels, told.total)
    title = voice.say(
        "Ein Balken je Stufe: welcher Teil ihrer Tickets eingehalten, verpasst und offen ist",
        "A bar for each level: what part of its tickets was met, missed, and is open",
    )
    size = f'width="100%" height="{TOP + len(rows) * ROW}"'
    parts = [
        f'<svg {size} role="img" aria-labelledby="picture">',
        f'<title id="picture">{title}</title>',
        *_patterns(),
        *_legend(_words(voice)),
        *(part for at, each in enumerate(rows) for part in _bar(each, voice, TOP + at * ROW)),
        "</svg>",
    ]
    return "\n".join(parts)


def _words(voice: Voice) -> tuple[str, str, str, str]:
    """Name the kinds of tickets, in the order of their parts."""
    return (
        voice.say("eingehalten", "met"),
        voice.say("verpasst", "missed"),
        voice.say("offen, nicht zu spät", "open, not late"),
        voice.say("offen, zu spät", "open, late"),
    )


def _patterns() -> Iterator[str]:
    """Define what is drawn where colours alone would not do."""
    size = 'width="8" height="8" patternUnits="userSpaceOnUse"'
    yield "<defs>"
    yield f'<pattern id="stripes" {size}><path d="M-2 2 2-2M-2 10 10-2M6 10 10 6"/></pattern>'
    yield f'<pattern id="dots" {size}><circle cx="4" cy="4" r="2"/></pattern>'
    yield "</defs>"


def _legend(words: Sequence[str]) -> Iterator[str]:
    """Say what the parts mean, in two lines, for narrow pages."""
    right = 1 + _BAR + 6 + max(width(each) for each in words[::2]) + 16
    for at, (kind, each) in enumerate(zip(_KINDS, words, strict=True)):
        x, y = (1, right)[at % 2], 20 * (at // 2)
        yield f'<rect class="{kind}" x="{x}" y="{y + 2}" width="{_BAR}" height="14"/>'
        yield _text(x + _BAR + 6, y + 13, each)


def _bar(figures: Figures, voice: Voice, y: int) -> Iterator[str]:
    """Draw the bar of a level, its name above and its numbers below."""
    still = figures.open - figures.open_late
    counts = (figures.met, figures.missed, still, figures.open_late)
    yield _text(0, y + 16, _title(figures, voice), ' class="title"')
    ends = pairwise(accumulate(counts, initial=0))
    for kind, (start, end) in zip(_KINDS, ends, strict=True):
        if start < end:
            x, wide = _share(start, figures.tickets), _share(end - start, figures.tickets)
            place = f'x="{x}" y="{y + 23}" width="{wide}" height="{_BAR}"'
            yield f'<rect class="{kind}" {place}/>'
    numbers = [f"{count} {each}" for count, each in zip(counts, _words(voice), strict=True)]
    yield _text(0, y + 56, DOT.join(numbers[:2]))
    yield _text(0, y + 72, DOT.join(numbers[2:]))


def _share(part: int, whole: int) -> str:
    """Write a share of the width, in per cent."""
    thousandths = 100_000 * part // whole
    return f"{thousandths // 1000}.{thousandths % 1000:03}%"


def _title(figures: Figures, voice: Voice) -> str:
    """Name the level, and say how many tickets it has and what share was kept."""
    tickets = f"{figures.tickets} {voice.say('Ticket', 'ticket')}{'s' * (figures.tickets != 1)}"
    name = f"{level_words(figures.level, voice)}: {tickets}"
    if figures.kept is None:
        return name
    return f"{name}, {voice.say('Quote', 'kept')} {kept_words(figures, voice)}"


def _text(x: float, y: float, words: str, style: str = "") -> str:
    return f'<text x="{x}" y="{y}"{style}>{escape(words)}</text>'
