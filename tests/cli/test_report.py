"""The command that reports, as a person and as a pipeline meet it."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcor_sla import Agreement, BusinessCalendar, EscalationLevel
from netcor_sla._cli.files import FORMULA, Reading, csv_table
from netcor_sla._cli.log import Log
from netcor_sla._cli.report import COLUMNS, MOST

ROOT = Path(__file__).parents[2]
EVENTS = ROOT / "docs" / "events.csv"
REAL = ROOT.parent / "shared" / "data" / "incident_event_log.csv"
STATES = ("--responding", "Active", "--responding", "Resolved", "--pausing", "Waiting")
HEADER = "ticket,opened_at,at,level,state\n"
OPENED = "2026-04-08T08:30+01:00"
HOUR = 3_600_000_000
CRITICAL = EscalationLevel.CRITICAL

Command = Callable[..., tuple[int, str, str]]
Reported = Callable[..., tuple[int, str, str]]


@pytest.fixture
def reported(english: Command, desk: str, tmp_path: Path) -> Reported:
    """Write a log, of rows or a file, and report on it by the desk of the tests."""

    def run(log: str | Path | list[str], *options: object) -> tuple[int, str, str]:
        path = tmp_path / "log.csv" if isinstance(log, list) else log
        if isinstance(log, list):
            (tmp_path / "log.csv").write_text(HEADER + "".join(f"{row}\n" for row in log), "utf-8")
        return english("report", path, "--agreement", desk, *options)

    return run


def row(name: str, at: str, level: object, state: str, opened: str = OPENED) -> str:
    """Write a row; `at` is a day of April 2026 and a time."""
    return f"{name},{opened},2026-04-{at}+01:00,{level},{state}"


def test_every_form_says_the_same(reported: Reported) -> None:
    """Eight tickets, three of them met, two missed, three open, of which one is late."""
    table, data, rows, page = (
        reported(EVENTS, *STATES, "--to", form) for form in ("table", "json", "csv", "html")
    )
    assert {(status, err) for status, _, err in (table, data, rows, page)} == {(0, "")}
    assert table[1].startswith("As of: Wednesday 15 April 2026, 15:00 (UTC+2)\n8 tickets in 2")
    assert reported(EVENTS, *STATES, "--language", "de")[1].startswith("Stand: Mittwoch, 15. April")
    found = json.loads(data[1])
    names = ("tickets", "met", "missed", "open", "open_late")
    assert [found["total"][name] for name in names] == [8, 3, 2, 3, 1]
    assert ",,8,3,2,3,1,50.0," in rows[1]
    assert (data[1].count("\n"), page[1][-8:]) == (1, "</html>\n")
    for _, out, _ in (table, data, rows, page):
        assert out.index("2007") < out.index("2003") < out.index("2005")


def test_csv_is_one_table(reported: Reported) -> None:
    """Levels, their total, and the late tickets; each row says what it is, and as of when."""
    rows = [row("1", "08T12:30", 1, "Done"), row("2", "08T15:45:00.000001", 1, "Done")]
    rows += [row("3", "08T08:30", 1, "Done"), row("4", "30T09:00", 4, "New", "2026-04-08T07:30Z")]
    _, out, _ = reported(rows, "--responding", "Done", "--to", "csv")
    found = list(csv.DictReader(io.StringIO(out, newline="")))
    assert [each["row"] for each in found] == ["level"] * 4 + ["total"] + ["late"] * 2
    assert {each["now"] for each in found} == {"2026-04-30T09:00:00+01:00"}
    assert [each["level"] for each in found] == ["1", "2", "3", "4", "", "4", "1"]
    assert all(tuple(each) == COLUMNS for each in found)
    level, *_, still, missed = (list(filter(None, each.values())) for each in found)
    now = "2026-04-30T09:00:00+01:00"
    assert level == ["level", now, *"13210", "0", "66.7", "4:00:00", "7:15:00.000001"]
    opened, due = "2026-04-08T07:30:00+00:00", "2026-04-13T16:00:00+00:00"
    assert still == ["late", now, "4", "4", opened, due, "102:30:00"]
    opened, due = "2026-04-08T08:30:00+01:00", "2026-04-08T12:30:00+01:00"
    answered = "2026-04-08T15:45:00.000001+01:00"
    assert missed == ["late", now, "1", "2", opened, due, answered, "3:15:00.000001"]


@pytest.mark.parametrize("start", FORMULA)
def test_no_cell_is_a_formula(reported: Reported, start: str) -> None:
    """A ticket's name comes from outside; blanks around it are none of it."""
    late = f'"{start}1",{OPENED},2026-04-20T10:00Z,1,Resolved'
    _, out, _ = reported([late], "--responding", "Resolved", "--to", "csv")
    *_, found = csv.DictReader(io.StringIO(out, newline=""))
    assert found["ticket"] == (f"'{start}1" if start.strip() else "1")


