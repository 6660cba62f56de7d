"""A ticket's clock: what its verbs take, what is due, and that each verb makes another clock.

The ticket is of Friday 7 March 2025, 17:00 in UTC+2; the desk is open from 09:00 to 12:30 and from
13:00 to 18:00. On level 1 it has 4 h: one on Friday and three on Monday, so it is due at 12:00.
"""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from dateutil import tz

from desks import DESK, TERMS
from netcor_sla import Agreement, BusinessCalendar, EscalationLevel, ResponseClock, State
from netcor_sla.errors import AgreementError, ArgumentError, CoverageError, FactError, NoOpeningError

CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel
RUNNING, AT_RISK, PAUSED, BREACHED, MET, MISSED = State
US: Final = timedelta.resolution
BERLIN: Final = ZoneInfo("Europe/Berlin")
TOKYO: Final = ZoneInfo("Asia/Tokyo")
DAYS: Final = {"Fri": 7, "Sat": 8, "Sun": 9, "Mon": 10, "Tue": 11, "Wed": 12, "Thu": 13, "FRI": 14}
SAME_TIME: Final = TERMS.replace(day_rule="same time")
END_OF_DAY: Final = TERMS.replace(day_rule="end of day")
ALWAYS: Final = TERMS.replace(
    calendar=BusinessCalendar(zone="Europe/Berlin", hours={"mon-sun": [("00:00", "24:00")]}, holidays=None)
)
# The last year that is known is 2100, which ends on a Friday.
KNOWN: Final = TERMS.replace(calendar=DESK.replace(holidays="DE-NI"))
Pauses = tuple[tuple[str, str | None], ...]


def at(text: str) -> datetime:
    """Read an instant of that week, as `Mon 11:00`, or of any date, in UTC+2."""
    day, time = text.split()
    date = f"2025-03-{DAYS[day]:02}" if day in DAYS else day
    return datetime.fromisoformat(f"{date}T{time}").replace(tzinfo=DESK.tzinfo)


def paused(clock: ResponseClock, *pauses: tuple[str, str | None]) -> ResponseClock:
    """Pause a clock."""
    for start, end in pauses:
        clock = clock.pause(at(start), None if end is None else at(end))
    return clock


FRIDAY: Final = TERMS.clock(at("Fri 17:00"), CRITICAL)
DUE: Final = "Mon 12:00"
FULL: Final = (
    TERMS.clock(at("Fri 17:00"), LOW)
    .change_level(at("Mon 09:30"), HIGH)
    .pause(at("Sat 10:30"), at("Sat 13:00"))
    .pause(at("Mon 09:45"), at("Mon 10:15"))
    .pause(at("Mon 10:30"))
    .respond(at("Mon 11:00:00.000001"))
)


# What is used up.


@pytest.mark.parametrize(
    ("clock", "share", "used"),
    [
        # 1 h on Friday, 3 h on Monday, of which half an hour lies before a pause.
        (FRIDAY, 0.25, "Fri 18:00"),
        (FRIDAY, 0.5, "Mon 10:00"),
        (FRIDAY, 0.75, "Mon 11:00"),
        (FRIDAY, 1, DUE),
        (paused(FRIDAY, ("Mon 09:30", "Mon 10:30")), 0.25, "Fri 18:00"),
        (paused(FRIDAY, ("Mon 09:30", "Mon 10:30")), 0.5, "Mon 11:00"),
        (paused(FRIDAY, ("Mon 09:30", None)), 0.25, "Fri 18:00"),
        (paused(FRIDAY, ("Mon 10:00", None)), 0.5, "Mon 10:00"),
        (paused(FRIDAY, ("Mon 10:00", None)), 0.500001, None),
        (FRIDAY.change_level(at("Mon 09:30"), HIGH), 0.5, "Mon 12:00"),
        # By date, from Friday 17:00 to Tuesday 17:00: 1 h, 8 h 30 min, and 7 h 30 min of Tuesday.
        (SAME_TIME.clock(at("Fri 17:00"), MEDIUM), 0.5, "Mon 17:00"),
        (SAME_TIME.clock(at("Fri 17:00"), MEDIUM), 1, "Tue 17:00"),
        # By date, at an opening, the time is used up by the closing before; the deadline comes later.
        (SAME_TIME.clock(at("Fri 19:00"), MEDIUM), 0.999999999999, "Tue 18:00"),
        (SAME_TIME.clock(at("Fri 19:00"), MEDIUM), 1, "Wed 09:00"),
    ],
)
def test_a_share_of_the_target_is_used_up_at_an_instant(
    clock: ResponseClock, share: float, used: str | None
) -> None:
    """By all pauses, and the level as it came to be; None where an open pause comes before."""
    assert clock.used_at(share) == (None if used is None else at(used))


