"""The database goes away and comes back under the real server. # case 20"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from submissions.models import Debate
from tests.factories import bilingual_site, bilingual_theme, idea
from tests.fixtures.apart import Service, served_apart

WORDS = "We should <i>keep</i> what people write."


@pytest.fixture
def open_debate(transactional_db: None) -> Debate:
    """A debate on a theme of a site in two languages, with an idea to vote on."""
    bilingual_theme(bilingual_site())
    debate = Debate.objects.get()
    idea(debate)
    return debate


@pytest.fixture
def service(open_debate: Debate, tmp_path: Path) -> Iterator[Service]:
    """The site, with what that holds."""
    with served_apart(tmp_path) as service:
        yield service


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
