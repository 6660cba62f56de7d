"""The verbs for columns: answers worked out by hand, arguments, and errors that name the row."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from desks import DESK, TERMS
from kinds import EPOCH, KINDS, MICROSECOND, Kind
from netcor_sla import Agreement, BusinessCalendar, BusinessDays, BusinessHours, EscalationLevel, frames
from netcor_sla._policy.due import DAY_RULES
from netcor_sla.errors import (
    ArgumentError,
    CalendarError,
    ColumnError,
    CoverageError,
    LevelError,
    NaiveError,
    NoOpeningError,
    SLAError,
)

GOLDEN: Final = Path(__file__).parents[1] / "golden"
CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel
NOW: Final = datetime(2026, 4, 7, 12, tzinfo=UTC)
HOUR: Final = timedelta(hours=1) // MICROSECOND

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def exact(text: str) -> int:
    """Read an instant as microseconds; without an offset, on the desk's clock."""
    at = datetime.fromisoformat(text)
    return ((at if at.tzinfo else at.replace(tzinfo=DESK.tzinfo)) - EPOCH) // MICROSECOND


def make(kind: Kind, *texts: str | None) -> Any:  # noqa: ANN401 - of any library
    """Make a column of instants."""
    return kind.make([text if text is None else exact(text) for text in texts])


@every_kind
def test_the_golden_answers_come_in_columns(kind: Kind) -> None:
    """All 477, an agreement at a time, with a level for each row."""
    with (GOLDEN / "answers.csv").open(encoding="utf-8", newline="") as file:
        answers = list(csv.DictReader(file))
    forms = json.loads((GOLDEN / "agreements.json").read_text("utf-8"))
    assert {row["agreement"] for row in answers} == set(forms)
    for name, form in forms.items():
        rows = [row for row in answers if row["agreement"] == name]
        opened_at = make(kind, *(row["opened_at"] for row in rows))
        levels = kind.values([int(row["level"]) for row in rows])
        due = frames.response_due(opened_at, levels, agreement=Agreement.from_dict(form))
        assert kind.rows(due) == [exact(row["due"]) for row in rows], name


@every_kind
def test_a_column_of_waiting_moves_a_column_of_deadlines(kind: Kind) -> None:
    """By business time; zero moves nothing, and what is missing on either side is missing."""
    due = make(kind, "2026-04-02T16:10", "2026-04-05T10:00Z", None, "2026-04-02T16:10")
    moved = frames.add(due, kind.durations([4 * HOUR, 0, HOUR, None]), calendar=DESK)
    assert kind.rows(moved) == [exact("2026-04-03T11:10"), exact("2026-04-05T10:00Z"), None, None]
    moved = frames.add(due, timedelta(hours=4), calendar=DESK)
    assert kind.rows(moved) == [
        exact("2026-04-03T11:10"),
        exact("2026-04-06T13:30"),
        None,
        exact("2026-04-03T11:10"),
    ]
    for amount, row in ((kind.durations([0, None, -HOUR, -2 * HOUR]), "row 3: "), (timedelta(hours=-2), "")):
        with pytest.raises(CalendarError, match=f"^{row}amount must not be negative: ") as refused:
            frames.add(due, amount, calendar=DESK, outside="null")
        assert f"calendar.subtract(at, {timedelta(hours=2)!r})" in str(refused.value)


@every_kind
def test_the_remedy_for_minutes_that_are_numbers_gives_the_right_answer(kind: Kind) -> None:
    """As its library says it; integers times anything would be integers still."""
    due, amount = make(kind, "2026-04-02T16:10", "2026-04-02T16:10"), kind.values([240, 0])
    with pytest.raises(ArgumentError, match=r"^amount must be a timedelta, or hold ") as refused:
        frames.add(due, amount, calendar=DESK)
    remedy = str(refused.value).partition(" minutes for example with ")[2]
    names = {"amount": amount, "pandas": pd, "polars": pl, "pyarrow": pa}
    moved = frames.add(due, eval(remedy, names), calendar=DESK)  # noqa: S307 - our own message
    assert kind.rows(moved) == [exact("2026-04-03T11:10"), exact("2026-04-02T16:10")]


