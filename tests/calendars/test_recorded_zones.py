"""Recorded zones: within their stretch they are the zones that they were taken from."""

import copy
import io
import pickle
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz

from netcor_sla._calendars.instants import EPOCH, MICROSECOND, instant, moment
from netcor_sla._calendars.readings import DAY
from netcor_sla._calendars.recorded_zones import (
    RecordedZone,
    key_of,
    offset_of,
    offsets_form,
    read_instant,
    read_offsets,
    recorded_zone,
    shown_zone,
)
from netcor_sla._calendars.zones import day_start, offset_at, stretches
from netcor_sla.errors import RecordError

SECOND = 1_000_000
HOUR = 3600 * SECOND
BERLIN = ZoneInfo("Europe/Berlin")
SPRING = "2026-03-29T03:00:00+02:00"  # when Berlin puts its clocks forward
AUTUMN = "2026-10-25T02:00:00+01:00"  # and back
FORM = ["2026-03-28T00:00:00+01:00", SPRING, AUTUMN]

ZONES = {
    "Africa/Casablanca": (2010, "an hour back for Ramadan"),
    "Africa/Freetown": (1939, "two changes within four days"),
    "Africa/Monrovia": (1965, "44 minutes and 30 seconds until 1972"),
    "America/Caracas": (2005, "half an hour in 2007 and 2016"),
    "America/Havana": (2005, "midnight twice, or never"),
    "America/Nuuk": (2014, "a change at 22:00 on a Saturday"),
    "America/St_Johns": (1985, "two hours of summer time, at one minute past midnight"),
    "Antarctica/Troll": (2005, "two hours at once"),
    "Asia/Kathmandu": (1980, "a quarter of an hour in 1986"),
    "Asia/Gaza": (2008, "changes that follow the moon"),
    "Asia/Tokyo": (1990, "no change for long"),
    "Australia/Lord_Howe": (1980, "half an hour of summer time"),
    "Europe/Amsterdam": (1930, "19 minutes and 32 seconds until 1937"),
    "Europe/Berlin": (2020, "an hour each year"),
    "Europe/Dublin": (1965, "negative summer time"),
    "Europe/Warsaw": (1914, "many changes by war"),
    "Pacific/Apia": (2005, "a day left out in 2011"),
    "Pacific/Kwajalein": (1985, "a day left out in 1993"),
}

each_zone = pytest.mark.parametrize("key", ZONES)


def at(text: str) -> datetime:
    """Read an instant."""
    return datetime.fromisoformat(text)


def exact(text: str) -> int:
    """Read an instant in microseconds."""
    return instant(at(text), "at")


def stretch_of(key: str) -> tuple[int, int]:
    """Say which 13 years of a zone are looked at."""
    first, _ = ZONES[key]
    start, end = (f"{year}-01-01T00:00:00+00:00" for year in (first, first + 13))
    return exact(start), exact(end)


@cache
def recorded(key: str) -> RecordedZone:
    """Record these years."""
    found = recorded_zone(ZoneInfo(key), key, *stretch_of(key))
    assert isinstance(found, RecordedZone)
    return found


