"""Deadlines as records: everything that one rests on, ready for JSON, and checked when read.

A record holds facts, and not only the versions of what knew them: versions vanish. Its steps are
among the facts, so it is checked by adding them up, without `holidays` and without zone data.
"""

import os
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final, assert_never

from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._calendars.holidays import FrozenHolidays, HolidaySource, read_holidays
from netcor_sla._calendars.hours import (
    clock,
    dated,
    minutes,
    recurring_date,
    special_date,
    week,
    week_form,
)
from netcor_sla._calendars.instants import DAY, EPOCH, MINUTE, ZERO, Span, moment
from netcor_sla._calendars.schedule import Schedule, write_schedule
from netcor_sla._calendars.timestamps import read_instant
from netcor_sla._calendars.zones import Stretch, is_key, known, named
from netcor_sla._explanations.steps import (
    Basis,
    Explanation,
    Step,
    covered,
    lasting,
    read_step,
    total,
    within,
)
from netcor_sla._explanations.words import Voice
from netcor_sla._policy.due import DAY_RULES, DayRule, Promise
from netcor_sla._policy.levels import BusinessDays, EscalationLevel, amount, read_target
from netcor_sla._tickets.facts import Facts, read_history, write_history
from netcor_sla._values import fingerprint, listed, pair, table, text, word
from netcor_sla._version import VERSION
from netcor_sla.errors import ArgumentError, RecordError, SLAError, shown

SCHEMA: Final = "netcor-sla/deadline/3"

_KEYS: Final = (
    *("schema", "opened_at", "zone", "level", "target", "day_rule", "starts_at", "due"),
    *("responded_at", "steps", "overrun", "history", "calendar", "offsets", "hours"),
    *("fingerprint", "versions", "sha256"),
)
_OFFSET: Final = re.compile("UTC|[+-][0-9]{2}:[0-9]{2}", re.ASCII)
_FARTHEST: Final = 400 * 366 * DAY


# Writing.


