"""The site on this machine as production serves it, for what measures it.

Production's settings, granian, files compressed and named by their content. Over plain HTTP: what
TLS and a proxy in front add (HTTP/2, a shared cache) is not measured.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from tools.children import start
from tools.console import ROOT, Trouble, run_quietly

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

HOST = "127.0.0.1"
SECONDS_TO_ANSWER = 60
# The admin's files: no public page asks for them, and compressing them takes five times as long.
NOT_COLLECTED = ("admin", "django_*", "rest_framework", "wagtail*")
LEFT_OUT = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTHONPATH", "CACHE_URL", "EMAIL_URL")


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def production_environment(database_url: str, place: Path, port: int) -> dict[str, str]:
    """What the site is told: safe settings, its files in ``place``, and no TLS in front."""
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    return kept | {
        "ALLOWED_HOSTS": f"{HOST},localhost",
        "CONTRIBUTED_FILES_ROOT": str(place / "contributed-files"),
        "DATABASE_URL": database_url,
        "DEFAULT_FROM_EMAIL": "consultation@example.org",
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "MEDIA_ROOT": str(place / "media"),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SECURE_SSL_REDIRECT": "False",
        "SERVE_MEDIA": "True",
        "SITE_URL": f"https://{HOST}:{port}",
        "STATIC_ROOT": str(place / "static"),
    }


def manage(environment: Mapping[str, str], *words: str) -> None:
    """Run a command of ``manage.py``; ``Trouble`` with its last lines when it fails."""
    run_quietly(
        [sys.executable, "-m", "django", *words],
        failure=f"manage.py {words[0]} failed:",
        environment=environment,
    )


def collect_static(environment: Mapping[str, str]) -> None:
    """Hash and compress the files of the public pages."""
    left_out = [part for pattern in NOT_COLLECTED for part in ("--ignore", pattern)]
    manage(environment, "collectstatic", "--no-input", "--verbosity", "0", *left_out)


def answers(url: str) -> bool:
    """Whether anything, an error page included, answers at ``url``."""
    try:
        urllib.request.urlopen(url, timeout=10).close()  # noqa: S310 (our own http address)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@contextlib.contextmanager
def serving(environment: Mapping[str, str], port: int, *, workers: int) -> Iterator[str]:
    """The address of the site while it runs. ``Trouble`` when it doesn't start."""
    address = f"http://{HOST}:{port}"
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "config.wsgi:application"),
        *("--host", HOST, "--port", str(port), "--workers", str(workers)),
        *("--blocking-threads", "4", "--log-level", "warning", "--respawn-failed-workers"),
    ]
    server = start("site", command, environment=environment)
    try:
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while not answers(f"{address}/robots.txt"):
            if server.process.poll() is not None:
                raise Trouble("The site stopped by itself.")
            if time.monotonic() > deadline:
                raise Trouble("The site does not answer.")
            time.sleep(0.1)
        yield address
    finally:
        server.stop()
