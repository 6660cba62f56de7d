"""The simulator itself, held against tickets that were worked out by hand."""

from typing import Any, Final

import pytest

from .oracle import MINUTE, ZERO, TooFarError
from .ticket_simulator import ImpossibleError, Ticket

HOUR: Final = 60
DAY: Final = 24 * HOUR
MONDAY: Final = 20150 * DAY  # 2025-03-03, in minutes from 1970


def ticket(opened: str = "08:30", level: str = "critical", rule: str = "elapsed") -> Ticket:
    """Open a ticket on Monday, 3 March 2025, in a zone without an offset to keep things plain."""
    form: dict[str, Any] = {
        "calendar": {
            "zone": "UTC",
            "hours": {"mon-fri": [["08:30", "17:00"]]},
            "holidays": None,
            "business_day": "08:30",
        },
        "targets": {
            "critical": {"hours": 4},
            "high": {"hours": 8},
            "medium": {"days": 1},
            "low": {"days": 2},
        },
        "day_rule": rule,
        "at_risk": 0.75,
    }
    return Ticket(form, (MONDAY + minute(opened)) * MINUTE, level)


def minute(text: str) -> int:
    """Read a time of day, with the number of days after Monday before it where it is another."""
    days, _, clock = text.rpartition(" ")
    return int(days or 0) * DAY + int(clock[:2]) * HOUR + int(clock[3:])


