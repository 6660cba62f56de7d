"""The laws of the business clock, each on calendars of every kind.

A law holds where every result that it names exists, so an example whose answer lies beyond the years that are
known, or beyond the last opening, is passed over. Instants are compared as microseconds in UTC throughout.
"""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from netcor_sla import STANDARD, Agreement, BusinessCalendar, BusinessDays, BusinessHours, EscalationLevel
from netcor_sla._policy.due import DAY_RULES
from netcor_sla.errors import CoverageError, NoOpeningError

from .strategies import (
    DAY,
    MICROSECOND,
    OFFSETS,
    PLACES,
    WEEKDAYS,
    Case,
    Form,
    anchors,
    cases,
    clock,
    day_spans,
    exact,
    forms,
    minute_of,
    moved,
    opened_specially,
    place,
    spans_of,
    weeks,
)

SHARES: Final = st.integers(0, 1000)
LEVELS: Final = st.sampled_from(EscalationLevel)


@contextmanager
def where_it_exists() -> Iterator[None]:
    """Pass an example over if one of its answers does not exist."""
    try:
        yield
    except (CoverageError, NoOpeningError) as error:
        event(f"passed over: {type(error).__name__}")
        assume(False)  # noqa: FBT003 - hypothesis takes it by position


def amount_of(length: timedelta) -> int:
    """Count the microseconds of a duration."""
    return length // MICROSECOND


@given(cases(at=1, amounts_=1))
def test_law_01_round_trip_forwards(case: Case) -> None:
    """From an instant to its deadline there is exactly the amount that was added."""
    calendar, (at,), (amount,) = case.calendar(), case.at, case.amounts
    with where_it_exists():
        assert calendar.between(at, calendar.add(at, amount)) == amount


@given(cases(at=1, amounts_=1))
def test_law_01_round_trip_backwards(case: Case) -> None:
    """From the result of a subtraction to the instant there is exactly the amount."""
    calendar, (at,), (amount,) = case.calendar(), case.at, case.amounts
    with where_it_exists():
        assert calendar.between(calendar.subtract(at, amount), at) == amount


