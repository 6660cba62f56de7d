"""A reckoning told in sentences, German or English, as one would paste it into a mail."""

from collections.abc import Iterator
from datetime import timezone
from itertools import groupby

from netcor_sla.hours import Minutes, clock
from netcor_sla.instants import day_text
from netcor_sla.reckonings import Leg, Reckoning
from netcor_sla.recorded_zones import RecordedZone
from netcor_sla.targets import BusinessDays
from netcor_sla.voices import WEEKDAYS, Voice, offset_text


def headline(told: Reckoning, voice: Voice) -> str:
    """Say level, target, opening and deadline in one line."""
    level, target = voice.level(told.promise.level), voice.target(told.promise.target)
    opened, due = voice.instant(told.opened), voice.instant(told.due)
    return voice.say(
        f"{level}, {target} ab {opened}: fällig {due}",
        f"{level}, {target} from {opened}: due {due}",
    )


def paragraphs(told: Reckoning, voice: Voice) -> list[list[str]]:
    """Tell it all: the deadline, what was promised, every day, and the rules applied."""
    return [
        [_verdict(told, voice)],
        [*_beginning(told, voice)],
        [*_days(told, voice), *_total(told, voice)],
        [*_rules(told, voice)],
    ]


def _verdict(told: Reckoning, voice: Voice) -> str:
    due = voice.instant(told.due)
    return voice.say(
        f"Die erste Antwort ist fällig bis {due}.", f"The first response is due by {due}."
    )


def _beginning(told: Reckoning, voice: Voice) -> Iterator[str]:
    """Say what was promised, and from when time counts."""
    level, target = voice.level(told.promise.level), voice.target(told.promise.target)
    yield voice.say(f"Zugesagt für {level}: {target}.", f"Promised for {level}: {target}.")
    opened = voice.instant(told.opened)
    first = told.legs[0]
    if first.kind == "counted":
        yield voice.say(f"Eröffnet: {opened}.", f"Opened: {opened}.")
        return
    why = voice.reason(first)
    starts = f"{_date(told, voice, told.starts)}, {voice.time(told.starts)}"
    yield voice.say(
        f"Eröffnet: {opened}, während geschlossen war ({why}); gezählt wird ab {starts}.",
        f"Opened: {opened}, while closed ({why}); time counts from {starts}.",
    )


def _days(told: Reckoning, voice: Voice) -> Iterator[str]:
    """Tell each stretch that was counted, and each date that was closed, and why."""
    left = told.counted
    worked = {told.schedule.day_of(leg.start) for leg in told.legs if leg.kind == "counted"}
    for leg in told.legs:
        if leg.kind == "counted":
            left -= leg.end - leg.start
            yield _counted(told, voice, leg, left)
        elif leg.kind == "closed" and leg.reason != "outside hours":
            days = range(told.schedule.day_of(leg.start), told.schedule.day_of(leg.end - 1) + 1)
            if not worked.issuperset(days):
                closed = voice.say("geschlossen", "closed")
                yield f"{_dates(told, voice, days)}: {closed}, {voice.reason(leg)}"


def _counted(told: Reckoning, voice: Voice, leg: Leg, left: int) -> str:
    """Tell a counted stretch."""
    day, last = told.schedule.day_of(leg.start), told.schedule.day_of(leg.end - 1)
    if day == last:
        when = f"{_date(told, voice, leg.start)}{_number(told, voice, day)}: {voice.times(leg.start, leg.end)}, "
    else:
        until = _date(told, voice, leg.end - 1)
        end = f"{voice.clock(leg.end, ends=True)}{voice.say(' Uhr', '')}"
        when = f"{_date(told, voice, leg.start)}, {voice.time(leg.start)}, "
        when += voice.say(f"bis {until}, {end}: ", f"to {until}, {end}: ")
    why = "" if leg.reason == "opening hours" else f"{voice.reason(leg)}, "
    used, rest = voice.length(leg.end - leg.start), voice.length(left)
    return when + why + voice.say(f"{used} gezählt, {rest} übrig", f"{used} counted, {rest} left")


def _number(told: Reckoning, voice: Voice, day: int) -> str:
    """Number a business day, where such are counted."""
    after = range(told.schedule.day_of(told.starts) + 1, day + 1)
    if not (told.promise.by_date and after and told.schedule.is_business_day(day)):
        return ""
    number = sum(map(told.schedule.is_business_day, after))
    return voice.say(f" ({number}. Geschäftstag)", f" (business day {number})")


def _total(told: Reckoning, voice: Voice) -> Iterator[str]:
    """Add up, where there is more than one summand."""
    lengths = [leg.end - leg.start for leg in told.legs if leg.kind == "counted"]
    if len(lengths) == 1:
        return
    runs = [(len(list(run)), voice.length(length)) for length, run in groupby(lengths)]
    terms = " + ".join(
        f"{count} \N{MULTIPLICATION SIGN} {each}" if count > 1 else each for count, each in runs
    )
    yield voice.say("Summe: ", "Total: ") + f"{terms} = {voice.length(told.counted)}"


