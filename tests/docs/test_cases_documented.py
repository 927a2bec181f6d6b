"""docs/cases.md names, for each case that is held, tests that hold it, and they exist."""

import re

import pytest

from tools.console import ROOT

PAGE = (ROOT / "docs" / "cases.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| (\d+) \| (.+) \|$", PAGE, re.MULTILINE))
CASES = [*range(1, 53), 59, 60, 61]
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(test_\w+)`", PAGE)))


def test_every_case_has_its_row() -> None:
    assert list(map(int, ROWS)) == CASES


@pytest.mark.parametrize("case", CASES)
def test_a_row_names_a_test_and_a_file_of_it_names_the_case(case: int) -> None:
    files = set(re.findall(r"`([\w/]+\.py)::", ROWS[str(case)]))
    assert files
    sources = [(ROOT / "tests" / file).read_text(encoding="utf-8") for file in files]
    assert any(re.search(rf"cases? (\d+(, | and ))*{case}\b", source) for source in sources)


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_test_that_is_named_is_there(file: str, name: str) -> None:
    assert f"def {name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8")
