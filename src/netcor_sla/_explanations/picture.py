"""A deadline drawn: a row for each date, the hours open pale and the time used dark.

Mid-tones on nothing, so that it can be read on white and on black; shapes and words say what colours say,
and no two shapes differ by colour alone. Texts are set in three columns whose widths are computed for the
widest fonts, and what would not fit is cut: the sentences beside the picture have it whole.
"""

import unicodedata
from base64 import b64encode
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from html import escape
from itertools import accumulate
from typing import Final

from netcor_sla._calendars.instants import DAY, EPOCH, ZERO
from netcor_sla._explanations.steps import Explanation, Step, total
from netcor_sla._explanations.text import headline, paragraphs, voice_of
from netcor_sla._explanations.words import HOUR, Voice, Wall, reason
from netcor_sla._languages import Language

WIDTH: Final = 760
ROW: Final = 22
TOP: Final = 26
PLOT: Final = (96, 404)  # from left to right
NOTES: Final = 420
MOST: Final = 44  # dates; of more than one more, the middle is left out

GREY: Final = "#808080"
USED: Final = "#3b82c4"
LATE: Final = "#c4573b"
SIZE: Final = 12
DOT: Final = " \N{MIDDLE DOT} "
CUT: Final = "\N{HORIZONTAL ELLIPSIS}"

_BARS: Final = {  # how high, and how they look
    "open": (14, f'fill="{GREY}" fill-opacity=".22" stroke="{GREY}"'),  # pale
    "used": (14, f'fill="{USED}"'),
    "paused": (8, f'fill="none" stroke="{USED}" stroke-width="2" stroke-dasharray="4 3"'),
    "late": (6, f'fill="{LATE}"'),
}
_CORNERS: Final = {
    "due": ((0, -7), (7, 0), (0, 7), (-7, 0)),  # a rhombus
    "answered": ((-7, 7), (7, 7), (0, -6)),  # a triangle; its base shows below a rhombus
}
_MARKED: Final = ("answered", "due", "waits", "opened")
_MARK: Final = f'fill="#fff" stroke="{USED}" stroke-width="2.5"'
_WORDS: Final = {
    "opened": ("Eingang", "received"),
    "due": ("fällig", "due"),
    "waits": ("ruht seit", "paused since"),
    "open": ("geöffnet", "open"),
    "used": ("gezählt", "counted"),
    "answered": ("Reaktion", "response"),
    "paused": ("Pause", "pause"),
    "late": ("Verspätung", "late"),
}
_LONGEST: Final = 200  # letters; no column has room for as many
# Of the size, as DejaVu Sans has them, the widest in use: a test measures it.
_WIDTHS: Final = {
    **dict.fromkeys(" .,:;|'Iijl\N{MIDDLE DOT}", 0.34),
    **dict.fromkeys("!()[]rtf", 0.42),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ#&+<=>^~\N{RIGHTWARDS ARROW}", 0.84),
    **dict.fromkeys("mwMW@%", 1.0),
}


@dataclass(frozen=True, slots=True)
class InLanguage:
    """What a notebook shows of a deadline, and `print`: in a language, on the clock of a zone."""

    deadline: Explanation
    language: Language
    zone: tzinfo | None

    def __str__(self) -> str:
        return headline(self.deadline, self.language, self.zone)

    def _repr_html_(self) -> str:
        # As an image of its own: of other pictures, notebooks that are not trusted leave but the words.
        shown = self.deadline, self.language, self.zone
        lines = (escape("\n".join(each)).replace("\n", "<br>") for each in paragraphs(*shown))
        body = "".join(f"<p>{each}</p>" for each in lines)
        source = f"data:image/svg+xml;base64,{b64encode(picture(*shown).encode()).decode()}"
        image = f'<img alt="{escape(str(self))}" src="{source}" style="max-width:100%">'
        return f'<div lang="{self.language}">{body}{image}</div>'


def picture(deadline: Explanation, language: Language, zone: tzinfo | None = None) -> str:
    return _Picture(deadline, voice_of(deadline, language, zone)).svg()


