"""Facts as data: written in one spelling, read back alike, and refused where they are none."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from netcor_sla import EscalationLevel
from netcor_sla._calendars.instants import instant, moment
from netcor_sla._tickets.facts import History
from netcor_sla._tickets.history_forms import KEYS, check_after, read_history, write_history
from netcor_sla.errors import FactError, LevelError, RecordError, SLAError

CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel
ONE: Final = timezone(timedelta(hours=1))
OPENED: Final = datetime(2025, 3, 7, 16, tzinfo=ONE)
FORM: Final[dict[str, Any]] = {
    "level": "low",
    "changes": [
        {"at": "2025-03-10T09:00:00+01:00", "level": "high"},
        {"at": "2025-03-10T10:00:00.000001+01:00", "level": "critical"},
    ],
    "pauses": [
        ["2025-03-08T00:00:00+01:00", "2025-03-09T00:00:00+01:00"],
        ["2025-03-10T11:00:00+01:00", "2025-03-10T12:00:00+01:00"],
        ["2025-03-10T11:30:00+01:00", None],
    ],
    "responded_at": "2025-03-11T08:30:00+01:00",
}
BARE: Final[dict[str, Any]] = {"level": "low", "changes": [], "pauses": [], "responded_at": None}


def exact(text: str) -> int:
    """Read an instant in microseconds."""
    return instant(datetime.fromisoformat(text), "at")


HISTORY: Final = History(
    exact("2025-03-07T16:00:00+01:00"),
    LOW,
    (
        (exact("2025-03-10T09:00+01:00"), HIGH),
        (exact("2025-03-10T10:00:00.000001+01:00"), CRITICAL),
    ),
    (
        (exact("2025-03-08T00:00+01:00"), exact("2025-03-09T00:00+01:00")),
        (exact("2025-03-10T11:00+01:00"), exact("2025-03-10T12:00+01:00")),
    ),
    exact("2025-03-10T11:30+01:00"),
    exact("2025-03-11T08:30+01:00"),
)


def text(at: int) -> str:
    """Write an instant in UTC+1."""
    return moment(at, ONE).isoformat()


def read(form: dict[str, Any]) -> History:
    """Read a history of the ticket."""
    return read_history(form, OPENED)[0]


def test_a_history_is_written_in_one_spelling() -> None:
    """Every fact of it, the open pause last; and ready for JSON."""
    assert write_history(HISTORY, text) == FORM
    assert list(FORM) == list(KEYS)
    assert json.loads(json.dumps(write_history(HISTORY, text))) == FORM


def test_a_bare_history_is_written_with_all_its_keys() -> None:
    """An empty list says that there was nothing."""
    assert write_history(History(HISTORY.opened, LOW), text) == BARE


@pytest.mark.parametrize(
    "history",
    [
        HISTORY,
        History(HISTORY.opened, CRITICAL),
        HISTORY._replace(turns=()),
        HISTORY._replace(pauses=()),
        HISTORY._replace(waiting=None),
        HISTORY._replace(responded=None),
        HISTORY._replace(turns=((HISTORY.opened, LOW),), responded=HISTORY.opened),
    ],
)
def test_a_history_comes_back_from_its_form(history: History) -> None:
    """With each of its facts, or without."""
    assert read(write_history(history, text)) == history


def test_the_datetimes_are_given_as_they_are_written() -> None:
    """In the order of the form, so that their zone can be found."""
    _, seen = read_history(FORM, OPENED)
    assert [at.isoformat() for at in seen] == [
        *(change["at"] for change in FORM["changes"]),
        *(each for pause in FORM["pauses"] for each in pause if each),
        FORM["responded_at"],
    ]
    assert read_history(BARE, OPENED) == (History(HISTORY.opened, LOW), [])


def test_facts_are_read_as_they_would_be_told() -> None:
    """In any order; pauses merge, the last change of an instant and the earliest open pause count."""
    jumbled = {
        "level": "low",
        "changes": [*FORM["changes"][::-1], *FORM["changes"][:1]],
        "pauses": [
            ["2025-03-10T12:30:00+01:00", None],
            ["2025-03-10T11:30:00+01:00", "2025-03-10T12:00:00+01:00"],
            ["2025-03-10T09:00:00+01:00", "2025-03-10T09:00:00+01:00"],
            ["2025-03-10T11:00:00+01:00", "2025-03-10T11:30:00+01:00"],
            *FORM["pauses"][::-1],
        ],
        "responded_at": FORM["responded_at"],
    }
    assert read(jumbled) == HISTORY
    twice = [{"at": FORM["changes"][0]["at"], "level": level} for level in ("medium", "critical")]
    assert read(BARE | {"changes": twice}).turns == ((HISTORY.turns[0][0], CRITICAL),)


@pytest.mark.parametrize(
    "name", [3, "3", "medium", "Mittel", "Medium", "Eskalationsstufe 3"], ids=repr
)
def test_a_level_may_have_any_of_its_names(name: Any) -> None:
    """As `EscalationLevel` knows them."""
    assert read(BARE | {"level": name}).level is MEDIUM
    changes = [{"at": "2025-03-10T09:00:00+01:00", "level": name}]
    assert read(BARE | {"changes": changes}).turns[0][1] is MEDIUM


def test_facts_may_be_written_in_other_zones() -> None:
    """An instant is one, whatever its offset."""
    pauses = [["2025-03-10T19:00:00+09:00", "2025-03-10T11:00:00+00:00"]]
    assert read(BARE | {"pauses": pauses}).pauses == (
        (exact("2025-03-10T11:00+01:00"), exact("2025-03-10T12:00+01:00")),
    )


def changed(key: str) -> Callable[[Any], dict[str, Any]]:
    """Put a value under a key."""
    return lambda value: BARE | {key: value}


PLACES: Final[dict[str, Callable[[Any], dict[str, Any]]]] = {
    "changes": lambda value: BARE | {"changes": [{"at": value, "level": "low"}]},
    "starts": lambda value: BARE | {"pauses": [[value, None]]},
    "ends": lambda value: BARE | {"pauses": [["2025-03-10T09:00:00+01:00", value]]},
    "responded_at": changed("responded_at"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_fact_before_the_opening_is_refused(place: str) -> None:
    """Both instants are named; one of the opening itself is taken."""
    at = "2025-03-07T15:59:59.999999+01:00"
    with pytest.raises(FactError) as refused:
        read(PLACES[place](at))
    name = {"changes": "at", "responded_at": "responded_at"}.get(place, "pauses")
    assert str(refused.value) == (
        f"{name} {at} is before opened_at 2025-03-07T16:00:00+01:00; nothing is known of a ticket before its opening, so give that instant or a later one"
    )
    if place != "ends":
        assert read(PLACES[place]("2025-03-07T16:00:00+01:00")) != read(BARE)


def test_a_pause_that_ends_before_it_starts_is_refused() -> None:
    """Both instants are named, as they are written."""
    with pytest.raises(FactError) as refused:
        read(PLACES["ends"]("2025-03-10T08:59:59.999999+01:00"))
    assert str(refused.value) == (
        "a pause that starts at 2025-03-10T09:00:00+01:00 can't end before, at "
        "2025-03-10T08:59:59.999999+01:00"
    )
    assert read(PLACES["ends"]("2025-03-10T09:00:00+01:00")) == read(BARE)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "value",
    [
        5,
        "",
        "x",
        "2025-03-10",
        "2025-03-10T09:00:00",
        "2025-03-10T09:00+01:00",
        [],
        datetime(2025, 3, 10),
    ],
    ids=repr,
)
def test_an_instant_that_is_none_is_refused(place: str, value: Any) -> None:
    """Its key is named, and how an instant is written."""
    with pytest.raises(RecordError) as refused:
        read(PLACES[place](value))
    name = {"changes": "at", "responded_at": "responded_at"}.get(place, "pauses")
    assert str(refused.value) == (
        f"{name}: {value!r} is no instant of a record; it is written 2026-04-02T15:00:00+02:00"
    )


@pytest.mark.parametrize(
    ("form", "error", "message"),
    [
        ({"level": "urgent"}, LevelError, "'urgent' is no escalation level; "),
        ({"level": None}, LevelError, "None is no escalation level; "),
        ({"level": ["low"]}, LevelError, "['low'] is no escalation level; "),
        ({"changes": None}, RecordError, "changes must be a list, not None"),
        ({"changes": {}}, RecordError, "changes must be a list, not {}"),
        ({"changes": ["low"]}, RecordError, "a change must be a mapping, not 'low'"),
        ({"changes": [{}]}, RecordError, "key 'at' of a change is missing"),
        ({"changes": [FORM["changes"][0] | {"who": 1}]}, RecordError, "key 'who' of a change is "),
        (
            {"changes": [{"at": FORM["responded_at"], "level": 5}]},
            *(LevelError, "5 is no escalation level; "),
        ),
        ({"pauses": None}, RecordError, "pauses must be a list, not None"),
        ({"pauses": [None]}, RecordError, "a pause must be a list, not None"),
        ({"pauses": ["xy"]}, RecordError, "a pause must be a list, not 'xy'"),
        ({"pauses": [[]]}, RecordError, "a pause is a start and an end, or null, not []"),
        ({"pauses": [[1]]}, RecordError, "a pause is a start and an end, or null, not [1]"),
        (
            {"pauses": [[1, 2, 3]]},
            *(RecordError, "a pause is a start and an end, or null, not [1, 2, 3]"),
        ),
        ({"pauses": [[None, None]]}, RecordError, "pauses: None is no instant of a record; "),
    ],
)
def test_what_is_no_history_is_refused(form: Any, error: type[SLAError], message: str) -> None:
    """The message names the part and shows it."""
    with pytest.raises(error) as refused:
        read(BARE | form)
    assert str(refused.value).startswith(message)


def test_instants_decide_what_is_before_the_opening() -> None:
    """And not what the clocks on the wall show, which may go back."""
    berlin = ZoneInfo("Europe/Berlin")
    opened = datetime(2025, 10, 26, 2, 50, tzinfo=berlin)  # summer time
    check_after(opened, datetime(2025, 10, 26, 2, 10, fold=1, tzinfo=berlin), "at")
    check_after(opened, opened, "at")
    with pytest.raises(FactError, match=r"^until 2025-10-26T02:10:00\+02:00 is before opened_at "):
        check_after(opened, datetime(2025, 10, 26, 2, 10, tzinfo=berlin), "until")
