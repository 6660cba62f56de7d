"""What the values have in common, and the checks of shapes that all readers share.

A value is a frozen dataclass with a data form: it is made from one and gives it back, and
values of the same form bear the same fingerprint, in every process on every machine.
"""

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from enum import Enum
from functools import cache, partial
from inspect import signature
from operator import index
from typing import Any, ClassVar, Final, Self, TypeVar

from netcor_sla.errors import ArgumentError, RecordError, SLAError, meant, shown, unlike

Kind = TypeVar("Kind")
Word = TypeVar("Word", bound=str)
Names = Collection[str]
Error = type[SLAError]

_AS: Final = {"zone": "'Europe/Berlin'", "hours": "{'mon': [['08:30', '17:00']]}", "holidays": "'DE-NI'"}


class Answer:
    """A frozen dataclass with a data form, by which it is compared; to be mixed in.

    Not by its fields, since two datetimes of one zone are equal where its clock shows both alike.
    """

    __slots__ = ()

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """Write the data form: ready for JSON, in one spelling, and a fresh copy."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the data form: equal values, and no others, have equal fingerprints."""
        kept: list[str] = getattr(self, "_fingerprint", [])  # by values that are asked for it often
        kept += [] if kept else [fingerprint(self.to_dict())]
        return kept[0]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Answer) and type(other) is type(self):
            return self is other or self.fingerprint == other.fingerprint
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __repr__(self) -> str:
        arguments = ", ".join(f"{key}={written(value)}" for key, value in self._given().items())
        return f"{type(self).__name__}({arguments})"

    def __reduce__(self) -> tuple[Any, ...]:
        # By its arguments, so that a pickle can be read whatever else the class comes to hold.
        return partial(type(self), **self._given()), ()

    def _given(self) -> dict[str, Any]:
        kind: Callable[..., object] = type(self)
        return {name: getattr(self, name) for name in _arguments(kind)}


@cache
def _arguments(kind: Callable[..., object]) -> Mapping[str, bool]:
    """List the arguments of a class, and whether each is needed."""
    return {name: each.default is each.empty for name, each in signature(kind).parameters.items()}


class Value(Answer):
    """A frozen dataclass that is read from its data form too; to be mixed in."""

    __slots__ = ()

    _error: ClassVar[type[SLAError]] = RecordError  # of a form that can't be read

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read the data form; its keys are the arguments, and unknown ones are refused.

        Law: `from_dict(value.to_dict()) == value`.
        """
        kind: Callable[..., Self] = cls
        known = _arguments(kind)
        needed = [name for name in known if known[name]]
        return cls(**cls._read(table(data, cls.__name__, needed, known, error=cls._error)))

    @classmethod
    def _read(cls, form: dict[str, Any]) -> dict[str, Any]:
        """Turn a data form into arguments, where the two differ."""
        return form

    def replace(self, **changes: Any) -> Self:  # noqa: ANN401 - any argument of the class
        """Make a copy with other arguments."""
        kind: Callable[..., Self] = type(self)
        changed = table(changes, type(self).__name__, (), _arguments(kind), error=self._error)
        return kind(**self._given() | changed)


def written(value: object) -> str:
    """Write a value as the code that makes it: of members the name, of amounts hours and minutes."""
    match value:
        case Enum():
            return str(value)
        case timedelta():
            hours, rest = divmod(value, timedelta(hours=1))
            parts = {"hours": hours, "minutes": rest.seconds // 60, "seconds": rest.seconds % 60}
            parts["microseconds"] = rest.microseconds
            return f"datetime.timedelta({', '.join(f'{unit}={n}' for unit, n in parts.items() if n)})"
        case tuple():
            return f"({', '.join(map(written, value))}{',' if len(value) == 1 else ''})"
        case Mapping():
            return f"{{{', '.join(f'{written(key)}: {written(each)}' for key, each in value.items())}}}"
        case _:
            return repr(value)


def fill(value: object, **held: object) -> None:
    for name, each in held.items():
        object.__setattr__(value, name, each)


def table(value: object, name: str, needed: Names, optional: Names = (), *, error: Error) -> dict[str, Any]:
    """Check a mapping: all keys that are needed, and no others but the optional ones."""
    found = mapping(value, name)
    missing = [key for key in needed if key not in found]
    known = () if len(found) == len(needed) - len(missing) else dict.fromkeys((*needed, *optional))
    for key in found if known else ():
        if not isinstance(key, str) or key not in known:
            raise error(
                f"key {shown(key)} of {name} is unknown; {meant(key, known)}",
                f"Schlüssel {shown(key)} in {name} ist unbekannt; {meant(key, known, 'de')}",
            )
    for key in missing:
        like = f": {_AS[key]}" if key in _AS else ""
        raise error(
            f"key {key!r} of {name} is missing; give it too{like}",
            f"Schlüssel {key!r} fehlt in {name}; auch ihn angeben{like}",
        )
    return found


def mapping(value: object, name: str) -> dict[Any, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    raise ArgumentError(
        f"{name} must be a mapping, not {type(value).__name__}: {shown(value)}; write {{...}}",
        f"{name} ist keine Tabelle (in JSON: kein Objekt): {shown(value)}; {{...}} schreiben",
    )


def listed(value: object, name: str, *, error: Error) -> Sequence[Any]:
    if isinstance(value, list | tuple):
        return value
    raise unlike(error, name, value, "a list; write [...]", "keine Liste; [...] schreiben")


def pair(value: object, name: str, what: str, german: str = "", *, error: Error) -> tuple[Any, Any]:
    if isinstance(value, list | tuple) and len(value) == 2:  # noqa: PLR2004 - a pair
        return value[0], value[1]
    raise unlike(error, name, value, what, german)


def whole(value: object, name: str, remedy: str) -> int:
    """Check a whole number, of numpy's types too; True and 4.0 are none."""
    # Some releases of numpy take their truths for numbers, as Python does.
    if type(value).__name__ not in ("bool_", "bool"):
        with suppress(TypeError):
            return index(value)  # type: ignore[arg-type]
    raise ArgumentError(
        f"{name} must be a whole number, not {shown(value)}; {remedy}",
        f"{name} ist keine ganze Zahl: {shown(value)}",
    )


