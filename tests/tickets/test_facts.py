"""A ticket's facts: in any order, as data, from an audit log, and many of them.

The ticket is of Friday 7 March 2025, 17:00 in UTC+2, on level 1: due on Monday at 12:00.
"""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import datetime as dt
import json
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import permutations
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from desks import DESK, TERMS
from effort import effort
from netcor_sla import (
    STANDARD,
    Agreement,
    BusinessCalendar,
    BusinessDays,
    BusinessHours,
    EscalationLevel,
    ResponseClock,
)
from netcor_sla.errors import (
    AgreementError,
    ArgumentError,
    CoverageError,
    FactError,
    LevelError,
    NaiveError,
    RecordError,
    SLAError,
    TimestampError,
)

CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel
BERLIN: Final = ZoneInfo("Europe/Berlin")
DAYS: Final = {"Thu": 6, "Fri": 7, "Sat": 8, "Sun": 9, "Mon": 10, "Tue": 11}
PAUSING: Final = frozenset({"waiting", "asked"})
RESPONDING: Final = frozenset({"answered", "asked"})
Event = tuple[str, str | EscalationLevel]


def at(text: str) -> datetime:
    """Read an instant of that week, as `Mon 11:00`."""
    day, time = text.split()
    return datetime.fromisoformat(f"2025-03-{DAYS[day]:02}T{time}").replace(tzinfo=DESK.tzinfo)


OPENED: Final = at("Fri 17:00")
FRIDAY: Final = TERMS.clock(OPENED, CRITICAL)
FULL: Final = (
    TERMS.clock(OPENED, LOW)
    .change_level(at("Mon 09:30"), HIGH)
    .change_level(at("Mon 10:30:00.000001"), CRITICAL)
    .pause(at("Sat 10:00"), at("Sat 12:00"))
    .pause(at("Mon 11:00"), at("Mon 12:00"))
    .pause(at("Mon 12:30"))
    .respond(at("Tue 09:00"))
)


def replay(*events: Event, agreement: Agreement = TERMS) -> ResponseClock:
    """Replay a log; the state `asked` answers and pauses."""
    return agreement.replay(
        *(OPENED, CRITICAL, [(at(when), what) for when, what in events]),
        pausing=PAUSING,
        responding=RESPONDING,
    )


def read(**changes: Any) -> ResponseClock:
    """Read a full form, with changes."""
    return ResponseClock.from_dict(FULL.to_dict() | changes, agreement=TERMS)


# In any order.


@pytest.mark.parametrize(
    ("parts", "pauses"),
    [
        ([("09:30", "09:40"), ("09:40", "09:50"), ("09:45", "10:00")], [("09:30", "10:00")]),
        ([("09:30", "09:40"), ("09:35", "09:36"), ("09:30", "09:41")], [("09:30", "09:41")]),
        ([("09:40", "09:50"), ("09:30", "10:00"), ("10:00", "10:00")], [("09:30", "10:00")]),
        # A single microsecond between two is enough.
        (
            [("09:30", "09:40"), ("09:40:00.000001", "09:50")],
            [("09:30", "09:40"), ("09:40:00.000001", "09:50")],
        ),
        (
            [("09:30", "09:40"), ("10:00", "10:10"), ("09:50", "09:55"), ("09:40", "09:45")],
            [("09:30", "09:45"), ("09:50", "09:55"), ("10:00", "10:10")],
        ),
        (
            [("09:30", "09:40"), ("09:50", "10:00"), ("10:10", "10:20"), ("09:35", "10:05")],
            [("09:30", "10:05"), ("10:10", "10:20")],
        ),
    ],
)
def test_pauses_that_touch_or_overlap_are_one(
    parts: list[tuple[str, str]], pauses: list[tuple[str, str]]
) -> None:
    """A pause is a set of instants, in whichever order its parts are added."""
    written = [[at(f"Mon {limit}").isoformat() for limit in pause] for pause in pauses]
    for order in permutations(parts):
        clock = FRIDAY
        for start, end in order:
            clock = clock.pause(at(f"Mon {start}"), at(f"Mon {end}"))
        assert clock.to_dict()["pauses"] == written


# Many of them, all before the deadline.

PATIENT: Final = Agreement(
    calendar=DESK.replace(hours={"mon-sun": [["00:00", "24:00"]]}),
    targets=dict.fromkeys(EscalationLevel, BusinessHours(1000)),
)


