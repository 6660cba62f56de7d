"""A ticket's history from its audit log, as such logs are: repetitive, and out of order."""

from collections.abc import Collection, Iterable
from datetime import datetime
from operator import itemgetter

from netcor_sla._calendars.coverage import writable
from netcor_sla._calendars.schedule import joined
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._tickets.facts import History
from netcor_sla._tickets.history_forms import check_after
from netcor_sla.errors import ArgumentError, shown

Event = tuple[int, str | EscalationLevel]


def replayed(
    history: History,
    opened_at: datetime,
    events: Iterable[tuple[datetime, str | EscalationLevel]],
    pausing: Collection[str],
    responding: Collection[str],
) -> History:
    """Tell a history the events of a log; those of one instant keep their order."""
    stops, answers = _states(pausing, "pausing"), _states(responding, "responding")
    pauses, waiting, turns = [], None, dict(history.turns)
    for at, event in sorted(_read(events, opened_at), key=itemgetter(0)):
        if isinstance(event, EscalationLevel):
            turns[at] = event
            continue
        if event in answers:
            history = history.answered(at)
        if event in stops:
            waiting = at if waiting is None else waiting
        elif waiting is not None:
            pauses.append((waiting, at))
            waiting = None
    ended = tuple(joined((start, end) for start, end in pauses if start < end))
    return history._replace(turns=tuple(turns.items()), pauses=ended, waiting=waiting)


def _states(states: object, name: str) -> frozenset[str]:
    """Insist on a collection of texts, which a single text is not."""
    if isinstance(states, Collection) and not isinstance(states, str):
        try:
            given = list(states)
        except TypeError:  # a number of numpy
            given = [states]
        if all(isinstance(state, str) for state in given):
            return frozenset(given)
    raise ArgumentError(
        f"{name} must be a collection of states, as {{'Waiting'}}, not {shown(states)}"
    )


def _read(events: object, opened_at: datetime) -> Iterable[Event]:
    """Read events, each an instant and a state or a level; an error says which."""
    try:
        log = iter(events)  # type: ignore[call-overload]
    except TypeError:
        raise ArgumentError(
            f"events must be pairs of an instant and a state, not {shown(events)}"
        ) from None
    for number, event in enumerate(log, start=1):
        if not isinstance(event, tuple | list) or len(event) != 2:  # noqa: PLR2004 - a pair
            raise ArgumentError(
                f"event {number} must be an instant and a state, not {shown(event)}"
            )
        at, what = event
        name = f"event {number}: at"
        if not isinstance(what, str | EscalationLevel):
            raise ArgumentError(f"event {number}: {shown(what)} is neither a state nor a level")
        check_after(opened_at, at, name)
        yield writable(at, name), what
