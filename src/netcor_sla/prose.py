"""A reckoning told in sentences, German or English, as one would paste it into a mail."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from netcor_sla.public_holidays import HolidayNames
from netcor_sla.reckonings import Leg, Reckoning
from netcor_sla.rules import date_told, dates_told, rules
from netcor_sla.voices import Voice


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
        [*rules(told, voice)],
    ]


def _verdict(told: Reckoning, voice: Voice) -> str:
    due = voice.instant(told.due)
    return voice.say(
        f"Die erste Antwort ist bis {due} fällig.", f"The first response is due by {due}."
    )


def _beginning(told: Reckoning, voice: Voice) -> Iterator[str]:
    """Say what was promised, and from when time counts."""
    level, target = voice.level(told.promise.level), voice.target(told.promise.target)
    yield voice.say(f"Zugesagt für {level}: {target}.", f"Promised for {level}: {target}.")
    opened = voice.instant(told.opened)
    yield voice.say(f"Eröffnet: {opened}.", f"Opened: {opened}.")
    if told.legs[0].kind == "closed":
        why = voice.reason(told.legs[0])
        starts = f"{date_told(told, voice, told.starts)}, {voice.time(told.starts)}"
        yield voice.say(
            f"Zu diesem Zeitpunkt war geschlossen ({why}). Gezählt wird ab {starts}.",
            f"The desk was closed at that time ({why}). Time counts from {starts}.",
        )


def _days(told: Reckoning, voice: Voice) -> Iterator[str]:
    """Tell each stretch that was counted, and each date that was closed, and why."""
    left, numbers = told.counted, _numbers(told)
    worked = _named_hours(told)
    for leg in told.legs:
        if leg.kind == "counted":
            left -= leg.end - leg.start
            yield _counted(told, voice, leg, left, numbers)
        elif leg.kind == "closed" and leg.reason != "outside hours":
            yield from _closed(told, voice, leg, worked)


def _named_hours(told: Reckoning) -> dict[int, set[HolidayNames | None]]:
    """Collect the dates of which something was counted, and the names that were told with it."""
    worked: dict[int, set[HolidayNames | None]] = {}
    for leg in told.legs:
        if leg.kind == "counted":
            for day, _ in told.schedule.walls(leg.start, leg.end):
                worked.setdefault(day, set()).add(leg.names)
    return worked


def _closed(
    told: Reckoning, voice: Voice, leg: Leg, worked: Mapping[int, set[HolidayNames | None]]
) -> Iterator[str]:
    """Tell dates that were closed, or the part of one whose name would not be told otherwise."""
    first, last = told.schedule.day_of(leg.start), told.schedule.day_of(leg.end - 1)
    closed = f"{voice.say('geschlossen', 'closed')}, {voice.reason(leg)}"
    span = range(first, last + 1)
    if days := [day for day in span if day not in worked and not told.schedule.hours_on(day)]:
        yield f"{dates_told(told, voice, days)}: {closed}"
    elif leg.names and leg is not told.legs[0] and leg.names not in worked.get(first, ()):
        yield f"{_when(told, voice, leg, {})}{closed}"


def _counted(told: Reckoning, voice: Voice, leg: Leg, left: int, numbers: Mapping[int, int]) -> str:
    """Tell a counted stretch; where dates are counted, what is left decides nothing."""
    why = "" if leg.reason == "opening hours" else f"{voice.reason(leg)}, "
    used, rest = voice.length(leg.end - leg.start), voice.length(left)
    counted = voice.say(f"{used} gezählt, {rest} übrig", f"{used} counted, {rest} left")
    return f"{_when(told, voice, leg, numbers)}{why}{used if told.promise.by_date else counted}"


def _when(told: Reckoning, voice: Voice, leg: Leg, numbers: Mapping[int, int]) -> str:
    """Say from when to when, on one date or from one to another."""
    day, last = told.schedule.day_of(leg.start), told.schedule.day_of(leg.end - 1)
    start = date_told(told, voice, leg.start)
    if day == last:
        number = numbers.get(day)
        count = number and voice.say(f" ({number}. Geschäftstag)", f" (business day {number})")
        return f"{start}{count or ''}: {voice.times(leg.start, leg.end)}, "
    until = f"{date_told(told, voice, leg.end - 1)}, {voice.time(leg.end, ends=True)}"
    return f"{start}, {voice.time(leg.start)}, {voice.say('bis', 'to')} {until}: "


def _numbers(told: Reckoning) -> dict[int, int]:
    """Number the business days after the one on which time starts, where such are counted."""
    schedule, after = told.schedule, told.schedule.day_of(told.starts) + 1
    days = range(after, schedule.day_of(told.due) + 1) if told.promise.by_date else ()
    return {day: at for at, day in enumerate(filter(schedule.is_business_day, days), start=1)}


def _total(told: Reckoning, voice: Voice) -> Iterator[str]:
    """Add up, where there is more than one summand."""
    lengths = [leg.end - leg.start for leg in told.legs if leg.kind == "counted"]
    if len(lengths) == 1:
        return
    runs = [(len(list(run)), voice.length(length)) for length, run in groupby(lengths)]
    terms = " + ".join(
        f"{count} \N{MULTIPLICATION SIGN} {each}" if count > 1 else each for count, each in runs
    )
    unit = voice.say(" Geschäftszeit", " of business time") if told.promise.by_date else ""
    yield voice.say("Summe: ", "Total: ") + f"{terms} = {voice.length(told.counted)}{unit}"
