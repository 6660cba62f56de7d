"""Requests as they come in: the level that the policy gives them, and what they still lack.

Nothing here is stored or sent. What a classification says is NETCOR's to overrule.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Self, final

from netcor_sla._calendars.instants import moment, writable
from netcor_sla._calendars.timestamps import in_zone, read_instant
from netcor_sla._calendars.zones import key_of
from netcor_sla._languages import Language, choose
from netcor_sla._policy import netcor
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._values import Value, fill, html, instance, table, text, word
from netcor_sla.errors import ArgumentError, LevelError, RecordError, shown

__all__ = ["Classification", "SupportRequest", "classify", "contact"]


def contact(language: Language = "de") -> dict[str, str]:
    """Give what the policy tells customers: `telephone`, `email`, and `hours` in its words or in English."""
    hours = choose(language, de=netcor.HOURS_DE, en=netcor.HOURS_EN)
    return {"telephone": netcor.TELEPHONE, "email": netcor.EMAIL, "hours": hours}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Classification(Value):
    """The level of a request, and the sentence of the policy that it rests on; see `classify`."""

    _error = LevelError
    kind: netcor.Kind
    impact: netcor.Impact | None = None
    remedy: netcor.Remedy | None = None

    def __post_init__(self) -> None:
        problem = word(self.kind, "kind", netcor.KINDS, error=LevelError) == "problem"
        for name, choices in {"impact": netcor.IMPACTS, "remedy": netcor.REMEDIES}.items():
            if problem or getattr(self, name) is not None:
                word(getattr(self, name), name, choices, error=LevelError)

    @property
    def _ruling(self) -> netcor.Ruling:
        if self.kind != "problem" or self.impact is None or self.remedy is None:
            return netcor.OTHER_KINDS
        return netcor.PROBLEMS[self.impact, self.remedy]

    @property
    def level(self) -> EscalationLevel:
        """The level that follows from the facts."""
        return EscalationLevel(self._ruling.level)

    @property
    def is_our_reading(self) -> bool:
        """Whether the policy leaves this combination of facts open."""
        return bool(self._ruling.reading_de)

    def clause(self, language: Language = "de") -> str:
        """Quote the policy's sentence that decides, word for word, or give it in English."""
        return re.split(r"(?<=\.) ", self.level.criteria(language))[self._ruling.sentence]

    def reading(self, language: Language = "de") -> str | None:
        """Say which condition is not met and why the level is this; None where the policy says it itself."""
        return choose(language, de=self._ruling.reading_de, en=self._ruling.reading_en) or None

    def text(self, language: Language = "de") -> str:
        """Say it in one sentence, or two where it is our reading: to be pasted into a ticket."""
        level, clause = f"{self.level.number} ({self.level.title(language)})", self.clause(language)
        de, en = "gemäß Richtlinie", "under the policy"
        if self.is_our_reading:
            de, en = "nach unserer Lesart der Richtlinie", "as we interpret the policy"
        de, en = f"Eskalationsstufe {level}, {de}: „{clause}“", f"Escalation level {level}, {en}: “{clause}”"
        return f"{choose(language, de=de, en=en)} {self.reading(language) or ''}".rstrip()

    def _repr_html_(self) -> str:
        title, _, text = self.text().partition(": ")
        return html(title, [("", text), ("English", self.text("en").partition(": ")[0])])

    def to_dict(self) -> dict[str, Any]:
        """Write the data form: the facts, None where one was not given, and the value of the level."""
        return {**self._given(), "level": self.level.value}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read the data form; a level that contradicts the facts is a `LevelError`."""
        facts = table(data, cls.__name__, ("kind", "level"), ("impact", "remedy"), error=LevelError)
        level = EscalationLevel(facts.pop("level"))
        if level is not (answer := cls(**facts)).level:
            raise LevelError(
                f"level {level.value!r} contradicts the facts {facts}, which give {answer.level.value!r}; keep it beside"
            )
        return answer


def classify(
    *, kind: netcor.Kind, impact: netcor.Impact | None = None, remedy: netcor.Remedy | None = None
) -> Classification:
    """Choose the level of a request from the facts that the policy's criteria name.

    Every combination has an answer, which says whether it is the policy's own or our reading.

    Args:
        kind: `"problem"`, a system problem, a bug or a failure of functions; or `"question"`,
            `"extension"` or `"improvement"`, which get the lowest level whatever the rest.
        impact: `"unusable"`, the product can't be used; `"considerable"`, its use is considerably
            disturbed or interrupted; or `"slight"`, its use is slightly restricted. A problem needs it.
        remedy: `"none"` is possible; a `"solution"` is at hand, at once or an acceptable one for
            the long term; or an acceptable `"workaround"`. A problem needs it.

    Raises:
        LevelError: A word is none of these.
        ArgumentError: An argument is not a text; no remedy is the word `"none"`, and not None.
    """
    return Classification(kind=kind, impact=impact, remedy=remedy)


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SupportRequest(Value):
    """A request as it came in: its case number, channel and opening, and what is known of it.

    What the policy asks for and is not there yet is no error but `missing`. `opened_at` is an
    aware datetime of the years 1000 to 9000; it keeps its zone, which counts in comparisons.
    """

    _error = RecordError
    case_number: str
    channel: netcor.Channel
    opened_at: datetime
    software_version: str | None = None
    system_details: str | None = None
    description: str | None = None
    screenshots: bool = False

    def __post_init__(self) -> None:
        for name in ("case_number", *netcor.NEEDED):
            value = getattr(self, name)
            if not isinstance(value, str) and (value is not None or name == "case_number"):
                raise ArgumentError(f"{name} must be a text, not {shown(value)}; write one")
        text(self.case_number, "case_number", error=RecordError)
        word(self.channel, "channel", netcor.CHANNELS, error=RecordError)
        instance(self.screenshots, bool, "screenshots")
        # A time that clocks skip becomes the one that it means.
        fill(self, opened_at=moment(writable(self.opened_at, "opened_at"), self.opened_at.tzinfo))

    def missing(self, language: Language = "de") -> tuple[str, ...]:
        """Name what the policy asks for and is not there, or blank, by the policy's words."""
        names = {key: choose(language, de=de, en=en) for key, (de, en) in netcor.NEEDED.items()}
        return tuple(names[key] for key in names if not (getattr(self, key) or "").strip())

    def missing_text(self, language: Language = "de") -> str:
        """Ask the customer for what is missing, and apart from it for screenshots; "" where nothing is."""
        if not (names := self.missing(language)):
            return ""
        listed = choose(language, de=" und ", en=" and ").join(", ".join(names).rsplit(", ", 1))
        de = f"Um Sie bestmöglich unterstützen zu können, werden noch folgende Informationen benötigt: {listed}."
        en = f"To give you the best possible support, we still need the following information: {listed}."
        if not self.screenshots:
            de += " Sofern möglich, schicken Sie bitte auch Screenshots des Problems mit."
            en += " If possible, please send screenshots of the problem too."
        return choose(language, de=de, en=en)

    def wished(self, language: Language = "de") -> tuple[str, ...]:
        """Name what would help and is not there: screenshots, and a request by e-mail."""
        names = {key: choose(language, de=de, en=en) for key, (de, en) in netcor.WISHED.items()}
        there = {"screenshots": self.screenshots, "email": self.channel == "email"}
        return tuple(names[key] for key in names if not there[key])

    def to_dict(self) -> dict[str, Any]:
        """Write the data form, ready for JSON; `zone` is the IANA key, None for an offset."""
        at, form = self.opened_at, {each.name: getattr(self, each.name) for each in fields(self)}
        return form | {"opened_at": at.isoformat(), "zone": key_of(at.tzinfo)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read the data form; `opened_at` is in `zone` if this machine has it and it agrees."""
        needed, others = ("case_number", "channel", "opened_at"), (*netcor.NEEDED, "screenshots")
        form = table(data, cls.__name__, needed, (*others, "zone"), error=RecordError)
        if (key := form.pop("zone", None)) is not None:
            text(key, "zone", error=RecordError)
        at = read_instant(form["opened_at"], "opened_at", error=RecordError)
        return cls(**form | {"opened_at": in_zone(at, key)})
