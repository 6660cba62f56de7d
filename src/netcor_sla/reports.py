"""What was promised, and what was kept: figures of many tickets by level, and the late ones."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from unicodedata import east_asian_width

from netcor_sla._agreements import ResponseClock
from netcor_sla._calendars.instants import DAY, MICROSECOND, date_of, instant, moment
from netcor_sla._calendars.zones import stretches, zone_text
from netcor_sla._explanations.words import Voice, place
from netcor_sla._languages import MONTHS, Language, choose, safe
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._tickets.status import State
from netcor_sla._values import Answer, html, instance, pair, whole
from netcor_sla.errors import ArgumentError, SLAError, shown

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["Figures", "Late", "LeftOut", "Report", "report"]

Tickets = Mapping[Any, ResponseClock] | Iterable[ResponseClock | tuple[str | int, ResponseClock]]

MOST: Final = 20  # tickets and rows left out that a page names; it is for people
_SHOWN: Final = 10  # late tickets in a notebook
_TICKETS: Final = (("Ticket", "ticket"), ("Tickets", "tickets"))
_ROWS: Final = (("Zeile", "row"), ("Zeilen", "rows"))
_WIDEST: Final = 40  # places on a terminal; a longer cell moves its own row alone


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Figures(Answer):
    """The tickets of one level, or of all where `level` is None.

    `missed` ones were answered late, `open` ones not yet, and `open_late` are those of them that
    are past their deadline. `median` and `worst` are business time from the opening to the first
    response, less pauses, and None where there was no response. Of an even number the median is the
    mean of the two in the middle, cut to the microsecond.
    """

    level: EscalationLevel | None
    tickets: int
    met: int
    missed: int
    open: int
    open_late: int
    median: timedelta | None
    worst: timedelta | None

    @property
    def kept(self) -> float | None:
        """The share met of all that are met, missed, or open and late; None where there is none.

        It is rounded to thousandths, but 1.0 means every one, and 0.0 none.
        """
        decided = self.met + self.missed + self.open_late
        if not decided or self.met in (0, decided):
            return self.met / decided if decided else None
        return min(max((2000 * self.met + decided) // (2 * decided), 1), 999) / 1000

    def to_dict(self) -> dict[str, Any]:
        """Write the data form: ready for JSON, lengths in whole microseconds."""
        counts = {name: getattr(self, name) for name in ("tickets", "met", "missed", "open", "open_late")}
        form = ({"level": self.level.number} if self.level else {}) | counts
        form["kept_percent"] = None if self.kept is None else round(self.kept * 100, 1)
        for name, time in (("median", self.median), ("worst", self.worst)):
            form[f"{name}_response_microseconds"] = None if time is None else time // MICROSECOND
        return form


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Late(Answer):
    """A ticket that was answered late, or is not answered and late.

    Its instants are in the zone of its opening. `overdue` is business time from the deadline to the
    response, or else to the report's `now`, less pauses: none, where support was closed since.
    """

    ticket: str
    level: EscalationLevel
    opened_at: datetime
    due: datetime
    responded_at: datetime | None
    overdue: timedelta

    def to_dict(self) -> dict[str, Any]:
        """Write the data form: ready for JSON, `overdue` in whole microseconds."""
        return {
            "ticket": self.ticket,
            "level": self.level.number,
            "opened_at": self.opened_at.isoformat(),
            "due": self.due.isoformat(),
            "response": self.responded_at and self.responded_at.isoformat(),
            "overdue_microseconds": self.overdue // MICROSECOND,
        }


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LeftOut(Answer):
    """What is not counted, and why: a ticket that can't be computed, or a row that can't be read.

    `line` is the row's, or that of the ticket's first row, where they come from a file.
    """

    reason: str
    ticket: str | None = None
    line: int | None = None
    german: str = ""  # the reason, where it is known

    def to_dict(self) -> dict[str, Any]:
        """Write the data form: ready for JSON."""
        return {"line": self.line, "error": str(self)}

    def text(self, language: Language = "de") -> str:
        """Say the reason, of a ticket after its name."""
        why = choose(language, de=self.german or self.reason, en=self.reason)
        if self.ticket is None:
            return why
        return f"{choose(language, de='Ticket', en='ticket')} {shown(self.ticket)}: {why}"

    def __str__(self) -> str:
        return self.text("en")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Report(Answer):
    """How promises were kept, as of `now`, in whose zone it shows times.

    `levels` has the figures of each level, `total` those of all tickets; `late` are the late
    tickets, the most overdue first. `later` is how many were opened after `now`, and `left_out`
    what can't be computed: neither is counted. `rows` is how many rows of a log were read, if any.
    """

    now: datetime
    levels: tuple[Figures, ...]
    total: Figures
    late: tuple[Late, ...]
    later: int = 0
    left_out: tuple[LeftOut, ...] = ()
    rows: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Write the data form: ready for JSON, lengths in whole microseconds."""
        return {
            "now": self.now.isoformat(),
            "rows": self.rows,
            "opened_later": self.later,
            "levels": [each.to_dict() for each in self.levels],
            "total": self.total.to_dict(),
            "late": [each.to_dict() for each in self.late],
            "errors": [each.to_dict() for each in self.left_out],
        }

    def text(self, language: Language = "de") -> str:
        """Write it for a terminal: a table of figures, and below it the late tickets."""
        voice = _voice(self, language)
        late = [_late_title(self, voice)]
        if self.late:
            late = [f"{late[0]}:", *_aligned(_late_rows(self, voice))]
        figures = _aligned(_figure_rows(self, voice), left=1)
        return "\n".join([*_heading(self, voice), "", *figures, "", *late])

    def html(self, language: Language = "de") -> str:
        """Write a page of HTML with a picture: one file without scripts, nothing is fetched.

        It needs jinja2. It is light or dark as the reader's system is, and can be printed.
        """
        return _template().render(report=self, voice=_voice(self, language))

    def _repr_html_(self) -> str:
        """Show it in a notebook, in German: the figures, and the most overdue tickets."""
        voice, more = _voice(self, "de"), len(self.late) - _SHOWN
        late = _late_rows(self, voice)[: _SHOWN + 1] if self.late else []
        late += [[f"und {more} weitere"]] if more > 0 else []
        figures = html("; ".join(_heading(self, voice)), _figure_rows(self, voice))
        return f"{figures}\n{html(_late_title(self, voice), late)}"


