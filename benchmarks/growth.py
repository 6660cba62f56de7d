"""What grows: the span, or the number of holidays, while all else stays as it is."""

from collections.abc import Callable, Mapping

from hours import STANDARD, closed_on
from ours import Ours
from peers import Aware, Timegrid, Workclock
from questions import between, due
from report import Effort, Report, Table
from timing import Contender, Score, compare
from workloads import DAY, HOUR, YEAR, instants

Kind = Callable[..., Aware]

OPENINGS = instants(200, years=10)  # so few stay in the processor's cache, and only growth shows
LENGTHS = {
    "1 hour": HOUR,
    "1 day": DAY,
    "14 days": 14 * DAY,
    "91 days": 91 * DAY,
    "1 year": YEAR,
    "10 years": 10 * YEAR,
}
HOLIDAYS = (1, 337, 1_000, 3_000)
FIRST = "Times the processor time of the first column; in brackets, microseconds a call."


def measure(report: Report, effort: Effort) -> None:
    """Let the span grow, then the number of holidays."""
    zone = Ours(STANDARD).zone

    def elapsed(asked: Aware, length: int) -> Contender:
        return between(asked, [(at, at + length) for at in OPENINGS], zone)

    def four_days(asked: Aware) -> Contender:
        return due(asked, OPENINGS, [4] * len(OPENINGS), zone)

    kinds: dict[str, Kind] = {"netcor-sla": Ours, "workclock": Workclock, "timegrid": Timegrid}
    by_length, due_by_holidays, elapsed_by_holidays = {}, {}, {}
    for name, kind in kinds.items():
        asked = kind(STANDARD)
        by_length[name] = {text: elapsed(asked, length) for text, length in LENGTHS.items()}
        desks = {f"{count:,}": kind(closed_on(count)) for count in HOLIDAYS}
        due_by_holidays[name] = {text: four_days(each) for text, each in desks.items()}
        elapsed_by_holidays[name] = {text: elapsed(each, 91 * DAY) for text, each in desks.items()}
    scores = _table(report, effort, "Elapsed, as the span grows", by_length)
    report.figures["ten years to an hour"] = scores["10 years"].ratio
    _table(report, effort, "Due after four days, as the number of holidays grows", due_by_holidays)
    _table(report, effort, "Elapsed, 91 days, as the number of holidays grows", elapsed_by_holidays)


def _table(
    report: Report, effort: Effort, title: str, asked: Mapping[str, Mapping[str, Contender]]
) -> Mapping[str, Score]:
    """Compare each contender with itself; give back the scores of ours."""
    rows, found = [], {}
    for name, questions in asked.items():
        named = [each._replace(name=text) for text, each in questions.items()]
        found[name] = compare(named, named[0].name, effort.rounds)
        rows.append(report.row(name, [*found[name].values()], ours=name == Ours.name))
    report.tables.append(Table(title, FIRST, ["", "right", *found[Ours.name]], rows))
    return found[Ours.name]
