"""The lines of an explanation: what was counted date by date, what was not, and the sum.

Times are those of the clock that the reader has; closed dates and business days are those of the calendar.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Final, assert_never

from netcor_sla._calendars.holidays import HolidayNames
from netcor_sla._calendars.instants import DAY, EPOCH, ZERO
from netcor_sla._explanations.steps import Explanation, Step, lasting
from netcor_sla._explanations.words import Voice, reason
from netcor_sla._languages import Language

_MANY: Final = 3  # dates that are alike are one line
_OWN: Final = ("special date", "recurring date")  # with hours of their own

_Named = dict[int, set[HolidayNames | None]]  # dates that have a line, and what they are called there

_what: Final = attrgetter("kind", "reason", "names")


def on_calendar(deadline: Explanation, language: Language = "en") -> Voice:
    """Make the voice of the calendar's own clock, by which its dates and hours are said."""
    return Voice(language, deadline.basis.calendar["zone"], deadline.basis.offsets)


def first(deadline: Explanation) -> Step:
    return next((step for step in deadline.steps if step.kind != "level"), deadline.steps[0])


def begins(deadline: Explanation) -> datetime | None:
    """Find when the desk is first open: dates are counted from it, paused or not."""
    worked = (step.start for step in deadline.steps if _worked(step))
    return next(worked, None) or (None if first(deadline).kind == "closed" else deadline.opened_at)


def on_time(deadline: Explanation) -> list[Step]:
    return _joined(deadline.steps, None if deadline.overrun else deadline.responded_at)


def _joined(steps: Iterable[Step], end: datetime | None = None) -> list[Step]:
    """Join steps that only a change of level parts, and cut off what comes after an end."""
    found: list[Step] = []
    for step in steps:
        if step.kind == "level" or (end and step.start - EPOCH >= end - EPOCH):
            continue
        if found and found[-1].reason == step.reason and _what(found[-1]) == _what(step):
            last = found.pop()
            step = replace(step, start=last.start, used=last.used + step.used)  # noqa: PLW2901
        found.append(step)
    if end and found and (rest := (found[-1].end - EPOCH) - (end - EPOCH)) > ZERO:
        last = found.pop()
        rest = rest if last.used else ZERO
        found.append(replace(last, end=end, used=last.used - rest, left=last.left + rest))
    return found


def business_days(deadline: Explanation, desk: Voice) -> dict[int, int]:
    promise = deadline.basis.promise
    if not promise.by_date or (start := begins(deadline)) is None:
        return {}
    days = sorted(day for day in _open_dates(deadline, desk) if day > desk.day_of(start))
    return dict(zip(days, range(1, promise.days + 1), strict=False))


def why_closed(deadline: Explanation, desk: Voice, step: Step) -> str:
    """Say why it was closed; of a date that has no hours at all, none were shortened."""
    whole = step.reason in _OWN and desk.day_of(step.start) not in _open_dates(deadline, desk)
    return reason("special date" if whole else step.reason, step.names, desk.language)


def _open_dates(deadline: Explanation, desk: Voice) -> set[int]:
    return {desk.day_of(EPOCH + start) for start, _ in deadline.basis.hours}


def _worked(step: Step) -> bool:
    return step.kind == "counted" or step.reason == "pause"


def dates(voice: Voice, step: Step) -> range:
    return voice.days_of(step.start, step.end)


def _times(count: int, length: str) -> str:
    return f"{count} \N{MULTIPLICATION SIGN} {length}" if count > 1 else length


