"""Law 12: an explanation covers its stretch, adds up, and follows from its record alone."""

import json
import pickle
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partialmethod
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desks import due_of
from netcor_sla import (
    STANDARD,
    Agreement,
    BusinessCalendar,
    BusinessDays,
    BusinessHours,
    Deadline,
    EscalationLevel,
    SLAError,
)
from netcor_sla._calendars.schedule import Schedule
from netcor_sla._calendars.timeline import Timeline
from netcor_sla._policy.due import DAY_RULES
from netcor_sla._values import fingerprint
from netcor_sla.errors import CoverageError, NoOpeningError, RecordError
from netcor_sla.records import audit, compare, verify

from .strategies import Case, cases, exact

LEVEL = EscalationLevel.HIGH
TARGETS = st.one_of(
    st.builds(BusinessHours, st.integers(1, 40)),
    st.builds(lambda minutes: BusinessHours(minutes=minutes), st.integers(1, 2000)),
    st.builds(BusinessDays, st.integers(1, 12)),
)
RULES = st.sampled_from(DAY_RULES)


def explained(case: Case, target: BusinessHours | BusinessDays, rule: str) -> tuple[Agreement, Deadline]:
    """Explain a deadline of a drawn calendar, where there is one."""
    calendar = BusinessCalendar.from_dict({"business_day": "08:00", **case.form})
    agreement = Agreement(
        calendar=calendar,
        targets=dict.fromkeys(EscalationLevel, target),
        day_rule=rule,  # type: ignore[arg-type]
    )
    try:
        return agreement, agreement.explain(case.at[0], LEVEL)
    except (CoverageError, NoOpeningError):
        assume(False)  # noqa: FBT003 - as hypothesis has it
        raise


@given(cases(at=1), TARGETS, RULES)
def test_12_explained(case: Case, target: BusinessHours | BusinessDays, rule: str) -> None:
    """The steps cover opening to deadline; the counted ones are open throughout and add up."""
    agreement, deadline = explained(case, target, rule)
    calendar, steps = agreement.calendar, deadline.steps
    opened_at = case.at[0]
    due = agreement.response_due(opened_at, LEVEL)
    assert (deadline.due, due_of(deadline).tzinfo) == (due, due.tzinfo)
    assert exact(due_of(deadline)) == exact(due)
    assert exact(deadline.starts_at or due_of(deadline)) == exact(calendar.next_open(opened_at))
    assert exact(steps[0].start) == exact(opened_at)
    assert exact(steps[-1].end) == exact(due)
    left = sum((step.used for step in steps), timedelta())
    for step in steps:
        length = timedelta(microseconds=exact(step.end) - exact(step.start))
        counted = step.kind == "counted"
        assert step.used == (length if counted else timedelta())
        if step.kind != "rule":
            assert length > timedelta()
            assert calendar.between(step.start, step.end) == step.used
        left -= step.used
        assert step.left == left
    for one, other in pairwise(steps):
        assert exact(one.end) == exact(other.start)
        assert (one.kind, one.reason, one.names) != (other.kind, other.reason, other.names)
    by_date = isinstance(target, BusinessDays) and rule != "elapsed"
    assert (steps[-1].kind == "rule") is by_date
    if by_date:
        assert steps[-1].reason == rule
        assert steps[-1].start == steps[-1].end
    else:
        assert sum((step.used for step in steps), timedelta()) == deadline.target
        assert steps[-1].kind == "counted"


def reason_of(form: dict[str, Any], calendar: BusinessCalendar, at: datetime, kind: str) -> set[str]:
    """Say, from the data form alone, which reasons an instant may have; holidays are asked for."""
    local = at.astimezone(UTC).astimezone(calendar.tzinfo)
    day, clock = local.date(), f"{local:%H:%M}"
    weekdays = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    written = calendar.to_dict()
    changed = [since for since in written.get("hours_from", {}) if since <= day.isoformat()]
    week = written["hours_from"][max(changed)] if changed else written["hours"]
    weekly = week.get(weekdays[day.weekday()], [])
    why, spans = "outside hours", weekly
    if f"{day:%m-%d}" in form.get("recurring", {}):
        why, spans = "recurring date", form["recurring"][f"{day:%m-%d}"]
    if not weekly:
        why, spans = ("weekend" if day.weekday() > 4 else "closed weekday"), []
    if calendar.holiday(day):
        why, spans = "holiday", []
    if day.isoformat() in form.get("special", {}):
        why, spans = "special date", form["special"][day.isoformat()]
    spans = spans["spans"] if isinstance(spans, dict) else spans
    usual = any(start <= clock < end for start, end in spans)
    if kind == "closed":
        return set() if usual else {why}
    if not usual:
        return {"extra hours"}
    return {"opening hours" if why == "outside hours" else why}


@given(cases(at=1), TARGETS)
def test_12_reasons_are_those_of_the_data_form(case: Case, target: BusinessHours | BusinessDays) -> None:
    """An oracle that knows no spans, only dates and clock times, gives the same reasons."""
    agreement, deadline = explained(case, target, "elapsed")
    for step in deadline.steps:
        middle = (exact(step.start) + exact(step.end)) // 2
        for at in (exact(step.start), middle, exact(step.end) - 1):
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)
            assert step.reason in reason_of(case.form, agreement.calendar, moment, step.kind)


