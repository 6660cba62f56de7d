"""Columns of levels: for each row the level's number, or 0 where it is missing."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from netcor_sla._policy.levels import EscalationLevel
from netcor_sla.errors import ArgumentError, LevelError, shown
from netcor_sla.frames._columns import Column, Native
from netcor_sla.frames._kernel import Codes, Mask

# What a table calls its levels, each with its kind, so that `True` is not 1.
Names = Mapping[tuple[str, object], EscalationLevel]

_UNKNOWN: Final = 255


def level_names(levels: object) -> Names | None:
    """Read what a table calls its levels, if that is said; a level in any way that it has."""
    if levels is None:
        return None
    if not isinstance(levels, Mapping):
        raise ArgumentError(
            f"levels must be a mapping, as {{'1 - Critical': EscalationLevel.CRITICAL}}, not "
            f"{shown(levels)}"
        )
    names = {}
    for name, level in dict(levels).items():
        try:
            names[_kind(name), name] = EscalationLevel(level)
        except LevelError as error:
            raise LevelError(f"levels, {shown(name)}: {error}") from None
    return names


def level_codes(column: Column, names: Names | None) -> Codes:
    """Read levels: by their names if there are any, or else as `EscalationLevel` knows them."""
    numbers = column.numbers() if names is None else None
    if numbers is None:
        read = column.codes(lambda value: _code(value, names))
        _check(column, read == _UNKNOWN, names)
        return read
    with np.errstate(invalid="ignore"):
        codes: Codes = numbers.astype(np.uint8)
    if not _all_known(numbers):
        _check(column, _strangers(column, numbers, codes), names)
    return codes


def _all_known(numbers: Native) -> bool:
    """Whether they are integers, and levels all; most columns are done with this."""
    known = numbers.dtype.kind in "iu" and len(numbers) and numbers.min() >= 1
    return bool(known and numbers.max() <= len(EscalationLevel))


def _strangers(column: Column, numbers: Native, codes: Codes) -> Mask:
    """Mark the numbers that are no level's, parts and overflows among them."""
    strangers: Mask = codes != numbers
    strangers |= codes > len(EscalationLevel)
    if not codes.all():
        missing = column.missing()
        strangers |= (codes == 0) if missing is None else (codes == 0) & ~missing
    return strangers


def _check(column: Column, unknown: Mask, names: Names | None) -> None:
    """Say in which row, and why, a level is unknown."""
    if unknown.any():
        row = int(unknown.argmax())
        try:
            _level(column.value(row), names)
        except LevelError as error:
            raise LevelError(f"row {row}: {error}") from None


def _code(value: object, names: Names | None) -> int:
    """Number the level of a value."""
    try:
        return _level(value, names).number
    except LevelError:
        return _UNKNOWN


def _level(value: object, names: Names | None) -> EscalationLevel:
    """Find the level of a value; a whole float is what missing values make of an integer."""
    level: EscalationLevel | None
    if names is None:
        if isinstance(value, float | np.floating) and value.is_integer():
            value = int(value)
        level = EscalationLevel(value)
        return level
    try:
        level = names.get((_kind(value), value))
    except (TypeError, ValueError):  # it has no hash; the second is numpy's
        level = None
    if level is None:
        known = shown([name for _, name in names])
        raise LevelError(f"{shown(value)} is not among levels, which are {known}")
    return level


def _kind(value: object) -> str:
    """Tell apart what Python or numpy hold to be equal."""
    if isinstance(value, bool | np.bool_):
        return "truth"
    return "time" if isinstance(value, np.datetime64 | np.timedelta64) else ""
