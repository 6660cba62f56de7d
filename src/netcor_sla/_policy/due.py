"""The ways of counting business days that the policy leaves open, by name.

Under "elapsed", the standard, a business day is a standard day's opening time, and a
target in days is business time like any other. The other two count dates, from the
date on which the clock starts: the opening instant, moved to the next opening where
the desk was closed. Hours here are those of the date, regular or special.
"""

from datetime import datetime
from functools import partial
from typing import Final, Literal

from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._calendars.instants import moment
from netcor_sla._calendars.readings import DAY
from netcor_sla._calendars.schedule import Schedule
from netcor_sla._calendars.timeline import BeyondBookError, Timeline
from netcor_sla._calendars.zones import offset_at

DayRule = Literal["elapsed", "same time", "end of day"]

DAY_RULES: Final[tuple[DayRule, ...]] = ("elapsed", "same time", "end of day")


def due_by_date(
    calendar: BusinessCalendar, opened_at: datetime, days: int, rule: DayRule
) -> datetime:
    """Reckon `days > 0` business days by dates; in the zone of `opened_at`."""
    search = partial(
        due_by_dates, rule=rule, schedule=calendar._schedule, timeline=calendar._timeline
    )
    return moment(calendar._ask(search, days, opened_at=opened_at), opened_at.tzinfo)


def due_by_dates(
    opened: int, days: int, rule: DayRule, schedule: Schedule, timeline: Timeline
) -> int:
    """Do the same for instants in microseconds."""
    starts = timeline.next_open(opened)
    day = _business_day_after(schedule, schedule.day_of(starts), days)
    openings = schedule.openings(day)
    if rule == "end of day":
        return openings[-1][1]
    clock_time = (starts + offset_at(schedule.zone, starts)) % DAY
    same = schedule.first_showing(day * DAY + clock_time)
    if timeline.is_open(same):
        return same
    # Closed then: the end of the opening before it, or the first opening if there is none.
    return max((closing for _, closing in openings if closing <= same), default=openings[0][0])


def _business_day_after(schedule: Schedule, day: int, count: int) -> int:
    """Find the `count`-th business day after a date."""
    for later in range(day + 1, schedule.days.stop):
        count -= schedule.is_business_day(later)
        if not count:
            return later
    raise BeyondBookError(forwards=True)