@every_kind
def test_lateness_is_judged_by_what_is_known(kind: Kind) -> None:
    """On time at the due instant; missing answers, and later ones than `now`, are late past it."""
    due = make(kind, *["2026-04-07T08:40Z"] * 5, *["2026-04-07T12:00:00.000001Z"] * 2)
    clocks = ("07T08:39", "07T08:40", "07T08:40:00.000001", None, "08T08:00", None, "07T12:00:00.000002")
    responded = make(kind, *(clock and f"2026-04-{clock}Z" for clock in clocks))
    found = frames.is_late(due, responded, now=NOW)
    assert kind.rows(found) == [False, False, True, True, True, False, False]
    then = datetime(2026, 4, 7, 9, 40, tzinfo=timezone(timedelta(hours=1)))
    assert kind.rows(frames.is_late(due, responded, now=then)) == [False] * 7
    assert kind.rows(frames.is_late(due, responded, now=then + MICROSECOND))[2:5] == [True] * 3
    none = make(kind, None, None)
    if kind is KINDS["numpy"]:
        with pytest.raises(ColumnError, match=r"^row 0: the answer is missing"):
            frames.is_late(none, due[:2], now=NOW)
    else:
        assert kind.rows(frames.is_late(none, due[:2], now=NOW)) == [None, None]


@every_kind
@pytest.mark.parametrize("rows", [[], [None, None]])
def test_a_column_of_nothing_has_no_answers(kind: Kind, rows: list[None]) -> None:
    """Whether there is no row, or nothing in any."""
    none, levels = kind.make(rows), kind.values([1, 2][: len(rows)])
    for rule in ("elapsed", "same time"):
        terms = TERMS.replace(day_rule=rule)
        for level in (LOW, levels):
            assert kind.rows(frames.response_due(none, level, agreement=terms)) == rows
    assert kind.rows(frames.between(none, none)) == rows
    if not rows or kind is not KINDS["numpy"]:
        assert kind.rows(frames.is_open(none)) == rows
        assert kind.rows(frames.is_late(none, none, now=NOW)) == rows


OUTSIDE: Final = ["2026-04-02T13:10Z", None, "2300-01-01T00:00Z", "1570-01-01T00:00Z"]


@every_kind
def test_rows_outside_the_known_years(kind: Kind) -> None:
    """The first is named, in the words of single datetimes; or all of them are missing."""
    at, far = make(kind, *OUTSIDE), datetime(2300, 1, 1, tzinfo=UTC)
    start = make(kind, *[OUTSIDE[0]] * 4)
    asks: list[tuple[Callable[..., Any], Callable[[], object], Any]] = [
        (
            partial(frames.response_due, at, LOW, agreement=TERMS),
            lambda: TERMS.response_due(far, LOW),
            exact("2026-04-08T15:10"),
        ),
        (partial(frames.between, at, at, calendar=DESK), lambda: DESK.between(far, far), 0),
        (partial(frames.between, start, at, calendar=DESK), lambda: DESK.between(NOW, far), 0),
        (partial(frames.is_open, at, calendar=DESK), lambda: DESK.is_open(far), True),
    ]
    for ask, ask_one, first in asks:
        with pytest.raises(CoverageError) as single:
            ask_one()
        with pytest.raises(CoverageError) as error:
            ask()
        assert str(error.value) == f"row 2: {single.value}"
        if kind is not KINDS["numpy"] or first is not True:
            assert kind.rows(ask(outside="null")) == [first, None, None, None]


