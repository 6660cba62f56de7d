"""Where a ticket stands: every field, at every edge and a microsecond beside it.

All tickets are of one week, from Friday 7 March 2025 on, in UTC+2; the desk is open from 09:00 to
12:30 and from 13:00 to 18:00. A critical ticket of Friday 17:00 has used 1 h by the closing, is at
risk, by three quarters of 4 h, from Monday 11:00 on, and due at 12:00.
"""

import datetime as dt
import json
import pickle
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from desks import DESK, TERMS
from netcor_sla import Agreement, BusinessCalendar, EscalationLevel, ResponseClock, State, Status
from netcor_sla._tickets.status import NextChange
from netcor_sla.errors import ArgumentError

CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel
RUNNING, AT_RISK, PAUSED, BREACHED, MET, MISSED = State
BERLIN: Final = ZoneInfo("Europe/Berlin")
DAYS: Final = {"Fri": 7, "Sat": 8, "Sun": 9, "Mon": 10, "Tue": 11, "Wed": 12, "Thu": 13}
SAME_TIME: Final = TERMS.replace(day_rule="same time")
US: Final = timedelta.resolution
H: Final = timedelta(hours=1)
NONE: Final = timedelta()
CLOSED: Final[dict[str, Any]] = {"desk_open": False}


def at(text: str) -> datetime:
    """Read an instant of that week, as `Mon 11:00`."""
    day, time = text.split()
    return datetime.fromisoformat(f"2025-03-{DAYS[day]:02}T{time}").replace(tzinfo=DESK.tzinfo)


def opened(text: str, level: EscalationLevel = CRITICAL, terms: Agreement = TERMS) -> ResponseClock:
    """Open a ticket."""
    return terms.clock(at(text), level)


def paused(clock: ResponseClock, start: str, end: str | None = None) -> ResponseClock:
    """Pause it."""
    return clock.pause(at(start), None if end is None else at(end))


class Seen(NamedTuple):
    """What is expected of a ticket at an instant."""

    now: str
    state: State
    due: str | None
    elapsed: timedelta
    remaining: timedelta
    to_come: tuple[str, State] | None = None
    others: dict[str, Any] = {}  # noqa: RUF012 - a tuple's default, never changed

    def status(self, whole: timedelta) -> Status:
        """Write it as a status; of all that is not said, the usual."""
        usual = {
            "paused": self.state is PAUSED,
            "desk_open": True,
            "overdue": NONE,
            "used": self.elapsed / self.others.get("whole", whole),
        }
        return Status(
            now=at(self.now),
            state=self.state,
            late=self.state in (BREACHED, MISSED),
            due=None if self.due is None else at(self.due),
            elapsed=self.elapsed,
            remaining=self.remaining,
            next_change=self.to_come and NextChange(at(self.to_come[0]), self.to_come[1]),
            **usual | {key: self.others[key] for key in self.others.keys() & usual.keys()},
        )


def agree(clock: ResponseClock, whole: timedelta, *seen: Seen) -> None:
    """Hold a ticket to what is expected of it."""
    for each in seen:
        found = clock.status(at(each.now))
        facts: dict[str, Any] = {"paused_since": found.paused_since, "responded_at": found.responded_at}
        assert found == replace(each.status(whole), **facts)
        assert [since is None for since in facts.values()] == [
            not found.paused,
            found.state not in (MET, MISSED),
        ]


FRIDAY: Final = opened("Fri 17:00")
RISK: Final = ("Mon 11:00", AT_RISK)
BREACH: Final = ("Mon 12:00:00.000001", BREACHED)


