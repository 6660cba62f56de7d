"""Zones and clock changes, held against the files of the IANA database themselves.

Any release of the database will do: what is expected is read from the files that are there, as
far as they list changes, and dates that are named here lie in a past that no release alters.
"""

import io
import re
import struct
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz

from netcor_sla._calendars.instants import DAY, EPOCH, MICROSECOND
from netcor_sla._calendars.zones import (
    day_start,
    is_key,
    key_of,
    keys,
    offset_at,
    stretches,
    zone,
    zone_text,
)
from netcor_sla.errors import CalendarError

HOUR = timedelta(hours=1)
KEYS = sorted(zoneinfo.available_timezones() - {"Factory", "localtime", "posixrules"})

# Half hours, two hours at once, changes at midnight, by the moon, by war, or within four days,
# offsets with seconds, negative summer time, and days left out.
ODD_ZONES = [
    *("Africa/Casablanca", "Africa/Freetown", "Africa/Monrovia", "America/Caracas"),
    *("America/Nuuk", "America/St_Johns", "Antarctica/Troll", "Asia/Kathmandu", "Asia/Gaza"),
    *("Asia/Pyongyang", "Australia/Lord_Howe", "Europe/Amsterdam", "Europe/Dublin"),
    *("Europe/Warsaw", "Pacific/Apia", "Pacific/Kwajalein"),
]


class ZoneFile(NamedTuple):
    """What a file of the database says: from an instant on, in UTC, a zone has another offset."""

    first_offset: timedelta
    changes: list[tuple[timedelta, timedelta]]
    rule: str


def contents(key: str) -> bytes:
    """Find a file of the database as `zoneinfo` does: the system's, or else the package's."""
    for folder in zoneinfo.TZPATH:
        path = Path(folder, key)
        if path.is_file():
            return path.read_bytes()
    return resources.files("tzdata").joinpath("zoneinfo", *key.split("/")).read_bytes()


@cache
def read(key: str) -> ZoneFile:
    """Read a file as RFC 9636 describes it: its second block, with 64 bits for an instant."""
    data = contents(key)

    def header(start: int) -> tuple[int, ...]:
        assert data[start : start + 4] == b"TZif"
        return struct.unpack(">6l", data[start + 20 : start + 44])

    is_ut, is_standard, leaps, count, types, letters = header(0)
    start = 44 + 5 * count + 6 * types + letters + 8 * leaps + is_standard + is_ut
    is_ut, is_standard, leaps, count, types, letters = header(start)
    start += 44
    instants = struct.unpack(f">{count}q", data[start : start + 8 * count])
    indices = data[start + 8 * count : start + 9 * count]
    start += 9 * count
    offsets = [struct.unpack_from(">l", data, start + 6 * each)[0] for each in range(types)]
    rule = data[start + 6 * types + letters + 12 * leaps + is_standard + is_ut :].decode().strip()
    found = [timedelta(seconds=offset) for offset in offsets]
    changes: list[tuple[timedelta, timedelta]] = []
    offset = found[0]
    for at, index in zip(instants, indices, strict=True):
        if found[index] != offset:
            offset = found[index]
            changes.append((timedelta(seconds=at), offset))
    return ZoneFile(found[0], changes, rule)


Cut = tuple[timedelta, timedelta, timedelta]  # start, end, and the offset between


def cuts(found: tzinfo, start: timedelta, end: timedelta) -> list[Cut]:
    """List the stretches of one offset."""
    return [(each.start, each.end, each.offset) for each in stretches(found, start, end)]


def expected_cuts(file: ZoneFile, start: timedelta, end: timedelta) -> Iterator[Cut]:
    """Cut a stretch of time at the changes that the file lists."""
    offset = file.first_offset
    for at, later in file.changes:
        if at < end:
            if at > start:
                yield start, at, offset
                start = at
            offset = later
    yield start, end, offset


