"""Where a ticket stands at an instant: one frozen value, all of it from the same calculation."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import Enum
from typing import Any, Final, final

from netcor_sla._calendars.instants import EPOCH, MICROSECOND, MINUTE, ZERO, moment
from netcor_sla._calendars.timeline import Timeline
from netcor_sla._calendars.zones import clock_name, key_of
from netcor_sla._calendars.zones import zone as read_zone
from netcor_sla._languages import Language, choose, clock_text, date_text, length
from netcor_sla._policy.due import share_of, unpaused
from netcor_sla._tickets.facts import Known
from netcor_sla._values import Answer, html, percent

_TEXTS: Final = {
    "running": ("Frist läuft: noch {left} (fällig {due})", "Running: {left} left (due {due})"),
    "at risk": ("Frist gefährdet: noch {left} (fällig {due})", "At risk: {left} left (due {due})"),
    "paused": ("Frist ruht seit {since}; danach noch {left}", "Paused since {since}; {left} left after that"),
    "breached": ("Frist überschritten{over} (seit {since})", "Overdue{over} (since {since})"),
    "met": ("Frist eingehalten: Reaktion {came} (fällig {due})", "Met: response {came} (due {due})"),
    "missed": ("Verspätet{over}: Reaktion {came} (fällig {due})", "Late{over}: response {came} (due {due})"),
}
_AMOUNTS: Final = ("elapsed", "remaining", "overdue")


class State(Enum):
    """What a ticket is, in one word; BREACHED beats PAUSED: pausing a late one doesn't hide it."""

    __module__ = "netcor_sla"  # where they are found, which is what pickles and messages should say

    RUNNING = "running"
    AT_RISK = "at risk"
    PAUSED = "paused"
    BREACHED = "breached"
    MET = "met"
    MISSED = "missed"

    def title(self, language: Language = "de") -> str:
        """Say it in a word or two, for readers: `gefährdet`, or in English ("en"), `at risk`."""
        words = {"running": "läuft", "at risk": "gefährdet", "paused": "ruht"}
        words |= {"breached": "überschritten", "met": "eingehalten", "missed": "verspätet"}
        english = {"breached": "overdue", "missed": "late"}
        return choose(language, de=words[self.value], en=english.get(self.value, self.value))


