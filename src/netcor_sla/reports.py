"""What was promised, and what was kept: figures of tickets by level, and the late ones.

Instants are integers, and amounts are business time, in whole microseconds.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from netcor_sla._agreements import Agreement
from netcor_sla._calendars.instants import MICROSECOND, instant, moment
from netcor_sla._cli.log import Log, Problem, Ticket, Update
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._tickets.status import Status
from netcor_sla.errors import DocumentError, SLAError, shown


class States(NamedTuple):
    """Which states answer a ticket, and in which the clock stands still."""

    responding: frozenset[str]
    pausing: frozenset[str] = frozenset()


class Figures(NamedTuple):
    """The tickets of one level, or of all where it is None."""

    level: EscalationLevel | None
    tickets: int
    met: int
    missed: int
    open: int  # no response yet
    open_late: int  # of these
    median: int | None  # time to a response; of an even number the mean of the two, cut
    worst: int | None

    @property
    def kept(self) -> int | None:
        """The share kept of all that is decided, in thousandths: cut, so that 1000 means all."""
        decided = self.met + self.missed + self.open_late
        return self.met * 1000 // decided if decided else None


class Late(NamedTuple):
    """A ticket whose response came late, or has not come and is late."""

    ticket: str
    level: EscalationLevel
    opened: int
    due: int
    response: int | None
    overdue: int
    zone: tzinfo | None  # in which its opening was written


class Report(NamedTuple):
    """How promises were kept, as of an instant, and what could not be read."""

    now: int
    rows: int
    levels: tuple[Figures, ...]
    total: Figures
    late: tuple[Late, ...]  # the most overdue first
    later: int  # tickets that were opened after that instant, and are not counted
    problems: tuple[Problem, ...]  # in order of lines


class _Outcome(NamedTuple):
    """How a ticket stands: the time to its response, if there was one, and whether it is late."""

    level: EscalationLevel
    time: int | None
    late: Late | None


def report(
    log: Log,
    agreement: Agreement,
    states: States,
    now: int,
    watch: Callable[[Log], Iterable[Ticket]] = iter,
) -> Report:
    """Replay the tickets of a log, each on a clock of its own, up to `now`.

    A ticket counts under the level that it had when it was answered, or else has at `now`. One
    that can't be reckoned is a problem. `watch` is handed the tickets and hands them on.
    """
    results = [
        _result(ticket, agreement, states, now) for ticket in watch(log) if ticket.opened <= now
    ]
    outcomes = [each for each in results if isinstance(each, _Outcome)]
    failed = [each for each in results if isinstance(each, Problem)]
    if not outcomes:
        raise _nothing(moment(now, agreement.calendar.tzinfo), failed)
    late = [outcome.late for outcome in outcomes if outcome.late is not None]
    levels = {level: [o for o in outcomes if o.level is level] for level in EscalationLevel}
    return Report(
        now,
        log.rows,
        levels=tuple(_figures(level, each) for level, each in levels.items()),
        total=_figures(None, outcomes),
        late=tuple(sorted(late, key=lambda each: (-each.overdue, each.due))),
        later=len(log) - len(results),
        problems=tuple(sorted([*log.problems, *failed])),
    )


def _result(ticket: Ticket, agreement: Agreement, states: States, now: int) -> _Outcome | Problem:
    """Replay a ticket; one that can't be reckoned is a problem, and ends no report."""
    try:
        return _outcome(ticket, agreement, states, now)
    except SLAError as error:
        return Problem(ticket.line, f"ticket {shown(ticket.name)}: {error}")


def _outcome(ticket: Ticket, agreement: Agreement, states: States, now: int) -> _Outcome:
    """Replay a ticket up to its first response, or up to `now`."""
    known = [update for update in ticket.updates if update.at <= now]
    answers = (update.at for update in known if update.state in states.responding)
    response = next(answers, None)
    counted = [update for update in known if response is None or update.at <= response]
    # The last level counts from the opening on, so that those before it change nothing.
    level = (counted or ticket.updates[:1])[-1].level
    clock = agreement.replay(
        ticket.opened_at,
        level,
        _events(counted, states),
        pausing=states.pausing,
        responding=states.responding,
    )
    status = clock.status(moment(now, UTC))
    late = _late(ticket, level, status, response) if status.late else None
    time = None if response is None else status.elapsed // MICROSECOND
    return _Outcome(level, time, late)


def _late(ticket: Ticket, level: EscalationLevel, status: Status, response: int | None) -> Late:
    """Tell of a ticket that is late."""
    return Late(
        ticket.name,
        level,
        ticket.opened,
        due=instant(status.due, "due"),
        response=response,
        overdue=status.overdue // MICROSECOND,
        zone=ticket.opened_at.tzinfo,
    )


def _events(updates: Iterable[Update], states: States) -> Iterator[tuple[datetime, str]]:
    """Yield the states that change anything: they begin a pause, end it, or answer."""
    paused = False
    for at, _, state in updates:
        if (state in states.pausing) is not paused or state in states.responding:
            yield moment(at, UTC), state
        paused = state in states.pausing


def _figures(level: EscalationLevel | None, outcomes: list[_Outcome]) -> Figures:
    """Sum tickets up."""
    times = sorted(each.time for each in outcomes if each.time is not None)
    late = [each.time is None for each in outcomes if each.late is not None]
    middle = times[(len(times) - 1) // 2 : len(times) // 2 + 1]
    return Figures(
        level,
        tickets=len(outcomes),
        met=len(times) - late.count(False),
        missed=late.count(False),
        open=len(outcomes) - len(times),
        open_late=late.count(True),
        median=sum(middle) // len(middle) if middle else None,
        worst=times[-1] if times else None,
    )


def _nothing(now: datetime, failed: list[Problem]) -> DocumentError:
    """Say why there is nothing to report."""
    if not failed:
        return DocumentError(
            f"no ticket was opened by {now.isoformat()}; give a later --now, or none"
        )
    line, reason = failed[0]
    return DocumentError(
        f"none of {len(failed)} tickets can be reckoned; the first, from line {line}: {reason}"
    )
