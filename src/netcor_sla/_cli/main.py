"""The command line: answers on stdout, diagnostics on stderr, never a traceback.

Exit status: 0 for done or yes, 1 for no or where some rows failed, 2 for bad usage or
input, 130 and 141 where it is interrupted or its reader goes.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from netcor_sla._calendars.timestamps import timestamp
from netcor_sla._cli.arguments import parser
from netcor_sla._cli.batch import Columns, Terms, reckon_csv, reckon_ndjson
from netcor_sla._cli.options import table_kind, time_reader
from netcor_sla._cli.records import BAD, DONE, NO, as_json, audit, freeze, verify
from netcor_sla._cli.report import report
from netcor_sla._cli.streams import lines_of
from netcor_sla._languages import choose
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla.errors import (
    CoverageError,
    NoOpeningError,
    SLAError,
)

INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141


def run() -> None:
    """Run as a program, with the same bytes out on every machine."""
    # A stream that is closed is None: what would be said there is said to nobody.
    sys.stdin = sys.stdin or Path(os.devnull).open()  # noqa: SIM115 - open to the end
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    sys.exit(main())


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask for; returns the exit status."""
    commands = {
        "due": due,
        "batch": batch,
        "report": report,
        "open": is_open,
        "holidays": holidays,
        "verify": verify,
        "audit": audit,
        "freeze": freeze,
    }
    try:
        try:
            options = parser(commands).parse_args(arguments)
            return int(options.command(options))
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has gone; what is still buffered must not raise again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except (SLAError, OSError, UnicodeError) as error:
        print(f"netcor-sla: {error}", file=sys.stderr)
        return BAD


def due(options: argparse.Namespace) -> int:
    """Say when a response is due."""
    opened_at = timestamp(options.opened, assume_zone=options.assume_zone)
    level = EscalationLevel(options.level)
    if options.explain:
        told = options.agreement.explain(opened_at, level)
        print(as_json(told.to_dict()) if options.json else told.text(options.language))
        return DONE
    deadline = options.agreement.response_due(opened_at, level).isoformat()
    answer = {"opened_at": opened_at.isoformat(), "level": level.number, "due": deadline}
    print(json.dumps(answer) if options.json else deadline)
    return DONE


def is_open(options: argparse.Namespace) -> int:
    """Say whether the desk is open, and when that changes."""
    calendar = options.agreement.calendar
    at = timestamp(options.at, assume_zone=options.assume_zone)
    runs = calendar.is_open(at)
    try:
        until = (calendar.next_close(at) if runs else calendar.next_open(at)).isoformat()
    except (CoverageError, NoOpeningError):
        until = None
    say = partial(choose, options.language)
    state = say(de="offen", en="open") if runs else say(de="geschlossen", en="closed")
    change = say(de="schließt", en="closes") if runs else say(de="öffnet", en="opens")
    answer = {"at": at.isoformat(), "open": runs, "until": until}
    print(json.dumps(answer) if options.json else f"{state}, {change} {until}" if until else state)
    return DONE if runs else NO


def holidays(options: argparse.Namespace) -> int:
    """List the public holidays of a year."""
    calendar, day = options.agreement.calendar, date(options.year, 1, 1)
    while day.year == options.year:
        if name := calendar.holiday(day, options.language):
            answer = {"date": day.isoformat(), "name": name}
            print(json.dumps(answer, ensure_ascii=False) if options.json else f"{day}  {name}")
        day += timedelta(days=1)
    return DONE


def batch(options: argparse.Namespace) -> int:
    """Reckon a table of tickets."""
    columns = Columns(
        options.opened_column,
        options.level_column,
        options.due_column,
        options.error_column,
        options.explanation_column,
    )
    language = options.language if options.explain else None
    terms = Terms(options.agreement, time_reader(options), dict(options.levels), columns, language)
    if options.encoding and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=options.encoding)
    with lines_of(options.file, options.encoding or "utf-8-sig") as lines:
        if table_kind(options) == "csv":
            outcome = reckon_csv(lines, sys.stdout, terms, options.delimiter)
        else:
            outcome = reckon_ndjson(lines, sys.stdout, terms)
    if outcome.first_error is None:
        return DONE
    failed = f"{outcome.failed} of {outcome.rows} rows failed"
    print(f"netcor-sla: {failed}; the first: {outcome.first_error}", file=sys.stderr)
    return NO
