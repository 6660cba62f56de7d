"""Print the table of docs/reference/intake.md: what every combination of facts is classed as.

python docs/tables/classification.py
"""

from typing import get_args, get_type_hints

from netcor_sla.intake import Classification, classify

HEADER = ("kind", "impact", "remedy", "level", "the policy's sentence", "our reading, and why")


def row(*cells: str) -> str:
    """Write a row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def answer_row(facts: tuple[str, str, str], answer: Classification) -> str:
    """Write what is answered to some facts."""
    level = f"{answer.level.number} ({answer.level.title('en')})"
    return row(*facts, level, f'"{answer.clause()}"', answer.reading("en") or "no")


def table() -> str:
    """Write a row for each impact and remedy of a problem, and one for all other kinds."""
    rows = [row(*HEADER), f"|{'---|' * len(HEADER)}"]
    hints = get_type_hints(classify)
    problem, *others = get_args(hints["kind"])
    impacts, remedies = (get_args(get_args(hints[name])[0]) for name in ("impact", "remedy"))
    for impact in impacts:
        for remedy in remedies:
            answer = classify(kind=problem, impact=impact, remedy=remedy)
            rows.append(answer_row((problem, impact, remedy), answer))
    answer = classify(kind=others[0])
    rows.append(answer_row((", ".join(others), "any, or none given", "any, or none given"), answer))
    return "\n".join(rows)


if __name__ == "__main__":
    print(table())
