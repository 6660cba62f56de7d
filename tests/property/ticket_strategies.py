"""Tickets of every kind: an agreement's data form, an opening, and what happens afterwards."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final, NamedTuple

from hypothesis import event
from hypothesis import strategies as st

from netcor_sla import Agreement, EscalationLevel, ResponseClock, Status
from netcor_sla._policy.due import DAY_RULES
from netcor_sla.errors import CoverageError, NoOpeningError

from .strategies import MICROSECOND, OFFSETS, PLACES, Form, anchors, exact, forms, instants, moved
from .ticket_simulator import Seen

FULL_MINUTE: Final = timedelta(minutes=1)
DAYS: Final = 4 * 1440  # in which facts are added and questions are asked, in minutes
LEVELS: Final = tuple(level.value for level in EscalationLevel)
# Desks that open often, so that much happens in few days.
DENSE: Final[tuple[Form, ...]] = (
    {"mon-fri": [["08:30", "17:00"]]},
    {"mon-fri": [["08:00", "12:00"], ["13:00", "17:00"]]},
    {"mon-sat": [["09:00", "09:45"], ["10:00", "11:30"]], "sun": [["12:00", "13:00"]]},
    {"mon-sun": [["00:00", "06:00"], ["22:00", "24:00"]]},
    {"mon-sun": [["02:00", "03:00"], ["12:00", "12:30"]]},
    {"mon-sun": [["00:00", "24:00"]]},
)
ZONES: Final = st.sampled_from((*OFFSETS, *PLACES))


class Opening(NamedTuple):
    """An agreement's data form, and a ticket that is opened under it."""

    form: Form
    opened_at: datetime
    level: str

    def agreement(self) -> Agreement:
        """Build the agreement anew."""
        return Agreement.from_dict(self.form)

    def clock(self) -> ResponseClock:
        """Start the clock anew."""
        return self.agreement().clock(self.opened_at, EscalationLevel(self.level))


class Fact(NamedTuple):
    """Something that happened, in microseconds from the opening."""

    verb: str
    at: int
    until: int = 0
    level: str = ""

    def tell(self, clock: ResponseClock, zone: tzinfo | None = None) -> ResponseClock:
        """Tell a clock of it, in a zone of one's choice."""
        at, until = (moved(clock.opened_at, each) for each in (self.at, self.until))
        if zone is not None:
            at, until = at.astimezone(zone), until.astimezone(zone)
        if self.verb == "pause":
            return clock.pause(at, until)
        if self.verb == "pause and resume":
            return clock.pause(at).resume(until)
        if self.verb == "pause on":
            return clock.pause(at)
        if self.verb == "change":
            return clock.change_level(at, EscalationLevel(self.level))
        return clock.respond(at)


class Story(NamedTuple):
    """A ticket, what became of it, and when somebody asked about it."""

    opening: Opening
    facts: tuple[Fact, ...]
    nows: tuple[int, ...]

    def clock(self) -> ResponseClock:
        """Tell a new clock all facts, in their order here."""
        return with_facts(self.opening.clock(), self.facts)

    def limits(self) -> list[int]:
        """List the instants at which something happened, from the opening on."""
        ends = {fact.until for fact in self.facts if fact.until}
        return sorted({0, *ends, *(fact.at for fact in self.facts)})

    def questions(self) -> list[int]:
        """List instants to ask at: those drawn, and those beside which something happened."""
        beside = {limit + by for limit in self.limits() for by in (-1, 0, 1)}
        return sorted(at for at in {*self.nows, *beside} if at >= 0)

    def since_opening(self, at: datetime) -> int:
        """Count microseconds from the opening."""
        return exact(at) - exact(self.opening.opened_at)

    def moment(self, at: int) -> datetime:
        """Write an instant in the zone of the opening."""
        return moved(self.opening.opened_at, at)

    def ask(self, clock: ResponseClock, at: int) -> Seen:
        """Ask a clock for its status."""
        return seen(clock.status(self.moment(at)))


def with_facts(clock: ResponseClock, facts: Sequence[Fact], zone: tzinfo | None = None) -> ResponseClock:
    """Tell a clock some facts, one after the other."""
    for fact in facts:
        clock = fact.tell(clock, zone)
    return clock


def seen(status: Status) -> Seen:
    """Write a status in the simulator's words."""
    change = status.next_change
    return Seen(
        status.state.value,
        status.late,
        status.paused,
        status.desk_open,
        None if status.due is None else exact(status.due),
        status.elapsed // MICROSECOND,
        status.remaining // MICROSECOND,
        status.overdue // MICROSECOND,
        status.used,
        None if change is None else (exact(change.instant), change.state.value),
    )


