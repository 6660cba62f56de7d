"""The steps of an explanation: stretch by stretch, each with its reason; and steps as values."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import json
from collections import OrderedDict
from collections.abc import Iterable
from cProfile import Profile
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desks import due_of, ticket
from netcor_sla import (
    Agreement,
    BusinessCalendar,
    BusinessDays,
    BusinessHours,
    Deadline,
    EscalationLevel,
    Step,
    explain,
)
from netcor_sla._calendars.holidays import HolidayNames
from netcor_sla._explanations.steps import KINDS
from netcor_sla._explanations.words import REASONS
from netcor_sla._policy.due import DayRule
from netcor_sla.errors import ArgumentError, RecordError, SLAError
from netcor_sla.records import audit, verify

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
OFFICE = [["08:30", "17:00"]]
ALWAYS = {"mon-sun": [["00:00", "24:00"]]}
NEVER_CLOSED: dict[str, Any] = {"hours": ALWAYS}
CRITICAL, HIGH, LOW = EscalationLevel.CRITICAL, EscalationLevel.HIGH, EscalationLevel.LOW
RULES: tuple[DayRule, ...] = ("same time", "end of day")


def explained(*facts: Any, **more: Any) -> Deadline:
    """Explain a ticket."""
    return ticket(*facts, **more).explain()


def written(steps: Iterable[Step]) -> list[tuple[str, ...]]:
    """Write steps as a person would: from when to when on the wall clock, and why."""
    return [
        (
            f"{step.start:%m-%d %H:%M}",
            f"{step.end:%m-%d %H:%M}",
            step.kind,
            step.reason,
            *([step.names.de] if step.names else []),
        )
        for step in steps
    ]


def test_a_weekend_is_saturday_and_sunday() -> None:
    """Any other day without hours is a closed weekday, and a Saturday with hours is a day."""
    hours = {"tue-wed": OFFICE, "sat": OFFICE}
    found = explained("2026-03-11 16:00", BusinessHours(10), hours=hours)
    assert written(found.steps) == [
        ("03-11 16:00", "03-11 17:00", "counted", "opening hours"),
        ("03-11 17:00", "03-12 00:00", "closed", "outside hours"),
        ("03-12 00:00", "03-14 00:00", "closed", "closed weekday"),
        ("03-14 00:00", "03-14 08:30", "closed", "outside hours"),
        ("03-14 08:30", "03-14 17:00", "counted", "opening hours"),
        ("03-14 17:00", "03-15 00:00", "closed", "outside hours"),
        ("03-15 00:00", "03-16 00:00", "closed", "weekend"),
        ("03-16 00:00", "03-17 00:00", "closed", "closed weekday"),
        ("03-17 00:00", "03-17 08:30", "closed", "outside hours"),
        ("03-17 08:30", "03-17 09:00", "counted", "opening hours"),
    ]


def test_a_holiday_on_a_weekend_is_a_holiday() -> None:
    """The rarer reason is the one to be said: Christmas 2027 falls on Saturday and Sunday."""
    found = explained("2027-12-24 16:00", BusinessHours(2), holidays="DE-NI")
    assert written(found.steps)[2:4] == [
        ("12-25 00:00", "12-26 00:00", "closed", "holiday", "Erster Weihnachtstag"),
        ("12-26 00:00", "12-27 00:00", "closed", "holiday", "Zweiter Weihnachtstag"),
    ]


def test_holidays_in_a_row_stay_apart() -> None:
    """By their names; two dates of the same name would be one step."""
    special = {f"2026-03-{day}": {"spans": [], "name": "Umzug"} for day in (11, 12)}
    special["2026-03-13"] = {"spans": [], "name": "Einzug"}
    found = explained("2026-03-10 16:00", BusinessHours(2), special=special)
    assert written(found.steps)[2:5] == [
        ("03-11 00:00", "03-13 00:00", "closed", "special date", "Umzug"),
        ("03-13 00:00", "03-14 00:00", "closed", "special date", "Einzug"),
        ("03-14 00:00", "03-16 00:00", "closed", "weekend"),
    ]


def test_a_special_date_beats_a_holiday() -> None:
    """Open on Good Friday, closed on Easter Monday by its own name, open on a Sunday."""
    special = {
        "2026-04-03": {"spans": [["10:00", "12:00"]], "name": "Notdienst"},
        "2026-04-05": [["10:00", "11:00"]],
        "2026-04-06": {"spans": [], "name": "Ausflug"},
    }
    found = explained("2026-04-02 16:30", BusinessHours(4), holidays="DE-NI", special=special)
    assert written(found.steps)[2:] == [
        ("04-03 00:00", "04-03 10:00", "closed", "special date", "Notdienst"),
        ("04-03 10:00", "04-03 12:00", "counted", "special date", "Notdienst"),
        ("04-03 12:00", "04-04 00:00", "closed", "special date", "Notdienst"),
        ("04-04 00:00", "04-05 00:00", "closed", "weekend"),
        ("04-05 00:00", "04-05 10:00", "closed", "special date"),
        ("04-05 10:00", "04-05 11:00", "counted", "special date"),
        ("04-05 11:00", "04-06 00:00", "closed", "special date"),
        ("04-06 00:00", "04-07 00:00", "closed", "special date", "Ausflug"),
        ("04-07 00:00", "04-07 08:30", "closed", "outside hours"),
        ("04-07 08:30", "04-07 09:00", "counted", "opening hours"),
    ]
    # Whoever names a date names it in one language; it stands for both.
    assert found.steps[2].names == HolidayNames("Notdienst", "Notdienst")


def test_a_recurring_date_changes_a_day_that_is_open() -> None:
    """It beats neither a holiday nor a weekend, and a special date beats it."""
    recurring = {
        "04-03": {"spans": OFFICE, "name": "nie"},
        "04-04": {"spans": OFFICE, "name": "nie"},
        "04-07": {"spans": [["08:30", "09:30"]], "name": "Inventur"},
        "04-08": [],
        "04-09": {"spans": OFFICE, "name": "nie"},
    }
    found = explained(
        "2026-04-02 16:30",
        BusinessHours(2),
        holidays="DE-NI",
        recurring=recurring,
        special={"2026-04-09": [["12:00", "13:00"]]},
    )
    assert "nie" not in {step.names.de for step in found.steps if step.names}
    assert written(found.steps)[5:] == [
        ("04-07 00:00", "04-07 08:30", "closed", "recurring date", "Inventur"),
        ("04-07 08:30", "04-07 09:30", "counted", "recurring date", "Inventur"),
        ("04-07 09:30", "04-08 00:00", "closed", "recurring date", "Inventur"),
        ("04-08 00:00", "04-09 00:00", "closed", "recurring date"),
        ("04-09 00:00", "04-09 12:00", "closed", "special date"),
        ("04-09 12:00", "04-09 12:30", "counted", "special date"),
    ]


def brief(steps: Iterable[Step]) -> list[str]:
    """Write what is not plainly closed, without the month."""
    shown = (step for step in steps if step.reason != "outside hours")
    return [f"{step.start:%d %H:%M} to {step.end:%d %H:%M}, {step.reason}" for step in shown]


FIRST, THEN = "10 16:00 to 10 17:00, opening hours", "11 08:30 to 11 09:30, opening hours"
WINDOWS = {
    ("10T17:00", "10T18:00"): [FIRST, "10 17:00 to 10 18:00, extra hours", THEN],
    ("10T15:00", "10T16:30"): [FIRST, "11 08:30 to 11 10:30, opening hours"],
    ("10T16:30", "10T18:00"): [FIRST, "10 17:00 to 10 18:00, extra hours", THEN],
    ("10T23:00", "11T00:30"): [
        *(FIRST, "10 23:00 to 11 00:30, extra hours", "11 08:30 to 11 09:00, opening hours")
    ],
    ("10T12:00", "11T12:00"): [FIRST, "10 17:00 to 10 19:00, extra hours"],
}


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_extra_hours_are_what_the_regular_ones_are_not(window: tuple[str, str]) -> None:
    """What would have been open anyway is no extra hour."""
    extra = [[f"2026-03-{at}+01:00" for at in window]]
    assert brief(explained("2026-03-10 16:00", BusinessHours(3), extra=extra).steps) == WINDOWS[window]


def test_a_deadline_at_an_opening() -> None:
    """Then the last stretch is closed, and the rule says why it ends there."""
    found = explained("2026-03-10 07:00", BusinessDays(1), "same time")
    assert written(found.steps)[-2:] == [
        ("03-10 17:00", "03-11 08:30", "closed", "outside hours"),
        ("03-11 08:30", "03-11 08:30", "rule", "same time"),
    ]


def test_midnight_comes_twice_in_havana() -> None:
    """Saturday's hours end at the first, and Sunday's half hour comes twice."""
    found = explained(
        "2019-11-02 22:00",
        BusinessHours(3),
        zone="America/Havana",
        hours={"sat": [["08:00", "24:00"]], "sun": [["00:00", "00:30"]]},
    )
    hours = [
        ((step.end.astimezone(UTC) - step.start.astimezone(UTC)) / HOUR, step.kind) for step in found.steps
    ]
    assert hours == [(2.5, "counted"), (0.5, "closed"), (0.5, "counted")]


def test_the_day_that_apia_skipped() -> None:
    """30 December 2011 was no date there: neither counted, nor closed, nor a business day."""
    found = explained("2011-12-29 16:00", BusinessHours(2), zone="Pacific/Apia")
    assert written(found.steps) == [
        ("12-29 16:00", "12-29 17:00", "counted", "opening hours"),
        ("12-29 17:00", "12-31 00:00", "closed", "outside hours"),
        ("12-31 00:00", "01-02 00:00", "closed", "weekend"),
        ("01-02 00:00", "01-02 08:30", "closed", "outside hours"),
        ("01-02 08:30", "01-02 09:30", "counted", "opening hours"),
    ]
    by_date = explained("2011-12-29 16:00", BusinessDays(1), "end of day", zone="Pacific/Apia")
    assert written(by_date.steps)[-1][0] == "01-02 17:00"


PAUSES = {
    ("10 17:00", "11 08:30"): [FIRST, THEN],
    ("10 16:00", "10 17:00"): ["10 16:00 to 10 17:00, pause", "11 08:30 to 11 10:30, opening hours"],
    ("11 08:00", "11 09:00"): [
        *(FIRST, "11 08:30 to 11 09:00, pause", "11 09:00 to 11 10:00, opening hours")
    ],
    ("11 09:30", "11 12:00"): [FIRST, THEN],
}


@pytest.mark.parametrize("pause", PAUSES, ids=str)
def test_a_pause_reaches_as_far_as_it_is_told_to(pause: tuple[str, str]) -> None:
    """Half-open like all else, and nothing where nothing would have counted."""
    start, end = (f"2026-03-{at}" for at in pause)
    found = explained("2026-03-10 16:00", BusinessHours(2), pauses=[(start, end)])
    assert brief(found.steps) == PAUSES[pause]


def test_a_pause_has_no_other_reason() -> None:
    """Neither a special date's name nor extra hours: it would not have been kept apart."""
    found = explained(
        "2026-04-03 09:00",
        BusinessHours(2),
        pauses=[("2026-04-03 10:30", "2026-04-04 10:30")],
        holidays="DE-NI",
        extra=[("2026-04-03T10:00+01:00", "2026-04-03T11:00+01:00")],
        special={"2026-04-04": {"spans": [["10:00", "12:30"]], "name": "Inventur"}},
    )
    assert written(found.steps) == [
        ("04-03 09:00", "04-03 10:00", "closed", "holiday", "Karfreitag"),
        ("04-03 10:00", "04-03 10:30", "counted", "extra hours"),
        ("04-03 10:30", "04-03 11:00", "paused", "pause"),
        ("04-03 11:00", "04-04 00:00", "closed", "holiday", "Karfreitag"),
        ("04-04 00:00", "04-04 10:00", "closed", "special date", "Inventur"),
        ("04-04 10:00", "04-04 10:30", "paused", "pause"),
        ("04-04 10:30", "04-04 12:00", "counted", "special date", "Inventur"),
    ]