@pytest.mark.parametrize("order", ["as they come", "backwards", "jumbled"])
@pytest.mark.parametrize("kind", ["pauses", "resumed pauses", "changes", "looks"])
def test_the_work_grows_as_the_facts_do(kind: str, order: str) -> None:
    """4,000 of them take four times the work of 1,000, and not sixteen times."""

    def story(count: int) -> ResponseClock:
        numbers = list(range(count))
        if order == "backwards":
            numbers.reverse()
        elif order == "jumbled":
            random.Random(count).shuffle(numbers)  # noqa: S311 - no secret
        clock = PATIENT.clock(OPENED, CRITICAL)
        for number in numbers:
            start = OPENED + number * timedelta(minutes=2)
            end = start + timedelta(minutes=1)
            if kind == "changes":
                clock = clock.change_level(start, (LOW, HIGH)[number % 2])
            elif kind == "pauses":
                clock = clock.pause(start, end)
            elif kind == "looks":
                clock = clock.observe(start, level=(LOW, HIGH)[number % 2], waiting=True, answered=False)
                clock = clock.observe(end, level=(LOW, HIGH)[number % 2], waiting=False, answered=False)
            else:
                clock = clock.pause(start).resume(end)
        return clock

    def work(count: int) -> list[int]:
        clock = story(count)
        assert kind == "changes" or len(clock.explain().steps) >= count
        questions: list[Callable[[], object]] = [
            lambda: story(count),
            lambda: clock.due,
            lambda: clock.status(OPENED + timedelta(days=30)),
            clock.explain,
            clock.to_dict,
        ]
        return [effort(ask) for ask in questions]

    work(10)  # reads the years that are asked about
    for few, many in zip(work(1000), work(4000), strict=True):
        assert many < 5 * few


# As data.


def test_a_clock_is_written_as_its_facts() -> None:
    """Ready for JSON, in one spelling, with all keys; of the agreement, the fingerprint is among them."""
    assert FULL.to_dict() == {
        "opened_at": "2025-03-07T17:00:00+02:00",
        "zone": None,
        "level": "low",
        "changes": [
            {"at": "2025-03-10T09:30:00+02:00", "level": "high"},
            {"at": "2025-03-10T10:30:00.000001+02:00", "level": "critical"},
        ],
        "pauses": [
            ["2025-03-08T10:00:00+02:00", "2025-03-08T12:00:00+02:00"],
            ["2025-03-10T11:00:00+02:00", "2025-03-10T12:00:00+02:00"],
            ["2025-03-10T12:30:00+02:00", None],
        ],
        "responded_at": "2025-03-11T09:00:00+02:00",
        "agreement": TERMS.fingerprint,
    }
    assert TERMS.clock(OPENED.astimezone(BERLIN), CRITICAL).to_dict() == {
        "opened_at": "2025-03-07T16:00:00+01:00",
        "zone": "Europe/Berlin",
        "level": "critical",
        "changes": [],
        "pauses": [],
        "responded_at": None,
        "agreement": TERMS.fingerprint,
    }


def test_a_clock_has_its_facts_as_attributes() -> None:
    """In the zone of the opening, and as they were given; `level` is what came of them."""
    assert (FULL.opened_at, FULL.opened_level, FULL.level) == (OPENED, LOW, CRITICAL)
    assert FULL.changes == ((at("Mon 09:30"), HIGH), (at("Mon 10:30:00.000001"), CRITICAL))
    assert FULL.pauses == (
        (at("Sat 10:00"), at("Sat 12:00")),
        (at("Mon 11:00"), at("Mon 12:00")),
        (at("Mon 12:30"), None),
    )
    assert FULL.responded_at == at("Tue 09:00")
    assert (FRIDAY.changes, FRIDAY.pauses, FRIDAY.responded_at) == ((), (), None)
    berlin = TERMS.clock(OPENED.astimezone(BERLIN), LOW).pause(at("Mon 09:30"))
    assert berlin.pauses[0][0].tzinfo is BERLIN


