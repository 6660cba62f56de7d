"""Follow-ups on calendars of every kind, against a walk over days that shares no code with them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice, pairwise
from typing import Final, NamedTuple

from hypothesis import assume, event, given
from hypothesis import strategies as st

from netcor_sla import Agreement, BusinessCalendar, BusinessHours, EscalationLevel
from netcor_sla.errors import CoverageError, NoOpeningError

from .oracle import Oracle, TooFarError
from .strategies import DAY, OFFSETS, PLACES, WEEKDAYS, Case, cases, exact, place
from .strategies import moved as moved_by

CRITICAL: Final = EscalationLevel.CRITICAL
LEVELS: Final = st.sampled_from(EscalationLevel)
NAMES: Final = tuple(day[:2].upper() for day in WEEKDAYS)
DAYS_WALKED: Final = 40


class Rule(NamedTuple):
    """A rule of days and times of day, by numbers."""

    freq: str
    interval: int
    days: tuple[int, ...]  # weekdays, from Monday, 0
    months: tuple[int, ...]
    hours: tuple[int, ...]
    minutes: tuple[int, ...]
    limit: int | None

    def text(self) -> str:
        """Write it as RFC 5545 does."""
        lists = {
            "BYDAY": [NAMES[day] for day in self.days],
            "BYMONTH": self.months,
            "BYHOUR": self.hours,
            "BYMINUTE": self.minutes,
            "COUNT": () if self.limit is None else (self.limit,),
        }
        given = [f"{name}={','.join(map(str, each))}" for name, each in lists.items() if each]
        return ";".join([f"FREQ={self.freq}", f"INTERVAL={self.interval}", *given])

    def has(self, day: date, start: date) -> bool:
        """Whether a date is one of the rule's, which begins on another."""
        if self.freq == "DAILY":
            period, days = (day - start).days, self.days or range(7)
        else:
            monday = start - start.weekday() * DAY
            period, days = (day - monday).days // 7, self.days or (start.weekday(),)
        fits = day.weekday() in days and (not self.months or day.month in self.months)
        return period % self.interval == 0 and fits

    def walls(self, start: datetime) -> Iterator[datetime]:
        """Walk over days, and yield the wall-clock times of the rule from its start on."""
        seconds = start.time().replace(hour=0, minute=0)
        times = [
            seconds.replace(hour=hour, minute=minute)
            for hour in sorted(self.hours or (start.hour,))
            for minute in sorted(self.minutes or (start.minute,))
        ]
        walls = (
            datetime.combine(day, each)
            for day in (start.date() + DAY * passed for passed in range(DAYS_WALKED))
            if self.has(day, start.date())
            for each in times
        )
        return islice((wall for wall in walls if wall >= start), self.limit)


def some(first: int, last: int) -> st.SearchStrategy[tuple[int, ...]]:
    """Draw a few different numbers, or none."""
    numbers = st.lists(st.integers(first, last), max_size=3, unique=True)
    return numbers.map(tuple)


RULES: Final = st.builds(
    Rule,
    st.sampled_from(("DAILY", "WEEKLY")),
    st.integers(1, 4),
    some(0, 6),
    st.just(()) | st.just(tuple(range(2, 12))),
    some(0, 23),
    some(0, 59),
    st.none() | st.integers(1, 9),
)


def follow_ups(
    calendar: BusinessCalendar, after: datetime, level: EscalationLevel, rule: str | None
) -> Iterator[datetime]:
    """Ask an agreement on a calendar."""
    targets = dict.fromkeys(EscalationLevel, BusinessHours(1))
    return Agreement(calendar=calendar, targets=targets).follow_ups(after, level, rule=rule)


def taken(found: Iterator[datetime], count: int) -> list[datetime]:
    """Take some follow-ups, fewer where the known years or the openings end."""
    some: list[datetime] = []
    try:
        for each in islice(found, count):
            some.append(each)  # noqa: PERF402 - what was found before the error is kept
    except (CoverageError, NoOpeningError) as error:
        event(f"fewer: {type(error).__name__}")
    return some


def asked(case: Case, rule: str | None = None, level: EscalationLevel = CRITICAL) -> list[datetime]:
    """Take the first follow-ups of a case."""
    (after,) = case.at
    try:
        return taken(follow_ups(case.calendar(), after, level, rule), 12)
    except CoverageError:  # of an instant in a year that is not known
        assume(False)  # noqa: FBT003 - hypothesis takes it by position
        raise


