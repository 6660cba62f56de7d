"""When a promise is due: days by opening time, to the same time, to the end of day; and pauses."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from netcor_sla import Agreement, BusinessCalendar, BusinessDays, EscalationLevel
from netcor_sla._policy.due import DAY_RULES, DayRule
from netcor_sla.errors import CoverageError, NoOpeningError

BERLIN = ZoneInfo("Europe/Berlin")
LOW = EscalationLevel.LOW
ONE_DAY = dict.fromkeys(EscalationLevel, BusinessDays(1))
OFFICE = [["08:30", "17:00"]]
NIGHT = [["00:00", "06:00"], ["22:00", "24:00"]]


def due(rule: DayRule, days: int, opened: str, **calendar: Any) -> str:
    """Compute a target and write it in the calendar's zone; the text is wall-clock time there."""
    form: dict[str, Any] = {"zone": "+01:00", "hours": {"mon-fri": OFFICE}, "holidays": "DE-NI"}
    desk = BusinessCalendar(**form | calendar)
    agreement = Agreement(
        calendar=desk, targets=dict.fromkeys(EscalationLevel, BusinessDays(days)), day_rule=rule
    )
    opened_at = datetime.fromisoformat(opened).replace(tzinfo=desk.tzinfo)
    return agreement.response_due(opened_at, LOW).isoformat(" ", "minutes")[:16]


@pytest.mark.parametrize(
    ("opened", "days", "elapsed", "same_time", "end_of_day"),
    [
        # Monday at the opening: the rules differ by the rest of the day.
        ("2025-03-03 08:30", 2, "2025-03-04 17:00", "2025-03-05 08:30", "2025-03-05 17:00"),
        ("2025-03-07 16:00", 2, "2025-03-11 16:00", "2025-03-11 16:00", "2025-03-11 17:00"),
        # Saturday counts from Monday's opening.
        ("2025-03-08 12:00", 2, "2025-03-11 17:00", "2025-03-12 08:30", "2025-03-12 17:00"),
        # At the closing it is already the next day's.
        ("2025-03-03 17:00", 1, "2025-03-04 17:00", "2025-03-05 08:30", "2025-03-05 17:00"),
        ("2025-03-03 16:59", 1, "2025-03-04 16:59", "2025-03-04 16:59", "2025-03-04 17:00"),
        # Before the opening of the same day.
        ("2025-03-03 07:00", 1, "2025-03-03 17:00", "2025-03-04 08:30", "2025-03-04 17:00"),
        # Over Christmas and New Year.
        ("2025-12-24 16:00", 4, "2026-01-02 16:00", "2026-01-02 16:00", "2026-01-02 17:00"),
        # Over Good Friday and Easter Monday.
        ("2025-04-17 12:00", 1, "2025-04-22 12:00", "2025-04-22 12:00", "2025-04-22 17:00"),
    ],
)
def test_the_three_rules_side_by_side(
    opened: str, days: int, elapsed: str, same_time: str, end_of_day: str
) -> None:
    """Worked out by hand on the standard calendar."""
    answers = [due(rule, days, opened) for rule in DAY_RULES]
    assert answers == [elapsed, same_time, end_of_day]


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ([["08:30", "12:00"]], "2025-03-11 12:00"),  # closed by then: the end of that day
        ([["08:30", "12:00"], ["13:00", "15:00"]], "2025-03-11 15:00"),
        ([["08:30", "12:00"], ["16:30", "17:00"]], "2025-03-11 12:00"),
        ([["16:30", "17:00"]], "2025-03-11 16:30"),  # nothing before: the first opening
        ([["08:30", "16:00"]], "2025-03-11 16:00"),  # closed at that very instant
        ([["16:00", "17:00"]], "2025-03-11 16:00"),  # open at that very instant
        ([["16:01", "17:00"]], "2025-03-11 16:01"),
    ],
)
def test_where_the_desk_is_closed_at_the_same_time(hours: object, expected: str) -> None:
    """The end of that day's opening before it, or the first opening if there is none before."""
    assert due("same time", 1, "2025-03-10 16:00", special={"2025-03-11": hours}) == expected


def test_the_end_of_day_is_that_of_the_last_opening() -> None:
    """Of regular or special hours, and of a business day that ends at midnight."""
    special = {"2025-03-11": [["08:30", "12:00"], ["13:00", "15:00"]]}
    assert due("end of day", 1, "2025-03-10 16:00", special=special) == "2025-03-11 15:00"
    always = {"mon-sun": [["00:00", "24:00"]]}
    assert due("end of day", 1, "2025-03-10 16:00", hours=always) == "2025-03-12 00:00"


