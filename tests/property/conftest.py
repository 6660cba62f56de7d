"""How many examples the property tests draw."""

import os

from hypothesis import HealthCheck, settings

# The examples of the default profile are the same on every run, so that a change is judged
# by itself and not by its luck. New examples are the business of the campaign, which is run
# on purpose and by someone who looks at what it finds.
settings.register_profile(
    "default",
    max_examples=75,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "campaign",
    max_examples=5000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
