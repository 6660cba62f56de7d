"""The business clock on made-up spans; the expected answers come from adding up, one by one.

A timeline is asked about a desk that opens in agreed windows only, since these may be any spans.
"""

import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made_up_spans import counted, span_lists, spans_of, walked, walked_back
from netcor_sla import STANDARD, BusinessCalendar
from netcor_sla._calendars.holidays import FrozenHolidays
from netcor_sla._calendars.instants import DAY, MICROSECOND, ZERO, Span
from netcor_sla._calendars.schedule import BeyondError, Schedule
from netcor_sla._calendars.timeline import Timeline
from netcor_sla.errors import CalendarError

SLOTS: Final = 6
PATTERNS: Final = list(product((False, True), repeat=SLOTS))
# Two months a slot, so that the six are all the time there is, and a microsecond a slot, three
# on each side of the midnight at which a month ends.
LONG: Final = (365 * DAY // SLOTS, ZERO)
SHORT: Final = (MICROSECOND, 31 * DAY - 3 * MICROSECOND)
SIZES: Final = [pytest.param(*LONG, id="long slots"), pytest.param(*SHORT, id="slots of 1 us")]

ALIKE: Final = settings(max_examples=4 * settings().max_examples)


def desk(spans: Sequence[Span]) -> Timeline:
    """Make the clock of a desk that opens at these spans of 1970, the only year that is known."""
    year = FrozenHolidays(None, 1970, 1970, {})
    return Timeline(Schedule(UTC, ((),) * 7, year, {}, {}, tuple((*span, None) for span in spans), ()))


def outcome(question: Callable[[], timedelta]) -> timedelta | str:
    """Ask; the direction where the search left the year."""
    try:
        return question()
    except BeyondError as beyond:
        return "forwards" if beyond.forwards else "backwards"


def around(spans: Sequence[Span], low: timedelta, high: timedelta) -> set[timedelta]:
    """Name the instants of an index beside which answers change."""
    limits = {limit for span in spans for limit in span} | {low, high}
    near = {limit + step * MICROSECOND for limit in limits for step in (-1, 0, 1)}
    return {at for at in near if low <= at < high}


@ALIKE
@given(span_lists(), st.data())
def test_a_timeline_of_any_spans_moves_as_walking_does(
    drawn: tuple[list[Span], timedelta, timedelta], data: st.DataObject
) -> None:
    """From each limit and from beside it, by the length of a span and a microsecond beside that."""
    spans, low, high = drawn
    timeline = Timeline(Schedule(UTC, ((),) * 7, None, {}, {}, tuple((*span, None) for span in spans), ()))
    lengths = [end - start for start, end in spans] or [DAY]
    sums = st.lists(st.sampled_from(lengths), min_size=1, max_size=6)
    for at in around(*drawn):
        amount = sum(data.draw(sums), ZERO) + data.draw(st.integers(-1, 1)) * MICROSECOND
        if (due := walked(spans, at, amount)) is not None and amount:
            assert timeline.add(at, amount) == due
        if (since := walked_back(spans, at, amount)) is not None and amount:
            assert timeline.subtract(at, amount) == since
        assert timeline.between(low, at) == -timeline.between(at, low) == counted(spans, at)
    assert list(timeline.spans(low, high)) == spans


@pytest.mark.parametrize(("unit", "low"), SIZES)
def test_a_timeline_answers_as_counting_does(unit: timedelta, low: timedelta) -> None:
    """For every pattern and instant, a fresh timeline finds what looking at all slots finds.

    However far an answer is: up to the last instant of the year, and an error beyond.
    """
    limits = [low + slot * unit for slot in range(SLOTS)]
    for pattern in PATTERNS:
        spans = spans_of(pattern, unit, low)
        for at in limits:
            opening = next((max(at, start) for start, end in spans if at < end), "forwards")
            assert outcome(lambda: desk(spans).next_open(at)) == opening  # noqa: B023 - used at once
            closing: object = next((end for start, end in spans if start <= at < end), at)
            # Beyond the year nobody knows whether the desk stays open.
            closing = "forwards" if closing == 365 * DAY else closing
            assert outcome(lambda: desk(spans).next_close(at)) == closing  # noqa: B023
            assert desk(spans).is_open(at) == (opening == at)
            asked = desk(spans)
            for other in limits:
                assert asked.between(at, other) == counted(spans, other) - counted(spans, at)
                assert list(asked.spans(at, other)) == list(clipped(spans, at, other))
            for amount in (unit, 2 * unit, 4 * unit):
                due, since = walked(spans, at, amount), walked_back(spans, at, amount)
                found = outcome(lambda: desk(spans).add(at, amount))  # noqa: B023
                assert found == ("forwards" if due is None else due)
                found = outcome(lambda: desk(spans).subtract(at, amount))  # noqa: B023
                assert found == ("backwards" if since is None else since)


def clipped(spans: Sequence[Span], low: timedelta, high: timedelta) -> Iterator[Span]:
    """Clip spans to limits."""
    cut = ((max(start, low), min(end, high)) for start, end in spans)
    return ((start, end) for start, end in cut if start < end)


QUESTIONS: Final = st.lists(
    st.tuples(
        st.sampled_from(("is_open", "next_open", "next_close", "add", "subtract", "between")),
        st.integers(0, 364),
        st.integers(1, 364),
    ),
    min_size=1,
    max_size=8,
)


@ALIKE
@given(st.lists(st.booleans(), min_size=60, max_size=60), QUESTIONS, st.sampled_from((5, 6)))
def test_answers_do_not_depend_on_the_order_of_questions(
    pattern: list[bool], questions: list[tuple[str, int, int]], days: int
) -> None:
    """Whatever was asked before, answers are those of a fresh timeline, and its spans the same."""

    def ask(timeline: Timeline, verb: str, at: int, amount: int) -> timedelta | str:
        here, there = at * DAY + MICROSECOND, amount * DAY
        return outcome(lambda: getattr(timeline, verb)(here, *([there] * takes_two[verb])))

    takes_two = dict.fromkeys(("is_open", "next_open", "next_close"), 0)
    takes_two |= dict.fromkeys(("add", "subtract", "between"), 1)
    spans = spans_of(pattern, days * DAY)
    spans = list(clipped(spans, ZERO, 365 * DAY))
    used = desk(spans)
    for question in questions:
        assert ask(used, *question) == ask(desk(spans), *question), question
    index = used.index
    known = [index.span(number) for number in range(len(index.closings) - 1)]
    assert known == list(clipped(spans, index.low, index.high))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Span]:
    """Note the stretches that schedules read."""
    noted: list[Span] = []
    read = Schedule.spans

    def noting(schedule: Schedule, start: timedelta, end: timedelta) -> list[Span]:
        if start < end:
            noted.append((start, end))
        return read(schedule, start, end)

    monkeypatch.setattr(Schedule, "spans", noting)
    return noted


