"""This library, given the hours of a desk as its users would give them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import netcor_sla
from hours import STANDARD, YEARS, Desk, Spans
from netcor_sla import Agreement, BusinessCalendar, EscalationLevel
from peers import Aware, clock

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Ours(Aware):
    """Under the policy's agreement, or one whose calendar carries the holidays of the desk."""

    name = "netcor-sla"

    def __init__(self, desk: Desk) -> None:
        """Make the agreement, where it is another one."""
        super().__init__(desk)
        standard = desk == STANDARD
        self.agreement = netcor_sla.STANDARD if standard else agreement(desk)
        self.zone = self.agreement.calendar.tzinfo
        self.due: Callable[[datetime, EscalationLevel], datetime] = (
            netcor_sla.response_due if standard else self.agreement.response_due
        )
        self.between: Callable[[datetime, datetime], timedelta] = self.agreement.calendar.between

    def amount(self, level: int) -> EscalationLevel:
        """Take the level itself."""
        return EscalationLevel(level)


def agreement(desk: Desk) -> Agreement:
    """Promise the policy's targets on the hours of a desk."""
    calendar = BusinessCalendar(
        zone=desk.zone,
        hours={name: texts(spans) for name, spans in zip(WEEKDAYS, desk.week, strict=True)},
        holidays={
            "source": "DE-NI",
            "first": YEARS[0],
            "last": YEARS[-1],
            "days": {day.isoformat(): ("Feiertag", "holiday") for day in desk.holidays},
        },
        recurring={on: texts(spans) for on, spans in desk.recurring.items()},
        business_day=timedelta(hours=desk.promised[3]) / 2,
    )
    return Agreement(calendar=calendar)


def texts(spans: Spans) -> list[tuple[str, str]]:
    """Write spans as the data form has them."""
    return [(f"{clock(start):%H:%M}", f"{clock(end):%H:%M}") for start, end in spans]
