"""The exception tree, and how messages show values and remedies."""

import ast
import re
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcor_sla import errors
from netcor_sla.errors import SLAError, meant, shown

TREE = {
    "ArgumentError": TypeError,
    "NaiveError": ValueError,
    "TimestampError": ValueError,
    "LevelError": ValueError,
    "CalendarError": ValueError,
    "AgreementError": ValueError,
    "FactError": ValueError,
    "ColumnError": ValueError,
    "DocumentError": ValueError,
    "RecordError": ValueError,
    "CoverageError": LookupError,
    "NoOpeningError": LookupError,
}

KEYS = st.integers() | st.text() | st.tuples(st.booleans(), st.text())


def nested(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Draw collections of what there is, and sets."""
    flat = st.sets(KEYS) | st.frozensets(KEYS)
    return st.lists(inner) | st.tuples(inner) | st.tuples(inner, inner) | st.dictionaries(KEYS, inner) | flat


class Unshowable:
    """A value whose repr fails."""

    def __repr__(self) -> str:
        """Fail."""
        raise RuntimeError("no repr")


@pytest.mark.parametrize("name", TREE)
def test_each_error_is_an_sla_error_and_the_builtin_that_a_caller_would_guess(name: str) -> None:
    """Both `except SLAError` and `except ValueError` catch what they say."""
    error = getattr(errors, name)
    assert error.__bases__ == (SLAError, TREE[name])


def test_the_tree_is_complete() -> None:
    """No error class of the module is missing from the tree that this file checks."""
    found = {name for name, each in vars(errors).items() if isinstance(each, type)}
    found = {name for name in found if issubclass(getattr(errors, name), Exception)}
    assert found == {*TREE, "SLAError"}


def test_the_page_of_errors_shows_the_tree_as_it_is() -> None:
    """A line for each class, with its builtin."""
    page = Path(__file__).parents[1] / "docs/reference/errors.md"
    drawn = re.findall(r"^\| `(\w+)` \| `(\w+)` \|", page.read_text("utf-8"), re.MULTILINE)
    assert dict(drawn) == {name: builtin.__name__ for name, builtin in TREE.items()}


def test_the_library_raises_no_builtin_of_its_own() -> None:
    """A `raise ValueError` anywhere in the library would escape `except SLAError`."""
    builtins = {builtin.__name__ for builtin in TREE.values()} | {"KeyError", "OverflowError"}
    raised = [
        node.exc.func.id
        for module in Path(errors.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and isinstance(node.exc.func, ast.Name)
    ]
    assert "CalendarError" in raised
    assert not builtins.intersection(raised)


def test_a_value_is_shown_by_its_repr() -> None:
    """Texts keep their quotes, so that '1' and 1 can be kept apart."""
    assert [shown("1"), shown(1), shown(None)] == ["'1'", "1", "None"]


@pytest.mark.parametrize(("length", "shown_length"), [(78, 80), (79, 80)])
def test_a_long_value_is_cut_at_80_characters(length: int, shown_length: int) -> None:
    """A repr of 80 characters is whole, one of 81 is cut and says so."""
    text = shown("x" * length)
    assert len(text) == shown_length
    assert text.endswith(" ...") == (length == 79)


@pytest.mark.parametrize(
    ("value", "kind"),
    [(Unshowable(), "Unshowable"), (10**5000, "int"), ([Unshowable()], "list")],
    ids=["own", "huge", "inside"],
)
def test_a_value_without_a_repr_is_shown_by_its_type(value: object, kind: str) -> None:
    """A message about a hostile value never fails itself."""
    assert shown(value) == f"a value of type {kind}"


class Shelf(list[object]):
    """A list of another class."""


def test_of_a_huge_value_only_the_beginning_is_written() -> None:
    """Not the whole, to be cut then: that takes seconds, and as much memory again."""
    text, zeros, numbers = "x" * 10**6, [0] * 10**6, range(10**5)
    deep: list[object] = [[zeros], Shelf(zeros), tuple(zeros), [text], {text: 1}, dict.fromkeys(numbers)]
    for value in (text, text.encode(), bytearray(10**6), zeros, *deep):
        tracemalloc.start()
        try:
            begins = shown(value)
            assert tracemalloc.get_traced_memory()[1] < 100_000
        finally:
            tracemalloc.stop()
        assert (len(begins), begins[-4:]) == (80, " ...")


@given(st.recursive(st.none() | st.text() | st.binary(), nested))
def test_a_value_is_shown_as_its_repr_begins(value: object) -> None:
    """Law: whatever is inside what, and however deep."""
    text = repr(value)
    assert shown(value) == (text if len(text) <= 80 else f"{text[:76]} ...")


def test_a_misspelt_choice_is_met_with_the_nearest() -> None:
    """The remedy names the one that was probably meant."""
    assert meant("elapsd", ["elapsed", "same time"]) == "did you mean 'elapsed'?"


@pytest.mark.parametrize("value", ["zzz", 5, None, ["elapsed"]])
def test_a_choice_like_none_is_met_with_all(value: object) -> None:
    """Where nothing is near, or the value is no text, every choice is listed."""
    assert meant(value, iter(["elapsed", "same time"])) == "choose one of 'elapsed', 'same time'"
