"""The four escalation levels: what each carries, and what names one."""

import copy
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

from netcor_sla import BusinessDays, BusinessHours, EscalationLevel
from netcor_sla._languages import Language
from netcor_sla.errors import ArgumentError, LevelError

CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel


def test_each_level_carries_what_the_policy_promises() -> None:
    """Names, values, numbers, titles, targets and follow-ups, in the policy's order."""
    carried = [
        (
            *(level.name, level.value, level.number, level.title(), level.title("en")),
            *(level.response_target, level.follow_up),
        )
        for level in EscalationLevel
    ]
    assert carried == [
        ("CRITICAL", "critical", 1, "Kritisch", "Critical", BusinessHours(4), "daily"),
        ("HIGH", "high", 2, "Hoch", "High", BusinessHours(8), "as agreed"),
        ("MEDIUM", "medium", 3, "Mittel", "Medium", BusinessDays(2), "as agreed"),
        ("LOW", "low", 4, "Niedrig", "Low", BusinessDays(4), "as agreed"),
    ]


def test_a_level_quotes_its_criteria() -> None:
    """German is the default; English is a translation, and no copy."""
    german = "Die Supportanfrage wird als Auskunftsersuchen, Erweiterung oder Verbesserung eingestuft."
    assert LOW.criteria() == LOW.criteria("de") == german
    for level in EscalationLevel:
        assert level.criteria("en").startswith("The request is ")
        assert not set("äöüß") & set(level.criteria("en"))


@pytest.mark.parametrize("language", ["fr", "DE", None, ["de"]])
def test_an_unknown_language_is_refused(language: Language) -> None:
    """The message names the value and both choices."""
    for method in (CRITICAL.title, CRITICAL.criteria, CRITICAL.promise, CRITICAL.follow_up_title):
        with pytest.raises(ArgumentError, match=r"is unknown; choose 'de' or 'en'$") as refused:
            method(language)
        assert repr(language) in str(refused.value)


class OddNumber(int):
    """An integer of another class."""


class Hostile(str):
    """A text that can't be hashed or compared."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        raise ValueError


@pytest.mark.parametrize("level", EscalationLevel)
def test_all_names_of_a_level_give_the_very_member(level: EscalationLevel) -> None:
    """Numbers, texts and numpy's types, in the forms that people, systems and spreadsheets use."""
    number, german, english = level.number, level.title(), level.title("en")
    texts = [level.value, level.name, german, english, f"{number}", f"{number}.0", f"{number}.00"]
    before = ("Eskalationsstufe", "Stufe", "Level", "Escalation level")
    texts += [f"{word} {number}" for word in before]
    for title in (german, english):
        texts += [f"{form} ({title})" for form in (f"{number}", *(f"{word} {number}" for word in before))]
        texts += [f"{number}{dash}{title}" for dash in (" - ", " \N{EN DASH} ", "-", ": ", ":")]
    spelt = [
        way(text) for text in texts for way in (str, str.upper, str.lower, np.str_, Hostile, " {}\n".format)
    ]
    spelt += [text.replace(" ", "\u00a0 ") for text in texts]
    numbers: list[Any] = [number, float(number), Fraction(number), Decimal(number), Decimal(f"{number}.0")]
    numbers += [kind(number) for kind in (np.int8, np.uint8, np.int64, np.uint64, OddNumber)]
    numbers += [kind(number) for kind in (np.float16, np.float32, np.float64)]
    assert {id(EscalationLevel(name)) for name in (level, *numbers, *spelt)} == {id(level)}


class Unfriendly:
    """What can neither be hashed, compared nor shown."""

    def __hash__(self) -> int:
        raise ValueError

    def __eq__(self, other: object) -> bool:
        raise ValueError

    def __repr__(self) -> str:
        raise ValueError


