"""What a page's menus offer of wagtail-localize: what its own hook says, without its questions."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import get_resolver
from wagtail import hooks
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation
from wagtail_localize.wagtail_hooks import page_listing_more_buttons

from core.translating.offered import look_up, translation_buttons
from home.roles import EDITORS, grant_roles, publishers_of
from tests.core.translating_bulk.sending import member
from tests.factories import BilingualSite, StandardPageFactory, bilingual_site, published, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> BilingualSite:
    site = bilingual_site()
    grant_roles()
    return site


def pages_of_each_kind(site: BilingualSite) -> list[Page]:
    """Translated and followed, translated and no longer followed, an alias, not translated."""
    followed, stopped, copied = (
        published(StandardPageFactory(parent=site.home, title=title)) for title in "abc"
    )
    translate(followed)
    translate(stopped)
    Translation.objects.filter(source__object_id=stopped.translation_key).update(enabled=False)
    copied.copy_for_translation(site.home_fr.locale, alias=True)
    StandardPageFactory(parent=site.home, title="d")
    pages: list[Page] = list(Page.objects.order_by("path").specific())
    return pages


def said(hook: Any, page: Page, user: User) -> list[tuple[str, str, int, str]]:
    buttons = hook(page, user, next_url="/admin/")
    return [(one.label, one.url, one.priority, one.icon_name) for one in buttons]


@pytest.mark.parametrize("looked_up", [False, True])
def test_the_same_is_offered_as_by_wagtail_localize(site: BilingualSite, looked_up: bool) -> None:
    pages = pages_of_each_kind(site)
    editor, publisher = member("ed", EDITORS), member("pu", publishers_of("English"))
    theirs = [said(page_listing_more_buttons, page, editor) for page in pages]
    assert {len(buttons) for buttons in theirs} == {0, 1}
    if looked_up:
        look_up(pages, editor)
    assert [said(translation_buttons, page, editor) for page in pages] == theirs
    assert not any(said(translation_buttons, page, publisher) for page in pages)


def test_a_page_may_lack_a_language_and_be_followed_in_another(site: BilingualSite) -> None:
    page = published(StandardPageFactory(parent=site.home))
    translate(page)
    Locale.objects.create(language_code="de")
    editor = member("ed", EDITORS)
    both = said(translation_buttons, page, editor)
    assert [label for label, *_more in both] == ["Translate this page", "Sync translated pages"]
    assert both == said(page_listing_more_buttons, page, editor)


def test_what_was_looked_up_for_a_list_is_not_asked_again(
    site: BilingualSite, django_assert_num_queries: Any
) -> None:
    pages, editor = pages_of_each_kind(site), member("ed", EDITORS)
    editor.has_perm("wagtail_localize.submit_translation")
    with django_assert_num_queries(3):
        look_up(pages, editor)
    with django_assert_num_queries(0):
        for page in pages:
            said(translation_buttons, page, editor)


@pytest.mark.parametrize("menu", ["page_header_buttons", "page_listing_more_buttons"])
def test_the_hook_of_wagtail_localize_is_asked_no_more(menu: str) -> None:
    assert get_resolver().url_patterns  # addresses were asked for
    registered = hooks.get_hooks(f"register_{menu}")
    assert registered.count(translation_buttons) == 1
    assert page_listing_more_buttons not in registered