def test_a_clock_shows_the_calls_that_make_it() -> None:
    """So its repr is code, in which nothing is named that there isn't."""
    names = {"datetime": dt, "EscalationLevel": EscalationLevel, "ResponseClock": ResponseClock}
    names |= {"TERMS": TERMS, "Agreement": Agreement, "BusinessCalendar": BusinessCalendar}
    names |= {"BusinessHours": BusinessHours, "BusinessDays": BusinessDays, "STANDARD": STANDARD}
    standard = STANDARD.clock(OPENED, LOW)
    for clock in (FULL, FRIDAY, standard, FRIDAY.pause(at("Mon 09:30"))):
        assert eval(repr(clock), names) == clock  # noqa: S307 - our own code
    assert repr(standard).endswith(", EscalationLevel.LOW)")
    assert repr(FULL).endswith(f".pause({at('Mon 12:30')!r}).respond({at('Tue 09:00')!r})")


@pytest.mark.parametrize(
    "clock",
    [
        FRIDAY,
        FULL,
        FRIDAY.pause(at("Mon 09:30")),
        FRIDAY.pause(at("Mon 09:30"), at("Mon 10:30")),
        TERMS.clock(datetime(2025, 10, 26, 2, 30, fold=1, tzinfo=BERLIN), HIGH),
        TERMS.clock(datetime(2025, 3, 28, 16, tzinfo=BERLIN), LOW).respond(at("Tue 09:00").replace(month=4)),
        TERMS.clock(datetime(1850, 3, 28, 16, tzinfo=BERLIN), LOW),
        TERMS.clock(datetime(2025, 3, 7, tzinfo=UTC), LOW),
    ],
    ids=["bare", "full", "open", "paused", "winter", "spring", "mean time", "UTC"],
)
def test_a_clock_comes_back_from_its_form(clock: ResponseClock) -> None:
    """Law: `from_dict(clock.to_dict(), agreement=...) == clock`, also by way of JSON."""
    form = json.loads(json.dumps(clock.to_dict()))
    again = ResponseClock.from_dict(form, agreement=TERMS)
    assert (again, hash(again), again.to_dict()) == (clock, hash(clock), form)
    assert again.opened_at.isoformat() == clock.opened_at.isoformat()
    assert again.opened_at.tzinfo == clock.opened_at.tzinfo
    assert again.fingerprint == clock.fingerprint
    later = at("Tue 10:00").replace(year=2030)
    assert again.pause(later).respond(later) == clock.pause(later).respond(later)


def test_a_clock_is_not_read_under_another_agreement_by_mistake() -> None:
    """But on purpose, without the key; and as it was written before there was one."""
    same_time = TERMS.replace(day_rule="same time")
    clock = same_time.clock(at("Sat 12:00"), MEDIUM)
    form = clock.to_dict()
    assert ResponseClock.from_dict(form, agreement=same_time) == clock
    for given in ({"agreement": TERMS}, {}):
        with pytest.raises(AgreementError, match="give it, or leave the key out") as error:
            ResponseClock.from_dict(form, **given)
        assert form["agreement"] in str(error.value)
        assert "den Schlüssel weglassen" in error.value.german
    assert form.pop("agreement") == same_time.fingerprint
    other = ResponseClock.from_dict(form, agreement=TERMS)
    assert (other == clock, other.due) == (False, at("Tue 18:00"))
    assert ResponseClock.from_dict(form | {"agreement": None}, agreement=TERMS) == other


def test_facts_are_read_as_they_would_be_added() -> None:
    """In any order; pauses merge, the last change of an instant and the earliest open pause count."""
    form = FULL.to_dict()
    assert (
        read(
            changes=[*form["changes"][::-1], *form["changes"][:1]],
            pauses=[
                [at("Mon 13:30").isoformat(), None],
                [at("Mon 11:30").isoformat(), at("Mon 12:00").isoformat()],
                [at("Mon 09:00").isoformat()] * 2,
                [at("Mon 11:00").astimezone(UTC).isoformat(), at("Mon 11:30").isoformat()],
                *form["pauses"][::-1],
            ],
        )
        == FULL
    )
    level = [{"at": form["changes"][0]["at"], "level": level} for level in ("Mittel", 1)]
    assert read(changes=level).to_dict()["changes"] == [form["changes"][0] | {"level": "critical"}]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Asia/Tokyo"])
def test_a_zone_that_shows_something_else_is_not_taken(zone: str) -> None:
    """Where it is not known here, or its clock differs, what is written is what is shown."""
    clock = read(zone=zone)
    assert clock.opened_at.isoformat() == FULL.opened_at.isoformat()
    assert clock == FULL


