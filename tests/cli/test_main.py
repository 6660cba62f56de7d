"""The command line, as a person and as a pipeline meet it."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from netcor_sla import Agreement, EscalationLevel, response_due
from netcor_sla._calendars.timestamps import timestamp
from netcor_sla._cli import run
from netcor_sla._languages import Language
from netcor_sla.records import verify

OPENED = "2025-03-07T16:00+01:00"  # a Friday
DUE = response_due(timestamp(OPENED), EscalationLevel.CRITICAL).isoformat()

Command = Callable[..., tuple[int, str, str]]


def program(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    line = [sys.executable, "-m", "netcor_sla", *arguments]
    return subprocess.run(line, capture_output=True, check=False, timeout=60, **options)  # type: ignore[call-overload,no-any-return]


def test_due_answers_with_the_deadline(command: Command, desk: str) -> None:
    """One line on stdout, in the zone of the question, and nothing on stderr."""
    assert command("due", OPENED, 1) == (0, f"{DUE}\n", "")
    question = ("due", "2025-03-07 15:00:00 UTC", "Kritisch", "--agreement", desk)
    due = "2025-03-10T10:30:00+00:00"
    assert command(*question) == (0, f"{due}\n", "")
    expected = {"opened_at": "2025-03-07T15:00:00+00:00", "level": 1, "due": due}
    assert json.loads(command(*question, "--json")[1]) == expected


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("de", "Die erste Reaktion ist spätestens am Montag, 10. März 2025, um 11:30 Uhr (UTC+1) fällig."),
        ("en", "The first response is due by Monday 10 March 2025, 11:30 (UTC+1)."),
    ],
)
def test_due_explains_itself(
    command: Command, agreement: Agreement, desk: str, language: Language, first: str
) -> None:
    """Word for word what the library says, German where nothing is asked for."""
    question = ("due", OPENED, 1, "--explain", "--agreement", desk)
    text = agreement.explain(timestamp(OPENED), EscalationLevel.CRITICAL).text(language)
    assert command(*question, "--language", language) == (0, f"{text}\n", "")
    assert text.splitlines()[0] == first
    assert (command(*question)[1] == f"{text}\n") == (language == "de")


def test_due_explains_itself_to_programs(command: Command, desk: str, tmp_path: Path) -> None:
    """The record, in one line, whatever the language; `verify` and `audit` take it."""
    question = ["due", "2026-04-02T15:10", "Kritisch", "--assume-zone", "Europe/Berlin", "--json"]
    status, out, err = command(*question, "--explain", "--agreement", desk)
    assert (status, err, out.count("\n")) == (0, "", 1)
    assert command(*question, "--explain", "--language", "en", "--agreement", desk)[1] == out
    record, short = json.loads(out), json.loads(command(*question, "--agreement", desk)[1])
    assert (record["opened_at"], record["due"]) == (short["opened_at"], short["due"])
    assert "Karfreitag" in out
    assert verify(record).to_dict() == record
    for suffix in ("json", "ndjson"):
        path = tmp_path / f"record.{suffix}"
        path.write_text(out, "utf-8")
        for name in ("verify", "audit"):
            assert command(name, path)[0] == 0


def test_a_record_goes_through_a_pipe() -> None:
    """Byte for byte, umlauts included, from one process to the next."""
    question = ["due", "2026-05-13T16:00+01:00", "4", "--explain", "--json"]
    made = program(*question, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert (made.returncode, made.stderr) == (0, b"")
    held = program("verify", input=made.stdout)
    assert (held.returncode, held.stderr) == (0, b"")
    assert held.stdout.startswith("Zeile 1: Bestätigt: Die erste ".encode())


@pytest.mark.parametrize(
    ("at", "answer", "until"),
    [
        ("16:00+01:00", "geöffnet bis Freitag, 7. März 2025, 17:00 Uhr (UTC+1)", "07T17:00:00+01:00"),
        ("17:00+01:00", "geschlossen bis Montag, 10. März 2025, 08:30 Uhr (UTC+1)", "10T08:30:00+01:00"),
        ("15:00Z", "open until Friday 7 March 2025, 16:00 (UTC)", "07T16:00:00+00:00"),
        ("16:00Z", "closed until Monday 10 March 2025, 07:30 (UTC)", "10T07:30:00+00:00"),
    ],
)
def test_open_says_whether_and_until_when(
    command: Command, desk: str, at: str, answer: str, until: str
) -> None:
    """In words for people, in the zone of the question; the exit status is the answer too."""
    state = answer.partition(" ")[0]
    language = "en" if state in ("open", "closed") else "de"
    question = ("open", f"2025-03-07T{at}", "--agreement", desk)
    expected = 0 if state in ("open", "geöffnet") else 1
    assert command(*question, "--language", language) == (expected, f"{answer}\n", "")
    status, out, _ = command(*question, "--json")
    found = json.loads(out)
    assert (status, found["open"], found["until"]) == (expected, not expected, f"2025-03-{until}")


def test_a_desk_that_never_closes_has_no_end(command: Command, tmp_path: Path) -> None:
    """Then the answer has no instant, and is an answer all the same."""
    hours = {"mon-sun": [["00:00", "24:00"]]}
    path = tmp_path / "always.json"
    always = {"calendar": {"zone": "UTC", "hours": hours, "holidays": None}}
    path.write_text(json.dumps(always), "utf-8")
    status, out, _ = command("open", OPENED, "--agreement", path, "--json")
    assert (status, json.loads(out)["until"]) == (0, None)
    assert command("open", OPENED, "--agreement", path) == (0, "geöffnet\n", "")


def test_a_level_has_its_calendar(command: Command, tmp_path: Path) -> None:
    """Of an agreement with several, the one that the level is asked for counts."""
    always = {"zone": "UTC", "hours": {"mon-sun": [["00:00", "24:00"]]}, "holidays": "FR"}
    path = tmp_path / "levels.json"
    path.write_text(json.dumps({"calendars": {"critical": always}}), "utf-8")
    sunday = ("open", "2025-03-09T16:00+01:00", "--agreement", path)
    statuses = [command(*sunday, *level)[0] for level in ([], ["--level", "Kritisch"], ["--level=2"])]
    assert statuses == [1, 0, 1]
    found = [command("holidays", 2026, "--agreement", path, *level)[1] for level in ([], ["--level", "1"])]
    assert ["2026-07-14" in each for each in found] == [False, True]


def test_holidays_are_listed_in_both_languages(command: Command, desk: str) -> None:
    """A line a holiday, German where nothing is said."""
    lines = command("holidays", 2026, "--agreement", desk)[1].splitlines()
    assert lines[1] == "2026-04-03  Karfreitag"
    assert len(lines) == 10
    _, out, _ = command("holidays", 2026, "--language", "en", "--json", "--agreement", desk)
    assert json.loads(out.splitlines()[0]) == {"date": "2026-01-01", "name": "New Year's Day"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("", "required: COMMAND"),
        (f"due {OPENED}", "required: LEVEL"),
        (f"due {OPENED} 5", "'5' is n"),
        ("due 2025-03-07 1", "'2025-03-07' is n"),
        ("due 1990-03-07T16:00Z 1", "1991 to 2100"),
        (f"due {OPENED} 1 --assume-zone Mars", "zone 'Mars'"),
        (f"due {OPENED} 1 --agreement none.json", "No such file"),
        (f"due {OPENED} 1 --agreement a.yaml", "must be named *.json or *.toml"),
        (f"due {OPENED} 1 --language fr", "invalid choice"),
        (f"due {OPENED} 1 --js", "unrecognized arguments"),
        ("open now", "'now' is n"),
        ("holidays 26", "'26' is not a year; write four digits, for example 2026"),
        ("holidays 111111111", "is not a year"),
        ("holidays 0000", "is not a year"),
        ("holidays 2101", "1991 to 2100"),
        ("batch none.csv", "No such file"),
        ("batch none.xlsx", "No such file"),
        ("batch .", "Is a directory"),
        ("batch --level high", "write it as '1 - Critical=1'"),
        ("batch --level high=9", "'9' is n"),
        ("batch --level P1=1 --level P2=2 --level P1=4", "'P1' is given as two levels"),
        ("batch --encoding hex", "'hex' is not an encoding"),
        ("batch --delimiter ::", "is not a delimiter"),
        ("batch --format %d.%m.%Y", "reads no hour"),
        ("batch --format %d.%m.%YT%H:%M", "reads no offset; add --assume-zone"),
        ("verify none.ndjson", "No such file"),
        ("freeze", "give two years"),
    ],
)
def test_bad_usage_is_one_clear_message(english: Command, arguments: str, message: str) -> None:
    """Status 2, nothing on stdout, the remedy on stderr."""
    status, out, err = english(*arguments.split())
    assert (status, out) == (2, "")
    assert message in err


def test_the_help_says_what_there_is(command: Command) -> None:
    """Levels are counted, not written down; the version is the one that is built."""
    assert f"1 bis {len(EscalationLevel)}, oder ein Name" in command("due", "--help")[1]
    _, out, _ = command("--help")
    assert all(name in out for name in ("due", "batch", "report", "open", "holidays", "freeze"))
    assert command("--version")[1].startswith("netcor-sla 0.")


def test_a_stream_of_another_kind_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under a shell in a window, stdout may be no file at all."""
    said = io.StringIO()
    monkeypatch.setattr(sys, "stdout", said)
    monkeypatch.setattr(sys, "argv", ["netcor-sla", "due", OPENED, "1"])
    with pytest.raises(SystemExit) as leaving:
        run()
    assert (leaving.value.code, said.getvalue()) == (0, f"{DUE}\n")


