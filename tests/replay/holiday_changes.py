"""Replay real changes of German holidays with the releases of `holidays` from before them.

    python tests/replay/holiday_changes.py

For each change, an old release in an environment of its own reads the year; a frozen calendar
carries it here, a deadline is recorded under it, and the audit under the release that is
installed must name the day that changed. The dates are those of the releases' own answers;
what each change did to a deadline was counted by hand.
"""

import json
import subprocess
import sys
import tempfile
import venv
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from netcor_sla import STANDARD, Agreement, BusinessHours, EscalationLevel
from netcor_sla.provenance import versions
from netcor_sla.records import audit, verify

READ = """
import inspect, json, sys
import holidays
state, year = sys.argv[1], int(sys.argv[2])
takes = inspect.signature(holidays.HolidayBase.__init__).parameters
key = "subdiv" if "subdiv" in takes else "prov"
days = holidays.Germany(years=year, **{key: state})
print(json.dumps({day.isoformat(): name for day, name in sorted(days.items())}))
"""


class Change(NamedTuple):
    """A date that a release after `release` changed, and two business hours from 16:00 before it."""

    release: str
    state: str
    opened: str
    day: str
    recorded: str
    today: str


CHANGES = (
    # 0.9 of 2018-01-14 added Reformation Day 2017, 75 days after it had been.
    Change("0.8.1", "NI", "2017-10-30", "2017-10-31", "2017-10-31T09:30", "2017-11-01T09:30"),
    # 0.20 of 2023-02-23 added Women's Day in Mecklenburg-Vorpommern, a law of July 2022.
    Change("0.19", "MV", "2023-03-07", "2023-03-08", "2023-03-08T09:30", "2023-03-09T09:30"),
    # 0.57 of 2024-09-16 took Assumption Day from Bavaria: the deadline comes earlier.
    Change("0.56", "BY", "2024-08-14", "2024-08-15", "2024-08-16T09:30", "2024-08-15T09:30"),
    # 0.59 of 2024-10-21 added the one day of 8 May 2025 in Berlin.
    Change("0.58", "BE", "2025-05-07", "2025-05-08", "2025-05-08T09:30", "2025-05-09T09:30"),
)


def dates(change: Change, directory: Path) -> dict[str, str]:
    """Ask an old release for the holidays of a year."""
    venv.create(directory, with_pip=True)
    scripts = directory / ("Scripts" if sys.platform == "win32" else "bin")
    python = scripts / "python"
    wanted = [f"holidays=={change.release}", "setuptools<81", "six"]
    subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)
    asked: list[str | Path] = [python, "-c", READ, change.state, change.day[:4]]
    told = subprocess.run(asked, capture_output=True, check=True, encoding="utf-8").stdout
    days: dict[str, str] = json.loads(told)
    return days


def agreement(change: Change, days: dict[str, str]) -> Agreement:
    """Promise two hours under a calendar that carries these days."""
    year = int(change.day[:4])
    frozen = {
        "source": f"DE-{change.state}",
        "first": year,
        "last": year,
        "days": {day: [name, name] for day, name in days.items()},
    }
    return STANDARD.replace(
        calendar=STANDARD.calendar.replace(holidays=frozen),
        targets=dict.fromkeys(EscalationLevel, BusinessHours(2)),
    )


def replay(change: Change, days: dict[str, str]) -> str:
    """Record a deadline as it was promised, and audit it."""
    zone = STANDARD.calendar.tzinfo
    opened_at = datetime.fromisoformat(f"{change.opened}T16:00").replace(tzinfo=zone)
    terms = agreement(change, days)
    record = json.loads(json.dumps(terms.explain(opened_at, EscalationLevel.HIGH).to_dict()))
    assert verify(record).due.replace(tzinfo=None) == datetime.fromisoformat(change.recorded)
    found = audit(record)
    assert not found.same
    assert [each.where for each in found.changes] == [date.fromisoformat(change.day)]
    assert found.due is not None
    assert found.due.replace(tzinfo=None) == datetime.fromisoformat(change.today)
    assert abs(found.due - found.deadline.due) >= timedelta(days=1)
    return found.text("en")


def main() -> None:
    """Replay all."""
    calendar = STANDARD.calendar
    today = versions(calendar._schedule.source, calendar.tzinfo)["holidays"]
    for change in CHANGES:
        with tempfile.TemporaryDirectory() as directory:
            days = dates(change, Path(directory))
        print(f"holidays {change.release} and {today}, DE-{change.state}")
        print(replay(change, days))


if __name__ == "__main__":
    main()