@pytest.mark.parametrize("share", [0, 1.5, True, "0.5", None])
def test_a_share_is_above_zero_and_at_most_one(share: Any) -> None:
    """The message names the argument."""
    with pytest.raises(
        (ArgumentError, AgreementError), match=r"^share: .* is not (a number|above 0 and at most 1); "
    ):
        FRIDAY.used_at(share)


# What is due.


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        # Inside hours: 1 h 15 min; 20 min from the opening on; 1 h over the closing.
        ((("Mon 09:30", "Mon 10:45"),), "Mon 13:45"),
        ((("Fri 17:00", "Fri 17:20"),), "Mon 12:20"),
        ((("Fri 17:30", "Mon 09:30"),), "Mon 13:30"),
        # Outside hours: the weekend, to the microsecond; a Saturday; the night before.
        ((("Fri 18:00", "Mon 09:00"),), DUE),
        ((("Sat 10:30", "Sun 21:00"),), DUE),
        ((("Mon 00:30", "Mon 08:30"),), DUE),
        # By the hours on both sides of the weekend: a microsecond each.
        ((("Fri 17:59:59.999999", "Mon 09:00:00.000001"),), "Mon 12:00:00.000002"),
        # From the opening to the next one: the whole hour of Friday.
        ((("Fri 17:00", "Mon 09:00"),), "Mon 13:30"),
        # Over the deadline: it began before, and so counts whole.
        ((("Mon 11:30", "Mon 15:00"),), "Mon 15:30"),
        ((("Mon 11:59:59.999999", "Mon 13:30"),), "Mon 13:30:00.000001"),
        # With the deadline, or after it: nothing.
        ((("Mon 12:00", "Mon 13:30"),), DUE),
        ((("Mon 13:00", "Tue 13:00"),), DUE),
        # 5 h 30 min, which make it the closing of Monday; one minute more, and it is Tuesday.
        ((("Mon 09:30", "Mon 15:30"),), "Mon 18:00"),
        ((("Mon 09:30", "Mon 15:31"),), "Tue 09:01"),
        # Touching, overlapping, one within the other, twice the same.
        ((("Mon 09:30", "Mon 10:00"), ("Mon 10:00", "Mon 10:30")), "Mon 13:30"),
        ((("Mon 09:30", "Mon 10:30"), ("Mon 10:00", "Mon 10:45")), "Mon 13:45"),
        ((("Mon 09:30", "Mon 11:30"), ("Mon 10:00", "Mon 10:30")), "Mon 14:30"),
        ((("Mon 09:30", "Mon 10:30"), ("Mon 09:30", "Mon 10:30")), "Mon 13:30"),
        # Two of a quarter of an hour each.
        ((("Fri 17:30", "Fri 17:45"), ("Mon 09:30", "Mon 09:45")), "Mon 12:30"),
        # The second begins after 12:00, but before 13:30, to which the first moves it.
        ((("Mon 09:30", "Mon 10:30"), ("Mon 13:00", "Mon 13:15")), "Mon 13:45"),
        # The second begins with the deadline as moved, the third after it.
        ((("Mon 09:30", "Mon 10:30"), ("Mon 13:30", "Mon 14:00")), "Mon 13:30"),
        ((("Mon 09:30", "Mon 10:30"), ("Mon 13:30", "Mon 14:00"), ("Mon 16:00", "Mon 17:00")), "Mon 13:30"),
        # An empty one.
        ((("Mon 09:30", "Mon 09:30"),), DUE),
        # From half an hour before the deadline until after Easter, as long as that may be: the
        # half hour is left on 22 April at 09:30.
        ((("Mon 11:30", "2025-04-22 09:30"),), "2025-04-22 10:00"),
    ],
)
def test_a_pause_moves_the_deadline_by_the_business_time_it_covers(pauses: Pauses, due: str) -> None:
    """And no more; added in whichever order."""
    for order in permutations(pauses):
        assert paused(FRIDAY, *order).due == at(due)


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        # In business hours, on a Saturday, at the opening, a microsecond before the deadline.
        ((("Mon 09:30", None),), None),
        ((("Sat 10:30", None),), None),
        ((("Fri 17:00", None),), None),
        ((("Mon 11:59:59.999999", None),), None),
        # With the deadline or after it: the deadline is long known.
        ((("Mon 12:00", None),), DUE),
        ((("Mon 12:00:00.000001", None),), DUE),
        ((("Thu 09:30", None),), DUE),
        # Of two the earlier counts.
        ((("Mon 13:00", None), ("Mon 09:30", None)), None),
        ((("Mon 13:00", None), ("Mon 14:00", None)), DUE),
        # Open since 13:00, which is before 13:30, to which the other pause moves the deadline.
        ((("Mon 13:00", None), ("Mon 09:30", "Mon 10:30")), None),
        ((("Mon 13:30", None), ("Mon 09:30", "Mon 10:30")), "Mon 13:30"),
        # One that is open since 13:00, and by touching the other, since 11:30 or 12:00.
        ((("Mon 13:00", None), ("Mon 11:30", "Mon 13:00")), None),
        ((("Mon 13:00", None), ("Mon 12:00", "Mon 13:00")), DUE),
        # It swallows those that began later, and is open since 09:30.
        ((("Mon 09:30", None), ("Mon 10:00", "Mon 10:30")), None),
    ],
)
def test_an_open_pause_that_began_before_the_deadline_leaves_none(pauses: Pauses, due: str | None) -> None:
    """One that began with it or later changes nothing about it."""
    for order in permutations(pauses):
        assert paused(FRIDAY, *order).due == (None if due is None else at(due))


