"""PostgreSQL is restarted while dossiers are written and sent: words come back, nothing is lost."""

import threading
from collections import Counter
from pathlib import Path

import psycopg
import pytest
from django.test import override_settings

from tests.fixtures.apart import Service, served_apart
from tests.submissions.conftest import address
from tests.submissions.sendable import Sendable, ready

WORDS = "Words that were typed while the database was away."
READERS = 4


class Load:
    """Readers of the public pages, for as long as the block lasts."""

    def __init__(self, service: Service, *paths: str) -> None:
        self.service, self.paths = service, paths
        self.over = threading.Event()
        self.statuses: Counter[int] = Counter()
        self.threads = [threading.Thread(target=self._read) for _reader in range(READERS)]

    def _read(self) -> None:
        while not self.over.is_set():
            for path in self.paths:
                self.statuses[self.service.ask(path).status] += 1

    def __enter__(self) -> "Load":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_how: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()


@pytest.mark.more
@pytest.mark.timeout(300)
@pytest.mark.django_db(transaction=True)
def test_a_restart_under_load_costs_no_word_and_heals_by_itself(  # case 20
    transactional_db: None, tmp_path: Path
) -> None:
    dossier = ready()
    question = dossier.question()
    section = address(
        "draft_section", str(dossier.author.draft_id), dossier.questionnaires[0].pk, 0
    )
    with served_apart(tmp_path) as service:
        cookies = cookies_of(dossier, service)
        screen = service.ask(section, cookies).page.select_one("[name=screen]")["value"]
        field = {f"question_{question.pk}": WORDS, "screen": screen, "then": "on"}
        with Load(service, "/en/", address("questionnaire", dossier.questionnaires[0].pk)) as load:
            service.switch_off()
            refused = service.ask(section, cookies, **field)
            assert refused.status == 503
            assert int(refused.headers["Retry-After"]) > 0
            assert refused.page.textarea.get_text().strip() == WORDS
            service.switch_on()
            assert service.ask(section, cookies, **field).status == 200  # the task list
        assert load.statuses.keys() <= {200, 503}
        assert load.statuses[200] and load.statuses[503]
        assert service.ask("/en/").status == 200
        assert service.server.process.poll() is None
        with psycopg.connect(service.cluster.url("consultation")) as theirs:
            kept = theirs.execute("SELECT data::text FROM submissions_draftanswer").fetchall()
        assert [WORDS in row[0] for row in kept] == [True]


def cookies_of(dossier: Sendable, service: Service) -> str:
    """What its author's browser would have of that site."""
    name = "__Host-drafts"
    with override_settings(SECRET_KEY=service.secret, DRAFT_COOKIE_NAME=name):
        return f'{name}="{dossier.browser().cookies[name].value}"'
