"""The commands that look after records and frozen calendars, as a pipeline meets them."""

import io
import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from netcor_sla import STANDARD, Agreement, EscalationLevel
from netcor_sla._cli.main import main

OPENED = "2026-04-02T15:10:00+02:00"
DUE = "2026-04-07T10:40:00+02:00"
YEARS = ["2026", "2027"]

Captured = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(capsys: Captured) -> Command:
    """Run a command: its status, and what it said on stdout and stderr."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            status = main([str(each) for each in arguments])
        except SystemExit as leaving:
            status = int(str(leaving.code))
        return status, *capsys.readouterr()

    return run


def piped(monkeypatch: Patch, content: bytes) -> None:
    """Put bytes on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def record(agreement: Agreement = STANDARD, level: int = 1, opened: str = OPENED) -> dict[str, Any]:
    """Make a record, as it comes out of JSON."""
    told = agreement.explain(datetime.fromisoformat(opened), EscalationLevel(level))
    form: dict[str, Any] = json.loads(json.dumps(told.to_dict()))
    return form


def frozen(**names: list[str]) -> Agreement:
    """Make an agreement with frozen holidays; `names` are those of a date of 2026, as d0403."""
    form = STANDARD.replace(calendar=STANDARD.calendar.freeze(2026, 2027)).to_dict()
    days = form["calendar"]["holidays"]["days"]
    days |= {f"2026-{key[1:3]}-{key[3:]}": value for key, value in names.items()}
    form["calendar"]["holidays"]["days"] = {day: days[day] for day in sorted(days) if days[day]}
    return Agreement.from_dict(form)


def lines(*records: object) -> str:
    """Write NDJSON; texts are lines as they are."""
    texts = [each if isinstance(each, str) else json.dumps(each) for each in records]
    return "".join(f"{text}\n" for text in texts)


TAMPERED = record() | {"due": "2026-04-07T11:40:00+02:00"}
MIXED = lines(record(), "{", "", "[]", TAMPERED, " ", record(level=2), '{"schema": 1, "schema": 1}')
BAD = (2, 4, 5, 8)
GOOD = (1, 7)


@pytest.mark.parametrize("name", ["verify", "audit"])
def test_every_line_is_answered_under_its_number(
    command: Command, tmp_path: Path, name: str
) -> None:
    """One that is broken, is no record, or was tampered with stops no other."""
    path = tmp_path / "records.ndjson"
    path.write_text(MIXED, "utf-8")
    status, out, err = command(name, path)
    answers = out.splitlines()
    assert status == 1
    assert [line.split(":")[0] for line in answers] == [
        f"Zeile {number}" for number in sorted(BAD + GOOD)
    ]
    assert ["Fehler: " in line for line in answers] == [
        number in BAD for number in sorted(BAD + GOOD)
    ]
    assert err.rstrip().endswith("4 of 6")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("name", ["verify", "audit"])
def test_every_line_is_answered_in_json(command: Command, tmp_path: Path, name: str) -> None:
    """An object a line, with the same numbers."""
    path = tmp_path / "records.ndjson"
    path.write_text(MIXED, "utf-8")
    status, out, _ = command(name, path, "--json")
    answers = {each.pop("line"): each for each in map(json.loads, out.splitlines())}
    assert status == 1
    assert sorted(answers) == sorted(BAD + GOOD)
    for number in BAD:
        assert list(answers[number]) == ["error"]
    expected = (
        {"holds": True, "due": DUE}
        if name == "verify"
        else {"same": True, "recorded_due": DUE, "due": DUE, "changes": []}
    )
    assert answers[1] == expected


@pytest.mark.parametrize(
    ("name", "german", "english"),
    [
        (
            "verify",
            "Stimmt: Die erste Antwort ist bis Dienstag, 7. April",
            "Verified: The first resp",
        ),
        (
            "audit",
            "Unverändert: fällig Dienstag, 7. April 2026, 09:40",
            "Unchanged: due Tuesday 7 April",
        ),
    ],
)
def test_one_record_needs_no_line(
    command: Command, tmp_path: Path, name: str, german: str, english: str
) -> None:
    """A file *.json holds one record over many lines, also under a name in capitals."""
    path = tmp_path / "RECORD.JSON"
    path.write_text(json.dumps(record(), indent=2), "utf-8")
    status, out, err = command(name, path)
    assert (status, err) == (0, "")
    assert out.startswith(german)
    assert len(out.splitlines()) == 1
    status, out, err = command(name, path, "--language", "en")
    assert (status, err) == (0, "")
    assert out.startswith(english)
    status, out, _ = command(name, path, "--json")
    assert status == 0
    assert "line" not in json.loads(out)