@given(cases(at=1, amounts_=1), SHARES)
def test_law_02_earliest(case: Case, share: int) -> None:
    """Before the deadline, and be it by a microsecond, the amount has not yet passed."""
    calendar, (at,), (amount,) = case.calendar(), case.at, case.amounts
    with where_it_exists():
        wait = exact(calendar.add(at, amount)) - exact(at)
        assert wait > 0
        for passed in (wait - 1, (wait - 1) * share // 1000):
            assert calendar.between(at, moved(at, passed)) < amount


@given(cases(at=1, amounts_=1), SHARES)
def test_law_02_latest(case: Case, share: int) -> None:
    """After the result of a subtraction, and be it by a microsecond, too little is left."""
    calendar, (at,), (amount,) = case.calendar(), case.at, case.amounts
    with where_it_exists():
        wait = exact(at) - exact(calendar.subtract(at, amount))
        assert wait > 0
        for left in (wait - 1, (wait - 1) * share // 1000):
            assert calendar.between(moved(at, -left), at) < amount


@given(cases(at=1, amounts_=2))
def test_law_03_additive_amounts(case: Case) -> None:
    """Two amounts added one after the other are their sum added at once."""
    calendar, (at,), (first, second) = case.calendar(), case.at, case.amounts
    with where_it_exists():
        at_once = calendar.add(at, first + second)
        assert exact(calendar.add(calendar.add(at, first), second)) == exact(at_once)


@given(cases(at=1, amounts_=2))
def test_law_03_additive_amounts_backwards(case: Case) -> None:
    """Two amounts subtracted one after the other are their sum subtracted at once."""
    calendar, (at,), (first, second) = case.calendar(), case.at, case.amounts
    with where_it_exists():
        at_once = calendar.subtract(at, first + second)
        assert exact(calendar.subtract(calendar.subtract(at, first), second)) == exact(at_once)


@given(cases(at=3))
def test_law_03_additive_stretches(case: Case) -> None:
    """The business time of two stretches in a row, in any order, is that of the whole."""
    calendar, (a, b, c) = case.calendar(), case.at
    with where_it_exists():
        assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)


@given(cases(at=2, amounts_=1))
def test_law_04_monotone_in_the_instant(case: Case) -> None:
    """What comes in later is never due earlier, and the same holds backwards."""
    calendar, (amount,) = case.calendar(), case.amounts
    a, b = sorted(case.at, key=exact)
    with where_it_exists():
        assert exact(calendar.add(a, amount)) <= exact(calendar.add(b, amount))
        assert exact(calendar.subtract(a, amount)) <= exact(calendar.subtract(b, amount))


@given(cases(at=1, amounts_=2))
def test_law_04_monotone_in_the_amount(case: Case) -> None:
    """A larger amount is never due earlier, and reaches back at least as far."""
    calendar, (at,), (less, more) = case.calendar(), case.at, sorted(case.amounts)
    with where_it_exists():
        assert exact(calendar.add(at, less)) <= exact(calendar.add(at, more))
        assert exact(calendar.subtract(at, more)) <= exact(calendar.subtract(at, less))


@given(cases(at=2))
def test_law_05_antisymmetric_and_bounded(case: Case) -> None:
    """Business time changes its sign with the direction, and never exceeds the time passed."""
    calendar, (a, b) = case.calendar(), sorted(case.at, key=exact)
    with where_it_exists():
        counted = calendar.between(a, b)
        assert calendar.between(b, a) == -counted
        assert 0 <= amount_of(counted) <= exact(b) - exact(a)


@given(cases(at=1, amounts_=1), SHARES)
def test_law_06_idle_is_free(case: Case, share: int) -> None:
    """From a closing to the next opening, both included, every instant has one deadline."""
    calendar, (at,), (amount,) = case.calendar(), case.at, case.amounts
    with where_it_exists():
        closing = calendar.next_close(at)
        opening = calendar.next_open(closing)
        idle = exact(opening) - exact(closing)
        due = exact(calendar.add(opening, amount))
        for passed in (0, 1, idle - 1, idle * share // 1000):
            if 0 <= passed < idle:
                between = moved(closing, passed)
                assert not calendar.is_open(between)
                assert exact(calendar.add(between, amount)) == due


@given(cases(at=1, amounts_=1), st.sampled_from((*OFFSETS, *PLACES)))
def test_law_07_zone_blind(case: Case, elsewhere: str) -> None:
    """The same instant in another zone has the same answers, written in that zone."""
    calendar, (here,), (amount,) = case.calendar(), case.at, case.amounts
    there = here.astimezone(place(elsewhere))
    with where_it_exists():
        assert calendar.is_open(here) == calendar.is_open(there)
        for ask in (calendar.next_open, calendar.next_close):
            assert_same_but_for_the_zone(ask(here), ask(there), here, there)
        for move in (calendar.add, calendar.subtract):
            assert_same_but_for_the_zone(move(here, amount), move(there, amount), here, there)


def assert_same_but_for_the_zone(first: datetime, second: datetime, here: datetime, there: datetime) -> None:
    """Hold two results to one instant, each in its own zone and at an offset of that zone."""
    assert exact(first) == exact(second)
    for result, asked in ((first, here), (second, there)):
        assert type(result) is datetime
        assert result.tzinfo is asked.tzinfo
        assert result.utcoffset() == result.astimezone(UTC).astimezone(asked.tzinfo).utcoffset()


@st.composite
def standard_instants(draw: st.DrawFn) -> datetime:
    """Draw instants for the standard calendar, opening and closing among them."""
    day = draw(anchors("Europe/Berlin")) + DAY * draw(st.integers(-3, 3))
    minute = draw(st.sampled_from((0, 509, 510, 511, 1019, 1020, 1021)) | st.integers(0, 1439))
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
    wall += MICROSECOND * draw(st.sampled_from((-1, 0, 1)) | st.integers(0, 59_999_999))
    zone = place(draw(st.sampled_from(("+01:00", "UTC", "Europe/Berlin", "Australia/Lord_Howe"))))
    return wall.replace(tzinfo=zone, fold=draw(st.integers(0, 1)))


@given(standard_instants())
def test_law_08_order(at: datetime) -> None:
    """On the standard calendar a graver level is due earlier, never at the same time."""
    dues = [
        exact(STANDARD.response_due(at, level))
        for level in sorted(EscalationLevel, key=lambda level: level.number)
    ]
    assert dues == sorted(set(dues))


@given(cases(at=1, amounts_=1), st.integers(-2, 6))
def test_law_09_a_closed_day_is_never_earlier(case: Case, days: int) -> None:
    """One more closed day, special or of every year, never makes a deadline earlier."""
    (at,), (amount,) = case.at, case.amounts
    day = (at.astimezone(place(case.form["zone"])) + DAY * days).date().isoformat()
    with where_it_exists():
        due = exact(case.calendar().add(at, amount))
        for key, date_ in (("special", day), ("recurring", day[5:])):
            closed: Form = case.form | {key: {**case.form.get(key, {}), date_: []}}
            if closed["hours"] or opened_specially(closed):
                assert due <= exact(BusinessCalendar.from_dict(closed).add(at, amount))


@given(cases(at=1, amounts_=1))
def test_law_09_holidays_are_never_earlier(case: Case) -> None:
    """A calendar that keeps public holidays is never faster than the same one without."""
    (at,), (amount,) = case.at, case.amounts
    form = case.form
    with where_it_exists():
        without = BusinessCalendar.from_dict(form | {"holidays": None})
        kept = BusinessCalendar.from_dict(form | {"holidays": form["holidays"] or "DE-NI"})
        assert exact(without.add(at, amount)) <= exact(kept.add(at, amount))


@given(cases(at=1, amounts_=1), st.sampled_from(WEEKDAYS), st.integers(1, 5000))
def test_law_09_more_hours_are_never_later(case: Case, weekday: str, length: int) -> None:
    """An agreed window, or a weekday open round the clock, never makes a deadline later."""
    calendar, (at,), (amount,) = case.calendar(), case.at, case.amounts
    written_out = calendar.to_dict()
    longer = BusinessCalendar.from_dict(
        written_out | {"hours": written_out["hours"] | {weekday: [["00:00", "24:00"]]}}
    )
    with where_it_exists():
        window = (moved(at, -(10**9)), moved(at, length * 10**8))
        due = exact(calendar.add(at, amount))
        assert exact(calendar.with_extra_hours(*window).add(at, amount)) <= due
        assert exact(longer.add(at, amount)) <= due


@given(standard_instants(), LEVELS)
def test_law_10_deadlines_lie_in_business_hours(at: datetime, level: EscalationLevel) -> None:
    """A standard deadline lies after 08:30 and at 17:00 at the latest, on a business day."""
    calendar = STANDARD.calendar
    due = STANDARD.response_due(at, level).astimezone(calendar.tzinfo)
    assert time(8, 30) < due.time() <= time(17)
    assert calendar.is_business_day(due.date())
    assert calendar.is_open(due - MICROSECOND)


@st.composite
def halves(draw: st.DrawFn) -> tuple[Form, Form, Case]:
    """Deal the open spans of a calendar out to two others, cutting some of them in two."""
    case = draw(cases(at=2, extra=False))

    def deal(pairs: list[list[str]]) -> tuple[list[list[str]], list[list[str]]]:
        hands: tuple[list[list[str]], list[list[str]]] = ([], [])
        for opening, closing in pairs:
            cut = clock(draw(st.integers(minute_of(opening), minute_of(closing))))
            first = draw(st.integers(0, 1))
            for hand, piece in ((first, [opening, cut]), (1 - first, [cut, closing])):
                if piece[0] < piece[1]:
                    hands[hand].append(piece)
        return hands

    forms_: tuple[Form, Form] = (dict(case.form), dict(case.form))
    # A recurring date opens nothing on a day without hours, so its spans can't be dealt out.
    closed: dict[str, list[list[str]]] = {day: [] for day in case.form.get("recurring", {})}
    dealt = {
        "hours": {day: deal(pairs) for day, pairs in case.form["hours"].items()},
        "special": {day: deal(spans_of(each)) for day, each in case.form.get("special", {}).items()},
    }
    later = {
        since: {day: deal(pairs) for day, pairs in week.items()}
        for since, week in case.form.get("hours_from", {}).items()
    }
    for number, form in enumerate(forms_):
        for key, days in dealt.items():
            form[key] = {day: hands[number] for day, hands in days.items()}
        form["recurring"] = closed
        form["hours_from"] = {
            since: {day: hands[number] for day, hands in week.items()} for since, week in later.items()
        }
    return *forms_, Case(case.form | {"recurring": closed}, case.at)


@given(halves())
def test_law_11_calendars_without_shared_spans_add_up(drawn: tuple[Form, Form, Case]) -> None:
    """Business time on the union of two calendars that share no open span is the sum."""
    *forms_, case = drawn
    assume(all(any(form["hours"].values()) or opened_specially(form) for form in forms_))
    one, other = (BusinessCalendar.from_dict(form) for form in forms_)
    a, b = sorted(case.at, key=exact)
    with where_it_exists():
        assert case.calendar().between(a, b) == one.between(a, b) + other.between(a, b)
        for at in case.at:
            assert case.calendar().is_open(at) == (one.is_open(at) or other.is_open(at))
            assert not (one.is_open(at) and other.is_open(at))


@given(cases(at=1, amounts_=1), weeks(), st.integers(1, 9))
def test_law_17_hours_from_a_date_after_the_deadline_change_nothing(
    case: Case, week: dict[str, Any], days: int
) -> None:
    """And from one before the opening, they are those of a calendar that always has them."""
    calendar, (at,), (amount,) = case.calendar(), case.at, case.amounts

    with where_it_exists():
        due = calendar.add(at, amount)
        after = due.astimezone(calendar.tzinfo).date() + DAY * days
        later = calendar.replace(hours_from=calendar.hours_from | {after.isoformat(): week})
        assert exact(later.add(at, amount)) == exact(due)
    with where_it_exists():
        before = at.astimezone(calendar.tzinfo).date() - DAY * days
        one, other = (
            calendar.replace(hours_from={before.isoformat(): week}),
            calendar.replace(hours=week, hours_from={}),
        )
        assert exact(one.add(at, amount)) == exact(other.add(at, amount))


@given(cases(at=2, amounts_=1))
def test_law_15_data_round_trip_of_calendars(case: Case) -> None:
    """A calendar read from its own data, or unpickled, is equal and answers alike."""
    calendar = case.calendar()
    for copy in copies(calendar):
        with where_it_exists():
            assert answers(copy, case) == answers(calendar, case)


@given(cases())
def test_law_15_what_is_written_keeps_names_and_lengths(case: Case) -> None:
    """Special and recurring dates keep their names in a calendar's data, and days their length."""
    written = case.calendar().to_dict()
    for key in ("special", "recurring"):
        given_names, kept = (
            {day: each.get("name") for day, each in form.get(key, {}).items() if type(each) is dict}
            for form in (case.form, written)
        )
        assert kept == given_names
    if "business_day" in case.form:
        length = timedelta(minutes=minute_of(case.form["business_day"]))
        assert case.calendar().business_day == length


@given(cases(at=1), st.data())
def test_law_15_data_round_trip_of_agreements(case: Case, data: st.DataObject) -> None:
    """An agreement read from its own data, or unpickled, is equal and answers alike."""
    form = case.form | {"business_day": case.form.get("business_day", "08:00")}
    agreement = data.draw(agreements(form))
    for copy in copies(agreement):
        for level in EscalationLevel:
            with where_it_exists():
                due = agreement.response_due(case.at[0], level)
                assert copy.response_due(case.at[0], level) == due


def copies(value: Any) -> list[Any]:  # noqa: ANN401 - calendars and agreements
    """Make copies through data and pickles, and hold them to be equal in every respect."""
    made = [type(value).from_dict(value.to_dict()), pickle.loads(pickle.dumps(value))]  # noqa: S301
    for copy in made:
        assert copy == value
        assert hash(copy) == hash(value)
        assert copy.fingerprint == value.fingerprint
        assert copy.to_dict() == value.to_dict()
    return made


def answers(calendar: BusinessCalendar, case: Case) -> list[object]:
    """Ask a calendar everything."""
    (a, b), (amount,) = case.at, case.amounts
    day = a.astimezone(UTC).date()
    return [
        calendar.tzinfo,
        calendar.is_open(a),
        calendar.between(a, b),
        calendar.is_business_day(day),
        calendar.holiday(day),
        calendar.next_open(a),
        calendar.add(a, amount),
    ]


@st.composite
def agreements(draw: st.DrawFn, form: Form, *, rule: str | None = None) -> Agreement:
    """Draw an agreement on a calendar: hours, days, and a day rule."""
    hours = st.builds(
        lambda hours, minutes: BusinessHours(hours, minutes=minutes), st.integers(0, 30), st.integers(1, 59)
    )
    days = st.builds(BusinessDays, st.integers(1, 6))
    chosen = draw(st.sampled_from(DAY_RULES)) if rule is None else rule
    return Agreement.from_dict(
        {
            "calendar": form,
            "targets": {
                level.value: draw(hours if level.number < 3 else days).to_dict() for level in EscalationLevel
            },
            "day_rule": chosen,
            "at_risk": draw(st.sampled_from((0.5, 0.75, 1.0))),
        }
    )


@st.composite
def promises(draw: st.DrawFn, *, rule: str | None = None, extra: bool = True) -> tuple[Agreement, datetime]:
    """Draw an agreement, and an instant at which a request comes in."""
    case = draw(cases(at=1, extra=extra))
    form = case.form | {"business_day": case.form.get("business_day", "08:00")}
    return draw(agreements(form, rule=rule)), case.at[0]


def days_after(calendar: BusinessCalendar, day: date, count: int) -> date:
    """Count business days one by one."""
    while count:
        day += DAY
        count -= calendar.is_business_day(day)
    return day


def spans_around(calendar: BusinessCalendar, day: date) -> list[tuple[int, int]]:
    """List the open spans that may touch a date, in microseconds."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return [
        (exact(opening), exact(closing))
        for opening, closing in calendar.spans(noon - 2 * DAY, noon + 2 * DAY)
    ]


@given(st.sampled_from(DAY_RULES[1:]).flatmap(lambda rule: promises(rule=rule)))
def test_day_rules_lie_in_the_hours_of_the_nth_day(promise: tuple[Agreement, datetime]) -> None:
    """By dates, a deadline lies in the hours of the n-th business day, or at their end."""
    agreement, at = promise
    calendar = agreement.calendar
    with where_it_exists():
        starts = calendar.next_open(at).astimezone(calendar.tzinfo)
        for level, target in agreement.targets.items():
            if isinstance(target, BusinessDays):
                day = days_after(calendar, starts.date(), target.days)
                due = agreement.response_due(at, level)
                assert exact(due) > exact(starts)
                local = due.astimezone(calendar.tzinfo)
                before = (due.astimezone(UTC) - MICROSECOND).astimezone(calendar.tzinfo)
                assert day in {local.date(), before.date()}
                spans = spans_around(calendar, day)
                assert any(start <= exact(due) <= end for start, end in spans)


@given(promises(rule="end of day", extra=False))
def test_end_of_day_is_the_last_closing(promise: tuple[Agreement, datetime]) -> None:
    """At the end of the day, nothing of the day's hours is left; a moment before, something is."""
    agreement, at = promise
    calendar = agreement.calendar
    with where_it_exists():
        due = agreement.response_due(at, EscalationLevel.LOW)
        before = (due.astimezone(UTC) - MICROSECOND).astimezone(calendar.tzinfo)
        assert calendar.is_open(before)
        assert calendar.is_business_day(before.date())
        opening = calendar.next_open(due).astimezone(calendar.tzinfo)
        # Where the next day follows without a pause, the desk is open and the date is another.
        assert opening.date() > before.date()


@given(promises(rule="same time", extra=False))
def test_same_time_is_the_same_time_or_a_limit(promise: tuple[Agreement, datetime]) -> None:
    """The deadline shows the clock time of the start, unless the desk is closed or it is left out."""
    agreement, at = promise
    calendar = agreement.calendar
    zone = calendar.tzinfo
    with where_it_exists():
        starts = calendar.next_open(at).astimezone(zone)
        due = agreement.response_due(at, EscalationLevel.LOW).astimezone(zone)
        if due.time() != starts.time():
            before = due.astimezone(UTC) - MICROSECOND
            change = due.utcoffset() != before.astimezone(zone).utcoffset()
            assert change or calendar.is_open(before) != calendar.is_open(due)


@given(promises())
def test_targets_in_hours_are_alike_under_all_day_rules(promise: tuple[Agreement, datetime]) -> None:
    """A day rule changes nothing about targets in hours, which count business time."""
    agreement, at = promise
    with where_it_exists():
        for level, target in agreement.targets.items():
            if isinstance(target, BusinessHours):
                amount = timedelta(hours=target.hours, minutes=target.minutes)
                expected = exact(agreement.calendar.add(at, amount))
                for rule in DAY_RULES:
                    due = agreement.replace(day_rule=rule).response_due(at, level)
                    assert exact(due) == expected


@given(promises(), st.sampled_from((*OFFSETS, *PLACES)), LEVELS)
def test_agreements_are_zone_blind(
    promise: tuple[Agreement, datetime], elsewhere: str, level: EscalationLevel
) -> None:
    """Under every day rule, the same instant in another zone has the same deadline."""
    agreement, at = promise
    there = at.astimezone(place(elsewhere))
    with where_it_exists():
        first, second = (agreement.response_due(each, level) for each in (at, there))
        assert_same_but_for_the_zone(first, second, at, there)


@given(cases(at=2))
def test_spans_are_what_is_open_and_sum_to_between(case: Case) -> None:
    """Open spans are in order, apart, open throughout, and as long as the business time."""
    calendar, (a, b) = case.calendar(), sorted(case.at, key=exact)
    with where_it_exists():
        found = [(exact(start), exact(end)) for start, end in calendar.spans(a, b)]
        assert sum(end - start for start, end in found) == amount_of(calendar.between(a, b))
        limits = [exact(a), *(limit for span in found for limit in span), exact(b)]
        assert limits == sorted(limits)
        assert len(set(limits[1:-1])) == 2 * len(found)
        for start, end in found:
            assert calendar.is_open(moved(a, start - exact(a)))
            assert calendar.is_open(moved(a, end - 1 - exact(a)))
            assert end == exact(b) or not calendar.is_open(moved(a, end - exact(a)))


@given(cases(at=1))
def test_openings_and_closings_are_where_the_desk_opens_and_closes(case: Case) -> None:
    """The next opening and closing lie at once, or where the state changes and not before."""
    calendar, (at,) = case.calendar(), case.at
    with where_it_exists():
        state = calendar.is_open(at)
        staying, turning = calendar.next_open(at), calendar.next_close(at)
        if not state:
            staying, turning = turning, staying
        assert exact(staying) == exact(at) < exact(turning)
        assert calendar.is_open(turning) is not state
        assert calendar.is_open(moved(turning, -1)) is state
        wait = timedelta(microseconds=exact(turning) - exact(at))
        assert calendar.between(at, turning) == (wait if state else timedelta())


@settings(max_examples=20)
@given(st.data())
def test_answers_do_not_depend_on_what_was_asked_before(data: st.DataObject) -> None:
    """A calendar that was asked about other years first answers as a fresh one does."""
    zone = data.draw(st.sampled_from((*PLACES, *OFFSETS)))
    anchor = data.draw(anchors(zone))
    form = data.draw(forms(anchor, zone))
    case = Case(form, data.draw(cases(at=2)).at, (timedelta(hours=1),))
    here = datetime(anchor.year, anchor.month, anchor.day, tzinfo=UTC)
    used, fresh = case.calendar(), case.calendar()
    with where_it_exists():
        used.between(here, case.at[1])
        assert answers(used, case) == answers(fresh, case)


def test_the_last_deadline_does_not_depend_on_what_was_asked_before() -> None:
    """At the end of the known years, too, a calendar answers as a fresh one does."""
    form: Form = {"zone": "UTC", "hours": {"mon-sun": [["20:00", "24:00"]]}, "holidays": None}
    at = datetime(2199, 12, 31, 20, tzinfo=UTC)

    def ask(calendar: BusinessCalendar, hours: int) -> object:
        try:
            return calendar.add(at, timedelta(hours=hours))
        except CoverageError:
            return CoverageError

    used = BusinessCalendar.from_dict(form)
    assert used.is_open(at)
    for hours in (3, 4, 5):
        assert ask(used, hours) == ask(BusinessCalendar.from_dict(form), hours), hours


def test_day_spans_are_drawn_of_every_kind() -> None:
    """The widest calendars are really drawn: several spans, up to 24:00, touching, none."""
    seen = set()

    @settings(max_examples=200, database=None)
    @given(day_spans())
    def look(pairs: list[list[str]]) -> None:
        seen.add("none" if not pairs else "several" if len(pairs) > 1 else "one")
        seen.update("24:00" for _, closing in pairs if closing == "24:00")
        seen.update("touching" for a, b in pairwise(pairs) if a[1] == b[0])

    look()
    assert seen == {"none", "one", "several", "24:00", "touching"}
