"""What users of other systems complained about, number by number, and that it can't happen here.

Each test says what went wrong elsewhere, with the repository and the number of its thread.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from netcor_sla import (
    STANDARD,
    Agreement,
    BusinessCalendar,
    BusinessDays,
    BusinessHours,
    EscalationLevel,
    ResponseClock,
    SLAError,
    State,
)
from netcor_sla._policy.due import DAY_RULES, DayRule
from netcor_sla.errors import CalendarError, NaiveError, NoOpeningError

CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel
OFFICE = [["08:30", "17:00"]]
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    """Read an instant on the standard calendar's clock; 2025-03-03 is a Monday."""
    return datetime.fromisoformat(text).replace(tzinfo=STANDARD.calendar.tzinfo)


def written(instant: datetime | None) -> str:
    """Write an instant on the standard calendar's clock."""
    assert instant is not None
    return instant.astimezone(STANDARD.calendar.tzinfo).isoformat(" ", "minutes")[:16]


def promising(target: BusinessHours | BusinessDays, rule: DayRule = "elapsed") -> Agreement:
    """Make an agreement on the standard calendar that promises one target."""
    return Agreement(targets=dict.fromkeys(EscalationLevel, target), day_rule=rule)


@pytest.mark.parametrize("verb", ["opened_at", "pause", "respond", "change_level", "status"])
def test_13_no_instant_without_a_zone(verb: str) -> None:
    """Elsewhere deadlines were sent as text without a zone, and each reader took them for local.

    A ticket opened a moment ago was shown as failed to colleagues further east
    (frappe/helpdesk#3776). Here a datetime without a zone is refused, wherever it comes in.
    """
    clock, naive = STANDARD.clock(at("2025-03-03 08:30"), CRITICAL), datetime(2025, 3, 3, 10)
    tell: dict[str, Callable[[], Any]] = {
        "opened_at": lambda: STANDARD.clock(naive, CRITICAL),
        "pause": lambda: clock.pause(naive),
        "respond": lambda: clock.respond(naive),
        "change_level": lambda: clock.change_level(naive, LOW),
        "status": lambda: clock.status(naive),
    }
    with pytest.raises(NaiveError, match="zone"):
        tell[verb]()


def test_13_a_pause_is_an_interval_not_a_string() -> None:
    """Elsewhere a ticket that was answered while it was on hold lost the hold.

    The hold was added up only when a ticket left that state, which came too late: one held from
    February to August had taken 42 days (frappe/helpdesk#3776). Here a pause is an interval,
    and an answer within it ends it.
    """
    events = [(at("2025-02-03 10:30"), "waiting"), (at("2025-08-04 12:00"), "resolved")]
    clock = STANDARD.replay(
        at("2025-02-03 08:30"), CRITICAL, events, pausing={"waiting"}, responding={"resolved"}
    )
    status = clock.status(at("2025-08-20 09:00"))
    assert (status.state, status.elapsed) == (State.MET, 2 * HOUR)
    assert written(status.due) == "2025-08-04 14:00"


def test_14_a_pause_moves_the_deadline_not_the_opening() -> None:
    """Elsewhere the time on hold was added to the instant at which a ticket was created.

    A ticket that came in on a day off gained nothing by it, since the clock started after the
    weekend in any case (frappe/helpdesk#2449). Here a pause takes its time out of the hours.
    """
    clock = STANDARD.clock(at("2025-03-08 12:00"), CRITICAL)
    assert written(clock.due) == "2025-03-10 12:30"
    paused = clock.pause(at("2025-03-10 10:00"), at("2025-03-10 11:00"))
    assert written(paused.due) == "2025-03-10 13:30"
    assert paused.opened_at == clock.opened_at