@pytest.mark.parametrize("arguments", [[], ["-"]])
@pytest.mark.parametrize("name", ["verify", "audit"])
def test_records_come_from_standard_input(
    command: Command, monkeypatch: Patch, name: str, arguments: list[str]
) -> None:
    """Where no file is named, or `-`; a mark at the beginning is no part of the first line."""
    piped(monkeypatch, b"\xef\xbb\xbf" + lines(record(), record(level=2)).encode())
    status, out, err = command(name, *arguments, "--language", "en")
    assert (status, err) == (0, "")
    assert [line[:7] for line in out.splitlines()] == ["line 1:", "line 2:"]


@pytest.mark.parametrize("name", ["verify", "audit"])
@pytest.mark.parametrize("content", [b"", b"\n", b" \r\n\n", b"\xef\xbb\xbf"])
def test_no_record_at_all_is_an_error(
    command: Command, monkeypatch: Patch, tmp_path: Path, name: str, content: bytes
) -> None:
    """An export that went wrong is not `all records hold`."""
    path = tmp_path / "none.ndjson"
    path.write_bytes(content)
    status, out, err = command(name, path)
    assert (status, out) == (2, "")
    assert "none.ndjson holds no record" in err
    piped(monkeypatch, content)
    status, out, err = command(name)
    assert (status, out) == (2, "")
    assert "holds no record" in err


@pytest.mark.parametrize("name", ["verify", "audit"])
@pytest.mark.parametrize("suffix", ["json", "ndjson"])
def test_marks_and_bytes_that_are_no_text(
    command: Command, tmp_path: Path, name: str, suffix: str
) -> None:
    """A mark at the beginning is taken, other bytes are that record's error; no traceback."""
    path = tmp_path / f"record.{suffix}"
    path.write_bytes(b"\xef\xbb\xbf" + lines(record()).encode())
    assert command(name, path)[0] == 0
    path.write_bytes(lines(record()).encode().replace(b"critical", b"critic\xe4l"))
    status, out, err = command(name, path)
    assert status == 1
    assert "Fehler: " in out
    assert "1 of 1" in err
    path.write_bytes(lines(record()).encode("utf-16"))
    assert command(name, path)[0] == 1


@pytest.mark.parametrize("name", ["verify", "audit"])
def test_what_cannot_be_opened(command: Command, tmp_path: Path, name: str) -> None:
    """No file, a directory, an option that is none."""
    for arguments in ([tmp_path / "none.ndjson"], [tmp_path / "none.json"], [tmp_path], ["--x"]):
        status, out, err = command(name, *arguments)
        assert (status, out) == (2, "")
        assert "netcor-sla" in err


@pytest.mark.parametrize("name", ["verify", "audit"])
def test_a_single_record_that_is_broken(command: Command, tmp_path: Path, name: str) -> None:
    """It is told where the answer would stand, and the status is 1."""
    path = tmp_path / "record.json"
    for content in ("", "{", lines(record(), record()), json.dumps(TAMPERED)):
        path.write_text(content, "utf-8")
        status, out, err = command(name, path)
        assert status == 1
        assert out.startswith("Fehler: ")
        assert "1 of 1" in err
    status, out, _ = command(name, path, "--language", "en")
    assert out.startswith("error: ")
    status, out, _ = command(name, path, "--json")
    assert status == 1
    assert list(json.loads(out)) == ["error"]


FORGED = "DE\nZeile 2: Stimmt: alles"


