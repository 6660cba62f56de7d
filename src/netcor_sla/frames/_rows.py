"""Rows: the instants and levels that columns ask about, and answers of the same kind.

Inside, instants are microseconds since 1970 in UTC, and levels their numbers, 0 where missing.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta
from operator import itemgetter
from typing import Any, Final, Self

import numpy as np

from netcor_sla import errors
from netcor_sla._calendars.business_calendar import BusinessCalendar
from netcor_sla._calendars.instants import MICROSECOND, moment
from netcor_sla._calendars.schedule import BeyondError, refusal
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._values import instance, mapping, word
from netcor_sla.frames._kernel import LEAST, MOST, Codes, Integers, Mask, extent
from netcor_sla.frames._libraries import Column, Native, column

# What a table calls its levels, each with its kind, so that `True` is not 1; None promises nothing.
Names = Mapping[tuple[str, object], EscalationLevel | None]

_UNITS: Final = ("ns", "us", "ms", "s")  # the finest first
_MICROSECONDS: Final = {"ms": 1_000, "s": 1_000_000}
_NANOSECONDS: Final = 1_000
_UNKNOWN: Final = 255
_NAMED: Final = 20  # rows that a message names


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Instants:
    """A column of instants, or of durations, as it was read."""

    name: str  # of the argument
    column: Column
    unit: str
    at: Integers
    missing: Mask | None
    first: int  # and the last, of those that are not missing; if all are, it is later than the last
    last: int

    def like(self, values: Integers, missing: Mask | None, name: str) -> Native:
        return self.column.like(self._held(values, missing, self.unit), missing, "", name)

    def durations(self, values: Integers, missing: Mask | None, other: Self, name: str) -> Native:
        unit = min(self.unit, other.unit, key=_UNITS.index)
        return self.column.like(self._held(values, missing, unit), missing, unit, name)

    def _held(self, values: Integers, missing: Mask | None, unit: str) -> Integers:
        if missing is not None:
            values[missing] = 0
        held = values
        if unit != "us":
            held = values * _NANOSECONDS if unit == "ns" else values // _MICROSECONDS[unit]
            if (lost := _in_microseconds(held, unit) != values).any():
                row = int(lost.argmax())
                raise errors.ColumnError(
                    f"row {row}: the answer, {values[row]} microseconds, is nothing that a column "
                    f"in {unit} holds; convert {self.name} to microseconds, as with "
                    f"{self.column.to_microseconds.format(self.name)}"
                )
        if missing is not None:
            held[missing] = LEAST
        return held


def instants(native: object, name: str) -> Instants:
    """Read a column of instants; what is finer than a microsecond is cut off."""
    read = column(native, name)
    unit, since = read.unit or ("", "")
    if unit not in _UNITS or not since:
        raise errors.ArgumentError(
            f"{name} must hold instants in s, ms, us or ns, not {read.type}; convert it first, texts with an "
            f"offset with {read.to_instants.format(name)}, others by the format that they are written in, "
            "for example '%d.%m.%Y %H:%M', and then give them a zone"
        )
    if since != "UTC":
        database, people = (read.to_zone.format(name, zone) for zone in ("UTC", "Europe/Berlin"))
        raise errors.NaiveError(
            f"{name} has no zone in any row, its type is {read.type}; say which one is meant: {database} "
            f"for what a database or a program wrote in UTC, {people} for what people in Germany typed"
        )
    return _read(read, name, unit)


def durations(native: object, name: str) -> Instants:
    read = column(native, f"{name}, unless a timedelta,")
    unit, since = read.unit or ("", "UTC")
    if unit not in _UNITS or since:
        raise errors.ArgumentError(
            f"{name} must be a timedelta, or hold durations in s, ms, us or ns, not {read.type}; "
            f"convert it first, whole minutes for example with {read.to_durations.format(name)}"
        )
    return _read(read, name, unit)


def _read(read: Column, name: str, unit: str) -> Instants:
    counts, missing = read.integers(), None
    extremes = extent(counts)
    if extremes[0] == LEAST and (missing := read.missing()) is not None:
        extremes = extent(counts, ~missing)
    first, last = _in_microseconds(np.array(extremes), unit).tolist()
    at = _in_microseconds(counts, unit)
    return Instants(name=name, column=read, unit=unit, at=at, missing=missing, first=first, last=last)


def line_up(first: Instants, other: Column, name: str) -> None:
    """Check two columns, of one library and with the same rows, which are matched by position."""
    one, kind = first.name, first.column.noun
    count, rows = len(other), len(first.column)
    if other.noun != kind:
        raise errors.ArgumentError(f"{name} must be a {kind} as {one} is, not a {other.noun}; convert one")
    if count != rows:
        row, short, long = (count, name, one) if count < rows else (rows, one, name)
        sizes = f"{one} has {rows} rows and {name} has {count}"
        raise errors.ColumnError(f"row {row}: {long} has one, but {short} does not; {sizes}")
    labels, others = first.column.labels, other.labels
    if labels is not None and not labels.equals(others):
        row = bisect_left(range(1, rows + 1), 1, key=lambda end: not labels[:end].equals(others[:end]))
        raise errors.ColumnError(
            f"row {row}: {one} calls it {labels[row]!r}, and {name} {others[row]!r}; rows are matched "
            f"by position, so give both one index, as with {name}.reindex({one}.index)"
        )


def either(one: Mask | None, two: Mask | None) -> Mask | None:
    if one is None or two is None:
        return two if one is None else one
    return one | two


def _in_microseconds(values: Integers, unit: str) -> Integers:
    """Convert to microseconds; what they can't count stands as the last that they can."""
    if unit == "us":
        return values
    if unit == "ns":
        return values // _NANOSECONDS
    limit = MOST // _MICROSECONDS[unit]
    return np.clip(values, -limit, limit) * _MICROSECONDS[unit]