def test_a_ticket_to_which_nothing_happens() -> None:
    """From opening to closing, over the weekend, at risk, due, and late into the night."""
    due = "Mon 12:00"
    agree(
        FRIDAY,
        4 * H,
        Seen("Fri 17:00", RUNNING, due, NONE, 4 * H, RISK),
        Seen("Fri 17:00:00.000001", RUNNING, due, US, 4 * H - US, RISK),
        Seen("Fri 17:59:59.999999", RUNNING, due, H - US, 3 * H + US, RISK),
        Seen("Fri 18:00", RUNNING, due, H, 3 * H, RISK, CLOSED),
        Seen("Sun 13:00", RUNNING, due, H, 3 * H, RISK, CLOSED),
        Seen("Mon 08:59:59.999999", RUNNING, due, H, 3 * H, RISK, CLOSED),
        Seen("Mon 09:00", RUNNING, due, H, 3 * H, RISK),
        Seen("Mon 10:59:59.999999", RUNNING, due, 3 * H - US, H + US, RISK),
        Seen("Mon 11:00", AT_RISK, due, 3 * H, H, BREACH),
        Seen("Mon 11:00:00.000001", AT_RISK, due, 3 * H + US, H - US, BREACH),
        Seen("Mon 11:59:59.999999", AT_RISK, due, 4 * H - US, US, BREACH),
        Seen("Mon 12:00", AT_RISK, due, 4 * H, NONE, BREACH),
        Seen("Mon 12:00:00.000001", BREACHED, due, 4 * H + US, NONE, None, {"overdue": US}),
        Seen("Mon 18:00", BREACHED, due, 9.5 * H, NONE, None, CLOSED | {"overdue": 5.5 * H}),
        Seen("Mon 21:00", BREACHED, due, 9.5 * H, NONE, None, CLOSED | {"overdue": 5.5 * H}),
    )


def test_a_deadline_at_the_closing() -> None:
    """Breached right after it, though no business time passes until Monday."""
    breach = ("Fri 18:00:00.000001", BREACHED)
    agree(
        opened("Fri 14:00"),
        4 * H,
        Seen("Fri 17:00", AT_RISK, "Fri 18:00", 3 * H, H, breach),
        Seen("Fri 18:00", AT_RISK, "Fri 18:00", 4 * H, NONE, breach, CLOSED),
        Seen("Fri 18:00:00.000001", BREACHED, "Fri 18:00", 4 * H, NONE, None, CLOSED),
        Seen("Fri 20:00", BREACHED, "Fri 18:00", 4 * H, NONE, None, CLOSED),
        Seen("Mon 09:00", BREACHED, "Fri 18:00", 4 * H, NONE),
        Seen("Mon 09:00:00.000001", BREACHED, "Fri 18:00", 4 * H + US, NONE, None, {"overdue": US}),
    )


# Pauses.


def test_a_pause_in_business_hours() -> None:
    """Monday 09:30 to 10:45, after 1 h 30 min: all that is to come comes 1 h 15 min later."""
    later, breach = ("Mon 12:15", AT_RISK), ("Mon 13:45:00.000001", BREACHED)
    agree(
        paused(FRIDAY, "Mon 09:30", "Mon 10:45"),
        4 * H,
        Seen("Mon 09:29:59.999999", RUNNING, "Mon 12:00", 1.5 * H - US, 2.5 * H + US, RISK),
        Seen("Mon 09:30", PAUSED, None, 1.5 * H, 2.5 * H),
        Seen("Mon 09:30:00.000001", PAUSED, None, 1.5 * H, 2.5 * H),
        Seen("Mon 10:44:59.999999", PAUSED, None, 1.5 * H, 2.5 * H),
        Seen("Mon 10:45", RUNNING, "Mon 13:45", 1.5 * H, 2.5 * H, later),
        Seen("Mon 12:14:59.999999", RUNNING, "Mon 13:45", 3 * H - US, H + US, later),
        Seen("Mon 12:15", AT_RISK, "Mon 13:45", 3 * H, H, breach),
        Seen("Mon 13:45", AT_RISK, "Mon 13:45", 4 * H, NONE, breach),
        Seen("Mon 13:45:00.000001", BREACHED, "Mon 13:45", 4 * H + US, NONE, None, {"overdue": US}),
    )


def test_a_pause_over_the_weekend() -> None:
    """It covers no business time; but while it lasts, nobody knows that."""
    agree(
        paused(FRIDAY, "Fri 18:00", "Mon 09:00"),
        4 * H,
        Seen("Fri 17:59:59.999999", RUNNING, "Mon 12:00", H - US, 3 * H + US, RISK),
        Seen("Fri 18:00", PAUSED, None, H, 3 * H, None, CLOSED),
        Seen("Sun 13:00", PAUSED, None, H, 3 * H, None, CLOSED),
        Seen("Mon 08:59:59.999999", PAUSED, None, H, 3 * H, None, CLOSED),
        Seen("Mon 09:00", RUNNING, "Mon 12:00", H, 3 * H, RISK),
    )


