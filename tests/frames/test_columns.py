"""Columns of each library: answers of the same kind, columns that do not match, and no columns."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute
import pytest

from desks import DESK, TERMS
from kinds import KINDS, Kind
from netcor_sla import BusinessCalendar, EscalationLevel, frames
from netcor_sla.errors import ArgumentError, ColumnError, NaiveError

LOW: Final = EscalationLevel.LOW
HOUR: Final = 3_600_000_000
# A Thursday, 16:10 on the desk's clock, and four business days later; a Sunday, and the Thursday
# after, when four days have been counted since Monday morning.
OPENED: Final = [1_775_139_000_000_000, None, 1_775_390_400_000_000]
DUE: Final = [1_775_657_400_000_000, None, 1_775_750_400_000_000]
NOW: Final = dt.datetime(2026, 4, 7, 12, tzinfo=dt.UTC)
PLAIN: Final = pd.Series(pd.to_datetime(["2026-04-02T16:10+02:00"]))

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
every_column = pytest.mark.parametrize(
    ("name", "unit", "zone"),
    [(name, unit, zone) for name, kind in KINDS.items() for unit in kind.units for zone in kind.zones],
)

# The types of durations and of truth values.
TYPES: Final = {
    "numpy": ("timedelta64[{}]", "bool"),
    "pandas": ("timedelta64[{}]", "boolean"),
    "pandas with arrow": ("duration[{}][pyarrow]", "bool[pyarrow]"),
    "polars": ("Duration(time_unit='{}')", "Boolean"),
    "pyarrow": ("duration[{}]", "bool"),
    "pyarrow in chunks": ("duration[{}]", "bool"),
}


@every_column
def test_answers_are_of_the_same_kind(name: str, unit: str, zone: str) -> None:
    """With type, zone, unit and labels, whether rows are missing or not; the name says what they are."""
    kind, (duration, truth) = KINDS[name], TYPES[name]
    for rows in (slice(3), slice(1), slice(0)):
        opened_at = kind.make(OPENED[rows], unit, zone)
        due = frames.response_due(opened_at, LOW, agreement=TERMS)
        assert kind.rows(due) == DUE[rows]
        named = kind.nature(opened_at)
        assert kind.nature(due) == (*named[:2], *("due",)[: len(named[2:])], *named[3:])
        took = frames.between(opened_at, due, calendar=DESK)
        assert kind.rows(took) == [34 * HOUR, None, 34 * HOUR][rows]
        judged = {"elapsed": took}
        moved = frames.add(opened_at, took, calendar=DESK)
        assert kind.rows(moved) == DUE[rows]
        assert kind.nature(moved) == (*named[:2], *("moved",)[: len(named[2:])], *named[3:])
        if name != "numpy" or rows != slice(3):  # numpy has no missing truth
            is_open = frames.is_open(opened_at, calendar=DESK)
            assert kind.rows(is_open) == [True, None, False][rows]
            assert str(kind.nature(is_open)[1]) == truth
            judged["open"] = is_open
            judged["late"] = frames.is_late(due, due, now=NOW)
        assert str(kind.nature(took)[1]) == duration.format(unit)
        for name_of, each in judged.items():
            assert kind.nature(each)[2:] == (*(name_of,)[: len(named[2:])], *named[3:])


@every_kind
def test_a_column_stays_as_it_is(kind: Kind) -> None:
    """Although its memory is read where it lies."""
    opened_at = kind.make(OPENED)
    frames.response_due(opened_at, LOW, agreement=TERMS)
    assert kind.rows(opened_at) == OPENED


@pytest.mark.parametrize(("one", "two"), [("s", "ns"), ("ns", "s"), ("ms", "us"), ("us", "ms")])
@pytest.mark.parametrize("name", ["numpy", "pandas", "pyarrow"])
def test_business_time_comes_in_the_finer_unit(name: str, one: str, two: str) -> None:
    """So that neither column's exactness is lost."""
    kind, at = KINDS[name], 1_775_139_000_000_000
    found = frames.between(kind.make([at], one), kind.make([at + 1000], two), calendar=DESK)
    assert kind.rows(found) == [0 if two == "s" else 1000]
    finer = "ns" if "ns" in {one, two} else "us"
    assert str(kind.nature(found)[1]) == TYPES[name][0].format(finer)


