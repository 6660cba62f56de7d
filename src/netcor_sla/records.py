"""Deadlines kept as records, and what became of the facts that they rest on.

`verify` derives a deadline again from its record alone; `audit` reckons it under today's
data and says what has changed; `compare` holds a frozen calendar against the installed
`holidays`. None of them changes or overwrites anything.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import zip_longest
from typing import Any, Literal

from netcor_sla._agreements import Agreement
from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._calendars.frozen_holidays import FrozenHolidays
from netcor_sla._calendars.holidays import HolidayNames
from netcor_sla._calendars.instants import EPOCH_DAY, MICROSECOND, instant, moment
from netcor_sla._calendars.recorded_zones import RecordedZone
from netcor_sla._calendars.schedule import Schedule
from netcor_sla._calendars.timeline import BeyondBookError, Timeline
from netcor_sla._calendars.zones import day_start, offset_at, stretches
from netcor_sla._explanations.deadline import Deadline
from netcor_sla._explanations.reckonings import Reckoning, reckon, reckoning
from netcor_sla._explanations.words import offset_text, safe
from netcor_sla._explanations.words import voice as voice_of
from netcor_sla._languages import Language, choose
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._values import fingerprint
from netcor_sla.errors import (
    ArgumentError,
    CalendarError,
    CoverageError,
    RecordError,
    SLAError,
    shown,
)

__all__ = ["Audit", "Change", "audit", "compare", "verify"]


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that is no longer what it was.

    `kind` is "holiday", and `where` then a date and the two others the holiday's names in
    German and English, or None where it is no holiday; or "offset", an instant and two
    offsets as `UTC+1`; or "refused", where today's data gives no answer, and `today` says
    why; or "calculation", where nothing changed but the library, and the two are its versions.
    """

    kind: Literal["holiday", "offset", "refused", "calculation"]
    where: date | datetime | None
    recorded: tuple[str, str] | None
    today: tuple[str, str] | None

    def to_dict(self) -> dict[str, Any]:
        """Write it ready for JSON."""
        where = self.where and self.where.isoformat()
        told = {"recorded": self.recorded, "today": self.today}
        return {"kind": self.kind, "where": where} | {
            key: names and list(names) for key, names in told.items()
        }

    def text(self, language: Language = "de") -> str:
        """Say it in one line."""
        if self.kind == "refused":
            _, why = self.today or ("", "")
            none = choose(language, de="heute keine Antwort", en="no answer today")
            return f"{none}: {safe(why)}"

        def told(names: tuple[str, str] | None) -> str:
            none = ("kein Feiertag", "no public holiday")
            de, en = names or none
            return safe(choose(language, de=de, en=en))

        then, now = told(self.recorded), told(self.today)
        if then == now:  # they differ in the other language
            then, now = (safe(" / ".join(names or ())) for names in (self.recorded, self.today))
        what = choose(language, de=f"damals {then}, heute {now}", en=f"then {then}, now {now}")
        return what if self.where is None else f"{self.where.isoformat()}: {what}"


@dataclass(frozen=True, slots=True)
class Audit:
    """What today's data makes of a recorded deadline.

    `due` is today's answer, in the zone of the record, or None where there is none; `changes`
    are the facts between opening and recorded deadline that are others today.
    """

    deadline: Deadline
    due: datetime | None
    changes: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """Whether nothing that the deadline rests on has changed."""
        return not self.changes

    def text(self, language: Language = "de") -> str:
        """Say it in one line, and each change in one more."""
        told = self.deadline._record.reckoning
        voice = voice_of(language, told.schedule)
        then = voice.instant(told.due)
        if self.same:
            return voice.say(f"Unverändert: fällig {then}.", f"Unchanged: due {then}.")
        if self.due is None:
            verdict = voice.say(
                f"Fällig {then}; heute nicht mehr zu berechnen.",
                f"Due {then}; it can no longer be worked out today.",
            )
        elif instant(self.due, "due") == told.due:
            verdict = voice.say(
                f"Fällig {then}, auch nach heutigen Daten.", f"Due {then}, by today's data too."
            )
        else:
            now = voice.instant(instant(self.due, "due"))
            verdict = voice.say(
                f"Fällig {then}; nach heutigen Daten {now}.", f"Due {then}; by today's data {now}."
            )
        return "\n".join([verdict, *(change.text(language) for change in self.changes)])


def verify(record: Mapping[str, Any]) -> Deadline:
    """Derive a deadline again from its record alone, without `holidays` or zone data.

    A record that can't be read, that contradicts itself, or whose deadline does not follow
    from its own facts is a `RecordError` that says where.
    """
    deadline = Deadline.from_dict(record)
    told = deadline._record.reckoning
    _check_fingerprint(deadline.to_dict())
    schedule = _bounded(told)
    timeline = Timeline(schedule)
    try:
        due = reckon(schedule, timeline, told.opened, told.promise, told.facts.pauses)
        again = reckoning(schedule, timeline, due, told.promise, told.facts)
    except BeyondBookError:
        raise RecordError("due does not follow from the record: its facts end before") from None
    _check_due(deadline, due)
    _check_steps(deadline, again)
    return deadline


