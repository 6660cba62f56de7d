"""Kept records: verified from themselves alone, audited under today's data, and frozen ones compared."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import copy
import json
import os
import pickle
import subprocess
import sys
import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, timedelta, timezone
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import netcor_sla
from netcor_sla import (
    STANDARD,
    Agreement,
    BusinessCalendar,
    BusinessHours,
    EscalationLevel,
    ResponseClock,
    explain,
)
from netcor_sla._calendars.zones import known
from netcor_sla._values import fingerprint
from netcor_sla.errors import (
    ArgumentError,
    CalendarError,
    CoverageError,
    RecordError,
    SLAError,
)
from netcor_sla.records import Audit, Change, audit, compare, verify

CRITICAL, LOW = EscalationLevel.CRITICAL, EscalationLevel.LOW
HIGH = EscalationLevel.HIGH
BERLIN = ZoneInfo("Europe/Berlin")
DESK = STANDARD.calendar.tzinfo
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
    form = STANDARD.calendar.freeze(*years).to_dict()
    for key, names in days.items():
        day = key[1:].replace("_", "-")
        if names is None:
            del form["holidays"]["days"][day]
        else:
            form["holidays"]["days"][day] = names
    return STANDARD.replace(calendar=BusinessCalendar.from_dict(form))


def record_of(
    agreement: Agreement = STANDARD, at: datetime = OPENED, level: Any = CRITICAL
) -> Record:
    """Write a record."""
    return agreement.explain(at, level).to_dict()


def ticket(agreement: Agreement = STANDARD, *, late: bool = True) -> ResponseClock:
    """Tell of a ticket that was paused over Good Friday, raised, and answered, late or not.

    Of its 4 h, 50 min are counted on Thursday and the rest on Tuesday, up to 12:55.
    """
    clock = agreement.clock(OPENED, LOW).pause(OPENED + 50 * MINUTE, TUESDAY + 75 * MINUTE)
    clock = clock.change_level(TUESDAY + 2 * HOUR, CRITICAL)
    return clock.respond(TUESDAY + (26 * HOUR if late else 3 * HOUR))


def told_again(record: Record) -> Record:
    """Let the sums of a record follow from its steps, as `Deadline.from_dict` insists."""
    changed = copy.deepcopy(record)
    lengths = []
    for step in changed["steps"]:
        start, end = (datetime.fromisoformat(step[key]) for key in ("start", "end"))
        lengths.append((end - start) // timedelta(microseconds=1) * (step["kind"] == "counted"))
    left = sum(lengths)
    for step, length in zip(changed["steps"], lengths, strict=True):
        left -= length
        step["used_microseconds"], step["left_microseconds"] = length, left
    return changed


def refused(record: Any, check: Callable[[Any], object] = verify) -> str:
    """Insist that a record is refused, and give the message."""
    with pytest.raises(RecordError) as error:
        check(record)
    return str(error.value)


EDITED = "frozen, without a holiday"
RECORDS: dict[str, Callable[[], Record]] = {
    "standard": record_of,
    "days": lambda: record_of(level=LOW),
    "same time": lambda: record_of(STANDARD.replace(day_rule="same time"), level=LOW),
    "end of day": lambda: record_of(STANDARD.replace(day_rule="end of day"), level=LOW),
    "frozen": lambda: record_of(edited()),
    EDITED: lambda: record_of(edited(d2026_04_06=None)),
    "no holidays": lambda: record_of(
        STANDARD.replace(calendar=STANDARD.calendar.replace(holidays=None))
    ),
    "Berlin": lambda: record_of(
        STANDARD.replace(calendar=STANDARD.calendar.replace(zone="Europe/Berlin")),
        datetime(2026, 3, 27, 16, tzinfo=BERLIN),
    ),
    "shown in New York": lambda: record_of(at=OPENED.astimezone(ZoneInfo("America/New_York"))),
    "answered late": lambda: ticket().explain().to_dict(),
    "answered late, in Berlin": lambda: (
        ticket(STANDARD.replace(calendar=STANDARD.calendar.replace(zone="Europe/Berlin")))
        .explain()
        .to_dict()
    ),
    "answered on time, frozen": lambda: ticket(edited(), late=False).explain().to_dict(),
    "end of day, paused": lambda: (
        STANDARD.replace(day_rule="end of day")
        .clock(OPENED, LOW)
        .pause(OPENED + HOUR, TUESDAY + HOUR)
        .explain()
        .to_dict()
    ),
    "a long one": lambda: record_of(
        STANDARD.replace(targets=dict.fromkeys(EscalationLevel, BusinessHours(1000))), level=LOW
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
    proxy = MappingProxyType(record | {"calendar": MappingProxyType(record["calendar"])})
    assert verify(proxy) == deadline


def test_a_record_is_verified_without_holidays_and_zone_data() -> None:
    """In a process that has neither: both packages are blocked, and no directory is looked at."""
    told = subprocess.run(
        [sys.executable, "-c", VERIFY],
        input=json.dumps([make() for make in RECORDS.values()]),
        env=os.environ | {"PYTHONTZPATH": ""},
        capture_output=True,
        check=True,
        text=True,
    )
    assert json.loads(told.stdout) == [True] * len(RECORDS)


@pytest.mark.parametrize("check", [verify, audit])
@pytest.mark.parametrize("data", [None, 5, "record", [], [("schema", 1)]])
def test_what_is_no_mapping_is_refused(check: Any, data: Any) -> None:
    """As a TypeError of ours; the message names type and value."""
    with pytest.raises(ArgumentError) as error:
        check(data)
    assert str(error.value) == f"a record is a mapping, not {type(data).__name__}: {data!r}"


@pytest.mark.parametrize("check", [verify, audit])
def test_what_can_not_be_read_is_refused(check: Any) -> None:
    """A record that does not hold is no ground for an audit either."""
    assert refused({}, check).startswith("schema None is unknown")
    assert refused(record_of() | {"schema": "netcor-sla/deadline/3"}, check).startswith("schema ")
    assert refused(record_of() | {"level": "urgent"}, check).startswith("the record can't be read")
    assert refused(record_of() | {"due": "x"}, check).startswith("due: 'x' is no instant")


@pytest.mark.parametrize("check", [verify, audit])
def test_a_deadline_that_does_not_follow_is_refused(check: Any) -> None:
    """One minute more, with sums to match; the message tells what the facts give."""
    record = record_of()
    record["due"] = record["steps"][-1]["end"] = "2026-04-07T09:41:00+01:00"
    assert refused(told_again(record), check) == (
        "due 2026-04-07T09:41:00+01:00 does not follow from the record; its facts give "
        "2026-04-07T09:40:00+01:00"
    )


def test_steps_that_count_another_time_are_refused() -> None:
    """The deadline may be right by chance: the sum is drawn from the steps alone."""
    record = record_of()
    record["steps"][-1] |= {"kind": "closed", "reason": "outside hours"}
    assert refused(told_again(record)) == (
        "steps count 2:50:00, and 4:00:00 were promised; the deadline does not follow from them"
    )


def test_a_step_that_does_not_follow_is_refused() -> None:
    """Another reason, another name, a step cut in two, two made one; its number is named."""
    record = record_of()
    weekend = record["steps"][3]
    assert weekend["reason"] == "weekend"

    def with_steps(*steps: Record) -> Record:
        return told_again(record | {"steps": list(steps)})

    first, late, friday, _, *others = record["steps"]
    nameless = {key: value for key, value in others[0].items() if key != "names"}
    sunday = f"2026-04-05T00:00:00{weekend['end'][-6:]}"
    for number, steps in {
        7: (*record["steps"][:6], record["steps"][6] | {"reason": "special date"}),
        3: (first, late, friday | {"names": ["Freitag", "Friday"]}, weekend, *others),
        5: (first, late, friday, weekend, nameless, *others[1:]),
        4: (first, late, friday, weekend | {"end": sunday}, weekend | {"start": sunday}, *others),
        2: (first, late | {"end": friday["end"]}, weekend, *others),
        1: (first | {"reason": "extra hours"}, late, friday, weekend, *others),
    }.items():
        expected = f"step {number} does not follow from what else the record says"
        assert refused(with_steps(*steps)) == expected


def test_facts_that_give_another_deadline_are_refused() -> None:
    """A holiday taken out, hours changed, another target, rule or offset."""
    record = record_of()
    for change in (
        {"facts": record["facts"] | {"holidays": {"first": 1991, "last": 2100, "days": {}}}},
        {"target": {"hours": 5}},
        {"target": {"days": 4}},
    ):
        assert "does not follow from the record" in refused(record | change)
    by_date = record_of(STANDARD.replace(day_rule="end of day"), level=LOW)
    assert "does not follow from the record" in refused(by_date | {"target": {"days": 5}})
    in_berlin = RECORDS["Berlin"]()
    offsets = in_berlin["facts"]["offsets"]
    assert offsets == ["2026-03-27T00:00:00+01:00", "2026-03-29T03:00:00+02:00"]
    in_berlin["facts"]["offsets"] = offsets[:1]
    assert "does not follow from the record" in refused(in_berlin)


def test_a_rule_that_gives_another_deadline_is_refused() -> None:
    """Both rules for dates are written alike but for their last step."""
    record = record_of(STANDARD.replace(day_rule="end of day"), level=LOW)
    record["day_rule"] = record["steps"][-1]["reason"] = "same time"
    assert "does not follow from the record" in refused(record)


def test_facts_that_end_before_the_answer_are_refused() -> None:
    """The promised time is not to be had in the years that were known."""
    record = record_of(edited())
    for target in ({"hours": 10_000}, {"hours": 1_000_000}, {"days": 1_000_000}):
        expected = "due does not follow from the record: its facts end before"
        assert refused(record | {"target": target}) == expected
    by_date = record_of(edited().replace(day_rule="end of day"), level=LOW)
    assert refused(by_date | {"target": {"days": 1_000_000}}).endswith("its facts end before")


def test_the_fingerprint_is_that_of_the_calendar() -> None:
    """Where the record has the calendar as it was; of a frozen one, it has a part."""
    expected = "fingerprint of the record is not that of its calendar"
    assert refused(record_of() | {"fingerprint": "0" * 64}) == expected
    record = record_of()
    record["calendar"]["recurring"] = {"12-24": []}  # which changes nothing in this stretch
    assert refused(record) == expected
    part = record_of(edited()) | {"fingerprint": "0" * 64}
    assert verify(part).to_dict() == part


@pytest.mark.parametrize("name", [name for name in RECORDS if name != EDITED])
def test_an_audit_under_the_same_data_finds_nothing(name: str) -> None:
    """Today's answer is the recorded one; the record is left as it was."""
    record = RECORDS[name]()
    before = copy.deepcopy(record)
    found = audit(record)
    assert (found.same, found.changes) == (True, ())
    assert found.due is not None
    assert found.due.isoformat() == record["due"]
    assert found.deadline == verify(record)
    assert record == before


