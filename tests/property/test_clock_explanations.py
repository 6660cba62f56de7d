"""Law 12 for clocks: what is spoken of a ticket covers its stretch, adds up, and can be derived again."""

import json
import pickle
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, Final, NamedTuple

from hypothesis import assume, event, given
from hypothesis import strategies as st

from desks import due_of
from netcor_sla import (
    Agreement,
    BusinessCalendar,
    BusinessDays,
    BusinessHours,
    Deadline,
    EscalationLevel,
    ResponseClock,
    SLAError,
    Step,
)
from netcor_sla._explanations.words import REASONS
from netcor_sla.errors import CoverageError, NoOpeningError
from netcor_sla.records import audit, verify

from .strategies import MICROSECOND, cases, exact, moved
from .test_explanations import INSTANTS, JSON, RULES, hashed, paths

SECOND: Final = 1_000_000
DAY: Final = 86_400 * SECOND
LEVELS: Final = st.sampled_from(list(EscalationLevel))
TARGETS: Final = st.one_of(
    st.builds(BusinessHours, st.integers(1, 20)),
    st.builds(lambda minutes: BusinessHours(minutes=minutes), st.integers(1, 900)),
    st.builds(BusinessDays, st.integers(1, 4)),
)

WORDS: Final = tuple(REASONS)

Span = tuple[int, int]


class Ticket(NamedTuple):
    """A ticket and all that became of it, in microseconds from its opening."""

    agreement: Agreement
    opened_at: datetime
    level: EscalationLevel
    happened: tuple[Span, ...] = ()
    levels: tuple[tuple[int, EscalationLevel], ...] = ()
    came: int | None = None

    def moment(self, at: int) -> datetime:
        """Write an instant in the zone of the opening."""
        return moved(self.opened_at, at)

    def since(self, at: datetime) -> int:
        """Count from the opening."""
        return exact(at) - exact(self.opened_at)

    def clock(self) -> ResponseClock:
        """Tell a new clock all of it."""
        clock = self.agreement.clock(self.opened_at, self.level)
        for number, (start, end) in enumerate(self.happened):
            at, until = self.moment(start), self.moment(end)
            clock = clock.pause(at).resume(until) if number % 2 else clock.pause(at, until)
        for turn, level in self.levels:
            clock = clock.change_level(self.moment(turn), level)
        return clock if self.came is None else clock.respond(self.moment(self.came))

    def pauses(self) -> list[Span]:
        """List the pauses up to the response; they may overlap."""
        end = self.came
        spans = [(a, b if end is None else min(b, end)) for a, b in self.happened]
        return [(a, b) for a, b in spans if a < b]

    def changes(self) -> dict[int, EscalationLevel]:
        """List what changes the level, up to the response."""
        level, found = self.level, {}
        for at, other in sorted(dict(self.levels).items()):
            if other is not level and (self.came is None or at <= self.came):
                level = found[at] = other
        return found

    def paused(self, at: int) -> bool:
        """Whether the clock is stopped at an instant."""
        return any(start <= at < end for start, end in self.pauses())

    def by_date(self) -> bool:
        """Whether dates are counted, and not time."""
        level = [self.level, *self.changes().values()][-1]
        days = isinstance(self.agreement.targets[level], BusinessDays)
        return days and self.agreement.day_rule != "elapsed"


