"""Requests as they come in: their level by the policy's criteria, and what they still lack."""

# ruff: noqa: ANN401 - what is wrong for the types is given on purpose

import copy
import json
import pickle
import re
import runpy
from datetime import UTC, datetime, timedelta, timezone
from itertools import product
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from netcor_sla import EscalationLevel
from netcor_sla._policy.netcor import Impact, Kind, Remedy
from netcor_sla.errors import ArgumentError, CoverageError, LevelError, NaiveError, RecordError
from netcor_sla.intake import Classification, SupportRequest, classify, contact

CRITICAL, HIGH, MEDIUM, LOW = EscalationLevel
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = available_timezones()
AT = datetime(2026, 4, 2, 15, 10, tzinfo=BERLIN)
DOCS = Path(__file__).parents[1] / "docs"
KINDS, IMPACTS, REMEDIES = get_args(Kind), get_args(Impact), get_args(Remedy)
ALL = list(product(KINDS, IMPACTS, REMEDIES))

# Impact, remedy, level, whether the policy says so itself, and how the deciding sentence begins.
PROBLEMS = [
    ("unusable", "none", CRITICAL, True, "Das Produkt kann nicht genutzt werden, was zu"),
    ("unusable", "solution", HIGH, False, "Eine unmittelbare Lösung oder langfristige"),
    ("unusable", "workaround", HIGH, False, "Die Nutzung des Produktes ist in erheblichen"),
    ("considerable", "none", CRITICAL, False, "Eine Ausweichlösung ist nicht möglich."),
    ("considerable", "solution", HIGH, True, "Die Nutzung des Produktes ist in erheblichen"),
    ("considerable", "workaround", HIGH, False, "Die Nutzung des Produktes ist in erheblichen"),
    ("slight", "none", MEDIUM, False, "Das Produkt funktioniert nicht ordnungsgemäß"),
    ("slight", "solution", MEDIUM, False, "Das Produkt funktioniert nicht ordnungsgemäß"),
    ("slight", "workaround", MEDIUM, True, "Das Produkt funktioniert nicht ordnungsgemäß"),
]

each_answer = pytest.mark.parametrize("facts", ALL, ids=" ".join)


def asked(kind: Any, impact: Any, remedy: Any) -> Classification:
    """Classify by words that are no literals to type checkers."""
    return classify(kind=kind, impact=impact, remedy=remedy)


def request(**changes: Any) -> SupportRequest:
    """Make a request of which all is known, but for what is given."""
    fields: dict[str, Any] = {
        "case_number": "4711",
        "channel": "email",
        "opened_at": AT,
        "software_version": "7.1",
        "system_details": "Debian 12",
        "description": "Die Anmeldung endet mit einer leeren Seite.",
        "screenshots": True,
    }
    return SupportRequest(**fields | changes)


@pytest.mark.parametrize(("impact", "remedy", "level", "own", "begins"), PROBLEMS)
def test_a_problem_is_classified_by_impact_and_remedy(
    impact: str, remedy: str, level: EscalationLevel, *, own: bool, begins: str
) -> None:
    """Each of the nine combinations, with its sentence and its mark."""
    answer = asked("problem", impact, remedy)
    assert (answer.kind, answer.impact, answer.remedy) == ("problem", impact, remedy)
    assert (answer.level, answer.is_our_reading) == (level, not own)
    assert answer.clause().startswith(begins)


def test_any_other_kind_is_of_level_four() -> None:
    """Whatever impact and remedy, and without any; the policy says so itself."""
    for facts in product(("question", "extension", "improvement"), (None, *IMPACTS), (None, *REMEDIES)):
        answer = asked(*facts)
        assert (answer.level, answer.is_our_reading) == (LOW, False)
        assert answer.clause() == LOW.criteria()
        assert Classification.from_dict(json.loads(json.dumps(answer.to_dict()))) == answer
    assert classify(kind="question") == asked("question", None, None)
    assert Classification.from_dict({"kind": "question", "level": 4}) == classify(kind="question")


def test_a_slight_impairment_without_a_workaround_is_no_serious_failure() -> None:
    """A misspelt menu entry: the answer says which words of the policy apply, and which don't."""
    answer = classify(kind="problem", impact="slight", remedy="none")
    assert (answer.level, answer.is_our_reading) == (MEDIUM, True)
    assert "geringfügig eingeschränkt" in answer.clause()
    assert "ihre Worte zur Auswirkung treffen aber zu" in (answer.reading() or "")


