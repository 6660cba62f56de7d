"""Holidays that a calendar carries itself, as data: alike under every release of `holidays`.

Their form names where they come from, the years that they are whole for, and each day
with its name in German and in English:

    {"source": "DE-NI", "first": 2026, "last": 2026, "days": {"2026-04-03": ["Karfreitag", "Good Friday"]}}

Nothing in this room looks at the package.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from netcor_sla._calendars.holidays import HolidayNames, HolidaySource, named_source, source
from netcor_sla._calendars.hours import mapping, special_date
from netcor_sla._calendars.instants import day_number, day_text
from netcor_sla.errors import ArgumentError, CalendarError, SLAError, meant, shown

YEARS: Final = (1000, 9000)

_KEYS: Final = ("source", "first", "last", "days")


class FrozenHolidays(NamedTuple):
    """The holidays of some years, both included, by number of day since 1970."""

    origin: HolidaySource | None
    first: int
    last: int
    days: Mapping[int, HolidayNames]

    @property
    def covers(self) -> tuple[int, int]:
        """The first and the last year."""
        return self.first, self.last

    @property
    def label(self) -> str:
        """`DE-NI`, as where the holidays come from."""
        return self.origin.label if self.origin else "no country"

    def on(self, day: int) -> HolidayNames | None:
        """Name the holiday on a date."""
        return self.days.get(day)

    def form(self) -> dict[str, Any]:
        """Write the data form."""
        return {
            "source": self.origin and self.origin.form(),
            "first": self.first,
            "last": self.last,
            "days": {day_text(day): list(self.days[day]) for day in sorted(self.days)},
        }


Holidays = HolidaySource | FrozenHolidays


def holidays(value: object) -> Holidays | None:
    """Read the data form of holidays: where to look them up, or the days themselves."""
    if isinstance(value, Mapping) and "days" in dict(value):
        return _frozen(dict(value))
    return source(value)


def _days(value: object, field: str) -> dict[int, HolidayNames]:
    """Read days with their two names."""
    return {
        special_date(key, field): read_names(names, f"{field}[{shown(key)}]")
        for key, names in mapping(value, field).items()
    }


def _frozen(table: dict[Any, Any]) -> FrozenHolidays:
    """Read a table of days."""
    for key in table:
        if key not in _KEYS:
            raise CalendarError(f"holidays: key {shown(key)} is unknown; {meant(key, _KEYS)}")
    for key in _KEYS:
        if key not in table:
            raise CalendarError(f"holidays: key {key!r} is missing beside 'days'")
    first, last = (_year(table[key], key) for key in ("first", "last"))
    if first > last:
        raise CalendarError(f"holidays: 'first' {first} is after 'last' {last}")
    origin, days = named_source(table["source"]), _days(table["days"], "holidays: days")
    start, end = (day_number(date(year, 1, 1), "year") for year in (first, last + 1))
    for day in days:
        if not start <= day < end:
            raise CalendarError(f"holidays: {day_text(day)} lies outside {first} to {last}")
    if days and origin is None:
        raise CalendarError(
            "holidays: days need a 'source', as 'DE-NI'; write days of your own as special dates"
        )
    return FrozenHolidays(origin, first, last, days)


def _year(year: object, key: str) -> int:
    """Read a year."""
    if isinstance(year, bool) or not isinstance(year, int):
        raise ArgumentError(f"holidays: {key!r} must be a whole number, not {shown(year)}")
    if not YEARS[0] <= year <= YEARS[1]:
        raise CalendarError(
            f"holidays: {key!r} must be a year from {YEARS[0]} to {YEARS[1]}, not {shown(year)}"
        )
    return year


def read_names(value: object, field: str, error: type[SLAError] = CalendarError) -> HolidayNames:
    """Read the names of a day, in German and in English."""
    if isinstance(value, list | tuple) and len(value) == 2:  # noqa: PLR2004 - a pair
        german, english = value
        if all(isinstance(name, str) and name.strip() for name in value):
            return HolidayNames(german, english)
    raise error(f"{field}: {shown(value)} must be two texts, as ['Karfreitag', 'Good Friday']")