def _rules(told: Reckoning, voice: Voice) -> Iterator[str]:
    """Name what was applied, and what the policy leaves open."""
    yield _hours(told, voice)
    if isinstance(told.promise.target, BusinessDays):
        yield _day_rule(told, voice, told.promise.target)
    if isinstance(told.schedule.zone, RecordedZone):
        yield from _clock_changes(told, voice, told.schedule.zone)
    if not told.promise.by_date and not _open(told, told.due):
        yield voice.say(
            "Die Zeit ist genau am Ende einer Öffnung aufgebraucht; fällig ist die Antwort dann, "
            "nicht erst zur nächsten Öffnung.",
            "The time is used up exactly at the end of an opening; the response is due then, "
            "and not at the next opening.",
        )
    yield voice.say(
        "Eine Antwort genau zur Frist ist rechtzeitig.",
        "A response exactly at the deadline is on time.",
    )


def _hours(told: Reckoning, voice: Voice) -> str:
    """Say the week's hours, their zone, and whose holidays are kept."""
    schedule = told.schedule
    days = [(WEEKDAYS[voice.language][day], spans) for day, spans in enumerate(schedule.week)]
    weekly = []
    for spans, run in groupby(days, key=lambda each: each[1]):
        names = [name for name, _ in run]
        dash = voice.say(" bis ", " to ")
        if spans:
            name = names[0] if len(names) == 1 else f"{names[0]}{dash}{names[-1]}"
            weekly.append(f"{name} {_spans(voice, spans)}")
    told_week = "; ".join(weekly) or voice.say("keine regelmäßigen", "none every week")
    offset = voice.zone(told.opened)
    zone = (
        voice.say(
            f"{offset}, das ganze Jahr ohne Sommerzeit", f"{offset}, all year, no summer time"
        )
        if isinstance(schedule.zone, timezone)
        else voice.say(f"Ortszeit {schedule.zone}", f"local time of {schedule.zone}")
    )
    hours = voice.say("Geschäftszeiten: ", "Business hours: ") + f"{told_week} ({zone})"
    if schedule.source is None:
        return hours + voice.say(
            "; Feiertage sind keine berücksichtigt.", "; no public holidays are kept."
        )
    region = voice.region(schedule.source)
    return hours + voice.say(
        f", außer an öffentlichen Feiertagen: {region}.", f", except on public holidays: {region}."
    )


def _spans(voice: Voice, spans: tuple[Minutes, ...]) -> str:
    """Say the spans of a weekday."""
    to = voice.say(" bis ", " to ")
    told = [f"{clock(opening)}{to}{clock(closing)}" for opening, closing in spans]
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
    start, number = _date(told, voice, told.starts), target.days
    if told.promise.day_rule == "end of day":
        return voice.say(
            f"Geschäftstage zählen nach dem Datum: fällig zum Geschäftsschluss am {number}. "
            f"Geschäftstag nach {start}.",
            f"Business days count by date: due at the close of business on business day {number} "
            f"after {start}.",
        )
    return voice.say(
        f"Geschäftstage zählen nach dem Datum: fällig zur gleichen Uhrzeit am {number}. "
        f"Geschäftstag nach {start}; ist dann geschlossen, mit dem Ende der Öffnungszeit davor, sonst mit der "
        "ersten Öffnung des Tages.",
        f"Business days count by date: due at the same time on business day {number} after "
        f"{start}; if closed then, at the end of the opening before it, or else at the first "
        "opening of that day.",
    )


def _clock_changes(told: Reckoning, voice: Voice, zone: RecordedZone) -> Iterator[str]:
    """Tell of each clock change between opening and deadline."""
    for (_, before), (at, after) in zip(zone.offsets, zone.offsets[1:], strict=False):
        if told.opened < at < told.due:
            shown, becomes = (clock((at + each) // 60_000_000 % 1440) for each in (before, after))
            day = _date(told, voice, at)
            offsets = offset_text(before), offset_text(after)
            yield voice.say(
                f"Zeitumstellung am {day}: aus {shown} wird {becomes} Uhr "
                f"({offsets[0]} wird {offsets[1]}).",
                f"Clocks change on {day}: {shown} becomes {becomes} ({offsets[0]} becomes "
                f"{offsets[1]}).",
            )


def _open(told: Reckoning, at: int) -> bool:
    """Whether the desk is open at an instant of the stretch."""
    spans = told.schedule.openings(told.schedule.day_of(at))
    return any(start <= at < end for start, end in (*spans, *told.schedule.extra))


def _date(told: Reckoning, voice: Voice, at: int) -> str:
    """Say the date of an instant, with the year where there are two."""
    return _dates(told, voice, range(told.schedule.day_of(at), told.schedule.day_of(at) + 1))


def _dates(told: Reckoning, voice: Voice, days: range) -> str:
    """Say one date, two, or from which to which."""
    ends = (told.schedule.day_of(each) for each in (told.opened, told.due))
    year = len({day_text(each)[:4] for each in ends}) > 1
    first, last = (voice.date(day, year=year) for day in (days[0], days[-1]))
    if len(days) == 1:
        return first
    if len(days) == 2:  # noqa: PLR2004 - neither one nor many
        return voice.say(f"{first}, und {last}", f"{first} and {last}")
    return voice.say(f"{first}, bis {last}", f"{first} to {last}")
