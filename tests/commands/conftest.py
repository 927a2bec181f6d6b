"""A copy of the project that commands may lock, fill and drop."""

import shutil
from pathlib import Path

import pytest

from tools.console import ROOT

LEFT_OUT = shutil.ignore_patterns(".*", "var", "media", "__pycache__", "tests", "docs")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project's folder as it is now, without environments and data."""
    target = tmp_path / "polyphony"
    shutil.copytree(ROOT, target, ignore=LEFT_OUT)
    return target
