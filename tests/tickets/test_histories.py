"""Facts in integers: what is told, what is known of it at an instant, and what pauses do.

The desk here is open from 20 to 80 of each hundred; an instant is a number of microseconds.
"""

from itertools import permutations
from typing import Final

import pytest

from netcor_sla import EscalationLevel
from netcor_sla._calendars.readings import FOREVER, Span
from netcor_sla._calendars.timeline import BeyondBookError, Timeline
from netcor_sla._tickets.facts import Facts, History, Known, Turn, postponed, unpaused

CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel
TOLD: Final = History(10, LOW)


class Hundreds:
    """Ten pages of a hundred, with one opening each."""

    first, last = 0, 9

    def start(self, page: int) -> int:
        """Say where a page begins."""
        return 100 * page

    def page_of(self, at: int) -> int:
        """Name the page of an instant, without limits."""
        return at // 100

    def spans(self, page: int) -> list[Span]:
        """Read a page."""
        return [(100 * page + 20, 100 * page + 80)]


DESK: Final = Timeline(Hundreds())


def facts(
    *pauses: Span, turns: tuple[Turn, ...] = ((10, LOW),), responded: int | None = None
) -> Facts:
    """Write what counts of a ticket that was opened at 10."""
    return Facts(turns, pauses, responded)


# What is told.


@pytest.mark.parametrize(
    "order", list(permutations([(30, 40), (40, 50), (45, 60), (70, 80), (75, 76)]))
)
def test_pauses_that_touch_or_overlap_are_one_in_any_order(order: tuple[Span, ...]) -> None:
    """A pause is a set of instants: 30 to 60, and 70 to 80."""
    history = TOLD
    for start, end in order:
        history = history.paused(start, end)
    assert history == TOLD._replace(pauses=((30, 60), (70, 80)))


def test_pauses_that_neither_touch_nor_overlap_are_two() -> None:
    """A single microsecond between them is enough."""
    assert TOLD.paused(41, 50).paused(30, 40).pauses == ((30, 40), (41, 50))


def test_an_empty_pause_is_nothing() -> None:
    """No history remembers it, be there others or none."""
    assert TOLD.paused(30, 30) is TOLD
    assert TOLD.paused(30, 40).paused(40, 40).pauses == ((30, 40),)


@pytest.mark.parametrize(("first", "second"), [(30, 40), (40, 30), (30, 30)])
def test_of_two_open_pauses_the_earlier_counts(first: int, second: int) -> None:
    """In whichever order they are told."""
    assert TOLD.paused(first, None).paused(second, None) == TOLD._replace(waiting=30)


def test_an_open_pause_stands_beside_those_with_an_end() -> None:
    """None of them is forgotten by the other."""
    history = TOLD.paused(50, None).paused(30, 40)
    assert (history.pauses, history.waiting) == (((30, 40),), 50)


def test_changes_of_level_stand_in_the_order_of_their_instants() -> None:
    """However late they are told."""
    history = TOLD.changed(50, HIGH).changed(30, MEDIUM).changed(40, CRITICAL)
    assert history.turns == ((30, MEDIUM), (40, CRITICAL), (50, HIGH))
    assert (history.opened, history.level) == (10, LOW)


def test_of_several_changes_at_one_instant_the_last_one_told_counts() -> None:
    """Also where others were told in between, or where it is told a third time."""
    history = TOLD.changed(30, HIGH).changed(50, LOW).changed(30, MEDIUM)
    assert history.turns == ((30, MEDIUM), (50, LOW))
    assert history.changed(30, HIGH).turns == ((30, HIGH), (50, LOW))


@pytest.mark.parametrize("order", list(permutations([70, 50, 60])))
def test_of_several_responses_the_earliest_counts(order: tuple[int, ...]) -> None:
    """In whichever order they are told."""
    history = TOLD
    for at in order:
        history = history.answered(at)
    assert history == TOLD._replace(responded=50)


