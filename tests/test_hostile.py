"""Bad and hostile input: each kind has one settled answer, and no foreign error comes through."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import pickle
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import count
from types import MappingProxyType, SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import freezegun
import holidays
import numpy as np
import pandas as pd
import pendulum
import pytest
from dateutil import tz
from hypothesis import given, settings
from hypothesis import strategies as st

from netcor_sla import (
    STANDARD,
    Agreement,
    BusinessCalendar,
    BusinessDays,
    BusinessHours,
    EscalationLevel,
    ResponseClock,
    State,
    response_due,
)
from netcor_sla._calendars.timestamps import timestamp
from netcor_sla.errors import (
    AgreementError,
    ArgumentError,
    CalendarError,
    CoverageError,
    FactError,
    LevelError,
    NaiveError,
    NoOpeningError,
    SLAError,
    TimestampError,
)

BERLIN = ZoneInfo("Europe/Berlin")
CALENDAR = STANDARD.calendar
CRITICAL = EscalationLevel.CRITICAL
HOUR = timedelta(hours=1)
AT = datetime(2026, 4, 2, 14, tzinfo=UTC)  # the Thursday before Good Friday, 15:00 at the desk
DUE = datetime(2026, 4, 7, 9, 30, tzinfo=UTC)
OFFICE = [["08:30", "17:00"]]
FORM: dict[str, Any] = {"zone": "+01:00", "hours": {"mon-fri": OFFICE}, "holidays": "DE-NI"}
CLOCK = ResponseClock(AT, CRITICAL)
WAITING = CLOCK.pause(AT + HOUR)
LATER = datetime(2026, 4, 7, 8, 30, 0, 1, tzinfo=UTC)  # an hour before DUE, and a microsecond


class Offset(tzinfo):
    """A zone that gives what it was told to as its offset, or raises it."""

    def __init__(self, answer: object) -> None:
        """Keep the answer."""
        self.answer = answer

    def utcoffset(self, _: datetime | None) -> timedelta | None:
        """Answer."""
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer  # type: ignore[return-value]

    def dst(self, _: datetime | None) -> timedelta:
        """Know no summer time."""
        return timedelta()

    def tzname(self, _: datetime | None) -> str | None:
        """Have no name."""
        return None


class Liar(datetime):
    """A subclass that lies in all that it is asked."""

    def utcoffset(self) -> timedelta:
        """Lie."""
        return timedelta(hours=9)

    def astimezone(self, _: tzinfo | None = None) -> "Liar":
        """Lie."""
        return self

    def __sub__(self, _: object) -> timedelta:  # type: ignore[override]
        """Lie."""
        return timedelta(days=5)


class Raising:
    """An object that raises wherever it is looked at."""

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Raise."""
        raise RuntimeError("looked at")

    def __eq__(self, _: object) -> bool:
        """Raise."""
        raise RuntimeError("compared")

    def __bool__(self) -> bool:
        """Raise."""
        raise RuntimeError("taken for a truth")

    def __len__(self) -> int:
        """Raise."""
        raise RuntimeError("measured")


def due(opened_at: Any) -> datetime:
    """Ask for the deadline of a critical request."""
    return response_due(opened_at, CRITICAL)


def make(**changes: Any) -> BusinessCalendar:
    """Make the standard calendar with changes."""
    return BusinessCalendar(**FORM | changes)


Ask = Callable[[], object]

