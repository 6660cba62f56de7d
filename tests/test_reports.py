"""Figures of an audit log: who was answered in time, and how late the others are."""

import io
from collections.abc import Iterator
from datetime import UTC, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netcor_sla import STANDARD, Agreement, EscalationLevel
from netcor_sla._calendars.instants import MICROSECOND, instant, moment
from netcor_sla._calendars.timestamps import timestamp
from netcor_sla._cli.log import Log, LogTerms, Ticket, read_csv
from netcor_sla.errors import DocumentError
from netcor_sla.reports import Figures, Late, Report, States, report

STATES = States(frozenset({"Done", "Both"}), frozenset({"Wait", "Both"}))
HOUR = 3_600_000_000
LEVELS = tuple(EscalationLevel)
CRITICAL, HIGH, MEDIUM, LOW = LEVELS


def at(text: str) -> int:
    """Make an integer of an instant in UTC+1, where the date is one of April 2026."""
    return instant(timestamp(f"2026-04-{text}+01:00"), "at")


def log_of(*rows: str) -> Log:
    """Read rows of ticket, opening, update, level and state; times are as `at` takes them."""
    parts = (row.split() for row in rows)
    full = (f"{n},2026-04-{o}+01:00,2026-04-{u}+01:00,{lv},{s}\n" for n, o, u, lv, s in parts)
    text = "ticket,opened_at,at,level,state\n" + "".join(full)
    return read_csv(io.StringIO(text), LogTerms(STANDARD.calendar, timestamp, {}), ",")


def told(*rows: str, now: str | None = None, agreement: Agreement = STANDARD) -> Report:
    """Report on rows, as of the latest or another instant."""
    log = log_of(*rows)
    return report(log, agreement, STATES, log.latest if now is None else at(now))


def figures(told: Report) -> list[tuple[int, ...]]:
    """List tickets, met, missed, open and open late by level."""
    return [each[1:6] for each in told.levels]


