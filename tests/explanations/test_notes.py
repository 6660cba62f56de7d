"""What a picture notes beside each date, and where on the clock an instant is."""

from datetime import date, datetime
from typing import Any

import pytest
from netcor_sla._explanations.notes import last, mark, notes
from netcor_sla._explanations.reckonings import Reckoning

from netcor_sla import Agreement, BusinessCalendar, BusinessHours, EscalationLevel
from netcor_sla._calendars.instants import EPOCH_DAY, day_number, instant
from netcor_sla._explanations.words import voice
from netcor_sla._languages import Language

LOW, HIGH, CRITICAL = EscalationLevel.LOW, EscalationLevel.HIGH, EscalationLevel.CRITICAL
ALWAYS = {"mon-sun": [["00:00", "24:00"]]}
HOUR = 3_600_000_000


def told(
    opened: str,
    target: int,
    *,
    pauses: tuple[tuple[str, str], ...] = (),
    changes: tuple[tuple[str, EscalationLevel], ...] = (),
    came: str | None = None,
    **calendar: Any,  # noqa: ANN401
) -> Reckoning:
    """Reckon a ticket, of a low level at first; all times are wall-clock times, or have offsets."""
    form: dict[str, Any] = {
        "zone": "+01:00",
        "hours": {"mon-fri": [["08:30", "17:00"]]},
        "holidays": None,
    }
    desk = BusinessCalendar(**form | calendar)
    targets = dict.fromkeys(EscalationLevel, BusinessHours(target))

    def read(text: str) -> datetime:
        at = datetime.fromisoformat(text)
        return at if at.tzinfo else at.replace(tzinfo=desk.tzinfo)

    clock = Agreement(calendar=desk, targets=targets).clock(read(opened), LOW)
    for pause in pauses:
        clock = clock.pause(*map(read, pause))
    for at, level in changes:
        clock = clock.change_level(read(at), level)
    return (clock if came is None else clock.respond(read(came))).explain()._record.reckoning


def noted(reckoned: Reckoning, language: Language = "de") -> dict[str, list[str]]:
    """Read the notes by date."""
    found = notes(reckoned, voice(language, reckoned.schedule))
    return {
        date.fromordinal(day + EPOCH_DAY).isoformat()[5:]: words for day, words in found.items()
    }


def test_opening_and_deadline_are_noted_with_the_time_used() -> None:
    """In this order, and the reason of a date that had no usual hours."""
    reckoned = told("2026-03-13 16:00", 2)
    assert noted(reckoned) == {
        "03-13": ["eröffnet 16:00", "1 h"],
        "03-14": ["Wochenende"],
        "03-15": ["Wochenende"],
        "03-16": ["fällig 09:30", "1 h"],
    }
    assert noted(reckoned, "en")["03-13"] == ["opened 16:00", "1 h"]
    assert noted(reckoned, "en")["03-16"] == ["due 09:30", "1 h"]


def test_a_pause_is_noted_and_is_no_time_used() -> None:
    """Also where it took all of a date."""
    reckoned = told("2026-03-10 16:00", 2, pauses=(("2026-03-10 16:30", "2026-03-12 09:00"),))
    assert noted(reckoned) == {
        "03-10": ["eröffnet 16:00", "30 min", "Pause"],
        "03-11": ["Pause"],
        "03-12": ["fällig 10:30", "1 h 30 min", "Pause"],
    }
    assert noted(reckoned, "en")["03-11"] == ["pause"]


def test_a_change_of_level_is_noted_where_it_is_drawn() -> None:
    """By its number; one after all that is drawn has no row."""
    changes = (
        ("2026-03-10 16:30", HIGH),
        ("2026-03-11 09:00", CRITICAL),
        ("2026-03-12 09:00", LOW),
    )
    words = noted(told("2026-03-10 16:00", 2, changes=changes))
    assert list(words) == ["03-10", "03-11"]
    assert "Stufe 2" in words["03-10"]
    assert "Stufe 1" in words["03-11"]
    english = noted(told("2026-03-10 16:00", 2, changes=changes), "en")
    assert "level 2" in english["03-10"]
    # Answered later, all three are.
    late = noted(told("2026-03-10 16:00", 2, changes=changes, came="2026-03-12 10:00"))
    assert "Stufe 4" in late["03-12"]


def test_the_level_itself_is_no_reason_of_a_date() -> None:
    """What the legs say of a change is not repeated beside it."""
    words = noted(told("2026-03-10 16:00", 2, changes=(("2026-03-11 09:00", CRITICAL),)))
    assert not any("Eskalationsstufe" in word for each in words.values() for word in each)


