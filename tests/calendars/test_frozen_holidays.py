"""Holidays as data: read, checked whole, written in one spelling, and no look at the package."""

import json
import subprocess
import sys
from collections import OrderedDict
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from netcor_sla import BusinessCalendar
from netcor_sla._calendars.frozen_holidays import YEARS, FrozenHolidays, holidays, read_names
from netcor_sla._calendars.holidays import HolidayNames, HolidaySource
from netcor_sla._calendars.instants import day_number
from netcor_sla.errors import ArgumentError, CalendarError, CoverageError, SLAError

FRIDAY = ["Karfreitag", "Good Friday"]
FORM: dict[str, Any] = {
    "source": "DE-NI",
    "first": 2026,
    "last": 2027,
    "days": {"2026-04-03": FRIDAY, "2027-12-31": ["Letzter Tag", "Last day"]},
}
CATHOLIC = {"country": "DE", "subdivision": "BY", "categories": ["catholic", "public"]}

ASK = """
import sys
sys.modules["holidays"] = None  # so that an import of it raises
import json
from datetime import datetime, timedelta, timezone
from netcor_sla import STANDARD, BusinessCalendar, EscalationLevel
form = json.loads(sys.argv[1])
calendar = BusinessCalendar.from_dict(form)
at = datetime(2026, 4, 2, 15, 10, tzinfo=timezone(timedelta(hours=2)))
deadline = STANDARD.replace(calendar=calendar).explain(at, EscalationLevel.CRITICAL)
assert calendar.to_dict() == form and calendar.fingerprint and calendar.freeze(2026, 2026)
assert calendar.replace(zone="UTC").holiday(at.date()) is None
print(deadline.due.isoformat(), deadline.to_dict()["versions"]["holidays"])
"""


def number(text: str) -> int:
    """Number a date."""
    return day_number(date.fromisoformat(text), "day")


def frozen(**changes: object) -> FrozenHolidays:
    """Read the form with changes."""
    read = holidays(FORM | changes)
    assert isinstance(read, FrozenHolidays)
    return read


def calendar(**changes: object) -> BusinessCalendar:
    """Make a calendar with these holidays."""
    return BusinessCalendar(
        zone="+01:00", hours={"mon-fri": [("08:30", "17:00")]}, holidays=FORM | changes
    )


def test_a_form_is_read_and_written_back() -> None:
    """Every key is heeded: where they come from, the years, and each day with its names."""
    read = frozen()
    assert read.origin == HolidaySource("DE", "NI")
    assert read.covers == (2026, 2027)
    assert read.label == "DE-NI"
    assert read.on(number("2026-04-03")) == HolidayNames("Karfreitag", "Good Friday")
    assert read.on(number("2026-04-03")).de == "Karfreitag"  # type: ignore[union-attr]
    assert read.on(number("2026-04-02")) is None
    assert read.form() == FORM
    assert json.loads(json.dumps(read.form())) == FORM


def test_a_form_has_one_spelling() -> None:
    """Days are sorted, names are lists, and a mapping of any kind is read."""
    days = {"2027-12-31": ("Letzter Tag", "Last day"), "2026-04-03": tuple(FRIDAY)}
    read = holidays(MappingProxyType(FORM | {"days": OrderedDict(days)}))
    assert read is not None
    assert read.form() == FORM
    assert list(read.form()["days"]) == ["2026-04-03", "2027-12-31"]  # type: ignore[index]
    assert list(read.form()) == ["source", "first", "last", "days"]  # type: ignore[call-overload]


def test_a_form_is_a_fresh_copy() -> None:
    """Who changes a form, or what was read, changes no holidays."""
    given = json.loads(json.dumps(FORM))
    read = holidays(given)
    assert isinstance(read, FrozenHolidays)
    given["days"].clear()
    read.form()["days"]["2026-04-03"][0] = "x"
    read.form()["days"].clear()
    assert read.form() == FORM


@pytest.mark.parametrize(
    ("source", "origin", "written", "label"),
    [
        ("DE", HolidaySource("DE"), "DE", "DE"),
        ({"country": "DE", "subdivision": "NI"}, HolidaySource("DE", "NI"), "DE-NI", "DE-NI"),
        (CATHOLIC, HolidaySource("DE", "BY", ("catholic", "public")), CATHOLIC, "DE-BY"),
        ("XX", HolidaySource("XX"), "XX", "XX"),
        ("DE-XX", HolidaySource("DE", "XX"), "DE-XX", "DE-XX"),
        (
            {"country": "DE", "categories": ["bogus"]},
            HolidaySource("DE", None, ("bogus",)),
            {"country": "DE", "categories": ["bogus"]},
            "DE",
        ),
    ],
    ids=str,
)
def test_a_source_is_kept_whether_or_not_it_is_known(
    source: object, origin: HolidaySource, written: object, label: str
) -> None:
    """A country that a later release no longer knows must still be read."""
    read = frozen(source=source)
    assert (read.origin, read.label, read.form()["source"]) == (origin, label, written)
    assert holidays(read.form()) == read


