"""Only what anybody may read, in the language of the page, as it stands at that moment."""

from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, Page, PageViewRestriction, Site

from core.clock import database_now
from search.index import index_ideas, index_page
from search.models import Entry
from submissions.models import Debate, Idea, IdeaStatus, IdeaText, TextOrigin
from submissions.signals import idea_published, idea_unpublished
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    ThemePageFactory,
    bilingual_site,
    bilingual_theme,
    debate_block,
    published,
    translate,
)
from themes.models import ThemePage

Themes = tuple[ThemePage, ThemePage]


def address_of(idea: Idea, language: str) -> str:
    """The idea's permanent link."""
    with translation.override(language):
        return reverse("submissions:idea", args=[idea.pk])


class TestPages:
    def test_a_page_is_found_by_its_title_and_by_its_blocks(self, site, ask) -> None:
        body = [("text", "<p>The <b>lighthouse</b>.</p>"), ("statement", {"words": "A beacon"})]
        page = published(StandardPageFactory(parent=site.home, title="Keepers", body=body))
        for words in ("keeper", "lighthouses", "beacon"):
            assert ask(words).addresses == [page.url]

    def test_a_form_block_is_found_by_its_words(self, site, ask) -> None:
        theme, _french = bilingual_theme(site, debate_block(invitation="Which pangolin first?"))
        assert ask("pangolins").addresses == [theme.url]

    def test_each_language_finds_its_own_page(self, site, ask) -> None:
        page = published(StandardPageFactory(parent=site.home, title="Keepers"))
        french = translate(page, words={"Keepers": "Gardiens du numérique"})
        assert ask("numeriques", "fr").addresses == [french.url]
        assert ask("numerique", "en").addresses == []
        assert ask("gardien", "en").addresses == []

    def test_a_title_counts_for_more_than_a_text(self, site, ask) -> None:
        said = published(
            StandardPageFactory(parent=site.home, title="One", introduction="A lighthouse.")
        )
        named = published(StandardPageFactory(parent=site.home, title="Lighthouse"))
        assert ask("lighthouse").addresses == [named.url, said.url]

    def test_a_draft_is_not_found(self, site, ask) -> None:
        StandardPageFactory(parent=site.home, title="Keepers")
        assert ask("keepers").addresses == []

    def test_the_draft_of_a_live_page_is_not_found(self, site, ask) -> None:
        page: Any = published(StandardPageFactory(parent=site.home, title="Keepers"))
        page.title = page.introduction = "Smugglers"
        page.save_revision()
        assert ask("smugglers").addresses == []
        assert ask("keepers").addresses == [page.url]

    def test_a_translation_that_is_not_published_is_not_found(self, site, ask) -> None:
        page = published(StandardPageFactory(parent=site.home, title="Keepers"))
        translate(page, words={"Keepers": "Gardiens"}, publish=False)
        assert ask("gardiens", "fr").addresses == []

    def test_an_alias_is_not_found(self, site, ask) -> None:
        page = published(StandardPageFactory(parent=site.home, title="Keepers"))
        alias = page.copy_for_translation(Locale.objects.get(language_code="fr"), alias=True)
        alias.live = True
        alias.save()
        index_page(alias.pk)
        assert ask("keepers", "fr").addresses == []
        assert not Entry.objects.filter(kind="page", key=alias.pk).exists()

    def test_an_unpublished_page_is_not_found(self, site, ask) -> None:
        page = published(StandardPageFactory(parent=site.home, title="Keepers"))
        page.unpublish()
        assert ask("keepers").addresses == []
        assert not Entry.objects.filter(title="Keepers").exists()

    def test_a_page_off_line_is_not_found_even_if_the_index_was_not_told(self, site, ask) -> None:
        page = published(StandardPageFactory(parent=site.home, title="Keepers"))
        Page.objects.filter(pk=page.pk).update(live=False)
        assert Entry.objects.filter(title="Keepers").exists()
        assert ask("keepers").addresses == []

    def test_a_deleted_page_is_not_found(self, site, ask) -> None:
        page = published(StandardPageFactory(parent=site.home, title="Keepers"))
        page.delete()
        assert ask("keepers").addresses == []
        assert not Entry.objects.filter(title="Keepers").exists()

    def test_a_page_of_a_private_section_is_not_found(self, site, ask) -> None:
        parent = published(StandardPageFactory(parent=site.home, title="Vault"))
        published(StandardPageFactory(parent=parent, title="Keepers"))
        PageViewRestriction.objects.create(page=parent, restriction_type=PageViewRestriction.LOGIN)
        assert ask("keepers").addresses == []

    def test_a_page_that_was_moved_is_found_where_it_is(self, site, ask) -> None:
        page = published(StandardPageFactory(parent=site.home, title="Keepers"))
        parent = published(StandardPageFactory(parent=site.home, title="Coast"))
        page.move(parent, pos="last-child")
        assert ask("keepers").addresses == ["/en/coast/keepers/"]

    def test_a_page_that_was_moved_off_the_site_is_not_found(self, site, ask) -> None:
        page = published(StandardPageFactory(parent=site.home, title="Keepers"))
        page.move(Page.objects.get(depth=1), pos="last-child")
        assert ask("keepers").addresses == []

    def test_a_new_title_and_a_new_slug_are_found(self, site, ask) -> None:
        page: Any = published(StandardPageFactory(parent=site.home, title="Keepers"))
        page.title, page.slug = "Wardens", "wardens"
        published(page)
        assert ask("wardens").addresses == ["/en/wardens/"]
        assert ask("keepers").addresses == []

    def test_a_page_that_code_creates_live_is_found(self, site, ask) -> None:
        StandardPageFactory(parent=site.home, title="Keepers", live=True)
        assert ask("keepers").addresses == ["/en/keepers/"]

    def test_another_site_finds_its_own_pages_only(self, site, ask, client) -> None:
        other = bilingual_site("other.example.org")
        published(StandardPageFactory(parent=site.home, title="Keepers"))
        published(StandardPageFactory(parent=other.home, title="Keepers too"))
        assert len(ask("keepers").addresses) == 1
        client.defaults["HTTP_HOST"] = "other.example.org"
        found = ask("keepers").addresses
        assert len(found) == 1
        assert found[0].endswith("/en/keepers-too/")


