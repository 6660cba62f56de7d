"""Steps: what each says, its data form, and that nothing about it changes."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import copy
import json
import pickle
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from netcor_sla._explanations.reckonings import REASONS, Leg

from netcor_sla import STANDARD, BusinessCalendar, EscalationLevel, Step, explain
from netcor_sla._calendars.holidays import HolidayNames
from netcor_sla._calendars.instants import MICROSECOND, instant
from netcor_sla._explanations.steps import steps
from netcor_sla.errors import ArgumentError, FrozenError, RecordError

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = HolidayNames("Karfreitag", "Good Friday")
HOUR = timedelta(hours=1)
FORM: dict[str, Any] = {
    "start": "2026-04-03T01:00:00+02:00",
    "end": "2026-04-04T01:00:00+02:00",
    "kind": "closed",
    "reason": "holiday",
    "names": ["Karfreitag", "Good Friday"],
    "used_microseconds": 0,
    "left_microseconds": 4_200_000_000,
}
PLAIN = {key: value for key, value in FORM.items() if key != "names"}
COUNTED = PLAIN | {"kind": "counted", "reason": "opening hours", "used_microseconds": 5}
ATTRIBUTES = ("start", "end", "kind", "reason", "names", "used", "left")
ALL_REASONS = [(kind, reason) for kind, reasons in REASONS.items() for reason in reasons]

TITLES = {
    "opening hours": ("Geschäftszeit", "business hours"),
    "special date": ("Sonderregelung", "special arrangement"),
    "recurring date": ("jährliche Sonderregelung", "yearly special arrangement"),
    "extra hours": ("vereinbarte Zusatzzeit", "agreed extra hours"),
    "outside hours": ("außerhalb der Geschäftszeiten", "outside business hours"),
    "weekend": ("Wochenende", "weekend"),
    "closed weekday": ("Ruhetag", "weekly closing day"),
    "holiday": ("Feiertag", "public holiday"),
    "pause": ("Pause", "pause"),
    "critical": ("Eskalationsstufe 1 (Kritisch)", "escalation level 1 (Critical)"),
    "high": ("Eskalationsstufe 2 (Hoch)", "escalation level 2 (High)"),
    "medium": ("Eskalationsstufe 3 (Mittel)", "escalation level 3 (Medium)"),
    "low": ("Eskalationsstufe 4 (Niedrig)", "escalation level 4 (Low)"),
    "same time": ("zur gleichen Uhrzeit", "at the same time"),
    "end of day": ("zum Geschäftsschluss", "at the close of business"),
}
ODD_KINDS: list[Any] = [*REASONS, "open", "", None, 5, ["closed"]]
ODD_REASONS: list[Any] = [*TITLES, "x", None, 5, []]
OTHER_REASONS = [
    (kind, reason)
    for kind, reason in product(ODD_KINDS, ODD_REASONS)
    if (kind, reason) not in ALL_REASONS
]


def step(**changes: object) -> Step:
    """Make a step of Good Friday, in Berlin, with changes."""
    arguments: dict[str, Any] = {
        "start": datetime(2026, 4, 3, 1, tzinfo=BERLIN),
        "end": datetime(2026, 4, 4, 1, tzinfo=BERLIN),
        "kind": "closed",
        "reason": "holiday",
        "names": FRIDAY,
        "used": timedelta(),
        "left": timedelta(hours=1, minutes=10),
    }
    return Step(**arguments | changes)


def test_a_step_says_what_it_was_made_of() -> None:
    """Each attribute is its argument; names may be left out."""
    made = step()
    assert (made.start, made.end) == (
        datetime(2026, 4, 3, 1, tzinfo=BERLIN),
        datetime(2026, 4, 4, 1, tzinfo=BERLIN),
    )
    assert (made.kind, made.reason) == ("closed", "holiday")
    assert made.names is not None
    assert (made.names.de, made.names.en) == ("Karfreitag", "Good Friday")
    assert (made.used, made.left) == (timedelta(), timedelta(hours=1, minutes=10))
    arguments = {name: getattr(made, name) for name in ATTRIBUTES if name != "names"}
    assert Step(**arguments).names is None


def test_a_form_has_the_documented_keys() -> None:
    """In this order, ready for JSON; amounts are whole microseconds, and no name is no key."""
    assert step().to_dict() == FORM
    assert list(step().to_dict()) == list(FORM)
    assert json.loads(json.dumps(step().to_dict())) == FORM
    assert list(step(names=None).to_dict()) == list(PLAIN)
    long = step(used=timedelta(days=400, microseconds=1)).to_dict()["used_microseconds"]
    assert (long, type(long)) == (34_560_000_000_001, int)


@pytest.mark.parametrize("form", [FORM, PLAIN, COUNTED])
def test_a_step_comes_back_from_its_form(form: dict[str, Any]) -> None:
    """Law: `from_dict(step.to_dict()) == step`; from any mapping, with the offsets written."""
    read = Step.from_dict(form)
    assert read.to_dict() == form
    assert Step.from_dict(MappingProxyType(OrderedDict(form))) == read
    assert Step.from_dict(json.loads(json.dumps(read.to_dict()))) == read
    assert read.start.utcoffset() == timedelta(hours=2)
    assert Step.from_dict(form | {"names": None}).names is None


def test_a_step_equals_its_like_and_nothing_else() -> None:
    """Whatever the zone is called, if instants and offsets are alike; also hashes are."""
    assert step() == Step.from_dict(FORM)
    assert hash(step()) == hash(Step.from_dict(FORM))
    assert step().fingerprint == Step.from_dict(FORM).fingerprint
    others: list[Step] = [
        step(start=datetime(2026, 4, 3, 2, tzinfo=BERLIN)),
        step(start=datetime(2026, 4, 2, 23, tzinfo=UTC)),
        step(end=datetime(2026, 4, 4, 2, tzinfo=BERLIN)),
        *(step(kind="counted"), step(reason="weekend"), step(names=None)),
        *(step(names=HolidayNames("Karfreitag", "x")), step(used=HOUR), step(left=HOUR)),
    ]
    assert len({step(), *others}) == len(others) + 1
    assert step() != FORM
    assert step().__eq__(None) is NotImplemented


@pytest.mark.parametrize("name", [*ATTRIBUTES, "other"])
def test_a_step_cannot_be_changed(name: str) -> None:
    """Neither its own attributes nor new ones; and no remedy is named that it has not."""
    made = step()
    with pytest.raises(FrozenError, match=f"^{name} of Step can't be set to 5: it is immutable$"):
        setattr(made, name, 5)
    with pytest.raises(FrozenError, match=f"^{name} of Step can't be deleted: it is immutable"):
        delattr(made, name)
    assert made == step()
    assert not hasattr(made, "__dict__")


def test_a_step_is_made_once() -> None:
    """Its constructor, called again, changes nothing."""
    made = step()
    arguments: dict[str, Any] = dict.fromkeys(ATTRIBUTES, 5)
    with pytest.raises(FrozenError, match=r"is immutable"):
        made.__init__(**arguments)
    assert made == step()


def test_a_step_survives_copies_and_pickles() -> None:
    """In every protocol."""
    assert copy.copy(step()) == copy.deepcopy(step()) == step()
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(step(), protocol)) == step()  # noqa: S301 - our own pickle


def test_a_repr_shows_the_form() -> None:
    """The class, and each key with its value."""
    shown = repr(step())
    assert shown.startswith("Step(start='2026-04-03T01:00:00+02:00', end=")
    assert all(f"{key}={value!r}" in shown for key, value in FORM.items())
    assert "names=" not in repr(step(names=None))


@pytest.mark.parametrize(("kind", "reason"), ALL_REASONS)
def test_a_title_says_the_reason_in_words(kind: str, reason: str) -> None:
    """German by default, as everywhere."""
    made = step(kind=kind, reason=reason, names=None)
    assert (made.title("de"), made.title("en")) == TITLES[reason]
    assert made.title() == TITLES[reason][0]


def test_a_title_is_the_name_where_there_is_one() -> None:
    """Of a holiday, or of a date that the calendar names."""
    assert (step().title(), step().title("de")) == ("Karfreitag", "Karfreitag")
    assert step().title("en") == "Good Friday"
    named = step(reason="special date", names=HolidayNames("Inventur", "Inventur"))
    assert named.title("en") == "Inventur"


def test_a_title_is_one_harmless_line() -> None:
    """A name from elsewhere breaks no line and turns no writing round."""
    title = step(names=HolidayNames("a\n\x00b\u202e c\u2028d", "x")).title()
    assert title == "a b c d"


@pytest.mark.parametrize("language", ["fr", "DE", "", None, 5, ["de"]])
def test_another_language_is_refused(language: Any) -> None:
    """The message names the value and the choices."""
    with pytest.raises(ArgumentError, match=r"^language .* is unknown; choose 'de' or 'en'"):
        step().title(language)


@pytest.mark.parametrize(("kind", "reason"), ALL_REASONS)
def test_every_kind_has_its_reasons(kind: str, reason: str) -> None:
    """All that an explanation can say can be read."""
    read = Step.from_dict(PLAIN | {"kind": kind, "reason": reason})
    assert (read.kind, read.reason) == (kind, reason)


@pytest.mark.parametrize(
    ("kind", "reason"),
    OTHER_REASONS,
    ids=str,
)
def test_no_kind_has_another_reason(kind: object, reason: object) -> None:
    """A counted weekend, for one; the message shows both."""
    with pytest.raises(RecordError) as refused:
        Step.from_dict(PLAIN | {"kind": kind, "reason": reason})
    assert str(refused.value) == f"no step is {kind!r} for the reason {reason!r}"


@pytest.mark.parametrize("key", PLAIN)
def test_a_missing_key_is_named(key: str) -> None:
    """All but the names are needed."""
    form = {name: value for name, value in FORM.items() if name != key}
    with pytest.raises(RecordError, match=f"^key '{key}' of Step is missing$"):
        Step.from_dict(form)


@pytest.mark.parametrize(
    ("key", "remedy"),
    [("stat", "did you mean 'start'?"), (5, "choose one of 'start', 'end'")],
)
def test_an_unknown_key_is_named(key: Any, remedy: str) -> None:
    """With the one that was meant."""
    with pytest.raises(RecordError) as refused:
        Step.from_dict(FORM | {key: 1})
    assert str(refused.value).startswith(f"key {key!r} of Step is unknown; ")
    assert remedy in str(refused.value)


@pytest.mark.parametrize("data", [None, 5, "step", [], [("start", 1)]])
def test_what_is_no_mapping_is_no_step(data: Any) -> None:
    """Class, type and value are named."""
    with pytest.raises(ArgumentError) as refused:
        Step.from_dict(data)
    expected = f"Step is read from a mapping, not {type(data).__name__}: {data!r}"
    assert str(refused.value) == expected


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *product(
            ("start", "end"),
            (None, 5, "", "x", "2026-04-03", "2026-04-03T01:00:00", "2026-04-03T01:00:00Z"),
        ),
        *product(
            ("used_microseconds", "left_microseconds"),
            (None, -1, 1.0, "1", True, float("nan"), 1 << 62, 10**30, [], timedelta()),
        ),
        *product(("names",), ("ab", 5, [], ["x"], ["x", ""], ["x", 5], {"de": "x", "en": "y"})),
    ],
    ids=str,
)
def test_a_value_that_is_none_is_refused(key: str, value: object) -> None:
    """Neither guessed nor rounded; the message names key and value."""
    with pytest.raises(RecordError) as refused:
        Step.from_dict(FORM | {key: value})
    assert str(refused.value).startswith(f"{key}: {value!r} ")


def test_the_longest_time_can_be_read() -> None:
    """More is a slip, and would not fit an explanation."""
    assert Step.from_dict(COUNTED | {"used_microseconds": (1 << 62) - 1}).used.days > 10**7


def test_steps_are_made_of_legs() -> None:
    """In the zone asked for; what is used counts down to nothing, and a rule uses nothing."""
    legs = (
        Leg(0, 600, "closed", "outside hours"),
        Leg(600, 1000, "counted", "opening hours"),
        Leg(1000, 5000, "closed", "holiday", FRIDAY),
        Leg(5000, 5001, "counted", "extra hours"),
        Leg(5001, 5001, "rule", "end of day"),
    )
    made = steps(legs, BERLIN, 401)
    assert [(each.used // MICROSECOND, each.left // MICROSECOND) for each in made] == [
        *((0, 401), (400, 1), (0, 1), (1, 0), (0, 0))
    ]
    ends = [(instant(each.start, "start"), instant(each.end, "end")) for each in made]
    assert ends == [(leg.start, leg.end) for leg in legs]
    assert [(each.kind, each.reason, each.names) for each in made] == [leg[2:] for leg in legs]
    assert all(each.start.tzinfo is each.end.tzinfo is BERLIN for each in made)


def test_the_steps_of_the_policys_example() -> None:
    """Over Easter, as documented; each begins where the one before it ends."""
    made = explain(datetime(2026, 4, 2, 15, 10, tzinfo=BERLIN), EscalationLevel.CRITICAL).steps
    assert [(f"{each.start:%d.%m. %H:%M}", each.reason) for each in made] == [
        ("02.04. 15:10", "opening hours"),
        ("02.04. 18:00", "outside hours"),
        ("03.04. 01:00", "holiday"),
        ("04.04. 01:00", "weekend"),
        ("06.04. 01:00", "holiday"),
        ("07.04. 01:00", "outside hours"),
        ("07.04. 09:30", "opening hours"),
    ]
    assert all(one.end == other.start for one, other in pairwise(made))
    assert sum((each.used for each in made), timedelta()) == 4 * HOUR
    assert made[-1].left == timedelta()
    assert {each.names for each in made} == {
        *(None, FRIDAY, HolidayNames("Ostermontag", "Easter Monday"))
    }


def test_every_reason_can_be_met() -> None:
    """A calendar with a date of each kind; no reason is only a word in a table."""
    calendar = BusinessCalendar(
        zone="+01:00",
        hours={"tue-fri": [("08:30", "17:00")]},
        holidays="DE-NI",
        special={"2026-04-01": [["10:00", "11:00"]], "2026-04-08": []},
        recurring={"04-02": [["10:00", "11:00"]], "04-09": {"spans": [], "name": "Inventur"}},
        extra=[["2026-04-04T10:00+01:00", "2026-04-04T11:00+01:00"]],
        business_day="08:30",
    )
    agreement = STANDARD.replace(calendar=calendar, day_rule="end of day")
    opened_at = datetime(2026, 3, 31, 12, tzinfo=calendar.tzinfo)
    made = agreement.explain(opened_at, EscalationLevel.LOW).steps
    assert STANDARD.targets[EscalationLevel.LOW].to_dict() == {"days": 4}
    later = agreement.explain(opened_at + timedelta(days=7), EscalationLevel.LOW).steps
    monday = agreement.explain(opened_at + timedelta(days=20), EscalationLevel.CRITICAL).steps
    same = agreement.replace(day_rule="same time").explain(opened_at, EscalationLevel.LOW).steps
    clock = agreement.clock(opened_at, EscalationLevel.LOW)
    for minutes, level in enumerate(reversed(EscalationLevel), start=1):
        clock = clock.change_level(opened_at + timedelta(minutes=minutes), level)
    paused = clock.pause(opened_at, opened_at + timedelta(seconds=1))
    raised = paused.change_level(opened_at + timedelta(minutes=5), EscalationLevel.LOW)
    told = raised.explain().steps
    met = {(each.kind, each.reason) for each in (*made, *later, *monday, *same, *told)}
    assert met == set(ALL_REASONS)
    named = [each.title("en") for each in later if each.reason == "recurring date"]
    assert named == ["Inventur"]


def test_the_steps_of_a_ticket_to_which_more_has_happened() -> None:
    """What is paused or changed uses nothing and leaves what was left; each set counts down."""
    legs = (
        Leg(0, 0, "level", "high"),
        Leg(0, 300, "counted", "opening hours"),
        Leg(300, 500, "paused", "pause"),
        Leg(500, 500, "level", "low"),
        Leg(500, 600, "counted", "opening hours"),
    )
    made = steps(legs, BERLIN, 400)
    assert [(each.used // MICROSECOND, each.left // MICROSECOND) for each in made] == [
        *((0, 400), (300, 100), (0, 100), (0, 100), (100, 0))
    ]
    changed = made[3]
    assert changed.start == changed.end
    assert (changed.kind, changed.reason, changed.names) == ("level", "low", None)
    assert steps((), BERLIN, 0) == ()


def test_the_steps_after_a_deadline_count_down_to_the_response() -> None:
    """As those before it do to the deadline."""
    opened_at = datetime(2026, 3, 10, 10, tzinfo=STANDARD.calendar.tzinfo)
    clock = STANDARD.clock(opened_at, EscalationLevel.CRITICAL)
    told = clock.pause(opened_at + 5 * HOUR, opened_at + 6 * HOUR).respond(opened_at + 24 * HOUR)
    assert [(each.kind, each.used / HOUR, each.left / HOUR) for each in told.explain().overrun] == [
        ("counted", 1, 2.5),
        ("paused", 0, 2.5),
        ("counted", 1, 1.5),
        ("closed", 0, 1.5),
        ("counted", 1.5, 0),
    ]


@pytest.mark.parametrize("kind", ["paused", "level"])
def test_a_step_of_a_ticket_comes_back_from_its_form(kind: str) -> None:
    """With the keys that every step has, and no more."""
    (reason, *_) = REASONS[kind]
    form = PLAIN | {"kind": kind, "reason": reason}
    form |= {"end": form["start"]} if kind == "level" else {}
    assert Step.from_dict(form).to_dict() == form
    assert list(Step.from_dict(form).to_dict()) == list(PLAIN)
