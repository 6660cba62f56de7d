"""Keep the records of a release: of each golden explanation, and two frozen calendars.

python tests/golden/write_records.py

What is kept already is never written again: later releases must read it as it is.
"""

import json
from pathlib import Path
from typing import Any

import netcor_sla
from netcor_sla import STANDARD, Agreement, ResponseClock

HERE = Path(__file__).parent / "records"
NOTHING: dict[str, Any] = {"zone": None, "changes": [], "pauses": [], "responded_at": None}
BAVARIA = {"country": "DE", "subdivision": "BY", "categories": ["catholic", "public"]}

kept = HERE / netcor_sla.__version__
kept.mkdir()
cases = json.loads((HERE.parent / "explanations" / "cases.json").read_text("utf-8"))
with (kept / "records.ndjson").open("w", encoding="utf-8") as records:
    for case in cases.values():
        agreement = Agreement.from_dict(case.pop("agreement", {}))
        deadline = ResponseClock.from_dict(NOTHING | case, agreement=agreement).explain()
        records.write(json.dumps(deadline.to_dict(), ensure_ascii=False) + "\n")
calendars = {
    "lower-saxony": STANDARD.calendar.freeze(2015, 2035),
    "bavaria": STANDARD.calendar.replace(holidays=BAVARIA, zone="Europe/Berlin").freeze(2024, 2027),
}
for name, calendar in calendars.items():
    form = STANDARD.replace(calendar=calendar).to_dict()
    text = json.dumps(form, ensure_ascii=False, indent=1)
    (kept / f"{name}.json").write_text(f"{text}\n", "utf-8")
