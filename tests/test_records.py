"""Kept records: verified from themselves alone, audited under today's data, and frozen ones compared."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import copy
import json
import os
import subprocess
import sys
import zoneinfo
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desks import OFFICE, due_of
from netcor_sla import Agreement, BusinessCalendar, BusinessHours, EscalationLevel, ResponseClock
from netcor_sla._calendars.zones import keys
from netcor_sla._values import fingerprint
from netcor_sla.errors import ArgumentError, CalendarError, CoverageError, RecordError, SLAError
from netcor_sla.records import Audit, Change, audit, compare, verify

CRITICAL, LOW = EscalationLevel.CRITICAL, EscalationLevel.LOW
HIGH = EscalationLevel.HIGH
BERLIN = ZoneInfo("Europe/Berlin")
DESK = OFFICE.calendar.tzinfo
OPENED = datetime(2026, 4, 2, 14, 10, tzinfo=DESK)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
TUESDAY = datetime(2026, 4, 7, 8, 30, tzinfo=DESK)
FRIDAY, MONDAY = "2026-04-03", "2026-04-06"
EVERY_DAY = {"mon-sun": [["08:00", "24:00"]]}

Record = dict[str, Any]

VERIFY = """
import sys
sys.modules["holidays"] = sys.modules["tzdata"] = None  # so that an import of them raises
import json
from netcor_sla.records import verify
records = json.load(sys.stdin)
print(json.dumps([verify(record).to_dict() == record for record in records]))
"""


def edited(years: tuple[int, int] = (2026, 2026), **days: list[str] | None) -> Agreement:
    """Freeze the policy's calendar, then take holidays out, or put others in.

    Dates are written as `d2026_04_03`.
    """
    form = OFFICE.calendar.freeze(*years).to_dict()
    for key, names in days.items():
        day = key[1:].replace("_", "-")
        if names is None:
            del form["holidays"]["days"][day]
        else:
            form["holidays"]["days"][day] = names
    return OFFICE.replace(calendar=BusinessCalendar.from_dict(form))


def on(**changes: Any) -> Agreement:
    """Change the calendar."""
    return OFFICE.replace(calendar=OFFICE.calendar.replace(**changes))


def record_of(agreement: Agreement = OFFICE, at: datetime = OPENED, level: Any = CRITICAL) -> Record:
    """Write a record."""
    return agreement.explain(at, level).to_dict()


def ticket(agreement: Agreement = OFFICE, *, late: bool = True) -> ResponseClock:
    """Tell of a ticket that was paused over Good Friday, raised, and answered, late or not.

    Of its 4 h, 50 min are counted on Thursday and the rest on Tuesday, up to 12:55.
    """
    clock = agreement.clock(OPENED, LOW).pause(OPENED + 50 * MINUTE, TUESDAY + 75 * MINUTE)
    clock = clock.change_level(TUESDAY + 2 * HOUR, CRITICAL)
    return clock.respond(TUESDAY + (26 * HOUR if late else 3 * HOUR))


def changed(kind: Any, where: Any, recorded: Any, today: Any) -> Change:
    """Make a change."""
    return Change(kind=kind, where=where, recorded=recorded, today=today)


def refused(record: Any, check: Callable[[Any], object] = verify) -> str:
    """Insist that a record is refused, and give the message."""
    with pytest.raises(RecordError) as error:
        check(record)
    return str(error.value)


EDITED, PAUSED = "frozen, without a holiday", "paused"
RECORDS: dict[str, Callable[[], Record]] = {
    "standard": record_of,
    "days": lambda: record_of(level=LOW),
    "same time": lambda: record_of(OFFICE.replace(day_rule="same time"), level=LOW),
    "end of day": lambda: record_of(OFFICE.replace(day_rule="end of day"), level=LOW),
    "frozen": lambda: record_of(edited()),
    EDITED: lambda: record_of(edited(d2026_04_06=None)),
    "no holidays": lambda: record_of(on(holidays=None)),
    "Berlin": lambda: record_of(on(zone="Europe/Berlin"), datetime(2026, 3, 27, 16, tzinfo=BERLIN)),
    "shown in New York": lambda: record_of(at=OPENED.astimezone(ZoneInfo("America/New_York"))),
    "answered late": lambda: ticket().explain().to_dict(),
    "answered late, in Berlin": lambda: ticket(on(zone="Europe/Berlin")).explain().to_dict(),
    "answered on time, frozen": lambda: ticket(edited(), late=False).explain().to_dict(),
    "end of day, paused": lambda: (
        OFFICE.replace(day_rule="end of day")
        .clock(OPENED, LOW)
        .pause(OPENED + HOUR, TUESDAY + HOUR)
        .explain()
        .to_dict()
    ),
    PAUSED: lambda: (
        OFFICE.clock(OPENED, CRITICAL)
        .pause(OPENED + HOUR, OPENED + 2 * HOUR)
        .pause(TUESDAY + HOUR)
        .explain()
        .to_dict()
    ),
    "a long one": lambda: record_of(
        OFFICE.replace(targets=dict.fromkeys(EscalationLevel, BusinessHours(1000))), level=LOW
    ),
}

each_record = pytest.mark.parametrize("make", RECORDS.values(), ids=RECORDS)


@each_record
def test_a_record_is_verified(make: Callable[[], Record]) -> None:
    """The deadline comes back, and the record is left as it was; also by way of JSON."""
    record = make()
    before = copy.deepcopy(record)
    deadline = verify(record)
    assert deadline.to_dict() == record == before
    assert verify(json.loads(json.dumps(record))) == deadline
    assert verify(MappingProxyType(record)) == deadline


def test_a_record_is_verified_without_holidays_and_zone_data() -> None:
    """In a process that has neither: both packages are blocked, and no directory is looked at."""
    answer = subprocess.run(
        [sys.executable, "-c", VERIFY],
        input=json.dumps([make() for make in RECORDS.values()]),
        env=os.environ | {"PYTHONTZPATH": ""},
        capture_output=True,
        check=True,
        text=True,
    )
    assert json.loads(answer.stdout) == [True] * len(RECORDS)


@pytest.mark.parametrize("check", [verify, audit])
@pytest.mark.parametrize("data", [None, 5, "record", [], [("schema", 1)]])
def test_what_is_no_mapping_is_refused(check: Any, data: Any) -> None:
    """As a TypeError of ours; the message names type and value."""
    with pytest.raises(ArgumentError) as error:
        check(data)
    assert str(error.value).startswith(f"record must be a mapping, not {type(data).__name__}: {data!r};")


FOLDED = {"kind": "folded", "reason": "more days"}
PAUSE = ("2026-04-02T14:00:00+00:00", "2026-04-02T15:00:00+00:00")


def hashed(record: Record) -> Record:
    """Compute the hash again, which whoever edits a record can do too."""
    rest = {key: value for key, value in record.items() if key != "sha256"}
    return rest | {"sha256": fingerprint(rest)}


@each_record
def test_a_record_that_was_changed_is_refused(make: Callable[[], Record]) -> None:
    """Whatever was changed of it, also what decides nothing: the hash is over all it holds."""
    record = make()
    for change in (
        {"fingerprint": "0" * 64},
        {"versions": record["versions"] | {"netcor-sla": "9.9"}},
        {"zone": None if record["zone"] else "Europe/Berlin"},
        {"calendar": record["calendar"] | {"recurring": {"12-24": []}}},
    ):
        assert refused(record | change).startswith(at("sha256"))
        assert verify(hashed(record | change)).due == verify(record).due
    assert refused(hashed(record | {"case_number": ""})).startswith("case_number: ''")


def test_a_record_that_cannot_be_read_says_what_writes_one() -> None:
    """Of another schema, or nested too deeply."""
    deep: Any = []
    for _ in range(5000):
        deep = [deep]
    for record in ({}, record_of() | {"calendar": {"zone": "UTC", "hours": {}, "holidays": deep}}):
        assert "Deadline.to_dict" in refused(record)


LATE = "answered late"


def edit(name: str, *path: Any, value: Any) -> Record:
    """Change one place of a record, and its hash."""
    record = copy.deepcopy(RECORDS[name]())
    place = record
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return hashed(record)


def at(where: str) -> str:
    """Say where a record contradicts itself."""
    return f"the record contradicts itself at {where};"


EDITED_RECORDS: dict[str, tuple[Record, str]] = {
    "schema": (edit("standard", "schema", value="netcor-sla/deadline/1"), "schema 'netcor-sla/d"),
    "level": (edit("standard", "level", value="urgent"), at("level")),
    "another level": (edit("standard", "level", value="high"), at("level")),
    "instant": (edit("standard", "due", value="x"), at("due")),
    "zone": (edit("standard", "zone", value="my own"), "zone: 'my own' is not the key of a zone"),
    "due": (edit("standard", "due", value="2026-04-07T09:41:00+01:00"), at("due")),
    "opened_at": (edit("standard", "opened_at", value="2026-04-02T14:11:00+01:00"), at("steps[1]")),
    "starts_at": (edit("standard", "starts_at", value="2026-04-02T14:11:00+01:00"), at("starts_at")),
    "another target": (edit("standard", "target", value={"hours": 5}), at("target")),
    "a shorter business day": (edit("days", "calendar", "business_day", value="08:00"), at("target")),
    "no business day": (
        edit("days", "calendar", "business_day", value=None),
        "the record can't be read: targets: ",
    ),
    "fewer days by date": (edit("same time", "target", value={"days": 3}), at("target")),
    "more days than there were": (edit("end of day", "target", value={"days": 5}), at("target")),
    "days that a pause did not add": (edit("end of day, paused", "target", value={"days": 9}), at("target")),
    "another day rule": (edit("same time", "day_rule", value="end of day"), at("target")),
    "no day rule": (edit("same time", "day_rule", value="elapsed"), at("steps")),
    "a gap": (edit("standard", "steps", 2, "start", value="2026-04-03T00:00:01+01:00"), at("steps[3]")),
    "time used while closed": (edit("standard", "steps", 1, "used_microseconds", value=1), at("steps[1]")),
    "time left": (edit("standard", "steps", 3, "left_microseconds", value=1), at("steps[4]")),
    "a reason that none is": (
        edit("standard", "steps", 1, "reason", value="opening hours"),
        "reason 'opening hours' is unknown",
    ),
    "a fold before the deadline": (
        edit("standard", "steps", 3, value=RECORDS["standard"]()["steps"][3] | FOLDED),
        at("steps[4]"),
    ),
    "the end of the overrun": (edit(LATE, "responded_at", value="2026-04-08T10:31:00+01:00"), at("overrun")),
    "no response": (edit(LATE, "responded_at", value=None), at("overrun")),
    "another pause": (
        edit(LATE, "history", "pauses", 0, 1, value="2026-04-07T08:00:00+00:00"),
        at("paused 2026-04-07T08:30:00+01:00"),
    ),
    "a pause that was counted": (
        edit("standard", "history", "pauses", value=[list(PAUSE)]),
        at("counted 2026-04-02T14:10:00+01:00"),
    ),
    "a pause that is open": (edit("standard", "history", "pauses", value=[[PAUSE[0], None]]), at("steps")),
    "a change at another instant": (
        edit(LATE, "history", "changes", 0, "at", value="2026-04-07T10:00:00+00:00"),
        at("history"),
    ),
    "no pause that is open": (edit(PAUSED, "history", "pauses", value=[]), at("steps[1]")),
    "an open pause from another instant": (
        edit(PAUSED, "history", "pauses", 1, 0, value="2026-04-07T08:31:00+00:00"),
        at("steps"),
    ),
    "an open pause that has no step": (
        edit(PAUSED, "steps", value=RECORDS[PAUSED]()["steps"][:-1]),
        at("steps"),
    ),
    "an open pause after the target": (edit(PAUSED, "target", value={"hours": 2}), at("target")),
    "offsets": (edit("standard", "offsets", value=[]), at("offsets")),
    "offsets in another order": (
        edit("Berlin", "offsets", value=RECORDS["Berlin"]()["offsets"][::-1]),
        at("offsets"),
    ),
    "hours": (edit("standard", "hours", 0, value=list(PAUSE[::-1])), at("hours")),
    "hours of another year": (
        edit("standard", "hours", 0, value=["2025-04-02T08:30:00+01:00", "2025-04-02T17:00:00+01:00"]),
        at("hours"),
    ),
    "a week": (
        edit("standard", "calendar", "hours", value={"mon-fri": [["08:30", "17:00"]]}),
        at("calendar"),
    ),
    "a zone": (edit("standard", "calendar", "zone", value=1), "zone: 1 is not a text"),
    "a version": (edit("standard", "versions", "tzdata", value=""), "tzdata: '' is not a text"),
}


@pytest.mark.parametrize("name", EDITED_RECORDS)
@pytest.mark.parametrize("check", [verify, audit])
def test_a_record_that_does_not_hold_is_refused(name: str, check: Any) -> None:
    """Even if its hash is right; the message says where."""
    record, words = EDITED_RECORDS[name]
    assert refused(record, check).startswith(words)


def test_every_key_of_a_record_is_needed() -> None:
    """And no other is taken."""
    record = record_of()
    for key in record:
        rest = {name: value for name, value in record.items() if name != key}
        assert refused(rest).startswith(
            "schema None is unknown" if key == "schema" else f"key '{key}' of record is missing"
        )
    assert refused(record | {"facts": {}}).startswith("key 'facts' of record is unknown")


@pytest.mark.parametrize("name", [name for name in RECORDS if name != EDITED])
def test_an_audit_under_the_same_data_finds_nothing(name: str) -> None:
    """Today's answer is the recorded one; the record is left as it was."""
    record = RECORDS[name]()
    before = copy.deepcopy(record)
    found = audit(record)
    assert (found.same, found.changes) == (True, ())
    assert (found.due and found.due.isoformat()) == record["due"]
    assert found.deadline == verify(record)
    assert record == before


