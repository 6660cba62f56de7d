"""The parts of a record, as JSON has them: each is what it must be, or a `RecordError`."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from netcor_sla.errors import RecordError, meant, shown

_LONGEST: Final = 100  # characters of a version or of a zone's key


def table(
    value: object, keys: Collection[str], name: str, optional: Collection[str] = ()
) -> dict[str, Any]:
    """Insist on a mapping with these keys."""
    if not isinstance(value, Mapping):
        raise RecordError(f"{name} must be a mapping, not {shown(value)}")
    found = dict(value)
    for key in keys:
        if key not in found and key not in optional:
            raise RecordError(f"key {key!r} of {name} is missing")
    for key in found:
        if not isinstance(key, str) or key not in keys:
            raise RecordError(f"key {shown(key)} of {name} is unknown; {meant(key, keys)}")
    return found


def listed(value: object, name: str) -> list[Any]:
    """Insist on a list."""
    if isinstance(value, list):
        return value
    raise RecordError(f"{name} must be a list, not {shown(value)}")


def text(value: object, name: str) -> str:
    """Insist on a short text."""
    if isinstance(value, str) and 0 < len(value) <= _LONGEST:
        return value
    raise RecordError(f"{name}: {shown(value)} must be a text of at most {_LONGEST} characters")
