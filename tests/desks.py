"""A desk that is nobody's, for tests that need just any: the policy may change, this stays.

It closes at noon, so that a day has two spans, is east of UTC, and knows no holidays.
"""

# ruff: noqa: ANN401 - a calendar's keys are handed on

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from netcor_sla import (
    Agreement,
    BusinessCalendar,
    BusinessDays,
    BusinessHours,
    Deadline,
    EscalationLevel,
    ResponseClock,
)
from netcor_sla._policy.due import DayRule

DESK: Final = BusinessCalendar(
    zone="+02:00", hours={"mon-fri": [["09:00", "12:30"], ["13:00", "18:00"]]}, holidays=None
)
TERMS: Final = Agreement(
    calendar=DESK,
    targets={
        EscalationLevel.CRITICAL: BusinessHours(4),
        EscalationLevel.HIGH: BusinessHours(8),
        EscalationLevel.MEDIUM: BusinessDays(2),
        EscalationLevel.LOW: BusinessDays(4),
    },
)

# The hours by which many answers here were counted by hand, whatever the policy comes to say.
OFFICE: Final = Agreement(
    calendar=BusinessCalendar(zone="+01:00", hours={"mon-fri": [["08:30", "17:00"]]}, holidays="DE-NI")
)


def due_of(deadline: Deadline) -> datetime:
    """Give the deadline of a ticket that is not paused."""
    assert deadline.due is not None
    return deadline.due


def promise(target: BusinessHours | BusinessDays, rule: DayRule = "elapsed", **calendar: Any) -> Agreement:
    """Make an agreement that promises one target, by default without holidays."""
    form: dict[str, Any] = {"zone": "+01:00", "hours": {"mon-fri": [["08:30", "17:00"]]}, "holidays": None}
    desk = BusinessCalendar(**form | calendar)
    return Agreement(calendar=desk, targets=dict.fromkeys(EscalationLevel, target), day_rule=rule)


def ticket(  # noqa: PLR0913 - all that may happen
    opened: str,
    target: BusinessHours | BusinessDays,
    rule: DayRule = "elapsed",
    *,
    level: EscalationLevel = EscalationLevel.LOW,
    pauses: Iterable[tuple[str, str | None]] = (),
    changes: Iterable[tuple[str, EscalationLevel]] = (),
    came: str | None = None,
    **calendar: Any,
) -> ResponseClock:
    """Make a ticket by such a promise; times are the desk's wall-clock times, or have offsets."""
    terms = promise(target, rule, **{"business_day": "08:30"} | calendar)

    def read(text: str) -> datetime:
        at = datetime.fromisoformat(text)
        return at if at.tzinfo else at.replace(tzinfo=terms.calendar.tzinfo)

    clock = terms.clock(read(opened), level)
    for start, end in pauses:
        clock = clock.pause(read(start), None if end is None else read(end))
    for at, other in changes:
        clock = clock.change_level(read(at), other)
    return clock if came is None else clock.respond(read(came))