def test_a_holiday_that_was_not_known_is_found() -> None:
    """Easter Monday taken out: the deadline was a day earlier than it would be today."""
    found = audit(record_of(edited(d2026_04_06=None)))
    monday = Change("holiday", date(2026, 4, 6), None, ("Ostermontag", "Easter Monday"))
    assert found.changes == (monday,)
    assert not found.same
    assert found.deadline.due == datetime(2026, 4, 6, 9, 40, tzinfo=DESK)
    assert found.due == datetime(2026, 4, 7, 9, 40, tzinfo=DESK)
    assert found.text() == (
        "Fällig Montag, 6. April 2026, 09:40 Uhr (UTC+1); nach heutigen Daten Dienstag, 7. April "
        "2026, 09:40 Uhr (UTC+1).\n2026-04-06: damals kein Feiertag, heute Ostermontag"
    )
    assert found.text("en") == (
        "Due Monday 6 April 2026, 09:40 (UTC+1); by today's data Tuesday 7 April 2026, 09:40 "
        "(UTC+1).\n2026-04-06: then no public holiday, now Easter Monday"
    )


def test_a_holiday_that_is_no_longer_one_is_found() -> None:
    """In a frozen calendar with a day too many."""
    found = audit(record_of(edited(d2026_04_07=["Dienstag", "Tuesday"])))
    assert found.changes == (Change("holiday", date(2026, 4, 7), ("Dienstag", "Tuesday"), None),)
    assert found.due == datetime(2026, 4, 7, 9, 40, tzinfo=DESK)
    assert found.text("en").endswith("2026-04-07: then Tuesday, now no public holiday")