@pytest.mark.parametrize(
    ("pauses", "end", "due"),
    [
        ((("Mon 09:30", None),), "Mon 10:45", "Mon 13:45"),
        ((("Mon 09:30", None),), "Mon 09:30", DUE),
        ((("Mon 10:30", None), ("Mon 09:30", None)), "Mon 11:00", "Mon 14:00"),
        ((("Mon 09:30", "Mon 10:30"), ("Mon 10:00", None)), "Mon 10:15", "Mon 13:30"),
        ((("Mon 09:30", "Mon 10:30"), ("Mon 10:00", None)), "Mon 10:45", "Mon 13:45"),
        ((("Mon 10:00", None), ("Mon 10:30", "Mon 11:30")), "Mon 10:30", "Mon 14:00"),
        ((("Mon 13:00", None),), "Mon 14:00", DUE),
    ],
)
def test_resuming_ends_the_pause_that_is_open(pauses: Pauses, end: str, due: str) -> None:
    """From its start up to that instant it is as one that was added with both ends."""
    clock = paused(FRIDAY, *pauses).resume(at(end))
    assert clock.due == at(due)
    start = min(start for start, end in pauses if end is None)
    others = [pause for pause in pauses if pause[1] is not None]
    assert clock == paused(FRIDAY, *others, (start, end))
    assert clock.pause(at("Fri 17:15")).due is None


@pytest.mark.parametrize(
    ("response", "due"),
    [
        ("Mon 09:30", DUE),  # as it begins: nothing of it counts
        ("Mon 10:00", "Mon 12:30"),
        ("Mon 10:30", "Mon 13:30"),
        ("Tue 09:30", "Mon 13:30"),
    ],
)
def test_pauses_end_with_the_response(response: str, due: str) -> None:
    """With an end or not, and added before the response or after it."""
    pause = at("Mon 09:30"), at("Mon 10:30")
    assert FRIDAY.pause(*pause).respond(at(response)).due == at(due)
    assert FRIDAY.respond(at(response)).pause(*pause).due == at(due)
    if at(response) < pause[1]:
        assert FRIDAY.pause(pause[0]).respond(at(response)).due == at(due)


