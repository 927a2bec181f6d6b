"""docs/lifecycle.md names the tests that hold each of its rows, and they exist."""

import re

import pytest

from tools.console import ROOT

PAGE = (ROOT / "docs" / "lifecycle.md").read_text(encoding="utf-8")
TESTS = ROOT / "tests" / "submissions"


def test_every_class_of_the_registrys_tests_is_named_and_no_other() -> None:
    files = sorted(TESTS.glob("test_registry*.py"))
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    classes = re.findall(r"^class (Test\w+)", source, re.MULTILINE)
    assert set(re.findall(r"`(Test\w+)`", PAGE)) == set(classes)


@pytest.mark.parametrize(("file", "name"), re.findall(r"`(test_\w+\.py)::(test_\w+)`", PAGE))
def test_a_test_of_another_file_is_there(file: str, name: str) -> None:
    assert f"def {name}(" in (TESTS / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("file", sorted(set(re.findall(r"\b(test_\w+\.py)\b", PAGE))))
def test_a_file_of_tests_that_is_named_is_there(file: str) -> None:
    assert list((ROOT / "tests").rglob(file))


@pytest.mark.parametrize("row", re.findall(r"^\| .+ \| .+ \| (.+) \|$", PAGE, re.MULTILINE))
def test_every_row_of_the_tables_ends_in_what_it_can_be_checked_by(row: str) -> None:
    assert "`" in row or row in {"tests", "model"}
