"""The command that reports on an audit log: read, replayed, and written as it is asked for."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from netcor_sla import reports
from netcor_sla._calendars.timestamps import timestamp
from netcor_sla._cli import files
from netcor_sla._cli.arguments import reading, table_kind
from netcor_sla._cli.log import Log
from netcor_sla._languages import Language, safe
from netcor_sla.errors import DocumentError, meant, shown
from netcor_sla.reports import LeftOut, Report

MOST: Final = 20  # errors that are said one by one
COLUMNS: Final = (  # of CSV
    "row", "now", "level", "tickets", "met", "missed", "open", "open_late", "kept_percent",
    "median_response", "worst_response", "ticket", "opened_at", "due", "response", "overdue",
)  # fmt: skip


def report(options: argparse.Namespace) -> int:
    log = _read(options)
    now = log.latest if options.now is None else timestamp(options.now, assume_zone=options.assume_zone)
    clocks = log.clocks(options.agreement, responding=options.responding, pausing=options.pausing)
    found = reports.report(files.watched(clocks, len(log.tickets), " tickets"), now=now)
    failed = [replace(each, line=log.tickets[each.ticket or ""].line) for each in found.left_out]
    if not found.total.tickets:
        raise _nothing(now, *failed)
    left_out = sorted([*log.left_out, *failed], key=lambda each: (each.line, str(each)))
    found = replace(found, rows=log.rows, left_out=tuple(left_out))
    _write(found, options)
    _warn(options, log)
    _complain(found, options.language)
    return files.NO if found.left_out else files.DONE


def _nothing(now: datetime, first: LeftOut | None = None, *more: LeftOut) -> DocumentError:
    if not first:
        en = f"no ticket was opened by {now.isoformat()}; give a later --now, or none"
        return DocumentError(en, f"bis {now.isoformat()} gab es kein Ticket; --now ist zu früh")
    en = f"none of {1 + len(more)} tickets can be computed; the first, from line {first.line}: {first}"
    de = f"keines von {1 + len(more)} Tickets ist berechenbar; das erste, Zeile {first.line}: {first.text('de')}"
    return DocumentError(en, de)


def _read(options: argparse.Namespace) -> Log:
    names = ("ticket", "opened", "at", "level", "state")
    columns = {name: str(getattr(options, f"{name}_column")) for name in names}
    files.distinct(columns.values())
    cells = reading(options)
    with files.lines_of(options.file, options.encoding or "utf-8-sig", alone=True) as lines:
        if table_kind(options) == "csv":
            needed = {column: f"--{name}-column" for name, column in columns.items()}
            _, rows = files.csv_table(lines, options.delimiter, needed)
        else:
            rows = files.ndjson_table(lines)
        return Log(rows, options.agreement.calendar.schedule, columns, cells)


def _write(found: Report, options: argparse.Namespace) -> None:
    match options.form:
        case "csv":  # a row for each level, for their total and for each late ticket
            write_row = files.csv_writer(sys.stdout, options.delimiter)
            write_row(COLUMNS)
            for row in _rows(found):
                filled = {"now": found.now.isoformat(), **row}
                write_row(filled.get(column) for column in COLUMNS)
        case "json":
            errors = [{**each.to_dict(), "error": each.text(options.language)} for each in found.left_out]
            print(files.as_json({**found.to_dict(), "errors": errors}))
        case "html":
            try:
                print(found.html(options.language))
            except ImportError as error:
                de = "eine Seite in HTML braucht jinja2: python -m pip install jinja2"
                raise DocumentError(str(error), de) from None
        case _:
            print(found.text(options.language))


def _rows(found: Report) -> Iterator[dict[str, object]]:
    for each in (*found.levels, found.total):
        times = {"median_response": _clock(each.median), "worst_response": _clock(each.worst)}
        yield {"row": "level" if each.level else "total", **each.to_dict(), **times}
    for late in found.late:
        more = {"ticket": files.defused(late.ticket), "overdue": _clock(late.overdue)}
        yield {"row": "late", **late.to_dict(), **more}


def _clock(amount: timedelta | None) -> str | None:
    if amount is None:
        return None
    minutes, rest = divmod(amount, timedelta(minutes=1))
    fraction = f".{rest.microseconds:06}" if rest.microseconds else ""
    return f"{minutes // 60}:{minutes % 60:02}:{rest.seconds:02}{fraction}"


def _warn(options: argparse.Namespace, log: Log) -> None:
    known = [*log.states][:MOST]
    for name in ("responding", "pausing"):
        for state in getattr(options, name):
            if state not in log.states:
                de = f"keine Zeile hat den Zustand --{name} {shown(state)}; {meant(state, known, 'de')}"
                en = f"no row has the state --{name} {shown(state)}; {meant(state, known)}"
                files.complain(options.language, de, en)


def _complain(found: Report, language: Language) -> None:
    for each in found.left_out[:MOST]:
        why = f"{each.line}: {safe(each.text(language))}"
        files.complain(language, f"Zeile {why}", f"line {why}")
    if count := len(found.left_out):
        de, en = f"Fehler: {count} in {found.rows} Zeilen", f"errors: {count} in {found.rows} rows"
        if count > MOST:
            de, en = f"{de}; --to json nennt alle", f"{en}; the first {MOST} are shown, --to json has all"
        files.complain(language, de, en)
