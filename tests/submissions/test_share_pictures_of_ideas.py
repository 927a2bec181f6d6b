"""What other sites show of an idea: its published words, and nothing of what is not."""

import io
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from PIL import Image

from core.share_pictures.drawing import SharePicture
from submissions.models import Debate, IdeaStatus, Questionnaire
from submissions.signals import idea_unpublished
from tests.factories import BilingualSite, bilingual_site, bilingual_theme, idea, translation_of

pytestmark = pytest.mark.django_db

CANARY = "Canari : ces mots ne sont pas publics."


@pytest.fixture(autouse=True)
def kept_in(tmp_path: Path, settings: Any) -> Path:
    share_pictures = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path},
    }
    settings.STORAGES = settings.STORAGES | {"share_pictures": share_pictures}
    return tmp_path


@pytest.fixture
def debate(site: BilingualSite) -> Debate:
    bilingual_theme(site, title="Trust", accent="teal")
    return Debate.objects.get()


def tags(client: Client, address: str) -> dict[str, str]:
    response = client.get(address)
    assert response.status_code == 200, address
    head: Any = BeautifulSoup(response.content, "html.parser").head
    return {tag["property"]: tag["content"] for tag in head.select('meta[property^="og:"]')}


def picture_of(client: Client, address: str) -> str:
    return "/" + tags(client, address)["og:image"].split("/", 3)[3]


def test_an_idea_is_shared_in_its_own_words(client: Client, debate: Debate) -> None:
    made = idea(debate, "We should plant trees.")
    told = tags(client, f"/en/ideas/{made.pk}/")
    assert told["og:title"] == "We should plant trees."
    assert told["og:description"] == f"Idea {made.pk} – Trust"
    assert told["og:type"] == "article"
    assert told["og:image:alt"].endswith("– Trust – We should plant trees.")


def test_its_picture_is_drawn_in_the_colour_of_its_theme(client: Client, debate: Debate) -> None:
    made = idea(debate)
    response = client.get(picture_of(client, f"/en/ideas/{made.pk}/"))
    picture: Any = Image.open(io.BytesIO(response.content)).convert("RGB")
    assert picture.size == (1200, 630)
    red, green, blue = picture.getpixel((4, 626))
    assert (red, green, blue) == pytest.approx((10, 96, 99), abs=3)
    assert response["Cache-Control"] == "public, max-age=86400"
    assert not response.cookies


def test_a_reader_of_french_shares_the_approved_translation(client: Client, debate: Debate) -> None:
    made = idea(debate, "Why not plant trees?")
    address = f"/fr/idees/{made.pk}/"
    assert tags(client, address)["og:title"] == "Why not plant trees?"
    translation_of(made, CANARY, "fr", approved=False)
    assert CANARY not in client.get(address).content.decode()
    before = picture_of(client, address)
    made.texts.filter(language="fr").delete()
    translation_of(made, "Plantons des arbres !", "fr")
    assert tags(client, address)["og:title"] == "Plantons des arbres\u202f!"
    assert "Plantons des arbres\u202f!" in tags(client, address)["og:image:alt"]
    moved = client.get(before)
    assert (moved.status_code, moved["Location"]) == (302, picture_of(client, address))


