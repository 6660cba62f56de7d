"""The libraries of tables: polars, pyarrow and pandas, as narwhals reads them.

None of them is imported here; whoever hands in a column has done so.
"""

from collections.abc import Callable
from typing import Any, Final

import narwhals as nw
import numpy as np
from narwhals import dependencies

from netcor_sla.errors import ArgumentError
from netcor_sla.frames._columns import Answers, Column, Native, NumpyColumn, Remedies, Unit, coded
from netcor_sla.frames._kernel import Codes, Integers, Mask

NOT_IN_NUMPY: Final = (nw.Int128, nw.UInt128, nw.Decimal)
OBJECT: Final = np.dtype(np.object_)
TEXTS: Final = (nw.String, nw.Categorical, nw.Enum)


class Series(Column):
    """A column that narwhals reads."""

    @property
    def series(self) -> "nw.Series[Any]":
        """The column as narwhals sees it."""
        return nw.from_native(self.native, series_only=True)

    @property
    def unit(self) -> Unit | None:
        """What its type says."""
        kind = self.series.dtype
        if not isinstance(kind, nw.Datetime):
            return None
        return Unit(kind.time_unit, zoned=kind.time_zone is not None)

    def missing(self) -> Mask | None:
        """Count first, since most columns lack nothing."""
        series = self.series
        return series.is_null().to_numpy() if series.null_count() else None

    def integers(self) -> Integers:
        """Take them for numpy's instants, in UTC."""
        return self.series.to_numpy().view(np.int64)

    def value(self, row: int) -> Any:  # noqa: ANN401
        """Convert it."""
        return self.series[row : row + 1].to_list()[0]

    def numbers(self) -> Native | None:
        """Fill what is missing."""
        series = self.series
        if not series.dtype.is_numeric() or series.dtype in NOT_IN_NUMPY:
            return None
        return (series.fill_null(0) if series.null_count() else series).to_numpy()

    def codes(self, code: Callable[[Any], int]) -> Codes:
        """Leave texts and numbers to the library; objects of Python are asked one by one."""
        series = self.series
        if self.type is OBJECT or not (series.dtype in TEXTS or series.dtype.is_numeric()):
            return coded(series.to_list(), series.is_null().to_list(), code)
        return self._replaced(code)

    def _replaced(self, code: Callable[[Any], int]) -> Codes:
        """Replace value by value."""
        series = self.series
        values = series.drop_nulls().unique().to_list()
        if not values:
            return np.zeros(len(self), np.uint8)
        replaced = series.replace_strict(values, list(map(code, values)), return_dtype=nw.Int16)
        return replaced.fill_null(0).to_numpy().astype(np.uint8)


class PolarsColumn(Series):
    """A Series."""

    noun = "polars Series"
    remedies = Remedies(
        "{0}.str.to_datetime(time_zone='UTC') if it holds texts, or, if it holds nothing, with "
        "{0}.cast(polars.Datetime('us', 'UTC'))",
        "{}.dt.replace_time_zone('Europe/Berlin')",
        "{}.dt.cast_time_unit('us')",
    )

    def duration(self, unit: str) -> Native:
        """Name the type."""
        return dependencies.get_polars().Duration(unit)

    @property
    def truth(self) -> Native:
        """The type."""
        return dependencies.get_polars().Boolean

    def like(self, values: Answers, missing: Mask | None, kind: Native) -> Native:
        """Keep the name; the memory is the same where polars can use it."""
        polars = dependencies.get_polars()
        made = polars.Series(self.native.name, values)
        if missing is not None:
            made = made.set(polars.Series(missing), None)
        return made.cast(kind)


class ArrowColumn(Series):
    """A ChunkedArray, or an Array."""

    noun = "pyarrow array"
    remedies = Remedies(
        "{}.cast(pyarrow.timestamp('us', 'UTC')) if it holds texts or nothing",
        "pyarrow.compute.assume_timezone({}, 'Europe/Berlin')",
        "{0}.cast(pyarrow.timestamp('us', {0}.type.tz))",
    )

    def __init__(self, native: Native) -> None:
        """Treat an Array as a single chunk, and remember what it was."""
        arrow = dependencies.get_pyarrow()
        self._is_array = isinstance(native, arrow.Array)
        super().__init__(arrow.chunked_array([native]) if self._is_array else native)

    @property
    def type(self) -> Native:
        """The type of its values."""
        return self.native.type

    def duration(self, unit: str) -> Native:
        """Name the type."""
        return dependencies.get_pyarrow().duration(unit)

    @property
    def truth(self) -> Native:
        """The type."""
        return dependencies.get_pyarrow().bool_()

    def _replaced(self, code: Callable[[Any], int]) -> Codes:
        """Number the values, chunk by chunk, and look the numbers up; so dictionaries have them."""
        codes = [np.zeros(0, np.uint8)]
        for chunk in self.native.chunks:
            numbered = chunk if hasattr(chunk, "indices") else chunk.dictionary_encode()
            values = numbered.dictionary.to_pylist()
            table = np.array([*(0 if each is None else code(each) for each in values), 0], np.uint8)
            places = numbered.indices.cast("int64").fill_null(len(values))
            codes.append(table[places.to_numpy(zero_copy_only=False)])
        return np.concatenate(codes)

    def like(self, values: Answers, missing: Mask | None, kind: Native) -> Native:
        """Use the same memory; an Array for an Array."""
        arrow = dependencies.get_pyarrow()
        made = arrow.array(values, mask=missing).cast(kind)
        return made if self._is_array else arrow.chunked_array([made])


