"""Clocks from audit logs: what of a log is a fact, and what is noise.

The ticket is of Friday 7 March 2025, 16:00 in UTC+1, on level 1: due on Monday at 11:30.
"""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from itertools import permutations
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from netcor_sla import STANDARD, Agreement, EscalationLevel, ResponseClock, State
from netcor_sla._calendars.instants import instant
from netcor_sla._tickets.facts import History
from netcor_sla._tickets.replays import replayed
from netcor_sla.errors import ArgumentError, FactError, NaiveError, SLAError, TimestampError

CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel
ONE: Final = timezone(timedelta(hours=1))
DAYS: Final = {"Thu": 6, "Fri": 7, "Sat": 8, "Sun": 9, "Mon": 10, "Tue": 11}
PAUSING: Final = frozenset({"waiting", "asked"})
RESPONDING: Final = frozenset({"answered", "asked"})
Event = tuple[str, str | EscalationLevel]


def at(text: str) -> datetime:
    """Read an instant of that week, as `Mon 10:30`."""
    day, time = text.split()
    return datetime.fromisoformat(f"2025-03-{DAYS[day]:02}T{time}").replace(tzinfo=ONE)


OPENED: Final = at("Fri 16:00")
FRIDAY: Final = STANDARD.clock(OPENED, CRITICAL)


def replay(*events: Event, agreement: Agreement = STANDARD) -> ResponseClock:
    """Replay a log; the state `asked` answers and pauses."""
    return agreement.replay(
        *(OPENED, CRITICAL, [(at(when), what) for when, what in events]),
        pausing=PAUSING,
        responding=RESPONDING,
    )


def test_a_log_makes_the_clock_that_its_facts_make() -> None:
    """A pause from 09:00 to 10:15, level 2 from 10:30 on, an answer at 11:00."""
    clock = replay(
        ("Fri 16:00", "new"),
        ("Mon 09:00", "waiting"),
        ("Mon 10:15", "open"),
        ("Mon 10:30", HIGH),
        ("Mon 11:00", "answered"),
        ("Tue 09:00", "closed"),
    )
    told = FRIDAY.pause(at("Mon 09:00")).resume(at("Mon 10:15")).change_level(at("Mon 10:30"), HIGH)
    assert clock == told.respond(at("Mon 11:00"))
    assert clock.due == at("Mon 16:45")
    assert clock.status(at("Tue 12:00")).state is State.MET


def test_an_empty_log_makes_a_bare_clock() -> None:
    """As does one whose states mean nothing."""
    assert replay() == FRIDAY
    assert replay(("Fri 16:00", "new"), ("Mon 09:00", "open"), ("Mon 10:00", "")) == FRIDAY


@pytest.mark.parametrize(
    "events",
    [
        [("Mon 09:00", "waiting"), ("Mon 10:00", "open")],
        # Repeated states: none begins a second pause, or ends one that is over.
        [("Mon 09:00", "waiting"), ("Mon 09:30", "waiting"), ("Mon 10:00", "open")],
        [("Mon 09:00", "waiting"), ("Mon 10:00", "open"), ("Mon 10:30", "open")],
        [("Fri 16:30", "open"), ("Mon 09:00", "waiting"), ("Mon 10:00", "new")],
        # Over and out at once, before, in between and after.
        [
            *[("Fri 16:30", "waiting"), ("Fri 16:30", "open")],
            *[("Mon 09:00", "waiting"), ("Mon 10:00", "open")],
            *[("Mon 10:00", "waiting"), ("Mon 10:00", "open")],
        ],
        # Two that touch.
        [
            *[("Mon 09:00", "waiting"), ("Mon 09:30", "open")],
            *[("Mon 09:30", "waiting"), ("Mon 10:00", "open")],
        ],
    ],
)
def test_states_that_change_nothing_are_nothing(events: list[Event]) -> None:
    """All these logs tell of one pause, from 09:00 to 10:00."""
    assert replay(*events) == FRIDAY.pause(at("Mon 09:00"), at("Mon 10:00"))


def test_a_pause_that_no_state_ends_is_open() -> None:
    """From the first state that began it."""
    clock = replay(("Mon 09:00", "waiting"), ("Mon 10:00", "waiting"))
    assert clock == FRIDAY.pause(at("Mon 09:00"))
    assert clock.due is None
    assert clock.resume(at("Mon 10:15")).due == at("Mon 12:45")


