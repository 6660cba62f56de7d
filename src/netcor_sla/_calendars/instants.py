"""Instants, dates and durations: timedeltas and numbers of days inside, datetimes at the edge.

Inside, an instant is the time since 1970 in UTC, as a timedelta: the difference of two aware
datetimes is one already, so nothing is converted on the way in or out, and nothing rounded. A
wall time is the same on a zone's own clock, so that its `days` are the number of its date.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from netcor_sla.errors import ArgumentError, CoverageError, NaiveError, TimestampError, shown, unlike

Span = tuple[timedelta, timedelta]  # half-open: `[start, end)`

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY: Final = EPOCH.toordinal()
ZERO: Final = timedelta()
NEVER: Final = timedelta(days=900_000_000)  # later than all, and still to be calculated with
MICROSECOND: Final = timedelta.resolution
MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
YEARS: Final = (1000, 9000)  # of calendars that carry their holidays

_FIELDS: Final = ("year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold")
_HINTS: Final = {
    "str": "read it with datetime.fromisoformat first",
    "date": "a date alone names no instant, so give the time and the zone too",
    "datetime64": "convert it with .astype('datetime64[us]').item() and attach a zone",
    "ZonedDateTime": "convert it with .to_stdlib()",
    "Arrow": "take its .datetime",
}


def instant(at: object, name: str) -> timedelta:
    """Take an aware datetime, in whatever zone; `name` is that of the argument.

    A subclass of datetime is taken by its fields. What a foreign `tzinfo` raises is let through.
    """
    local = at if type(at) is datetime else plain(at, name)
    try:
        return local - EPOCH
    except TypeError:
        local.utcoffset()  # raises again what a foreign zone may have raised
    raise NaiveError(
        f"{name} has no zone: {shown(at)}; say which one is meant, {name}.replace(tzinfo=timezone.utc) where it comes from a database, "
        f'{name}.replace(tzinfo=ZoneInfo("Europe/Berlin")) where people typed it there; the present moment is datetime.now(timezone.utc)'
    )


def plain(at: object, name: str) -> datetime:
    if not isinstance(at, datetime):
        kind = type(at).__name__
        hint = _HINTS.get(kind, "give a datetime with a zone")
        raise ArgumentError(f"{name} must be an aware datetime, not {kind}: {shown(at)}; {hint}")
    if type(at).__name__ == "NaTType":
        raise TimestampError(f"{name} is NaT, a missing value; leave such rows out")
    if getattr(at, "nanosecond", 0):
        raise _too_fine(name, at)
    try:
        # From a constant, since tools that freeze time replace the name `datetime`.
        return EPOCH.replace(**{field: getattr(at, field) for field in _FIELDS})
    except (TypeError, ValueError, OverflowError) as error:
        outside = f"{name} lies outside the years 1 to 9999"
        raise TimestampError(f"{outside}: {shown(at)}; give an instant in one of them") from error


def _too_fine(name: str, value: object) -> TimestampError:
    return TimestampError(
        f"{name} has nanoseconds, and time is exact to the microsecond: {shown(value)}; round it as you mean it, for example with .floor('us')"
    )


def moment(at: timedelta, zone: tzinfo | None) -> datetime:
    return (EPOCH + at).astimezone(zone)


def duration(amount: object, name: str) -> timedelta:
    if type(amount) is timedelta:
        return amount
    if not isinstance(amount, timedelta):
        raise unlike(ArgumentError, name, amount, "a timedelta; for four hours write timedelta(hours=4)")
    if getattr(amount, "nanoseconds", 0):
        raise _too_fine(name, amount)
    return timedelta(amount.days, amount.seconds, amount.microseconds)


def day_number(day: object, name: str) -> int:
    """Count the days since 1970 of a date; a datetime is refused: whose day would it be?"""
    if isinstance(day, datetime) or not isinstance(day, date):
        what = "a date; of a datetime, take .astimezone(calendar.tzinfo).date()"
        raise unlike(ArgumentError, name, day, what)
    return day.toordinal() - EPOCH_DAY


def date_of(day: int) -> date:
    return date.fromordinal(day + EPOCH_DAY)


def day_text(day: int) -> str:
    return date_of(day).isoformat()


def new_year(year: int) -> int:
    return date(year, 1, 1).toordinal() - EPOCH_DAY


_WRITABLE: Final = tuple((new_year(year)) * DAY for year in (YEARS[0], YEARS[1] + 1))


def writable(at: datetime, name: str) -> timedelta:
    """Take an instant, in years that every calendar and every zone can show."""
    exact = instant(at, name)
    if _WRITABLE[0] <= exact < _WRITABLE[1]:
        return exact
    (first, last), given = YEARS, f"{name} {shown(at)}"
    en = f"lies outside the years {first} to {last}, beyond which no calendar goes; give an instant in one of them"
    raise CoverageError(
        f"{given} {en}", f"{given} liegt außerhalb der Jahre {first} bis {last} aller Kalender"
    )
