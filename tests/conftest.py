"""What several test files need."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture
def policy_text() -> str:
    """The policy word for word, where the project stands beside it."""
    found = sorted((SHARED / "policy").glob("*.txt"))
    if not found:
        pytest.skip("the policy's own file is not beside the project")
    return found[0].read_text("utf-8")
