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
# catholic Bavaria over Assumption Day and over Epiphany. Around the clock, on Good Friday.
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
    "around-the-clock": [("2026-04-03T22:00:00+02:00", "2026-04-04T02:00:00+02:00")],
}
AGREEMENTS = sorted(path for path in GOLDEN.glob("*/*.json"))


def test_records_are_kept() -> None:
    """There is something to verify: of each kind of ticket, and of calendar."""
    texts = [path.read_text("utf-8") for path in GOLDEN.glob("*/records.ndjson")]
    records = [json.loads(line) for text in texts for line in text.splitlines()]
    assert len(records) >= 10
    assert any(record["history"]["pauses"] for record in records)
    assert any(record["overrun"] for record in records)
    assert {record["day_rule"] for record in records} == {"elapsed", "same time", "end of day"}
    assert any(record["due"] is None for record in records)
    assert any("case_number" in record and "hours_from" in record["calendar"] for record in records)
    assert {path.stem for path in AGREEMENTS} == set(ANSWERS)


@pytest.mark.parametrize("record", RECORDS)
def test_a_kept_record_holds(record: dict[str, Any]) -> None:
    """A change of form or of arithmetic would orphan what customers were promised."""
    deadline = verify(record)
    assert deadline.to_dict() == record
    assert deadline.due == (None if record["due"] is None else timestamp(record["due"]))


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: f"{path.parent.name}: {path.stem}")
def test_a_kept_calendar_answers_as_ever(path: Path) -> None:
    """Whatever `holidays` says by then."""
    form = json.loads(path.read_text("utf-8"))
    agreement = Agreement.from_dict(form)
    assert agreement.to_dict() == form
    for opened_at, due in ANSWERS[path.stem]:
        answer = agreement.response_due(timestamp(opened_at), EscalationLevel.CRITICAL)
        assert answer.isoformat() == due
