"""Zones and clock changes: which instants bear which wall-clock time.

A zone is written as an offset, `+01:00`, as `UTC`, or as a key of the IANA
database, `Europe/Berlin`. Wall-clock times are integers too: microseconds since
1970-01-01 00:00 on the zone's own clock.
"""

import re
from collections.abc import Iterator
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from typing import NamedTuple

from netcor_sla._calendars.instants import EPOCH, MICROSECOND
from netcor_sla._calendars.readings import DAY
from netcor_sla.errors import CalendarError, meant, shown

_OFFSET = re.compile(r"([+-])([01][0-9]|2[0-3]):([0-5][0-9])", re.ASCII)


class Stretch(NamedTuple):
    """A stretch of time, `[start, end)`, throughout which a zone keeps one offset."""

    start: int
    end: int
    offset: int


def zone(text: object) -> tzinfo:
    """Find the zone that `text` names; `zone_text` writes it back, in one spelling."""
    if isinstance(text, str):
        if text == "UTC":
            return UTC
        if match := _OFFSET.fullmatch(text):
            sign, hours, minutes = match.groups()
            offset = timedelta(hours=int(hours), minutes=int(minutes))
            return timezone(-offset if sign == "-" else offset) if offset else UTC
        if text in _keys():
            return named(text)
    raise CalendarError(f"zone {shown(text)} is unknown; {_remedy(text)}")


def named(key: str) -> tzinfo:
    """Find a zone of the IANA database that this machine has."""
    # Here, as an offset needs no database: importing this costs the first answer a fiftieth.
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    return ZoneInfo(key)


def zone_text(zone: tzinfo) -> str:
    """Write a zone as `zone` reads it: `UTC`, `+01:00` or `Europe/Berlin`."""
    if isinstance(zone, timezone):
        return "UTC" if zone is UTC else EPOCH.astimezone(zone).isoformat()[-6:]
    return str(zone)


def _remedy(text: object) -> str:
    """Say what to write instead of `text`."""
    forms = "write an offset as '+01:00', 'UTC', or a key of the IANA database as 'Europe/Berlin'"
    if not _keys():
        return "this system has no IANA database: install the package tzdata"
    if isinstance(text, tzinfo) and str(text) in _keys() - {"UTC"}:
        return f"write its key as text, {str(text)!r}"
    near = meant(text, _keys())
    return f"{near} {forms}" if near.startswith("did") else forms


@cache
def _keys() -> frozenset[str]:
    """All keys of the IANA database, less those that mean the machine's own zone."""
    from zoneinfo import available_timezones  # noqa: PLC0415

    return frozenset(available_timezones() - {"Factory", "localtime", "posixrules"})


def known(key: str) -> bool:
    """Whether this machine has a zone of the IANA database."""
    return key in _keys()


def offset_at(zone: tzinfo, at: int) -> int:
    """Tell how far the zone's clock is ahead of UTC at an instant."""
    if isinstance(zone, timezone):
        return zone.utcoffset(None) // MICROSECOND
    local = (EPOCH + MICROSECOND * at).astimezone(zone)
    return (local.replace(tzinfo=UTC) - EPOCH) // MICROSECOND - at


def stretches(zone: tzinfo, start: int, end: int) -> Iterator[Stretch]:
    """Cut `[start, end)` where the zone's clock changes.

    The offset is looked at once a day and the instant of a change found by halving:
    no zone changes its clock twice within a day.
    """
    offset = offset_at(zone, start)
    if isinstance(zone, timezone):
        yield Stretch(start, end, offset)
        return
    for look in range(start + DAY, end + DAY, DAY):
        if (later := offset_at(zone, min(look, end))) != offset:
            change = _change(zone, look - DAY, min(look, end), offset)
            yield Stretch(start, min(change, end), offset)
            start, offset = change, later
    if start < end:
        yield Stretch(start, end, offset)


def _change(zone: tzinfo, before: int, after: int, offset: int) -> int:
    """Find the first instant in `(before, after]` at which the offset is another."""
    while after - before > 1:
        middle = (before + after) // 2
        if offset_at(zone, middle) == offset:
            before = middle
        else:
            after = middle
    return after


def day_start(zone: tzinfo, day: int) -> int:
    """Find the midnight with which a day begins; where it comes twice, the second.

    `day` is a number since 1970. From this instant on, no date is an earlier one.
    """
    midnight = EPOCH + timedelta(days=day)
    return max((midnight.replace(tzinfo=zone, fold=fold) - EPOCH) // MICROSECOND for fold in (0, 1))
