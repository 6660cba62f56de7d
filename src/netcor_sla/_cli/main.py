"""The command line: answers on stdout, diagnostics on stderr, never a traceback.

Exit status: 0 for done or yes, 1 for no or where some rows failed, 2 for bad usage or
input, 130 and 141 where it is interrupted or its reader goes.
"""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC
from importlib import import_module
from typing import Final

from netcor_sla._agreements import Agreement
from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._calendars.instants import ZERO
from netcor_sla._calendars.timestamps import timestamp
from netcor_sla._calendars.zones import Stretch, zone_text
from netcor_sla._cli.arguments import language_of, parser
from netcor_sla._cli.files import BAD, DONE, NO, as_json, complain, said
from netcor_sla._explanations.words import Voice
from netcor_sla.errors import CoverageError, NoOpeningError, SLAError

PIPE_CLOSED: Final = 141


def program() -> int | str | None:
    """Run as a program, with the same bytes out on every machine."""
    # A stream that is closed is None: what would be said there is said to nobody.
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: PTH123, SIM115 - open to the end
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    try:
        status: int | str | None = main()
    except SystemExit as leaving:
        status = leaving.code
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # else Python would try again at exit, and change the status
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask for; returns the exit status."""
    language, given = language_of(sys.argv[1:] if arguments is None else [*arguments])
    try:
        try:
            options = parser(language).parse_args(given)
            return _command(options.command)(options)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        return PIPE_CLOSED
    except (SLAError, OSError, UnicodeError) as error:
        complain(language, said(error, "de"), said(error, "en"))
        return BAD


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """Find a command; what the others need is not imported."""
    here = {"due": due, "open": is_open, "holidays": holidays}
    module = name if name in ("batch", "report") else "records"
    return here.get(name) or getattr(import_module(f"netcor_sla._cli.{module}"), name)


def due(options: argparse.Namespace) -> int:
    opened_at = timestamp(options.opened, assume_zone=options.assume_zone)
    if options.explain:
        deadline = options.agreement.explain(opened_at, options.level)
        print(as_json(deadline.to_dict()) if options.json else deadline.text(options.language))
        return DONE
    due = options.agreement.response_due(opened_at, options.level).isoformat()
    answer = {"opened_at": opened_at.isoformat(), "level": options.level.number, "due": due}
    print(as_json(answer) if options.json else due)
    return DONE


def _calendar(options: argparse.Namespace) -> BusinessCalendar:
    agreement: Agreement = options.agreement
    return agreement.calendar_of(options.level) if options.level else agreement.calendar


def is_open(options: argparse.Namespace) -> int:
    calendar = _calendar(options)
    at = timestamp(options.at, assume_zone=options.assume_zone)
    runs, until = calendar.is_open(at), None
    with suppress(CoverageError, NoOpeningError):
        until = calendar.next_close(at) if runs else calendar.next_open(at)
    if options.json:
        print(as_json({"at": at.isoformat(), "open": runs, "until": until and until.isoformat()}))
        return DONE if runs else NO
    offset = (until or at).utcoffset() or ZERO
    voice = Voice(options.language, zone_text(at.tzinfo or UTC), (Stretch(ZERO, ZERO, offset),))
    words = voice.say("geöffnet", "open") if runs else voice.say("geschlossen", "closed")
    print(f"{words} {voice.say('bis', 'until')} {voice.instant(until)}" if until else words)
    return DONE if runs else NO


def holidays(options: argparse.Namespace) -> int:
    for day, name in _calendar(options).holidays_in(options.year, options.language).items():
        print(as_json({"date": day.isoformat(), "name": name}) if options.json else f"{day}  {name}")
    return DONE