def test_one_deadline_imports_no_more_than_it_needs(agreement: Agreement, tmp_path: Path) -> None:
    """A ticket system starts a process a ticket; tables, pages and pictures cost it nothing."""
    path = tmp_path / "frozen.json"
    frozen = agreement.replace(calendar=agreement.calendar.freeze(2025, 2026))
    path.write_text(json.dumps(frozen.to_dict()), "utf-8")
    asked = f"main(['due', '{OPENED}', '1', '--agreement', '{path}'])"
    unwanted = ["csv", "holidays", "jinja2", "tomllib", "tqdm"]
    unwanted += [f"netcor_sla.{name}" for name in ("reports", "records", "_cli.batch", "_cli.log")]
    code = f"import sys; from netcor_sla._cli.main import main; {asked}"
    code += f"; print([name for name in {unwanted} if name in sys.modules])"
    line = [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path}; {code}"]
    done = subprocess.run(line, capture_output=True, check=True, text=True)
    assert done.stdout.splitlines() == ["2025-03-10T11:30:00+01:00", "[]"]


def test_the_answer_is_the_same_in_every_locale() -> None:
    """Neither the language nor the encoding nor the zone of the machine matters."""
    answers = set()
    for language, zone in (("C", "UTC"), ("de_DE.UTF-8", "Asia/Tokyo"), ("th_TH.UTF-8", "UTC")):
        names = {"LANG": language, "LC_ALL": language, "LANGUAGE": language[:2], "TZ": zone}
        for question in (["open", "2025-03-07T12:00+01:00"], ["holidays", "2026"]):
            done = program(*question, env=os.environ | names | {"PYTHONIOENCODING": "ascii"})
            answers.add((done.returncode, done.stdout))
    assert len(answers) == 2
    assert "geöffnet bis".encode() in b"".join(out for _, out in answers)


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    """As with `| head -1`: no traceback, no word."""
    table = tmp_path / "tickets.csv"
    table.write_text("opened_at,level\n" + f"{OPENED},1\n" * 20_000, "utf-8")
    line, pipe = [sys.executable, "-m", "netcor_sla", "batch", str(table)], subprocess.PIPE
    with subprocess.Popen(line, stdout=pipe, stderr=pipe) as running:
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
    code = f"{heed}; from netcor_sla._cli import run; run()"
    line, pipe = [sys.executable, "-c", code, "batch"], subprocess.PIPE
    with subprocess.Popen(line, stdin=pipe, stdout=pipe, stderr=pipe) as running:
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


STOPPED = """
import sys
class Stop:
    def find_spec(name, *_):
        if name not in ("netcor_sla", "netcor_sla._cli"):
            sys.meta_path.remove(Stop)
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stop)
from netcor_sla._cli import run
run()
"""


def test_an_interrupt_while_it_starts_ends_quietly() -> None:
    """From the first thing on that it imports."""
    done = subprocess.run(
        [sys.executable, "-c", STOPPED, "due"], capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (130, b"")


@pytest.mark.parametrize(("closing", "status"), [("<&-", 2), (">&-", 0), ("2>&-", 0), ("<&- >&- 2>&-", 2)])
def test_closed_streams_are_no_accident(closing: str, status: int) -> None:
    """As under cron or a service: no traceback, whatever is missing."""
    line = f'exec "{sys.executable}" -m netcor_sla batch {closing}'
    given = f"opened_at,level\n{OPENED},1\n".encode()
    done = subprocess.run(["/bin/sh", "-c", line], input=given, capture_output=True, check=False, timeout=60)
    assert done.returncode == status
    assert b"Traceback" not in done.stderr + done.stdout
    assert (DUE.encode() in done.stdout) == (closing == "2>&-")
