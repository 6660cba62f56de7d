"""Freezing: the same answers in the years that are kept, and none in any other."""

import copy
import json
import pickle
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from netcor_sla import STANDARD, BusinessCalendar, EscalationLevel
from netcor_sla.errors import ArgumentError, CalendarError, CoverageError, SLAError

OFFICE = [["08:30", "17:00"]]
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

CALENDARS: dict[str, dict[str, Any]] = {
    "Lower Saxony": {"zone": "+01:00", "hours": {"mon-fri": OFFICE}, "holidays": "DE-NI"},
    "catholic Bavaria": {
        "zone": "Europe/Berlin",
        "hours": {"mon-thu": OFFICE, "fri": [["08:30", "12:00"], ["13:00", "15:00"]]},
        "holidays": {"country": "DE", "subdivision": "BY", "categories": ["catholic", "public"]},
        "special": {"2017-08-14": [["10:00", "12:00"]], "2018-12-24": []},
        "recurring": {"12-31": {"spans": [["08:30", "12:00"]], "name": "Silvester"}},
        "extra": [["2018-05-19T20:00+02:00", "2018-05-20T04:00+02:00"]],
        "business_day": "08:00",
    },
    "Austria": {"zone": "Europe/Vienna", "hours": {"mon-sat": OFFICE}, "holidays": "AT"},
    "no holidays": {"zone": "America/St_Johns", "hours": {"mon-sun": OFFICE}, "holidays": None},
}
WINDOWS = [  # each in the calendar's zone, +01:00
    ["2015-12-24T10:00+01:00", "2015-12-24T11:00+01:00"],
    ["2015-12-31T22:00+01:00", "2016-01-01T02:00+01:00"],
    ["2016-05-21T10:00+01:00", "2016-05-21T11:00+01:00"],
    ["2016-12-31T23:00+01:00", "2017-01-01T03:00+01:00"],
    ["2017-05-20T10:00+01:00", "2017-05-20T11:00+01:00"],
]


@cache
def live(name: str) -> BusinessCalendar:
    """Make one of the calendars above."""
    return BusinessCalendar.from_dict(CALENDARS[name])


def desk(**changes: object) -> BusinessCalendar:
    """Make a calendar of Lower Saxony with changes."""
    return live("Lower Saxony").replace(**changes)


def extra(calendar: BusinessCalendar) -> list[list[str]]:
    """Show its extra windows."""
    found: list[list[str]] = calendar.to_dict().get("extra", [])
    return found


each_calendar = pytest.mark.parametrize("name", CALENDARS)


@each_calendar
def test_every_day_of_the_years_is_as_it_was(name: str) -> None:
    """Name, business day and opening hours; a lost or a new holiday would show here."""
    before, after = live(name), live(name).freeze(2016, 2018)
    day = date(2016, 1, 1)
    while day <= date(2018, 12, 31):
        assert after.is_business_day(day) == before.is_business_day(day)
        assert after.holiday(day) == before.holiday(day)
        assert after.holiday(day, "en") == before.holiday(day, "en")
        day += DAY
    start, end = (datetime(year, 1, 2, tzinfo=before.tzinfo) for year in (2016, 2018))
    assert list(after.spans(start, end)) == list(before.spans(start, end))


@each_calendar
def test_every_deadline_in_the_years_is_as_it_was(name: str) -> None:
    """At each level, under each rule for days, day by day."""
    before = STANDARD.replace(calendar=live(name).replace(business_day="08:00"))
    after = before.replace(calendar=before.calendar.freeze(2016, 2018))
    for days in range(2, 1080):
        at = datetime(2016, 1, 1, 11, 15, tzinfo=UTC) + days * DAY
        for level in EscalationLevel:
            assert after.response_due(at, level) == before.response_due(at, level)
    for rule in ("same time", "end of day"):
        one, other = (agreement.replace(day_rule=rule) for agreement in (before, after))
        at = datetime(2017, 12, 21, 11, 15, tzinfo=UTC)
        for level in EscalationLevel:
            assert other.explain(at, level).due == one.explain(at, level).due