def at(*fields: int) -> timedelta:
    """Give the instant of a time in UTC."""
    return datetime(*fields, tzinfo=UTC) - EPOCH  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("UTC", timedelta()),
        ("+01:00", timedelta(hours=1)),
        ("-03:30", timedelta(hours=-3, minutes=-30)),
        ("+23:59", timedelta(hours=23, minutes=59)),
        ("-23:59", -timedelta(hours=23, minutes=59)),
        ("+00:30", timedelta(minutes=30)),
        ("-00:30", timedelta(minutes=-30)),
    ],
)
def test_a_fixed_offset_is_read_and_written_back(text: str, offset: timedelta) -> None:
    """Sign, hours and minutes are all heeded, and the text comes back."""
    found = zone(text)
    assert isinstance(found, timezone)
    assert EPOCH.astimezone(found).utcoffset() == offset
    assert zone_text(found) == text
    assert zone("+00:00") is zone("-00:00") is UTC


def test_every_key_of_the_database_is_known() -> None:
    """All zones that the system has can be a calendar's, but for the machine's own."""
    assert len(KEYS) > 400
    for key in KEYS:
        assert key == "UTC" or zone(key) is ZoneInfo(key)
        assert zone_text(zone(key)) == key


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("Europe/Berln", "did you mean 'Europe/Berlin'? write an offset"),
        ("europe/berlin", "did you mean 'Europe/Berlin'? write an offset"),
        *(
            (text, "write an offset")
            for text in (
                *("", "+0100", "01:00", "+24:00", "+01:60", "+01:00:00", "+01:00\n", "Europe/", "localtime"),
                *("../../etc/passwd", "Europe/Berlin\0", "x" * 5000, None, UTC, ["UTC"]),
                "+٠1:00",  # noqa: RUF001 - a foreign digit on purpose
            )
        ),
        (ZoneInfo("Europe/Berlin"), "write its key as text, 'Europe/Berlin'"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_an_unknown_zone_is_refused(text: object, remedy: str) -> None:
    """The message names field, value and the forms that are known, the same on every system."""
    with pytest.raises(CalendarError) as refused:
        zone(text)
    message = str(refused.value)
    assert re.match(r"zone .+ is unknown; ", message)
    assert repr(text)[:40] in message
    assert remedy in message
    assert "'Europe/Berlin'" in message


def test_a_system_without_zones_is_asked_to_install_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fixed offsets work there, and a key names the missing package."""
    monkeypatch.setattr("netcor_sla._calendars.zones.keys", frozenset)
    assert zone_text(zone("+01:00")) == "+01:00"
    with pytest.raises(CalendarError, match=r"^zone 'Europe/Berlin' is unknown; .* tzdata$"):
        zone("Europe/Berlin")


def unnamed() -> ZoneInfo:
    """Read Berlin from a file, which gives a zone without a key."""
    return ZoneInfo.from_file(io.BytesIO(contents("Europe/Berlin")))


@pytest.mark.parametrize(
    ("found", "key"),
    [
        (None, None),
        (UTC, None),
        (timezone(HOUR, "Europe/Berlin"), None),
        (ZoneInfo("Europe/Berlin"), "Europe/Berlin"),
        (ZoneInfo("UTC"), "UTC"),
        (unnamed(), None),
        (ZoneInfo.from_file(io.BytesIO(contents("Europe/Berlin")), "a key?"), None),
        (tz.gettz("Europe/Berlin"), None),
    ],
)
def test_only_zones_of_the_database_have_a_key(found: tzinfo | None, key: str | None) -> None:
    """An offset has none, whatever it calls itself."""
    assert key_of(found) == key


@pytest.mark.parametrize(
    ("text", "written_like_one"),
    [
        ("Europe/Berlin", True),
        ("Etc/GMT+1", True),
        ("", False),
        ("../passwd", False),
        ("Europe/Berlin\n", False),
        ("x" * 101, False),
    ],
)
def test_a_key_is_known_by_its_spelling(text: object, written_like_one: bool) -> None:  # noqa: FBT001 - an answer
    """Whether or not this machine has the zone."""
    assert is_key(text) is written_like_one
    assert (str(text) in keys()) is (text in {"Europe/Berlin", "Etc/GMT+1"})


# Offsets and changes.


@pytest.mark.parametrize("key", ODD_ZONES)
def test_the_offset_at_an_instant_is_that_of_the_database(key: str) -> None:
    """Up to the microsecond before a change the old offset holds, from the change on the new."""
    file, found = read(key), zone(key)
    before = file.first_offset
    for change, offset in file.changes:
        assert offset_at(found, change - MICROSECOND) == before
        assert offset_at(found, change) == offset
        before = offset


def test_no_zone_changes_its_clock_twice_within_a_day() -> None:
    """`stretches` looks once a day, and would miss a change that is taken back before it looks."""
    for key in KEYS:
        changes = [change for change, _ in read(key).changes if change >= at(1900, 1, 1)]
        assert all(later - earlier > DAY for earlier, later in pairwise(changes)), key


def test_no_rule_for_the_future_changes_a_clock_twice_within_a_day() -> None:
    """After the last change listed, each zone keeps its offset or changes in two distant months."""
    rules = {read(key).rule for key in KEYS}
    assert "CET-1CEST,M3.5.0,M10.5.0/3" in rules
    for rule in rules:
        _, *changes = rule.split(",")
        months = [int(change[1:].split(".")[0]) for change in changes if change[0] == "M"]
        assert len(months) == len(changes), f"a rule of another form: {rule}"
        assert not months or abs(months[0] - months[1]) in range(2, 11), rule


@pytest.mark.parametrize("key", ODD_ZONES)
def test_stretches_are_those_of_the_database(key: str) -> None:
    """All changes that are listed from 1900 to 2007 are found, to the second, and nothing else."""
    file, start = read(key), at(1900, 1, 1)
    listed = [change for change, _ in file.changes] or [start]
    end = min(at(2007, 1, 1), listed[-1] + DAY)
    assert cuts(zone(key), start, end) == list(expected_cuts(file, start, end))


CHANGE = at(2023, 3, 26, 1)  # when Berlin puts its clocks forward


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (-5, 5, [(-5, 0, 1), (0, 5, 2)]),
        (-5, 1, [(-5, 0, 1), (0, 1, 2)]),
        (-5, 0, [(-5, 0, 1)]),
        (-86_400_000_000, 0, [(-86_400_000_000, 0, 1)]),
        (0, 5, [(0, 5, 2)]),
        (-1, 0, [(-1, 0, 1)]),
        (0, 0, []),
    ],
)
def test_a_cut_near_the_edges_is_exact(before: int, after: int, expected: list[tuple[int, int, int]]) -> None:
    """No stretch is empty, none leaves the limits, and the cut is at the very microsecond."""
    start, end = (CHANGE + steps * MICROSECOND for steps in (before, after))
    assert cuts(ZoneInfo("Europe/Berlin"), start, end) == [
        (CHANGE + first * MICROSECOND, CHANGE + last * MICROSECOND, hours * HOUR)
        for first, last, hours in expected
    ]


# When a day begins.


def begin_of(day: int, cut: list[Cut]) -> timedelta:
    """Find the last midnight of a date, or the end of the last instant with an earlier date."""
    midnight = day * DAY
    midnights = [midnight - offset for start, end, offset in cut if start <= midnight - offset < end]
    earlier = [min(end, midnight - offset) for start, end, offset in cut if start + offset < midnight]
    return max(midnights + earlier)


def test_a_day_begins_where_no_earlier_date_follows() -> None:
    """Held against the files: for every zone, the dates on which its clock changed, and beside."""
    seen: set[bytes] = set()
    for key in KEYS:
        if contents(key) in seen:
            continue  # another name of the same zone
        seen.add(contents(key))
        file, found = read(key), zone(key)
        for change, offset in file.changes:
            if at(1900, 1, 1) < change < file.changes[-1][0]:
                near = (change + offset).days
                cut = list(expected_cuts(file, change - 4 * DAY, change + 4 * DAY))
                for day in (near - 1, near, near + 1):
                    assert day_start(found, day) == begin_of(day, cut), (key, day)
    assert len(seen) > 250
