"""A ticket's facts as data: ready for JSON, and read back.

    {"level": "low", "changes": [{"at": "2026-04-07T10:00:00+02:00", "level": "high"}],
     "pauses": [["2026-04-07T11:00:00+02:00", "2026-04-07T12:00:00+02:00"], ["...", null]],
     "responded_at": null}

A pause that ends with null is open.
"""

from collections.abc import Callable
from datetime import datetime
from operator import itemgetter
from typing import Any, Final

from netcor_sla._calendars.instants import instant
from netcor_sla._calendars.readings import Span
from netcor_sla._calendars.recorded_zones import read_instant
from netcor_sla._calendars.schedule import joined
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._record_parts import listed, table
from netcor_sla._tickets.facts import History
from netcor_sla.errors import FactError, RecordError, shown

KEYS: Final = ("level", "changes", "pauses", "responded_at")


def write_history(history: History, at: Callable[[int], str]) -> dict[str, Any]:
    """Write a history; `at` writes an instant."""
    pauses = [[at(start), at(end)] for start, end in history.pauses]
    still = [] if history.waiting is None else [[at(history.waiting), None]]
    return {
        "level": history.level.value,
        "changes": [{"at": at(turn), "level": level.value} for turn, level in history.turns],
        "pauses": [*pauses, *still],
        "responded_at": None if history.responded is None else at(history.responded),
    }


def read_history(form: dict[str, Any], opened_at: datetime) -> tuple[History, list[datetime]]:
    """Read a history, and the datetimes in it as they are written."""
    history = History(instant(opened_at, "opened_at"), EscalationLevel(form["level"]))
    seen: list[datetime] = []

    def read(value: object, name: str) -> int:
        at = read_instant(value, name)
        check_after(opened_at, at, name)
        seen.append(at)
        return instant(at, name)

    turns: dict[int, EscalationLevel] = {}
    for change in listed(form["changes"], "changes"):
        turn = table(change, ("at", "level"), "a change")
        turns[read(turn["at"], "at")] = EscalationLevel(turn["level"])
    pauses: list[Span] = []
    for pause in listed(form["pauses"], "pauses"):
        start, end = _pair(pause)
        begun = read(start, "pauses")
        ended = None if end is None else read(end, "pauses")
        if ended is not None and ended < begun:
            raise FactError(f"a pause that starts at {start} can't end before, at {end}")
        if ended is None:
            history = history.paused(begun, None)
        elif begun < ended:
            pauses.append((begun, ended))
    history = history._replace(turns=tuple(sorted(turns.items(), key=itemgetter(0))))
    history = history._replace(pauses=tuple(joined(pauses)))
    if form["responded_at"] is not None:
        history = history.answered(read(form["responded_at"], "responded_at"))
    return history, seen


def check_after(opened_at: datetime, at: datetime, name: str) -> None:
    """Refuse a fact before the opening."""
    if instant(at, name) < instant(opened_at, "opened_at"):
        raise FactError(
            f"{name} {at.isoformat()} is before opened_at {opened_at.isoformat()}; nothing is known of "
            "a ticket before its opening, so give that instant or a later one"
        )


def _pair(pause: object) -> list[object]:
    """Insist on a start and an end."""
    pair = listed(pause, "a pause")
    if len(pair) == 2:  # noqa: PLR2004 - a pair
        return pair
    raise RecordError(f"a pause is a start and an end, or null, not {shown(pair)}")
