"""The four escalation levels of the policy."""

from enum import Enum, EnumMeta
from numbers import Integral
from operator import index
from typing import Any, Final, Literal

from netcor_sla._languages import Language, choose
from netcor_sla._policy.netcor import LEVELS
from netcor_sla._policy.targets import BusinessDays, BusinessHours, target
from netcor_sla.errors import LevelError, shown


class _LevelMeta(EnumMeta):
    """Turns what people and systems call a level into the member, once, at the edge."""

    def __call__(cls, value: object, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as EnumMeta's
        level = _CHOICES.get(_key(value))
        if level is None:
            numbers = ", ".join(f"{member.number} ({member.value})" for member in EscalationLevel)
            raise LevelError(
                f"{shown(value)} is no escalation level; choose one of {numbers}: the number, the "
                "word beside it, or the policy's title or heading"
            )
        return super().__call__(level, *args, **kwargs)


class EscalationLevel(Enum, metaclass=_LevelMeta):
    """How grave a request is: 1, critical, is the gravest.

    `EscalationLevel(x)` takes the number, also as text and of numpy's types, the
    value (`"critical"`), the title in either language (`"Kritisch"`) and the policy's
    heading (`"Eskalationsstufe 1"`). Anything else, `True` and `1.0` among it, is a
    `LevelError`. Functions take members only. Levels have no order of their own;
    sort them by `number`.
    """

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    # By identity: members are single, and Enum's own hash, of the name, costs more
    # than all the rest of a look-up.
    __hash__ = object.__hash__

    @property
    def number(self) -> int:
        """The policy's number, 1 to 4."""
        return LEVELS[self.value].number

    @property
    def response_target(self) -> BusinessHours | BusinessDays:
        """The time in which the policy promises a first response."""
        return target(dict([LEVELS[self.value].target]))

    @property
    def follow_up(self) -> Literal["daily", "as agreed"]:
        """How the policy says that a request is followed up."""
        return LEVELS[self.value].follow_up

    def title(self, language: Language = "de") -> str:
        """Name the level: in German, as the policy does, or in English."""
        terms = LEVELS[self.value]
        return choose(language, de=terms.title_de, en=terms.title_en)

    def criteria(self, language: Language = "de") -> str:
        """Quote the policy's criteria word for word, or give them in English."""
        terms = LEVELS[self.value]
        return choose(language, de=terms.criteria_de, en=terms.criteria_en)


def _key(value: object) -> object:
    """Reduce what may name a level to a text or a plain integer, or to None."""
    if isinstance(value, str | EscalationLevel):
        return value
    if isinstance(value, bool):
        return None
    try:
        return index(value) if isinstance(value, Integral) else None
    except TypeError:  # numpy's timedelta64 says that it is integral
        return None


_CHOICES: Final[dict[object, EscalationLevel]] = {
    name: level
    for level in EscalationLevel
    for terms in [LEVELS[level.value]]
    for name in (
        terms.number,
        str(terms.number),
        level.value,
        terms.title_de,
        terms.title_en,
        terms.heading,
        level,
    )
}
