"""Text to aware datetimes: a table of what is read, and of what is refused."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcor_sla._calendars.timestamps import LONGEST, formatted, in_zone, read_instant, timestamp
from netcor_sla.errors import RecordError, TimestampError

BERLIN = ZoneInfo("Europe/Berlin")
SUMMER = timezone(timedelta(hours=2))
THREE = datetime(2023, 4, 2, 15, tzinfo=SUMMER)
ANYTIME = st.datetimes(timezones=st.sampled_from([UTC, SUMMER, timezone(-timedelta(minutes=210))]))

# Text and the instant that it means; the offset of the result is that of the text.
READ = [
    *(
        (text, THREE)
        for text in (
            *("2023-04-02T15:00:00+02:00", "2023-04-02t15:00:00+02:00", "2023-04-02 15:00:00+02:00"),
            *("2023-04-02.15:00:00+02:00", "2023-04-02T15:00+02:00", "2023-04-02T15+02:00"),
            *("2023-04-02T15:00:00+0200", "2023-04-02T15:00:00+02", "2023-04-02T15:00:00 +02:00"),
            *("2023-04-02T150000+02:00", "2023-04-02T1500+02:00", "20230402T150000+0200", "20230402T15+02"),
            *("2023-04-02T15:00:00+02:00:00",),
        )
    ),
    ("2023-04-02T13:00:00Z", THREE.astimezone(UTC)),
    ("2023-04-02T13:00:00z", THREE.astimezone(UTC)),
    ("2023-04-02T13:00Z", THREE.astimezone(UTC)),
    ("2023-04-02 13:00:00 UTC", THREE.astimezone(UTC)),
    ("2023-04-02 13:00:00 Z", THREE.astimezone(UTC)),
    ("2023-04-02T13:00:00-00:00", THREE.astimezone(UTC)),
    ("2023-04-02T15:00:00.5+02:00", THREE + timedelta(milliseconds=500)),
    ("2023-04-02T15:00:00,5+02:00", THREE + timedelta(milliseconds=500)),
    ("2023-04-02T150000.25+0200", THREE + timedelta(milliseconds=250)),
    ("2023-04-02T15:00:00.000001+02:00", THREE + timedelta(microseconds=1)),
    ("2023-04-02T15:00:00.0000019999+02:00", THREE + timedelta(microseconds=1)),
    ("2023-04-02T15:00:00." + "9" * 30 + "+02:00", THREE + timedelta(microseconds=999_999)),
    ("1893-03-31T12:53:28+00:53:28", datetime(1893, 3, 31, 12, tzinfo=UTC)),
    ("2023-04-02T15:00:00+23:59", datetime(2023, 4, 1, 15, 1, tzinfo=UTC)),
    ("2024-02-29T23:59:59-03:30", datetime(2024, 3, 1, 3, 29, 59, tzinfo=UTC)),
    ("0001-01-01T00:00Z", datetime(1, 1, 1, tzinfo=UTC)),
    ("9999-12-31T23:59:59.999999Z", datetime.max.replace(tzinfo=UTC)),
    ("2023-04-02T15:00:00+02:00[Europe/Berlin]", THREE),
    ("2023-04-02T15:00:00+02:00[!Europe/Berlin]", THREE),
    ("2023-04-02T13:00:00Z[Europe/Berlin]", THREE),
    ("2023-04-02T15:00:00+02:00[+02:00]", THREE),
    ("2023-04-02T13:00:00Z[UTC]", THREE),
]

# Text and what the message says beside the text.
REMEDY = "write ISO 8601 with an offset, for example 2026-04-02T15:00:00+02:00"
REFUSED = [
    *(
        (text, REMEDY)
        for text in (
            *("", "2023-04-02", "20230402150000", "02.04.2023 15:00", "2023-092T15:00Z", "2023-0402T15:00Z"),
            *("2023-04-02_15:00Z", "2023-04-02T15:0Z", "2023-04-02T24:00Z", "2023-04-02T15:00:00.Z"),
            *("2023-04-02T15:00.5Z", "2023-04-02T15:00+2", "2023-04-02T15:00:00+02:00:00.5"),
            *("2023-04-02T15:00 utc", "2023-04-02T15:00\N{MINUS SIGN}02:00", " 2023-04-02T15:00Z"),
            *("2023-04-02T15:00Z ", "2023-04-02T15:00Z\n"),
        )
    ),
    ("٢٠٢٦-٠٤-٠٢T15:00Z", REMEDY),  # noqa: RUF001 - a foreign digit on purpose
    ("2023-04-02\ud80015:00Z", REMEDY),
    ("2023-04-02T15:00:00." + "9" * 31 + "Z", REMEDY),
    ("2023-04-02T15:00+02:00[]", REMEDY),
    ("2023-04-02T15:00+02:00[Europe/Berlin][u-ca=x]", REMEDY),
    ("2023-04-02T15:00+02:00[Europe/Berlin", REMEDY),
    ("2023-02-29T15:00Z", "day"),
    ("2023-13-01T15:00Z", "month must be in 1..12"),
    ("0000-01-01T15:00Z", "year"),
    ("2023-04-02T15:60Z", "minute must be in 0..59"),
    ("2023-04-02T15:00+24:00", "24"),
    ("2023-04-02T15:00Z" + " " * LONGEST, "at most 64 characters are read"),
    ("9" * 10**6, "at most 64 characters are read"),
    ("2023-04-02T15:00", "has no offset; write one, as in 2026-04-02T15:00:00+02:00, or add --assume-zone"),
    ("2023-04-02T15:00[Europe/Berlin]", "has no offset; write it before the bracket"),
    ("2023-04-02T15:00+01:00[Europe/Berlin]", "the offset in Europe/Berlin is +02:00 then"),
    ("1890-04-02T15:00+01:00[Europe/Berlin]", "the offset in Europe/Berlin is +00:53:28 then"),
    ("2023-04-02T15:00+02:00[Europe/Berlln]", "did you mean 'Europe/Berlin'?"),
    ("2023-04-02T15:00+02:00[../passwd]", "zone '../passwd' is unknown"),
    ("9999-12-31T23:00Z[Europe/Berlin]", "out of range"),
    (None, REMEDY),
    (b"2023-04-02T15:00Z", REMEDY),
    (THREE, REMEDY),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_timestamp_is_read(text: str, expected: datetime) -> None:
    """Each accepted spelling means this instant, on every version of Python."""
    read = timestamp(text)
    assert read - expected == timedelta()
    assert type(read) is datetime
    if text in [written for written, _ in READ[:24]]:  # nothing is converted to UTC on the way
        assert read.isoformat() == expected.isoformat()


@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=lambda value: ascii(value)[:50])
def test_anything_else_is_refused(text: object, reason: str) -> None:
    """The message names the value and what is wrong with it, on every version of Python."""
    with pytest.raises(TimestampError) as refused:
        timestamp(text)
    assert reason in str(refused.value)
    for message in (str(refused.value), refused.value.german):
        assert ascii(text)[1:10] in ascii(message).replace("\\\\", "\\")
    assert not {"is", "has", "the", "write"} & set(refused.value.german.replace(repr(text), "").split())


@pytest.mark.parametrize("text", ["2016-12-31T23:59:60Z", "31.12.2016 23:59:60"])
def test_a_leap_second_is_refused_with_what_to_write(text: str) -> None:
    """Second 60 is real, so the message says how to write it, and not that it is none."""
    with pytest.raises(TimestampError, match="leap second can't be represented; second 59"):
        timestamp(text)


def test_the_longest_text_has_64_characters() -> None:
    """The limit in the docstring is the one that holds."""
    assert f"at most {LONGEST} characters" in " ".join((timestamp.__doc__ or "").split())
    whole = "2023-04-02T15:00:00." + "0" * 23 + "+02:00[Europe/Berlin]"
    assert len(whole) == LONGEST == 64
    assert timestamp(whole) == THREE
    with pytest.raises(TimestampError, match="at most 64 characters are read"):
        timestamp(whole.replace(".", ".0"))


def test_a_bracket_gives_the_zone_of_the_result() -> None:
    """The result knows its zone, and so its other offsets, not only the one written."""
    read = timestamp("2023-04-02T15:00+02:00[Europe/Berlin]")
    assert read.tzinfo is BERLIN


@pytest.mark.parametrize(("offset", "fold"), [("+02:00", 0), ("+01:00", 1)])
def test_a_bracket_keeps_both_times_of_a_repeated_hour(offset: str, fold: int) -> None:
    """The offset says which of the two 02:30 is meant."""
    read = timestamp(f"2023-10-29T02:30{offset}[Europe/Berlin]")
    assert (read.hour, read.fold) == (2, fold)


def test_a_text_without_an_offset_is_put_into_the_assumed_zone() -> None:
    """The very zone, with its offset of that day; and what a text says is not overruled."""
    read = timestamp("2023-04-02 15:00", assume_zone=BERLIN)
    assert read.isoformat() == "2023-04-02T15:00:00+02:00"
    assert read.tzinfo is BERLIN
    assert timestamp("2023-04-02T15:00+05:00", assume_zone=BERLIN).utcoffset() == timedelta(hours=5)


@pytest.mark.parametrize(
    ("text", "zone", "problem"),
    [
        ("2023-10-29T02:00", BERLIN, "happens twice in Europe/Berlin"),
        ("2023-10-29T02:59:59.999999", BERLIN, "happens twice in Europe/Berlin"),
        ("2023-03-26T02:00", BERLIN, "does not exist in Europe/Berlin"),
        ("2023-03-26T02:59:59.999999", BERLIN, "does not exist in Europe/Berlin"),
        ("2023-04-02T01:45", ZoneInfo("Australia/Lord_Howe"), "happens twice in Australia/Lord_Howe"),
        ("2011-12-30T12:00", ZoneInfo("Pacific/Apia"), "does not exist in Pacific/Apia"),
    ],
)
def test_an_assumed_time_must_exist_exactly_once(text: str, zone: tzinfo, problem: str) -> None:
    """The message says what is wrong with the text, why, and what to write."""
    with pytest.raises(TimestampError) as refused:
        timestamp(text, assume_zone=zone)
    assert str(refused.value) == f"{text!r} {problem}, since clocks change; write the offset"


@given(ANYTIME, st.sampled_from(["T", "t", " ", "."]))
def test_what_isoformat_writes_is_read_back(at: datetime, separator: str) -> None:
    """Law: reading undoes writing, for every datetime and separator."""
    read = timestamp(at.isoformat(separator))
    assert (read, read.utcoffset()) == (at, at.utcoffset())


@given(
    st.text(alphabet="0123456789-:+.,TtZz UTC[]!/Europe\n\0é", max_size=70)
    | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]{2,20}[Z+-][0-9:.]{0,12}", fullmatch=True)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text raises anything but a TimestampError, and what is read is aware."""
    try:
        read = timestamp(text)
    except TimestampError:
        return
    assert read.utcoffset() is not None


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("02.04.2023 15:00", "%d.%m.%Y %H:%M", "2023-04-02T15:00:00+02:00"),
        ("02.01.2023 15:00", "%d.%m.%Y %H:%M", "2023-01-02T15:00:00+01:00"),
        ("04/02/2023 03:00 PM +0500", "%m/%d/%Y %I:%M %p %z", "2023-04-02T15:00:00+05:00"),
        ("2023-04-02 15:00Z", "%Y-%m-%d %H:%M%z", "2023-04-02T15:00:00+00:00"),
        ("02/Apr/23 3:00 PM", "%d/%b/%y %I:%M %p", "2023-04-02T15:00:00+02:00"),
        ("%Z 02.04.2023 15:00", "%%Z %d.%m.%Y %H:%M", "2023-04-02T15:00:00+02:00"),
    ],
)
def test_a_text_is_read_by_a_pattern(text: str, pattern: str, expected: str) -> None:
    """An offset in the text is kept, and without one the assumed zone is taken."""
    assert formatted(text, pattern, assume_zone=BERLIN).isoformat() == expected


