"""How dates, times, lengths and reasons are said, in German and in English."""

import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import get_args

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcor_sla import BusinessDays, BusinessHours
from netcor_sla._calendars.holidays import HolidayNames
from netcor_sla._calendars.instants import EPOCH, day_number
from netcor_sla._calendars.zones import Stretch, offset_text, stretches, zone
from netcor_sla._explanations.words import REASONS, Voice, reason
from netcor_sla._languages import MONTHS, REGIONS, WEEKDAYS, Language, safe

MICROSECOND = timedelta.resolution
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
LANGUAGES: tuple[Language, ...] = get_args(Language)
FIRST, LAST = (datetime(year, 1, 1, tzinfo=UTC) - EPOCH for year in (2011, 2028))

each_language = pytest.mark.parametrize("language", LANGUAGES)


@cache
def offsets(place: str) -> tuple[Stretch, ...]:
    """List what a zone's clock was ahead in the years of these tests."""
    return tuple(stretches(zone(place), FIRST, LAST))


def voice(language: Language = "de", place: str = "Europe/Berlin") -> Voice:
    """Make a voice on the clock of a zone."""
    return Voice(language, place, offsets(place))


def both(place: str = "Europe/Berlin") -> tuple[Voice, Voice]:
    """Make a German and an English voice."""
    return voice("de", place), voice("en", place)


def at(text: str) -> datetime:
    """Read an instant with an offset, and forget the offset."""
    return datetime.fromisoformat(text).astimezone(UTC)


def day(text: str) -> int:
    """Number a date."""
    return day_number(date.fromisoformat(text), "day")


@pytest.mark.parametrize(
    ("text", "german", "english"),
    [
        ("2026-04-07", "Dienstag, 7. April", "Tuesday 7 April"),
        ("2026-03-01", "Sonntag, 1. März", "Sunday 1 March"),
        ("2024-02-29", "Donnerstag, 29. Februar", "Thursday 29 February"),
        ("2026-12-31", "Donnerstag, 31. Dezember", "Thursday 31 December"),
        ("1969-12-31", "Mittwoch, 31. Dezember", "Wednesday 31 December"),
    ],
)
def test_a_date_has_its_weekday(text: str, german: str, english: str) -> None:
    """A weekday or a month off by one would show here, also before 1970; the year on demand."""
    for each, said in zip(both(), (german, english), strict=True):
        assert each.date(day(text)) == said
        assert each.date(day(text), year=True) == f"{said} {text[:4]}"


def test_weekdays_and_months_are_all_there() -> None:
    """A slip in one of 38 names; the English ones as Python's own, the German ones as spoken."""
    days = [date(2026, 3, number) for number in range(2, 9)]
    assert list(WEEKDAYS["en"]) == [f"{each:%A}" for each in days]
    assert list(MONTHS["en"]) == [f"{date(2026, number, 1):%B}" for number in range(1, 13)]
    assert "".join(name[:2] for name in WEEKDAYS["de"]) == "MoDiMiDoFrSaSo"
    assert "".join(name[:3] for name in MONTHS["de"]) == "JanFebMärAprMaiJunJulAugSepOktNovDez"


@pytest.mark.parametrize(
    ("text", "german", "english"),
    [
        ("2026-04-07T09:05+02:00", "09:05", "09:05"),
        ("2026-04-07T00:00+02:00", "00:00", "00:00"),
        ("2026-04-07T09:05:07+02:00", "09:05:07", "09:05:07"),
        ("2026-04-07T09:05:07.250+02:00", "09:05:07,25", "09:05:07.25"),
        ("2026-04-07T09:05:00.000001+02:00", "09:05:00,000001", "09:05:00.000001"),
        ("2026-04-07T23:59:59.999999+02:00", "23:59:59,999999", "23:59:59.999999"),
        ("2026-04-07T09:05:10+02:00", "09:05:10", "09:05:10"),
    ],
)
def test_a_time_of_day_has_what_it_needs(text: str, german: str, english: str) -> None:
    """Seconds only where there are some, all of their digits, and never rounded."""
    assert voice("de").clock(at(text)) == german
    assert voice("en").clock(at(text)) == english
    assert voice("de").time(at(text)) == f"{german} Uhr"
    assert voice("en").time(at(text)) == english