INSTANTS: Final[dict[str, Callable[[Any], ResponseClock]]] = {
    "at": lambda value: read(changes=[{"at": value, "level": "low"}]),
    "pauses": lambda value: read(pauses=[[value, None]]),
    "pauses: ends": lambda value: read(pauses=[["2025-03-10T09:00:00+02:00", value]]),
    "responded_at": lambda value: read(responded_at=value),
}


@pytest.mark.parametrize("place", INSTANTS)
def test_instants_in_data_are_checked(place: str) -> None:
    """Each is one, not before the opening, and in years that a calendar may know."""
    name = place.partition(":")[0]
    value: Any
    for value in (5, "", "x", "2025-03-10", "2025-03-10T09:00:00", [], OPENED):
        with pytest.raises(RecordError, match=f"^{name}: "):
            INSTANTS[place](value)
    with pytest.raises(FactError) as refused:
        INSTANTS[place]("2025-03-07T16:59:59.999999+02:00")
    assert str(refused.value) == (
        f"{name} 2025-03-07T16:59:59.999999+02:00 is before opened_at 2025-03-07T17:00:00+02:00; "
        "give that instant, or a later one"
    )
    with pytest.raises(CoverageError, match=f"^{name} .* lies outside the years 1000 to 9000"):
        INSTANTS[place]("9999-12-31T23:30:00+00:00")


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"responded": None}, RecordError, "key 'responded' of ResponseClock is unknown; did you "),
        ({"agreement": {}}, AgreementError, "agreement: the facts are of {}, not '"),
        ({"opened_at": None}, RecordError, "opened_at: "),
        (
            {"opened_at": "2025-03-10T12:00:00+02:00"},
            *(FactError, "at 2025-03-10T09:30:00+02:00 is before opened_at 2025-03-10T12:00:00+02"),
        ),
        ({"zone": 5}, RecordError, "zone: 5 is not the key of a zone as Europe/Berlin,"),
        ({"zone": "x/../y"}, RecordError, "zone: 'x/../y' is not the key of a zone"),
        ({"level": "urgent"}, LevelError, "'urgent' is not an escalation level; choose one of '1 ("),
        ({"changes": {}}, RecordError, "changes: {} is not a list"),
        ({"changes": ["low"]}, ArgumentError, "changes must be a mapping, not str: 'low'"),
        ({"changes": [{}]}, RecordError, "key 'at' of changes is missing"),
        ({"pauses": None}, RecordError, "pauses: None is not a list"),
        ({"pauses": ["xy"]}, RecordError, "pauses: 'xy' is not a start and an end, or null"),
        ({"pauses": [[1, 2, 3]]}, RecordError, "pauses: [1, 2, 3] is not a start and an end, or"),
        ({"pauses": [[None, None]]}, RecordError, "pauses: "),
        (
            {"pauses": [["2025-03-10T09:00:00+02:00", "2025-03-10T08:59:59+02:00"]]},
            *(FactError, "pauses: 2025-03-10T09:00:00+02:00 to 2025-03-10T08:59:59+02:00: a pause"),
        ),
    ],
)
def test_what_is_not_a_ticket_is_refused(changes: Any, error: type[SLAError], words: str) -> None:
    """The message names the key and shows the value; and no key has a default."""
    with pytest.raises(error) as refused:
        read(**changes)
    assert str(refused.value).startswith(words)
    if "timestamp" not in str(refused.value) and error is not LevelError:
        assert refused.value.german != str(refused.value)


@pytest.mark.parametrize("key", FULL.to_dict().keys() - {"agreement"})
def test_missing_keys_are_named(key: str) -> None:
    """None has a default."""
    form = {name: value for name, value in FULL.to_dict().items() if name != key}
    with pytest.raises(RecordError, match=f"^key '{key}' of ResponseClock is missing; give it too"):
        ResponseClock.from_dict(form)


# Looks at a ticket.


def look(clock: ResponseClock, when: str, seen: str = "", level: EscalationLevel = CRITICAL) -> ResponseClock:
    """Look at a ticket, and look again."""
    once, twice = (
        ticket.observe(at(when), level=level, waiting="w" in seen, answered="a" in seen)
        for ticket in (clock, clock.observe(at(when), level=level, waiting="w" in seen, answered="a" in seen))
    )
    assert once == twice
    return once