@pytest.mark.parametrize(
    ("agreement", "opened", "pauses", "due"),
    [
        # Two days by date: Tuesday. 1 h is added there; 2 h reach into Wednesday.
        (SAME_TIME, "Fri 17:00", (), "Tue 17:00"),
        (SAME_TIME, "Fri 17:00", (("Mon 09:30", "Mon 10:30"),), "Tue 18:00"),
        (SAME_TIME, "Fri 17:00", (("Mon 09:30", "Mon 11:30"),), "Wed 10:00"),
        (SAME_TIME, "Fri 17:00", (("Tue 17:00", "Tue 17:30"),), "Tue 17:00"),
        (SAME_TIME, "Fri 17:00", (("Tue 16:59", "Tue 17:30"),), "Tue 17:31"),
        (SAME_TIME, "Fri 17:00", (("Tue 16:59", None),), None),
        (SAME_TIME, "Fri 17:00", (("Tue 17:00", None),), "Tue 17:00"),
        # To the close of business: a whole day moves it from closing to closing.
        (END_OF_DAY, "Fri 17:00", (), "Tue 18:00"),
        (END_OF_DAY, "Fri 17:00", (("Mon 09:30", "Mon 10:30"),), "Wed 10:00"),
        (END_OF_DAY, "Fri 17:00", (("Mon 09:00", "Mon 18:00"),), "Wed 18:00"),
        (END_OF_DAY, "Fri 17:00", (("Sat 10:30", "Sun 10:30"),), "Tue 18:00"),
        # Opened at night, and so from Monday 09:00 on: due on Wednesday, right at the opening.
        (SAME_TIME, "Sat 13:00", (), "Wed 09:00"),
        (SAME_TIME, "Sat 13:00", (("Mon 09:30", "Mon 10:30"),), "Wed 10:00"),
        # A whole day, or two: from opening to opening, and not to the closing before.
        (SAME_TIME, "Sat 13:00", (("Mon 09:00", "Mon 18:00"),), "Thu 09:00"),
        (SAME_TIME, "Sat 13:00", (("Mon 08:30", "Tue 08:30"),), "Thu 09:00"),
        (*(SAME_TIME, "Sat 13:00"), *((("Mon 09:00", "Mon 18:00"), ("Tue 09:00", "Tue 18:00")), "FRI 09:00")),
        # In closed time, up to the deadline and over it: 09:00 to 09:30 counts.
        (SAME_TIME, "Sat 13:00", (("Tue 18:00", "Wed 09:00"),), "Wed 09:00"),
        (SAME_TIME, "Sat 13:00", (("Tue 21:00", "Wed 09:30"),), "Wed 09:30"),
        (SAME_TIME, "Sat 13:00", (("Wed 09:00", "Wed 09:30"),), "Wed 09:00"),
        (SAME_TIME, "Sat 13:00", (("Tue 21:00", None),), None),
        (SAME_TIME, "Sat 13:00", (("Wed 09:00", None),), "Wed 09:00"),
    ],
)
def test_by_date_lost_time_is_added_after_the_deadline(
    agreement: Agreement, opened: str, pauses: Pauses, due: str | None
) -> None:
    """For a medium ticket; a deadline that is an opening stays one where it can."""
    clock = paused(agreement.clock(at(opened), MEDIUM), *pauses)
    assert clock.due == (None if due is None else at(due))


# Levels.


@pytest.mark.parametrize(
    ("changes", "level", "due"),
    [
        ([("Mon 09:30", CRITICAL)], CRITICAL, DUE),  # the level that it has
        ([("Fri 17:00", HIGH)], HIGH, "Mon 16:30"),  # at the opening
        ([("Mon 09:30", HIGH), ("Mon 09:30", MEDIUM)], MEDIUM, "Tue 17:00"),
        ([("Mon 09:30", MEDIUM), ("Mon 09:30", HIGH)], HIGH, "Mon 16:30"),
        ([("Mon 10:30", LOW), ("Mon 09:30", HIGH)], LOW, "Thu 17:00"),  # added late
        ([("Mon 09:30", HIGH), ("Mon 10:30", CRITICAL)], CRITICAL, DUE),  # and back
        ([("Sun 13:00", HIGH)], HIGH, "Mon 16:30"),
        ([("Wed 09:30", HIGH)], HIGH, "Mon 16:30"),  # after the deadline
    ],
)
def test_the_level_is_that_of_the_last_change(
    changes: list[tuple[str, EscalationLevel]], level: EscalationLevel, due: str
) -> None:
    """By instants; and of several at one instant, the last one added."""
    clock = FRIDAY
    for when, each in changes:
        clock = clock.change_level(at(when), each)
    assert clock.level is level
    assert clock.due == at(due)
    assert FRIDAY.level is CRITICAL


# Zones.


