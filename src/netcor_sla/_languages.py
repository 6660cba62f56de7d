"""The two languages: German, where none is given, and English."""

from typing import Literal

from netcor_sla.errors import ArgumentError, shown

Language = Literal["de", "en"]


def choose(language: object, *, de: str, en: str) -> str:
    """Choose a text by language; anything but the two is an `ArgumentError`."""
    if isinstance(language, str) and language in ("de", "en"):
        return de if language == "de" else en
    raise ArgumentError(f"language {shown(language)} is unknown; choose 'de' or 'en'")
