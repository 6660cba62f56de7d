"""A ticket's facts, and what a pause does to a deadline: integers only.

A history holds what was told, in any order; `known` says what of it counts at an instant.
Instants are microseconds, spans half-open: `[start, end)`.
"""

from collections.abc import Iterable
from itertools import pairwise
from operator import itemgetter
from typing import Final, NamedTuple, Self

from netcor_sla._calendars.readings import FOREVER, Span
from netcor_sla._calendars.schedule import joined
from netcor_sla._calendars.timeline import Timeline
from netcor_sla._policy.levels import EscalationLevel

Turn = tuple[int, EscalationLevel]  # from this instant on, this level

_at: Final = itemgetter(0)


class Facts(NamedTuple):
    """What counts of a history: its levels, the first from the opening on, and ended pauses.

    No two pauses touch, and no level is the one before it.
    """

    turns: tuple[Turn, ...]
    pauses: tuple[Span, ...] = ()
    responded: int | None = None

    @property
    def level(self) -> EscalationLevel:
        """The last level: a deadline is reckoned with it from the opening on."""
        return self.turns[-1][1]

    @property
    def changes(self) -> tuple[Turn, ...]:
        """The changes of level after the first."""
        return self.turns[1:]

    def late(self, due: int) -> int:
        """Find the end of a late response, or else the deadline."""
        return due if self.responded is None else max(due, self.responded)

    @property
    def history(self) -> "History":
        """The history of which all this is known, and no more."""
        return History(*self.turns[0], self.changes, self.pauses, None, self.responded)


class Known(NamedTuple):
    """What is known of a history at an instant, and where that knowledge ends.

    `end` is that instant, or the response before it, with which all ends. `waiting` is when the
    pause began that is open there: its end is not known yet.
    """

    facts: Facts
    end: int
    waiting: int | None

    @property
    def ended(self) -> Facts:
        """The facts without the pause that is open."""
        pauses = self.facts.pauses
        kept = pauses if self.waiting is None else [each for each in pauses if each[1] < self.end]
        return self.facts._replace(pauses=tuple(kept))


class History(NamedTuple):
    """All that was told of a ticket since its opening."""

    opened: int
    level: EscalationLevel
    turns: tuple[Turn, ...] = ()  # in order, one at an instant
    pauses: tuple[Span, ...] = ()  # in order, none touching another
    waiting: int | None = None  # since when a pause is open
    responded: int | None = None

    def changed(self, at: int, level: EscalationLevel) -> Self:
        """Add a change of level; of several at one instant the last one told counts."""
        return self._replace(turns=tuple(sorted({**dict(self.turns), at: level}.items(), key=_at)))

    def paused(self, start: int, end: int | None) -> Self:
        """Add a pause; one without an end is open, and the earlier of two such counts."""
        if end is None:
            waiting = start if self.waiting is None else min(start, self.waiting)
            return self._replace(waiting=waiting)
        if start == end:
            return self
        return self._replace(pauses=tuple(joined([*self.pauses, (start, end)])))

    def answered(self, at: int) -> Self:
        """Add a response; the earliest counts."""
        return self._replace(responded=at if self.responded is None else min(at, self.responded))

    def known(self, now: int = FOREVER) -> Known:
        """Forget what comes after `now`, or after the response; at FOREVER, all is known.

        A pause that is open by then is among the facts as if it ended there.
        """
        answered = self.responded is not None and self.responded <= now
        end = self.responded if answered and self.responded is not None else now
        still = [] if self.waiting is None else [(self.waiting, FOREVER + 1)]
        pauses = joined([*self.pauses, *still])
        facts = Facts(
            _changing(((self.opened, self.level), *self.turns), end),
            tuple((start, min(until, end)) for start, until in pauses if start < end),
            self.responded if answered else None,
        )
        running = (start for start, until in pauses if start <= end < until)
        return Known(facts, end, None if answered else next(running, None))


def _changing(turns: tuple[Turn, ...], end: int) -> tuple[Turn, ...]:
    """Keep the turns up to `end` that change the level."""
    known = [turn for turn in turns if turn[0] <= end]
    return (known[0], *(turn for before, turn in pairwise(known) if turn[1] is not before[1]))


def postponed(timeline: Timeline, due: int, pauses: Iterable[Span]) -> int:
    """Move a deadline by the business time of each pause that began before it.

    The deadline stays the earliest instant by which that much has been counted. Only where it is
    an opening, as those by date may be, it is the latest, so that it stays one.
    """
    opening: bool | None = None
    for start, end in pauses:
        if start >= due:
            break
        if lost := timeline.between(start, end):
            opening = not timeline.is_open(due - 1) if opening is None else opening
            due = timeline.add(due, lost)
            due = timeline.next_open(due) if opening else due
    return due


def unpaused(timeline: Timeline, start: int, end: int, pauses: Iterable[Span]) -> int:
    """Measure the business time from `start` to `end`, less that in pauses."""
    clipped = ((max(start, begun), min(end, ended)) for begun, ended in pauses)
    lost = sum(timeline.between(begun, ended) for begun, ended in clipped if begun < ended)
    return timeline.between(start, end) - lost
