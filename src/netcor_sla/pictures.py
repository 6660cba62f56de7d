"""A reckoning drawn: a row for each date, the hours open pale and the time used dark.

Mid-tones on nothing, so that it can be read on white and on black; shapes and words say what
colours say. Texts are set in three columns whose widths are reckoned for the widest
fonts, and what would not fit is cut: the sentences beside the picture have it whole.
"""

import unicodedata
from base64 import b64encode
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from itertools import accumulate
from typing import Final, NamedTuple

from netcor_sla.prose import headline
from netcor_sla.readings import Span
from netcor_sla.reckonings import Reckoning
from netcor_sla.voices import Voice, offset_text
from netcor_sla.zones import day_start, offset_at

WIDTH: Final = 760
ROW: Final = 22
TOP: Final = 26
PLOT: Final = (96, 404)  # from left to right
NOTES: Final = 420
MOST: Final = 44  # dates; of more than one more, the middle is left out

GREY: Final = "#808080"
USED: Final = "#3b82c4"
PALE: Final = f'fill="{GREY}" fill-opacity=".22" stroke="{GREY}"'
DARK: Final = f'fill="{USED}"'

_HOUR: Final = 3_600_000_000
_SIZE: Final = 12
_DOT: Final = " \N{MIDDLE DOT} "
_CUT: Final = "\N{HORIZONTAL ELLIPSIS}"
_LONGEST: Final = 200  # letters; no column has room for as many
# Of the size, as DejaVu Sans has them, the widest in use: a test measures it.
_WIDTHS: Final = {
    **dict.fromkeys(" .,:;|'Iijl\N{MIDDLE DOT}", 0.34),
    **dict.fromkeys("!()[]rtf", 0.42),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ#&+<=>^~\N{RIGHTWARDS ARROW}", 0.84),
    **dict.fromkeys("mwMW@%", 1.0),
}


class Frame(NamedTuple):
    """Where dates and times of day are to be found."""

    rows: dict[int, int]  # of each date that is shown
    first: int  # hour
    last: int  # hour

    def x(self, wall: int) -> float:
        """Across, by the time of day in microseconds."""
        share = (wall / _HOUR - self.first) / (self.last - self.first)
        return round(PLOT[0] + min(max(share, 0), 1) * (PLOT[1] - PLOT[0]), 1)

    def y(self, row: float) -> float:
        """Downwards, by row."""
        return TOP + row * ROW


def html(told: Reckoning, voice: Voice, text: str) -> str:
    """Set the text in HTML, and the picture below it as an image of its own.

    Notebooks that are not trusted strip other pictures, and leave their words behind.
    """
    told_lines = (escape(each).replace("\n", "<br>") for each in text.split("\n\n"))
    body = "".join(f"<p>{each}</p>" for each in told_lines)
    data = b64encode(picture(told, voice).encode()).decode()
    image = f'<img alt="{escape(headline(told, voice))}" src="data:image/svg+xml;base64,{data}"'
    return f'<div lang="{voice.language}">{body}{image} style="max-width:100%"></div>'


def picture(told: Reckoning, voice: Voice) -> str:
    """Draw it, in SVG."""
    days = _days(told)
    bars = [*_open(told, days)], [*_used(told)]
    frame = _frame(told, days, [*bars[0], *bars[1]])
    height = TOP + (max(frame.rows.values()) + 1) * ROW + 38
    parts = [
        f"<title>{escape(headline(told, voice))}</title>",
        *_axis(frame),
        *_bars(frame, bars[0], PALE),
        *_bars(frame, bars[1], DARK),
        *_labels(told, voice, frame),
        *_gap(voice, frame, len(days), bars[1]),
        *_marks(told, frame),
        *_legend(told, voice, height - 14),
    ]
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    font = f'font-family="system-ui, sans-serif" font-size="{_SIZE}"'
    kind, body = f'role="img" lang="{voice.language}"', "\n".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {kind} {size} {font}>\n{body}\n</svg>'


def _days(told: Reckoning) -> range:
    """List the dates from opening to deadline."""
    schedule = told.schedule
    return range(schedule.day_of(told.opened), schedule.day_of(told.due - 1) + 1)


