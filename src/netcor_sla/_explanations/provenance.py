"""Which versions of library and data an answer comes from."""

import os
from datetime import timezone, tzinfo
from functools import cache
from importlib import import_module
from pathlib import Path

from netcor_sla._calendars.frozen_holidays import Holidays
from netcor_sla._calendars.holidays import HolidaySource
from netcor_sla._version import VERSION


def versions(source: Holidays | None, zone: tzinfo) -> dict[str, str | None]:
    """Name the versions of this library, of `holidays` and of the zone data.

    What was not asked is None: holidays that a calendar carries need no package, and a
    fixed offset no zone data.
    """
    live = isinstance(source, HolidaySource)
    return {
        "netcor-sla": VERSION,
        "holidays": str(import_module("holidays").__version__) if live else None,
        "tzdata": None if isinstance(zone, timezone) else _zone_data(str(zone)),
    }


@cache
def _zone_data(key: str) -> str:
    """Name the release of the zone data from which `zoneinfo` read a zone, as 2026a.

    Asked once, like the zone itself: a process keeps the zones that it has read.
    """
    from zoneinfo import TZPATH  # noqa: PLC0415 - as in `netcor_sla._calendars.zones`

    for directory in TZPATH:
        if os.path.isfile(os.path.join(directory, key)):  # noqa: PTH113, PTH118 - as zoneinfo looks
            return _release(Path(directory, "tzdata.zi"))
    return str(import_module("tzdata").IANA_VERSION)


def _release(listing: Path) -> str:
    """Read the first line of a `tzdata.zi`, where a directory of zones has one."""
    if not listing.is_file():
        return "unknown"
    with listing.open(encoding="utf-8") as lines:
        return lines.readline().removeprefix("# version ").strip()