class Days:
    """The steps up to the deadline, or those after it, and how to say them date by date."""

    def __init__(self, deadline: Explanation, voice: Voice, *, late: bool = False) -> None:
        self._deadline, self._voice, self._desk = deadline, voice, voice.calendar
        self._steps = _joined(deadline.overrun) if late else on_time(deadline)
        self._numbers = {} if late else business_days(deadline, voice.calendar)
        # Where dates are counted, or after all, time is named, and nothing that is left.
        self._plain = late or deadline.basis.promise.by_date

    def lines(self) -> list[str]:
        entries = [*self._entries()]
        if len(entries) < _MANY:
            return [*map(self._one, entries), *self._total()]
        lines = list[str]()
        for _, run in groupby(enumerate(entries), lambda entry: self._alike(*entry)):
            alike = [entry for _, entry in run]
            steps = [entry for entry in alike if isinstance(entry, Step)]
            lines += [self._line(steps)] if len(steps) >= _MANY else map(self._one, alike)
        return [*lines, *self._total()]

    def _one(self, entry: Step | str) -> str:
        return entry if isinstance(entry, str) else self._line([entry])

    def _total(self) -> Iterator[str]:
        lengths = [step.used for step in self._steps if step.kind in ("counted", "folded")]
        if len(lengths) > 1:
            say, length = self._voice.say, self._voice.length
            runs = [(len([*run]), length(each)) for each, run in groupby(lengths)]
            terms = " + ".join(_times(count, each) for count, each in runs)
            unit = say(" Geschäftszeit", " of business time") if self._plain else ""
            yield f"{say('Summe: ', 'Total: ')}{terms} = {length(sum(lengths, ZERO))}{unit}"

    def _entries(self) -> Iterator[Step | str]:
        voice = self._voice
        for step in self._steps:
            match step.kind:
                case "counted":
                    yield step
                case "paused":
                    stops = voice.say("Pause, die Frist ruht", "pause, the clock is stopped")
                    since = f"{voice.day(step.start)}, {voice.say('ab', 'from')} {voice.time(step.start)}"
                    yield step if _worked(step) else f"{since}: {stops}"
                case "closed":
                    if step.reason != "outside hours":
                        yield from self._closed(step)
                case "folded":
                    days, used = dates(self._desk, step), voice.length(step.used)
                    yield f"{voice.dates(days)}: {len(days)} {voice.say('Tage', 'days')}, {used}"
                case "rule":
                    yield from self._due(step)
                case "level":
                    pass  # said before
                case _:
                    assert_never(step.kind)

    @cached_property
    def _named(self) -> _Named:
        named: _Named = {}
        for step in filter(_worked, self._steps):
            for day in dates(self._desk, step):
                named.setdefault(day, set()).add(step.names)
        return named

    def _closed(self, step: Step) -> Iterator[str]:
        """Say which dates were closed, or the part of one whose name stands nowhere else."""
        desk, whole, own = self._desk, dates(self._desk, step), step.reason in _OWN
        # Weekends and holidays have windows at most; other dates may have had their hours at another time.
        hours = _open_dates(self._deadline, desk) if own else ()
        named = self._named if own or self._deadline.basis.windows else _Named()
        closed = "" if step.reason == "closed weekday" else desk.say("geschlossen, ", "closed, ")
        closed += why_closed(self._deadline, desk, step)
        if days := [day for day in whole if day not in named and day not in hours]:
            named.update((day, {step.names}) for day in days)
            yield f"{desk.dates(days)}: {closed}"
        elif step.names not in {None, *named.get(whole[0], ())} and step.start != self._deadline.opened_at:
            yield f"{self._when(step)}{closed}"

    def _due(self, step: Step) -> Iterator[str]:
        day, time = self._desk.day_of(step.start), self._voice.time(step.start)
        if day not in self._named and (day in self._numbers or self._desk.day_of(step.end, ends=True) == day):
            due = self._voice.say(f"fällig um {time}", f"due at {time}")
            yield f"{self._voice.day(step.start)}{self._number(step, step)}: {due}"

    def _alike(self, place: int, entry: Step | str) -> Hashable:
        if isinstance(entry, str) or len(days := dates(self._voice, entry)) > 1:
            return place
        numbered = self._numbers and self._desk.day_of(entry.start) in self._numbers
        # Where the clock changes, its names may be part of the times.
        times = self._voice.only is None and self._voice.times(entry.start, entry.end)
        at = days[0] - place if times else entry.start - EPOCH - DAY * place
        return at, times, numbered, _what(entry), lasting(entry)

    def _line(self, steps: Sequence[Step]) -> str:
        voice, last = self._voice, steps[-1]
        number, length = self._number(steps[0], last), self._length(last, len(steps))
        if len(steps) == 1:
            return f"{self._when(last, number)}{length}"
        days, times = [voice.day_of(step.start) for step in steps], voice.times(last.start, last.end)
        return f"{voice.dates(days)}{number}: {voice.say(f'je {times}', f'{times} each day')}, {length}"

    def _number(self, *steps: Step) -> str:
        if not self._numbers:
            return ""
        start, last = (self._numbers.get(self._desk.day_of(step.start)) for step in steps)
        if not (start and last):
            return ""
        if start == last:
            return self._voice.say(f" ({start}. Geschäftstag)", f" (business day {start})")
        return self._voice.say(f" ({start}. bis {last}. Geschäftstag)", f" (business days {start} to {last})")

    def _length(self, step: Step, count: int) -> str:
        say, length = self._voice.say, _times(count, self._voice.length(lasting(step)))
        what = length if self._plain else f"{length} {say('gezählt', 'counted')}{self._left(step)}"
        if step.kind == "paused":
            what = say(f"{length} nicht gezählt", f"{length} not counted")
        if step.reason != "opening hours":
            what = f"{reason(step.reason, step.names, self._voice.language)}, {what}"
        return what + say(" (Zeitumstellung)", " (clock change)") * self._voice.changes(step.start, step.end)

    def _left(self, step: Step) -> str:
        if not step.left:
            return ""
        say, left, turns = self._voice.say, self._voice.length(step.left), self._deadline.basis.facts.turns
        if turns[1:] and step.end - EPOCH <= turns[-1][0]:
            return say(f" (nach der neuen Stufe {left} übrig)", f" ({left} left at the new level)")
        return say(f", {left} übrig", f", {left} left")

    def _when(self, step: Step, number: str = "") -> str:
        voice, days = self._voice, dates(self._voice, step)
        if len(days) == 1:
            return f"{voice.date(days[0])}{number}: {voice.times(step.start, step.end)}, "
        since, until = voice.ends(step.start, step.end)
        return f"{voice.day(step.start)}, {since}, {voice.say('bis', 'to')} {voice.date(days[-1])}, {until}: "
