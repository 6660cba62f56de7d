"""The laws of the response clock, on tickets of every kind.

A law holds where every result that it names exists, so an example whose answer lies beyond
the years that are known, or beyond the last opening, is passed over.
"""

import json
import pickle
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Final

from hypothesis import assume, event, given
from hypothesis import strategies as st

from netcor_sla import STANDARD, BusinessCalendar, EscalationLevel, ResponseClock, State
from netcor_sla._calendars.instants import EPOCH
from netcor_sla.records import audit, verify

from .oracle import Oracle
from .strategies import DAY, MICROSECOND, Form, clock, exact, opened_specially, place
from .test_laws import SHARES, assert_same_but_for_the_zone, where_it_exists
from .ticket_strategies import (
    FULL_MINUTE,
    LEVELS,
    ZONES,
    Fact,
    Opening,
    Story,
    facts_of,
    offsets,
    openings,
    seen,
    stories,
    with_facts,
)

PAUSES: Final = ("pause", "pause and resume")
ENDED: Final = (*PAUSES, "change", "respond")  # in which no pause is left open
LATE: Final = (State.BREACHED, State.MISSED)


def level_at(story: Story, at: int) -> str:
    """Find the level as of an instant, or of a response before it: the last change, and the last one added."""
    at = min([at, *(fact.at for fact in story.facts if fact.verb == "respond")])
    changes = [(0, story.opening.level)]
    changes += [(fact.at, fact.level) for fact in story.facts if fact.verb == "change"]
    last = max(when for when, _ in changes if when <= at)
    return [level for when, level in changes if when == last][-1]


def assert_alike(story: Story, one: ResponseClock, other: ResponseClock, nows: list[int]) -> None:
    """Hold two clocks to the same answers."""
    for now in nows:
        assert story.ask(one, now) == story.ask(other, now), now
    assert one.due == other.due


@given(openings(grid=MICROSECOND))
def test_a_clock_without_facts_has_the_plain_deadline(opening: Opening) -> None:
    """Before anything happens, every level is due as the agreement alone says."""
    agreement = opening.agreement()
    with where_it_exists():
        for level in EscalationLevel:
            plain = agreement.response_due(opening.opened_at, level)
            told_of = agreement.clock(opening.opened_at, level)
            assert told_of.due == plain
            assert told_of.status(opening.opened_at).due == plain


@given(stories(), st.sampled_from(EscalationLevel))
def test_a_calendar_for_a_level_is_as_an_agreement_with_that_calendar_alone(
    story: Story, level: EscalationLevel
) -> None:
    """At whatever instant the ticket has that level; on the others, it is as if there were none."""
    alone = story.opening.agreement()
    for same, calendar in ((True, alone.calendar), (False, STANDARD.calendar)):
        other = STANDARD.calendar if same else alone.calendar
        mixed = alone.replace(calendar=other, calendars={level: calendar})
        clock = ResponseClock.from_dict(story.clock().to_dict() | {"agreement": None}, agreement=mixed)
        with where_it_exists():
            for now in story.questions():
                if (level_at(story, now) == level.value) is same:
                    assert story.ask(clock, now) == story.ask(story.clock(), now)
            if (clock.level is level) is same:
                assert clock.due == story.clock().due


@given(stories(verbs=(*PAUSES, "pause on")), st.sampled_from((0.25, 0.5, 0.75, 0.9, 0.999)))
def test_a_share_is_used_up_at_the_instant_that_is_said(story: Story, share: float) -> None:
    """From then on by every status, and not before; all of it with the deadline."""
    clock = story.clock()
    with where_it_exists():
        assert clock.used_at(1) == clock.due
        used = clock.used_at(share)
        event("used up" if used else "paused before")
        if used is None:
            assert clock.status(story.moment(10**15)).used < share
        else:
            assert clock.due is None or exact(used) <= exact(clock.due)
            assert clock.status(used).used >= share
            assert used == clock.opened_at or clock.status(used - MICROSECOND).used < share


@given(stories())
def test_a_ticket_comes_to_be_at_risk_when_that_share_is_used_up(story: Story) -> None:
    """As announced after the last fact; of the whole time, the deadline itself is meant."""
    clock, last = story.clock(), story.moment(story.limits()[-1])
    assume(clock.agreement.at_risk < 1)
    with where_it_exists():
        change = clock.status(last).next_change
        if change and change.state is State.AT_RISK:
            assert exact(change.instant) == exact(clock.used_at(clock.agreement.at_risk) or last)


