"""NETCOR's support policy as data: every rule stands here once, with its source.

The German sentences are the policy's own, word for word: "Service-Level Richtlinien
des NETCOR Supports", published by NETCOR. The English is this library's translation
and binds nobody. What the policy leaves open is settled in the project's documentation, page
"The policy, and how it is read".
"""

from types import MappingProxyType
from typing import Final, Literal, NamedTuple


class LevelTerms(NamedTuple):
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

# Titles, target, follow-up and criteria of each level, the gravest first.
#   "Die Standardreaktionszeit beträgt 4 Geschäftsstunden oder weniger und die
#    Supportanfrage wird täglich verfolgt."                                     (level 1)
#   "Die Standardreaktionszeit beträgt 8 Geschäftsstunden | 2 Geschäftstage |
#    4 Geschäftstage oder weniger und die Supportanfrage wird nach
#    Abstimmung/Bedarf mit dem Kunden verfolgt."                           (levels 2 to 4)
LEVELS: Final = MappingProxyType(
    {
        "critical": LevelTerms(
            number=1,
            heading="Eskalationsstufe 1",
            title_de="Kritisch",
            title_en="Critical",
            target=("hours", 4),
            follow_up="daily",
            criteria_de=(
                "Die Supportanfrage wird als Systemproblem oder Bug identifiziert der nicht "
                "behoben werden kann. Das Produkt kann nicht genutzt werden, was zu einem "
                "vollständigen Systemausfall führt oder andere wesentliche Auswirkungen auf "
                "Arbeits- und Geschäftsabläufe hat. Eine Ausweichlösung ist nicht möglich."
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
                "identifiziert. Die Nutzung des Produktes ist in erheblichen Maße gestört oder "
                "unterbrochen. Eine unmittelbare Lösung oder langfristige akzeptable "
                "Übergangslösung ist aber verfügbar."
            ),
            criteria_en=(
                "The request is identified as a serious failure of functions or features. Use of "
                "the product is considerably disturbed or interrupted. But an immediate solution, "
                "or an acceptable long-term interim solution, is available."
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
                "The request is classified as a minor failure of functions or features. The "
                "product does not work properly, which slightly restricts its use, but an "
                "acceptable workaround is available."
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
                "Die Supportanfrage wird als Auskunftsersuchen, Erweiterung oder Verbesserung "
                "eingestuft."
            ),
            criteria_en="The request is rated as a question, an extension or an improvement.",
        ),
    }
)
