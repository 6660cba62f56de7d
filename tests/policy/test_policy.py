"""The policy as data, held against the text that NETCOR published."""

import re

import pytest

from netcor_sla._policy.netcor import CALENDAR, LEVELS

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
