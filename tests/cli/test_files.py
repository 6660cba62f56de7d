"""Text from files and standard input: documents, lines, and what is written for spreadsheets."""

import io
import sys
from collections.abc import Callable, Iterator
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest

from netcor_sla import Agreement
from netcor_sla._cli.files import (
    LARGEST,
    LONGEST,
    csv_table,
    csv_writer,
    lines_of,
    ndjson_table,
    read_document,
    watched,
)
from netcor_sla.errors import DocumentError

JSON = '{"calendar": {"zone": "UTC", "hours": {"mon-fri": [["09:00", "17:00"]]}, "holidays": null}}'
TOML = """
[calendar]
zone = "UTC"
holidays = "none"
hours = { mon-fri = [["09:00", "17:00"]] }
"""

Patch = pytest.MonkeyPatch
Streams = Callable[..., tuple[io.StringIO, io.StringIO]]


def test_json_and_toml_say_the_same(tmp_path: Path) -> None:
    """One agreement, two spellings, also with the mark that Windows puts first."""
    (tmp_path / "a.json").write_text(JSON, "utf-8-sig")
    (tmp_path / "a.TOML").write_text(TOML, "utf-8")
    first, second = (
        Agreement.from_dict(read_document(str(tmp_path / name))) for name in ("a.json", "a.TOML")
    )
    assert first == second
    assert first.to_dict()["calendar"]["holidays"] is None


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("a.yaml", b"", "must be named *.json or *.toml", id="another format"),
        pytest.param("a.json", b"{", "can't be read", id="broken JSON"),
        pytest.param("a.toml", b"= 1", "can't be read", id="broken TOML"),
        pytest.param("a.json", b'"\xff"', "can't be read", id="no UTF-8"),
        pytest.param("a.json", b"[" * 200_000, "nested too deeply", id="nested too deeply"),
        pytest.param("a.toml", b"a = " + b"[" * 60_000, "can't be read", id="nested TOML"),
        pytest.param("a.json", b" " * (LARGEST + 1), "is larger than", id="too large"),
        pytest.param("a.json", b'{"a": 1, "a": 2}', "key 'a' is given twice", id="key twice"),
        pytest.param("a.json", b'{"a": NaN}', "'NaN' is not a number", id="not a number"),
        pytest.param("a.json", b'{"a": Infinity}', "'Infinity' is not a number", id="infinity"),
        pytest.param("a.json", b'{"a": 1e400}', "'1e400' is not a number", id="too large a number"),
        pytest.param("a.json", b"1" * 5000, "can't be read", id="5,000 digits"),
    ],
)
def test_what_is_ambiguous_is_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    """A file that can't be read as plain data names itself and what is wrong."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentError) as refusal:
        read_document(str(path))
    assert message in str(refusal.value)
    assert name in str(refusal.value)


@pytest.mark.parametrize(
    ("content", "encoding", "expected"),
    [
        (b"", "utf-8-sig", []),
        (b"a\r\nb\rc\n", "utf-8-sig", ["a\r\n", "b\r", "c\n"]),
        (b"a\n\xef\xbb\xbfb", "utf-8-sig", ["a\n", "\ufeffb"]),
        (b"\xef\xbb\xbfa\n", "utf-8-sig", ["a\n"]),
        ("ä\u2028ö\x85\x0c\n".encode(), "utf-8-sig", ["ä\u2028ö\x85\x0c\n"]),
        (b"M\xfcller\n", "utf-8-sig", ["M\udcfcller\n"]),
        (b"M\xfcller\n", "cp1252", ["Müller\n"]),
    ],
)
def test_lines_are_as_an_editor_counts_them(
    monkeypatch: Patch, tmp_path: Path, content: bytes, encoding: str, expected: list[str]
) -> None:
    """From a file and from a pipe alike; ends of lines and odd bytes are kept as they are."""
    path = tmp_path / "text"
    path.write_bytes(content)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    for source in (str(path), "-"):
        with lines_of(source, encoding) as lines:
            assert list(lines) == expected


def test_a_line_without_end_is_not_read_on(tmp_path: Path) -> None:
    """Else `batch - </dev/zero` would take all memory that there is."""
    path = tmp_path / "text"
    path.write_bytes(b"a\n" + bytes(LONGEST + 1))
    with lines_of(str(path)) as lines:
        assert next(lines) == "a\n"
        with pytest.raises(DocumentError, match=f"^a line has over {LONGEST} characters"):
            next(lines)
    _, rows = csv_table(chain(["a,b\n", '"'], repeat('","\n')), ",", {})
    with pytest.raises(DocumentError, match=f"^a row has over {LONGEST} characters"):
        next(rows)


def test_rows_are_read_as_they_are_taken() -> None:
    """Memory does not grow with a table."""
    taken = []

    def lines() -> Iterator[str]:
        for number in range(5):
            taken.append(number)
            yield "a,b\n"

    _, rows = csv_table(lines(), ",", {})
    assert taken == [0]
    next(rows)
    next(ndjson_table(lines()))
    assert taken == [0, 1, 0]


@pytest.fixture
def streams(monkeypatch: Patch) -> Streams:
    """Put streams in the place of stdout and stderr, each a terminal or not."""

    def put(*, stdout: int, stderr: int) -> tuple[io.StringIO, io.StringIO]:
        made = []
        for name, terminal in (("stdout", stdout), ("stderr", stderr)):
            stream = io.StringIO()
            monkeypatch.setattr(stream, "isatty", lambda terminal=terminal: bool(terminal))
            monkeypatch.setattr(sys, name, stream)
            made.append(stream)
        return made[0], made[1]

    return put


def test_a_bar_is_drawn_where_it_is_no_noise(tmp_path: Path, streams: Streams) -> None:
    """Between rows on a terminal it would be, unless they come after, and in a log."""
    path = tmp_path / "text"
    path.write_bytes(b"a\n" * 9)
    for stdout, stderr, alone in ((1, 1, 0), (1, 1, 1), (0, 1, 0), (0, 0, 1), (1, 0, 0)):
        rows, bar = streams(stdout=stdout, stderr=stderr)
        with lines_of(str(path), alone=bool(alone)) as lines:
            assert list(lines) == ["a\n"] * 9
        assert ("100%" in bar.getvalue()) == bool(stderr and (alone or not stdout))
        assert list(watched(iter("abc"), 3, " letters")) == ["a", "b", "c"]
        assert ("3/3" in bar.getvalue()) == bool(stderr)
        assert rows.getvalue() == ""


def test_without_tqdm_there_is_no_bar_and_nothing_else_changes(monkeypatch: Patch, streams: Streams) -> None:
    """It is an extra."""
    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a\n" * 9)))
    _, bar = streams(stdout=False, stderr=True)
    with lines_of("-") as lines:
        assert list(lines) == ["a\n"] * 9
    assert list(watched(iter("abc"), 3, " letters")) == ["a", "b", "c"]
    assert bar.getvalue() == ""


@pytest.mark.parametrize("odd", ["a\rb", "a\nb", "a\r\nb", "\r", "a,b", 'a"b', " a ", ""])
def test_what_is_written_is_what_is_read(odd: str) -> None:
    """Whatever breaks lines stands in quotes, so no cell becomes two rows."""
    sink = io.StringIO()
    write_row = csv_writer(sink, ",")
    rows: list[list[Any]] = [["a", "b"], [odd, 1], [None, odd]]
    for row in rows:
        write_row(row)
    assert sink.getvalue().startswith("a,b\n")
    assert sink.getvalue().endswith("\n")
    _, found = csv_table(io.StringIO(sink.getvalue(), newline=""), ",", {})
    assert [row.written for row in found] == [[odd, "1"], ["", odd]]
