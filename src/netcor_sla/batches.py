"""Tables of tickets, row by row: CSV or NDJSON in, the same rows with their deadlines out.

Rows stream, so memory does not grow with their number. A row that can't be reckoned
is written all the same, with its line number and its error.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final, NamedTuple, TextIO, TypeVar

from netcor_sla.agreements import Agreement
from netcor_sla.documents import parse_json
from netcor_sla.errors import DocumentError, SLAError, meant, shown
from netcor_sla.languages import Language
from netcor_sla.levels import EscalationLevel

# What makes a spreadsheet take a cell for a formula; the last four are full-width.
FORMULA: Final = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\0",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)


class Columns(NamedTuple):
    """Which columns are read, and which are added."""

    opened_at: str = "opened_at"
    level: str = "level"
    due: str = "due"
    error: str = "error"
    explanation: str = "explanation"


class Terms(NamedTuple):
    """How the cells of a row are read, and what they are reckoned by."""

    agreement: Agreement
    time: Callable[[object], datetime]
    levels: Mapping[str, EscalationLevel]
    columns: Columns = Columns()
    explained: Language | None = None  # in which language, if at all

    @property
    def added(self) -> list[str]:
        """The columns that are added."""
        names = [self.columns.due, self.columns.error]
        return names if self.explained is None else [*names, self.columns.explanation]


class Row(NamedTuple):
    """A row: the line that it began on, its cells by name, and what is wrong with it."""

    line: int
    cells: Mapping[str, Any]
    problem: str | None = None


class Outcome(NamedTuple):
    """How a batch went."""

    rows: int
    failed: int
    first_error: str | None


Written = TypeVar("Written")
Answer = TypeVar("Answer")


def reckon_csv(lines: Iterable[str], sink: TextIO, terms: Terms, delimiter: str) -> Outcome:
    """Reckon CSV whose first row names the columns; cells that would run are defused."""
    _check_distinct(terms)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    writer = csv.writer(sink, delimiter=delimiter, lineterminator="\n")
    header = _header(reader, terms)
    writer.writerow([*map(defused, header), *terms.added])

    def write(cells: list[str], added: list[str]) -> None:
        blank = [""] * (len(header) - len(cells))
        writer.writerow([*map(defused, cells[: len(header)]), *blank, *added])

    return _reckon(_csv_rows(reader, header), write, terms)


def reckon_ndjson(lines: Iterable[str], sink: TextIO, terms: Terms) -> Outcome:
    """Reckon NDJSON, an object a line; what a line says is kept to the letter."""
    _check_distinct(terms)

    def write(text: str, added: list[str]) -> None:
        pairs = zip(terms.added, added, strict=True)
        answer = json.dumps({name: each or None for name, each in pairs})
        kept = text.rstrip()[:-1].rstrip() if text else "{"
        sink.write(f"{kept}{'' if kept.endswith('{') else ', '}{answer[1:]}\n")

    return _reckon(_ndjson_rows(lines, terms), write, terms)


def defused(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _reckon(
    rows: Iterator[tuple[Row, Written]], write: Callable[[Written, list[str]], None], terms: Terms
) -> Outcome:
    """Write each row with its deadline, or with its line and its error."""
    count, failed, first_error = 0, 0, None
    for row, written in rows:
        count += 1
        try:
            due, *explanation = _answers(row, terms)
            message = ""
        except _RowError as error:
            due, message = "", f"line {row.line}: {error}"
            explanation = [""] * (len(terms.added) - 2)
            failed, first_error = failed + 1, first_error or message
        write(written, [due, message, *explanation])
    return Outcome(count, failed, first_error)


class _RowError(Exception):
    """Why one row can't be reckoned."""


def _answers(row: Row, terms: Terms) -> list[str]:
    """Reckon one row: its deadline, and the explanation where one is wanted."""
    if row.problem:
        raise _RowError(row.problem)
    opened_at = _read(row, terms.columns.opened_at, terms.time)
    level = _read(row, terms.columns.level, partial(_level, levels=terms.levels))
    try:
        if terms.explained is None:
            return [terms.agreement.response_due(opened_at, level).isoformat()]
        deadline = terms.agreement.explain(opened_at, level)
    except SLAError as error:
        raise _RowError(str(error)) from None
    return [deadline.due.isoformat(), deadline.text(terms.explained)]


def _read(row: Row, column: str, read: Callable[[object], Answer]) -> Answer:
    """Read one cell, less the blanks around it; an error names its column."""
    if column not in row.cells:
        raise _RowError(f"{column} is missing")
    cell = row.cells[column]
    try:
        return read(cell.strip() if isinstance(cell, str) else cell)
    except SLAError as error:
        raise _RowError(f"{column}: {error}") from None


def _level(cell: object, levels: Mapping[str, EscalationLevel]) -> EscalationLevel:
    """Read a level: as the table calls it, be it text or number, or as anyone does."""
    called = str(cell) if isinstance(cell, str | int) and not isinstance(cell, bool) else ""
    return levels.get(called) or EscalationLevel(cell)


def _check_distinct(terms: Terms) -> None:
    """Insist on as many columns as there are names."""
    names = [terms.columns.opened_at, terms.columns.level, *terms.added]
    if len(set(names)) < len(names):
        raise DocumentError(f"the columns {', '.join(names)} must be distinct; rename one")


def _header(reader: Any, terms: Terms) -> list[str]:  # noqa: ANN401 - has no public type
    """Read the names of the columns; without the two that are read nothing can be done."""
    try:
        header: list[str] = next(reader, [])
    except csv.Error as error:
        raise DocumentError(f"line 1 is not CSV: {error}") from None
    if not header:
        raise DocumentError("line 1 is empty; it must name the columns")
    columns = terms.columns
    for name, option in ((columns.opened_at, "--opened-column"), (columns.level, "--level-column")):
        if header.count(name) != 1:
            raise DocumentError(
                f"line 1 names {header.count(name) or 'no'} column {name!r}; {meant(name, header)} "
                f"with {option}, and say what stands between cells with --delimiter"
            )
    for name in terms.added:
        if name in header:
            raise DocumentError(f"line 1 {_taken(name)}")
    return header


def _taken(name: str) -> str:
    """Say that a column to be added is there already."""
    return f"has {name!r} already; name another with --due-column, --error-column or --explanation-column"


def _csv_rows(reader: Any, header: list[str]) -> Iterator[tuple[Row, list[str]]]:  # noqa: ANN401
    """Read row after row; a broken one does not end the reading."""
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line, {}, f"is not CSV: {error}"), []
            continue
        problem = None
        if len(cells) != len(header):
            problem = f"{len(cells)} cells, where line 1 names {len(header)} columns"
            if surplus := cells[len(header) :]:
                problem += f"; left over: {surplus}"
        if cells:  # a blank line is no row
            yield Row(line, dict(zip(header, cells, strict=False)), problem), cells


def _ndjson_rows(lines: Iterable[str], terms: Terms) -> Iterator[tuple[Row, str]]:
    """Read line after line; a broken one does not end the reading."""
    for line, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        try:
            cells = parse_json(text)
        except ValueError as error:
            yield Row(line, {}, f"{shown(text.strip())} is not JSON: {error}"), ""
            continue
        if not isinstance(cells, dict):
            yield Row(line, {}, f"{shown(cells)} is no JSON object"), ""
            continue
        taken = [name for name in terms.added if name in cells]
        problem = f"{shown(text.strip())} {_taken(taken[0])}" if taken else None
        yield Row(line, cells, problem), "" if taken else text
