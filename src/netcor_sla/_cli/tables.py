"""Tables row by row: CSV or NDJSON in, and what a spreadsheet must not run kept from it.

Rows stream, and each knows the line that it began on. A broken one comes with what is
wrong with it, and does not end the reading.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple, TextIO, TypeVar

from netcor_sla._cli.documents import parse_json
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla.errors import DocumentError, SLAError, meant, shown

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

Answer = TypeVar("Answer")


class Row(NamedTuple):
    """A row: the line that it began on, its cells by name, and what is wrong with it."""

    line: int
    cells: Mapping[str, Any]
    problem: str | None = None


class RowError(Exception):
    """Why one row can't be used; whoever reports it adds the line."""


def defused(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def csv_rows(sink: TextIO, delimiter: str) -> Callable[[Iterable[object]], object]:
    """Make what writes a row of CSV: LF at its end, and every line break in a cell in quotes."""

    class Line:
        """What csv writes a row to, whole; it quotes only the line breaks that it writes itself."""

        def write(self, text: str) -> None:
            """Write the row with LF in place of CRLF."""
            sink.write(f"{text[:-2]}\n")

    return csv.writer(Line(), delimiter=delimiter, lineterminator="\r\n").writerow


def distinct(names: Iterable[str]) -> None:
    """Insist on as many columns as there are names."""
    given = list(names)
    if len(set(given)) < len(given):
        raise DocumentError(f"the columns {', '.join(given)} must be distinct; rename one")


def csv_table(
    lines: Iterable[str], delimiter: str, needed: Mapping[str, str]
) -> tuple[list[str], Iterator[tuple[Row, list[str]]]]:
    """Read the names of the columns, and then, as they are taken, the rows with their cells.

    Without the columns that are needed nothing can be done; each is given with the option
    that names it.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    header = _header(reader, needed)
    return header, _csv_rows(reader, header)


def ndjson_table(lines: Iterable[str]) -> Iterator[tuple[Row, str]]:
    """Read an object a line, with its text; that of a broken one is left out."""
    for line, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        try:
            cells = parse_json(text)
        except ValueError as error:
            yield Row(line, {}, f"{shown(text.strip())} is not JSON: {error}"), ""
            continue
        if isinstance(cells, dict):
            yield Row(line, cells), text
        else:
            yield Row(line, {}, f"{shown(cells)} is no JSON object"), ""


def cell(row: Row, column: str, read: Callable[[object], Answer]) -> Answer:
    """Read one cell, less the blanks around it; an error names its column."""
    if column not in row.cells:
        raise RowError(f"{column} is missing")
    found = row.cells[column]
    try:
        return read(found.strip() if isinstance(found, str) else found)
    except SLAError as error:
        raise RowError(f"{column}: {error}") from None


def level_of(cell: object, levels: Mapping[str, EscalationLevel]) -> EscalationLevel:
    """Read a level: as the table calls it, be it text or number, or as anyone does."""
    called = str(cell) if isinstance(cell, str | int) and not isinstance(cell, bool) else ""
    return levels.get(called) or EscalationLevel(cell)


def _header(reader: Any, needed: Mapping[str, str]) -> list[str]:  # noqa: ANN401 - has no public type
    """Read the names of the columns; the ones that are needed must be there once."""
    try:
        header: list[str] = next(reader, [])
    except csv.Error as error:
        raise DocumentError(f"line 1 is not CSV: {error}") from None
    if not header:
        raise DocumentError("line 1 is empty; it must name the columns")
    for name, option in needed.items():
        if header.count(name) != 1:
            raise DocumentError(
                f"line 1 names {header.count(name) or 'no'} column {name!r}; {meant(name, header)} "
                f"with {option}, and say what stands between cells with --delimiter"
            )
    return header


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