def test_the_form_has_the_days_of_these_years_with_both_names() -> None:
    """In order, and of no other year; 2017 alone had Reformation Day in Lower Saxony."""
    form = desk().freeze(2017, 2017).to_dict()["holidays"]
    assert {key: form[key] for key in ("source", "first", "last")} == {
        "source": "DE-NI",
        "first": 2017,
        "last": 2017,
    }
    assert form["days"] == {
        "2017-01-01": ["Neujahr", "New Year's Day"],
        "2017-04-14": ["Karfreitag", "Good Friday"],
        "2017-04-17": ["Ostermontag", "Easter Monday"],
        "2017-05-01": ["Erster Mai", "Labor Day"],
        "2017-05-25": ["Christi Himmelfahrt", "Ascension Day"],
        "2017-06-05": ["Pfingstmontag", "Pentecost Monday"],
        "2017-10-03": ["Tag der Deutschen Einheit", "German Unity Day"],
        "2017-10-31": ["Reformationstag", "Reformation Day"],
        "2017-12-25": ["Erster Weihnachtstag", "Christmas Day"],
        "2017-12-26": ["Zweiter Weihnachtstag", "Second Day of Christmas"],
    }


@each_calendar
def test_a_frozen_calendar_comes_back_from_its_form(name: str) -> None:
    """Also by way of JSON; and the calendar that was frozen stays as it was."""
    before = live(name).to_dict()
    frozen = live(name).freeze(2016, 2018)
    assert BusinessCalendar.from_dict(json.loads(json.dumps(frozen.to_dict()))) == frozen
    assert BusinessCalendar(**frozen.to_dict()) == frozen
    assert frozen.replace() == frozen
    assert live(name).to_dict() == before
    assert frozen.tzinfo == live(name).tzinfo


def test_special_dates_of_other_years_are_left_out() -> None:
    """They would be refused, since the calendar no longer covers them."""
    days = ("2015-12-31", "2016-01-01", "2016-12-31", "2017-01-01")
    kept = desk(special=dict.fromkeys(days, OFFICE)).freeze(2016, 2016)
    assert kept.to_dict()["special"] == {"2016-01-01": OFFICE, "2016-12-31": OFFICE}
    assert "special" not in desk(special=dict.fromkeys(days, OFFICE)).freeze(2018, 2018).to_dict()


def test_recurring_dates_stay() -> None:
    """They are of every year."""
    days = {"12-24": [], "12-31": {"spans": OFFICE, "name": "Silvester"}}
    assert desk(recurring=days).freeze(2016, 2016).to_dict()["recurring"] == days


def test_extra_windows_of_other_years_are_left_out_and_those_across_the_border_clipped() -> None:
    """At the calendar's own New Year, which is 23:00 in UTC."""
    assert extra(desk(extra=WINDOWS).freeze(2016, 2016)) == [
        ["2015-12-31T23:00:00+00:00", "2016-01-01T01:00:00+00:00"],
        ["2016-05-21T09:00:00+00:00", "2016-05-21T10:00:00+00:00"],
        ["2016-12-31T22:00:00+00:00", "2016-12-31T23:00:00+00:00"],
    ]


def test_a_window_across_both_borders_is_clipped_at_both() -> None:
    """What is inside stays open, to the last microsecond."""
    whole = desk(extra=[["2015-06-01T00:00Z", "2017-06-01T00:00Z"]]).freeze(2016, 2016)
    assert extra(whole) == [["2015-12-31T23:00:00+00:00", "2016-12-31T23:00:00+00:00"]]
    assert whole.is_open(datetime(2016, 1, 1, tzinfo=whole.tzinfo))
    assert whole.is_open(datetime(2016, 12, 31, 23, 59, 59, 999999, tzinfo=whole.tzinfo))


