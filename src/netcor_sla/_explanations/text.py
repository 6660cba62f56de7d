"""A deadline told in sentences, German or English, as one would paste it into a mail.

What the policy leaves open and this library settles, is named wherever it was applied.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import assert_never

from netcor_sla._calendars.holidays import HolidayNames
from netcor_sla._calendars.hours import clock
from netcor_sla._calendars.instants import DAY, EPOCH, MICROSECOND, MINUTE, ZERO, date_of
from netcor_sla._explanations.steps import Explanation, Step, lasting
from netcor_sla._explanations.words import Voice, offset_text, ordinal, reason
from netcor_sla._languages import Language
from netcor_sla._policy.levels import BusinessDays


def headline(deadline: Explanation, language: Language) -> str:
    """Say level, target, opening and deadline in one line, and how the response came."""
    voice = voice_of(deadline, language)
    level, target = voice.level(deadline.level), voice.target(deadline.basis.promise.target)
    opened, due = voice.instant(deadline.opened_at), voice.instant(deadline.due)
    line = voice.say(
        f"{level}, {target} ab {opened}: fällig {due}",
        f"{level}, {target} from {opened}: due {due}",
    )
    if deadline.responded_at is None:
        return line
    when = voice.instant(deadline.responded_at)
    verdict = (
        voice.say("verspätet", "late") if deadline.overrun else voice.say("rechtzeitig", "on time")
    )
    return voice.say(
        f"{line}, beantwortet {when}, {verdict}", f"{line}, answered {when}, {verdict}"
    )


def paragraphs(deadline: Explanation, language: Language) -> list[list[str]]:
    """Tell it all: the deadline, what was promised, every day, and the rules applied."""
    voice = voice_of(deadline, language)
    days = _Days(deadline, voice, deadline.steps)
    parts = [[*days.lines(), *days.total()]]
    if deadline.overrun:
        after = _Days(deadline, voice, deadline.overrun)
        title = voice.say("Danach, bis zur Antwort:", "After that, until the response:")
        if lines := [*after.lines(), *after.total()]:
            parts.append([title, *lines])
    beginning, rules = _beginning(deadline, voice), _rules(deadline, voice)
    return [[_verdict(deadline, voice)], [*beginning], *parts, [*rules]]


def voice_of(deadline: Explanation, language: Language) -> Voice:
    """Speak by the calendar's clock, as far as it is known."""
    voice = Voice(language, deadline.basis.calendar["zone"], deadline.basis.offsets)
    first, last = (date_of(voice.day_of(at)).year for at in _ends(deadline))
    return voice if first == last else replace(voice, years=True)


def _ends(deadline: Explanation) -> tuple[datetime, datetime]:
    """Find the first and the last instant that are told of."""
    changes = (EPOCH + at for at, _ in deadline.basis.facts.changes[-1:])
    return deadline.opened_at, max([deadline.until, *changes])


def _verdict(deadline: Explanation, voice: Voice) -> str:
    """Say the deadline; with a response, also whether it was kept."""
    due = voice.instant(deadline.due)
    if deadline.responded_at is None:
        return voice.say(
            f"Die erste Antwort ist bis {due} fällig.", f"The first response is due by {due}."
        )
    when = voice.instant(deadline.responded_at)
    if not deadline.overrun:
        return voice.say(
            f"Die erste Antwort war bis {due} fällig. Sie kam am {when}: rechtzeitig.",
            f"The first response was due by {due}. It came on {when}: on time.",
        )
    overdue = voice.length(deadline.overdue)
    after = (
        voice.say(f"{overdue} Geschäftszeit nach der Frist", f"{overdue} of business time after it")
        if deadline.overdue
        else voice.say(
            "auch wenn seither keine Geschäftszeit vergangen war",
            "though no business time had passed since",
        )
    )
    return voice.say(
        f"Die erste Antwort war bis {due} fällig. Sie kam am {when}: verspätet, {after}.",
        f"The first response was due by {due}. It came on {when}: late, {after}.",
    )


def _beginning(deadline: Explanation, voice: Voice) -> Iterator[str]:
    """Say what was promised, from when time counts, and how the level changed."""
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


def _first(deadline: Explanation) -> Step:
    """Find the step that tells what it was like at the opening."""
    return next(step for step in deadline.steps if step.kind != "level")


