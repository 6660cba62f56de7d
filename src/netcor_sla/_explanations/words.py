"""How a person says dates, times and reasons, in German and in English."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Final, assert_never

from netcor_sla._calendars.holidays import HolidayNames
from netcor_sla._calendars.hours import WEEKDAYS as KEYS
from netcor_sla._calendars.instants import DAY, EPOCH, MICROSECOND, ZERO, Span, date_of
from netcor_sla._calendars.zones import Stretch
from netcor_sla._languages import MONTHS, REGIONS, WEEKDAYS, Language, choose, safe
from netcor_sla._policy.due import DAY_RULES, DayRule
from netcor_sla._policy.levels import BusinessDays, BusinessHours, EscalationLevel


def _rule_words(rule: DayRule) -> tuple[str, str]:
    match rule:
        case "elapsed":
            return "nach Geschäftszeit", "by business time"
        case "same time":
            return "zur gleichen Uhrzeit", "at the same time"
        case "end of day":
            return "zum Geschäftsschluss", "at the close of business"
        case _:
            assert_never(rule)


REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "opening hours": ("Geschäftszeit", "business hours"),
    "special date": ("Sonderregelung", "special arrangement"),
    "recurring date": ("jährliche Sonderregelung", "yearly special arrangement"),
    "extra hours": ("vereinbarte Zusatzzeit", "agreed extra hours"),
    "outside hours": ("außerhalb der Geschäftszeiten", "outside business hours"),
    "weekend": ("Wochenende", "weekend"),
    "closed weekday": ("Ruhetag", "weekly closing day"),
    "holiday": ("Feiertag", "public holiday"),
    "pause": ("Pause", "pause"),
    "open pause": ("offene Pause", "open pause"),
    "more days": ("weitere Tage", "more days"),
    **{rule: _rule_words(rule) for rule in DAY_RULES if rule != "elapsed"},
    **{
        level.value: (
            f"Eskalationsstufe {level.number} ({level.title('de')})",
            f"escalation level {level.number} ({level.title('en')})",
        )
        for level in EscalationLevel
    },
}

HOUR: Final = timedelta(hours=1)
Wall = tuple[int, Span]  # a date, and a span of its wall clock

_start: Final = attrgetter("start")


def reason(reason: str, names: HolidayNames | None, language: Language) -> str:
    """Say why a stretch is counted or closed: a name, if it has one."""
    de, en = REASONS[reason]
    plain = choose(language, de=de, en=en)
    return safe(choose(language, de=names.de, en=names.en)) or plain if names else plain


def offset_text(offset: timedelta) -> str:
    """Write an offset: `UTC+1`, `UTC-3:30`."""
    if not offset:
        return "UTC"
    exact = str(abs(offset)).removesuffix(":00").removesuffix(":00")
    return f"UTC{'-' if offset < ZERO else '+'}{exact}"


@lru_cache(maxsize=1_000)  # texts of one time name the same dates
def _date(day: int, language: Language, year: bool) -> str:  # noqa: FBT001 - keys of a cache
    local = date_of(day)
    weekday, month = WEEKDAYS[language][local.weekday()], MONTHS[language][local.month - 1]
    date = f"{weekday}, {local.day}. {month}" if language == "de" else f"{weekday} {local.day} {month}"
    return f"{date} {local.year}" if year else date


@dataclass(frozen=True, slots=True)
class Voice:
    """A language, and the clock on which times are given: a zone, and its offsets as far as known."""

    language: Language
    zone: str
    offsets: Sequence[Stretch]
    years: bool = False  # whether dates are said with their year, since there are two

    def __post_init__(self) -> None:
        choose(self.language, de="", en="")

    def say(self, de: str, en: str) -> str:
        return de if self.language == "de" else en

    # What the clock shows.

    @property
    def fixed(self) -> bool:
        """Whether the zone is an offset, whose clock never changes."""
        return self.zone == "UTC" or self.zone.startswith(("+", "-"))

    def offset_at(self, at: datetime, by: timedelta = ZERO) -> timedelta:
        number = bisect_right(self.offsets, at - EPOCH + by, key=_start)
        return self.offsets[max(number - 1, 0)].offset

    def wall(self, at: datetime, *, ends: bool = False) -> timedelta:
        """What the clock shows at an instant; where something ends, what it has come to."""
        if len(self.offsets) == 1:  # as nearly always
            return at - EPOCH + self.offsets[0].offset
        return at - EPOCH + self.offset_at(at, -MICROSECOND if ends else ZERO)

    def day_of(self, at: datetime, *, ends: bool = False) -> int:
        """Find the date of an instant, or of what ends there: midnight is 24:00 of the day before."""
        wall = self.wall(at, ends=ends)
        return (wall - MICROSECOND if ends else wall).days

    def walls(self, start: datetime, end: datetime) -> Iterator[Wall]:
        """Cut a stretch at midnights and clock changes: each date, and what its clock shows."""
        first, last, offsets = start - EPOCH, end - EPOCH, self.offsets
        number = max(bisect_right(offsets, first, key=_start) - 1, 0)
        while first < last:
            offset, number = offsets[number].offset, number + 1
            until = min(last, offsets[number].start) if number < len(offsets) else last
            at, stop = first + offset, until + offset
            while at < stop:
                midnight = DAY * at.days
                step = min(midnight + DAY, stop)
                yield at.days, (at - midnight, step - midnight)
                at = step
            first = until

    # Dates and times.

    def date(self, day: int, *, year: bool = False) -> str:
        return _date(day, self.language, year or self.years)

    def day(self, at: datetime) -> str:
        return self.date(self.day_of(at))

    def dates(self, days: Sequence[int]) -> str:
        comma = self.say(",", "")
        return self._run([self.date(day) for day in (days[0], days[-1])], len(days), comma)

    def _run(self, names: Sequence[str], count: int, comma: str = "") -> str:
        """Name the first and the last of so many in a row."""
        between = self.say("und", "and") if count == 2 else self.say("bis", "to")  # noqa: PLR2004 - neither one nor many
        return f"{names[0]}{comma} {between} {names[-1]}" if count > 1 else names[0]

    def short(self, day: int) -> str:
        """Say a date in short: `Di 07.04.`, `Tue 7 Apr`."""
        local = date_of(day)
        weekday, month = WEEKDAYS[self.language][local.weekday()], MONTHS["en"][local.month - 1]
        return self.say(f"{weekday[:2]} {local:%d.%m.}", f"{weekday[:3]} {local.day} {month[:3]}")

    def instant(self, at: datetime) -> str:
        """Say an instant whole: `Dienstag, 7. April 2026, 09:40 Uhr (UTC+1)`."""
        day = self.date(self.day_of(at), year=True)
        return f"{day}, {self.clock(at)}{self.say(' Uhr', '')} ({self.clock_of(at)})"

    def time(self, at: datetime, *, ends: bool = False) -> str:
        """Say a time of day: `09:40 Uhr`, with the offset where the clock shows it twice."""
        return f"{self.clock(at, ends=ends)}{self.say(' Uhr', '')}{self.twice(at, ends=ends)}"

    def times(self, start: datetime, end: datetime) -> str:
        """Say from when to when: `08:30 bis 17:00 Uhr`; what ends at midnight, ends at 24:00."""
        since = f"{self.clock(start)}{self.twice(start)}"
        return f"{since}{self.say(' bis ', ' to ')}{self.time(end, ends=True)}"

    def clock(self, at: datetime, *, ends: bool = False) -> str:
        """Write what the clock shows; where something ends, what it has come to: 24:00 at midnight."""
        wall = self.wall(at, ends=ends)  # whose days are those of the date
        if ends and not (wall.seconds or wall.microseconds):
            return "24:00"
        shown = f"{wall.seconds // 3600:02}:{wall.seconds // 60 % 60:02}"
        rest = self._rest(wall, 2)
        return f"{shown}:{rest}" if rest else shown

    def twice(self, at: datetime, *, ends: bool = False) -> str:
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

    # Lengths, targets, levels, hours.

    def length(self, amount: timedelta) -> str:
        minutes, rest = amount.days * 1440 + amount.seconds // 60, self._rest(amount, 1)
        parts = [f"{minutes // 60} h"] if minutes >= 60 else []  # noqa: PLR2004 - an hour
        parts += [f"{minutes % 60} min"] if minutes % 60 else []
        parts += [f"{rest} s"] if rest else []
        return " ".join(parts) or "0 min"

    def _rest(self, amount: timedelta, digits: int) -> str:
        """Write the seconds beside full minutes, with a fraction where there is one."""
        if not (amount.seconds % 60 or amount.microseconds):
            return ""
        part = f"{amount.microseconds:06}".rstrip("0")
        return f"{amount.seconds % 60:0{digits}}{self.say(',', '.') if part else ''}{part}"

    def target(self, target: BusinessHours | BusinessDays) -> str:
        """Say a target: `4 Geschäftsstunden`, in the nominative."""
        if isinstance(target, BusinessDays):
            return self._count(target.days, "Geschäftstag", "business day", "e")
        parts = []
        if target.hours:
            parts += [self._count(target.hours, "Geschäftsstunde", "business hour", "n")]
        if target.minutes:
            de, en = ("Minute", "minute") if parts else ("Geschäftsminute", "business minute")
            parts += [self._count(target.minutes, de, en, "n")]
        return self.say(" und ", " and ").join(parts)

    def _count(self, number: int, de: str, en: str, plural: str) -> str:
        one = number == 1
        return f"{number} {self.say(de if one else de + plural, en if one else f'{en}s')}"

    def level(self, level: EscalationLevel) -> str:
        return self.say(*REASONS[level.value])

    def region(self, label: str) -> str:
        return f"{self.say(*REGIONS[label])}, {label}" if label in REGIONS else safe(label)

    def week(self, hours: Mapping[str, Sequence[Sequence[str]]]) -> str:
        """Say the hours of a week, weekdays that are alike together; nothing where it has none."""
        named = zip(WEEKDAYS[self.language], map(hours.get, KEYS), strict=True)
        parts = []
        for spans, run in groupby(named, key=itemgetter(1)):
            names = [name for name, _ in run]
            if spans:
                parts.append(f"{self._run(names, len(names))} {self._spans(spans)}")
        return "; ".join(parts)

    def _spans(self, spans: Sequence[Sequence[str]]) -> str:
        if self.language == "de":
            return " und ".join(f"von {start} bis {end}" for start, end in spans) + " Uhr"
        return " and ".join(f"from {start} to {end}" for start, end in spans)
