"""An explanation in sentences: what is said, in which order, and that its sums add up."""

import random
import re
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from desks import promise, ticket
from netcor_sla import BusinessDays, BusinessHours, Deadline, EscalationLevel
from netcor_sla._languages import Language
from netcor_sla._policy.due import DayRule

CRITICAL = EscalationLevel.CRITICAL
SUMS = ("Summe", "Total")
LANGUAGES: tuple[Language, ...] = ("de", "en")
OFFICE = [["08:30", "17:00"]]
ALWAYS = {"mon-sun": [["00:00", "24:00"]]}
NIGHTS = {"mon-sun": [["00:00", "06:00"], ["22:00", "24:00"]]}
MOVED: dict[str, Any] = {"spans": [], "name": "Umzug"}
SPLIT = {"mon-fri": [["08:00", "12:00"], ["13:00", "17:00"]]}

TIMES = "\N{MULTIPLICATION SIGN}"
Target = BusinessHours | BusinessDays


def happened(*facts: Any, **more: Any) -> Deadline:  # noqa: ANN401
    """Explain a ticket to which more has happened, opened as low; wall-clock times, or offsets."""
    return ticket(*facts, **more).explain()


explained = partial(happened, level=CRITICAL)


def paragraphs(deadline: Deadline, language: Language = "de") -> list[list[str]]:
    """Read the text by paragraphs and lines."""
    return [each.split("\n") for each in deadline.text(language).split("\n\n")]


def days(deadline: Deadline, language: Language = "de") -> list[str]:
    """Read the lines of the days, without the sum."""
    return [line for line in paragraphs(deadline, language)[2] if not line.startswith(("Summe", "Total"))]


def total(deadline: Deadline, language: Language = "de") -> str:
    """Read the sum."""
    lines = [line for line in paragraphs(deadline, language)[2] if line.startswith(("Summe", "Total"))]
    assert len(lines) <= 1
    return lines[0] if lines else ""


@pytest.mark.parametrize(
    ("opened", "why", "starts", "calendar"),
    [
        ("2026-03-14 10:00", "Wochenende", "Montag, 16. März", {}),
        ("2026-04-03 10:00", "Karfreitag", "Dienstag, 7. April", {"holidays": "DE-NI"}),
        ("2026-03-10 10:00", "Umzug", "Mittwoch, 11. März", {"special": {"2026-03-10": MOVED}}),
        ("2026-03-10 10:00", "Sonderregelung", "Mittwoch, 11. März", {"recurring": {"03-10": []}}),
        ("2026-03-10 17:00", "außerhalb der Geschäftszeiten", "Mittwoch, 11. März", {}),
        ("2026-03-10 08:29:59", "außerhalb der Geschäftszeiten", "Dienstag, 10. März", {}),
        ("2026-03-10 10:00", "kein Geschäftstag", "Mittwoch, 11. März", {"hours": {"wed-thu": OFFICE}}),
    ],
)
def test_opened_while_closed(opened: str, why: str, starts: str, calendar: dict[str, Any]) -> None:
    """Why nothing was counted at once, and from when it was."""
    beginning = paragraphs(explained(opened, BusinessHours(2), **calendar))[1]
    assert len(beginning) == 3
    assert why in beginning[2]
    assert f"{starts}, 08:30 Uhr" in beginning[2]
    assert len(paragraphs(explained(opened, BusinessHours(2), **calendar), "en")[1]) == 3


CLOSING = ("genau zum Geschäftsschluss", "exactly at closing time")
EVENING = [["2026-03-10T17:00+01:00", "2026-03-10T18:00+01:00"]]


@pytest.mark.parametrize(
    ("opened", "exactly", "calendar"),
    [
        pytest.param("2026-03-10 13:00", True, {}, id="at closing"),
        pytest.param("2026-03-10 12:59:59", False, {}, id="a second before"),
        pytest.param("2026-03-10 08:00", True, {"hours": SPLIT}, id="at the break"),
        pytest.param("2026-03-10 13:00", False, {"extra": EVENING}, id="where extra hours follow"),
        pytest.param("2026-03-10 14:00", True, {"extra": EVENING}, id="at the end of extra hours"),
        pytest.param("2026-03-10 20:00", False, {"hours": ALWAYS}, id="at a midnight that is open"),
        pytest.param("2026-03-10 20:00", True, {"hours": NIGHTS, "special": {"2026-03-11": []}}),
    ],
)
def test_used_up_exactly_at_closing(opened: str, exactly: bool, calendar: dict[str, Any]) -> None:  # noqa: FBT001
    """The one question about which people quarrel is answered where it comes up, only there."""
    hours = 2 if calendar.get("hours") is NIGHTS else 4
    for language, words in zip(("de", "en"), CLOSING, strict=True):
        text = explained(opened, BusinessHours(hours), **calendar).text(language)  # type: ignore[arg-type]
        assert (words in text) == exactly


def test_days_by_time_are_said_to_be_hours() -> None:
    """What a day counts as, and how many hours that makes."""
    rules = paragraphs(explained("2026-03-10 10:00", BusinessDays(2)))[3]
    assert "8 h 30 min" in rules[1]
    assert "2 Geschäftstage: 17 h" in rules[1]
    given = paragraphs(explained("2026-03-10 10:00", BusinessDays(1), business_day="08:00"), "en")[3]
    assert "8 h" in given[1]
    assert "1 business day" not in given[1]
    assert len(paragraphs(explained("2026-03-10 10:00", BusinessHours(2)))[3]) == 2


