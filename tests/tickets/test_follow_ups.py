"""Follow-ups: daily for critical requests, and for all others as agreed."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from netcor_sla import STANDARD, BusinessCalendar, EscalationLevel
from netcor_sla._tickets.follow_ups import follow_ups
from netcor_sla.errors import (
    AgreementError,
    ArgumentError,
    CoverageError,
    NaiveError,
    NoOpeningError,
)

BERLIN = ZoneInfo("Europe/Berlin")
CRITICAL, LOW = EscalationLevel.CRITICAL, EscalationLevel.LOW
OFFICE = [["08:30", "17:00"]]
ALWAYS = {"mon-sun": [["00:00", "24:00"]]}
DESK = STANDARD.calendar


def asked(
    after: str, rule: str | None = None, level: EscalationLevel = CRITICAL, **calendar: Any
) -> Iterator[datetime]:
    """Ask for follow-ups; the text is wall-clock time in the calendar's zone."""
    form: dict[str, Any] = {"zone": "+01:00", "hours": {"mon-fri": OFFICE}, "holidays": "DE-NI"}
    desk = BusinessCalendar(**form | calendar)
    return follow_ups(desk, datetime.fromisoformat(after).replace(tzinfo=desk.tzinfo), level, rule)


def first(count: int, *asking: Any, **calendar: Any) -> list[str]:
    """Write the first follow-ups in the calendar's zone."""
    return [
        each.isoformat(" ", "minutes")[:16] for each in islice(asked(*asking, **calendar), count)
    ]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        # Thursday before Easter: Friday and Monday are holidays.
        ("2026-04-02 14:10", ["2026-04-07 14:10", "2026-04-08 14:10", "2026-04-09 14:10"]),
        # Over a weekend.
        ("2026-01-08 08:30", ["2026-01-09 08:30", "2026-01-12 08:30", "2026-01-13 08:30"]),
        # Over the end of a year; 31 December is a business day, 1 January a holiday.
        ("2026-12-30 10:00", ["2026-12-31 10:00", "2027-01-04 10:00", "2027-01-05 10:00"]),
        # After hours, and at the closing itself: moved to the opening after each business day.
        ("2026-01-08 18:00", ["2026-01-12 08:30", "2026-01-13 08:30", "2026-01-14 08:30"]),
        ("2026-01-08 17:00", ["2026-01-12 08:30", "2026-01-13 08:30", "2026-01-14 08:30"]),
        # Before hours: moved to the opening of the day.
        ("2026-01-08 07:00", ["2026-01-09 08:30", "2026-01-12 08:30", "2026-01-13 08:30"]),
        # On a Saturday, and on a holiday.
        ("2026-01-10 12:00", ["2026-01-12 12:00", "2026-01-13 12:00", "2026-01-14 12:00"]),
        ("2026-05-01 12:00", ["2026-05-04 12:00", "2026-05-05 12:00", "2026-05-06 12:00"]),
    ],
)
def test_a_critical_request_is_followed_up_daily(after: str, expected: list[str]) -> None:
    """At the same clock time on each following business day, worked out by hand."""
    assert first(3, after) == expected


def test_the_time_is_kept_to_the_microsecond() -> None:
    """And nothing in an hour of the same day, however early it is."""
    after = datetime(2026, 1, 8, 9, 0, 0, 1, tzinfo=DESK.tzinfo)
    assert list(islice(follow_ups(DESK, after, CRITICAL, None), 2)) == [
        after + timedelta(days=1),
        after + timedelta(days=4),
    ]


def test_half_days_move_a_follow_up_to_the_next_opening() -> None:
    """On 24 December after noon, the next opening is on Monday, the 28th."""
    special = {"2026-12-24": [["08:30", "12:00"]]}
    expected = ["2026-12-23 14:10", "2026-12-28 08:30", "2026-12-28 14:10", "2026-12-29 14:10"]
    assert first(4, "2026-12-22 14:10", special=special) == expected
    breaks = {"2026-12-24": [["08:30", "12:00"], ["15:00", "16:00"]]}
    assert first(2, "2026-12-22 14:10", special=breaks)[1] == "2026-12-24 15:00"


