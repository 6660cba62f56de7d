"""The rules that a deadline was reckoned by, told in sentences, German or English.

What the policy leaves open and this library settles, is named wherever it was applied.
"""

from collections.abc import Iterator
from datetime import timezone
from itertools import groupby, pairwise

from netcor_sla._calendars.frozen_holidays import FrozenHolidays
from netcor_sla._calendars.hours import Minutes, Week, clock
from netcor_sla._calendars.instants import day_text
from netcor_sla._calendars.readings import DAY
from netcor_sla._calendars.recorded_zones import RecordedZone
from netcor_sla._explanations.reckonings import Reckoning
from netcor_sla._explanations.words import MINUTE, WEEKDAYS, Voice, offset_text
from netcor_sla._policy.targets import BusinessDays


def rules(told: Reckoning, voice: Voice) -> Iterator[str]:
    """Name what was applied, and what the policy leaves open."""
    yield _hours(told, voice)
    if isinstance(told.promise.target, BusinessDays):
        yield _day_rule(told, voice, told.promise.target)
    if told.facts.changes:
        yield voice.say(
            "Ändert sich die Stufe, so gilt die neue rückwirkend ab der Eröffnung; die Frist kann "
            "dann schon abgelaufen sein.",
            "When the level changes, the new one counts from the opening; the deadline may then "
            "have passed already.",
        )
    yield from _pauses(told, voice)
    if isinstance(told.schedule.zone, RecordedZone):
        yield from _clock_changes(told, voice, told.schedule.zone)
    if not told.promise.by_date and not _open(told, told.due):
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


def _hours(told: Reckoning, voice: Voice) -> str:
    """Say the week's hours, their zone, and whose holidays are kept."""
    schedule = told.schedule
    week = "; ".join(_week(voice, schedule.week)) or voice.say(
        "keine regelmäßigen", "no regular hours"
    )
    offset = voice.zone(told.opened)
    zone = (
        voice.say(
            f"{offset} das ganze Jahr über, ohne Sommerzeit",
            f"{offset} all year round, no daylight saving time",
        )
        if isinstance(schedule.zone, timezone)
        else voice.say(f"Ortszeit {schedule.zone}", f"local time of {schedule.zone}")
    )
    source = schedule.source
    if source is None or (isinstance(source, FrozenHolidays) and source.origin is None):
        kept = voice.say(
            "; Feiertage werden nicht berücksichtigt", "; public holidays are not observed"
        )
    else:
        region = voice.region(source)
        kept = voice.say(
            f", außer an öffentlichen Feiertagen ({region})",
            f", except on public holidays ({region})",
        )
    return f"{voice.say('Geschäftszeiten', 'Business hours')}: {week} ({zone}){kept}."


def _week(voice: Voice, week: Week) -> Iterator[str]:
    """Say the hours of a week, weekdays that are alike together."""
    named = zip(WEEKDAYS[voice.language], week, strict=True)
    for spans, run in groupby(named, key=lambda each: each[1]):
        names = [name for name, _ in run]
        if spans:
            yield f"{_run(voice, names)} {_spans(voice, spans)}"


def _run(voice: Voice, names: list[str]) -> str:
    """Say one weekday, two, or from which to which."""
    if len(names) == 1:
        return names[0]
    between = voice.say("und", "and") if len(names) == 2 else voice.say("bis", "to")  # noqa: PLR2004 - neither one nor many
    return f"{names[0]} {between} {names[-1]}"


def _spans(voice: Voice, spans: tuple[Minutes, ...]) -> str:
    """Say the spans of a weekday."""
    told = [
        voice.say(f"von {opening} bis {closing}", f"from {opening} to {closing}")
        for opening, closing in ((clock(each) for each in span) for span in spans)
    ]
    return voice.say(" und ", " and ").join(told) + voice.say(" Uhr", "")


