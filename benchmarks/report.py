"""What a run finds: tables in Markdown, and the figures that targets are held against."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from timing import Score


class Effort(NamedTuple):
    """How much is asked, and how often."""

    rounds: int
    calls: int
    long_calls: int  # over years, which some walk day by day
    rows: tuple[int, ...]
    column_rounds: int
    processes: int
    beside: Path | None = None  # the source of an earlier version
    beside_version: str = ""


FULL = Effort(rounds=15, calls=10_000, long_calls=2_000, rows=(10**6, 10**7), column_rounds=7, processes=25)
QUICK = Effort(rounds=3, calls=1_000, long_calls=100, rows=(10**6,), column_rounds=3, processes=5)


class Table(NamedTuple):
    """A table with a title, a sentence about its cells, and a head."""

    title: str
    about: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def markdown(self) -> str:
        """Write it; all columns but the first stand to the right."""
        rule = ["---", *["---:"] * (len(self.head) - 1)]
        lines = [f"| {' | '.join(row)} |" for row in (self.head, rule, *self.rows)]
        return "\n".join([f"### {self.title}", "", self.about, "", *lines, ""])


class Report:
    """All tables of a run, and its figures by name."""

    def __init__(self) -> None:
        """Begin empty."""
        self.tables: list[Table] = []
        self.figures: dict[str, float] = {}
        self.right = 1.0  # the share of our answers that are, in the worst case

    def row(self, name: str, scores: Sequence[Score | None], *, ours: bool) -> list[str]:
        """Make a row of a contender's scores; a question that it was not asked leaves a gap."""
        right = min(score.right for score in scores if score)
        if ours:
            self.right = min(self.right, right)
        cells = [f"{number(s.ratio)} ({number(s.cost)})" if s else "" for s in scores]
        return [name, percent(right), *cells]


def number(value: float) -> str:
    """Write three digits that mean something."""
    digits = next((d for d, least in enumerate((100, 10, 1, 0.1)) if value >= least), 4)
    return f"{value:,.{digits}f}"


def percent(share: float) -> str:
    """Write a share; only what is whole is 100 %."""
    return "100 %" if share == 1 else f"{min(share * 100, 99.9):.1f} %"
