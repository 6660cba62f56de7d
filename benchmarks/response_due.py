"""Time one `response_due` against workclock, the fastest peer, in one run.

    python -m pip install . workclock==0.1.2 && python benchmarks/response_due.py

Ten thousand instants, uniform over 2015 to 2035, each with the target of a level in
turn. The contenders alternate in every round, CPU time is taken, and the ratios are
medians of the rounds' ratios. The peer gets its arguments ready-made, in the form that it
likes best. Answers are compared before anything is timed.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from datetime import time as clock_time
from random import Random
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import workclock

from netcor_sla import STANDARD, EscalationLevel, response_due

Calls = list[tuple[datetime, Any]]

ROUNDS = 9
COUNT = 10_000
HOURS = {1: 4, 2: 8, 3: 17, 4: 34}
POLICY_ZONE = timezone(timedelta(hours=1))


def opened_at(zone: tzinfo) -> list[datetime]:
    """Draw the instants, the same in every zone."""
    random = Random(20150101)
    start = datetime(2015, 1, 1, tzinfo=UTC)
    return [
        (start + timedelta(seconds=random.randrange(21 * 365 * 86_400))).astimezone(zone)
        for _ in range(COUNT)
    ]


def peer() -> workclock.Schedule:
    """Give the peer the same calendar: a fixed offset is named the other way round."""
    known = holidays.country_holidays("DE", subdiv="NI", years=range(2014, 2040))
    day = workclock.WorkDay(clock_time(8, 30), clock_time(17), days=range(5))
    rules: list[workclock.WorkDay | workclock.Holidays] = [day, workclock.Holidays(list(known))]
    return workclock.Schedule(rules, time_zone="Etc/GMT-1")


def timed(function: Callable[[datetime, Any], datetime], calls: Calls) -> float:
    """CPU microseconds a call."""
    start = time.process_time()
    for opened_at, promised in calls:
        function(opened_at, promised)
    return (time.process_time() - start) / len(calls) * 1e6


def main() -> None:
    """Print microseconds a call and ratios, by zone of the argument."""
    levels = [EscalationLevel(number % 4 + 1) for number in range(COUNT)]
    targets = [timedelta(hours=HOURS[level.number]) for level in levels]
    zones = {
        "+01:00": STANDARD.calendar.tzinfo,
        "UTC": UTC,
        "Europe/Berlin": ZoneInfo("Europe/Berlin"),
    }
    theirs = peer().add
    for name, zone in zones.items():
        instants = opened_at(zone)
        mine = list(zip(instants, levels, strict=True))
        others = list(zip(instants, targets, strict=True))
        wrong = sum(response_due(*a) != theirs(*b) for a, b in zip(mine, others, strict=True))
        rounds = [(timed(response_due, mine), timed(theirs, others)) for _ in range(ROUNDS)]
        ratio = median(a / b for a, b in rounds)
        ours, peers = (median(column) for column in zip(*rounds, strict=True))
        print(f"{name:14} {ours:5.2f} us, peer {peers:5.2f} us, ratio {ratio:.3f}, {wrong} differ")


if __name__ == "__main__":
    main()
