"""Requests as they come in: the level that the policy gives them, and what they still lack.

Nothing here is stored or sent. What a classification says is NETCOR's to overrule.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from itertools import product
from typing import Any, Final, Self, TypeVar, final

from netcor_sla._calendars.frozen_holidays import YEARS
from netcor_sla._calendars.instants import instant, moment, plain
from netcor_sla._calendars.recorded_zones import KEY, key_of, read_instant, shown_zone
from netcor_sla._languages import Language, choose
from netcor_sla._policy import netcor as policy
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._values import LegacyAdjustable, LegacyValue
from netcor_sla.errors import ArgumentError, LevelError, RecordError, TimestampError, meant, shown

__all__ = ["Classification", "SupportRequest", "classify"]

Word = TypeVar("Word", bound=str)

_FACTS: Final = ("kind", "impact", "remedy")
_FIELDS: Final = ("case_number", "channel", "opened_at", *policy.NEEDED, "screenshots")
_RULINGS: Final = {
    facts: ruling
    for ruling in policy.CLASSIFICATION
    for facts in product(ruling.kinds, ruling.impacts, ruling.remedies)
}
_BETWEEN_SENTENCES: Final = re.compile(r"(?<=\.) ")


@final
class Classification(LegacyValue):
    """The level of a request, and the sentence of the policy that it rests on.

    It is made by `classify`. `is_our_reading` is whether the policy leaves this combination of
    facts open, so that the level is our reading of it.
    """

    __slots__ = ("_ruling", "impact", "is_our_reading", "kind", "level", "remedy")

    kind: policy.Kind
    impact: policy.Impact
    remedy: policy.Remedy
    level: EscalationLevel
    is_our_reading: bool
    _ruling: policy.Ruling

    _keys = (*_FACTS, "level")
    _required = _keys
    _error = LevelError

    def __init__(self, *, kind: policy.Kind, impact: policy.Impact, remedy: policy.Remedy) -> None:
        facts = (
            _word(kind, "kind", policy.KINDS, LevelError),
            _word(impact, "impact", policy.IMPACTS, LevelError),
            _word(remedy, "remedy", policy.REMEDIES, LevelError),
        )
        ruling = _RULINGS[facts]
        self._fill(**dict(zip(_FACTS, facts, strict=True)), _ruling=ruling)
        self._fill(level=EscalationLevel(ruling.level), is_our_reading=bool(ruling.reading_de))

    def clause(self, language: Language = "de") -> str:
        """Quote the policy's sentence that decides, word for word, or give it in English."""
        return _BETWEEN_SENTENCES.split(self.level.criteria(language))[self._ruling.sentence]

    def reading(self, language: Language = "de") -> str | None:
        """Say why this is our reading, in one sentence; None where the policy says it itself."""
        ruling = self._ruling
        return choose(language, de=ruling.reading_de, en=ruling.reading_en) or None

    def text(self, language: Language = "de") -> str:
        """Say it in one sentence, or two where it is our reading: to be pasted into a ticket."""
        level, by = self.level, ("nach der Richtlinie", "by the policy")
        if self.is_our_reading:
            by = ("nach unserer Lesart der Richtlinie", "by our reading of the policy")
        said = choose(
            language,
            de=f"Eskalationsstufe {level.number} ({level.title('de')}), {by[0]}: "
            f"„{self.clause('de')}“",
            en=f"Escalation level {level.number} ({level.title('en')}), {by[1]}: "
            f"“{self.clause('en')}”",
        )
        return " ".join(filter(None, (said, self.reading(language))))

    def to_dict(self) -> dict[str, Any]:
        """Write the data form: the three facts, and the value of the level."""
        return {**self._arguments(), "level": self.level.value}

    @classmethod
    def _read(cls, data: dict[str, Any]) -> dict[str, Any]:
        facts = {key: data[key] for key in _FACTS}
        level, answer = EscalationLevel(data["level"]), cls(**facts).level
        if level is not answer:
            raise LevelError(
                f"level {level.value!r} contradicts the facts {shown(facts)}, which give "
                f"{answer.value!r}; keep a level that overrules them beside this"
            )
        return facts

    def _arguments(self) -> dict[str, Any]:
        return {key: getattr(self, key) for key in _FACTS}


def classify(*, kind: policy.Kind, impact: policy.Impact, remedy: policy.Remedy) -> Classification:
    """Choose the level of a request from the facts that the policy's criteria name.

    `impact` is the product "unusable", its use "considerable" disturbed or interrupted, or
    "slight" restricted. `remedy` is "none" possible, a "solution" at once or an acceptable one
    for the long term, or an acceptable "workaround". Every combination has an answer; a kind
    other than "problem" gets level 4, whatever impact and remedy.
    """
    return Classification(kind=kind, impact=impact, remedy=remedy)


