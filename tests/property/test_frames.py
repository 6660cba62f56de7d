"""Law 14: columns say what single datetimes say, row by row.

On calendars of every kind, in columns of every kind, unit and zone, with rows missing and rows
without an answer among them.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from typing import Any, Final, NamedTuple

import pytest
from hypothesis import event, given, note, settings
from hypothesis import strategies as st

from kinds import EPOCH, KINDS, MICROSECOND, Kind
from netcor_sla import Agreement, BusinessCalendar, EscalationLevel, frames
from netcor_sla.errors import ColumnError, CoverageError, NoOpeningError, SLAError

from .strategies import Case, cases, exact
from .test_laws import agreements

ROWS: Final = 5
# Outside what any calendar covers, so that no example reads two centuries.
FAR: Final = (datetime(1890, 1, 1, tzinfo=UTC), datetime(2230, 12, 31, 12, tzinfo=UTC))
UNITS: Final = ("s", "ms", "us", "us", "ns")
STEPS: Final = {"s": 10**6, "ms": 10**3}
HIGH: Final = EscalationLevel.HIGH

# Every example asks columns of all kinds.
FEWER: Final = settings(max_examples=settings().max_examples // 3)


class Table(NamedTuple):
    """An agreement, and rows to ask it about: microseconds that the unit holds exactly."""

    agreement: Agreement
    unit: str
    zone: str
    starts: list[int | None]
    ends: list[int | None]
    levels: list[EscalationLevel | None]

    @property
    def step(self) -> int:
        """The microseconds of the unit."""
        return STEPS.get(self.unit, 1)

    def kinds(self) -> Iterator[Kind]:
        """Yield all kinds of column that have the unit."""
        for name, kind in KINDS.items():
            if self.unit in kind.units:
                note(name)
                yield kind

    def column(self, kind: Kind, values: list[int | None]) -> Any:  # noqa: ANN401 - of any library
        """Make a column; where the kind knows no zones, in UTC."""
        return kind.make(values, self.unit, self.zone if self.zone in kind.zones else "UTC")


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Draw rows around the anchor of a case, in some tables with far-off and missing ones.

    In some, single levels count on the calendar of another case.
    """
    case: Case = draw(cases(at=2 * ROWS))
    form = case.form | {"business_day": case.form.get("business_day", "08:00")}
    unit, zone = draw(st.sampled_from(UNITS)), draw(st.sampled_from(KINDS["pandas"].zones))
    odd = draw(st.sampled_from((0, 0, 1, 3)))  # so many of ten rows

    def row(at: datetime) -> int | None:
        if draw(st.integers(1, 10)) <= odd:
            return draw(st.none() | st.sampled_from(FAR).map(exact))
        step = STEPS.get(unit, 1)
        return exact(at) // step * step

    count = draw(st.integers(0, ROWS))
    starts, ends = ([row(at) for at in half[:count]] for half in (case.at[:ROWS], case.at[ROWS:]))
    known = st.sampled_from(EscalationLevel)
    levels = [draw(known | st.none() if odd else known) for _ in range(count)]
    event(f"columns in {unit}")
    agreement = draw(agreements(form))
    if draw(st.booleans()):
        other = BusinessCalendar.from_dict({"business_day": "08:00", **draw(cases()).form})
        agreement = agreement.replace(calendars=dict.fromkeys(draw(st.sets(known)), other))
    return Table(agreement, unit, zone, starts, ends, levels)