class TestIdeas:
    def test_a_published_idea_is_found_and_says_its_language(self, write, ask) -> None:
        idea = write("Il faut développer l’énergie solaire")
        asked = ask("energies solaires", "fr")
        assert asked.addresses == [address_of(idea, "fr")]
        assert '<span lang="fr">Français</span>' in asked.html

    def test_an_idea_without_a_text_in_that_language_is_not_found(self, write, ask) -> None:
        write("Il faut développer le solaire")
        assert ask("solaire", "en").addresses == []

    def test_an_approved_translation_is_found_in_its_language(self, write, ask) -> None:
        idea = write("Il faut développer l’énergie solaire")
        IdeaText.objects.create(
            idea=idea,
            language="en",
            text="Build more solar farms",
            origin=TextOrigin.PERSON,
            approved_at=database_now(),
        )
        asked = ask("farm", "en")
        assert asked.addresses == [address_of(idea, "en")]
        assert '<span lang="fr">Français</span>' in asked.html
        assert "shown in translation" in asked.html
        assert "shown in translation" not in ask("solaire", "fr").html

    def test_a_translation_is_found_only_once_it_is_approved(self, write, ask) -> None:
        idea = write("Il faut développer l’énergie solaire")
        machine = IdeaText.objects.create(
            idea=idea, language="en", text="Build solar farms", origin=TextOrigin.MACHINE
        )
        assert ask("farms", "en").addresses == []
        machine.approved_at = database_now()
        machine.save()
        assert ask("farms", "en").addresses == [address_of(idea, "en")]
        machine.approved_at = None
        machine.save()
        assert ask("farms", "en").addresses == []

    def test_a_translation_whose_approval_the_index_missed_is_not_found(self, write, ask) -> None:
        idea = write("Il faut développer l’énergie solaire")
        IdeaText.objects.create(
            idea=idea,
            language="en",
            text="Build solar farms",
            origin=TextOrigin.PERSON,
            approved_at=database_now(),
        )
        idea.texts.filter(language="en").update(approved_at=None)
        assert Entry.objects.filter(text="Build solar farms").exists()
        assert ask("farms", "en").addresses == []

    @pytest.mark.parametrize(
        "status", [IdeaStatus.AWAITING, IdeaStatus.REFUSED, IdeaStatus.WITHDRAWN]
    )
    def test_an_idea_that_is_not_published_is_neither_found_nor_indexed(
        self, write, ask, status: str
    ) -> None:
        idea = write("Il faut du solaire", status=status)
        index_ideas([idea.pk])
        asked = ask("solaire", "fr")
        assert asked.addresses == []
        assert "0" not in asked.html.partition('class="result-count"')[2].partition("</p>")[0]
        assert not Entry.objects.filter(text__contains="solaire").exists()

    def test_a_withdrawn_idea_leaves_the_index(self, write, ask) -> None:
        idea = write("Il faut du solaire")
        Idea.objects.update(status=IdeaStatus.WITHDRAWN)
        idea_unpublished.send(sender=Idea, idea=idea)
        assert not Entry.objects.filter(text__contains="solaire").exists()

    def test_a_withdrawn_idea_is_not_found_even_if_the_index_was_not_told(self, write, ask) -> None:
        write("Il faut du solaire")
        Idea.objects.update(status=IdeaStatus.WITHDRAWN)
        assert Entry.objects.filter(text__contains="solaire").exists()
        assert ask("solaire", "fr").addresses == []

    def test_an_idea_published_later_is_found(self, write, ask) -> None:
        idea = write("Il faut du solaire", status=IdeaStatus.AWAITING)
        Idea.objects.update(status=IdeaStatus.PUBLISHED, published_at=database_now())
        idea_published.send(sender=Idea, idea=idea)
        assert ask("solaire", "fr").addresses == [address_of(idea, "fr")]

    def test_a_corrected_text_is_found(self, write, ask) -> None:
        idea = write("Il faut du solaire")
        text = idea.texts.get()
        text.text = "Il faut de l’éolien"
        text.save()
        assert ask("eolien", "fr").addresses == [address_of(idea, "fr")]
        assert ask("solaire", "fr").addresses == []

    def test_an_erased_idea_leaves_the_index(self, write, ask) -> None:
        idea = write("Il faut du solaire")
        idea.delete()
        assert not Entry.objects.filter(text__contains="solaire").exists()

    def test_ideas_of_a_theme_that_is_unpublished_are_not_found(
        self, theme: Themes, write, ask
    ) -> None:
        write("Il faut du solaire")
        theme[1].unpublish()
        assert ask("solaire", "fr").addresses == []

    def test_ideas_of_a_private_theme_are_not_found(self, theme: Themes, write, ask) -> None:
        write("Il faut du solaire")
        PageViewRestriction.objects.create(
            page=theme[1], restriction_type=PageViewRestriction.PASSWORD, password="secret"
        )
        assert ask("solaire", "fr").addresses == []

    def test_ideas_of_a_debate_that_was_taken_off_its_page_are_not_found(
        self, theme: Themes, write, ask
    ) -> None:
        write("Il faut du solaire")
        page = theme[1]
        page.body = [("text", "<p>Bientôt.</p>")]
        published(page)
        assert ask("solaire", "fr").addresses == []

    def test_another_site_does_not_find_them(self, site, write, ask, client) -> None:
        other = bilingual_site("other.example.org")
        bilingual_theme(other)
        write("Il faut du solaire")
        client.defaults["HTTP_HOST"] = "other.example.org"
        assert ask("solaire", "fr").addresses == []

    def test_another_site_with_the_same_pages_does_not_find_them(
        self, site, write, ask, client
    ) -> None:
        write("Il faut du solaire")
        Site.objects.create(hostname="other.example.org", root_page=site.home)
        client.defaults["HTTP_HOST"] = "other.example.org"
        assert ask("solaire", "fr").addresses == []
        assert ask("themes", "en").addresses != []