def audit(record: Mapping[str, Any]) -> Audit:
    """Reckon a recorded deadline under the `holidays` and zone data of today.

    The record must hold: see `verify`. Holidays are looked up where the record's came from,
    also where its calendar was frozen.
    """
    deadline = verify(record)
    told = deadline._record.reckoning
    try:
        calendar = BusinessCalendar.from_dict(deadline.to_dict()["calendar"])
        agreement = Agreement(
            calendar=calendar,
            targets=dict.fromkeys(EscalationLevel, told.promise.target),
            day_rule=told.promise.day_rule,
        )
        clock = agreement.clock(deadline.opened_at, deadline.level)
        today = clock._with(told.facts.history).explain()
    except SLAError as error:
        why = str(error)
        return Audit(deadline, None, (Change("refused", None, None, (why, why)),))
    found = [*_holidays(told, calendar._schedule), *_offsets(told, calendar._schedule)]
    if not found and today._record.reckoning.due != told.due:
        versions = (
            f"netcor-sla {each._record.versions['netcor-sla']}" for each in (deadline, today)
        )
        found = [Change("calculation", None, *((each, each) for each in versions))]
    return Audit(deadline, today.due, tuple(found))


def compare(calendar: BusinessCalendar) -> tuple[Change, ...]:
    """Hold a frozen calendar against the installed `holidays`, day by day, names included."""
    if not isinstance(calendar, BusinessCalendar):
        raise ArgumentError(f"calendar must be a BusinessCalendar, not {shown(calendar)}")
    source = calendar._schedule.source
    if not isinstance(source, FrozenHolidays):
        raise CalendarError(
            "calendar is not frozen, so there is nothing to compare; make one with freeze()"
        )
    form = calendar.to_dict() | {"holidays": source.origin and source.origin.form()}
    live = BusinessCalendar.from_dict(form)._schedule
    _check_covered(source, live)
    days = calendar._schedule.days
    pairs = ((day, source.on(day), live.holiday(day)) for day in days)
    return tuple(_changed(pairs))


def _bounded(told: Reckoning) -> Schedule:
    """Let no search go on for long after the deadline, whatever years a record claims."""
    schedule, source = told.schedule, told.schedule.source
    if not isinstance(source, FrozenHolidays):
        return schedule
    late = told.facts.late(told.due)
    first, last = (schedule.page_of(at) for at in (told.opened, late - 1))
    return schedule._replace(source=source._replace(first=first, last=min(last + 1, source.last)))


def _check_fingerprint(record: Mapping[str, Any]) -> None:
    """Insist that the calendar is the one named, where it is in the record as it was.

    Of a frozen calendar the record holds what concerns its stretch, and no more.
    """
    live = record["versions"]["holidays"] is not None or record["facts"]["holidays"] is None
    if live and fingerprint(record["calendar"]) != record["fingerprint"]:
        raise RecordError("fingerprint of the record is not that of its calendar")


def _check_due(deadline: Deadline, due: int) -> None:
    """Insist on the deadline that the facts give, and add up what was counted for it."""
    told = deadline._record.reckoning
    if due != told.due:
        derived = moment(due, deadline.opened_at.tzinfo).isoformat()
        raise RecordError(
            f"due {deadline.due.isoformat()} does not follow from the record; its facts give "
            f"{derived}"
        )
    if not told.promise.by_date and told.counted != told.promise.amount:
        raise RecordError(
            f"steps count {MICROSECOND * told.counted}, and {deadline.target} were promised; the "
            "deadline does not follow from them"
        )


def _check_steps(deadline: Deadline, again: Reckoning) -> None:
    """Insist on the steps that the facts give."""
    told = deadline._record.reckoning
    for pairs, where in (
        (zip_longest(told.legs, again.legs), ""),
        (zip_longest(told.overrun, again.overrun), " of the overrun"),
    ):
        for number, (leg, other) in enumerate(pairs, start=1):
            if leg != other:
                raise RecordError(
                    f"step {number}{where} does not follow from what else the record says"
                )


def _check_covered(source: FrozenHolidays, live: Schedule) -> None:
    """Insist that today's data knows all years of a frozen calendar."""
    if not live.first <= source.first <= source.last <= live.last:
        raise CoverageError(
            f"holidays of {source.label} are known today for {live.first} to {live.last}, and the "
            f"calendar has them for {source.first} to {source.last}"
        )


def _holidays(told: Reckoning, live: Schedule) -> Iterator[Change]:
    """Yield the dates of the stretch whose hours a changed holiday has changed."""
    days = range(told.schedule.day_of(told.opened), told.schedule.day_of(told.due - 1) + 1)
    known = [day for day in days if day in live.days]
    differ = [day for day in known if told.schedule.hours_on(day) != live.hours_on(day)]
    return _changed((day, told.schedule.holiday(day), live.holiday(day)) for day in differ)


def _changed(
    pairs: Iterable[tuple[int, HolidayNames | None, HolidayNames | None]],
) -> Iterator[Change]:
    """Yield the dates whose holidays are others now."""
    for day, then, now in pairs:
        if then != now:
            where = date.fromordinal(day + EPOCH_DAY)
            yield Change("holiday", where, then, now)


def _offsets(told: Reckoning, live: Schedule) -> Iterator[Change]:
    """Yield the instants of the stretch from which a zone's offset is another now."""
    recorded, day_of = told.schedule.zone, told.schedule.day_of
    if not isinstance(recorded, RecordedZone):
        return  # a fixed offset
    zones = (recorded, live.zone)
    # Where a midnight is skipped, the record begins after it, or ends before it knows that.
    start = max(recorded.offsets[0][0], day_start(recorded, day_of(told.opened)))
    end = min(day_start(zone, day_of(told.due - 1) + 1) for zone in zones)
    looks = {stretch.start for zone in zones for stretch in stretches(zone, start, end)}
    for at in sorted(looks):
        then, now = (offset_text(offset_at(zone, at)) for zone in (recorded, live.zone))
        if then != now:
            yield Change("offset", moment(at, UTC), (then, then), (now, now))
