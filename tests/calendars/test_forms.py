"""Calendars as data: read, checked whole, and written in one spelling."""

from collections import UserList
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from netcor_sla._calendars.forms import day_length, read_schedule, usual_day, window, write_schedule
from netcor_sla._calendars.schedule import Schedule
from netcor_sla.errors import (
    ArgumentError,
    CalendarError,
    CoverageError,
    NaiveError,
    SLAError,
    TimestampError,
)

OFFICE = [["08:30", "17:00"]]
PLAIN: dict[str, Any] = {
    "zone": "+01:00",
    "hours": {"mon-fri": OFFICE},
    "holidays": None,
    "special": {},
    "recurring": {},
    "extra": (),
}


def read(**changes: object) -> Schedule:
    """Read a plain form with changes."""
    return read_schedule(PLAIN | changes)


def test_what_is_empty_is_left_out() -> None:
    """And weekdays are written out, since runs are only read."""
    days = ("mon", "tue", "wed", "thu", "fri")
    written = {"zone": "+01:00", "hours": dict.fromkeys(days, OFFICE), "holidays": None}
    assert write_schedule(read()) == written


@pytest.mark.parametrize(
    ("key", "value", "written"),
    [
        ("holidays", "DE-NI", "DE-NI"),
        ("holidays", {"country": "DE", "subdivision": "NI"}, "DE-NI"),
        ("zone", "+00:00", "UTC"),
        ("hours", {"sun": [("08:00", "12:00"), ("12:00", "24:00")]}, {"sun": [["08:00", "24:00"]]}),
        (
            "special",
            {"2026-12-31": [], "2026-12-24": {"spans": OFFICE, "name": None}},
            {"2026-12-24": OFFICE, "2026-12-31": []},
        ),
        (
            "recurring",
            {"12-31": {"spans": [], "name": "Silvester"}, "12-24": OFFICE},
            {"12-24": OFFICE, "12-31": {"spans": [], "name": "Silvester"}},
        ),
        (
            "extra",
            [
                ["2026-05-17T10:00Z", "2026-05-17T12:00Z"],
                ("2026-05-16T18:00:00Z", "2026-05-16T20:00:00.5Z"),
                ["2026-05-17 10:30 UTC", "2026-05-17T15:00+02:00"],
            ],
            [
                ["2026-05-16T18:00:00+00:00", "2026-05-16T20:00:00.500000+00:00"],
                ["2026-05-17T10:00:00+00:00", "2026-05-17T13:00:00+00:00"],
            ],
        ),
    ],
)
def test_each_key_has_one_spelling(key: str, value: object, written: object) -> None:
    """Sorted, merged, in the calendar's zone; and what is written is read back as the same."""
    form = write_schedule(read(**{key: value}))
    assert form[key] == written
    assert list(form[key] or ()) == list(written or ())  # type: ignore[call-overload]
    assert write_schedule(read(**form)) == form


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "Europe/Amsterdam", "Australia/Lord_Howe", "-03:30", "UTC"]
)
def test_extra_windows_keep_their_instants_in_every_zone(zone: str) -> None:
    """Through offsets with seconds and both times of a repeated hour."""
    extra = [
        ["1930-05-16T18:00:00.000001+00:00", "1930-05-17T18:00:00+00:00"],
        ["2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00"],
    ]
    schedule = read(zone=zone, extra=extra)
    assert read_schedule(PLAIN | write_schedule(schedule)) == schedule
    starts = [datetime.fromisoformat(start) for start, _ in extra]
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    found = [epoch + timedelta(microseconds=start) for start, _ in schedule.extra]
    assert found == starts


def test_none_is_also_written_as_a_word() -> None:
    """TOML has no null, so "none" is read as no holidays, and None is the one spelling."""
    assert read(holidays="none") == read()
    assert write_schedule(read(holidays="none"))["holidays"] is None


def test_a_desk_may_open_on_dates_or_windows_alone() -> None:
    """A week without hours is no fault where something else opens."""
    assert read(hours={}, special={"2026-01-05": OFFICE})
    assert read(hours={}, extra=[["2026-01-05T08:00Z", "2026-01-05T09:00Z"]])