def test_what_is_told_leaves_the_history_before_as_it_was() -> None:
    """Each verb makes another history, and forgets nothing of the one before."""
    full = TOLD.paused(30, 40).paused(60, None).changed(50, HIGH).answered(70)
    assert full == History(10, LOW, ((50, HIGH),), ((30, 40),), 60, 70)
    assert History(10, LOW) == TOLD
    later = full.paused(80, 90).paused(55, None).changed(51, LOW).answered(65)
    assert later == History(10, LOW, ((50, HIGH), (51, LOW)), ((30, 40), (80, 90)), 55, 65)


# What is known.


@pytest.mark.parametrize(
    ("now", "pauses", "waiting"),
    [
        (29, (), None),
        (30, (), 30),  # open, and of no length yet
        (31, ((30, 31),), 30),
        (39, ((30, 39),), 30),
        (40, ((30, 40),), None),  # the end is not of the pause
        (41, ((30, 40),), None),
        (50, ((30, 40),), 50),
        (51, ((30, 40), (50, 51)), 50),
        (60, ((30, 40), (50, 60)), None),
        (FOREVER, ((30, 40), (50, 60)), None),
    ],
)
def test_the_end_of_a_pause_is_not_known_before_it_has_come(
    now: int, pauses: tuple[Span, ...], waiting: int | None
) -> None:
    """Until then a pause is as one that is open, and of those that begin later nothing is known."""
    history = TOLD.paused(30, 40).paused(50, 60)
    assert history.known(now) == Known(facts(*pauses), now, waiting)


@pytest.mark.parametrize(
    ("now", "pauses", "waiting"),
    [(29, (), None), (30, (), 30), (45, ((30, 45),), 30), (FOREVER, ((30, FOREVER),), 30)],
)
def test_a_pause_without_an_end_stays_open(
    now: int, pauses: tuple[Span, ...], waiting: int | None
) -> None:
    """At FOREVER too, where all is known."""
    assert TOLD.paused(30, None).known(now) == Known(facts(*pauses), now, waiting)
    assert TOLD.paused(30, None).known() == TOLD.paused(30, None).known(FOREVER)


@pytest.mark.parametrize("start", [25, 30, 35, 40])
def test_an_open_pause_merges_with_those_that_it_touches(start: int) -> None:
    """It began when the first of them did."""
    history = TOLD.paused(30, 40).paused(start, None)
    begun = min(start, 30)
    assert history.known(60) == Known(facts((begun, 60)), 60, begun)
    assert history.known(40).waiting == begun


def test_an_open_pause_swallows_the_later_ones() -> None:
    """One that was resumed late, and was told of twice."""
    history = TOLD.paused(30, None).paused(50, 60).paused(20, 25)
    assert history.known(55) == Known(facts((20, 25), (30, 55)), 55, 30)
    assert history.known(70) == Known(facts((20, 25), (30, 70)), 70, 30)


@pytest.mark.parametrize(
    ("now", "turns"),
    [
        (10, ((10, LOW),)),
        (29, ((10, LOW),)),
        (30, ((10, LOW), (30, HIGH))),
        (49, ((10, LOW), (30, HIGH))),
        (50, ((10, LOW), (30, HIGH), (50, MEDIUM))),
    ],
)
def test_a_change_of_level_is_known_from_its_instant_on(now: int, turns: tuple[Turn, ...]) -> None:
    """The level is that of the last change."""
    known = TOLD.changed(50, MEDIUM).changed(30, HIGH).known(now).facts
    assert known == facts(turns=turns)
    assert known.level is turns[-1][1]
    assert known.changes == turns[1:]


def test_a_change_to_the_level_that_it_has_is_no_change() -> None:
    """It is told, but of what counts it is no part; a later one to another level is."""
    history = TOLD.changed(20, LOW).changed(30, HIGH).changed(40, HIGH).changed(50, LOW)
    assert history.turns == ((20, LOW), (30, HIGH), (40, HIGH), (50, LOW))
    assert history.known().facts.turns == ((10, LOW), (30, HIGH), (50, LOW))


