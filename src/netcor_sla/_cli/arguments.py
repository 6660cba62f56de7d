"""What the command line takes: the commands, the options of each, and how their texts are read."""

import argparse
import re
from collections.abc import Callable
from functools import partial
from typing import Any, Final, TypeVar

from netcor_sla._agreements import STANDARD, Agreement
from netcor_sla._calendars.timestamps import directives, formatted, timestamp
from netcor_sla._calendars.zones import zone
from netcor_sla._cli.files import Reading, piped, read_document, suffix
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._values import release
from netcor_sla.errors import DocumentError, SLAError

Value = TypeVar("Value")


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(
        prog="netcor-sla", description="When a support response is due.", allow_abbrev=False
    )
    top.add_argument("--version", action=_Version, nargs=0, help="show the version and end")
    commands = top.add_subparsers(required=True, metavar="COMMAND", dest="command")
    for name, (describe, what) in COMMANDS.items():
        command = commands.add_parser(name, help=what, description=what, allow_abbrev=False)
        describe(command)
        command.add_argument(
            "--language",
            choices=("de", "en"),
            default="de",
            help="the language of the answer; by default German",
        )
    return top


def reading(options: argparse.Namespace) -> Reading:
    """Say how the cells of a table are read: by --format, --assume-zone and --level."""
    time: Any = partial(timestamp, assume_zone=options.assume_zone)
    if options.format is not None:
        if "z" not in directives(options.format) and options.assume_zone is None:
            raise DocumentError(f"--format {options.format!r} reads no offset; add --assume-zone")
        time = partial(formatted, pattern=options.format, assume_zone=options.assume_zone)
    return Reading(time=time, levels=dict(options.levels))


def table_kind(options: argparse.Namespace) -> str:
    """Say what a table is: as --from says, or as its file is named; piped, it is CSV."""
    kinds = {"csv": "csv", "ndjson": "ndjson", "jsonl": "ndjson"}
    named = "csv" if piped(options.file) else kinds.get(suffix(options.file))
    if kind := options.kind or named:
        return str(kind)
    raise DocumentError(f"{options.file} is of no known kind; add --from csv or --from ndjson")


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"netcor-sla {release()}")  # found when asked for, since that takes long
        parser.exit()


def _due(command: argparse.ArgumentParser) -> None:
    _agreement_option(command)
    command.add_argument("opened", metavar="OPENED", help="ISO 8601 with an offset")
    levels = f"1 to {len(EscalationLevel)}, or the name of a level"
    command.add_argument("level", metavar="LEVEL", help=levels)
    command.add_argument(
        "--explain",
        action="store_true",
        help="say why, in sentences; with --json, as a record that verify and audit read",
    )
    _json(command)
    _zone(command)


def _open(command: argparse.ArgumentParser) -> None:
    _agreement_option(command)
    command.add_argument("at", metavar="AT", help="ISO 8601 with an offset")
    _json(command)
    _zone(command)


def _holidays(command: argparse.ArgumentParser) -> None:
    _agreement_option(command)
    command.add_argument("year", metavar="YEAR", type=_reader(year), help="for example 2026")
    _json(command)


def _batch(command: argparse.ArgumentParser) -> None:
    _agreement_option(command)
    _table(command, encoded="of the table, in and out")
    _column(command, "opened", "the opening instant", default="opened_at")
    _column(command, "level", "the level")
    _column(command, "due", "the deadline, added")
    _column(command, "error", "the error of a row, added")
    _column(command, "explanation", "the explanation, added by --explain")
    _cells(command)
    command.add_argument(
        "--explain", action="store_true", help="add a column that explains each deadline"
    )
    _zone(command)


def _report(command: argparse.ArgumentParser) -> None:
    _agreement_option(command)
    _table(command, encoded="of the log")
    _column(command, "ticket", "the ticket")
    _column(command, "opened", "its opening instant, in each of its rows", default="opened_at")
    _column(command, "at", "the instant of the update")
    _column(command, "level", "the level")
    _column(command, "state", "the state")
    _cells(command)
    _state(command, "responding", "that says that the ticket was answered; at least one is needed")
    _state(command, "pausing", "in which the clock stands still")
    command.add_argument(
        "--now",
        metavar="INSTANT",
        help="the instant as of which is reported, ISO 8601; by default the latest of the log",
    )
    command.add_argument(
        "--to",
        dest="form",
        choices=("table", "csv", "json", "html"),
        default="table",
        help="what is written; by default a table to be read",
    )
    _zone(command)


def _records(command: argparse.ArgumentParser) -> None:
    _file(command, "records, one a line; *.json is one record")
    _json(command)