def test_15_what_is_overdue_stands_still_while_paused() -> None:
    """Elsewhere a ticket that was put on hold after its deadline grew more and more overdue.

    Nothing on the card said that it was on hold (frappe/helpdesk#3709). Here the same clock
    measures what is overdue; the ticket stays breached, and is said to be paused as well.
    """
    clock = STANDARD.clock(at("2025-03-03 08:30"), CRITICAL).pause(at("2025-03-03 13:00"))
    for now in ("2025-03-03 13:00", "2025-03-03 16:00", "2025-03-20 09:00"):
        status = clock.status(at(now))
        assert (status.state, status.paused) == (State.BREACHED, True)
        assert (status.overdue, written(status.due)) == (HOUR / 2, "2025-03-03 12:30")
    resumed = clock.resume(at("2025-03-20 09:00")).status(at("2025-03-20 10:00"))
    assert (resumed.overdue, resumed.paused) == (1.5 * HOUR, False)


def test_16_a_night_on_hold_is_worth_nothing() -> None:
    """Elsewhere a hold from closing to opening put a deadline off by the whole night.

    Its length by the clock on the wall was added before the hours were counted
    (frappe/erpnext#47884, frappe/erpnext#49414). Here only its business time counts.
    """
    clock = STANDARD.clock(at("2025-03-03 15:00"), CRITICAL)
    assert written(clock.due) == "2025-03-04 10:30"
    night = clock.pause(at("2025-03-03 17:00"), at("2025-03-04 08:30"))
    assert night.due == clock.due
    longer = clock.pause(at("2025-03-03 16:30"), at("2025-03-04 09:00"))
    assert written(longer.due) == "2025-03-04 11:30"


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "America/Los_Angeles", "Pacific/Apia"])
def test_17_no_ticket_is_late_when_it_is_opened(zone: str) -> None:
    """Elsewhere a ticket was shown as failed right after it had been created.

    The server's and the browser's clocks on the wall were compared, which differ by the zone
    (frappe/erpnext#38745). Here `now` is an argument, and compared as an instant.
    """
    opened_at = at("2025-03-03 09:00")
    clock = STANDARD.clock(opened_at, CRITICAL)
    status = clock.status(opened_at.astimezone(ZoneInfo(zone)))
    assert (status.state, status.late, status.elapsed) == (State.RUNNING, False, timedelta())
    assert written(status.due) == "2025-03-03 13:00"
    just_late = at("2025-03-03 13:01").astimezone(ZoneInfo(zone))
    assert clock.status(just_late).state is State.BREACHED


def test_18_another_level_keeps_the_pauses() -> None:
    """Elsewhere a ticket on hold lost its hold when its priority changed.

    The new deadline was counted from the opening as if the ticket had never waited, so that it
    was late at once (glpi-project/glpi#6902, glpi-project/glpi#15605). Here the pauses stay,
    and it does not matter what is added first.
    """
    opened = STANDARD.clock(at("2025-03-03 08:30"), LOW)
    start, end = at("2025-03-03 09:30"), at("2025-03-05 09:30")
    for raised in ("2025-03-03 09:00", "2025-03-04 12:00", "2025-03-05 10:00"):
        clock = opened.pause(start, end).change_level(at(raised), CRITICAL)
        assert clock == opened.change_level(at(raised), CRITICAL).pause(start, end)
        assert written(clock.due) == "2025-03-05 12:30"
        status = clock.status(at("2025-03-05 10:30"))
        assert (status.state, status.elapsed) == (State.RUNNING, 2 * HOUR)


@pytest.mark.parametrize("rule", DAY_RULES)
def test_19_a_weekend_on_hold_is_worth_nothing(rule: DayRule) -> None:
    """Elsewhere targets in days took a weekend on hold for working time.

    What was waited was counted around the clock, and what was promised in hours
    (glpi-project/glpi#10594). Here one clock counts both, whatever rule counts the days.
    """
    clock = promising(BusinessDays(1), rule).clock(at("2025-03-07 12:00"), MEDIUM)
    weekend = clock.pause(at("2025-03-07 18:00"), at("2025-03-10 07:00"))
    assert weekend.due == clock.due
    assert written(clock.due)[:10] == "2025-03-10"


