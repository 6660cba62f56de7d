"""Records: exactly the documented form, read back by any release, and refused where they are none."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import copy
import json
import os
import subprocess
import sys
import zoneinfo
from collections import OrderedDict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from dateutil import tz
from netcor_sla._calendars.recorded_zones import RecordedZone

from netcor_sla import STANDARD, BusinessCalendar, Deadline, EscalationLevel, Step, explain
from netcor_sla._calendars.zones import known
from netcor_sla._explanations.record import KEYS, SCHEMA, WITH_HISTORY, read, write
from netcor_sla._explanations.steps import steps
from netcor_sla.errors import ArgumentError, RecordError

CRITICAL, LOW = EscalationLevel.CRITICAL, EscalationLevel.LOW
OPENED = datetime(2026, 4, 2, 15, 10, tzinfo=ZoneInfo("Europe/Berlin"))
CATHOLIC = {"country": "DE", "subdivision": "BY", "categories": ["catholic", "public"]}
FULL = STANDARD.replace(
    calendar=BusinessCalendar(
        zone="Europe/Berlin",
        hours={"mon-fri": [("08:30", "17:00")]},
        holidays="DE-NI",
        special={"2026-04-08": {"spans": [["10:00", "12:00"]], "name": "Inventur"}},
        recurring={"04-09": []},
        extra=[["2026-04-11T10:00Z", "2026-04-11T11:00Z"]],
        business_day="08:00",
    ),
    day_rule="end of day",
)

# The policy's example, as documented: all but the versions of what knew the facts.
EXAMPLE: dict[str, Any] = {
    "schema": "netcor-sla/deadline/1",
    "opened_at": "2026-04-06T12:00:00+02:00",
    "zone": "Europe/Berlin",
    "level": "critical",
    "target": {"hours": 4},
    "day_rule": "elapsed",
    "starts_at": "2026-04-07T09:30:00+02:00",
    "due": "2026-04-07T13:30:00+02:00",
    "steps": [
        {
            "start": "2026-04-06T12:00:00+02:00",
            "end": "2026-04-07T01:00:00+02:00",
            "kind": "closed",
            "reason": "holiday",
            "names": ["Ostermontag", "Easter Monday"],
            "used_microseconds": 0,
            "left_microseconds": 14_400_000_000,
        },
        {
            "start": "2026-04-07T01:00:00+02:00",
            "end": "2026-04-07T09:30:00+02:00",
            "kind": "closed",
            "reason": "outside hours",
            "used_microseconds": 0,
            "left_microseconds": 14_400_000_000,
        },
        {
            "start": "2026-04-07T09:30:00+02:00",
            "end": "2026-04-07T13:30:00+02:00",
            "kind": "counted",
            "reason": "opening hours",
            "used_microseconds": 14_400_000_000,
            "left_microseconds": 0,
        },
    ],
    "calendar": {
        "zone": "+01:00",
        "hours": {day: [["08:30", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
        "holidays": "DE-NI",
    },
    "facts": {
        "holidays": {
            "first": 1991,
            "last": 2100,
            "days": {"2026-04-06": ["Ostermontag", "Easter Monday"]},
        },
        "offsets": ["2026-04-06T11:00:00+01:00"],
    },
    "fingerprint": STANDARD.calendar.fingerprint,
}

MISSING = """
import sys
sys.modules["holidays"] = sys.modules["tzdata"] = None  # so that an import of them raises
import json
from netcor_sla import Deadline
from netcor_sla._calendars.zones import known
record = json.load(sys.stdin)
assert not known("Europe/Berlin")
deadline = Deadline.from_dict(record)
assert deadline.to_dict() == record
print(json.dumps([deadline.opened_at.isoformat(), deadline.due.isoformat(), deadline.text("en")]))
"""


def plain() -> dict[str, Any]:
    """Write the record of the policy's example over Easter, with many steps."""
    return explain(OPENED, CRITICAL).to_dict()


def full() -> dict[str, Any]:
    """Write a record with every key there is."""
    return FULL.explain(OPENED, LOW).to_dict()


