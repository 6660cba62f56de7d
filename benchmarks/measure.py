"""Measure everything, in an environment that has everything: `run.py` makes one."""

import argparse
import os
import platform
import re
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import calls
import columns
import fresh
import growth
import memory
import scalars
import targets
from report import FULL, QUICK, Effort, Report, percent

BEGIN, END = "<!-- measured -->\n", "<!-- end of what was measured -->\n"
PACKAGES = (
    *("netcor-sla", "holidays", "workclock", "timegrid", "businesstimedelta"),
    *("numpy", "pandas", "polars", "pyarrow", "narwhals"),
)


def main() -> None:
    """Measure, print, and write it into a page where one is named."""
    options = argparse.ArgumentParser()
    options.add_argument("--quick", action="store_true")
    options.add_argument("--markdown", type=Path)
    options.add_argument("--beside", type=Path)
    given = options.parse_args()
    if given.markdown:
        _parts(given.markdown)  # a page that can't be written is refused at once
    effort = QUICK if given.quick else FULL
    with tempfile.TemporaryDirectory() as temporary:
        if given.beside:
            source = Path(shutil.copytree(given.beside / "src", Path(temporary, "src")))
            effort = effort._replace(beside=source, beside_version=_version(given.beside))
        _measure(effort, given.markdown)


def _version(checkout: Path) -> str:
    """Take the newest version that has a date in the changelog."""
    found = re.search(r"^## \[([\d.]+)\] - ", (checkout / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    return found[1] if found else checkout.name


def _measure(effort: Effort, page: Path | None) -> None:
    """Measure all parts, print, and write the page."""
    report = Report()
    began = os.getloadavg()[0]
    for part in (scalars, growth, calls, columns, memory, fresh):
        sys.stderr.write(f"{part.__name__}: {(part.__doc__ or '').splitlines()[0]}\n")
        part.measure(report, effort)
    summary = [_machine(began), targets.table(report).markdown()]
    text = "\n".join([*summary, *(each.markdown() for each in report.tables)])
    sys.stdout.write(text)
    if page:
        before, after = _parts(page)
        page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", "utf-8")
    if report.right < 1:
        sys.exit(f"only {percent(report.right)} of our answers are right")


def _parts(page: Path) -> tuple[str, str]:
    """Take what stands before and after the tables of an earlier run."""
    before, begin, rest = page.read_text("utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        sys.exit(f"{page} has no place for tables: write {BEGIN.strip()} and {END.strip()}")
    return before, after


def _machine(began: float) -> str:
    """Say when, on what and with which versions this was measured."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores of {_processor()}, "
        f"{platform.system()}, {platform.python_implementation()} {platform.python_version()}; "
        f"load average {began:.1f} before, {os.getloadavg()[0]:.1f} after. {versions}.\n"
    )


def _processor() -> str:
    """Name the processor, where the system does."""
    listing = Path("/proc/cpuinfo")
    text = listing.read_text("utf-8") if listing.exists() else ""
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()


if __name__ == "__main__":
    main()
