"""Columns of levels: numbers, texts, members, and what a table calls them, of any type."""

import datetime as dt
import decimal
import re
from typing import Any, Final

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from desks import TERMS
from kinds import KINDS
from netcor_sla import EscalationLevel, frames
from netcor_sla.errors import ArgumentError, LevelError
from netcor_sla.frames._libraries import column
from netcor_sla.frames._rows import level_codes, level_names

CRITICAL, HIGH, _, LOW = EscalationLevel

SMALL: Final = (0, 5, 100)
SIGNED: Final = (0, -1, -128)
WIDE: Final = (0, 256, 257, 260)  # of which a byte keeps 0, 1 and 4
FLOATS: Final = (0.0, 1.5, 4.25, 0.5, -0.25, 257.0, float("inf"), 64_000.0)

# A type, and numbers that it holds and that are no level's.
TYPES: Final[list[tuple[str, Any, tuple[float, ...]]]] = [
    *(("numpy", kind, SIGNED) for kind in ("i1", "i2", ">i4")),
    *(("numpy", kind, WIDE) for kind in ("i8", "u4", "u8", ">i2")),
    *(("numpy", kind, FLOATS) for kind in ("f8", "f4", "f2", "O")),
    *(("pandas", kind, SIGNED) for kind in ("int8", "Int8", "Int64", "category")),
    *(("pandas", kind, WIDE) for kind in ("uint64", "UInt16", "int64[pyarrow]")),
    *(("pandas", kind, FLOATS) for kind in ("float64", "Float32", "object", "double[pyarrow]")),
    *((name, kind, SMALL) for name, kind in (("numpy", "u1"), ("pandas", "uint8[pyarrow]"))),
    *(("polars", kind, SIGNED) for kind in (pl.Int8, pl.Int64, pl.Int128)),
    *(("polars", kind, WIDE) for kind in (pl.UInt64, pl.Int64)),
    *(("polars", kind, FLOATS) for kind in (pl.Float32, pl.Float64)),
    *(("pyarrow", *each) for each in ((pa.int8(), SIGNED), (pa.uint64(), WIDE))),
    *(("pyarrow", kind, FLOATS) for kind in (pa.float32(), pa.float64())),
    ("pyarrow in chunks", pa.int64(), WIDE),
    ("pyarrow in chunks", pa.dictionary(pa.int8(), pa.int64()), SIGNED),
]
WITHOUT_NULL: Final = ("i1", "u1", "i2", "u4", "i8", "u8", ">i2", ">i4", "int8", "uint64")


def codes(made: Any, levels: Any = None) -> list[int]:  # noqa: ANN401
    """Read a column of levels."""
    found = level_codes(column(made, "level"), level_names(levels))
    assert found.dtype == np.uint8
    return list(found)


def made_of(name: str, kind: Any, values: list[Any]) -> Any:  # noqa: ANN401
    """Make a column of numbers; dictionaries are made from plain arrays."""
    if isinstance(kind, pa.DictionaryType):
        return KINDS[name].values(values, kind.value_type).dictionary_encode()
    return KINDS[name].values(values, kind)


every_type = pytest.mark.parametrize(("name", "kind", "wrong"), TYPES, ids=range(len(TYPES)))


@every_type
def test_numbers_are_levels_in_any_type(name: str, kind: Any, wrong: tuple[float, ...]) -> None:  # noqa: ANN401
    """Integers, whole floats, dictionaries and objects; what is missing is 0."""
    del wrong
    assert codes(made_of(name, kind, [1, 4, 2, 3])) == [1, 4, 2, 3]
    assert codes(made_of(name, kind, [])) == []
    if kind not in WITHOUT_NULL:
        assert codes(made_of(name, kind, [1, None, 3])) == [1, 0, 3]


@every_type
def test_other_numbers_are_refused(name: str, kind: Any, wrong: tuple[float, ...]) -> None:  # noqa: ANN401
    """With row and number; a missing row before it is none, and later ones are not named."""
    first = 1 if kind in WITHOUT_NULL else None
    for number in wrong:
        made = made_of(name, kind, [first, number, wrong[0]])
        with pytest.raises(LevelError) as error:
            codes(made)
        assert re.match(rf"row 1: {number:g}(\.0)? is not an escalation level", str(error.value))


TEXTS: Final[list[tuple[str, Any]]] = [
    ("numpy", "U"),
    ("numpy", "O"),
    ("pandas", "str"),
    ("pandas", "object"),
    ("pandas", "string"),
    ("pandas", "category"),
    ("pandas", "string[pyarrow]"),
    ("pandas", pd.ArrowDtype(pa.string())),
    ("polars", pl.String),
    ("polars", pl.Categorical),
    ("polars", pl.Enum(["critical", "Hoch", "3", "x", "Eskalationsstufe 4", "?"])),
    ("polars", pl.Object),
    ("pyarrow", pa.string()),
    ("pyarrow", pa.large_string()),
    ("pyarrow in chunks", pa.dictionary(pa.int8(), pa.string())),
]