@each_language
def test_what_ends_at_midnight_ends_at_24(language: Language) -> None:
    """`22:00 bis 00:00` would be an end before its beginning; what begins, begins at 00:00."""
    speaker = voice(language)
    start, midnight = at("2026-04-07T22:00+02:00"), at("2026-04-08T00:00+02:00")
    assert speaker.clock(midnight, ends=True) == "24:00"
    assert speaker.clock(midnight) == "00:00"
    assert speaker.clock(midnight + MICROSECOND, ends=True).startswith("00:00:00")
    assert speaker.time(midnight, ends=True).startswith("24:00")
    spans = {"de": ("22:00 bis 24:00 Uhr", "00:00 bis 24:00 Uhr"), "en": ("22:00 to 24:00", "00:00 to 24:00")}
    assert speaker.times(start, midnight) == spans[language][0]
    assert speaker.times(midnight, midnight + 24 * HOUR) == spans[language][1]


@pytest.mark.parametrize(
    ("place", "start", "end", "said"),
    [
        ("Europe/Berlin", "2026-03-29T00:00+01:00", "2026-03-29T01:00+00:00", "00:00 bis 02:00 Uhr"),
        ("America/Sao_Paulo", "2018-11-03T08:00-03:00", "2018-11-04T00:00-03:00", "08:00 bis 24:00 Uhr"),
        ("Asia/Beirut", "2026-03-28T10:00+02:00", "2026-03-29T00:00+02:00", "10:00 bis 24:00 Uhr"),
        ("Pacific/Apia", "2011-12-29T10:00-10:00", "2011-12-30T00:00-10:00", "10:00 bis 24:00 Uhr"),
    ],
)
def test_an_end_is_told_on_the_clock_that_led_to_it(place: str, start: str, end: str, said: str) -> None:
    """At a clock change nobody was open `08:00 bis 01:00 Uhr`."""
    assert voice("de", place).times(at(start), at(end)) == said


@pytest.mark.parametrize(
    ("place", "text", "offset"),
    [
        ("Europe/Berlin", "2026-10-25T01:59:59.999999+02:00", ""),
        ("Europe/Berlin", "2026-10-25T02:00+02:00", " (MESZ)"),
        ("Europe/Berlin", "2026-10-25T02:59:59.999999+02:00", " (MESZ)"),
        ("Europe/Berlin", "2026-10-25T02:00+01:00", " (MEZ)"),
        ("Europe/Berlin", "2026-10-25T02:59:59.999999+01:00", " (MEZ)"),
        ("Europe/Berlin", "2026-10-25T03:00+01:00", ""),
        ("Europe/Berlin", "2026-03-29T01:30+01:00", ""),
        ("Europe/Berlin", "2026-03-29T03:30+02:00", ""),
        ("Australia/Lord_Howe", "2026-04-05T01:29:59.999999+11:00", ""),
        ("Australia/Lord_Howe", "2026-04-05T01:30+11:00", " (UTC+11)"),
        ("Australia/Lord_Howe", "2026-04-05T01:30+10:30", " (UTC+10:30)"),
        ("Australia/Lord_Howe", "2026-04-05T01:59:59.999999+10:30", " (UTC+10:30)"),
        ("Australia/Lord_Howe", "2026-04-05T02:00+10:30", ""),
        ("America/Havana", "2019-11-03T00:30-04:00", " (UTC\N{MINUS SIGN}4)"),
        ("Antarctica/Troll", "2026-10-25T01:00+02:00", " (UTC+2)"),
        ("Antarctica/Troll", "2026-10-25T02:59+00:00", " (UTC)"),
        ("Antarctica/Troll", "2026-10-25T03:00+00:00", ""),
        ("+01:00", "2026-10-25T02:30+01:00", ""),
    ],
)
def test_a_time_that_the_clock_shows_twice_has_its_offset(place: str, text: str, offset: str) -> None:
    """In the hour that comes twice, or half an hour, or two; to the microsecond."""
    german, english = both(place)
    exact = at(text)
    assert german.time(exact) == f"{german.clock(exact)} Uhr{offset}"
    named = offset.replace("MESZ", "CEST").replace("MEZ", "CET")
    assert english.time(exact) == f"{english.clock(exact)}{named}"
    assert english.times(exact - 6 * HOUR, exact).startswith(english.clock(exact - 6 * HOUR))


