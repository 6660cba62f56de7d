"""How a deadline came about: every stretch between opening and due, each with its reason.

The spans are those of the business clock that gave the deadline; only the reasons are
looked up beside it. With them stands what the answer rests on, cut down to the dates
of the stretch, so that the same can be derived again without any other data.

Instants are microseconds, in integers; nothing here is seen by users.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from netcor_sla.day_rules import DayRule, due_by_dates
from netcor_sla.frozen_holidays import FrozenHolidays
from netcor_sla.hours import Day
from netcor_sla.levels import EscalationLevel
from netcor_sla.public_holidays import HolidayNames
from netcor_sla.readings import DAY, Span
from netcor_sla.recorded_zones import recorded_zone
from netcor_sla.schedules import Schedule
from netcor_sla.targets import BusinessDays, BusinessHours
from netcor_sla.timeline import Timeline
from netcor_sla.zones import day_start, stretches, zone_text

Kind = Literal["counted", "closed", "rule"]

KINDS: Final[tuple[Kind, ...]] = ("counted", "closed", "rule")
REASONS: Final = {
    "counted": ("opening hours", "special date", "recurring date", "extra hours"),
    "closed": (
        *("outside hours", "weekend", "closed weekday", "holiday"),
        *("special date", "recurring date"),
    ),
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
    """A deadline, its legs from the opening on, and the schedule as far as it rests on it."""

    opened: int
    due: int
    promise: Promise
    legs: tuple[Leg, ...]
    schedule: Schedule

    @property
    def starts(self) -> int:
        """When the clock first runs."""
        return next(leg.start for leg in self.legs if leg.kind == "counted")

    @property
    def counted(self) -> int:
        """The business time from opening to deadline."""
        return sum(leg.end - leg.start for leg in self.legs if leg.kind == "counted")


def reckon(schedule: Schedule, timeline: Timeline, opened: int, promise: Promise) -> int:
    """Find the deadline."""
    if isinstance(promise.target, BusinessDays) and promise.day_rule != "elapsed":
        return due_by_dates(opened, promise.target.days, promise.day_rule, schedule, timeline)
    return timeline.add(opened, promise.amount)


def reckoning(
    schedule: Schedule, timeline: Timeline, opened: int, due: int, promise: Promise
) -> Reckoning:
    """Tell how the deadline `due` came about."""
    legs = list(_joined(_pieces(schedule, timeline, opened, due)))
    if promise.by_date:
        legs.append(Leg(due, due, "rule", promise.day_rule))
    return Reckoning(opened, due, promise, tuple(legs), _recorded(schedule, opened, due, promise))


def _recorded(schedule: Schedule, opened: int, due: int, promise: Promise) -> Schedule:
    """Keep of holidays and zone what whole dates from opening to deadline need.

    Where dates are counted, one date more: the same time of the last one, if clocks skip it,
    may be the midnight after, and the desk open or closed by then.
    """
    zone, source = schedule.zone, schedule.source
    days = range(schedule.day_of(opened), schedule.day_of(due) + 1 + promise.by_date)
    if source is not None:
        known = [day for day in days if day in schedule.days]
        named = {day: names for day in known if (names := schedule.holiday(day))}
        origin = source.origin if isinstance(source, FrozenHolidays) else source
        source = FrozenHolidays(origin, *source.covers, named)
    start, end = (day_start(zone, day) for day in (days.start, days.stop))
    return schedule._replace(
        zone=recorded_zone(zone, zone_text(zone), min(start, opened), max(end, due)),
        source=source,
    )


def _joined(pieces: Iterator[Leg]) -> Iterator[Leg]:
    """Make one of pieces that touch and have all else in common."""
    last = next(pieces)
    for piece in pieces:
        if piece[2:] == last[2:]:
            last = last._replace(end=piece.end)
        else:
            yield last
            last = piece
    yield last


def _pieces(schedule: Schedule, timeline: Timeline, start: int, end: int) -> Iterator[Leg]:
    """Cut `[start, end)` at every midnight, clock change, opening and closing."""
    for stretch in stretches(schedule.zone, start, end):
        at = stretch.start
        while at < stretch.end:
            day = (at + stretch.offset) // DAY
            until = min((day + 1) * DAY - stretch.offset, stretch.end)
            regular = list(schedule.spans_on(day, stretch))
            yield from _within(schedule, timeline, (at, until), day, regular)
            at = until


def _within(
    schedule: Schedule, timeline: Timeline, piece: Span, day: int, regular: list[Span]
) -> Iterator[Leg]:
    """Cut a piece of one date into legs."""
    start, end = piece
    running = list(timeline.spans(start, end))
    edges = {at for span in (*running, *regular) for at in span if start < at < end}
    for a, b in pairwise(sorted({start, end, *edges})):
        counted, usual = _inside(a, running), _inside(a, regular)
        if counted and not usual:
            yield Leg(a, b, "counted", "extra hours")
        else:
            yield Leg(a, b, "counted" if counted else "closed", *_reason(schedule, day, counted))


def _inside(at: int, spans: list[Span]) -> bool:
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