@pytest.mark.parametrize(("rule", "words"), [("same time", "Uhrzeit"), ("end of day", "schluss")])
def test_days_by_date_are_numbered(rule: DayRule, words: str) -> None:
    """Each business day after the first has its number; closed days have none."""
    deadline = explained("2026-03-12 10:05", BusinessDays(3), rule)
    lines = days(deadline)
    assert [re.findall(r"\((\d)\. Geschäftstag\)", line) for line in lines] == [[], ["1"], [], ["2"], ["3"]]
    assert lines[0] == "Donnerstag, 12. März: 10:05 bis 17:00 Uhr, 6 h 55 min"
    assert not any("übrig" in line or "gezählt" in line for line in lines)
    rules = paragraphs(deadline)[3]
    assert words in rules[1]
    assert "3. Geschäftstag nach Donnerstag, 12. März" in rules[1]
    assert total(deadline).endswith("Geschäftszeit")
    assert not any("genau mit dem Ende" in line for line in rules)


def test_days_by_date_are_numbered_from_the_day_on_which_time_starts() -> None:
    """Saturday's request starts on Monday; extra hours on a Saturday are worked, and make no business day."""
    lines = days(explained("2026-03-14 10:00", BusinessDays(1), "end of day"))
    assert ["(1. Geschäftstag)" in line for line in lines] == [False, False, True]
    assert lines[1].startswith("Montag, 16. März: ")
    extra = [["2026-03-14T10:00+01:00", "2026-03-14T11:00+01:00"]]
    lines = days(explained("2026-03-13 10:00", BusinessDays(1), "end of day", extra=extra))
    assert "Geschäftstag" not in lines[1]
    assert "vereinbarte Zusatzzeit" in lines[1]
    assert "(1. Geschäftstag)" in lines[-1]


def test_no_clock_change_is_told_where_there_was_none() -> None:
    """On the day before, on the day after, and in a zone that has none."""
    for opened, place in (
        ("2026-03-27 09:00", "Europe/Berlin"),
        ("2026-03-29 12:00", "Europe/Berlin"),
        ("2026-03-29 03:00", "Europe/Berlin"),
        ("2026-03-28 23:00", "+01:00"),
        ("2026-03-28 23:00", "Africa/Lagos"),
    ):
        text = explained(opened, BusinessHours(4), zone=place, hours=ALWAYS).text()
        assert "Zeitumstellung" not in text


def test_a_clock_change_at_midnight_makes_sense() -> None:
    """Where the clock goes back over midnight, Sunday's 00:00 becomes Saturday's 23:00."""
    deadline = explained("2018-02-17 20:00-02:00", BusinessHours(8), zone="America/Sao_Paulo", hours=ALWAYS)
    (line,) = [line for line in paragraphs(deadline)[3] if line.startswith("Zeitumstellung")]
    assert "am Sonntag, 18. Februar: von 00:00 auf Samstag, 17. Februar, 23:00 Uhr" in line
    spring = explained("2026-03-28 20:00", BusinessHours(8), zone="Asia/Beirut", hours=ALWAYS)
    assert "am Sonntag, 29. März: von 00:00 auf 01:00 Uhr" in spring.text()
    assert "on Sunday 29 March: 00:00 becomes 01:00" in spring.text("en")


def test_a_clock_change_at_the_deadline_is_told() -> None:
    """Else nobody knows why two hours from midnight end at three."""
    desk: dict[str, Any] = {"zone": "Europe/Berlin", "hours": {"sun": [["00:00", "02:00"]]}}
    deadline = explained("2026-03-29 00:00", BusinessHours(2), **desk)
    assert "03:00 Uhr MESZ" in paragraphs(deadline)[0][0]
    assert "00:00 bis 02:00 Uhr, 2 h" in days(deadline)[0]
    assert "Zeitumstellung" in deadline.text()


def test_a_date_that_is_skipped_makes_sense() -> None:
    """Apia had no 30 December 2011: midnight did not become the same midnight."""
    deadline = explained("2011-12-29 20:00-10:00", BusinessHours(8), zone="Pacific/Apia", hours=ALWAYS)
    assert "von 00:00 auf 00:00" not in deadline.text()
    assert "00:00 becomes 00:00" not in deadline.text("en")
    (line,) = [line for line in paragraphs(deadline)[3] if line.startswith("Zeitumstellung")]
    assert line.index("30. Dezember") < line.index("00:00") < line.index("31. Dezember")


def test_an_hour_that_comes_twice_has_its_offset() -> None:
    """Two stretches of one night that look alike are kept apart."""
    deadline = explained(
        "2026-10-25 00:00",
        BusinessHours(3),
        zone="Europe/Berlin",
        hours={"sun": [["01:00", "02:30"]], "mon": OFFICE},
        business_day="08:00",
    )
    assert days(deadline)[:2] == [
        "Sonntag, 25. Oktober: 01:00 bis 02:30 Uhr (MESZ), 1 h 30 min gezählt, 1 h 30 min übrig",
        "Sonntag, 25. Oktober: 02:00 Uhr (MEZ) bis 02:30 Uhr (MEZ), 30 min gezählt, 1 h übrig",
    ]


