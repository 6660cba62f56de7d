"""Records: what stands in one, and the versions of library and data that it names."""

import json
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from netcor_sla import Agreement, BusinessCalendar, BusinessHours, Deadline, EscalationLevel
from netcor_sla._explanations.record import _zone_data, versions
from netcor_sla._values import fingerprint

BERLIN = ZoneInfo("Europe/Berlin")
CRITICAL, LOW = EscalationLevel.CRITICAL, EscalationLevel.LOW
RELEASE = import_module("tzdata").IANA_VERSION
LIBRARY = version("netcor-sla")


def desk(**calendar: Any) -> BusinessCalendar:  # noqa: ANN401
    """Make a calendar in Berlin."""
    form: dict[str, Any] = {"zone": "Europe/Berlin", "hours": {"mon-fri": [["08:30", "17:00"]]}}
    return BusinessCalendar(**form | {"holidays": "DE-NI"} | calendar)


def promise(calendar: BusinessCalendar, hours: int = 4) -> Agreement:
    """Promise so many hours."""
    targets = dict.fromkeys(EscalationLevel, BusinessHours(hours))
    return Agreement(calendar=calendar, targets=targets)


def record(opened: str, hours: int = 4, **calendar: Any) -> dict[str, Any]:  # noqa: ANN401
    """Write a record, as JSON has it."""
    at = datetime.fromisoformat(opened).replace(tzinfo=BERLIN)
    deadline = promise(desk(**calendar), hours).explain(at, CRITICAL)
    read: dict[str, Any] = json.loads(json.dumps(deadline.to_dict()))
    return read


