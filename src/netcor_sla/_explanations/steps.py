"""The steps of an explanation: every stretch between opening and deadline, each with its reason."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, Final, Literal, TypeVar, final

from netcor_sla._calendars.holidays import HolidayNames, read_names
from netcor_sla._calendars.hours import Window
from netcor_sla._calendars.instants import DAY, EPOCH, MICROSECOND, ZERO, Span, moment
from netcor_sla._calendars.schedule import Schedule
from netcor_sla._calendars.timestamps import in_zone, read_instant
from netcor_sla._calendars.zones import Stretch
from netcor_sla._languages import Language, length
from netcor_sla._policy.due import DAY_RULES, Promise
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._tickets.facts import Facts
from netcor_sla._values import Value, table, word
from netcor_sla.errors import RecordError, unlike

Kind = Literal["counted", "closed", "paused", "level", "rule", "folded"]

KINDS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "counted": ("opening hours", "special date", "recurring date", "extra hours"),
    "closed": ("outside hours", "weekend", "closed weekday", "holiday", "special date", "recurring date"),
    "paused": ("pause", "open pause"),
    "level": tuple(level.value for level in EscalationLevel),
    "rule": tuple(rule for rule in DAY_RULES if rule != "elapsed"),
    "folded": ("more days",),
}

_SATURDAY: Final = 5
_MOST: Final = timedelta.max // MICROSECOND
Part = TypeVar("Part", bound=Span | Window)

_start: Final = itemgetter(0)
_end: Final = itemgetter(1)
_alike: Final = itemgetter(2, 3, 4)


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Step(Value):
    """A stretch between opening and deadline, or between it and a late response, of one reason.

    `start` is included, `end` is not; both are in the zone of the deadline's `opened_at`. `kind` is
    one of these, and `reason` says why, in a word that never changes:

    - "counted": "opening hours", "special date", "recurring date", "extra hours"
    - "closed": "outside hours", "weekend", "closed weekday", "holiday", "special date",
      "recurring date"
    - "paused": "pause", where time would have counted; "open pause", the last one, lasts no time
    - "level": the new level's value; lasts no time, `start == end`
    - "rule": the day rule, where business days are counted by date; the last one, lasts no time
    - "folded": "more days", the middle of a response that is more than 60 dates late

    `names` are what a holiday or a named date is called, `names.de` and `names.en`, or None.
    `used` is the business time of the step, less pauses, and `left` what then remains up to the
    deadline, or up to the response after it.
    """

    __module__ = "netcor_sla"  # where it is found, which is what pickles and messages should say

    start: datetime
    end: datetime
    kind: Kind
    reason: str
    names: HolidayNames | None = None
    used: timedelta
    left: timedelta

    def title(self, language: Language = "de") -> str:
        """Say the reason in words, or the name that it has, for example `Karfreitag`."""
        from netcor_sla._explanations.words import reason  # noqa: PLC0415 - seldom asked for

        return reason(self.reason, self.names, language)

    def __repr__(self) -> str:
        used, left = length(self.used, "en"), length(self.left, "en")
        why = f"kind={self.kind!r}, reason={self.reason!r}, names={self.names!r}"
        return f"<Step start={self.start}, end={self.end}, {why}, used={used}, left={left}>"

    def to_dict(self) -> dict[str, Any]:
        """Write the data form, as it stands in a record; amounts are whole microseconds."""
        return {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "kind": self.kind,
            "reason": self.reason,
            **({"names": [self.names.de, self.names.en]} if self.names else {}),
            "used_microseconds": self.used // MICROSECOND,
            "left_microseconds": self.left // MICROSECOND,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Step":
        """Read the data form; instants have the offsets in which they are written.

        Law: `from_dict(step.to_dict()) == step`.
        """
        return read_step(data, None)


Steps = tuple[Step, ...]


def read_step(data: Mapping[str, Any], zone: str | None) -> Step:
    needed = ("start", "end", "kind", "reason", "used_microseconds", "left_microseconds")
    form = table(data, "Step", needed, ("names",), error=RecordError)
    kind = word(form["kind"], "kind", tuple(KINDS), error=RecordError)
    start, end = (in_zone(read_instant(form[key], key, error=RecordError), zone) for key in ("start", "end"))
    why, names = word(form["reason"], "reason", KINDS[kind], error=RecordError), form.get("names")
    names = None if names is None else read_names(names, "names", error=RecordError)
    used, left = _amount(form, "used_microseconds"), _amount(form, "left_microseconds")
    return Step(start=start, end=end, kind=kind, reason=why, names=names, used=used, left=left)


def _amount(form: dict[str, Any], key: str) -> timedelta:
    value = form[key]
    if type(value) is int and 0 <= value <= _MOST:
        return MICROSECOND * value
    what = "a number of microseconds; write a whole one", "keine Anzahl von Mikrosekunden; ganze Zahl angeben"
    raise unlike(RecordError, key, value, *what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a deadline rests on, as far as its dates need it, but for folded ones; it makes a record whole."""

    promise: Promise
    facts: Facts
    zone: str | None  # the key of the zone in which instants are shown
    calendar: Mapping[str, Any]  # the data form, with special dates and windows of these dates
    offsets: tuple[Stretch, ...]  # of the calendar's zone, on these dates
    hours: tuple[Span, ...]  # open by date, extra windows aside
    fingerprint: str  # of the whole calendar
    versions: Mapping[str, str | None]

    @property
    def region(self) -> str | None:
        """Whose holidays are kept: `DE-NI`; None where none are."""
        source = self.calendar["holidays"]
        if source is None or isinstance(source, str):
            return source
        named = [source.get(key) for key in ("country", "subdivision")] if isinstance(source, Mapping) else []
        return "-".join(str(each) for each in named if each is not None)

    @property
    def windows(self) -> list[Span]:
        return [
            (datetime.fromisoformat(start) - EPOCH, datetime.fromisoformat(end) - EPOCH)
            for start, end, *_ in self.calendar.get("extra", ())
        ]

    @property
    def spans(self) -> list[Span]:
        return [*self.hours, *self.windows]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Explanation:
    """The data of a deadline, of which text, picture and record are made; see `Deadline`."""

    opened_at: datetime
    steps: Steps
    overrun: Steps
    basis: Basis
    case_number: str | None = None

    @property
    def level(self) -> EscalationLevel:
        """The last level, of which all else is."""
        return self.basis.promise.level

    @property
    def target(self) -> timedelta:
        """The promised business time, a business day being a standard day."""
        return self.basis.promise.amount

    @property
    def starts_at(self) -> datetime | None:
        """When the first time was counted; None where a pause came before."""
        return next((step.start for step in self.steps if step.kind == "counted"), None)

    @property
    def due(self) -> datetime | None:
        """The deadline; None while a pause that began before it is open."""
        return self.steps[-1].end if self.basis.facts.waiting is None else None

    @property
    def paused_since(self) -> datetime | None:
        """When the open pause began that leaves `due` open; else None."""
        return self._shown(self.basis.facts.waiting)

    @property
    def responded_at(self) -> datetime | None:
        """When the first response was, or None."""
        return self._shown(self.basis.facts.responded)

    @property
    def elapsed(self) -> timedelta:
        """The business time counted from the opening up to `due`, or up to `paused_since`."""
        return total(self.steps)

    @property
    def remaining(self) -> timedelta:
        """The business time that is left when the open pause ends; none where there is no such pause."""
        return self.steps[-1].left

    @property
    def overdue(self) -> timedelta:
        """The business time from `due` to a late response."""
        return total(self.overrun)

    @property
    def until(self) -> datetime:
        """The end of the steps: the deadline, a response after it, or the open pause."""
        return (self.overrun or self.steps)[-1].end

    def _shown(self, at: timedelta | None) -> datetime | None:
        return None if at is None else moment(at, self.opened_at.tzinfo)


