"""Business calendars: every question, at every edge, and every refusal."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import inspect
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import freezegun
import pandas as pd
import pendulum
import pytest

from netcor_sla import STANDARD, BusinessCalendar
from netcor_sla.errors import (
    ArgumentError,
    CalendarError,
    CoverageError,
    NaiveError,
    NoOpeningError,
    SLAError,
    TimestampError,
)

CALENDAR = STANDARD.calendar
ONE = timezone(timedelta(hours=1))
BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
MICROSECOND = timedelta(microseconds=1)
OFFICE = [("08:30", "17:00")]


def make(**changes: Any) -> BusinessCalendar:
    """Make a plain calendar with changes."""
    form: dict[str, Any] = {"zone": "+01:00", "hours": {"mon-fri": OFFICE}, "holidays": None}
    return BusinessCalendar(**form | changes)


ALWAYS = make(hours={"mon-sun": [("00:00", "24:00")]})
ONE_DAY = make(hours={}, special={"2026-01-05": [("08:00", "09:00")]})  # a Monday


QUESTIONS: dict[str, Callable[[Any], object]] = {
    "is_open": CALENDAR.is_open,
    "next_open": CALENDAR.next_open,
    "next_close": CALENDAR.next_close,
    "add": lambda at: CALENDAR.add(at, HOUR),
    "subtract": lambda at: CALENDAR.subtract(at, HOUR),
}
NOTHING_ADDED: dict[str, Callable[[Any], object]] = {
    "add nothing": lambda at: CALENDAR.add(at, timedelta()),
    "subtract nothing": lambda at: CALENDAR.subtract(at, timedelta()),
}


def at(text: str, zone: tzinfo = ONE) -> datetime:
    """Read a wall-clock time of March 2025, `DD HH:MM`, or a whole one."""
    whole = text if len(text) > 10 else f"2025-03-{text}"
    return datetime.fromisoformat(whole).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("text", "is_open", "opens", "closes"),
    [
        ("07 12:00", True, "07 12:00", "07 17:00"),
        ("07 08:30", True, "07 08:30", "07 17:00"),
        ("07 08:29", False, "07 08:30", "07 08:29"),
        ("07 17:00", False, "10 08:30", "07 17:00"),
        ("07 16:59", True, "07 16:59", "07 17:00"),
        ("08 12:00", False, "10 08:30", "08 12:00"),
        ("2025-04-17 17:00", False, "2025-04-22 08:30", "2025-04-17 17:00"),
        ("2025-12-24 16:00", True, "2025-12-24 16:00", "2025-12-24 17:00"),
        ("2025-12-25 12:00", False, "2025-12-29 08:30", "2025-12-25 12:00"),
    ],
)
def test_hours_are_half_open(text: str, is_open: bool, opens: str, closes: str) -> None:  # noqa: FBT001 - an answer
    """Open at the opening, closed at the closing; while open or closed, `at` itself."""
    assert CALENDAR.is_open(at(text)) is is_open
    assert CALENDAR.next_open(at(text)) == at(opens)
    assert CALENDAR.next_close(at(text)) == at(closes)


def test_the_edge_is_a_microsecond_wide() -> None:
    """The last open instant is the one before the closing."""
    assert CALENDAR.is_open(at("07 17:00") - MICROSECOND)
    assert not CALENDAR.is_open(at("07 08:30") - MICROSECOND)


@pytest.mark.parametrize(
    ("text", "hours", "expected"),
    [
        ("07 13:00", 4, "07 17:00"),
        ("07 16:00", 4, "10 11:30"),
        ("08 12:00", 4, "10 12:30"),
        ("07 17:00", 8.5, "10 17:00"),
        ("03 08:30", 42.5, "07 17:00"),
    ],
)
def test_adding_finds_the_earliest_instant(text: str, hours: float, expected: str) -> None:
    """Due at the closing, where the amount is used up there, and not at the next opening."""
    assert CALENDAR.add(at(text), hours * HOUR) == at(expected)


@pytest.mark.parametrize(
    ("text", "hours", "expected"),
    [
        ("10 12:30", 4, "10 08:30"),
        ("10 08:30", 4, "07 13:00"),
        ("08 12:00", 4, "07 13:00"),
        ("07 17:00", 8.5, "07 08:30"),
        ("10 09:30", 1, "10 08:30"),
        ("07 17:00", 42.5, "03 08:30"),
    ],
)
def test_subtracting_finds_the_latest_instant(text: str, hours: float, expected: str) -> None:
    """The opening, and not the closing before it, where the amount begins there."""
    assert CALENDAR.subtract(at(text), hours * HOUR) == at(expected)


@pytest.mark.parametrize("text", ["07 12:00", "08 12:00", "07 17:00", "07 08:30"])
def test_nothing_added_or_subtracted_is_the_instant_itself(text: str) -> None:
    """Also while closed."""
    assert (
        CALENDAR.add(at(text), timedelta()) == CALENDAR.subtract(at(text), timedelta()) == at(text)
    )


@pytest.mark.parametrize(
    "instant",
    [
        datetime.min.replace(tzinfo=ONE),
        datetime.max.replace(tzinfo=timezone(-HOUR)),
        datetime.min.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
    ],
    ids=str,
)
def test_nothing_added_at_the_ends_of_time_is_no_foreign_error(instant: datetime) -> None:
    """Either the instant itself or a CoverageError, and never Python's own."""
    for move in (CALENDAR.add, CALENDAR.subtract):
        with suppress(CoverageError):
            assert move(instant, timedelta()) == instant


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("07 12:00", "07 13:00", 1),
        ("07 16:00", "10 09:30", 2),
        ("07 17:00", "10 08:30", 0),
        ("08 12:00", "09 12:00", 0),
        ("07 12:00", "07 12:00", 0),
        ("03 00:00", "10 00:00", 42.5),
    ],
)
def test_business_time_between_two_instants(start: str, end: str, hours: float) -> None:
    """Closed time counts nothing, and a reversed pair is the negative."""
    assert CALENDAR.between(at(start), at(end)) == hours * HOUR
    assert CALENDAR.between(at(end), at(start)) == -hours * HOUR


