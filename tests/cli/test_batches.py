"""Tables of tickets, row by row."""

import csv
import io
import json
from collections.abc import Iterator

import pytest

from netcor_sla import STANDARD, EscalationLevel
from netcor_sla._calendars.timestamps import timestamp
from netcor_sla._cli.batch import Columns, Outcome, Terms, reckon_csv, reckon_ndjson
from netcor_sla._cli.tables import FORMULA, defused
from netcor_sla._languages import Language
from netcor_sla.errors import DocumentError

TERMS = Terms(STANDARD, timestamp, {"1 - Critical": EscalationLevel.CRITICAL})
GOOD = "2025-03-07T16:00+01:00"
DUE = "2025-03-10T11:30:00+01:00"


def rows_of(text: str, terms: Terms = TERMS) -> tuple[list[dict[str, str]], Outcome]:
    """Reckon CSV and read the result as any program would."""
    sink = io.StringIO()
    outcome = reckon_csv(io.StringIO(text, newline=""), sink, terms, ",")
    return list(csv.DictReader(io.StringIO(sink.getvalue(), newline=""))), outcome


def objects_of(text: str, terms: Terms = TERMS) -> tuple[list[dict[str, object]], Outcome]:
    """Reckon NDJSON and read the result."""
    sink = io.StringIO()
    outcome = reckon_ndjson(io.StringIO(text), sink, terms)
    return [json.loads(line) for line in sink.getvalue().splitlines()], outcome


def test_a_row_keeps_its_cells_and_gets_its_deadline() -> None:
    """Columns come back in order, with the deadline behind them."""
    (row,), outcome = rows_of(f"id,level,opened_at\n7,1,{GOOD}\n")
    assert list(row.items()) == [
        ("id", "7"),
        ("level", "1"),
        ("opened_at", GOOD),
        ("due", DUE),
        ("error", ""),
    ]
    assert outcome == Outcome(rows=1, failed=0, first_error=None)


@pytest.mark.parametrize("level", ["1", "critical", "Kritisch", "1 - Critical"])
def test_a_level_is_called_many_names(level: str) -> None:
    """What the table calls a level comes beside what everyone calls it."""
    assert rows_of(f"opened_at,level\n{GOOD},{level}\n")[0][0]["due"] == DUE
    text = json.dumps({"opened_at": GOOD, "level": level})
    assert objects_of(text)[0][0]["due"] == DUE


def test_one_bad_row_stops_no_other() -> None:
    """In a table of a thousand rows the bad one is named, and 999 are done."""
    lines = [f"{number},{GOOD},1" for number in range(1000)]
    lines[499] = "499,tomorrow,1"
    rows, outcome = rows_of("id,opened_at,level\n" + "\n".join(lines))
    assert [row["id"] for row in rows] == [str(number) for number in range(1000)]
    assert [row["due"] for row in rows].count(DUE) == 999
    assert rows[499]["due"] == ""
    assert rows[499]["error"].startswith("line 501: opened_at: 'tomorrow' is no timestamp; ")
    assert outcome == Outcome(1000, 1, rows[499]["error"])


@pytest.mark.parametrize(
    ("line", "error"),
    [
        pytest.param(f"{GOOD},5", "line 2: level: '5' is no escalation level", id="level"),
        pytest.param(f"{GOOD},True", "line 2: level: 'True' is no", id="true"),
        pytest.param("?,1", "line 2: opened_at: '?' is no timestamp", id="missing value"),
        pytest.param(
            "2025-03-07T16:00,1", "line 2: opened_at: '2025-03-07T16:00' has no offset", id="naive"
        ),
        pytest.param(
            "1990-01-01T10:00Z,1", "line 2: opened_at 1990-01-01T10:00:00+00:00 lies", id="year"
        ),
        pytest.param(GOOD, "line 2: 1 cells, where line 1 names 2 columns", id="too short"),
        pytest.param(f"{GOOD},1,x,=y", "left over: ['x', '=y']", id="too long"),
        pytest.param(f"{GOOD},{'1' * 200_000}", "line 2: is not CSV: field larger", id="too large"),
    ],
)
def test_a_row_that_fails_says_why(line: str, error: str) -> None:
    """The line, the column, the value; the row after it is done."""
    rows, outcome = rows_of(f"opened_at,level\n{line}\n{GOOD},1\n")
    assert error in rows[0]["error"]
    assert rows[0]["due"] == ""
    assert rows[1]["due"] == DUE
    assert (outcome.rows, outcome.failed) == (2, 1)


