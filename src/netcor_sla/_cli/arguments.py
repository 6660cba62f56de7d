"""What the command line takes: the commands, the options of each, and how their texts are read."""

import argparse
import re
from collections.abc import Callable
from functools import partial
from typing import Any, Final, NoReturn

from netcor_sla._agreements import STANDARD, Agreement
from netcor_sla._calendars.timestamps import directives, formatted, timestamp
from netcor_sla._calendars.zones import zone
from netcor_sla._cli.files import BAD, Reading, bad, read_document, said, suffix, within
from netcor_sla._languages import Language, choose
from netcor_sla._policy.levels import EscalationLevel
from netcor_sla._values import release
from netcor_sla.errors import SLAError

# A name, what argparse is to know of it, and what it is for, in German and in English.
Option = tuple[str, dict[str, Any], tuple[str, str]]

_METAVARS: Final = {
    "FILE": "DATEI", "OPENED": "EINGANG", "LEVEL": "STUFE", "TEXT=LEVEL": "TEXT=STUFE", "AT": "ZEITPUNKT",
    "INSTANT": "ZEITPUNKT", "STATE": "ZUSTAND", "CHAR": "ZEICHEN", "YEAR": "JAHR", "FIRST": "VON", "LAST": "BIS",
}  # fmt: skip
_ERRORS: Final = {  # of argparse
    r"^argument (\S+): ": r"\1: ",
    r"the following arguments are required: (.*)": r"es fehlt: \1",
    r"expected one argument": "ein Wert fehlt",
    r"unrecognized arguments: (.*)": r"unbekannt: \1",
    r"ignored explicit argument (.*)": r"nimmt keinen Wert an, auch nicht \1",
    r"invalid choice: (.*?)(?:, maybe you meant .*?)? \(choose from (.*)\)": r"\1 ist unbekannt; möglich: \2",
}


