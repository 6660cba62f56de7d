"""One ticket's clock: its facts, and what follows from them. Nothing is counted and stored."""

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import Any, Self, TypeVar, final

from netcor_sla._calendars.coverage import refusal, writable
from netcor_sla._calendars.instants import moment
from netcor_sla._calendars.recorded_zones import key_of, read_instant
from netcor_sla._calendars.timeline import BeyondBookError
from netcor_sla._explanations.deadline import Deadline
from netcor_sla._explanations.provenance import versions
from netcor_sla._explanations.reckonings import reckoning
from netcor_sla._explanations.record import Record, read_zone
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._terms import POLICY, Terms, checked_level
from netcor_sla._tickets.facts import History
from netcor_sla._tickets.history_forms import KEYS, check_after, read_history, write_history
from netcor_sla._tickets.status import Status, status
from netcor_sla._values import LegacyValue
from netcor_sla.errors import ArgumentError, FactError, RecordError, shown

Answer = TypeVar("Answer")


@final
class ResponseClock(LegacyValue):
    """The clock of one ticket, from its opening to the first response.

    It is a value of facts: pauses, changes of level, the response. Each verb returns a new
    clock, and facts may be told late and in any order; only `resume` ends the pause that is open
    by then. What follows from them, `due`, `status`
    and `explain`, is reckoned when it is asked for, so that nothing stored can drift.

    A pause stops the clock for the business time that it covers, and no more. A change of level
    is reckoned from the opening on, with the same pauses: raised, a ticket may be late at once;
    lowered after a breach, it may run again. With the first response all ends: nothing that
    happens later changes whether it was on time.

    A fact before the opening, or one that contradicts another, is a `FactError` that names
    both. Datetimes that come back are in the zone of `opened_at`. `agreement` is NETCOR's
    policy where none is given.
    """

    __slots__ = ("_history", "_terms", "opened_at")

    opened_at: datetime
    _history: History
    _terms: Terms

    _keys = ("opened_at", "zone", *KEYS)
    _required = _keys
    _error = RecordError

    def __init__(
        self, opened_at: datetime, level: EscalationLevel, *, agreement: Terms = POLICY
    ) -> None:
        if not isinstance(agreement, Terms):
            raise ArgumentError(f"agreement must be an Agreement, not {shown(agreement)}")
        opened = writable(opened_at, "opened_at")
        self._fill(
            opened_at=moment(opened, opened_at.tzinfo),
            _history=History(opened, checked_level(level)),
            _terms=agreement,
        )

    def pause(self, at: datetime, until: datetime | None = None) -> Self:
        """Add a pause, `at` included and `until` not; without `until` it is open.

        Pauses that touch or overlap are one, and an empty one is nothing. Of two open ones the
        earlier counts.
        """
        start = self._fact(at, "at")
        end = None if until is None else self._fact(until, "until")
        if until is not None and end is not None and end < start:
            raise FactError(
                f"until {until.isoformat()} is before at {at.isoformat()}; a pause can't end before "
                "it starts"
            )
        return self._with(self._history.paused(start, end))

    def resume(self, at: datetime) -> Self:
        """End the open pause, `at` not included."""
        end, start = self._fact(at, "at"), self._history.waiting
        if start is None:
            ended = [end for _, end in self._history.pauses[-1:]]
            last = f"the last one ended at {self._text(ended[0])}" if ended else "there was none"
            raise FactError(
                f"resume at {at.isoformat()}: no pause is open, {last}; tell of a pause first, or of "
                "one with both its ends, pause(at, until)"
            )
        if end < start:
            raise FactError(
                f"resume at {at.isoformat()} is before the open pause started, at "
                f"{self._text(start)}; a pause can't end before it starts"
            )
        return self._with(self._history._replace(waiting=None).paused(start, end))

    def change_level(self, at: datetime, level: EscalationLevel) -> Self:
        """Change the level; of several changes at one instant the last one told counts."""
        return self._with(self._history.changed(self._fact(at, "at"), checked_level(level)))

    def respond(self, at: datetime) -> Self:
        """Add a response; the earliest counts."""
        return self._with(self._history.answered(self._fact(at, "at")))

    @property
    def level(self) -> EscalationLevel:
        """The level after all changes, or that of the response."""
        return self._history.known().facts.level

    @property
    def due(self) -> datetime | None:
        """The deadline from all facts; None while a pause that began before it is open."""
        due = self._ask(lambda: due_of(self._terms, self._history))
        return None if due is None else moment(due, self.opened_at.tzinfo)

    def status(self, now: datetime) -> Status:
        """Say where the ticket stands, from the facts up to `now` and no later ones.

        That a pause will end is not known before it has. See `Status`.
        """
        exact, zone = self._fact(now, "now"), self.opened_at.tzinfo
        known = self._history.known(exact)
        return self._ask(lambda: status(self._terms, known, exact, zone), now=now)

    def explain(self) -> Deadline:
        """Say when the response is due, and why; and how late it came, if it did.

        Where `due` is None there is nothing to explain yet: that is a `FactError`.
        """
        told = self._ask(lambda: explained(self._terms, self._history, self.opened_at.tzinfo))
        if told is None:
            since = self._text(self._history.known().waiting or 0)
            raise FactError(
                f"there is no deadline while the pause since {since} is open; end it with "
                "resume(at), or ask for status(now)"
            )
        return told

    def to_dict(self) -> dict[str, Any]:
        """Write the facts: ready for JSON, in one spelling. The agreement is kept apart."""
        return {
            "opened_at": self.opened_at.isoformat(),
            "zone": key_of(self.opened_at.tzinfo),
            **write_history(self._history, self._text),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, agreement: Terms = POLICY) -> Self:
        """Read the facts of a ticket under an agreement, which is not among them.

        Law: `from_dict(clock.to_dict(), agreement=...) == clock`, with the same agreement.
        """
        form = cls._checked(data)
        for key in cls._required:
            if key not in form:
                raise RecordError(f"key {key!r} of ResponseClock is missing")
        opened_at = read_instant(form["opened_at"], "opened_at")
        history, seen = read_history(form, opened_at)
        # A zone with a name is known by the opening; one without, by all that it shows.
        shown = [opened_at, *seen] if form["zone"] is None else [opened_at]
        shown_in = moment(history.opened, read_zone(form["zone"], shown))
        return cls(shown_in, history.level, agreement=agreement)._with(history)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.opened_at.tzinfo, self._history, self._terms)

    def _identity(self) -> dict[str, Any]:
        return {**self.to_dict(), "agreement": self._terms.to_dict()}

    def _with(self, history: History) -> Self:
        """Make a clock of other facts."""
        clock = object.__new__(type(self))
        clock._fill(opened_at=self.opened_at, _terms=self._terms, _history=history)
        return clock

    def _fact(self, at: datetime, name: str) -> int:
        """Insist on an instant that is not before the opening."""
        check_after(self.opened_at, at, name)
        return writable(at, name)

    def _text(self, at: int) -> str:
        """Write an instant in the zone of the opening."""
        return moment(at, self.opened_at.tzinfo).isoformat()

    def _ask(self, question: Callable[[], Answer], **instants: datetime) -> Answer:
        """Put a question to the calendar; a search that leaves it becomes an error of ours."""
        try:
            return question()
        except BeyondBookError as beyond:
            asked = {"opened_at": self.opened_at, **instants}
            schedule = self._terms.calendar._schedule
            raise refusal(schedule, asked, forwards=beyond.forwards) from None


def _restored(zone: tzinfo, history: History, terms: Terms) -> ResponseClock:
    """Unpickle a clock; its zone may have no name by which data could tell of it."""
    opened_at = moment(history.opened, zone)
    return ResponseClock(opened_at, history.level, agreement=terms)._with(history)


def due_of(terms: Terms, history: History) -> int | None:
    """Reckon the deadline from all facts, where there is one."""
    known = history.known()
    due = terms._due(known.ended)
    return None if known.waiting is not None and known.waiting < due else due


def explained(terms: Terms, history: History, zone: tzinfo | None) -> Deadline | None:
    """Explain the deadline from all facts, where there is one."""
    due, calendar, facts = due_of(terms, history), terms.calendar, history.known().ended
    if due is None:
        return None
    schedule = calendar._schedule
    told = reckoning(schedule, calendar._timeline, due, terms._promise(facts.level), facts)
    return Deadline(
        Record(
            told,
            zone,
            calendar.to_dict().get("business_day"),
            calendar.fingerprint,
            versions(schedule.source, schedule.zone),
        )
    )