def _day_rule(told: Reckoning, voice: Voice, target: BusinessDays) -> str:
    """Say how business days were counted."""
    if told.promise.day_rule == "elapsed":
        day, total = (voice.length(told.promise.amount // part) for part in (target.days, 1))
        count = voice.target(target)
        return voice.say(
            f"Ein Geschäftstag zählt als {day} Geschäftszeit; {count}: {total}.",
            f"A business day counts as {day} of business time; {count}: {total}.",
        )
    start, number = date_told(told, voice, told.begins), target.days
    nth = voice.say(f"{number}. Geschäftstag", f"{_ordinal(number)} business day")
    if told.promise.day_rule == "end of day":
        return voice.say(
            f"Geschäftstage zählen nach dem Datum: fällig zum Geschäftsschluss am {nth} nach "
            f"{start}.",
            f"Business days count by date: due at the close of business on the {nth} after "
            f"{start}.",
        )
    return voice.say(
        f"Geschäftstage zählen nach dem Datum: fällig zur gleichen Uhrzeit am {nth} nach {start}; "
        "ist dann geschlossen, zum Ende der letzten Öffnungszeit davor oder, wenn es an dem Tag "
        "keine gab, zu dessen erster Öffnung.",
        f"Business days count by date: due at the same time on the {nth} after {start}; if the "
        "desk is closed then, at the end of the opening hours before it, or else when the desk "
        "first opens that day.",
    )


def _pauses(told: Reckoning, voice: Voice) -> Iterator[str]:
    """Say what pauses do, if time was lost to any."""
    paused = [leg.end - leg.start for leg in told.legs if leg.kind == "paused"]
    if paused:
        lost = voice.length(sum(paused))
        added = voice.say(
            "; um diese Zeit verschiebt sich die Frist", "; the deadline is later by as much"
        )
        yield voice.say(
            "Eine Pause hält die Uhr nur für die Geschäftszeit an, in die sie fällt: bis zur Frist "
            f"insgesamt {lost}{added if told.promise.by_date else ''}.",
            "A pause stops the clock only for the business time that it covers: "
            f"{lost} in all up to the deadline{added if told.promise.by_date else ''}.",
        )


def _ordinal(number: int) -> str:
    """Write an English ordinal: 1st, 2nd, 11th."""
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _clock_changes(told: Reckoning, voice: Voice, zone: RecordedZone) -> Iterator[str]:
    """Tell of each clock change between opening and deadline."""
    for (_, before), (at, after) in pairwise(zone.offsets):
        if told.opened < at <= told.end:
            day, shown, becomes = _change(told, voice, (at + before, at + after))
            offsets = offset_text(before), offset_text(after)
            yield voice.say(
                f"Zeitumstellung am {day}: von {shown} auf {becomes} Uhr "
                f"({offsets[0]} auf {offsets[1]}).",
                f"Clocks change on {day}: {shown} becomes {becomes} ({offsets[0]} becomes "
                f"{offsets[1]}).",
            )


def _change(told: Reckoning, voice: Voice, walls: tuple[int, int]) -> tuple[str, str, str]:
    """Say on which date the clock goes from which time to which, and to which date if another."""
    (day, last), (then, first) = divmod(walls[0] - 1, DAY), divmod(walls[1], DAY)
    last += 1
    if last == DAY and then == day + 1:  # the midnight with which a date begins
        day, last = then, 0
    becomes = clock(first // MINUTE)
    if then != day:
        becomes = f"{dates_told(told, voice, [then])}, {becomes}"
    return dates_told(told, voice, [day]), clock(last // MINUTE), becomes


def _open(told: Reckoning, at: int) -> bool:
    """Whether the desk is open at an instant of the stretch."""
    spans = told.schedule.openings(told.schedule.day_of(at))
    return any(start <= at < end for start, end in (*spans, *told.schedule.extra))


def date_told(told: Reckoning, voice: Voice, at: int) -> str:
    """Say the date of an instant, with the year where there are two."""
    return dates_told(told, voice, [told.schedule.day_of(at)])


def dates_told(told: Reckoning, voice: Voice, days: list[int]) -> str:
    """Say one date, two, or from which to which."""
    ends = (told.schedule.day_of(each) for each in (told.opened, told.end))
    year = len({day_text(each)[:4] for each in ends}) > 1
    first, last = (voice.date(day, year=year) for day in (days[0], days[-1]))
    if len(days) == 1:
        return first
    if len(days) == 2:  # noqa: PLR2004 - neither one nor many
        return voice.say(f"{first}, und {last}", f"{first} and {last}")
    return voice.say(f"{first}, bis {last}", f"{first} to {last}")
