"""Which rows of a question have an answer: those that lack nothing and lie in covered years."""

from datetime import UTC
from typing import Final

import numpy as np

from netcor_sla._calendars.coverage import refusal
from netcor_sla._calendars.instants import moment
from netcor_sla._calendars.schedule import Schedule
from netcor_sla.errors import CoverageError, SLAError
from netcor_sla.frames._instants import Instants
from netcor_sla.frames._kernel import Mask

_FIRST: Final = np.iinfo(np.int64).min
_LAST: Final = np.iinfo(np.int64).max


class Rows:
    """The rows of a question, and which of them have no answer, as far as is known."""

    def __init__(self, schedule: Schedule, missing: Mask | None, *asked: Instants) -> None:
        """Look which rows lie outside the covered years."""
        self._schedule, self._asked = schedule, asked
        self._failed: Mask | None = None
        self.without = missing  # the rows that have no answer, for whatever reason
        begin, end = schedule.start(schedule.first), schedule.start(schedule.last + 1)
        self.first, self.last = self._extent(begin)
        if self.first < begin or self.last >= end:
            for column in asked:
                self.fail((column.exact < begin) | (column.exact >= end))
            self.first, self.last = self._extent(begin)

    def fail(self, rows: Mask) -> None:
        """Mark rows that have no answer because the calendar has none."""
        failed = rows if self.without is None else rows & ~self.without
        self._failed = failed if self._failed is None else self._failed | failed
        self.without = rows if self.without is None else self.without | rows

    def settled(self, *, refuse: bool) -> Mask | None:
        """Mark the rows without an answer; or raise, for the first of them that failed.

        The error is the one that single datetimes meet.
        """
        if refuse and self._failed is not None and self._failed.any():
            row = int(self._failed.argmax())
            error = self._reason(row)
            raise type(error)(f"row {row}: {error}")
        return self.without

    def _extent(self, begin: int) -> tuple[int, int]:
        """Find the first and the last instant that have to be looked up; of none, any one."""
        kept = True if self.without is None else ~self.without
        low = min(int(each.exact.min(initial=_LAST, where=kept)) for each in self._asked)
        high = max(int(each.exact.max(initial=_FIRST, where=kept)) for each in self._asked)
        return (low, high) if low <= high else (begin, begin)

    def _reason(self, row: int) -> SLAError:
        asked = {}
        for column in self._asked:
            try:
                asked[column.name] = moment(int(column.exact[row]), UTC)
            except (OverflowError, ValueError):
                return CoverageError(
                    f"{column.name} {column.text(row)} lies outside the years 1 to 9999, and no "
                    "calendar covers others"
                )
        return refusal(self._schedule, asked, forwards=True)
