"""Pictures: what is drawn, where, and that texts from outside stay texts."""

import json
import re
import subprocess
import sys
from base64 import b64decode
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest

from netcor_sla import Agreement, Deadline, EscalationLevel, ResponseClock
from netcor_sla._calendars.timestamps import timestamp
from netcor_sla._explanations.picture import (
    CUT,
    DOT,
    GREY,
    LATE,
    MOST,
    NOTES,
    PLOT,
    ROW,
    SIZE,
    TOP,
    USED,
    em,
    fit,
    width,
)

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests/golden/explanations/cases.json").read_text("utf-8"))
NOTHING: dict[str, Any] = {"zone": None, "changes": [], "pauses": [], "responded_at": None}
HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "a & b\n</title>]]>\0",
    "\u202eevil\u2066 שבועות",
    "W" * 500,
    "端午节" * 60,
)


def deadline(case: dict[str, Any]) -> Deadline:
    """Explain a case, with all that happened."""
    facts = {key: value for key, value in case.items() if key != "agreement"}
    facts["opened_at"] = timestamp(case["opened_at"]).isoformat()
    agreement = Agreement.from_dict(case.get("agreement", {}))
    return ResponseClock.from_dict(NOTHING | facts, agreement=agreement).explain()


def drawn(svg: str, kind: str) -> list[dict[str, str]]:
    """List the elements of a kind, each with its text."""
    picture = ET.fromstring(svg)  # noqa: S314 - our own
    name = f"{{http://www.w3.org/2000/svg}}{kind}"
    return [{**each.attrib, "text": each.text or ""} for each in picture.iter(name)]


def used(svg: str) -> list[dict[str, str]]:
    """List the bars of counted time, less the one of the legend."""
    return bars(svg, fill=USED)[:-1]


def bars(svg: str, **style: str) -> list[dict[str, str]]:
    """List the bars of a style, the one of the legend included."""
    return [bar for bar in drawn(svg, "rect") if style.items() <= bar.items()]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", CASES)
def test_all_is_drawn_inside(name: str, language: str) -> None:
    """A bar or a mark outside its column, or a picture that is no XML, would be seen here."""
    svg = deadline(CASES[name]).svg(language)  # type: ignore[arg-type]
    assert svg.startswith("<svg")
    assert svg.count("<title>") == 1
    height = float(ET.fromstring(svg).attrib["height"])  # noqa: S314 - our own
    for bar in drawn(svg, "rect"):
        assert float(bar["x"]) >= 0
        assert float(bar["width"]) >= 0
        assert float(bar["x"]) + float(bar["width"]) <= PLOT[1]
        assert TOP <= float(bar["y"]) <= height
    assert all(0 < float(text["y"]) < height for text in drawn(svg, "text"))
    assert all(text["text"] for text in drawn(svg, "text"))


# Whose bars are whole: no step is cut by a midnight, a clock change or a fold.
WHOLE = [name for name in CASES if not name.startswith(("clocks", "from-tokyo", "around", "answered-years"))]


@pytest.mark.parametrize("name", WHOLE)
def test_the_time_used_is_drawn_to_scale(name: str) -> None:
    """Bars of one picture share one scale: as long as the time that they stand for."""
    answer = deadline(CASES[name])
    lengths = [step.used.total_seconds() for step in answer.steps if step.kind == "counted"]
    widths = [float(bar["width"]) for bar in used(answer.svg())]
    scale = sum(widths) / sum(lengths)
    assert widths == pytest.approx([length * scale for length in lengths], abs=0.2)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", CASES)
def test_every_reason_is_in_the_words_beside_the_picture(name: str, language: str) -> None:
    """The picture repeats what the text says, and says no more."""
    answer = deadline(CASES[name])
    words = " ".join(each["text"] for each in drawn(answer.svg(language), "text"))  # type: ignore[arg-type]
    for step in answer.steps:
        if step.names:
            assert step.title(language) in words  # type: ignore[arg-type]
            assert step.title(language) in answer.text(language)  # type: ignore[arg-type]