def test_a_pause_that_begins_a_microsecond_before_the_deadline() -> None:
    """That microsecond is left, for as long as it lasts: until Tuesday night and on."""
    agree(
        paused(FRIDAY, "Mon 11:59:59.999999"),
        4 * H,
        Seen("Mon 11:59:59.999999", PAUSED, None, 4 * H - US, US),
        Seen("Mon 12:00", PAUSED, None, 4 * H - US, US),
        Seen("Mon 12:00:00.000001", PAUSED, None, 4 * H - US, US),
        Seen("Mon 18:00", PAUSED, None, 4 * H - US, US, None, CLOSED),
        Seen("Tue 21:00", PAUSED, None, 4 * H - US, US, None, CLOSED),
    )


def test_a_pause_that_begins_with_the_deadline() -> None:
    """It changes nothing about it: breached a microsecond later, and paused besides.

    As it stands still from then on, nothing more elapses, and it is overdue by nothing.
    """
    waits = {"paused": True}
    agree(
        paused(FRIDAY, "Mon 12:00"),
        4 * H,
        Seen("Mon 11:59:59.999999", AT_RISK, "Mon 12:00", 4 * H - US, US, BREACH),
        Seen("Mon 12:00", AT_RISK, "Mon 12:00", 4 * H, NONE, BREACH, waits),
        Seen("Mon 12:00:00.000001", BREACHED, "Mon 12:00", 4 * H, NONE, None, waits),
        Seen("Mon 17:00", BREACHED, "Mon 12:00", 4 * H, NONE, None, waits),
    )


def test_a_pause_of_a_late_ticket() -> None:
    """Monday 13:00 to 14:30: it is not counted as overdue, and hides nothing."""
    due, half = "Mon 12:00", 0.5 * H
    waits = {"paused": True, "overdue": half}
    agree(
        paused(FRIDAY, "Mon 13:00", "Mon 14:30"),
        4 * H,
        Seen(*("Mon 12:29:59.999999", BREACHED, due, 4.5 * H - US, NONE, None), {"overdue": half - US}),
        Seen("Mon 13:00", BREACHED, due, 4.5 * H, NONE, None, waits),
        Seen("Mon 14:29:59.999999", BREACHED, due, 4.5 * H, NONE, None, waits),
        Seen("Mon 14:30", BREACHED, due, 4.5 * H, NONE, None, {"overdue": half}),
        Seen("Mon 15:30", BREACHED, due, 5.5 * H, NONE, None, {"overdue": 1.5 * H}),
    )


# Levels.


def test_a_level_that_is_raised() -> None:
    """From low, due on Thursday at 17:00 after 34 h, to critical, due half an hour ago.

    At 25 h 30 min it would have been at risk: 1 h on Friday, 17 h by Tuesday, 7 h 30 min more.
    """
    agree(
        opened("Fri 17:00", LOW).change_level(at("Mon 13:00"), CRITICAL),
        34 * H,
        Seen(
            *("Mon 12:29:59.999999", RUNNING, "Thu 17:00", 4.5 * H - US, 29.5 * H + US),
            ("Wed 17:00", AT_RISK),
        ),
        Seen(
            *("Mon 13:00", BREACHED, "Mon 12:00", 4.5 * H, NONE, None), {"overdue": 0.5 * H, "whole": 4 * H}
        ),
    )


def test_a_level_that_is_lowered_after_a_breach() -> None:
    """From critical to medium, due on Tuesday at 17:00 after 17 h: it runs again.

    At risk after 12 h 45 min: 1 h on Friday, 8 h 30 min on Monday, 3 h 15 min on Tuesday.
    """
    agree(
        FRIDAY.change_level(at("Mon 14:00"), MEDIUM),
        17 * H,
        Seen(
            *("Mon 13:59:59.999999", BREACHED, "Mon 12:00", 5.5 * H - US, NONE, None),
            {"overdue": 1.5 * H - US, "whole": 4 * H},
        ),
        Seen("Mon 14:00", RUNNING, "Tue 17:00", 5.5 * H, 11.5 * H, ("Tue 12:15", AT_RISK)),
    )


