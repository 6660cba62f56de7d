"""What type checkers tell users: the types they get, and the calls that are wrong.

This file is checked, never run. Every `type: ignore` proves that the line is an error, since
unused ones are errors themselves.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Literal, assert_type

import numpy as np
import polars as pl
from numpy.typing import NDArray

from netcor_sla import (
    STANDARD,
    Agreement,
    BusinessCalendar,
    BusinessDays,
    BusinessHours,
    Deadline,
    EscalationLevel,
    NextChange,
    ResponseClock,
    SLAError,
    State,
    Status,
    Step,
    explain,
    frames,
    response_due,
)
from netcor_sla.errors import (
    AgreementError,
    ArgumentError,
    CalendarError,
    CoverageError,
    FactError,
    LevelError,
    NaiveError,
    NoOpeningError,
    RecordError,
    TimestampError,
)
from netcor_sla.intake import Classification, SupportRequest, classify, contact
from netcor_sla.records import Audit, Change, audit, compare, verify
from netcor_sla.reports import Figures, Late, Report, report

AT = datetime(2026, 4, 2, 16, tzinfo=UTC)
DAY = date(2026, 4, 3)
CALENDAR = STANDARD.calendar
HOUR = timedelta(hours=1)


def functions() -> None:
    assert_type(response_due(AT, EscalationLevel.CRITICAL), datetime)
    assert_type(response_due(AT, EscalationLevel.LOW, agreement=STANDARD), datetime)
    assert_type(response_due(opened_at=AT, level=EscalationLevel.LOW), datetime)
    response_due(AT)  # type: ignore[call-arg]
    response_due(AT, 1)  # type: ignore[arg-type]
    response_due(AT, "critical")  # type: ignore[arg-type]
    response_due("2026-04-02T16:00Z", EscalationLevel.LOW)  # type: ignore[arg-type]
    response_due(DAY, EscalationLevel.LOW)  # type: ignore[arg-type]
    response_due(AT, EscalationLevel.LOW, STANDARD)  # type: ignore[call-arg]
    response_due(AT, EscalationLevel.LOW, agreement=STANDARD.calendar)  # type: ignore[arg-type]


def levels(name: str) -> None:
    level = EscalationLevel.CRITICAL
    assert_type(level.number, int)
    assert_type(level.title(), str)
    assert_type(level.title("en"), str)
    assert_type(level.criteria(language="de"), str)
    assert_type(level.response_target, BusinessHours | BusinessDays)
    assert_type(level.follow_up, Literal["daily", "as agreed"])
    taken: list[EscalationLevel] = [EscalationLevel(name), EscalationLevel("1"), EscalationLevel(1)]
    assert_type(taken[0], EscalationLevel)
    level.title("fr")  # type: ignore[arg-type]
    level.number = 2  # type: ignore[misc]
    _ = level < EscalationLevel.LOW  # type: ignore[operator]
    _ = EscalationLevel.URGENT  # type: ignore[attr-defined]


def targets() -> None:
    hours, days = BusinessHours(4), BusinessDays(2)
    assert_type(hours.hours, int)
    assert_type(hours.minutes, int)
    assert_type(days.days, int)
    assert_type(hours.to_dict(), dict[str, Any])
    assert_type(hours.replace(minutes=30), BusinessHours)
    assert_type(BusinessDays.from_dict({"days": 2}), BusinessDays)
    assert_type(hours.fingerprint, str)
    BusinessHours(1, minutes=30)
    BusinessHours(minutes=30)
    BusinessHours(1, 30)  # type: ignore[call-arg]
    BusinessHours(0.5)  # type: ignore[arg-type]
    BusinessHours("4")  # type: ignore[arg-type]
    BusinessDays()  # type: ignore[call-arg]
    BusinessDays(1.5)  # type: ignore[arg-type]
    hours.hours = 5  # type: ignore[misc]
    _ = hours < BusinessHours(5)  # type: ignore[operator]


def calendars() -> None:
    calendar = BusinessCalendar(
        zone="Europe/Berlin",
        hours={"mon-fri": [("08:30", "12:00"), ("13:00", "17:00")], "sat": []},
        holidays={"country": "DE", "subdivision": "BY", "categories": ["public", "catholic"]},
        special={
            "2026-12-24": [["09:00", "12:00"]],
            "2026-12-31": {"spans": [], "name": "Inventur"},
        },
        recurring={"12-24": [["08:30", "12:00"]]},
        extra=[("2026-05-16T20:00+02:00", "2026-05-17T04:00+02:00")],
        business_day=HOUR * 8,
    )
    assert_type(calendar, BusinessCalendar)
    assert_type(calendar.is_open(AT), bool)
    assert_type(calendar.next_open(AT), datetime)
    assert_type(calendar.next_close(AT), datetime)
    assert_type(calendar.add(AT, HOUR), datetime)
    assert_type(calendar.subtract(at=AT, amount=HOUR), datetime)
    assert_type(calendar.between(AT, AT), timedelta)
    assert_type(calendar.spans(AT, AT), Iterator[tuple[datetime, datetime]])
    assert_type(calendar.is_business_day(DAY), bool)
    assert_type(calendar.holiday(DAY), str | None)
    assert_type(calendar.holiday(DAY, language="en"), str | None)
    assert_type(calendar.business_day, timedelta)
    assert_type(calendar.tzinfo, tzinfo)
    assert_type(calendar.with_extra_hours(AT, AT, "Upgrade"), BusinessCalendar)
    assert_type(calendar.with_special({"2026-12-28/2026-12-30": []}), BusinessCalendar)
    assert_type(calendar.replace(special=calendar.special | {"2026-12-28": []}), BusinessCalendar)
    assert_type(calendar.business_days(DAY, last=DAY), int)
    assert_type(calendar.holidays_in(2026, "en"), dict[date, str])
    assert_type(calendar.zone, str)
    assert_type(calendar.hours, dict[str, list[list[str]]])
    assert_type(calendar.extra, list[list[str]])
    assert_type(calendar.replace(zone="UTC"), BusinessCalendar)
    calendar.replace(zonne="UTC")  # type: ignore[call-arg]
    calendar.replace(business_day=8)  # type: ignore[arg-type]
    assert_type(BusinessCalendar.from_dict(calendar.to_dict()), BusinessCalendar)
    assert_type(calendar.fingerprint, str)
    assert_type({calendar: 1}, dict[BusinessCalendar, int])
    calendar.add(AT, 4)  # type: ignore[arg-type]
    calendar.add(AT)  # type: ignore[call-arg]
    calendar.is_open(DAY)  # type: ignore[arg-type]
    calendar.is_business_day("2026-04-03")  # type: ignore[arg-type]
    calendar.holiday(DAY, "fr")  # type: ignore[arg-type]
    calendar.business_day = HOUR  # type: ignore[misc]
    calendar.tzinfo = UTC  # type: ignore[misc]
    BusinessCalendar({}, "UTC", None)  # type: ignore[call-arg]
    BusinessCalendar(zone="UTC", hours={})  # type: ignore[call-arg]
    BusinessCalendar(zone=UTC, hours={}, holidays=None)  # type: ignore[arg-type]
    BusinessCalendar(zone="UTC", hours={"mon": "08:30-17:00"}, holidays=5)  # type: ignore[arg-type]
    BusinessCalendar(zone="UTC", hours={}, holidays=None, colour=1)  # type: ignore[call-arg]


def explanations() -> None:
    deadline = explain(AT, EscalationLevel.CRITICAL, agreement=STANDARD)
    assert_type(deadline, Deadline)
    assert_type(STANDARD.explain(AT, EscalationLevel.LOW), Deadline)
    assert_type(deadline.due, datetime | None)
    assert_type(deadline.starts_at, datetime | None)
    assert_type((deadline.paused_since, deadline.case_number), tuple[datetime | None, str | None])
    assert_type((deadline.elapsed, deadline.remaining), tuple[timedelta, timedelta])
    assert_type(deadline.text("en", zone="Europe/Berlin"), str)
    assert_type(deadline.target, timedelta)
    assert_type(deadline.steps, tuple[Step, ...])
    assert_type(deadline.steps[0].kind, Literal["counted", "closed", "paused", "level", "rule", "folded"])
    assert_type(deadline.steps[0].used, timedelta)
    assert_type(deadline.steps[0].title("en"), str)
    assert_type(deadline.text(), str)
    assert_type(deadline.svg("en"), str)
    assert_type(deadline.to_dict(), dict[str, Any])
    assert_type(Deadline.from_dict({}), Deadline)
    explain(AT, 1)  # type: ignore[arg-type]
    explain(AT, EscalationLevel.LOW, STANDARD)  # type: ignore[call-arg]
    deadline.text("fr")  # type: ignore[arg-type]
    deadline.replace(due=AT)  # type: ignore[attr-defined]


def records() -> None:
    assert_type(verify({}), Deadline)
    assert_type(audit({}), Audit)
    assert_type(audit({}).due, datetime | None)
    assert_type(audit({}).changes, tuple[Change, ...])
    assert_type(compare(STANDARD.calendar.freeze(2020, 2030)), tuple[Change, ...])
    audit({}).due = AT  # type: ignore[misc]
    verify("{}")  # type: ignore[arg-type]
    STANDARD.calendar.freeze("2020", 2030)  # type: ignore[arg-type]


def agreements() -> None:
    agreement = Agreement(
        calendar=STANDARD.calendar,
        targets={
            EscalationLevel.CRITICAL: BusinessHours(1),
            EscalationLevel.HIGH: BusinessHours(2),
            EscalationLevel.MEDIUM: BusinessDays(1),
            EscalationLevel.LOW: BusinessDays(3),
        },
        day_rule="same time",
        at_risk=0.5,
    )
    assert_type(agreement.response_due(AT, EscalationLevel.LOW), datetime)
    assert_type(agreement.calendar, BusinessCalendar)
    target: BusinessHours | BusinessDays = agreement.targets[EscalationLevel.LOW]
    _ = agreement.replace(targets=STANDARD.targets | {EscalationLevel.LOW: target})
    premium = agreement.replace(
        targets={EscalationLevel.LOW: target}, calendars={EscalationLevel.LOW: CALENDAR}
    )
    assert_type(premium.calendar_of(EscalationLevel.LOW), BusinessCalendar)
    _ = premium.replace(calendars=premium.calendars | {EscalationLevel.HIGH: CALENDAR})
    agreement.replace(targett={})  # type: ignore[call-arg]
    agreement.replace(day_rule="next day")  # type: ignore[arg-type]
    assert_type(agreement.day_rule, Literal["elapsed", "same time", "end of day"])
    assert_type(agreement.at_risk, float)
    assert_type(agreement.replace(at_risk=0.9), Agreement)
    assert_type(Agreement.from_dict(agreement.to_dict()), Agreement)
    assert_type(agreement.fingerprint, str)
    assert_type(STANDARD, Agreement)
    Agreement(STANDARD.calendar)  # type: ignore[call-arg]
    Agreement(day_rule="next day")  # type: ignore[arg-type]
    Agreement(at_risk="0.75")  # type: ignore[arg-type]
    Agreement(targets={EscalationLevel.LOW: HOUR})  # type: ignore[dict-item]
    agreement.response_due(AT)  # type: ignore[call-arg]
    agreement.targets[EscalationLevel.LOW] = BusinessDays(5)  # type: ignore[index]


def columns(series: pl.Series, array: NDArray[np.datetime64]) -> None:
    level = EscalationLevel.LOW
    assert_type(frames.response_due(series, level), pl.Series)
    assert_type(frames.response_due(array, np.array([1, 2])), NDArray[np.datetime64])
    names = {"1 - Critical": level, "2 - High": 2}
    assert_type(frames.response_due(series, series, levels=names, outside="null"), pl.Series)
    frames.response_due(series)  # type: ignore[call-arg]
    frames.response_due(series, level, STANDARD)  # type: ignore[call-arg]
    frames.response_due(series, level, outside="ignore")  # type: ignore[arg-type]
    frames.between(series, series, calendar=STANDARD)  # type: ignore[arg-type]
    frames.is_open(series, calendar=STANDARD.calendar)
    frames.is_late(series, series)  # type: ignore[call-arg]
    frames.is_late(series, series, now=DAY)  # type: ignore[arg-type]


def final() -> None:
    class Mine(BusinessCalendar):  # type: ignore[misc]
        """Values are final: what is equal must be of one class."""

    _ = Mine


def errors(question: Callable[[], object]) -> None:
    try:
        question()
    except (AgreementError, CalendarError, LevelError, NaiveError, RecordError) as error:
        value: ValueError = error
        _ = value
    except TimestampError as error:
        value = error
    except (CoverageError, NoOpeningError) as error:
        lookup: LookupError = error
        _ = lookup
    except ArgumentError as error:
        kind: TypeError = error
        _ = kind
    except SLAError as error:
        ours: Exception = error
        wrong: ValueError = error  # type: ignore[assignment]
        _ = ours, wrong


def intake() -> None:
    answer = classify(kind="problem", impact="slight", remedy="none")
    assert_type(answer, Classification)
    assert_type(answer.level, EscalationLevel)
    assert_type(answer.is_our_reading, bool)
    assert_type(answer.kind, Literal["problem", "question", "extension", "improvement"])
    assert_type(answer.impact, Literal["unusable", "considerable", "slight"] | None)
    assert_type(answer.remedy, Literal["none", "solution", "workaround"] | None)
    assert_type(answer.clause("en"), str)
    assert_type(answer.reading(), str | None)
    assert_type(answer.text(), str)
    assert_type(Classification.from_dict(answer.to_dict()), Classification)
    classify("problem", "slight", "none")  # type: ignore[call-arg]
    assert_type(classify(kind="question"), Classification)
    classify(kind="bug", impact="slight", remedy="none")  # type: ignore[arg-type]
    assert_type(contact("en"), dict[str, str])
    answer.text("fr")  # type: ignore[arg-type]

    request = SupportRequest(case_number="1", channel="email", opened_at=AT, description=None)
    assert_type(request.missing(), tuple[str, ...])
    assert_type(request.missing_text("en"), str)
    assert_type(request.wished("en"), tuple[str, ...])
    assert_type(request.channel, Literal["email", "phone"])
    assert_type(request.opened_at, datetime)
    assert_type(request.software_version, str | None)
    assert_type(request.screenshots, bool)
    assert_type(request.replace(screenshots=True), SupportRequest)
    assert_type(SupportRequest.from_dict(request.to_dict()), SupportRequest)
    SupportRequest(case_number="1", channel="fax", opened_at=AT)  # type: ignore[arg-type]
    SupportRequest(case_number=1, channel="email", opened_at=AT)  # type: ignore[arg-type]
    SupportRequest(channel="email", opened_at=AT)  # type: ignore[call-arg]
    request.missing("fr")  # type: ignore[arg-type]


def clocks() -> None:
    clock = ResponseClock(AT, EscalationLevel.CRITICAL)
    assert_type(clock, ResponseClock)
    assert_type(ResponseClock(opened_at=AT, level=EscalationLevel.LOW), ResponseClock)
    assert_type(ResponseClock(AT, EscalationLevel.LOW, agreement=STANDARD), ResponseClock)
    assert_type(STANDARD.clock(AT, EscalationLevel.LOW), ResponseClock)
    assert_type(clock.opened_at, datetime)
    assert_type(clock.level, EscalationLevel)
    assert_type(clock.due, datetime | None)
    assert_type(clock.pause(AT), ResponseClock)
    assert_type(clock.pause(AT, AT), ResponseClock)
    assert_type(clock.pause(at=AT, until=None), ResponseClock)
    assert_type(clock.resume(at=AT), ResponseClock)
    assert_type(clock.change_level(AT, EscalationLevel.LOW), ResponseClock)
    assert_type(clock.respond(AT), ResponseClock)
    assert_type(clock.status(now=AT), Status)
    assert_type(clock.explain(), Deadline)
    assert_type(clock.to_dict(), dict[str, Any])
    assert_type(ResponseClock.from_dict(clock.to_dict()), ResponseClock)
    assert_type(ResponseClock.from_dict({}, agreement=STANDARD), ResponseClock)
    assert_type(clock.fingerprint, str)
    assert_type({clock: 1}, dict[ResponseClock, int])
    ResponseClock(AT)  # type: ignore[call-arg]
    ResponseClock(AT, 1)  # type: ignore[arg-type]
    ResponseClock(DAY, EscalationLevel.LOW)  # type: ignore[arg-type]
    ResponseClock(AT, EscalationLevel.LOW, STANDARD)  # type: ignore[call-arg]
    ResponseClock(AT, EscalationLevel.LOW, agreement=STANDARD.calendar)  # type: ignore[arg-type]
    ResponseClock.from_dict({}, STANDARD)  # type: ignore[call-arg]
    STANDARD.clock(AT, "low")  # type: ignore[arg-type]
    clock.pause()  # type: ignore[call-arg]
    clock.pause("2026-04-02T16:00Z")  # type: ignore[arg-type]
    clock.pause(AT, HOUR)  # type: ignore[arg-type]
    clock.resume(None)  # type: ignore[arg-type]
    clock.change_level(AT)  # type: ignore[call-arg]
    clock.change_level(AT, 2)  # type: ignore[arg-type]
    clock.change_level(EscalationLevel.LOW, AT)  # type: ignore[arg-type]
    clock.respond(DAY)  # type: ignore[arg-type]
    clock.status()  # type: ignore[call-arg]
    clock.replace(level=EscalationLevel.LOW)  # type: ignore[attr-defined]
    clock.due.isoformat()  # type: ignore[union-attr]
    _ = clock.due < AT  # type: ignore[operator]
    clock.level = EscalationLevel.LOW  # type: ignore[misc]
    clock.due = AT  # type: ignore[misc]


def statuses(status: Status) -> None:
    assert_type(status.now, datetime)
    assert_type(status.state, State)
    assert_type(status.late, bool)
    assert_type(status.paused, bool)
    assert_type(status.desk_open, bool)
    assert_type(status.due, datetime | None)
    assert_type(status.elapsed, timedelta)
    assert_type(status.remaining, timedelta)
    assert_type(status.overdue, timedelta)
    assert_type(status.used, float)
    assert_type(status.next_change, NextChange | None)
    assert_type(status.to_dict(), dict[str, Any])
    if change := status.next_change:
        assert_type(change.instant, datetime)
        assert_type(change.state, State)
        change.instant = AT  # type: ignore[misc]
        _ = change[0]  # type: ignore[index]
    text: str = status.state.value
    _ = text
    _ = status.next_change.instant  # type: ignore[union-attr]
    _ = State.LATE  # type: ignore[attr-defined]
    _ = status.state < State.MET  # type: ignore[operator]


def logs() -> None:
    log: list[tuple[datetime, str | EscalationLevel]] = [(AT, "new"), (AT, EscalationLevel.HIGH)]
    low, states = EscalationLevel.LOW, frozenset({"waiting"})
    assert_type(STANDARD.replay(AT, low, log, pausing=states, responding=[]), ResponseClock)
    assert_type(STANDARD.replay(AT, low, iter(log), pausing=(), responding={"a": 1}), ResponseClock)
    STANDARD.replay(AT, low, [(AT, "new")], pausing=states, responding=states)
    STANDARD.replay(AT, low, log)  # type: ignore[call-arg]
    STANDARD.replay(AT, low, log, states, states)  # type: ignore[call-arg]
    STANDARD.replay(AT, low, [(AT, 1)], pausing=(), responding=())  # type: ignore[list-item]
    STANDARD.replay(AT, low, [("new", AT)], pausing=(), responding=())  # type: ignore[list-item]
    STANDARD.replay(AT, low, log, pausing=None, responding=())  # type: ignore[arg-type]
    STANDARD.replay(AT, low, log, pausing=iter("ab"), responding=())  # type: ignore[arg-type]


def figures(clock: ResponseClock) -> None:
    found = report([clock], now=AT)
    assert_type(found, Report)
    assert_type(found.levels, tuple[Figures, ...])
    assert_type(found.total.kept, float | None)
    assert_type(found.total.median, timedelta | None)
    assert_type(found.late, tuple[Late, ...])
    assert_type(found.late[0].overdue, timedelta)
    assert_type(found.to_dict(), dict[str, Any])
    assert_type(found.text("en"), str)
    assert_type(found.html(), str)
    report({"2007": clock}, now=AT)
    report({2007: clock}, now=AT)
    report((("2007", each) for each in [clock]), now=AT)
    report([clock])  # type: ignore[call-arg]
    report(clock, now=AT)  # type: ignore[arg-type]
    report([clock], now=DAY)  # type: ignore[arg-type]
    found.late = ()  # type: ignore[misc]


def facts(question: Callable[[], object]) -> None:
    try:
        question()
    except FactError as error:
        value: ValueError = error
        ours: SLAError = error
        wrong: LookupError = error  # type: ignore[assignment]
        _ = value, ours, wrong


def final_clocks() -> None:
    class Mine(ResponseClock):  # type: ignore[misc]
        """Clocks are final, as all values are."""

    class Another(Status):  # type: ignore[misc]
        """And so is what they say."""

    _ = Mine, Another
