"""Agreements: a calendar, the promises of four levels, and how days are counted."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import inspect
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from netcor_sla import (
    STANDARD,
    Agreement,
    BusinessCalendar,
    BusinessDays,
    BusinessHours,
    EscalationLevel,
    response_due,
)
from netcor_sla.errors import (
    AgreementError,
    ArgumentError,
    CalendarError,
    CoverageError,
    LevelError,
    NaiveError,
    SLAError,
)

ONE = timezone(timedelta(hours=1))
CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel
TARGETS: dict[EscalationLevel, BusinessHours | BusinessDays] = {
    CRITICAL: BusinessHours(1),
    HIGH: BusinessHours(2),
    MEDIUM: BusinessDays(1),
    LOW: BusinessDays(3),
}
UNEVEN = BusinessCalendar(
    zone="+01:00",
    hours={"mon-thu": [("08:30", "17:00")], "fri": [("08:30", "12:00")]},
    holidays=None,
)


def at(text: str) -> datetime:
    """Read a wall-clock time in UTC+1."""
    return datetime.fromisoformat(text).replace(tzinfo=ONE)


@pytest.mark.parametrize(
    ("opened", "dues"),
    [
        (
            "2025-03-03 08:30",
            ["2025-03-03 12:30", "2025-03-03 16:30", "2025-03-04 17:00", "2025-03-06 17:00"],
        ),
        (
            "2025-03-07 16:00",
            ["2025-03-10 11:30", "2025-03-10 15:30", "2025-03-11 16:00", "2025-03-13 16:00"],
        ),
        (
            "2025-03-08 12:00",
            ["2025-03-10 12:30", "2025-03-10 16:30", "2025-03-11 17:00", "2025-03-13 17:00"],
        ),
        (
            "2025-12-24 16:00",
            ["2025-12-29 11:30", "2025-12-29 15:30", "2025-12-30 16:00", "2026-01-02 16:00"],
        ),
    ],
)
def test_the_answers_worked_out_by_hand(opened: str, dues: list[str]) -> None:
    """The table of the policy's reading, for all levels, by both doors."""
    for level, due in zip(EscalationLevel, dues, strict=True):
        assert STANDARD.response_due(at(opened), level) == at(due)
        assert response_due(at(opened), level) == at(due)


def test_the_standard_is_the_policy() -> None:
    """All four keys, written out."""
    assert Agreement() == STANDARD
    assert STANDARD.to_dict() == {
        "calendar": STANDARD.calendar.to_dict(),
        "targets": {
            "critical": {"hours": 4},
            "high": {"hours": 8},
            "medium": {"days": 2},
            "low": {"days": 4},
        },
        "day_rule": "elapsed",
        "at_risk": 0.75,
    }
    assert STANDARD.calendar.to_dict()["holidays"] == "DE-NI"
    assert list(STANDARD.targets) == list(EscalationLevel)


def test_another_agreement_is_heeded() -> None:
    """By the keyword of the function, and by its own method."""
    other = Agreement(targets=TARGETS)
    opened = at("2025-03-03 08:30")
    assert response_due(opened, CRITICAL, agreement=other) == at("2025-03-03 09:30")
    assert other.response_due(opened, LOW) == at("2025-03-05 17:00")


@pytest.mark.parametrize(
    ("target", "due"),
    [
        (BusinessHours(minutes=30), "2025-03-07 17:00"),
        (BusinessHours(1, minutes=45), "2025-03-10 09:45"),
        (BusinessHours(2), "2025-03-10 10:00"),
    ],
)
def test_hours_and_minutes_both_count(target: BusinessHours, due: str) -> None:
    """From half an hour before the closing on a Friday."""
    agreement = Agreement(targets=TARGETS | {CRITICAL: target})
    assert agreement.response_due(at("2025-03-07 16:30"), CRITICAL) == at(due)


def test_days_are_reckoned_by_the_business_day_of_the_calendar() -> None:
    """And by the rule of the agreement."""
    calendar = STANDARD.calendar.replace(business_day=timedelta(hours=4))
    opened = at("2025-03-03 08:30")
    agreement = Agreement(calendar=calendar)
    assert agreement.response_due(opened, MEDIUM) == at("2025-03-03 16:30")
    assert agreement.replace(day_rule="same time").response_due(opened, MEDIUM) == at(
        "2025-03-05 08:30"
    )
    assert agreement.replace(day_rule="end of day").response_due(opened, MEDIUM) == at(
        "2025-03-05 17:00"
    )