# The row of the survey, what is done, the error of ours, the builtin it also is, and its words.
REFUSED: list[tuple[str, Ask, type[Exception], type[Exception], str]] = [
    ("1 naive", lambda: due(datetime(2026, 4, 2)), NaiveError, ValueError, "opened_at has no zone"),
    (
        "2 utcnow",
        lambda: due(datetime.now(UTC).replace(tzinfo=None)),
        *(NaiveError, ValueError, "datetime.now(timezone.utc)"),
    ),
    (
        "3 zone without offset",
        lambda: due(AT.replace(tzinfo=Offset(None))),
        *(NaiveError, ValueError, "opened_at has no zone"),
    ),
    ("4 date", lambda: due(date(2026, 4, 2)), ArgumentError, TypeError, "not date"),
    ("5 text", lambda: due("2026-04-02T16:00+02:00"), ArgumentError, TypeError, "fromisoformat"),
    ("6 integer", lambda: due(1_775_138_400), ArgumentError, TypeError, "not int: 1775138400"),
    ("6 float", lambda: due(1.5), ArgumentError, TypeError, "not float: 1.5"),
    ("6 bool", lambda: due(True), ArgumentError, TypeError, "not bool: True"),  # noqa: FBT003
    ("6 none", lambda: due(None), ArgumentError, TypeError, "not NoneType: None"),
    ("6 bytes", lambda: due(b"2026"), ArgumentError, TypeError, "not bytes: b'2026'"),
    ("6 list", lambda: due([AT]), ArgumentError, TypeError, "not list"),
    ("7 NaT", lambda: due(pd.NaT), TimestampError, ValueError, "opened_at is NaT"),
    (
        "8 nanoseconds",
        lambda: due(pd.Timestamp("2026-04-02T16:00:00.000000001Z")),
        *(TimestampError, ValueError, "nanoseconds"),
    ),
    (
        "9 pandas beyond the years of datetime",
        lambda: due(pd.Timestamp(np.datetime64("20000-01-01", "s"), tz="UTC")),
        *(TimestampError, ValueError, "outside the years 1 to 9999"),
    ),
    (
        "10 numpy",
        lambda: due(np.datetime64("2026-04-02T16:00")),
        *(ArgumentError, TypeError, ".astype('datetime64[us]').item()"),
    ),
    (
        "12 whenever",
        lambda: due(type("ZonedDateTime", (), {})()),
        *(ArgumentError, TypeError, ".to_stdlib()"),
    ),
    ("13 arrow", lambda: due(type("Arrow", (), {})()), ArgumentError, TypeError, ".datetime"),
    (
        "23 unknown zone of dateutil",
        lambda: due(AT.replace(tzinfo=tz.gettz("Nowhere"))),
        *(NaiveError, ValueError, "opened_at has no zone"),
    ),
    (
        "26 first instant",
        lambda: due(datetime.min.replace(tzinfo=BERLIN)),
        *(CoverageError, LookupError, "outside 1991 to 2100"),
    ),
    (
        "26 last instant",
        lambda: due(datetime.max.replace(tzinfo=ZoneInfo("America/New_York"))),
        *(CoverageError, LookupError, "outside 1991 to 2100"),
    ),
    (
        "27 before the known years",
        lambda: due(datetime(1990, 10, 2, tzinfo=UTC)),
        *(CoverageError, LookupError, "the holidays of DE-NI are known for"),
    ),
    (
        "28 due after the known years",
        lambda: due(datetime(2100, 12, 31, 15, 30, tzinfo=UTC)),
        *(CoverageError, LookupError, "the answer lies later than 1991 to 2100"),
    ),
    ("29 target of zero", lambda: BusinessHours(0), AgreementError, ValueError, "above zero"),
    ("30 negative", lambda: CALENDAR.add(AT, -HOUR), CalendarError, ValueError, "use subtract"),
    ("30 negative", lambda: CALENDAR.subtract(AT, -HOUR), CalendarError, ValueError, "use add"),
    (
        "31 longest amount",
        lambda: CALENDAR.add(AT, timedelta.max),
        *(CoverageError, LookupError, "later than 1991 to 2100"),
    ),
    (
        "31 longest amount backwards",
        lambda: CALENDAR.subtract(AT, timedelta.max),
        *(CoverageError, LookupError, "before 1991 to 2100"),
    ),
    (
        "31 longest target",
        lambda: Agreement(
            targets=dict.fromkeys(EscalationLevel, BusinessHours(10**6))
        ).response_due(AT, CRITICAL),
        *(CoverageError, LookupError, "later than 1991 to 2100"),
    ),
    (
        "33 nanoseconds of an amount",
        lambda: CALENDAR.add(AT, pd.Timedelta(1, "ns")),
        *(TimestampError, ValueError, "amount has nanoseconds"),
    ),
    (
        "34 numpy's amount",
        lambda: CALENDAR.add(AT, np.timedelta64(4, "h")),  # type: ignore[arg-type]
        *(ArgumentError, TypeError, "write timedelta(hours=4)"),
    ),
    ("35 level True", lambda: EscalationLevel(True), LevelError, ValueError, "True is no"),  # noqa: FBT003
    ("36 level 1.0", lambda: EscalationLevel(1.0), LevelError, ValueError, "1.0 is no escalation"),
    ("36 level Decimal", lambda: EscalationLevel(Decimal(1)), LevelError, ValueError, "Decimal"),
    ("37 level 5", lambda: EscalationLevel(5), LevelError, ValueError, "4 (low)"),
    ("37 level 0", lambda: EscalationLevel(0), LevelError, ValueError, "0 is no escalation"),
    ("37 level -1", lambda: EscalationLevel(-1), LevelError, ValueError, "-1 is no escalation"),
    ("38 level by name", lambda: EscalationLevel("LEVEL_1"), LevelError, ValueError, "'LEVEL_1'"),
    (
        "38 text for a level",
        lambda: response_due(AT, "critical"),  # type: ignore[arg-type]
        *(ArgumentError, TypeError, "convert with EscalationLevel(...)"),
    ),
    ("39 long level", lambda: EscalationLevel(10**400), LevelError, ValueError, "000 ... is no"),
    ("39 longer level", lambda: EscalationLevel(10**5000), LevelError, ValueError, "of type int"),
    ("40 level nan", lambda: EscalationLevel(float("nan")), LevelError, ValueError, "nan is no"),
    ("40 level None", lambda: EscalationLevel(None), LevelError, ValueError, "None is no"),
    ("40 raising level", lambda: EscalationLevel(Raising()), LevelError, ValueError, "Raising"),
    (
        "40 raising argument",
        lambda: response_due(AT, Raising()),  # type: ignore[arg-type]
        *(ArgumentError, TypeError, "a value of type Raising"),
    ),
    ("41 numpy's bool", lambda: EscalationLevel(np.bool_(1)), LevelError, ValueError, "np.True_"),
    ("42 no hours", lambda: make(hours={}), CalendarError, ValueError, "hours never open the desk"),
    (
        "43 hours on closed days alone",
        lambda: make(
            hours={"fri": OFFICE},
            holidays=None,
            recurring={
                f"{day.month:02}-{day.day:02}": []
                for day in pd.date_range("2024-01-01", "2024-12-31")
            },
        ).next_open(AT),
        *(CoverageError, LookupError, "the answer lies later than 1900 to 2199"),
    ),
    (
        "43 no opening left",
        lambda: make(hours={}, special={"2026-01-05": OFFICE}).next_open(AT),
        *(NoOpeningError, LookupError, "the desk does not open"),
    ),
    (
        "44 inverted hours",
        lambda: make(hours={"mon": [["17:00", "08:00"]]}),
        *(CalendarError, ValueError, "22:00-24:00 and 00:00-06:00"),
    ),
    (
        "45 empty hours",
        lambda: make(hours={"mon": [["09:00", "09:00"]]}),
        *(CalendarError, ValueError, "09:00-09:00 is empty"),
    ),
    (
        "46 overlapping hours",
        lambda: make(hours={"mon": [["08:00", "12:00"], ["11:00", "13:00"]]}),
        *(CalendarError, ValueError, "11:00-13:00 begins before 08:00-12:00 has ended"),
    ),
    (
        "47 midnight as 00:00",
        lambda: make(hours={"mon": [["17:00", "00:00"]]}),
        *(CalendarError, ValueError, "22:00-24:00"),
    ),
    (
        "48 times as objects",
        lambda: make(hours={"mon": [[time(8, tzinfo=UTC), time(17)]]}),
        *(CalendarError, ValueError, "write HH:MM as text"),
    ),
    (
        "49 seconds",
        lambda: make(hours={"mon": [["08:30:01", "17:00"]]}),
        *(CalendarError, ValueError, "'08:30:01' is no time of day"),
    ),
    *(
        (
            f"50 weekday {key!r}",
            lambda key=key: make(hours={key: OFFICE}),
            CalendarError,
            ValueError,
            "no weekday",
        )
        for key in (7, -1, "Mon", "1", "Montag")
    ),
    *(
        (
            f"52-55 zone {ascii(key)[:20]}",
            lambda key=key: make(zone=key),
            CalendarError,
            ValueError,
            "is unknown",
        )
        for key in (
            *("Mars/Olympus", "europe/berlin", "", "../../etc/passwd", "/etc/passwd", "Europe"),
            *("x" * 5000, "Europe/Berlin\0", "localtime", "posixrules", "Europe\\Berlin", "."),
        )
    ),
    *(
        (
            f"57-59 holidays {key!r}",
            lambda key=key: make(holidays=key),
            CalendarError,
            ValueError,
            "holidays: ",
        )
        for key in ("XX", "de", "DE-by", "DE-", "", "DE-BYP", "DE-5", "Germany")
    ),
    ("57 holidays 5", lambda: make(holidays=5), ArgumentError, TypeError, "not 5"),
    (
        "60 category",
        lambda: make(holidays={"country": "DE", "categories": ["bogus"]}),
        *(CalendarError, ValueError, "DE has no category 'bogus'"),
    ),
    (
        "61 dates as holidays",
        lambda: make(holidays=[date(2026, 4, 3)]),
        *(ArgumentError, TypeError, "holidays must be None, a text"),
    ),
    (
        "61 table of dates as holidays",
        lambda: make(holidays={date(2026, 4, 3): "Karfreitag"}),
        *(CalendarError, ValueError, "key datetime.date(2026, 4, 3) is unknown"),
    ),
    (
        "62 endless holidays",
        lambda: make(holidays=count()),
        ArgumentError,
        TypeError,
        "holidays must",
    ),
    (
        "63 object of the package, empty as yet",
        lambda: make(holidays=holidays.country_holidays("DE")),
        *(SLAError, Exception, "holidays"),
    ),
    (
        "63 object of the package, filled",
        lambda: make(holidays=holidays.country_holidays("DE", years=2026)),
        *(SLAError, Exception, "holidays"),
    ),
    (
        "64 leap second",
        lambda: timestamp("2016-12-31T23:59:60Z"),
        TimestampError,
        ValueError,
        "second 59",
    ),
    (
        "65 date alone",
        lambda: timestamp("2026-01-01"),
        TimestampError,
        ValueError,
        "with an offset",
    ),
    *(
        (
            f"66 {ascii(text)[:24]}",
            lambda text=text: timestamp(text),
            TimestampError,
            ValueError,
            "timestamp",
        )
        for text in (
            *("2026-W01-1", "2026-W01-1T00:00Z", "2026-001T00:00Z", "2026-01-01\N{SNOWMAN}00:00Z"),
            *("2026-01-01\udc8000:00Z", "2026-01-01T00:00:00." + "0" * 10**6 + "Z", "1" * 10**6),
            "1" * 26 + "!",
        )
    ),
    (
        "67 offset that contradicts the zone",
        lambda: timestamp("2026-04-02T15:00+01:00[Europe/Berlin]"),
        *(TimestampError, ValueError, "contradicts itself"),
    ),
    (
        "70 forged pickle",
        lambda: pickle.loads(pickle.dumps(CALENDAR).replace(b"08:30", b"18:30")),  # noqa: S301 - our own pickle
        *(CalendarError, ValueError, "18:30-17:00 ends before it begins"),
    ),
]