def _reason(voice: Voice, step: Step) -> str:
    return reason(step.reason, step.names, voice.language)


@dataclass(frozen=True, slots=True)
class _Days:
    """The steps up to the deadline, or those after it, and how to tell them date by date."""

    deadline: Explanation
    voice: Voice
    steps: Sequence[Step]

    def lines(self) -> Iterator[str]:
        """Tell each stretch that was counted or paused, and each date that was closed, and why."""
        numbers, worked, said = self._numbers(), self._worked(), set[int]()
        for step in self.steps:
            match step.kind:
                case "counted":
                    yield f"{self._when(step, numbers)}{self._counted(step)}"
                case "paused":
                    yield f"{self._when(step, numbers)}{self._paused(step)}"
                case "closed":
                    yield from self._closed(step, worked, said)
                case "level":
                    yield self._changed(step)
                case "folded":
                    yield self._folded(step)
                case "rule":
                    pass
                case _:
                    assert_never(step.kind)

    def total(self) -> Iterator[str]:
        """Add up, where there is more than one summand."""
        lengths = [step.used for step in self.steps if step.kind in ("counted", "folded")]
        if len(lengths) <= 1:
            return
        say, length = self.voice.say, self.voice.length
        runs = [(len([*run]), length(each)) for each, run in groupby(lengths)]
        terms = " + ".join(
            f"{count} \N{MULTIPLICATION SIGN} {each}" if count > 1 else each for count, each in runs
        )
        unit = say(" Geschäftszeit", " of business time") if self._plain else ""
        yield f"{say('Summe: ', 'Total: ')}{terms} = {length(sum(lengths, ZERO))}{unit}"

    @property
    def _overdue(self) -> bool:
        """Whether these steps are those after the deadline."""
        return self.steps is self.deadline.overrun

    @property
    def _plain(self) -> bool:
        """Whether time is told, and nothing that is left: where dates are counted, or after all."""
        return self._overdue or self.deadline.basis.promise.by_date

    def _worked(self) -> dict[int, set[HolidayNames | None]]:
        """Collect the dates that have a line of their own, and the names that are told there."""
        worked: dict[int, set[HolidayNames | None]] = {}
        for step in self.steps:
            if step.kind in ("counted", "paused"):
                for day, _ in self.voice.walls(step.start, step.end):
                    worked.setdefault(day, set()).add(step.names)
        return worked

    def _closed(
        self, step: Step, worked: Mapping[int, set[HolidayNames | None]], said: set[int]
    ) -> Iterator[str]:
        """Tell dates that were closed, or the part of one whose name would not be told otherwise.

        `said` are the dates that were told already: a change of level may lie in one.
        """
        if step.reason == "outside hours":
            return
        voice = self.voice
        first, end = voice.day_of(step.start), voice.day_of(step.end, ends=True)
        closed = f"{voice.say('geschlossen', 'closed')}, {_reason(voice, step)}"
        # Weekends and holidays have no hours; the others may have had them, at another time.
        special = step.reason in ("special date", "recurring date")
        hours = _dates(self.deadline, voice) if special else ()
        whole = [day for day in range(first, end + 1) if day not in worked and day not in hours]
        if days := [day for day in whole if day not in said]:
            said.update(days)
            yield f"{voice.dates(days)}: {closed}"
        elif not (whole or step is _first(self.deadline) or _told(step, worked.get(first, ()))):
            yield f"{self._when(step, {})}{closed}"

    def _counted(self, step: Step) -> str:
        """Tell a counted stretch; where dates are counted, what is left decides nothing."""
        voice, used = self.voice, self.voice.length(step.used)
        why = "" if step.reason == "opening hours" else f"{_reason(voice, step)}, "
        if self._plain:
            return f"{why}{used}"
        left = voice.length(step.left)
        return why + voice.say(f"{used} gezählt, {left} übrig", f"{used} counted, {left} left")

    def _paused(self, step: Step) -> str:
        """Tell that time did not count."""
        lost = self.voice.length(lasting(step))
        return self.voice.say(f"Pause, {lost} nicht gezählt", f"pause, {lost} not counted")

    def _changed(self, step: Step) -> str:
        """Tell a change of level."""
        voice, level = self.voice, _reason(self.voice, step)
        when = f"{voice.day(step.start)}, {voice.time(step.start)}"
        return voice.say(f"{when}: geändert in {level}", f"{when}: changed to {level}")

    def _folded(self, step: Step) -> str:
        """Tell the middle of a long overrun in one line."""
        voice, used = self.voice, self.voice.length(step.used)
        first, end = voice.day_of(step.start), voice.day_of(step.end, ends=True)
        count, days = end + 1 - first, voice.dates(range(first, end + 1))
        return voice.say(f"{days}: {count} Tage, {used}", f"{days}: {count} days, {used}")

    def _when(self, step: Step, numbers: Mapping[int, int]) -> str:
        """Say from when to when, on one date or from one to another."""
        voice, start = self.voice, self.voice.day(step.start)
        day = voice.day_of(step.start)
        if day == voice.day_of(step.end, ends=True):
            number = numbers.get(day)
            count = number and voice.say(f" ({number}. Geschäftstag)", f" (business day {number})")
            return f"{start}{count or ''}: {voice.times(step.start, step.end)}, "
        until = f"{voice.day(step.end, ends=True)}, {voice.time(step.end, ends=True)}"
        return f"{start}, {voice.time(step.start)}, {voice.say('bis', 'to')} {until}: "

    def _numbers(self) -> dict[int, int]:
        """Number the business days after the one on which time starts, where such are counted."""
        target = self.deadline.basis.promise.target
        if self._overdue or not (
            isinstance(target, BusinessDays) and self.deadline.basis.promise.by_date
        ):
            return {}
        begins = self.voice.day_of(begins_at(self.deadline))
        due = self.voice.day_of(self.deadline.due)
        days = sorted(day for day in _dates(self.deadline, self.voice) if begins < day <= due)
        return dict(zip(days, range(1, target.days + 1), strict=False))


