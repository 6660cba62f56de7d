"""Zones and clock changes, held against the files of the IANA database themselves."""

import re
import struct
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from netcor_sla._calendars import zones
from netcor_sla._calendars.instants import EPOCH, instant
from netcor_sla._calendars.readings import DAY
from netcor_sla._calendars.zones import Stretch, day_start, offset_at, stretches, zone, zone_text
from netcor_sla.errors import CalendarError

SECOND = 1_000_000
HOUR = 3600 * SECOND
YEAR_1900, YEAR_2100 = -2_208_988_800, 4_102_444_800
KEYS = sorted(zoneinfo.available_timezones() - {"Factory", "localtime", "posixrules"})

ODD_ZONES = {
    "Africa/Casablanca": "an hour back for Ramadan",
    "Africa/Freetown": "two changes within four days",
    "Africa/Monrovia": "44 minutes and 30 seconds until 1972",
    "America/Caracas": "half an hour in 2007 and 2016",
    "America/Nuuk": "a change at 22:00 on a Saturday",
    "America/St_Johns": "two hours of summer time, at one minute past midnight",
    "Antarctica/Troll": "two hours at once",
    "Asia/Kathmandu": "a quarter of an hour in 1986",
    "Asia/Gaza": "changes that follow the moon",
    "Asia/Pyongyang": "half an hour to and fro",
    "Australia/Lord_Howe": "half an hour of summer time",
    "Europe/Amsterdam": "19 minutes and 32 seconds until 1937",
    "Europe/Dublin": "negative summer time",
    "Europe/Warsaw": "many changes by war",
    "Pacific/Apia": "a day left out in 2011",
    "Pacific/Kwajalein": "a day left out in 1993",
}


class Change(NamedTuple):
    """From an instant on, in seconds since 1970, a zone has another offset, in seconds."""

    at: int
    offset: int


class ZoneFile(NamedTuple):
    """What a file of the IANA database says."""

    first_offset: int
    changes: list[Change]
    rule: str


def contents(key: str) -> bytes:
    """Find a file of the database as `zoneinfo` does: the system's, or else the package's."""
    for folder in zoneinfo.TZPATH:
        path = Path(folder, key)
        if path.is_file():
            return path.read_bytes()
    return resources.files("tzdata").joinpath("zoneinfo", *key.split("/")).read_bytes()


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
    changes: list[Change] = []
    offset = offsets[0]
    for at, index in zip(instants, indices, strict=True):
        if offsets[index] != offset:
            offset = offsets[index]
            changes.append(Change(at, offset))
    return ZoneFile(offsets[0], changes, rule)