class Rows:
    """The rows of a question, and which of them have no answer, as far as is known."""

    def __init__(self, calendar: object, outside: object, missing: Mask | None, *asked: Instants) -> None:
        self.calendar = instance(calendar, BusinessCalendar, "calendar")
        self._refuse = word(outside, "outside", ("raise", "null"), error=errors.CalendarError) == "raise"
        self._asked = asked
        self.failed: Mask | None = None
        self.without = missing  # the rows that have no answer, for whatever reason
        begin, end = (at // MICROSECOND for at in self.calendar.schedule.covers)
        least, most = min(each.first for each in asked), max(each.last for each in asked)
        if least < begin or most >= end:
            for each in asked:
                self.fail((each.at < begin) | (each.at >= end))
            kept = None if self.without is None else ~self.without
            extents = [extent(each.at, kept) for each in asked]
            least, most = min(low for low, _ in extents), max(high for _, high in extents)
        if least > most:  # there are no rows: any instant will do
            least = most = begin
        self.first, self.last = timedelta(microseconds=least), timedelta(microseconds=most)

    def fail(self, rows: Mask) -> None:
        if rows.any():
            failed = rows if self.without is None else rows & ~self.without
            self.failed = either(self.failed, failed) if failed.any() else self.failed
            self.without = either(self.without, rows)

    def settled(self, *parts: "Rows") -> Mask | None:
        """Mark the rows without an answer; or raise what single datetimes do, for the first.

        Of `parts` each has some of the rows, and the others are missing there.
        """
        every = (self, *parts)
        failed = [(int(each.failed.argmax()), each) for each in every if each.failed is not None]
        if self._refuse and failed:
            row, part = min(failed, key=itemgetter(0))
            error = part.reason(row)
            raise type(error)(f"row {row}: {error}")
        masks: Any = [each.without for each in every]
        return np.logical_and.reduce(masks) if parts else self.without

    def reason(self, row: int) -> errors.SLAError:
        asked = {}
        for each in self._asked:
            try:
                asked[each.name] = moment(timedelta(microseconds=int(each.at[row])), UTC)
            except OverflowError:
                at = each.column.integers()[row : row + 1].view(f"M8[{each.unit}]")[0]
                others = "the years 1 to 9999, and no calendar covers others"
                return errors.CoverageError(f"{each.name} {at}+00:00 lies outside {others}")
        return refusal(self.calendar.schedule, BeyondError(forwards=True), **asked)


def level_names(levels: object) -> Names | None:
    if levels is None:
        return None
    names = {}
    for name, level in mapping(levels, "levels").items():
        try:
            names[_kind(name), name] = None if level is None else EscalationLevel(level)
        except errors.LevelError as error:
            raise errors.LevelError(f"levels, {errors.shown(name)}: {error}") from None
    return names


def level_codes(column: Column, names: Names | None) -> Codes:
    """Read levels: by their names if there are any, or else as `EscalationLevel` knows them."""
    numbers = column.numbers() if names is None else None
    codes: Codes
    # Most columns hold numbers that are levels all, and are done with this.
    if numbers is not None and len(numbers) and numbers.min() >= 1 and numbers.max() <= len(EscalationLevel):
        codes = numbers.astype(np.uint8)
        if (numbers == codes).all():
            if (missing := column.missing()) is not None:
                codes[missing] = 0
            return codes

    def code(value: object) -> int:
        try:
            level = _level(value, names)
        except errors.LevelError:
            return _UNKNOWN
        return 0 if level is None else level.number

    codes = column.codes(code)
    if (unknown := codes == _UNKNOWN).any():
        rows, count = np.flatnonzero(unknown)[:_NAMED].tolist(), int(unknown.sum())
        try:
            _level(column.value(rows[0]), names)
        except errors.LevelError as error:
            more = f", and {count - len(rows)} more" if count > len(rows) else ""
            others = f"; rows without a level: {', '.join(map(str, rows))}{more}" if count > 1 else ""
            raise errors.LevelError(f"row {rows[0]}: {error}{others}") from None
    return codes


def _level(value: object, names: Names | None) -> EscalationLevel | None:
    if names is None:
        return EscalationLevel(value)
    try:
        return names[_kind(value), value]
    except (KeyError, TypeError, ValueError):  # without a hash; the last is numpy's
        known = errors.shown([name for _, name in names])
        raise errors.LevelError(f"{errors.shown(value)} is not among levels, which are {known}") from None


def _kind(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "truth"
    return "time" if isinstance(value, np.datetime64 | np.timedelta64) else ""
