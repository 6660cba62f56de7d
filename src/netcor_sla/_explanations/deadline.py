"""A deadline with its explanation: a value that says when, why, and from which facts.

What tells and draws it is imported by who asks for it: most only want to know when, and
their first answer comes a twentieth sooner.
"""

# ruff: noqa: PLC0415

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self, final

from netcor_sla._calendars.instants import MICROSECOND, moment
from netcor_sla._explanations.record import Record, read, write
from netcor_sla._explanations.steps import Step, steps
from netcor_sla._languages import Language
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._values import LegacyValue
from netcor_sla.errors import RecordError

if TYPE_CHECKING:
    from netcor_sla._explanations.words import Voice


@final
class Deadline(LegacyValue):
    """When a first response is due, and how that came about.

    It is made by `explain`, and by `from_dict` from what `to_dict` wrote. Instants are in
    the zone of `opened_at`; `text`, `svg` and `str` tell them in the calendar's zone, and name
    it. `target` is the promised business time, a business day being a standard day.

    A clock's `explain` tells also of pauses, changes of level and the response: `responded_at`,
    or None; `overrun`, the steps from `due` to a late response, empty where it is on time; and
    `overdue`, the business time of these.

    Laws: the steps cover all from `opened_at` to `due`, in order, without gap or overlap; what
    the counted ones used adds up to `target`, unless business days are counted by date; and
    `from_dict(deadline.to_dict()) == deadline`, on every machine.
    """

    __slots__ = (
        *("_record", "due", "level", "opened_at", "overdue", "overrun", "responded_at"),
        *("starts_at", "steps", "target"),
    )

    opened_at: datetime
    level: EscalationLevel
    starts_at: datetime
    due: datetime
    target: timedelta
    steps: tuple[Step, ...]
    responded_at: datetime | None
    overdue: timedelta
    overrun: tuple[Step, ...]
    _record: Record

    _error = RecordError

    def __init__(self, record: Record) -> None:
        reckoning, zone = record.reckoning, record.zone
        responded = reckoning.facts.responded
        self._fill(
            opened_at=moment(reckoning.opened, zone),
            level=reckoning.promise.level,
            starts_at=moment(reckoning.starts, zone),
            due=moment(reckoning.due, zone),
            target=MICROSECOND * reckoning.promise.amount,
            steps=steps(reckoning.legs, zone, reckoning.counted),
            responded_at=None if responded is None else moment(responded, zone),
            overdue=MICROSECOND * reckoning.overdue,
            overrun=steps(reckoning.overrun, zone, reckoning.overdue),
            _record=record,
        )

    def __str__(self) -> str:
        from netcor_sla._explanations.text import headline

        return headline(self._record.reckoning, self._voice("de"))

    def __repr__(self) -> str:
        return f"<Deadline: {self}>"

    def text(self, language: Language = "de") -> str:
        """Tell it in sentences: what one would paste into a ticket or a mail.

        Paragraphs are divided by an empty line, and no line ends the last one.
        """
        from netcor_sla._explanations.text import paragraphs

        told = paragraphs(self._record.reckoning, self._voice(language))
        return "\n\n".join("\n".join(lines) for lines in told)

    def svg(self, language: Language = "de") -> str:
        """Draw the stretch, a row for each date; a picture of its own, in SVG."""
        from netcor_sla._explanations.picture import picture

        return picture(self._record.reckoning, self._voice(language))

    def _repr_html_(self) -> str:
        from netcor_sla._explanations.picture import html

        return html(self._record.reckoning, self._voice("de"), self.text())

    def to_dict(self) -> dict[str, Any]:
        """Write the record: ready for JSON, in one spelling, and a fresh copy.

        It holds every fact that the answer rests on, so that `netcor_sla.records` can derive
        the deadline from it again, or say what has changed since.
        """
        return write(self._record, self.steps, self.overrun)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a record; one that contradicts itself is a `RecordError`.

        Law: `from_dict(deadline.to_dict()) == deadline`.
        """
        deadline = cls(read(data))
        form = deadline.to_dict()
        for key in form:
            if form[key] != data[key]:
                raise RecordError(f"{key} of the record contradicts what else it says")
        return deadline

    def _voice(self, language: Language) -> "Voice":
        from netcor_sla._explanations.words import voice

        return voice(language, self._record.reckoning.schedule)
