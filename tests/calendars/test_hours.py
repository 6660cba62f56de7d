"""Opening hours on the wall clock: read, checked whole, and written in one spelling."""

from datetime import date, time
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcor_sla._calendars.hours import (
    WEEKDAYS,
    Day,
    clock,
    dated,
    dated_form,
    mapping,
    minutes,
    recurring_date,
    spans,
    spans_form,
    special_date,
    week,
    week_form,
)
from netcor_sla.errors import ArgumentError, CalendarError

OFFICE = [["08:30", "17:00"]]
NOON = ((720, 780),)


@pytest.mark.parametrize(
    ("text", "minute"), [("00:00", 0), ("08:30", 510), ("23:59", 1439), ("24:00", 1440)]
)
def test_a_time_of_day_is_read_and_written_back(text: str, minute: int) -> None:
    """Hours and minutes count, up to and including 24:00."""
    assert minutes(text, "hours") == minute
    assert clock(minute) == text


@pytest.mark.parametrize(
    "text",
    [
        *("8:30", "08:3", "0830", "08:60", "24:01", "25:00", "-1:00", "08:30:00", "08:30 ", ""),
        *(
            "\n08:30",
            "08:30\n",
            "٠٨:٣٠",
            "8h",
            "noon",
            None,
            510,
            8.5,
            True,
            time(8, 30),
            ["08:30"],
        ),
    ],
)
def test_what_is_no_time_of_day_is_refused(text: object) -> None:
    """Seconds and numbers are not rounded or guessed; field, value and form are named."""
    with pytest.raises(CalendarError) as refused:
        minutes(text, "hours['mon']")
    expected = f"hours['mon']: {text!r} is no time of day; write HH:MM as text, from 00:00 to 24:00"
    assert str(refused.value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([], ()),
        ((), ()),
        (OFFICE, ((510, 1020),)),
        ([("08:30", "12:00"), ("13:00", "24:00")], ((510, 720), (780, 1440))),
        ([["08:00", "12:00"], ["12:00", "13:00"], ["13:00", "17:00"]], ((480, 1020),)),
        ([["00:00", "24:00"]], ((0, 1440),)),
        ([["00:00", "00:01"]], ((0, 1),)),
    ],
)
def test_the_spans_of_a_day_are_read(value: object, expected: object) -> None:
    """Several spans are kept apart, and touching ones become one."""
    assert spans(value, "hours") == expected


@pytest.mark.parametrize("value", [None, "08:30-17:00", {}, {"08:30", "17:00"}, 5, iter([])])
def test_what_is_no_list_of_spans_is_refused(value: object) -> None:
    """The message names the field, the value and both things to write."""
    with pytest.raises(CalendarError) as refused:
        spans(value, "hours['mon']")
    message = str(refused.value)
    assert message.startswith(f"hours['mon'] must be a list of spans, not {value!r}")
    assert message.endswith("write [['08:30', '17:00']], or [] for a closed day")


@pytest.mark.parametrize(
    "pair", ["08:30-17:00", ["08:30"], ["08:30", "12:00", "17:00"], [], 5, None]
)
def test_what_is_no_pair_is_refused(pair: object) -> None:
    """A text of two characters is no pair either."""
    with pytest.raises(CalendarError) as refused:
        spans([pair], "hours['mon']")
    message = str(refused.value)
    assert message.startswith(f"hours['mon']: {pair!r} is no span; write an opening and a closing")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            [["17:00", "08:00"]],
            ["17:00-08:00 ends before it begins", "22:00-24:00 and 00:00-06:00"],
        ),
        ([["22:00", "00:00"]], ["22:00-00:00 ends before it begins", "22:00-24:00"]),
        ([["09:00", "09:00"]], ["09:00-09:00 is empty", "a whole day as 00:00-24:00"]),
        ([["24:00", "24:00"]], ["24:00-24:00 is empty", "00:00-24:00"]),
        (
            [["08:00", "12:00"], ["11:59", "17:00"]],
            ["11:59-17:00 begins before 08:00-12:00 has ended", "list the spans in order"],
        ),
        (
            [["13:00", "17:00"], ["08:00", "12:00"]],
            ["08:00-12:00 begins before 13:00-17:00 has ended", "without overlap"],
        ),
        ([["08:00", "12:00"], ["08:00", "12:00"]], ["08:00-12:00 begins before 08:00-12:00"]),
        (
            [["08:00", "12:00"], ["12:00", "14:00"], ["13:00", "15:00"]],
            ["13:00-15:00 begins before 08:00-14:00 has ended"],
        ),
    ],
)
def test_spans_that_contradict_themselves_are_refused(value: object, words: list[str]) -> None:
    """Inverted, empty, overlapping, unsorted and repeated spans: named, with the way to write it."""
    with pytest.raises(CalendarError) as refused:
        spans(value, "hours['mon']")
    assert str(refused.value).startswith("hours['mon']: ")
    for word in words:
        assert word in str(refused.value)


