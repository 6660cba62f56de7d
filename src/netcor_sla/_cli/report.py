"""The command that reports on an audit log: read, replayed, and written as it is asked for."""

import argparse
import sys
from typing import Final

from netcor_sla._calendars.coverage import covered
from netcor_sla._calendars.timestamps import timestamp
from netcor_sla._cli.log import Log, LogColumns, LogTerms, read_csv, read_ndjson
from netcor_sla._cli.options import table_kind, time_reader
from netcor_sla._cli.records import DONE, NO, as_json
from netcor_sla._cli.report_pages import page
from netcor_sla._cli.report_tables import as_csv, as_dict, as_table
from netcor_sla._cli.streams import lines_of, watched
from netcor_sla._explanations.words import safe, voice
from netcor_sla.errors import DocumentError, meant
from netcor_sla.reports import Report, States
from netcor_sla.reports import report as replay

MOST: Final = 20  # errors that are said one by one


def report(options: argparse.Namespace) -> int:
    """Report by level how many tickets of an audit log were answered in time."""
    states = _states(options)
    log = _read(options)
    now = _now(options, log)
    told = replay(
        log, options.agreement, states, now, lambda log: watched(log, len(log), " tickets")
    )
    sys.stdout.write(_written(told, options))
    _warn(options, log)
    _complain(told)
    return NO if told.problems else DONE


def _states(options: argparse.Namespace) -> States:
    """Insist on a state that answers: without one, no ticket would ever be answered."""
    responding, pausing = (
        frozenset(state.strip() for state in given)
        for given in (options.responding, options.pausing)
    )
    if not responding:
        raise DocumentError(
            "give at least one --responding STATE, the state by which a ticket is answered, as "
            "--responding Resolved; may be repeated"
        )
    return States(responding, pausing)


def _read(options: argparse.Namespace) -> Log:
    """Read the log whole."""
    columns = LogColumns(
        options.ticket_column,
        options.opened_column,
        options.at_column,
        options.level_column,
        options.state_column,
    )
    calendar = options.agreement.calendar
    terms = LogTerms(calendar, time_reader(options), dict(options.levels), columns)
    with lines_of(options.file, options.encoding or "utf-8-sig", alone=True) as lines:
        if table_kind(options) == "csv":
            return read_csv(lines, terms, options.delimiter)
        return read_ndjson(lines, terms)


def _now(options: argparse.Namespace, log: Log) -> int:
    """Take the instant that is asked for, or the latest of the log: never the machine's."""
    if options.now is None:
        return log.latest
    now = timestamp(options.now, assume_zone=options.assume_zone)
    return covered(options.agreement.calendar._schedule, now=now)[0]


def _written(told: Report, options: argparse.Namespace) -> str:
    """Write the report in the form that is asked for."""
    schedule = options.agreement.calendar._schedule
    if options.form == "csv":
        return as_csv(told, schedule.zone, options.delimiter)
    if options.form == "json":
        return as_json(as_dict(told, schedule.zone)) + "\n"
    write = page if options.form == "html" else as_table
    return write(told, voice(options.language, schedule)) + "\n"


def _warn(options: argparse.Namespace, log: Log) -> None:
    """Say which states were asked for and never come up; one may be misspelt."""
    known = log.states
    for name in ("responding", "pausing"):
        for state in getattr(options, name):
            if state.strip() not in known:
                near = meant(state.strip(), known[:MOST])
                print(
                    f"netcor-sla: no row has the state --{name} {state!r}; {near}", file=sys.stderr
                )


def _complain(told: Report) -> None:
    """Say what could not be counted, and how much it was."""
    for line, reason in told.problems[:MOST]:
        print(f"netcor-sla: line {line}: {safe(reason)}", file=sys.stderr)
    if count := len(told.problems):
        more = f"; the first {MOST} are shown, --to json has all" if count > MOST else ""
        print(f"netcor-sla: errors: {count} in {told.rows} rows{more}", file=sys.stderr)
