"""Compare contenders: all in turn in every round, by processor time.

The machine may be busy with other things: what it does to one round, it does to all who take
part in it. So a ratio is the median of the rounds' ratios, and not a ratio of medians.
"""

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from statistics import median
from typing import Any, NamedTuple

LEAST = 50  # calls a round
SHORTEST, LONGEST = 0.02, 0.25  # seconds that a round of one contender should take


class Contender(NamedTuple):
    """A call of two arguments, these ready-made in the form that it likes best, and the answers."""

    name: str
    call: Callable[[Any, Any], Any]
    calls: Sequence[tuple[Any, Any]]
    wanted: Sequence[Any]

    def right(self) -> float:
        """Ask everything, and give the share of right answers."""
        answers = (self.call(first, second) for first, second in self.calls)
        same = [bool(given == right) for given, right in zip(answers, self.wanted, strict=True)]
        return sum(same) / len(same)

    def run(self) -> None:
        """Ask everything."""
        call = self.call
        for first, second in self.calls:
            call(first, second)

    def fitting(self) -> "Contender":
        """Leave out what a round has no time for, or repeat what would be over too soon.

        The first calls are as mixed as all.
        """
        few = self._replace(calls=self.calls[:LEAST])
        most = int(LONGEST / timed(few.run) * LEAST)
        some = self._replace(calls=self.calls[: max(most, LEAST)])
        often = max(int(SHORTEST / timed(some.run)), 1)
        return some._replace(calls=[*some.calls] * often)


class Score(NamedTuple):
    """The share of right answers, microseconds a call, and their ratio to those of a peer."""

    right: float
    cost: float
    ratio: float


def compare(contenders: Sequence[Contender], peer: str, rounds: int) -> dict[str, Score]:
    """Check the answers of all, then time them against one of them."""
    right = {each.name: each.right() for each in contenders}
    fitting = [each.fitting() for each in contenders]
    spent = measured({each.name: each.run for each in fitting}, rounds)
    costs = {each.name: [s / len(each.calls) * 1e6 for s in spent[each.name]] for each in fitting}
    return {name: Score(right[name], median(cost), ratio(cost, costs[peer])) for name, cost in costs.items()}


def measured(runs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each run in each round; each time, another one begins.

    Before each there is a pass that isn't timed: what ran last leaves the processor's caches full
    of its own, and whoever came first would pay for that.
    """
    spent: dict[str, list[float]] = {name: [] for name in runs}
    names = list(runs)
    with no_collection():
        for number in range(rounds):
            turn = number % len(names)
            for name in names[turn:] + names[:turn]:
                runs[name]()
                spent[name].append(timed(runs[name]))
    return spent


def ratio(costs: Sequence[float], others: Sequence[float]) -> float:
    """Take the median of the rounds' ratios."""
    return median(cost / other for cost, other in zip(costs, others, strict=True))


def timed(run: Callable[[], object]) -> float:
    """Seconds of processor time, of all threads of the process."""
    start = time.process_time()
    run()
    return time.process_time() - start


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep the garbage collector out of it, as `timeit` does."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
