"""Write the texts of explanations/cases.json beside it, to be read aloud before they are kept.

python tests/golden/write_explanations.py
"""

import json
from pathlib import Path
from typing import Any

from netcor_sla import Agreement, ResponseClock

HERE = Path(__file__).parent / "explanations"
NOTHING: dict[str, Any] = {"zone": None, "changes": [], "pauses": [], "responded_at": None}

cases, shown = (json.loads((HERE / name).read_text("utf-8")) for name in ("cases.json", "shown.json"))
for path in HERE.glob("*.txt"):
    path.unlink()
for name, case in cases.items():
    agreement = Agreement.from_dict(case.pop("agreement", {}))
    number, zone = (shown.get(name, {}).get(key) for key in ("case_number", "zone"))
    deadline = ResponseClock.from_dict(NOTHING | case, agreement=agreement).explain(case_number=number)
    for language in ("de", "en"):
        text = deadline.text(language, zone=zone)
        (HERE / f"{name}.{language}.txt").write_text(f"{text}\n", "utf-8")
