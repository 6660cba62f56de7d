"""A report as a page: whole, self-contained, and harmless whatever the log says."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from netcor_sla import STANDARD, EscalationLevel
from netcor_sla._calendars.instants import instant
from netcor_sla._calendars.timestamps import timestamp
from netcor_sla._cli.log import Problem
from netcor_sla._cli.report_pages import MOST, page
from netcor_sla._cli.report_pictures import picture
from netcor_sla._cli.report_tables import cells, heading, heads, late_cells, late_heads, late_title
from netcor_sla._explanations.words import Voice, voice
from netcor_sla.reports import Figures, Late, Report

HOUR = 3_600_000_000
ZONE = STANDARD.calendar.tzinfo
CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel
VOICES = [voice(language, STANDARD.calendar._schedule) for language in ("de", "en")]
GERMAN, ENGLISH = VOICES
VOID = {"meta", "rect", "path", "circle"}
HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</table></style><style>body{display:none}",
    "&lt;b&gt; & \0",
    "\ud800",
)

OPENED, DUE = (instant(timestamp(f"2026-04-0{day}T10:00+01:00"), "at") for day in (2, 7))
LATE = Late("1002", LOW, OPENED, DUE, None, 30 * HOUR, ZONE)
TOLD = Report(
    now=DUE + 30 * HOUR,
    rows=25,
    levels=(
        Figures(CRITICAL, 3, 2, 1, 0, 0, 4 * HOUR, 4 * HOUR + 1),
        Figures(HIGH, 0, 0, 0, 0, 0, None, None),
        Figures(MEDIUM, 1, 1, 0, 0, 0, HOUR // 2, HOUR // 2),
        Figures(LOW, 2, 0, 0, 2, 1, None, None),
    ),
    total=Figures(None, 6, 3, 1, 2, 1, 2 * HOUR, 4 * HOUR + 1),
    late=(LATE, LATE._replace(ticket="1001", response=DUE + HOUR)),
    later=3,
    problems=(Problem(7, "opened_at: '?' is no timestamp"),),
)


@dataclass
class Reader(HTMLParser):
    """Reads a page, and holds that each element ends where it should."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element."""
        self.tags.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs)
        if tag not in VOID:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave the element that was gone into last."""
        assert tag in VOID or self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect texts."""
        if "style" not in self.inside:
            self.texts.append(data)


def read(told: Report, language: Voice = GERMAN) -> Reader:
    """Write a page and read it."""
    reader = Reader()
    reader.feed(page(told, language))
    reader.close()
    assert reader.inside == []
    return reader


def named(reader: Reader, tag: str) -> list[dict[str, str | None]]:
    """List the elements of a name."""
    return [attributes for name, attributes in reader.tags if name == tag]


@pytest.mark.parametrize("language", VOICES, ids=["de", "en"])
def test_all_of_it_is_there(language: Voice) -> None:
    """Every line, head and cell, and the picture."""
    reader = read(TOLD, language)
    expected = [*heading(TOLD, language), late_title(TOLD, language)]
    expected += [*heads(language), *late_heads(language)]
    for figures in (*TOLD.levels, TOLD.total):
        expected += cells(figures, language)
    for late in TOLD.late:
        expected += late_cells(late, language)
    assert [each for each in expected if each not in reader.texts] == []
    assert picture(TOLD, language) in page(TOLD, language)
    assert named(reader, "html") == [{"lang": language.language}]
    assert page(TOLD, language).startswith("<!DOCTYPE html>\n")


def test_tables_say_what_their_cells_are_of() -> None:
    """A head for each column and each row, and a name for each table."""
    reader = read(TOLD)
    scopes = [attributes["scope"] for attributes in named(reader, "th")]
    assert scopes == ["col"] * 9 + ["row"] * 5 + ["col"] * 6 + ["row"] * 2
    headings = [attributes.get("id") for attributes in named(reader, "h2")]
    for table in named(reader, "table"):
        assert table["aria-labelledby"] in headings


def test_nothing_is_run_and_nothing_is_fetched() -> None:
    """One file, for a mail or an archive."""
    reader = read(TOLD)
    assert {tag for tag, _ in reader.tags}.isdisjoint({"script", "link", "img", "iframe", "object"})
    for _, attributes in reader.tags:
        names = set(attributes)
        assert names.isdisjoint({"src", "href", "xlink:href", "style"})
        assert not any(name.startswith("on") for name in names)
    text = page(TOLD, GERMAN)
    assert "//" not in text
    assert "@import" not in text
    used = set(re.findall(r"url\((.*?)\)", text))
    assert used == {"#stripes", "#dots"}
    assert {f"#{attributes['id']}" for attributes in named(reader, "pattern")} == used


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_log_says_stays_text(name: str) -> None:
    """In names of tickets and in errors."""
    problems = (Problem(3, f"level: {name!r} is no escalation level"), Problem(4, name))
    plain = [tag for tag, _ in read(TOLD._replace(problems=(Problem(3, ""), Problem(4, "")))).tags]
    told = TOLD._replace(
        late=tuple(each._replace(ticket=name) for each in TOLD.late), problems=problems
    )
    reader = read(told)
    assert [tag for tag, _ in reader.tags] == plain
    assert late_cells(told.late[0], GERMAN)[0] in [*reader.texts, ""]
    page(told, GERMAN).encode()


def test_errors_are_listed_up_to_a_number() -> None:
    """With their lines; of more it is said how many."""
    problems = tuple(Problem(line, f"x{line}") for line in range(2, MOST + 2))
    texts = read(TOLD._replace(problems=problems)).texts
    assert texts.count("Nicht gezählt") == 1
    assert all(f"Zeile {line}: " in texts and reason in texts for line, reason in problems)
    assert not [text for text in texts if "weitere" in text]
    more = TOLD._replace(problems=(*problems, Problem(98, "x98"), Problem(99, "x99")))
    assert "und 2 weitere" in read(more).texts
    assert "and 2 more" in read(more, ENGLISH).texts
    assert "Not counted" in read(more, ENGLISH).texts
    assert "x98" not in read(more).texts


def test_where_all_went_well_nothing_is_listed() -> None:
    """No late ticket, no error, no empty table."""
    reader = read(TOLD._replace(late=(), problems=(), later=0))
    assert len(named(reader, "table")) == 1
    assert "Kein Ticket ist zu spät." in reader.texts
    assert "Nicht gezählt" not in reader.texts
    assert len(named(reader, "h2")) == 2


def test_the_same_report_is_the_same_page() -> None:
    """To the byte, so that two can be compared."""
    assert page(TOLD, GERMAN) == page(TOLD, GERMAN)
    assert page(TOLD, GERMAN) != page(TOLD, ENGLISH)
