"""Schedules: which hours a date has, and when exactly they are."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcor_sla._calendars import schedule as schedules
from netcor_sla._calendars.holidays import HolidaySource
from netcor_sla._calendars.hours import Day, Minutes, Week
from netcor_sla._calendars.instants import day_number, instant
from netcor_sla._calendars.readings import DAY, Span
from netcor_sla._calendars.schedule import Schedule, joined
from netcor_sla._calendars.zones import zone

BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
APIA = ZoneInfo("Pacific/Apia")
MINUTE = 60_000_000
HOUR = 60 * MINUTE
OFFICE: tuple[Minutes, ...] = ((510, 1020),)
WEEKDAYS: Week = (OFFICE,) * 5 + ((), ())
ALWAYS: Week = (((0, 1440),),) * 7
NIGHT: Week = (((60, 240),),) * 7  # 01:00 to 04:00, around the hour that clocks change
NOTHING: Week = ((),) * 7
NO_DATES: Mapping[int, Day] = MappingProxyType({})
NO_RECURRING: Mapping[str, Day] = MappingProxyType({})


def schedule(  # noqa: PLR0913 - as many as a schedule has
    zone: tzinfo,
    week: Week,
    source: HolidaySource | None = None,
    *,
    special: Mapping[int, Day] = NO_DATES,
    recurring: Mapping[str, Day] = NO_RECURRING,
    extra: tuple[Span, ...] = (),
) -> Schedule:
    """Make a schedule, by default without anything special."""
    return Schedule(zone, week, source, special, recurring, extra)


def day(text: str) -> int:
    """Number a date."""
    return day_number(date.fromisoformat(text), "day")


def at(text: str) -> int:
    """Give the instant of a text with an offset."""
    return instant(datetime.fromisoformat(text), "at")


def shown(spans: list[Span], zone: tzinfo = UTC) -> list[str]:
    """Write spans as a person would, in a zone."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return [
        " - ".join(
            (epoch + timedelta(microseconds=each)).astimezone(zone).isoformat(" ", "minutes")[5:]
            for each in span
        )
        for span in spans
    ]


def test_the_covered_years_are_asked_of_the_holidays() -> None:
    """Germany's are 1991 to 2100, and 1900 to 2199 where there are none."""
    german = schedule(UTC, WEEKDAYS, HolidaySource("DE"))
    assert (german.first, german.last) == (1991, 2100)
    assert german.days == range(day("1991-01-01"), day("2100-12-31") + 1)
    plain = schedule(UTC, WEEKDAYS)
    assert (plain.first, plain.last) == (1900, 2199)
    assert plain.days == range(day("1900-01-01"), day("2199-12-31") + 1)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("2026-03-02", OFFICE),  # Monday
        ("2026-03-06", OFFICE),  # Friday
        ("2026-03-07", ()),
        ("2026-03-08", ()),
        ("2026-04-03", ()),  # Good Friday
        ("2026-12-24", ((510, 720),)),  # Thursday, recurring
        ("2027-12-24", ((510, 720),)),  # Friday
        ("2028-12-24", ()),  # Sunday, which a recurring date never opens
        ("2026-12-25", ()),  # a holiday, which a recurring date never opens
        ("2026-12-31", ()),  # recurring and closed
        ("2026-05-01", ((600, 660),)),  # a holiday, and special
        ("2026-05-03", ((600, 660),)),  # a Sunday, and special
        ("2026-05-04", ()),  # a Monday, special and closed
        ("2029-12-24", ((600, 660),)),  # special beats recurring
    ],
)
def test_special_beats_holiday_beats_recurring_beats_weekday(
    text: str, hours: tuple[Minutes, ...]
) -> None:
    """What is said of one date wins; a recurring date only changes hours there already are."""
    special = dict.fromkeys(("2026-05-01", "2026-05-03", "2029-12-24"), Day(((600, 660),)))
    special["2026-05-04"] = Day(())
    desk = schedule(
        UTC,
        WEEKDAYS,
        HolidaySource("DE", "NI"),
        special={day(key): value for key, value in special.items()},
        recurring={"12-24": Day(((510, 720),)), "12-25": Day(OFFICE), "12-31": Day(())},
    )
    assert desk.hours_on(day(text)) == hours
    assert desk.is_business_day(day(text)) == bool(hours)