def test_a_change_of_level_is_a_leg_that_lasts_no_time() -> None:
    """It parts what was counted, closed or paused around it, and counts with the last level."""
    found = explained(
        "2026-03-10 16:00",
        BusinessHours(4),
        pauses=[("2026-03-11 09:00", "2026-03-11 10:00")],
        changes=[
            ("2026-03-10 16:30", CRITICAL),
            ("2026-03-10 20:00", LOW),
            ("2026-03-11 09:30", HIGH),
            ("2026-03-11 10:00", CRITICAL),
        ],
    )
    assert written(found.steps) == [
        ("03-10 16:00", "03-10 16:30", "counted", "opening hours"),
        ("03-10 16:30", "03-10 16:30", "level", "critical"),
        ("03-10 16:30", "03-10 17:00", "counted", "opening hours"),
        ("03-10 17:00", "03-10 20:00", "closed", "outside hours"),
        ("03-10 20:00", "03-10 20:00", "level", "low"),
        ("03-10 20:00", "03-11 08:30", "closed", "outside hours"),
        ("03-11 08:30", "03-11 09:00", "counted", "opening hours"),
        ("03-11 09:00", "03-11 09:30", "paused", "pause"),
        ("03-11 09:30", "03-11 09:30", "level", "high"),
        ("03-11 09:30", "03-11 10:00", "paused", "pause"),
        ("03-11 10:00", "03-11 10:00", "level", "critical"),
        ("03-11 10:00", "03-11 12:30", "counted", "opening hours"),
    ]
    assert found.level is CRITICAL