@pytest.mark.parametrize(("name", "kind"), TEXTS, ids=range(len(TEXTS)))
def test_texts_are_levels_as_everywhere(name: str, kind: Any) -> None:  # noqa: ANN401
    """Whatever `EscalationLevel` knows; or only the keys of `levels`."""
    texts = ["critical", "Hoch", "3", "Eskalationsstufe 4", "Hoch"]
    assert codes(made_of(name, kind, texts)) == [1, 2, 3, 4, 2]
    names = {"critical": 4, "Hoch": LOW, "3": "1", "Eskalationsstufe 4": HIGH}
    assert codes(made_of(name, kind, texts), names) == [4, 4, 1, 2, 4]
    if kind != "U":
        assert codes(made_of(name, kind, [None, "3", None])) == [0, 3, 0]
        assert codes(made_of(name, kind, [None, "x", None]), {"x": LOW}) == [0, 4, 0]
    with pytest.raises(LevelError, match=r"^row 1: 'x' is not an escalation level; choose one of '1"):
        codes(made_of(name, kind, ["3", "x", "?", "x"]))
    with pytest.raises(LevelError, match=r"^row 2: '\?' is not among levels, which are \['3', 'x'"):
        codes(made_of(name, kind, ["3", "x", "?", "3"]), {"3": LOW, "x": HIGH})
    assert codes(made_of(name, kind, ["x", "3", "x"]), {"3": LOW, "x": None}) == [0, 4, 0]


def test_rows_of_unknown_levels_are_named_up_to_twenty() -> None:
    """All at once, so that they can be looked at in the table."""
    for values in (["1", "x", "2", "x", "y"], [1, 7, 2, 7, 8]):
        with pytest.raises(LevelError, match=r"^row 1: .*; rows without a level: 1, 3, 4$"):
            codes(KINDS["polars"].values(values))
    with pytest.raises(LevelError, match=r"rows without a level: 0, 1, .*, 18, 19, and 5 more$"):
        codes(np.arange(10, 35))


def test_a_level_that_nothing_is_promised_for_has_no_deadline() -> None:
    """Merged tickets, spam, a fifth level: no error, and no deadline of another level."""
    for kind in KINDS.values():
        opened_at, levels = kind.make([0, 0, 0]), kind.values(["P1", "spam", "P5"])
        due = frames.response_due(
            opened_at, levels, levels={"P1": 1, "spam": None, "P5": None}, agreement=TERMS
        )
        assert [each is None for each in kind.rows(due)] == [False, True, True]


VIEWS: Final = pa.table(
    pl.DataFrame({"level": ["critical", None, "4"]}).with_columns(
        text=pl.col("level"),
        category=pl.col("level").cast(pl.Categorical),
        enum=pl.col("level").cast(pl.Enum(["critical", "4"])),
    )
)
GONE: Final = pd.Series([1, None])  # a column of floats, since something is missing
DICTIONARY: Final = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 0]), pa.array(["1", None]))
TRUTH: Final = {True: CRITICAL, False: LOW}
NUMBERS: Final = {10: "critical", 20: 2, 1: LOW}

# A column, what its table calls its levels, and which these are.
READ: Final[list[tuple[Any, Any, list[int]]]] = [
    *((KINDS[name].values([LOW, CRITICAL, None]), None, [4, 1, 0]) for name in ("numpy", "pandas")),
    *((pl.Series([LOW, CRITICAL], dtype=kind), None, [4, 1]) for kind in (None, pl.Object)),
    *((GONE.astype(kind), None, [1, 0]) for kind in ("category", object)),
    (np.array([np.float32(2), 4.0], object), None, [2, 4]),
    (np.array([1, 1.0, 2], object), {1: LOW, 2: HIGH}, [4, 4, 2]),
    (pa.array([3.0, None]).dictionary_encode(), None, [3, 0]),
    *((VIEWS[name], None, [1, 0, 4]) for name in ("text", "category", "enum")),
    (DICTIONARY, None, [1, 0, 0, 1]),
    (pa.chunked_array([DICTIONARY, DICTIONARY[2:]]), None, [1, 0, 0, 1, 0, 1]),
    (pa.chunked_array([], pa.string()), None, []),
    *((make([None, None]), None, [0, 0]) for make in (pl.Series, pd.Series, pa.array)),
    (pl.Series([True, False, None]), TRUTH, [1, 4, 0]),
    (pd.Series([True, False]), TRUTH, [1, 4]),
    (KINDS["numpy"].values([10, 20, 1], "i8"), NUMBERS, [1, 2, 4]),
    *((KINDS[name].values([10, 20, 1]), NUMBERS, [1, 2, 4]) for name in ("pandas", "polars", "pyarrow")),
]


