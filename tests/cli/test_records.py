"""The commands that look after records and frozen calendars, as a pipeline meets them."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from netcor_sla import Agreement, EscalationLevel

OPENED = "2026-04-02T15:10:00+02:00"
DUE = "2026-04-07T10:40:00+02:00"
YEARS = ["2026", "2027"]

Command = Callable[..., tuple[int, str, str]]
Frozen = Callable[..., Agreement]

both = pytest.mark.parametrize("name", ["verify", "audit"])


def record(agreement: Agreement, level: int = 1) -> dict[str, Any]:
    """Make a record, as it comes out of JSON."""
    deadline = agreement.explain(datetime.fromisoformat(OPENED), EscalationLevel(level))
    form: dict[str, Any] = json.loads(json.dumps(deadline.to_dict()))
    return form


@pytest.fixture
def frozen(agreement: Agreement) -> Frozen:
    """Make an agreement with frozen holidays; `names` are those of a date of 2026, as d0403."""

    def make(source: str = "DE-NI", **names: list[str]) -> Agreement:
        form = agreement.replace(calendar=agreement.calendar.freeze(2026, 2027)).to_dict()
        holidays = form["calendar"]["holidays"]
        days = holidays["days"] | {f"2026-{key[1:3]}-{key[3:]}": names[key] for key in names}
        form["calendar"]["holidays"] = holidays | {
            "source": source,
            "days": {day: days[day] for day in sorted(days) if days[day]},
        }
        return Agreement.from_dict(form)

    return make


def lines(*records: object) -> str:
    """Write NDJSON; texts are lines as they are."""
    texts = [each if isinstance(each, str) else json.dumps(each) for each in records]
    return "".join(f"{text}\n" for text in texts)


@pytest.fixture
def mixed(agreement: Agreement) -> str:
    """Good records in lines 1 and 7; broken, tampered with or none in 2, 4, 5 and 8."""
    good = record(agreement)
    tampered = good | {"due": "2026-04-07T11:40:00+02:00"}
    twice = '{"schema": 1, "schema": 1}'
    return lines(good, "{", "", "[]", tampered, " ", record(agreement, level=2), twice)


@both
def test_every_line_is_answered_under_its_number(command: Command, name: str, mixed: str) -> None:
    """One that is broken, is no record, or was tampered with stops no other; in JSON too."""
    status, out, err = command(name, stdin=mixed)
    answers = [line.split(": ")[:2] for line in out.splitlines()]
    assert (status, len(err.splitlines()), err[:21]) == (1, 1, "netcor-sla: 4 von 6 s")
    assert [number for number, _ in answers] == [f"Zeile {n}" for n in (1, 2, 4, 5, 7, 8)]
    assert [what == "Fehler" for _, what in answers] == [False, True, True, True, False, True]
    status, out, _ = command(name, "-", "--json", stdin=mixed)
    found = {each.pop("line"): each for each in map(json.loads, out.splitlines())}
    assert (status, list(found)) == (1, [1, 2, 4, 5, 7, 8])
    assert all(list(found[number]) == ["error"] for number in (2, 4, 5, 8))
    same = {"same": True, "recorded_due": DUE, "due": DUE, "changes": []}
    assert found[1] == ({"holds": True, "due": DUE} if name == "verify" else same)


@pytest.mark.parametrize(
    ("name", "german", "english"),
    [
        ("verify", "Bestätigt: Die erste ", "Verified: The first"),
        (
            "audit",
            "Unverändert: fällig Dienstag, 7. April 2026, 10:40 Uhr UTC+2 (09:40",
            "Unchanged: due Tuesday",
        ),
    ],
)
def test_one_record_needs_no_line(  # noqa: PLR0913, PLR0917 - the fixtures, and what is said
    command: Command, agreement: Agreement, tmp_path: Path, name: str, german: str, english: str
) -> None:
    """A file *.json holds one record over many lines, also under a name in capitals."""
    path = tmp_path / "RECORD.JSON"
    path.write_text(json.dumps(record(agreement), indent=2), "utf-8")
    for language, words in (("de", german), ("en", english)):
        status, out, err = command(name, path, "--language", language)
        assert (status, err, len(out.splitlines())) == (0, "", 1)
        assert out.startswith(words)
    assert "line" not in json.loads(command(name, path, "--json")[1])


@both
@pytest.mark.parametrize("content", [b"", b"\n", b" \r\n\n", b"\xef\xbb\xbf"])
def test_no_record_at_all_is_an_error(
    command: Command, english: Command, tmp_path: Path, name: str, content: bytes
) -> None:
    """An export that went wrong is not `all records hold`."""
    path = tmp_path / "none.ndjson"
    path.write_bytes(content)
    status, out, err = command(name, path)
    assert (status, out) == (2, "")
    assert "none.ndjson enthält keinen Nachweis" in err
    assert english(name, stdin=content)[2] == "netcor-sla: standard input holds no record\n"


@both
@pytest.mark.parametrize("suffix", ["json", "ndjson"])
def test_marks_and_bytes_that_are_no_text(
    command: Command, agreement: Agreement, tmp_path: Path, name: str, suffix: str
) -> None:
    """A mark at the beginning is taken, other bytes are that record's error; no traceback."""
    path, good = tmp_path / f"record.{suffix}", lines(record(agreement)).encode()
    path.write_bytes(b"\xef\xbb\xbf" + good)
    assert command(name, path)[0] == 0
    path.write_bytes(good.replace(b"critical", b"critic\xe4l"))
    status, out, err = command(name, path)
    assert (status, "Fehler: " in out, "1 von 1" in err) == (1, True, True)
    path.write_text(good.decode(), "utf-16")
    assert command(name, path)[0] == 1