@pytest.mark.parametrize(("impact", "remedy"), [(a, b) for a, b, _, own, _ in PROBLEMS if not own])
def test_a_reading_quotes_the_condition_that_is_not_met(impact: str, remedy: str) -> None:
    """A condition of the level, or of the one above it, which the facts contradict."""
    answer = asked("problem", impact, remedy)
    conditions = {
        "dass eine Ausweichlösung nicht möglich ist": remedy == "none",
        "dass das Produkt nicht genutzt werden kann": impact == "unusable",
        "dass eine Lösung oder langfristige Übergangslösung verfügbar ist": remedy == "solution",
        "dass eine akzeptable Ausweichlösung verfügbar ist": remedy == "workaround",
    }
    named = [met for condition, met in conditions.items() if condition in (answer.reading() or "")]
    assert named == [False]
    assert re.match(
        r"Nicht erfüllt ist (dem Wortlaut nach )?die Bedingung der Stufe ", answer.reading() or ""
    )


def test_a_classification_shows_itself_in_a_notebook() -> None:
    """In German, with a few English words beside it."""
    shown = asked("problem", "slight", "none")._repr_html_()
    assert "<b>Eskalationsstufe 3 (Mittel), nach unserer Lesart der Richtlinie</b>" in shown
    assert "Escalation level 3 (Medium), as we interpret the policy<" in shown


def test_graver_facts_never_give_a_less_severe_level() -> None:
    """Law: a graver impact, or no remedy where there was one, never gives a larger number."""
    for kind, remedy in product(KINDS, REMEDIES):
        numbers = [asked(kind, impact, remedy).level.number for impact in IMPACTS]
        assert numbers == sorted(numbers)
    for kind, impact in product(KINDS, IMPACTS):
        none, *others = (asked(kind, impact, remedy).level.number for remedy in REMEDIES)
        assert all(none <= other for other in others)


@each_answer
def test_the_sentence_is_one_of_the_levels_criteria(facts: tuple[str, str, str]) -> None:
    """Whole, word for word, and the same one in both languages."""
    answer = asked(*facts)
    places = []
    for language in ("de", "en"):
        criteria, clause = answer.level.criteria(language), answer.clause(language)
        assert clause.endswith(".")
        assert clause.count(".") == 1
        before, found, after = f" {criteria} ".partition(f" {clause} ")
        assert found
        places.append((before.count("."), after.count(".")))
    assert places[0] == places[1]
    assert answer.clause() == answer.clause("de")


@each_answer
def test_the_text_names_level_sentence_and_reading(facts: tuple[str, str, str]) -> None:
    """What goes into a ticket says all of it, and whether it is ours and why, in one line."""
    answer = asked(*facts)
    level, german, english = answer.level, answer.reading(), answer.reading("en")
    by = ["gemäß Richtlinie", "under the policy"]
    if answer.is_our_reading:
        by = ["nach unserer Lesart der Richtlinie", "as we interpret the policy"]
        assert re.fullmatch(r"Nicht erfüllt ist [^.]+\.", german or "")
        assert re.fullmatch(r"[^.]*[Tt]he condition of level \d [^.]+ is not met[^.]*\.", english or "")
        assert re.findall(r"\d", german or "") == re.findall(r"\d", english or "")
    else:
        assert german is english is None
    first = f"Eskalationsstufe {level.number} ({level.title()}), {by[0]}: „{answer.clause()}“"
    assert answer.text() == answer.text("de") == (f"{first} {german}" if german else first)
    first = f"Escalation level {level.number} ({level.title('en')}), {by[1]}: "
    first += f"“{answer.clause('en')}”"
    assert answer.text("en") == (f"{first} {english}" if english else first)


@pytest.mark.parametrize("language", ["fr", "DE", None])
def test_an_unknown_language_is_refused(language: Any) -> None:
    """Also where there is nothing to say in it."""
    answers, whole = [asked(*facts) for facts in ALL], request()
    methods = [method for each in answers for method in (each.clause, each.reading, each.text)]
    for method in (*methods, whole.missing, whole.wished, request(description="").missing_text, contact):
        with pytest.raises(ArgumentError, match=r"is unknown; choose 'de' or 'en'$"):
            method(language)


