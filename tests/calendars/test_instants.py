"""Instants and durations at the edge: what is taken, exactly, and what is refused."""

import re
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from fractions import Fraction
from zoneinfo import ZoneInfo

import freezegun
import numpy as np
import pandas as pd
import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcor_sla._calendars.instants import (
    EPOCH,
    MICROSECOND,
    date_of,
    day_number,
    day_text,
    duration,
    instant,
    moment,
)
from netcor_sla.errors import ArgumentError, NaiveError, SLAError, TimestampError

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
ZONES = [UTC, BERLIN, timezone(timedelta(hours=-3, minutes=-30)), ZoneInfo("Australia/Lord_Howe")]


class Foreign(tzinfo):
    """A zone that gives one answer, or raises it."""

    def __init__(self, answer: Exception | None) -> None:
        """Keep the answer."""
        self.answer = answer

    def utcoffset(self, _: datetime | None) -> timedelta | None:
        """Give it, or raise it."""
        if self.answer:
            raise self.answer
        return None

    dst = utcoffset

    def tzname(self, _: datetime | None) -> str | None:
        """Have no name."""
        return None


class Liar(datetime):
    """A subclass that lies wherever it can be asked."""

    def utcoffset(self) -> timedelta:
        """Lie about the offset."""
        return timedelta(hours=7)

    def astimezone(self, _: tzinfo | None = None) -> "Liar":
        """Lie about the instant."""
        return self

    def __sub__(self, _: object) -> timedelta:  # type: ignore[override]
        """Lie about the distance."""
        return timedelta(days=5)


def exact(at: datetime) -> timedelta:
    """Count the time since 1970 in rational arithmetic, field by field."""
    offset = at.utcoffset()
    assert offset is not None
    seconds = (at.toordinal() - 719_163) * 86_400 + at.hour * 3600 + at.minute * 60 + at.second
    shift = Fraction(offset.days * 86_400 + offset.seconds) + Fraction(offset.microseconds, 10**6)
    count = (seconds - shift) * 10**6 + at.microsecond
    assert count.denominator == 1
    return int(count) * MICROSECOND


@given(st.datetimes(timezones=st.sampled_from(ZONES)))
def test_an_instant_is_exact_in_every_zone(at: datetime) -> None:
    """No offset, fold or year from 1 to 9999 costs a microsecond or overflows."""
    assert instant(at, "at") == exact(at)


@given(st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=st.sampled_from(ZONES)))
def test_a_moment_undoes_an_instant(at: datetime) -> None:
    """Written in its zone again, an instant is what Python makes of it, fold included."""
    back, wanted = (
        moment(instant(at, "at"), at.tzinfo),
        (EPOCH + (at - EPOCH)).astimezone(at.tzinfo),
    )
    assert (back, back.fold) == (wanted, wanted.fold)
    assert back.tzinfo is at.tzinfo
    assert type(back) is datetime


def test_the_two_times_of_a_repeated_hour_are_two_instants() -> None:
    """`fold` tells the two 02:30 of an autumn night apart, by one hour."""
    first = datetime(2023, 10, 29, 2, 30, tzinfo=BERLIN)
    assert instant(first.replace(fold=1), "at") - instant(first, "at") == HOUR
    assert moment(instant(first.replace(fold=1), "at"), BERLIN).fold == 1


def test_a_time_that_clocks_skip_is_taken_as_python_takes_it() -> None:
    """02:30 on a spring night is 01:30 UTC with fold 0 and 00:30 UTC with fold 1."""
    skipped = datetime(2023, 3, 26, 2, 30, tzinfo=BERLIN)
    assert moment(instant(skipped, "at"), UTC).hour == 1
    assert moment(instant(skipped.replace(fold=1), "at"), UTC).hour == 0


@pytest.mark.parametrize(
    "offset",
    [
        timedelta(minutes=53, seconds=28),
        -MICROSECOND,
        timedelta(hours=23, minutes=59, seconds=59, microseconds=999_999),
    ],
)
def test_an_offset_with_seconds_and_less_is_exact(offset: timedelta) -> None:
    """Mean local times and stranger offsets are not rounded."""
    assert instant(EPOCH.replace(tzinfo=timezone(offset)), "at") == -offset


