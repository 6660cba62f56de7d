"""NETCOR's support policy as data: every rule stands here once, with its source.

The German sentences are the policy's own, word for word: "Service-Level Richtlinien des NETCOR Supports",
published by NETCOR. The English is this library's translation and binds nobody. What the policy leaves open
is settled in the project's documentation, page "The policy, and how it is read".
"""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, get_args


class LevelTerms(NamedTuple):
    number: int
    title_de: str
    title_en: str
    target: tuple[str, int]
    follow_up: Literal["daily", "as agreed"]
    criteria_de: str
    criteria_en: str


# The policy: "Montag bis Freitag von 8:30 bis 17:00 Uhr (UTC +1), außer an öffentlichen Feiertagen."
# UTC+1 is taken as written, all year. The policy names no state; NETCOR's number,
# +49 4181, is Buchholz in der Nordheide, so the holidays are those of Lower Saxony.
CALENDAR: Final = {"zone": "+01:00", "hours": {"mon-fri": [["08:30", "17:00"]]}, "holidays": "DE-NI"}

# How many business days are counted: a day is a standard day's opening time, which
# keeps the four targets in order and gives every deadline an exact inverse.
DAY_RULE: Final = "elapsed"

# The share of a target after which a request is at risk. The policy names none.
AT_RISK: Final = 0.75

# How often a request is followed up, as a title and in the sentence that ends each level's section.
FOLLOW_UPS: Final = {"daily": ("täglich", "daily"), "as agreed": ("nach Abstimmung/Bedarf", "as agreed")}
_AGREED: Final = ("nach Abstimmung/Bedarf mit dem Kunden", "as agreed with the customer or as needed")
IN_SENTENCE: Final = FOLLOW_UPS | {"as agreed": _AGREED}
PROMISE: Final = (
    "Die Standardreaktionszeit beträgt {} oder weniger und die Supportanfrage wird {} verfolgt.",
    "The standard response time is {} or less, and the request is followed up {}.",
)
UNITS: Final = {"hours": ("Geschäftsstunden", "business hours"), "days": ("Geschäftstage", "business days")}

# Titles, target, follow-up and criteria of each level, the most severe first.
LEVELS: Final[Mapping[str, LevelTerms]] = {
    "critical": LevelTerms(
        *(1, "Kritisch", "Critical", ("hours", 4), "daily"),
        "Die Supportanfrage wird als Systemproblem oder Bug identifiziert der nicht behoben werden kann. Das "
        "Produkt kann nicht genutzt werden, was zu einem vollständigen Systemausfall führt oder andere "
        "wesentliche Auswirkungen auf Arbeits- und Geschäftsabläufe hat. Eine Ausweichlösung ist nicht "
        "möglich.",
        "The request is identified as a system problem or a bug that cannot be fixed. The product cannot be "
        "used, which leads to a complete system failure or has other substantial effects on work and "
        "business processes. No workaround is possible.",
    ),
    "high": LevelTerms(
        *(2, "Hoch", "High", ("hours", 8), "as agreed"),
        "Die Supportanfrage wird als schwerwiegender Ausfall von Funktionen/Eigenschaften identifiziert. Die "
        "Nutzung des Produktes ist in erheblichen Maße gestört oder unterbrochen. Eine unmittelbare Lösung "
        "oder langfristige akzeptable Übergangslösung ist aber verfügbar.",
        "The request is identified as a serious failure of functions or features. Use of the product is "
        "considerably disturbed or interrupted. But an immediate solution, or an acceptable long-term "
        "interim solution, is available.",
    ),
    "medium": LevelTerms(
        *(3, "Mittel", "Medium", ("days", 2), "as agreed"),
        "Die Supportanfrage wird als geringfügiger Ausfall von Funktionen/Eigenschaften klassifiziert. Das "
        "Produkt funktioniert nicht ordnungsgemäß, wodurch die Nutzung geringfügig eingeschränkt ist, eine "
        "akzeptable Ausweichlösung ist aber verfügbar.",
        "The request is classified as a minor failure of functions or features. The product does not work "
        "properly, which slightly restricts its use, but an acceptable workaround is available.",
    ),
    "low": LevelTerms(
        *(4, "Niedrig", "Low", ("days", 4), "as agreed"),
        "Die Supportanfrage wird als Auskunftsersuchen, Erweiterung oder Verbesserung eingestuft.",
        "The request is classified as a request for information, an extension or an enhancement.",
    ),
}

