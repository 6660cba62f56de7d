"""Public holidays, held against the law and against what the package itself knows."""

import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from datetime import date, timedelta

import holidays
import pytest
from dateutil.easter import easter

from netcor_sla._calendars.holidays import (
    CHECKED,
    HolidayNames,
    HolidaySource,
    _categories,
    _subdivisions,
    holidays_of,
    source,
    years,
)
from netcor_sla._calendars.instants import day_number, day_text
from netcor_sla.errors import ArgumentError, CalendarError

LOWER_SAXONY = HolidaySource("DE", "NI")
KNOWN = holidays.list_supported_countries(include_aliases=False)

NAMES = {
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

SHOW = """
import os
from netcor_sla._calendars.holidays import HolidaySource, holidays_of
names = [holidays_of(HolidaySource(code), 2026).values() for code in ("DE", "FR", "TH", "US", "JP")]
print(ascii([list(each) for each in names]))
"""


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


def merged(year: int) -> dict[str, str]:
    """Join the names of holidays that fall on one date, in alphabetical order."""
    days: dict[str, list[str]] = {}
    for day, name in by_law(year):
        days.setdefault(day.isoformat(), []).append(name)
    return {day: "; ".join(sorted(names)) for day, names in days.items()}


@pytest.mark.parametrize("year", range(1991, 2101))
def test_the_holidays_of_lower_saxony_are_those_of_the_law(year: int) -> None:
    """Dates and German names, for every year that is known."""
    known = {
        day_text(day): "; ".join(sorted(names.de.split("; ")))
        for day, names in holidays_of(LOWER_SAXONY, year).items()
    }
    assert known == merged(year)


@pytest.mark.parametrize("year", [1991, 1994, 2017, 2026, 2100])
def test_the_english_names_are_those_of_the_german_ones(year: int) -> None:
    """Both languages name the same holiday on the same date."""
    for names in holidays_of(LOWER_SAXONY, year).values():
        assert {NAMES[name] for name in names.de.split("; ")} == set(names.en.split("; "))


def test_two_holidays_on_one_date_are_both_named() -> None:
    """In 2008 Ascension fell on 1 May."""
    names = holidays_of(LOWER_SAXONY, 2008)[day_number(date(2008, 5, 1), "day")]
    assert set(names.de.split("; ")) == {"Christi Himmelfahrt", "Erster Mai"}
    assert set(names.en.split("; ")) == {"Ascension Day", "Labor Day"}


def test_christmas_eve_and_new_years_eve_are_no_holidays() -> None:
    """They are ordinary business days, unless a calendar says otherwise."""
    days = {
        day_text(day)[5:] for year in range(2000, 2050) for day in holidays_of(LOWER_SAXONY, year)
    }
    assert not days & {"12-24", "12-31"}


def test_a_year_holds_its_own_dates_only_and_cannot_be_changed() -> None:
    """Reading one year fills in no other, and no reader can spoil it for the next."""
    known = holidays_of(LOWER_SAXONY, 2026)
    assert {day_text(day)[:4] for day in known} == {"2026"}
    assert list(known) == sorted(known)
    with pytest.raises(TypeError):
        known[0] = HolidayNames("x", "x")  # type: ignore[index]


def test_the_years_are_those_that_the_package_knows() -> None:
    """Germany's are 1991 to 2100; other countries have their own."""
    assert years(LOWER_SAXONY) == (1991, 2100)
    assert years(HolidaySource("US"))[0] == holidays.country_holidays("US").start_year
    assert len({years(HolidaySource(country)) for country in KNOWN}) > 3


@pytest.mark.parametrize("country", sorted(KNOWN))
def test_every_country_can_be_read(country: str) -> None:
    """The dates are the package's own, each has a name in both languages, and years are known."""
    whose = source(country)
    first, last = years(whose)
    year = min(max(2019, first), last)
    own = holidays.country_holidays(country, years=year, expand=False, language=None)
    known = holidays_of(whose, year)
    assert {day_text(day) for day in known} == {day.isoformat() for day in own}
    assert all(names.de and names.en for names in known.values())


def test_every_subdivision_can_be_read() -> None:
    """Each has at least the dates that its country has everywhere, or dates of its own."""
    for country, subdivisions in KNOWN.items():
        for subdivision in subdivisions:
            whose = source(f"{country}-{subdivision}")
            assert whose == HolidaySource(country, subdivision)
            assert whose.form() == f"{country}-{subdivision}"
            holidays_of(whose, 2019)


def test_a_subdivision_has_days_of_its_own() -> None:
    """Bavaria keeps Epiphany, and Lower Saxony does not."""
    epiphany = day_number(date(2026, 1, 6), "day")
    assert holidays_of(source("DE-BY"), 2026)[epiphany].de == "Heilige Drei Könige"
    assert epiphany not in holidays_of(LOWER_SAXONY, 2026)


def test_a_category_has_days_of_its_own() -> None:
    """Catholic municipalities in Bavaria keep Assumption Day."""
    assumption = day_number(date(2026, 8, 15), "day")
    table = {"country": "DE", "subdivision": "BY", "categories": ["public", "catholic"]}
    assert assumption in holidays_of(source(table), 2026)
    assert assumption not in holidays_of(source("DE-BY"), 2026)


@pytest.mark.parametrize(
    ("country", "day", "names"),
    [
        ("AT", date(2026, 1, 6), HolidayNames("Heilige Drei Könige", "Epiphany")),
        ("US", date(2026, 7, 4), HolidayNames("Independence Day", "Independence Day")),
        ("PF", date(2026, 7, 14), HolidayNames("National Day", "National Day")),
    ],
)
def test_a_name_that_a_language_lacks_is_english(
    country: str, day: date, names: HolidayNames
) -> None:
    """German where the package has it, else English."""
    assert holidays_of(source(country), 2026)[day_number(day, "day")] == names


@pytest.mark.parametrize(
    ("language", "languages"),
    [("C.UTF-8", ""), ("de_DE.UTF-8", "de"), ("th_TH.UTF-8", "th:fr"), ("", "uk_UA")],
)
def test_names_do_not_depend_on_the_language_of_the_process(language: str, languages: str) -> None:
    """The package names days in the language of the process; the library does not."""
    here = {"LANG": language, "LANGUAGE": languages, "LC_ALL": language, "PYTHONUTF8": "1"}
    shown = subprocess.run(
        [sys.executable, "-c", SHOW], env=os.environ | here, capture_output=True, check=True
    )
    expected = [
        list(holidays_of(HolidaySource(code), 2026).values())
        for code in ("DE", "FR", "TH", "US", "JP")
    ]
    assert shown.stdout.decode().strip() == ascii(expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("DE", HolidaySource("DE")),
        ("DE-NI", HolidaySource("DE", "NI")),
        ("DE-Augsburg", HolidaySource("DE", "Augsburg")),
        ({"country": "DE"}, HolidaySource("DE")),
        ({"country": "DE", "subdivision": "NI"}, HolidaySource("DE", "NI")),
        ({"country": "DE", "subdivision": None}, HolidaySource("DE")),
        ({"country": "DE", "categories": ("public",)}, HolidaySource("DE")),
        (
            {"country": "DE", "subdivision": "BY", "categories": ["public", "catholic", "public"]},
            HolidaySource("DE", "BY", ("catholic", "public")),
        ),
    ],
)
def test_a_source_is_read_and_comes_back_from_its_form(
    value: object, expected: HolidaySource
) -> None:
    """Neither order nor repetition of categories means anything."""
    assert source(value) == expected
    assert source(expected.form()) == expected