def test_an_open_pause_stands_beside_those_before() -> None:
    """Also where it touches the last of them: as one that was paused anew."""
    clock = replay(("Mon 09:00", "waiting"), ("Mon 09:30", "open"), ("Mon 09:30", "waiting"))
    assert clock == FRIDAY.pause(at("Mon 09:00"), at("Mon 09:30")).pause(at("Mon 09:30"))
    assert clock.status(at("Mon 10:00")).state is State.PAUSED


def test_a_level_leaves_the_state_as_it_is() -> None:
    """A pause goes on over a change of level."""
    clock = replay(("Mon 09:00", "waiting"), ("Mon 09:30", HIGH), ("Mon 10:00", "open"))
    assert clock == FRIDAY.pause(at("Mon 09:00"), at("Mon 10:00")).change_level(
        at("Mon 09:30"), HIGH
    )


def test_a_state_may_answer_and_pause() -> None:
    """Answered at 09:00, and paused from then on, until another state comes."""
    clock = replay(("Mon 09:00", "asked"), ("Mon 10:00", "open"))
    assert clock == FRIDAY.respond(at("Mon 09:00")).pause(at("Mon 09:00"), at("Mon 10:00"))
    assert clock.due == at("Mon 11:30")
    waiting = replay(("Mon 09:00", "asked"), ("Mon 10:00", "waiting"), ("Mon 11:00", "open"))
    assert waiting == FRIDAY.respond(at("Mon 09:00")).pause(at("Mon 09:00"), at("Mon 11:00"))


def test_an_answer_ends_a_pause() -> None:
    """If its state is none that pauses."""
    clock = replay(("Mon 09:00", "waiting"), ("Mon 10:00", "answered"))
    assert clock == FRIDAY.pause(at("Mon 09:00"), at("Mon 10:00")).respond(at("Mon 10:00"))
    assert clock.due == at("Mon 12:30")


def test_the_first_answer_counts() -> None:
    """A ticket that is opened again stays answered."""
    clock = replay(("Mon 10:00", "answered"), ("Mon 12:00", "open"), ("Tue 09:00", "answered"))
    assert clock == FRIDAY.respond(at("Mon 10:00"))


def test_events_are_sorted_by_instant() -> None:
    """However the log is sorted."""
    events: list[Event] = [("Fri 16:30", "waiting"), ("Mon 09:00", "open"), ("Mon 09:15", LOW)]
    events += [("Mon 09:30", "answered"), ("Mon 10:00", "asked")]
    told = FRIDAY.pause(at("Fri 16:30"), at("Mon 09:00")).change_level(at("Mon 09:15"), LOW)
    told = told.respond(at("Mon 09:30")).pause(at("Mon 10:00"))
    assert {replay(*order) for order in permutations(events)} == {told}


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (["waiting", "open"], FRIDAY),
        (["waiting", "new", "waiting", "open"], FRIDAY),
        (["open", "waiting"], FRIDAY.pause(at("Mon 09:00"))),
        (["waiting", "open", "waiting"], FRIDAY.pause(at("Mon 09:00"))),
        ([HIGH, LOW], FRIDAY.change_level(at("Mon 09:00"), LOW)),
        ([LOW, HIGH], FRIDAY.change_level(at("Mon 09:00"), HIGH)),
        ([MEDIUM, LOW, MEDIUM, HIGH], FRIDAY.change_level(at("Mon 09:00"), HIGH)),
    ],
)
def test_events_of_one_instant_stay_in_order(
    order: list[str | EscalationLevel], told: ResponseClock
) -> None:
    """The last state holds from then on, and the last level, whatever is sorted around them."""
    assert replay(*(("Mon 09:00", what) for what in order)) == told
    around: tuple[Event, ...] = (("Mon 10:00", told.level), ("Fri 16:30", "new"))
    clock = replay(around[0], *(("Mon 09:00", what) for what in order), around[1])
    assert clock == told.change_level(at("Mon 10:00"), told.level)


def test_the_states_may_be_any_collection() -> None:
    """Of texts; numpy's are such, and so are members of a `StrEnum`."""
    events = [(at("Mon 09:00"), "waiting"), (at("Mon 10:00"), "answered")]
    told = FRIDAY.pause(at("Mon 09:00"), at("Mon 10:00")).respond(at("Mon 10:00"))
    kinds: list[Any] = [set, frozenset, list, tuple, dict.fromkeys, np.array]
    for kind in kinds:
        assert (
            STANDARD.replay(
                *(OPENED, CRITICAL, events),
                pausing=kind(["waiting", "other"]),
                responding=kind(["answered"]),
            )
            == told
        )

    class Desk(StrEnum):
        WAITING = "waiting"

    named = [(at("Mon 09:00"), Desk.WAITING), (at("Mon 10:00"), np.str_("answered"))]
    clock = STANDARD.replay(
        *(OPENED, CRITICAL, named), pausing={Desk.WAITING}, responding=["answered"]
    )
    assert clock == told


