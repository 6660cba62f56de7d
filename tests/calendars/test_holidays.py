"""Public holidays: held against the law, against what the package itself knows, and as data."""

import json
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

import holidays
import numpy as np
import pytest
from dateutil.easter import easter

from netcor_sla import BusinessCalendar
from netcor_sla._calendars.holidays import (
    KNOWN_IN_PART,
    FrozenHolidays,
    HolidayNames,
    Holidays,
    HolidaySource,
    read_holidays,
    read_names,
)
from netcor_sla._calendars.instants import YEARS, date_of, day_number
from netcor_sla._languages import REGIONS
from netcor_sla.errors import ArgumentError, CalendarError, RecordError, SLAError

LOWER_SAXONY: Final = HolidaySource("DE", "NI")
KNOWN: Final = holidays.list_supported_countries(include_aliases=False)

NAMES: Final = {
    "Neujahr": "New Year's Day",
    "Karfreitag": "Good Friday",
    "Ostermontag": "Easter Monday",
    "Erster Mai": "Labor Day",
    "Christi Himmelfahrt": "Ascension Day",
    "Pfingstmontag": "Pentecost Monday",
    "Tag der Deutschen Einheit": "German Unity Day",
    "Reformationstag": "Reformation Day",
    "Buß- und Bettag": "Repentance and Prayer Day",
    "Erster Weihnachtstag": "Christmas Day",
    "Zweiter Weihnachtstag": "Second Day of Christmas",
}


BRITISH: Final = {
    "Second Day of Christmas": "Boxing Day",
    "Labor Day (observed)": "Labour Day (observed)",
    "Ascension Day; Labor Day": "Ascension Day; Labour Day",
    "Pentecost Monday": "Whit Monday",
    "Saint Stephen's Day": "St Stephen's Day",
    "Easter Monday": "Easter Monday",
}


def test_holidays_have_british_names_beside_british_dates_and_data_keeps_the_packages() -> None:
    """A reader of 7 April 2026 knows Whit Monday; what is compared and recorded stays as it was."""
    for theirs, usual in BRITISH.items():
        names = HolidayNames("Erster Mai", theirs)
        assert (names.title(), names.title("en")) == ("Tag der Arbeit (1. Mai)", usual)
    desk = BusinessCalendar(zone="UTC", hours={"mon": [["08:00", "09:00"]]}, holidays="DE")
    assert desk.holiday(date(2026, 5, 25), "en") == "Whit Monday"
    assert desk.freeze(2026, 2026).to_dict()["holidays"]["days"]["2026-05-25"][1] == "Pentecost Monday"


def number(text: str) -> int:
    """Number a date."""
    return day_number(date.fromisoformat(text), "day")


def year_of(whose: Holidays, year: int) -> dict[date, HolidayNames]:
    """Look at each day of a year."""
    days = range(number(f"{year}-01-01"), number(f"{year}-12-31") + 1)
    return {date_of(day): names for day in days if (names := whose.on(day))}


def by_law(year: int) -> Iterator[tuple[date, str]]:
    """List the public holidays of Lower Saxony.

    The law is § 2 of the Niedersächsisches Gesetz über die Feiertage: as it stood
    from 1991 on, without Buß- und Bettag from 1995 on, with Reformation Day in 2017 (by a
    decree for that year alone) and from 2018 on.
    """
    sunday = easter(year)
    yield date(year, 1, 1), "Neujahr"
    yield sunday - timedelta(days=2), "Karfreitag"
    yield sunday + timedelta(days=1), "Ostermontag"
    yield date(year, 5, 1), "Erster Mai"
    yield sunday + timedelta(days=39), "Christi Himmelfahrt"
    yield sunday + timedelta(days=50), "Pfingstmontag"
    yield date(year, 10, 3), "Tag der Deutschen Einheit"
    if year >= 2017:
        yield date(year, 10, 31), "Reformationstag"
    if year <= 1994:
        wednesdays = [date(year, 11, day) for day in range(16, 23)]
        yield next(day for day in wednesdays if day.weekday() == 2), "Buß- und Bettag"
    yield date(year, 12, 25), "Erster Weihnachtstag"
    yield date(year, 12, 26), "Zweiter Weihnachtstag"