def test_many_changes_come_in_order() -> None:
    """Each date once."""
    agreement = edited(d2026_04_06=None, d2026_04_03=None, d2026_04_02=["x", "y"])
    found = audit(record_of(agreement, datetime(2026, 4, 1, 14, 10, tzinfo=DESK), LOW))
    assert [str(change.where) for change in found.changes] == ["2026-04-02", FRIDAY, MONDAY]
    assert len(found.text().splitlines()) == 4


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


def test_a_special_date_beats_a_changed_holiday() -> None:
    """Its hours are the calendar's own, holiday or not."""
    agreement = edited(d2026_04_06=None)
    calendar = agreement.calendar.replace(special={MONDAY: [["10:00", "12:00"]]})
    assert audit(record_of(agreement.replace(calendar=calendar))).same


def test_the_day_after_a_deadline_at_midnight_is_no_part_of_the_stretch() -> None:
    """What ends at 24:00, ends before the next date begins."""
    form = {"source": "DE-NI", "first": 2026, "last": 2026, "days": {}}
    calendar = STANDARD.calendar.replace(hours=EVERY_DAY, holidays=form)
    record = record_of(STANDARD.replace(calendar=calendar), datetime(2026, 4, 2, 20, tzinfo=DESK))
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
        "2026-04-02: damals x, heute kein Feiertag",
    ]
    first = "Due Tuesday 7 April 2026, 12:30 (UTC+1), by today's data too."
    assert found.text("en").splitlines()[0] == first


