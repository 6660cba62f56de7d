"""The right answers by other means: day by day, in integers, with nothing of the library.

Instants and amounts are microseconds, instants since 1970 in UTC.
"""

from datetime import UTC, datetime, time, timedelta

from hours import Desk

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Oracle:
    """What every contender should say about one desk."""

    def __init__(self, desk: Desk) -> None:
        """Remember the desk; days are looked at when they are walked over."""
        self.desk, self.zone = desk, desk.tzinfo
        self._days: dict[int, tuple[tuple[int, int], ...]] = {}

    def due(self, at: int, amount: int) -> int:
        """Walk on from `at` until `amount` is used up."""
        day = self.day(at)
        while True:
            for opening, closing in self.spans(day):
                start = max(opening, at)
                if closing - start >= amount:
                    return start + amount
                amount -= max(closing - start, 0)
            day += 1

    def between(self, start: int, end: int) -> int:
        """Add up what lies between, day by day."""
        return sum(
            max(min(closing, end) - max(opening, start), 0)
            for day in range(self.day(start), self.day(end) + 1)
            for opening, closing in self.spans(day)
        )

    def day(self, at: int) -> int:
        """Number the date of an instant."""
        return (EPOCH + MICROSECOND * at).astimezone(self.zone).toordinal()

    def spans(self, day: int) -> tuple[tuple[int, int], ...]:
        """List when a date is open."""
        if day not in self._days:
            self._days[day] = tuple(self._spans(datetime.fromordinal(day)))
        return self._days[day]

    def _spans(self, day: datetime) -> list[tuple[int, int]]:
        hours = self.desk.week[day.weekday()]
        if not hours or day.date() in self.desk.holidays:
            return []
        hours = self.desk.recurring.get(f"{day:%m-%d}", hours)
        return [(self._at(day, opening), self._at(day, closing)) for opening, closing in hours]

    def _at(self, day: datetime, minute: int) -> int:
        clock = time(*divmod(minute, 60), tzinfo=self.zone)
        return (datetime.combine(day, clock) - EPOCH) // MICROSECOND