Bar = tuple[int, Span]  # a date, and a span of its wall clock


def _open(told: Reckoning, days: range) -> Iterator[Bar]:
    """Yield the hours open of each date, extra windows included."""
    schedule = told.schedule
    start, end = (day_start(schedule.zone, day) for day in (days.start, days.stop))
    spans = [span for day in days for span in schedule.openings(day)]
    spans += [
        (max(opening, start), min(closing, end))
        for opening, closing in schedule.extra
        if opening < end and closing > start
    ]
    for span in spans:
        yield from schedule.walls(*span)


def _used(told: Reckoning) -> Iterator[Bar]:
    """Yield what was counted of each date."""
    for leg in told.legs:
        if leg.kind == "counted":
            yield from told.schedule.walls(leg.start, leg.end)


def _frame(told: Reckoning, days: range, bars: list[Bar]) -> Frame:
    """Lay out rows and hours, so that all that is drawn has its place."""
    times = [wall for _, span in bars for wall in span]
    times += [wall for at in (told.opened, told.due) for wall in [_mark(told, at)[1]]]
    half, cut = MOST // 2, len(days) > MOST + 1  # a row says so, which one date could have
    shown = [*days[:half], *days[-half:]] if cut else [*days]
    rows = {day: row + (cut and row >= half) for row, day in enumerate(shown)}
    return Frame(rows, min(times) // _HOUR, -(-max(times) // _HOUR))


def _mark(told: Reckoning, at: int) -> tuple[int, int]:
    """Find the date and the time of day of opening or deadline; an end at midnight is 24:00."""
    ends = at == told.due
    ((day, (start, end)),) = told.schedule.walls(at - ends, at - ends + 1)
    return day, end if ends else start


def _axis(frame: Frame) -> Iterator[str]:
    """Name the hours above, and draw a faint line down from each."""
    hours = frame.last - frame.first
    each = next(step for step in (1, 2, 3, 4, 6) if hours <= 8 * step or step == 6)  # noqa: PLR2004 - of a day
    bottom = frame.y(max(frame.rows.values()) + 1)
    for hour in range(frame.first, frame.last + 1):
        if (hour - frame.first) % each == 0:
            x = frame.x(hour * _HOUR)
            yield _text(x, TOP - 9, f"{hour:02}", "middle")
            place = f'x1="{x}" x2="{x}" y1="{TOP}" y2="{bottom}"'
            yield f'<line {place} stroke="{GREY}" stroke-opacity=".25"/>'


def _bars(frame: Frame, bars: Iterable[Bar], style: str) -> Iterator[str]:
    """Draw spans of the wall clock in the rows of their dates."""
    for day, (start, end) in bars:
        if day in frame.rows:
            x, y = frame.x(start), frame.y(frame.rows[day]) + 4
            width = round(frame.x(end) - x, 1)
            yield f'<rect x="{x}" y="{y}" width="{width}" height="{ROW - 8}" {style}/>'


def _labels(told: Reckoning, voice: Voice, frame: Frame) -> Iterator[str]:
    """Name each date on the left, and what happened on the right."""
    notes = _notes(told, voice)
    for day, row in frame.rows.items():
        y = frame.y(row) + ROW / 2 + 4
        yield _text(4, y, _fit(voice.short(day), PLOT[0] - 12))
        if note := _DOT.join(notes.get(day, ())):
            yield _text(NOTES, y, _fit(note, WIDTH - NOTES - 4))


def _notes(told: Reckoning, voice: Voice) -> dict[int, list[str]]:
    """Note of each date the opening, the deadline, the time used, and the reason it had."""
    opened, due = (_mark(told, at)[0] for at in (told.opened, told.due))
    starts = f"{voice.say('eröffnet', 'opened')} {voice.clock(told.opened)}"
    ends = f"{voice.say('fällig', 'due')} {voice.clock(told.due, ends=True)}"
    used: Counter[int] = Counter()
    reasons: dict[int, dict[str, None]] = {}
    for leg in told.legs:
        for day, (start, end) in told.schedule.walls(leg.start, leg.end):
            why = reasons.setdefault(day, {})
            used[day] += (end - start) * (leg.kind == "counted")
            if leg.reason not in ("opening hours", "outside hours"):
                why[voice.reason(leg)] = None
    return {
        day: [
            *([starts] if day == opened else []),
            *([ends] if day == due else []),
            *([voice.length(used[day])] if used[day] else []),
            *why,
        ]
        for day, why in reasons.items()
    }


def _gap(voice: Voice, frame: Frame, dates: int, used: Iterable[Bar]) -> Iterator[str]:
    """Say how many dates are left out, and how much was counted on them."""
    if out := dates - len(frame.rows):
        words = voice.say(f"{out} weitere Tage", f"{out} more days")
        amount = sum(end - start for day, (start, end) in used if day not in frame.rows)
        y = frame.y(MOST // 2) + ROW / 2 + 4
        yield _text(4, y, _CUT)
        yield _text(NOTES, y, f"{words}{_DOT}{voice.length(amount)}")


def _marks(told: Reckoning, frame: Frame) -> Iterator[str]:
    """Mark the deadline with a rhombus, and the opening with a ring that fits into one."""
    for at, shape in ((told.due, _rhombus), (told.opened, _ring)):
        day, wall = _mark(told, at)
        yield shape(frame.x(wall), frame.y(frame.rows[day]) + ROW / 2)


def _ring(x: float, y: float) -> str:
    return f'<circle cx="{x}" cy="{y}" r="5" fill="#fff" stroke="{USED}" stroke-width="2.5"/>'


def _rhombus(x: float, y: float) -> str:
    corners = f"{x},{y - 7} {x + 7},{y} {x},{y + 7} {x - 7},{y}"
    return f'<polygon points="{corners}" fill="#fff" stroke="{USED}" stroke-width="2.5"/>'


def _pale(x: float, y: float) -> str:
    return f'<rect x="{x - 7}" y="{y - 7}" width="14" height="14" {PALE}/>'


def _dark(x: float, y: float) -> str:
    return f'<rect x="{x - 7}" y="{y - 7}" width="14" height="14" {DARK}/>'


def _legend(told: Reckoning, voice: Voice, y: float) -> Iterator[str]:
    """Say what the shapes mean, and on whose clock the hours are."""
    x = 12.0
    for shape, words in zip(
        (_ring, _rhombus, _pale, _dark),
        (
            *(voice.say("eröffnet", "opened"), voice.say("fällig", "due")),
            *(voice.say("geöffnet", "open"), voice.say("gezählt", "counted")),
        ),
        strict=True,
    ):
        yield shape(x + 6, y - 4)
        yield _text(x + 18, y, words)
        x += 18 + _width(words) + 14
    clock = f"{voice.say('Uhrzeiten', 'times')}: {_clock(told, voice)}"
    yield _text(WIDTH - 4, y, _fit(clock, WIDTH - 4 - x), "end")


def _clock(told: Reckoning, voice: Voice) -> str:
    """Name the zone, and how far ahead it was at the opening and is at the deadline."""
    before, after = (offset_at(told.schedule.zone, at) for at in (told.opened, told.due))
    changed = f" \N{RIGHTWARDS ARROW} {offset_text(after)}" if before != after else ""
    return f"{voice.zone(told.opened)}{changed}"


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    """Write something."""
    return f'<text x="{round(x, 1)}" y="{y}" text-anchor="{anchor}" fill="{GREY}">{escape(words)}</text>'


def _fit(words: str, room: float) -> str:
    """Cut words that would take more room."""
    if len(words) <= _LONGEST and _width(words) <= room:
        return words
    ends = [share * _SIZE for share in accumulate(map(_em, words[:_LONGEST]))]
    return words[: bisect_right(ends, room - _SIZE)].rstrip(_DOT) + _CUT


def _width(words: str) -> float:
    """Reckon how wide words are at most."""
    return round(sum(map(_em, words)) * _SIZE, 1)  # since Python 3.12 adds floats otherwise


def _em(letter: str) -> float:
    """Reckon how wide a letter is at most, as a share of the size; accents add nothing."""
    base = unicodedata.normalize("NFD", letter)[0]
    if base.isascii() or base in _WIDTHS:
        return _WIDTHS.get(base, 0.64)
    return 1.05 if unicodedata.category(base) in ("Ll", "Lo") else 1.4