def test_two_that_are_moved_to_one_instant_come_once() -> None:
    """Two half days in a row, both closed by then, and a day that opens at the same time."""
    half = {f"2026-01-{day:02}": [["08:30", "09:00"]] for day in (6, 7)}
    late = half | {"2026-01-08": [["14:10", "17:00"]]}
    assert first(3, "2026-01-05 14:10", special=half | {"2026-01-07": [["00:00", "00:01"]]}) == [
        *("2026-01-07 00:00", "2026-01-08 08:30", "2026-01-08 14:10"),
    ]
    assert first(3, "2026-01-05 14:10", special=late) == [
        *("2026-01-07 08:30", "2026-01-08 14:10", "2026-01-09 14:10"),
    ]


def test_an_extra_window_makes_no_business_day() -> None:
    """An agreed Saturday has no follow-up of its own, but one may be moved into it."""
    extra = [["2026-01-10T10:00+01:00", "2026-01-10T16:00+01:00"]]
    assert first(2, "2026-01-08 12:00", extra=extra) == ["2026-01-09 12:00", "2026-01-12 12:00"]
    assert first(2, "2026-01-08 18:00", extra=extra) == ["2026-01-10 10:00", "2026-01-13 08:30"]


def test_an_extra_window_that_is_open_at_the_time_moves_nothing() -> None:
    """A Friday evening, on a business day."""
    extra = [["2026-01-09T17:30+01:00", "2026-01-09T20:00+01:00"]]
    assert first(2, "2026-01-08 18:00", extra=extra) == ["2026-01-09 18:00", "2026-01-13 08:30"]


def test_a_night_belongs_to_the_date_on_which_it_lies() -> None:
    """Open from 22:00 to 06:00, there is a follow-up each night, or evening."""
    nights: dict[str, Any] = {"hours": {"mon-sun": [["00:00", "06:00"], ["22:00", "24:00"]]}}
    assert first(2, "2026-01-08 23:00", **nights) == ["2026-01-09 23:00", "2026-01-10 23:00"]
    assert first(2, "2026-01-08 03:00", **nights) == ["2026-01-09 03:00", "2026-01-10 03:00"]
    assert first(2, "2026-01-08 12:00", **nights) == ["2026-01-09 22:00", "2026-01-10 22:00"]


@pytest.mark.parametrize(
    ("after", "rule", "expected"),
    [
        # 02:30 is skipped: the instant of the change; a rule goes as far as the clocks go.
        ("2026-03-28 02:30", None, ["2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"]),
        (
            "2026-03-28 02:30",
            "FREQ=DAILY",
            ["2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00"],
        ),
        # 02:30 comes twice: the first.
        ("2026-10-24 02:30", None, ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]),
        (
            "2026-10-24 02:30",
            "FREQ=DAILY",
            ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"],
        ),
        ("2026-10-24 12:00", None, ["2026-10-25T12:00:00+01:00", "2026-10-26T12:00:00+01:00"]),
        # By the quarter of an hour, 03:00 is not repeated after 02:45, which was 03:45.
        (
            "2026-03-29 01:30",
            "FREQ=MINUTELY;INTERVAL=45",
            ["2026-03-29T03:15:00+02:00", "2026-03-29T03:45:00+02:00"],
        ),
    ],
)
def test_the_wall_clock_is_kept_where_clocks_change(
    after: str, rule: str | None, expected: list[str]
) -> None:
    """In a zone that changes its clocks, at a desk that never closes."""
    found = asked(after, rule, zone="Europe/Berlin", hours=ALWAYS, holidays=None)
    assert [each.isoformat() for each in islice(found, 2)] == expected


def test_a_date_whose_hours_are_all_skipped_has_no_follow_up() -> None:
    """From 02:00 to 03:00, the spring night is no business day."""
    desk: dict[str, Any] = {"zone": "Europe/Berlin", "holidays": None}
    hours = {"mon-sun": [["02:00", "03:00"]]}
    expected = ["2026-03-30 02:30", "2026-03-31 02:30"]
    assert first(2, "2026-03-28 02:30", hours=hours, **desk) == expected


