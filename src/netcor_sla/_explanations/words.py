"""How a person says dates, times and reasons, in German and in English."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Final

from netcor_sla._calendars.holidays import HolidayNames
from netcor_sla._calendars.hours import WEEKDAYS as KEYS
from netcor_sla._calendars.instants import DAY, EPOCH, MICROSECOND, ZERO, Span, date_of
from netcor_sla._calendars.zones import Stretch, offset_text
from netcor_sla._languages import REGIONS, WEEKDAYS, Language, choose, clock_text, date_text, length, safe
from netcor_sla._policy.levels import BusinessDays, BusinessHours, EscalationLevel
from netcor_sla._values import fill

REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "opening hours": ("Geschäftszeit", "business hours"),
    "special date": ("Sonderregelung", "special arrangement"),
    "recurring date": ("verkürzte Öffnung", "shortened hours"),
    "extra hours": ("vereinbarte Zusatzzeit", "agreed extra hours"),
    "outside hours": ("außerhalb der Geschäftszeiten", "outside business hours"),
    "weekend": ("Wochenende", "weekend"),
    "closed weekday": ("kein Geschäftstag", "not a business day"),
    "holiday": ("Feiertag", "public holiday"),
    "pause": ("Pause", "pause"),
    "open pause": ("offene Pause", "open pause"),
    "more days": ("weitere Tage", "more days"),
    "same time": ("zur Uhrzeit des Fristbeginns", "at the time at which the clock started"),
    "end of day": ("zum Geschäftsschluss", "at close of business"),
    **{
        level.value: (
            f"Eskalationsstufe {level.number} ({level.title('de')})",
            f"escalation level {level.number} ({level.title('en')})",
        )
        for level in EscalationLevel
    },
}

HOUR: Final = timedelta(hours=1)
# Cities by the keys of their zones, and what German calls them: those of Central European Time, and others.
_PLACES: Final = """
Amsterdam Andorra Belgrade Berlin Bratislava Brussels=Brüssel Budapest Busingen Copenhagen=Kopenhagen Ljubljana
Luxembourg=Luxemburg Madrid Malta Monaco Oslo Paris Podgorica Prague=Prag Rome=Rom San_Marino Sarajevo Skopje
Stockholm Tirane Vaduz Vatican Vienna=Wien Warsaw=Warschau Zagreb Zurich=Zürich; Athens=Athen Bucharest=Bukarest
Cairo=Kairo Hong_Kong=Hongkong Kyiv=Kiew Lisbon=Lissabon Moscow=Moskau Singapore=Singapur Tokyo=Tokio"""
_CENTRAL, _OTHERS = (
    {key: de or key for key, _, de in (each.partition("=") for each in part.split())}
    for part in _PLACES.split(";")
)
_SEASONS: Final = {HOUR: ("MEZ", "CET"), 2 * HOUR: ("MESZ", "CEST")}
_STEADY: Final = ("EST", "GMT", "HST", "MST")  # keys that name a clock and no city, all year round
_WHOLE: Final = [["00:00", "24:00"]]
Wall = tuple[int, Span]  # a date, and a span of its wall clock

_start: Final = attrgetter("start")


def reason(reason: str, names: HolidayNames | None, language: Language) -> str:
    de, en = REASONS[reason]
    plain = choose(language, de=de, en=en)
    return safe(names.title(language)) or plain if names else plain


@lru_cache(maxsize=2_000)  # of some years: texts of one time name the same dates
def _date(day: int, language: Language, year: bool) -> str:  # noqa: FBT001 - keys of a cache
    return date_text(date_of(day), language, year=year)


@lru_cache(maxsize=1_000)  # which open and close at the same times
def _clock(seconds: int, microseconds: int, language: Language) -> str:
    return clock_text(timedelta(0, seconds, microseconds), language)


_length: Final = lru_cache(maxsize=1_000)(length)


def place(zone: str, language: Language) -> str:
    """Name a zone by its city: `Ortszeit New York`, `New York time`."""
    if zone in (*_STEADY, "CET", "EET", "MET", "WET"):
        return zone
    city = safe(zone.rpartition("/")[2])
    german = (_CENTRAL | _OTHERS).get(city, city)
    return choose(language, de=f"Ortszeit {german}", en=f"{city} time").replace("_", " ")


def is_fixed(zone: str) -> bool:
    return zone.startswith(("UTC", "Etc/", "+", "-")) or not zone


@lru_cache
def _clock_names(zone: str, offset: timedelta, language: Language) -> tuple[str, str, str]:
    """Name a clock by its offset or season, as short as there is but one, and in full."""
    area, _, city = zone.rpartition("/")
    if (zone == "CET" or (area == "Europe" and city in _CENTRAL)) and offset in _SEASONS:
        return (_SEASONS[offset][language == "en"],) * 3
    name = offset_text(offset)
    where = name if is_fixed(zone) else place(zone, language)
    return name, where, where if zone in _STEADY or is_fixed(zone) else f"{where}, {name}"


@dataclass(frozen=True, slots=True)
class Voice:
    """A language, and the clock on which times are shown: a zone, and its offsets as far as known."""

    language: Language
    zone: str  # its key or offset; empty where it has none that is known
    offsets: Sequence[Stretch]
    years: bool = False  # whether dates are said with their year, since there are two
    desk: "Voice | None" = None  # the same on the calendar's clock, where that is another
    only: timedelta | None = field(init=False)  # the offset, where there is one, as nearly always

    def __post_init__(self) -> None:
        choose(self.language, de="", en="")
        fill(self, only=self.offsets[0].offset if len(self.offsets) == 1 else None)

    def say(self, de: str, en: str) -> str:
        return de if self.language == "de" else en

    @property
    def fixed(self) -> bool:
        return is_fixed(self.zone)

    @property
    def calendar(self) -> "Voice":
        """The voice on the calendar's clock, by whose dates and weekdays a desk is open."""
        return self.desk or self

    def differs(self, at: datetime) -> bool:
        return self.desk is not None and self.offset_at(at) != self.desk.offset_at(at)

    def offset_at(self, at: datetime, by: timedelta = ZERO) -> timedelta:
        if self.only is not None:
            return self.only
        number = bisect_right(self.offsets, at - EPOCH + by, key=_start)
        return self.offsets[max(number - 1, 0)].offset

    def wall(self, at: datetime, *, ends: bool = False) -> timedelta:
        """What the clock shows at an instant; where something ends, what it has come to."""
        if (only := self.only) is not None:
            return at - EPOCH + only
        return at - EPOCH + self.offset_at(at, -MICROSECOND if ends else ZERO)

    def day_of(self, at: datetime, *, ends: bool = False) -> int:
        """Find the date of an instant, or of what ends there: midnight is 24:00 of the day before."""
        wall = self.wall(at, ends=ends)
        return (wall - MICROSECOND if ends else wall).days

    def days_of(self, start: datetime, end: datetime) -> range:
        if (only := self.only) is not None:  # spelled out, since texts ask for it most
            return range((start - EPOCH + only).days, (end - EPOCH + only - MICROSECOND).days + 1)
        return range(self.day_of(start), self.day_of(end, ends=True) + 1)

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

    def date(self, day: int, *, year: bool = False) -> str:
        return _date(day, self.language, year or self.years)

    def day(self, at: datetime) -> str:
        return self.date(self.day_of(at))

    def day_time(self, at: datetime) -> str:
        return f"{self.day(at)}, {self.time(at)}"

    def dates(self, days: Sequence[int]) -> str:
        return self._run([self.date(day) for day in (days[0], days[-1])], len(days), self.say(",", ""))

    def _run(self, names: Sequence[str], count: int, comma: str = "") -> str:
        between = self.say("und", "and") if count == 2 else self.say("bis", "to")  # noqa: PLR2004 - neither one nor many
        return f"{names[0]}{comma} {between} {names[-1]}" if count > 1 else names[0]

    def short(self, day: int) -> str:
        """Say a date in short: `Di 07.04.`, `Tue 7 Apr`."""
        weekday, number, month = _date(day, "en", False).split()  # noqa: FBT003 - a key of the cache
        german = f"{self.date(day)[:2]} {date_of(day):%d.%m.}"
        return self.say(german, f"{weekday[:3]} {number} {month[:3]}")

    def instant(self, at: datetime, *, on: bool = False, both: bool = True) -> str:
        """Say it whole, as in a sentence with `on`; with `both`, what the calendar's clock shows beside it."""
        day, desk = self.day_of(at), self.calendar
        comma = self.say(", um " if on else ", ", " at " if on else ", ")
        shown = f"{self.date(day, year=True)}{comma}{self.oclock(at)}"
        if not (both and self.differs(at)):
            name = self.clock_of(at)
            return f"{shown} ({name})" if "UTC" in name else f"{shown} {name}"
        other = "" if desk.day_of(at) == day else f"{desk.date(desk.day_of(at))}, "
        name, theirs = (each.clock_of(at, short=True) for each in (self, desk))
        return f"{shown} {name} ({other}{desk.oclock(at)} {theirs})"

    def oclock(self, at: datetime, *, ends: bool = False) -> str:
        return f"{self.clock(at, ends=ends)}{self.say(' Uhr', '')}"

    def time(self, at: datetime, *, ends: bool = False, named: bool = False) -> str:
        """Say a time of day: `09:40 Uhr`, with the clock's name on demand, or where it shows that time twice."""
        return f"{self.oclock(at, ends=ends)}{self.twice(at, ends=ends, named=named)}"

    def times(self, start: datetime, end: datetime) -> str:
        """Say from when to when: `08:30 bis 17:00 Uhr`; what ends at midnight, ends at 24:00."""
        between, oclock = (" bis ", " Uhr") if self.language == "de" else (" to ", "")
        if self.only is not None:
            return f"{self.clock(start)}{between}{self.clock(end, ends=True)}{oclock}"
        since, until = self.ends(start, end)
        return f"{since.removesuffix(oclock)}{between}{until}"

    def ends(self, start: datetime, end: datetime) -> tuple[str, str]:
        named = self.changes(start, end)
        return self.time(start, named=named), self.time(end, ends=True, named=named)

    def changes(self, start: datetime, end: datetime) -> bool:
        return self.only is None and self.offset_at(start) != self.offset_at(end, -MICROSECOND)

    def twice(self, at: datetime, *, ends: bool = False, named: bool = False) -> str:
        if self.only is not None:
            return ""
        since = -MICROSECOND if ends else ZERO
        offset = self.offset_at(at, since)
        others = {self.offset_at(at, since + by) for by in (-3 * HOUR, 3 * HOUR)} - {offset}
        again = any(self.offset_at(at, since + offset - other) == other for other in others)
        return f" ({self.named(offset)})" if named or again else ""

    def clock(self, at: datetime, *, ends: bool = False) -> str:
        wall = self.wall(at, ends=ends)  # whose days are those of the date
        if ends and not (wall.seconds or wall.microseconds):
            return "24:00"
        return _clock(wall.seconds, wall.microseconds, self.language)

    def named(self, offset: timedelta) -> str:
        """Name the clock while it has an offset: `MESZ`, or else `UTC+1`."""
        return _clock_names(self.zone, offset, self.language)[0]

    def clock_of(self, at: datetime, *, short: bool = False) -> str:
        """Name the clock: `MESZ`, `UTC+1`, or `Ortszeit New York, UTC+1`, in short without the offset."""
        return _clock_names(self.zone, self.offset_at(at), self.language)[1 if short else 2]

    def length(self, amount: timedelta) -> str:
        return _length(amount, self.language)

    def target(self, target: BusinessHours | BusinessDays) -> str:
        if isinstance(target, BusinessDays):
            return self._count(target.days, "Geschäftstag", "business day", "e")
        hours = [self._count(target.hours, "Geschäftsstunde", "business hour", "n")] if target.hours else []
        de, en = ("Minute", "minute") if hours else ("Geschäftsminute", "business minute")
        rest = [self._count(target.minutes, de, en, "n")] if target.minutes else []
        return self.say(" und ", " and ").join(hours + rest)

    def _count(self, number: int, de: str, en: str, plural: str) -> str:
        return f"{number} {self.say(de, en) if number == 1 else self.say(f'{de}{plural}', f'{en}s')}"

    def level(self, level: EscalationLevel) -> str:
        return self.say(*REASONS[level.value])

    def region(self, label: str) -> str:
        country, _, part = label.partition("-")
        if label not in REGIONS and country in REGIONS:
            return f"{self.region(country)}, {safe(part)}"
        return self.say(*REGIONS[label]) if label in REGIONS else safe(label)

    def week(self, hours: Mapping[str, Sequence[Sequence[str]]]) -> str:
        if self.always(hours):
            return self.spans(hours["mon"])
        named = zip(WEEKDAYS[self.language], map(hours.get, KEYS), strict=True)
        runs = [(spans, [name for name, _ in run]) for spans, run in groupby(named, key=itemgetter(1))]
        said = (f"{self._run(names, len(names))} {self.spans(spans)}" for spans, names in runs if spans)
        return "; ".join(said)

    def always(self, hours: Mapping[str, Sequence[Sequence[str]]]) -> bool:
        return len(hours) == len(KEYS) and all(each == _WHOLE for each in hours.values())

    def spans(self, spans: Sequence[Sequence[str]], *, since: bool = True) -> str:
        if spans == _WHOLE:
            return self.say("rund um die Uhr", "around the clock")
        if self.language == "de":
            return " und ".join(f"{'von ' * since}{start} bis {end}" for start, end in spans) + " Uhr"
        return " and ".join(f"{'from ' * since}{start} to {end}" for start, end in spans)
