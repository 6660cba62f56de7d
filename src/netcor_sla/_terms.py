"""What is agreed: a calendar, what is promised for each level, and how days are counted."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._calendars.instants import MICROSECOND
from netcor_sla._explanations.reckonings import Promise, reckon
from netcor_sla._policy.due import DAY_RULES, DayRule
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._policy.netcor import AT_RISK, CALENDAR, DAY_RULE
from netcor_sla._policy.targets import BusinessDays, BusinessHours, Target, amount, target
from netcor_sla._tickets.facts import Facts
from netcor_sla._values import LegacyAdjustable
from netcor_sla.errors import AgreementError, ArgumentError, meant, shown

_CALENDAR: Final = BusinessCalendar.from_dict(CALENDAR)
_TARGETS: Final = MappingProxyType({level: level.response_target for level in EscalationLevel})


def checked_level(level: object) -> EscalationLevel:
    """Insist on a member."""
    if isinstance(level, EscalationLevel):
        return level
    raise ArgumentError(
        f"level must be an EscalationLevel, not {shown(level)}; "
        "write EscalationLevel.CRITICAL, or convert with EscalationLevel(...)"
    )


def _read_targets(data: object) -> dict[EscalationLevel, Target]:
    """Read targets; a level may be named in any way that `EscalationLevel` knows."""
    if not isinstance(data, Mapping):
        raise ArgumentError(f"targets must be a mapping, not {shown(data)}")
    targets: dict[EscalationLevel, Target] = {}
    for key, value in dict(data).items():
        level = EscalationLevel(key)
        if level in targets:
            raise AgreementError(
                f"targets: {level.value} is given twice, the second time as {shown(key)}"
            )
        if not isinstance(value, Mapping):
            raise ArgumentError(
                f"targets: {level.value} must be a table, as {{'hours': 4}} or {{'days': 2}}, not "
                f"{shown(value)}"
            )
        targets[level] = target(value)
    return targets


def _all_four(targets: object) -> dict[EscalationLevel, BusinessHours | BusinessDays]:
    """Insist on a target for each level, and on nothing else."""
    if not isinstance(targets, Mapping):
        raise ArgumentError(f"targets must be a mapping, not {shown(targets)}")
    given = dict(targets)
    for level, value in given.items():
        if not isinstance(level, EscalationLevel):
            raise ArgumentError(f"targets: {shown(level)} is no EscalationLevel")
        if not isinstance(value, BusinessHours | BusinessDays):
            raise ArgumentError(
                f"targets: {shown(value)} is no target; write BusinessHours(4) or BusinessDays(2)"
            )
    if missing := [level.value for level in EscalationLevel if level not in given]:
        raise AgreementError(f"targets: {', '.join(missing)} missing; all four levels need one")
    return {level: given[level] for level in EscalationLevel}


def _rule(day_rule: object) -> str:
    """Insist on the name of a day rule."""
    if isinstance(day_rule, str) and day_rule in DAY_RULES:
        return DAY_RULES[DAY_RULES.index(day_rule)]
    raise AgreementError(f"day_rule {shown(day_rule)} is unknown; {meant(day_rule, DAY_RULES)}")


def _share(at_risk: object) -> float:
    """Insist on a number above 0 and at most 1."""
    if isinstance(at_risk, bool) or not isinstance(at_risk, int | float):
        raise ArgumentError(f"at_risk must be a number, not {shown(at_risk)}; write 0.75")
    if not 0 < at_risk <= 1:
        raise AgreementError(f"at_risk must be above 0 and at most 1, not {shown(at_risk)}")
    return float(at_risk)


class Terms(LegacyAdjustable):
    """The terms of an agreement; see `netcor_sla.Agreement`, which adds what follows from them."""

    __slots__ = ("_after", "_amounts", "_days", "at_risk", "calendar", "day_rule", "targets")

    calendar: BusinessCalendar
    targets: Mapping[EscalationLevel, BusinessHours | BusinessDays]
    day_rule: DayRule
    at_risk: float
    _after: Callable[[datetime, timedelta, str], datetime]
    _amounts: Mapping[EscalationLevel, timedelta]  # business time
    _days: Mapping[EscalationLevel, int]  # where days are dates

    _keys = ("calendar", "targets", "day_rule", "at_risk")
    _error = AgreementError

    def __init__(
        self,
        *,
        calendar: BusinessCalendar = _CALENDAR,
        targets: Mapping[EscalationLevel, Target] = _TARGETS,
        day_rule: DayRule = DAY_RULE,
        at_risk: float = AT_RISK,
    ) -> None:
        if not isinstance(calendar, BusinessCalendar):
            raise ArgumentError(f"calendar must be a BusinessCalendar, not {shown(calendar)}")
        promised, rule = _all_four(targets), _rule(day_rule)
        amounts = {level: amount(each, calendar._business_day) for level, each in promised.items()}
        by_date = {
            level: each.days
            for level, each in promised.items()
            if isinstance(each, BusinessDays) and rule != "elapsed"
        }
        self._fill(
            calendar=calendar,
            targets=MappingProxyType(promised),
            day_rule=rule,
            at_risk=_share(at_risk),
            _amounts={
                level: MICROSECOND * exact
                for level, exact in amounts.items()
                if level not in by_date
            },
            _days=by_date,
            _after=calendar._after,
        )

    def _promise(self, level: EscalationLevel) -> Promise:
        """Say what is promised for a level."""
        promised = self.targets[level]
        exact = amount(promised, self.calendar._business_day)
        return Promise(level, promised, self.day_rule, exact)

    def _due(self, facts: Facts) -> int:
        """Reckon the deadline of a ticket."""
        calendar, opened = self.calendar, facts.turns[0][0]
        promise = self._promise(facts.level)
        return reckon(calendar._schedule, calendar._timeline, opened, promise, facts.pauses)

    def to_dict(self) -> dict[str, Any]:
        """Write the data form: ready for JSON, in one spelling, and a fresh copy."""
        return {
            "calendar": self.calendar.to_dict(),
            "targets": {level.value: self.targets[level].to_dict() for level in EscalationLevel},
            "day_rule": self.day_rule,
            "at_risk": self.at_risk,
        }

    @classmethod
    def _read(cls, data: dict[str, Any]) -> dict[str, Any]:
        if "calendar" in data:
            data["calendar"] = BusinessCalendar.from_dict(data["calendar"])
        if "targets" in data:
            data["targets"] = _read_targets(data["targets"])
        return data

    def _arguments(self) -> dict[str, Any]:
        return {key: getattr(self, key) for key in self._keys}


POLICY: Final = Terms()
