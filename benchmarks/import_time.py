"""Compare what `import netcor_sla` costs with what `import holidays` costs.

    python -m pip install . && python benchmarks/import_time.py

Each import runs in fresh interpreters, the two in turn; CPU time over that of an
interpreter that imports nothing, and the median of the rounds' ratios.
"""

import subprocess
import sys
from statistics import median

ROUNDS = 15
PROGRAM = "import time; start = time.process_time(); {}; print(time.process_time() - start)"


def cost(statement: str) -> float:
    """CPU milliseconds of a statement in a fresh interpreter."""
    command = [sys.executable, "-c", PROGRAM.format(statement)]
    return float(subprocess.run(command, capture_output=True, check=True).stdout) * 1e3


def main() -> None:
    """Print both medians and the ratio."""
    cost("import netcor_sla, holidays")  # compiled once, before anything counts
    rounds = [(cost("import netcor_sla"), cost("import holidays")) for _ in range(ROUNDS)]
    ours, theirs = (median(column) for column in zip(*rounds, strict=True))
    ratio = median(a / b for a, b in rounds)
    print(f"netcor_sla {ours:.1f} ms, holidays {theirs:.1f} ms, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
