"""NETCOR's support policy as data: every rule stands here once, with its source.

The German sentences are the policy's own, word for word: "Service-Level Richtlinien des NETCOR Supports",
published by NETCOR. The English is this library's translation and binds nobody. What the policy leaves open
is settled in the project's documentation, page "The policy, and how it is read".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelTerms:
    """What the policy says of one escalation level."""

    number: int
    heading: str
    title_de: str
    title_en: str
    target: tuple[str, int]
    follow_up: Literal["daily", "as agreed"]
    criteria_de: str
    criteria_en: str


# The policy: "Montag bis Freitag von 8:30 bis 17:00 Uhr (UTC +1), außer an öffentlichen Feiertagen."
# UTC+1 is taken as written, all year. The policy names no state; NETCOR's number,
# +49 4181, is Buchholz in der Nordheide, so the holidays are those of Lower Saxony.
CALENDAR: Final = {
    "zone": "+01:00",
    "hours": {"mon-fri": [["08:30", "17:00"]]},
    "holidays": "DE-NI",
}

# How many business days are counted: a day is a standard day's opening time, which
# keeps the four targets in order and gives every deadline an exact inverse.
DAY_RULE: Final = "elapsed"

# The share of a target after which a request is at risk. The policy names none.
AT_RISK: Final = 0.75

# Titles, target, follow-up and criteria of each level, the most severe first.
#   "Die Standardreaktionszeit beträgt 4 Geschäftsstunden oder weniger und die
#    Supportanfrage wird täglich verfolgt."                                     (level 1)
#   "Die Standardreaktionszeit beträgt 8 Geschäftsstunden | 2 Geschäftstage |
#    4 Geschäftstage oder weniger und die Supportanfrage wird nach
#    Abstimmung/Bedarf mit dem Kunden verfolgt."                           (levels 2 to 4)
LEVELS: Final[Mapping[str, LevelTerms]] = {
    "critical": LevelTerms(
        number=1,
        heading="Eskalationsstufe 1",
        title_de="Kritisch",
        title_en="Critical",
        target=("hours", 4),
        follow_up="daily",
        criteria_de=(
            "Die Supportanfrage wird als Systemproblem oder Bug identifiziert der nicht behoben "
            "werden kann. Das Produkt kann nicht genutzt werden, was zu einem vollständigen "
            "Systemausfall führt oder andere wesentliche Auswirkungen auf Arbeits- und "
            "Geschäftsabläufe hat. Eine Ausweichlösung ist nicht möglich."
        ),
        criteria_en=(
            "The request is identified as a system problem or a bug that cannot be fixed. The "
            "product cannot be used, which leads to a complete system failure or has other "
            "substantial effects on work and business processes. No workaround is possible."
        ),
    ),
    "high": LevelTerms(
        number=2,
        heading="Eskalationsstufe 2",
        title_de="Hoch",
        title_en="High",
        target=("hours", 8),
        follow_up="as agreed",
        criteria_de=(
            "Die Supportanfrage wird als schwerwiegender Ausfall von Funktionen/Eigenschaften "
            "identifiziert. Die Nutzung des Produktes ist in erheblichen Maße gestört oder unterbrochen. "
            "Eine unmittelbare Lösung oder langfristige akzeptable Übergangslösung ist aber verfügbar."
        ),
        criteria_en=(
            "The request is identified as a serious failure of functions or features. Use of the "
            "product is considerably disturbed or interrupted. But an immediate solution, or an "
            "acceptable long-term interim solution, is available."
        ),
    ),
    "medium": LevelTerms(
        number=3,
        heading="Eskalationsstufe 3",
        title_de="Mittel",
        title_en="Medium",
        target=("days", 2),
        follow_up="as agreed",
        criteria_de=(
            "Die Supportanfrage wird als geringfügiger Ausfall von Funktionen/Eigenschaften "
            "klassifiziert. Das Produkt funktioniert nicht ordnungsgemäß, wodurch die Nutzung "
            "geringfügig eingeschränkt ist, eine akzeptable Ausweichlösung ist aber verfügbar."
        ),
        criteria_en=(
            "The request is classified as a minor failure of functions or features. The product does not "
            "work properly, which slightly restricts its use, but an acceptable workaround is available."
        ),
    ),
    "low": LevelTerms(
        number=4,
        heading="Eskalationsstufe 4",
        title_de="Niedrig",
        title_en="Low",
        target=("days", 4),
        follow_up="as agreed",
        criteria_de=(
            "Die Supportanfrage wird als Auskunftsersuchen, Erweiterung oder Verbesserung eingestuft."
        ),
        criteria_en="The request is rated as a question, an extension or an improvement.",
    ),
}

# What the criteria ask of a request. Kinds: "Systemproblem", "Bug" or "Ausfall von
# Funktionen/Eigenschaften" (levels 1 to 3); "Auskunftsersuchen, Erweiterung oder Verbesserung"
# (level 4). Impacts: "kann nicht genutzt werden", "in erheblichen Maße gestört oder unterbrochen",
# "geringfügig eingeschränkt". Remedies: "Eine Ausweichlösung ist nicht möglich", "Eine
# unmittelbare Lösung oder langfristige akzeptable Übergangslösung", "eine akzeptable
# Ausweichlösung". Each in the order of the levels 1, 2 and 3.
Kind = Literal["problem", "question", "extension", "improvement"]
Impact = Literal["unusable", "considerable", "slight"]
Remedy = Literal["none", "solution", "workaround"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
IMPACTS: Final[tuple[Impact, ...]] = get_args(Impact)
REMEDIES: Final[tuple[Remedy, ...]] = get_args(Remedy)


@dataclass(frozen=True, slots=True)
class Ruling:
    """Which level a request gets, by which sentence of that level's criteria, counted from 0.

    Where the policy leaves the combination open, `reading_de` and `reading_en` say why.
    """

    level: str
    sentence: int
    reading_de: str = ""
    reading_en: str = ""


# Levels 1 and 2 differ by the remedy, levels 2 and 3 by the impact, level 4 by the kind.
# Where the policy leaves a combination open, the more severe level is taken.
PROBLEMS: Final[Mapping[tuple[Impact, Remedy], Ruling]] = {
    ("unusable", "none"): Ruling("critical", 1),
    ("unusable", "solution"): Ruling(
        "high",
        2,
        "Die Stufen 1 und 2 unterscheidet, ob es Abhilfe gibt, und hier gibt es eine Lösung.",
        "Levels 1 and 2 differ by the remedy, and here a solution is at hand.",
    ),
    ("unusable", "workaround"): Ruling(
        "high",
        1,
        "Stufe 1 gilt nur ohne Ausweichlösung; von den Stufen 2 und 3 ist die schwerere gewählt.",
        "Level 1 says that no workaround is possible; of levels 2 and 3 the graver is taken.",
    ),
    ("considerable", "none"): Ruling(
        "critical",
        2,
        "Die Stufen 1 und 2 unterscheidet, ob es Abhilfe gibt, und hier gibt es keine.",
        "Levels 1 and 2 differ by the remedy, and here there is none.",
    ),
    ("considerable", "solution"): Ruling("high", 1),
    ("considerable", "workaround"): Ruling(
        "high",
        1,
        "Die Stufen 2 und 3 unterscheidet die Auswirkung, und hier ist sie erheblich.",
        "Levels 2 and 3 differ by the impact, and here it is considerable.",
    ),
    ("slight", "none"): Ruling(
        "high",
        0,
        (
            "Stufe 1 setzt eine schwere Auswirkung voraus und Stufe 3 eine Ausweichlösung; von den "
            "Stufen 2 und 3 ist die schwerere gewählt."
        ),
        (
            "Level 1 presupposes a grave impact and level 3 a workaround; of levels 2 and 3 the "
            "graver is taken."
        ),
    ),
    ("slight", "solution"): Ruling(
        "medium",
        0,
        "Die Stufen 2 und 3 unterscheidet die Auswirkung, und hier ist sie geringfügig.",
        "Levels 2 and 3 differ by the impact, and here it is slight.",
    ),
    ("slight", "workaround"): Ruling("medium", 1),
}
OTHER_KINDS: Final = Ruling("low", 0)  # whatever impact and remedy

# "Eine Supportanfrage kann per Telefon +49 4181 9092-110 oder per eMail support@netcor.de
# erfolgen." "Jede Supportanfrage wird eine Fallnummer ... zugeordnet."
Channel = Literal["email", "phone"]
CHANNELS: Final[tuple[Channel, ...]] = get_args(Channel)

# "Um die bestmögliche Unterstützung bieten zu können, werden folgende wichtige Informationen wie
# Software-Version, Systemdetails und eine ausführliche Beschreibung des Problems benötigt."
NEEDED: Final[Mapping[str, tuple[str, str]]] = {
    "software_version": ("Software-Version", "software version"),
    "system_details": ("Systemdetails", "system details"),
    "description": (
        "ausführliche Beschreibung des Problems",
        "detailed description of the problem",
    ),
}

# "Sofern möglich sind Screenshots des Problems mitzuschicken."
# "Der optimale Weg der Supportanfrage ist per eMail."
WISHED: Final[Mapping[str, tuple[str, str]]] = {
    "screenshots": ("Screenshots des Problems", "screenshots of the problem"),
    "email": ("Supportanfrage per eMail", "request by e-mail"),
}
