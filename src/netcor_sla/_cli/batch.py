"""The command that computes a table of tickets: the same rows come back, with their deadlines.

Rows stream, so memory does not grow with their number. A row that can't be computed is written all
the same, with its line number and its error.
"""

import argparse
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TextIO

from netcor_sla._agreements import Agreement
from netcor_sla._cli.arguments import reading, table_kind
from netcor_sla._cli.files import (
    DONE,
    NO,
    Reading,
    Row,
    RowError,
    cell,
    csv_table,
    csv_writer,
    defused,
    distinct,
    lines_of,
    ndjson_table,
)
from netcor_sla._languages import Language
from netcor_sla.errors import DocumentError, SLAError, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is asked of each row: how it is read, by what computed, and which columns hold what."""

    agreement: Agreement
    reading: Reading
    opened_at: str
    level: str
    due: str
    error: str
    explanation: str | None  # None where no explanation is wanted
    language: Language

    @property
    def added(self) -> list[str]:
        """The columns that are added."""
        return [self.due, self.error, *([self.explanation] if self.explanation is not None else [])]


def batch(options: argparse.Namespace) -> int:
    """Compute a table of tickets."""
    asked = Batch(
        agreement=options.agreement,
        reading=reading(options),
        opened_at=options.opened_column,
        level=options.level_column,
        due=options.due_column,
        error=options.error_column,
        explanation=options.explanation_column if options.explain else None,
        language=options.language,
    )
    if options.encoding and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=options.encoding)
    distinct([asked.opened_at, asked.level, *asked.added])
    with lines_of(options.file, options.encoding or "utf-8-sig") as lines:
        if table_kind(options) == "csv":
            rows, write = _csv(lines, sys.stdout, asked, options.delimiter)
        else:
            rows, write = _ndjson(lines, sys.stdout, asked)
        return _answer(rows, write, asked)


Write = Callable[[Row, list[str]], object]  # a row, and what is added to it


def _csv(
    lines: Iterable[str], sink: TextIO, asked: Batch, delimiter: str
) -> tuple[Iterator[Row], Write]:
    """Read CSV whose first row names the columns, and write such; cells that would run are defused."""
    needed = {asked.opened_at: "--opened-column", asked.level: "--level-column"}
    header, rows = csv_table(lines, delimiter, needed)
    for name in asked.added:
        if name in header:
            raise DocumentError(f"line 1 {_taken(name)}")
    write_row = csv_writer(sink, delimiter)
    write_row([*map(defused, header), *asked.added])

    def write(row: Row, added: list[str]) -> None:
        cells = row.written[: len(header)]
        blank = [""] * (len(header) - len(cells))
        write_row([*map(defused, cells), *blank, *added])

    return rows, write


def _ndjson(lines: Iterable[str], sink: TextIO, asked: Batch) -> tuple[Iterator[Row], Write]:
    """Read an object a line, and write such; what a line says is kept to the letter."""

    def write(row: Row, added: list[str]) -> None:
        pairs = zip(asked.added, added, strict=True)
        answer = json.dumps({name: each or None for name, each in pairs})
        kept = row.written.rstrip()[:-1].rstrip() if row.written else "{"
        sink.write(f"{kept}{'' if kept.endswith('{') else ', '}{answer[1:]}\n")

    return _free(ndjson_table(lines), asked), write


def _free(rows: Iterable[Row], asked: Batch) -> Iterator[Row]:
    """Pass rows through; a key that would be added, and is there, is that row's error."""
    for row in rows:
        taken = next((name for name in asked.added if name in row.cells), None)
        if taken is None:
            yield row
        else:
            problem = f"{shown(row.written.strip())} {_taken(taken)}"
            yield replace(row, written="", problem=problem)


def _taken(name: str) -> str:
    """Say that a column to be added is there already."""
    return f"has {name!r} already; name another with --due-column, --error-column or --explanation-column"


def _answer(rows: Iterable[Row], write: Write, asked: Batch) -> int:
    """Write each row with its deadline, or with its line and its error."""
    count, failed, first_error = 0, 0, ""
    for row in rows:
        count += 1
        try:
            due, *explanation = _answers(row, asked)
            message = ""
        except RowError as error:
            due, message = "", f"line {row.line}: {error}"
            explanation = [""] * (len(asked.added) - 2)
            failed, first_error = failed + 1, first_error or message
        write(row, [due, message, *explanation])
    if not failed:
        return DONE
    print(f"netcor-sla: {failed} of {count} rows failed; the first: {first_error}", file=sys.stderr)
    return NO


def _answers(row: Row, asked: Batch) -> list[str]:
    """Compute one row: its deadline, and the explanation where one is wanted."""
    if row.problem:
        raise RowError(row.problem)
    opened_at = cell(row, asked.opened_at, asked.reading.time)
    level = cell(row, asked.level, asked.reading.level)
    try:
        if asked.explanation is None:
            return [asked.agreement.response_due(opened_at, level).isoformat()]
        deadline = asked.agreement.explain(opened_at, level)
    except SLAError as error:
        raise RowError(str(error)) from None
    return [deadline.due.isoformat(), deadline.text(asked.language)]
