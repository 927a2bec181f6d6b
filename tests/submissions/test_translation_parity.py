"""What the desk says of forms before a translation is published: what will differ then."""

import pytest
from wagtail.models import Page
from wagtail_localize.operations import translate_object

from core.translating.parity import differences
from home.roles import grant_roles
from submissions.models import Questionnaire
from submissions.registry import differences as forms
from tests.factories import (
    ThemePageFactory,
    bilingual_site,
    debate_block,
    locale,
    published,
    questionnaire_block,
)
from themes.models import ThemePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> tuple[ThemePage, Page]:
    """A theme that was published, and its French, which is still a draft."""
    site = bilingual_site()
    grant_roles()
    page = published(
        ThemePageFactory(parent=site.themes, body=[debate_block(), questionnaire_block()])
    )
    translate_object(page, [locale("fr")])
    return page, page.get_translation(locale("fr"))


def test_what_publishing_mends_is_no_difference(pages: tuple[ThemePage, Page]) -> None:
    page, french = pages
    assert differences(french) == []
    french.get_latest_revision().publish()
    page.body[1].value["questions"].append(("short_text", {"label": "One more?"}))
    published(page)
    assert "One more?" in forms(Questionnaire.objects.get())[0].sentence
    assert differences(french) == []


def test_what_another_language_takes_off_line_is_told(pages: tuple[ThemePage, Page]) -> None:
    page, french = pages
    page.unpublish()
    assert [one.split(" – ")[1] for one in differences(french)] == ["Not published in English."] * 2
