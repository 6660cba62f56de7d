"""The documentation says what is true; its Python examples run by themselves."""

import ast
import inspect
import re
import runpy
import shlex
import tomllib
from collections.abc import Iterator
from enum import EnumType
from pathlib import Path
from types import ModuleType

import pytest

import netcor_sla
from netcor_sla import STANDARD, Agreement, frames, intake, records, reports
from netcor_sla._cli.main import main

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
CONSOLE = re.compile(r"^\$ netcor-sla (.*)\n((?:(?!\$|```).*\n)*)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")

COMMANDS = [
    pytest.param(*found, id=f"{page.name}: {found[0][:60]}")
    for page in PAGES
    for block in re.findall(r"```console\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    for found in CONSOLE.findall(block)
]


@pytest.mark.parametrize(("command", "answer"), COMMANDS)
def test_a_command_answers_as_the_page_says(
    command: str, answer: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command of the documentation is run."""
    monkeypatch.chdir(ROOT)
    assert main(shlex.split(command)) in (0, 1)
    assert capsys.readouterr().out == answer


def test_there_are_commands_to_run() -> None:
    """The pattern above still finds them."""
    assert len(COMMANDS) >= 9


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Files exist, and so do the headings that are pointed at."""
    for target, heading in LINK.findall(page.read_text("utf-8")):
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), target
        if heading:
            titles = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
            slugs = [re.sub(r"[^\w\- ]", "", title).strip().lower() for title in titles]
            assert heading in [slug.replace(" ", "-") for slug in slugs]


def test_the_agreement_in_toml_is_one() -> None:
    """What the page of calendars shows can be copied."""
    page = (ROOT / "docs" / "calendars.md").read_text("utf-8")
    (text,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    agreement = Agreement.from_dict(tomllib.loads(text))
    assert agreement.to_dict()["calendar"]["special"]["2026-12-28"]["name"] == "Betriebsausflug"


def test_the_program_for_backends_is_its_page(capsys: pytest.CaptureFixture[str]) -> None:
    """Each part that the page shows is a part of the program, and it prints what the page says."""
    program = ROOT / "docs" / "backend.py"
    page, code = program.with_suffix(".md").read_text("utf-8"), program.read_text("utf-8")
    parts = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(parts) >= 8
    assert [part for part in parts if part not in code] == []
    runpy.run_path(str(program))
    assert capsys.readouterr().out == "".join(re.findall(r"```text\n(.*?)```", page, re.DOTALL))


def helped(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    """Ask a command for its help."""
    with pytest.raises(SystemExit):
        main([*command, "--help"])
    return capsys.readouterr().out


def test_every_option_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    """The page of the command line names all that the help does."""
    page = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    names = re.findall(r"^ {4}(\w+)(?: {2,}|$)", helped(capsys), re.MULTILINE)
    assert len(names) >= 8
    for name in names:
        assert f"\n## {name}\n" in page
        options = set(re.findall(r"(?<![\w-])--[a-z-]+", helped(capsys, name))) - {"--help"}
        assert options
        assert [option for option in sorted(options) if f"`{option}" not in page] == []


def test_the_urls_of_the_project_lead_into_the_checkout() -> None:
    """There is no public address, so they are files beside pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["urls"]
    assert all((ROOT / url).is_file() for url in project["urls"].values())


def reference() -> str:
    """All pages of reference."""
    return "".join(page.read_text("utf-8") for page in (ROOT / "docs" / "reference").glob("*.md"))


@pytest.mark.parametrize("module", [netcor_sla, frames, intake, records, reports])
def test_every_public_name_has_its_place_in_the_reference(module: ModuleType) -> None:
    """Names, and the methods and properties of the classes among them."""
    page = ROOT / "docs" / "reference" / f"{module.__name__.partition('.')[2]}.md"
    text = page.read_text("utf-8") if page.exists() else reference()
    shared = {"error"}  # see the page of pages
    missing = []
    for name in module.__all__:
        thing = getattr(module, name)
        members = [
            member
            for member in (vars(thing) if inspect.isclass(thing) else ())
            if not member.startswith("_") and member not in shared
        ]
        missing += [each for each in [name, *members] if f"`{each}" not in text]
    assert missing == []


def signatures(name: str) -> Iterator[str]:
    """Write the parameters of all public functions, classes and methods of a name."""
    for module in (netcor_sla, frames, intake, records, reports):
        for public in module.__all__:
            thing = getattr(module, public)
            made = public == name and not isinstance(thing, EnumType)
            for each in (
                thing if made else None,
                getattr(thing, name, None) if inspect.isclass(thing) else None,
            ):
                if callable(each):
                    taken = inspect.signature(each).parameters.values()
                    plain = [one.replace(annotation=one.empty) for one in taken if one.name != "self"]
                    yield str(inspect.Signature(plain))[1:-1].replace(
                        repr(STANDARD.calendar), "STANDARD.calendar"
                    )


def is_signature(text: str) -> bool:
    """Tell one from a call with values."""
    try:
        return bool(ast.parse(f"def f({text}): ..."))
    except SyntaxError:
        return False


@pytest.mark.parametrize(
    "page", sorted((ROOT / "docs" / "reference").glob("*.md")), ids=lambda page: page.name
)
def test_signatures_are_those_of_the_code(page: Path) -> None:
    """What is by keyword only there raises when it is typed without; `=...` stands for any default."""
    for name, text in re.findall(r"`(?:\w+\.)*(\w+)\(([^`]+)\)`", page.read_text("utf-8")):
        if (found := list(signatures(name))) and is_signature(text):
            wanted = re.escape(text.replace('"', "'")).replace(r"=\.\.\.", "=.*")
            assert any(re.fullmatch(wanted, each) for each in found), (name, text, found)
