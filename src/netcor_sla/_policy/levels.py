"""What the policy promises: escalation levels and their response targets."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from operator import index
from typing import Any, Final, Literal, final

from netcor_sla._languages import Language, choose
from netcor_sla._policy import netcor
from netcor_sla._values import Kind, Value, fill, html, mapping, whole
from netcor_sla.errors import AgreementError, ArgumentError, LevelError, meant, shown, unlike

MOST: Final = 1_000_000  # hours or days; more is a slip, not a promise
_HALF: Final = "write half an hour as 30 minutes"


@final
@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BusinessHours(Value):
    """A target of business hours and minutes, above zero and at most 1,000,000 hours.

    Sixty minutes are an hour: `BusinessHours(minutes=90)` has the attributes `hours` 1 and `minutes` 30. Both
    numbers must be whole, else it is an `ArgumentError`; a negative one, or zero in all, is an `AgreementError`.
    """

    __module__ = "netcor_sla"  # where it is found

    _error = AgreementError

    hours: int = 0
    minutes: int = field(default=0, kw_only=True)

    def __post_init__(self) -> None:
        hours, minutes = whole(self.hours, "hours", _HALF), whole(self.minutes, "minutes", _HALF)
        total = 60 * hours + minutes
        if min(hours, minutes) < 0 or not 0 < total <= 60 * MOST:
            raise AgreementError(
                f"business hours must be above zero and at most {MOST}, not {shown(self.hours)} and "
                f"{shown(self.minutes)} minutes; write 4",
                f"{shown(self.hours)} h {shown(self.minutes)} min: Ziele liegen über null und bei höchstens {MOST} h",
            )
        fill(self, hours=total // 60, minutes=total % 60)

    def to_dict(self) -> dict[str, Any]:
        """Write the data form, for example `{"hours": 4}`; what is zero is left out."""
        parts = {"hours": self.hours, "minutes": self.minutes}
        return {key: value for key, value in parts.items() if value}

    _given = to_dict


@final
@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BusinessDays(Value):
    """A target of business days, above zero and at most 1,000,000.

    How a day is counted is said by the day rule of the agreement. The number must be whole, else
    it is an `ArgumentError`; one that is not above zero is an `AgreementError`.
    """

    __module__ = "netcor_sla"  # where it is found

    _error = AgreementError

    days: int

    def __post_init__(self) -> None:
        days = whole(self.days, "days", "write part of a day in hours")
        if not 0 < days <= MOST:
            raise AgreementError(
                f"business days must be above zero and at most {MOST}, not {shown(days)}; write 2",
                f"{shown(days)} Geschäftstage: Ziele liegen über null und bei höchstens {MOST} Tagen",
            )
        fill(self, days=days)

    def to_dict(self) -> dict[str, Any]:
        """Write the data form, for example `{"days": 2}`."""
        return {"days": self.days}


Target = BusinessHours | BusinessDays


def read_target(form: Any) -> Target:  # noqa: ANN401 - from_dict checks it
    """Read a target's data form: `{"hours": 4}`, `{"minutes": 30}` or `{"days": 2}`."""
    kind = BusinessDays if isinstance(form, Mapping) and "days" in list(form) else BusinessHours
    return kind.from_dict(form)


def amount(target: Target, business_day: timedelta | None) -> timedelta:
    if isinstance(target, BusinessHours):
        return timedelta(hours=target.hours, minutes=target.minutes)
    if business_day is None:
        raise AgreementError(
            f"targets: {target.days} business days: business_day is not given; give it, for example '08:00'",
            "business_day fehlt, und die Wochentage sind verschieden lang; angeben, zum Beispiel '08:00'",
        )
    return business_day * target.days


class EscalationLevel(Enum):
    """How severe a request is, from level 1, critical, downwards.

    `EscalationLevel(x)` turns what people and systems call a level into the member: the number, of any
    numeric type or as text (`1`, `"1"`, the `1.0` of spreadsheets, `Decimal(1)`); the value or the name (`"critical"`,
    `"CRITICAL"`); the title in either language (`"Kritisch"`); the number with the title (`"1 - Critical"`);
    and the policy's heading (`"Stufe 1"`, `"Level 1"`, `"Eskalationsstufe 1 (Kritisch)"`). Case, and blanks
    around it, don't matter. Anything else, including `True`, `1.5`, None and a number with another
    level's title, is a `LevelError` that says what was meant, or lists the choices.

    All other functions take members only. Levels have no order of their own; sort by `number`.
    """

    __module__ = "netcor_sla"  # where it is found

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    # By identity: members are single, and a look-up by Enum's own hash, that of the name, is
    # slow enough to be felt in every deadline.
    __hash__ = object.__hash__

    @classmethod
    def _missing_(cls, value: object) -> "EscalationLevel":
        if isinstance(value, cls):
            return value
        name = _name(value)
        if level := _NAMED.get(name) or _read(name):
            return level
        word = name if isinstance(name, str) and name.isalpha() else None  # a number is no slip
        english = [f"{level.number} ({level.value})" for level in cls]
        german = [f"{level.number} ({level.title()})" for level in cls]
        raise LevelError(
            f"{shown(value)} is not an escalation level; {meant(word, english)}",
            f"{shown(value)} ist keine Eskalationsstufe; {meant(word, german, 'de')}",
        )

    @property
    def _terms(self) -> netcor.LevelTerms:
        return netcor.LEVELS[self.value]

    @property
    def number(self) -> int:
        """The policy's number: 1 is the most severe."""
        return self._terms.number

    @property
    def response_target(self) -> BusinessHours | BusinessDays:
        """The time in which the policy promises a first response."""
        unit, count = self._terms.target
        return read_target({unit: count})

    @property
    def follow_up(self) -> Literal["daily", "as agreed"]:
        """How often the policy follows up a request of this level."""
        return self._terms.follow_up

    def follow_up_title(self, language: Language = "de") -> str:
        """Say how often: in the policy's words, or in English ("en")."""
        german, english = netcor.FOLLOW_UPS[self.follow_up]
        return choose(language, de=german, en=english)

    def title(self, language: Language = "de") -> str:
        """Name the level: in German, the policy's own word, or in English ("en")."""
        return choose(language, de=self._terms.title_de, en=self._terms.title_en)

    def criteria(self, language: Language = "de") -> str:
        """Quote the policy's criteria word for word, or give them in English ("en")."""
        return choose(language, de=self._terms.criteria_de, en=self._terms.criteria_en)

    def promise(self, language: Language = "de") -> str:
        """Quote the policy's sentence on response time and follow-up, or give it in English ("en")."""
        unit, count = self._terms.target
        words = zip(netcor.PROMISE, netcor.UNITS[unit], netcor.IN_SENTENCE[self.follow_up], strict=True)
        de, en = (sentence.format(f"{count} {hours}", often) for sentence, hours, often in words)
        return choose(language, de=de, en=en)


