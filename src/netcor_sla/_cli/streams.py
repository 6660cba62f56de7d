"""Text from files and from standard input, line by line, with a bar for those who watch."""

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

Thing = TypeVar("Thing")


def piped(file: Path) -> bool:
    """Whether the text comes from standard input."""
    return str(file) == "-"


@contextmanager
def lines_of(
    file: Path, encoding: str = "utf-8-sig", *, alone: bool = False
) -> Iterator[Iterator[str]]:
    """Open a text; bytes that the encoding does not know go through as they are.

    A bar shows how far it is, but not between rows that go to a terminal too, unless the
    reading is `alone`: all of it done before anything is written.
    """
    with sys.stdin.buffer if piped(file) else file.open("rb") as binary:
        size = 0 if piped(file) else file.stat().st_size
        text = io.TextIOWrapper(binary, encoding=encoding, errors="surrogateescape", newline="")
        wanted = sys.stderr.isatty() and (alone or not sys.stdout.isatty())
        yield _lines(text, size) if wanted else iter(text)


def watched(things: Iterable[Thing], total: int, unit: str) -> Iterable[Thing]:
    """Pass things through, with a bar on a terminal: for what is done before anything is written."""
    if not sys.stderr.isatty():
        return things
    from tqdm import tqdm  # noqa: PLC0415 - for a person at a terminal only

    return tqdm(things, total=total, unit=unit, file=sys.stderr)


def _lines(lines: Iterable[str], size: int) -> Iterator[str]:
    """Pass lines through and draw a progress bar."""
    from tqdm import tqdm  # noqa: PLC0415 - for a person at a terminal only

    with tqdm(total=size or None, unit="B", unit_scale=True, file=sys.stderr) as bar:
        for line in lines:
            yield line
            bar.update(len(line.encode(errors="surrogateescape")))
