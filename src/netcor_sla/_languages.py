"""The two languages: German, where none is given, and English."""

import re
from typing import Final, Literal

from netcor_sla.errors import ArgumentError, shown

Language = Literal["de", "en"]

WEEKDAYS: Final = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS: Final = {
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
# ISO 3166-2:DE, and the three countries whose German an explanation may be in.
REGIONS: Final = {
    "DE": ("Deutschland, bundesweit", "Germany, nationwide"),
    "AT": ("Österreich", "Austria"),
    "CH": ("Schweiz", "Switzerland"),
    "DE-BB": ("Brandenburg", "Brandenburg"),
    "DE-BE": ("Berlin", "Berlin"),
    "DE-BW": ("Baden-Württemberg", "Baden-Württemberg"),
    "DE-BY": ("Bayern", "Bavaria"),
    "DE-HB": ("Bremen", "Bremen"),
    "DE-HE": ("Hessen", "Hesse"),
    "DE-HH": ("Hamburg", "Hamburg"),
    "DE-MV": ("Mecklenburg-Vorpommern", "Mecklenburg-Western Pomerania"),
    "DE-NI": ("Niedersachsen", "Lower Saxony"),
    "DE-NW": ("Nordrhein-Westfalen", "North Rhine-Westphalia"),
    "DE-RP": ("Rheinland-Pfalz", "Rhineland-Palatinate"),
    "DE-SH": ("Schleswig-Holstein", "Schleswig-Holstein"),
    "DE-SL": ("Saarland", "Saarland"),
    "DE-SN": ("Sachsen", "Saxony"),
    "DE-ST": ("Sachsen-Anhalt", "Saxony-Anhalt"),
    "DE-TH": ("Thüringen", "Thuringia"),
}

# Marks that turn the direction of writing; and what is no character to be shown, or
# that XML forbids. Compiled when first used: for the second, that takes a millisecond.
_TURNS: Final = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_CONTROLS: Final = "[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"


def choose(language: object, *, de: str, en: str) -> str:
    """Choose a text by language; anything but the two is an `ArgumentError`."""
    if isinstance(language, str) and language in ("de", "en"):
        return de if language == "de" else en
    raise ArgumentError(f"language {shown(language)} is unknown; choose 'de' or 'en'")


def safe(name: str) -> str:
    """Make one harmless line of a name from outside: what it says, and no more.

    Controls and line breaks become blanks, marks that turn the writing round are left
    out, and a name that is written from right to left is kept from turning what follows.
    """
    if name.isascii() and name.isprintable():
        return " ".join(name.split())
    from unicodedata import bidirectional  # noqa: PLC0415 - seldom needed

    line = " ".join(re.sub(_CONTROLS, " ", re.sub(_TURNS, "", name)).split())
    turned = any(bidirectional(each) in ("R", "AL", "AN") for each in line)
    return f"\N{FIRST STRONG ISOLATE}{line}\N{POP DIRECTIONAL ISOLATE}" if turned else line