def test_a_stretch_over_midnight_names_both_dates() -> None:
    """A desk that never closes; at midnight it ends at 24:00 of the day before."""
    over = explained("2026-03-10 22:00", BusinessHours(4), hours=ALWAYS)
    assert days(over) == ["Dienstag, 10. März, 22:00 Uhr, bis Mittwoch, 11. März, 02:00 Uhr: 4 h gezählt"]
    assert days(over, "en") == ["Tuesday 10 March, 22:00, to Wednesday 11 March, 02:00: 4 h counted"]
    up_to = explained("2026-03-10 22:00", BusinessHours(26), hours=ALWAYS)
    assert "bis Mittwoch, 11. März, 24:00 Uhr: 26 h" in days(up_to)[0]
    one = explained("2026-03-10 22:00", BusinessHours(2), hours=ALWAYS)
    assert days(one) == ["Dienstag, 10. März: 22:00 bis 24:00 Uhr, 2 h gezählt"]
    assert total(over) == ""


def test_a_day_that_was_worked_or_open_before_is_not_told_as_closed() -> None:
    """Of extra hours into Saturday, Sunday is left; what was open all morning is said at the beginning."""
    extra = [["2026-03-13T22:00+01:00", "2026-03-14T02:00+01:00"]]
    lines = days(explained("2026-03-13 16:30", BusinessHours(6), extra=extra))
    closed = [line for line in lines if "geschlossen" in line]
    assert closed == ["Sonntag, 15. März: geschlossen, Wochenende"]
    eve = {"12-24": {"spans": [["08:30", "12:00"]], "name": "Heiligabend"}}
    deadline = explained("2026-12-24 13:00", BusinessHours(4), recurring=eve)
    assert "Heiligabend" in paragraphs(deadline)[1][2]
    assert not any(line.startswith("Donnerstag, 24. Dezember: gesch") for line in days(deadline))


def test_a_holiday_with_extra_hours_is_named_all_the_same() -> None:
    """Beside what was counted on it, since the reader asks why the rest of it was not."""
    window = [["2026-04-03T10:00+01:00", "2026-04-03T12:00+01:00"]]
    deadline = explained("2026-04-02 16:00", BusinessHours(4), extra=window, holidays="DE-NI")
    assert days(deadline)[1:5] == [
        "Freitag, 3. April: 00:00 bis 10:00 Uhr, geschlossen, Karfreitag",
        "Freitag, 3. April: 10:00 bis 12:00 Uhr, vereinbarte Zusatzzeit, 2 h gezählt, 1 h übrig",
        "Freitag, 3. April: 12:00 bis 24:00 Uhr, geschlossen, Karfreitag",
        "Samstag, 4. April, und Sonntag, 5. April: geschlossen, Wochenende",
    ]
    assert "Friday 3 April: 12:00 to 24:00, closed, Good Friday" in days(deadline, "en")


def test_a_named_date_is_named_also_where_nothing_was_counted_in_its_hours() -> None:
    """Where the deadline is the first opening of a special date, by dates."""
    special = {"2026-03-10": {"spans": [["10:00", "12:00"]], "name": "Inventur"}}
    deadline = explained("2026-03-09 09:00", BusinessDays(1), "same time", special=special)
    assert deadline.due is not None
    assert deadline.due.hour == 10
    assert days(deadline)[1:] == [
        "Dienstag, 10. März: 00:00 bis 10:00 Uhr, geschlossen, Inventur",
        "Dienstag, 10. März (1. Geschäftstag): fällig um 10:00 Uhr",
    ]


@pytest.mark.parametrize("kind", ["special", "recurring"])
def test_dates_with_hours_of_their_own(kind: str) -> None:
    """By name where they have one, else by what they are; open or closed."""
    year = "2026-" if kind == "special" else ""
    dates = {
        f"{year}03-10": {"spans": [["10:00", "12:00"]], "name": "Inventur"},
        f"{year}03-11": [["10:00", "11:00"]],
        f"{year}03-12": {"spans": [], "name": "Umzug"},
        f"{year}03-13": [],
    }
    form: dict[str, Any] = {kind: dates}
    deadline = explained("2026-03-10 08:30", BusinessHours(4), **form)
    nameless = {"special": "Sonderregelung", "recurring": "verkürzte Öffnung"}
    assert days(deadline)[:4] == [
        "Dienstag, 10. März: 10:00 bis 12:00 Uhr, Inventur, 2 h gezählt, 2 h übrig",
        f"Mittwoch, 11. März: 10:00 bis 11:00 Uhr, {nameless[kind]}, 1 h gezählt, 1 h übrig",
        "Donnerstag, 12. März: geschlossen, Umzug",
        "Freitag, 13. März: geschlossen, Sonderregelung",
    ]


def test_closed_days_in_a_row_are_one_line() -> None:
    """One, two, and three or more; those with other reasons stand alone."""
    special = dict.fromkeys(("2026-03-10", "2026-03-11", "2026-03-12"), MOVED)
    deadline = explained("2026-03-09 16:00", BusinessHours(10), special=special)
    closed = [line for line in days(deadline) if "geschlossen" in line]
    assert closed == [
        "Dienstag, 10. März, bis Donnerstag, 12. März: geschlossen, Umzug",
        "Samstag, 14. März, und Sonntag, 15. März: geschlossen, Wochenende",
    ]
    assert "Tuesday 10 March to Thursday 12 March: closed, Umzug" in days(deadline, "en")


def test_the_year_is_told_where_there_are_two() -> None:
    """In every line of the days; else the lines stay short."""
    holidays: dict[str, Any] = {"holidays": "DE-NI", "zone": "Europe/Berlin"}
    deadline = explained("2026-12-30 16:00", BusinessDays(2), "same time", **holidays)
    assert all(re.match(r"\w+, \d+\. \w+ (2026|2027)\b", line) for line in days(deadline))
    assert "nach Mittwoch, 30. Dezember 2026" in paragraphs(deadline)[3][1]
    within = explained("2026-12-30 10:00", BusinessHours(10), **holidays)
    assert not any("2026" in line for line in days(within))