@pytest.mark.parametrize(
    "window",
    [
        ["2015-12-31T20:00+01:00", "2016-01-01T00:00+01:00"],
        ["2017-01-01T00:00+01:00", "2017-01-01T04:00+01:00"],
    ],
)
def test_a_window_that_only_touches_the_years_is_left_out(window: list[str]) -> None:
    """Clipped, it would be empty, and be refused."""
    assert extra(desk(extra=[window]).freeze(2016, 2016)) == []


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Pacific/Auckland", "2015-12-31T11:00:00+00:00"),
        ("America/St_Johns", "2016-01-01T03:30:00+00:00"),
        ("Europe/Berlin", "2015-12-31T23:00:00+00:00"),
        ("UTC", "2016-01-01T00:00:00+00:00"),
    ],
)
def test_the_border_is_that_of_the_calendars_zone(zone: str, start: str) -> None:
    """In UTC another year may have begun already, or not yet."""
    window = ["2015-12-30T00:00Z", "2016-01-03T00:00Z"]
    kept = desk(zone=zone, extra=[window]).freeze(2016, 2016)
    assert extra(kept) == [[start, "2016-01-03T00:00:00+00:00"]]
    assert BusinessCalendar.from_dict(kept.to_dict()) == kept


def test_a_calendar_without_holidays_can_be_frozen() -> None:
    """It then covers these years, and no longer 1900 to 2199."""
    frozen = live("no holidays").freeze(2016, 2017)
    form = frozen.to_dict()["holidays"]
    assert form == {"source": None, "first": 2016, "last": 2017, "days": {}}
    assert frozen.holiday(date(2016, 12, 25)) is None
    with pytest.raises(CoverageError, match=r"lies outside 2016 to 2017"):
        frozen.holiday(date(2018, 1, 1))
    assert live("no holidays").freeze(1900, 2199).is_business_day(date(2199, 12, 31))


@each_calendar
def test_freezing_again_narrows(name: str) -> None:
    """What was frozen in two steps is what is frozen in one; and not wider than before."""
    frozen = live(name).freeze(2016, 2018)
    assert frozen.freeze(2016, 2018) == frozen
    assert frozen.freeze(2017, 2017) == live(name).freeze(2017, 2017)
    for years in ((2015, 2018), (2016, 2019), (2015, 2015)):
        with pytest.raises(CoverageError, match=r"lies outside 2016 to 2018"):
            frozen.freeze(*years)


def test_all_covered_years_can_be_frozen() -> None:
    """The first and the last, both included."""
    frozen = desk().freeze(1991, 2100)
    assert frozen.holiday(date(1991, 1, 1)) == frozen.holiday(date(2100, 1, 1)) == "Neujahr"
    assert len(frozen.to_dict()["holidays"]["days"]) > 1000


@pytest.mark.parametrize(
    ("first", "last", "error", "words"),
    [
        (2017, 2016, CalendarError, ["last_year 2016 is before first_year 2017", "earlier"]),
        (True, 2016, ArgumentError, ["first_year must be a whole number, as 2026, not True"]),
        (2016, "2017", ArgumentError, ["last_year must be a whole number, as 2026, not '2017'"]),
        (2016.0, 2017, ArgumentError, ["first_year must be a whole number, as 2026, not 2016.0"]),
        (None, 2017, ArgumentError, ["first_year must be a whole number, as 2026, not None"]),
        (2016, date(2017, 1, 1), ArgumentError, ["last_year must be a whole number, as 2026, not"]),
        (1990, 2016, CoverageError, ["first_year 1990 lies outside 1991 to 2100", "DE-NI"]),
        (2016, 2101, CoverageError, ["last_year 2101 lies outside 1991 to 2100", "holidays=None"]),
        (10**30, 2016, CoverageError, ["first_year 1000000000000000000000000000000 lies outside"]),
        (2101, 1990, CoverageError, ["first_year 2101"]),
    ],
)
def test_years_without_sense_are_refused(
    first: Any,  # noqa: ANN401 - what is wrong for the types is given on purpose
    last: Any,  # noqa: ANN401
    error: type[SLAError],
    words: list[str],
) -> None:
    """The message names the argument, the value and the remedy."""
    with pytest.raises(error) as refused:
        desk().freeze(first, last)
    assert type(refused.value) is error
    for word in words:
        assert word in str(refused.value)


