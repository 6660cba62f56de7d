"""A headless Chromium: pictures of pages, and what scripts measure in them."""

import importlib.util
import json
import shutil
import subprocess
import tempfile
from html import unescape
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
EXTRA = ("nbformat", "nbclient", "nbconvert", "ipykernel")

# Why pages can't be looked at here; "" if they can.
MISSING = ", ".join(
    [
        *(["no Chromium"] if CHROMIUM is None else []),
        *(f"no {name}" for name in EXTRA if importlib.util.find_spec(name) is None),
    ]
)

QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--hide-scrollbars", "--virtual-time-budget=8000"),
)


def run(page: Path, *options: str) -> str:
    """Show a page, and give back what Chromium prints."""
    assert CHROMIUM, "no Chromium here"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        return subprocess.run(
            [CHROMIUM, *QUIET, f"--user-data-dir={profile}", *options, page.as_uri()],
            capture_output=True,
            check=True,
            encoding="utf-8",
            timeout=120,
        ).stdout


def screenshot(page: Path, picture: Path, width: int = 900, height: int = 1400) -> None:
    """Take a picture of a page."""
    run(page, f"--window-size={width},{height}", f"--screenshot={picture}")


def measure(page: Path, script: str, width: int = 900, *options: str) -> Any:  # noqa: ANN401 - whatever it measures
    """Evaluate an expression in a page once it is loaded."""
    source = page.read_text("utf-8")
    asking = (
        '<pre id="measured"></pre><script>addEventListener("load", () => {'
        f'document.getElementById("measured").textContent = JSON.stringify({script})'
        "})</script>"
    )
    copy = page.with_suffix(".measured.html")
    copy.write_text(source + asking, "utf-8")
    dom = run(copy, f"--window-size={width},1400", "--dump-dom", *options)
    return json.loads(unescape(dom.split('<pre id="measured">')[1].split("</pre>")[0]))
