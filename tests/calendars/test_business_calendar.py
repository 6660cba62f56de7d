"""Business calendars from outside: every question, at every edge, every refusal, and freezing."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import inspect
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

import freezegun
import pandas as pd
import pendulum
import pytest

from netcor_sla import Agreement, BusinessCalendar, EscalationLevel
from netcor_sla._calendars.instants import writable
from netcor_sla.errors import (
    ArgumentError,
    CalendarError,
    CoverageError,
    NaiveError,
    NoOpeningError,
    SLAError,
    TimestampError,
)

ONE: Final = timezone(timedelta(hours=1))
BERLIN: Final = ZoneInfo("Europe/Berlin")
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
MICROSECOND: Final = timedelta(microseconds=1)
OFFICE: Final = [["08:30", "17:00"]]
ENDS: Final = [
    *(datetime.min.replace(tzinfo=zone) for zone in (UTC, ONE)),
    *(datetime.max.replace(tzinfo=zone) for zone in (UTC, timezone(-HOUR))),
]


def make(**changes: Any) -> BusinessCalendar:
    """Make a plain calendar with changes."""
    form: dict[str, Any] = {"zone": "+01:00", "hours": {"mon-fri": OFFICE}, "holidays": "DE-NI"}
    return BusinessCalendar(**form | changes)


CALENDAR: Final = make()
ALWAYS: Final = make(hours={"mon-sun": [("00:00", "24:00")]}, holidays=None)
ONE_DAY: Final = make(hours={}, special={"2023-01-05": [("08:00", "09:00")]}, holidays=None)

QUESTIONS: Final[dict[str, Callable[[Any], object]]] = {
    "is_open": CALENDAR.is_open,
    "next_open": CALENDAR.next_open,
    "next_close": CALENDAR.next_close,
    "add": lambda at: CALENDAR.add(at, HOUR),
    "subtract": lambda at: CALENDAR.subtract(at, HOUR),
    "add nothing": lambda at: CALENDAR.add(at, timedelta()),
    "subtract nothing": lambda at: CALENDAR.subtract(at, timedelta()),
}


def at(text: str, zone: tzinfo = ONE) -> datetime:
    """Read a wall-clock time of March 2025, `DD HH:MM`, or a whole one."""
    whole = f"2025-03-{text}" if text[2] == " " else text
    return datetime.fromisoformat(whole).replace(tzinfo=zone)


# What is asked, and answered.


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("07 12:00", "07 12:00", "07 17:00"),
        ("07 08:30", "07 08:30", "07 17:00"),
        ("07 08:29", "07 08:30", "07 08:29"),
        ("07 08:29:59.999999", "07 08:30", "07 08:29:59.999999"),
        ("07 17:00", "10 08:30", "07 17:00"),
        ("07 16:59:59.999999", "07 16:59:59.999999", "07 17:00"),
        ("08 12:00", "10 08:30", "08 12:00"),
        ("2025-04-17 17:00", "2025-04-22 08:30", "2025-04-17 17:00"),
        ("2025-12-24 16:00", "2025-12-24 16:00", "2025-12-24 17:00"),
        ("2025-12-25 12:00", "2025-12-29 08:30", "2025-12-25 12:00"),
    ],
)
def test_hours_are_half_open(text: str, opens: str, closes: str) -> None:
    """Open at the opening, closed at the closing; while open or closed, `at` itself."""
    assert CALENDAR.is_open(at(text)) is (opens == text)
    assert CALENDAR.next_open(at(text)) == at(opens)
    assert CALENDAR.next_close(at(text)) == at(closes)


@pytest.mark.parametrize(
    ("verb", "text", "hours", "expected"),
    [
        ("add", "07 13:00", 4, "07 17:00"),  # at the closing, not at the next opening
        ("add", "07 16:00", 4, "10 11:30"),
        ("add", "08 12:00", 4, "10 12:30"),
        ("add", "07 17:00", 8.5, "10 17:00"),
        ("add", "03 08:30", 42.5, "07 17:00"),
        ("add", "03 08:30", 24, "05 15:30"),  # `timedelta(days=1)` is no business day
        ("subtract", "10 12:30", 4, "10 08:30"),  # at the opening, not at the closing before
        ("subtract", "10 08:30", 4, "07 13:00"),
        ("subtract", "08 12:00", 4, "07 13:00"),
        ("subtract", "07 17:00", 42.5, "03 08:30"),
        *((verb, text, 0, text) for verb in ("add", "subtract") for text in ("07 17:00", "08 12:00")),
    ],
)
def test_adding_finds_the_earliest_and_subtracting_the_latest_instant(
    verb: str, text: str, hours: float, expected: str
) -> None:
    """By which, or from which, so much business time has passed."""
    assert getattr(CALENDAR, verb)(at(text), hours * HOUR) == at(expected)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("07 12:00", "07 13:00", 1),
        ("07 16:00", "10 09:30", 2),
        ("07 17:00", "10 08:30", 0),
        ("07 12:00", "07 12:00", 0),
        ("03 00:00", "10 00:00", 42.5),
    ],
)
def test_business_time_between_two_instants(start: str, end: str, hours: float) -> None:
    """Closed time counts nothing, and a reversed pair is the negative."""
    assert CALENDAR.between(at(start), at(end)) == hours * HOUR
    assert CALENDAR.between(at(end), at(start)) == -hours * HOUR


def test_spans_are_clipped_to_start_and_end() -> None:
    """In order, each inside the limits; none is empty, and they come lazily."""
    found = CALENDAR.spans(at("07 12:00"), at("11 09:00"))
    assert isinstance(found, Iterator)
    assert list(found) == [
        (at("07 12:00"), at("07 17:00")),
        (at("10 08:30"), at("10 17:00")),
        (at("11 08:30"), at("11 09:00")),
    ]
    for same in ("07 17:00", "07 12:00", "07 08:30"):
        assert list(CALENDAR.spans(at(same), at(same))) == []
    assert list(CALENDAR.spans(at("07 17:00"), at("10 08:30"))) == []


@pytest.mark.parametrize(
    ("day", "is_business_day", "german", "english"),
    [
        (date(2025, 3, 7), True, None, None),
        (date(2025, 3, 8), False, None, None),
        (date(2025, 4, 18), False, "Karfreitag", "Good Friday"),
        (date(2017, 10, 31), False, "Reformationstag", "Reformation Day"),
        (date(2027, 5, 1), False, "Tag der Arbeit (1. Mai)", "Labour Day"),
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
    assert ALWAYS.holiday(day) is None
    assert ALWAYS.is_business_day(day)
    with pytest.raises(ArgumentError, match=r"^language 'fr' is unknown; choose 'de' or 'en'$"):
        CALENDAR.holiday(day, "fr")  # type: ignore[arg-type]


# Zones and kinds of datetimes.


@pytest.mark.parametrize("zone", ["+01:00", "UTC", "Europe/Berlin"])
def test_the_zone_of_the_result_is_that_of_the_first_argument(zone: str) -> None:
    """The very object, for every method, and the instant is the same in all zones."""
    calendar = make(zone=zone, holidays=None)
    assert calendar.tzinfo is calendar.tzinfo
    assert str(calendar.tzinfo).replace("UTC+", "+") == zone
    start = datetime(2025, 3, 7, 16, tzinfo=calendar.tzinfo)
    due = start + 2 * DAY + 19.5 * HOUR
    for asked in (calendar.tzinfo, ZoneInfo("Asia/Tokyo"), UTC, BERLIN):
        local = start.astimezone(asked)
        moments = [calendar.add(local, 4 * HOUR), calendar.subtract(due.astimezone(asked), 4 * HOUR)]
        assert moments == [due, start]
        moments += [calendar.add(local, timedelta()), calendar.subtract(local, timedelta())]
        moments += [calendar.next_open(local), calendar.next_close(local)]
        moments += next(calendar.spans(local, due))
        assert all(each.tzinfo is asked for each in moments)


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
        for calendar in (CALENDAR, fresh := make()):
            due = calendar.add(now, 4 * HOUR)
            assert due == at("10 11:30")
            assert type(due) is real
            assert calendar.is_business_day(now.date())
    assert fresh == CALENDAR


# What is refused.


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
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
def test_every_question_refuses_what_is_not_an_instant(
    ask: Callable[[Any], object], wrong: object, error: type[SLAError]
) -> None:
    """The argument is named as the signature has it."""
    with pytest.raises(error, match=r"^at "):
        ask(wrong)


@pytest.mark.parametrize(
    ("start", "end", "error", "words"),
    [
        (at("2101-01-01 11:00"), at("2102-01-01 11:00"), CoverageError, r"^start .* 1991 to 2100"),
        (at("07 12:00"), at("1990-01-01 11:00"), CoverageError, r"^end .* lies outside 1991 to"),
        (datetime(2025, 3, 7), at("07 12:00"), NaiveError, r"^start has no zone"),
        (at("07 12:00"), datetime(2025, 3, 7), NaiveError, r"^end has no zone"),
        (at("07 12:00"), pd.NaT, TimestampError, r"^end is NaT"),
        *((at("07 12:00"), end, CoverageError, r"^end .* lies outside 1991 to") for end in ENDS),
    ],
)
def test_questions_about_two_instants_name_the_one_at_fault(
    start: datetime, end: datetime, error: type[SLAError], words: str
) -> None:
    """At once, before a span is taken."""
    for ask in (CALENDAR.between, CALENDAR.spans, CALENDAR.with_extra_hours):
        with pytest.raises(error, match=words):
            ask(start, end)
    with pytest.raises(CalendarError, match=r"is before start .*; exchange the two"):
        CALENDAR.spans(at("07 12:00"), at("07 11:00"))


@pytest.mark.parametrize("move", [CALENDAR.add, CALENDAR.subtract])
def test_amounts_without_sense_are_refused(move: Callable[[datetime, Any], datetime]) -> None:
    """The message names the value, and for a negative one the verb for the other way."""
    other = {"add": "subtract", "subtract": "add"}[move.__name__]
    for amount in (-MICROSECOND, -HOUR, timedelta.min):
        with pytest.raises(CalendarError) as refused:
            move(at("07 12:00"), amount)
        assert str(refused.value) == f"amount must not be negative: {amount!r}; use {other} instead"
    with pytest.raises(ArgumentError, match=r"^amount: 4 is not a timedelta; "):
        move(at("07 12:00"), 4)
    with pytest.raises(TimestampError, match=r"^amount has nanoseconds"):
        move(at("07 12:00"), pd.Timedelta(1, "ns"))


YEARS: Final = (
    "1991 to 2100, the years that the holidays of DE-NI are known for; other years need "
    "a calendar without holidays"
)


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_a_year_that_nobody_knows_is_an_error(ask: Callable[[datetime], object]) -> None:
    """Never a silent working day; the message names argument, value, years and source."""
    for moment in (at("1990-12-31T23:59:59.999999"), at("2101-01-01 00:00"), *ENDS):
        with pytest.raises(CoverageError) as refused:
            ask(moment)
        assert str(refused.value) == f"at {moment.isoformat()} lies outside {YEARS}"
    with suppress(NoOpeningError, CoverageError):
        ask(at("1991-01-01 00:00"))
    assert not CALENDAR.is_open(at("2100-12-31T23:59:59.999999"))


@pytest.mark.parametrize("ask", [CALENDAR.is_business_day, CALENDAR.holiday])
def test_questions_about_dates_refuse_other_things(ask: Callable[[Any], object]) -> None:
    """A datetime has a date only in a zone; unknown years are refused, Saturdays too."""
    for wrong in (at("07 12:00"), pd.NaT, "2025-03-07", None, time(12)):
        with pytest.raises(ArgumentError, match=r"^day: .* is not a date; "):
            ask(wrong)
    for day in (date(1990, 12, 31), date(2101, 1, 1), date.min, date.max):
        with pytest.raises(CoverageError) as refused:
            ask(day)
        assert str(refused.value) == f"day {day.isoformat()} lies outside {YEARS}"


def test_an_answer_beyond_the_known_years_is_an_error() -> None:
    """Where the question is inside them, the message says which way the answer lies."""
    questions: list[tuple[Callable[[], object], str]] = [
        (lambda: CALENDAR.add(at("2100-12-31 16:00"), 4 * HOUR), "2100-12-31T16:00"),
        (lambda: CALENDAR.add(at("07 12:00"), timedelta.max), "2025-03-07T12:00"),
        (lambda: CALENDAR.next_open(at("2100-12-31 17:00")), "2100-12-31T17:00"),
        (lambda: CALENDAR.subtract(at("1991-01-02 09:00"), 4 * HOUR), "1991-01-02T09:00"),
        (lambda: CALENDAR.subtract(at("07 12:00"), timedelta.max), "2025-03-07T12:00"),
    ]
    for (ask, since), way in zip(questions, ["later than"] * 3 + ["before"] * 2, strict=True):
        with pytest.raises(CoverageError) as refused:
            ask()
        expected = f"from at {since}:00+01:00, the answer lies {way} {YEARS}"
        assert str(refused.value) == expected
    with pytest.raises(CoverageError) as refused:
        ALWAYS.next_close(at("07 12:00"))
    assert str(refused.value).endswith(
        "later than 1900 to 2199, the years that a calendar without holidays covers"
    )


def test_a_desk_that_never_opens_again_is_an_error_of_its_own() -> None:
    """After the last special date, and before the first; outside the years it is unknown."""
    reason = (
        "2023-02-01T12:00:00+01:00, the desk does not open, or not for long enough: the calendar "
        "has no weekly hours, and its special dates and extra windows are used up; add more of them"
    )
    after = at("2023-02-01 12:00")
    questions: list[tuple[Callable[[], object], str]] = [
        (lambda: ONE_DAY.next_open(after), "after"),
        (lambda: ONE_DAY.add(after - 32 * DAY, 2 * HOUR), "after"),
        (lambda: ONE_DAY.subtract(after, 2 * HOUR), "before"),
    ]
    for ask, way in questions:
        with pytest.raises(NoOpeningError) as refused:
            ask()
        assert str(refused.value).replace("2022-12-31", "2023-02-01") == f"{way} at {reason}"
    assert ONE_DAY.add(after - 32 * DAY, HOUR) == at("2023-01-05 09:00")
    with pytest.raises(CoverageError, match="1900 to 2199"):
        ONE_DAY.next_open(at("2200-02-01 12:00"))


def test_facts_may_lie_in_years_that_zones_can_show() -> None:
    """A record holds instants of 1000 to 9000, whichever years its calendar covers."""
    first, last = datetime(1000, 1, 1, tzinfo=UTC), datetime(9001, 1, 1, tzinfo=UTC)
    assert writable(first, "at") == first - datetime(1970, 1, 1, tzinfo=UTC)
    assert writable(last - MICROSECOND, "at") < writable(first, "at") + 8002 * 366 * DAY
    for beyond in (first - MICROSECOND, last):
        with pytest.raises(CoverageError, match=r"^at .* lies outside the years 1000 to 9000, "):
            writable(beyond, "at")


# Values: a business day, extra hours, copies, equality.


def test_a_business_day_is_derived_or_given() -> None:
    """Given as what the hours say, it makes an equal calendar; given otherwise, another."""
    assert CALENDAR.business_day == 8.5 * HOUR
    assert make(business_day=8.5 * HOUR) == make(business_day=None) == CALENDAR
    for length in ("08:00", timedelta(hours=8), pd.Timedelta(hours=8)):
        other = make(business_day=length)
        assert other == CALENDAR.replace(business_day=length) != CALENDAR
        assert type(other.business_day) is timedelta
        assert other.to_dict()["business_day"] == "08:00"
        assert BusinessCalendar.from_dict(other.to_dict()) == other
        assert other.replace(business_day=None) == CALENDAR
    two = {"mon-thu": OFFICE, "fri": [["08:00", "12:00"], ["13:00", "17:30"]]}
    assert make(hours=two).business_day == 8.5 * HOUR
    uneven = make(hours={"mon-thu": OFFICE, "fri": [("08:30", "12:00")]})
    for calendar in (uneven, ONE_DAY):
        with pytest.raises(CalendarError, match=r"^business_day is not given.* length; .*'08:00'$"):
            _ = calendar.business_day
    assert uneven.replace(business_day=24 * HOUR).to_dict()["business_day"] == "24:00"


@pytest.mark.parametrize(
    "length",
    [
        *("8:30", "00:00", "24:01", "", timedelta(), timedelta(minutes=-1), timedelta(seconds=30)),
        *(timedelta(minutes=1441), 8 * HOUR + MICROSECOND, timedelta.max, timedelta.min, 8, 8.5),
        *(True, pd.NaT),
    ],
    ids=repr,
)
def test_any_other_business_day_is_refused(length: object) -> None:
    """The field is named, and limits and value."""
    with pytest.raises(SLAError, match=r"^business_day"):
        make(business_day=length)
    assert make(business_day=timedelta(minutes=1)).business_day == timedelta(minutes=1)


def test_extra_hours_run_the_clock_on_the_new_calendar_alone() -> None:
    """Given in any zone; they join what they touch, and are no business day."""
    longer = CALENDAR.with_extra_hours(at("08 10:00").astimezone(BERLIN), at("08 14:00"))
    assert longer.is_open(at("08 12:00"))
    assert not CALENDAR.is_open(at("08 12:00"))
    assert not longer.is_business_day(date(2025, 3, 8))
    assert longer.add(at("07 16:00"), 4 * HOUR) == at("08 13:00")
    assert longer == make(extra=[["2025-03-08T09:00Z", "2025-03-08T13:00Z"]])
    more = longer.with_extra_hours(at("09 10:00"), at("09 11:00"))
    again = CALENDAR.with_extra_hours(at("09 10:00"), at("09 11:00"))
    again = again.with_extra_hours(at("08 12:00"), at("08 14:00"))
    assert again.with_extra_hours(at("08 10:00"), at("08 12:00")) == more
    assert more.between(at("08 00:00"), at("10 00:00")) == 5 * HOUR
    night = CALENDAR.with_extra_hours(at("07 17:00"), at("10 08:30"))
    assert list(night.spans(at("07 00:00"), at("11 00:00"))) == [(at("07 08:30"), at("10 17:00"))]
    for end in (at("08 14:00"), at("08 10:00")):
        with pytest.raises(CalendarError, match=r"^extra: the window .* earlier instant first$"):
            CALENDAR.with_extra_hours(at("08 14:00"), end)


def test_arguments_are_keywords_and_attributes_and_the_keys_of_the_data_form() -> None:
    """One form, two doors; none is positional; what is read back is fresh; `replace` keeps all others."""
    parameters = inspect.signature(BusinessCalendar).parameters.values()
    assert {each.kind for each in parameters} == {inspect.Parameter.KEYWORD_ONLY}
    form = {
        "zone": "Europe/Berlin",
        "hours": {"mon": [["08:00", "12:00"], ["13:00", "24:00"]]},
        "holidays": {"country": "DE", "subdivision": "BY", "categories": ["catholic", "public"]},
        "special": {"2023-12-24": {"spans": [["09:00", "12:00"]], "name": "Heiligabend"}},
        "recurring": {"12-31": []},
        "extra": [["2023-05-16T18:00:00+00:00", "2023-05-17T02:00:00+00:00", "Upgrade"]],
        "hours_from": {"2024-01-01": {"tue": [["08:00", "12:00"]]}},
        "business_day": "08:00",
    }
    assert {each.name for each in parameters} == set(form)
    read = BusinessCalendar.from_dict(form)
    assert read == BusinessCalendar(**form)  # type: ignore[arg-type]
    attributes = {name: getattr(read, name) for name in form}
    assert attributes == form | {"business_day": 8 * HOUR}
    for each in attributes.values():
        getattr(each, "clear", str)()
    assert read.to_dict() == form
    assert read.replace(zone="UTC").to_dict() == form | {"zone": "UTC"}
    assert eval(repr(read), {"BusinessCalendar": BusinessCalendar}) == read  # noqa: S307 - our own
    assert not read.is_business_day(date(2023, 8, 15))
    for wrong, words in (({"zonk": 1}, "did you mean 'zone'"), ({5: 1}, "key 5 of Bus")):
        with pytest.raises(CalendarError, match=words):
            BusinessCalendar.from_dict(form | wrong)  # type: ignore[arg-type]
    with pytest.raises(CalendarError, match=r"^key 'hours' of BusinessCalendar is missing"):
        BusinessCalendar.from_dict({"zone": "UTC", "holidays": None})
    with pytest.raises(CalendarError, match=r"^key 'hour' of BusinessCalendar is unknown"):
        read.replace(hour={})  # type: ignore[call-arg]


def test_calendars_that_differ_in_any_key_differ() -> None:
    """In equality, hash and fingerprint."""
    variants = [
        make(),
        make(zone="UTC"),
        make(zone="Europe/Berlin"),
        make(holidays="DE"),
        make(holidays=None),
        make(hours={"mon-sat": OFFICE}),
        make(hours={"mon-fri": [("08:30", "12:00"), ("13:00", "17:00")]}),
        make(special={"2023-01-05": []}),
        make(special={"2023-01-05": {"spans": [], "name": "x"}}),
        make(recurring={"12-24": []}),
        make(hours_from={"2023-01-01": {}}),
        make(extra=[("2023-05-16T20:00Z", "2023-05-17T04:00Z")]),
        make(extra=[("2023-05-16T20:00Z", "2023-05-17T04:00Z", "x")]),
        make(business_day=8 * HOUR),
        make().freeze(2016, 2017),
        make().freeze(2016, 2016),
    ]
    assert len(set(variants)) == len({each.fingerprint for each in variants}) == len(variants)


# Arguments that can be read, and calendars shown.


def test_a_second_special_date_adds_to_the_first() -> None:
    """`replace` replaces; `with_special` adds, and takes the place of what stood on the same date."""
    once = CALENDAR.with_special({"2026-12-28": [], "2026-12-29": OFFICE})
    twice = once.with_special({"2026-12-29/2026-12-30": {"spans": [], "name": "Inventur"}})
    closed = {"spans": [], "name": "Inventur"}
    assert twice.special == {"2026-12-28": [], "2026-12-29": closed, "2026-12-30": closed}
    assert once.replace(special=once.special | {"2026-12-31": []}).special.keys() == {
        *("2026-12-28", "2026-12-29", "2026-12-31")
    }
    assert CALENDAR.special == {}


def test_a_calendar_shows_itself_shortly() -> None:
    """In a repr whose every word is an attribute, and as a small table in a notebook."""
    assert repr(CALENDAR) == (
        "BusinessCalendar(zone='+01:00', hours={'mon-fri': [['08:30', '17:00']]}, holidays='DE-NI')"
    )
    calendar = make(
        hours_from={"2027-01-01": {"mon-sat": OFFICE, "sun": [["10:00", "12:00"]]}, "2028-01-01": {}}
    )
    assert len(repr(calendar.freeze(2015, 2035))) < 700
    source = {"source": {"country": "<b>"}, "first": 2026, "last": 2027, "days": {}}
    shown = calendar.replace(holidays=source, special={"2026-01-02": []})._repr_html_()
    for part in (
        "Mo-Fr 08:30-17:00<",
        "ab 01.01.2027 (hours_from)<",
        "Zeitzone (zone)<",
        ">UTC+1<",
        "Mo-Sa 08:30-17:00<br>So 10:00-12:00<",
    ):
        assert part in shown
    assert "&lt;b&gt;, 2026-2027" in shown
    assert shown.endswith(">1</td></tr></table>")
    assert "color" not in shown
    assert make(holidays=None)._repr_html_().count("keine (none)") == 1


def test_the_holidays_of_a_year_and_the_business_days_between_two_dates() -> None:
    """Dates, both included, in order; British names; a year or date that nobody knows is an error."""
    found = CALENDAR.holidays_in(2026, "en")
    assert list(found) == sorted(found)
    assert (len(found), found[date(2026, 5, 25)]) == (10, "Whit Monday")
    assert CALENDAR.holidays_in(2026)[date(2026, 5, 1)] == "Tag der Arbeit (1. Mai)"
    assert ALWAYS.holidays_in(2026) == {}
    for calendar in (CALENDAR, ALWAYS):
        with pytest.raises(ArgumentError, match="language 'fr' is unknown"):
            calendar.holidays_in(2026, "fr")  # type: ignore[arg-type]
    assert CALENDAR.business_days(date(2026, 4, 2), date(2026, 4, 7)) == 2  # Easter
    assert CALENDAR.business_days(date(2026, 4, 7), date(2026, 4, 7)) == 1
    with pytest.raises(CalendarError, match=r"^last 2026-04-01 is before first 2026-04-07; "):
        CALENDAR.business_days(date(2026, 4, 7), date(2026, 4, 1))
    for ask in (lambda: CALENDAR.holidays_in(2101), lambda: CALENDAR.business_days(DAY0, date(2101, 1, 1))):
        with pytest.raises(CoverageError, match=r"^(year 2101|last 2101-01-01) lies outside 1991 to 2100"):
            ask()


DAY0: Final = date(2026, 1, 1)


# Hours that change.


def test_hours_hold_from_a_date_on_until_the_next() -> None:
    """A desk that opens on Saturdays from 2027, and closes for good with 2027."""
    hours = {"2028-01-01": {}, "2027-01-01": {"mon-sat": [["08:30", "17:00"]]}}
    calendar = make(hours_from=hours)
    days = [date(2026, 12, 19), date(2027, 1, 2), date(2027, 12, 31), date(2028, 1, 3)]
    assert [calendar.is_business_day(day) for day in days] == [False, True, True, False]
    assert calendar.add(at("2026-12-31 16:00"), HOUR * 10) == at("2027-01-04 09:00")
    assert calendar.business_day == 8.5 * HOUR
    assert list(calendar.hours_from) == ["2027-01-01", "2028-01-01"]
    with pytest.raises(NoOpeningError, match=r"^after at 2028-.*has no weekly hours.*add more of them$"):
        calendar.next_open(at("2028-01-03 12:00"))
    assert calendar.freeze(2027, 2027).hours == CALENDAR.replace(hours={"mon-sat": OFFICE}).hours
    assert calendar.freeze(2026, 2026) == CALENDAR.freeze(2026, 2026)
    same = make(hours_from={"2027-01-01": {"mon-fri": OFFICE}})
    assert (same, same.to_dict(), same.fingerprint) == (CALENDAR, CALENDAR.to_dict(), CALENDAR.fingerprint)
    before = make(hours={}, hours_from={"2027-01-01": {"mon": OFFICE}})
    assert before.next_open(at("2026-01-01 12:00")) == at("2027-01-04 08:30")
    with pytest.raises(NoOpeningError, match=r"^before at "):
        before.subtract(at("2027-01-04 09:00"), HOUR)


def test_a_business_day_is_derived_only_where_all_weeks_agree() -> None:
    """Which length a target is counted in must not depend on the date."""
    mixed = make(hours_from={"2027-01-01": {"mon-fri": [["09:00", "17:00"]]}})
    with pytest.raises(CalendarError, match=r"^business_day is not given"):
        _ = mixed.business_day
    assert mixed.replace(business_day="08:00").business_day == 8 * HOUR
    special = {"2027-01-04": [["10:00", "12:00"]]}
    closed = make(hours_from={"2027-01-01": {}}, special=special)
    assert closed.business_day == closed.freeze(2027, 2027).business_day == 8.5 * HOUR


def test_the_busiest_week_bounds_what_is_read_at_once() -> None:
    """Hours of a later year must not make an index that no machine can hold."""
    minutely = [
        [f"{at // 60:02}:{at % 60:02}", f"{at // 60:02}:{at % 60 + 1:02}"] for at in range(0, 1440, 2)
    ]
    calendar = make(holidays=None, hours_from={"2000-01-01": {"mon-sun": minutely}})
    with pytest.raises(CalendarError, match="opens too often"):
        calendar.between(at("1999-01-01 00:00"), at("2020-01-01 00:00"))


# Freezing: the same answers in the years that are kept, and none in any other.

CALENDARS: Final[dict[str, dict[str, Any]]] = {
    "Lower Saxony": {},
    "catholic Bavaria": {
        "zone": "Europe/Berlin",
        "hours": {"mon-thu": OFFICE, "fri": [["08:30", "12:00"], ["13:00", "15:00"]]},
        "holidays": {"country": "DE", "subdivision": "BY", "categories": ["catholic", "public"]},
        "special": {"2015-12-31": OFFICE, "2017-08-14": [["10:00", "12:00"]], "2018-12-24": []},
        "recurring": {"12-31": {"spans": [["08:30", "12:00"]], "name": "Silvester"}},
        "extra": [["2018-05-19T20:00+02:00", "2018-05-20T04:00+02:00"]],
        "business_day": "08:00",
    },
    "no holidays": {"zone": "America/St_Johns", "hours": {"mon-sun": OFFICE}, "holidays": None},
}
each_calendar = pytest.mark.parametrize("name", CALENDARS)


@cache
def live(name: str) -> BusinessCalendar:
    """Make one of the calendars above."""
    return make(**CALENDARS[name])


@each_calendar
def test_a_frozen_calendar_answers_as_before(name: str) -> None:
    """Day by day: name, hours, and deadlines; a lost or a new holiday would show here."""
    before = live(name).replace(business_day="08:00")
    after = before.freeze(2016, 2018)
    for number in range(1096):
        day = date(2016, 1, 1) + number * DAY
        assert after.is_business_day(day) == before.is_business_day(day)
        assert after.holiday(day) == before.holiday(day)
        assert after.holiday(day, "en") == before.holiday(day, "en")
        if 2 < number < 1000:
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            assert after.add(noon, 20 * HOUR) == before.add(noon, 20 * HOUR)
    for rule in ("same time", "end of day"):
        one, other = (Agreement(calendar=each, day_rule=rule) for each in (before, after))
        for level in EscalationLevel:
            due = one.response_due(datetime(2017, 12, 21, 11, tzinfo=UTC), level)
            assert other.response_due(datetime(2017, 12, 21, 11, tzinfo=UTC), level) == due
    start, end = (datetime(year, 1, 2, tzinfo=before.tzinfo) for year in (2016, 2018))
    assert list(after.spans(start, end)) == list(before.spans(start, end))
    assert after.business_day == 8 * HOUR
    assert BusinessCalendar.from_dict(json.loads(json.dumps(after.to_dict()))) == after


@each_calendar
def test_freezing_again_narrows(name: str) -> None:
    """What was frozen in two steps is what is frozen in one; and not wider than before."""
    frozen = live(name).freeze(2016, 2018)
    assert frozen.freeze(2016, 2018) == frozen
    assert frozen.freeze(2017, 2017) == live(name).freeze(2017, 2017)
    for years in ((2015, 2018), (2016, 2019), (2015, 2015)):
        with pytest.raises(CoverageError, match=r"lies outside 2016 to 2018"):
            frozen.freeze(*years)


def test_the_form_has_the_days_of_these_years_with_both_names() -> None:
    """In order, and of no other year; 2017 alone had Reformation Day; names are facts too."""
    form = CALENDAR.freeze(2017, 2017).to_dict()
    whose, days = form["holidays"], form["holidays"]["days"]
    assert [whose[key] for key in ("source", "first", "last")] == ["DE-NI", 2017, 2017]
    assert list(days.items())[:2] == [
        ("2017-01-01", ["Neujahr", "New Year's Day"]),
        ("2017-04-14", ["Karfreitag", "Good Friday"]),
    ]
    assert days["2017-10-31"] == ["Reformationstag", "Reformation Day"]
    assert len(days) == 10
    days["2017-01-01"][1] = "New Year"
    assert BusinessCalendar.from_dict(form) != CALENDAR.freeze(2017, 2017)
    assert len(CALENDAR.freeze(1991, 2100).to_dict()["holidays"]["days"]) > 1000


@pytest.mark.parametrize(
    ("zone", "new_year"),
    [
        ("Pacific/Auckland", "2015-12-31T11:00:00+00:00"),
        ("America/St_Johns", "2016-01-01T03:30:00+00:00"),
        ("+01:00", "2015-12-31T23:00:00+00:00"),
    ],
)
def test_what_lies_in_other_years_is_left_out_and_what_crosses_is_clipped(zone: str, new_year: str) -> None:
    """At the calendar's own New Year; what only touches the years would be empty, and goes."""
    begin = datetime.fromisoformat(new_year)
    windows = [(-30, -20), (-20, -19), (-5, 5), (2, 5), (6, 10), (8760, 8770), (8790, 8800)]
    texts = [[(begin + hours * HOUR).isoformat() for hours in window] for window in windows]
    dates = ("2015-12-31", "2016-01-01", "2016-12-31", "2017-01-01")
    desk = make(zone=zone, extra=texts, special=dict.fromkeys(dates, OFFICE))
    kept = desk.freeze(2016, 2016).to_dict()
    ends = [begin, begin + 5 * HOUR, begin + 6 * HOUR, begin + 10 * HOUR]
    ends += [begin + 8760 * HOUR, begin + 8770 * HOUR]
    assert [text for window in kept["extra"] for text in window] == [each.isoformat() for each in ends]
    assert kept["special"] == {"2016-01-01": OFFICE, "2016-12-31": OFFICE}
    whole = make(zone=zone, extra=[["2015-06-01T00:00Z", "2017-06-01T00:00Z"]]).freeze(2016, 2016)
    assert whole.to_dict()["extra"] == [[new_year, (begin + 366 * DAY).isoformat()]]
    touching = make(zone=zone, extra=[[(begin - DAY).isoformat(), new_year]])
    assert "extra" not in touching.freeze(2016, 2016).to_dict()


