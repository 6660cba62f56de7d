"""The policy as data, held against the text that NETCOR published."""

import re

import pytest

from netcor_sla._policy.netcor import AT_RISK, CALENDAR, DAY_RULE, LEVELS

FOLLOW_UPS = {"daily": "täglich", "as agreed": "nach Abstimmung/Bedarf mit dem Kunden"}


def section(policy_text: str, heading: str) -> str:
    """Cut out what the policy says below the heading of a level."""
    return re.split(r"\n(?=Eskalationsstufe \d)", policy_text.partition(f"{heading} (")[2])[0]


@pytest.mark.parametrize("level", LEVELS)
def test_the_criteria_are_the_policys_word_for_word(policy_text: str, level: str) -> None:
    """Together with the sentence on response and follow-up they are the whole section."""
    terms = LEVELS[level]
    unit, number = terms.target
    name = {"hours": "Geschäftsstunden", "days": "Geschäftstage"}[unit]
    promise = (
        f"Die Standardreaktionszeit beträgt {number} {name} oder weniger und die "
        f"Supportanfrage wird {FOLLOW_UPS[terms.follow_up]} verfolgt."
    )
    expected = f"{terms.title_de})\n\n{terms.criteria_de} {promise}"
    assert section(policy_text, terms.heading).strip() == expected


def test_the_policy_cannot_be_changed() -> None:
    """Neither a level nor a target of one."""
    with pytest.raises(TypeError):
        LEVELS["critical"] = LEVELS["low"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        LEVELS["critical"].target = ("hours", 99)  # type: ignore[misc]


def test_the_policy_has_these_levels_and_no_others(policy_text: str) -> None:
    """Headings, numbers and German titles are those of the text, in its order."""
    headings = re.findall(r"^(Eskalationsstufe (\d)) \((\w+)\)$", policy_text, re.MULTILINE)
    ours = [(each.heading, str(each.number), each.title_de) for each in LEVELS.values()]
    assert ours == headings


def test_the_hours_are_those_of_the_policy(policy_text: str) -> None:
    """Monday to Friday, 8:30 to 17:00, UTC+1 as written, without public holidays."""
    sentence = r"Montag bis Freitag von (\d+:\d+) bis (\d+:\d+) Uhr \(UTC \+(\d)\), außer an öffentlichen Feiertagen\."
    opening, closing, offset = re.search(sentence, policy_text).groups()  # type: ignore[union-attr]
    assert {
        "zone": f"+0{offset}:00",
        "hours": {"mon-fri": [[opening.zfill(5), closing]]},
        "holidays": "DE-NI",
    } == CALENDAR


def test_the_number_that_names_the_state_is_in_the_policy(policy_text: str) -> None:
    """The holidays are Lower Saxony's because of the area code, +49 4181."""
    assert "+49 4181" in policy_text


def test_what_the_policy_leaves_open_is_settled_as_documented() -> None:
    """Days are counted as opening time, and three quarters of a target are a risk."""
    assert (DAY_RULE, AT_RISK) == ("elapsed", 0.75)


@pytest.mark.parametrize("level", LEVELS)
def test_the_english_is_a_translation_and_no_copy(level: str) -> None:
    """Each level has English of its own, sentence for sentence as many as the German."""
    terms = LEVELS[level]
    assert terms.criteria_en.count(". ") == terms.criteria_de.count(". ")
    assert not set("äöüß") & set(terms.criteria_en + terms.title_en)
    assert terms.title_en.lower() == level
