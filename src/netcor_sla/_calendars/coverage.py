"""The years that a schedule covers, and the errors of questions that leave them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from netcor_sla._calendars.frozen_holidays import YEARS
from netcor_sla._calendars.instants import day_number, instant
from netcor_sla._calendars.schedule import Schedule
from netcor_sla.errors import (
    ArgumentError,
    CalendarError,
    CoverageError,
    NoOpeningError,
    SLAError,
    shown,
)

_EARLIEST, _LATEST = (
    instant(datetime(year, 1, 1, tzinfo=UTC), "year") for year in (YEARS[0], YEARS[1] + 1)
)


def covered(schedule: Schedule, **instants: datetime) -> list[int]:
    """Make integers of instants, all of them inside the covered years."""
    exact = [instant(at, name) for name, at in instants.items()]
    for at, name in zip(exact, instants, strict=True):
        if not schedule.first <= schedule.page_of(at) <= schedule.last:
            when = instants[name].isoformat()
            raise CoverageError(f"{name} {when} lies outside {_years(schedule)}")
    return exact


def writable(at: datetime, name: str) -> int:
    """Make an integer of an instant, in years that every calendar and every zone can show."""
    exact = instant(at, name)
    if _EARLIEST <= exact < _LATEST:
        return exact
    raise CoverageError(
        f"{name} {shown(at)} lies outside the years {YEARS[0]} to {YEARS[1]}, beyond which no "
        "calendar goes"
    )


def covered_day(schedule: Schedule, day: date) -> int:
    """Number a date inside the covered years."""
    number = day_number(day, "day")
    if number not in schedule.days:
        raise CoverageError(f"day {day.isoformat()} lies outside {_years(schedule)}")
    return number


def covered_years(schedule: Schedule, *, first_year: int, last_year: int) -> tuple[int, int]:
    """Insist on two covered years, the earlier one first."""
    for name, year in (("first_year", first_year), ("last_year", last_year)):
        if isinstance(year, bool) or not isinstance(year, int):
            raise ArgumentError(f"{name} must be a whole number, as 2026, not {shown(year)}")
        if not schedule.first <= year <= schedule.last:
            raise CoverageError(f"{name} {shown(year)} lies outside {_years(schedule)}")
    if last_year < first_year:
        raise CalendarError(
            f"last_year {last_year} is before first_year {first_year}; give the earlier one first"
        )
    return first_year, last_year


def refusal(schedule: Schedule, instants: Mapping[str, datetime], *, forwards: bool) -> SLAError:
    """Say why a search that began at these instants left the covered years."""
    try:
        covered(schedule, **instants)
    except CoverageError as error:
        return error
    asked = ", ".join(f"{name} {at.isoformat()}" for name, at in instants.items())
    if any(schedule.week):
        way = "later than" if forwards else "before"
        return CoverageError(f"from {asked}, the answer lies {way} {_years(schedule)}")
    return NoOpeningError(
        f"{'after' if forwards else 'before'} {asked}, the desk does not open, or not for long "
        "enough: the calendar has no weekly hours, and its special dates and extra windows are "
        "used up"
    )


def _years(schedule: Schedule) -> str:
    """Name the covered years, and why they are these."""
    years = f"{schedule.first} to {schedule.last}, the years that"
    if schedule.source is None:
        return f"{years} a calendar without holidays covers"
    return (
        f"{years} the holidays of {schedule.source.label} are known for; other years need a "
        "calendar with holidays=None"
    )