class _GermanHelp(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401
        super().add_usage(usage, actions, groups, "Aufruf: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Says in the language asked for what argparse has in English only."""

    def __init__(self, language: Language, **more: Any) -> None:  # noqa: ANN401 - what argparse takes
        style = _GermanHelp if language == "de" else argparse.HelpFormatter
        super().__init__(allow_abbrev=False, add_help=False, formatter_class=style, **more)
        self._language, self._say = language, partial(choose, language)
        self._positionals.title = self._say(de="Argumente", en="arguments")
        self._optionals.title = self._say(de="Optionen", en="options")
        what = self._say(de="diese Hilfe zeigen", en="show this help and end")
        self.add_argument("-h", "--help", action="help", help=what)

    def take(self, option: Option) -> None:
        name, settings, (de, en) = option
        known = {**settings, "help": self._say(de=de, en=en)}
        if read := settings.get("type"):
            known["type"] = partial(_read, read, self._language)
        if metavar := settings.get("metavar"):
            known["metavar"] = self._say(de=str(_METAVARS.get(metavar, metavar)), en=metavar)
        self.add_argument(name, **known)

    def print_help(self, file: Any = None) -> None:  # noqa: ANN401 - as argparse has it
        print(self.format_help(), end="", file=file)  # argparse would not say that a disk is full

    def error(self, message: str) -> NoReturn:
        for pattern, words in _ERRORS.items() if self._language == "de" else ():
            message = re.sub(pattern, words, message)
        failed = self._say(de="Fehler", en="error")
        self.exit(BAD, f"{self.format_usage()}{self.prog}: {failed}: {message}\n")


def parser(language: Language) -> argparse.ArgumentParser:
    say = partial(choose, language)
    what = say(de="Wann eine Reaktion des Supports fällig ist.", en="When a support response is due.")
    top = Parser(language, prog="netcor-sla", description=what)
    words = "die Version zeigen", "show the version and end"
    top.take(("--version", {"action": _Version, "nargs": 0}, words))
    top.take(LANGUAGE)
    commands = top.add_subparsers(required=True, metavar=say(de="BEFEHL", en="COMMAND"), dest="command")
    for name, ((de, en), options) in COMMANDS.items():
        what = say(de=de, en=en)
        command = commands.add_parser(name, language=language, help=what, description=what)
        for option in (*options, LANGUAGE):
            command.take(option)
        command.set_defaults(language=language)
    return top


def language_of(arguments: list[str]) -> tuple[Language, list[str]]:
    """Find the language, wherever it stands, and what else is given; a wrong one is for argparse to report."""
    rest, language = [*arguments], ""
    for at in reversed(range(len(arguments))):  # the last counts
        name, equals, value = arguments[at].partition("=")
        value = value if equals else "".join(rest[at + 1 : at + 2])
        if name == "--language" and value in ("de", "en"):
            language = language or value
            del rest[at : at + (1 if equals else 2)]
    return ("en" if language == "en" else "de"), rest


def reading(options: argparse.Namespace) -> Reading:
    """Say how the cells of a table are read: by --format, --assume-zone and --level."""
    time: Any = partial(timestamp, assume_zone=options.assume_zone)
    if options.format is not None:
        if "z" not in directives(options.format) and options.assume_zone is None:
            raise bad(options.format, "reads no offset; add --assume-zone", "braucht --assume-zone")
        time = partial(formatted, pattern=options.format, assume_zone=options.assume_zone)
    calls = dict(options.levels)
    for name, called in options.levels:
        if calls[name] is not called:
            raise bad(name, "is given as two levels; leave one --level out", "steht für zwei Stufen")

    def level(cell: object) -> EscalationLevel:
        name = str(cell) if isinstance(cell, str | int) and not isinstance(cell, bool) else ""
        return calls.get(name) or EscalationLevel(cell)

    return Reading(time, level)


def table_kind(options: argparse.Namespace) -> str:
    """Say what a table is: as --from says, or as its file is named; piped, it is CSV."""
    kinds = {"csv": "csv", "ndjson": "ndjson", "jsonl": "ndjson"}
    if kind := options.kind or ("csv" if options.file == "-" else kinds.get(suffix(options.file))):
        return str(kind)
    en = "has no known file type; add --from csv, or --from ndjson where each line is an object"
    raise bad(options.file, en, "hat keine bekannte Endung; es fehlt --from csv, oder ndjson (JSON je Zeile)")


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"netcor-sla {release()}")  # found when asked for, since that takes long
        parser.exit()


def _read(read: Callable[[str], object], language: Language, text: str) -> object:
    try:
        return read(text)
    except (SLAError, OSError) as error:
        raise argparse.ArgumentTypeError(said(error, language)) from None


def agreement(path: str) -> Agreement:
    document = read_document(path)
    try:
        return Agreement.from_dict(document)
    except SLAError as error:
        raise within(error, f"{path}:") from None


def encoding(name: str) -> str:
    try:
        "".encode(name)
    except LookupError:
        raise bad(name, "is not an encoding; write cp1252", "ist keine Kodierung wie cp1252") from None
    return name


def level(text: str) -> tuple[str, EscalationLevel]:
    name, equals, level = text.rpartition("=")
    if equals:
        return name, EscalationLevel(level)
    raise bad(text, "names no level; write it as '1 - Critical=1'", "nennt keine Stufe wie '1 - Critical=1'")


def year(text: str) -> int:
    if re.fullmatch("[0-9]{4}", text) and text != "0000":
        return int(text)
    raise bad(text, "is not a year; write four digits, for example 2026", "ist kein Jahr wie 2026")


def delimiter(text: str) -> str:
    if text == "tab" or (len(text) == 1 and text not in '"\r\n'):
        return "\t" if text == "tab" else text
    raise bad(text, "is not a delimiter; write one character, or tab", "ist weder ein Zeichen noch tab")


def _option(usage: str, de: str, en: str, read: Callable[[str], object] = str, **more: Any) -> Option:  # noqa: ANN401
    name, _, value = usage.partition(" ")
    return name, {"type": read, **({"metavar": value} if value else {}), **more}, (de, en)


def _flag(name: str, de: str, en: str) -> Option:
    return name, {"action": "store_true"}, (de, en)


def _repeated(usage: str, de: str, en: str, **more: Any) -> Option:  # noqa: ANN401 - what argparse takes
    de, en = f"{de}; mehrfach möglich", f"{en}; may be repeated"
    return _option(usage, de, en, action="append", default=[], **more)


def _file(de: str, en: str) -> Option:
    de, en = f"{de}; - oder nichts für die Standardeingabe", f"{en}; - or nothing for standard input"
    return _option("file FILE", de, en, nargs="?", default="-")


def _column(name: str, de: str, en: str, default: str = "") -> Option:
    default = default or name
    de, en = f"Spalte {de}; sonst {default}", f"the column of {en}; by default {default}"
    return _option(f"--{name}-column NAME", de, en, default=default)


_TABLE: Final = (
    _file("Tabelle, *.csv oder *.ndjson", "a table, *.csv or *.ndjson"),
    _option("--from", "Art der Tabelle; sonst nach ihrem Namen", "its kind; by default as its name says",
            dest="kind", choices=("csv", "ndjson")),
    _option("--encoding NAME", "Kodierung der Tabelle, etwa cp1252; sonst UTF-8",
            "its encoding, for example cp1252; by default UTF-8", encoding),
    _option("--delimiter CHAR", "zwischen Zellen in CSV, oder tab", "between CSV cells, or tab", delimiter, default=","),
    _repeated("--level TEXT=LEVEL", "wie die Tabelle eine Stufe nennt, etwa '1 - Critical=1'",
              "what it calls a level, for example '1 - Critical=1'", read=level, dest="levels"),
    _option("--format", "wie Zeitpunkte geschrieben sind, etwa '%%d.%%m.%%Y %%H:%%M'; sonst ISO 8601",
            "how timestamps are written, for example '%%d.%%m.%%Y %%H:%%M'; by default ISO 8601"),
)  # fmt: skip
_GERMAN: Final[Any] = {"choices": ("de", "en"), "default": argparse.SUPPRESS}
LANGUAGE: Final = _option("--language", "sonst Deutsch", "by default German", **_GERMAN)
AGREEMENT: Final = _option(
    "--agreement FILE", "Vereinbarung in JSON oder TOML; sonst die Richtlinie von NETCOR",
    "an agreement in JSON or TOML; by default NETCOR's policy", agreement, default=STANDARD,
)  # fmt: skip
JSON: Final = _flag("--json", "Ausgabe in JSON, ein Objekt je Zeile", "answer in JSON, one object per line")
ZONE: Final = _option(
    "--assume-zone ZONE", "Zone der Zeitpunkte ohne Angabe: +01:00, UTC oder Europe/Berlin",
    "the zone of timestamps without an offset: +01:00, UTC or Europe/Berlin", zone,
)  # fmt: skip
RECORDS: Final = _file("Nachweise, je Zeile einer; *.json: einer", "records, one per line; *.json: one"), JSON
_LEVEL: Final = _option("--level LEVEL", "nach ihrem Kalender", "by this level's calendar", EscalationLevel)
_ISO: Final = ("Zeitpunkt nach ISO 8601 mit Zeitzone", "ISO 8601 with an offset")

COMMANDS: Final[dict[str, tuple[tuple[str, str], tuple[Option, ...]]]] = {
    "due": (("Sagen, wann eine Reaktion fällig ist.", "Say when a response is due."), (
        AGREEMENT,
        _option("opened OPENED", *_ISO),
        _option("level LEVEL", f"1 bis {len(EscalationLevel)}, oder ein Name",
                f"1 to {len(EscalationLevel)}, or a name", EscalationLevel),
        _flag("--explain", "mit Begründung; mit --json der Nachweis, den verify und audit lesen",
              "say why; with --json, as a record that verify and audit read"),
        JSON, ZONE,
    )),
    "batch": (("Die Fristen einer Tabelle von Tickets berechnen.", "Compute due dates for a table of tickets."), (
        AGREEMENT, *_TABLE, ZONE,
        _column("opened", "des Eingangs", "the opening instant", "opened_at"),
        _column("level", "der Stufe", "the level"),
        _column("due", "der Frist, zusätzlich", "the deadline, added"),
        _column("error", "des Fehlers einer Zeile, zusätzlich", "the error of a row, added"),
        _column("explanation", "der Begründung, mit --explain", "the explanation, added by --explain"),
        _flag("--explain", "eine Spalte, die jede Frist begründet", "add a column that explains each deadline"),
    )),
    "report": (("Nach Stufen berichten, wie viele Tickets eines Protokolls rechtzeitig eine Reaktion hatten.",
                "Report by level how many tickets of an audit log were answered in time."), (
        AGREEMENT, *_TABLE, ZONE,
        _column("ticket", "des Tickets", "the ticket"),
        _column("opened", "seines Eingangs, gleich in all seinen Zeilen", "its opening, in each row", "opened_at"),
        _column("at", "des Zeitpunkts der Änderung", "the instant of the update"),
        _column("level", "der Stufe", "the level"),
        _column("state", "des Zustands", "the state"),
        _repeated("--responding STATE", "Zustand, der eine Reaktion bedeutet; einer ist nötig",
                  "a state by which the ticket is answered; one is needed", read=str.strip, required=True),
        _repeated("--pausing STATE", "Zustand, in dem die Frist ruht", "a state that stops the clock", read=str.strip),
        _option("--now INSTANT", "Stand, ISO 8601; sonst der letzte Zeitpunkt", "as of, ISO 8601; by default the latest"),
        _option("--to", "Form; sonst eine Tabelle zum Lesen", "the form; by default a table to be read",
                dest="form", choices=("table", "csv", "json", "html"), default="table"),
    )),
    "open": (("Sagen, ob der Support besetzt ist, und bis wann.", "Say whether the desk is open, and until when."),
             (AGREEMENT, _LEVEL, _option("at AT", *_ISO), JSON, ZONE)),
    "holidays": (("Die öffentlichen Feiertage eines Jahres aufzählen.", "List the public holidays of a year."),
                 (AGREEMENT, _LEVEL, _option("year YEAR", "etwa 2026", "for example 2026", year), JSON)),
    "verify": (("Gespeicherte Fristen allein aus ihren Nachweisen noch einmal herleiten.",
                "Derive recorded deadlines again from their records alone."), RECORDS),
    "audit": (("Gespeicherte Fristen mit den Daten von heute noch einmal berechnen.",
               "Recompute recorded deadlines with current data."), RECORDS),
    "freeze": (("Eine Vereinbarung schreiben, die ihre Feiertage enthält, oder eine mit heute vergleichen.",
                "Write an agreement that carries its holidays, or compare one with today's."), (
        AGREEMENT,
        _option("first FIRST", "erstes Jahr, etwa 2020", "the first year, for example 2020", year, nargs="?"),
        _option("last LAST", "letztes Jahr, etwa 2030", "the last year, for example 2030", year, nargs="?"),
        _option("--compare FILE", "eine solche mit den Feiertagen von heute vergleichen",
                "compare such an agreement with the holidays of today", agreement),
        JSON,
    )),
}  # fmt: skip
