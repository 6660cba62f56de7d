"""Follow-ups: daily for critical requests, and for all others as agreed, by rules of RFC 5545."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import calendar as calendar_module
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import effort
from netcor_sla import Agreement, BusinessCalendar, BusinessHours, EscalationLevel
from netcor_sla.errors import AgreementError, ArgumentError, CoverageError, NaiveError, NoOpeningError

BERLIN: Final = ZoneInfo("Europe/Berlin")
CRITICAL, LOW = EscalationLevel.CRITICAL, EscalationLevel.LOW
HOURS: Final = [["08:30", "17:00"]]
FORM: Final[dict[str, Any]] = {"zone": "+01:00", "hours": {"mon-fri": HOURS}, "holidays": "DE-NI"}
ALWAYS: Final[dict[str, Any]] = {"hours": {"mon-sun": [["00:00", "24:00"]]}, "holidays": None}
DESK: Final = BusinessCalendar(**FORM)


def follow_ups(
    desk: BusinessCalendar, after: Any, level: Any = CRITICAL, rule: Any = None
) -> Iterator[datetime]:
    """Ask an agreement on a desk."""
    targets = dict.fromkeys(EscalationLevel, BusinessHours(1))
    return Agreement(calendar=desk, targets=targets).follow_ups(after, level, rule=rule)


def asked(
    after: str, rule: str | None = None, level: EscalationLevel = CRITICAL, **calendar: Any
) -> Iterator[datetime]:
    """Ask for follow-ups; the text is wall-clock time in the calendar's zone."""
    desk = BusinessCalendar(**FORM | calendar)
    return follow_ups(desk, datetime.fromisoformat(after).replace(tzinfo=desk.tzinfo), level, rule)


def first(count: int, *asking: Any, **calendar: Any) -> list[str]:
    """Write the first follow-ups in the calendar's zone."""
    return [f"{each:%Y-%m-%d %H:%M}" for each in islice(asked(*asking, **calendar), count)]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        # Thursday before Easter: Friday and Monday are holidays.
        ("2026-04-02 14:10", ["2026-04-07 14:10", "2026-04-08 14:10", "2026-04-09 14:10"]),
        # Over a weekend.
        ("2026-01-08 08:30", ["2026-01-09 08:30", "2026-01-12 08:30", "2026-01-13 08:30"]),
        # Over the end of a year; 31 December is a business day, 1 January a holiday.
        ("2026-12-30 10:00", ["2026-12-31 10:00", "2027-01-04 10:00", "2027-01-05 10:00"]),
        # After hours, and at the closing itself: by the closing of each day. The first is a Monday.
        ("2026-01-05 17:30", ["2026-01-06 17:00", "2026-01-07 17:00", "2026-01-08 17:00"]),
        ("2026-01-08 17:00", ["2026-01-09 17:00", "2026-01-12 17:00", "2026-01-13 17:00"]),
        # Before hours: at the opening of each day.
        ("2026-01-08 07:00", ["2026-01-09 08:30", "2026-01-12 08:30", "2026-01-13 08:30"]),
        # On a Saturday, and on a holiday.
        ("2026-01-10 12:00", ["2026-01-12 12:00", "2026-01-13 12:00", "2026-01-14 12:00"]),
        ("2026-05-01 12:00", ["2026-05-04 12:00", "2026-05-05 12:00", "2026-05-06 12:00"]),
    ],
)
def test_a_critical_request_is_followed_up_daily(after: str, expected: list[str]) -> None:
    """Once on each following business day, worked out by hand."""
    assert first(3, after) == expected


def test_the_time_is_kept_to_the_microsecond() -> None:
    """And nothing in an hour of the same day, however early it is."""
    after = datetime(2026, 1, 8, 9, 0, 0, 1, tzinfo=DESK.tzinfo)
    assert list(islice(follow_ups(DESK, after), 2)) == [after + timedelta(days=1), after + timedelta(days=4)]


