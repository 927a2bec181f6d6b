"""docs/roles.md names, for each thing that people could do, tests that exist."""

import re

import pytest

from tests.security.table import PAGE
from tools.console import ROOT

NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(test_\w+)`", PAGE.read_text(encoding="utf-8"))))


def test_tests_are_named() -> None:
    assert NAMED


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_test_that_is_named_is_there(file: str, name: str) -> None:
    assert f"def {name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8")
