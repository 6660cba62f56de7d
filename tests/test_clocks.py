"""A ticket's clock: what its verbs take, what is due, and what stays as it was told.

The ticket is of Friday 7 March 2025, 16:00 in UTC+1; the desk is open from 08:30 to 17:00. On
level 1 it has 4 h: one on Friday and three on Monday, so that it is due then at 11:30.
"""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import copy
import inspect
import json
import pickle
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from itertools import permutations
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from dateutil import tz

from netcor_sla import (
    STANDARD,
    Agreement,
    BusinessCalendar,
    EscalationLevel,
    ResponseClock,
    State,
    explain,
)
from netcor_sla._calendars.instants import MICROSECOND
from netcor_sla._calendars.recorded_zones import RecordedZone
from netcor_sla.errors import (
    ArgumentError,
    CoverageError,
    FactError,
    FrozenError,
    LevelError,
    NoOpeningError,
    RecordError,
    SLAError,
)

CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel
RUNNING, AT_RISK, PAUSED, BREACHED, MET, MISSED = State
ONE: Final = timezone(timedelta(hours=1))
BERLIN: Final = ZoneInfo("Europe/Berlin")
TOKYO: Final = ZoneInfo("Asia/Tokyo")
DAYS: Final = {"Fri": 7, "Sat": 8, "Sun": 9, "Mon": 10, "Tue": 11, "Wed": 12, "Thu": 13, "FRI": 14}
SAME_TIME: Final = Agreement(day_rule="same time")
END_OF_DAY: Final = Agreement(day_rule="end of day")
ALWAYS: Final = Agreement(
    calendar=BusinessCalendar(
        zone="Europe/Berlin", hours={"mon-sun": [("00:00", "24:00")]}, holidays=None
    )
)
NIGHTS: Final = Agreement(
    calendar=BusinessCalendar(
        zone="+01:00",
        hours={"mon-fri": [("00:00", "06:00"), ("22:00", "24:00")]},
        holidays=None,
    )
)
Pauses = tuple[tuple[str, str | None], ...]


def at(text: str) -> datetime:
    """Read an instant of that week, as `Mon 10:30`, or of any date, in UTC+1."""
    day, time = text.split()
    date = f"2025-03-{DAYS[day]:02}" if day in DAYS else day
    return datetime.fromisoformat(f"{date}T{time}").replace(tzinfo=ONE)


def paused(clock: ResponseClock, *pauses: tuple[str, str | None]) -> ResponseClock:
    """Tell a clock of pauses."""
    for start, end in pauses:
        clock = clock.pause(at(start), None if end is None else at(end))
    return clock


FRIDAY: Final = ResponseClock(at("Fri 16:00"), CRITICAL)
DUE: Final = "Mon 11:30"
FULL: Final = (
    ResponseClock(at("Fri 16:00"), LOW)
    .change_level(at("Mon 09:00"), HIGH)
    .pause(at("Sat 10:00"), at("Sat 12:00"))
    .pause(at("Mon 09:15"), at("Mon 09:45"))
    .pause(at("Mon 10:00"))
    .respond(at("Mon 10:30:00.000001"))
)


# What is due.


def test_a_clock_to_which_nothing_is_told_has_the_plain_deadline() -> None:
    """On every level, under every rule: that of `response_due`, by both doors to a clock."""
    for agreement in (STANDARD, SAME_TIME, END_OF_DAY, ALWAYS, NIGHTS):
        for level in EscalationLevel:
            due = agreement.response_due(at("Fri 16:00"), level)
            assert agreement.clock(at("Fri 16:00"), level).due == due
            assert ResponseClock(at("Fri 16:00"), level, agreement=agreement).due == due
    assert ResponseClock(at("Fri 16:00"), LOW) == STANDARD.clock(at("Fri 16:00"), LOW)
    assert FRIDAY.due == at(DUE)


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        # Inside hours: 1 h 15 min; 20 min from the opening on; 1 h over the closing.
        ((("Mon 09:00", "Mon 10:15"),), "Mon 12:45"),
        ((("Fri 16:00", "Fri 16:20"),), "Mon 11:50"),
        ((("Fri 16:30", "Mon 09:00"),), "Mon 12:30"),
        # Outside hours: the weekend, to the microsecond; a Saturday; the night before.
        ((("Fri 17:00", "Mon 08:30"),), DUE),
        ((("Sat 10:00", "Sun 20:00"),), DUE),
        ((("Mon 00:00", "Mon 08:00"),), DUE),
        # By the hours on both sides of the weekend: a microsecond each.
        ((("Fri 16:59:59.999999", "Mon 08:30:00.000001"),), "Mon 11:30:00.000002"),
        # From the opening to the next one: the whole hour of Friday.
        ((("Fri 16:00", "Mon 08:30"),), "Mon 12:30"),
        # Over the deadline: it began before, and so counts whole.
        ((("Mon 11:00", "Mon 14:00"),), "Mon 14:30"),
        ((("Mon 11:29:59.999999", "Mon 12:30"),), "Mon 12:30:00.000001"),
        # With the deadline, or after it: nothing.
        ((("Mon 11:30", "Mon 12:30"),), DUE),
        ((("Mon 12:00", "Tue 12:00"),), DUE),
        # 5 h 30 min, which make it the closing of Monday; one minute more, and it is Tuesday.
        ((("Mon 09:00", "Mon 14:30"),), "Mon 17:00"),
        ((("Mon 09:00", "Mon 14:31"),), "Tue 08:31"),
        # Touching, overlapping, one within the other, twice the same.
        ((("Mon 09:00", "Mon 09:30"), ("Mon 09:30", "Mon 10:00")), "Mon 12:30"),
        ((("Mon 09:00", "Mon 10:00"), ("Mon 09:30", "Mon 10:15")), "Mon 12:45"),
        ((("Mon 09:00", "Mon 11:00"), ("Mon 09:30", "Mon 10:00")), "Mon 13:30"),
        ((("Mon 09:00", "Mon 10:00"), ("Mon 09:00", "Mon 10:00")), "Mon 12:30"),
        # Two of a quarter of an hour each.
        ((("Fri 16:30", "Fri 16:45"), ("Mon 09:00", "Mon 09:15")), "Mon 12:00"),
        # The second begins after 11:30, but before 12:30, to which the first moves it.
        ((("Mon 09:00", "Mon 10:00"), ("Mon 12:00", "Mon 12:15")), "Mon 12:45"),
        # The second begins with the deadline as moved, the third after it.
        ((("Mon 09:00", "Mon 10:00"), ("Mon 12:30", "Mon 13:00")), "Mon 12:30"),
        (
            (("Mon 09:00", "Mon 10:00"), ("Mon 12:30", "Mon 13:00"), ("Mon 15:00", "Mon 16:00")),
            "Mon 12:30",
        ),
        # An empty one.
        ((("Mon 09:00", "Mon 09:00"),), DUE),
        # From half an hour before the deadline until after Easter, as long as that may be: the
        # half hour is left on 22 April at 09:00.
        ((("Mon 11:00", "2025-04-22 09:00"),), "2025-04-22 09:30"),
    ],
)
def test_a_pause_moves_the_deadline_by_the_business_time_it_covers(
    pauses: Pauses, due: str
) -> None:
    """And no more; told in whichever order."""
    for order in permutations(pauses):
        assert paused(FRIDAY, *order).due == at(due)


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        # In business hours, on a Saturday, at the opening, a microsecond before the deadline.
        ((("Mon 09:00", None),), None),
        ((("Sat 10:00", None),), None),
        ((("Fri 16:00", None),), None),
        ((("Mon 11:29:59.999999", None),), None),
        # With the deadline or after it: the deadline is long known.
        ((("Mon 11:30", None),), DUE),
        ((("Mon 11:30:00.000001", None),), DUE),
        ((("Thu 09:00", None),), DUE),
        # Of two the earlier counts.
        ((("Mon 12:00", None), ("Mon 09:00", None)), None),
        ((("Mon 12:00", None), ("Mon 13:00", None)), DUE),
        # Open since 12:00, which is before 12:30, to which the other pause moves the deadline.
        ((("Mon 12:00", None), ("Mon 09:00", "Mon 10:00")), None),
        ((("Mon 12:30", None), ("Mon 09:00", "Mon 10:00")), "Mon 12:30"),
        # One that is open since 12:00, and by touching the other, since 11:00 or 11:30.
        ((("Mon 12:00", None), ("Mon 11:00", "Mon 12:00")), None),
        ((("Mon 12:00", None), ("Mon 11:30", "Mon 12:00")), DUE),
        # It swallows those that began later, and is open since 09:00.
        ((("Mon 09:00", None), ("Mon 09:30", "Mon 10:00")), None),
    ],
)
def test_an_open_pause_that_began_before_the_deadline_leaves_none(
    pauses: Pauses, due: str | None
) -> None:
    """One that began with it or later changes nothing about it."""
    for order in permutations(pauses):
        assert paused(FRIDAY, *order).due == (None if due is None else at(due))


