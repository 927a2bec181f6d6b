"""What publishing a page does to the rows behind its form blocks, and when a form is open.

One test, at least, for each row of the table in docs/lifecycle.md, named after it.
"""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from core.clock import database_now
from submissions.models import (
    Debate,
    Question,
    Questionnaire,
)
from submissions.registry import differences
from submissions.registry.opening import NotLevelError, open_by_hand
from tests.factories import (
    BilingualSite,
    bilingual_site,
    bilingual_theme,
    debate_block,
    published,
    translate,
)
from tests.submissions.publishing import body_of, is_open, republish, theme
from themes.models import ThemePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    return User.objects.create_superuser("chief", "chief@example.org", "secret")


class TestPublishedInItsFirstLanguage:
    def test_makes_the_rows(self, site: BilingualSite) -> None:
        page = theme(site)
        debate = Debate.objects.get()
        assert debate.translation_key == page.translation_key
        assert str(debate.block_id) == page.body[0].id
        assert debate.consultation == site.consultation
        assert Questionnaire.objects.get().questions.count() == 5

    def test_is_not_open_without_parity(self, site: BilingualSite) -> None:
        theme(site)
        assert not is_open(Debate.objects.get())
        assert [d.language for d in differences(Debate.objects.get())] == ["fr"]

    def test_nobody_can_open_it_without_parity(self, site: BilingualSite, staff: User) -> None:
        theme(site)
        with pytest.raises(NotLevelError):
            open_by_hand(Debate.objects.get(), staff)

    def test_somebody_opens_it_once_level(self, site: BilingualSite, staff: User) -> None:
        bilingual_theme(site)
        Debate.objects.update(opens_by_hand=True)
        assert not is_open(Debate.objects.get())
        open_by_hand(Debate.objects.get(), staff)
        assert is_open(Debate.objects.get())

    def test_its_opening_time_opens_it_with_parity(self, site: BilingualSite) -> None:
        bilingual_theme(site)
        debate = Debate.objects.get()
        later = database_now() + timedelta(days=1)
        Debate.objects.update(opens_at=later)
        assert not is_open(debate)
        assert Debate.objects.open_at(later).exists()

    def test_a_block_without_a_time_of_its_own_opens_with_the_consultation(self) -> None:
        upcoming = database_now() + timedelta(days=2)
        site = bilingual_site(opens_at=upcoming)
        bilingual_theme(site)
        assert not is_open(Debate.objects.get())
        assert Debate.objects.open_at(upcoming).exists()

    def test_it_closes_with_the_consultation_by_the_database_clock(
        self, site: BilingualSite
    ) -> None:
        bilingual_theme(site)
        closing = site.consultation.closes_at
        assert Debate.objects.open_at(closing - timedelta(microseconds=1)).exists()
        assert not Debate.objects.open_at(closing).exists()


class TestItsTranslationPublished:
    def test_adds_labels_of_that_language(self, site: BilingualSite) -> None:
        bilingual_theme(site, debate_block(title="Your ideas"))
        labels = {label.language: label.title for label in Debate.objects.get().labels.all()}
        assert labels == {"en": "Your ideas", "fr": "[fr] Your ideas"}

    def test_makes_no_second_row(self, site: BilingualSite) -> None:
        bilingual_theme(site)
        assert Debate.objects.count() == 1
        assert Questionnaire.objects.count() == 1
        assert Question.objects.count() == 5

    def test_parity_holds_when_questions_and_choices_are_the_same(
        self, site: BilingualSite
    ) -> None:
        bilingual_theme(site)
        questionnaire = Questionnaire.objects.get()
        assert differences(questionnaire) == []
        assert questionnaire.level
        assert is_open(questionnaire)

    def test_publishing_it_again_changes_nothing(self, site: BilingualSite) -> None:
        page, page_fr = bilingual_theme(site)
        before = [list(model.objects.order_by("pk").values()) for model in (Debate, Question)]
        published(page)
        published(page_fr)
        after = [list(model.objects.order_by("pk").values()) for model in (Debate, Question)]
        assert after == before


class TestPublishingWithAMismatch:
    def test_is_allowed_and_the_difference_is_named(self, site: BilingualSite) -> None:
        _page, page_fr = bilingual_theme(site)
        body = body_of(page_fr)
        del body[1]["value"]["questions"][0]
        assert republish(page_fr, body).live
        sentences = [d.sentence for d in differences(Questionnaire.objects.get())]
        assert sentences == ["In French, the question “Name one project.” is missing."]

    def test_a_missing_choice_is_named(self, site: BilingualSite) -> None:
        _page, page_fr = bilingual_theme(site)
        body = body_of(page_fr)
        del body[1]["value"]["questions"][2]["value"]["choices"][0]
        republish(page_fr, body)
        (difference,) = differences(Questionnaire.objects.get())
        assert "lacks choices" in difference.sentence

    def test_a_block_that_is_not_level_stays_not_open(self, site: BilingualSite) -> None:
        page = theme(site)
        page_fr = translate(page, publish=False)
        body = body_of(ThemePage.objects.get(pk=page_fr.pk).get_latest_revision_as_object())
        del body[1]["value"]["questions"][0]
        republish(page_fr, body)
        assert not is_open(Questionnaire.objects.get())

    def test_one_that_is_open_stays_open(self, site: BilingualSite) -> None:
        page, _page_fr = bilingual_theme(site)
        questionnaire = Questionnaire.objects.get()
        assert is_open(questionnaire)
        body = body_of(page)
        body[1]["value"]["questions"].append(
            {"type": "short_text", "id": str(uuid.uuid4()), "value": {"label": "And also?"}}
        )
        republish(page, body)
        questionnaire.refresh_from_db()
        assert not questionnaire.level
        assert is_open(questionnaire)


class TestPageUnpublished:
    def test_closes_it(self, site: BilingualSite) -> None:
        page, page_fr = bilingual_theme(site)
        page.unpublish()
        assert Debate.objects.get().live_languages == ["fr"]
        assert not Debate.objects.readable_in("en").exists()
        page_fr.unpublish()
        assert not is_open(Debate.objects.get())

    def test_publishing_it_again_opens_it_again(self, site: BilingualSite) -> None:
        page, page_fr = bilingual_theme(site)
        page.unpublish()
        page_fr.unpublish()
        published(ThemePage.objects.get(pk=page.pk))
        assert is_open(Debate.objects.get())
        assert Debate.objects.get().retired_at is None