@pytest.fixture
def moved(tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Give Vaduz the clocks of another zone, as if its data had changed."""
    key = "Europe/Vaduz"
    assert known(key)  # and so the keys are those of this machine, and stay so

    def move(other: str) -> None:
        path = tmp_path / key
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(
            resources.files("tzdata").joinpath("zoneinfo", *other.split("/")).read_bytes()
        )
        zoneinfo.reset_tzpath([tmp_path])
        ZoneInfo.clear_cache(only_keys=[key])

    yield move
    zoneinfo.reset_tzpath()
    ZoneInfo.clear_cache(only_keys=[key])


def in_vaduz(at: datetime) -> Record:
    """Write a record of a desk in Vaduz."""
    calendar = STANDARD.calendar.replace(zone="Europe/Vaduz", holidays=None)
    return record_of(STANDARD.replace(calendar=calendar), at)


def test_a_changed_offset_is_found(moved: Callable[[str], None]) -> None:
    """Vaduz goes over to the time of London: the desk opens an hour later, seen from elsewhere."""
    record = in_vaduz(datetime(2026, 4, 2, 14, tzinfo=UTC))
    assert record["due"] == "2026-04-03T09:30:00+00:00"
    moved("Europe/London")
    found = audit(record)
    start = datetime(2026, 4, 1, 22, tzinfo=UTC)
    assert found.changes == (Change("offset", start, ("UTC+2", "UTC+2"), ("UTC+1", "UTC+1")),)
    assert found.due == datetime(2026, 4, 3, 9, 30, tzinfo=UTC)
    assert found.text("en").splitlines()[1] == ("2026-04-01T22:00:00+00:00: then UTC+2, now UTC+1")
    assert found.text().splitlines()[1] == "2026-04-01T22:00:00+00:00: damals UTC+2, heute UTC+1"


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


def test_the_same_clocks_from_another_zone_are_no_change(moved: Callable[[str], None]) -> None:
    """Data may be written otherwise, as long as clocks show the same."""
    record = in_vaduz(datetime(2026, 4, 2, 14, tzinfo=UTC))
    moved("Europe/Paris")
    assert audit(record).same


@pytest.mark.parametrize(
    ("source", "years", "why"),
    [
        ("XX", (2026, 2026), "holidays: country 'XX' is unknown"),
        ("DE-XX", (2026, 2026), "holidays: DE has no subdivision 'XX'"),
        ("DE-NI", (2150, 2150), "opened_at 2150-04-02T14:10:00+01:00 lies outside 1991 to 2100"),
    ],
)
def test_where_today_gives_no_answer_an_audit_says_why(
    source: str, years: tuple[int, int], why: str
) -> None:
    """The deadline holds nevertheless."""
    form = {"source": source, "first": years[0], "last": years[1], "days": {}}
    agreement = STANDARD.replace(calendar=STANDARD.calendar.replace(holidays=form))
    record = record_of(agreement, OPENED.replace(year=years[0]))
    assert verify(record).to_dict() == record
    found = audit(record)
    (change,) = found.changes
    assert (change.kind, change.where, change.recorded) == ("refused", None, None)
    assert change.today is not None
    assert change.today[0] == change.today[1]
    assert change.today[0].startswith(why)
    assert found.due is None
    assert not found.same
    german, english = found.text().splitlines(), found.text("en").splitlines()
    assert german[0].endswith("; heute nicht mehr zu berechnen.")
    assert english[0].endswith("; it can no longer be worked out today.")
    assert len(german) == len(english) == 2
    assert why in german[1]
    assert why in english[1]
    assert "Feiertag" not in german[1]
    assert "public holiday" not in english[1]


def test_a_zone_that_is_no_longer_known_is_no_answer() -> None:
    """A calendar may be in a zone that this machine has never heard of."""
    record = RECORDS["Berlin"]()
    record["calendar"]["zone"] = "Mars/Olympus"
    record["fingerprint"] = fingerprint(record["calendar"])
    found = audit(record)
    assert [change.kind for change in found.changes] == ["refused"]
    assert "zone 'Mars/Olympus' is unknown" in found.text("en")


def test_an_audit_claims_nothing_for_years_that_nobody_knows() -> None:
    """A frozen calendar may know more years than the package; that knows none of 2101."""
    days = {
        "2100-12-30": ["a", "b"],
        "2100-12-31": ["c", "d"],
        "2101-01-01": ["Neujahr", "New Year's Day"],
    }
    form = {"source": "DE-NI", "first": 2095, "last": 2105, "days": days}
    calendar = STANDARD.calendar.replace(hours=EVERY_DAY, holidays=form)
    at = datetime(2100, 12, 29, 21, tzinfo=DESK)
    record = record_of(STANDARD.replace(calendar=calendar), at)
    assert record["due"] == "2101-01-02T09:00:00+01:00"
    claimed = [str(each.where) for each in audit(record).changes if each.kind == "holiday"]
    assert "2101-01-01" not in claimed


def test_an_answer_that_only_the_library_changed_is_said_to_be_calculation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No fact explains the difference, so the versions are named."""
    later, record = STANDARD.explain(OPENED + timedelta(minutes=5), CRITICAL), record_of()
    record["versions"]["netcor-sla"] = "0.1.0"
    monkeypatch.setattr(ResponseClock, "explain", lambda _: later)
    found = audit(record)
    versions = (f"netcor-sla {each}" for each in ("0.1.0", netcor_sla.__version__))
    then, now = ((each, each) for each in versions)
    assert found.changes == (Change("calculation", None, then, now),)
    assert found.due == datetime(2026, 4, 7, 9, 45, tzinfo=DESK)
    assert (
        found.text().splitlines()[1]
        == f"damals netcor-sla 0.1.0, heute netcor-sla {netcor_sla.__version__}"
    )
    assert found.text("en").endswith(
        f"\nthen netcor-sla 0.1.0, now netcor-sla {netcor_sla.__version__}"
    )


def test_today_is_told_in_the_zone_of_the_record() -> None:
    """Where the request was opened in New York, also today's answer is."""
    record = record_of(edited(d2026_04_06=None), OPENED.astimezone(ZoneInfo("America/New_York")))
    found = audit(record)
    assert found.due is not None
    assert found.due.isoformat() == "2026-04-07T04:40:00-04:00"


@pytest.mark.parametrize("fold", [0, 1])
def test_two_showings_of_an_hour_are_two_answers(fold: int) -> None:
    """02:30 comes twice in autumn: the audit compares instants, and not what clocks show."""
    calendar = STANDARD.calendar.replace(
        zone="Europe/Berlin", hours={"sun": [["02:00", "04:00"]]}, holidays=None
    )
    at = datetime(2026, 10, 25, 2, 15, tzinfo=BERLIN)
    targets = dict.fromkeys(EscalationLevel, BusinessHours(minutes=15))
    deadline = STANDARD.replace(calendar=calendar, targets=targets).explain(at, CRITICAL)
    change = Change("offset", at, ("UTC+2", "UTC+2"), ("UTC+1", "UTC+1"))
    found = Audit(deadline, deadline.due.replace(fold=fold), (change,))
    assert ("by today's data too" in found.text("en")) == (fold == 0)
    assert ("(Europe/Berlin, UTC+1)" in found.text("en")) == (fold == 1)


CHANGES = {
    "2026-04-06: damals kein Feiertag, heute Ostermontag": (
        Change("holiday", date(2026, 4, 6), None, ("Ostermontag", "Easter Monday")),
        "2026-04-06: then no public holiday, now Easter Monday",
    ),
    "2026-04-06: damals Ostermontag, heute kein Feiertag": (
        Change("holiday", date(2026, 4, 6), ("Ostermontag", "Easter Monday"), None),
        "2026-04-06: then Easter Monday, now no public holiday",
    ),
    "2026-05-01: damals Erster Mai / Labour Day, heute Erster Mai / Labor Day": (
        Change(
            "holiday", date(2026, 5, 1), ("Erster Mai", "Labour Day"), ("Erster Mai", "Labor Day")
        ),
        "2026-05-01: then Labour Day, now Labor Day",
    ),
    "2026-05-01: damals a b, heute c": (
        Change("holiday", date(2026, 5, 1), ("a\n\u202eb", "x"), ("c\0", "y\r\nz")),
        "2026-05-01: then x, now y z",
    ),
    "2026-03-29T01:00:00+00:00: damals UTC+2, heute UTC+1": (
        Change(
            "offset",
            datetime(2026, 3, 29, 1, tzinfo=UTC),
            ("UTC+2", "UTC+2"),
            ("UTC+1", "UTC+1"),
        ),
        "2026-03-29T01:00:00+00:00: then UTC+2, now UTC+1",
    ),
    "damals netcor-sla 0.1.0, heute netcor-sla 0.2.0": (
        Change(
            "calculation", None, *(((f"netcor-sla {each}",) * 2) for each in ("0.1.0", "0.2.0"))
        ),
        "then netcor-sla 0.1.0, now netcor-sla 0.2.0",
    ),
    "heute keine Antwort: so": (
        Change("refused", None, None, ("so\n", "so\n")),
        "no answer today: so",
    ),
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


@pytest.mark.parametrize("german", CHANGES)
def test_a_change_is_ready_for_json(german: str) -> None:
    """With exactly these keys; a date as YYYY-MM-DD, an instant with its offset."""
    change, _ = CHANGES[german]
    form = change.to_dict()
    assert list(form) == ["kind", "where", "recorded", "today"]
    assert json.loads(json.dumps(form)) == form
    assert form["kind"] == change.kind
    assert form["where"] == (change.where and change.where.isoformat())
    for key, names in (("recorded", change.recorded), ("today", change.today)):
        assert form[key] == (names and list(names))


def test_changes_and_audits_are_values() -> None:
    """Equal, hashed and copied by what they say, and never changed."""
    found, again = (audit(record_of(edited(d2026_04_06=None))) for _ in range(2))
    assert found == again
    assert hash(found) == hash(again)
    assert copy.deepcopy(found) == found
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own pickle
    assert found != audit(record_of())
    for value, name in ((found, "due"), (found.changes[0], "kind")):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, 5)


def frozen(years: tuple[int, int] = (2026, 2027), **days: list[str] | None) -> BusinessCalendar:
    """Freeze the policy's calendar and edit it."""
    return edited(years, **days).calendar


def test_a_calendar_just_frozen_is_that_of_today() -> None:
    """No change, in all covered years; nor is there any without holidays."""
    assert compare(STANDARD.calendar.freeze(1991, 2100)) == ()
    assert compare(STANDARD.calendar.replace(holidays=None).freeze(2026, 2026)) == ()
    catholic = {"country": "DE", "subdivision": "BY", "categories": ["catholic", "public"]}
    assert compare(STANDARD.calendar.replace(holidays=catholic).freeze(2020, 2030)) == ()


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
        Change("holiday", date(2026, 1, 1), None, ("Neujahr", "New Year's Day")),
        Change("holiday", date(2026, 4, 4), ("Samstag", "Saturday"), None),
        Change("holiday", date(2026, 4, 6), ("Ostermontag", "Monday"), easter),
        Change("holiday", date(2027, 12, 25), None, ("Erster Weihnachtstag", "Christmas Day")),
    )