@pytest.mark.parametrize(
    ("pauses", "end", "due"),
    [
        ((("Mon 09:00", None),), "Mon 10:15", "Mon 12:45"),
        ((("Mon 09:00", None),), "Mon 09:00", DUE),
        ((("Mon 10:00", None), ("Mon 09:00", None)), "Mon 10:30", "Mon 13:00"),
        ((("Mon 09:00", "Mon 10:00"), ("Mon 09:30", None)), "Mon 09:45", "Mon 12:30"),
        ((("Mon 09:00", "Mon 10:00"), ("Mon 09:30", None)), "Mon 10:15", "Mon 12:45"),
        ((("Mon 09:30", None), ("Mon 10:00", "Mon 11:00")), "Mon 10:00", "Mon 13:00"),
        ((("Mon 12:00", None),), "Mon 13:00", DUE),
    ],
)
def test_resuming_ends_the_pause_that_is_open(pauses: Pauses, end: str, due: str) -> None:
    """From its start up to that instant it is as one that was told with both ends."""
    clock = paused(FRIDAY, *pauses).resume(at(end))
    assert clock.due == at(due)
    start = min(start for start, end in pauses if end is None)
    others = [pause for pause in pauses if pause[1] is not None]
    assert clock == paused(FRIDAY, *others, (start, end))
    assert clock.pause(at("Fri 16:15")).due is None


def test_a_pause_that_is_resumed_at_once_is_nothing() -> None:
    """As is an empty one: no clock remembers it."""
    assert FRIDAY.pause(at("Mon 09:00")).resume(at("Mon 09:00")) == FRIDAY
    assert FRIDAY.pause(at("Mon 09:00"), at("Mon 09:00")) == FRIDAY
    assert hash(FRIDAY.pause(at("Fri 16:00"), at("Fri 16:00"))) == hash(FRIDAY)


@pytest.mark.parametrize(
    ("response", "due"),
    [
        ("Mon 09:00", DUE),  # as it begins: nothing of it counts
        ("Mon 09:30", "Mon 12:00"),
        ("Mon 10:00", "Mon 12:30"),
        ("Tue 09:00", "Mon 12:30"),
    ],
)
def test_pauses_end_with_the_response(response: str, due: str) -> None:
    """Told with an end or not, and told before the response or after it."""
    pause = at("Mon 09:00"), at("Mon 10:00")
    assert FRIDAY.pause(*pause).respond(at(response)).due == at(due)
    assert FRIDAY.respond(at(response)).pause(*pause).due == at(due)
    if at(response) < pause[1]:
        assert FRIDAY.pause(pause[0]).respond(at(response)).due == at(due)


