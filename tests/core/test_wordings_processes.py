"""A mended wording is read by every process that serves the site, within seconds."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from core.models import InterfaceWording
from core.wordings.overlay import bring_in_step
from core.wordings.services import mend
from tests.fixtures.database import database_url
from tools.children import Child, start
from tools.console import ROOT
from tools.postgres import wait_until

SECONDS = 1.0  # how often these two look; the site's five are as good, and slower to wait for
# What stands between two requests of one process, without the requests.
SERVING = f"""
import time
from config import wsgi
from django.core.signals import request_finished, request_started
from django.utils.translation import gettext, override
from core.wordings import overlay
overlay.SECONDS = {SECONDS}
while True:
    request_started.send(sender=None)
    with override("fr"):
        print(gettext("Moderators"), flush=True)
    request_finished.send(sender=None)
    time.sleep(0.1)
"""
KEY = ("", "Moderators")


@pytest.fixture
def serving(transactional_db: None, tmp_path: Path) -> Iterator[list[Path]]:
    """Two processes on this test's database; what each says last stands at the end of its file."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
    }
    children: list[Child] = []
    said = [tmp_path / "one", tmp_path / "other"]
    try:
        for path in said:
            with path.open("wb") as output:
                command = [sys.executable, "-c", SERVING]
                children.append(start("serving", command, environment=environment, output=output))
        yield said
    finally:
        for child in children:
            child.stop()
        InterfaceWording.objects.all().delete()
        bring_in_step()


def all_say(said: list[Path], words: str, within: float) -> bool:
    return wait_until(
        lambda: all(path.read_text().splitlines()[-1:] == [words] for path in said), within
    )


def test_two_processes_read_what_a_third_has_mended(serving: list[Path]) -> None:
    by = User.objects.create_superuser("admin")
    assert all_say(serving, "Modérateurs", 60), [path.read_text() for path in serving]
    for words in ("Celles et ceux qui modèrent", "Modérateurs"):
        mend("fr", {KEY: [words]}, by)
        assert all_say(serving, words, 30), [path.read_text() for path in serving]
