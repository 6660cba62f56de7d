"""Schedules: read from their data, which hours a date has, and when exactly they are."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcor_sla import BusinessCalendar
from netcor_sla._calendars.hours import Minutes
from netcor_sla._calendars.instants import DAY, EPOCH, Span, day_number
from netcor_sla._calendars.schedule import Schedule, joined
from netcor_sla.errors import ArgumentError, CalendarError

OFFICE: Final = [["08:30", "17:00"]]
ALWAYS: Final = {"mon-sun": [["00:00", "24:00"]]}
NIGHT: Final = {"mon-sun": [["01:00", "04:00"]]}  # around the hour in which clocks change
HOUR: Final = timedelta(hours=1)
IN_1911: Final[dict[str, Any]] = {"source": None, "first": 1911, "last": 1911, "days": {}}


def make(**changes: Any) -> BusinessCalendar:  # noqa: ANN401 - any argument, and wrong ones too
    """Make a plain calendar with changes."""
    form: dict[str, Any] = {"zone": "+01:00", "hours": {"mon-fri": OFFICE}, "holidays": None}
    return BusinessCalendar(**form | changes)


def schedule(zone: str, hours: dict[str, Any], **changes: object) -> Schedule:
    """Make the schedule of a calendar without holidays, if nothing else is said."""
    return make(zone=zone, hours=hours, **changes).schedule


def day(text: str) -> int:
    """Number a date."""
    return day_number(date.fromisoformat(text), "day")


def at(text: str) -> timedelta:
    """Give the instant of a text with an offset."""
    return datetime.fromisoformat(text) - EPOCH


def shown(spans: list[Span], desk: Schedule) -> list[str]:
    """Write spans as a person would, in the desk's zone."""
    ends = [
        [(EPOCH + each).astimezone(desk.zone).isoformat(" ", "minutes") for each in span] for span in spans
    ]
    return [f"{start[5:]} - {end[5:]}" for start, end in ends]


# Which hours a date has.


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("2023-03-06", ((510, 1020),)),  # Monday
        ("2023-03-10", ((510, 1020),)),  # Friday
        ("2023-03-11", ()),
        ("2023-03-12", ()),
        ("2023-04-07", ()),  # Good Friday
        ("2020-12-24", ((510, 720),)),  # Thursday, recurring
        ("2021-12-24", ((510, 720),)),  # Friday
        ("2023-12-24", ()),  # Sunday, which a recurring date never opens
        ("2023-12-25", ()),  # a holiday, which a recurring date never opens
        ("2021-12-31", ()),  # recurring and closed
        ("2023-05-01", ((600, 660),)),  # a holiday, and special
        ("2023-05-07", ((600, 660),)),  # a Sunday, and special
        ("2023-05-08", ()),  # a Monday, special and closed
        ("2018-12-24", ((600, 660),)),  # special beats recurring
    ],
)
def test_special_beats_holiday_beats_recurring_beats_weekday(text: str, hours: tuple[Minutes, ...]) -> None:
    """What is said of one date wins; a recurring date only changes hours there already are."""
    special = {key: [["10:00", "11:00"]] for key in ("2023-05-01", "2023-05-07", "2018-12-24")}
    desk = schedule(
        "UTC",
        {"mon-fri": OFFICE},
        holidays="DE-NI",
        special=special | {"2023-05-08": []},
        recurring={"12-24": [["08:30", "12:00"]], "12-25": OFFICE, "12-31": []},
    )
    assert desk.hours_on(day(text)) == hours
    assert desk.is_business_day(day(text)) == bool(hours)


# When exactly they are.