class TestRebuilding:
    def test_the_index_as_it_followed_equals_the_index_rebuilt(
        self, site: BilingualSite, theme: Themes, write, debate: Debate
    ) -> None:
        write("Il faut du solaire")
        write("Build farms", "en")
        gone = write("Il faut du charbon")
        gone.delete()
        page = published(StandardPageFactory(parent=site.home, title="Keepers"))
        page.unpublish()
        published(ThemePageFactory(parent=site.themes, title="Wind", body=[debate_block()]))
        before = everything()
        assert {kind for kind, *_rest in before} == {"idea", "page"}
        rebuild()
        assert everything() == before

    def test_rebuilding_mends_an_index_that_lost_entries_and_kept_others(
        self, theme: Themes, write
    ) -> None:
        write("Il faut du solaire")
        before = everything()
        Entry.objects.filter(kind="idea").delete()
        Entry.objects.create(kind="page", key=999999, language="en", title="Ghost", vector="")
        rebuild()
        assert everything() == before


def everything() -> list[tuple[object, ...]]:
    """The whole index, without its own ids."""
    return sorted(Entry.objects.values_list("kind", "key", "language", "title", "text", "vector"))


def rebuild() -> None:
    """As an administrator does it."""
    call_command("rebuild_search", verbosity=0)


def test_a_site_without_a_consultation_can_be_searched(site, ask) -> None:
    site.consultation.delete()
    assert ask("general").response.status_code == 200