@pytest.mark.parametrize(("made", "levels", "expected"), READ, ids=range(len(READ)))
def test_levels_of_all_sorts_are_read(made: Any, levels: Any, expected: list[int]) -> None:  # noqa: ANN401
    """Members, whole floats, views, dictionaries that lack values, truth, and names that are numbers."""
    assert codes(made, levels) == expected


UNREAD: Final[list[tuple[Any, Any, str]]] = [
    (np.array([1, 1, True], object), None, "row 2: True is "),
    # Whose type narwhals tells from the first hundred.
    (pd.Series(["critical"] * 200 + [1, True], dtype=object), None, "row 201: True is "),
    (np.array([1]), TRUTH, r"row 0: 1 is not among levels, which are \[True, False"),
    (pl.Series([10, 20]), {10: 1, 1: LOW}, r"row 1: 20 is not among levels, which are \[10, 1\]"),
    *((VIEWS[name], {"4": LOW}, "row 0: 'critical' is ") for name in ("text", "category", "enum")),
]


@pytest.mark.parametrize(("made", "levels", "message"), UNREAD, ids=range(len(UNREAD)))
def test_what_is_unknown_is_named(made: Any, levels: Any, message: str) -> None:  # noqa: ANN401
    """Truth is not the 1 before it, and with `levels` no other way is known."""
    with pytest.raises(LevelError, match=f"^{message}"):
        codes(made, levels)


TRUTHS: Final[list[Any]] = [
    np.array([True]),
    np.array([1, True], object)[1:],
    np.array([np.True_, None], object),
    pd.Series([True]),
    pd.Series([True], dtype="boolean"),
    pd.Series([True, "x"], dtype=object),
    pl.Series([True]),
    pl.Series([True], dtype=pl.Object),
    pa.array([True]),
]


@pytest.mark.parametrize("made", TRUTHS, ids=range(len(TRUTHS)))
@pytest.mark.parametrize("levels", [None, {1: LOW}, {"True": LOW}])
def test_truth_values_are_no_levels(made: Any, levels: Any) -> None:  # noqa: ANN401
    """Although `True` equals 1; they are, where `levels` names them."""
    with pytest.raises(LevelError, match=r"^row 0: .*True.* is not "):
        codes(made, levels)
    assert codes(made[:1], {True: LOW}) == [4]


ODD: Final[list[Any]] = [
    np.array(["2026-04-02"], "M8[us]"),
    np.array([[1], [2, 3]], object)[:1],
    np.array([1j]),
    np.array([pd.NA], object),
    pd.Series([[1]]),
    pd.Series([dt.date(2026, 4, 2)]),
    pd.Series([pd.Timestamp("2026-04-02")]),
    pl.Series([[1]]),
    pl.Series([{"a": 1}]),
    pl.Series([float("nan")]),
    pl.Series([b"1"]),
    pa.array([float("nan")]),
    pa.array([decimal.Decimal("1.5")]),
    # Times of numpy, although Python has plain integers for many, and 2 for two nanoseconds.
    *(np.array([2, 1]).astype(f"{kind}[{unit}]") for kind in ("m8", "M8") for unit in ("ns", "us", "Y")),
    *(np.array([np.timedelta64(2, unit), None], object) for unit in ("ns", "us", "D")),
]


@pytest.mark.parametrize("made", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("levels", [None, {"1": LOW}, {1: LOW, 2: HIGH}])
def test_anything_else_is_no_level(made: Any, levels: Any) -> None:  # noqa: ANN401
    """Dates, lists, decimals, times, and NaN where the library tells it from what is missing."""
    with pytest.raises(LevelError, match=r"^row 0: "):
        codes(made, levels)


WRONG_NAMES: Final[list[tuple[Any, str]]] = [
    ("1 - Critical", "levels must be a mapping"),
    ([("x", LOW)], "levels must be a mapping"),
    *(({"x": level}, f"levels, 'x': {level!r} is ") for level in ("urgent", True, 1.5)),
]


@pytest.mark.parametrize(("levels", "message"), WRONG_NAMES, ids=range(len(WRONG_NAMES)))
def test_names_for_levels_are_checked(levels: Any, message: str) -> None:  # noqa: ANN401
    """Before a single row is read."""
    with pytest.raises((ArgumentError, LevelError), match=f"^{message}"):
        level_names(levels)
