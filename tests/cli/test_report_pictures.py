"""The picture of a report: its parts, to scale, and the same in words."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcor_sla import STANDARD, EscalationLevel
from netcor_sla._cli.report_pictures import ROW, TOP, picture
from netcor_sla._explanations.words import voice
from netcor_sla.reports import Figures, Report

GERMAN, ENGLISH = (voice(language, STANDARD.calendar._schedule) for language in ("de", "en"))
KINDS = ("met", "missed", "open", "late")

Counts = tuple[int, int, int, int]  # met, missed, open and not late, open and late


def told(*levels: Counts) -> Report:
    """Make a report of four levels."""
    figures = []
    all_of_them = tuple(map(sum, zip(*levels, strict=True)))
    for level, counts in zip((*EscalationLevel, None), (*levels, all_of_them), strict=True):
        met, missed, still, late = counts
        figures.append(Figures(level, sum(counts), met, missed, still + late, late, None, None))
    return Report(0, 9, tuple(figures[:4]), figures[4], (), 0, ())


NONE: Counts = (0, 0, 0, 0)
TOLD = told((2, 1, 0, 1), (1, 0, 0, 0), NONE, (5, 1, 4, 2))


def drawn(svg: str, kind: str) -> list[dict[str, str]]:
    """List the elements of a kind, each with its text."""
    found = ET.fromstring(svg).iter(kind)  # noqa: S314 - our own
    return [{**each.attrib, "text": each.text or ""} for each in found]


def bars(svg: str) -> list[list[tuple[str, float, float]]]:
    """List the parts of each bar in order: what, from where, and how wide, in per cent."""
    rows: list[list[tuple[str, float, float]]] = [[] for _ in range(5)]
    for each in drawn(svg, "rect"):
        if each["width"].endswith("%"):
            row = (int(each["y"]) - TOP) // ROW
            x, width = (float(each[name].removesuffix("%")) for name in ("x", "width"))
            rows[row].append((each["class"], x, width))
    return rows


def test_parts_are_to_scale() -> None:
    """In the order of the legend; what there is none of is not drawn."""
    critical, high, medium, low, total = bars(picture(TOLD, ENGLISH))
    assert critical == [("met", 0, 50), ("missed", 50, 25), ("late", 75, 25)]
    assert high == [("met", 0, 100)]
    assert medium == []
    assert [part[0] for part in low] == list(KINDS)
    assert total == [
        ("met", 0, 47.058),
        ("missed", 47.058, 11.764),
        ("open", 58.823, 23.529),
        ("late", 82.352, 17.647),
    ]


@given(st.lists(st.tuples(*[st.integers(0, 10**6)] * 4), min_size=4, max_size=4))
def test_every_bar_is_whole(levels: list[Counts]) -> None:
    """Its parts touch, and end where it ends, but for the thousandths that are cut."""
    report = told(*levels)
    for figures, parts in zip(
        (*report.levels, report.total), bars(picture(report, GERMAN)), strict=True
    ):
        end = 0.0
        for _, x, width in parts:
            assert x == pytest.approx(end, abs=0.003)
            end = x + width
        assert end == pytest.approx(100 if figures.tickets else 0, abs=0.003)


def test_what_is_drawn_is_said() -> None:
    """Above each bar its level, below it every number."""
    words = [each["text"] for each in drawn(picture(TOLD, ENGLISH), "text")]
    assert words[:4] == ["met", "missed", "open, not late", "open, late"]
    assert words[4:10] == [
        "1 Critical: 4 tickets, kept 50.0%",
        "2 met \N{MIDDLE DOT} 1 missed",
        "0 open, not late \N{MIDDLE DOT} 1 open, late",
        "2 High: 1 ticket, kept 100.0%",
        "1 met \N{MIDDLE DOT} 0 missed",
        "0 open, not late \N{MIDDLE DOT} 0 open, late",
    ]
    assert words[10] == "3 Medium: 0 tickets"
    assert words[-3] == "total: 17 tickets, kept 61.5%"
    german = [each["text"] for each in drawn(picture(TOLD, GERMAN), "text")]
    assert german[:4] == ["eingehalten", "verpasst", "offen, nicht zu spät", "offen, zu spät"]
    assert german[4] == "1 Kritisch: 4 Tickets, Quote 50,0 %"


def test_it_says_what_it_is() -> None:
    """To those who do not see it, too."""
    for voice_of in (GERMAN, ENGLISH):
        root = ET.fromstring(picture(TOLD, voice_of))  # noqa: S314 - our own
        (title,) = root.iter("title")
        assert root.attrib["aria-labelledby"] == title.attrib["id"]
        assert title.text
    assert "Ein Balken je Stufe" in picture(TOLD, GERMAN)
    assert "A bar for each level" in picture(TOLD, ENGLISH)