def test_a_holiday_that_was_not_known_is_found() -> None:
    """Easter Monday taken out: the deadline was a day earlier than it would be today."""
    found = audit(record_of(edited(d2026_04_06=None)))
    monday = changed("holiday", date(2026, 4, 6), None, ("Ostermontag", "Easter Monday"))
    assert found.changes == (monday,)
    assert not found.same
    assert found.deadline.due == datetime(2026, 4, 6, 9, 40, tzinfo=DESK)
    assert found.due == datetime(2026, 4, 7, 9, 40, tzinfo=DESK)
    assert found.text() == (
        "Fällig Montag, 6. April 2026, 09:40 Uhr (UTC+1); nach heutigen Daten fällig Dienstag, "
        "7. April 2026, 09:40 Uhr (UTC+1).\nMontag, 6. April 2026: damals kein Feiertag, heute Ostermontag"
    )
    assert found.text("en") == (
        "Due Monday 6 April 2026, 09:40 (UTC+1); by today's data due Tuesday 7 April 2026, "
        "09:40 (UTC+1).\nMonday 6 April 2026: then no public holiday, now Easter Monday"
    )


@pytest.mark.parametrize(
    "days",
    [
        {"d2026_04_04": ["Samstag", "Saturday"]},
        {"d2026_04_05": ["Ostersonntag", "Easter Sunday"]},
        {"d2026_04_03": ["Freitag", "Friday"]},
        {"d2026_04_08": ["Mittwoch", "Wednesday"]},
        {"d2026_04_01": ["Mittwoch", "Wednesday"]},
        {"d2026_05_01": None},
    ],
    ids=str,
)
def test_what_moves_no_hours_of_the_stretch_is_no_change(days: dict[str, Any]) -> None:
    """A holiday on a Saturday, a new name, and whatever lies before or after."""
    found = audit(record_of(edited(**days)))
    assert (found.same, found.changes) == (True, ())
    assert found.text("en") == "Unchanged: due Tuesday 7 April 2026, 09:40 (UTC+1)."
    assert found.text() == "Unverändert: fällig Dienstag, 7. April 2026, 09:40 Uhr (UTC+1)."


