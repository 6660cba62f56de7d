"""The command that computes a table of tickets: the same rows come back, with their deadlines.

Rows stream, so memory does not grow with their number. A row that can't be computed is written all
the same, with its line number and its error.
"""

import argparse
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator

from netcor_sla._cli import files
from netcor_sla._cli.arguments import reading, table_kind
from netcor_sla._cli.files import Reading, Row, cell, defused, said, within
from netcor_sla._languages import choose
from netcor_sla.errors import DocumentError, SLAError, shown


def batch(options: argparse.Namespace) -> int:
    cells = reading(options)
    if options.encoding and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=options.encoding)
    added = [options.due_column, options.error_column, *[options.explanation_column] * options.explain]
    files.distinct([options.opened_column, options.level_column, *added])
    with files.lines_of(options.file, options.encoding or "utf-8-sig") as lines:
        if table_kind(options) == "csv":
            rows, write = _csv(lines, options, added)
        else:
            rows, write = (_free(row, added) for row in files.ndjson_table(lines)), _ndjson(added)
        return _answer(rows, write, options, cells)


Write = Callable[[Row, list[str]], object]  # a row, and what is added to it


def _csv(lines: Iterable[str], options: argparse.Namespace, added: list[str]) -> tuple[Iterator[Row], Write]:
    needed = {options.opened_column: "--opened-column", options.level_column: "--level-column"}
    header, rows = files.csv_table(lines, options.delimiter, needed)
    if twice := {*added} & {*header}:
        raise within(_taken(min(twice)), "line 1", "Zeile 1")
    write_row = files.csv_writer(sys.stdout, options.delimiter)
    write_row([*map(defused, header), *added])

    def write(row: Row, answers: list[str]) -> None:
        cells = row.written[: len(header)]
        write_row([*map(defused, cells), *[""] * (len(header) - len(cells)), *answers])

    return rows, write


def _ndjson(added: list[str]) -> Write:
    """Write an object a line; what a line says is kept to the letter."""

    def write(row: Row, answers: list[str]) -> None:
        answer = json.dumps({name: each or None for name, each in zip(added, answers, strict=True)})
        kept = row.written.rstrip()[:-1].rstrip() if row.written else "{"
        sys.stdout.write(f"{kept}{'' if kept.endswith('{') else ', '}{answer[1:]}\n")

    return write


def _free(row: Row, added: list[str]) -> Row:
    """Make a key that would be added, and is there, the error of its row."""
    if twice := {*added} & {*row.cells}:
        return row._replace(written="", problem=within(_taken(min(twice)), shown(row.written.strip())))
    return row


def _taken(name: str) -> DocumentError:
    return DocumentError(
        f"has {name!r} already; name another with --due-column, --error-column or --explanation-column",
        f"hat schon {name!r}; anders heißt es mit --due-column, --error-column oder --explanation-column",
    )


def _answer(rows: Iterable[Row], write: Write, options: argparse.Namespace, cells: Reading) -> int:
    count, failed, first, line = 0, 0, "", choose(options.language, de="Zeile", en="line")
    for row in rows:
        count += 1
        try:
            answers = _answers(row, options, cells)
        except SLAError as error:
            message = f"{line} {row.line}: {said(error, options.language)}"
            answers = ["", message, *[""] * options.explain]
            failed, first = failed + 1, first or message
        write(row, answers)
    if not failed:
        return files.DONE
    de = f"{failed} von {count} Zeilen fehlerhaft; die erste: {first}"
    files.complain(options.language, de, f"{failed} of {count} rows failed; the first: {first}")
    return files.NO


def _answers(row: Row, options: argparse.Namespace, cells: Reading) -> list[str]:
    if row.problem:
        raise row.problem
    opened_at = cell(row, options.opened_column, cells.time)
    level = cell(row, options.level_column, cells.level)
    if not options.explain:
        return [options.agreement.response_due(opened_at, level).isoformat(), ""]
    deadline = options.agreement.explain(opened_at, level)
    return [deadline.due.isoformat(), "", deadline.text(options.language)]
