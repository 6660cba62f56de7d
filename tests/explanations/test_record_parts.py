"""The parts of a record: each is what it must be, or refused by its name."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

from collections import OrderedDict, UserDict
from types import MappingProxyType
from typing import Any

import pytest
from netcor_sla._record_parts import listed, table, text

from netcor_sla.errors import RecordError


@pytest.mark.parametrize(
    "value",
    [{"at": 1, "level": 2}, OrderedDict(level=2, at=1), MappingProxyType({"at": 1, "level": 2})],
    ids=lambda value: type(value).__name__,
)
def test_a_table_has_its_keys(value: Any) -> None:
    """Whatever mapping it is, a plain copy comes back."""
    found = table(value, ("at", "level"), "a change")
    assert found == {"at": 1, "level": 2}
    assert type(found) is dict
    assert found is not value
    assert table(UserDict(value), ["at", "level"], "a change") == found


def test_a_table_may_lack_what_is_optional() -> None:
    """And nothing else."""
    keys, optional = ("zone", "extra", "special"), ("extra", "special")
    assert table({"zone": 1}, keys, "calendar", optional) == {"zone": 1}
    assert table({"zone": 1, "extra": 2}, keys, "calendar", optional) == {"zone": 1, "extra": 2}
    with pytest.raises(RecordError, match=r"^key 'zone' of calendar is missing$"):
        table({"extra": 2}, keys, "calendar", optional)


@pytest.mark.parametrize("value", [None, [], "at", 5, [("at", 1)], ("at", "level")], ids=repr)
def test_what_is_no_mapping_is_no_table(value: Any) -> None:
    """It is named and shown."""
    with pytest.raises(RecordError) as refused:
        table(value, ("at", "level"), "a change")
    assert str(refused.value) == f"a change must be a mapping, not {value!r}"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({}, "key 'at' of a change is missing"),
        ({"level": 1}, "key 'at' of a change is missing"),
        ({"at": 1}, "key 'level' of a change is missing"),
        ({"at": 1, "lvel": 2}, "key 'level' of a change is missing"),
        (
            {"at": 1, "level": 2, "levels": 3},
            "key 'levels' of a change is unknown; did you mean 'level'?",
        ),
        (
            {"at": 1, "level": 2, 5: 3},
            "key 5 of a change is unknown; choose one of 'at', 'level'",
        ),
        (
            {"at": 1, "level": 2, None: 3},
            "key None of a change is unknown; choose one of 'at', 'level'",
        ),
    ],
)
def test_keys_that_are_missing_or_unknown_are_named(value: Any, message: str) -> None:
    """With what was meant."""
    with pytest.raises(RecordError) as refused:
        table(value, ("at", "level"), "a change")
    assert str(refused.value) == message


def test_a_list_comes_back_as_it_is() -> None:
    """Empty ones too, and what is in it is not looked at."""
    value = [1, None, "x"]
    assert listed(value, "pauses") is value
    assert listed([], "pauses") == []


@pytest.mark.parametrize("value", [None, (), "list", {}, 5, iter([])], ids=ascii)
def test_what_is_no_list_is_refused(value: Any) -> None:
    """A tuple is none: JSON has no such thing."""
    with pytest.raises(RecordError) as refused:
        listed(value, "pauses")
    assert str(refused.value) == f"pauses must be a list, not {value!r}"


@pytest.mark.parametrize("value", ["x", " ", "Europe/Berlin", "\N{SNOWMAN}", "x" * 100])
def test_a_short_text_comes_back_as_it_is(value: str) -> None:
    """Up to a hundred characters."""
    assert text(value, "zone") is value


@pytest.mark.parametrize("value", [None, "", "x" * 101, b"x", 5, ["x"]], ids=ascii)
def test_what_is_no_short_text_is_refused(value: Any) -> None:
    """Nor is an empty one, or one that no version and no zone bears."""
    with pytest.raises(RecordError) as refused:
        text(value, "zone")
    shown = repr(value) if len(repr(value)) <= 80 else f"{repr(value)[:76]} ..."
    assert str(refused.value) == f"zone: {shown} must be a text of at most 100 characters"
