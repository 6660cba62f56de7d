"""Opening hours on the wall clock, as they stand in a calendar's data form.

A span is a pair of minutes after midnight, half-open: `["08:30", "17:00"]` is `(510, 1020)`, and only a
closing may be `24:00`, that is 1440. Days are counted from Monday, 0. Everything that is read is checked
whole, and written back in one spelling, so that equal hours have equal forms.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from netcor_sla._calendars.instants import day_number
from netcor_sla._values import mapping, pair, table
from netcor_sla.errors import CalendarError, meant, shown

Minutes = tuple[int, int]
Week = tuple[tuple[Minutes, ...], ...]
Key = TypeVar("Key")

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Day:
    """The hours of a special or recurring date, and what it is called, if anything."""

    spans: tuple[Minutes, ...]
    name: str | None = None

    def form(self) -> object:
        spans = spans_form(self.spans)
        return spans if self.name is None else {"spans": spans, "name": self.name}


def minutes(text: object, field: str) -> int:
    """Read a time of day, `HH:MM`, from 00:00 to 24:00."""
    if isinstance(text, str) and _CLOCK.fullmatch(text):
        return 60 * int(text[:2]) + int(text[3:])
    raise CalendarError(
        f"{field}: {shown(text)} is not a time of day; write HH:MM as text, from 00:00 to 24:00"
    )


def clock(minute: int) -> str:
    """Write a time of day: 510 is `08:30`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def spans(value: object, field: str) -> tuple[Minutes, ...]:
    """Read the spans of a day, sorted and disjoint; touching ones become one."""
    if not isinstance(value, list | tuple):
        raise CalendarError(
            f"{field} must be a list of spans, not {shown(value)}; write [['08:30', '17:00']], "
            "or [] for a closed day"
        )
    merged: list[Minutes] = []
    for span in value:
        opening, closing = _span(span, field)
        if merged and opening < merged[-1][1]:
            raise CalendarError(
                f"{field}: {clock(opening)}-{clock(closing)} begins before "
                f"{'-'.join(map(clock, merged[-1]))} has ended; list the spans in order, without overlap"
            )
        if merged and opening == merged[-1][1]:
            opening = merged.pop()[0]
        merged.append((opening, closing))
    return tuple(merged)


def _span(value: object, field: str) -> Minutes:
    what = "a span; write an opening and a closing, ['08:30', '17:00']"
    ends = pair(value, field, what, error=CalendarError)
    opening, closing = (minutes(text, field) for text in ends)
    if opening < closing:
        return opening, closing
    problem = "is empty" if opening == closing else "ends before it begins"
    raise CalendarError(
        f"{field}: {clock(opening)}-{clock(closing)} {problem}; a span over midnight is written "
        "as two, 22:00-24:00 and 00:00-06:00 of the next day, a whole day as 00:00-24:00"
    )


def spans_form(spans: tuple[Minutes, ...]) -> list[list[str]]:
    return [[clock(opening), clock(closing)] for opening, closing in spans]


def week(value: object) -> Week:
    """Read the hours of a week; keys are weekdays, `mon`, or runs of them, `mon-fri`."""
    days: dict[str, tuple[Minutes, ...]] = {}
    for key, day_spans in mapping(value, "hours").items():
        for day in _weekdays(key):
            if day in days:
                raise CalendarError(f"hours: {day!r} is given twice, the second time by {shown(key)}")
            days[day] = spans(day_spans, f"hours[{shown(key)}]")
    return tuple(days.get(day, ()) for day in WEEKDAYS)


def _weekdays(key: object) -> tuple[str, ...]:
    first, dash, last = key.partition("-") if isinstance(key, str) else ("", "", "")
    if first in WEEKDAYS and (last in WEEKDAYS or not dash):
        begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        if begin < end or not dash:
            return WEEKDAYS[begin : end + 1]
    raise CalendarError(
        f"hours: {shown(key)} is not a weekday; {meant(key, WEEKDAYS)} (a run is written in the "
        "order of the week, for example 'mon-fri')"
    )


def week_form(week: Week) -> dict[str, list[list[str]]]:
    return {day: spans_form(spans) for day, spans in zip(WEEKDAYS, week, strict=True) if spans}


def dated(value: object, field: str, read: Callable[[object, str], Key]) -> dict[Key, Day]:
    """Read special or recurring dates; `read` reads a key."""
    return {
        read(key, field): _day(entry, f"{field}[{shown(key)}]")
        for key, entry in mapping(value, field).items()
    }


def _day(entry: object, field: str) -> Day:
    if not isinstance(entry, Mapping):
        return Day(spans(entry, field))
    form = table(entry, field, ("spans",), ("name",), error=CalendarError)
    name = form.get("name")
    if name is not None and not (isinstance(name, str) and name.strip()):
        raise CalendarError(f"{field}: name must be a text, not {shown(name)}; or leave it out")
    return Day(spans(form["spans"], field), name)


def special_date(key: object, field: str) -> int:
    """Read a date, `YYYY-MM-DD`, as a number of days since 1970."""
    with suppress(ValueError):
        if isinstance(key, str) and (day := date.fromisoformat(key)).isoformat() == key:
            return day_number(day, field)
    raise CalendarError(f"{field}: {shown(key)} is not a date; write YYYY-MM-DD, for example '2025-12-24'")


def recurring_date(key: object, field: str) -> str:
    """Check a date of every year, `MM-DD`; 29 February comes every leap year."""
    try:
        special_date(f"2000-{key}" if isinstance(key, str) else None, field)
    except CalendarError:
        raise CalendarError(
            f"{field}: {shown(key)} is not a date of the year; write MM-DD, for example '12-24'"
        ) from None
    return str(key)
