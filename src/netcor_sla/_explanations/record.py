"""Deadlines as records: everything that one rests on, ready for JSON.

A record holds the facts, and not only the versions of what knew them: versions vanish.
So from a record alone, without `holidays` and without zone data, the deadline follows again.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, tzinfo
from itertools import pairwise
from typing import Any, Final, NamedTuple

from netcor_sla._calendars.forms import day_length, schedule_in, usual_day, write_schedule
from netcor_sla._calendars.frozen_holidays import FrozenHolidays
from netcor_sla._calendars.instants import instant, moment
from netcor_sla._calendars.readings import DAY
from netcor_sla._calendars.recorded_zones import (
    KEY,
    RecordedZone,
    key_of,
    offsets_form,
    read_instant,
    read_offsets,
    shown_zone,
)
from netcor_sla._calendars.schedule import Schedule
from netcor_sla._calendars.zones import zone
from netcor_sla._explanations.reckonings import Leg, Promise, Reckoning
from netcor_sla._explanations.steps import Step
from netcor_sla._policy.due import DAY_RULES
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._policy.targets import amount, target
from netcor_sla._record_parts import listed, table, text
from netcor_sla._tickets.facts import Facts
from netcor_sla._tickets.history_forms import KEYS as HISTORY
from netcor_sla._tickets.history_forms import read_history, write_history
from netcor_sla.errors import ArgumentError, RecordError, SLAError, meant, shown

SCHEMA: Final = "netcor-sla/deadline/1"
WITH_HISTORY: Final = "netcor-sla/deadline/2"  # of a ticket that more has happened to

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


class Record(NamedTuple):
    """What a deadline is made of."""

    reckoning: Reckoning
    zone: tzinfo | None
    business_day: str | None
    fingerprint: str
    versions: Mapping[str, str | None]


def write(record: Record, steps: tuple[Step, ...], overrun: tuple[Step, ...]) -> dict[str, Any]:
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
    history = _history(reckoning.facts, at, overrun)
    return {
        "schema": WITH_HISTORY if history else SCHEMA,
        "opened_at": at(reckoning.opened),
        "zone": key_of(record.zone),
        "level": promise.level.value,
        "target": promise.target.to_dict(),
        "day_rule": promise.day_rule,
        "starts_at": at(reckoning.starts),
        "due": at(reckoning.due),
        "steps": [step.to_dict() for step in steps],
        **history,
        "calendar": calendar,
        "facts": {"holidays": facts, "offsets": offsets_form(schedule.zone, reckoning.opened)},
        "fingerprint": record.fingerprint,
        "versions": dict(record.versions),
    }


def _history(facts: Facts, at: Callable[[int], str], overrun: tuple[Step, ...]) -> dict[str, Any]:
    """Write what happened to the ticket, if anything did."""
    if facts == Facts(facts.turns[:1]):
        return {}
    steps = [step.to_dict() for step in overrun]
    return {"history": write_history(facts.history, at) | {"overrun": steps}}


def read(data: Mapping[str, Any]) -> Record:
    """Read a record's data form; whatever is wrong with it is a `RecordError`."""
    if not isinstance(data, Mapping):
        raise ArgumentError(f"a record is a mapping, not {type(data).__name__}: {shown(data)}")
    form = dict(data)
    keys = {SCHEMA: KEYS, WITH_HISTORY: (*KEYS, "history")}
    schema = form.get("schema")
    if not isinstance(schema, str) or schema not in keys:
        raise RecordError(
            f"schema {shown(schema)} is unknown; this release reads {' and '.join(map(repr, keys))}"
        )
    try:
        return _read(table(form, keys[schema], "the record"))
    except RecordError:
        raise
    except (SLAError, OverflowError) as error:
        raise RecordError(f"the record can't be read: {error}") from error