@every_kind
def test_parts_of_a_microsecond_are_cut(kind: Kind) -> None:
    """Downwards, so that what comes before 1970 does not come later."""
    around = BusinessCalendar(zone="UTC", hours={"mon-sun": [["00:00", "24:00"]]}, holidays=None)
    start = kind.instants([-1_000, -1_000, -1_000], "ns")
    end = kind.instants([1_999, -1, -1_000], "ns")
    assert kind.rows(frames.between(start, end, calendar=around)) == [2, 0, 0]


@every_kind
def test_an_answer_that_the_unit_does_not_hold(kind: Kind) -> None:
    """Never rounded and never wrapped: its row is named, and how to get microseconds."""
    desk = DESK.with_extra_hours(
        dt.datetime(2026, 4, 4, 8, tzinfo=dt.UTC), dt.datetime(2026, 4, 4, 8, 0, 0, 500, tzinfo=dt.UTC)
    )
    agreement, unit = TERMS.replace(calendar=desk), kind.units[0]
    at = kind.make([1_775_139_000_000_000, 1_775_230_800_000_000], unit)  # up to Friday, 17:00
    critical = EscalationLevel.CRITICAL
    with pytest.raises(ColumnError, match=rf"^row 1: the answer, .* that a column in {unit} holds"):
        frames.response_due(at, critical, agreement=agreement)
    assert kind.rows(frames.response_due(at[:1], critical, agreement=agreement))
    around = BusinessCalendar(zone="UTC", hours={"mon-sun": [["00:00", "24:00"]]}, holidays=None)
    ages = (kind.make([each * HOUR * 24 * 365], "ns") for each in (-69, 229))
    with pytest.raises(ColumnError, match=r"^row 0: the answer, .* in ns holds; convert start to"):
        frames.between(*ages, calendar=around)


def test_an_array_may_be_stored_in_any_way() -> None:
    """Bytes in the other order, gaps between the rows, memory that can't be written."""
    plain = KINDS["numpy"].make(OPENED)
    for stored in (plain.astype(">M8[us]"), np.repeat(plain, 2)[::2], np.flip(np.flip(plain))):
        stored.flags.writeable = False
        due = frames.response_due(stored, LOW, agreement=TERMS)
        assert due.dtype == np.dtype("M8[us]")
        assert KINDS["numpy"].rows(due) == DUE


AHEAD: Final = dt.timezone(dt.timedelta(hours=5, minutes=45))


@pytest.mark.parametrize("zone", ["America/New_York", "America/Port-au-Prince", "Etc/GMT-1", AHEAD, dt.UTC])
def test_pandas_keeps_any_zone(zone: Any) -> None:  # noqa: ANN401
    """Also one whose name narwhals does not read, and one without a name."""
    made = PLAIN.dt.tz_convert(zone)
    due = frames.response_due(made, LOW, agreement=TERMS)
    assert due.dtype == made.dtype
    assert KINDS["pandas"].rows(due) == DUE[:1]


def test_slices_are_read_where_they_begin() -> None:
    """Parts of arrow arrays and of chunked ones, empty chunks among them."""
    whole = pa.array([0, *OPENED], pa.timestamp("us", "UTC"))
    chunks = pa.chunked_array([whole[:0], whole[1:3], whole[3:3], whole[3:]])
    for made, rows in ((whole[1:], slice(3)), (chunks, slice(3)), (chunks[1:], slice(1, 3))):
        due = frames.response_due(made, LOW, agreement=TERMS)
        assert KINDS["pyarrow"].rows(due) == DUE[rows]


