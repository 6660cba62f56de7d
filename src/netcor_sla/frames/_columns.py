"""What a column is, whichever library it comes from, and numpy's among them.

A column of instants is read as integers in its own unit, and as a mask of what is missing. An
answer is made of the same two, like the column that was asked about. What is reckoned is no
matter here.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Final, NamedTuple

import numpy as np

from netcor_sla.errors import ColumnError
from netcor_sla.frames._kernel import Codes, Integers, Mask

NOT_A_TIME: Final = np.iinfo(np.int64).min  # what pandas and numpy hold where one is missing

Native = Any  # a column, or a type of values, of a library that may not be there
Answers = Integers | Mask


class Unit(NamedTuple):
    """What the integers of a column of instants count, and whether from 1970 in UTC."""

    name: str
    zoned: bool


class Remedies(NamedTuple):
    """How a library makes a column of instants, gives it a zone, and counts microseconds."""

    instants: str
    zone: str
    microseconds: str


class Column(ABC):
    """A column, and how its library takes it apart and makes others like it."""

    noun: ClassVar[str]
    remedies: ClassVar[Remedies]

    def __init__(self, native: Native) -> None:
        self.native = native

    def __len__(self) -> int:
        return len(self.native)

    @property
    def type(self) -> Native:
        """The type of its values."""
        return self.native.dtype

    @property
    @abstractmethod
    def unit(self) -> Unit | None:
        """How it counts instants; None if it holds none."""

    @abstractmethod
    def missing(self) -> Mask | None:
        """Mark the missing rows; None if there are none."""

    @abstractmethod
    def integers(self) -> Integers:
        """Give the integers of a column of instants; those of missing rows mean nothing."""

    @abstractmethod
    def value(self, row: int) -> Any:  # noqa: ANN401 - columns of levels hold anything
        """Give the value of a row as Python has it."""

    @abstractmethod
    def numbers(self) -> Native | None:
        """Give an array of integers or floats, zeros for what is missing; None if it has none."""

    @abstractmethod
    def codes(self, code: Callable[[Any], int]) -> Codes:
        """Ask for the code of each distinct value; what is missing has code 0."""

    @abstractmethod
    def duration(self, unit: str) -> Native:
        """Name the type of durations in a unit."""

    @property
    @abstractmethod
    def truth(self) -> Native:
        """The type of truth values."""

    @abstractmethod
    def like(self, values: Answers, missing: Mask | None, kind: Native) -> Native:
        """Make a column with values of this type, of durations, or of truth.

        Instants and durations that are missing hold NaT already, the least integer.
        """

    @property
    def labels(self) -> Native:
        """The labels of its rows, in a library where a caller may match rows by them."""
        return None


class NumpyColumn(Column):
    """An array. It knows no zones, so its instants are in UTC."""

    noun = "numpy array"
    remedies = Remedies("{}.astype('datetime64[us]')", "", "{}.astype('datetime64[us]')")

    @property
    def unit(self) -> Unit | None:
        """Multiples, as ten seconds, are no unit."""
        if self.type.kind != "M":
            return None
        name, count = np.datetime_data(self.type)
        return Unit(name, zoned=True) if count == 1 else None

    def missing(self) -> Mask | None:
        """Look for NaT or NaN; integers lack nothing."""
        kind = self.type.kind
        if kind not in "Mf":
            return None
        if kind == "M" and self.integers().min(initial=0) > NOT_A_TIME:
            return None  # which is known in half the time that marking takes
        missing: Mask = np.isnat(self.native) if kind == "M" else np.isnan(self.native)
        return missing if missing.any() else None

    def integers(self) -> Integers:
        """Look at the same memory, if its bytes are in this machine's order."""
        return np.asarray(self.native, self.type.newbyteorder("=")).view(np.int64)

    def value(self, row: int) -> Any:  # noqa: ANN401
        """Convert it."""
        return _values(self.native[row : row + 1])[0]

    def numbers(self) -> Native | None:
        """Look at the same memory, unless a float is missing."""
        if self.type.kind not in "iuf":
            return None
        missing = self.missing()
        return self.native if missing is None else np.where(missing, 0, self.native)

    def codes(self, code: Callable[[Any], int]) -> Codes:
        """Ask object by object; None and NaN are missing."""
        values = _values(self.native)
        missing = (each is None or (isinstance(each, float) and each != each) for each in values)  # noqa: PLR0124
        return coded(values, missing, code)

    def duration(self, unit: str) -> Native:
        """Name the type."""
        return np.dtype(f"m8[{unit}]")

    @property
    def truth(self) -> Native:
        """The type."""
        return np.dtype(np.bool_)

    def like(self, values: Answers, missing: Mask | None, kind: Native) -> Native:
        """Look at the same memory; there is no truth value for what is missing."""
        if missing is not None and kind == self.truth:
            raise ColumnError(
                f"row {missing.argmax()}: the answer is missing, and numpy has no truth value for "
                "that; leave such rows out, or ask about a column of pandas, polars or pyarrow"
            )
        return values.view(kind.newbyteorder("="))


def _values(array: Native) -> list[Any]:
    """List the values; of times as numpy has them, since Python has integers for many."""
    values: list[Any] = list(array) if array.dtype.kind in "mM" else array.tolist()
    return values


def coded(values: list[Any], missing: Iterable[bool], code: Callable[[Any], int]) -> Codes:
    """Give each value its code, asking once for each that is distinct, by type too."""
    known: dict[tuple[type, Any], int] = {}

    def once(value: object, lacks: bool) -> int:  # noqa: FBT001 - mapped over two columns
        if lacks:
            return 0
        try:
            found = known.get((type(value), value))
        except (TypeError, ValueError):  # it has no hash; the second is numpy's
            return code(value)
        if found is None:
            found = known[type(value), value] = code(value)
        return found

    return np.fromiter(map(once, values, missing), np.uint8, len(values))
