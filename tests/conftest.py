"""What every test can ask for: a database, a browser, a server of several processes."""

from pathlib import Path

import pytest

from core.catalogues import compile_changed

pytest_plugins = [
    "tests.fixtures.garbage",
    "tests.fixtures.order",
    "tests.fixtures.database",
    "tests.fixtures.libretranslate",
    "tests.fixtures.browser",
    "tests.fixtures.server",
    "tests.fixtures.site",
    "tests.fixtures.slow_site",
    "tests.fixtures.production",
]


def pytest_configure(config: pytest.Config) -> None:
    """French is compiled where it is used: a fresh clone has no .mo file yet."""
    if not hasattr(config, "workerinput"):
        list(compile_changed(Path(__file__).parents[1] / "locale"))
