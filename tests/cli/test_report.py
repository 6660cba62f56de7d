"""The command that reports, as a person and as a pipeline meet it."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from netcor_sla import STANDARD
from netcor_sla._cli.main import main
from netcor_sla._cli.report import MOST

ROOT = Path(__file__).parents[2]
EVENTS = ROOT / "docs" / "events.csv"
REAL = ROOT.parent / "shared" / "data" / "incident_event_log.csv"
STATES = ("--responding", "Active", "--responding", "Resolved", "--pausing", "Waiting")
HEADER = "ticket,opened_at,at,level,state\n"
OPENED = "2026-04-08T08:30+01:00"

Captured = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(capsys: Captured) -> Command:
    """Run the command: its status, and what it said on stdout and stderr."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            status = main(["report", *map(str, arguments)])
        except SystemExit as leaving:
            status = int(str(leaving.code))
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def log(tmp_path: Path) -> Callable[..., Path]:
    """Write a log of rows."""

    def write(*rows: str, name: str = "log.csv") -> Path:
        path = tmp_path / name
        path.write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
        return path

    return write


Written = Callable[..., Path]


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def test_a_log_is_reported(command: Command) -> None:
    """As a table, German where nothing is asked for; nothing on stderr."""
    status, out, err = command(EVENTS, *STATES)
    assert (status, err) == (0, "")
    assert out.startswith("Stand: Mittwoch, 15. April 2026, 14:00 Uhr (UTC+1)\n8 Tickets in 25 Z")
    assert command(EVENTS, *STATES, "--to", "table", "--language", "de")[1] == out
    assert command(EVENTS, *STATES, "--language", "en")[1].startswith("As of: Wednesday 15 April")


def test_every_form_says_the_same(command: Command) -> None:
    """Eight tickets, three of them met, two missed, three open, of which one is late."""
    forms = {form: command(EVENTS, *STATES, "--to", form) for form in ("csv", "json", "html")}
    assert {(status, err) for status, _, err in forms.values()} == {(0, "")}
    table, told, page = (out for _, out, _ in forms.values())
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    names = ("tickets", "met", "missed", "open", "open_late")
    assert [rows[4][name] for name in names] == ["8", "3", "2", "3", "1"]
    found = json.loads(told)
    assert [found["total"][name] for name in names] == [8, 3, 2, 3, 1]
    assert [row["ticket"] for row in rows[5:]] == ["2007", "2003", "2005"]
    assert [each["ticket"] for each in found["late"]] == ["2007", "2003", "2005"]
    assert page.index(">2007<") < page.index(">2003<") < page.index(">2005<")
    assert (told.count("\n"), page[-8:]) == (1, "</html>\n")


def test_a_log_of_objects(command: Command, tmp_path: Path, monkeypatch: Patch) -> None:
    """From a file or from standard input."""
    with EVENTS.open(newline="") as file:
        objects = [json.dumps(row) + "\n" for row in csv.DictReader(file)]
    path = tmp_path / "events.jsonl"
    path.write_text("".join(objects), "utf-8")
    expected = command(EVENTS, *STATES)
    assert command(path, *STATES) == expected
    for content, more in ((path.read_bytes(), ["--from", "ndjson"]), (EVENTS.read_bytes(), [])):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert command(*STATES, *more) == expected


def test_a_foreign_log(command: Command, tmp_path: Path) -> None:
    """Own names, own format, own levels and encoding; a zone assumed."""
    path = tmp_path / "log.txt"
    text = (
        "Nr;Eröffnet;Geändert;Prio;Status\n"
        "1;08.04.2026 08:30;08.04.2026 12:30;P1;gelöst\n"
        "2;08.04.2026 08:30;08.04.2026 09:30;P1;wartet\n"
    )
    path.write_bytes(text.encode("cp1252"))
    columns = ["--ticket-column", "Nr", "--opened-column", "Eröffnet", "--at-column", "Geändert"]
    columns += ["--level-column", "Prio", "--state-column", "Status", "--level", "P1=1"]
    reading = ("--from", "csv", "--delimiter", ";", "--encoding", "cp1252")
    times = ("--format", "%d.%m.%Y %H:%M", "--assume-zone", "+01:00", "--now", "2026-04-10T12:00")
    states = ("--responding", " gelöst ", "--pausing", "wartet")
    status, out, err = command(path, *columns, *reading, *times, *states, "--to", "csv")
    assert (status, err) == (0, "")
    total = out.splitlines()[5]
    assert total == "total;2026-04-10T12:00:00+01:00;;2;1;0;1;0;100.0;4:00:00;4:00:00;;;;;"