def test_the_time_to_a_late_response_is_told_apart() -> None:
    """Counted, paused and closed as before the deadline; a change at the deadline comes first."""
    found = explained(
        "2026-04-02 10:00",
        BusinessHours(4),
        pauses=[("2026-04-02 15:00", "2026-04-02 16:00")],
        changes=[("2026-04-02 14:00", HIGH), ("2026-04-07 09:00", CRITICAL)],
        came="2026-04-07 09:30",
        holidays="DE-NI",
    )
    assert written(found.steps) == [("04-02 10:00", "04-02 14:00", "counted", "opening hours")]
    assert written(found.overrun) == [
        ("04-02 14:00", "04-02 14:00", "level", "high"),
        ("04-02 14:00", "04-02 15:00", "counted", "opening hours"),
        ("04-02 15:00", "04-02 16:00", "paused", "pause"),
        ("04-02 16:00", "04-02 17:00", "counted", "opening hours"),
        ("04-02 17:00", "04-03 00:00", "closed", "outside hours"),
        ("04-03 00:00", "04-04 00:00", "closed", "holiday", "Karfreitag"),
        ("04-04 00:00", "04-06 00:00", "closed", "weekend"),
        ("04-06 00:00", "04-07 00:00", "closed", "holiday", "Ostermontag"),
        ("04-07 00:00", "04-07 08:30", "closed", "outside hours"),
        ("04-07 08:30", "04-07 09:00", "counted", "opening hours"),
        ("04-07 09:00", "04-07 09:00", "level", "critical"),
        ("04-07 09:00", "04-07 09:30", "counted", "opening hours"),
    ]
    assert found.overdue == 3 * HOUR
    assert [step.left / HOUR for step in found.overrun][:4] == [3, 2, 2, 1]