def test_a_day_of_amount_is_24_open_hours() -> None:
    """`timedelta(days=1)` is no business day."""
    assert CALENDAR.add(at("03 08:30"), timedelta(days=1)) == at("05 15:30")


@pytest.mark.parametrize("move", [CALENDAR.add, CALENDAR.subtract])
@pytest.mark.parametrize("amount", [-MICROSECOND, -HOUR, timedelta.min])
def test_a_negative_amount_is_refused(
    move: Callable[[datetime, timedelta], datetime], amount: timedelta
) -> None:
    """The message names the value and the verb for the other way."""
    other = {"add": "subtract", "subtract": "add"}[move.__name__]
    with pytest.raises(CalendarError) as refused:
        move(at("07 12:00"), amount)
    expected = f"amount must not be negative: {amount!r}; use {other} instead"
    assert str(refused.value) == expected


@pytest.mark.parametrize("move", [CALENDAR.add, CALENDAR.subtract])
def test_amounts_of_other_types_are_refused(
    move: Callable[[datetime, Any], datetime],
) -> None:
    """Numbers have no unit."""
    with pytest.raises(
        ArgumentError, match=r"^amount must be a timedelta of business time, not int"
    ):
        move(at("07 12:00"), 4)
    with pytest.raises(TimestampError, match=r"^amount has nanoseconds"):
        move(at("07 12:00"), pd.Timedelta(1, "ns"))