@pytest.mark.parametrize("rule", DAY_RULES)
def test_19_a_deadline_put_off_stays_in_the_hours(rule: DayRule) -> None:
    """Elsewhere a hold moved the deadline to 00:44, when nobody works.

    Its length was added to the deadline without a look at the hours
    (glpi-project/glpi#9082). Here what is left over goes on at the next opening.
    """
    agreement = promising(BusinessDays(2), rule)
    clock = agreement.clock(at("2025-03-03 16:30"), MEDIUM)
    held = clock.pause(at("2025-03-04 09:00"), at("2025-03-04 12:31"))
    assert clock.due is not None
    assert held.due is not None
    before = held.due - timedelta(microseconds=1)
    assert agreement.calendar.is_open(before)
    assert agreement.calendar.between(clock.due, held.due) == timedelta(hours=3, minutes=31)


def test_20_half_a_day_is_half_a_day() -> None:
    """Elsewhere a date was either open or closed, and clocks ran on through a free afternoon.

    Half days had to be left out of the reports by hand (glpi-project/glpi#6835). Here a date
    may have hours of its own.
    """
    calendar = STANDARD.calendar.replace(special={"2025-03-04": [["08:30", "12:00"]]})
    clock = STANDARD.replace(calendar=calendar).clock(at("2025-03-04 10:00"), CRITICAL)
    assert written(clock.due) == "2025-03-05 10:30"
    afternoon = clock.status(at("2025-03-04 15:00"))
    assert (afternoon.elapsed, afternoon.desk_open) == (2 * HOUR, False)


def test_20_lunch_is_no_working_time() -> None:
    """Elsewhere clocks ran through lunch, and tickets were late though nobody was there.

    A ticket opened in the break counted at once (frappe/helpdesk#2212). Here a day has as many
    spans as it needs.
    """
    calendar = BusinessCalendar(
        zone="+01:00",
        hours={"mon-fri": [["08:30", "12:00"], ["13:00", "17:00"]]},
        holidays=None,
        business_day="07:30",
    )
    clock = STANDARD.replace(calendar=calendar).clock(at("2025-03-03 12:10"), CRITICAL)
    assert clock.status(at("2025-03-03 13:00")).elapsed == timedelta()
    assert written(clock.due) == "2025-03-03 17:00"


def test_21_nothing_that_is_stored_goes_stale() -> None:
    """Elsewhere deadlines were written to each ticket, and some kept them when the terms changed.

    Another calendar did not move them (zammad/zammad#534), and without any promise tickets
    still escalated (zammad/zammad#4353). Here a clock keeps facts alone; what follows from them
    is computed when it is asked for.
    """
    clock = STANDARD.clock(at("2025-03-03 08:30"), CRITICAL)
    now = at("2025-03-03 14:00")
    assert clock.status(now).state is State.BREACHED
    kept = clock.to_dict()
    assert "due" not in kept
    late_desk = STANDARD.calendar.replace(hours={"mon-fri": [["12:00", "20:00"]]})
    agreement = STANDARD.replace(calendar=late_desk)
    again = ResponseClock.from_dict(kept | {"agreement": None}, agreement=agreement)
    assert again == agreement.clock(clock.opened_at, CRITICAL)
    assert (again.status(now).state, written(again.due)) == (State.RUNNING, "2025-03-03 16:00")
    assert again.explain().fingerprint != clock.explain().fingerprint