@pytest.mark.parametrize("rule", ["elapsed", "same time", "end of day"])
def test_targets_in_hours_are_the_same_under_every_rule(rule: str) -> None:
    """The rules are about days."""
    agreement = Agreement(day_rule=rule)  # type: ignore[arg-type]
    assert agreement.response_due(at("2025-03-07 16:00"), CRITICAL) == at("2025-03-10 11:30")


def test_the_result_is_in_the_zone_of_the_opening_instant() -> None:
    """For hours, and for days by dates; the very object."""
    tokyo = ZoneInfo("Asia/Tokyo")
    opened = at("2025-03-07 16:00").astimezone(tokyo)
    for agreement in (STANDARD, Agreement(day_rule="same time")):
        for level in EscalationLevel:
            due = agreement.response_due(opened, level)
            assert due.tzinfo is tokyo
            assert due == agreement.response_due(at("2025-03-07 16:00"), level)


@pytest.mark.parametrize(
    "zone",
    [UTC, ONE, timezone(timedelta(hours=1)), ZoneInfo("Europe/Berlin")],
    ids=["utc", "one", "equal", "berlin"],
)
def test_a_subclass_gives_what_a_datetime_gives(zone: timezone | ZoneInfo) -> None:
    """The short way for plain datetimes and the long way for others agree."""
    opened = at("2025-03-07 16:00").astimezone(zone)
    for level in EscalationLevel:
        due = STANDARD.response_due(pd.Timestamp(opened), level)
        assert (due, due.utcoffset(), type(due)) == (
            *(STANDARD.response_due(opened, level), due.utcoffset(), datetime),
        )


@pytest.mark.parametrize(
    ("opened", "error", "words"),
    [
        (datetime(2025, 3, 7), NaiveError, "opened_at has no zone"),
        ("2025-03-07T12:00Z", ArgumentError, "opened_at must be an aware datetime, not str"),
        (None, ArgumentError, "opened_at must be an aware datetime, not NoneType"),
        (datetime(1990, 3, 7, tzinfo=UTC), CoverageError, "opened_at .* lies outside 1991 to 2100"),
        (datetime(2101, 3, 7, tzinfo=UTC), CoverageError, "opened_at .* lies outside 1991 to 2100"),
        (at("2100-12-31 16:59"), CoverageError, "from opened_at 2100-12-31T16:59:00"),
    ],
)
@pytest.mark.parametrize("rule", ["elapsed", "end of day"])
def test_an_opening_instant_that_is_none_is_refused(
    opened: Any, error: type[SLAError], words: str, rule: Any
) -> None:
    """The message names the argument as the caller wrote it, under every rule."""
    for level in (CRITICAL, LOW):
        with pytest.raises(error, match=f"^{words}"):
            Agreement(day_rule=rule).response_due(opened, level)


@pytest.mark.parametrize(
    "level", [1, "1", "critical", "Kritisch", None, True, [CRITICAL], 1.0, np.int64(1)], ids=repr
)
@pytest.mark.parametrize("rule", ["elapsed", "same time"])
def test_functions_take_the_member_alone(level: Any, rule: Any) -> None:
    """The message names the value and shows both ways to a member."""
    agreement = Agreement(day_rule=rule)
    for ask in (agreement.response_due, response_due):
        with pytest.raises(ArgumentError) as refused:
            ask(at("2025-03-07 12:00"), level)
        message = str(refused.value)
        assert message.startswith(f"level must be an EscalationLevel, not {level!r}; ")
        assert "write EscalationLevel.CRITICAL, or convert with EscalationLevel(...)" in message


@pytest.mark.parametrize(
    "agreement", [None, 5, "standard", STANDARD.calendar, {}], ids=lambda v: type(v).__name__
)
def test_the_function_takes_an_agreement_alone(agreement: Any) -> None:
    """Anything else is named, and not met with an AttributeError."""
    with pytest.raises(ArgumentError, match=r"^agreement must be an Agreement, not "):
        response_due(at("2025-03-07 12:00"), CRITICAL, agreement=agreement)


def test_level_and_instant_are_positional_and_the_agreement_is_not() -> None:
    """So that no third argument can be mistaken."""
    assert str(inspect.signature(STANDARD.response_due)).startswith(
        "(opened_at: datetime.datetime, level: "
    )
    with pytest.raises(TypeError):
        response_due(at("2025-03-07 12:00"), CRITICAL, STANDARD)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Agreement(STANDARD.calendar)  # type: ignore[call-arg]


def test_targets_cannot_be_changed() -> None:
    """Neither on the agreement nor by the mapping that it was made from."""
    given = dict(TARGETS)
    agreement = Agreement(targets=given)
    given[CRITICAL] = BusinessHours(100)
    assert agreement.targets[CRITICAL] == BusinessHours(1)
    with pytest.raises(TypeError):
        agreement.targets[CRITICAL] = BusinessHours(100)  # type: ignore[index]
    assert Agreement().targets == STANDARD.targets


