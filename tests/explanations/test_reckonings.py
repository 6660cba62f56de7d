"""How a deadline came about: stretch by stretch, each with its reason."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone, tzinfo
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from netcor_sla._calendars.frozen_holidays import FrozenHolidays
from netcor_sla._calendars.recorded_zones import RecordedZone
from netcor_sla._explanations.reckonings import REASONS, Leg, Promise, Reckoning, reckon, reckoning
from netcor_sla._policy.targets import amount

from netcor_sla import BusinessCalendar, BusinessDays, BusinessHours, EscalationLevel
from netcor_sla._calendars.holidays import HolidayNames, HolidaySource
from netcor_sla._calendars.instants import day_number, day_text, instant, moment
from netcor_sla._calendars.schedule import Schedule
from netcor_sla._calendars.timeline import BeyondBookError, Timeline
from netcor_sla._calendars.zones import offset_at
from netcor_sla._policy.due import DayRule
from netcor_sla._tickets.facts import Facts

HOUR = 3_600_000_000
OFFICE = [["08:30", "17:00"]]
ALWAYS = {"mon-sun": [["00:00", "24:00"]]}
NEVER_CLOSED: dict[str, Any] = {"hours": ALWAYS}
CRITICAL, HIGH = EscalationLevel.CRITICAL, EscalationLevel.HIGH
LOW = EscalationLevel.LOW
RULES: tuple[DayRule, ...] = ("same time", "end of day")

Target = BusinessHours | BusinessDays


def at(text: str, zone: tzinfo | None = None) -> int:
    """Give the instant of a text with an offset, or of wall-clock time in a zone."""
    read = datetime.fromisoformat(text)
    return instant(read if read.tzinfo else read.replace(tzinfo=zone), "at")


def desk(**calendar: Any) -> BusinessCalendar:  # noqa: ANN401
    """Make a calendar, by default of the standard hours without holidays."""
    form: dict[str, Any] = {"zone": "+01:00", "hours": {"mon-fri": OFFICE}, "holidays": None}
    return BusinessCalendar(**form | calendar)


def reckoned(
    opened: str,
    target: Target,
    rule: DayRule = "elapsed",
    **calendar: Any,  # noqa: ANN401
) -> Reckoning:
    """Reckon a deadline, and how it came about."""
    schedule = desk(**calendar)._schedule
    timeline = Timeline(schedule)
    promise = Promise(LOW, target, rule, amount(target, timedelta(hours=8, minutes=30)))
    start = at(opened, schedule.zone)
    due = reckon(schedule, timeline, start, promise, ())
    return reckoning(schedule, timeline, due, promise, plain(start))


def plain(opened: int) -> Facts:
    """Give the facts of a ticket to which nothing else has happened."""
    return Facts(((opened, LOW),))


def told(found: Reckoning) -> list[tuple[str, ...]]:
    """Write legs as a person would: from when to when on the wall clock, and why."""

    def wall(exact: int) -> str:
        return f"{moment(exact, found.schedule.zone):%m-%d %H:%M}"

    return [
        (wall(leg.start), wall(leg.end), leg.kind, leg.reason, *(leg.names or ())[:1])
        for leg in found.legs
    ]


def reasons(found: Reckoning) -> list[str]:
    """List the reasons alone."""
    return [leg.reason for leg in found.legs]


def test_the_words_are_these() -> None:
    """They stand in records, so none may vanish and none change its kind."""
    assert tuple(REASONS) == ("counted", "closed", "paused", "level", "rule")
    assert {word for words in REASONS.values() for word in words} == {
        *("opening hours", "special date", "recurring date", "extra hours"),
        *("outside hours", "weekend", "closed weekday", "holiday", "same time", "end of day"),
        *("pause", "critical", "high", "medium", "low"),
    }


def test_easter() -> None:
    """The README's example, leg by leg: adjacent days of one reason are one leg."""
    found = reckoned("2026-04-02 14:10", BusinessHours(4), holidays="DE-NI")
    assert told(found) == [
        ("04-02 14:10", "04-02 17:00", "counted", "opening hours"),
        ("04-02 17:00", "04-03 00:00", "closed", "outside hours"),
        ("04-03 00:00", "04-04 00:00", "closed", "holiday", "Karfreitag"),
        ("04-04 00:00", "04-06 00:00", "closed", "weekend"),
        ("04-06 00:00", "04-07 00:00", "closed", "holiday", "Ostermontag"),
        ("04-07 00:00", "04-07 08:30", "closed", "outside hours"),
        ("04-07 08:30", "04-07 09:40", "counted", "opening hours"),
    ]
    assert found.legs[2].names == HolidayNames("Karfreitag", "Good Friday")
    assert found.starts == found.opened
    assert found.counted == 4 * HOUR
    assert (found.opened, found.due) == (found.legs[0].start, found.legs[-1].end)


def test_a_night_is_one_leg() -> None:
    """Closing, midnight and opening: midnight parts nothing that has one reason."""
    found = reckoned("2026-03-10 16:00", BusinessHours(2))
    assert told(found)[1] == ("03-10 17:00", "03-11 08:30", "closed", "outside hours")
    assert len(found.legs) == 3


def test_it_starts_when_the_desk_opens() -> None:
    """Not when the request came in."""
    found = reckoned("2026-03-14 12:00", BusinessHours(1))
    assert found.starts == at("2026-03-16T08:30+01:00")
    assert reasons(found) == ["weekend", "outside hours", "opening hours"]


