"""What a person sees of a report: its page in a real browser, wide and narrow, light and dark.

    python tests/rendered/test_report_page.py DIRECTORY

writes report.light.png and report.dark.png there, to be looked at. Needs Chromium; without it,
it is skipped.
"""

import re
import sys
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from netcor_sla import EscalationLevel
from netcor_sla._languages import Language
from netcor_sla.reports import Figures, Late, LeftOut, Report

sys.path.insert(0, str(Path(__file__).parent))
from browser import MISSING, measure, run

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"{MISSING}; see docs/laws.md")

THEMES = {
    "light": "--blink-settings=preferredColorScheme=1",
    "dark": "--blink-settings=preferredColorScheme=0",
}
HOUR = timedelta(hours=1)
NOW = datetime.fromisoformat("2026-04-15T14:00+01:00")
NAMES = ("2007", "INC0000433", "W" * 90, "端午节" * 30, "מ" * 60, "a <b>ticket</b> of many words " * 5)

# Boxes of the words in the picture and of the page's own blocks; what is wider than the page; and
# the colours of each text and of what lies behind it.
SCRIPT = """(() => {
  const box = r => [r.left, r.top, r.right, r.bottom];
  const seen = [...document.querySelectorAll("svg text, h1, h2, p, li, th, td")];
  const svg = document.querySelector("svg");
  return {
    text: document.body.innerText,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    frame: box(svg.getBoundingClientRect()),
    words: [...svg.querySelectorAll("text")].map(t => [t.textContent, box(t.getBoundingClientRect())]),
    bars: [...svg.querySelectorAll("rect")].map(t =>
      [t.className.baseVal, box(t.getBoundingClientRect()), getComputedStyle(t).fill, getComputedStyle(t).stroke]),
    cells: [...document.querySelectorAll("th, td")].map(t => [t.textContent, t.scrollWidth - t.clientWidth]),
    inks: [...new Set(seen.map(t => getComputedStyle(t)[t.matches("text") ? "fill" : "color"]))],
    paper: getComputedStyle(document.body).backgroundColor,
  };
})()"""


def made(scale: int = 1) -> Report:
    """Make a report with tickets of every kind, and with names of every kind."""
    figures = [
        Figures(
            level=level,
            tickets=tickets * scale,
            met=met * scale,
            missed=missed * scale,
            open=still * scale,
            open_late=late * scale,
            median=9 * HOUR + timedelta.resolution,
            worst=978 * HOUR,
        )
        for level, tickets, met, missed, still, late in (
            (EscalationLevel.CRITICAL, 9, 2, 4, 3, 2),
            (EscalationLevel.HIGH, 190, 180, 1, 9, 1),
            (EscalationLevel.MEDIUM, 377, 0, 377, 0, 0),
            (EscalationLevel.LOW, 40, 0, 0, 40, 3),
            (None, 616, 182, 382, 52, 6),
        )
    ]
    late = tuple(
        Late(
            ticket=name,
            level=EscalationLevel.CRITICAL,
            opened_at=NOW - 90 * HOUR,
            due=NOW - 5 * HOUR - timedelta.resolution,
            responded_at=(None, NOW)[at % 2],
            overdue=HOUR * (at + 1),
        )
        for at, name in enumerate(NAMES)
    )
    reason = f"opened_at: {'?' * 200!r} is not a timestamp"
    return Report(
        now=NOW,
        rows=9000,
        levels=tuple(figures[:4]),
        total=figures[4],
        late=late,
        later=3,
        left_out=tuple(LeftOut(line=line, reason=reason) for line in range(2, 30)),
    )


def shown(directory: Path, language: Language, scale: int = 1) -> Path:
    """Write the page."""
    path = directory / "report.html"
    path.write_text(made(scale).html(language), "utf-8")
    return path


def look(path: Path, theme: str = "light", width: int = 900) -> dict[str, Any]:
    """Measure the page."""
    measured: dict[str, Any] = measure(path, SCRIPT, width, THEMES[theme])
    return measured


@pytest.mark.parametrize("width", [500, 900])
@pytest.mark.parametrize("language", ["de", "en"])
def test_no_label_is_clipped_and_none_overlap(language: Language, width: int, tmp_path: Path) -> None:
    """In the picture, also of a million tickets; and the page is no wider than its window."""
    for scale in (1, 9999):
        found = look(shown(tmp_path, language, scale), width=width)
        left, top, right, bottom = found["frame"]
        assert len(found["words"]) == 4 + 5 * 3
        for words, (x, y, until_x, until_y) in found["words"]:
            assert left <= x < until_x <= right, f"clipped: {words}"
            assert top <= y < until_y <= bottom, f"clipped: {words}"
        for (a, one), (b, other) in combinations(found["words"], 2):
            apart = one[2] <= other[0] or other[2] <= one[0]
            apart = apart or one[3] <= other[1] + 1 or other[3] <= one[1] + 1
            assert apart, f"overlap: {a} and {b}"
        for words, one in found["words"]:
            for kind, bar, *_ in found["bars"]:
                apart = one[2] <= bar[0] or bar[2] <= one[0] or one[3] <= bar[1] or bar[3] <= one[1]
                assert apart, f"{words} lies on {kind}"
        assert found["wide"] <= 0
        assert [words for words, hidden in found["cells"] if hidden > 0] == []


@pytest.mark.parametrize("theme", THEMES)
def test_every_figure_can_be_read(theme: str, tmp_path: Path) -> None:
    """It is there, and its colour stands off from what lies behind it."""
    found = look(shown(tmp_path, "de"), theme)
    text = " ".join(found["text"].split())
    table = made().text().split("\n\n")
    for line in table[1].splitlines():
        assert " ".join(line.split()) in text
    for line in table[2].splitlines()[1:]:
        for words in re.split(" {2,}", line):
            assert words in text
    for ink in found["inks"]:
        assert contrast(ink, found["paper"]) > 7
    assert found["paper"] == {"light": "rgb(255, 255, 255)", "dark": "rgb(23, 23, 26)"}[theme]


@pytest.mark.parametrize("theme", THEMES)
def test_bars_are_seen_without_colour(theme: str, tmp_path: Path) -> None:
    """Each part has another filling and an edge that stands off; together they fill the width."""
    found = look(shown(tmp_path, "de"), theme)
    fillings = {kind: fill for kind, _, fill, _ in found["bars"]}
    assert set(fillings) == {"met", "missed", "open", "late"}
    assert len({fill.split()[0] for fill in fillings.values()}) == 4
    assert fillings["open"] == "none"
    assert contrast(fillings["met"], found["paper"]) > 3
    for _, _, _, edge in found["bars"]:
        assert contrast(edge, found["paper"]) > 7
    left, _, right, _ = found["frame"]
    first = [box for _, box, *_ in found["bars"]][4:8]
    assert first[0][0] == pytest.approx(left, abs=1)
    assert first[-1][2] == pytest.approx(right, abs=1)


def contrast(one: str, other: str) -> float:
    """Compute the contrast of two colours, as the guidelines for accessible pages do."""
    lighter, darker = sorted(map(_luminance, (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour.removeprefix("rgb(").rstrip(")").split(", ")]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for name, option in THEMES.items():
        picture = target / f"report.{name}.png"
        run(shown(target, "de"), "--window-size=900,1900", f"--screenshot={picture}", option)
