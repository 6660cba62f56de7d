"""A reckoning drawn: a row for each date, the hours open pale and the time used dark.

Mid-tones on nothing, so that it can be read on white and on black; shapes and words say what
colours say. Texts are set in three columns whose widths are reckoned for the widest
fonts, and what would not fit is cut: the sentences beside the picture have it whole.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final, NamedTuple

from netcor_sla._calendars.readings import Span
from netcor_sla._calendars.zones import day_start, offset_at
from netcor_sla._explanations.lettering import CUT, DOT, GREY, SIZE, fit, text
from netcor_sla._explanations.notes import last, mark, notes
from netcor_sla._explanations.reckonings import Leg, Reckoning
from netcor_sla._explanations.shapes import (
    Bar,
    Mark,
    late_bar,
    legend,
    open_bar,
    paused_bar,
    rhombus,
    ring,
    swatch,
    triangle,
    used_bar,
)
from netcor_sla._explanations.text import headline
from netcor_sla._explanations.words import Voice, offset_text

WIDTH: Final = 760
ROW: Final = 22
TOP: Final = 26
PLOT: Final = (96, 404)  # from left to right
NOTES: Final = 420
MOST: Final = 44  # dates; of more than one more, the middle is left out

_HOUR: Final = 3_600_000_000

Wall = tuple[int, Span]  # a date, and a span of its wall clock


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


def html(told: Reckoning, voice: Voice, sentences: str) -> str:
    """Set the text in HTML, and the picture below it as an image of its own.

    Notebooks that are not trusted strip other pictures, and leave their words behind.
    """
    told_lines = (escape(each).replace("\n", "<br>") for each in sentences.split("\n\n"))
    body = "".join(f"<p>{each}</p>" for each in told_lines)
    data = b64encode(picture(told, voice).encode()).decode()
    image = f'<img alt="{escape(headline(told, voice))}" src="data:image/svg+xml;base64,{data}"'
    return f'<div lang="{voice.language}">{body}{image} style="max-width:100%"></div>'


def picture(told: Reckoning, voice: Voice) -> str:
    """Draw it, in SVG."""
    days = _days(told)
    drawn: list[tuple[Bar, list[Wall]]] = [
        (open_bar, [*_open(told, days)]),
        (used_bar, [*_walls(told, told.legs, "counted")]),
        (paused_bar, [*_walls(told, (*told.legs, *told.overrun), "paused")]),
        (late_bar, [*_walls(told, told.overrun, "counted")]),
    ]
    frame = _frame(told, days, [wall for _, walls in drawn for wall in walls])
    foot = TOP + (max(frame.rows.values()) + 1) * ROW + 24
    more = _history(told, voice)
    height = foot + 14 + (20 if more else 0)
    parts = [
        f"<title>{escape(headline(told, voice))}</title>",
        *_axis(frame),
        *(bar for shape, walls in drawn for bar in _bars(frame, walls, shape)),
        *_labels(told, voice, frame),
        *_gap(voice, frame, len(days), drawn[1][1], drawn[3][1]),
        *_marks(told, frame),
        *_legend(told, voice, foot),
        *legend(more, foot + 20)[0],
    ]
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    font = f'font-family="system-ui, sans-serif" font-size="{SIZE}"'
    kind, body = f'role="img" lang="{voice.language}"', "\n".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {kind} {size} {font}>\n{body}\n</svg>'


def _days(told: Reckoning) -> range:
    """List the dates that are drawn."""
    schedule = told.schedule
    return range(schedule.day_of(told.opened), schedule.day_of(last(told) - 1) + 1)


def _open(told: Reckoning, days: range) -> Iterator[Wall]:
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


def _walls(told: Reckoning, legs: Iterable[Leg], kind: str) -> Iterator[Wall]:
    """Yield what legs of a kind are of each date."""
    for leg in legs:
        if leg.kind == kind:
            yield from told.schedule.walls(leg.start, leg.end)


def _frame(told: Reckoning, days: range, walls: list[Wall]) -> Frame:
    """Lay out rows and hours, so that all that is drawn has its place."""
    times = [wall for _, span in walls for wall in span]
    times += [mark(told, at)[1] for at in (told.opened, told.due, last(told))]
    half, cut = MOST // 2, len(days) > MOST + 1  # a row says so, which one date could have
    shown = [*days[:half], *days[-half:]] if cut else [*days]
    rows = {day: row + (cut and row >= half) for row, day in enumerate(shown)}
    return Frame(rows, min(times) // _HOUR, -(-max(times) // _HOUR))


def _axis(frame: Frame) -> Iterator[str]:
    """Name the hours above, and draw a faint line down from each."""
    hours = frame.last - frame.first
    each = next(step for step in (1, 2, 3, 4, 6) if hours <= 8 * step or step == 6)  # noqa: PLR2004 - of a day
    bottom = frame.y(max(frame.rows.values()) + 1)
    for hour in range(frame.first, frame.last + 1):
        if (hour - frame.first) % each == 0:
            x = frame.x(hour * _HOUR)
            yield text(x, TOP - 9, f"{hour:02}", "middle")
            place = f'x1="{x}" x2="{x}" y1="{TOP}" y2="{bottom}"'
            yield f'<line {place} stroke="{GREY}" stroke-opacity=".25"/>'


def _bars(frame: Frame, walls: Iterable[Wall], shape: Bar) -> Iterator[str]:
    """Draw spans of the wall clock in the rows of their dates."""
    for day, (start, end) in walls:
        if day in frame.rows:
            yield shape(frame.x(start), frame.x(end), frame.y(frame.rows[day]) + ROW // 2)


def _labels(told: Reckoning, voice: Voice, frame: Frame) -> Iterator[str]:
    """Name each date on the left, and what happened on the right."""
    noted = notes(told, voice)
    for day, row in frame.rows.items():
        y = frame.y(row) + ROW / 2 + 4
        yield text(4, y, fit(voice.short(day), PLOT[0] - 12))
        if note := DOT.join(noted.get(day, ())):
            yield text(NOTES, y, fit(note, WIDTH - NOTES - 4))


def _gap(
    voice: Voice, frame: Frame, dates: int, used: Iterable[Wall], late: Iterable[Wall]
) -> Iterator[str]:
    """Say how many dates are left out, how much was counted on them, and how much overdue."""
    if out := dates - len(frame.rows):
        words = [voice.say(f"{out} weitere Tage", f"{out} more days")]
        for walls, what in ((used, ""), (late, voice.say(" überfällig", " overdue"))):
            amount = sum(end - start for day, (start, end) in walls if day not in frame.rows)
            words += [f"{voice.length(amount)}{what}"] if amount or not what else []
        y = frame.y(MOST // 2) + ROW / 2 + 4
        yield text(4, y, CUT)
        yield text(NOTES, y, fit(DOT.join(words), WIDTH - NOTES - 4))


def _marks(told: Reckoning, frame: Frame) -> Iterator[str]:
    """Mark the response with a triangle, the deadline with a rhombus, the opening with a ring."""
    came = told.facts.responded
    answered = [] if came is None else [(came, triangle)]
    for at, shape in (*answered, (told.due, rhombus), (told.opened, ring)):
        day, wall = mark(told, at)
        if day in frame.rows:
            yield shape(frame.x(wall), frame.y(frame.rows[day]) + ROW / 2)


def _legend(told: Reckoning, voice: Voice, y: float) -> Iterator[str]:
    """Say what the shapes mean, and on whose clock the hours are."""
    marks = (
        (ring, voice.say("eröffnet", "opened")),
        (rhombus, voice.say("fällig", "due")),
        (swatch(open_bar), voice.say("geöffnet", "open")),
        (swatch(used_bar), voice.say("gezählt", "counted")),
    )
    parts, x = legend(marks, y)
    yield from parts
    clock = f"{voice.say('Uhrzeiten', 'times')}: {_clock(told, voice)}"
    yield text(WIDTH - 4, y, fit(clock, WIDTH - 4 - x), "end")


def _history(told: Reckoning, voice: Voice) -> list[tuple[Mark, str]]:
    """List what else is drawn where more has happened than the opening."""
    paused = any(leg.kind == "paused" for leg in (*told.legs, *told.overrun))
    answered, late = told.facts.responded is not None, bool(told.overdue)
    return [
        *([(triangle, voice.say("beantwortet", "answered"))] if answered else []),
        *([(swatch(paused_bar), voice.say("Pause", "pause"))] if paused else []),
        *([(swatch(late_bar), voice.say("überfällig", "overdue"))] if late else []),
    ]


def _clock(told: Reckoning, voice: Voice) -> str:
    """Name the zone, and how far ahead it was at the opening and is at the end."""
    before, after = (offset_at(told.schedule.zone, at) for at in (told.opened, last(told)))
    changed = f" \N{RIGHTWARDS ARROW} {offset_text(after)}" if before != after else ""
    return f"{voice.zone(told.opened)}{changed}"
