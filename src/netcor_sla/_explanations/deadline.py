"""A deadline with its explanation: a value that says when, why, and from which facts."""

# ruff: noqa: PLC0415 - most only want to know when; who asks for words imports what has them

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from typing import Any, Final, Self, final

from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._calendars.instants import ZERO, moment
from netcor_sla._calendars.schedule import Schedule
from netcor_sla._calendars.zones import Stretch, day_start, key_of, offset_at, stretches
from netcor_sla._calendars.zones import zone as read_zone
from netcor_sla._explanations.steps import Basis, Explanation, Walk, covered
from netcor_sla._languages import Language
from netcor_sla._policy.due import Promise, find_due, unpaused
from netcor_sla._tickets.facts import Facts
from netcor_sla._values import Answer

_SHOWN: Final = 30  # dates at either end of a long overrun


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Deadline(Answer, Explanation):
    """When a first response is due, and how that came about.

    It is made by `explain`, and by `from_dict` from what `to_dict` wrote. Instants are in the zone
    of `opened_at`. While a pause that began before the deadline is open, `due` is None, and the
    steps end at `paused_since`.

    A clock's `explain` has also pauses, changes of level, and the response with `overrun`, the steps
    from `due` to a late one, empty where it is on time. `basis` is what else a record of it holds.

    Laws: the steps cover all from `opened_at` to `due` or `paused_since`, in order, without gap or
    overlap; what the counted ones used is `elapsed`, and `elapsed + remaining == target`, unless
    business days are counted by date; and `from_dict(deadline.to_dict()) == deadline`, on every machine.
    """

    __module__ = "netcor_sla"  # where it is found, which is what pickles and messages should say

    def __str__(self) -> str:
        from netcor_sla._explanations.text import headline

        return headline(self, "de")

    def __repr__(self) -> str:
        names = ("opened_at", "level", "due", "paused_since", "responded_at")
        held = {name: getattr(self, name) for name in names}
        held["case_number"] = self.case_number and repr(self.case_number)  # which is one printable line
        return f"<Deadline {', '.join(f'{k}={v}' for k, v in held.items() if v is not None)}>"

    def text(self, language: Language = "de", *, zone: str | tzinfo | None = None) -> str:
        """Say it in sentences: what one would paste into a ticket or a mail.

        Times are those of `zone`, or else of the zone of `opened_at`. Paragraphs are divided by an
        empty line, and no line ends the last one.
        """
        from netcor_sla._explanations.text import paragraphs

        return "\n\n".join("\n".join(lines) for lines in paragraphs(self, language, display(zone)))

    def svg(self, language: Language = "de", *, zone: str | tzinfo | None = None) -> str:
        """Draw the stretch, a row for each date of `zone`; a picture of its own, in SVG."""
        from netcor_sla._explanations.picture import picture

        return picture(self, language, display(zone))

    def in_language(self, language: Language, *, zone: str | tzinfo | None = None) -> object:
        """Give what a notebook shows of it in another language or zone, where it ends a cell."""
        from netcor_sla._explanations.picture import InLanguage

        return InLanguage(self, language, display(zone))

    def _repr_html_(self) -> str:
        from netcor_sla._explanations.picture import InLanguage

        return InLanguage(self, "de", None)._repr_html_()

    def to_dict(self) -> dict[str, Any]:
        """Write the record: ready for JSON, in one spelling, and a fresh copy.

        It holds every fact that the answer rests on, so that `netcor_sla.records` can check
        the deadline from it alone, or say what has changed since.
        """
        from netcor_sla._explanations.record import write

        return write(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a record; one that was changed or contradicts itself is a `RecordError`.

        Law: `from_dict(deadline.to_dict()) == deadline`.
        """
        from netcor_sla._explanations.record import check, read

        deadline = cls(**read(data))
        check(deadline, data)
        return deadline

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the record: equal deadlines, and no others, have equal fingerprints."""
        return str(self.to_dict()["sha256"])

    def __reduce__(self) -> tuple[Any, ...]:
        return self.from_dict, (self.to_dict(),)


def display(zone: str | tzinfo | None) -> tzinfo | None:
    """Read the zone in which times are to be shown; None leaves it to the deadline."""
    return zone if zone is None or isinstance(zone, tzinfo) else read_zone(zone)


def explained(
    calendar: BusinessCalendar, promise: Promise, facts: Facts, zone: tzinfo | None, number: str | None = None
) -> Deadline:
    from netcor_sla._explanations.record import calendar_form, versions

    schedule, timeline, opened = calendar.schedule, calendar.timeline, facts.opened
    due = until = find_due(schedule, timeline, opened, promise, facts.pauses)
    left, last = ZERO, str(promise.rule) if promise.by_date else None
    if facts.waiting is not None and facts.waiting < due:
        until, left, last = facts.waiting, timeline.between(facts.waiting, due), "open pause"
    elif facts.waiting is not None:  # later than all
        facts = facts._replace(waiting=None)
    dates, offsets = _dates(schedule, facts, until), list[Stretch]()
    walk = Walk(schedule, facts, until, dates[-1][-1])
    for each in dates:
        start, end = day_start(schedule.zone, each.start), day_start(schedule.zone, each.stop)
        if offsets:
            used = unpaused(timeline, offsets[-1].end, start, facts.pauses)
            walk.legs.append((offsets[-1].end, start, "folded", "more days", None, used))
        for stretch in stretches(schedule.zone, start if offsets else min(start, opened), end):
            offsets.append(stretch)
            walk.over(stretch)
    days, span = range(dates[0].start, dates[-1].stop), (offsets[0].start, offsets[-1].end)
    if facts.changes:
        known = [(stretch.start, stretch.end) for stretch in offsets]
        others = (at for at, _ in facts.changes if not covered(known, at))
        offsets += [Stretch(at, at, offset_at(schedule.zone, at)) for at in others]
        offsets.sort(key=lambda stretch: stretch.start)
    steps, overrun = walk.steps(zone, last, left)
    return Deadline(
        opened_at=moment(opened, zone),
        steps=steps,
        overrun=overrun,
        case_number=number,
        basis=Basis(
            promise=promise,
            facts=facts,
            zone=key_of(zone),
            calendar=calendar_form(calendar, days, span),
            offsets=tuple(offsets),
            hours=tuple(walk.hours),
            fingerprint=calendar.fingerprint,
            versions=versions(schedule),
        ),
    )


def _dates(schedule: Schedule, facts: Facts, due: timedelta) -> list[range]:
    """List the dates that have steps; of a long overrun, those at either end."""
    first, end = schedule.day_of(facts.opened), schedule.day_of(due)
    last = end if facts.responded is None else schedule.day_of(facts.late(due))
    turn = schedule.day_of(facts.turns[-1][0]) if facts.changes and facts.responded is None else end
    if end < turn < end + 2 * _SHOWN:
        last = turn  # up to which business time is measured, where the level changes after the deadline
    fold = range(end + _SHOWN, last + 1 - _SHOWN)
    return [range(first, fold.start), range(fold.stop, last + 1)] if fold else [range(first, last + 1)]