@given(st.sets(st.integers(0, 1440)).map(sorted))
def test_spans_come_back_from_their_form(points: list[int]) -> None:
    """Law: reading undoes writing, for any disjoint spans."""
    pairs = tuple(zip(points[::2], points[1::2], strict=False))
    assert spans(spans_form(pairs), "hours") == pairs


@given(st.sets(st.integers(0, 1440), min_size=3).map(sorted))
def test_cutting_a_span_changes_nothing(points: list[int]) -> None:
    """Any number of touching spans is the one that they make up."""
    pairs = tuple(pairwise(points))
    assert spans(spans_form(pairs), "hours") == ((points[0], points[-1]),)


@pytest.mark.parametrize(
    ("key", "open_days"),
    [
        ("mon", "mon"),
        ("sun", "sun"),
        ("mon-fri", "mon tue wed thu fri"),
        ("sat-sun", "sat sun"),
        ("mon-sun", "mon tue wed thu fri sat sun"),
        ("wed-thu", "wed thu"),
    ],
)
def test_a_key_of_the_hours_means_these_weekdays(key: str, open_days: str) -> None:
    """Runs include both ends, and the week is written out day by day from Monday."""
    assert week_form(week({key: OFFICE})) == dict.fromkeys(open_days.split(), OFFICE)


def test_a_week_has_seven_days_from_monday() -> None:
    """A missing day is closed, an empty list too."""
    assert week({"tue": OFFICE, "wed": []}) == ((), ((510, 1020),), (), (), (), (), ())
    assert week(MappingProxyType({})) == ((),) * 7


@pytest.mark.parametrize(
    ("key", "remedy"),
    [
        ("Mon", "did you mean 'mon'?"),
        ("x", "choose one of 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'"),
        ("monday", "did you mean 'mon'?"),
        ("tues", "did you mean 'tue'?"),
        ("", "choose one of 'mon'"),
        ("fri-mon", "as 'mon-fri'"),
        ("mon-mon", "as 'mon-fri'"),
        ("mon-", "as 'mon-fri'"),
        ("-fri", "as 'mon-fri'"),
        ("mon-fri-sat", "as 'mon-fri'"),
        ("mon - fri", "as 'mon-fri'"),
        ("mon,tue", "as 'mon-fri'"),
        (0, "choose one of 'mon'"),
        (7, "choose one of 'mon'"),
        (-1, "choose one of 'mon'"),
        (None, "choose one of 'mon'"),
        (("mon",), "choose one of 'mon'"),
    ],
)
def test_what_is_no_weekday_is_refused(key: object, remedy: str) -> None:
    """The message names field and value, and the weekdays or the one that was meant."""
    with pytest.raises(CalendarError) as refused:
        week({key: OFFICE})
    assert str(refused.value).startswith(f"hours: {key!r} is no weekday; ")
    assert remedy in str(refused.value)


@pytest.mark.parametrize(
    ("keys", "day"), [(["mon-wed", "wed"], "wed"), (["fri", "mon-sun"], "fri")]
)
def test_a_weekday_given_twice_is_refused(keys: list[str], day: str) -> None:
    """Neither of the two wins silently."""
    with pytest.raises(CalendarError) as refused:
        week(dict.fromkeys(keys, OFFICE))
    assert str(refused.value) == f"hours: {day!r} is given twice, the second time by {keys[1]!r}"


def test_an_error_in_a_day_names_the_key_as_it_was_written() -> None:
    """A run is named as the run."""
    with pytest.raises(CalendarError, match=r"^hours\['mon-fri'\]: 09:00-09:00 is empty"):
        week({"mon-fri": [["09:00", "09:00"]]})


@pytest.mark.parametrize("value", [None, [], "mon", 5, [("mon", OFFICE)]])
def test_what_is_no_mapping_is_refused(value: object) -> None:
    """Field, type and value are named, for hours and for dates."""
    kind = type(value).__name__
    with pytest.raises(ArgumentError, match=f"^hours must be a mapping, not {kind}: "):
        week(value)
    with pytest.raises(ArgumentError, match=f"^special must be a mapping, not {kind}: "):
        dated(value, "special", special_date)
    assert mapping(MappingProxyType({"mon": OFFICE}), "hours") == {"mon": OFFICE}


