"""Agreed cadences: what a rule of RFC 5545 means, and that no text hangs or is guessed at."""

import calendar
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcor_sla._tickets.rrule import LONGEST, cadence
from netcor_sla.errors import AgreementError, ArgumentError

BERLIN = ZoneInfo("Europe/Berlin")
DESK = timezone(timedelta(hours=1))
START = datetime(2026, 4, 2, 14, 10, tzinfo=DESK)  # a Thursday
HORIZON = datetime(2101, 1, 1, tzinfo=DESK)


def first(rule: object, count: int = 4, start: datetime = START) -> list[str]:
    """Write the first occurrences of a rule, on the clock of its start."""
    return [
        each.astimezone(start.tzinfo).isoformat(" ")[:16]
        for each in islice(cadence(rule, start, HORIZON), count)
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY", ["2026-04-02 14:10", "2026-04-03 14:10", "2026-04-04 14:10"]),
        ("FREQ=DAILY;INTERVAL=2", ["2026-04-02 14:10", "2026-04-04 14:10", "2026-04-06 14:10"]),
        ("FREQ=WEEKLY", ["2026-04-02 14:10", "2026-04-09 14:10", "2026-04-16 14:10"]),
        ("FREQ=WEEKLY;BYDAY=TU,FR", ["2026-04-03 14:10", "2026-04-07 14:10", "2026-04-10 14:10"]),
        ("FREQ=MONTHLY", ["2026-04-02 14:10", "2026-05-02 14:10", "2026-06-02 14:10"]),
        ("FREQ=MONTHLY;BYDAY=1MO", ["2026-04-06 14:10", "2026-05-04 14:10", "2026-06-01 14:10"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["2026-04-24 14:10", "2026-05-29 14:10", "2026-06-26 14:10"]),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",  # the last but the weekend
            ["2026-04-30 14:10", "2026-05-29 14:10", "2026-06-30 14:10"],
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            ["2026-04-30 14:10", "2026-05-31 14:10", "2026-06-30 14:10"],
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=31",
            ["2026-05-31 14:10", "2026-07-31 14:10", "2026-08-31 14:10"],
        ),
        ("FREQ=YEARLY;BYYEARDAY=-1", ["2026-12-31 14:10", "2027-12-31 14:10", "2028-12-31 14:10"]),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            ["2028-02-29 14:10", "2032-02-29 14:10", "2036-02-29 14:10"],
        ),
        ("FREQ=YEARLY;BYDAY=53TH", ["2026-12-31 14:10", "2032-12-30 14:10", "2037-12-31 14:10"]),
        (
            "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
            ["2026-05-11 14:10", "2027-05-17 14:10", "2028-05-15 14:10"],
        ),
        (
            "FREQ=DAILY;BYHOUR=9,15;BYMINUTE=0",
            ["2026-04-02 15:00", "2026-04-03 09:00", "2026-04-03 15:00"],
        ),
        (
            "FREQ=DAILY;BYHOUR=9,12,15;BYSETPOS=-1",
            ["2026-04-02 15:10", "2026-04-03 15:10", "2026-04-04 15:10"],
        ),
        ("FREQ=HOURLY;INTERVAL=5", ["2026-04-02 14:10", "2026-04-02 19:10", "2026-04-03 00:10"]),
        (
            "FREQ=HOURLY;BYMINUTE=0,30;BYSETPOS=2",
            ["2026-04-02 14:30", "2026-04-02 15:30", "2026-04-02 16:30"],
        ),
        ("FREQ=MINUTELY;INTERVAL=90", ["2026-04-02 14:10", "2026-04-02 15:40", "2026-04-02 17:10"]),
        (
            "FREQ=MINUTELY;BYHOUR=14;BYMINUTE=0,30",
            ["2026-04-02 14:30", "2026-04-03 14:00", "2026-04-03 14:30"],
        ),
        # As it may also be written.
        ("RRULE:FREQ=DAILY", ["2026-04-02 14:10", "2026-04-03 14:10", "2026-04-04 14:10"]),
        (
            "rrule:byday=+01mo;freq=monthly",
            ["2026-04-06 14:10", "2026-05-04 14:10", "2026-06-01 14:10"],
        ),
        (
            "BYMINUTE=05;INTERVAL=0001;FREQ=DAILY;BYHOUR=09",
            ["2026-04-03 09:05", "2026-04-04 09:05", "2026-04-05 09:05"],
        ),
    ],
)
def test_what_rules_mean(rule: str, expected: list[str]) -> None:
    """Worked out by hand, from Thursday 2 April 2026, 14:10."""
    assert first(rule, 3) == expected


