"""Response targets: so many business hours, or so many business days."""

from collections.abc import Mapping
from datetime import timedelta
from operator import index
from typing import Any, Final, final

from netcor_sla._calendars.instants import MICROSECOND
from netcor_sla._values import LegacyAdjustable
from netcor_sla.errors import AgreementError, ArgumentError, shown

MOST: Final = 1_000_000  # hours or days; more is a slip, not a promise


class Target(LegacyAdjustable):
    """What both kinds of target have in common."""

    __slots__ = ()
    _error = AgreementError


@final
class BusinessHours(Target):
    """A target of business hours and minutes, above zero.

    `BusinessHours(minutes=90)` equals `BusinessHours(1, minutes=30)`.
    """

    __slots__ = ("_minutes",)
    _minutes: int
    _keys = ("hours", "minutes")

    def __init__(self, hours: int = 0, *, minutes: int = 0) -> None:
        total = 60 * _whole(hours, "hours") + _whole(minutes, "minutes")
        if not 0 < total <= 60 * MOST:
            raise AgreementError(
                f"BusinessHours must be above zero and at most {MOST}, not {shown(hours)} and "
                f"{shown(minutes)} minutes; write BusinessHours(4)"
            )
        self._fill(_minutes=total)

    @property
    def hours(self) -> int:
        """The full hours."""
        return self._minutes // 60

    @property
    def minutes(self) -> int:
        """The minutes beside the full hours, below 60."""
        return self._minutes % 60

    def to_dict(self) -> dict[str, Any]:
        """Write the data form, as `{"hours": 4}`; what is zero is left out."""
        parts = {"hours": self.hours, "minutes": self.minutes}
        return {key: value for key, value in parts.items() if value}


@final
class BusinessDays(Target):
    """A target of business days, above zero; an agreement's day rule says how they count."""

    __slots__ = ("_days",)
    _days: int
    _keys = ("days",)
    _required = ("days",)

    def __init__(self, days: int) -> None:
        if not 0 < _whole(days, "days") <= MOST:
            raise AgreementError(
                f"BusinessDays must be above zero and at most {MOST}, not {shown(days)}; "
                "write BusinessDays(2)"
            )
        self._fill(_days=index(days))

    @property
    def days(self) -> int:
        """How many business days."""
        return self._days

    def to_dict(self) -> dict[str, Any]:
        """Write the data form, as `{"days": 2}`."""
        return {"days": self.days}


def target(data: Any) -> BusinessHours | BusinessDays:  # noqa: ANN401 - checked by the readers
    """Read a target's data form: `{"hours": 4}`, `{"minutes": 30}`, `{"days": 2}`."""
    kind = BusinessDays if isinstance(data, Mapping) and "days" in dict(data) else BusinessHours
    return kind.from_dict(data)


def amount(target: BusinessHours | BusinessDays, business_day: timedelta | None) -> int:
    """Reckon a target in microseconds of business time."""
    if isinstance(target, BusinessHours):
        return timedelta(minutes=60 * target.hours + target.minutes) // MICROSECOND
    if business_day is None:
        raise AgreementError(
            f"targets: {target} can't be reckoned: business_day is not given, and no weekday opens, "
            "or those that open differ in length; give it, as '08:00'"
        )
    return business_day // MICROSECOND * target.days


def _whole(number: object, name: str) -> int:
    """Insist on a whole number, zero or above; True and 4.0 are none."""
    try:
        whole = None if isinstance(number, bool) else index(number)  # type: ignore[arg-type]
    except TypeError:
        whole = None
    if whole is None:
        raise ArgumentError(
            f"{name} must be a whole number, not {shown(number)}; write half an "
            "hour as BusinessHours(minutes=30)"
        )
    if whole < 0:
        raise AgreementError(f"{name} must not be negative: {shown(number)}")
    return whole