@pytest.mark.parametrize("after", ["2025-04-16 16:55", "2025-04-16 23:00", "2025-04-19 00:00"])
def test_22_nobody_is_reminded_at_night(after: str) -> None:
    """Elsewhere reminders came at midnight, at two in the morning, and on weekends.

    They were made by a nightly job that did not ask for the hours (zammad/zammad#4432,
    zammad/zammad#2157). Here the clock that runs in business hours says when to follow up, over
    Easter as well, and when a ticket will be at risk.
    """
    calendar = STANDARD.calendar
    found = list(islice(STANDARD.follow_ups(at(after), CRITICAL), 30))
    # By the closing at the latest.
    assert all(calendar.is_open(each) or written(each)[-5:] == "17:00" for each in found)
    assert all(first < second for first, second in pairwise([at(after), *found]))
    change = STANDARD.clock(at(after), CRITICAL).status(at(after)).next_change
    assert change is not None
    assert change.state is State.AT_RISK
    # The last moment before it was worked in.
    assert calendar.is_open(change.instant - timedelta(microseconds=1))


def test_23_a_pause_may_have_no_end() -> None:
    """Elsewhere there was no state in which a clock stood still, or a pause needed its end.

    Tickets that waited for parts were flagged as overdue (osTicket/osTicket#3034), and a pause
    without an end was counted on for ever (sifex/sla-timer#1). Here a pause goes on until it
    is ended, if it ever is, and to ask takes no longer for it.
    """
    clock = STANDARD.clock(at("2025-03-03 08:30"), CRITICAL).pause(at("2025-03-03 10:30"))
    for now in ("2025-03-03 10:30", "2025-03-04 12:00", "2035-01-01 00:00", "2099-12-31 23:59"):
        status = clock.status(at(now))
        assert (status.state, status.late, status.due) == (State.PAUSED, False, None)
        assert (status.elapsed, status.remaining) == (2 * HOUR, 2 * HOUR)
        assert status.next_change is None
    assert clock.due is None
    assert written(clock.resume(at("2035-01-02 09:00")).due) == "2035-01-02 11:00"


def test_24_a_desk_that_never_opens_is_refused() -> None:
    """Elsewhere a week without any hours was taken, and made tickets due 150 days later.

    Its author could not think of a better number (osTicket/osTicket#4807). Here such a calendar
    can't be built.
    """
    never: list[dict[str, Any]] = [{}, {"mon-fri": []}]
    for hours in never:
        with pytest.raises(CalendarError, match="hours"):
            BusinessCalendar(zone="+01:00", hours=hours, holidays=None)


def test_24_a_search_in_vain_ends_with_an_error_of_ours() -> None:
    """Elsewhere a walk over days gave up at a cap, with an error that no caller expected.

    It passed the handler for bad input by, and came out as a failure of the server
    (PostHog/posthog#55132). Here the search ends where no opening can follow, and says so.
    """
    calendar = BusinessCalendar(
        zone="+01:00", hours={}, holidays=None, special={"2025-03-03": OFFICE}, business_day="08:30"
    )
    clock = STANDARD.replace(calendar=calendar).clock(at("2025-03-03 14:00"), CRITICAL)
    for ask in (lambda: clock.due, lambda: clock.status(datetime(2025, 3, 3, 15, tzinfo=UTC))):
        with pytest.raises(NoOpeningError) as caught:
            ask()
        assert isinstance(caught.value, SLAError)
        assert isinstance(caught.value, LookupError)
        assert "opened_at" in str(caught.value)


def test_25_new_hours_begin_on_a_date() -> None:
    """Elsewhere a calendar had one week for ever, and tickets of before a change were judged by the new one.

    Summer hours needed a second company (arteria/django-openinghours#17), and hours could not be
    planned ahead (satisfecho/pos#194). Here a week holds from a date, and the one before it stays.
    """
    summer = {"2025-03-04": {"mon-fri": [["07:00", "15:30"]]}}
    agreement = STANDARD.replace(calendar=STANDARD.calendar.replace(hours_from=summer))
    for opened, due in (("03 15:00", "04 09:00"), ("04 13:30", "05 09:00"), ("03 12:00", "03 16:00")):
        assert written(agreement.response_due(at(f"2025-03-{opened}"), CRITICAL)) == f"2025-03-{due}"