def _read(form: dict[str, Any]) -> Record:
    """Read a record whose keys are right."""
    history = table(form.get("history", _nothing(form["level"])), (*HISTORY, "overrun"), "history")
    steps, overrun = _legs(form["steps"], "steps"), _legs(history["overrun"], "overrun")
    ends = [read_instant(form[key], key) for key in ("opened_at", "due", "starts_at")]
    opened, due, _ = (instant(at, "opened_at") for at in ends)
    told, seen = read_history(history, ends[0])
    if told.waiting is not None:
        raise RecordError("pauses of the record must have ended; there is no deadline before that")
    schedule = _schedule(form)
    legs, late = (tuple(leg for leg, _ in each) for each in (steps, overrun))
    reckoning = Reckoning(
        opened, due, _promise(form, schedule), told.known().facts, legs, late, schedule
    )
    instants = [at for _, pair in (*steps, *overrun) for at in pair]
    return Record(
        _checked(reckoning),
        read_zone(form["zone"], [*ends, *seen, *instants]),
        form["calendar"].get("business_day"),
        text(form["fingerprint"], "fingerprint"),
        _versions(form["versions"]),
    )


def _nothing(level: object) -> dict[str, Any]:
    """Give the history of a ticket to which nothing has happened."""
    return {"level": level, "changes": [], "pauses": [], "responded_at": None, "overrun": []}


def _legs(value: object, name: str) -> list[tuple[Leg, tuple[datetime, datetime]]]:
    """Read steps, and the datetimes as they are written."""
    read = [Step.from_dict(step) for step in listed(value, name)]
    return [
        (
            Leg(
                instant(step.start, "start"),
                instant(step.end, "end"),
                step.kind,
                step.reason,
                step.names,
            ),
            (step.start, step.end),
        )
        for step in read
    ]


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
    schedule, late = told.schedule, told.facts.late(told.due)
    for at in (told.opened, late - 1):  # which may be the very end of them
        if not schedule.first <= schedule.page_of(at) <= schedule.last:
            raise RecordError(f"its years lie outside {schedule.first} to {schedule.last}")
    if told.end - told.opened > _FARTHEST:
        raise RecordError("its instants lie more than 400 years after opened_at")
    if told.facts.level is not told.promise.level:
        raise RecordError(f"level {told.promise.level.value} is not the last one of its history")
    rules = [leg.kind == "rule" for leg in told.legs]
    ruled = rules == [False] * (len(rules) - 1) + [told.promise.by_date]
    if not ruled or not _gapless(told.legs, told.opened, told.due) or not told.counted:
        raise RecordError(
            "steps must cover all from opened_at to due, in order, and count some time"
        )
    if not _gapless(told.overrun, told.due, late):
        raise RecordError("overrun must cover all from due to a later response, in order")
    return told


def _gapless(legs: Iterable[Leg], start: int, end: int) -> bool:
    """Whether legs cover a stretch in order; those that tell of an instant last no time."""
    ends = [(start, start), *((leg.start, leg.end) for leg in legs), (end, end)]
    filled = all((leg.start < leg.end) != (leg.kind in ("rule", "level")) for leg in legs)
    return filled and all(before[1] == after[0] for before, after in pairwise(ends))


def _schedule(form: dict[str, Any]) -> Schedule:
    """Put the calendar together with the holidays and offsets that were found."""
    calendar = table(form["calendar"], _CALENDAR_KEYS, "calendar", _OPTIONAL)
    facts = table(form["facts"], ("holidays", "offsets"), "facts")
    holidays = facts["holidays"]
    if holidays is not None:
        found = table(holidays, ("first", "last", "days"), "facts: holidays")
        holidays = found | {"source": calendar.get("holidays")}
    defaults: dict[str, Any] = {"special": {}, "recurring": {}, "extra": []}
    offsets, key = read_offsets(facts["offsets"]), _key(calendar["zone"])
    fixed = key == "UTC" or key.startswith(("+", "-"))
    where = zone(key) if fixed else RecordedZone(key, offsets)
    return schedule_in(where, defaults | calendar | {"holidays": holidays})


def read_zone(key: object, instants: list[datetime]) -> tzinfo:
    """Find the zone in which these instants look as they are written."""
    return shown_zone(None if key is None else _key(key), instants)


def _versions(value: object) -> dict[str, str | None]:
    """Read the versions."""
    found = table(value, _VERSIONS, "versions")
    text(found["netcor-sla"], "netcor-sla")
    return {key: None if each is None else text(each, key) for key, each in found.items()}


def _key(value: object) -> str:
    """Insist on what may be the key of a zone."""
    key = text(value, "zone")
    if KEY.fullmatch(key) or _OFFSET.fullmatch(key):
        return key
    raise RecordError(f"zone: {shown(key)} is no key of a zone; it is written Europe/Berlin")
