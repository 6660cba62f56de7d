"""JSON and TOML, read strictly."""

from pathlib import Path

import pytest

from netcor_sla import Agreement
from netcor_sla._cli.documents import LARGEST, parse_json, read_document
from netcor_sla.errors import DocumentError

JSON = '{"calendar": {"zone": "UTC", "hours": {"mon-fri": [["09:00", "17:00"]]}, "holidays": null}}'
TOML = """
[calendar]
zone = "UTC"
holidays = "none"
hours = { mon-fri = [["09:00", "17:00"]] }
"""


def test_json_and_toml_say_the_same(tmp_path: Path) -> None:
    """One agreement, two spellings, also with the mark that Windows puts first."""
    (tmp_path / "a.json").write_text(JSON, "utf-8-sig")
    (tmp_path / "a.TOML").write_text(TOML, "utf-8")
    first, second = (
        Agreement.from_dict(read_document(tmp_path / name)) for name in ("a.json", "a.TOML")
    )
    assert first == second
    assert first.to_dict()["calendar"]["holidays"] is None


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("a.yaml", b"", "must be named *.json or *.toml", id="another format"),
        pytest.param("a.json", b"{", "can't be read", id="broken JSON"),
        pytest.param("a.toml", b"= 1", "can't be read", id="broken TOML"),
        pytest.param("a.json", b'"\xff"', "can't be read", id="no UTF-8"),
        pytest.param("a.json", b"[" * 200_000, "nested too deeply", id="nested too deeply"),
        pytest.param("a.toml", b"a = " + b"[" * 200_000, "can't be read", id="nested TOML"),
        pytest.param("a.json", b" " * (LARGEST + 1), "is larger than", id="too large"),
        pytest.param("a.json", b'{"a": 1, "a": 2}', "key 'a' is given twice", id="key twice"),
        pytest.param("a.json", b'{"a": NaN}', "'NaN' is no number", id="not a number"),
        pytest.param("a.json", b'{"a": Infinity}', "'Infinity' is no number", id="infinity"),
        pytest.param("a.json", b'{"a": 1e400}', "'1e400' is no number", id="too large a number"),
        pytest.param("a.json", b"1" * 5000, "can't be read", id="5,000 digits"),
    ],
)
def test_what_is_ambiguous_is_refused(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    """A file that can't be read as plain data names itself and what is wrong."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentError) as refusal:
        read_document(path)
    assert message in str(refusal.value)
    assert name in str(refusal.value)


def test_json_lines_are_as_strict() -> None:
    """The rows of a table are read by the same rules."""
    assert parse_json('{"a": [1, "b", null]}') == {"a": [1, "b", None]}
    with pytest.raises(DocumentError, match="nested too deeply"):
        parse_json("[" * 200_000)
