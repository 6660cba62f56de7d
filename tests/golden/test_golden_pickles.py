"""Pickles of earlier releases can be read, and are the values that they were.

    python tests/golden/test_golden_pickles.py

keeps those of this release. What is kept already is never written again.
"""

import base64
import inspect
import json
import pickle
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import netcor_sla
from netcor_sla import (
    Agreement,
    BusinessCalendar,
    BusinessDays,
    BusinessHours,
    Deadline,
    EscalationLevel,
    State,
    errors,
    intake,
    records,
    reports,
)

PICKLES = Path(__file__).parent / "pickles"
KEPT = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(PICKLES.glob("*.json"))}

# Of frozen holidays and fixed offsets: no release of other data can change what follows.
DESK = BusinessCalendar(
    zone="+01:00",
    hours={"mon-fri": [["08:30", "12:30"], ["13:00", "17:00"]]},
    holidays={
        "source": "DE-NI",
        "first": 2026,
        "last": 2027,
        "days": {"2026-04-03": ["Karfreitag", "Good Friday"]},
    },
    special={"2026-12-28": {"spans": [], "name": "Betriebsferien"}},
    recurring={"12-24": [["08:30", "12:00"]]},
    extra=[["2026-05-16T20:00+01:00", "2026-05-17T04:00+01:00"]],
    business_day=timedelta(hours=8),
)
OPENED = datetime(2026, 4, 2, 15, 10, tzinfo=DESK.tzinfo)
BERLIN = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=1)


def values() -> dict[str, Any]:
    """Make a value of every public class, and of some more than one."""
    targets: dict[EscalationLevel, BusinessHours | BusinessDays] = {
        EscalationLevel.CRITICAL: BusinessHours(minutes=90),
        EscalationLevel.HIGH: BusinessHours(6),
        EscalationLevel.MEDIUM: BusinessDays(1),
        EscalationLevel.LOW: BusinessDays(5),
    }
    agreement = Agreement(calendar=DESK, targets=targets, day_rule="same time", at_risk=0.3)
    ticket = agreement.clock(OPENED, EscalationLevel.CRITICAL)
    facts = (
        ticket.pause(OPENED + timedelta(minutes=5), OPENED + timedelta(minutes=20))
        .change_level(OPENED + timedelta(minutes=30), EscalationLevel.HIGH)
        .respond(datetime(2026, 4, 9, 9, tzinfo=UTC))
    )
    deadline = facts.explain()
    status = ticket.status(OPENED + timedelta(hours=1))
    report = reports.report({"2007": ticket, "2008": facts}, now=datetime(2026, 4, 9, 12, tzinfo=UTC))
    request = intake.SupportRequest(
        case_number="4711", channel="email", opened_at=BERLIN, description="Die Karte bleibt leer"
    )
    audited = records.audit(deadline.to_dict())
    night = BusinessCalendar(zone="+01:00", hours={"mon-sun": [["20:00", "24:00"]]}, holidays=None)
    early = DESK.replace(
        hours_from={"2026-04-07": {"mon-fri": [["07:00", "15:00"]]}},
        extra=[["2026-05-16T20:00+01:00", "2026-05-17T04:00+01:00", "Umzug"]],
    )
    premium = agreement.replace(calendar=early, calendars={EscalationLevel.CRITICAL: night})
    waiting = premium.clock(BERLIN, EscalationLevel.CRITICAL).pause(BERLIN + timedelta(hours=20))
    found: dict[str, Any] = {
        "Agreement": agreement,
        "Audit": audited,
        "BusinessCalendar": DESK,
        "BusinessDays": BusinessDays(4),
        "BusinessHours": BusinessHours(minutes=90),
        "Classification": intake.classify(kind="problem", impact="unusable", remedy="none"),
        "Deadline": deadline,
        "EscalationLevel": list(EscalationLevel),
        "NextChange": status.next_change,
        "Report": report,
        "ResponseClock": facts,
        "ResponseClock, in another zone": agreement.clock(BERLIN, EscalationLevel.LOW),
        "State": list(State),
        "Status": status,
        "SupportRequest": request,
        "Step": deadline.steps[-1],
    }
    found |= {
        "Change": audited.changes[0],
        "Figures": report.total,
        "Late": report.late[0],
        "LeftOut": reports.LeftOut(reason="opened_at is not a timestamp", ticket="2009", line=7),
    }
    found |= {
        "Agreement, with a calendar for a level": premium,
        "BusinessCalendar, with hours from a date": early,
        "Deadline, of a paused ticket with a case number": waiting.explain(case_number="2026-0412"),
        "Error, in German too": errors.CalendarError("zone is missing", "zone fehlt"),
        "ResponseClock, paused": waiting,
        "Status, paused": waiting.status(BERLIN + timedelta(hours=21)),
    }
    return found | {name: error("what to do about it") for name, error in public(errors).items()}


def public(module: Any) -> dict[str, type]:  # noqa: ANN401
    """List the classes of a module that are its own to show."""
    names = getattr(module, "__all__", dir(module))
    found = {name: getattr(module, name) for name in names if not name.startswith("_")}
    return {
        name: each
        for name, each in found.items()
        if inspect.isclass(each) and each.__module__ == module.__name__
    }


def said(value: Any) -> Any:  # noqa: ANN401
    """Take what a value says, but for the versions by which a deadline was computed."""
    match value:
        case Exception():
            return value.args, getattr(value, "german", None)
        case Deadline():
            return value.due, value.steps, value.overrun, value.text()
        case records.Audit():
            return said(value.deadline), value.due, value.changes, value.text()
        case _:
            return value


@pytest.mark.parametrize("release", KEPT)
def test_a_pickle_of_an_earlier_release_is_read(release: str) -> None:
    """Tickets lie in queues and caches while the library is brought up to date."""
    now = values()
    for name, text in KEPT[release].items():
        then = pickle.loads(base64.b64decode(text))  # noqa: S301 - our own
        assert type(then) is type(now[name]), name
        assert said(then) == said(now[name]), name


def test_every_public_class_is_kept() -> None:
    """By this release, if it is one, or else by the next."""
    modules = (netcor_sla, errors, intake, records, reports)
    classes = {name for module in modules for name in public(module)}
    assert classes <= set(values())
    assert len(KEPT) >= 1


def keep() -> None:
    """Write the pickles of this release, each by itself, in the oldest protocol in use."""
    kept = {
        name: base64.b64encode(pickle.dumps(value, protocol=4)).decode() for name, value in values().items()
    }
    with (PICKLES / f"{netcor_sla.__version__}.json").open("x", encoding="utf-8") as file:
        json.dump(kept, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    keep()