def shown(instant: int | None) -> str | None:
    """Write an instant as the tests do."""
    if instant is None:
        return None
    days, rest = divmod(instant // MINUTE - MONDAY, DAY)
    clock = f"{rest // HOUR:02}:{rest % HOUR:02}"
    return f"{days} {clock}" if days else clock


def at(text: str, opened: str = "08:30") -> int:
    """Count minutes from the opening."""
    return minute(text) - minute(opened)


def test_monday_is_the_monday_that_is_meant() -> None:
    """The tests count from Monday, 3 March 2025."""
    assert (ZERO.fromordinal(ZERO.toordinal() + MONDAY // DAY)).date().isoformat() == "2025-03-03"


@pytest.mark.parametrize(
    ("now", "state", "elapsed", "remaining", "overdue", "change"),
    [
        ("08:30", "running", 0, 240, 0, ("11:30", "at risk")),
        ("11:29", "running", 179, 61, 0, ("11:30", "at risk")),
        ("11:30", "at risk", 180, 60, 0, ("12:30", "breached")),
        ("12:30", "at risk", 240, 0, 0, ("12:30", "breached")),
        ("12:31", "breached", 241, 0, 1, None),
        ("1 08:31", "breached", 511, 0, 271, None),
    ],
)
def test_four_hours_from_the_opening(  # noqa: PLR0913, PLR0917 - one for each field
    now: str, state: str, elapsed: int, remaining: int, overdue: int, change: tuple[str, str] | None
) -> None:
    """A ticket runs, is at risk after three of its four hours, and is late after the fourth."""
    seen = ticket().look(at(now))
    assert (seen.state, seen.late, seen.paused) == (state, state == "breached", False)
    assert shown(seen.due) == "12:30"
    amounts = (seen.elapsed, seen.remaining, seen.overdue)
    assert amounts == (elapsed * MINUTE, remaining * MINUTE, overdue * MINUTE)
    assert seen.used == elapsed / 240
    assert (seen.next_change and (shown(seen.next_change[0]), seen.next_change[1])) == change
    if change and state == "at risk":
        assert seen.next_change == (seen.due + 1 if seen.due else None, "breached")


def test_a_pause_puts_the_deadline_off_by_its_business_time() -> None:
    """From 16:00 to 09:30 there are an hour and a half of business time, and of nights none."""
    one = ticket("15:00")
    one.pause(at("16:00", "15:00"))
    held = one.look(at("20:00", "15:00"))
    hour = HOUR * MINUTE
    assert (held.state, held.late, held.paused, held.desk_open) == ("paused", False, True, False)
    assert held[4:] == (None, hour, 3 * hour, 0, 0.25, None)
    assert one.due() is None
    one.resume(at("1 09:30", "15:00"))
    assert shown(one.due()) == "1 12:30"
    # The end is not known before it has come.
    assert one.look(at("20:00", "15:00")) == held
    assert shown(one.look(at("1 09:30", "15:00")).due) == "1 12:30"


def test_a_pause_after_the_deadline_stops_what_is_counted_and_nothing_else() -> None:
    """A ticket that is late stays so; what is overdue stands still with the clock."""
    one = ticket()
    one.pause(at("13:00"))
    seen = one.look(at("15:00"))
    assert (seen.state, seen.paused, shown(seen.due)) == ("breached", True, "12:30")
    assert (seen.elapsed, seen.overdue) == (270 * MINUTE, 30 * MINUTE)
    # One that begins at the deadline begins too late, too.
    other = ticket()
    other.pause(at("12:30"))
    assert other.look(at("12:30")).state == "at risk"
    assert other.look(at("12:31")).state == "breached"
    assert shown(other.due()) == "12:30"


def test_the_first_response_ends_it() -> None:
    """What is known of later instants changes nothing, the end of a pause among it."""
    one = ticket()
    one.pause(at("10:00"), at("11:00"))
    one.respond(at("16:00"))
    one.respond(at("10:30"))
    one.change_level(at("10:31"), "low")
    assert one.look(at("10:29")).state == "paused"
    seen = one.look(at("2 12:00"))
    assert (seen.state, seen.late, seen.paused, shown(seen.due)) == ("met", False, False, "13:00")
    assert (seen.elapsed, seen.remaining) == (90 * MINUTE, 150 * MINUTE)
    late = ticket()
    late.respond(at("13:00"))
    assert late.look(at("13:00")).state == "missed"
    assert late.look(at("15:00")).overdue == 30 * MINUTE


def test_another_level_counts_from_the_opening() -> None:
    """A level holds from its instant on; of two at one instant the one added last counts."""
    one = ticket(level="low")
    one.change_level(at("12:40"), "high")
    one.change_level(at("12:40"), "critical")
    assert shown(one.look(at("12:39")).due) == "1 17:00"
    assert (one.look(at("12:40")).state, shown(one.due())) == ("breached", "12:30")


def test_by_dates_a_deadline_may_lie_at_an_opening() -> None:
    """The night before it is the ticket's, also when a pause has put it off by a whole day."""
    one = ticket(level="medium", rule="same time")
    assert shown(one.due()) == "1 08:30"
    night = one.look(at("20:00"))
    assert (night.state, night.remaining, night.used) == ("at risk", 0, 1.0)
    assert one.look(at("1 08:30")).state == "at risk"
    assert one.look(at("1 08:31")).state == "breached"
    one.pause(at("10:00"), at("11:00"))
    assert shown(one.due()) == "1 09:30"
    one.pause(at("1 08:00"), at("1 16:00"))
    assert shown(one.due()) == "2 08:30"


@pytest.mark.parametrize(("since", "due"), [("1 08:29", "1 10:00"), ("1 08:30", "1 08:30")])
def test_a_pause_counts_if_it_began_before_the_deadline(since: str, due: str) -> None:
    """Begun in the night before an opening, it puts the deadline off; begun at it, it does not."""
    one = ticket(level="medium", rule="same time")
    one.pause(at(since), at("1 10:00"))
    assert shown(one.due()) == due
    open_ended = ticket(level="medium", rule="same time")
    open_ended.pause(at(since))
    assert shown(open_ended.due()) == (due if due == "1 08:30" else None)


@pytest.mark.parametrize(("rule", "due"), [("elapsed", "1 16:00"), ("end of day", "1 17:00")])
def test_days_under_the_other_rules(rule: str, due: str) -> None:
    """A day is 8 h 30 of business time, or lasts until the next one closes."""
    assert shown(ticket("16:00", "medium", rule).due()) == due


def test_what_can_not_be() -> None:
    """A pause ends after it has begun, and nothing happens before the opening."""
    one = ticket()
    one.pause(at("10:00"))
    for verb, *words in (
        (one.resume, at("09:59")),
        (one.pause, -1),
        (one.pause, 10, 9),
        (one.change_level, -1, "low"),
        (one.respond, -1),
        (one.look, -1),
    ):
        with pytest.raises(ImpossibleError):
            verb(*words)
    one.resume(at("10:00"))
    with pytest.raises(ImpossibleError):
        one.resume(at("11:00"))
    assert shown(one.due()) == "12:30"


def test_a_walk_has_an_end() -> None:
    """Three weeks are far enough."""
    with pytest.raises(TooFarError):
        ticket().look(DAY * 22)
