"""A report in rows: as a table to be read, as CSV, and as JSON.

People get times on the calendar's clock, and lengths in words. Programs get ISO 8601, each ticket's
in the zone of its opening, and lengths to the microsecond.
"""

import io
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Any, Final
from unicodedata import east_asian_width

from netcor_sla._calendars.instants import day_text, moment
from netcor_sla._cli.tables import csv_rows, defused
from netcor_sla._explanations.words import Voice, safe
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla.reports import Figures, Late, Report

COLUMNS: Final = (
    *("row", "now", "level", "tickets", "met", "missed", "open", "open_late", "kept_percent"),
    *("median_response", "worst_response", "ticket", "opened_at", "due", "response", "overdue"),
)

NONE: Final = "-"
_WIDEST: Final = 40  # letters; a longer cell moves its own row alone
_SECOND: Final = 1_000_000


def heading(told: Report, voice: Voice) -> list[str]:
    """Say as of when is reported, on how many tickets, and how many are not counted."""
    de = f"{_count(told.total.tickets, 'Ticket', 's')} in {_count(told.rows, 'Zeile', 'n')}"
    en = f"{_count(told.total.tickets, 'ticket', 's')} in {_count(told.rows, 'row', 's')}"
    lines = [f"{voice.say('Stand', 'As of')}: {voice.instant(told.now)}", voice.say(de, en)]
    if told.later:
        words = voice.say("Danach eröffnet und nicht gezählt", "Opened after that and not counted")
        lines.append(f"{words}: {told.later}")
    if told.problems:
        words = voice.say("Wegen Fehlern nicht gezählt", "Not counted because of errors")
        lines.append(f"{words}: {len(told.problems)}")
    return lines


def heads(voice: Voice) -> list[str]:
    """Name the columns of figures."""
    return voice.say(
        "Stufe|Tickets|eingehalten|verpasst|offen|davon zu spät|Quote|Median|Maximum",
        "level|tickets|met|missed|open|of these late|kept|median|worst",
    ).split("|")


def cells(figures: Figures, voice: Voice) -> list[str]:
    """Write figures for people."""
    counts = (figures.tickets, figures.met, figures.missed, figures.open, figures.open_late)
    times = (figures.median, figures.worst)
    return [
        level_words(figures.level, voice),
        *map(str, counts),
        kept_words(figures, voice),
        *(NONE if time is None else voice.length(time) for time in times),
    ]


def late_heads(voice: Voice) -> list[str]:
    """Name the columns of late tickets."""
    return voice.say(
        "Ticket|Stufe|eröffnet|fällig|beantwortet|überfällig",
        "ticket|level|opened|due|answered|overdue",
    ).split("|")


def late_cells(late: Late, voice: Voice) -> list[str]:
    """Write a late ticket for people."""
    return [
        safe(late.ticket),
        level_words(late.level, voice),
        _time(late.opened, voice),
        _time(late.due, voice),
        NONE if late.response is None else _time(late.response, voice),
        voice.length(late.overdue),
    ]


def level_words(level: EscalationLevel | None, voice: Voice) -> str:
    """Name a level in short: `1 Kritisch`."""
    return (
        voice.say("gesamt", "total")
        if level is None
        else f"{level.number} {level.title(voice.language)}"
    )


def kept_words(figures: Figures, voice: Voice) -> str:
    """Say the share kept: `92,3 %`."""
    kept = kept_text(figures)
    return NONE if kept is None else voice.say(f"{kept.replace('.', ',')} %", f"{kept}%")


def kept_text(figures: Figures) -> str | None:
    """Write the share kept in per cent, with one decimal."""
    kept = figures.kept
    return None if kept is None else f"{kept // 10}.{kept % 10}"


def as_table(told: Report, voice: Voice) -> str:
    """Write a table for a terminal, and below it the late tickets."""
    rows = [heads(voice), *(cells(each, voice) for each in (*told.levels, told.total))]
    lines = [*heading(told, voice), "", *_aligned(rows, left=1)]
    if told.late:
        rows = [late_heads(voice), *(late_cells(each, voice) for each in told.late)]
        lines += ["", f"{late_title(told, voice)}:", *_aligned(rows, left=len(rows[0]))]
    else:
        lines += ["", late_title(told, voice)]
    return "\n".join(lines)


