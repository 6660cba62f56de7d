"""The dates of an explanation, line by line: what was counted, paused or closed, and the sum."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from netcor_sla._calendars.holidays import HolidayNames
from netcor_sla._explanations.reckonings import Leg, Reckoning
from netcor_sla._explanations.rules import date_told, dates_told
from netcor_sla._explanations.words import Voice


class DayLines(NamedTuple):
    """The legs up to the deadline, or those after it, and how to tell them."""

    told: Reckoning
    voice: Voice
    legs: tuple[Leg, ...]

    @property
    def _overdue(self) -> bool:
        """Whether these legs are those after the deadline."""
        return self.legs is self.told.overrun

    def lines(self) -> Iterator[str]:
        """Tell each stretch that was counted or paused, and each date that was closed, and why."""
        left, numbers, worked = self.told.counted, self._numbers(), self._named_hours()
        said: set[int] = set()
        for leg in self.legs:
            if leg.kind == "counted":
                left -= leg.end - leg.start
                yield self._counted(leg, left, numbers)
            elif leg.kind == "paused":
                yield f"{self._when(leg, numbers)}{self._paused(leg)}"
            elif leg.kind == "level":
                yield self._changed(leg)
            elif leg.kind == "closed" and leg.reason != "outside hours":
                yield from self._closed(leg, worked, said)

    def total(self) -> Iterator[str]:
        """Add up, where there is more than one summand."""
        lengths = [leg.end - leg.start for leg in self.legs if leg.kind == "counted"]
        if len(lengths) <= 1:
            return
        say, length = self.voice.say, self.voice.length
        runs = [(len(list(run)), length(each)) for each, run in groupby(lengths)]
        terms = " + ".join(
            f"{count} \N{MULTIPLICATION SIGN} {each}" if count > 1 else each for count, each in runs
        )
        unit = say(" Geschäftszeit", " of business time") if self._plain else ""
        yield f"{say('Summe: ', 'Total: ')}{terms} = {length(sum(lengths))}{unit}"

    @property
    def _plain(self) -> bool:
        """Whether time is told, and nothing that is left: where dates are counted, or after all."""
        return self.told.promise.by_date or self._overdue

    def _named_hours(self) -> dict[int, set[HolidayNames | None]]:
        """Collect the dates that have a line of their own, and the names that are told there."""
        worked: dict[int, set[HolidayNames | None]] = {}
        for leg in self.legs:
            if leg.kind in ("counted", "paused"):
                for day, _ in self.told.schedule.walls(leg.start, leg.end):
                    worked.setdefault(day, set()).add(leg.names)
        return worked

    def _closed(
        self, leg: Leg, worked: Mapping[int, set[HolidayNames | None]], said: set[int]
    ) -> Iterator[str]:
        """Tell dates that were closed, or the part of one whose name would not be told otherwise.

        `said` are the dates that were told already: a change of level may lie in one.
        """
        schedule = self.told.schedule
        first, last = schedule.day_of(leg.start), schedule.day_of(leg.end - 1)
        closed = f"{self.voice.say('geschlossen', 'closed')}, {self.voice.reason(leg)}"
        span = range(first, last + 1)
        whole = [day for day in span if day not in worked and not schedule.hours_on(day)]
        if days := [day for day in whole if day not in said]:
            said.update(days)
            yield f"{dates_told(self.told, self.voice, days)}: {closed}"
        elif not (whole or leg is self.told.first or leg.names in {None, *worked.get(first, ())}):
            yield f"{self._when(leg, {})}{closed}"

    def _counted(self, leg: Leg, left: int, numbers: Mapping[int, int]) -> str:
        """Tell a counted stretch; where dates are counted, what is left decides nothing."""
        say, used = self.voice.say, self.voice.length(leg.end - leg.start)
        why = "" if leg.reason == "opening hours" else f"{self.voice.reason(leg)}, "
        if not self._plain:
            rest = self.voice.length(left)
            used = say(f"{used} gezählt, {rest} übrig", f"{used} counted, {rest} left")
        return f"{self._when(leg, numbers)}{why}{used}"

    def _paused(self, leg: Leg) -> str:
        """Tell that time did not count."""
        lost = self.voice.length(leg.end - leg.start)
        return self.voice.say(f"Pause, {lost} nicht gezählt", f"pause, {lost} not counted")

    def _changed(self, leg: Leg) -> str:
        """Tell a change of level."""
        day, time = date_told(self.told, self.voice, leg.start), self.voice.time(leg.start)
        level = self.voice.reason(leg)
        return f"{day}, {time}: {self.voice.say('geändert in', 'changed to')} {level}"

    def _when(self, leg: Leg, numbers: Mapping[int, int]) -> str:
        """Say from when to when, on one date or from one to another."""
        told, voice = self.told, self.voice
        day, last = told.schedule.day_of(leg.start), told.schedule.day_of(leg.end - 1)
        start = date_told(told, voice, leg.start)
        if day == last:
            number = numbers.get(day)
            count = number and voice.say(f" ({number}. Geschäftstag)", f" (business day {number})")
            return f"{start}{count or ''}: {voice.times(leg.start, leg.end)}, "
        until = f"{date_told(told, voice, leg.end - 1)}, {voice.time(leg.end, ends=True)}"
        return f"{start}, {voice.time(leg.start)}, {voice.say('bis', 'to')} {until}: "

    def _numbers(self) -> dict[int, int]:
        """Number the business days after the one on which time starts, where such are counted."""
        told, schedule = self.told, self.told.schedule
        if not told.promise.by_date or self._overdue:
            return {}
        days = range(schedule.day_of(told.begins) + 1, schedule.day_of(told.due) + 1)
        counted = filter(schedule.is_business_day, days)
        numbers = range(1, told.promise.target.to_dict().get("days", 0) + 1)
        return dict(zip(counted, numbers, strict=False))
