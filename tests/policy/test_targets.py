"""Response targets: so many business hours, or so many business days."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcor_sla import BusinessDays, BusinessHours
from netcor_sla._policy.targets import MOST, amount, target
from netcor_sla.errors import AgreementError, ArgumentError


def int_like(number: int) -> Any:
    """Make one of numpy's integers, which are no int to type checkers."""
    return np.int64(number)


@pytest.mark.parametrize(
    ("made", "hours", "minutes"),
    [
        (BusinessHours(4), 4, 0),
        (BusinessHours(minutes=30), 0, 30),
        (BusinessHours(minutes=90), 1, 30),
        (BusinessHours(1, minutes=60), 2, 0),
        (BusinessHours(hours=100, minutes=59), 100, 59),
        (BusinessHours(int_like(4)), 4, 0),
    ],
)
def test_hours_and_minutes_add_up(made: BusinessHours, hours: int, minutes: int) -> None:
    """Sixty minutes are an hour, however they were given."""
    assert (made.hours, made.minutes) == (hours, minutes)
    assert type(made.hours) is type(made.minutes) is int


def test_the_same_length_is_the_same_target() -> None:
    """The docstring's example; a day is no number of hours."""
    assert BusinessHours(minutes=90) == BusinessHours(1, minutes=30)
    assert hash(BusinessHours(minutes=90)) == hash(BusinessHours(1, minutes=30))
    assert BusinessHours(1) != BusinessHours(2)
    assert BusinessHours(2) != BusinessDays(2)
    assert len({BusinessHours(2), BusinessDays(2)}) == 2


def test_days_are_kept() -> None:
    """As a plain integer."""
    assert BusinessDays(2).days == 2
    assert type(BusinessDays(int_like(2)).days) is int
    assert BusinessDays(days=3) == BusinessDays(3)


@pytest.mark.parametrize(
    ("made", "form", "shown"),
    [
        (BusinessHours(4), {"hours": 4}, "BusinessHours(hours=4)"),
        (BusinessHours(minutes=30), {"minutes": 30}, "BusinessHours(minutes=30)"),
        (
            BusinessHours(minutes=90),
            {"hours": 1, "minutes": 30},
            "BusinessHours(hours=1, minutes=30)",
        ),
        (BusinessDays(2), {"days": 2}, "BusinessDays(days=2)"),
    ],
)
def test_a_target_is_read_from_its_form(
    made: BusinessHours | BusinessDays, form: dict[str, Any], shown: str
) -> None:
    """What is zero is left out, and the kind of target follows from the keys."""
    assert made.to_dict() == form
    assert target(form) == made
    assert type(made).from_dict(form) == made
    assert repr(made) == shown


def test_any_mapping_is_read() -> None:
    """As `from_dict` says; a target in days is none of hours, whatever mapping holds it."""
    assert target(MappingProxyType({"hours": 4})) == BusinessHours(4)
    assert target(MappingProxyType({"days": 2})) == BusinessDays(2)


@given(st.integers(0, MOST - 1), st.integers(0, 60))
def test_every_target_comes_back_from_its_form(hours: int, minutes: int) -> None:
    """Law: reading undoes writing."""
    if hours or minutes:
        made = BusinessHours(hours, minutes=minutes)
        assert target(made.to_dict()) == made
        assert 60 * made.hours + made.minutes == 60 * hours + minutes


@pytest.mark.parametrize(
    "number", [4.0, 0.5, True, None, "4", Fraction(4), np.float64(4), [4]], ids=repr
)
def test_what_is_no_whole_number_is_refused(number: Any) -> None:
    """4.0 and True are no counts; field, value and remedy are named."""
    makers: dict[str, Callable[[], object]] = {
        "hours": lambda: BusinessHours(number),
        "minutes": lambda: BusinessHours(minutes=number),
        "days": lambda: BusinessDays(number),
    }
    for field, make in makers.items():
        with pytest.raises(ArgumentError) as refused:
            make()
        message = str(refused.value)
        assert message.startswith(f"{field} must be a whole number, not {number!r}; ")
        assert "write " in message


@pytest.mark.parametrize("number", [-1, -(10**20)])
def test_a_negative_number_is_refused(number: int) -> None:
    """Not even where hours and minutes together were above zero."""
    with pytest.raises(AgreementError, match=f"^hours must not be negative: {number}$"):
        BusinessHours(number, minutes=10**30)
    with pytest.raises(AgreementError, match=f"^minutes must not be negative: {number}$"):
        BusinessHours(10**30, minutes=number)
    with pytest.raises(AgreementError, match=f"^days must not be negative: {number}$"):
        BusinessDays(number)


