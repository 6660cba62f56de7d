"""Public holidays: the one wrapper around the `holidays` package.

Its objects fill themselves when looked at, lose days when two threads look at once,
name days in the language of the process, and answer "no holiday" for years that
they know nothing about. So a year is read whole, in named languages, from an
object of its own that nobody else sees; only plain, unchanging data leaves this room.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from netcor_sla._calendars.instants import EPOCH_DAY, day_number
from netcor_sla.errors import ArgumentError, CalendarError, meant, shown

if TYPE_CHECKING:
    from holidays.holiday_base import HolidayBase

PUBLIC = ("public",)


class HolidayNames(NamedTuple):
    """What a holiday is called; where a language is not known, in English or its own."""

    de: str
    en: str


class HolidaySource(NamedTuple):
    """Whose holidays: ISO 3166 codes of a country and its subdivision, and which kinds."""

    country: str
    subdivision: str | None = None
    categories: tuple[str, ...] = PUBLIC

    @property
    def label(self) -> str:
        """`DE` or `DE-NI`."""
        return self.country if self.subdivision is None else f"{self.country}-{self.subdivision}"

    @property
    def covers(self) -> tuple[int, int]:
        """The first and the last year that the package knows, both included."""
        return years(self)

    def on(self, day: int) -> HolidayNames | None:
        """Name the holiday on a date of the covered years, a number of days since 1970."""
        return holidays_of(self, date.fromordinal(day + EPOCH_DAY).year).get(day)

    def form(self) -> object:
        """Write the data form: `DE-NI`, or a table where the categories are not the usual one."""
        if self.categories == PUBLIC:
            return self.label
        named = {"country": self.country, "subdivision": self.subdivision}
        table: dict[str, object] = {key: value for key, value in named.items() if value}
        return table | {"categories": list(self.categories)}


# Needs no look at the package, and so no import of it: a test holds that it is known.
CHECKED = (HolidaySource("DE", "NI"),)

# Years beyond these the package claims to know, and only warns that some holidays are
# missing; a test holds that it does so for no other country.
KNOWN_IN_PART = {"IN": (2001, 2035)}


def source(value: object) -> HolidaySource | None:
    """Read the data form and refuse what the package does not know; None is no holidays."""
    read = named_source(value)
    if read is not None and read not in CHECKED:
        _check(*read)
    return read


def named_source(value: object) -> HolidaySource | None:
    """Read the data form, whether or not the package knows what it names."""
    if value is None or (isinstance(value, str) and value == "none"):  # TOML has no null
        return None
    if isinstance(value, str):
        table: Mapping[Any, Any] = dict(
            zip(("country", "subdivision"), value.split("-", 1), strict=False)
        )
    elif isinstance(value, Mapping):
        table = dict(value)
    else:
        raise ArgumentError(
            f"holidays must be None, a text as 'DE-NI' or a table, not {shown(value)}"
        )
    keys = ("country", "subdivision", "categories")
    for key in table:
        if key not in keys:
            raise CalendarError(f"holidays: key {shown(key)} is unknown; {meant(key, keys)}")
    country, subdivision = table.get("country"), table.get("subdivision")
    categories = _categories(table.get("categories", PUBLIC))
    if not isinstance(country, str):
        raise _unknown_country(country)
    if subdivision is not None and not isinstance(subdivision, str):
        raise CalendarError(
            f"holidays: {shown(country)} has no subdivision {shown(subdivision)}; write its code as text, as 'NI'"
        )
    return HolidaySource(country, subdivision, categories)


def _categories(value: object) -> tuple[str, ...]:
    """Read a list of categories; neither order nor repetition means anything."""
    if isinstance(value, list | tuple) and value and all(isinstance(each, str) for each in value):
        return tuple(sorted(set(value)))
    raise CalendarError(f"holidays: categories must be a list of texts, not {shown(value)}")


def _unknown_country(country: object) -> CalendarError:
    return CalendarError(
        f"holidays: country {shown(country)} is unknown; write its ISO 3166 code in "
        "capitals, as 'DE' or with a subdivision 'DE-NI'"
    )


def _check(country: str, subdivision: str | None, categories: tuple[str, ...]) -> None:
    """Refuse a country, subdivision or category that the package does not know."""
    known = _subdivisions()
    if country not in known:
        raise _unknown_country(country)
    if subdivision not in (None, *known[country]):
        raise CalendarError(
            f"holidays: {country} has no subdivision {shown(subdivision)}; "
            + (meant(subdivision, known[country]) if known[country] else "leave it out")
        )
    supported = _read(HolidaySource(country)).supported_categories
    for category in categories:
        if category not in supported:
            raise CalendarError(
                f"holidays: {country} has no category {category!r}; {meant(category, supported)}"
            )


@cache
def _subdivisions() -> Mapping[str, list[str]]:
    """List the countries of the package, and the subdivisions of each."""
    import holidays  # noqa: PLC0415 - takes longer than all the rest together

    return holidays.list_supported_countries(include_aliases=False)


@lru_cache(maxsize=256)
def years(source: HolidaySource) -> tuple[int, int]:
    """Name the first and the last year that the package knows, both included."""
    known = _read(source)
    first, last = KNOWN_IN_PART.get(source.country, (known.start_year, known.end_year))
    return max(first, known.start_year), min(last, known.end_year)


@lru_cache(maxsize=4096)
def holidays_of(source: HolidaySource, year: int) -> Mapping[int, HolidayNames]:
    """Read the holidays of a year, by number of day since 1970; never changed afterwards."""
    german, english = (_read(source, language, year) for language in ("de", "en"))
    return MappingProxyType(
        {day_number(day, "day"): HolidayNames(german[day], english[day]) for day in sorted(german)}
    )


def _read(source: HolidaySource, language: str = "en", *years: int) -> "HolidayBase":
    """Make an object of the package that nobody else will ever see."""
    import holidays  # noqa: PLC0415 - takes longer than all the rest together

    def make(language: str | None, years: tuple[int, ...]) -> "HolidayBase":
        return holidays.country_holidays(
            source.country,
            subdiv=source.subdivision,
            years=years,
            expand=False,
            language=language,
            categories=source.categories,
        )

    empty = make(None, ())
    # Left to itself, the package names days in the language of the process.
    spoken = [
        known
        for wanted in (language, "en")
        for known in empty.supported_languages
        if known.startswith(wanted)
    ]
    return make(spoken[0] if spoken else empty.default_language, years)
