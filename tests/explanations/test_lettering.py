"""Texts in pictures: how wide they are held to be, and what is cut of those that do not fit."""

import string
import unicodedata
from xml.etree import ElementTree as ET

import pytest
from netcor_sla._explanations.lettering import CUT, DOT, GREY, SIZE, em, fit, text, width

NARROW, WIDE = "ijl.,:|", "mwMW@%"


@pytest.mark.parametrize(
    ("letter", "share"),
    [
        *((" ", 0.34), ("i", 0.34), ("\N{MIDDLE DOT}", 0.34), ("t", 0.42), ("(", 0.42)),
        *(("a", 0.64), ("0", 0.64), ("9", 0.64), ("-", 0.64), ("_", 0.64), ("\n", 0.64)),
        *(("A", 0.84), ("&", 0.84), ("\N{RIGHTWARDS ARROW}", 0.84), ("M", 1.0), ("w", 1.0)),
        *(("ä", 0.64), ("Ü", 0.84), ("é", 0.64), ("ñ", 0.64), ("Ç", 0.84)),
        *(("ß", 1.05), ("щ", 1.05), ("Щ", 1.4), ("端", 1.05), ("\N{HORIZONTAL ELLIPSIS}", 1.4)),
    ],
)
def test_a_letter_is_as_wide_as_the_widest_font_has_it(letter: str, share: float) -> None:
    """As a share of the size; an accent makes none wider."""
    assert em(letter) == share


def test_every_letter_has_a_width() -> None:
    """Of whatever script, and with whatever above it."""
    for number in (*range(0x20, 0x3000, 7), 0x4E00, 0xAC00, 0xD7A3, 0xFB01, 0x1F384, 0x10FFFF):
        assert 0.3 < em(chr(number)) <= 1.4


def test_a_letter_is_never_narrower_than_in_the_widest_font() -> None:
    """In DejaVu Sans, in units of 2048 to the size, as its file has some of them."""
    measured = {
        "i": 569,
        "l": 569,
        "m": 1995,
        "W": 2025,
        "0": 1303,
        "A": 1401,
        "e": 1260,
        "g": 1300,
    }
    for letter, units in measured.items():
        assert em(letter) >= units / 2048


def test_words_are_as_wide_as_their_letters() -> None:
    """Added up, to the tenth; nothing is as wide as nothing."""
    assert width("") == 0
    assert width("im") == round((0.34 + 1.0) * SIZE, 1)
    assert width("W" * 10) == 10 * SIZE
    for letter in string.printable:
        assert width(letter * 2) == pytest.approx(2 * em(letter) * SIZE, abs=0.051)


def test_words_that_fit_are_not_cut() -> None:
    """To the last tenth."""
    for words in ("", "Wochenende", "Übergabe an die Nachfolger", "W" * 200):
        assert fit(words, width(words)) == words


@pytest.mark.parametrize("words", ["Wochenende", "i" * 60, "W" * 60, "a b " * 30, "端午节" * 20])
def test_words_that_do_not_fit_are_cut(words: str) -> None:
    """So that they do, with a sign of it; as much is kept as has room."""
    for share in (0.2, 0.5, 0.9, 0.999):
        room = width(words) * share
        cut = fit(words, room)
        assert cut.endswith(CUT)
        kept = cut.removesuffix(CUT)
        assert words.startswith(kept)
        assert len(kept) < len(words)
        assert width(kept) <= max(room - SIZE, 0) + 0.1
        longer = words[: len(kept) + 1]
        assert width(longer) > room - SIZE - 0.1 or longer.rstrip(DOT) == kept


def test_nothing_hangs_before_the_cut() -> None:
    """Neither a blank nor the dot between two notes."""
    words = f"eröffnet 14:00{DOT}fällig 16:00"
    for room in range(20, 200):
        kept = fit(words, room).removesuffix(CUT)
        assert kept == kept.rstrip(DOT)


def test_no_name_is_too_long_to_be_cut() -> None:
    """More letters than any column has room for are cut, however narrow they are held to be."""
    assert fit("i" * 200, 10_000) == "i" * 200
    assert fit("i" * 201, 10_000) == "i" * 200 + CUT
    assert len(fit("lang " * 100_000, 300)) < 100


def test_a_text_is_where_it_is_told_to_be() -> None:
    """Left of, in the middle of, or right of a place; tenths are enough."""
    drawn = ET.fromstring(text(420.04, 61.5, "a"))  # noqa: S314 - our own
    assert drawn.attrib == {"x": "420.0", "y": "61.5", "text-anchor": "start", "fill": GREY}
    assert 'text-anchor="middle"' in text(4, 9, "a", "middle")


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "a & b", "\"'", "]]>", "&lt;"])
def test_a_text_stays_text(words: str) -> None:
    """No element and no entity comes from it."""
    drawn = ET.fromstring(text(0, 0, words))  # noqa: S314 - our own
    assert (drawn.text, list(drawn)) == (words, [])


def test_accents_are_taken_off_before_a_letter_is_measured() -> None:
    """Composed or not, the base counts."""
    for letter in "äöüÄÖÜéèçñ":
        assert em(letter) == em(unicodedata.normalize("NFD", letter)[0])
    assert {em(letter) for letter in NARROW} == {0.34}
    assert {em(letter) for letter in WIDE} == {1.0}