@pytest.mark.parametrize(
    ("zone", "text", "hours", "expected"),
    [
        ("Europe/Berlin", "2023-03-26", "01:00-04:00", ["03-26 01:00+01:00 - 03-26 04:00+02:00"]),
        ("Europe/Berlin", "2023-10-29", "01:00-04:00", ["10-29 01:00+02:00 - 10-29 04:00+01:00"]),
        ("Australia/Lord_Howe", "2023-10-01", "01:00-04:00", ["10-01 01:00+10:30 - 10-01 04:00+11:00"]),
        (
            *("Europe/Berlin", "2023-10-29", "02:15-02:45"),
            ["10-29 02:15+02:00 - 10-29 02:45+02:00", "10-29 02:15+01:00 - 10-29 02:45+01:00"],
        ),
        ("Europe/Berlin", "2023-03-26", "02:00-03:00", []),
        ("Pacific/Apia", "2011-12-30", "00:00-24:00", []),
    ],
)
def test_a_span_goes_on_through_a_clock_change(zone: str, text: str, hours: str, expected: list[str]) -> None:
    """Shorter or longer; twice inside the repeated hour; and where all hours are skipped, it is no business day."""
    desk = schedule(zone, {"mon-sun": [hours.split("-")]})
    assert shown(desk.openings(day(text)), desk) == expected
    assert desk.is_business_day(day(text)) == bool(expected)


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "+14:00", "-12:00", "Australia/Lord_Howe"])
def test_the_covered_years_are_those_of_the_zone(zone: str) -> None:
    """And the dates around them are open in no hours of theirs, whatever the zone."""
    desk = schedule(zone, ALWAYS, holidays="DE")
    first, last = (datetime(year, 1, 1, tzinfo=desk.zone) - EPOCH for year in (1991, 2101))
    assert desk.covers == (first, last)
    assert (desk.days.start, desk.days.stop) == (day("1991-01-01"), day("2101-01-01"))
    assert schedule(zone, ALWAYS).years == (1900, 2199)
    spans = desk.spans(last - 3 * DAY, last + 3 * DAY)
    assert spans == [(last - 3 * DAY, last)]
    assert desk.spans(first - 3 * DAY, first + 3 * DAY) == [
        (first + DAY, first + 3 * DAY)  # New Year is a holiday
    ]


def test_a_date_after_the_covered_years_is_never_open() -> None:
    """Dili's clocks went back over New Year: its last minutes of 1911 bore the date of 1912 first.

    They are inside the years, closed as the others of that date, and the clock ends with them.
    """
    dili = make(zone="Asia/Dili", hours=ALWAYS, holidays=IN_1911)
    end = at("1911-12-31T16:00+00:00")
    assert dili.schedule.covers[1] == end
    dated_later = at("1911-12-31T15:37:40+00:00")
    assert dili.schedule.spans(dated_later - HOUR, end) == [(dated_later - HOUR, dated_later)]
    for before in (end - timedelta.resolution, dated_later, dated_later - HOUR):
        index = make(zone="Asia/Dili", hours=ALWAYS, holidays=IN_1911).timeline.covering(before, before)
        assert index.low < before < index.high <= end
    again = make(zone="Asia/Dili", hours=ALWAYS).timeline
    assert again.is_open(end - timedelta.resolution)
    assert again.between(dated_later, end) == end - dated_later
    assert again.index.low <= dated_later


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda t: (t[0], sum(t) + 1))))
def test_joined_spans_cover_what_the_spans_cover(numbers: list[tuple[int, int]]) -> None:
    """The same days, in order, and no two spans touch."""
    spans = [(start * DAY, end * DAY) for start, end in numbers]
    union = joined(spans)
    covered = {each for start, end in numbers for each in range(start, end)}
    assert {each for start, end in union for each in range(start.days, end.days)} == covered
    assert all(here[1] < there[0] for here, there in pairwise(union))
    assert joined(reversed(spans)) == union


# The data form.


def named(*windows: str) -> list[list[str]]:
    """Write windows of a day in hours, with their names, if any."""
    split = [(*window[:5].split("-"), window[6:]) for window in windows]
    return [
        [*(f"2023-05-17T{hour}:00:00+00:00" for hour in (start, end)), *([name] if name else [])]
        for start, end, name in split
    ]


def test_what_is_empty_is_left_out() -> None:
    """And weekdays are written out, since runs are only read."""
    hours = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), OFFICE)
    written = {"zone": "+01:00", "hours": hours, "holidays": None}
    assert make(hours_from={}, special={}, recurring={}, extra=[]).to_dict() == written