# Responses.


@pytest.mark.parametrize(
    ("response", "state", "elapsed", "remaining", "overdue"),
    [
        ("Fri 17:00", MET, NONE, 4 * H, NONE),
        ("Sun 13:00", MET, H, 3 * H, NONE),
        ("Mon 11:30", MET, 3.5 * H, 0.5 * H, NONE),
        ("Mon 12:00", MET, 4 * H, NONE, NONE),
        ("Mon 12:00:00.000001", MISSED, 4 * H + US, NONE, US),
        ("Mon 21:00", MISSED, 9.5 * H, NONE, 5.5 * H),
    ],
)
def test_a_response_ends_all(
    response: str, state: State, elapsed: timedelta, remaining: timedelta, overdue: timedelta
) -> None:
    """The deadline itself is on time; and from then on everything stays but the time of day."""
    overdue_by = {"overdue": overdue}
    agree(
        FRIDAY.respond(at(response)),
        4 * H,
        Seen("Tue 11:30", state, "Mon 12:00", elapsed, remaining, None, overdue_by),
        Seen("Tue 21:00", state, "Mon 12:00", elapsed, remaining, None, overdue_by | CLOSED),
    )
    seen = FRIDAY.respond(at(response)).status(at(response))
    assert (seen.state, seen.elapsed, seen.remaining) == (state, elapsed, remaining)
    assert (seen.overdue, seen.next_change) == (overdue, None)


def test_instants_decide_and_no_amount_of_time() -> None:
    """An answer at 20:00 to a deadline at 18:00 has used no more than 4 h, and is late."""
    agree(
        opened("Fri 14:00").respond(at("Fri 20:00")),
        4 * H,
        Seen("Fri 19:00", BREACHED, "Fri 18:00", 4 * H, NONE, None, CLOSED),
        Seen("Fri 20:00", MISSED, "Fri 18:00", 4 * H, NONE, None, CLOSED),
        Seen("Tue 11:30", MISSED, "Fri 18:00", 4 * H, NONE),
    )


@pytest.mark.parametrize("end", [None, "Mon 16:00"])
def test_a_response_in_a_pause_ends_it(end: str | None) -> None:
    """From Monday 09:30 to the answer at 10:30 it stood still; what comes later is nothing."""
    agree(
        paused(FRIDAY, "Mon 09:30", end).respond(at("Mon 10:30")),
        4 * H,
        Seen("Mon 10:29:59.999999", PAUSED, None, 1.5 * H, 2.5 * H),
        Seen("Mon 10:30", MET, "Mon 13:30", 1.5 * H, 2.5 * H),
        Seen("Mon 15:00", MET, "Mon 13:30", 1.5 * H, 2.5 * H),
        Seen("Tue 21:00", MET, "Mon 13:30", 1.5 * H, 2.5 * H, None, CLOSED),
    )


def test_what_comes_after_a_response_changes_nothing() -> None:
    """Neither pauses nor levels; those up to it count, one of the same instant among them."""
    answered = FRIDAY.respond(at("Mon 11:30"))
    later = paused(paused(answered, "Mon 11:30", "Mon 14:00"), "Mon 16:00")
    later = later.change_level(at("Mon 11:30:00.000001"), LOW).respond(at("Mon 17:00"))
    seen = Seen("Tue 11:30", MET, "Mon 12:00", 3.5 * H, 0.5 * H)
    agree(later, 4 * H, seen)
    changed = answered.change_level(at("Mon 11:30"), HIGH)
    agree(changed, 8 * H, seen._replace(due="Mon 16:30", remaining=4.5 * H))


# Days by date.


