"""Columns of each library: read, made again, held beside each other, and refused."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from kinds import KINDS, Kind
from netcor_sla.errors import ArgumentError, ColumnError, NaiveError
from netcor_sla.frames._instants import durations, finer, instants, like, line_up, truths
from netcor_sla.frames._libraries import column

LEAST: Final = np.iinfo(np.int64).min
MOMENTS: Final = [0, None, -1_500_000_000, 1_775_135_400_000_000, 4_102_444_800_000_000]

every_kind = pytest.mark.parametrize(
    "kind", [pytest.param(kind, id=name) for name, kind in KINDS.items()]
)
every_column = pytest.mark.parametrize(
    ("kind", "unit", "zone"),
    [
        pytest.param(kind, unit, zone, id=f"{name} {unit} {zone}")
        for name, kind in KINDS.items()
        for unit in kind.units
        for zone in kind.zones
    ],
)


@every_column
def test_instants_go_in_and_come_out(kind: Kind, unit: str, zone: str) -> None:
    """Of every unit and zone: the same microseconds, and what comes back is the same column."""
    whole = [each and each // 10**6 * 10**6 for each in MOMENTS]
    made = kind.make(whole, unit, zone)
    read = instants(made, "opened_at")
    assert read.unit == unit
    assert read.missing is not None
    assert read.missing.tolist() == [each is None for each in whole]
    assert [
        None if lacks else value
        for value, lacks in zip(read.exact.tolist(), read.missing, strict=True)
    ] == whole
    back = like(read, np.array([each or 0 for each in whole]), read.missing)
    assert kind.rows(back) == whole
    assert kind.nature(back) == kind.nature(made)


@every_column
def test_what_lacks_nothing_has_no_mask(kind: Kind, unit: str, zone: str) -> None:
    """So that nothing is allocated for it; and an empty column is one as well."""
    for values in ([10**15, 2 * 10**15], []):
        made = kind.make(values, unit, zone)
        read = instants(made, "at")
        assert read.missing is None
        back = like(read, np.array(values, np.int64), None)
        assert kind.rows(back) == values
        assert kind.nature(back) == kind.nature(made)


@every_kind
def test_a_column_is_only_looked_at(kind: Kind) -> None:
    """In microseconds without missing values, its memory is read where it lies, and kept."""
    made = kind.make([5, 10**15, -7])
    read = instants(made, "at")
    if kind is not KINDS["pyarrow in chunks"]:
        assert np.shares_memory(read.exact, instants(made, "at").exact)
    before = kind.rows(made)
    like(read, np.array([1, 2, 3]), np.array([True, False, True]))
    assert kind.rows(made) == before == [5, 10**15, -7]


@every_kind
def test_parts_of_a_microsecond_are_cut(kind: Kind) -> None:
    """Downwards, so that what comes before 1970 does not come later."""
    made = kind.instants([1_999, -1, -1_000, None, 0], "ns")
    assert instants(made, "at").exact[[0, 1, 2, 4]].tolist() == [1, -1, -1, 0]


@pytest.mark.parametrize("unit", ["s", "ms"])
def test_what_microseconds_cannot_count_stays_far(unit: str) -> None:
    """Instants of the year 300,000 are the last there are, and not ones of our days."""
    least, last = LEAST + 1, np.iinfo(np.int64).max
    read = instants(KINDS["numpy"].instants([least, last, 0], unit), "at")
    assert read.exact[0] < -(2**62)
    assert read.exact[1] > 2**62
    assert read.exact[2] == 0
    assert read.text(1).endswith("+00:00")
    assert len(read.text(1)) > 30


@every_column
def test_durations_and_truths_are_of_the_same_kind(kind: Kind, unit: str, zone: str) -> None:
    """With name, labels and missing rows, in the unit that was asked for."""
    made = kind.make([0, None, 10**15], unit, zone)
    read = instants(made, "start")
    lengths = durations(read, np.array([-3_000_000, 77, 4_000_000]), read.missing, unit)
    assert kind.rows(lengths) == [-3_000_000, None, 4_000_000]
    assert kind.nature(lengths)[2:] == kind.nature(made)[2:]
    if kind is KINDS["numpy"]:
        assert truths(read, np.array([True, False, True]), None).tolist() == [True, False, True]
    else:
        found = truths(read, np.array([True, True, False]), read.missing)
        assert kind.rows(found) == [True, None, False]
        assert kind.nature(found)[2:] == kind.nature(made)[2:]


TYPES: Final = {
    "numpy": ("datetime64[ms]", "timedelta64[ns]", "bool"),
    "pandas": ("datetime64[ms, UTC]", "timedelta64[ns]", "boolean"),
    "pandas with arrow": (
        "timestamp[ms, tz=UTC][pyarrow]",
        "duration[ns][pyarrow]",
        "bool[pyarrow]",
    ),
    "polars": (
        "Datetime(time_unit='ms', time_zone='UTC')",
        "Duration(time_unit='ns')",
        "Boolean",
    ),
    "pyarrow": ("timestamp[ms, tz=UTC]", "duration[ns]", "bool"),
    "pyarrow in chunks": ("timestamp[ms, tz=UTC]", "duration[ns]", "bool"),
}


@pytest.mark.parametrize("name", KINDS)
def test_the_types_do_not_depend_on_the_values(name: str) -> None:
    """A column without missing rows has the type of one with them, so parts can be joined."""
    kind, none = KINDS[name], np.array([False])
    for missing in (None, none):
        read = instants(kind.make([0], "ms"), "at")
        if name == "numpy":
            missing = None  # noqa: PLW2901
        made = (
            like(read, np.array([0]), missing),
            durations(read, np.array([0]), missing, "ns"),
            truths(read, np.array([True]), missing),
        )
        assert tuple(str(kind.nature(each)[1]) for each in made) == TYPES[name]


def test_numpy_has_no_missing_truth() -> None:
    """So the row is named that would have to be one."""
    read = instants(KINDS["numpy"].make([0, 0, None]), "at")
    with pytest.raises(ColumnError, match=r"^row 2: the answer is missing, .* of pandas, polars"):
        truths(read, np.array([True, True, True]), read.missing)


def test_an_array_may_be_stored_in_any_way() -> None:
    """Bytes in the other order, gaps between the rows, memory that can't be written."""
    plain = KINDS["numpy"].make([1, None, 3, 4])
    for stored in (plain.astype(">M8[us]"), np.repeat(plain, 2)[::2], np.flip(np.flip(plain))):
        stored.flags.writeable = False
        read = instants(stored, "at")
        assert read.exact[[0, 2, 3]].tolist() == [1, 3, 4]
        back = like(read, np.array([1, 2, 3, 4]), None)
        assert back.dtype == np.dtype("M8[us]")
        assert back.astype(int).tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "zone",
    [
        "America/New_York",
        "America/Port-au-Prince",
        "Etc/GMT-1",
        dt.timezone(dt.timedelta(hours=5, minutes=45)),
        dt.UTC,
    ],
)
def test_pandas_keeps_any_zone(zone: Any) -> None:  # noqa: ANN401
    """Also one whose name narwhals does not read, and one without a name."""
    made = pd.Series(pd.to_datetime(["2026-04-02T13:10"], utc=True)).dt.tz_convert(zone)
    read = instants(made, "at")
    back = like(read, read.exact.copy(), None)
    assert back.dtype == made.dtype
    assert back.tolist() == made.tolist()