def test_special_dates_are_no_difference() -> None:
    """Only holidays are compared, whatever hours a date has."""
    calendar = frozen().replace(special={MONDAY: [["08:00", "12:00"]]}, recurring={"12-24": []})
    assert compare(calendar) == ()


def with_source(source: object, first: int, last: int) -> BusinessCalendar:
    """Make a calendar that carries no days of these years."""
    form = {"source": source, "first": first, "last": last, "days": {}}
    return STANDARD.calendar.replace(holidays=form)


@pytest.mark.parametrize(
    ("calendar", "error", "words"),
    [
        (None, ArgumentError, "calendar must be a BusinessCalendar, not None"),
        ({}, ArgumentError, "calendar must be a BusinessCalendar, not {}"),
        (STANDARD, ArgumentError, "calendar must be a BusinessCalendar, not Agreement("),
        (
            STANDARD.calendar,
            CalendarError,
            "calendar is not frozen, so there is nothing to compare",
        ),
        (
            STANDARD.calendar.replace(holidays=None),
            CalendarError,
            "calendar is not frozen, so there is nothing to compare; make one with freeze()",
        ),
        (with_source("XX", 2026, 2026), CalendarError, "holidays: country 'XX' is unknown"),
        (
            with_source("DE-NI", 1990, 2026),
            CoverageError,
            "holidays of DE-NI are known today for 1991 to 2100, and the calendar has them for 1990 to 2026",
        ),
        (
            with_source("DE-NI", 2026, 2101),
            CoverageError,
            "holidays of DE-NI are known today for 1991 to 2100, and the calendar has them for 2026 to 2101",
        ),
        (with_source("DE", 1200, 1300), CoverageError, "holidays of DE are known today for 1991"),
        (with_source(None, 2026, 2300), CoverageError, "holidays of no country are known today"),
    ],
)
def test_what_can_not_be_compared_is_refused(
    calendar: Any, error: type[SLAError], words: str
) -> None:
    """The message names the argument, and the remedy or the years."""
    with pytest.raises(error) as refusal:
        compare(calendar)
    assert type(refusal.value) is error
    assert str(refusal.value).startswith(words)