def test_26_business_days_count_both_ends() -> None:
    """Elsewhere the days from Monday to Friday were 4, and those of a single day none.

    The last date was left out (JuliaFinance/BusinessDays.jl#55,
    jlattimer/CRM-DateTime-Workflow-Utilities#24), or only where it was the first one too
    (lballabio/QuantLib#541). Here both are included.
    """
    monday, calendar = date(2025, 3, 3), STANDARD.calendar
    for days, count in ((0, 1), (1, 2), (4, 5), (6, 5), (7, 6)):
        assert calendar.business_days(monday, monday + timedelta(days)) == count
    assert calendar.business_days(date(2025, 4, 18), date(2025, 4, 21)) == 0  # over Easter


def test_27_warnings_come_as_often_as_one_likes() -> None:
    """Elsewhere there was no warning before a breach, or one at a fixed time before it.

    How long before had to be made an option (abhinavxd/libredesk#22). Here any share of the time has
    its instant, in business hours, and pauses move it.
    """
    clock = STANDARD.clock(at("2025-03-03 15:00"), CRITICAL)
    shares = (0.25, 0.5, 0.75, 0.9)
    warned = [written(clock.used_at(share))[8:] for share in shares]
    assert warned == ["03 16:00", "03 17:00", "04 09:30", "04 10:06"]
    paused = clock.pause(at("2025-03-03 15:30"), at("2025-03-03 16:30"))
    moved = [written(paused.used_at(share))[8:] for share in shares]
    assert moved == ["03 17:00", "04 09:30", "04 10:30", "04 11:06"]


def test_28_times_are_shown_on_the_clock_of_their_reader() -> None:
    """Elsewhere mails gave times in UTC (zammad/zammad#1589), or readers took the site's for their own.

    To colleagues in India, each deadline looked 2.5 hours earlier (frappe/helpdesk#3776). Here a text
    is on the clock that is asked for, and names it.
    """
    deadline = STANDARD.explain(at("2025-03-03 08:30"), CRITICAL)
    for zone, shown in (
        ("Europe/Berlin", "12:30 CET."),
        ("Asia/Kolkata", "17:00 Kolkata time (12:30 UTC+1)"),
        ("UTC", "11:30 UTC (12:30 UTC+1)"),
    ):
        assert shown in deadline.text("en", zone=zone).splitlines()[0]


def test_29_a_closure_of_a_fortnight_is_one_entry() -> None:
    """Elsewhere each date of a closure had to be written by itself (spatie/opening-hours#220).

    Here special dates may be a period, of which both ends are included.
    """
    closed = {"2025-03-04/2025-03-17": {"spans": [], "name": "Umzug"}}
    agreement = STANDARD.replace(calendar=STANDARD.calendar.with_special(closed))
    assert written(agreement.response_due(at("2025-03-03 15:00"), CRITICAL)) == "2025-03-18 10:30"
    assert "Umzug" in agreement.explain(at("2025-03-03 15:00"), CRITICAL).text()


def test_30_a_level_or_a_customer_may_have_its_own_hours() -> None:
    """Elsewhere all tickets had the same hours, or those of nobody (osTicket/osTicket#4166).

    Here each customer's agreement has its calendar, and so may each of its levels; another level
    brings its hours with it.
    """
    always = BusinessCalendar(zone="UTC", hours={"mon-sun": [["00:00", "24:00"]]}, holidays=None)
    premium = STANDARD.replace(calendars={CRITICAL: always})
    saturday = at("2025-03-08 12:00")
    assert written(premium.response_due(saturday, CRITICAL)) == "2025-03-08 16:00"
    assert premium.response_due(saturday, HIGH) == STANDARD.response_due(saturday, HIGH)
    raised = premium.clock(saturday, HIGH).change_level(saturday + HOUR, CRITICAL)
    assert raised.due == premium.response_due(saturday, CRITICAL)