@given(openings(), st.data())
def test_looks_at_a_ticket_are_as_a_log_of_it(opening: Opening, data: st.DataObject) -> None:
    """Each look twice is as each once, whatever it shows, before the opening too."""
    truths = st.booleans()
    looks = st.tuples(offsets(opening), st.sampled_from(EscalationLevel), truths, truths)
    seen = sorted(data.draw(st.lists(looks, max_size=6)), key=lambda look: look[0])
    story = Story(opening, tuple(Fact("respond", look[0]) for look in seen), ())
    first = opening.clock()
    clock, events = first, list[tuple[datetime, str | EscalationLevel]]()
    for number, (at, level, waiting, answered) in enumerate(seen):
        when = story.moment(at if number or data.draw(truths) else -at)
        once = clock.observe(when, level=level, waiting=waiting, answered=answered)
        clock = once.observe(when, level=level, waiting=waiting, answered=answered)
        assert clock == once
        counts = max(when, first.opened_at, key=exact)
        events += [(counts, level), (counts, f"{waiting=} {answered=}")]
    states = {f"{waiting=} {answered=}" for waiting in (False, True) for answered in (False, True)}
    log = clock.agreement.replay(
        *(first.opened_at, first.level, events),
        pausing={each for each in states if "waiting=True" in each},
        responding={each for each in states if "answered=True" in each},
    )
    with where_it_exists():
        assert_alike(story, clock, log, story.questions())