def test_count_and_until_end_a_rule() -> None:
    """An end that the rule has by itself is silent, also the one at its start, and before."""
    assert first("FREQ=DAILY;COUNT=2") == ["2026-04-02 14:10", "2026-04-03 14:10"]
    assert first("FREQ=DAILY;UNTIL=20260403T131000Z") == ["2026-04-02 14:10", "2026-04-03 14:10"]
    assert first("FREQ=DAILY;UNTIL=20260403T130959Z") == ["2026-04-02 14:10"]
    assert first("FREQ=DAILY;UNTIL=20260403T131000Z;COUNT=1") == ["2026-04-02 14:10"]
    assert first("FREQ=DAILY;COUNT=9;UNTIL=20260402T131000Z") == ["2026-04-02 14:10"]
    assert first("FREQ=DAILY;UNTIL=20260402T130959Z") == []
    assert first("FREQ=DAILY;UNTIL=00010101T000000Z") == []


@pytest.mark.parametrize("ending", ["", ";COUNT=3", ";COUNT=999999999", ";UNTIL=20260405T000000Z"])
def test_a_rule_without_end_ends_with_the_horizon(ending: str) -> None:
    """It stands for what lies beyond; until then, nothing is left out."""
    horizon = datetime(2026, 4, 4, 13, 9, tzinfo=UTC)
    found = list(cadence(f"FREQ=DAILY{ending}", START, horizon))
    assert found == [START, START + timedelta(days=1), horizon]


def test_a_rule_that_ends_before_the_horizon_does_not_reach_it() -> None:
    """By its count, or by its last instant; at the horizon itself, nobody can know."""
    horizon = datetime(2026, 4, 4, 13, 10, tzinfo=UTC)
    for ending in ("COUNT=2", "UNTIL=20260404T130959Z"):
        found = list(cadence(f"FREQ=DAILY;{ending}", START, horizon))
        assert found == [START, START + timedelta(days=1)]
    until = list(cadence("FREQ=WEEKLY;UNTIL=20260404T131000Z", START, horizon))
    assert until == [START, horizon]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY", ["2026-04-02T14:10:07.250000+01:00", "2026-04-03T14:10:07.250000+01:00"]),
        (
            "FREQ=DAILY;BYSECOND=7,8",  # which names whole seconds
            ["2026-04-02T14:10:08+01:00", "2026-04-03T14:10:07+01:00"],
        ),
        ("FREQ=DAILY;COUNT=1;BYSECOND=7", ["2026-04-03T14:10:07+01:00"]),
        ("FREQ=WEEKLY;UNTIL=20260409T131007Z", ["2026-04-02T14:10:07.250000+01:00"]),
    ],
)
def test_microseconds_are_kept(rule: str, expected: list[str]) -> None:
    """Nothing comes before the start, or after the end, be it by less than a second."""
    start = START.replace(second=7, microsecond=250_000)
    found = [each.isoformat() for each in islice(cadence(rule, start, HORIZON), 2)]
    assert found == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        # 02:30 is skipped, so it is 03:30, and the next day 02:30 again.
        ("2026-03-28 02:30", ["2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00"]),
        # 02:30 comes twice, and the first is meant.
        ("2026-10-24 02:30", ["2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00"]),
        ("2026-10-24 12:00", ["2026-10-24T12:00:00+02:00", "2026-10-25T12:00:00+01:00"]),
    ],
)
def test_the_wall_clock_is_kept_where_clocks_change(start: str, expected: list[str]) -> None:
    """A day is from one clock time to the same, whatever happens between them."""
    at = datetime.fromisoformat(start).replace(tzinfo=BERLIN)
    found = islice(cadence("FREQ=DAILY", at, HORIZON), 3)
    written = [each.astimezone(UTC).astimezone(BERLIN).isoformat() for each in found]
    assert written[:2] == expected
    assert written[2][11:16] == start[11:]


