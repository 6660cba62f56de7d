"""Agreements and the clocks of tickets: what is promised, and what follows from the facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any, Final, Self, cast, final

import netcor_sla  # for type hints of what it imports when asked for
from netcor_sla._calendars.business_calendar import calendar_rows
from netcor_sla._calendars.instants import instant, moment, writable
from netcor_sla._calendars.schedule import refusing
from netcor_sla._calendars.zones import clock_name, zone_name
from netcor_sla._policy.due import checked_share, find_due, postponed, share_of, unpaused
from netcor_sla._policy.levels import EscalationLevel, checked_level
from netcor_sla._policy.terms import Terms
from netcor_sla._tickets.facts import Facts, History, Log, States, read_ticket, replayed, write_ticket
from netcor_sla._tickets.ticket import Ticket
from netcor_sla._values import Answer, fill, fingerprint, html, instance, percent, text, written
from netcor_sla.errors import FactError, SLAError


@final
class Agreement(Terms):
    """The promises to a customer, and the calendars that they count on; what is left out is the policy's.

    `calendars` are those of single levels, for example around the clock for the critical ones; `calendar`
    is that of the others. `targets` may name some levels. `day_rule` says how targets in business days
    count: as a standard day's opening time each ("elapsed"), up to the same clock time ("same time") or
    to the close of business ("end of day") of the n-th business day after. `at_risk` is the share of a
    target, above 0 and at most 1, from which on a request is at risk. `promises` and `ways` are for this package.

    Law: what is asked of a level that has a calendar is answered as by an agreement with that calendar alone.
    """

    __module__ = "netcor_sla"  # where it is found

    __slots__ = ()

    def explain(
        self, opened_at: datetime, level: EscalationLevel, *, case_number: str | None = None
    ) -> "netcor_sla.Deadline":
        """Say when a first response is due, and how that came about, stretch by stretch.

        Law: `explain(opened_at, level).due == response_due(opened_at, level)`.
        """
        return self.clock(opened_at, level).explain(case_number=case_number)

    def clock(self, opened_at: datetime, level: EscalationLevel) -> "ResponseClock":
        """Start the clock of a ticket, to which its facts are added."""
        return ResponseClock(opened_at, level, agreement=self)

    def replay(
        self, opened_at: datetime, level: EscalationLevel, events: Log, *, pausing: States, responding: States
    ) -> "ResponseClock":
        """Make the clock of a ticket from its audit log.

        An event is an instant and the state or the level that holds from it on. States in
        `pausing` stop the clock, until another state comes; those in `responding` answer. A
        state may do both. Events are sorted by instant, and those of one instant stay in order;
        a state that changes nothing is nothing. An event before the opening is a `FactError`.
        """
        clock = self.clock(opened_at, level)
        history = replayed(clock.history, opened_at, events, pausing=pausing, responding=responding)
        return clock.with_history(history)

    def follow_ups(
        self, after: datetime, level: EscalationLevel, *, rule: str | None = None
    ) -> Iterator[datetime]:
        """Yield when to follow a request up, after an instant: lazily, and without end.

        A critical request is followed up once on each business day after that of `after`: at the same clock
        time, in the calendar's zone, or the end of that day's opening before it (its first opening, if there
        is none). The others are followed up as agreed, which is to be given as `rule`, a rule of RFC 5545, for
        example `FREQ=WEEKLY;BYDAY=TU`, moved to the next opening. Results are in the zone of `after`.
        """
        from netcor_sla._tickets.follow_ups import follow_ups  # noqa: PLC0415 - seldom asked for

        return follow_ups(self.calendar_of(level), after, level, rule)

    def __repr__(self) -> str:
        return "STANDARD" if self is STANDARD else Terms.__repr__(self)

    def _repr_html_(self) -> str:
        from netcor_sla._explanations.words import Voice  # noqa: PLC0415 - as above

        voice = Voice("de", "UTC", ())
        rows = [(_name(level), voice.target(target)) for level, target in self.targets.items()]
        rule = {"elapsed": "nach Geschäftszeit", "same time": "zur gleichen Uhrzeit"}.get(self.day_rule)
        rows += [("Geschäftstage (day_rule)", f"{rule or 'zum Geschäftsschluss'} ({self.day_rule})")]
        rows += [("gefährdet ab (at_risk)", percent(self.at_risk))]
        desks = {f"Stufe {level.number}: ": each for level, each in self.calendars.items()}
        desks = {"": self.calendar} | desks
        rows += [(of + name, row) for of, each in desks.items() for name, row in calendar_rows(each)]
        return html("Zugesagte Reaktionszeiten (Agreement)", rows)


STANDARD: Final = Agreement()


@final
@dataclass(frozen=True, slots=True, init=False, eq=False, repr=False)
class ResponseClock(Ticket, Answer):
    """The clock of one ticket, from its opening to the first response.

    It is a value of facts: pauses, changes of level, the response, which it has as attributes. Each
    verb returns a new clock, and facts may be added late and in any order; only `resume` ends the pause
    that is open by then. What follows from them, `due`, `used_at`, `status` and `explain`, is computed
    when it is asked for, so that nothing stored can drift.

    A pause stops the clock for the business time that it covers, and no more. A change of level counts from
    the opening on, with the same pauses: raised, a ticket may be late at once; lowered after a breach, it may
    run again. With the first response all ends: nothing that happens later changes whether it was on time.

    A fact before the opening, or one that contradicts another, is a `FactError` that names
    both. Datetimes that come back are in the zone of `opened_at`. `agreement` is NETCOR's
    policy where none is given; `history` is for this package.
    """

    __module__ = "netcor_sla"  # where it is found

    opened_at: datetime
    agreement: Agreement
    history: History

    def __init__(
        self, opened_at: datetime, level: EscalationLevel, *, agreement: Agreement = STANDARD
    ) -> None:
        instance(agreement, Agreement, "agreement")
        opened = writable(opened_at, "opened_at")
        fixed = type(opened_at) is datetime and isinstance(opened_at.tzinfo, timezone)
        if not fixed or opened_at.fold:
            opened_at = moment(opened, opened_at.tzinfo)  # a wall time that the zone does show
        history = History(opened, checked_level(level))
        fill(self, opened_at=opened_at, agreement=agreement, history=history)

    @property
    def due(self) -> datetime | None:
        """The deadline by all facts; None while a pause that began before it is open."""
        return self.used_at(1)

    def used_at(self, share: float) -> datetime | None:
        """Find when a share, above 0 and at most 1, of the time up to the deadline is used up, by all facts.

        For warnings, at 0.5, 0.75 and 0.9. None where a pause that began before is open.

        Laws: `used_at(1) == due`; for a share below 1, `status(now).used >= share` from then on, and not before,
        for every `now` by which all facts are known.
        """
        part, known = checked_share(share, "share"), self.history.known()
        facts, calendar = known.ended, self.agreement.calendar_of(known.facts.level)
        timeline = calendar.timeline
        with refusing(calendar.schedule, opened_at=self.opened_at):
            used = self._deadline(facts)
            if part < 1:
                whole = unpaused(timeline, facts.opened, used, facts.pauses)
                used = postponed(timeline, timeline.add(facts.opened, share_of(whole, part)), facts.pauses)
        stopped = known.waiting is not None and known.waiting < used
        return None if stopped else moment(used, self.opened_at.tzinfo)

    def status(self, now: datetime) -> "netcor_sla.Status":
        """Say where the ticket stands at an instant; later facts are not known yet."""
        from netcor_sla._tickets.status import find_status  # noqa: PLC0415 - as above

        at = self._fact(now, "now")
        known = self.history.known(at)
        calendar = self.agreement.calendar_of(known.facts.level)
        zone, at_risk = self.opened_at.tzinfo, self.agreement.at_risk
        with refusing(calendar.schedule, opened_at=self.opened_at, now=now):
            return find_status(calendar.timeline, known, self._deadline(known.facts), at_risk, at, zone)

    def explain(self, *, case_number: str | None = None) -> "netcor_sla.Deadline":
        """Say when the response is due, and why; and how late it came, if it did.

        While a pause that began before the deadline is open, its `due` is None. `case_number`
        is that of the ticket, a text of 1 to 100 characters that shows something.
        """
        from netcor_sla._explanations.deadline import explained  # noqa: PLC0415 - as above

        if case_number is not None:
            text(case_number, "case_number", error=FactError)
        facts = self.history.known().ended
        calendar = self.agreement.calendar_of(facts.level)
        with refusing(calendar.schedule, opened_at=self.opened_at):
            promise = self.agreement.promises[facts.level]
            return explained(calendar, promise, facts, self.opened_at.tzinfo, case_number)

    def to_dict(self) -> dict[str, Any]:
        """Write the facts, and the fingerprint of the agreement, which is kept apart: ready for JSON."""
        return write_ticket(self.opened_at, self.history) | {"agreement": self.agreement.fingerprint}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, agreement: Agreement = STANDARD) -> Self:
        """Read the facts of a ticket under the agreement that they were written under.

        Another one is an `AgreementError`; facts without the key "agreement" are read under any.

        Law: `from_dict(clock.to_dict(), agreement=...) == clock`, with the same agreement.
        """
        return cls._restored(None, instance(agreement, Agreement, "agreement"), data)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of facts and agreement: equal clocks, and no others, have equal fingerprints."""
        return fingerprint({**self.to_dict(), "agreement": self.agreement.to_dict()})

    def __repr__(self) -> str:
        given = ", ".join(map(written, (self.opened_at, self.opened_level)))
        terms = "" if self.agreement is STANDARD else f", agreement={self.agreement!r}"
        return f"ResponseClock({given}{terms}){self._verbs()}"

    def _repr_html_(self) -> str:
        facts = [(at, "geändert (changed)", f", {_name(level)}") for at, level in self.changes]
        for at, end in self.pauses:
            facts += [(at, "Pause (paused)", f" bis {_stamp(end)}" if end else ", offen")]
        facts += [(at, "Reaktion (response)", "") for at in [self.responded_at] if at]
        facts.sort(key=lambda fact: instant(fact[0], "at"))
        rows = [(name, _stamp(at) + more) for at, name, more in facts]
        rows[:-10] = [("", f"… und {len(rows) - 10} weitere davor (more before)")] if rows[10:] else []
        try:
            rows += [("fällig (due)", _stamp(self.due) if self.due else "ruht (paused)")]
        except SLAError as error:  # beyond the years that are known
            rows += [("fällig (due)", error.german)]
        opened = ("eingegangen (opened)", f"{_stamp(self.opened_at)}, {_name(self.opened_level)}")
        zone = ("Zeitzone (zone)", zone_name(cast(tzinfo, self.opened_at.tzinfo)))
        return html(_name(self.level), [zone, opened, *rows])

    def __reduce__(self) -> tuple[Any, ...]:
        # With the zone itself, which may have no name by which data could say it.
        return self._restored, (self.opened_at.tzinfo, self.agreement, self.to_dict())

    @classmethod
    def _restored(cls, zone: tzinfo | None, agreement: Agreement, form: Mapping[str, Any]) -> Self:
        opened_at, history = read_ticket(form, cls.__name__, agreement.fingerprint)
        opened_at = opened_at.astimezone(zone) if zone else opened_at
        return cls(opened_at, history.level, agreement=agreement).with_history(history)

    def _deadline(self, facts: Facts) -> timedelta:
        calendar, promise = self.agreement.calendar_of(facts.level), self.agreement.promises[facts.level]
        return find_due(calendar.schedule, calendar.timeline, facts.opened, promise, facts.pauses)