def lasting(step: Step) -> timedelta:
    """Measure how long a step lasts; less one another, datetimes of one zone give wall time."""
    return (step.end - EPOCH) - (step.start - EPOCH)


def total(steps: Iterable[Step]) -> timedelta:
    return sum((step.used for step in steps), ZERO)


# A piece of a step: from, to, kind, reason, names, used.
_Leg = tuple[timedelta, timedelta, Kind, str, HolidayNames | None, timedelta]


class Walk:
    def __init__(self, schedule: Schedule, facts: Facts, due: timedelta, last: int) -> None:
        self._schedule, self._facts, self._due, self._last = schedule, facts, due, last
        self._until, self._changes = facts.late(due), facts.changes
        self.legs: list[_Leg] = []
        self.hours: list[Span] = []

    def over(self, stretch: Stretch) -> None:
        schedule, at, known = self._schedule, stretch.start, self._schedule.days
        while at < stretch.end and (day := (at + stretch.offset).days) <= self._last:
            end = min((day + 1) * DAY - stretch.offset, stretch.end)
            if day in known:
                regular = [*schedule.spans_on(day, stretch)]
                self.hours += regular
                if (start := max(at, self._facts.opened)) < (stop := min(end, self._until)):
                    self._cut(day, start, stop, regular)
            at = end

    def steps(self, zone: tzinfo | None, last: str | None, left: timedelta) -> tuple[Steps, Steps]:
        """Part them at the deadline, or the open pause, where the `last` one lasts no time."""
        count = bisect_left(self.legs, self._due, key=_start)
        legs, overrun = self.legs[:count], self.legs[count:]
        if last is not None:
            kind: Kind = "paused" if last == "open pause" else "rule"
            legs.append((self._due, self._due, kind, last, None, ZERO))
        return _steps(legs, zone, left), _steps(overrun, zone, ZERO)

    def _cut(self, day: int, start: timedelta, end: timedelta, regular: list[Span]) -> None:
        why, names = _reason(self._schedule, day)
        windows = self._schedule.windows(start, end)
        first = bisect_left(self._changes, start, key=_start)
        changes = dict(self._changes[first : bisect_left(self._changes, end, first, key=_start)])
        closed: _Leg = (start, end, "closed", why or "outside hours", names, ZERO)
        if not (regular or windows or changes or start < self._due < end):
            self.legs.append(closed)
            return
        pauses = within(self._facts.pauses, start, end)
        edges = {start, end, self._due, *changes}
        for spans in (regular, windows, pauses):
            for span in spans:
                edges |= {span[0], span[1]}
        for a, b in pairwise(sorted(at for at in edges if start <= at <= end)):
            if level := changes.get(a):
                self.legs.append((a, a, "level", level.value, None, ZERO))
            usual, window = covered(regular, a), _holding(windows, a)
            leg: _Leg = (a, b, *closed[2:])
            if (usual or window) and covered(pauses, a):
                leg = (a, b, "paused", "pause", None, ZERO)
            elif usual:
                leg = (a, b, "counted", why or "opening hours", names, b - a)
            elif window:
                leg = (a, b, "counted", "extra hours", _called(window[2]), b - a)
            self.legs.append(leg)