def test_results_are_in_the_zone_of_the_opening() -> None:
    """Whatever zones the facts came in, and the question."""
    berlin = at("Fri 17:00").astimezone(BERLIN)
    clock = TERMS.clock(berlin, CRITICAL)
    clock = clock.pause(at("Mon 09:30").astimezone(TOKYO), at("Mon 10:30").astimezone(UTC))
    status = clock.status(at("Mon 11:00").astimezone(TOKYO))
    assert status.next_change is not None
    found = (clock.opened_at, clock.due, status.now, status.due, status.next_change.instant)
    assert [each.tzinfo for each in found if each is not None] == [BERLIN] * 5
    assert found == (berlin, at("Mon 13:30"), at("Mon 11:00"), at("Mon 13:30"), at("Mon 12:00"))
    assert clock == TERMS.clock(berlin, CRITICAL).pause(at("Mon 09:30"), at("Mon 10:30"))
    assert status.to_dict()["zone"] == "Europe/Berlin"
    assert clock.to_dict()["pauses"] == [["2025-03-10T08:30:00+01:00", "2025-03-10T09:30:00+01:00"]]


def test_the_opening_is_as_given() -> None:
    """The same zone, the same wall clock; a plain datetime, of whatever subclass it was."""
    zone = ZoneInfo("America/St_Johns")
    given = at("Fri 17:00").astimezone(zone)
    for opened in (given, pd.Timestamp(given)):
        clock = TERMS.clock(opened, CRITICAL)
        assert (clock.opened_at.isoformat(), clock.opened_at.tzinfo) == (given.isoformat(), zone)
        assert type(clock.opened_at) is datetime


@pytest.mark.parametrize(
    ("opened", "fold", "due", "later"),
    [
        # Clocks go back at 03:00 on 26 October: 4 h from 01:00 are over at 04:00.
        ("2025-10-26T01:00:00+02:00", 0, "2025-10-26T04:00:00+01:00", "2025-10-26T05:00:00+01:00"),
        # The first 02:30, and the second: an hour between the two.
        ("2025-10-26T02:30:00+02:00", 0, "2025-10-26T05:30:00+01:00", "2025-10-26T06:30:00+01:00"),
        ("2025-10-26T02:30:00+01:00", 1, "2025-10-26T06:30:00+01:00", "2025-10-26T06:30:00+01:00"),
    ],
)
def test_clocks_that_go_back(opened: str, fold: int, due: str, later: str) -> None:
    """A pause from 02:30 in summer time to 02:30 in winter time is one of an hour."""
    wall = datetime.fromisoformat(opened).replace(tzinfo=BERLIN, fold=fold)
    clock = ALWAYS.clock(wall, CRITICAL)
    assert clock.opened_at.isoformat() == opened
    assert clock.opened_at.fold == fold
    assert clock.due is not None
    assert clock.due.isoformat() == due
    start, end = (datetime(2025, 10, 26, 2, 30, tzinfo=BERLIN, fold=each) for each in (fold, 1))
    paused = clock.pause(start, end)
    assert paused.due is not None
    assert paused.due.isoformat() == later
    assert pickle.loads(pickle.dumps(paused)).opened_at.fold == fold  # noqa: S301 - our own pickle


def test_clocks_that_go_forward() -> None:
    """From 02:00 to 03:00 on 30 March: 4 h from 01:00 are over at 06:00, by the clock."""
    clock = ALWAYS.clock(datetime(2025, 3, 30, 1, tzinfo=BERLIN), CRITICAL)
    due = clock.due
    assert due is not None
    assert due.isoformat() == "2025-03-30T06:00:00+02:00"
    skipped = clock.pause(datetime(2025, 3, 30, 2, 30, tzinfo=BERLIN))  # that is 03:30
    due = skipped.resume(datetime(2025, 3, 30, 4, tzinfo=BERLIN)).due
    assert due is not None
    assert due.isoformat() == "2025-03-30T06:30:00+02:00"


def test_facts_of_a_repeated_hour_stand_in_their_order() -> None:
    """02:10 in winter time is after 02:50 in summer time; the other way it is before."""
    summer, winter = (datetime(2025, 10, 26, 2, 10, fold=fold, tzinfo=BERLIN) for fold in (0, 1))
    clock = ALWAYS.clock(summer.replace(minute=50), CRITICAL)
    assert clock.respond(winter).status(winter).elapsed == timedelta(minutes=20)
    with pytest.raises(FactError, match=r"^at 2025-10-26T02:10:00\+02:00 is before opened_at "):
        clock.respond(summer)
    with pytest.raises(FactError, match=r"^until .*02:10:00\+01:00 is before at .*02:50:00\+01:00"):
        clock.pause(winter.replace(minute=50), winter)
    assert clock.pause(clock.opened_at, winter).due != clock.due