def test_until_is_an_instant_where_clocks_change() -> None:
    """03:30 in summer time is 01:30 in UTC, although it was written as 02:30."""
    start = datetime(2026, 3, 28, 2, 30, tzinfo=BERLIN)
    for until, count in (("012959", 1), ("013000", 2)):
        rule = f"FREQ=DAILY;UNTIL=20260329T{until}Z"
        assert len(list(cadence(rule, start, HORIZON))) == count


def test_weeks_begin_on_monday_whatever_the_process_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """As RFC 5545 has it; every other week of Tuesday and Sunday depends on it."""
    monkeypatch.setattr(calendar, "firstweekday", lambda: 6)
    start = datetime(2026, 4, 7, 9, tzinfo=DESK)  # a Tuesday
    rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU"
    assert first(rule, start=start) == [
        *("2026-04-07 09:00", "2026-04-12 09:00", "2026-04-21 09:00", "2026-04-26 09:00"),
    ]
    assert first(f"{rule};WKST=SU", start=start) == [
        *("2026-04-07 09:00", "2026-04-19 09:00", "2026-04-21 09:00", "2026-05-03 09:00"),
    ]


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ("", r"'' is no part of a rule; write one rule, as"),
        ("weekly", r"'WEEKLY' is no part of a rule"),
        ("FREQ=DAILY;", r"'' is no part of a rule"),
        ("FREQ=DAILY; COUNT=2", r"' COUNT=2' is no part of a rule; .* without blanks"),
        ("FREQ==DAILY", r"'FREQ==DAILY' is no part"),
        ("FREQ=", r"'FREQ=' is no part"),
        ("RRULE:RRULE:FREQ=DAILY", r"'RRULE:FREQ=DAILY' is no part"),
        ("EXRULE:FREQ=DAILY", r"is no part of a rule"),
        ("DTSTART:20260101T090000Z\nRRULE:FREQ=DAILY", r"without blanks, DTSTART or EXDATE$"),
        ("RRULE:FREQ=DAILY\nEXDATE:20260101T090000Z", r"without blanks, DTSTART or EXDATE$"),
        ("FREQ=DAILY\n", r"is no part of a rule"),
        ("FREQ=DAILY;BYHOUR=٣", r"'BYHOUR=٣' is no part of a rule"),
        ("FREQ=DA\N{LATIN SMALL LETTER DOTLESS I}LY", r"is no part of a rule"),
        ("FREQ=DAILY;BYDAY=MO(+1)", r"is no part of a rule"),
        ("INTERVAL=2", r"FREQ is missing; write it too, as FREQ=WEEKLY$"),
        ("FREQ=DAILY;BYHORU=3", r"BYHORU is no part of RFC 5545; did you mean 'BYHOUR'\?$"),
        ("FREQ=DAILY;BYEASTER=0", r"BYEASTER is no part of RFC 5545; choose one of 'FREQ'"),
        ("FREQ=WEEKLY;BYWEEKDAY=MO", r"BYWEEKDAY is no part of RFC 5545; did you mean"),
        ("FREQ=DAILY;FREQ=DAILY", r"FREQ is given twice; write it once$"),
        ("FREQ=DAILY;COUNT=2;count=3", r"COUNT is given twice"),
        ("FREQ=SECONDLY", r"FREQ=SECONDLY is not taken; write .* at most, MINUTELY$"),
        ("FREQ=4", r"FREQ=4 is not taken"),
        ("FREQ=DAILY,WEEKLY", r"FREQ=DAILY,WEEKLY is not taken"),
        ("FREQ=DAILY;INTERVAL=0", r"INTERVAL=0 is not taken; write one number, from 1 to"),
        ("FREQ=DAILY;INTERVAL=-1", r"INTERVAL=-1 is not taken"),
        ("FREQ=DAILY;INTERVAL=1,2", r"INTERVAL=1,2 is not taken"),
        ("FREQ=DAILY;INTERVAL=1000000000", r"INTERVAL=1000000000 is not taken"),
        ("FREQ=DAILY;COUNT=0", r"COUNT=0 is not taken"),
        ("FREQ=DAILY;UNTIL=20261231", r"not taken; write the date and the time in UTC, as UNTIL="),
        ("FREQ=DAILY;UNTIL=20261231T160000", r"UNTIL=20261231T160000 is not taken"),
        ("FREQ=DAILY;UNTIL=20261231T240000Z", r"UNTIL=20261231T240000Z is not taken"),
        ("FREQ=DAILY;UNTIL=20260229T160000Z", r"UNTIL=20260229T160000Z is no date; write the"),
        ("FREQ=DAILY;UNTIL=00000101T160000Z", r"UNTIL=00000101T160000Z is no date"),
        ("FREQ=DAILY;BYHOUR=24", r"BYHOUR=24 is not taken; write numbers from 0 to 23$"),
        ("FREQ=DAILY;BYHOUR=9,,10", r"BYHOUR=9,,10 is not taken"),
        ("FREQ=DAILY;BYMINUTE=60", r"BYMINUTE=60 is not taken; write numbers from 0 to 59$"),
        ("FREQ=DAILY;BYSECOND=60", r"BYSECOND=60 is not taken"),
        ("FREQ=DAILY;BYMONTH=13", r"BYMONTH=13 is not taken; write numbers from 1 to 12$"),
        ("FREQ=DAILY;BYMONTH=-1", r"BYMONTH=-1 is not taken"),
        ("FREQ=DAILY;BYMONTHDAY=0", r"BYMONTHDAY=0 is not taken; write numbers from 1 to 31, or"),
        ("FREQ=DAILY;BYMONTHDAY=-32", r"BYMONTHDAY=-32 is not taken"),
        ("FREQ=YEARLY;BYYEARDAY=367", r"BYYEARDAY=367 is not taken; write numbers from 1 to 366"),
        ("FREQ=YEARLY;BYYEARDAY=1,0", r"BYYEARDAY=1,0 is not taken"),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", r"BYWEEKNO=53 is not taken; write numbers from 1 to"),
        ("FREQ=YEARLY;BYWEEKNO=-52;BYDAY=MO", r"BYWEEKNO=-52 is not taken"),
        ("FREQ=WEEKLY;BYDAY=MI", r"BYDAY=MI is not taken; write weekdays, as MO,TH"),
        ("FREQ=MONTHLY;BYDAY=0MO", r"BYDAY=0MO is not taken"),
        ("FREQ=MONTHLY;BYDAY=1", r"BYDAY=1 is not taken"),
        ("FREQ=YEARLY;BYDAY=54MO", r"BYDAY=54MO is not taken"),
        ("FREQ=WEEKLY;WKST=MO,TU", r"WKST=MO,TU is not taken; write one weekday, as WKST=MO$"),
        ("FREQ=DAILY;BYSETPOS=0", r"BYSETPOS=0 is not taken"),
    ],
)
def test_what_is_no_rule_is_refused(rule: str, problem: str) -> None:
    """At once, by name, with the place that is wrong and the remedy."""
    with pytest.raises(AgreementError, match=f"(?s)^rule .*{problem}"):
        cadence(rule, START, HORIZON)


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        (
            "FREQ=DAILY;BYWEEKNO=3;BYDAY=MO",
            r"no meaning with FREQ=DAILY; write it with FREQ=YEARLY",
        ),
        ("FREQ=WEEKLY;BYMONTHDAY=3", r"BYMONTHDAY has no meaning with FREQ=WEEKLY; write it with"),
        ("FREQ=MONTHLY;BYYEARDAY=3", r"BYYEARDAY has no meaning with FREQ=MONTHLY"),
        ("FREQ=DAILY;BYYEARDAY=3", r"BYYEARDAY has no meaning with FREQ=DAILY"),
        ("FREQ=YEARLY;BYWEEKNO=3", r"BYWEEKNO says no days; write them too, as BYDAY=MO$"),
        ("FREQ=WEEKLY;BYDAY=2MO", r"weekdays can't be numbered as in BYDAY=2MO; number them with"),
        ("FREQ=YEARLY;BYWEEKNO=3;BYDAY=1MO", r"number .* without BYWEEKNO$"),
        # dateutil takes this for a Monday that is the first Tuesday.
        (
            "FREQ=MONTHLY;BYDAY=MO,1TU",
            r"weekdays can't .* BYDAY=MO,1TU; number all of them or none",
        ),
        ("FREQ=MONTHLY;BYDAY=53MO", r"as in BYDAY=53MO; a month has five of a weekday at most$"),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=1MO,-6TU", r"a month has five of a weekday at most$"),
    ],
)
def test_parts_that_make_no_sense_together_are_refused(rule: str, problem: str) -> None:
    """What RFC 5545 forbids, and what dateutil would read in a way of its own."""
    with pytest.raises(AgreementError, match=f"^rule .*{problem}"):
        cadence(rule, START, HORIZON)


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "no date ever fits it; write others, as BYMONTHDAY",
        ),
        ("FREQ=MONTHLY;BYMONTH=2,4;BYMONTHDAY=31", "no date ever fits it"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "no date ever fits it"),
        ("FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", "no date ever fits it"),
        ("FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=23", "no date ever fits it"),
        ("FREQ=HOURLY;BYYEARDAY=1;BYMONTH=2", "no date ever fits it"),
        ("FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1", "no date ever fits it"),
        ("FREQ=MINUTELY;INTERVAL=1440;BYHOUR=9", "from 14:10, INTERVAL=1440 never meets a BYHOUR;"),
        ("FREQ=HOURLY;INTERVAL=24;BYHOUR=9", "INTERVAL=24 never meets a BYHOUR; write another"),
        ("FREQ=DAILY;BYSETPOS=2", "BYSETPOS=2 never comes, as FREQ=DAILY has 1 at most; choose"),
        ("FREQ=DAILY;BYHOUR=9,9,10;BYSETPOS=-3,4", "BYSETPOS=-3,4 never .* FREQ=DAILY has 2 at"),
        ("FREQ=HOURLY;BYHOUR=9,10;BYSETPOS=2", "FREQ=HOURLY has 1 at most"),
        ("FREQ=MINUTELY;BYSECOND=0;BYMINUTE=1,2;BYSETPOS=2", "FREQ=MINUTELY has 1 at most"),
        ("FREQ=WEEKLY;BYSETPOS=8", "FREQ=WEEKLY has 7 at most"),
        ("FREQ=MONTHLY;BYSETPOS=32", "FREQ=MONTHLY has 31 at most"),
    ],
)
def test_a_rule_that_never_comes_is_refused(rule: str, problem: str) -> None:
    """Before it is looked for, which would take hours for some of these."""
    with pytest.raises(AgreementError, match=f"^rule .*: .*{problem}"):
        cadence(rule, START, HORIZON)


