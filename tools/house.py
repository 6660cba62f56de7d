"""Check that the package still fits into one head: `python tools/house.py`.

Prints a line for each limit, and ends with 1 if one is missed.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "netcor_sla"

PUBLIC = ["annotations", "errors", "frames", "intake", "records", "reports"]
WORDS = re.compile(r"\b(rec[k]on|rec[k]oned|tol[d])\b", re.IGNORECASE)
TEXTS = {".csv", ".json", ".jinja", ".md", ".ndjson", ".py", ".sh", ".svg", ".toml", ".txt", ""}


def source() -> list[Path]:
    """List what a reader of the package reads: modules and templates."""
    return [path for path in files(ROOT / "src") if path.name != "py.typed"]


def files(folder: Path) -> Iterator[Path]:
    """Walk the files of a folder, but for what tools leave there."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name != "__pycache__" and path.suffix != ".egg-info":
                yield from files(path)
        elif path.suffix in TEXTS:
            yield path


def lines(*paths: Path) -> int:
    """Count the lines of some files."""
    return sum(len(path.read_text("utf-8").splitlines()) for path in paths)


def modules() -> list[str]:
    """List the public modules."""
    names = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    return sorted(name for name in names if not name.startswith("_"))


def names() -> list[str]:
    """List the names that the package itself has."""
    for statement in ast.parse((PACKAGE / "__init__.py").read_text("utf-8")).body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if [ast.unparse(target) for target in targets] == ["__all__"]:
            return list(ast.literal_eval(statement.value))  # type: ignore[attr-defined]
    raise LookupError("the package has no __all__")


def translated() -> list[str]:
    """Find the words that are not this field's, wherever they stand but in the changelog."""
    folders = ("src", "tests", "docs", "benchmarks", "tools", "typing_tests", ".ci")
    pages = [path for name in folders if (ROOT / name).is_dir() for path in files(ROOT / name)]
    pages += [path for path in ROOT.iterdir() if path.suffix in {".md", ".py", ".toml"}]
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in pages
        if path.name != "CHANGELOG.md"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if WORDS.search(line)
    ]


def main() -> int:
    """Hold the tree against its limits."""
    pages = source()
    longest = max(pages, key=lines)
    heart = PACKAGE / "_calendars" / "timeline.py"
    found = translated()
    limits = [
        ("Python files in src/", len([page for page in pages if page.suffix == ".py"]), 49),
        ("lines in src/", lines(*pages), 8_999),
        (f"lines of the longest, {longest.relative_to(PACKAGE)}", lines(longest), 400),
        ("lines of the heart, _calendars/timeline.py", lines(heart), 130),
        ("names of the package", len(names()), 16),
        ("lines of Python in tests/", lines(*(ROOT / "tests").rglob("*.py")), 21_000),
        (f"translated words {' '.join(found[:3])}".strip(), len(found), 0),
    ]
    missed = False
    for what, count, most in limits:
        missed |= count > most
        print(f"{'ok' if count <= most else 'NO':3} {count:6,} of at most {most:6,} {what}")
    same = modules() == PUBLIC
    print(f"{'ok' if same else 'NO':3} public modules: {', '.join(modules())}")
    return int(missed or not same)


if __name__ == "__main__":
    sys.exit(main())
