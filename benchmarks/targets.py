"""What the figures of a run are held against."""

from typing import NamedTuple

from report import Report, Table


class Target(NamedTuple):
    """A figure by its name in the report, and the most that it may be."""

    text: str
    figure: str
    most: float


OWN = "in the calendar's zone"
SHORT, LONG = "elapsed, 1 min to 14 days", "elapsed, a day to ten years"
SPLIT = "breaks and half days in Europe/Berlin"
ABOVE = "ns a row above numpy's"
MICROSECONDS = {
    "ResponseClock()": 2,
    "pause": 4,
    "status": 15,
    "explain, live calendar": 80,
    "explain, frozen calendar": 80,
    "text": 60,
    "verify": 150,
    "audit": 500,
    "a column of ten rows, pyarrow": 100,
    "column due, 'same time'": 0.2,
    "column due, 'end of day'": 0.2,
}

TARGETS = (
    Target(f"due, {OWN}, to workclock", "due, the calendar's zone", 0.15),
    Target("due, in UTC, to workclock", "due, UTC", 0.15),
    Target("due, in Europe/Berlin, to workclock", "due, Europe/Berlin", 0.30),
    Target(f"{SHORT}, {OWN}, to workclock", "tickets, the calendar's zone", 0.16),
    Target(f"{SHORT}, in UTC, to workclock", "tickets, UTC", 0.16),
    Target(f"{LONG}, {OWN}, to workclock", "years, the calendar's zone", 0.03),
    Target(f"{LONG}, in UTC, to workclock", "years, UTC", 0.03),
    Target("elapsed, ten years, to an hour", "ten years to an hour", 1.25),
    Target(f"due, {SPLIT}, to workclock", "due, split", 0.45),
    Target(f"{SHORT}, {SPLIT}, to workclock", "tickets, split", 0.45),
    Target("column due, to workclock's `add_many`", "column due, workclock", 0.010),
    Target("column due, to `numpy.busday_offset`", "column due, dates", 0.105),
    Target("column due, a level a row, to workclock's `add_many`", "column levels, workclock", 0.010),
    Target("column due, a level a row, to `numpy.busday_offset`", "column levels, dates", 0.14),
    Target("column elapsed, to workclock's `between_many`", "column elapsed, workclock", 0.010),
    Target("column, memory beside question and answer: bytes a row", "memory", 2),
    Target(f"due, `frames` on pandas: {ABOVE}", "column due, pandas", 15),
    Target(f"due, `frames` on polars: {ABOVE}", "column due, polars", 15),
    Target(f"elapsed, `frames` on pandas: {ABOVE}", "column elapsed, pandas", 15),
    Target(f"elapsed, `frames` on polars: {ABOVE}", "column elapsed, polars", 15),
    Target("first `response_due`, to the first look-up in `holidays`", "first call", 1.10),
    Target("import netcor_sla: ms", "import", 21),
    *(Target(f"{name}: us", name, most) for name, most in MICROSECONDS.items()),
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