@pytest.mark.parametrize(
    ("place", "display", "said"),
    [
        ("+01:00", "Europe/Berlin", "13:30 Uhr MESZ (12:30 Uhr UTC+1)"),
        ("+01:00", "+02:00", "13:30 Uhr UTC+2 (12:30 Uhr UTC+1)"),
        ("Europe/Zurich", "Europe/Berlin", "13:30 Uhr MESZ"),
        ("Europe/Zurich", "+02:00", "13:30 Uhr (UTC+2)"),
        ("Europe/Berlin", "America/New_York", "07:30 Uhr Ortszeit New York (13:30 Uhr MESZ)"),
        ("Pacific/Auckland", "UTC", "11:30 Uhr UTC (23:30 Uhr Ortszeit Auckland)"),
        ("-09:00", "Asia/Tokyo", "20:30 Uhr Ortszeit Tokio (02:30 Uhr UTC\N{MINUS SIGN}9)"),
        ("-13:00", "UTC", "11:30 Uhr UTC (Sonntag, 12. Juli, 22:30 Uhr UTC\N{MINUS SIGN}13)"),
    ],
)
def test_an_instant_is_said_on_both_clocks_where_they_differ(place: str, display: str, said: str) -> None:
    """The reader's first, and the calendar's once."""
    shown = Voice("de", display, offsets(display), desk=voice("de", place))
    assert shown.instant(at("2026-07-13T11:30+00:00")) == f"Montag, 13. Juli 2026, {said}"


def test_both_ends_of_a_span_can_be_shown_twice() -> None:
    """Said apart, or an hour would be said to last no time."""
    span = at("2026-10-25T02:30+02:00"), at("2026-10-25T02:30+01:00")
    assert voice("de").times(*span) == "02:30 Uhr (MESZ) bis 02:30 Uhr (MEZ)"
    assert voice("en").times(*span) == "02:30 (CEST) to 02:30 (CET)"


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("2026-10-25T01:30+02:00", "00:00 bis 01:30 Uhr"),
        ("2026-10-25T02:30+02:00", "00:00 bis 02:30 Uhr (MESZ)"),
        ("2026-10-25T03:00+02:00", "00:00 bis 03:00 Uhr (MESZ)"),
        ("2026-10-25T02:30+01:00", "00:00 Uhr (MESZ) bis 02:30 Uhr (MEZ)"),
        ("2026-10-25T03:00+01:00", "00:00 Uhr (MESZ) bis 03:00 Uhr (MEZ)"),
        ("2026-10-25T03:30+01:00", "00:00 Uhr (MESZ) bis 03:30 Uhr (MEZ)"),
    ],
)
def test_an_end_that_comes_twice_has_its_offset(end: str, said: str) -> None:
    """Three o'clock is reached twice in that night, and two hours may end at either."""
    assert voice().times(at("2026-10-25T00:00+02:00"), at(end)) == said


@pytest.mark.parametrize(
    ("amount", "german", "english"),
    [
        (timedelta(), "0 min", "0 min"),
        (MINUTE, "1 min", "1 min"),
        (HOUR, "1 h", "1 h"),
        (170 * HOUR, "170 h", "170 h"),
        (1_000_000 * HOUR, "1000000 h", "1000000 h"),
        (8 * HOUR + 30 * MINUTE, "8 h 30 min", "8 h 30 min"),
        (5 * SECOND, "5 s", "5 s"),
        (HOUR + SECOND, "1 h 1 s", "1 h 1 s"),
        (59 * MINUTE + 59 * SECOND + 999_999 * MICROSECOND, "59 min 59,999999 s", "59 min 59.999999 s"),
        (250_000 * MICROSECOND, "0,25 s", "0.25 s"),
        (MICROSECOND, "0,000001 s", "0.000001 s"),
        (10 * SECOND, "10 s", "10 s"),
    ],
)
def test_a_length_is_said_exactly(amount: timedelta, german: str, english: str) -> None:
    """No part that is zero, no part rounded, and a comma where German has one."""
    assert voice("de").length(amount) == german
    assert voice("en").length(amount) == english


