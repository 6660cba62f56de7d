"""Deadlines, business time and lateness of whole columns.

The functions mean what those of the same names mean for single datetimes, row by row, and return a column
of the same kind. Columns know no pauses. See the page on columns in the documentation.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Literal, TypeVar, assert_never

try:
    import narwhals  # noqa: F401 - to say at once, and by name, what is missing
    import numpy as np
except ModuleNotFoundError as missing:
    raise ImportError(f"netcor_sla.frames needs {missing.name}; pip install numpy narwhals") from missing

from netcor_sla._agreements import STANDARD, Agreement
from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._calendars.instants import DAY, MICROSECOND, ZERO, duration, instant
from netcor_sla._calendars.schedule import BeyondError
from netcor_sla._calendars.timeline import Index
from netcor_sla._calendars.zones import stretches
from netcor_sla._policy.due import Promise, business_day_after, same_time
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._values import instance
from netcor_sla.errors import CalendarError
from netcor_sla.frames._kernel import DAY_LENGTH, LEAST, Codes, Integers, Mask, array_of, clock, extent, late
from netcor_sla.frames._libraries import column
from netcor_sla.frames._rows import Rows, durations, either, instants, level_codes, level_names, line_up

__all__ = ["add", "between", "is_late", "is_open", "response_due"]

AnyColumn = Any  # of any library; type checkers know too few of them to say more
InstantsT = TypeVar("InstantsT")
Outside = Literal["raise", "null"]

_LONGEST = DAY * 1_000_000  # more than any calendar has


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
    levels, or None where nothing is promised. Where there is no opening or no level, there is no
    deadline. The result is named `due`, in libraries whose columns have names.

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
    (due, rows), *others = (
        _due(terms, asked.at, numbers, Rows(calendar, outside, either(missing, beside), asked), levels)
        for calendar, levels, beside in _calendars(terms, numbers)
    )
    for other, part in others:
        np.copyto(due, other, where=part.without == 0)
    answer: InstantsT = asked.like(due, rows.settled(*(part for _, part in others)), "due")
    return answer


def add(
    at: InstantsT,
    amount: timedelta | AnyColumn,
    *,
    calendar: BusinessCalendar = STANDARD.calendar,
    outside: Outside = "raise",
) -> InstantsT:
    """Find for each row the earliest instant by which `amount` of business time has passed since `at`.

    `amount` is one for all, or a column of durations beside `at`, for example of waiting that moves a
    deadline; negative ones are refused. The result, named `moved`, is missing where either is.
    """
    asked, desk = instants(at, "at"), instance(calendar, BusinessCalendar, "calendar")
    if isinstance(amount, timedelta):
        if (exact := duration(amount, "amount")) < ZERO:
            raise _negative("amount", exact)
        amounts, missing = np.full(len(asked.at), min(exact, _LONGEST) // MICROSECOND), asked.missing
    else:
        beside = durations(amount, "amount")
        line_up(asked, beside.column, "amount")
        amounts, missing = beside.at, either(asked.missing, beside.missing)
    rows = Rows(desk, outside, missing, asked)
    answer: InstantsT = asked.like(_moved(rows, asked.at, amounts, missing), rows.settled(), "moved")
    return answer


def between(
    start: AnyColumn,
    end: AnyColumn,
    *,
    calendar: BusinessCalendar = STANDARD.calendar,
    outside: Outside = "raise",
) -> AnyColumn:
    """Measure for each row the business time from `start` to `end`; negative if that is earlier.

    It is missing where either is, and named `elapsed`. The unit is the finer of the two columns'. A row
    outside the years that the calendar covers is an error that names it; under `outside="null"`, its answer is missing.
    """
    one, two = instants(start, "start"), instants(end, "end")
    line_up(one, two.column, "end")
    rows = Rows(calendar, outside, either(one.missing, two.missing), one, two)
    elapsed = clock(calendar.timeline.covering(rows.first, rows.last)).elapsed(one.at, two.at)
    return one.durations(elapsed, rows.settled(), two, "elapsed")


def is_open(
    at: AnyColumn, *, calendar: BusinessCalendar = STANDARD.calendar, outside: Outside = "raise"
) -> AnyColumn:
    """Say for each instant whether the desk is open; the result is named `open`.

    A row outside the years that the calendar covers is an error that names it; under
    `outside="null"`, its answer is missing.
    """
    asked = instants(at, "at")
    rows = Rows(calendar, outside, asked.missing, asked)
    found = clock(calendar.timeline.covering(rows.first, rows.last)).is_open(asked.at)
    return asked.column.like(found, rows.settled(), None, "open")


def is_late(due: AnyColumn, responded_at: AnyColumn, *, now: datetime) -> AnyColumn:
    """Say for each request whether its first response is late, as far as is known at `now`.

    A response at the due instant is on time. Where there is none, or only one after `now`,
    the request is late once `now` is past due. Without a deadline, the answer is missing. The
    result is named `late`.
    """
    until, answered = instants(due, "due"), instants(responded_at, "responded_at")
    line_up(until, answered.column, "responded_at")
    found = late(until.at, answered.at, answered.missing, instant(now, "now") // MICROSECOND)
    return until.column.like(found, until.missing, None, "late")


Part = tuple[BusinessCalendar, list[EscalationLevel], Mask | None]


def _calendars(terms: Agreement, numbers: int | Codes) -> Iterator[Part]:
    """Yield each calendar that rows count on, its levels, and the rows that count on others."""
    least, most = extent(np.atleast_1d(numbers))
    # Where no row has a level, any will do.
    there = [level for level in EscalationLevel if least <= level.number <= most or most < 1]
    calendars = {id(calendar): calendar for calendar in map(terms.calendar_of, there)}
    for calendar in calendars.values():
        levels = [level for level in there if terms.calendar_of(level) is calendar]
        beside = ~np.isin(numbers, [level.number for level in levels]) if len(calendars) > 1 else None
        yield calendar, levels, beside


def _due(
    terms: Agreement, opened: Integers, numbers: int | Codes, rows: Rows, levels: list[EscalationLevel]
) -> tuple[Integers, Rows]:
    """Compute all deadlines of some levels; a row that has none fails, and its value means nothing."""
    promises = {level.number: terms.promises[level] for level in levels}
    amounts = np.ones(len(EscalationLevel) + 1, np.int64)
    for number, promise in promises.items():
        if not promise.by_date:  # else a microsecond, by which the clock has started
            amounts[number] = promise.amount // MICROSECOND
    index, ends = _index(rows, int(amounts.max()))
    dial = clock(index)
    if ends:
        rows.fail(opened > np.array([dial.latest_start(amount) for amount in amounts.tolist()])[numbers])
    due = dial.due(opened, amounts, numbers)
    for number, promise in promises.items():
        if promise.by_date:
            chosen = np.broadcast_to(np.equal(numbers, number), opened.shape)
            chosen = chosen if rows.without is None else chosen & ~rows.without
            due[chosen] = _due_by_date(rows.calendar, due[chosen] - 1, promise)
            rows.fail(chosen & (due == LEAST))
    return due, rows


def _index(rows: Rows, longest: int) -> tuple[Index, bool]:
    """Make the index for amounts up to the longest, and say whether it ends before some may."""
    timeline = rows.calendar.timeline
    try:
        # The clock is never ahead of the wall: the last microsecond counted is not before.
        last = timeline.add(rows.last, longest * MICROSECOND) - MICROSECOND
        return timeline.covering(rows.first, last), False
    except BeyondError:
        return timeline.covering(rows.first, rows.calendar.schedule.covers[1] - MICROSECOND), True


def _moved(rows: Rows, at: Integers, amounts: Integers, missing: Mask | None) -> Integers:
    """Add an amount to each row; a row that has no answer fails, and its value means nothing."""
    kept = None if missing is None else ~missing
    least, most = extent(amounts, kept)
    if least < 0:
        row = int((amounts < 0 if kept is None else (amounts < 0) & kept).argmax())
        raise _negative(f"row {row}: amount", int(amounts[row]) * MICROSECOND)
    index, ends = _index(rows, max(most, 1))
    dial = clock(index)
    if ends:
        since = dial.elapsed(np.full(len(at), index.low // MICROSECOND), at)
        rows.fail(amounts > index.totals[-1] // MICROSECOND - since)
    moved = dial.due(at, np.clip(amounts, 1, _LONGEST // MICROSECOND), None)
    np.copyto(moved, at, where=amounts == 0)
    return moved


def _negative(name: str, amount: timedelta) -> CalendarError:
    way = f"no column goes back, so ask calendar.subtract(at, {-amount!r}) for each such row"
    return CalendarError(f"{name} must not be negative: {amount!r}; {way}")


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
    known = dates <= max(targets, default=-1)
    if not known.all():
        due = np.full(len(starts), LEAST)
        due[known] = _due_by_date(calendar, starts[known], promise)
        return due

    def spread(of: Callable[[int], timedelta]) -> Integers:
        found = np.zeros(len(seen), np.int64)
        found[[*targets]] = array_of(map(of, targets.values()))
        return found.take(dates)

    match promise.rule:
        case "end of day" | "elapsed":  # which counts time, and does not come here
            return spread(lambda day: openings(day)[-1][1])
        case "same time":
            pass
        case _:
            assert_never(promise.rule)
    midnight = cache(lambda day: schedule.first_showing(day * DAY))
    due = spread(midnight)
    odd = spread(lambda day: midnight(day + 1)) - due != DAY_LENGTH  # as clocks change
    due += walls % DAY_LENGTH
    wanted = spread(lambda day: day * DAY)[odd] + walls[odd] % DAY_LENGTH
    shown = [int(each) * MICROSECOND for each in wanted]
    due[odd] = [same_time(schedule, timeline, at.days, at % DAY) // MICROSECOND for at in shown]
    low, high = (each * MICROSECOND for each in extent(due))
    high = min(high, schedule.covers[1] - MICROSECOND)
    shut = ~clock(timeline.covering(low, high)).is_open(due)
    # As there: the end of the opening before, or the first opening if there is none.
    ends = {end for day in targets.values() for _, end in openings(day)}
    closings = np.append(LEAST, np.sort(array_of(ends)))
    before = closings[np.searchsorted(closings, due[shut], "right") - 1]
    due[shut] = np.maximum(before, spread(lambda day: openings(day)[0][0])[shut])
    return due
