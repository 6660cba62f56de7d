"""Fresh processes: what an import costs, and the first answer."""

import subprocess
import sys
from statistics import median

from report import Effort, Report, Table, number
from timing import ratio

PROGRAM = "from time import process_time as spent; start = spent()\n{}\nprint(spent() - start)"
EARLIER = "import sys; sys.path.insert(0, {!r})\n{}"
IMPORT = "import netcor_sla"
LOOKED_UP = "holidays: the first look-up of a date"
FIRST = "netcor-sla: the first response_due"

OPENED = """
from datetime import datetime, time, timedelta, timezone
opened = datetime(2026, 4, 2, 15, 10, tzinfo=timezone(timedelta(hours=1)))
"""
KNOWN = """
import holidays
known = holidays.country_holidays("DE", subdiv="NI", years=range(2025, 2028))
"""
PROGRAMS = {
    LOOKED_UP: """
from datetime import date
import holidays
date(2026, 4, 3) in holidays.country_holidays("DE", subdiv="NI")""",
    FIRST: f"""
from netcor_sla import EscalationLevel, response_due{OPENED}
response_due(opened, EscalationLevel.CRITICAL)""",
    "netcor-sla: the same on a calendar without holidays": f"""
from netcor_sla import STANDARD, EscalationLevel{OPENED}
agreement = STANDARD.replace(calendar=STANDARD.calendar.replace(holidays=None))
agreement.response_due(opened, EscalationLevel.CRITICAL)""",
    "workclock: the same, three years of holidays": f"""
import workclock{OPENED}{KNOWN}
day = workclock.WorkDay(time(8, 30), time(17), days=range(5))
desk = workclock.Schedule([day, workclock.Holidays(list(known))], time_zone="Etc/GMT-1")
desk.add(opened, timedelta(hours=4))""",
    "timegrid: the same": f"""
import timegrid{OPENED}{KNOWN}
desk = timegrid.TimeGridCalendar.weekdays(time(8, 30), time(17))
for day in known:
    desk.add_holiday(day)
desk.add_work_duration(opened.replace(tzinfo=None), timedelta(hours=4))""",
    "businesstimedelta: the same": f"""
import businesstimedelta, pytz{OPENED}{KNOWN}
zone = pytz.FixedOffset(60)
day = businesstimedelta.WorkDayRule(time(8, 30), time(17), list(range(5)), tz=zone)
desk = businesstimedelta.Rules([day, businesstimedelta.HolidayRule(known, tz=zone)])
opened + businesstimedelta.BusinessTimeDelta(desk, hours=4)""",
    IMPORT: "import netcor_sla",
    "import netcor_sla.frames": "import netcor_sla.frames",
    "import holidays": "import holidays",
    "import numpy": "import numpy",
    "import workclock": "import workclock",
    "import pandas": "import pandas",
}


def measure(report: Report, effort: Effort) -> None:
    """Run each program in processes of its own, all in turn."""
    programs = dict(PROGRAMS)
    if effort.beside:
        for name in (FIRST, IMPORT):
            program = EARLIER.format(str(effort.beside), PROGRAMS[name])
            programs[f"{name}, {effort.beside_version}"] = program
    for program in programs.values():
        _spent(program)  # compiled once, before anything counts
    rounds = [{name: _spent(each) for name, each in programs.items()} for _ in range(effort.processes)]
    spent = {name: [each[name] for each in rounds] for name in programs}
    ratios = {name: ratio(each, spent[LOOKED_UP]) for name, each in spent.items()}
    report.figures["first call"] = ratios[FIRST]
    report.figures["import"] = median(spent[IMPORT]) * 1e3
    about = (
        "Milliseconds of processor time of a fresh process, over those of one that does nothing; "
        f"and the ratio to the first look-up in `holidays`. {effort.processes} processes each, in turn."
    )
    rows = [[name, number(median(spent[name]) * 1e3), number(ratios[name])] for name in programs]
    report.tables.append(Table("Import and first answer", about, ["", "ms", "ratio"], rows))


def _spent(program: str) -> float:
    """Seconds of processor time in a fresh interpreter."""
    command = [sys.executable, "-I", "-c", PROGRAM.format(program)]
    return float(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
