"""Replay real changes of German holidays with the releases of `holidays` from before them.

    python tests/replay/holiday_changes.py

For each change, an old release in an environment of its own reads the year; a frozen calendar
carries it here, a deadline is recorded under it, and the audit under the release that is
installed must name the day that changed, and no other. Exits with 1 if an expectation fails.
"""

import json
import subprocess
import sys
import tempfile
import venv
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from netcor_sla import Agreement, BusinessCalendar, BusinessHours, EscalationLevel, SLAError
from netcor_sla.records import audit, verify

READ = """
import inspect, json, sys
import holidays
state, year = sys.argv[1], int(sys.argv[2])
takes = inspect.signature(holidays.HolidayBase.__init__).parameters
key = "subdiv" if "subdiv" in takes else "prov"
days = holidays.Germany(years=year, **{key: state})
names = {day.isoformat(): name for day, name in sorted(days.items())}
print(json.dumps({"release": holidays.__version__, "days": names}))
"""


class Change(NamedTuple):
    """A date that a release after `release` changed, and two business hours from 16:00 before it."""

    release: str
    state: str
    opened: str
    day: str
    recorded: str
    today: str


# Releases and dates are those of vacanza/holidays, with its issue or pull request where there is
# one. One hour is left on the day of opening, so the other ends at 09:30 on the next business day.
CHANGES = (
    # 0.9 of 2018-01-14 added Reformation Day 2017, 75 days after it had been (#68). In
    # Baden-Württemberg, 1 November is a holiday as well; in Lower Saxony it is not.
    Change("0.8.1", "BW", "2017-10-30", "2017-10-31", "2017-10-31T09:30", "2017-11-02T09:30"),
    Change("0.8.1", "NI", "2017-10-30", "2017-10-31", "2017-10-31T09:30", "2017-11-01T09:30"),
    # 0.20 of 2023-02-23 added Women's Day in Mecklenburg-Vorpommern, a law of July 2022 (#936).
    Change("0.19", "MV", "2023-03-07", "2023-03-08", "2023-03-08T09:30", "2023-03-09T09:30"),
    # 0.57 of 2024-09-16 took Assumption Day from Bavaria: the deadline comes earlier (#3810).
    Change("0.56", "BY", "2024-08-14", "2024-08-15", "2024-08-16T09:30", "2024-08-15T09:30"),
    # 0.59 of 2024-10-21 added the one day of 8 May 2025 in Berlin (#2051).
    Change("0.58", "BE", "2025-05-07", "2025-05-08", "2025-05-08T09:30", "2025-05-09T09:30"),
)


def days(change: Change, directory: Path) -> dict[str, str]:
    """Ask an old release for the holidays of a year; nothing else that is installed is seen."""
    venv.create(directory, with_pip=True)
    python = directory / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    wanted = [f"holidays=={change.release}", "six"]  # 0.8.1 needs six and does not say so
    subprocess.run([python, "-I", "-m", "pip", "install", "--quiet", *wanted], check=True)
    asked: list[str | Path] = [python, "-I", "-c", READ, change.state, change.day[:4]]
    answer = json.loads(subprocess.run(asked, stdout=subprocess.PIPE, check=True).stdout)
    expect("the release that was asked", answer["release"], change.release)
    names: dict[str, str] = answer["days"]
    return names


def agreement(change: Change, names: dict[str, str]) -> Agreement:
    """Promise two hours under a calendar that carries these days."""
    year = int(change.day[:4])
    calendar = BusinessCalendar(
        zone="+01:00",
        hours={key: [("08:30", "17:00")] for key in ("mon", "tue", "wed", "thu", "fri")},
        holidays={
            "source": f"DE-{change.state}",
            "first": year,
            "last": year,
            "days": {day: [name, name] for day, name in names.items()},
        },
    )
    return Agreement(calendar=calendar, targets=dict.fromkeys(EscalationLevel, BusinessHours(2)))


def replay(change: Change, names: dict[str, str]) -> str:
    """Record a deadline as it was promised, and audit it; say in one line what came out."""
    opened_at = datetime.fromisoformat(f"{change.opened}T16:00+01:00")
    deadline = agreement(change, names).explain(opened_at, EscalationLevel.HIGH)
    record = json.loads(json.dumps(deadline.to_dict()))
    then, today = (datetime.fromisoformat(f"{due}+01:00") for due in (change.recorded, change.today))
    expect("the recorded deadline", verify(record).due, then)
    found = audit(record)
    expect("the deadline of today", found.due, today)
    what = [f"{each.kind} {each.where}" for each in found.changes]
    expect("what the audit names", what, [f"holiday {date.fromisoformat(change.day)}"])
    changes = "; ".join(each.text("en") for each in found.changes)
    return f"due {then:%Y-%m-%d %H:%M}, now {today:%Y-%m-%d %H:%M}; audit: {changes}"


def expect(what: str, found: object, wanted: object) -> None:
    """Insist on an expectation, also where Python runs without assertions."""
    if found != wanted:
        raise ValueError(f"{what} is {found}, and should be {wanted}")


def main() -> None:
    """Replay all."""
    failed, installed = 0, version("holidays")
    for change in CHANGES:
        title = f"holidays {change.release} -> {installed}, DE-{change.state} {change.day}"
        try:
            with tempfile.TemporaryDirectory() as directory:
                names = days(change, Path(directory))
            print(f"{title}: {replay(change, names)}", flush=True)
        except (ValueError, SLAError, subprocess.CalledProcessError) as error:
            print(f"{title}: FAILED: {error}", file=sys.stderr, flush=True)
            failed += 1
    if failed:
        sys.exit(f"{failed} of {len(CHANGES)} replays failed")


if __name__ == "__main__":
    main()
