"""The two languages: German, where none is given, and English."""

from typing import Literal

from netcor_sla.errors import SLAError, shown

Language = Literal["de", "en"]


def choose(language: object, error: type[SLAError], *, de: str, en: str) -> str:
    """Choose a text by language; anything but the two is refused with `error`."""
    if isinstance(language, str) and language in ("de", "en"):
        return de if language == "de" else en
    raise error(f"language {shown(language)} is unknown; choose 'de' or 'en'")