@given(stories(), SHARES, SHARES)
def test_a_pause_outside_business_hours_changes_nothing(story: Story, first: int, second: int) -> None:
    """Except while it lasts, a pause in closed time leaves every answer as it was.

    By dates a deadline may lie at an opening; there, closed time can join two pauses to one that began before
    the deadline, or make one begin earlier. So under those rules the pause stands by itself.
    """
    calendar = story.opening.agreement().calendar
    with where_it_exists():
        closing = calendar.next_close(story.moment(story.nows[0]))
        idle = exact(calendar.next_open(closing)) - exact(closing)
        shut = story.since_opening(closing)
        start, end = sorted(shut + idle * share // 1000 for share in (first, second))
        if story.opening.form["day_rule"] != "elapsed":
            touching = [
                fact
                for fact in story.facts
                if fact.verb.startswith("pause")
                and fact.at <= end
                and (fact.verb == "pause on" or start <= fact.until)
            ]
            assume(not touching)
        without = story.clock()
        paused = without.pause(story.moment(start), story.moment(end))
        nows = [*story.questions(), start - 1, end, end + 1]
        outside = [now for now in nows if now >= 0 and not start <= now < end]
        assert_alike(story, paused, without, outside)


@given(stories(verbs=ENDED), st.randoms(use_true_random=False))
def test_facts_commute(story: Story, random: Random) -> None:
    """Added in any order, the same facts make an equal clock, once all pauses are ended."""
    changes = [fact.at for fact in story.facts if fact.verb == "change"]
    assume(len(changes) == len(set(changes)))
    jumbled = list(story.facts)
    random.shuffle(jumbled)
    one, other = story.clock(), with_facts(story.opening.clock(), jumbled)
    assert one == other
    assert hash(one) == hash(other)
    assert one.to_dict() == other.to_dict()


@given(stories(verbs=ENDED), st.data())
def test_pauses_merge(story: Story, data: st.DataObject) -> None:
    """Pauses that touch or overlap are one, and a pause within another is nothing."""
    points = offsets(story.opening)
    a, b, c, d = sorted(data.draw(points) for _ in range(4))
    base = story.clock()

    def pauses(*pairs: tuple[int, int]) -> ResponseClock:
        return with_facts(base, [Fact("pause", *pair) for pair in pairs])

    whole = pauses((a, d))
    for parts in ([(a, b), (b, d)], [(b, d), (a, c)], [(a, d), (b, c)], [(b, c), (a, d)]):
        assert pauses(*parts) == whole
        assert hash(pauses(*parts)) == hash(whole)
    bare = story.opening.clock()
    separate, joined = (
        with_facts(bare, [Fact("pause", *pair) for pair in pairs]) for pairs in (((a, b), (c, d)), ((a, d),))
    )
    assert (separate == joined) == (b == c)
    open_ended = base.pause(story.moment(c)).pause(story.moment(a))
    assert open_ended.resume(story.moment(d)) == whole


@given(stories(verbs=ENDED), st.data())
def test_a_pause_that_ends_at_once_is_nothing(story: Story, data: st.DataObject) -> None:
    """Pause and resume at one instant leave an equal clock."""
    at, base = story.moment(data.draw(offsets(story.opening))), story.clock()
    for nothing in (base.pause(at, at), base.pause(at).resume(at)):
        assert nothing == base
        assert hash(nothing) == hash(base)


def cut(form: Form, story: Story) -> Form:
    """Take the pauses out of a calendar's hours, date by date."""
    oracle = Oracle(form)
    opened = exact(story.opening.opened_at)
    pauses = [(opened + fact.at, opened + fact.until) for fact in story.facts]
    special: Form = dict(form.get("special", {}))
    for start, end in pauses:
        day, last = oracle.wall(start).date(), oracle.wall(end).date()
        while day <= last:
            special[f"{day}"] = [
                [clock(first), clock(second)]
                for first, second in without(oracle, day, oracle.hours(day), pauses)
            ]
            day += DAY
    return form | {"special": special}


def without(
    oracle: Oracle, day: date, spans: list[tuple[int, int]], pauses: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Take what is paused from the spans of a date, in a zone of a fixed offset."""
    midnight = oracle.minutes_of(day)[0]
    for start, end in pauses:
        first, last = ((limit - midnight) // 60_000_000 for limit in (start, end))
        pieces = [
            (begin, stop)
            for opening, closing in spans
            for begin, stop in ((opening, min(closing, first)), (max(opening, last), closing))
            if begin < stop
        ]
        spans = pieces if first < last else spans
    return spans


@given(stories(rule="elapsed", grid=FULL_MINUTE, plain=True, verbs=PAUSES))
def test_pauses_are_cut_out_of_the_timeline(story: Story) -> None:
    """Counted by elapsed time, a ticket is due as on a calendar whose hours lack the pauses."""
    form = cut(story.opening.form["calendar"], story)
    assume(any(form["hours"].values()) or opened_specially(form))
    target = story.opening.form["targets"][story.opening.level]
    day = timedelta(hours=int(form["business_day"][:2]), minutes=int(form["business_day"][3:]))
    amount = target.get("days", 0) * day
    amount += timedelta(hours=target.get("hours", 0), minutes=target.get("minutes", 0))
    with where_it_exists():
        due = story.clock().due
        assert due is not None
        expected = BusinessCalendar.from_dict(form).add(story.opening.opened_at, amount)
        assert exact(due) == exact(expected)
        event("put off" if due != story.opening.clock().due else "not put off")


@given(stories())
def test_states_change_as_announced_and_never_otherwise(story: Story) -> None:
    """At its next change a ticket has the state that was announced, and none before it."""
    told_of = story.clock()
    limits = story.limits()
    with where_it_exists():
        for start, stop in pairwise([*limits, limits[-1] + 10 * DAY // MICROSECOND]):
            at = start
            while at < stop:
                status = told_of.status(story.moment(at))
                change = status.next_change
                until = stop if change is None else min(stop, story.since_opening(change.instant))
                for now in (at, min(at + 1, until - 1), (at + until) // 2, until - 1):
                    assert told_of.status(story.moment(now)).state is status.state, now
                if change is not None and until < stop:
                    event(f"announced: {change.state.value}")
                    assert told_of.status(change.instant).state is change.state
                at = until


@given(stories(verbs=("pause", "pause and resume", "respond", "pause on")))
def test_no_ticket_runs_again_after_its_deadline(story: Story) -> None:
    """While its level stays the same, a late ticket stays late, and its deadline where it is."""
    told_of = story.clock()
    with where_it_exists():
        statuses = [told_of.status(story.moment(now)) for now in story.questions()]
        for before, after in pairwise(statuses):
            if before.late:
                event("late")
                assert after.late
                assert after.state in LATE
                assert after.due == before.due is not None


@given(stories(), st.sampled_from(LEVELS))
def test_raising_and_lowering_back_is_nothing(story: Story, level: str) -> None:
    """Except in between, a level that was changed and changed back leaves every answer alike."""
    first, last = sorted(story.nows[:2])
    for fact in story.facts:
        assume(not (fact.verb == "change" and first < fact.at <= last))
        assume(not (fact.verb == "respond" and first <= fact.at < last))
    without, back = story.clock(), level_at(story, first)
    changes = [Fact("change", first, level=level), Fact("change", last, level=back)]
    nows = [now for now in (*story.questions(), last + 1) if not first <= now < last]
    with where_it_exists():
        assert_alike(story, with_facts(without, changes), without, nows)


@given(stories(), st.data())
def test_what_comes_after_the_response_changes_nothing(story: Story, data: st.DataObject) -> None:
    """Pauses, levels and answers after the first answer leave it met or missed as it was."""
    answered = data.draw(offsets(story.opening))
    facts = [fact for fact in story.facts if fact.verb != "respond"]
    before = with_facts(story.opening.clock(), [*facts, Fact("respond", answered)])
    verbs = ("pause", "change", "respond", "pause on")
    later = data.draw(st.lists(facts_of(story.opening, MICROSECOND, verbs), min_size=1, max_size=4))
    after = with_facts(
        before,
        [
            # At the instant of the answer itself, another level still counts.
            each._replace(at=answered + each.at + (each.verb == "change"), until=answered + each.until)
            for each in later
        ],
    )
    with where_it_exists():
        assert_alike(story, after, before, [*story.questions(), answered, answered + 1])
        state = before.status(story.moment(answered)).state
        event(state.value)
        assert state in {State.MET, State.MISSED}
        assert after.status(story.moment(max(answered, *story.nows))).state is state


@given(stories(verbs=("pause", "pause and resume", "change")))
def test_on_time_or_late_by_instants_only(story: Story) -> None:
    """An answer at the deadline is on time, one a microsecond later is not, open or closed."""
    told_of = story.clock()
    with where_it_exists():
        due = told_of.due
        assert due is not None
        at = story.since_opening(due)
        assume(all(fact.at <= at for fact in story.facts if fact.verb == "change"))
        for by, state, waiting in ((0, State.MET, State.AT_RISK), (1, State.MISSED, State.BREACHED)):
            now = story.moment(at + by)
            assert told_of.status(now).state is waiting
            answered = told_of.respond(now).status(now)
            assert (answered.state, answered.late) == (state, bool(by))
            event(f"desk open: {answered.desk_open}")
            assert answered.due == due


@given(stories(verbs=("pause", "pause and resume")), st.integers(1, 10**9))
def test_a_pause_from_the_deadline_on_comes_too_late(story: Story, passed: int) -> None:
    """Begun at the deadline, a pause puts nothing off; begun a microsecond before, it does."""
    told_of = story.clock()
    with where_it_exists():
        due = told_of.due
        assert due is not None
        at = story.since_opening(due)
        # A pause that is not over by then would join the one that begins.
        assume(all(not fact.at <= at <= fact.until for fact in story.facts))
        late = told_of.pause(due)
        assert late.due == due
        assert late.status(due).state is State.AT_RISK
        status = late.status(story.moment(at + passed))
        assert (status.state, status.paused, status.due) == (State.BREACHED, True, due)
        in_time = told_of.pause(story.moment(at - 1))
        assert in_time.due is None
        assert in_time.status(story.moment(at + passed)).state is State.PAUSED


@given(stories(grid=FULL_MINUTE))
def test_what_is_not_yet_known_is_not_told(story: Story) -> None:
    """As of an instant, the clock answers as one that knew only what had happened by then."""
    told_of = story.clock()
    with where_it_exists():
        for now in story.questions():
            known = [fact for fact in story.facts if fact.at <= now]
            ended = [f for f in known if not (f.verb.startswith("pause") and f.until > now)]
            waiting = [Fact("pause on", f.at) for f in known if f not in ended]
            going_on = [f for f in ended if f.verb == "pause on"]
            ended = [f for f in ended if f.verb != "pause on"]
            then = with_facts(story.opening.clock(), [*ended, *waiting, *going_on])
            assert story.ask(told_of, now) == story.ask(then, now), now


@given(stories())
def test_data_round_trip_of_clocks(story: Story) -> None:
    """A clock read from its own data, through JSON or a pickle, is equal and answers alike."""
    told_of, agreement = story.clock(), story.opening.agreement()
    data = told_of.to_dict()
    for copy in (
        ResponseClock.from_dict(data, agreement=agreement),
        ResponseClock.from_dict(json.loads(json.dumps(data)), agreement=agreement),
        pickle.loads(pickle.dumps(told_of)),  # noqa: S301
    ):
        assert copy == told_of
        assert hash(copy) == hash(told_of)
        assert copy.to_dict() == data
        assert copy.level is told_of.level
        with where_it_exists():
            assert_alike(story, copy, told_of, story.questions())


@given(stories(), ZONES, ZONES)
def test_clocks_are_zone_blind(story: Story, elsewhere: str, far: str) -> None:
    """Facts in other zones are the same facts; results are in the zone of the opening."""
    here, zone = story.clock(), place(elsewhere)
    opening = story.opening
    assert with_facts(opening.clock(), story.facts, zone) == here
    there = opening._replace(opened_at=opening.opened_at.astimezone(place(far)))
    away = with_facts(there.clock(), story.facts, zone)
    with where_it_exists():
        for now in story.questions():
            at = story.moment(now)
            first, second = here.status(at), away.status(at.astimezone(zone))
            assert seen(first) == seen(second), now
            if first.due is not None and second.due is not None:
                pair = opening.opened_at, there.opened_at
                assert_same_but_for_the_zone(first.due, second.due, *pair)
                if first.next_change and second.next_change:
                    instants = first.next_change.instant, second.next_change.instant
                    assert_same_but_for_the_zone(*instants, *pair)


@given(stories())
def test_a_clock_explains_its_deadline(story: Story) -> None:
    """An explanation has the clock's deadline; while a pause leaves it open, what is left of it."""
    ticket = story.clock()
    with where_it_exists():
        deadline = ticket.explain()
        assert deadline.due == ticket.due
        assert (deadline.due is None) == (deadline.paused_since is not None) == bool(deadline.remaining)
        if deadline.steps[-1].kind != "rule" and ticket.agreement.day_rule == "elapsed":
            assert deadline.elapsed + deadline.remaining == deadline.target
        if deadline.due is None and ticket.history.waiting is not None:
            resumed = ticket.resume(EPOCH + ticket.history.waiting).explain()
            assert resumed.elapsed == deadline.elapsed + deadline.remaining
        again = verify(json.loads(json.dumps(deadline.to_dict())))
        assert (again, again.steps) == (deadline, deadline.steps)
        assert audit(deadline.to_dict()).same


STATES: Final = ("new", "waiting", "answered", "answered and waiting", *LEVELS)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Opening, list[tuple[int, str]]]:
    """Draw a ticket, and the states that it went through."""
    opening = draw(openings(grid=MICROSECOND))
    events = st.tuples(offsets(opening), st.sampled_from(STATES))
    return opening, draw(st.lists(events, max_size=7))


@given(histories())
def test_a_replay_is_the_facts_in_their_order(drawn: tuple[Opening, list[tuple[int, str]]]) -> None:
    """The states of a ticket system make the clock that its facts would have made."""
    opening, events = drawn
    story = Story(opening, tuple(Fact("", at) for at, _ in events), (0,))
    expected, waits = opening.clock(), False
    for at, state in sorted(events, key=lambda each: each[0]):
        if state in LEVELS:
            expected = Fact("change", at, level=state).tell(expected)
            continue
        if state.startswith("answered"):
            expected = Fact("respond", at).tell(expected)
        if state.endswith("waiting") != waits:
            waits = not waits
            now = story.moment(at)
            expected = expected.pause(now) if waits else expected.resume(now)
    replayed = opening.agreement().replay(
        opening.opened_at,
        EscalationLevel(opening.level),
        [(story.moment(at), EscalationLevel(state) if state in LEVELS else state) for at, state in events],
        pausing={"waiting", "answered and waiting"},
        responding={"answered", "answered and waiting"},
    )
    with where_it_exists():
        assert_alike(story, replayed, expected, story.questions())