def test_where_no_state_pauses_or_answers_there_is_neither() -> None:
    """Empty collections are taken at their word."""
    events = [(at("Mon 09:00"), "waiting"), (at("Mon 10:00"), "answered")]
    assert STANDARD.replay(OPENED, CRITICAL, events, pausing=(), responding=()) == FRIDAY
    only = STANDARD.replay(OPENED, CRITICAL, events, pausing=(), responding={"answered"})
    assert only == FRIDAY.respond(at("Mon 10:00"))


def test_events_may_come_from_anywhere() -> None:
    """From a generator, which is gone through once; as tuples, lists and rows."""

    class Row(NamedTuple):
        when: datetime
        state: str

    def log() -> Iterator[Any]:
        yield [at("Mon 10:00"), "open"]
        yield Row(pd.Timestamp(at("Mon 09:00")), "waiting")

    clock = STANDARD.replay(OPENED, CRITICAL, log(), pausing=["waiting"], responding=[])
    assert clock == FRIDAY.pause(at("Mon 09:00"), at("Mon 10:00"))


def test_events_may_be_in_other_zones() -> None:
    """Instants decide their order; what comes back is in the zone of the opening."""
    events = [
        (at("Mon 10:00").astimezone(ZoneInfo("America/New_York")), "open"),
        (at("Mon 09:00").astimezone(ZoneInfo("Asia/Tokyo")), "waiting"),
    ]
    opened = OPENED.astimezone(ZoneInfo("Europe/Berlin"))
    clock = STANDARD.replay(opened, CRITICAL, events, pausing=["waiting"], responding=[])
    assert str(clock.due) == "2025-03-10 12:30:00+01:00"
    assert clock.opened_at.tzinfo is opened.tzinfo
    twice = ZoneInfo("Europe/Berlin")
    summer, winter = (datetime(2025, 10, 26, 2, 30, fold=fold, tzinfo=twice) for fold in (0, 1))
    night = [(winter, "open"), (summer, "waiting")]
    clock = STANDARD.replay(summer, CRITICAL, night, pausing=["waiting"], responding=[])
    assert clock == STANDARD.clock(summer, CRITICAL).pause(summer, winter)


def test_the_clock_runs_under_the_agreement_that_replays() -> None:
    """By date, in this case: two days from Friday 16:00, and an hour."""
    agreement = Agreement(day_rule="same time")
    log: tuple[Event, ...] = (
        ("Mon 09:00", "waiting"),
        ("Mon 10:00", "open"),
        ("Mon 10:00", MEDIUM),
    )
    assert replay(*log, agreement=agreement).due == at("Tue 17:00")
    assert replay(*log, agreement=agreement) != replay(*log)


def test_a_history_is_told_the_events() -> None:
    """In integers, as clocks keep them; what the ticket was opened with stays."""
    opened = instant(OPENED, "opened_at")
    minute = 60_000_000
    events = [(OPENED + timedelta(minutes=step), state) for step, state in enumerate("wwoaw", 1)]
    history = replayed(History(opened, LOW), OPENED, events, {"w"}, {"a"})
    assert history == History(
        *(opened, LOW),
        pauses=((opened + minute, opened + 3 * minute),),
        waiting=opened + 5 * minute,
        responded=opened + 4 * minute,
    )


def test_an_event_before_the_opening_is_refused() -> None:
    """Even by a microsecond; it is named by its number, with both instants. At it, one is taken."""
    with pytest.raises(FactError) as refused:
        replay(("Mon 09:00", "open"), ("Fri 15:59:59.999999", "new"))
    assert str(refused.value) == (
        "event 2: at 2025-03-07T15:59:59.999999+01:00 is before opened_at "
        "2025-03-07T16:00:00+01:00; nothing is known of a ticket before its opening, so give that instant or a later one"
    )
    with pytest.raises(FactError, match=r"^event 1: at 2025-03-06T12:00:00\+01:00 is before "):
        replay(("Thu 12:00", LOW))
    assert replay(("Fri 16:00", HIGH)).level is HIGH