def begins_at(deadline: Explanation) -> datetime:
    """Find when the desk is first open: dates are counted from it, paused or not."""
    return next(step.start for step in deadline.steps if step.kind in ("counted", "paused"))


def _dates(deadline: Explanation, voice: Voice) -> set[int]:
    """List the dates that have hours, extra windows aside."""
    return {voice.day_of(EPOCH + start) for start, _ in deadline.basis.hours}


def _told(step: Step, names: Collection[HolidayNames | None]) -> bool:
    """Whether the name of a step is told elsewhere, or it has none."""
    return step.names is None or step.names in names


def _rules(deadline: Explanation, voice: Voice) -> Iterator[str]:
    """Name what was applied, and what the policy leaves open."""
    basis = deadline.basis
    yield _hours(deadline, voice)
    if isinstance(basis.promise.target, BusinessDays):
        yield _day_rule(deadline, voice, basis.promise.target)
    if basis.facts.changes:
        yield voice.say(
            "Ändert sich die Stufe, so gilt die neue rückwirkend ab der Eröffnung; die Frist kann "
            "dann schon abgelaufen sein.",
            "When the level changes, the new one counts from the opening; the deadline may then "
            "have passed already.",
        )
    yield from _pauses(deadline, voice)
    yield from _clock_changes(deadline, voice)
    if not basis.promise.by_date and not _open(deadline):
        yield voice.say(
            "Die zugesagte Zeit ist genau mit dem Ende einer Öffnungszeit aufgebraucht; fällig ist "
            "die Antwort dann, nicht erst zu Beginn der nächsten.",
            "The promised time is used up exactly at closing time; the response is due then, and "
            "not when the desk next opens.",
        )
    yield voice.say(
        "Eine Antwort genau zum Fälligkeitszeitpunkt ist rechtzeitig.",
        "A response exactly at the deadline is on time.",
    )


def _hours(deadline: Explanation, voice: Voice) -> str:
    """Say the week's hours, their zone, and whose holidays are kept."""
    calendar = deadline.basis.calendar
    week = voice.week(calendar["hours"]) or voice.say("keine regelmäßigen", "no regular hours")
    offset = voice.clock_of(deadline.opened_at)
    zone = (
        voice.say(
            f"{offset} das ganze Jahr über, ohne Sommerzeit",
            f"{offset} all year round, no daylight saving time",
        )
        if voice.fixed
        else voice.say(f"Ortszeit {voice.zone}", f"local time of {voice.zone}")
    )
    if (region := deadline.basis.region) is None:
        kept = voice.say(
            "; Feiertage werden nicht berücksichtigt", "; public holidays are not observed"
        )
    else:
        region = voice.region(region)
        kept = voice.say(
            f", außer an öffentlichen Feiertagen ({region})",
            f", except on public holidays ({region})",
        )
    return voice.say(
        f"Geschäftszeiten: {week} ({zone}){kept}.", f"Business hours: {week} ({zone}){kept}."
    )


