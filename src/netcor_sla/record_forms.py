"""Deadlines as records: everything that one rests on, ready for JSON.

A record holds the facts, and not only the versions of what knew them: versions vanish.
So from a record alone, without `holidays` and without zone data, the deadline follows again.
"""

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from itertools import pairwise
from typing import Any, Final, NamedTuple

from netcor_sla.day_rules import DAY_RULES
from netcor_sla.errors import ArgumentError, RecordError, SLAError, meant, shown
from netcor_sla.forms import day_length, schedule_in, usual_day, write_schedule
from netcor_sla.frozen_holidays import FrozenHolidays
from netcor_sla.instants import instant, moment
from netcor_sla.levels import EscalationLevel
from netcor_sla.readings import DAY
from netcor_sla.reckonings import Leg, Promise, Reckoning
from netcor_sla.recorded_zones import (
    KEY,
    RecordedZone,
    key_of,
    offsets_form,
    read_instant,
    read_offsets,
    shown_zone,
)
from netcor_sla.schedules import Schedule
from netcor_sla.steps import Step
from netcor_sla.targets import amount, target
from netcor_sla.zones import zone

SCHEMA: Final = "netcor-sla/deadline/1"

KEYS: Final = (
    *("schema", "opened_at", "zone", "level", "target", "day_rule", "starts_at", "due", "steps"),
    *("calendar", "facts", "fingerprint", "versions"),
)

_CALENDAR_KEYS: Final = (
    "zone",
    "hours",
    "holidays",
    "special",
    "recurring",
    "extra",
    "business_day",
)
_OPTIONAL: Final = ("special", "recurring", "extra", "business_day")
_VERSIONS: Final = ("netcor-sla", "holidays", "tzdata")
_OFFSET: Final = re.compile("[+-][0-9]{2}:[0-9]{2}", re.ASCII)
_FARTHEST: Final = 400 * 366 * DAY
_LONGEST: Final = 100  # characters of a version or of a zone's key


class Record(NamedTuple):
    """What a deadline is made of."""

    reckoning: Reckoning
    zone: tzinfo | None
    business_day: str | None
    fingerprint: str
    versions: Mapping[str, str | None]


def write(record: Record, steps: tuple[Step, ...]) -> dict[str, Any]:
    """Write a record's data form."""
    reckoning, promise = record.reckoning, record.reckoning.promise
    schedule, source = reckoning.schedule, reckoning.schedule.source

    def at(exact: int) -> str:
        return moment(exact, record.zone).isoformat()

    facts = None
    if isinstance(source, FrozenHolidays):
        form = source.form()
        facts = {key: form[key] for key in ("first", "last", "days")}
        schedule = schedule._replace(source=source.origin)
    calendar = write_schedule(schedule)
    if record.business_day:
        calendar["business_day"] = record.business_day
    return {
        "schema": SCHEMA,
        "opened_at": at(reckoning.opened),
        "zone": key_of(record.zone),
        "level": promise.level.value,
        "target": promise.target.to_dict(),
        "day_rule": promise.day_rule,
        "starts_at": at(reckoning.starts),
        "due": at(reckoning.due),
        "steps": [step.to_dict() for step in steps],
        "calendar": calendar,
        "facts": {"holidays": facts, "offsets": offsets_form(schedule.zone, reckoning.opened)},
        "fingerprint": record.fingerprint,
        "versions": dict(record.versions),
    }


def read(data: Mapping[str, Any]) -> Record:
    """Read a record's data form; whatever is wrong with it is a `RecordError`."""
    if not isinstance(data, Mapping):
        raise ArgumentError(f"a record is a mapping, not {type(data).__name__}: {shown(data)}")
    form = dict(data)
    if not isinstance(form.get("schema"), str) or form["schema"] != SCHEMA:
        raise RecordError(
            f"schema {shown(form.get('schema'))} is unknown; this release reads {SCHEMA!r}"
        )
    try:
        return _read(_table(form, KEYS, "the record"))
    except RecordError:
        raise
    except (SLAError, OverflowError) as error:
        raise RecordError(f"the record can't be read: {error}") from error


def _read(form: dict[str, Any]) -> Record:
    """Read a record whose keys are right."""
    steps = [Step.from_dict(step) for step in _list(form["steps"], "steps")]
    instants = [read_instant(form[key], key) for key in ("opened_at", "due", "starts_at")]
    schedule = _schedule(form)
    legs = tuple(
        Leg(
            instant(step.start, "start"),
            instant(step.end, "end"),
            step.kind,
            step.reason,
            step.names,
        )
        for step in steps
    )
    opened, due, _ = (instant(at, "opened_at") for at in instants)
    promise = _promise(form, schedule)
    return Record(
        _checked(Reckoning(opened, due, promise, legs, schedule)),
        _shown(form["zone"], instants + [at for step in steps for at in (step.start, step.end)]),
        form["calendar"].get("business_day"),
        _text(form["fingerprint"], "fingerprint"),
        _versions(form["versions"]),
    )


