"""Deadlines in a backend: mails, rows and stamps come in; timers, warnings, JSON and texts go out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo

from netcor_sla import (
    STANDARD,
    Agreement,
    BusinessCalendar,
    BusinessHours,
    Deadline,
    EscalationLevel,
    ResponseClock,
    SLAError,
)
from netcor_sla.annotations import Language

BERLIN = ZoneInfo("Europe/Berlin")  # the team's clock

# What each customer was promised.


@dataclass(frozen=True)
class Customer:
    """An agreement, and the zone and language for mails."""

    agreement: Agreement
    zone: str = "Europe/Berlin"
    language: Language = "de"


bavaria = STANDARD.calendar.replace(zone="Europe/Berlin", holidays="DE-BY")
always = BusinessCalendar(zone="America/New_York", hours={"mon-sun": [["00:00", "24:00"]]}, holidays=None)
premium = Agreement(
    calendars={EscalationLevel.CRITICAL: always},
    targets={EscalationLevel.CRITICAL: BusinessHours(1)},
)
CUSTOMERS = {
    "Hanover": Customer(STANDARD),
    "Munich": Customer(STANDARD.replace(calendar=bavaria)),
    "New York": Customer(premium, "America/New_York", "en"),
}

before_epiphany = datetime(2026, 1, 5, 16, 0, tzinfo=BERLIN)
for name, customer in CUSTOMERS.items():
    due = customer.agreement.response_due(before_epiphany, EscalationLevel.CRITICAL)
    print(f"{name}: {due:%A %H:%M}")


# When a request came in, on the team's clock.


def from_mail(date: str) -> datetime:
    """Read the Date of a mail, in which -0000 is UTC; a date without an offset stays naive."""
    at = parsedate_to_datetime(date)
    if at.tzinfo is None and "-0000" in date:
        at = at.replace(tzinfo=UTC)
    return at.astimezone(BERLIN) if at.tzinfo else at


def from_database(stored: datetime) -> datetime:
    """Take a column without a zone, in which this database keeps UTC."""
    return stored.replace(tzinfo=UTC).astimezone(BERLIN)


def from_epoch(seconds: int) -> datetime:
    """Take seconds since 1970, as web hooks send them."""
    return datetime.fromtimestamp(seconds, BERLIN)


# A ticket is its number, its customer and its clock.


@dataclass(frozen=True)
class Ticket:
    """What the help desk keeps of a ticket."""

    number: str
    customer: str
    clock: ResponseClock


def opened(number: str, customer: str, at: datetime, level: str) -> Ticket:
    """Open a ticket; `level` is what a form, a mail or another system calls it."""
    agreement = CUSTOMERS[customer].agreement
    return Ticket(number, customer, agreement.clock(at, EscalationLevel(level)))


mailed = opened("2026-0411", "Hanover", from_mail("Mon, 13 Jul 2026 08:45:00 +0200"), "Hoch")
stored = opened("2026-0412", "New York", from_database(datetime.fromisoformat("2026-07-12 02:30")), "1")
posted = opened("2026-0413", "Munich", from_epoch(1_783_929_600), "Eskalationsstufe 3 (Mittel)")
for ticket in (mailed, stored, posted):
    print(f"{ticket.number}: opened {ticket.clock.opened_at:%a %H:%M}, due {ticket.clock.due:%a %H:%M}")
for date, level in (("Mon, 13 Jul 2026 08:45:00", "1"), ("Mon, 13 Jul 2026 06:45:00 -0000", "urgent")):
    try:
        opened("2026-0414", "Hanover", from_mail(date), level)
    except SLAError as error:
        print(f"{type(error).__name__}: {error}")


# What happens to it.


def seen(ticket: Ticket, at: datetime, *, level: str, status: str) -> Ticket:
    """Note how the help desk shows the ticket; seeing the same again changes nothing."""
    clock = ticket.clock.observe(
        at,
        level=EscalationLevel(level),
        waiting=status == "waiting for customer",
        answered=status in {"answered", "closed"},
    )
    return replace(ticket, clock=clock)


def monday(hour: int, minute: int = 0) -> datetime:
    """Name an instant of the day on which all this happens."""
    return datetime(2026, 7, 13, hour, minute, tzinfo=BERLIN)


waiting = seen(mailed, monday(10), level="2", status="waiting for customer")
waiting = seen(waiting, monday(10, 5), level="2", status="waiting for customer")
resumed = seen(waiting, monday(11, 15), level="2", status="open")
print(f"was due {mailed.clock.due:%a %H:%M}, now {waiting.clock.due}, then {resumed.clock.due:%a %H:%M}")


# What to do, and when.


def timer(ticket: Ticket, now: datetime) -> str:
    """Say when the state changes next, if nothing happens before."""
    change = ticket.clock.status(now).next_change
    return f"{change.instant.isoformat()} {change.state.title('en')}" if change else "no timer"


def warnings(ticket: Ticket, now: datetime) -> Iterator[str]:
    """Yield the warnings that are still to come."""
    for percent in (50, 75, 90):
        at = ticket.clock.used_at(percent / 100)
        if at is not None and at > now:
            yield f"{percent} % at {at:%a %H:%M}"


for ticket in (waiting, resumed):
    print(timer(ticket, monday(12)), *warnings(ticket, monday(12)), sep="; ")


# What is stored.


def dumped(ticket: Ticket) -> str:
    """Write a ticket as JSON; of the agreement, the clock writes the fingerprint alone."""
    clock = ticket.clock.to_dict()
    return json.dumps({"number": ticket.number, "customer": ticket.customer, "clock": clock})


def loaded(stored: str) -> Ticket:
    """Read a ticket; under another agreement than it was written under, it is refused."""
    form: dict[str, Any] = json.loads(stored)
    agreement = CUSTOMERS[form["customer"]].agreement
    clock = ResponseClock.from_dict(form["clock"], agreement=agreement)
    return Ticket(form["number"], form["customer"], clock)


promise = json.dumps(resumed.clock.explain(case_number=resumed.number).to_dict())
print(loaded(dumped(resumed)) == resumed, Deadline.from_dict(json.loads(promise)).due == resumed.clock.due)


# What people read.


def panel(ticket: Ticket, now: datetime) -> str:
    """Say in one line where the ticket stands."""
    return f"{ticket.number}: {ticket.clock.status(now).text()}"


def mail(ticket: Ticket) -> str:
    """Tell the customer, on the customer's clock, when we respond and why then."""
    customer = CUSTOMERS[ticket.customer]
    deadline = ticket.clock.explain(case_number=ticket.number)
    return deadline.text(customer.language, zone=customer.zone)


answered = seen(stored, from_epoch(1_783_826_100), level="1", status="answered")
for ticket in (waiting, resumed, posted, answered):
    print(panel(ticket, monday(12)))
print()
print(mail(stored))