@pytest.mark.parametrize(
    "changes",
    [
        {"hours": {}},
        {"hours": {"mon": []}},
        {"hours": {}, "special": {"2026-01-05": []}},
        {"hours": {}, "recurring": {"12-24": OFFICE}},
    ],
)
def test_a_calendar_that_never_opens_is_refused(changes: dict[str, object]) -> None:
    """A recurring date opens nothing that is closed; the message shows hours."""
    with pytest.raises(CalendarError) as refused:
        read(**changes)
    expected = "hours never open the desk; write {'mon-fri': [['08:30', '17:00']]}"
    assert str(refused.value) == expected


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"zone": "Mars"}, "zone 'Mars'", ["is unknown"]),
        ({"hours": {"mo": OFFICE}}, "hours: 'mo'", ["is no weekday"]),
        ({"holidays": "XX"}, "holidays: country 'XX'", ["is unknown"]),
        ({"special": {"2026-02-30": OFFICE}}, "special: '2026-02-30'", ["is no date"]),
        ({"recurring": {"02-30": OFFICE}}, "recurring: '02-30'", ["is no date of the year"]),
        ({"extra": [["2026-05-16T18:00Z"]]}, "extra: ['2026-05-16T18:00Z']", ["[start, end]"]),
        ({"extra": ["ab"]}, "extra: 'ab'", ["is no window"]),
        ({"extra": [None]}, "extra: None", ["is no window"]),
        ({"extra": [["2026-05-16", "2026-05-17"]]}, "extra: '2026-05-16'", ["ISO 8601"]),
        (
            {"extra": [["2026-05-16T18:00", "2026-05-17T18:00"]]},
            "extra: '2026-05-16T18:00'",
            ["has no offset"],
        ),
        ({"extra": [[1, 2]]}, "extra: [1, 2]", ["must be two texts"]),
        (
            {"extra": [["2026-05-17T18:00Z", "2026-05-16T18:00Z"]]},
            "extra: the window from 2026-05-17T18:00:00+00:00 to 2026-05-16T18:00:00+00:00",
            ["give the earlier instant first"],
        ),
        ({"extra": [["2026-05-16T18:00Z", "2026-05-16T18:00Z"]]}, "extra: the window", ["earlier"]),
        (
            {"special": {"1899-12-31": OFFICE}},
            "special: 1899-12-31 lies outside the years that the calendar covers, 1900 to 2199",
            ["leave it out"],
        ),
        ({"special": {"2200-01-01": []}}, "special: 2200-01-01 lies outside", ["leave it out"]),
        (
            {"holidays": "DE", "special": {"1990-12-31": OFFICE}},
            "special: 1990-12-31 lies outside the years that the calendar covers, 1991 to 2100",
            ["leave it out"],
        ),
        (
            {"extra": [["2199-12-31T20:00+01:00", "2200-01-01T04:00+01:00"]]},
            "extra: 2200-01-01T03:00:00+00:00 lies outside",
            ["1900 to 2199", "leave it out"],
        ),
        (
            {"extra": [["1899-12-31T20:00+01:00", "1900-01-01T04:00+01:00"]]},
            "extra: 1899-12-31T19:00:00+00:00 lies outside",
            ["1900 to 2199"],
        ),
    ],
)
def test_a_form_that_contradicts_itself_is_refused(
    changes: dict[str, object], field: str, words: list[str]
) -> None:
    """The message names field and value first, and then the remedy."""
    with pytest.raises(CalendarError) as refused:
        read(**changes)
    assert str(refused.value).startswith(field)
    for word in words:
        assert word in str(refused.value)


@pytest.mark.parametrize(
    "pair",
    [
        ["0001-01-01T00:00+01:00", "2026-01-01T00:00Z"],
        ["2026-01-01T00:00Z", "9999-12-31T23:59Z"],
        ["2026-01-01T00:00Z", "9999-12-31T23:59-01:00"],
    ],
)
@pytest.mark.parametrize("zone", ["+01:00", "-01:00", "Europe/Berlin"])
def test_a_window_at_the_ends_of_time_is_refused(pair: list[str], zone: str) -> None:
    """No instant is so far away that Python's own OverflowError comes through."""
    with pytest.raises((CalendarError, CoverageError), match=r"^extra: .* outside the years"):
        read(zone=zone, extra=[pair])


