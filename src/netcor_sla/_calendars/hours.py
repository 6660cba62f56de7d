"""Opening hours on the wall clock, as they stand in a calendar's data form.

A span is a pair of minutes after midnight, half-open: `["08:30", "17:00"]` is `(510, 1020)`, and only a
closing may be `24:00`, that is 1440. Days are counted from Monday, 0. Everything that is read is checked
whole, and written back in one spelling, so that equal hours have equal forms.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from netcor_sla._calendars.instants import YEARS, day_number, day_text, instant
from netcor_sla._calendars.timestamps import read_instant
from netcor_sla._values import mapping, pair, table
from netcor_sla.errors import ArgumentError, CalendarError, meant, shown, unlike

Minutes = tuple[int, int]
Week = tuple[tuple[Minutes, ...], ...]
Window = tuple[timedelta, timedelta, str | None]  # half-open, and its name
Weeks = tuple[tuple[int, Week], ...]  # each from a date on, in order

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_LONGEST: Final = 366  # days that one key of special dates may name

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")


class Day(NamedTuple):
    spans: tuple[Minutes, ...]
    name: str | None = None

    def form(self) -> object:
        spans = spans_form(self.spans)
        return spans if self.name is None else {"spans": spans, "name": self.name}


def minutes(text: object, field: str) -> int:
    if isinstance(text, str) and _CLOCK.fullmatch(text):
        return 60 * int(text[:2]) + int(text[3:])
    what = "a time of day; write HH:MM as text, up to 24:00", "keine Uhrzeit; erwartet wird HH:MM als Text"
    raise unlike(CalendarError, field, text, *what)


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def spans(value: object, field: str) -> tuple[Minutes, ...]:
    """Read the spans of a day, sorted and disjoint; touching ones become one."""
    if not isinstance(value, list | tuple):
        what = "a list of spans; write [['08:30', '17:00']], or [] for a closed day"
        german = "keine Liste von Zeitspannen; [['08:30', '17:00']], oder [] für einen geschlossenen Tag"
        raise unlike(CalendarError, field, value, what, german)
    merged: list[Minutes] = []
    for span in value:
        opening, closing = _span(span, field)
        if merged and opening < merged[-1][1]:
            here, before = (f"{clock(start)}-{clock(end)}" for start, end in ((opening, closing), merged[-1]))
            en = f"{field}: {here} begins before {before} has ended; list the spans in order, without overlap"
            de = f"{field}: {here} beginnt, bevor {before} endet; Zeitspannen folgen aufeinander"
            raise CalendarError(en, de)
        if merged and opening == merged[-1][1]:
            opening = merged.pop()[0]
        merged.append((opening, closing))
    return tuple(merged)


def _span(value: object, field: str) -> Minutes:
    what = "a span; write an opening and a closing, ['08:30', '17:00']"
    german = "keine Zeitspanne; erwartet wird ['08:30', '17:00']"
    ends = pair(value, field, what, german, error=CalendarError)
    opening, closing = (minutes(text, field) for text in ends)
    if opening < closing:
        return opening, closing
    span = f"{field}: {clock(opening)}-{clock(closing)}"
    en = "over midnight write two, 22:00-24:00 and 00:00-06:00 the next day, and a whole day as 00:00-24:00"
    de = "über Mitternacht sind es zwei, 22:00-24:00 und 00:00-06:00 am nächsten Tag, ganztags 00:00-24:00"
    raise CalendarError(f"{span} must end after it begins; {en}", f"{span} muss nach dem Beginn enden; {de}")


def spans_form(spans: tuple[Minutes, ...]) -> list[list[str]]:
    return [[clock(opening), clock(closing)] for opening, closing in spans]


def week(value: object, field: str = "hours") -> Week:
    """Read the hours of a week; keys are weekdays, `mon`, or runs of them, `mon-fri`."""
    days: dict[str, tuple[Minutes, ...]] = {}
    for key, day_spans in mapping(value, field).items():
        for day in _weekdays(key, field):
            if day in days:
                raise _twice(field, day, key)
            days[day] = spans(day_spans, f"{field}[{shown(key)}]")
    return tuple(days.get(day, ()) for day in WEEKDAYS)


def weeks(value: object, first: Week) -> Weeks:
    """Read the weeks that hold from a date on; one that is like the week before it is left out."""
    given, field = mapping(value, "hours_from"), "hours_from"
    read = {special_date(key, field): week(given[key], f"{field}[{shown(key)}]") for key in given}
    kept: list[tuple[int, Week]] = []
    for day in sorted(read):
        if read[day] != (kept[-1][1] if kept else first):
            kept.append((day, read[day]))
    return tuple(kept)


def _twice(field: str, what: str, key: object) -> CalendarError:
    en = f"{field}: {what!r} is given twice, the second time by {shown(key)}; give it once"
    return CalendarError(en, f"{field}: {what!r} ist zweimal angegeben, das zweite Mal durch {shown(key)}")


def _weekdays(key: object, field: str) -> tuple[str, ...]:
    first, dash, last = key.partition("-") if isinstance(key, str) else ("", "", "")
    if first in WEEKDAYS and (last in WEEKDAYS or not dash):
        begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        if begin < end or not dash:
            return WEEKDAYS[begin : end + 1]
    what = f"a weekday, or a run of them as 'mon-fri'; {meant(key, WEEKDAYS)}"
    german = f"kein Wochentag, und keine Folge wie 'mon-fri'; {meant(key, WEEKDAYS, 'de')}"
    raise unlike(CalendarError, field, key, what, german)


def week_form(week: Week) -> dict[str, list[list[str]]]:
    return {day: spans_form(spans) for day, spans in zip(WEEKDAYS, week, strict=True) if spans}


def runs_form(week: Week, names: Sequence[str] = WEEKDAYS) -> dict[str, list[list[str]]]:
    runs = [[*run] for _, run in groupby(zip(names, week, strict=True), key=itemgetter(1))]
    ends = ((dict.fromkeys((run[0][0], run[-1][0])), run[0][1]) for run in runs)
    return {"-".join(both): spans_form(spans) for both, spans in ends if spans}


def special_dates(value: object) -> dict[int, Day]:
    """Read special dates; a key is a date, or two with a stroke between them, both included."""
    days: dict[int, Day] = {}
    for key, entry in mapping(value, "special").items():
        hours = _day(entry, f"special[{shown(key)}]")
        for day in _dates(key):
            if day in days:
                raise _twice("special", day_text(day), key)
            days[day] = hours
    return days


def _dates(key: object) -> range:
    start, stroke, end = key.partition("/") if isinstance(key, str) else (key, "", "")
    first = special_date(start, "special")
    last = special_date(end, "special") if stroke else first
    if 0 <= last - first < _LONGEST:
        return range(first, last + 1)
    what = f"from a date to a later one, and at most {_LONGEST} days; write '2025-12-27/2025-12-30'"
    de = f"keine Folge von höchstens {_LONGEST} Tagen wie '2025-12-27/2025-12-30'"
    raise unlike(CalendarError, "special", key, what, de)


def recurring_dates(value: object) -> dict[str, Day]:
    given, field = mapping(value, "recurring"), "recurring"
    return {recurring_date(key, field): _day(given[key], f"{field}[{shown(key)}]") for key in given}


def _day(entry: object, field: str) -> Day:
    if not isinstance(entry, Mapping):
        return Day(spans(entry, field))
    form = table(entry, field, ("spans",), ("name",), error=CalendarError)
    return Day(spans(form["spans"], field), name(form.get("name"), field))


def name(value: object, field: str) -> str | None:
    if value is None or (isinstance(value, str) and value.strip()):
        return value
    what = "a name; write a text, or none", "kein Name; erwartet wird ein Text"
    raise unlike(CalendarError, field, value, *what)


def special_date(key: object, field: str) -> int:
    """Read a date, `YYYY-MM-DD`, as a number of days since 1970."""
    with suppress(ValueError):
        if isinstance(key, str) and (day := date.fromisoformat(key)).isoformat() == key:
            return day_number(day, field)
    what = "a date; write YYYY-MM-DD, for example '2025-12-24'"
    raise unlike(CalendarError, field, key, what, "kein Datum; JJJJ-MM-TT, zum Beispiel '2025-12-24'")


def recurring_date(key: object, field: str) -> str:
    """Check a date of every year, `MM-DD`; 29 February comes every leap year."""
    with suppress(CalendarError):
        special_date(f"2000-{key}" if isinstance(key, str) else None, field)
        return str(key)
    what = "a date of the year; write MM-DD, for example '12-24'"
    raise unlike(CalendarError, field, key, what, "kein Tag im Jahr; MM-TT, zum Beispiel '12-24'")


def windows(value: object) -> tuple[Window, ...]:
    """Read extra windows, and lay them apart: the earlier one has what two share."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        what = "a list of windows; write [] for none", "keine Liste von Zeitfenstern; [] bedeutet: keine"
        raise unlike(ArgumentError, "extra", value, *what)
    apart: list[Window] = []
    for start, end, name in sorted(map(_window, value), key=lambda each: (*each[:2], each[2] or "")):
        if apart and start <= apart[-1][1] and name == apart[-1][2]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]), name)
        elif not apart or apart[-1][1] < end:
            apart.append((max(start, apart[-1][1]) if apart else start, end, name))
    return tuple(apart)