def test_a_weekend_is_saturday_and_sunday() -> None:
    """Any other day without hours is a closed weekday, and a Saturday with hours is a day."""
    hours = {"tue-wed": OFFICE, "sat": OFFICE}
    found = reckoned("2026-03-11 16:00", BusinessHours(10), hours=hours)
    assert told(found) == [
        ("03-11 16:00", "03-11 17:00", "counted", "opening hours"),
        ("03-11 17:00", "03-12 00:00", "closed", "outside hours"),
        ("03-12 00:00", "03-14 00:00", "closed", "closed weekday"),
        ("03-14 00:00", "03-14 08:30", "closed", "outside hours"),
        ("03-14 08:30", "03-14 17:00", "counted", "opening hours"),
        ("03-14 17:00", "03-15 00:00", "closed", "outside hours"),
        ("03-15 00:00", "03-16 00:00", "closed", "weekend"),
        ("03-16 00:00", "03-17 00:00", "closed", "closed weekday"),
        ("03-17 00:00", "03-17 08:30", "closed", "outside hours"),
        ("03-17 08:30", "03-17 09:00", "counted", "opening hours"),
    ]


def test_a_holiday_on_a_weekend_is_a_holiday() -> None:
    """The rarer reason is the one to be told: Christmas 2027 falls on Saturday and Sunday."""
    found = reckoned("2027-12-24 16:00", BusinessHours(2), holidays="DE-NI")
    assert told(found)[2:4] == [
        ("12-25 00:00", "12-26 00:00", "closed", "holiday", "Erster Weihnachtstag"),
        ("12-26 00:00", "12-27 00:00", "closed", "holiday", "Zweiter Weihnachtstag"),
    ]


def test_holidays_in_a_row_stay_apart() -> None:
    """By their names; two dates of the same name would be one leg."""
    special = {f"2026-03-{day}": {"spans": [], "name": "Umzug"} for day in (11, 12)}
    special["2026-03-13"] = {"spans": [], "name": "Einzug"}
    found = reckoned("2026-03-10 16:00", BusinessHours(2), special=special)
    assert told(found)[2:5] == [
        ("03-11 00:00", "03-13 00:00", "closed", "special date", "Umzug"),
        ("03-13 00:00", "03-14 00:00", "closed", "special date", "Einzug"),
        ("03-14 00:00", "03-16 00:00", "closed", "weekend"),
    ]


def test_a_special_date_beats_a_holiday() -> None:
    """Open on Good Friday, closed on Easter Monday by its own name, open on a Sunday."""
    special = {
        "2026-04-03": {"spans": [["10:00", "12:00"]], "name": "Notdienst"},
        "2026-04-05": [["10:00", "11:00"]],
        "2026-04-06": {"spans": [], "name": "Ausflug"},
    }
    found = reckoned("2026-04-02 16:30", BusinessHours(4), holidays="DE-NI", special=special)
    assert told(found)[2:] == [
        ("04-03 00:00", "04-03 10:00", "closed", "special date", "Notdienst"),
        ("04-03 10:00", "04-03 12:00", "counted", "special date", "Notdienst"),
        ("04-03 12:00", "04-04 00:00", "closed", "special date", "Notdienst"),
        ("04-04 00:00", "04-05 00:00", "closed", "weekend"),
        ("04-05 00:00", "04-05 10:00", "closed", "special date"),
        ("04-05 10:00", "04-05 11:00", "counted", "special date"),
        ("04-05 11:00", "04-06 00:00", "closed", "special date"),
        ("04-06 00:00", "04-07 00:00", "closed", "special date", "Ausflug"),
        ("04-07 00:00", "04-07 08:30", "closed", "outside hours"),
        ("04-07 08:30", "04-07 09:00", "counted", "opening hours"),
    ]
    # Whoever names a date names it in one language; it stands for both.
    assert found.legs[2].names == HolidayNames("Notdienst", "Notdienst")