@given(cases(at=1), TARGETS, RULES)
def test_12_a_record_is_enough(case: Case, target: BusinessHours | BusinessDays, rule: str) -> None:
    """From its record alone a deadline is derived again, and said in the same words and lines."""
    _, deadline = explained(case, target, rule)
    record = json.loads(json.dumps(deadline.to_dict()))
    again = verify(record)
    assert again == deadline == pickle.loads(pickle.dumps(deadline))  # noqa: S301 - our own
    assert (hash(again), again.fingerprint) == (hash(deadline), deadline.fingerprint)
    assert again.to_dict() == record
    for language in ("de", "en"):
        assert again.text(language) == deadline.text(language)
        assert again.svg(language) == deadline.svg(language)
        for step in deadline.steps:
            if step.names:
                assert step.title(language) in deadline.text(language)
    found = audit(record)
    assert found.same
    assert found.due is not None
    assert exact(found.due) == exact(due_of(deadline))


def paths(form: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401 - JSON
    """List the places of a record."""
    items = form.items() if isinstance(form, dict) else enumerate(form) if isinstance(form, list) else ()
    return [path, *(place for key, value in items for place in paths(value, (*path, key)))]


def hashed(record: dict[str, Any]) -> dict[str, Any]:
    """Do what whoever edits a record can do too: compute the hash again."""
    rest = {key: value for key, value in record.items() if key != "sha256"}
    return rest | {"sha256": fingerprint(rest)}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=3,
)
INSTANTS = st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat)


@given(cases(at=1), TARGETS, RULES, st.data())
def test_12_a_record_that_was_tampered_with_is_refused(
    case: Case, target: BusinessHours | BusinessDays, rule: str, data: st.DataObject
) -> None:
    """Anything may stand anywhere: it is refused with an error of ours, or it is the same."""
    _, deadline = explained(case, target, rule)
    record = json.loads(json.dumps(deadline.to_dict()))
    path = data.draw(st.sampled_from(paths(record)[1:]))
    place = record
    for key in path[:-1]:
        place = place[key]
    if data.draw(st.booleans()):
        place[path[-1]] = data.draw(JSON | INSTANTS)
    else:
        del place[path[-1]]
    signed = data.draw(st.booleans()) and path != ("sha256",)
    try:
        verified = verify(hashed(record) if signed else record)
    except SLAError:
        return
    assert signed or verified == deadline
    # What decides nothing, even with a hash to match: names, reasons, versions, the fingerprint.
    assert exact(due_of(verified)) == exact(due_of(deadline)) or verified.opened_at != deadline.opened_at


@given(cases(at=1), st.integers(0, 3), st.integers(0, 3))
def test_a_frozen_calendar_answers_alike(case: Case, before: int, after: int) -> None:
    """Within its years, on every question; and not outside."""
    calendar = BusinessCalendar.from_dict(case.form)
    at = case.at[0]
    year = at.astimezone(calendar.tzinfo).year
    try:
        frozen = calendar.freeze(year - before, year + after)
    except SLAError:
        assume(False)  # noqa: FBT003 - no year, or nothing left that opens
    assert BusinessCalendar.from_dict(json.loads(json.dumps(frozen.to_dict()))) == frozen
    assert frozen.freeze(year - before, year + after) == frozen
    if case.form["holidays"] is not None:
        assert compare(frozen) == ()
    questions: list[Callable[[BusinessCalendar], Any]] = [
        lambda each: each.is_open(at),
        lambda each: each.next_open(at),
        lambda each: each.next_close(at),
        lambda each: each.add(at, timedelta(hours=7)),
        lambda each: each.holiday(at.astimezone(calendar.tzinfo).date()),
    ]
    for question in questions:
        try:
            answer = question(frozen)
        except (CoverageError, NoOpeningError):
            continue
        assert answer == question(calendar)


def late(self: Timeline, at: timedelta, amount: timedelta, *, real: Callable[..., timedelta]) -> timedelta:
    """A deadline a microsecond late."""
    return real(self, at, amount) + timedelta(microseconds=1)


def early(self: Timeline, at: timedelta, amount: timedelta, *, real: Callable[..., timedelta]) -> timedelta:
    """A deadline an hour early."""
    return real(self, at, amount) - timedelta(hours=1)


def holidays_open(self: Schedule, day: int, *, real: Callable[..., Any]) -> Any:  # noqa: ANN401 - as it is
    """Hours on holidays too."""
    return self.regular(day) or real(self, day)


@pytest.mark.parametrize(
    ("owner", "name", "bug"),
    [(Timeline, "add", late), (Timeline, "add", early), (Schedule, "hours_on", holidays_open)],
    ids=["late", "early", "holidays open"],
)
def test_a_bug_of_the_engine_shows_in_both_or_is_caught(
    owner: type, name: str, bug: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Explaining is no second calculation: it shows the same wrong answer, and verify refuses it."""
    real = getattr(owner, name)
    opened_at = datetime(2026, 4, 2, 14, 10, tzinfo=UTC)
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, partialmethod(bug, real=real))
        agreement = Agreement.from_dict(STANDARD.to_dict())
        deadline = agreement.explain(opened_at, EscalationLevel.MEDIUM)
        wrong = agreement.response_due(opened_at, EscalationLevel.MEDIUM)
        record = json.loads(json.dumps(deadline.to_dict()))
    assert deadline.due == wrong != STANDARD.response_due(opened_at, EscalationLevel.MEDIUM)
    with pytest.raises(RecordError):
        verify(record)