def test_the_known_years_begin_and_end_to_the_microsecond() -> None:
    """The first and the last microsecond have answers, and those beside them have none."""
    kind = KINDS["polars"]
    first, end = exact("1900-01-01T00:00"), exact("2200-01-01T00:00")
    at = kind.make([first - 1, first, end - 1, end])
    assert kind.rows(frames.is_open(at[1:3], calendar=DESK)) == [False, False]
    found = frames.between(at, at, calendar=DESK, outside="null")
    assert kind.rows(found) == [None, 0, 0, None]
    for row in (0, 3):
        with pytest.raises(CoverageError, match=r"^row 0: at .* lies outside 1900 to 2199"):
            frames.is_open(at[row : row + 1], calendar=DESK)


@every_kind
@pytest.mark.parametrize("rule", DAY_RULES)
def test_deadlines_beyond_the_known_years(kind: Kind, rule: Any) -> None:  # noqa: ANN401
    """The opening is inside, the answer is not: for some levels, and not for those before them."""
    agreement = TERMS.replace(day_rule=rule)
    last = "2199-12-31T13:10"  # a Tuesday
    at = make(kind, "2026-04-02T16:10", last, last, last, "2199-12-30T12:00")
    levels = kind.values([3, 1, 2, 3, 2])
    with pytest.raises(CoverageError) as single:
        agreement.response_due(datetime.fromisoformat(f"{last}+02:00"), HIGH)
    with pytest.raises(CoverageError) as error:
        frames.response_due(at, levels, agreement=agreement)
    assert str(error.value).replace("11:10:00+00:00", "13:10:00+02:00") == f"row 2: {single.value}"
    assert "the answer lies later" in str(error.value)
    found = kind.rows(frames.response_due(at, levels, agreement=agreement, outside="null"))
    first = exact("2026-04-06T18:00" if rule == "end of day" else "2026-04-06T16:10")
    assert found == [first, exact("2199-12-31T17:10"), None, None, exact("2199-12-31T11:30")]


@pytest.mark.parametrize("rule", ["elapsed", "same time"])
def test_a_target_beyond_all_years(rule: Any) -> None:  # noqa: ANN401
    """Not even the first of the known years has room for it."""
    targets = dict.fromkeys(EscalationLevel, BusinessDays(90_000))
    agreement, kind = TERMS.replace(targets=targets, day_rule=rule), KINDS["pandas"]
    at = make(kind, "1900-01-02T09:00")
    found = frames.response_due(at, LOW, agreement=agreement, outside="null")
    assert kind.rows(found) == [None]
    with pytest.raises(CoverageError, match=r"^row 0: from opened_at 1900-01-02T07:00:00"):
        frames.response_due(at, LOW, agreement=agreement)


def test_a_desk_that_never_opens_again() -> None:
    """Where only special dates open it, and these are used up."""
    special = {"2026-04-02": [["09:00", "12:00"]]}
    calendar = BusinessCalendar(zone="UTC", hours={}, holidays=None, special=special, business_day="02:00")
    agreement, kind = TERMS.replace(calendar=calendar), KINDS["polars"]
    at = make(kind, "2026-04-02T08:00Z", "2026-04-02T08:00:00.000001Z", "2027-01-01T00:00Z")
    agreement = agreement.replace(targets=dict.fromkeys(EscalationLevel, BusinessHours(3)))
    found = frames.response_due(at, LOW, agreement=agreement, outside="null")
    assert kind.rows(found) == [exact("2026-04-02T12:00Z"), exact("2026-04-02T12:00Z"), None]
    with pytest.raises(NoOpeningError, match=r"^row 2: after opened_at 2027-01-01T00:00:00"):
        frames.response_due(at, LOW, agreement=agreement)