def test_a_target_of_zero_is_refused() -> None:
    """Nobody can respond in no time; the message shows a target."""
    with pytest.raises(AgreementError, match=r"^BusinessHours must .* write BusinessHours\(4\)$"):
        BusinessHours()
    with pytest.raises(AgreementError, match=r"^BusinessHours must .* write BusinessHours\(4\)$"):
        BusinessHours(0, minutes=0)
    with pytest.raises(AgreementError, match=r"^BusinessDays must .* write BusinessDays\(2\)$"):
        BusinessDays(0)


def test_a_million_is_the_most() -> None:
    """More is a slip, not a promise; so every target that is taken can be shown and hashed."""
    assert (BusinessHours(MOST).hours, BusinessDays(MOST).days) == (1_000_000, 1_000_000)
    makers: dict[str, Callable[[], object]] = {
        "minute more": lambda: BusinessHours(MOST, minutes=1),
        "hour more": lambda: BusinessHours(MOST + 1),
        "day more": lambda: BusinessDays(MOST + 1),
        "hours too long to show": lambda: BusinessHours(10**5000),
        "days too long to show": lambda: BusinessDays(10**5000),
    }
    for make in makers.values():
        with pytest.raises(
            AgreementError, match=r"must be above zero and at most 1000000, not .*; write "
        ):
            make()


@pytest.mark.parametrize(
    ("form", "error", "words"),
    [
        ({}, AgreementError, ["BusinessHours must be above zero"]),
        ({"hours": 0}, AgreementError, ["above zero"]),
        ({"days": 0}, AgreementError, ["BusinessDays must be above zero"]),
        ({"hour": 4}, AgreementError, ["key 'hour' of BusinessHours", "did you mean 'hours'?"]),
        ({"weeks": 4}, AgreementError, ["key 'weeks'", "choose one of 'hours', 'minutes'"]),
        ({"days": 2, "hours": 4}, AgreementError, ["key 'hours' of BusinessDays is unknown"]),
        ({"hours": "4"}, ArgumentError, ["hours must be a whole number, not '4'"]),
        ({"days": 2.5}, ArgumentError, ["days must be a whole number, not 2.5"]),
        (4, ArgumentError, ["from a mapping, not int: 4"]),
        ("4 h", ArgumentError, ["from a mapping, not str: '4 h'"]),
        (["days"], ArgumentError, ["from a mapping, not list"]),
        (None, ArgumentError, ["from a mapping, not NoneType"]),
    ],
)
def test_what_is_no_target_is_refused(
    form: object, error: type[Exception], words: list[str]
) -> None:
    """The message names the key or the value and the choices."""
    with pytest.raises(error) as refused:
        target(form)
    for word in words:
        assert word in str(refused.value)


def test_a_form_without_days_names_the_missing_key() -> None:
    """A target of days needs them."""
    with pytest.raises(AgreementError, match=r"^key 'days' of BusinessDays is missing$"):
        BusinessDays.from_dict({})


HOUR = 3_600_000_000


@pytest.mark.parametrize(
    ("made", "day", "expected"),
    [
        (BusinessHours(4), None, 4 * HOUR),
        (BusinessHours(minutes=1), None, HOUR // 60),
        (BusinessHours(1, minutes=30), timedelta(hours=8), 3 * HOUR // 2),
        (BusinessHours(MOST), None, MOST * HOUR),
        (BusinessDays(1), timedelta(hours=8, minutes=30), 17 * HOUR // 2),
        (BusinessDays(4), timedelta(hours=8, minutes=30), 34 * HOUR),
        (BusinessDays(3), timedelta(minutes=1), HOUR // 20),
        (BusinessDays(MOST), timedelta(days=1), MOST * 24 * HOUR),
    ],
)
def test_a_target_is_an_amount_of_business_time(
    made: BusinessHours | BusinessDays, day: timedelta | None, expected: int
) -> None:
    """In whole microseconds; the length of a day matters to days only."""
    found = amount(made, day)
    assert found == expected
    assert type(found) is int


def test_days_without_a_length_are_no_amount() -> None:
    """Hours need none; for days the message names the target and the remedy."""
    with pytest.raises(AgreementError) as refused:
        amount(BusinessDays(2), None)
    message = str(refused.value)
    assert message.startswith("targets: BusinessDays(days=2) can't be reckoned: business_day ")
    assert message.endswith("give it, as '08:00'")
