"""The package from outside: its names, its imports, and what crosses processes unchanged."""

import base64
import hashlib
import inspect
import json
import os
import pickle
import subprocess
import sys
import typing
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from importlib import resources
from importlib.metadata import version
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest

import netcor_sla
from netcor_sla import (
    STANDARD,
    Agreement,
    BusinessCalendar,
    BusinessDays,
    BusinessHours,
    EscalationLevel,
    NextChange,
    ResponseClock,
    State,
    Status,
    annotations,
    errors,
    frames,
    intake,
    records,
    reports,
)

OTHER = Agreement(
    calendar=BusinessCalendar(
        zone="Europe/Berlin",
        hours={"mon-fri": [("08:00", "12:00"), ("13:00", "24:00")], "sun": [("10:00", "11:00")]},
        holidays={"country": "DE", "subdivision": "BY", "categories": ["public", "catholic"]},
        special={"2026-12-24": {"spans": [("09:00", "12:00")], "name": "Heiligabend \N{SNOWMAN}"}},
        recurring={"12-31": []},
        extra=[("2026-05-16T20:00+02:00", "2026-05-17T04:00+02:00")],
        business_day=timedelta(hours=8),
    ),
    targets={
        EscalationLevel.CRITICAL: BusinessHours(minutes=90),
        EscalationLevel.HIGH: BusinessHours(6),
        EscalationLevel.MEDIUM: BusinessDays(1),
        EscalationLevel.LOW: BusinessDays(5),
    },
    day_rule="same time",
    at_risk=0.1 + 0.2,
)

# What a deadline was computed by must be the same for years to come, on every machine.
GOLDEN = {
    "STANDARD": "e56284f7aeeb4af502a790bce2974852c8c6f279959cab846e10820118cf017b",
    "STANDARD.calendar": "d76335ea0f42292dcfba7f63f2b47e7787b4790cca7f9cb958685dea3a56a550",
    "OTHER": "57341e58702c89b77eb58ef20897cfa02fb12b6f9f07885fbcfc56b2a220f0d8",
}

ASK = """
import base64, json, pickle, sys
from datetime import datetime
from netcor_sla import EscalationLevel, STANDARD
values = pickle.loads(base64.b64decode(sys.stdin.read()))
opened_at = datetime.fromisoformat("2026-03-27T10:00:00+01:00")
again = [type(value).from_dict(json.loads(json.dumps(value.to_dict()))) for value in values]
print(json.dumps({
    "fingerprints": [value.fingerprint for value in values],
    "equal": again == values and values[0] == STANDARD,
    "holidays": values[0].calendar.holiday(datetime(2026, 4, 3).date()),
    "dues": [
        value.response_due(opened_at, level).isoformat()
        for value in values
        for level in EscalationLevel
    ],
    "next_open": values[0].calendar.next_open(opened_at.astimezone()).timestamp(),
}))
"""

# What happens to a ticket, under an agreement that is not the standard, in a zone whose clocks
# go forward two days later.
OPENED = datetime(2026, 3, 27, 16, tzinfo=ZoneInfo("Europe/Berlin"))
CLOCK = (
    OTHER.clock(OPENED, EscalationLevel.LOW)
    .change_level(OPENED + timedelta(minutes=30), EscalationLevel.CRITICAL)
    .pause(OPENED, OPENED + timedelta(minutes=30))
    .pause(OPENED + timedelta(hours=1))
)
NOW = OPENED + timedelta(minutes=40)

ANSWER = """
import base64, json, pickle, sys
from datetime import timedelta
from netcor_sla import ResponseClock, State
values = pickle.loads(base64.b64decode(sys.stdin.read()))
clock, status, change, states = values
now = status.now
ended = clock.resume(now + timedelta(hours=30))
print(json.dumps({
    "fingerprints": [clock.fingerprint, status.fingerprint],
    "equal": [
        clock == ResponseClock.from_dict(json.loads(json.dumps(clock.to_dict())), agreement=clock.agreement),
        status == clock.status(now),
        change == status.next_change,
        states == list(State) and all(a is b for a, b in zip(states, State)),
        type(change).__name__ == "NextChange" and change.state is State.AT_RISK,
    ],
    "due": ended.due.isoformat(),
    "forms": [clock.to_dict(), status.to_dict(), change.instant.isoformat(), change.state.value],
    "again": base64.b64encode(pickle.dumps(values)).decode(),
}))
"""