@pytest.mark.parametrize(
    ("came", "late", "expected"),
    [
        pytest.param("2026-03-10 13:00", False, [], id="with the opening"),
        pytest.param("2026-03-10 14:00", False, [], id="before the deadline"),
        pytest.param("2026-03-10 17:00", False, [], id="at the deadline"),
        pytest.param("2026-03-10 17:00:00.000001", True, ["outside hours"], id="a microsecond on"),
        pytest.param("2026-03-10 21:40", True, ["outside hours"], id="at night"),
    ],
)
def test_late_is_what_comes_after_the_deadline(came: str, late: bool, expected: list[str]) -> None:  # noqa: FBT001
    """Though no business time has passed: instants decide; the legs go on to the deadline."""
    found = explained("2026-03-10 13:00", BusinessHours(4), came=came)
    assert bool(found.overrun) is late
    assert [step.reason for step in found.overrun] == expected
    assert found.overdue == timedelta()
    assert written(found.steps) == [("03-10 13:00", "03-10 17:00", "counted", "opening hours")]


FRIDAY = HolidayNames("Karfreitag", "Good Friday")
FORM: dict[str, Any] = {
    "start": "2026-04-03T01:00:00+02:00",
    "end": "2026-04-04T01:00:00+02:00",
    "kind": "closed",
    "reason": "holiday",
    "names": ["Karfreitag", "Good Friday"],
    "used_microseconds": 0,
    "left_microseconds": 4_200_000_000,
}
PLAIN = {key: value for key, value in FORM.items() if key != "names"}
COUNTED = PLAIN | {"kind": "counted", "reason": "opening hours", "used_microseconds": 5}
ALL_REASONS = [(kind, reason) for kind, reasons in KINDS.items() for reason in reasons]
ODD_KINDS: list[Any] = [*KINDS, "open", "", None, 5, ["closed"]]
ODD_REASONS: list[Any] = [*REASONS, "x", None, 5, []]
OTHER_REASONS = [each for each in product(ODD_KINDS, ODD_REASONS) if each not in ALL_REASONS]