class _Picture:
    def __init__(self, deadline: Explanation, voice: Voice) -> None:
        self.deadline, self.voice = deadline, voice
        ats = deadline.responded_at, deadline.due, deadline.paused_since, deadline.opened_at
        self.marked = {kind: at for kind, at in zip(_MARKED, ats, strict=True) if at}  # the lowest first
        first, last = (self._place(at)[0] for at in (deadline.opened_at, deadline.until))
        self.days, steps, overrun = range(first, last + 1), deadline.steps, deadline.overrun
        open_ = [wall for a, b in deadline.basis.spans for wall in voice.walls(EPOCH + a, EPOCH + b)]
        self.drawn = {
            "open": [wall for wall in open_ if wall[0] in self.days],
            "used": self._walls(steps, "counted"),
            "paused": self._walls((*steps, *overrun), "paused"),
            "late": self._walls(overrun, "counted"),
        }
        half, cut = MOST // 2, len(self.days) > MOST + 1  # a row says so, which one date could have
        shown = [*self.days[:half], *self.days[-half:]] if cut else self.days
        self.rows = {day: row + (cut and row >= half) for row, day in enumerate(shown)}
        times = [at for walls in self.drawn.values() for _, span in walls for at in span]
        times += [self._place(at)[1] for at in (*self.marked.values(), deadline.until)]
        first = min(times) // HOUR  # which may be the last too, where all is one instant
        self.hours = range(first, max(-(-max(times) // HOUR), first + 1) + 1)

    def svg(self) -> str:
        deadline, end = self.deadline, _y(max(self.rows.values())) + ROW / 2
        also = {"answered": deadline.responded_at, "paused": self.drawn["paused"], "late": deadline.overdue}
        notes, short = self._notes(), self.voice.short
        more, foot = [kind for kind, what in also.items() if what], int(end) + 24
        parts = [
            f"<title>{escape(headline(deadline, self.voice.language))}</title>",
            *self._axis(int(end)),
            *(
                _bar(kind, self._x(start), self._x(end), _y(self.rows[day]))
                for kind, walls in self.drawn.items()
                for day, (start, end) in walls
                if day in self.rows
            ),
            *(part for d, row in self.rows.items() for part in _row(_y(row), short(d), notes.get(d, ()))),
            *self._gap(self.drawn["used"], self.drawn["late"]),
            *(
                _mark(kind, self._x(wall), _y(self.rows[day]))
                for kind, at in self.marked.items()
                for day, wall in [self._place(at)]
                if day in self.rows
            ),
            *self._legend(("opened", "due" if deadline.due else "waits", "open", "used"), foot),
            *self._meanings(more, foot + 20)[0],
        ]
        height = foot + 14 + (20 if more else 0)
        size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        font = f'font-family="system-ui, sans-serif" font-size="{SIZE}"'
        kind, body = f'role="img" lang="{self.voice.language}"', "\n".join(parts)
        return f'<svg xmlns="http://www.w3.org/2000/svg" {kind} {size} {font}>\n{body}\n</svg>'

    def _x(self, wall: timedelta) -> float:
        share = (wall / HOUR - self.hours[0]) / (self.hours[-1] - self.hours[0])
        return round(PLOT[0] + min(max(share, 0), 1) * (PLOT[1] - PLOT[0]), 1)

    def _axis(self, foot: int) -> Iterator[str]:
        hours = len(self.hours) - 1
        each = next(step for step in (1, 2, 3, 4, 6) if hours <= 8 * step or step == 6)  # noqa: PLR2004 - of a day
        for hour in self.hours[::each]:
            x = self._x(hour * HOUR)
            yield text(x, TOP - 9, f"{hour:02}", "middle")
            place = f'x1="{x}" x2="{x}" y1="{TOP}" y2="{foot}"'
            yield f'<line {place} stroke="{GREY}" stroke-opacity=".25"/>'

    def _say(self, kind: str) -> str:
        return self.voice.say(*_WORDS[kind])

    def _place(self, at: datetime) -> tuple[int, timedelta]:
        """Find the date and the time of day of an instant; an end at midnight is 24:00."""
        ends = self._ends(at)
        day = self.voice.day_of(at, ends=ends)
        return day, self.voice.wall(at, ends=ends) - DAY * day

    def _ends(self, at: datetime) -> bool:
        """Whether something ends at an instant; one zone's datetimes are equal by their clocks."""
        deadline, since = self.deadline, at - EPOCH
        ends = (each - EPOCH for each in (deadline.until, deadline.due, deadline.responded_at) if each)
        return since in ends and since > deadline.opened_at - EPOCH

    def _walls(self, steps: Iterable[Step], kind: str) -> list[Wall]:
        shown = (step for step in steps if step.kind == kind)
        return [wall for step in shown for wall in self.voice.walls(step.start, step.end)]

    def _notes(self) -> dict[int, list[str]]:
        deadline, voice = self.deadline, self.voice
        notes: dict[int, list[str]] = {}
        for kind, at in reversed(self.marked.items()):
            said = f"{self._say(kind)} {voice.clock(at, ends=self._ends(at))}"
            notes.setdefault(self._place(at)[0], []).append(said)
        for since, level in deadline.basis.facts.changes:
            if (at := EPOCH + since) < deadline.until:
                said = f"{voice.say('Stufe', 'level')} {level.number}"
                notes.setdefault(self._place(at)[0], []).append(said)
        for steps, counted in ((deadline.steps, ""), (deadline.overrun, f" {self._say('late')}")):
            used: dict[int, timedelta] = {}
            reasons: dict[int, dict[str, None]] = {}
            for step in steps:
                named = step.reason not in ("opening hours", "outside hours")
                why = {reason(step.reason, step.names, voice.language): None} if named else {}
                clock = voice.calendar if step.kind == "closed" else voice  # whose dates are closed
                for day, (start, end) in clock.walls(step.start, step.end):
                    reasons.setdefault(day, {}).update(why)
                    used[day] = used.get(day, ZERO) + (end - start) * (step.kind == "counted")
            for day, why in reasons.items():
                lengths = [f"{voice.length(used[day])}{counted}"] if used[day] else []
                kept = notes.setdefault(day, [])
                kept.extend(each for each in (*lengths, *why) if each not in kept)
        return notes

    def _gap(self, *drawn: Iterable[Wall]) -> Iterator[str]:
        if out := len(self.days) - len(self.rows):
            counted, overdue = (
                sum((end - start for day, (start, end) in walls if day not in self.rows), ZERO)
                for walls in drawn
            )
            overdue += total(step for step in self.deadline.overrun if step.kind == "folded")
            words = [self.voice.say(f"{out} weitere Tage", f"{out} more days"), self.voice.length(counted)]
            words += [f"{self.voice.length(overdue)} {self._say('late')}"] if overdue else []
            yield from _row(_y(MOST // 2), CUT, words)

    def _legend(self, kinds: Iterable[str], y: float) -> Iterator[str]:
        voice, deadline = self.voice, self.deadline
        parts, x = self._meanings(kinds, y)
        yield from parts
        before, after = (voice.offset_at(at) for at in (deadline.opened_at, deadline.until))
        zone = voice.clock_of(deadline.opened_at)
        zone += f" \N{RIGHTWARDS ARROW} {voice.named(after)}" if before != after else ""
        clock = voice.say(f"Uhrzeiten: {zone}", f"times: {zone}")
        yield text(WIDTH - 4, y, fit(clock, WIDTH - 4 - x), "end")

    def _meanings(self, kinds: Iterable[str], y: float) -> tuple[list[str], float]:
        x, parts = 12.0, []
        for kind in kinds:
            words = self._say(kind)
            parts.append(f"{_mark(kind, x + 6, y - 4)}\n{text(x + 18, y, words)}")
            x += 18 + width(words) + 14
        return parts, x


def _y(row: int) -> float:
    return TOP + row * ROW + ROW / 2  # the middle of the row


def _mark(kind: str, x: float, y: float) -> str:
    if kind in _BARS:
        return _bar(kind, x - 7, x + 7, y)
    if kind == "opened":
        return f'<circle cx="{x}" cy="{y}" r="5" {_MARK}/>'
    if kind == "waits":  # as players show a pause
        frame = f'<path d="M{x - 7},{y - 8}h14v16h-14z" {_MARK}/>'
        return f'{frame}<path d="M{x - 4},{y - 4}h3v8h-3zM{x + 1},{y - 4}h3v8h-3z" fill="{USED}"/>'
    corners = " ".join(f"{x + right},{y + down}" for right, down in _CORNERS[kind])
    return f'<polygon points="{corners}" {_MARK}/>'


def _bar(kind: str, x: float, end: float, y: float) -> str:
    high, style = _BARS[kind]
    place = f'x="{round(x, 1)}" y="{y - high / 2:.0f}" width="{round(end - x, 1)}" height="{high}"'
    return f"<rect {place} {style}/>"


def _row(y: float, date: str, notes: Iterable[str]) -> Iterator[str]:
    yield text(4, y + 4, fit(date, PLOT[0] - 12))
    if note := DOT.join(notes):
        yield text(NOTES, y + 4, fit(note, WIDTH - NOTES - 4))


def text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{round(x, 1)}" y="{y}" text-anchor="{anchor}" fill="{GREY}">{escape(words)}</text>'


def fit(words: str, room: float) -> str:
    if len(words) <= _LONGEST and width(words) <= room:
        return words
    ends = [share * SIZE for share in accumulate(map(em, words[:_LONGEST]))]
    return words[: bisect_right(ends, room - SIZE)].rstrip(DOT) + CUT


def width(words: str) -> float:
    return round(sum(map(em, words)) * SIZE, 1)  # since Python 3.12 adds floats otherwise


def em(letter: str) -> float:
    base = unicodedata.normalize("NFD", letter)[0]
    if base.isascii() or base in _WIDTHS:
        return _WIDTHS.get(base, 0.64)
    return 1.05 if unicodedata.category(base) in ("Ll", "Lo") else 1.4
