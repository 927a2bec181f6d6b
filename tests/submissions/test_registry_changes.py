"""What becomes of rows when a block, a question or its words change (docs/lifecycle.md)."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User

from submissions.models import (
    Answer,
    Debate,
    Idea,
    Question,
    Questionnaire,
)
from submissions.registry.attach import CannotAttachError, attach, attachable
from submissions.registry.typo import NotATypoError, confirm_typo, may_be_typo
from tests.factories import (
    BilingualSite,
    bilingual_theme,
    debate_block,
    published,
    questionnaire_block,
    translate,
)
from tests.submissions.publishing import answer_to, body_of, idea_in, is_open, republish
from themes.models import ThemePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    return User.objects.create_superuser("chief", "chief@example.org", "secret")


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
