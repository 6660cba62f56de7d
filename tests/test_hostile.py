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
from typing import Any, Final
from zoneinfo import ZoneInfo

import freezegun
import holidays
import numpy as np
import pandas as pd
import pendulum
import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from desks import TERMS
from netcor_sla import (
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

BERLIN: Final = ZoneInfo("Europe/Berlin")
CRITICAL: Final = EscalationLevel.CRITICAL
HOUR: Final = timedelta(hours=1)
AT: Final = datetime(2026, 4, 2, 14, tzinfo=UTC)  # the Thursday before Good Friday, 15:00 there
LATER: Final = datetime(2026, 4, 7, 8, 30, 0, 1, tzinfo=UTC)  # an hour before DUE, and a microsecond
DUE: Final = datetime(2026, 4, 7, 9, 30, tzinfo=UTC)
OFFICE: Final = [["08:30", "17:00"]]
FORM: Final[dict[str, Any]] = {"zone": "+01:00", "hours": {"mon-fri": OFFICE}, "holidays": "DE-NI"}
CALENDAR: Final = BusinessCalendar(**FORM)
OURS: Final = TERMS.replace(calendar=CALENDAR)
CLOCK: Final = OURS.clock(AT, CRITICAL)
WAITING: Final = CLOCK.pause(AT + HOUR)


class Offset(tzinfo):
    """A zone that gives any object as its offset, or raises it."""

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


class Raising:
    """An object that raises wherever it is looked at."""

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Raise."""
        raise RuntimeError("looked at")

    __eq__ = __bool__ = __len__ = __repr__  # type: ignore[assignment]


def due(opened_at: Any) -> datetime:
    """Ask for the deadline of a critical request."""
    return response_due(opened_at, CRITICAL, agreement=OURS)


def make(**changes: Any) -> BusinessCalendar:
    """Make the calendar with changes."""
    return BusinessCalendar(**FORM | changes)


Ask = Callable[[], object]

# What is asked, the error, and its words.
REFUSED: Final[list[tuple[Ask, type[SLAError], str]]] = [
    # Instants.
    (lambda: due(datetime(2026, 4, 2)), NaiveError, "opened_at has no zone: datetime.datetime("),
    (lambda: due(datetime.now(UTC).replace(tzinfo=None)), NaiveError, "datetime.now(timezone.utc)"),
    (lambda: due(AT.replace(tzinfo=Offset(None))), NaiveError, "opened_at has no zone"),
    (lambda: due(AT.replace(tzinfo=tz.gettz("Nowhere"))), NaiveError, "opened_at has no zone"),
    (lambda: due(date(2026, 4, 2)), ArgumentError, "not date: datetime.date(2026, 4, 2); a date "),
    (lambda: due("2026-04-02T16:00+02:00"), ArgumentError, "datetime.fromisoformat first"),
    (lambda: due(1_775_138_400), ArgumentError, "not int: 1775138400; give a datetime with a zone"),
    *(
        (partial(due, wrong), ArgumentError, f"not {type(wrong).__name__}: {wrong!r}")
        for wrong in (1.5, True, None, b"2026", [AT], HOUR)
    ),
    (lambda: due(pd.NaT), TimestampError, "opened_at is NaT, a missing value; leave such rows out"),
    (
        lambda: due(pd.Timestamp("2026-04-02T16:00:00.000000001Z")),
        *(TimestampError, "opened_at has nanoseconds, and "),
    ),
    (
        lambda: due(pd.Timestamp(np.datetime64("20000-01-01", "s"), tz="UTC")),
        *(TimestampError, "opened_at lies outside the years 1 to 9999: "),
    ),
    (lambda: due(np.datetime64("2026-04-02")), ArgumentError, ".astype('datetime64[us]').item()"),
    (lambda: due(type("ZonedDateTime", (), {})()), ArgumentError, ".to_stdlib()"),
    (lambda: due(type("Arrow", (), {})()), ArgumentError, ".datetime"),
    # Years.
    (lambda: due(datetime.min.replace(tzinfo=BERLIN)), CoverageError, "outside 1991 to 2100"),
    (
        lambda: due(datetime.max.replace(tzinfo=ZoneInfo("America/New_York"))),
        *(CoverageError, "outside 1991 to 2100"),
    ),
    (lambda: due(datetime(1990, 10, 2, tzinfo=UTC)), CoverageError, "the holidays of DE-NI are kn"),
    (
        lambda: due(datetime(2100, 12, 31, 15, 30, tzinfo=UTC)),
        *(CoverageError, "the answer lies later than 1991 to 2100"),
    ),
    # Amounts.
    (lambda: CALENDAR.add(AT, timedelta.max), CoverageError, "later than 1991 to 2100"),
    (lambda: CALENDAR.subtract(AT, timedelta.max), CoverageError, "before 1991 to 2100"),
    # Levels.
    *(
        (partial(EscalationLevel, wrong), LevelError, f"{wrong!r:.70}")
        for wrong in (
            *(True, 1.5, Decimal("1.5"), 5, 0, -1, "LEVEL_1", float("nan"), None, np.True_),
            *(np.timedelta64(1, "h"), [1], 10**400),
        )
    ),
    (lambda: EscalationLevel(10**5000), LevelError, "a value of type int is not an escalation lev"),
    (lambda: EscalationLevel(Raising()), LevelError, "a value of type Raising is not an escalatio"),
    (
        lambda: OURS.response_due(AT, Raising()),  # type: ignore[arg-type]
        *(ArgumentError, "level must be an EscalationLevel, not a value of type Raising; "),
    ),
    # Hours.
    (lambda: make(hours={}), CalendarError, "hours never open the desk"),
    (
        lambda: make(hours={}, special={"2026-01-05": OFFICE}).next_open(AT),
        *(NoOpeningError, "the desk does not open"),
    ),
    # Zones and holidays.
    *(
        (partial(make, zone=key), CalendarError, "is unknown")
        for key in (
            *("Mars/Olympus", "europe/berlin", "", "../../etc/passwd", "/etc/passwd", "Europe"),
            *("x" * 5000, "Europe/Berlin\0", "localtime", "posixrules", "Europe\\Berlin", "."),
        )
    ),
    *(
        (partial(make, holidays=key), CalendarError, "holidays: ")
        for key in ("XX", "de", "DE-by", "DE-", "", "DE-BYP", "DE-5", "Germany")
    ),
    *(
        (partial(make, holidays=wrong), ArgumentError, " is not a text, for example 'DE-NI'")
        for wrong in (5, [date(2026, 4, 3)], count())
    ),
    (lambda: make(holidays=holidays.country_holidays("DE")), SLAError, "holidays"),
    (lambda: make(holidays=holidays.country_holidays("DE", years=2026)), SLAError, "holidays"),
    # Timestamps.
    (lambda: timestamp("2016-12-31T23:59:60Z"), TimestampError, "second 59"),
    (lambda: timestamp("2026-01-01"), TimestampError, "with an offset"),
    *(
        (partial(timestamp, text), TimestampError, "timestamp")
        for text in (
            *("2026-W01-1", "2026-W01-1T00:00Z", "2026-001T00:00Z", "2026-01-01\N{SNOWMAN}00:00Z"),
            *("2026-01-01\udc8000:00Z", "2026-01-01T00:00:00." + "0" * 10**6 + "Z", "1" * 10**6),
            "1" * 26 + "!",
        )
    ),
    (
        lambda: pickle.loads(pickle.dumps(CALENDAR).replace(b"08:30", b"18:30")),  # noqa: S301 - our own pickle
        *(CalendarError, "18:30-17:00 must end after it begins"),
    ),
]


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_hostile_input_is_refused(number: int) -> None:
    """By an error of ours, with a message that helps, and is short."""
    ask, error, words = REFUSED[number]
    with pytest.raises(error) as refused:
        ask()
    assert words in str(refused.value)
    assert len(str(refused.value)) < 500


UNUSUAL: Final = {
    "pandas": pd.Timestamp("2026-04-07T10:30:00.000001", tz="Europe/Berlin"),
    "pendulum": pendulum.datetime(2026, 4, 7, 10, 30, 0, 1, tz="Europe/Berlin"),
    "freezegun": freezegun.api.FakeDatetime(2026, 4, 7, 10, 30, 0, 1, tzinfo=BERLIN),
    "dateutil": datetime(2026, 4, 7, 10, 30, 0, 1, tzinfo=tz.gettz("Europe/Berlin")),
    "own": datetime(2026, 4, 7, 10, 30, 0, 1, tzinfo=Offset(timedelta(hours=2))),
    "LMT": datetime(2026, 4, 7, 9, 23, 28, 1, tzinfo=timezone(timedelta(minutes=53, seconds=28))),
    "a microsecond": datetime(2026, 4, 7, 8, 30, 0, 2, tzinfo=timezone(timedelta(microseconds=1))),
}


@pytest.mark.parametrize("kind", UNUSUAL)
def test_unusual_datetimes_are_taken_exactly(kind: str) -> None:
    """As the instants that they are; plain datetimes come back, in the zone that was given."""
    value = UNUSUAL[kind]
    answer = due(value)
    assert (answer, type(answer), answer.tzinfo) == (due(LATER), datetime, value.tzinfo)
    for name, ask in INSTANTS.values():
        found, expected = ask(value), ask(LATER)
        assert found == expected or name == "opened_at"
        if isinstance(found, ResponseClock):
            assert (found.due, type(found.opened_at)) == (expected.due, datetime)


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
def test_what_a_foreign_zone_raises_is_let_through(answer: object, builtin: type[Exception]) -> None:
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


def with_(kind: Any, form: dict[str, Any], *keys: str) -> dict[str, Callable[[Any], object]]:
    """Put a value under each key of a calendar or an agreement, in all ways."""
    given = kind.from_dict(form)
    return {
        f"{kind.__name__}{way}({key})": partial(lambda key, ask, value: ask(key, value), key, ask)
        for key in keys
        for way, ask in {
            "": lambda key, value: kind(**form | {key: value}),
            ".from_dict": lambda key, value: kind.from_dict(form | {key: value}),
            ".replace": lambda key, value: given.replace(**{key: value}),
        }.items()
    }


def hashable(value: Any) -> Any:
    """Give the value, or where it can't be a key, one that can."""
    try:
        hash(value)
    except TypeError:
        return object()
    return value


def replayed(events: Any, pausing: Any = ("waiting",), responding: Any = ()) -> ResponseClock:
    """Replay a log."""
    return OURS.replay(AT, CRITICAL, events, pausing=pausing, responding=responding)


def of_clock(key: Any, value: Any) -> ResponseClock:
    """Put a value under a key of a clock's data form."""
    return ResponseClock.from_dict(CLOCK.to_dict() | {key: value}, agreement=OURS)


# Every place for an instant of a ticket, with its name in messages.
INSTANTS: Final[dict[str, tuple[str, Callable[[Any], Any]]]] = {
    "ResponseClock": ("opened_at", lambda value: OURS.clock(value, CRITICAL)),
    "replay": ("opened_at", lambda value: OURS.replay(value, CRITICAL, [], pausing=(), responding=())),
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
FACTS: Final = [place for place, (name, _) in INSTANTS.items() if name != "opened_at"]

# Every argument of every public function and method, and every place inside the data forms.
PLACES: dict[str, Callable[[Any], object]] = {
    "response_due(opened_at)": due,
    "response_due(level)": lambda value: response_due(AT, value, agreement=OURS),
    "response_due(agreement)": lambda value: response_due(AT, CRITICAL, agreement=value),
    "end of day": lambda value: OURS.replace(day_rule="end of day").response_due(value, EscalationLevel.LOW),
    "same time": lambda value: OURS.replace(day_rule="same time").response_due(AT, value),
    **{
        name: getattr(CALENDAR, name)
        for name in ("is_open", "next_open", "next_close", "is_business_day", "holiday")
    },
    **{
        f"{kind.__name__}.from_dict": kind.from_dict
        for kind in (BusinessCalendar, Agreement, BusinessHours, BusinessDays, ResponseClock)
    },
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
    "holiday(language)": lambda value: CALENDAR.holiday(date(2026, 4, 3), value),
    "with_extra_hours(start)": lambda value: CALENDAR.with_extra_hours(value, AT),
    "with_extra_hours(end)": lambda value: CALENDAR.with_extra_hours(AT, value),
    "BusinessHours(hours)": BusinessHours,
    "BusinessHours(minutes)": lambda value: BusinessHours(minutes=value),
    "BusinessDays(days)": BusinessDays,
    "EscalationLevel": EscalationLevel,
    "title(language)": CRITICAL.title,
    "criteria(language)": CRITICAL.criteria,
    "timestamp": timestamp,
    **with_(
        BusinessCalendar, FORM, "zone", "hours", "holidays", "special", "recurring", "extra", "business_day"
    ),
    **with_(Agreement, {}, "calendar", "targets", "day_rule", "at_risk"),
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
    "a target": lambda value: Agreement(targets={**OURS.targets, CRITICAL: value}),
    "a level": lambda value: Agreement(targets={**OURS.targets, hashable(value): BusinessHours(1)}),
    "a target as data": lambda value: Agreement.from_dict({"targets": {"critical": value}}),
    "a level as data": lambda value: Agreement.from_dict({"targets": {hashable(value): {"hours": 1}}}),
    "hours as data": lambda value: Agreement.from_dict({"targets": {"critical": {"hours": value}}}),
    "ResponseClock(level)": lambda value: ResponseClock(AT, value),
    "ResponseClock(agreement)": lambda value: ResponseClock(AT, CRITICAL, agreement=value),
    "pause(until)": lambda value: CLOCK.pause(AT, value),
    "change_level(level)": lambda value: CLOCK.change_level(AT, value),
    "status in a pause": WAITING.status,
    **{f"instant: {place}": ask for place, (_, ask) in INSTANTS.items()},
    **{
        f"ResponseClock.from_dict({key})": partial(of_clock, key)
        for key in ("opened_at", "zone", "changes", "pauses", "responded_at")
    },
    "a change": lambda value: of_clock("changes", [value]),
    "a change's instant": lambda value: of_clock("changes", [{"at": value, "level": "low"}]),
    "a pause": lambda value: of_clock("pauses", [value]),
    "a pause's start": lambda value: of_clock("pauses", [[value, None]]),
    "a pause's end": lambda value: of_clock("pauses", [[LATER.isoformat(), value]]),
    "an event": lambda value: replayed([value]),
    "an event's state": lambda value: replayed([(AT, value)]),
    "follow_ups(after)": lambda value: OURS.follow_ups(value, CRITICAL),
    "follow_ups(level)": lambda value: OURS.follow_ups(AT, value),
    "follow_ups(rule)": lambda value: OURS.follow_ups(AT, CRITICAL, rule=value),
    "ResponseClock.from_dict(level)": lambda value: of_clock("level", value),
    "a key of a clock": lambda value: of_clock(hashable(value), 1),
    "a change's level": lambda value: of_clock("changes", [{"at": LATER.isoformat(), "level": value}]),
    "replay(events)": replayed,
    "replay(pausing)": lambda value: replayed([], pausing=value),
    "replay(responding)": lambda value: replayed([], responding=value),
}

NUMBERS: Final = (0, 1, -1, 1.0, float("nan"), float("inf"), 10**400, 10**5000, -(10**5000), 1j)
TEXTS: Final = ("", "\0", "\ud800", "x" * 10_000, b"", b"x", bytearray(b"x"))
LISTS: Final[Any] = ((), [], {}, set(), range(3), [[]], [None], {"a": 1}, {None: None}, {1: {2: 3}})
THINGS: Final[Any] = (object(), object, type, len, Ellipsis, NotImplemented, Exception("x"), iter([]))
DAYS: Final = (date(2026, 4, 3), date.min, date.max, time(8), UTC, BERLIN, Offset(None))
MOMENTS: Final = (AT, AT.replace(tzinfo=None), pendulum.now(), pd.Timestamp("2026-04-02"), pd.NaT)
LIMITS: Final = (datetime.min, datetime.max)  # noqa: DTZ901 - naive on purpose
FAR: Final = [at.replace(tzinfo=timezone(by)) for at, by in zip(LIMITS, (HOUR, -HOUR), strict=True)]
AMOUNTS: Final = (timedelta(), HOUR, -HOUR, timedelta.max, timedelta.min, pd.Timedelta("1h"))
SCALARS: Final = (np.int64(1), np.float64(1), np.True_, np.str_("x"), np.nan, pd.NA)
ARRAYS: Final = (np.array([1, 2]), np.array(["a", "b"]), np.array([]), np.array(1), pd.Series([1, 2]))
TIMES: Final = (np.datetime64("2026-04-02"), np.timedelta64(1, "h"), pd.DataFrame())
OWN: Final = (OURS, CALENDAR, CRITICAL, EscalationLevel, BusinessHours(1), BusinessDays(1), SLAError)
ODD: Final[Any] = (MappingProxyType({}), SimpleNamespace(), holidays.country_holidays("DE"), count())
ODD_VALUES: Final[list[Any]] = [
    *(None, True, False, Decimal("NaN"), Fraction(1, 3), Raising(), [Raising()]),
    *(*NUMBERS, *TEXTS, *LISTS, *THINGS, *DAYS, *MOMENTS, *LIMITS, *FAR, *AMOUNTS, *SCALARS),
    *(*ARRAYS, *TIMES, *OWN, *ODD),
]

WORDS: Final = ("mon", "08:30", "24:00", "2026-12-24", "12-24", "DE", "NI", "UTC", "spans", "hours")
ZONES: Final = st.sampled_from((UTC, BERLIN, timezone(HOUR), timezone(-23 * HOUR)))
SINGLE: Final = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), st.complex_numbers(), st.decimals()),
    *(st.fractions(), st.text(max_size=20), st.binary(max_size=20), st.sampled_from(WORDS)),
    *(st.dates(), st.times(), st.timedeltas(), st.datetimes(), st.datetimes(timezones=ZONES)),
)
KEYS: Final = st.text(max_size=5) | st.integers() | st.sampled_from(WORDS)
ANYTHING: Final = st.recursive(
    SINGLE,
    lambda inner: (
        st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(KEYS, inner, max_size=3)
    ),
    max_leaves=6,
)