def test_a_change_at_the_opening_counts_from_it_on() -> None:
    """Both are kept: the level of the opening, and the one of the same instant."""
    known = TOLD.changed(10, HIGH).known(10).facts
    assert known.turns == ((10, LOW), (10, HIGH))
    assert known.level is HIGH


@pytest.mark.parametrize(("now", "end", "responded"), [(49, 49, None), (50, 50, 50), (51, 50, 50)])
def test_a_response_is_known_from_its_instant_on(now: int, end: int, responded: int | None) -> None:
    """And ends all: the knowledge ends there, and not at `now`."""
    assert TOLD.answered(50).known(now) == Known(facts(responded=responded), end, None)


def test_after_a_response_nothing_counts() -> None:
    """Pauses are cut there, and no level that comes later is known; what is told before it is."""
    history = TOLD.paused(20, 30).paused(40, 60).paused(70, 80).paused(90, None)
    history = history.changed(49, MEDIUM).changed(50, HIGH).changed(51, CRITICAL).answered(50)
    turns = ((10, LOW), (49, MEDIUM), (50, HIGH))
    for now in (50, 51, 75, 95, FOREVER):
        expected = facts((20, 30), (40, 50), turns=turns, responded=50)
        assert history.known(now) == Known(expected, 50, None)
    assert history.known(49) == Known(facts((20, 30), (40, 49), turns=turns[:2]), 49, 40)


def test_a_response_within_an_open_pause_ends_it() -> None:
    """No pause is open then, be the end of it told or not."""
    for end in (None, 60):
        known = TOLD.paused(40, end).answered(50).known()
        assert known == Known(facts((40, 50), responded=50), 50, None)


def test_a_pause_that_begins_with_the_response_is_nothing() -> None:
    """Of no length is no pause."""
    assert TOLD.paused(50, 60).answered(50).known().facts == facts(responded=50)


def test_a_response_at_the_opening_ends_all_at_once() -> None:
    """Also where other facts have the same instant."""
    history = TOLD.answered(10).changed(10, HIGH).paused(10, 20)
    assert history.known(10) == Known(facts(turns=((10, LOW), (10, HIGH)), responded=10), 10, None)


def test_without_the_pause_that_is_open_the_ended_ones_stay() -> None:
    """The open one may have swallowed others, which are gone with it."""
    history = TOLD.paused(20, 25).paused(30, 40)
    assert history.known().ended == facts((20, 25), (30, 40))
    assert history.paused(50, None).known().ended == facts((20, 25), (30, 40))
    assert history.paused(35, None).known().ended == facts((20, 25))
    assert history.known(35).ended == facts((20, 25))
    assert history.known(30).ended == facts((20, 25))
    assert history.known(25).ended == facts((20, 25))
    assert history.answered(35).known().ended == facts((20, 25), (30, 35), responded=35)


def test_of_what_counts_a_history_can_be_made_again() -> None:
    """Of it, all is known that was, and no more is told than counts."""
    told = TOLD.changed(20, LOW).changed(30, HIGH).paused(40, 60).answered(50).paused(70, 80)
    counts = told.known().facts
    assert counts.history == History(10, LOW, ((30, HIGH),), ((40, 50),), None, 50)
    assert counts.history.known().facts == counts


# What a pause does to a deadline.


