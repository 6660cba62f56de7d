"""A report in rows: as a table to be read, as CSV, and as JSON."""

import csv
import io
import json
from datetime import UTC, timedelta, timezone

import pytest

from netcor_sla import STANDARD, EscalationLevel
from netcor_sla._calendars.instants import instant
from netcor_sla._calendars.timestamps import timestamp
from netcor_sla._cli.log import Problem
from netcor_sla._cli.report_tables import (
    COLUMNS,
    as_csv,
    as_dict,
    as_table,
    cells,
    heading,
    heads,
    kept_text,
    late_cells,
    late_heads,
)
from netcor_sla._cli.tables import FORMULA
from netcor_sla._explanations.words import Voice, voice
from netcor_sla.reports import Figures, Late, Report

HOUR = 3_600_000_000
SUMMER = timezone(timedelta(hours=2))
ZONE = STANDARD.calendar.tzinfo
CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel
VOICES = [voice(language, STANDARD.calendar._schedule) for language in ("de", "en")]
GERMAN, ENGLISH = VOICES


def at(text: str) -> int:
    """Make an integer of an instant."""
    return instant(timestamp(text), "at")


OPENED, DUE = at("2026-04-02T15:10+02:00"), at("2026-04-07T10:40+02:00")
MISSED = Late("1001", CRITICAL, OPENED, DUE, DUE + HOUR + 1, HOUR + 1, SUMMER)
OPEN = Late("1002", LOW, OPENED, DUE, None, 30 * HOUR, UTC)
NOTHING = (0, 0, 0, 0, 0, None, None)
TOLD = Report(
    now=at("2026-04-08T12:00+01:00"),
    rows=25,
    levels=(
        Figures(CRITICAL, 3, 2, 1, 0, 0, 4 * HOUR, 4 * HOUR + 1),
        Figures(HIGH, *NOTHING),
        Figures(MEDIUM, 1, 1, 0, 0, 0, HOUR // 2, HOUR // 2),
        Figures(LOW, 2, 0, 0, 2, 1, None, None),
    ),
    total=Figures(None, 6, 3, 1, 2, 1, 2 * HOUR, 4 * HOUR + 1),
    late=(OPEN, MISSED),
    later=0,
    problems=(),
)
KEPT_ALL = TOLD._replace(late=())


def test_the_table_in_german() -> None:
    """Aligned, times on the calendar's clock."""
    assert as_table(TOLD, GERMAN) == (
        "Stand: Mittwoch, 8. April 2026, 12:00 Uhr (UTC+1)\n"
        "6 Tickets in 25 Zeilen\n"
        "\n"
        "Stufe       Tickets  eingehalten  verpasst  offen  davon zu spät    Quote  Median         Maximum\n"
        "1 Kritisch        3            2         1      0              0   66,6 %     4 h  4 h 0,000001 s\n"
        "2 Hoch            0            0         0      0              0        -       -               -\n"
        "3 Mittel          1            1         0      0              0  100,0 %  30 min          30 min\n"
        "4 Niedrig         2            0         0      2              1    0,0 %       -               -\n"
        "gesamt            6            3         1      2              1   60,0 %     2 h  4 h 0,000001 s\n"
        "\n"
        "Zu spät, am längsten überfällig zuerst (2):\n"
        "Ticket  Stufe       eröffnet          fällig            beantwortet                 überfällig\n"
        "1002    4 Niedrig   2026-04-02 14:10  2026-04-07 09:40  -                           30 h\n"
        "1001    1 Kritisch  2026-04-02 14:10  2026-04-07 09:40  2026-04-07 10:40:00,000001  1 h 0,000001 s"
    )


def test_the_table_in_english() -> None:
    """The same, in other words."""
    lines = as_table(TOLD, ENGLISH).splitlines()
    assert lines[:2] == ["As of: Wednesday 8 April 2026, 12:00 (UTC+1)", "6 tickets in 25 rows"]
    assert lines[3].split() == [
        "level",
        "tickets",
        "met",
        "missed",
        "open",
        "of",
        "these",
        "late",
        "kept",
        "median",
        "worst",
    ]
    assert lines[8].split() == [
        "total",
        "6",
        "3",
        "1",
        "2",
        "1",
        "60.0%",
        "2",
        "h",
        "4",
        "h",
        "0.000001",
        "s",
    ]
    assert lines[10] == "Late, the most overdue first (2):"
    assert lines[11].split() == ["ticket", "level", "opened", "due", "answered", "overdue"]


@pytest.mark.parametrize(
    ("language", "words"), [(GERMAN, "Kein Ticket ist zu spät."), (ENGLISH, "No ticket is late.")]
)
def test_where_no_ticket_is_late_it_is_said(language: Voice, words: str) -> None:
    """In place of an empty table."""
    assert as_table(KEPT_ALL, language).splitlines()[-2:] == ["", words]


def test_what_is_not_counted_is_told_apart() -> None:
    """Each in a line of its own, where there is any."""
    odd = TOLD._replace(
        later=2, problems=(Problem(3, "x"),), rows=1, total=Figures(None, 1, *NOTHING[1:])
    )
    assert heading(odd, GERMAN)[1:] == [
        "1 Ticket in 1 Zeile",
        "Danach eröffnet und nicht gezählt: 2",
        "Wegen Fehlern nicht gezählt: 1",
    ]
    assert heading(odd, ENGLISH)[1:] == [
        "1 ticket in 1 row",
        "Opened after that and not counted: 2",
        "Not counted because of errors: 1",
    ]


@pytest.mark.parametrize("language", VOICES, ids=["de", "en"])
def test_each_cell_has_its_head(language: Voice) -> None:
    """As many of the one as of the other."""
    for figures in (*TOLD.levels, TOLD.total):
        assert len(cells(figures, language)) == len(heads(language))
    for late in TOLD.late:
        assert len(late_cells(late, language)) == len(late_heads(language))


@pytest.mark.parametrize(
    ("met", "missed", "text"),
    [(1, 0, "100.0"), (0, 1, "0.0"), (1, 2, "33.3"), (1999, 1, "99.9"), (1, 199, "0.5")],
)
def test_a_share_has_one_decimal(met: int, missed: int, text: str) -> None:
    """Cut, and exact."""
    figures = Figures(LOW, met + missed, met, missed, 0, 0, None, None)
    assert kept_text(figures) == text
    assert text in cells(figures, ENGLISH)[6]
    assert kept_text(Figures(LOW, *NOTHING)) is None


def test_a_time_that_the_clock_shows_twice_has_its_offset() -> None:
    """In the night when summer time ends; elsewhere the zone in the first line is enough."""
    berlin = STANDARD.calendar.replace(zone="Europe/Berlin")
    told = voice("en", berlin._schedule)
    first, second = at("2026-10-25T00:30Z"), at("2026-10-25T01:30Z")
    shown = late_cells(MISSED._replace(opened=first, due=second, response=second + 2 * HOUR), told)
    assert shown[2:5] == [
        "2026-10-25 02:30 (UTC+2)",
        "2026-10-25 02:30 (UTC+1)",
        "2026-10-25 04:30",
    ]


def test_a_name_can_neither_break_a_line_nor_widen_the_table() -> None:
    """A wide letter takes two places; a name of thousands moves its own line alone."""
    names = ("a\nb\x1b[31m", "端午", "\uff21", "w" * 5000)
    lines = as_table(TOLD._replace(late=tuple(MISSED._replace(ticket=n) for n in names)), ENGLISH)
    *_, head, broken, wide, full, long = lines.splitlines()
    assert broken.startswith("a b [31m" + " " * 34 + "1 Critical")
    assert wide.startswith("端午" + " " * 38 + "1 Critical")
    assert full.startswith("\uff21" + " " * 40 + "1 Critical")
    assert long.startswith("w" * 5000 + "  1 Critical")
    assert head.index("level") == 42


def rows_of(told: Report, delimiter: str = ",") -> list[dict[str, str]]:
    """Read CSV as any program would."""
    text = as_csv(told, ZONE, delimiter)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_csv_is_one_table() -> None:
    """Levels, their total, and the late tickets; each row says what it is, and as of when."""
    rows = rows_of(TOLD)
    assert [row["row"] for row in rows] == ["level"] * 4 + ["total"] + ["late"] * 2
    assert {row["now"] for row in rows} == {"2026-04-08T12:00:00+01:00"}
    assert [row["level"] for row in rows] == ["1", "2", "3", "4", "", "4", "1"]
    assert all(tuple(row) == COLUMNS for row in rows)
    filled = [{key: value for key, value in row.items() if value} for row in rows]
    now = {"now": "2026-04-08T12:00:00+01:00"}
    counts = {"tickets": "3", "met": "2", "missed": "1", "open": "0", "open_late": "0"}
    times = {
        "kept_percent": "66.6",
        "median_response": "4:00:00",
        "worst_response": "4:00:00.000001",
    }
    assert filled[0] == {"row": "level", "level": "1"} | now | counts | times
    assert filled[5] == now | {
        "row": "late",
        "level": "4",
        "ticket": "1002",
        "opened_at": "2026-04-02T13:10:00+00:00",
        "due": "2026-04-07T08:40:00+00:00",
        "overdue": "30:00:00",
    }
    assert filled[6]["response"] == "2026-04-07T11:40:00.000001+02:00"
    assert rows_of(TOLD, ";") == rows


@pytest.mark.parametrize("start", FORMULA)
def test_no_cell_is_a_formula(start: str) -> None:
    """A ticket's name comes from outside."""
    (late,) = rows_of(KEPT_ALL._replace(late=(MISSED._replace(ticket=f"{start}1"),)))[5:]
    assert late["ticket"] == f"'{start}1"


def test_json_has_all_of_it() -> None:
    """In whole microseconds, and with every error."""
    problems = tuple(Problem(line, f"x{line}") for line in range(2, 100))
    found = as_dict(TOLD._replace(problems=problems, later=7), ZONE)
    assert json.loads(json.dumps(found)) == found
    assert {key: found[key] for key in ("now", "rows", "opened_later")} == {
        "now": "2026-04-08T12:00:00+01:00",
        "rows": 25,
        "opened_later": 7,
    }
    critical = {
        "tickets": 3,
        "met": 2,
        "missed": 1,
        "open": 0,
        "open_late": 0,
        "kept_percent": 66.6,
        "median_response_microseconds": 4 * HOUR,
        "worst_response_microseconds": 4 * HOUR + 1,
    }
    assert found["levels"][0] == {"level": 1} | critical
    assert found["levels"][1]["kept_percent"] is None
    assert [each["level"] for each in found["levels"]] == [1, 2, 3, 4]
    assert found["total"].keys() == critical.keys()
    assert found["late"] == [
        {
            "ticket": "1002",
            "level": 4,
            "opened_at": "2026-04-02T13:10:00+00:00",
            "due": "2026-04-07T08:40:00+00:00",
            "response": None,
            "overdue_microseconds": 30 * HOUR,
        },
        {
            "ticket": "1001",
            "level": 1,
            "opened_at": "2026-04-02T15:10:00+02:00",
            "due": "2026-04-07T10:40:00+02:00",
            "response": "2026-04-07T11:40:00.000001+02:00",
            "overdue_microseconds": HOUR + 1,
        },
    ]
    assert found["errors"] == [{"line": line, "error": f"x{line}"} for line in range(2, 100)]
