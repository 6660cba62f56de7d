"""What a picture notes beside each date, and where on the clock an instant is."""

from collections import Counter
from collections.abc import Iterator

from netcor_sla._explanations.reckonings import Reckoning
from netcor_sla._explanations.words import Voice


def last(told: Reckoning) -> int:
    """Find the end of what is drawn: the deadline, or a response after it."""
    return told.facts.late(told.due)


def mark(told: Reckoning, at: int) -> tuple[int, int]:
    """Find the date and the time of day of an instant; an end at midnight is 24:00."""
    ends = at in (told.due, told.facts.responded) and at > told.opened
    ((day, (start, end)),) = told.schedule.walls(at - ends, at - ends + 1)
    return day, end if ends else start


def notes(told: Reckoning, voice: Voice) -> dict[int, list[str]]:
    """Note of each date what happened on it, the time used, and the reason it had."""
    noted: dict[int, list[str]] = {}
    for at, words in _instants(told, voice):
        noted.setdefault(mark(told, at)[0], []).append(words)
    for legs, counted in ((told.legs, ""), (told.overrun, voice.say(" überfällig", " overdue"))):
        used: Counter[int] = Counter()
        reasons: dict[int, dict[str, None]] = {}
        for leg in legs:
            for day, (start, end) in told.schedule.walls(leg.start, leg.end):
                why = reasons.setdefault(day, {})
                used[day] += (end - start) * (leg.kind == "counted")
                if leg.reason not in ("opening hours", "outside hours"):
                    why[voice.reason(leg)] = None
        for day, why in reasons.items():
            lengths = [f"{voice.length(used[day])}{counted}"] if used[day] else []
            kept = noted.setdefault(day, [])
            kept.extend(each for each in (*lengths, *why) if each not in kept)
    return noted


def _instants(told: Reckoning, voice: Voice) -> Iterator[tuple[int, str]]:
    """Say what happened at an instant: opening, deadline, response, changes of level."""
    yield told.opened, f"{voice.say('eröffnet', 'opened')} {voice.clock(told.opened)}"
    yield told.due, f"{voice.say('fällig', 'due')} {voice.clock(told.due, ends=True)}"
    if (came := told.facts.responded) is not None:
        yield (
            came,
            f"{voice.say('beantwortet', 'answered')} {voice.clock(came, ends=came > told.opened)}",
        )
    for at, level in told.facts.changes:
        if at < last(told):
            yield at, f"{voice.say('Stufe', 'level')} {level.number}"
