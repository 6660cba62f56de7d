"""Text from files and standard input: documents, lines, and tables row by row.

What is ambiguous, or no plain data, is refused. Rows stream, and each knows the line that it began
on; a broken one comes with what is wrong with it, and does not end the reading.
"""

import io
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from math import isfinite
from types import SimpleNamespace
from typing import Any, Final, NamedTuple, TextIO, TypeVar

from netcor_sla._languages import Language, safe
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla.errors import DocumentError, SLAError, meant, shown

DONE: Final = 0  # or yes
NO: Final = 1  # or some rows failed
BAD: Final = 2  # usage or input

LARGEST: Final = 1 << 20  # bytes of a document, or characters of a line; an agreement needs some hundred
LARGEST_TOML: Final = 1 << 16
DOTTED: Final = 300  # full stops on a line of TOML, since a key of many parts takes quadratic time
LONGEST: Final = 1 << 24  # characters of a line, so that one without end is not read on
# What makes a spreadsheet take a cell for a formula; the last four are full-width.
FORMULA: Final = tuple("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")

Answer = TypeVar("Answer")


def bad(value: object, en: str, de: str) -> DocumentError:
    return DocumentError(f"{shown(value)} {en}", f"{shown(value)} {de}")


def within(error: SLAError, en: str, de: str = "") -> DocumentError:
    """Say where an error is, in English and, where that differs, in German."""
    return DocumentError(f"{en} {error}", f"{de or en} {error.german}")


def said(error: Exception, language: Language) -> str:
    """Say an error in one line; what Python and the system say is put into German here."""
    if language == "en" or isinstance(error, SLAError):
        return safe(str(error) if language == "en" else getattr(error, "german", ""))
    if isinstance(error, UnicodeError):
        return "ein Zeichen passt nicht zur Kodierung; eine andere nennt --encoding"
    kinds: dict[type, str] = {FileNotFoundError: "gibt es nicht", IsADirectoryError: "ist ein Verzeichnis"}
    what = kinds.get(type(error)) or f"Fehler {getattr(error, 'errno', '')} beim Lesen oder Schreiben"
    name = getattr(error, "filename", None)
    return what if name is None else f"{shown(name)}: {what}"


def complain(language: Language, de: str, en: str) -> None:
    """Say something to people; where nobody can hear it, that is no accident."""
    with suppress(OSError, ValueError):
        print(f"netcor-sla: {de if language == 'de' else en}", file=sys.stderr)


def as_json(answer: Mapping[str, Any], indent: int | None = None) -> str:
    # JSON writes what no UTF-8 can hold, half a character, as Python does: \ud800.
    return json.dumps(answer, ensure_ascii=False, indent=indent).encode(errors="backslashreplace").decode()


def read_document(path: str) -> Any:  # noqa: ANN401 - plain data, whatever it holds
    kind = suffix(path)
    if kind not in ("json", "toml"):
        raise bad(path, "must be named *.json or *.toml", "muss auf .json oder .toml enden")
    most = LARGEST if kind == "json" else LARGEST_TOML
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib takes longer to import than this takes
        content = file.read(most + 1)
    if len(content) > most:
        raise bad(path, f"is larger than {most} bytes; is it the right file?", f"hat mehr als {most} Bytes")
    try:
        return (parse_json if kind == "json" else _parse_toml)(content.decode("utf-8-sig"))
    except DocumentError as error:
        raise within(error, f"{path} can't be read:", f"{path}:") from None
    except (ValueError, RecursionError) as error:
        de = f"{path} ist kein gültiges {kind.upper()} in UTF-8"
        raise DocumentError(f"{path} can't be read: {safe(str(error))[:200]}", de) from None


def parse_json(text: str) -> Any:  # noqa: ANN401 - plain data, whatever it holds
    if len(text) > LARGEST:
        raise DocumentError(f"it has over {LARGEST} characters; split it", f"mehr als {LARGEST} Zeichen")
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_finite, parse_float=_finite)
    except RecursionError:
        raise DocumentError("it is nested too deeply; flatten it", "es ist zu tief verschachtelt") from None
    except DocumentError:
        raise
    except ValueError as error:  # where it names a line, that is not the line of the file
        raise DocumentError(f"it is not JSON: {getattr(error, 'msg', error)}", "kein JSON") from None