# What the criteria ask of a request, by a word each for the policy's own, in the order of the levels.
# A "problem" is its "Systemproblem", "Bug" or "Ausfall von Funktionen/Eigenschaften".
Kind = Literal["problem", "question", "extension", "improvement"]
Impact = Literal["unusable", "considerable", "slight"]
Remedy = Literal["none", "solution", "workaround"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
IMPACTS: Final[tuple[Impact, ...]] = get_args(Impact)
REMEDIES: Final[tuple[Remedy, ...]] = get_args(Remedy)


class Ruling(NamedTuple):
    """A level, by which sentence of its criteria, from 0; and a reading where the policy leaves it open."""

    level: str
    sentence: int
    reading_de: str = ""
    reading_en: str = ""


# Where the policy leaves a combination open, the more severe level is taken if the impact is at least
# considerable, and the reading says which condition of the level, or of the one above it, is not met.
_ONLY_A_WORKAROUND: Final = Ruling(
    *("high", 1),
    "Nicht erfüllt ist die Bedingung der Stufe 2, dass eine Lösung oder langfristige Übergangslösung verfügbar "
    "ist; Stufe 1 gilt aber nur ohne Ausweichlösung und Stufe 3 nur bei geringfügiger Einschränkung.",
    "The condition of level 2 that a solution or a long-term interim solution is available is not met; but "
    "level 1 applies only without a workaround, and level 3 only to a slight restriction.",
)
PROBLEMS: Final[Mapping[tuple[Impact, Remedy], Ruling]] = {
    ("unusable", "none"): Ruling("critical", 1),
    ("unusable", "solution"): Ruling(
        *("high", 2),
        "Nicht erfüllt ist die Bedingung der Stufe 1, dass eine Ausweichlösung nicht möglich ist.",
        "The condition of level 1 that no workaround is possible is not met.",
    ),
    ("unusable", "workaround"): _ONLY_A_WORKAROUND,
    ("considerable", "none"): Ruling(
        *("critical", 2),
        "Nicht erfüllt ist die Bedingung der Stufe 1, dass das Produkt nicht genutzt werden kann; Stufe 2 "
        "gilt aber nur mit einer Lösung, und hier gibt es keine Abhilfe.",
        "The condition of level 1 that the product cannot be used is not met; but level 2 applies only with "
        "a solution, and here there is no remedy.",
    ),
    ("considerable", "solution"): Ruling("high", 1),
    ("considerable", "workaround"): _ONLY_A_WORKAROUND,
    ("slight", "none"): Ruling(
        *("medium", 1),
        "Nicht erfüllt ist die Bedingung der Stufe 3, dass eine akzeptable Ausweichlösung verfügbar ist; ihre "
        "Worte zur Auswirkung treffen aber zu, und die Stufen 1 und 2 setzen eine schwerere voraus.",
        "The condition of level 3 that an acceptable workaround is available is not met; but its words on the "
        "impact apply, and levels 1 and 2 require a more severe impact.",
    ),
    ("slight", "solution"): Ruling(
        *("medium", 1),
        "Nicht erfüllt ist dem Wortlaut nach die Bedingung der Stufe 3, dass eine akzeptable Ausweichlösung "
        "verfügbar ist: Verfügbar ist eine Lösung, und Stufe 2 setzt eine schwerere Auswirkung voraus.",
        "Taken literally, the condition of level 3 that an acceptable workaround is available is not met, since "
        "there is a solution; but level 2 requires a more severe impact.",
    ),
    ("slight", "workaround"): Ruling("medium", 1),
}
OTHER_KINDS: Final = Ruling("low", 0)  # whatever impact and remedy

# "Eine Supportanfrage kann per Telefon +49 4181 9092-110 oder per eMail support@netcor.de
# erfolgen." "Jede Supportanfrage wird eine Fallnummer ... zugeordnet."
TELEPHONE: Final = "+49 4181 9092-110"
EMAIL: Final = "support@netcor.de"
HOURS_DE: Final = "Montag bis Freitag von 8:30 bis 17:00 Uhr (UTC +1), außer an öffentlichen Feiertagen."
HOURS_EN: Final = "Monday to Friday from 8:30 to 17:00 (UTC+1), except on public holidays."
Channel = Literal["email", "phone"]
CHANNELS: Final[tuple[Channel, ...]] = get_args(Channel)

# "Um die bestmögliche Unterstützung bieten zu können, werden folgende wichtige Informationen wie
# Software-Version, Systemdetails und eine ausführliche Beschreibung des Problems benötigt."
NEEDED: Final[Mapping[str, tuple[str, str]]] = {
    "software_version": ("Software-Version", "software version"),
    "system_details": ("Systemdetails", "system details"),
    "description": ("ausführliche Beschreibung des Problems", "detailed description of the problem"),
}

# "Sofern möglich sind Screenshots des Problems mitzuschicken."
# "Der optimale Weg der Supportanfrage ist per eMail."
WISHED: Final[Mapping[str, tuple[str, str]]] = {
    "screenshots": ("Screenshots des Problems", "screenshots of the problem"),
    "email": ("Supportanfrage per eMail", "request by e-mail"),
}
