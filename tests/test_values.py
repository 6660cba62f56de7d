"""What all values have in common: equality, hashes, copies, pickles, and no change."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import copy
import importlib
import json
import pickle
import sys
from collections import OrderedDict
from types import MappingProxyType
from typing import Any

import pytest

from netcor_sla import STANDARD, Agreement, BusinessCalendar, BusinessDays, BusinessHours
from netcor_sla._values import LegacyAdjustable, LegacyImmutable, fingerprint
from netcor_sla.errors import AgreementError, ArgumentError, CalendarError, FrozenError, SLAError

FORM: dict[str, Any] = {
    "zone": "Europe/Berlin",
    "hours": {"mon": [["08:30", "12:00"], ["13:00", "24:00"]], "sat": [["10:00", "14:00"]]},
    "holidays": {"country": "DE", "subdivision": "BY", "categories": ["catholic", "public"]},
    "special": {"2026-12-24": {"spans": [["09:00", "12:00"]], "name": "Heiligabend"}},
    "recurring": {"12-31": []},
    "extra": [["2026-05-16T20:00:00+02:00", "2026-05-17T04:00:00+02:00"]],
    "business_day": "08:00",
}

VALUES: dict[str, LegacyAdjustable] = {
    "hours": BusinessHours(4),
    "hours and minutes": BusinessHours(1, minutes=30),
    "days": BusinessDays(2),
    "plain calendar": BusinessCalendar(
        zone="+01:00", hours={"mon-fri": [("08:30", "17:00")]}, holidays=None
    ),
    "full calendar": BusinessCalendar.from_dict(FORM),
    "standard calendar": STANDARD.calendar,
    "standard agreement": STANDARD,
    "other agreement": Agreement(
        calendar=BusinessCalendar.from_dict(FORM), day_rule="end of day", at_risk=0.5
    ),
}

each_value = pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)


@each_value
def test_a_value_comes_back_from_its_form(value: Any) -> None:
    """Law: `from_dict(value.to_dict()) == value`, also by way of JSON."""
    again = type(value).from_dict(value.to_dict())
    assert again == value
    assert again.to_dict() == value.to_dict()
    assert type(value).from_dict(json.loads(json.dumps(value.to_dict()))) == value
    assert type(value).from_dict(MappingProxyType(OrderedDict(value.to_dict()))) == value


@each_value
def test_a_form_is_a_fresh_copy(value: Any) -> None:
    """Who changes a form changes no value."""
    before, form = value.fingerprint, value.to_dict()
    for each in form.values():
        if isinstance(each, dict):
            each.clear()
    form.clear()
    assert value.fingerprint == before


@each_value
def test_equal_values_are_alike_in_all(value: Any) -> None:
    """Equality, hash, fingerprint and repr follow from the form."""
    again = type(value).from_dict(value.to_dict())
    assert again is not value
    assert (again == value, again != value) == (True, False)
    assert hash(again) == hash(value)
    assert again.fingerprint == value.fingerprint
    assert repr(again) == repr(value)
    assert len({again, value}) == 1


def test_unequal_values_are_unlike() -> None:
    """No two of these values are equal or share a fingerprint."""
    assert len(set(VALUES.values())) == len(VALUES)
    assert len({value.fingerprint for value in VALUES.values()}) == len(VALUES)


@each_value
def test_a_value_equals_nothing_of_another_kind(value: Any) -> None:
    """Neither its form nor its fingerprint, and Python may ask the other side."""
    assert value != value.to_dict()
    assert value != value.fingerprint
    assert value.__eq__(None) is NotImplemented


@each_value
def test_a_fingerprint_is_a_sha_256(value: Any) -> None:
    """64 hexadecimal digits."""
    assert len(value.fingerprint) == 64
    assert int(value.fingerprint, 16) >= 0


@each_value
def test_a_value_survives_copies_and_pickles(value: Any) -> None:
    """In every protocol, and with the constructor's checks."""
    assert copy.copy(value) == copy.deepcopy(value) == value
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(value, protocol)) == value  # noqa: S301 - our own pickle
    assert value.__reduce__() == (type(value).from_dict, (value.to_dict(),))


