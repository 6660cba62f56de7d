"""Deadlines kept as records, and what became of the facts that they rest on.

`verify` checks a record by itself; `audit` computes its deadline under today's data and says what
has changed; `compare` holds a frozen calendar against the installed `holidays`. None changes anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any, Literal

from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._calendars.holidays import FrozenHolidays, HolidayNames
from netcor_sla._calendars.instants import EPOCH, ZERO, Span, date_of, day_number, moment
from netcor_sla._calendars.schedule import Schedule, refusing
from netcor_sla._calendars.zones import Stretch, day_start, offset_text, stretches
from netcor_sla._explanations.days import dates, on_calendar
from netcor_sla._explanations.deadline import Deadline, explained
from netcor_sla._explanations.text import voice_of
from netcor_sla._explanations.words import Voice
from netcor_sla._languages import Language, choose, safe
from netcor_sla._values import instance
from netcor_sla.errors import CalendarError, CoverageError, SLAError

__all__ = ["Audit", "Change", "audit", "compare", "verify"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A fact that is no longer what it was.

    `kind` says which, and `where`, `recorded` and `today` are of it:

    - "holiday": a date, and the holiday's names in German and English, or None where it is none
    - "offset": an instant, and how far the calendar's zone is ahead from then on
    - "hours": a date whose hours are others for no such reason, and these hours
    - "refused": None, and why today's data gives no answer
    - "calculation": None, and the versions of this library: nothing else explains the difference
    """

    kind: Literal["holiday", "offset", "hours", "refused", "calculation"]
    where: date | datetime | None
    recorded: tuple[str, str] | None
    today: tuple[str, str] | None

    def to_dict(self) -> dict[str, Any]:
        """Write it ready for JSON."""
        return {
            "kind": self.kind,
            "where": self.where and self.where.isoformat(),
            "recorded": self.recorded and list(self.recorded),
            "today": self.today and list(self.today),
        }

    def text(self, language: Language = "de") -> str:
        """Say it in one line."""
        then, now = (_said(names, language) for names in (self.recorded, self.today))
        if self.kind == "refused":
            return choose(language, de=f"heute keine Antwort: {now}", en=f"no answer today: {now}")
        if then == now:  # they differ in the other language
            then, now = (safe(" / ".join(names or ())) for names in (self.recorded, self.today))
        what = choose(language, de=f"damals {then}, heute {now}", en=f"then {then}, now {now}")
        if self.where is None:
            return what
        voice = Voice(language, "UTC", (Stretch(ZERO, ZERO, ZERO),), years=True)
        if isinstance(self.where, datetime):
            return f"{voice.instant(self.where)}: {what}"
        return f"{voice.date(day_number(self.where, 'where'))}: {what}"


def _said(names: tuple[str, str] | None, language: Language) -> str:
    de, en = names or ("kein Feiertag", "no public holiday")
    return safe(choose(language, de=de, en=en))


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What today's data makes of a recorded deadline.

    `due` is today's answer, in the zone of the record, or None where there is none, or a pause is
    open; `changes` are the facts between opening and recorded deadline that are others today.
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
        voice = voice_of(self.deadline, language)
        was, now = (self._due(voice, due) for due in (self.deadline.due, self.due))
        if self.same:
            return voice.say(f"Unverändert: {was}.", f"Unchanged: {was}.")
        de, en = f"; nach heutigen Daten {now}", f"; by today's data {now}"
        if self.changes[0].kind == "refused":
            de, en = "; heute nicht mehr zu berechnen", "; it can no longer be computed today"
        elif was == now:
            de, en = ", auch nach heutigen Daten", ", by today's data too"
        verdict = f"{was[0].upper()}{was[1:]}{voice.say(de, en)}."
        return "\n".join([verdict, *(change.text(language) for change in self.changes)])

    def _due(self, voice: Voice, due: datetime | None) -> str:
        de, en = ("fällig", "due") if due else ("ruht seit", "paused since")
        return f"{voice.say(de, en)} {voice.instant(due or self.deadline.until)}"


def verify(record: Mapping[str, Any]) -> Deadline:
    """Check a record by itself, without `holidays` or zone data, and give the deadline back.

    Its hash must be that of all it holds, and its steps, hours, history, target and deadline must agree;
    what does not is a `RecordError` that says where. No hash proves who wrote a record.
    """
    return Deadline.from_dict(record)


