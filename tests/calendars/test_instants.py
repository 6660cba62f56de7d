"""Instants and durations at the edge: what is taken, exactly, and what is refused."""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final
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

BERLIN: Final = ZoneInfo("Europe/Berlin")
HOUR: Final = timedelta(hours=1)
ZONES: Final = [UTC, BERLIN, timezone(-3.5 * HOUR), ZoneInfo("Australia/Lord_Howe")]


class Foreign(tzinfo):
    """A zone that knows no offset, or raises an error."""

    def __init__(self, problem: Exception | None = None) -> None:
        """Keep the error."""
        self.problem = problem

    def utcoffset(self, _: datetime | None) -> None:
        """Raise it, if there is one."""
        if self.problem:
            raise self.problem

    dst = tzname = utcoffset


def exact(at: datetime) -> timedelta:
    """Count the time since 1970 on the wall clock, less what that is ahead of UTC."""
    return at.replace(tzinfo=None) - datetime(1970, 1, 1) - (at.utcoffset() or timedelta())


@given(st.datetimes(timezones=st.sampled_from(ZONES)))
def test_an_instant_is_exact_in_every_zone(at: datetime) -> None:
    """No offset, fold or year from 1 to 9999 costs a microsecond or overflows."""
    assert instant(at, "at") == exact(at)


@given(st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=st.sampled_from(ZONES)))
def test_a_moment_undoes_an_instant(at: datetime) -> None:
    """Written in its zone again, an instant is the same, fold included."""
    back = moment(exact(at), at.tzinfo)
    assert exact(back) == exact(at)
    assert back.tzinfo is at.tzinfo
    assert type(back) is datetime


@pytest.mark.parametrize(
    "at",
    [
        pd.Timestamp("2023-04-02T16:00:00.000001", tz="Europe/Berlin"),
        pendulum.datetime(2023, 4, 2, 16, 0, 0, 1, tz="Europe/Berlin"),
        freezegun.api.FakeDatetime(2023, 4, 2, 16, 0, 0, 1, tzinfo=BERLIN),
    ],
    ids=["pandas", "pendulum", "freezegun"],
)
def test_a_subclass_of_datetime_is_taken_by_its_fields(at: datetime) -> None:
    """What a subclass makes of subtraction and offsets changes nothing."""
    assert instant(at, "at") == exact(datetime(2023, 4, 2, 14, 0, 0, 1, tzinfo=UTC))


@pytest.mark.parametrize("problem", [RuntimeError("own"), TypeError("own")])
def test_what_a_foreign_zone_raises_is_let_through(problem: Exception) -> None:
    """The fault is the caller's zone, and the very error object says so."""
    with pytest.raises(type(problem)) as caught:
        instant(EPOCH.replace(tzinfo=Foreign(problem)), "at")
    assert caught.value is problem


@pytest.mark.parametrize(
    "at",
    [datetime(2023, 4, 2, 16), datetime(2023, 4, 2, 16, tzinfo=Foreign()), pd.Timestamp("2023-04-02T16:00")],
    ids=["plain", "zone without offset", "pandas"],
)
def test_a_datetime_without_an_offset_is_refused(at: datetime) -> None:
    """The message names argument, value and, with when, two zones; nothing is guessed."""
    with pytest.raises(NaiveError) as refused:
        instant(at, "opened_at")
    message = str(refused.value)
    assert message.startswith("opened_at has no zone: ")
    for word in (
        "2023",
        "opened_at.replace(tzinfo=timezone.utc) where it comes from a database",
        'opened_at.replace(tzinfo=ZoneInfo("Europe/Berlin")) where people typed it',
        "now(timezone.utc)",
    ):
        assert word in message


@pytest.mark.parametrize(
    ("at", "remedy"),
    [
        ("2023-04-02T16:00+02:00", "datetime.fromisoformat"),
        (date(2023, 4, 2), "give the time and the zone too"),
        (np.datetime64("2023-04-02T16:00"), ".astype('datetime64[us]').item()"),
        (type("ZonedDateTime", (), {})(), ".to_stdlib()"),  # of the package whenever
        (type("Arrow", (), {})(), ".datetime"),
        *((wrong, "give a datetime with a zone") for wrong in (1.5, True, None, b"2023", time(12))),
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
    """NaT is a datetime to Python, with made-up fields; it must become neither year 1 nor zero."""
    with pytest.raises(TimestampError, match=r"^at is NaT, a missing value; leave such rows out$"):
        instant(pd.NaT, "at")
    with pytest.raises(SLAError, match=r"^amount: "):
        duration(pd.NaT, "amount")


def test_nanoseconds_are_refused_and_zero_of_them_taken() -> None:
    """A deadline is exact to the microsecond, so the caller must say how to round."""
    at = pd.Timestamp("2023-04-02T16:00:00.000001001+02:00")
    with pytest.raises(TimestampError, match=r"^at has nanoseconds.*\.floor\('us'\)"):
        instant(at, "at")
    assert instant(at.floor("us"), "at") == exact(at.floor("us").to_pydatetime())
    with pytest.raises(TimestampError, match=r"^amount has nanoseconds.*\.floor\('us'\)"):
        duration(pd.Timedelta(1, "ns"), "amount")


@pytest.mark.parametrize("year", [0, 10_000, "x"])
def test_a_subclass_with_fields_outside_the_calendar_is_refused(year: object) -> None:
    """Pandas in seconds reaches years that datetime lacks; that is an error of ours."""
    far = type("Far", (datetime,), {"year": year})(2023, 4, 2, tzinfo=UTC)
    with pytest.raises(TimestampError, match=r"^at lies outside the years 1 to 9999: "):
        instant(far, "at")


@pytest.mark.parametrize(
    "amount", [4 * HOUR, -MICROSECOND, timedelta.max, pendulum.duration(hours=4), pd.Timedelta("4h")]
)
def test_a_duration_is_a_plain_timedelta(amount: timedelta) -> None:
    """Subclasses of timedelta, and the longest one, are taken exactly."""
    plain = timedelta(amount.days, amount.seconds, amount.microseconds)
    assert duration(amount, "amount") == plain
    assert type(duration(amount, "amount")) is timedelta


@pytest.mark.parametrize("amount", [4, 4.0, None, "4h", True, np.timedelta64(4, "h")])
def test_what_is_not_a_timedelta_is_refused(amount: object) -> None:
    """The message names argument, type, value and what to write."""
    with pytest.raises(ArgumentError, match=r"^amount: .* is not a timedelta; .*hours=4\)$"):
        duration(amount, "amount")


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
    """Days count from 1970, over the whole range of dates, and both ways back undo it."""
    assert day_number(day, "day") == number
    assert day_text(number) == day.isoformat()
    assert date_of(number) == day


@pytest.mark.parametrize("day", [datetime(2023, 4, 2), EPOCH, pd.NaT, "2023-04-02", 5, None])
def test_a_datetime_is_not_a_date(day: object) -> None:
    """Whose day would it be? The message names argument, type and the conversion."""
    remedy = r"\.astimezone\(calendar\.tzinfo\)\.date\(\)$"
    with pytest.raises(ArgumentError, match=rf"^day: .* is not a date; .*{remedy}"):
        day_number(day, "day")