@pytest.mark.parametrize(
    "at",
    [
        pd.Timestamp("2023-04-02T16:00:00.000001", tz="Europe/Berlin"),
        pendulum.datetime(2023, 4, 2, 16, 0, 0, 1, tz="Europe/Berlin"),
        freezegun.api.FakeDatetime(2023, 4, 2, 16, 0, 0, 1, tzinfo=BERLIN),
        Liar(2023, 4, 2, 16, 0, 0, 1, tzinfo=BERLIN),
    ],
    ids=["pandas", "pendulum", "freezegun", "liar"],
)
def test_a_subclass_of_datetime_is_taken_by_its_fields(at: datetime) -> None:
    """What a subclass makes of subtraction and offsets changes nothing."""
    assert instant(at, "at") == exact(datetime(2023, 4, 2, 14, 0, 0, 1, tzinfo=UTC))


def test_the_second_time_of_a_repeated_hour_is_kept_through_a_subclass() -> None:
    """`fold` is one of the fields that are read."""
    fold = pd.Timestamp(datetime(2023, 10, 29, 2, 30, fold=1, tzinfo=BERLIN))
    assert moment(instant(fold, "at"), UTC).hour == 1


@pytest.mark.parametrize(
    "raised", [RuntimeError("own"), KeyError("own"), zoneinfo.ZoneInfoNotFoundError()]
)
def test_what_a_foreign_zone_raises_is_let_through(raised: Exception) -> None:
    """The fault is the caller's zone, and the very error object says so."""
    with pytest.raises(type(raised)) as caught:
        instant(EPOCH.replace(tzinfo=Foreign(raised)), "at")
    assert caught.value is raised


@pytest.mark.parametrize(
    "at",
    [
        datetime(2023, 4, 2, 16),
        datetime(2023, 4, 2, 16, tzinfo=Foreign(None)),
        pd.Timestamp("2023-04-02T16:00"),
    ],
    ids=["plain", "zone without offset", "pandas"],
)
def test_a_datetime_without_an_offset_is_refused(at: datetime) -> None:
    """The message names argument, value and two remedies, and nothing is guessed."""
    with pytest.raises(NaiveError) as refused:
        instant(at, "opened_at")
    message = str(refused.value)
    assert message.startswith("opened_at has no zone: ")
    assert "2023" in message
    assert 'opened_at.replace(tzinfo=ZoneInfo("Europe/Berlin"))' in message
    assert "datetime.now(timezone.utc)" in message


class Arrow:
    """Stands for the class of that name in the package arrow."""


class ZonedDateTime:
    """Stands for the class of that name in the package whenever."""