def step(**changes: object) -> Step:
    """Make a step of Good Friday, in Berlin, with changes."""
    arguments: dict[str, Any] = {
        "start": datetime(2026, 4, 3, 1, tzinfo=BERLIN),
        "end": datetime(2026, 4, 4, 1, tzinfo=BERLIN),
        "kind": "closed",
        "reason": "holiday",
        "names": FRIDAY,
        "used": timedelta(),
        "left": timedelta(hours=1, minutes=10),
    }
    return Step(**arguments | changes)


def test_a_form_has_the_documented_keys() -> None:
    """In this order, ready for JSON; amounts are whole microseconds, and no name is no key."""
    assert step().to_dict() == FORM
    assert list(step().to_dict()) == list(FORM)
    assert json.loads(json.dumps(step().to_dict())) == FORM
    assert list(step(names=None).to_dict()) == list(PLAIN)
    long = step(used=timedelta(days=400, microseconds=1)).to_dict()["used_microseconds"]
    assert (long, type(long)) == (34_560_000_000_001, int)


@pytest.mark.parametrize("form", [FORM, PLAIN, COUNTED])
def test_a_step_comes_back_from_its_form(form: dict[str, Any]) -> None:
    """Law: `from_dict(step.to_dict()) == step`; from any mapping, with the offsets written."""
    read = Step.from_dict(form)
    assert read.to_dict() == form
    assert Step.from_dict(MappingProxyType(OrderedDict(form))) == read
    assert Step.from_dict(json.loads(json.dumps(read.to_dict()))) == read
    assert read.start.utcoffset() == timedelta(hours=2)
    assert Step.from_dict(form | {"names": None}).names is None


