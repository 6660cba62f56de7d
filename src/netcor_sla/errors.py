"""What can go wrong, as one small tree.

Each is an `SLAError`, and also the builtin that a caller would guess, `TypeError`, `ValueError` or `LookupError`,
so both `except SLAError` and `except ValueError` do what they say. A message names the argument or field, the
value, and the remedy. It is English, and German beside it where data of users can lead to it.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

_SHOWN: Final = 80  # characters of a value in a message
_BRACKETS: Final[dict[type, str]] = {list: "[]", tuple: "()", dict: "{}"}


class SLAError(Exception):
    """The common ancestor: catch it to catch whatever this library refuses.

    Attributes:
        german: The message in German, which the command line prints; `str` gives it in English.
    """

    def __init__(self, message: str = "", german: str = "") -> None:
        super().__init__(message)
        self.german = german or message


class ArgumentError(SLAError, TypeError):
    """An argument of a type that is not taken."""


class NaiveError(SLAError, ValueError):
    """A datetime without a zone names no instant; the zone is never guessed."""


class TimestampError(SLAError, ValueError):
    """A text, or a value such as NaT, that names no exact instant."""


class LevelError(SLAError, ValueError):
    """Something that is none of the four escalation levels."""


class CalendarError(SLAError, ValueError):
    """A calendar that contradicts itself, or an invalid question to one."""


class AgreementError(SLAError, ValueError):
    """An agreement that contradicts itself."""


class FactError(SLAError, ValueError):
    """Facts of a ticket that contradict each other, or a question that they don't answer."""


class ColumnError(SLAError, ValueError):
    """Columns whose rows do not match, or that can't hold an answer."""


class DocumentError(SLAError, ValueError):
    """A file, a line of one, or an option that can't be read as what it is said to be."""


class RecordError(SLAError, ValueError):
    """A deadline, ticket or request as data that can't be read, or a deadline that does not follow."""


class CoverageError(SLAError, LookupError):
    """The answer would need a year outside those that the calendar covers."""


class NoOpeningError(SLAError, LookupError):
    """The search met no opening, and no further year could hold one."""


def shown(value: object) -> str:
    """Show `value` as messages do: its repr, cut at 80 characters; where that fails, its type."""
    text, pieces = "", _pieces(value)
    try:
        while len(text) <= _SHOWN and (piece := next(pieces, None)) is not None:
            text += piece
    except Exception:  # noqa: BLE001 - a foreign __repr__ may raise anything
        return f"a value of type {type(value).__name__}"
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 4]} ..."


def _pieces(value: Any) -> Iterator[str]:  # noqa: ANN401 - shows anything
    """Write a repr piece by piece, so that of long texts and lists only the beginning is made."""
    if isinstance(value, str | bytes | bytearray) and len(value) > _SHOWN:
        value = value[: _SHOWN + 1]
    kind = next((kind for kind in _BRACKETS if isinstance(value, kind)), None)
    if kind is None or not value or (type(value) is not kind and len(value) <= _SHOWN):
        yield repr(value)
        return
    for number, each in enumerate(value):
        yield ", " if number else _BRACKETS[kind][0]
        yield from _pieces(each)
        if kind is dict:
            yield ": "
            yield from _pieces(value[each])
    yield f",{_BRACKETS[kind][1]}" if kind is tuple and len(value) == 1 else _BRACKETS[kind][1]


def unlike(error: type[SLAError], name: str, value: object, what: str, german: str = "") -> SLAError:
    """Say of a value that it is not `what`, which goes on with the remedy; in German too, where given."""
    return error(f"{name}: {shown(value)} is not {what}", german and f"{name}: {shown(value)} ist {german}")


def meant(value: object, choices: Iterable[str], language: Literal["de", "en"] = "en") -> str:
    """Turn a misspelt `value` into a remedy: the nearest choice, or all of them."""
    from difflib import get_close_matches  # noqa: PLC0415 - needed for bad input only

    known = list(choices)
    near = get_close_matches(value[:_SHOWN], known, n=1) if isinstance(value, str) else []
    if near:
        return f"did you mean {near[0]!r}?" if language == "en" else f"gemeint ist wohl {near[0]!r}"
    listed = ", ".join(map(repr, known))
    return f"choose one of {listed}" if language == "en" else f"möglich sind {listed}"