@pytest.mark.parametrize("value", [None, "2026", {"a": 1}, 5, {1, 2}, iter([])])
def test_extra_windows_come_as_a_list(value: object) -> None:
    """Field and value are named."""
    with pytest.raises(ArgumentError) as refused:
        read(extra=value)
    assert str(refused.value) == f"extra must be a list of windows, not {value!r}"


def test_any_sequence_of_windows_is_a_list() -> None:
    """A tuple or a list of another class is read alike."""
    pairs = [["2026-05-16T18:00Z", "2026-05-16T20:00Z"]]
    assert read(extra=UserList(pairs)) == read(extra=tuple(pairs)) == read(extra=pairs)


@pytest.mark.parametrize(("field", "value"), [("hours", None), ("special", []), ("recurring", 5)])
def test_tables_must_be_mappings(field: str, value: object) -> None:
    """Field, type and value are named."""
    kind = type(value).__name__
    with pytest.raises(ArgumentError, match=f"^{field} must be a mapping, not {kind}: "):
        read(**{field: value})


@pytest.mark.parametrize(
    ("hours", "minutes"),
    [
        ({"mon-fri": OFFICE}, 510),
        ({"mon-thu": OFFICE, "fri": [["08:00", "12:00"], ["13:00", "17:30"]]}, 510),
        ({"sun": [["00:00", "24:00"]]}, 1440),
        ({"mon-thu": OFFICE, "fri": [["08:30", "12:00"]]}, None),
        ({}, None),
    ],
)
def test_the_usual_day_is_derived_where_all_open_weekdays_are_alike(
    hours: object, minutes: int | None
) -> None:
    """Closed weekdays do not count, and the position of spans does not matter."""
    schedule = read(hours=hours, special={"2026-01-05": [["08:00", "09:00"]]})
    assert usual_day(schedule) == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize("minutes", [1, 480, 1440])
def test_a_day_has_at_least_a_minute_and_at_most_24_hours(minutes: int) -> None:
    """The length comes back as a plain timedelta, whatever subclass was given."""
    length = day_length(pd.Timedelta(minutes=minutes))
    assert length == timedelta(minutes=minutes)
    assert type(length) is timedelta


@pytest.mark.parametrize(
    "length",
    [
        *(timedelta(), timedelta(minutes=-1), timedelta(seconds=30), timedelta(minutes=1441)),
        *(timedelta(hours=8, microseconds=1), timedelta.max, timedelta.min, timedelta(10**6)),
    ],
    ids=repr,
)
def test_any_other_day_is_refused(length: timedelta) -> None:
    """Field, limits and value are named."""
    with pytest.raises(CalendarError) as refused:
        day_length(length)
    expected = "business_day must be whole minutes, above zero and at most a day, not "
    assert str(refused.value) == f"{expected}{length!r}"


@pytest.mark.parametrize("length", ["8:30", 8, 8.5, True, pd.NaT])
def test_a_day_of_another_type_is_refused(length: object) -> None:
    """The field is named."""
    with pytest.raises(SLAError, match=r"^business_day"):
        day_length(length)


def test_a_window_is_a_pair_of_instants() -> None:
    """Compared as instants, and not by the clock."""
    start, end = (
        datetime.fromisoformat(f"2026-10-25T02:30{offset}") for offset in ("+02:00", "+01:00")
    )
    first, last = window(start, end, "extra")
    assert last - first == 3_600_000_000


@pytest.mark.parametrize(
    ("start", "end", "error", "words"),
    [
        (datetime(2026, 1, 1), datetime(2026, 1, 2, tzinfo=UTC), NaiveError, "start has no zone"),
        (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2), NaiveError, "end has no zone"),
        (datetime(2026, 1, 1, tzinfo=UTC), pd.NaT, TimestampError, "end is NaT"),
    ],
)
def test_a_window_of_no_instants_is_refused(
    start: datetime, end: datetime, error: type[SLAError], words: str
) -> None:
    """The very end that is at fault is named."""
    with pytest.raises(error, match=f"^{words}"):
        window(start, end, "extra")