@each_value
def test_a_value_cannot_be_changed(value: Any) -> None:
    """Neither its own attributes nor new ones; the message names attribute, value and remedy."""
    name = type(value).__name__
    for attribute in (*value.to_dict(), "_schedule", "other"):
        with pytest.raises(FrozenError) as refused:
            setattr(value, attribute, 5)
        expected = f"{attribute} of {name} can't be set to 5: it is immutable; make a changed copy"
        assert str(refused.value) == f"{expected} with replace()"
        with pytest.raises(FrozenError, match=f"^{attribute} of {name} can't be deleted: it is "):
            delattr(value, attribute)
    assert not hasattr(value, "__dict__")


@each_value
def test_replacing_nothing_makes_an_equal_value(value: LegacyAdjustable) -> None:
    """A copy, made by the constructor."""
    assert value.replace() == value
    assert value.replace() is not value


@each_value
def test_a_repr_shows_the_arguments(value: Any) -> None:
    """The class, and each key of the form with a value of its own."""
    shown = repr(value)
    assert shown.startswith(f"{type(value).__name__}(")
    assert all(f"{key}=" in shown for key in value.to_dict())


def test_the_repr_of_a_calendar_makes_it_again() -> None:
    """It can be pasted into a program."""
    calendar = BusinessCalendar.from_dict(FORM)
    names = {"BusinessCalendar": BusinessCalendar, "datetime": importlib.import_module("datetime")}
    assert eval(repr(calendar), names) == calendar  # noqa: S307 - our own text


@pytest.mark.skipif(sys.version_info < (3, 13), reason="copy.replace came with Python 3.13")
def test_copy_replace_is_replace() -> None:
    """The standard library's way does the same."""
    replace = copy.replace  # type: ignore[attr-defined, unused-ignore]
    assert replace(BusinessHours(4), minutes=30) == BusinessHours(4, minutes=30)


def test_replace_changes_what_it_is_told_and_nothing_else() -> None:
    """The original stays as it was."""
    hours = BusinessHours(4)
    assert hours.replace(hours=5) == BusinessHours(5)
    assert hours.replace(minutes=30) == BusinessHours(4, minutes=30)
    assert hours == BusinessHours(4)
    assert hours.__replace__(hours=5) == BusinessHours(5)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (BusinessHours, AgreementError),
        (BusinessDays, AgreementError),
        (BusinessCalendar, CalendarError),
        (Agreement, AgreementError),
    ],
)
def test_unknown_keys_are_refused(kind: type[Any], error: type[SLAError]) -> None:
    """The message names the key, the class and the choices."""
    for key in ("colour", 5, None):
        with pytest.raises(error) as refused:
            kind.from_dict({key: 1})  # type: ignore[dict-item]
        expected = f"key {key!r} of {kind.__name__} is unknown; choose one of "
        assert str(refused.value).startswith(expected)


@pytest.mark.parametrize(
    ("value", "change", "remedy"),
    [
        (STANDARD, "at_rsk", "did you mean 'at_risk'?"),
        (STANDARD.calendar, "zones", "did you mean 'zone'?"),
        (BusinessDays(2), "day", "did you mean 'days'?"),
    ],
)
def test_unknown_changes_are_refused(value: LegacyAdjustable, change: str, remedy: str) -> None:
    """A misspelt argument of `replace` is named, with the one that was meant."""
    with pytest.raises(SLAError) as refused:
        value.replace(**{change: 1})
    assert f"key {change!r} of {type(value).__name__} is unknown; {remedy}" == str(refused.value)


@pytest.mark.parametrize("data", [None, [], "zone", 5, [("hours", 4)]])
def test_what_is_no_mapping_is_no_form(data: Any) -> None:
    """Class, type and value are named."""
    for kind in (BusinessHours, BusinessDays, BusinessCalendar, Agreement):
        with pytest.raises(ArgumentError) as refused:
            kind.from_dict(data)
        name = type(data).__name__
        assert str(refused.value) == f"{kind.__name__} is read from a mapping, not {name}: {data!r}"


@pytest.mark.parametrize("key", ["zone", "hours", "holidays"])
def test_missing_keys_are_named(key: str) -> None:
    """A calendar without one of the three is none."""
    form = {name: value for name, value in FORM.items() if name != key}
    with pytest.raises(CalendarError, match=f"^key {key!r} of BusinessCalendar is missing$"):
        BusinessCalendar.from_dict(form)


