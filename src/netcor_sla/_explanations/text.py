"""A deadline in sentences, German or English, as one would paste it into a mail.

What the policy leaves open and this library settles, is named wherever it was applied.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import assert_never

from netcor_sla._calendars.holidays import HolidayNames
from netcor_sla._calendars.hours import clock, special_date
from netcor_sla._calendars.instants import DAY, EPOCH, MICROSECOND, MINUTE, ZERO, date_of
from netcor_sla._explanations.steps import Explanation, Step, lasting
from netcor_sla._explanations.words import Voice, offset_text, reason
from netcor_sla._languages import Language
from netcor_sla._policy.levels import BusinessDays


def headline(deadline: Explanation, language: Language) -> str:
    voice, responded_at = voice_of(deadline, language), deadline.responded_at
    level, target = voice.level(deadline.level), voice.target(deadline.basis.promise.target)
    opened, due = voice.instant(deadline.opened_at), voice.instant(deadline.due)
    line = voice.say(
        f"{level}, {target} ab {opened}: fällig {due}",
        f"{level}, {target} from {opened}: due {due}",
    )
    if responded_at is None:
        return line
    de, en = ("verspätet", "late") if deadline.overrun else ("rechtzeitig", "on time")
    when = voice.instant(responded_at)
    return voice.say(f"{line}, beantwortet {when}, {de}", f"{line}, answered {when}, {en}")


def paragraphs(deadline: Explanation, language: Language) -> Iterator[list[str]]:
    voice = voice_of(deadline, language)
    yield [_verdict(deadline, voice)]
    yield [*_beginning(deadline, voice)]
    days = _Days(deadline, voice, deadline.steps)
    yield [*days.lines(), *days.total()]
    days = _Days(deadline, voice, deadline.overrun)
    if lines := [*days.lines(), *days.total()]:
        yield [voice.say("Danach, bis zur Antwort:", "After that, until the response:"), *lines]
    yield [*_rules(deadline, voice)]


def voice_of(deadline: Explanation, language: Language) -> Voice:
    voice = Voice(language, deadline.basis.calendar["zone"], deadline.basis.offsets)
    first, last = (date_of(voice.day_of(at)).year for at in (deadline.opened_at, _last(deadline)))
    return voice if first == last else replace(voice, years=True)


def _last(deadline: Explanation) -> datetime:
    """Find the last instant of all; a level may change later than all else."""
    return max(deadline.until, EPOCH + deadline.basis.facts.turns[-1][0])


def _first(deadline: Explanation) -> Step:
    return next(step for step in deadline.steps if step.kind != "level")


def _begins(deadline: Explanation) -> datetime:
    """Find when the desk is first open: dates are counted from it, paused or not."""
    return next(step.start for step in deadline.steps if step.kind in ("counted", "paused"))


def _dates(deadline: Explanation, voice: Voice) -> set[int]:
    return {voice.day_of(EPOCH + start) for start, _ in deadline.basis.hours}


def _reason(voice: Voice, step: Step) -> str:
    return reason(step.reason, step.names, voice.language)


def _verdict(deadline: Explanation, voice: Voice) -> str:
    due = voice.instant(deadline.due)
    if deadline.responded_at is None:
        return voice.say(f"Die erste Antwort ist bis {due} fällig.", f"The first response is due by {due}.")
    when, overdue = voice.instant(deadline.responded_at), voice.length(deadline.overdue)
    de, en = "rechtzeitig", "on time"
    if deadline.overdue:
        de = f"verspätet, {overdue} Geschäftszeit nach der Frist"
        en = f"late, {overdue} of business time after it"
    elif deadline.overrun:
        de = "verspätet, auch wenn seither keine Geschäftszeit vergangen war"
        en = "late, though no business time had passed since"
    return voice.say(
        f"Die erste Antwort war bis {due} fällig. Sie kam am {when}: {de}.",
        f"The first response was due by {due}. It came on {when}: {en}.",
    )


def _beginning(deadline: Explanation, voice: Voice) -> Iterator[str]:
    facts = deadline.basis.facts
    level, target = voice.level(deadline.level), voice.target(deadline.basis.promise.target)
    yield voice.say(f"Zugesagt für {level}: {target}.", f"Promised for {level}: {target}.")
    opened, first = voice.instant(deadline.opened_at), voice.level(facts.turns[0][1])
    as_first = voice.say(f", als {first}", f", as {first}") if facts.changes else ""
    yield voice.say(f"Eröffnet: {opened}{as_first}.", f"Opened: {opened}{as_first}.")
    if (beginning := _first(deadline)).kind == "closed":
        why = _reason(voice, beginning)
        starts = f"{voice.day(deadline.starts_at)}, {voice.time(deadline.starts_at)}"
        yield voice.say(
            f"Zu diesem Zeitpunkt war geschlossen ({why}). Gezählt wird ab {starts}.",
            f"The desk was closed at that time ({why}). Time counts from {starts}.",
        )
    for at, changed in facts.changes:
        when, level = voice.instant(EPOCH + at), voice.level(changed)
        yield voice.say(f"Geändert: {when}, in {level}.", f"Changed: {when}, to {level}.")


_Named = dict[int, set[HolidayNames | None]]  # dates that have a line, and what they are called there


@dataclass(frozen=True, slots=True)
class _Days:
    """The steps up to the deadline, or those after it, and how to tell them date by date."""

    deadline: Explanation
    voice: Voice
    steps: Sequence[Step]

    def lines(self) -> Iterator[str]:
        voice, numbers, named = self.voice, self._numbers(), self._worked()
        for step in self.steps:
            match step.kind:
                case "counted":
                    yield f"{self._when(step, numbers)}{self._counted(step)}"
                case "paused":
                    lost, when = voice.length(lasting(step)), self._when(step, numbers)
                    yield when + voice.say(f"Pause, {lost} nicht gezählt", f"pause, {lost} not counted")
                case "closed":
                    if step.reason != "outside hours":
                        yield from self._closed(step, named)
                case "level":
                    when = f"{voice.day(step.start)}, {voice.time(step.start)}: "
                    yield f"{when}{voice.say('geändert in', 'changed to')} {_reason(voice, step)}"
                case "folded":
                    days, used = self._range(step), voice.length(step.used)
                    yield f"{voice.dates(days)}: {len(days)} {voice.say('Tage', 'days')}, {used}"
                case "rule":
                    pass
                case _:
                    assert_never(step.kind)

    def total(self) -> Iterator[str]:
        lengths = [step.used for step in self.steps if step.kind in ("counted", "folded")]
        if len(lengths) > 1:
            say, length = self.voice.say, self.voice.length
            runs = [(len([*run]), length(each)) for each, run in groupby(lengths)]
            terms = " + ".join(
                f"{count} \N{MULTIPLICATION SIGN} {each}" if count > 1 else each for count, each in runs
            )
            unit = say(" Geschäftszeit", " of business time") if self._plain else ""
            yield f"{say('Summe: ', 'Total: ')}{terms} = {length(sum(lengths, ZERO))}{unit}"

    @property
    def _plain(self) -> bool:
        """Whether time is named, and nothing that is left: where dates are counted, or after all."""
        return self.deadline.basis.promise.by_date or self.steps is self.deadline.overrun

    def _range(self, step: Step) -> range:
        first, last = self.voice.day_of(step.start), self.voice.day_of(step.end, ends=True)
        return range(first, last + 1)

    def _worked(self) -> _Named:
        worked: _Named = {}
        for step in self.steps:
            if step.kind in ("counted", "paused"):
                for day in self._range(step):
                    worked.setdefault(day, set()).add(step.names)
        return worked

    def _closed(self, step: Step, named: _Named) -> Iterator[str]:
        """Tell of dates that were closed, or the part of one whose name stands nowhere else."""
        voice, dates = self.voice, self._range(step)
        closed = f"{voice.say('geschlossen', 'closed')}, {_reason(voice, step)}"
        # Weekends and holidays have no hours; other dates may have had theirs at another time.
        special = step.reason in ("special date", "recurring date")
        hours = _dates(self.deadline, voice) if special else ()
        if days := [day for day in dates if day not in named and day not in hours]:
            named |= {day: {step.names} for day in days}
            yield f"{voice.dates(days)}: {closed}"
        elif step.names not in {None, *named.get(dates[0], ())} and step is not _first(self.deadline):
            yield f"{self._when(step, {})}{closed}"

    def _counted(self, step: Step) -> str:
        voice, used = self.voice, self.voice.length(step.used)
        if not self._plain:
            left = voice.length(step.left)
            used = voice.say(f"{used} gezählt, {left} übrig", f"{used} counted, {left} left")
        return used if step.reason == "opening hours" else f"{_reason(voice, step)}, {used}"

    def _when(self, step: Step, numbers: Mapping[int, int]) -> str:
        voice, dates = self.voice, self._range(step)
        start = voice.date(dates[0])
        if len(dates) == 1:
            number = numbers.get(dates[0])
            count = voice.say(f" ({number}. Geschäftstag)", f" (business day {number})")
            return f"{start}{count if number else ''}: {voice.times(step.start, step.end)}, "
        until = f"{voice.date(dates[-1])}, {voice.time(step.end, ends=True)}"
        return f"{start}, {voice.time(step.start)}, {voice.say('bis', 'to')} {until}: "

    def _numbers(self) -> dict[int, int]:
        deadline, voice, promise = self.deadline, self.voice, self.deadline.basis.promise
        if not promise.by_date or self.steps is deadline.overrun:
            return {}
        begins, due = voice.day_of(_begins(deadline)), voice.day_of(deadline.due)
        days = sorted(day for day in _dates(deadline, voice) if begins < day <= due)
        count = promise.target.days if isinstance(promise.target, BusinessDays) else 0
        return dict(zip(days, range(1, count + 1), strict=False))


def _rules(deadline: Explanation, voice: Voice) -> Iterator[str]:
    basis = deadline.basis
    yield _hours(deadline, voice)
    if isinstance(basis.promise.target, BusinessDays):
        yield _day_rule(deadline, voice, basis.promise.target)
    if basis.facts.changes:
        yield voice.say(
            "Ändert sich die Stufe, so gilt die neue rückwirkend ab der Eröffnung; die Frist kann dann schon abgelaufen sein.",
            "When the level changes, the new one counts from the opening; the deadline may then have passed already.",
        )
    yield from _pauses(deadline, voice)
    yield from _clock_changes(deadline, voice)
    due = deadline.due - EPOCH
    open_then = any(start <= due < end for start, end in (*basis.hours, *basis.windows))
    if not (basis.promise.by_date or open_then):
        yield voice.say(
            "Die zugesagte Zeit ist genau mit dem Ende einer Öffnungszeit aufgebraucht; fällig ist die Antwort dann, nicht erst zu Beginn der nächsten.",
            "The promised time is used up exactly at closing time; the response is due then, and not when the desk next opens.",
        )
    yield voice.say(
        "Eine Antwort genau zum Fälligkeitszeitpunkt ist rechtzeitig.",
        "A response exactly at the deadline is on time.",
    )


def _hours(deadline: Explanation, voice: Voice) -> str:
    none = voice.say("keine regelmäßigen", "no regular hours")
    week = voice.week(deadline.basis.calendar["hours"]) or none
    for since, hours in deadline.basis.calendar.get("hours_from", {}).items():
        day = voice.date(special_date(since, "hours_from"), year=True)
        week += f"; {voice.say('ab', 'from')} {day}: {voice.week(hours) or none}"
    offset = voice.clock_of(deadline.opened_at)
    if voice.fixed:
        de, en = "das ganze Jahr über, ohne Sommerzeit", "all year round, no daylight saving time"
        zone = f"{offset} {voice.say(de, en)}"
    else:
        zone = f"{voice.say('Ortszeit', 'local time of')} {voice.zone}"
    if (region := deadline.basis.region) is None:
        kept = voice.say("; Feiertage werden nicht berücksichtigt", "; public holidays are not observed")
    else:
        de, en = ", außer an öffentlichen Feiertagen", ", except on public holidays"
        kept = f"{voice.say(de, en)} ({voice.region(region)})"
    return f"{voice.say('Geschäftszeiten', 'Business hours')}: {week} ({zone}){kept}."


def _day_rule(deadline: Explanation, voice: Voice, target: BusinessDays) -> str:
    start, number, rule = voice.day(_begins(deadline)), target.days, deadline.basis.promise.rule
    match rule:
        case "elapsed":
            day, total = (voice.length(deadline.target // part) for part in (number, 1))
            count = voice.target(target)
            return voice.say(
                f"Ein Geschäftstag zählt als {day} Geschäftszeit; {count}: {total}.",
                f"A business day counts as {day} of business time; {count}: {total}.",
            )
        case "end of day":
            return voice.say(
                f"Geschäftstage zählen nach dem Datum: fällig zum Geschäftsschluss am {number}. Geschäftstag nach {start}.",
                f"Business days count by date: due at the close of business on the {_ordinal(number)} business day after {start}.",
            )
        case "same time":
            return voice.say(
                f"Geschäftstage zählen nach dem Datum: fällig zur gleichen Uhrzeit am {number}. Geschäftstag nach {start}; ist dann geschlossen, zum Ende der letzten Öffnungszeit davor oder, wenn es an dem Tag keine gab, zu dessen erster Öffnung.",
                f"Business days count by date: due at the same time on the {_ordinal(number)} business day after {start}; if the desk is closed then, at the end of the opening hours before it, or else when the desk first opens that day.",
            )
        case _:
            assert_never(rule)


def _ordinal(number: int) -> str:
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _pauses(deadline: Explanation, voice: Voice) -> Iterator[str]:
    if lost := sum((lasting(step) for step in deadline.steps if step.kind == "paused"), ZERO):
        length, by_date = voice.length(lost), deadline.basis.promise.by_date
        de = "; um diese Zeit verschiebt sich die Frist" if by_date else ""
        en = "; the deadline is later by as much" if by_date else ""
        yield voice.say(
            f"Eine Pause hält die Uhr nur für die Geschäftszeit an, in die sie fällt: bis zur Frist insgesamt {length}{de}.",
            f"A pause stops the clock only for the business time that it covers: {length} in all up to the deadline{en}.",
        )


def _clock_changes(deadline: Explanation, voice: Voice) -> Iterator[str]:
    for before, after in pairwise(voice.offsets):
        changes = before.end == after.start and before.offset != after.offset
        if changes and deadline.opened_at < EPOCH + after.start <= _last(deadline):
            walls = after.start + before.offset, after.start + after.offset
            day, shown, becomes = _change(voice, *walls)
            old, new = offset_text(before.offset), offset_text(after.offset)
            yield voice.say(
                f"Zeitumstellung am {day}: von {shown} auf {becomes} Uhr ({old} auf {new}).",
                f"Clocks change on {day}: {shown} becomes {becomes} ({old} becomes {new}).",
            )


def _change(voice: Voice, before: timedelta, after: timedelta) -> tuple[str, str, str]:
    day, last = (before - MICROSECOND).days, (before - MICROSECOND) % DAY + MICROSECOND
    if last == DAY and after.days == day + 1:  # the midnight with which a date begins
        day, last = after.days, ZERO
    becomes = clock(after % DAY // MINUTE)
    if after.days != day:
        becomes = f"{voice.date(after.days)}, {becomes}"
    return voice.date(day), clock(last // MINUTE), becomes
