"""The database goes away and comes back under the real server. # case 20"""

import os
import re
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from submissions.models import Debate
from tests.factories import bilingual_site, bilingual_theme, idea
from tests.fixtures.database import database_url
from tests.fixtures.server import SECONDS_TO_START, answers, free_port
from tools.children import Child, start
from tools.console import ROOT
from tools.postgres import Cluster, discard, throw_away_cluster
from tools.postgres_files import programs_for

WORKERS = 2
TOKEN = "a" * 32  # what a cookie and a form that agree hold
WORDS = "We should <i>keep</i> what people write."


@dataclass
class Answer:
    """What came back, read."""

    status: int
    headers: Any
    body: bytes

    @property
    def page(self) -> Any:
        """Untyped: what is looked for and not found fails the test anyway."""
        return BeautifulSoup(self.body, "html.parser")


@dataclass
class Service:
    """A site in production's settings on a database of its own, which can be switched off."""

    url: str
    cluster: Cluster
    sockets: Path  # leads to the cluster's socket, wherever a restart puts it
    server: Child

    def ask(self, path: str, **form: str) -> Answer:
        """GET ``path``; POST it when there is a form, as one of our own pages does."""
        data = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": TOKEN}) if form else ""
        request = urllib.request.Request(
            self.url + path,
            data=data.encode() or None,
            headers={"Cookie": f"__Host-csrf={TOKEN}", "Sec-Fetch-Site": "same-origin"},
        )
        try:
            answer = urllib.request.urlopen(request, timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Answer(answer.status, answer.headers, answer.read())

    def switch_off(self) -> None:
        """As a crash or a restart of the server does: every connection is cut."""
        self.cluster.stop()

    def switch_on(self) -> None:
        """The same data again, at the same address."""
        self.cluster.start()
        self._lead_to_socket()

    def _lead_to_socket(self) -> None:
        self.sockets.unlink(missing_ok=True)
        assert self.cluster.socket_folder
        self.sockets.symlink_to(self.cluster.socket_folder)


def copy_database(cluster: Cluster) -> None:
    """What this test wrote, into ``cluster``."""
    programs = programs_for(cluster.account, cluster.place)
    cluster.create_database("consultation")
    dumped = subprocess.run(
        [programs / "pg_dump", "--no-owner", "--dbname", database_url()],
        capture_output=True,
        check=True,
    )
    subprocess.run(
        [programs / "psql", "-q", "--dbname", cluster.url("consultation")],
        input=dumped.stdout,
        stdout=subprocess.DEVNULL,
        check=True,
    )


@pytest.fixture
def open_debate(transactional_db: None) -> Debate:
    """A debate on a theme of a site in two languages, with an idea to vote on."""
    bilingual_theme(bilingual_site())
    debate = Debate.objects.get()
    idea(debate)
    return debate


@pytest.fixture
def service(open_debate: Debate, tmp_path: Path) -> Iterator[Service]:
    """The site as production serves it, two processes, its static files collected."""
    cluster = throw_away_cluster()
    server = None
    try:
        copy_database(cluster)
        port, sockets = free_port(), tmp_path / "s"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": "https://127.0.0.1",
            "DEFAULT_FROM_EMAIL": "site@example.org",
            "SECURE_SSL_REDIRECT": "False",
            "STATIC_ROOT": str(tmp_path / "static"),
            "DATABASE_URL": f"postgres://polyphony@/consultation?host={sockets}",
        }
        collect = [sys.executable, "-m", "django", "collectstatic", "--no-input", "-v0"]
        subprocess.run(collect, cwd=ROOT, env=environment, check=True)
        command = [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "config.wsgi:application"),
            *("--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS)),
            *("--log-level", "warning"),
        ]
        with (tmp_path / "server.log").open("wb") as log:
            server = start("server", command, environment=environment, output=log)
        service = Service(f"http://127.0.0.1:{port}", cluster, sockets, server)
        service._lead_to_socket()
        deadline = time.monotonic() + SECONDS_TO_START
        while not answers(f"{service.url}/robots.txt"):
            assert time.monotonic() < deadline, (tmp_path / "server.log").read_text()
            time.sleep(0.1)
        yield service
    finally:
        if server:
            server.stop()
        discard(cluster)


def test_an_outage_is_told_in_both_languages_and_heals_by_itself(
    service: Service, open_debate: Debate
) -> None:
    debate, voted = open_debate.pk, open_debate.ideas.get().pk
    reads = ["/en/", "/fr/", "/en/themes/", f"/fr/debats/{debate}/idees/", f"/en/ideas/{voted}/"]
    for path in reads:
        assert service.ask(path).status == 200, path

    service.switch_off()
    for path in [*reads, *reads]:  # each process has held a connection
        answer = service.ask(path)
        assert answer.status == 503, path
        assert int(answer.headers["Retry-After"]) > 0
        assert [section["lang"] for section in answer.page.main.find_all("section")] == (
            ["fr", "en"] if path.startswith("/fr/") else ["en", "fr"]
        )
        assert "Set-Cookie" not in answer.headers
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    sent = service.ask(f"/fr/debats/{debate}/ecrire/", text=WORDS, email="ada@example.org")
    assert sent.status == 503
    assert sent.page.textarea.get_text() == WORDS
    assert "ada@example.org" not in sent.page.get_text()
    vote = service.ask(f"/en/ideas/{voted}/vote/", choice="agree", place="idea")
    assert vote.status == 503

    for link in sent.page.find_all("link"):
        assert "." in link["href"] and not re.search(r"\.[0-9a-f]{12}\.", link["href"])
        assert service.ask(link["href"]).status == 200, link["href"]

    service.switch_on()
    for path in [*reads, *reads]:
        assert service.ask(path).status == 200, path
    again = service.ask(f"/fr/debats/{debate}/ecrire/", text=WORDS, language="en")
    assert again.status == 200
    assert again.page.select_one(".confirmation")
    assert service.server.process.poll() is None
