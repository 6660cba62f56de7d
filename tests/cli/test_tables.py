"""Tables row by row: what is read, under which line, and what is wrong with it."""

import io
from collections.abc import Iterator

import pytest

from netcor_sla import EscalationLevel
from netcor_sla._cli.tables import (
    Row,
    RowError,
    cell,
    csv_rows,
    csv_table,
    distinct,
    level_of,
    ndjson_table,
)
from netcor_sla.errors import DocumentError

NEEDED = {"a": "--first-column", "b": "--second-column"}
LEVELS = {"1 - Critical": EscalationLevel.CRITICAL, "4": EscalationLevel.HIGH}


def rows_of(*lines: str) -> list[tuple[Row, list[str]]]:
    """Read CSV with the columns `a` and `b`."""
    header, rows = csv_table(lines, ",", NEEDED)
    assert header[:2] == ["a", "b"]
    return list(rows)


def test_a_row_of_csv_knows_its_line_and_its_cells() -> None:
    """The line is the one that an editor shows, and a blank one is no row."""
    rows = rows_of("a,b\n", '"1\n', '2",3\n', "\n", "4,5\n")
    assert rows == [
        (Row(2, {"a": "1\n2", "b": "3"}), ["1\n2", "3"]),
        (Row(5, {"a": "4", "b": "5"}), ["4", "5"]),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("1\n", "1 cells, where line 1 names 2 columns"),
        ("1,2,=x\n", "3 cells, where line 1 names 2 columns; left over: ['=x']"),
        (f"{'1' * 200_000},2\n", "is not CSV: field larger than field limit (131072)"),
        ('"1"2,3\n', "is not CSV: ',' expected after '\"'"),
    ],
)
def test_a_broken_row_ends_no_reading(line: str, problem: str) -> None:
    """It comes with what is wrong with it, and the next is read."""
    broken, good = rows_of("a,b\n", line, "4,5\n")
    assert (broken[0].line, broken[0].problem) == (2, problem)
    assert good == (Row(3, {"a": "4", "b": "5"}), ["4", "5"])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "line 1 is empty; it must name the columns"),
        ("a\n", "line 1 names no column 'b'; choose one of 'a' with --second-column, and say"),
        ("a,bb\n", "no column 'b'; did you mean 'bb'? with --second-column"),
        ("a,b,a\n", "line 1 names 2 column 'a'"),
        ("x" * 200_000, "line 1 is not CSV: field larger"),
    ],
)
def test_a_table_needs_its_columns(line: str, message: str) -> None:
    """At once, before any row is taken, and with the option that would help."""
    with pytest.raises(DocumentError) as refusal:
        csv_table([line] if line else [], ",", NEEDED)
    assert message in str(refusal.value)


def test_cells_stand_apart_as_it_is_said() -> None:
    """By any one character."""
    _, rows = csv_table(["a\tb\n", "1,2\t3\n"], "\t", NEEDED)
    assert [row.cells for row, _ in rows] == [{"a": "1,2", "b": "3"}]


def test_an_object_a_line() -> None:
    """With its text to the letter; blank lines count as lines, and are no rows."""
    lines = ['{"a": 1}\n', " \n", '{ "a" : [2] }']
    assert list(ndjson_table(lines)) == [
        (Row(1, {"a": 1}), '{"a": 1}\n'),
        (Row(3, {"a": [2]}), '{ "a" : [2] }'),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{\n", "'{' is not JSON: "),
        ("[1]", "[1] is no JSON object"),
        ("null", "None is no JSON object"),
        ('{"a": 1, "a": 2}', "key 'a' is given twice"),
        ("[" * 200_000, "nested too deeply"),
    ],
)
def test_a_line_that_is_no_object(line: str, problem: str) -> None:
    """It has no text to be repeated, and the next is read."""
    (broken, text), good = ndjson_table([line, '{"a": 1}'])
    assert (broken.line, broken.cells, text) == (1, {}, "")
    assert problem in (broken.problem or "")
    assert good == (Row(2, {"a": 1}), '{"a": 1}')


def test_rows_are_read_as_they_are_taken() -> None:
    """So memory does not grow with a table."""
    taken = []

    def lines() -> Iterator[str]:
        for number in range(5):
            taken.append(number)
            yield "a,b\n"

    _, rows = csv_table(lines(), ",", NEEDED)
    assert taken == [0]
    next(rows)
    assert taken == [0, 1]
    texts = ndjson_table(lines())
    next(texts)
    assert taken == [0, 1, 0]


def test_a_cell_is_read_without_the_blanks_around_it() -> None:
    """Texts only; another value is handed on as it is."""
    row = Row(7, {"a": " x ", "b": 5})
    assert cell(row, "a", lambda found: found) == "x"
    assert cell(row, "b", lambda found: found) == 5


def test_a_cell_that_fails_names_its_column() -> None:
    """Missing, or refused by what reads it."""
    row = Row(7, {"a": "x"})
    with pytest.raises(RowError, match=r"^b is missing$"):
        cell(row, "b", str)
    with pytest.raises(RowError, match=r"^a: 'x' is no escalation level"):
        cell(row, "a", lambda found: level_of(found, {}))


@pytest.mark.parametrize(
    ("called", "level"),
    [
        ("1 - Critical", EscalationLevel.CRITICAL),
        ("4", EscalationLevel.HIGH),
        pytest.param(4, EscalationLevel.HIGH, id="a number"),
        (3, EscalationLevel.MEDIUM),
        ("Niedrig", EscalationLevel.LOW),
    ],
)
def test_a_level_is_what_the_table_calls_it_first(called: object, level: EscalationLevel) -> None:
    """Then what anyone does."""
    assert level_of(called, LEVELS) is level


@pytest.mark.parametrize("called", ["P1", "", None, True, 1.0, [1]])
def test_what_is_no_level_is_none(called: object) -> None:
    """Truth values count as nothing."""
    with pytest.raises(ValueError, match="is no escalation level"):
        level_of(called, {"True": EscalationLevel.LOW})


@pytest.mark.parametrize("odd", ["a\rb", "a\nb", "a\r\nb", "\r", "a,b", 'a"b', " a ", ""])
def test_what_is_written_is_what_is_read(odd: str) -> None:
    """Whatever breaks lines stands in quotes, so no cell becomes two rows."""
    sink = io.StringIO()
    write_row = csv_rows(sink, ",")
    write_row(["a", "b"])
    write_row([odd, 1])
    write_row([None, odd])
    assert sink.getvalue().startswith("a,b\n")
    assert sink.getvalue().endswith("\n")
    lines = io.StringIO(sink.getvalue(), newline="")
    assert [cells for _, cells in csv_table(lines, ",", NEEDED)[1]] == [[odd, "1"], ["", odd]]


def test_columns_have_names_of_their_own() -> None:
    """Else one would be read for another."""
    distinct(["a", "b"])
    with pytest.raises(DocumentError, match=r"^the columns a, b, a must be distinct; rename one$"):
        distinct(["a", "b", "a"])