def _promise(form: dict[str, Any], schedule: Schedule) -> Promise:
    """Read what was promised."""
    promised, rule, length = (
        target(form["target"]),
        form["day_rule"],
        form["calendar"].get("business_day"),
    )
    if not isinstance(rule, str) or rule not in DAY_RULES:
        raise RecordError(f"day_rule {shown(rule)} is unknown; {meant(rule, DAY_RULES)}")
    business_day = usual_day(schedule) if length is None else day_length(length)
    return Promise(EscalationLevel(form["level"]), promised, rule, amount(promised, business_day))


def _checked(told: Reckoning) -> Reckoning:
    """Insist that the steps cover the stretch, in covered years, and count something."""
    schedule = told.schedule
    for at in (told.opened, told.due - 1):  # which may be the very end of them
        if not schedule.first <= schedule.page_of(at) <= schedule.last:
            raise RecordError(f"its years lie outside {schedule.first} to {schedule.last}")
    if told.due - told.opened > _FARTHEST:
        raise RecordError("due lies more than 400 years after opened_at")
    ends = [(told.opened, told.opened), *((leg.start, leg.end) for leg in told.legs)]
    ends += [(told.due, told.due)]
    gaps = any(before[1] != after[0] for before, after in pairwise(ends))
    rules = [leg.kind == "rule" for leg in told.legs]
    ruled = rules == [False] * (len(rules) - 1) + [told.promise.by_date]
    filled = all((leg.start < leg.end) != (leg.kind == "rule") for leg in told.legs)
    if gaps or not ruled or not filled or not told.counted:
        raise RecordError(
            "steps must cover all from opened_at to due, in order, and count some time"
        )
    return told


def _schedule(form: dict[str, Any]) -> Schedule:
    """Put the calendar together with the holidays and offsets that were found."""
    calendar = _table(form["calendar"], _CALENDAR_KEYS, "calendar")
    facts = _table(form["facts"], ("holidays", "offsets"), "facts")
    holidays = facts["holidays"]
    if holidays is not None:
        found = _table(holidays, ("first", "last", "days"), "facts: holidays")
        holidays = found | {"source": calendar.get("holidays")}
    defaults: dict[str, Any] = {"special": {}, "recurring": {}, "extra": []}
    offsets, key = read_offsets(facts["offsets"]), _key(calendar["zone"])
    fixed = key == "UTC" or key.startswith(("+", "-"))
    where = zone(key) if fixed else RecordedZone(key, offsets)
    return schedule_in(where, defaults | calendar | {"holidays": holidays})


def _shown(key: object, instants: list[datetime]) -> tzinfo:
    """Find the zone of the datetimes."""
    return shown_zone(None if key is None else _key(key), instants)


def _versions(value: object) -> dict[str, str | None]:
    """Read the versions."""
    found = _table(value, _VERSIONS, "versions")
    _text(found["netcor-sla"], "netcor-sla")
    return {key: None if each is None else _text(each, key) for key, each in found.items()}


def _key(value: object) -> str:
    """Insist on what may be the key of a zone."""
    key = _text(value, "zone")
    if KEY.fullmatch(key) or _OFFSET.fullmatch(key):
        return key
    raise RecordError(f"zone: {shown(key)} is no key of a zone; it is written Europe/Berlin")


def _table(value: object, keys: tuple[str, ...], name: str) -> dict[str, Any]:
    """Insist on a mapping with these keys."""
    if not isinstance(value, Mapping):
        raise RecordError(f"{name} must be a mapping, not {shown(value)}")
    table = dict(value)
    for key in keys:
        if key not in table and key not in _OPTIONAL:
            raise RecordError(f"key {key!r} of {name} is missing")
    for key in table:
        if key not in keys:
            raise RecordError(f"key {shown(key)} of {name} is unknown; {meant(key, keys)}")
    return table


def _list(value: object, name: str) -> list[Any]:
    """Insist on a list."""
    if isinstance(value, list):
        return value
    raise RecordError(f"{name} must be a list, not {shown(value)}")


def _text(value: object, name: str) -> str:
    """Insist on a short text."""
    if isinstance(value, str) and 0 < len(value) <= _LONGEST:
        return value
    raise RecordError(f"{name}: {shown(value)} must be a text of at most {_LONGEST} characters")
