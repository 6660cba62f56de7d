"""The terms of an agreement: which calendars, targets and rules were agreed, and what follows for a deadline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final, Self, TypedDict, Unpack

from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._calendars.instants import instant, moment
from netcor_sla._calendars.schedule import refusing
from netcor_sla._policy import levels
from netcor_sla._policy.due import DAY_RULES, DayRule, Promise, checked_share, find_due
from netcor_sla._policy.levels import BusinessDays, BusinessHours, EscalationLevel, Target
from netcor_sla._policy.netcor import AT_RISK, CALENDAR, DAY_RULE
from netcor_sla._values import Value, fill, instance, word
from netcor_sla.errors import AgreementError

_CALENDAR: Final = BusinessCalendar.from_dict(CALENDAR)
_NONE: Final[Mapping[EscalationLevel, Any]] = MappingProxyType({})

# To a deadline: on this calendar, after that much business time; or by date, where it is None.
Way = tuple[BusinessCalendar, timedelta | None]


class Changes(TypedDict, total=False):
    calendar: BusinessCalendar
    calendars: Mapping[EscalationLevel, BusinessCalendar]
    targets: Mapping[EscalationLevel, Target]
    day_rule: DayRule
    at_risk: float


@dataclass(frozen=True, slots=True, init=False, eq=False, repr=False)
class Terms(Value):
    calendar: BusinessCalendar
    calendars: MappingProxyType[EscalationLevel, BusinessCalendar]
    targets: MappingProxyType[EscalationLevel, Target]
    day_rule: DayRule
    at_risk: float
    promises: Mapping[EscalationLevel, Promise]
    ways: Mapping[EscalationLevel, Way]
    _fingerprint: list[str]  # once it was asked for

    _error = AgreementError

    def __init__(
        self,
        *,
        calendar: BusinessCalendar = _CALENDAR,
        calendars: Mapping[EscalationLevel, BusinessCalendar] = _NONE,
        targets: Mapping[EscalationLevel, Target] = _NONE,
        day_rule: DayRule = DAY_RULE,
        at_risk: float = AT_RISK,
    ) -> None:
        what, kinds = "a target; write BusinessHours(4) or BusinessDays(2)", (BusinessHours, BusinessDays)
        given: dict[EscalationLevel, Target] = levels.by_level(targets, "targets", kinds, what)
        a_calendar = "a BusinessCalendar; write BusinessCalendar(...)"
        own = levels.by_level(calendars, "calendars", (BusinessCalendar,), a_calendar)
        others = instance(calendar, BusinessCalendar, "calendar")
        rule = word(day_rule, "day_rule", DAY_RULES, error=AgreementError)
        wanted = {level: given.get(level, level.response_target) for level in EscalationLevel}
        promises, ways = {}, {}
        for level, target in wanted.items():
            desk = own.get(level, others)
            promise = Promise(level, target, rule, levels.amount(target, desk.usual_day))
            promises[level], ways[level] = promise, (desk, None if promise.by_date else promise.amount)
        share, read_only = checked_share(at_risk, "at_risk"), MappingProxyType
        fill(self, calendar=others, calendars=read_only(own), targets=read_only(wanted), day_rule=rule)
        fill(self, at_risk=share, promises=promises, ways=ways, _fingerprint=[])

    def calendar_of(self, level: EscalationLevel) -> BusinessCalendar:
        """Give the calendar that a level's deadlines count on: its own, or else `calendar`."""
        return self.ways[levels.checked_level(level)][0]

    def response_due(self, opened_at: datetime, level: EscalationLevel) -> datetime:
        """Find the latest instant at which a first response keeps the promise.

        It is the earliest instant by which the target is used up, in the zone of `opened_at`:
        a response at that instant is on time, one a microsecond later is late. A request
        that comes in while the desk is closed counts from the next opening.
        """
        try:
            calendar, amount = self.ways[level]
        except (KeyError, TypeError, ValueError):  # what has no hash says so in its own way
            raise levels.no_member(level) from None
        if amount is not None:
            return calendar.after(opened_at, amount, "opened_at")
        with refusing(calendar.schedule, opened_at=opened_at):
            opened = instant(opened_at, "opened_at")
            due = find_due(calendar.schedule, calendar.timeline, opened, self.promises[level])
            return moment(due, opened_at.tzinfo)

    def replace(self, **changes: Unpack[Changes]) -> Self:  # type: ignore[override]
        """Make a copy with other arguments; levels that `targets` does not name keep theirs."""
        if isinstance(targets := changes.get("targets"), Mapping):
            changes["targets"] = {**self.targets, **targets}
        return Value.replace(self, **changes)

    def to_dict(self) -> dict[str, Any]:
        """Write the data form: ready for JSON, in one spelling, and a fresh copy."""
        own = {level.value: calendar.to_dict() for level, calendar in self.calendars.items()}
        return {
            "calendar": self.calendar.to_dict(),
            **({"calendars": own} if own else {}),
            "targets": {level.value: self.targets[level].to_dict() for level in EscalationLevel},
            "day_rule": self.day_rule,
            "at_risk": self.at_risk,
        }

    @classmethod
    def _read(cls, form: dict[str, Any]) -> dict[str, Any]:
        calendar = BusinessCalendar.from_dict
        if "calendar" in form:
            form["calendar"] = calendar(form["calendar"])
        for key, read in (("calendars", calendar), ("targets", levels.read_target)):
            form |= {key: levels.read_levels(form[key], key, read)} if key in form else {}
        return form

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).from_dict, (self.to_dict(),)
