"""A ticket's facts: what was said of it, and what of that is known at an instant.

A history holds facts in any order; `known` says what of them counts. Instants are timedeltas.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from operator import itemgetter
from typing import Any, Final, NamedTuple

from netcor_sla._calendars.instants import NEVER, Span, instant, moment, writable
from netcor_sla._calendars.schedule import joined
from netcor_sla._calendars.timestamps import in_zone, read_instant
from netcor_sla._calendars.zones import is_key, key_of
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._values import listed, pair, table
from netcor_sla.errors import AgreementError, ArgumentError, FactError, RecordError, shown, unlike

Turn = tuple[timedelta, EscalationLevel]  # from this instant on, this level
Log = Iterable[tuple[datetime, str | EscalationLevel]]
States = Collection[str]

_KEYS: Final = ("opened_at", "zone", "level", "changes", "pauses", "responded_at")

_at: Final = itemgetter(0)
_end: Final = itemgetter(1)


class Facts(NamedTuple):
    """What counts of a history: its levels, from the opening on, and ended pauses, none touching another.

    `waiting` is when the pause began that is open, where it is not among the others.
    """

    turns: tuple[Turn, ...]
    pauses: tuple[Span, ...] = ()
    responded: timedelta | None = None
    waiting: timedelta | None = None

    @property
    def opened(self) -> timedelta:
        return self.turns[0][0]

    @property
    def level(self) -> EscalationLevel:
        return self.turns[-1][1]

    @property
    def changes(self) -> tuple[Turn, ...]:
        return self.turns[1:]

    def late(self, due: timedelta) -> timedelta:
        return due if self.responded is None else max(due, self.responded)

    @property
    def history(self) -> "History":
        return History(*self.turns[0], self.changes, self.pauses, self.waiting, self.responded)


class Known(NamedTuple):
    """What is known of a history up to `end`: an instant, or the response before it, with which all ends.

    `waiting` is when the pause began that is open there: its end is not known yet.
    """

    facts: Facts
    end: timedelta
    waiting: timedelta | None

    @property
    def ended(self) -> Facts:
        """The facts with the pauses that have ended, and since when one is open."""
        if self.waiting is None:
            return self.facts
        pauses = tuple(each for each in self.facts.pauses if each[1] < self.end)
        return self.facts._replace(pauses=pauses, waiting=self.waiting)


class History(NamedTuple):
    opened: timedelta
    level: EscalationLevel
    turns: tuple[Turn, ...] = ()  # in order, one at an instant
    pauses: tuple[Span, ...] = ()  # in order, none touching another
    waiting: timedelta | None = None  # since when a pause is open
    responded: timedelta | None = None

    # A fact finds its place by halves, so that many are not compared anew with each.

    def changed(self, at: timedelta, level: EscalationLevel) -> "History":
        """Add a change of level; of several at one instant the last one given counts."""
        first, last = bisect_left(self.turns, at, key=_at), bisect_right(self.turns, at, key=_at)
        return self._replace(turns=(*self.turns[:first], (at, level), *self.turns[last:]))

    def paused(self, start: timedelta, end: timedelta | None) -> "History":
        """Add a pause; one without an end is open, and the earlier of two such counts."""
        pauses, waiting = self.pauses, self.waiting
        if end is None:
            waiting = start if waiting is None else min(start, waiting)
        elif start < end:
            first, last = bisect_left(pauses, start, key=_end), bisect_right(pauses, end, key=_at)
            union = joined([*pauses[first:last], (start, end)])
            pauses = (*pauses[:first], *union, *pauses[last:])
        # Not by `replace`, which takes as long as all of this.
        return History(self.opened, self.level, self.turns, pauses, waiting, self.responded)

    def resumed(self, end: timedelta) -> "History":
        start = end if self.waiting is None else self.waiting
        return self._replace(waiting=None).paused(start, end)

    def answered(self, at: timedelta) -> "History":
        return self._replace(responded=at if self.responded is None else min(at, self.responded))

    def seen(self, at: timedelta, level: EscalationLevel, *, waiting: bool, answered: bool) -> "History":
        """Add what a look shows, as far as it is news."""
        at = max(at, self.opened)
        if self.responded is not None and self.responded < at:
            return self
        turn = bisect_right(self.turns, at, key=_at)
        before = self.turns[turn - 1][1] if turn else self.level
        history = self if before is level else self.changed(at, level)
        begun, still = bisect_right(self.pauses, at, key=_at), self.waiting is not None and self.waiting <= at
        paused = self.responded != at and (still or (begun > 0 and at < self.pauses[begun - 1][1]))
        if waiting and not paused:
            history = history.paused(at, None)
        elif paused and not waiting:  # what is paused ends, be it planned for longer
            spans = self.pauses[:begun]
            spans = (*spans[:-1], *((start, min(end, at)) for start, end in spans[-1:] if start < at))
            history = history._replace(pauses=spans + self.pauses[begun:])
            history = history.resumed(at) if still else history
        return history.answered(at) if answered else history

    def known(self, now: timedelta = NEVER) -> Known:
        """Forget what comes after `now`, or after the response; at NEVER, all is known.

        A pause that is open by then is among the facts as if it ended there.
        """
        responded = None if self.responded is None or self.responded > now else self.responded
        end = now if responded is None else responded
        waiting, pauses = self._pauses(end)
        begun = [turn for turn in ((self.opened, self.level), *self.turns) if turn[0] <= end]
        turns = begun[0], *(turn for last, turn in pairwise(begun) if turn[1] is not last[1])
        facts = Facts(turns, pauses, responded)
        return Known(facts, end, waiting if responded is None else None)

    def _pauses(self, end: timedelta) -> tuple[timedelta | None, tuple[Span, ...]]:
        """Cut the pauses off at `end`; and say since when one is open there."""
        pauses = self.pauses
        if self.waiting is not None:
            # The open one swallows all that begin, or still last, after it has begun.
            before = [each for each in pauses if each[1] < self.waiting]
            start = min([self.waiting, *(each[0] for each in pauses if each[1] >= self.waiting)])
            pauses = (*before, (start, NEVER))
        open_at_end = (start for start, until in pauses if start <= end and (end < until or until == NEVER))
        if pauses and pauses[-1][1] > end:
            pauses = tuple((start, min(until, end)) for start, until in pauses if start < end)
        return next(open_at_end, None), pauses


def check_after(opened_at: datetime, at: datetime, name: str) -> None:
    if instant(at, name) < instant(opened_at, "opened_at"):
        raise FactError(
            f"{name} {at.isoformat()} is before opened_at {opened_at.isoformat()}; give that instant, or a later one",
            f"{name} {at.isoformat()} liegt vor opened_at {opened_at.isoformat()}; angeben, was ab da war",
        )


def check_resume(history: History, at: datetime, zone: tzinfo | None) -> None:
    """Refuse the end of a pause that is not open then; the others are shown in a zone."""
    start = history.waiting
    if start is None:
        ends = [moment(end, zone).isoformat() for _, end in history.pauses[-1:]]
        last = f"the last one ended at {ends[0]}" if ends else "there was none"
        problem = f": no pause is open, {last}; add one first, or give both ends, pause(at, until)"
    elif instant(at, "at") < start:
        problem = (
            f" is before the open pause, from {moment(start, zone).isoformat()} on; give that or a later one"
        )
    else:
        return
    raise FactError(f"resume at {at.isoformat()}{problem}")


def write_ticket(opened_at: datetime, history: History) -> dict[str, Any]:
    zone = opened_at.tzinfo
    facts = write_history(history, lambda at: moment(at, zone).isoformat())
    return {"opened_at": opened_at.isoformat(), "zone": key_of(zone), **facts}


def read_ticket(data: object, name: str, agreement: str) -> tuple[datetime, History]:
    """Read what was written of a ticket, under the agreement with a fingerprint."""
    form = table(data, name, _KEYS, ("agreement",), error=RecordError)
    if (given := form.get("agreement")) not in (None, agreement):
        raise AgreementError(
            f"agreement: the facts are of {shown(given)}, not {agreement!r}; give it, or leave the key out",
            f"agreement: Die Fakten gehören zu {shown(given)}, nicht zu {agreement!r}; "
            "diese Vereinbarung angeben, oder den Schlüssel weglassen",
        )
    key = form["zone"]
    if key is not None and not is_key(key):
        what = "the key of a zone as Europe/Berlin, or null", "keine Zone wie Europe/Berlin, auch nicht null"
        raise unlike(RecordError, "zone", key, *what)
    opened_at = in_zone(read_instant(form["opened_at"], "opened_at", error=RecordError), key)
    return opened_at, read_history(form, opened_at)


def write_history(history: History, at: Callable[[timedelta], str]) -> dict[str, Any]:
    pauses = [[at(start), at(end)] for start, end in history.pauses]
    still = [] if history.waiting is None else [[at(history.waiting), None]]
    return {
        "level": history.level.value,
        "changes": [{"at": at(turn), "level": level.value} for turn, level in history.turns],
        "pauses": [*pauses, *still],
        "responded_at": None if history.responded is None else at(history.responded),
    }


def read_history(form: dict[str, Any], opened_at: datetime) -> History:
    def read(value: object, name: str) -> timedelta:
        at = read_instant(value, name, error=RecordError)
        check_after(opened_at, at, name)
        return writable(at, name)

    turns: dict[timedelta, EscalationLevel] = {}
    for change in listed(form["changes"], "changes", error=RecordError):
        turn = table(change, "changes", ("at", "level"), error=RecordError)
        turns[read(turn["at"], "at")] = EscalationLevel(turn["level"])
    pauses: list[Span] = []
    what = "a start and an end, or null; write [start, end]", "nicht [Beginn, Ende]; ein Ende kann null sein"
    for pause in listed(form["pauses"], "pauses", error=RecordError):
        start, end = pair(pause, "pauses", *what, error=RecordError)
        begun, ended = read(start, "pauses"), NEVER if end is None else read(end, "pauses")
        if ended < begun:
            raise FactError(
                f"pauses: {start} to {end}: a pause can't end before it starts; swap the two",
                f"pauses: {start} bis {end}: Eine Pause endet nicht vor ihrem Beginn; vertauschen",
            )
        pauses.append((begun, ended))
    responded = None if (answer := form["responded_at"]) is None else read(answer, "responded_at")
    opened, level = instant(opened_at, "opened_at"), EscalationLevel(form["level"])
    waiting = min((start for start, end in pauses if end == NEVER), default=None)
    apart = tuple(joined(span for span in pauses if span[0] < span[1] < NEVER))
    return History(opened, level, tuple(sorted(turns.items(), key=_at)), apart, waiting, responded)


def replayed(
    history: History, opened_at: datetime, events: Log, *, pausing: States, responding: States
) -> History:
    """Add the events of a log, repetitive and out of order; those of one instant keep theirs."""
    stops, answers = _states(pausing, "pausing"), _states(responding, "responding")
    pauses: list[Span] = []
    waiting, responded, turns = None, history.responded, dict(history.turns)
    for at, event in sorted(_events(events, opened_at), key=_at):
        if isinstance(event, EscalationLevel):
            turns[at] = event
            continue
        if event in answers:
            responded = at if responded is None else min(at, responded)
        if event in stops:
            waiting = at if waiting is None else waiting
        elif waiting is not None:
            pauses.append((waiting, at))
            waiting = None
    ended = tuple(joined((start, end) for start, end in pauses if start < end))
    return History(history.opened, history.level, tuple(turns.items()), ended, waiting, responded)


def _states(states: object, name: str) -> frozenset[str]:
    if isinstance(states, Collection) and not isinstance(states, str):
        with suppress(TypeError):  # of a number of numpy
            if all(isinstance(state, str) for state in states):
                return frozenset(states)
    raise unlike(ArgumentError, name, states, "a collection of states; write {'Waiting'}")


def _events(events: object, opened_at: datetime) -> Iterator[tuple[timedelta, str | EscalationLevel]]:
    try:
        log = iter(events)  # type: ignore[call-overload]
    except TypeError:
        raise unlike(ArgumentError, "events", events, "a list of pairs; write [(at, 'Waiting')]") from None
    for number, event in enumerate(log, start=1):
        name = f"event {number}"
        at, what = pair(event, name, "an instant and a state; write (at, 'Waiting')", error=ArgumentError)
        if not isinstance(what, str | EscalationLevel):
            raise unlike(ArgumentError, name, what, "a state or a level; write 'Waiting' or a member")
        check_after(opened_at, at, f"{name}: at")
        yield writable(at, f"{name}: at"), what
