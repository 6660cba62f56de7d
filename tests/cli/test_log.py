"""Audit logs: what each ticket went through, and which rows are left out."""

import io
import json
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcor_sla import STANDARD, BusinessCalendar, EscalationLevel
from netcor_sla._calendars.instants import instant
from netcor_sla._calendars.timestamps import timestamp
from netcor_sla._cli.log import (
    Log,
    LogColumns,
    LogTerms,
    Problem,
    Ticket,
    Update,
    read_csv,
    read_ndjson,
)
from netcor_sla.errors import DocumentError

TERMS = LogTerms(STANDARD.calendar, timestamp, {"P1": EscalationLevel.CRITICAL})
HEADER = "ticket,opened_at,at,level,state\n"
OPENED = "2026-04-02T15:10+02:00"
LOW, HIGH = EscalationLevel.LOW, EscalationLevel.HIGH


def at(text: str) -> int:
    """Make an integer of an instant."""
    return instant(timestamp(text), "at")


def log_of(*rows: str, terms: LogTerms = TERMS) -> Log:
    """Read rows of CSV."""
    return read_csv(io.StringIO(HEADER + "\n".join(rows), newline=""), terms, ",")


def ticket_of(*rows: str) -> Ticket:
    """Read the rows of one ticket."""
    (ticket,) = log_of(*rows)
    return ticket


def test_a_ticket_is_its_opening_and_its_updates() -> None:
    """Under the line of its first row; its opening in the zone in which it was written."""
    ticket = ticket_of(
        f"7,{OPENED},2026-04-02T15:20+02:00,4,New", f"7,{OPENED},2026-04-03T08:00Z,2,Done"
    )
    assert (ticket.name, ticket.line, ticket.opened) == ("7", 2, at(OPENED))
    assert ticket.opened_at.utcoffset() == timedelta(hours=2)
    assert ticket.updates == [
        Update(at("2026-04-02T13:20Z"), LOW, "New"),
        Update(at("2026-04-03T08:00Z"), HIGH, "Done"),
    ]


def test_tickets_come_in_the_order_of_the_log() -> None:
    """However their rows are mixed."""
    log = log_of(
        *(f"{name},{OPENED},{OPENED},1,{state}" for name, state in ("bx", "ay", "bz", "cw", "ax"))
    )
    assert [(each.name, each.line) for each in log] == [("b", 2), ("a", 3), ("c", 5)]
    assert [[update.state for update in each.updates] for each in log] == [
        ["x", "z"],
        ["y", "x"],
        ["w"],
    ]
    assert (len(log), log.rows, log.states) == (3, 5, ["x", "y", "z", "w"])
    assert list(log) == list(log)


def test_updates_are_put_in_order_of_time() -> None:
    """Those of one instant stay in order of the file."""
    times = ("16:00", "15:30", "16:00", "15:30", "15:20")
    ticket = ticket_of(
        *(f"7,{OPENED},2026-04-02T{time}+02:00,4,{n}" for n, time in enumerate(times))
    )
    assert "".join(update.state for update in ticket.updates) == "41302"


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"), st.integers(0, 5), st.integers(1, 4), st.sampled_from("xyz")
        ),
        min_size=1,
    )
)
def test_nothing_is_lost_and_nothing_is_mixed_up(rows: Sequence[tuple[str, int, int, str]]) -> None:
    """Each ticket has the updates that its rows tell of, sorted stably, in any log."""
    log = log_of(
        *(
            f"{name},{OPENED},2026-04-03T0{hour}:00Z,{level},{state}"
            for name, hour, level, state in rows
        )
    )
    told = {
        name: sorted((row[1:] for row in rows if row[0] == name), key=lambda row: row[0])
        for name, *_ in rows
    }
    start, hour = at("2026-04-03T00:00Z"), 3_600_000_000
    found = {
        ticket.name: [
            ((update.at - start) // hour, update.level.number, update.state)
            for update in ticket.updates
        ]
        for ticket in log
    }
    assert found == told
    assert log.latest == start + hour * max(row[1] for row in rows)
    assert (log.rows, log.problems) == (len(rows), [])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(f"7,{OPENED},{OPENED},4", "4 cells, where line 1 names 5 columns", id="short"),
        pytest.param(f",{OPENED},{OPENED},4,New", "ticket: '' is no name; write a", id="ticket"),
        pytest.param(f"7,{OPENED},{OPENED},4, ", "state: '' is no name; write a", id="state"),
        pytest.param(f"7,?,{OPENED},4,New", "opened_at: '?' is no timestamp", id="opened_at"),
        pytest.param(f"7,{OPENED},?,4,New", "at: '?' is no timestamp", id="at"),
        pytest.param(f"7,{OPENED},{OPENED},5,New", "level: '5' is no escalation", id="level"),
        pytest.param(
            f"7,{OPENED},2026-04-02T15:09:59.999999+02:00,4,New",
            "at 2026-04-02T15:09:59.999999+02:00 is before ticket '7' was opened, "
            "2026-04-02T15:10:00+02:00",
            id="before the opening",
        ),
        pytest.param(
            f"7,2026-04-02T15:11+02:00,{OPENED},4,New",
            "opened_at 2026-04-02T15:11:00+02:00 of ticket '7' is another than in line 2, "
            "2026-04-02T15:10:00+02:00",
            id="another opening",
        ),
        pytest.param(
            f"7,2026-04-02T15:09+02:00,{OPENED},4,New",
            "opened_at 2026-04-02T15:09:00+02:00 of ticket '7' is another than in line 2, ",
            id="an earlier opening",
        ),
        pytest.param(
            "8,1990-04-02T15:10Z,2026-04-02T15:10Z,4,New",
            "opened_at 1990-04-02T15:10:00+00:00 lies outside 1991 to 2100",
            id="opened in another century",
        ),
        pytest.param(
            f"7,{OPENED},2206-04-02T15:10Z,4,New",
            "at 2206-04-02T15:10:00+00:00 lies outside 1991 to 2100",
            id="another century",
        ),
        pytest.param(
            f"7,{OPENED},9999-12-31T23:59-14:00,4,New", "at 9999-12-31T23:59:00", id="end of time"
        ),
    ],
)
def test_a_bad_row_is_left_out_and_the_others_are_done(row: str, reason: str) -> None:
    """With its line, before and behind it the rest of its ticket."""
    rows = [f"7,{OPENED},{OPENED},4,{number}" for number in range(1000)]
    rows[499] = row
    log = log_of(*rows)
    ((line, found),) = log.problems
    assert line == 501
    assert found.startswith(reason)
    (ticket,) = log
    assert [update.state for update in ticket.updates] == [
        str(number) for number in range(1000) if number != 499
    ]
    assert (log.rows, log.latest) == (1000, at(OPENED))


