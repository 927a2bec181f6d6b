"""The law of the design: what each change of a page does to the rows behind its form blocks.

One test, at least, for each row of the table in docs/lifecycle.md, named after it.
"""

import copy
import logging
import uuid
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Page

from core.clock import database_now
from submissions.models import (
    Answer,
    Contribution,
    Debate,
    Idea,
    Question,
    Questionnaire,
    RespondentType,
)
from submissions.registry import differences, sync
from submissions.registry.attach import CannotAttachError, attach, attachable
from submissions.registry.opening import NotLevelError, open_by_hand
from submissions.registry.typo import NotATypoError, confirm_typo, may_be_typo
from tests.factories import (
    BilingualSite,
    ThemePageFactory,
    bilingual_site,
    bilingual_theme,
    debate_block,
    published,
    questionnaire_block,
    translate,
)
from themes.models import ThemePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> BilingualSite:
    return bilingual_site()


@pytest.fixture
def staff() -> User:
    return User.objects.create_superuser("chief", "chief@example.org", "secret")


def theme(site: BilingualSite, *body: tuple[str, Any]) -> ThemePage:
    """A theme in English only."""
    blocks = list(body) or [debate_block(), questionnaire_block()]
    return published(ThemePageFactory(parent=site.themes, body=blocks))


def body_of(page: ThemePage) -> list[dict[str, Any]]:
    return copy.deepcopy(list(page.body.raw_data))


def republish(page: ThemePage, body: list[dict[str, Any]]) -> ThemePage:
    page = ThemePage.objects.get(pk=page.pk)
    page.body = body
    return published(page)


def is_open(row: Debate | Questionnaire) -> bool:
    return type(row).objects.open_at().filter(pk=row.pk).exists()


def idea_in(debate: Debate) -> Idea:
    return Idea.objects.create(debate=debate, language="en")


def answer_to(question: Question, text: str = "Because.") -> Answer:
    contribution = Contribution.objects.create(
        consultation=question.questionnaire.consultation,
        language="en",
        respondent_type=RespondentType.OTHER,
        name="Somebody",
        country="FR",
    )
    return Answer.objects.create(
        contribution=contribution,
        question=question,
        version=question.version,
        language="en",
        text=text,
    )


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


class TestABlockOrQuestionRemoved:
    def test_a_removed_block_is_retired_and_keeps_its_ideas(self, site: BilingualSite) -> None:
        page, _page_fr = bilingual_theme(site)
        debate = Debate.objects.get()
        idea = idea_in(debate)
        republish(page, body_of(page)[1:])
        debate.refresh_from_db()
        assert debate.retired_at is not None
        assert Idea.objects.get() == idea

    def test_the_other_language_shows_it_closed(self, site: BilingualSite) -> None:
        page, _page_fr = bilingual_theme(site)
        republish(page, body_of(page)[1:])
        assert Debate.objects.get().live_languages == ["fr"]
        assert not is_open(Debate.objects.get())

    def test_republishing_the_other_language_as_it_was_does_not_revive_it(
        self, site: BilingualSite
    ) -> None:
        page, page_fr = bilingual_theme(site)
        republish(page, body_of(page)[1:])
        published(ThemePage.objects.get(pk=page_fr.pk))
        assert not is_open(Debate.objects.get())

    def test_a_removed_question_is_retired_and_keeps_its_answers(self, site: BilingualSite) -> None:
        page, _page_fr = bilingual_theme(site)
        question = Question.objects.get(kind="long_text")
        answer_to(question)
        body = body_of(page)
        del body[1]["value"]["questions"][1]
        republish(page, body)
        question.refresh_from_db()
        assert question.retired_at is not None
        assert question.answers.count() == 1

    def test_a_removed_choice_is_retired(self, site: BilingualSite) -> None:
        page, _page_fr = bilingual_theme(site)
        body = body_of(page)
        gone = body[1]["value"]["questions"][2]["value"]["choices"].pop()
        republish(page, body)
        question = Question.objects.get(kind="one_choice")
        assert question.choices.get(item_id=gone["id"]).retired_at is not None
        assert question.choices.filter(retired_at=None).count() == 2