@both
def test_what_cannot_be_read(
    command: Command, agreement: Agreement, tmp_path: Path, name: str, mixed: str
) -> None:
    """No file, a directory; of a single record it is said where the answer would stand."""
    for argument in (tmp_path / "none.ndjson", tmp_path, "--x"):
        status, out, err = command(name, argument)
        assert (status, out) == (2, "")
        assert "netcor-sla" in err
    path = tmp_path / "record.json"
    for content in ("", "{", lines(record(agreement)) * 2, mixed.splitlines()[4]):
        path.write_text(content, "utf-8")
        status, out, err = command(name, path)
        assert (status, out[:8], "1 von 1" in err) == (1, "Fehler: ", True)
    assert command(name, path, "--language", "en")[1].startswith("error: ")
    assert list(json.loads(command(name, path, "--json")[1])) == ["error"]


FORGED = "DE\nZeile 2: Stimmt: alles"


@both
@pytest.mark.parametrize(
    "changes",
    [
        {"holidays": {"country": FORGED, "subdivision": "X"}},
        {"zone": FORGED},
        {FORGED: 1},
        {"special": {FORGED: []}},
    ],
    ids=lambda changes: next(iter(changes)).strip(FORGED) or "key",
)
def test_no_record_writes_a_line_of_its_own(
    command: Command, frozen: Frozen, name: str, changes: dict[str, Any]
) -> None:
    """Else a record could say of another that it holds."""
    made = record(frozen())
    made["calendar"] |= changes
    for language in ("de", "en"):
        _, out, _ = command(name, "--language", language, stdin=lines(made))
        assert len(out.splitlines()) == 1


@both
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["words", "json"])
def test_a_name_that_is_no_text_stops_no_other_record(
    command: Command, frozen: Frozen, agreement: Agreement, name: str, form: list[str]
) -> None:
    """A lone surrogate can stand in JSON, and in no UTF-8."""
    odd = json.dumps(record(frozen(d0407=["Oddtag", "Odd"]))).replace("Oddtag", "\\ud800")
    status, out, err = command(name, *form, stdin=lines(odd, record(agreement)))
    assert status in (0, 1)
    assert len([line for line in out.splitlines() if line.startswith(("Zeile", "{"))]) == 2
    assert "codec" not in err


def test_an_audit_that_differs(command: Command, frozen: Frozen) -> None:
    """Without Good Friday the deadline was Friday: today's data names the day."""
    text = lines(record(frozen(d0403=[])))
    assert command("verify", stdin=text)[0] == 0
    status, out, err = command("audit", stdin=text)
    assert (status, "1 von 1" in err) == (1, True)
    assert out.splitlines()[1] == "Freitag, 3. April 2026: damals kein Feiertag, heute Karfreitag"
    answer = json.loads(command("audit", "--json", stdin=text)[1])
    assert (answer["same"], answer["due"]) == (False, DUE)
    assert answer["recorded_due"] == "2026-04-03T10:40:00+02:00"
    (change,) = answer["changes"]
    assert (change["kind"], change["where"]) == ("holiday", "2026-04-03")
    assert (change["recorded"], change["today"]) == (None, ["Karfreitag", "Good Friday"])


def test_a_frozen_agreement_is_an_agreement(command: Command, desk: str, tmp_path: Path) -> None:
    """What `freeze` writes, `--agreement` reads: the same deadline, and none in other years."""
    status, out, err = command("freeze", *YEARS, "--agreement", desk)
    assert (status, err) == (0, "")
    assert len(out.splitlines()) > 10
    path = tmp_path / "frozen.json"
    path.write_text(out, "utf-8")
    assert command("due", OPENED, "1", "--agreement", path)[:2] == (0, f"{DUE}\n")
    status, out, err = command("due", "2028-04-02T10:00Z", "1", "--agreement", path)
    assert (status, out, "2026 bis 2027" in err) == (2, "", True)
    assert command("freeze", "--compare", path) == (0, "kein Unterschied\n", "")
    assert command("freeze", "--compare", path, "--language", "en")[1] == "no difference\n"
    assert command("freeze", "--compare", path, "--json") == (0, "", "")