def test_the_day_of_the_start_may_be_one_that_never_comes() -> None:
    """In February there is no 30th; the 29th comes in leap years."""
    start = datetime(2026, 1, 30, 9, tzinfo=DESK)
    with pytest.raises(AgreementError, match="no date ever fits it"):
        cadence("FREQ=YEARLY;BYMONTH=2", start, HORIZON)
    assert first("FREQ=DAILY;BYMONTH=2", 1, start) == ["2026-02-01 09:00"]
    assert first("FREQ=YEARLY;BYMONTH=2", 1, start.replace(day=29)) == ["2028-02-29 09:00"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;INTERVAL=999999999",
        "FREQ=MONTHLY;INTERVAL=999999999",
        "FREQ=WEEKLY;INTERVAL=999999999",
        "FREQ=DAILY;INTERVAL=999999999",
        "FREQ=HOURLY;INTERVAL=999999999",
        "FREQ=MINUTELY;INTERVAL=999999999",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=DAILY;INTERVAL=7;BYDAY=WE",
        "FREQ=HOURLY;INTERVAL=168;BYDAY=WE",
        "FREQ=MINUTELY;INTERVAL=10080;BYDAY=WE;COUNT=3",
        "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=2",
    ],
)
def test_a_rule_that_misses_all_its_dates_leads_to_the_horizon(rule: str) -> None:
    """The search is given up soon after it; the start itself is one of some rules."""
    *before, last = cadence(rule, START, HORIZON)
    assert last == HORIZON
    assert before in ([], [START])


