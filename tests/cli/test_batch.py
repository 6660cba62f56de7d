"""Tables of tickets, row by row: as a person and as a pipeline meet them."""

import csv
import io
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from netcor_sla import Agreement, EscalationLevel
from netcor_sla._calendars.timestamps import timestamp
from netcor_sla._cli.files import FORMULA
from netcor_sla._languages import Language

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "incident_event_log.csv"
GOOD = "2025-03-07T16:00+01:00"
DUE = "2025-03-10T11:30:00+01:00"

Command = Callable[..., tuple[int, str, str]]
Rows = Callable[..., tuple[list[dict[str, Any]], int, str]]


@pytest.fixture
def rows_of(english: Command, desk: str) -> Rows:
    """Compute CSV and read the result as any program would; with it, the status and stderr."""

    def run(text: str, *options: str) -> tuple[list[dict[str, Any]], int, str]:
        status, out, err = english("batch", "--agreement", desk, *options, stdin=text)
        return list(csv.DictReader(io.StringIO(out, newline=""))), status, err

    return run


@pytest.fixture
def objects_of(english: Command, desk: str) -> Rows:
    """Compute NDJSON and read the result."""

    def run(text: str, *options: str) -> tuple[list[dict[str, Any]], int, str]:
        asked = ("batch", "-", "--from", "ndjson", "--agreement", desk, *options)
        status, out, err = english(*asked, stdin=text)
        return [json.loads(line) for line in out.splitlines()], status, err

    return run


@pytest.mark.parametrize("level", ["1", "critical", "Kritisch", "1 - Critical", " P1 ", "a=b"])
def test_a_level_is_called_many_names(rows_of: Rows, objects_of: Rows, level: str) -> None:
    """What the table calls a level, and what everyone calls it; blanks around it don't count."""
    options = [part for name in ("1 - Critical", "P1", "a=b") for part in ("--level", f"{name}=1")]
    assert rows_of(f"opened_at,level\n {GOOD} ,{level}\n", *options)[0][0]["due"] == DUE
    text = json.dumps({"opened_at": f" {GOOD} ", "level": level})
    assert objects_of(text, *options)[0][0]["due"] == DUE


def test_a_table_may_count_its_own_way(objects_of: Rows) -> None:
    """What the table calls a level counts first, be it text or a number."""
    text = "\n".join(json.dumps({"opened_at": GOOD, "level": level}) for level in (4, "4", 10, 1))
    found, _, _ = objects_of(text, "--level", "4=critical", "--level", "10=critical")
    assert [each["due"] for each in found] == [DUE] * 4


def test_one_bad_row_stops_no_other(rows_of: Rows) -> None:
    """In a table of a thousand rows the bad one is named, and 999 are done."""
    lines = [f"{number},{GOOD},1" for number in range(1000)]
    lines[499] = "499,tomorrow,1"
    rows, status, err = rows_of("id,opened_at,level\n" + "\n".join(lines))
    assert [row["id"] for row in rows] == [str(number) for number in range(1000)]
    assert [row["due"] for row in rows].count(DUE) == 999
    assert (rows[499]["due"], status) == ("", 1)
    assert rows[499]["error"].startswith("line 501: opened_at: 'tomorrow' is n")
    assert err == f"netcor-sla: 1 of 1000 rows failed; the first: {rows[499]['error']}\n"


