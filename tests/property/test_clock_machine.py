"""A response clock beside a simulated ticket: with the same facts, they must always agree."""

import pickle
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Final

import pytest
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from netcor_sla import EscalationLevel, ResponseClock, Status
from netcor_sla.errors import CoverageError, FactError

from .oracle import MINUTE, TooFarError
from .strategies import exact, moved, place
from .ticket_simulator import ImpossibleError, Ticket
from .ticket_strategies import DAYS, LEVELS, ZONES, Opening, openings, seen


def asked(question: Callable[[], int | None]) -> int | None:
    """Ask the simulator; None where it would have to walk too far."""
    try:
        return question()
    except TooFarError:
        return None


class ClockMachine(RuleBasedStateMachine):
    """Tells both sides the same, in any order, and compares all that they say."""

    day_rule: ClassVar[str]
    clock: ResponseClock
    ticket: Ticket
    opening: Opening

    @initialize(data=st.data())
    def open(self, data: st.DataObject) -> None:
        """Open a ticket."""
        self.opening = opening = data.draw(openings(rule=self.day_rule))
        self.clock = opening.clock()
        self.ticket = Ticket(opening.form, exact(opening.opened_at), opening.level)
        desk = [self.ticket.desk_open(minute) for minute in range(DAYS)]
        self.turns = [m for m in range(1, DAYS) if desk[m] != desk[m - 1]]
        plain = [asked(partial(self.ticket.burnt_out, level, bytearray())) for level in LEVELS]
        self.plain = [due for due in plain if due is not None]

    # What is drawn.

    def minute(self, data: st.DataObject) -> int:
        """Draw a minute: beside a fact, a deadline, an opening or a closing, or any."""
        own, turns = (
            st.sampled_from(sorted({at + by for at in points for by in (-1, 0, 1) if at <= DAYS}))
            for points in ((0, *self.ticket.facts(), *self.dues()), (0, *self.turns))
        )
        late = min(self.dues(), default=0)
        soon, then, ever = ((0, 300), (late, late + 300), (0, DAYS))
        anywhere = st.one_of([st.integers(*limits) for limits in (soon, then, then, ever)])
        return data.draw(own | own | turns | anywhere, "minute")

    def dues(self) -> list[int]:
        """List the minutes at which the ticket is due, or would be on another level."""
        due = asked(self.ticket.due)
        return self.plain if due is None else [(due - self.ticket.start) // MINUTE, *self.plain]

    def at(self, data: st.DataObject, minute: int) -> datetime:
        """Write a minute in one zone or another."""
        at = self.moment(minute)
        zone = data.draw(st.none() | ZONES, "zone")
        return at if zone is None else at.astimezone(place(zone))

    def moment(self, minute: int) -> datetime:
        """Write a minute in the zone of the opening."""
        return moved(self.opening.opened_at, minute * MINUTE)

    # What becomes known.

    def tell(self, verb: str, *words: Any, **facts: Any) -> None:  # noqa: ANN401 - of any verb
        """Tell both; what the one finds impossible, the other must refuse."""
        before = self.clock
        try:
            getattr(self.ticket, verb)(*words)
        except ImpossibleError:
            event(f"{verb}: impossible")
            with pytest.raises(FactError):
                getattr(self.clock, verb)(**facts)
        else:
            self.clock = getattr(self.clock, verb)(**facts)
        assert type(before) is type(self.clock) is ResponseClock

    @rule(data=st.data())
    def pause(self, data: st.DataObject) -> None:
        """Pause until further notice."""
        minute = self.minute(data)
        self.tell("pause", minute, at=self.at(data, minute))

    @rule(data=st.data())
    def pause_until(self, data: st.DataObject) -> None:
        """Tell a pause and its end; now and then the wrong way round."""
        first, second = self.minute(data), self.minute(data)
        if data.draw(st.integers(0, 9), "wrong way round if 9") < 9:
            first, second = sorted((first, second))
        at, until = self.at(data, first), self.at(data, second)
        self.tell("pause", first, second, at=at, until=until)

    @rule(data=st.data())
    def resume(self, data: st.DataObject) -> None:
        """End the pause that is open, if there is one."""
        minute = self.minute(data)
        self.tell("resume", minute, at=self.at(data, minute))

    @rule(data=st.data(), level=st.sampled_from(LEVELS))
    def change_level(self, data: st.DataObject, level: str) -> None:
        """Raise or lower the level, or confirm it."""
        minute = self.minute(data)
        at = self.at(data, minute)
        self.tell("change_level", minute, level, at=at, level=EscalationLevel(level))

    @rule(data=st.data())
    def respond(self, data: st.DataObject) -> None:
        """Answer, for the first time or not; mostly late, since the first time counts."""
        minute = self.minute(data)
        if data.draw(st.booleans(), "late"):
            minute = max(minute, *self.dues(), 0)
        self.tell("respond", minute, at=self.at(data, minute))

    # What is asked.

    @rule(data=st.data())
    def ask(self, data: st.DataObject) -> None:
        """Ask at some minute, and what follows from the answer."""
        minute = self.minute(data)
        status = self.compare(minute, self.at(data, minute))
        if status is not None:
            self.watch(minute, status)

    def teardown(self) -> None:
        """Ask on all facts, beside them, at the deadline and beside it, and far later."""
        if not hasattr(self, "clock"):
            return
        self.write_down()
        points = {*self.ticket.facts(), *self.dues()[:2], DAYS}
        for minute in sorted({point + by for point in points for by in (-1, 0, 1)}):
            self.compare(minute, self.moment(minute))
        self.compare_deadline()

    def write_down(self) -> None:
        """Put the clock away, and take it up again as it was."""
        agreement = self.opening.agreement()
        for copy in (
            pickle.loads(pickle.dumps(self.clock)),  # noqa: S301
            ResponseClock.from_dict(self.clock.to_dict(), agreement=agreement),
        ):
            assert (copy, hash(copy)) == (self.clock, hash(self.clock))
            assert copy.opened_at.tzinfo == self.opening.opened_at.tzinfo
            self.clock = copy

    def compare(self, minute: int, now: datetime) -> Status | None:
        """Hold every field of a status against what can be seen of the ticket."""
        try:
            expected = self.ticket.look(minute)
        except TooFarError:
            event("too far to walk")
            return None
        except ImpossibleError:
            with pytest.raises(FactError):
                self.clock.status(now)
            return None
        try:
            status = self.clock.status(now)
        except CoverageError:
            assert self.opening.opened_at.year >= 2099
            return None
        event(f"state: {expected.state}{' and paused' * expected.paused}")
        assert seen(status) == expected, minute
        zone = self.clock.opened_at.tzinfo
        assert status.due is None or status.due.tzinfo is zone
        assert status.next_change is None or status.next_change.instant.tzinfo is zone
        return status

    def compare_deadline(self) -> None:
        """Hold what follows from all facts against the same of the ticket."""
        try:
            expected = self.ticket.due()
        except TooFarError:
            return
        try:
            due = self.clock.due
        except CoverageError:
            assert self.opening.opened_at.year >= 2099
            return
        assert (None if due is None else exact(due)) == expected
        end = min(self.ticket.responses, default=max(self.ticket.facts()))
        assert self.clock.level.value == self.ticket.level(end)

    def watch(self, minute: int, status: Status) -> None:
        """See that nothing changes up to the next change or fact, and what changes then."""
        later = [fact for fact in self.ticket.facts() if fact > minute]
        start, change = exact(self.moment(minute)), status.next_change
        quiet = (min(later, default=minute + DAYS) - minute) * MINUTE
        if change is not None:
            wait = exact(change.instant) - start
            if wait < quiet:
                event(f"announced: {change.state.value}")
                assert self.clock.status(change.instant).state is change.state
                quiet = wait
        for passed in sorted({0, 1, quiet // 3 // MINUTE * MINUTE, quiet // 2, quiet - 1}):
            if passed < quiet:
                assert self.clock.status(moved(self.moment(minute), passed)).state is status.state, passed


class ElapsedMachine(ClockMachine):
    """Counts days as business time."""

    day_rule = "elapsed"


class SameTimeMachine(ClockMachine):
    """Counts days as dates, up to the same clock time, which may be an opening."""

    day_rule = "same time"


class EndOfDayMachine(ClockMachine):
    """Counts days as dates, up to the close of business."""

    day_rule = "end of day"


# An example is some dozens of questions; so there are fewer of them, in a campaign as well.
FEWER: Final = settings(max_examples=settings().max_examples // 3, stateful_step_count=15)

TestElapsedMachine = ElapsedMachine.TestCase
TestElapsedMachine.settings = FEWER
TestSameTimeMachine = SameTimeMachine.TestCase
TestSameTimeMachine.settings = FEWER
TestEndOfDayMachine = EndOfDayMachine.TestCase
TestEndOfDayMachine.settings = FEWER
