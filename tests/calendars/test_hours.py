"""Opening hours on the wall clock: read, checked whole, and written in one spelling."""

from datetime import date, time
from itertools import pairwise
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcor_sla._calendars.hours import (
    minutes,
    recurring_date,
    spans,
    spans_form,
    special_date,
    special_dates,
    week,
    week_form,
)
from netcor_sla.errors import CalendarError

OFFICE: Final = [["08:30", "17:00"]]


@pytest.mark.parametrize(
    "text",
    [
        *("8:30", "08:3", "0830", "08:60", "24:01", "25:00", "-1:00", "08:30:00", "08:30 ", ""),
        *("\n08:30", "08:30\n", "٠٨:٣٠", "noon", None, 510, 8.5, True, time(8, 30), ["08:30"]),
    ],
)
def test_what_is_not_a_time_of_day_is_refused(text: object) -> None:
    """Seconds and numbers are not rounded or guessed; field, value and form are named."""
    with pytest.raises(CalendarError) as refused:
        minutes(text, "hours['mon']")
    assert str(refused.value) == (
        f"hours['mon']: {text!r} is not a time of day; write HH:MM as text, up to 24:00"
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ["None is not a list of spans", "[['08:30', '17:00']], or [] for a closed"]),
        ("08:30-17:00", ["'08:30-17:00' is not a list of spans"]),
        ({"08:30", "17:00"}, ["} is not a list of spans"]),
        (["ab"], [": 'ab' is not a span; write an opening and a closing"]),
        ([["08:30"]], [": ['08:30'] is not a span"]),
        ([["08:30", "12:00", "17:00"]], ["is not a span"]),
        ([["08:30", 5]], [": 5 is not a time of day"]),
        ([["17:00", "08:00"]], ["17:00-08:00 must end after it begins", "22:00-24:00 and 00:00-06:00"]),
        ([["09:00", "09:00"]], ["09:00-09:00 must end after it begins", "a whole day as 00:00-24:00"]),
        (
            [["08:00", "12:00"], ["11:59", "17:00"]],
            ["11:59-17:00 begins before 08:00-12:00 has ended", "list the spans in order"],
        ),
        (
            [["08:00", "12:00"], ["12:00", "14:00"], ["13:00", "15:00"]],
            ["13:00-15:00 begins before 08:00-14:00 has ended"],
        ),
    ],
    ids=str,
)
def test_spans_that_make_no_sense_are_refused(value: object, words: list[str]) -> None:
    """Inverted, empty, overlapping, unsorted and repeated spans: named, with the way to write it."""
    with pytest.raises(CalendarError) as refused:
        spans(value, "hours['mon']")
    assert str(refused.value).startswith("hours['mon']")
    for word in words:
        assert word in str(refused.value)


@given(st.sets(st.integers(0, 1440)).map(sorted))
def test_spans_come_back_from_their_form(points: list[int]) -> None:
    """Law: reading undoes writing, for any disjoint spans; and cutting one changes nothing."""
    pairs = tuple(zip(points[::2], points[1::2], strict=False))
    assert spans(spans_form(pairs), "hours") == pairs
    cut = tuple(pairwise(points))
    assert spans(spans_form(cut), "hours") == (((points[0], points[-1]),) if cut else ())


@pytest.mark.parametrize(
    ("key", "open_days"),
    [("mon", "mon"), ("sun", "sun"), ("sat-sun", "sat sun"), ("mon-sun", "mon tue wed thu fri sat sun")],
)
def test_a_key_of_the_hours_means_these_weekdays(key: str, open_days: str) -> None:
    """Runs include both ends, and the week is written out day by day."""
    assert week_form(week({key: OFFICE})) == dict.fromkeys(open_days.split(), OFFICE)


