"""The documentation says what is true; its Python examples run by themselves."""

import inspect
import re
import shlex
import tomllib
from pathlib import Path

import pytest

import netcor_sla
from netcor_sla import Agreement, errors, frames
from netcor_sla._cli.arguments import parser
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


def test_every_option_is_documented() -> None:
    """The page of the command line names all that the parser knows."""
    page = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    names = ("due", "batch", "report", "open", "holidays", "verify", "audit", "freeze")
    top = parser({name: lambda _: 0 for name in names})
    (commands,) = (action for action in top._actions if action.choices)
    assert commands.choices
    options = {
        option
        for name in names
        for action in dict(commands.choices)[name]._actions
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    }
    assert [option for option in sorted(options) if f"`{option}" not in page] == []
    assert [name for name in names if f"\n## {name}\n" not in page] == []


def reference() -> str:
    """All pages of reference."""
    return "".join(page.read_text("utf-8") for page in (ROOT / "docs" / "reference").glob("*.md"))


def test_every_public_name_has_its_place_in_the_reference() -> None:
    """Names, and the methods and properties of the classes among them."""
    text = reference()
    missing = [name for name in frames.__all__ if f"`{name}(" not in text]
    for name in netcor_sla.__all__:
        thing = getattr(netcor_sla, name)
        members = [
            member
            for member in (vars(thing) if inspect.isclass(thing) else ())
            if not member.startswith("_")
        ]
        missing += [each for each in [name, *members] if f"`{each}" not in text]
    assert missing == []


def test_every_error_is_in_the_tree_and_in_the_reference() -> None:
    """The tree in the docstring is the tree."""
    text, tree = reference(), inspect.getdoc(errors) or ""
    tree_of_errors = [
        (name, each)
        for name, each in inspect.getmembers(errors, inspect.isclass)
        if issubclass(each, Exception)
    ]
    assert len(tree_of_errors) >= 10
    for name, error in tree_of_errors:
        assert f"`{name}`" in text
        if error is not errors.SLAError:
            builtin = error.__mro__[2].__name__ if error.__mro__[1] is errors.SLAError else ""
            assert re.search(rf"── {name} +{builtin} ", tree), name
