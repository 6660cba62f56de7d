"""Text to aware datetimes: ISO 8601 as ticket systems write it, and nothing guessed."""

import re
from datetime import datetime, tzinfo
from functools import cache, lru_cache
from typing import Final

from netcor_sla._calendars.instants import EPOCH, moment
from netcor_sla._calendars.zones import known, named, offset_at, zone
from netcor_sla.errors import CalendarError, SLAError, TimestampError, shown

LONGEST: Final = 64

# Shapes only; whether the figures make a date is for datetime to say. Week dates,
# ordinal dates, dates alone, 24:00 and numbers have none of these shapes.
_ISO: Final = r"""
    (?P<date> \d{4}-\d{2}-\d{2} | \d{8} )
    [Tt .]
    (?P<time> (?: [01]\d | 2[0-3] ) (?: :\d{2} (?: :\d{2} (?:[.,]\d{1,30})? )? | \d{2} (?: \d{2} (?:[.,]\d{1,30})? )? )? )
    (?P<offset> [ ]UTC | [ ]? (?: [Zz] | [+-] \d{2} (?: :?\d{2} (?: :?\d{2} )? )? ) )?
    (?: \[ !? (?P<zone> [^\[\]]{1,40} ) \] )?
    """

_DIRECTIVES = "aAbBdfHIjmMpSyYz%"  # of strptime; %Z, %c, %x and %X depend on the machine


def timestamp(text: object, *, assume_zone: tzinfo | None = None) -> datetime:
    """Read one instant.

    The text is ISO 8601 with an offset, for example `2026-04-02T15:00:00+02:00`, of at most 64 characters:
    `T`, `t`, a space or a full stop between date and time; `Z`, `z` and ` UTC` for `+00:00`; digits below a
    microsecond are cut. A zone may follow in brackets, `[Europe/Berlin]`, and must fit the offset; the
    result is then in it. A text without an offset needs `assume_zone`, in which its wall clock must show
    that time exactly once. Anything else is a `TimestampError`.
    """
    match = _iso().fullmatch(text) if isinstance(text, str) and len(text) <= LONGEST else None
    if match is None:
        raise TimestampError(f"{shown(text)} is not a timestamp; {_remedy(text)}")
    written = match["offset"] or ""
    offset = "Z" if written.strip().upper() in {"Z", "UTC"} else written.strip()
    try:
        read = datetime.fromisoformat(f"{match['date']}T{match['time']}{offset}")
    except ValueError as error:
        raise TimestampError(f"{shown(text)} is not a timestamp: {error}; {_remedy(text)}") from None
    if not written:
        if match["zone"]:
            raise TimestampError(f"{shown(text)} has no offset; write it before the bracket")
        return localized(read, assume_zone, text)
    return _bracketed(read, match["zone"], offset, text) if match["zone"] else read


def formatted(text: object, pattern: str, *, assume_zone: tzinfo | None = None) -> datetime:
    """Read one instant by a pattern of `datetime.strptime`, for example `%d.%m.%Y %H:%M`.

    The pattern must read the date and the hour whole, so that nothing is guessed, and
    what a directive reads must not depend on the machine. Names are English.
    """
    directives(pattern)
    if not isinstance(text, str) or len(text) > LONGEST:
        raise TimestampError(f"{shown(text)} is not a text of at most {LONGEST} characters")
    try:
        read = datetime.strptime(text, pattern)  # noqa: DTZ007 - completed in the next lines
    except (ValueError, re.error):
        raise TimestampError(f"{shown(text)} is not of the format {shown(pattern)}") from None
    return localized(read, assume_zone, text) if read.tzinfo is None else read


@cache
def _iso() -> re.Pattern[str]:
    return re.compile(_ISO, re.ASCII | re.VERBOSE)  # which takes longer than most of what is asked


@lru_cache(maxsize=16)
def directives(pattern: str) -> frozenset[str]:
    """List the directives of a pattern, and refuse one that leaves something to guess."""
    found = re.findall("%(.?)", pattern, re.DOTALL)
    for directive in found:
        if not directive or directive not in _DIRECTIVES:
            raise TimestampError(
                f"format {shown(pattern)} has %{directive}, which is not read; a zone is read by "
                "%z, or assumed"
            )
    for what, needed in {"year": "Yy", "month": "mbB", "day": "d", "hour": "HI"}.items():
        if not set(needed) & set(found):
            raise TimestampError(
                f"format {shown(pattern)} reads no {what}; add %{needed[0]}, as in '%d.%m.%Y %H:%M'"
            )
    if "I" in found and not {"p", "H"} & set(found):
        raise TimestampError(f"format {shown(pattern)} reads no half of the day; add %p to %I")
    return frozenset(found)


def localized(read: datetime, assume_zone: tzinfo | None, text: object) -> datetime:
    """Put a naive datetime into the zone that is assumed, if it names one instant there."""
    if assume_zone is None:
        raise TimestampError(
            f"{shown(text)} has no offset; write one, as in 2026-04-02T15:00:00+02:00, or say "
            "which zone such timestamps are in"
        )
    first, second = (read.replace(tzinfo=assume_zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    times = "happens twice" if first - EPOCH < second - EPOCH else "does not exist"
    raise TimestampError(f"{shown(text)} {times} in {assume_zone}, since clocks change; write the offset")


def _bracketed(read: datetime, name: str, offset: str, text: object) -> datetime:
    """Put an instant into the zone of its brackets; `Z` fits any, as RFC 9557 has it."""
    try:
        local = read.astimezone(zone(name))
    except (CalendarError, OverflowError) as error:
        raise TimestampError(f"{shown(text)}: {error}") from None
    if offset != "Z" and local.utcoffset() != read.utcoffset():
        raise TimestampError(
            f"{shown(text)} contradicts itself: the offset in {name} is {local.isoformat(timespec='seconds')[19:]} then"
        )
    return local


def _remedy(text: object) -> str:
    if isinstance(text, str) and len(text) > LONGEST:
        return f"at most {LONGEST} characters are read"
    if isinstance(text, str) and re.match(r".*:60(?![0-9])", text):
        return "a leap second can't be represented; write second 59"
    return "write ISO 8601 with an offset, for example 2026-04-02T15:00:00+02:00"


def read_instant(text: object, name: str, *, error: type[SLAError]) -> datetime:
    """Read an instant of a data form: most are as `datetime.isoformat` writes them."""
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        at = None
    if at is not None and at.tzinfo is not None and at.isoformat() == text:
        return at
    try:
        return timestamp(text)
    except TimestampError as problem:
        raise error(f"{name}: {problem}") from None


def in_zone(at: datetime, key: str | None) -> datetime:
    """Put an instant into the zone of its data form.

    That is the zone `key`, where this machine has it and its clock agrees with what is written.
    """
    if key is None or not known(key):
        return at
    zone, since = named(key), at - EPOCH
    return moment(since, zone) if offset_at(zone, since) == at.utcoffset() else at