@pytest.mark.parametrize(
    ("line", "error"),
    [
        pytest.param(f"{GOOD},5", "line 2: level: '5' is n", id="level"),
        pytest.param(f"{GOOD},True", "line 2: level: 'True' is n", id="true"),
        pytest.param("?,1", "line 2: opened_at: '?' is n", id="missing value"),
        pytest.param("2025-03-07T16:00,1", "line 2: opened_at: '2025-03-07T16:00' has no offset", id="naive"),
        pytest.param("1990-01-01T10:00Z,1", "line 2: opened_at 1990-01-01T10:00:00+00:00 lies", id="year"),
        pytest.param(GOOD, "line 2: 1 cells, where line 1 names 2 columns", id="too short"),
        pytest.param(f"{GOOD},1,x,=y", "left over: ['x', '=y']", id="too long"),
        pytest.param(f"{GOOD},{'1' * 200_000}", "line 2: is not CSV: field larger", id="too large"),
        pytest.param(f'"{GOOD}"2,1', "line 2: is not CSV: ',' expected", id="a quote inside"),
    ],
)
def test_a_row_that_fails_says_why(rows_of: Rows, line: str, error: str) -> None:
    """The line, the column, the value; the row after it is done, and added cells stay in place."""
    rows, status, err = rows_of(f"opened_at,level\n{line}\n{GOOD},1\n", "--explain")
    assert error in rows[0]["error"]
    assert (rows[0]["due"], rows[0]["explanation"]) == ("", "")
    assert rows[1]["due"] == DUE
    assert status == 1
    assert err.startswith("netcor-sla: 1 of 2 rows failed")


def test_a_line_number_is_the_line_that_an_editor_shows(rows_of: Rows) -> None:
    """Cells with line breaks and blank lines count; a row is named by its first line."""
    rows, _, _ = rows_of(f'note,opened_at,level\n"a\nb",{GOOD},1\n\n"c\nd",soon,1\n')
    assert rows[0]["due"] == DUE
    assert rows[1]["error"].startswith("line 5: ")


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("", "", "line 1 is empty; it must name the columns"),
        ("opened,level\n", "", "no column 'opened_at'; did you mean 'opened'? with --opened-"),
        ("opened_at,priority\n", "", "no column 'level'; choose one of"),
        ("opened_at,level,level\n", "", "names 2 column 'level'"),
        ("opened_at,level,due\n", "", "line 1 has 'due' already"),
        ("opened_at,level,error\n", "", "line 1 has 'error' already"),
        ("opened_at,level,explanation\n", "--explain", "line 1 has 'explanation' already; name"),
        ("x" * 200_000, "", "line 1 is not CSV: field larger"),
        ("", "--due-column x --error-column x", "must be distinct; rename one"),
        ("", "--opened-column level", "['level', 'level', 'due', 'error'] must be distinct"),
        ("", "--explain --explanation-column due", "must be distinct"),
        ("", "--explain --explanation-column level --from ndjson", "must be distinct"),
    ],
)
def test_a_table_without_its_columns_is_refused(
    english: Command, text: str, options: str, message: str
) -> None:
    """Where no row could be done, nothing is written."""
    status, out, err = english("batch", *options.split(), stdin=text)
    assert (status, out) == (2, "")
    assert message in err


def test_columns_have_the_names_that_are_asked_for(rows_of: Rows, objects_of: Rows) -> None:
    """Every column can be another one."""
    options = ["--opened-column=created", "--level-column=priority", "--due-column=antwort"]
    options += ["--error-column=fehler"]
    (row,), _, _ = rows_of(f"created,priority,due\n{GOOD},1,kept\n", *options)
    assert (row["due"], row["antwort"], row["fehler"]) == ("kept", DUE, "")
    (found,), _, _ = objects_of(json.dumps({"created": GOOD, "priority": 1, "due": 0}), *options)
    assert (found["due"], found["antwort"], found["fehler"]) == (0, DUE, None)


def test_a_foreign_table(command: Command, desk: str) -> None:
    """Own format, own priorities, own delimiter, a zone assumed where none is read."""
    asked = ["batch", "--agreement", desk, "--delimiter", "tab", "--level", "P1=1", "--format"]
    given = "opened_at\tlevel\n07.03.2025 16:00\tP1\n"
    _, out, _ = command(*asked, "%d.%m.%Y %H:%M", "--assume-zone", "+01:00", stdin=given)
    assert out == f"opened_at\tlevel\tdue\terror\n07.03.2025 16:00\tP1\t{DUE}\t\n"
    given = "opened_at\tlevel\n07.03.2025 15:00 +0000\tP1\n"
    _, out, _ = command(*asked, "%d.%m.%Y %H:%M %z", stdin=given)
    assert "\t2025-03-10T10:30:00+00:00\t" in out