@final
class SupportRequest(LegacyAdjustable):
    """A request as it came in, and what it still lacks.

    The case number is given by whoever embeds the library. What the policy asks for and is not
    there yet is no error: `missing` says what it is, and a blank text counts as missing.
    `opened_at` keeps its zone, also in the data form.

    Law: `from_dict(request.to_dict()) == request`.
    """

    __slots__ = (
        *("case_number", "channel", "description", "opened_at", "screenshots"),
        *("software_version", "system_details"),
    )

    case_number: str
    channel: policy.Channel
    opened_at: datetime
    software_version: str | None
    system_details: str | None
    description: str | None
    screenshots: bool

    _keys = (*_FIELDS, "zone")
    _required = ("case_number", "channel", "opened_at")
    _error = RecordError

    def __init__(  # noqa: PLR0913 - the keys of the data form
        self,
        *,
        case_number: str,
        channel: policy.Channel,
        opened_at: datetime,
        software_version: str | None = None,
        system_details: str | None = None,
        description: str | None = None,
        screenshots: bool = False,
    ) -> None:
        number = _text(case_number, "case_number")
        if _blank(number):
            raise RecordError(f"case_number {shown(number)} is blank; give the request its number")
        if type(screenshots) is not bool:
            raise ArgumentError(f"screenshots must be True or False, not {shown(screenshots)}")
        self._fill(
            case_number=number,
            channel=_word(channel, "channel", policy.CHANNELS, RecordError),
            opened_at=_opening(opened_at),
            software_version=_detail(software_version, "software_version"),
            system_details=_detail(system_details, "system_details"),
            description=_detail(description, "description"),
            screenshots=screenshots,
        )

    def missing(self, language: Language = "de") -> tuple[str, ...]:
        """Name what the policy asks for and is not there: without it work can't start well."""
        words = _words(policy.NEEDED, language)
        return tuple(words[key] for key in policy.NEEDED if _blank(getattr(self, key)))

    def wished(self, language: Language = "de") -> tuple[str, ...]:
        """Name what the policy would rather have, and does not insist on."""
        words = _words(policy.WISHED, language)
        there = {"screenshots": self.screenshots, "email": self.channel == "email"}
        return tuple(words[key] for key in policy.WISHED if not there[key])

    def replace(self, **changes: Any) -> Self:  # noqa: ANN401 - any argument of the class
        """Make a copy with other arguments; the zone is that of `opened_at`."""
        if "zone" in changes:
            raise RecordError("zone is no argument of SupportRequest; replace opened_at instead")
        return super().replace(**changes)

    __replace__ = replace

    def to_dict(self) -> dict[str, Any]:
        """Write the data form: ready for JSON, in one spelling; `zone` is an IANA key or None."""
        form = self._arguments()
        return form | {
            "opened_at": self.opened_at.isoformat(),
            "zone": key_of(self.opened_at.tzinfo),
        }

    @classmethod
    def _read(cls, data: dict[str, Any]) -> dict[str, Any]:
        key, at = data.pop("zone", None), read_instant(data["opened_at"], "opened_at")
        if key is not None and not (isinstance(key, str) and KEY.fullmatch(key)):
            raise RecordError(f"zone: {shown(key)} is no key of a zone; write it as Europe/Berlin")
        return data | {"opened_at": moment(instant(at, "opened_at"), shown_zone(key, [at]))}

    def _arguments(self) -> dict[str, Any]:
        return {key: getattr(self, key) for key in _FIELDS}


def _word(value: object, name: str, choices: tuple[Word, ...], error: type[ValueError]) -> Word:
    """Insist on one of some words."""
    if not isinstance(value, str):
        raise ArgumentError(f"{name} must be a text, not {shown(value)}; {meant(value, choices)}")
    if value not in choices:
        raise error(f"{name} {shown(value)} is unknown; {meant(value, choices)}")
    return choices[choices.index(value)]  # whatever subclass of str was given


def _text(value: object, name: str, remedy: str = "write it in quotes") -> str:
    """Insist on a text; of a subclass of str, its characters."""
    if isinstance(value, str):
        return str.__str__(value)
    raise ArgumentError(f"{name} must be a text, not {shown(value)}; {remedy}")


def _detail(value: object, name: str) -> str | None:
    """Insist on a text, or None where it is not known yet."""
    return None if value is None else _text(value, name, "leave it out where it is not known yet")


def _blank(text: str | None) -> bool:
    return not (text and text.strip())


def _opening(opened_at: datetime) -> datetime:
    """Take an opening instant in its own zone, in the years that calendars know."""
    first, last = YEARS
    if not first <= plain(opened_at, "opened_at").year <= last:
        raise TimestampError(
            f"opened_at lies outside the years {first} to {last}: {shown(opened_at)}"
        )
    return moment(instant(opened_at, "opened_at"), opened_at.tzinfo)


def _words(table: Mapping[str, tuple[str, str]], language: Language) -> dict[str, str]:
    """Choose the words of one language."""
    return {key: choose(language, de=de, en=en) for key, (de, en) in table.items()}