def test_an_audit_of_a_paused_ticket_says_what_has_changed_up_to_the_pause() -> None:
    """Nothing is due then, nor today; where a holiday has gone, the deadline may have come before."""

    def paused(agreement: Agreement) -> Audit:
        return audit(agreement.clock(OPENED, CRITICAL).pause(TUESDAY + HOUR).explain().to_dict())

    assert paused(OFFICE).text("en") == "Unchanged: paused since Tuesday 7 April 2026, 09:30 (UTC+1)."
    assert paused(OFFICE).text() == "Unverändert: ruht seit Dienstag, 7. April 2026, 09:30 Uhr (UTC+1)."
    found = paused(edited(d2026_04_02=["x", "y"]))
    assert (found.deadline.due, found.due, found.same) == (None, None, False)
    assert found.text("en").splitlines() == [
        "Paused since Tuesday 7 April 2026, 09:30 (UTC+1), by today's data too.",
        "Thursday 2 April 2026: then y, now no public holiday",
    ]
    longer = edited(d2026_04_02=["x", "y"]).clock(OPENED, CRITICAL).pause(TUESDAY + 3 * HOUR).explain()
    assert audit(longer.to_dict()).text("en").splitlines()[0] == (
        "Paused since Tuesday 7 April 2026, 11:30 (UTC+1); by today's data due Tuesday 7 April 2026, "
        "09:40 (UTC+1)."
    )


