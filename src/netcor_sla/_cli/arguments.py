"""What the command line takes: the commands, the options of each, and how their texts are read."""

import argparse
import re
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from netcor_sla._agreements import STANDARD, Agreement
from netcor_sla._calendars.timestamps import directives, formatted, timestamp
from netcor_sla._calendars.zones import zone
from netcor_sla._cli.files import Reading, piped, read_document, suffix
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._values import release
from netcor_sla.errors import DocumentError, SLAError

Option = tuple[str, dict[str, Any]]  # a name, and what argparse is to know of it


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="netcor-sla", description="When a support response is due.", allow_abbrev=False
    )
    top.add_argument("--version", action=_Version, nargs=0, help="show the version and end")
    commands = top.add_subparsers(required=True, metavar="COMMAND", dest="command")
    for name, (what, options) in COMMANDS.items():
        command = commands.add_parser(name, help=what, description=what, allow_abbrev=False)
        for option, settings in options:
            command.add_argument(option, **settings)
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


# How texts are read.


def agreement(path: str) -> Agreement:
    document = read_document(path)
    try:
        return Agreement.from_dict(document)
    except SLAError as error:
        raise DocumentError(f"{path}: {error}") from None


def encoding(name: str) -> str:
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
    if re.fullmatch("[0-9]{4}", text) and text != "0000":
        return int(text)
    raise DocumentError(f"{text!r} is not a year; write four digits, for example 2026")


def delimiter(text: str) -> str:
    if text != "tab" and (len(text) != 1 or text in '"\r\n'):
        raise DocumentError(f"{text!r} is not a delimiter; write one character, or tab")
    return "\t" if text == "tab" else text


# What each command takes.


def _option(
    usage: str,
    what: str,
    read: Callable[[str], object] = str,
    **more: Any,  # noqa: ANN401 - what argparse takes
) -> Option:
    """Describe an option, `--name VALUE`; what its reader refuses is for argparse to report."""

    def reader(text: str) -> object:
        try:
            return read(text)
        except (SLAError, OSError) as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    name, _, value = usage.partition(" ")
    shown = {"metavar": value} if value else {}
    return name, {"help": what, "type": reader, **shown, **more}


def _command(what: str, *options: Option) -> tuple[str, tuple[Option, ...]]:
    return what, (*options, LANGUAGE)


def _flag(name: str, what: str) -> Option:
    return name, {"help": what, "action": "store_true"}


def _repeated(usage: str, what: str, **more: Any) -> Option:  # noqa: ANN401 - as above
    return _option(usage, f"{what}; may be repeated", action="append", default=[], **more)


def _file(what: str) -> Option:
    what = f"{what}; - or nothing for standard input"
    return _option("file FILE", what, nargs="?", default="-")


def _column(name: str, what: str, default: str = "") -> Option:
    what = f"the column of {what}; by default {default or name}"
    return _option(f"--{name}-column NAME", what, default=default or name)


def _table(encoded: str) -> tuple[Option, ...]:
    by_default = "by default as the file is named, and CSV on standard input"
    return (
        AGREEMENT,
        _file("a table, *.csv or *.ndjson"),
        _option("--from", f"what the table is; {by_default}", dest="kind", choices=("csv", "ndjson")),
        _option("--encoding NAME", f"{encoded}, for example cp1252; by default UTF-8", encoding),
        _option("--delimiter", "between CSV cells, or tab", delimiter, default=","),
    )


LANGUAGE: Final = _option(
    "--language",
    "the language of the answer; by default German",
    choices=("de", "en"),
    default="de",
)
AGREEMENT: Final = _option(
    "--agreement FILE",
    "an agreement in JSON or TOML; by default NETCOR's policy",
    agreement,
    default=STANDARD,
)
JSON: Final = _flag("--json", "answer in JSON, an object a line")
ZONE: Final = _option(
    "--assume-zone ZONE",
    "the zone of timestamps without an offset: +01:00, UTC or Europe/Berlin",
    zone,
)
CALLED: Final = _repeated(
    "--level TEXT=LEVEL",
    "what the table calls a level, for example '1 - Critical=1'",
    read=level,
    dest="levels",
)
FORMAT: Final = _option(
    "--format",
    "how timestamps are written, as for strptime: '%%d-%%m-%%Y %%H:%%M'; by default ISO 8601",
)
RECORDS: Final = (_file("records, one a line; *.json is one record"), JSON)

COMMANDS: Final = {
    "due": _command(
        "Say when a response is due.",
        AGREEMENT,
        _option("opened OPENED", "ISO 8601 with an offset"),
        _option("level LEVEL", f"1 to {len(EscalationLevel)}, or the name of a level"),
        _flag(
            "--explain",
            "say why, in sentences; with --json, as a record that verify and audit read",
        ),
        JSON,
        ZONE,
    ),
    "batch": _command(
        "Compute a table of tickets.",
        *_table("of the table, in and out"),
        _column("opened", "the opening instant", "opened_at"),
        _column("level", "the level"),
        _column("due", "the deadline, added"),
        _column("error", "the error of a row, added"),
        _column("explanation", "the explanation, added by --explain"),
        CALLED,
        FORMAT,
        _flag("--explain", "add a column that explains each deadline"),
        ZONE,
    ),
    "report": _command(
        "Report by level how many tickets of an audit log were answered in time.",
        *_table("of the log"),
        _column("ticket", "the ticket"),
        _column("opened", "its opening instant, in each of its rows", "opened_at"),
        _column("at", "the instant of the update"),
        _column("level", "the level"),
        _column("state", "the state"),
        CALLED,
        FORMAT,
        _repeated(
            "--responding STATE",
            "a state that says that the ticket was answered; at least one is needed",
        ),
        _repeated("--pausing STATE", "a state in which the clock stands still"),
        _option(
            "--now INSTANT",
            "the instant as of which is reported, ISO 8601; by default the latest of the log",
        ),
        _option(
            "--to",
            "what is written; by default a table to be read",
            dest="form",
            choices=("table", "csv", "json", "html"),
            default="table",
        ),
        ZONE,
    ),
    "open": _command(
        "Say whether the desk is open, and when that changes.",
        AGREEMENT,
        _option("at AT", "ISO 8601 with an offset"),
        JSON,
        ZONE,
    ),
    "holidays": _command(
        "List the public holidays of a year.",
        AGREEMENT,
        _option("year YEAR", "for example 2026", year),
        JSON,
    ),
    "verify": _command("Derive recorded deadlines again from their records alone.", *RECORDS),
    "audit": _command("Compute recorded deadlines again with the data of today.", *RECORDS),
    "freeze": _command(
        "Write an agreement whose calendar carries its holidays, or compare one with today's.",
        AGREEMENT,
        _option("first FIRST", "the first year, for example 2026", year, nargs="?"),
        _option("last LAST", "the last year, for example 2026", year, nargs="?"),
        _option(
            "--compare FILE",
            "hold the frozen calendar of an agreement against the holidays of today",
            agreement,
        ),
        JSON,
    ),
}