def expected_stretches(file: ZoneFile, start: int, end: int) -> Iterator[Stretch]:
    """Cut a stretch of time at the changes that the file lists."""
    changes = [Change(start // SECOND, file.first_offset), *file.changes]
    earlier = [change.offset for change in changes if change.at * SECOND <= start]
    inside = [change for change in changes[1:] if start < change.at * SECOND < end]
    cuts = [Change(start // SECOND, earlier[-1]), *inside, Change(end // SECOND, 0)]
    for here, there in pairwise(cuts):
        yield Stretch(here.at * SECOND, there.at * SECOND, here.offset * SECOND)


def at(*fields: int) -> int:
    """Give the instant of a time in UTC."""
    return instant(datetime(*fields, tzinfo=UTC), "at")  # type: ignore[arg-type, misc]


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


@pytest.mark.parametrize("text", ["+00:00", "-00:00"])
def test_an_offset_of_zero_is_utc(text: str) -> None:
    """So that equal zones have one spelling."""
    assert zone(text) is UTC
    assert zone_text(zone(text)) == "UTC"


@pytest.mark.parametrize("key", ["Europe/Berlin", "Etc/UTC", "Australia/Lord_Howe"])
def test_a_key_is_read_and_written_back(key: str) -> None:
    """A key stays the key that it was, and is the very zone that `zoneinfo` has."""
    assert zone(key) is ZoneInfo(key)
    assert zone_text(zone(key)) == key


def test_every_key_of_the_database_is_known() -> None:
    """All zones that the system has can be a calendar's, but for the machine's own."""
    assert len(KEYS) > 400
    for key in KEYS:
        assert zone_text(zone(key)) == key


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("Europe/Berln", "did you mean 'Europe/Berlin'? write an offset"),
        ("europe/berlin", "did you mean 'Europe/Berlin'? write an offset"),
        ("Mars/Olympus", "write an offset as '+01:00', 'UTC', or a key"),
        ("", "write an offset"),
        ("utc", "write an offset"),
        ("Z", "write an offset"),
        ("+1", "write an offset"),
        ("+01", "write an offset"),
        ("+0100", "write an offset"),
        ("+1:00", "write an offset"),
        ("01:00", "write an offset"),
        ("+24:00", "write an offset"),
        ("+01:60", "write an offset"),
        ("+01:00:00", "write an offset"),
        ("+01:00\n", "write an offset"),
        ("+٠1:00", "write an offset"),  # noqa: RUF001 - a foreign digit on purpose
        ("UTC+1", "write an offset"),
        ("Europe", "write an offset"),
        ("Europe/", "write an offset"),
        ("../../etc/passwd", "write an offset"),
        ("/etc/passwd", "write an offset"),
        ("Europe/Berlin\0", "write an offset"),
        ("localtime", "write an offset"),
        ("posixrules", "write an offset"),
        ("x" * 5000, "write an offset"),
        (None, "write an offset"),
        (1, "write an offset"),
        (UTC, "write an offset"),
        (ZoneInfo("Europe/Berlin"), "write its key as text, 'Europe/Berlin'"),
        (["UTC"], "write an offset"),
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


def test_a_system_without_zones_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fixed offsets work there, and a key names the missing package."""
    monkeypatch.setattr(zoneinfo, "available_timezones", set)
    zones._keys.cache_clear()
    try:
        assert zone_text(zone("+01:00")) == "+01:00"
        with pytest.raises(CalendarError, match=r"^zone 'Europe/Berlin' is unknown; .* tzdata$"):
            zone("Europe/Berlin")
    finally:
        zones._keys.cache_clear()


@pytest.mark.parametrize("key", sorted(ODD_ZONES))
def test_the_offset_at_an_instant_is_that_of_the_database(key: str) -> None:
    """Up to the microsecond before a change the old offset holds, from the change on the new."""
    file, found = read(key), zone(key)
    before = file.first_offset
    for change in file.changes:
        assert offset_at(found, change.at * SECOND - 1) == before * SECOND
        assert offset_at(found, change.at * SECOND) == change.offset * SECOND
        before = change.offset


def test_no_zone_changes_its_clock_twice_within_a_day() -> None:
    """`stretches` looks once a day, and would miss a change that is taken back before it looks."""
    for key in KEYS:
        known = [change.at for change in read(key).changes if YEAR_1900 <= change.at < YEAR_2100]
        assert all(later - earlier > 86_400 for earlier, later in pairwise(known)), key


def test_no_rule_for_the_future_changes_a_clock_twice_within_a_day() -> None:
    """After the last change listed, each zone keeps its offset or changes in two distant months."""
    rules = {read(key).rule for key in KEYS}
    assert "CET-1CEST,M3.5.0,M10.5.0/3" in rules
    for rule in rules:
        _, *changes = rule.split(",")
        months = [int(change[1:].split(".")[0]) for change in changes if change[0] == "M"]
        assert len(months) == len(changes), f"a rule of another form: {rule}"
        assert not months or abs(months[0] - months[1]) in range(2, 11), rule


@pytest.mark.parametrize("key", sorted(ODD_ZONES))
def test_stretches_are_those_of_the_database(key: str) -> None:
    """All changes from 1900 to 2007 are found, to the second, and nothing else."""
    start, end = at(1900, 1, 1), at(2007, 1, 1)
    assert list(stretches(zone(key), start, end)) == list(expected_stretches(read(key), start, end))


@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("Africa/Casablanca", (2026, 2, 15)),
        ("America/Nuuk", (2026, 3, 29)),
        ("America/St_Johns", (2006, 10, 29)),
        ("Antarctica/Troll", (2026, 3, 29)),
        ("Asia/Gaza", (2026, 3, 28)),
        ("Australia/Lord_Howe", (2026, 4, 5)),
        ("Europe/Berlin", (2026, 10, 25)),
        ("Europe/Dublin", (2099, 3, 29)),
        ("Pacific/Apia", (2011, 12, 30)),
        ("Pacific/Chatham", (2026, 9, 27)),
        ("Pacific/Kwajalein", (1993, 8, 21)),
        ("Asia/Tokyo", (2026, 1, 1)),
    ],
)
def test_stretches_agree_with_a_walk_by_the_minute(key: str, day: tuple[int, int, int]) -> None:
    """Each minute around a change lies in one stretch, and that has the minute's offset."""
    middle, found = datetime(*day, tzinfo=UTC), ZoneInfo(key)
    start, end = (instant(middle + timedelta(days=days), "at") for days in (-3, 3))
    cut = list(stretches(found, start, end))
    assert [each.end for each in cut[:-1]] == [each.start for each in cut[1:]]
    assert (cut[0].start, cut[-1].end) == (start, end)
    assert len(cut) == (1 if key == "Asia/Tokyo" else 2)
    for minute in range(6 * 24 * 60):
        moment = start + 60 * SECOND * minute
        (here,) = (each for each in cut if each.start <= moment < each.end)
        local = (EPOCH + timedelta(microseconds=moment)).astimezone(found)
        assert local.utcoffset() == timedelta(microseconds=here.offset)


CHANGE = at(2026, 3, 29, 1)  # when Berlin puts its clocks forward


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (CHANGE - 5, CHANGE + 5, [(CHANGE - 5, CHANGE, HOUR), (CHANGE, CHANGE + 5, 2 * HOUR)]),
        (CHANGE - 5, CHANGE + 1, [(CHANGE - 5, CHANGE, HOUR), (CHANGE, CHANGE + 1, 2 * HOUR)]),
        (CHANGE - 5, CHANGE, [(CHANGE - 5, CHANGE, HOUR)]),
        (CHANGE - DAY, CHANGE, [(CHANGE - DAY, CHANGE, HOUR)]),
        (CHANGE, CHANGE + 5, [(CHANGE, CHANGE + 5, 2 * HOUR)]),
        (CHANGE - 1, CHANGE, [(CHANGE - 1, CHANGE, HOUR)]),
        (CHANGE, CHANGE, []),
    ],
)
def test_a_cut_near_the_edges_is_exact(
    start: int, end: int, expected: list[tuple[int, int, int]]
) -> None:
    """No stretch is empty, none leaves the limits, and the cut is at the very microsecond."""
    assert list(stretches(ZoneInfo("Europe/Berlin"), start, end)) == expected


def test_a_fixed_offset_is_one_stretch() -> None:
    """However long the time, nothing is cut."""
    fixed = timezone(timedelta(hours=1))
    assert list(stretches(fixed, -(10**16), 10**16)) == [(-(10**16), 10**16, HOUR)]


def begin_of(day: int, cut: list[Stretch]) -> int:
    """Find the last midnight of a date, or the end of the last instant with an earlier date."""
    midnights = [
        day * DAY - each.offset for each in cut if each.start <= day * DAY - each.offset < each.end
    ]
    earlier = [
        min(each.end, day * DAY - each.offset)
        for each in cut
        if each.start + each.offset < day * DAY
    ]
    return max(midnights + earlier)


def test_a_year_begins_where_no_earlier_date_follows() -> None:
    """Held against the files, for every zone and every New Year from 1901 to 2037."""
    for key in KEYS:
        found, changes = zone(key), read(key)
        for year in range(1901, 2038):
            day = at(year, 1, 1) // DAY
            cut = list(expected_stretches(changes, (day - 4) * DAY, (day + 4) * DAY))
            assert day_start(found, day) == begin_of(day, cut), (key, year)


@pytest.mark.parametrize(
    ("name", "date", "expected"),
    [
        ("UTC", (2026, 1, 1), at(2026, 1, 1)),
        ("+01:00", (2026, 1, 1), at(2025, 12, 31, 23)),
        ("Europe/Berlin", (2026, 7, 1), at(2026, 6, 30, 22)),
        ("Pacific/Apia", (2011, 12, 30), at(2011, 12, 30, 10)),
        ("Pacific/Apia", (2011, 12, 31), at(2011, 12, 30, 10)),
        ("America/Havana", (2026, 3, 8), at(2026, 3, 8, 5)),
        ("America/Havana", (2026, 11, 1), at(2026, 11, 1, 5)),
        ("America/Asuncion", (2020, 3, 22), at(2020, 3, 22, 4)),
    ],
)
def test_a_day_begins_after_the_day_before(
    name: str, date: tuple[int, int, int], expected: int
) -> None:
    """A day left out begins with the next; midnight skipped or repeated counts once it is past."""
    assert day_start(zone(name), at(*date) // DAY) == expected


def test_zones_are_shared() -> None:
    """A zone read twice is one object, so that its datetimes compare as Python has it."""
    one, other = zone("Europe/Berlin"), zone("Europe/Berlin")
    assert one is other
    assert isinstance(one, tzinfo)
