"""Collect the examples of the README, the docs and the docstrings."""

from sybil import Sybil
from sybil.parsers import markdown, rest

pages = Sybil(parsers=[markdown.PythonCodeBlockParser(), markdown.SkipParser()], patterns=["*.md"])
docstrings = Sybil(parsers=[rest.DocTestParser()], pattern="*.py", path="src")
pytest_collect_file = (pages + docstrings).pytest()