@pytest.mark.parametrize(
    ("agreement", "opened", "pauses", "due"),
    [
        # Two days by date: Tuesday. 1 h is added there; 2 h reach into Wednesday.
        (SAME_TIME, "Fri 16:00", (), "Tue 16:00"),
        (SAME_TIME, "Fri 16:00", (("Mon 09:00", "Mon 10:00"),), "Tue 17:00"),
        (SAME_TIME, "Fri 16:00", (("Mon 09:00", "Mon 11:00"),), "Wed 09:30"),
        (SAME_TIME, "Fri 16:00", (("Tue 16:00", "Tue 16:30"),), "Tue 16:00"),
        (SAME_TIME, "Fri 16:00", (("Tue 15:59", "Tue 16:30"),), "Tue 16:31"),
        (SAME_TIME, "Fri 16:00", (("Tue 15:59", None),), None),
        (SAME_TIME, "Fri 16:00", (("Tue 16:00", None),), "Tue 16:00"),
        # To the close of business: a whole day moves it from closing to closing.
        (END_OF_DAY, "Fri 16:00", (), "Tue 17:00"),
        (END_OF_DAY, "Fri 16:00", (("Mon 09:00", "Mon 10:00"),), "Wed 09:30"),
        (END_OF_DAY, "Fri 16:00", (("Mon 08:30", "Mon 17:00"),), "Wed 17:00"),
        (END_OF_DAY, "Fri 16:00", (("Sat 10:00", "Sun 10:00"),), "Tue 17:00"),
        # Opened at night, and so from Monday 08:30 on: due on Wednesday, right at the opening.
        (SAME_TIME, "Sat 12:00", (), "Wed 08:30"),
        (SAME_TIME, "Sat 12:00", (("Mon 09:00", "Mon 10:00"),), "Wed 09:30"),
        # A whole day, or two: from opening to opening, and not to the closing before.
        (SAME_TIME, "Sat 12:00", (("Mon 08:30", "Mon 17:00"),), "Thu 08:30"),
        (SAME_TIME, "Sat 12:00", (("Mon 08:00", "Tue 08:00"),), "Thu 08:30"),
        (
            *(SAME_TIME, "Sat 12:00"),
            *((("Mon 08:30", "Mon 17:00"), ("Tue 08:30", "Tue 17:00")), "FRI 08:30"),
        ),
        # In closed time, up to the deadline and over it: 08:30 to 09:00 counts.
        (SAME_TIME, "Sat 12:00", (("Tue 17:00", "Wed 08:30"),), "Wed 08:30"),
        (SAME_TIME, "Sat 12:00", (("Tue 20:00", "Wed 09:00"),), "Wed 09:00"),
        (SAME_TIME, "Sat 12:00", (("Wed 08:30", "Wed 09:00"),), "Wed 08:30"),
        (SAME_TIME, "Sat 12:00", (("Tue 20:00", None),), None),
        (SAME_TIME, "Sat 12:00", (("Wed 08:30", None),), "Wed 08:30"),
    ],
)
def test_by_date_lost_time_is_added_after_the_deadline(
    agreement: Agreement, opened: str, pauses: Pauses, due: str | None
) -> None:
    """For a medium ticket; a deadline that is an opening stays one where it can."""
    clock = paused(agreement.clock(at(opened), MEDIUM), *pauses)
    assert clock.due == (None if due is None else at(due))


@pytest.mark.parametrize(
    ("opened", "pauses", "due"),
    [
        # Monday 23:00 to Tuesday 03:00, over midnight; an hour of pause from 23:30 on.
        ("Mon 23:00", (), "Tue 03:00"),
        ("Mon 23:00", (("Mon 23:30", "Tue 00:30"),), "Tue 04:00"),
        # From 03:00 on three hours by 06:00, and one from 22:00 on.
        ("Tue 03:00", (), "Tue 23:00"),
        ("Tue 03:00", (("Tue 05:00", "Tue 22:30"),), "Wed 00:30"),
        # One hour to midnight: the deadline is 24:00, and with a microsecond more, Wednesday.
        ("Tue 04:00", (), "Tue 24:00"),
        ("Tue 04:00", (("Tue 05:00", "Tue 05:00:00.000001"),), "Wed 00:00:00.000001"),
    ],
)
def test_a_desk_that_is_open_at_night(opened: str, pauses: Pauses, due: str) -> None:
    """From 22:00 to 06:00, on working days."""
    expected = at("Wed 00:00") if due == "Tue 24:00" else at(due)
    assert paused(NIGHTS.clock(at(opened), CRITICAL), *pauses).due == expected


# Levels.


def test_a_raised_level_may_be_late_at_once() -> None:
    """Low until Monday 12:00, then critical: it was due at 11:30, with the same pauses."""
    low = ResponseClock(at("Fri 16:00"), LOW)
    raised = low.change_level(at("Mon 12:00"), CRITICAL)
    assert (low.due, raised.due) == (at("Thu 16:00"), at(DUE))
    assert low.status(at("Mon 12:00")).state is RUNNING
    assert raised.status(at("Mon 12:00") - MICROSECOND).state is RUNNING
    assert raised.status(at("Mon 12:00")).state is BREACHED
    assert raised.pause(at("Mon 09:00"), at("Mon 10:00")).due == at("Mon 12:30")


def test_a_lowered_level_may_run_again() -> None:
    """Critical until Monday 13:00, and late; then medium, due on Tuesday at 16:00."""
    lowered = FRIDAY.change_level(at("Mon 13:00"), MEDIUM)
    assert lowered.due == at("Tue 16:00")
    assert lowered.status(at("Mon 12:59")).state is BREACHED
    assert lowered.status(at("Mon 13:00")).state is RUNNING


@pytest.mark.parametrize(
    ("changes", "level", "due"),
    [
        ([("Mon 09:00", CRITICAL)], CRITICAL, DUE),  # the level that it has
        ([("Fri 16:00", HIGH)], HIGH, "Mon 15:30"),  # at the opening
        ([("Mon 09:00", HIGH), ("Mon 09:00", MEDIUM)], MEDIUM, "Tue 16:00"),
        ([("Mon 09:00", MEDIUM), ("Mon 09:00", HIGH)], HIGH, "Mon 15:30"),
        ([("Mon 10:00", LOW), ("Mon 09:00", HIGH)], LOW, "Thu 16:00"),  # told late
        ([("Mon 09:00", HIGH), ("Mon 10:00", CRITICAL)], CRITICAL, DUE),  # and back
        ([("Sun 12:00", HIGH)], HIGH, "Mon 15:30"),
        ([("Wed 09:00", HIGH)], HIGH, "Mon 15:30"),  # after the deadline
    ],
)
def test_the_level_is_that_of_the_last_change(
    changes: list[tuple[str, EscalationLevel]], level: EscalationLevel, due: str
) -> None:
    """By instants; and of several at one instant, the last one told."""
    clock = FRIDAY
    for when, each in changes:
        clock = clock.change_level(at(when), each)
    assert clock.level is level
    assert clock.due == at(due)
    assert FRIDAY.level is CRITICAL


@pytest.mark.parametrize(
    ("change", "level", "due"),
    [
        ("Mon 10:59", HIGH, "Mon 15:30"),
        ("Mon 11:00", HIGH, "Mon 15:30"),
        ("Mon 11:00:00.000001", CRITICAL, DUE),
    ],
)
def test_after_the_response_no_level_counts(change: str, level: EscalationLevel, due: str) -> None:
    """One of the same instant does; told before or after."""
    one = FRIDAY.respond(at("Mon 11:00")).change_level(at(change), HIGH)
    other = FRIDAY.change_level(at(change), HIGH).respond(at("Mon 11:00"))
    assert one == other
    assert (one.level, one.due) == (level, at(due))


# Responses.


