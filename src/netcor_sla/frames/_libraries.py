"""Columns of numpy, and of polars, pyarrow and pandas as narwhals reads them.

None of the three is imported here; whoever hands in a column has done so. A column of instants is read as
integers in its own unit, and as a mask of what is missing; an answer is made of the same two, like the
column that was asked about. A new library is a class like these, and a line in `column`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import Any, ClassVar, Final

import narwhals as nw
import numpy as np
from narwhals import dependencies

from netcor_sla.errors import ArgumentError, ColumnError
from netcor_sla.frames._kernel import Codes, Integers, Mask

NOT_IN_NUMPY: Final = (nw.Int128, nw.UInt128, nw.Decimal)
TEXTS: Final = (nw.String, nw.Categorical, nw.Enum)

Native = Any  # a column, or a type of values, of a library that may not be there
Answers = Integers | Mask
Unit = tuple[str, str]  # what integers count, and since when: "UTC", "wall" or, if they are durations, ""


class Column(ABC):
    """A column, read by narwhals where a library does not say otherwise, and how others like it are made."""

    noun: ClassVar[str]
    to_instants: ClassVar[str]  # how one makes instants of such a column, gives them a zone,
    to_zone: ClassVar[str]
    to_microseconds: ClassVar[str]  # and counts in microseconds,
    to_durations: ClassVar[str]  # or makes durations of minutes
    labels: Native = None  # of its rows, where a caller may match rows by them

    def __init__(self, native: Native) -> None:
        self.native = native

    def __len__(self) -> int:
        return len(self.native)

    @cached_property
    def series(self) -> "nw.Series[Any]":
        return nw.from_native(self.native, series_only=True)

    @property
    def type(self) -> Native:
        return self.native.dtype

    @property
    def unit(self) -> Unit | None:
        kind = self.series.dtype
        if isinstance(kind, nw.Datetime):
            return kind.time_unit, "UTC" if kind.time_zone else "wall"
        return (kind.time_unit, "") if isinstance(kind, nw.Duration) else None

    def integers(self) -> Integers:
        """Give the integers of a column of instants; the least there is where one is missing."""
        return self.series.to_numpy().view(np.int64)

    def missing(self) -> Mask | None:
        """Mark the missing rows; None if there are none."""
        series = self.series
        return series.is_null().to_numpy() if series.null_count() else None

    def value(self, row: int) -> Any:  # noqa: ANN401 - columns of levels hold anything
        return self.series[row : row + 1].to_list()[0]

    def numbers(self) -> Native | None:
        """Give an array of integers or floats, ones for what is missing; None if it has none."""
        series = self.series
        if not series.dtype.is_numeric() or series.dtype in NOT_IN_NUMPY:
            return None
        return (series.fill_null(1) if series.null_count() else series).to_numpy()

    def codes(self, code: Callable[[Any], int]) -> Codes:
        """Ask for the code of each distinct value, objects one by one; what is missing has code 0."""
        series = self.series
        if self.type is np.dtype(np.object_) or not (series.dtype in TEXTS or series.dtype.is_numeric()):
            return _coded(series.to_list(), series.is_null().to_list(), code)
        return self._replaced(code)

    def _replaced(self, code: Callable[[Any], int]) -> Codes:
        series = self.series
        values = series.drop_nulls().unique().to_list()
        if not values:
            return np.zeros(len(self), np.uint8)
        replaced = series.replace_strict(values, list(map(code, values)), return_dtype=nw.Int16)
        return replaced.fill_null(0).to_numpy().astype(np.uint8)

    @abstractmethod
    def like(self, values: Answers, missing: Mask | None, unit: str | None, name: str) -> Native:
        """Make a column of durations in a unit, of truth values if that is None, or of this type if it is "".

        It has the name, if columns have one. Instants and durations that are missing hold the least integer.
        """


class PolarsColumn(Column):
    noun = "polars Series"
    to_instants = (
        "{0}.str.to_datetime('%Y-%m-%dT%H:%M:%S%z') or, empty, {0}.cast(polars.Datetime('us', 'UTC'))"
    )
    to_zone = "{}.dt.replace_time_zone({!r})"
    to_microseconds = "{}.dt.cast_time_unit('us')"
    to_durations = "({}.cast(polars.Int64) * 60_000_000).cast(polars.Duration('us'))"

    def like(self, values: Answers, missing: Mask | None, unit: str | None, name: str) -> Native:
        polars = dependencies.get_polars()
        made = polars.Series(name, values)
        if missing is not None:
            made = made.set(polars.Series(missing), None)
        return made.cast(polars.Boolean if unit is None else polars.Duration(unit) if unit else self.type)


class ArrowColumn(Column):
    """A ChunkedArray, or an Array, which is read as its only chunk."""

    noun = "pyarrow array"
    to_instants = "{}.cast(pyarrow.timestamp('us', 'UTC'))"
    to_zone = "pyarrow.compute.assume_timezone({}, {!r})"
    to_microseconds = "{0}.cast(pyarrow.timestamp('us', {0}.type.tz))"
    to_durations = "pyarrow.compute.multiply({}.cast('int64'), 60_000_000).cast(pyarrow.duration('us'))"

    def __init__(self, native: Native) -> None:
        arrow = dependencies.get_pyarrow()
        self._is_array = isinstance(native, arrow.Array)
        super().__init__(arrow.chunked_array([native]) if self._is_array else native)

    @property
    def type(self) -> Native:
        return self.native.type

    @property
    def unit(self) -> Unit | None:
        """Ask pyarrow, as narwhals takes longer than all the rest of a small column."""
        arrow = dependencies.get_pyarrow()
        if isinstance(self.type, arrow.TimestampType):
            return self.type.unit, "UTC" if self.type.tz else "wall"
        return (self.type.unit, "") if isinstance(self.type, arrow.DurationType) else None

    def integers(self) -> Integers:
        return np.asarray(self.native.to_numpy()).view(np.int64)

    def _replaced(self, code: Callable[[Any], int]) -> Codes:
        # Chunk by chunk, the numbers of values are looked up; so dictionaries have them.
        codes = [np.zeros(0, np.uint8)]
        for chunk in self.native.chunks:
            numbered = chunk if hasattr(chunk, "indices") else chunk.dictionary_encode()
            values = numbered.dictionary.to_pylist()
            table = np.array([*(0 if each is None else code(each) for each in values), 0], np.uint8)
            places = numbered.indices.cast("int64").fill_null(len(values))
            codes.append(table[places.to_numpy(zero_copy_only=False)])
        return np.concatenate(codes)

    def like(self, values: Answers, missing: Mask | None, unit: str | None, _name: str = "") -> Native:
        arrow = dependencies.get_pyarrow()
        kind = arrow.bool_() if unit is None else arrow.duration(unit) if unit else self.type
        made = arrow.array(values, mask=missing).cast(kind)
        return made if self._is_array else arrow.chunked_array([made])


class PandasColumn(Column):
    """A Series, held by numpy or by pyarrow."""

    noun = "pandas Series"
    to_instants = "pandas.to_datetime({}, format='%Y-%m-%dT%H:%M:%S%z', utc=True)"
    to_zone = "{}.dt.tz_localize({!r})"
    to_microseconds = "{}.dt.as_unit('us')"
    to_durations = "pandas.to_timedelta({}, unit='min')"

    def __init__(self, native: Native) -> None:
        super().__init__(native)
        self.labels = native.index
        by_arrow = hasattr(native.dtype, "pyarrow_dtype")
        self._held = ArrowColumn(native.array.__arrow_array__()) if by_arrow else None

    @property
    def unit(self) -> Unit | None:
        """Ask pandas, since narwhals reads no zone with a `_` or `-` in its name."""
        if self._held is not None:
            return self._held.unit
        if self.type.kind not in "mM" or not hasattr(self.native, "dt"):  # for example if it is sparse
            return None
        since = "" if self.type.kind == "m" else "UTC" if self.native.dt.tz else "wall"
        return self.native.dt.unit, since

    def integers(self) -> Integers:
        if self._held is not None:
            return self._held.integers()
        values = self.native.array
        return np.asarray(values if self.type.kind == "m" else values.tz_convert(None)).view(np.int64)

    def _replaced(self, code: Callable[[Any], int]) -> Codes:
        places, values = self.native.factorize()  # several times as quick as narwhals' way
        table = np.array([*map(code, values.tolist()), 0], np.uint8)  # -1, the last, is missing
        return np.asarray(table[places], np.uint8)

    def like(self, values: Answers, missing: Mask | None, unit: str | None, name: str) -> Native:
        array, kind, pandas = values, None, dependencies.get_pandas()
        if self._held is not None:
            array = pandas.arrays.ArrowExtensionArray(self._held.like(values, missing, unit))
        elif unit is None:
            nowhere = np.zeros(len(values), np.bool_)
            array = pandas.arrays.BooleanArray(values, nowhere if missing is None else missing)
        else:
            kind = np.dtype(f"m8[{unit}]") if unit else self.type
            # Left to itself, pandas before version 3 takes all integers for nanoseconds.
            array = values.view(kind) if kind.kind == "m" else values
        return pandas.Series(array, self.labels, kind, name, copy=False)


class NumpyColumn(Column):
    """An array. It knows no zones, so its instants are in UTC."""

    noun = "numpy array"
    to_instants = "{}.astype('datetime64[us]'), which takes clock times for UTC"
    to_microseconds = "{}.astype('datetime64[us]')"
    to_durations = "{}.astype('timedelta64[m]').astype('timedelta64[us]')"
    to_zone = ""

    @property
    def unit(self) -> Unit | None:
        if self.type.kind not in "mM":
            return None
        name, count = np.datetime_data(self.type)
        since = "UTC" if self.type.kind == "M" else ""
        return (name, since) if count == 1 else None  # ten seconds are no unit

    def integers(self) -> Integers:
        return np.asarray(self.native, self.type.newbyteorder("=")).view(np.int64)

    def missing(self) -> Mask | None:
        if self.type.kind not in "mMf":
            return None
        missing: Mask = np.isnan(self.native) if self.type.kind == "f" else np.isnat(self.native)
        return missing if missing.any() else None

    def value(self, row: int) -> Any:  # noqa: ANN401
        return _values(self.native[row : row + 1])[0]

    def numbers(self) -> Native | None:
        if self.type.kind not in "iuf":
            return None
        missing = self.missing()
        return self.native if missing is None else np.where(missing, 1, self.native)

    def codes(self, code: Callable[[Any], int]) -> Codes:
        values = _values(self.native)
        missing = (each is None or (isinstance(each, float) and each != each) for each in values)  # noqa: PLR0124
        return _coded(values, missing, code)

    def like(self, values: Answers, missing: Mask | None, unit: str | None, _name: str) -> Native:
        if missing is not None and unit is None:
            raise ColumnError(
                f"row {missing.argmax()}: the answer is missing, and numpy has no truth value for "
                "that; leave such rows out, or ask about a column of pandas, polars or pyarrow"
            )
        kind = f"m8[{unit}]" if unit else self.type.newbyteorder("=")
        return values.view(np.bool_ if unit is None else kind)


def column(native: object, name: str) -> Column:
    arrow = dependencies.get_pyarrow()
    if dependencies.is_pandas_series(native):
        return PandasColumn(native)
    if dependencies.is_polars_series(native):
        return PolarsColumn(native)
    if arrow is not None and isinstance(native, arrow.Array | arrow.ChunkedArray):
        return ArrowColumn(native)
    if isinstance(native, np.ndarray) and native.ndim == 1 and not isinstance(native, np.ma.MaskedArray):
        return NumpyColumn(native)
    raise ArgumentError(
        f"{name} must be a column: a Series of pandas or polars, an Array or ChunkedArray of "
        f"pyarrow, or a numpy array of one dimension and without a mask, not {type(native).__name__}"
    )


def _values(array: Native) -> list[Any]:
    values: list[Any] = list(array) if array.dtype.kind in "mM" else array.tolist()
    return values


def _coded(values: list[Any], missing: Iterable[bool], code: Callable[[Any], int]) -> Codes:
    """Give each value its code, asking once for each that is distinct, by type too."""
    known = lru_cache(maxsize=None, typed=True)(code)

    def once(value: object, lacks: bool) -> int:  # noqa: FBT001 - mapped over two columns
        try:
            return 0 if lacks else known(value)
        except (TypeError, ValueError):  # it has no hash; the second is numpy's
            return code(value)

    return np.fromiter(map(once, values, missing), np.uint8, len(values))