def settled(ask: Callable[[Any], object], value: Any) -> None:
    """Check for a result, an error of ours, or a TypeError."""
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
@given(value=ANYTHING)
def test_any_value_is_settled_everywhere(place: str, value: Any) -> None:
    """The same for values that nobody thought of."""
    settled(PLACES[place], value)


NO_INSTANTS: Final[list[tuple[Any, type[SLAError], str]]] = [
    (datetime(2026, 4, 7, 12), NaiveError, " has no zone: datetime.datetime(2026, 4, 7, 12, 0); say"),
    (pd.NaT, TimestampError, " is NaT, a missing value; leave such rows out"),
    (pd.Timestamp("2026-04-07T09:00:00.000000001Z"), TimestampError, " has nanoseconds, and "),
    ("2026-04-07T12:00+02:00", ArgumentError, " must be an aware datetime, not str: '2026-04-07T1"),
    (True, ArgumentError, " must be an aware datetime, not bool: True; give a datetime with a zone"),
]


@pytest.mark.parametrize("place", INSTANTS)
def test_a_clock_takes_instants_alone(place: str) -> None:
    """Nor does a replay: each argument is named, its value is shown, and there is a remedy."""
    name, ask = INSTANTS[place]
    for value, error, words in NO_INSTANTS:
        with pytest.raises(error) as refused:
            ask(value)
        assert str(refused.value).startswith(f"{name}{words}")


