"""The library against an oracle that shares no code with it and walks from minute to minute."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from netcor_sla import Agreement, BusinessCalendar, BusinessDays, EscalationLevel
from netcor_sla._policy.due import DAY_RULES
from netcor_sla.errors import NoOpeningError

from .oracle import MINUTE, Oracle, TooFarError
from .strategies import DAY, EPOCH, MICROSECOND, Case, Form, cases, exact

FULL_MINUTE: Final = timedelta(minutes=1)
NIGHTS: Final = [["00:00", "06:00"], ["22:00", "24:00"]]
CHANGES: Final = [["00:15", "01:45"], ["02:10", "02:50"], ["03:00", "04:00"], ["23:30", "24:00"]]


def asked(question: Callable[[], int]) -> int | None:
    """Ask the oracle; None where it would have to walk too far."""
    try:
        return question()
    except TooFarError:
        event("too far for the oracle")
        return None


def utc(at: int) -> datetime:
    """Write an instant in UTC."""
    return EPOCH + at * MICROSECOND


def compare(case: Case) -> None:
    """Hold every answer of the calendar against the oracle's."""
    calendar, oracle = case.calendar(), Oracle(case.form)
    (at, other), (amount,) = case.at, case.amounts
    here, wanted = exact(at), amount // MICROSECOND
    assert calendar.is_open(at) == oracle.is_open(here)
    first, last = sorted((at, other), key=exact)
    spans = [(exact(start), exact(end)) for start, end in calendar.spans(first, last)]
    assert spans == oracle.spans(exact(first), exact(last))
    assert calendar.between(at, other) // MICROSECOND == oracle.between(here, exact(other))
    for verb, ours, theirs in (
        ("next_open", (at,), (here,)),
        ("next_close", (at,), (here,)),
        ("add", (at, amount), (here, wanted)),
        ("subtract", (at, amount), (here, wanted)),
    ):
        expected = asked(partial(getattr(oracle, verb), *theirs))
        if expected is not None:
            assert exact(getattr(calendar, verb)(*ours)) == expected, verb


@given(cases(at=2, amounts_=1, grid=FULL_MINUTE))
def test_the_calendar_is_the_oracle_on_full_minutes(case: Case) -> None:
    """At full minutes, every answer of a calendar is that of the walk over minutes."""
    compare(case)


@given(cases(at=2, amounts_=1))
def test_the_calendar_is_the_oracle_to_the_microsecond(case: Case) -> None:
    """At any microsecond, every answer of a calendar is that of the walk over minutes."""
    compare(case)


@given(cases(at=1))
def test_business_days_are_those_of_the_oracle(case: Case) -> None:
    """A date is a business day if a minute of it is open by its hours, and not otherwise."""
    calendar, oracle = case.calendar(), Oracle(case.form)
    local = case.at[0].astimezone(calendar.tzinfo).date()
    for days in range(-1, 3):
        day = local + DAY * days
        assert calendar.is_business_day(day) == oracle.is_business_day(day), day


@given(cases(at=1, grid=FULL_MINUTE), st.sampled_from(DAY_RULES[1:]), st.integers(1, 3))
def test_deadlines_by_date_are_those_of_the_oracle(case: Case, rule: str, days: int) -> None:
    """Under the rules that count dates, a deadline is that of the walk over minutes."""
    form: Form = case.form | {"business_day": "08:00"}
    targets = {level.value: BusinessDays(days).to_dict() for level in EscalationLevel}
    agreement = Agreement.from_dict({"calendar": form, "targets": targets, "day_rule": rule})
    (at,) = case.at
    expected = asked(lambda: Oracle(form).due_by_date(exact(at), days, rule))
    assume(expected is not None)
    assert exact(agreement.response_due(at, EscalationLevel.LOW)) == expected


def test_most_examples_are_compared_and_not_passed_over() -> None:
    """The oracle can answer most of what is drawn, so that the comparison means something."""
    answered: list[bool] = []

    @given(cases(at=1, amounts_=1))
    def count(case: Case) -> None:
        oracle, amount = Oracle(case.form), case.amounts[0] // MICROSECOND
        at = exact(case.at[0])
        answered.append(asked(lambda: oracle.add(at, amount)) is not None)

    count()
    assert sum(answered) > len(answered) * 2 / 3


GRIDS: Final = [
    ("Europe/Berlin", date(2023, 3, 26), NIGHTS),
    ("Europe/Berlin", date(2023, 3, 26), CHANGES),
    ("Europe/Berlin", date(2023, 10, 29), NIGHTS),
    ("Europe/Berlin", date(2023, 10, 29), CHANGES),
    ("Australia/Lord_Howe", date(2023, 4, 2), CHANGES),
    ("Australia/Lord_Howe", date(2023, 10, 1), CHANGES),
    ("Asia/Kathmandu", date(2023, 3, 26), NIGHTS),
    ("Africa/Casablanca", date(2023, 3, 19), CHANGES),
    ("Africa/Casablanca", date(2023, 4, 23), CHANGES),
    ("America/St_Johns", date(2006, 10, 29), CHANGES),
    ("America/Nuuk", date(2022, 3, 26), NIGHTS),
    ("America/Nuuk", date(2022, 10, 29), NIGHTS),
    ("America/Havana", date(2019, 11, 3), CHANGES),
    ("America/Sao_Paulo", date(2018, 11, 4), NIGHTS),
    ("Pacific/Apia", date(2011, 12, 30), CHANGES),
    ("Pacific/Kwajalein", date(1993, 8, 21), CHANGES),
    ("-03:30", date(2024, 2, 29), CHANGES),
]