def test_a_half_day_has_its_follow_up_at_its_end() -> None:
    """Or at the end of its last opening before, and it takes none from the day after."""
    half, breaks = [["08:30", "12:00"]], [["08:30", "12:00"], ["15:00", "16:00"]]
    expected = ["2026-12-23 14:10", "2026-12-24 12:00", "2026-12-28 14:10", "2026-12-29 14:10"]
    for hours in (half, breaks):
        assert first(4, "2026-12-22 14:10", special={"2026-12-24": hours}) == expected
    special = {"2026-01-06": half, "2026-01-07": [["14:30", "17:00"]], "2026-01-08": [["00:00", "24:00"]]}
    expected = ["2026-01-06 12:00", "2026-01-07 14:30", "2026-01-08 14:10", "2026-01-09 14:10"]
    assert first(4, "2026-01-05 14:10", special=special) == expected


def test_an_extra_window_makes_no_business_day() -> None:
    """An agreed Saturday has no follow-up; an agreed evening of a business day may."""
    extra = [["2026-01-10T10:00+01:00", "2026-01-10T16:00+01:00"]]
    for after, at in (("12:00", "12:00"), ("18:00", "17:00")):
        expected = [f"2026-01-09 {at}", f"2026-01-12 {at}"]
        assert first(2, f"2026-01-08 {after}", extra=extra) == expected
    late = [["2026-01-09T17:30+01:00", "2026-01-09T20:00+01:00"]]
    assert first(2, "2026-01-08 18:00", extra=late) == ["2026-01-09 18:00", "2026-01-12 17:00"]


def test_a_night_belongs_to_the_date_on_which_it_lies() -> None:
    """Open from 22:00 to 06:00, there is a follow-up each night, or by its end."""
    nights: dict[str, Any] = {"hours": {"mon-sun": [["00:00", "06:00"], ["22:00", "24:00"]]}}
    assert first(2, "2026-01-08 23:00", **nights) == ["2026-01-09 23:00", "2026-01-10 23:00"]
    assert first(2, "2026-01-08 03:00", **nights) == ["2026-01-09 03:00", "2026-01-10 03:00"]
    assert first(2, "2026-01-08 12:00", **nights) == ["2026-01-09 06:00", "2026-01-10 06:00"]


@pytest.mark.parametrize(
    ("after", "rule", "expected"),
    [
        # 02:30 is skipped: the instant of the change; a rule goes as far as the clocks go.
        ("2026-03-28 02:30", None, ["2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"]),
        ("2026-03-28 02:30", "FREQ=DAILY", ["2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00"]),
        # 02:30 comes twice: the first.
        ("2026-10-24 02:30", None, ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]),
        ("2026-10-24 02:30", "FREQ=DAILY", ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]),
        ("2026-10-24 12:00", None, ["2026-10-25T12:00:00+01:00", "2026-10-26T12:00:00+01:00"]),
    ],
)
def test_the_wall_clock_is_kept_where_clocks_change(
    after: str, rule: str | None, expected: list[str]
) -> None:
    """In a zone that changes its clocks, at a desk that never closes."""
    found = asked(after, rule, zone="Europe/Berlin", **ALWAYS)
    assert [each.isoformat() for each in islice(found, 2)] == expected


def test_nothing_comes_before_the_second_of_two_same_times() -> None:
    """At 02:30 in winter time, a rule's own 02:45 lies behind, in summer time."""
    desk = BusinessCalendar(zone="Europe/Berlin", **ALWAYS)
    after = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    found = follow_ups(desk, after, LOW, "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,45")
    assert next(found).isoformat() == "2026-10-25T03:00:00+01:00"
    assert next(follow_ups(desk, after)).isoformat() == "2026-10-26T02:30:00+01:00"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # Thursday 2 April 14:10; 3 and 6 April are holidays.
        ("FREQ=WEEKLY", ["2026-04-09 14:10", "2026-04-16 14:10", "2026-04-23 14:10"]),
        ("FREQ=WEEKLY;BYDAY=TU,FR", ["2026-04-07 08:30", "2026-04-07 14:10", "2026-04-10 14:10"]),
        ("FREQ=DAILY", ["2026-04-07 08:30", "2026-04-07 14:10", "2026-04-08 14:10"]),
        ("FREQ=DAILY;BYHOUR=9,18", ["2026-04-07 08:30", "2026-04-07 09:10", "2026-04-08 08:30"]),
        (
            "FREQ=MONTHLY;BYDAY=1MO;BYHOUR=9;BYMINUTE=0",
            ["2026-04-07 08:30", "2026-05-04 09:00", "2026-06-01 09:00"],
        ),
        # The first of those that are counted is the start, and the second and third one instant.
        ("FREQ=DAILY;COUNT=3", ["2026-04-07 08:30"]),
        ("FREQ=DAILY;COUNT=1", []),
        ("FREQ=DAILY;UNTIL=20260408T131000Z", ["2026-04-07 08:30", "2026-04-07 14:10", "2026-04-08 14:10"]),
        ("FREQ=DAILY;UNTIL=20260408T130959Z", ["2026-04-07 08:30", "2026-04-07 14:10"]),
        ("FREQ=DAILY;UNTIL=20250101T000000Z", []),
    ],
)
@pytest.mark.parametrize("level", EscalationLevel)
def test_an_agreed_rule_is_followed(level: EscalationLevel, rule: str, expected: list[str]) -> None:
    """At any level, from the instant asked about, moved to openings, and up to its own end."""
    assert first(3, "2026-04-02 14:10", rule, level) == expected


