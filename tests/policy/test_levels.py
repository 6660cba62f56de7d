"""The four escalation levels: what each carries, and what names one."""

import copy
import enum
import pickle

import numpy as np
import pytest

from netcor_sla import BusinessDays, BusinessHours, EscalationLevel
from netcor_sla._languages import Language
from netcor_sla._policy.netcor import LEVELS
from netcor_sla.errors import ArgumentError, LevelError

CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel


def test_there_are_four_levels_the_gravest_first() -> None:
    """Names, values and numbers, in the policy's order."""
    assert [(level.name, level.value, level.number) for level in EscalationLevel] == [
        ("CRITICAL", "critical", 1),
        ("HIGH", "high", 2),
        ("MEDIUM", "medium", 3),
        ("LOW", "low", 4),
    ]


@pytest.mark.parametrize(
    ("level", "target"),
    [
        (CRITICAL, BusinessHours(4)),
        (HIGH, BusinessHours(8)),
        (MEDIUM, BusinessDays(2)),
        (LOW, BusinessDays(4)),
    ],
)
def test_each_level_has_the_target_of_the_policy(
    level: EscalationLevel, target: BusinessHours | BusinessDays
) -> None:
    """Hours for the two graver levels, days for the others."""
    assert level.response_target == target


def test_only_the_gravest_level_is_followed_up_daily() -> None:
    """The others are followed up as agreed with the customer."""
    ways = [level.follow_up for level in EscalationLevel]
    assert ways == ["daily", "as agreed", "as agreed", "as agreed"]


@pytest.mark.parametrize(
    ("language", "titles"),
    [("de", "Kritisch Hoch Mittel Niedrig"), ("en", "Critical High Medium Low")],
)
def test_each_level_has_a_title_in_both_languages(language: Language, titles: str) -> None:
    """German is the policy's, and the default."""
    assert [level.title(language) for level in EscalationLevel] == titles.split()
    assert CRITICAL.title() == "Kritisch"


@pytest.mark.parametrize("level", EscalationLevel)
def test_each_level_quotes_its_criteria(level: EscalationLevel) -> None:
    """German, the default, word for word as the policy's data has it, and English."""
    terms = LEVELS[level.value]
    assert level.criteria() == level.criteria("de") == terms.criteria_de
    assert level.criteria("en") == terms.criteria_en


@pytest.mark.parametrize("language", ["fr", "DE", None])
def test_an_unknown_language_is_refused(language: Language) -> None:
    """The message names the value and both choices."""
    for method in (CRITICAL.title, CRITICAL.criteria):
        with pytest.raises(LevelError, match=r"is unknown; choose 'de' or 'en'$") as refused:
            method(language)
        assert repr(language) in str(refused.value)


@pytest.mark.parametrize("level", EscalationLevel)
def test_all_names_of_a_level_give_the_very_member(level: EscalationLevel) -> None:
    """Numbers, texts and numpy's integers, in the forms that people and systems use."""
    number = level.number
    names = [number, str(number), level.value, level.title("de"), level.title("en"), level]
    names += [f"Eskalationsstufe {number}", np.str_(level.value), np.str_(number)]
    names += [kind(number) for kind in (np.int8, np.uint8, np.int32, np.int64, np.uint64)]
    assert {id(EscalationLevel(name)) for name in names} == {id(level)}


class OddNumber(int):
    """An integer of another class."""


def test_an_integer_of_another_class_is_taken() -> None:
    """A subclass of int, and numpy's; an array of one number is none."""
    assert EscalationLevel(OddNumber(2)) is HIGH
    assert EscalationLevel(np.uint8(4)) is LOW
    with pytest.raises(LevelError):
        EscalationLevel(np.array(1))


class Colour(enum.IntEnum):
    """An enumeration of somebody else."""

    RED = 1


@pytest.mark.parametrize(
    "value",
    [
        *(True, False, 1.0, 2.5, float("nan"), 0, 5, -1, 10**400, None, 1 + 0j, b"1", [1], (1,)),
        *("", "0", "5", "01", "1.0", " 1", "1 ", "CRITICAL", "kritisch", "level 1", "Stufe 1"),
        *("Eskalationsstufe 5", "Eskalationsstufe1", "EscalationLevel.CRITICAL", {"critical"}),
        *(np.bool_(1), np.float64(1), np.array([1]), BusinessHours(4), object()),
        *(np.timedelta64(1, "ns"), np.timedelta64(1, "us"), np.timedelta64(1, "Y")),
    ],
    ids=lambda value: f"{value!a:.25}",
)
def test_anything_else_is_refused(value: object) -> None:
    """True, 1.0 and near misses are no levels; the message lists all that are."""
    with pytest.raises(LevelError) as refused:
        EscalationLevel(value)
    message = str(refused.value)
    assert message.startswith(repr(value)[:40])
    assert " is no escalation level; choose one of " in message
    assert "1 (critical), 2 (high), 3 (medium), 4 (low): the number" in message


def test_an_integer_too_long_to_show_is_refused_by_its_type() -> None:
    """The message of the refusal does not fail itself."""
    with pytest.raises(LevelError, match=r"^a value of type int is no escalation level; choose"):
        EscalationLevel(10**5000)


def test_an_integer_enumeration_of_somebody_else_counts_as_its_integer() -> None:
    """It is an int, like any other."""
    assert EscalationLevel(Colour.RED) is CRITICAL


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


def test_a_level_cannot_be_changed() -> None:
    """What a level carries is fixed for everybody."""
    for name in ("number", "follow_up", "response_target"):
        with pytest.raises(AttributeError):
            setattr(CRITICAL, name, 2)


def test_targets_are_refused_as_levels_by_their_own_error() -> None:
    """A level given where hours belong is named as such."""
    with pytest.raises(ArgumentError, match=r"^hours must be a whole number, not <EscalationLevel"):
        BusinessHours(CRITICAL)  # type: ignore[arg-type]
