"""Millions of tickets as columns of every kind, and the right answers for some of them."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from hours import STANDARD
from oracle import Oracle
from workloads import DAY, HOUR, SECOND, SEED, START

Integers = NDArray[np.int64]

# Microseconds in UTC, as each library has them.
COLUMNS: Mapping[str, Callable[[Integers], Any]] = {
    "numpy": lambda at: at.view("M8[us]"),
    "pandas": lambda at: pd.Series(at.view("M8[us]")).dt.tz_localize("UTC"),
    "polars": lambda at: pl.Series(at.view("M8[us]")).dt.replace_time_zone("UTC"),
    "pyarrow": lambda at: pa.chunked_array([pa.array(at.view("M8[us]"), pa.timestamp("us", "UTC"))]),
}


class Tickets:
    """Opened from 2015 to 2035, in no order, and answered within a fortnight."""

    def __init__(self, rows: int) -> None:
        """Draw them."""
        random = np.random.default_rng(SEED)
        opened = random.integers(21 * 365 * DAY // SECOND, size=rows)
        took = random.integers(14 * DAY // SECOND, size=rows)
        self.opened = opened * SECOND + START
        self.answered = self.opened + took * SECOND
        self.levels = random.integers(1, 5, size=rows).astype(np.int8)
        self._oracle = Oracle(STANDARD)

    def __len__(self) -> int:
        """Count them."""
        return len(self.opened)

    def due(self, row: int, level: int) -> np.datetime64:
        """When a ticket is due."""
        amount = STANDARD.promised[level] * HOUR
        return np.datetime64(self._oracle.due(int(self.opened[row]), amount), "us")

    def elapsed(self, row: int) -> np.timedelta64:
        """How much business time its answer took."""
        counted = self._oracle.between(int(self.opened[row]), int(self.answered[row]))
        return np.timedelta64(counted, "us")

    def dates(self, column: Integers) -> NDArray[np.datetime64]:
        """Take the dates on the standard desk's wall clock."""
        return (column + HOUR).view("M8[us]").astype("M8[D]")