def test_results_are_in_the_zone_of_the_instant() -> None:
    """And the clock times are those of the desk: 14:10 there is 22:10 in Tokyo."""
    for rule in (None, "FREQ=DAILY"):
        after = datetime(2026, 1, 8, 22, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
        found = list(islice(follow_ups(DESK, after, CRITICAL, rule), 2))
        assert found[0].isoformat() == "2026-01-09T22:10:00+09:00"
        assert all(each.tzinfo is after.tzinfo for each in found)
        stamp = pd.Timestamp("2026-01-08T13:10", tz="UTC")
        assert [*islice(follow_ups(DESK, stamp, CRITICAL, rule), 2)] == found


def test_a_rule_is_on_the_clock_of_the_desk() -> None:
    """Its 9 o'clock is 17 o'clock in Tokyo."""
    after = datetime(2026, 1, 8, 22, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
    found = follow_ups(DESK, after, CRITICAL, "FREQ=DAILY;BYHOUR=9;BYMINUTE=0")
    assert next(found).isoformat() == "2026-01-09T17:00:00+09:00"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (None, ["2100-12-31 12:00"]),
        ("FREQ=DAILY", ["2100-12-31 12:00"]),
        ("FREQ=DAILY;COUNT=4", ["2100-12-31 12:00"]),
        ("FREQ=DAILY;UNTIL=21001231T230000Z", ["2100-12-31 12:00"]),
        # The second evening is moved to a year that nobody knows.
        ("FREQ=DAILY;BYHOUR=18", ["2100-12-31 08:30"]),
        ("FREQ=DAILY;BYHOUR=18;COUNT=2", ["2100-12-31 08:30"]),
        ("FREQ=YEARLY", []),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;INTERVAL=4", []),
    ],
)
def test_the_end_of_the_known_years_is_an_error(rule: str | None, expected: list[str]) -> None:
    """Never a silent end, and only when it is reached."""
    asking = asked("2100-12-30 12:00", rule)
    assert [f"{each:%Y-%m-%d %H:%M}" for each in islice(asking, len(expected))] == expected
    with pytest.raises(
        CoverageError, match=r"^from after 2100-12-30T12:00:00\+01:00, .* later than 1991 to 2100"
    ):
        next(asking)


@pytest.mark.parametrize("ending", ["COUNT=2", "UNTIL=21001231T225959Z"])
def test_a_rule_may_end_before_the_known_years_do(ending: str) -> None:
    """Then it ends, and no year is needed that nobody knows."""
    assert first(9, "2100-12-30 12:00", f"FREQ=DAILY;{ending}") == ["2100-12-31 12:00"]


def test_openings_that_are_used_up_are_an_error() -> None:
    """A desk that opens on single dates has no follow-up after the last of them."""
    desk: dict[str, Any] = {"hours": {}, "special": {"2026-01-05": HOURS, "2026-01-07": HOURS}}
    for rule in (None, "FREQ=DAILY"):
        asking = asked("2026-01-05 12:00", rule, **desk)
        if rule:
            assert next(asking).isoformat() == "2026-01-07T08:30:00+01:00"
        assert next(asking).isoformat() == "2026-01-07T12:00:00+01:00"
        with pytest.raises(NoOpeningError, match=r"^after after 2026-01-05T12:00:00\+01:00, the"):
            next(asking)


