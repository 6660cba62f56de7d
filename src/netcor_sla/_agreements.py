"""Agreements: a calendar, what is promised for each level, and how days are counted."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Final, final

from netcor_sla._clocks import ResponseClock
from netcor_sla._explanations.deadline import Deadline
from netcor_sla._policy.due import due_by_date
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._terms import Terms, checked_level
from netcor_sla._tickets.follow_ups import follow_ups
from netcor_sla._tickets.replays import replayed
from netcor_sla.errors import ArgumentError, shown


@final
class Agreement(Terms):
    """A calendar and the promises that count on it; every argument defaults to the policy's.

    `targets` are needed for all four levels. `day_rule` says how targets in business days
    count: as a standard day's opening time each ("elapsed"), up to the same clock time
    ("same time") or to the close of business ("end of day") of the n-th business day
    after. `at_risk` is the share of a target, above 0 and at most 1, from which on a
    request is at risk.
    """

    __slots__ = ()

    def response_due(self, opened_at: datetime, level: EscalationLevel) -> datetime:
        """Find the latest instant at which a first response keeps the promise.

        It is the earliest instant by which the target is used up, in the zone of `opened_at`:
        a response at that instant is on time, one a microsecond later is late. A request
        that comes in while the desk is closed counts from the next opening.
        """
        try:
            exact = self._amounts[level]
        except (KeyError, TypeError):
            return self._due_by_date(opened_at, level)
        return self._after(opened_at, exact, "opened_at")

    def explain(self, opened_at: datetime, level: EscalationLevel) -> Deadline:
        """Say when a first response is due, and how that came about, stretch by stretch.

        Law: `explain(opened_at, level).due == response_due(opened_at, level)`.
        """
        return self.clock(opened_at, level).explain()

    def clock(self, opened_at: datetime, level: EscalationLevel) -> ResponseClock:
        """Start the clock of a ticket, to which its facts are told."""
        return ResponseClock(opened_at, level, agreement=self)

    def replay(
        self,
        opened_at: datetime,
        level: EscalationLevel,
        events: Iterable[tuple[datetime, str | EscalationLevel]],
        *,
        pausing: Collection[str],
        responding: Collection[str],
    ) -> ResponseClock:
        """Make the clock of a ticket from its audit log.

        An event is an instant and the state or the level that holds from it on. States in
        `pausing` stop the clock, until another state comes; those in `responding` answer. A
        state may do both. Events are sorted by instant, and those of one instant stay in order;
        a state that changes nothing is nothing. An event before the opening is a `FactError`.
        """
        clock = self.clock(opened_at, level)
        return clock._with(replayed(clock._history, opened_at, events, pausing, responding))

    def follow_ups(
        self, after: datetime, level: EscalationLevel, *, rule: str | None = None
    ) -> Iterator[datetime]:
        """Yield when to follow a request up, after an instant: lazily, and without end.

        A critical request is followed up at the same clock time, in the calendar's zone, on each
        business day after that of `after`; the others as agreed, which is to be given as
        `rule`, a rule of RFC 5545 as `FREQ=WEEKLY;BYDAY=TU`. While the desk is closed, the
        next opening takes the place. Results are in the zone of `after`.
        """
        return follow_ups(self.calendar, after, level, rule)

    def _due_by_date(self, opened_at: datetime, level: EscalationLevel) -> datetime:
        days = self._days[checked_level(level)]
        return due_by_date(self.calendar, opened_at, days, self.day_rule)


STANDARD: Final = Agreement()


def response_due(
    opened_at: datetime, level: EscalationLevel, *, agreement: Agreement = STANDARD
) -> datetime:
    """Say when a first response is due: under NETCOR's policy, or another agreement.

    See `Agreement.response_due`.
    """
    if type(agreement) is not Agreement:
        raise ArgumentError(f"agreement must be an Agreement, not {shown(agreement)}")
    return agreement.response_due(opened_at, level)


def explain(
    opened_at: datetime, level: EscalationLevel, *, agreement: Agreement = STANDARD
) -> Deadline:
    """Say when a first response is due, and why: under NETCOR's policy, or another agreement.

    See `Agreement.explain`.
    """
    return _checked(agreement).explain(opened_at, level)


def _checked(agreement: object) -> Agreement:
    """Insist on an agreement."""
    if isinstance(agreement, Agreement):
        return agreement
    raise ArgumentError(f"agreement must be an Agreement, not {shown(agreement)}")