def test_years_may_be_far_away() -> None:
    """Calendars with holidays of their own may cover the years 1000 to 9000."""
    horizon = datetime(9001, 1, 1, tzinfo=UTC)
    for year in (1000, 9000):
        start = datetime(year, 3, 1, 9, tzinfo=UTC)
        found = cadence("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", start, horizon)
        assert next(found).year == (1004 if year == 1000 else 9001)
        assert list(cadence("FREQ=DAILY;UNTIL=00010101T000000Z", start, horizon)) == []


def test_a_rule_is_a_text_that_is_not_too_long() -> None:
    """Anything else is refused, and shown in short."""
    for wrong in (None, 5, b"FREQ=DAILY", ["FREQ=DAILY"], START):
        with pytest.raises(ArgumentError, match=r"^rule must be a text, as 'FREQ=WEEKLY;BYDAY=TU'"):
            cadence(wrong, START, HORIZON)
    fits = f"FREQ=DAILY;BYHOUR={'9,' * 118}10"
    assert len(fits) == LONGEST
    assert first(fits, 1) == ["2026-04-03 09:10"]
    with pytest.raises(AgreementError, match=r"^rule .{80}: it has 257 .*; write at most 256$"):
        cadence(fits.replace("10", "010"), START, HORIZON)


NAMES = (
    *("INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY"),
    *("BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS", "WKST", "BYEASTER", "FREQ", "DTSTART", "freq"),
)
NUMBERS = st.integers(-53, 366) | st.integers(0, 31) | st.integers()
ITEMS = st.one_of(
    NUMBERS.map(str),
    st.sampled_from(
        ("MO", "WE", "SU", "1MO", "-1FR", "53TH", "+5SA", "XX", "", "20261231T160000Z")
    ),
    st.text(max_size=3),
)
VALUES = st.lists(ITEMS, min_size=1, max_size=4).map(",".join)
FREQUENCIES = st.sampled_from(
    ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY", "")
)
RULES = st.builds(
    lambda freq, parts: ";".join((f"FREQ={freq}", *(f"{name}={value}" for name, value in parts))),
    FREQUENCIES,
    st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=4),
)
STARTS = st.datetimes(
    datetime(1900, 1, 2), datetime(2199, 12, 30), timezones=st.sampled_from((UTC, DESK, BERLIN))
)


def assert_sound(rule: str, start: datetime) -> None:
    """Hold a text to an error of ours, or occurrences in their order that lie where they may."""
    horizon = datetime(2200, 1, 1, tzinfo=UTC)
    try:
        found = list(islice(cadence(rule, start, horizon), 20))
    except AgreementError as error:
        assert str(error).startswith("rule ")  # noqa: PT017 - most texts are wrong
        return
    assert all(start <= each <= horizon for each in found)
    ours = [each.replace(tzinfo=None) for each in found if each.tzinfo is start.tzinfo]
    assert all(a < b for a, b in pairwise(ours))


@given(RULES, STARTS)
def test_anything_like_a_rule_is_read_or_refused(rule: str, start: datetime) -> None:
    """Soon, and without an error of dateutil's."""
    assert_sound(rule, start)


@given(st.text() | st.text("=;,:-+0123456789FREQDAILYBYHOUR"), STARTS)
def test_any_text_is_read_or_refused(rule: str, start: datetime) -> None:
    """The same of texts that are nothing like a rule."""
    assert_sound(rule, start)
