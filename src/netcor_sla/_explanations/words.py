"""How a person says dates, times and reasons, in German and in English.

All times are on the clock of one schedule's zone.
"""

import re
import unicodedata
from datetime import date, timezone
from typing import Final, NamedTuple

from netcor_sla._calendars.frozen_holidays import Holidays
from netcor_sla._calendars.holidays import HolidayNames
from netcor_sla._calendars.instants import EPOCH_DAY
from netcor_sla._calendars.readings import DAY
from netcor_sla._calendars.schedule import Schedule
from netcor_sla._calendars.zones import offset_at, zone_text
from netcor_sla._explanations.reckonings import Leg
from netcor_sla._languages import REGIONS, Language, choose
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._policy.targets import BusinessDays, BusinessHours

WEEKDAYS: Final = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS: Final = {
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
REASONS: Final = {
    "opening hours": ("Geschäftszeit", "business hours"),
    "special date": ("Sonderregelung", "special arrangement"),
    "recurring date": ("jährliche Sonderregelung", "yearly special arrangement"),
    "extra hours": ("vereinbarte Zusatzzeit", "agreed extra hours"),
    "outside hours": ("außerhalb der Geschäftszeiten", "outside business hours"),
    "weekend": ("Wochenende", "weekend"),
    "closed weekday": ("Ruhetag", "weekly closing day"),
    "holiday": ("Feiertag", "public holiday"),
    "pause": ("Pause", "pause"),
    **{
        level.value: (
            f"Eskalationsstufe {level.number} ({level.title('de')})",
            f"escalation level {level.number} ({level.title('en')})",
        )
        for level in EscalationLevel
    },
    "same time": ("zur gleichen Uhrzeit", "at the same time"),
    "end of day": ("zum Geschäftsschluss", "at the close of business"),
}
# Marks that turn the direction of writing; and what is no character to be shown, or
# that XML forbids. Compiled when first used: for the second, that takes a millisecond.
_TURNS: Final = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_CONTROLS: Final = "[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"

_HOUR: Final = 3_600_000_000
MINUTE: Final = 60_000_000
_SECOND: Final = 1_000_000


def safe(name: str) -> str:
    """Make one harmless line of a name from outside: what it says, and no more.

    Controls and line breaks become blanks, marks that turn the writing round are left
    out, and a name that is written from right to left is kept from turning what follows.
    """
    line = " ".join(re.sub(_CONTROLS, " ", re.sub(_TURNS, "", name)).split())
    turned = any(unicodedata.bidirectional(each) in ("R", "AL", "AN") for each in line)
    return f"\N{FIRST STRONG ISOLATE}{line}\N{POP DIRECTIONAL ISOLATE}" if turned else line


def reason(reason: str, names: HolidayNames | None, language: Language) -> str:
    """Say why a stretch is counted or closed."""
    (de, en), (plain_de, plain_en) = names or REASONS[reason], REASONS[reason]
    name = safe(choose(language, de=de, en=en))
    return name or choose(language, de=plain_de, en=plain_en)


class Voice(NamedTuple):
    """A language, and the schedule on whose clock times are told."""

    language: Language
    schedule: Schedule

    def say(self, de: str, en: str) -> str:
        """Choose a text."""
        return choose(self.language, de=de, en=en)

    def weekday(self, day: int) -> str:
        """Name the weekday of a date."""
        return WEEKDAYS[self.language][self.schedule.weekday(day)]

    def date(self, day: int, *, year: bool = False) -> str:
        """Say a date: `Dienstag, 7. April`."""
        local = date.fromordinal(day + EPOCH_DAY)
        month = MONTHS[self.language][local.month - 1]
        told = f"{local.day}{self.say('.', '')} {month}{f' {local.year}' if year else ''}"
        return (
            f"{self.weekday(day)}, {told}"
            if self.language == "de"
            else f"{self.weekday(day)} {told}"
        )

    def short(self, day: int) -> str:
        """Say a date in short: `Di 07.04.`, `Tue 7 Apr`."""
        local, weekday = date.fromordinal(day + EPOCH_DAY), self.weekday(day)
        month = MONTHS["en"][local.month - 1][:3]
        return self.say(
            f"{weekday[:2]} {local.day:02}.{local.month:02}.",
            f"{weekday[:3]} {local.day} {month}",
        )

    def instant(self, at: int) -> str:
        """Say an instant whole: `Dienstag, 7. April 2026, 09:40 Uhr (UTC+1)`."""
        day = self.date(self.schedule.day_of(at), year=True)
        return f"{day}, {self.clock(at)}{self.say(' Uhr', '')} ({self.zone(at)})"

    def time(self, at: int, *, ends: bool = False) -> str:
        """Say a time of day: `09:40 Uhr`, with the offset where the clock shows it twice."""
        return f"{self.clock(at, ends=ends)}{self.say(' Uhr', '')}{self._twice(at, ends=ends)}"

    def times(self, start: int, end: int) -> str:
        """Say from when to when: `08:30 bis 17:00 Uhr`; what ends at midnight, ends at 24:00."""
        told = f"{self.clock(start)}{self._twice(start)}{self.say(' bis ', ' to ')}"
        return (
            f"{told}{self.clock(end, ends=True)}{self.say(' Uhr', '')}{self._twice(end, ends=True)}"
        )

    def clock(self, at: int, *, ends: bool = False) -> str:
        """Write what the clock shows; where something ends, what it has come to: 24:00 at midnight."""
        wall = (at + offset_at(self.schedule.zone, at - ends)) % DAY or (DAY if ends else 0)
        minutes, rest = divmod(wall, MINUTE)
        told = f"{minutes // 60:02}:{minutes % 60:02}"
        return f"{told}:{self._seconds(rest, 2)}" if rest else told

    def _twice(self, at: int, *, ends: bool = False) -> str:
        """Write the offset, if the clock shows this time at another instant too."""
        zone, at = self.schedule.zone, at - ends
        offset = offset_at(zone, at)
        others = {offset_at(zone, at + by) for by in (-3 * _HOUR, 3 * _HOUR)} - {offset}
        if any(offset_at(zone, at + offset - other) == other for other in others):
            return f" ({offset_text(offset)})"
        return ""

    def zone(self, at: int) -> str:
        """Name the zone, and what it is at an instant where that may differ."""
        zone = self.schedule.zone
        told = offset_text(offset_at(zone, at))
        return told if isinstance(zone, timezone) else f"{safe(zone_text(zone))}, {told}"

    def length(self, amount: int) -> str:
        """Say a length of time: `2 h 50 min`."""
        hours, rest = divmod(amount, _HOUR)
        minutes, rest = divmod(rest, MINUTE)
        parts = [f"{hours} h"] if hours else []
        parts += [f"{minutes} min"] if minutes else []
        parts += [f"{self._seconds(rest, 1)} s"] if rest else []
        return " ".join(parts) or "0 min"

    def _seconds(self, amount: int, digits: int) -> str:
        """Write seconds, with a fraction where there is one."""
        seconds, rest = divmod(amount, _SECOND)
        fraction = f"{self.say(',', '.')}{rest:06}".rstrip("0") if rest else ""
        return f"{seconds:0{digits}}{fraction}"

    def target(self, target: BusinessHours | BusinessDays) -> str:
        """Say a target: `4 Geschäftsstunden`, in the nominative."""
        if isinstance(target, BusinessDays):
            return self._count(target.days, ("Geschäftstag", "business day"), ("e", "s"))
        parts = []
        if target.hours:
            parts += [self._count(target.hours, ("Geschäftsstunde", "business hour"), ("n", "s"))]
        if target.minutes and parts:
            parts += [self._count(target.minutes, ("Minute", "minute"), ("n", "s"))]
        elif target.minutes:
            parts += [
                self._count(target.minutes, ("Geschäftsminute", "business minute"), ("n", "s"))
            ]
        return self.say(" und ", " and ").join(parts)

    def _count(self, number: int, noun: tuple[str, str], plural: tuple[str, str]) -> str:
        """Count something."""
        return f"{number} {self.say(*noun)}{self.say(*plural) if number != 1 else ''}"

    def level(self, level: EscalationLevel) -> str:
        """Name a level as the policy does."""
        return self.say(*REASONS[level.value])

    def reason(self, leg: Leg) -> str:
        """Say why: the name of the day, if it has one, or what kind of time it is."""
        return reason(leg.reason, leg.names, self.language)

    def region(self, source: Holidays) -> str:
        """Say whose holidays count: `Niedersachsen, DE-NI`."""
        label = source.label
        return f"{self.say(*REGIONS[label])}, {label}" if label in REGIONS else safe(label)


def voice(language: Language, schedule: Schedule) -> Voice:
    """Insist on one of the two languages."""
    choose(language, de="", en="")
    return Voice(language, schedule)


def offset_text(offset: int) -> str:
    """Write an offset: `UTC+1`, `UTC-3:30`."""
    if not offset:
        return "UTC"
    hours, rest = divmod(abs(offset), _HOUR)
    minutes, rest = divmod(rest, MINUTE)
    exact = f":{minutes:02}" if minutes or rest else ""
    exact += f":{rest // _SECOND:02}" if rest else ""
    return f"UTC{'-' if offset < 0 else '+'}{hours}{exact}"