def alone(ask: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401
    """Ask about one row: its answer, its error, or None where something is missing."""
    if None in arguments:
        return None
    aware = [EPOCH + each * MICROSECOND if isinstance(each, int) else each for each in arguments]
    try:
        found = ask(*aware)
    except (CoverageError, NoOpeningError) as error:
        return error
    return Kind.rows(LISTED, [found])[0]


class Listed:
    """Takes answers apart as columns are taken apart."""

    @staticmethod
    def listed(column: list[Any]) -> list[Any]:
        """Leave it as it is."""
        return column


LISTED: Final[Any] = Listed()


def hold(table: Table, kind: Kind, verb: partial[Any], expected: list[Any], limit: int = 2**63) -> None:
    """Hold both answers of a verb, with rows refused and with rows missing, to single ones.

    `limit` is what the unit can't hold any more, in microseconds.
    """
    failed = [row for row, each in enumerate(expected) if isinstance(each, SLAError)]
    there = [None if isinstance(each, SLAError) else each for each in expected]
    if failed:
        first = expected[failed[0]]
        with pytest.raises(type(first)) as refused:
            verb(outside="raise")
        assert str(refused.value) == f"row {failed[0]}: {first}"
        event("some rows fail")
    lost = [
        row
        for row, each in enumerate(there)
        if type(each) is int and (each % table.step or abs(each) >= limit)
    ]
    if kind is KINDS["numpy"] and verb.func is frames.is_open:
        lost = [row for row, each in enumerate(there) if each is None]
    if lost:
        with pytest.raises(ColumnError, match=rf"^row {lost[0]}: the answer"):
            verb(outside="null")
        event("some answers can't be held")
        return
    for outside in ["null"] if failed else ["null", "raise"]:
        assert kind.rows(verb(outside=outside)) == there


@FEWER
@given(tables())
def test_law_14_deadlines(table: Table) -> None:
    """Under every day rule, whether the level is one for all rows or one for each."""
    agreement = table.agreement
    one = next((each for each in table.levels if each), EscalationLevel.LOW)
    all_alike: list[EscalationLevel | None] = [one] * len(table.levels)
    for levels in (table.levels, all_alike):
        pairs = zip(table.starts, levels, strict=True)
        expected = [alone(agreement.response_due, *pair) for pair in pairs]
        numbers = [each and each.number for each in levels]
        for kind in table.kinds():
            level: Any = one if levels is all_alike else kind.values(numbers)
            opened_at = table.column(kind, table.starts)
            verb = partial(frames.response_due, opened_at, level, agreement=agreement)
            hold(table, kind, verb, expected)


@FEWER
@given(tables())
def test_law_14_business_time(table: Table) -> None:
    """Forwards and backwards, whichever of the two is missing or outside."""
    calendar = table.agreement.calendar
    pairs = zip(table.starts, table.ends, strict=True)
    expected = [alone(calendar.between, *pair) for pair in pairs]
    limit = 2**63 // 1000 if table.unit == "ns" else 2**63
    for kind in table.kinds():
        start, end = table.column(kind, table.starts), table.column(kind, table.ends)
        hold(table, kind, partial(frames.between, start, end, calendar=calendar), expected, limit)


@FEWER
@given(tables())
def test_law_14_opening(table: Table) -> None:
    """Whether the desk is open, at limits too."""
    calendar = table.agreement.calendar
    expected = [alone(calendar.is_open, at) for at in table.starts]
    for kind in table.kinds():
        at = table.column(kind, table.starts)
        hold(table, kind, partial(frames.is_open, at, calendar=calendar), expected)


@FEWER
@given(tables(), st.data())
def test_law_14_sums(table: Table, data: st.DataObject) -> None:
    """Business time added, one amount for all or one for each row, some of them zero or missing."""
    calendar, unit = table.agreement.calendar, table.unit
    longest = 10**18 // (1000 if unit == "ns" else 1)
    amounts = st.integers(0, 10**12) | st.sampled_from((0, 1, longest)) | st.none()
    waits = [each and each // table.step * table.step for each in data.draw(lists_of(amounts, table.starts))]
    one = (
        data.draw(st.timedeltas(timedelta(), timedelta(days=900)))
        // (step := table.step * MICROSECOND)
        * step
    )
    lengths = [None if each is None else each * MICROSECOND for each in waits]
    for each in (lengths, [one] * len(waits)):
        expected = [alone(calendar.add, *pair) for pair in zip(table.starts, each, strict=True)]
        for kind in table.kinds():
            at = table.column(kind, table.starts)
            amount: Any = kind.durations(waits, unit) if each is lengths else one
            hold(table, kind, partial(frames.add, at, amount, calendar=calendar), expected)


def lists_of(values: st.SearchStrategy[Any], rows: list[Any]) -> st.SearchStrategy[list[Any]]:
    """Draw a value for each row."""
    return st.lists(values, min_size=len(rows), max_size=len(rows))


@FEWER
@given(tables(), st.randoms(use_true_random=False), st.integers(0, ROWS))
def test_law_14_cut_and_shuffled(table: Table, random: Random, cut: int) -> None:
    """A column cut in two, shuffled, asked about and joined has the answers of the whole."""
    agreement, now = table.agreement, datetime(2026, 1, 1, tzinfo=UTC)
    order = list(range(len(table.starts)))
    random.shuffle(order)
    verbs: list[Callable[[Any, Any], Any]] = [
        lambda one, _: frames.response_due(one, HIGH, agreement=agreement, outside="null"),
        lambda one, two: frames.between(one, two, calendar=agreement.calendar, outside="null"),
        lambda one, two: frames.is_late(two, one, now=now),
    ]
    for kind in table.kinds():
        start, end = table.column(kind, table.starts), table.column(kind, table.ends)
        for verb in verbs:
            try:
                whole = verb(start, end)
            except ColumnError:  # an answer that the kind or the unit can't hold
                continue
            parts = [
                verb(kind.take(start, part), kind.take(end, part)) for part in (order[:cut], order[cut:])
            ]
            joined, shuffled = kind.join(parts), kind.take(whole, order)
            assert kind.rows(joined) == kind.rows(shuffled)
            assert kind.nature(joined) == kind.nature(shuffled)
