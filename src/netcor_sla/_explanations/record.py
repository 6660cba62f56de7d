"""Deadlines as records: all facts that one rests on, ready for JSON, and checked when read.

Its steps are among them, so they are added up, without `holidays` and without zone data.
"""

import json
import os
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final, assert_never

from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._calendars.holidays import FrozenHolidays, HolidaySource
from netcor_sla._calendars.hours import Week, clock, minutes, week, week_form, weeks
from netcor_sla._calendars.instants import EPOCH, MINUTE, NEVER, ZERO, Span, day_text, moment
from netcor_sla._calendars.schedule import Schedule, cut, joined, write_schedule
from netcor_sla._calendars.timestamps import read_instant
from netcor_sla._calendars.zones import Stretch
from netcor_sla._explanations.days import business_days, on_calendar
from netcor_sla._explanations.steps import Basis, Explanation, Step, covered, read_step, total, within
from netcor_sla._policy.due import DAY_RULES, DayRule, Promise
from netcor_sla._policy.levels import amount, read_target
from netcor_sla._tickets.facts import read_ticket, write_history
from netcor_sla._values import fingerprint, listed, mapping, pair, release, table, text, word
from netcor_sla.errors import RecordError, SLAError, shown

SCHEMA: Final = "netcor-sla/deadline/3"

_KEYS: Final = (
    *("schema", "opened_at", "zone", "level", "target", "day_rule", "starts_at", "due", "responded_at"),
    *("steps", "overrun", "history", "calendar", "offsets", "hours", "fingerprint", "versions", "sha256"),
)
_VERSIONS: Final = ("netcor-sla", "holidays", "tzdata")

_week_form: Final = lru_cache(week_form)  # of which no one changes the lists


