"""The policy as data, held against the text that NETCOR published."""

import re

import pytest

from netcor_sla import EscalationLevel
from netcor_sla._policy.netcor import CALENDAR, LEVELS
from netcor_sla.intake import contact


def section(policy_text: str, heading: str) -> str:
    """Cut out what the policy says below the heading of a level."""
    return re.split(r"\n(?=Eskalationsstufe \d)", policy_text.partition(f"{heading} (")[2])[0]


@pytest.mark.parametrize("level", EscalationLevel)
def test_criteria_and_promise_are_the_policys_word_for_word(policy_text: str, level: EscalationLevel) -> None:
    """Together they are the whole section, below its heading."""
    expected = f"{level.title()})\n\n{level.criteria()} {level.promise()}"
    assert section(policy_text, f"Eskalationsstufe {level.number}").strip() == expected
    assert f"wird {level.follow_up_title()} " in level.promise()
    target = level.response_target.to_dict()
    assert [f"beträgt {number} Geschäfts" in level.promise() for number in target.values()] == [True]


def test_whom_to_contact_and_when_is_said_word_for_word(policy_text: str) -> None:
    """As the policy has it in the text and in the lines below the hours."""
    german, english = contact(), contact("en")
    assert f"eMail: {german['email']}\nTelefon: {german['telephone']}\n" in policy_text
    assert f"per Telefon {german['telephone']} oder per eMail {german['email']} erfolgen" in policy_text
    assert f"Standardgeschäftszeiten des NETCOR Supports:\n\n{german['hours']}\n" in policy_text
    assert [name for name in german if german[name] == english[name]] == ["telephone", "email"]
    assert re.findall(r"\d+", german["hours"]) == re.findall(r"\d+", english["hours"])


def test_the_policy_has_these_levels_and_no_others(policy_text: str) -> None:
    """Numbers and German titles are those of the headings, in their order."""
    headings = re.findall(r"^Eskalationsstufe (\d) \((\w+)\)$", policy_text, re.MULTILINE)
    assert [(str(each.number), each.title_de) for each in LEVELS.values()] == headings


def test_the_hours_are_those_of_the_policy(policy_text: str) -> None:
    """Monday to Friday, 8:30 to 17:00, UTC+1 as written, without public holidays."""
    sentence = r"Montag bis Freitag von (\d+:\d+) bis (\d+:\d+) Uhr \(UTC \+(\d)\), außer an öffentlichen Feiertagen\."
    opening, closing, offset = re.search(sentence, policy_text).groups()  # type: ignore[union-attr]
    assert {
        "zone": f"+0{offset}:00",
        "hours": {"mon-fri": [[opening.zfill(5), closing]]},
        "holidays": "DE-NI",
    } == CALENDAR