class PandasColumn(Series):
    """A Series, held by numpy."""

    noun = "pandas Series"
    remedies = Remedies(
        "pandas.to_datetime({}, utc=True)",
        "{}.dt.tz_localize('Europe/Berlin')",
        "{}.dt.as_unit('us')",
    )

    @property
    def unit(self) -> Unit | None:
        """Ask pandas, since narwhals reads no zone with a `_` or `-` in its name."""
        if self.type.kind != "M" or not hasattr(self.native, "dt"):  # as if it is sparse
            return None
        return Unit(self.native.dt.unit, zoned=self.native.dt.tz is not None)

    def integers(self) -> Integers:
        """Look at the same memory, which holds instants in UTC."""
        return np.asarray(self.native.array.tz_convert(None)).view(np.int64)

    def _replaced(self, code: Callable[[Any], int]) -> Codes:
        """Number the values and look the numbers up, which pandas does in a fifth of the time."""
        places, values = self.native.factorize()
        table = np.array([*map(code, values.tolist()), 0], np.uint8)  # -1, the last, is missing
        return np.asarray(table[places], np.uint8)

    def duration(self, unit: str) -> Native:
        """Name the type."""
        return np.dtype(f"m8[{unit}]")

    @property
    def truth(self) -> Native:
        """The type that has missing values, for every answer: so parts are like the whole."""
        return dependencies.get_pandas().BooleanDtype()

    def like(self, values: Answers, missing: Mask | None, kind: Native) -> Native:
        """Keep index and name, and use the same memory."""
        native, pandas = self.native, dependencies.get_pandas()
        array = self._array(pandas, values, missing, kind)
        return pandas.Series(array, native.index, kind, native.name, copy=False)

    @property
    def labels(self) -> Native:
        """The index."""
        return self.native.index

    def _array(self, pandas: Native, values: Answers, missing: Mask | None, kind: Native) -> Native:
        """Make what a Series holds."""
        if kind == self.truth:
            none = np.zeros(len(values), np.bool_)
            return pandas.arrays.BooleanArray(values, none if missing is None else missing)
        # Left to itself, pandas before version 3 takes all integers for nanoseconds.
        return values.view(kind) if isinstance(kind, np.dtype) else values


class PandasArrowColumn(PandasColumn):
    """A Series, held by pyarrow."""

    def __init__(self, native: Native) -> None:
        """Take it for what it holds."""
        super().__init__(native)
        self._held = ArrowColumn(native.array.__arrow_array__())

    @property
    def unit(self) -> Unit | None:
        """What the type of what it holds says."""
        return self._held.unit

    def integers(self) -> Integers:
        """Read what it holds."""
        return self._held.integers()

    def duration(self, unit: str) -> Native:
        """Name the type."""
        return dependencies.get_pandas().ArrowDtype(self._held.duration(unit))

    @property
    def truth(self) -> Native:
        """The type."""
        return dependencies.get_pandas().ArrowDtype(self._held.truth)

    def _array(self, pandas: Native, values: Answers, missing: Mask | None, kind: Native) -> Native:
        made = self._held.like(values, missing, kind.pyarrow_dtype)
        return pandas.arrays.ArrowExtensionArray(made)


def column(native: object, name: str) -> Column:
    """Find out what kind of column an argument is."""
    kind = _kind(native)
    if kind is None:
        raise ArgumentError(
            f"{name} must be a column: a Series of pandas or polars, an Array or ChunkedArray of "
            f"pyarrow, or a numpy array of one dimension and without a mask, not {type(native).__name__}"
        )
    return kind(native)


def _kind(native: object) -> type[Column] | None:
    if dependencies.is_pandas_series(native):
        held = hasattr(native.dtype, "pyarrow_dtype")
        return PandasArrowColumn if held else PandasColumn
    if dependencies.is_polars_series(native):
        return PolarsColumn
    arrow = dependencies.get_pyarrow()
    if arrow is not None and isinstance(native, arrow.Array | arrow.ChunkedArray):
        return ArrowColumn
    if isinstance(native, np.ndarray) and native.ndim == 1:
        return None if isinstance(native, np.ma.MaskedArray) else NumpyColumn
    return None
