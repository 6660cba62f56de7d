"""Answers that a person worked out and can check; see golden/README.md."""

import csv
import json
from datetime import datetime
from pathlib import Path

import pytest

from netcor_sla import STANDARD, Agreement, EscalationLevel

GOLDEN = Path(__file__).parents[1] / "golden"
AGREEMENTS = {
    name: Agreement.from_dict(form)
    for name, form in json.loads((GOLDEN / "agreements.json").read_text("utf-8")).items()
}
with (GOLDEN / "answers.csv").open(encoding="utf-8", newline="") as file:
    ANSWERS = list(csv.DictReader(file))


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{row['agreement']}: {row['opened_at']} {row['level']}") for row in ANSWERS]
)
def test_the_golden_answer(row: dict[str, str]) -> None:
    """The deadline, in the offset of the opening instant, for the reason given."""
    opened_at = datetime.fromisoformat(row["opened_at"])
    due = AGREEMENTS[row["agreement"]].response_due(opened_at, EscalationLevel(row["level"]))
    assert due.isoformat() == row["due"].replace("Z", "+00:00"), row["reason"]


def test_the_standard_agreement_is_the_one_that_is_checked() -> None:
    """So what the rows say of "standard" holds for the policy as the library has it."""
    assert AGREEMENTS["standard"] == STANDARD


def test_the_golden_answers_are_many_and_explained() -> None:
    """At least 150, each with a reason, none twice."""
    assert len({tuple(row.values()) for row in ANSWERS}) == len(ANSWERS) >= 150
    assert all(row["reason"] for row in ANSWERS)