def test_spans_are_clipped_to_start_and_end() -> None:
    """In order, each inside the limits; a limit while closed clips nothing."""
    found = list(CALENDAR.spans(at("07 12:00"), at("11 09:00")))
    assert found == [
        (at("07 12:00"), at("07 17:00")),
        (at("10 08:30"), at("10 17:00")),
        (at("11 08:30"), at("11 09:00")),
    ]
    assert list(CALENDAR.spans(at("07 17:00"), at("10 08:30"))) == []
    assert list(CALENDAR.spans(at("07 12:00"), at("07 12:00"))) == []
    assert sum((end - start for start, end in found), timedelta()) == CALENDAR.between(
        at("07 12:00"), at("11 09:00")
    )


def test_touching_spans_come_as_one_over_midnight_and_new_year() -> None:
    """The joints of days and years are not seen."""
    start, end = at("2025-12-30 12:00"), at("2026-01-02 12:00")
    assert list(ALWAYS.spans(start, end)) == [(start, end)]


def test_spans_come_lazily() -> None:
    """The first of a century comes without the others."""
    spans = CALENDAR.spans(at("1991-01-01 00:00"), at("2100-12-31 00:00"))
    assert isinstance(spans, Iterator)
    assert next(spans) == (at("1991-01-02 08:30"), at("1991-01-02 17:00"))


@pytest.mark.parametrize(
    ("start", "end", "error", "words"),
    [
        (at("07 12:00"), at("07 11:00"), CalendarError, ["is before start", "earlier one first"]),
        (at("07 12:00"), at("1990-01-01 11:00"), CoverageError, ["end ", "1991 to 2100"]),
        (at("2101-01-01 11:00"), at("2102-01-01 11:00"), CoverageError, ["start ", "1991 to"]),
        (datetime(2025, 3, 7), at("07 12:00"), NaiveError, ["start has no zone"]),
        (at("07 12:00"), datetime(2025, 3, 7), NaiveError, ["end has no zone"]),
        (at("07 12:00"), pd.NaT, TimestampError, ["end is NaT"]),
    ],
)
def test_spans_are_checked_when_called(
    start: datetime, end: datetime, error: type[SLAError], words: list[str]
) -> None:
    """The error comes from the call, before anything is taken, and names the argument."""
    with pytest.raises(error) as refused:
        CALENDAR.spans(start, end)
    for word in words:
        assert word in str(refused.value)


def test_the_zone_of_the_result_is_that_of_the_first_argument() -> None:
    """The very object, for every method, and the instant is the same in all zones."""
    tokyo = ZoneInfo("Asia/Tokyo")
    local = at("07 16:00").astimezone(tokyo)
    results = [
        CALENDAR.add(local, 4 * HOUR),
        CALENDAR.add(local, timedelta()),
        CALENDAR.subtract(local, 4 * HOUR),
        CALENDAR.subtract(local, timedelta()),
        CALENDAR.next_open(local),
        CALENDAR.next_close(local),
        *next(CALENDAR.spans(local, at("11 09:00"))),
    ]
    assert all(each.tzinfo is tokyo for each in results)
    assert results[0] == at("10 11:30")


@pytest.mark.parametrize(
    "moment",
    [
        pd.Timestamp("2025-03-07 16:00", tz="Europe/Berlin"),
        pendulum.datetime(2025, 3, 7, 16, tz="Europe/Berlin"),
        freezegun.api.FakeDatetime(2025, 3, 7, 16, tzinfo=BERLIN),
    ],
    ids=["pandas", "pendulum", "freezegun"],
)
def test_a_subclass_of_datetime_gives_a_plain_datetime(moment: datetime) -> None:
    """Every method takes it, and none gives one back."""
    later = CALENDAR.add(moment, 4 * HOUR)
    assert later == at("10 11:30")
    results = [
        *(later, CALENDAR.add(moment, timedelta()), CALENDAR.subtract(moment, HOUR)),
        *(CALENDAR.next_open(moment), CALENDAR.next_close(moment)),
        *next(CALENDAR.spans(moment, later)),
    ]
    assert {type(each) for each in results} == {datetime}
    assert CALENDAR.is_open(moment)
    assert CALENDAR.between(moment, later) == 4 * HOUR


