"""The dates of an explanation, line by line: before the deadline, and after it."""

from datetime import datetime
from typing import Any

import pytest
from netcor_sla._explanations.day_lines import DayLines

from netcor_sla import (
    Agreement,
    BusinessCalendar,
    BusinessDays,
    BusinessHours,
    EscalationLevel,
    ResponseClock,
)
from netcor_sla._explanations.words import voice
from netcor_sla._languages import Language
from netcor_sla._policy.due import DayRule

OFFICE = [["08:30", "17:00"]]
ALWAYS = {"mon-sun": [["00:00", "24:00"]]}
LOW, CRITICAL = EscalationLevel.LOW, EscalationLevel.CRITICAL


def clock(
    opened: str,
    target: BusinessHours | BusinessDays,
    rule: DayRule = "elapsed",
    **calendar: Any,  # noqa: ANN401
) -> ResponseClock:
    """Start the clock of a ticket; `opened` is wall-clock time of the calendar."""
    form: dict[str, Any] = {"zone": "+01:00", "hours": {"mon-fri": OFFICE}, "holidays": None}
    desk = BusinessCalendar(**form | calendar)
    terms = Agreement(calendar=desk, targets=dict.fromkeys(EscalationLevel, target), day_rule=rule)
    return terms.clock(datetime.fromisoformat(opened).replace(tzinfo=desk.tzinfo), LOW)


def at(ticket: ResponseClock, text: str) -> datetime:
    """Read wall-clock time of a ticket's calendar."""
    return datetime.fromisoformat(text).replace(tzinfo=ticket.opened_at.tzinfo)


def paused(ticket: ResponseClock, start: str, end: str) -> ResponseClock:
    """Pause a ticket."""
    return ticket.pause(at(ticket, start), at(ticket, end))


def answered(ticket: ResponseClock, came: str) -> ResponseClock:
    """Answer a ticket."""
    return ticket.respond(at(ticket, came))


def days(ticket: ResponseClock, language: Language = "de", *, after: bool = False) -> DayLines:
    """Tell of a ticket's dates, up to the deadline or after it."""
    told = ticket.explain()._record.reckoning
    return DayLines(told, voice(language, told.schedule), told.overrun if after else told.legs)


def lines(ticket: ResponseClock, language: Language = "de", *, after: bool = False) -> list[str]:
    """List the lines."""
    return list(days(ticket, language, after=after).lines())


def test_a_pause_is_a_line_and_counts_nothing() -> None:
    """From when to when, and how much was lost; what is left stays what it was."""
    ticket = paused(
        clock("2026-03-10 15:00", BusinessHours(4)), "2026-03-10 16:00", "2026-03-11 09:00"
    )
    assert lines(ticket) == [
        "Dienstag, 10. März: 15:00 bis 16:00 Uhr, 1 h gezählt, 3 h übrig",
        "Dienstag, 10. März: 16:00 bis 17:00 Uhr, Pause, 1 h nicht gezählt",
        "Mittwoch, 11. März: 08:30 bis 09:00 Uhr, Pause, 30 min nicht gezählt",
        "Mittwoch, 11. März: 09:00 bis 12:00 Uhr, 3 h gezählt, 0 min übrig",
    ]
    assert lines(ticket, "en")[1:3] == [
        "Tuesday 10 March: 16:00 to 17:00, pause, 1 h not counted",
        "Wednesday 11 March: 08:30 to 09:00, pause, 30 min not counted",
    ]


def test_a_pause_over_midnight_names_both_dates() -> None:
    """At a desk that never closes it is one line, as what is counted is."""
    ticket = paused(
        clock("2026-03-10 20:00", BusinessHours(4), hours=ALWAYS),
        "2026-03-10 22:00",
        "2026-03-11 03:00",
    )
    expected = (
        "Dienstag, 10. März, 22:00 Uhr, bis Mittwoch, 11. März, 03:00 Uhr: Pause, 5 h nicht gezählt"
    )
    assert lines(ticket)[1] == expected
    assert lines(ticket, "en")[1] == (
        "Tuesday 10 March, 22:00, to Wednesday 11 March, 03:00: pause, 5 h not counted"
    )


def test_a_pause_in_the_hour_that_comes_twice_has_its_offsets() -> None:
    """From 02:30 to 02:30 there was an hour."""
    ticket = clock("2026-10-25 00:00", BusinessHours(4), zone="Europe/Berlin", hours=ALWAYS)
    first = at(ticket, "2026-10-25 02:30")
    told = lines(ticket.pause(first, first.replace(fold=1)))
    assert told[1] == (
        "Sonntag, 25. Oktober: 02:30 (UTC+2) bis 02:30 Uhr (UTC+1), Pause, 1 h nicht gezählt"
    )


