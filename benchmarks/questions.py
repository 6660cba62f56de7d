"""One question, put to one contender: its calls, arguments ready-made, and the right answers."""

from collections.abc import Sequence
from datetime import tzinfo

from oracle import MICROSECOND, Oracle
from peers import Aware
from timing import Contender
from workloads import HOUR

Span = tuple[int, int]


def due(asked: Aware, ats: Sequence[int], levels: Sequence[int], zone: tzinfo) -> Contender:
    """When does the target of each level end?"""
    oracle, hours = Oracle(asked.desk), asked.desk.promised
    rows = [row for row in zip(ats, levels, strict=True) if row[1] in asked.levels]
    amounts = {level: asked.amount(level) for level in asked.levels}
    return Contender(
        asked.name,
        asked.due,
        [(asked.at(at, zone), amounts[level]) for at, level in rows],
        [asked.at(oracle.due(at, hours[level] * HOUR), zone) for at, level in rows],
    )


def between(asked: Aware, spans: Sequence[Span], zone: tzinfo) -> Contender:
    """How much business time lies between two instants?"""
    oracle = Oracle(asked.desk)
    return Contender(
        asked.name,
        asked.between,
        [(asked.at(start, zone), asked.at(end, zone)) for start, end in spans],
        [MICROSECOND * oracle.between(start, end) for start, end in spans],
    )