NAIVE: Final = {
    "pandas": pd.to_datetime(["2026-04-02"]),
    "pandas with arrow": pd.array([dt.datetime(2026, 4, 2)], pd.ArrowDtype(pa.timestamp("us"))),
    "polars": pl.Series([dt.datetime(2026, 4, 2)]),
    "pyarrow": pa.array([dt.datetime(2026, 4, 2)]),
}


@pytest.mark.parametrize("name", NAIVE)
def test_a_column_without_a_zone_is_refused(name: str) -> None:
    """With its type, and what its library calls the remedies, for both zones; each works."""
    at = pd.Series(NAIVE[name]) if "pandas" in name else NAIVE[name]
    with pytest.raises(NaiveError, match=r"^at has no zone in any row, its type is ") as error:
        frames.is_open(at, calendar=DESK)
    remedies = re.findall(r"(?:: |, )(\S+\(.*?\)) for what", str(error.value))
    for remedy, hours in zip(remedies, (0, 2), strict=True):
        there = eval(remedy, {"at": at, "pyarrow": pa})  # noqa: S307 - our own message
        assert KINDS[name].rows(there) == [1_775_088_000_000_000 - hours * HOUR]
        assert KINDS[name].rows(frames.is_open(there, calendar=DESK)) == [False]


NUMPY: Final = "at.astype('datetime64[us]'), which takes clock times for UTC"
PANDAS: Final = "pandas.to_datetime(at, format='%Y-%m-%dT%H:%M:%S%z', utc=True)"
POLARS: Final = "at.str.to_datetime('%Y-%m-%dT%H:%M:%S%z')"
ARROW: Final = "at.cast(pyarrow.timestamp('us', 'UTC'))"
NO_INSTANTS: Final[dict[str, tuple[Any, str]]] = {
    "numpy texts": (np.array(["2026-04-02"]), NUMPY),
    "numpy days": (np.array(["2026-04-02"], "M8[D]"), NUMPY),
    "numpy tens": (np.array([0], "M8[10s]"), NUMPY),
    "pandas texts": (pd.Series(["2026-04-02"]), PANDAS),
    "pandas objects": (pd.Series([dt.datetime(2026, 4, 2, tzinfo=dt.UTC)], dtype=object), PANDAS),
    "pandas sparse": (pd.Series(pd.arrays.SparseArray(np.array(["2026-04-02"], "M8[us]"))), PANDAS),
    "pandas in arrow": (pd.Series(["2026-04-02"], dtype=pd.ArrowDtype(pa.string())), PANDAS),
    "polars texts": (pl.Series(["2026-04-02"]), POLARS),
    "polars numbers": (pl.Series([1.5]), POLARS),
    "polars nothing": (pl.Series([None, None]), POLARS),
    "arrow texts": (pa.array(["2026-04-02"]), ARROW),
}


@pytest.mark.parametrize("name", NO_INSTANTS)
def test_what_holds_no_instants_is_refused(name: str) -> None:
    """With the type that it has, and a remedy."""
    at, remedy = NO_INSTANTS[name]
    with pytest.raises(ArgumentError, match=r"^at must hold instants in s, ms, us or ns") as error:
        frames.is_open(at)
    assert f"convert it first, texts with an offset with {remedy}" in str(error.value)


