"""Explanations that were read aloud, by a German and by an English speaker's rules."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from netcor_sla import Agreement, Deadline, ResponseClock
from netcor_sla._languages import Language

GOLDEN = Path(__file__).parents[1] / "golden" / "explanations"
CASES, SHOWN = (json.loads((GOLDEN / name).read_text("utf-8")) for name in ("cases.json", "shown.json"))
NOTHING: dict[str, Any] = {"zone": None, "changes": [], "pauses": [], "responded_at": None}
LANGUAGES: tuple[Language, ...] = ("de", "en")


def deadline(name: str) -> Deadline:
    """Explain a case."""
    case = dict(CASES[name])
    agreement = Agreement.from_dict(case.pop("agreement", {}))
    clock = ResponseClock.from_dict(NOTHING | case, agreement=agreement)
    return clock.explain(case_number=SHOWN.get(name, {}).get("case_number"))


@pytest.mark.parametrize("name", CASES)
def test_the_texts_are_as_they_were_read(name: str) -> None:
    """A changed wording, sum, date or reason must be read again before it is kept; a record says the same."""
    explained, zone = deadline(name), SHOWN.get(name, {}).get("zone")
    for language in LANGUAGES:
        text = explained.text(language, zone=zone)
        assert text + "\n" == (GOLDEN / f"{name}.{language}.txt").read_text("utf-8")
        assert Deadline.from_dict(explained.to_dict()).text(language, zone=zone) == text


def test_every_text_belongs_to_a_case() -> None:
    """None is left over, and none is missing."""
    texts = {path.name for path in GOLDEN.glob("*.txt")}
    assert texts == {f"{name}.{language}.txt" for name in CASES for language in LANGUAGES}
    assert len(CASES) >= 40
    assert set(SHOWN) <= set(CASES)


def test_no_text_mixes_the_languages() -> None:
    """Words of both are names, units and numerals; and the policy has no Antwort, and support no desk."""
    german, english = (
        {
            word
            for path in GOLDEN.glob(f"*.{language}.txt")
            for word in re.findall(r"[^\W\d_]+", path.read_text("utf-8"))
        }
        for language in LANGUAGES
    )
    units = {"h", "min", "s", "UTC", "In", "Pause"}
    names = {
        "April",
        "August",
        "September",
        "November",
        "New",
        "York",
        "Berlin",
        "USA",
        "Support",
        "Heiligabend",
    }
    assert german & english <= units | names | {"Independence", "Day", "observed", "Umzug", "Betriebsruhe"}
    assert not {word for word in german if "antwort" in word.lower() or word in ("eröffnet", "Ruhetag")}
    assert not english & {"desk", "it's", "graver"}