def late_title(told: Report, voice: Voice) -> str:
    """Say how many tickets are late."""
    if not told.late:
        return voice.say("Kein Ticket ist zu spät.", "No ticket is late.")
    return voice.say(
        f"Zu spät, am längsten überfällig zuerst ({len(told.late)})",
        f"Late, the most overdue first ({len(told.late)})",
    )


def as_csv(told: Report, zone: tzinfo, delimiter: str) -> str:
    """Write CSV: a row for each level, for their total and for each late ticket."""
    sink = io.StringIO()
    write_row = csv_rows(sink, delimiter)
    write_row(COLUMNS)
    now = moment(told.now, zone).isoformat()
    for each in (*told.levels, told.total):
        kind, number = ("level", each.level.number) if each.level else ("total", None)
        counts = (each.tickets, each.met, each.missed, each.open, each.open_late)
        times = (kept_text(each), _clock(each.median), _clock(each.worst))
        write_row([kind, now, number, *counts, *times, *[None] * 5])
    for late in told.late:
        opened, due, response = _moments(late)
        ticket = [defused(late.ticket), opened, due, response, _clock(late.overdue)]
        write_row(["late", now, late.level.number, *[None] * 8, *ticket])
    return sink.getvalue()


def as_dict(told: Report, zone: tzinfo) -> dict[str, Any]:
    """Write all of it, ready for JSON."""
    return {
        "now": moment(told.now, zone).isoformat(),
        "rows": told.rows,
        "opened_later": told.later,
        "levels": [
            {"level": each.level.number, **_figures(each)} for each in told.levels if each.level
        ],
        "total": _figures(told.total),
        "late": [_late(each) for each in told.late],
        "errors": [{"line": each.line, "error": each.reason} for each in told.problems],
    }


def _figures(figures: Figures) -> dict[str, Any]:
    kept = kept_text(figures)
    return {
        **{name: getattr(figures, name) for name in ("tickets", "met", "missed", "open")},
        "open_late": figures.open_late,
        "kept_percent": None if kept is None else float(kept),
        "median_response_microseconds": figures.median,
        "worst_response_microseconds": figures.worst,
    }


def _late(late: Late) -> dict[str, Any]:
    opened, due, response = _moments(late)
    return {
        "ticket": late.ticket,
        "level": late.level.number,
        "opened_at": opened,
        "due": due,
        "response": response,
        "overdue_microseconds": late.overdue,
    }


def _moments(late: Late) -> tuple[str, str, str | None]:
    """Write opening, deadline and response in the zone of the opening."""
    opened, due = (moment(at, late.zone).isoformat() for at in (late.opened, late.due))
    response = late.response
    return opened, due, None if response is None else moment(response, late.zone).isoformat()


def _time(at: int, voice: Voice) -> str:
    """Write date and time on the calendar's clock: `2026-04-07 09:40`."""
    return f"{day_text(voice.schedule.day_of(at))} {voice.clock(at)}{voice._twice(at)}"


def _clock(amount: int | None) -> str | None:
    """Write a length as spreadsheets take it: hours, minutes, seconds, and any fraction."""
    if amount is None:
        return None
    seconds, rest = divmod(amount, _SECOND)
    minutes = seconds // 60
    fraction = f".{rest:06}" if rest else ""
    return f"{minutes // 60}:{minutes % 60:02}:{seconds % 60:02}{fraction}"


def _count(number: int, noun: str, plural: str) -> str:
    return f"{number} {noun}{plural if number != 1 else ''}"


def _aligned(rows: Sequence[Sequence[str]], left: int) -> Iterator[str]:
    """Align columns, the first ones to the left and the others to the right."""
    widths = [min(max(map(_width, column)), _WIDEST) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (
            words + " " * (width - _width(words)) if at < left else words.rjust(width)
            for at, (words, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(padded).rstrip()


def _width(words: str) -> int:
    """Count the places that words take on a terminal."""
    return len(words) + sum(east_asian_width(letter) in "WF" for letter in words)