def test_the_order_of_targets_means_nothing() -> None:
    """Nor does the kind of mapping."""
    turned = MappingProxyType(dict(reversed(TARGETS.items())))
    assert Agreement(targets=turned) == Agreement(targets=TARGETS)
    assert list(Agreement(targets=turned).targets) == list(EscalationLevel)


def test_a_target_in_days_that_cannot_be_reckoned_is_an_error() -> None:
    """Where the weekdays that open differ in length; the message names target and remedy."""
    with pytest.raises(AgreementError) as refused:
        Agreement(calendar=UNEVEN)
    message = str(refused.value)
    assert message.startswith(
        "targets: BusinessDays(days=2) can't be reckoned: business_day is not"
    )
    assert "give it, as '08:00'" in message
    hours = dict.fromkeys(EscalationLevel, BusinessHours(4))
    assert Agreement(calendar=UNEVEN, targets=hours).calendar is UNEVEN
    given = Agreement(calendar=UNEVEN.replace(business_day=timedelta(hours=8)))
    assert given.targets == STANDARD.targets


@pytest.mark.parametrize("level", EscalationLevel)
def test_all_four_levels_need_a_target(level: EscalationLevel) -> None:
    """The missing one is named."""
    targets = {key: value for key, value in TARGETS.items() if key is not level}
    with pytest.raises(AgreementError) as refused:
        Agreement(targets=targets)
    assert str(refused.value) == f"targets: {level.value} missing; all four levels need one"
    with pytest.raises(AgreementError, match=r"^targets: critical, high, medium, low missing; all"):
        Agreement(targets={})


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"calendar": None}, ArgumentError, ["calendar must be a BusinessCalendar, not None"]),
        (
            {"calendar": {"zone": "UTC"}},
            ArgumentError,
            ["calendar must be a BusinessCalendar, not {"],
        ),
        ({"targets": None}, ArgumentError, ["targets must be a mapping, not None"]),
        ({"targets": [BusinessHours(4)]}, ArgumentError, ["targets must be a mapping, not ["]),
        (
            {"targets": {"critical": BusinessHours(4)}},
            ArgumentError,
            ["'critical' is no EscalationLevel"],
        ),
        ({"targets": {1: BusinessHours(4)}}, ArgumentError, ["targets: 1 is no EscalationLevel"]),
        (
            {"targets": TARGETS | {LOW: timedelta(hours=4)}},
            ArgumentError,
            ["is no target", "write BusinessHours(4) or BusinessDays(2)"],
        ),
        ({"targets": TARGETS | {LOW: 4}}, ArgumentError, ["targets: 4 is no target"]),
        ({"targets": TARGETS | {LOW: None}}, ArgumentError, ["targets: None is no target"]),
        ({"targets": TARGETS | {LOW: {"days": 4}}}, ArgumentError, ["{'days': 4} is no target"]),
        ({"day_rule": "elapse"}, AgreementError, ["day_rule 'elapse'", "did you mean 'elapsed'?"]),
        (
            {"day_rule": "xyz"},
            AgreementError,
            ["choose one of 'elapsed', 'same time', 'end of day'"],
        ),
        ({"day_rule": None}, AgreementError, ["day_rule None is unknown", "choose one of"]),
        ({"day_rule": ["elapsed"]}, AgreementError, ["day_rule ['elapsed'] is unknown"]),
        ({"day_rule": np.array(["a", "b"])}, SLAError, ["day_rule"]),
        ({"at_risk": 0}, AgreementError, ["at_risk must be above 0 and at most 1, not 0"]),
        ({"at_risk": 1.01}, AgreementError, ["at_risk must be above 0 and at most 1, not 1.01"]),
        ({"at_risk": -0.5}, AgreementError, ["not -0.5"]),
        ({"at_risk": 75}, AgreementError, ["not 75"]),
        ({"at_risk": float("nan")}, AgreementError, ["not nan"]),
        ({"at_risk": float("inf")}, AgreementError, ["not inf"]),
        ({"at_risk": 10**5000}, AgreementError, ["not a value of type int"]),
        ({"at_risk": True}, ArgumentError, ["at_risk must be a number, not True; write 0.75"]),
        ({"at_risk": "0.75"}, ArgumentError, ["at_risk must be a number, not '0.75'"]),
        ({"at_risk": None}, ArgumentError, ["at_risk must be a number, not None"]),
        ({"at_risk": Decimal("0.75")}, ArgumentError, ["at_risk must be a number, not Decimal"]),
        ({"at_risk": 1j}, ArgumentError, ["at_risk must be a number, not 1j"]),
    ],
)
def test_arguments_without_sense_are_refused(
    changes: dict[str, Any], error: type[SLAError], words: list[str]
) -> None:
    """By the constructor and by `replace`; the message names field, value and remedy."""
    for make in (Agreement, STANDARD.replace):
        with pytest.raises(error) as refused:
            make(**changes)
        for word in words:
            assert word in str(refused.value)


