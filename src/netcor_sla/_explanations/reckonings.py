"""How a deadline came about: every stretch between opening and due, each with its reason.

The spans are those of the business clock that gave the deadline; only the reasons are
looked up beside it. With them stands what the answer rests on, cut down to the dates
of the stretch, so that the same can be derived again without any other data.

Instants are microseconds, in integers; nothing here is seen by users.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from netcor_sla._calendars.frozen_holidays import FrozenHolidays
from netcor_sla._calendars.holidays import HolidayNames
from netcor_sla._calendars.hours import Day
from netcor_sla._calendars.readings import DAY, Span
from netcor_sla._calendars.recorded_zones import recorded_zone
from netcor_sla._calendars.schedule import Schedule
from netcor_sla._calendars.timeline import Timeline
from netcor_sla._calendars.zones import day_start, stretches, zone_text
from netcor_sla._policy.due import DayRule, due_by_dates
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._policy.targets import BusinessDays, BusinessHours
from netcor_sla._tickets.facts import Facts, postponed

Kind = Literal["counted", "closed", "paused", "level", "rule"]

REASONS: Final = {
    "counted": ("opening hours", "special date", "recurring date", "extra hours"),
    "closed": (
        *("outside hours", "weekend", "closed weekday", "holiday"),
        *("special date", "recurring date"),
    ),
    "paused": ("pause",),
    "level": tuple(level.value for level in EscalationLevel),
    "rule": ("same time", "end of day"),
}

_SATURDAY: Final = 5


class Leg(NamedTuple):
    """A stretch with one reason; what has a name, has it in two languages."""

    start: int
    end: int
    kind: Kind
    reason: str
    names: HolidayNames | None = None


class Promise(NamedTuple):
    """What was promised, and how days are counted."""

    level: EscalationLevel
    target: BusinessHours | BusinessDays
    day_rule: DayRule
    amount: int  # the target in business time; a day is a standard day

    @property
    def by_date(self) -> bool:
        """Whether dates are counted, and not time."""
        return isinstance(self.target, BusinessDays) and self.day_rule != "elapsed"


class Reckoning(NamedTuple):
    """A deadline, its legs from the opening on, and the schedule as far as it rests on it.

    `overrun` are the legs from the deadline to a response that came late.
    """

    opened: int
    due: int
    promise: Promise
    facts: Facts
    legs: tuple[Leg, ...]
    overrun: tuple[Leg, ...]
    schedule: Schedule

    @property
    def starts(self) -> int:
        """When the clock first runs."""
        return next(leg.start for leg in self.legs if leg.kind == "counted")

    @property
    def begins(self) -> int:
        """When the desk is first open: dates are counted from it, paused or not."""
        return next(leg.start for leg in self.legs if leg.kind in ("counted", "paused"))

    @property
    def first(self) -> Leg:
        """The leg with which it begins."""
        return next(leg for leg in self.legs if leg.kind != "level")

    @property
    def counted(self) -> int:
        """The business time from opening to deadline."""
        return sum(leg.end - leg.start for leg in self.legs if leg.kind == "counted")

    @property
    def overdue(self) -> int:
        """The business time from deadline to response."""
        return sum(leg.end - leg.start for leg in self.overrun if leg.kind == "counted")

    @property
    def late(self) -> bool:
        """Whether the response came late: instants decide, and no amount of time."""
        return self.facts.responded is not None and self.facts.responded > self.due

    @property
    def end(self) -> int:
        """The last instant that is told of: the deadline, a response or a change of level."""
        return _end(self.due, self.facts)


def _end(due: int, facts: Facts) -> int:
    return max(facts.late(due), *(at for at, _ in facts.turns))


def reckon(
    schedule: Schedule, timeline: Timeline, opened: int, promise: Promise, pauses: Iterable[Span]
) -> int:
    """Find the deadline."""
    if isinstance(promise.target, BusinessDays) and promise.day_rule != "elapsed":
        due = due_by_dates(opened, promise.target.days, promise.day_rule, schedule, timeline)
    else:
        due = timeline.add(opened, promise.amount)
    return postponed(timeline, due, pauses)


def reckoning(
    schedule: Schedule, timeline: Timeline, due: int, promise: Promise, facts: Facts
) -> Reckoning:
    """Tell how the deadline `due` came about, and how late the response was."""
    opened, late = facts.turns[0][0], facts.late(due)
    course = _Course(schedule, timeline, facts)
    legs = list(_joined(_pieces(course, opened, due)))
    if promise.by_date:
        legs.append(Leg(due, due, "rule", promise.day_rule))
    overrun = tuple(_joined(_pieces(course, due, late)))
    kept = _recorded(schedule, opened, _end(due, facts), promise)
    return Reckoning(opened, due, promise, facts, tuple(legs), overrun, kept)


def _recorded(schedule: Schedule, opened: int, end: int, promise: Promise) -> Schedule:
    """Keep of holidays and zone what whole dates from opening to `end` need.

    Where dates are counted, one date more: the same time of the last one, if clocks skip it,
    may be the midnight after, and the desk open or closed by then.
    """
    zone, source = schedule.zone, schedule.source
    days = range(schedule.day_of(opened), schedule.day_of(end) + 1 + promise.by_date)
    if source is not None:
        known = [day for day in days if day in schedule.days]
        named = {day: names for day in known if (names := schedule.holiday(day))}
        origin = source.origin if isinstance(source, FrozenHolidays) else source
        source = FrozenHolidays(origin, *source.covers, named)
    start, stop = (day_start(zone, day) for day in (days.start, days.stop))
    return schedule._replace(
        zone=recorded_zone(zone, zone_text(zone), min(start, opened), max(stop, end)),
        source=source,
    )


class _Course(NamedTuple):
    """Whose hours, whose clock, and what happened meanwhile."""

    schedule: Schedule
    timeline: Timeline
    facts: Facts


def _joined(pieces: Iterator[Leg]) -> Iterator[Leg]:
    """Make one of pieces that touch and have all else in common."""
    last: Leg | None = None
    for piece in pieces:
        if last and piece[2:] == last[2:]:
            last = last._replace(end=piece.end)
        else:
            if last:
                yield last
            last = piece
    if last:
        yield last


def _pieces(course: _Course, start: int, end: int) -> Iterator[Leg]:
    """Cut a stretch at every midnight, clock change, opening, closing and fact."""
    for stretch in stretches(course.schedule.zone, start, end):
        at = stretch.start
        while at < stretch.end:
            day = (at + stretch.offset) // DAY
            until = min((day + 1) * DAY - stretch.offset, stretch.end)
            regular = list(course.schedule.spans_on(day, stretch))
            yield from _within(course, (at, until), day, regular)
            at = until


def _within(course: _Course, piece: Span, day: int, regular: list[Span]) -> Iterator[Leg]:
    """Cut a piece of one date into legs."""
    schedule, timeline, facts = course
    start, end = piece
    running, levels = list(timeline.spans(start, end)), dict(facts.changes)
    edges = {at for span in (*running, *regular, *facts.pauses) for at in span} | {*levels}
    for a, b in pairwise(sorted({start, end, *(at for at in edges if start < at < end)})):
        if a in levels:
            yield Leg(a, a, "level", levels[a].value)
        counted, usual = _inside(a, running), _inside(a, regular)
        if counted and _inside(a, facts.pauses):
            yield Leg(a, b, "paused", "pause")
        elif counted and not usual:
            yield Leg(a, b, "counted", "extra hours")
        else:
            yield Leg(a, b, "counted" if counted else "closed", *_reason(schedule, day, counted))


def _inside(at: int, spans: Iterable[Span]) -> bool:
    return any(start <= at < end for start, end in spans)


def _named(day: Day) -> HolidayNames | None:
    """Give the name that a calendar gives a date, in whatever language it is."""
    return HolidayNames(day.name, day.name) if day.name else None


def _reason(schedule: Schedule, day: int, counted: bool) -> tuple[str, HolidayNames | None]:  # noqa: FBT001 - of two
    """Say why a date has the hours that it has; a special date beats all else."""
    if special := schedule.special.get(day):
        return "special date", _named(special)
    if holiday := schedule.holiday(day):
        return "holiday", holiday
    if not schedule.regular(day):
        return "weekend" if schedule.weekday(day) >= _SATURDAY else "closed weekday", None
    if recurring := schedule.recurring_on(day):
        return "recurring date", _named(recurring)
    return "opening hours" if counted else "outside hours", None
