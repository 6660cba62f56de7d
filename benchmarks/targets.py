"""What the figures of a run are held against."""

from typing import NamedTuple

from report import Report, Table


class Target(NamedTuple):
    """A figure by its name in the report, and the most that it may be."""

    text: str
    figure: str
    most: float


OWN = "in the calendar's zone"
SPLIT = "breaks and half days in Europe/Berlin"
KERNEL = "ns a row above the bare kernel"

TARGETS = (
    Target(f"due, {OWN}, to workclock", "due, the calendar's zone", 0.30),
    Target("due, in UTC, to workclock", "due, UTC", 0.30),
    Target(f"elapsed, 1 min to 14 days, {OWN}, to workclock", "tickets, the calendar's zone", 0.30),
    Target("elapsed, 1 min to 14 days, in UTC, to workclock", "tickets, UTC", 0.30),
    Target(f"elapsed, a day to ten years, {OWN}, to workclock", "years, the calendar's zone", 0.05),
    Target("elapsed, a day to ten years, in UTC, to workclock", "years, UTC", 0.05),
    Target("elapsed, ten years, to an hour", "ten years to an hour", 1.25),
    Target(f"due, {SPLIT}, to workclock", "due, split", 0.45),
    Target(f"elapsed, 1 min to 14 days, {SPLIT}, to workclock", "tickets, split", 0.45),
    Target("column due, to workclock's `add_many`", "column due, workclock", 0.010),
    Target("column due, to `numpy.busday_offset`", "column due, dates", 0.15),
    Target(
        "column due, a level a row, to workclock's `add_many`", "column levels, workclock", 0.010
    ),
    Target("column due, a level a row, to `numpy.busday_offset`", "column levels, dates", 0.15),
    Target("column elapsed, to workclock's `between_many`", "column elapsed, workclock", 0.010),
    Target("column, memory beside question and answer: bytes a row", "memory", 2),
    Target("first `response_due`, to the first look-up in `holidays`", "first call", 1.15),
    Target(f"due, `frames` on pandas: {KERNEL}", "column due, pandas", 15),
    Target(f"due, `frames` on polars: {KERNEL}", "column due, polars", 15),
    Target(f"elapsed, `frames` on pandas: {KERNEL}", "column elapsed, pandas", 15),
    Target(f"elapsed, `frames` on polars: {KERNEL}", "column elapsed, polars", 15),
)


def table(report: Report) -> Table:
    """Say of each target whether it is met."""
    rows = [
        [each.text, f"{each.most:.3f}", f"{found:.3f}", "yes" if found <= each.most else "no"]
        for each in TARGETS
        if (found := report.figures.get(each.figure)) is not None
    ]
    about = "Columns are numpy's, where no other kind is named, and of the largest size."
    return Table("Targets", about, ["", "at most", "found", "met"], rows)
