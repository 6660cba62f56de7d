"""A ticket: the verbs that add a fact, and its facts as attributes."""

from datetime import datetime, timedelta
from typing import Any, Self

from netcor_sla._calendars.instants import moment, writable
from netcor_sla._policy.levels import EscalationLevel, checked_level
from netcor_sla._tickets.facts import History, check_after, check_resume
from netcor_sla._values import fill, instance, written
from netcor_sla.errors import FactError


class Ticket:
    """What is known of a ticket; to be mixed into a frozen dataclass with these fields."""

    __slots__ = ()

    opened_at: datetime
    agreement: Any
    history: History

    def pause(self, at: datetime, until: datetime | None = None) -> Self:
        """Add a pause, `at` included and `until` not; without `until` it is open.

        Pauses that touch or overlap are one; an empty one is nothing; of two open ones the earlier counts.
        """
        start = self._fact(at, "at")
        end = None if until is None else self._fact(until, "until")
        if until is not None and end is not None and end < start:
            raise FactError(f"until {until.isoformat()} is before at {at.isoformat()}; exchange the two")
        return self.with_history(self.history.paused(start, end))

    def resume(self, at: datetime) -> Self:
        """End the open pause, `at` not included."""
        end = self._fact(at, "at")
        check_resume(self.history, at, self.opened_at.tzinfo)
        return self.with_history(self.history.resumed(end))

    def change_level(self, at: datetime, level: EscalationLevel) -> Self:
        """Change the level; of several changes at one instant the last one given counts."""
        return self.with_history(self.history.changed(self._fact(at, "at"), checked_level(level)))

    def respond(self, at: datetime) -> Self:
        """Add a response; the earliest counts."""
        return self.with_history(self.history.answered(self._fact(at, "at")))

    def observe(self, at: datetime, *, level: EscalationLevel, waiting: bool, answered: bool) -> Self:
        """Add what a look at the ticket shows: its level, whether it waits for the customer or was answered.

        For the hooks of a ticket system, in the order of events: what is known already changes nothing, an
        instant before the opening counts as the opening, and after the response nothing counts. A ticket
        that no longer waits ends a pause, though it was to last longer. Law: twice is as once.
        """
        checked_level(level)
        waits, done = instance(waiting, bool, "waiting"), instance(answered, bool, "answered")
        return self.with_history(self.history.seen(writable(at, "at"), level, waiting=waits, answered=done))

    @property
    def level(self) -> EscalationLevel:
        """The level after all changes, or that of the response."""
        return self.history.known().facts.level

    @property
    def opened_level(self) -> EscalationLevel:
        """The level at the opening."""
        return self.history.level

    @property
    def changes(self) -> tuple[tuple[datetime, EscalationLevel], ...]:
        """The changes of level, in order: from when on, and to which."""
        return tuple((moment(at, self.opened_at.tzinfo), level) for at, level in self.history.turns)

    @property
    def pauses(self) -> tuple[tuple[datetime, datetime | None], ...]:
        """The ended pauses in order, each from when and until when; then, whenever it began, the open one, until None."""
        zone, waiting = self.opened_at.tzinfo, self.history.waiting
        ended = ((moment(start, zone), moment(end, zone)) for start, end in self.history.pauses)
        return (*ended, *(() if waiting is None else ((moment(waiting, zone), None),)))

    @property
    def responded_at(self) -> datetime | None:
        """The first response, if there is one."""
        responded = self.history.responded
        return None if responded is None else moment(responded, self.opened_at.tzinfo)

    def with_history(self, history: History) -> Self:
        """Make a clock of other facts; for this package."""
        clock = object.__new__(type(self))
        fill(clock, opened_at=self.opened_at, agreement=self.agreement, history=history)
        return clock

    def _fact(self, at: datetime, name: str) -> timedelta:
        exact = writable(at, name)
        if exact < self.history.opened:
            check_after(self.opened_at, at, name)
        return exact

    def _verbs(self) -> str:
        calls: list[tuple[str, tuple[object, ...]]] = [("change_level", each) for each in self.changes]
        calls += [("pause", each if each[1] else each[:1]) for each in self.pauses]
        calls += [("respond", (self.responded_at,))] if self.responded_at else []
        return "".join(f".{verb}({', '.join(map(written, given))})" for verb, given in calls)
