"""These tests need Chromium and the extra `render`; where one is missing, they are skipped."""

import importlib.util
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from browser import CHROMIUM

EXTRA = ("nbformat", "nbclient", "nbconvert", "ipykernel")


@pytest.fixture(autouse=True)
def _there_is_something_to_look_with() -> None:
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    if missing := [name for name in EXTRA if importlib.util.find_spec(name) is None]:
        pytest.skip(f"the extra render is not installed: {', '.join(missing)}")