def word(value: object, name: str, choices: Sequence[Word], *, error: Error) -> Word:
    if isinstance(value, str) and value in choices:
        return choices[choices.index(value)]
    raise (error if isinstance(value, str) else ArgumentError)(
        f"{name} {shown(value)} is unknown; {meant(value, choices)}",
        f"{name} {shown(value)} ist unbekannt; {meant(value, choices, 'de')}",
    )


def text(value: object, name: str, *, error: Error) -> str:
    if isinstance(value, str) and len(value) <= 100 and any(map(str.isprintable, value.replace(" ", ""))):  # noqa: PLR2004 - as said below
        return value
    what = "a text of 1 to 100 characters that shows something", "kein sichtbarer Text von 1 bis 100 Zeichen"
    raise unlike(error, name, value, *what)


def instance(value: object, kind: type[Kind], name: str) -> Kind:
    if isinstance(value, kind):
        return value
    article = "an" if kind.__name__[0] in "AE" else "a"
    remedy = "True or False" if kind is bool else f"{kind.__name__}(...)"
    raise ArgumentError(f"{name} must be {article} {kind.__name__}, not {shown(value)}; write {remedy}")


# What the next four import is seldom needed, and takes long.


def html(title: str, rows: Iterable[Sequence[str]]) -> str:
    """Make a small table for notebooks, which inherits its colours; a cell may have several lines."""
    from html import escape  # noqa: PLC0415

    left = 'style="text-align: left; vertical-align: top"'
    wide = 'style="text-align: left; white-space: nowrap"'  # it may be wider than the cells are
    lines = ("".join(f"<td {left}>{escape(cell)}</td>" for cell in row) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines).replace("\n", "<br>")
    return f"<table><caption {wide}><b>{escape(title)}</b></caption>{body}</table>"


def percent(share: float) -> str:
    """Write a share in German: `12,5 %`; it is cut, so that nothing is used up before it is."""
    from decimal import Decimal  # noqa: PLC0415

    full, tenths = divmod(int(Decimal(str(share)) * 1000), 10)
    return f"{full}{f',{tenths}' if tenths else ''}\N{NO-BREAK SPACE}%"


@cache
def release() -> str:
    from importlib.metadata import version  # noqa: PLC0415

    return version("netcor-sla")


def fingerprint(form: Mapping[str, Any]) -> str:
    import hashlib  # noqa: PLC0415
    import json  # noqa: PLC0415

    text = json.dumps(form, sort_keys=True, separators=(",", ":"), check_circular=False)
    return hashlib.sha256(text.encode()).hexdigest()