def day(text: str) -> timedelta:
    """Say when a date begins."""
    return (date.fromisoformat(text) - date(1970, 1, 1)).days * DAY


OFFICE: Final = BusinessCalendar(zone="UTC", hours={"mon-fri": [["08:00", "16:00"]]}, holidays=None).schedule


def test_a_first_question_reads_a_month(reads: list[Span]) -> None:
    """And an answer within it no more: a new calendar answers at once."""
    timeline = Timeline(OFFICE)
    assert timeline.add(day("2023-05-10"), DAY) == day("2023-05-12") + DAY * 2 / 3
    assert reads == [(day("2023-05-01"), day("2023-06-01"))]
    assert (timeline.index.low, timeline.index.high) == reads[0]


def test_what_is_known_is_not_read_again(reads: list[Span]) -> None:
    """Each stretch is read once, whichever way the clock grows; and inside it nothing is."""
    timeline = Timeline(OFFICE)
    for text in ("2023-05-10", "2023-08-10", "2021-01-10", "2022-07-01", "2024-02-29"):
        timeline.is_open(day(text))
    timeline.between(day("2021-01-10"), day("2024-02-29"))
    stretches = sorted(reads)
    for (_, end), (start, _) in pairwise(stretches):
        assert end == start
    assert (timeline.index.low, timeline.index.high) == (stretches[0][0], stretches[-1][1])


def test_an_index_grows_a_year_ahead(reads: list[Span]) -> None:
    """Requests that come in one after the other are neither a reading each nor a century at once."""
    timeline = Timeline(OFFICE)
    for number in range(3653):
        timeline.add(day("2010-01-01") + number * DAY, DAY)
    assert len(reads) < 20
    assert max(end - start for start, end in reads) <= 366 * DAY + 2 * 31 * DAY
    assert timeline.index.high <= day("2021-03-01")


