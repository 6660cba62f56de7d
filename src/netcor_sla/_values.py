"""What the library's values have in common.

A value is its data form: it is made from one and gives it back, and what has the
same form is equal, hashes alike, and bears the same fingerprint, in every process
on every machine. Nothing about it can be changed.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn, Self

from netcor_sla.errors import ArgumentError, FrozenError, SLAError, meant, shown


class Immutable(ABC):
    """What can't be changed, and is equal to what has the same data form."""

    __slots__ = ()

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """Write the data form: ready for JSON, in one spelling, and a fresh copy."""

    def _identity(self) -> dict[str, Any]:
        """Give the form by which this is compared, where it is more than the data form."""
        return self.to_dict()

    def _arguments(self) -> dict[str, Any]:
        """Give the arguments that make this value, where they differ from the data form."""
        return self.to_dict()

    def _fill(self, **attributes: object) -> None:
        """Set the attributes, in the constructor and never again."""
        for name, value in attributes.items():
            if hasattr(self, name):
                self.__setattr__(name, value)
            object.__setattr__(self, name, value)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the data form: equal values, and no others, have equal fingerprints."""
        return fingerprint(self._identity())

    def __eq__(self, other: object) -> bool:
        if type(other) is type(self):
            return self._identity() == other._identity()
        return NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), _canonical(self._identity())))

    def __repr__(self) -> str:
        arguments = ", ".join(f"{key}={value!r}" for key, value in self._arguments().items())
        return f"{type(self).__name__}({arguments})"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenError(
            f"{name} of {type(self).__name__} can't be set to {shown(value)}: it is immutable"
            f"{'; make a changed copy with replace()' if isinstance(self, Adjustable) else ''}"
        )

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenError(f"{name} of {type(self).__name__} can't be deleted: it is immutable")


class Value(Immutable):
    """An immutable value that is made from its data form, and pickled as such."""

    __slots__ = ()

    _keys: ClassVar[tuple[str, ...]]
    _required: ClassVar[tuple[str, ...]] = ()
    _error: ClassVar[type[SLAError]]

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read the data form; its keys are the arguments, and unknown ones are refused.

        Law: `from_dict(value.to_dict()) == value`.
        """
        given = cls._checked(data)
        for key in cls._required:
            if key not in given:
                raise cls._error(f"key {key!r} of {cls.__name__} is missing")
        return cls(**cls._read(given))

    @classmethod
    def _checked(cls, data: object) -> dict[str, Any]:
        """Insist on a mapping without unknown keys."""
        if not isinstance(data, Mapping):
            kind = type(data).__name__
            raise ArgumentError(f"{cls.__name__} is read from a mapping, not {kind}: {shown(data)}")
        given = dict(data)
        for key in given:
            if not isinstance(key, str) or key not in cls._keys:
                raise cls._error(
                    f"key {shown(key)} of {cls.__name__} is unknown; {meant(key, cls._keys)}"
                )
        return given

    @classmethod
    def _read(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Turn a data form into arguments, where the two differ."""
        return data

    def __reduce__(self) -> tuple[Any, ...]:
        return self.from_dict, (self.to_dict(),)


class Adjustable(Value):
    """A value of which changed copies can be made."""

    __slots__ = ()

    def replace(self, **changes: Any) -> Self:  # noqa: ANN401 - any argument of the class
        """Make a copy with other arguments."""
        return type(self)(**self._arguments() | self._checked(changes))

    __replace__ = replace  # for copy.replace, Python 3.13


# What the next two import is seldom needed, and takes a sixth of the library's import time.


def fingerprint(form: Mapping[str, Any]) -> str:
    """SHA-256 of a data form, the same on every machine."""
    import hashlib  # noqa: PLC0415

    return hashlib.sha256(_canonical(form).encode()).hexdigest()


def _canonical(form: Mapping[str, Any]) -> str:
    import json  # noqa: PLC0415

    return json.dumps(form, sort_keys=True, separators=(",", ":"))