@final
@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NextChange(Answer):
    """When the state will change by itself, and to what."""

    __module__ = "netcor_sla"

    instant: datetime
    state: State

    def to_dict(self) -> dict[str, Any]:
        """Write the data form: ready for JSON."""
        return {"instant": self.instant.isoformat(), "state": self.state.value}


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Status(Answer):
    """Where a ticket stands, from the facts up to `now` and no later ones.

    `late` is whether it is BREACHED or MISSED; `paused`, whether it waits for an answer while a
    pause is open, be it late or not; `desk_open`, whether the desk is open at `now`. `due` is the
    deadline, or None while a pause that began before it is open; `paused_since`, when the open pause
    began, and `responded_at`, when the response came, or None.

    `elapsed`, `remaining` and `overdue` are business time outside pauses: since the opening, up to
    the deadline and since it, none below zero. Outside business hours a late ticket
    can have none yet. `used` is the share of the time up to the deadline that has elapsed, and above 1
    where it is overdue. From the response on, nothing of this changes.

    `next_change` is when the state changes if nothing happens, and to what: a timer that is set
    for that instant finds that state. None where only a fact can change it. Datetimes are in the zone of the
    clock's `opened_at`.

    Law: `status(s.next_change.instant).state is s.next_change.state`, while no fact comes between.
    """

    __module__ = "netcor_sla"

    now: datetime
    state: State
    late: bool
    paused: bool
    desk_open: bool
    due: datetime | None
    elapsed: timedelta
    remaining: timedelta
    overdue: timedelta
    used: float
    next_change: NextChange | None
    paused_since: datetime | None = None
    responded_at: datetime | None = None

    def text(self, language: Language = "de", *, zone: str | tzinfo | None = None) -> str:
        """Say it in one line, for a ticket's panel: what is left or over in business time, and since when.

        Times, today and tomorrow are those of `zone`, or else of the zone of `opened_at`. The clock is named,
        unless it is a place's, as Europe/Berlin; and even then where its offset changes between these times
        and `now`, or in an hour that comes twice. All but a response in the minute of `due` is cut to minutes.
        """
        least = choose(language, de="weniger als 1 min", en="less than 1 min")
        amounts = self.remaining, self.overdue
        left, over = (least if ZERO < a < MINUTE else length(a - a % MINUTE, language) for a in amounts)
        by = choose(language, de=f" um {over} Geschäftszeit", en=f" by {over} of business time")
        shown = zone if isinstance(zone, tzinfo) else self.now.tzinfo if zone is None else read_zone(zone)
        since = self.paused_since if self.state is State.PAUSED else self.due
        now = self.now.astimezone(shown)
        times = due, came, _ = [at and at.astimezone(shown) for at in (self.due, self.responded_at, since)]
        place = "/" in (key_of(shown) or "") and not str(shown).startswith("Etc/")
        named = not place or len({at.utcoffset() for at in (now, *times) if at}) > 1
        exact = due is not None and str(due)[:16] == str(came)[:16]  # to the minute
        said = [_when(at, now, language, named=named, exact=exact) for at in times]
        start = re.sub(",? um ", ", ", said[2].removeprefix("am ").removeprefix("on "))
        de, en = _TEXTS[self.state.value]
        return choose(language, de=de, en=en).format(
            left=left, over=by if self.overdue else "", due=said[0], came=said[1], since=start
        )

    def _repr_html_(self) -> str:
        rows = {"gezählt (elapsed)": self.elapsed, "übrig (remaining)": self.remaining}
        rows |= {"überzogen (overdue)": self.overdue} if self.late else {}
        amounts = [(name, length(amount, "de")) for name, amount in rows.items()]
        share = ("verbraucht (used)", percent(self.used))
        return html(f"{self.text()} ({self.state.title('en')})", [*amounts, share])

    def to_dict(self) -> dict[str, Any]:
        """Write the data form: ready for JSON; amounts are whole microseconds."""
        instants = "now", "due", "paused_since", "responded_at"
        form = {name: (at := getattr(self, name)) and at.isoformat() for name in instants}
        form |= {"zone": key_of(self.now.tzinfo), "state": self.state.value}
        form |= {name: getattr(self, name) for name in ("late", "paused", "desk_open", "used")}
        form |= {f"{name}_microseconds": getattr(self, name) // MICROSECOND for name in _AMOUNTS}
        return form | {"next_change": self.next_change and self.next_change.to_dict()}


def _when(at: datetime | None, now: datetime, language: Language, *, named: bool, exact: bool) -> str:
    """Say when, as seen from `now`: `heute um 13:30 Uhr`, `am Dienstag, 7. April, um 13:30 Uhr`."""
    if at is None:
        return ""
    near = {-1: ("gestern", "yesterday"), 0: ("heute", "today"), 1: ("morgen", "tomorrow")}
    date = date_text(at.date(), language, year=at.year != now.year)
    de, en = near.get((at.date() - now.date()).days, (f"am {date},", f"on {date}"))
    said = clock_text(at.replace(tzinfo=UTC) - EPOCH, language) if exact else f"{at:%H:%M}"
    name = clock_name(at, language, needed=named)
    return choose(language, de=f"{de} um {said} Uhr{name}", en=f"{en} at {said}{name}")


def find_status(  # noqa: PLR0913, PLR0917 - all that a status follows from
    timeline: Timeline, known: Known, due: timedelta, at_risk: float, now: timedelta, zone: tzinfo | None
) -> Status:
    facts, end = known.facts, known.end
    late = end > due
    elapsed = unpaused(timeline, facts.opened, end, facts.pauses)
    overdue = unpaused(timeline, due, end, facts.pauses) if late else ZERO
    remaining = ZERO if late else timeline.between(end, due)
    whole = elapsed - overdue + remaining
    stopped = known.waiting is not None and known.waiting < due  # a pause that began before it
    left = share_of(whole, at_risk) - elapsed  # until it is at risk
    state = _state(known, late=late, stopped=stopped, risky=left <= ZERO)
    change = None
    if state is State.RUNNING:
        change = NextChange(moment(timeline.add(end, left), zone), State.AT_RISK)
    elif state is State.AT_RISK:  # the deadline itself is on time
        change = NextChange(moment(due + MICROSECOND, zone), State.BREACHED)
    return Status(
        now=moment(now, zone),
        state=state,
        late=late,
        paused=known.waiting is not None,
        desk_open=timeline.is_open(now),
        due=None if stopped else moment(due, zone),
        elapsed=elapsed,
        remaining=remaining,
        overdue=overdue,
        used=elapsed / whole,
        next_change=change,
        paused_since=None if known.waiting is None else moment(known.waiting, zone),
        responded_at=None if facts.responded is None else moment(facts.responded, zone),
    )


def _state(known: Known, *, late: bool, stopped: bool, risky: bool) -> State:
    if known.facts.responded is not None:
        return State.MISSED if late else State.MET
    if late:
        return State.BREACHED
    if stopped:
        return State.PAUSED
    return State.AT_RISK if risky else State.RUNNING
