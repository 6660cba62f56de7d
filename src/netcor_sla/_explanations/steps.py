"""The steps of an explanation, as users see them."""

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from typing import Any, final

from netcor_sla._calendars.frozen_holidays import read_names
from netcor_sla._calendars.holidays import HolidayNames
from netcor_sla._calendars.instants import MICROSECOND, moment
from netcor_sla._calendars.readings import FOREVER
from netcor_sla._calendars.recorded_zones import read_instant
from netcor_sla._explanations.reckonings import REASONS, Kind, Leg
from netcor_sla._languages import Language
from netcor_sla._values import LegacyValue
from netcor_sla.errors import RecordError, shown


@final
class Step(LegacyValue):
    """A stretch between opening and deadline, or between it and a late response, of one reason.

    `start` is included, `end` is not; both are in the zone of the deadline's `opened_at`.
    `kind` is one of these, and `reason` says why, in a word that never changes:

    - "counted": "opening hours", "special date", "recurring date", "extra hours"
    - "closed": "outside hours", "weekend", "closed weekday", "holiday", "special date",
      "recurring date"
    - "paused": "pause", where time would have counted
    - "level": the new level's value; lasts no time, `start == end`
    - "rule": the day rule, where business days are counted by date; the last one, lasts no time

    `names` are what a holiday or a named date is called, `names.de` and `names.en`, or None.
    `used` is the business time of the step, and `left` what then remains up to the
    deadline, or up to the response after it.
    """

    __slots__ = ("end", "kind", "left", "names", "reason", "start", "used")

    start: datetime
    end: datetime
    kind: Kind
    reason: str
    names: HolidayNames | None
    used: timedelta
    left: timedelta

    _keys = ("start", "end", "kind", "reason", "names", "used_microseconds", "left_microseconds")
    _required = ("start", "end", "kind", "reason", "used_microseconds", "left_microseconds")
    _error = RecordError

    def __init__(  # noqa: PLR0913 - the keys of the data form
        self,
        *,
        start: datetime,
        end: datetime,
        kind: Kind,
        reason: str,
        used: timedelta,
        left: timedelta,
        names: HolidayNames | None = None,
    ) -> None:
        self._fill(
            start=start, end=end, kind=kind, reason=reason, names=names, used=used, left=left
        )

    def title(self, language: Language = "de") -> str:
        """Say the reason in words, or the name that it has: `Karfreitag`."""
        from netcor_sla._explanations.words import reason  # noqa: PLC0415 - as with deadlines

        return reason(self.reason, self.names, language)

    @classmethod
    def _read(cls, data: dict[str, Any]) -> dict[str, Any]:
        kind, why, names = data["kind"], data["reason"], data.get("names")
        if not (isinstance(kind, str) and isinstance(why, str) and why in REASONS.get(kind, ())):
            raise RecordError(f"no step is {shown(kind)} for the reason {shown(why)}")
        return {
            "start": read_instant(data["start"], "start"),
            "end": read_instant(data["end"], "end"),
            "kind": kind,
            "reason": why,
            "used": _amount(data, "used_microseconds"),
            "left": _amount(data, "left_microseconds"),
            "names": None if names is None else read_names(names, "names", RecordError),
        }

    def to_dict(self) -> dict[str, Any]:
        """Write the data form, as it stands in a record; amounts are whole microseconds."""
        return {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "kind": self.kind,
            "reason": self.reason,
            **({"names": list(self.names)} if self.names else {}),
            "used_microseconds": self.used // MICROSECOND,
            "left_microseconds": self.left // MICROSECOND,
        }


def _amount(data: dict[str, Any], key: str) -> timedelta:
    """Read a number of microseconds."""
    value = data[key]
    if type(value) is int and 0 <= value < FOREVER:
        return MICROSECOND * value
    raise RecordError(f"{key}: {shown(value)} is no number of microseconds")


def steps(legs: Iterable[Leg], zone: tzinfo | None, left: int) -> tuple[Step, ...]:
    """Make steps of legs, and reckon what each left."""
    told = []
    for leg in legs:
        used = leg.end - leg.start if leg.kind == "counted" else 0
        left -= used
        told.append(
            Step(
                start=moment(leg.start, zone),
                end=moment(leg.end, zone),
                kind=leg.kind,
                reason=leg.reason,
                names=leg.names,
                used=MICROSECOND * used,
                left=MICROSECOND * left,
            )
        )
    return tuple(told)
