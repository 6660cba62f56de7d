"""Calendars as data: a schedule's form is read, checked whole, and written back."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from netcor_sla.errors import ArgumentError, CalendarError, TimestampError, shown
from netcor_sla.hours import (
    dated,
    dated_form,
    recurring_date,
    special_date,
    week,
    week_form,
)
from netcor_sla.instants import EPOCH, MICROSECOND, day_text, duration, instant
from netcor_sla.public_holidays import source
from netcor_sla.schedules import Schedule, joined
from netcor_sla.timeline import Span
from netcor_sla.timestamps import timestamp
from netcor_sla.zones import zone, zone_text

# TOML has no null.
NO_HOLIDAYS: Final = (None, "none")

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def read_schedule(form: Mapping[str, Any]) -> Schedule:
    """Read what a calendar's arguments say; refuse what contradicts itself."""
    schedule = Schedule(
        zone=zone(form["zone"]),
        week=week(form["hours"]),
        source=None if form["holidays"] in NO_HOLIDAYS else source(form["holidays"]),
        special=dated(form["special"], "special", special_date),
        recurring=dated(form["recurring"], "recurring", recurring_date),
        extra=_windows(form["extra"]),
    )
    days = schedule.special.values()
    if not (any(schedule.week) or any(day.spans for day in days) or schedule.extra):
        raise CalendarError("hours never open the desk; write {'mon-fri': [['08:30', '17:00']]}")
    _check_years(schedule)
    return schedule


def write_schedule(schedule: Schedule) -> dict[str, Any]:
    """Write a schedule's form, in one spelling; what is empty is left out."""
    recurring = schedule.recurring
    optional = {
        "special": dated_form(schedule.special),
        "recurring": {day: recurring[day].form() for day in sorted(recurring)},
        "extra": [[_text(at, schedule) for at in window] for window in schedule.extra],
    }
    return {
        "zone": zone_text(schedule.zone),
        "hours": week_form(schedule.week),
        "holidays": schedule.source and schedule.source.form(),
        **{key: value for key, value in optional.items() if value},
    }


def usual_day(schedule: Schedule) -> timedelta | None:
    """Derive the length of a standard day, where all weekdays that open are alike."""
    lengths = {sum(end - start for start, end in spans) for spans in schedule.week if spans}
    return _MINUTE * lengths.pop() if len(lengths) == 1 else None


def check_day_length(length: object) -> timedelta:
    """Insist on whole minutes, above zero and at most a day."""
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
        f"{field}: the window from {start.isoformat()} to {end.isoformat()} ends before it "
        "has begun; give the earlier instant first"
    )


def _windows(value: object) -> tuple[Span, ...]:
    """Read extra windows, in any order; those that touch or overlap become one."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ArgumentError(f"extra must be a list of windows, not {shown(value)}")
    windows = []
    for pair in value:
        if not isinstance(pair, list | tuple) or len(pair) != 2:  # noqa: PLR2004 - a pair
            raise CalendarError(f"extra: {shown(pair)} is no window; write [start, end]")
        try:
            start, end = (timestamp(text) for text in pair)
        except TimestampError as error:
            raise CalendarError(f"extra: {error}") from None
        windows.append(window(start, end, "extra"))
    return tuple(joined(windows))


def _text(at: int, schedule: Schedule) -> str:
    """Write an instant in the schedule's zone."""
    return (EPOCH + MICROSECOND * at).astimezone(schedule.zone).isoformat()


def _check_years(schedule: Schedule) -> None:
    """Refuse dates outside the covered years, which could never take effect."""
    named = [("special", day) for day in schedule.special]
    named += [("extra", schedule.day_of(at)) for window in schedule.extra for at in window]
    for field, day in named:
        if day not in schedule.days:
            raise CalendarError(
                f"{field}: {day_text(day)} lies outside the years that the calendar covers, "
                f"{schedule.first} to {schedule.last}; leave it out"
            )
