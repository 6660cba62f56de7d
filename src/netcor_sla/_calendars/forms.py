"""Calendars as data: a schedule's form is read, checked whole, and written back."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from netcor_sla._calendars.frozen_holidays import FrozenHolidays, holidays
from netcor_sla._calendars.hours import (
    dated,
    dated_form,
    minutes,
    recurring_date,
    special_date,
    week,
    week_form,
)
from netcor_sla._calendars.instants import MICROSECOND, day_text, duration, instant, moment
from netcor_sla._calendars.readings import Span
from netcor_sla._calendars.schedule import Schedule, joined
from netcor_sla._calendars.timestamps import timestamp
from netcor_sla._calendars.zones import zone, zone_text
from netcor_sla.errors import ArgumentError, CalendarError, TimestampError, shown

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def read_schedule(form: Mapping[str, Any]) -> Schedule:
    """Read what a calendar's arguments say; refuse what contradicts itself."""
    schedule = schedule_in(zone(form["zone"]), form)
    _check_years(schedule)
    return schedule


def schedule_in(zone: tzinfo, form: Mapping[str, Any]) -> Schedule:
    """Read what a calendar's arguments say but for its zone."""
    schedule = Schedule(
        zone=zone,
        week=week(form["hours"]),
        source=holidays(form["holidays"]),
        special=dated(form["special"], "special", special_date),
        recurring=dated(form["recurring"], "recurring", recurring_date),
        extra=_windows(form["extra"]),
    )
    days = schedule.special.values()
    if not (any(schedule.week) or any(day.spans for day in days) or schedule.extra):
        raise CalendarError("hours never open the desk; write {'mon-fri': [['08:30', '17:00']]}")
    return schedule


def write_schedule(schedule: Schedule) -> dict[str, Any]:
    """Write a schedule's form, in one spelling; what is empty is left out."""
    recurring = schedule.recurring
    optional = {
        "special": dated_form(schedule.special),
        "recurring": {day: recurring[day].form() for day in sorted(recurring)},
        "extra": [[_text(at) for at in window] for window in schedule.extra],
    }
    return {
        "zone": zone_text(schedule.zone),
        "hours": week_form(schedule.week),
        "holidays": schedule.source and schedule.source.form(),
        **{key: value for key, value in optional.items() if value},
    }


def frozen(schedule: Schedule, first: int, last: int) -> Schedule:
    """Make the holidays of covered years data; what lies outside these years is left out."""
    source = schedule.source
    start, end = schedule.start(first), schedule.start(last + 1)
    years = schedule.year_days(first, last)
    named = {day: names for day in years if (names := schedule.holiday(day))}
    origin = source.origin if isinstance(source, FrozenHolidays) else source
    return schedule._replace(
        source=FrozenHolidays(origin, first, last, named),
        special={day: schedule.special[day] for day in schedule.special if day in years},
        extra=tuple(
            (max(opening, start), min(closing, end))
            for opening, closing in schedule.extra
            if opening < end and closing > start
        ),
    )


def usual_day(schedule: Schedule) -> timedelta | None:
    """Derive the length of a standard day, where all weekdays that open are alike."""
    lengths = {sum(end - start for start, end in spans) for spans in schedule.week if spans}
    return _MINUTE * lengths.pop() if len(lengths) == 1 else None


def day_length(length: object) -> timedelta:
    """Read a length, also as `HH:MM`: whole minutes, above zero and at most a day."""
    if isinstance(length, str):
        length = _MINUTE * minutes(length, "business_day")
    if duration(length, "business_day") % (_MINUTE // MICROSECOND) == 0:
        exact = MICROSECOND * duration(length, "business_day")
        if timedelta() < exact <= _DAY:
            return exact
    raise CalendarError(
        f"business_day must be whole minutes, above zero and at most a day, not {shown(length)}"
    )


def window(start: datetime, end: datetime, field: str) -> Span:
    """Check an extra window."""
    opening, closing = instant(start, "start"), instant(end, "end")
    if opening < closing:
        return opening, closing
    raise CalendarError(
        f"{field}: the window from {start.isoformat()} to {end.isoformat()} must end after it "
        "begins; give the earlier instant first"
    )


def _windows(value: object) -> tuple[Span, ...]:
    """Read extra windows, in any order; those that touch or overlap become one."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ArgumentError(f"extra must be a list of windows, not {shown(value)}")
    windows = []
    for pair in value:
        if not isinstance(pair, list | tuple) or len(pair) != 2:  # noqa: PLR2004 - a pair
            raise CalendarError(f"extra: {shown(pair)} is no window; write [start, end]")
        if not all(isinstance(text, str) for text in pair):
            raise CalendarError(
                f"extra: {shown(pair)} must be two texts, as '2026-05-16T20:00+01:00'"
            )
        try:
            start, end = (timestamp(text) for text in pair)
        except TimestampError as error:
            raise CalendarError(f"extra: {error}") from None
        windows.append(window(start, end, "extra"))
    return tuple(joined(windows))


def _text(at: int) -> str:
    """Write an instant, in UTC: what zones are ahead of it changes with their data."""
    try:
        return moment(at, UTC).isoformat()
    except (OverflowError, ValueError):
        return f"the instant {at} microseconds from 1970"  # for a message: no year has it


def _check_years(schedule: Schedule) -> None:
    """Refuse dates outside the covered years, which could never take effect."""
    if not (schedule.special or schedule.extra):
        return  # and so no look at the holidays, which takes long
    days, years = schedule.days, range(schedule.first, schedule.last + 1)
    outside = [f"special: {day_text(day)}" for day in schedule.special if day not in days]
    for opening, closing in schedule.extra:  # a closing is no part of its window
        ends = ((opening, opening), (closing, closing - 1))
        outside += [
            f"extra: {_text(at)}" for at, last in ends if schedule.page_of(last) not in years
        ]
    if outside:
        raise CalendarError(
            f"{outside[0]} lies outside the years that the calendar covers, {schedule.first} to "
            f"{schedule.last}; leave it out"
        )