def _day_rule(deadline: Explanation, voice: Voice, target: BusinessDays) -> str:
    """Say how business days were counted."""
    rule, number = deadline.basis.promise.rule, target.days
    if rule == "elapsed":
        day, total = voice.length(deadline.target // number), voice.length(deadline.target)
        count = voice.target(target)
        return voice.say(
            f"Ein Geschäftstag zählt als {day} Geschäftszeit; {count}: {total}.",
            f"A business day counts as {day} of business time; {count}: {total}.",
        )
    start = voice.day(begins_at(deadline))
    nth = voice.say(f"{number}. Geschäftstag", f"{ordinal(number)} business day")
    match rule:
        case "end of day":
            return voice.say(
                "Geschäftstage zählen nach dem Datum: fällig zum Geschäftsschluss am "
                f"{nth} nach {start}.",
                f"Business days count by date: due at the close of business on the {nth} after "
                f"{start}.",
            )
        case "same time":
            return voice.say(
                "Geschäftstage zählen nach dem Datum: fällig zur gleichen Uhrzeit am "
                f"{nth} nach {start}; ist dann geschlossen, zum Ende der letzten Öffnungszeit "
                "davor oder, wenn es an dem Tag keine gab, zu dessen erster Öffnung.",
                f"Business days count by date: due at the same time on the {nth} after {start}; if "
                "the desk is closed then, at the end of the opening hours before it, or else when "
                "the desk first opens that day.",
            )
        case _:
            assert_never(rule)


def _pauses(deadline: Explanation, voice: Voice) -> Iterator[str]:
    """Say what pauses do, if time was lost to any."""
    if lost := sum((lasting(step) for step in deadline.steps if step.kind == "paused"), ZERO):
        whole = voice.length(lost)
        added = voice.say(
            "; um diese Zeit verschiebt sich die Frist", "; the deadline is later by as much"
        )
        more = added if deadline.basis.promise.by_date else ""
        yield voice.say(
            "Eine Pause hält die Uhr nur für die Geschäftszeit an, in die sie fällt: bis zur Frist "
            f"insgesamt {whole}{more}.",
            f"A pause stops the clock only for the business time that it covers: {whole} in all up "
            f"to the deadline{more}.",
        )


def _clock_changes(deadline: Explanation, voice: Voice) -> Iterator[str]:
    """Tell of each clock change between the opening and the end of what is told."""
    opened, end = deadline.opened_at - EPOCH, _ends(deadline)[-1] - EPOCH
    for before, after in pairwise(voice.offsets):
        changes = before.end == after.start and before.offset != after.offset
        if changes and opened < after.start <= end:
            walls = after.start + before.offset, after.start + after.offset
            day, shown, becomes = _change(voice, *walls)
            offsets = offset_text(before.offset), offset_text(after.offset)
            yield voice.say(
                f"Zeitumstellung am {day}: von {shown} auf {becomes} Uhr "
                f"({offsets[0]} auf {offsets[1]}).",
                f"Clocks change on {day}: {shown} becomes {becomes} ({offsets[0]} becomes "
                f"{offsets[1]}).",
            )


def _change(voice: Voice, before: timedelta, after: timedelta) -> tuple[str, str, str]:
    """Say on which date the clock goes from which time to which, and to which date if another."""
    day, last = (before - MICROSECOND).days, (before - MICROSECOND) % DAY + MICROSECOND
    if last == DAY and after.days == day + 1:  # the midnight with which a date begins
        day, last = after.days, ZERO
    becomes = clock(after % DAY // MINUTE)
    if after.days != day:
        becomes = f"{voice.dates([after.days])}, {becomes}"
    return voice.dates([day]), clock(last // MINUTE), becomes


def _open(deadline: Explanation) -> bool:
    """Whether the desk is open at the deadline."""
    due = deadline.due - EPOCH
    return any(
        start <= due < end for start, end in (*deadline.basis.hours, *deadline.basis.windows)
    )
