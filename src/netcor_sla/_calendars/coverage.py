"""The years that a calendar covers, and what is said where a question or an answer leaves them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Final

from netcor_sla._calendars.holidays import YEARS, FrozenHolidays
from netcor_sla._calendars.instants import DAY, day_number, instant, new_year
from netcor_sla._calendars.schedule import BeyondError, Schedule
from netcor_sla.errors import CoverageError, NoOpeningError, SLAError, shown


@contextmanager
def refusing(schedule: Schedule, **instants: datetime) -> Iterator[None]:
    """Turn the end of a search into an error that names the arguments; for this package."""
    try:
        yield
    except BeyondError as beyond:
        raise refusal(schedule, beyond, **instants) from None


def refusal(schedule: Schedule, beyond: BeyondError, **instants: datetime) -> SLAError:
    """Say why a search that began at these instants left the covered years."""
    try:
        covered(schedule, **instants)
    except CoverageError as error:
        return error
    asked = ", ".join(f"{name} {at.isoformat()}" for name, at in instants.items())
    en, de = _years(schedule)
    on, weeks = beyond.forwards, schedule.weeks
    if any(weeks[-1 if on else 0]):
        return CoverageError(
            f"from {asked}, the answer lies {'later than' if on else 'before'} {en}",
            f"von {asked} aus liegt das Ergebnis {'nach' if on else 'vor'} {de}",
        )
    return NoOpeningError(
        f"{'after' if on else 'before'} {asked}, the desk does not open, or not for long enough: the calendar has no weekly hours, and its special dates and extra windows are used up; add more of them",
        f"{'nach' if on else 'vor'} {asked} wird nicht oder nicht lange genug geöffnet: der Kalender hat keine wöchentlichen Zeiten, und besondere Tage und Zeitfenster sind aufgebraucht; nötig sind weitere",
    )


def covered(schedule: Schedule, **instants: datetime) -> list[timedelta]:
    """Take instants that must lie inside the covered years."""
    exact = [instant(at, name) for name, at in instants.items()]
    start, end = schedule.covers
    for at, name in zip(exact, instants, strict=True):
        if not start <= at < end:
            raise uncovered(f"{name} {instants[name].isoformat()}", schedule)
    return exact


_WRITABLE: Final = tuple((new_year(year)) * DAY for year in (YEARS[0], YEARS[1] + 1))


def writable(at: datetime, name: str) -> timedelta:
    """Take an instant, in years that every calendar and every zone can show."""
    exact = instant(at, name)
    if _WRITABLE[0] <= exact < _WRITABLE[1]:
        return exact
    raise CoverageError(
        f"{name} {shown(at)} lies outside the years {YEARS[0]} to {YEARS[1]}, beyond which no calendar goes; give an instant in one of them",
        f"{name} {shown(at)} liegt außerhalb der Jahre {YEARS[0]} bis {YEARS[1]}, über die kein Kalender reicht",
    )


def covered_day(schedule: Schedule, day: date, name: str = "day") -> int:
    number = day_number(day, name)
    if number not in schedule.days:
        raise uncovered(f"{name} {day.isoformat()}", schedule)
    return number


def uncovered(what: str, schedule: Schedule) -> CoverageError:
    en, de = _years(schedule)
    return CoverageError(f"{what} lies outside {en}", f"{what} liegt außerhalb von {de}")


def _years(schedule: Schedule) -> tuple[str, str]:
    (first, last), source = schedule.years, schedule.holidays
    en, de = f"{first} to {last}, the years that", f"{first} bis {last}, den Jahren, die"
    if source is None:
        return f"{en} a calendar without holidays covers", f"{de} ein Kalender ohne Feiertage umfasst"
    if isinstance(source, FrozenHolidays):
        return (
            f"{en} the calendar was frozen for; freeze more of them",
            f"{de} der eingefrorene Kalender umfasst",
        )
    whose = source.label
    return (
        f"{en} the holidays of {whose} are known for; other years need a calendar with holidays=None",
        f"{first} bis {last}, den Jahren mit bekannten Feiertagen von {whose}; andere umfasst ein Kalender ohne",
    )
