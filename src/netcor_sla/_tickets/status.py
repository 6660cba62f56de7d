"""Where a ticket stands at an instant: one frozen value, all of it from the same calculation."""

from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Any, NamedTuple, final

from netcor_sla._calendars.instants import MICROSECOND, moment
from netcor_sla._calendars.recorded_zones import key_of
from netcor_sla._terms import Terms
from netcor_sla._tickets.facts import Known, unpaused
from netcor_sla._values import LegacyImmutable


class State(Enum):
    """What a ticket is, in one word; BREACHED beats PAUSED: pausing a late one doesn't hide it."""

    RUNNING = "running"
    AT_RISK = "at risk"
    PAUSED = "paused"
    BREACHED = "breached"
    MET = "met"
    MISSED = "missed"


class NextChange(NamedTuple):
    """When the state will change by itself, and to what."""

    instant: datetime
    state: State


@final
class Status(LegacyImmutable):
    """Where a ticket stands, from the facts up to `now` and no later ones.

    `late` is whether it is BREACHED or MISSED; `paused`, whether it waits for an answer while a
    pause is open, be it late or not; `desk_open`, whether the desk is open at `now`. `due` is the
    deadline, or None while a pause that began before it is open.

    `elapsed`, `remaining` and `overdue` are business time outside pauses: since the opening, up to
    the deadline and since it, none below zero. A late ticket may be overdue by nothing yet,
    at night. `used` is the share of the time up to the deadline that has elapsed, and above 1
    where it is overdue. From the response on, nothing of this changes.

    `next_change` is when the state changes if nothing happens, and to what: a timer that is set
    for that instant finds that state. None where only a fact can change it.

    Law: `status(s.next_change.instant).state is s.next_change.state`, while no fact comes between.
    """

    __slots__ = (
        *("desk_open", "due", "elapsed", "late", "next_change", "now", "overdue", "paused"),
        *("remaining", "state", "used"),
    )

    now: datetime
    state: State
    late: bool
    paused: bool
    desk_open: bool
    due: datetime | None
    elapsed: timedelta
    remaining: timedelta
    overdue: timedelta
    used: float
    next_change: NextChange | None

    def __init__(  # noqa: PLR0913 - the fields, all of one calculation
        self,
        *,
        now: datetime,
        state: State,
        late: bool,
        paused: bool,
        desk_open: bool,
        due: datetime | None,
        elapsed: timedelta,
        remaining: timedelta,
        overdue: timedelta,
        used: float,
        next_change: NextChange | None,
    ) -> None:
        self._fill(now=now, state=state, late=late, paused=paused, desk_open=desk_open, due=due)
        self._fill(elapsed=elapsed, remaining=remaining, overdue=overdue, used=used)
        self._fill(next_change=next_change)

    def to_dict(self) -> dict[str, Any]:
        """Write the data form: ready for JSON; amounts are whole microseconds."""
        change = self.next_change
        return {
            "now": self.now.isoformat(),
            "zone": key_of(self.now.tzinfo),
            "state": self.state.value,
            "late": self.late,
            "paused": self.paused,
            "desk_open": self.desk_open,
            "due": self.due and self.due.isoformat(),
            "elapsed_microseconds": self.elapsed // MICROSECOND,
            "remaining_microseconds": self.remaining // MICROSECOND,
            "overdue_microseconds": self.overdue // MICROSECOND,
            "used": self.used,
            "next_change": change
            and {"instant": change.instant.isoformat(), "state": change.state.value},
        }

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(Status, **{name: getattr(self, name) for name in self.__slots__}), ()


def status(terms: Terms, known: Known, now: int, zone: tzinfo | None) -> Status:
    """Reckon where a ticket stands at `now`, from what is known by then."""
    facts, end, waiting = known
    timeline, due = terms.calendar._timeline, terms._due(facts)
    opened, late = facts.turns[0][0], end > due
    elapsed = unpaused(timeline, opened, end, facts.pauses)
    whole = unpaused(timeline, opened, due, facts.pauses)
    stopped = waiting is not None and waiting < due  # by a pause that began before the deadline
    # Of the share as it is written: 0.1 is a tenth, and no binary fraction near it.
    share, of = Decimal(str(terms.at_risk)).as_integer_ratio()
    risk = -(-whole * share // of) - elapsed  # the time that is left until it is at risk
    if facts.responded is not None:
        state = State.MISSED if late else State.MET
    elif late:
        state = State.BREACHED
    elif stopped:
        state = State.PAUSED
    else:
        state = State.RUNNING if risk > 0 else State.AT_RISK
    change = None
    if state is State.RUNNING:
        change = NextChange(moment(timeline.add(end, risk), zone), State.AT_RISK)
    elif state is State.AT_RISK:  # the deadline itself is on time
        change = NextChange(moment(due + 1, zone), State.BREACHED)
    return Status(
        now=moment(now, zone),
        state=state,
        late=late,
        paused=waiting is not None,
        desk_open=timeline.is_open(now),
        due=None if stopped else moment(due, zone),
        elapsed=MICROSECOND * elapsed,
        remaining=MICROSECOND * (0 if late else timeline.between(end, due)),
        overdue=MICROSECOND * (unpaused(timeline, due, end, facts.pauses) if late else 0),
        used=elapsed / whole,
        next_change=change,
    )