MINUTES: Final = ((-840, -360, 1), (-360, 840, 7))  # from 22:00 on, and from 06:00


@pytest.mark.parametrize(
    ("zone", "day", "spans"),
    [pytest.param(*grid, id=f"{grid[0]} {grid[1]} {len(grid[2])} spans") for grid in GRIDS],
)
def test_every_minute_around_a_change_of_clocks(zone: str, day: date, spans: list[list[str]]) -> None:
    """Each minute of a night in which clocks change, and each seventh of the day, has its answers."""
    form: Form = {"zone": zone, "hours": {"mon-sun": spans}, "holidays": None}
    calendar, oracle = BusinessCalendar.from_dict(form), Oracle(form)
    noon = exact(datetime(day.year, day.month, day.day, 12, tzinfo=calendar.tzinfo))
    night, rest = (range(noon + a * MINUTE, noon + b * MINUTE, step * MINUTE) for a, b, step in MINUTES)
    for number, at in enumerate((*night, *rest)):
        here = utc(at).astimezone(calendar.tzinfo)  # in both folds of the hour
        amount = (1, 30 * MINUTE, 95 * MINUTE + 1)[number % 3]
        assert calendar.is_open(here) == oracle.is_open(at), here
        for verb in ("next_open", "next_close"):
            assert exact(getattr(calendar, verb)(here)) == getattr(oracle, verb)(at), (verb, here)
        for verb in ("add", "subtract"):
            answer = getattr(calendar, verb)(here, amount * MICROSECOND)
            assert exact(answer) == getattr(oracle, verb)(at, amount), (verb, here, amount)
    whole = (noon - 3 * 1440 * MINUTE, noon + 3 * 1440 * MINUTE)
    assert calendar.between(*map(utc, whole)) // MICROSECOND == oracle.between(*whole)
    for days in range(-2, 3):
        assert calendar.is_business_day(day + DAY * days) == oracle.is_business_day(day + DAY * days)


def test_every_second_of_an_hour_that_clocks_change_in() -> None:
    """Within the minutes of a change of clocks, the desk opens and closes at full minutes only."""
    form: Form = {"zone": "Europe/Berlin", "hours": {"mon-sun": CHANGES}, "holidays": None}
    calendar, oracle = BusinessCalendar.from_dict(form), Oracle(form)
    for day in (datetime(2023, 3, 26, 0, 30, tzinfo=UTC), datetime(2023, 10, 29, tzinfo=UTC)):
        for at in range(exact(day), exact(day) + 75 * MINUTE, MINUTE // 60):
            for instant in (at - 1, at):
                assert calendar.is_open(utc(instant)) == oracle.is_open(instant), utc(instant)


def test_a_year_of_dates_has_the_business_days_of_the_oracle() -> None:
    """Holidays, special and recurring dates decide over each date of some years as written."""
    form: Form = {
        "zone": "+01:00",
        "hours": {"mon-thu": [["08:30", "17:00"]], "fri": [["08:30", "12:00"]]},
        "holidays": "DE-NI",
        "special": {"2026-05-01": [["10:00", "11:00"]], "2026-05-04": [], "2026-05-09": NIGHTS},
        "recurring": {"12-24": [], "12-31": [["08:30", "12:00"]], "02-29": [], "10-31": NIGHTS},
    }
    calendar, oracle = BusinessCalendar.from_dict(form), Oracle(form)
    for first in (date(1995, 1, 1), date(2017, 1, 1), date(2026, 1, 1), date(2028, 1, 1)):
        for day in (first + DAY * number for number in range(366)):
            assert calendar.is_business_day(day) == bool(oracle.hours(day)), day
            assert (calendar.holiday(day) is not None) == (day in oracle.closed), day


def test_after_the_last_opening_there_is_none() -> None:
    """A desk that opens on one date only has an answer up to then, and an error afterwards."""
    form: Form = {
        "zone": "Europe/Berlin",
        "hours": {},
        "holidays": None,
        "special": {"2023-10-29": [["01:00", "04:00"]]},
    }
    calendar, oracle = BusinessCalendar.from_dict(form), Oracle(form)
    before = datetime(2023, 10, 24, tzinfo=UTC)
    # Three hours on the wall clock, and four on the night when clocks go back.
    for hours in (1, 3, 4):
        due = oracle.add(exact(before), hours * 60 * MINUTE)
        assert exact(calendar.add(before, timedelta(hours=hours))) == due
    with pytest.raises(NoOpeningError):
        calendar.add(before, timedelta(hours=4, microseconds=1))