def test_the_29th_of_february_recurs_in_leap_years() -> None:
    """In other years nothing happens."""
    desk = schedule(UTC, ALWAYS, recurring={"02-29": Day(())})
    assert desk.hours_on(day("2028-02-29")) == ()
    assert desk.hours_on(day("2027-02-28")) == desk.hours_on(day("2027-03-01")) == ((0, 1440),)


def test_holidays_are_named_only_where_there_are_any() -> None:
    """A schedule without a source knows none."""
    german = schedule(UTC, WEEKDAYS, HolidaySource("DE"))
    found = german.holiday(day("2026-04-03"))
    assert found is not None
    assert (found.de, found.en) == ("Karfreitag", "Good Friday")
    assert german.holiday(day("2026-04-02")) is None
    assert schedule(UTC, WEEKDAYS).holiday(day("2026-04-03")) is None


@pytest.mark.parametrize(
    ("where", "text", "expected"),
    [
        (BERLIN, "2026-03-28", ["03-28 01:00+01:00 - 03-28 04:00+01:00"]),
        (BERLIN, "2026-03-29", ["03-29 01:00+01:00 - 03-29 04:00+02:00"]),
        (BERLIN, "2026-10-25", ["10-25 01:00+02:00 - 10-25 04:00+01:00"]),
        (LORD_HOWE, "2026-04-05", ["04-05 01:00+11:00 - 04-05 04:00+10:30"]),
        (LORD_HOWE, "2026-10-04", ["10-04 01:00+10:30 - 10-04 04:00+11:00"]),
    ],
)
def test_a_span_over_a_clock_change_is_shorter_or_longer(
    where: tzinfo, text: str, expected: list[str]
) -> None:
    """It goes on through the change, whether an hour is left out or comes twice."""
    assert shown(schedule(where, NIGHT).openings(day(text)), where) == expected


def test_a_span_inside_the_repeated_hour_comes_twice() -> None:
    """02:15 to 02:45 happens in both hours, and the desk is closed in between."""
    desk = schedule(BERLIN, (((135, 165),),) * 7)
    assert shown(desk.openings(day("2026-10-25")), BERLIN) == [
        "10-25 02:15+02:00 - 10-25 02:45+02:00",
        "10-25 02:15+01:00 - 10-25 02:45+01:00",
    ]


def test_a_span_inside_the_skipped_hour_never_comes() -> None:
    """A date whose hours are all skipped is no business day."""
    desk = schedule(BERLIN, (((120, 180),),) * 7)
    assert desk.hours_on(day("2026-03-29")) == ((120, 180),)
    assert desk.openings(day("2026-03-29")) == []
    assert not desk.is_business_day(day("2026-03-29"))
    assert desk.is_business_day(day("2026-03-30"))


def test_a_date_left_out_has_no_openings() -> None:
    """Samoa had no 30 December 2011."""
    desk = schedule(APIA, ALWAYS)
    assert desk.openings(day("2011-12-30")) == []
    assert [end - start for start, end in desk.openings(day("2011-12-31"))] == [24 * HOUR]


def test_a_day_of_24_hours_has_23_or_25() -> None:
    """On the dates when clocks change."""
    desk = schedule(BERLIN, ALWAYS)
    lengths = [
        sum(end - start for start, end in desk.openings(day(text))) // HOUR
        for text in ("2026-03-28", "2026-03-29", "2026-10-25")
    ]
    assert lengths == [24, 23, 25]


