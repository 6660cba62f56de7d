"""What the command line takes: options, and how their texts are read."""

import argparse
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from netcor_sla.agreements import STANDARD, Agreement
from netcor_sla.batches import Columns
from netcor_sla.documents import read_document
from netcor_sla.errors import DocumentError, SLAError
from netcor_sla.levels import EscalationLevel
from netcor_sla.version import VERSION
from netcor_sla.zones import zone

Command = Callable[[argparse.Namespace], int]
Value = TypeVar("Value")


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
        type=_read(_agreement),
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
    command.add_argument("year", metavar="YEAR", type=_read(_year), help="as 2026")
    _answer(command)


def _batch(command: argparse.ArgumentParser) -> None:
    _terms(command)
    _table(command)
    _columns(command)
    command.add_argument(
        "--level",
        dest="levels",
        metavar="TEXT=LEVEL",
        type=_read(_level),
        action="append",
        default=[],
        help="what the table calls a level, as '1 - Critical=1'; may be repeated",
    )
    command.add_argument(
        "--format",
        help="how timestamps are written, as for strptime: '%%d-%%m-%%Y %%H:%%M'; by default "
        "ISO 8601",
    )
    command.add_argument(
        "--explain", action="store_true", help="add a column that explains each deadline"
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
            type=_read(_year),
            help=f"the {name} year, as 2026",
        )
    command.add_argument(
        "--compare",
        metavar="FILE",
        type=_read(_agreement),
        help="hold the frozen calendar of an agreement against the holidays of today",
    )
    _answer(command)


def _table(command: argparse.ArgumentParser) -> None:
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
        type=_read(_encoding),
        help="of the table, in and out, as cp1252; by default UTF-8",
    )
    command.add_argument(
        "--delimiter", type=_read(_delimiter), default=",", help="between CSV cells, or tab"
    )


def _columns(command: argparse.ArgumentParser) -> None:
    for (field, name), what in zip(
        Columns()._asdict().items(),
        (
            *("the opening instant", "the level", "the deadline, added"),
            *("the error of a row, added", "the explanation, added by --explain"),
        ),
        strict=True,
    ):
        command.add_argument(
            f"--{field.removesuffix('_at')}-column",
            metavar="NAME",
            default=name,
            help=f"the column of {what}; by default {name}",
        )


def _answer(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="answer in JSON, an object a line")


def _zone(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--assume-zone",
        metavar="ZONE",
        type=_read(zone),
        help="the zone of timestamps without an offset: +01:00, UTC or Europe/Berlin",
    )


def _read(read: Callable[[str], Value]) -> Callable[[str], Value]:
    """Let argparse report what a reader refuses."""

    def reader(text: str) -> Value:
        try:
            return read(text)
        except (SLAError, OSError) as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return reader


def _agreement(path: str) -> Agreement:
    """Read an agreement's file; an error names the file."""
    document = read_document(Path(path))
    try:
        return Agreement.from_dict(document)
    except SLAError as error:
        raise DocumentError(f"{path}: {error}") from None


def _encoding(name: str) -> str:
    """Read the name of an encoding of text."""
    try:
        "".encode(name)
    except LookupError:
        raise DocumentError(f"{name!r} is no encoding; write one as utf-8 or cp1252") from None
    return name


def _level(text: str) -> tuple[str, EscalationLevel]:
    """Read what a table calls a level: `1 - Critical=1`."""
    name, equals, level = text.rpartition("=")
    if not equals:
        raise DocumentError(f"{text!r} names no level; write it as '1 - Critical=1'")
    return name, EscalationLevel(level)


def _year(text: str) -> int:
    """Read a year of four digits."""
    if re.fullmatch("[0-9]{4}", text) and text != "0000":
        return int(text)
    raise DocumentError(f"{text!r} is no year; write four digits, as 2026")


def _delimiter(text: str) -> str:
    """Read one character, or the word `tab`."""
    if text != "tab" and (len(text) != 1 or text in '"\r\n'):
        raise DocumentError(f"{text!r} is no delimiter; write one character, or tab")
    return "\t" if text == "tab" else text