@pytest.mark.parametrize(
    ("facts", "error", "message"),
    [
        (("problm", "slight", "none"), LevelError, "kind 'problm' is unknown; did you mean 'prob"),
        (("bug", "slight", "none"), LevelError, "kind 'bug' is unknown; choose one of 'problem', "),
        (("question", "none", "none"), LevelError, "impact 'none' is unknown; choose one of 'unu"),
        (("problem", "slight", ""), LevelError, "remedy '' is unknown; choose one of 'none', 'so"),
        ((None, "slight", "none"), ArgumentError, "kind None is unknown; choose one of "),
        (("problem", 1, "none"), ArgumentError, "impact 1 is unknown; choose one of "),
        (("problem", "slight", None), ArgumentError, "remedy None is unknown; choose one of "),
        (("problem", "slight", ["none"]), ArgumentError, "remedy ['none'] is unknown; choose "),
    ],
)
def test_what_is_none_of_the_words_is_refused(
    facts: tuple[Any, Any, Any], error: type[Exception], message: str
) -> None:
    """By its argument and value, with what was meant; no remedy is a word, and not None."""
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        asked(*facts)


@each_answer
def test_a_classification_comes_back(facts: tuple[str, str, str]) -> None:
    """Law: from its form by JSON, a pickle, a copy and its repr; all others are other ones."""
    answer = asked(*facts)
    form = answer.to_dict()
    words = dict(zip(("kind", "impact", "remedy"), facts, strict=True))
    assert form == words | {"level": answer.level.value}
    again = Classification.from_dict(json.loads(json.dumps(form)))
    evaluated = eval(repr(answer), {"Classification": Classification})  # noqa: S307 - our own
    unpickled = pickle.loads(pickle.dumps(answer))  # noqa: S301 - our own
    for each in (again, evaluated, unpickled, copy.deepcopy(answer)):
        assert (each, hash(each), each.fingerprint) == (answer, hash(answer), answer.fingerprint)
        assert each.text() == answer.text()
    assert [each for each in ALL if asked(*each) == answer] == [facts]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"level": "high"}, "level 'high' contradicts the facts {'kind': 'problem', "),
        ({"level": 4}, "level 'low' contradicts the facts {'kind': 'problem', "),
        ({"level": None}, "None is not an escalation level; "),
        ({"remedy": "no"}, "remedy 'no' is unknown; "),
        ({"leval": 1}, "key 'leval' of Classification is unknown; did you mean 'level'?"),
    ],
)
def test_a_form_that_does_not_hold_is_refused(change: dict[str, Any], message: str) -> None:
    """It was tampered with, or a level overruled: that does not belong here."""
    form = asked("problem", "unusable", "none").to_dict()
    with pytest.raises(LevelError, match=f"^{re.escape(message)}"):
        Classification.from_dict(form | change)
    assert Classification.from_dict(form | {"level": 1}).level is CRITICAL


def test_the_page_has_the_table_of_the_code(capsys: pytest.CaptureFixture[str]) -> None:
    """What the script prints stands in the page, once and to the letter."""
    runpy.run_path(str(DOCS / "tables" / "classification.py"), run_name="__main__")
    page = (DOCS / "reference" / "intake.md").read_text("utf-8")
    assert page.count(f"\n\n{capsys.readouterr().out}\n") == 1


@pytest.mark.parametrize("blank", [None, "", " \t\n", "\u00a0"])
def test_what_the_policy_needs_is_missing_where_it_is_not_there(blank: str | None) -> None:
    """Or blank; and nothing else is. The blank itself is kept."""
    assert request().missing() == request().wished() == ()
    for field, name in (
        ("software_version", "Software-Version"),
        ("system_details", "Systemdetails"),
        ("description", "ausführliche Beschreibung des Problems"),
    ):
        lacking = request(**{field: blank})
        assert lacking.missing() == lacking.missing("de") == (name,)
        assert lacking.wished() == ()
        assert lacking.to_dict()[field] == blank


def test_what_is_missing_or_wished_is_named_in_the_policys_order() -> None:
    """Screenshots and mail are wished for one by one, and never missing."""
    bare = SupportRequest(case_number="1", channel="phone", opened_at=AT)
    software, system, description = bare.missing("en")
    assert (software, system) == ("software version", "system details")
    assert description == "detailed description of the problem"
    assert bare.wished("en") == ("screenshots of the problem", "request by e-mail")
    assert bare.wished() == ("Screenshots des Problems", "Supportanfrage per eMail")
    assert request(screenshots=False).wished() == ("Screenshots des Problems",)
    assert request(channel="phone").wished() == ("Supportanfrage per eMail",)


