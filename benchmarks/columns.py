"""Whole columns: what a row costs.

Columns count microseconds in UTC, have no missing values, and are in no order.
"""

import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from statistics import median
from typing import Any, NamedTuple

import narwhals as nw
import numpy as np
import pandas as pd

import netcor_sla
from hours import STANDARD
from netcor_sla import EscalationLevel, frames
from peers import BusdayOffset, CustomBusinessHour, Workclock
from report import Effort, Report, Table, number, percent
from tickets import COLUMNS, Tickets
from timing import measured, ratio

CHECKED = 10_000
SAMPLE = 1_000_000  # rows for workclock, which needs a tenth of a kilobyte for each
FEW = 1_000  # for pandas, which takes row after row
LEVEL = EscalationLevel.MEDIUM  # two business days
CALENDAR = netcor_sla.STANDARD.calendar

AHEAD = np.timedelta64(1, "h")  # the standard desk's wall clock, of UTC

ABOUT = (
    "Nanoseconds of processor time a row, and multiples of workclock's and of numpy's, which "
    "counts dates only."
)
NUMPY, PEER, DATES = "frames, numpy", "workclock", "numpy, dates only"
BY_ROW = f"{NUMPY}, a level a row"


class Asked(NamedTuple):
    """A call about the first rows, and what it should say of each, where that can be said."""

    call: Callable[[], Any]
    rows: int
    right: Callable[[int], Any] | None


class Cost(NamedTuple):
    """The share of right answers, and nanoseconds a row, round by round."""

    right: float | None
    rounds: Sequence[float]


def measure(report: Report, effort: Effort) -> None:
    """Ask when tickets are due, then how much business time their answers took."""
    dues, times = [], []
    for rows in effort.rows:
        tickets = Tickets(rows)
        dues.append(_costs(due(tickets), effort))
        times.append(_costs(elapsed(tickets), effort))
    _table(report, effort, "Columns: when is it due?", dues)
    _table(report, effort, "Columns: how much time has passed?", times)
    _figures(report, "due", NUMPY, dues[-1])
    _figures(report, "levels", BY_ROW, dues[-1])
    _figures(report, "elapsed", NUMPY, times[-1])


def _figures(report: Report, question: str, ours: str, costs: Mapping[str, Cost]) -> None:
    """Keep what targets are held against."""
    for name, peer in (("workclock", PEER), ("dates", DATES)):
        report.figures[f"column {question}, {name}"] = ratio(costs[ours].rounds, costs[peer].rounds)
    for kind in ("pandas", "polars"):
        pairs = zip(costs[f"frames, {kind}"].rounds, costs[NUMPY].rounds, strict=True)
        report.figures[f"column {question}, {kind}"] = median(a - b for a, b in pairs)


def due(tickets: Tickets) -> dict[str, Asked]:
    """Everyone who knows when two business days end."""
    opened, rows = tickets.opened, len(tickets)
    sample = opened[:SAMPLE].view("M8[us]")
    add_many = Workclock(STANDARD).schedule.add_many
    amount = np.timedelta64(STANDARD.promised[LEVEL.number], "h")
    stamps = pd.Series(opened[:FEW].view("M8[us]") + AHEAD)
    offset = CustomBusinessHour(STANDARD).amount(LEVEL.number)
    dates = partial(BusdayOffset(STANDARD).due, tickets.dates(opened), 2)
    by_row = partial(frames.response_due, opened.view("M8[us]"), tickets.levels)

    def right(row: int) -> np.datetime64:
        return tickets.due(row, LEVEL.number)

    return {
        **{
            f"frames, {kind}": Asked(partial(frames.response_due, make(opened), LEVEL), rows, right)
            for kind, make in COLUMNS.items()
        },
        BY_ROW: Asked(by_row, rows, lambda row: tickets.due(row, int(tickets.levels[row]))),
        PEER: Asked(partial(add_many, sample, amount), len(sample), right),
        DATES: Asked(dates, rows, lambda row: (right(row) + AHEAD).astype("M8[D]")),
        "pandas CustomBusinessHour": Asked(
            lambda: stamps + offset, len(stamps), lambda row: right(row) + AHEAD
        ),
    }


def elapsed(tickets: Tickets) -> dict[str, Asked]:
    """Everyone who counts business time."""
    columns, rows = (tickets.opened, tickets.answered), len(tickets)
    sample = [column[:SAMPLE].view("M8[us]") for column in columns]
    between_many = Workclock(STANDARD).schedule.between_many
    count = partial(np.busday_count, busdaycal=BusdayOffset(STANDARD).days)
    between = partial(frames.between, calendar=CALENDAR)
    return {
        **{
            f"frames, {kind}": Asked(partial(between, *map(make, columns)), rows, tickets.elapsed)
            for kind, make in COLUMNS.items()
        },
        PEER: Asked(partial(between_many, *sample), len(sample[0]), tickets.elapsed),
        DATES: Asked(partial(count, *map(tickets.dates, columns)), rows, None),
    }


def _costs(asked: Mapping[str, Asked], effort: Effort) -> dict[str, Cost]:
    """Check some rows of every answer, then time them all in turn."""
    with warnings.catch_warnings():  # pandas warns that it is slow
        warnings.simplefilter("ignore")
        shares = {name: _share(each) for name, each in asked.items()}
        calls = {name: each.call for name, each in asked.items()}
        spent = measured(calls, effort.column_rounds)
    return {
        name: Cost(shares[name], [seconds / each.rows * 1e9 for seconds in spent[name]])
        for name, each in asked.items()
    }


def _share(asked: Asked) -> float | None:
    """Count the right answers among rows that are spread over all."""
    answer = asked.call()
    if asked.right is None:
        return None
    if not isinstance(answer, np.ndarray):
        answer = nw.from_native(answer, series_only=True).to_numpy()
    rows = range(0, asked.rows, max(asked.rows // CHECKED, 1))
    return sum(bool(answer[row] == asked.right(row)) for row in rows) / len(rows)


def _table(report: Report, effort: Effort, title: str, costs: Sequence[Mapping[str, Cost]]) -> None:
    """Write a row for each contender, and three columns for each number of rows."""
    head, rows = ["", "right"], []
    for count in effort.rows:
        head += [f"{count:,} rows: ns a row", "to workclock", "to numpy"]
    for name in costs[0]:
        shares = [each[name].right for each in costs]
        right = None if None in shares else min(share for share in shares if share is not None)
        if right is not None and name.startswith("frames"):
            report.right = min(report.right, right)
        cells = [
            number(value)
            for each in costs
            for value in (
                median(each[name].rounds),
                ratio(each[name].rounds, each[PEER].rounds),
                ratio(each[name].rounds, each[DATES].rounds),
            )
        ]
        rows.append([name, "" if right is None else percent(right), *cells])
    report.tables.append(Table(title, ABOUT, head, rows))
