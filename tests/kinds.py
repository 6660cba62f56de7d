"""Columns of every kind: made, taken apart, cut and joined by their own library alone."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

Native = Any  # a column of any library
Counts = Sequence[int | None]

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
PER_SECOND: Final = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


class Kind(ABC):
    units: Sequence[str] = ("s", "ms", "us", "ns")
    zones: Sequence[str] = ("UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia")

    def make(self, values: Counts, unit: str = "us", zone: str = "UTC") -> Native:
        """Make instants of microseconds since 1970; the unit cuts off what it can't hold."""
        counts = [None if each is None else each * PER_SECOND[unit] // 10**6 for each in values]
        return self.instants(counts, unit, zone)

    def rows(self, column: Native) -> list[Any]:
        """Take a column apart: microseconds or truth values, and None where one is missing."""
        return [_plain(each) for each in self.listed(column)]

    @abstractmethod
    def instants(self, counts: Counts, unit: str, zone: str = "UTC") -> Native:
        """Make a column of what its unit counts; with a zone where it has such."""

    def durations(self, values: Counts, unit: str = "us") -> Native:
        """Make durations of microseconds; the unit cuts off what it can't hold."""
        return self.spans(
            [None if each is None else each * PER_SECOND[unit] // 10**6 for each in values], unit
        )

    @abstractmethod
    def spans(self, counts: Counts, unit: str) -> Native:
        """Make a column of durations of what its unit counts."""

    @abstractmethod
    def listed(self, column: Native) -> list[Any]:
        """List what is in a column, with None where one is missing."""

    @abstractmethod
    def values(self, values: Sequence[Any], kind: Any = None) -> Native:  # noqa: ANN401
        """Make a column of any values, of the library's own type."""

    @abstractmethod
    def take(self, column: Native, rows: Sequence[int]) -> Native:
        """Take some rows, in some order."""

    @abstractmethod
    def join(self, columns: Sequence[Native]) -> Native:
        """Join columns, one after the other."""

    def nature(self, column: Native) -> tuple[object, ...]:
        """Say what kind of column it is, values aside."""
        return type(column), column.dtype


class _Numpy(Kind):
    zones = ("UTC",)

    def instants(self, counts: Counts, unit: str, zone: str = "UTC") -> Native:
        del zone
        least = np.iinfo(np.int64).min
        filled = np.array([least if each is None else each for each in counts], "i8")
        return filled.view(f"M8[{unit}]")

    def spans(self, counts: Counts, unit: str) -> Native:
        return self.instants(counts, unit).view(f"m8[{unit}]")

    def listed(self, column: Native) -> list[Any]:
        if column.dtype.kind in "mM":
            column = column.astype(f"{column.dtype.kind}8[us]")
        return [each.replace(tzinfo=UTC) if isinstance(each, datetime) else each for each in column.tolist()]

    def values(self, values: Sequence[Any], kind: Any = None) -> Native:  # noqa: ANN401
        return np.array(values, object if kind is None else kind)

    def take(self, column: Native, rows: Sequence[int]) -> Native:
        return column[np.array(rows, int)]

    def join(self, columns: Sequence[Native]) -> Native:
        return np.concatenate(columns)


class _Pandas(Kind):
    """Held by numpy, with rows labelled from 100 down."""

    def instants(self, counts: Counts, unit: str, zone: str = "UTC") -> Native:
        wall = pd.Series(_Numpy().instants(counts, unit), name="x")
        wall.index = pd.RangeIndex(100, 100 - len(wall), -1)
        return wall.dt.tz_localize("UTC").dt.tz_convert(zone)

    def spans(self, counts: Counts, unit: str) -> Native:
        index = pd.RangeIndex(100, 100 - len(counts), -1)
        return pd.Series(_Numpy().spans(counts, unit), index, name="wait")

    def listed(self, column: Native) -> list[Any]:
        return [None if pd.isna(each) else each for each in column.tolist()]

    def values(self, values: Sequence[Any], kind: Any = None) -> Native:  # noqa: ANN401
        index = pd.RangeIndex(100, 100 - len(values), -1)
        return pd.Series(values, index, kind, "level")

    def take(self, column: Native, rows: Sequence[int]) -> Native:
        return column.iloc[list(rows)]

    def join(self, columns: Sequence[Native]) -> Native:
        return pd.concat(columns)

    def nature(self, column: Native) -> tuple[object, ...]:
        return *super().nature(column), column.name, tuple(column.index)


class _PandasArrow(_Pandas):
    def instants(self, counts: Counts, unit: str, zone: str = "UTC") -> Native:
        series = super().instants(counts, unit, zone)
        return series.astype(pd.ArrowDtype(pa.timestamp(unit, zone)))

    def spans(self, counts: Counts, unit: str) -> Native:
        return super().spans(counts, unit).astype(pd.ArrowDtype(pa.duration(unit)))


class _Polars(Kind):
    units = ("ms", "us", "ns")

    def instants(self, counts: Counts, unit: str, zone: str = "UTC") -> Native:
        kind = pl.Datetime(unit, zone)  # type: ignore[arg-type]
        return pl.Series("x", counts, pl.Int64).cast(kind)

    def spans(self, counts: Counts, unit: str) -> Native:
        return pl.Series("wait", counts, pl.Int64).cast(pl.Duration(unit))  # type: ignore[arg-type]

    def listed(self, column: Native) -> list[Any]:
        return list(column.to_list())

    def values(self, values: Sequence[Any], kind: Any = None) -> Native:  # noqa: ANN401
        return pl.Series("level", values, kind)

    def take(self, column: Native, rows: Sequence[int]) -> Native:
        return column.gather(list(rows))

    def join(self, columns: Sequence[Native]) -> Native:
        return pl.concat(columns, rechunk=False)

    def nature(self, column: Native) -> tuple[object, ...]:
        return *super().nature(column), column.name


class _Arrow(Kind):
    def instants(self, counts: Counts, unit: str, zone: str = "UTC") -> Native:
        return pa.array(counts, pa.int64()).cast(pa.timestamp(unit, zone))

    def spans(self, counts: Counts, unit: str) -> Native:
        return pa.array(counts, pa.int64()).cast(pa.duration(unit))

    def listed(self, column: Native) -> list[Any]:
        return list(column.to_pylist())

    def values(self, values: Sequence[Any], kind: Any = None) -> Native:  # noqa: ANN401
        return pa.array(values, kind)

    def take(self, column: Native, rows: Sequence[int]) -> Native:
        return column.take(pa.array(rows, pa.int64()))

    def join(self, columns: Sequence[Native]) -> Native:
        return pa.concat_arrays(columns)

    def nature(self, column: Native) -> tuple[object, ...]:
        return type(column), column.type


class _ArrowChunks(_Arrow):
    def instants(self, counts: Counts, unit: str, zone: str = "UTC") -> Native:
        return _cut(super().instants(counts, unit, zone))

    def spans(self, counts: Counts, unit: str) -> Native:
        return _cut(super().spans(counts, unit))

    def values(self, values: Sequence[Any], kind: Any = None) -> Native:  # noqa: ANN401
        return _cut(super().values(values, kind))

    def join(self, columns: Sequence[Native]) -> Native:
        return pa.chunked_array([chunk for each in columns for chunk in each.chunks])


KINDS: Final[dict[str, Kind]] = {
    "numpy": _Numpy(),
    "pandas": _Pandas(),
    "pandas with arrow": _PandasArrow(),
    "polars": _Polars(),
    "pyarrow": _Arrow(),
    "pyarrow in chunks": _ArrowChunks(),
}


def _cut(array: Native) -> Native:
    return pa.chunked_array([array[: len(array) // 2], array[len(array) // 2 :]], array.type)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return (value - EPOCH) // MICROSECOND
    return value // MICROSECOND if isinstance(value, timedelta) else value
