"""Response targets: so many business hours, or so many business days."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import copy
import pickle
from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcor_sla import BusinessDays, BusinessHours, EscalationLevel
from netcor_sla._policy.levels import amount, read_target
from netcor_sla.errors import AgreementError, ArgumentError

MOST = 1_000_000
FOUR: Any = np.int64(4)  # no int to type checkers


@pytest.mark.parametrize(
    ("made", "form", "shown"),
    [
        (BusinessHours(4), {"hours": 4}, "BusinessHours(hours=4)"),
        (BusinessHours(minutes=30), {"minutes": 30}, "BusinessHours(minutes=30)"),
        (BusinessHours(minutes=90), {"hours": 1, "minutes": 30}, "BusinessHours(hours=1, minutes=30)"),
        (BusinessHours(1, minutes=60), {"hours": 2}, "BusinessHours(hours=2)"),
        (BusinessHours(MOST), {"hours": MOST}, "BusinessHours(hours=1000000)"),
        (BusinessHours(FOUR), {"hours": 4}, "BusinessHours(hours=4)"),
        (BusinessDays(2), {"days": 2}, "BusinessDays(days=2)"),
        (BusinessDays(days=FOUR), {"days": 4}, "BusinessDays(days=4)"),
    ],
)  # fmt: skip
def test_a_target_is_its_data_form(
    made: BusinessHours | BusinessDays, form: dict[str, Any], shown: str
) -> None:
    """Sixty minutes are an hour, what is zero is left out, and numbers are plain integers."""
    assert made.to_dict() == form
    assert read_target(form) == read_target(MappingProxyType(form)) == made
    assert repr(made) == shown
    assert {type(number) for number in made.to_dict().values()} == {int}


@given(st.integers(0, MOST - 1), st.integers(0, 60))
def test_every_target_comes_back(hours: int, minutes: int) -> None:
    """Law: from its form, its repr, a pickle and a copy; and minutes are below sixty."""
    if not (hours or minutes):
        return
    made = BusinessHours(hours, minutes=minutes)
    assert 60 * made.hours + made.minutes == 60 * hours + minutes
    assert made.minutes < 60
    evaluated = eval(repr(made), {"BusinessHours": BusinessHours})  # noqa: S307 - our own
    unpickled = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own
    for each in (read_target(made.to_dict()), evaluated, unpickled, copy.deepcopy(made)):
        assert (each, hash(each), each.fingerprint) == (made, hash(made), made.fingerprint)


def test_the_same_length_is_the_same_target() -> None:
    """A day is no number of hours, and two hours are not one."""
    assert BusinessHours(minutes=90) == BusinessHours(1, minutes=30)
    several = {BusinessHours(1), BusinessHours(2), BusinessHours(minutes=2), BusinessDays(2)}
    assert len(several) == len({each.fingerprint for each in several}) == 4


@pytest.mark.parametrize(
    "number",
    [4.0, 0.5, True, None, "4", Fraction(4), np.float64(4), np.True_, [4], EscalationLevel.LOW],
    ids=repr,
)
def test_what_is_not_a_whole_number_is_refused(number: Any) -> None:
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
        assert message.startswith(f"{field} must be a whole number, not {number!r}; write ")
        assert ("part of a day in hours" in message) is (field == "days")


@pytest.mark.parametrize("number", [-1, -(10**20)])
def test_a_negative_number_is_refused(number: int) -> None:
    """Not even where hours and minutes together were above zero."""
    for hours, minutes in ((number, 6000 - 60 * number), (1 - number, number)):
        with pytest.raises(
            AgreementError, match=f"^business hours must be above .*, not {hours} and {minutes} min"
        ):
            BusinessHours(hours, minutes=minutes)
    with pytest.raises(AgreementError, match=f"^business days must be above zero .*, not {number}; write"):
        BusinessDays(number)


@pytest.mark.parametrize("hours", [0, MOST + 1, 10**5000], ids=["none", "more", "endless"])
def test_a_target_is_above_zero_and_at_most_a_million(hours: int) -> None:
    """Nobody can respond in no time, and more is a slip; the message shows a target."""
    makers: list[Callable[[], object]] = [
        lambda: BusinessHours(hours),
        lambda: BusinessHours(hours and MOST, minutes=hours),
        lambda: BusinessDays(hours),
    ]
    for make, remedy in zip(makers, ("4", "4", "2"), strict=True):
        with pytest.raises(AgreementError, match="above zero and at most 1000000, not ") as refused:
            make()
        assert str(refused.value).endswith(f"; write {remedy}")


@pytest.mark.parametrize(
    ("form", "error", "words"),
    [
        ({}, AgreementError, ["business hours must be above zero"]),
        ({"days": 0}, AgreementError, ["business days must be above zero"]),
        ({"hour": 4}, AgreementError, ["key 'hour' of BusinessHours", "did you mean 'hours'?"]),
        ({"weeks": 4}, AgreementError, ["key 'weeks'", "choose one of 'hours', 'minutes'"]),
        ({5: 4}, AgreementError, ["key 5 of BusinessHours is unknown"]),
        ({"days": 2, "hours": 4}, AgreementError, ["key 'hours' of BusinessDays is unknown"]),
        ({"hours": "4"}, ArgumentError, ["hours must be a whole number, not '4'"]),
        ("4 h", ArgumentError, ["BusinessHours must be a mapping, not str: '4 h'"]),
        (["days"], ArgumentError, ["must be a mapping, not list"]),
        (None, ArgumentError, ["must be a mapping, not NoneType"]),
    ],
)
def test_what_is_not_a_target_is_refused(form: object, error: type[Exception], words: list[str]) -> None:
    """The message names the key or the value and the choices."""
    with pytest.raises(error) as refused:
        read_target(form)
    assert all(word in str(refused.value) for word in words)


@pytest.mark.parametrize(
    ("made", "day", "expected"),
    [
        (BusinessHours(4), None, timedelta(hours=4)),
        (BusinessHours(minutes=1), None, timedelta(minutes=1)),
        (BusinessHours(1, minutes=30), timedelta(hours=8), timedelta(minutes=90)),
        (BusinessDays(1), timedelta(hours=8, minutes=30), timedelta(hours=8, minutes=30)),
        (BusinessDays(4), timedelta(hours=8, minutes=30), timedelta(hours=34)),
        (BusinessDays(MOST), timedelta(days=1), timedelta(days=MOST)),
    ],
)
def test_a_target_is_an_amount_of_business_time(
    made: BusinessHours | BusinessDays, day: timedelta | None, expected: timedelta
) -> None:
    """The length of a day matters to days only."""
    assert amount(made, day) == expected