@pytest.mark.parametrize(
    ("where", "wall", "expected"),
    [
        (BERLIN, "2026-07-01 08:30", "2026-07-01T08:30+02:00"),
        (BERLIN, "2026-03-29 01:59", "2026-03-29T01:59+01:00"),
        (BERLIN, "2026-03-29 02:00", "2026-03-29T03:00+02:00"),
        (BERLIN, "2026-03-29 02:30", "2026-03-29T03:00+02:00"),
        (BERLIN, "2026-03-29 03:00", "2026-03-29T03:00+02:00"),
        (BERLIN, "2026-10-25 02:30", "2026-10-25T02:30+02:00"),
        (BERLIN, "2026-10-25 03:00", "2026-10-25T03:00+01:00"),
        (LORD_HOWE, "2026-10-04 02:15", "2026-10-04T02:30+11:00"),
        (APIA, "2011-12-30 12:00", "2011-12-31T00:00+14:00"),
        (zone("-03:30"), "2026-01-01 00:00", "2026-01-01T00:00-03:30"),
        (zone("+23:59"), "2026-01-01 00:00", "2026-01-01T00:00+23:59"),
        (zone("-23:59"), "2026-01-01 23:59", "2026-01-01T23:59-23:59"),
    ],
)
def test_the_first_instant_that_shows_a_clock_time(where: tzinfo, wall: str, expected: str) -> None:
    """The first of two, and where clocks skip the time, the instant of the change."""
    desk = schedule(where, ALWAYS)
    assert desk.first_showing(at(f"{wall}+00:00")) == at(expected)


@pytest.mark.parametrize(
    ("where", "text", "expected"),
    [
        (UTC, "2026-01-01T00:00+00:00", "2026-01-01"),
        (UTC, "2025-12-31T23:59:59.999999+00:00", "2025-12-31"),
        (BERLIN, "2025-12-31T23:00+00:00", "2026-01-01"),
        (BERLIN, "2025-12-31T22:59:59.999999+00:00", "2025-12-31"),
        (zone("-03:30"), "2026-01-01T03:29+00:00", "2025-12-31"),
        (APIA, "2011-12-30T09:59+00:00", "2011-12-29"),
        (APIA, "2011-12-30T10:00+00:00", "2011-12-31"),
    ],
)
def test_the_date_of_an_instant_is_that_of_the_zone(
    where: tzinfo, text: str, expected: str
) -> None:
    """Also before and after a date that was left out."""
    assert schedule(where, ALWAYS).day_of(at(text)) == day(expected)


@pytest.mark.parametrize("where", [UTC, BERLIN, zone("+14:00"), zone("-12:00"), LORD_HOWE])
def test_pages_are_the_years_of_the_zone(where: tzinfo) -> None:
    """A page begins with its year, and any instant before or after the book counts alike."""
    desk = schedule(where, WEEKDAYS, HolidaySource("DE"))
    for year in (1991, 2000, 2026, 2100):
        start = desk.start(year)
        assert start == at(datetime(year, 1, 1, tzinfo=where).isoformat())
        assert (desk.page_of(start), desk.page_of(start - 1)) == (year, year - 1)
        assert desk.page_of(desk.start(year + 1) - 1) == year
    assert desk.page_of(at("0001-01-02T00:00+00:00")) == desk.page_of(desk.start(1991) - 1) == 1990
    assert desk.page_of(at("9999-12-30T00:00+00:00")) == desk.page_of(desk.start(2101)) == 2101


def test_a_page_is_consistent_where_clocks_go_back_over_new_year() -> None:
    """Dili's clock showed the first minutes of 1912 twice; each instant has one page."""
    desk = schedule(ZoneInfo("Asia/Dili"), ALWAYS)
    start = desk.start(1912)
    assert start == at("1911-12-31T16:00+00:00")
    assert desk.page_of(start) == 1912
    assert desk.page_of(start - 1) == 1911
    assert desk.page_of(start - 20 * MINUTE) == 1911
    assert desk.day_of(start - 20 * MINUTE) == day("1912-01-01")
    pages = [desk.spans(1911), desk.spans(1912)]
    assert [pages[0][-1][1], pages[1][0][0]] == [start, start]


