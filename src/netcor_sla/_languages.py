"""The two languages: German, where none is given, and English."""

from typing import Final, Literal

from netcor_sla.errors import ArgumentError, shown

Language = Literal["de", "en"]

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


def choose(language: object, *, de: str, en: str) -> str:
    """Choose a text by language; anything but the two is an `ArgumentError`."""
    if isinstance(language, str) and language in ("de", "en"):
        return de if language == "de" else en
    raise ArgumentError(f"language {shown(language)} is unknown; choose 'de' or 'en'")
