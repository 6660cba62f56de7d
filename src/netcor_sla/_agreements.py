"""Agreements and the clocks of tickets: what is promised, and what follows from the facts."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone, tzinfo
from types import MappingProxyType
from typing import Any, Final, Self, final

from netcor_sla._calendars.business_calendar import BusinessCalendar, refusing, writable
from netcor_sla._calendars.instants import NEVER, instant, moment
from netcor_sla._calendars.zones import key_of
from netcor_sla._explanations.deadline import Deadline, explained
from netcor_sla._policy import levels
from netcor_sla._policy.due import DAY_RULES, DayRule, Promise, find_due
from netcor_sla._policy.levels import BusinessDays, BusinessHours, EscalationLevel, checked_level
from netcor_sla._policy.netcor import AT_RISK, CALENDAR, DAY_RULE
from netcor_sla._tickets.facts import (
    Facts,
    History,
    Known,
    check_after,
    check_resume,
    read_ticket,
    replayed,
    write_ticket,
)
from netcor_sla._tickets.status import Status, checked_share, find_status
from netcor_sla._values import Value, fill, fingerprint, instance, word
from netcor_sla.errors import AgreementError, ArgumentError, FactError, shown

Targets = Mapping[EscalationLevel, BusinessHours | BusinessDays]

_CALENDAR: Final = BusinessCalendar.from_dict(CALENDAR)


@final
@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Agreement(Value):
    """A calendar and the promises that count on it; every argument defaults to the policy's.

    `targets` are needed for all levels. `day_rule` says how targets in business days count: as a standard
    day's opening time each ("elapsed"), up to the same clock time ("same time") or to the close of business
    ("end of day") of the n-th business day after. `at_risk` is the share of a target, above 0 and at most
    1, from which on a request is at risk.

    `promises` are for this package.
    """

    calendar: BusinessCalendar = field(default_factory=lambda: _CALENDAR)
    targets: Targets = field(default_factory=lambda: {n: n.response_target for n in EscalationLevel})
    day_rule: DayRule = DAY_RULE
    at_risk: float = AT_RISK
    promises: Mapping[EscalationLevel, Promise] = field(init=False, compare=False)

    _error = AgreementError

    def __post_init__(self) -> None:
        calendar = instance(self.calendar, BusinessCalendar, "calendar")
        targets = levels.all_levels(self.targets)
        rule = word(self.day_rule, "day_rule", DAY_RULES, error=AgreementError)
        promises = {
            level: Promise(level, target, rule, levels.amount(target, calendar.usual_day))
            for level, target in targets.items()
        }
        share = checked_share(self.at_risk)
        promised = MappingProxyType(targets)
        fill(self, targets=promised, day_rule=rule, at_risk=share, promises=promises)

    def response_due(self, opened_at: datetime, level: EscalationLevel) -> datetime:
        """Find the latest instant at which a first response keeps the promise.

        It is the earliest instant by which the target is used up, in the zone of `opened_at`:
        a response at that instant is on time, one a microsecond later is late. A request
        that comes in while the desk is closed counts from the next opening.
        """
        if type(level) is not EscalationLevel:  # a call less for each deadline
            checked_level(level)
        promise, calendar = self.promises[level], self.calendar
        if not promise.by_date:
            return calendar.after(opened_at, promise.amount, "opened_at")
        with refusing(calendar.schedule, opened_at=opened_at):
            opened = instant(opened_at, "opened_at")
            due = find_due(calendar.schedule, calendar.timeline, opened, promise)
            return moment(due, opened_at.tzinfo)

    def explain(self, opened_at: datetime, level: EscalationLevel) -> Deadline:
        """Say when a first response is due, and how that came about, stretch by stretch.

        Law: `explain(opened_at, level).due == response_due(opened_at, level)`.
        """
        return self.clock(opened_at, level).explain()

    def clock(self, opened_at: datetime, level: EscalationLevel) -> "ResponseClock":
        """Start the clock of a ticket, to which its facts are added."""
        return ResponseClock(opened_at, level, agreement=self)

    def replay(
        self,
        opened_at: datetime,
        level: EscalationLevel,
        events: Iterable[tuple[datetime, str | EscalationLevel]],
        *,
        pausing: Collection[str],
        responding: Collection[str],
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

        return follow_ups(self.calendar, after, level, rule)

    def to_dict(self) -> dict[str, Any]:
        """Write the data form: ready for JSON, in one spelling, and a fresh copy."""
        return {
            "calendar": self.calendar.to_dict(),
            "targets": {level.value: self.targets[level].to_dict() for level in EscalationLevel},
            "day_rule": self.day_rule,
            "at_risk": self.at_risk,
        }

    @classmethod
    def _read(cls, form: dict[str, Any]) -> dict[str, Any]:
        if "calendar" in form:
            form["calendar"] = BusinessCalendar.from_dict(form["calendar"])
        if "targets" in form:
            form["targets"] = levels.read_targets(form["targets"])
        return form

    def __hash__(self) -> int:
        return hash((self.calendar, tuple(self.targets.items()), self.day_rule, self.at_risk))

    def __repr__(self) -> str:
        if self is STANDARD:
            return "STANDARD"
        arguments = {name: getattr(self, name) for name in ("calendar", "day_rule", "at_risk")}
        arguments["targets"] = dict(self.targets)
        return f"Agreement({', '.join(f'{name}={each!r}' for name, each in arguments.items())})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).from_dict, (self.to_dict(),)


STANDARD: Final = Agreement()


@final
@dataclass(frozen=True, slots=True, init=False, eq=False, repr=False)
class ResponseClock:
    """The clock of one ticket, from its opening to the first response.

    It is a value of facts: pauses, changes of level, the response. Each verb returns a new clock, and facts
    may be added late and in any order; only `resume` ends the pause that is open by then. What follows from
    them, `due`, `status` and `explain`, is computed when it is asked for, so that nothing stored can drift.

    A pause stops the clock for the business time that it covers, and no more. A change of level
    counts from the opening on, with the same pauses: raised, a ticket may be late at once;
    lowered after a breach, it may run again. With the first response all ends: nothing that
    happens later changes whether it was on time.

    A fact before the opening, or one that contradicts another, is a `FactError` that names
    both. Datetimes that come back are in the zone of `opened_at`. `agreement` is NETCOR's
    policy where none is given; `history` is for this package.
    """

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

    def pause(self, at: datetime, until: datetime | None = None) -> Self:
        """Add a pause, `at` included and `until` not; without `until` it is open.

        Pauses that touch or overlap are one, and an empty one is nothing. Of two open ones the
        earlier counts.
        """
        start = self._fact(at, "at")
        end = None if until is None else self._fact(until, "until")
        if until is not None and end is not None and end < start:
            raise FactError(
                f"until {until.isoformat()} is before at {at.isoformat()}; a pause can't end before it starts"
            )
        return self.with_history(self.history.paused(start, end))

    def resume(self, at: datetime) -> Self:
        """End the open pause, `at` not included."""
        end = self._fact(at, "at")
        check_resume(self.history, at, self.opened_at.tzinfo)
        return self.with_history(self.history.resumed(end))

    def change_level(self, at: datetime, level: EscalationLevel) -> Self:
        """Change the level; of several changes at one instant the last one given counts."""
        return self.with_history(self.history.changed(self._fact(at, "at"), checked_level(level)))

    def respond(self, at: datetime) -> Self:
        """Add a response; the earliest counts."""
        return self.with_history(self.history.answered(self._fact(at, "at")))

    @property
    def level(self) -> EscalationLevel:
        """The level after all changes, or that of the response."""
        return self.history.known().facts.level

    @property
    def due(self) -> datetime | None:
        """The deadline by all facts; None while a pause that began before it is open."""
        with refusing(self.agreement.calendar.schedule, opened_at=self.opened_at):
            due = self._due(self.history.known())
        return None if due is None else moment(due, self.opened_at.tzinfo)

    def status(self, now: datetime) -> Status:
        """Say where the ticket stands at an instant; later facts are not known yet."""
        at, agreement = self._fact(now, "now"), self.agreement
        known, timeline = self.history.known(at), agreement.calendar.timeline
        with refusing(agreement.calendar.schedule, opened_at=self.opened_at, now=now):
            return find_status(
                timeline,
                known,
                self._deadline(known.facts),
                at_risk=agreement.at_risk,
                now=at,
                zone=self.opened_at.tzinfo,
            )

    def explain(self) -> Deadline:
        """Say when the response is due, and why; and how late it came, if it did.

        Where `due` is None there is nothing to explain yet: that is a `FactError`.
        """
        known, calendar = self.history.known(), self.agreement.calendar
        with refusing(calendar.schedule, opened_at=self.opened_at):
            if (due := self._due(known)) is not None:
                promise = self.agreement.promises[known.facts.level]
                return explained(calendar, promise, known.ended, due, self.opened_at.tzinfo)
        since = moment(known.waiting or NEVER, self.opened_at.tzinfo).isoformat()
        raise FactError(
            f"there is no deadline while the pause since {since} is open; end it with resume(at), "
            "or ask for status(now)"
        )

    def to_dict(self) -> dict[str, Any]:
        """Write the facts: ready for JSON, in one spelling. The agreement is kept apart."""
        return write_ticket(self.opened_at, self.history)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, agreement: Agreement = STANDARD) -> Self:
        """Read the facts of a ticket under an agreement, which is not among them.

        Law: `from_dict(clock.to_dict(), agreement=...) == clock`, with the same agreement.
        """
        opened_at, history = read_ticket(data, cls.__name__)
        return cls(opened_at, history.level, agreement=agreement).with_history(history)

    def with_history(self, history: History) -> Self:
        """Make a clock of other facts; for this package."""
        clock = object.__new__(type(self))
        fill(clock, opened_at=self.opened_at, agreement=self.agreement, history=history)
        return clock

    @property
    def fingerprint(self) -> str:
        """SHA-256 of facts and agreement: equal clocks, and no others, have equal fingerprints."""
        return fingerprint({**self.to_dict(), "agreement": self.agreement.to_dict()})

    def __eq__(self, other: object) -> bool:
        if isinstance(other, ResponseClock):
            return self._identity() == other._identity()
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self.history, self.agreement))

    def __repr__(self) -> str:
        return f"ResponseClock({', '.join(f'{k}={v!r}' for k, v in self.to_dict().items())})"

    def __reduce__(self) -> tuple[Any, ...]:
        # With the zone itself, which may have no name by which data could say it.
        return self._restored, (self.opened_at.tzinfo, self.agreement, self.to_dict())

    @classmethod
    def _restored(cls, zone: tzinfo, agreement: Agreement, form: dict[str, Any]) -> Self:
        opened_at, history = read_ticket(form, cls.__name__)
        clock = cls(opened_at.astimezone(zone), history.level, agreement=agreement)
        return clock.with_history(history)

    def _identity(self) -> tuple[object, ...]:
        zone = key_of(self.opened_at.tzinfo), self.opened_at.utcoffset()
        return zone, self.history, self.agreement

    def _deadline(self, facts: Facts) -> timedelta:
        calendar, promise = self.agreement.calendar, self.agreement.promises[facts.level]
        return find_due(calendar.schedule, calendar.timeline, facts.opened, promise, facts.pauses)

    def _due(self, known: Known) -> timedelta | None:
        """Find the deadline, where there is one: by all pauses that have ended."""
        due = self._deadline(known.ended)
        return None if known.waiting is not None and known.waiting < due else due

    def _fact(self, at: datetime, name: str) -> timedelta:
        """Take an instant that is not before the opening."""
        exact = writable(at, name)
        if exact < self.history.opened:
            check_after(self.opened_at, at, name)
        return exact


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
    if type(agreement) is not Agreement:  # as above
        raise ArgumentError(f"agreement must be an Agreement, not {shown(agreement)}")
    return agreement.response_due(opened_at, level)


def explain(opened_at: datetime, level: EscalationLevel, *, agreement: Agreement = STANDARD) -> Deadline:
    """Say when a first response is due, and why: under NETCOR's policy, or another agreement.

    Arguments and errors are those of `response_due`, and so is the deadline. Its steps say of
    every stretch between opening and deadline whether it counted, and why.

    >>> from datetime import datetime
    >>> from netcor_sla import EscalationLevel, explain
    >>> opened_at = datetime.fromisoformat("2025-03-07T16:00:00+01:00")
    >>> for step in explain(opened_at, EscalationLevel.CRITICAL).steps:
    ...     print(step.kind, step.reason, step.used)
    counted opening hours 1:00:00
    closed outside hours 0:00:00
    closed weekend 0:00:00
    closed outside hours 0:00:00
    counted opening hours 3:00:00
    """
    return instance(agreement, Agreement, "agreement").explain(opened_at, level)
