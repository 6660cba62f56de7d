"""Keep the records of a release: of each golden explanation, and three frozen agreements.

python tests/golden/write_records.py

What is kept already is never written again: later releases must read it as it is.
"""

import json
from pathlib import Path
from typing import Any

import netcor_sla
from netcor_sla import STANDARD, Agreement, BusinessCalendar, EscalationLevel, ResponseClock

HERE = Path(__file__).parent / "records"
NOTHING: dict[str, Any] = {"zone": None, "changes": [], "pauses": [], "responded_at": None}
BAVARIA = {"country": "DE", "subdivision": "BY", "categories": ["catholic", "public"]}
ALWAYS = BusinessCalendar(zone="UTC", hours={"mon-sun": [["00:00", "24:00"]]}, holidays=None)
EARLY = {"2026-06-01": {"mon-fri": [["07:00", "15:30"]]}}
MOVE = ("2026-05-30T09:00+01:00", "2026-05-30T11:00+01:00", "Umzug")

kept = HERE / netcor_sla.__version__
kept.mkdir()
cases = json.loads((HERE.parent / "explanations" / "cases.json").read_text("utf-8"))
cases["other-hours-from-a-monday"] = {
    "agreement": {"calendar": STANDARD.calendar.replace(hours_from=EARLY, extra=[MOVE]).to_dict()},
    "opened_at": "2026-05-29T16:00:00+01:00",
    "level": 2,
}
with (kept / "records.ndjson").open("w", encoding="utf-8") as records:
    for name, case in cases.items():
        agreement = Agreement.from_dict(case.pop("agreement", {}))
        clock = ResponseClock.from_dict(NOTHING | case, agreement=agreement)
        deadline = clock.explain(case_number=name if "pause" in name or "hours" in name else None)
        records.write(json.dumps(deadline.to_dict(), ensure_ascii=False) + "\n")
lower_saxony = STANDARD.replace(calendar=STANDARD.calendar.freeze(2015, 2035))
bavaria = STANDARD.calendar.replace(holidays=BAVARIA, zone="Europe/Berlin").freeze(2024, 2027)
agreements = {
    "lower-saxony": lower_saxony,
    "bavaria": STANDARD.replace(calendar=bavaria),
    "around-the-clock": lower_saxony.replace(calendars={EscalationLevel.CRITICAL: ALWAYS}),
}
for name, agreement in agreements.items():
    text = json.dumps(agreement.to_dict(), ensure_ascii=False, indent=1)
    (kept / f"{name}.json").write_text(f"{text}\n", "utf-8")