def test_a_row_for_each_date() -> None:
    """In order, with opening, deadline and reasons noted on theirs."""
    svg = deadline(CASES["easter"]).svg("en")
    rows = sorted((float(each["y"]), each["text"]) for each in drawn(svg, "text") if each["x"] == "4")
    assert [text for _, text in rows] == [
        *("Thu 2 Apr", "Fri 3 Apr", "Sat 4 Apr", "Sun 5 Apr", "Mon 6 Apr", "Tue 7 Apr")
    ]
    assert [y - rows[0][0] for y, _ in rows] == [ROW * row for row in range(6)]
    notes = {each["y"]: each["text"] for each in drawn(svg, "text") if each["x"] == str(NOTES)}
    assert list(notes.values()) == [
        *("received 15:10 · 2 h 50 min", "Good Friday", "weekend", "weekend", "Easter Monday"),
        "due 10:40 · 1 h 10 min",
    ]
    assert len(used(svg)) == 2
    assert len(drawn(svg, "circle")) == len(drawn(svg, "polygon")) == 2  # with the legend's


def around_the_clock(target: int, opened_at: str, came: str | None = None, **calendar: object) -> Deadline:
    """Explain a target of so many hours at a desk in Berlin that never closes."""
    always = {"mon-sun": [["00:00", "24:00"]]}
    usual = {"zone": "Europe/Berlin", "hours": always, "holidays": None, "business_day": "24:00"}
    targets = {level.value: {"hours": target} for level in EscalationLevel}
    facts = {"opened_at": opened_at, "level": 1, "responded_at": came}
    return deadline({"agreement": {"calendar": usual | calendar, "targets": targets}} | facts)


def notes(svg: str) -> list[str]:
    """List the notes on the right, from above."""
    found = [each for each in drawn(svg, "text") if each["x"] == str(NOTES)]
    return [each["text"] for each in sorted(found, key=lambda each: float(each["y"]))]


