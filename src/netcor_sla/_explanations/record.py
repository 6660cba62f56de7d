"""Deadlines as records: everything that one rests on, ready for JSON, and checked when read.

A record holds facts, and not only the versions of what knew them: versions vanish. Its steps are
among the facts, so it is checked by adding them up, without `holidays` and without zone data.
"""

import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timezone, tzinfo
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any, Final, assert_never

from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._calendars.holidays import FrozenHolidays, HolidaySource
from netcor_sla._calendars.hours import clock, minutes, special_date, week, week_form
from netcor_sla._calendars.instants import EPOCH, MINUTE, ZERO, Span, moment
from netcor_sla._calendars.schedule import Schedule, cut, write_schedule
from netcor_sla._calendars.timestamps import in_zone, read_instant
from netcor_sla._calendars.zones import Stretch, is_key
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
from netcor_sla._values import fingerprint, listed, mapping, pair, release, table, text, word
from netcor_sla.errors import ArgumentError, RecordError, SLAError, shown

SCHEMA: Final = "netcor-sla/deadline/3"

_KEYS: Final = (
    *("schema", "opened_at", "zone", "level", "target", "day_rule", "starts_at", "due"),
    *("responded_at", "steps", "overrun", "history", "calendar", "offsets", "hours"),
    *("fingerprint", "versions", "sha256"),
)
_VERSIONS: Final = ("netcor-sla", "holidays", "tzdata")
_OFFSET: Final = re.compile("UTC|[+-][0-9]{2}:[0-9]{2}", re.ASCII)

# Written.


