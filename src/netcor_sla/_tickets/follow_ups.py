"""Follow-ups: when a request is to be looked at again.

The policy, of level 1: "wird täglich verfolgt", once on each following business day. Of the others: "nach
Abstimmung/Bedarf", so their cadence is agreed with the customer, as a rule of RFC 5545. `dateutil` reads and
computes the rule; what it would misread, or search for in vain, is refused here by name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from typing import Final

from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._calendars.instants import DAY, EPOCH, instant, moment
from netcor_sla._calendars.schedule import BeyondError, covered, refusing
from netcor_sla._calendars.zones import offset_at
from netcor_sla._policy.due import same_time
from netcor_sla._policy.levels import EscalationLevel, checked_level
from netcor_sla.errors import AgreementError, ArgumentError, meant, shown

LONGEST: Final = 256  # characters of a rule

_WITHIN: Final = 40  # years, in which a rule must come: leap days of a weekday do
_FREQUENCIES: Final = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_WEEKDAY: Final = "MO|TU|WE|TH|FR|SA|SU"
_COUNTER: Final = "0*[1-9][0-9]{0,8}"
_COUNTED: Final = "write one number, from 1 to 999999999"
_YEAR_DAY: Final = "[+-]?0*(?:[1-9][0-9]?|[12][0-9]{2}|3[0-5][0-9]|36[0-6])"
_UTC: Final = "[0-9]{8}T(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]Z"
_ANY_DAY: Final = rf"(?:[+-]?0?(?:[1-9]|[1-4][0-9]|5[0-3]))?(?:{_WEEKDAY})"
# The parts of a rule: how an item is written, lists of them for BY..., and what to write.
_PARTS: Final[Mapping[str, tuple[str, str]]] = {
    "FREQ": ("|".join(_FREQUENCIES), f"write one of {', '.join(_FREQUENCIES)}"),
    "INTERVAL": (_COUNTER, _COUNTED),
    "COUNT": (_COUNTER, _COUNTED),
    "UNTIL": (_UTC, "write the date and the time in UTC, for example UNTIL=20261231T160000Z"),
    "BYMONTH": ("0?[1-9]|1[0-2]", "write numbers from 1 to 12"),
    "BYMONTHDAY": ("[+-]?0?(?:[1-9]|[12][0-9]|3[01])", "write numbers from 1 to 31, or from -31 to -1"),
    "BYDAY": (_ANY_DAY, "write weekdays, for example MO,TH, or numbered ones, for example 1MO,-1FR"),
    "BYHOUR": ("[01]?[0-9]|2[0-3]", "write numbers from 0 to 23"),
    "BYMINUTE": ("[0-5]?[0-9]", "write numbers from 0 to 59"),
    "BYSETPOS": (_YEAR_DAY, "write numbers from 1 to 366, or from -366 to -1"),
    "WKST": (_WEEKDAY, "write one weekday, for example WKST=MO"),
}


def follow_ups(
    calendar: BusinessCalendar, after: datetime, level: EscalationLevel, rule: str | None
) -> Iterator[datetime]:
    """Check the arguments at once, and find the instants as they are taken; see `Agreement.follow_ups`.

    A rule has `after` as its DTSTART, on the clock of the desk; an instant that two are moved to comes once.
    """
    schedule = calendar.schedule
    (exact,) = covered(schedule, after=after)
    daily = checked_level(level).follow_up == "daily"
    if rule is not None:
        agreed = _agreed(rule, moment(exact, schedule.zone), moment(schedule.covers[1], UTC))
        return _moved(calendar, after, (instant(at, "rule") for at in agreed))
    if not daily:
        raise AgreementError(
            f"rule is None, and follow-ups of level {level.value} are as agreed; give what was "
            "agreed, for example rule='FREQ=WEEKLY;BYDAY=TU'"
        )
    return _daily(calendar, after, exact + offset_at(schedule.zone, exact))


def _daily(calendar: BusinessCalendar, after: datetime, wall: timedelta) -> Iterator[datetime]:
    schedule = calendar.schedule
    with refusing(schedule, after=after):
        for day in range(wall.days + 1, schedule.days.stop):
            if schedule.is_business_day(day):
                yield moment(same_time(schedule, calendar.timeline, day, wall % DAY), after.tzinfo)
        raise BeyondError(forwards=True)


def _moved(calendar: BusinessCalendar, after: datetime, due: Iterable[timedelta]) -> Iterator[datetime]:
    """Move instants to the next opening, and leave out those by which the last one has come."""
    last = instant(after, "after")
    with refusing(calendar.schedule, after=after):
        for at in due:
            if at > last:
                last = calendar.timeline.next_open(at)
                yield moment(last, after.tzinfo)


def _agreed(rule: object, start: datetime, horizon: datetime) -> Iterator[datetime]:
    """Yield the occurrences of a rule from `start` to `horizon`, which comes last where the rule goes on.

    On the clock of `start`: of a time that comes twice, the first; one that is skipped moves by the gap.
    """
    parts = _read(rule)
    count, until = parts.pop("COUNT", None), parts.pop("UNTIL", None)
    try:
        last = min(datetime.fromisoformat(until), horizon) if until else horizon
    except ValueError:
        raise _refused(rule, f"UNTIL={until} is not a date", _PARTS["UNTIL"][1]) from None
    _check_that_it_comes(rule, parts, start)
    walls = _computed(parts, start, last)  # without microseconds, which dateutil drops
    found = (wall.replace(microsecond=start.microsecond, tzinfo=start.tzinfo) for wall in walls)
    within = (at for at in found if at <= last)
    beyond = [] if until and last < horizon else [horizon]
    return islice(chain(within, beyond), int(count) if count else None)


def _read(rule: object) -> dict[str, str]:
    if not isinstance(rule, str):
        raise ArgumentError(f"rule must be a text, for example 'FREQ=WEEKLY;BYDAY=TU', not {shown(rule)}")
    if len(rule) > LONGEST:
        raise _refused(rule, f"it has {len(rule)} characters", f"write at most {LONGEST}")
    parts: dict[str, str] = {}
    for part in (rule.upper() if rule.isascii() else rule).removeprefix("RRULE:").split(";"):
        if not re.fullmatch("[A-Z]+=[A-Z0-9,+-]+", part):
            remedy = "write one rule, for example 'FREQ=WEEKLY;BYDAY=TU', without blanks"
            raise _refused(rule, f"{shown(part)} is not a part of a rule", remedy)
        name, value = part.split("=")
        if name not in _PARTS:
            raise _refused(rule, f"{name} is not read", meant(name, _PARTS))
        item, remedy = _PARTS[name]
        more = f"(?:,(?:{item}))*" if name.startswith("BY") else ""
        if not re.fullmatch(f"(?:{item}){more}", value):
            raise _refused(rule, f"{part} is not taken", remedy)
        if name in parts:
            raise _refused(rule, f"{name} is given twice", "write it once")
        parts[name] = value
    _check_sense(rule, parts)
    # Without it, dateutil asks the module calendar, where anybody may set another day.
    return {"WKST": "MO"} | parts


def _check_sense(rule: str, parts: Mapping[str, str]) -> None:
    """Refuse parts that make no sense together, or of which dateutil has a reading of its own."""
    freq = parts.get("FREQ")
    if freq is None:
        raise _refused(rule, "FREQ is missing", "write it too, for example FREQ=WEEKLY")
    if "BYMONTHDAY" in parts and freq == "WEEKLY":
        raise _refused(rule, "BYMONTHDAY has no meaning with FREQ=WEEKLY", "write it with FREQ=MONTHLY")
    days = parts.get("BYDAY", "").split(",")
    numbers = [abs(int(day[:-2])) for day in days if day[:-2]]
    most = {"MONTHLY": 5, "YEARLY": 5 if "BYMONTH" in parts else 53}.get(freq, 0)
    if numbers and (len(numbers) < len(days) or max(numbers) > most):
        remedy = "number all or none, with FREQ=MONTHLY or YEARLY, and those of a month up to 5"
        raise _refused(rule, f"weekdays can't be numbered as in BYDAY={parts['BYDAY']}", remedy)


def _check_that_it_comes(rule: object, parts: Mapping[str, str], start: datetime) -> None:
    # In vain, dateutil searches up to the year 9999. The Gregorian calendar is the same every
    # 400 years, so a start as late as that goes allows makes the search a short one.
    late = start.year + (9999 - _WITHIN - start.year) // 400 * 400
    far = EPOCH.replace(year=late + _WITHIN)
    if next(_computed(parts, start.replace(year=late), far), None) is None:
        remedy = "write other days, for example BYMONTHDAY=-1 for the last day of a month"
        raise _refused(rule, f"it does not come within {_WITHIN} years", remedy)


def _computed(parts: Mapping[str, str], start: datetime, last: datetime) -> Iterator[datetime]:
    """Have dateutil read and compute a rule, on the wall clock, a day beyond `last` at most."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - slow to import, and seldom needed

    wall = start.replace(tzinfo=None)
    until = max(last.replace(tzinfo=None) + DAY, wall)
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    found = rrulestr(f"{text};UNTIL={until:%Y%m%dT%H%M%S}", dtstart=wall)
    with suppress(ValueError):  # of days of the year 10000, in a week that begins in 9999
        yield from found


def _refused(rule: object, problem: str, remedy: str) -> AgreementError:
    return AgreementError(f"rule {shown(rule)}: {problem}; {remedy}")
