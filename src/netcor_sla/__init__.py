"""When a support response is due, in business time exact to the microsecond.

What is public is named here, and in the module `errors`.
"""

from netcor_sla.agreements import STANDARD, Agreement, explain, response_due
from netcor_sla.calendars import BusinessCalendar
from netcor_sla.clocks import ResponseClock
from netcor_sla.deadlines import Deadline
from netcor_sla.errors import SLAError
from netcor_sla.levels import EscalationLevel
from netcor_sla.statuses import State, Status
from netcor_sla.steps import Step
from netcor_sla.targets import BusinessDays, BusinessHours

__all__ = [
    "STANDARD",
    "Agreement",
    "BusinessCalendar",
    "BusinessDays",
    "BusinessHours",
    "Deadline",
    "EscalationLevel",
    "ResponseClock",
    "SLAError",
    "State",
    "Status",
    "Step",
    "explain",
    "response_due",
]