def test_a_look_at_a_ticket_adds_what_is_news() -> None:
    """What a hook need not guard: an end without a pause, the level it has, an answer it had."""
    assert look(look(FRIDAY, "Mon 09:30"), "Mon 09:45") == FRIDAY
    waits = look(look(FRIDAY, "Mon 09:30", "w"), "Mon 09:45", "w")
    assert waits == FRIDAY.pause(at("Mon 09:30"))
    raised = look(waits, "Mon 10:00", "w", HIGH)
    assert raised == waits.change_level(at("Mon 10:00"), HIGH)
    resumed = look(raised, "Mon 10:30", "", HIGH)
    assert resumed == raised.resume(at("Mon 10:30"))
    answered = look(resumed, "Mon 11:00", "a", LOW)
    assert answered == resumed.change_level(at("Mon 11:00"), LOW).respond(at("Mon 11:00"))
    same = look(answered, "Mon 11:00", "a", MEDIUM)
    assert same == answered.change_level(at("Mon 11:00"), MEDIUM)
    for seen in ("", "w", "a"):  # reopened, the first response stays the first
        assert look(answered, "Mon 11:00:00.000001", seen) == answered


def test_a_look_before_the_opening_counts_as_at_the_opening() -> None:
    """Stamps that were rounded, and clocks that are slow."""
    for when in ("Fri 16:59:59.999999", "Thu 09:00", "Fri 17:00"):
        assert look(FRIDAY, when, "wa", LOW) == (
            FRIDAY.change_level(OPENED, LOW).pause(OPENED).respond(OPENED)
        )


def test_a_look_ends_a_pause_that_was_to_last_longer() -> None:
    """And leaves those that are over, or yet to come."""
    planned = FRIDAY.pause(at("Sat 10:00"), at("Sat 12:00")).pause(at("Mon 09:30"), at("Mon 17:00"))
    ended = FRIDAY.pause(at("Sat 10:00"), at("Sat 12:00")).pause(at("Mon 09:30"), at("Mon 10:00"))
    assert look(planned, "Mon 10:00") == ended
    assert look(planned, "Mon 09:30").pauses == planned.pauses[:1]
    for when in ("Mon 09:00", "Mon 17:00", "Tue 09:00"):
        assert look(planned, when) == planned
    assert look(planned, "Mon 16:59", "w") == planned
    assert look(planned, "Mon 17:00", "w").resume(at("Tue 09:00")).pauses[-1] == (
        at("Mon 09:30"),
        at("Tue 09:00"),
    )


@pytest.mark.parametrize(
    "given", [{"waiting": "no"}, {"answered": 1}, {"level": 1}, {"waiting": None}], ids=repr
)
def test_a_look_takes_no_words_for_truths(given: dict[str, Any]) -> None:
    """The text "no" is true to Python."""
    (name,) = given
    usual: dict[str, Any] = {"level": CRITICAL, "waiting": False, "answered": False}
    with pytest.raises(ArgumentError, match=f"^{name} must be a"):
        FRIDAY.observe(OPENED, **usual | given)


# From an audit log.