def test_categories_are_sorted() -> None:
    """So that equal calendars have equal forms, whatever the seed of Python's hashes."""
    assert _categories(list("hgfedcbahg")) == tuple("abcdefgh")


@pytest.mark.parametrize(
    ("whose", "form"),
    [
        (HolidaySource("DE"), "DE"),
        (HolidaySource("DE", "NI"), "DE-NI"),
        (HolidaySource("DE", None, ("catholic",)), {"country": "DE", "categories": ["catholic"]}),
        (
            HolidaySource("DE", "BY", ("catholic", "public")),
            {"country": "DE", "subdivision": "BY", "categories": ["catholic", "public"]},
        ),
    ],
)
def test_a_source_has_one_spelling(whose: HolidaySource, form: object) -> None:
    """A text where the categories are the usual one, else a table without empty keys."""
    assert whose.form() == form


def test_sources_that_are_taken_unchecked_are_known() -> None:
    """Those few spare the import of the package, so the check is made here."""
    assert LOWER_SAXONY in CHECKED
    for whose in CHECKED:
        assert whose.subdivision in KNOWN[whose.country]
        assert set(whose.categories) <= set(
            holidays.country_holidays(whose.country).supported_categories
        )
        assert all(map(len, (holidays_of(whose, year) for year in range(*years(whose)))))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("XX", ["country 'XX' is unknown", "ISO 3166", "'DE-NI'"]),
        ("de", ["country 'de' is unknown", "in capitals"]),
        ("DEU", ["country 'DEU' is unknown"]),
        ("Germany", ["country 'Germany' is unknown"]),
        ("", ["country '' is unknown"]),
        ("-NI", ["country '' is unknown"]),
        ("DE-", ["DE has no subdivision ''", "choose one of 'BB'", "'NI'"]),
        ("DE-XX", ["DE has no subdivision 'XX'"]),
        ("DE-ni", ["DE has no subdivision 'ni'", "'NI'"]),
        ("DE-BYP", ["DE has no subdivision 'BYP'", "did you mean 'BY'?"]),
        ("DE-NI-XX", ["DE has no subdivision 'NI-XX'"]),
        ("FO-XX", ["FO has no subdivision 'XX'", "leave it out"]),
        ({}, ["country None is unknown", "ISO 3166"]),
        ({"country": 5}, ["country 5 is unknown", "ISO 3166"]),
        ({"country": None}, ["country None is unknown", "ISO 3166"]),
        ({"country": True}, ["country True is unknown", "ISO 3166"]),
        ({"country": ["DE"]}, ["country ['DE'] is unknown", "ISO 3166"]),
        ({"country": "DE", "subdivision": ""}, ["DE has no subdivision ''"]),
        (
            {"country": "DE", "subdivision": 5},
            ["'DE' has no subdivision 5", "write its code as text"],
        ),
        (
            {"country": "DE", "subdivision": ["NI"]},
            ["'DE' has no subdivision ['NI']", "write its code as text"],
        ),
        (
            {"country": "DE", "subdivison": "NI"},
            ["key 'subdivison'", "did you mean 'subdivision'?"],
        ),
        ({"country": "DE", 5: 5}, ["key 5 is unknown", "choose one of 'country'"]),
        ({"country": "DE", "categories": []}, ["categories must be a list of texts, not []"]),
        (
            {"country": "DE", "categories": "public"},
            ["categories must be a list of texts, not 'public'"],
        ),
        ({"country": "DE", "categories": [5]}, ["categories must be a list of texts, not [5]"]),
        ({"country": "DE", "categories": None}, ["categories must be a list of texts, not None"]),
        ({"country": "DE", "categories": ["bogus"]}, ["DE has no category 'bogus'", "'public'"]),
        ({"country": "DE", "categories": ["publik"]}, ["did you mean 'public'?"]),
        ({"country": "DE", "subdivision": "NI", "categories": ["bank"]}, ["no category 'bank'"]),
    ],
    ids=str,
)
def test_an_unknown_source_is_refused(value: object, words: list[str]) -> None:
    """Never an empty list of holidays: the message names field, value and what is known."""
    with pytest.raises(CalendarError) as refused:
        source(value)
    assert str(refused.value).startswith("holidays: ")
    for word in words:
        assert word in str(refused.value)


@pytest.mark.parametrize("value", [5, ["DE"], ("DE", "NI"), b"DE", date(2026, 1, 1), True])
def test_what_is_neither_text_nor_table_is_refused(value: object) -> None:
    """A list of dates, for one, is no source."""
    with pytest.raises(ArgumentError) as refused:
        source(value)
    assert (
        str(refused.value) == f"holidays must be None, a text as 'DE-NI' or a table, not {value!r}"
    )


def test_the_package_warns_for_no_year_that_is_covered() -> None:
    """Where it warns that holidays are missing, a day of them would pass for a working day."""
    for country in _subdivisions():
        found = source(country)
        assert found is not None
        first, last = years(found)
        for year in (first, *range(first, last, 25), last):
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                holidays_of.__wrapped__(found, year)


def test_a_source_known_in_part_is_covered_in_part() -> None:
    """India's list says 1948 to 2100, and knows the Hindu holidays of 2001 to 2035."""
    india = source("IN")
    assert india is not None
    assert years(india) == (2001, 2035)
    with pytest.warns(UserWarning, match="2001 to 2035"):
        holidays_of.__wrapped__(india, 2060)