def test_the_records_of_explain_are_those_of_the_agreement() -> None:
    """What the README shows can be kept."""
    assert verify(explain(OPENED, CRITICAL).to_dict()) == STANDARD.explain(OPENED, CRITICAL)
    fixed = OPENED.astimezone(timezone(-5 * HOUR))
    assert verify(explain(fixed, CRITICAL).to_dict()).due == datetime(
        2026, 4, 7, 9, 40, tzinfo=DESK
    )


def test_the_record_of_a_ticket_is_that_of_its_clock() -> None:
    """Verified, it is the very deadline that the clock explained, with all that followed it."""
    told = ticket().explain()
    again = verify(json.loads(json.dumps(told.to_dict())))
    assert again == told
    assert again.due == TUESDAY + 265 * MINUTE
    assert again.responded_at == TUESDAY + 26 * HOUR
    assert again.overdue == timedelta(hours=6, minutes=5)
    assert (again.text(), again.svg("en")) == (told.text(), told.svg("en"))


def with_history(change: Callable[[Record], object]) -> Record:
    """Write the record of a ticket, and change its history."""
    record = ticket().explain().to_dict()
    change(record["history"])
    return record


def written(at: datetime) -> str:
    """Write an instant as in a record."""
    return at.isoformat()


@pytest.mark.parametrize("check", [verify, audit])
@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        pytest.param([], "2026-04-07T09:40:00", id="none"),
        pytest.param(
            [(OPENED + 50 * MINUTE, TUESDAY + HOUR)], "2026-04-07T12:40:00", id="a shorter one"
        ),
        pytest.param(
            [(OPENED, TUESDAY + 75 * MINUTE)], "2026-04-07T13:45:00", id="one that began before"
        ),
        pytest.param(
            [
                (OPENED + 50 * MINUTE, TUESDAY + 75 * MINUTE),
                (TUESDAY + 2 * HOUR, TUESDAY + 3 * HOUR),
            ],
            "2026-04-07T13:55:00",
            id="one more",
        ),
    ],
)
def test_other_pauses_give_another_deadline(
    check: Any, pauses: list[tuple[datetime, datetime]], due: str
) -> None:
    """Which the message tells, as with all other facts."""
    told = [[written(start), written(end)] for start, end in pauses]
    record = with_history(lambda history: history.update(pauses=told))
    assert refused(record, check) == (
        f"due 2026-04-07T12:55:00+01:00 does not follow from the record; its facts give {due}+01:00"
    )