@pytest.mark.parametrize(
    ("entry", "day"),
    [
        ([["12:00", "13:00"]], Day(NOON)),
        ([], Day(())),
        ({"spans": [["12:00", "13:00"]]}, Day(NOON)),
        ({"spans": [["12:00", "13:00"]], "name": None}, Day(NOON)),
        ({"spans": [], "name": "Betriebsausflug"}, Day((), "Betriebsausflug")),
        (MappingProxyType({"spans": [], "name": " x "}), Day((), " x ")),
    ],
)
def test_the_hours_of_a_date_are_read(entry: object, day: Day) -> None:
    """A list of spans and a table mean the same, and a name is kept as it is."""
    assert dated({"2025-12-24": entry}, "special", special_date) == {20446: day}
    assert dated({"12-24": entry}, "recurring", recurring_date) == {"12-24": day}


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"spans": [], "nam": "x"}, ["key 'nam' is unknown", "a date has 'spans' and 'name'"]),
        ({"spans": [], 5: 1}, ["key 5 is unknown"]),
        ({"spans": [], "z": 1, "b": 1}, ["is unknown; a date has 'spans' and 'name'"]),
        ({"name": "x"}, ["'spans' is missing", "write [] for a closed day"]),
        ({}, ["'spans' is missing"]),
        ({"spans": [], "name": ""}, ["name must be a text, not ''", "or leave it out"]),
        ({"spans": [], "name": " \n"}, ["name must be a text, not ' \\n'"]),
        ({"spans": [], "name": 5}, ["name must be a text, not 5"]),
        ({"spans": None}, ["must be a list of spans, not None"]),
        ("closed", ["must be a list of spans, not 'closed'"]),
        (None, ["must be a list of spans, not None"]),
        ([["12:00", "11:00"]], ["12:00-11:00 ends before it begins"]),
    ],
)
def test_hours_of_a_date_that_make_no_sense_are_refused(entry: object, words: list[str]) -> None:
    """The message names the date, the value and what to write."""
    with pytest.raises(CalendarError) as refused:
        dated({"2025-12-24": entry}, "special", special_date)
    assert str(refused.value).startswith("special['2025-12-24']")
    for word in words:
        assert word in str(refused.value)


def test_dates_are_written_in_order_and_named_ones_as_tables() -> None:
    """The form does not depend on the order in which the dates were given."""
    days = {20447: Day((), "Weihnachten"), 20446: Day(NOON)}
    form = dated_form(days)
    assert list(form.items()) == [
        ("2025-12-24", [["12:00", "13:00"]]),
        ("2025-12-25", {"spans": [], "name": "Weihnachten"}),
    ]
    assert dated(form, "special", special_date) == days


@given(st.dates())
def test_every_date_is_read(day: date) -> None:
    """As a number of days since 1970, from the year 1 to 9999."""
    assert special_date(day.isoformat(), "special") == day.toordinal() - 719_163


BAD_DATES: list[Any] = [
    *("2025-02-29", "2025-13-01", "2025-00-10", "0000-01-01", "2025-1-1", "20250101", "2025-W01-1"),
    *(
        "25-01-01",
        " 2025-01-01",
        "2025-01-01\n",
        "2025-01-01T00:00",
        "٢٠٢٥-01-01",
        "24.12.2025",
        "",
    ),
    *(date(2025, 12, 24), 20446, None, 5.0, ("2025-12-24",), 10**5000),
]


@pytest.mark.parametrize(
    "key", BAD_DATES, ids=lambda value: f"{value!a:.20}" if value != BAD_DATES[-1] else "huge"
)
def test_what_is_no_date_is_refused(key: object) -> None:
    """Field, value and form are named; a date object is no key, since JSON has none."""
    with pytest.raises(
        CalendarError, match=r"(?s)^special: .* is no date; write YYYY-MM-DD, as '2025-"
    ):
        special_date(key, "special")


@pytest.mark.parametrize("key", ["01-01", "12-24", "02-29", "12-31"])
def test_a_date_of_every_year_is_kept_as_it_is(key: str) -> None:
    """29 February is one, though not every year has it."""
    assert recurring_date(key, "recurring") == key


class Written:
    """Not a text, but written like one."""

    def __str__(self) -> str:
        """Write a date of the year."""
        return "12-24"


@pytest.mark.parametrize(
    "key",
    [
        "02-30",
        "13-01",
        "1-1",
        "2025-12-24",
        "24.12.",
        "",
        "12-24\n",
        None,
        1224,
        Written(),
        10**5000,
    ],
    ids=[
        "february",
        "month",
        "short",
        "year",
        "german",
        "empty",
        "line",
        "none",
        "int",
        "object",
        "huge",
    ],
)
def test_what_is_no_date_of_the_year_is_refused(key: object) -> None:
    """Field, value and form are named, and only texts are taken, however others look."""
    with pytest.raises(
        CalendarError, match=r"(?s)^recurring: .* is no date of the year; write MM-DD, as '12-24'$"
    ):
        recurring_date(key, "recurring")


def test_the_weekdays_are_in_the_order_of_the_week() -> None:
    """Monday is day 0, as `date.weekday` has it."""
    assert WEEKDAYS == ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    assert [WEEKDAYS[date(2026, 3, day).weekday()] for day in (2, 8)] == ["mon", "sun"]