@pytest.mark.parametrize("rule", ["same time", "end of day"])
def test_an_extra_window_makes_no_business_day(rule: DayRule) -> None:
    """Saturday's agreed hours are no day to count, but a request may start in them."""
    extra = [["2025-03-08T10:00+01:00", "2025-03-08T14:00+01:00"]]
    expected = {"same time": "2025-03-11 12:00", "end of day": "2025-03-11 17:00"}[rule]
    assert due(rule, 2, "2025-03-08 12:00", extra=extra) == expected


def test_an_extra_window_is_open_at_the_same_time() -> None:
    """At 20:00 of the next day the agreed window is open, so it is due then."""
    extra = [
        ["2025-03-10T19:00+01:00", "2025-03-10T22:00+01:00"],
        ["2025-03-11T19:00+01:00", "2025-03-11T22:00+01:00"],
    ]
    assert due("same time", 1, "2025-03-10 20:00", extra=extra) == "2025-03-11 20:00"
    assert due("same time", 1, "2025-03-10 20:00", extra=extra[:1]) == "2025-03-11 17:00"


@pytest.mark.parametrize(
    ("opened", "expected"),
    [
        ("2025-03-10 23:00", "2025-03-11 23:00"),
        ("2025-03-11 03:00", "2025-03-12 03:00"),
        ("2025-03-11 12:00", "2025-03-12 22:00"),
    ],
)
def test_a_night_belongs_to_the_date_on_which_it_lies(opened: str, expected: str) -> None:
    """After midnight it is the next date's business day."""
    assert due("same time", 1, opened, hours={"mon-sun": NIGHT}) == expected


@pytest.mark.parametrize(
    ("opened", "expected"),
    [
        ("2026-03-28 02:30", "2026-03-29 03:00"),  # skipped: the instant of the change
        ("2026-10-24 02:30", "2026-10-25 02:30"),
        ("2026-10-25 02:30", "2026-10-26 02:30"),
    ],
)
def test_the_same_time_on_a_night_when_clocks_change(opened: str, expected: str) -> None:
    """The first of two, and the change where the time is skipped."""
    hours = {"mon-sun": [["00:00", "24:00"]]}
    answer = due("same time", 1, opened, hours=hours, zone="Europe/Berlin", holidays=None)
    assert answer == expected


def test_a_date_whose_hours_are_all_skipped_is_not_counted() -> None:
    """From 02:00 to 03:00, there is no opening on the spring night."""
    hours = {"mon-sun": [["02:00", "03:00"]]}
    days: dict[str, Any] = {"hours": hours, "zone": "Europe/Berlin", "holidays": None}
    assert due("end of day", 1, "2026-03-28 02:30", **days) == "2026-03-30 03:00"
    assert due("same time", 1, "2026-03-28 02:30", **days) == "2026-03-30 02:30"


@pytest.mark.parametrize("rule", ["same time", "end of day"])
def test_a_day_beyond_the_known_years_is_an_error(rule: DayRule) -> None:
    """Never a date of a year without holidays; also for more days than there are."""
    with pytest.raises(CoverageError, match=r"^from opened_at 2100-12-30.* later than 1991 to 2100"):
        due(rule, 5, "2100-12-30 12:00")
    assert due(rule, 1, "2100-12-30 12:00")[:10] == "2100-12-31"
    with pytest.raises(CoverageError, match="later than 1991 to 2100"):
        due(rule, 10**6, "2099-12-30 12:00")


@pytest.mark.parametrize("rule", ["same time", "end of day"])
def test_special_dates_that_are_used_up_are_an_error(rule: DayRule) -> None:
    """A desk that opens on single dates has no third day after the second."""
    desk: dict[str, Any] = {
        "hours": {},
        "special": {"2026-01-05": OFFICE, "2026-01-07": OFFICE},
        "business_day": timedelta(hours=8),
    }
    assert due(rule, 1, "2026-01-02 12:00", **desk)[:10] == date(2026, 1, 7).isoformat()
    with pytest.raises(NoOpeningError, match=r"^after opened_at 2026-01-02T12:00:00\+01:00, the desk"):
        due(rule, 2, "2026-01-02 12:00", **desk)
