"""How a person says dates, times and reasons, in German and in English."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Final

from netcor_sla._calendars.holidays import HolidayNames
from netcor_sla._calendars.hours import WEEKDAYS as KEYS
from netcor_sla._calendars.instants import DAY, EPOCH, MICROSECOND, MINUTE, ZERO, Span, date_of
from netcor_sla._calendars.zones import Stretch
from netcor_sla._languages import REGIONS, Language, choose
from netcor_sla._policy.levels import BusinessDays, BusinessHours, EscalationLevel

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
    "more days": ("weitere Tage", "more days"),
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

Wall = tuple[int, Span]  # a date, and a span of its wall clock

HOUR: Final = timedelta(hours=1)
_SECOND: Final = timedelta(seconds=1)

_start: Final = attrgetter("start")


def safe(name: str) -> str:
    """Make one harmless line of a name from outside: what it says, and no more.

    Controls and line breaks become blanks, marks that turn the writing round are left
    out, and a name that is written from right to left is kept from turning what follows.
    """
    line = " ".join(re.sub(_CONTROLS, " ", re.sub(_TURNS, "", name)).split())
    turned = any(unicodedata.bidirectional(each) in ("R", "AL", "AN") for each in line)
    return f"\N{FIRST STRONG ISOLATE}{line}\N{POP DIRECTIONAL ISOLATE}" if turned else line


def reason(reason: str, names: HolidayNames | None, language: Language) -> str:
    """Say why a stretch is counted or closed: a name, if it has one."""
    de, en = REASONS[reason]
    plain = choose(language, de=de, en=en)
    return safe(choose(language, de=names.de, en=names.en)) or plain if names else plain


def offset_text(offset: timedelta) -> str:
    """Write an offset: `UTC+1`, `UTC-3:30`."""
    if not offset:
        return "UTC"
    hours, rest = divmod(abs(offset), HOUR)
    minutes, rest = divmod(rest, MINUTE)
    exact = f":{minutes:02}" if minutes or rest else ""
    exact += f":{rest // _SECOND:02}" if rest else ""
    return f"UTC{'-' if offset < ZERO else '+'}{hours}{exact}"


def ordinal(number: int) -> str:
    """Write an English ordinal: 1st, 2nd, 11th."""
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


@dataclass(frozen=True, slots=True)
class Voice:
    """A language, and the clock on which times are told: a zone, and its offsets as far as known."""

    language: Language
    zone: str
    offsets: Sequence[Stretch]
    years: bool = False  # whether dates are said with their year, since there are two

    def __post_init__(self) -> None:
        choose(self.language, de="", en="")

    def say(self, de: str, en: str) -> str:
        """Choose a text."""
        return de if self.language == "de" else en

    @property
    def fixed(self) -> bool:
        """Whether the zone is an offset, whose clock never changes."""
        return self.zone == "UTC" or self.zone.startswith(("+", "-"))

    def offset_at(self, at: datetime, by: timedelta = ZERO) -> timedelta:
        """How far the clock is ahead of UTC at an instant, or so much later."""
        number = bisect_right(self.offsets, at - EPOCH + by, key=_start)
        return self.offsets[max(number - 1, 0)].offset

    def wall(self, at: datetime, *, ends: bool = False) -> timedelta:
        """What the clock shows at an instant; where something ends, what it has come to."""
        return at - EPOCH + self.offset_at(at, -MICROSECOND if ends else ZERO)

    def day_of(self, at: datetime, *, ends: bool = False) -> int:
        """Find the date of an instant, or of what ends there: midnight is 24:00 of the day before."""
        wall = self.wall(at, ends=ends)
        return (wall - MICROSECOND if ends else wall).days

    def walls(self, start: datetime, end: datetime) -> Iterator[Wall]:
        """Cut a stretch at midnights and clock changes: each date, and what its clock shows."""
        first, last = start - EPOCH, end - EPOCH
        number = max(bisect_right(self.offsets, first, key=_start) - 1, 0)
        while first < last:
            offset, rest = self.offsets[number].offset, self.offsets[number + 1 : number + 2]
            until = min([last, *(stretch.start for stretch in rest)])
            at, stop = first + offset, until + offset
            while at < stop:
                midnight = DAY * at.days
                step = min(midnight + DAY, stop)
                yield at.days, (at - midnight, step - midnight)
                at = step
            first, number = until, number + 1

    def weekday(self, day: int) -> str:
        """Name the weekday of a date."""
        return WEEKDAYS[self.language][date_of(day).weekday()]

    def date(self, day: int, *, year: bool = False) -> str:
        """Say a date: `Dienstag, 7. April`."""
        local, weekday = date_of(day), self.weekday(day)
        month = MONTHS[self.language][local.month - 1]
        years = f" {local.year}" if year else ""
        return self.say(
            f"{weekday}, {local.day}. {month}{years}", f"{weekday} {local.day} {month}{years}"
        )

    def dates(self, days: Sequence[int]) -> str:
        """Say one date, two, or from which to which."""
        first, last = (self.date(day, year=self.years) for day in (days[0], days[-1]))
        match len(days):
            case 1:
                return first
            case 2:
                return self.say(f"{first}, und {last}", f"{first} and {last}")
            case _:
                return self.say(f"{first}, bis {last}", f"{first} to {last}")

    def day(self, at: datetime, *, ends: bool = False) -> str:
        """Say the date of an instant, or of what ends there."""
        return self.date(self.day_of(at, ends=ends), year=self.years)

    def short(self, day: int) -> str:
        """Say a date in short: `Di 07.04.`, `Tue 7 Apr`."""
        local, weekday = date_of(day), self.weekday(day)
        month = MONTHS["en"][local.month - 1][:3]
        return self.say(
            f"{weekday[:2]} {local.day:02}.{local.month:02}.", f"{weekday[:3]} {local.day} {month}"
        )

    def instant(self, at: datetime) -> str:
        """Say an instant whole: `Dienstag, 7. April 2026, 09:40 Uhr (UTC+1)`."""
        day = self.date(self.day_of(at), year=True)
        return f"{day}, {self.clock(at)}{self.say(' Uhr', '')} ({self.clock_of(at)})"

    def time(self, at: datetime, *, ends: bool = False) -> str:
        """Say a time of day: `09:40 Uhr`, with the offset where the clock shows it twice."""
        return f"{self.clock(at, ends=ends)}{self.say(' Uhr', '')}{self.twice(at, ends=ends)}"

    def times(self, start: datetime, end: datetime) -> str:
        """Say from when to when: `08:30 bis 17:00 Uhr`; what ends at midnight, ends at 24:00."""
        since = f"{self.clock(start)}{self.twice(start, ends=False)}"
        return f"{since}{self.say(' bis ', ' to ')}{self.time(end, ends=True)}"

    def clock(self, at: datetime, *, ends: bool = False) -> str:
        """Write what the clock shows; where something ends, what it has come to: 24:00 at midnight."""
        minutes, rest = divmod(self.wall(at, ends=ends) % DAY or (DAY if ends else ZERO), MINUTE)
        shown = f"{minutes // 60:02}:{minutes % 60:02}"
        return f"{shown}:{self._seconds(rest, 2)}" if rest else shown

    def twice(self, at: datetime, *, ends: bool) -> str:
        """Write the offset, if the clock shows this time at another instant too."""
        if len(self.offsets) == 1:
            return ""
        since = -MICROSECOND if ends else ZERO
        offset = self.offset_at(at, since)
        others = {self.offset_at(at, since + by) for by in (-3 * HOUR, 3 * HOUR)} - {offset}
        if any(self.offset_at(at, since + offset - other) == other for other in others):
            return f" ({offset_text(offset)})"
        return ""

    def clock_of(self, at: datetime) -> str:
        """Name the zone, and how far it is ahead at an instant where that may differ."""
        offset = offset_text(self.offset_at(at))
        return offset if self.fixed else f"{safe(self.zone)}, {offset}"

    def length(self, amount: timedelta) -> str:
        """Say a length of time: `2 h 50 min`."""
        hours, rest = divmod(amount, HOUR)
        minutes, rest = divmod(rest, MINUTE)
        parts = [f"{hours} h"] if hours else []
        parts += [f"{minutes} min"] if minutes else []
        parts += [f"{self._seconds(rest, 1)} s"] if rest else []
        return " ".join(parts) or "0 min"

    def _seconds(self, amount: timedelta, digits: int) -> str:
        """Write seconds, with a fraction where there is one."""
        seconds, rest = divmod(amount, _SECOND)
        fraction = f"{self.say(',', '.')}{rest.microseconds:06}".rstrip("0") if rest else ""
        return f"{seconds:0{digits}}{fraction}"

    def target(self, target: BusinessHours | BusinessDays) -> str:
        """Say a target: `4 Geschäftsstunden`, in the nominative."""
        if isinstance(target, BusinessDays):
            return self._count(target.days, ("Geschäftstag", "business day"), ("e", "s"))
        parts = []
        if target.hours:
            parts += [self._count(target.hours, ("Geschäftsstunde", "business hour"), ("n", "s"))]
        if target.minutes:
            noun = ("Minute", "minute") if parts else ("Geschäftsminute", "business minute")
            parts += [self._count(target.minutes, noun, ("n", "s"))]
        return self.say(" und ", " and ").join(parts)

    def _count(self, number: int, noun: tuple[str, str], plural: tuple[str, str]) -> str:
        return f"{number} {self.say(*noun)}{self.say(*plural) if number != 1 else ''}"

    def level(self, level: EscalationLevel) -> str:
        """Name a level as the policy does."""
        return self.say(*REASONS[level.value])

    def region(self, label: str) -> str:
        """Say whose holidays count: `Niedersachsen, DE-NI`."""
        return f"{self.say(*REGIONS[label])}, {label}" if label in REGIONS else safe(label)

    def week(self, hours: Mapping[str, Sequence[Sequence[str]]]) -> str:
        """Say the hours of a week, weekdays that are alike together; nothing where it has none."""
        named = zip(WEEKDAYS[self.language], (hours.get(key) for key in KEYS), strict=True)
        told = []
        for spans, run in groupby(named, key=itemgetter(1)):
            names = [name for name, _ in run]
            if spans:
                several = self.say("und", "and") if len(names) == 2 else self.say("bis", "to")  # noqa: PLR2004 - neither one nor many
                days = f"{names[0]} {several} {names[-1]}" if len(names) > 1 else names[0]
                told.append(f"{days} {self._spans(spans)}")
        return "; ".join(told)

    def _spans(self, spans: Sequence[Sequence[str]]) -> str:
        """Say the spans of a weekday."""
        if self.language == "de":
            return " und ".join(f"von {start} bis {end}" for start, end in spans) + " Uhr"
        return " and ".join(f"from {start} to {end}" for start, end in spans)
