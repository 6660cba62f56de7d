"""Print the table of docs/reference/intake.md: what every combination of facts is classed as.

python docs/tables/classification.py
"""

from netcor_sla._policy.netcor import CLASSIFICATION, IMPACTS, REMEDIES
from netcor_sla.intake import classify

HEADER = ("kind", "impact", "remedy", "level", "the policy's sentence", "our reading, and why")


def row(*cells: str) -> str:
    """Write a row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def table() -> str:
    """Write a row for each ruling; what holds for all impacts or remedies is `any`."""
    rows = [row(*HEADER), f"|{'---|' * len(HEADER)}"]
    for kinds, impacts, remedies, *_ in CLASSIFICATION:
        answer = classify(kind=kinds[0], impact=impacts[0], remedy=remedies[0])
        facts = (
            ", ".join(kinds),
            "any" if impacts == IMPACTS else ", ".join(impacts),
            "any" if remedies == REMEDIES else ", ".join(remedies),
        )
        level = f"{answer.level.number} ({answer.level.title('en')})"
        rows.append(row(*facts, level, f'"{answer.clause()}"', answer.reading("en") or "no"))
    return "\n".join(rows)


if __name__ == "__main__":
    print(table())
