"""Where an answer comes from: the versions of library and data, and None for what was not asked."""

import json
import os
import subprocess
import sys
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from netcor_sla._calendars.frozen_holidays import FrozenHolidays, Holidays
from netcor_sla._explanations.provenance import _zone_data, versions
from netcor_sla._version import VERSION

from netcor_sla import STANDARD, BusinessCalendar, Deadline, EscalationLevel
from netcor_sla._calendars.holidays import HolidaySource

BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
RELEASE = import_module("tzdata").IANA_VERSION
LIVE = HolidaySource("DE", "NI")
FROZEN = FrozenHolidays(LIVE, 2026, 2026, {})
FIXED = timezone(timedelta(hours=1))

TELL = """
import json, sys
from zoneinfo import TZPATH, ZoneInfo
from netcor_sla._explanations.provenance import versions
print(json.dumps([TZPATH, versions(None, ZoneInfo("Europe/Berlin"))]))
"""
TELL_NOTHING = """
import sys
sys.modules["holidays"] = sys.modules["tzdata"] = None  # so that an import of them raises
from datetime import timezone
from netcor_sla._calendars.frozen_holidays import FrozenHolidays
from netcor_sla._explanations.provenance import versions
print(versions(FrozenHolidays(None, 2026, 2026, {}), timezone.utc))
"""


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


@pytest.mark.parametrize("source", [None, FROZEN, FrozenHolidays(None, 2026, 2026, {})])
def test_the_version_of_the_package_is_told_only_where_it_was_asked(
    source: Holidays | None,
) -> None:
    """Holidays that a calendar carries, or no holidays, come from nowhere else."""
    assert versions(source, FIXED) == {"netcor-sla": VERSION, "holidays": None, "tzdata": None}


def test_the_version_of_the_package_is_its_own() -> None:
    """As installed, and a text."""
    told = versions(LIVE, FIXED)
    assert told["holidays"] == version("holidays")
    assert list(told) == ["netcor-sla", "holidays", "tzdata"]


@pytest.mark.parametrize("zone", [UTC, FIXED, timezone(timedelta(minutes=-90))])
def test_a_fixed_offset_needs_no_zone_data(zone: tzinfo) -> None:
    """So none is named, not even for UTC."""
    assert versions(LIVE, zone)["tzdata"] is None


def test_the_release_stands_in_the_directory(directory: Path) -> None:
    """In the first line of its `tzdata.zi`."""
    (directory / "tzdata.zi").write_text("# version 1999z\n# other\n", "utf-8")
    assert versions(None, BERLIN)["tzdata"] == "1999z"


def test_the_release_is_asked_once_for_each_zone(directory: Path) -> None:
    """An update beneath a running process changes nothing of what the process has read."""
    listing = directory / "tzdata.zi"
    listing.write_text("# version 1999z\n", "utf-8")
    assert versions(None, BERLIN)["tzdata"] == "1999z"
    listing.write_text("# version 2000a\n", "utf-8")
    (directory / "Asia").mkdir()
    (directory / "Asia" / "Tokyo").write_bytes(b"")
    assert versions(None, BERLIN)["tzdata"] == "1999z"
    assert versions(None, TOKYO)["tzdata"] == "2000a"


@pytest.mark.usefixtures("directory")
def test_a_directory_that_does_not_tell_is_unknown() -> None:
    """Better than a guess."""
    assert versions(None, BERLIN)["tzdata"] == "unknown"


def test_a_zone_that_the_directory_lacks_is_the_packages(directory: Path) -> None:
    """As `zoneinfo` reads it: the directories in order, then the package."""
    (directory / "tzdata.zi").write_text("# version 1999z\n", "utf-8")
    assert versions(None, TOKYO)["tzdata"] == RELEASE


def test_a_directory_of_the_same_name_is_no_zone(directory: Path) -> None:
    """Only a file is."""
    (directory / "tzdata.zi").write_text("# version 1999z\n", "utf-8")
    (directory / "Asia" / "Tokyo").mkdir(parents=True)
    assert versions(None, TOKYO)["tzdata"] == RELEASE


def test_the_first_directory_with_the_zone_counts(directory: Path, tmp_path: Path) -> None:
    """One before it that lacks the zone is passed by, whatever its listing says."""
    before = tmp_path / "before"
    before.mkdir()
    (before / "tzdata.zi").write_text("# version 1888a\n", "utf-8")
    (directory / "tzdata.zi").write_text("# version 1999z\n", "utf-8")
    zoneinfo.reset_tzpath([before, directory])
    assert versions(None, BERLIN)["tzdata"] == "1999z"


def test_a_record_can_be_read_back_wherever_the_zones_are(directory: Path) -> None:
    """A long path of a directory that does not tell makes no record that nobody reads."""
    deep = directory / ("d" * 120)
    (deep / "Europe").mkdir(parents=True)
    (deep / "Europe" / "Berlin").write_bytes(b"")
    zoneinfo.reset_tzpath([deep])
    calendar = BusinessCalendar(
        zone="Europe/Berlin", hours={"mon-fri": [("08:30", "17:00")]}, holidays=None
    )
    at = datetime(2026, 4, 2, 15, 10, tzinfo=UTC)
    deadline = STANDARD.replace(calendar=calendar).explain(at, EscalationLevel.CRITICAL)
    assert Deadline.from_dict(deadline.to_dict()) == deadline


def test_the_systems_own_release_is_a_release() -> None:
    """As 2026a, or why it is unknown."""
    told = versions(None, BERLIN)["tzdata"]
    assert told is not None
    assert told == "unknown" or (told[:4].isdigit() and 5 <= len(told) <= 8)


def test_the_packages_release_is_told_where_there_is_no_directory() -> None:
    """As on Windows: `PYTHONTZPATH` is empty here."""
    told = subprocess.run(
        [sys.executable, "-c", TELL],
        env=os.environ | {"PYTHONTZPATH": ""},
        capture_output=True,
        check=True,
        text=True,
    )
    expected = {"netcor-sla": VERSION, "holidays": None, "tzdata": RELEASE}
    assert json.loads(told.stdout) == [[], expected]


def test_nothing_is_imported_that_was_not_asked() -> None:
    """Neither package, here both blocked."""
    told = subprocess.run(
        [sys.executable, "-c", TELL_NOTHING], capture_output=True, check=True, text=True
    )
    expected = {"netcor-sla": VERSION, "holidays": None, "tzdata": None}
    assert told.stdout.strip() == str(expected)
