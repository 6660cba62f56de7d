"""What the command line takes: the commands, and the options of each."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from netcor_sla._agreements import STANDARD
from netcor_sla._calendars.zones import zone
from netcor_sla._cli.batch import Columns
from netcor_sla._cli.log import LogColumns
from netcor_sla._cli.options import agreement, delimiter, encoding, level, reader_of, year
from netcor_sla._version import VERSION

Command = Callable[[argparse.Namespace], int]


def parser(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """Describe the command line; each command gets the options that it asks for."""
    top = argparse.ArgumentParser(
        prog="netcor-sla", description="When a support response is due.", allow_abbrev=False
    )
    top.add_argument("--version", action="version", version=f"netcor-sla {VERSION}")
    added = top.add_subparsers(required=True, metavar="COMMAND")
    describe = {
        "due": _due,
        "batch": _batch,
        "report": _report,
        "open": _open,
        "holidays": _holidays,
        "verify": _records,
        "audit": _records,
        "freeze": _freeze,
    }
    for name, command in commands.items():
        text = command.__doc__
        each = added.add_parser(name, help=text, description=text, allow_abbrev=False)
        each.set_defaults(command=command)
        describe[name](each)
        each.add_argument(
            "--language",
            choices=("de", "en"),
            default="de",
            help="the language of the answer; by default German",
        )
    return top


def _terms(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--agreement",
        metavar="FILE",
        type=reader_of(agreement),
        default=STANDARD,
        help="an agreement in JSON or TOML; by default NETCOR's policy",
    )


def _due(command: argparse.ArgumentParser) -> None:
    _terms(command)
    command.add_argument("opened", metavar="OPENED", help="ISO 8601 with an offset")
    command.add_argument("level", metavar="LEVEL", help="1 to 4, or the name of a level")
    command.add_argument(
        "--explain",
        action="store_true",
        help="say why, in sentences; with --json, as a record that verify and audit read",
    )
    _answer(command)
    _zone(command)


def _open(command: argparse.ArgumentParser) -> None:
    _terms(command)
    command.add_argument("at", metavar="AT", help="ISO 8601 with an offset")
    _answer(command)
    _zone(command)


def _holidays(command: argparse.ArgumentParser) -> None:
    _terms(command)
    command.add_argument("year", metavar="YEAR", type=reader_of(year), help="as 2026")
    _answer(command)


def _batch(command: argparse.ArgumentParser) -> None:
    _terms(command)
    _table(command, encoded="of the table, in and out")
    _columns(
        command,
        Columns()._asdict(),
        *("the opening instant", "the level", "the deadline, added"),
        *("the error of a row, added", "the explanation, added by --explain"),
    )
    _cells(command)
    command.add_argument(
        "--explain", action="store_true", help="add a column that explains each deadline"
    )
    _zone(command)


def _report(command: argparse.ArgumentParser) -> None:
    _terms(command)
    _table(command, encoded="of the log")
    _columns(
        command,
        LogColumns()._asdict(),
        *("the ticket", "its opening instant, in each of its rows"),
        *("the instant of the update", "the level", "the state"),
    )
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
    command.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        type=Path,
        default=Path("-"),
        help="records, one a line; *.json is one record; - or nothing for standard input",
    )
    _answer(command)


def _freeze(command: argparse.ArgumentParser) -> None:
    _terms(command)
    for name in ("first", "last"):
        command.add_argument(
            name,
            metavar=name.upper(),
            nargs="?",
            type=reader_of(year),
            help=f"the {name} year, as 2026",
        )
    command.add_argument(
        "--compare",
        metavar="FILE",
        type=reader_of(agreement),
        help="hold the frozen calendar of an agreement against the holidays of today",
    )
    _answer(command)


def _table(command: argparse.ArgumentParser, encoded: str) -> None:
    command.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        type=Path,
        default=Path("-"),
        help="a table, *.csv or *.ndjson; - or nothing for standard input",
    )
    command.add_argument(
        "--from",
        dest="kind",
        choices=("csv", "ndjson"),
        help="what the table is; by default as the file is named, and CSV on standard input",
    )
    command.add_argument(
        "--encoding",
        metavar="NAME",
        type=reader_of(encoding),
        help=f"{encoded}, as cp1252; by default UTF-8",
    )
    command.add_argument(
        "--delimiter", type=reader_of(delimiter), default=",", help="between CSV cells, or tab"
    )


def _columns(command: argparse.ArgumentParser, names: Mapping[str, str], *what: str) -> None:
    for (field, name), each in zip(names.items(), what, strict=True):
        command.add_argument(
            f"--{field.removesuffix('_at')}-column",
            metavar="NAME",
            default=name,
            help=f"the column of {each}; by default {name}",
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
        type=reader_of(level),
        action="append",
        default=[],
        help="what the table calls a level, as '1 - Critical=1'; may be repeated",
    )
    command.add_argument(
        "--format",
        help="how timestamps are written, as for strptime: '%%d-%%m-%%Y %%H:%%M'; by default "
        "ISO 8601",
    )


def _answer(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="answer in JSON, an object a line")


def _zone(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--assume-zone",
        metavar="ZONE",
        type=reader_of(zone),
        help="the zone of timestamps without an offset: +01:00, UTC or Europe/Berlin",
    )