def test_slices_are_read_where_they_begin() -> None:
    """Parts of arrow arrays and of chunked ones, empty chunks among them."""
    whole = pa.array([1, None, 3, 4, 5], pa.timestamp("us", "UTC"))
    chunks = pa.chunked_array([whole[:0], whole[1:3], whole[3:3], whole[4:]])
    for made, expected in ((whole[2:4], [3, 4]), (chunks, [None, 3, 5]), (chunks[1:], [3, 5])):
        read = instants(made, "at")
        lacks = [False] * len(expected) if read.missing is None else read.missing
        pairs = zip(read.exact.tolist(), lacks, strict=True)
        assert [None if lacks else value for value, lacks in pairs] == expected


NAIVE: Final = {
    "pandas": (
        pd.Series(pd.to_datetime(["2026-04-02"])),
        "opened_at.dt.tz_localize('Europe/Berlin')",
    ),
    "pandas with arrow": (
        pd.Series(pd.to_datetime(["2026-04-02"]), dtype=pd.ArrowDtype(pa.timestamp("us"))),
        "opened_at.dt.tz_localize('Europe/Berlin')",
    ),
    "polars": (
        pl.Series([dt.datetime(2026, 4, 2)]),
        "opened_at.dt.replace_time_zone('Europe/Berlin')",
    ),
    "pyarrow": (
        pa.array([dt.datetime(2026, 4, 2)]),
        "pyarrow.compute.assume_timezone(opened_at, 'Europe/Berlin')",
    ),
    "pyarrow in chunks": (
        pa.chunked_array([pa.array([dt.datetime(2026, 4, 2)])]),
        "pyarrow.compute.assume_timezone(opened_at, 'Europe/Berlin')",
    ),
}


