"""The rooms of the project: where they are, and by which names code is imported from them."""

import importlib
from pathlib import Path

import pytest

from tools.console import ROOT

ROOMS = ["home", "themes", "submissions", "search", "site", "locale", "tests", "docs", "tools"]
APPS = ["home", "themes", "submissions", "search"]
IN_SITE = ["config", "core"]  # packages of the source root


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_stands_at_the_root(room: str) -> None:
    assert (ROOT / room).is_dir()


@pytest.mark.parametrize("name", ["manage.py", "requirements.txt", "Makefile", "pyproject.toml"])
def test_a_file_stands_at_the_root(name: str) -> None:
    assert (ROOT / name).is_file()


@pytest.mark.parametrize("app", APPS)
def test_an_app_is_a_package_at_the_root(app: str) -> None:
    module = importlib.import_module(app)
    assert Path(module.__file__ or "") == ROOT / app / "__init__.py"


@pytest.mark.parametrize("name", IN_SITE)
def test_what_stands_in_site_is_imported_by_its_own_name(name: str) -> None:
    module = importlib.import_module(name)
    assert Path(module.__file__ or "") == ROOT / "site" / name / "__init__.py"


@pytest.mark.parametrize("name", ["site.config", "site.core", "locale.fr"])
def test_nothing_is_imported_through_a_name_of_the_standard_library(name: str) -> None:
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module(name)