@pytest.mark.parametrize(
    ("pauses", "moved"),
    [
        ([], 150),
        ([(130, 140)], 160),
        ([(90, 130)], 160),  # ten of it in business time
        ([(80, 120)], 150),  # while the desk is closed
        ([(30, 40), (130, 140)], 170),
        ([(149, 150)], 151),
        ([(149, 160)], 161),  # began before the deadline, and counts whole
        ([(150, 160)], 150),  # began with it
        ([(151, 160)], 150),
        ([(130, 160)], 180),  # to a closing, and not on to the opening after it
        ([(130, 161)], 221),
        ([(130, 270)], 330),  # a hundred: 30 on its own page, 60 on the next, 10 on the third
        ([(130, 140), (155, 165)], 170),  # before the deadline as moved, not as it was
        ([(130, 140), (160, 170)], 160),
        ([(130, 140), (160, 170), (170, 180)], 160),  # and so do later ones nothing
        ([(20, 80), (120, 180)], 350),
    ],
)
def test_a_pause_moves_a_deadline_by_its_business_time(pauses: list[Span], moved: int) -> None:
    """Where it began before the deadline, as moved by the pauses before it."""
    assert postponed(DESK, 150, pauses) == moved


@pytest.mark.parametrize(
    ("pauses", "moved"),
    [
        ([], 180),
        ([(179, 200)], 221),
        ([(120, 180)], 280),
        ([(180, 230)], 180),  # the desk has closed, and the deadline is over
        ([(170, 250)], 260),
    ],
)
def test_a_deadline_at_a_closing_is_moved_to_the_earliest_instant(
    pauses: list[Span], moved: int
) -> None:
    """As is every deadline that is no opening."""
    assert postponed(DESK, 180, pauses) == moved


@pytest.mark.parametrize(
    ("pauses", "moved"),
    [
        ([], 220),
        ([(190, 210)], 220),  # while the desk is closed
        ([(190, 220)], 220),
        ([(130, 140)], 230),
        ([(219, 230)], 230),  # began before it, though in closed time
        ([(220, 230)], 220),
        ([(120, 180)], 320),  # a whole day, and so from opening to opening
        ([(20, 80), (120, 180)], 420),  # two of them
        ([(20, 80), (130, 140)], 330),
        ([(30, 80), (130, 140)], 320),  # as one pause of that length
        ([(130, 140), (150, 180)], 260),
        ([(130, 150), (160, 190)], 260),
        ([(190, 280)], 320),
        ([(190, 281)], 320),
        ([(190, 321)], 321),
        ([(190, 310)], 320),
    ],
)
def test_a_deadline_that_is_an_opening_stays_one(pauses: list[Span], moved: int) -> None:
    """Where it is moved from one opening exactly to the next, and not to the closing before."""
    assert postponed(DESK, 220, pauses) == moved


def test_pauses_need_not_be_a_list() -> None:
    """They are gone through once."""
    assert postponed(DESK, 150, iter([(130, 140)])) == 160
    assert unpaused(DESK, 100, 150, iter([(130, 140)])) == 20


def test_a_pause_after_the_deadline_is_not_even_looked_at() -> None:
    """It may reach beyond all pages; one that began before the deadline may not."""
    assert postponed(DESK, 150, [(150, 5000)]) == 150
    with pytest.raises(BeyondBookError):
        postponed(DESK, 150, [(149, 5000)])


@pytest.mark.parametrize(
    ("start", "end", "pauses", "measured"),
    [
        (100, 200, [], 60),
        (100, 200, [(130, 140)], 50),
        (100, 200, [(10, 90)], 60),  # before
        (100, 200, [(200, 290)], 60),  # after
        (100, 200, [(50, 130)], 50),  # across the start
        (100, 200, [(170, 290)], 50),  # across the end
        (100, 200, [(50, 290)], 0),
        (130, 130, [(120, 140)], 0),
        (130, 140, [(120, 130), (140, 150)], 10),  # those that touch take nothing
        (130, 170, [(120, 135), (140, 150), (165, 180)], 20),
        (80, 120, [(90, 110)], 0),
    ],
)
def test_business_time_outside_pauses_is_measured(
    start: int, end: int, pauses: list[Span], measured: int
) -> None:
    """Of a pause counts only what lies between the two instants."""
    assert unpaused(DESK, start, end, pauses) == measured