def test_a_value_is_made_once() -> None:
    """Its constructor, called again, changes nothing."""
    hours = BusinessHours(4)
    with pytest.raises(FrozenError, match="is immutable"):
        hours.__init__(5)
    assert hours == BusinessHours(4)


class Plain(LegacyImmutable):
    """A made-up value of one field."""

    __slots__ = ("told",)
    told: object

    def __init__(self, told: object) -> None:
        self._fill(told=told)

    def to_dict(self) -> dict[str, Any]:
        """Write the field."""
        return {"told": self.told}


class Other(Plain):
    """The same by another name."""

    __slots__ = ()


class Agreed(Plain):
    """One that stands beside something else, as a clock beside its agreement."""

    __slots__ = ("beside",)
    beside: object

    def __init__(self, told: object, beside: object) -> None:
        super().__init__(told)
        self._fill(beside=beside)

    def _identity(self) -> dict[str, Any]:
        return {**self.to_dict(), "beside": self.beside}

    def _arguments(self) -> dict[str, Any]:
        return {"told": self.told, "beside": self.beside}


def test_what_has_no_data_form_is_no_value() -> None:
    """`LegacyImmutable` says how values compare, and not what they are."""
    with pytest.raises(TypeError, match="abstract"):
        LegacyImmutable()  # type: ignore[abstract]


def test_what_cannot_be_changed_is_its_data_form() -> None:
    """Equality, hash, fingerprint and repr follow from it, as for every value."""
    one, again, two = Plain(1), Plain(1), Plain(2)
    assert (one == again, one != again, one == two) == (True, False, False)
    assert len({one, again, two}) == 2
    assert one.fingerprint == again.fingerprint == fingerprint({"told": 1}) != two.fingerprint
    assert (repr(one), repr(Plain({"a": "b"}))) == ("Plain(told=1)", "Plain(told={'a': 'b'})")


def test_the_order_of_keys_means_nothing() -> None:
    """Neither to equality nor to hash or fingerprint."""
    one, other = Plain({"a": 1, "b": 2}), Plain({"b": 2, "a": 1})
    assert one == other
    assert hash(one) == hash(other)
    assert one.fingerprint == other.fingerprint


def test_values_of_two_classes_are_two() -> None:
    """Also where one class is the other's parent, and from both sides."""
    assert Plain(1) != Other(1)
    assert Other(1) != Plain(1)
    assert hash(Plain(1)) != hash(Other(1))
    assert Plain(1).__eq__(Other(1)) is NotImplemented
    assert Plain(1).fingerprint == Other(1).fingerprint


def test_what_stands_beside_the_data_form_counts_too() -> None:
    """It makes two values of one form, and is no part of that form."""
    one, other = Agreed(1, "a"), Agreed(1, "b")
    assert one.to_dict() == other.to_dict() == {"told": 1}
    assert one == Agreed(1, "a")
    assert hash(one) == hash(Agreed(1, "a")) != hash(other)
    assert one != other
    assert len({one, other, Agreed(1, "a")}) == 2
    assert one.fingerprint == fingerprint({"told": 1, "beside": "a"}) != other.fingerprint
    assert repr(one) == "Agreed(told=1, beside='a')"


def test_where_no_changed_copy_can_be_made_none_is_offered() -> None:
    """The message names attribute, value and reason, and ends there."""
    value = Agreed(1, "a")
    for name in ("told", "beside", "other"):
        with pytest.raises(FrozenError) as refused:
            setattr(value, name, 5)
        assert str(refused.value) == f"{name} of Agreed can't be set to 5: it is immutable"
        with pytest.raises(FrozenError) as refused:
            delattr(value, name)
        assert str(refused.value) == f"{name} of Agreed can't be deleted: it is immutable"
    assert value == Agreed(1, "a")


def test_an_attribute_is_filled_once() -> None:
    """By a constructor that is called again, or by its own parent's."""
    value = Agreed(1, "a")
    with pytest.raises(FrozenError, match=r"^told of Agreed can't be set to 2: it is immutable$"):
        Agreed.__init__(value, 2, "b")
    with pytest.raises(FrozenError, match=r"^beside of Agreed can't be set to 'b': it is "):
        value._fill(beside="b")
    assert value == Agreed(1, "a")
