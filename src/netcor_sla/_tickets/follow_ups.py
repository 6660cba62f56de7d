"""Follow-ups: when a request is to be looked at again.

The policy, of level 1: "wird täglich verfolgt", at least once on each business day. Of the
others: "nach Abstimmung/Bedarf", so their cadence is agreed with the customer, as a rule.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._calendars.coverage import covered, refusal
from netcor_sla._calendars.instants import instant, moment
from netcor_sla._calendars.readings import DAY
from netcor_sla._calendars.schedule import Schedule
from netcor_sla._calendars.timeline import BeyondBookError
from netcor_sla._calendars.zones import offset_at
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._terms import checked_level
from netcor_sla._tickets.rrule import cadence
from netcor_sla.errors import AgreementError


def follow_ups(
    calendar: BusinessCalendar, after: datetime, level: EscalationLevel, rule: str | None
) -> Iterator[datetime]:
    """Yield the instants after `after` at which to follow a request up, in its zone.

    The arguments are checked at once, the instants are found as they are taken. Without a
    rule, a critical request is followed up at the clock time of `after` on each following
    business day; where clocks skip that time, at the instant of the change. A rule of
    RFC 5545, for any level, has `after` as its DTSTART; see `cadences.cadence`. Clock times are
    those of the calendar's zone. Where the desk is closed then, the next opening takes the
    place, and an instant that two are moved to comes once.
    """
    schedule = calendar._schedule
    (exact,) = covered(schedule, after=after)
    daily = checked_level(level).follow_up == "daily"
    if rule is not None:
        start = moment(exact, schedule.zone)
        horizon = moment(schedule.start(schedule.last + 1), UTC)
        agreed = cadence(rule, start, horizon)
        return _moved(calendar, after, (instant(each, "rule") for each in agreed))
    if not daily:
        raise AgreementError(
            f"rule is None, and follow-ups of level {level.value} are as agreed; give what was "
            "agreed, as rule='FREQ=WEEKLY;BYDAY=TU'"
        )
    return _moved(calendar, after, _daily(schedule, exact))


def _daily(schedule: Schedule, after: int) -> Iterator[int]:
    """Find the same clock time on each business day after that of an instant."""
    clock_time = (after + offset_at(schedule.zone, after)) % DAY
    for day in range(schedule.day_of(after) + 1, schedule.days.stop):
        if schedule.is_business_day(day):
            yield schedule.first_showing(day * DAY + clock_time)
    raise BeyondBookError(forwards=True)


def _moved(calendar: BusinessCalendar, after: datetime, due: Iterable[int]) -> Iterator[datetime]:
    """Move instants to the next opening, and leave out those by which the last one has come."""
    timeline, last = calendar._timeline, instant(after, "after")
    try:
        for each in due:
            if each > last:
                last = timeline.next_open(each)
                yield moment(last, after.tzinfo)
    except BeyondBookError as beyond:
        raise refusal(calendar._schedule, {"after": after}, forwards=beyond.forwards) from None
