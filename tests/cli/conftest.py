"""The command, run inside the tests; and a desk of their own, which no change of the policy moves."""

import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from netcor_sla import Agreement, BusinessCalendar
from netcor_sla._cli.main import main

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run the command: its status, and what it said on stdout and stderr."""

    def run(*arguments: object, stdin: str | bytes = b"") -> tuple[int, str, str]:
        content = stdin.encode(errors="surrogateescape") if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        try:
            status = main([str(each) for each in arguments])
        except SystemExit as leaving:
            status = int(str(leaving.code))
        return status, *capsys.readouterr()

    return run


ENGLISH = (
    "a|and|are|as|before|by|choose|column|did|does|expected|file|for|from|give|has|holds|invalid|is|it|lies|line|"
    "mean|must|needs?|no|nothing|of|one|only|or|outside|rows|that|the|then|there|to|unknown|usage|which|with|write"
)
GERMAN = "aber|das|dem|den|der|eine?|es|ist|keine?|nennt|nicht|oder|sind|sonst|und|von|wie"


def words(language: str, text: str) -> list[str]:
    """Find words of a language, but in what is quoted, in options and in the names of columns."""
    bare = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"|--[\w-]+|\{[\w,]+\}|[\w.]*[_.:][\w.:]+|\w+:", " ", text.lower())
    return re.findall(rf"\b(?:{language})\b", bare)


@pytest.fixture
def english(command: Command) -> Command:
    """Run the command in English, and hold that what it says is so; and German where nothing is asked for."""

    def run(*arguments: object, stdin: str | bytes = b"") -> tuple[int, str, str]:
        if "--language" not in arguments:
            german = command(*arguments, stdin=stdin)[2]
            assert words(ENGLISH, german) == [], german
        status, out, err = command("--language", "en", *arguments, stdin=stdin)
        assert "--language" in arguments or not words(GERMAN, err), err
        return status, out, err

    return run


@pytest.fixture(scope="session")
def agreement() -> Agreement:
    """Weekdays from 08:30 to 17:00 in UTC+1, with the holidays of Lower Saxony."""
    hours = {"mon-fri": [["08:30", "17:00"]]}
    return Agreement(calendar=BusinessCalendar(zone="+01:00", hours=hours, holidays="DE-NI"))


@pytest.fixture(scope="session")
def desk(agreement: Agreement, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same, as a file for --agreement."""
    path: Path = tmp_path_factory.mktemp("desk") / "desk.json"
    path.write_text(json.dumps(agreement.to_dict()), "utf-8")
    return str(path)
