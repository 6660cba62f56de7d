"""Deadlines of whole columns, by the index and the day rules of single ones."""

from contextlib import suppress
from typing import Final

import numpy as np

from netcor_sla._agreements import Agreement
from netcor_sla._calendars.instants import MICROSECOND
from netcor_sla._calendars.readings import Index
from netcor_sla._calendars.timeline import BeyondBookError
from netcor_sla._policy.due import due_by_dates
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla.frames._kernel import Codes, Integers, Mask, clock
from netcor_sla.frames._rows import Rows

Numbers = int | Codes  # of the level of all rows, or of each row's, where 0 is missing

_NEVER: Final = np.iinfo(np.int64).min
_ALWAYS: Final = np.iinfo(np.int64).max


def dues(agreement: Agreement, opened: Integers, numbers: Numbers, rows: Rows) -> Integers:
    """Reckon all deadlines; a row that has none fails, and its value means nothing."""
    levels = [each for each in EscalationLevel if np.any(np.equal(numbers, each.number))]
    amounts = {
        each.number: agreement._amounts[each] // MICROSECOND
        for each in levels
        if each in agreement._amounts
    }
    due = _by_hours(agreement, opened, numbers, rows, amounts)
    for each in levels:
        if each in agreement._days:
            chosen = np.broadcast_to(np.equal(numbers, each.number), opened.shape)
            if rows.without is not None:
                chosen = chosen & ~rows.without
            due[chosen] = _by_dates(agreement, opened, each, rows, chosen)
    return due


def _by_hours(
    agreement: Agreement, opened: Integers, numbers: Numbers, rows: Rows, amounts: dict[int, int]
) -> Integers:
    """Add to each opening instant the amount of its level; other rows mean nothing."""
    table = np.ones(len(EscalationLevel) + 1, np.int64)
    limits = np.full(len(table), _ALWAYS)
    index = _index(agreement, rows, max(amounts.values(), default=1))
    for number, amount in amounts.items():
        table[number] = amount
        limits[number] = index.latest(index.top - amount) if amount <= index.top else _NEVER
    if rows.last > limits.min():
        rows.fail(opened > limits[numbers])
    return clock(index).due(opened, table, numbers)


def _by_dates(
    agreement: Agreement, opened: Integers, level: EscalationLevel, rows: Rows, chosen: Mask
) -> Integers:
    """Reckon the chosen rows of a level by dates, each instant only once."""
    calendar, days, rule = agreement.calendar, agreement._days[level], agreement.day_rule
    distinct, places = np.unique(opened[chosen], return_inverse=True)
    due = np.full(len(distinct), _NEVER)
    for place, at in enumerate(distinct.tolist()):
        with suppress(BeyondBookError):
            due[place] = due_by_dates(at, days, rule, calendar._schedule, calendar._timeline)
    if (due == _NEVER).any():
        failed = np.zeros(len(opened), np.bool_)
        failed[chosen] = due[places] == _NEVER
        rows.fail(failed)
    return due[places]


def _index(agreement: Agreement, rows: Rows, most: int) -> Index:
    """Find an index in which every deadline lies, or else the longest that there is."""
    timeline, schedule = agreement.calendar._timeline, agreement.calendar._schedule
    try:
        # The clock is never ahead of the wall: the last microsecond counted is not before.
        last = timeline.add(rows.last, most) - 1
    except BeyondBookError:
        last = schedule.start(schedule.last + 1) - 1
    return timeline.covering(rows.first, last)