PUBLIC = (frames, intake, records, reports)
MODULES = ["annotations", "errors", *(module.__name__.partition(".")[2] for module in PUBLIC)]


def run(code: str, given: str = "", **environment: str) -> str:
    """Run code in a fresh interpreter and give back what it printed."""
    return subprocess.run(
        [sys.executable, "-c", code],
        input=given,
        env=os.environ | environment,
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout


def public_things() -> Iterator[tuple[str, Callable[..., object]]]:
    """Yield every public class, function and method, and the constructors."""
    for name in netcor_sla.__all__:
        thing = getattr(netcor_sla, name)
        kind = thing if callable(thing) else type(thing)
        yield name, kind
        if not isinstance(kind, type):
            continue
        for base in kind.__mro__:
            if not base.__module__.startswith("netcor_sla"):
                continue
            for attribute, value in vars(base).items():
                found = value.fget if isinstance(value, property) else value
                found = getattr(found, "__func__", found)
                if inspect.isfunction(found) and not attribute.startswith("_"):
                    yield f"{name}.{attribute}", found
                if inspect.isfunction(found) and attribute == "__init__":
                    yield f"{name}.__init__", found


THINGS = dict(public_things())

each_environment = pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1"},
        {"TZ": "America/St_Johns", "LANG": "de_DE.UTF-8", "LANGUAGE": "de", "PYTHONHASHSEED": "2"},
        {"TZ": "", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "0", "PYTHONUTF8": "0"},
        {"LANG": "th_TH.UTF-8", "LANGUAGE": "th", "PYTHONOPTIMIZE": "2"},
    ],
    ids=lambda environment: " ".join(environment.values()),
)


def test_the_public_names_are_these() -> None:
    """Nothing is public by accident, and nothing is missing."""
    assert netcor_sla.__all__ == [
        "STANDARD",
        "Agreement",
        "BusinessCalendar",
        "BusinessDays",
        "BusinessHours",
        "Deadline",
        "EscalationLevel",
        "NextChange",
        "ResponseClock",
        "SLAError",
        "State",
        "Status",
        "Step",
        "explain",
        "response_due",
    ]
    names: dict[str, object] = {}
    exec("from netcor_sla import *", names)  # noqa: S102 - what a star brings is what is tested
    assert set(names) - {"__builtins__"} == set(netcor_sla.__all__)


def test_a_name_is_found_where_it_says() -> None:
    """Pickles, messages and help name the place that is documented, and no private one."""
    for name in netcor_sla.__all__:
        thing = getattr(netcor_sla, name)
        kind = thing if callable(thing) else type(thing)
        assert kind.__module__ in {"netcor_sla", "netcor_sla.errors"}, name
    for module in (frames, intake, records, reports):
        for name in module.__all__:
            thing = getattr(module, name)
            kind = thing if callable(thing) else type(thing)
            assert kind.__module__ == module.__name__, name


def test_a_look_around_shows_the_public_names_and_modules() -> None:
    """And no module that is not public, whatever has been imported."""
    code = "import netcor_sla{}; print(*dir(netcor_sla))"
    everything = "".join(f", netcor_sla.{module}" for module in MODULES)
    for imports, modules in (("", ["errors"]), (everything, MODULES)):
        names = set(run(code.format(imports)).split())
        assert names == {*netcor_sla.__all__, *modules, "__version__"}
    assert netcor_sla.__version__ == version("netcor-sla")
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = netcor_sla.nothing


def test_the_public_modules_have_these_names() -> None:
    """A star brings what is documented, and no more; every name has a docstring."""
    assert {module.__name__.partition(".")[2]: module.__all__ for module in PUBLIC} == {
        "frames": ["add", "between", "is_late", "is_open", "response_due"],
        "intake": ["Classification", "SupportRequest", "classify", "contact"],
        "records": ["Audit", "Change", "audit", "compare", "verify"],
        "reports": ["Figures", "Late", "LeftOut", "Report", "report"],
    }
    for module in PUBLIC:
        assert all(inspect.getdoc(getattr(module, name)) for name in module.__all__)
    assert annotations.__all__ == ["DayRule", "Language", "Target"]
    assert typing.get_type_hints(Agreement.__init__)["day_rule"] is annotations.DayRule


