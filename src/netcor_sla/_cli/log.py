"""Audit logs: a row for each update of a ticket, read into what each ticket went through.

A row that can't be read is kept as a problem, with its line, and the rest of its ticket is
done. The others take some twenty bytes each, so that a log of millions fits into memory.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache, partial
from typing import Final, NamedTuple

from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._calendars.coverage import covered
from netcor_sla._calendars.instants import EPOCH, MICROSECOND
from netcor_sla._cli.tables import Row, RowError, cell, csv_table, distinct, level_of, ndjson_table
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla.errors import DocumentError, SLAError, shown

_TIMES: Final = 1 << 14  # that are kept
_LEVELS: Final = {level.number: level for level in EscalationLevel}


class LogColumns(NamedTuple):
    """Which columns are read."""

    ticket: str = "ticket"
    opened_at: str = "opened_at"
    at: str = "at"
    level: str = "level"
    state: str = "state"


class LogTerms(NamedTuple):
    """How the cells of a row are read, and whose years they must lie in."""

    calendar: BusinessCalendar
    time: Callable[[object], datetime]
    levels: Mapping[str, EscalationLevel]
    columns: LogColumns = LogColumns()


class Problem(NamedTuple):
    """A row that is left out, or a ticket by its first row, and why."""

    line: int
    reason: str


class Update(NamedTuple):
    """What a ticket was from an instant on."""

    at: int
    level: EscalationLevel
    state: str


class Ticket(NamedTuple):
    """A ticket: its name, the line of its first row, its opening, and its updates by time."""

    name: str
    line: int
    opened_at: datetime
    opened: int
    updates: list[Update]  # at least one; in order of the file where at one instant


class _Known(NamedTuple):
    """What is known of a ticket once."""

    number: int
    line: int
    opened_at: datetime
    opened: int


class Log:
    """What a log says; it grows while it is read, and is not changed after that."""

    __slots__ = (
        *(
            "_at",
            "_before",
            "_covered",
            "_known",
            "_known_time",
            "_last",
            "_level",
            "_level_of",
            "_state",
        ),
        *("_states", "_terms", "problems"),
    )

    problems: list[Problem]

    def __init__(self, terms: LogTerms) -> None:
        schedule = terms.calendar._schedule
        self.problems = []
        self._terms = terms
        self._level_of = partial(level_of, levels=terms.levels)
        # An opening comes back in every row of its ticket, and patterns are slow to read.
        self._known_time = lru_cache(_TIMES)(terms.time)
        self._covered = schedule.start(schedule.first), schedule.start(schedule.last + 1)
        self._known: dict[str, _Known] = {}
        self._states: dict[str, int] = {}
        self._last = array("q")  # of each ticket, the number of its last row
        self._before = array("q")  # of each row, the number of its ticket's row before, or -1
        self._at = array("q")
        self._state = array("I")
        self._level = array("B")

    @property
    def rows(self) -> int:
        """How many rows there are, bad ones among them."""
        return len(self._at) + len(self.problems)

    @property
    def latest(self) -> int:
        """The latest instant of an update."""
        return max(self._at)

    @property
    def states(self) -> list[str]:
        """The states, in the order in which they first come up."""
        return list(self._states)

    def __len__(self) -> int:
        return len(self._known)

    def __iter__(self) -> Iterator[Ticket]:
        """Yield the tickets in the order in which they first come up."""
        states = self.states
        for name, known in self._known.items():
            updates, row = [], self._last[known.number]
            while row >= 0:
                level = _LEVELS[self._level[row]]
                updates.append(Update(self._at[row], level, states[self._state[row]]))
                row = self._before[row]
            updates.reverse()
            updates.sort(key=lambda update: update.at)
            yield Ticket(name, known.line, known.opened_at, known.opened, updates)

    def add(self, row: Row) -> None:
        """Take a row, or note what is wrong with it."""
        try:
            name, known, update = self._read(row)
        except (RowError, SLAError) as error:
            self.problems.append(Problem(row.line, str(error)))
            return
        if known.number == len(self._last):  # it is new
            self._known[name] = known
            self._last.append(-1)
        self._before.append(self._last[known.number])
        self._last[known.number] = len(self._at)
        self._at.append(update.at)
        self._level.append(update.level.number)
        self._state.append(self._states.setdefault(update.state, len(self._states)))

    def _read(self, row: Row) -> tuple[str, _Known, Update]:
        """Read a row, and hold it against what is known of its ticket."""
        if row.problem:
            raise RowError(row.problem)
        columns = self._terms.columns
        name = cell(row, columns.ticket, _text)
        opened_at = cell(row, columns.opened_at, self._time)
        at = cell(row, columns.at, self._time)
        level = cell(row, columns.level, self._level_of)
        state = cell(row, columns.state, _text)
        opened = self._exact(opened_at, columns.opened_at)
        exact = self._exact(at, columns.at)
        known = self._known.get(name) or _Known(len(self._known), row.line, opened_at, opened)
        if opened != known.opened:
            raise RowError(
                f"{columns.opened_at} {opened_at.isoformat()} of ticket {shown(name)} is another "
                f"than in line {known.line}, {known.opened_at.isoformat()}"
            )
        if exact < opened:
            raise RowError(
                f"{columns.at} {at.isoformat()} is before ticket {shown(name)} was opened, "
                f"{opened_at.isoformat()}"
            )
        return name, known, Update(exact, level, state)

    def _time(self, cell: object) -> datetime:
        """Read an instant."""
        return self._known_time(cell) if isinstance(cell, str) else self._terms.time(cell)

    def _exact(self, at: datetime, column: str) -> int:
        """Make an integer of an instant, inside the covered years."""
        exact = (at - EPOCH) // MICROSECOND
        first, end = self._covered
        if not first <= exact < end:
            covered(self._terms.calendar._schedule, **{column: at})
        return exact


def read_csv(lines: Iterable[str], terms: LogTerms, delimiter: str) -> Log:
    """Read a log in CSV, whose first row names the columns."""
    distinct(terms.columns)
    options = (f"--{field.removesuffix('_at')}-column" for field in terms.columns._fields)
    needed = dict(zip(terms.columns, options, strict=True))
    _, rows = csv_table(lines, delimiter, needed)
    return _log((row for row, _ in rows), terms)


def read_ndjson(lines: Iterable[str], terms: LogTerms) -> Log:
    """Read a log in NDJSON, an object a line."""
    distinct(terms.columns)
    return _log((row for row, _ in ndjson_table(lines)), terms)


def _log(rows: Iterable[Row], terms: LogTerms) -> Log:
    """Take row after row; a log of which nothing can be used is none."""
    log = Log(terms)
    for row in rows:
        log.add(row)
    if log.problems and not len(log):
        first = log.problems[0]
        raise DocumentError(
            f"none of the {log.rows} rows can be read; the first, line {first.line}: {first.reason}"
        )
    if not len(log):
        raise DocumentError("the log holds no row")
    return log


def _text(cell: object) -> str:
    """Read a name: a text that is not empty, or a whole number."""
    text = str(cell) if isinstance(cell, str | int) and not isinstance(cell, bool) else ""
    if not text:
        raise DocumentError(f"{shown(cell)} is no name; write a text, or a whole number")
    return text