def test_without_holidays() -> None:
    """Said, so that nobody looks for one; also where such a calendar is frozen."""
    terms = promise(BusinessHours(4))
    frozen = terms.replace(calendar=terms.calendar.freeze(2026, 2026))
    for each in (terms, frozen):
        deadline = each.explain(datetime(2026, 3, 10, 10, tzinfo=UTC), CRITICAL)
        assert "Feiertage werden nicht berücksichtigt" in paragraphs(deadline)[3][0]
        assert "public holidays are not observed" in paragraphs(deadline, "en")[3][0]
        assert "no country" not in deadline.text()


def test_holidays_of_more_than_one_kind_are_those_of_their_region() -> None:
    """Also where the calendar has a table for them."""
    catholic = {"country": "DE", "subdivision": "BY", "categories": ["catholic", "public"]}
    assert "(Bayern)" in explained("2026-03-10 10:00", BusinessHours(4), holidays=catholic).text()


def test_without_weekly_hours() -> None:
    """A desk for some dates only, or for windows."""
    special = {"2026-03-09": [["08:00", "09:00"]], "2026-03-10": [["08:00", "12:00"]]}
    deadline = explained("2026-03-09 07:00", BusinessHours(4), hours={}, special=special)
    assert paragraphs(deadline)[3][0].startswith("Keine regelmäßigen Geschäftszeiten; ")
    assert paragraphs(deadline, "en")[3][0].startswith("No regular business hours; ")
    assert total(deadline) == "Summe: 1 h + 3 h = 4 h"


def test_weekdays_that_are_alike_are_said_together() -> None:
    """One, two, and more in a row; what is closed between them parts them."""
    hours = {"mon": OFFICE, "wed-thu": OFFICE, "fri": [["08:30", "12:00"]], "sat-sun": [["00:00", "24:00"]]}
    deadline = explained("2026-03-09 10:00", BusinessHours(1), hours=hours, zone="Europe/Berlin")
    assert paragraphs(deadline)[3][0] == (
        "Geschäftszeiten: Montag von 08:30 bis 17:00 Uhr; Mittwoch und Donnerstag von 08:30 bis 17:00 "
        "Uhr; Freitag von 08:30 bis 12:00 Uhr; Samstag und Sonntag rund um die Uhr "
        "(Ortszeit Berlin); Feiertage werden nicht berücksichtigt."
    )
    always = explained("2026-03-09 10:00", BusinessHours(1), hours=ALWAYS)
    assert ": around the clock, public holidays included." in paragraphs(always, "en")[3][0]


def test_a_long_run_is_counted_once() -> None:
    """Not nineteen times written, and the sum is what was promised."""
    deadline = explained("2026-05-04 13:45", BusinessDays(20))
    assert total(deadline) == f"Summe: 3 h 15 min + 19 {TIMES} 8 h 30 min + 5 h 15 min = 170 h"
    assert total(deadline, "en") == f"Total: 3 h 15 min + 19 {TIMES} 8 h 30 min + 5 h 15 min = 170 h"
    by_date = explained("2026-05-04 13:45", BusinessDays(2), "end of day")
    assert total(by_date, "en") == f"Total: 3 h 15 min + 2 {TIMES} 8 h 30 min = 20 h 15 min of business time"