def test_signatures_are_short_enough_to_read() -> None:
    """As `help` shows them; no default is written out at length."""
    due = str(inspect.signature(netcor_sla.response_due))
    assert due.endswith("agreement: netcor_sla.Agreement = STANDARD) -> datetime.datetime")
    assert all(
        len(str(inspect.signature(each))) <= 200 for each in (netcor_sla.response_due, netcor_sla.explain)
    )
    named = (getattr(module, name) for module in PUBLIC for name in module.__all__)
    for thing in (*filter(callable, named), *THINGS.values()):
        if inspect.isfunction(thing) and thing.__name__ != "__init__":
            assert len(str(inspect.signature(thing))) <= 350, thing
    for verb in (getattr(frames, name) for name in frames.__all__):
        assert set(inspect.signature(verb).parameters) < set(typing.get_type_hints(verb))


def test_the_calendar_has_these_methods() -> None:
    """As the documentation lists them."""
    methods = {name.partition(".")[2] for name in THINGS if name.startswith("BusinessCalendar.")}
    assert methods >= {
        *("is_open", "next_open", "next_close", "add", "subtract", "between", "spans"),
        *("is_business_day", "business_days", "holiday", "holidays_in", "business_day", "tzinfo"),
        *("zone", "hours", "hours_from", "holidays", "special", "recurring", "extra"),
        *("with_special", "with_extra_hours"),
        *("replace", "freeze", "from_dict", "to_dict", "fingerprint"),
    }


def test_the_clock_has_these_methods() -> None:
    """And an agreement those that make one."""
    methods = {name.partition(".")[2] for name in THINGS if name.startswith("ResponseClock.")}
    assert methods >= {
        *("pause", "resume", "change_level", "respond", "status", "explain", "level", "due"),
        *("observe", "used_at", "pauses", "changes", "responded_at", "opened_level"),
        *("from_dict", "to_dict", "fingerprint"),
    }
    assert not hasattr(ResponseClock, "replace")
    assert {"Agreement.clock", "Agreement.replay", "Status.to_dict"} <= set(THINGS)
    assert set(Status.__slots__) == {
        *("now", "state", "late", "paused", "desk_open", "due", "elapsed", "remaining"),
        *("overdue", "used", "next_change", "paused_since", "responded_at"),
    }
    assert [state.name for state in State] == [*("RUNNING", "AT_RISK", "PAUSED", "BREACHED", "MET", "MISSED")]


@pytest.mark.parametrize("name", THINGS)
def test_type_hints_resolve_at_run_time(name: str) -> None:
    """Tools that read annotations while running find every name in them."""
    thing = THINGS[name]
    hints = typing.get_type_hints(thing)
    if inspect.isfunction(thing):
        assert "return" in hints
        assert set(inspect.signature(thing).parameters) - {"self", "cls"} <= set(hints)


@pytest.mark.parametrize("name", [name for name in THINGS if not name.endswith("__init__")])
def test_every_public_name_has_a_docstring_of_its_own(name: str) -> None:
    """One sentence at least; a class's own, and not that of a parent."""
    lines = (THINGS[name].__doc__ or "").splitlines()
    assert lines
    assert lines[0].endswith((".", ";", ",", ":")) or len(lines) > 1


@pytest.mark.parametrize("module", [netcor_sla, annotations, errors, *PUBLIC])
def test_the_public_modules_have_docstrings(module: ModuleType) -> None:
    """As has every class of errors, a docstring of its own."""
    assert inspect.getdoc(module)
    found = [each for _, each in inspect.getmembers(errors, inspect.isclass)]
    own = [each for each in found if each.__module__ == errors.__name__]
    assert len(own) >= 10
    assert all(vars(each).get("__doc__") for each in own)


def test_the_package_is_marked_as_typed() -> None:
    """Without the marker, type checkers would ignore its annotations."""
    assert resources.files("netcor_sla").joinpath("py.typed").is_file()


