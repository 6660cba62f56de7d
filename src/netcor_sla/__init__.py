"""When a support response is due, in business time exact to the microsecond.

What is public is named here, and in the modules `annotations`, `errors`, `frames`, `intake`,
`records` and `reports`.
"""

from netcor_sla import errors as errors
from netcor_sla._agreements import STANDARD, Agreement, ResponseClock, explain, response_due
from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._explanations.deadline import Deadline
from netcor_sla._explanations.steps import Step
from netcor_sla._policy.levels import BusinessDays, BusinessHours, EscalationLevel
from netcor_sla._tickets.status import NextChange, State, Status
from netcor_sla._values import release
from netcor_sla.errors import SLAError

__all__ = [
    "STANDARD",
    "Agreement",
    "BusinessCalendar",
    "BusinessDays",
    "BusinessHours",
    "Deadline",
    "EscalationLevel",
    "NextChange",
    "ResponseClock",
    "SLAError",
    "State",
    "Status",
    "Step",
    "explain",
    "response_due",
]

# Where they are found, which is what pickles and messages should say, and not where they stand.
for _public in (
    *(Agreement, BusinessCalendar, BusinessDays, BusinessHours, Deadline, EscalationLevel),
    *(NextChange, ResponseClock, State, Status, Step, explain, response_due),
):
    _public.__module__ = __name__


def __dir__() -> list[str]:
    modules = ("annotations", "errors", "frames", "intake", "records", "reports")
    return [*__all__, "__version__", *(name for name in modules if name in globals())]


def __getattr__(name: str) -> str:
    if name == "__version__":
        return release()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
