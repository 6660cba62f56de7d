"""Text to aware datetimes: ISO 8601 as ticket systems write it, and nothing guessed."""

import re
from datetime import datetime, tzinfo
from functools import cache, lru_cache
from typing import Final

from netcor_sla._calendars.instants import EPOCH, moment
from netcor_sla._calendars.zones import keys, named, offset_at, zone
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

_ASSUME: Final = ", or add --assume-zone Europe/Berlin", ", oder --assume-zone Europe/Berlin"
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
        raise _unread(text)
    written = match["offset"] or ""
    offset = "Z" if written.strip().upper() in {"Z", "UTC"} else written.strip()
    try:
        read = datetime.fromisoformat(f"{match['date']}T{match['time']}{offset}")
    except ValueError as error:
        raise _unread(text, f": {error}") from None
    if not written:
        if match["zone"]:
            en = "has no offset; write it before the bracket"
            raise _bad(text, en, "hat keinen UTC-Versatz; er gehört vor die Klammer")
        return localized(read, assume_zone, text)
    return _bracketed(read, match["zone"], offset, text) if match["zone"] else read


def formatted(text: object, pattern: str, *, assume_zone: tzinfo | None = None) -> datetime:
    """Read one instant by a pattern of `datetime.strptime`, for example `%d.%m.%Y %H:%M`.

    The pattern must read the date and the hour whole, so that nothing is guessed, and
    what a directive reads must not depend on the machine. Names are English.
    """
    directives(pattern)
    kept = text if isinstance(text, str) and len(text) <= LONGEST else ""  # which no pattern reads
    try:
        read = datetime.strptime(kept, pattern)  # noqa: DTZ007 - completed in the last line
    except (ValueError, re.error):
        named = set("aAbB") & directives(pattern)
        en, de = ("; names are read in English", "; Namen werden auf Englisch gelesen") if named else ("", "")
        en = f"is not of the format {shown(pattern)}{en}"
        raise _bad(text, en, f"hat nicht das Format {shown(pattern)}{de}") from None
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
            en = f"is a format that has %{directive}, which is not read; a zone is read by %z, or assumed"
            raise _bad(pattern, en, f"ist ein Format mit %{directive}, nicht lesbar; Zeitzonen liest %z")
    for what, needed in {"year": "Yy", "month": "mbB", "day": "d", "hour": "HI"}.items():
        if not set(needed) & set(found):
            en = f"is a format that reads no {what}; add %{needed[0]}, as in '%d.%m.%Y %H:%M'"
            raise _bad(pattern, en, f"ist ein Format ohne %{needed[0]}, wie in '%d.%m.%Y %H:%M'")
    if "I" in found and not {"p", "H"} & set(found):
        en = "is a format that reads no half of the day; add %p to %I"
        raise _bad(pattern, en, "ist ein Format mit %I, aber ohne %p, vormittags oder nachmittags")
    return frozenset(found)


def localized(read: datetime, assume_zone: tzinfo | None, text: object) -> datetime:
    """Put a naive datetime into the zone that is assumed, if it names one instant there."""
    if assume_zone is None:
        en = f"has no offset; write one, as in 2026-04-02T15:00:00+02:00{_ASSUME[0]}"
        raise _bad(text, en, f"hat keinen UTC-Versatz wie 2026-04-02T15:00:00+02:00{_ASSUME[1]}")
    first, second = (read.replace(tzinfo=assume_zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    en, de = "does not exist", "nicht"
    if first - EPOCH < second - EPOCH:
        en, de = "happens twice", "zweimal"
    en = f"{en} in {assume_zone}, since clocks change; write the offset"
    raise _bad(text, en, f"gibt es in {assume_zone} {de}, wegen der Zeitumstellung; nötig: der UTC-Versatz")


def _bracketed(read: datetime, name: str, offset: str, text: object) -> datetime:
    """Put an instant into the zone of its brackets; `Z` fits any, as RFC 9557 has it."""
    try:
        local = read.astimezone(zone(name))
    except (CalendarError, OverflowError) as error:
        german = getattr(error, "german", "")
        raise TimestampError(f"{shown(text)}: {error}", f"{shown(text)}: {german}") from None
    if offset != "Z" and local.utcoffset() != read.utcoffset():
        ahead = local.isoformat(timespec="seconds")[19:]
        en = f"contradicts itself: the offset in {name} is {ahead} then; write that, or no bracket"
        raise _bad(text, en, f"widerspricht sich: der UTC-Versatz in {name} ist dann {ahead}")
    return local


def _bad(text: object, en: str, de: str) -> TimestampError:
    return TimestampError(f"{shown(text)} {en}", f"{shown(text)} {de}")


def _unread(text: object, why: str = "") -> TimestampError:
    en = "write ISO 8601 with an offset, for example 2026-04-02T15:00:00+02:00"
    de = "erwartet wird ISO 8601 mit UTC-Versatz, zum Beispiel 2026-04-02T15:00:00+02:00"
    if isinstance(text, str) and len(text) > LONGEST:
        en, de = f"at most {LONGEST} characters are read", f"gelesen werden höchstens {LONGEST} Zeichen"
    elif isinstance(text, str) and re.match(r".*:60(?![0-9])", text):
        en, de = "a leap second can't be represented; second 59", "statt einer Schaltsekunde: Sekunde 59"
    return _bad(text, f"is not a timestamp{why}; {en}", f"ist keine Zeitangabe; {de}")


def read_instant(text: object, name: str, *, error: type[SLAError]) -> datetime:
    if isinstance(text, str) and len(text) <= LONGEST and (at := _spelt(text)):
        return at
    try:
        return timestamp(text)
    except TimestampError as problem:  # in a document, no option says the zone
        en, de = str(problem).removesuffix(_ASSUME[0]), problem.german.removesuffix(_ASSUME[1])
        raise error(f"{name}: {en}", f"{name}: {de}") from None


@lru_cache(maxsize=256)  # since documents say an instant again where the next thing begins
def _spelt(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None and at.isoformat() == text else None


def in_zone(at: datetime, key: str | None) -> datetime:
    """Put an instant into the zone `key`, where this machine has it and its clock agrees."""
    if key is None or key not in keys():
        return at
    zone, since = named(key), at - EPOCH
    return moment(since, zone) if offset_at(zone, since) == at.utcoffset() else at
