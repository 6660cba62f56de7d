"""What a person sees: pictures and notebooks in a real browser."""

import json
import sys
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from netcor_sla import Agreement, Deadline, ResponseClock

sys.path.insert(0, str(Path(__file__).parent))
from browser import MISSING, measure
from notebook import export

CASES = json.loads((Path(__file__).parents[1] / "golden/explanations/cases.json").read_text("utf-8"))
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"{MISSING}; see docs/laws.md")

NOTHING: dict[str, Any] = {"zone": None, "changes": [], "pauses": [], "responded_at": None}

# Of every text: its words and its box; and the box of the picture.
BOXES = """[...document.querySelectorAll("svg")].map(svg => ({
  frame: (b => [b.left, b.top, b.right, b.bottom])(svg.getBoundingClientRect()),
  texts: [...svg.querySelectorAll("text")].filter(t => t.textContent).map(t =>
    (b => [t.textContent, b.left, b.top, b.right, b.bottom])(t.getBoundingClientRect())),
}))"""


def deadline(case: dict[str, Any]) -> Deadline:
    """Explain a case, with all that happened."""
    facts = {key: value for key, value in case.items() if key != "agreement"}
    facts["opened_at"] = datetime.fromisoformat(case["opened_at"]).isoformat()
    agreement = Agreement.from_dict(case.get("agreement", {}))
    return ResponseClock.from_dict(NOTHING | facts, agreement=agreement).explain()


def named(name: str) -> dict[str, Any]:
    """Make a case with a day of this name."""
    special = {"2026-05-13": {"spans": [["09:00", "10:00"]], "name": name}}
    calendar = {"zone": "Pacific/Chatham", "hours": {"mon-sun": [["00:00", "24:00"]]}}
    return {
        "agreement": {"calendar": calendar | {"holidays": None, "special": special}},
        "opened_at": "2026-05-12T10:05:06.789012+12:45",
        "level": 4,
    }


def tickets() -> list[dict[str, Any]]:
    """Make cases in which as much has happened as fits into a picture, and more."""
    opened = {"opened_at": "2026-03-10T09:00:00+01:00", "level": 1}
    day, later = "2026-03-10T", "2026-03-11T"
    pauses = [
        [f"{day}{hour}:00:00.123456+01:00", f"{day}{hour}:30:00.654321+01:00"]
        for hour in ("10", "11", "14", "15", "16")
    ]
    changes = [
        {"at": f"{day}{hour}:00:00+01:00", "level": level}
        for hour, level in (("10", 4), ("11", 3), ("14", 2), ("15", 1), ("16", 4), ("17", 1))
    ]
    night = {"zone": "Australia/Lord_Howe", "hours": {"mon-sun": [["00:00", "24:00"]]}}
    howe = {"calendar": night | {"holidays": None, "business_day": "08:00"}}
    return [
        opened | {"pauses": pauses, "changes": changes, "responded_at": f"{day}16:59:59.999999+01:00"},
        opened | {"pauses": pauses, "changes": changes, "responded_at": f"{later}23:59:59.999999+01:00"},
        opened | {"responded_at": f"{day}09:00:00+01:00"},
        opened | {"responded_at": f"{day}13:00:00+01:00"},
        opened | {"responded_at": f"{later}00:00:00+01:00"},
        opened | {"responded_at": "2026-09-10T09:00:00+01:00"},
        opened | {"pauses": [[f"{day}09:00:00+01:00", "2026-09-10T09:00:00+01:00"]]},
        {
            "agreement": howe,
            "opened_at": "2026-04-04T22:00:00+11:00",
            "zone": "Australia/Lord_Howe",
            "level": 2,
            "pauses": [["2026-04-05T01:15:00+11:00", "2026-04-05T02:15:00+10:30"]],
            "responded_at": "2026-04-05T22:00:00+10:30",
        },
    ]


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_label_is_clipped_and_none_overlap(language: str, tmp_path: Path) -> None:
    """In any picture, also with names that are longer than their column, and wide."""
    days = {"critical": {"days": 90}, "high": {"days": 1}, "medium": {"days": 2}, "low": {"days": 3}}
    many = {"agreement": {"targets": days}, "opened_at": "2026-01-05T15:00+01:00", "level": 1}
    names = (
        "W" * 300,
        "端午节" * 40,
        "Übergabe an die Nachfolger, mit Kaffee und Kuchen " * 3,
        "מ" * 90,
        "0123456789" * 9,
        "&#+<=>~^" * 9,
        "œæŒÆ©®™" * 9,
        "щшжюЩШЖЮ" * 9,
        "bdghnpqu" * 9,
        "OQGDNHCR" * 9,
    )
    cases = [*CASES.values(), many, *map(named, names), *tickets()]
    page = tmp_path / "pictures.html"
    pictures = "".join(f"<div>{deadline(case).svg(language)}</div>" for case in cases)  # type: ignore[arg-type]
    page.write_text(f'<!DOCTYPE html><meta charset="utf-8">{pictures}', "utf-8")
    measured = measure(page, BOXES)
    assert len(measured) == len(cases)
    for picture in measured:
        left, top, right, bottom = picture["frame"]
        assert len(picture["texts"]) > 6
        for words, x, y, until_x, until_y in picture["texts"]:
            inside = left <= x < until_x <= right and top <= y < until_y <= bottom
            assert inside, f"clipped: {words}"
        for (a, *one), (b, *other) in combinations(picture["texts"], 2):
            apart = one[2] <= other[0] or other[2] <= one[0]
            apart = apart or one[3] <= other[1] + 3 or other[3] <= one[1] + 3  # less the leading
            assert apart, f"overlap: {a} and {b}"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.filterwarnings("ignore")  # of the notebook's own tools
