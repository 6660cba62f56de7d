"""When a promise is due: the three ways of counting, and what pauses do to a deadline.

Under "elapsed", the standard, a business day is a standard day's opening time, and a target in days is
business time like any other. The other two count dates, from that of the opening instant, or of the next
opening where the desk was closed then.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Final, Literal, NamedTuple, assert_never, get_args

from netcor_sla._calendars.instants import DAY, MICROSECOND, Span
from netcor_sla._calendars.schedule import BeyondError, Schedule
from netcor_sla._calendars.timeline import Timeline
from netcor_sla._calendars.zones import offset_at
from netcor_sla._policy.levels import BusinessDays, BusinessHours, EscalationLevel
from netcor_sla.errors import AgreementError, ArgumentError, unlike

DayRule = Literal["elapsed", "same time", "end of day"]

DAY_RULES: Final[tuple[DayRule, ...]] = get_args(DayRule)


class Promise(NamedTuple):
    level: EscalationLevel
    target: BusinessHours | BusinessDays
    rule: DayRule
    amount: timedelta  # the target in business time; a day is a standard day

    @property
    def days(self) -> int:
        """How many business days are promised, where such are."""
        return self.target.days if isinstance(self.target, BusinessDays) else 0

    @property
    def by_date(self) -> bool:
        return self.rule != "elapsed" and self.days > 0


def find_due(
    schedule: Schedule, timeline: Timeline, opened: timedelta, promise: Promise, pauses: Iterable[Span] = ()
) -> timedelta:
    rule = promise.rule
    if rule == "elapsed" or not promise.days:
        due = timeline.add(opened, promise.amount)
    else:
        starts = timeline.next_open(opened)
        wall = starts + offset_at(schedule.zone, starts)
        day = business_day_after(schedule.days, wall.days, promise.days, schedule.is_business_day)
        match rule:
            case "same time":
                due = same_time(schedule, timeline, day, wall % DAY)
            case "end of day":
                due = schedule.openings(day)[-1][1]
            case _:
                assert_never(rule)
    return postponed(timeline, due, pauses)


def same_time(schedule: Schedule, timeline: Timeline, day: int, clock_time: timedelta) -> timedelta:
    """Find a time of day on a business day; where closed then, the closing before it, or the first opening."""
    same = schedule.first_showing(day * DAY + clock_time)
    if timeline.is_open(same):
        return same
    openings = schedule.openings(day)
    return max((closing for _, closing in openings if closing <= same), default=openings[0][0])


def business_day_after(days: range, day: int, count: int, is_business_day: Callable[[int], object]) -> int:
    """Find the `count`-th business day after a date, among covered days."""
    for later in range(day + 1, days.stop):
        count -= bool(is_business_day(later))
        if not count:
            return later
    raise BeyondError(forwards=True)


def postponed(timeline: Timeline, due: timedelta, pauses: Iterable[Span]) -> timedelta:
    """Move a deadline by the business time of each pause that began before it.

    The deadline stays the earliest instant by which that much has been counted. Only where it is
    an opening, which those by date may be, it is the latest, so that it stays one.
    """
    opening: bool | None = None
    for start, end in pauses:
        if start >= due:
            break
        if lost := timeline.between(start, end):
            opening = not timeline.is_open(due - MICROSECOND) if opening is None else opening
            due = timeline.add(due, lost)
            due = timeline.next_open(due) if opening else due
    return due


def unpaused(timeline: Timeline, start: timedelta, end: timedelta, pauses: Iterable[Span]) -> timedelta:
    """Measure the business time from `start` to `end`, less that in pauses."""
    counted = timeline.between(start, end)
    for begun, ended in pauses:
        if (first := max(start, begun)) < (last := min(end, ended)):
            counted -= timeline.between(first, last)
    return counted


def share_of(amount: timedelta, share: float) -> timedelta:
    """Take a share of an amount as it is written, so that 0.1 is a tenth, rounded up to the microsecond."""
    from decimal import Decimal  # noqa: PLC0415 - not everyone asks for a status

    part, whole = Decimal(str(share)).as_integer_ratio()
    return MICROSECOND * -(-(amount // MICROSECOND) * part // whole)


def checked_share(share: object, name: str) -> float:
    if isinstance(share, bool) or not isinstance(share, int | float):
        raise unlike(ArgumentError, name, share, "a number; write 0.75", "keine Zahl; zum Beispiel 0.75")
    if 0 < share <= 1:
        return float(share)
    what = "above 0 and at most 1; write 0.75", "nicht über 0 und höchstens 1; zum Beispiel 0.75"
    raise unlike(AgreementError, name, share, *what)