def test_a_recurring_date_changes_a_day_that_is_open() -> None:
    """It beats neither a holiday nor a weekend, and a special date beats it."""
    recurring = {
        "04-03": {"spans": OFFICE, "name": "nie"},
        "04-04": {"spans": OFFICE, "name": "nie"},
        "04-07": {"spans": [["08:30", "09:30"]], "name": "Inventur"},
        "04-08": [],
        "04-09": {"spans": OFFICE, "name": "nie"},
    }
    found = reckoned(
        "2026-04-02 16:30",
        BusinessHours(2),
        holidays="DE-NI",
        recurring=recurring,
        special={"2026-04-09": [["12:00", "13:00"]]},
    )
    assert "nie" not in {name for leg in found.legs for name in leg.names or ()}
    assert told(found)[5:] == [
        ("04-07 00:00", "04-07 08:30", "closed", "recurring date", "Inventur"),
        ("04-07 08:30", "04-07 09:30", "counted", "recurring date", "Inventur"),
        ("04-07 09:30", "04-08 00:00", "closed", "recurring date", "Inventur"),
        ("04-08 00:00", "04-09 00:00", "closed", "recurring date"),
        ("04-09 00:00", "04-09 12:00", "closed", "special date"),
        ("04-09 12:00", "04-09 12:30", "counted", "special date"),
    ]


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        pytest.param(
            ("2026-03-10T17:00+01:00", "2026-03-10T18:00+01:00"),
            [
                ("03-10 16:00", "03-10 17:00", "counted", "opening hours"),
                ("03-10 17:00", "03-10 18:00", "counted", "extra hours"),
                ("03-10 18:00", "03-11 08:30", "closed", "outside hours"),
                ("03-11 08:30", "03-11 09:30", "counted", "opening hours"),
            ],
            id="touching",
        ),
        pytest.param(
            ("2026-03-10T15:00+01:00", "2026-03-10T16:30+01:00"),
            [
                ("03-10 16:00", "03-10 17:00", "counted", "opening hours"),
                ("03-10 17:00", "03-11 08:30", "closed", "outside hours"),
                ("03-11 08:30", "03-11 10:30", "counted", "opening hours"),
            ],
            id="inside",
        ),
        pytest.param(
            ("2026-03-10T16:30+01:00", "2026-03-10T18:00+01:00"),
            [
                ("03-10 16:00", "03-10 17:00", "counted", "opening hours"),
                ("03-10 17:00", "03-10 18:00", "counted", "extra hours"),
                ("03-10 18:00", "03-11 08:30", "closed", "outside hours"),
                ("03-11 08:30", "03-11 09:30", "counted", "opening hours"),
            ],
            id="overlapping",
        ),
        pytest.param(
            ("2026-03-10T23:00+01:00", "2026-03-11T00:30+01:00"),
            [
                ("03-10 16:00", "03-10 17:00", "counted", "opening hours"),
                ("03-10 17:00", "03-10 23:00", "closed", "outside hours"),
                ("03-10 23:00", "03-11 00:30", "counted", "extra hours"),
                ("03-11 00:30", "03-11 08:30", "closed", "outside hours"),
                ("03-11 08:30", "03-11 09:00", "counted", "opening hours"),
            ],
            id="over midnight",
        ),
        pytest.param(
            ("2026-03-10T12:00+01:00", "2026-03-11T12:00+01:00"),
            [
                ("03-10 16:00", "03-10 17:00", "counted", "opening hours"),
                ("03-10 17:00", "03-10 19:00", "counted", "extra hours"),
            ],
            id="around all",
        ),
    ],
)
def test_extra_hours_are_what_the_regular_ones_are_not(
    window: tuple[str, str], expected: list[tuple[str, ...]]
) -> None:
    """What would have been open anyway is no extra hour."""
    found = reckoned("2026-03-10 16:00", BusinessHours(3), extra=[window])
    assert told(found) == expected


def test_extra_hours_on_a_holiday() -> None:
    """The holiday is told around them; the extra hours bear no name."""
    window = ("2026-04-03T10:00+01:00", "2026-04-03T11:00+01:00")
    found = reckoned("2026-04-03 09:00", BusinessHours(1), holidays="DE-NI", extra=[window])
    assert told(found) == [
        ("04-03 09:00", "04-03 10:00", "closed", "holiday", "Karfreitag"),
        ("04-03 10:00", "04-03 11:00", "counted", "extra hours"),
    ]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_the_last_leg(rule: DayRule) -> None:
    """Where dates are counted the rule has the last word, at the deadline itself."""
    found = reckoned("2026-03-10 10:00", BusinessDays(1), rule)
    assert found.promise.by_date
    assert found.legs[-1] == Leg(found.due, found.due, "rule", rule)
    assert found.counted == sum(leg.end - leg.start for leg in found.legs if leg.kind == "counted")
    due = {"same time": "2026-03-11 10:00", "end of day": "2026-03-11 17:00"}[rule]
    assert found.due == at(f"{due}+01:00")


def test_time_needs_no_rule() -> None:
    """Neither hours under any rule, nor days that are time."""
    for rule in RULES:
        found = reckoned("2026-03-10 10:00", BusinessHours(4), rule)
        assert not found.promise.by_date
        assert found.legs[-1].kind == "counted"
    days = reckoned("2026-03-10 10:00", BusinessDays(1))
    assert not days.promise.by_date
    assert days.counted == days.promise.amount == 8 * HOUR + HOUR // 2


def test_days_of_which_there_are_not_enough() -> None:
    """The search ends with the years."""
    schedule = desk()._schedule
    promise = Promise(LOW, BusinessDays(3), "end of day", 0)
    with pytest.raises(BeyondBookError):
        reckon(schedule, Timeline(schedule), at("2199-12-30T10:00+01:00"), promise, ())


def test_a_deadline_at_an_opening() -> None:
    """Then the last stretch is closed, and the rule says why it ends there."""
    found = reckoned("2026-03-10 07:00", BusinessDays(1), "same time")
    assert told(found)[-2:] == [
        ("03-10 17:00", "03-11 08:30", "closed", "outside hours"),
        ("03-11 08:30", "03-11 08:30", "rule", "same time"),
    ]


NIGHTS = [
    pytest.param("America/Havana", "2026-03-07 20:00", "2026-03-09 04:00", id="Havana, spring"),
    pytest.param("America/Havana", "2026-10-31 20:00", "2026-11-02 04:00", id="Havana, autumn"),
    pytest.param("Asia/Beirut", "2026-03-28 20:00", "2026-03-30 04:00", id="Beirut, spring"),
    pytest.param("Asia/Beirut", "2026-10-24 20:00", "2026-10-26 04:00", id="Beirut, autumn"),
    pytest.param(
        "America/Sao_Paulo", "2018-02-17 20:00", "2018-02-19 04:00", id="São Paulo, autumn"
    ),
    pytest.param(
        "America/Sao_Paulo", "2018-11-03 20:00", "2018-11-05 04:00", id="São Paulo, spring"
    ),
    pytest.param(
        "America/St_Johns", "2010-11-06 20:00", "2010-11-08 04:00", id="St. John's, 00:01"
    ),
    pytest.param("Europe/Berlin", "2026-10-24 20:00", "2026-10-26 04:00", id="Berlin, autumn"),
    pytest.param("Pacific/Apia", "2011-12-29 20:00", "2012-01-01 04:00", id="Apia, without a day"),
]
WEEKS: list[dict[str, Any]] = [
    {"mon-sun": [["00:00", "24:00"]]},
    {"mon-sun": [["00:00", "02:30"], ["22:30", "24:00"]]},
    {"mon-fri": [["00:00", "24:00"]]},
    {"sat": [["08:00", "24:00"]], "sun": [["00:00", "00:30"]], "mon": [["00:00", "12:00"]]},
    {"sun": [["00:00", "24:00"]]},
]


