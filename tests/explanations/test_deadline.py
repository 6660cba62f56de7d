"""Deadlines: what each tells, that it is a value like others, and what is refused."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import copy
import json
import pickle
from base64 import b64decode
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import partial
from importlib import resources
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from dateutil import tz

from desks import OFFICE, due_of
from netcor_sla import (
    Agreement,
    BusinessCalendar,
    BusinessDays,
    Deadline,
    EscalationLevel,
    ResponseClock,
    explain,
)
from netcor_sla.errors import ArgumentError, CalendarError, FactError

BERLIN = ZoneInfo("Europe/Berlin")
CRITICAL, LOW = EscalationLevel.CRITICAL, EscalationLevel.LOW
HOUR = timedelta(hours=1)
OPENED = datetime(2026, 4, 2, 15, 10, tzinfo=BERLIN)  # the Thursday before Good Friday
DUE = datetime(2026, 4, 7, 10, 40, tzinfo=BERLIN)
HEADLINE = (
    "Eskalationsstufe 1 (Kritisch), 4 Geschäftsstunden ab Donnerstag, 2. April 2026, 15:10 Uhr "
    "MESZ: fällig Dienstag, 7. April 2026, 10:40 Uhr MESZ"
)

# In Berlin, open on a Sunday in the hours that come twice in autumn.
NIGHT = OFFICE.replace(
    calendar=BusinessCalendar(
        zone="Europe/Berlin",
        hours={"sun": [("02:00", "02:10"), ("02:20", "02:40"), ("02:50", "03:30")]},
        holidays=None,
        business_day="01:00",
    ),
    targets={level: BusinessDays(1) for level in EscalationLevel},
)


def always(year: int) -> Agreement:
    """Open the desk by day and by night, for a year."""
    form: dict[str, Any] = {"source": None, "first": year, "last": year, "days": {}}
    hours = {"mon-sun": [("00:00", "24:00")]}
    return OFFICE.replace(calendar=BusinessCalendar(zone="UTC", hours=hours, holidays=form))


def twice(hour: int, minute: int = 0, zone: tzinfo | None = BERLIN, fold: int = 0) -> datetime:
    """Read the clock in the night in which an hour comes twice."""
    return datetime(2026, 10, 25, hour, minute, tzinfo=zone, fold=fold)


def night(hour: int, minute: int = 0, **more: Any) -> Deadline:
    """Explain a ticket of that night."""
    return NIGHT.explain(twice(hour, minute, **more), CRITICAL)


class Odd(datetime):
    """A subclass of datetime, as other libraries have."""


def standard(opened_at: datetime = OPENED, level: EscalationLevel = CRITICAL) -> Deadline:
    """Explain under the policy."""
    return OFFICE.explain(opened_at, level)


def clock(opened_at: datetime = OPENED, level: EscalationLevel = CRITICAL) -> ResponseClock:
    """Start a clock under the policy."""
    return OFFICE.clock(opened_at, level)


def with_extra(start: str, end: str) -> Agreement:
    """Open the desk once more."""
    return OFFICE.replace(calendar=OFFICE.calendar.replace(extra=[[start, end]]))


def renamed(key: str) -> tzinfo:
    """Give Berlin another key."""
    with resources.files("tzdata").joinpath("zoneinfo", "Europe", "Berlin").open("rb") as file:
        return ZoneInfo.from_file(file, key=key)


def odd() -> dict[str, datetime]:
    """Write one instant in many ways."""
    return {
        "zoneinfo": OPENED,
        "utc": OPENED.astimezone(UTC),
        "fixed": OPENED.astimezone(timezone(-5 * HOUR)),
        "dateutil": datetime(2026, 4, 2, 15, 10, tzinfo=tz.gettz("Europe/Berlin")),
        "pandas": pd.Timestamp("2026-04-02T15:10", tz="Europe/Berlin"),
        "pandas, fixed": pd.Timestamp("2026-04-02T15:10+02:00"),
        "subclass": Odd(2026, 4, 2, 15, 10, tzinfo=BERLIN),
        "New York": OPENED.astimezone(ZoneInfo("America/New_York")),
    }


DEADLINES: dict[str, Callable[[], Deadline]] = {
    **{name: partial(explain, at, CRITICAL) for name, at in odd().items()},
    "days": lambda: OFFICE.explain(OPENED, LOW),
    "dates": lambda: OFFICE.replace(day_rule="end of day").explain(OPENED, LOW),
    "same time": lambda: OFFICE.replace(day_rule="same time").explain(OPENED, LOW),
    "frozen": lambda: OFFICE.replace(calendar=OFFICE.calendar.freeze(2026, 2026)).explain(OPENED, CRITICAL),
    "a window over New Year, frozen": lambda: OFFICE.replace(
        calendar=with_extra("2025-12-31T20:00+01:00", "2026-01-01T04:00+01:00").calendar.freeze(2026, 2026)
    ).explain(datetime(2026, 1, 1, 0, 30, tzinfo=BERLIN), CRITICAL),
    "the last hours of the last year": lambda: standard(datetime(2100, 12, 31, 9, tzinfo=BERLIN)),
    "over the hour that comes twice": partial(night, 1),
    "the same in a zone of dateutil": partial(night, 1, zone=tz.gettz("Europe/Berlin")),
    "opened in the second showing": partial(night, 2, 5, fold=1),
    "local mean time": lambda: NIGHT.explain(
        datetime(1900, 1, 4, 12, tzinfo=ZoneInfo("Europe/Amsterdam")), CRITICAL
    ),
    "an offset with microseconds": lambda: standard(
        datetime(2026, 4, 2, 15, 10, tzinfo=timezone(2 * HOUR + timedelta(microseconds=7)))
    ),
    "up to the last midnight of all": lambda: always(9000).explain(
        datetime(9000, 12, 31, 20, tzinfo=UTC), CRITICAL
    ),
    "the last year, seen from a later one": lambda: always(9000).explain(
        datetime(9000, 12, 31, 15, tzinfo=UTC).astimezone(timezone(14 * HOUR)), CRITICAL
    ),
    "the first year, seen from an earlier one": lambda: always(1000).explain(
        datetime(1000, 1, 1, tzinfo=UTC).astimezone(timezone(-12 * HOUR)), CRITICAL
    ),
    "a microsecond": lambda: OFFICE.explain(OPENED + timedelta(microseconds=1), CRITICAL),
    "a pause": lambda: clock().pause(OPENED + HOUR, DUE - HOUR).explain(),
    "a pause to the microsecond": lambda: (
        clock().pause(OPENED + HOUR, OPENED + HOUR + timedelta(microseconds=1)).explain()
    ),
    "a change of level": lambda: clock().change_level(OPENED + HOUR, LOW).explain(),
    "answered on time": lambda: clock().respond(OPENED + HOUR).explain(),
    "answered at the deadline": lambda: clock().respond(DUE).explain(),
    "answered late": lambda: clock().respond(DUE + 100 * HOUR).explain(),
    "answered late, seen from New York": lambda: clock(odd()["New York"]).respond(DUE + 100 * HOUR).explain(),
    "dates, a pause and a late answer": lambda: (
        OFFICE.replace(day_rule="same time")
        .clock(OPENED, LOW)
        .pause(OPENED + 2 * HOUR, DUE)
        .respond(DUE + 300 * HOUR)
        .explain()
    ),
    "paused": lambda: clock().pause(OPENED + HOUR).explain(case_number="2026-0412"),
    "paused before any time counted": lambda: clock(OPENED - 12 * HOUR).pause(OPENED - 11 * HOUR).explain(),
    "paused, where dates count": lambda: (
        OFFICE.replace(day_rule="same time").clock(OPENED, LOW).pause(DUE).explain(case_number="<4711>")
    ),
    "all in the hour that comes twice": lambda: (
        NIGHT.clock(twice(1), LOW)
        .pause(twice(2, 25), twice(2, 5, fold=1))
        .change_level(twice(2, 30, fold=1), CRITICAL)
        .respond(datetime(2026, 11, 1, 2, 30, tzinfo=BERLIN))
        .explain()
    ),
}

each_deadline = pytest.mark.parametrize("make", DEADLINES.values(), ids=DEADLINES)


@pytest.mark.parametrize("rule", ["elapsed", "same time", "end of day"])
def test_the_target_is_in_business_time_under_every_rule(rule: Any) -> None:
    """A business day is a standard day; what dates use may be another time."""
    deadline = OFFICE.replace(day_rule=rule).explain(OPENED, LOW)
    assert deadline.target == 4 * timedelta(hours=8, minutes=30)
    used = sum((step.used for step in deadline.steps), timedelta())
    assert (used == deadline.target) == (rule != "end of day")
    assert deadline.steps[-1].kind == ("counted" if rule == "elapsed" else "rule")
    assert deadline.steps[-1].reason == ("opening hours" if rule == "elapsed" else rule)


@pytest.mark.parametrize("at", odd().values(), ids=odd())
def test_a_deadline_is_what_response_due_says(at: datetime) -> None:
    """The same instant in the same zone, as a plain datetime."""
    deadline, due = OFFICE.explain(at, CRITICAL), OFFICE.response_due(at, CRITICAL)
    assert deadline.due == due == DUE
    assert due_of(deadline).isoformat() == due.isoformat()
    assert deadline.due.tzinfo is due.tzinfo is at.tzinfo
    assert type(deadline.due) is type(deadline.opened_at) is datetime
    assert deadline.opened_at == OPENED


@pytest.mark.parametrize("agreement", [None, 5, "STANDARD", {}, OFFICE.calendar, Agreement])
def test_what_is_no_agreement_is_refused(agreement: Any) -> None:
    """The message shows it."""
    with pytest.raises(ArgumentError, match=r"^agreement must be an Agreement, not "):
        explain(OPENED, CRITICAL, agreement=agreement)


@pytest.mark.parametrize("level", [1, "critical", None, "CRITICAL", EscalationLevel])
@pytest.mark.parametrize("rule", ["elapsed", "end of day"])
def test_what_is_no_level_is_refused(level: Any, rule: Any) -> None:
    """Members only; the message names the way to get one."""
    with pytest.raises(ArgumentError, match=r"^level must be an EscalationLevel, not .*\(\.\.\.\)$"):
        OFFICE.replace(day_rule=rule).explain(OPENED, level)


def test_a_deadline_is_shown_in_one_line() -> None:
    """In German, on the reader's clock; its repr has attributes that it has, and so have its steps'."""
    assert str(standard()) == HEADLINE
    assert repr(standard()) == (
        "<Deadline opened_at=2026-04-02 15:10:00+02:00, level=EscalationLevel.CRITICAL, "
        "due=2026-04-07 10:40:00+02:00>"
    )
    assert repr(standard(level=LOW).steps[0]) == (
        "<Step start=2026-04-02 15:10:00+02:00, end=2026-04-02 18:00:00+02:00, kind='counted', "
        "reason='opening hours', names=None, used=2 h 50 min, left=31 h 10 min>"
    )
    for make in DEADLINES.values():
        assert len(str(make()).splitlines()) == 1


@pytest.mark.parametrize("language", ["fr", "DE", "", None, 5, ["de"], {}])
def test_another_language_is_refused(language: Any) -> None:
    """By text and picture alike; the message names the value and the choices."""
    for tell in (standard().text, standard().svg):
        with pytest.raises(ArgumentError) as refused:
            tell(language)
        assert str(refused.value) == f"language {language!r} is unknown; choose 'de' or 'en'"


@each_deadline
def test_a_deadline_comes_back_from_its_record(make: Callable[[], Deadline]) -> None:
    """Law: `from_dict(deadline.to_dict()) == deadline`; it then says the same, word for word."""
    deadline = make()
    again = Deadline.from_dict(json.loads(json.dumps(deadline.to_dict())))
    assert again == deadline
    assert again.to_dict() == deadline.to_dict()
    assert (str(again), again.text("en")) == (str(deadline), deadline.text("en"))
    assert again.svg() == deadline.svg()
    for name in ("opened_at", "starts_at", "due"):
        assert str(getattr(again, name)) == str(getattr(deadline, name))
    assert (again.level, again.target) == (deadline.level, deadline.target)
    assert again.steps == deadline.steps
    assert Deadline.from_dict(MappingProxyType(OrderedDict(deadline.to_dict()))) == deadline


@each_deadline
def test_a_deadline_survives_copies_and_pickles(make: Callable[[], Deadline]) -> None:
    """In every protocol."""
    deadline = make()
    assert copy.copy(deadline) == copy.deepcopy(deadline) == deadline
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(deadline, protocol))  # noqa: S301 - our own pickle
        assert again == deadline
        assert [str(each.start) for each in again.steps] == [str(each.start) for each in deadline.steps]


def test_a_record_is_a_fresh_copy() -> None:
    """Who changes a record changes no deadline."""
    deadline = standard()
    before, record = deadline.fingerprint, deadline.to_dict()
    record["steps"][0].clear()
    record["steps"].clear()
    record["hours"].clear()
    record["versions"].clear()
    record["calendar"].clear()
    assert deadline.fingerprint == before
    given = deadline.to_dict()
    read = Deadline.from_dict(given)
    given["versions"].clear()
    given["calendar"].clear()
    assert read == deadline


def test_equality_asks_for_the_name_of_the_zone_and_not_for_the_object() -> None:
    """Two zones without a name are alike where their offsets are."""
    fixed = standard(OPENED.astimezone(timezone(2 * HOUR)))
    named = standard(OPENED.astimezone(timezone(2 * HOUR, "CEST")))
    dateutil = standard(odd()["dateutil"])
    assert fixed == named == dateutil
    assert (hash(fixed), fixed.fingerprint, repr(fixed)) == (hash(named), named.fingerprint, repr(named))
    assert standard() != fixed
    assert standard() == standard(OPENED.astimezone(ZoneInfo.no_cache("Europe/Berlin")))
    assert standard() != standard(OPENED.astimezone(ZoneInfo("Europe/Paris")))


def test_unequal_deadlines_are_unlike() -> None:
    """Another instant, zone, level, rule or calendar."""
    agreement = OFFICE.replace(calendar=OFFICE.calendar.replace(holidays="DE-HB"))
    others = [
        standard(),
        *(standard(OPENED + HOUR), standard(level=EscalationLevel.HIGH), standard(level=LOW)),
        *(standard(OPENED.astimezone(UTC)), agreement.explain(OPENED, CRITICAL)),
        OFFICE.replace(day_rule="end of day").explain(OPENED, LOW),
        OFFICE.replace(calendar=OFFICE.calendar.freeze(2026, 2026)).explain(OPENED, CRITICAL),
    ]
    assert len(set(others)) == len({each.fingerprint for each in others}) == len(others)
    assert standard() != standard().to_dict()
    assert standard().__eq__(None) is NotImplemented


def test_a_zone_without_a_plain_key_is_none() -> None:
    """A zone may be called anything; its deadline must come back nevertheless."""
    for key in ("my own zone", "x" * 200, "a\nb"):
        zone = renamed(key)
        deadline = standard(datetime(2026, 4, 2, 15, 10, tzinfo=zone))
        again = Deadline.from_dict(deadline.to_dict())
        assert again == deadline
        assert due_of(again).isoformat() == DUE.isoformat()


def test_a_response_is_told_in_the_zone_of_the_opening() -> None:
    """As all instants are, in whatever zone it was said."""
    came = DUE - HOUR
    answer = clock().respond(came.astimezone(UTC)).explain()
    assert answer.responded_at is not None
    assert answer.responded_at.isoformat() == came.isoformat()
    assert answer.responded_at.tzinfo is due_of(answer).tzinfo is BERLIN
    assert (answer.due, answer.overdue, answer.overrun) == (DUE, timedelta(), ())
    assert answer.steps == standard().steps


@pytest.mark.parametrize(
    ("after", "overdue", "steps"),
    [
        (timedelta(microseconds=1), timedelta(microseconds=1), 1),
        (2 * HOUR, 2 * HOUR, 1),
        (9 * HOUR, HOUR * 22 / 3, 2),
        (24 * HOUR, HOUR * 17 / 2, 3),
    ],
)
def test_how_late_a_response_came(after: timedelta, overdue: timedelta, steps: int) -> None:
    """The steps from the deadline to it, and their business time; the others are as ever."""
    answer = clock().respond(DUE + after).explain()
    assert answer.overdue == overdue == sum((step.used for step in answer.overrun), timedelta())
    assert len(answer.overrun) == steps
    assert (answer.overrun[0].start, answer.overrun[-1].end) == (DUE, DUE + after)
    assert answer.overrun[-1].left == timedelta()
    assert answer.steps == standard().steps


def test_a_notebook_shows_a_deadline_in_english_too() -> None:
    """In any zone, too: text and picture are those of the deadline, and the value is like others."""
    deadline = clock().pause(OPENED + HOUR).explain(case_number="<b>4711")
    english = deadline.in_language("en", zone="America/New_York")
    page = english._repr_html_()  # type: ignore[attr-defined]
    assert "Case number &lt;b&gt;4711" in page
    assert b64decode(page.split("base64,")[1].split('"')[0]).decode() == deadline.svg(
        "en", zone=ZoneInfo("America/New_York")
    )
    assert str(english).startswith("Case number <b>4711: escalation level 1 (Critical)")
    assert english == pickle.loads(pickle.dumps(english))  # noqa: S301 - our own pickle
    assert english not in {deadline.in_language("de"), deadline.in_language("en")}
    assert deadline._repr_html_() == deadline.in_language("de")._repr_html_()  # type: ignore[attr-defined]


def test_a_zone_to_show_is_read_as_calendars_read_theirs() -> None:
    """By text and picture; what is none is refused with both spellings."""
    for show in (standard().text, standard().svg, partial(standard().in_language, "en")):
        with pytest.raises(CalendarError, match=r"^zone 'Berlin' is unknown; .*'\+01:00'"):
            show(zone="Berlin")
    assert standard().text(zone="+02:00") == standard().text(zone=timezone(2 * HOUR))


@pytest.mark.parametrize("number", [" ", "", "\x00", "4" * 101, 4711])
def test_what_is_no_case_number_is_refused(number: Any) -> None:
    """The message names it; the longest is read back."""
    with pytest.raises(FactError, match=r"^case_number: "):
        explain(OPENED, CRITICAL, case_number=number)
    hostile = repr(explain(OPENED, CRITICAL, case_number="4\n7\u202e1\ud8001"))
    assert hostile.isprintable()
    assert hostile.endswith(r"case_number='4\n7\u202e1\ud8001'>")
    longest = explain(OPENED, CRITICAL, case_number="4" * 100)
    assert Deadline.from_dict(longest.to_dict()).case_number == "4" * 100
    assert explain(OPENED, CRITICAL) != longest


def test_the_level_is_the_last_one() -> None:
    """And target and deadline are its own, from the opening on."""
    answer = clock(level=LOW).change_level(OPENED + 2 * HOUR, CRITICAL).explain()
    assert (answer.level, answer.due, answer.target) == (CRITICAL, DUE, 4 * HOUR)
    changes = [step for step in answer.steps if step.kind == "level"]
    assert [(step.start, step.end, step.reason) for step in changes] == [
        (OPENED + 2 * HOUR, OPENED + 2 * HOUR, "critical")
    ]
    assert answer != standard()


def test_what_makes_no_difference_to_a_clock_makes_none_to_its_deadline() -> None:
    """An empty pause, a level that stays, and what comes after the response."""
    assert clock().pause(DUE, DUE).change_level(OPENED, CRITICAL).explain() == standard()
    answered = clock().respond(OPENED + HOUR)
    later = answered.pause(DUE - HOUR).change_level(DUE, LOW).respond(DUE)
    assert later.explain() == answered.explain()