def test_a_calendar_of_which_nothing_would_be_left_is_refused() -> None:
    """One that opens on special dates only, in other years, would never open."""
    only = desk(hours={}, special={"2016-01-05": OFFICE})
    assert only.freeze(2016, 2016).is_business_day(date(2016, 1, 5))
    with pytest.raises(CalendarError, match=r"^hours never open the desk"):
        only.freeze(2017, 2017)


def test_questions_and_answers_outside_the_years_are_refused() -> None:
    """Also where the calendar that was frozen would know; the message names the years."""
    frozen = desk().freeze(2016, 2016)
    edge = datetime(2016, 12, 30, 16, tzinfo=frozen.tzinfo)
    assert frozen.add(edge, HOUR) == edge + HOUR
    years = "2016 to 2016, the years that the holidays of DE-NI are known for"
    with pytest.raises(CoverageError, match=rf"^from at .*, the answer lies later than {years}"):
        frozen.add(edge, HOUR + timedelta(microseconds=1))
    with pytest.raises(CoverageError, match=rf"^at 2017-01-01T00:00:00.01:00 lies outside {years}"):
        frozen.is_open(datetime(2017, 1, 1, tzinfo=frozen.tzinfo))
    with pytest.raises(CoverageError, match=rf"lies before {years}"):
        frozen.subtract(datetime(2016, 1, 4, 9, tzinfo=frozen.tzinfo), HOUR)
    with pytest.raises(CoverageError, match=rf"^day 2015-12-31 lies outside {years}"):
        frozen.holiday(date(2015, 12, 31))
    with pytest.raises(CoverageError, match=rf"^start 2015-.* lies outside {years}"):
        frozen.with_extra_hours(edge - 366 * DAY, edge)


@pytest.mark.parametrize("length", [None, "08:30", "07:30"])
def test_the_business_day_is_kept(length: str | None) -> None:
    """Given or derived, and written only where it was given and differs."""
    frozen = desk(business_day=length).freeze(2016, 2016)
    assert frozen.business_day == desk(business_day=length).business_day
    assert frozen.to_dict().get("business_day") == (length if length == "07:30" else None)


def test_the_business_day_is_kept_where_weekdays_differ() -> None:
    """There it can't be derived, and targets in days need it."""
    frozen = live("catholic Bavaria").freeze(2018, 2018)
    assert frozen.business_day == 8 * HOUR
    assert frozen.to_dict()["business_day"] == "08:00"


def test_a_frozen_calendar_can_be_changed_like_any_other() -> None:
    """In its years, and its holidays stay as they are."""
    frozen = desk().freeze(2016, 2016)
    saturday = datetime(2016, 5, 21, 10, tzinfo=frozen.tzinfo)
    more = frozen.with_extra_hours(saturday, saturday + HOUR)
    assert more.between(saturday - DAY, saturday + DAY) == 8 * HOUR
    assert more.to_dict()["holidays"] == frozen.to_dict()["holidays"]
    assert frozen.replace(holidays="DE-NI") == desk()
    with pytest.raises(CalendarError, match=r"^special: 2017-01-02 lies outside the years"):
        frozen.replace(special={"2017-01-02": OFFICE})


def test_equal_frozen_calendars_are_alike_in_all() -> None:
    """Equality, hash and fingerprint; and neither other years nor the live one is equal."""
    one, other = (desk().freeze(2016, 2017) for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert one.fingerprint == other.fingerprint
    assert repr(one) == repr(other)
    kinds = {desk(), one, other, desk().freeze(2016, 2016), live("Austria").freeze(2016, 2017)}
    assert len(kinds) == len({each.fingerprint for each in kinds}) == 4


def test_one_name_makes_another_fingerprint() -> None:
    """Names are facts too."""
    form = desk().freeze(2016, 2016).to_dict()
    form["holidays"]["days"]["2016-01-01"][1] = "New Year"
    assert BusinessCalendar.from_dict(form) != desk().freeze(2016, 2016)


@each_calendar
def test_a_frozen_calendar_survives_copies_and_pickles(name: str) -> None:
    """In every protocol."""
    frozen = live(name).freeze(2016, 2016)
    assert copy.copy(frozen) == copy.deepcopy(frozen) == frozen
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(frozen, protocol)) == frozen  # noqa: S301 - our own pickle
