"""JSON and TOML, read strictly: what is ambiguous, or no plain data, is refused."""

import json
import tomllib
from collections.abc import Callable
from math import isfinite
from pathlib import Path
from typing import Any, Final, NoReturn

from netcor_sla.errors import DocumentError, shown

LARGEST: Final = 1 << 20  # bytes; an agreement needs a few hundred


def read_document(path: Path) -> Any:  # noqa: ANN401 - plain data, whatever it holds
    """Read a file of JSON or TOML; its name says which."""
    readers: dict[str, Callable[[str], Any]] = {".json": parse_json, ".toml": tomllib.loads}
    read = readers.get(path.suffix.lower())
    if read is None:
        raise DocumentError(f"{path} must be named *.json or *.toml")
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise DocumentError(f"{path} is larger than {LARGEST} bytes; is it the right file?")
    try:
        return read(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{path} can't be read: {error}") from None


def parse_json(text: str) -> Any:  # noqa: ANN401 - plain data, whatever it holds
    """Read JSON without repeated keys, NaN or infinities."""
    try:
        return json.loads(
            text, object_pairs_hook=_unique, parse_constant=_refuse, parse_float=_finite
        )
    except RecursionError:
        raise DocumentError("it is nested too deeply") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object, unless a key is given twice: which one counts?"""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise DocumentError(f"key {shown(twice)} is given twice")
    return found


def _finite(text: str) -> float:
    """Read a number, unless it is too large for one."""
    number = float(text)
    return number if isfinite(number) else _refuse(text)


def _refuse(constant: str) -> NoReturn:
    """Refuse what is no number."""
    raise DocumentError(f"{shown(constant)} is no number that can be read")
