"""Tables of tickets, row by row: CSV or NDJSON in, the same rows with their deadlines out.

Rows stream, so memory does not grow with their number. A row that can't be reckoned
is written all the same, with its line number and its error.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple, TextIO, TypeVar

from netcor_sla.agreements import Agreement
from netcor_sla.documents import parse_json
from netcor_sla.errors import DocumentError, SLAError, meant, shown
from netcor_sla.levels import EscalationLevel

Answer = TypeVar("Answer")
Cells = dict[str, Any]

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


class Row(NamedTuple):
    """A row, the line that it began on, and why it can't be reckoned, if that is known."""

    line: int
    cells: Cells
    problem: str | None = None


class Outcome(NamedTuple):
    """How a batch went."""

    rows: int
    failed: int
    first_error: str | None


class Terms(NamedTuple):
    """How the cells of a row are read, and what they are reckoned by."""

    agreement: Agreement
    time: Callable[[object], datetime]
    levels: Mapping[str, EscalationLevel]
    columns: Columns = Columns()

    def level(self, cell: object) -> EscalationLevel:
        """Read a level: as the table calls it, or as anyone does."""
        known = self.levels.get(cell) if isinstance(cell, str) else None
        return known or EscalationLevel(cell)


def reckon_csv(lines: Iterable[str], sink: TextIO, terms: Terms, delimiter: str) -> Outcome:
    """Reckon CSV whose first row names the columns; cells that would run are defused."""
    reader = csv.reader(lines, delimiter=delimiter)
    writer = csv.writer(sink, delimiter=delimiter, lineterminator="\n")
    columns = terms.columns
    header = _header(reader, columns)
    writer.writerow([*map(defused, header), columns.due, columns.error])

    def write(row: Row, due: str, error: str) -> None:
        writer.writerow([*(defused(row.cells.get(name, "")) for name in header), due, error])

    return _reckon(_csv_rows(reader, header), write, terms)


def reckon_ndjson(lines: Iterable[str], sink: TextIO, terms: Terms) -> Outcome:
    """Reckon NDJSON, an object a line."""
    columns = terms.columns

    def write(row: Row, due: str, error: str) -> None:
        if taken := {columns.due, columns.error} & row.cells.keys():
            raise DocumentError(_taken(min(taken), f"line {row.line}"))
        answer = {columns.due: due or None, columns.error: error or None}
        sink.write(json.dumps(row.cells | answer) + "\n")

    return _reckon(_ndjson_rows(lines), write, terms)


def defused(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _reckon(rows: Iterator[Row], write: Callable[[Row, str, str], None], terms: Terms) -> Outcome:
    """Write each row with its deadline, or with its line and its error."""
    count, failed, first_error = 0, 0, None
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the last count is the result
        try:
            write(row, _due(row, terms), "")
        except _RowError as error:
            message = f"line {row.line}: {error}"
            write(row, "", message)
            failed, first_error = failed + 1, first_error or message
    return Outcome(count, failed, first_error)


class _RowError(Exception):
    """Why one row can't be reckoned."""


def _due(row: Row, terms: Terms) -> str:
    """Reckon one row."""
    if row.problem:
        raise _RowError(row.problem)
    columns = terms.columns
    opened_at = _read(row, columns.opened_at, terms.time)
    level = _read(row, columns.level, terms.level)
    try:
        return terms.agreement.response_due(opened_at, level).isoformat()
    except SLAError as error:
        raise _RowError(str(error)) from None


def _read(row: Row, column: str, read: Callable[[Any], Answer]) -> Answer:
    """Read one cell; an error names its column."""
    if column not in row.cells:
        raise _RowError(f"{column} is missing")
    try:
        return read(row.cells[column])
    except SLAError as error:
        raise _RowError(f"{column}: {error}") from None


def _header(reader: Any, columns: Columns) -> list[str]:  # noqa: ANN401 - has no public type
    """Read the names of the columns; without them nothing can be done."""
    try:
        header: list[str] = next(reader, [])
    except csv.Error as error:
        raise DocumentError(f"line 1 is not CSV: {error}") from None
    for name in (columns.opened_at, columns.level):
        if name not in header:
            raise DocumentError(f"line 1 names no column {name!r}; {meant(name, header)}")
    for name in header:
        if header.count(name) > 1:
            raise DocumentError(f"line 1 names the column {name!r} twice; rename one")
    for name in (columns.due, columns.error):
        if name in header:
            raise DocumentError(_taken(name, "line 1"))
    return header


def _taken(name: str, where: str) -> str:
    """Say that a column to be added is there already."""
    return f"{where} has {name!r} already; name another with --due-column or --error-column"


def _csv_rows(reader: Any, header: list[str]) -> Iterator[Row]:  # noqa: ANN401 - has no public type
    """Read row after row; a broken one does not end the reading."""
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line, {}, f"is not CSV: {error}")
            continue
        problem = None
        if len(cells) != len(header):
            problem = f"{len(cells)} cells, where line 1 names {len(header)} columns"
            if surplus := cells[len(header) :]:
                problem += f"; left over: {surplus}"
        if cells:  # a blank line is no row
            yield Row(line, dict(zip(header, cells, strict=False)), problem)


def _ndjson_rows(lines: Iterable[str]) -> Iterator[Row]:
    """Read line after line; a broken one does not end the reading."""
    for line, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        try:
            cells = parse_json(text)
        except ValueError as error:
            yield Row(line, {}, f"{shown(text.strip())} is not JSON: {error}")
            continue
        if isinstance(cells, dict):
            yield Row(line, cells)
        else:
            yield Row(line, {}, f"{shown(cells)} is no JSON object")