def test_every_refusal_of_a_record_is_in_german_too() -> None:
    """Its fields keep their names; the sentence around them is German."""
    for name in ("a gap", "schema", "a reason that none is", "another target"):
        record, _ = EDITED_RECORDS[name]
        with pytest.raises(RecordError) as error:
            verify(record)
        assert error.value.german != str(error.value), name
        assert not set(error.value.german.split()) & {"the", "is", "of", "record"}, name


def test_a_special_date_beats_a_changed_holiday() -> None:
    """Its hours are the calendar's own, holiday or not."""
    agreement = edited(d2026_04_06=None)
    calendar = agreement.calendar.replace(special={MONDAY: [["10:00", "12:00"]]})
    assert audit(record_of(agreement.replace(calendar=calendar))).same


def test_the_day_after_a_deadline_at_midnight_is_no_part_of_the_stretch() -> None:
    """What ends at 24:00, ends before the next date begins."""
    form = {"source": "DE-NI", "first": 2026, "last": 2026, "days": {}}
    record = record_of(on(hours=EVERY_DAY, holidays=form), datetime(2026, 4, 2, 20, tzinfo=DESK))
    assert record["due"] == "2026-04-03T00:00:00+01:00"
    assert audit(record).same


def test_a_change_that_moves_no_deadline_is_told() -> None:
    """The day of opening became a holiday, after the desk had closed."""
    agreement = edited(d2026_04_01=["x", "y"], d2026_04_02=["x", "y"])
    evening = datetime(2026, 4, 2, 18, tzinfo=DESK)
    found = audit(record_of(agreement, evening))
    assert [change.kind for change in found.changes] == ["holiday"]
    assert found.due == found.deadline.due
    assert found.text().splitlines() == [
        "Fällig Dienstag, 7. April 2026, 12:30 Uhr (UTC+1), auch nach heutigen Daten.",
        "Donnerstag, 2. April 2026: damals x, heute kein Feiertag",
    ]
    first = "Due Tuesday 7 April 2026, 12:30 (UTC+1), by today's data too."
    assert found.text("en").splitlines()[0] == first