def test_json_keeps_its_form(reported: Reported) -> None:
    """In whole microseconds, each instant in the zone of its ticket's opening."""
    rows = ["7,2026-04-08T07:30Z,2026-04-08T12:45Z,1,Done", "8,2026-04-09T07:30Z,2026-04-08T13:00Z,1,x"]
    found = json.loads(reported(rows, "--responding", "Done", "--to", "json")[1])
    assert list(found) == ["now", "rows", "opened_later", "levels", "total", "late", "errors"]
    assert (found["now"], found["rows"]) == ("2026-04-08T12:45:00+00:00", 2)
    assert found["levels"][0] == {"level": 1} | found["total"]
    names = ["tickets", "met", "missed", "open", "open_late", "kept_percent"]
    names += ["median_response_microseconds", "worst_response_microseconds"]
    assert list(found["total"].items()) == [
        *zip(names, [1, 0, 1, 0, 0, 0, *[21 * HOUR // 4] * 2], strict=True)
    ]
    assert [found["levels"][1][name] for name in list(found["total"])[5:]] == [None] * 3
    names = ["ticket", "level", "opened_at", "due", "response", "overdue_microseconds"]
    values = [
        "7",
        1,
        *(f"2026-04-08T{clock}:00+00:00" for clock in ("07:30", "11:30", "12:45")),
        5 * HOUR // 4,
    ]
    assert found["late"] == [dict(zip(names, values, strict=True))]
    (error,) = found["errors"]
    assert (error["line"], error["error"][:29]) == (3, "at 2026-04-08T13:00:00+00:00 ")


def test_a_log_of_objects(reported: Reported, english: Command, desk: str, tmp_path: Path) -> None:
    """From a file or from standard input; numbers may name tickets, levels and states."""
    with EVENTS.open(newline="") as file:
        rows = [each | {"ticket": int(each["ticket"])} for each in csv.DictReader(file)]
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    expected = reported(EVENTS, *STATES)
    assert reported(path, *STATES) == expected
    for content, more in ((path.read_bytes(), ["--from", "ndjson"]), (EVENTS.read_bytes(), [])):
        assert english("report", "--agreement", desk, *STATES, *more, stdin=content) == expected
    good = {"ticket": 7, "opened_at": OPENED, "at": OPENED, "level": 4, "state": 1}
    bad = [
        good | {name: value} for name, value in (("ticket", True), ("state", None), ("at", 1), ("level", {}))
    ]
    path.write_text("\n".join(map(json.dumps, [*bad, {"ticket": 7}, [], good])), "utf-8")
    found = json.loads(reported(path, "--responding", "1", "--to", "json")[1])
    assert [each["line"] for each in found["errors"]] == [1, 2, 3, 4, 5, 6]
    assert found["errors"][4]["error"] == "opened_at is missing"
    assert found["total"]["met"] == 1


def test_a_foreign_log(reported: Reported, tmp_path: Path) -> None:
    """Own names, own format, own levels and encoding; a zone assumed."""
    path = tmp_path / "log.txt"
    text = (
        "Nr;Eröffnet;Geändert;Prio;Status\n"
        "1;08.04.2026 08:30;08.04.2026 12:30;P1;gelöst\n"
        "2;08.04.2026 08:30;08.04.2026 09:30;P1;wartet\n"
    )
    path.write_bytes(text.encode("cp1252"))
    options = ["--ticket-column=Nr", "--opened-column=Eröffnet", "--at-column=Geändert"]
    options += ["--level-column=Prio", "--state-column=Status", "--level=P1=1", "--from=csv"]
    options += ["--delimiter=;", "--encoding=cp1252", "--format=%d.%m.%Y %H:%M", "--to=csv"]
    options += ["--assume-zone=+01:00", "--now=2026-04-10T12:00", "--pausing=wartet"]
    status, out, err = reported(path, *options, "--responding", " gelöst ")
    assert (status, err) == (0, "")
    total = out.splitlines()[5]
    assert total == "total;2026-04-10T12:00:00+01:00;;2;1;0;1;0;100.0;4:00:00;4:00:00;;;;;"


def test_times_are_those_of_the_log_whatever_the_clock_of_the_calendar(
    command: Command, agreement: Agreement, desk: str, tmp_path: Path
) -> None:
    """And the clock is named; each level counts on its own calendar."""
    _, out, _ = command("report", EVENTS, *STATES, "--agreement", desk)
    assert out.startswith("Stand: Mittwoch, 15. April 2026, 15:00 Uhr (UTC+2)\n")
    assert "; Zeiten in UTC+2:\n" in out
    assert "2007    1 Kritisch  14.04.2026 14:30  15.04.2026 10:00" in out
    path, hours = tmp_path / "always.json", {"mon-sun": [["00:00", "24:00"]]}
    always = BusinessCalendar(zone="UTC", hours=hours, holidays=None)
    path.write_text(json.dumps(agreement.replace(calendars={CRITICAL: always}).to_dict()), "utf-8")
    _, out, _ = command("report", EVENTS, *STATES, "--agreement", path)
    assert "2007    1 Kritisch  14.04.2026 14:30  14.04.2026 18:30" in out
    assert "2005    2 Hoch      09.04.2026 19:20  10.04.2026 17:30" in out


def test_now_is_the_latest_instant_or_the_one_that_is_given(reported: Reported) -> None:
    """Never the machine's; what comes after it is not known."""

    def found(*options: str) -> tuple[str, int, int]:
        answer = json.loads(reported(EVENTS, *STATES, "--to", "json", *options)[1])
        return answer["now"], answer["total"]["tickets"], answer["opened_later"]

    assert found() == ("2026-04-15T15:00:00+02:00", 8, 0)
    assert found("--now", "2026-04-08T09:45+02:00") == ("2026-04-08T09:45:00+02:00", 3, 5)
    later = ("--now", "2027-01-04 12:00", "--assume-zone", "UTC")
    assert found(*later)[0] == "2027-01-04T12:00:00+00:00"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (f"7,{OPENED},{OPENED},4", "4 cells, where line 1 names 5 columns"),
        (f" ,{OPENED},{OPENED},4,New", "ticket: '' is not a name; write a"),
        (f"7,{OPENED},{OPENED},4, ", "state: '' is not a name; write a"),
        (f"7,?,{OPENED},4,New", "opened_at: '?' is n"),
        (f"7,{OPENED},?,4,New", "at: '?' is n"),
        (f"7,{OPENED},{OPENED},5,New", "level: '5' is n"),
        (row("7", "08T08:29", 4, "New"), "at 2026-04-08T08:29:00+01:00 is before ticket '7' was"),
        (
            row("7", "08T09:00", 4, "New", "2026-04-08T08:31+01:00"),
            "opened_at 2026-04-08T08:31:00+01:00 of ticket '7' is another than in line 2, 2026-",
        ),
        ("8,1990-12-31T23:59+01:00,2100-12-31T23:59Z,4,New", "opened_at 1990-12-31T23:59:00+01:00"),
        (f"7,{OPENED},2101-01-01T00:00+01:00,4,New", "at 2101-01-01T00:00:00+01:00 lies outside"),
        (f"7,{OPENED},9999-12-31T23:59-14:00,4,New", "at 9999-12-31T23:59:00"),
    ],
)
def test_a_bad_row_is_said_and_the_others_are_done(reported: Reported, bad: str, reason: str) -> None:
    """Of a thousand rows one is bad: the status is 1, and the rest of its ticket is done."""
    rows = [row("7", "08T12:30", 1, f"s{number}") for number in range(999)]
    rows[499] = bad
    status, out, err = reported([*rows, row("7", "08T12:30", 1, "Done")], "--responding", "Done")
    first, last = err.splitlines()
    assert status == 1
    assert first.startswith(f"netcor-sla: line 501: {reason}")
    assert last == "netcor-sla: errors: 1 in 1000 rows"
    assert "1 ticket in 1000 rows\n1 row skipped because of errors\n" in out
    assert "total             1    1" in out


def test_a_bad_row_says_nothing_of_its_ticket(reported: Reported) -> None:
    """Not even when it was opened: the first good row does, in whatever zone it is written."""
    early = row("7", "08T08:30", 1, "New", "2026-04-08T08:31+01:00")
    rows = [early, row("7", "08T08:30", 1, "New"), row("7", "08T12:30", 1, "Done", "2026-04-08T07:30Z")]
    status, out, err = reported(rows, "--responding", "Done")
    assert (status, err.count("netcor-sla: line"), "4 h" in out) == (1, 1, True)
    assert "line 2: at 2026-04-08T08:30:00+01:00 is before" in err
    first, last = "1991-01-01T00:00+01:00", "2100-12-31T23:59:59.999999+01:00"
    assert reported([f"7,{first},{last},4,New"], "--responding", "New")[0] == 0  # just covered


def test_of_many_bad_rows_the_first_are_said(reported: Reported) -> None:
    """And how many there are; JSON has them all, with line and reason."""
    rows = [f"7,{OPENED},{OPENED},1,Resolved", *[f"x,{OPENED},{OPENED},9,a\x1b[31m"] * MOST]
    _, _, err = reported(rows, "--responding", "Resolved")
    assert len(err.splitlines()) == MOST + 1
    assert err.splitlines()[-1] == f"netcor-sla: errors: {MOST} in {MOST + 1} rows"
    rows += ["short", "x,?,\x1b[31m,1,y"]
    status, out, err = reported(rows, "--responding", "Resolved", "--to", "json")
    assert (status, len(err.splitlines())) == (1, MOST + 1)
    assert err.splitlines()[-1] == (
        f"netcor-sla: errors: {MOST + 2} in {MOST + 3} rows; the first {MOST} are shown, --to json has all"
    )
    errors = json.loads(out)["errors"]
    assert [each["line"] for each in errors] == [*range(3, MOST + 5)]
    assert errors[-2]["error"] == "1 cells, where line 1 names 5 columns"
    assert "\x1b" not in err


def test_a_ticket_that_cannot_be_computed_is_said_by_its_line(reported: Reported) -> None:
    """The years are at fault, and the others are done; in order of lines."""
    late = "a,2100-12-31T10:00Z,2100-12-31T11:00Z,4,New"
    status, _, err = reported([row("7", "08T12:30", 1, "Done"), late, late, "x"], "--responding", "Done")
    assert status == 1
    first, second, last = err.splitlines()
    assert first.startswith("netcor-sla: line 3: ticket 'a': from opened_at 2100-12-31T10:00:00")
    assert second.startswith("netcor-sla: line 5: 1 cells")
    assert last == "netcor-sla: errors: 2 in 4 rows"
    status, out, err = reported([late], "--responding", "Done")
    assert (status, out) == (2, "")
    assert "none of 1 tickets can be computed; the first, from line 2: ticket 'a': from" in err


def test_a_state_that_no_row_has_may_be_misspelt(reported: Reported) -> None:
    """It is said with what may have been meant, and the report is made."""
    status, out, err = reported(EVENTS, *STATES, "--pausing", "Wating", "--responding", "Z")
    assert (status, out) == (0, reported(EVENTS, *STATES)[1])
    unknown, misspelt = err.splitlines()
    known = "'New', 'Active', 'Waiting', 'Resolved'"
    assert unknown == f"netcor-sla: no row has the state --responding 'Z'; choose one of {known}"
    assert misspelt == ("netcor-sla: no row has the state --pausing 'Wating'; did you mean 'Waiting'?")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([EVENTS], "required: --responding"),
        (["none.csv", *STATES], "No such file"),
        (["none.txt", *STATES], "No such file"),
        ([EVENTS, *STATES, "--to", "pdf"], "invalid choice: 'pdf'"),
        ([EVENTS, *STATES, "--now", "today"], "'today' is n"),
        ([EVENTS, *STATES, "--now", "2026-04-15T10:00"], "has no offset"),
        ([EVENTS, *STATES, "--now", "2101-04-15T10:00Z"], "now 2101-04-15T10:00:00+00:00 lies out"),
        ([EVENTS, *STATES, "--now", "2026-01-01T10:00Z"], "no ticket was opened by 2026-01-01T10"),
        ([EVENTS, *STATES, "--ticket-column", "x"], "no column 'x'; choose one of"),
        ([EVENTS, *STATES, "--opened-column", "opened"], "'opened_at'? with --opened-column"),
        ([EVENTS, *STATES, "--at-column", "when"], "with --at-column"),
        ([EVENTS, *STATES, "--state-column", "x"], "with --state-column"),
        ([EVENTS, *STATES, "--at-column", "opened_at"], "must be distinct"),
        ([EVENTS, *STATES, "--at-column", "level", "--from", "ndjson"], "must be distinct"),
        ([EVENTS, *STATES, "--level", "P1"], "'P1' names no level"),
        ([ROOT / "README.md", *STATES], "has no known file type"),
    ],
)
def test_bad_usage_is_one_clear_message(english: Command, arguments: list[str | Path], message: str) -> None:
    """Status 2, nothing on stdout, the remedy on stderr."""
    status, out, err = english("report", *arguments)
    assert (status, out) == (2, "")
    assert message in err