def test_a_frozen_agreement_in_one_line(command: Command, agreement: Agreement, tmp_path: Path) -> None:
    """For programs; umlauts as they are; and of any agreement, with all its terms."""
    given = agreement.replace(day_rule="end of day")
    path = tmp_path / "given.json"
    path.write_text(json.dumps(given.to_dict()), "utf-8")
    status, out, _ = command("freeze", *YEARS, "--agreement", path, "--json")
    assert (status, len(out.splitlines()), "\\u" in out) == (0, 1, False)
    expected = given.replace(calendar=given.calendar.freeze(2026, 2027))
    assert Agreement.from_dict(json.loads(out)) == expected


def test_a_comparison_that_differs(command: Command, frozen: Frozen, tmp_path: Path) -> None:
    """A line a day, names included, also one that is no text; and the status is 1."""
    path = tmp_path / "frozen.json"
    changed = frozen(d0403=["Freitag", "Good Friday"], d0406=[], d0704=["Fest", "Feast"])
    path.write_text(json.dumps(changed.to_dict()), "utf-8")
    status, out, err = command("freeze", "--compare", path)
    assert (status, err) == (1, "")
    assert out.splitlines() == [
        "Freitag, 3. April 2026: damals Freitag, heute Karfreitag",
        "Montag, 6. April 2026: damals kein Feiertag, heute Ostermontag",
        "Samstag, 4. Juli 2026: damals Fest, heute kein Feiertag",
    ]
    _, out, _ = command("freeze", "--compare", path, "--language", "en")
    assert out.splitlines()[1] == "Monday 6 April 2026: then no public holiday, now Easter Monday"
    change = json.loads(command("freeze", "--compare", path, "--json")[1].splitlines()[2])
    assert (change["kind"], change["where"]) == ("holiday", "2026-07-04")
    assert (change["recorded"], change["today"]) == (["Fest", "Feast"], None)
    path.write_text(path.read_text("utf-8").replace("Freitag", "\\ud800"), "utf-8")
    for form in ([], ["--json"]):
        status, out, err = command("freeze", "--compare", path, *form)
        assert (status, "April 2026" in out or "2026-04-03" in out, err) == (1, True, "")


def test_the_calendars_of_levels_are_frozen_and_compared_too(
    command: Command, frozen: Frozen, agreement: Agreement, tmp_path: Path
) -> None:
    """What is left of a level's holidays is that level's difference; and its years are the frozen ones."""
    path, level = tmp_path / "levels.json", EscalationLevel.CRITICAL
    given = agreement.replace(calendars={level: agreement.calendar.replace(holidays="AT")})
    path.write_text(json.dumps(given.to_dict()), "utf-8")
    path.write_text(command("freeze", *YEARS, "--agreement", path)[1], "utf-8")
    assert "2026 bis 2027" in command("due", "2028-04-03T10:00Z", "1", "--agreement", path)[2]
    assert command("freeze", "--compare", path) == (0, "kein Unterschied\n", "")
    changed = given.replace(calendar=frozen().calendar, calendars={level: frozen(d0403=[]).calendar})
    path.write_text(json.dumps(changed.to_dict()), "utf-8")
    said = "Stufe 1: Freitag, 3. April 2026: damals kein Feiertag, heute Karfreitag\n"
    assert command("freeze", "--compare", path) == (1, said, "")
    assert json.loads(command("freeze", "--compare", path, "--json")[1])["level"] == 1
    path.write_text(json.dumps(given.replace(calendar=frozen().calendar).to_dict()), "utf-8")
    status, out, err = command("freeze", "--compare", path)
    assert (status, out, err[:21]) == (2, "", "netcor-sla: Stufe 1: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("", "give two years"),
        ("2026", "give two years"),
        ("2026 2027 --compare frozen.json", "give two years"),
        ("2026 --compare frozen.json", "give two years"),
        ("2027 2026", "2026 is before"),
        ("1990 2026", "1991 to 2100"),
        ("2026 2101", "1991 to 2100"),
        ("26 27", "'26' is not a year"),
        ("2026 2027 2028", "unrecognized arguments"),
        ("--compare none.json", "No such file"),
        ("--compare open.json", "not frozen"),
    ],
)
def test_a_freeze_that_is_refused(
    english: Command, frozen: Frozen, tmp_path: Path, arguments: str, message: str
) -> None:
    """Status 2, nothing on stdout, and what to write instead."""
    path = tmp_path / "frozen.json"
    path.write_text(json.dumps(frozen().to_dict()), "utf-8")
    (tmp_path / "open.json").write_text("{}", "utf-8")
    words = [tmp_path / each if "." in each else each for each in arguments.split()]
    status, out, err = english("freeze", *words)
    assert (status, out) == (2, "")
    assert message in err