@pytest.mark.parametrize(
    ("key", "value", "written"),
    [
        ("holidays", "DE-NI", "DE-NI"),
        ("holidays", {"country": "DE", "subdivision": "NI"}, "DE-NI"),
        ("holidays", "none", None),  # TOML has no null
        ("zone", "+00:00", "UTC"),
        ("hours", {"sun": [("08:00", "12:00"), ("12:00", "24:00")]}, {"sun": [["08:00", "24:00"]]}),
        (
            "special",
            {"2023-12-31": {"spans": [], "name": " x "}, "2023-12-24": {"spans": OFFICE, "name": None}},
            {"2023-12-24": OFFICE, "2023-12-31": {"spans": [], "name": " x "}},
        ),
        (
            "special",
            {"2023-12-30": OFFICE, "2023-12-27/2023-12-28": {"spans": [], "name": "Inventur"}},
            {
                "2023-12-27": {"spans": [], "name": "Inventur"},
                "2023-12-28": {"spans": [], "name": "Inventur"},
                "2023-12-30": OFFICE,
            },
        ),
        ("special", {"2023-12-27/2023-12-27": []}, {"2023-12-27": []}),
        (
            "hours_from",
            {"2024-01-01": {"mon": OFFICE, "tue": []}, "2023-01-01": {"mon-tue": OFFICE}},
            {"2023-01-01": {"mon": OFFICE, "tue": OFFICE}, "2024-01-01": {"mon": OFFICE}},
        ),
        ("extra", named("10-12 A", "12-14", "14-16 A", "15-17 A"), named("10-12 A", "12-14", "14-17 A")),
        # Of windows that overlap, the one that began earlier has the time of both.
        ("extra", named("11-13 B", "10-12 A", "09-11 B"), named("09-11 B", "11-12 A", "12-13 B")),
        ("extra", named("10-14", "11-12 A", "13-15 B"), named("10-14", "14-15 B")),
        (
            "recurring",
            {"12-31": {"spans": [], "name": "Silvester"}, "12-24": OFFICE},
            {"12-24": OFFICE, "12-31": {"spans": [], "name": "Silvester"}},
        ),
        (
            "extra",
            [
                ["2023-05-17T10:00Z", "2023-05-17T12:00Z"],
                ("2023-05-16T18:00:00Z", "2023-05-16T20:00:00.5Z"),
                ["2023-05-17 10:30 UTC", "2023-05-17T15:00+02:00"],
            ],
            [
                ["2023-05-16T18:00:00+00:00", "2023-05-16T20:00:00.500000+00:00"],
                ["2023-05-17T10:00:00+00:00", "2023-05-17T13:00:00+00:00"],
            ],
        ),
    ],
)
def test_each_key_has_one_spelling(key: str, value: object, written: object) -> None:
    """Sorted, merged, windows in UTC; and what is written is read back as the same."""
    calendar = make(**{key: value})
    form = calendar.to_dict()
    assert form[key] == written
    assert list(form[key] or ()) == list(written or ())  # type: ignore[call-overload]
    assert BusinessCalendar.from_dict(form) == calendar
    assert make(**form).to_dict() == form