@pytest.mark.parametrize("source", [None, "none"])
def test_no_source_is_no_holidays_in_these_years(source: object) -> None:
    """As it is for a calendar without holidays that was frozen."""
    read = frozen(source=source, days={})
    assert (read.origin, read.label) == (None, "no country")
    assert read.form() == {"source": None, "first": 2026, "last": 2027, "days": {}}
    assert holidays(read.form()) == read


@pytest.mark.parametrize("value", [None, "none", "DE", "DE-NI", CATHOLIC])
def test_what_has_no_days_is_looked_up_in_the_package(value: object) -> None:
    """The other forms of holidays are read as ever."""
    read = holidays(value)
    assert read is None or isinstance(read, HolidaySource)


def test_what_has_no_days_is_checked_as_ever() -> None:
    """No unknown country slips in by this door, and no other type."""
    with pytest.raises(CalendarError, match=r"^holidays: country 'XX' is unknown; "):
        holidays("XX")
    with pytest.raises(CalendarError, match=r"^holidays: key 'first' is unknown; choose one of "):
        holidays({"country": "DE", "first": 2026, "last": 2027})
    with pytest.raises(ArgumentError, match=r"^holidays must be None, a text as 'DE-NI'"):
        holidays(5)


@pytest.mark.parametrize("year", YEARS)
def test_the_first_and_the_last_year_that_can_be_frozen_can_be_asked(year: int) -> None:
    """The clock still works there: no year overflows on the way."""
    days = {f"{year}-01-01": ["Anfang", "Start"], f"{year}-12-31": ["Ende", "End"]}
    desk = calendar(first=year, last=year, days=days)
    assert desk.holiday(date(year, 1, 1)) == "Anfang"
    assert desk.holiday(date(year, 12, 31), "en") == "End"
    start = datetime(year, 1, 1, tzinfo=desk.tzinfo)
    assert desk.next_open(start) > start
    assert desk.is_open(datetime(year, 12, 30, 10, tzinfo=desk.tzinfo)) == (
        date(year, 12, 30).weekday() < 5
    )


def test_the_first_and_the_last_day_of_the_years_are_inside() -> None:
    """An off-by-one would refuse New Year, or take the day after."""
    days = {"2026-01-01": ["Neujahr", "New Year's Day"], "2027-12-31": ["Silvester", "Eve"]}
    assert frozen(days=days).form()["days"] == days


def test_a_calendar_covers_the_years_of_its_holidays() -> None:
    """The error names the years and where the holidays come from."""
    desk = calendar()
    assert desk.holiday(date(2026, 4, 3)) == "Karfreitag"
    assert desk.holiday(date(2026, 12, 25)) is None
    for day in (date(2025, 12, 31), date(2028, 1, 1)):
        with pytest.raises(CoverageError) as refused:
            desk.is_business_day(day)
        assert str(refused.value) == (
            f"day {day} lies outside 2026 to 2027, the years that the holidays of DE-NI are known "
            "for; other years need a calendar with holidays=None"
        )


