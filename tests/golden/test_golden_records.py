"""Records and frozen calendars that were kept hold for ever."""

import json
from pathlib import Path
from typing import Any

import pytest

from netcor_sla import Agreement, EscalationLevel
from netcor_sla._calendars.timestamps import timestamp
from netcor_sla.records import verify

GOLDEN = Path(__file__).parents[1] / "golden" / "records"
RELEASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())
RECORDS = [
    pytest.param(json.loads(line), id=f"{release}: {number}")
    for release in RELEASES
    for number, line in enumerate(
        (GOLDEN / release / "records.ndjson").read_text("utf-8").splitlines(), start=1
    )
]

# Counted by hand: opened, level 1, due. Over Easter; over Reformation Day 2017, which was one
# in that year alone before 2018; into a weekend that takes Reformation Day with it. In
# catholic Bavaria over Assumption Day and over Epiphany.
ANSWERS = {
    "lower-saxony": [
        ("2026-04-02T15:10:00+02:00", "2026-04-07T10:40:00+02:00"),
        ("2017-10-30T16:00:00+01:00", "2017-11-01T11:30:00+01:00"),
        ("2026-10-30T16:00:00+01:00", "2026-11-02T11:30:00+01:00"),
    ],
    "bavaria": [
        ("2024-08-14T16:00:00+02:00", "2024-08-16T11:30:00+02:00"),
        ("2026-01-05T15:00:00+01:00", "2026-01-07T10:30:00+01:00"),
    ],
}


def test_records_are_kept() -> None:
    """There is something to verify: a ticket with a history, a late one, and dates that count."""
    texts = [path.read_text("utf-8") for path in GOLDEN.glob("*/records.ndjson")]
    records = [json.loads(line) for text in texts for line in text.splitlines()]
    assert len(records) >= 10
    assert any(record["history"]["pauses"] for record in records)
    assert any(record["overrun"] for record in records)
    assert {record["day_rule"] for record in records} == {"elapsed", "same time", "end of day"}


@pytest.mark.parametrize("record", RECORDS)
def test_a_kept_record_holds(record: dict[str, Any]) -> None:
    """A change of form or of arithmetic would orphan what customers were promised."""
    deadline = verify(record)
    assert deadline.to_dict() == record
    assert deadline.due == timestamp(record["due"])


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("release", RELEASES)
def test_a_kept_calendar_answers_as_ever(release: str, name: str) -> None:
    """Whatever `holidays` says by then."""
    form = json.loads((GOLDEN / release / f"{name}.json").read_text("utf-8"))
    agreement = Agreement.from_dict(form)
    assert agreement.to_dict() == form
    for opened_at, due in ANSWERS[name]:
        answer = agreement.response_due(timestamp(opened_at), EscalationLevel.CRITICAL)
        assert answer.isoformat() == due
