"""What becomes of rows when pages are moved, copied, translated or deleted (docs/lifecycle.md)."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from wagtail.models import Page

from submissions.models import (
    Answer,
    Debate,
    Idea,
    Question,
)
from submissions.registry import sync
from submissions.registry.opening import open_by_hand
from tests.factories import (
    BilingualSite,
    bilingual_theme,
    debate_block,
    published,
    translate,
)
from tests.submissions.publishing import answer_to, idea_in, is_open, theme
from themes.models import ThemePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    return User.objects.create_superuser("chief", "chief@example.org", "secret")


class TestPageMovedOrSlugChanged:
    def test_a_new_slug_changes_nothing_and_the_old_address_redirects(
        self, site: BilingualSite, client: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        page, _page_fr = bilingual_theme(site)
        before = list(Debate.objects.values())
        old = page.get_url()
        page.slug = "elsewhere"
        with django_capture_on_commit_callbacks(execute=True):
            published(page)
        assert list(Debate.objects.values()) == before
        answer = client.get(old)
        assert answer.status_code == 301
        assert answer["Location"] == ThemePage.objects.get(pk=page.pk).get_url()

    def test_a_move_changes_nothing(self, site: BilingualSite) -> None:
        first, _first_fr = bilingual_theme(site)
        before = list(Debate.objects.values())
        second = theme(site)
        Debate.objects.filter(translation_key=second.translation_key).delete()
        ThemePage.objects.get(pk=first.pk).move(Page.objects.get(pk=second.pk), pos="right")
        assert list(Debate.objects.values()) == before


class TestPageCopied:
    def test_gets_rows_of_its_own_empty_and_not_open(
        self, site: BilingualSite, staff: User
    ) -> None:
        page, _page_fr = bilingual_theme(site, debate_block())
        original = Debate.objects.get()
        idea_in(original)
        twin = page.copy(update_attrs={"slug": "twin", "title": "Twin"}, user=staff)
        sync(twin)
        row = Debate.objects.exclude(pk=original.pk).get()
        assert row.block_id == original.block_id
        assert row.translation_key != original.translation_key
        assert row.ideas.count() == 0
        translate(ThemePage.objects.get(pk=twin.pk))
        row.refresh_from_db()
        assert row.level
        assert not is_open(row)
        open_by_hand(row, staff)
        assert is_open(row)


class TestAliasOfTheSameLanguage:
    def test_is_ignored(self, site: BilingualSite) -> None:
        page, _page_fr = bilingual_theme(site)
        before = list(Debate.objects.values())
        alias = page.create_alias(update_slug="alias")
        sync(alias)
        assert list(Debate.objects.values()) == before

    def test_shows_the_originals_block(self, site: BilingualSite, client: Any) -> None:
        page, _page_fr = bilingual_theme(site)
        alias = page.create_alias(update_slug="alias")
        door = f"/en/debates/{Debate.objects.get().pk}/start/"
        assert door in client.get(alias.get_url()).content.decode()


class TestSubmittedForTranslationBeforeItsParents:
    def test_is_refused_with_an_offer_to_translate_the_parents_first(
        self, site: BilingualSite, admin_client: Any
    ) -> None:
        site.themes_fr.delete()
        page = theme(site)
        french = site.home_fr.locale
        answer = admin_client.post(
            f"/admin/localize/submit/page/{page.pk}/", {"locales": [french.pk]}, follow=True
        )
        assert not ThemePage.objects.filter(locale=french).exists()
        assert f"/admin/localize/submit/page/{site.themes.pk}/" in answer.content.decode()

    def test_is_taken_once_they_are(self, site: BilingualSite, admin_client: Any) -> None:
        page = theme(site)
        french = site.home_fr.locale
        admin_client.post(f"/admin/localize/submit/page/{page.pk}/", {"locales": [french.pk]})
        translated = ThemePage.objects.get(locale=french)
        assert not translated.live
        assert translated.alias_of is None


class TestPageDeletedInTheAdmin:
    @pytest.mark.parametrize("target", ["page", "translation", "ancestor"])
    def test_is_refused_while_it_has_submissions(
        self, site: BilingualSite, admin_client: Any, target: str
    ) -> None:
        page, page_fr = bilingual_theme(site)
        idea_in(Debate.objects.get())
        doomed = {"page": page, "translation": page_fr, "ancestor": site.themes}[target]
        answer = admin_client.post(f"/admin/pages/{doomed.pk}/delete/", follow=True)
        assert Page.objects.filter(pk=doomed.pk).exists()
        assert f"/admin/pages/{doomed.pk}/unpublish/" in answer.content.decode()

    def test_is_refused_in_bulk(self, site: BilingualSite, admin_client: Any) -> None:
        page, _page_fr = bilingual_theme(site)
        answer_to(Question.objects.first())
        admin_client.post(f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}")
        assert Page.objects.filter(pk=page.pk).exists()

    def test_is_allowed_without_submissions(self, site: BilingualSite, admin_client: Any) -> None:
        page, _page_fr = bilingual_theme(site)
        admin_client.post(f"/admin/pages/{page.pk}/delete/")
        assert not Page.objects.filter(pk=page.pk).exists()


class TestPageDeletedByCode:
    def test_its_rows_stay_retired_with_their_labels(self, site: BilingualSite) -> None:
        page, page_fr = bilingual_theme(site)
        debate = Debate.objects.get()
        idea = idea_in(debate)
        answer = answer_to(Question.objects.first())
        page.delete()
        page_fr.delete()
        debate.refresh_from_db()
        assert debate.retired_at is not None
        assert not is_open(debate)
        assert {label.language for label in debate.labels.all()} == {"en", "fr"}
        assert Idea.objects.get() == idea
        assert Answer.objects.get() == answer

    def test_a_whole_tree_at_once_too(self, site: BilingualSite) -> None:
        bilingual_theme(site)
        idea_in(Debate.objects.get())
        Page.objects.filter(pk__in=[site.themes.pk, site.themes_fr.pk]).delete()
        assert Debate.objects.get().retired_at is not None
        assert Idea.objects.count() == 1


class TestSiteDeleted:
    def test_is_refused_while_its_consultation_has_submissions(
        self, site: BilingualSite, admin_client: Any
    ) -> None:
        bilingual_theme(site)
        idea_in(Debate.objects.get())
        answer = admin_client.post(f"/admin/sites/delete/{site.site.pk}/", follow=True)
        assert type(site.site).objects.filter(pk=site.site.pk).exists()
        assert "cannot be deleted" in answer.content.decode()

    def test_is_allowed_without(self, site: BilingualSite, admin_client: Any) -> None:
        bilingual_theme(site)
        admin_client.post(f"/admin/sites/delete/{site.site.pk}/")
        assert not type(site.site).objects.filter(pk=site.site.pk).exists()
