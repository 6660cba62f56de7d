"""What all values have in common: forms, equality, copies, pickles; and the checks of shapes."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import copy
import importlib
import json
import pickle
import re
import sys
from collections import OrderedDict
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from desks import DESK, TERMS
from netcor_sla import Agreement, BusinessCalendar, BusinessDays, BusinessHours, EscalationLevel
from netcor_sla._values import whole
from netcor_sla.errors import AgreementError, ArgumentError, CalendarError, SLAError

HOUR: Final = timedelta(hours=1)
FORM: Final[dict[str, Any]] = {
    "zone": "Europe/Berlin",
    "hours": {"mon": [["08:30", "12:00"], ["13:00", "24:00"]], "sat": [["10:00", "14:00"]]},
    "holidays": {"country": "DE", "subdivision": "BY", "categories": ["catholic", "public"]},
    "special": {"2026-12-24": {"spans": [["09:00", "12:00"]], "name": "Heiligabend"}},
    "recurring": {"12-31": []},
    "extra": [["2026-05-16T20:00:00+02:00", "2026-05-17T04:00:00+02:00"]],
    "business_day": "08:00",
}
FULL: Final = BusinessCalendar.from_dict(FORM)
VALUES: Final[dict[str, Any]] = {
    "hours": BusinessHours(4),
    "hours and minutes": BusinessHours(1, minutes=30),
    "days": BusinessDays(2),
    "plain calendar": DESK,
    "full calendar": FULL,
    "agreement": TERMS,
    "other agreement": Agreement(calendar=FULL, day_rule="end of day", at_risk=0.5),
}
each_value = pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)


@each_value
def test_a_value_comes_back_from_its_form(value: Any) -> None:
    """Law: `from_dict(value.to_dict()) == value`, also by way of JSON; and is alike in all."""
    form = value.to_dict()
    for data in (form, json.loads(json.dumps(form)), MappingProxyType(OrderedDict(form))):
        again = type(value).from_dict(data)
        assert (again == value, again != value, again is value) == (True, False, False)
        assert (hash(again), again.fingerprint) == (hash(value), value.fingerprint)
        assert (again.to_dict(), repr(again)) == (form, repr(value))
    assert value != form
    assert value.__eq__(form) is NotImplemented
    assert repr(value).startswith(f"{type(value).__name__}(")
    assert all(f"{key}=" in repr(value) for key in form)


@each_value
def test_a_form_is_a_fresh_copy(value: Any) -> None:
    """Who changes a form changes no value."""
    before, form = value.fingerprint, value.to_dict()
    for each in form.values():
        if isinstance(each, dict):
            each.clear()
    form.clear()
    assert type(value).from_dict(value.to_dict()).fingerprint == before


def test_unequal_values_are_unlike() -> None:
    """No two of these values are equal or share a fingerprint, which is a SHA-256."""
    assert len(set(VALUES.values())) == len(VALUES)
    fingerprints = {value.fingerprint for value in VALUES.values()}
    assert len(fingerprints) == len(VALUES)
    assert all(len(each) == 64 and int(each, 16) for each in fingerprints)


@each_value
def test_a_value_survives_copies_and_pickles(value: Any) -> None:
    """In every protocol, and with the constructor's checks."""
    assert copy.copy(value) == copy.deepcopy(value) == value
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(value, protocol)) == value  # noqa: S301 - our own pickle


@each_value
def test_a_value_cannot_be_changed(value: Any) -> None:
    """Python's own error says so, which is an AttributeError."""
    for attribute in type(value).__dataclass_fields__:
        with pytest.raises(FrozenInstanceError, match=f"cannot assign to field '{attribute}'"):
            setattr(value, attribute, 5)
        with pytest.raises(AttributeError):
            delattr(value, attribute)
    assert not hasattr(value, "__dict__")


def test_the_repr_of_a_calendar_makes_it_again() -> None:
    """It can be pasted into a program."""
    names = {"BusinessCalendar": BusinessCalendar, "datetime": importlib.import_module("datetime")}
    assert eval(repr(FULL), names) == FULL  # noqa: S307 - our own text


def test_replace_changes_what_is_named_and_nothing_else() -> None:
    """The original stays as it was; `copy.replace` of Python 3.13 does the same."""
    hours = BusinessHours(4)
    assert hours.replace(hours=5) == BusinessHours(5)
    assert hours.replace(minutes=30) == BusinessHours(4, minutes=30)
    assert hours == BusinessHours(4) == hours.replace()
    for value in VALUES.values():
        assert value.replace() == value
    if sys.version_info >= (3, 13):
        assert copy.replace(hours, minutes=30) == BusinessHours(4, minutes=30)
        assert copy.replace(DESK, zone="UTC") == DESK.replace(zone="UTC")


@pytest.mark.parametrize(
    ("value", "error", "change", "remedy"),
    [
        (TERMS, AgreementError, "at_rsk", "did you mean 'at_risk'?"),
        (DESK, CalendarError, "zones", "did you mean 'zone'?"),
        (BusinessDays(2), AgreementError, "day", "did you mean 'days'?"),
        (BusinessHours(2), AgreementError, "colour", "choose one of 'hours', 'minutes'"),
    ],
)
def test_unknown_keys_are_refused(value: Any, error: type[SLAError], change: str, remedy: str) -> None:
    """By `replace` and in a form: the key is named, with the class and what was meant."""
    message = f"key {change!r} of {type(value).__name__} is unknown; {remedy}"
    assert refused(error, value.replace, **{change: 1}) == message
    assert refused(error, type(value).from_dict, {change: 1}) == message