def _steps(legs: Sequence[_Leg], zone: tzinfo | None, left: timedelta) -> Steps:
    """Join legs that are alike; each step begins where the one before it ends."""
    left, steps = sum((leg[5] for leg in legs), left), list[Step]()
    end = moment(legs[0][0], zone) if legs else EPOCH
    for (kind, why, names), run in groupby(legs, key=_alike):
        start, used = end, ZERO
        for leg in run:
            used += leg[5]
        end, left = moment(leg[1], zone), left - used
        steps.append(Step(start=start, end=end, kind=kind, reason=why, names=names, used=used, left=left))
    return tuple(steps)


def _reason(schedule: Schedule, day: int) -> tuple[str | None, HolidayNames | None]:
    """Say why a date has the hours that it has, if not for its weekday; the first of these."""
    if special := schedule.special.get(day):
        return "special date", _called(special.name)
    if holiday := schedule.holiday(day):
        return "holiday", holiday
    if not schedule.regular(day):
        return "weekend" if schedule.weekday(day) >= _SATURDAY else "closed weekday", None
    if recurring := schedule.recurring_on(day):
        return "recurring date", _called(recurring.name)
    return None, None


def _called(name: str | None) -> HolidayNames | None:
    return HolidayNames(name, name) if name else None


def within(spans: Sequence[Span], start: timedelta, end: timedelta) -> list[Span]:
    """Clip spans, which are in order and apart, to a stretch."""
    if not spans:
        return []
    first = bisect_right(spans, start, key=_end)
    last = bisect_left(spans, end, lo=first, key=_start)
    return [(max(a, start), min(b, end)) for a, b in spans[first:last]]


def covered(spans: Sequence[Span], at: timedelta) -> bool:
    return _holding(spans, at) is not None


def _holding(spans: Sequence[Part], at: timedelta) -> Part | None:
    number = bisect_right(spans, at, key=_start) if spans else 0
    return spans[number - 1] if number and at < spans[number - 1][1] else None
