"""Agreements: a calendar, the promises of four levels, and how days are counted."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from desks import DESK, TERMS
from netcor_sla import (
    STANDARD,
    Agreement,
    BusinessCalendar,
    BusinessDays,
    BusinessHours,
    EscalationLevel,
    response_due,
)
from netcor_sla.annotations import DayRule
from netcor_sla.errors import (
    AgreementError,
    ArgumentError,
    CalendarError,
    CoverageError,
    LevelError,
    NaiveError,
    SLAError,
)

CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel
TARGETS: Final[dict[EscalationLevel, BusinessHours | BusinessDays]] = {
    CRITICAL: BusinessHours(1),
    HIGH: BusinessHours(2),
    MEDIUM: BusinessDays(1),
    LOW: BusinessDays(3),
}
# The last year that is known is 2100, which ends on a Friday.
KNOWN: Final = TERMS.replace(calendar=DESK.replace(holidays="DE-NI"))
ALWAYS: Final = BusinessCalendar(zone="UTC", hours={"mon-sun": [("00:00", "24:00")]}, holidays=None)
UNEVEN: Final = DESK.replace(hours={"mon-thu": [("08:30", "17:00")], "fri": [("08:30", "12:00")]})


def at(text: str) -> datetime:
    """Read a wall-clock time of the desk."""
    return datetime.fromisoformat(text).replace(tzinfo=DESK.tzinfo)


@pytest.mark.parametrize(
    ("opened", "dues"),
    [
        (
            "2025-03-03 09:00",
            ["2025-03-03 13:30", "2025-03-03 17:30", "2025-03-04 18:00", "2025-03-06 18:00"],
        ),
        (
            "2025-03-07 17:00",
            ["2025-03-10 12:00", "2025-03-10 16:30", "2025-03-11 17:00", "2025-03-13 17:00"],
        ),
        (
            "2025-03-08 12:00",
            ["2025-03-10 13:30", "2025-03-10 17:30", "2025-03-11 18:00", "2025-03-13 18:00"],
        ),
    ],
)
def test_every_level_has_its_deadline(opened: str, dues: list[str]) -> None:
    """Worked out by hand, by both doors; of a Monday, a Friday and a Saturday."""
    for level, due in zip(EscalationLevel, dues, strict=True):
        assert TERMS.response_due(at(opened), level) == at(due)
        assert response_due(at(opened), level, agreement=TERMS) == at(due)


def test_the_standard_is_the_policy() -> None:
    """All four keys, written out; it is what everything defaults to."""
    assert Agreement() == STANDARD == Agreement.from_dict({})
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
    opened = at("2025-03-07 17:00")
    for level in EscalationLevel:
        assert response_due(opened, level) == STANDARD.response_due(opened, level)
    assert repr(STANDARD) == "STANDARD"
    assert repr(TERMS).startswith("Agreement(calendar=BusinessCalendar(zone='+02:00', ")
    assert all(f", {name}=" in repr(TERMS) for name in ("targets", "day_rule", "at_risk"))


@pytest.mark.parametrize(
    ("target", "due"),
    [
        (BusinessHours(minutes=30), "2025-03-07 18:00"),
        (BusinessHours(1, minutes=45), "2025-03-10 10:15"),
        (BusinessHours(2), "2025-03-10 10:30"),
    ],
)
def test_hours_and_minutes_both_count(target: BusinessHours, due: str) -> None:
    """From half an hour before the closing on a Friday, under every rule: those are about days."""
    for rule in ("elapsed", "same time", "end of day"):
        agreement = TERMS.replace(targets=TARGETS | {CRITICAL: target}, day_rule=rule)
        assert agreement.response_due(at("2025-03-07 17:30"), CRITICAL) == at(due)


def test_days_are_counted_by_the_business_day_of_the_calendar() -> None:
    """And by the rule of the agreement."""
    agreement = TERMS.replace(calendar=DESK.replace(business_day=timedelta(hours=4)))
    opened = at("2025-03-03 09:00")
    dues: dict[DayRule, str] = {
        "elapsed": "2025-03-03 17:30",
        "same time": "2025-03-05 09:00",
        "end of day": "2025-03-05 18:00",
    }
    for rule, due in dues.items():
        assert agreement.replace(day_rule=rule).response_due(opened, MEDIUM) == at(due)


@pytest.mark.parametrize(
    "zone", [UTC, timezone(timedelta(hours=2)), ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")]
)
def test_the_result_is_in_the_zone_of_the_opening(zone: timezone | ZoneInfo) -> None:
    """The very object, for hours and for days by dates; a subclass gives what a datetime gives."""
    opened = at("2025-03-07 17:00").astimezone(zone)
    for agreement in (TERMS, TERMS.replace(day_rule="same time")):
        for level in EscalationLevel:
            due = agreement.response_due(opened, level)
            assert due.tzinfo is zone
            assert due == agreement.response_due(at("2025-03-07 17:00"), level)
            other = agreement.response_due(pd.Timestamp(opened), level)
            assert (other, other.utcoffset(), type(other)) == (due, due.utcoffset(), datetime)


@pytest.mark.parametrize(
    ("opened", "error", "words"),
    [
        (datetime(2025, 3, 7), NaiveError, "opened_at has no zone"),
        ("2025-03-07T12:00Z", ArgumentError, "opened_at must be an aware datetime, not str"),
        (None, ArgumentError, "opened_at must be an aware datetime, not NoneType"),
        (datetime(1990, 3, 7, tzinfo=UTC), CoverageError, "opened_at .* lies outside 1991 to 2100"),
        (datetime(2101, 3, 7, tzinfo=UTC), CoverageError, "opened_at .* lies outside 1991 to 2100"),
        (at("2100-12-31 17:59"), CoverageError, "from opened_at 2100-12-31T17:59:00"),
    ],
)
@pytest.mark.parametrize("rule", ["elapsed", "end of day"])
def test_an_opening_that_is_not_an_instant_is_refused(
    opened: Any, error: type[SLAError], words: str, rule: DayRule
) -> None:
    """The message names the argument as the caller wrote it, under every rule."""
    for level in (CRITICAL, LOW):
        with pytest.raises(error, match=f"^{words}"):
            KNOWN.replace(day_rule=rule).response_due(opened, level)


@pytest.mark.parametrize(
    "level", [1, "critical", "Kritisch", None, True, [CRITICAL], np.timedelta64(1, "h")], ids=repr
)
def test_functions_take_the_member_alone(level: Any) -> None:
    """The message names the value and shows both ways to a member."""
    for ask in (TERMS.response_due, TERMS.clock, TERMS.replace(day_rule="same time").response_due):
        with pytest.raises(ArgumentError) as refused:
            ask(at("2025-03-07 12:00"), level)
        assert str(refused.value) == (
            f"level must be an EscalationLevel, not {level!r}; write EscalationLevel.CRITICAL, or "
            "convert with EscalationLevel(...)"
        )


@pytest.mark.parametrize("agreement", [None, 5, "standard", DESK, {}], ids=lambda v: type(v).__name__)
def test_the_function_takes_an_agreement_alone(agreement: Any) -> None:
    """Anything else is named, and not met with an AttributeError."""
    with pytest.raises(ArgumentError, match=r"^agreement must be an Agreement, not "):
        response_due(at("2025-03-07 12:00"), CRITICAL, agreement=agreement)


def test_targets_cannot_be_changed() -> None:
    """Neither on the agreement nor by the mapping that it was made from; its order means nothing."""
    given = dict(reversed(TARGETS.items()))
    agreement = Agreement(calendar=DESK, targets=MappingProxyType(given))
    given[CRITICAL] = BusinessHours(100)
    assert agreement == Agreement(calendar=DESK, targets=TARGETS)
    assert list(agreement.targets) == list(EscalationLevel)
    with pytest.raises(TypeError):
        agreement.targets[CRITICAL] = BusinessHours(100)  # type: ignore[index]


def test_a_target_in_days_needs_the_length_of_a_day() -> None:
    """Where the weekdays that open differ in length; the message names target and remedy."""
    with pytest.raises(AgreementError) as refused:
        TERMS.replace(calendar=UNEVEN)
    message = str(refused.value)
    assert message.startswith("targets: 2 business days: business_day is n")
    assert message.endswith("give it, for example '08:00'")
    hours = dict.fromkeys(EscalationLevel, BusinessHours(4))
    assert Agreement(calendar=UNEVEN, targets=hours).calendar is UNEVEN
    given = TERMS.replace(calendar=UNEVEN.replace(business_day=timedelta(hours=8)))
    assert given.targets == TERMS.targets


@pytest.mark.parametrize("level", EscalationLevel)
def test_targets_that_name_some_levels_leave_the_others_as_before(level: EscalationLevel) -> None:
    """Those of the policy, in Python and as data; in a copy, those of the agreement."""
    promised = {level: BusinessHours(1)}
    standard = STANDARD.replace(targets=STANDARD.targets | promised)
    form = {"targets": {level.value: {"hours": 1}}}
    assert Agreement(targets=promised) == Agreement.from_dict(form) == standard
    assert STANDARD.replace(targets=promised) == standard
    assert TERMS.replace(targets=promised).targets == {**TERMS.targets, **promised}


def test_a_level_may_have_a_calendar_of_its_own() -> None:
    """Around the clock, of a Friday evening: for that level alone, whatever asks."""
    premium = TERMS.replace(calendars={HIGH: ALWAYS, CRITICAL: ALWAYS})
    opened = at("2025-03-07 19:00")
    assert premium.response_due(opened, CRITICAL) == at("2025-03-07 23:00")
    assert premium.response_due(opened, LOW) == TERMS.response_due(opened, LOW)
    assert [premium.calendar_of(level) for level in EscalationLevel] == [ALWAYS, ALWAYS, DESK, DESK]
    assert premium.calendars == {CRITICAL: ALWAYS, HIGH: ALWAYS}
    assert list(premium.calendars) == [CRITICAL, HIGH]
    assert premium.calendars | {HIGH: DESK} == {CRITICAL: ALWAYS, HIGH: DESK}
    assert premium.to_dict()["calendars"] == {"critical": ALWAYS.to_dict(), "high": ALWAYS.to_dict()}
    assert Agreement.from_dict(premium.to_dict()) == premium != TERMS
    assert premium.replace(calendars={}).fingerprint == TERMS.fingerprint
    assert ", calendars={" in repr(premium)
    clock = premium.clock(opened, LOW).change_level(at("2025-03-08 12:00"), CRITICAL)
    assert clock.due == at("2025-03-07 23:00")
    assert not clock.status(opened).desk_open
    assert clock.status(at("2025-03-08 12:00")).desk_open


def test_days_of_a_level_are_those_of_its_calendar() -> None:
    """A target of a day is as long as that calendar's; and without a length there, it is refused."""
    short = DESK.replace(business_day=timedelta(hours=4))
    agreement = TERMS.replace(calendars={LOW: short}, targets={MEDIUM: BusinessDays(1), LOW: BusinessDays(1)})
    opened = at("2025-03-03 09:00")
    assert agreement.response_due(opened, LOW) == at("2025-03-03 13:30")
    assert agreement.response_due(opened, MEDIUM) == at("2025-03-03 18:00")
    with pytest.raises(AgreementError, match="business_day is not given"):
        TERMS.replace(calendars={LOW: UNEVEN})
    assert TERMS.replace(calendars={HIGH: UNEVEN}).calendar_of(HIGH) is UNEVEN


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"calendar": None}, ArgumentError, "calendar must be a BusinessCalendar, not None"),
        ({"targets": None}, ArgumentError, "targets must be a mapping, not NoneType: None"),
        ({"targets": {1: BusinessHours(4)}}, ArgumentError, "targets: 1 is not an EscalationLevel"),
        (
            {"targets": TARGETS | {LOW: timedelta(hours=4)}},
            ArgumentError,
            "is not a target; write BusinessHours(4) or BusinessDays(2)",
        ),
        ({"calendars": None}, ArgumentError, "calendars must be a mapping, not NoneType: None"),
        ({"calendars": {"low": DESK}}, ArgumentError, "calendars: 'low' is not an EscalationLevel"),
        ({"calendars": {LOW: "DE"}}, ArgumentError, "calendars: 'DE' is not a BusinessCalendar; wri"),
        ({"day_rule": "elapse"}, AgreementError, "'elapse' is unknown; did you mean 'elapsed'?"),
        ({"day_rule": "xyz"}, AgreementError, "choose one of 'elapsed', 'same time', 'end of day'"),
        ({"day_rule": None}, ArgumentError, "day_rule None is unknown; choose one of"),
        ({"day_rule": ["elapsed"]}, ArgumentError, "day_rule ['elapsed'] is unknown; choose"),
        *(
            ({"at_risk": share}, AgreementError, "is not above 0 and at most 1; ")
            for share in (0, 1.01, -0.5, 75, float("nan"), float("inf"), 10**5000)
        ),
        *(
            ({"at_risk": share}, ArgumentError, "is not a number; ")
            for share in (True, "0.75", None, Decimal("0.75"), 1j)
        ),
        ({"calender": DESK}, AgreementError, "key 'calender' of Agreement is unknown; did you me"),
    ],
)
def test_arguments_without_sense_are_refused(
    changes: dict[str, Any], error: type[SLAError], words: str
) -> None:
    """By the constructor and by `replace`; the message names field, value and remedy."""
    makers = (TERMS.replace,) if "calender" in changes else (Agreement, TERMS.replace)
    for make in makers:
        with pytest.raises(error) as refused:
            make(**changes)
        assert words in str(refused.value)