@pytest.mark.parametrize(
    "changes", [{}, {"hours": {"mon": []}}, {"special": {"2023-01-05": []}}, {"recurring": {"12-24": OFFICE}}]
)
def test_a_calendar_that_never_opens_is_refused(changes: dict[str, object]) -> None:
    """A recurring date opens nothing that is closed; the message shows hours."""
    with pytest.raises(CalendarError) as refused:
        make(**{"hours": {}} | changes)
    assert str(refused.value) == "hours never open the desk; write {'mon-fri': [['08:30', '17:00']]}"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"zone": "Mars"}, ["zone 'Mars' is unknown"]),
        ({"hours": {"mo": OFFICE}}, ["hours: 'mo' is not a weekday"]),
        ({"holidays": "XX"}, ["holidays: country 'XX' is unknown"]),
        ({"special": {"2023-02-30": OFFICE}}, ["special: '2023-02-30' is not a date"]),
        ({"special": {"2023-02-01/2023-02-30": []}}, ["special: '2023-02-30' is not a date"]),
        ({"special": {"2023-02-01/": []}}, ["special: '' is not a date"]),
        ({"special": {"2023-02-02/2023-02-01": []}}, ["special: '2023-02-02/2023-02-01' is not from a"]),
        ({"special": {"2023-01-01/2024-01-02": []}}, ["special: ", "at most 366 days; write '2025-12-27/"]),
        (
            {"special": {"2023-02-02": [], "2023-02-01/2023-02-03": []}},
            ["special: '2023-02-02' is given twice, the second time by '2023-02-01/2023-02-03'; give"],
        ),
        ({"hours_from": {"2023-02-30": {}}}, ["hours_from: '2023-02-30' is not a date"]),
        ({"hours_from": {"2023-02-01": {"mo": []}}}, ["hours_from['2023-02-01']: 'mo' is not a weekday"]),
        ({"hours_from": {"2023-02-01": {"mon": 5}}}, ["hours_from['2023-02-01']['mon']: 5 is not a list"]),
        ({"extra": [["2023-05-16T18:00Z", "2023-05-16T19:00Z", ""]]}, ["extra: '' is not a name"]),
        ({"extra": [["2023-05-16", "2023-05-17", "x", "y"]]}, ["extra: [", "[start, end, name]"]),
        ({"recurring": {"02-30": OFFICE}}, ["recurring: '02-30' is not a date of the year"]),
        ({"extra": [["2023-05-16T18:00Z"]]}, ["extra: ['2023-05-16T18:00Z']", "[start, end]"]),
        ({"extra": ["ab"]}, ["extra: 'ab' is not a window"]),
        ({"extra": [["2023-05-16", "2023-05-17"]]}, ["extra: '2023-05-16'", "ISO 8601"]),
        ({"extra": [["2023-05-16T18:00", "2023-05-17T18:00Z"]]}, ["extra: '2023", "has no offset"]),
        ({"extra": [[1, 2]]}, ["extra: [1, 2] is not a window"]),
        (
            {"extra": [["2023-05-17T18:00Z", "2023-05-16T18:00Z"]]},
            [
                "extra: the window from 2023-05-17T18:00:00+00:00 to 2023-05-16T18:00:00+00:00",
                "earlier instant",
            ],
        ),
        (
            {"special": {"1899-12-31": OFFICE}},
            ["special: 1899-12-31 lies outside", "covers, 1900 to 2199; leave it out"],
        ),
        (
            {"holidays": "DE", "special": {"1990-12-31": OFFICE}},
            ["special: 1990-12-31 lies outside", "covers, 1991 to 2100; leave it out"],
        ),
        (
            {"extra": [["2199-12-31T20:00+01:00", "2200-01-01T04:00+01:00"]]},
            ["extra: 2200-01-01T03:00:00+00:00 lies outside", "1900 to 2199", "leave it out"],
        ),
        ({"extra": [["0001-01-01T00:00+01:00", "2023-01-01T00:00Z"]]}, ["extra: ", "outside"]),
        ({"extra": [["2023-01-01T00:00Z", "9999-12-31T23:59-01:00"]]}, ["extra: ", "outside"]),
    ],
    ids=str,
)
def test_a_form_that_contradicts_itself_is_refused(changes: dict[str, object], words: list[str]) -> None:
    """The message names field and value first, and then the remedy."""
    with pytest.raises(CalendarError) as refused:
        make(**changes)
    assert str(refused.value).startswith(words[0])
    for word in words:
        assert word in str(refused.value)
    assert refused.value.german != str(refused.value)


@pytest.mark.parametrize("value", [None, "2023", {"a": 1}, 5, {1, 2}, iter([])])
def test_extra_windows_come_as_a_list(value: object) -> None:
    """Field and value are named."""
    with pytest.raises(ArgumentError) as refused:
        make(extra=value)
    assert str(refused.value).startswith(f"extra: {value!r} is not a list of windows; ")