def test_answers_are_the_same_while_time_is_frozen() -> None:
    """Tools that replace `datetime` change neither an answer nor its type."""
    real = type(at("07 16:00"))
    with freezegun.freeze_time("2025-03-07 15:00:00"):
        now = datetime.now(ONE)
        fresh = make(holidays="DE-NI")
        for calendar in (CALENDAR, fresh):
            due = calendar.add(now, 4 * HOUR)
            assert due == at("10 11:30")
            assert type(due) is real
            assert calendar.is_business_day(now.date())
    assert fresh == CALENDAR


@pytest.mark.parametrize("ask", (QUESTIONS | NOTHING_ADDED).values(), ids=QUESTIONS | NOTHING_ADDED)
@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (datetime(2025, 3, 7), NaiveError),
        (pd.NaT, TimestampError),
        (pd.Timestamp("2025-03-07T00:00:00.000000001Z"), TimestampError),
        ("2025-03-07T12:00Z", ArgumentError),
        (None, ArgumentError),
    ],
)
def test_every_question_refuses_what_is_no_instant(
    ask: Callable[[Any], object], wrong: object, error: type[SLAError]
) -> None:
    """The argument is named as the signature has it."""
    with pytest.raises(error, match=r"^at "):
        ask(wrong)


def test_between_names_the_argument_at_fault() -> None:
    """Start and end are told apart."""
    with pytest.raises(NaiveError, match=r"^start has no zone"):
        CALENDAR.between(datetime(2025, 3, 7), at("07 12:00"))
    with pytest.raises(NaiveError, match=r"^end has no zone"):
        CALENDAR.between(at("07 12:00"), datetime(2025, 3, 7))
    with pytest.raises(CoverageError, match=r"^end .* lies outside 1991 to 2100"):
        CALENDAR.between(at("07 12:00"), at("2200-01-01 12:00"))


YEARS = (
    "1991 to 2100, the years that the holidays of DE-NI are known for; other years need "
    "a calendar with holidays=None"
)


@pytest.mark.parametrize(
    "ask",
    [*QUESTIONS.values(), lambda at: CALENDAR.between(at, at), lambda at: CALENDAR.spans(at, at)],
    ids=[*QUESTIONS, "between", "spans"],
)
@pytest.mark.parametrize(
    "text",
    ["1990-12-31T23:59:59.999999", "2101-01-01 00:00", "0001-01-01 00:00", "9999-12-31 23:59"],
)
def test_a_year_that_nobody_knows_is_an_error(ask: Callable[[datetime], object], text: str) -> None:
    """Never a silent working day; the message names argument, value, years and source."""
    with pytest.raises(CoverageError) as refused:
        ask(at(text))
    message = str(refused.value)
    assert f" {at(text).isoformat()} " in message
    assert message.startswith(("at ", "start "))
    assert message.endswith(f"lies outside {YEARS}")


def test_the_covered_years_end_with_their_last_microsecond() -> None:
    """In the calendar's zone."""
    assert not CALENDAR.is_open(at("1991-01-01 00:00"))
    assert not CALENDAR.is_open(at("2100-12-31T23:59:59.999999"))
    with pytest.raises(CoverageError):
        CALENDAR.is_open(datetime(2100, 12, 31, 23, tzinfo=UTC))