def test_a_deadline_at_an_opening() -> None:
    """Two days by date from Monday 09:00 on: due on Wednesday at 09:00, when 17 h are long used.

    It is at risk after 12 h 45 min, on Tuesday at 13:45.
    """
    breach = ("Wed 09:00:00.000001", BREACHED)
    ticket = opened("Sat 13:00", MEDIUM, SAME_TIME)
    agree(
        ticket,
        17 * H,
        Seen("Sat 13:00", RUNNING, "Wed 09:00", NONE, 17 * H, ("Tue 13:45", AT_RISK), CLOSED),
        Seen("Tue 13:45", AT_RISK, "Wed 09:00", 12.75 * H, 4.25 * H, breach),
        Seen("Tue 18:00", AT_RISK, "Wed 09:00", 17 * H, NONE, breach, CLOSED),
        Seen("Wed 08:59:59.999999", AT_RISK, "Wed 09:00", 17 * H, NONE, breach, CLOSED),
        Seen("Wed 09:00", AT_RISK, "Wed 09:00", 17 * H, NONE, breach),
        Seen(*("Wed 09:00:00.000001", BREACHED, "Wed 09:00", 17 * H + US, NONE, None), {"overdue": US}),
    )
    whole = opened("Sat 13:00", MEDIUM, SAME_TIME.replace(at_risk=1)).status(at("Sat 13:00"))
    assert whole.next_change == NextChange(at("Tue 18:00"), AT_RISK)


def test_a_pause_of_a_whole_day_moves_a_deadline_from_opening_to_opening() -> None:
    """Monday, all day: due on Thursday at 09:00, and a response on Wednesday night is on time."""
    ticket = paused(opened("Sat 13:00", MEDIUM, SAME_TIME), "Mon 09:00", "Mon 18:00")
    agree(
        ticket,
        17 * H,
        Seen("Mon 17:59:59.999999", PAUSED, None, NONE, 17 * H),
        Seen("Mon 18:00", RUNNING, "Thu 09:00", NONE, 17 * H, ("Wed 13:45", AT_RISK), CLOSED),
        Seen(
            *("Wed 21:00", AT_RISK, "Thu 09:00", 17 * H, NONE), *(("Thu 09:00:00.000001", BREACHED), CLOSED)
        ),
    )
    agree(ticket.respond(at("Wed 21:00")), 17 * H, Seen("Thu 09:30", MET, "Thu 09:00", 17 * H, NONE))


def test_up_to_the_end_of_a_day_there_may_be_more_time_than_the_target() -> None:
    """From Friday 17:00 to Tuesday 18:00 there are 18 h; three quarters of them are 13 h 30 min."""
    breach = ("Tue 18:00:00.000001", BREACHED)
    agree(
        opened("Fri 17:00", MEDIUM, TERMS.replace(day_rule="end of day")),
        18 * H,
        Seen("Fri 17:00", RUNNING, "Tue 18:00", NONE, 18 * H, ("Tue 13:30", AT_RISK)),
        Seen("Tue 13:29:59.999999", RUNNING, "Tue 18:00", 13.5 * H - US, 4.5 * H + US)._replace(
            to_come=("Tue 13:30", AT_RISK)
        ),
        Seen("Tue 13:30", AT_RISK, "Tue 18:00", 13.5 * H, 4.5 * H, breach),
    )


# At risk.


@pytest.mark.parametrize(
    ("share", "begins"),
    [
        (0.75, "Mon 11:00"),
        (0.1, "Fri 17:24"),  # a tenth exactly, though no float is one
        (0.7, "Mon 10:48"),
        (0.017, "Fri 17:04:04.800000"),  # a product of floats would come a microsecond later
        (0.25, "Fri 18:00"),  # at the closing, and not at the opening after it
        (1, "Mon 12:00"),  # with the deadline
        (1e-9, "Fri 17:00:00.000015"),  # 14.4 microseconds
        (5e-324, "Fri 17:00:00.000001"),
        (0.1 + 0.2, "Mon 09:12:00.000001"),  # 0.30000000000000004: more than 1 h 12 min
        (1 / 3, "Mon 09:20"),  # 0.3333333333333333: less than 1 h 20 min, by a half microsecond
    ],
)
def test_the_share_is_taken_exactly(share: float, begins: str) -> None:
    """At risk begins with the first microsecond by which the share of 4 h has elapsed."""
    clock, now = opened("Fri 17:00", terms=TERMS.replace(at_risk=share)), at(begins)
    for before in (at("Fri 17:00"), now - US):
        seen = clock.status(before)
        assert (seen.state, seen.next_change) == (RUNNING, NextChange(now, AT_RISK))
    for after in (now, at("Mon 12:00")):
        seen = clock.status(after)
        assert (seen.state, seen.next_change) == (AT_RISK, NextChange(at(BREACH[0]), BREACHED))