@pytest.mark.parametrize(("place", "opened", "end"), NIGHTS)
@pytest.mark.parametrize("week", WEEKS, ids=range(len(WEEKS)))
def test_a_clock_change_leaves_no_gap(
    place: str, opened: str, end: str, week: dict[str, Any]
) -> None:
    """Legs touch, are never empty, and count what the business clock counts."""
    calendar = desk(zone=place, hours=week, business_day="08:00")
    schedule = calendar._schedule
    timeline = Timeline(schedule)
    start, stop = (at(text, schedule.zone) for text in (opened, end))
    promise = Promise(LOW, BusinessHours(1), "elapsed", 0)
    found = reckoning(schedule, timeline, stop, promise, plain(start))
    assert (found.legs[0].start, found.legs[-1].end) == (start, stop)
    assert all(a.end == b.start and a[2:] != b[2:] for a, b in pairwise(found.legs))
    assert all(leg.start < leg.end for leg in found.legs)
    counted = [(leg.start, leg.end) for leg in found.legs if leg.kind == "counted"]
    assert counted == list(timeline.spans(start, stop))
    assert found.counted == timeline.between(start, stop)
    for leg in found.legs:
        days = range(schedule.day_of(leg.start), schedule.day_of(leg.end - 1) + 1)
        if leg.reason == "weekend":
            assert all(date.fromisoformat(day_text(day)).weekday() >= 5 for day in days)
    # The schedule that is recorded gives the same again.
    again = reckoning(found.schedule, Timeline(found.schedule), stop, promise, plain(start))
    assert again.legs == found.legs
    assert again.schedule == found.schedule._replace(zone=again.schedule.zone)


def test_midnight_comes_twice_in_havana() -> None:
    """Saturday's hours end at the first, and Sunday's half hour comes twice."""
    found = reckoned(
        "2026-10-31 22:00",
        BusinessHours(3),
        zone="America/Havana",
        hours={"sat": [["08:00", "24:00"]], "sun": [["00:00", "00:30"]]},
    )
    hours = [((leg.end - leg.start) / HOUR, leg.kind) for leg in found.legs]
    assert hours == [(2.5, "counted"), (0.5, "closed"), (0.5, "counted")]


def test_saturday_comes_back_in_sao_paulo() -> None:
    """At midnight the clock went back to Saturday 23:00: an hour of weekend hours more."""
    found = reckoned(
        "2018-02-17 22:00",
        BusinessHours(3),
        zone="America/Sao_Paulo",
        hours={"sat": [["08:00", "24:00"]]},
    )
    assert told(found) == [("02-17 22:00", "02-18 00:00", "counted", "opening hours")]
    assert found.due - found.opened == 3 * HOUR


def test_the_day_that_apia_skipped() -> None:
    """30 December 2011 was no date there: neither counted, nor closed, nor a business day."""
    found = reckoned("2011-12-29 16:00", BusinessHours(2), zone="Pacific/Apia")
    assert told(found) == [
        ("12-29 16:00", "12-29 17:00", "counted", "opening hours"),
        ("12-29 17:00", "12-31 00:00", "closed", "outside hours"),
        ("12-31 00:00", "01-02 00:00", "closed", "weekend"),
        ("01-02 00:00", "01-02 08:30", "closed", "outside hours"),
        ("01-02 08:30", "01-02 09:30", "counted", "opening hours"),
    ]
    by_date = reckoned("2011-12-29 16:00", BusinessDays(1), "end of day", zone="Pacific/Apia")
    assert told(by_date)[-1][0] == "01-02 17:00"


def dates(days: Iterable[int]) -> list[str]:
    """Write dates."""
    return [day_text(day) for day in sorted(days)]


@pytest.mark.parametrize(
    ("opened", "hours", "kept"),
    [
        ("2026-04-02 14:10", 4, ["2026-04-03", "2026-04-06"]),
        ("2026-04-02 14:10", 2, []),
        ("2026-04-03 10:00", 1, ["2026-04-03", "2026-04-06"]),
        ("2026-04-06 23:59", 1, ["2026-04-06"]),
        ("2026-12-30 10:00", 20, ["2027-01-01"]),
    ],
)
def test_what_is_recorded_of_holidays(opened: str, hours: int, kept: list[str]) -> None:
    """Those of the dates from opening to deadline, both included, and no other."""
    found = reckoned(opened, BusinessHours(hours), holidays="DE-NI")
    source = found.schedule.source
    assert isinstance(source, FrozenHolidays)
    assert source.origin == HolidaySource("DE", "NI")
    assert dates(source.days) == kept
    assert source.covers == HolidaySource("DE", "NI").covers


def test_the_holiday_on_which_it_is_due_is_recorded() -> None:
    """As with extra hours on Good Friday."""
    window = ("2026-04-03T10:00+01:00", "2026-04-03T12:00+01:00")
    found = reckoned("2026-04-02 16:00", BusinessHours(2), holidays="DE-NI", extra=[window])
    source = found.schedule.source
    assert isinstance(source, FrozenHolidays)
    assert dates(source.days) == ["2026-04-03"]