@pytest.mark.parametrize(
    ("ask", "error", "builtin", "words"),
    [pytest.param(*row, id=f"{number}: {name}") for number, (name, *row) in enumerate(REFUSED)],
)
def test_hostile_input_is_refused(
    ask: Ask, error: type[Exception], builtin: type[Exception], words: str
) -> None:
    """By an error of ours that is also the builtin, with a message that helps."""
    with pytest.raises(error) as refused:
        ask()
    assert isinstance(refused.value, SLAError)
    assert isinstance(refused.value, builtin)
    assert words in str(refused.value)
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize(
    "opened_at",
    [
        pd.Timestamp("2026-04-02T16:00", tz="Europe/Berlin"),
        pendulum.datetime(2026, 4, 2, 16, tz="Europe/Berlin"),
        freezegun.api.FakeDatetime(2026, 4, 2, 16, tzinfo=BERLIN),
        Liar(2026, 4, 2, 16, tzinfo=BERLIN),
        datetime(2026, 4, 2, 16, tzinfo=tz.gettz("Europe/Berlin")),
        datetime(2026, 4, 2, 16, tzinfo=Offset(timedelta(hours=2))),
        datetime(2026, 4, 2, 14, 53, 28, tzinfo=timezone(timedelta(minutes=53, seconds=28))),
        datetime(2026, 4, 2, 14, microsecond=1, tzinfo=timezone(timedelta(microseconds=1))),
    ],
    ids=[
        "8 pandas",
        "11 pendulum",
        "14 freezegun",
        "16 liar",
        "dateutil",
        "own",
        "21 LMT",
        "21 µs",
    ],
)
def test_unusual_datetimes_are_taken_exactly(opened_at: datetime) -> None:
    """And a plain datetime comes back, in the zone that was given."""
    answer = due(opened_at)
    assert answer.astimezone(UTC) == DUE
    assert type(answer) is datetime
    assert answer.tzinfo is opened_at.tzinfo


@pytest.mark.parametrize(
    ("answer", "builtin"),
    [
        (3600, TypeError),
        ("+01:00", TypeError),
        (timedelta(hours=24), ValueError),
        (timedelta(hours=-24), ValueError),
        (RuntimeError("own"), RuntimeError),
        (TypeError("own"), TypeError),
        (KeyError("own"), KeyError),
    ],
    ids=["17 integer", "17 text", "18 day", "18 day back", "19 own", "19 own type", "19 own key"],
)
def test_what_a_foreign_zone_raises_is_let_through(
    answer: object, builtin: type[Exception]
) -> None:
    """As it is: the fault is in the caller's zone; and the calendar is none the worse for it."""
    broken = AT.replace(tzinfo=Offset(answer))
    asks: list[Ask] = [
        lambda: due(broken),
        lambda: CALENDAR.is_open(broken),
        lambda: CALENDAR.between(AT, broken),
        lambda: CALENDAR.with_extra_hours(AT, broken),
    ]
    for ask in asks:
        with pytest.raises(builtin) as raised:
            ask()
        assert not isinstance(raised.value, SLAError)
        assert raised.value is answer or not isinstance(answer, Exception)
    assert due(AT) == DUE


