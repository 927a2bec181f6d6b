"""What the editor's chooser of blocks says and shows of each, in every language of the admin."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.blocks import Block
from wagtail.models import get_page_models
from wagtail.users.models import UserProfile

from tests.core.choosable import choosable, streams
from tests.factories import bilingual_site

pytestmark = pytest.mark.django_db

CHOOSABLE = dict(choosable())
LANGUAGES = [code for code, _name in settings.LANGUAGES]
# A question is shown in the form of contributors; all else as on a page.
SHEETS = ("css/contributions", "css/ideas")


def test_the_walk_finds_blocks_of_pages_and_kinds_of_questions() -> None:
    assert len([name for name in CHOOSABLE if name.startswith("ThemePage.body.")]) == 12 + 13
    assert get_page_models()


def test_pages_offer_twelve_blocks_at_most() -> None:
    for name, stream in streams():
        assert 0 < len(stream.child_blocks) <= 12, name


@pytest.mark.parametrize("name", CHOOSABLE)
def test_a_block_is_described_in_a_sentence_of_each_language(name: str) -> None:
    block = CHOOSABLE[name]
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = str(block.get_description())
            assert str(block.label) and str(block.meta.group)
    assert all(words.endswith(".") and words.count(". ") == 0 for words in said.values())
    assert len(set(said.values())) == len(LANGUAGES), said


def previewed(client: Client, block: Block) -> BeautifulSoup:
    """What the chooser shows beside its name."""
    address = reverse("wagtailadmin_block_preview")
    response = client.get(address, {"id": block.definition_prefix})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_shows_what_it_looks_like(client: Client, language: str) -> None:
    bilingual_site()
    user = User.objects.create_superuser("root", password=None)
    UserProfile.objects.create(user=user, preferred_language=language)
    client.force_login(user)
    for name, block in CHOOSABLE.items():
        assert block.is_previewable, name
        page = previewed(client, block)
        assert page.html["lang"] == language, name
        assert page.main.get_text(strip=True), name
        styles = str(page.head)
        assert "css/tokens" in styles, name
        assert any(sheet in styles for sheet in SHEETS), name
        for picture in page.select("img"):
            assert picture["src"], name


def test_previews_speak_the_language_of_the_admin(client: Client) -> None:
    bilingual_site()
    user = User.objects.create_superuser("root", password=None)
    profile = UserProfile.objects.create(user=user)
    client.force_login(user)
    shown: dict[str, list[str]] = {}
    for language in LANGUAGES:
        profile.preferred_language = language
        profile.save()
        shown[language] = [
            previewed(client, block).main.get_text(" ", strip=True) for block in CHOOSABLE.values()
        ]
    same = [
        name
        for name, *words in zip(CHOOSABLE, *shown.values(), strict=True)
        if len(set(words)) == 1
    ]
    assert same == []


def test_what_takes_part_is_shown_open(client: Client) -> None:
    bilingual_site()
    client.force_login(User.objects.create_superuser("root", password=None))
    debate = previewed(client, CHOOSABLE["ThemePage.body.debate"])
    assert debate.select_one("textarea[name=text]")
    questionnaire = previewed(client, CHOOSABLE["ThemePage.body.questionnaire"])
    assert questionnaire.select_one("a.button")
    scale = previewed(client, CHOOSABLE["ThemePage.body.questionnaire.questions.scale"])
    assert scale.select("input[type=radio]")
