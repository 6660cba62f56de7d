"""Columns of instants: microseconds since 1970 in UTC inside, the caller's own kind at the edge."""

from bisect import bisect_left
from typing import Final, NamedTuple

import numpy as np

from netcor_sla.errors import ArgumentError, ColumnError, NaiveError
from netcor_sla.frames._columns import NOT_A_TIME, Column, Native
from netcor_sla.frames._kernel import Integers, Mask
from netcor_sla.frames._libraries import column

_UNITS: Final = ("ns", "us", "ms", "s")  # the finest first
_MICROSECONDS: Final = {"ms": 1_000, "s": 1_000_000}
_NANOSECONDS: Final = 1_000
_LAST: Final = np.iinfo(np.int64).max


class Instants(NamedTuple):
    """A column of instants, as it was read."""

    name: str  # of the argument
    column: Column
    unit: str
    exact: Integers  # microseconds since 1970
    missing: Mask | None

    def text(self, row: int) -> str:
        """Write an instant as the column has it, which datetime may not be able to hold."""
        one = self.column.integers()[row : row + 1]
        return f"{one.view(f'M8[{self.unit}]')[0]}+00:00"


def instants(native: object, name: str) -> Instants:
    """Read a column of instants; what is finer than a microsecond is cut off."""
    read = column(native, name)
    unit, remedies = read.unit, read.remedies
    if unit is None or unit.name not in _UNITS:
        raise ArgumentError(
            f"{name} must hold instants in s, ms, us or ns, not {read.type}; convert it first, "
            f"as with {remedies.instants.format(name)}"
        )
    if not unit.zoned:
        raise NaiveError(
            f"{name} has no zone in any row, its type is {read.type}; say which one is meant, as "
            f"in {remedies.zone.format(name)}"
        )
    exact = _microseconds(read.integers(), unit.name)
    return Instants(name, read, unit.name, exact, read.missing())


def line_up(first: Instants, other: Column, name: str) -> None:
    """Insist on two columns of one library with the same rows, which are matched by position."""
    one, count, rows = first.name, len(other), len(first.column)
    if other.noun != first.column.noun:
        raise ArgumentError(
            f"{name} must be a {first.column.noun} as {one} is, not a {other.noun}; convert one"
        )
    if count != rows:
        row, short, long = (count, name, one) if count < rows else (rows, one, name)
        raise ColumnError(
            f"row {row}: {long} has one, but {short} does not; {one} has {rows} rows and {name} "
            f"has {count}"
        )
    labels, others = first.column.labels, other.labels
    if labels is not None and not labels.equals(others):
        fits = range(1, rows + 1)
        row = bisect_left(fits, 1, key=lambda end: not labels[:end].equals(others[:end]))
        raise ColumnError(
            f"row {row}: {one} calls it {labels[row]!r}, and {name} {others[row]!r}; rows are matched "
            f"by position, so give both one index, as with {name}.reindex({one}.index)"
        )


def finer(one: Instants, two: Instants) -> str:
    """Name the finer of two columns' units."""
    return min(one.unit, two.unit, key=_UNITS.index)


def like(asked: Instants, values: Integers, missing: Mask | None) -> Native:
    """Make a column of instants."""
    column = asked.column
    return column.like(_held(asked, values, missing, asked.unit), missing, column.type)


def durations(asked: Instants, values: Integers, missing: Mask | None, unit: str) -> Native:
    """Make a column of durations."""
    column = asked.column
    return column.like(_held(asked, values, missing, unit), missing, column.duration(unit))


def truths(asked: Instants, values: Mask, missing: Mask | None) -> Native:
    """Make a column of truth values."""
    return asked.column.like(values, missing, asked.column.truth)


def _held(asked: Instants, values: Integers, missing: Mask | None, unit: str) -> Integers:
    """Convert microseconds to a unit, if it holds them exactly; the array is used up."""
    if missing is not None:
        values[missing] = 0
    held = _in_unit(values, unit)
    if held is not values:
        lost = _microseconds(held, unit) != values
        if lost.any():
            row = int(lost.argmax())
            raise ColumnError(
                f"row {row}: the answer, {values[row]} microseconds, is nothing that a column in "
                f"{unit} holds; convert {asked.name} to microseconds, as with "
                f"{asked.column.remedies.microseconds.format(asked.name)}"
            )
    if missing is not None:
        held[missing] = NOT_A_TIME
    return held


def _in_unit(values: Integers, unit: str) -> Integers:
    """Convert microseconds to a unit, whatever it loses."""
    if unit == "us":
        return values
    return values * _NANOSECONDS if unit == "ns" else values // _MICROSECONDS[unit]


def _microseconds(values: Integers, unit: str) -> Integers:
    """Convert to microseconds; what they can't count stands as the last that they can."""
    if unit == "us":
        return values
    if unit == "ns":
        return values // _NANOSECONDS
    limit = _LAST // _MICROSECONDS[unit]
    return np.clip(values, -limit, limit) * _MICROSECONDS[unit]
