"""Agreed cadences: rules of RFC 5545, read and reckoned by `dateutil.rrule`.

What is here is only what dateutil leaves open. It takes texts that are no rule, drops parts
that it has no use for, counts some weeks wrongly, and looks for what never comes up to the
year 9999. So a text is held to the RFC before dateutil reads it, and then to what can come.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from math import prod
from typing import Final, NamedTuple

from netcor_sla.errors import AgreementError, ArgumentError, meant, shown

LONGEST: Final = 256

_DAY = timedelta(days=1)
# After 400 years the calendar repeats itself, weekdays included.
_CYCLE = 146_097 * _DAY


class _Part(NamedTuple):
    """How a part of a rule is written: the pattern of an item, and what to say of it."""

    item: str
    remedy: str
    listed: bool = False

    def fits(self, value: str) -> bool:
        """Whether a value is written like that."""
        more = rf"(?:,(?:{self.item}))*" if self.listed else ""
        return bool(re.fullmatch(f"(?:{self.item}){more}", value))


_WEEKDAY = "MO|TU|WE|TH|FR|SA|SU"
_COUNTER = _Part("0*[1-9][0-9]{0,8}", "write one number, from 1 to 999999999")
_SIXTY = _Part("[0-5]?[0-9]", "write numbers from 0 to 59", listed=True)
_YEAR_DAY = _Part(
    "[+-]?0*(?:[1-9][0-9]?|[12][0-9]{2}|3[0-5][0-9]|36[0-6])",
    "write numbers from 1 to 366, or from -366 to -1",
    listed=True,
)
_PARTS: Final[Mapping[str, _Part]] = {
    "FREQ": _Part(
        "YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY|MINUTELY",
        "write YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY or, at most, MINUTELY",
    ),
    "INTERVAL": _COUNTER,
    "COUNT": _COUNTER,
    "UNTIL": _Part(
        "[0-9]{8}T(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]Z",
        "write the date and the time in UTC, as UNTIL=20261231T160000Z",
    ),
    "BYMONTH": _Part("0?[1-9]|1[0-2]", "write numbers from 1 to 12", listed=True),
    # Of weeks 52 and 53, dateutil mistakes those that lie in two years.
    "BYWEEKNO": _Part(
        "[+-]?0*(?:[1-9]|[1-4][0-9]|5[01])",
        "write numbers from 1 to 51, or from -51 to -1, and dates of other weeks by BYMONTHDAY",
        listed=True,
    ),
    "BYYEARDAY": _YEAR_DAY,
    "BYMONTHDAY": _Part(
        "[+-]?0?(?:[1-9]|[12][0-9]|3[01])",
        "write numbers from 1 to 31, or from -31 to -1",
        listed=True,
    ),
    "BYDAY": _Part(
        rf"(?:[+-]?0?(?:[1-9]|[1-4][0-9]|5[0-3]))?(?:{_WEEKDAY})",
        "write weekdays, as MO,TH, or some of a month or year, as 1MO,-1FR",
        listed=True,
    ),
    "BYHOUR": _Part("[01]?[0-9]|2[0-3]", "write numbers from 0 to 23", listed=True),
    "BYMINUTE": _SIXTY,
    "BYSECOND": _SIXTY,
    "BYSETPOS": _YEAR_DAY,
    "WKST": _Part(_WEEKDAY, "write one weekday, as WKST=MO"),
}
_DATES = ("BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "WKST")
_TIMES = ("INTERVAL", "BYHOUR", "BYMINUTE", "BYSECOND")
_SHORT = ("HOURLY", "MINUTELY")
# Parts that the RFC forbids elsewhere, where dateutil has readings of its own.
_ONLY_WITH: Final = {
    "BYWEEKNO": ("YEARLY",),
    "BYYEARDAY": ("YEARLY", *_SHORT),
    "BYMONTHDAY": ("YEARLY", "MONTHLY", "DAILY", *_SHORT),
}
_LONGEST_PERIOD = {"YEARLY": 366, "MONTHLY": 31, "WEEKLY": 7}  # in days


def cadence(rule: object, start: datetime, horizon: datetime) -> Iterator[datetime]:
    """Yield the occurrences of a rule from `start`, its DTSTART, to `horizon`.

    Where the rule has not ended by then, `horizon` itself comes last. The rule is checked at
    once, and occurrences are found as they are taken. They are in the zone of `start`, on whose
    clock they are reckoned: of a time that comes twice, the first is meant, and one that is
    skipped is as much later as the clocks go forward. So occurrences may be out of order where
    clocks change. To those without BYSECOND belong the microseconds of `start`.
    """
    parts = _read(rule)
    last, count = _end(parts.pop("UNTIL", None), rule), parts.pop("COUNT", None)
    ended, last = last < horizon, min(last, horizon)
    # In the last years that dateutil knows, little is left to search in vain. Calendars end
    # by the year 9000, so this is never below zero.
    shift = (9599 - horizon.year) // 400 * _CYCLE
    wall = start.replace(tzinfo=None) + shift
    _insist_that_it_comes(rule, parts, wall)
    stop = max(last.replace(tzinfo=None) + shift + _DAY, wall)  # on whatever clock
    fraction = 0 if "BYSECOND" in parts else start.microsecond  # which dateutil drops
    found = (
        (each - shift).replace(microsecond=fraction, tzinfo=start.tzinfo)
        for each in _reckoned(parts | {"UNTIL": f"{stop:%Y%m%dT%H%M%S}"}, wall)
    )
    within = (each for each in found if start <= each <= last)
    return islice(chain(within, () if ended else (horizon,)), int(count) if count else None)


def _read(rule: object) -> dict[str, str]:
    """Take a rule apart, and insist that it is written as RFC 5545 says."""
    if not isinstance(rule, str):
        raise ArgumentError(
            f"rule must be a text, as 'FREQ=WEEKLY;BYDAY=TU', not {type(rule).__name__}: "
            f"{shown(rule)}"
        )
    if len(rule) > LONGEST:
        raise _refusal(rule, f"it has {len(rule)} characters", f"write at most {LONGEST}")
    text = rule.upper() if rule.isascii() else rule
    parts: dict[str, str] = {}
    for each in text.removeprefix("RRULE:").split(";"):
        name, value = _part(each, rule)
        if name in parts:
            raise _refusal(rule, f"{name} is given twice", "write it once")
        parts[name] = value
    _insist_on_sense(rule, parts)
    # Without it, dateutil asks the module calendar, where anybody may set another day.
    return {"WKST": "MO"} | parts


def _part(text: str, rule: str) -> tuple[str, str]:
    """Read one part: its name and its value."""
    if not re.fullmatch("[A-Z]+=[A-Z0-9,+-]+", text):
        remedy = "write one rule, as 'FREQ=WEEKLY;BYDAY=TU', without blanks, DTSTART or EXDATE"
        raise _refusal(rule, f"{shown(text)} is no part of a rule", remedy)
    name, value = text.split("=")
    if name not in _PARTS:
        raise _refusal(rule, f"{name} is no part of RFC 5545", meant(name, _PARTS))
    if not _PARTS[name].fits(value):
        raise _refusal(rule, f"{text} is not taken", _PARTS[name].remedy)
    return name, value


def _insist_on_sense(rule: str, parts: Mapping[str, str]) -> None:
    """Refuse parts that make no sense together."""
    freq = parts.get("FREQ")
    if freq is None:
        raise _refusal(rule, "FREQ is missing", "write it too, as FREQ=WEEKLY")
    for name, allowed in _ONLY_WITH.items():
        if name in parts and freq not in allowed:
            remedy = f"write it with FREQ={' or '.join(allowed)}"
            raise _refusal(rule, f"{name} has no meaning with FREQ={freq}", remedy)
    if "BYDAY" in parts:
        _insist_on_days(rule, parts)
    elif "BYWEEKNO" in parts:  # some take all days, others the one of DTSTART
        raise _refusal(rule, "BYWEEKNO says no days", "write them too, as BYDAY=MO")
    positions = [abs(int(position)) for position in parts.get("BYSETPOS", "1").split(",")]
    if min(positions) > (most := _most(parts)):
        problem = f"BYSETPOS={parts['BYSETPOS']} never comes, as FREQ={freq} has {most} at most"
        raise _refusal(rule, problem, "choose among those, or leave BYSETPOS out")


def _insist_on_days(rule: str, parts: Mapping[str, str]) -> None:
    """Refuse numbered weekdays, as 1MO, where they have no meaning, or dateutil another one."""
    days, monthly = parts["BYDAY"].split(","), parts["FREQ"] == "MONTHLY"
    numbers = [abs(int(day[:-2])) for day in days if day[:-2]]
    if not numbers:
        return
    if parts["FREQ"] not in ("YEARLY", "MONTHLY") or "BYWEEKNO" in parts:
        remedy = "number them with FREQ=MONTHLY or YEARLY, and without BYWEEKNO"
    elif len(numbers) < len(days):
        remedy = "number all of them or none"
    elif (monthly or "BYMONTH" in parts) and max(numbers) > 5:  # noqa: PLR2004 - weeks
        remedy = "a month has five of a weekday at most"
    else:
        return
    raise _refusal(rule, f"weekdays can't be numbered as in BYDAY={parts['BYDAY']}", remedy)


def _most(parts: Mapping[str, str]) -> int:
    """Count how often a rule comes in one period at most."""
    freq = parts["FREQ"]
    finer = _TIMES[{"HOURLY": 2, "MINUTELY": 3}.get(freq, 1) :]
    times = prod(len(set(parts[name].split(","))) for name in finer if name in parts)
    return times * _LONGEST_PERIOD.get(freq, 1)


def _end(until: str | None, rule: object) -> datetime:
    """Read UNTIL, which may be no date at all."""
    try:
        return datetime.fromisoformat(until) if until else datetime.max.replace(tzinfo=UTC)
    except ValueError:
        raise _refusal(rule, f"UNTIL={until} is no date", _PARTS["UNTIL"].remedy) from None


def _insist_that_it_comes(rule: object, parts: Mapping[str, str], wall: datetime) -> None:
    """Refuse a rule for which no year has a date, or no day a time.

    The search for these is short, whereas that for the rule itself may take hours.
    """
    freq = parts["FREQ"]
    dates = {name: parts[name] for name in _DATES if name in parts}
    if freq in ("YEARLY", "MONTHLY"):
        dates = {"FREQ": freq} | dates
    else:  # every day, which other parts narrow down
        dates = {"FREQ": "YEARLY", "BYDAY": _WEEKDAY.replace("|", ",")} | dates
    if next(_reckoned(dates, wall), None) is None:
        remedy = "write others, as BYMONTHDAY=-1 for the last day of a month"
        raise _refusal(rule, "no date ever fits it", remedy)
    if freq in _SHORT:
        times = {name: parts[name] for name in ("FREQ", *_TIMES) if name in parts}
        try:
            next(_reckoned(times, wall), None)
        except ValueError:
            problem = f"from {wall:%H:%M}, INTERVAL={parts['INTERVAL']} never meets a BYHOUR"
            raise _refusal(rule, problem, "write another INTERVAL") from None


def _reckoned(parts: Mapping[str, str], wall: datetime) -> Iterator[datetime]:
    """Have dateutil read and reckon a rule."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - slow to import, and seldom needed

    text = ";".join(f"{name}={value}" for name, value in parts.items())
    return iter(rrulestr(text, dtstart=wall))


def _refusal(rule: object, problem: str, remedy: str) -> AgreementError:
    """Say what is wrong with a rule, and what to write instead."""
    return AgreementError(f"rule {shown(rule)}: {problem}; {remedy}")
