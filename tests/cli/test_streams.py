"""Text from files and from standard input, line by line."""

import io
import sys
from pathlib import Path

import pytest

from netcor_sla._cli.streams import lines_of, piped, watched

STDIN = Path("-")


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def given(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """Put bytes on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


@pytest.mark.parametrize(
    ("content", "encoding", "expected"),
    [
        (b"", "utf-8-sig", []),
        (b"a\nb", "utf-8-sig", ["a\n", "b"]),
        (b"a\r\nb\rc\n", "utf-8-sig", ["a\r\n", "b\r", "c\n"]),
        (b"\xef\xbb\xbfa\n", "utf-8-sig", ["a\n"]),
        (b"a\n\xef\xbb\xbfb\n", "utf-8-sig", ["a\n", "\ufeffb\n"]),
        ("ä\u2028ö\x85\x0c\n".encode(), "utf-8-sig", ["ä\u2028ö\x85\x0c\n"]),
        (b"M\xfcller\n", "utf-8-sig", ["M\udcfcller\n"]),
        (b"M\xfcller\n", "cp1252", ["Müller\n"]),
    ],
)
def test_lines_are_as_an_editor_counts_them(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    content: bytes,
    encoding: str,
    expected: list[str],
) -> None:
    """From a file and from a pipe alike; ends of lines and odd bytes are kept as they are."""
    path = tmp_path / "text"
    path.write_bytes(content)
    given(monkeypatch, content)
    for source in (path, STDIN):
        with lines_of(source, encoding) as lines:
            assert list(lines) == expected


def test_only_the_dash_is_standard_input(tmp_path: Path) -> None:
    """A file of that name in some directory is a file."""
    assert piped(STDIN)
    assert not piped(tmp_path / "-")
    assert not piped(Path("--"))


def test_a_file_is_read_as_it_is_taken_and_closed(tmp_path: Path) -> None:
    """Memory does not grow with a table, and nothing stays open behind it."""
    path = tmp_path / "long"
    path.write_text("line\n" * 100_000, "utf-8")
    with lines_of(path) as lines:
        assert next(lines) == "line\n"
        assert iter(lines) is lines
    with pytest.raises(ValueError, match="closed"):
        list(lines)


def test_what_is_missing_is_an_error_at_once(tmp_path: Path) -> None:
    """Before anything is written."""
    with pytest.raises(FileNotFoundError), lines_of(tmp_path / "none"):
        pass


@pytest.mark.parametrize("source", ["file", "pipe"])
def test_whoever_watches_sees_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: str
) -> None:
    """Of a file in per cent, of a pipe in bytes; the bytes are those that were read."""
    content = b"M\xfcller\n" * 3
    path = tmp_path / "text"
    path.write_bytes(content)
    given(monkeypatch, content)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    with lines_of(path if source == "file" else STDIN) as lines:
        assert list(lines) == ["M\udcfcller\n"] * 3
    assert "21.0" in terminal.getvalue()
    assert ("100%" in terminal.getvalue()) == (source == "file")


@pytest.mark.parametrize(
    ("stdout", "stderr"),
    [(Terminal(), Terminal()), (io.StringIO(), io.StringIO()), (Terminal(), io.StringIO())],
    ids=["rows on the terminal too", "nobody", "rows only"],
)
def test_nobody_else_gets_a_bar(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stdout: io.StringIO, stderr: io.StringIO
) -> None:
    """Between rows or in a log it would be noise."""
    path = tmp_path / "text"
    path.write_bytes(b"a\n")
    monkeypatch.setattr(sys, "stdout", stdout)
    monkeypatch.setattr(sys, "stderr", stderr)
    with lines_of(path) as lines:
        assert list(lines) == ["a\n"]
    assert stderr.getvalue() == stdout.getvalue() == ""


def test_reading_that_is_done_before_writing_is_watched_anyway(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No row comes between, so a bar may be drawn where the answer will go too."""
    path = tmp_path / "text"
    path.write_bytes(b"a\n" * 9)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(sys, "stdout", terminal)
    with lines_of(path, alone=True) as lines:
        assert list(lines) == ["a\n"] * 9
    assert "100%" in terminal.getvalue()
    nobody = io.StringIO()
    monkeypatch.setattr(sys, "stderr", nobody)
    with lines_of(path, alone=True) as lines:
        assert list(lines) == ["a\n"] * 9
    assert nobody.getvalue() == ""


def test_what_is_counted_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal only; the things themselves come through one by one."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    things = watched(iter("abc"), 3, " letters")
    assert list(things) == ["a", "b", "c"]
    assert "3/3" in terminal.getvalue()
    assert " letters" in terminal.getvalue()
    nobody = io.StringIO()
    monkeypatch.setattr(sys, "stderr", nobody)
    assert list(watched(iter("abc"), 3, " letters")) == ["a", "b", "c"]
    assert nobody.getvalue() == ""