def calendar_form(calendar: BusinessCalendar, days: range, span: Span) -> dict[str, Any]:
    """Write a calendar's data form, with special dates and extra windows of some days alone."""
    schedule, source = calendar.schedule, calendar.schedule.holidays
    special = {day: schedule.special[day] for day in schedule.special if day in days}
    origin = source.origin if isinstance(source, FrozenHolidays) else source
    extra = tuple(schedule.windows(*span))
    form = write_schedule(replace(schedule, holidays=origin, special=special, extra=extra))
    if calendar.usual_day is not None:
        form["business_day"] = clock(calendar.usual_day // MINUTE)
    return form


def versions(schedule: Schedule) -> dict[str, str | None]:
    """Name the versions of this library, of `holidays` and of the zone data.

    What was not asked is None: holidays that a calendar carries need no package, and a
    fixed offset no zone data.
    """
    live = isinstance(schedule.holidays, HolidaySource)
    fixed = isinstance(schedule.zone, timezone)
    return {
        "netcor-sla": VERSION,
        "holidays": _package() if live else None,
        "tzdata": None if fixed else _zone_data(str(schedule.zone)),
    }


@cache
def _package() -> str:
    return str(import_module("holidays").__version__)


@cache
def _zone_data(key: str) -> str:
    """Name the release of the zone data from which `zoneinfo` read a zone, for example 2026a.

    Asked once, like the zone itself: a process keeps the zones that it has read.
    """
    from zoneinfo import TZPATH  # noqa: PLC0415 - as in `netcor_sla._calendars.zones`

    for directory in TZPATH:
        if os.path.isfile(os.path.join(directory, key)):  # noqa: PTH113, PTH118 - as zoneinfo looks
            listing = Path(directory, "tzdata.zi")  # which some directories have
            if not listing.is_file():
                return "unknown"
            with listing.open(encoding="utf-8") as lines:
                return lines.readline().removeprefix("# version ").strip()
    return str(import_module("tzdata").IANA_VERSION)


def write(deadline: Explanation) -> dict[str, Any]:
    """Write a record, with a hash over all of it."""
    basis, promise = deadline.basis, deadline.basis.promise
    history = write_history(basis.facts.history, lambda at: moment(at, UTC).isoformat())
    del history["responded_at"]  # which stands with the other instants that are shown
    form = {
        "schema": SCHEMA,
        "opened_at": deadline.opened_at.isoformat(),
        "zone": basis.zone,
        "level": deadline.level.value,
        "target": promise.target.to_dict(),
        "day_rule": promise.rule,
        "starts_at": deadline.starts_at.isoformat(),
        "due": deadline.due.isoformat(),
        "responded_at": deadline.responded_at and deadline.responded_at.isoformat(),
        "steps": [step.to_dict() for step in deadline.steps],
        "overrun": [step.to_dict() for step in deadline.overrun],
        "history": history,
        "calendar": _copied(basis.calendar),
        "offsets": [
            _written((each.start, each.end), timezone(each.offset)) for each in basis.offsets
        ],
        "hours": _hours(basis),
        "fingerprint": basis.fingerprint,
        "versions": dict(basis.versions),
    }
    return form | {"sha256": fingerprint(form)}


def _written(span: Span, zone: tzinfo) -> list[str]:
    return [moment(at, zone).isoformat() for at in span]


def _hours(basis: Basis) -> list[list[str]]:
    """Write the hours on the calendar's clock."""
    offsets, starts = basis.offsets, [stretch.start for stretch in basis.offsets]
    zones = [timezone(stretch.offset) for stretch in offsets]
    return [_written(span, zones[bisect_right(starts, span[0]) - 1]) for span in basis.hours]


def _copied(form: Any) -> Any:  # noqa: ANN401 - JSON
    """Copy a data form."""
    if isinstance(form, Mapping):
        return {key: _copied(each) for key, each in form.items()}
    return [_copied(each) for each in form] if isinstance(form, list) else form


# Reading.


def read(data: Mapping[str, Any]) -> dict[str, Any]:
    """Read what an `Explanation` is made of; whatever is wrong with it is a `RecordError`."""
    if not isinstance(data, Mapping):
        raise ArgumentError(f"a record is a mapping, not {type(data).__name__}: {shown(data)}")
    if (schema := data.get("schema")) != SCHEMA:
        raise RecordError(f"schema {shown(schema)} is unknown; this release reads {SCHEMA!r}")
    form = table(data, "the record", _KEYS, error=RecordError)
    try:
        return _read(form)
    except RecordError:
        raise
    except (SLAError, OverflowError) as error:
        raise RecordError(f"the record can't be read: {error}") from error


def _read(form: dict[str, Any]) -> dict[str, Any]:
    """Read a record whose keys are right."""
    in_zone = _shown(form["zone"])

    def at(key: str) -> datetime:
        return in_zone(read_instant(form[key], key, error=RecordError))

    opened_at, due = at("opened_at"), at("due")
    responded_at = None if form["responded_at"] is None else at("responded_at")
    calendar = _calendar(form["calendar"])
    steps, overrun = (
        tuple(read_step(step, in_zone) for step in _list(form[key], key))
        for key in ("steps", "overrun")
    )
    promise = _promise(form, calendar)
    return {
        "opened_at": opened_at,
        "level": promise.level,
        "starts_at": at("starts_at"),
        "due": due,
        "target": promise.amount,
        "steps": steps,
        "responded_at": responded_at,
        "overdue": total(overrun),
        "overrun": overrun,
        "basis": Basis(
            promise=promise,
            facts=_facts(form, opened_at),
            zone=form["zone"],
            calendar=calendar,
            offsets=_offsets(form["offsets"]),
            hours=tuple(_span(span, "hours") for span in _list(form["hours"], "hours")),
            fingerprint=text(form["fingerprint"], "fingerprint", error=RecordError),
            versions=_versions(form["versions"]),
        ),
    }


def _shown(key: object) -> Callable[[datetime], datetime]:
    """Make what puts instants into their zone, where this machine has it and agrees with them."""
    if key is not None and not is_key(key):
        raise RecordError(
            f"zone: {shown(key)} is not the key of a zone; write it as Europe/Berlin, or null"
        )
    if not isinstance(key, str) or not known(key):
        return lambda at: at
    zone = named(key)

    def in_zone(at: datetime) -> datetime:
        local = at.astimezone(zone)
        return local if local.utcoffset() == at.utcoffset() else at

    return in_zone


def _list(value: object, name: str) -> Sequence[Any]:
    return listed(value, name, error=RecordError)


def _promise(form: dict[str, Any], calendar: Mapping[str, Any]) -> Promise:
    """Read what was promised; the calendar says how long a business day is."""
    target = read_target(form["target"])
    rule = word(form["day_rule"], "day_rule", DAY_RULES, error=RecordError)
    length = calendar.get("business_day")
    business_day = None if length is None else MINUTE * minutes(length, "business_day")
    return Promise(EscalationLevel(form["level"]), target, rule, amount(target, business_day))


def _facts(form: dict[str, Any], opened_at: datetime) -> Facts:
    """Read what happened to the ticket."""
    history = table(form["history"], "history", ("level", "changes", "pauses"), error=RecordError)
    read = read_history(history | {"responded_at": form["responded_at"]}, opened_at)
    if read.waiting is not None:
        raise RecordError("pauses of the record must have ended; there is no deadline before that")
    return read.known().facts


def _calendar(value: object) -> dict[str, Any]:
    """Read a calendar's data form, whether or not this machine knows its zone and holidays."""
    optional = ("special", "recurring", "extra", "business_day")
    form = table(value, "calendar", ("zone", "hours", "holidays"), optional, error=RecordError)
    zone, holidays = form["zone"], form["holidays"]
    if not (is_key(zone) or (isinstance(zone, str) and _OFFSET.fullmatch(zone))):
        raise RecordError(f"zone: {shown(zone)} is not a zone; it is written as Europe/Berlin")
    if week_form(week(form["hours"])) != form["hours"]:
        raise RecordError(f"hours: {shown(form['hours'])} must be written day by day")
    if holidays is not None:  # read like data, of which the package need not know
        read_holidays({"source": holidays, "first": 2000, "last": 2000, "days": {}})
    dated(form.get("special", {}), "special", special_date)
    dated(form.get("recurring", {}), "recurring", recurring_date)
    for window in _list(form.get("extra", []), "extra"):
        _span(window, "extra")
    copied: dict[str, Any] = _copied(form)
    return copied


def _span(value: object, name: str) -> Span:
    """Read the two instants of a span."""
    ends = pair(value, name, "a start and an end", error=RecordError)
    start, end = (read_instant(each, name, error=RecordError) - EPOCH for each in ends)
    if start < end:
        return start, end
    raise RecordError(f"{name}: {shown(value)} must end after it begins")


def _offsets(value: object) -> tuple[Stretch, ...]:
    """Read offsets, one at least, in order."""
    offsets = []
    for span in _list(value, "offsets"):
        both = pair(span, "offsets", "a start and an end", error=RecordError)
        start, end = (read_instant(each, "offsets", error=RecordError) for each in both)
        offsets.append(Stretch(start - EPOCH, end - EPOCH, start.utcoffset() or ZERO))
    ends = [at for each in offsets for at in (each.start, each.end)]
    if not offsets or ends != sorted(ends):
        raise RecordError(f"offsets: {shown(value)} must be in order, and one at least")
    return tuple(offsets)


def _versions(value: object) -> dict[str, str | None]:
    """Read the versions."""
    found = table(value, "versions", ("netcor-sla", "holidays", "tzdata"), error=RecordError)
    text(found["netcor-sla"], "netcor-sla", error=RecordError)
    return {
        key: None if each is None else text(each, key, error=RecordError)
        for key, each in found.items()
    }


# Checking: the steps are added up.


def check(deadline: Explanation) -> None:
    """Check that a deadline follows from its steps, and these fit what happened."""
    facts, promise = deadline.basis.facts, deadline.basis.promise
    due = deadline.due - EPOCH
    if facts.level is not promise.level:
        raise RecordError(f"level {promise.level.value} is not the last one of its history")
    _check_steps(deadline.steps, (facts.opened, due), "steps", "due")
    _check_steps(deadline.overrun, (due, facts.late(due)), "overrun", "responded_at")
    starts = [step.start - EPOCH for step in deadline.steps if step.kind == "counted"]
    if starts[:1] != [deadline.starts_at - EPOCH]:
        raise RecordError("starts_at is not where the first counted step begins")
    _check_rule(deadline)
    _check_facts(deadline)
    _check_basis(deadline.basis, facts.opened)


def _check_steps(steps: Sequence[Step], span: Span, name: str, end: str) -> None:
    """Check that steps cover a span, one after the other, and add up."""
    at, left, told = span[0], total(steps), ZERO
    for number, step in enumerate(steps, start=1):
        where, length = f"{name}: step {number}", lasting(step)
        match step.kind:
            case "counted":
                fits = ZERO < step.used == length
            case "closed" | "paused":
                fits = ZERO == step.used < length
            case "level" | "rule":
                fits = ZERO == step.used == length
            case "folded":
                fits = ZERO <= step.used <= length and name == "overrun"
                length = ZERO
            case _:
                assert_never(step.kind)
        left, told = left - step.used, told + length
        if step.start - EPOCH != at:
            raise RecordError(f"{where} does not begin where the one before it ends")
        if not fits or step.left != left:
            raise RecordError(f"{where} lasts or uses another time than it says")
        at = step.end - EPOCH
    if at != span[1]:
        raise RecordError(f"{name} do not end at {end}")
    if told > _FARTHEST:
        raise RecordError(f"{name} last more than 400 years")


def _check_rule(deadline: Explanation) -> None:
    """Check that the target was counted, in time or in dates."""
    promise, steps = deadline.basis.promise, deadline.steps
    rules = [step.reason for step in steps if step.kind == "rule"]
    if rules != [promise.rule] * promise.by_date or (rules and steps[-1].kind != "rule"):
        raise RecordError(
            "steps must end with the day rule where dates are counted, and only there"
        )
    rule: DayRule = promise.rule if promise.by_date else "elapsed"
    match rule:
        case "elapsed":
            if (counted := total(steps)) != promise.amount:
                raise RecordError(
                    f"steps count {counted}, and {promise.amount} were promised; the deadline does "
                    "not follow from them"
                )
        case "same time":
            _check_date(deadline, closing=False)
        case "end of day":
            _check_date(deadline, closing=True)
        case _:
            assert_never(rule)


def _check_date(deadline: Explanation, *, closing: bool) -> None:
    """Check that dates were counted up to the deadline, or its date; pauses make it later."""
    basis, due, target = deadline.basis, deadline.due, deadline.basis.promise.target
    voice = Voice("en", basis.calendar["zone"], basis.offsets)
    begins = next(step.start for step in deadline.steps if step.kind in ("counted", "paused"))
    closings = {voice.day_of(EPOCH + start): end for start, end in basis.hours}
    days = sorted(day for day in closings if day > voice.day_of(begins))
    count = target.days if isinstance(target, BusinessDays) else 0
    day = days[count - 1] if count <= len(days) else None
    last = voice.day_of(due, ends=True), voice.day_of(due)
    if any(step.kind == "paused" for step in deadline.steps):
        fits = day is not None and last[1] >= day
    else:
        fits = day in last and (not closing or due - EPOCH == closings[day])
    if not fits:
        raise RecordError(f"due is not on business day {count} after the one on which time starts")


def _check_facts(deadline: Explanation) -> None:
    """Check that levels and pauses are among the steps, as far as these are told."""
    facts, steps = deadline.basis.facts, (*deadline.steps, *deadline.overrun)
    folds = [(step.start - EPOCH, step.end - EPOCH) for step in steps if step.kind == "folded"]
    until = deadline.until - EPOCH
    changes = [(at, level.value) for at, level in facts.changes if at < until]
    levels = [(step.start - EPOCH, step.reason) for step in steps if step.kind == "level"]
    if levels != [change for change in changes if not covered(folds, change[0])]:
        raise RecordError("steps change to other levels, or at other instants, than the history")
    for step in steps:
        span = step.start - EPOCH, step.end - EPOCH
        paused = within(facts.pauses, *span) if facts.pauses else []
        if step.kind in ("counted", "paused") and paused != [span] * (step.kind == "paused"):
            raise RecordError(
                f"the step from {step.start.isoformat()} is {step.kind}, and the history says "
                "otherwise"
            )


def _check_basis(basis: Basis, opened: timedelta) -> None:
    """Check that what is drawn lies on known dates, and is not endless."""
    first, last = basis.offsets[0].start, basis.offsets[-1].end
    spans = [*basis.hours, *basis.windows]
    outside = any(start < first or end > last for start, end in spans)
    if outside or opened < first or sum((end - start for start, end in spans), ZERO) > _FARTHEST:
        raise RecordError("offsets do not cover opened_at, hours and extra windows")