@pytest.mark.parametrize("key", ["zone", "hours", "holidays"])
def test_missing_keys_are_named(key: str) -> None:
    """A calendar without one of the three is none."""
    form = {name: value for name, value in FORM.items() if name != key}
    with pytest.raises(
        CalendarError, match=f"^key {key!r} of BusinessCalendar is missing; give it too: ['{{]"
    ):
        BusinessCalendar.from_dict(form)


# The checks of shapes.


def refused(kind: type[SLAError], ask: Any, *arguments: Any, **keywords: Any) -> str:
    """Give the words of an error."""
    with pytest.raises(kind) as raised:
        ask(*arguments, **keywords)
    return str(raised.value)


def test_whole_numbers_are_of_any_integer_type() -> None:
    """A truth is none, nor is a float or a text, however whole it looks."""
    for value in (4, np.int64(4), np.uint8(4)):
        assert (whole(value, "it", "write 4"), type(whole(value, "it", "write 4"))) == (4, int)
    for wrong in (True, np.True_, 4.0, "4", None, np.float64(4), np.timedelta64(4, "h")):
        words = refused(ArgumentError, whole, wrong, "it", "write 4")
        assert words == f"it must be a whole number, not {wrong!r}; write 4"


# What a notebook shows.


def rows_of(value: Any) -> list[tuple[str, str]]:
    """Read the names and the values of a table."""
    page = value._repr_html_()
    assert '<caption style="text-align: left; white-space: nowrap">' in page
    return re.findall("<tr><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td></tr>", page)


def test_a_notebook_shows_an_agreement_with_all_its_calendars() -> None:
    """In German, with the name of each argument beside it."""
    always = BusinessCalendar(
        zone="Europe/Berlin",
        hours={"mon-sun": [["00:00", "24:00"]]},
        holidays=None,
        hours_from={"2027-01-01": {}},
    )
    shown = Agreement(calendars={EscalationLevel.CRITICAL: always}, at_risk=0.999, day_rule="end of day")
    assert rows_of(shown)[4:] == [
        ("Geschäftstage (day_rule)", "zum Geschäftsschluss (end of day)"),
        ("gefährdet ab (at_risk)", "99,9\u00a0%"),
        ("Zeitzone (zone)", "UTC+1"),
        ("Geschäftszeiten (hours)", "Mo-Fr 08:30-17:00"),
        ("Feiertage (holidays)", "Niedersachsen, 1991-2100"),
        ("Stufe 1: Zeitzone (zone)", "Europe/Berlin"),
        ("Stufe 1: Geschäftszeiten (hours)", "Mo-So 00:00-24:00"),
        ("Stufe 1: ab 01.01.2027 (hours_from)", "keine (none)"),
        ("Stufe 1: Feiertage (holidays)", "keine (none)"),
    ]


def test_a_notebook_shows_the_facts_of_a_ticket_in_order_and_says_how_many_it_leaves_out() -> None:
    """By stamps as people write them; the clock's name only where they need it."""
    start = datetime(2025, 10, 24, 8, 45, tzinfo=ZoneInfo("Europe/Berlin"))
    clock = Agreement().clock(start, EscalationLevel.LOW).change_level(start + 5 * HOUR, EscalationLevel.HIGH)
    clock = clock.pause(start + HOUR, start + 2 * HOUR).pause(start + 7 * HOUR)
    assert rows_of(clock) == [
        ("Zeitzone (zone)", "Europe/Berlin"),
        ("eingegangen (opened)", "24.10.2025 08:45, 4: Niedrig (Low)"),
        ("Pause (paused)", "24.10.2025 09:45 bis 24.10.2025 10:45"),
        ("geändert (changed)", "24.10.2025 13:45, 2: Hoch (High)"),
        ("Pause (paused)", "24.10.2025 15:45, offen"),
        ("fällig (due)", "ruht (paused)"),
    ]
    for hours in range(8, 30):
        clock = clock.change_level(start.astimezone(UTC) + hours * HOUR, EscalationLevel((hours % 2) + 1))
    clock = clock.change_level(start.astimezone(UTC) + 42.75 * HOUR, EscalationLevel.LOW)
    shown = rows_of(clock)
    assert (len(shown), shown[2]) == (14, ("", "… und 16 weitere davor (more before)"))
    assert shown[-2] == ("geändert (changed)", "26.10.2025 02:30 MEZ, 4: Niedrig (Low)")


def test_nothing_is_shown_as_used_up_before_it_is() -> None:
    """A share is cut, and written as German does."""
    start = datetime(2025, 3, 10, 9, tzinfo=DESK.tzinfo)
    clock = TERMS.clock(start, EscalationLevel.CRITICAL)
    for microseconds, share in ((-1, "99,9\u00a0%"), (0, "100\u00a0%")):
        status = clock.status(start + 4.5 * HOUR + timedelta(microseconds=microseconds))
        assert rows_of(status)[-1] == ("verbraucht (used)", share)


def test_a_notebook_says_in_german_why_a_ticket_has_no_deadline() -> None:
    """What can't be known is said in its place, in the language of the table."""
    clock = Agreement().clock(datetime(2100, 12, 31, 16, tzinfo=UTC), EscalationLevel.LOW)
    assert "liegt das Ergebnis außerhalb von 1991 bis 2100" in rows_of(clock)[-1][1]
