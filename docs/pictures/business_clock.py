"""Draw the picture of the README: one deadline, read off the business clock.

    python docs/pictures/business_clock.py

writes business_clock.svg beside this file. The curve is the library's own: its spans, and
what it measures between them. Mid-tones on nothing, so that it is legible on white and black.
"""

from datetime import date, datetime, timedelta
from html import escape
from pathlib import Path

from netcor_sla import STANDARD, EscalationLevel, response_due

WIDTH, HEIGHT = 760, 300
LEFT, RIGHT, TOP, BOTTOM = 14, 14, 26, 64
GREY, PALE, USED = "#808080", "#80808030", "#3b82c4"

DESK = STANDARD.calendar
START = datetime(2026, 4, 2, 6, tzinfo=DESK.tzinfo)
END = datetime(2026, 4, 7, 19, tzinfo=DESK.tzinfo)
OPENED = datetime(2026, 4, 2, 14, 10, tzinfo=DESK.tzinfo)
DUE = response_due(OPENED, EscalationLevel.CRITICAL)
TOTAL = DESK.between(START, END)


def x(at: datetime) -> float:
    """Across: the time of the world."""
    return round(LEFT + (at - START) / (END - START) * (WIDTH - LEFT - RIGHT), 1)


def y(at: datetime) -> float:
    """Upwards: the time of the desk."""
    shown = DESK.between(START, at) / TOTAL
    return round(HEIGHT - BOTTOM - shown * (HEIGHT - TOP - BOTTOM), 1)


def text(across: float, down: float, words: str, anchor: str = "middle", colour: str = GREY) -> str:
    """Write something."""
    place = f'x="{across}" y="{down}" text-anchor="{anchor}" fill="{colour}"'
    return f"<text {place}>{escape(words)}</text>"


def days() -> list[str]:
    """Name each day below, and why it is closed."""
    parts = []
    day = START.replace(hour=0)
    while day < END:
        middle = x(max(day, START)) / 2 + x(min(day + timedelta(days=1), END)) / 2
        parts.append(text(middle, HEIGHT - 40, f"{day:%a} {day.day} April"))
        names = {date(2026, 4, 4): "weekend", date(2026, 4, 5): "weekend"}
        reason = DESK.holiday(day.date(), "en") or names.get(day.date(), "")
        parts.append(text(middle, HEIGHT - 23, reason))
        if day > START:
            line = f'x1="{x(day)}" x2="{x(day)}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"'
            parts.append(f'<line {line} stroke="{GREY}" stroke-opacity=".3" stroke-dasharray="2 4"/>')
        day += timedelta(days=1)
    return parts


def hours() -> list[str]:
    """Shade the hours open pale, and draw the clock over them."""
    height, points, parts = HEIGHT - TOP - BOTTOM, [START], []
    for opening, closing in DESK.spans(START, END):
        place = f'x="{x(opening)}" y="{TOP}" width="{x(closing) - x(opening):.1f}" height="{height}"'
        parts.append(f'<rect {place} fill="{PALE}"/>')
        points += [opening, closing]
    path = " ".join(f"{x(at)},{y(at)}" for at in [*points, END])
    parts.append(f'<polyline points="{path}" fill="none" stroke="{GREY}" stroke-width="2"/>')
    for opening, closing in DESK.spans(OPENED, DUE):
        ends = f'x1="{x(opening)}" y1="{y(opening)}" x2="{x(closing)}" y2="{y(closing)}"'
        parts.append(f'<line {ends} stroke="{USED}" stroke-width="5" stroke-linecap="round"/>')
    return parts


def marks() -> list[str]:
    """Mark the opening, the deadline, and what was counted."""
    first, second = (
        f"{span[1] - span[0]}".removesuffix(":00").replace(":", " h ") + " min"
        for span in DESK.spans(OPENED, DUE)
    )
    parts = [f'<circle cx="{x(at)}" cy="{y(at)}" r="5" fill="{USED}"/>' for at in (OPENED, DUE)]
    rise = f'x1="{x(DUE)}" x2="{x(DUE)}" y1="{y(OPENED)}" y2="{y(DUE)}"'
    level = f'x1="{x(OPENED)}" x2="{x(DUE)}" y1="{y(OPENED)}" y2="{y(OPENED)}"'
    dashes = f'stroke="{USED}" stroke-dasharray="4 4"'
    parts += [f"<line {rise} {dashes}/>", f"<line {level} {dashes}/>"]
    return [
        *parts,
        text(x(OPENED) + 9, y(OPENED) + 20, f"opened {OPENED:%H:%M}", "start", USED),
        text(x(DUE) - 9, y(DUE) - 10, f"due {DUE:%H:%M}", "end", USED),
        text(x(DUE) + 8, (y(OPENED) + y(DUE)) / 2 + 5, "4 h", "start", USED),
        text(x(OPENED) + 64, y(DUE) + 34, first, "start", USED),
        text(x(DUE) - 9, y(DUE) + 34, second, "end", USED),
        text(LEFT, 16, "the business clock runs while the desk is open; times in UTC+1", "start"),
    ]


def main() -> None:
    """Write the picture."""
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    font = 'font-family="system-ui, sans-serif" font-size="13"'
    body = "\n".join([*hours(), *days(), *marks()])
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font}>\n{body}\n</svg>\n'
    Path(__file__).with_suffix(".svg").write_text(picture, "utf-8")


if __name__ == "__main__":
    main()