def test_what_stands_in_a_record() -> None:
    """All of it: what was asked and answered, the steps, and what they rest on."""
    opened_at = datetime(2026, 3, 27, 16, tzinfo=BERLIN)
    deadline = promise(desk(), 2).clock(opened_at, LOW).explain()
    assert deadline.to_dict() == {
        "schema": "netcor-sla/deadline/3",
        "opened_at": "2026-03-27T16:00:00+01:00",
        "zone": "Europe/Berlin",
        "level": "low",
        "target": {"hours": 2},
        "day_rule": "elapsed",
        "starts_at": "2026-03-27T16:00:00+01:00",
        "due": "2026-03-30T09:30:00+02:00",
        "responded_at": None,
        "steps": [step.to_dict() for step in deadline.steps],
        "overrun": [],
        "history": {"level": "low", "changes": [], "pauses": []},
        "calendar": {
            "zone": "Europe/Berlin",
            "hours": {day: [["08:30", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
            "holidays": "DE-NI",
            "business_day": "08:30",
        },
        "offsets": [
            ["2026-03-27T00:00:00+01:00", "2026-03-29T02:00:00+01:00"],
            ["2026-03-29T03:00:00+02:00", "2026-03-31T00:00:00+02:00"],
        ],
        "hours": [
            ["2026-03-27T08:30:00+01:00", "2026-03-27T17:00:00+01:00"],
            ["2026-03-30T08:30:00+02:00", "2026-03-30T17:00:00+02:00"],
        ],
        "fingerprint": desk().fingerprint,
        "versions": versions(desk().schedule),
        "sha256": deadline.fingerprint,
    }


def test_the_history_is_written_in_utc() -> None:
    """A zone without a name is known by no more than its offsets; so instants need none."""
    at = datetime(2026, 4, 2, 10, tzinfo=BERLIN)
    hour = timedelta(hours=1)
    clock = promise(desk()).clock(at, LOW).pause(at + hour, at + 2 * hour)
    deadline = clock.change_level(at + 3 * hour, CRITICAL).respond(at + 8 * hour).explain()
    assert deadline.to_dict()["history"] == {
        "level": "low",
        "changes": [{"at": "2026-04-02T11:00:00+00:00", "level": "critical"}],
        "pauses": [["2026-04-02T09:00:00+00:00", "2026-04-02T10:00:00+00:00"]],
    }
    assert deadline.to_dict()["responded_at"] == "2026-04-02T18:00:00+02:00"


def test_special_dates_and_windows_are_those_of_the_stretch() -> None:
    """Of both it has what lies on its dates, and no more; what recurs is kept as it is."""
    window = ["2026-04-02T22:00:00+00:00", "2026-04-03T22:00:00+00:00"]
    kept = record(
        "2026-04-02T16:00",
        special={f"2026-04-{day:02}": [["10:00", "11:00"]] for day in (1, 2, 3, 4, 30)},
        recurring={"12-24": []},
        extra=[["2026-03-01T10:00Z", "2026-03-01T11:00Z"], window],
    )
    assert list(kept["calendar"]["special"]) == ["2026-04-02", "2026-04-03"]
    assert kept["calendar"]["recurring"] == {"12-24": []}
    assert kept["calendar"]["extra"] == [["2026-04-02T22:00:00+00:00", "2026-04-03T22:00:00+00:00"]]
    assert kept["fingerprint"] != fingerprint(kept["calendar"])


def test_the_holidays_of_a_frozen_calendar_are_told_by_where_they_came_from() -> None:
    """Those that mattered stand in the steps, with their names."""
    calendar = desk().freeze(2026, 2027)
    at = datetime(2026, 4, 2, 16, tzinfo=BERLIN)
    kept = promise(calendar).explain(at, CRITICAL).to_dict()
    assert kept["calendar"]["holidays"] == "DE-NI"
    assert kept["versions"]["holidays"] is None
    names = [step["names"][1] for step in kept["steps"] if "names" in step]
    assert names == ["Good Friday", "Easter Monday"]


@pytest.mark.parametrize(
    ("opened", "offsets"), [("2026-03-27T10:00", 1), ("2026-03-27T16:30", 2), ("2026-03-30T10:00", 1)]
)
def test_offsets_are_those_of_whole_dates(opened: str, offsets: int) -> None:
    """From the midnight before the opening to the one after the deadline."""
    kept = record(opened, 2)["offsets"]
    assert len(kept) == offsets
    assert kept[0][0] == f"{opened[:10]}T00:00:00{kept[0][0][-6:]}"
    assert kept[-1][1][11:19] == "00:00:00"


def test_a_late_response_needs_the_hours_and_offsets_of_its_dates() -> None:
    """And a change of level after the deadline, after years the offset at which it is said alone."""
    at = datetime(2026, 3, 27, 10, tzinfo=BERLIN)
    clock = promise(desk(), 1).clock(at, LOW)
    late = clock.respond(at + timedelta(days=3)).explain().to_dict()
    assert (len(late["offsets"]), len(late["hours"])) == (2, 2)
    changed = clock.change_level(at + timedelta(days=3), CRITICAL).explain().to_dict()
    assert (len(changed["offsets"]), len(changed["hours"])) == (2, 2)
    years = clock.change_level(at + timedelta(days=3000), CRITICAL).explain().to_dict()
    assert years["offsets"][1:] == [["2034-06-13T10:00:00+02:00"] * 2]


IN_BERLIN, IN_TOKYO = desk(), desk(zone="Asia/Tokyo")


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Path]:
    """Make a directory of zones with Berlin in it, the only one that `zoneinfo` looks at."""
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "Berlin").write_bytes(b"")
    _zone_data.cache_clear()
    zoneinfo.reset_tzpath([tmp_path])
    yield tmp_path
    zoneinfo.reset_tzpath()
    _zone_data.cache_clear()


def test_versions_are_of_what_was_asked() -> None:
    """Holidays that a calendar carries, or none, need no package; a fixed offset no zone data."""
    asked = versions(desk(zone="+01:00").schedule)
    assert asked == {"netcor-sla": LIBRARY, "holidays": version("holidays"), "tzdata": None}
    for calendar in (desk(zone="UTC").freeze(2026, 2026), desk(zone="UTC", holidays=None)):
        assert versions(calendar.schedule) == {"netcor-sla": LIBRARY, "holidays": None, "tzdata": None}


def test_the_release_of_zone_data_stands_in_its_directory(directory: Path) -> None:
    """In the first line of its `tzdata.zi`; asked once, like the zone; else it is unknown."""
    assert versions(IN_BERLIN.schedule)["tzdata"] == "unknown"
    _zone_data.cache_clear()
    listing = directory / "tzdata.zi"
    for text in ("# version 1999z\n# other\n", "# version 2000a\n"):
        listing.write_text(text, "utf-8")
        assert versions(IN_BERLIN.schedule)["tzdata"] == "1999z"


def test_a_zone_that_no_directory_has_is_the_packages(directory: Path) -> None:
    """As `zoneinfo` reads it; a directory of that name is no zone, and one without it is passed by."""
    (directory / "tzdata.zi").write_text("# version 1999z\n", "utf-8")
    (directory / "Asia" / "Tokyo").mkdir(parents=True)
    assert versions(IN_TOKYO.schedule)["tzdata"] == RELEASE
    before = directory / "before"
    before.mkdir()
    zoneinfo.reset_tzpath([before, directory])
    assert versions(IN_BERLIN.schedule)["tzdata"] == "1999z"


@pytest.mark.usefixtures("directory")
def test_a_record_can_be_read_wherever_the_zones_are() -> None:
    """A directory that names no release makes no record that nobody reads."""
    deadline = promise(IN_BERLIN).explain(datetime(2026, 4, 2, 15, 10, tzinfo=UTC), CRITICAL)
    assert Deadline.from_dict(deadline.to_dict()) == deadline
