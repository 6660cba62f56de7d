"""What several test files need."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SHARED = Path(__file__).parents[2] / "shared"

# How many examples the property tests draw. Outside the campaign they are the same on every run,
# so that a change is judged by itself and not by its luck. New examples are the business of the
# campaign, which is run on purpose and by someone who looks at what it finds.
for profile, examples in (("default", 25), ("thorough", 75), ("campaign", 5000)):
    settings.register_profile(
        profile,
        max_examples=examples,
        stateful_step_count=min(examples, 50),
        deadline=None,
        derandomize=profile != "campaign",
        print_blob=profile == "campaign",
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture
def policy_text() -> str:
    """The policy word for word, where the project stands beside it."""
    found = sorted((SHARED / "policy").glob("*.txt"))
    if not found:
        pytest.skip("the policy's own file is not beside the project")
    return found[0].read_text("utf-8")
