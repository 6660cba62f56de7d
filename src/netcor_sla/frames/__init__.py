"""Deadlines, business time and lateness of whole columns.

The functions mean what those of the same names mean for single datetimes, row by row, and
return a column of the same kind. Columns know no pauses. See the page on columns in the
documentation.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypeVar

try:
    import narwhals  # noqa: F401 - to say at once, and by name, what is missing
    import numpy  # noqa: F401, ICN001
except ModuleNotFoundError as missing:
    raise ImportError(
        f"netcor_sla.frames needs {missing.name}; pip install netcor-sla[frames]"
    ) from missing

from netcor_sla._agreements import STANDARD, Agreement, _checked
from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._calendars.instants import instant
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla.errors import ArgumentError, CalendarError, meant, shown
from netcor_sla.frames._due import dues
from netcor_sla.frames._instants import durations, finer, instants, like, line_up, truths
from netcor_sla.frames._kernel import Codes, Mask, clock, late
from netcor_sla.frames._levels import level_codes, level_names
from netcor_sla.frames._libraries import column
from netcor_sla.frames._rows import Rows

__all__ = ["between", "is_late", "is_open", "response_due"]

AnyColumn = Any  # of any library; type checkers know too few of them to say more
InstantsT = TypeVar("InstantsT")
Outside = Literal["raise", "null"]


def response_due(
    opened_at: InstantsT,
    level: EscalationLevel | AnyColumn,
    *,
    agreement: Agreement = STANDARD,
    levels: Mapping[Any, Any] | None = None,
    outside: Outside = "raise",
) -> InstantsT:
    """Say for each request when a first response is due.

    `level` is one for all, or a column beside `opened_at`: of members, of the numbers 1 to
    4, of texts that `EscalationLevel` knows, or of the keys of `levels`, whose values are
    levels. Where the opening or the level is missing, so is the deadline.

    A row whose deadline needs a year that the calendar does not cover, or an opening that
    never comes, is an error that names it; under `outside="null"`, its deadline is missing.
    """
    terms, refuse, names = _checked(agreement), _refuses(outside), level_names(levels)
    asked = instants(opened_at, "opened_at")
    missing = asked.missing
    numbers: int | Codes
    if isinstance(level, EscalationLevel):
        numbers = level.number
    else:
        beside = column(level, "level, unless an EscalationLevel,")
        line_up(asked, beside, "level")
        numbers = level_codes(beside, names)
        missing = missing if numbers.all() else _either(missing, numbers == 0)
    rows = Rows(terms.calendar._schedule, missing, asked)
    due = dues(terms, asked.exact, numbers, rows)
    answer: InstantsT = like(asked, due, rows.settled(refuse=refuse))
    return answer


def between(
    start: AnyColumn,
    end: AnyColumn,
    *,
    calendar: BusinessCalendar = STANDARD.calendar,
    outside: Outside = "raise",
) -> AnyColumn:
    """Measure for each row the business time from `start` to `end`; negative if that is earlier.

    It is missing where either is. The unit is the finer of the two columns'. A row outside
    the years that the calendar covers is an error that names it; under `outside="null"`,
    its answer is missing.
    """
    desk, refuse = _calendar(calendar), _refuses(outside)
    one, two = instants(start, "start"), instants(end, "end")
    line_up(one, two.column, "end")
    rows = Rows(desk._schedule, _either(one.missing, two.missing), one, two)
    index = desk._timeline.covering(rows.first, rows.last)
    elapsed = clock(index).elapsed(one.exact, two.exact)
    missing = rows.settled(refuse=refuse)
    return durations(one, elapsed, missing, finer(one, two))


def is_open(
    at: AnyColumn, *, calendar: BusinessCalendar = STANDARD.calendar, outside: Outside = "raise"
) -> AnyColumn:
    """Say for each instant whether the desk is open.

    A row outside the years that the calendar covers is an error that names it; under
    `outside="null"`, its answer is missing.
    """
    desk, refuse = _calendar(calendar), _refuses(outside)
    asked = instants(at, "at")
    rows = Rows(desk._schedule, asked.missing, asked)
    index = desk._timeline.covering(rows.first, rows.last)
    found = clock(index).is_open(asked.exact)
    return truths(asked, found, rows.settled(refuse=refuse))


def is_late(due: AnyColumn, responded_at: AnyColumn, *, now: datetime) -> AnyColumn:
    """Say for each request whether its first response is late, as far as is known at `now`.

    A response at the due instant is on time. Where there is none, or only one after `now`,
    the request is late once `now` is past due. Without a deadline, the answer is missing.
    """
    until, answered = instants(due, "due"), instants(responded_at, "responded_at")
    line_up(until, answered.column, "responded_at")
    found = late(until.exact, answered.exact, answered.missing, instant(now, "now"))
    return truths(until, found, until.missing)


def _either(one: Mask | None, two: Mask | None) -> Mask | None:
    """Mark the rows that are marked in either."""
    if one is None or two is None:
        return two if one is None else one
    return one | two


def _refuses(outside: object) -> bool:
    """Whether rows without an answer are refused, or come out as missing."""
    if not isinstance(outside, str) or outside not in {"raise", "null"}:
        raise CalendarError(
            f"outside {shown(outside)} is unknown; {meant(outside, ('raise', 'null'))}"
        )
    return outside == "raise"


def _calendar(calendar: object) -> BusinessCalendar:
    """Insist on a calendar."""
    if isinstance(calendar, BusinessCalendar):
        return calendar
    raise ArgumentError(f"calendar must be a BusinessCalendar, not {shown(calendar)}")