@pytest.mark.parametrize("place", FACTS)
def test_no_fact_is_before_the_opening(place: str) -> None:
    """However long ago, even where UTC has no year; both instants are named."""
    name, ask = INSTANTS[place]
    for value in (
        datetime(1, 1, 1, tzinfo=UTC),
        datetime.min.replace(tzinfo=timezone(HOUR)),
        datetime.min.replace(tzinfo=BERLIN),
        AT - timedelta(microseconds=1),
    ):
        with pytest.raises((FactError, CoverageError)) as refused:
            ask(value)
        assert str(refused.value).startswith(f"{name} ")
    with pytest.raises(FactError, match=rf"^{name} 2026-04-02T13:59:59.* is before opened_at 2026-"):
        ask(AT - timedelta(microseconds=1))


@pytest.mark.parametrize("year", [1000, 1990, 2101, 8999])
def test_a_clock_knows_no_deadline_outside_the_known_years(year: int) -> None:
    """It may be opened there, as another agreement may know them; each question is refused."""
    clock = OURS.clock(datetime(year, 3, 3, tzinfo=UTC), CRITICAL)
    for ask in (lambda: clock.due, clock.explain, lambda: clock.status(clock.opened_at)):
        with pytest.raises(CoverageError) as refused:
            ask()
        words = f"opened_at {year:04}-03-03T00:00:00+00:00 lies outside 1991 to 2100, "
        assert str(refused.value).startswith(words)
    assert ResponseClock.from_dict(clock.to_dict(), agreement=OURS) == clock
    assert pickle.loads(pickle.dumps(clock)) == clock  # noqa: S301 - our own pickle


