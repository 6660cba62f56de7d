"""Public holidays: looked up in the `holidays` package, or carried along as data.

The objects of the package fill themselves when looked at, lose days when two threads look at
once, name days in the language of the process, and answer "no holiday" for years that they know
nothing about. So a year is read whole, in named languages, from an object of its own that nobody
else sees; only plain, unchanging data leaves this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netcor_sla._calendars.hours import special_date
from netcor_sla._calendars.instants import YEARS, date_of, day_number, day_text, new_year
from netcor_sla._languages import REGIONS, Language, choose
from netcor_sla._values import mapping, pair, table, whole
from netcor_sla.errors import ArgumentError, CalendarError, SLAError, meant, shown, unlike

if TYPE_CHECKING:
    from holidays.holiday_base import HolidayBase

PUBLIC: Final = ("public",)
_WORKED: Final = {"half_day", "workday"}  # kinds of days that would close the desk wrongly

# Years beyond these the package claims to know, and only warns that some holidays are
# missing; a test holds that it does so for no other country.
KNOWN_IN_PART: Final = {"IN": (2001, 2035)}

# The package's German and English, and that of those who read dates written 7 April 2026.
_USUAL_NAMES: Final = {
    "de": {"Erster Mai": "Tag der Arbeit (1. Mai)"},
    "en": {
        "Second Day of Christmas": "Boxing Day", "Labor Day": "Labour Day", "Pentecost Monday": "Whit Monday",
        "Repentance and Prayer Day": "Day of Repentance and Prayer",
        "Late Summer Bank Holiday": "Summer Bank Holiday", "Saint ": "St ",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HolidayNames:
    """What a holiday is called; where a language is not known, in English or its own."""

    de: str
    en: str

    def title(self, language: Language = "de") -> str:
        """Name it for readers: German, or British English; data has the names of `holidays`."""
        name = choose(language, de=self.de, en=self.en)
        for theirs, usual in _USUAL_NAMES[language].items():
            name = name.replace(theirs, usual)
        return name


class HolidaySource(NamedTuple):
    """Whose holidays: ISO 3166 codes of a country and its subdivision, and which kinds."""

    country: str
    subdivision: str | None = None
    categories: tuple[str, ...] = PUBLIC

    @property
    def label(self) -> str:
        return self.country if self.subdivision is None else f"{self.country}-{self.subdivision}"

    @property
    def covers(self) -> tuple[int, int]:
        return _years(self)

    def on(self, day: int) -> HolidayNames | None:
        return _holidays_of(self, date_of(day).year).get(day)

    def form(self) -> str | dict[str, Any]:
        if self.categories == PUBLIC and f"DE-{self.label}" not in REGIONS:
            return self.label
        kinds = None if self.categories == PUBLIC else [*self.categories]
        form = {"country": self.country, "subdivision": self.subdivision, "categories": kinds}
        return {key: value for key, value in form.items() if value}


class FrozenHolidays(NamedTuple):
    """The holidays of some years, both included: alike under every release of `holidays`."""

    origin: HolidaySource | None
    first: int
    last: int
    days: Mapping[int, HolidayNames]

    @property
    def covers(self) -> tuple[int, int]:
        return self.first, self.last

    @property
    def label(self) -> str:
        return self.origin.label if self.origin else "no country"

    def on(self, day: int) -> HolidayNames | None:
        return self.days.get(day)

    def form(self) -> dict[str, Any]:
        days = {day_text(day): [names.de, names.en] for day, names in sorted(self.days.items())}
        source = self.origin and self.origin.form()
        return {"source": source, "first": self.first, "last": self.last, "days": days}


Holidays = HolidaySource | FrozenHolidays


def read_holidays(value: object) -> Holidays | None:
    """Read the data form: where to look holidays up, or the days themselves; None is none."""
    if isinstance(value, Mapping) and "days" in list(value):  # its objects parse keys
        return _frozen(value)
    source = _source(value)
    # Some the package is known to have, without the time that its import takes.
    if source and not (source.label in REGIONS and "-" not in source.country and source.categories == PUBLIC):
        _check(source)
    return source


def _source(value: object) -> HolidaySource | None:
    if value is None or (isinstance(value, str) and value == "none"):  # TOML has no null
        return None
    keys = ("country", "subdivision", "categories")
    if isinstance(value, str):
        if f"DE-{value}" in REGIONS:  # Bavaria to one reader, and Belarus to the package
            raise _unknown_country(value)
        form: dict[str, Any] = dict(zip(keys, value.split("-", 1), strict=False))
    elif isinstance(value, Mapping):
        form = table(value, "holidays", (), keys, error=CalendarError)
    else:
        what = "a text, for example 'DE-NI', nor a table", "kein Text wie 'DE-NI', und keine Tabelle"
        raise unlike(ArgumentError, "holidays", value, *what)
    country, subdivision = form.get("country"), form.get("subdivision")
    kinds = form.get("categories", PUBLIC)
    if not (isinstance(kinds, list | tuple) and kinds and all(isinstance(k, str) for k in kinds)):
        what = "a list of texts; write ['public']", "keine Liste von Texten; erwartet wird ['public']"
        raise unlike(CalendarError, "holidays: categories", kinds, *what)
    if not isinstance(country, str):
        raise _unknown_country(country)
    if subdivision is not None and not isinstance(subdivision, str):
        what = "a code as text, for example 'NI'", "kein Code als Text, zum Beispiel 'NI'"
        raise unlike(CalendarError, "holidays: subdivision", subdivision, *what)
    # Neither their order nor repetition means anything.
    return HolidaySource(country, subdivision, tuple(sorted(set(kinds))))


def _unknown_country(country: object) -> CalendarError:
    for label, names in REGIONS.items():
        code = label.removeprefix("DE-")
        if isinstance(country, str) and country.upper() in (code, *map(str.upper, names)):
            both = f' {{"country": "{code}"}} ' if code != label and code in _subdivisions() else ""
            en = f"write {label!r} for {names[1]}{both and ', or' + both + 'for the country'}"
            de = f"{label!r} bedeutet {names[0]}{both and ',' + both + 'das Land'}"
            return _bad(f"country {shown(country)}", f"is not clear; {en}", f"ist nicht eindeutig; {de}")
    en = "is unknown; write its ISO 3166 code in capitals, for example 'DE', or with a subdivision 'DE-NI'"
    de = "ist unbekannt; erwartet wird ein ISO-3166-Code wie 'DE' oder mit Region 'DE-NI', in Großbuchstaben"
    return _bad(f"country {shown(country)}", en, de)


def _bad(what: object, en: str, de: str) -> CalendarError:
    return CalendarError(f"holidays: {what} {en}", f"holidays: {what} {de}")


def _check(source: HolidaySource) -> None:
    known, country, subdivision = _subdivisions(), source.country, source.subdivision
    if country not in known:
        raise _unknown_country(country)
    if subdivision not in (None, *known[country]):
        en, de = "leave it out", "sie entfällt"
        if choices := known[country]:
            en, de = meant(subdivision, choices), meant(subdivision, choices, "de")
        name = shown(subdivision)
        raise _bad(country, f"has no subdivision {name}; {en}", f"hat keine Region {name}; {de}")
    supported = set(_read(HolidaySource(country)).supported_categories) - _WORKED
    for category in source.categories:
        if category in _WORKED:
            en = f"days of {category!r} are worked, at least in part; leave it out, and write their hours as"
            de = f"an Tagen der Kategorie {category!r} wird gearbeitet; ihre Stunden gehören in"
            fields = "'recurring' or 'special' dates", "'recurring' oder 'special'"
            raise _bad("categories:", f"{en} {fields[0]}", f"{de} {fields[1]}")
        if category not in supported:
            en, de = meant(category, sorted(supported)), meant(category, sorted(supported), "de")
            kind = f"{category!r}"
            raise _bad(country, f"has no category {kind}; {en}", f"hat keine Kategorie {kind}; {de}")


def _frozen(value: Mapping[Any, Any]) -> FrozenHolidays:
    keys = ("source", "first", "last", "days")
    form = table(value, "holidays", keys, error=CalendarError)
    first, last = (_year(form[key], f"holidays: {key}") for key in ("first", "last"))
    if first > last:
        raise _bad(f"'first' {first}", f"is after 'last' {last}; exchange both", f"liegt nach 'last' {last}")
    field, origin, days = "holidays: days", _source(form["source"]), dict[int, HolidayNames]()
    for key, names in mapping(form["days"], field).items():
        day, place = special_date(key, field), f"{field}[{shown(key)}]"
        days[day] = read_names(names, place, error=CalendarError)
        if not new_year(first) <= day < new_year(last + 1):
            en = f"lies outside {first} to {last}; leave it out"
            raise _bad(day_text(day), en, f"liegt außerhalb von {first} bis {last}")
    if days and origin is None:
        en = "need a 'source', for example 'DE-NI'; write days of your own as special dates"
        raise _bad("days", en, "ohne 'source', zum Beispiel 'DE-NI'; eigene Tage gehören in 'special'")
    return FrozenHolidays(origin, first, last, MappingProxyType(days))


def _year(value: object, name: str) -> int:
    year, (first, last) = whole(value, name, "write it as 2026"), YEARS
    if first <= year <= last:
        return year
    what = f"a year from {first} to {last}", f"kein Jahr von {first} bis {last}"
    raise unlike(CalendarError, name, year, *what)


def read_names(value: object, name: str, *, error: type[SLAError]) -> HolidayNames:
    what = "two texts; write ['Karfreitag', 'Good Friday']"
    de = "kein Paar von Namen; erwartet wird ['Karfreitag', 'Good Friday']"
    german, english = pair(value, name, what, de, error=error)
    if all(isinstance(each, str) and each.strip() for each in (german, english)):
        return HolidayNames(german, english)
    raise unlike(error, name, value, what, de)


@cache
def _subdivisions() -> Mapping[str, list[str]]:
    import holidays  # noqa: PLC0415 - takes longer than all the rest together

    return holidays.list_supported_countries(include_aliases=False)


@lru_cache(maxsize=256)
def _years(source: HolidaySource) -> tuple[int, int]:
    known = _read(source)
    first, last = KNOWN_IN_PART.get(source.country, (known.start_year, known.end_year))
    return max(first, known.start_year), min(last, known.end_year)


@lru_cache(maxsize=4096)
def _holidays_of(source: HolidaySource, year: int) -> Mapping[int, HolidayNames]:
    german, english = (_read(source, language, year) for language in ("de", "en"))
    named = {day_number(day, "day"): HolidayNames(german[day], english[day]) for day in sorted(german)}
    return MappingProxyType(named)


def _read(source: HolidaySource, language: str = "en", *years: int) -> "HolidayBase":
    import holidays  # noqa: PLC0415 - takes longer than all the rest together

    where, kinds = (source.country, source.subdivision), source.categories
    make = partial(holidays.country_holidays, *where, categories=kinds, expand=False)
    empty = make()
    # Left to itself, the package names days in the language of the process.
    known = empty.supported_languages
    spoken = [each for wanted in (language, "en") for each in known if each.startswith(wanted)]
    return make(years=years, language=spoken[0] if spoken else empty.default_language)
