"""A reckoning told in sentences, German or English, as one would paste it into a mail."""

from collections.abc import Iterator

from netcor_sla._explanations.day_lines import DayLines
from netcor_sla._explanations.reckonings import Reckoning
from netcor_sla._explanations.rules import date_told, rules
from netcor_sla._explanations.words import Voice


def headline(told: Reckoning, voice: Voice) -> str:
    """Say level, target, opening and deadline in one line, and how the response came."""
    level, target = voice.level(told.promise.level), voice.target(told.promise.target)
    opened, due = voice.instant(told.opened), voice.instant(told.due)
    came = told.facts.responded
    answer = "" if came is None else _answer(told, voice, came)
    return voice.say(
        f"{level}, {target} ab {opened}: fällig {due}",
        f"{level}, {target} from {opened}: due {due}",
    ) + (answer and f", {answer}")


def paragraphs(told: Reckoning, voice: Voice) -> list[list[str]]:
    """Tell it all: the deadline, what was promised, every day, and the rules applied."""
    days = DayLines(told, voice, told.legs)
    parts = [[*days.lines(), *days.total()]]
    after = DayLines(told, voice, told.overrun)
    if lines := [*after.lines(), *after.total()]:
        parts.append(
            [voice.say("Danach, bis zur Antwort:", "After that, until the response:"), *lines]
        )
    return [[_verdict(told, voice)], [*_beginning(told, voice)], *parts, [*rules(told, voice)]]


def _answer(told: Reckoning, voice: Voice, came: int) -> str:
    """Say when the response came, and whether that was on time."""
    when = voice.instant(came)
    verdict = voice.say("verspätet", "late") if told.late else voice.say("rechtzeitig", "on time")
    return voice.say(f"beantwortet {when}, {verdict}", f"answered {when}, {verdict}")


def _verdict(told: Reckoning, voice: Voice) -> str:
    """Say the deadline; with a response, also whether it was kept."""
    due, came = voice.instant(told.due), told.facts.responded
    if came is None:
        return voice.say(
            f"Die erste Antwort ist bis {due} fällig.", f"The first response is due by {due}."
        )
    when = voice.instant(came)
    if not told.late:
        return voice.say(
            f"Die erste Antwort war bis {due} fällig. Sie kam am {when}: rechtzeitig.",
            f"The first response was due by {due}. It came on {when}: on time.",
        )
    late = voice.length(told.overdue)
    after = (
        voice.say(f"{late} Geschäftszeit nach der Frist", f"{late} of business time after it")
        if told.overdue
        else voice.say(
            "auch wenn seither keine Geschäftszeit vergangen war",
            "though no business time had passed since",
        )
    )
    return voice.say(
        f"Die erste Antwort war bis {due} fällig. Sie kam am {when}: verspätet, {after}.",
        f"The first response was due by {due}. It came on {when}: late, {after}.",
    )


def _beginning(told: Reckoning, voice: Voice) -> Iterator[str]:
    """Say what was promised, from when time counts, and how the level changed."""
    level, target = voice.level(told.promise.level), voice.target(told.promise.target)
    yield voice.say(f"Zugesagt für {level}: {target}.", f"Promised for {level}: {target}.")
    opened, changes = voice.instant(told.opened), told.facts.changes
    first = voice.level(told.facts.turns[0][1])
    as_first = voice.say(f", als {first}", f", as {first}") if changes else ""
    yield voice.say(f"Eröffnet: {opened}{as_first}.", f"Opened: {opened}{as_first}.")
    if told.first.kind == "closed":
        why = voice.reason(told.first)
        starts = f"{date_told(told, voice, told.starts)}, {voice.time(told.starts)}"
        yield voice.say(
            f"Zu diesem Zeitpunkt war geschlossen ({why}). Gezählt wird ab {starts}.",
            f"The desk was closed at that time ({why}). Time counts from {starts}.",
        )
    for at, changed in changes:
        when, level = voice.instant(at), voice.level(changed)
        yield voice.say(f"Geändert: {when}, in {level}.", f"Changed: {when}, to {level}.")
