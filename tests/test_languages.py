"""The choice of a language."""

import pytest

from netcor_sla._languages import Language, choose
from netcor_sla.errors import ArgumentError


@pytest.mark.parametrize(("language", "text"), [("de", "Hoch"), ("en", "High")])
def test_each_language_has_its_text(language: Language, text: str) -> None:
    """German and English are not swapped."""
    assert choose(language, de="Hoch", en="High") == text


@pytest.mark.parametrize("language", ["DE", "fr", "", None, 0, ["de"]])
def test_any_other_language_is_refused(language: object) -> None:
    """The message names value and choices."""
    with pytest.raises(ArgumentError) as refused:
        choose(language, de="Hoch", en="High")
    assert str(refused.value) == f"language {language!r} is unknown; choose 'de' or 'en'"
