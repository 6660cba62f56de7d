"""Audit logs: a row for each update of a ticket, read into what each ticket went through.

A row that can't be read is left out, with its line, and the rest of its ticket is done. The others
take some twenty bytes each, so that a log of millions fits into memory.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from netcor_sla._agreements import Agreement, ResponseClock
from netcor_sla._calendars.instants import EPOCH, MICROSECOND
from netcor_sla._calendars.schedule import Schedule, covered
from netcor_sla._cli.files import Reading, Row, bad, cell
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla.errors import DocumentError, SLAError, shown
from netcor_sla.reports import LeftOut

_TIMES: Final = 1 << 14  # that are kept
_LEVELS: Final = {level.number: level for level in EscalationLevel}


class _Ticket(NamedTuple):
    """What is known of a ticket by its first row, and the numbers of all of them."""

    line: int
    opened_at: datetime
    rows: "array[int]"


class Log:
    """What a log says; `columns` names those of ticket, opened, at, level and state."""

    def __init__(
        self, rows: Iterable[Row], schedule: Schedule, columns: Mapping[str, str], reading: Reading
    ) -> None:
        self._schedule, self._columns, self._reading = schedule, columns, reading
        # An opening comes back in every row of its ticket, and patterns are slow to read.
        self._known_time = lru_cache(_TIMES)(reading.time)
        self._covered = schedule.covers
        self.tickets: dict[str, _Ticket] = {}
        self.states: dict[str, int] = {}
        self._at = array("q")  # microseconds since 1970
        self._state = array("I")
        self._level = array("B")
        self.left_out: list[LeftOut] = []
        self.latest = EPOCH  # in the zone that it is written in
        for row in rows:
            try:
                self._add(row)
            except SLAError as error:
                self.left_out.append(LeftOut(line=row.line, reason=str(error), german=error.german))
        if not self.rows:
            raise DocumentError("the log holds no row", "das Protokoll hat keine Zeile")
        if not self.tickets:
            first = self.left_out[0]
            en = f"none of the {self.rows} rows can be read; the first, line {first.line}: {first.reason}"
            de = f"keine der {self.rows} Zeilen ist lesbar; die erste, Zeile {first.line}: {first.german}"
            raise DocumentError(en, de)

    @property
    def rows(self) -> int:
        return len(self._at) + len(self.left_out)

    def clocks(
        self, agreement: Agreement, *, pausing: Collection[str], responding: Collection[str]
    ) -> Iterator[tuple[str, ResponseClock]]:
        """Replay one ticket after the other, in the order in which they first come up.

        Up to its first update, a ticket had the level of that one.
        """
        states = [*self.states]
        for name, ticket in self.tickets.items():
            first = min(ticket.rows, key=self._at.__getitem__)
            events: list[tuple[datetime, EscalationLevel | str]] = []
            for row in ticket.rows:
                at = EPOCH + MICROSECOND * self._at[row]
                events += [(at, _LEVELS[self._level[row]]), (at, states[self._state[row]])]
            facts = ticket.opened_at, _LEVELS[self._level[first]], events
            yield name, agreement.replay(*facts, pausing=pausing, responding=responding)

    def _add(self, row: Row) -> None:
        if row.problem:
            raise row.problem
        columns = self._columns
        name = cell(row, columns["ticket"], _text)
        opened_at = cell(row, columns["opened"], self._time)
        at = cell(row, columns["at"], self._time)
        level = cell(row, columns["level"], self._reading.level)
        state = cell(row, columns["state"], _text)
        opened, instant, (first, end) = opened_at - EPOCH, at - EPOCH, self._covered
        if not (first <= opened < end and first <= instant < end):
            covered(self._schedule, **{columns["opened"]: opened_at, columns["at"]: at})
        ticket = self.tickets.get(name) or _Ticket(row.line, opened_at, array("I"))
        if opened != ticket.opened_at - EPOCH:
            other, its = f"{columns['opened']} {opened_at.isoformat()}", ticket.opened_at.isoformat()
            en = f"{other} of ticket {shown(name)} is another than in line {ticket.line}, {its}"
            de = f"{other} von Ticket {shown(name)} ist anders als in Zeile {ticket.line}, {its}"
            raise DocumentError(en, de)
        if instant < opened:
            early, its = f"{columns['at']} {at.isoformat()}", opened_at.isoformat()
            en = f"{early} is before ticket {shown(name)} was opened, {its}"
            raise DocumentError(en, f"{early} liegt vor dem Eingang von Ticket {shown(name)}, {its}")
        if not self._at or at > self.latest:
            self.latest = at
        self.tickets.setdefault(name, ticket).rows.append(len(self._at))
        self._at.append(instant // MICROSECOND)
        self._level.append(level.number)
        self._state.append(self.states.setdefault(state, len(self.states)))

    def _time(self, cell: object) -> datetime:
        return self._known_time(cell) if isinstance(cell, str) else self._reading.time(cell)


def _text(cell: object) -> str:
    if isinstance(cell, str | int) and not isinstance(cell, bool) and (text := str(cell)):
        return text
    raise bad(cell, "is not a name; write a text, or a whole number", "ist weder Text noch ganze Zahl")