def put(record: Any, path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """Change one place of a copy."""
    changed: dict[str, Any] = copy.deepcopy(record)
    at(changed, path[:-1])[path[-1]] = value
    return changed


def at(record: Any, path: tuple[Any, ...]) -> Any:
    """Look at a place."""
    for key in path:
        record = record[key]
    return record


def cut(record: Any, path: tuple[Any, ...]) -> dict[str, Any]:
    """Take a key out of a copy."""
    changed = put(record, path, None)
    del at(changed, path[:-1])[path[-1]]
    return changed


def places(form: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield every place of a record."""
    if path:
        yield path
    if isinstance(form, dict):
        for key in form:
            yield from places(form[key], (*path, key))
    elif isinstance(form, list):
        for number, each in enumerate(form):
            yield from places(each, (*path, number))


def refused(record: Any) -> str:
    """Insist that a record is refused, and give the message."""
    with pytest.raises(RecordError) as error:
        Deadline.from_dict(record)
    return str(error.value)


def test_a_record_is_as_documented() -> None:
    """Every key and value, in order; the versions are a matter of `provenance`."""
    record = explain(datetime(2026, 4, 6, 12, tzinfo=OPENED.tzinfo), CRITICAL).to_dict()
    assert list(record) == list(KEYS) == [*EXAMPLE, "versions"]
    assert list(record.pop("versions")) == ["netcor-sla", "holidays", "tzdata"]
    assert record == EXAMPLE
    assert [list(step) for step in record["steps"]] == [list(step) for step in EXAMPLE["steps"]]


@pytest.mark.parametrize("make", [plain, full])
def test_a_record_is_ready_for_json(make: Any) -> None:
    """Nothing is lost or changed on the way."""
    assert json.loads(json.dumps(make())) == make()
    assert json.dumps(make()).isascii()


@pytest.mark.parametrize("make", [plain, full])
def test_what_is_read_is_written_again(make: Any) -> None:
    """Also from other mappings than dict, of which the order does not matter."""
    record = make()
    known_again = read(MappingProxyType(OrderedDict(reversed(record.items()))))
    told = known_again.reckoning
    assert write(known_again, steps(told.legs, known_again.zone, told.counted), ()) == record
    nested = record | {"calendar": MappingProxyType(record["calendar"])}
    assert Deadline.from_dict(nested).to_dict() == record


def test_a_record_holds_what_concerns_its_stretch_and_no_more() -> None:
    """The holidays of its dates, and the offsets from its first midnight to its last."""
    record = full()
    assert record["facts"] == {
        "holidays": {
            "first": 1991,
            "last": 2100,
            "days": {
                "2026-04-03": ["Karfreitag", "Good Friday"],
                "2026-04-06": ["Ostermontag", "Easter Monday"],
            },
        },
        "offsets": ["2026-04-02T00:00:00+02:00"],
    }
    assert record["calendar"] == FULL.calendar.to_dict()
    assert record["fingerprint"] == FULL.calendar.fingerprint
    assert record["steps"][-1]["kind"] == "rule"


def test_a_change_of_clocks_in_the_stretch_is_recorded() -> None:
    """With the instant from which on another offset holds."""
    friday = datetime(2026, 3, 27, 15, tzinfo=UTC)
    record = FULL.explain(friday, CRITICAL).to_dict()
    assert record["facts"]["offsets"] == ["2026-03-27T00:00:00+01:00", "2026-03-29T03:00:00+02:00"]
    assert record["zone"] is None
    assert {step["start"][-6:] for step in record["steps"]} == {"+00:00"}


@pytest.mark.parametrize(
    ("holidays", "written", "facts"),
    [
        (None, None, None),
        ({"source": None, "first": 2026, "last": 2026, "days": {}}, None, (2026, 2026, {})),
        (
            {"source": "XX", "first": 2025, "last": 2026, "days": {"2026-04-03": ["a", "b"]}},
            "XX",
            (2025, 2026, {"2026-04-03": ["a", "b"]}),
        ),
        (
            {"source": CATHOLIC, "first": 2026, "last": 2027, "days": {"2026-12-24": ["a", "b"]}},
            CATHOLIC,
            (2026, 2027, {}),
        ),
    ],
)
def test_of_a_frozen_calendar_a_record_holds_where_its_holidays_came_from(
    holidays: Any, written: Any, facts: Any
) -> None:
    """And the facts apart; no days of other dates."""
    agreement = STANDARD.replace(calendar=STANDARD.calendar.replace(holidays=holidays))
    record = agreement.explain(OPENED, CRITICAL).to_dict()
    assert record["calendar"]["holidays"] == written
    told = record["facts"]["holidays"]
    assert (told and tuple(told.values())) == facts
    assert told is None or list(told) == ["first", "last", "days"]
    assert record["versions"]["holidays"] is None
    assert record["fingerprint"] == agreement.calendar.fingerprint
    assert Deadline.from_dict(record).to_dict() == record


def test_a_business_day_stands_in_a_record_only_where_it_was_given() -> None:
    """As in a calendar's form."""
    assert "business_day" not in plain()["calendar"]
    assert full()["calendar"]["business_day"] == "08:00"


def test_without_zone_data_the_recorded_offsets_are_shown() -> None:
    """In a process that knows neither zone nor holidays: everything is told as it was."""
    deadline = FULL.explain(datetime(2026, 10, 23, 16, tzinfo=OPENED.tzinfo), LOW)
    shown = subprocess.run(
        [sys.executable, "-c", MISSING],
        input=json.dumps(deadline.to_dict()),
        env=os.environ | {"PYTHONTZPATH": ""},
        capture_output=True,
        check=True,
        text=True,
    )
    opened, due = "2026-10-23T16:00:00+02:00", "2026-10-29T17:00:00+01:00"
    assert json.loads(shown.stdout) == [opened, due, deadline.text("en")]


@pytest.fixture
def moved(tmp_path: Path) -> Iterator[str]:
    """Let a zone's data contradict what it was: give Vaduz the clocks of Tokyo."""
    key = "Europe/Vaduz"
    assert known(key)  # and so the keys are those of this machine, and stay so
    path = tmp_path / key
    path.parent.mkdir()
    data = resources.files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    path.write_bytes(data)
    yield key
    zoneinfo.reset_tzpath()
    ZoneInfo.clear_cache(only_keys=[key])


def test_where_zone_data_contradicts_the_recorded_offsets_are_shown(
    moved: str, tmp_path: Path
) -> None:
    """A customer was told a time; it stays that, under the name that the zone had."""
    zone = ZoneInfo(moved)
    calendar = FULL.calendar.replace(zone=moved)
    deadline = FULL.replace(calendar=calendar).explain(OPENED.astimezone(zone), LOW)
    record, text = deadline.to_dict(), deadline.text()
    zoneinfo.reset_tzpath([tmp_path])
    ZoneInfo.clear_cache(only_keys=[moved])
    assert OPENED.astimezone(ZoneInfo(moved)).isoformat() == "2026-04-02T22:10:00+09:00"
    again = Deadline.from_dict(record)
    assert isinstance(again.due.tzinfo, RecordedZone)
    assert str(again.due.tzinfo) == moved
    assert again.opened_at.isoformat() == "2026-04-02T15:10:00+02:00"
    assert (again.to_dict(), again.text()) == (record, text)
    assert again == deadline


def test_where_zone_data_agrees_the_zone_is_the_usual_one() -> None:
    """So that datetimes of a record mix with all others."""
    assert Deadline.from_dict(plain()).due.tzinfo is ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("data", [None, 5, "record", [], [("schema", SCHEMA)], b"{}", {1, 2}])
def test_what_is_no_mapping_is_no_record(data: Any) -> None:
    """The one error that is a TypeError; it names type and value."""
    with pytest.raises(ArgumentError) as error:
        Deadline.from_dict(data)
    assert str(error.value) == f"a record is a mapping, not {type(data).__name__}: {data!r}"


@pytest.mark.parametrize(
    "schema",
    [
        None,
        1,
        "",
        "netcor-sla/deadline",
        "netcor-sla/deadline/3",
        "NETCOR-SLA/DEADLINE/1",
        [SCHEMA],
    ],
)
def test_another_schema_is_refused(schema: Any) -> None:
    """One of the future, for one; the message says which is read, whatever else is wrong."""
    known = "'netcor-sla/deadline/1' and 'netcor-sla/deadline/2'"
    for record in (plain() | {"schema": schema}, {"schema": schema}, {"schema": schema, "x": 1}):
        assert refused(record) == f"schema {schema!r} is unknown; this release reads {known}"
    assert refused({}) == f"schema None is unknown; this release reads {known}"


def anything(*values: Any) -> tuple[Any, ...]:
    """Give values of many types, which a type checker would have to tell apart."""
    return values


TABLES = {
    (): "the record",
    ("calendar",): "calendar",
    ("facts",): "facts",
    ("facts", "holidays"): "facts: holidays",
    ("versions",): "versions",
}
NEEDED = {
    (): KEYS[1:],
    ("calendar",): ("zone", "hours", "holidays"),
    ("facts",): ("holidays", "offsets"),
    ("facts", "holidays"): ("first", "last", "days"),
    ("versions",): ("netcor-sla", "holidays", "tzdata"),
}


@pytest.mark.parametrize(
    ("path", "key"), [(path, key) for path, keys in NEEDED.items() for key in keys]
)
def test_a_missing_key_is_named(path: tuple[str, ...], key: str) -> None:
    """With the table that lacks it."""
    assert refused(cut(full(), (*path, key))) == f"key {key!r} of {TABLES[path]} is missing"


@pytest.mark.parametrize("path", TABLES)
@pytest.mark.parametrize("key", ["colour", 5, None])
def test_an_unknown_key_is_named(path: tuple[str, ...], key: Any) -> None:
    """With the table, and the choices: a record of a later release says so by its schema."""
    message = refused(put(full(), (*path, key), 1))
    assert message.startswith(f"key {key!r} of {TABLES[path]} is unknown; choose one of '")


@pytest.mark.parametrize(
    ("path", "key", "remedy"),
    [
        ((), "opend_at", "opened_at"),
        (("calendar",), "hollidays", "holidays"),
        (("facts",), "offset", "offsets"),
        (("versions",), "tzdat", "tzdata"),
    ],
)
def test_a_misspelt_key_is_named_with_the_one_meant(
    path: tuple[str, ...], key: str, remedy: str
) -> None:
    """The nearest choice."""
    assert refused(put(full(), (*path, key), 1)).endswith(f"is unknown; did you mean {remedy!r}?")


@pytest.mark.parametrize("path", list(TABLES)[1:])
@pytest.mark.parametrize("value", [5, "x", [], [["zone", "UTC"]], True])
def test_what_is_no_table_is_refused(path: tuple[str, ...], value: Any) -> None:
    """The message names the table and the value."""
    assert refused(put(full(), path, value)) == f"{TABLES[path]} must be a mapping, not {value!r}"


REFUSED: list[tuple[tuple[Any, ...], Any, list[str]]] = [
    *(
        ((key,), value, [key])
        for key in ("opened_at", "due", "starts_at")
        for value in anything(
            None, 5, "", "2026-04-02", "2026-04-02T15:10:00", "2026-04-02T13:10:00Z"
        )
    ),
    *(
        (("zone",), value, ["zone"])
        for value in anything(5, "", [], "x" * 101, "a b", "a\nb", "+01:00")
    ),
    *((("level",), value, ["level"]) for value in anything(None, 5, "urgent", [], {}, 1.0)),
    (("level",), "Niedrig", ["level"]),
    (("target",), None, ["mapping"]),
    (("target",), 4, ["mapping"]),
    (("target",), {}, ["BusinessHours"]),
    (("target",), {"hours": 4.0}, ["hours", "4.0"]),
    (("target",), {"hours": True}, ["hours", "True"]),
    (("target",), {"hours": -4}, ["hours", "-4"]),
    (("target",), {"hours": 10**30}, ["BusinessHours", "1000000"]),
    (("target",), {"days": 0}, ["BusinessDays", "0"]),
    (("target",), {"weeks": 1}, ["'weeks'"]),
    *((("day_rule",), value, ["day_rule"]) for value in anything(None, 5, "", "elapst", [], {})),
    *((("steps",), value, ["steps"]) for value in anything(None, 5, "x", {}, [], ())),
    (("steps", 0), None, ["Step"]),
    (("steps", 0), [], ["Step"]),
    (("steps", 0, "kind"), "open", ["'open'"]),
    (("steps", 0, "colour"), 1, ["'colour' of Step"]),
    (("steps", 0, "used_microseconds"), 1.5, ["used_microseconds", "1.5"]),
    (("steps", 0, "left_microseconds"), 10**30, ["left_microseconds"]),
    (("steps", 0, "used_microseconds"), 0, ["steps"]),
    (("steps", 0, "start"), "x", ["start"]),
    (("steps", 2, "names"), ["x", 5], ["names"]),
    (("calendar", "zone"), None, ["zone", "None"]),
    (("calendar", "zone"), "Europe/Berlin\n", ["zone"]),
    (("calendar", "zone"), "x" * 101, ["zone"]),
    (("calendar", "zone"), "+24:00", ["zone '+24:00'"]),
    (("calendar", "zone"), "+00:00", ["calendar"]),
    (("calendar", "zone"), "UTC", []),
    (("calendar", "hours"), None, ["hours"]),
    (("calendar", "hours"), {"mon-fri": [["08:30", "17:00"]]}, ["calendar"]),
    (("calendar", "hours"), {"mon": [["17:00", "08:30"]]}, ["hours['mon']"]),
    (("calendar", "holidays"), 5, ["holidays"]),
    (("calendar", "holidays"), None, ["holidays", "source"]),
    (("calendar", "special"), None, ["special"]),
    (("calendar", "special"), {"x": []}, ["special", "'x'"]),
    (("calendar", "recurring"), {"x": []}, ["recurring", "'x'"]),
    (("calendar", "extra"), "x", ["extra", "'x'"]),
    (("calendar", "extra"), [["x", "y"]], ["extra", "'x'"]),
    (("calendar", "business_day"), None, []),
    (("calendar", "business_day"), "8:00", ["business_day"]),
    (("calendar", "business_day"), 480, ["business_day"]),
    (("facts", "holidays"), None, ["calendar"]),
    (("facts", "holidays", "first"), "1991", ["'first'", "'1991'"]),
    (("facts", "holidays", "first"), 999, ["'first'", "999"]),
    (("facts", "holidays", "last"), 10**30, ["'last'"]),
    (("facts", "holidays", "last"), 1990, ["'first' 1991", "'last' 1990"]),
    (("facts", "holidays", "last"), 2025, ["2026-04-03", "1991 to 2025"]),
    (("facts", "holidays", "days"), [], ["days"]),
    (("facts", "holidays", "days", "2026-04-03"), "x", ["days['2026-04-03']"]),
    (("facts", "holidays", "days", "x"), ["x", "y"], ["days", "'x'"]),
    *(
        (("facts", "offsets"), value, ["offsets"])
        for value in anything(None, [], "x", ["x"], [5], ["2026-04-02T00:00:00"], {})
    ),
    *((("fingerprint",), value, ["fingerprint"]) for value in anything(None, "", 5, [], "x" * 101)),
    *(
        (("versions", key), value, [key])
        for key in ("netcor-sla", "holidays", "tzdata")
        for value in anything("", 0, 5, [], {}, "x" * 101)
    ),
    (("versions", "netcor-sla"), None, ["netcor-sla"]),
]


@pytest.mark.parametrize(("path", "value", "words"), REFUSED, ids=lambda value: ascii(value)[:60])
def test_a_value_that_is_none_is_refused(
    path: tuple[Any, ...], value: Any, words: list[str]
) -> None:
    """As a `RecordError`, whatever error it is elsewhere; the message names the key."""
    message = refused(put(full(), path, value))
    for word in words:
        assert word in message


DEEP: list[Any] = []
for _ in range(10_000):
    DEEP = [DEEP]

ODD: list[Any] = [
    *(None, True, False, 0, -1, 1.5, float("nan"), float("inf"), 10**30, 10**5000, 1j),
    *("", "x", "\0", "\ud800", "x" * 10_000, b"x", [], {}, (), [[]], {"a": 1}, {None: None}),
    *(timedelta(1), OPENED, date(2026, 4, 2), object(), np.array([1, 2]), np.array(["a", "b"])),
    *(
        np.int64(1),
        DEEP,
        {"hours": DEEP},
        set(),
        "2026-04-02T15:10:00+02:00",
        "9999-12-31T23:59:59-23:00",
    ),
    *("0001-01-01T00:00:00+23:00", ["0001-01-01T00:00:00+23:00"], iter(()), NotImplemented),
]


def test_odd_values_are_settled_everywhere() -> None:
    """At each place: another true record, or a `RecordError`; no foreign error comes through."""
    record, foreign = full(), {}
    for path in list(places(record)):
        if path[:1] == ("steps",) and path[1:] and path[1] not in (0, 2, len(record["steps"]) - 1):
            continue  # they are all alike
        place = at(record, path[:-1])
        right = place[path[-1]]
        for number, value in enumerate(ODD):
            place[path[-1]] = value
            try:
                again = Deadline.from_dict(record).to_dict() == record
            except RecordError:
                again = True
            except Exception as error:  # noqa: BLE001 - whatever comes through is what is looked for
                foreign[*path, number] = f"{type(error).__name__}: {error}"
            if not again:
                foreign[*path, number] = "read as another record"
        place[path[-1]] = right
    assert not foreign


def test_odd_keys_are_settled_everywhere() -> None:
    """Those that JSON can't have, too."""
    for path in (
        *TABLES,
        ("steps", 0),
        ("target",),
        ("calendar", "hours"),
        ("calendar", "special"),
    ):
        for key in (None, 5, 1.5, "", "\ud800", "x" * 10_000, b"x", (), OPENED, float("nan")):
            refused(put(full(), (*path, key), None))


COVER = "steps must cover all from opened_at to due, in order, and count some time"


def moved_end(record: dict[str, Any], number: int, end: str) -> dict[str, Any]:
    """Let a step end at another instant."""
    return put(record, ("steps", number, "end"), end)


def test_steps_with_a_gap_or_an_overlap_are_refused() -> None:
    """Between two, before the first and after the last."""
    record = plain()
    made = record["steps"]
    faults = [
        moved_end(record, 0, "2026-04-02T17:59:59.999999+02:00"),
        moved_end(record, 0, "2026-04-02T18:00:00.000001+02:00"),
        put(record, ("steps", 0, "start"), "2026-04-02T15:10:00.000001+02:00"),
        put(record, ("steps", 0, "start"), "2026-04-02T15:09:00+02:00"),
        moved_end(record, -1, "2026-04-07T10:39:59.999999+02:00"),
        moved_end(record, -1, "2026-04-07T10:40:00.000001+02:00"),
        *(record | {"steps": [*made[:each], *made[each + 1 :]]} for each in range(len(made))),
        *(
            record | {"steps": [*made[:each], made[each], *made[each:]]}
            for each in range(len(made))
        ),
        record | {"steps": made[::-1]},
        record | {"steps": [*made[:2], made[3], made[2], *made[4:]]},
        record | {"steps": []},
        record | {"opened_at": "2026-04-02T15:09:00+02:00"},
        record | {"due": "2026-04-07T10:41:00+02:00"},
    ]
    assert {refused(each) for each in faults} == {COVER}


def test_a_step_that_lasts_no_time_or_runs_backwards_is_refused() -> None:
    """Only a rule lasts no time; and there and back again covers nothing."""
    record = plain()
    first, *others = record["steps"]
    start, end = first["start"], first["end"]
    closed = first | {"kind": "closed", "reason": "outside hours", "used_microseconds": 0}
    for extra in (
        [closed | {"end": start}],
        [closed, closed | {"start": end, "end": start}],
        [first | {"end": start}],
    ):
        assert refused(record | {"steps": [*extra, first, *others]}) == COVER


def test_steps_that_count_nothing_are_refused() -> None:
    """A deadline without a counted moment has no start."""
    record = plain()
    closed = [
        step | {"kind": "closed", "reason": "weekend", "used_microseconds": 0}
        for step in record["steps"]
    ]
    assert refused(record | {"steps": closed}) == COVER


def test_a_rule_stands_at_the_end_where_dates_are_counted_and_nowhere_else() -> None:
    """Missing, twice, too early, too long, or where time is counted, it is refused."""
    by_date, by_time = full(), plain()
    *others, rule = by_date["steps"]
    late = rule | {"start": by_time["due"], "end": by_time["due"]}
    early = rule | dict.fromkeys(("start", "end"), by_date["opened_at"])
    far = "2027-04-10T17:00:00+02:00"
    there, back = rule | {"end": far}, rule | {"start": far}
    faults = [
        by_date | {"steps": others},
        by_date | {"steps": [*others, rule, rule]},
        by_date | {"steps": [early, *others]},
        by_date | {"steps": [early, *others, rule]},
        by_date | {"steps": [*others, there, back]},
        by_date | {"steps": [rule]},
        by_time | {"steps": [*by_time["steps"], late]},
    ]
    assert {refused(each) for each in faults} == {COVER}


@pytest.mark.parametrize(("first", "last"), [(2027, 2100), (1991, 2025)])
def test_instants_outside_the_years_of_the_holidays_are_refused(first: int, last: int) -> None:
    """Nobody knew the holidays of that year, so nobody could have answered."""
    record = put(plain(), ("facts", "holidays", "days"), {})
    record = put(
        put(record, ("facts", "holidays", "first"), first), ("facts", "holidays", "last"), last
    )
    assert refused(record) == f"its years lie outside {first} to {last}"


def test_the_years_are_those_of_the_calendars_zone() -> None:
    """A record from the first hour of the first year, and one up to the last, can be read."""
    frozen = STANDARD.calendar.replace(
        extra=[
            ["2025-12-31T23:00Z", "2026-01-01T02:00Z"],
            ["2026-12-31T20:00Z", "2026-12-31T23:00Z"],
        ]
    ).freeze(2026, 2026)
    agreement = STANDARD.replace(
        calendar=frozen, targets=dict.fromkeys(EscalationLevel, STANDARD.targets[CRITICAL])
    )
    for opened in (datetime(2025, 12, 31, 23, tzinfo=UTC), datetime(2026, 12, 31, 15, tzinfo=UTC)):
        deadline = agreement.explain(opened, CRITICAL)
        assert Deadline.from_dict(deadline.to_dict()) == deadline
    assert deadline.due == datetime(2026, 12, 31, 23, tzinfo=UTC)


def test_a_step_with_other_sums_is_refused() -> None:
    """What was used and what was left follow from the steps themselves."""
    for number in range(len(plain()["steps"])):
        for key in ("used_microseconds", "left_microseconds"):
            assert refused(put(plain(), ("steps", number, key), 7)).startswith("steps ")


def test_one_instant_in_two_offsets_is_refused() -> None:
    """The end of a step must look like the start of the next."""
    assert refused(moved_end(plain(), 0, "2026-04-02T17:00:00+01:00"))


def test_a_business_day_is_needed_for_days() -> None:
    """Where weekdays differ in length and none is given, the target means nothing."""
    record = cut(full(), ("calendar", "business_day"))
    record["calendar"]["hours"]["fri"] = [["08:30", "12:00"]]
    assert "business_day is not given" in refused(record)


def test_whatever_is_refused_inside_is_a_record_error() -> None:
    """And keeps the error that it was as its cause."""
    with pytest.raises(RecordError) as error:
        Deadline.from_dict(put(plain(), ("calendar", "hours"), {"mo": []}))
    assert str(error.value).startswith("the record can't be read: hours: 'mo' is no weekday")
    assert error.value.__cause__ is not None


def test_a_deadline_that_no_one_lives_to_see_is_refused() -> None:
    """A small record must not ask for centuries of work."""
    record = STANDARD.explain(
        datetime(2026, 3, 10, 10, tzinfo=STANDARD.calendar.tzinfo), EscalationLevel.CRITICAL
    ).to_dict()
    record["facts"]["holidays"] |= {"first": 1000, "last": 9000}
    record["due"] = record["steps"][-1]["end"] = "2500-03-10T14:00:00+01:00"
    with pytest.raises(RecordError, match="more than 400 years after"):
        Deadline.from_dict(record)


DESK = STANDARD.calendar.tzinfo
MORNING = datetime(2026, 5, 5, 10, 20, tzinfo=DESK)  # a Tuesday
MEDIUM, HIGH = EscalationLevel.MEDIUM, EscalationLevel.HIGH


def on(day: int, time: str) -> str:
    """Write an instant of May 2026 as records do."""
    return f"2026-05-{day:02}T{time}:00+01:00"


# What happened to a ticket that was lowered, raised, paused twice and answered late; as documented.
HISTORY: dict[str, Any] = {
    "level": "medium",
    "changes": [
        {"at": on(5, "11:00"), "level": "low"},
        {"at": on(6, "11:00"), "level": "high"},
    ],
    "pauses": [
        [on(5, "13:00"), on(6, "09:45")],
        [on(6, "12:00"), on(6, "12:30")],
    ],
    "responded_at": on(7, "14:05"),
    "overrun": [
        {
            "start": on(6, "15:35"),
            "end": on(6, "17:00"),
            "kind": "counted",
            "reason": "opening hours",
            "used_microseconds": 5_100_000_000,
            "left_microseconds": 20_100_000_000,
        },
        {
            "start": on(6, "17:00"),
            "end": on(7, "08:30"),
            "kind": "closed",
            "reason": "outside hours",
            "used_microseconds": 0,
            "left_microseconds": 20_100_000_000,
        },
        {
            "start": on(7, "08:30"),
            "end": on(7, "14:05"),
            "kind": "counted",
            "reason": "opening hours",
            "used_microseconds": 20_100_000_000,
            "left_microseconds": 0,
        },
    ],
}


def happened() -> dict[str, Any]:
    """Write the record of that ticket."""
    clock = STANDARD.clock(MORNING, MEDIUM)
    for each in HISTORY["changes"]:
        clock = clock.change_level(
            datetime.fromisoformat(each["at"]), EscalationLevel(each["level"])
        )
    for pause in HISTORY["pauses"]:
        clock = clock.pause(*map(datetime.fromisoformat, pause))
    return clock.respond(datetime.fromisoformat(HISTORY["responded_at"])).explain().to_dict()


def test_a_history_is_as_documented() -> None:
    """Every key and value, in order, between the steps and the calendar; and its own schema."""
    record = happened()
    keys = list(KEYS)
    keys.insert(keys.index("calendar"), "history")
    assert list(record) == keys
    assert record["schema"] == WITH_HISTORY == "netcor-sla/deadline/2"
    assert json.dumps(record["history"]) == json.dumps(HISTORY)
    assert (record["level"], record["target"]) == ("high", {"hours": 8})
    assert record["due"] == HISTORY["overrun"][0]["start"]
    kinds = [step["kind"] for step in record["steps"]]
    assert kinds == [
        *("counted", "level", "counted", "paused", "closed", "paused"),
        *("counted", "level", "counted", "paused", "counted"),
    ]


def test_a_record_with_a_history_is_ready_for_json() -> None:
    """Nothing is lost or changed on the way, and it is read from any mapping."""
    record = happened()
    assert json.loads(json.dumps(record)) == record
    proxy = record | {"history": MappingProxyType(OrderedDict(reversed(HISTORY.items())))}
    deadline = Deadline.from_dict(proxy)
    assert deadline.to_dict() == record
    assert deadline.responded_at == datetime.fromisoformat(HISTORY["responded_at"])
    assert deadline.overrun == tuple(map(Step.from_dict, HISTORY["overrun"]))


@pytest.mark.parametrize("level", EscalationLevel)
def test_a_ticket_to_which_nothing_happened_keeps_the_first_form(level: EscalationLevel) -> None:
    """Byte for byte: what is nothing is not written down."""
    clock = STANDARD.clock(MORNING, level)
    nothing = clock.pause(MORNING, MORNING).change_level(MORNING, level)
    nothing = nothing.pause(datetime(2027, 1, 4, 12, tzinfo=DESK))  # open, after the deadline
    plain_form = json.dumps(STANDARD.explain(MORNING, level).to_dict())
    assert json.dumps(nothing.explain().to_dict()) == plain_form
    assert f'"schema": "{SCHEMA}"' in plain_form
    assert "history" not in plain_form


@pytest.mark.parametrize(
    "key", ["pauses", "changes", "responded_at"], ids=["a pause", "a change", "a response"]
)
def test_whatever_happened_is_written_down(key: str) -> None:
    """One fact is enough, also one that moves no deadline."""
    clock = STANDARD.clock(MORNING, MEDIUM)
    evening = datetime(2026, 5, 5, 20, tzinfo=DESK)
    clock = {
        "pauses": clock.pause(evening, evening + timedelta(hours=1)),
        "changes": clock.change_level(evening, HIGH).change_level(evening.replace(hour=21), MEDIUM),
        "responded_at": clock.respond(evening),
    }[key]
    record = clock.explain().to_dict()
    assert record["due"] == STANDARD.explain(MORNING, MEDIUM).to_dict()["due"]
    assert record["schema"] == WITH_HISTORY
    nothing: dict[str, Any] = {"level": "medium", "changes": [], "pauses": [], "overrun": []}
    assert record["history"] == nothing | {"responded_at": None} | {key: record["history"][key]}
    assert record["history"][key]


@pytest.mark.parametrize("zone", [OPENED.tzinfo, tz.gettz("Europe/Berlin")], ids=["key", "none"])
def test_an_instant_of_a_history_may_be_later_than_all_else(zone: Any) -> None:
    """In another offset then: the zone of the record shows it as it was written."""
    clock = STANDARD.clock(OPENED.replace(tzinfo=zone), CRITICAL).pause(
        datetime(2026, 11, 2, 9, tzinfo=UTC), datetime(2026, 11, 2, 10, tzinfo=UTC)
    )
    record = clock.explain().to_dict()
    assert record["history"]["pauses"] == [
        ["2026-11-02T10:00:00+01:00", "2026-11-02T11:00:00+01:00"]
    ]
    assert record["due"] == "2026-04-07T10:40:00+02:00"
    assert Deadline.from_dict(record).to_dict() == record


@pytest.mark.parametrize("key", HISTORY)
def test_a_missing_key_of_a_history_is_named(key: str) -> None:
    """All five are needed."""
    assert refused(cut(happened(), ("history", key))) == f"key {key!r} of history is missing"


def test_an_unknown_key_of_a_history_is_named() -> None:
    """Of itself, or of a change in it."""
    message = refused(put(happened(), ("history", "respondet_at"), None))
    assert message.endswith("of history is unknown; did you mean 'responded_at'?")
    message = refused(put(happened(), ("history", "changes", 0, "by"), "x"))
    assert message == "key 'by' of a change is unknown; choose one of 'at', 'level'"
    for key in ("at", "level"):
        message = refused(cut(happened(), ("history", "changes", 0, key)))
        assert message == f"key {key!r} of a change is missing"


def test_a_history_belongs_to_its_schema() -> None:
    """Missing from the second, unknown to the first, and never empty."""
    record = happened()
    assert refused(cut(record, ("history",))) == "key 'history' of the record is missing"
    message = refused(record | {"schema": SCHEMA})
    assert message.startswith("key 'history' of the record is unknown; choose one of 'schema', ")
    nothing: dict[str, Any] = {"level": "critical", "responded_at": None}
    nothing |= {key: [] for key in ("changes", "pauses", "overrun")}
    empty = plain() | {"schema": WITH_HISTORY, "history": nothing}
    assert refused(empty) == "schema of the record contradicts what else it says"


CONTRADICTS = "history of the record contradicts what else it says"
OVERRUN = "overrun must cover all from due to a later response, in order"
BEFORE = "is before opened_at 2026-05-05T10:20:00+01:00; nothing is known of a ticket before its opening, so give that instant or a later one"
OPEN = "pauses of the record must have ended; there is no deadline before that"
NOT_LAST = "level high is not the last one of its history"
STEP = HISTORY["overrun"][2]
EMPTY_STEP = STEP | {"start": STEP["end"], "used_microseconds": 0}


def changed(*changes: tuple[str, str]) -> dict[str, Any]:
    """Write other changes of level."""
    return {"changes": [{"at": at, "level": level} for at, level in changes]}


LOWERED, RAISED = ((each["at"], each["level"]) for each in HISTORY["changes"])
FIRST, SECOND = HISTORY["pauses"]
TAMPERED: dict[str, tuple[dict[str, Any], str]] = {
    "no list of pauses": ({"pauses": None}, "pauses must be a list, not None"),
    "a pause that is no list": ({"pauses": ["ab"]}, "a pause must be a list, not 'ab'"),
    "a pause that is null": ({"pauses": [None]}, "a pause must be a list, not None"),
    "a pause of one": (
        {"pauses": [FIRST[:1]]},
        f"a pause is a start and an end, or null, not {FIRST[:1]}",
    ),
    "a pause of three": (
        {"pauses": [[*FIRST, None]]},
        f"a pause is a start and an end, or null, not {[*FIRST, None]}",
    ),
    "a pause since null": (
        {"pauses": [[None, FIRST[1]]]},
        "pauses: None is no instant of a record; it is written 2026-04-02T15:00:00+02:00",
    ),
    "an open pause": ({"pauses": [FIRST, [SECOND[0], None]]}, OPEN),
    "an open pause after all": ({"pauses": [FIRST, SECOND, [on(8, "12:00"), None]]}, OPEN),
    "pauses out of order": ({"pauses": [SECOND, FIRST]}, CONTRADICTS),
    "pauses that touch": (
        {"pauses": [[FIRST[0], on(5, "14:00")], [on(5, "14:00"), FIRST[1]], SECOND]},
        CONTRADICTS,
    ),
    "pauses that overlap": ({"pauses": [FIRST, SECOND, [SECOND[0], SECOND[1]]]}, CONTRADICTS),
    "an empty pause": ({"pauses": [FIRST, SECOND, [on(6, "13:00")] * 2]}, CONTRADICTS),
    "a pause that ended before it started": (
        {"pauses": [FIRST[::-1], SECOND]},
        f"the record can't be read: a pause that starts at {FIRST[1]} can't end before, at {FIRST[0]}",
    ),
    "a pause before the opening": (
        {"pauses": [[on(5, "10:19"), on(5, "10:30")], FIRST, SECOND]},
        f"the record can't be read: pauses {on(5, '10:19')} {BEFORE}",
    ),
    "a pause after the response": (
        {"pauses": [FIRST, SECOND, [on(7, "15:00"), on(7, "16:00")]]},
        CONTRADICTS,
    ),
    "a pause over the response": (
        {"pauses": [FIRST, SECOND, [on(7, "14:00"), on(7, "16:00")]]},
        CONTRADICTS,
    ),
    "no list of changes": ({"changes": None}, "changes must be a list, not None"),
    "a change that is none": ({"changes": [None]}, "a change must be a mapping, not None"),
    "a change at null": (
        {"changes": [{"at": None, "level": "high"}]},
        "at: None is no instant of a record; it is written 2026-04-02T15:00:00+02:00",
    ),
    "a change to null": (
        {"changes": [{"at": on(5, "11:00"), "level": None}]},
        "the record can't be read: None is no escalation level; choose one of",
    ),
    "a change to a title": (changed(LOWERED, (RAISED[0], "Hoch")), CONTRADICTS),
    "a change that changes nothing": (
        changed(LOWERED, RAISED, (on(6, "13:00"), "high")),
        CONTRADICTS,
    ),
    "changes out of order": (changed(RAISED, LOWERED), CONTRADICTS),
    "changes at one instant": (changed((LOWERED[0], "critical"), LOWERED, RAISED), CONTRADICTS),
    "a change before the opening": (
        changed((on(5, "10:19"), "low"), RAISED),
        f"the record can't be read: at {on(5, '10:19')} {BEFORE}",
    ),
    "a change after the response": (
        changed(LOWERED, RAISED, (on(7, "15:00"), "low")),
        CONTRADICTS,
    ),
    "another last level": (changed(LOWERED, RAISED, (on(6, "13:00"), "low")), NOT_LAST),
    "the last change missing": (changed(LOWERED), NOT_LAST),
    "a first level that the first change repeats": ({"level": "low"}, CONTRADICTS),
    "a first level by its title": ({"level": "Mittel"}, CONTRADICTS),
    "a first level that is null": (
        {"level": None},
        "the record can't be read: None is no escalation level; choose one of",
    ),
    "a response before the opening": (
        {"responded_at": on(5, "10:19")},
        f"the record can't be read: responded_at {on(5, '10:19')} {BEFORE}",
    ),
    "a response that is none": (
        {"responded_at": 5},
        "responded_at: 5 is no instant of a record; it is written 2026-04-02T15:00:00+02:00",
    ),
    "no response to what is overdue": ({"responded_at": None}, OVERRUN),
    "a response at the deadline": ({"responded_at": on(6, "15:35")}, OVERRUN),
    "an earlier response": ({"responded_at": on(7, "14:00")}, OVERRUN),
    "a later response": ({"responded_at": on(7, "14:06")}, OVERRUN),
    "nothing overdue": ({"overrun": []}, OVERRUN),
    "no list of what is overdue": ({"overrun": None}, "overrun must be a list, not None"),
    "too little overdue": ({"overrun": HISTORY["overrun"][:2]}, OVERRUN),
    "too much overdue": ({"overrun": [*HISTORY["overrun"], STEP]}, OVERRUN),
    "a gap": ({"overrun": [HISTORY["overrun"][0], STEP]}, OVERRUN),
    "all twice": ({"overrun": [*HISTORY["overrun"], *HISTORY["overrun"]]}, OVERRUN),
    "out of order": ({"overrun": HISTORY["overrun"][::-1]}, OVERRUN),
    "a step of no time": ({"overrun": [*HISTORY["overrun"], EMPTY_STEP]}, OVERRUN),
    "another amount used": (
        {"overrun": [*HISTORY["overrun"][:2], STEP | {"used_microseconds": 1}]},
        CONTRADICTS,
    ),
    "another amount left": (
        {"overrun": [*HISTORY["overrun"][:2], STEP | {"left_microseconds": 1}]},
        CONTRADICTS,
    ),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_history_that_is_none_is_refused(name: str) -> None:
    """As a `RecordError` that says where, whatever the error is elsewhere."""
    changes, message = TAMPERED[name]
    record = happened()
    record["history"] |= copy.deepcopy(changes)
    told = refused(record)
    assert told.startswith(message) if message.endswith("one of") else told == message


def test_a_response_on_time_leaves_nothing_overdue() -> None:
    """Not even a step that tells of an instant only."""
    record = happened()
    record["history"] |= {"responded_at": on(6, "15:00"), "overrun": []}
    assert Deadline.from_dict(record).overdue == timedelta()
    level = EMPTY_STEP | {"kind": "level", "reason": "low", "used_microseconds": 0}
    record["history"]["overrun"] = [level | dict.fromkeys(("start", "end"), on(6, "15:00"))]
    assert refused(record) == OVERRUN


def test_the_steps_of_a_ticket_are_covered_as_all_are() -> None:
    """A change of level that lasts some time, or a pause that lasts none, covers nothing."""
    record = happened()
    kinds = [step["kind"] for step in record["steps"]]
    level, paused = kinds.index("level"), kinds.index("paused")
    start, end = (record["steps"][paused][key] for key in ("start", "end"))
    stretched = put(record, ("steps", level, "end"), record["steps"][level + 1]["end"])
    del stretched["steps"][level + 1]
    empty = copy.deepcopy(record)
    empty["steps"].insert(paused, record["steps"][paused] | {"end": start})
    assert refused(stretched) == refused(empty) == COVER
    rule = {"kind": "rule", "reason": "end of day", "start": end, "end": end}
    ruled = copy.deepcopy(record)
    ruled["steps"].insert(paused + 1, record["steps"][paused] | rule)
    assert refused(ruled) == COVER


def test_a_late_response_must_be_in_years_of_the_holidays() -> None:
    """Nobody could have said otherwise how late it was."""
    agreement = STANDARD.replace(calendar=STANDARD.calendar.freeze(2026, 2027))
    late = agreement.clock(MORNING, MEDIUM).respond(datetime(2027, 12, 30, 9, tzinfo=DESK))
    record = late.explain().to_dict()
    assert Deadline.from_dict(record).to_dict() == record
    holidays = record["facts"]["holidays"]
    kept = {day: names for day, names in holidays["days"].items() if day < "2027"}
    record["facts"]["holidays"] = {"first": 2026, "last": 2026, "days": kept}
    assert refused(record) == "its years lie outside 2026 to 2026"


@pytest.mark.parametrize(
    ("changed_at", "responded_at"),
    [("2027-01-04T09:00", None), ("2027-01-01T00:00", None), (None, "2027-01-01T00:00")],
    ids=["a change in a later year", "a change at New Year", "a response at New Year"],
)
def test_a_history_may_reach_to_where_the_years_of_the_holidays_end(
    changed_at: str | None, responded_at: str | None
) -> None:
    """What can be explained can be read: a level needs no holidays, nor does a year's very end."""
    agreement = STANDARD.replace(calendar=STANDARD.calendar.freeze(2026, 2026))
    clock = agreement.clock(datetime(2026, 12, 29, 9, tzinfo=DESK), MEDIUM)
    if changed_at:
        clock = clock.change_level(datetime.fromisoformat(f"{changed_at}+01:00"), CRITICAL)
    if responded_at:
        clock = clock.respond(datetime.fromisoformat(f"{responded_at}+01:00"))
    deadline = clock.explain()
    assert Deadline.from_dict(deadline.to_dict()) == deadline


@pytest.mark.parametrize("key", ["responded_at", "changes"])
def test_a_history_of_centuries_is_refused(key: str) -> None:
    """A small record must not ask for centuries of work."""
    record = happened()
    record["facts"]["holidays"] |= {"first": 1000, "last": 9000}
    late = "2500-05-05T12:00:00+01:00"
    if key == "responded_at":
        record["history"]["responded_at"] = record["history"]["overrun"][-1]["end"] = late
    else:
        record["history"] |= changed(LOWERED, (late, "high")) | {"responded_at": None}
        record["history"]["overrun"] = []
    assert refused(record) == "its instants lie more than 400 years after opened_at"


def test_odd_values_are_settled_everywhere_in_a_history() -> None:
    """At each place: the same record, or a `RecordError`; no foreign error comes through."""
    record, foreign = happened(), {}
    for path in [path for path in places(record) if path[0] == "history"]:
        place = at(record, path[:-1])
        right = place[path[-1]]
        for number, value in enumerate(ODD):
            place[path[-1]] = value
            try:
                again = Deadline.from_dict(record).to_dict() == record
            except RecordError:
                again = True
            except Exception as error:  # noqa: BLE001 - whatever comes through is what is looked for
                foreign[*path, number] = f"{type(error).__name__}: {error}"
            if not again:
                foreign[*path, number] = "read as another record"
        place[path[-1]] = right
    assert not foreign


def test_odd_keys_are_settled_everywhere_in_a_history() -> None:
    """Those that JSON can't have, too."""
    for path in (("history",), ("history", "changes", 0), ("history", "overrun", 0)):
        for key in (None, 5, 1.5, "", "\ud800", "x" * 10_000, b"x", (), OPENED, float("nan")):
            refused(put(happened(), (*path, key), None))