def test_a_log_makes_the_clock_that_its_facts_make() -> None:
    """A pause from 09:30 to 10:45, level 2 from 11:00 on, an answer at 11:30; the first counts."""
    clock = replay(
        ("Fri 17:00", "new"),
        ("Mon 09:30", "waiting"),
        ("Mon 10:45", "open"),
        ("Mon 11:00", HIGH),
        ("Mon 11:30", "answered"),
        ("Tue 09:30", "answered"),
        ("Tue 10:30", "closed"),
    )
    paused = FRIDAY.pause(at("Mon 09:30")).resume(at("Mon 10:45"))
    assert clock == paused.change_level(at("Mon 11:00"), HIGH).respond(at("Mon 11:30"))
    assert clock.due == at("Mon 17:45")
    same_time = TERMS.replace(day_rule="same time")
    assert replay(("Mon 10:00", MEDIUM), agreement=same_time).due == at("Tue 17:00")


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], FRIDAY),
        ([("Fri 17:00", "new"), ("Mon 09:30", "open"), ("Mon 10:30", "")], FRIDAY),
        # One pause, from 09:30 to 10:30, however often the log repeats it.
        *(
            (events, FRIDAY.pause(at("Mon 09:30"), at("Mon 10:30")))
            for events in (
                [("Mon 09:30", "waiting"), ("Mon 10:30", "open")],
                [("Mon 09:30", "waiting"), ("Mon 10:00", "waiting"), ("Mon 10:30", "open")],
                [("Mon 09:30", "waiting"), ("Mon 10:30", "open"), ("Mon 11:00", "open")],
                [
                    ("Fri 17:30", "waiting"),
                    ("Fri 17:30", "open"),
                    ("Mon 09:30", "waiting"),
                    ("Mon 10:30", "open"),
                    ("Mon 10:30", "waiting"),
                    ("Mon 10:30", "open"),
                ],
                [
                    ("Mon 09:30", "waiting"),
                    ("Mon 10:00", "open"),
                    ("Mon 10:00", "waiting"),
                    ("Mon 10:30", "open"),
                ],
            )
        ),
        # No state ends it, so it is open; also beside one that it touches.
        ([("Mon 09:30", "waiting"), ("Mon 10:30", "waiting")], FRIDAY.pause(at("Mon 09:30"))),
        (
            [("Mon 09:30", "waiting"), ("Mon 10:00", "open"), ("Mon 10:00", "waiting")],
            FRIDAY.pause(at("Mon 09:30"), at("Mon 10:00")).pause(at("Mon 10:00")),
        ),
        # A level leaves the state as it is.
        (
            [("Mon 09:30", "waiting"), ("Mon 10:00", HIGH), ("Mon 10:30", "open")],
            FRIDAY.pause(at("Mon 09:30"), at("Mon 10:30")).change_level(at("Mon 10:00"), HIGH),
        ),
        # An answer ends a pause, if its state is none that pauses.
        (
            [("Mon 09:30", "waiting"), ("Mon 10:30", "answered")],
            FRIDAY.pause(at("Mon 09:30"), at("Mon 10:30")).respond(at("Mon 10:30")),
        ),
        (
            [("Mon 09:30", "asked"), ("Mon 10:30", "waiting"), ("Mon 11:30", "open")],
            FRIDAY.respond(at("Mon 09:30")).pause(at("Mon 09:30"), at("Mon 11:30")),
        ),
    ],
)
def test_of_a_log_facts_count_and_noise_does_not(events: list[Event], expected: ResponseClock) -> None:
    """Repeated states change nothing; a state may answer and pause."""
    assert replay(*events) == expected


def test_events_are_sorted_by_instant() -> None:
    """However the log is sorted."""
    events: list[Event] = [("Fri 17:30", "waiting"), ("Mon 09:30", "open"), ("Mon 09:45", LOW)]
    events += [("Mon 10:00", "answered"), ("Mon 10:30", "asked")]
    clock = FRIDAY.pause(at("Fri 17:30"), at("Mon 09:30")).change_level(at("Mon 09:45"), LOW)
    clock = clock.respond(at("Mon 10:00")).pause(at("Mon 10:30"))
    assert {replay(*order) for order in permutations(events)} == {clock}


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (["waiting", "open"], FRIDAY),
        (["waiting", "new", "waiting", "open"], FRIDAY),
        (["open", "waiting"], FRIDAY.pause(at("Mon 09:30"))),
        (["waiting", "open", "waiting"], FRIDAY.pause(at("Mon 09:30"))),
        ([HIGH, LOW], FRIDAY.change_level(at("Mon 09:30"), LOW)),
        ([LOW, HIGH], FRIDAY.change_level(at("Mon 09:30"), HIGH)),
        ([MEDIUM, LOW, MEDIUM, HIGH], FRIDAY.change_level(at("Mon 09:30"), HIGH)),
    ],
)
def test_events_of_one_instant_stay_in_order(
    order: list[str | EscalationLevel], expected: ResponseClock
) -> None:
    """The last state holds from then on, and the last level, whatever is sorted around them."""
    assert replay(*(("Mon 09:30", what) for what in order)) == expected
    around: tuple[Event, ...] = (("Mon 10:30", expected.level), ("Fri 17:30", "new"))
    clock = replay(around[0], *(("Mon 09:30", what) for what in order), around[1])
    assert clock == expected.change_level(at("Mon 10:30"), expected.level)


class Desk(StrEnum):
    """States of a ticket system."""

    WAITING = "waiting"


