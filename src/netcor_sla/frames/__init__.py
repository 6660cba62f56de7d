"""Deadlines, business time and lateness of whole columns.

The functions mean what those of the same names mean for single datetimes, row by row, and return a column
of the same kind. Columns know no pauses. See the page on columns in the documentation.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Literal, TypeVar, assert_never

try:
    import narwhals  # noqa: F401 - to say at once, and by name, what is missing
    import numpy as np
except ModuleNotFoundError as missing:
    raise ImportError(f"netcor_sla.frames needs {missing.name}; pip install netcor-sla[frames]") from missing

from netcor_sla._agreements import STANDARD, Agreement
from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._calendars.instants import DAY, MICROSECOND, instant
from netcor_sla._calendars.schedule import BeyondError
from netcor_sla._calendars.zones import stretches
from netcor_sla._policy.due import Promise, business_day_after, same_time
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._values import instance
from netcor_sla.frames._kernel import (
    DAY_LENGTH,
    LEAST,
    Codes,
    Integers,
    array_of,
    clock,
    extent,
    late,
)
from netcor_sla.frames._libraries import column
from netcor_sla.frames._rows import Rows, either, instants, level_codes, level_names, line_up

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
    terms, names = instance(agreement, Agreement, "agreement"), level_names(levels)
    asked = instants(opened_at, "opened_at")
    numbers: int | Codes
    missing = asked.missing
    if isinstance(level, EscalationLevel):
        numbers = level.number
    else:
        beside = column(level, "level, unless an EscalationLevel,")
        line_up(asked, beside, "level")
        numbers = level_codes(beside, names)
        missing = missing if numbers.all() else either(missing, numbers == 0)
    rows = Rows(terms.calendar, outside, missing, asked)
    answer: InstantsT = asked.like(_due(terms, asked.at, numbers, rows), rows.settled())
    return answer


def between(
    start: AnyColumn,
    end: AnyColumn,
    *,
    calendar: BusinessCalendar = STANDARD.calendar,
    outside: Outside = "raise",
) -> AnyColumn:
    """Measure for each row the business time from `start` to `end`; negative if that is earlier.

    It is missing where either is. The unit is the finer of the two columns'. A row outside the years that
    the calendar covers is an error that names it; under `outside="null"`, its answer is missing.
    """
    one, two = instants(start, "start"), instants(end, "end")
    line_up(one, two.column, "end")
    rows = Rows(calendar, outside, either(one.missing, two.missing), one, two)
    elapsed = clock(calendar.timeline.covering(rows.first, rows.last)).elapsed(one.at, two.at)
    return one.durations(elapsed, rows.settled(), two)


def is_open(
    at: AnyColumn, *, calendar: BusinessCalendar = STANDARD.calendar, outside: Outside = "raise"
) -> AnyColumn:
    """Say for each instant whether the desk is open.

    A row outside the years that the calendar covers is an error that names it; under
    `outside="null"`, its answer is missing.
    """
    asked = instants(at, "at")
    rows = Rows(calendar, outside, asked.missing, asked)
    found = clock(calendar.timeline.covering(rows.first, rows.last)).is_open(asked.at)
    return asked.truths(found, rows.settled())


def is_late(due: AnyColumn, responded_at: AnyColumn, *, now: datetime) -> AnyColumn:
    """Say for each request whether its first response is late, as far as is known at `now`.

    A response at the due instant is on time. Where there is none, or only one after `now`,
    the request is late once `now` is past due. Without a deadline, the answer is missing.
    """
    until, answered = instants(due, "due"), instants(responded_at, "responded_at")
    line_up(until, answered.column, "responded_at")
    found = late(until.at, answered.at, answered.missing, instant(now, "now") // MICROSECOND)
    return until.truths(found, until.missing)


def _due(terms: Agreement, opened: Integers, numbers: int | Codes, rows: Rows) -> Integers:
    """Compute all deadlines; a row that has none fails, and its value means nothing."""
    least, most = extent(np.atleast_1d(numbers))
    promises = {
        level.number: terms.promises[level] for level in EscalationLevel if least <= level.number <= most
    }
    amounts = np.ones(len(EscalationLevel) + 1, np.int64)
    for number, promise in promises.items():
        if not promise.by_date:  # else a microsecond, by which the clock has started
            amounts[number] = promise.amount // MICROSECOND
    due = _due_by_time(rows, opened, amounts, numbers)
    for number, promise in promises.items():
        if promise.by_date:
            chosen = np.broadcast_to(np.equal(numbers, number), opened.shape)
            chosen = chosen if rows.without is None else chosen & ~rows.without
            due[chosen] = _due_by_date(terms.calendar, due[chosen] - 1, promise)
            rows.fail(chosen & (due == LEAST))
    return due


def _due_by_time(rows: Rows, opened: Integers, amounts: Integers, numbers: int | Codes) -> Integers:
    timeline = rows.calendar.timeline
    try:
        # The clock is never ahead of the wall: the last microsecond counted is not before.
        last = timeline.add(rows.last, int(amounts.max()) * MICROSECOND) - MICROSECOND
        dial = clock(timeline.covering(rows.first, last))
    except BeyondError:
        end = rows.calendar.schedule.covers[1] - MICROSECOND
        dial = clock(timeline.covering(rows.first, end))
        limits = np.array([dial.latest_start(amount) for amount in amounts.tolist()])
        rows.fail(opened > limits[numbers])
    return dial.due(opened, amounts, numbers)


def _due_by_date(calendar: BusinessCalendar, starts: Integers, promise: Promise) -> Integers:
    """Count business days from the dates of open instants; `LEAST` beyond the covered years.

    Each date is looked at once, and only its clock times row by row.
    """
    if not len(starts):
        return starts
    schedule, timeline = calendar.schedule, calendar.timeline
    first, last = extent(starts)
    cut = [*stretches(schedule.zone, first * MICROSECOND, (last + 1) * MICROSECOND)]
    places = np.searchsorted(array_of(each.start for each in cut), starts, "right") - 1
    walls = starts + array_of(each.offset for each in cut)[places]
    day = int(walls.min()) // DAY_LENGTH
    dates = walls // DAY_LENGTH - day
    seen = np.zeros(int(dates.max()) + 1, np.bool_)
    seen[dates] = True
    openings = cache(lambda day: schedule.openings(day) if schedule.hours_on(day) else [])
    targets: dict[int, int] = {}
    with suppress(BeyondError):  # of a date, and so of all later ones
        for date in np.flatnonzero(seen).tolist():
            targets[date] = business_day_after(schedule.days, day + date, promise.days, openings)
    seen[:] = False
    seen[[*targets]] = True
    if not (known := seen[dates]).all():
        due = np.full(len(starts), LEAST)
        due[known] = _due_by_date(calendar, starts[known], promise)
        return due

    def spread(of: Callable[[int], timedelta]) -> Integers:
        """Give each row what its target day has."""
        found = np.zeros(len(seen), np.int64)
        found[[*targets]] = array_of(map(of, targets.values()))
        return found.take(dates)

    match promise.rule:
        case "elapsed":
            raise AssertionError(promise)  # counts time
        case "same time":
            midnight = cache(lambda day: schedule.first_showing(day * DAY))
            due = spread(midnight)
            odd = spread(lambda day: midnight(day + 1)) - due != DAY_LENGTH  # as clocks change
            due += walls % DAY_LENGTH
            wanted = spread(lambda day: day * DAY)[odd] + walls[odd] % DAY_LENGTH
            due[odd] = [
                same_time(schedule, timeline, wall.days, wall % DAY) // MICROSECOND
                for wall in (int(each) * MICROSECOND for each in wanted)
            ]
            low, high = (each * MICROSECOND for each in extent(due))
            high = min(high, schedule.covers[1] - MICROSECOND)
            shut = ~clock(timeline.covering(low, high)).is_open(due)
            # As there: the end of the opening before, or the first opening if there is none.
            ends = {end for day in targets.values() for _, end in openings(day)}
            closings = np.append(LEAST, np.sort(array_of(ends)))
            before = closings[np.searchsorted(closings, due[shut], "right") - 1]
            due[shut] = np.maximum(before, spread(lambda day: openings(day)[0][0])[shut])
            return due
        case "end of day":
            return spread(lambda day: openings(day)[-1][1])
        case _:
            assert_never(promise.rule)
