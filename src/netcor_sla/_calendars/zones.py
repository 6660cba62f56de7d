"""Zones and clock changes: which instants bear which wall-clock time.

A zone is written as an offset, `+01:00`, as `UTC`, or as a key of the IANA database,
`Europe/Berlin`. Instants and wall times are timedeltas; see `instants`.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Final, NamedTuple

from netcor_sla._calendars.instants import DAY, EPOCH, MICROSECOND, ZERO
from netcor_sla._languages import Language, choose
from netcor_sla.errors import CalendarError, meant, shown

_OFFSET: Final = re.compile(r"([+-])([01][0-9]|2[0-3]):([0-5][0-9])", re.ASCII)


class Stretch(NamedTuple):
    """A stretch of time, `[start, end)`, throughout which a zone keeps one offset."""

    start: timedelta
    end: timedelta
    offset: timedelta


def zone(text: object) -> tzinfo:
    """Find the zone that `text` names; `zone_text` writes it back, in one spelling."""
    if isinstance(text, str):
        if text == "UTC":
            return UTC
        if match := _OFFSET.fullmatch(text):
            sign, hours, minutes = match.groups()
            offset = timedelta(hours=int(hours), minutes=int(minutes))
            return timezone(-offset if sign == "-" else offset) if offset else UTC
        if text in keys():
            return named(text)
    en, de = _remedies(text)
    raise CalendarError(f"zone {shown(text)} is unknown; {en}", f"Zeitzone {shown(text)} ist unbekannt; {de}")


def named(key: str) -> tzinfo:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - an offset needs no database

    return ZoneInfo(key)


def zone_text(zone: tzinfo) -> str:
    if isinstance(zone, timezone):
        return "UTC" if zone is UTC else EPOCH.astimezone(zone).isoformat()[-6:]
    return str(zone)


def zone_name(zone: tzinfo) -> str:
    """Name a zone for readers: `UTC+1`, or `Europe/Berlin`."""
    return offset_text(zone.utcoffset(None)) if isinstance(zone, timezone) else str(zone)


def key_of(zone: tzinfo | None) -> str | None:
    if isinstance(zone, timezone):
        return None
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - as in `named`

    key = zone.key if isinstance(zone, ZoneInfo) else None
    return key if isinstance(key, str) and is_key(key) else None


def is_key(text: object) -> bool:
    return isinstance(text, str) and bool(re.fullmatch("[A-Za-z][A-Za-z0-9_+/-]{0,99}", text))


def _remedies(text: object) -> tuple[str, str]:
    if not keys():
        en, de = "this system has no IANA database", "auf diesem System fehlt die IANA-Datenbank"
        return f"{en}: install the package tzdata", f"{de}: Paket tzdata installieren"
    if isinstance(text, tzinfo) and str(text) in keys() - {"UTC"}:
        return f"write its key as text, {str(text)!r}", f"erwartet wird ihr Name als Text, {str(text)!r}"
    en = "write an offset as '+01:00', 'UTC', or a key of the IANA database as 'Europe/Berlin'"
    de = "erwartet wird ein UTC-Versatz wie '+01:00', 'UTC' oder ein Name wie 'Europe/Berlin'"
    near = meant(text, keys())
    return (f"{near} {en}", f"{meant(text, keys(), 'de')}; {de}") if near.startswith("did") else (en, de)


@cache
def keys() -> frozenset[str]:
    """All keys of the IANA database, less those that mean the machine's own zone."""
    from zoneinfo import available_timezones  # noqa: PLC0415 - as in `named`

    return frozenset(available_timezones() - {"Factory", "localtime", "posixrules"})


def offset_at(zone: tzinfo, at: timedelta) -> timedelta:
    if isinstance(zone, timezone):
        return zone.utcoffset(None)
    local = (EPOCH + at).astimezone(zone)
    return local.replace(tzinfo=UTC) - EPOCH - at


def offset_text(offset: timedelta) -> str:
    """Write an offset, for example `UTC+1`; behind UTC with a minus sign, which is no hyphen."""
    if not offset:
        return "UTC"
    exact = str(abs(offset)).removesuffix(":00").removesuffix(":00")
    sign = "\N{MINUS SIGN}" if offset < ZERO else "+"
    return f"UTC{sign}{exact}"


def clock_name(at: datetime, language: Language, *, needed: bool = False) -> str:
    """Name the clock of a datetime, if it is needed or shows that time twice: ` MESZ`, or else ` UTC+1`."""
    if not needed and at.replace(fold=0).utcoffset() == at.replace(fold=1).utcoffset():
        return ""
    central = {"CET": ("MEZ", "CET"), "CEST": ("MESZ", "CEST")}.get(at.tzname() or "")
    de, en = central or [offset_text(at.utcoffset() or ZERO)] * 2
    return choose(language, de=f" {de}", en=f" {en}")


def stretches(zone: tzinfo, start: timedelta, end: timedelta) -> Iterator[Stretch]:
    """Cut `[start, end)` where the zone's clock changes.

    The offset is looked at once a day and the instant of a change found by halving:
    no zone changes its clock twice within a day.
    """
    offset = offset_at(zone, start)
    if isinstance(zone, timezone):
        yield Stretch(start, end, offset)
        return
    at = start
    while at < end:
        before, at = at, min(at + DAY, end)
        if (later := offset_at(zone, at)) != offset:
            change = _change(zone, before, at, offset)
            yield Stretch(start, change, offset)
            start, offset = change, later
    if start < end:
        yield Stretch(start, end, offset)


def _change(zone: tzinfo, before: timedelta, after: timedelta, offset: timedelta) -> timedelta:
    """Find the first instant in `(before, after]` at which the offset is another."""
    while after - before > MICROSECOND:
        middle = before + (after - before) // 2
        if offset_at(zone, middle) == offset:
            before = middle
        else:
            after = middle
    return after


def day_start(zone: tzinfo, day: int) -> timedelta:
    """Find the instant from which on no date is earlier than a day; it is a number since 1970.

    That is midnight: the second where it comes twice, and the change where clocks skip it.
    """
    if isinstance(zone, timezone):
        return day * DAY - zone.utcoffset(None)
    midnight = EPOCH + day * DAY
    first, second = (midnight.replace(tzinfo=zone, fold=fold) - EPOCH for fold in (0, 1))
    if first <= second:
        return second
    return _change(zone, second, first, offset_at(zone, second))
