"""One question at a time: when is it due, and how much business time has passed."""

from collections.abc import Callable, Sequence
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

from hours import SPLIT, STANDARD
from ours import Ours
from peers import (
    Aware,
    BusdayOffset,
    BusinessTimeDelta,
    CustomBusinessHour,
    Timegrid,
    Workclock,
)
from questions import between, due
from report import Effort, Report, Table
from timing import Contender, Score, compare
from workloads import DAY, MINUTE, YEAR, instants, levels, spans

Ask = Callable[[Aware, tzinfo], Contender]

BERLIN = ZoneInfo("Europe/Berlin")
CELLS = "Times the processor time of workclock; in brackets, microseconds a call."
KINDS = {
    "due": "Due: four levels in turn, opened from 2015 to 2035",
    "tickets": "Elapsed: 1 minute to 14 days",
    "years": "Elapsed: a day to ten years",
}


def measure(report: Report, effort: Effort) -> None:
    """Ask on the standard desk in three zones, and on one with breaks and half days in one."""
    ats, turns = instants(effort.calls), levels(effort.calls)
    tickets = spans(effort.calls, MINUTE, 14 * DAY)
    years = spans(effort.long_calls, DAY, 10 * YEAR)
    asks: dict[str, Ask] = {
        "due": lambda who, zone: due(who, ats, turns, zone),
        "tickets": lambda who, zone: between(who, tickets, zone),
        "years": lambda who, zone: between(who, years, zone),
    }
    kinds = (Ours, Workclock, Timegrid, BusinessTimeDelta, CustomBusinessHour, BusdayOffset)
    everyone: list[Aware] = [kind(STANDARD) for kind in kinds]
    measuring = [who for who in everyone if hasattr(who, "between")]
    for question, ask in asks.items():
        those = everyone if question == "due" else measuring
        _in_zones(report, effort, question, those, ask)
    _split(report, effort, asks)


def _in_zones(report: Report, effort: Effort, kind: str, everyone: Sequence[Aware], ask: Ask) -> None:
    """Ask all in the calendar's own zone, and the two that matter in others as well."""
    own = Ours(STANDARD).zone
    zones = {"the calendar's zone": own, "UTC": UTC, "Europe/Berlin": BERLIN}
    scores = {
        name: compare(
            [ask(who, zone) for who in (everyone if zone is own else everyone[:2])],
            Workclock.name,
            effort.rounds,
        )
        for name, zone in zones.items()
    }
    for name in zones:
        report.figures[f"{kind}, {name}"] = scores[name][Ours.name].ratio
    head = ["", "right", *(f"in {name}" for name in zones)]
    _table(report, KINDS[kind], CELLS, head, scores)


def _split(report: Report, effort: Effort, asks: dict[str, Ask]) -> None:
    """Ask those who can on the desk with breaks and half days."""
    everyone = [kind(SPLIT) for kind in (Ours, Workclock, Timegrid)]
    scores = {
        kind: compare([ask(who, BERLIN) for who in everyone], Workclock.name, effort.rounds)
        for kind, ask in asks.items()
    }
    for kind in asks:
        report.figures[f"{kind}, split"] = scores[kind][Ours.name].ratio
    about = (
        "In Europe/Berlin: a break from 12:30 to 13:00, Fridays up to 15:00 without one, and "
        "24 and 31 December up to noon. workclock has no half days by date; it is given a holiday "
        f"of a zone twelve hours ahead, which begins at noon. {CELLS}"
    )
    head = ["", "right", "due", "elapsed, 1 min to 14 d", "elapsed, 1 d to 10 y"]
    _table(report, "Breaks and half days", about, head, scores)


def _table(
    report: Report,
    title: str,
    about: str,
    head: Sequence[str],
    scores: dict[str, dict[str, Score]],
) -> None:
    """Write a row for each contender and a column for each question."""
    rows = [
        report.row(name, [column.get(name) for column in scores.values()], ours=name == Ours.name)
        for name in next(iter(scores.values()))
    ]
    report.tables.append(Table(title, about, head, rows))
