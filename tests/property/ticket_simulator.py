"""A ticket, minute by minute: what its clock should say, found by walking alone.

Nothing of the library is used here but, through `Oracle`, the meaning of a calendar's data
form. A ticket is a fuse that burns a minute of business time in each minute in which the desk
is open and nothing is paused, and whose end is the deadline. Every question walks from the
opening anew, with the level and the pauses that are known by then; nothing but the hours is
remembered from one question to the next, and no amount is ever turned back into an instant.

Facts lie on full minutes, counted from the opening. Results are integers: microseconds in UTC.
"""

from fractions import Fraction
from itertools import count
from math import ceil
from typing import Any, Final, NamedTuple

from .oracle import MINUTE, Oracle, TooFarError

REACH: Final = 21 * 1440  # how many minutes a walk may go


class ImpossibleError(Exception):
    """A fact, or a question, that makes no sense beside the facts that are known."""


class Seen(NamedTuple):
    """What can be seen of a ticket at some minute."""

    state: str
    late: bool
    paused: bool
    desk_open: bool
    due: int | None
    elapsed: int
    remaining: int
    overdue: int
    used: float
    next_change: tuple[int, str] | None


class Ticket:
    """A request, and what became of it."""

    def __init__(self, form: dict[str, Any], opened: int, level: str) -> None:
        """Open a ticket at an instant on a full minute, under an agreement's data form."""
        self.start = opened
        self.form = form
        self.oracle = Oracle(form["calendar"])
        self.share = Fraction(str(form["at_risk"]))
        self.changes = [(0, level)]  # in the order in which they were added
        self.pauses: list[tuple[int, int]] = []
        self.open_since: int | None = None
        self.responses: list[int] = []
        self._desk = bytearray()  # whether the desk is open, from the opening on
        self._fuses: dict[str, tuple[int, bool]] = {}

    # What happens.

    def pause(self, at: int, until: int | None = None) -> None:
        """Wait for the customer: up to a minute, or until further notice."""
        self._not_before_the_opening(at)
        if until is None:
            self.open_since = at if self.open_since is None else min(at, self.open_since)
        elif until < at:
            raise ImpossibleError
        else:
            self.pauses.append((at, until))

    def resume(self, at: int) -> None:
        """End the pause that is open."""
        self._not_before_the_opening(at)
        if self.open_since is None or at < self.open_since:
            raise ImpossibleError
        self.pauses.append((self.open_since, at))
        self.open_since = None

    def change_level(self, at: int, level: str) -> None:
        """Think otherwise of how grave it is."""
        self._not_before_the_opening(at)
        self.changes.append((at, level))

    def respond(self, at: int) -> None:
        """Answer."""
        self._not_before_the_opening(at)
        self.responses.append(at)

    @staticmethod
    def _not_before_the_opening(at: int) -> None:
        if at < 0:
            raise ImpossibleError

    # What is known.

    def facts(self) -> list[int]:
        """List the minutes at which something happens."""
        found = {at for at, _ in self.changes} | set(self.responses)
        found |= {limit for pause in self.pauses if pause[0] < pause[1] for limit in pause}
        return sorted(found if self.open_since is None else found | {self.open_since})

    def level(self, end: int) -> str:
        """Find the level as of a minute: of several changes at once, the one added last counts."""
        last, level = self.changes[0]
        for at, each in self.changes:
            if last <= at <= end:
                last, level = at, each
        return level

    def paused(self, minute: int) -> bool:
        """Whether anything has the ticket wait in a minute."""
        started = self.open_since is not None and self.open_since <= minute
        return started or any(start <= minute < end for start, end in self.pauses)

    def halted(self, end: int) -> bytearray:
        """Tick off, for each minute up to one, whether the ticket waits in it."""
        if end > REACH:
            raise TooFarError
        ticks = bytearray(end)
        since = [] if self.open_since is None else [(self.open_since, end)]
        for start, until in (*self.pauses, *since):
            for minute in range(start, min(until, end)):
                ticks[minute] = True
        return ticks

    def desk_open(self, minute: int) -> bool:
        """Whether the desk is open in a minute."""
        while len(self._desk) <= minute:
            if len(self._desk) >= REACH:
                raise TooFarError
            self._desk.append(self.oracle.is_open(self.start + len(self._desk) * MINUTE))
        return bool(self._desk[minute])

    # How the fuse burns.

    def fuse(self, level: str) -> tuple[int, bool]:
        """Say how many minutes a ticket has, and whether it may use the closed time after them.

        By dates, a deadline may lie at an opening. No business time is left from the closing
        before it; yet the ticket is not due until the desk opens.
        """
        if level not in self._fuses:
            target, rule = self.form["targets"][level], self.form["day_rule"]
            at_opening, days = False, target.get("days", 0)
            minutes = 60 * target.get("hours", 0) + target.get("minutes", 0)
            if days and rule == "elapsed":
                day = self.form["calendar"]["business_day"]
                minutes = days * (60 * int(day[:2]) + int(day[3:]))
            elif days:
                due = (self.oracle.due_by_date(self.start, days, rule) - self.start) // MINUTE
                minutes = sum(map(self.desk_open, range(due)))
                at_opening = self.desk_open(due) and not self.desk_open(due - 1)
            self._fuses[level] = minutes, at_opening
        return self._fuses[level]

    def burnt_out(self, level: str, halted: bytearray, standstill: int | None = None) -> int | None:
        """Walk until the ticket is due; None if it stands still from a minute on, and is not."""
        left, at_opening = self.fuse(level)
        desk, known = self._desk, len(halted)
        for minute in count():
            waits = halted[minute] if minute < known else 0
            if not left:
                # A pause that begins just now begins too late to put anything off.
                put_off = waits and minute > 0 and halted[minute - 1]
                if not at_opening or (self.desk_open(minute) and not put_off):
                    return minute
            if standstill is not None and minute >= standstill:
                return None
            left -= (desk[minute] if minute < len(desk) else self.desk_open(minute)) > waits
        raise AssertionError

    def due(self) -> int | None:
        """Say when the ticket is due, after all that is known."""
        if self.responses:
            end = min(self.responses)
            due = self.burnt_out(self.level(end), self.halted(end))
        else:
            last = max(self.facts())
            # Where the desk never opens for long enough, nobody can say what waiting puts off.
            self.burnt_out(self.level(last), bytearray())
            halted = self.halted(last + 1)
            due = self.burnt_out(self.level(last), halted, self.open_since)
        return None if due is None else self.instant(due)

    def instant(self, minute: int) -> int:
        """Count microseconds in UTC."""
        return self.start + minute * MINUTE

    def look(self, now: int) -> Seen:
        """Walk from the opening up to a minute, and on to what comes next."""
        if now < 0:
            raise ImpossibleError
        answered = min((at for at in self.responses if at <= now), default=None)
        end = now if answered is None else answered
        halted = self.halted(end)
        due = self.burnt_out(self.level(end), halted)
        assert due is not None
        waits = answered is None and self.paused(now)
        held = waits and self._began(now, halted) < due
        elapsed, total = self._burnt(0, end, halted), self._burnt(0, due, halted)
        late = end > due
        state = "running" if elapsed < self.share * total else "at risk"
        if answered is not None:
            state = "missed" if late else "met"
        elif held or late:
            assert not (held and late)
            state = "paused" if held else "breached"
        return Seen(
            state,
            late,
            waits,
            self.desk_open(now),
            None if held else self.instant(due),
            elapsed * MINUTE,
            0 if late else self._burnt(end, due, halted) * MINUTE,
            self._burnt(due, end, halted) * MINUTE,
            elapsed / total,
            self._next_change(state, now, elapsed, total, due),
        )

    def _burnt(self, start: int, end: int, halted: bytearray) -> int:
        """Count the minutes that are open and not paused; what lies ahead is not paused."""
        if start >= end:
            return 0
        self.desk_open(end - 1)
        desk, waits = self._desk[start:end], halted[start:end]
        return sum(is_open > waiting for is_open, waiting in zip(desk, waits, strict=False)) + sum(
            desk[len(waits) :]
        )

    @staticmethod
    def _began(now: int, halted: bytearray) -> int:
        """Walk back to where the pause began that is open now."""
        began = now
        while began > 0 and halted[began - 1]:
            began -= 1
        return began

    def _next_change(
        self, state: str, now: int, elapsed: int, total: int, due: int
    ) -> tuple[int, str] | None:
        """Walk on until something changes by itself."""
        if state == "at risk":
            return self.instant(due) + 1, "breached"
        if state != "running":
            return None
        minute, wanted = now, self.share * total
        while not (self.desk_open(minute) and elapsed + 1 >= wanted):
            elapsed += self.desk_open(minute)
            minute += 1
        # Within the minute that has begun, to the microsecond.
        return self.instant(minute) + ceil((wanted - elapsed) * MINUTE), "at risk"