def around_changes(key: str) -> Iterator[int]:
    """Yield instants before, at and after each change of a zone's clock."""
    by = (0, 1, SECOND, HOUR // 2 - 1, HOUR // 2, HOUR - 1, HOUR, 2 * HOUR, DAY - 1, DAY, 3 * DAY)
    start, end = stretch_of(key)
    for stretch in stretches(ZoneInfo(key), start, end):
        near = {stretch.start + sign * step for sign in (-1, 1) for step in by}
        yield from (each for each in near if start <= each < end)


@each_zone
def test_an_instant_is_shown_as_the_zone_shows_it(key: str) -> None:
    """The same fields, the same `fold` where a time comes twice, and the same offset."""
    zone, own = recorded(key), ZoneInfo(key)
    for each in around_changes(key):
        here, there = moment(each, zone), moment(each, own)
        assert here.isoformat() == there.isoformat()
        assert here.fold == there.fold
        assert here.utcoffset() == there.utcoffset()
        assert instant(here, "at") == each
        assert here.tzinfo is zone


@each_zone
def test_a_wall_clock_time_has_the_offset_that_it_has_in_the_zone(key: str) -> None:
    """Twice, and skipped: where `fold` decides, it decides as in `zoneinfo`."""
    zone, own = recorded(key), ZoneInfo(key)
    for each in around_changes(key):
        wall = moment(each, own).replace(tzinfo=None)
        for fold in (0, 1):
            here, there = (wall.replace(tzinfo=each, fold=fold) for each in (zone, own))
            assert here.utcoffset() == there.utcoffset(), (wall, fold)


@each_zone
def test_days_begin_and_clocks_change_as_in_the_zone(key: str) -> None:
    """What the business clock asks of a zone, a recorded one answers alike."""
    zone, own = recorded(key), ZoneInfo(key)
    first, last = stretch_of(key)
    assert list(stretches(zone, first, last)) == list(stretches(own, first, last))
    for day in range(first // DAY + 1, last // DAY, 3):
        assert day_start(zone, day) == day_start(own, day)
        assert offset_at(zone, day * DAY) == offset_at(own, day * DAY)


@each_zone
def test_a_short_stretch_keeps_its_own_offsets_only(key: str) -> None:
    """One offset from the beginning on, and one for each change inside."""
    start, end = stretch_of(key)[0], stretch_of(key)[0] + 900 * DAY
    zone = recorded_zone(ZoneInfo(key), key, start, end)
    assert isinstance(zone, RecordedZone)
    assert zone.offsets[0][0] == start
    assert len(zone.offsets) == len(list(stretches(ZoneInfo(key), start, end)))
    assert all(a[0] < b[0] and a[1] != b[1] for a, b in pairwise(zone.offsets))
    assert zone.offsets[-1][0] < end


def test_before_and_after_its_stretch_the_first_and_the_last_offset_hold() -> None:
    """As documented; a record asks for nothing there."""
    zone = RecordedZone("Europe/Berlin", read_offsets(FORM[:2]))
    assert at("1999-07-01T00:00:00+00:00").astimezone(zone).isoformat()[-6:] == "+01:00"
    assert at("2026-12-01T00:00:00+00:00").astimezone(zone).isoformat()[-6:] == "+02:00"
    assert datetime(1, 1, 2, tzinfo=zone).isoformat()[-6:] == "+01:00"
    assert datetime(9999, 12, 30, tzinfo=zone).isoformat()[-6:] == "+02:00"


def test_a_time_that_comes_twice_is_told_apart() -> None:
    """02:30 on the night on which clocks go back: first in summer time, then in winter time."""
    zone = RecordedZone("Europe/Berlin", read_offsets(FORM))
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=zone)
    assert twice.isoformat() == "2026-10-25T02:30:00+02:00"
    assert twice.replace(fold=1).isoformat() == "2026-10-25T02:30:00+01:00"
    for text, fold in (
        ("2026-10-25T01:59:59.999999+02:00", 0),
        ("2026-10-25T02:00:00+02:00", 0),
        ("2026-10-25T02:59:59.999999+02:00", 0),
        ("2026-10-25T02:00:00+01:00", 1),
        ("2026-10-25T02:59:59.999999+01:00", 1),
        ("2026-10-25T03:00:00+01:00", 0),
    ):
        shown = at(text).astimezone(zone)
        assert (shown.isoformat(), shown.fold) == (text, fold)


def test_a_time_that_is_skipped_has_both_offsets() -> None:
    """02:30 on the night on which clocks go forward: by `fold`, as in `zoneinfo`."""
    zone = RecordedZone("Europe/Berlin", read_offsets(FORM))
    for fold, offset in ((0, 1), (1, 2)):
        skipped = datetime(2026, 3, 29, 2, 30, tzinfo=zone, fold=fold)
        assert skipped.utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize(
    ("key", "start", "text"),
    [
        ("Europe/Berlin", "1890-01-01T00:00:00+00:00", "1890-01-01T00:53:28+00:53:28"),
        ("Europe/Amsterdam", "1930-01-01T00:00:00+00:00", "1930-01-01T00:19:32+00:19:32"),
        ("Africa/Monrovia", "1971-01-01T00:00:00+00:00", "1970-12-31T23:15:30-00:44:30"),
    ],
)
def test_offsets_with_seconds_are_kept(key: str, start: str, text: str) -> None:
    """Local mean time, and what countries made of it, is exact to the second."""
    begin = exact(start)
    zone = recorded_zone(ZoneInfo(key), key, begin, begin + DAY)
    assert offsets_form(zone, begin) == [text]
    assert read_offsets([text]) == ((begin, offset_at(ZoneInfo(key), begin)),)
    assert moment(begin + 1, zone).isoformat() == moment(begin + 1, ZoneInfo(key)).isoformat()


def test_offsets_with_microseconds_are_kept() -> None:
    """Python has them, and so a datetime may."""
    odd = timezone(timedelta(hours=-1, microseconds=1))
    text = datetime(2026, 1, 1, tzinfo=odd).isoformat()
    assert text == "2026-01-01T00:00:00-00:59:59.999999"
    assert offset_of(at(text))[1] == 1 - HOUR
    zone = RecordedZone("", read_offsets(["2025-01-01T00:00:00+00:00", text]))
    assert offsets_form(zone, 0) == ["2025-01-01T00:00:00+00:00", text]


@each_zone
def test_a_form_is_read_as_it_was_written(key: str) -> None:
    """All those years, by way of text."""
    form = offsets_form(recorded(key), 0)
    assert read_offsets(form) == recorded(key).offsets
    assert offsets_form(RecordedZone(key, read_offsets(form)), 0) == form


def test_a_form_shows_the_instants_of_change_with_their_new_offsets() -> None:
    """As documented."""
    begin, end = exact(FORM[0]), exact("2026-12-01T00:00:00+00:00")
    assert offsets_form(recorded_zone(BERLIN, "Europe/Berlin", begin, end), begin) == FORM
    assert offsets_form(recorded_zone(BERLIN, "Europe/Berlin", begin, exact(AUTUMN)), 0) == FORM[:2]


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=-3, minutes=-30))])
def test_a_fixed_offset_stays_as_it_is(zone: timezone) -> None:
    """It needs no record of changes; its one offset is written from the opening on."""
    assert recorded_zone(zone, "any", 0, DAY) is zone
    assert offsets_form(zone, 0) == [EPOCH.astimezone(zone).isoformat()]


