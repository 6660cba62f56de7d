"""Calls that no peer has an answer to: microseconds each, beside an earlier version if one is given.

This module is its own program too: a process for each version asks itself what it is named.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, NamedTuple, TextIO

import numpy as np
import pyarrow as pa

from netcor_sla import STANDARD, EscalationLevel, ResponseClock, frames, records
from oracle import EPOCH, MICROSECOND
from report import Effort, Report, Table, number
from tickets import Tickets
from timing import no_collection, ratio, timed
from workloads import instants, levels

if TYPE_CHECKING:  # which an earlier version has not
    from netcor_sla.annotations import DayRule

TICKETS = 200
MANY, FEW = 1_000_000, 20_000  # rows; few for a version that looks at each by itself
HOUR = timedelta(hours=1)
ABOUT = (
    f"Microseconds of processor time a call: {TICKETS} tickets opened from 2015 to 2035, four levels "
    "in turn; of columns by dates, a row of a million."
)


class Call(NamedTuple):
    """What is timed, and how many calls or rows it is."""

    run: Callable[[], object]
    calls: int


def measure(report: Report, effort: Effort) -> None:
    """Let a process of each version answer, in turn."""
    ours = _process({}, MANY)
    processes = {"netcor-sla": ours}
    if effort.beside:
        processes[effort.beside_version] = _process({"PYTHONPATH": str(effort.beside)}, FEW)
    rows = []
    for name in _asked(ours, "?").split("|"):
        spent: dict[str, list[float]] = {version: [] for version in processes}
        for turn in range(effort.rounds):
            for version in sorted(processes, reverse=bool(turn % 2)):
                spent[version].append(float(_asked(processes[version], name)))
        found, *before = spent.values()
        report.figures[name] = median(found)
        rows.append([name, number(median(found))])
        rows[-1] += [f"{number(median(each))} ({number(ratio(found, each))})" for each in before]
    for process in processes.values():
        process.communicate()
    head = ["", "us", *(f"{version}: us (ratio)" for version in [*processes][1:])]
    report.tables.append(Table("Clocks, explanations, records, small columns", ABOUT, head, rows))


def _process(environment: Mapping[str, str], rows: int) -> "subprocess.Popen[str]":
    """Start a process that answers line by line, of columns by dates with so many rows."""
    return subprocess.Popen(
        [sys.executable, __file__, str(rows)],
        env=os.environ | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _asked(process: "subprocess.Popen[str]", name: str) -> str:
    """Send a line, and wait for one."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{name}\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def _each(call: Callable[..., object], arguments: Iterable[tuple[object, ...]], often: int) -> Call:
    """Call with each, so often that a round is long enough to be timed."""
    ready = [*arguments] * often

    def run() -> None:
        for each in ready:
            call(*each)

    return Call(run, len(ready))


def calls(rows: int) -> dict[str, Call]:
    """Make ready what is asked, with names that every version has had since 0.4.0."""
    zone = STANDARD.calendar.tzinfo
    opened = [(EPOCH + MICROSECOND * at).astimezone(zone) for at in instants(TICKETS)]
    turns = [EscalationLevel(level) for level in levels(TICKETS)]
    tickets = list(zip(opened, turns, strict=True))
    frozen = STANDARD.replace(calendar=STANDARD.calendar.freeze(2014, 2037))
    clocks = [ResponseClock(*ticket) for ticket in tickets]
    paused = [clock.pause(at + HOUR, at + 2 * HOUR) for clock, at in zip(clocks, opened, strict=True)]
    deadlines = [STANDARD.explain(*ticket) for ticket in tickets]
    kept = [(deadline.to_dict(),) for deadline in deadlines]
    ten = pa.array(Tickets(10).opened, pa.timestamp("us", "UTC"))
    return {
        "ResponseClock()": _each(ResponseClock, tickets, 20),
        "pause": _each(ResponseClock.pause, _with(clocks, opened, HOUR), 10),
        "status": _each(ResponseClock.status, _with(clocks, opened, 3 * HOUR), 5),
        "status, after a pause": _each(ResponseClock.status, _with(paused, opened, 3 * HOUR), 5),
        "explain, live calendar": _each(STANDARD.explain, tickets, 1),
        "explain, frozen calendar": _each(frozen.explain, tickets, 1),
        "text": _each(lambda deadline: deadline.text("de"), zip(deadlines), 1),
        "verify": _each(records.verify, kept, 1),
        "audit": _each(records.audit, kept, 1),
        "a column of ten rows, pyarrow": _each(frames.response_due, [(ten, EscalationLevel.HIGH)], 200),
        **{f"column due, {rule!r}": _by_dates(rule, rows) for rule in ("same time", "end of day")},
    }


def _with(
    clocks: Iterable[ResponseClock], opened: Iterable[datetime], *after: timedelta
) -> list[tuple[object, ...]]:
    """Pair clocks with instants so long after their opening."""
    return [(clock, *(at + each for each in after)) for clock, at in zip(clocks, opened, strict=True)]


def _by_dates(rule: "DayRule", rows: int) -> Call:
    """Make a column under a day rule."""
    agreement = STANDARD.replace(day_rule=rule)
    column: np.ndarray[tuple[int], np.dtype[np.datetime64]] = Tickets(rows).opened.view("M8[us]")
    return Call(lambda: frames.response_due(column, EscalationLevel.MEDIUM, agreement=agreement), rows)


def serve(questions: Iterable[str], answers: TextIO, rows: int) -> None:
    """Answer with microseconds a call, after a pass that isn't timed."""
    ready = calls(rows)
    for line in questions:
        name = line.strip()
        if name == "?":
            print("|".join(ready), file=answers, flush=True)
            continue
        with no_collection():
            ready[name].run()
            spent = timed(ready[name].run)
        print(spent / ready[name].calls * 1e6, file=answers, flush=True)


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout, int(sys.argv[1]))