@st.composite
def tickets(draw: st.DrawFn, *, responses: bool = True) -> Ticket:
    """Draw a ticket; what happens to it is near its openings, closings and deadlines."""
    case = draw(cases(at=1))
    agreement = Agreement(
        calendar=BusinessCalendar.from_dict({"business_day": "08:00", **case.form}),
        targets={level: draw(TARGETS) for level in EscalationLevel},
        day_rule=draw(RULES),
    )
    plain = Ticket(agreement, case.at[0], draw(LEVELS))
    first = explained(plain)
    ends = [plain.since(step.end) for step in first.steps][:20]
    due = plain.since(due_of(first))
    points = st.one_of(
        st.tuples(st.sampled_from([0, *ends, due]), st.integers(-1, 1)).map(lambda drawn: max(0, sum(drawn))),
        st.integers(0, 600).map(lambda share: due * share // 400),
        st.integers(0, due // SECOND).map(lambda seconds: seconds * SECOND),
    )
    pairs = st.tuples(points, points).map(lambda pair: (min(pair), max(pair)))
    turns = st.lists(st.tuples(points, LEVELS), max_size=3)
    late = st.integers(1, 3 * DAY).map(lambda later: due + later) | st.just(3 * due)
    came = draw(st.sampled_from(("late", "late", "any", "none") if responses else ("none",)))
    return plain._replace(
        happened=tuple(draw(st.lists(pairs, max_size=3))),
        levels=tuple(draw(turns)),
        came=None if came == "none" else draw(late if came == "late" else points),
    )


def explained(ticket: Ticket) -> Deadline:
    """Explain a ticket, where there is a deadline in covered years."""
    try:
        return ticket.clock().explain()
    except (CoverageError, NoOpeningError):
        assume(False)  # noqa: FBT003 - as hypothesis has it
        raise


def covered(ticket: Ticket, steps: tuple[Step, ...], start: int, end: int) -> Iterator[Step]:
    """Insist that steps cover a stretch, in order, and are what they say; yield each."""
    calendar = ticket.agreement.calendar
    limits = [ticket.since(at) for step in steps for at in (step.start, step.end)]
    assert [start, *limits[1::2]] == [*limits[::2], end]
    left = sum((step.used for step in steps), timedelta())
    for step in steps:
        first, last = ticket.since(step.start), ticket.since(step.end)
        edges = {at for span in ticket.pauses() for at in span if first < at < last}
        stopped = {ticket.paused(at) for at in (first, *edges)}
        opened = calendar.between(step.start, step.end)
        if step.kind in ("counted", "paused"):
            assert opened == (last - first) * MICROSECOND > timedelta()
            assert stopped == {step.kind == "paused"}
        elif step.kind == "closed":
            assert not opened
            assert first < last
        elif step.kind == "folded":
            assert step.used <= opened
            assert last - first > DAY
        else:
            assert first == last
        if step.kind != "folded":
            assert step.used == (opened if step.kind == "counted" else timedelta())
        left -= step.used
        assert step.left == left
        yield step
    for one, other in pairwise(steps):
        assert (one.kind, one.reason, one.names) != (other.kind, other.reason, other.names)


def turns(ticket: Ticket, steps: list[Step]) -> dict[int, EscalationLevel]:
    """List the changes of level that steps tell."""
    happened = [step for step in steps if step.kind == "level"]
    return {ticket.since(step.start): EscalationLevel(step.reason) for step in happened}


@given(tickets())
def test_12_a_ticket_explained(ticket: Ticket) -> None:
    """The steps cover opening to deadline; what is open is counted, or paused in a pause."""
    deadline = explained(ticket)
    due, changes = ticket.since(due_of(deadline)), ticket.changes()
    steps = list(covered(ticket, deadline.steps, 0, due))
    assert turns(ticket, steps) == {at: level for at, level in changes.items() if at < due}
    assert deadline.level is ticket.clock().level is [ticket.level, *changes.values()][-1]
    rules = [step.reason for step in steps if step.kind == "rule"]
    used = sum((step.used for step in steps), timedelta())
    event(f"paused: {any(step.kind == 'paused' for step in steps)}")
    event(f"changed: {any(step.kind == 'level' for step in steps)}")
    if ticket.by_date():
        assert rules == [ticket.agreement.day_rule]
        assert steps[-1].kind == "rule"
    else:
        assert not rules
        assert steps[-1].kind == "counted"
        assert used == deadline.target
    calendar = ticket.agreement.calendar
    lost = [calendar.between(each.start, each.end) for each in steps if each.kind == "paused"]
    assert calendar.between(deadline.opened_at, due_of(deadline)) == sum(lost, used)


@given(tickets())
def test_12_the_time_to_a_late_response(ticket: Ticket) -> None:
    """It is covered too; what was counted of it is what the status says it was overdue."""
    deadline, came = explained(ticket), ticket.came
    due = ticket.since(due_of(deadline))
    event(f"response: {'none' if came is None else 'late' if came > due else 'on time'}")
    if came is None:
        assert deadline.responded_at is None
    else:
        assert deadline.responded_at is not None
        assert ticket.since(deadline.responded_at) == came
        status = ticket.clock().status(ticket.moment(came))
        assert status.late is (came > due)
        assert status.overdue == deadline.overdue
    if came is None or came <= due:
        assert (deadline.overrun, deadline.overdue) == ((), timedelta())
        return
    steps = list(covered(ticket, deadline.overrun, due, came))
    folds = [(ticket.since(s.start), ticket.since(s.end)) for s in steps if s.kind == "folded"]
    changes = {
        at: level
        for at, level in ticket.changes().items()
        if due <= at < came and not any(start <= at < end for start, end in folds)
    }
    event(f"folded: {bool(folds)}")
    assert turns(ticket, steps) == changes
    assert sum((step.used for step in steps), timedelta()) == deadline.overdue
    assert not any(step.kind == "rule" for step in steps)


@given(tickets(), st.integers(1, 20 * DAY))
def test_12_a_ticket_has_one_deadline(ticket: Ticket, later: int) -> None:
    """What the clock says, what the status says once all is known, and what is explained."""
    due, clock = due_of(explained(ticket)), ticket.clock()
    assert clock.due is not None
    assert exact(clock.due) == exact(due)
    assert clock.due.tzinfo is due.tzinfo is clock.opened_at.tzinfo
    facts = {at for span in ticket.happened for at in span} | dict(ticket.levels).keys()
    end = max(ticket.since(due), *facts, ticket.came or 0) + later
    try:
        status = clock.status(ticket.moment(end))
    except CoverageError:
        assume(False)  # noqa: FBT003 - as hypothesis has it
        raise
    assert status.due is not None
    assert exact(status.due) == exact(due)
    if not ticket.pauses():
        plain = ticket.agreement.response_due(clock.opened_at, clock.level)
        assert exact(plain) == exact(due)


@given(tickets(responses=False), st.integers(1, 3 * DAY))
def test_12_an_open_pause_after_the_deadline_tells_nothing(ticket: Ticket, later: int) -> None:
    """It moves no deadline, and no record can hold it: the deadline is that without it."""
    deadline = explained(ticket)
    start = max(ticket.since(due_of(deadline)), *(end for _, end in ((0, 0), *ticket.happened))) + later
    assert ticket.clock().pause(ticket.moment(start)).explain() == deadline


@given(tickets())
def test_12_a_record_of_a_ticket_is_enough(ticket: Ticket) -> None:
    """From it alone the deadline is derived again, and said in the same words and lines."""
    deadline = explained(ticket)
    record = json.loads(json.dumps(deadline.to_dict()))
    happened = bool(ticket.pauses() or ticket.changes()) or ticket.came is not None
    event(f"with a history: {happened}")
    again = verify(record)
    assert again == deadline == pickle.loads(pickle.dumps(deadline))  # noqa: S301 - our own
    assert (hash(again), again.fingerprint) == (hash(deadline), deadline.fingerprint)
    assert again.to_dict() == record
    assert (again.responded_at, again.overdue) == (deadline.responded_at, deadline.overdue)
    assert (again.steps, again.overrun) == (deadline.steps, deadline.overrun)
    for language in ("de", "en"):
        assert again.text(language) == deadline.text(language)
        assert again.svg(language) == deadline.svg(language)
    found = audit(record)
    assert found.same
    assert found.due is not None
    assert exact(found.due) == exact(due_of(deadline))


@given(tickets(responses=False), st.data())
def test_12_a_record_of_an_open_pause_is_read_again(ticket: Ticket, data: st.DataObject) -> None:
    """Wherever it begins, by each day rule: also where nothing is left up to a deadline at an opening."""
    ends = [ticket.since(step.end) for step in explained(ticket).steps]
    at = data.draw(st.sampled_from([0, *ends])) + data.draw(st.integers(-1, 1) | st.integers(-DAY, DAY))
    still = ticket.clock().pause(ticket.moment(max(0, at))).explain()
    event(f"open: {still.due is None}, left: {bool(still.remaining)}")
    record = json.loads(json.dumps(still.to_dict()))
    again = verify(record)
    assert again == Deadline.from_dict(record) == pickle.loads(pickle.dumps(still)) == still  # noqa: S301 - our own
    assert (again.to_dict(), again.text(), again.svg()) == (record, still.text(), still.svg())


@given(tickets(), st.data())
def test_12_a_record_of_a_ticket_that_was_tampered_with_is_refused(
    ticket: Ticket, data: st.DataObject
) -> None:
    """Anything may stand anywhere: it is refused with an error of ours, or it decides nothing."""
    deadline = explained(ticket)
    record = json.loads(json.dumps(deadline.to_dict()))
    places = paths(record)[1:]
    inside = [path for path in places if path[0] == "history"]
    path = data.draw(st.sampled_from(inside or places) | st.sampled_from(places))
    place: Any = record
    for key in path[:-1]:
        place = place[key]
    if data.draw(st.booleans()):
        near = nearby(deadline, place[path[-1]])
        place[path[-1]] = data.draw(JSON | INSTANTS | st.sampled_from(WORDS) | near)
    else:
        del place[path[-1]]
    signed = data.draw(st.booleans()) and path != ("sha256",)
    try:
        verified = verify(hashed(record) if signed else record)
    except SLAError:
        event(f"refused, with a hash to match: {signed}")
        return
    if verified.opened_at == deadline.opened_at:
        assert exact(due_of(verified)) == exact(due_of(deadline))
        if verified.responded_at == deadline.responded_at:
            assert verified.overdue == deadline.overdue
    if not signed:
        assert verified == deadline


def nearby(deadline: Deadline, value: object) -> st.SearchStrategy[str]:
    """Draw what is written as an instant of the record is, and not far from it."""
    try:
        middle = datetime.fromisoformat(value) if isinstance(value, str) else due_of(deadline)
    except ValueError:
        middle = due_of(deadline)
    zone = deadline.opened_at.tzinfo if middle.tzinfo else UTC
    units = st.sampled_from((1, 60 * SECOND, 3600 * SECOND, DAY))
    return st.tuples(units, st.integers(-9, 9)).map(
        lambda drawn: moved(middle.astimezone(zone), drawn[0] * drawn[1]).isoformat()
    )