def test_a_line_number_is_the_line_that_an_editor_shows() -> None:
    """Cells with line breaks and blank lines count; a row is named by its first line."""
    rows, _ = rows_of(f'note,opened_at,level\n"a\nb",{GOOD},1\n\n"c\nd",soon,1\n')
    assert rows[0]["due"] == DUE
    assert rows[1]["error"].startswith("line 5: ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "line 1 is empty; it must name the columns", id="empty"),
        pytest.param("opened,level\n", "no column 'opened_at'; did you mean 'opened'?", id="name"),
        pytest.param("opened_at,priority\n", "no column 'level'; choose one of", id="level"),
        pytest.param("opened_at,level,level\n", "names 2 column 'level'", id="twice"),
        pytest.param("opened_at,level,due\n", "line 1 has 'due' already", id="due"),
        pytest.param("opened_at,level,error\n", "line 1 has 'error' already", id="error"),
        pytest.param("x" * 200_000, "line 1 is not CSV", id="no CSV"),
    ],
)
def test_a_table_without_its_columns_is_refused(text: str, message: str) -> None:
    """Where no row could be done, nothing is written."""
    sink = io.StringIO()
    with pytest.raises(DocumentError) as refusal:
        reckon_csv(io.StringIO(text), sink, TERMS, ",")
    assert message in str(refusal.value)
    assert sink.getvalue() == ""


def test_columns_have_the_names_that_are_asked_for() -> None:
    """Every column can be another one."""
    terms = TERMS._replace(columns=Columns("created", "priority", "antwort", "fehler"))
    (row,), _ = rows_of(f"created,priority,due\n{GOOD},1,kept\n", terms)
    assert (row["due"], row["antwort"], row["fehler"]) == ("kept", DUE, "")
    (found,), _ = objects_of(json.dumps({"created": GOOD, "priority": 1, "due": 0}), terms)
    assert (found["due"], found["antwort"], found["fehler"]) == (0, DUE, None)


@pytest.mark.parametrize("start", FORMULA)
def test_cells_that_a_spreadsheet_would_run_are_defused(start: str) -> None:
    """Also in the header; harmless cells stay as they are."""
    assert defused(f"{start}1") == f"'{start}1"
    assert defused(f"a{start}") == f"a{start}"


def test_defusing_reaches_every_cell_of_the_input() -> None:
    """Header, good rows and bad rows alike."""
    rows, _ = rows_of(f"=h,opened_at,level\n=a,{GOOD},1\n=b,soon,1\n")
    assert [row["'=h"] for row in rows] == ["'=a", "'=b"]


def test_ndjson_keeps_its_values() -> None:
    """Numbers, objects and umlauts pass through; the level may be a number."""
    ticket = {"opened_at": GOOD, "level": 1, "tags": ["ä", None], "n": 1.5}
    (found,), outcome = objects_of(json.dumps(ticket) + "\n\n")
    assert found == ticket | {"due": DUE, "error": None}
    assert outcome.rows == 1


@pytest.mark.parametrize(
    ("line", "error"),
    [
        pytest.param("{", "line 1: '{' is not JSON", id="broken"),
        pytest.param("[1]", "line 1: [1] is no JSON object", id="a list"),
        pytest.param('{"level": 1}', "line 1: opened_at is missing", id="missing"),
        pytest.param(f'{{"opened_at": "{GOOD}", "level": true}}', "level: True is no", id="true"),
        pytest.param(f'{{"opened_at": "{GOOD}", "level": [1]}}', "level: [1] is no", id="list"),
        pytest.param('{"opened_at": 1741359600, "level": 1}', "1741359600 is no", id="number"),
        pytest.param('{"a": 1, "a": 2}', "key 'a' is given twice", id="key twice"),
        pytest.param("[" * 200_000, "nested too deeply", id="nested"),
    ],
)
def test_a_line_that_fails_says_why(line: str, error: str) -> None:
    """The line after it is done."""
    good = json.dumps({"opened_at": GOOD, "level": 1})
    found, outcome = objects_of(f"{line}\n{good}\n")
    assert error in str(found[0]["error"])
    assert found[0]["due"] is None
    assert found[1]["due"] == DUE
    assert outcome.failed == 1