def calendar_form(calendar: BusinessCalendar, days: range, span: Span) -> dict[str, Any]:
    source, length = calendar.schedule.holidays, calendar.usual_day
    whose = source.origin if isinstance(source, FrozenHolidays) else source
    return write_schedule(cut(calendar.schedule, days, span, whose)) | (
        {"business_day": clock(length // MINUTE)} if length else {}
    )


def versions(schedule: Schedule) -> dict[str, str | None]:
    """Name the versions of this library, of `holidays` and of the zone data.

    What was not asked is None: holidays that a calendar carries need no package, and a
    fixed offset no zone data.
    """
    live, fixed = isinstance(schedule.holidays, HolidaySource), isinstance(schedule.zone, timezone)
    return {
        "netcor-sla": release(),
        "holidays": str(import_module("holidays").__version__) if live else None,
        "tzdata": None if fixed else _zone_data(str(schedule.zone)),
    }


@cache
def _zone_data(key: str) -> str:
    """Name the release of the zone data from which `zoneinfo` read a zone, for example 2026a.

    Asked once, like the zone itself: a process keeps the zones that it has read.
    """
    from zoneinfo import TZPATH  # noqa: PLC0415 - as in `netcor_sla._calendars.zones`

    for directory in TZPATH:
        if os.path.isfile(os.path.join(directory, key)):  # noqa: PTH113, PTH118 - as zoneinfo looks
            listing = Path(directory, "tzdata.zi")  # which not all directories have
            lines = listing.read_text("utf-8").splitlines() if listing.is_file() else []
            return lines[0].removeprefix("# version ").strip() if lines else "unknown"
    return str(import_module("tzdata").IANA_VERSION)


def write(deadline: Explanation) -> dict[str, Any]:
    basis, promise, offsets = deadline.basis, deadline.basis.promise, deadline.basis.offsets
    history = write_history(basis.facts.history, lambda at: moment(at, UTC).isoformat())
    del history["responded_at"]  # which stands with the other instants that are shown
    starts, zones = [each.start for each in offsets], [timezone(each.offset) for each in offsets]
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
        "offsets": [_written((each.start, each.end), timezone(each.offset)) for each in offsets],
        "hours": [_written(span, zones[bisect_right(starts, span[0]) - 1]) for span in basis.hours],
        "fingerprint": basis.fingerprint,
        "versions": dict(basis.versions),
    }
    return form | {"sha256": fingerprint(form)}


def _written(span: Span, zone: tzinfo) -> list[str]:
    return [moment(at, zone).isoformat() for at in span]


def _copied(form: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(form, str):  # as most of it is
        return form
    if isinstance(form, Mapping):
        return {key: _copied(form[key]) for key in form}
    return [_copied(each) for each in form] if isinstance(form, list) else form


# Read.


def read(data: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise ArgumentError(f"a record is a mapping, not {type(data).__name__}: {shown(data)}")
    if (schema := data.get("schema")) != SCHEMA:
        raise RecordError(f"schema {shown(schema)} is unknown; this release reads {SCHEMA!r}")
    try:
        return _read(table(data, "the record", _KEYS, error=RecordError))
    except RecordError:
        raise
    except (SLAError, OverflowError, RecursionError) as error:
        raise RecordError(f"the record can't be read: {error}") from error


def _read(form: dict[str, Any]) -> dict[str, Any]:
    if form["zone"] is not None and not is_key(form["zone"]):
        raise RecordError(f"zone: {shown(form['zone'])} is not the key of a zone; write it as Europe/Berlin")
    shown_at = partial(in_zone, key=form["zone"])
    instants = {
        name: shown_at(read_instant(form[name], name, error=RecordError))
        for name in ("opened_at", "starts_at", "due", "responded_at")
        if form[name] is not None or name != "responded_at"
    }
    steps, overrun = (
        tuple(read_step(step, shown_at) for step in listed(form[name], name, error=RecordError))
        for name in ("steps", "overrun")
    )
    calendar = _calendar(form["calendar"])
    promise = _promise(form, calendar)
    named = table(form["versions"], "versions", _VERSIONS, error=RecordError)
    basis = Basis(
        promise=promise,
        facts=_facts(form, instants["opened_at"]),
        zone=form["zone"],
        calendar=calendar,
        offsets=_stretches(form["offsets"], "offsets"),
        hours=tuple((each.start, each.end) for each in _stretches(form["hours"], "hours")),
        fingerprint=text(form["fingerprint"], "fingerprint", error=RecordError),
        versions={
            name: each if each is None else text(each, name, error=RecordError)
            for name, each in named.items()
        },
    )
    return {
        "responded_at": None,
        **instants,
        "level": promise.level,
        "target": promise.amount,
        "steps": steps,
        "overdue": total(overrun),
        "overrun": overrun,
        "basis": basis,
    }


def _promise(form: dict[str, Any], calendar: Mapping[str, Any]) -> Promise:
    target, length = read_target(form["target"]), calendar.get("business_day")
    rule = word(form["day_rule"], "day_rule", DAY_RULES, error=RecordError)
    business_day = None if length is None else MINUTE * minutes(length, "business_day")
    return Promise(EscalationLevel(form["level"]), target, rule, amount(target, business_day))


def _facts(form: dict[str, Any], opened_at: datetime) -> Facts:
    history = table(form["history"], "history", ("level", "changes", "pauses"), error=RecordError)
    read = read_history(history | {"responded_at": form["responded_at"]}, opened_at)
    if read.waiting is not None:
        raise RecordError("pauses of the record must have ended; there is no deadline before that")
    return read.known().facts


def _calendar(value: object) -> dict[str, Any]:
    """Read what is shown of a calendar's data form; an audit reads the rest."""
    optional = ("hours_from", "special", "recurring", "extra", "business_day")
    form = table(value, "calendar", ("zone", "hours", "holidays"), optional, error=RecordError)
    zone = form["zone"]
    if not (is_key(zone) or (isinstance(zone, str) and _OFFSET.fullmatch(zone))):
        raise RecordError(f"zone: {shown(zone)} is not a zone; write it as +01:00 or Europe/Berlin")
    weeks = mapping(form.get("hours_from", {}), "hours_from")
    for each in (form["hours"], *weeks.values()):
        if week_form(week(each)) != each:
            raise RecordError(f"hours: {shown(each)} must be written day by day")
    for since in weeks:
        special_date(since, "hours_from")
    windows = listed(form.get("extra", []), "extra", error=RecordError)
    _stretches([*map(_unnamed, windows)], "extra")
    return {key: _copied(each) for key, each in form.items()}


def _unnamed(window: object) -> object:
    named = isinstance(window, list) and len(window) == 3 and isinstance(window[2], str)  # noqa: PLR2004
    return window[:2] if named else window  # type: ignore[index]


def _stretches(value: object, name: str) -> tuple[Stretch, ...]:
    """Read spans, which must be in order and apart, with the offsets in which they begin."""
    found, last = [], None
    for span in listed(value, name, error=RecordError):
        ends = pair(span, name, "a start and an end", error=RecordError)
        start, end = (read_instant(at, name, error=RecordError) for at in ends)
        if end < start or (last is not None and start < last):
            raise RecordError(f"{name}: {shown(value)} must be in order, each end after its start")
        found.append(Stretch(start - EPOCH, end - EPOCH, start.utcoffset() or ZERO))
        last = end
    return tuple(found)


# Checked: the steps are added up.


def check(deadline: Explanation, data: Mapping[str, Any]) -> None:
    for problem in _problems(deadline):
        raise RecordError(problem)
    if fingerprint({key: data[key] for key in _KEYS[:-1]}) != data["sha256"]:
        raise RecordError("sha256 of the record is not that of what it holds: it was changed")


def _problems(deadline: Explanation) -> Iterator[str]:
    basis, due = deadline.basis, deadline.due - EPOCH
    if basis.facts.level is not deadline.level:
        yield f"level {deadline.level.value} is not the last one of its history"
    yield from _unlike(deadline.steps, (basis.facts.opened, due), "steps", "due")
    yield from _unlike(deadline.overrun, (due, basis.facts.late(due)), "overrun", "responded_at")
    starts = [step.start - EPOCH for step in deadline.steps if step.kind == "counted"]
    if starts[:1] != [deadline.starts_at - EPOCH]:
        yield "starts_at is not where the first counted step begins"
    spans, offsets = [*basis.hours, *basis.windows], basis.offsets
    if not offsets or any(a < offsets[0].start or b > offsets[-1].end for a, b in spans):
        yield "hours and extra windows must lie where the offsets are known"
    yield from _unpromised(deadline)
    yield from _unknown(deadline)


def _unlike(steps: Sequence[Step], span: Span, name: str, end: str) -> Iterator[str]:
    """Find steps that do not cover a span, one after the other, or do not add up."""
    at, left = span[0], total(steps)
    for number, step in enumerate(steps, start=1):
        if step.start - EPOCH != at:
            yield f"{name}: step {number} does not begin where the one before it ends"
        length, left = lasting(step), left - step.used
        lasts, folded = step.kind not in ("level", "rule"), step.kind == "folded"
        used = {"counted": length, "folded": min(step.used, length)}.get(step.kind, ZERO)
        fits = length > ZERO if lasts else length == ZERO
        if not fits or (step.used, step.left) != (used, left) or (folded and name == "steps"):
            yield f"{name}: step {number} lasts or uses another time than it may"
        at = step.end - EPOCH
    if at != span[1]:
        yield f"the last of {name} does not end at {end}"


def _unpromised(deadline: Explanation) -> Iterator[str]:
    """Find a target that was not counted, in time or in dates."""
    promise, steps = deadline.basis.promise, deadline.steps
    rules = [step.reason for step in steps if step.kind == "rule"]
    if rules != [promise.rule] * promise.by_date or (rules and steps[-1].kind != "rule"):
        yield "steps must end with the day rule where dates are counted, and only then"
    rule: DayRule = promise.rule if promise.by_date else "elapsed"
    match rule:
        case "elapsed":
            if (counted := total(steps)) != promise.amount:
                yield (
                    f"steps count {counted}, and {promise.amount} were promised; the deadline does "
                    "not follow from them"
                )
        case "same time" | "end of day":
            yield from _undated(deadline, closing=rule == "end of day")
        case _:
            assert_never(rule)


def _undated(deadline: Explanation, *, closing: bool) -> Iterator[str]:
    """Find a deadline that is not on its date, or at its close; pauses make it later."""
    basis, due, target = deadline.basis, deadline.due, deadline.basis.promise.target
    voice = Voice("en", basis.calendar["zone"], basis.offsets)
    begins = next(step.start for step in deadline.steps if step.kind in ("counted", "paused"))
    closings = {voice.day_of(EPOCH + start): end for start, end in basis.hours}
    days = sorted(day for day in closings if day > voice.day_of(begins))
    count = target.days if isinstance(target, BusinessDays) else 0
    day, last = days[count - 1 : count], (voice.day_of(due, ends=True), voice.day_of(due))
    if any(step.kind == "paused" for step in deadline.steps):
        fits = any(each <= last[1] for each in day)
    else:
        fits = any(each in last and (not closing or due - EPOCH == closings[each]) for each in day)
    if not fits:
        yield f"due is not on business day {count} after the one on which time starts"


def _unknown(deadline: Explanation) -> Iterator[str]:
    """Find levels and pauses of steps that are not those of the history, folded dates aside."""
    facts, steps = deadline.basis.facts, (*deadline.steps, *deadline.overrun)
    folds = [(step.start - EPOCH, step.end - EPOCH) for step in steps if step.kind == "folded"]
    changes = ((at, level) for at, level in facts.changes if at < deadline.until - EPOCH)
    levels = [(step.start - EPOCH, step.reason) for step in steps if step.kind == "level"]
    if levels != [(at, level.value) for at, level in changes if not covered(folds, at)]:
        yield "steps change to other levels, or at other instants, than the history"
    for step in steps:
        span = step.start - EPOCH, step.end - EPOCH
        paused = within(facts.pauses, *span)
        if step.kind in ("counted", "paused") and paused != [span] * (step.kind == "paused"):
            yield f"the step from {step.start.isoformat()} is {step.kind}, and the history differs"