def test_the_holidays_of_lower_saxony_are_those_of_the_law() -> None:
    """Dates and names in both languages, for every year that is known; two may share a date."""
    assert LOWER_SAXONY.covers == (1991, 2100)
    for year in range(1991, 2101):
        days: dict[date, set[str]] = {}
        for day, name in by_law(year):
            days.setdefault(day, set()).add(name)
        known = year_of(LOWER_SAXONY, year)
        assert {day: set(names.de.split("; ")) for day, names in known.items()} == days
        for day, names in known.items():
            assert set(names.en.split("; ")) == {NAMES[name] for name in days[day]}


def test_the_years_are_those_that_the_package_knows() -> None:
    """Countries have their own; India's list says 1948 to 2100, and is whole for 2001 to 2035."""
    assert HolidaySource("US").covers[0] == holidays.country_holidays("US").start_year
    assert len({HolidaySource(country).covers for country in KNOWN}) > 3
    assert HolidaySource("IN").covers == KNOWN_IN_PART["IN"] == (2001, 2035)
    with pytest.warns(UserWarning, match="2001 to 2035"):
        holidays.country_holidays("IN", years=2060)


def test_every_country_and_subdivision_can_be_read() -> None:
    """The dates are the package's own, and each has a name in both languages."""
    for country, subdivisions in KNOWN.items():
        whose = read_holidays({"country": country})
        assert isinstance(whose, HolidaySource)
        assert read_holidays(whose.form()) == whose
        first, last = whose.covers
        year = min(max(2019, first), last)
        own = holidays.country_holidays(country, years=year, expand=False, language=None)
        known = year_of(whose, year)
        assert set(known) == set(own), country
        assert all(names.de and names.en for names in known.values()), country
        for subdivision in subdivisions:
            text = f"{country}-{subdivision}"
            read = read_holidays(text)
            assert read == HolidaySource(country, subdivision)
            assert read.form() == read.label == text