@pytest.mark.parametrize(
    ("opened", "response", "state"),
    [
        ("Fri 16:00", DUE, MET),
        ("Fri 16:00", "Mon 11:30:00.000001", MISSED),
        ("Fri 13:00", "Fri 17:00", MET),
        ("Fri 13:00", "Fri 17:00:00.000001", MISSED),
        ("Fri 13:00", "Fri 19:00", MISSED),
        ("Fri 13:00", "Fri 13:00", MET),
    ],
)
def test_a_response_is_on_time_up_to_the_deadline(opened: str, response: str, state: State) -> None:
    """Including it; instants are compared, and no amounts of time."""
    clock = ResponseClock(at(opened), CRITICAL).respond(at(response))
    for now in (at(response), at("Thu 12:00")):
        assert clock.status(now).state is state
        assert clock.status(now).late is (state is MISSED)


def test_of_several_responses_the_earliest_counts() -> None:
    """In whichever order they are told: at 11:00 it was on time, whatever came later."""
    for order in permutations(["Mon 12:00", "Mon 11:00", "Tue 09:00"]):
        clock = FRIDAY
        for each in order:
            clock = clock.respond(at(each))
        assert clock == FRIDAY.respond(at("Mon 11:00"))
        assert clock.status(at("Wed 09:00")).state is MET


def test_nothing_after_the_response_changes_what_was_met() -> None:
    """Facts that are told later, and such as happen later."""
    met = FRIDAY.respond(at("Mon 11:00"))
    later = met.pause(at("Mon 11:00"), at("Mon 12:00")).pause(at("Mon 14:00"))
    later = later.respond(at("Mon 15:00")).change_level(at("Mon 15:00"), LOW)
    for now in ("Mon 10:59", "Mon 11:00", "Mon 11:30", "Mon 14:30", "Wed 09:00"):
        assert later.status(at(now)) == met.status(at(now))
    assert later.due == met.due == at(DUE)
    assert later != met


def test_without_facts_a_clock_explains_the_plain_deadline() -> None:
    """By all three doors, under the policy and under another agreement."""
    opened = at("Fri 16:00")
    assert FRIDAY.explain() == STANDARD.explain(opened, CRITICAL) == explain(opened, CRITICAL)
    same_time = SAME_TIME.clock(opened, MEDIUM).explain()
    assert same_time == SAME_TIME.explain(opened, MEDIUM)
    assert same_time == explain(opened, MEDIUM, agreement=SAME_TIME)
    assert (FRIDAY.explain().due, same_time.due) == (FRIDAY.due, at("Tue 16:00"))


# Status.


def test_a_status_knows_only_what_has_happened() -> None:
    """At each instant it is as if nothing later had been told."""
    steps: list[tuple[str, Callable[[ResponseClock], ResponseClock]]] = [
        ("Fri 16:30", lambda clock: clock.pause(at("Fri 16:30"))),
        ("Mon 09:00", lambda clock: clock.resume(at("Mon 09:00"))),
        ("Mon 09:30", lambda clock: clock.change_level(at("Mon 09:30"), HIGH)),
        ("Mon 10:00", lambda clock: clock.pause(at("Mon 10:00"))),
        ("Mon 10:30", lambda clock: clock.resume(at("Mon 10:30"))),
        ("Mon 11:00", lambda clock: clock.respond(at("Mon 11:00"))),
    ]
    told, clocks = FRIDAY, [("Fri 16:00", FRIDAY)]
    for when, tell in steps:
        told = tell(told)
        clocks.append((when, told))
    ends = [*[when for when, _ in clocks[1:]], "Wed 09:00"]
    for (start, clock), end in zip(clocks, ends, strict=True):
        for now in (at(start), at(end) - MICROSECOND):
            assert told.status(now) == clock.status(now), now


def test_a_status_before_the_opening_is_refused() -> None:
    """Both instants are named; at the opening there is one."""
    with pytest.raises(FactError) as refused:
        FRIDAY.status(at("Fri 15:59:59.999999"))
    assert str(refused.value) == (
        "now 2025-03-07T15:59:59.999999+01:00 is before opened_at 2025-03-07T16:00:00+01:00; nothing is known of a ticket before its opening, so give that instant or a later one"
    )
    assert FRIDAY.status(at("Fri 16:00")).state is RUNNING


@pytest.mark.parametrize(
    ("clock", "chain"),
    [
        (FRIDAY, [("Mon 10:30", AT_RISK), ("Mon 11:30:00.000001", BREACHED)]),
        (
            FRIDAY.pause(at("Fri 16:00"), at("Fri 16:00")),
            [("Mon 10:30", AT_RISK), ("Mon 11:30:00.000001", BREACHED)],
        ),
        (
            Agreement(at_risk=1).clock(at("Fri 16:00"), CRITICAL),
            [("Mon 11:30", AT_RISK), ("Mon 11:30:00.000001", BREACHED)],
        ),
        (
            Agreement(at_risk=1e-9).clock(at("Fri 16:00"), CRITICAL),
            [("Fri 16:00:00.000015", AT_RISK), ("Mon 11:30:00.000001", BREACHED)],
        ),
        (
            Agreement(at_risk=0.1).clock(at("Sat 12:00"), HIGH),
            [("Mon 09:18", AT_RISK), ("Mon 16:30:00.000001", BREACHED)],
        ),
        (
            ResponseClock(at("Fri 13:00"), CRITICAL),
            [("Fri 16:00", AT_RISK), ("Fri 17:00:00.000001", BREACHED)],
        ),
        (
            SAME_TIME.clock(at("Sat 12:00"), MEDIUM),
            [("Tue 12:45", AT_RISK), ("Wed 08:30:00.000001", BREACHED)],
        ),
        (
            END_OF_DAY.clock(at("Fri 16:00"), MEDIUM),
            [("Tue 12:30", AT_RISK), ("Tue 17:00:00.000001", BREACHED)],
        ),
        (
            NIGHTS.clock(at("Mon 23:00"), CRITICAL),
            [("Tue 02:00", AT_RISK), ("Tue 03:00:00.000001", BREACHED)],
        ),
        (
            ALWAYS.clock(at("Sat 22:00"), CRITICAL),
            [("Sun 01:00", AT_RISK), ("Sun 02:00:00.000001", BREACHED)],
        ),
    ],
)
def test_a_timer_that_follows_next_change_meets_what_was_announced(
    clock: ResponseClock, chain: list[tuple[str, State]]
) -> None:
    """From the opening: running, at risk, breached, and then nothing more to come."""
    now, met = clock.opened_at, []
    assert clock.status(now).state is RUNNING
    while change := clock.status(now).next_change:
        assert clock.status(change.instant - MICROSECOND).state is clock.status(now).state
        now = change.instant
        assert clock.status(now).state is change.state
        met.append((now, change.state))
    assert met == [(at(when), state) for when, state in chain]
    assert clock.status(now).state is BREACHED
    assert clock.status(now + timedelta(days=30)).next_change is None