def test_a_bad_row_says_nothing_of_its_ticket() -> None:
    """Not even when it was opened: the first good row does."""
    log = log_of(f"7,2026-04-02T15:11Z,{OPENED},4,New", f"7,{OPENED},{OPENED},4,New")
    assert [problem.line for problem in log.problems] == [2]
    assert [ticket.line for ticket in log] == [3]


def test_one_opening_may_be_written_in_many_ways() -> None:
    """The instant counts."""
    assert not log_of(f"7,{OPENED},{OPENED},4,New", f"7,2026-04-02T13:10Z,{OPENED},4,New").problems


def test_the_first_and_the_last_covered_microsecond_are_read() -> None:
    """The covered years are those of the calendar, on its own clock."""
    first, last = "1991-01-01T00:00+01:00", "2100-12-31T23:59:59.999999+01:00"
    assert not log_of(f"7,{first},{last},4,New").problems
    log = log_of(
        f"7,{first},{last},4,New",
        f"8,1990-12-31T23:59:59.999999+01:00,{last},4,New",
        f"9,{first},2101-01-01T00:00+01:00,4,New",
    )
    assert [problem.line for problem in log.problems] == [3, 4]
    always = BusinessCalendar(zone="UTC", hours={"mon": [["00:00", "24:00"]]}, holidays=None)
    terms = TERMS._replace(calendar=always)
    assert not log_of("8,1900-01-01T00:00Z,2199-12-31T23:59Z,4,New", terms=terms).problems


def test_columns_and_levels_are_called_as_it_is_said() -> None:
    """Messages call them so too."""
    terms = TERMS._replace(columns=LogColumns("number", "opened", "updated", "prio", "status"))
    text = f"number,opened,updated,prio,status\n7,{OPENED},{OPENED},P1,New\n7,{OPENED},2020-01-01T00:00Z,P1,New\n"
    log = read_csv(io.StringIO(text), terms, ",")
    (ticket,) = log
    assert ticket.updates == [Update(at(OPENED), EscalationLevel.CRITICAL, "New")]
    assert log.problems[0].reason.startswith("updated 2020-01-01T00:00:00+00:00 is before ticket")


def test_objects_are_read_alike() -> None:
    """Numbers may name tickets, levels and states; whatever else stands there is a bad row."""
    good = {"ticket": 7, "opened_at": OPENED, "at": OPENED, "level": 4, "state": 1}
    bad = [
        good | {"ticket": True},
        good | {"state": None},
        good | {"opened_at": [OPENED]},
        good | {"at": 1775135400},
        good | {"level": {}},
        {"ticket": 7},
        [],
    ]
    log = read_ndjson(map(json.dumps, [*bad, good]), TERMS)
    assert [problem.line for problem in log.problems] == [1, 2, 3, 4, 5, 6, 7]
    assert log.problems[5] == Problem(6, "opened_at is missing")
    (ticket,) = log
    assert (ticket.name, ticket.line) == ("7", 8)
    assert ticket.updates == [Update(at(OPENED), LOW, "1")]


def test_a_log_without_a_good_row_is_none() -> None:
    """Empty, or bad throughout: then the first bad row is named."""
    with pytest.raises(DocumentError, match=r"^the log holds no row$"):
        log_of()
    with pytest.raises(DocumentError, match=r"^the log holds no row$"):
        read_ndjson(["\n"], TERMS)
    with pytest.raises(
        DocumentError, match=r"^none of the 2 rows can be read; the first, line 2: ticket: '' is no"
    ):
        log_of(f",{OPENED},{OPENED},4,New", "7")


@pytest.mark.parametrize(
    ("field", "option"),
    [
        ("ticket", "--ticket-column"),
        ("opened_at", "--opened-column"),
        ("at", "--at-column"),
        ("level", "--level-column"),
        ("state", "--state-column"),
    ],
)
def test_a_log_needs_its_columns(field: str, option: str) -> None:
    """The message names the option that would help."""
    header = (
        HEADER.replace(field, f"{field}x", 1) if field != "at" else HEADER.replace(",at,", ",atx,")
    )
    with pytest.raises(DocumentError, match=f"no column '{field}'; .* with {option}, and say"):
        read_csv(io.StringIO(header), TERMS, ",")


def test_no_column_is_read_for_two_things() -> None:
    """In either form."""
    terms = TERMS._replace(columns=LogColumns(at="opened_at"))
    with pytest.raises(DocumentError, match="must be distinct"):
        read_csv([HEADER], terms, ",")
    with pytest.raises(DocumentError, match="must be distinct"):
        read_ndjson([], terms)