def _name(value: Any) -> str | int | None:  # noqa: ANN401 - makes a name of anything
    with suppress(Exception):  # a foreign value may raise anything
        if isinstance(value, str):
            return str.__str__(value)
        if type(value) in (int, float):
            return int(value) if value == int(value) else None
        from decimal import Decimal  # noqa: PLC0415 - for numbers of other types only
        from numbers import Integral, Real  # noqa: PLC0415 - the same

        if not isinstance(value, bool) and isinstance(value, Real | Decimal):
            # By index, since numpy's times say that they are integral; and never by int, for which
            # a Decimal may be far too large.
            whole: Any = index(value) if isinstance(value, Integral) else value
            return next((number for number in range(1, 5) if number == whole), None)
    return None


def _read(name: str | int | None) -> EscalationLevel | None:
    """Read what is more than a plain name of a level, or written otherwise."""
    if not isinstance(name, str) or len(name) > _LONGEST:
        return None
    words = " ".join(name.casefold().split())
    if not (numbered := re.fullmatch(_NUMBERED, words)):
        return _NAMED.get(words)
    level, title = _NAMED.get(numbered[1]), numbered[2] or numbered[3]
    return level if title is None or _NAMED.get(title) is level else None


_LONGEST: Final = 100  # characters of a level
# A number, also as spreadsheets write it, with the policy's word before it and the title after it.
_NUMBERED: Final = (
    r"(?:(?:eskalationsstufe|stufe|(?:escalation )?level) )?([0-9])"
    r"(?:\.0+| ?\((\w+)\)| ?[-:\N{EN DASH}] ?(\w+))?"
)
_NAMED: Final[Mapping[str | int | None, EscalationLevel]] = {
    name: level
    for level in EscalationLevel
    for terms in [netcor.LEVELS[level.value]]
    for name in (terms.number, str(terms.number), level.value, terms.title_de.casefold())
}

# Straight to the conversions: Enum would hash the value, compare it with each member's, and show
# it, all of which fails by errors of their own for arrays, endless integers and some times.
EscalationLevel.__new__ = lambda cls, value: cls._missing_(value)  # type: ignore[method-assign]


def _html(level: EscalationLevel) -> str:
    title = f"Eskalationsstufe {level.number}: {level.title()} ({level.title('en')})"
    return html(title, [("", level.promise()), ("English", level.promise("en"))])


# Not in the class, where Enum keeps such names for itself.
EscalationLevel._repr_html_ = _html  # type: ignore[attr-defined]


def checked_level(level: object) -> EscalationLevel:
    if isinstance(level, EscalationLevel):
        return level
    raise no_member(level)


def no_member(level: object) -> ArgumentError:
    remedy = "write EscalationLevel.CRITICAL, or convert with EscalationLevel(...)"
    return ArgumentError(f"level must be an EscalationLevel, not {shown(level)}; {remedy}")


def read_levels(
    data: object, name: str, read: Callable[[Mapping[str, Any]], Kind]
) -> dict[EscalationLevel, Kind]:
    found: dict[EscalationLevel, Kind] = {}
    for key, value in mapping(data, name).items():
        level = EscalationLevel(key)
        if level in found:
            raise AgreementError(
                f"{name}: {level.value} is given twice, the second time as {shown(key)}; leave one out",
                f"{name}: {level.value} steht zweimal da, beim zweiten Mal als {shown(key)}; eines weglassen",
            )
        found[level] = read(mapping(value, f"{name}: {level.value}"))
    return found


def by_level(
    given: object, name: str, kinds: tuple[type[Kind], ...], what: str
) -> dict[EscalationLevel, Kind]:
    """Check what is given by level, for all of them or some; it comes in their order."""
    values = mapping(given, name)
    for level, value in values.items():
        if not isinstance(level, EscalationLevel):
            raise unlike(ArgumentError, name, level, "an EscalationLevel; write EscalationLevel.CRITICAL")
        if not isinstance(value, kinds):
            raise unlike(ArgumentError, name, value, what)
    return {level: values[level] for level in EscalationLevel if level in values}