def test_the_package_warns_for_no_year_that_is_covered() -> None:
    """Where it warns that holidays are missing, a day of them would pass for a working day."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for country in KNOWN:
            first, last = HolidaySource(country).covers
            years = {first, *range(first, last, 25), last}
            holidays.country_holidays(country, years=years, expand=False)


def test_the_regions_that_are_not_looked_up_are_known() -> None:
    """They spare the import of the package, so the check is made here."""
    assert "DE-NI" in REGIONS
    for region in REGIONS:
        country, _, subdivision = region.partition("-")
        assert country in KNOWN
        assert subdivision in ("", *KNOWN[country])
        if f"DE-{region}" not in REGIONS:  # as BE is Berlin and Belgium
            assert read_holidays(region) == HolidaySource(country, subdivision or None)


@pytest.mark.parametrize(
    ("country", "text", "names"),
    [
        ("AT", "2023-01-06", HolidayNames("Heilige Drei Könige", "Epiphany")),
        ("US", "2023-07-04", HolidayNames("Independence Day", "Independence Day")),
        ("PF", "2023-07-14", HolidayNames("National Day", "National Day")),
    ],
)
def test_a_name_that_a_language_lacks_is_english(country: str, text: str, names: HolidayNames) -> None:
    """German where the package has it, else English."""
    assert HolidaySource(country).on(number(text)) == names


SHOW: Final = """
from netcor_sla._calendars.holidays import HolidaySource
days = range(19358, 19723)
codes = ("DE", "FR", "TH", "US", "JP")
print(ascii([[str(HolidaySource(code).on(day)) for day in days] for code in codes]))
"""


def test_names_do_not_depend_on_the_language_of_the_process() -> None:
    """The package names days in the language of the process; the library does not."""

    def show(language: str, languages: str) -> str:
        here = {"LANG": language, "LANGUAGE": languages, "LC_ALL": language, "PYTHONUTF8": "1"}
        run = [sys.executable, "-c", SHOW]
        return subprocess.check_output(run, env=os.environ | here, text=True)

    first, *others = (
        show(*process) for process in (("C.UTF-8", ""), ("de_DE.UTF-8", "de"), ("", "th:uk_UA"))
    )
    assert "Neujahr" in first
    assert others == [first, first]


# Where to look holidays up.

CATHOLIC: Final = {"country": "DE", "subdivision": "BY", "categories": ["catholic", "public"]}


@pytest.mark.parametrize(
    ("value", "expected", "form"),
    [
        ("DE", HolidaySource("DE"), "DE"),
        ("DE-NI", LOWER_SAXONY, "DE-NI"),
        ("DE-Augsburg", HolidaySource("DE", "Augsburg"), "DE-Augsburg"),
        ({"country": "DE"}, HolidaySource("DE"), "DE"),
        ({"country": "DE", "subdivision": "NI"}, LOWER_SAXONY, "DE-NI"),
        ({"country": "DE", "subdivision": None}, HolidaySource("DE"), "DE"),
        ({"country": "DE", "categories": ("public",)}, HolidaySource("DE"), "DE"),
        (
            {"country": "DE", "categories": ["catholic"]},
            HolidaySource("DE", None, ("catholic",)),
            {"country": "DE", "categories": ["catholic"]},
        ),
        (
            CATHOLIC | {"categories": ["public", "catholic", "public"]},
            HolidaySource("DE", "BY", ("catholic", "public")),
            CATHOLIC,
        ),
        (None, None, None),
        ("none", None, None),
    ],
)
def test_a_source_is_read_and_has_one_spelling(
    value: object, expected: HolidaySource | None, form: object
) -> None:
    """Neither order nor repetition of categories means anything; empty keys are left out."""
    read = read_holidays(value)
    assert read == expected
    assert (read and read.form()) == form
    assert read_holidays(form) == read


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("XX", ["country 'XX' is unknown", "ISO 3166", "'DE-NI'"]),
        ("de", ["country 'de' is not clear; write 'DE' for Germany"]),
        ("fr", ["country 'fr' is not clear", "write 'FR' for France"]),
        ("", ["country '' is unknown"]),
        ("-NI", ["country '' is unknown"]),
        ("DE-", ["DE has no subdivision ''", "choose one of 'BB'", "'NI'"]),
        ("DE-BYP", ["DE has no subdivision 'BYP'", "did you mean 'BY'?"]),
        ("DE-NI-XX", ["DE has no subdivision 'NI-XX'"]),
        ("FO-XX", ["FO has no subdivision 'XX'", "leave it out"]),
        ({}, ["country None is unknown", "ISO 3166"]),
        ({"country": "DE-NI"}, ["country 'DE-NI' is unknown"]),
        ({"country": True}, ["country True is unknown", "ISO 3166"]),
        ({"country": "DE", "subdivision": ""}, ["DE has no subdivision ''"]),
        ({"country": "DE", "subdivision": 5}, ["subdivision: 5 is not a code as text", "'NI'"]),
        ({"country": "DE", "subdivison": "NI"}, ["'subdivison'", "did you mean 'subdivision'?"]),
        ({"country": "DE", 5: 5}, ["key 5 of holidays is unknown", "choose one of 'country'"]),
        ({"country": "DE", "first": 2023}, ["key 'first' of holidays is unknown"]),
        ({"country": "DE", "categories": []}, ["categories: [] is not a list of texts; "]),
        ({"country": "DE", "categories": "public"}, ["'public' is not a list of texts"]),
        ({"country": "DE", "categories": ["bogus"]}, ["DE has no category 'bogus'", "'public'"]),
        ({"country": "DE", "categories": ["publik"]}, ["did you mean 'public'?"]),
        ({"country": "DE", "subdivision": "NI", "categories": ["bank"]}, ["no category 'bank'"]),
    ],
    ids=str,
)
def test_an_unknown_source_is_refused(value: object, words: list[str]) -> None:
    """Never an empty list of holidays: the message names field, value and what is known."""
    with pytest.raises(CalendarError) as refused:
        read_holidays(value)
    assert "holidays" in str(refused.value)
    for word in words:
        assert word in str(refused.value)


STATES: Final = [label[3:] for label in REGIONS if label.startswith("DE-")]


@pytest.mark.parametrize("code", [*STATES, "by", "Bayern", "Bavaria"])
def test_a_german_state_is_not_taken_for_a_country(code: str) -> None:
    """BY is Bavaria to one reader and Belarus to the package: both spellings are shown."""
    with pytest.raises(CalendarError) as refused:
        read_holidays(code)
    state = f"DE-{code.upper()[:2].replace('BA', 'BY')}"
    for message in (str(refused.value), refused.value.german):
        assert repr(state) in message
        assert (f'{{"country": "{state[3:]}"}}' in message) == (state[3:] in KNOWN)
    if code in KNOWN:
        desk = BusinessCalendar(zone="UTC", hours={"mon": [["08:00", "09:00"]]}, holidays={"country": code})
        assert desk.holidays == {"country": code}
        assert BusinessCalendar.from_dict(desk.to_dict()) == desk
        frozen_desk = desk.freeze(2020, 2020)
        assert BusinessCalendar.from_dict(frozen_desk.to_dict()) == frozen_desk


@pytest.mark.parametrize(("country", "category"), [("EE", "half_day"), ("BY", "workday")])
def test_kinds_of_days_that_are_worked_are_refused(country: str, category: str) -> None:
    """They would close a day whose hours are only shorter, or as ever: 23 December in Estonia."""
    with pytest.raises(CalendarError, match=f"'{category}' are worked.* write their hours as 'recurring'"):
        read_holidays({"country": country, "categories": [category, "public"]})


# The days themselves.

FRIDAY: Final = ["Karfreitag", "Good Friday"]
FORM: Final[dict[str, Any]] = {
    "source": "DE-NI",
    "first": 2022,
    "last": 2023,
    "days": {"2022-04-15": FRIDAY, "2023-12-31": ["Letzter Tag", "Last day"]},
}


def frozen(**changes: object) -> FrozenHolidays:
    """Read the form with changes."""
    read = read_holidays(FORM | changes)
    assert isinstance(read, FrozenHolidays)
    return read


def calendar(**changes: object) -> BusinessCalendar:
    """Make a calendar with these holidays."""
    hours = {"mon-fri": [("08:30", "17:00")]}
    return BusinessCalendar(zone="+01:00", hours=hours, holidays=FORM | changes)


def test_days_are_read_and_written_back() -> None:
    """Every key is heeded: where they come from, the years, and each day with its names."""
    read = frozen()
    assert (read.origin, read.covers, read.label) == (LOWER_SAXONY, (2022, 2023), "DE-NI")
    assert read.on(number("2022-04-15")) == HolidayNames(de="Karfreitag", en="Good Friday")
    assert read.on(number("2022-04-16")) is None
    assert json.loads(json.dumps(read.form())) == FORM


def test_days_have_one_spelling_and_their_form_is_a_fresh_copy() -> None:
    """Days are sorted, names are lists; who changes a form changes no holidays."""
    days = {day: tuple(names) for day, names in reversed(FORM["days"].items())}
    given = dict(FORM | {"days": days})
    read = read_holidays(MappingProxyType(given))
    assert isinstance(read, FrozenHolidays)
    days.clear()
    read.form()["days"]["2022-04-15"][0] = "x"
    read.form()["days"].clear()
    assert read.form() == FORM
    assert list(read.form()["days"]) == ["2022-04-15", "2023-12-31"]


@pytest.mark.parametrize(
    ("source", "origin", "label"),
    [
        ("DE", HolidaySource("DE"), "DE"),
        (CATHOLIC, HolidaySource("DE", "BY", ("catholic", "public")), "DE-BY"),
        ("XX", HolidaySource("XX"), "XX"),
        ("DE-XX", HolidaySource("DE", "XX"), "DE-XX"),
        ({"country": "DE", "categories": ["bogus"]}, HolidaySource("DE", None, ("bogus",)), "DE"),
    ],
    ids=str,
)
def test_a_source_is_kept_whether_or_not_it_is_known(
    source: object, origin: HolidaySource, label: str
) -> None:
    """A country that a later release no longer knows must still be read."""
    read = frozen(source=source)
    assert (read.origin, read.label, read.form()["source"]) == (origin, label, source)
    assert frozen(**read.form()).form() == read.form()


@pytest.mark.parametrize("year", YEARS)
def test_the_first_and_the_last_year_that_can_be_frozen_can_be_asked(year: int) -> None:
    """The clock still works there: no year overflows on the way."""
    days = {f"{year}-01-01": ["Anfang", "Start"], f"{year}-12-31": ["Ende", "End"]}
    desk = calendar(first=year, last=year, days=days)
    assert desk.holiday(date(year, 1, 1)) == "Anfang"
    assert desk.holiday(date(year, 12, 31), "en") == "End"
    start = datetime(year, 1, 1, tzinfo=desk.tzinfo)
    assert desk.next_open(start) > start
    ten = datetime(year, 12, 30, 10, tzinfo=UTC)
    assert desk.is_open(ten) == (ten.weekday() < 5)


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"first": "2022"}, ArgumentError, ["first must be a whole number, not '2022'"]),
        ({"first": True}, ArgumentError, ["first must be a whole number, not True"]),
        ({"last": 2022.0}, ArgumentError, ["last must be a whole number, not 2022.0"]),
        ({"first": 999}, CalendarError, ["first: 999 is not a year from 1000 to 9000"]),
        ({"last": 9001}, CalendarError, ["last: 9001 is not a year from 1000 to 9000"]),
        ({"last": 10**5000}, CalendarError, ["last: a value of type int is not a year"]),
        ({"first": 2024}, CalendarError, ["'first' 2024 is after 'last' 2023", "exchange"]),
        ({"source": None}, CalendarError, ["need a 'source', for example 'DE-NI'", "special"]),
        ({"source": 5}, ArgumentError, ["holidays: 5 is not a text, for example 'DE-NI'"]),
        ({"source": {"country": "DE", "state": 1}}, CalendarError, ["key 'state'", "unknown"]),
        ({"days": None}, ArgumentError, ["days must be a mapping, not NoneType: None"]),
        ({"days": {"2021-12-31": FRIDAY}}, CalendarError, ["2021-12-31", "2022 to 2023"]),
        ({"days": {"2024-01-01": FRIDAY}}, CalendarError, ["2024-01-01", "2022 to 2023"]),
        ({"days": {"2022-02-30": FRIDAY}}, CalendarError, ["days: '2022-02-30'", "YYYY-MM-DD"]),
        ({"days": {"2022-04-15": "x"}}, CalendarError, ["days['2022-04-15']: 'x'", "two texts"]),
        ({"frist": 2022}, CalendarError, ["key 'frist' of holidays", "did you mean 'first'?"]),
    ],
    ids=lambda value: ascii(value)[:60] if 10**5000 not in getattr(value, "values", list)() else "",
)
def test_days_with_a_fault_are_refused(
    changes: dict[str, object], error: type[SLAError], words: list[str]
) -> None:
    """The message names field and value, and what may stand there."""
    with pytest.raises(error) as refused:
        read_holidays(FORM | changes)
    assert type(refused.value) is error
    for word in ["holidays", *words]:
        assert word in str(refused.value)


def test_the_years_may_be_numbers_of_numpy_and_the_border_days_are_inside() -> None:
    """An off-by-one would refuse New Year, or take the day after."""
    days = {"2022-01-01": ["Neujahr", "New Year's Day"], "2023-12-31": ["Silvester", "Eve"]}
    assert frozen(days=days, last=np.int64(2023)).form() == FORM | {"days": days}


@pytest.mark.parametrize(
    "value",
    [
        *(None, 5, "ab", "Karfreitag", {"de": "x", "en": "y"}, {"x", "y"}, iter("xy")),
        *([], ["x"], ["x", "y", "z"], ["", "y"], ["x", " \n"], ["x", None], ["x", 5], [b"x", b"y"]),
    ],
)
def test_names_are_two_texts(value: object) -> None:
    """A text of two letters is no pair, and a blank is no name; the message shows one that is."""
    with pytest.raises(RecordError) as refused:
        read_names(value, "somewhere", error=RecordError)
    assert str(refused.value).startswith("somewhere: ")
    assert str(refused.value).endswith(" is not two texts; write ['Karfreitag', 'Good Friday']")


ASK: Final = """
import json, sys
sys.modules["holidays"] = None  # so that an import of it raises
from datetime import datetime, timedelta, timezone
from netcor_sla import BusinessCalendar
form = json.loads(sys.argv[1])
calendar = BusinessCalendar.from_dict(form)
at = datetime(2022, 4, 14, 15, 10, tzinfo=timezone(timedelta(hours=2)))
assert calendar.to_dict() == form and calendar.fingerprint and calendar.freeze(2022, 2022)
assert calendar.replace(zone="UTC").holiday(at.date()) is None
print(calendar.add(at, timedelta(hours=4)).isoformat())
"""


def test_frozen_holidays_need_no_package() -> None:
    """Neither to be made nor to answer nor to be frozen again: the package is blocked."""
    desk = calendar(source=CATHOLIC)
    assert desk.holiday(date(2022, 4, 15), "en") == "Good Friday"
    run = [sys.executable, "-c", ASK, json.dumps(desk.to_dict())]
    # Easter Monday is no holiday here, since it is not among the days.
    assert subprocess.check_output(run, text=True).strip() == "2022-04-18T10:40:00+02:00"
