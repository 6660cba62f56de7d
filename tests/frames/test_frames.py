"""The four verbs for columns: answers worked out by hand, arguments, and errors that name the row."""

import csv
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier, Thread
from typing import Any, Final

import numpy as np
import pandas as pd
import pytest

from kinds import EPOCH, KINDS, MICROSECOND, Kind
from netcor_sla import STANDARD, Agreement, BusinessCalendar, EscalationLevel, frames
from netcor_sla._policy.due import due_by_dates
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

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def exact(text: str) -> int:
    """Read an instant as microseconds."""
    return (datetime.fromisoformat(text) - EPOCH) // MICROSECOND


def make(kind: Kind, *texts: str | None, unit: str = "us") -> Any:  # noqa: ANN401 - of any library
    """Make a column of instants."""
    return kind.make([text if text is None else exact(text) for text in texts], unit)


with (GOLDEN / "answers.csv").open(encoding="utf-8", newline="") as file:
    ANSWERS: Final = list(csv.DictReader(file))
AGREEMENTS: Final = {
    name: Agreement.from_dict(form)
    for name, form in json.loads((GOLDEN / "agreements.json").read_text("utf-8")).items()
}


@every_kind
def test_the_golden_answers_come_in_columns(kind: Kind) -> None:
    """All 477, an agreement at a time, with a level for each row."""
    seen = 0
    for name, agreement in AGREEMENTS.items():
        rows = [row for row in ANSWERS if row["agreement"] == name]
        opened_at = make(kind, *(row["opened_at"] for row in rows))
        levels = kind.values([int(row["level"]) for row in rows])
        due = frames.response_due(opened_at, levels, agreement=agreement)
        assert kind.rows(due) == [exact(row["due"]) for row in rows], name
        seen += len(rows)
    assert seen == len(ANSWERS) >= 477


@every_kind
def test_deadlines_of_all_levels(kind: Kind) -> None:
    """A request from the afternoon before Easter, one row a level, and one with none."""
    opened_at = make(kind, *["2026-04-02T15:10+02:00"] * 5, None)
    expected = [
        *(exact(f"2026-04-0{day}+02:00") for day in ("7T10:40", "7T14:40", "8T15:10")),
        *(exact("2026-04-10T15:10+02:00"), None, None),
    ]
    levels = [1, 2, 3, 4, None, 1]
    due = frames.response_due(opened_at, kind.values(levels))
    assert kind.rows(due) == expected
    assert kind.nature(due) == kind.nature(opened_at)
    names = ["1 - Critical", "2 - High", "3 - Medium", "4 - Low", None, "1 - Critical"]
    called = {"1 - Critical": CRITICAL, "2 - High": "high", "3 - Medium": 3, "4 - Low": "Niedrig"}
    assert kind.rows(frames.response_due(opened_at, kind.values(names), levels=called)) == expected
    for row, level in enumerate(EscalationLevel):
        alone = kind.rows(frames.response_due(opened_at, level))
        assert alone == [expected[row]] * 5 + [None]


@every_kind
def test_business_time(kind: Kind) -> None:
    """Forwards, backwards, none, and missing on either side."""
    start = make(
        kind, "2026-04-02T15:10+02:00", "2026-04-07T10:40+02:00", None, "2026-04-05T10:00Z"
    )
    end = make(kind, "2026-04-07T10:40+02:00", "2026-04-02T15:10+02:00", "2026-04-05T10:00Z", None)
    four_hours = timedelta(hours=4) // MICROSECOND
    assert kind.rows(frames.between(start, end)) == [four_hours, -four_hours, None, None]
    assert kind.rows(frames.between(start, start)) == [0, 0, None, 0]


@pytest.mark.parametrize(("one", "two"), [("s", "ns"), ("ns", "s"), ("ms", "us"), ("us", "ms")])
@pytest.mark.parametrize("name", ["numpy", "pandas", "pyarrow"])
def test_business_time_comes_in_the_finer_unit(name: str, one: str, two: str) -> None:
    """So that neither column's exactness is lost."""
    kind, at = KINDS[name], ["2026-04-07T10:00Z", "2026-04-07T10:00:00.001Z"]
    found = frames.between(make(kind, at[0], unit=one), make(kind, at[1], unit=two))
    assert kind.rows(found) == [1000 if "s" not in {one, two} or two == "ns" else 0]
    finer = "ns" if "ns" in {one, two} else "us"
    assert f"[{finer}]" in str(kind.nature(found)[1])