@pytest.mark.parametrize("where", [UTC, BERLIN, LORD_HOWE, APIA, zone("-03:30")])
@pytest.mark.parametrize("year", [2011, 2026])
def test_a_page_holds_the_openings_of_its_dates(where: tzinfo, year: int) -> None:
    """A page is its dates' openings in order, without gaps or repetition."""
    desk = schedule(where, (((60, 240), (510, 1440)),) * 7, HolidaySource("DE"))
    days = range(day(f"{year}-01-01"), day(f"{year + 1}-01-01"))
    assert desk.spans(year) == joined(span for each in days for span in desk.openings(each))


def test_extra_windows_are_cut_at_the_pages() -> None:
    """A window over New Year is on both pages, and joins the hours that it touches."""
    window = (at("2025-12-31T22:00+00:00"), at("2026-01-01T09:00+00:00"))
    desk = schedule(UTC, (OFFICE,) * 7, extra=(window,))
    assert shown(desk.spans(2025))[-2:] == [
        "12-31 08:30+00:00 - 12-31 17:00+00:00",
        "12-31 22:00+00:00 - 01-01 00:00+00:00",
    ]
    assert shown(desk.spans(2026))[0] == "01-01 00:00+00:00 - 01-01 17:00+00:00"
    assert shown(desk.openings(day("2026-01-01"))) == ["01-01 08:30+00:00 - 01-01 17:00+00:00"]


def test_an_extra_window_lies_on_its_own_pages_only() -> None:
    """The years before and after have none of it, even where it ends with the year."""
    window = (at("2026-01-01T00:00+00:00"), at("2027-01-01T00:00+00:00"))
    desk = schedule(UTC, NOTHING, extra=(window,))
    assert [desk.spans(year) for year in (2025, 2026, 2027)] == [[], [window], []]


def test_an_extra_window_makes_no_business_day() -> None:
    """Extended support on a Saturday runs the clock, and no more."""
    window = (at("2026-03-07T08:00+00:00"), at("2026-03-07T12:00+00:00"))
    desk = schedule(UTC, WEEKDAYS, extra=(window,))
    assert window in desk.spans(2026)
    assert not desk.is_business_day(day("2026-03-07"))
    assert desk.openings(day("2026-03-07")) == []


def test_the_first_and_the_last_page_hold_covered_dates_only() -> None:
    """West of the zone's year there is nothing, however the hours lie."""
    desk = schedule(BERLIN, ALWAYS, HolidaySource("DE"))
    assert desk.spans(1991)[0][0] == at("1991-01-01T00:00+01:00") + DAY  # New Year is a holiday
    assert desk.spans(2100)[-1][1] == at("2101-01-01T00:00+01:00")


def test_a_date_after_the_covered_years_is_never_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dili's last minutes of the page of 1911 bore the date of 1912 already."""
    monkeypatch.setattr(schedules, "YEARS_WITHOUT_HOLIDAYS", (1900, 1911))
    desk = schedule(ZoneInfo("Asia/Dili"), ALWAYS)
    assert desk.start(1912) == at("1911-12-31T16:00+00:00")
    assert desk.spans(1911)[-1][1] == at("1911-12-31T15:37:40+00:00")


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda t: (t[0], sum(t) + 1)))
)
def test_joined_spans_cover_what_the_spans_cover(spans: list[Span]) -> None:
    """The same integers, in order, and no two touch."""
    union = joined(spans)
    covered = {each for start, end in spans for each in range(start, end)}
    assert {each for start, end in union for each in range(start, end)} == covered
    assert all(here[1] < there[0] for here, there in pairwise(union))
    assert joined(reversed(spans)) == union