@pytest.mark.parametrize("level", [each for each in EscalationLevel if each is not CRITICAL])
def test_what_is_as_agreed_needs_a_rule(level: EscalationLevel) -> None:
    """The error names it, and shows how one looks."""
    with pytest.raises(
        AgreementError,
        match=rf"^rule is None, and .* level {level.value} are as agreed; .*'FREQ=WEEKLY;BYDAY=TU'$",
    ):
        asked("2026-01-08 12:00", None, level)


def test_arguments_are_checked_at_once() -> None:
    """Before the first follow-up is asked for; also a rule that is not needed."""
    after = datetime(2026, 1, 8, 12, tzinfo=UTC)
    wrong: Any
    for wrong in ("critical", 1, None):
        with pytest.raises(ArgumentError, match=r"^level must be an EscalationLevel, not "):
            follow_ups(DESK, after, wrong)
    with pytest.raises(NaiveError, match=r"^after has no zone"):
        follow_ups(DESK, after.replace(tzinfo=None))
    with pytest.raises(ArgumentError, match=r"^after must be an aware datetime, not str"):
        follow_ups(DESK, "2026-01-08")
    with pytest.raises(CoverageError, match=r"^after 2101-01-01T00:00:00\+00:00 lies outside 1991"):
        follow_ups(DESK, datetime(2101, 1, 1, tzinfo=UTC))
    with pytest.raises(AgreementError, match=r"^rule 'FREQ=NEVER': FREQ=NEVER is not taken"):
        follow_ups(DESK, after, CRITICAL, "FREQ=NEVER")
    for wrong in (5, b"FREQ=DAILY", ["FREQ=DAILY"]):
        with pytest.raises(ArgumentError, match=r"^rule must be a text, for example 'FREQ=WEEKLY;"):
            follow_ups(DESK, after, CRITICAL, wrong)


# What rules mean, and which are refused: at a desk that never closes, from a Thursday on.

START: Final = "2026-04-02 14:10"


def means(rule: str, count: int = 3, start: str = START) -> list[str]:
    """Write the first follow-ups of a rule."""
    return first(count, start, rule, LOW, **ALWAYS)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;INTERVAL=2", ["04-04 14:10", "04-06 14:10", "04-08 14:10"]),
        ("FREQ=WEEKLY", ["04-09 14:10", "04-16 14:10", "04-23 14:10"]),
        ("FREQ=WEEKLY;BYDAY=TU,FR", ["04-03 14:10", "04-07 14:10", "04-10 14:10"]),
        ("FREQ=MONTHLY", ["05-02 14:10", "06-02 14:10", "07-02 14:10"]),
        ("FREQ=MONTHLY;BYDAY=1MO", ["04-06 14:10", "05-04 14:10", "06-01 14:10"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["04-24 14:10", "05-29 14:10", "06-26 14:10"]),
        ("FREQ=MONTHLY;BYDAY=5TH", ["04-30 14:10", "07-30 14:10", "10-29 14:10"]),
        # The last day of a month but the weekend.
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["04-30 14:10", "05-29 14:10", "06-30 14:10"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", ["04-30 14:10", "05-31 14:10", "06-30 14:10"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["05-31 14:10", "07-31 14:10", "08-31 14:10"]),
        ("FREQ=YEARLY;BYMONTH=4,6;BYDAY=1MO", ["04-06 14:10", "06-01 14:10", "04-05 14:10"]),
        ("FREQ=YEARLY;BYDAY=53TH", ["12-31 14:10", "12-30 14:10", "12-31 14:10"]),
        ("FREQ=DAILY;BYHOUR=9,15;BYMINUTE=0", ["04-02 15:00", "04-03 09:00", "04-03 15:00"]),
        ("FREQ=DAILY;BYHOUR=9,12,15;BYSETPOS=-1", ["04-02 15:10", "04-03 15:10", "04-04 15:10"]),
        # As it may also be written.
        ("RRULE:FREQ=DAILY", ["04-03 14:10", "04-04 14:10", "04-05 14:10"]),
        ("rrule:byday=+01mo;freq=monthly", ["04-06 14:10", "05-04 14:10", "06-01 14:10"]),
        ("BYMINUTE=05;INTERVAL=0001;FREQ=DAILY;BYHOUR=09", ["04-03 09:05", "04-04 09:05", "04-05 09:05"]),
    ],
)
def test_what_rules_mean(rule: str, expected: list[str]) -> None:
    """Worked out by hand, from Thursday 2 April 2026, 14:10."""
    assert [each[5:] for each in means(rule)] == expected