TEXTS: Final[dict[str, tuple[Callable[[list[str]], Any], str]]] = {
    "pandas": (pd.Series, PANDAS),
    "polars": (pl.Series, POLARS),
    "pyarrow": (pa.array, ARROW),
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_remedy_for_a_column_of_texts_turns_no_day_into_a_month(name: str) -> None:
    """02.04.2026 is in April, whichever library reads it, and a text without an offset is not in UTC."""
    make, remedy = TEXTS[name]
    names = {"pandas": pd, "pyarrow": pa}
    aware = eval(remedy, names | {"at": make(["2026-04-02T16:10:00+02:00"])})  # noqa: S307 - our own message
    assert KINDS[name].rows(frames.response_due(aware, LOW, agreement=TERMS)) == DUE[:1]
    for text in ("02.04.2026 16:10", "2026-04-02T16:10:00"):
        with pytest.raises((ValueError, pl.exceptions.PolarsError)):
            eval(remedy, names | {"at": make([text])})  # noqa: S307 - as above


def test_an_answer_of_polars_stands_beside_what_was_asked() -> None:
    """Named after the question's column, it would take its place."""
    table = pl.DataFrame({"opened_at": KINDS["polars"].make(OPENED)})
    table = table.with_columns(frames.response_due(table["opened_at"], LOW, agreement=TERMS))
    table = table.with_columns(frames.between(table["opened_at"], table["due"], calendar=DESK))
    table = table.with_columns(frames.is_open(table["opened_at"], calendar=DESK))
    table = table.with_columns(frames.is_late(table["due"], table["opened_at"], now=NOW))
    table = table.with_columns(frames.add(table["due"], table["elapsed"], calendar=DESK))
    assert table.columns == ["opened_at", "due", "elapsed", "open", "late", "moved"]
    assert table["opened_at"].equals(KINDS["polars"].make(OPENED))


NO_COLUMNS: Final[list[Any]] = [
    "2026-04-02T15:10Z",
    [dt.datetime(2026, 4, 2, tzinfo=dt.UTC)],
    pd.DataFrame({"opened_at": []}),
    pd.DatetimeIndex([], tz="UTC"),
    pl.DataFrame({"opened_at": []}),
    pl.LazyFrame({"opened_at": []}),
    pl.col("opened_at"),
    pa.table({"opened_at": []}),
    np.datetime64("2026-04-02T13:10:00"),
    np.array([["2026-04-02"]], "M8[us]"),
    np.ma.masked_array(np.array(["2026-04-02"], "M8[us]"), [True]),
]


@pytest.mark.parametrize(
    "given", NO_COLUMNS, ids=lambda given: f"{type(given).__module__} {type(given).__name__}"
)
def test_what_is_no_column_is_refused(given: Any) -> None:  # noqa: ANN401
    """Tables, indexes, scalars, and arrays with a mask that would be lost."""
    with pytest.raises(ArgumentError, match=f"at must be a col.*, not {type(given).__name__}$"):
        frames.is_open(given)


def test_columns_of_two_libraries_are_refused() -> None:
    """Their names tell them apart; the two ways of pandas and of pyarrow are one library's."""
    nouns = ["numpy array", *["pandas Series"] * 2, "polars Series", *["pyarrow array"] * 2]
    made = [kind.make([1]) for kind in KINDS.values()]
    for one, first in zip(nouns, made, strict=True):
        for two, second in zip(nouns, made, strict=True):
            if one == two:
                frames.between(first, second, calendar=DESK)
                continue
            with pytest.raises(ArgumentError) as error:
                frames.between(first, second, calendar=DESK)
            assert str(error.value) == f"end must be a {one} as start is, not a {two}; convert one"


INDEXES: Final[list[tuple[list[Any], list[Any], int]]] = [
    ([1, 2, 3], [1, 3, 2], 1),
    (["a", "b", None], ["a", "b", "c"], 2),
    ([(1, "x"), (1, "y")], [(2, "x"), (1, "y")], 0),
]


@pytest.mark.parametrize(("one", "two", "row"), INDEXES)
@pytest.mark.parametrize("name", ["pandas", "pandas with arrow"])
def test_pandas_labels_must_be_the_same(name: str, one: list[Any], two: list[Any], row: int) -> None:
    """Rows are matched by position, and a caller of pandas may expect them to be by label."""
    first, second = (KINDS[name].make([0] * len(one)) for _ in range(2))
    first.index, second.index = pd.Index(one), pd.Index(two)
    with pytest.raises(ColumnError, match=rf"^row {row}: start calls it .*end\.reindex\(start"):
        frames.between(first, second, calendar=DESK)
    second.index = pd.Index(one)
    assert KINDS[name].rows(frames.between(first, second, calendar=DESK)) == [0] * len(one)