def audit(record: Mapping[str, Any]) -> Audit:
    """Compute a recorded deadline under the `holidays` and zone data of today.

    The record must hold: see `verify`. Holidays are looked up where the record's came from, also where its
    calendar was frozen; special dates, windows and changes of hours are those of the record.
    """
    deadline = verify(record)
    basis, promise = deadline.basis, deadline.basis.promise
    try:
        calendar = BusinessCalendar.from_dict(basis.calendar)
        schedule, facts, zone = calendar.schedule, basis.facts, deadline.opened_at.tzinfo
        with refusing(schedule, opened_at=deadline.opened_at):
            today = explained(calendar, promise, facts, zone, deadline.case_number)
    except SLAError as error:
        refused = Change(kind="refused", where=None, recorded=None, today=(error.german, str(error)))
        return Audit(deadline=deadline, due=None, changes=(refused,))
    changes = [*_dates(deadline, schedule), *_offsets(deadline, schedule)]
    if not changes and len({each.due and each.due - EPOCH for each in (deadline, today)}) > 1:
        old, new = (f"netcor-sla {each.basis.versions['netcor-sla']}" for each in (deadline, today))
        changes = [Change(kind="calculation", where=None, recorded=(old, old), today=(new, new))]
    return Audit(deadline=deadline, due=today.due, changes=tuple(changes))


def compare(calendar: BusinessCalendar) -> tuple[Change, ...]:
    """Hold a frozen calendar against the installed `holidays`, day by day, names included."""
    schedule = instance(calendar, BusinessCalendar, "calendar").schedule
    source = schedule.holidays
    if not isinstance(source, FrozenHolidays):
        raise CalendarError(
            "calendar is not frozen, so there is nothing to compare; freeze makes one",
            "der Kalender enthält keine Feiertage (holidays), also gibt es nichts zu vergleichen; mit freeze entsteht einer",
        )
    live = calendar.replace(holidays=source.origin and source.origin.form()).schedule
    (first, last), years = source.covers, live.years
    if not years[0] <= first <= last <= years[1]:
        raise CoverageError(
            f"holidays of {source.label} are known today for {years[0]} to {years[1]}, not for {first} to {last}",
            f"Feiertage von {source.label} sind heute für {years[0]} bis {years[1]} bekannt, nicht für {first} bis {last}",
        )
    found = ((day, source.on(day), live.holiday(day)) for day in schedule.days)
    return tuple(_holiday(*each) for each in found if each[1] != each[2])


def _holiday(day: int, then: HolidayNames | None, now: HolidayNames | None) -> Change:
    recorded, today = (None if each is None else (each.de, each.en) for each in (then, now))
    return Change(kind="holiday", where=date_of(day), recorded=recorded, today=today)


def _dates(deadline: Deadline, live: Schedule) -> Iterator[Change]:
    """Yield the dates up to the deadline whose hours are others under today's holidays."""
    voice, basis = on_calendar(deadline), deadline.basis
    first, last = voice.day_of(deadline.opened_at), voice.day_of(deadline.steps[-1].end, ends=True)
    hours = {day: [*run] for day, run in groupby(basis.hours, lambda span: voice.day_of(EPOCH + span[0]))}
    holidays = (step for step in deadline.steps if step.reason == "holiday")
    names = {day: step.names for step in holidays for day in dates(voice, step)}
    for day in range(max(first, live.days.start), min(last + 1, live.days.stop)):
        # By the clocks of the record, since changed ones are found below.
        then, now = hours.get(day, []), [span for each in basis.offsets for span in live.spans_on(day, each)]
        if then != now and names.get(day) != live.holiday(day):
            yield _holiday(day, names.get(day), live.holiday(day))
        elif then != now:
            recorded, today = (_times(deadline, spans) for spans in (then, now))
            yield Change(kind="hours", where=date_of(day), recorded=recorded, today=today)


def _times(deadline: Deadline, spans: Sequence[Span]) -> tuple[str, str]:
    voices = on_calendar(deadline, "de"), on_calendar(deadline)
    de, en = (", ".join(voice.times(EPOCH + a, EPOCH + b) for a, b in spans) for voice in voices)
    return (de, en) if spans else ("geschlossen", "closed")


def _offsets(deadline: Deadline, live: Schedule) -> Iterator[Change]:
    """Yield the instants up to the deadline's midnight from which a zone's offset is another now."""
    voice = on_calendar(deadline)
    last = voice.day_of(deadline.steps[-1].end, ends=True)
    end = day_start(live.zone, last + 1)
    for stretch in deadline.basis.offsets:
        for part in stretches(live.zone, stretch.start, min(stretch.end, end)):
            if part.offset != stretch.offset and voice.day_of(EPOCH + part.start) <= last:
                then, now = offset_text(stretch.offset), offset_text(part.offset)
                at = moment(part.start, UTC)
                yield Change(kind="offset", where=at, recorded=(then, then), today=(now, now))