def test_a_customer_is_asked_for_what_is_missing() -> None:
    """In one sentence; screenshots, wished for only, have one of their own, and are no reason to ask."""
    assert request().missing_text() == request(screenshots=False).missing_text("en") == ""
    assert request(system_details=None).missing_text().endswith("Informationen benötigt: Systemdetails.")
    bare = SupportRequest(case_number="1", channel="phone", opened_at=AT)
    assert bare.missing_text() == (
        "Um Sie bestmöglich unterstützen zu können, werden noch folgende Informationen benötigt: "
        "Software-Version, Systemdetails und ausführliche Beschreibung des Problems. Sofern möglich, "
        "schicken Sie bitte auch Screenshots des Problems mit."
    )
    assert bare.missing_text("en") == (
        "To give you the best possible support, we still need the following information: software version, "
        "system details and detailed description of the problem. If possible, please send screenshots of the "
        "problem too."
    )


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"case_number": ""}, RecordError, "case_number: '' is not a text of 1 to 100 characters"),
        ({"case_number": " \n"}, RecordError, r"case_number: ' \\n' is not a text"),
        (
            {"case_number": "\x00\u200b"},
            RecordError,
            ".* is not a text of 1 to 100 characters that shows something",
        ),
        ({"case_number": "4" * 101}, RecordError, ".* is not a text of 1 to 100 characters"),
        ({"case_number": None}, ArgumentError, "case_number must be a text, not None; write"),
        ({"case_number": 4711}, ArgumentError, "case_number must be a text, not 4711; write"),
        ({"channel": "e-mail"}, RecordError, "channel 'e-mail' is unknown; did you mean 'email'"),
        ({"channel": None}, ArgumentError, "channel None is unknown; choose one of "),
        ({"opened_at": AT.replace(tzinfo=None)}, NaiveError, "opened_at has no zone: "),
        ({"opened_at": AT.date()}, ArgumentError, "opened_at must be an aware datetime"),
        (
            {"opened_at": AT.replace(year=999)},
            CoverageError,
            "opened_at .* lies outside the years 1000 to 9000",
        ),
        (
            {"opened_at": AT.replace(year=9001)},
            CoverageError,
            "opened_at .* lies outside the years 1000 to 9000",
        ),
        ({"software_version": 7.1}, ArgumentError, "software_version must be a text, not 7.1; "),
        ({"system_details": {}}, ArgumentError, "system_details must be a text, not {}; "),
        ({"description": b"x"}, ArgumentError, "description must be a text, not b'x'; "),
        ({"screenshots": 1}, ArgumentError, "screenshots must be a bool, not 1"),
        ({"chanel": "email"}, RecordError, "key 'chanel' of SupportRequest .* mean 'channel'"),
    ],
)
def test_what_makes_no_request_is_refused(
    changes: dict[str, Any], error: type[Exception], message: str
) -> None:
    """By its argument and value, with the remedy; whether it is replaced or read."""
    with pytest.raises(error, match=f"^{message}"):
        request().replace(**changes)
    if "opened_at" not in changes:
        with pytest.raises(error, match=f"^{message}"):
            SupportRequest.from_dict(request().to_dict() | changes)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"zone": ""}, "zone: '' is not a text"),
        ({"zone": 5}, "zone: 5 is not a text"),
        ({"opened_at": "2026-04-02T15:10:00"}, "opened_at: '.*' "),
        ({"opened_at": None}, "opened_at: None "),
    ],
)
def test_a_form_that_cannot_be_read_is_refused(change: dict[str, Any], message: str) -> None:
    """The key is named."""
    with pytest.raises(RecordError, match=f"^{message}"):
        SupportRequest.from_dict(request().to_dict() | change)


def test_a_form_needs_its_keys() -> None:
    """The missing one is named."""
    for made, error, keys in (
        (asked("problem", "unusable", "none"), LevelError, "kind level"),
        (request(), RecordError, "case_number channel opened_at"),
    ):
        for key in keys.split():
            form = made.to_dict()
            del form[key]
            with pytest.raises(error, match=f"^key '{key}' of {type(made).__name__} is missing"):
                type(made).from_dict(form)