def test_a_calendar_without_holidays_covers_its_years_too() -> None:
    """And names no country."""
    desk = calendar(source=None, days={})
    with pytest.raises(CoverageError, match=r"outside 2026 to 2027, the years .* no country "):
        desk.holiday(date(2028, 1, 1))


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"first": "2026"}, ArgumentError, ["'first' must be a whole number, not '2026'"]),
        ({"first": True}, ArgumentError, ["'first' must be a whole number, not True"]),
        ({"last": 2026.0}, ArgumentError, ["'last' must be a whole number, not 2026.0"]),
        ({"last": None}, ArgumentError, ["'last' must be a whole number, not None"]),
        ({"last": np.int64(2027)}, ArgumentError, ["'last' must be a whole number, not "]),
        ({"first": 999}, CalendarError, ["'first' must be a year from 1000 to 9000, not 999"]),
        ({"last": 9001}, CalendarError, ["'last' must be a year from 1000 to 9000, not 9001"]),
        ({"last": -1}, CalendarError, ["'last' must be a year from 1000 to 9000, not -1"]),
        ({"last": 10**30}, CalendarError, ["'last'", "1000 to 9000"]),
        ({"first": 2028}, CalendarError, ["'first' 2028 is after 'last' 2027"]),
        ({"source": "", "first": 5}, CalendarError, ["'first' must be a year"]),
        ({"source": None}, CalendarError, ["need a 'source', as 'DE-NI'", "special dates"]),
        ({"source": "none"}, CalendarError, ["need a 'source', as 'DE-NI'", "special dates"]),
        ({"source": 5}, ArgumentError, ["must be None, a text as 'DE-NI' or a table, not 5"]),
        ({"source": {}}, CalendarError, ["country None is unknown", "ISO 3166"]),
        ({"source": {"country": 5}}, CalendarError, ["country 5 is unknown", "ISO 3166"]),
        (
            {"source": {"country": "DE", "subdivision": 5}},
            CalendarError,
            ["'DE' has no subdivision 5", "as 'NI'"],
        ),
        (
            {"source": {"country": "DE", "categories": []}},
            CalendarError,
            ["categories must be a list of texts, not []"],
        ),
        (
            {"source": {"country": "DE", "state": "NI"}},
            CalendarError,
            ["key 'state' is unknown", "'subdivision'"],
        ),
        ({"days": None}, ArgumentError, ["days must be a mapping, not NoneType: None"]),
        ({"days": ["2026-04-03"]}, ArgumentError, ["days must be a mapping, not list"]),
        ({"days": {"2025-12-31": FRIDAY}}, CalendarError, ["2025-12-31", "2026 to 2027"]),
        ({"days": {"2028-01-01": FRIDAY}}, CalendarError, ["2028-01-01", "2026 to 2027"]),
        ({"days": {"2026-02-30": FRIDAY}}, CalendarError, ["days: '2026-02-30'", "YYYY-MM-DD"]),
        ({"days": {"20260403": FRIDAY}}, CalendarError, ["days: '20260403'", "YYYY-MM-DD"]),
        ({"days": {"2026-04-03\n": FRIDAY}}, CalendarError, ["days: ", "YYYY-MM-DD"]),
        ({"days": {date(2026, 4, 3): FRIDAY}}, CalendarError, ["datetime.date", "YYYY-MM-DD"]),
        ({"days": {"2026-04-03": "Karfreitag"}}, CalendarError, ["days['2026-04-03']"]),
        ({"days": {"2026-04-03": []}}, CalendarError, ["days['2026-04-03']", "two texts"]),
        ({"colour": 1}, CalendarError, ["key 'colour' is unknown", "choose one of 'source'"]),
        ({"frist": 2026}, CalendarError, ["key 'frist' is unknown", "did you mean 'first'?"]),
        ({5: 1}, CalendarError, ["key 5 is unknown", "choose one of 'source'"]),
    ],
    ids=str,
)
def test_a_form_with_a_fault_is_refused(
    changes: dict[str, object], error: type[SLAError], words: list[str]
) -> None:
    """The message names field and value, and what may stand there."""
    with pytest.raises(error) as refused:
        holidays(FORM | changes)
    assert type(refused.value) is error
    assert str(refused.value).startswith("holidays")
    for word in words:
        assert word in str(refused.value)


def test_a_year_that_python_can_not_show_is_refused() -> None:
    """An integer of 5,000 digits has no repr."""
    with pytest.raises(CalendarError, match=r"'first' must be a year .* a value of type int"):
        holidays(FORM | {"first": 10**5000})


@pytest.mark.parametrize("key", ["source", "first", "last"])
def test_a_missing_key_is_named(key: str) -> None:
    """Days alone say neither whose they are nor for which years they are whole."""
    form = {name: value for name, value in FORM.items() if name != key}
    with pytest.raises(CalendarError, match=rf"^holidays: key '{key}' is missing beside 'days'$"):
        holidays(form)


@pytest.mark.parametrize(
    "value",
    [
        *(None, 5, "ab", b"ab", "Karfreitag", {}, {"de": "x", "en": "y"}, {"x", "y"}),
        *([], ["x"], ["x", "y", "z"], ["", "y"], ["x", " "], ["x", "\t\n"], ["x", None]),
        *(["x", 5], [["x"], ["y"]], [b"x", b"y"], ("x",), iter("xy")),
    ],
    ids=repr,
)
def test_names_are_two_texts(value: object) -> None:
    """A text of two letters is no pair, and a blank is no name; the message shows one that is."""
    with pytest.raises(CalendarError) as refused:
        read_names(value, "somewhere")
    assert str(refused.value).startswith("somewhere: ")
    assert str(refused.value).endswith(" must be two texts, as ['Karfreitag', 'Good Friday']")


def test_names_come_in_this_order() -> None:
    """German first, of a list or a tuple."""
    for names in (FRIDAY, tuple(FRIDAY)):
        assert read_names(names, "names") == HolidayNames(de="Karfreitag", en="Good Friday")


def test_a_frozen_calendar_needs_no_package() -> None:
    """Neither to be made nor to answer nor to be frozen again: the package is blocked."""
    desk = calendar(source=CATHOLIC)
    assert desk.holiday(date(2026, 4, 3), "en") == "Good Friday"
    told = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(desk.to_dict())],
        capture_output=True,
        check=True,
        text=True,
    )
    # Easter Monday is no holiday here, since it is not among the days.
    assert told.stdout.split() == ["2026-04-06T10:40:00+02:00", "None"]