@pytest.mark.parametrize("name", NAIVE)
def test_a_column_without_a_zone_is_refused(name: str) -> None:
    """With its type, and what its library calls the remedy; the remedy works."""
    naive, remedy = NAIVE[name]
    with pytest.raises(NaiveError, match="opened_at has no zone in any row") as error:
        instants(naive, "opened_at")
    assert str(error.value).endswith(f"as in {remedy}")
    import pyarrow.compute  # noqa: F401, PLC0415 - for the remedy

    there = eval(remedy, {"opened_at": naive, "pyarrow": pa})  # noqa: S307 - our own message
    assert instants(there, "opened_at").exact.tolist() == [1_775_080_800_000_000]


POLARS: Final = (
    "opened_at.str.to_datetime(time_zone='UTC') if it holds texts, or, if it holds nothing, with "
    "opened_at.cast(polars.Datetime('us', 'UTC'))"
)
NO_INSTANTS: Final[dict[str, tuple[Any, str]]] = {
    "numpy texts": (np.array(["2026-04-02"]), "opened_at.astype('datetime64[us]')"),
    "numpy days": (np.array(["2026-04-02"], "M8[D]"), "opened_at.astype('datetime64[us]')"),
    "numpy tens": (np.array([0], "M8[10s]"), "opened_at.astype('datetime64[us]')"),
    "pandas texts": (pd.Series(["2026-04-02"]), "pandas.to_datetime(opened_at, utc=True)"),
    "pandas objects": (
        pd.Series([dt.datetime(2026, 4, 2, tzinfo=dt.UTC)], dtype=object),
        "pandas.to_datetime(opened_at, utc=True)",
    ),
    "pandas sparse": (
        pd.Series(pd.arrays.SparseArray(np.array(["2026-04-02"], "M8[us]"))),
        "pandas.to_datetime(opened_at, utc=True)",
    ),
    "arrow texts": (
        pa.array(["2026-04-02"]),
        "opened_at.cast(pyarrow.timestamp('us', 'UTC')) if it holds texts or nothing",
    ),
    "polars texts": (pl.Series(["2026-04-02"]), POLARS),
    "polars numbers": (pl.Series([1.5]), POLARS),
    "polars nothing": (pl.Series([None, None]), POLARS),
    "pandas in arrow": (
        pd.Series(["2026-04-02"], dtype="string[pyarrow]").astype(pd.ArrowDtype(pa.string())),
        "pandas.to_datetime(opened_at, utc=True)",
    ),
}


@pytest.mark.parametrize("name", NO_INSTANTS)
def test_what_holds_no_instants_is_refused(name: str) -> None:
    """With the type that it has, and a remedy."""
    made, remedy = NO_INSTANTS[name]
    with pytest.raises(
        ArgumentError, match=r"^opened_at must hold instants in s, ms, us or ns"
    ) as e:
        instants(made, "opened_at")
    assert str(e.value).endswith(f"convert it first, as with {remedy}")


def test_the_remedies_for_polars_and_pyarrow_work() -> None:
    """Also for a column of nothing, as of a day on which nobody has answered yet."""
    texts, nothing = pl.Series(["2026-04-02T13:10Z"]), pl.Series([None])
    made = [
        texts.str.to_datetime(time_zone="UTC"),
        nothing.cast(pl.Datetime("us", "UTC")),
        pa.array(["2026-04-02T13:10Z"]).cast(pa.timestamp("us", "UTC")),
        pa.array([None]).cast(pa.timestamp("us", "UTC")),
    ]
    assert [column(each, "at").missing() is None for each in made] == [True, False] * 2
    for each in made:
        assert instants(each, "at").unit == "us"


