"""The two languages: German, where none is given, and English."""

import re
from datetime import date, timedelta
from typing import Final, Literal

from netcor_sla.errors import ArgumentError, shown

Language = Literal["de", "en"]

WEEKDAYS: Final = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS_DE: Final = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
_MONTHS_EN: Final = "January February March April May June July August September October November December"
MONTHS: Final = {"de": _MONTHS_DE.split(), "en": _MONTHS_EN.split()}
# By the codes of ISO 3166, in German and, where that is another name, in English: the three countries whose
# German an explanation may be in, their states and cantons, and those with which they have most to do.
_PLACES: Final = """
DE Deutschland, bundesweit=Germany, nationwide; DE-BB Brandenburg; DE-BE Berlin; DE-BW Baden-Württemberg;
DE-BY Bayern=Bavaria; DE-HB Bremen; DE-HE Hessen=Hesse; DE-HH Hamburg; DE-NI Niedersachsen=Lower Saxony;
DE-MV Mecklenburg-Vorpommern=Mecklenburg-Western Pomerania; DE-NW Nordrhein-Westfalen=North Rhine-Westphalia;
DE-RP Rheinland-Pfalz=Rhineland-Palatinate; DE-SH Schleswig-Holstein; DE-SL Saarland; DE-SN Sachsen=Saxony;
DE-ST Sachsen-Anhalt=Saxony-Anhalt; DE-TH Thüringen=Thuringia; AT Österreich=Austria; AT-1 Burgenland;
AT-2 Kärnten=Carinthia; AT-3 Niederösterreich=Lower Austria; AT-4 Oberösterreich=Upper Austria; AT-8 Vorarlberg;
AT-5 Land Salzburg=Salzburg; AT-6 Steiermark=Styria; AT-7 Tirol=Tyrol; AT-9 Wien=Vienna; CH Schweiz=Switzerland;
CH-AG Aargau; CH-AI Appenzell Innerrhoden; CH-AR Appenzell Ausserrhoden; CH-BE Bern; CH-BL Basel-Landschaft;
CH-BS Basel-Stadt; CH-FR Freiburg=Fribourg; CH-GE Genf=Geneva; CH-GL Glarus; CH-GR Graubünden=Grisons; CH-JU Jura;
CH-LU Luzern=Lucerne; CH-NE Neuenburg=Neuchâtel; CH-NW Nidwalden; CH-OW Obwalden; CH-SG St. Gallen; CH-SZ Schwyz;
CH-SH Schaffhausen; CH-SO Solothurn; CH-TG Thurgau; CH-TI Tessin=Ticino; CH-UR Uri; CH-VD Waadt=Vaud; CH-ZG Zug;
CH-VS Wallis=Valais; CH-ZH Zürich=Zurich; AE VAE=UAE; AU Australien=Australia; BE Belgien=Belgium; BG Bulgarien=Bulgaria;
BR Brasilien=Brazil; CA Kanada=Canada; CN China; CY Zypern=Cyprus; CZ Tschechien=Czechia; DK Dänemark=Denmark;
EE Estland=Estonia; ES Spanien=Spain; FI Finnland=Finland; FR Frankreich=France; GB Vereinigtes Königreich=United Kingdom;
GR Griechenland=Greece; HR Kroatien=Croatia; HU Ungarn=Hungary; IE Irland=Ireland; IL Israel; IN Indien=India;
IS Island=Iceland; IT Italien=Italy; JP Japan; KR Südkorea=South Korea; LI Liechtenstein; LT Litauen=Lithuania;
LU Luxemburg=Luxembourg; LV Lettland=Latvia; MT Malta; MX Mexiko=Mexico; NL Niederlande=Netherlands; NO Norwegen=Norway;
NZ Neuseeland=New Zealand; PL Polen=Poland; PT Portugal; RO Rumänien=Romania; SE Schweden=Sweden; SG Singapur=Singapore;
SI Slowenien=Slovenia; SK Slowakei=Slovakia; TR Türkei=Turkey; UA Ukraine; US USA; ZA Südafrika=South Africa
"""
REGIONS: Final = {
    code: (de, en or de)
    for code, _, names in (place.strip().partition(" ") for place in _PLACES.split(";"))
    for de, _, en in [names.partition("=")]
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


def length(amount: timedelta, language: Language) -> str:
    """Say how much business time: `34 h 30 min`, never in days, which would be of 24 hours."""
    minutes, rest = amount.days * 1440 + amount.seconds // 60, _seconds(amount, 1, language)
    parts = [f"{minutes // 60} h"] if minutes >= 60 else []  # noqa: PLR2004 - an hour
    parts += [f"{minutes % 60} min"] if minutes % 60 else []
    parts += [f"{rest} s"] if rest else []
    return " ".join(parts) or "0 min"


def clock_text(wall: timedelta, language: Language) -> str:
    """Write what a clock shows, on whatever day: `08:30`, or `08:30:05` where there are seconds."""
    rest = _seconds(wall, 2, language)
    shown = f"{wall.seconds // 3600:02}:{wall.seconds // 60 % 60:02}"
    return f"{shown}:{rest}" if rest else shown


def _seconds(amount: timedelta, digits: int, language: Language) -> str:
    if not (amount.seconds % 60 or amount.microseconds):
        return ""
    part = f"{amount.microseconds:06}".rstrip("0")
    point = choose(language, de=",", en=".") if part else ""
    return f"{amount.seconds % 60:0{digits}}{point}{part}"


def date_text(day: date, language: Language, *, year: bool) -> str:
    weekday, month = WEEKDAYS[language][day.weekday()], MONTHS[language][day.month - 1]
    text = choose(language, de=f"{weekday}, {day.day}. {month}", en=f"{weekday} {day.day} {month}")
    return f"{text} {day.year}" if year else text


def safe(name: str) -> str:
    """Make one harmless line of a name from outside, without what breaks or turns the writing around it."""
    if name.isascii() and name.isprintable():
        return " ".join(name.split())
    from unicodedata import bidirectional  # noqa: PLC0415 - seldom needed

    line = " ".join(re.sub(_CONTROLS, " ", re.sub(_TURNS, "", name)).split())
    turned = any(bidirectional(each) in ("R", "AL", "AN") for each in line)
    return f"\N{FIRST STRONG ISOLATE}{line}\N{POP DIRECTIONAL ISOLATE}" if turned else line