# Years, and desks that close for good.


def test_what_lies_beyond_the_known_years_is_refused() -> None:
    """From Thursday 30 December 2100 there are 4 h left, but no 34 h; and nothing of 2101."""
    last = at("2100-12-30 17:00")
    clock = KNOWN.clock(last, CRITICAL)
    assert clock.due == at("2100-12-31 12:00")
    assert clock.status(at("2100-12-31 12:00")).state is AT_RISK
    assert clock.status(at("2100-12-31 23:59:59.999999")).state is BREACHED
    low = KNOWN.clock(last, LOW)
    paused = clock.pause(at("2100-12-31 09:30"), at("2101-01-03 09:30"))
    asks: list[tuple[Callable[[], object], str]] = [
        (lambda: clock.status(at("2101-01-01 00:30")), "now 2101-01-01T00:30:00+02:00 lies out"),
        (lambda: low.due, "from opened_at 2100-12-30T17:00:00+02:00, the answer lies later than "),
        (lambda: low.status(last), "from opened_at 2100-12-30T17:00:00+02:00, now 2100-12-30T17"),
        (lambda: clock.change_level(last, LOW).due, "from opened_at 2100-12-30T17:00:00+02:00, "),
        (lambda: paused.due, "from opened_at 2100-12-30T17:00:00+02:00, the answer lies later "),
        (lambda: KNOWN.clock(at("2101-01-03 09:30"), LOW).due, "opened_at 2101-01-03T09:30:00+0"),
        (lambda: KNOWN.clock(at("1990-01-03 09:30"), LOW).due, "opened_at 1990-01-03T09:30:00+0"),
    ]
    for ask, words in asks:
        with pytest.raises(CoverageError) as refused:
            ask()
        assert str(refused.value).startswith(words)
        assert "1991 to 2100" in str(refused.value)
        assert "without holidays" in str(refused.value)
    assert paused.status(at("2100-12-31 10:30")).state is PAUSED


def test_a_desk_that_does_not_open_again() -> None:
    """A Monday alone: 4 h from 09:00 on, and after a pause of 7 h, 1 h 30 min and no more."""
    desk = DESK.replace(
        hours={}, special={"2025-03-10": [("09:00", "17:30")]}, business_day=timedelta(hours=8)
    )
    agreement = TERMS.replace(calendar=desk)
    clock = agreement.clock(at("Fri 17:00"), CRITICAL)
    assert clock.due == at("Mon 13:00")
    assert clock.status(at("Mon 19:00")).overdue == timedelta(hours=4, minutes=30)
    paused = clock.pause(at("Mon 09:30"), at("Mon 16:30"))
    low = clock.change_level(at("Mon 09:30"), LOW)
    asks: list[Callable[[], object]] = [
        lambda: paused.due,
        lambda: low.due,
        lambda: paused.status(at("Mon 16:30")),
        lambda: low.status(at("Mon 10:30")),
        lambda: agreement.clock(at("Mon 15:00"), CRITICAL).due,
    ]
    for ask in asks:
        with pytest.raises(NoOpeningError, match=r"^after opened_at 2025-03-(07|10)T1.*does not"):
            ask()
    assert paused.status(at("Mon 10:30")).state is PAUSED


# What is refused.


BEFORE: Final = " is before opened_at 2025-03-07T17:00:00+02:00; give that instant, or a later one"
NO_PAUSE: Final = "; add one first, or give both ends, pause(at, until)"