def test_a_skipped_and_a_repeated_time_are_taken_as_python_takes_them() -> None:
    """Rows 24 and 25: `fold` chooses, and the two times of an autumn night are two instants."""
    night = BusinessCalendar(
        zone="Europe/Berlin", hours={"mon-sun": [("00:00", "24:00")]}, holidays=None
    )
    repeated = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    skipped = datetime(2026, 3, 29, 2, 30, tzinfo=BERLIN)
    dues = [
        night.add(at.replace(fold=fold), HOUR).isoformat()
        for at in (repeated, skipped)
        for fold in (0, 1)
    ]
    assert dues == [
        "2026-10-25T02:30:00+01:00",
        "2026-10-25T03:30:00+01:00",
        "2026-03-29T04:30:00+02:00",
        "2026-03-29T03:30:00+02:00",
    ]
    assert night.between(repeated, repeated.replace(fold=1)) == HOUR


def test_numpys_integers_are_levels() -> None:
    """Row 41."""
    assert EscalationLevel(np.int64(1)) is CRITICAL


def test_a_whole_day_closes_at_24() -> None:
    """Row 47."""
    whole = make(hours={"mon-sun": [["00:00", "24:00"]]}, holidays=None)
    assert whole.add(AT, 48 * HOUR) - AT == 48 * HOUR


def test_a_live_table_is_read_once() -> None:
    """Row 63: what is changed later changes no calendar."""
    hours: dict[str, Any] = {"mon-fri": [["08:30", "17:00"]]}
    table = {"country": "DE", "subdivision": "NI", "categories": ["public"]}
    extra: list[list[str]] = []
    calendar = make(hours=hours, holidays=table, extra=extra)
    hours["mon-fri"][0][0] = "12:00"
    hours["sat"] = OFFICE
    table["subdivision"] = "BY"
    extra.append(["2026-04-02T20:00Z", "2026-04-02T22:00Z"])
    assert calendar == CALENDAR
    assert calendar.add(AT, 4 * HOUR) == DUE


def with_(key: str) -> dict[str, Callable[[Any], object]]:
    """Put a value under a key of a calendar, in all ways."""
    return {
        f"calendar({key})": lambda value: make(**{key: value}),
        f"calendar.from_dict({key})": lambda value: BusinessCalendar.from_dict(FORM | {key: value}),
        f"calendar.replace({key})": lambda value: CALENDAR.replace(**{key: value}),
    }


def of_agreement(key: str) -> dict[str, Callable[[Any], object]]:
    """Put a value under a key of an agreement, in all ways."""
    return {
        f"agreement({key})": lambda value: Agreement(**{key: value}),
        f"agreement.from_dict({key})": lambda value: Agreement.from_dict({key: value}),
        f"agreement.replace({key})": lambda value: STANDARD.replace(**{key: value}),
    }


def hashable(value: Any) -> Any:
    """Give the value, or where it can't be a key, one that can."""
    try:
        hash(value)
    except TypeError:
        return object()
    return value


def replayed(events: Any, pausing: Any = ("waiting",), responding: Any = ()) -> ResponseClock:
    """Replay a log under the standard agreement."""
    return STANDARD.replay(AT, CRITICAL, events, pausing=pausing, responding=responding)


def of_clock(key: str, value: Any) -> ResponseClock:
    """Put a value under a key of a clock's data form."""
    return ResponseClock.from_dict(CLOCK.to_dict() | {key: value})


# Every argument of a clock's verbs and of a replay, with the word for it in messages.
CLOCK_PLACES: dict[str, tuple[str, Callable[[Any], object]]] = {
    "ResponseClock(level)": ("level", lambda value: ResponseClock(AT, value)),
    "ResponseClock(agreement)": (
        "agreement",
        lambda value: ResponseClock(AT, CRITICAL, agreement=value),
    ),
    "Agreement.clock(level)": ("level", lambda value: STANDARD.clock(AT, value)),
    "pause(at)": ("at", CLOCK.pause),
    "pause(at, until)": ("at", lambda value: CLOCK.pause(value, LATER)),
    "pause(until)": ("until", lambda value: CLOCK.pause(AT, value)),
    "resume": ("at", WAITING.resume),
    "resume nothing": ("at", CLOCK.resume),
    "change_level(at)": ("at", lambda value: CLOCK.change_level(value, CRITICAL)),
    "change_level(level)": ("level", lambda value: CLOCK.change_level(AT, value)),
    "respond": ("at", CLOCK.respond),
    "status": ("now", CLOCK.status),
    "status in a pause": ("now", WAITING.status),
    "ResponseClock.from_dict": ("ResponseClock", ResponseClock.from_dict),
    **{
        f"ResponseClock.from_dict({key})": (key.removesuffix("s"), partial(of_clock, key))
        for key in ("opened_at", "zone", "changes", "pauses", "responded_at")
    },
    "a change": ("a change", lambda value: of_clock("changes", [value])),
    "a change's instant": (
        "at",
        lambda value: of_clock("changes", [{"at": value, "level": "low"}]),
    ),
    "a pause": ("a pause", lambda value: of_clock("pauses", [value])),
    "a pause's start": ("pauses", lambda value: of_clock("pauses", [[value, None]])),
    "a pause's end": ("pauses", lambda value: of_clock("pauses", [[LATER.isoformat(), value]])),
    "replay(level)": (
        "level",
        lambda value: STANDARD.replay(AT, value, [], pausing=(), responding=()),
    ),
    "an event": ("event 1", lambda value: replayed([value])),
    "an event's instant": ("event 1: at", lambda value: replayed([(value, "waiting")])),
    "an event's state": ("event 1", lambda value: replayed([(AT, value)])),
}