def test_another_agreement(command: Command, tmp_path: Path) -> None:
    """Its calendar's clock is the one that times are told on."""
    path = tmp_path / "berlin.json"
    berlin = STANDARD.replace(calendar=STANDARD.calendar.replace(zone="Europe/Berlin"))
    path.write_text(json.dumps(berlin.to_dict()), "utf-8")
    _, out, _ = command(EVENTS, *STATES, "--agreement", path)
    assert out.startswith("Stand: Mittwoch, 15. April 2026, 15:00 Uhr (Europe/Berlin, UTC+2)\n")
    assert "2026-04-15 10:00" in out
    assert json.loads(command(EVENTS, *STATES, "--agreement", path, "--to", "json")[1])["now"] == (
        "2026-04-15T15:00:00+02:00"
    )


def test_now_is_the_latest_instant_or_the_one_that_is_given(command: Command) -> None:
    """Never the machine's; what comes after it is not known."""

    def found(*options: str) -> tuple[str, int, int]:
        told = json.loads(command(EVENTS, *STATES, "--to", "json", *options)[1])
        return told["now"], told["total"]["tickets"], told["opened_later"]

    assert found() == ("2026-04-15T14:00:00+01:00", 8, 0)
    assert found("--now", "2026-04-08T09:45+02:00") == ("2026-04-08T08:45:00+01:00", 3, 5)
    assert (
        found("--now", "2027-01-04 12:00", "--assume-zone", "UTC")[0] == "2027-01-04T13:00:00+01:00"
    )


@pytest.mark.parametrize("form", ["table", "csv", "json", "html"])
def test_bad_rows_are_said_and_the_others_are_done(
    command: Command, log: Written, form: str
) -> None:
    """Of a thousand rows one is bad: the status is 1, and 999 tickets are reported."""
    rows = [f"{number},{OPENED},{OPENED},1,Resolved" for number in range(1000)]
    rows[499] = "499,soon,?,1,Resolved"
    status, out, err = command(log(*rows), "--responding", "Resolved", "--to", form)
    assert status == 1
    assert "999" in out
    first, last = err.splitlines()
    assert first.startswith("netcor-sla: line 501: opened_at: 'soon' is no timestamp; ")
    assert last == "netcor-sla: errors: 1 in 1000 rows"


def test_of_many_bad_rows_the_first_are_said(command: Command, log: Written) -> None:
    """And how many there are; JSON has them all, with line and reason."""
    rows = [f"x,{OPENED},{OPENED},9,a\x1b[31m" for _ in range(MOST)]
    good = f"7,{OPENED},{OPENED},1,Resolved"
    _, _, err = command(log(good, *rows), "--responding", "Resolved")
    assert len(err.splitlines()) == MOST + 1
    assert err.splitlines()[-1] == f"netcor-sla: errors: {MOST} in {MOST + 1} rows"
    path = log(good, *rows, "short", "x,?,\x1b[31m,1,y")
    status, out, err = command(path, "--responding", "Resolved", "--to", "json")
    lines = err.splitlines()
    assert (status, len(lines)) == (1, MOST + 1)
    assert lines[-1] == (
        f"netcor-sla: errors: {MOST + 2} in {MOST + 3} rows; the first {MOST} are shown, "
        "--to json has all"
    )
    errors = json.loads(out)["errors"]
    assert [each["line"] for each in errors] == [*range(3, MOST + 5)]
    assert errors[-2]["error"] == "1 cells, where line 1 names 5 columns"
    assert "\x1b" not in err


def test_a_ticket_that_cannot_be_reckoned_is_said_by_its_line(
    command: Command, log: Written
) -> None:
    """The years are at fault, and the others are done."""
    late = "a,2100-12-31T10:00Z,2100-12-31T11:00Z,4,New"
    path = log(f"7,{OPENED},{OPENED},1,Resolved", late, late)
    status, _, err = command(path, "--responding", "Resolved")
    assert status == 1
    first, last = err.splitlines()
    assert first.startswith("netcor-sla: line 3: ticket 'a': from opened_at 2100-12-31T10:00:00")
    assert last == "netcor-sla: errors: 1 in 3 rows"