@pytest.fixture
def moved(tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Give Vaduz the clocks of another zone, as if its data had changed."""
    key = "Europe/Vaduz"
    assert key in keys()  # and so the keys are those of this machine, and stay so

    def move(other: str) -> None:
        path = tmp_path / key
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(resources.files("tzdata").joinpath("zoneinfo", *other.split("/")).read_bytes())
        zoneinfo.reset_tzpath([tmp_path])
        ZoneInfo.clear_cache(only_keys=[key])

    yield move
    zoneinfo.reset_tzpath()
    ZoneInfo.clear_cache(only_keys=[key])


def in_vaduz(at: datetime) -> Record:
    """Write a record of a desk in Vaduz."""
    return record_of(on(zone="Europe/Vaduz", holidays=None), at)


def test_a_changed_offset_is_found(moved: Callable[[str], None]) -> None:
    """Vaduz goes over to the time of London: the desk opens an hour later, seen from elsewhere."""
    record = in_vaduz(datetime(2026, 4, 2, 14, tzinfo=UTC))
    assert record["due"] == "2026-04-03T09:30:00+00:00"
    moved("Europe/London")
    found = audit(record)
    start = datetime(2026, 4, 1, 22, tzinfo=UTC)
    assert found.changes == (changed("offset", start, ("UTC+2", "UTC+2"), ("UTC+1", "UTC+1")),)
    assert found.due == datetime(2026, 4, 3, 9, 30, tzinfo=UTC)
    assert found.text("en").splitlines()[1] == "Wednesday 1 April 2026, 22:00 (UTC): then UTC+2, now UTC+1"
    german = "Mittwoch, 1. April 2026, 22:00 Uhr (UTC): damals UTC+2, heute UTC+1"
    assert found.text().splitlines()[1] == german


def test_a_change_of_clocks_that_came_or_went_is_found(moved: Callable[[str], None]) -> None:
    """Vaduz gives summer time up: from that night on, and not before."""
    record = in_vaduz(datetime(2026, 3, 27, 15, tzinfo=UTC))
    assert record["due"] == "2026-03-30T09:30:00+00:00"
    moved("Africa/Algiers")
    found = audit(record)
    assert [str(change.where) for change in found.changes] == ["2026-03-29 01:00:00+00:00"]
    assert found.changes[0].recorded == ("UTC+2", "UTC+2")
    assert found.due == datetime(2026, 3, 30, 10, 30, tzinfo=UTC)
    moved("Europe/Berlin")
    assert audit(record).same


@pytest.mark.parametrize(
    ("source", "years", "why"),
    [
        ("XX", (2026, 2026), "holidays: country 'XX' is unknown"),
        ("DE-XX", (2026, 2026), "holidays: DE has no subdivision 'XX'"),
        ("DE-NI", (2150, 2150), "opened_at 2150-04-02T14:10:00+01:00 lies outside 1991 to 2100"),
    ],
)
def test_where_today_gives_no_answer_an_audit_says_why(source: str, years: tuple[int, int], why: str) -> None:
    """The deadline holds nevertheless."""
    form = {"source": source, "first": years[0], "last": years[1], "days": {}}
    record = record_of(on(holidays=form), OPENED.replace(year=years[0]))
    assert verify(record).to_dict() == record
    found = audit(record)
    (change,) = found.changes
    assert (change.kind, change.where, change.recorded) == ("refused", None, None)
    assert change.today is not None
    assert change.today[1].startswith(why)
    assert found.due is None
    assert not found.same
    german, english = found.text().splitlines(), found.text("en").splitlines()
    assert german[0].endswith("; heute nicht mehr zu berechnen.")
    assert english[0].endswith("; it can no longer be computed today.")
    assert len(german) == len(english) == 2
    assert german[1] == f"heute keine Antwort: {change.today[0]}"
    assert english[1] == f"no answer today: {change.today[1]}"
    assert set(why.split()[:2]) & set(german[1].split())
    assert not {"is", "has", "lies", "the"} & set(german[1].split())


def test_a_zone_that_is_no_longer_known_is_no_answer() -> None:
    """A calendar may be in a zone that this machine has never heard of."""
    record = RECORDS["Berlin"]()
    record["calendar"]["zone"] = "Mars/Olympus"
    found = audit(hashed(record))
    assert [change.kind for change in found.changes] == ["refused"]
    assert "zone 'Mars/Olympus' is unknown" in found.text("en")


def test_an_audit_claims_nothing_for_years_that_nobody_knows() -> None:
    """A frozen calendar may know more years than the package; that knows none of 2101."""
    days = {"2100-12-30": ["a", "b"], "2100-12-31": ["c", "d"], "2101-01-01": ["Neujahr", "New Year's Day"]}
    form = {"source": "DE-NI", "first": 2095, "last": 2105, "days": days}
    record = record_of(on(hours=EVERY_DAY, holidays=form), datetime(2100, 12, 29, 21, tzinfo=DESK))
    assert record["due"] == "2101-01-02T09:00:00+01:00"
    claimed = [str(each.where) for each in audit(record).changes if each.kind == "holiday"]
    assert "2101-01-01" not in claimed


def test_what_no_fact_explains_is_said_to_be_calculation() -> None:
    """A deadline an hour earlier on its date, which no fact forbids: the versions are named."""
    earlier = RECORDS["same time"]()
    *_, last, rule = earlier["steps"]
    assert earlier["due"] == rule["end"] == last["end"] == "2026-04-10T14:10:00+01:00"
    earlier["due"] = last["end"] = rule["start"] = rule["end"] = "2026-04-10T13:10:00+01:00"
    hour = HOUR // timedelta(microseconds=1)
    last["used_microseconds"] -= hour
    for step in earlier["steps"][:-2]:
        step["left_microseconds"] -= hour
    earlier["versions"]["netcor-sla"] = "0.1.0"
    found = audit(hashed(earlier))
    assert found.text("en").splitlines() == [
        "Due Friday 10 April 2026, 13:10 (UTC+1); by today's data due Friday 10 April 2026, 14:10 (UTC+1).",
        f"then netcor-sla 0.1.0, now netcor-sla {record_of()['versions']['netcor-sla']}",
    ]


def test_time_that_was_counted_outside_the_recorded_hours_is_refused() -> None:
    """An hour moved from Thursday to Tuesday adds up, and is not what its hours say."""
    moved = record_of()
    first, night, last = moved["steps"][0], moved["steps"][1], moved["steps"][-1]
    hour = HOUR // timedelta(microseconds=1)
    first["end"] = night["start"] = "2026-04-02T16:00:00+01:00"
    last["end"] = moved["due"] = "2026-04-07T10:40:00+01:00"
    first["used_microseconds"] -= hour
    last["used_microseconds"] += hour
    for step in moved["steps"][:-1]:
        step["left_microseconds"] += hour
    assert refused(hashed(moved)).startswith(at("closed 2026-04-02T16:00:00+01:00"))


def test_hours_that_no_holiday_explains_are_found() -> None:
    """The record says that support closed at noon on Tuesday, or was closed the evening it came."""
    evening = record_of(at=OPENED.replace(hour=18))
    evening["hours"].pop(0)
    noon = record_of()
    noon["hours"][-1][1] = "2026-04-07T12:00:00+01:00"
    for record, day, then in ((noon, 7, "08:30 to 12:00"), (evening, 2, "closed")):
        (found,) = audit(hashed(record)).changes
        assert (found.kind, found.where) == ("hours", date(2026, 4, day))
        assert found.text("en").endswith(f"{day} April 2026: then {then}, now 08:30 to 17:00")


def test_today_is_told_in_the_zone_of_the_record() -> None:
    """Where the request was opened in New York, also today's answer is."""
    record = record_of(edited(d2026_04_06=None), OPENED.astimezone(ZoneInfo("America/New_York")))
    found = audit(record)
    assert found.due is not None
    assert found.due.isoformat() == "2026-04-07T04:40:00-04:00"


@pytest.mark.parametrize("fold", [0, 1])
def test_two_showings_of_an_hour_are_two_answers(fold: int) -> None:
    """02:30 comes twice in autumn: the audit compares instants, and not what clocks show."""
    terms = on(zone="Europe/Berlin", hours={"sun": [["02:00", "04:00"]]}, holidays=None)
    at = datetime(2026, 10, 25, 2, 15, tzinfo=BERLIN)
    targets = dict.fromkeys(EscalationLevel, BusinessHours(minutes=15))
    deadline = terms.replace(targets=targets).explain(at, CRITICAL)
    change = changed("offset", at, ("UTC+2", "UTC+2"), ("UTC+1", "UTC+1"))
    found = Audit(deadline=deadline, due=due_of(deadline).replace(fold=fold), changes=(change,))
    assert ("by today's data too" in found.text("en")) == (fold == 0)
    assert ("02:30 CET" in found.text("en")) == (fold == 1)


CHANGES = {
    "Montag, 6. April 2026: damals kein Feiertag, heute Ostermontag": (
        changed("holiday", date(2026, 4, 6), None, ("Ostermontag", "Easter Monday")),
        "Monday 6 April 2026: then no public holiday, now Easter Monday",
    ),
    "Montag, 6. April 2026: damals Ostermontag, heute kein Feiertag": (
        changed("holiday", date(2026, 4, 6), ("Ostermontag", "Easter Monday"), None),
        "Monday 6 April 2026: then Easter Monday, now no public holiday",
    ),
    "Freitag, 1. Mai 2026: damals Erster Mai / Labour Day, heute Erster Mai / Labor Day": (
        changed("holiday", date(2026, 5, 1), ("Erster Mai", "Labour Day"), ("Erster Mai", "Labor Day")),
        "Friday 1 May 2026: then Labour Day, now Labor Day",
    ),
    "Freitag, 1. Mai 2026: damals a b, heute c": (
        changed("holiday", date(2026, 5, 1), ("a\n\u202eb", "x"), ("c\0", "y\r\nz")),
        "Friday 1 May 2026: then x, now y z",
    ),
    "Sonntag, 29. März 2026, 01:00 Uhr (UTC): damals UTC+2, heute UTC+1": (
        changed("offset", datetime(2026, 3, 29, 1, tzinfo=UTC), ("UTC+2", "UTC+2"), ("UTC+1", "UTC+1")),
        "Sunday 29 March 2026, 01:00 (UTC): then UTC+2, now UTC+1",
    ),
    "damals netcor-sla 0.1.0, heute netcor-sla 0.2.0": (
        changed("calculation", None, *(((f"netcor-sla {each}",) * 2) for each in ("0.1.0", "0.2.0"))),
        "then netcor-sla 0.1.0, now netcor-sla 0.2.0",
    ),
    "heute keine Antwort: so": (changed("refused", None, None, ("so\n", "so\n")), "no answer today: so"),
}


@pytest.mark.parametrize("german", CHANGES)
def test_a_change_says_itself_in_one_line(german: str) -> None:
    """In German by default."""
    change, english = CHANGES[german]
    assert change.text() == change.text("de") == german
    assert change.text("en") == english


@pytest.mark.parametrize("language", ["fr", "DE", "", None, 5, ["de"]])
def test_another_language_is_refused(language: Any) -> None:
    """By audits, with and without changes, and by every kind of change."""
    tell: list[Any] = [change for change, _ in CHANGES.values()]
    tell += [audit(record_of()), audit(record_of(edited(d2026_04_06=None)))]
    for each in tell:
        with pytest.raises(ArgumentError) as error:
            each.text(language)
        assert str(error.value) == f"language {language!r} is unknown; choose 'de' or 'en'"


def test_a_change_is_ready_for_json() -> None:
    """A date as YYYY-MM-DD, an instant with its offset, and what there is not as null."""
    names = ("Ostermontag", "Easter Monday")
    assert changed("holiday", date(2026, 4, 6), None, names).to_dict() == {
        "kind": "holiday",
        "where": "2026-04-06",
        "recorded": None,
        "today": ["Ostermontag", "Easter Monday"],
    }
    offset = changed("offset", datetime(2026, 3, 29, 1, tzinfo=UTC), ("UTC",) * 2, None).to_dict()
    assert (offset["where"], offset["recorded"]) == ("2026-03-29T01:00:00+00:00", ["UTC", "UTC"])


def frozen(years: tuple[int, int] = (2026, 2027), **days: list[str] | None) -> BusinessCalendar:
    """Freeze the policy's calendar and edit it."""
    return edited(years, **days).calendar


def test_a_calendar_just_frozen_is_that_of_today() -> None:
    """No change, in all covered years; nor is there any without holidays."""
    assert compare(OFFICE.calendar.freeze(1991, 2100)) == ()
    assert compare(OFFICE.calendar.replace(holidays=None).freeze(2026, 2026)) == ()
    catholic = {"country": "DE", "subdivision": "BY", "categories": ["catholic", "public"]}
    assert compare(OFFICE.calendar.replace(holidays=catholic).freeze(2020, 2030)) == ()


def test_every_difference_is_compared_names_included() -> None:
    """Also on a Saturday, also in one language only; in order of the dates."""
    calendar = frozen(
        d2027_12_25=None,
        d2026_04_04=["Samstag", "Saturday"],
        d2026_04_06=["Ostermontag", "Monday"],
        d2026_01_01=None,
    )
    easter = ("Ostermontag", "Easter Monday")
    assert compare(calendar) == (
        changed("holiday", date(2026, 1, 1), None, ("Neujahr", "New Year's Day")),
        changed("holiday", date(2026, 4, 4), ("Samstag", "Saturday"), None),
        changed("holiday", date(2026, 4, 6), ("Ostermontag", "Monday"), easter),
        changed("holiday", date(2027, 12, 25), None, ("Erster Weihnachtstag", "Christmas Day")),
    )


def with_source(source: object, first: int, last: int) -> BusinessCalendar:
    """Make a calendar that carries no days of these years."""
    form = {"source": source, "first": first, "last": last, "days": {}}
    return OFFICE.calendar.replace(holidays=form)


KNOWN = "holidays of DE-NI are known today for 1991 to 2100"


@pytest.mark.parametrize(
    ("calendar", "error", "words"),
    [
        (None, ArgumentError, "calendar must be a BusinessCalendar, not None"),
        ({}, ArgumentError, "calendar must be a BusinessCalendar, not {}"),
        (OFFICE, ArgumentError, "calendar must be a BusinessCalendar, not Agreement(calendar=B"),
        (
            OFFICE.calendar,
            CalendarError,
            "calendar is not frozen, so there is nothing to compare; freeze mak",
        ),
        (OFFICE.calendar.replace(holidays=None), CalendarError, "calendar is not frozen, so there is noth"),
        (with_source("XX", 2026, 2026), CalendarError, "holidays: country 'XX' is unknown"),
        (with_source("DE-NI", 1990, 2026), CoverageError, f"{KNOWN}, not for 1990 to 2026"),
        (with_source("DE-NI", 2026, 2101), CoverageError, f"{KNOWN}, not for 2026 to 2101"),
        (with_source("DE", 1200, 1300), CoverageError, "holidays of DE are known today for 1991"),
        (with_source(None, 2026, 2300), CoverageError, "holidays of no country are known today"),
    ],
)
def test_what_can_not_be_compared_is_refused(calendar: Any, error: type[SLAError], words: str) -> None:
    """The message names the argument, and the remedy or the years."""
    with pytest.raises(error) as refusal:
        compare(calendar)
    assert type(refusal.value) is error
    assert str(refusal.value).startswith(words)


def test_a_holiday_that_changed_after_the_deadline_is_no_change() -> None:
    """The deadline rests on what was before it; so does whether the response was late."""
    deadline = ticket(edited(d2026_04_08=["x", "y"])).explain()
    assert deadline.overdue == timedelta(hours=4, minutes=5)
    found = audit(deadline.to_dict())
    assert found.same
    assert found.due == deadline.due


def test_an_audit_keeps_to_the_response() -> None:
    """What it says of today is that of the same ticket, answered then."""
    record = ticket(edited(d2026_04_02=["x", "y"]), late=False).explain().to_dict()
    assert record["responded_at"] == (TUESDAY + 3 * HOUR).isoformat()
    assert audit(record).due == TUESDAY + 265 * MINUTE
    assert audit(record).deadline.responded_at == TUESDAY + 3 * HOUR


@pytest.mark.parametrize(
    ("place", "opened"),
    [
        ("America/Sao_Paulo", "2013-10-20T12:00:00-02:00"),
        ("Asia/Beirut", "2026-03-29T12:00:00+03:00"),
        ("Asia/Pyongyang", "2018-05-04T09:00:00+08:30"),
    ],
)
def test_a_date_whose_midnight_is_skipped_has_not_changed(place: str, opened: str) -> None:
    """The first date of the stretch, or the one after the last: its offsets are what they were."""
    terms = on(zone=place, hours={"mon-sun": [["08:00", "17:00"]]}, holidays=None)
    record = record_of(terms, datetime.fromisoformat(opened))
    assert audit(record).changes == ()