@pytest.mark.parametrize("share", [1, 1.0, 0.75, 5e-324, np.float64(0.5)])
def test_a_share_is_kept_as_a_float(share: float) -> None:
    """So that 1 and 1.0 make equal agreements with equal fingerprints."""
    agreement = Agreement(at_risk=share)
    assert agreement.at_risk == share
    assert type(agreement.at_risk) is float
    assert agreement.fingerprint == Agreement(at_risk=float(share)).fingerprint


@pytest.mark.parametrize(
    "keys",
    [
        ["critical", "high", "medium", "low"],
        [1, 2, 3, 4],
        ["1", "2", "3", "4"],
        ["Kritisch", "Hoch", "Mittel", "Niedrig"],
        list(EscalationLevel),
    ],
    ids=["values", "numbers", "digits", "titles", "members"],
)
def test_levels_in_the_data_form_have_any_of_their_names(keys: list[Any]) -> None:
    """As `EscalationLevel` knows them."""
    targets = [{"hours": 1}, {"minutes": 120}, {"days": 1}, {"days": 3}]
    form = {"targets": dict(zip(keys, targets, strict=True))}
    assert Agreement.from_dict(form) == Agreement(targets=TARGETS)


def test_keys_that_are_left_out_are_the_policys() -> None:
    """An empty form is the standard."""
    assert Agreement.from_dict({}) == STANDARD
    assert Agreement.from_dict({"at_risk": 0.5}) == Agreement(at_risk=0.5)
    form = {"calendar": {"zone": "UTC", "hours": {"mon": [["08:00", "12:00"]]}, "holidays": None}}
    assert Agreement.from_dict(form).calendar == BusinessCalendar.from_dict(form["calendar"])


@pytest.mark.parametrize(
    ("form", "error", "words"),
    [
        ({"calender": {}}, AgreementError, ["key 'calender'", "did you mean 'calendar'?"]),
        ({"calendar": {}}, CalendarError, ["key 'zone' of BusinessCalendar is missing"]),
        (
            {"calendar": None},
            ArgumentError,
            ["BusinessCalendar is read from a mapping, not NoneType"],
        ),
        ({"targets": []}, ArgumentError, ["targets must be a mapping, not []"]),
        ({"targets": {"urgent": {"hours": 1}}}, LevelError, ["'urgent' is no escalation level"]),
        (
            {"targets": {"critical": {"hours": 1}, 1: {"hours": 2}}},
            AgreementError,
            ["targets: critical is given twice, the second time as 1"],
        ),
        (
            {"targets": {"critical": "4 h"}},
            ArgumentError,
            ["targets: critical must be a table", "not '4 h'"],
        ),
        ({"targets": {"critical": {"hours": 1}}}, AgreementError, ["high, medium, low missing"]),
        ({"at_risk": "0.75"}, ArgumentError, ["at_risk must be a number"]),
    ],
)
def test_a_form_without_sense_is_refused(
    form: Any, error: type[SLAError], words: list[str]
) -> None:
    """The message names the key and the value."""
    with pytest.raises(error) as refused:
        Agreement.from_dict(form)
    for word in words:
        assert word in str(refused.value)


def test_replace_keeps_all_other_arguments() -> None:
    """Each of the four is kept where another is changed."""
    calendar = STANDARD.calendar.replace(zone="UTC")
    one = Agreement(calendar=calendar, targets=TARGETS, day_rule="same time", at_risk=0.5)
    step = STANDARD.replace(at_risk=0.5).replace(day_rule="same time")
    assert step.replace(targets=TARGETS).replace(calendar=calendar) == one
    assert one.calendar is calendar
    assert one.fingerprint != STANDARD.fingerprint


def test_agreements_that_differ_in_any_key_differ() -> None:
    """In equality, hash and fingerprint."""
    variants = [
        STANDARD,
        Agreement(calendar=STANDARD.calendar.replace(zone="UTC")),
        Agreement(targets=TARGETS),
        Agreement(day_rule="same time"),
        Agreement(day_rule="end of day"),
        Agreement(at_risk=0.5),
    ]
    assert len(set(variants)) == len({each.fingerprint for each in variants}) == len(variants)