@pytest.mark.parametrize("kind", [set, frozenset, list, tuple, dict.fromkeys, np.array])
@pytest.mark.parametrize("state", ["waiting", np.str_("waiting"), Desk.WAITING], ids=repr)
def test_the_states_may_be_any_collection(kind: Any, state: str) -> None:
    """Of texts; numpy's are such, and so are members of a `StrEnum`."""
    log = [(at("Mon 09:30"), state), (at("Mon 10:30"), "answered")]
    clock = TERMS.replay(OPENED, CRITICAL, log, pausing=kind([state, "other"]), responding=kind(["answered"]))
    assert clock == FRIDAY.pause(at("Mon 09:30"), at("Mon 10:30")).respond(at("Mon 10:30"))
    assert TERMS.replay(OPENED, CRITICAL, log, pausing=(), responding=()) == FRIDAY


def test_events_may_come_from_anywhere() -> None:
    """From a generator, which is gone through once; as tuples, lists and rows."""

    class Row(NamedTuple):
        when: datetime
        state: str

    def log() -> Iterator[Any]:
        yield [at("Mon 10:30"), "open"]
        yield Row(pd.Timestamp(at("Mon 09:30")), "waiting")

    clock = TERMS.replay(OPENED, CRITICAL, log(), pausing=["waiting"], responding=[])
    assert clock == FRIDAY.pause(at("Mon 09:30"), at("Mon 10:30"))


@pytest.mark.parametrize(
    ("events", "error", "message"),
    [
        (None, ArgumentError, "events: None is not a list of pairs"),
        *(
            (events, ArgumentError, f"event 1: {events[0]!r:.40}")
            for events in ("ab", [()], [5], ["ab"], [(OPENED,)])
        ),
        ([(OPENED, "new"), (OPENED, "open", "me")], ArgumentError, "event 2: (datetime.datetime("),
        ([("open", OPENED)], ArgumentError, "event 1: datetime.datetime(2025, 3, 7, 17, 0, "),
        *(
            ([(OPENED, what)], ArgumentError, f"event 1: {what!r} is not a state or a level")
            for what in (None, 1, b"open")
        ),
        (
            [(OPENED, "new"), ("2025-03-10T09:00+01:00", "open")],
            *(ArgumentError, "event 2: at must be an aware datetime, not str: '2025-03-10T09:00+"),
        ),
        ([(pd.NaT, "open")], TimestampError, "event 1: at is NaT, a missing value; leave such "),
        ([(datetime(2025, 3, 10), "open")], NaiveError, "event 1: at has no zone: datetime."),
    ],
)
def test_what_is_not_a_log_is_refused(events: Any, error: type[SLAError], message: str) -> None:
    """The message says which event it is, and shows it."""
    with pytest.raises(error) as refused:
        TERMS.replay(OPENED, CRITICAL, events, pausing=PAUSING, responding=RESPONDING)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize("name", ["pausing", "responding"])
@pytest.mark.parametrize(
    "states", [None, 5, "waiting", b"wait", [1], {None}, [b"x"], iter("ab"), np.array(1), range(10**12)]
)
def test_states_are_a_collection_of_texts(name: str, states: Any) -> None:
    """A single text is no collection: its letters were meant by nobody."""
    given = {"pausing": PAUSING, "responding": RESPONDING} | {name: states}
    with pytest.raises(ArgumentError) as refused:
        TERMS.replay(OPENED, CRITICAL, [], **given)
    assert str(refused.value).startswith(
        f"{name}: {states!r} is not a collection of states; write {{'Waiting'}}"
    )


def test_the_opening_and_the_level_are_checked_as_for_a_clock() -> None:
    """And events are not before it, even by a microsecond: they are named by their number."""
    opened: Any = datetime(2025, 3, 7, 16)
    level: Any = "critical"
    with pytest.raises(NaiveError, match=r"^opened_at has no zone"):
        TERMS.replay(opened, CRITICAL, [], pausing=(), responding=())
    with pytest.raises(ArgumentError, match=r"^level must be an EscalationLevel, not 'critical'"):
        TERMS.replay(OPENED, level, [], pausing=(), responding=())
    with pytest.raises(FactError, match=r"^event 2: at 2025-03-07T16:59:59\.999999\+02:00 is before"):
        replay(("Mon 09:30", "open"), ("Fri 16:59:59.999999", "new"))
    assert replay(("Fri 17:00", HIGH)).level is HIGH