def test_an_answer_beyond_the_known_years_is_an_error() -> None:
    """Where the question is inside them, the message says which way the answer lies."""
    with pytest.raises(CoverageError) as refused:
        CALENDAR.add(at("2100-12-31 16:00"), 4 * HOUR)
    assert str(refused.value) == (
        f"from at 2100-12-31T16:00:00+01:00, the answer lies later than {YEARS}"
    )
    with pytest.raises(CoverageError) as refused:
        CALENDAR.subtract(at("1991-01-02 09:00"), 4 * HOUR)
    assert (
        str(refused.value) == f"from at 1991-01-02T09:00:00+01:00, the answer lies before {YEARS}"
    )
    with pytest.raises(CoverageError, match="the answer lies later than"):
        CALENDAR.next_open(at("2100-12-31 17:00"))
    with pytest.raises(CoverageError, match="the answer lies later than"):
        CALENDAR.add(at("07 12:00"), timedelta.max)
    with pytest.raises(CoverageError, match="the answer lies before"):
        CALENDAR.subtract(at("07 12:00"), timedelta.max)


def test_a_desk_that_never_closes_has_no_next_closing() -> None:
    """The search ends with the covered years, and in an error that says so."""
    with pytest.raises(CoverageError) as refused:
        ALWAYS.next_close(at("07 12:00"))
    assert str(refused.value).endswith(
        "later than 1900 to 2199, the years that a calendar without holidays covers"
    )


def test_a_desk_that_never_opens_again_is_an_error_of_its_own() -> None:
    """After the last special date, and before the first; the message says why."""
    reason = (
        "2026-02-01T12:00:00+01:00, the desk does not open, or not for long enough: the calendar "
        "has no weekly hours, and its special dates and extra windows are used up"
    )
    with pytest.raises(NoOpeningError) as refused:
        ONE_DAY.next_open(at("2026-02-01 12:00"))
    assert str(refused.value) == f"after at {reason}"
    with pytest.raises(NoOpeningError) as refused:
        ONE_DAY.add(at("2026-01-01 12:00"), 2 * HOUR)
    assert str(refused.value).startswith("after at 2026-01-01T12:00:00+01:00, the desk does not")
    with pytest.raises(NoOpeningError) as refused:
        ONE_DAY.subtract(at("2026-02-01 12:00"), 2 * HOUR)
    assert str(refused.value) == f"before at {reason}"
    assert ONE_DAY.add(at("2026-01-01 12:00"), HOUR) == at("2026-01-05 09:00")


def test_special_dates_name_themselves_in_no_other_years() -> None:
    """Outside the covered years the desk is not closed but unknown."""
    with pytest.raises(CoverageError, match="1900 to 2199"):
        ONE_DAY.next_open(at("2200-02-01 12:00"))


@pytest.mark.parametrize(
    ("day", "is_business_day", "german", "english"),
    [
        (date(2025, 3, 7), True, None, None),
        (date(2025, 3, 8), False, None, None),
        (date(2025, 4, 18), False, "Karfreitag", "Good Friday"),
        (date(2025, 12, 24), True, None, None),
        (date(2016, 10, 31), True, None, None),
        (date(2017, 10, 31), False, "Reformationstag", "Reformation Day"),
        (date(2027, 5, 1), False, "Erster Mai", "Labor Day"),
    ],
)
def test_business_days_and_holidays(
    day: date,
    is_business_day: bool,  # noqa: FBT001 - an answer
    german: str | None,
    english: str | None,
) -> None:
    """A holiday is named also on a Saturday, in German where nothing is said."""
    assert CALENDAR.is_business_day(day) is is_business_day
    assert CALENDAR.holiday(day) == CALENDAR.holiday(day, "de") == german
    assert CALENDAR.holiday(day, language="en") == english


def test_a_calendar_without_holidays_names_none() -> None:
    """And works on them."""
    assert make().holiday(date(2025, 4, 18)) is None
    assert make().is_business_day(date(2025, 4, 18))