PATTERN = "%d.%m.%Y %H:%M"


@pytest.mark.parametrize(
    ("text", "pattern", "reason"),
    [
        ("2023-04-02 15:00", "%d.%m.%Y %H:%M", "is not of the format '%d.%m.%Y %H:%M'"),
        ("31.02.2023 15:00", "%d.%m.%Y %H:%M", "is not of the format"),
        ("02.04.2023 15:00 ", "%d.%m.%Y %H:%M", "is not of the format"),
        ("x", f"{PATTERN} %Q", "has %Q, which is not read"),
        ("x", f"{PATTERN} %", "has %, which is not read"),
        ("1 1", f"%Y {PATTERN}", "is not of the format"),
        (
            "02.04.2023 15:00 CET",
            "%d.%m.%Y %H:%M %Z",
            "has %Z, which is not read; a zone is read by %z, or assumed",
        ),
        ("%CET", "%%%Z", "has %Z, which is not read; a zone is read by %z, or assumed"),
        ("29.10.2023 02:30", "%d.%m.%Y %H:%M", "happens twice in Europe/Berlin"),
        ("26.03.2023 02:30", "%d.%m.%Y %H:%M", "does not exist in Europe/Berlin"),
        ("x" * 65, PATTERN, "is not of the format"),
        (None, PATTERN, "None is not of the format"),
        (20230402, PATTERN, "20230402 is not of the format"),
    ],
)
def test_a_text_of_another_pattern_is_refused(text: object, pattern: str, reason: str) -> None:
    """The message names the text or the pattern, and what is wrong."""
    with pytest.raises(TimestampError) as refused:
        formatted(text, pattern, assume_zone=BERLIN)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("text", "pattern", "missing"),
    [
        ("02.04. 15:00", "%d.%m. %H:%M", "year"),
        ("02.2023 15:00", "%d.%Y %H:%M", "month"),
        ("04.2023 15:00", "%m.%Y %H:%M", "day"),
        ("02.04.2023", "%d.%m.%Y", "hour"),
        ("02.04.2023 03:00", "%d.%m.%Y %I:%M", "half of the day"),
    ],
)
def test_a_pattern_that_leaves_something_to_guess_is_refused(text: str, pattern: str, missing: str) -> None:
    """Python would take 1900 and midnight, and nobody wrote those."""
    with pytest.raises(TimestampError, match=f"reads no {missing}; add %"):
        formatted(text, pattern, assume_zone=BERLIN)


def test_an_instant_of_a_data_form_is_refused_by_its_name() -> None:
    """With the error of the form that it stands in."""
    assert read_instant(THREE.isoformat(), "due", error=RecordError) == THREE
    with pytest.raises(RecordError, match=r"^due: '2023-04-02 15:00' has no offset; "):
        read_instant("2023-04-02 15:00", "due", error=RecordError)


@pytest.mark.parametrize(
    ("text", "key", "zone"),
    [
        ("2023-04-02T15:00:00+02:00", "Europe/Berlin", BERLIN),
        ("2023-10-29T02:30:00+01:00", "Europe/Berlin", BERLIN),
        ("2023-04-02T15:00:00+01:00", "Europe/Berlin", None),
        ("2023-04-02T15:00:00+02:00", "Mars/Olympus", None),
        ("2023-04-02T15:00:00+02:00", None, None),
    ],
)
def test_an_instant_is_put_into_a_zone_that_agrees(text: str, key: str | None, zone: tzinfo | None) -> None:
    """What was written once is shown so again, whatever a zone has become since."""
    written = timestamp(text)
    shown = in_zone(written, key)
    assert shown.isoformat() == text
    assert shown.tzinfo is (zone or written.tzinfo)