def test_count_and_until_end_a_rule() -> None:
    """An end that the rule has by itself is silent; the start is one of those counted."""
    assert means("FREQ=DAILY;COUNT=2") == ["2026-04-03 14:10"]
    assert means("FREQ=DAILY;UNTIL=20260403T131000Z") == ["2026-04-03 14:10"]
    for rule in ("UNTIL=20260403T130959Z", "UNTIL=20260403T131000Z;COUNT=1", "COUNT=1"):
        assert means(f"FREQ=DAILY;{rule}") == []
    assert means("FREQ=DAILY;UNTIL=00010101T000000Z") == []


def test_microseconds_are_kept() -> None:
    """Nothing comes after the end of a rule, be it by less than a second."""
    after = datetime(2026, 4, 2, 14, 10, 7, 250_000, tzinfo=DESK.tzinfo)
    desk = DESK.replace(**ALWAYS)
    for rule in ("FREQ=DAILY", "FREQ=DAILY;COUNT=2", "FREQ=DAILY;UNTIL=20260403T131008Z"):
        assert next(follow_ups(desk, after, LOW, rule)) == after + timedelta(days=1)
    assert not list(follow_ups(desk, after, LOW, "FREQ=DAILY;UNTIL=20260403T131007Z"))


def test_until_is_an_instant_where_clocks_change() -> None:
    """03:30 in summer time is 01:30 in UTC, although it was written as 02:30."""
    for until, count in (("012959", 0), ("013000", 1)):
        rule = f"FREQ=DAILY;UNTIL=20260329T{until}Z"
        found = asked("2026-03-28 02:30", rule, LOW, zone="Europe/Berlin", **ALWAYS)
        assert len(list(found)) == count


def test_weeks_begin_on_monday_whatever_the_process_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """As RFC 5545 has it; every other week of Tuesday and Sunday depends on it."""
    monkeypatch.setattr(calendar_module, "firstweekday", lambda: 6)
    start = "2026-04-07 09:00"  # a Tuesday
    rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU"
    days = [each[5:10] for each in means(rule, 3, start)]
    assert days == ["04-12", "04-21", "04-26"]
    days = [each[5:10] for each in means(f"{rule};WKST=SU", 3, start)]
    assert days == ["04-19", "04-21", "05-03"]


@pytest.mark.parametrize("frequency", ["HOURLY", "MINUTELY", "SECONDLY", "4", "DAILY,WEEKLY"])
def test_a_frequency_is_one_of_four(frequency: str) -> None:
    """Those within a day would come more often than anybody follows up."""
    message = rf"FREQ={frequency} is not taken; write one of YEARLY, MONTHLY, WEEKLY, DAILY$"
    with pytest.raises(AgreementError, match=f"^rule 'FREQ={frequency};INTERVAL=2': {message}"):
        means(f"FREQ={frequency};INTERVAL=2")