@pytest.mark.parametrize("ask", [CALENDAR.is_business_day, CALENDAR.holiday])
def test_questions_about_dates_refuse_other_things(ask: Callable[[Any], object]) -> None:
    """A datetime has a date only in a zone; unknown years are refused, Saturdays too."""
    for wrong in (at("07 12:00"), pd.NaT, "2025-03-07", None, time(12)):
        with pytest.raises(ArgumentError, match=r"^day must be a date, not "):
            ask(wrong)
    for day in (date(1990, 12, 31), date(2101, 1, 1), date.min, date.max):
        with pytest.raises(CoverageError) as refused:
            ask(day)
        assert str(refused.value) == f"day {day.isoformat()} lies outside {YEARS}"


def test_an_unknown_language_is_refused() -> None:
    """Also on a date that is no holiday."""
    for day in (date(2025, 3, 7), date(2025, 4, 18)):
        with pytest.raises(ArgumentError, match=r"^language 'fr' is unknown; choose 'de' or 'en'$"):
            CALENDAR.holiday(day, "fr")  # type: ignore[arg-type]


@pytest.mark.parametrize("zone", ["+01:00", "UTC", "Europe/Berlin"])
def test_the_zone_is_always_the_same_object(zone: str) -> None:
    """So that datetimes made with it share it, as Python's arithmetic asks for."""
    calendar = make(zone=zone)
    assert calendar.tzinfo is calendar.tzinfo
    assert str(calendar.tzinfo).replace("UTC+", "+") == zone


def test_a_business_day_is_derived_or_given() -> None:
    """Given as what the hours say, it makes an equal calendar; given otherwise, another."""
    derived = make()
    assert derived.business_day == timedelta(hours=8, minutes=30)
    same = make(business_day=timedelta(hours=8, minutes=30))
    assert (same == derived, same.fingerprint, hash(same)) == (
        *(True, derived.fingerprint, hash(derived)),
    )
    other = make(business_day=timedelta(hours=8))
    assert other != derived
    assert other.fingerprint != derived.fingerprint
    assert other.business_day == timedelta(hours=8)
    assert other.to_dict()["business_day"] == "08:00"
    assert BusinessCalendar.from_dict(other.to_dict()) == other


def test_a_business_day_that_cannot_be_derived_is_an_error_that_says_so() -> None:
    """Where the weekdays that open differ in length; with a remedy in both forms."""
    uneven = make(hours={"mon-thu": OFFICE, "fri": [("08:30", "12:00")]})
    with pytest.raises(CalendarError) as refused:
        _ = uneven.business_day
    for word in ("business_day is not given", "differ in length", "'08:00'"):
        assert word in str(refused.value)
    given = uneven.replace(business_day=timedelta(hours=24))
    assert given.business_day == timedelta(hours=24)
    assert given.to_dict()["business_day"] == "24:00"
    assert BusinessCalendar.from_dict(given.to_dict()) == given


@pytest.mark.parametrize("text", ["8:30", "00:00", "24:01", "", timedelta(0)])
def test_a_business_day_in_the_data_form_is_a_time(text: object) -> None:
    """Anything else is named, with the field."""
    with pytest.raises(CalendarError, match=r"^business_day"):
        BusinessCalendar.from_dict(make().to_dict() | {"business_day": text})


@pytest.mark.parametrize("length", ["08:00", timedelta(hours=8)])
def test_a_business_day_is_written_either_way(length: str | timedelta) -> None:
    """In the constructor, in the data form, and in a copy."""
    given = make(business_day=length)
    assert given.business_day == timedelta(hours=8)
    assert given == make().replace(business_day=length)
    assert given == BusinessCalendar.from_dict(make().to_dict() | {"business_day": length})
    assert given == BusinessCalendar(**given.to_dict())


def test_a_business_day_of_null_is_none_given() -> None:
    """JSON has null where Python has None."""
    assert BusinessCalendar.from_dict(make().to_dict() | {"business_day": None}) == make()


