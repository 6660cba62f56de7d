"""Text from files and from standard input, line by line, with a bar for those who watch."""

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


def piped(file: Path) -> bool:
    """Whether the text comes from standard input."""
    return str(file) == "-"


@contextmanager
def lines_of(file: Path, encoding: str = "utf-8-sig") -> Iterator[Iterator[str]]:
    """Open a text; bytes that the encoding does not know go through as they are."""
    with sys.stdin.buffer if piped(file) else file.open("rb") as binary:
        size = 0 if piped(file) else file.stat().st_size
        text = io.TextIOWrapper(binary, encoding=encoding, errors="surrogateescape", newline="")
        yield _watched(text, size) if _bar_wanted() else iter(text)


def _bar_wanted() -> bool:
    """Whether someone watches, and what they watch is not the rows themselves."""
    return sys.stderr.isatty() and not sys.stdout.isatty()


def _watched(lines: Iterable[str], size: int) -> Iterator[str]:
    """Pass lines through and draw a progress bar."""
    from tqdm import tqdm  # noqa: PLC0415 - for a person at a terminal only

    with tqdm(total=size or None, unit="B", unit_scale=True, file=sys.stderr) as bar:
        for line in lines:
            yield line
            bar.update(len(line.encode(errors="surrogateescape")))