@pytest.mark.parametrize("status", [IdeaStatus.AWAITING, IdeaStatus.REFUSED, IdeaStatus.WITHDRAWN])
def test_an_idea_that_is_not_published_has_no_picture(
    client: Client, debate: Debate, status: IdeaStatus, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = idea(debate, CANARY, "fr", status=status)
    monkeypatch.setattr(SharePicture, "png", lambda _self: pytest.fail("drawn"))
    for address in (f"/en/share/idea/{made.pk}-0000.png", f"/fr/idees/{made.pk}/"):
        gone = status == IdeaStatus.WITHDRAWN and "share" not in address
        assert client.get(address, follow=True).status_code == (410 if gone else 404)


@pytest.mark.parametrize("status", [IdeaStatus.AWAITING, IdeaStatus.REFUSED])
def test_no_tag_of_the_debates_pages_holds_an_unpublished_idea(
    client: Client, site: BilingualSite, debate: Debate, status: IdeaStatus
) -> None:
    idea(debate, CANARY, "fr", status=status)
    theme = debate.labels.get(language="fr")
    assert theme.page_title
    for address in (f"/fr/debats/{debate.pk}/idees/", "/fr/themes/", "/fr/"):
        assert CANARY not in str(tags(client, address))


def test_an_idea_that_is_withdrawn_loses_its_picture_at_once(
    client: Client, debate: Debate, kept_in: Path
) -> None:
    made = idea(debate)
    address = picture_of(client, f"/en/ideas/{made.pk}/")
    assert client.get(address).status_code == 200
    assert list(kept_in.rglob("*.png"))
    made.status = IdeaStatus.WITHDRAWN
    made.save()
    assert client.get(address).status_code == 404
    idea_unpublished.send(type(made), idea=made)
    assert not list(kept_in.rglob("*.png"))


def test_the_picture_of_an_idea_that_is_erased_goes(
    client: Client, debate: Debate, kept_in: Path, django_capture_on_commit_callbacks: Any
) -> None:
    made = idea(debate)
    client.get(picture_of(client, f"/en/ideas/{made.pk}/"))
    with django_capture_on_commit_callbacks(execute=True):
        made.delete()
    assert not list(kept_in.rglob("*.png"))


def test_an_idea_of_another_site_has_no_picture_here(client: Client, debate: Debate) -> None:
    made = idea(debate)
    address = picture_of(client, f"/en/ideas/{made.pk}/")
    bilingual_site("other.example")
    assert client.get(address, headers={"host": "other.example"}).status_code == 404
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("words", ["🌳" * 140, "يجب أن نزرع الأشجار", "Non 🚫 au nucléaire"])
def test_words_that_cannot_be_drawn_give_way_to_the_ideas_number(
    client: Client, debate: Debate, words: str
) -> None:
    made = idea(debate, words, "fr")
    told = tags(client, f"/en/ideas/{made.pk}/")
    assert told["og:title"] == words
    assert told["og:image:alt"].endswith(f"Trust – Idea {made.pk}")
    assert client.get(picture_of(client, f"/en/ideas/{made.pk}/")).status_code == 200


def test_words_are_escaped(client: Client, debate: Debate) -> None:
    made = idea(debate, '"><script>alert(1)</script>')
    response = client.get(f"/en/ideas/{made.pk}/")
    assert b"<script>alert" not in response.content
    assert tags(client, f"/en/ideas/{made.pk}/")["og:title"] == '"><script>alert(1)</script>'


def test_the_picture_is_asked_for_without_a_session_even_by_staff(
    client: Client, debate: Debate
) -> None:
    made = idea(debate)
    address = picture_of(client, f"/en/ideas/{made.pk}/")
    client.force_login(get_user_model().objects.create_superuser("admin"))
    response = client.get(address)
    assert response["Cache-Control"].startswith("public")
    assert "Cookie" not in response.get("Vary", "")


def test_lists_and_forms_wear_the_picture_of_their_theme(client: Client, debate: Debate) -> None:
    form = Questionnaire.objects.get()
    ideas = tags(client, f"/en/debates/{debate.pk}/ideas/")
    questions = tags(client, f"/en/questionnaires/{form.pk}/")
    assert ideas["og:title"] == "Ideas – Trust"
    assert questions["og:title"] == "Your contribution – Trust"
    assert (
        ideas["og:image"] == questions["og:image"] == tags(client, "/en/themes/trust/")["og:image"]
    )


@pytest.mark.parametrize("page", ["vote", "write", "written"])
def test_votes_and_thanks_are_not_shared(client: Client, debate: Debate, page: str) -> None:
    assert tags(client, f"/en/debates/{debate.pk}/{page}/") == {}


def test_the_way_back_to_a_contribution_is_not_shared(client: Client, debate: Debate) -> None:
    assert tags(client, "/en/drafts/find/") == {}