def test_nothing_comes_before_the_second_of_two_same_times() -> None:
    """At 02:30 in winter time, a rule's own 02:45 lies behind, in summer time."""
    desk = BusinessCalendar(zone="Europe/Berlin", hours=ALWAYS, holidays=None)
    after = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    found = follow_ups(desk, after, LOW, "FREQ=MINUTELY;INTERVAL=15")
    assert next(found).isoformat() == "2026-10-25T03:00:00+01:00"
    assert next(follow_ups(desk, after, CRITICAL, None)).isoformat() == "2026-10-26T02:30:00+01:00"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # Thursday 2 April 14:10; 3 and 6 April are holidays.
        ("FREQ=WEEKLY", ["2026-04-09 14:10", "2026-04-16 14:10", "2026-04-23 14:10"]),
        ("FREQ=WEEKLY;BYDAY=TU,FR", ["2026-04-07 08:30", "2026-04-07 14:10", "2026-04-10 14:10"]),
        ("FREQ=DAILY", ["2026-04-07 08:30", "2026-04-07 14:10", "2026-04-08 14:10"]),
        ("FREQ=DAILY;BYHOUR=9,18", ["2026-04-07 08:30", "2026-04-07 09:10", "2026-04-08 08:30"]),
        ("FREQ=HOURLY;INTERVAL=2", ["2026-04-02 16:10", "2026-04-07 08:30", "2026-04-07 10:10"]),
        (
            "FREQ=MONTHLY;BYDAY=1MO;BYHOUR=9;BYMINUTE=0",
            ["2026-04-07 08:30", "2026-05-04 09:00", "2026-06-01 09:00"],
        ),
        # The first of those that are counted is the start, and the second and third one instant.
        ("FREQ=DAILY;COUNT=3", ["2026-04-07 08:30"]),
        ("FREQ=DAILY;COUNT=1", []),
        (
            "FREQ=DAILY;UNTIL=20260408T131000Z",
            ["2026-04-07 08:30", "2026-04-07 14:10", "2026-04-08 14:10"],
        ),
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


def test_the_start_of_a_rule_is_no_follow_up_of_its_own() -> None:
    """Of a Saturday noon, the first is that of the next Saturday, moved to Monday."""
    assert first(2, "2026-01-10 12:00", "FREQ=WEEKLY") == ["2026-01-19 08:30", "2026-01-26 08:30"]


def test_the_date_is_that_of_the_desk() -> None:
    """Sunday 23:30 in UTC is Monday 00:30 at the desk, so Monday is not a following day."""
    after = datetime(2026, 1, 11, 23, 30, tzinfo=UTC)
    assert next(follow_ups(DESK, after, CRITICAL, None)).isoformat() == "2026-01-13T07:30:00+00:00"


def test_follow_ups_have_no_end() -> None:
    """Five hundred business days are two years: all at the same time, in order, while open."""
    after = datetime(2026, 1, 8, 14, 10, tzinfo=DESK.tzinfo)
    for rule in (None, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=14,17"):
        found = list(islice(follow_ups(DESK, after, CRITICAL, rule), 500))
        assert len(found) == 500
        assert all(a < b for a, b in pairwise([after, *found]))
        assert all(map(DESK.is_open, found))
    assert {each.time() for each in islice(follow_ups(DESK, after, CRITICAL, None), 500)} == {
        after.time()
    }


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
    desk: dict[str, Any] = {
        "hours": {},
        "special": {"2026-01-05": OFFICE, "2026-01-07": OFFICE},
    }
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
            follow_ups(DESK, after, wrong, None)
    with pytest.raises(NaiveError, match=r"^after has no zone"):
        follow_ups(DESK, after.replace(tzinfo=None), CRITICAL, None)
    wrong = "2026-01-08"
    with pytest.raises(ArgumentError, match=r"^after must be an aware datetime, not str"):
        follow_ups(DESK, wrong, CRITICAL, None)
    with pytest.raises(CoverageError, match=r"^after 2101-01-01T00:00:00\+00:00 lies outside 1991"):
        follow_ups(DESK, datetime(2101, 1, 1, tzinfo=UTC), CRITICAL, None)
    with pytest.raises(AgreementError, match=r"^rule 'FREQ=NEVER': FREQ=NEVER is not taken"):
        follow_ups(DESK, after, CRITICAL, "FREQ=NEVER")
    wrong = 5
    with pytest.raises(ArgumentError, match=r"^rule must be a text"):
        follow_ups(DESK, after, CRITICAL, wrong)


def test_instants_are_found_as_they_are_taken() -> None:
    """On the last covered evening, asking is no error yet."""
    for rule in (None, "FREQ=DAILY"):
        asking = asked("2100-12-31 12:00", rule)
        with pytest.raises(CoverageError):
            next(asking)