def _window(value: object) -> Window:
    if not (isinstance(value, list | tuple) and {*map(type, value[:2])} == {str} and len(value) in (2, 3)):
        what = "a window; write [start, end] or [start, end, name], as texts"
        german = "kein Zeitfenster; erwartet wird [Beginn, Ende] oder [Beginn, Ende, Name], als Texte"
        raise unlike(CalendarError, "extra", value, what, german)
    start, end = (read_instant(text, "extra", error=CalendarError) for text in value[:2])
    for at in (start, end):
        if not YEARS[0] <= at.year <= YEARS[1]:  # beyond which not all zones could show it
            raise outside(f"extra: {at.isoformat()}", YEARS)
    first, last = instant(start, "start"), instant(end, "end")
    if first < last:
        return first, last, name(value[2] if value[2:] else None, "extra")
    one, two = start.isoformat(), end.isoformat()
    en = f"extra: the window from {one} to {two} must end after it begins; give the earlier instant first"
    raise CalendarError(en, f"extra: das Zeitfenster von {one} bis {two} muss nach seinem Beginn enden")


def outside(what: str, years: tuple[int, int]) -> CalendarError:
    first, last = years
    en = f"{what} lies outside the years that the calendar covers, {first} to {last}; leave it out"
    return CalendarError(en, f"{what} liegt außerhalb der Jahre {first} bis {last}, die der Kalender umfasst")