class TestTheSameBlockBack:
    def test_revives_it_with_the_same_identity(self, site: BilingualSite) -> None:
        page, _page_fr = bilingual_theme(site)
        debate = Debate.objects.get()
        whole = body_of(page)
        republish(page, whole[1:])
        republish(page, whole)
        debate.refresh_from_db()
        assert debate.retired_at is None
        assert is_open(debate)

    def test_revives_a_question_and_a_choice(self, site: BilingualSite) -> None:
        page, _page_fr = bilingual_theme(site)
        whole = body_of(page)
        less = body_of(page)
        less[1]["value"]["questions"][2]["value"]["choices"].pop()
        del less[1]["value"]["questions"][0]
        republish(page, less)
        republish(page, whole)
        assert not Question.objects.exclude(retired_at=None).exists()
        question = Question.objects.get(kind="one_choice")
        assert not question.choices.exclude(retired_at=None).exists()


class TestANewBlockInItsPlace:
    def replaced(self, site: BilingualSite) -> tuple[Debate, Debate]:
        page, _page_fr = bilingual_theme(site, debate_block())
        old = Debate.objects.get()
        idea_in(old)
        body = body_of(page)
        body[0]["id"] = str(uuid.uuid4())
        page = republish(page, body)
        translate(page)
        return Debate.objects.get(pk=old.pk), Debate.objects.exclude(pk=old.pk).get()

    def test_is_a_new_empty_row(self, site: BilingualSite) -> None:
        old, new = self.replaced(site)
        assert old.retired_at is not None
        assert new.ideas.count() == 0

    def test_the_admin_offers_to_attach_what_was_sent(
        self, site: BilingualSite, admin_client: Any
    ) -> None:
        old, new = self.replaced(site)
        assert attachable(new) == [old]
        page = admin_client.get(f"/admin/debates/edit/{new.pk}/")
        assert f"/admin/debates/attach/{new.pk}/{old.pk}/" in page.content.decode()
        admin_client.post(f"/admin/debates/attach/{new.pk}/{old.pk}/")
        assert Debate.objects.get().ideas.count() == 1

    def test_attaching_keeps_the_old_row_under_the_new_identity(
        self, site: BilingualSite, staff: User
    ) -> None:
        old, new = self.replaced(site)
        attached = attach(old, new, staff)
        assert attached.pk == old.pk
        assert Debate.objects.get().block_id == new.block_id
        assert is_open(attached)
        assert {label.language for label in attached.labels.all()} == {"en", "fr"}

    def test_a_block_with_submissions_takes_up_no_others(
        self, site: BilingualSite, staff: User
    ) -> None:
        old, new = self.replaced(site)
        idea_in(new)
        with pytest.raises(CannotAttachError):
            attach(old, new, staff)

    def test_questions_and_choices_that_read_the_same_keep_their_answers(
        self, site: BilingualSite, staff: User
    ) -> None:
        page, _page_fr = bilingual_theme(site, questionnaire_block())
        old = Questionnaire.objects.get()
        answers = [answer_to(question) for question in old.questions.all()]
        body = body_of(page)
        body[0]["id"] = str(uuid.uuid4())
        for question in body[0]["value"]["questions"]:
            question["id"] = str(uuid.uuid4())
            for item in question["value"].get("choices", []):
                item["id"] = str(uuid.uuid4())
        body[0]["value"]["questions"][0]["value"]["label"] = "Something else entirely"
        republish(page, body)
        new = Questionnaire.objects.exclude(pk=old.pk).get()
        attached = attach(old, new, staff)
        assert Answer.objects.count() == len(answers)
        assert attached.questions.asked().count() == 5
        retired = attached.questions.exclude(retired_at=None).get()
        assert retired.pk == answers[0].question_id
        one_choice = attached.questions.get(kind="one_choice", retired_at=None)
        assert one_choice.choices.count() == 3