@pytest.mark.parametrize(
    "clock",
    [FRIDAY.pause(at("Fri 16:00")), FRIDAY.respond(at("Fri 16:00"))],
    ids=["paused", "answered"],
)
def test_only_a_fact_can_change_a_ticket_that_is_paused_or_answered(clock: ResponseClock) -> None:
    """So no timer is set."""
    for now in ("Fri 16:00", "Mon 10:30", "Wed 09:00"):
        assert clock.status(at(now)).next_change is None


# Zones.


def test_results_are_in_the_zone_of_the_opening() -> None:
    """Whatever zones the facts came in, and the question."""
    berlin = at("Fri 16:00").astimezone(BERLIN)
    clock = ResponseClock(berlin, CRITICAL)
    clock = clock.pause(at("Mon 09:00").astimezone(TOKYO), at("Mon 10:00").astimezone(UTC))
    status = clock.status(at("Mon 10:30").astimezone(TOKYO))
    assert status.next_change is not None
    found = (clock.opened_at, clock.due, status.now, status.due, status.next_change.instant)
    assert [each.tzinfo for each in found if each is not None] == [BERLIN] * 5
    assert found == (berlin, at("Mon 12:30"), at("Mon 10:30"), at("Mon 12:30"), at("Mon 11:30"))
    assert clock == ResponseClock(berlin, CRITICAL).pause(at("Mon 09:00"), at("Mon 10:00"))
    assert clock.to_dict()["pauses"] == [["2025-03-10T09:00:00+01:00", "2025-03-10T10:00:00+01:00"]]


def test_the_opening_is_as_given() -> None:
    """The same zone, the same wall clock; a plain datetime, of whatever subclass it was."""
    zone = ZoneInfo("America/St_Johns")
    given = at("Fri 16:00").astimezone(zone)
    for opened in (given, pd.Timestamp(given)):
        clock = ResponseClock(opened, CRITICAL)
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
    last = at("2100-12-30 16:00")
    clock = ResponseClock(last, CRITICAL)
    assert clock.due == at("2100-12-31 11:30")
    assert clock.status(at("2100-12-31 11:30")).state is AT_RISK
    assert clock.status(at("2100-12-31 23:59:59.999999")).state is BREACHED
    low = ResponseClock(last, LOW)
    paused = clock.pause(at("2100-12-31 09:00"), at("2101-01-03 09:00"))
    asks: list[tuple[Callable[[], object], str]] = [
        (lambda: clock.status(at("2101-01-01 00:00")), "now 2101-01-01T00:00:00+01:00 lies out"),
        (lambda: low.due, "from opened_at 2100-12-30T16:00:00+01:00, the answer lies later than "),
        (lambda: low.status(last), "from opened_at 2100-12-30T16:00:00+01:00, now 2100-12-30T16"),
        (lambda: clock.change_level(last, LOW).due, "from opened_at 2100-12-30T16:00:00+01:00, "),
        (lambda: paused.due, "from opened_at 2100-12-30T16:00:00+01:00, the answer lies later "),
        (lambda: ResponseClock(at("2101-01-03 09:00"), LOW).due, "opened_at 2101-01-03T09:00:00+0"),
        (lambda: ResponseClock(at("1990-01-03 09:00"), LOW).due, "opened_at 1990-01-03T09:00:00+0"),
    ]
    for ask, words in asks:
        with pytest.raises(CoverageError) as refused:
            ask()
        assert str(refused.value).startswith(words)
        assert "1991 to 2100" in str(refused.value)
        assert "holidays=None" in str(refused.value)
    assert paused.status(at("2100-12-31 10:00")).state is PAUSED


def test_facts_beyond_the_known_years_may_be_told() -> None:
    """Where the answer needs none of them, there is one."""
    clock = ResponseClock(at("2100-12-30 16:00"), CRITICAL)
    later = clock.pause(at("2101-02-01 09:00"), at("2101-02-02 09:00"))
    later = later.change_level(at("2101-02-02 09:00"), CRITICAL).respond(at("2101-02-03 09:00"))
    assert later.due == at("2100-12-31 11:30")
    assert later.status(at("2100-12-31 10:30")) == clock.status(at("2100-12-31 10:30"))


def test_a_desk_that_does_not_open_again() -> None:
    """A Monday alone: 4 h from 08:30 on, and after a pause of 7 h, 1 h 30 min and no more."""
    agreement = Agreement(
        calendar=BusinessCalendar(
            zone="+01:00",
            hours={},
            special={"2025-03-10": [("08:30", "17:00")]},
            holidays=None,
            business_day=timedelta(hours=8),
        )
    )
    clock = agreement.clock(at("Fri 16:00"), CRITICAL)
    assert clock.due == at("Mon 12:30")
    assert clock.status(at("Mon 18:00")).overdue == timedelta(hours=4, minutes=30)
    paused = clock.pause(at("Mon 09:00"), at("Mon 16:00"))
    low = clock.change_level(at("Mon 09:00"), LOW)
    asks: list[Callable[[], object]] = [
        lambda: paused.due,
        lambda: low.due,
        lambda: paused.status(at("Mon 16:00")),
        lambda: low.status(at("Mon 10:00")),
        lambda: agreement.clock(at("Mon 14:00"), CRITICAL).due,
    ]
    for ask in asks:
        with pytest.raises(NoOpeningError, match=r"^after opened_at 2025-03-(07|10)T1.*does not"):
            ask()
    assert paused.status(at("Mon 10:00")).state is PAUSED


# What is refused.