# Every argument of every public function and method, and every place inside the data forms.
PLACES: dict[str, Callable[[Any], object]] = {
    "response_due(opened_at)": due,
    "response_due(level)": lambda value: response_due(AT, value),
    "response_due(agreement)": lambda value: response_due(AT, CRITICAL, agreement=value),
    "Agreement.response_due(opened_at)": lambda value: STANDARD.response_due(value, CRITICAL),
    "end of day": lambda value: STANDARD.replace(day_rule="end of day").response_due(
        value, EscalationLevel.LOW
    ),
    "same time": lambda value: STANDARD.replace(day_rule="same time").response_due(AT, value),
    "is_open": CALENDAR.is_open,
    "next_open": CALENDAR.next_open,
    "next_close": CALENDAR.next_close,
    "add(at)": lambda value: CALENDAR.add(value, HOUR),
    "add(at, zero)": lambda value: CALENDAR.add(value, timedelta()),
    "add(amount)": lambda value: CALENDAR.add(AT, value),
    "subtract(at)": lambda value: CALENDAR.subtract(value, HOUR),
    "subtract(at, zero)": lambda value: CALENDAR.subtract(value, timedelta()),
    "subtract(amount)": lambda value: CALENDAR.subtract(AT, value),
    "between(start)": lambda value: CALENDAR.between(value, AT),
    "between(end)": lambda value: CALENDAR.between(AT, value),
    "spans(start)": lambda value: CALENDAR.spans(value, AT),
    "spans(end)": lambda value: next(CALENDAR.spans(AT, value), None),
    "is_business_day": CALENDAR.is_business_day,
    "holiday(day)": CALENDAR.holiday,
    "holiday(language)": lambda value: CALENDAR.holiday(date(2026, 4, 3), value),
    "with_extra_hours(start)": lambda value: CALENDAR.with_extra_hours(value, AT),
    "with_extra_hours(end)": lambda value: CALENDAR.with_extra_hours(AT, value),
    "BusinessCalendar.from_dict": BusinessCalendar.from_dict,
    "Agreement.from_dict": Agreement.from_dict,
    "BusinessHours.from_dict": BusinessHours.from_dict,
    "BusinessDays.from_dict": BusinessDays.from_dict,
    "BusinessHours(hours)": BusinessHours,
    "BusinessHours(minutes)": lambda value: BusinessHours(minutes=value),
    "BusinessDays(days)": BusinessDays,
    "EscalationLevel": EscalationLevel,
    "title(language)": CRITICAL.title,
    "criteria(language)": CRITICAL.criteria,
    "timestamp": timestamp,
    **with_("zone"),
    **with_("hours"),
    **with_("holidays"),
    **with_("special"),
    **with_("recurring"),
    **with_("extra"),
    **with_("business_day"),
    "a key": lambda value: BusinessCalendar.from_dict({**FORM, hashable(value): 1}),
    "a weekday": lambda value: make(hours={hashable(value): OFFICE}),
    "a day": lambda value: make(hours={"mon": value}),
    "a span": lambda value: make(hours={"mon": [value]}),
    "an opening": lambda value: make(hours={"mon": [[value, "17:00"]]}),
    "a closing": lambda value: make(hours={"mon": [["08:30", value]]}),
    "a special date": lambda value: make(special={hashable(value): OFFICE}),
    "special hours": lambda value: make(special={"2026-12-24": value}),
    "a special name": lambda value: make(special={"2026-12-24": {"spans": [], "name": value}}),
    "a key of special hours": lambda value: make(special={"2026-12-24": {hashable(value): []}}),
    "a recurring date": lambda value: make(recurring={hashable(value): []}),
    "recurring hours": lambda value: make(recurring={"12-24": value}),
    "a window": lambda value: make(extra=[value]),
    "a start": lambda value: make(extra=[[value, "2026-05-17T04:00+02:00"]]),
    "an end": lambda value: make(extra=[["2026-05-17T04:00+02:00", value]]),
    "a country": lambda value: make(holidays={"country": value}),
    "a subdivision": lambda value: make(holidays={"country": "DE", "subdivision": value}),
    "categories": lambda value: make(holidays={"country": "DE", "categories": value}),
    "a category": lambda value: make(holidays={"country": "DE", "categories": [value]}),
    "a key of holidays": lambda value: make(holidays={"country": "DE", hashable(value): 1}),
    **of_agreement("calendar"),
    **of_agreement("targets"),
    **of_agreement("day_rule"),
    **of_agreement("at_risk"),
    "a target": lambda value: Agreement(targets={**STANDARD.targets, CRITICAL: value}),
    "a level": lambda value: Agreement(
        targets={**STANDARD.targets, hashable(value): BusinessHours(1)}
    ),
    "a target as data": lambda value: Agreement.from_dict({"targets": {"critical": value}}),
    "a level as data": lambda value: Agreement.from_dict(
        {"targets": {hashable(value): {"hours": 1}}}
    ),
    "hours as data": lambda value: Agreement.from_dict({"targets": {"critical": {"hours": value}}}),
    **{place: ask for place, (_, ask) in CLOCK_PLACES.items()},
    "ResponseClock.from_dict(level)": lambda value: of_clock("level", value),
    "a key of a clock": lambda value: of_clock(hashable(value), 1),
    "a change's level": lambda value: of_clock(
        "changes", [{"at": LATER.isoformat(), "level": value}]
    ),
    "replay(events)": replayed,
    "replay(pausing)": lambda value: replayed([], pausing=value),
    "replay(responding)": lambda value: replayed([], responding=value),
}