@every_kind
def test_open_at_opening_and_closed_at_closing(kind: Kind) -> None:
    """Half-open, as everywhere."""
    at = make(
        kind,
        *("2026-04-02T08:29:59.999999+01:00", "2026-04-02T08:30+01:00"),
        *("2026-04-02T16:59:59.999999+01:00", "2026-04-02T17:00+01:00", "2026-04-03T12:00+01:00"),
    )
    assert kind.rows(frames.is_open(at)) == [False, True, True, False, False]
    always = BusinessCalendar(zone="UTC", hours={"mon-sun": [["00:00", "24:00"]]}, holidays=None)
    assert kind.rows(frames.is_open(at, calendar=always)) == [True] * 5


@every_kind
def test_lateness(kind: Kind) -> None:
    """An answer at the due instant is in time; no answer, or none yet, is late by `now`."""
    early, later, latest = "2026-04-07T08:40Z", "2026-04-07T08:40:00.000001Z", "2026-04-07T15:00Z"
    due = make(kind, *[early] * 5, latest, latest)
    responded = make(
        kind, "2026-04-01T00:00Z", early, later, None, latest, None, "2026-04-08T00:00Z"
    )
    found = frames.is_late(due, responded, now=NOW)
    assert kind.rows(found) == [False, False, True, True, True, False, False]
    then = datetime(2026, 4, 7, 9, 40, tzinfo=timezone(timedelta(hours=1)))
    assert kind.rows(frames.is_late(due, responded, now=then)) == [False] * 7
    assert kind.rows(frames.is_late(due, responded, now=then + MICROSECOND))[2:5] == [True] * 3


@every_kind
def test_without_a_deadline_nothing_is_said_of_lateness(kind: Kind) -> None:
    """The answer is missing, which numpy can't say."""
    due = make(kind, "2026-04-07T08:40Z", None, None)
    responded = make(kind, None, "2026-04-07T08:40Z", None)
    if kind is KINDS["numpy"]:
        with pytest.raises(ColumnError, match=r"^row 1: the answer is missing"):
            frames.is_late(due, responded, now=NOW)
    else:
        assert kind.rows(frames.is_late(due, responded, now=NOW)) == [True, None, None]


@every_kind
def test_an_empty_column_has_no_answers(kind: Kind) -> None:
    """Of the right type, though."""
    none = kind.make([])
    due = frames.response_due(none, kind.values([]))
    assert kind.nature(due) == kind.nature(none)
    assert kind.rows(frames.between(none, none)) == []
    assert kind.rows(frames.is_open(none)) == []
    assert kind.rows(frames.is_late(none, none, now=NOW)) == []


@every_kind
def test_a_column_of_missing_values_has_missing_answers(kind: Kind) -> None:
    """No year is read for it."""
    none = kind.make([None, None])
    assert kind.rows(frames.response_due(none, LOW)) == [None, None]
    assert kind.rows(frames.response_due(none, kind.values([1, 2]))) == [None, None]
    assert kind.rows(frames.between(none, none)) == [None, None]


OUTSIDE: Final = ["2026-04-02T13:10Z", None, "2300-01-01T00:00Z", "1970-01-01T00:00Z"]


@every_kind
def test_rows_outside_the_known_years_are_named(kind: Kind) -> None:
    """The first of them, in the words of single datetimes."""
    at = make(kind, *OUTSIDE)
    far = datetime(2300, 1, 1, tzinfo=UTC)
    asks: list[tuple[Callable[[], Any], Callable[[], object]]] = [
        (lambda: frames.response_due(at, LOW), lambda: STANDARD.response_due(far, LOW)),
        (lambda: frames.is_open(at), lambda: STANDARD.calendar.is_open(far)),
        (lambda: frames.between(at, at), lambda: STANDARD.calendar.between(far, far)),
    ]
    for ask, ask_one in asks:
        with pytest.raises(CoverageError) as single:
            ask_one()
        with pytest.raises(CoverageError) as error:
            ask()
        assert str(error.value).replace("end 2300", "start 2300") == f"row 2: {single.value}"