def test_a_recorded_zone_is_like_any_other() -> None:
    """Named by its key, and it tells no summer time from winter time."""
    zone = RecordedZone("Europe/Berlin", read_offsets(FORM))
    noon = datetime(2026, 7, 1, 12, tzinfo=zone)
    assert str(zone) == zone.key == noon.tzname() == zone.tzname(None) == "Europe/Berlin"
    assert noon.dst() is None
    assert zone.utcoffset(None) is None
    assert noon.timetuple().tm_isdst == -1
    assert noon == datetime(2026, 7, 1, 12, tzinfo=BERLIN)
    assert noon.astimezone(BERLIN).astimezone(zone) == noon
    assert (noon + timedelta(days=150)).utcoffset() == timedelta(hours=1)


def test_a_recorded_zone_survives_copies_and_pickles() -> None:
    """With its datetimes, in each protocol that keeps their `fold`."""
    zone = RecordedZone("Europe/Berlin", read_offsets(FORM))
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=zone, fold=1)
    protocols = range(4, pickle.HIGHEST_PROTOCOL + 1)
    pickles = [pickle.dumps(twice, protocol) for protocol in protocols]
    for other in (copy.deepcopy(twice), *map(pickle.loads, pickles)):
        assert (other.isoformat(), other.fold) == (twice.isoformat(), 1)
        assert isinstance(other.tzinfo, RecordedZone)
        assert (other.tzinfo.key, other.tzinfo.offsets) == (zone.key, zone.offsets)
    assert copy.copy(zone).offsets == zone.offsets


