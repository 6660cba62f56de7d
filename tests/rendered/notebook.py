"""A real notebook with a deadline in it: executed, exported, and photographed.

    python tests/rendered/notebook.py DIRECTORY

writes notebook.light.png and notebook.dark.png there, to be looked at.
"""

import re
import sys
from pathlib import Path

CELLS = (
    """\
from datetime import datetime
from zoneinfo import ZoneInfo
from netcor_sla import STANDARD, EscalationLevel, explain
opened_at = datetime(2026, 4, 2, 15, 10, tzinfo=ZoneInfo("Europe/Berlin"))
explain(opened_at, EscalationLevel.CRITICAL)""",
    """\
desk = STANDARD.calendar.replace(recurring={"12-24": [["08:30", "12:00"]], "12-31": [["08:30", "12:00"]]})
christmas = datetime(2026, 12, 23, 15, 20, tzinfo=desk.tzinfo)
STANDARD.replace(calendar=desk).explain(christmas, EscalationLevel.LOW)""",
)


def export(directory: Path, theme: str) -> Path:
    """Execute the notebook and export it as a page."""
    import nbformat  # noqa: PLC0415 - of the extra `render`
    from nbclient import NotebookClient  # noqa: PLC0415
    from nbconvert import HTMLExporter  # noqa: PLC0415

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    body, _ = HTMLExporter(theme=theme).from_notebook_node(notebook)
    # Scripts of the exporter come from the web, and none of what is shown needs them.
    page = directory / f"notebook.{theme}.html"
    page.write_text(re.sub("<script.*?</script>", "", body, flags=re.DOTALL), "utf-8")
    return page


if __name__ == "__main__":
    from browser import screenshot

    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        page = export(target, theme)
        screenshot(page, page.with_suffix(".png"))