def test_the_known_years_begin_and_end_to_the_microsecond() -> None:
    """The first and the last microsecond have answers, and those beside them have none."""
    kind = KINDS["polars"]
    first, end = exact("1991-01-01T00:00+01:00"), exact("2101-01-01T00:00+01:00")
    inside, outside = kind.make([first, end - 1]), kind.make([first - 1, first, end, end - 1])
    assert kind.rows(frames.is_open(inside)) == [False, False]
    assert kind.rows(frames.between(inside, inside)) == [0, 0]
    assert kind.rows(frames.is_open(outside, outside="null")) == [None, False, None, False]
    for row in (0, 2):
        with pytest.raises(CoverageError, match=r"^row 0: at .* lies outside 1991 to 2100"):
            frames.is_open(outside[row : row + 1])


@every_kind
def test_rows_outside_the_known_years_become_missing(kind: Kind) -> None:
    """Where the caller says so; the others have their answers."""
    at = make(kind, *OUTSIDE)
    due = frames.response_due(at, CRITICAL, outside="null")
    assert kind.rows(due) == [exact("2026-04-07T08:40Z"), None, None, None]
    assert kind.rows(frames.between(at, due, outside="null"))[1:] == [None] * 3
    start = make(kind, OUTSIDE[0], OUTSIDE[0], OUTSIDE[0], OUTSIDE[0])
    assert kind.rows(frames.between(start, at, outside="null")) == [0, None, None, None]
    if kind is not KINDS["numpy"]:
        assert kind.rows(frames.is_open(at, outside="null")) == [True, None, None, None]


@every_kind
@pytest.mark.parametrize("rule", ["elapsed", "same time", "end of day"])
def test_deadlines_beyond_the_known_years(kind: Kind, rule: Any) -> None:  # noqa: ANN401
    """The opening is inside, the answer is not: for some levels, and not for those before them."""
    agreement = STANDARD.replace(day_rule=rule)
    last = "2100-12-31T12:00Z"
    at = make(kind, "2026-04-02T13:10Z", last, last, last, "2100-12-30T09:00Z")
    levels = kind.values([3, 1, 2, 3, 2])
    with pytest.raises(CoverageError) as single:
        agreement.response_due(datetime.fromisoformat(last), HIGH)
    with pytest.raises(CoverageError) as error:
        frames.response_due(at, levels, agreement=agreement)
    assert str(error.value) == f"row 2: {single.value}"
    assert "the answer lies later" in str(error.value)
    found = kind.rows(frames.response_due(at, levels, agreement=agreement, outside="null"))
    first = exact("2026-04-08T16:00Z" if rule == "end of day" else "2026-04-08T13:10Z")
    assert found == [
        *(first, exact("2100-12-31T16:00Z"), None, None),
        exact("2100-12-31T08:30Z"),
    ]


def test_a_target_beyond_all_years() -> None:
    """Not even the first of the known years has room for it."""
    targets = {level.value: {"days": 90_000} for level in EscalationLevel}
    agreement = Agreement.from_dict(STANDARD.to_dict() | {"targets": targets})
    at = make(KINDS["pandas"], "1991-01-02T09:00+01:00")
    assert KINDS["pandas"].rows(
        frames.response_due(at, LOW, agreement=agreement, outside="null")
    ) == [None]
    with pytest.raises(CoverageError, match=r"^row 0: from opened_at 1991-01-02T08:00:00"):
        frames.response_due(at, LOW, agreement=agreement)


def test_a_desk_that_never_opens_again() -> None:
    """Where only special dates open it, and these are used up."""
    calendar = BusinessCalendar(
        zone="UTC",
        hours={},
        holidays=None,
        special={"2026-04-02": [["09:00", "12:00"]]},
        business_day="03:00",
    )
    agreement, kind = STANDARD.replace(calendar=calendar), KINDS["polars"]
    targets = {level.value: {"hours": 2} for level in EscalationLevel}
    agreement = Agreement.from_dict(agreement.to_dict() | {"targets": targets})
    at = make(kind, "2026-04-02T10:00Z", "2026-04-02T10:00:00.000001Z", "2027-01-01T00:00Z")
    found = frames.response_due(at, LOW, agreement=agreement, outside="null")
    assert kind.rows(found) == [exact("2026-04-02T12:00Z"), None, None]
    with pytest.raises(
        NoOpeningError, match=r"^row 1: after opened_at 2026-04-02T10:00:00\.000001"
    ):
        frames.response_due(at, LOW, agreement=agreement)