@given(st.integers(0, 10**16))
def test_a_length_can_be_added_up_again(amount: int) -> None:
    """Law: what is said is what it is, to the microsecond."""
    units = {"h": HOUR, "min": MINUTE, "s": SECOND}
    words = voice("en").length(MICROSECOND * amount).split()
    parts = zip(words[::2], words[1::2], strict=True)
    speaker = sum(round(float(number) * 10**6) * (units[unit] // SECOND) for number, unit in parts)
    assert speaker == amount


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (timedelta(), "UTC"),
        (timedelta(hours=1), "UTC+1"),
        (timedelta(hours=14), "UTC+14"),
        (-timedelta(hours=3, minutes=30), "UTC\N{MINUS SIGN}3:30"),
        (timedelta(hours=5, minutes=45), "UTC+5:45"),
        (-timedelta(minutes=30), "UTC\N{MINUS SIGN}0:30"),
        (timedelta(minutes=53, seconds=28), "UTC+0:53:28"),
        (timedelta(hours=1, seconds=5), "UTC+1:00:05"),
        (-timedelta(minutes=44, seconds=30), "UTC\N{MINUS SIGN}0:44:30"),
    ],
)
def test_an_offset_is_written_short(text: timedelta, said: str) -> None:
    """Behind Greenwich nothing is rounded down; old zones have seconds."""
    assert offset_text(text) == said


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("UTC", "UTC"),
        ("+01:00", "UTC+1"),
        ("-03:30", "UTC\N{MINUS SIGN}3:30"),
        ("Europe/Berlin", "MESZ"),
        ("America/St_Johns", "Ortszeit St Johns, UTC\N{MINUS SIGN}2:30"),
        ("Etc/UTC", "UTC"),
        ("Europe/Vienna", "MESZ"),
        ("Europe/London", "Ortszeit London, UTC+1"),
        ("Asia/Tokyo", "Ortszeit Tokio, UTC+9"),
        ("CET", "MESZ"),
        ("EST", "EST"),
        ("EET", "EET, UTC+3"),
    ],
)
def test_a_zone_is_named(place: str, said: str) -> None:
    """A fixed offset says all; a zone's name needs the offset of that day."""
    assert voice("de", place).clock_of(at("2026-07-01T12:00+00:00")) == said


@pytest.mark.parametrize("key", ["Europe/Berlin\nZeile 9: x", "A\u202eB", "A\x00B", "A\u2028B"])
def test_the_zone_of_a_record_is_one_line(key: str) -> None:
    """A record comes from outside, and names any zone that it likes."""
    shown = Voice("de", key, (Stretch(FIRST, LAST, HOUR),)).clock_of(EPOCH)
    assert shown == safe(shown)
    assert shown.endswith(", UTC+1")


@pytest.mark.parametrize(
    ("target", "german", "english"),
    [
        (BusinessHours(4), "4 Geschäftsstunden", "4 business hours"),
        (BusinessHours(1), "1 Geschäftsstunde", "1 business hour"),
        (BusinessHours(minutes=1), "1 Geschäftsminute", "1 business minute"),
        (BusinessHours(minutes=30), "30 Geschäftsminuten", "30 business minutes"),
        (BusinessHours(minutes=90), "1 Geschäftsstunde und 30 Minuten", "1 business hour and 30 minutes"),
        (BusinessHours(2, minutes=1), "2 Geschäftsstunden und 1 Minute", "2 business hours and 1 minute"),
        (BusinessDays(1), "1 Geschäftstag", "1 business day"),
        (BusinessDays(2), "2 Geschäftstage", "2 business days"),
    ],
)
def test_a_target_is_counted(target: BusinessHours | BusinessDays, german: str, english: str) -> None:
    """One is singular, all else plural, in both languages."""
    assert voice("de").target(target) == german
    assert voice("en").target(target) == english


@pytest.mark.parametrize("name", ["\u202e", "\x00", "\u2066\u2069", "\ud800", "\x85"])
def test_a_name_that_says_nothing_is_no_name(name: str) -> None:
    """`geschlossen, ` and nothing behind it would be a riddle; what says something is one line."""
    assert reason("holiday", HolidayNames(name, name), "de") == "Feiertag"
    assert reason("special date", HolidayNames(name, name), "en") == REASONS["special date"][1]
    assert reason("holiday", HolidayNames(f"a\n{name}b", "x"), "de").split() in (["a", "b"], ["ab"])


