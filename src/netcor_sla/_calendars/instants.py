"""Instants and durations: integers in microseconds inside, datetimes at the edge."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from netcor_sla.errors import ArgumentError, NaiveError, TimestampError, shown

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY: Final = EPOCH.toordinal()
MICROSECOND: Final = timedelta(microseconds=1)

_WALL_EPOCH = EPOCH.replace(tzinfo=None)
_FIELDS = (
    *("year", "month", "day", "hour", "minute", "second", "microsecond"),
    *("tzinfo", "fold"),
)
_HINTS = {
    "str": "read it with datetime.fromisoformat first",
    "date": "a date alone names no instant, so give the time and the zone too",
    "datetime64": "convert it with .astype('datetime64[us]').item() and attach a zone",
    "ZonedDateTime": "convert it with .to_stdlib()",
    "Arrow": "take its .datetime",
}


def instant(at: object, name: str) -> int:
    """Count the microseconds since 1970 in UTC of an aware datetime.

    A subclass of datetime is taken by its fields, and the offset is asked for once.
    What a foreign `tzinfo` raises is let through.
    """
    local = plain(at, name)
    offset = local.utcoffset()
    if offset is None:
        raise NaiveError(
            f"{name} has no zone: {shown(at)}; say which one is meant, as in "
            f'{name}.replace(tzinfo=ZoneInfo("Europe/Berlin")), and for the present moment '
            "write datetime.now(timezone.utc)"
        )
    return (local.replace(tzinfo=None) - _WALL_EPOCH - offset) // MICROSECOND


def plain(at: object, name: str) -> datetime:
    """Rebuild `at` as a datetime proper, whatever subclass of datetime it is."""
    if not isinstance(at, datetime):
        kind = type(at).__name__
        hint = _HINTS.get(kind, "give a datetime with a zone")
        raise ArgumentError(f"{name} must be an aware datetime, not {kind}: {shown(at)}; {hint}")
    if type(at).__name__ == "NaTType":
        raise TimestampError(f"{name} is NaT, a missing value; leave such rows out")
    if getattr(at, "nanosecond", 0):
        raise TimestampError(
            f"{name} has nanoseconds, and deadlines are exact to the microsecond: {shown(at)}; "
            "round it as you mean it, for example with .floor('us')"
        )
    try:
        # From a constant, since tools that freeze time replace the name `datetime`.
        return EPOCH.replace(**{field: getattr(at, field) for field in _FIELDS})
    except (TypeError, ValueError, OverflowError) as error:
        raise TimestampError(f"{name} lies outside the years 1 to 9999: {shown(at)}") from error


def moment(at: int, zone: tzinfo | None) -> datetime:
    """Write an instant in a zone."""
    return (EPOCH + MICROSECOND * at).astimezone(zone)


def duration(amount: object, name: str) -> int:
    """Count the microseconds of a timedelta, whatever subclass of it this is."""
    if not isinstance(amount, timedelta):
        kind = type(amount).__name__
        raise ArgumentError(
            f"{name} must be a timedelta of business time, not {kind}: {shown(amount)}; "
            "for four hours write timedelta(hours=4)"
        )
    if getattr(amount, "nanoseconds", 0):
        raise TimestampError(
            f"{name} has nanoseconds, and time is counted in microseconds: {shown(amount)}; "
            "round it as you mean it, for example with .floor('us')"
        )
    return timedelta.__floordiv__(amount, MICROSECOND)


def day_number(day: object, name: str) -> int:
    """Count the days since 1970 of a date; a datetime is refused: whose day would it be?"""
    if isinstance(day, datetime) or not isinstance(day, date):
        kind = type(day).__name__
        raise ArgumentError(
            f"{name} must be a date, not {kind}: {shown(day)}; of a datetime, take "
            ".astimezone(calendar.tzinfo).date()"
        )
    return day.toordinal() - EPOCH_DAY


def day_text(day: int) -> str:
    """Write the date with this number."""
    return date.fromordinal(day + EPOCH_DAY).isoformat()