@pytest.mark.parametrize(
    ("events", "error", "message"),
    [
        (None, ArgumentError, "events must be pairs of an instant and a state, not None"),
        (5, ArgumentError, "events must be pairs of an instant and a state, not 5"),
        ("ab", ArgumentError, "event 1 must be an instant and a state, not 'a'"),
        ([()], ArgumentError, "event 1 must be an instant and a state, not ()"),
        ([5], ArgumentError, "event 1 must be an instant and a state, not 5"),
        (["ab"], ArgumentError, "event 1 must be an instant and a state, not 'ab'"),
        ({"ab": 1}, ArgumentError, "event 1 must be an instant and a state, not 'ab'"),
        ([(OPENED,)], ArgumentError, "event 1 must be an instant and a state, not (datetime."),
        (
            [(OPENED, "new"), (OPENED, "open", "me")],
            *(ArgumentError, "event 2 must be an instant and a state, not (datetime.datetime("),
        ),
        ([("open", OPENED)], ArgumentError, "event 1: datetime.datetime(2025, 3, 7, 16, 0, "),
        ([(OPENED, None)], ArgumentError, "event 1: None is neither a state nor a level"),
        ([(OPENED, 1)], ArgumentError, "event 1: 1 is neither a state nor a level"),
        ([(OPENED, b"open")], ArgumentError, "event 1: b'open' is neither a state nor a level"),
        (
            [(OPENED, "new"), ("2025-03-10T09:00+01:00", "open")],
            *(ArgumentError, "event 2: at must be an aware datetime, not str: '2025-03-10T09:00+"),
        ),
        ([(pd.NaT, "open")], TimestampError, "event 1: at is NaT, a missing value; leave such "),
        ([(datetime(2025, 3, 10), "open")], NaiveError, "event 1: at has no zone: datetime."),
    ],
)
def test_what_is_no_log_is_refused(events: Any, error: type[SLAError], message: str) -> None:
    """The message says which event it is, and shows it."""
    with pytest.raises(error) as refused:
        STANDARD.replay(OPENED, CRITICAL, events, pausing=PAUSING, responding=RESPONDING)
    assert str(refused.value).startswith(message)


def test_the_first_event_that_is_none_is_named() -> None:
    """Nothing behind it is looked at: an endless log is refused too."""

    def endless() -> Iterator[Any]:
        yield OPENED, "new"
        while True:
            yield "open"

    with pytest.raises(
        ArgumentError, match=r"^event 2 must be an instant and a state, not 'open'$"
    ):
        STANDARD.replay(OPENED, CRITICAL, endless(), pausing=PAUSING, responding=RESPONDING)


@pytest.mark.parametrize("name", ["pausing", "responding"])
@pytest.mark.parametrize("states", [None, 5, "waiting", b"wait", [1], {None}, [b"x"], iter("ab")])
def test_states_that_are_none_are_refused(name: str, states: Any) -> None:
    """A single text is no collection: its letters were meant by nobody."""
    given = {"pausing": PAUSING, "responding": RESPONDING} | {name: states}
    with pytest.raises(ArgumentError) as refused:
        STANDARD.replay(OPENED, CRITICAL, [], **given)
    assert str(refused.value).startswith(
        f"{name} must be a collection of states, as {{'Waiting'}}, not {states!r}"
    )


@pytest.mark.parametrize("name", ["pausing", "responding"])
@pytest.mark.parametrize("states", [[["waiting"]], ({},), np.array(1)], ids=repr)
def test_states_that_cannot_be_collected_are_refused(name: str, states: Any) -> None:
    """Lists are no states, and can't be members of a set; a number of numpy is no collection."""
    given = {"pausing": PAUSING, "responding": RESPONDING} | {name: states}
    with pytest.raises(ArgumentError, match=f"^{name} must be a collection of states"):
        STANDARD.replay(OPENED, CRITICAL, [], **given)


def test_the_opening_and_the_level_are_checked_as_for_a_clock() -> None:
    """And the states have no default, since no two desks name them alike."""
    opened: Any = datetime(2025, 3, 7, 16)
    level: Any = "critical"
    with pytest.raises(NaiveError, match=r"^opened_at has no zone"):
        STANDARD.replay(opened, CRITICAL, [], pausing=(), responding=())
    with pytest.raises(ArgumentError, match=r"^level must be an EscalationLevel, not 'critical'"):
        STANDARD.replay(OPENED, level, [], pausing=(), responding=())
    with pytest.raises(TypeError):
        STANDARD.replay(OPENED, CRITICAL, [], responding=())  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        STANDARD.replay(OPENED, CRITICAL, [], (), ())  # type: ignore[call-arg]


def test_numbered_events_name_instants_in_their_own_zone() -> None:
    """As they stand in the log."""
    early = at("Fri 15:00").astimezone(UTC)
    with pytest.raises(FactError, match=r"^event 1: at 2025-03-07T14:00:00\+00:00 is before "):
        STANDARD.replay(OPENED, CRITICAL, [(early, "new")], pausing=(), responding=())