@pytest.mark.parametrize(
    ("label", "german", "english"),
    [
        ("DE-NI", "Niedersachsen", "Lower Saxony"),
        ("DE", "Deutschland, bundesweit", "Germany, nationwide"),
        ("AT-9", "Wien", "Vienna"),
        ("US", "USA", "USA"),
        ("US-CA", "USA, CA", "USA, CA"),
        ("FR", "Frankreich", "France"),
        ("QQ-1", "QQ-1", "QQ-1"),
        ("X\nY", "X Y", "X Y"),
    ],
)
def test_a_region_is_named(label: str, german: str, english: str) -> None:
    """Where a name is known, with the code; a record may claim any country."""
    assert (voice("de").region(label), voice("en").region(label)) == (german, english)


def test_all_german_states_have_names() -> None:
    """The sixteen that `holidays` knows; beside them it has one city, which is no state."""
    states = [key.removeprefix("DE-") for key in REGIONS if key.startswith("DE-")]
    known = holidays.list_supported_countries(include_aliases=False)["DE"]
    assert len(states) == 16
    assert sorted(states) == sorted(set(known) - {"Augsburg"})
    assert len({german for german, _ in REGIONS.values()}) == len(REGIONS)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        pytest.param("a\nb", "a b", id="line feed"),
        pytest.param("a\r\nb", "a b", id="carriage return"),
        pytest.param("a\x0bb\x0cc\x1cd\x1de\x1ef", "a b c d e f", id="what Python calls a line"),
        pytest.param("a\x00b", "a b", id="NUL"),
        pytest.param("a\x1b[31mb", "a [31mb", id="escape"),
        pytest.param("a\x7fb", "a b", id="delete"),
        pytest.param("a\x85b\x9bc\x80d\x9f", "a b c d", id="C1"),
        pytest.param("a\u2028b\u2029c", "a b c", id="separators"),
        pytest.param("a\ud800b\udfff", "a b", id="surrogates"),
        pytest.param("a\ufffeb\uffffc", "a b c", id="no characters"),
        pytest.param("  a \t  b  ", "a b", id="blanks"),
        pytest.param("a\u202eb\u202dc\u202ad\u202be\u202cf", "abcdef", id="overrides"),
        pytest.param("a\u2066b\u2067c\u2068d\u2069e", "abcde", id="isolates"),
        pytest.param("a\u200eb\u200fc\u061cd", "abcd", id="marks"),
        pytest.param("\u202e\n", "", id="nothing else"),
    ],
)
def test_what_would_break_a_line_is_taken_out(name: str, line: str) -> None:
    """Else a calendar from outside could write lines of its own into a ticket."""
    assert safe(name) == line


@pytest.mark.parametrize(
    "name",
    [
        *("Erster Weihnachtstag", "Größe & Übermut <b>", "Mariä Himmelfahrt", "春节", "삼일절"),
        *("Δεκαπενταύγουστος", "🎄 Heiligabend", "👩‍💻 Tag"),
        *("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "e\u0301te\u0301", "क्‍ष", ""),
    ],
)
def test_what_people_write_is_kept(name: str) -> None:
    """Umlauts, CJK, emoji joined of several, combining marks; nothing is normalized."""
    assert safe(name) == name


@pytest.mark.parametrize("name", ["פסח", "عيد الفطر", "2026 ٣", "Eid عيد"])
def test_a_name_written_from_right_to_left_turns_nothing_else(name: str) -> None:
    """It stands in an isolate, once, so that figures behind it stay where they are."""
    assert safe(name) == f"\u2068{name}\u2069"
    assert safe(safe(name)) == safe(name)
    assert safe(f"\u2069{name}\u202e") == f"\u2068{name}\u2069"


@given(st.text(st.characters()))
def test_whatever_a_name_is_it_becomes_one_line(name: str) -> None:
    """Law: one line at most, no control, no open isolate, and safe again what is safe."""
    line = safe(name)
    assert len(line.splitlines()) <= 1
    assert "Cc" not in set(map(unicodedata.category, line))
    assert line.count("\u2068") == line.count("\u2069") <= 1
    assert safe(line) == line
    line.encode()