def test_pauses_are_counted_where_they_lie_in_the_stretch() -> None:
    """One that is over before the deadline takes nothing from what is overdue."""
    agree(
        paused(paused(FRIDAY, "Mon 09:30", "Mon 10:00"), "Mon 13:30", "Mon 14:00"),
        4 * H,
        Seen("Mon 16:00", BREACHED, "Mon 12:30", 6.5 * H, NONE, None, {"overdue": 2.5 * H}),
    )


# Status, in words.


@pytest.mark.parametrize(
    ("clock", "now", "de", "en"),
    [
        (FRIDAY, "Fri 17:00", "Frist läuft: noch 4 h (fällig am Montag, 10. März, um 12:00 Uhr UTC+2)", None),
        (FRIDAY, "Sun 13:00", "Frist läuft: noch 3 h (fällig morgen um 12:00 Uhr UTC+2)", None),
        (
            *(
                FRIDAY,
                "Mon 09:45:00.000001",
                "Frist läuft: noch 2 h 14 min (fällig heute um 12:00 Uhr UTC+2)",
            ),
            "Running: 2 h 14 min left (due today at 12:00 UTC+2)",
        ),
        (
            *(FRIDAY, "Mon 11:30", "Frist gefährdet: noch 30 min (fällig heute um 12:00 Uhr UTC+2)"),
            "At risk: 30 min left (due today at 12:00 UTC+2)",
        ),
        (
            *(paused(FRIDAY, "Mon 09:30"), "Thu 09:30"),
            "Frist ruht seit Montag, 10. März, 09:30 Uhr UTC+2; danach noch 2 h 30 min",
            "Paused since Monday 10 March at 09:30 UTC+2; 2 h 30 min left after that",
        ),
        (
            *(opened("Fri 14:00"), "Fri 20:00", "Frist überschritten (seit heute, 18:00 Uhr UTC+2)"),
            "Overdue (since today at 18:00 UTC+2)",
        ),
        (
            *(paused(FRIDAY, "Mon 13:15"), "Tue 09:30"),
            "Frist überschritten um 45 min Geschäftszeit (seit gestern, 12:00 Uhr UTC+2)",
            "Overdue by 45 min of business time (since yesterday at 12:00 UTC+2)",
        ),
        (
            *(FRIDAY.respond(at("Mon 11:30")), "Mon 11:30"),
            "Frist eingehalten: Reaktion heute um 11:30 Uhr UTC+2 (fällig heute um 12:00 Uhr UTC+2)",
            "Met: response today at 11:30 UTC+2 (due today at 12:00 UTC+2)",
        ),
        (
            *(FRIDAY.respond(at("Mon 14:00")), "Mon 15:00"),
            "Verspätet um 1 h 30 min Geschäftszeit: Reaktion heute um 14:00 Uhr UTC+2 (fällig heute um 12:00 Uhr UTC+2)",
            "Late by 1 h 30 min of business time: response today at 14:00 UTC+2 (due today at 12:00 UTC+2)",
        ),
        (
            *(opened("Fri 14:00").respond(at("Fri 20:00")), "Fri 20:00"),
            "Verspätet: Reaktion heute um 20:00 Uhr UTC+2 (fällig heute um 18:00 Uhr UTC+2)",
            "Late: response today at 20:00 UTC+2 (due today at 18:00 UTC+2)",
        ),
    ],
)
def test_a_status_is_one_line_for_a_panel(clock: ResponseClock, now: str, de: str, en: str | None) -> None:
    """What is left or over in business time, cut to minutes; when, as seen from then."""
    status = clock.status(at(now))
    assert (status.text(), status.text("en")) == (de, en or status.text("en"))
    assert status.state.title() in de.lower()
    assert status.state.title("en") in status.text("en").lower()
    assert f"<b>{de} ({status.state.title('en')})</b>" in status._repr_html_()
    assert ("overdue" in status._repr_html_()) == status.late