def test_each_level_has_its_figures() -> None:
    """Met, missed, open and late: by hand, on Wednesday 8 April 2026."""
    found = told(
        "a 08T08:30 08T12:30 1 Done",  # at the deadline
        "b 08T08:30 08T12:30:00.000001 1 Done",
        "c 08T08:30 08T08:30 2 New",
        "d 08T08:30 08T08:30 1 New",
        "e 08T08:30 08T08:30 4 New",
        "f 08T08:30 08T09:00 4 Done",
        now="08T13:30",
    )
    assert figures(found) == [(3, 1, 1, 1, 1), (1, 0, 0, 1, 0), (0, 0, 0, 0, 0), (2, 1, 0, 1, 0)]
    assert found.total == Figures(None, 6, 2, 1, 3, 1, 4 * HOUR, 4 * HOUR + 1)
    assert found.levels[3] == Figures(LOW, 2, 1, 0, 1, 0, HOUR // 2, HOUR // 2)
    assert [each.level for each in found.levels] == list(LEVELS)
    assert (found.now, found.rows, found.later, found.problems) == (at("08T13:30"), 6, 0, ())


def test_the_late_are_named_the_most_overdue_first() -> None:
    """Missed or still open; of equals the one that was due earlier, then as in the log."""
    found = told(
        "d 08T08:40 08T13:10 1 Done",
        "a 08T08:30 08T13:00 1 Done",
        "b 08T08:30 08T08:30 1 New",
        "c 08T08:00 08T13:00 1 Done",
        "e 08T08:30 08T09:00 1 Done",
        now="08T13:31",
    )
    hours = [(late.ticket, late.overdue * 60 // HOUR) for late in found.late]
    assert hours == [("b", 61), ("a", 30), ("c", 30), ("d", 30)]
    zone = found.late[0].zone
    opened, due = at("08T08:30"), at("08T12:30")
    assert found.late[0] == Late("b", CRITICAL, opened, due, None, 61 * HOUR // 60, zone)
    assert found.late[1] == Late("a", CRITICAL, opened, due, at("08T13:00"), HOUR // 2, zone)
    assert zone is not None
    assert zone.utcoffset(None) == timedelta(hours=1)


def test_a_ticket_may_be_late_by_no_business_time() -> None:
    """Instants decide: answered in the evening, due at closing."""
    (late,) = told("a 08T13:00 08T19:00 1 Done").late
    assert (late.due, late.response, late.overdue) == (at("08T17:00"), at("08T19:00"), 0)


def test_the_first_response_counts() -> None:
    """A reopening changes nothing about it, nor does a pause or a level after it."""
    answered = told("a 08T08:30 08T09:00 4 Done", now="24T12:00")
    rows = ("a 08T08:30 08T10:00 4 Wait", "a 08T08:30 08T11:00 1 New", "a 08T08:30 22T12:00 1 Done")
    reopened = told("a 08T08:30 08T09:00 4 Done", *rows, now="24T12:00")
    assert reopened._replace(rows=1) == answered
    assert figures(reopened)[3] == (1, 1, 0, 0, 0)


def test_a_pause_moves_the_deadline_and_is_no_time_to_a_response() -> None:
    """An hour of waiting, of which 30 minutes are business time."""
    found = told(
        "a 08T08:30 08T08:30 1 New",
        "a 08T08:30 08T16:30 1 Wait",
        "a 08T08:30 08T17:30 1 New",
        "b 08T13:30 08T13:30 1 New",
        "b 08T13:30 08T16:30 1 Wait",
        "b 08T13:30 09T09:00 1 New",
        "b 08T13:30 09T10:00 1 Done",
        now="09T10:00",
    )
    assert found.total[1:6] == (2, 1, 0, 1, 1)
    assert found.total.worst == 4 * HOUR
    assert found.late[0].due == at("08T12:30")


def test_a_ticket_that_waits_is_open_and_not_late() -> None:
    """Since its deadline stands still, for as long as it takes; but one that was late stays so."""
    rows = ("a 08T08:30 08T09:00 1 Wait", "b 07T08:30 08T09:00 1 Wait")
    found = told(*rows, now="22T12:00")
    assert found.total[1:6] == (2, 0, 0, 2, 1)
    assert [late.ticket for late in found.late] == ["b"]


def test_a_state_may_answer_and_pause() -> None:
    """Then it answers."""
    assert told("a 08T08:30 08T09:00 1 Both", now="24T12:00").total[1:6] == (1, 1, 0, 0, 0)


def test_a_raised_level_counts_from_the_opening() -> None:
    """And the ticket counts under it; before its first row it had the level of that row."""
    rows = ("a 08T08:30 08T09:00 4 New", "a 08T08:30 08T15:00 1 New", "a 08T08:30 08T15:30 1 Done")
    found = told(*rows)
    assert figures(found)[0] == (1, 0, 1, 0, 0)
    assert (found.late[0].level, found.late[0].overdue) == (CRITICAL, 3 * HOUR)
    assert figures(told(*rows, now="08T14:59"))[3] == (1, 0, 0, 1, 0)
    assert figures(told(*rows, now="08T08:30"))[3] == (1, 0, 0, 1, 0)


def test_a_level_at_the_instant_of_the_response_counts() -> None:
    """A later one does not."""
    rows = ("a 08T08:30 08T09:00 4 New", "a 08T08:30 08T16:00 1 Done", "a 08T08:30 08T16:01 2 Done")
    assert figures(told(*rows))[0] == (1, 0, 1, 0, 0)


def test_what_comes_after_now_is_not_known() -> None:
    """Neither responses nor rows; and tickets that were opened after it are told apart."""
    rows = ("a 08T08:30 08T09:00 4 Done", "b 08T09:00 08T09:00 4 New", "c 08T09:01 08T09:01 4 Done")
    found = told(*rows, now="08T09:00")
    assert (found.total[1:6], found.later) == ((2, 1, 0, 1, 0), 1)
    found = told(*rows, now="08T08:59")
    assert (found.total[1:6], found.later) == ((1, 0, 0, 1, 0), 2)
    with pytest.raises(DocumentError, match="no ticket was opened by 2026-04-08T08:29:00"):
        told(*rows, now="08T08:29")


@pytest.mark.parametrize(
    ("minutes", "median"),
    [((10,), 10), ((30, 10), 20), ((50, 10, 20), 20), ((40, 10, 59, 21), 30.5)],
)
def test_the_median_of_an_even_number_is_the_mean_of_two(
    minutes: tuple[int, ...], median: float
) -> None:
    """In whole microseconds."""
    found = told(*(f"{minute} 08T09:00 08T09:{minute} 4 Done" for minute in minutes))
    assert found.total.median == median * HOUR // 60
    assert found.total.worst == max(minutes) * HOUR // 60


def test_the_median_is_cut_to_the_microsecond() -> None:
    """A float would not tell the difference after some centuries; an integer does."""
    rows = ("a 08T09:00 08T09:00:00.000001 4 Done", "b 08T09:00 08T09:00:00.000002 4 Done")
    assert told(*rows).total.median == 1


@pytest.mark.parametrize(
    ("met", "missed", "late", "kept"),
    [
        (0, 0, 0, None),
        (1, 0, 0, 1000),
        (0, 1, 0, 0),
        (2, 1, 0, 666),
        (2, 0, 1, 666),
        (2000, 1, 0, 999),
    ],
)
def test_the_share_kept_is_never_flattered(
    met: int, missed: int, late: int, kept: int | None
) -> None:
    """Of all that is decided; all means all."""
    assert Figures(None, met + missed + 7, met, missed, 7, late, None, None).kept == kept


def test_a_ticket_that_cannot_be_reckoned_is_a_problem() -> None:
    """Its deadline would lie beyond the years whose holidays are known; the others are done."""
    text = (
        "ticket,opened_at,at,level,state\n"
        "a,2100-12-30T10:00Z,2100-12-30T11:00Z,4,New\n"
        "?,?,?,?,?\n"
        "a,2100-12-30T10:00Z,2100-12-30T12:00Z,4,New\n"
        "b,2100-12-01T10:00Z,2100-12-01T10:00Z,4,Done\n"
    )
    log = read_csv(io.StringIO(text), LogTerms(STANDARD.calendar, timestamp, {}), ",")
    found = report(log, STANDARD, STATES, log.latest)
    assert found.total[1:6] == (1, 1, 0, 0, 0)
    assert [problem.line for problem in found.problems] == [2, 3]
    assert found.problems[0].reason.startswith(
        "ticket 'a': from opened_at 2100-12-30T10:00:00+00:00"
    )
    assert found.rows == 4
    log = read_csv(
        io.StringIO(text.rsplit("b,", 1)[0]), LogTerms(STANDARD.calendar, timestamp, {}), ","
    )
    with pytest.raises(
        DocumentError,
        match=r"^none of 1 tickets can be reckoned; the first, from line 2: ticket 'a'",
    ):
        report(log, STANDARD, STATES, log.latest)


def test_the_agreement_is_the_one_that_is_given() -> None:
    """Its day rule too: to the close of the second business day, in place of 17 hours."""
    rows = ("a 08T16:00 10T16:30 3 Done",)
    assert told(*rows).total.missed == 1
    assert told(*rows, agreement=STANDARD.replace(day_rule="end of day")).total.met == 1


def test_whoever_watches_sees_each_ticket() -> None:
    """Of the log, once, as it is taken."""
    seen = []

    def watch(log: Log) -> Iterator[Ticket]:
        for ticket in log:
            seen.append(ticket.name)
            yield ticket

    rows = ("a 08T08:30 08T09:00 4 Done", "b 09T08:30 09T09:00 4 Done", "a 08T08:30 10T09:00 4 New")
    log = log_of(*rows)
    assert report(log, STANDARD, STATES, log.latest, watch) == told(*rows)
    assert seen == ["a", "b"]


ROWS = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.integers(0, 14 * 24 * 4),
        st.integers(1, 4),
        st.sampled_from(["New", "Work", "Wait", "Done", "Both"]),
    ),
    min_size=1,
    max_size=24,
)


@given(ROWS, st.integers(0, 15 * 24 * 4), st.sampled_from(["elapsed", "same time", "end of day"]))
@settings(deadline=None)
def test_law_a_report_says_what_the_clocks_say(
    rows: list[tuple[str, int, int, str]], quarters: int, rule: str
) -> None:
    """A ticket is what a clock with all of its rows says; and nothing is lost or counted twice."""
    agreement = STANDARD.replace(day_rule=rule)
    start, quarter = at("01T00:00"), HOUR // 4
    text = "ticket,opened_at,at,level,state\n" + "".join(
        f"{name},2026-04-01T00:00+01:00,{moment(start + quarter * after, UTC).isoformat()},{level},{state}\n"
        for name, after, level, state in rows
    )
    log = read_csv(io.StringIO(text), LogTerms(STANDARD.calendar, timestamp, {}), ",")
    now = start + quarter * quarters
    found = report(log, agreement, STATES, now)
    clocks = {
        ticket.name: agreement.replay(
            ticket.opened_at,
            ticket.updates[0].level,
            [
                event
                for update in ticket.updates
                if update.at <= now
                for event in (
                    (moment(update.at, UTC), update.level),
                    (moment(update.at, UTC), update.state),
                )
            ],
            pausing=STATES.pausing,
            responding=STATES.responding,
        )
        for ticket in log
    }
    statuses = {name: clock.status(moment(now, UTC)) for name, clock in clocks.items()}
    late = {name for name, status in statuses.items() if status.late}
    assert {each.ticket for each in found.late} == late
    for each in found.late:
        assert each.level is clocks[each.ticket].level
        assert moment(each.due, UTC) == statuses[each.ticket].due
        assert MICROSECOND * each.overdue == statuses[each.ticket].overdue
    assert found.total.tickets == len(clocks)
    assert found.total.missed + found.total.open_late == len(late)
    for name in ("tickets", "met", "missed", "open", "open_late"):
        assert sum(getattr(each, name) for each in found.levels) == getattr(found.total, name)
    for each_level in (*found.levels, found.total):
        _, tickets, met, missed, still, *_ = each_level
        assert tickets == met + missed + still
    answered = [
        status.elapsed // MICROSECOND
        for status in statuses.values()
        if status.state.value in ("met", "missed")
    ]
    assert found.total.worst == max(answered, default=None)