class TestWordingChanged:
    def reworded(self, site: BilingualSite, label: str) -> Question:
        page, _page_fr = bilingual_theme(site, questionnaire_block())
        answer_to(Question.objects.get(kind="long_text"))
        body = body_of(page)
        body[0]["value"]["questions"][1]["value"]["label"] = label
        republish(page, body)
        return Question.objects.get(kind="long_text")

    def test_is_a_new_version_and_answers_keep_theirs(self, site: BilingualSite) -> None:
        question = self.reworded(site, "What would you forbid?")
        assert question.version == 2
        assert question.answers.get().version == 1
        assert question.wordings.get(version=1, language="en").label == "What do you propose?"
        assert question.wordings.get(version=2, language="en").label == "What would you forbid?"

    def test_its_translation_joins_the_new_version(self, site: BilingualSite) -> None:
        question = self.reworded(site, "What would you forbid?")
        translate(ThemePage.objects.get(locale__language_code="en"))
        question.refresh_from_db()
        assert question.version == 2
        assert question.wordings.filter(version=2, language="fr").exists()

    def test_a_typo_confirmed_by_the_editor_keeps_the_version(
        self, site: BilingualSite, staff: User
    ) -> None:
        question = self.reworded(site, "What do you propose??")
        late = answer_to(question)
        confirm_typo(question, staff)
        question.refresh_from_db()
        late.refresh_from_db()
        assert question.version == late.version == 1
        assert question.wordings.get(language="en").label == "What do you propose??"

    def test_the_admin_offers_it_beside_the_question(
        self, site: BilingualSite, admin_client: Any
    ) -> None:
        question = self.reworded(site, "What do you propose??")
        page = admin_client.get(f"/admin/questionnaires/edit/{question.questionnaire_id}/")
        assert f"/admin/questions/typo/{question.pk}/" in page.content.decode()
        admin_client.post(f"/admin/questions/typo/{question.pk}/")
        question.refresh_from_db()
        assert question.version == 1

    def test_a_change_of_meaning_is_no_typo(self, site: BilingualSite, staff: User) -> None:
        question = self.reworded(site, "What would you forbid?")
        assert not may_be_typo(question)
        with pytest.raises(NotATypoError):
            confirm_typo(question, staff)

    def test_a_choice_reworded_is_a_new_version_of_its_question(self, site: BilingualSite) -> None:
        page, _page_fr = bilingual_theme(site, questionnaire_block())
        body = body_of(page)
        body[0]["value"]["questions"][2]["value"]["choices"][0]["value"] = "Housing"
        republish(page, body)
        question = Question.objects.get(kind="one_choice")
        assert question.version == 2
        assert question.choices.count() == 3


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


class TestSync:
    def test_never_raises_towards_publishing(
        self, site: BilingualSite, caplog: pytest.LogCaptureFixture
    ) -> None:
        with (
            mock.patch("submissions.registry.sync.structure", side_effect=RuntimeError),
            caplog.at_level(logging.ERROR),
        ):
            page = theme(site)
        assert page.live
        assert not Debate.objects.exists()
        assert "The registry could not follow page" in caplog.text

    def test_the_admin_shows_what_could_not_be_registered(
        self, site: BilingualSite, admin_client: Any
    ) -> None:
        with mock.patch("submissions.registry.sync.structure", side_effect=RuntimeError):
            page = theme(site)
        editor = admin_client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert "not registered" in editor

    def test_the_command_makes_good_what_code_published(self, site: BilingualSite) -> None:
        page = ThemePage(title="By code", slug="by-code", summary="x", body=[debate_block()])
        site.themes.add_child(instance=page)
        assert not Debate.objects.exists()
        call_command("sync_registry", verbosity=0)
        assert Debate.objects.get().translation_key == page.translation_key

    def test_a_draft_makes_no_row(self, site: BilingualSite) -> None:
        page = ThemePageFactory(parent=site.themes, body=[debate_block()])
        sync(page)
        assert not Debate.objects.exists()


def test_the_command_reports_how_many_pages_are_in_step(
    site: BilingualSite, capsys: pytest.CaptureFixture[str]
) -> None:
    bilingual_theme(site)
    call_command("sync_registry")
    assert "2 pages in step." in capsys.readouterr().out


def test_copy_for_translation_keeps_block_ids(site: BilingualSite, staff: User) -> None:
    page = theme(site)
    twin = CopyPageForTranslationAction(page, site.home_fr.locale, user=staff).execute(
        skip_permission_checks=True
    )
    assert [child.id for child in twin.specific.body] == [child.id for child in page.body]