def test_instants_that_datetime_cannot_hold_are_named() -> None:
    """Beyond the year 9999, where no message of a single datetime could say which."""
    at = np.array(["2026-04-02T13:10", "12026-04-02T13:10", "-4000-01-01T00:00"], "M8[s]")
    last = np.array([np.iinfo(np.int64).max], "i8").view("M8[s]")
    first = {r"row 1: at 12026-04-02T13:10:00\+00:00": at, "row 0: at -4000-01-01T00:00:00": at[2:]}
    for named, column in (first | {r"row 0: at 292\d+-": last}).items():
        with pytest.raises(CoverageError, match=f"^{named}.* lies outside the years 1 to 9999"):
            frames.is_open(column)
    due = frames.response_due(at, CRITICAL, outside="null")
    assert np.isnat(due).tolist() == [False, True, True]


# Clock changes of all sorts: by one hour and by half of it, at night, at midnight and a minute
# after it, and by a whole day that is left out.
CHANGES: Final = [
    *(("Europe/Berlin", day) for day in ("2026-03-29", "2026-10-25")),
    *(("America/Sao_Paulo", day) for day in ("2018-02-18", "2018-11-04")),
    *(("America/St_Johns", day) for day in ("2006-04-02", "2006-10-29")),
    *(("Australia/Lord_Howe", day) for day in ("2026-04-05", "2026-10-04")),
    ("America/Havana", "2019-11-03"),
    ("Pacific/Apia", "2011-12-30"),
]
HOURS: Final = {
    "around the clock": {"mon-sun": [["00:00", "24:00"]]},
    "by night": {"mon-sun": [["00:00", "02:10"], ["02:50", "04:00"], ["23:30", "24:00"]]},
    "uneven": {"mon-thu": [["08:00", "12:00"], ["13:00", "17:00"]], "fri": [["09:00", "14:00"]]},
}


@pytest.mark.parametrize("hours", HOURS.values(), ids=HOURS)
@pytest.mark.parametrize("rule", DAY_RULES[1:])
def test_deadlines_by_date_where_clocks_change(hours: Any, rule: Any) -> None:  # noqa: ANN401
    """Row by row what single datetimes say: the days around, with extra and special hours."""
    for zone, day in CHANGES:
        change = datetime.fromisoformat(f"{day}T00:00Z")
        soon = (change + timedelta(days=3)).date().isoformat()
        desk = BusinessCalendar(
            zone=zone,
            hours=hours,
            holidays=None,
            special={soon: [["10:00", "11:00"]]},
            extra=[[f"{soon}T19:00Z", f"{soon}T19:30Z"]],
            business_day="08:00",
        )
        targets = {level: BusinessDays(level.number) for level in EscalationLevel}
        terms = Agreement(calendar=desk, targets=targets, day_rule=rule)
        opened = [change + timedelta(minutes=97 * each) for each in range(-90, 60)]
        levels = [EscalationLevel(1 + each % 4) for each in range(150)]
        numbers = np.array([level.number for level in levels])
        column = KINDS["numpy"].make([exact(str(at)) for at in opened])
        due = frames.response_due(column, numbers, agreement=terms)
        expected = [exact(str(at)) for at in map(terms.response_due, opened, levels)]
        assert KINDS["numpy"].rows(due) == expected, zone


