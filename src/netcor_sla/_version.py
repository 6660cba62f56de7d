"""The version of this library; the package is built with it."""

from typing import Final

VERSION: Final = "0.4.0"