def test_a_notebook_shows_the_deadline(theme: str, tmp_path: Path) -> None:
    """Executed, exported and rendered: all of the text, and a picture that has loaded and fits."""
    page = export(tmp_path, theme)
    script = """{
      text: document.body.innerText,
      images: [...document.images].map(i => [i.naturalWidth, i.getBoundingClientRect().right, i.alt]),
      width: document.documentElement.clientWidth,
    }"""
    measured = measure(page, script)
    assert "Traceback" not in measured["text"]
    for line in deadline(CASES["easter"] | {"zone": "Europe/Berlin"}).text().splitlines():
        assert " ".join(line.split()) in " ".join(measured["text"].split())
    for name in ("Karfreitag", "Ostermontag", "Erster Weihnachtstag", "Zweiter Weihnachtstag"):
        assert name in measured["text"]
    assert len(measured["images"]) == 2
    for natural, right, alternative in measured["images"]:
        assert natural > 0
        assert right <= measured["width"]
        assert "fällig" in alternative


# Of every picture: the size of its frame, and of every shape its box and what it is.
SHAPES = """[...document.querySelectorAll("svg")].map(svg => ({
  frame: (b => [b.left, b.top, b.right, b.bottom])(svg.getBoundingClientRect()),
  shapes: [...svg.querySelectorAll("rect, polygon, circle")].map(s =>
    (b => [s.tagName, b.left, b.top, b.right, b.bottom])(s.getBoundingClientRect())),
}))"""


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_shape_is_seen_and_none_lies_on_a_label(language: str, tmp_path: Path) -> None:
    """Bars of pauses and of time overdue, and the marks of opening, deadline and response."""
    cases = [*CASES.values(), *tickets()]
    page = tmp_path / "shapes.html"
    pictures = "".join(f"<div>{deadline(case).svg(language)}</div>" for case in cases)  # type: ignore[arg-type]
    page.write_text(f'<!DOCTYPE html><meta charset="utf-8">{pictures}', "utf-8")
    measured = measure(page, f"[{SHAPES}, {BOXES}]")
    for case, drawn, written in zip(cases, *measured, strict=True):
        left, top, right, bottom = drawn["frame"]
        marks = [shape for shape in drawn["shapes"] if shape[0] != "rect"]
        # Each mark stands in the legend too; where a pause is open, there is no deadline.
        there = ("opened", deadline(case).due, case.get("responded_at"))
        assert len(marks) == 2 * sum(each is not None for each in there)
        for kind, x, y, until_x, until_y in drawn["shapes"]:
            assert left <= x <= until_x <= right, kind
            assert top <= y < until_y <= bottom, kind
            for words, a, b, until_a, until_b in written["texts"]:
                apart = until_x <= a or until_a <= x or until_y <= b + 3 or until_b <= y + 3
                assert apart, f"{kind} on {words}"