HOSTILE = [
    *("Feier\nSumme: 99 h", "a\r\n\r\nb", "a\u2028b\u2029c", "\u202egnirednaw"),
    *("a\x00b\x1b[2J", "\ud800", "פסח", "x" * 500),
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_stays_in_its_line(name: str) -> None:
    """No line, no paragraph and no direction of writing comes from a calendar's names."""
    plain, hostile = (
        explained(
            "2026-03-10 10:00",
            BusinessHours(12),
            special={
                f"2026-03-{day}": {"spans": spans, "name": each} for day, spans in ((10, OFFICE), (11, []))
            },
        )
        for each in ("Name", name)
    )
    for language in ("de", "en"):
        text = hostile.text(language)
        assert len(text.splitlines()) == len(plain.text(language).splitlines())
        assert text.count("\u2068") == text.count("\u2069")
        assert not set(text) & set("\u202a\u202b\u202d\u202e\r\x00\x1b\u2028\u2029")
        text.encode()
    assert total(hostile) == total(plain)


LENGTH = re.compile(r"(?:(\d+) h)?(?: ?(\d+) min)?(?: ?(\d+)(?:[.,](\d+))? s)?")


def length(text: str) -> timedelta:
    """Read a length as a person would."""
    match = LENGTH.fullmatch(text.strip())
    assert match
    assert text
    hours, minutes, seconds = (int(match[group] or 0) for group in (1, 2, 3))
    return timedelta(0, seconds, int((match[4] or "").ljust(6, "0")), 0, minutes, hours)


def summed(line: str) -> tuple[timedelta, timedelta]:
    """Add up the left side of a sum, and read its right side."""
    terms, result = line.split(": ", 1)[1].split(" = ")
    added = timedelta()
    for term in terms.split(" + "):
        count, _, each = term.rpartition(f" {TIMES} ")
        added += int(count or 1) * length(each)
    return added, length(re.sub(" (Geschäftszeit|of business time)$", "", result))


WEEKS: list[dict[str, Any]] = [
    {"mon-fri": OFFICE},
    SPLIT,
    ALWAYS,
    NIGHTS,
    {"mon-tue": [["07:15", "11:20"], ["11:25", "23:59"]], "sat": [["00:00", "24:00"]]},
    {"sun": [["01:10", "02:50"]], "wed": [["23:00", "24:00"]], "thu": [["00:00", "00:01"]]},
]
ZONES = ("+01:00", "UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo")
AMOUNT = rf"(?:(\d+) {TIMES} )?((?:[\d.,]+ (?:h|min|s)\b ?)+)"
COUNTED = rf"{AMOUNT}(?:gezählt|counted)(?:, ((?:[\d.,]+ (?:h|min|s)\b ?)+)(?:übrig|left))?"
EXTRA = [["2018-02-17T03:00+00:00", "2018-02-18T05:30+00:00"]]
SPECIAL: dict[str, Any] = {"2018-10-28": [["02:15", "02:45"]], "2018-11-01": []}


@pytest.mark.parametrize("seed", range(120))
def test_the_sums_in_the_text_add_up(seed: int) -> None:
    """Whoever adds up the lines, and then the sum, comes to what was promised."""
    chance = random.Random(seed)  # noqa: S311
    rule = chance.choice(("elapsed", "elapsed", "same time", "end of day"))
    target: Target = (
        BusinessHours(chance.randint(0, 90), minutes=chance.randint(1, 59))
        if chance.random() < 0.5
        else BusinessDays(chance.randint(1, 9))
    )
    terms = promise(
        target,
        rule,  # type: ignore[arg-type]
        hours=chance.choice(WEEKS),
        zone=chance.choice(ZONES),
        holidays=chance.choice([None, "DE-NI"]),
        business_day="07:45",
        extra=chance.choice([[], EXTRA]),
        special=chance.choice([{}, SPECIAL]),
    )
    near = chance.choice(["2018-02-17", "2018-03-24", "2018-10-27", "2018-11-03", "2018-12-28"])
    opened = datetime.fromisoformat(f"{near}T00:00+00:00") + timedelta(
        seconds=chance.randint(0, 172_800), microseconds=chance.choice([0, 0, 250_000, 1])
    )
    deadline = terms.explain(opened, CRITICAL)
    used = [step.used for step in deadline.steps if step.kind == "counted"]
    by_date = isinstance(target, BusinessDays) and rule != "elapsed"
    for language in ("de", "en"):
        sums, left = [], deadline.target
        for line in days(deadline, language):
            if found := re.search(COUNTED if not by_date else rf"{AMOUNT}( \(.*\))?$", line):
                sums += int(found[1] or 1) * [length(found[2])]
                left = deadline.target - sum(sums, timedelta())
                assert by_date or (length(found[3]) == left if found[3] else not left)
        assert sums == used
        assert by_date or not left
        added = total(deadline, language)
        assert bool(added) == (len(used) > 1)
        if added:
            assert summed(added) == (sum(used, timedelta()),) * 2
            assert by_date or summed(added)[1] == deadline.target


def test_the_first_paragraph_says_how_late_it_was() -> None:
    """In business time, less that in pauses; where none has passed, none is named."""
    held = (("2026-03-10 16:00", "2026-03-11 09:00"),)
    late = happened("2026-03-10 10:00", BusinessHours(2), pauses=held, came="2026-03-11 09:45")
    assert "4 h 45 min Geschäftszeit" in paragraphs(late)[0][0]
    assert "4 h 45 min of business time" in paragraphs(late, "en")[0][0]
    night = happened("2026-03-10 15:00", BusinessHours(2), came="2026-03-10 21:40")
    for language in LANGUAGES:
        assert not re.search(r"\d (h|min)\b", paragraphs(night, language)[0][0])


@pytest.mark.parametrize("came", [None, "2026-03-11 12:00", "2026-03-13 12:00"])
def test_the_second_paragraph_says_how_the_level_changed(came: str | None) -> None:
    """As which it was opened, each change with its instant; promised is what the last one is."""
    deadline = happened(
        "2026-03-10 10:00",
        BusinessHours(12),
        changes=(("2026-03-10 11:00", CRITICAL), ("2026-03-11 10:00", EscalationLevel.HIGH)),
        came=came,
    )
    german, english = (paragraphs(deadline, language)[1] for language in LANGUAGES)
    assert "Eskalationsstufe 2 (Hoch): 12 Geschäftsstunden" in german[0]
    assert "Dienstag, 10. März 2026, 10:00 Uhr (UTC+1), als Eskalationsstufe 4 (Niedrig)" in german[1]
    assert "Tuesday 10 March 2026, 10:00 (UTC+1), as escalation level 4 (Low)" in english[1]
    assert german[2:] == [
        "Hochgestuft am Dienstag, 10. März 2026, um 11:00 Uhr (UTC+1) auf Eskalationsstufe 1 (Kritisch).",
        "Herabgestuft am Mittwoch, 11. März 2026, um 10:00 Uhr (UTC+1) auf Eskalationsstufe 2 (Hoch).",
    ]
    assert english[2:] == [
        "Raised to escalation level 1 (Critical) on Tuesday 10 March 2026 at 11:00 (UTC+1).",
        "Lowered to escalation level 2 (High) on Wednesday 11 March 2026 at 10:00 (UTC+1).",
    ]


def test_a_change_after_the_deadline_is_told_at_the_beginning_alone() -> None:
    """Raised, it is late at once: by so much business time, if any was counted or is known."""
    deadline = happened("2026-03-10 10:00", BusinessHours(2), changes=(("2026-03-12 10:00", CRITICAL),))
    german, english = "war zu diesem Zeitpunkt {} abgelaufen.", "; the new deadline had {}."
    assert paragraphs(deadline)[1][2].endswith(german.format("seit 15 h Geschäftszeit"))
    assert paragraphs(deadline, "en")[1][2].endswith(english.format("passed 15 h of business time before"))
    for since, raised in (("15:00", "2026-03-10 20:00"), ("10:00", "2027-03-12 10:00")):
        early = happened(f"2026-03-10 {since}", BusinessHours(2), changes=((raised, CRITICAL),))
        assert paragraphs(early)[1][2].endswith(german.format("bereits"))
        assert paragraphs(early, "en")[1][2].endswith(english.format("already passed"))
    assert days(deadline) == ["Dienstag, 10. März: 10:00 bis 12:00 Uhr, 2 h gezählt"]
    assert len(paragraphs(deadline)[3]) == 3
    assert "rückwirkend ab dem Eingang" in paragraphs(deadline)[3][1]


def test_a_pause_that_began_with_the_ticket_is_told_as_a_pause() -> None:
    """The desk was open, so it is not said to have been closed."""
    since = (("2026-03-10 10:00", "2026-03-11 09:00"),)
    deadline = happened("2026-03-10 10:00", BusinessHours(2), pauses=since)
    assert len(paragraphs(deadline)[1]) == 2
    assert days(deadline)[0] == "Dienstag, 10. März: 10:00 bis 17:00 Uhr, Pause, 7 h nicht gezählt"
    weekend = (("2026-03-14 10:00", "2026-03-16 09:00"),)
    closed = happened("2026-03-14 10:00", BusinessHours(2), pauses=weekend)
    assert paragraphs(closed)[1][2].endswith(
        "; geöffnet wurde am Montag, 16. März, um 08:30 Uhr. "
        "Bis 09:00 Uhr ruhte die Frist (Pause), sie läuft seither."
    )


def test_the_time_to_a_late_answer_is_a_paragraph_of_its_own() -> None:
    """Between the days and the rules: lines and a sum of its own, nothing left, nothing counted."""
    deadline = happened(
        "2026-03-12 15:00",
        BusinessHours(2),
        pauses=(("2026-03-13 10:00", "2026-03-13 12:00"),),
        changes=(("2026-03-13 14:00", CRITICAL),),
        came="2026-03-16 09:15",
    )
    german, english = (paragraphs(deadline, language) for language in LANGUAGES)
    assert len(german) == len(english) == 5
    assert german[3][0].endswith(":")
    assert german[3][1:] == [
        "Freitag, 13. März: 08:30 bis 10:00 Uhr, 1 h 30 min",
        "Freitag, 13. März: 10:00 bis 12:00 Uhr, Pause, 2 h nicht gezählt",
        "Freitag, 13. März: 12:00 bis 17:00 Uhr, 5 h",
        "Samstag, 14. März, und Sonntag, 15. März: geschlossen, Wochenende",
        "Montag, 16. März: 08:30 bis 09:15 Uhr, 45 min",
        "Summe: 1 h 30 min + 5 h + 45 min = 7 h 15 min Geschäftszeit",
    ]
    assert english[3][-1] == "Total: 1 h 30 min + 5 h + 45 min = 7 h 15 min of business time"
    assert german[2] == ["Donnerstag, 12. März: 15:00 bis 17:00 Uhr, 2 h gezählt"]


def test_a_response_on_time_ends_the_days_and_says_what_it_took() -> None:
    """The figure that a manager wants; what comes after it, nobody waited for."""
    for came, took, lines in (("10:00", "0 min", 3), ("11:00", "1 h", 4), ("12:00", "2 h", 4)):
        deadline = happened("2026-03-10 10:00", BusinessHours(2), came=f"2026-03-10 {came}")
        german, english = (paragraphs(deadline, language) for language in LANGUAGES)
        assert german[0][0].endswith(f" und damit rechtzeitig. Reaktionszeit: {took} von 2 h.")
        assert english[0][0].endswith(f", on time. Response time: {took} of 2 h.")
        assert len(german) == len(english) == lines
    late = happened("2026-03-10 10:00", BusinessHours(2), came="2026-03-10 12:45")
    assert paragraphs(late)[0][0].endswith(" Reaktionszeit: 2 h 45 min statt 2 h.")
    dates = happened("2026-03-10 10:00", BusinessDays(2), "end of day", came="2026-03-11 10:00")
    assert paragraphs(dates)[0][0].endswith(" Reaktionszeit: 8 h 30 min Geschäftszeit.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_is_nothing_to_tell_there_is_no_heading(language: Language) -> None:
    """An answer at night: the desk was closed all the while."""
    deadline = happened("2026-03-10 15:00", BusinessHours(2), came="2026-03-10 21:40")
    assert not any(lines[-1].endswith(":") for lines in paragraphs(deadline, language))


def test_the_rules_say_that_a_pause_outside_business_hours_cost_nothing() -> None:
    """Else it looks as if it had not been recorded; one after the deadline changes nothing at all."""
    night, again = ("2026-03-10 17:00", "2026-03-11 08:30"), ("2026-03-10 07:00", "2026-03-10 08:30")
    pauses: list[tuple[tuple[tuple[str, str], ...], str]] = [
        ((night,), "Pause von Dienstag, 10. März, 17:00 Uhr, bis Mittwoch, 11. März, 08:30 Uhr"),
        ((night, again), "2 Pausen"),
    ]
    plain = happened("2026-03-10 06:00", BusinessHours(9)).text().split("\n")
    for each, said in pauses:
        lines = happened("2026-03-10 06:00", BusinessHours(9), pauses=each).text().split("\n")
        (line,) = set(lines) - set(plain)
        assert line == f"{said}: außerhalb der Geschäftszeiten, ohne Einfluss auf die Frist."
    after = (("2026-03-11 11:00", "2026-03-11 12:00"),)
    assert happened("2026-03-10 06:00", BusinessHours(9), pauses=after).text().split("\n") == plain


def test_by_date_days_are_counted_from_the_opening_whatever_was_paused() -> None:
    """A pause is added to the date, so it moves neither the first date nor the numbers."""
    pauses = (("2026-03-10 15:00", "2026-03-11 12:00"),)
    deadline = happened("2026-03-10 15:00", BusinessDays(2), "same time", pauses=pauses)
    assert deadline.due == datetime.fromisoformat("2026-03-13T12:00+01:00")
    assert "2. Geschäftstag nach Dienstag, 10. März" in paragraphs(deadline)[3][1]
    assert "Mittwoch, 11. März (1. Geschäftstag): 08:30" in days(deadline)[1]


def test_a_clock_change_after_the_deadline_is_told() -> None:
    """Up to the response."""
    usual = "2026-03-27 10:00", BusinessHours(2)
    late = happened(*usual, zone="Europe/Berlin", came="2026-03-30 09:00")
    assert "Zeitumstellung am Sonntag, 29. März" in late.text()
    assert "Zeitumstellung" not in happened(*usual, zone="Europe/Berlin").text()


def test_the_year_is_told_where_the_answer_came_in_another() -> None:
    """Also in the lines before the deadline, so that all are alike."""
    deadline = happened("2026-12-30 10:00", BusinessHours(2), came="2027-01-04 09:00")
    lines = [*paragraphs(deadline)[2], *paragraphs(deadline)[3][1:]]
    assert all(re.search(r"(2026|2027)\b", line) for line in lines if not line.startswith("Summe"))


# Pauses, changes of level and late answers, date by date.


def test_a_pause_in_the_hour_that_comes_twice_has_its_offsets() -> None:
    """From 02:30 to 02:30 there was an hour."""
    twice = (("2026-10-25 02:30+02:00", "2026-10-25 02:30+01:00"),)
    desk: dict[str, Any] = {"zone": "Europe/Berlin", "hours": ALWAYS}
    found = days(happened("2026-10-25 00:00", BusinessHours(4), pauses=twice, **desk))
    assert found[1] == (
        "Sonntag, 25. Oktober: 02:30 Uhr (MESZ) bis 02:30 Uhr (MEZ), Pause, 1 h nicht gezählt (Zeitumstellung)"
    )


def test_a_date_that_was_paused_all_day_is_not_told_as_closed() -> None:
    """It was open: extra hours on a holiday, all of them lost."""
    ticket = happened(
        "2026-04-02 16:00",
        BusinessHours(2),
        pauses=(("2026-04-03 09:00", "2026-04-03 13:00"),),
        holidays="DE-NI",
        extra=[["2026-04-03T10:00+01:00", "2026-04-03T12:00+01:00"]],
    )
    assert days(ticket)[1:4] == [
        "Freitag, 3. April: 00:00 bis 10:00 Uhr, geschlossen, Karfreitag",
        "Freitag, 3. April: 10:00 bis 12:00 Uhr, Pause, 2 h nicht gezählt",
        "Freitag, 3. April: 12:00 bis 24:00 Uhr, geschlossen, Karfreitag",
    ]


def test_a_closed_date_is_told_once_though_the_level_changed_on_it() -> None:
    """On a Saturday: not before the change, and again with the Sunday."""
    changes = (("2026-03-14 12:00", CRITICAL),)
    assert days(happened("2026-03-13 16:00", BusinessHours(2), changes=changes))[1:2] == [
        "Samstag, 14. März, und Sonntag, 15. März: geschlossen, Wochenende"
    ]


def test_after_a_date_days_are_not_numbered() -> None:
    """Nobody promised them, nor the rest of the last one."""
    ticket = happened("2026-03-10 15:00", BusinessDays(1), "end of day", came="2026-03-12 09:00")
    assert paragraphs(ticket)[3][1:] == ["Donnerstag, 12. März: 08:30 bis 09:00 Uhr, 30 min"]


def test_the_rest_of_a_named_date_is_told_after_the_deadline() -> None:
    """Its hours end at noon, and so nothing was counted in the afternoon; the reader asks why."""
    special = {"2026-03-12": {"spans": [["10:00", "12:00"]], "name": "Inventur"}}
    ticket = happened("2026-03-12 10:00", BusinessHours(2), special=special, came="2026-03-12 16:00")
    assert paragraphs(ticket)[3][1:] == ["Donnerstag, 12. März: 12:00 bis 16:00 Uhr, geschlossen, Inventur"]


HALF_DAY: dict[str, Any] = {"recurring": {"12-24": [["08:30", "12:00"]]}}
BERLIN: dict[str, Any] = {"zone": "Europe/Berlin", "hours": ALWAYS}


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        (
            explained("2026-12-22 15:00", BusinessDays(2), "same time", **HALF_DAY),
            "Dezember, um 12:00 Uhr, da um 15:00 Uhr, der Uhrzeit, zu der die Frist zu laufen begann, geschlossen",
        ),
        (
            explained("2026-07-14T09:30+02:00", BusinessDays(1), "same time"),
            "nach Dienstag, 14. Juli, um 08:30 Uhr (UTC+1), der Uhrzeit, zu der die Frist zu laufen begann.",
        ),
        (
            explained("2026-12-23 15:00", BusinessDays(1), holidays="DE-NI"),
            "Heiligabend ist kein gesetzlicher",
        ),
        (explained("2026-12-30 15:00", BusinessDays(1), holidays="DE-NI"), "Silvester ist kein gesetzlicher"),
        (
            explained("2026-03-10 17:00", BusinessHours(1)),
            "; um 17:00 Uhr ist bereits geschlossen. Die Frist",
        ),
        (
            explained("2026-10-25T01:30+02:00", BusinessHours(4), **BERLIN),
            "Sonntag, 25. Oktober: 01:30 bis 05:30 Uhr, 4 h gezählt\n",
        ),
        (
            explained("2026-10-25 01:30", BusinessHours(4), **BERLIN),
            "Sonntag, 25. Oktober: 01:30 Uhr (MESZ) bis 04:30 Uhr (MEZ), 4 h gezählt (Zeitumstellung)\n",
        ),
        (
            explained(
                "2026-07-14T08:00+02:00", BusinessHours(4), hours={"mon-thu": OFFICE, "fri": SPLIT["mon-fri"]}
            ),
            "Das ist 1 h später (UTC+2).",
        ),
        (
            explained("2026-07-14T12:00-07:00", BusinessHours(4)),
            "Das entspricht 00:30 bis 09:00 Uhr (UTC\N{MINUS SIGN}7).",
        ),
        (
            happened("2026-03-10 10:00", BusinessHours(4), pauses=(("2026-03-10 11:00", None),)),
            "Die Frist ruht seit Dienstag, 10. März 2026, 11:00 Uhr (UTC+1). Bisher 1 h gezählt, 3 h übrig.",
        ),
        (
            happened("2026-03-10 07:00", BusinessHours(4), pauses=(("2026-03-10 08:00", None),)),
            "Der Support war zu diesem Zeitpunkt nicht besetzt (außerhalb der Geschäftszeiten).\n",
        ),
        (
            happened("2026-03-10 10:00", BusinessHours(2), came="2026-03-10 12:00:00.999999"),
            ", weniger als 1 s Geschäftszeit nach Ablauf der Frist.\n",
        ),
        (
            happened("2026-03-10 15:00", BusinessHours(2), came="2026-03-10 21:40"),
            "und damit verspätet: nach Geschäftsschluss, aber vor der nächsten Geschäftszeit.",
        ),
        (
            happened("2026-03-13 15:00", BusinessHours(2), came="2026-03-15 12:00"),
            "\nDanach, bis zur Reaktion:\nSamstag, 14. März, und Sonntag, 15. März: geschlossen, Wochenende\n",
        ),
        (
            happened(
                "2026-03-10 15:00",
                BusinessHours(1),
                pauses=(("2026-03-10 16:00", "2026-03-10 17:00"),),
                came="2026-03-10 16:30",
            ),
            "und damit verspätet, nach Beginn einer Pause.",
        ),
        (
            happened("2026-03-10 10:00", BusinessHours(20), changes=(("2026-03-11 10:00", CRITICAL),)),
            "Dienstag, 10. März: 10:00 bis 17:00 Uhr, 7 h gezählt (nach der neuen Stufe 13 h übrig)\n",
        ),
        (
            happened(
                "2026-03-13 09:00", BusinessHours(9), pauses=(("2026-03-16 08:00", "2026-03-20 18:00"),)
            ),
            f"Freitag, 20. März: je 08:30 bis 17:00 Uhr, Pause, 5 {TIMES} 8 h 30 min nicht gezählt\n",
        ),
        (
            explained("2026-03-09 09:00", BusinessDays(4), "end of day"),
            f"Freitag, 13. März (1. bis 4. Geschäftstag): je 08:30 bis 17:00 Uhr, 4 {TIMES} 8 h 30 min\n",
        ),
    ],
)
def test_a_situation_is_said_as_a_support_engineer_would(deadline: Deadline, said: str) -> None:
    """What was missing, untrue or hard to read."""
    assert said in deadline.text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reader_chooses_the_clock_and_the_calendar_keeps_its_dates(language: Language) -> None:
    """Weekends are those of the desk, wherever it is Monday already."""
    deadline = explained("2026-07-10T15:00+00:00", BusinessHours(2), hours={"mon-fri": OFFICE})
    texts = {zone: deadline.text(language, zone=zone) for zone in (None, "Asia/Tokyo", "America/New_York")}
    closed = ("Samstag, 11. Juli, und Sonntag, 12. Juli: ", "Saturday 11 July and Sunday 12 July: ")
    assert all(closed[language == "en"] in text for text in texts.values())
    for zone, time in ((None, "08:30"), ("Asia/Tokyo", "17:30"), ("America/New_York", "04:30")):
        assert f" {time}" in texts[zone].split("\n")[0]
        assert "09:30" in texts[zone].split("\n")[0]


def test_a_case_number_comes_first_and_stays_one_line() -> None:
    """It is what the customer is asked for; and it comes from outside."""
    terms, at = promise(BusinessHours(1)), datetime(2026, 3, 10, 10, tzinfo=UTC)
    for number, shown in (("2026-0412", "2026-0412"), ("1\n2", "1 2")):
        deadline = terms.explain(at, CRITICAL, case_number=number)
        assert deadline.text().startswith(f"Fallnummer {shown}: Die erste Reaktion ist spätestens")
        assert deadline.text("en").startswith(f"Case number {shown}: The first response is due by")
        assert str(deadline).startswith(f"Fallnummer {shown}: Eskalationsstufe 1")