NO_COLUMNS: Final[list[Any]] = [
    None,
    "2026-04-02T15:10Z",
    dt.datetime(2026, 4, 2, tzinfo=dt.UTC),
    [dt.datetime(2026, 4, 2, tzinfo=dt.UTC)],
    pd.DataFrame({"opened_at": []}),
    pd.DatetimeIndex([], tz="UTC"),
    pd.Timestamp("2026-04-02", tz="UTC"),
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
    with pytest.raises(
        ArgumentError, match=f"at must be a column: .*, not {type(given).__name__}$"
    ):
        instants(given, "at")


def test_columns_of_two_libraries_are_refused() -> None:
    """They are told apart by name; the two ways of pandas and of pyarrow are one library's."""
    made = {name: kind.make([1]) for name, kind in KINDS.items()}
    nouns = {name: column(each, "x").noun for name, each in made.items()}
    for one, first in made.items():
        for two, second in made.items():
            if nouns[one] == nouns[two]:
                line_up(instants(first, "start"), column(second, "end"), "end")
                continue
            with pytest.raises(ArgumentError) as error:
                line_up(instants(first, "start"), column(second, "end"), "end")
            assert str(error.value) == (
                f"end must be a {nouns[one]} as start is, not a {nouns[two]}; convert one"
            )


@every_kind
def test_columns_of_two_lengths_are_refused(kind: Kind) -> None:
    """The first row is named that stands alone."""
    three, two = kind.make([1, 2, 3]), kind.make([1, 2])
    with pytest.raises(ColumnError, match=r"^row 2: start has one, but end does not; start has 3"):
        line_up(instants(three, "start"), column(two, "end"), "end")
    with pytest.raises(ColumnError, match=r"^row 2: end has one, but start does not; start has 2"):
        line_up(instants(two, "start"), column(three, "end"), "end")


INDEXES: Final[list[tuple[list[Any], list[Any], int]]] = [
    ([1, 2, 3], [1, 3, 2], 1),
    (["a", "b", None], ["a", "b", "c"], 2),
    ([(1, "x"), (1, "y")], [(2, "x"), (1, "y")], 0),
]


@pytest.mark.parametrize(("one", "two", "row"), INDEXES)
@pytest.mark.parametrize("name", ["pandas", "pandas with arrow"])
def test_pandas_labels_must_be_the_same(
    name: str, one: list[Any], two: list[Any], row: int
) -> None:
    """Rows are matched by position, and a caller of pandas may expect them to be by label."""
    first, second = (KINDS[name].make([0] * len(one)) for _ in range(2))
    first.index, second.index = pd.Index(one), pd.Index(two)
    with pytest.raises(ColumnError, match=rf"^row {row}: start calls it .*end\.reindex\(start"):
        line_up(instants(first, "start"), column(second, "end"), "end")
    second.index = pd.Index(one)
    line_up(instants(first, "start"), column(second, "end"), "end")


def test_the_finer_unit_is_found() -> None:
    """In both orders."""
    coarse, fine = (instants(KINDS["pandas"].make([0], unit), "x") for unit in ("ms", "ns"))
    assert finer(coarse, fine) == finer(fine, coarse) == "ns"
    assert finer(coarse, coarse) == "ms"


@every_column
def test_an_answer_that_the_unit_does_not_hold_is_refused(kind: Kind, unit: str, zone: str) -> None:
    """Never rounded and never wrapped: its row is named, and how to get microseconds."""
    read = instants(kind.make([0, None, 0, 0], unit, zone), "opened_at")
    values = {"s": 1_000_001, "ms": 1_001, "us": 0, "ns": 2**63 // 1000 + 1}[unit]
    if unit == "us":
        assert kind.rows(like(read, np.array([0, 0, values, 1]), None)) == [0, 0, values, 1]
        return
    makes: list[Callable[..., Any]] = [like, partial(durations, unit=unit)]
    for make in makes:
        with pytest.raises(ColumnError, match=rf"^row 2: the answer, {values} micro.*opened_at\."):
            make(read, np.array([0, values, values, 0]), read.missing)
