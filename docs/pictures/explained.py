"""Draw the picture of the README: a deadline that explains itself.

    python docs/pictures/explained.py

writes explained.svg beside this file.
"""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from netcor_sla import EscalationLevel, explain

OPENED_AT = datetime(2026, 4, 2, 15, 10, tzinfo=ZoneInfo("Europe/Berlin"))

if __name__ == "__main__":
    picture = explain(OPENED_AT, EscalationLevel.CRITICAL).svg("en")
    Path(__file__).with_suffix(".svg").write_text(f"{picture}\n", "utf-8")