@pytest.mark.parametrize("part", ["BYWEEKNO=3", "BYYEARDAY=-1", "BYSECOND=7", "BYEASTER=0"])
def test_parts_that_are_not_read_are_named(part: str) -> None:
    """Those of RFC 5545 that no cadence of ours needs, and what is not in it at all."""
    name = part.partition("=")[0]
    with pytest.raises(AgreementError, match=f"^rule 'FREQ=YEARLY;{part}': {name} is not read; "):
        means(f"FREQ=YEARLY;{part}")


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ("", r"'' is not a part of a rule; write one rule, for example"),
        ("weekly", r"'WEEKLY' is not a part of a rule"),
        ("FREQ=DAILY;", r"'' is not a part of a rule"),
        ("FREQ=DAILY; COUNT=2", r"' COUNT=2' is not a part of a rule; .* without blanks$"),
        ("RRULE:RRULE:FREQ=DAILY", r"'RRULE:FREQ=DAILY' is not a part"),
        ("DTSTART:20260101T090000Z\nRRULE:FREQ=DAILY", r"is not a part of a rule"),
        ("FREQ=DAILY;BYHOUR=\N{ARABIC-INDIC DIGIT THREE}", r"is not a part of a rule"),
        ("FREQ=DA\N{LATIN SMALL LETTER DOTLESS I}LY", r"is not a part of a rule"),
        ("INTERVAL=2", r"FREQ is missing; write it too, for example FREQ=WEEKLY$"),
        ("FREQ=DAILY;BYHORU=3", r"BYHORU is not read; did you mean 'BYHOUR'\?$"),
        ("FREQ=DAILY;FREQ=DAILY", r"FREQ is given twice; write it once$"),
        ("FREQ=DAILY;INTERVAL=0", r"INTERVAL=0 is not taken; write one number, from 1 to"),
        ("FREQ=DAILY;INTERVAL=1000000000", r"INTERVAL=1000000000 is not taken"),
        ("FREQ=DAILY;COUNT=0", r"COUNT=0 is not taken"),
        ("FREQ=DAILY;UNTIL=20261231", r"not taken; write the date and the time in UTC, for exampl"),
        ("FREQ=DAILY;UNTIL=20261231T240000Z", r"UNTIL=20261231T240000Z is not taken"),
        ("FREQ=DAILY;UNTIL=20260229T160000Z", r"UNTIL=20260229T160000Z is not a date; write the"),
        ("FREQ=DAILY;BYHOUR=24", r"BYHOUR=24 is not taken; write numbers from 0 to 23$"),
        ("FREQ=DAILY;BYMINUTE=60", r"BYMINUTE=60 is not taken; write numbers from 0 to 59$"),
        ("FREQ=DAILY;BYMONTH=13", r"BYMONTH=13 is not taken; write numbers from 1 to 12$"),
        ("FREQ=DAILY;BYMONTHDAY=0", r"BYMONTHDAY=0 is not taken; write numbers from 1 to 31, or"),
        ("FREQ=WEEKLY;BYDAY=MI", r"BYDAY=MI is not taken; write weekdays, for example MO,TH"),
        ("FREQ=YEARLY;BYDAY=54MO", r"BYDAY=54MO is not taken"),
        ("FREQ=WEEKLY;WKST=MO,TU", r"WKST=MO,TU is not taken; write one weekday, for example"),
        ("FREQ=DAILY;BYSETPOS=0", r"BYSETPOS=0 is not taken"),
        # Parts that make no sense together, or that dateutil reads in a way of its own.
        ("FREQ=WEEKLY;BYMONTHDAY=3", r"BYMONTHDAY has no meaning with FREQ=WEEKLY; write it with"),
        ("FREQ=WEEKLY;BYDAY=2MO", r"weekdays can't be numbered as in BYDAY=2MO; number all or none"),
        ("FREQ=MONTHLY;BYDAY=MO,1TU", r"BYDAY=MO,1TU; number all or none, "),
        ("FREQ=MONTHLY;BYDAY=53MO", r", and those of a month up to 5$"),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=1MO,-6TU", r"BYDAY=1MO,-6TU; number all or none, with"),
    ],
)
def test_what_is_not_a_rule_is_refused(rule: str, problem: str) -> None:
    """At once, by name, with the place that is wrong and the remedy."""
    with pytest.raises(AgreementError, match=f"(?s)^rule .*{problem}"):
        asked(START, rule)