def test_a_state_that_no_row_has_may_be_misspelt(command: Command) -> None:
    """It is said with what may have been meant, and the report is made."""
    status, out, err = command(EVENTS, *STATES, "--pausing", "Wating", "--responding", "Z")
    assert status == 0
    assert out == command(EVENTS, *STATES)[1]
    unknown, misspelt = err.splitlines()
    known = "'New', 'Active', 'Waiting', 'Resolved'"
    assert unknown == f"netcor-sla: no row has the state --responding 'Z'; choose one of {known}"
    assert misspelt == (
        "netcor-sla: no row has the state --pausing 'Wating'; did you mean 'Waiting'?"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([EVENTS], "give at least one --responding STATE"),
        ([EVENTS, "--pausing", "Waiting"], "give at least one --responding STATE"),
        (["none.csv", *STATES], "No such file"),
        (["none.txt", *STATES], "No such file"),
        ([EVENTS, *STATES, "--to", "pdf"], "invalid choice: 'pdf'"),
        ([EVENTS, *STATES, "--now", "today"], "'today' is no timestamp"),
        ([EVENTS, *STATES, "--now", "2026-04-15T10:00"], "has no offset"),
        ([EVENTS, *STATES, "--now", "2101-04-15T10:00Z"], "now 2101-04-15T10:00:00+00:00 lies out"),
        ([EVENTS, *STATES, "--now", "2026-01-01T10:00Z"], "no ticket was opened by 2026-01-01T11"),
        ([EVENTS, *STATES, "--at-column", "when"], "no column 'when'"),
        ([EVENTS, *STATES, "--at-column", "opened_at"], "must be distinct"),
        ([EVENTS, *STATES, "--level", "P1"], "'P1' names no level"),
        ([EVENTS, *STATES, "--format", "%d.%m.%Y %H:%M"], "add --assume-zone"),
        ([EVENTS, *STATES, "--format", "%d", "--assume-zone", "UTC"], "reads no year"),
        ([ROOT / "README.md", *STATES], "is of no known kind"),
    ],
)
def test_bad_usage_is_one_clear_message(
    command: Command, arguments: list[str | Path], message: str
) -> None:
    """Status 2, nothing on stdout, the remedy on stderr."""
    status, out, err = command(*arguments)
    assert (status, out) == (2, "")
    assert message in err


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "the log holds no row"),
        (["x"], "none of the 1 rows can be read; the first, line 2: 1 "),
    ],
)
def test_a_log_of_which_nothing_can_be_used(
    command: Command, log: Written, rows: list[str], message: str
) -> None:
    """It is an error, and no report of nothing."""
    status, out, err = command(log(*rows), *STATES)
    assert (status, out) == (2, "")
    assert err.startswith(f"netcor-sla: {message}")


def test_names_that_are_no_text_are_no_accident(tmp_path: Path) -> None:
    """Bytes of another encoding, in every form, from a process of its own."""
    path = tmp_path / "log.csv"
    row = f"M\udcfcller,{OPENED},2026-04-20T10:00Z,1,Resolved\n"
    path.write_bytes((HEADER + row).encode(errors="surrogateescape"))
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


@pytest.mark.parametrize("stdout", [Terminal(), io.StringIO()], ids=["terminal", "file"])
def test_a_progress_bar_on_a_terminal(monkeypatch: Patch, stdout: io.StringIO) -> None:
    """While reading and while reckoning; nothing is written before both are done."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(sys, "stdout", stdout)
    assert main(["report", str(EVENTS), *STATES]) == 0
    assert terminal.getvalue().count("100%") >= 2
    assert "8/8" in terminal.getvalue()
    assert "8 Tickets in 25 Zeilen" in stdout.getvalue()


@pytest.mark.skipif(not REAL.is_file(), reason="the real tickets are not beside the project")
def test_a_real_log(command: Command) -> None:
    """All 445 incidents; two rows lie before the opening of theirs, and are said."""
    levels = ("1 - Critical=1", "2 - High=2", "3 - Moderate=3", "4 - Low=4")
    waiting = ("User Info", "Vendor", "Problem", "Evidence")
    options = ["--ticket-column", "number", "--at-column", "sys_updated_at"]
    options += ["--state-column", "incident_state", "--level-column", "priority"]
    options += ["--format", "%d-%m-%Y %H:%M", "--assume-zone", "+01:00"]
    options += ["--responding", "Resolved", "--responding", "Closed"]
    options += [part for level in levels for part in ("--level", level)]
    options += [part for state in waiting for part in ("--pausing", f"Awaiting {state}")]
    status, out, err = command(REAL, *options, "--to", "json")
    told = json.loads(out)
    assert status == 1
    assert [each["line"] for each in told["errors"]] == [161, 173]
    assert len(err.splitlines()) == 3
    assert [each["tickets"] for each in told["levels"]] == [9, 19, 377, 40]
    counted = {name: told["total"][name] for name in ("tickets", "met", "missed", "open")}
    assert counted == {"tickets": 445, "met": 252, "missed": 193, "open": 0}
    assert len(told["late"]) == 193