@pytest.mark.parametrize("start", FORMULA)
def test_cells_that_a_spreadsheet_would_run_are_defused(rows_of: Rows, start: str) -> None:
    """In the header, in good rows and in bad ones; harmless cells stay as they are."""
    rows, _, _ = rows_of(f'"{start}h",opened_at,level\n"{start}1",{GOOD},1\n"a{start}",?,1\n')
    assert [row[f"'{start}h"] for row in rows] == [f"'{start}1", f"a{start}"]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        pytest.param("{", "line 1: '{': it is not JSON: E", id="broken"),
        pytest.param("[1]", "line 1: [1] is not a JSON object", id="a list"),
        pytest.param("null", "line 1: None is not a JSON object", id="null"),
        pytest.param('{"level": 1}', "line 1: opened_at is missing", id="missing"),
        pytest.param(f'{{"opened_at": "{GOOD}", "level": true}}', "level: True is n", id="true"),
        pytest.param(f'{{"opened_at": "{GOOD}", "level": [1]}}', "level: [1] is n", id="list"),
        pytest.param('{"opened_at": 1741359600, "level": 1}', "1741359600 is n", id="number"),
        pytest.param('{"a": 1, "a": 2}', "key 'a' is given twice", id="key twice"),
        pytest.param("[" * 200_000, "nested too deeply", id="nested"),
        pytest.param('{"due": 1}', "has 'due' already; name another with --due", id="taken"),
    ],
)
def test_a_line_that_fails_says_why(objects_of: Rows, line: str, error: str) -> None:
    """The line after it is done; nothing of an object is overwritten."""
    good = json.dumps({"opened_at": GOOD, "level": 1})
    found, status, _ = objects_of(f"{line}\n{good}\n")
    assert error in str(found[0]["error"])
    assert found[0]["due"] is None
    assert (found[1]["due"], status) == (DUE, 1)


def test_what_a_line_says_is_kept_to_the_letter(english: Command, desk: str) -> None:
    """Numbers and blanks come back as they were written."""
    asked = ("batch", "--from", "ndjson", "--agreement", desk)
    line = f'{{ "n": 1.10, "t": "Müller", "opened_at": "{GOOD}" , "level": 1 }}  '
    _, out, _ = english(*asked, stdin=line)
    assert out == f'{line.rstrip()[:-2]}, "due": "{DUE}", "error": null}}\n'
    _, out, _ = english(*asked, stdin="{ }")
    assert json.loads(out)["error"] == "line 1: opened_at is missing"


def test_a_quote_that_is_never_closed_is_an_error(rows_of: Rows) -> None:
    """It would swallow all rows behind it, and nobody would know."""
    text = f'opened_at,level,title\n{GOOD},1,"Drucker spinnt\n' + f"{GOOD},1,x\n" * 9
    (row,), status, _ = rows_of(text)
    assert (row["error"], status) == ("line 2: is not CSV: unexpected end of data", 1)