@pytest.mark.parametrize("year", [2101, 9000])
def test_facts_outside_the_known_years_are_wrong_nowhere(year: int) -> None:
    """They may be added; where the answer rests on one, there is none."""
    last = datetime(year, 1, 1, tzinfo=UTC)
    for clock in (
        CLOCK.pause(last),
        CLOCK.respond(last),
        CLOCK.change_level(last, CRITICAL),
        replayed([(last, "waiting"), (last, CRITICAL)], responding={"waiting"}),
    ):
        assert clock.due == DUE
        assert clock.status(LATER) == CLOCK.status(LATER)
    assert WAITING.due is None
    for clock in (CLOCK.pause(AT + HOUR, last), WAITING.resume(last), WAITING.respond(last)):
        with pytest.raises(CoverageError, match=r"^from opened_at 2026-04-02T14:00:00\+00:00, the "):
            _ = clock.due
        assert clock.status(LATER).state is State.PAUSED
    for clock in (CLOCK, WAITING, CLOCK.respond(LATER), CLOCK.respond(last)):
        with pytest.raises(CoverageError, match=rf"^now {year}-.* lies outside 1991 to 2100, "):
            clock.status(last)


@pytest.mark.parametrize("place", INSTANTS)
def test_nothing_happens_beyond_all_calendars(place: str) -> None:
    """No zone could show it everywhere, and no calendar could say what it means."""
    name, ask = INSTANTS[place]
    for last in (datetime.max.replace(tzinfo=UTC), datetime.max.replace(tzinfo=timezone(-HOUR))):
        with pytest.raises(CoverageError, match=rf"^{name} .* lies outside the years 1000 to 9000,"):
            ask(last)


def test_a_generator_that_raises_is_let_through() -> None:
    """The fault is in the caller's log, and no clock is made of the half of it."""

    def log() -> Iterator[tuple[datetime, str]]:
        yield AT, "waiting"
        raise KeyError("own")

    with pytest.raises(KeyError, match="own"):
        replayed(log())
