"""The command line: answers on stdout, diagnostics on stderr, never a traceback.

Exit status: 0 for done or yes, 1 for no or where some rows failed, 2 for bad usage or
input, 130 and 141 where it is interrupted or its reader goes.
"""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from importlib import import_module
from typing import Final

from netcor_sla._calendars.timestamps import timestamp
from netcor_sla._cli.arguments import parser
from netcor_sla._cli.files import BAD, DONE, NO, as_json
from netcor_sla._languages import choose
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla.errors import CoverageError, NoOpeningError, SLAError

INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141


def run() -> None:
    """Run as a program, with the same bytes out on every machine."""
    # A stream that is closed is None: what would be said there is said to nobody.
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: PTH123, SIM115 - open to the end
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    sys.exit(main())


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask for; returns the exit status."""
    try:
        try:
            options = parser().parse_args(arguments)
            return _command(options.command)(options)
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


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """Find a command; what the others need is not imported."""
    here = {"due": due, "open": is_open, "holidays": holidays}
    if name in here:
        return here[name]
    module = name if name in ("batch", "report") else "records"
    command: Callable[[argparse.Namespace], int]
    command = getattr(import_module(f"netcor_sla._cli.{module}"), name)
    return command


def due(options: argparse.Namespace) -> int:
    opened_at = timestamp(options.opened, assume_zone=options.assume_zone)
    level = EscalationLevel(options.level)
    if options.explain:
        deadline = options.agreement.explain(opened_at, level)
        print(as_json(deadline.to_dict()) if options.json else deadline.text(options.language))
        return DONE
    answer = {
        "opened_at": opened_at.isoformat(),
        "level": level.number,
        "due": options.agreement.response_due(opened_at, level).isoformat(),
    }
    print(as_json(answer) if options.json else answer["due"])
    return DONE


def is_open(options: argparse.Namespace) -> int:
    calendar = options.agreement.calendar
    at = timestamp(options.at, assume_zone=options.assume_zone)
    runs = calendar.is_open(at)
    try:
        until = (calendar.next_close(at) if runs else calendar.next_open(at)).isoformat()
    except (CoverageError, NoOpeningError):
        until = None
    if options.json:
        print(as_json({"at": at.isoformat(), "open": runs, "until": until}))
        return DONE if runs else NO
    if runs:
        words = choose(options.language, de="offen, schließt", en="open, closes")
    else:
        words = choose(options.language, de="geschlossen, öffnet", en="closed, opens")
    print(f"{words} {until}" if until else words.partition(",")[0])
    return DONE if runs else NO


def holidays(options: argparse.Namespace) -> int:
    calendar, day = options.agreement.calendar, date(options.year, 1, 1)
    while day.year == options.year:
        if name := calendar.holiday(day, options.language):
            answer = {"date": day.isoformat(), "name": name}
            print(as_json(answer) if options.json else f"{day}  {name}")
        day += timedelta(days=1)
    return DONE
