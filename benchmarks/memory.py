"""What a column needs beside question and answer: bytes a row, at the peak of a fresh process.

This module is its own program: it starts itself once for each question and contender. The system
counts what is resident, so this needs Linux.
"""

import gc
import os
import re
import subprocess
import sys
from pathlib import Path
from statistics import median

from columns import DATES, NUMPY, PEER, due, elapsed
from report import Effort, Report, Table, number
from tickets import COLUMNS, Tickets

PROCESSES = 3
ANSWER = 8  # bytes a row
FRAMES = [f"frames, {kind}" for kind in COLUMNS]
QUESTIONS = {"due": due, "elapsed": elapsed}
# Memory that is free again goes back to the system at once, and can't hide what is needed.
ALLOCATORS = {"MALLOC_MMAP_THRESHOLD_": "65536", "ARROW_DEFAULT_MEMORY_POOL": "system"}
STATUS, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def measure(report: Report, effort: Effort) -> None:
    """Let processes measure themselves."""
    if not RESET.exists():
        return
    rows, table = effort.rows[-1], []
    for name in (*FRAMES, PEER, DATES):
        found = [_in_a_process(question, name, rows) for question in QUESTIONS]
        table.append([name, *map(number, found)])
        if name == NUMPY:
            report.figures["memory"] = max(found)
    about = f"Bytes a row at the peak, less the {ANSWER} of the answer: {rows:,} rows, workclock fewer."
    report.tables.append(Table("Columns: memory", about, ["", *QUESTIONS], table))


def _in_a_process(question: str, name: str, rows: int) -> float:
    """Ask processes that have done nothing else."""
    command = [sys.executable, __file__, question, name, str(rows)]
    environment = os.environ | ALLOCATORS
    runs = [
        subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True) for _ in range(PROCESSES)
    ]
    return median(float(run.stdout) for run in runs)


def above(question: str, name: str, rows: int) -> float:
    """Measure by how much this process grows, after the same for a few rows."""
    QUESTIONS[question](Tickets(1_000))[name].call()
    asked = QUESTIONS[question](Tickets(rows))[name]
    gc.collect()
    RESET.write_text("5")  # the peak is now what is there
    before = _kilobytes("VmRSS")
    answer = asked.call()
    grown = (_kilobytes("VmHWM") - before) * 1024
    del answer
    return max(grown / asked.rows - ANSWER, 0)


def _kilobytes(field: str) -> int:
    """Read a line of what the system says of this process."""
    found = re.search(rf"^{field}:\s+(\d+) kB$", STATUS.read_text(), re.MULTILINE)
    return int(found[1]) if found else 0


if __name__ == "__main__":
    sys.stdout.write(str(above(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
