"""The command line, as a person and as a pipeline meet it."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from netcor_sla import STANDARD, EscalationLevel
from netcor_sla._calendars.timestamps import timestamp
from netcor_sla._cli.main import main, run
from netcor_sla._languages import Language
from netcor_sla._version import VERSION
from netcor_sla.records import verify

ROOT = Path(__file__).parents[2]
TICKETS = ROOT / "docs" / "tickets.csv"
REAL = ROOT.parent / "shared" / "data" / "incident_event_log.csv"
OPENED = "2025-03-07T16:00+01:00"
DUE = "2025-03-10T11:30:00+01:00"

Captured = pytest.CaptureFixture[str]


def program(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "netcor_sla", *arguments]
    return subprocess.run(command, capture_output=True, check=False, timeout=60, **options)  # type: ignore[call-overload,no-any-return]


def piped(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Put a text on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_due_answers_with_the_deadline(capsys: Captured) -> None:
    """One line on stdout, in the zone of the question, and nothing on stderr."""
    assert main(["due", OPENED, "1"]) == 0
    assert capsys.readouterr() == (f"{DUE}\n", "")


def test_due_in_json_repeats_the_question(capsys: Captured) -> None:
    """For programs."""
    assert main(["due", "2025-03-07 15:00:00 UTC", "Kritisch", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "opened_at": "2025-03-07T15:00:00+00:00",
        "level": 1,
        "due": "2025-03-10T10:30:00+00:00",
    }


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("de", "Die erste Antwort ist bis Montag, 10. März 2025, 11:30 Uhr (UTC+1) fällig."),
        ("en", "The first response is due by Monday 10 March 2025, 11:30 (UTC+1)."),
    ],
)
def test_due_explains_itself(capsys: Captured, language: Language, first: str) -> None:
    """Word for word what the library says, German where nothing is asked for."""
    assert main(["due", OPENED, "1", "--explain", "--language", language]) == 0
    out, err = capsys.readouterr()
    told = STANDARD.explain(timestamp(OPENED), EscalationLevel.CRITICAL).text(language)
    assert (out, err) == (f"{told}\n", "")
    assert out.splitlines()[0] == first
    assert main(["due", OPENED, "1", "--explain"]) == 0
    assert (capsys.readouterr().out == out) == (language == "de")


def test_due_explains_itself_to_programs(capsys: Captured, tmp_path: Path) -> None:
    """The record, in one line, whatever the language; `verify` and `audit` take it."""
    question = ["due", "2026-04-02T15:10", "Kritisch", "--assume-zone", "Europe/Berlin", "--json"]
    assert main([*question, "--explain"]) == 0
    out, err = capsys.readouterr()
    assert (err, out.count("\n")) == ("", 1)
    assert main([*question, "--explain", "--language", "en"]) == 0
    assert capsys.readouterr().out == out
    record = json.loads(out)
    assert main(question) == 0
    short = json.loads(capsys.readouterr().out)
    assert (record["opened_at"], record["due"]) == (short["opened_at"], short["due"])
    assert "Karfreitag" in out
    assert verify(record).to_dict() == record
    for suffix in ("json", "ndjson"):
        path = tmp_path / f"record.{suffix}"
        path.write_text(out, "utf-8")
        for command in ("verify", "audit"):
            assert main([command, str(path)]) == 0


def test_a_record_goes_through_a_pipe() -> None:
    """Byte for byte, umlauts included, from one process to the next."""
    question = ["due", "2026-05-13T16:00+01:00", "4", "--explain", "--json"]
    made = program(*question, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert (made.returncode, made.stderr) == (0, b"")
    held = program("verify", input=made.stdout)
    assert (held.returncode, held.stderr) == (0, b"")
    assert held.stdout.startswith(b"Zeile 1: Stimmt: Die erste Antwort ist bis ")


@pytest.mark.parametrize(
    "arguments", [["due", OPENED, "1", "--explain"], ["freeze", "2025", "2026"]]
)
def test_a_name_that_is_no_text_is_no_accident(
    capsys: Captured, tmp_path: Path, arguments: list[str]
) -> None:
    """A lone surrogate can stand in JSON: it is answered, or refused with the field's name."""
    path = tmp_path / "odd.json"
    odd = {"2025-03-07": {"spans": [], "name": "\ud800"}}
    form = STANDARD.calendar.to_dict() | {"special": odd}
    path.write_text(json.dumps({"calendar": form}), "utf-8")
    try:
        status = main([*arguments, "--json", "--agreement", str(path)])
    except SystemExit as leaving:
        status = int(str(leaving.code))
    out, err = capsys.readouterr()
    assert "codec" not in err
    assert (status == 0) == bool(out)
    assert status == 0 or "special" in err