def _parse_toml(text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - for such files alone

    if any(line.count(".") > DOTTED for line in text.split("\n")):
        raise DocumentError(f"a line has over {DOTTED} dots", f"eine Zeile hat über {DOTTED} Punkte")
    return tomllib.loads(text)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object, unless a key is given twice: which one counts?"""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise DocumentError(f"key {shown(twice)} is given twice", f"{shown(twice)} steht zweimal darin")
    return found


def _finite(text: str) -> float:
    if isfinite(number := float(text)):
        return number
    raise bad(text, "is not a number that can be read", "ist keine lesbare Zahl")


def suffix(file: str) -> str:
    return os.path.splitext(file)[1][1:].lower()  # noqa: PTH122


@contextmanager
def lines_of(file: str, encoding: str = "utf-8-sig", *, alone: bool = False) -> Iterator[Iterator[str]]:
    """Open a text; bytes that the encoding does not know go through as they are.

    A bar shows how far it is, but not between rows that go to a terminal too, unless the
    reading is `alone`: all of it done before anything is written.
    """
    with sys.stdin.buffer if file == "-" else open(file, "rb") as binary:  # noqa: PTH123
        size = None if file == "-" else os.fstat(binary.fileno()).st_size
        text = io.TextIOWrapper(binary, encoding=encoding, errors="surrogateescape", newline="")
        wanted = sys.stderr.isatty() and (alone or not sys.stdout.isatty())
        bar = _bar(total=size, unit="B", unit_scale=True) if wanted else None
        yield _lines(text, bar)


def _lines(text: TextIO, bar: Any) -> Iterator[str]:  # noqa: ANN401 - of tqdm
    with bar or nullcontext():
        while line := text.readline(LONGEST + 1):
            if len(line) > LONGEST:
                raise _endless("a line", "eine Zeile")
            yield line
            if bar is not None:
                bar.update(len(line.encode(errors="surrogateescape")))


def _endless(en: str, de: str) -> DocumentError:
    en = f"{en} has over {LONGEST} characters; is it the right file?"
    return DocumentError(en, f"{de} hat über {LONGEST} Zeichen; ist das die richtige Datei?")


def watched(things: Iterable[Answer], total: int, unit: str) -> Iterable[Answer]:
    return (_bar(iterable=things, total=total, unit=unit) if sys.stderr.isatty() else None) or things


def _bar(**options: Any) -> Any:  # noqa: ANN401 - what tqdm takes and makes
    with suppress(ModuleNotFoundError):
        from tqdm import tqdm  # noqa: PLC0415 - an extra, for a person at a terminal only

        return tqdm(file=sys.stderr, **options)


class Row(NamedTuple):
    """A row: the line that it began on, its cells by name, and what is wrong with it."""

    line: int
    cells: Mapping[str, Any]
    written: Any  # what it was read from: cells of CSV, or the text of an object
    problem: SLAError | None


class Reading(NamedTuple):
    time: Callable[[object], datetime]
    level: Callable[[object], EscalationLevel]


def cell(row: Row, column: str, read: Callable[[object], Answer]) -> Answer:
    """Read one cell, less the blanks around it; an error names its column."""
    if column not in row.cells:
        raise DocumentError(f"{column} is missing", f"{column} fehlt")
    found = row.cells[column]
    try:
        return read(found.strip() if isinstance(found, str) else found)
    except SLAError as error:
        raise within(error, f"{column}:") from None


def distinct(names: Collection[str]) -> None:
    if len({*names}) < len(names):
        raise bad([*names], "must be distinct; rename one", "müssen verschieden heißen")


def csv_table(
    lines: Iterable[str], delimiter: str, needed: Mapping[str, str]
) -> tuple[list[str], Iterator[Row]]:
    """Read the names of the columns, of which some are needed, with the options that name them; and the rows."""
    import csv  # noqa: PLC0415 - for tables only

    size = [0]  # characters of the row that is being read
    reader = csv.reader(_row_by_row(lines, size), delimiter=delimiter, strict=True)
    try:
        header = next(reader, [])
    except csv.Error as error:
        raise _in_line_1(f"is not CSV: {error}", "ist kein CSV") from None
    first = "".join(header)
    wide, way = first[1:2] == "\0" or first[:1] in ("\udcff", "\udcfe"), first[4:5] or delimiter
    other = next((each for each in ";,\t|" if len(header) == 1 and each in first and each != delimiter), "")
    other = "tab" if other == "\t" else other
    for wrong, en, de in (
        (not header, "is empty; it must name the columns", "ist leer; sie muss die Spalten nennen"),
        (wide, "looks like UTF-16; add --encoding utf-16", "ist wohl UTF-16: --encoding utf-16 fehlt"),
        (first.startswith("sep="), f"is a note for Excel; delete it and add --delimiter {way!r}",
         f"ist ein Vermerk für Excel: sie löschen und --delimiter {way!r} angeben"),
        (other, f"is one cell; add --delimiter {other!r}", f"ist eine Zelle; es fehlt --delimiter {other!r}"),
    ):  # fmt: skip
        if wrong:
            raise _in_line_1(en, de)
    for name, option in needed.items():
        if count := header.count(name) - 1:
            raise _in_line_1(
                f"names {count + 1 or 'no'} column {name!r}; {meant(name, header)} with {option}",
                f"nennt {count + 1 or 'keine'} Spalte {name!r}; {meant(name, header, 'de')} mit {option}",
            )
    return header, _csv_rows(reader, header, size)


def _row_by_row(lines: Iterable[str], size: list[int]) -> Iterator[str]:
    for line in lines:
        size[0] += len(line)
        if size[0] > LONGEST:
            raise _endless("a row", "eine Zeile der Tabelle")
        yield line


def _in_line_1(en: str, de: str) -> DocumentError:
    return DocumentError(f"line 1 {en}", f"Zeile 1 {de}")


def _csv_rows(reader: Any, header: list[str], size: list[int]) -> Iterator[Row]:  # noqa: ANN401 - of csv
    import csv  # noqa: PLC0415 - as above

    while True:
        line, cells, size[0] = reader.line_num + 1, list[str](), 0
        problem: SLAError | None = None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problem = DocumentError(f"is not CSV: {error}", "kein CSV")
        if cells and len(cells) != len(header):
            surplus = cells[len(header) :]
            en, de = (f"; {words}: {shown(surplus)}" if surplus else "" for words in ("left over", "zu viel"))
            problem = DocumentError(
                f"{len(cells)} cells, where line 1 names {len(header)} columns{en}",
                f"{len(cells)} Zellen, aber Zeile 1 nennt {len(header)} Spalten{de}",
            )
        if cells or problem:  # a blank line is no row
            yield Row(line, dict(zip(header, cells, strict=False)), cells, problem)


def ndjson_table(lines: Iterable[str]) -> Iterator[Row]:
    """Read an object a line, with its text; that of a broken one is left out."""
    for line, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        try:
            if isinstance(cells := parse_json(text), dict):
                yield Row(line, cells, text, None)
                continue
            en = "is not a JSON object; of an array, jq -c '.[]' makes one object per line"
            problem = bad(cells, en, "ist kein JSON-Objekt; aus einer Liste macht jq -c '.[]' Zeilen")
        except DocumentError as error:
            problem = within(error, f"{shown(text[:100].strip())}:")
        yield Row(line, {}, "", problem)


def csv_writer(sink: TextIO, delimiter: str) -> Callable[[Iterable[object]], object]:
    """Make what writes a row of CSV: LF at its end, and every line break in a cell in quotes."""
    import csv  # noqa: PLC0415 - for tables only

    # With LF as its own end of lines, csv would leave a lone CR, two rows to a reader, without quotes.
    whole_row: Any = SimpleNamespace(write=lambda text: sink.write(f"{text[:-2]}\n"))
    return csv.writer(whole_row, delimiter=delimiter, lineterminator="\r\n").writerow


def defused(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.lstrip("\ufeff").startswith(FORMULA) else cell