def test_the_import_is_light() -> None:
    """Alone it brings in neither the holidays nor numpy nor pandas; the first year asked does.

    What explains and what says where a ticket stands comes with the first question, under its public name.
    """
    code = """
import sys
import netcor_sla
heavy = {"holidays", "numpy", "narwhals", "pandas", "dateutil", "tqdm"}
ours = {f"netcor_sla.{name}" for name in ("_explanations", "_tickets.status", "_tickets.follow_ups")}
print(sorted((heavy | ours) & set(sys.modules)))
from datetime import date
netcor_sla.STANDARD.calendar.holiday(date(2026, 4, 3))
print(sorted({"holidays", "numpy", "narwhals", "pandas"} & set(sys.modules)))
import pickle
from datetime import datetime, timezone
at = datetime(2026, 4, 2, 15, tzinfo=timezone.utc)
clock = netcor_sla.ResponseClock(at, netcor_sla.EscalationLevel.LOW)
values = clock.explain(), clock.status(at), clock.explain().steps[0], clock.status(at).next_change
print(*map(type, values), pickle.loads(pickle.dumps(values)) == values)
print(b"_explanations" in pickle.dumps(values), netcor_sla.Deadline is type(values[0]))
"""
    kinds = " ".join(f"<class 'netcor_sla.{name}'>" for name in ("Deadline", "Status", "Step", "NextChange"))
    assert run(code).splitlines() == ["[]", "['holidays']", f"{kinds} True", "False True"]


@pytest.mark.parametrize("name", GOLDEN)
def test_the_fingerprint_is_what_it_always_was(name: str) -> None:
    """On this Python and machine as on all others; a change would orphan every record."""
    values = {"STANDARD": STANDARD, "STANDARD.calendar": STANDARD.calendar, "OTHER": OTHER}
    assert values[name].fingerprint == GOLDEN[name]


def test_the_fingerprint_is_that_of_the_data_form() -> None:
    """Anyone can compute it: SHA-256 of the form as JSON, sorted and without spaces."""
    for value in (STANDARD, STANDARD.calendar, OTHER, BusinessHours(4)):
        text = json.dumps(value.to_dict(), sort_keys=True, separators=(",", ":"))
        assert value.fingerprint == hashlib.sha256(text.encode("ascii")).hexdigest()


@each_environment
def test_nothing_depends_on_the_process(environment: dict[str, str]) -> None:
    """Pickles, fingerprints and answers are the same under other zones, languages and seeds."""
    values = [STANDARD, OTHER]
    opened_at = datetime(2026, 3, 27, 10, tzinfo=timezone(timedelta(hours=1)))
    answer = run(ASK, base64.b64encode(pickle.dumps(values)).decode(), **environment)
    assert json.loads(answer) == {
        "fingerprints": [value.fingerprint for value in values],
        "equal": True,
        "holidays": "Karfreitag",
        "dues": [
            value.response_due(opened_at, level).isoformat() for value in values for level in EscalationLevel
        ],
        "next_open": opened_at.timestamp(),
    }


@each_environment
def test_a_ticket_crosses_processes_unchanged(environment: dict[str, str]) -> None:
    """A clock, a status, its next change and its states: there and back, and alike in between."""
    status = CLOCK.status(NOW)
    change = status.next_change
    # 90 min, of which a little more than 27 are three tenths; they began to run at 16:30.
    assert change == NextChange(OPENED + timedelta(minutes=57, microseconds=1), State.AT_RISK)
    values = [CLOCK, status, change, list(State)]
    given = base64.b64encode(pickle.dumps(values)).decode()
    answer = json.loads(run(ANSWER, given, **environment))
    again = pickle.loads(base64.b64decode(answer.pop("again")))  # noqa: S301 - our own pickle
    assert again == values
    assert [type(each) for each in again] == [ResponseClock, Status, NextChange, list]
    assert answer == {
        "fingerprints": [CLOCK.fingerprint, status.fingerprint],
        "equal": [True] * 5,
        "due": "2026-03-29T11:00:00+02:00",  # an hour was left, and the next one is on Sunday
        "forms": [CLOCK.to_dict(), status.to_dict(), change.instant.isoformat(), "at risk"],
    }


def test_a_pickle_holds_the_data_form_and_no_inner_figures() -> None:
    """So that later versions can read it, however they compute inside."""
    before = pickle.dumps(STANDARD)
    STANDARD.calendar.is_open(datetime(2026, 3, 27, 10, tzinfo=timezone(timedelta(hours=1))))
    after = pickle.dumps(STANDARD)
    assert before == after
    assert len(after) < 1000
    assert b"schedule" not in after