@pytest.mark.parametrize(
    ("tell", "message"),
    [
        (
            lambda: FRIDAY.pause(at("Fri 15:00")),
            (
                "at 2025-03-07T15:00:00+01:00 is before opened_at 2025-03-07T16:00:00+01:00; nothing is known of a ticket before its opening, so give that instant or a later one"
            ),
        ),
        (
            lambda: FRIDAY.pause(at("Mon 09:00"), at("Fri 15:00")),
            (
                "until 2025-03-07T15:00:00+01:00 is before opened_at 2025-03-07T16:00:00+01:00; nothing is known of a ticket before its opening, so give that instant or a later one"
            ),
        ),
        (
            lambda: FRIDAY.pause(at("Mon 09:00"), at("Mon 08:59:59.999999")),
            (
                "until 2025-03-10T08:59:59.999999+01:00 is before at 2025-03-10T09:00:00+01:00; a "
                "pause can't end before it starts"
            ),
        ),
        (
            lambda: FRIDAY.resume(at("Mon 09:00")),
            (
                "resume at 2025-03-10T09:00:00+01:00: no pause is open, there was none; tell of a "
                "pause first, or of one with both its ends, pause(at, until)"
            ),
        ),
        (
            lambda: paused(FRIDAY, ("Mon 09:00", "Mon 10:00"), ("Sat 10:00", "Sat 11:00")).resume(
                at("Mon 11:00").astimezone(UTC)
            ),
            (
                "resume at 2025-03-10T10:00:00+00:00: no pause is open, the last one ended at "
                "2025-03-10T10:00:00+01:00; tell of a pause first, or of one with both its ends, "
                "pause(at, until)"
            ),
        ),
        (
            lambda: FRIDAY.pause(at("Mon 09:00")).resume(at("Mon 08:00").astimezone(UTC)),
            (
                "resume at 2025-03-10T07:00:00+00:00 is before the open pause started, at "
                "2025-03-10T09:00:00+01:00; a pause can't end before it starts"
            ),
        ),
        (
            lambda: FRIDAY.pause(at("Mon 09:00")).resume(at("Fri 15:00")),
            (
                "at 2025-03-07T15:00:00+01:00 is before opened_at 2025-03-07T16:00:00+01:00; nothing is known of a ticket before its opening, so give that instant or a later one"
            ),
        ),
        (
            lambda: FRIDAY.change_level(at("Fri 15:59:59.999999"), LOW),
            (
                "at 2025-03-07T15:59:59.999999+01:00 is before opened_at 2025-03-07T16:00:00+01:00; nothing is known of a ticket before its opening, so give that instant or a later one"
            ),
        ),
        (
            lambda: FRIDAY.respond(at("Thu 09:00") - timedelta(days=7)),
            (
                "at 2025-03-06T09:00:00+01:00 is before opened_at 2025-03-07T16:00:00+01:00; nothing is known of a ticket before its opening, so give that instant or a later one"
            ),
        ),
    ],
)
def test_facts_that_contradict_each_other_are_refused(
    tell: Callable[[], object], message: str
) -> None:
    """A `FactError`, which is a `ValueError`, and names both."""
    with pytest.raises(FactError) as refused:
        tell()
    assert str(refused.value) == message
    assert isinstance(refused.value, ValueError)


def test_facts_may_be_told_of_the_opening_itself() -> None:
    """Nothing is before it then."""
    now = at("Fri 16:00")
    clock = FRIDAY.pause(now).resume(now).change_level(now, HIGH).pause(now, at("Fri 17:00"))
    assert clock.due == at("Mon 16:30")
    assert clock.respond(now).status(now).state is MET


def test_without_a_deadline_there_is_nothing_to_explain() -> None:
    """The pause is named that is open, since its earliest beginning; and both ways on."""
    clock = FRIDAY.pause(at("Mon 10:00")).pause(at("Mon 09:00"), at("Mon 10:00"))
    with pytest.raises(FactError) as refused:
        clock.explain()
    assert str(refused.value) == (
        "there is no deadline while the pause since 2025-03-10T09:00:00+01:00 is open; end it with "
        "resume(at), or ask for status(now)"
    )
    assert FRIDAY.pause(at("Mon 12:00")).explain().due == at(DUE)
    assert clock.respond(at("Mon 11:00")).explain().due == at("Mon 13:30")
    with pytest.raises(CoverageError, match=r"^from opened_at 2100-12-31T16:00:00\+01:00, the ans"):
        ResponseClock(at("2100-12-31 16:00"), CRITICAL).explain()


@pytest.mark.parametrize("agreement", [None, 5, "standard", STANDARD.calendar, {}, Agreement])
def test_a_clock_runs_under_an_agreement_alone(agreement: Any) -> None:
    """Anything else is named, by the constructor and by `from_dict`."""
    message = r"^agreement must be an Agreement, not "
    with pytest.raises(ArgumentError, match=message):
        ResponseClock(at("Fri 16:00"), CRITICAL, agreement=agreement)
    with pytest.raises(ArgumentError, match=message):
        ResponseClock.from_dict(FRIDAY.to_dict(), agreement=agreement)


@pytest.mark.parametrize("level", [1, "1", "critical", "Kritisch", None, True, 1.0], ids=repr)
def test_verbs_take_the_member_alone(level: Any) -> None:
    """The message names the value and shows both ways to a member."""
    asks: list[Callable[[], object]] = [
        lambda: ResponseClock(at("Fri 16:00"), level),
        lambda: STANDARD.clock(at("Fri 16:00"), level),
        lambda: FRIDAY.change_level(at("Mon 09:00"), level),
    ]
    for ask in asks:
        with pytest.raises(ArgumentError) as refused:
            ask()
        assert str(refused.value) == (
            f"level must be an EscalationLevel, not {level!r}; write EscalationLevel.CRITICAL, or "
            "convert with EscalationLevel(...)"
        )


def test_the_verbs_have_these_arguments() -> None:
    """By place or by name; the agreement by name alone."""
    clock = FRIDAY.pause(at=at("Mon 09:00"), until=at("Mon 10:00")).pause(at=at("Mon 10:30"))
    clock = clock.resume(at=at("Mon 11:00")).change_level(at=at("Mon 11:00"), level=HIGH)
    assert clock.respond(at=at("Mon 12:00")).status(now=at("Mon 12:00")).state is MET
    with pytest.raises(TypeError):
        ResponseClock(at("Fri 16:00"), CRITICAL, STANDARD)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        ResponseClock.from_dict(clock.to_dict(), STANDARD)  # type: ignore[call-arg]
    assert list(inspect.signature(ResponseClock).parameters) == ["opened_at", "level", "agreement"]


# A clock, the value.

CLOCKS: Final = {
    "bare": FRIDAY,
    "full": FULL,
    "open": FRIDAY.pause(at("Mon 09:00")),
    "other agreement": paused(SAME_TIME.clock(at("Sat 12:00"), MEDIUM), ("Mon 09:00", "Mon 10:00")),
    "berlin": ALWAYS.clock(datetime(2025, 10, 26, 2, 30, fold=1, tzinfo=BERLIN), HIGH).respond(
        at("2026-04-01 12:00")
    ),
    "utc": ResponseClock(datetime(2025, 3, 7, tzinfo=UTC), LOW),
    "foreign zone": ResponseClock(
        datetime(2025, 3, 28, 16, tzinfo=tz.gettz("Europe/Berlin")), CRITICAL
    ).pause(at("2025-04-01 09:00")),
}
each_clock = pytest.mark.parametrize("clock", CLOCKS.values(), ids=CLOCKS)


