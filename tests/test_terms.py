"""Terms: what an agreement is made of. Its constructor is tested as that of an agreement."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import pickle
from datetime import datetime, timedelta, timezone
from typing import Any, Final

import pytest

from netcor_sla import STANDARD, Agreement, BusinessDays, BusinessHours, EscalationLevel
from netcor_sla._calendars.instants import instant, moment
from netcor_sla._explanations.reckonings import Promise
from netcor_sla._terms import POLICY, Terms, checked_level
from netcor_sla._tickets.facts import Facts
from netcor_sla.errors import AgreementError, ArgumentError

CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel
ONE: Final = timezone(timedelta(hours=1))
HOUR: Final = 3_600_000_000


def exact(text: str) -> int:
    """Read an instant of March 2025, in UTC+1, in microseconds."""
    return instant(datetime.fromisoformat(f"2025-03-{text}").replace(tzinfo=ONE), "at")


def facts(level: EscalationLevel, *pauses: tuple[str, str]) -> Facts:
    """Write what counts of a ticket of Friday 16:00, which was critical at first."""
    opened = exact("07 16:00")
    turns = ((opened, CRITICAL), (exact("10 09:00"), level))
    return Facts(turns, tuple((exact(start), exact(end)) for start, end in pauses))


def test_the_policy_is_what_the_standard_agreement_says() -> None:
    """In every key; so a clock without an agreement is one of the standard."""
    assert Terms() == POLICY
    assert POLICY.to_dict() == STANDARD.to_dict()
    assert Terms.from_dict(STANDARD.to_dict()) == POLICY
    assert pickle.loads(pickle.dumps(POLICY)) == POLICY  # noqa: S301 - our own pickle
    assert isinstance(STANDARD, Terms)
    assert type(STANDARD.replace(at_risk=0.5)) is Agreement


@pytest.mark.parametrize("level", EscalationLevel)
def test_a_promise_says_what_was_promised(level: EscalationLevel) -> None:
    """The target as it is written, and in business time; a day is a standard day."""
    hours = {CRITICAL: 4, HIGH: 8, MEDIUM: 17, LOW: 34}[level]
    target = STANDARD.targets[level]
    assert POLICY._promise(level) == Promise(level, target, "elapsed", hours * HOUR)
    by_date = Terms(day_rule="same time")._promise(level)
    assert by_date == Promise(level, target, "same time", hours * HOUR)
    assert by_date.by_date is isinstance(target, BusinessDays)


@pytest.mark.parametrize(
    ("terms", "level", "pauses", "due"),
    [
        (POLICY, CRITICAL, (), "10 11:30"),
        (POLICY, HIGH, (), "10 15:30"),
        (POLICY, HIGH, (("10 09:00", "10 10:00"),), "10 16:30"),
        (Terms(day_rule="same time"), MEDIUM, (), "11 16:00"),
        (Terms(day_rule="same time"), MEDIUM, (("10 09:00", "10 11:00"),), "12 09:30"),
        (Terms(day_rule="end of day"), MEDIUM, (("10 09:00", "10 11:00"),), "12 10:30"),
        (Terms(targets={**POLICY.targets, LOW: BusinessHours(1)}), LOW, (), "07 17:00"),
    ],
)
def test_the_deadline_is_that_of_the_last_level(
    terms: Terms, level: EscalationLevel, pauses: tuple[tuple[str, str], ...], due: str
) -> None:
    """From the opening on, with the pauses."""
    found = terms._due(facts(level, *pauses))
    assert moment(found, ONE).isoformat(" ", "minutes") == f"2025-03-{due}+01:00"


def test_a_level_is_a_member() -> None:
    """It comes back as it is."""
    for level in EscalationLevel:
        assert checked_level(level) is level


@pytest.mark.parametrize("level", [None, True, 1, "critical", EscalationLevel, 1.0], ids=repr)
def test_what_is_no_member_is_no_level(level: Any) -> None:
    """The message shows both ways to one."""
    with pytest.raises(ArgumentError) as refused:
        checked_level(level)
    assert str(refused.value) == (
        f"level must be an EscalationLevel, not {level!r}; write EscalationLevel.CRITICAL, or "
        "convert with EscalationLevel(...)"
    )


def test_terms_are_refused_as_an_agreement_is() -> None:
    """With the same errors: they are one constructor."""
    with pytest.raises(AgreementError, match=r"^day_rule 'elapse' is unknown; did you mean"):
        Terms(day_rule="elapse")  # type: ignore[arg-type]
    with pytest.raises(AgreementError, match=r"^key 'at_rsk' of Terms is unknown; did you mean "):
        Terms.from_dict({"at_rsk": 1})