def test_a_change_of_level_at_another_instant_is_refused() -> None:
    """The deadline would be the same, and the steps are others."""
    later = {"at": written(TUESDAY + 3 * HOUR), "level": "critical"}
    record = with_history(lambda history: history.update(changes=[later]))
    assert refused(record) == "step 9 does not follow from what else the record says"


def test_a_pause_in_closed_hours_decides_nothing() -> None:
    """It may be told or not; neither steps nor deadline show it."""
    night = [written(OPENED - 10 * HOUR + timedelta(days=6)), "2026-04-08T05:00:00+01:00"]
    record = with_history(lambda history: history["pauses"].append(night))
    assert verify(record).due == ticket().due
    assert verify(record).steps == ticket().explain().steps


def step_after(step: Record, **changes: object) -> Record:
    """Write a step that lasts no time, at the end of another."""
    return step | {"start": step["end"], "used_microseconds": 0} | changes


def one_pause_more(history: Record) -> None:
    """Pause after the deadline."""
    history["pauses"].append([written(TUESDAY + 5 * HOUR), written(TUESDAY + 6 * HOUR)])


def another_reason(history: Record) -> None:
    """Say that extra hours were counted."""
    history["overrun"][0]["reason"] = "extra hours"


def another_kind(history: Record) -> None:
    """Say that the afternoon after the deadline was closed."""
    history["overrun"][0] |= {"kind": "closed", "reason": "weekend", "used_microseconds": 0}
    history["overrun"][0]["left_microseconds"] = history["overrun"][1]["left_microseconds"]


def another_name(history: Record) -> None:
    """Give the night a name."""
    history["overrun"][1]["names"] = ["Nacht", "night"]


def a_rule_more(history: Record) -> None:
    """Count dates after the deadline."""
    last = history["overrun"][-1]
    history["overrun"].append(step_after(last, kind="rule", reason="end of day"))


def a_change_more(history: Record) -> None:
    """Tell of a level that nobody set."""
    last = history["overrun"][-1]
    history["overrun"].append(step_after(last, kind="level", reason="low"))