@pytest.mark.parametrize(
    ("at", "remedy"),
    [
        ("2023-04-02T16:00+02:00", "datetime.fromisoformat"),
        (date(2023, 4, 2), "give the time and the zone too"),
        (np.datetime64("2023-04-02T16:00"), ".astype('datetime64[us]').item()"),
        (ZonedDateTime(), ".to_stdlib()"),
        (Arrow(), ".datetime"),
        (1_775_138_400, "give a datetime with a zone"),
        (1.5, "give a datetime with a zone"),
        (True, "give a datetime with a zone"),
        (None, "give a datetime with a zone"),
        (b"2023", "give a datetime with a zone"),
        ([], "give a datetime with a zone"),
        (time(12), "give a datetime with a zone"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_a_datetime_is_refused_with_a_way_to_make_one(at: object, remedy: str) -> None:
    """The message names argument, type and the conversion that fits the type."""
    with pytest.raises(ArgumentError) as refused:
        instant(at, "opened_at")
    message = str(refused.value)
    assert message.startswith(f"opened_at must be an aware datetime, not {type(at).__name__}: ")
    assert remedy in message


def test_a_missing_value_is_refused() -> None:
    """NaT is a datetime to Python, with made-up fields; it must not become the year 1."""
    with pytest.raises(TimestampError, match=r"^at is NaT, a missing value; leave such rows out$"):
        instant(pd.NaT, "at")


def test_nanoseconds_are_refused_and_zero_of_them_taken() -> None:
    """A deadline is exact to the microsecond, so the caller must say how to round."""
    at = pd.Timestamp("2023-04-02T16:00:00.000001001+02:00")
    with pytest.raises(TimestampError, match=r"^at has nanoseconds.*\.floor\('us'\)"):
        instant(at, "at")
    assert instant(at.floor("us"), "at") == instant(at.to_pydatetime(warn=False), "at")


@pytest.mark.parametrize("year", [0, 10_000, -5, "x"])
def test_a_subclass_with_fields_outside_the_calendar_is_refused(year: object) -> None:
    """Pandas in seconds reaches years that datetime lacks; that is an error of ours."""
    far = type("Far", (datetime,), {"year": year})(2023, 4, 2, tzinfo=UTC)
    with pytest.raises(TimestampError, match=r"^at lies outside the years 1 to 9999: "):
        instant(far, "at")


def test_instants_are_plain_while_time_is_frozen() -> None:
    """Tools that replace the name `datetime` change neither the count nor the type made."""
    with freezegun.freeze_time("2030-01-01"):
        assert instant(datetime.now(UTC), "at") == 21_915 * timedelta(days=1)
        made = moment(timedelta(), BERLIN)
    assert type(made) is type(EPOCH)


@pytest.mark.parametrize(
    "amount",
    [4 * HOUR, -MICROSECOND, timedelta.max, pendulum.duration(hours=4), pd.Timedelta("4h")],
)
def test_a_duration_is_a_plain_timedelta(amount: timedelta) -> None:
    """Subclasses of timedelta, and the longest one, are taken exactly."""
    plain = timedelta(amount.days, amount.seconds, amount.microseconds)
    assert duration(amount, "amount") == plain
    assert type(duration(amount, "amount")) is timedelta


@pytest.mark.parametrize(
    "amount", [4, 4.0, None, "4h", True, np.timedelta64(4, "h"), pd.offsets.Hour(4)]
)
def test_what_is_not_a_timedelta_is_refused(amount: object) -> None:
    """The message names argument, type, value and what to write."""
    kind = re.escape(type(amount).__name__)
    with pytest.raises(ArgumentError, match=rf"^amount must be a .*, not {kind}: .*hours=4\)$"):
        duration(amount, "amount")


def test_nanoseconds_of_a_duration_are_refused() -> None:
    """One nanosecond must not silently be none."""
    with pytest.raises(TimestampError, match=r"^amount has nanoseconds.*\.floor\('us'\)"):
        duration(pd.Timedelta(1, "ns"), "amount")


def test_a_missing_duration_is_an_error() -> None:
    """NaT given as an amount does not count as zero."""
    with pytest.raises(SLAError):
        duration(pd.NaT, "amount")


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(1970, 1, 1), 0),
        (date(1969, 12, 31), -1),
        (pendulum.date(2023, 4, 2), 19_449),
        (freezegun.api.FakeDate(2023, 4, 2), 19_449),
        (date.min, -719_162),
        (date.max, 2_932_896),
    ],
)
def test_a_date_is_numbered_and_written_back(day: date, number: int) -> None:
    """Days count from 1970, over the whole range of dates, and `day_text` undoes it."""
    assert day_number(day, "day") == number
    assert day_text(number) == day.isoformat()
    assert date_of(number) == day


@pytest.mark.parametrize("day", [datetime(2023, 4, 2), EPOCH, pd.NaT, "2023-04-02", 5, None])
def test_a_datetime_is_no_date(day: object) -> None:
    """Whose day would it be? The message names argument, type and the conversion."""
    remedy = r"\.astimezone\(calendar\.tzinfo\)\.date\(\)$"
    with pytest.raises(
        ArgumentError, match=rf"^day must be a date, not {type(day).__name__}: .*{remedy}"
    ):
        day_number(day, "day")