def test_extra_hours_run_the_clock_on_the_new_calendar_alone() -> None:
    """Given in any zone; they join the hours that they touch; the original stays."""
    start, end = at("08 10:00").astimezone(BERLIN), at("08 14:00", ONE)
    longer = CALENDAR.with_extra_hours(start, end)
    assert longer.is_open(at("08 12:00"))
    assert not CALENDAR.is_open(at("08 12:00"))
    assert not longer.is_business_day(date(2025, 3, 8))
    assert longer.to_dict()["extra"] == [["2025-03-08T09:00:00+00:00", "2025-03-08T13:00:00+00:00"]]
    assert longer.add(at("07 16:00"), 4 * HOUR) == at("08 13:00")
    assert longer == CALENDAR.replace(extra=[["2025-03-08T09:00Z", "2025-03-08T13:00Z"]])


def test_extra_hours_add_up() -> None:
    """In any order, and touching windows are one."""
    points = [at("08 10:00"), at("08 12:00"), at("08 14:00"), at("09 10:00"), at("09 11:00")]
    one = CALENDAR.with_extra_hours(points[0], points[2]).with_extra_hours(*points[3:])
    other = (
        CALENDAR.with_extra_hours(*points[3:])
        .with_extra_hours(points[1], points[2])
        .with_extra_hours(points[0], points[1])
    )
    assert one == other
    assert one.fingerprint == other.fingerprint
    assert one.between(at("08 00:00"), at("10 00:00")) == 5 * HOUR


def test_extra_hours_may_be_whole_nights() -> None:
    """Over midnight, as the agreed windows of an upgrade are."""
    longer = CALENDAR.with_extra_hours(at("07 17:00"), at("10 08:30"))
    assert list(longer.spans(at("07 00:00"), at("11 00:00"))) == [(at("07 08:30"), at("10 17:00"))]


@pytest.mark.parametrize(
    ("start", "end", "error", "words"),
    [
        (at("08 14:00"), at("08 10:00"), CalendarError, ["extra: the window", "earlier instant"]),
        (at("08 14:00"), at("08 14:00"), CalendarError, ["extra: the window"]),
        (datetime(2025, 3, 8), at("08 10:00"), NaiveError, ["start has no zone"]),
        (at("08 14:00"), datetime(2025, 3, 8), NaiveError, ["end has no zone"]),
        (at("08 14:00"), "2025-03-08", ArgumentError, ["end must be an aware datetime, not str"]),
        (at("1990-03-08 14:00"), at("08 10:00"), CoverageError, ["start ", "lies outside 1991"]),
        (datetime.min.replace(tzinfo=ONE), at("08 10:00"), CoverageError, ["start ", "outside"]),
        (
            at("08 10:00"),
            datetime.max.replace(tzinfo=timezone(-HOUR)),
            CoverageError,
            ["end ", "outside"],
        ),
    ],
)
def test_extra_hours_that_make_no_sense_are_refused(
    start: datetime, end: Any, error: type[SLAError], words: list[str]
) -> None:
    """The message names the argument and the value."""
    with pytest.raises(error) as refused:
        CALENDAR.with_extra_hours(start, end)
    for word in words:
        assert word in str(refused.value)


def test_replace_takes_the_arguments_of_the_constructor() -> None:
    """And keeps all others, a business day of its own among them."""
    calendar = make(business_day=8 * HOUR, special={"2026-12-24": []})
    changed = calendar.replace(zone="Europe/Berlin")
    assert changed.to_dict() == calendar.to_dict() | {"zone": "Europe/Berlin"}
    assert calendar.replace(business_day=None).business_day == 8.5 * HOUR
    assert calendar.replace(special={}) == make(business_day=8 * HOUR)


def test_arguments_are_keywords_and_the_keys_of_the_data_form() -> None:
    """None is positional, so that no two can be swapped."""
    parameters = inspect.signature(BusinessCalendar).parameters.values()
    assert {each.kind for each in parameters} == {inspect.Parameter.KEYWORD_ONLY}
    assert {each.name for each in parameters} == set(BusinessCalendar._keys)
    with pytest.raises(TypeError):
        BusinessCalendar({"mon": OFFICE}, "UTC", None)  # type: ignore[call-arg]


