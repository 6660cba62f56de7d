"""When a support response is due, in business time exact to the microsecond.

What is public is named here, and in the modules `annotations`, `errors`, `frames`, `intake`,
`records` and `reports`.
"""

TYPE_CHECKING = False  # to a type checker, it is true; `typing` takes long to import
if TYPE_CHECKING:
    from netcor_sla import errors as errors
    from netcor_sla._agreements import STANDARD, Agreement, ResponseClock, explain, response_due
    from netcor_sla._calendars.business_calendar import BusinessCalendar
    from netcor_sla._explanations.deadline import Deadline
    from netcor_sla._explanations.steps import Step
    from netcor_sla._policy.levels import BusinessDays, BusinessHours, EscalationLevel
    from netcor_sla._tickets.status import NextChange, State, Status
    from netcor_sla.errors import SLAError

    __version__: str

__all__ = [
    "STANDARD", "Agreement", "BusinessCalendar", "BusinessDays", "BusinessHours", "Deadline", "EscalationLevel",
    "NextChange", "ResponseClock", "SLAError", "State", "Status", "Step", "explain", "response_due",
]  # fmt: skip

# Each is imported when it is asked for, so that an interrupt can find a program that is ready for it.
_WHERE = {
    **dict.fromkeys(("STANDARD", "Agreement", "ResponseClock", "explain", "response_due"), "_agreements"),
    "BusinessCalendar": "_calendars.business_calendar",
    **dict.fromkeys(("BusinessDays", "BusinessHours", "EscalationLevel"), "_policy.levels"),
    "Deadline": "_explanations.deadline",
    "Step": "_explanations.steps",
    **dict.fromkeys(("NextChange", "State", "Status"), "_tickets.status"),
    "SLAError": "errors",
}


def __dir__() -> list[str]:
    modules = ("annotations", "frames", "intake", "records", "reports")
    return [*__all__, "__version__", "errors", *(name for name in modules if name in globals())]


def __getattr__(name: str) -> object:
    from importlib import import_module  # noqa: PLC0415 - as above

    if name == "__version__":
        return import_module(f"{__name__}._values").release()
    if name == "errors":
        return import_module(f"{__name__}.errors")
    if name in _WHERE:
        return globals().setdefault(name, getattr(import_module(f"{__name__}.{_WHERE[name]}"), name))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
