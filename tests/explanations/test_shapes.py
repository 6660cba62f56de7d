"""The shapes of a picture: where each is, and that no two are told apart by colour alone."""

import re
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from netcor_sla._explanations.lettering import GREY, width
from netcor_sla._explanations.shapes import (
    LATE,
    USED,
    Bar,
    Mark,
    late_bar,
    legend,
    open_bar,
    paused_bar,
    rhombus,
    ring,
    swatch,
    triangle,
    used_bar,
)

BARS = {"open": open_bar, "used": used_bar, "paused": paused_bar, "late": late_bar}
MARKS = {"ring": ring, "rhombus": rhombus, "triangle": triangle}


def element(svg: str) -> ET.Element:
    """Read one element."""
    return ET.fromstring(svg)  # noqa: S314 - our own


def points(svg: str) -> list[tuple[float, float]]:
    """Read the corners of a polygon."""
    pairs = (pair.split(",") for pair in element(svg).attrib["points"].split())
    return [(float(x), float(y)) for x, y in pairs]


@pytest.mark.parametrize("bar", BARS.values(), ids=BARS)
def test_a_bar_reaches_from_here_to_there(bar: Bar) -> None:
    """Across as told, with its middle as far down as told; tenths are enough."""
    drawn = element(bar(100.04, 250.18, 61))
    assert drawn.tag == "rect"
    assert (drawn.attrib["x"], drawn.attrib["width"]) == ("100.0", "150.1")
    top, high = float(drawn.attrib["y"]), float(drawn.attrib["height"])
    assert top + high / 2 == 61
    assert high <= 14


def test_bars_that_lie_on_each_other_are_all_seen() -> None:
    """Time used covers the hours open; what is paused or late is lower, so that they show."""
    heights = {name: float(element(bar(0, 9, 50)).attrib["height"]) for name, bar in BARS.items()}
    assert heights["used"] == heights["open"] > heights["paused"] > heights["late"]


def test_no_two_bars_differ_by_colour_alone() -> None:
    """In height, in outline, or in being filled at all."""
    plain = {name: re.sub("#[0-9a-f]{3,6}", "colour", bar(0, 9, 50)) for name, bar in BARS.items()}
    assert all(plain[one] != plain[other] for one, other in combinations(plain, 2))
    assert 'fill="none"' in plain["paused"]
    assert "stroke-dasharray" in plain["paused"]
    assert not any("dash" in plain[name] for name in ("open", "used", "late"))


def test_colours_are_in_the_middle() -> None:
    """Neither so bright that white swallows them, nor so dark that black does."""
    for colour in (USED, LATE, GREY):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert 0x50 < 0.299 * red + 0.587 * green + 0.114 * blue < 0xA0
    assert len({USED, LATE, GREY}) == 3


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_a_mark_is_where_it_belongs(mark: Mark) -> None:
    """Around its place, filled, and of the same line as the others."""
    drawn = element(mark(100, 61))
    assert (drawn.attrib["fill"], drawn.attrib["stroke"]) == ("#fff", USED)
    if drawn.tag == "circle":
        assert (drawn.attrib["cx"], drawn.attrib["cy"]) == ("100", "61")
        return
    corners = points(mark(100, 61))
    assert len(corners) == len(set(corners)) in (3, 4)
    assert min(x for x, _ in corners) + max(x for x, _ in corners) == 200
    assert all(abs(x - 100) <= 7 and abs(y - 61) <= 7 for x, y in corners)


def test_marks_in_one_place_are_all_seen() -> None:
    """The ring fits into the rhombus; the base of the triangle shows below it."""
    radius = float(element(ring(0, 0)).attrib["r"])
    corners = points(rhombus(0, 0))
    side = 7 / 2**0.5  # from the middle of a rhombus to its sides
    assert radius < side + 2.5  # its line is as wide
    assert max(y for _, y in points(triangle(0, 0))) == max(y for _, y in corners)
    below = sorted(x for x, y in points(triangle(0, 0)) if y > 0)
    assert below == [-7, 7]
    assert [x for x, y in corners if y > 0] == [0]


@pytest.mark.parametrize("bar", BARS.values(), ids=BARS)
def test_a_swatch_is_the_bar_itself_as_small_as_a_mark(bar: Bar) -> None:
    """Around its place."""
    assert swatch(bar)(100, 61) == bar(93, 107, 61)


def test_a_legend_stands_side_by_side() -> None:
    """Each mark before its words, none over another, on one line; and it says where it ends."""
    words = ("eröffnet", "fällig", "W" * 20)
    parts, end = legend([(ring, words[0]), (rhombus, words[1]), (swatch(used_bar), words[2])], 90)
    assert len(parts) == 3
    x = 12.0
    for part, each in zip(parts, words, strict=True):
        shape, text = part.split("\n")
        assert float(element(text).attrib["x"]) == pytest.approx(x + 18, abs=0.05)
        assert (element(text).attrib["y"], element(text).text) == ("90", each)
        assert shape
        x += 18 + width(each) + 14
    assert end == pytest.approx(x)
    assert parts[0].startswith(ring(18.0, 86))
    assert legend([], 90) == ([], 12.0)


def test_the_words_of_a_legend_stay_words() -> None:
    """Nothing that they say becomes an element."""
    (part,), _ = legend([(ring, "<b>&")], 90)
    assert part.endswith(">&lt;b&gt;&amp;</text>")