def test_columns_that_nobody_reads_may_share_a_name(command: Command, desk: str) -> None:
    """As where a spreadsheet has left delimiters at the end."""
    given = f"opened_at,level,,\n{GOOD},1,a,b\n"
    _, out, _ = command("batch", "--agreement", desk, stdin=given)
    assert out == f"opened_at,level,,,due,error\n{GOOD},1,a,b,{DUE},\n"


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_deadline_is_explained(
    rows_of: Rows, objects_of: Rows, agreement: Agreement, language: Language
) -> None:
    """In one cell, word for word as `explain` has it; a row that fails has none."""
    options = ("--explain", "--language", language)
    expected = agreement.explain(timestamp(GOOD), EscalationLevel.CRITICAL).text(language)
    rows, _, _ = rows_of(f"opened_at,level\n{GOOD},1\nsoon,1\n{GOOD},1\n", *options)
    assert list(rows[0]) == ["opened_at", "level", "due", "error", "explanation"]
    assert [row["explanation"] for row in rows] == [expected, "", expected]
    assert [row["due"] for row in rows] == [DUE, "", DUE]
    tickets = [{"opened_at": opened, "level": 1} for opened in (GOOD, "soon", "1990-01-01T10:00Z")]
    text = "\n".join(map(json.dumps, tickets))
    found, _, err = objects_of(text, *options, "--explanation-column", "why")
    assert [each["why"] for each in found] == [expected, None, None]
    assert found[0] == tickets[0] | {"due": DUE, "error": None, "why": expected}
    assert "1990" in str(found[2]["error"])
    words = "2 von 3 Zeilen fehlerhaft" if language == "de" else "2 of 3 rows failed"
    assert err.startswith(f"netcor-sla: {words}")


def test_a_table_is_known_by_its_name(english: Command, desk: str, tmp_path: Path) -> None:
    """Or by the option; its kind is not guessed from its content."""
    path = tmp_path / "tickets.JSONL"
    path.write_text(json.dumps({"opened_at": GOOD, "level": "1"}) + "\n", "utf-8")
    assert json.loads(english("batch", path, "--agreement", desk)[1])["due"] == DUE
    path = tmp_path / "tickets.txt"
    path.write_text(f"opened_at,level\n{GOOD},1\n", "utf-8")
    status, _, err = english("batch", path)
    assert (status, "tickets.txt' has no known file type; add --from csv, or" in err) == (2, True)
    assert english("batch", path, "--from", "csv")[0] == 0


def test_bytes_that_are_no_text_pass_through(tmp_path: Path) -> None:
    """A title in another encoding comes out as it went in, and the first mark is no cell."""
    line = [sys.executable, "-m", "netcor_sla", "batch"]
    table = b"\xef\xbb\xbfopened_at,level,title\n" + GOOD.encode() + b",1,M\xfcller\n"
    done = subprocess.run(line, input=table, capture_output=True, check=True)
    assert done.stdout.splitlines()[0] == b"opened_at,level,title,due,error"
    assert b"M\xfcller" in done.stdout
    path = tmp_path / "tickets.csv"
    path.write_bytes(f"Eröffnet;Priorität\n{GOOD};1\n".encode("cp1252"))
    names = ["--opened-column", "Eröffnet", "--level-column", "Priorität", "--delimiter", ";"]
    line += [str(path), "--encoding"]
    done = subprocess.run([*line, "cp1252", *names], capture_output=True, check=True)
    assert done.stdout.decode("cp1252").startswith("Eröffnet;Priorität;due;error\n")
    path.write_bytes("opened_at,level\n".encode("utf-16")[:-1])
    done = subprocess.run([*line, "utf-16"], capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"netcor-sla: ")


@pytest.mark.skipif(not REAL.is_file(), reason="the real tickets are not beside the project")
def test_real_tickets(command: Command, desk: str) -> None:
    """All 3,019 rows of a real log are answered, each incident by its last row once."""
    levels = ["1 - Critical=1", "2 - High=2", "3 - Moderate=3", "4 - Low=4"]
    options = ["--level-column=priority", "--format=%d-%m-%Y %H:%M", "--assume-zone=+01:00"]
    options += [f"--level={level}" for level in levels]
    status, out, _ = command("batch", REAL, "--agreement", desk, *options)
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    assert (status, len(rows)) == (0, 3019)
    last = {row["number"]: row for row in rows if row["due"] and not row["error"]}
    counted = Counter(row["priority"] for row in last.values())
    assert counted == {"1 - Critical": 9, "2 - High": 19, "3 - Moderate": 377, "4 - Low": 40}
