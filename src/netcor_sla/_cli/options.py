"""How the texts of options are read, and what several of them say together."""

import argparse
import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from netcor_sla._agreements import Agreement
from netcor_sla._calendars.timestamps import directives, formatted, timestamp
from netcor_sla._cli.documents import read_document
from netcor_sla._cli.streams import piped
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla.errors import DocumentError, SLAError

KINDS: Final = {".csv": "csv", ".ndjson": "ndjson", ".jsonl": "ndjson"}

Value = TypeVar("Value")


def reader_of(read: Callable[[str], Value]) -> Callable[[str], Value]:
    """Let argparse report what a reader refuses."""

    def reader(text: str) -> Value:
        try:
            return read(text)
        except (SLAError, OSError) as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return reader


def agreement(path: str) -> Agreement:
    """Read an agreement's file; an error names the file."""
    document = read_document(Path(path))
    try:
        return Agreement.from_dict(document)
    except SLAError as error:
        raise DocumentError(f"{path}: {error}") from None


def encoding(name: str) -> str:
    """Read the name of an encoding of text."""
    try:
        "".encode(name)
    except LookupError:
        raise DocumentError(f"{name!r} is no encoding; write one as utf-8 or cp1252") from None
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
    raise DocumentError(f"{text!r} is no year; write four digits, as 2026")


def delimiter(text: str) -> str:
    """Read one character, or the word `tab`."""
    if text != "tab" and (len(text) != 1 or text in '"\r\n'):
        raise DocumentError(f"{text!r} is no delimiter; write one character, or tab")
    return "\t" if text == "tab" else text


def time_reader(options: argparse.Namespace) -> Callable[[object], datetime]:
    """Say how the timestamps of a table are read: by --format and --assume-zone."""
    read: Any = partial(timestamp, assume_zone=options.assume_zone)
    if options.format is not None:
        if "z" not in directives(options.format) and options.assume_zone is None:
            raise DocumentError(f"--format {options.format!r} reads no offset; add --assume-zone")
        read = partial(formatted, pattern=options.format, assume_zone=options.assume_zone)
    return read  # type: ignore[no-any-return]


def table_kind(options: argparse.Namespace) -> str:
    """Say what a table is: as --from says, or as its file is named; piped, it is CSV."""
    named = KINDS.get(options.file.suffix.lower(), "csv" if piped(options.file) else None)
    if kind := options.kind or named:
        return str(kind)
    raise DocumentError(f"{options.file} is of no known kind; add --from csv or --from ndjson")
