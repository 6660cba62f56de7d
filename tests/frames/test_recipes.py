"""Engines that hand over a table in parts: many parts, and the answers of the whole."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import polars as pl
import pytest

from desks import DESK, TERMS
from netcor_sla import frames

ROWS: Final = 30_000
NOW: Final = datetime(2026, 7, 1, 12, tzinfo=UTC)
LEVELS: Final = {"1 - Critical": 1, "2 - High": 2, "3 - Medium": 3, "4 - Low": 4}


@pytest.fixture(scope="module")
def tickets() -> pl.DataFrame:
    """Make tickets of twenty years, some without opening, answer or level."""
    start = datetime(2016, 1, 1, tzinfo=UTC)
    opened = [start + timedelta(minutes=347 * row, microseconds=row) for row in range(ROWS)]
    return pl.DataFrame(
        {
            "row": range(ROWS),
            "opened_at": [None if row % 11 == 5 else at for row, at in enumerate(opened)],
            "responded_at": [
                None if row % 7 == 3 else at + timedelta(hours=row % 90) for row, at in enumerate(opened)
            ],
            "level": [[*LEVELS, None][row % 5] for row in range(ROWS)],
        }
    ).with_columns(pl.col("opened_at", "responded_at").dt.convert_time_zone("Europe/Berlin"))


@pytest.fixture(scope="module")
def expected(tickets: pl.DataFrame) -> pl.DataFrame:
    """Ask about the whole."""
    opened_at, responded_at = tickets["opened_at"], tickets["responded_at"]
    due = frames.response_due(opened_at, tickets["level"], levels=LEVELS, agreement=TERMS)
    return tickets.with_columns(
        due.alias("due"),
        frames.is_late(due, responded_at, now=NOW).alias("late"),
        frames.between(opened_at, responded_at, calendar=DESK).alias("took"),
    )


def due(columns: pl.Series) -> pl.Series:
    """Ask about a part."""
    opened_at, level = columns.struct.unnest()
    return frames.response_due(opened_at, level, levels=LEVELS, agreement=TERMS)


def judged(columns: pl.Series) -> pl.Series:
    """Ask another question about it."""
    late: pl.Series = frames.is_late(*columns.struct.unnest(), now=NOW)
    return late


def took(columns: pl.Series) -> pl.Series:
    """Ask a third one."""
    took: pl.Series = frames.between(*columns.struct.unnest(), calendar=DESK)
    return took


@pytest.mark.parametrize("engine", ["streaming", "in-memory"])
def test_polars_lazily(tickets: pl.DataFrame, expected: pl.DataFrame, engine: Any) -> None:  # noqa: ANN401
    """From chunks of a lazy table, whatever the engine makes of them."""
    parts = [tickets[start : start + 1_999] for start in range(0, ROWS, 1_999)]
    lazy = pl.concat([part.lazy() for part in parts], rechunk=False)

    def asked(verb: Any, names: list[str], kind: Any) -> pl.Expr:  # noqa: ANN401
        return pl.struct(names).map_batches(verb, kind, is_elementwise=True)

    due_type = pl.Datetime("us", "Europe/Berlin")
    found = (
        lazy.with_columns(due=asked(due, ["opened_at", "level"], due_type))
        .with_columns(
            late=asked(judged, ["due", "responded_at"], pl.Boolean),
            took=asked(took, ["opened_at", "responded_at"], pl.Duration("us")),
        )
        .collect(engine=engine)
        .sort("row")
    )
    assert found.equals(expected)


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin"])
def test_duckdb_part_by_part(tickets: pl.DataFrame, expected: pl.DataFrame, zone: str) -> None:
    """Vectors of some thousand rows, in whatever zone the session is."""
    duckdb = pytest.importorskip("duckdb")
    sizes: list[int] = []

    def due_of(opened_at: Any, level: Any) -> Any:  # noqa: ANN401
        sizes.append(len(opened_at))
        return frames.response_due(opened_at, level, levels=LEVELS, agreement=TERMS)

    def late_of(due: Any, responded_at: Any) -> Any:  # noqa: ANN401
        return frames.is_late(due, responded_at, now=NOW)

    def took_of(start: Any, end: Any) -> Any:  # noqa: ANN401
        return frames.between(start, end, calendar=DESK)

    given = {"type": "arrow", "null_handling": "special"}
    with duckdb.connect() as database:
        database.execute(f"SET TimeZone = '{zone}'")
        stamp = "TIMESTAMPTZ"
        database.create_function("due_of", due_of, [stamp, "VARCHAR"], stamp, **given)
        database.create_function("late_of", late_of, [stamp, stamp], "BOOLEAN", **given)
        database.create_function("took_of", took_of, [stamp, stamp], "INTERVAL", **given)
        database.register("tickets", tickets.to_arrow())
        found = database.execute(
            "SELECT row, epoch_us(due), late_of(due, responded_at), "
            "epoch_us(took_of(opened_at, responded_at)) "
            "FROM (SELECT *, due_of(opened_at, level) AS due FROM tickets) ORDER BY row"
        ).fetchall()
    whole = expected.select("row", pl.col("due", "took").to_physical(), "late")
    assert found == whole.select("row", "due", "late", "took").rows()
    assert len(sizes) > 1
    assert sum(sizes) == ROWS
