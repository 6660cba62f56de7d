"""When a support response is due, in business time exact to the microsecond.

What is public is named here, and in the modules `annotations`, `errors`, `frames`, `intake`,
`records` and `reports`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from netcor_sla import errors as errors
from netcor_sla._agreements import STANDARD, Agreement, ResponseClock, explain, response_due
from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._policy.levels import BusinessDays, BusinessHours, EscalationLevel
from netcor_sla._values import release
from netcor_sla.errors import SLAError

if TYPE_CHECKING:
    from netcor_sla._explanations.deadline import Deadline
    from netcor_sla._explanations.steps import Step
    from netcor_sla._tickets.status import NextChange, State, Status

    __version__: str

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
    *(Agreement, BusinessCalendar, BusinessDays, BusinessHours, EscalationLevel),
    *(ResponseClock, explain, response_due),
):
    _public.__module__ = __name__

# What most processes never need is imported when it is asked for.
_LATER = {
    "Deadline": "_explanations.deadline",
    "Step": "_explanations.steps",
    **dict.fromkeys(("NextChange", "State", "Status"), "_tickets.status"),
}


def __dir__() -> list[str]:
    modules = ("annotations", "errors", "frames", "intake", "records", "reports")
    return [*__all__, "__version__", *(name for name in modules if name in globals())]


def __getattr__(name: str) -> object:
    if name == "__version__":
        return release()
    if name in _LATER:
        return globals().setdefault(name, getattr(import_module(f"{__name__}.{_LATER[name]}"), name))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
