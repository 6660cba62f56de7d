"""A deadline in sentences, German or English, as one would paste it into a mail.

What the policy leaves open and this library settles, is named wherever it was applied.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone, tzinfo
from itertools import pairwise
from typing import assert_never

from netcor_sla._calendars.hours import clock, minutes, special_date
from netcor_sla._calendars.instants import DAY, EPOCH, MINUTE, ZERO, date_of, new_year
from netcor_sla._calendars.schedule import joined
from netcor_sla._calendars.zones import key_of, stretches, zone_text
from netcor_sla._explanations.days import Days, begins, dates, first, on_calendar, on_time, why_closed
from netcor_sla._explanations.steps import Explanation, Step, covered, lasting, total, within
from netcor_sla._explanations.words import Voice, place
from netcor_sla._languages import Language, safe
from netcor_sla._policy.levels import BusinessDays

_SECOND = timedelta(seconds=1)  # what is less, nobody measures


def headline(deadline: Explanation, language: Language, zone: tzinfo | None = None) -> str:
    voice = voice_of(deadline, language, zone)
    level, target = voice.level(deadline.level), voice.target(deadline.basis.promise.target)
    instants = deadline.opened_at, deadline.due or deadline.paused_since, deadline.responded_at
    opened, end, came = (at and voice.instant(at, both=False) for at in instants)
    de, en = ("fällig", "due") if deadline.due else ("ruht seit", "paused since")
    line = f"{level}, {target} {voice.say('ab', 'from')} {opened}: {voice.say(de, en)} {end}"
    if came:
        de, en = ("verspätet", "late") if deadline.overrun else ("rechtzeitig", "on time")
        line += voice.say(f", Reaktion {came}, {de}", f", response {came}, {en}")
    return _case(deadline, voice) + line


def paragraphs(deadline: Explanation, language: Language, zone: tzinfo | None = None) -> Iterator[list[str]]:
    voice = voice_of(deadline, language, zone)
    yield [_case(deadline, voice) + _verdict(deadline, voice)]
    yield [*_beginning(deadline, voice)]
    if lines := Days(deadline, voice).lines():
        yield lines
    if _lasted(deadline) >= _SECOND and (lines := Days(deadline, voice, late=True).lines()):
        yield [voice.say("Danach, bis zur Reaktion:", "After that, until the response:"), *lines]
    yield [*_rules(deadline, voice)]


def voice_of(deadline: Explanation, language: Language, zone: tzinfo | None = None) -> Voice:
    """Make the voice of a zone, or else of that of the opening; beside it has that of the calendar."""
    offsets, opened = deadline.basis.offsets, deadline.opened_at
    voice = on_calendar(deadline, language)
    if zone is None:  # one without a name is not in a record
        zone = opened.tzinfo if deadline.basis.zone else timezone(opened.utcoffset() or ZERO)
    if zone is not None and zone_text(zone) != voice.zone:
        shown = tuple(stretches(zone, offsets[0].start, offsets[-1].end))
        voice = Voice(language, key_of(zone) or "", shown, desk=voice)
    ats = opened, deadline.until, *(EPOCH + at for at, _ in deadline.basis.facts.changes)
    if len({(EPOCH + voice.wall(at)).year for at in ats}) == 1:
        return voice
    return replace(voice, years=True, desk=voice.desk and replace(voice.desk, years=True))


def _lasted(deadline: Explanation) -> timedelta:
    return sum(map(lasting, deadline.overrun), ZERO)


def _case(deadline: Explanation, voice: Voice) -> str:
    number = safe(deadline.case_number or "")
    return f"{voice.say('Fallnummer', 'Case number')} {number}: " if number else ""


def _verdict(deadline: Explanation, voice: Voice) -> str:
    if deadline.due is None:
        since = voice.instant(deadline.until)
        counted, left = voice.length(deadline.elapsed), voice.length(deadline.remaining)
        de = f"Die Frist ruht seit {since}. Bisher {counted} gezählt, {left} übrig. Sie läuft weiter, sobald uns Ihre Rückmeldung vorliegt."
        en = f"The clock has been paused since {since}. So far, {counted} has been counted and {left} is left. It runs again once we have your reply."
        return voice.say(de, en)
    due, responded = voice.instant(deadline.due, on=voice.language == "de"), deadline.responded_at
    if responded is None:
        en = f"The first response is due by {due}."
        return voice.say(f"Die erste Reaktion ist spätestens am {due} fällig.", en)
    came, (how_de, how_en) = voice.instant(responded, on=True), _promptness(deadline, voice)
    de = f"Die erste Reaktion war spätestens am {due} fällig. Sie kam am {came}{how_de}."
    en = f"The first response was due by {due}. It came on {came}{how_en}."
    return voice.say(de, en) + _response_time(deadline, voice)


def _promptness(deadline: Explanation, voice: Voice) -> tuple[str, str]:
    if not deadline.overrun:
        return " und damit rechtzeitig", ", on time"
    if overdue := deadline.overdue:
        late = voice.say("weniger als 1 s", "less than 1 s") if overdue < _SECOND else voice.length(overdue)
        en = f", {late} of business time after the deadline"
        return f", {late} Geschäftszeit nach Ablauf der Frist", en
    if any(step.kind == "paused" for step in deadline.overrun):
        return " und damit verspätet, nach Beginn einer Pause", ", late, after a pause had begun"
    de = " und damit verspätet: nach Geschäftsschluss, aber vor der nächsten Geschäftszeit"
    return de, ", late, although support had not reopened since"


def _response_time(deadline: Explanation, voice: Voice) -> str:
    if deadline.overrun and deadline.overdue < _SECOND:
        return ""
    took = voice.length(total((*on_time(deadline), *deadline.overrun)))
    de, en = ("statt", "instead of") if deadline.overrun else ("von", "of")
    beside = f" {voice.say(de, en)} {voice.length(deadline.target)}"
    if deadline.basis.promise.by_date:
        beside = voice.say(" Geschäftszeit", " of business time")
    return f" {voice.say('Reaktionszeit', 'Response time')}: {took}{beside}."


def _beginning(deadline: Explanation, voice: Voice) -> Iterator[str]:
    turns = deadline.basis.facts.turns
    level, target = voice.level(deadline.level), voice.target(deadline.basis.promise.target)
    de = f"Zugesagte Reaktionszeit für {level}: {target} oder weniger."
    yield voice.say(de, f"Response time promised for {level}: {target} or less.")
    opened = voice.instant(deadline.opened_at)
    as_first = f", {voice.say('als', 'as')} {voice.level(turns[0][1])}" if turns[1:] else ""
    yield voice.say(f"Eingegangen: {opened}{as_first}.", f"Received: {opened}{as_first}.")
    if (step := first(deadline)).kind == "closed":
        yield _closed_at_first(deadline, voice, step)
    for (_, before), (at, after) in pairwise(turns):
        when, level = voice.instant(EPOCH + at, on=True), voice.level(after)
        de, en = ("Hoch", "Raised") if after.number < before.number else ("Herab", "Lowered")
        de, en = f"{de}gestuft am {when} auf {level}", f"{en} to {level} on {when}"
        if at == turns[-1][0] and deadline.due and at > (due := deadline.due - EPOCH):
            passed = voice.length(since) if (since := _between(deadline, due, at)) else ""
            ago = f"seit {passed} Geschäftszeit" if passed else "bereits"
            then = f"passed {passed} of business time before" if passed else "already passed"
            de += f"; die neue Frist war zu diesem Zeitpunkt {ago} abgelaufen"
            en += f"; the new deadline had {then}"
        yield voice.say(f"{de}.", f"{en}.")


def _between(deadline: Explanation, start: timedelta, end: timedelta) -> timedelta:
    """Measure business time, less pauses; none where the hours of these dates are not known."""
    basis, lengths = deadline.basis, [ZERO]
    known = covered([(each.start, each.end) for each in basis.offsets], end)
    if known and all(step.kind != "folded" for step in deadline.overrun):
        for span in within(joined(basis.spans), start, end):
            lengths += [span[1] - span[0], *(a - b for a, b in within(basis.facts.pauses, *span))]
    return sum(lengths, ZERO)


def _closed_at_first(deadline: Explanation, voice: Voice, step: Step) -> str:
    opens, starts = begins(deadline), deadline.starts_at
    why = why_closed(deadline, voice.calendar, step)
    de = f"Der Support war zu diesem Zeitpunkt nicht besetzt ({why})"
    en = f"Support was closed at that time ({why})"
    if any(step.start - EPOCH == end for _, end in deadline.basis.spans):
        then = voice.time(step.start)
        de, en = f"{de}; um {then} ist bereits geschlossen", f"{en}; at {then} it is already closed"
    if opens is not None:
        day, time = voice.day(opens), voice.time(opens)
        if opens == starts:
            en = f"{en}. The clock starts on {day} at {time}"
            return voice.say(f"{de}. Die Frist läuft ab {day}, {time}.", f"{en}.")
        de, en = f"{de}; geöffnet wurde am {day}, um {time}", f"{en}; it opened on {day} at {time}"
        if starts is not None:
            until = voice.day_time(starts).removeprefix(f"{day}, ")
            de += f". Bis {until} ruhte die Frist (Pause), sie läuft seither"
            en += f". Until {until}, the clock was paused; it has run since"
    return voice.say(f"{de}.", f"{en}.")


def _rules(deadline: Explanation, voice: Voice) -> Iterator[str]:
    basis, due, target = deadline.basis, deadline.due, deadline.basis.promise.target
    yield _hours(deadline, voice)
    if isinstance(target, BusinessDays):
        yield _day_rule(deadline, voice, target)
    if basis.facts.changes:
        de = "Ändert sich die Stufe, gelten Frist und Geschäftszeiten der neuen rückwirkend ab dem Eingang."
        yield voice.say(de, "When the level changes, the new level's target and hours apply from receipt.")
    yield from _pauses(deadline, voice)
    clocks = [each for each in (voice, voice.desk) if each and each.only is None]
    yield from dict.fromkeys(line for clock in clocks for line in _clock_changes(deadline, clock))
    yield from _eves(deadline, voice)
    if due is None:
        return
    if not (basis.promise.by_date or any(start <= due - EPOCH < end for start, end in basis.spans)):
        de = "Die Frist endet genau zum Geschäftsschluss, nicht erst mit der nächsten Öffnung."
        yield voice.say(de, "The deadline falls exactly at closing time, not at the next opening.")
    if deadline.responded_at in (None, due) or ZERO < _lasted(deadline) < _SECOND:
        de = "Eine Reaktion genau zum Fälligkeitszeitpunkt ist rechtzeitig."
        yield voice.say(de, "A response exactly at the deadline is on time.")


def _hours(deadline: Explanation, voice: Voice) -> str:
    form, region, desk = deadline.basis.calendar, deadline.basis.region, voice.calendar
    hours, later = form["hours"], form.get("hours_from", {})
    weeks, always = [hours, *later.values()], not later and desk.always(hours)
    zone = desk.clock_of(deadline.opened_at)
    if not any(weeks):
        de = f"Keine regelmäßigen Geschäftszeiten; geöffnet nur zu einzeln vereinbarten Zeiten ({zone})."
        return voice.say(de, f"No regular business hours; open only at individually agreed times ({zone}).")
    if desk.fixed:
        zone += voice.say(" das ganze Jahr über, ohne Sommerzeit", " all year round, no daylight saving time")
    else:
        zone = place(desk.zone, voice.language)
    zone, none = f" ({zone})", voice.say("keine", "none")
    de, en = "; Feiertage werden nicht berücksichtigt", "; public holidays are not observed"
    if region is not None:
        name = voice.region(region)
        de, en = f", außer an öffentlichen Feiertagen ({name})", f", except on public holidays ({name})"
    elif always:
        de, en, zone = ", auch an Feiertagen", ", public holidays included", ""
    week = desk.week(hours) or none
    for since, each in later.items():
        day = desk.date(special_date(since, "hours_from"), year=True)
        week += f"; {voice.say('ab', 'from')} {day}: {desk.week(each) or none}"
    shown = "" if always or not voice.desk else _on_this_clock(deadline, voice, weeks)
    return f"{voice.say('Geschäftszeiten', 'Business hours')}: {week}{zone}{voice.say(de, en)}.{shown}"


def _on_this_clock(deadline: Explanation, voice: Voice, weeks: list[dict[str, list[list[str]]]]) -> str:
    ends, desk = (deadline.opened_at, deadline.until), voice.calendar
    week = [spans for each in weeks for spans in each.values()]
    named = desk if voice.fixed and not desk.fixed else voice  # the one that may have two names
    ahead = {(named.clock_of(at), voice.offset_at(at) - desk.offset_at(at)): at for at in ends}
    if not any(by for _, by in ahead):
        return ""
    alike, parts = all(spans == week[0] for spans in week), dict[str, None]()
    for (_, by), at in ahead.items():
        name = named.clock_of(at, short=len({each for _, each in ahead}) == 1)
        de, en = ("früher", "earlier") if by < ZERO else ("später", "later")
        what = f"{voice.length(abs(by))} {voice.say(de, en)}" if by else voice.say("dasselbe", "the same")
        if alike:
            moved = [[(MINUTE * minutes(time, "hours") + by) % DAY for time in span] for span in week[0]]
            what = voice.spans([[clock(time // MINUTE) for time in span] for span in moved], since=False)
        parts[f"{what} {name}" if alike and "UTC" not in name else f"{what} ({name})"] = None
    de = " Das entspricht " if alike else " Das ist "
    return f"{voice.say(de, ' That is ')}{voice.say(' und ', ' and ').join(parts)}."


def _day_rule(deadline: Explanation, voice: Voice, target: BusinessDays) -> str:
    rule, number = deadline.basis.promise.rule, target.days
    if rule == "elapsed":
        each, whole = (voice.length(deadline.target // part) for part in (number, 1))
        more = f"; {voice.target(target)}: {whole}" if number > 1 else ""
        de = f"Ein Geschäftstag zählt als {each} Geschäftszeit{more}."
        return voice.say(de, f"A business day counts as {each} of business time{more}.")
    start, day = begins(deadline), voice.say("dem Fristbeginn", "the day on which the clock starts")
    day = voice.calendar.day(start) if start else day
    de, en = f"am {number}. Geschäftstag nach {day}", f"on business day {number} after {day}"
    match rule:
        case "end of day":
            de, en = f"fällig zum Geschäftsschluss {de}", f"due at close of business {en}"
        case "same time":
            when_de, when_en = _same_time(deadline, voice)
            de, en = f"fällig {de}, {when_de}", f"due {en}, {when_en}"
        case _:
            assert_never(rule)
    return voice.say(f"Geschäftstage zählen nach dem Datum: {de}.", f"Business days count by date: {en}.")


def _same_time(deadline: Explanation, voice: Voice) -> tuple[str, str]:
    desk, start, due = voice.calendar, begins(deadline), deadline.due
    if start is None or due is None or any(step.kind == "paused" for step in deadline.steps):
        return "zu der Uhrzeit, zu der die Frist zu laufen begann", "at the time at which the clock started"
    zone = f" ({desk.clock_of(start)})" if voice.differs(start) else ""
    de = f"um {desk.time(start)}{zone}, der Uhrzeit, zu der die Frist zu laufen begann"
    en = f"at {desk.time(start)}{zone}, the time at which the clock started"
    if desk.wall(start) % DAY == desk.wall(due) % DAY:
        return de, en
    then = desk.oclock(due, ends=True)
    return f"um {then}, da {de}, geschlossen ist", f"at {then}, since support is closed {en}"


def _pauses(deadline: Explanation, voice: Voice) -> Iterator[str]:
    if not deadline.basis.facts.pauses:
        return
    paused = [step for step in deadline.steps if step.reason == "pause"]
    if lost := sum(map(lasting, paused), ZERO):
        length, by_date = voice.length(lost), deadline.basis.promise.by_date
        de = "; um diese Zeit verschiebt sich die Frist" if by_date else ""
        en = "; the deadline is later by as much" if by_date else ""
        de = f"Während wir auf Ihre Rückmeldung warten (Pause), ruht die Frist, hier für {length} Geschäftszeit{de}."
        yield voice.say(de, f"Pauses stopped the clock for {length} of business time{en}.")
    starts, end = [step.start - EPOCH for step in paused], deadline.steps[-1].end - EPOCH
    spans = [span for span in deadline.basis.facts.pauses if span[0] < end]
    if idle := [span for span in spans if bisect_left(starts, span[0]) == bisect_left(starts, span[1])]:
        de, en = f"{len(idle)} Pausen", f"{len(idle)} pauses"
        if len(idle) == 1:
            since, until = (voice.day_time(EPOCH + at) for at in idle[0])
            de, en = f"Pause von {since}, bis {until}", f"Pause from {since}, to {until}"
        de = f"{de}: außerhalb der Geschäftszeiten, ohne Einfluss auf die Frist."
        yield voice.say(de, f"{en}: outside business hours, without effect on the deadline.")


def _clock_changes(deadline: Explanation, voice: Voice) -> Iterator[str]:
    known = [(each.start, each.end) for each in deadline.basis.offsets]
    for before, after in pairwise(voice.offsets):
        changes = before.end == after.start and before.offset != after.offset and covered(known, before.end)
        if changes and deadline.opened_at < EPOCH + after.start <= deadline.until:
            old, new = voice.named(before.offset), voice.named(after.offset)
            was, now = after.start + before.offset, after.start + after.offset
            day, shown, becomes = voice.date(was.days), clock(was % DAY // MINUTE), clock(now % DAY // MINUTE)
            if now.days != was.days:
                becomes = f"{voice.date(now.days)}, {becomes}"
            de = f"Zeitumstellung am {day}: von {shown} auf {becomes} Uhr (von {old} auf {new})."
            yield voice.say(de, f"Clocks change on {day}: {shown} becomes {becomes} (from {old} to {new}).")


def _eves(deadline: Explanation, voice: Voice) -> Iterator[str]:
    first, last, region = deadline.opened_at, deadline.until, deadline.basis.region
    if region is None or (first.year == last.year and 1 < last.month < 12):  # noqa: PLR2004 - on any clock
        return
    desk, steps = voice.calendar, (*deadline.steps, *deadline.overrun)
    shown = desk.days_of(first, last)
    years = range(*(date_of(desk.day_of(at)).year + more for at, more in ((first, 0), (last, 1))))
    for left, eve, english in ((8, "Heiligabend", "Christmas Eve"), (1, "Silvester", "New Year's Eve")):
        eves = [day for year in years if (day := new_year(year + 1) - left) in shown]
        worked = (step for step in steps if eves and step.reason in ("opening hours", "pause"))
        if any(day in dates(desk, step) for step in worked for day in eves):
            de = f"{eve} ist kein gesetzlicher Feiertag und zählt als Geschäftstag."
            yield voice.say(de, f"{english} is not a public holiday and counts as a business day.")
