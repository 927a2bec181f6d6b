"""Names that the standard library owns stay its own, though folders here bear them."""

import importlib
import sysconfig

import pytest

from tools.console import ROOT


@pytest.mark.parametrize("name", ["site", "locale"])
def test_the_standard_librarys_module_is_not_hidden(name: str) -> None:
    origin = importlib.import_module(name).__file__
    assert origin is not None
    assert origin.startswith(sysconfig.get_path("stdlib"))


@pytest.mark.parametrize("name", ["site", "locale"])
def test_the_folder_of_that_name_is_no_package(name: str) -> None:
    assert (ROOT / name).is_dir()
    assert not (ROOT / name / "__init__.py").exists()


def test_git_does_not_ignore_the_source_root() -> None:
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert not {"site", "site/", "/site", "/site/"} & set(ignored)
