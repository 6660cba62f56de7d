"""The same answers by other means: minute by minute, asking the zone for each one's wall clock.

Nothing of the library is used here. The data form is read anew, holidays come from the
`holidays` package directly, year by year, and nothing is added up in advance. Instants and
amounts are integers: microseconds in UTC.

Between two full minutes nothing changes but where an extra window begins or ends; so time is walked from one
of these limits to the next. This holds for zones whose offsets are full minutes, which all are from 1972 on.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

import holidays

MINUTE: Final = 60_000_000
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZERO: Final = datetime(1970, 1, 1, tzinfo=UTC)


class TooFarError(Exception):
    """The answer lies further away than the oracle cares to walk."""


@cache
def public_holidays(country: str, subdivision: str | None, kinds: tuple[str, ...]) -> set[date]:
    """List all public holidays that a case may meet."""
    known = holidays.country_holidays(
        country, subdiv=subdivision, years=range(1991, 2101), expand=False, categories=kinds
    )
    return set(known)


class Oracle:
    """What a calendar should say, from its data form."""

    def __init__(self, form: dict[str, Any], *, reach: timedelta = timedelta(days=40)) -> None:
        """Read the form; `reach` is how far a search goes."""
        self.form = form
        self.zone = self._zone(form["zone"])
        self.steps = reach // timedelta(minutes=1)
        self.extra = [
            tuple((datetime.fromisoformat(text) - ZERO) // timedelta(microseconds=1) for text in window[:2])
            for window in form.get("extra", [])
        ]
        self.limits = sorted({limit for window in self.extra for limit in window})
        self.weeks = [
            (date.fromisoformat(since), self._week(hours))
            for since, hours in {"0001-01-01": form["hours"], **form.get("hours_from", {})}.items()
        ]
        self.closed = self._holidays(form["holidays"])
        self._days: dict[date, list[tuple[int, int]]] = {}
        self._minutes: dict[int, bool] = {}

    @staticmethod
    def _zone(text: str) -> tzinfo:
        if text[:1] in "+-":
            sign = -1 if text.startswith("-") else 1
            return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[4:6])))
        return ZoneInfo(text)

    @staticmethod
    def _week(hours: dict[str, Any]) -> dict[int, Any]:
        week: dict[int, Any] = {}
        for key, spans in hours.items():
            names = key.split("-")
            for day in range(DAYS.index(names[0]), DAYS.index(names[-1]) + 1):
                week[day] = spans
        return week

    @staticmethod
    def _holidays(source: Any) -> set[date]:  # noqa: ANN401 - None, text or table
        if source is None:
            return set()
        if isinstance(source, str):
            country, _, subdivision = source.partition("-")
            return public_holidays(country, subdivision or None, ("public",))
        return public_holidays(source["country"], source.get("subdivision"), tuple(source["categories"]))

    def hours(self, day: date) -> list[tuple[int, int]]:
        """List the hours of a date, in minutes of the day."""
        if day not in self._days:
            spans = self._hours(day)
            if isinstance(spans, dict):
                spans = spans["spans"]
            self._days[day] = [(int(a[:2]) * 60 + int(a[3:]), int(b[:2]) * 60 + int(b[3:])) for a, b in spans]
        return self._days[day]

    def _hours(self, day: date) -> Any:  # noqa: ANN401 - a list or a table
        special = self.form.get("special", {})
        if f"{day}" in special:
            return special[f"{day}"]
        _, week = max((each for each in self.weeks if each[0] <= day), key=lambda each: each[0])
        if day in self.closed or not week.get(day.weekday()):
            return []
        return self.form.get("recurring", {}).get(f"{day:%m-%d}", week[day.weekday()])

    def wall(self, at: int) -> datetime:
        """Read the wall clock."""
        return (ZERO + timedelta(microseconds=at)).astimezone(self.zone)

    def regular(self, at: int) -> bool:
        """Whether the hours have the desk open at an instant, windows aside."""
        minute = at // MINUTE
        state = self._minutes.get(minute)
        if state is None:
            wall = self.wall(minute * MINUTE)
            now = wall.hour * 60 + wall.minute
            state = any(a <= now < b for a, b in self.hours(wall.date()))
            self._minutes[minute] = state
        return state

    def is_open(self, at: int) -> bool:
        """Whether the desk is open at an instant."""
        return self.regular(at) or (bool(self.extra) and any(start <= at < end for start, end in self.extra))

    def forwards(self, at: int) -> Iterator[tuple[int, int]]:
        """Walk on from an instant, from limit to limit."""
        for _ in range(self.steps):
            step = at - at % MINUTE + MINUTE
            for limit in self.limits:
                if at < limit < step:
                    step = limit
            yield at, step
            at = step
        raise TooFarError

    def backwards(self, at: int) -> Iterator[tuple[int, int]]:
        """Walk back from an instant, from limit to limit."""
        for _ in range(self.steps):
            step = (at - 1) // MINUTE * MINUTE
            for limit in self.limits:
                if step < limit < at:
                    step = limit
            yield step, at
            at = step
        raise TooFarError

    def next_open(self, at: int) -> int:
        """Find the next instant at which the desk is open."""
        return next(start for start, _ in self.forwards(at) if self.is_open(start))

    def next_close(self, at: int) -> int:
        """Find the next instant at which the desk is closed."""
        return next(start for start, _ in self.forwards(at) if not self.is_open(start))

    def add(self, at: int, amount: int) -> int:
        """Walk until the amount is used up."""
        for start, end in self.forwards(at):
            if self.is_open(start):
                if amount <= end - start:
                    return start + amount
                amount -= end - start
        raise AssertionError

    def subtract(self, at: int, amount: int) -> int:
        """Walk back until the amount is used up."""
        for start, end in self.backwards(at):
            if self.is_open(start):
                if amount <= end - start:
                    return end - amount
                amount -= end - start
        raise AssertionError

    def spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """List the open spans from an instant to a later one."""
        found: list[tuple[int, int]] = []
        for opening, limit in self.forwards(start):
            if opening >= end:
                break
            closing = min(limit, end)
            if self.is_open(opening):
                if found and found[-1][1] == opening:
                    opening = found.pop()[0]  # noqa: PLW2901 - the span goes on
                found.append((opening, closing))
        return found

    def between(self, start: int, end: int) -> int:
        """Count the business time between two instants."""
        if end < start:
            return -self.between(end, start)
        return sum(closing - opening for opening, closing in self.spans(start, end))

    def minutes_of(self, day: date) -> list[int]:
        """List the instants, a minute apart, at which the zone's date is `day`."""
        noon = (datetime(day.year, day.month, day.day, 12, tzinfo=UTC) - ZERO) // timedelta(minutes=1)
        around = range(noon - 36 * 60, noon + 36 * 60)
        return [minute * MINUTE for minute in around if self.wall(minute * MINUTE).date() == day]

    def is_business_day(self, day: date) -> bool:
        """Whether a date has an open minute by its hours."""
        return bool(self.hours(day)) and any(map(self.regular, self.minutes_of(day)))

    def due_by_date(self, at: int, days: int, rule: str) -> int:
        """Compute a target in business days by dates; `at` must be a full minute."""
        starts = self.next_open(at)
        day, left = self.wall(starts).date(), days
        while left:
            day += timedelta(days=1)
            left -= self.is_business_day(day)
            if (day - self.wall(starts).date()) > timedelta(days=60):
                raise TooFarError
        if rule == "end of day":
            return [minute for minute in self.minutes_of(day) if self.regular(minute)][-1] + MINUTE
        return self.same_time(day, starts)

    def same_time(self, day: date, at: int) -> int:
        """Find the clock time of an instant on a business day, or the closing before it, or its opening."""
        minutes, wanted, rest = self.minutes_of(day), self.wall(at).time(), at % MINUTE
        regular = [minute for minute in minutes if self.regular(minute)]
        closings = [minute + MINUTE for minute in regular if not self.regular(minute + MINUTE)]
        showing = (each for minute in minutes for each in (minute, minute + rest))
        same = next((each for each in showing if self.wall(each).time() >= wanted), minutes[-1] + MINUTE)
        if self.is_open(same):
            return same
        return max((closing for closing in closings if closing <= same), default=regular[0])