@st.composite
def targets(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a target that is used up within days."""
    if draw(st.booleans()):
        return {"days": draw(st.integers(1, 2))}
    near = st.sampled_from((1, 2, 30, 45, 60, 90, 239, 240, 480))
    minutes = draw(near | st.integers(1, 600))
    form = {"hours": minutes // 60, "minutes": minutes % 60}
    return {key: value for key, value in form.items() if value}


@st.composite
def openings(
    draw: st.DrawFn, *, rule: str | None = None, grid: timedelta = FULL_MINUTE, plain: bool = False
) -> Opening:
    """Draw an agreement, mostly on a desk that opens often, and the opening of a ticket.

    A plain one has no extra windows and a fixed offset.
    """
    zone = draw(st.sampled_from(OFFSETS) if plain else st.sampled_from((*PLACES, *OFFSETS)))
    anchor = draw(anchors(zone))
    form = draw(forms(anchor, zone, grid=grid, extra=not plain))
    if draw(st.integers(0, 4)):
        form["hours"] = draw(st.sampled_from(DENSE))
    length = draw(st.sampled_from(("00:30", "01:30", "04:00", "08:00", "08:30")))
    agreement: Form = {
        "calendar": form | {"business_day": length},
        "targets": {level: draw(targets()) for level in LEVELS},
        "day_rule": draw(st.sampled_from(DAY_RULES)) if rule is None else rule,
        "at_risk": draw(st.sampled_from((1e-05, 0.1, 0.3, 0.5, 0.75, 0.999, 1.0))),
    }
    at = draw(instants(form, anchor, grid))
    return Opening(agreement, at, draw(st.sampled_from(LEVELS)))


@st.composite
def stories(
    draw: st.DrawFn,
    *,
    rule: str | None = None,
    grid: timedelta = MICROSECOND,
    plain: bool = False,
    verbs: tuple[str, ...] = ("pause", "pause and resume", "change", "respond", "pause on"),
) -> Story:
    """Draw a ticket with facts around its openings, closings and deadlines, in any order."""
    opening = draw(openings(rule=rule, grid=grid, plain=plain))
    facts = draw(st.lists(facts_of(opening, grid, verbs), max_size=5))
    # A pause that goes on would swallow those that are ended after it has begun.
    facts.sort(key=lambda fact: fact.verb == "pause on")
    nows = draw(st.lists(offsets(opening, grid), min_size=2, max_size=3))
    event(f"facts: {len(facts)}")
    return Story(opening, tuple(facts), tuple(nows))


def facts_of(opening: Opening, grid: timedelta, verbs: tuple[str, ...]) -> st.SearchStrategy[Fact]:
    """Describe what may happen to a ticket."""
    points = offsets(opening, grid)
    pairs = st.tuples(points, points).map(sorted)
    ways = {
        "pause": pairs.map(lambda pair: Fact("pause", pair[0], pair[1])),
        "pause and resume": pairs.map(lambda pair: Fact("pause and resume", pair[0], pair[1])),
        "pause on": points.map(lambda at: Fact("pause on", at)),
        "change": st.tuples(points, st.sampled_from(LEVELS)).map(
            lambda drawn: Fact("change", drawn[0], level=drawn[1])
        ),
        "respond": points.map(lambda at: Fact("respond", at)),
    }
    return st.one_of([ways[verb] for verb in verbs])


def offsets(opening: Opening, grid: timedelta = MICROSECOND) -> st.SearchStrategy[int]:
    """Describe instants after the opening, mostly in its first days, on a grid."""
    step, minute = grid // MICROSECOND, FULL_MINUTE // MICROSECOND
    near = st.sampled_from(interesting(opening))
    beside = st.tuples(near, st.integers(-1, 1)).map(lambda at: max(0, at[0] + at[1] * step))
    minutes = (st.integers(0, 300) | st.integers(0, DAYS)).map(lambda count: count * minute)
    anywhere = st.integers(0, DAYS * minute // step).map(lambda count: count * step)
    return beside | beside | minutes | anywhere


def interesting(opening: Opening) -> list[int]:
    """List where spans begin and end in the first days, and deadlines, from the opening."""
    agreement, start = opening.agreement(), opening.opened_at
    spans = agreement.calendar.spans(start, moved(start, DAYS * (FULL_MINUTE // MICROSECOND)))
    limits = [limit for span in spans for limit in span]
    with suppress(CoverageError, NoOpeningError):
        limits += [agreement.response_due(start, level) for level in EscalationLevel]
    return sorted({0, *(exact(limit) - exact(start) for limit in limits)})
