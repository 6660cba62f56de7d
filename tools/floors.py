"""Try the least versions that pyproject.toml asks for: `python3.11 tools/floors.py`.

Makes an environment of its own with exactly these, of the core and of the extras that tests need,
and passes the tests there; then another with the least versions of the checkers.
"""

import os
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def least(*extras: str) -> list[str]:
    """Turn what is asked for into exact versions."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"]]
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    return [each.split(",")[0].replace(">=", "==") for each in wanted if not each.startswith("netcor-sla")]


def environment(directory: Path, extras: str, pinned: list[str]) -> Path:
    """Install this checkout with some versions pinned, and say which."""
    venv.create(directory, with_pip=True)
    python = directory / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", f"{ROOT}[{extras}]", *pinned], check=True)
    subprocess.run([*pip, "check"], check=True)
    print(*pinned, sep="\n", flush=True)
    return python


def main() -> None:
    """Run the tests and the checks."""
    with tempfile.TemporaryDirectory(prefix="netcor-sla-floors-") as temporary:
        pinned = least("cli", "frames", "report", "test", "render")
        python = environment(Path(temporary, "tests"), "test,render", pinned)
        subprocess.run([python, "-m", "pytest", "--quiet"], cwd=ROOT, check=True)
        python = environment(Path(temporary, "checks"), "test,check", least("check"))
        for command in (
            ["ruff", "check", "--no-cache"],
            ["mypy", "--cache-dir", os.devnull],
            ["lint-imports", "--no-cache"],
        ):
            subprocess.run([python.with_name(command[0]), *command[1:]], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