@pytest.mark.parametrize("name", ["verify", "audit"])
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"holidays": {"country": FORGED, "subdivision": 5}}, id="country"),
        pytest.param({"holidays": {"country": FORGED, "subdivision": "X"}}, id="label"),
        pytest.param({"zone": FORGED}, id="zone"),
        pytest.param({FORGED: 1}, id="key"),
        pytest.param({"special": {FORGED: []}}, id="date"),
    ],
)
def test_no_record_writes_a_line_of_its_own(
    command: Command, tmp_path: Path, name: str, changes: dict[str, Any]
) -> None:
    """Else a record could say of another that it holds."""
    path = tmp_path / "records.ndjson"
    made = record(frozen())
    made["calendar"] |= changes
    path.write_text(lines(made), "utf-8")
    for language in ("de", "en"):
        _, out, _ = command(name, path, "--language", language)
        assert not [line for line in out.splitlines() if line.startswith("Zeile 2")]


@pytest.mark.parametrize("json_too", [[], ["--json"]])
@pytest.mark.parametrize("name", ["verify", "audit"])
def test_a_name_that_is_no_text_stops_no_other_record(
    command: Command, tmp_path: Path, name: str, json_too: list[str]
) -> None:
    """A lone surrogate can stand in JSON, and in no UTF-8."""
    odd = json.dumps(record(frozen(d0407=["Oddtag", "Odd"]))).replace("Oddtag", "\\ud800")
    path = tmp_path / "records.ndjson"
    path.write_text(lines(odd, record()), "utf-8")
    status, out, err = command(name, path, *json_too)
    assert status in (0, 1)
    assert len([line for line in out.splitlines() if line.startswith(("Zeile", "{"))]) == 2
    assert "codec" not in err


def test_an_audit_that_differs(command: Command, tmp_path: Path) -> None:
    """Without Good Friday the deadline was Friday: today's data names the day."""
    path = tmp_path / "record.json"
    path.write_text(json.dumps(record(frozen(d0403=[]))), "utf-8")
    assert command("verify", path)[0] == 0
    status, out, err = command("audit", path)
    assert status == 1
    assert out.splitlines()[1] == "2026-04-03: damals kein Feiertag, heute Karfreitag"
    assert "1 of 1" in err
    status, out, _ = command("audit", path, "--json")
    assert status == 1
    assert json.loads(out) == {
        "same": False,
        "recorded_due": "2026-04-03T10:40:00+02:00",
        "due": DUE,
        "changes": [
            {
                "kind": "holiday",
                "where": "2026-04-03",
                "recorded": None,
                "today": ["Karfreitag", "Good Friday"],
            }
        ],
    }


def test_an_audit_that_has_no_answer(command: Command, tmp_path: Path) -> None:
    """Of a country that nobody knows today; `due` is null then."""
    made = record(frozen())
    made["calendar"]["holidays"] = "XX-NI"
    path = tmp_path / "records.ndjson"
    path.write_text(lines(made, record()), "utf-8")
    status, out, _ = command("audit", path, "--json")
    first, second = map(json.loads, out.splitlines())
    assert status == 1
    assert (first["same"], first["due"], first["recorded_due"]) == (False, None, DUE)
    assert [each["kind"] for each in first["changes"]] == ["refused"]
    assert second["same"]


def test_a_frozen_agreement_is_an_agreement(command: Command, tmp_path: Path) -> None:
    """What `freeze` writes, `--agreement` reads: the same deadline, and none in other years."""
    status, out, err = command("freeze", *YEARS)
    assert (status, err) == (0, "")
    assert len(out.splitlines()) > 10
    path = tmp_path / "frozen.json"
    path.write_text(out, "utf-8")
    assert command("due", OPENED, "1", "--agreement", path)[:2] == (0, f"{DUE}\n")
    status, out, err = command("due", "2028-04-02T10:00Z", "1", "--agreement", path)
    assert (status, out) == (2, "")
    assert "2026 to 2027" in err
    assert command("freeze", "--compare", path) == (0, "kein Unterschied\n", "")
    assert command("freeze", "--compare", path, "--language", "en")[1] == "no difference\n"
    assert command("freeze", "--compare", path, "--json") == (0, "", "")


def test_a_frozen_agreement_in_one_line(command: Command, tmp_path: Path) -> None:
    """For programs; umlauts as they are; and of any agreement, with all its terms."""
    given = STANDARD.replace(day_rule="end of day")
    path = tmp_path / "given.json"
    path.write_text(json.dumps(given.to_dict()), "utf-8")
    status, out, _ = command("freeze", *YEARS, "--agreement", path, "--json")
    assert (status, len(out.splitlines())) == (0, 1)
    expected = given.replace(calendar=given.calendar.freeze(2026, 2027))
    assert Agreement.from_dict(json.loads(out)) == expected
    assert "\\u" not in out