@pytest.mark.parametrize("share", [1, 1.0, 0.75, 5e-324, np.float64(0.5)])
def test_a_share_is_kept_as_a_float(share: float) -> None:
    """So that 1 and 1.0 make equal agreements with equal fingerprints."""
    agreement = TERMS.replace(at_risk=share)
    assert (agreement.at_risk, type(agreement.at_risk)) == (share, float)
    assert agreement.fingerprint == TERMS.replace(at_risk=float(share)).fingerprint


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
    """As `EscalationLevel` knows them; keys that are left out are the policy's."""
    targets = [{"hours": 1}, {"minutes": 120}, {"days": 1}, {"days": 3}]
    form = {"targets": dict(zip(keys, targets, strict=True)), "calendar": DESK.to_dict()}
    assert Agreement.from_dict(form) == Agreement(targets=TARGETS, calendar=DESK)


@pytest.mark.parametrize(
    ("form", "error", "words"),
    [
        ({"calender": {}}, AgreementError, "key 'calender' of Agreement is unknown; did you mean "),
        ({"calendar": {}}, CalendarError, "key 'hours' of BusinessCalendar is missing"),
        ({"calendar": None}, ArgumentError, "BusinessCalendar must be a mapping, not NoneType"),
        ({"targets": []}, ArgumentError, "targets must be a mapping, not list: []"),
        ({"targets": {"urgent": {"hours": 1}}}, LevelError, "'urgent' is not an escalation level"),
        (
            {"targets": {"critical": {"hours": 1}, 1: {"hours": 2}}},
            *(AgreementError, "targets: critical is given twice, the second time as 1"),
        ),
        ({"targets": {"critical": "4 h"}}, ArgumentError, "targets: critical must be a mapping, not str"),
        ({"calendars": []}, ArgumentError, "calendars must be a mapping, not list: []"),
        ({"calendars": {"low": "DE"}}, ArgumentError, "calendars: low must be a mapping, not str"),
        ({"at_risk": "0.75"}, ArgumentError, "at_risk: '0.75' is not a number"),
        (None, ArgumentError, "Agreement must be a mapping, not NoneType: None"),
    ],
)
def test_a_form_without_sense_is_refused(form: Any, error: type[SLAError], words: str) -> None:
    """The message names the key and the value."""
    with pytest.raises(error) as refused:
        Agreement.from_dict(form)
    assert str(refused.value).startswith(words)


def test_agreements_that_differ_in_any_key_differ() -> None:
    """In equality, hash and fingerprint; where one key is changed, the others stay."""
    changes: dict[str, Any] = {
        "calendar": BusinessCalendar(zone="UTC", hours={"mon": [("08:00", "12:00")]}, holidays=None),
        "targets": TARGETS,
        "calendars": {LOW: DESK},
        "day_rule": "same time",
        "at_risk": 0.5,
    }
    variants = [TERMS, *(TERMS.replace(**{key: value}) for key, value in changes.items())]
    variants.append(TERMS.replace(day_rule="end of day"))
    assert len(set(variants)) == len({each.fingerprint for each in variants}) == len(variants)
    step = TERMS
    for key, value in changes.items():
        step = step.replace(**{key: value})
    assert step == Agreement(**changes)