def test_a_step_equals_its_like_and_nothing_else() -> None:
    """Whatever the zone is called, if instants and offsets are alike; also hashes are."""
    assert step() == Step.from_dict(FORM)
    assert hash(step()) == hash(Step.from_dict(FORM))
    assert step().fingerprint == Step.from_dict(FORM).fingerprint
    others: list[Step] = [
        step(start=datetime(2026, 4, 3, 2, tzinfo=BERLIN)),
        step(start=datetime(2026, 4, 2, 23, tzinfo=UTC)),
        step(end=datetime(2026, 4, 4, 2, tzinfo=BERLIN)),
        *(step(kind="counted"), step(reason="weekend"), step(names=None)),
        *(step(names=HolidayNames("Karfreitag", "x")), step(used=HOUR), step(left=HOUR)),
    ]
    assert len({step(), *others}) == len(others) + 1
    assert step() != FORM
    assert step().__eq__(None) is NotImplemented


def test_every_reason_has_its_words() -> None:
    """In both languages; German by default, as everywhere. None is there that no step has."""
    assert {reason for _, reason in ALL_REASONS} == set(REASONS)
    for kind, reason in ALL_REASONS:
        made = step(kind=kind, reason=reason, names=None)
        assert (made.title("de"), made.title("en")) == REASONS[reason]
        assert made.title() == REASONS[reason][0]


def test_a_title_is_the_name_where_there_is_one() -> None:
    """Of a holiday, or of a date that the calendar names."""
    assert (step().title(), step().title("de")) == ("Karfreitag", "Karfreitag")
    assert step().title("en") == "Good Friday"
    named = step(reason="special date", names=HolidayNames("Inventur", "Inventur"))
    assert named.title("en") == "Inventur"


def test_no_kind_has_another_reason() -> None:
    """A counted weekend, for one; the message shows what is wrong, and the reasons that there are."""
    for kind, reason in OTHER_REASONS:
        wrong = f"reason {reason!r}" if isinstance(kind, str) and kind in KINDS else f"kind {kind!r}"
        with pytest.raises(SLAError) as refused:
            Step.from_dict(PLAIN | {"kind": kind, "reason": reason})
        error, name = str(refused.value), wrong.split(maxsplit=1)[0]
        assert error.startswith((f"{wrong} is unknown; ", f"{name} must be a text, not "))


def test_keys_that_are_missing_or_unknown_are_named() -> None:
    """All but the names are needed, and the one that was meant is said."""
    for key in PLAIN:
        form = {name: value for name, value in FORM.items() if name != key}
        with pytest.raises(RecordError, match=rf"^key '{key}' of Step is missing"):
            Step.from_dict(form)
    with pytest.raises(RecordError, match=r"^key 'stat' of Step is unknown; did you mean 'start'"):
        Step.from_dict(FORM | {"stat": 1})
    for data in (None, 5, "step", [], [("start", 1)]):
        with pytest.raises(ArgumentError, match=r"^Step must be a mapping, not "):
            Step.from_dict(data)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *product(("start", "end"), (None, 5, "", "x", "2026-04-03", "2026-04-03T01:00:00")),
        *product(
            ("used_microseconds", "left_microseconds"),
            (None, -1, 1.0, "1", True, float("nan"), 10**30, [], timedelta()),
        ),
        *product(("names",), ("ab", 5, [], ["x"], ["x", ""], ["x", 5], {"de": "x", "en": "y"})),
    ],
    ids=str,
)
def test_a_value_that_is_none_is_refused(key: str, value: object) -> None:
    """Neither guessed nor rounded; the message names key and value."""
    with pytest.raises(RecordError) as refused:
        Step.from_dict(FORM | {key: value})
    assert str(refused.value).startswith(f"{key}: {value!r} ")