@pytest.mark.parametrize(
    "value",
    [
        *(None, 5, "", "2026-03-28T00:00:00+01:00", {}, tuple(FORM), [], [None], [5]),
        *(["x"], [FORM], [at(FORM[0])], ["2026-03-28T00:00:00"], ["2026-03-28"]),
        *(["2026-03-28T00:00:00Z"], ["2026-03-28 00:00:00+01:00"], ["2026-03-28T00:00+01:00"]),
        *(["2026-03-28T00:00:00+0100"], ["2026-03-28T00:00:00.0+01:00"], ["20260328T000000+01:00"]),
        *(["2026-03-28T00:00:00+24:00"], ["2026-02-30T00:00:00+01:00"], ["\ud800"]),
        *(FORM[::-1], [FORM[0], FORM[0]], [FORM[0], "2026-03-27T23:00:00+00:00"], [*FORM, FORM[1]]),
        ["2026-03-28T00:00:00+01:00", "2026-03-28T00:30:00+02:00"],
        ["2026-03-28T00:00:00+01:00", "2026-03-29T00:00:00+01:00"],
        *(
            ["0001-01-01T00:00:00+23:00"],
            ["0998-12-31T00:00:00+00:00"],
            ["9002-01-01T00:00:00+00:00"],
        ),
    ],
    ids=ascii,
)
def test_offsets_that_are_none_are_refused(value: object) -> None:
    """Neither empty nor out of order nor in another spelling; the message names the key."""
    with pytest.raises(RecordError, match=r"^offsets"):
        read_offsets(value)


def test_an_instant_in_another_spelling_is_refused() -> None:
    """The message names the key and the value, and shows how it is written."""
    with pytest.raises(RecordError) as refused:
        read_instant("2026-04-02 15:00", "due")
    expected = "due: '2026-04-02 15:00' is no instant of a record; it is written "
    assert str(refused.value) == expected + "2026-04-02T15:00:00+02:00"
    assert read_instant("2026-04-02T15:00:00.000001+02:00", "due").microsecond == 1


def test_the_zone_is_found_where_it_agrees() -> None:
    """Then datetimes are in the very zone that everyone else's are in."""
    assert shown_zone("Europe/Berlin", map(at, FORM)) is BERLIN
    assert shown_zone("Europe/Berlin", [at("2026-10-25T02:30:00+01:00")]) is BERLIN


@pytest.mark.parametrize(
    ("key", "texts"),
    [
        ("Europe/Berlin", ["2026-07-01T12:00:00+01:00"]),
        ("Europe/Berlin", ["2026-07-01T12:00:00+02:00", "2026-12-01T12:00:00+02:00"]),
        ("Mars/Olympus", ["2026-07-01T12:00:00+02:00"]),
        ("localtime", ["2026-07-01T12:00:00+02:00", "2026-12-01T12:00:00+01:00"]),
    ],
)
def test_where_the_zone_is_unknown_or_contradicts_the_recorded_offsets_stay(
    key: str, texts: list[str]
) -> None:
    """What was shown to a customer is shown again, whatever a zone has become."""
    zone = shown_zone(key, map(at, texts))
    assert isinstance(zone, RecordedZone)
    assert key_of(zone) == key
    for text in texts:
        assert moment(exact(text), zone).isoformat() == text