def test_what_is_recorded_of_a_frozen_calendar() -> None:
    """Its years and where its holidays came from, and again the dates of the stretch alone."""
    schedule = desk(holidays="DE-NI").freeze(2026, 2027)._schedule
    promise = Promise(LOW, BusinessHours(4), "elapsed", 4 * HOUR)
    opened = at("2026-04-02T14:10+01:00")
    timeline = Timeline(schedule)
    due = reckon(schedule, timeline, opened, promise, ())
    source = reckoning(schedule, timeline, due, promise, plain(opened)).schedule.source
    assert isinstance(source, FrozenHolidays)
    assert source.origin == HolidaySource("DE", "NI")
    assert source.covers == (2026, 2027)
    assert dates(source.days) == ["2026-04-03", "2026-04-06"]


def test_nothing_is_recorded_of_no_holidays() -> None:
    """And all else of the calendar is kept as it is."""
    special = {"2026-03-11": [["10:00", "12:00"]], "2027-03-11": []}
    found = reckoned("2026-03-10 16:00", BusinessHours(2), special=special, recurring={"12-24": []})
    assert found.schedule.source is None
    assert dates(found.schedule.special) == ["2026-03-11", "2027-03-11"]
    assert list(found.schedule.recurring) == ["12-24"]
    assert isinstance(found.schedule.zone, timezone)


