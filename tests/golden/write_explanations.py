"""Write the texts of explanations/cases.json beside it, to be read aloud before they are kept.

python tests/golden/write_explanations.py
"""

import json
from pathlib import Path

from netcor_sla import Agreement, EscalationLevel
from netcor_sla.timestamps import timestamp

HERE = Path(__file__).parent / "explanations"

for name, case in json.loads((HERE / "cases.json").read_text("utf-8")).items():
    agreement = Agreement.from_dict(case.get("agreement", {}))
    deadline = agreement.explain(timestamp(case["opened_at"]), EscalationLevel(case["level"]))
    for language in ("de", "en"):
        told = deadline.text(language)
        (HERE / f"{name}.{language}.txt").write_text(f"{told}\n", "utf-8")