def test_a_status_of_another_year_names_it() -> None:
    """And its times are on the clock of the opening."""
    clock = TERMS.clock(datetime(2025, 12, 30, 11, tzinfo=BERLIN), LOW)
    text = clock.status(datetime(2025, 12, 31, 12, tzinfo=BERLIN)).text()
    assert text.endswith(" (fällig am Montag, 5. Januar 2026, um 11:00 Uhr)")


@pytest.mark.parametrize(
    ("opened_at", "now", "zone", "said"),
    [
        ("2026-07-13T23:30Z", "2026-07-13T23:45Z", None, "morgen um 11:30 Uhr UTC"),
        ("2026-07-13T23:30Z", "2026-07-13T23:45Z", "Europe/Berlin", "heute um 13:30 Uhr"),
        ("2026-07-13T23:30Z", "2026-07-13T23:45Z", timezone(2 * H), "heute um 13:30 Uhr UTC+2"),
        ("2026-07-13T23:30Z", "2026-07-14T03:30Z", "America/New_York", "morgen um 07:30 Uhr"),
        ("2026-07-13T23:30Z", "2026-07-14T04:15Z", "-04:00", "heute um 07:30 Uhr UTC\N{MINUS SIGN}4"),
        ("2026-10-24T12:00Z", "2026-10-24T12:00Z", "Europe/Berlin", "Montag, 26. Oktober, um 12:30 Uhr MEZ"),
        ("2026-10-24T12:00Z", "2026-10-25T12:00Z", "Europe/Berlin", "morgen um 12:30 Uhr"),
        ("2026-10-31T12:00Z", "2026-10-31T12:00Z", "America/New_York", "um 06:30 Uhr UTC\N{MINUS SIGN}5"),
    ],
)
def test_a_status_is_said_on_the_clock_of_the_reader(
    opened_at: str, now: str, zone: str | timezone | None, said: str
) -> None:
    """A ticket of a database is in UTC; a clock that the reader might not guess is named."""
    status = TERMS.clock(datetime.fromisoformat(opened_at), CRITICAL).status(datetime.fromisoformat(now))
    text = status.text(zone=zone)
    assert text.endswith(f"{said})"), text


def test_a_response_in_the_minute_of_the_deadline_is_said_by_its_seconds() -> None:
    """Amounts under a minute are no zero, and what is late does not look as if it were on time."""
    due = at("Mon 12:00")
    nearly, over = (FRIDAY.status(due + step * timedelta(seconds=30)) for step in (-1, 1))
    assert nearly.text().startswith("Frist gefährdet: noch weniger als 1 min (fällig heute um 12:00 Uhr")
    assert nearly.text("en").startswith("At risk: less than 1 min left (due today at 12:00")
    assert over.text("en").startswith("Overdue by less than 1 min of business time (since today at 12:00")
    stopped = FRIDAY.pause(due - timedelta(seconds=90)).status(due).text("en")
    assert stopped == "Paused since today at 11:58 UTC+2; 1 min left after that"
    late = FRIDAY.respond(due + timedelta(seconds=5.5)).status(due + H).text(zone="Europe/Berlin")
    said = "Reaktion heute um 11:00:05,5 Uhr (fällig heute um 11:00 Uhr)"
    assert late == f"Verspätet um weniger als 1 min Geschäftszeit: {said}"


def test_states_and_languages_have_these_names() -> None:
    """The words of a reader, one for each; another language is refused."""
    german = ["läuft", "gefährdet", "ruht", "überschritten", "eingehalten", "verspätet"]
    assert [state.title() for state in State] == german
    english = ["running", "at risk", "paused", "overdue", "met", "late"]
    assert [state.title("en") for state in State] == english
    other: Any = "fr"
    for ask in (MET.title, FRIDAY.status(at("Mon 09:30")).text):
        with pytest.raises(ArgumentError, match="language 'fr' is unknown"):
            ask(other)


# Status, the value.