ODD_VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 1.0, float("nan"), float("inf"), 10**400, 10**5000, -(10**5000)),
    *(
        "",
        "\0",
        "\ud800",
        "x" * 10_000,
        b"",
        b"x",
        bytearray(b"x"),
        1j,
        Decimal("NaN"),
        Fraction(1, 3),
    ),
    *((), [], {}, set(), frozenset(), range(3), [[]], [None], {"a": 1}, {None: None}, {1: {2: 3}}),
    *(
        object(),
        object,
        type,
        len,
        lambda: None,
        Ellipsis,
        NotImplemented,
        Exception("x"),
        iter([]),
    ),
    *(
        AT,
        AT.replace(tzinfo=None),
        datetime.min,  # noqa: DTZ901 - naive on purpose
        datetime.max,  # noqa: DTZ901 - naive on purpose
        date(2026, 4, 3),
        date.min,
        date.max,
    ),
    *(datetime.min.replace(tzinfo=timezone(HOUR)), datetime.max.replace(tzinfo=timezone(-HOUR))),
    *(time(8), timedelta(), HOUR, -HOUR, timedelta.max, timedelta.min, UTC, BERLIN, Offset(None)),
    *(
        np.int64(1),
        np.float64(1),
        np.bool_(1),
        np.str_("x"),
        np.array([1, 2]),
        np.array(["a", "b"]),
    ),
    *(np.array([]), np.array(1), np.datetime64("2026-04-02"), np.timedelta64(1, "h"), np.nan),
    *(
        pd.NaT,
        pd.NA,
        pd.Timestamp("2026-04-02"),
        pd.Timedelta("1h"),
        pd.Series([1, 2]),
        pd.DataFrame(),
    ),
    *(pendulum.now(), pendulum.duration(hours=1), Liar(2026, 4, 2), Raising(), [Raising()]),
    *(STANDARD, CALENDAR, CRITICAL, EscalationLevel, BusinessHours(1), BusinessDays(1), SLAError),
    *(MappingProxyType({}), SimpleNamespace(), holidays.country_holidays("DE"), count()),
]

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.decimals()
    | st.fractions()
    | st.text(max_size=20)
    | st.binary(max_size=20)
    | st.sampled_from(
        ["mon", "08:30", "24:00", "2026-12-24", "12-24", "DE", "NI", "UTC", "spans", "de"]
    )
    | st.dates()
    | st.times()
    | st.timedeltas()
    | st.datetimes()
    | st.datetimes(timezones=st.sampled_from([UTC, BERLIN, timezone(HOUR), timezone(-23 * HOUR)])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(
            st.text(max_size=5) | st.integers() | st.sampled_from(["mon", "hours"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def settled(ask: Callable[[Any], object], value: Any) -> None:
    """Insist on a result, an error of ours, or a TypeError."""
    try:
        result = ask(value)
    except (SLAError, TypeError) as error:
        result = str(error) or NotImplemented
    assert result is not NotImplemented


@pytest.mark.parametrize("place", PLACES)
def test_odd_values_are_settled_everywhere(place: str) -> None:
    """Each odd value, at each place, has a result, or is refused by an error of ours or a TypeError."""
    foreign = {}
    for number, value in enumerate(ODD_VALUES):
        try:
            settled(PLACES[place], value)
        except Exception as error:  # noqa: BLE001 - whatever comes through is what is looked for
            foreign[f"{number} {type(value).__name__}"] = f"{type(error).__name__}: {error}"
    assert not foreign


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=25)
@given(value=ANYTHING)
def test_any_value_is_settled_everywhere(place: str, value: Any) -> None:
    """The same for values that nobody thought of."""
    settled(PLACES[place], value)


def refusal(ask: Ask) -> str | None:
    """Give the words of an error of ours, if there is one; a foreign one comes through."""
    try:
        ask()
    except SLAError as error:
        return str(error)
    return None


@pytest.mark.parametrize("place", CLOCK_PLACES)
def test_what_a_clock_refuses_it_refuses_by_an_error_of_ours(place: str) -> None:
    """Whatever the odd value, nothing foreign comes through, and the message names the argument."""
    name, ask = CLOCK_PLACES[place]
    answers = [refusal(partial(ask, value)) for value in ODD_VALUES]
    refused = [answer for answer in answers if answer is not None]
    assert len(refused) > len(ODD_VALUES) // 2
    assert all(name in answer and len(answer) < 500 for answer in refused)


# Every place for an instant, with its name in messages; and clocks and statuses as results.
INSTANTS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "ResponseClock": ("opened_at", lambda value: ResponseClock(value, CRITICAL)),
    "Agreement.clock": ("opened_at", lambda value: STANDARD.clock(value, CRITICAL)),
    "replay": (
        "opened_at",
        lambda value: STANDARD.replay(value, CRITICAL, [], pausing=(), responding=()),
    ),
    "pause": ("at", CLOCK.pause),
    "pause until": ("at", lambda value: CLOCK.pause(value, LATER + HOUR)),
    "until": ("until", lambda value: CLOCK.pause(AT + HOUR, value)),
    "resume": ("at", WAITING.resume),
    "change_level": ("at", lambda value: CLOCK.change_level(value, EscalationLevel.HIGH)),
    "respond": ("at", CLOCK.respond),
    "status": ("now", CLOCK.status),
    "event": ("event 1: at", lambda value: replayed([(value, "waiting")])),
    "level event": ("event 1: at", lambda value: replayed([(value, EscalationLevel.HIGH)])),
}
FACTS = [place for place, (name, _) in INSTANTS.items() if name != "opened_at"]

NO_INSTANTS: dict[str, tuple[Any, type[SLAError], type[Exception], str, str]] = {
    "naive": (
        datetime(2026, 4, 7, 12),
        *(NaiveError, ValueError, " has no zone: datetime.datetime(2026, 4, 7, 12, 0)"),
        ".replace(tzinfo=ZoneInfo(",
    ),
    "zone without offset": (
        LATER.replace(tzinfo=Offset(None)),
        *(NaiveError, ValueError, " has no zone: "),
        "datetime.now(timezone.utc)",
    ),
    "NaT": (pd.NaT, TimestampError, ValueError, " is NaT, a missing value", "leave such rows out"),
    "nanoseconds": (
        pd.Timestamp("2026-04-07T09:00:00.000000001Z"),
        *(TimestampError, ValueError, " has nanoseconds, and "),
        "round it as you mean it, for example with .floor('us')",
    ),
    "text": (
        "2026-04-07T12:00+02:00",
        *(ArgumentError, TypeError, " must be an aware datetime, not str: '2026-04-07T12:00+02:0"),
        "read it with datetime.fromisoformat first",
    ),
    "date": (
        date(2026, 4, 7),
        *(ArgumentError, TypeError, " must be an aware datetime, not date: datetime.date(2026, 4"),
        "so give the time and the zone too",
    ),
    "integer": (
        1_775_138_400,
        *(ArgumentError, TypeError, " must be an aware datetime, not int: 1775138400"),
        "give a datetime with a zone",
    ),
    "float": (
        1.5,
        *(ArgumentError, TypeError, " must be an aware datetime, not float: 1.5"),
        "give a datetime with a zone",
    ),
    "truth": (
        True,
        *(ArgumentError, TypeError, " must be an aware datetime, not bool: True"),
        "give a datetime with a zone",
    ),
    "timedelta": (
        HOUR,
        *(ArgumentError, TypeError, " must be an aware datetime, not timedelta: datetime.timede"),
        "give a datetime with a zone",
    ),
    "numpy": (
        np.datetime64("2026-04-07T12:00"),
        *(ArgumentError, TypeError, " must be an aware datetime, not datetime64: np.datetime64("),
        ".astype('datetime64[us]').item()",
    ),
    "beyond the years": (
        pd.Timestamp(np.datetime64("20000-01-01", "s"), tz="UTC"),
        *(
            TimestampError,
            ValueError,
            " lies outside the years 1 to 9999: a value of type Timestamp",
        ),
        "",
    ),
}


@pytest.mark.parametrize("place", INSTANTS)
@pytest.mark.parametrize("kind", NO_INSTANTS)
def test_a_clock_takes_no_instant_that_is_none(kind: str, place: str) -> None:
    """Nor does a replay: each argument is named, its value is shown, and there is a remedy."""
    value, error, builtin, words, remedy = NO_INSTANTS[kind]
    name, ask = INSTANTS[place]
    with pytest.raises(error) as refused:
        ask(value)
    assert isinstance(refused.value, builtin)
    assert str(refused.value).startswith(f"{name}{words}")
    assert remedy in str(refused.value)


@pytest.mark.parametrize("place", [place for place in INSTANTS if place != "until"])
def test_nothing_is_no_instant(place: str) -> None:
    """None says that a pause has no end, and nothing else."""
    name, ask = INSTANTS[place]
    with pytest.raises(ArgumentError, match=f"^{name} must be an aware datetime, not NoneType: N"):
        ask(None)
    assert CLOCK.pause(AT + HOUR, None) == WAITING


@pytest.mark.parametrize("place", INSTANTS)
@pytest.mark.parametrize(
    "value",
    [
        pd.Timestamp("2026-04-07T10:30:00.000001", tz="Europe/Berlin"),
        pendulum.datetime(2026, 4, 7, 10, 30, 0, 1, tz="Europe/Berlin"),
        freezegun.api.FakeDatetime(2026, 4, 7, 10, 30, 0, 1, tzinfo=BERLIN),
        Liar(2026, 4, 7, 10, 30, 0, 1, tzinfo=BERLIN),
        datetime(2026, 4, 7, 10, 30, 0, 1, tzinfo=tz.gettz("Europe/Berlin")),
        datetime(2026, 4, 7, 10, 30, 0, 1, tzinfo=Offset(timedelta(hours=2))),
        datetime(2026, 4, 7, 9, 23, 28, 1, tzinfo=timezone(timedelta(minutes=53, seconds=28))),
        datetime(2026, 4, 7, 8, 30, 0, 2, tzinfo=timezone(timedelta(microseconds=1))),
    ],
    ids=["pandas", "pendulum", "freezegun", "liar", "dateutil", "own", "LMT", "µs"],
)
def test_a_clock_takes_unusual_datetimes_exactly(value: datetime, place: str) -> None:
    """As the instants that they are; and plain datetimes come back."""
    name, ask = INSTANTS[place]
    found, expected = ask(value), ask(LATER)
    if isinstance(found, ResponseClock):
        assert found._history == expected._history
        assert type(found.opened_at) is datetime
        assert found.due == expected.due
    else:
        assert found == expected
        assert type(found.now) is datetime
    if name == "opened_at":
        assert found.opened_at.tzinfo is value.tzinfo
        assert found.due.tzinfo is value.tzinfo


@pytest.mark.parametrize("year", [1000, 1990, 2101, 9000])
def test_a_clock_knows_no_deadline_outside_the_known_years(year: int) -> None:
    """It may be opened there, as another agreement may know them; each question is refused."""
    clock = ResponseClock(datetime(year, 3, 3, tzinfo=UTC), CRITICAL)
    for ask in (lambda: clock.due, clock.explain, lambda: clock.status(clock.opened_at)):
        with pytest.raises(CoverageError) as refused:
            ask()
        words = f"opened_at {year:04}-03-03T00:00:00+00:00 lies outside 1991 to 2100, "
        assert str(refused.value).startswith(words)
        assert "other years need a calendar with holidays=None" in str(refused.value)


@pytest.mark.parametrize("place", FACTS)
@pytest.mark.parametrize(
    "value",
    [
        datetime(1, 1, 1, tzinfo=UTC),
        datetime.min.replace(tzinfo=timezone(HOUR)),
        datetime.min.replace(tzinfo=BERLIN),
        datetime(1990, 1, 1, tzinfo=UTC),
        AT - timedelta(microseconds=1),
    ],
    ids=ascii,
)
def test_no_fact_is_before_the_opening(value: datetime, place: str) -> None:
    """However long ago; both instants are named."""
    name, ask = INSTANTS[place]
    with pytest.raises(FactError) as refused:
        ask(value)
    words = f"{name} {value.isoformat()} is before opened_at 2026-04-02T14:00:00+00:00; "
    assert (
        str(refused.value)
        == words
        + "nothing is known of a ticket before its opening, so give that instant or a later one"
    )


LAST = datetime.max.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "last",
    [datetime(9000, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)],
    ids=["9000", "2101"],
)
def test_facts_outside_the_known_years_are_wrong_nowhere(last: datetime) -> None:
    """They may be told; where the answer rests on one, there is none."""
    for clock in (
        CLOCK.pause(last),
        CLOCK.respond(last),
        CLOCK.change_level(last, CRITICAL),
        replayed([(last, "waiting"), (last, CRITICAL)], responding={"waiting"}),
    ):
        assert clock.due == DUE
        assert clock.status(LATER) == CLOCK.status(LATER)
    assert CLOCK.change_level(last, EscalationLevel.HIGH).due == datetime(
        2026, 4, 7, 13, 30, tzinfo=UTC
    )
    assert WAITING.due is None
    for clock in (CLOCK.pause(AT + HOUR, last), WAITING.resume(last), WAITING.respond(last)):
        with pytest.raises(
            CoverageError, match=r"^from opened_at 2026-04-02T14:00:00\+00:00, the "
        ):
            _ = clock.due
        assert clock.status(LATER).state is State.PAUSED
    for clock in (CLOCK, WAITING, CLOCK.respond(LATER), CLOCK.respond(last)):
        with pytest.raises(
            CoverageError, match=rf"^now {last.year}-.* lies outside 1991 to 2100, "
        ):
            clock.status(last)


def test_no_fact_lies_beyond_all_calendars() -> None:
    """No zone could show it everywhere, and no calendar could tell what it means."""
    for tell in (CLOCK.pause, CLOCK.respond, CLOCK.status, partial(CLOCK.pause, AT)):
        with pytest.raises(CoverageError, match=r"lies outside the years 1000 to 9000, beyond"):
            tell(LAST)
    with pytest.raises(CoverageError, match=r"^opened_at .* lies outside the years 1000 to 9000"):
        ResponseClock(datetime(1, 3, 3, tzinfo=UTC), CRITICAL)
    with pytest.raises(CoverageError, match=r"^event 1: at .* lies outside the years 1000"):
        replayed([(LAST, "waiting")])


BEYOND = {
    "before the year 1": datetime.min.replace(tzinfo=timezone(HOUR)),
    "before the year 1 in Berlin": datetime.min.replace(tzinfo=BERLIN),
    "after the year 9999": datetime.max.replace(tzinfo=timezone(-HOUR)),
    "after the year 9999 in New York": datetime.max.replace(tzinfo=ZoneInfo("America/New_York")),
}


@pytest.mark.parametrize("moment", BEYOND)
def test_a_clock_is_not_opened_where_utc_has_no_year(moment: str) -> None:
    """Whether by the constructor or by the first question: by an error of ours."""
    with pytest.raises(SLAError, match="opened_at"):
        _ = ResponseClock(BEYOND[moment], CRITICAL).due


def told_of(clock: ResponseClock, verb: str, at: datetime) -> int:
    """Tell a clock of an instant, and write what becomes of it."""
    return hash(getattr(clock, verb)(at))


@pytest.mark.parametrize("tell", ["pause", "respond", "status"])
def test_no_fact_is_told_that_cannot_be_written(tell: str) -> None:
    """Where the zone of the opening has no year for it: by an error of ours, or it is written."""
    tokyo = ResponseClock(AT.astimezone(ZoneInfo("Asia/Tokyo")), CRITICAL)
    for clock, last in ((tokyo, LAST), (CLOCK, BEYOND["after the year 9999"])):
        answered = clock.respond(LATER) if tell == "status" else clock
        answer = refusal(partial(told_of, answered, tell, last))
        assert answer is None or "9999" in answer


@pytest.mark.parametrize("year", [1, 998, 9002, 9999])
def test_a_clock_of_any_year_is_read_back(year: int) -> None:
    """Law: `from_dict(clock.to_dict()) == clock`; or it is not opened, or told, at all."""
    at = datetime(year, 3, 3, tzinfo=UTC)
    opened = year < 2000

    def tell() -> ResponseClock:
        return ResponseClock(at, CRITICAL) if opened else CLOCK.respond(at)

    if (answer := refusal(tell)) is None:
        clock = tell()
        assert ResponseClock.from_dict(clock.to_dict()) == clock
        assert pickle.loads(pickle.dumps(clock)) == clock  # noqa: S301 - our own pickle
    else:
        assert str(year) in answer


@pytest.mark.parametrize(
    "place",
    ["ResponseClock(level)", "Agreement.clock(level)", "change_level(level)", "replay(level)"],
)
@pytest.mark.parametrize(
    "level",
    [True, 1, 1.0, "critical", None, np.int64(1), [CRITICAL], Raising(), EscalationLevel],
    ids=lambda level: type(level).__name__,
)
def test_a_clock_takes_members_alone(level: Any, place: str) -> None:
    """True is no level, though it is 1 to Python."""
    _, ask = CLOCK_PLACES[place]
    with pytest.raises(ArgumentError) as refused:
        ask(level)
    assert str(refused.value).startswith("level must be an EscalationLevel, not ")
    assert "write EscalationLevel.CRITICAL, or convert with EscalationLevel(...)" in str(
        refused.value
    )


def test_a_generator_that_raises_is_let_through() -> None:
    """The fault is in the caller's log, and no clock is made of the half of it."""

    def log() -> Iterator[tuple[datetime, str]]:
        yield AT, "waiting"
        raise KeyError("own")

    with pytest.raises(KeyError, match="own"):
        replayed(log())


def test_a_raising_state_is_shown_by_its_type() -> None:
    """Even where nothing can be asked of it."""
    with pytest.raises(ArgumentError) as refused:
        replayed([(AT, Raising())])
    assert str(refused.value) == "event 1: a value of type Raising is neither a state nor a level"
    with pytest.raises(
        ArgumentError, match=r"^pausing must be a collection of states, as .* Raisi"
    ):
        replayed([], pausing=Raising())


@pytest.mark.parametrize(
    "ask",
    [
        lambda: EscalationLevel(np.timedelta64(1, "h")),
        lambda: of_clock("level", np.timedelta64(1, "h")),
        lambda: of_clock(pd.NA, 1),
        lambda: replayed(np.array(1)),
    ],
    ids=["level", "level as data", "key", "events"],
)
def test_numpy_and_pandas_are_refused_by_an_error_of_ours(ask: Ask) -> None:
    """Their numbers pass for integers or for iterables, and are neither."""
    assert refusal(ask)
