"""Zones as a record has them: the offsets of one stretch, and no need of zone data.

The form is a list of instants, each written with the offset that holds from it on:
`["2026-03-28T00:00:00+01:00", "2026-03-29T03:00:00+02:00"]`. The first offset also holds
before, and the last one ever after.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from itertools import pairwise
from typing import Final, Self

from netcor_sla._calendars.instants import EPOCH, MICROSECOND, instant, moment
from netcor_sla._calendars.readings import FOREVER
from netcor_sla._calendars.zones import known, named, offset_at, stretches
from netcor_sla.errors import RecordError, shown

KEY: Final = re.compile("[A-Za-z][A-Za-z0-9_+/-]{0,99}", re.ASCII)

_YEARS: Final = range(999, 9002)  # of calendars, and what other zones show of them

Offset = tuple[int, int]  # from this instant on, so many microseconds ahead of UTC


class RecordedZone(tzinfo):
    """The zone `key`, by the offsets that a record holds; never changed, like all zones."""

    def __init__(self, key: str, offsets: tuple[Offset, ...]) -> None:
        """Take the offsets in order, one at least."""
        self.key = key
        self.offsets = offsets

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        """Say how far a wall clock is ahead of UTC; `fold` tells its two showings apart."""
        if at is None:
            return None
        wall = (at.replace(tzinfo=UTC) - EPOCH) // MICROSECOND
        offset = self.offsets[0][1]
        for change, later in self.offsets[1:]:
            first, last = sorted((change + offset, change + later))
            if wall >= (first if at.fold else last):
                offset = later
        return MICROSECOND * offset

    def fromutc(self, at: datetime) -> datetime:
        """Show an instant on this zone's clock; the second showing of a time has `fold` 1."""
        exact = (at.replace(tzinfo=UTC) - EPOCH) // MICROSECOND
        number = max(bisect_right(self.offsets, (exact, FOREVER)) - 1, 0)
        change, offset = self.offsets[number]
        before = self.offsets[max(number - 1, 0)][1]
        fold = 0 <= exact - change < before - offset
        return (at + MICROSECOND * offset).replace(fold=fold)

    def __reduce__(self) -> tuple[type[Self], tuple[str, tuple[Offset, ...]]]:
        return type(self), (self.key, self.offsets)

    def __str__(self) -> str:
        return self.key

    def tzname(self, at: datetime | None) -> str:
        """Name the zone."""
        del at
        return self.key

    def dst(self, at: datetime | None) -> None:
        """Tell nothing: a record does not say which offset was summer time."""
        del at


def recorded_zone(zone: tzinfo, key: str, start: int, end: int) -> tzinfo:
    """Keep of a zone what `[start, end)` needs; a fixed offset is all there already."""
    if isinstance(zone, timezone):
        return zone
    return RecordedZone(
        key, tuple((stretch.start, stretch.offset) for stretch in stretches(zone, start, end))
    )


def offsets_form(zone: tzinfo, start: int) -> list[str]:
    """Write the offsets of a recorded zone; of a fixed one, from `start` on."""
    offsets = zone.offsets if isinstance(zone, RecordedZone) else ((start, offset_at(zone, start)),)
    return [moment(at, timezone(MICROSECOND * offset)).isoformat() for at, offset in offsets]


def read_offsets(value: object) -> tuple[Offset, ...]:
    """Read offsets, one at least, in order."""
    if not isinstance(value, list) or not value:
        raise RecordError(f"offsets must be a list of instants, not {shown(value)}")
    offsets = tuple(offset_of(read_instant(text, "offsets")) for text in value)
    if any(a[0] >= b[0] or a[1] == b[1] for a, b in pairwise(offsets)):
        raise RecordError(f"offsets: {shown(value)} must be in order, each another than the last")
    return offsets


def read_instant(text: object, name: str) -> datetime:
    """Read an instant of a record, as `datetime.isoformat` writes it."""
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or at.isoformat() != text or at.year not in _YEARS:
        raise RecordError(
            f"{name}: {shown(text)} is no instant of a record; it is written "
            "2026-04-02T15:00:00+02:00"
        )
    return at


def offset_of(at: datetime) -> Offset:
    """Tell an instant, and the offset in which it is written."""
    exact = instant(at, "at")
    return exact, (at.replace(tzinfo=UTC) - EPOCH) // MICROSECOND - exact


def shown_zone(key: str | None, instants: Iterable[datetime]) -> tzinfo:
    """Find the zone in which all these instants look as they were written.

    That is the zone `key` where this machine has it and agrees; else one that knows the
    offsets of these instants.
    """
    seen = sorted({offset_of(at) for at in instants})
    changes = [seen[0], *(b for a, b in pairwise(seen) if a[1] != b[1])]
    # No zone changes its clock within a second.
    offsets = tuple((at // 1_000_000 * 1_000_000, offset) for at, offset in changes)
    if key is None and len(offsets) == 1:
        return timezone(MICROSECOND * offsets[0][1])
    if key is not None and known(key):
        zone = named(key)
        if all(offset_at(zone, at) == offset for at, offset in seen):
            return zone
    return RecordedZone(key or "", offsets)


def key_of(zone: tzinfo | None) -> str | None:
    """Name a zone of the IANA database, if it is one."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - as in `netcor_sla._calendars.zones`

    key = zone.key if isinstance(zone, ZoneInfo | RecordedZone) else None
    return key if isinstance(key, str) and KEY.fullmatch(key) else None