@pytest.mark.parametrize(
    ("first", "last", "error", "words"),
    [
        (2017, 2016, CalendarError, "^last_year 2016 is before first_year 2017; .* earlier"),
        (True, 2016, ArgumentError, "^first_year must be a whole number, not True"),
        (2016, "2017", ArgumentError, "^last_year must be a whole number, not '2017'"),
        (2016.0, 2017, ArgumentError, "^first_year must be a whole number, not 2016.0"),
        (1990, 2016, CoverageError, "^first_year 1990 lies outside 1991 to 2100.* DE-NI"),
        (2016, 2101, CoverageError, "^last_year 2101 lies outside 1991 to 2100.*without holidays"),
        (10**30, 2016, CoverageError, "^first_year 1000000000000000000000000000000 lies outside"),
    ],
)
def test_years_without_sense_are_refused(first: Any, last: Any, error: type[SLAError], words: str) -> None:
    """The message names the argument, the value and the remedy."""
    with pytest.raises(error, match=words):
        CALENDAR.freeze(first, last)
    with pytest.raises(CalendarError, match=r"^hours never open the desk"):
        ONE_DAY.freeze(2017, 2017)  # of which nothing would be left


def test_questions_and_answers_outside_the_years_are_refused() -> None:
    """Also where the calendar that was frozen would know; and inside it can be changed."""
    frozen = CALENDAR.freeze(2016, 2016)
    edge = datetime(2016, 12, 30, 16, tzinfo=frozen.tzinfo)
    assert frozen.add(edge, HOUR) == edge + HOUR
    years = "2016 to 2016, the years that the calendar was frozen for; freeze more of them"
    with pytest.raises(CoverageError, match=rf"^from at .*, the answer lies later than {years}"):
        frozen.add(edge, HOUR + MICROSECOND)
    with pytest.raises(CoverageError, match=rf"^at 2017-01-01T00:00:00.01:00 lies outside {years}"):
        frozen.is_open(datetime(2017, 1, 1, tzinfo=frozen.tzinfo))
    more = frozen.with_extra_hours(edge + DAY, edge + DAY + HOUR)
    assert more.between(edge, edge + 1.2 * DAY) == 2 * HOUR
    assert frozen.replace(holidays="DE-NI") == CALENDAR
    assert live("no holidays").freeze(1900, 2199).is_business_day(date(2199, 12, 31))
