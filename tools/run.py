"""``make run``: a database, the worker and the site, until Ctrl-C; nothing is left running after.

Runs in the virtual environment that ``tools.bootstrap`` made.
"""

from __future__ import annotations

import os
import secrets
import socket
import sys
import urllib.error
import urllib.request
from contextlib import closing
from typing import TYPE_CHECKING

from tools import database_url
from tools.console import ROOT, Trouble, speak, step
from tools.environment import check_room, check_writable
from tools.launch import Failed, Launch, StopAsked
from tools.lock import only_copy
from tools.postgres import OWNER, Cluster
from tools.postgres_files import kept_place

if TYPE_CHECKING:
    from pathlib import Path

VAR = ROOT / "var"
LOCK = VAR / "run.lock"
PASSWORD = VAR / "demo-password"
ACCOUNTS = VAR / "demo-accounts"
PRIVATE_URL = VAR / "database-url"
HOST = "127.0.0.1"
USUAL_PORT = 8000
HIGHEST_PORT = 65_535
ROOM_TO_WORK = 200 * 1024 * 1024  # bytes: a database that can't write its log stops
SECONDS_TO_ANSWER = 60
SECONDS_FOR_A_TASK = 30
LANGUAGES = {"en": "English", "fr": "français"}


def chosen_port(text: str) -> int:
    """The port that ``text`` names. Raises ``Trouble`` when it names none."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= HIGHEST_PORT):
        raise Trouble(f"PORT must be a number from 1 to {HIGHEST_PORT}, and is “{text}”.")
    return int(text)


def check_port(port: int) -> None:
    """Raise ``Trouble`` when ``port`` can't be listened on."""
    other = port + 1 if USUAL_PORT <= port < HIGHEST_PORT else USUAL_PORT + 1
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen()
        except PermissionError:
            raise Trouble(
                f"This user may not use port {port}. Choose another: make run PORT={other}"
            ) from None
        except OSError:
            raise Trouble(
                f"Port {port} is taken by another program. Choose another: make run PORT={other}"
            ) from None


def check_database_url() -> None:
    """Raise ``Trouble`` when DATABASE_URL is set to what can't be one."""
    if os.environ.get("DATABASE_URL"):
        database_url.check_form(os.environ["DATABASE_URL"])


def write_privately(path: Path, text: str) -> None:
    """Write ``text`` where only this user can read it."""
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")


def demo_password() -> str:
    """The password of the demo accounts: DEMO_PASSWORD, or one made for this clone and kept."""
    given = os.environ.get("DEMO_PASSWORD")
    if given:
        return given
    if not PASSWORD.exists():
        write_privately(PASSWORD, secrets.token_urlsafe(12))
    return PASSWORD.read_text(encoding="utf-8").strip()


def open_database(launch: Launch) -> str:
    """The address of the database: DATABASE_URL, or the private cluster's, started here."""
    named = os.environ.get("DATABASE_URL")
    if named:
        return named
    with step("Private PostgreSQL in var/postgres"):
        cluster = Cluster(kept_place(VAR), durable=True)
        launch.cluster = cluster
        cluster.start()
        cluster.create_database(OWNER)
    url = cluster.url(OWNER)
    write_privately(PRIVATE_URL, url)
    return url


def environment_for(url: str, port: int) -> dict[str, str]:
    """What the site, its worker and its preparation are told."""
    told = {
        "DATABASE_URL": url,
        "DEMO_PASSWORD": demo_password(),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        "PYTHONUNBUFFERED": "1",
    }
    usual = {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "SITE_URL": f"http://{HOST}:{port}"}
    return usual | os.environ | told


def answers(url: str) -> bool:
    """Whether ``url`` gives a page."""
    try:
        urllib.request.urlopen(url, timeout=10).close()  # noqa: S310 (our own http address)
    except urllib.error.HTTPError as error:
        raise Trouble(f"The site runs, but {url} answers {error.code}.") from None
    except OSError:
        return False
    return True


def serve(launch: Launch, port: int) -> None:
    """Start everything, say where to look, and stay until there is a reason to stop."""
    (VAR / "static").mkdir(exist_ok=True)  # nothing is collected into it here, but it is looked for
    environment = environment_for(open_database(launch), port)
    launch.finish(launch.start("preparation", "tools.prepare", environment=environment))
    with step("Background worker"):
        manage = ("django", "worker")
        launch.start("worker", *manage, environment=environment, patience=SECONDS_FOR_A_TASK)
    with step("Site") as line:
        line.note = f"port {port}"
        launch.start("site", *granian(port), environment=environment)
        launch.wait_until(
            lambda: all(answers(f"http://{HOST}:{port}/{code}/") for code in LANGUAGES),
            SECONDS_TO_ANSWER,
            otherwise="The site does not answer.",
        )
    welcome(port)
    launch.watch()


def granian(port: int) -> tuple[str, ...]:
    """The server, as ``python -m`` arguments."""
    return (
        *("granian", "--interface", "wsgi", "config.wsgi:application"),
        *("--host", HOST, "--port", str(port), "--blocking-threads", "4"),
        *("--log-level", "warning", "--respawn-failed-workers"),
    )


def welcome(port: int) -> None:
    """The addresses to open and an account for each role."""
    print("\nPolyphony is ready.\n")
    for code, language in LANGUAGES.items():
        print(f"  {language:<10} http://{HOST}:{port}/{code}/")
    print(f"  {'admin':<10} http://{HOST}:{port}/admin/")
    if not os.environ.get("EMAIL_URL"):
        print(f"  {'mail sent':<10} http://{HOST}:{port}/mailbox/")
    if ACCOUNTS.exists():
        print("\n" + ACCOUNTS.read_text(encoding="utf-8").rstrip())
    print("\nCtrl-C stops it. The data stay in var/ for the next start; `make reset` drops them.")


def main() -> int:
    port = chosen_port(os.environ.get("PORT") or str(USUAL_PORT))
    check_writable(ROOT)
    with only_copy(LOCK, f"http://{HOST}:{port}"):
        check_port(port)
        check_room(ROOT, ROOM_TO_WORK)
        check_database_url()
        launch = Launch()
        launch.listen()
        try:
            serve(launch, port)
        except StopAsked:
            return 0
        except Failed:
            return 1
        else:
            return 0
        finally:
            launch.stop()
            PRIVATE_URL.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(speak(main))