def _freeze(command: argparse.ArgumentParser) -> None:
    _agreement_option(command)
    for name in ("first", "last"):
        what = f"the {name} year, for example 2026"
        command.add_argument(name, metavar=name.upper(), nargs="?", type=_reader(year), help=what)
    command.add_argument(
        "--compare",
        metavar="FILE",
        type=_reader(agreement),
        help="hold the frozen calendar of an agreement against the holidays of today",
    )
    _json(command)


COMMANDS: Final = {
    "due": (_due, "Say when a response is due."),
    "batch": (_batch, "Compute a table of tickets."),
    "report": (_report, "Report by level how many tickets of an audit log were answered in time."),
    "open": (_open, "Say whether the desk is open, and when that changes."),
    "holidays": (_holidays, "List the public holidays of a year."),
    "verify": (_records, "Derive recorded deadlines again from their records alone."),
    "audit": (_records, "Compute recorded deadlines again with the data of today."),
    "freeze": (
        _freeze,
        "Write an agreement whose calendar carries its holidays, or compare one with today's.",
    ),
}


def _agreement_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--agreement",
        metavar="FILE",
        type=_reader(agreement),
        default=STANDARD,
        help="an agreement in JSON or TOML; by default NETCOR's policy",
    )


def _file(command: argparse.ArgumentParser, what: str) -> None:
    help_text = f"{what}; - or nothing for standard input"
    command.add_argument("file", metavar="FILE", nargs="?", default="-", help=help_text)


def _table(command: argparse.ArgumentParser, encoded: str) -> None:
    _file(command, "a table, *.csv or *.ndjson")
    command.add_argument(
        "--from",
        dest="kind",
        choices=("csv", "ndjson"),
        help="what the table is; by default as the file is named, and CSV on standard input",
    )
    command.add_argument(
        "--encoding",
        metavar="NAME",
        type=_reader(encoding),
        help=f"{encoded}, for example cp1252; by default UTF-8",
    )
    command.add_argument(
        "--delimiter", type=_reader(delimiter), default=",", help="between CSV cells, or tab"
    )


def _column(
    command: argparse.ArgumentParser, name: str, what: str, default: str | None = None
) -> None:
    command.add_argument(
        f"--{name}-column",
        metavar="NAME",
        default=default or name,
        help=f"the column of {what}; by default {default or name}",
    )


def _state(command: argparse.ArgumentParser, name: str, what: str) -> None:
    command.add_argument(
        f"--{name}",
        metavar="STATE",
        action="append",
        default=[],
        help=f"a state {what}; may be repeated",
    )


def _cells(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--level",
        dest="levels",
        metavar="TEXT=LEVEL",
        type=_reader(level),
        action="append",
        default=[],
        help="what the table calls a level, for example '1 - Critical=1'; may be repeated",
    )
    command.add_argument(
        "--format",
        help="how timestamps are written, as for strptime: '%%d-%%m-%%Y %%H:%%M'; by default "
        "ISO 8601",
    )


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="answer in JSON, an object a line")


def _zone(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--assume-zone",
        metavar="ZONE",
        type=_reader(zone),
        help="the zone of timestamps without an offset: +01:00, UTC or Europe/Berlin",
    )


def _reader(read: Callable[[str], Value]) -> Callable[[str], Value]:
    """Let argparse report what a reader refuses."""

    def reader(text: str) -> Value:
        try:
            return read(text)
        except (SLAError, OSError) as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return reader


def agreement(path: str) -> Agreement:
    """Read an agreement's file; an error names the file."""
    document = read_document(path)
    try:
        return Agreement.from_dict(document)
    except SLAError as error:
        raise DocumentError(f"{path}: {error}") from None


def encoding(name: str) -> str:
    """Read the name of an encoding of text."""
    try:
        "".encode(name)
    except LookupError:
        raise DocumentError(f"{name!r} is not an encoding; write utf-8 or cp1252") from None
    return name


def level(text: str) -> tuple[str, EscalationLevel]:
    """Read what a table calls a level: `1 - Critical=1`."""
    name, equals, level = text.rpartition("=")
    if not equals:
        raise DocumentError(f"{text!r} names no level; write it as '1 - Critical=1'")
    return name, EscalationLevel(level)


def year(text: str) -> int:
    """Read a year of four digits."""
    if re.fullmatch("[0-9]{4}", text) and text != "0000":
        return int(text)
    raise DocumentError(f"{text!r} is not a year; write four digits, for example 2026")


def delimiter(text: str) -> str:
    """Read one character, or the word `tab`."""
    if text != "tab" and (len(text) != 1 or text in '"\r\n'):
        raise DocumentError(f"{text!r} is not a delimiter; write one character, or tab")
    return "\t" if text == "tab" else text