@pytest.mark.parametrize(
    ("add", "message"),
    [
        (lambda: FRIDAY.pause(at("Fri 16:00")), f"at 2025-03-07T16:00:00+02:00{BEFORE}"),
        (lambda: FRIDAY.pause(at("Mon 09:30"), at("Fri 16:00")), f"until 2025-03-07T16:00:00+02:00{BEFORE}"),
        (
            lambda: FRIDAY.pause(at("Mon 09:30")).resume(at("Fri 16:00")),
            f"at 2025-03-07T16:00:00+02:00{BEFORE}",
        ),
        (
            lambda: FRIDAY.change_level(at("Fri 16:59:59.999999"), LOW),
            f"at 2025-03-07T16:59:59.999999+02:00{BEFORE}",
        ),
        (
            lambda: FRIDAY.respond(at("Thu 09:30") - timedelta(days=7)),
            f"at 2025-03-06T09:30:00+02:00{BEFORE}",
        ),
        (lambda: FRIDAY.status(at("Fri 16:59:59.999999")), f"now 2025-03-07T16:59:59.999999+02:00{BEFORE}"),
        (
            lambda: FRIDAY.pause(at("Mon 09:30"), at("Mon 09:29:59.999999")),
            "until 2025-03-10T09:29:59.999999+02:00 is before at 2025-03-10T09:30:00+02:00; exchange the two",
        ),
        (
            lambda: FRIDAY.resume(at("Mon 09:30")),
            f"resume at 2025-03-10T09:30:00+02:00: no pause is open, there was none{NO_PAUSE}",
        ),
        (
            lambda: paused(FRIDAY, ("Mon 09:30", "Mon 10:30"), ("Sat 10:30", "Sat 11:30")).resume(
                at("Mon 11:30").astimezone(UTC)
            ),
            (
                "resume at 2025-03-10T09:30:00+00:00: no pause is open, the last one ended at "
                f"2025-03-10T10:30:00+02:00{NO_PAUSE}"
            ),
        ),
        (
            lambda: FRIDAY.pause(at("Mon 09:30")).resume(at("Mon 08:30").astimezone(UTC)),
            (
                "resume at 2025-03-10T06:30:00+00:00 is before the open pause, from "
                "2025-03-10T09:30:00+02:00 on; give that or a later one"
            ),
        ),
    ],
)
def test_facts_that_contradict_each_other_are_refused(add: Callable[[], object], message: str) -> None:
    """A `FactError` that names both."""
    with pytest.raises(FactError) as refused:
        add()
    assert str(refused.value) == message


def test_facts_may_be_those_of_the_opening_itself() -> None:
    """Nothing is before it then."""
    now = at("Fri 17:00")
    clock = FRIDAY.pause(now).resume(now).change_level(now, HIGH).pause(now, at("Fri 18:00"))
    assert clock.due == at("Mon 17:30")
    assert clock.respond(now).status(now).state is MET


def test_a_clock_that_is_paused_is_explained_up_to_its_pause() -> None:
    """Since its earliest beginning: what was counted, and what is left of the target."""
    clock = FRIDAY.pause(at("Mon 10:30")).pause(at("Mon 09:30"), at("Mon 10:30"))
    paused = clock.explain(case_number="2025-0412")
    assert (paused.due, paused.responded_at, paused.overrun) == (None, None, ())
    assert (paused.paused_since, paused.case_number) == (at("Mon 09:30"), "2025-0412")
    assert (paused.elapsed, paused.remaining) == (timedelta(hours=1.5), timedelta(hours=2.5))
    assert (paused.steps[-1].reason, paused.until) == ("open pause", at("Mon 09:30"))
    at_once = FRIDAY.pause(FRIDAY.opened_at).explain()
    assert (at_once.starts_at, at_once.elapsed) == (None, timedelta())
    assert FRIDAY.pause(at("Mon 13:00")).explain().due == at(DUE)
    assert clock.respond(at("Mon 11:30")).explain().due == at("Mon 14:30")
    with pytest.raises(CoverageError, match=r"^from opened_at 2100-12-31T17:00:00\+02:00, the ans"):
        KNOWN.clock(at("2100-12-31 17:00"), CRITICAL).explain()


@pytest.mark.parametrize("agreement", [None, 5, "standard", TERMS.calendar, {}, Agreement])
def test_a_clock_runs_under_an_agreement_alone(agreement: Any) -> None:
    """Anything else is named, by the constructor and by `from_dict`."""
    message = r"^agreement must be an Agreement, not "
    with pytest.raises(ArgumentError, match=message):
        ResponseClock(at("Fri 17:00"), CRITICAL, agreement=agreement)
    with pytest.raises(ArgumentError, match=message):
        ResponseClock.from_dict(FRIDAY.to_dict(), agreement=agreement)


# A clock, the value.