def test_every_reason_can_be_met() -> None:
    """A calendar with a date of each kind; no reason is only a word in a table."""
    calendar: dict[str, Any] = {
        "hours": {"tue-fri": OFFICE},
        "holidays": "DE-NI",
        "special": {"2026-04-01": [["10:00", "11:00"]], "2026-04-08": []},
        "recurring": {"04-02": [["10:00", "11:00"]], "04-09": {"spans": [], "name": "Inventur"}},
        "extra": [["2026-04-04T10:00+01:00", "2026-04-04T11:00+01:00"]],
    }
    changes = [
        (f"2026-03-31 12:0{minute}", level)
        for minute, level in enumerate((HIGH, EscalationLevel.MEDIUM, CRITICAL, LOW), start=1)
    ]
    tickets = [
        explained("2026-03-31 12:00", BusinessDays(4), "end of day", **calendar),
        explained("2026-03-31 12:00", BusinessDays(4), "same time", **calendar),
        explained("2026-04-07 12:00", BusinessDays(4), **calendar),
        explained(
            "2026-03-31 12:00",
            BusinessDays(4),
            pauses=[("2026-03-31 12:00", "2026-03-31 12:01")],
            changes=changes,
            came="2026-12-31 12:00",
            **calendar,
        ),
    ]
    met = {(each.kind, each.reason) for found in tickets for each in (*found.steps, *found.overrun)}
    assert met == set(ALL_REASONS) - {("paused", "open pause")}  # of clocks


SUMMER: dict[str, Any] = {"came": "2027-01-04 09:00", "holidays": "DE-NI", "zone": "Europe/Berlin"}


def test_a_long_overrun_is_folded() -> None:
    """Thirty dates at either end are said; the middle is one step, with its business time."""
    found = explained("2026-03-10 10:00", BusinessHours(4), **SUMMER)
    (fold,) = (each for each in found.overrun if each.kind == "folded")
    assert (fold.reason, fold.title("en")) == ("more days", "more days")
    assert written([fold])[0][:2] == ("04-09 00:00", "12-06 00:00")
    calendar = BusinessCalendar(zone="Europe/Berlin", hours={"mon-fri": OFFICE}, holidays="DE-NI")
    assert fold.used == calendar.between(fold.start, fold.end)
    assert found.overdue == calendar.between(due_of(found), found.responded_at or due_of(found))
    assert len(found.overrun) == 101
    assert all(one.end == other.start for one, other in pairwise(found.overrun))


def test_a_fold_may_be_counted_whole() -> None:
    """Law: `from_dict(deadline.to_dict()) == deadline`, where the desk never closes too."""
    found = explained("2026-03-10", BusinessHours(4), came="2026-09-10", **NEVER_CLOSED)
    assert Deadline.from_dict(found.to_dict()) == found


def test_as_many_dates_as_are_told_are_not_folded() -> None:
    """Sixty after the date of the deadline; with one more, one is folded."""
    for came, folded in (("2026-05-08 09:00", 0), ("2026-05-09 09:00", 1)):
        found = explained("2026-03-10 10:00", BusinessHours(4), came=came)
        assert sum(each.kind == "folded" for each in found.overrun) == folded
    # Steps up to the deadline are said whole, however many they are.
    assert all(each.kind != "folded" for each in explained("2026-03-10", BusinessDays(99)).steps)


def test_what_happens_in_a_fold_counts_and_is_no_step() -> None:
    """A pause takes its business time away; a change of level is said at the beginning alone."""
    pauses, changes = [("2026-06-09 10:00", "2026-06-09 12:00")], [("2026-07-07 15:00", CRITICAL)]
    plain = explained("2026-03-10 10:00", BusinessHours(4), **SUMMER)
    found = explained("2026-03-10 10:00", BusinessHours(4), pauses=pauses, changes=changes, **SUMMER)
    assert plain.overdue - found.overdue == 2 * HOUR
    assert [each.kind for each in found.overrun] == [each.kind for each in plain.overrun]
    assert "Dienstag, 7. Juli 2026, um 15:00 Uhr MESZ" in found.text()
    assert found.text().count("Zeitumstellung") == 1  # that of March, which is spoken of