def test_without_a_key_one_offset_is_a_fixed_one() -> None:
    """As `datetime.fromisoformat` makes it."""
    zone = shown_zone(None, map(at, ["2026-07-01T12:00:00+02:00", "2026-12-01T12:00:00+02:00"]))
    assert zone == timezone(timedelta(hours=2))
    assert key_of(zone) is None


def test_without_a_key_many_offsets_are_kept() -> None:
    """As for zones of another library, which have no key of the database."""
    zone = shown_zone(None, map(at, FORM))
    assert isinstance(zone, RecordedZone)
    assert key_of(zone) is None
    for text in FORM:
        assert moment(exact(text), zone).isoformat() == text


@pytest.mark.parametrize("key", [None, "Mars/Olympus"])
def test_many_instants_within_an_hour_that_comes_twice_are_shown_as_written(
    key: str | None,
) -> None:
    """Each of them is past the change, and so none may look like the first showing."""
    texts = [
        *("2026-10-25T01:00:00+02:00", "2026-10-25T02:10:00+02:00", "2026-10-25T02:50:00+02:00"),
        *("2026-10-25T02:00:00+01:00", "2026-10-25T02:10:00+01:00", "2026-10-25T02:55:00+01:00"),
        *("2026-10-25T03:00:00+01:00", "2026-10-26T08:00:00+01:00"),
    ]
    for written in (texts, texts[1:], texts[::-1], [*texts, *texts]):
        zone = shown_zone(key, map(at, written))
        assert [moment(exact(text), zone).isoformat() for text in texts] == texts


@pytest.mark.parametrize("key", [None, "Mars/Olympus"])
def test_many_instants_around_an_hour_that_is_skipped_are_shown_as_written(
    key: str | None,
) -> None:
    """The same in spring."""
    texts = [
        *("2026-03-29T01:00:00+01:00", "2026-03-29T01:59:59.999999+01:00"),
        *("2026-03-29T03:00:00+02:00", "2026-03-29T03:10:00+02:00", "2026-03-30T00:00:00+02:00"),
    ]
    zone = shown_zone(key, map(at, texts))
    assert [moment(exact(text), zone).isoformat() for text in texts] == texts


def unnamed() -> ZoneInfo:
    """Read Berlin from a file, which gives a zone without a key."""
    data = resources.files("tzdata").joinpath("zoneinfo", "Europe", "Berlin").read_bytes()
    return ZoneInfo.from_file(io.BytesIO(data))


@pytest.mark.parametrize(
    ("zone", "key"),
    [
        (None, None),
        (UTC, None),
        (timezone(timedelta(hours=1), "Europe/Berlin"), None),
        (BERLIN, "Europe/Berlin"),
        (ZoneInfo("UTC"), "UTC"),
        (unnamed(), None),
        (tz.gettz("Europe/Berlin"), None),
        (RecordedZone("", ((0, 0),)), None),
        (RecordedZone("Europe/Berlin", ((0, 0),)), "Europe/Berlin"),
    ],
)
def test_only_zones_of_the_database_have_a_key(zone: tzinfo | None, key: str | None) -> None:
    """An offset has none, whatever it calls itself."""
    assert key_of(zone) == key


def test_an_offset_tells_an_instant_and_what_is_added() -> None:
    """In microseconds."""
    assert offset_of(at(AUTUMN)) == (exact("2026-10-25T01:00:00+00:00"), HOUR)
    assert EPOCH + MICROSECOND * offset_of(at(SPRING))[0] == at(SPRING)


def test_a_zone_tells_nothing_but_what_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """It asks no database: here there is none."""

    def missing(*_: Any) -> Any:  # noqa: ANN401 - never returns
        raise AssertionError("the database was asked")

    zone = RecordedZone("Europe/Berlin", read_offsets(FORM))
    monkeypatch.setattr("netcor_sla._calendars.recorded_zones.named", missing)
    assert at(AUTUMN).astimezone(zone).isoformat() == AUTUMN