def calendar_form(calendar: BusinessCalendar, days: range, span: Span) -> dict[str, Any]:
    source, length = calendar.schedule.holidays, calendar.usual_day
    whose = source.origin if isinstance(source, FrozenHolidays) else source
    return write_schedule(cut(calendar.schedule, days, span, whose), _week_form) | (
        {"business_day": clock(length // MINUTE)} if length else {}
    )


def versions(schedule: Schedule) -> dict[str, str | None]:
    live, fixed = isinstance(schedule.holidays, HolidaySource), isinstance(schedule.zone, timezone)
    return {
        "netcor-sla": release(),
        "holidays": str(import_module("holidays").__version__) if live else None,
        "tzdata": None if fixed else _zone_data(str(schedule.zone)),
    }


@cache
def _zone_data(key: str) -> str:
    """Name the release of the zone data from which `zoneinfo` read a zone, once as it does: 2026a."""
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
    steps, responded = [step.to_dict() for step in deadline.steps], deadline.responded_at
    form = {
        "schema": SCHEMA,
        "opened_at": deadline.opened_at.isoformat(),
        "zone": basis.zone,
        "level": deadline.level.value,
        "target": promise.target.to_dict(),
        "day_rule": promise.rule,
        "starts_at": next((step["start"] for step in steps if step["kind"] == "counted"), None),
        "due": steps[-1]["end"] if basis.facts.waiting is None else None,
        "responded_at": responded and responded.isoformat(),
        "steps": steps,
        "overrun": [step.to_dict() for step in deadline.overrun],
        "history": history,
        "calendar": _copied(basis.calendar),
        "offsets": [_written((each.start, each.end), timezone(each.offset)) for each in offsets],
        "hours": [_written(span, zones[bisect_right(starts, span[0]) - 1]) for span in basis.hours],
        "fingerprint": basis.fingerprint,
        "versions": dict(basis.versions),
    } | ({} if deadline.case_number is None else {"case_number": deadline.case_number})
    return form | {"sha256": fingerprint(form)}


def _written(span: Span, zone: tzinfo) -> list[str]:
    return [moment(at, zone).isoformat() for at in span]


def _copied(form: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(form, list):
        return [each if isinstance(each, str) else _copied(each) for each in form]
    return {key: _copied(form[key]) for key in form} if isinstance(form, Mapping) else form


def read(data: Mapping[str, Any]) -> dict[str, Any]:
    form = mapping(data, "record")
    if (schema := form.get("schema")) != SCHEMA:
        raise RecordError(
            f"schema {shown(schema)} is unknown; this release reads {SCHEMA!r}, which Deadline.to_dict writes",
            f"schema {shown(schema)} ist unbekannt; gelesen wird {SCHEMA!r}, geschrieben von Deadline.to_dict",
        )
    try:
        return _read(table(form, "record", _KEYS, ("case_number",), error=RecordError))
    except RecordError:
        raise
    except (SLAError, ValueError, TypeError, OverflowError, RecursionError) as error:
        en = "something is no JSON, or nested too deeply; give what Deadline.to_dict wrote"
        de = "etwas ist kein JSON oder zu tief verschachtelt; angeben, was Deadline.to_dict geschrieben hat"
        if isinstance(error, SLAError):
            en, de = str(error), error.german
        raise RecordError(f"the record can't be read: {en}", f"nicht lesbar: {de}") from error


def _read(form: dict[str, Any]) -> dict[str, Any]:
    ticket = {key: form[key] for key in ("opened_at", "zone", "responded_at")}
    opened_at, history = read_ticket(mapping(form["history"], "history") | ticket, "history", "")
    facts, zone = history.known().ended, form["zone"]
    steps, overrun = (
        tuple([read_step(step, zone) for step in listed(form[name], name, error=RecordError)])
        for name in ("steps", "overrun")
    )
    calendar, number = _calendar(form["calendar"]), form.get("case_number")
    length, target = calendar.get("business_day"), read_target(form["target"])
    business_day = None if length is None else MINUTE * minutes(length, "business_day")
    rule = word(form["day_rule"], "day_rule", DAY_RULES, error=RecordError)
    named = table(form["versions"], "versions", _VERSIONS, error=RecordError)
    basis = Basis(
        promise=Promise(facts.level, target, rule, amount(target, business_day)),
        facts=facts,
        zone=zone,
        calendar=calendar,
        offsets=tuple(_stretches(form["offsets"], "offsets")),
        hours=tuple((each.start, each.end) for each in _stretches(form["hours"], "hours")),
        fingerprint=text(form["fingerprint"], "fingerprint", error=RecordError),
        versions={k: v if v is None else text(v, k, error=RecordError) for k, v in named.items()},
    )
    basis.windows  # noqa: B018 - which are read here, so that what is wrong is refused here
    number = None if number is None else text(number, "case_number", error=RecordError)
    return {"opened_at": opened_at, "case_number": number, "steps": steps, "overrun": overrun, "basis": basis}


def _calendar(value: object) -> dict[str, Any]:
    """Read what is shown of a calendar's data form; an audit reads the rest."""
    optional = ("hours_from", "special", "recurring", "extra", "business_day")
    form = table(_copied(value), "calendar", ("zone", "hours", "holidays"), optional, error=RecordError)
    text(form["zone"], "zone", error=RecordError)
    first = _week(json.dumps(form["hours"]))
    form["hours"] = _week_form(first)  # day by day
    if "hours_from" in form:
        form["hours_from"] = {day_text(d): _week_form(each) for d, each in weeks(form["hours_from"], first)}
    return form


@lru_cache(maxsize=64)  # since records of one desk have the same hours
def _week(text: str) -> Week:
    return week(json.loads(text))


def _stretches(value: object, name: str) -> Iterator[Stretch]:
    for span in listed(value, name, error=RecordError):
        start, end = pair(span, name, "a start and an end", error=RecordError)
        start, end = read_instant(start, name, error=RecordError), read_instant(end, name, error=RecordError)
        yield Stretch(start - EPOCH, end - EPOCH, start.utcoffset() or ZERO)


def check(deadline: Explanation, data: Mapping[str, Any]) -> None:
    """Add the steps up, and write anew what follows from the facts."""
    for where in _problems(deadline, data):
        raise RecordError(
            f"the record contradicts itself at {where}; it is not as it was written",
            f"der Datensatz widerspricht sich bei {where}; er ist nicht, wie er geschrieben wurde",
        )


def _problems(deadline: Explanation, data: Mapping[str, Any]) -> Iterator[str]:
    """Name what contradicts the facts, or is written in another way than the deadline writes it."""
    basis, steps, facts = deadline.basis, deadline.steps, deadline.basis.facts
    if not steps:
        yield "steps"
    end = (deadline.paused_since or steps[-1].end) - EPOCH
    yield from _unlike("steps", steps, (facts.opened, end), ZERO if deadline.due else deadline.remaining)
    yield from _unlike("overrun", deadline.overrun, (end, facts.late(end)), ZERO)
    known = [(each.start, each.end) for each in basis.offsets] or [(NEVER, -NEVER)]
    for name, spans in {"offsets": known, "hours": basis.hours, "extra": basis.windows}.items():
        edges = [known[0][0], *(at for span in spans for at in span), known[-1][1]]
        if edges != sorted(edges):
            yield name
    yield from _unpromised(deadline)
    yield from _unknown(deadline, joined(basis.spans))
    written = write(deadline)
    yield from (key for key in written if written[key] != data[key])


def _unlike(name: str, steps: Sequence[Step], span: Span, left: timedelta) -> Iterator[str]:
    """Find steps that do not cover a span, one after the other, or do not add up."""
    at, left = span[0], total(steps) + left
    for number, step in enumerate(steps, start=1):
        start, end, folds = step.start - EPOCH, step.end - EPOCH, step.kind == "folded"
        length = end - start
        used = length if step.kind == "counted" else min(step.used, length) if folds else ZERO
        left -= used
        fits = length == ZERO if _brief(step) else length > ZERO and not (folds and name == "steps")
        if not fits or (start, step.used, step.left) != (at, used, left):
            yield f"{name}[{number}]"
        at = end
    if at != span[1]:
        yield name


def _brief(step: Step) -> bool:
    return step.kind in ("level", "rule") or step.reason == "open pause"


def _unpromised(deadline: Explanation) -> Iterator[str]:
    promise, steps, waits = deadline.basis.promise, deadline.steps, deadline.due is None
    rule: DayRule = promise.rule if promise.by_date else "elapsed"
    match rule:
        case "elapsed":
            left = promise.amount - total(steps)
            fits = left == deadline.remaining and (left > ZERO or not waits)
        case "same time":  # whose deadline may be an opening, and before that nothing is left
            fits = waits or _dated(deadline)
        case "end of day":
            fits = deadline.remaining > ZERO if waits else _dated(deadline, closing=True)
        case _:
            assert_never(rule)
    if not fits:
        yield "target"
    last = "open pause" if waits else promise.rule if promise.by_date else None
    brief = [step.reason for step in (*steps, *steps[-1:]) if _brief(step) and step.kind != "level"]
    if brief != [last, last] * (last is not None):
        yield "steps"


def _dated(deadline: Explanation, *, closing: bool = False) -> bool:
    """Whether a deadline is on its date, or at its close; pauses make it later."""
    promise, due, voice = deadline.basis.promise, deadline.steps[-1].end, on_calendar(deadline)
    day = max(days := business_days(deadline, voice), default=0)
    if len(days) < promise.days or any(step.kind == "paused" for step in deadline.steps):
        return len(days) == promise.days and day <= voice.day_of(due)
    closes = (end for start, end in deadline.basis.hours if voice.day_of(EPOCH + start) == day)
    in_time = not closing or due - EPOCH == max(closes)
    return in_time and day in (voice.day_of(due, ends=True), voice.day_of(due))


def _unknown(deadline: Explanation, spans: Sequence[Span]) -> Iterator[str]:
    """Find steps of other levels, pauses and hours than there were, folded dates aside."""
    facts, steps = deadline.basis.facts, (*deadline.steps, *deadline.overrun)
    folds = [(step.start - EPOCH, step.end - EPOCH) for step in steps if step.kind == "folded"]
    changes = ((at, level) for at, level in facts.changes if at < deadline.until - EPOCH)
    levels = [(step.start - EPOCH, step.reason) for step in steps if step.kind == "level"]
    if levels != [(at, level.value) for at, level in changes if not covered(folds, at)]:
        yield "history"
    for step in steps:
        span, closed = (step.start - EPOCH, step.end - EPOCH), step.kind == "closed"
        fits = within(spans, *span) == [span] * (not closed)
        fits = fits and (closed or within(facts.pauses, *span) == [span] * (step.kind == "paused"))
        if not (fits or _brief(step) or step.kind == "folded"):
            yield f"{step.kind} {step.start.isoformat()}"