@pytest.mark.parametrize(
    ("opened", "offsets"),
    [
        ("2026-03-27 10:00", 1),
        ("2026-03-27 16:30", 2),
        ("2026-03-29 12:00", 2),
        ("2026-03-30 10:00", 1),
        ("2026-10-23 16:00", 2),
    ],
)
def test_what_is_recorded_of_a_zone(opened: str, offsets: int) -> None:
    """The offsets of the whole dates from opening to deadline, and they show the same time."""
    found = reckoned(opened, BusinessHours(2), zone="Europe/Berlin")
    zone, berlin = found.schedule.zone, ZoneInfo("Europe/Berlin")
    assert isinstance(zone, RecordedZone)
    assert str(zone) == "Europe/Berlin"
    assert len(zone.offsets) == offsets
    first = day_number(moment(found.opened, berlin).date(), "day")
    assert day_text(found.schedule.day_of(zone.offsets[0][0])) == day_text(first)
    for exact in range(found.opened - 6 * HOUR, found.due + 6 * HOUR, HOUR // 4):
        assert offset_at(zone, exact) == offset_at(berlin, exact)


def test_a_deadline_at_the_end_of_the_covered_years() -> None:
    """The first instant of a year that nobody knows is still a deadline of the last one."""
    schedule = desk(hours=ALWAYS, holidays="DE-NI").freeze(2026, 2026)._schedule
    promise = Promise(LOW, BusinessHours(4), "elapsed", 4 * HOUR)
    opened, timeline = at("2026-12-31T20:00+01:00"), Timeline(schedule)
    due = reckon(schedule, timeline, opened, promise, ())
    found: Schedule = reckoning(schedule, timeline, due, promise, plain(opened)).schedule
    assert due == at("2027-01-01T00:00+01:00")
    assert isinstance(found.source, FrozenHolidays)
    assert found.source.covers == (2026, 2026)
    assert not found.source.days


def happened(  # noqa: PLR0913 - all that may happen
    opened: str,
    target: Target,
    rule: DayRule = "elapsed",
    *,
    pauses: Iterable[tuple[str, str]] = (),
    changes: Iterable[tuple[str, EscalationLevel]] = (),
    came: str | None = None,
    **calendar: Any,  # noqa: ANN401
) -> Reckoning:
    """Reckon a deadline of a ticket to which more has happened, first of a low level."""
    schedule = desk(**calendar)._schedule

    def read(text: str) -> int:
        return at(text, schedule.zone)

    turns = ((read(opened), LOW), *((read(turn), level) for turn, level in changes))
    spans = tuple((read(start), read(end)) for start, end in pauses)
    facts = Facts(turns, spans, None if came is None else read(came))
    timeline = Timeline(schedule)
    promise = Promise(facts.level, target, rule, amount(target, timedelta(hours=8, minutes=30)))
    due = reckon(schedule, timeline, read(opened), promise, spans)
    return reckoning(schedule, timeline, due, promise, facts)


def after(found: Reckoning) -> list[tuple[str, ...]]:
    """Write the legs after the deadline."""
    return told(found._replace(legs=found.overrun))


def test_a_pause_is_told_where_time_would_have_counted() -> None:
    """What was closed meanwhile keeps its reason, and the deadline is later by the open time."""
    found = happened(
        "2026-04-02 14:10",
        BusinessHours(4),
        pauses=[("2026-04-02 16:00", "2026-04-07 10:00")],
        holidays="DE-NI",
    )
    assert told(found) == [
        ("04-02 14:10", "04-02 16:00", "counted", "opening hours"),
        ("04-02 16:00", "04-02 17:00", "paused", "pause"),
        ("04-02 17:00", "04-03 00:00", "closed", "outside hours"),
        ("04-03 00:00", "04-04 00:00", "closed", "holiday", "Karfreitag"),
        ("04-04 00:00", "04-06 00:00", "closed", "weekend"),
        ("04-06 00:00", "04-07 00:00", "closed", "holiday", "Ostermontag"),
        ("04-07 00:00", "04-07 08:30", "closed", "outside hours"),
        ("04-07 08:30", "04-07 10:00", "paused", "pause"),
        ("04-07 10:00", "04-07 12:10", "counted", "opening hours"),
    ]
    assert found.counted == found.promise.amount == 4 * HOUR
    assert (found.overrun, found.late, found.overdue) == ((), False, 0)
    assert found.end == found.due


@pytest.mark.parametrize(
    ("pause", "legs"),
    [
        pytest.param(
            ("2026-03-10 17:00", "2026-03-11 08:30"),
            [
                ("03-10 16:00", "03-10 17:00", "counted", "opening hours"),
                ("03-10 17:00", "03-11 08:30", "closed", "outside hours"),
                ("03-11 08:30", "03-11 09:30", "counted", "opening hours"),
            ],
            id="while closed",
        ),
        pytest.param(
            ("2026-03-10 16:00", "2026-03-10 17:00"),
            [
                ("03-10 16:00", "03-10 17:00", "paused", "pause"),
                ("03-10 17:00", "03-11 08:30", "closed", "outside hours"),
                ("03-11 08:30", "03-11 10:30", "counted", "opening hours"),
            ],
            id="from opening to closing",
        ),
        pytest.param(
            ("2026-03-11 08:00", "2026-03-11 09:00"),
            [
                ("03-10 16:00", "03-10 17:00", "counted", "opening hours"),
                ("03-10 17:00", "03-11 08:30", "closed", "outside hours"),
                ("03-11 08:30", "03-11 09:00", "paused", "pause"),
                ("03-11 09:00", "03-11 10:00", "counted", "opening hours"),
            ],
            id="over an opening",
        ),
        pytest.param(
            ("2026-03-11 09:30", "2026-03-11 12:00"),
            [
                ("03-10 16:00", "03-10 17:00", "counted", "opening hours"),
                ("03-10 17:00", "03-11 08:30", "closed", "outside hours"),
                ("03-11 08:30", "03-11 09:30", "counted", "opening hours"),
            ],
            id="from the deadline on",
        ),
    ],
)
def test_a_pause_reaches_as_far_as_it_is_told_to(
    pause: tuple[str, str], legs: list[tuple[str, ...]]
) -> None:
    """Half-open like all else, and nothing where nothing would have counted."""
    assert told(happened("2026-03-10 16:00", BusinessHours(2), pauses=[pause])) == legs


def test_a_pause_ends_to_the_microsecond() -> None:
    """The time that was counted is neither more nor less."""
    schedule = desk()._schedule
    timeline, start = Timeline(schedule), at("2026-03-10T10:00+01:00")
    pause = (start + 1, start + 2)
    facts = Facts(((start, LOW),), (pause,))
    promise = Promise(LOW, BusinessHours(1), "elapsed", HOUR)
    due = reckon(schedule, timeline, start, promise, facts.pauses)
    found = reckoning(schedule, timeline, due, promise, facts)
    assert found.due == start + HOUR + 1
    assert [(leg.start - start, leg.kind) for leg in found.legs] == [
        *((0, "counted"), (1, "paused"), (2, "counted"))
    ]


def test_pauses_apart_stay_apart_and_midnight_parts_none() -> None:
    """Two with a minute between them are two; one over midnight is one."""
    found = happened(
        "2026-03-10 20:00",
        BusinessHours(2),
        pauses=[("2026-03-10 20:30", "2026-03-10 21:00"), ("2026-03-10 21:01", "2026-03-11 03:00")],
        **NEVER_CLOSED,
    )
    assert told(found) == [
        ("03-10 20:00", "03-10 20:30", "counted", "opening hours"),
        ("03-10 20:30", "03-10 21:00", "paused", "pause"),
        ("03-10 21:00", "03-10 21:01", "counted", "opening hours"),
        ("03-10 21:01", "03-11 03:00", "paused", "pause"),
        ("03-11 03:00", "03-11 04:29", "counted", "opening hours"),
    ]


def test_a_pause_has_no_other_reason() -> None:
    """Neither a special date's name nor extra hours: it would not have been told apart."""
    found = happened(
        "2026-04-03 09:00",
        BusinessHours(2),
        pauses=[("2026-04-03 10:30", "2026-04-04 10:30")],
        holidays="DE-NI",
        extra=[("2026-04-03T10:00+01:00", "2026-04-03T11:00+01:00")],
        special={"2026-04-04": {"spans": [["10:00", "12:30"]], "name": "Inventur"}},
    )
    assert told(found) == [
        ("04-03 09:00", "04-03 10:00", "closed", "holiday", "Karfreitag"),
        ("04-03 10:00", "04-03 10:30", "counted", "extra hours"),
        ("04-03 10:30", "04-03 11:00", "paused", "pause"),
        ("04-03 11:00", "04-04 00:00", "closed", "holiday", "Karfreitag"),
        ("04-04 00:00", "04-04 10:00", "closed", "special date", "Inventur"),
        ("04-04 10:00", "04-04 10:30", "paused", "pause"),
        ("04-04 10:30", "04-04 12:00", "counted", "special date", "Inventur"),
    ]


def test_a_pause_over_a_clock_change_is_as_long_as_it_was() -> None:
    """From 23:30 to 05:00 there were six hours and a half, on the night when clocks went back."""
    found = happened(
        "2026-10-24 20:00",
        BusinessHours(8),
        pauses=[("2026-10-24T23:30+02:00", "2026-10-25T05:00+01:00")],
        zone="Europe/Berlin",
        **NEVER_CLOSED,
    )
    assert told(found) == [
        ("10-24 20:00", "10-24 23:30", "counted", "opening hours"),
        ("10-24 23:30", "10-25 05:00", "paused", "pause"),
        ("10-25 05:00", "10-25 09:30", "counted", "opening hours"),
    ]
    assert found.legs[1].end - found.legs[1].start == 6 * HOUR + HOUR // 2


def test_time_starts_when_the_first_is_counted() -> None:
    """Also where a pause began with the ticket."""
    found = happened(
        "2026-03-10 16:00", BusinessHours(2), pauses=[("2026-03-10 16:00", "2026-03-11 09:00")]
    )
    assert found.starts == at("2026-03-11T09:00+01:00")
    assert found.due == at("2026-03-11T11:00+01:00")


def test_a_change_of_level_is_a_leg_that_lasts_no_time() -> None:
    """It parts what was counted, closed or paused around it, and counts with the last level."""
    found = happened(
        "2026-03-10 16:00",
        BusinessHours(4),
        pauses=[("2026-03-11 09:00", "2026-03-11 10:00")],
        changes=[
            ("2026-03-10 16:30", CRITICAL),
            ("2026-03-10 20:00", LOW),
            ("2026-03-11 09:30", HIGH),
            ("2026-03-11 10:00", CRITICAL),
        ],
    )
    assert told(found) == [
        ("03-10 16:00", "03-10 16:30", "counted", "opening hours"),
        ("03-10 16:30", "03-10 16:30", "level", "critical"),
        ("03-10 16:30", "03-10 17:00", "counted", "opening hours"),
        ("03-10 17:00", "03-10 20:00", "closed", "outside hours"),
        ("03-10 20:00", "03-10 20:00", "level", "low"),
        ("03-10 20:00", "03-11 08:30", "closed", "outside hours"),
        ("03-11 08:30", "03-11 09:00", "counted", "opening hours"),
        ("03-11 09:00", "03-11 09:30", "paused", "pause"),
        ("03-11 09:30", "03-11 09:30", "level", "high"),
        ("03-11 09:30", "03-11 10:00", "paused", "pause"),
        ("03-11 10:00", "03-11 10:00", "level", "critical"),
        ("03-11 10:00", "03-11 12:30", "counted", "opening hours"),
    ]
    assert found.promise.level is CRITICAL


@pytest.mark.parametrize(
    ("change", "legs"),
    [
        pytest.param("2026-03-10 22:00", ["level", "counted"], id="with the opening"),
        pytest.param("2026-03-11 00:00", ["counted", "level", "counted"], id="at midnight"),
        pytest.param("2026-03-11 02:00", ["counted"], id="at the deadline"),
        pytest.param("2026-03-13 02:00", ["counted"], id="after it"),
    ],
)
def test_a_change_of_level_is_told_once(change: str, legs: list[str]) -> None:
    """And not at all from the deadline on, where there was no response."""
    found = happened(
        "2026-03-10 22:00", BusinessHours(4), changes=[(change, CRITICAL)], **NEVER_CLOSED
    )
    assert [leg.kind for leg in found.legs] == legs
    assert found.overrun == ()
    assert found.due == at("2026-03-11T02:00+01:00")
    assert found.end == max(found.due, at(change, found.schedule.zone))


def test_the_time_to_a_late_response_is_told_apart() -> None:
    """Counted, paused and closed as before the deadline; a change at the deadline comes first."""
    found = happened(
        "2026-04-02 10:00",
        BusinessHours(4),
        pauses=[("2026-04-02 15:00", "2026-04-02 16:00")],
        changes=[("2026-04-02 14:00", HIGH), ("2026-04-07 09:00", CRITICAL)],
        came="2026-04-07 09:30",
        holidays="DE-NI",
    )
    assert told(found) == [("04-02 10:00", "04-02 14:00", "counted", "opening hours")]
    assert after(found) == [
        ("04-02 14:00", "04-02 14:00", "level", "high"),
        ("04-02 14:00", "04-02 15:00", "counted", "opening hours"),
        ("04-02 15:00", "04-02 16:00", "paused", "pause"),
        ("04-02 16:00", "04-02 17:00", "counted", "opening hours"),
        ("04-02 17:00", "04-03 00:00", "closed", "outside hours"),
        ("04-03 00:00", "04-04 00:00", "closed", "holiday", "Karfreitag"),
        ("04-04 00:00", "04-06 00:00", "closed", "weekend"),
        ("04-06 00:00", "04-07 00:00", "closed", "holiday", "Ostermontag"),
        ("04-07 00:00", "04-07 08:30", "closed", "outside hours"),
        ("04-07 08:30", "04-07 09:00", "counted", "opening hours"),
        ("04-07 09:00", "04-07 09:00", "level", "critical"),
        ("04-07 09:00", "04-07 09:30", "counted", "opening hours"),
    ]
    assert found.late
    assert found.overdue == 3 * HOUR
    assert found.counted == 4 * HOUR
    assert found.end == at("2026-04-07T09:30+01:00")


@pytest.mark.parametrize(
    ("came", "late", "legs"),
    [
        pytest.param("2026-03-10 13:00", False, [], id="with the opening"),
        pytest.param("2026-03-10 14:00", False, [], id="before the deadline"),
        pytest.param("2026-03-10 17:00", False, [], id="at the deadline"),
        pytest.param("2026-03-10 17:00:00.000001", True, ["outside hours"], id="a microsecond on"),
        pytest.param("2026-03-10 21:40", True, ["outside hours"], id="at night"),
    ],
)
def test_late_is_what_comes_after_the_deadline(came: str, late: bool, legs: list[str]) -> None:  # noqa: FBT001
    """Though no business time has passed: instants decide; the legs go on to the deadline."""
    found = happened("2026-03-10 13:00", BusinessHours(4), came=came)
    assert found.late is late
    assert [leg.reason for leg in found.overrun] == legs
    assert found.overdue == 0
    assert told(found) == [("03-10 13:00", "03-10 17:00", "counted", "opening hours")]


def test_a_change_with_the_response_is_no_part_of_the_stretch() -> None:
    """Half-open: nothing of it lies between deadline and response."""
    found = happened(
        "2026-03-10 10:00",
        BusinessHours(4),
        changes=[("2026-03-10 16:00", CRITICAL)],
        came="2026-03-10 16:00",
    )
    assert after(found) == [("03-10 14:00", "03-10 16:00", "counted", "opening hours")]
    assert found.overdue == 2 * HOUR


def test_a_pause_from_the_deadline_on_is_no_time_overdue() -> None:
    """It moves no deadline, and still stops the clock."""
    found = happened(
        "2026-03-10 10:00",
        BusinessHours(4),
        pauses=[("2026-03-10 14:00", "2026-03-10 16:00")],
        came="2026-03-10 16:30",
    )
    assert found.due == at("2026-03-10T14:00+01:00")
    assert after(found) == [
        ("03-10 14:00", "03-10 16:00", "paused", "pause"),
        ("03-10 16:00", "03-10 16:30", "counted", "opening hours"),
    ]
    assert found.overdue == HOUR // 2


@pytest.mark.parametrize(
    ("rule", "due"), [("same time", "03-13 12:00"), ("end of day", "03-13 10:30")]
)
def test_by_date_a_pause_is_added_after_the_date(rule: DayRule, due: str) -> None:
    """Two hours of business time, and the rule at the deadline itself."""
    found = happened(
        "2026-03-10 10:00",
        BusinessDays(3 if rule == "same time" else 2),
        rule,
        pauses=[("2026-03-11 16:00", "2026-03-12 09:30")],
    )
    assert told(found)[-1] == (due, due, "rule", rule)
    assert [leg[:4] for leg in told(found) if leg[2] == "paused"] == [
        ("03-11 16:00", "03-11 17:00", "paused", "pause"),
        ("03-12 08:30", "03-12 09:30", "paused", "pause"),
    ]


def test_a_rule_stands_before_what_follows_the_deadline() -> None:
    """It is the last of the legs up to it, and none of those after it."""
    found = happened("2026-03-10 10:00", BusinessDays(1), "end of day", came="2026-03-12 09:00")
    assert [leg.kind for leg in found.legs] == ["counted", "closed", "counted", "rule"]
    assert [leg.kind for leg in found.overrun] == ["closed", "counted"]
    assert found.legs[-1].end == found.overrun[0].start == found.due


def test_a_deadline_at_an_opening_stays_one() -> None:
    """By date, with a day lost to a pause: the next opening, and not the closing before it."""
    found = happened(
        "2026-03-10 07:00",
        BusinessDays(1),
        "same time",
        pauses=[("2026-03-10 08:30", "2026-03-10 17:00")],
    )
    assert told(found)[-1][0] == "03-12 08:30"


@pytest.mark.parametrize(
    ("facts", "kept", "offsets"),
    [
        ({}, [], 1),
        ({"came": "2026-03-27 12:00"}, [], 1),
        ({"came": "2026-03-30 09:00"}, [], 2),
        ({"came": "2026-04-07 09:00"}, ["2026-04-03", "2026-04-06"], 2),
        ({"changes": [("2026-04-04 09:00", CRITICAL)]}, ["2026-04-03"], 2),
    ],
)
def test_what_is_recorded_reaches_to_the_last_that_is_told(
    facts: dict[str, Any], kept: list[str], offsets: int
) -> None:
    """A late response or change of level needs the holidays and the clock of its date too."""
    found = happened(
        "2026-03-27 10:00", BusinessHours(1), holidays="DE-NI", zone="Europe/Berlin", **facts
    )
    source, zone = found.schedule.source, found.schedule.zone
    assert isinstance(source, FrozenHolidays)
    assert isinstance(zone, RecordedZone)
    assert dates(source.days) == kept
    assert len(zone.offsets) == offsets


def test_the_recorded_schedule_gives_the_same_again() -> None:
    """All of it: pauses, changes, and the time after the deadline."""
    found = happened(
        "2026-03-27 16:00",
        BusinessHours(4),
        pauses=[("2026-03-27 16:30", "2026-03-30 09:00")],
        changes=[("2026-03-28 12:00", HIGH), ("2026-04-01 12:00", CRITICAL)],
        came="2026-04-07 09:00",
        holidays="DE-NI",
        zone="Europe/Berlin",
    )
    timeline = Timeline(found.schedule)
    due = reckon(found.schedule, timeline, found.opened, found.promise, found.facts.pauses)
    again = reckoning(found.schedule, timeline, due, found.promise, found.facts)
    assert again._replace(schedule=found.schedule) == found


def test_a_response_in_1970_is_one_like_any() -> None:
    """Its instant is the number 0, which is not nothing."""
    found = happened(
        "1969-12-31 10:00", BusinessHours(4), came="1970-01-01 00:00", zone="UTC", **NEVER_CLOSED
    )
    assert found.facts.responded == 0
    assert found.late
    assert found.overdue == 10 * HOUR