def moved(oracle: Oracle, due: Iterator[int], after: int) -> list[int]:
    """Move instants to openings, those that are later than the last one."""
    found = [after]
    try:
        for each in due:
            opening = oracle.next_open(each)
            if each > after and opening > found[-1]:
                found.append(opening)
    except TooFarError:
        event("too far for the oracle")
    return found[1:]


def daily(oracle: Oracle, after: int) -> list[int]:
    """Walk over the days after that of an instant."""
    day = oracle.wall(after).date()
    days = [day + DAY * passed for passed in range(1, 15)]
    return [oracle.same_time(each, after) for each in days if oracle.is_business_day(each)]


def compared(found: list[datetime], expected: list[int]) -> None:
    """Hold follow-ups to the instants of a walk, as far as both go."""
    event(f"compared: {min(len(found), len(expected))}")
    both = min(len(found), len(expected))
    assert [exact(each) for each in found[:both]] == expected[:both]


@given(cases(at=1))
def test_daily_follow_ups_are_those_of_a_walk(case: Case) -> None:
    """The same clock time on each following business day, or the end of the opening before it."""
    compared(asked(case), daily(Oracle(case.form), exact(case.at[0])))


@given(cases(at=1), RULES, LEVELS)
def test_agreed_follow_ups_are_those_of_a_walk(case: Case, rule: Rule, level: EscalationLevel) -> None:
    """Days and times of day by counting, each moved to the next opening, at any level."""
    found = asked(case, rule.text(), level)
    oracle, after = Oracle(case.form), exact(case.at[0])
    walls = rule.walls(oracle.wall(after).replace(tzinfo=None))
    due = (exact(wall.replace(tzinfo=oracle.zone)) for wall in walls)
    expected = moved(oracle, due, after)
    compared(found, expected)
    if rule.limit is not None:
        assert len(found) <= rule.limit


@given(cases(at=1), RULES)
def test_agreed_follow_ups_rise_and_lie_in_open_time(case: Case, rule: Rule) -> None:
    """Each is later than the last, the first later than the instant, and the desk is open."""
    calendar, found = case.calendar(), asked(case, rule.text())
    instants = [exact(each) for each in (*case.at, *found)]
    assert all(a < b for a, b in pairwise(instants))
    assert all(map(calendar.is_open, found))


@given(cases(at=1))
def test_each_following_business_day_has_exactly_one_follow_up(case: Case) -> None:
    """None is left out and none comes twice; each is at an open time, or the end of one."""
    calendar, found = case.calendar(), asked(case)
    instants = [exact(each) for each in (*case.at, *found)]
    assert all(a < b for a, b in pairwise(instants))
    dates = []
    for at in found:
        # Closing at 24:00 belongs to the day that it ends.
        open_then = at if calendar.is_open(at) else moved_by(at, -1)
        assert calendar.is_open(open_then)
        dates.append(calendar_date(calendar, open_then))
    days: list[date] = []
    day = calendar_date(calendar, case.at[0])
    while len(days) < len(found):
        day += DAY
        days += [day] * calendar.is_business_day(day)
    assert dates == days


def calendar_date(calendar: BusinessCalendar, at: datetime) -> date:
    """Read the date on the calendar's clock."""
    return at.astimezone(UTC).astimezone(calendar.tzinfo).date()


@given(cases(at=1), st.none() | RULES, st.sampled_from((*OFFSETS, *PLACES)))
def test_follow_ups_are_zone_blind(case: Case, rule: Rule | None, elsewhere: str) -> None:
    """The same instant in another zone has the same follow-ups, written in that zone."""
    (here,) = case.at
    there = Case(case.form, (here.astimezone(place(elsewhere)),))
    text = rule.text() if rule else None
    ours, theirs = asked(case, text), asked(there, text)
    assert [exact(each) for each in ours] == [exact(each) for each in theirs]
    assert all(each.tzinfo is here.tzinfo for each in ours)
    assert all(each.tzinfo is there.at[0].tzinfo for each in theirs)


@given(cases(at=1), st.integers(1, 10))
def test_a_follow_up_goes_on_as_it_was(case: Case, index: int) -> None:
    """From a follow-up at its clock time, the later ones are those of the first asking."""
    calendar, found = case.calendar(), asked(case)
    assume(len(found) == 12)
    local = [each.astimezone(UTC).astimezone(calendar.tzinfo) for each in (case.at[0], found[index])]
    # One that was moved has another time, from which it would go on.
    assume(local[0].time() == local[1].time())
    again = taken(follow_ups(calendar, found[index], CRITICAL, None), 11 - index)
    assert [exact(each) for each in again] == [exact(each) for each in found[index + 1 :]]
