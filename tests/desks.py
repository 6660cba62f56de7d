"""A desk that is nobody's, for tests that need just any: the policy may change, this stays.

It closes at noon, so that a day has two spans, is east of UTC, and knows no holidays.
"""

from datetime import datetime
from typing import Final

from netcor_sla import Agreement, BusinessCalendar, BusinessDays, BusinessHours, Deadline, EscalationLevel

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