def test_a_date_that_was_paused_all_day_is_not_told_as_closed() -> None:
    """It was open: extra hours on a holiday, all of them lost."""
    ticket = clock(
        "2026-04-02 16:00",
        BusinessHours(2),
        holidays="DE-NI",
        extra=[["2026-04-03T10:00+01:00", "2026-04-03T12:00+01:00"]],
    )
    assert lines(paused(ticket, "2026-04-03 09:00", "2026-04-03 13:00"))[1:4] == [
        "Freitag, 3. April: 00:00 bis 10:00 Uhr, geschlossen, Karfreitag",
        "Freitag, 3. April: 10:00 bis 12:00 Uhr, Pause, 2 h nicht gezählt",
        "Freitag, 3. April: 12:00 bis 24:00 Uhr, geschlossen, Karfreitag",
    ]
    weekend = clock(
        "2026-03-13 16:00",
        BusinessHours(2),
        extra=[["2026-03-14T10:00+01:00", "2026-03-14T12:00+01:00"]],
    )
    assert lines(paused(weekend, "2026-03-14 09:00", "2026-03-14 13:00"))[1:3] == [
        "Samstag, 14. März: 10:00 bis 12:00 Uhr, Pause, 2 h nicht gezählt",
        "Sonntag, 15. März: geschlossen, Wochenende",
    ]


def test_a_change_of_level_is_a_line_with_its_time() -> None:
    """Also while closed, where nothing else is told of the night; it cuts what was counted."""
    ticket = clock("2026-03-10 16:00", BusinessHours(2))
    ticket = ticket.change_level(at(ticket, "2026-03-10 20:15"), CRITICAL)
    ticket = ticket.change_level(at(ticket, "2026-03-11 09:00"), LOW)
    assert lines(ticket) == [
        "Dienstag, 10. März: 16:00 bis 17:00 Uhr, 1 h gezählt, 1 h übrig",
        "Dienstag, 10. März, 20:15 Uhr: geändert in Eskalationsstufe 1 (Kritisch)",
        "Mittwoch, 11. März: 08:30 bis 09:00 Uhr, 30 min gezählt, 30 min übrig",
        "Mittwoch, 11. März, 09:00 Uhr: geändert in Eskalationsstufe 4 (Niedrig)",
        "Mittwoch, 11. März: 09:00 bis 09:30 Uhr, 30 min gezählt, 0 min übrig",
    ]
    assert lines(ticket, "en")[1] == (
        "Tuesday 10 March, 20:15: changed to escalation level 1 (Critical)"
    )
    assert list(days(ticket).total()) == ["Summe: 1 h + 2 \N{MULTIPLICATION SIGN} 30 min = 2 h"]


def test_a_closed_date_is_told_once_though_the_level_changed_on_it() -> None:
    """On a Saturday: not before the change, and again with the Sunday."""
    ticket = clock("2026-03-13 16:00", BusinessHours(2))
    ticket = ticket.change_level(at(ticket, "2026-03-14 12:00"), CRITICAL)
    told = lines(ticket)
    assert told[2] == "Samstag, 14. März, 12:00 Uhr: geändert in Eskalationsstufe 1 (Kritisch)"
    closed = [line for line in told if "geschlossen" in line]
    assert sum(line.count("Samstag, 14. März") for line in closed) == 1
    assert sum(line.count("Sonntag, 15. März") for line in closed) == 1


def test_after_the_deadline_nothing_is_counted_and_nothing_left() -> None:
    """How long it was, and why it was not the usual time."""
    ticket = clock(
        "2026-03-12 15:00",
        BusinessHours(2),
        extra=[["2026-03-12T17:00+01:00", "2026-03-12T18:00+01:00"]],
        special={"2026-03-13": {"spans": [["10:00", "12:00"]], "name": "Inventur"}},
    )
    late = answered(paused(ticket, "2026-03-13 11:00", "2026-03-13 11:10"), "2026-03-16 09:00")
    assert lines(late) == ["Donnerstag, 12. März: 15:00 bis 17:00 Uhr, 2 h gezählt, 0 min übrig"]
    assert lines(late, after=True) == [
        "Donnerstag, 12. März: 17:00 bis 18:00 Uhr, vereinbarte Zusatzzeit, 1 h",
        "Freitag, 13. März: 10:00 bis 11:00 Uhr, Inventur, 1 h",
        "Freitag, 13. März: 11:00 bis 11:10 Uhr, Pause, 10 min nicht gezählt",
        "Freitag, 13. März: 11:10 bis 12:00 Uhr, Inventur, 50 min",
        "Samstag, 14. März, und Sonntag, 15. März: geschlossen, Wochenende",
        "Montag, 16. März: 08:30 bis 09:00 Uhr, 30 min",
    ]
    assert list(days(late, "en", after=True).total()) == [
        "Total: 2 \N{MULTIPLICATION SIGN} 1 h + 50 min + 30 min = 3 h 20 min of business time"
    ]