@pytest.mark.parametrize(
    ("opened_at", "text", "key"),
    [
        (AT, "2026-04-02T15:10:00+02:00", "Europe/Berlin"),
        (AT.astimezone(UTC), "2026-04-02T13:10:00+00:00", None),
        (AT.astimezone(ZoneInfo("UTC")), "2026-04-02T13:10:00+00:00", "UTC"),
        (AT.replace(tzinfo=tz.gettz("Europe/Berlin")), "2026-04-02T15:10:00+02:00", None),
        (datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BERLIN), "2026-10-25T02:30:00+01:00", ...),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN), "2026-10-25T02:30:00+02:00", ...),
        (datetime(2026, 3, 29, 2, 30, tzinfo=BERLIN), "2026-03-29T03:30:00+02:00", ...),
    ],
)
def test_the_opening_instant_keeps_its_zone(opened_at: datetime, text: str, key: Any) -> None:
    """And its showing, where clocks go back; a time that is skipped is the one it means."""
    made = request(opened_at=opened_at)
    assert made.opened_at.tzinfo is opened_at.tzinfo
    form = made.to_dict()
    assert (form["opened_at"], form["zone"]) == (text, "Europe/Berlin" if key is ... else key)
    again = SupportRequest.from_dict(form)
    assert again == made
    assert again.opened_at.astimezone(UTC) == opened_at.astimezone(UTC)
    if key is not None:
        assert again.opened_at.tzinfo == opened_at.tzinfo
        assert again.opened_at.fold == opened_at.fold


def test_the_two_showings_of_a_time_make_two_requests() -> None:
    """Though Python takes their datetimes for equal."""
    first, second = (AT.replace(2026, 10, 25, 2, 30, fold=fold) for fold in (0, 1))
    assert request(opened_at=first) != request(opened_at=second)
    assert request(opened_at=AT) != request(opened_at=AT.astimezone(UTC))
    assert request() != request().to_dict()


@pytest.mark.parametrize("zone", ["Mars/Olympus", "America/New_York", None])
def test_a_zone_that_is_unknown_or_disagrees_leaves_the_offset(zone: str | None) -> None:
    """What is written is what counts; so the zone of the form is not needed either."""
    form = request().to_dict() | {"zone": zone}
    written = datetime(2026, 4, 2, 15, 10, tzinfo=timezone(timedelta(hours=2)))
    again = SupportRequest.from_dict(form)
    assert again == request(opened_at=written)
    assert again.to_dict() == form | {"zone": None}


@given(
    case_number=st.text(max_size=99).map("1{}".format),
    channel=st.sampled_from(["email", "phone"]),
    opened_at=st.datetimes(
        min_value=datetime(1000, 1, 2),
        max_value=datetime(9000, 12, 30),
        timezones=st.one_of(
            # Keys as posix/UTC are no zones of the database, only other files of it.
            st.timezones().filter(lambda zone: str(zone) in ZONES),
            st.integers(-86_000, 82_800).map(lambda offset: timezone(timedelta(seconds=offset))),
        ),
        allow_imaginary=True,
    ),
    texts=st.tuples(*[st.none() | st.text()] * 3),
    screenshots=st.booleans(),
)
def test_a_request_comes_back(
    case_number: str, channel: str, opened_at: datetime, texts: Any, *, screenshots: bool
) -> None:
    """Law: from its form by JSON, a pickle and a copy, with whatever text; and hashes alike."""
    made = request(
        case_number=case_number,
        channel=channel,
        opened_at=opened_at,
        **dict(zip(("software_version", "system_details", "description"), texts, strict=True)),
        screenshots=screenshots,
    )
    again = SupportRequest.from_dict(json.loads(json.dumps(made.to_dict())))
    unpickled = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own
    for each in (again, unpickled, copy.deepcopy(made), made.replace()):
        assert (each, hash(each), each.to_dict()) == (made, hash(made), made.to_dict())
        assert each.missing() == made.missing()
        assert each.opened_at.astimezone(UTC) == opened_at.astimezone(UTC)


def test_a_value_is_changed_only_in_a_copy() -> None:
    """`replace` makes one; the original stays."""
    made, answer = request(software_version=None), asked("problem", "unusable", "none")
    changed = made.replace(software_version="7.2")
    assert (made.missing(), changed.missing()) == (("Software-Version",), ())
    for value, name in ((made, "channel"), (made, "opened_at"), (answer, "kind")):
        with pytest.raises(AttributeError):
            setattr(value, name, "phone")