def test_what_cannot_be_answered_cannot_be_explained(capsys: Captured) -> None:
    """The same errors as without."""
    for question in (["1990-03-07T16:00Z", "1"], [OPENED, "5"], ["2025-03-07T16:00", "1"]):
        assert main(["due", *question]) == 2
        plain = capsys.readouterr()
        assert main(["due", *question, "--explain"]) == 2
        assert capsys.readouterr() == plain


def test_a_naive_timestamp_needs_a_zone(capsys: Captured) -> None:
    """Never guessed; said, it is taken."""
    assert main(["due", "2025-07-07T16:00", "1"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "has no offset" in err
    assert main(["due", "2025-07-07T16:00", "1", "--assume-zone", "Europe/Berlin"]) == 0
    assert capsys.readouterr().out == "2025-07-08T11:30:00+02:00\n"


def test_an_agreement_comes_from_a_file(capsys: Captured, tmp_path: Path) -> None:
    """JSON here; TOML is the same to the reader."""
    path = tmp_path / "berlin.json"
    berlin = STANDARD.replace(calendar=STANDARD.calendar.replace(zone="Europe/Berlin"))
    path.write_text(json.dumps(berlin.to_dict()), "utf-8")
    assert main(["due", "2025-07-07T08:45+02:00", "1", "--agreement", str(path)]) == 0
    assert capsys.readouterr().out == "2025-07-07T12:45:00+02:00\n"
    assert main(["due", "2025-07-07T08:45+02:00", "1"]) == 0
    assert capsys.readouterr().out == "2025-07-07T13:30:00+02:00\n"


@pytest.mark.parametrize(
    ("at", "language", "status", "answer"),
    [
        pytest.param(
            "2025-03-07T16:00+01:00", "de", 0, "offen, schließt 2025-03-07T17:00:00+01:00"
        ),
        pytest.param(
            "2025-03-07T17:00+01:00", "de", 1, "geschlossen, öffnet 2025-03-10T08:30:00+01:00"
        ),
        pytest.param("2025-03-07T15:00Z", "en", 0, "open, closes 2025-03-07T16:00:00+00:00"),
        pytest.param("2025-03-07T16:00Z", "en", 1, "closed, opens 2025-03-10T07:30:00+00:00"),
    ],
    ids=["open", "at closing", "open, in English", "closed, in English"],
)
def test_open_says_whether_and_until_when(
    capsys: Captured, at: str, language: str, status: int, answer: str
) -> None:
    """The exit status is the answer too."""
    assert main(["open", at, "--language", language]) == status
    assert capsys.readouterr().out == f"{answer}\n"


def test_a_desk_that_never_closes_has_no_end(capsys: Captured, tmp_path: Path) -> None:
    """Then the answer has no instant, and is an answer all the same."""
    always = {
        "calendar": {"zone": "UTC", "hours": {"mon-sun": [["00:00", "24:00"]]}, "holidays": None}
    }
    path = tmp_path / "always.json"
    path.write_text(json.dumps(always), "utf-8")
    assert main(["open", OPENED, "--agreement", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["until"] is None
    assert main(["open", OPENED, "--agreement", str(path)]) == 0
    assert capsys.readouterr().out == "offen\n"


def test_holidays_are_listed_in_both_languages(capsys: Captured) -> None:
    """A line a holiday, German where nothing is said."""
    assert main(["holidays", "2026"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "2026-04-03  Karfreitag"
    assert len(lines) == 10
    assert main(["holidays", "2026", "--language", "en", "--json"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert json.loads(first) == {"date": "2026-01-01", "name": "New Year's Day"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param([], "required: COMMAND", id="no command"),
        pytest.param(["due", OPENED], "required: LEVEL", id="no level"),
        pytest.param(["due", OPENED, "5"], "'5' is no escalation level", id="level"),
        pytest.param(["due", "2025-03-07", "1"], "is no timestamp", id="a date alone"),
        pytest.param(["due", "1990-03-07T16:00Z", "1"], "1991 to 2100", id="year"),
        pytest.param(["due", OPENED, "1", "--assume-zone", "Mars"], "zone 'Mars'", id="zone"),
        pytest.param(["due", OPENED, "1", "--agreement", "none.json"], "No such file", id="file"),
        pytest.param(["due", OPENED, "1", "--language", "fr"], "invalid choice", id="language"),
        pytest.param(["due", OPENED, "1", "--js"], "unrecognized arguments", id="abbreviated"),
        pytest.param(["open", "now"], "'now' is no timestamp", id="now"),
        pytest.param(["holidays", "26"], "'26' is no year", id="short year"),
        pytest.param(["holidays", "1" * 9], "is no year", id="long year"),
        pytest.param(["holidays", "0000"], "is no year", id="year zero"),
        pytest.param(["holidays", "2101"], "1991 to 2100", id="unknown year"),
        pytest.param(["batch", "none.csv"], "No such file", id="no table"),
        pytest.param(["batch", "none.xlsx"], "No such file", id="no workbook"),
        pytest.param(["verify", "none.ndjson"], "No such file", id="no records"),
        pytest.param(["freeze"], "give two years", id="no years"),
        pytest.param(["batch", "--level", "high"], "write it as '1 - Critical=1'", id="pair"),
        pytest.param(["batch", "--level", "high=9"], "'9' is no escalation", id="pair's level"),
        pytest.param(["batch", "--encoding", "hex"], "'hex' is no encoding", id="encoding"),
        pytest.param(["batch", "--delimiter", "::"], "is no delimiter", id="delimiter"),
        pytest.param(["batch", "--format", "%d.%m.%Y"], "reads no hour", id="format of a date"),
        pytest.param(
            ["batch", "--format", "%d.%m.%Y %H:%M"], "add --assume-zone", id="format without zone"
        ),
    ],
)
def test_bad_usage_is_one_clear_message(
    capsys: Captured, arguments: list[str], message: str
) -> None:
    """Status 2, nothing on stdout, the remedy on stderr."""
    try:
        status = main(arguments)
    except SystemExit as leaving:
        status = int(str(leaving.code))
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert message in err


def test_an_agreement_that_is_none_names_its_file(capsys: Captured, tmp_path: Path) -> None:
    """Of several customers' files, the one to mend."""
    path = tmp_path / "vienna.json"
    path.write_text('{"targets": {"critical": 2}}', "utf-8")
    with pytest.raises(SystemExit):
        main(["due", OPENED, "1", "--agreement", str(path)])
    assert "vienna.json: targets: critical must be a table" in capsys.readouterr().err


def test_a_stream_of_another_kind_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under a shell in a window, stdout may be no file at all."""
    said = io.StringIO()
    monkeypatch.setattr(sys, "stdout", said)
    monkeypatch.setattr(sys, "argv", ["netcor-sla", "due", OPENED, "1"])
    with pytest.raises(SystemExit) as leaving:
        run()
    assert (leaving.value.code, said.getvalue()) == (0, f"{DUE}\n")


def test_the_version_is_shown(capsys: Captured) -> None:
    """The one that the package is built with."""
    with pytest.raises(SystemExit) as leaving:
        main(["--version"])
    assert leaving.value.code == 0
    assert capsys.readouterr().out == f"netcor-sla {VERSION}\n"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["dynamic"] == ["version"]


def test_the_example_is_answered_whole(capsys: Captured) -> None:
    """The tickets that the README begins with."""
    assert main(["batch", str(TICKETS)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert len(out.splitlines()) == len(TICKETS.read_text("utf-8").splitlines())


def test_some_rows_failed(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are done; the status is 1 and stderr names the first."""
    piped(monkeypatch, f"opened_at;level\n{OPENED};1\n?;1\n")
    assert main(["batch", "--delimiter", ";"]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[1] == f"{OPENED};1;{DUE};"
    assert err.startswith("netcor-sla: 1 of 2 rows failed; the first: line 3: opened_at: '?'")


def test_a_table_of_objects(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Known by its name, or by the option on standard input."""
    text = json.dumps({"opened_at": OPENED, "level": "1"}) + "\n"
    (tmp_path / "tickets.jsonl").write_text(text, "utf-8")
    assert main(["batch", str(tmp_path / "tickets.jsonl")]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == DUE
    piped(monkeypatch, text)
    assert main(["batch", "-", "--from", "ndjson"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == DUE


def test_a_table_of_no_known_kind(capsys: Captured, tmp_path: Path) -> None:
    """Its kind is not guessed from its content."""
    (tmp_path / "tickets.txt").write_text("opened_at,level\n", "utf-8")
    assert main(["batch", str(tmp_path / "tickets.txt")]) == 2
    assert "add --from csv or --from ndjson" in capsys.readouterr().err
    assert main(["batch", str(tmp_path / "tickets.txt"), "--from", "csv"]) == 0


def test_a_foreign_table(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    """Own names, own format, own priorities, own delimiter, a zone assumed."""
    piped(monkeypatch, "created\tprio\n07.03.2025 16:00\tP1\n")
    options = ["--opened-column", "created", "--level-column", "prio", "--delimiter", "tab"]
    options += ["--format", "%d.%m.%Y %H:%M", "--assume-zone", "+01:00", "--level", "P1=1"]
    assert main(["batch", *options, "--due-column", "frist", "--error-column", "fehler"]) == 0
    assert capsys.readouterr().out == (
        f"created\tprio\tfrist\tfehler\n07.03.2025 16:00\tP1\t{DUE}\t\n"
    )


def test_a_table_is_explained(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    """A column more, of the name and in the language that are asked for."""
    told = STANDARD.explain(timestamp(OPENED), EscalationLevel.CRITICAL)
    piped(monkeypatch, f"opened_at,level\n{OPENED},1\n?,1\n")
    assert main(["batch", "--explain"]) == 1
    good, bad = csv.DictReader(io.StringIO(capsys.readouterr().out, newline=""))
    assert (good["due"], good["explanation"]) == (DUE, told.text("de"))
    assert (bad["due"], bad["explanation"]) == ("", "")
    text = "".join(f'{{"opened_at": "{opened}", "level": 1}}\n' for opened in (OPENED, "?"))
    piped(monkeypatch, text)
    options = ["--from", "ndjson", "--explanation-column", "why", "--language", "en"]
    assert main(["batch", "--explain", *options]) == 1
    good, bad = map(json.loads, capsys.readouterr().out.splitlines())
    assert (good["due"], good["why"]) == (DUE, told.text("en"))
    assert (bad["due"], bad["why"]) == (None, None)
    assert "explanation" not in good


def test_a_table_that_is_not_explained(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    """A column of that name is then like any other, whatever the language."""
    piped(monkeypatch, f"opened_at,level,explanation\n{OPENED},1,mine\n")
    assert main(["batch", "--language", "en"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == f"{OPENED},1,mine,{DUE},"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--explain"], "line 1 has 'explanation' already"),
        (["--explain", "--explanation-column", "due"], "must be distinct"),
        (["--explain", "--explanation-column", "level"], "must be distinct"),
    ],
)
def test_an_explanation_needs_a_column_of_its_own(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, options: list[str], message: str
) -> None:
    """Nothing is overwritten, and nothing written."""
    piped(monkeypatch, f"opened_at,level,explanation\n{OPENED},1,mine\n")
    assert main(["batch", *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err


def test_bytes_that_are_no_text_pass_through() -> None:
    """A title in another encoding comes out as it went in, and the first mark is no cell."""
    table = b"\xef\xbb\xbfopened_at,level,title\n" + OPENED.encode() + b",1,M\xfcller\n"
    done = program("batch", input=table)
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == b"opened_at,level,title,due,error"
    assert b"M\xfcller" in done.stdout


def test_the_answer_is_the_same_in_every_locale() -> None:
    """Neither the language nor the encoding nor the zone of the machine matters."""
    answers = set()
    for language in ("C", "de_DE.UTF-8", "th_TH.UTF-8"):
        for zone in ("UTC", "Asia/Tokyo"):
            names = {"LANG": language, "LC_ALL": language, "LANGUAGE": language[:2], "TZ": zone}
            done = program("open", OPENED, env=os.environ | names | {"PYTHONIOENCODING": "ascii"})
            answers.add((done.returncode, done.stdout))
            done = program("holidays", "2026", env=os.environ | names)
            answers.add((done.returncode, done.stdout))
    assert len(answers) == 2
    assert "schließt".encode() in max(answers)[1] + min(answers)[1]


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    """As with `| head -1`: no traceback, no word."""
    table = tmp_path / "tickets.csv"
    table.write_text("opened_at,level\n" + f"{OPENED},1\n" * 20_000, "utf-8")
    command = [sys.executable, "-m", "netcor_sla", "batch", str(table)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe) as running:
        assert running.stdout
        assert running.stderr
        assert running.stdout.readline() == b"opened_at,level,due,error\n"
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 141


def test_an_interrupt_ends_quietly() -> None:
    """As with Ctrl-C: no traceback, no word, and what is done is written."""
    # Where the tests themselves run in the background, interrupts are ignored.
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = [
        sys.executable,
        "-c",
        f"{heed}; from netcor_sla._cli.main import run; run()",
        "batch",
    ]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        # More than the program holds back, less than the pipe to us can hold.
        running.stdin.write(b"opened_at,level\n" + f"{OPENED},1\n".encode() * 500)
        running.stdin.flush()
        assert running.stdout.readline() == b"opened_at,level,due,error\n"
        running.send_signal(signal.SIGINT)
        running.stdin.close()
        running.stdin = None
        assert running.stderr.read() == b""
        running.stdout.read()
        assert running.wait(60) == 130


@pytest.mark.parametrize(
    ("closing", "status"), [("<&-", 2), (">&-", 0), ("2>&-", 0), ("<&- >&- 2>&-", 2)]
)
def test_closed_streams_are_no_accident(closing: str, status: int) -> None:
    """As under cron or a service: no traceback, whatever is missing."""
    command = f'exec "{sys.executable}" -m netcor_sla batch {closing}'
    given = f"opened_at,level\n{OPENED},1\n".encode()
    done = subprocess.run(
        ["/bin/sh", "-c", command], input=given, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == status
    assert b"Traceback" not in done.stderr + done.stdout
    assert (DUE.encode() in done.stdout) == (closing == "2>&-")


def test_a_table_in_another_encoding(tmp_path: Path) -> None:
    """In and out; also the names of its columns."""
    table = tmp_path / "tickets.csv"
    table.write_bytes(f"Eröffnet;Priorität\n{OPENED};1\n".encode("cp1252"))
    names = ["--opened-column", "Eröffnet", "--level-column", "Priorität"]
    done = program("batch", str(table), *names, "--delimiter", ";", "--encoding", "cp1252")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("cp1252").startswith("Eröffnet;Priorität;due;error\n")


def test_a_table_of_another_encoding_than_said(tmp_path: Path) -> None:
    """What can't be read or written in it ends with a message."""
    table = tmp_path / "tickets.csv"
    table.write_bytes("opened_at,level\n".encode("utf-16")[:-1])
    done = program("batch", str(table), "--encoding", "utf-16")
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
    assert done.stderr.startswith(b"netcor-sla: ")


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def test_a_progress_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    """Whoever watches sees how far it is; the rows are not touched by it."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(["batch", str(TICKETS)]) == 0
    assert "100%" in terminal.getvalue()
    assert "due,error" in capsys.readouterr().out


def test_no_progress_bar_elsewhere(capsys: Captured) -> None:
    """In a log it would be noise."""
    assert main(["batch", str(TICKETS)]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(not REAL.is_file(), reason="the real tickets are not beside the project")
def test_real_tickets(capsys: Captured) -> None:
    """All 3,019 rows of a real log are answered, each incident by its last row once."""
    levels = ["1 - Critical=1", "2 - High=2", "3 - Moderate=3", "4 - Low=4"]
    options = ["--level-column", "priority", "--format", "%d-%m-%Y %H:%M"]
    options += [
        "--assume-zone",
        "+01:00",
        *(part for level in levels for part in ("--level", level)),
    ]
    assert main(["batch", str(REAL), *options]) == 0
    header, *rows = (line.split(",") for line in capsys.readouterr().out.splitlines())
    assert len(rows) == 3019
    last = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    counted = Counter(row["priority"] for row in last.values() if row["due"] and not row["error"])
    assert counted == {"1 - Critical": 9, "2 - High": 19, "3 - Moderate": 377, "4 - Low": 40}