def test_one_summand_is_no_sum() -> None:
    """Before the deadline as after it."""
    ticket = answered(clock("2026-03-12 15:00", BusinessHours(2)), "2026-03-13 09:00")
    assert lines(ticket, after=True) == ["Freitag, 13. März: 08:30 bis 09:00 Uhr, 30 min"]
    assert not list(days(ticket).total())
    assert not list(days(ticket, after=True).total())


def test_a_night_has_no_line() -> None:
    """Where nothing but the night lies between deadline and answer."""
    ticket = answered(clock("2026-03-12 15:00", BusinessHours(2)), "2026-03-12 22:00")
    assert lines(ticket, after=True) == []
    assert not list(days(ticket, after=True).total())


@pytest.mark.parametrize("rule", ["same time", "end of day"])
def test_by_date_pauses_are_numbered_like_their_days_and_count_nothing(rule: DayRule) -> None:
    """The sum is of what was open and not paused."""
    ticket = paused(
        clock("2026-03-10 15:00", BusinessDays(1), rule), "2026-03-11 09:00", "2026-03-11 10:00"
    )
    told = lines(ticket)
    assert told[:3] == [
        "Dienstag, 10. März: 15:00 bis 17:00 Uhr, 2 h",
        "Mittwoch, 11. März (1. Geschäftstag): 08:30 bis 09:00 Uhr, 30 min",
        "Mittwoch, 11. März (1. Geschäftstag): 09:00 bis 10:00 Uhr, Pause, 1 h nicht gezählt",
    ]
    assert lines(ticket, "en")[2] == (
        "Wednesday 11 March (business day 1): 09:00 to 10:00, pause, 1 h not counted"
    )
    (total,) = days(ticket).total()
    hours = {"same time": "6 h = 8 h 30 min", "end of day": "7 h + 1 h = 10 h 30 min"}[rule]
    assert total == f"Summe: 2 h + 30 min + {hours} Geschäftszeit"


def test_after_a_date_days_are_not_numbered() -> None:
    """Nobody promised them, nor the rest of the last one."""
    same = answered(clock("2026-03-10 15:00", BusinessDays(1), "same time"), "2026-03-11 16:00")
    assert lines(same, after=True) == ["Mittwoch, 11. März: 15:00 bis 16:00 Uhr, 1 h"]
    ticket = answered(clock("2026-03-10 15:00", BusinessDays(1), "end of day"), "2026-03-12 09:00")
    assert lines(ticket, after=True) == ["Donnerstag, 12. März: 08:30 bis 09:00 Uhr, 30 min"]


def test_the_year_is_told_where_all_that_is_told_lies_in_two() -> None:
    """Before the deadline too, if the answer or the last change of level came in the next."""
    ticket = clock("2026-12-30 10:00", BusinessHours(2))
    later = at(ticket, "2027-01-04 09:00")
    for told in (lines(ticket.respond(later)), lines(ticket.change_level(later, CRITICAL))):
        assert told[0].startswith("Mittwoch, 30. Dezember 2026: 10:00 bis 12:00 Uhr")
    assert "2026" not in lines(ticket)[0]
    assert lines(ticket.respond(later), after=True)[-1] == (
        "Montag, 4. Januar 2027: 08:30 bis 09:00 Uhr, 30 min"
    )


def test_the_rest_of_a_named_date_is_told_after_the_deadline() -> None:
    """Its hours end at noon, and so nothing was counted in the afternoon; the reader asks why."""
    ticket = clock(
        "2026-03-12 10:00",
        BusinessHours(2),
        special={"2026-03-12": {"spans": [["10:00", "12:00"]], "name": "Inventur"}},
    )
    assert lines(answered(ticket, "2026-03-12 16:00"), after=True) == [
        "Donnerstag, 12. März: 12:00 bis 16:00 Uhr, geschlossen, Inventur"
    ]