def test_nothing_of_an_object_is_overwritten() -> None:
    """A key that would be added and is there already is that line's error."""
    lines = [{"opened_at": GOOD, "level": 1, "due": "x"}, {"opened_at": GOOD, "level": 1}]
    found, outcome = objects_of("\n".join(map(json.dumps, lines)))
    assert "has 'due' already; name another" in str(found[0]["error"])
    assert (found[0]["due"], found[1]["due"], outcome.failed) == (None, DUE, 1)


def test_what_a_line_says_is_kept_to_the_letter() -> None:
    """Numbers, blanks and bytes that are no text come back as they were written."""
    line = f'{{ "n": 1.10, "t": "M\udcfcller", "opened_at": "{GOOD}" , "level": 1 }}  '
    sink = io.StringIO()
    reckon_ndjson([line], sink, TERMS)
    assert sink.getvalue() == f'{line.rstrip()[:-2]}, "due": "{DUE}", "error": null}}\n'
    sink = io.StringIO()
    reckon_ndjson(["{ }"], sink, TERMS)
    assert json.loads(sink.getvalue())["error"] == "line 1: opened_at is missing"


@pytest.mark.parametrize(("called", "level"), [("4", 4), ("10", 10), ("1", "1"), ("P1", " P1 ")])
def test_a_table_may_count_its_own_way(called: str, level: object) -> None:
    """What the table calls a level counts first, be it text or a number."""
    terms = TERMS._replace(levels={called: EscalationLevel.CRITICAL})
    ticket = json.dumps({"opened_at": f" {GOOD} ", "level": level})
    assert objects_of(ticket, terms)[0][0]["due"] == DUE


def test_a_quote_that_is_never_closed_is_an_error() -> None:
    """It would swallow all rows behind it, and nobody would know."""
    text = f'opened_at,level,title\n{GOOD},1,"Drucker spinnt\n' + f"{GOOD},1,x\n" * 9
    rows, outcome = rows_of(text)
    assert rows[0]["error"] == "line 2: is not CSV: unexpected end of data"
    assert outcome.failed == 1


def test_columns_that_nobody_reads_may_share_a_name() -> None:
    """As where a spreadsheet has left delimiters at the end."""
    sink = io.StringIO()
    reckon_csv(["opened_at,level,,\n", f"{GOOD},1,a,b\n"], sink, TERMS, ",")
    assert sink.getvalue() == f"opened_at,level,,,due,error\n{GOOD},1,a,b,{DUE},\n"


@pytest.mark.parametrize(
    ("columns", "explained"),
    [
        (Columns(due="x", error="x"), None),
        (Columns("level", "level"), None),
        (Columns(explanation="due"), "de"),
        (Columns("explanation"), "en"),
        (Columns(error="level", explanation="level"), "de"),
    ],
)
def test_columns_have_names_of_their_own(columns: Columns, explained: Language | None) -> None:
    """Else one would be lost in the other."""
    terms = TERMS._replace(columns=columns, explained=explained)
    with pytest.raises(DocumentError, match=r"^the columns .* must be distinct"):
        reckon_csv([], io.StringIO(), terms, ",")
    with pytest.raises(DocumentError, match=r"^the columns .* must be distinct"):
        reckon_ndjson([], io.StringIO(), terms)


