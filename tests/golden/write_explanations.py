"""Write the texts of explanations/cases.json beside it, to be read aloud before they are kept.

python tests/golden/write_explanations.py
"""

import json
from pathlib import Path
from typing import Any

from netcor_sla import Agreement, ResponseClock

HERE = Path(__file__).parent / "explanations"
NOTHING: dict[str, Any] = {"zone": None, "changes": [], "pauses": [], "responded_at": None}

for name, case in json.loads((HERE / "cases.json").read_text("utf-8")).items():
    agreement = Agreement.from_dict(case.pop("agreement", {}))
    deadline = ResponseClock.from_dict(NOTHING | case, agreement=agreement).explain()
    for language in ("de", "en"):
        text = deadline.text(language)
        (HERE / f"{name}.{language}.txt").write_text(f"{text}\n", "utf-8")