def test_a_clock_is_written_as_its_facts() -> None:
    """Ready for JSON, in one spelling, with all keys; the agreement is not among them."""
    assert FULL.to_dict() == {
        "opened_at": "2025-03-07T16:00:00+01:00",
        "zone": None,
        "level": "low",
        "changes": [{"at": "2025-03-10T09:00:00+01:00", "level": "high"}],
        "pauses": [
            ["2025-03-08T10:00:00+01:00", "2025-03-08T12:00:00+01:00"],
            ["2025-03-10T09:15:00+01:00", "2025-03-10T09:45:00+01:00"],
            ["2025-03-10T10:00:00+01:00", None],
        ],
        "responded_at": "2025-03-10T10:30:00.000001+01:00",
    }
    berlin = ResponseClock(at("Fri 16:00").astimezone(BERLIN), CRITICAL)
    assert berlin.to_dict() == {
        "opened_at": "2025-03-07T16:00:00+01:00",
        "zone": "Europe/Berlin",
        "level": "critical",
        "changes": [],
        "pauses": [],
        "responded_at": None,
    }


@each_clock
def test_a_clock_comes_back_from_its_form(clock: ResponseClock) -> None:
    """Law: `from_dict(clock.to_dict(), agreement=...) == clock`, also by way of JSON."""
    form, agreement = json.loads(json.dumps(clock.to_dict())), clock._terms
    again = ResponseClock.from_dict(form, agreement=agreement)
    assert again == clock
    assert again.to_dict() == clock.to_dict() == form
    assert hash(again) == hash(clock)
    assert again.fingerprint == clock.fingerprint
    assert (again.due, again.level) == (clock.due, clock.level)
    assert again.opened_at == clock.opened_at
    assert again.opened_at.utcoffset() == clock.opened_at.utcoffset()
    now = clock.opened_at + timedelta(days=7)
    assert again.status(now).state is clock.status(now).state


@each_clock
def test_a_clock_survives_copies_and_pickles(clock: ResponseClock) -> None:
    """In every protocol, with its agreement, and with its `fold`."""
    pickles = [pickle.dumps(clock, number) for number in range(pickle.HIGHEST_PROTOCOL + 1)]
    for again in (copy.copy(clock), copy.deepcopy(clock), *map(pickle.loads, pickles)):
        assert type(again) is ResponseClock
        assert again == clock
        assert again.due == clock.due
        assert again._terms == clock._terms
        assert again.opened_at.isoformat() == clock.opened_at.isoformat()
        assert again.opened_at.fold == clock.opened_at.fold


def test_a_zone_of_the_database_is_kept() -> None:
    """Read back, the very zone shows all instants, those before and after a change of clocks."""
    opened = datetime(2025, 3, 28, 16, tzinfo=BERLIN)  # due after the change of 30 March
    clock = ResponseClock(opened, CRITICAL)
    for again in (ResponseClock.from_dict(clock.to_dict()), pickle.loads(pickle.dumps(clock))):  # noqa: S301 - our own pickle
        assert again.opened_at.tzinfo is BERLIN
        assert str(again.due) == "2025-03-31 12:30:00+02:00"


@pytest.mark.parametrize(
    "again",
    [copy.copy, copy.deepcopy, lambda clock: pickle.loads(pickle.dumps(clock))],  # noqa: S301 - our own pickle
    ids=["copy", "deepcopy", "pickle"],
)
def test_a_zone_without_a_key_is_kept_in_copies(
    again: Callable[[ResponseClock], ResponseClock],
) -> None:
    """A zone of dateutil shows a deadline after the change of clocks in summer time."""
    clock = ResponseClock(datetime(2025, 3, 28, 16, tzinfo=tz.gettz("Europe/Berlin")), CRITICAL)
    assert clock.due is not None
    due = again(clock).due
    assert due is not None
    assert due.isoformat() == clock.due.isoformat()


def test_clocks_that_differ_in_any_fact_differ() -> None:
    """In equality, hash and fingerprint; the agreement and the zone count as facts do."""
    monday = at("Mon 09:00")
    variants = [
        FRIDAY,
        ResponseClock(at("Fri 16:00:00.000001"), CRITICAL),
        ResponseClock(at("Fri 16:00"), HIGH),
        ResponseClock(at("Fri 16:00").astimezone(UTC), CRITICAL),
        ResponseClock(at("Fri 16:00").astimezone(BERLIN), CRITICAL),
        ResponseClock(at("Fri 16:00").astimezone(ZoneInfo("Europe/Paris")), CRITICAL),
        SAME_TIME.clock(at("Fri 16:00"), CRITICAL),
        Agreement(at_risk=0.5).clock(at("Fri 16:00"), CRITICAL),
        FRIDAY.pause(monday),
        FRIDAY.pause(monday, at("Mon 10:00")),
        FRIDAY.pause(monday, at("Mon 10:00")).pause(at("Mon 10:00")),
        FRIDAY.change_level(monday, CRITICAL),
        FRIDAY.change_level(monday, HIGH),
        FRIDAY.respond(monday),
        FULL,
    ]
    assert len(set(variants)) == len({each.fingerprint for each in variants}) == len(variants)


def test_clocks_of_equal_facts_are_equal() -> None:
    """In whichever order they are told, and under an agreement made anew."""
    again = (
        ResponseClock(at("Fri 16:00"), LOW, agreement=Agreement())
        .respond(at("Mon 10:30:00.000001"))
        .respond(at("Mon 12:00"))
        .pause(at("Mon 10:15"))
        .pause(at("Mon 10:00"))
        .pause(at("Mon 09:15"), at("Mon 09:30"))
        .pause(at("Sat 11:00"), at("Sat 12:00"))
        .pause(at("Mon 09:30"), at("Mon 09:45"))
        .pause(at("Sat 10:00"), at("Sat 11:00"))
        .change_level(at("Mon 09:00"), MEDIUM)
        .change_level(at("Mon 09:00"), HIGH)
    )
    assert again == FULL
    assert hash(again) == hash(FULL)
    assert again.fingerprint == FULL.fingerprint
    assert repr(again) == repr(FULL)
    assert FULL.__eq__(FULL.to_dict()) is NotImplemented


