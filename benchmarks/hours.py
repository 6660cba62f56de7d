"""The desks that are measured, as plain data: every contender gets the same hours."""

from collections.abc import Mapping
from datetime import date, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays

Spans = tuple[tuple[int, int], ...]

YEARS = range(2014, 2048)
LOWER_SAXONY = frozenset(holidays.country_holidays("DE", subdiv="NI", years=YEARS))


class Desk(NamedTuple):
    """Spans by weekday, in minutes after midnight; other ones on some days of every year."""

    zone: str
    week: tuple[Spans, ...]
    recurring: Mapping[str, Spans]
    holidays: frozenset[date]
    promised: Mapping[int, int]  # hours by level; a day has those of a standard day

    @property
    def tzinfo(self) -> tzinfo:
        """The zone, as the standard library has it."""
        if self.zone.startswith("+"):
            return timezone(timedelta(hours=int(self.zone[1:3])))
        return ZoneInfo(self.zone)

    def recurring_days(self) -> list[tuple[date, Spans]]:
        """List the days with other hours."""
        return [
            (date.fromisoformat(f"{year}-{on}"), spans)
            for year in YEARS
            for on, spans in self.recurring.items()
        ]


DAY = ((510, 1020),)

# The policy's: Monday to Friday from 8:30 to 17:00, UTC+1.
STANDARD = Desk(
    zone="+01:00",
    week=(DAY, DAY, DAY, DAY, DAY, (), ()),
    recurring={},
    holidays=LOWER_SAXONY,
    promised={1: 4, 2: 8, 3: 17, 4: 34},
)

# With a break from 12:30 to 13:00, Fridays up to 15:00, and up to noon on two days of the year.
BROKEN_DAY = ((510, 750), (780, 1020))
SPLIT = Desk(
    zone="Europe/Berlin",
    week=(BROKEN_DAY, BROKEN_DAY, BROKEN_DAY, BROKEN_DAY, ((510, 900),), (), ()),
    recurring={"12-24": ((510, 720),), "12-31": ((510, 720),)},
    holidays=LOWER_SAXONY,
    promised={1: 4, 2: 8, 3: 16, 4: 32},
)


def closed_on(count: int) -> Desk:
    """Make the standard desk with so many holidays, on weekdays spread over its years."""
    first, last = date(YEARS[0], 1, 1).toordinal(), date(YEARS[-1], 12, 31).toordinal()
    days = [day for day in map(date.fromordinal, range(first, last)) if STANDARD.week[day.weekday()]]
    spread = (days[place * len(days) // count] for place in range(count))
    return STANDARD._replace(holidays=frozenset(spread))