VERBS: Final[Any] = frames  # what type checkers would refuse, too
ask_due, ask_late = VERBS.response_due, VERBS.is_late
WRONG: Final[list[tuple[Callable[[Any], object], type[SLAError], str]]] = [
    (lambda at: ask_due(at, 1), ArgumentError, "level, unless an EscalationLevel, must"),
    (lambda at: ask_due(at, "critical"), ArgumentError, "numpy array .*, not str$"),
    (lambda at: ask_due(at, np.array([1])), ArgumentError, "as opened_at is, not a num"),
    (lambda at: ask_due(at, pd.Series([1], ["a"])), ColumnError, "row 0: opened_at calls it 0, and"),
    (lambda at: ask_due(at, pd.Series([9])), LevelError, "^row 0: 9 is "),
    (lambda at: ask_due(at, LOW, levels=[1]), ArgumentError, "levels must be a mapping"),
    (lambda at: ask_due(at, LOW, agreement=None), ArgumentError, "agreement must be an Agreement"),
    (lambda at: ask_due(at, LOW, outside="nul"), CalendarError, "did you mean 'null'"),
    (lambda at: ask_due(at, LOW, outside=[]), ArgumentError, "'raise', 'null'$"),
    (lambda at: ask_due(at.array, LOW), ArgumentError, "opened_at must be a column"),
    (lambda at: VERBS.between(at, NOW), ArgumentError, "end must be a column: .*, not datetime$"),
    (lambda at: VERBS.between(at, at[:0]), ColumnError, "^row 0: start has one, but end does not;"),
    (lambda at: VERBS.between(at[:0], at), ColumnError, "^row 0: end has one, but start does not;"),
    (lambda at: VERBS.add(at, 4), ArgumentError, "amount, unless a timedelta, must be a column"),
    (
        lambda at: VERBS.add(at, at),
        ArgumentError,
        "amount must be a timedelta, or hold durations .* whole minutes",
    ),
    (lambda at: VERBS.add(at, timedelta(1), calendar=1), ArgumentError, "calendar must be a BusinessCal"),
    (lambda at: VERBS.is_open(at, calendar="DE"), ArgumentError, "calendar must be a BusinessCal"),
    (lambda at: VERBS.is_open(at.dt.tz_localize(None)), NaiveError, "at has no zone in any row"),
    (lambda at: ask_late(at, None, now=NOW), ArgumentError, "responded_at must be a column"),
    (lambda at: ask_late(at, at, now=NOW.replace(tzinfo=None)), NaiveError, "now has no zone: "),
    (lambda at: ask_late(at, at, now=at), ArgumentError, "now must be an aware datetime"),
]


@pytest.mark.parametrize(("ask", "error", "message"), WRONG, ids=range(len(WRONG)))
def test_wrong_arguments_are_refused(
    ask: Callable[[Any], object], error: type[SLAError], message: str
) -> None:
    """By name, value and remedy."""
    with pytest.raises(error, match=message):
        ask(pd.Series(pd.to_datetime(["2026-04-02T13:10Z"])))


def test_threads_share_a_calendar() -> None:
    """Eight at once, on a calendar that nobody has asked yet, each over other years."""
    terms, kind, switch = (Agreement.from_dict(TERMS.to_dict()), KINDS["numpy"], sys.getswitchinterval())

    def ask(year: int) -> list[Any]:
        at = make(kind, *(f"{year}-0{month}-03T10:00Z" for month in range(1, 10)))
        due = frames.response_due(at, LOW, agreement=terms)
        return kind.rows(frames.between(at, due, calendar=terms.calendar))

    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(ask, range(1992, 2100, 14))) == [[34 * HOUR] * 9] * 8
    finally:
        sys.setswitchinterval(switch)


def run(code: str) -> str:
    """Run code in a fresh interpreter."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.check_output([sys.executable, "-c", code], encoding="utf-8", env=env)


@pytest.mark.parametrize("name", ["numpy", "narwhals"])
def test_without_the_extra_the_remedy_is_named(name: str) -> None:
    """What to install; the rest of the package does not need it."""
    code = f"""
import sys
sys.modules[{name!r}] = None
import netcor_sla
try:
    import netcor_sla.frames
except ImportError as error:
    print(error)
"""
    assert run(code) == f"netcor_sla.frames needs {name}; pip install numpy narwhals\n"


def test_no_library_is_imported_that_is_not_there() -> None:
    """For arrays of numpy, neither pandas nor polars nor pyarrow."""
    code = """
import sys
import numpy as np
from netcor_sla import EscalationLevel, frames
frames.response_due(np.array(["2026-04-02T13:10"], "M8[us]"), EscalationLevel.LOW)
print({"pandas", "polars", "pyarrow"} & set(sys.modules))
"""
    assert run(code) == "set()\n"