def test_a_clock_that_is_told_more_stays_as_it_was() -> None:
    """Each verb makes another one."""
    before, due = FRIDAY.to_dict(), FRIDAY.due
    told = FRIDAY.pause(at("Mon 09:00"))
    for more in (
        told.resume(at("Mon 10:00")),
        FRIDAY.pause(at("Mon 09:00"), at("Mon 10:00")),
        FRIDAY.change_level(at("Mon 09:00"), LOW),
        FRIDAY.respond(at("Mon 09:00")),
    ):
        assert more != FRIDAY
        assert more._terms is FRIDAY._terms
    assert (FRIDAY.to_dict(), FRIDAY.due) == (before, due)
    assert told.due is None


@pytest.mark.parametrize("name", ["opened_at", "level", "due", "_history", "other"])
def test_a_clock_cannot_be_changed(name: str) -> None:
    """And what is told of it is told by its verbs, not by `replace`."""
    message = rf"^{name} of ResponseClock can't be (set to 5|deleted): it is immutable$"
    with pytest.raises(FrozenError, match=message):
        setattr(FRIDAY, name, 5)
    with pytest.raises(FrozenError, match=message):
        delattr(FRIDAY, name)
    assert not hasattr(FRIDAY, "replace")
    assert not hasattr(FRIDAY, "__dict__")


@each_clock
def test_a_repr_shows_the_facts(clock: ResponseClock) -> None:
    """The class, and each key of the form with its value."""
    assert repr(clock).startswith("ResponseClock(opened_at='")
    assert all(f"{key}={value!r}" in repr(clock) for key, value in clock.to_dict().items())


def test_a_read_clock_can_be_told_more() -> None:
    """The open pause is still open, and its end makes the clock that it would have made."""
    clock = FRIDAY.pause(at("Mon 09:00"))
    again = ResponseClock.from_dict(clock.to_dict())
    assert again.due is None
    assert again.resume(at("Mon 10:15")) == clock.resume(at("Mon 10:15"))


def test_a_clock_is_read_under_the_agreement_that_is_given() -> None:
    """The facts are the same; what follows from them is not, and so is the clock another."""
    clock = SAME_TIME.clock(at("Sat 12:00"), MEDIUM)
    form = clock.to_dict()
    assert ResponseClock.from_dict(form, agreement=SAME_TIME) == clock
    assert ResponseClock.from_dict(form).due == at("Tue 17:00")
    assert ResponseClock.from_dict(form) != clock


def test_a_zone_that_is_not_known_here_shows_what_was_shown() -> None:
    """The recorded offsets are kept, with the name of the zone."""
    form = FULL.to_dict() | {"zone": "Mars/Olympus"}
    clock = ResponseClock.from_dict(form)
    assert clock.to_dict() == form
    assert isinstance(clock.opened_at.tzinfo, RecordedZone)
    assert clock != FULL
    assert clock.status(at("Mon 12:00")).state is FULL.status(at("Mon 12:00")).state


@pytest.mark.parametrize("key", FULL.to_dict())
def test_missing_keys_are_named(key: str) -> None:
    """None has a default."""
    form = {name: value for name, value in FULL.to_dict().items() if name != key}
    with pytest.raises(RecordError, match=f"^key '{key}' of ResponseClock is missing$"):
        ResponseClock.from_dict(form)


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        (
            {"responded": None},
            RecordError,
            "key 'responded' of ResponseClock is unknown; did you mean 'responded_at'?",
        ),
        ({"agreement": {}}, RecordError, "key 'agreement' of ResponseClock is unknown; choose one"),
        ({5: 1}, RecordError, "key 5 of ResponseClock is unknown; choose one of 'opened_at', "),
        ({"opened_at": None}, RecordError, "opened_at: None is no instant of a record; it is "),
        (
            {"opened_at": "2025-03-07"},
            RecordError,
            "opened_at: '2025-03-07' is no instant of a record; ",
        ),
        ({"opened_at": at("Fri 16:00")}, RecordError, "opened_at: datetime.datetime(2025, 3, 7, "),
        (
            {"opened_at": "2025-03-10T12:00:00+01:00"},
            *(FactError, "at 2025-03-10T09:00:00+01:00 is before opened_at 2025-03-10T12:00:00+01"),
        ),
        ({"zone": 5}, RecordError, "zone: 5 must be a text of at most 100 characters"),
        ({"zone": ""}, RecordError, "zone: '' must be a text of at most 100 characters"),
        ({"zone": "x/../y"}, RecordError, "zone: 'x/../y' is no key of a zone; it is written Euro"),
        ({"zone": ["UTC"]}, RecordError, "zone: ['UTC'] must be a text of at most 100 characters"),
        ({"level": 5}, LevelError, "5 is no escalation level; choose one of 1 (critical), "),
        ({"changes": {}}, RecordError, "changes must be a list, not {}"),
        ({"pauses": [[]]}, RecordError, "a pause is a start and an end, or null, not []"),
        ({"responded_at": ""}, RecordError, "responded_at: '' is no instant of a record; "),
        (
            {"responded_at": "2025-03-07T15:00:00+01:00"},
            *(
                FactError,
                "responded_at 2025-03-07T15:00:00+01:00 is before opened_at 2025-03-07T16",
            ),
        ),
    ],
)
def test_a_form_without_sense_is_refused(changes: Any, error: type[SLAError], words: str) -> None:
    """The message names the key and shows the value."""
    with pytest.raises(error) as refused:
        ResponseClock.from_dict(FULL.to_dict() | changes)
    assert str(refused.value).startswith(words)


@pytest.mark.parametrize("data", [None, [], "level", 5, [("level", 4)]], ids=repr)
def test_what_is_no_mapping_is_no_clock(data: Any) -> None:
    """Class, type and value are named."""
    with pytest.raises(ArgumentError) as refused:
        ResponseClock.from_dict(data)
    kind = type(data).__name__
    assert str(refused.value) == f"ResponseClock is read from a mapping, not {kind}: {data!r}"


def test_a_foreign_zone_is_asked_as_it_is() -> None:
    """What it raises is let through: the fault is in the caller's zone."""

    class Broken(tzinfo):
        def utcoffset(self, _: datetime | None) -> timedelta:
            raise RuntimeError("own")

        def dst(self, _: datetime | None) -> None:
            return None

        def tzname(self, _: datetime | None) -> None:
            return None

    broken = datetime(2025, 3, 10, 9, tzinfo=Broken())
    for ask in (FRIDAY.pause, FRIDAY.respond, FRIDAY.status):
        with pytest.raises(RuntimeError, match=r"^own$"):
            ask(broken)
    assert FRIDAY.due == at(DUE)
