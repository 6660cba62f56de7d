"""Reports: who was answered in time, how late the others are, and how that is shown."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcor_sla import Agreement, BusinessCalendar, EscalationLevel, ResponseClock, State
from netcor_sla._policy.due import DAY_RULES, DayRule
from netcor_sla.errors import ArgumentError, NaiveError
from netcor_sla.reports import MOST, Figures, Late, LeftOut, Report, report

CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel
HOURS = {"mon-fri": [["08:30", "17:00"]]}
DESK = Agreement(calendar=BusinessCalendar(zone="+01:00", hours=HOURS, holidays="DE-NI"))
HOUR = timedelta(hours=1)
TICK = timedelta.resolution
KINDS = ("met", "missed", "open", "late")
VOID = {"meta", "rect", "path", "circle"}
HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</table></style><style>body{display:none}",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; & \0",
    "\ud800",
)


def at(text: str) -> datetime:
    """Read an instant in UTC+1; the date is one of April 2026."""
    return datetime.fromisoformat(f"2026-04-{text}+01:00")


def opened(text: str, level: EscalationLevel = CRITICAL) -> ResponseClock:
    """Start a clock."""
    return DESK.clock(at(text), level)


def counts(figures: Figures) -> tuple[int, ...]:
    """List tickets, met, missed, open, and open and late."""
    return figures.tickets, figures.met, figures.missed, figures.open, figures.open_late


def test_each_level_has_its_figures() -> None:
    """Met, missed, open and late: by hand, on Wednesday 8 April 2026."""
    eight = "08T08:30"
    tickets = {
        "a": opened(eight).respond(at("08T12:30")),  # at the deadline
        "b": opened(eight).respond(at("08T12:30") + TICK),
        "c": opened(eight, HIGH),
        "d": opened(eight),
        "e": opened(eight, LOW),
        "f": opened(eight, LOW).respond(at("08T09:00")),
    }
    found = report(tickets, now=at("08T13:30"))
    assert [counts(each) for each in found.levels] == [
        (3, 1, 1, 1, 1),
        (1, 0, 0, 1, 0),
        (0, 0, 0, 0, 0),
        (2, 1, 0, 1, 0),
    ]
    assert [each.level for each in found.levels] == list(EscalationLevel)
    assert (counts(found.total), found.total.level) == ((6, 2, 1, 3, 1), None)
    assert (found.total.median, found.total.worst) == (4 * HOUR, 4 * HOUR + TICK)
    assert (found.levels[2].median, found.levels[2].worst, found.levels[2].kept) == (None,) * 3
    assert (found.now, found.later, found.left_out, found.rows) == (at("08T13:30"), 0, (), None)


def test_the_late_are_named_the_most_overdue_first() -> None:
    """Missed or still open; of equals the one that was due earlier, then as they came."""
    tickets = [
        ("d", opened("08T08:40").respond(at("08T13:10"))),
        ("a", opened("08T08:30").respond(at("08T13:00"))),
        ("b", DESK.clock(datetime.fromisoformat("2026-04-08T09:30+02:00"), CRITICAL)),
        ("c", opened("08T08:00").respond(at("08T13:00"))),
        ("e", opened("08T08:30").respond(at("08T09:00"))),
        ("f", opened("07T13:00").respond(at("07T19:00"))),  # due at closing
    ]
    found = report(tickets, now=at("08T13:31"))
    minutes = [(late.ticket, late.overdue / timedelta(minutes=1)) for late in found.late]
    assert minutes == [("b", 61), ("a", 30), ("c", 30), ("d", 30), ("f", 0)]
    first, second, *_ = found.late
    since, late = datetime.fromisoformat("2026-04-08T09:30+02:00"), timedelta(minutes=61)
    assert first == replace(
        OPEN, ticket="b", level=CRITICAL, opened_at=since, due=since + 4 * HOUR, overdue=late
    )
    assert second.responded_at == at("08T13:00")


@pytest.mark.parametrize(
    ("minutes", "median"), [((10,), 10), ((30, 10), 20), ((50, 10, 20), 20), ((40, 10, 59, 21), 30.5)]
)
def test_an_even_number_has_two_middles(minutes: tuple[int, ...], median: float) -> None:
    """The median is their mean, cut to the microsecond; and the worst is the longest."""
    tickets = [opened("08T09:00").respond(at(f"08T09:{minute}")) for minute in minutes]
    total = report(tickets, now=at("09T09:00")).total
    assert (total.median, total.worst) == (median * HOUR / 60, max(minutes) * HOUR / 60)
    tickets = [opened("08T09:00").respond(at("08T09:00") + number * TICK) for number in (1, 2)]
    assert report(tickets, now=at("09T09:00")).total.median == TICK


@pytest.mark.parametrize(
    ("met", "missed", "late", "kept"),
    [
        (0, 0, 0, None),
        (1, 0, 0, 1),
        (0, 1, 0, 0),
        (2, 1, 0, 0.667),
        (2, 0, 1, 0.667),
        (7, 2, 0, 0.778),
        (2000, 1, 0, 0.999),
        (1, 2000, 0, 0.001),
        (1, 199, 0, 0.005),
    ],
)
def test_the_share_kept_is_never_flattered(met: int, missed: int, late: int, kept: float | None) -> None:
    """Of all that is decided, rounded; but all means all, and none means none."""
    found = figures(met, missed, 7, late)
    assert found.kept == kept
    assert found.to_dict()["kept_percent"] == (None if kept is None else round(kept * 100, 1))
    (row,) = re.findall("<tr><td[^>]*>4 Niedrig</td>.*?</tr>", shown(levels=(found,))._repr_html_())
    assert (f"{kept:.1%}".replace(".", ",").replace("%", " %") if kept is not None else "-") in row


def test_a_ticket_that_cannot_be_computed_is_left_out() -> None:
    """Its deadline would lie beyond the years whose holidays are known; the others are done."""
    late = DESK.clock(datetime(2100, 12, 30, 10, tzinfo=UTC), LOW)
    good = DESK.clock(datetime(2100, 12, 1, 10, tzinfo=UTC), LOW)
    found = report({"a": late, "b": good}, now=datetime(2100, 12, 31, tzinfo=UTC))
    assert counts(found.total) == (1, 0, 0, 1, 1)
    (left_out,) = found.left_out
    assert (left_out.ticket, left_out.line) == ("a", None)
    assert str(left_out).startswith("ticket 'a': from opened_at 2100-12-30T10:00:00+00:00")


def test_nothing_is_nothing() -> None:
    """A report of no ticket is one, in every form."""
    found = report([], now=at("08T09:00"))
    assert counts(found.total) == (0,) * 5
    assert "0 Tickets\n" in found.text()
    page = Page(found.html())
    assert (len(page.named("table")), len(page.named("h2"))) == (1, 2)
    assert {"0 Tickets", "Kein Ticket ist verspätet."} <= set(page.texts)


def test_tickets_come_in_many_ways() -> None:
    """By name in a mapping or in pairs, or alone; named by numbers, too; and they are not kept."""
    clock, now = opened("08T08:30"), at("09T16:00")
    assert [late.ticket for late in report({7: clock, 8: clock}, now=now).late] == ["7", "8"]
    assert [late.ticket for late in report([("a", clock), clock], now=now).late] == ["a", "2"]
    lazily = ((f"t{number}", clock) for number in range(3))
    assert len(report(lazily, now=now).late) == 3


@pytest.mark.parametrize(
    ("tickets", "message"),
    [
        (opened("08T08:30"), "tickets must be ResponseClocks"),
        (7, "tickets must be ResponseClocks"),
        (["a"], "ticket 1: 'a' is not a clock, or a name and a clock"),
        ([("a", "b")], "ticket 1 must be a ResponseClock, not 'b'"),
        ([(1.5, opened("08T08:30"))], "the name of ticket 1 must be a whole number, not 1.5"),
    ],
)
def test_what_is_no_ticket_is_refused(tickets: object, message: str) -> None:
    """With its number, so that it can be found."""
    with pytest.raises(ArgumentError, match=re.escape(message)):
        report(tickets, now=at("08T09:00"))  # type: ignore[arg-type]


def test_now_is_needed_with_its_zone() -> None:
    """The present moment is not taken from the machine."""
    with pytest.raises(NaiveError, match="now has no zone"):
        report([], now=datetime(2026, 4, 8))
    with pytest.raises(ArgumentError, match="language 'fr' is unknown"):
        report([], now=at("08T09:00")).text("fr")  # type: ignore[arg-type]


def figures(met: int, missed: int, still: int, late: int, level: EscalationLevel | None = LOW) -> Figures:
    """Make figures; `late` are among the `still` open."""
    counted = {"met": met, "missed": missed, "open": still, "open_late": late}
    return Figures(level=level, tickets=met + missed + still, median=None, worst=None, **counted)


OPENED, DUE = at("02T14:10"), at("07T09:40")
OPEN = Late(ticket="1002", level=LOW, opened_at=OPENED, due=DUE, responded_at=None, overdue=30 * HOUR)
MISSED = replace(OPEN, ticket="1001", level=CRITICAL, responded_at=DUE + HOUR + TICK, overdue=HOUR + TICK)
SHOWN = Report(
    now=at("08T12:00"),
    rows=25,
    levels=(
        replace(figures(2, 1, 0, 0, CRITICAL), median=4 * HOUR, worst=4 * HOUR + TICK),
        figures(0, 0, 0, 0, HIGH),
        replace(figures(1, 0, 0, 0, MEDIUM), median=HOUR / 2, worst=HOUR / 2),
        figures(0, 0, 2, 1),
    ),
    total=replace(figures(3, 1, 2, 1, None), median=2 * HOUR, worst=4 * HOUR + TICK),
    late=(OPEN, MISSED),
    later=3,
    left_out=(LeftOut(line=7, reason="opened_at: '?' is not a timestamp"),),
)


def shown(**changes: object) -> Report:
    """Change the report above."""
    return replace(SHOWN, **changes)  # type: ignore[arg-type]


def test_the_table_in_german() -> None:
    """Times on the clock of `now`; the columns stand below their heads, numbers to the right."""
    lines = shown(later=0, left_out=()).text().splitlines()
    assert {len(line) for line in lines[3:9]} == {len(lines[3])}
    assert [" ".join(line.split()) for line in lines] == [
        "Stand: Mittwoch, 8. April 2026, 12:00 Uhr (UTC+1)",
        "6 Tickets in 25 Zeilen",
        "",
        "Stufe Tickets eingehalten verspätet offen davon überfällig Erfüllungsquote Reaktionszeit (Median) längste",
        "1 Kritisch 3 2 1 0 0 66,7 % 4 h 4 h 0,000001 s",
        "2 Hoch 0 0 0 0 0 - - -",
        "3 Mittel 1 1 0 0 0 100,0 % 30 min 30 min",
        "4 Niedrig 2 0 0 2 1 0,0 % - -",
        "gesamt 6 3 1 2 1 60,0 % 2 h 4 h 0,000001 s",
        "",
        "Verspätet (2), größte Verspätung zuerst; Zeiten in UTC+1:",
        "Ticket Stufe eröffnet fällig Reaktion Verspätung",
        "1002 4 Niedrig 02.04.2026 14:10 07.04.2026 09:40 - 30 h (überfällig)",
        "1001 1 Kritisch 02.04.2026 14:10 07.04.2026 09:40 07.04.2026 10:40:00,000001 1 h 0,000001 s",
    ]


def test_the_table_in_english() -> None:
    """The same, in other words."""
    lines = SHOWN.text("en").splitlines()
    assert lines[:4] == [
        "As of: Wednesday 8 April 2026, 12:00 (UTC+1)",
        "6 tickets in 25 rows",
        "3 tickets opened after that and not counted",
        "1 row skipped because of errors",
    ]
    heads, *_, total = (" ".join(line.split()) for line in lines[5:11])
    assert heads == "level tickets met missed open overdue met, % response time (median) longest"
    assert total == "total 6 3 1 2 1 60.0% 2 h 4 h 0.000001 s"
    assert lines[12] == "Late (2), longest delay first; times in UTC+1:"
    assert lines[13].split() == ["ticket", "level", "opened", "due", "response", "delay"]
    assert "  2 Apr 2026 14:10  7 Apr 2026 09:40  -" in lines[14]
    assert shown(late=()).text("en").splitlines()[-2:] == ["", "No ticket is late."]
    one = shown(total=figures(1, 0, 0, 0, None), rows=1)
    assert "1 ticket in 1 row\n" in one.text("en")
    assert "1 Ticket in 1 Zeile\n" in one.text("de")


def test_rows_are_called_rows_and_tickets_tickets() -> None:
    """Beside a count of tickets, a number alone would be taken for one of these."""
    left_out = (LeftOut(reason="x"), LeftOut(reason="y"), LeftOut(reason="z", ticket="7"))
    lines = shown(left_out=left_out, later=0).text().splitlines()
    assert lines[2:4] == ["1 Ticket wegen Fehlern nicht gezählt", "2 Zeilen wegen Fehlern übersprungen"]


def test_a_time_that_the_clock_shows_twice_has_its_offset() -> None:
    """In the night when summer time ends; elsewhere the zone in the first line is enough."""
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    late = replace(MISSED, opened_at=first, due=first + HOUR, responded_at=first + 3 * HOUR)
    berlin = shown(now=(first + 9 * HOUR).astimezone(ZoneInfo("Europe/Berlin")), late=(late,))
    assert berlin.text("en").startswith("As of: Sunday 25 October 2026, 10:30 CET")
    *_, line = berlin.text("en").splitlines()
    assert "25 Oct 2026 02:30 (CEST)  25 Oct 2026 02:30 (CET)  25 Oct 2026 04:30  1 h" in line
    assert "times in Berlin time:" in berlin.text("en")


def test_a_name_can_neither_break_a_line_nor_widen_the_table() -> None:
    """A wide letter takes two places; a name of thousands moves its own line alone."""
    names = ("a\nb\x1b[31m", "端午", "\uff21", "w" * 5000)
    found = shown(late=tuple(replace(MISSED, ticket=name) for name in names)).text("en")
    *_, head, broken, wide, full, long = found.splitlines()
    assert broken.startswith("a b [31m" + " " * 34 + "1 Critical")
    assert wide.startswith("端午" + " " * 38 + "1 Critical")
    assert full.startswith("\uff21" + " " * 40 + "1 Critical")
    assert long.startswith("w" * 5000 + "  1 Critical")
    assert head.index("level") == 42


class Page(HTMLParser):
    """Reads a page, and holds that each element ends where it should."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.inside: list[str] = []
        self.feed(text)
        self.close()
        assert self.inside == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element."""
        self.tags.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs)
        if tag not in VOID and tag != "br":
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave the element that was gone into last."""
        assert tag in VOID or self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect texts."""
        if "style" not in self.inside:
            self.texts.append(data.strip())

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """List the elements of a name."""
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_says_what_the_table_says(language: str) -> None:
    """Every line and cell, in a table whose heads say what its cells are of, and the same twice."""
    text, html = SHOWN.text(language), SHOWN.html(language)  # type: ignore[arg-type]
    page = Page(html)
    heading, figures, late = text.split("\n\n")
    cells = [
        cell for block in (figures, late) for line in block.splitlines() for cell in re.split(" {2,}", line)
    ]
    missing = [each for each in [*heading.splitlines(), *cells] if each.rstrip(":") not in page.texts]
    assert missing == []
    assert html.startswith("<!DOCTYPE html>\n")
    assert page.named("html") == [{"lang": language}]
    scopes = [attributes["scope"] for attributes in page.named("th")]
    assert scopes == ["col"] * 9 + ["row"] * 5 + ["col"] * 6 + ["row"] * 2
    headings = [attributes.get("id") for attributes in page.named("h2")]
    assert all(table["aria-labelledby"] in headings for table in page.named("table"))
    assert SHOWN.html(language) == html  # type: ignore[arg-type]


def test_nothing_is_run_and_nothing_is_fetched() -> None:
    """One file, for a mail or an archive."""
    html = SHOWN.html()
    page = Page(html)
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "link", "img", "iframe", "object"})
    for _, attributes in page.tags:
        assert set(attributes).isdisjoint({"src", "href", "xlink:href", "style"})
        assert not any(name.startswith("on") for name in attributes)
    assert "//" not in html
    assert "@import" not in html
    used = set(re.findall(r"url\((.*?)\)", html))
    assert used == {"#stripes", "#dots"}
    assert {f"#{attributes['id']}" for attributes in page.named("pattern")} == used


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_log_says_stays_text(name: str) -> None:
    """In names of tickets and in errors, on the page and in a notebook."""
    plain = shown(left_out=(LeftOut(reason="x", ticket="1"), LeftOut(reason="y")))
    late = tuple(replace(each, ticket=name) for each in SHOWN.late)
    left_out = (LeftOut(reason="broken", ticket=name), LeftOut(reason=name))
    hostile = shown(late=late, left_out=left_out)
    cell = hostile.text().splitlines()[-1].partition("  ")[0].strip()
    for write in (Report.html, Report._repr_html_):
        page = Page(write(hostile))
        assert [tag for tag, _ in page.tags] == [tag for tag, _ in Page(write(plain)).tags]
        assert cell in page.texts
        write(hostile).encode()


def test_what_is_left_out_is_listed_up_to_a_number() -> None:
    """With its line, where it has one; of more it is said how many."""
    left_out = [LeftOut(line=line, reason=f"x{line}") for line in range(2, MOST + 1)]
    left_out.append(LeftOut(ticket="98", reason="gone", german="fort"))
    texts = Page(shown(left_out=tuple(left_out)).html()).texts
    assert {"Nicht gezählt", "Zeile 2:", "x2", f"x{MOST}", "Ticket '98': fort"} <= set(texts)
    assert not [text for text in texts if "weitere" in text]
    more = shown(left_out=(*left_out, LeftOut(reason="y"), LeftOut(reason="z")))
    assert "und 2 weitere" in Page(more.html()).texts
    assert {"and 2 more", "Not counted"} <= set(Page(more.html("en")).texts)
    assert not {"y", "z"} & set(Page(more.html()).texts)


def test_a_notebook_shows_it() -> None:
    """Figures and the most overdue tickets, in colours of the page around; of more, how many."""
    many = shown(late=tuple(replace(MISSED, ticket=f"t{number}") for number in range(12)))
    html = many._repr_html_()
    texts = Page(html).texts
    assert texts[0].startswith("Stand: Mittwoch, 8. April 2026, 12:00 Uhr (UTC+1); 6 Tickets")
    assert {"66,7 %", "t9"} <= set(texts)
    assert "t10" not in texts
    assert "und 2 weitere" in texts
    assert "color" not in html


Counts = tuple[int, int, int, int]  # met, missed, open and not late, open and late


def drawn(*levels: Counts, language: str = "en") -> ET.Element:
    """Draw four levels and their sum."""
    made = [
        figures(met, missed, still + late, late, level)
        for level, (met, missed, still, late) in zip(
            (*EscalationLevel, None), (*levels, tuple(map(sum, zip(*levels, strict=True)))), strict=True
        )
    ]
    html = shown(levels=tuple(made[:4]), total=made[4], late=()).html(language)  # type: ignore[arg-type]
    return ET.fromstring(html[html.index("<svg") : html.index("</svg>") + 6])  # noqa: S314 - our own


def bars(svg: ET.Element) -> list[list[tuple[str, float, float]]]:
    """List the parts of each bar in order: what, from where, and how wide, in per cent."""
    titles = [int(each.attrib["y"]) for each in svg.iter("text") if each.get("class") == "title"]
    rows: list[list[tuple[str, float, float]]] = [[] for _ in titles]
    for each in svg.iter("rect"):
        if each.attrib["width"].endswith("%"):
            row = max(at for at, y in enumerate(titles) if y < int(each.attrib["y"]))
            x, width = (float(each.attrib[name].removesuffix("%")) for name in ("x", "width"))
            rows[row].append((each.attrib["class"], x, width))
    return rows


NONE: Counts = (0, 0, 0, 0)
SOME = ((2, 1, 0, 1), (1, 0, 0, 0), NONE, (5, 1, 4, 2))


def test_parts_are_to_scale() -> None:
    """In the order of the legend; what there is none of is not drawn."""
    critical, high, medium, low, total = bars(drawn(*SOME))
    assert critical == [("met", 0, 50), ("missed", 50, 25), ("late", 75, 25)]
    assert high == [("met", 0, 100)]
    assert medium == []
    assert [part[0] for part in low] == list(KINDS)
    assert total == [
        ("met", 0, 47.059),
        ("missed", 47.059, 11.765),
        ("open", 58.824, 23.529),
        ("late", 82.353, 17.647),
    ]


@given(st.lists(st.tuples(*[st.integers(0, 10**6)] * 4), min_size=4, max_size=4))
def test_every_bar_is_whole(levels: list[Counts]) -> None:
    """Its parts touch, and end where it ends, but for the thousandths that are rounded."""
    total = [sum(each) for each in zip(*levels, strict=True)]
    for parts, wanted in zip(bars(drawn(*levels)), [*levels, total], strict=True):
        ends = [(0.0, 0.0), *((x, x + width) for _, x, width in parts)]
        for (_, end), (start, _) in pairwise(ends):
            assert start == pytest.approx(end, abs=0.003)
        assert ends[-1][1] == pytest.approx(100 if any(wanted) else 0, abs=0.003)


def test_what_is_drawn_is_said() -> None:
    """Above each bar its level, below it every number; and to those who do not see it, too."""
    svg = drawn(*SOME)
    words = [each.text for each in svg.iter("text")]
    assert words[:4] == ["met", "missed", "open, not overdue", "open, overdue"]
    assert words[4:11] == [
        "1 Critical: 4 tickets, met 50.0%",
        "2 met \N{MIDDLE DOT} 1 missed",
        "0 open, not overdue \N{MIDDLE DOT} 1 open, overdue",
        "2 High: 1 ticket, met 100.0%",
        "1 met \N{MIDDLE DOT} 0 missed",
        "0 open, not overdue \N{MIDDLE DOT} 0 open, overdue",
        "3 Medium: 0 tickets",
    ]
    assert words[-3] == "total: 17 tickets, met 61.5%"
    german = [each.text for each in drawn(*SOME, language="de").iter("text")]
    assert german[:4] == ["eingehalten", "verspätet", "offen, Frist läuft", "offen, überfällig"]
    assert german[4] == "1 Kritisch: 4 Tickets, Erfüllungsquote 50,0 %"
    (title,) = svg.iter("title")
    assert svg.attrib["aria-labelledby"] == title.attrib["id"]
    assert (title.text or "").startswith("A bar for each level")


QUARTERS = st.integers(0, 14 * 24 * 4)
LEVELS = st.sampled_from(EscalationLevel)
EVENTS = st.tuples(QUARTERS, LEVELS | st.sampled_from(["New", "Wait", "Done", "Both"]))


@given(
    st.lists(st.tuples(QUARTERS, LEVELS, st.lists(EVENTS, max_size=6)), max_size=8),
    st.integers(0, 30 * 24 * 4),
    st.sampled_from(DAY_RULES),
)
def test_law_a_report_says_what_the_clocks_say(
    made: list[tuple[int, EscalationLevel, list[tuple[int, str | EscalationLevel]]]],
    quarters: int,
    rule: DayRule,
) -> None:
    """Each ticket counts once, under its status and its level at `now`; and sums are sums."""
    agreement, start, quarter = DESK.replace(day_rule=rule), at("01T00:00"), HOUR / 4
    states: Any = {"pausing": {"Wait", "Both"}, "responding": {"Done", "Both"}}
    now = start + quarters * quarter
    clocks, by_now = {}, {}
    for number, (opening, level, events) in enumerate(made):
        since = start + opening * quarter
        log = [(since + after * quarter, event) for after, event in events]
        clocks[f"t{number}"] = agreement.replay(since, level, log, **states)
        known = [event for event in log if event[0] <= now]
        if since <= now:
            by_now[f"t{number}"] = agreement.replay(since, level, known, **states)
    found = report(clocks, now=now)
    statuses = {name: clock.status(now) for name, clock in by_now.items()}
    assert (found.total.tickets, found.later) == (len(by_now), len(clocks) - len(by_now))
    levels = [clock.level for clock in by_now.values()]
    assert [each.tickets for each in found.levels] == [levels.count(e) for e in EscalationLevel]
    assert {each.ticket for each in found.late} == {n for n, each in statuses.items() if each.late}
    for each in found.late:
        status = statuses[each.ticket]
        assert (each.level, each.due) == (by_now[each.ticket].level, status.due)
        assert (each.overdue, each.responded_at is None) == (status.overdue, status.state is State.BREACHED)
    for one, other in pairwise(found.late):
        assert (-one.overdue, one.due) <= (-other.overdue, other.due)
    assert found.total.missed + found.total.open_late == len(found.late)
    for name in ("tickets", "met", "missed", "open", "open_late"):
        assert sum(getattr(each, name) for each in found.levels) == getattr(found.total, name)
    for each_level in (*found.levels, found.total):
        assert each_level.tickets == each_level.met + each_level.missed + each_level.open
    answered = [s.elapsed for s in statuses.values() if s.state in (State.MET, State.MISSED)]
    assert found.total.worst == max(answered, default=None)