def test_a_search_doubles_its_reach(reads: list[Span]) -> None:
    """A desk that never opens again is noticed after a few readings of all years, not of each."""
    timeline = Timeline(
        BusinessCalendar(
            zone="UTC", hours={}, special={"2023-05-10": [["08:00", "16:00"]]}, holidays=None
        ).schedule
    )
    assert outcome(lambda: timeline.next_open(day("2023-05-11"))) == "forwards"
    assert outcome(lambda: timeline.subtract(day("2023-05-11"), DAY)) == "backwards"
    assert len(reads) < 20
    assert (timeline.index.low, timeline.index.high) == (day("1900-01-01"), day("2200-01-01"))


@pytest.mark.parametrize("text", ["1899-12-31", "0001-01-03", "2200-01-01", "9999-12-30"])
def test_a_question_beyond_the_covered_years_reads_nothing(text: str, reads: list[Span]) -> None:
    """However far away, and also where one of two instants is inside."""
    way, inside = "backwards" if text < "2000" else "forwards", day("2023-05-10")
    for verb in ("is_open", "next_open", "next_close"):
        assert outcome(lambda: getattr(Timeline(OFFICE), verb)(day(text))) == way  # noqa: B023
    for pair in ((inside, day(text)), (day(text), inside)):
        assert outcome(lambda: Timeline(OFFICE).between(*pair)) == way  # noqa: B023
    assert reads == []


# How much a clock holds in memory.


def held(ask: Callable[[], object]) -> tuple[int, int]:
    """Say how many bytes are held after a question, and how many were at most."""
    tracemalloc.start()
    try:
        kept = ask()
        return tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        del kept


@pytest.mark.parametrize(("first", "last", "most"), [(2016, 2025, 512 * 2**10), (1991, 2100, 6 * 10**6)])
def test_the_clock_of_the_policy_is_small(first: int, last: int, most: int) -> None:
    """Ten years of it, and all the years that Germany's holidays are known for."""
    start, end = (datetime(*day_, 12, tzinfo=UTC) for day_ in ((first, 1, 2), (last, 12, 30)))

    def ask() -> BusinessCalendar:
        calendar = STANDARD.calendar.replace()
        calendar.between(start, end)
        return calendar

    ask()  # holidays are kept once for all calendars
    kept, _ = held(ask)
    assert kept <= most


QUARTERS: Final = [
    [f"{hour:02}:{minute:02}", f"{hour:02}:{minute + 10:02}"]
    for hour in range(24)
    for minute in (0, 15, 30, 45)
]


def busy() -> BusinessCalendar:
    """Make a calendar that opens every quarter of an hour."""
    return BusinessCalendar(zone="UTC", hours={"mon-sun": QUARTERS}, holidays=None)


def test_two_tickets_a_century_apart_do_not_take_a_century_of_memory() -> None:
    """With 96 spans a day, the years between them are let go, and the answers are right."""
    early, late = (datetime(year, 5, 10, 12, 5, tzinfo=UTC) for year in (1991, 2100))
    calendar = busy()

    def ask() -> BusinessCalendar:
        for at in (early, late, early, late):
            assert calendar.add(at, timedelta(minutes=10)) == at + timedelta(minutes=15)
        return calendar

    kept, most = held(ask)
    assert kept < most < 8 * 10**6


def test_an_answer_just_beyond_many_known_years_is_found() -> None:
    """Both ways: years on the other side of the question are let go, and nothing is refused."""
    calendar, ten = busy(), timedelta(minutes=10)
    first, last = datetime(2000, 1, 1, tzinfo=UTC), datetime(2011, 5, 1, tzinfo=UTC)
    for verb, at, expected in (
        ("add", last - ten * 0.6, last + ten * 0.9),
        ("subtract", first, first - ten * 1.5),
    ):
        calendar.between(first, last - ten)  # a month more would be too much
        assert getattr(calendar, verb)(at, ten) == expected
        assert len(calendar.timeline.index.totals) <= 400_000


def test_one_question_over_too_many_spans_is_refused() -> None:
    """With what to do instead, and only where it would take too much; a few years are counted."""
    calendar = busy()
    start = datetime(2000, 1, 1, tzinfo=UTC)
    ten_years = datetime(2010, 1, 1, tzinfo=UTC)
    assert calendar.between(start, ten_years) == (ten_years - start) * 2 / 3
    for ask in (
        lambda: calendar.between(start, datetime(2100, 1, 1, tzinfo=UTC)),
        lambda: calendar.add(start, timedelta(days=40_000)),
        lambda: calendar.subtract(start, timedelta(days=20_000)),
    ):
        with pytest.raises(CalendarError, match=r"^the calendar opens too often .* fewer years$"):
            ask()
    assert calendar.is_open(start)
