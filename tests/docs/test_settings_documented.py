"""docs/settings.md and the code name the same environment variables."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.console import ROOT

PAGE = ROOT / "docs" / "settings.md"
SETTINGS = ROOT / "site" / "config" / "settings"
READERS = ["manage.py", "site/**/*.py", "home/**/*.py", "themes/**/*.py", "submissions/**/*.py"]
READERS += ["search/**/*.py", "tools/**/*.py"]


def holds_the_environment(node: ast.expr) -> bool:
    """Whether ``node`` is ``os.environ`` or django-environ's view of it."""
    return ast.unparse(node) in {"os.environ", "env.ENVIRON"}


def variables_read_in(source: str) -> Iterator[str]:
    """``env.str("X")``, ``os.environ["X"]``, ``os.environ.get("X")`` and ``"X" in os.environ``."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="env")), args=[name, *_]):
                yield from constant(name)
            case ast.Call(func=ast.Attribute(value=where, attr="get"), args=[name, *_]) if (
                holds_the_environment(where)
            ):
                yield from constant(name)
            case ast.Subscript(value=where, slice=name) if holds_the_environment(where):
                yield from constant(name)
            case ast.Compare(left=name, comparators=[where]) if holds_the_environment(where):
                yield from constant(name)


def constant(node: ast.expr) -> Iterator[str]:
    """The name, where it is written out. ``env.db_url_config(url)`` names none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def read_by(path: Path) -> set[str]:
    return set(variables_read_in(path.read_text(encoding="utf-8")))


def table() -> dict[str, list[str]]:
    """The cells of each variable's row after its name."""
    rows = re.findall(r"^\| `([A-Z_]+)` \|(.*)\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: [cell.strip() for cell in rest.split(" | ")] for name, rest in rows}


def test_every_variable_that_is_read_is_in_the_table_and_no_other() -> None:
    read = {name for pattern in READERS for path in ROOT.glob(pattern) for name in read_by(path)}
    assert sorted(table()) == sorted(read)


@pytest.mark.parametrize("module", sorted(path.stem for path in SETTINGS.glob("*.py")))
def test_each_settings_module_reads_what_the_table_says(module: str) -> None:
    said = {name for name, cells in table().items() if f"`{module}`" in cells[0]}
    assert read_by(SETTINGS / f"{module}.py") == said


def test_every_row_says_the_default_and_what_it_is_for() -> None:
    assert [name for name, cells in table().items() if not all(cells) or len(cells) != 3] == []


@pytest.mark.parametrize(
    "source",
    [
        'env.bool("WANTED", default=False)',
        'os.environ["WANTED"]',
        'os.environ.get("WANTED") or 1',
        '"WANTED" not in os.environ',
        '"WANTED" in env.ENVIRON',
    ],
)
def test_each_way_of_reading_a_variable_is_seen(source: str) -> None:
    assert list(variables_read_in(source)) == ["WANTED"]