def test_instants_that_datetime_cannot_hold_are_named() -> None:
    """Beyond the year 9999, where no message of a single datetime could say which."""
    at = np.array(["2026-04-02T13:10", "12026-04-02T13:10", "-4000-01-01T00:00"], "M8[s]")
    with pytest.raises(CoverageError, match=r"^row 1: at 12026-04-02T13:10:00\+00:00 lies outside"):
        frames.is_open(at)
    with pytest.raises(CoverageError, match=r"^row 0: at -4000-01-01T00:00:00\+00:00 lies outside"):
        frames.is_open(at[2:])
    last = np.array([np.iinfo(np.int64).max], "i8").view("M8[s]")
    with pytest.raises(CoverageError, match=r"^row 0: at 292\d+-"):
        frames.is_open(last)
    due = frames.response_due(at, CRITICAL, outside="null")
    assert np.isnat(due).tolist() == [False, True, True]


@every_kind
def test_an_answer_that_the_unit_does_not_hold(kind: Kind) -> None:
    """Extra hours may end within a second: never rounded."""
    desk = STANDARD.calendar.with_extra_hours(
        datetime(2026, 4, 4, 8, tzinfo=UTC), datetime(2026, 4, 4, 8, 0, 0, 500, tzinfo=UTC)
    )
    agreement = STANDARD.replace(calendar=desk)
    unit = kind.units[0]
    at = make(kind, "2026-04-02T08:00Z", "2026-04-03T12:00Z", unit=unit)
    with pytest.raises(ColumnError, match=rf"^row 1: the answer, .* that a column in {unit} holds"):
        frames.response_due(at, CRITICAL, agreement=agreement)
    assert kind.rows(frames.response_due(at[:1], CRITICAL, agreement=agreement))


VERBS: Final[Any] = frames  # what type checkers would refuse, too
WRONG: Final[list[tuple[Callable[[Any], object], type[SLAError], str]]] = [
    (
        lambda at: VERBS.response_due(at, 1),
        ArgumentError,
        "level, unless an EscalationLevel, must",
    ),
    (lambda at: VERBS.response_due(at, "critical"), ArgumentError, "numpy array .*, not str$"),
    (
        lambda at: VERBS.response_due(at, np.array([1])),
        ArgumentError,
        "as opened_at is, not a num",
    ),
    (lambda at: VERBS.response_due(at, pd.Series([1, 2])), ColumnError, "row 1: level has one"),
    (
        lambda at: VERBS.response_due(at, pd.Series([1], ["a"])),
        ColumnError,
        r"row 0: opened_at calls it 0, and level 'a'; .*level\.reindex\(opened_at\.index\)",
    ),
    (lambda at: VERBS.response_due(at, pd.Series([9])), LevelError, "^row 0: 9 is no escalation"),
    (
        lambda at: VERBS.response_due(at, LOW, levels=[1]),
        ArgumentError,
        "levels must be a mapping",
    ),
    (lambda at: VERBS.response_due(at, LOW, agreement=None), ArgumentError, "agreement must be"),
    (lambda at: VERBS.response_due(at, LOW, outside="nul"), CalendarError, "did you mean 'null'"),
    (lambda at: VERBS.response_due(at, LOW, outside=[]), CalendarError, "'raise', 'null'$"),
    (lambda at: VERBS.response_due(at.array, LOW), ArgumentError, "opened_at must be a column"),
    (
        lambda at: VERBS.between(at, at, calendar=STANDARD),
        ArgumentError,
        "calendar must be a Busi",
    ),
    (lambda at: VERBS.between(at, at, outside=None), CalendarError, "outside None is unknown"),
    (lambda at: VERBS.between(at, NOW), ArgumentError, "end must be a column: .*, not datetime$"),
    (lambda at: VERBS.is_open(at, calendar="DE"), ArgumentError, "calendar must be a BusinessCal"),
    (lambda at: VERBS.is_open(at, outside="Null"), CalendarError, "did you mean 'null'"),
    (lambda at: VERBS.is_open(at.dt.tz_localize(None)), NaiveError, "at has no zone in any row"),
    (lambda at: VERBS.is_late(at, at[:0], now=NOW), ColumnError, "row 0: due has one, but resp"),
    (lambda at: VERBS.is_late(at, None, now=NOW), ArgumentError, "responded_at must be a column"),
    (
        lambda at: VERBS.is_late(at, at, now=NOW.replace(tzinfo=None)),
        NaiveError,
        r"now has no zone: .*datetime\.now\(timezone\.utc\)",
    ),
    (lambda at: VERBS.is_late(at, at, now=at), ArgumentError, "now must be an aware datetime"),
]