def test_a_comparison_that_differs(command: Command, tmp_path: Path) -> None:
    """A line a day, names included, and the status is 1."""
    path = tmp_path / "frozen.json"
    changed = frozen(d0403=["Freitag", "Good Friday"], d0406=[], d0704=["Fest", "Feast"])
    path.write_text(json.dumps(changed.to_dict()), "utf-8")
    status, out, err = command("freeze", "--compare", path)
    assert (status, err) == (1, "")
    assert out.splitlines() == [
        "2026-04-03: damals Freitag, heute Karfreitag",
        "2026-04-06: damals kein Feiertag, heute Ostermontag",
        "2026-07-04: damals Fest, heute kein Feiertag",
    ]
    status, out, _ = command("freeze", "--compare", path, "--language", "en")
    assert out.splitlines()[1] == "2026-04-06: then no public holiday, now Easter Monday"
    status, out, _ = command("freeze", "--compare", path, "--json")
    assert status == 1
    assert json.loads(out.splitlines()[2]) == {
        "kind": "holiday",
        "where": "2026-07-04",
        "recorded": ["Fest", "Feast"],
        "today": None,
    }


def test_a_comparison_of_names_that_are_no_text(command: Command, tmp_path: Path) -> None:
    """In words and in JSON: told, and no error of encoding."""
    path = tmp_path / "frozen.json"
    odd = json.dumps(frozen(d0403=["Freitag", "Friday"]).to_dict()).replace("Freitag", "\\ud800")
    path.write_text(odd, "utf-8")
    for json_too in ([], ["--json"]):
        status, out, err = command("freeze", "--compare", path, *json_too)
        assert (status, err) == (1, "")
        assert "2026-04-03" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param([], "give two years", id="nothing"),
        pytest.param(["2026"], "give two years", id="one year"),
        pytest.param(["2026", "2027", "--compare"], "give two years", id="both"),
        pytest.param(["2026", "--compare"], "give two years", id="one year and a file"),
        pytest.param(["2027", "2026"], "2026 is before", id="reversed"),
        pytest.param(["1990", "2026"], "1991 to 2100", id="before"),
        pytest.param(["2026", "2101"], "1991 to 2100", id="after"),
        pytest.param(["26", "27"], "'26' is no year", id="no year"),
        pytest.param(["2026", "2027", "2028"], "unrecognized arguments", id="three years"),
    ],
)
def test_a_freeze_that_is_refused(
    command: Command, tmp_path: Path, arguments: list[str], message: str
) -> None:
    """Status 2, nothing on stdout, and what to write instead."""
    path = tmp_path / "frozen.json"
    path.write_text(json.dumps(frozen().to_dict()), "utf-8")
    compared = [path] if arguments[-1:] == ["--compare"] else []
    status, out, err = command("freeze", *arguments, *compared)
    assert (status, out) == (2, "")
    assert message in err


def test_a_comparison_that_is_refused(command: Command, tmp_path: Path) -> None:
    """Of a calendar that is not frozen, of no agreement, and of no file."""
    path = tmp_path / "given.json"
    path.write_text("{}", "utf-8")
    status, out, err = command("freeze", "--compare", path)
    assert (status, out) == (2, "")
    assert "not frozen" in err
    path.write_text("[]", "utf-8")
    assert command("freeze", "--compare", path)[0] == 2
    assert command("freeze", "--compare", tmp_path / "none.json")[0] == 2


def test_a_calendar_without_holidays_can_be_frozen(command: Command, tmp_path: Path) -> None:
    """There is nothing to compare it with, and so no difference."""
    path = tmp_path / "given.json"
    plain = STANDARD.replace(calendar=STANDARD.calendar.replace(holidays=None))
    path.write_text(json.dumps(plain.to_dict()), "utf-8")
    status, out, _ = command("freeze", *YEARS, "--agreement", path)
    assert status == 0
    path.write_text(out, "utf-8")
    assert command("freeze", "--compare", path) == (0, "kein Unterschied\n", "")