def test_arguments_and_data_form_make_the_same_calendar() -> None:
    """One form, two doors."""
    form = {
        "zone": "Europe/Berlin",
        "hours": {"mon-fri": [["08:00", "12:00"], ["13:00", "24:00"]]},
        "holidays": {"country": "DE", "subdivision": "BY", "categories": ["public", "catholic"]},
        "special": {"2026-12-24": {"spans": [["09:00", "12:00"]], "name": "Heiligabend"}},
        "recurring": {"12-31": []},
        "extra": [["2026-05-16T20:00+02:00", "2026-05-17T04:00+02:00"]],
        "business_day": "08:00",
    }
    read = BusinessCalendar.from_dict(form)
    assert read == BusinessCalendar(**form | {"business_day": 8 * HOUR})  # type: ignore[arg-type]
    assert not read.is_business_day(date(2026, 8, 14 + 1))
    assert read.is_open(datetime(2026, 5, 17, 3, tzinfo=BERLIN))
    assert read.next_close(datetime(2026, 12, 24, 10, tzinfo=BERLIN)).hour == 12


def test_calendars_that_differ_in_any_key_differ() -> None:
    """In equality and in fingerprint."""
    variants = [
        make(),
        make(zone="UTC"),
        make(zone="Europe/Berlin"),
        make(holidays="DE"),
        make(holidays="DE-NI"),
        make(hours={"mon-sat": OFFICE}),
        make(hours={"mon-fri": [("08:30", "12:00"), ("13:00", "17:00")]}),
        make(special={"2026-01-05": []}),
        make(special={"2026-01-05": {"spans": [], "name": "x"}}),
        make(recurring={"12-24": []}),
        make(extra=[("2026-05-16T20:00Z", "2026-05-17T04:00Z")]),
        make(business_day=8 * HOUR),
    ]
    assert len(set(variants)) == len({each.fingerprint for each in variants}) == len(variants)


def test_the_standard_calendar_is_that_of_the_policy() -> None:
    """Monday to Friday, 8:30 to 17:00, UTC+1 all year, Lower Saxony; checked here, not at import."""
    days = ("mon", "tue", "wed", "thu", "fri")
    assert CALENDAR.to_dict() == {
        "zone": "+01:00",
        "hours": {day: [["08:30", "17:00"]] for day in days},
        "holidays": "DE-NI",
    }
    assert make(holidays={"country": "DE", "subdivision": "NI"}) == CALENDAR
    assert CALENDAR.business_day == timedelta(hours=8, minutes=30)
    assert CALENDAR.tzinfo.utcoffset(datetime(2026, 7, 1)) == HOUR


def test_fixed_and_named_zones_differ_in_summer_by_an_hour() -> None:
    """UTC+1 as written opens at 09:30 German clock time."""
    noon = datetime(2026, 7, 1, 0, tzinfo=BERLIN)
    assert CALENDAR.next_open(noon).hour == 9
    assert make(zone="Europe/Berlin").next_open(noon).hour == 8


@pytest.mark.parametrize(
    ("night", "opens", "hours"),
    [("2026-03-29", "2026-03-29T03:00+02:00", 1), ("2026-10-25", "2026-10-25T02:30+02:00", 2)],
)
def test_the_wall_clock_decides_when_clocks_change(night: str, opens: str, hours: int) -> None:
    """From 02:30 to 04:00: in spring one hour, in autumn two, with a gap between."""
    desk = make(zone="Europe/Berlin", hours={"mon-sun": [("02:30", "04:00")]})
    midnight = at(f"{night} 00:00", BERLIN)
    noon = at(f"{night} 12:00", BERLIN)
    assert desk.next_open(midnight).isoformat("T", "minutes") == opens
    assert desk.between(midnight, noon) == hours * HOUR
    assert len(list(desk.spans(midnight, noon))) == hours
