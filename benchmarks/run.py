"""Measure netcor-sla beside its peers, in an environment of its own.

    python benchmarks/run.py [--quick] [--beside CHECKOUT] [--markdown docs/speed.md]

Needs nothing but Python: it makes a virtual environment in a temporary directory, installs
this checkout and the peers there, checks every contender's answers against an oracle, and
prints what each costs, in Markdown. All of it takes some six minutes, `--quick` two.
`--beside` takes a checkout of an earlier version, and asks it what can't be held against a peer;
`--markdown` writes the tables into a page as well; `--environment DIRECTORY` keeps the
environment there for the next run.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEERS = (
    *("workclock==0.1.2", "timegrid==0.1.6", "businesstimedelta==1.0.1"),
    *("numpy", "pandas", "polars", "pyarrow"),
)
# Modules are compiled once and kept, as wherever the library is installed; and nothing but
# what is installed is found.
UNSET = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME")


def main() -> None:
    """Make the environment, and leave the rest to the Python in it."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--quick", action="store_true", help="ask less, and less often")
    options.add_argument("--markdown", type=Path, help="a page that has a place for the tables")
    options.add_argument("--beside", type=Path, help="a checkout of an earlier version")
    options.add_argument("--environment", type=Path, help="where to keep the environment")
    given = options.parse_args()
    passed = ["--quick"] if given.quick else []
    if given.markdown:
        passed += ["--markdown", str(given.markdown)]
    if given.beside:
        passed += ["--beside", str(given.beside)]
    with tempfile.TemporaryDirectory(prefix="netcor-sla-benchmarks-") as temporary:
        python = _environment(given.environment or Path(temporary))
        sys.exit(_run(python, str(HERE / "measure.py"), *passed))


def _environment(directory: Path) -> Path:
    """Install this checkout, also where an earlier state of it is installed, and the peers."""
    python = directory / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(directory, with_pip=True)
    install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--compile")
    if code := _run(python, *install, f"{HERE.parent}[frames]", *PEERS):
        sys.exit(code)
    return python


def _run(python: Path, *arguments: str) -> int:
    """Run the environment's Python, and pass on how it ended."""
    environment = {name: value for name, value in os.environ.items() if name not in UNSET}
    return subprocess.run([python, *arguments], env=environment, check=False).returncode


if __name__ == "__main__":
    main()