def a_step_cut_in_two(history: Record) -> None:
    """Count an afternoon in two pieces."""
    first, *others = history["overrun"]
    middle, hour = written(TUESDAY + 325 * MINUTE), HOUR // timedelta(microseconds=1)
    left, used = first["left_microseconds"], first["used_microseconds"]
    one = first | {"end": middle, "used_microseconds": hour}
    one["left_microseconds"] = left + used - hour
    other = first | {"start": middle, "used_microseconds": used - hour}
    history["overrun"] = [one, other, *others]


@pytest.mark.parametrize(
    "change",
    [
        *(one_pause_more, another_reason, another_kind, another_name),
        *(a_rule_more, a_change_more, a_step_cut_in_two),
    ],
)
@pytest.mark.parametrize("check", [verify, audit])
def test_steps_after_the_deadline_that_do_not_follow_are_refused(
    change: Callable[[Record], None], check: Any
) -> None:
    """As those before it are: how late it was must follow from the facts."""
    told = refused(with_history(change), check)
    assert "overrun" in told
    assert "does not follow" in told


def test_a_response_that_came_years_late_is_verified() -> None:
    """The years that a record claims are bounded for the deadline, not for what is told of."""
    clock = STANDARD.clock(OPENED, CRITICAL).respond(OPENED.replace(year=2029))
    deadline = clock.explain()
    assert verify(deadline.to_dict()) == deadline
    assert audit(deadline.to_dict()).same


def test_a_holiday_that_changed_in_a_pause_moves_no_deadline() -> None:
    """Easter Monday was not known: the change is told, and all of that day was paused anyway."""
    found = audit(ticket(edited(d2026_04_06=None)).explain().to_dict())
    assert found.changes == (
        Change("holiday", date(2026, 4, 6), None, ("Ostermontag", "Easter Monday")),
    )
    assert not found.same
    assert found.due == found.deadline.due == TUESDAY + 265 * MINUTE
    assert found.text("en").splitlines()[0] == (
        "Due Tuesday 7 April 2026, 12:55 (UTC+1), by today's data too."
    )


def test_a_holiday_that_changed_outside_a_pause_moves_the_deadline() -> None:
    """Thursday was one, so nothing was counted on it."""
    found = audit(ticket(edited(d2026_04_02=["x", "y"])).explain().to_dict())
    assert found.changes == (Change("holiday", date(2026, 4, 2), ("x", "y"), None),)
    assert found.deadline.due == TUESDAY + 315 * MINUTE
    assert found.due == TUESDAY + 265 * MINUTE
    assert found.text().startswith(
        "Fällig Dienstag, 7. April 2026, 13:45 Uhr (UTC+1); nach heutigen Daten Dienstag, 7. April "
        "2026, 12:55 Uhr (UTC+1).\n2026-04-02: damals x, heute kein Feiertag"
    )


def test_a_holiday_that_changed_after_the_deadline_is_no_change() -> None:
    """The deadline rests on what was before it; so does whether the response was late."""
    deadline = ticket(edited(d2026_04_08=["x", "y"])).explain()
    assert deadline.overdue == timedelta(hours=4, minutes=5)
    found = audit(deadline.to_dict())
    assert found.same
    assert found.due == deadline.due


def test_today_a_pause_may_come_before_the_deadline() -> None:
    """Good Friday was not known, so the deadline was that morning, and Tuesday's pause too late."""
    clock = edited(d2026_04_03=None).clock(OPENED, CRITICAL)
    record = clock.pause(TUESDAY + 30 * MINUTE, TUESDAY + 90 * MINUTE).explain().to_dict()
    assert record["due"] == "2026-04-03T09:40:00+01:00"
    assert audit(record).due == datetime(2026, 4, 7, 10, 40, tzinfo=DESK)


def test_an_audit_keeps_to_the_response() -> None:
    """What it says of today is that of the same ticket, answered then."""
    record = ticket(edited(d2026_04_02=["x", "y"]), late=False).explain().to_dict()
    assert record["history"]["responded_at"] == written(TUESDAY + 3 * HOUR)
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
    calendar = STANDARD.calendar.replace(
        zone=place, hours={"mon-sun": [["08:00", "17:00"]]}, holidays=None
    )
    record = record_of(STANDARD.replace(calendar=calendar), datetime.fromisoformat(opened))
    assert audit(record).changes == ()


def test_offsets_of_before_the_opening_are_no_change() -> None:
    """A record may claim them: nothing rests on what a clock showed before the first date."""
    record = RECORDS["Berlin"]()
    offsets = record["facts"]["offsets"]
    record["facts"]["offsets"] = ["1990-01-01T00:00:00+01:00", offsets[1]]
    assert verify(record).to_dict() == record
    assert audit(record).same
