"""Explanations that were read aloud, by a German and by an English speaker's rules."""

import json
from pathlib import Path
from typing import Any

import pytest

from netcor_sla import Agreement, Deadline, ResponseClock

GOLDEN = Path(__file__).parents[1] / "golden" / "explanations"
CASES = json.loads((GOLDEN / "cases.json").read_text("utf-8"))
NOTHING: dict[str, Any] = {"zone": None, "changes": [], "pauses": [], "responded_at": None}


def deadline(name: str) -> Deadline:
    """Explain a case."""
    case = dict(CASES[name])
    agreement = Agreement.from_dict(case.pop("agreement", {}))
    return ResponseClock.from_dict(NOTHING | case, agreement=agreement).explain()


@pytest.mark.parametrize("name", CASES)
def test_the_texts_are_as_they_were_read(name: str) -> None:
    """A changed wording, sum, date or reason must be read again before it is kept."""
    explained = deadline(name)
    texts = {"de": explained.text("de"), "en": explained.text("en")}
    for language, text in texts.items():
        assert text + "\n" == (GOLDEN / f"{name}.{language}.txt").read_text("utf-8")
    assert explained.text() == texts["de"]


def test_every_text_belongs_to_a_case() -> None:
    """None is left over, and none is missing."""
    texts = {path.name for path in GOLDEN.glob("*.txt")}
    assert texts == {f"{name}.{language}.txt" for name in CASES for language in ("de", "en")}
    assert len(CASES) >= 10