def test_a_column_that_is_not_added_needs_no_name_of_its_own() -> None:
    """Where nothing is explained, the explanation's column does not matter."""
    terms = TERMS._replace(columns=Columns(explanation="level"))
    (row,), _ = rows_of(
        f"opened_at,level,explanation\n{GOOD},1,kept\n", terms._replace(columns=Columns())
    )
    assert (row["due"], row["explanation"]) == (DUE, "kept")
    (row,), _ = rows_of(f"opened_at,level\n{GOOD},1\n", terms)
    assert list(row) == ["opened_at", "level", "due", "error"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_deadline_is_explained(language: Language) -> None:
    """In one cell, word for word as `explain` has it; a row that fails has none."""
    terms = TERMS._replace(explained=language)
    expected = STANDARD.explain(timestamp(GOOD), EscalationLevel.CRITICAL).text(language)
    rows, outcome = rows_of(f"opened_at,level\n{GOOD},1\nsoon,1\n{GOOD},1\n", terms)
    assert list(rows[0]) == ["opened_at", "level", "due", "error", "explanation"]
    assert [row["explanation"] for row in rows] == [expected, "", expected]
    assert [row["due"] for row in rows] == [DUE, "", DUE]
    assert rows[1]["error"].startswith("line 3: opened_at: 'soon'")
    assert (outcome.rows, outcome.failed) == (3, 1)
    tickets = [{"opened_at": opened, "level": 1} for opened in (GOOD, "soon", "1990-01-01T10:00Z")]
    found, outcome = objects_of("\n".join(map(json.dumps, tickets)), terms)
    assert [each["explanation"] for each in found] == [expected, None, None]
    assert found[0] == tickets[0] | {"due": DUE, "error": None, "explanation": expected}
    assert "1990" in str(found[2]["error"])
    assert outcome.failed == 2


def test_a_row_of_the_wrong_width_is_explained_by_nothing() -> None:
    """Added cells stay below their own names."""
    terms = TERMS._replace(explained="de")
    rows, _ = rows_of(f"opened_at,level\n{GOOD}\n{GOOD},1,x\n", terms)
    for row in rows:
        assert (row["due"], row["explanation"]) == ("", "")
        assert " cells, where line 1 names 2 columns" in row["error"]


def test_an_explanation_is_there_already() -> None:
    """It is not overwritten: a table is refused, an object is that line's error."""
    terms = TERMS._replace(explained="de")
    with pytest.raises(
        DocumentError, match=r"^line 1 has 'explanation' already; .*explanation-col"
    ):
        rows_of("opened_at,level,explanation\n", terms)
    ticket = {"opened_at": GOOD, "level": 1, "explanation": "mine"}
    (found,), outcome = objects_of(json.dumps(ticket), terms)
    assert "has 'explanation' already" in str(found["error"])
    assert (found["due"], found["explanation"], outcome.failed) == (None, None, 1)
    (found,), _ = objects_of(json.dumps(ticket))
    assert (found["due"], found["explanation"]) == (DUE, "mine")


def test_an_explanation_has_the_name_that_is_asked_for() -> None:
    """Beside a column that is called so already."""
    terms = TERMS._replace(columns=Columns(explanation="grund"), explained="de")
    (row,), _ = rows_of(f"opened_at,level,explanation\n{GOOD},1,kept\n", terms)
    assert row["explanation"] == "kept"
    assert row["grund"].startswith("Die erste Antwort ist bis Montag, 10. März 2025, 11:30 Uhr")


def test_the_lines_of_an_explanation_do_not_count_as_rows() -> None:
    """An object stays one line, whatever it tells."""
    sink = io.StringIO()
    terms = TERMS._replace(explained="de")
    reckon_ndjson([json.dumps({"opened_at": GOOD, "level": 1})] * 2, sink, terms)
    assert len(sink.getvalue().splitlines()) == 2


def test_rows_stream() -> None:
    """A row is written before the next is read, so memory does not grow with a table."""
    sink = io.StringIO()
    seen: list[int] = []

    def lines() -> Iterator[str]:
        yield "opened_at,level\n"
        for _ in range(3):
            seen.append(sink.getvalue().count(DUE))
            yield f"{GOOD},1\n"

    reckon_csv(lines(), sink, TERMS, ",")
    assert seen == [0, 1, 2]
