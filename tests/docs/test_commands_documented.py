"""What the pages tell people to type is there to be typed."""

import re

import pytest
from django.core.management import get_commands

from home.demonstration.accounts import ACCOUNTS
from tools.console import ROOT

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
WORDS = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
README = (ROOT / "README.md").read_text(encoding="utf-8")
OURS = ("home", "search", "submissions", "core")


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):[^#\n]*## ", makefile, re.MULTILINE))


def test_every_target_of_make_is_named_and_no_other() -> None:
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", WORDS, re.MULTILINE))
    assert named == targets() - {"help"}  # `make` alone


@pytest.mark.parametrize("command", sorted(set(re.findall(r"manage\.py ([a-z_]+)", WORDS))))
def test_a_command_of_manage_py_that_is_named_is_there(command: str) -> None:
    assert command in get_commands()


def test_every_command_of_ours_is_in_the_architecture() -> None:
    architecture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    ours = [name for name, app in get_commands().items() if app in OURS]
    assert [name for name in ours if f"`{name}`" not in architecture] == []


def test_the_readme_names_the_accounts_that_the_demonstration_makes() -> None:
    table = README.partition("| account |")[2].partition("\n\n")[0]
    cells = [row.split("|")[1] for row in table.splitlines()[2:]]
    named = re.findall(r"`([\w-]+)`", "".join(cells))
    assert named == [account.username for account in ACCOUNTS]