CLOCKS: Final = {
    "bare": FRIDAY,
    "full": FULL,
    "open": FRIDAY.pause(at("Mon 09:30")),
    "other agreement": paused(SAME_TIME.clock(at("Sat 13:00"), MEDIUM), ("Mon 09:30", "Mon 10:30")),
    "berlin": ALWAYS.clock(datetime(2025, 10, 26, 2, 30, fold=1, tzinfo=BERLIN), HIGH).respond(
        at("2026-04-01 13:00")
    ),
    "utc": TERMS.clock(datetime(2025, 3, 7, tzinfo=UTC), LOW),
    "foreign zone": TERMS.clock(datetime(2025, 3, 28, 16, tzinfo=tz.gettz("Europe/Berlin")), CRITICAL).pause(
        at("2025-04-01 09:30")
    ),
}
each_clock = pytest.mark.parametrize("clock", CLOCKS.values(), ids=CLOCKS)


@each_clock
def test_a_clock_survives_copies_and_pickles(clock: ResponseClock) -> None:
    """In every protocol, with its agreement, and with its `fold`."""
    pickles = [pickle.dumps(clock, number) for number in range(pickle.HIGHEST_PROTOCOL + 1)]
    for again in (copy.copy(clock), copy.deepcopy(clock), *map(pickle.loads, pickles)):
        assert type(again) is ResponseClock
        assert again == clock
        assert str(again.due) == str(clock.due)  # in the very zone, after a change of clocks too
        assert again.agreement == clock.agreement
        assert again.opened_at.isoformat() == clock.opened_at.isoformat()
        assert again.opened_at.fold == clock.opened_at.fold


def test_clocks_that_differ_in_any_fact_differ() -> None:
    """In equality, hash and fingerprint; the agreement and the zone count as facts do."""
    monday = at("Mon 09:30")
    variants = [
        FRIDAY,
        TERMS.clock(at("Fri 17:00:00.000001"), CRITICAL),
        TERMS.clock(at("Fri 17:00"), HIGH),
        TERMS.clock(at("Fri 17:00").astimezone(UTC), CRITICAL),
        TERMS.clock(at("Fri 17:00").astimezone(BERLIN), CRITICAL),
        TERMS.clock(at("Fri 17:00").astimezone(ZoneInfo("Europe/Paris")), CRITICAL),
        SAME_TIME.clock(at("Fri 17:00"), CRITICAL),
        TERMS.replace(at_risk=0.5).clock(at("Fri 17:00"), CRITICAL),
        FRIDAY.pause(monday),
        FRIDAY.pause(monday, at("Mon 10:30")),
        FRIDAY.pause(monday, at("Mon 10:30")).pause(at("Mon 10:30")),
        FRIDAY.change_level(monday, CRITICAL),
        FRIDAY.change_level(monday, HIGH),
        FRIDAY.respond(monday),
        FULL,
    ]
    assert len(set(variants)) == len({each.fingerprint for each in variants}) == len(variants)


def test_clocks_of_equal_facts_are_equal() -> None:
    """In whichever order they are added, and under an agreement made anew."""
    again = (
        ResponseClock(at("Fri 17:00"), LOW, agreement=Agreement.from_dict(TERMS.to_dict()))
        .respond(at("Mon 11:00:00.000001"))
        .respond(at("Mon 13:00"))
        .pause(at("Mon 10:45"))
        .pause(at("Mon 10:30"))
        .pause(at("Mon 09:45"), at("Mon 10:00"))
        .pause(at("Sat 11:30"), at("Sat 13:00"))
        .pause(at("Mon 10:00"), at("Mon 10:15"))
        .pause(at("Sat 10:30"), at("Sat 11:30"))
        .change_level(at("Mon 09:30"), MEDIUM)
        .change_level(at("Mon 09:30"), HIGH)
    )
    assert again == FULL
    assert hash(again) == hash(FULL)
    assert again.fingerprint == FULL.fingerprint
    assert repr(again) == repr(FULL)
    assert FULL.__eq__(FULL.to_dict()) is NotImplemented


@pytest.mark.parametrize("name", ["opened_at", "agreement", "history"])
def test_a_clock_cannot_be_changed(name: str) -> None:
    """And facts are added by its verbs, not by `replace`."""
    with pytest.raises(FrozenInstanceError):
        setattr(FRIDAY, name, 5)
    assert not hasattr(FRIDAY, "replace")
    assert not hasattr(FRIDAY, "__dict__")