def test_a_late_answer_is_noted_with_what_was_overdue() -> None:
    """On each of its dates, apart from what was counted; a reason stands there once."""
    reckoned = told("2026-03-13 14:00", 2, came="2026-03-16 09:00")
    assert noted(reckoned) == {
        "03-13": ["eröffnet 14:00", "fällig 16:00", "2 h", "1 h überfällig"],
        "03-14": ["Wochenende"],
        "03-15": ["Wochenende"],
        "03-16": ["beantwortet 09:00", "30 min überfällig"],
    }
    assert noted(reckoned, "en")["03-16"] == ["answered 09:00", "30 min overdue"]


def test_a_pause_before_and_after_the_deadline_of_one_date_is_noted_once() -> None:
    """Its row can't say it better twice."""
    pauses = (("2026-03-10 10:00", "2026-03-10 11:00"), ("2026-03-10 13:00", "2026-03-10 14:00"))
    reckoned = told("2026-03-10 09:00", 2, pauses=pauses, came="2026-03-10 16:00")
    (words,) = noted(reckoned).values()
    assert words[3:] == ["2 h", "Pause", "3 h überfällig"]


def test_an_answer_on_time_is_noted_and_nothing_is_overdue() -> None:
    """At the deadline too."""
    for came in ("2026-03-10 11:00", "2026-03-10 12:00"):
        words = noted(told("2026-03-10 10:00", 2, came=came))
        assert words == {
            "03-10": ["eröffnet 10:00", "fällig 12:00", f"beantwortet {came[-5:]}", "2 h"]
        }


@pytest.mark.parametrize(
    ("facts", "end"),
    [
        ({}, "2026-03-10 12:00"),
        ({"came": "2026-03-10 11:00"}, "2026-03-10 12:00"),
        ({"came": "2026-03-10 12:00"}, "2026-03-10 12:00"),
        ({"came": "2026-03-11 07:00"}, "2026-03-11 07:00"),
        ({"changes": (("2026-03-12 09:00", HIGH),)}, "2026-03-10 12:00"),
        ({"pauses": (("2026-03-12 09:00", "2026-03-12 10:00"),)}, "2026-03-10 12:00"),
    ],
)
def test_what_is_drawn_ends_at_the_deadline_or_at_a_later_answer(
    facts: dict[str, Any], end: str
) -> None:
    """Changes and pauses after that belong to no picture."""
    reckoned = told("2026-03-10 10:00", 2, **facts)
    assert last(reckoned) == instant(datetime.fromisoformat(f"{end}+01:00"), "end")


def test_what_ends_at_midnight_ends_at_24() -> None:
    """Deadline and answer belong to the date that ends then; an opening to the one that begins."""
    reckoned = told("2026-03-10 00:00", 24, came="2026-03-12 00:00", hours=ALWAYS)
    tenth = day_number(date(2026, 3, 10), "day")
    assert mark(reckoned, reckoned.opened) == (tenth, 0)
    assert mark(reckoned, reckoned.due) == (tenth, 24 * HOUR)
    assert mark(reckoned, last(reckoned)) == (tenth + 1, 24 * HOUR)
    assert noted(reckoned) == {
        "03-10": ["eröffnet 00:00", "fällig 24:00", "24 h"],
        "03-11": ["beantwortet 24:00", "24 h überfällig"],
    }


def test_an_answer_with_the_opening_is_where_the_opening_is() -> None:
    """And not at the end of the day before."""
    reckoned = told("2026-03-10 00:00", 2, came="2026-03-10 00:00", hours=ALWAYS)
    tenth = day_number(date(2026, 3, 10), "day")
    assert mark(reckoned, reckoned.opened) == (tenth, 0)
    assert noted(reckoned) == {
        "03-10": ["eröffnet 00:00", "fällig 02:00", "beantwortet 00:00", "2 h"]
    }


def test_an_instant_is_where_the_clock_led_to_it() -> None:
    """At the end of a skipped hour, an end is at two and a start at three."""
    reckoned = told(
        "2026-03-29 00:00",
        2,
        zone="Europe/Berlin",
        hours={"sun": [["00:00", "02:00"]]},
        changes=(("2026-03-29T03:00+02:00", HIGH),),
        came="2026-03-29 10:00",
    )
    day = day_number(date(2026, 3, 29), "day")
    assert mark(reckoned, reckoned.due) == (day, 2 * HOUR)
    assert mark(reckoned, reckoned.due + 1) == (day, 3 * HOUR + 1)