def test_a_rule_is_not_too_long() -> None:
    """A longer one is refused, and shown in short."""
    fits = f"FREQ=DAILY;BYHOUR={'9,' * 118}10"
    assert (len(fits), means(fits, 1)) == (256, ["2026-04-03 09:10"])
    with pytest.raises(AgreementError, match=r"^rule .{80}: it has 257 .*; write at most 256$"):
        means(fits.replace("10", "010"))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYSETPOS=2",
        "FREQ=DAILY;BYHOUR=9,9,10;BYSETPOS=-3,4",
        "FREQ=WEEKLY;BYSETPOS=8",
        "FREQ=DAILY;INTERVAL=7;BYDAY=WE",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=5",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=9",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20270101T000000Z",
    ],
)
def test_a_rule_that_never_comes_is_refused(rule: str) -> None:
    """Before it is looked for in vain, which dateutil would do up to the year 9999."""
    message = r": it does not come within 40 years; write other days, for example BYMONTHDAY=-1 "

    def ask() -> None:
        with pytest.raises(AgreementError, match=f"^rule '{rule}'{message}"):
            asked(START, rule, LOW)

    assert effort(ask) < 3_000_000  # where 8,000 years would take 20 times as much


@pytest.mark.parametrize("year", [1000, 2026, 8999])
def test_a_rule_that_comes_seldom_is_not_refused(year: int) -> None:
    """Leap days on a weekday come after 40 years at most, over a century without one too."""
    desk = BusinessCalendar(
        zone="UTC", hours=ALWAYS["hours"], holidays={"source": None, "first": 1000, "last": 9000, "days": {}}
    )
    after = datetime(year, 4, 2, 14, tzinfo=UTC)
    for rule in ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29"):
        for days in ("MO,TU,WE,TH,FR,SA,SU", "MO", "SA"):
            found = follow_ups(desk, after, LOW, f"{rule};BYDAY={days}")
            if year < 8999:
                assert (next(found).month, next(found).day) == (2, 29)
            else:
                with pytest.raises(CoverageError):
                    next(found)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;INTERVAL=999999999",
        "FREQ=MONTHLY;INTERVAL=999999999",
        "FREQ=WEEKLY;INTERVAL=999999999",
        "FREQ=DAILY;INTERVAL=999999999",
        "FREQ=WEEKLY;INTERVAL=416050;BYDAY=SU",  # to the week over the end of 9999
        "FREQ=DAILY;INTERVAL=365;BYMONTH=4;BYMONTHDAY=2",
    ],
)
def test_a_rule_that_does_not_come_again_leads_to_the_end_of_the_known_years(rule: str) -> None:
    """Soon, and by an error of ours."""
    found = asked(START, rule, LOW, **ALWAYS)
    with pytest.raises(CoverageError, match=r"^from after 2026.*, the answer lies later than 1900 "):
        list(islice(found, 3))


NAMES: Final = (
    *("INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYHOUR", "BYMINUTE"),
    *("BYSETPOS", "WKST", "BYWEEKNO", "FREQ", "DTSTART", "freq"),
)
NUMBERS: Final = st.integers(-53, 366) | st.integers(0, 31) | st.integers()
ODD: Final = st.sampled_from(("MO", "SU", "1MO", "-1FR", "53TH", "", "20261231T160000Z"))
ITEMS: Final = st.lists(NUMBERS.map(str) | ODD | st.text(max_size=3), min_size=1, max_size=4)
RULES: Final = st.builds(
    lambda frequency, parts: ";".join((f"FREQ={frequency}", *map("=".join, parts))),
    st.sampled_from(("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "")),
    st.lists(st.tuples(st.sampled_from(NAMES), ITEMS.map(",".join)), max_size=4),
)
ZONES: Final = st.sampled_from((UTC, DESK.tzinfo, BERLIN))
STARTS: Final = st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30), timezones=ZONES)


@given(RULES | st.text() | st.text("=;,:-+0123456789FREQDAILYBYHOUR"), STARTS)
def test_anything_like_a_rule_is_read_or_refused(rule: str, start: datetime) -> None:
    """By an error of ours, or with follow-ups in their order; and without an error of dateutil's."""
    try:
        found = list(islice(follow_ups(DESK.replace(**ALWAYS), start, LOW, rule), 20))
    except (AgreementError, CoverageError) as error:
        assert str(error).startswith(("rule ", "from after "))  # noqa: PT017 - most are wrong
    else:
        assert all(a < b for a, b in pairwise([start.astimezone(UTC), *found]))
