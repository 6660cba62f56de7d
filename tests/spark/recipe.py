"""Run the page "Columns in Spark" in a local Spark, and hold its answers against single ones.

    python -m pip install '.[frames]' pyspark pyarrow pandas && python tests/spark/recipe.py

Needs Java 17, and installs nothing. The blocks of the page run as they stand there. Workers find
a `holidays` that can't be imported, as if they had another release or none; the zone of the
session is one of summer and one of another continent. Exits with 1 if an expectation fails.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, TypeVar

from netcor_sla import STANDARD, EscalationLevel, response_due

try:
    import pyarrow as pa
    from pyspark.errors import PythonException
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.functions import arrow_udf
except ModuleNotFoundError as missing:
    sys.exit(
        f"{missing.name} is missing: python -m pip install '.[frames]' pyspark pyarrow pandas; "
        "and Spark needs Java 17"
    )

PAGE = Path(__file__).parents[2] / "docs" / "spark.md"
ZONES = ("Europe/Berlin", "America/New_York")
ROWS = 20_000
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)  # as on the page
MICROSECOND = timedelta(microseconds=1)

Value = TypeVar("Value")


class Ticket(NamedTuple):
    """A row: any but its number may be missing."""

    ticket: int
    opened_at: datetime | None
    responded_at: datetime | None
    level: int | None


def tickets() -> list[Ticket]:
    """Draw tickets of all years of the page, one in ten without a level or an instant."""
    random = Random(20150101)  # noqa: S311 - no secrets here
    start = datetime(2015, 1, 1, tzinfo=UTC)

    def maybe(value: Value) -> Value | None:
        return None if random.random() < 0.1 else value

    rows = []
    for number in range(ROWS):
        opened = start + random.randrange(20 * 365 * 86_400_000_000) * MICROSECOND
        responded = opened + random.randrange(14 * 86_400_000_000) * MICROSECOND
        rows.append(Ticket(number, maybe(opened), maybe(responded), maybe(random.randrange(1, 5))))
    return rows


def wanted(ticket: Ticket) -> tuple[datetime | None, timedelta | None, bool | None]:
    """Ask the functions for single tickets: when is it due, what did it take, was it late?"""
    due = took = late = None
    if ticket.opened_at and ticket.level:
        due = response_due(ticket.opened_at, EscalationLevel(ticket.level))
        late = min(ticket.responded_at or NOW, NOW) > due
    if ticket.opened_at and ticket.responded_at:
        took = STANDARD.calendar.between(ticket.opened_at, ticket.responded_at)
    return due, took, late


@contextmanager
def spark() -> Iterator[SparkSession]:
    """Start Spark on this machine alone; its workers can't import `holidays`."""
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    with tempfile.TemporaryDirectory() as directory:
        Path(directory, "holidays.py").write_text('raise ImportError("not on this worker")\n')
        settings = {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.executorEnv.PYTHONPATH": directory,
            "spark.sql.warehouse.dir": directory,
            "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
        }
        session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        try:
            yield session
        finally:
            session.stop()


def blocks() -> list[str]:
    """Read the Python of the page."""
    found = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    expect("the blocks of the page", len(found), 5)
    return found


def run(page: list[str], frame: DataFrame) -> dict[str, Any]:
    """Run the blocks, which speak of a table `tickets`."""
    names: dict[str, Any] = {"tickets": frame}
    for block in page:
        exec(block, names)  # noqa: S102 - the page is ours
    expect("the instant of the page", names["now"], NOW)
    return names


def check(names: dict[str, Any], rows: list[Ticket]) -> None:
    """Hold every row of every answer against the single ones."""
    right = [wanted(ticket) for ticket in rows]
    judged, mapped = names["judged"].toArrow(), names["mapped"].toArrow()
    for table in (judged, mapped):
        expect("the tickets", table["ticket"].to_pylist(), [each.ticket for each in rows])
        expect("due", table["due"].to_pylist(), [due for due, _, _ in right])
    expect("took", judged["took"].to_pylist(), [took for _, took, _ in right])
    breaches = names["breaches"].select("ticket").toArrow()["ticket"].to_pylist()
    expect("late", breaches, [row.ticket for row, each in zip(rows, right, strict=True) if each[2]])


def check_refusals(names: dict[str, Any], frame: DataFrame) -> None:
    """Wall-clock times are refused, and a calendar that is not frozen looks holidays up."""
    wall_clocks = frame.select(names["due_of_wall_clocks"]("opened_at", "level"))
    expect_error("wall-clock times", wall_clocks, "opened_at has no zone")
    no_zone = frame.selectExpr("cast(opened_at as timestamp_ntz) as opened_at", "level")
    expect_error("timestamp_ntz", no_zone.select(names["due"]("opened_at", "level")), "has no zone")
    names["agreement"] = STANDARD  # for a function that is made anew, and so sent anew
    live = arrow_udf(names["due"].func, "timestamp")
    expect_error("holidays", frame.select(live("opened_at", "level")), "not on this worker")


def expect(what: str, found: object, right: object) -> None:
    """Insist on an expectation, also where Python runs without assertions."""
    if found == right:
        return
    if isinstance(found, list) and isinstance(right, list) and len(found) == len(right):
        row = next(row for row, pair in enumerate(zip(found, right, strict=True)) if pair[0] != pair[1])
        raise ValueError(f"{what}, row {row}: {found[row]!r}, and should be {right[row]!r}")
    raise ValueError(f"{what}: {found!r}, and should be {right!r}")


def expect_error(what: str, frame: DataFrame, words: str) -> None:
    """Insist on an error of the job that says why."""
    try:
        frame.toArrow()
    except PythonException as error:
        if words in str(error):
            return
        raise
    raise ValueError(f"{what}: no error, and it should say {words!r}")


def main() -> None:
    """Run the page under each zone."""
    page, rows = blocks(), tickets()
    columns = {name: [getattr(row, name) for row in rows] for name in Ticket._fields}
    instants = pa.timestamp("us", "UTC")
    types = {"ticket": pa.int64(), "opened_at": instants, "responded_at": instants, "level": pa.int32()}
    table = pa.table({name: pa.array(columns[name], kind) for name, kind in types.items()})
    with spark() as session:
        for zone in ZONES:
            session.conf.set("spark.sql.session.timeZone", zone)
            frame = session.createDataFrame(table)
            names = run(page, frame)
            check(names, rows)
            check_refusals(names, frame)
            summary = f"Spark {session.version}, session in {zone}: all {ROWS:,} tickets are right"
            sys.stdout.write(f"{summary}\n")


if __name__ == "__main__":
    try:
        main()
    except ValueError as error:
        sys.exit(f"FAILED: {error}")
