"""The other libraries, each given the hours of a desk in its own way.

Each class has what its library can do of `due(at, amount)` and `between(start, end)`, and
makes the arguments as the library likes them best: `at` of an instant, in microseconds
since 1970, and `amount` of a level.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo
from functools import partial
from itertools import pairwise
from operator import add
from typing import Any

import businesstimedelta
import numpy as np
import pandas as pd
import pytz
import timegrid
import workclock

from hours import YEARS, Desk, Spans
from oracle import EPOCH, MICROSECOND


class Aware:
    """Takes aware datetimes, and amounts as timedeltas."""

    name: str
    levels: tuple[int, ...] = (1, 2, 3, 4)
    due: Callable[[Any, Any], Any]
    between: Callable[[Any, Any], Any]

    def __init__(self, desk: Desk) -> None:
        """Remember the desk."""
        self.desk = desk

    def at(self, at: int, zone: tzinfo) -> Any:  # noqa: ANN401 - of each library's own type
        """Write an instant in a zone."""
        return (EPOCH + MICROSECOND * at).astimezone(zone)

    def amount(self, level: int) -> Any:  # noqa: ANN401
        """Say what a level promises."""
        return timedelta(hours=self.desk.promised[level])


class Naive(Aware):
    """Takes the wall-clock times of the desk's zone."""

    def at(self, at: int, zone: tzinfo) -> Any:  # noqa: ANN401
        """Leave the zone out."""
        return super().at(at, zone).replace(tzinfo=None)


class Workclock(Aware):
    """Has weekly hours, and holidays that may be those of another zone."""

    name = "workclock"

    def __init__(self, desk: Desk) -> None:
        """Close at noon by a holiday of a zone that is twelve hours ahead."""
        super().__init__(desk)
        rules: list[Any] = [workclock.Holidays(desk.holidays)]
        for weekday, spans in enumerate(desk.week):
            if spans:
                hours = clock(spans[0][0]), clock(spans[-1][1])
                rules.append(workclock.WorkDay(*hours, days=[weekday]))
            rules += [workclock.Break(*gap, days=[weekday]) for gap in gaps(spans)]
        noons = [day + timedelta(days=1) for day, _ in desk.recurring_days()]
        if noons:
            rules.append(workclock.Holidays(noons, time_zone="Etc/GMT-13"))
        # A fixed offset has its sign the other way round there.
        zone = "Etc/GMT-1" if desk.zone == "+01:00" else desk.zone
        self.schedule = workclock.Schedule(rules, time_zone=zone)
        self.due, self.between = self.schedule.add, self.schedule.between


class Timegrid(Naive):
    """Measures spans on a timeline that was compiled before."""

    name = "timegrid"

    def __init__(self, desk: Desk) -> None:
        """Cut a day with other hours by a closed window."""
        super().__init__(desk)
        calendar = timegrid.TimeGridCalendar.create()
        for weekday, spans in enumerate(desk.week):
            for opening, closing in spans:
                calendar.add_open_rule((weekday + 1) % 7, clock(opening), clock(closing))
        for day in desk.holidays:
            calendar.add_holiday(day)
        for day, spans in desk.recurring_days():
            evening = datetime.combine(day, clock(spans[-1][1]))
            calendar.add_closed_window(evening, datetime.combine(day, time.max))
        first, last = (
            datetime.combine(day, time.min) for day in (date(YEARS[0], 1, 1), date(YEARS[-1], 1, 1))
        )
        self.due = calendar.add_work_duration
        self.between = calendar.compile(first, last).get_working_duration


class BusinessTimeDelta(Aware):
    """Has one kind of day, and walks from holiday to holiday."""

    name = "businesstimedelta"

    def __init__(self, desk: Desk) -> None:
        """Take the standard desk only."""
        super().__init__(desk)
        zone, days = pytz.FixedOffset(60), [day for day, spans in enumerate(desk.week) if spans]
        ((opening, closing),) = desk.week[0]
        hours = businesstimedelta.WorkDayRule(clock(opening), clock(closing), days, tz=zone)
        closed = businesstimedelta.HolidayRule(dict.fromkeys(sorted(desk.holidays), ""), tz=zone)
        self.rules = businesstimedelta.Rules([hours, closed])
        self.due = add

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Measure, and take the plain amount."""
        counted: timedelta = self.rules.difference(start, end).timedelta
        return counted

    def amount(self, level: int) -> Any:  # noqa: ANN401
        """Make an amount, which knows its rules."""
        return businesstimedelta.BusinessTimeDelta(self.rules, hours=self.desk.promised[level])


class CustomBusinessHour(Naive):
    """Of pandas: has one kind of day and whole hours, and measures no spans."""

    name = "pandas CustomBusinessHour"
    due = staticmethod(add)

    def at(self, at: int, zone: tzinfo) -> Any:  # noqa: ANN401
        """Make a timestamp."""
        return pd.Timestamp(super().at(at, zone))

    def amount(self, level: int) -> Any:  # noqa: ANN401
        """Make an offset, which knows its hours."""
        ((opening, closing),) = self.desk.week[0]
        return pd.offsets.CustomBusinessHour(
            self.desk.promised[level],
            start=clock(opening),
            end=clock(closing),
            holidays=sorted(self.desk.holidays),
        )


class BusdayOffset(Naive):
    """Of numpy: knows dates only, so it is asked for the targets in days."""

    name = "numpy.busday_offset, dates"
    levels = (3, 4)

    def __init__(self, desk: Desk) -> None:
        """Take weekdays and holidays."""
        super().__init__(desk)
        self.days = np.busdaycalendar([bool(spans) for spans in desk.week], sorted(desk.holidays))
        self.due = partial(np.busday_offset, roll="backward", busdaycal=self.days)

    def at(self, at: int, zone: tzinfo) -> Any:  # noqa: ANN401
        """Take the date."""
        return np.datetime64(super().at(at, zone), "D")

    def amount(self, level: int) -> int:
        """Say how many days a level promises."""
        return {3: 2, 4: 4}[level]


def clock(minute: int) -> time:
    """Make a time of day."""
    return time(*divmod(minute, 60))


def gaps(spans: Spans) -> list[tuple[time, time]]:
    """List the breaks of a day."""
    return [(clock(before[1]), clock(after[0])) for before, after in pairwise(spans)]