def report(tickets: Tickets, *, now: datetime) -> Report:
    """Count by level how many tickets were answered in time, as of `now`, and name the late ones.

    `tickets` are clocks: by name in a mapping, or in pairs of name and clock, or alone, and then
    named by their number, from 1. They are taken one by one, and not kept. What happened after
    `now` is not known: a ticket counts under the level that it had when it was answered, or else at
    `now`. One that was opened later is not counted, nor is one that can't be computed.
    """
    at = instant(now, "now")
    outcomes: list[_Outcome] = []
    late: list[Late] = []
    left_out: list[LeftOut] = []
    later = 0
    for name, clock in _named(tickets):
        if clock.history.opened > at:
            later += 1
            continue
        try:
            status = clock.status(now)
        except SLAError as error:
            left_out.append(LeftOut(ticket=name, reason=str(error), german=error.german))
            continue
        level = clock.history.known(at).facts.level
        outcomes.append((level, status.state, status.elapsed))
        if status.late and (due := status.due):
            opened, answered, overdue = clock.opened_at, status.responded_at, status.overdue
            each = Late(
                ticket=name, level=level, opened_at=opened, due=due, responded_at=answered, overdue=overdue
            )
            late.append(each)
    return Report(
        now=moment(at, now.tzinfo),
        levels=tuple(_figures(level, outcomes) for level in EscalationLevel),
        total=_figures(None, outcomes),
        late=tuple(sorted(late, key=lambda each: (-each.overdue, instant(each.due, "due")))),
        later=later,
        left_out=tuple(left_out),
    )


_Outcome = tuple[EscalationLevel, State, timedelta]  # the last is the business time that has passed


def _named(tickets: object) -> Iterator[tuple[str, ResponseClock]]:
    given = tickets.items() if isinstance(tickets, Mapping) else tickets
    if not isinstance(given, Iterable):
        raise ArgumentError(f"tickets must be ResponseClocks, by name or not, not {shown(tickets)}")
    for number, each in enumerate(given, start=1):
        what = f"ticket {number}"
        if isinstance(each, ResponseClock):
            yield str(number), each
            continue
        name, clock = pair(each, what, "a clock, or a name and a clock", error=ArgumentError)
        if not isinstance(name, str):
            name = str(whole(name, f"the name of {what}", "name it by a text or a number"))
        yield name, instance(clock, ResponseClock, what)


