"""The rules that an explanation names."""

import pytest
from netcor_sla._explanations.rules import _ordinal


@pytest.mark.parametrize(
    ("number", "said"),
    [
        *((1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th")),
        *((13, "13th"), (20, "20th"), (21, "21st"), (102, "102nd"), (113, "113th")),
    ],
)
def test_an_ordinal_is_said_as_in_english(number: int, said: str) -> None:
    """11, 12 and 13 are not like 1, 2 and 3."""
    assert _ordinal(number) == said