@pytest.mark.parametrize(
    "value",
    [
        *(True, False, 1.5, float("nan"), float("inf"), 0, 5, -1, 10**400, None, 1 + 0j, b"1", [1], (1,)),
        *("", "0", "5", "01", "1.5", "1,0", "Stufe", "Stufe 5", "P1", "1 2", "1 -", "1 - ", "\u0661"),
        *("1 - Low", "1 (Niedrig)", "4: kritisch", "Eskalationsstufe 2 (Kritisch)", "Kritisch (1)"),
        *("Eskalationsstufe 5", "Eskalationsstufe1", "EscalationLevel.CRITICAL", {"critical"}),
        *(Decimal("1.5"), Decimal("NaN"), Decimal("sNaN"), Decimal("1E+999999999"), Fraction(3, 2)),
        *(np.bool_(1), np.float32(1.5), BusinessHours(4), ..., pd.NA, pd.NaT, Hostile("x")),
        *(np.array(1), np.array([1]), np.array(["critical"]), np.array([1, 2]), pd.Series([1, 2])),
        *(np.timedelta64(1, "h"), np.timedelta64(1, "ns"), np.timedelta64(1, "Y"), np.datetime64(1, "D")),
    ],
    ids=lambda value: f"{value!a:.30}",
)
def test_anything_else_is_refused(value: object) -> None:
    """Truths, numbers with another level's title, arrays and times; the message lists all that are levels."""
    with pytest.raises(LevelError) as refused:
        EscalationLevel(value)
    message, german = str(refused.value), refused.value.german
    assert message.startswith(repr(value)[:40])
    assert german.startswith(repr(value)[:40])
    english = "choose one of '1 (critical)', '2 (high)', '3 (medium)', '4 (low)'"
    assert message.endswith(f" is not an escalation level; {english}")
    possible = "möglich sind '1 (Kritisch)', '2 (Hoch)', '3 (Mittel)', '4 (Niedrig)'"
    assert german.endswith(f" ist keine Eskalationsstufe; {possible}")


def test_a_misspelt_level_is_met_with_what_was_meant() -> None:
    """In either language, by a form that is taken."""
    with pytest.raises(LevelError, match=r"; did you mean '1 \(critical\)'\?$"):
        EscalationLevel("critcal")
    with pytest.raises(LevelError) as refused:
        EscalationLevel("Krittisch")
    assert refused.value.german.endswith("; gemeint ist wohl '1 (Kritisch)'")


def test_a_level_says_what_is_promised_and_how_often_it_is_followed_up() -> None:
    """In the policy's words, and in English."""
    sentence = "The standard response time is 4 business hours or less, and the request is followed up daily."
    assert CRITICAL.promise("en") == sentence
    assert LOW.promise("en").endswith("is followed up as agreed with the customer or as needed.")
    titles = [(level.follow_up_title(), level.follow_up_title("en")) for level in (CRITICAL, HIGH)]
    assert titles == [("täglich", "daily"), ("nach Abstimmung/Bedarf", "as agreed")]


def test_a_level_shows_itself_in_a_notebook() -> None:
    """In German, with the English beside it."""
    shown = CRITICAL._repr_html_()  # type: ignore[attr-defined]
    assert "<b>Eskalationsstufe 1: Kritisch (Critical)</b>" in shown
    assert CRITICAL.promise() in shown
    assert CRITICAL.promise("en") in shown


@pytest.mark.parametrize("value", [10**5000, Unfriendly()], ids=["endless", "unfriendly"])
def test_what_cannot_be_shown_is_refused_by_its_type(value: object) -> None:
    """The refusal does not fail itself."""
    name = type(value).__name__
    with pytest.raises(LevelError, match=f"^a value of type {name} is not an escalation level;"):
        EscalationLevel(value)


def test_levels_have_no_order_of_their_own() -> None:
    """`<` would leave open whether 1 is more or less than 4; `number` sorts."""
    with pytest.raises(TypeError):
        sorted([LOW, CRITICAL])  # type: ignore[type-var]
    assert sorted([LOW, CRITICAL, HIGH], key=lambda level: level.number) == [CRITICAL, HIGH, LOW]


@pytest.mark.parametrize("level", EscalationLevel)
def test_a_level_stays_itself_when_copied_and_pickled(level: EscalationLevel) -> None:
    """Members are single, in every protocol, so a look-up by identity finds them."""
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(level, protocol)) is level  # noqa: S301 - our own pickle
    assert copy.deepcopy(level) is copy.copy(level) is level


def test_a_level_is_equal_to_nothing_else() -> None:
    """Neither its value nor its number is the level, so a dict is not found by them."""
    found: dict[object, str] = {CRITICAL: "found"}
    others: list[object] = ["critical", "CRITICAL", 1, "1"]
    assert not any(other in found for other in others)
    assert CRITICAL not in others
    assert found[EscalationLevel("Kritisch")] == "found"
