"""What is asked: the same instants and spans in every run, for every contender.

Instants are microseconds since 1970 in UTC, on whole seconds.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from math import exp, log
from random import Random

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
YEAR = 8766 * HOUR

START = int(datetime(2015, 1, 1, tzinfo=UTC).timestamp()) * SECOND
SEED = 20150101


def instants(count: int, years: int = 21) -> list[int]:
    """Draw instants, uniform over the years from 2015 on."""
    random = Random(SEED)
    seconds = years * 365 * DAY // SECOND
    return [START + random.randrange(seconds) * SECOND for _ in range(count)]


def levels(count: int) -> list[int]:
    """The four levels in turn."""
    return [number % 4 + 1 for number in range(count)]


def spans(count: int, shortest: int, longest: int) -> list[tuple[int, int]]:
    """Draw spans whose lengths are uniform on a logarithmic scale, all before 2036."""
    return list(islice(_spans(shortest, longest), count))


def _spans(shortest: int, longest: int) -> Iterator[tuple[int, int]]:
    random = Random(SEED)
    seconds = (21 * 365 * DAY - longest) // SECOND
    while True:
        start = START + random.randrange(seconds) * SECOND
        length = exp(random.uniform(log(shortest), log(longest)))
        yield start, start + int(length) // SECOND * SECOND
