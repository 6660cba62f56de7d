"""Many threads at once get the answers of one.

Each run is a process of its own, so that nothing is imported, read or remembered before the
threads meet there, and the answers of eight threads are held against those of a process with
a single one.
"""

import json
import os
import subprocess
import sys
from typing import Any, Final

import pytest

THREADS: Final = 8

SCRIPT: Final = '''
import json
import random
import sys
from datetime import date, datetime, timedelta, timezone
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

from netcor_sla._policy.due import DAY_RULES
from netcor_sla import Agreement, BusinessCalendar, EscalationLevel

STATES = "BE BY NI SN".split()
OTHERS = "AT CH FR PL DK IT SE GB".split()
ZONES = ("+01:00", "Europe/Berlin", "UTC", "America/St_Johns")


def agreement(number, source):
    """Make an agreement that nobody has asked anything yet."""
    calendar = {
        "zone": ZONES[number % len(ZONES)],
        "hours": {"mon-fri": [["08:30", "17:00"]], "sat": [["01:00", "04:00"]]},
        "holidays": source,
        "business_day": "08:30",
        "recurring": {"12-24": [["08:30", "12:00"]]},
    }
    rule = DAY_RULES[number % len(DAY_RULES)]
    return Agreement.from_dict({"calendar": calendar, "day_rule": rule})


def questions(asked):
    """List what is asked, across the years."""
    calendar, levels = asked.calendar, list(EscalationLevel)
    for step, year in enumerate((2024, 2020, 2026, 2019, 2022, 2025)):
        at = datetime(year, 12, 23, 15, step, tzinfo=ZoneInfo("Europe/Berlin"))
        level, day = levels[step % 4], date(year, 12, 26)
        yield lambda at=at, level=level: asked.response_due(at, level)
        yield lambda day=day: calendar.holiday(day)
        yield lambda day=day: calendar.holiday(day, "en")
        yield lambda day=day: calendar.is_business_day(day)
        yield lambda at=at: calendar.between(at - timedelta(days=40), at)
        yield lambda at=at: calendar.subtract(at, timedelta(hours=90))
        yield lambda at=at: [span[0] for span in calendar.spans(at, at + timedelta(days=11))]


def thread(number, asked, barrier, answers):
    """Ask everything, each thread in an order of its own, and keep the answers."""
    listed = list(enumerate(questions(asked)))
    random.Random(number).shuffle(listed)
    barrier.wait()
    mine = {}
    for position, question in listed:
        try:
            mine[position] = repr(question())
        except Exception as error:
            mine[position] = f"{type(error).__name__}: {error}"
    answers[number] = [mine[position] for position in sorted(mine)]


def main(count):
    """Ask with so many threads at once, on one fresh calendar after the other."""
    sys.setswitchinterval(1e-6)
    sources = ["DE-" + state for state in STATES] + OTHERS
    for number, source in enumerate(sources):
        asked, barrier, answers = agreement(number, source), Barrier(count), {}
        threads = [
            Thread(target=thread, args=(each, asked, barrier, answers)) for each in range(count)
        ]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        print(json.dumps([source, [answers[each] for each in range(count)]]))


main(int(sys.argv[1]))
'''


def run(script: str, *arguments: str) -> list[Any]:
    """Run a script in a process of its own; each line that it prints is JSON."""
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
    )
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.fixture(scope="module")
def alone() -> dict[str, list[str]]:
    """Get the answers of a process with one thread."""
    return {source: answers[0] for source, answers in run(SCRIPT, "1")}


def test_eight_threads_get_the_answers_of_one(alone: dict[str, list[str]]) -> None:
    """On a dozen fresh calendars and countries, nobody misses a holiday, a page or a deadline."""
    together = run(SCRIPT, str(THREADS))
    assert [source for source, _ in together] == list(alone)
    for source, answers in together:
        assert len(answers) == THREADS
        for number, answer in enumerate(answers):
            assert answer == alone[source], (source, number)


def test_the_answers_are_worth_comparing(alone: dict[str, list[str]]) -> None:
    """A dozen calendars are asked, with holidays among the answers, and none of them fails."""
    assert len(alone) == 12
    for source, answers in alone.items():
        assert len(set(answers)) > 20, source
        assert not any("Error" in answer for answer in answers), source
    assert sum("Weihnachtstag" in answer for answers in alone.values() for answer in answers) > 20


GROWING: Final = """
import json
import sys
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

from netcor_sla import BusinessCalendar

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def work(number, calendar, barrier, wrong):
    barrier.wait()
    for step in range(60):
        at = datetime(2000 + (number * 7 + step * 13) % 16, 3, 10, 6, tzinfo=UTC)
        for asked, expected in (
            (calendar.add(at, 30 * HOUR), at + 2 * DAY + 6 * HOUR),
            (calendar.subtract(at, 30 * HOUR), at - 2 * DAY - 6 * HOUR),
            (calendar.between(at - 10 * DAY, at), 120 * HOUR),
            (calendar.next_open(at + 7 * HOUR), at + 18 * HOUR),
        ):
            if asked != expected:
                wrong.append([number, str(at), str(asked), str(expected)])


sys.setswitchinterval(1e-5)
for round_ in range(5):
    # Half of each day is open.
    calendar = BusinessCalendar(zone="UTC", hours={"mon-sun": [["00:00", "12:00"]]}, holidays=None)
    barrier, wrong = Barrier(8), []
    threads = [Thread(target=work, args=(each, calendar, barrier, wrong)) for each in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    print(json.dumps(wrong))
"""


def test_a_calendar_grown_by_eight_threads_answers_right() -> None:
    """While others add years at both ends, no thread reads what is half built."""
    assert run(GROWING) == [[]] * 5
