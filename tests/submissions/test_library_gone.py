"""What the library no longer has, or never had."""

from html import unescape

import pytest

from submissions.contributions.publishing import services
from submissions.contributions.publishing.redacting import redact
from submissions.models import (
    Contribution,
    ContributionState,
    RedactionReason,
)
from tests.factories import bilingual_site
from tests.submissions.libraries import WITHOUT_NAME, Room, organiser, reviewer, room
from tests.submissions.test_library import CANARY, listed, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Room:
    return room()


def test_what_was_never_published_is_nowhere(here, client):
    row = here.contribution()
    for name in ("publication", "publication_data", "publication_text"):
        assert client.get(url(name, row.reference)).status_code == 404
    assert client.get(url("publication", "AAAA-AAAA-AAAA")).status_code == 404
    row.consents.all().delete()
    Contribution.objects.filter(pk=row.pk).update(state=ContributionState.WITHDRAWN)
    services.consent_changed(row)
    assert client.get(url("publication", row.reference)).status_code == 404  # no word of it, either


# case 50
@pytest.mark.parametrize("how", ["taken back", "not published any more", "withdrawn"])
def test_what_is_gone_is_gone_at_once_without_a_word(here, client, how):
    one = here.published(f"{CANARY} words.", name=CANARY)
    row = one.contribution
    path = url("publication", row.reference)
    etag = client.get(path)["ETag"]
    if how == "taken back":
        services.take_back(row, organiser(), why="A mistake.")
    else:
        row.consents.all().delete()
        if how == "withdrawn":
            Contribution.objects.filter(pk=row.pk).update(state=ContributionState.WITHDRAWN)
        services.consent_changed(row)
    response = client.get(path, headers={"If-None-Match": etag})
    assert response.status_code == 410
    assert CANARY not in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    for name in ("publication_data", "publication_text"):
        assert client.get(url(name, row.reference)).status_code == 404
    assert client.get(url("publication_cite", row.reference, "bib")).status_code == 404
    assert CANARY not in listed(client)
    assert "1 contribution matches" not in listed(client, f"q={CANARY}")


def test_every_page_is_asked_for_each_time(here, client):
    reference = here.published().contribution.reference
    for path in (url("library"), url("publication", reference), url("publication_data", reference)):
        response = client.get(path)
        assert "no-cache" in response["Cache-Control"]
        again = client.get(path, headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304


def test_another_site_s_contribution_is_not_found(here, client):
    reference = here.published().contribution.reference
    other = bilingual_site(hostname="other.example.org")
    host = {"host": other.site.hostname}
    assert client.get(url("publication", reference), headers=host).status_code == 404
    assert client.get(url("publication_data", reference), headers=host).status_code == 404
    assert reference not in client.get(url("library"), headers=host).content.decode()


# case 47
def test_a_canary_of_what_is_not_public_is_nowhere(here, client):
    here.contribution(f"{CANARY} never agreed.", publication=None, name=f"{CANARY}1")
    here.contribution(f"{CANARY} not published yet.", name=f"{CANARY}2")
    row = here.contribution(f"{CANARY} is taken out. The rest stays.", publication=WITHOUT_NAME)
    Contribution.objects.filter(pk=row.pk).update(name=f"{CANARY}3", organisation=f"{CANARY}4")
    here.file(row, f"{CANARY}.pdf")
    redact(row.answers.get(), CANARY, RedactionReason.UNLAWFUL, organiser())
    proposed = services.propose(row, reviewer())
    assert CANARY not in listed(client)
    services.object_to(proposed, f"{CANARY} objection", seen=proposed.sha256)
    services.agree(proposed, seen=proposed.sha256)
    services.publish(row, organiser())
    replaced = here.published(f"{CANARY} was said before.").contribution
    here.answer(replaced, "Other words.")
    here.version(replaced)
    services.publish(replaced, organiser())
    for language in ("en", "fr"):
        for path in (
            url("library", language=language),
            f"{url('library', language=language)}?q={CANARY}",
            *(
                url(name, reference, language=language)
                for reference in (row.reference, replaced.reference)
                for name in ("publication", "publication_data", "publication_text")
            ),
            url("publication_cite", row.reference, "bib", language=language),
            url("publication_cite", row.reference, "json", language=language),
            "/sitemap.xml",
        ):
            html = client.get(path).content.decode()
            assert CANARY not in html.replace(f"?q={CANARY}", "").replace(
                f'value="{CANARY}"', ""
            ).replace(f"q={CANARY}", "").replace(f"“{CANARY}”", "")
    found = client.get("/en/search/", {"q": CANARY}).content.decode()
    assert "Nothing was found" in unescape(found)