FIELDS: Final[dict[str, Any]] = {
    "now": at("Mon 09:30"),
    "state": RUNNING,
    "late": False,
    "paused": False,
    "desk_open": True,
    "due": at("Mon 12:00"),
    "elapsed": 1.5 * H,
    "remaining": 2.5 * H,
    "overdue": NONE,
    "used": 0.375,
    "next_change": NextChange(at("Mon 11:00"), AT_RISK),
    "paused_since": None,
    "responded_at": None,
}
OTHERS: Final[dict[str, Any]] = {
    "now": at("Mon 09:30:00.000001"),
    "state": MET,
    "late": True,
    "paused": True,
    "desk_open": False,
    "due": None,
    "elapsed": 1.5 * H + US,
    "remaining": 2.5 * H - US,
    "overdue": US,
    "used": 0.37500000000000006,
    "next_change": None,
    "paused_since": at("Mon 09:10"),
    "responded_at": at("Mon 09:20"),
}
SEEN: Final = Status(**FIELDS)


def test_a_status_is_written_with_all_its_fields() -> None:
    """Ready for JSON: instants in their zone, amounts in whole microseconds."""
    assert FRIDAY.status(at("Mon 09:30")) == SEEN
    assert SEEN.to_dict() == {
        "now": "2025-03-10T09:30:00+02:00",
        "zone": None,
        "state": "running",
        "late": False,
        "paused": False,
        "desk_open": True,
        "due": "2025-03-10T12:00:00+02:00",
        "elapsed_microseconds": 5_400_000_000,
        "remaining_microseconds": 9_000_000_000,
        "overdue_microseconds": 0,
        "used": 0.375,
        "next_change": {"instant": "2025-03-10T11:00:00+02:00", "state": "at risk"},
        "paused_since": None,
        "responded_at": None,
    }
    assert json.loads(json.dumps(SEEN.to_dict())) == SEEN.to_dict()
    bare = Status(**OTHERS).to_dict()
    assert (bare["due"], bare["next_change"], bare["state"]) == (None, None, "met")
    amounts = [bare[f"{name}_microseconds"] for name in ("elapsed", "remaining", "overdue")]
    assert amounts == [5_400_000_001, 8_999_999_999, 1]


def test_statuses_that_differ_in_any_field_differ() -> None:
    """In equality, hash and fingerprint; those of the same fields are alike in all."""
    variants = [SEEN, *(Status(**FIELDS | {name: OTHERS[name]}) for name in FIELDS)]
    assert len(set(variants)) == len({each.fingerprint for each in variants}) == len(variants) == 14
    again = Status(**FIELDS)
    assert (again, hash(again), repr(again)) == (SEEN, hash(SEEN), repr(SEEN))
    assert again.fingerprint == SEEN.fingerprint
    names = {"datetime": dt, "Status": Status, "State": State, "NextChange": NextChange}
    assert eval(repr(SEEN), names) == SEEN  # noqa: S307 - our own code
    late = repr(Status(**OTHERS | {"elapsed": 34 * H + US, "remaining": 90 * H / 60}))
    assert "elapsed=datetime.timedelta(hours=34, microseconds=1), remaining=dat" in late
    assert "remaining=datetime.timedelta(hours=1, minutes=30), overdue=" in late
    assert SEEN.to_dict() != SEEN


def test_a_repeated_time_is_two_instants() -> None:
    """02:30 in summer time and in winter time look alike to Python, and are two questions."""
    always = BusinessCalendar(zone="Europe/Berlin", hours={"mon-sun": [("00:00", "24:00")]}, holidays=None)
    clock = TERMS.replace(calendar=always).clock(datetime(2025, 10, 26, 1, 30, tzinfo=BERLIN), CRITICAL)
    twice = [datetime(2025, 10, 26, 2, 30, fold=fold, tzinfo=BERLIN) for fold in (0, 1)]
    first, second = map(clock.status, twice)
    assert (first.elapsed, second.elapsed) == (H, 2 * H)
    assert (first.now.fold, second.now.fold) == (0, 1)
    assert first.fingerprint != second.fingerprint
    assert pickle.loads(pickle.dumps(second)).now.fold == 1  # noqa: S301 - our own pickle
    late = TERMS.replace(calendar=always).clock(twice[0] - 4 * H, CRITICAL).status(twice[1])
    assert late.text().endswith("um 1 h Geschäftszeit (seit heute, 02:30 Uhr MESZ)")
    assert late.text("en", zone="-03:00").endswith("since today at 21:30 UTC\N{MINUS SIGN}3)")
