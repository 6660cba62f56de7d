"""How the texts of options are read."""

import argparse
from datetime import timedelta
from pathlib import Path

import pytest

from netcor_sla import EscalationLevel
from netcor_sla._calendars.zones import zone
from netcor_sla._cli.options import (
    delimiter,
    encoding,
    level,
    reader_of,
    table_kind,
    time_reader,
    year,
)
from netcor_sla.errors import DocumentError


def test_what_a_reader_refuses_is_reported_as_usage() -> None:
    """Errors of this library and of files; anything else is a bug, and is let through."""
    with pytest.raises(argparse.ArgumentTypeError, match="'26' is no year"):
        reader_of(year)("26")
    with pytest.raises(argparse.ArgumentTypeError, match="No such file"):
        reader_of(lambda text: Path(text).read_text("utf-8"))("none")
    with pytest.raises(ZeroDivisionError):
        reader_of(lambda _: 1 // 0)("1")
    assert reader_of(year)("2026") == 2026


def test_a_level_is_what_stands_behind_the_last_equals_sign() -> None:
    """The name may have some too, or be empty."""
    assert level("a=b=1") == ("a=b", EscalationLevel.CRITICAL)
    assert level("=Niedrig") == ("", EscalationLevel.LOW)
    with pytest.raises(DocumentError, match="'1' names no level"):
        level("1")


def test_names_of_encodings_and_delimiters() -> None:
    """Text encodings only; one character, or a tab by name."""
    assert encoding("cp1252") == "cp1252"
    assert (delimiter("tab"), delimiter(";")) == ("\t", ";")
    for text in ("", ";;", '"', "\n"):
        with pytest.raises(DocumentError, match="is no delimiter"):
            delimiter(text)
    with pytest.raises(DocumentError, match="'hex' is no encoding"):
        encoding("hex")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (None, "2026-04-02T15:10"),
        (None, "2026-04-02T15:10+01:00"),
        ("%d.%m.%Y %H:%M", "02.04.2026 15:10"),
        ("%d.%m.%Y %H:%M %z", "02.04.2026 16:10 +0200"),
    ],
)
def test_timestamps_are_read_as_the_options_say(pattern: str | None, text: str) -> None:
    """By a pattern, or as ISO 8601; and in a zone that is assumed where they name none."""
    read = time_reader(argparse.Namespace(format=pattern, assume_zone=zone("+01:00")))
    found = read(text)
    assert found.timestamp() == 1775139000
    assert found.utcoffset() in (timedelta(hours=1), timedelta(hours=2))


def test_a_pattern_without_an_offset_needs_a_zone() -> None:
    """Said at once, not in each row."""
    with pytest.raises(DocumentError, match="reads no offset; add --assume-zone"):
        time_reader(argparse.Namespace(format="%d.%m.%Y %H:%M", assume_zone=None))
    time_reader(argparse.Namespace(format="%d.%m.%Y %H:%M %z", assume_zone=None))


@pytest.mark.parametrize(
    ("file", "kind", "expected"),
    [
        ("a.csv", None, "csv"),
        ("a.JSONL", None, "ndjson"),
        ("a.ndjson", "csv", "csv"),
        ("-", None, "csv"),
        ("-", "ndjson", "ndjson"),
    ],
)
def test_a_table_is_what_it_is_named_or_said_to_be(
    file: str, kind: str | None, expected: str
) -> None:
    """What is said comes first; a pipe has no name."""
    assert table_kind(argparse.Namespace(file=Path(file), kind=kind)) == expected


def test_a_table_of_no_known_name_is_not_guessed() -> None:
    """The message says which option helps."""
    with pytest.raises(DocumentError, match=r"^a.txt is of no known kind; add --from csv or"):
        table_kind(argparse.Namespace(file=Path("a.txt"), kind=None))