@pytest.mark.parametrize("days", [365 * 70, 365 * 20])
def test_a_response_decades_late_makes_a_short_record(days: int) -> None:
    """Of decades nobody wants to read each date."""
    opened = datetime(2026, 3, 10, 10, tzinfo=UTC)
    found = explained(opened.isoformat(), BusinessHours(4), came=f"{opened + timedelta(days)}")
    assert len(json.dumps(found.to_dict())) < 30_000
    assert len(found.text()) < 6_000
    assert len(found.svg()) < 30_000
    assert f"{days - 59} Tage, " in found.text()


@pytest.mark.parametrize("kind", ["pauses", "changes"])
def test_explaining_takes_time_in_proportion_to_what_happened(kind: str) -> None:
    """Ten times as much took a hundred times as long; counted in calls, alike on every machine."""
    calls = []
    for count in (60, 600):
        start = datetime.fromisoformat("2026-03-10T10:00+01:00")
        minutes = [start + timedelta(minutes=3 * number) for number in range(1, count)]
        facts: dict[str, Any] = {
            "pauses": [(f"{at}", f"{at + timedelta(minutes=1)}") for at in minutes],
            "changes": [(f"{at}", (HIGH, LOW)[number % 2]) for number, at in enumerate(minutes)],
        }
        clock = ticket(f"{start}", BusinessHours(400), **{kind: facts[kind]})
        profile = Profile()
        deadline = profile.runcall(clock.explain)
        for tell in (deadline.text, deadline.svg, deadline.to_dict):
            profile.runcall(tell)
        calls.append(sum(entry.callcount for entry in profile.getstats()))
    assert calls[1] < 14 * calls[0]


def test_an_explanation_over_a_change_of_hours_names_both_and_a_window_by_its_name() -> None:
    """The record has the hours of its dates, and no others; it can be read and checked alone."""
    hours = {"2025-01-01": {"mon": [["09:00", "10:00"]]}, "2026-01-01": {"mon-fri": [["09:00", "17:00"]]}}
    desk = BusinessCalendar(
        zone="UTC",
        hours={"sun": [["09:00", "10:00"]]},
        hours_from=hours | {"2026-01-05": {"mon-fri": [["09:00", "12:00"]]}, "2027-01-01": {}},
        holidays=None,
        extra=[["2026-01-03T10:00Z", "2026-01-03T11:00Z", "Upgrade"]],
        business_day="08:00",
    )
    opened = datetime(2026, 1, 2, 14, tzinfo=UTC)
    found = explain(opened, EscalationLevel.HIGH, agreement=Agreement(calendar=desk))
    assert found.due == datetime(2026, 1, 6, 10, tzinfo=UTC)
    assert [step.title() for step in found.steps if step.reason == "extra hours"] == ["Upgrade"]
    form = found.to_dict()["calendar"]
    assert (form["hours"]["fri"], list(form["hours_from"])) == ([["09:00", "17:00"]], ["2026-01-05"])
    assert form["extra"] == [["2026-01-03T10:00:00+00:00", "2026-01-03T11:00:00+00:00", "Upgrade"]]
    assert verify(found.to_dict()) == found
    assert audit(found.to_dict()).same
    text = "Montag bis Freitag von 09:00 bis 17:00 Uhr; ab Montag, 5. Januar 2026: Montag bis Freitag von 09:00 bis 12:00 Uhr"
    assert text in found.text()
    form["extra"][0][2] = 5
    with pytest.raises(RecordError, match="contradicts itself at sha256"):
        verify(found.to_dict() | {"calendar": form})
    form |= {"extra": found.to_dict()["calendar"]["extra"], "hours_from": {"2026-01-05": {"mon-fri": []}}}
    with pytest.raises(RecordError, match="contradicts itself at calendar"):
        verify(found.to_dict() | {"calendar": form})
