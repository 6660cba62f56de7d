"""Tables of tickets, row by row: CSV or NDJSON in, the same rows with their deadlines out.

Rows stream, so memory does not grow with their number. A row that can't be reckoned
is written all the same, with its line number and its error.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple, TextIO, TypeVar

from netcor_sla._agreements import Agreement
from netcor_sla._cli.tables import (
    Row,
    RowError,
    cell,
    csv_rows,
    csv_table,
    defused,
    distinct,
    level_of,
    ndjson_table,
)
from netcor_sla._languages import Language
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla.errors import DocumentError, SLAError, shown


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


class Outcome(NamedTuple):
    """How a batch went."""

    rows: int
    failed: int
    first_error: str | None


Written = TypeVar("Written")


def reckon_csv(lines: Iterable[str], sink: TextIO, terms: Terms, delimiter: str) -> Outcome:
    """Reckon CSV whose first row names the columns; cells that would run are defused."""
    _check_distinct(terms)
    header, rows = csv_table(lines, delimiter, _needed(terms))
    _check_free(header, terms)
    write_row = csv_rows(sink, delimiter)
    write_row([*map(defused, header), *terms.added])

    def write(cells: list[str], added: list[str]) -> None:
        blank = [""] * (len(header) - len(cells))
        write_row([*map(defused, cells[: len(header)]), *blank, *added])

    return _reckon(rows, write, terms)


def reckon_ndjson(lines: Iterable[str], sink: TextIO, terms: Terms) -> Outcome:
    """Reckon NDJSON, an object a line; what a line says is kept to the letter."""
    _check_distinct(terms)

    def write(text: str, added: list[str]) -> None:
        pairs = zip(terms.added, added, strict=True)
        answer = json.dumps({name: each or None for name, each in pairs})
        kept = text.rstrip()[:-1].rstrip() if text else "{"
        sink.write(f"{kept}{'' if kept.endswith('{') else ', '}{answer[1:]}\n")

    return _reckon(_ndjson_rows(lines, terms), write, terms)


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
        except RowError as error:
            due, message = "", f"line {row.line}: {error}"
            explanation = [""] * (len(terms.added) - 2)
            failed, first_error = failed + 1, first_error or message
        write(written, [due, message, *explanation])
    return Outcome(count, failed, first_error)


def _answers(row: Row, terms: Terms) -> list[str]:
    """Reckon one row: its deadline, and the explanation where one is wanted."""
    if row.problem:
        raise RowError(row.problem)
    opened_at = cell(row, terms.columns.opened_at, terms.time)
    level = cell(row, terms.columns.level, partial(level_of, levels=terms.levels))
    try:
        if terms.explained is None:
            return [terms.agreement.response_due(opened_at, level).isoformat()]
        deadline = terms.agreement.explain(opened_at, level)
    except SLAError as error:
        raise RowError(str(error)) from None
    return [deadline.due.isoformat(), deadline.text(terms.explained)]


def _needed(terms: Terms) -> dict[str, str]:
    """Name the columns that are read, each with its option."""
    columns = terms.columns
    return {columns.opened_at: "--opened-column", columns.level: "--level-column"}


def _check_distinct(terms: Terms) -> None:
    """Insist on as many columns as there are names."""
    distinct([terms.columns.opened_at, terms.columns.level, *terms.added])


def _check_free(header: list[str], terms: Terms) -> None:
    """Insist that nothing is there under the names of what is added."""
    for name in terms.added:
        if name in header:
            raise DocumentError(f"line 1 {_taken(name)}")


def _taken(name: str) -> str:
    """Say that a column to be added is there already."""
    return f"has {name!r} already; name another with --due-column, --error-column or --explanation-column"


def _ndjson_rows(lines: Iterable[str], terms: Terms) -> Iterator[tuple[Row, str]]:
    """Read line after line; a key that would be added, and is there, is that line's error."""
    for row, text in ndjson_table(lines):
        taken = [name for name in terms.added if name in row.cells]
        problem = f"{shown(text.strip())} {_taken(taken[0])}" if taken else row.problem
        yield row._replace(problem=problem), "" if taken else text