@pytest.mark.parametrize(("ask", "error", "message"), WRONG, ids=range(len(WRONG)))
def test_wrong_arguments_are_refused(
    ask: Callable[[Any], object], error: type[SLAError], message: str
) -> None:
    """By name, value and remedy."""
    with pytest.raises(error, match=message):
        ask(pd.Series(pd.to_datetime(["2026-04-02T13:10Z"])))


def test_by_date_each_instant_is_reckoned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scalar engine is asked for distinct instants only, and for chosen levels only."""
    asked: list[int] = []

    def counted(at: int, *rest: Any) -> int:  # noqa: ANN401
        asked.append(at)
        return due_by_dates(at, *rest)

    monkeypatch.setattr("netcor_sla.frames._due.due_by_dates", counted)
    kind, agreement = KINDS["pandas"], STANDARD.replace(day_rule="end of day")
    first, second = "2026-04-02T13:10Z", "2026-04-03T13:10Z"
    at = make(kind, *[first, second, first, first, None] * 20)
    levels = kind.values([3, 3, 1, 3, 3] * 20)
    due = kind.rows(frames.response_due(at, levels, agreement=agreement))
    assert asked == [exact(first), exact(second)]
    single = agreement.response_due(datetime.fromisoformat(first), MEDIUM)
    assert due[0] == due[3] == exact(single.isoformat())
    assert due[2] == exact("2026-04-07T08:40Z")
    assert due[4] is None


def test_threads_share_a_calendar() -> None:
    """Eight at once, on calendars that nobody has asked yet, each over other years."""
    kind, switch = KINDS["numpy"], sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for round_ in range(4):
            terms = Agreement.from_dict(STANDARD.to_dict())
            barrier = Barrier(8)
            found: dict[int, list[Any]] = {}

            def ask(
                number: int,
                terms: Agreement = terms,
                barrier: Barrier = barrier,
                found: dict[int, list[Any]] = found,
            ) -> None:
                year = 1992 + 13 * number % 100
                at = kind.make([exact(f"{year}-0{month}-03T10:00Z") for month in range(1, 10)])
                barrier.wait()
                due = frames.response_due(at, LOW, agreement=terms)
                found[number] = kind.rows(frames.between(at, due, calendar=terms.calendar))

            threads = [Thread(target=ask, args=(round_ + each,)) for each in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert list(found.values()) == [[34 * 3_600_000_000] * 9] * 8
    finally:
        sys.setswitchinterval(switch)


def test_a_pickled_agreement_answers_alike() -> None:
    """As it does where a scheduler sends it to workers."""
    there = pickle.loads(pickle.dumps(STANDARD))  # noqa: S301 - our own
    at = make(KINDS["polars"], "2026-04-02T13:10Z")
    assert frames.response_due(at, LOW, agreement=there).equals(frames.response_due(at, LOW))


def run(code: str) -> str:
    """Run code in a fresh interpreter."""
    return subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ).stdout


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
    assert run(code) == f"netcor_sla.frames needs {name}; pip install netcor-sla[frames]\n"


def test_no_library_is_imported_that_is_not_there() -> None:
    """For arrays of numpy, neither pandas nor polars nor pyarrow."""
    code = """
import sys
import numpy as np
from netcor_sla import EscalationLevel, frames
print(frames.response_due(np.array(["2026-04-02T13:10"], "M8[us]"), EscalationLevel.LOW))
print({"pandas", "polars", "pyarrow"} & set(sys.modules))
"""
    assert run(code) == "['2026-04-10T13:10:00.000000']\nset()\n"
