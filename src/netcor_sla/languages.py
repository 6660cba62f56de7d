"""The two languages: German, where none is given, and English."""

from typing import Literal

from netcor_sla.errors import SLAError, shown

Language = Literal["de", "en"]


def choose(language: object, error: type[SLAError], *, de: str, en: str) -> str:
    """Choose a text by language; anything but the two is refused with `error`."""
    if language == "de":
        return de
    if language == "en":
        return en
    raise error(f"language {shown(language)} is unknown; choose 'de' or 'en'")