def _figures(level: EscalationLevel | None, outcomes: Iterable[_Outcome]) -> Figures:
    counted = [each for each in outcomes if level is None or each[0] is level]
    states = Counter(state for _, state, _ in counted)
    times = sorted(time for _, state, time in counted if state in (State.MET, State.MISSED))
    middle = times[(len(times) - 1) // 2 : len(times) // 2 + 1]
    return Figures(
        level=level,
        tickets=len(counted),
        met=states[State.MET],
        missed=states[State.MISSED],
        open=len(counted) - len(times),
        open_late=states[State.BREACHED],
        median=sum(middle, timedelta()) // len(middle) if middle else None,
        worst=times[-1] if times else None,
    )


def _voice(report: Report, language: Language) -> Voice:
    """Speak by the clock of the report's `now`, whose offsets reach back to the oldest late ticket."""
    now = instant(report.now, "now")
    first = min([now, *(instant(each.opened_at, "opened_at") for each in report.late)])
    zone = report.now.tzinfo or UTC
    return Voice(language, zone_text(zone), tuple(stretches(zone, first, now + DAY)))


def _heading(report: Report, voice: Voice) -> list[str]:
    failed = sum(each.ticket is not None for each in report.left_out)
    lines = (
        (report.later, _TICKETS, "danach eröffnet und nicht gezählt", "opened after that and not counted"),
        (failed, _TICKETS, "wegen Fehlern nicht gezählt", "not counted because of errors"),
        (len(report.left_out) - failed, _ROWS, "wegen Fehlern übersprungen", "skipped because of errors"),
    )
    rows = "" if report.rows is None else f" in {_count(report.rows, _ROWS, voice)}"
    return [
        f"{voice.say('Stand', 'As of')}: {voice.instant(report.now)}",
        f"{_count(report.total.tickets, _TICKETS, voice)}{rows}",
        *(f"{_count(number, noun, voice)} {voice.say(de, en)}" for number, noun, de, en in lines if number),
    ]


def _count(number: int, noun: Sequence[tuple[str, str]], voice: Voice) -> str:
    return f"{number} {voice.say(*noun[number != 1])}"


def _figure_rows(report: Report, voice: Voice) -> list[list[str]]:
    heads = voice.say(
        "Stufe|Tickets|eingehalten|verspätet|offen|davon überfällig|Erfüllungsquote|Reaktionszeit (Median)|längste",
        "level|tickets|met|missed|open|overdue|met, %|response time (median)|longest",
    )
    rows = [heads.split("|")]
    for each in (*report.levels, report.total):
        counts = (each.tickets, each.met, each.missed, each.open, each.open_late)
        times = ("-" if time is None else voice.length(time) for time in (each.median, each.worst))
        rows.append([_level(each.level, voice), *map(str, counts), _share(each.kept, voice), *times])
    return rows


def _late_title(report: Report, voice: Voice) -> str:
    if not report.late:
        return voice.say("Kein Ticket ist verspätet.", "No ticket is late.")
    title, order = voice.say("Verspätet|größte Verspätung zuerst", "Late|longest delay first").split("|")
    zone = voice.clock_of(report.now) if voice.fixed else place(voice.zone, voice.language)
    return f"{title} ({len(report.late)}), {order}; {voice.say('Zeiten in', 'times in')} {zone}"


def _late_rows(report: Report, voice: Voice) -> list[list[str]]:
    def time(at: datetime | None) -> str:
        if at is None:
            return "-"
        day = date_of(voice.day_of(at))
        date = voice.say(f"{day:%d.%m.%Y}", f"{day.day} {MONTHS['en'][day.month - 1][:3]} {day.year}")
        return f"{date} {voice.clock(at)}{voice.twice(at)}"

    de, en = "Ticket|Stufe|eröffnet|fällig|Reaktion|Verspätung", "ticket|level|opened|due|response|delay"
    rows = [voice.say(de, en).split("|")]
    for each in report.late:
        times = map(time, (each.opened_at, each.due, each.responded_at))
        still = "" if each.responded_at else voice.say(" (überfällig)", " (overdue)")
        delay = f"{voice.length(each.overdue)}{still}"
        rows.append([safe(each.ticket), _level(each.level, voice), *times, delay])
    return rows


def _level(level: EscalationLevel | None, voice: Voice) -> str:
    return f"{level.number} {level.title(voice.language)}" if level else voice.say("gesamt", "total")


def _share(share: float | None, voice: Voice) -> str:
    text = "-" if share is None else f"{share:.1%}"
    return voice.say(text.replace(".", ",").replace("%", " %"), text)


def _aligned(rows: Sequence[Sequence[str]], left: int = 99) -> Iterator[str]:
    widths = [min(max(map(_width, column)), _WIDEST) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (
            words + " " * (width - _width(words)) if at < left else words.rjust(width)
            for at, (words, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(padded).rstrip()


def _width(words: str) -> int:
    return len(words) + sum(east_asian_width(letter) in "WF" for letter in words)


@cache
def _template() -> "Template":
    try:
        from jinja2 import Environment, PackageLoader  # noqa: PLC0415 - for pages alone
    except ModuleNotFoundError as missing:
        raise ImportError("a report's page needs jinja2; python -m pip install jinja2") from missing
    pages = PackageLoader("netcor_sla", ".")
    environment = Environment(loader=pages, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    named = (_heading, _figure_rows, _late_title, _late_rows, safe)
    environment.globals.update({each.__name__.lstrip("_"): each for each in named}, most=MOST)
    return environment.get_template("report.html.jinja")