def test_of_many_dates_the_middle_is_left_out() -> None:
    """And it says how many, and how much was counted on them, in both languages."""
    answer = around_the_clock(24 * 99, "2026-05-05T12:00+02:00")
    for language, words in (("de", "weitere Tage"), ("en", "more days")):
        svg = answer.svg(language)  # type: ignore[arg-type]
        assert len(used(svg)) == MOST
        rows = [each for each in drawn(svg, "text") if each["x"] == "4"]
        assert len(rows) == MOST + 1
        assert [each["text"] for each in rows].count("…") == 1
        assert notes(svg)[MOST // 2] == f"{100 - MOST} {words} · {(100 - MOST) * 24} h"


def test_as_many_dates_as_rows_are_all_drawn() -> None:
    """One date too many for the rows is no reason to say "1 more days" in the row it needs."""
    assert "more days" not in around_the_clock(24 * MOST, "2026-05-05T12:00+02:00").svg("en")
    assert "2 more days" in around_the_clock(24 * MOST + 24, "2026-05-05T12:00+02:00").svg("en")


def test_around_the_clock() -> None:
    """Due at midnight is due on the day that ends then, at its 24:00, and not a row later."""
    svg = around_the_clock(4, "2026-05-12T20:00+02:00").svg("en")
    assert notes(svg) == ["received 20:00 · due 24:00 · 4 h"]
    (bar,) = used(svg)
    assert float(bar["x"]) + float(bar["width"]) == PLOT[1]
    labels = [each["text"] for each in drawn(svg, "text") if each["text-anchor"] == "middle"]
    assert labels == [f"{hour:02}" for hour in range(0, 25, 3)]


@pytest.mark.parametrize(
    ("opened_at", "zone", "german", "english"),
    [
        ("2026-03-28T23:00+01:00", "Europe/Berlin", "MEZ → MESZ", "CET → CEST"),
        (
            *("2026-04-04T22:00+11:00", "Australia/Lord_Howe"),
            *("Ortszeit Lord Howe, UTC+11 → UTC+10:30", "Lord Howe time, UTC+11 → UTC+10:30"),
        ),
        ("2026-05-12T22:00+02:00", "Europe/Berlin", "MESZ", "CEST"),
        ("2026-05-12T22:00+02:00", "+03:00", "UTC+3", "UTC+3"),
    ],
)
def test_the_legend_tells_of_a_clock_change(opened_at: str, zone: str, german: str, english: str) -> None:
    """A time of before the change would be read on the clock of after it."""
    for language, word, clock in (("de", "Uhrzeiten", german), ("en", "times", english)):
        svg = around_the_clock(8, opened_at).svg(language, zone=zone)  # type: ignore[arg-type]
        (answer,) = (each["text"] for each in drawn(svg, "text") if each["text-anchor"] == "end")
        assert answer == f"{word}: {clock}"


def test_a_date_without_a_note_has_no_empty_one() -> None:
    """The only hours of a Sunday are those that the clock change skips: nothing to say."""
    hours = {"mon-sat": [["08:00", "09:00"]], "sun": [["02:00", "03:00"]]}
    svg = around_the_clock(2, "2026-03-28T07:00+01:00", hours=hours).svg("en", zone="Europe/Berlin")
    assert notes(svg) == ["received 07:00 · 1 h", "due 09:00 · 1 h"]
    assert [each["text"] for each in drawn(svg, "text") if each["x"] == "4"] == [
        *("Sat 28 Mar", "Sun 29 Mar", "Mon 30 Mar")
    ]


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_deadline_to_the_microsecond_is_told_whole(language: str) -> None:
    """What `datetime.now()` gives: the deadline must not be what is cut for want of room."""
    svg = around_the_clock(4, "2026-05-12T10:00:00.123456+02:00").svg(language)  # type: ignore[arg-type]
    point = "," if language == "de" else "."
    assert f" 14:00:00{point}123456" in notes(svg)[0]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_texts(name: str) -> None:
    """No element, no attribute and no line of a picture or page comes from a name."""
    calendar: dict[str, Any] = {
        "zone": "+01:00",
        "hours": {"mon-fri": [["08:30", "17:00"]]},
        "holidays": {"source": "DE", "first": 2026, "last": 2026, "days": {"2026-05-13": [name, name]}},
        "special": {"2026-05-14": {"spans": [["09:00", "10:00"]], "name": name}},
    }
    case = {"opened_at": "2026-05-12T10:00+01:00", "level": 4}
    answer, plain = (
        deadline(case | {"agreement": {"calendar": each}})
        for each in (calendar, calendar | {"special": {}, "holidays": None})
    )
    svg, page = answer.svg(), answer._repr_html_()
    tags, usual = (
        {each.tag for each in ET.fromstring(picture).iter()}  # noqa: S314 - our own
        for picture in (svg, plain.svg())
    )
    assert tags == usual
    outside = page[: page.index("<img")]
    assert all(part.startswith(("div ", "p>", "/p>", "br>")) for part in outside.split("<")[1:])
    assert page.count("<img") == 1
    for text in (svg, page, answer.text(), str(answer)):
        assert not set(text) & set("\0\u202e\u2066")
    assert len(answer.text().splitlines()) == len(answer.text().split("\n"))


def test_the_page_has_the_whole_text_and_the_picture() -> None:
    """What a notebook strips must not be all there is; the picture is an image of its own."""
    answer = deadline(CASES["christmas-to-new-year"])
    page = answer._repr_html_()
    start = page.index("<img")
    words = unescape(page[:start].replace("</p><p>", "\n\n").replace("<br>", "\n"))
    assert words == f'<div lang="de"><p>{answer.text()}</p>'
    data = page.split("base64,")[1].split('"')[0]
    assert b64decode(data).decode() == answer.svg()
    assert unescape(page[start:].split('"')[1]) == str(answer)
    assert "script" not in page
    assert "<svg" not in page


def test_the_picture_of_the_documentation_is_what_its_command_draws(tmp_path: Path) -> None:
    """The picture can't grow stale."""
    kept = ROOT / "docs" / "pictures" / "explained.svg"
    script = tmp_path / "explained.py"
    script.write_text((kept.with_suffix(".py")).read_text("utf-8"), "utf-8")
    subprocess.run([sys.executable, script], check=True)
    assert script.with_suffix(".svg").read_text("utf-8") == kept.read_text("utf-8")


HAPPENED = [name for name in CASES if not CASES[name].keys() <= {"agreement", "opened_at", "level"}]
TICKET: dict[str, Any] = {"opened_at": "2026-03-10T09:00:00+01:00", "level": 1}


def widths(found: list[dict[str, str]]) -> list[float]:
    """List how wide bars are."""
    return [float(bar["width"]) for bar in found]


def dashed(svg: str) -> list[dict[str, str]]:
    """List the bars of pauses, the one of the legend included."""
    return [bar for bar in drawn(svg, "rect") if "stroke-dasharray" in bar]


@pytest.mark.parametrize("name", [name for name in HAPPENED if name in WHOLE])
def test_pauses_and_time_overdue_are_drawn_to_scale(name: str) -> None:
    """As long as the time that they stand for, like the time used; none is missing or too much."""
    answer = deadline(CASES[name])
    svg = answer.svg()
    calendar = Agreement.from_dict(CASES[name].get("agreement", {})).calendar
    used_lengths = [step.used.total_seconds() for step in answer.steps if step.kind == "counted"]
    scale = sum(widths(used(svg))) / sum(used_lengths)
    paused = [
        calendar.between(step.start, step.end).total_seconds()
        for step in (*answer.steps, *answer.overrun)
        if step.reason == "pause"
    ]
    late = [step.used.total_seconds() for step in answer.overrun if step.kind == "counted"]
    for found, lengths in ((dashed(svg), paused), (bars(svg, fill=LATE), late)):
        assert len(found) == len(lengths) + bool(lengths)  # with the legend's
        assert widths(found)[: len(lengths)] == pytest.approx([length * scale for length in lengths], abs=0.2)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", CASES)
def test_the_legend_has_what_is_drawn_and_no_more(name: str, language: str) -> None:
    """Its second line is there only where more has happened than the opening."""
    answer = deadline(CASES[name])
    svg = answer.svg(language)  # type: ignore[arg-type]
    paused = any(step.reason == "pause" for step in (*answer.steps, *answer.overrun))
    second = {
        ("Reaktion", "response")[language == "en"]: answer.responded_at is not None,
        ("Pause", "pause")[language == "en"]: paused,
        ("Verspätung", "late")[language == "en"]: bool(answer.overdue),
    }
    expected = [word for word, shown in second.items() if shown]
    lowest = max(float(each["y"]) for each in drawn(svg, "text"))
    below = [each["text"] for each in drawn(svg, "text") if float(each["y"]) == lowest]
    if expected:
        assert below == expected
    else:
        assert below[0] == {"de": "Eingang", "en": "received"}[language]
    height = float(ET.fromstring(svg).attrib["height"])  # noqa: S314 - our own
    rows = len([each for each in drawn(svg, "text") if each["x"] == "4"])
    assert height == TOP + rows * ROW + 38 + 20 * bool(expected)


def test_what_did_not_happen_changes_no_picture() -> None:
    """Byte for byte: a ticket with a pause at night is drawn as one without."""
    night = [["2026-03-10T20:00:00+01:00", "2026-03-11T06:00:00+01:00"]]
    later = {"level": 4} | {"changes": [{"at": "2026-03-12T09:00:00+01:00", "level": 1}]}
    plain = deadline(TICKET).svg()
    assert deadline(TICKET | {"pauses": night}).svg() == plain
    assert deadline(TICKET | later).svg() == plain


@pytest.mark.parametrize(
    ("came", "row", "x"),
    [
        pytest.param("2026-03-10T09:00:00+01:00", 0, 9, id="with the opening"),
        pytest.param("2026-03-10T11:00:00+01:00", 0, 11, id="on time"),
        pytest.param("2026-03-10T13:00:00+01:00", 0, 13, id="at the deadline"),
        pytest.param("2026-03-10T16:00:00+01:00", 0, 16, id="late"),
        pytest.param("2026-03-13T10:00:00+01:00", 3, 10, id="days late"),
    ],
)
def test_the_response_is_marked_where_it_came(came: str, row: int, x: int) -> None:
    """In the row of its date, below the marks of deadline and opening, which stay where they are."""
    svg = deadline(TICKET | {"responded_at": came}).svg()
    first, deadline_mark, *_ = drawn(svg, "polygon")
    corners = [pair.split(",") for pair in first["points"].split()]
    assert len(corners) == 3
    place = float(corners[0][0]) + 7, float(corners[0][1]) - 7
    hours = {label["text"]: float(label["x"]) for label in drawn(svg, "text") if label["y"] == str(TOP - 9)}
    scale = (hours["16"] - hours["08"]) / 8
    assert place[0] == pytest.approx(hours["08"] + (x - 8) * scale, abs=0.2)
    assert place[1] == TOP + (row + 0.5) * ROW
    rhombus = [pair.split(",") for pair in deadline_mark["points"].split()]
    assert len(rhombus) == 4
    assert float(rhombus[0][0]) == pytest.approx(hours["08"] + 5 * scale, abs=0.2)
    shapes = re.findall("<(polygon|circle)", svg)
    assert shapes[:3] == ["polygon", "polygon", "circle"]
    assert drawn(svg, "circle")[0]["cy"] == str(TOP + ROW / 2)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_title_says_how_it_ended(language: str) -> None:
    """It is what a picture is read out as."""
    answer = deadline(TICKET | {"responded_at": "2026-03-10T16:00:00+01:00"})
    svg = answer.svg(language)  # type: ignore[arg-type]
    (title,) = drawn(svg, "title")
    assert title["text"].endswith({"de": ", verspätet", "en": ", late"}[language])
    if language == "de":
        assert title["text"] == str(answer)
        assert unescape(answer._repr_html_().split('<img alt="')[1].split('"')[0]) == str(answer)


@pytest.mark.parametrize("language", ["de", "en"])
def test_of_many_dates_overdue_it_is_said_how_much_was_overdue(language: str) -> None:
    """Months late, what is left out of the middle is more than nothing."""
    svg = deadline(TICKET | {"responded_at": "2026-06-19T09:00:00+01:00"}).svg(language)  # type: ignore[arg-type]
    assert not notes(svg)[MOST // 2].endswith(" · 0 min")


def test_what_happened_on_dates_that_are_left_out_is_not_drawn_elsewhere() -> None:
    """Deadline and response in the middle of many dates: their marks have no row."""
    ticket = 24 * 60, "2026-05-05T12:00+02:00"
    answer = around_the_clock(*ticket)
    early = around_the_clock(*ticket, "2026-06-04T12:00:00+02:00").svg()
    late = around_the_clock(*ticket, "2026-09-10T12:00:00+02:00").svg()
    for svg, corners in ((answer.svg(), [4, 4]), (early, [4, 4, 3]), (late, [3, 4, 3])):
        found = [each["points"].count(",") for each in drawn(svg, "polygon")]
        assert found == corners


def noted(facts: dict[str, Any], language: str = "de", **calendar: Any) -> dict[str, str]:  # noqa: ANN401
    """Read the notes of a ticket's picture by date; two hours are promised, on weekdays."""
    form = {"zone": "+01:00", "hours": {"mon-fri": [["08:30", "17:00"]]}, "holidays": None}
    targets = {level.value: {"hours": 2} for level in EscalationLevel}
    agreement = {"calendar": form | {"business_day": "08:30"} | calendar, "targets": targets}
    svg = deadline({"agreement": agreement, "level": "low"} | facts).svg(language)  # type: ignore[arg-type]
    texts = drawn(svg, "text")
    rows = {each["y"]: each["text"] for each in texts if each["x"] == "4"}
    return {rows[each["y"]]: each["text"] for each in texts if each["x"] == str(NOTES)}


def at(day: int, clock: str) -> str:
    """Write an instant of March 2026."""
    return f"2026-03-{day:02}T{clock}:00+01:00"


def test_a_pause_is_noted_and_is_no_time_used() -> None:
    """Also where it took all of a date; and once, before and after the deadline of one date."""
    pauses = [[at(10, "16:30"), at(12, "09:00")]]
    assert noted({"opened_at": at(10, "16:00"), "pauses": pauses}) == {
        "Di 10.03.": "Eingang 16:00 · 30 min · Pause",
        "Mi 11.03.": "Pause",
        "Do 12.03.": "fällig 10:30 · 1 h 30 min · Pause",
    }
    twice = [[at(11, "08:40"), at(11, "08:50")], [at(11, "11:00"), at(11, "11:10")]]
    facts = {"opened_at": at(10, "16:00"), "pauses": twice, "responded_at": at(11, "11:30")}
    words = noted(facts)["Mi 11.03."]
    assert words.count("Pause") == 1


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_pause_that_is_open_is_drawn_up_to_where_it_began(language: str) -> None:
    """With a mark of its own in the place of the deadline's, which nobody knows yet."""
    svg = deadline(TICKET | {"pauses": [["2026-03-10T11:00:00+01:00", None]]}).svg(language)  # type: ignore[arg-type]
    words = {"de": "Eingang 09:00 · ruht seit 11:00 · 2 h", "en": "received 09:00 · paused since 11:00 · 2 h"}
    assert notes(svg) == [words[language]]
    assert not drawn(svg, "polygon")  # no deadline, in the legend neither
    assert len(drawn(svg, "path")) == 4
    assert not dashed(svg)
    (bar,), hour = used(svg), (PLOT[1] - PLOT[0]) / 9  # from 8 to 17
    assert float(bar["width"]) == pytest.approx(2 * hour, abs=0.2)


def test_what_was_closed_is_noted_on_the_dates_of_the_desk() -> None:
    """Good Friday begins at 01:00 by the summer's clock, and ends on a Saturday: it is no part of that row."""
    svg = deadline(CASES["easter"]).svg("en", zone="Asia/Tokyo")
    assert notes(svg)[:3] == ["received 22:10 · 1 h 50 min", "1 h · Good Friday", "weekend"]
    assert "received 09:10" in deadline(CASES["easter"]).svg("en", zone=ZoneInfo("America/New_York"))


def test_a_change_of_level_is_noted_where_it_is_drawn() -> None:
    """By its number, and not by its name too; one after all that is drawn has no row."""
    changes = [
        {"at": at(10, "16:30"), "level": "high"},
        {"at": at(11, "09:00"), "level": "critical"},
        {"at": at(12, "09:00"), "level": "low"},
    ]
    facts = {"opened_at": at(10, "16:00"), "changes": changes}
    assert noted(facts) == {
        "Di 10.03.": "Eingang 16:00 · Stufe 2 · 1 h",
        "Mi 11.03.": "fällig 09:30 · Stufe 1 · 1 h",
    }
    assert "level 4" in noted(facts | {"responded_at": at(12, "10:00")}, "en")["Thu 12 Mar"]


def test_a_late_answer_is_noted_with_what_was_overdue() -> None:
    """On each of its dates, apart from what was counted; a reason stands there once."""
    facts = {"opened_at": at(13, "14:00"), "responded_at": at(16, "09:00")}
    assert noted(facts, "en") == {
        "Fri 13 Mar": "received 14:00 · due 16:00 · 2 h · 1 h late",
        "Sat 14 Mar": "weekend",
        "Sun 15 Mar": "weekend",
        "Mon 16 Mar": "response 09:00 · 30 min late",
    }


def test_what_ends_at_midnight_ends_at_24() -> None:
    """Deadline and answer belong to the date that ends then; an opening to the one that begins."""
    always = {"mon-sun": [["00:00", "24:00"]]}
    facts = {"opened_at": at(10, "22:00"), "responded_at": at(12, "00:00")}
    assert noted(facts, hours=always) == {
        "Di 10.03.": "Eingang 22:00 · fällig 24:00 · 2 h",
        "Mi 11.03.": "Reaktion 24:00 · 24 h Verspätung",
    }
    together = {"opened_at": at(10, "00:00"), "responded_at": at(10, "00:00")}
    assert noted(together, hours=always) == {
        "Di 10.03.": "Eingang 00:00 · fällig 02:00 · Reaktion 00:00 · 2 h"
    }


def test_no_two_bars_differ_by_colour_alone() -> None:
    """In height, in outline, or in being filled at all; those that cover others are lower."""
    pause = [["2026-03-10T14:00:00+01:00", "2026-03-10T15:00:00+01:00"]]
    svg = deadline(TICKET | {"pauses": pause, "responded_at": "2026-03-10T16:00:00+01:00"}).svg()
    looks = {
        tuple(sorted((key, bar[key]) for key in bar if key not in {"x", "y", "width", "text"}))
        for bar in drawn(svg, "rect")
    }
    plain = {re.sub("#[0-9a-f]{3,6}", "colour", str(look)) for look in looks}
    assert len(plain) == len(looks) == 4
    for colour in (USED, LATE, GREY):  # neither swallowed by white nor by black
        red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
        assert 0x50 < 0.299 * red + 0.587 * green + 0.114 * blue < 0xA0


# How wide texts are held to be, and what is cut of those that do not fit.


def test_a_letter_is_never_narrower_than_in_the_widest_font() -> None:
    """In DejaVu Sans, in units of 2048 to the size, as its file has some of them."""
    measured = {"i": 569, "l": 569, "m": 1995, "W": 2025, "0": 1303, "A": 1401, "e": 1260, "g": 1300}
    for letter, units in measured.items():
        assert em(letter) >= units / 2048


@pytest.mark.parametrize("words", ["Wochenende", "i" * 60, "W" * 60, "a b " * 30, "端午节" * 20])
def test_words_that_do_not_fit_are_cut(words: str) -> None:
    """So that they do, with a sign of it; as much is kept as has room."""
    for share in (0.2, 0.5, 0.9, 0.999):
        room = width(words) * share
        cut = fit(words, room)
        assert cut.endswith(CUT)
        kept = cut.removesuffix(CUT)
        assert words.startswith(kept)
        assert len(kept) < len(words)
        assert width(kept) <= max(room - SIZE, 0) + 0.1
        longer = words[: len(kept) + 1]
        assert width(longer) > room - SIZE - 0.1 or longer.rstrip(DOT) == kept


def test_nothing_hangs_before_the_cut() -> None:
    """Neither a blank nor the dot between two notes."""
    words = f"eröffnet 14:00{DOT}fällig 16:00"
    for room in range(20, 200):
        kept = fit(words, room).removesuffix(CUT)
        assert kept == kept.rstrip(DOT)


def test_no_name_is_too_long_to_be_cut() -> None:
    """More letters than any column has room for are cut, however narrow they are held to be."""
    assert fit("i" * 200, 10_000) == "i" * 200
    assert fit("i" * 201, 10_000) == "i" * 200 + CUT
    assert len(fit("lang " * 100_000, 300)) < 100