@pytest.mark.parametrize(
    ("rows", "message"),
    [([], "the log holds no row"), (["x"], "none of the 1 rows can be read; the first, line 2: 1 ")],
)
def test_a_log_of_which_nothing_can_be_used(reported: Reported, rows: list[str], message: str) -> None:
    """It is an error, and no report of nothing."""
    status, out, err = reported(rows, *STATES)
    assert (status, out) == (2, "")
    assert err.startswith(f"netcor-sla: {message}")


def test_without_jinja2_there_is_no_page() -> None:
    """It is an extra: the message says what to do, and every other form is written."""
    asked = ["report", str(EVENTS), *STATES, "--language", "en", "--to"]
    code = "import sys; sys.modules['jinja2'] = None; from netcor_sla._cli.main import main; "
    code += f"print([main([*{asked}, form]) for form in ('table', 'csv', 'json', 'html')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.splitlines()[-1] == "[0, 0, 0, 2]"
    message = "a report's page needs jinja2; python -m pip install jinja2"
    assert done.stderr == f"netcor-sla: {message}\n"


def test_names_that_are_no_text_are_no_accident(tmp_path: Path) -> None:
    """Bytes of another encoding, in every form, from a process of its own."""
    path = tmp_path / "log.csv"
    late = f"M\udcfcller,{OPENED},2026-04-20T10:00Z,1,Resolved\n"
    path.write_bytes((HEADER + late).encode(errors="surrogateescape"))
    for form, name in (
        ("csv", b"M\xfcller"),
        ("json", b"M\\udcfcller"),
        ("table", b"M ller"),
        ("html", b"M ller"),
    ):
        asked = [sys.executable, "-m", "netcor_sla", "report", str(path), "--to", form]
        names = os.environ | {"PYTHONIOENCODING": "ascii"}
        done = subprocess.run(
            [*asked, "--responding", "Resolved"], capture_output=True, check=True, env=names
        )
        assert (name in done.stdout, done.stderr) == (True, b"")


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcd"),
            st.integers(0, 40),
            st.integers(1, 4),
            st.sampled_from(["New", "Wait", "Done", "Both"]),
        ),
        min_size=1,
    )
)
def test_law_a_log_is_its_tickets(agreement: Agreement, rows: list[tuple[str, int, int, str]]) -> None:
    """Nothing is lost, mixed up or counted twice: each ticket is the replay of its own rows."""
    start = datetime.fromisoformat("2026-04-01T00:00+01:00")
    states: Any = {"pausing": {"Wait", "Both"}, "responding": {"Done", "Both"}}
    hour = timedelta(hours=1)
    made = [(name, start + hours * hour, level, state) for name, hours, level, state in rows]
    text = HEADER + "".join(
        f"{name},2026-03-31T23:00Z,{at.astimezone(UTC).isoformat()},{level},{state}\n"
        for name, at, level, state in made
    )
    columns = {name.removesuffix("_at"): name for name in HEADER.strip().split(",")}
    reading = Reading(lambda cell: datetime.fromisoformat(str(cell)), EscalationLevel)
    _, found = csv_table(io.StringIO(text), ",", {})
    log = Log(found, agreement.calendar.schedule, columns, reading)
    clocks = list(log.clocks(agreement, **states))
    assert [name for name, _ in clocks] == list(dict.fromkeys(name for name, *_ in rows))
    for name, clock in clocks:
        own = sorted((each[1:] for each in made if each[0] == name), key=lambda each: each[0])
        levels = [(at, EscalationLevel(level)) for at, level, _ in own]
        events: list[tuple[datetime, str | EscalationLevel]] = [*levels]
        events += [(at, state) for at, _, state in own]
        alone = agreement.replay(start.astimezone(UTC), levels[0][1], events, **states)
        assert clock == alone
    assert (log.rows, len(log.tickets), log.left_out) == (len(rows), len(clocks), [])
    assert log.latest == max(at for _, at, *_ in made)


@pytest.mark.skipif(not REAL.is_file(), reason="the real tickets are not beside the project")
def test_a_real_log(reported: Reported) -> None:
    """All 445 incidents; two rows lie before the opening of theirs, and are said."""
    levels = ("1 - Critical=1", "2 - High=2", "3 - Moderate=3", "4 - Low=4")
    waiting = ("User Info", "Vendor", "Problem", "Evidence")
    options = ["--ticket-column=number", "--at-column=sys_updated_at", "--level-column=priority"]
    options += ["--state-column=incident_state", "--format=%d-%m-%Y %H:%M", "--assume-zone=+01:00"]
    options += ["--responding=Resolved", "--responding=Closed"]
    options += [f"--level={level}" for level in levels]
    options += [f"--pausing=Awaiting {state}" for state in waiting]
    status, out, err = reported(REAL, *options, "--to", "json")
    found = json.loads(out)
    assert (status, len(err.splitlines())) == (1, 3)
    assert [each["line"] for each in found["errors"]] == [161, 173]
    assert [each["tickets"] for each in found["levels"]] == [9, 19, 377, 40]
    counted = [found["total"][name] for name in ("tickets", "met", "missed", "open")]
    assert counted == [445, 252, 193, 0]
    assert len(found["late"]) == 193
