"""When a support response is due, in business time exact to the microsecond.

What is public is named here, and in the modules `errors`, `frames`, `intake`, `records` and
`reports`.
"""

from netcor_sla import errors
from netcor_sla._agreements import STANDARD, Agreement, ResponseClock, explain, response_due
from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._explanations.deadline import Deadline
from netcor_sla._explanations.steps import Step
from netcor_sla._policy.levels import BusinessDays, BusinessHours, EscalationLevel
from netcor_sla._tickets.status import State, Status
from netcor_sla.errors import SLAError

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