def _name(level: EscalationLevel) -> str:
    return f"{level.number}: {level.title('de')} ({level.title('en')})"


def _stamp(at: datetime) -> str:
    return f"{at:%d.%m.%Y %H:%M:%S}".removesuffix(":00") + clock_name(at, "de")


def response_due(opened_at: datetime, level: EscalationLevel, *, agreement: Agreement = STANDARD) -> datetime:
    """Say when a first response is due: under NETCOR's policy, or another agreement.

    `opened_at` is an aware datetime of any zone, and the result is in that zone. It is the latest instant
    at which a response is on time, exact to the microsecond: the earliest by which the target of the level
    is used up. A request that comes in while the desk is closed counts from the next opening.

    A datetime without a zone is a `NaiveError`; a level that is not an `EscalationLevel`, an
    `ArgumentError`; a deadline that needs a year of which the holidays are not known, a `CoverageError`.

    >>> from datetime import datetime
    >>> from netcor_sla import EscalationLevel, response_due
    >>> opened_at = datetime.fromisoformat("2025-03-07T16:00:00+01:00")
    >>> response_due(opened_at, EscalationLevel.CRITICAL).isoformat()
    '2025-03-10T11:30:00+01:00'
    """
    try:
        calendar, amount = agreement.ways[level]  # a call less for each deadline
    except (AttributeError, KeyError, TypeError, ValueError):
        amount = None
    if amount is None:
        return instance(agreement, Agreement, "agreement").response_due(opened_at, level)
    return calendar.after(opened_at, amount, "opened_at")


def explain(
    opened_at: datetime,
    level: EscalationLevel,
    *,
    agreement: Agreement = STANDARD,
    case_number: str | None = None,
) -> "netcor_sla.Deadline":
    """Say when a first response is due, and why: under NETCOR's policy, or another agreement.

    Arguments and errors are those of `response_due`, and so is the deadline. Its steps say of
    every stretch between opening and deadline whether it counted, and why. A `case_number`, a
    text of 1 to 100 characters that shows something, stands in its text and its record.

    >>> from datetime import datetime
    >>> from netcor_sla import EscalationLevel, explain
    >>> opened_at = datetime.fromisoformat("2025-03-07T16:00:00+01:00")
    >>> print(", ".join(step.reason for step in explain(opened_at, EscalationLevel.CRITICAL).steps))
    opening hours, outside hours, weekend, outside hours, opening hours
    """
    return instance(agreement, Agreement, "agreement").explain(opened_at, level, case_number=case_number)


explain.__module__ = response_due.__module__ = "netcor_sla"
