"""What the command line says is in one language: the one that is asked for, and German otherwise."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from netcor_sla import Agreement
from netcor_sla._cli.arguments import COMMANDS

from .conftest import ENGLISH, GERMAN, words

OPENED = "2025-03-07T16:00+01:00"
Command = Callable[..., tuple[int, str, str]]

AGREEMENTS = [
    *({"calendar": {"zone": "Mars", "hours": {}, "holidays": None}}, {"calendar": 1}, {"calender": {}}, []),
    {"calendar": {"zone": "UTC", "hours": {"mon": [["9", "17:00"]]}, "holidays": None}},
    {"calendar": {"zone": "UTC", "hours": {"mon": [["17:00", "09:00"]]}, "holidays": "DE-XX"}},
    *({"targets": {"critical": target}} for target in (2, {"hours": 0}, {"weeks": 1})),
    *({"day_rule": "soon"}, {"at_risk": 2}, {"targets": {"urgent": {"hours": 1}}}),
]


@pytest.mark.parametrize("form", AGREEMENTS, ids=range(len(AGREEMENTS)))
def test_a_bad_agreement_is_said_in_one_language(
    english: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: object
) -> None:
    """Whatever part of the library refuses it."""
    monkeypatch.chdir(tmp_path)
    Path("own.json").write_text(json.dumps(form), "utf-8")
    status, _, err = english("due", OPENED, "1", "--agreement", "own.json")
    assert (status, "--agreement: own.json: " in err) == (2, True)


@pytest.mark.parametrize(
    "line", ["{", "[]", "[" * 200_000, '{"a": 1, "a": 2}', '{"a": NaN}', "{}", "1" * 5000]
)
@pytest.mark.parametrize("name", ["verify", "audit"])
def test_a_bad_record_is_said_in_one_language(command: Command, name: str, line: str) -> None:
    """With the line of the file, and no other; json's own English is not repeated."""
    for language, foreign in (("de", ENGLISH), ("en", GERMAN)):
        status, out, err = command(name, "--language", language, stdin=f"\n{line}\n")
        assert (status, out.count("\n")) == (1, 1)
        assert words(foreign, out + err) == [], out
        assert out.startswith("Zeile 2: Fehler: " if language == "de" else "line 2: error: ")
    assert command(name, stdin="x\n")[1] == "Zeile 1: Fehler: kein JSON\n"


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_in_the_language_that_is_asked_for_anywhere(command: Command, name: str) -> None:
    """German as ever, and English before the command or behind it."""
    asked = [*([name] if name else []), "--help"]
    status, german, _ = command(*asked)
    assert (status, words(ENGLISH, german)) == (0, [])
    status, english, _ = command("--language=en", *asked)
    assert (status, words(GERMAN, english)) == (0, [])
    assert command(*asked[:-1], "--language", "en", "--help")[1] == english != german


def test_messages_name_the_option_that_helps(
    command: Command, english: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And never an argument of Python."""
    monkeypatch.chdir(tmp_path)

    def said(text: str | bytes, *options: str) -> str:
        return english("batch", *options, stdin=text)[2]

    assert "add --encoding utf-16" in said("opened_at,level\n".encode("utf-16"))
    assert "add --delimiter ';'" in said("sep=;\nopened_at;level\n")
    assert "add --delimiter ';'" in said("opened_at;level\n")
    assert "add --delimiter 'tab'" in said("opened_at\tlevel\n", "--delimiter", ";")
    assert "jq -c '.[]'" in said('[{"opened_at": 1}]', "--from", "ndjson")
    path = Path("tickets.json")
    path.write_text("[]", "utf-8")
    assert "--from ndjson where each line is an object" in english("batch", path)[2]
    assert "--assume-zone" in english("due", "2025-03-07T16:00", "1")[2]
    path.write_text(
        '{"calendar": {"zone": "UTC", "hours": {}, "holidays": null, "extra": [["2025-03-07T16:00", ""]]}}'
    )
    assert "02:00\n" in english("due", OPENED, "1", "--agreement", path)[2]  # and no option, as there is none
    path.write_text('{"targets": {"high": {"hours": 0.5}, "low": {"days": 0}}}')
    assert "write half an hour as 30 minutes" in english("due", OPENED, "1", "--agreement", path)[2]
    err = english("due", "1990-03-07T16:00Z", "1")[2]
    assert ("holidays=" in err, "calendar without holidays" in err) == (False, True)
    err = command("due", "1990-03-07T16:00Z", "1")[2]
    assert err.startswith(
        "netcor-sla: 1990-03-07T16:00:00+00:00 liegt außerhalb von 1991 bis 2100, den Jahren"
    )
    table = "opened_at,level\n1. März 2026 10:00 +0100,1\n"
    assert "in English" in said(table, "--format", "%d. %B %Y %H:%M %z")


def test_a_file_without_records_is_answered_in_a_few_lines(command: Command) -> None:
    """Not in one for each of its lines; for programs each has its answer."""
    text = "no record\n" * 200
    status, out, err = command("verify", stdin=text)
    assert (status, len(out.splitlines()), "200 von 200" in err) == (1, 5, True)
    assert len(command("verify", "--json", stdin=text)[1].splitlines()) == 200


def test_what_is_too_large_is_refused_at_once(command: Command, tmp_path: Path, agreement: Agreement) -> None:
    """A key of TOML takes quadratic time; every year of holidays as JSON is read all the same."""
    path = tmp_path / "own.toml"
    path.write_text(f"{'a.' * 32_000}a = 1", "utf-8")
    assert "eine Zeile hat über 300 Punkte" in command("due", OPENED, "1", "--agreement", path)[2]
    frozen = agreement.replace(calendar=agreement.calendar.freeze(1991, 2100))
    path = tmp_path / "own.json"
    path.write_text(json.dumps(frozen.to_dict(), indent=2), "utf-8")
    assert command("due", OPENED, "1", "--agreement", path)[0] == 0
    pairs = ", ".join(f'"{number}": 1' for number in range(50_000))
    lines = f'{{{pairs}, "7": 2}}\n{{"a": "{"x" * 2**20}"}}\n'
    status, out, _ = command("batch", "--from", "ndjson", stdin=lines)
    assert (status, "'7' steht zweimal darin" in out, "mehr als 1048576 Zeichen" in out) == (1, True, True)
    assert len(command("batch", stdin=f"opened_at,level\n{'x,' * 100_000}\n")[2]) < 500


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize(
    ("arguments", "streams", "status"),
    [
        *(("due x 1", "2>/dev/full", 2), ("due x 1", "2>&-", 2), ("due", "2>/dev/full", 2)),
        *(("--version", ">/dev/full", 2), ("--help", ">/dev/full", 2)),
        *((f"due {OPENED} 1", ">/dev/full 2>/dev/full", 2), (f"due {OPENED} 1", "2>/dev/full", 0)),
    ],
)
def test_a_full_disk_is_no_answer(arguments: str, streams: str, status: int) -> None:
    """An exit status of 1 would be "no", and one of 0 would be a lie."""
    line = f'exec "{sys.executable}" -m netcor_sla {arguments} {streams}'
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=False, env=os.environ)
    assert (done.returncode, b"Traceback" in done.stderr) == (status, False)