@pytest.mark.parametrize(
    ("key", "remedy"),
    [
        ("Mon", "did you mean 'mon'?"),
        ("x", "choose one of 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'"),
        ("tues", "did you mean 'tue'?"),
        *((key, "'mon-fri'") for key in ("fri-mon", "mon-mon", "mon-", "-fri", "mon-fri-sat")),
        *((key, "'mon-fri'") for key in ("mon - fri", "mon,tue", "")),
        *((key, "choose one of 'mon'") for key in (0, -1, None, ("mon",))),
    ],
)
def test_what_is_not_a_weekday_is_refused(key: object, remedy: str) -> None:
    """The message names field and value, and the weekdays or the one that was meant."""
    with pytest.raises(CalendarError) as refused:
        week({key: OFFICE})
    assert str(refused.value).startswith(f"hours: {key!r} is not a weekday, or a run of them as 'mon-fri'; ")
    assert remedy in str(refused.value)


@pytest.mark.parametrize(("keys", "day"), [(["mon-wed", "wed"], "wed"), (["fri", "mon-sun"], "fri")])
def test_a_weekday_given_twice_is_refused(keys: list[str], day: str) -> None:
    """Neither of the two wins silently."""
    with pytest.raises(CalendarError) as refused:
        week(dict.fromkeys(keys, OFFICE))
    expected = f"hours: {day!r} is given twice, the second time by {keys[1]!r}; give it once"
    assert str(refused.value) == expected


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"spans": [], "nam": "x"}, ["key 'nam' of special['2025-12-24'] is unknown", "'name'?"]),
        ({"spans": [], 5: 1}, ["key 5 of ", "choose one of 'spans', 'name'"]),
        ({"name": "x"}, ["key 'spans' of special['2025-12-24'] is missing"]),
        ({"spans": [], "name": ""}, ["'' is not a name; write a text, or none"]),
        ({"spans": [], "name": 5}, ["5 is not a name"]),
        ("closed", ["'closed' is not a list of spans"]),
        ([["12:00", "11:00"]], ["12:00-11:00 must end after it begins"]),
    ],
)
def test_hours_of_a_date_that_make_no_sense_are_refused(entry: object, words: list[str]) -> None:
    """The message names the date, the value and what to write."""
    with pytest.raises(CalendarError) as refused:
        special_dates({"2025-12-24": entry})
    for word in ["special['2025-12-24']", *words]:
        assert word in str(refused.value)


@given(st.dates())
def test_every_date_is_read(day: date) -> None:
    """As a number of days since 1970, from the year 1 to 9999."""
    assert special_date(day.isoformat(), "special") == day.toordinal() - 719_163


BAD_DATES: Final[list[Any]] = [
    *("2025-02-29", "2025-13-01", "2025-00-10", "0000-01-01", "2025-1-1", "20250101", "2025-W01-1"),
    *("25-01-01", " 2025-01-01", "2025-01-01\n", "2025-01-01T00:00", "٢٠٢٥-01-01", "24.12.2025", ""),
    *(date(2025, 12, 24), 20446, None, 5.0, ("2025-12-24",), 10**5000),
]


@pytest.mark.parametrize(
    "key", BAD_DATES, ids=lambda value: f"{value!a:.20}" if value != BAD_DATES[-1] else "huge"
)
def test_what_is_not_a_date_is_refused(key: object) -> None:
    """Field, value and form are named; a date object is no key, since JSON has none."""
    with pytest.raises(CalendarError, match=r"(?s)^special: .* is not a date; write YYYY-MM-DD, "):
        special_date(key, "special")


@pytest.mark.parametrize("key", ["02-30", "13-01", "1-1", "2025-12-24", "24.12.", "", "12-24\n", None, 1224])
def test_what_is_not_a_date_of_the_year_is_refused(key: object) -> None:
    """Field, value and form are named, and only texts are taken."""
    with pytest.raises(CalendarError, match=r"(?s)^recurring: .* is not a date of the year; write MM-DD, "):
        recurring_date(key, "recurring")
