"""The commands that look after what is kept: records of deadlines, and frozen calendars."""

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from netcor_sla import records
from netcor_sla._cli import files
from netcor_sla._cli.files import DONE, NO, as_json
from netcor_sla._languages import choose
from netcor_sla.errors import DocumentError, SLAError

MOST: Final = 5  # errors that are said one by one
Answer = tuple[bool, dict[str, Any], str]  # whether all is well, for programs, and in words


def verify(options: argparse.Namespace) -> int:
    def check(record: Any) -> Answer:  # noqa: ANN401 - whatever a line holds
        deadline = records.verify(record)
        answer = {"holds": True, "due": deadline.due and deadline.due.isoformat()}
        verdict = choose(options.language, de="Bestätigt: ", en="Verified: ")
        return True, answer, verdict + deadline.text(options.language).partition("\n")[0]

    return _each(options, check)


def audit(options: argparse.Namespace) -> int:
    def check(record: Any) -> Answer:  # noqa: ANN401 - whatever a line holds
        found = records.audit(record)
        answer = {
            "same": found.same,
            "recorded_due": found.deadline.due and found.deadline.due.isoformat(),
            "due": found.due and found.due.isoformat(),
            "changes": [change.to_dict() for change in found.changes],
        }
        return found.same, answer, found.text(options.language)

    return _each(options, check)


def freeze(options: argparse.Namespace) -> int:
    years, agreement = (options.first, options.last), options.agreement
    if options.compare is not None and years == (None, None):
        return _compare(options)
    if options.compare is not None or None in years:
        en = "give two years, for example freeze 2020 2030, or --compare FILE alone"
        raise DocumentError(en, "nötig sind zwei Jahre wie in freeze 2020 2030, oder allein --compare DATEI")
    own = {level: calendar.freeze(*years) for level, calendar in agreement.calendars.items()}
    frozen = agreement.replace(calendar=agreement.calendar.freeze(*years), calendars=own)
    print(as_json(frozen.to_dict(), indent=None if options.json else 2))
    return DONE


def _compare(options: argparse.Namespace) -> int:
    agreement, status = options.compare, DONE
    for level, calendar in ((None, agreement.calendar), *agreement.calendars.items()):
        de, en = (f"Stufe {level.number}: ", f"level {level.number}: ") if level else ("", "")
        try:
            changes = records.compare(calendar)
        except SLAError as error:
            raise DocumentError(f"{en}{error}", f"{de}{error.german}") from None
        for change in changes:
            form = {"level": level.number} if level else {}
            words = choose(options.language, de=de, en=en) + change.text(options.language)
            print(as_json(form | change.to_dict()) if options.json else words)
            status = NO
    if status == DONE and not options.json:
        print(choose(options.language, de="kein Unterschied", en="no difference"))
    return status


def _each(options: argparse.Namespace, check: Callable[[Any], Answer]) -> int:
    count, failed, broken, say = 0, 0, 0, partial(choose, options.language)
    for line, read in _records(options):
        count += 1
        try:
            good, answer, verdict = check(read())
        except SLAError as error:
            why = files.said(error, options.language)
            good, answer, verdict = False, {"error": why}, f"{say(de='Fehler', en='error')}: {why}"
            broken += 1
        failed += not good
        if line is not None:
            answer = {"line": line, **answer}
            verdict = f"{say(de='Zeile', en='line')} {line}: {verdict}"
        # In a file of another kind, each line fails.
        if options.json or broken <= MOST or "error" not in answer:
            print(as_json(answer) if options.json else verdict)
    if not count:
        name = say(de="die Standardeingabe", en="standard input") if options.file == "-" else options.file
        raise DocumentError(f"{name} holds no record", f"{name} enthält keinen Nachweis")
    if failed:
        de = f"{failed} von {count} sind keine Nachweise, stimmen nicht oder sind heute anders"
        en = f"{failed} of {count} are no records, do not hold, or differ today"
        if broken > MOST and not options.json:
            de, en = f"{de}; --json nennt alle", f"{en}; --json has all"
        files.complain(options.language, de, en)
    return NO if failed else DONE


def _records(options: argparse.Namespace) -> Iterator[tuple[int | None, Callable[[], Any]]]:
    if files.suffix(options.file) == "json":
        yield None, lambda: files.read_document(options.file)
        return
    with files.lines_of(options.file) as lines:
        for line, text in enumerate(lines, start=1):
            if text.strip():
                yield line, lambda text=text: files.parse_json(text)  # type: ignore[misc]
