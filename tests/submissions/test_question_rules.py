"""The rules of a question in the admin: those of its kind, judged together, promises kept."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from submissions.models import AnswerPublication, Question, QuestionKind
from submissions.questionnaires.rules import conditions_for, rules_of
from tests.submissions.answering import Door, expert_door, staff
from tests.submissions.publishing import answer_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def door() -> Door:
    return expert_door()


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(staff("view_questionnaire", "change_questionnaire", "change_question"))
    return client


def address(question: Question) -> str:
    return reverse("questions:edit", args=[question.pk])


def fields(editor: Client, question: Question) -> set[str]:
    page = BeautifulSoup(editor.get(address(question)).content, "html.parser")
    form = page.select_one("#w-editor-form")
    assert form is not None
    return {str(one["name"]) for one in form.select("[name]")} - {"csrfmiddlewaretoken"}


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        ("short_text", set()),
        ("long_text", {"word_limit"}),
        ("one_choice", {"other"}),
        ("several_choices", {"other", "most_choices"}),
        ("scale", {"scale_points"}),
    ],
)
def test_a_question_shows_the_rules_of_its_kind_alone(
    door: Door, editor: Client, kind: str, own: set[str]
) -> None:
    question = door.question(kind)
    Question.objects.filter(kind=kind).update(position=0)  # the first: it can follow nothing
    assert fields(editor, question) - {"follows"} == {"required", "publication"} | own


def test_what_is_only_read_has_no_rules_of_an_answer() -> None:
    assert rules_of(QuestionKind.SECTION) == ()
    assert rules_of(QuestionKind.STATEMENT) == ("follows",)
    assert set(rules_of(QuestionKind.NUMBER)) >= {"lowest", "highest"}
    assert "most_choices" in rules_of(QuestionKind.RANKING)


def save(editor: Client, question: Question, **rules: Any) -> Any:
    sent = {"publication": question.publication, "word_limit": "500", "scale_points": "5"}
    return editor.post(address(question), sent | rules)


def test_saving_leads_back_to_the_question_in_its_questionnaire(door: Door, editor: Client) -> None:
    question = door.question("long_text")
    response = save(editor, question, required="on", word_limit="300")
    edit = reverse("questionnaires:edit", args=[question.questionnaire_id])
    assert response.url == f"{edit}#question-{question.pk}"
    question.refresh_from_db()
    assert (question.required, question.word_limit) == (True, 300)


def test_no_more_ticks_than_choices(door: Door, editor: Client) -> None:
    question = door.question("several_choices")
    assert (
        "This question has 3 choices" in save(editor, question, most_choices="4").content.decode()
    )
    assert save(editor, question, most_choices="4", other="on").status_code == 302


def test_the_highest_number_is_not_smaller_than_the_lowest(door: Door, editor: Client) -> None:
    question = door.question("short_text")
    Question.objects.filter(pk=question.pk).update(kind=QuestionKind.NUMBER)
    refused = save(editor, question, lowest="10", highest="2.5").content.decode()
    assert "The highest number must not be smaller than the lowest." in refused
    assert save(editor, question, lowest="-2.5", highest="10").status_code == 302
    page = BeautifulSoup(editor.get(address(question)).content, "html.parser")
    lowest = page.select_one("[name=lowest]")
    assert lowest is not None
    assert lowest["value"] == "-2.5"


class TestOnceAnswered:
    def test_a_scale_keeps_its_points(self, door: Door, editor: Client) -> None:
        question = door.question("scale")
        answer_to(question)
        assert save(editor, question, scale_points="10").status_code == 302
        question.refresh_from_db()
        assert question.scale_points == 5

    def test_publication_reaches_no_further(self, door: Door, editor: Client) -> None:
        question = door.question("long_text")
        Question.objects.filter(pk=question.pk).update(publication=AnswerPublication.NEVER)
        answer_to(question)
        assert save(editor, question, publication="with_the_rest").status_code == 200
        question.refresh_from_db()
        assert question.publication == AnswerPublication.NEVER

    def test_less_may_be_published(self, door: Door, editor: Client) -> None:
        question = door.question("long_text")
        answer_to(question)
        assert save(editor, question, publication="never").status_code == 302


class TestFollowUps:
    def follow(self, door: Door, late: str, early: str) -> tuple[Question, Question]:
        return door.question(late), door.question(early)

    def test_a_question_follows_choices_of_earlier_ones(self, door: Door, editor: Client) -> None:
        late, early = self.follow(door, "several_choices", "one_choice")
        health = early.choices.get(position=0)
        assert save(editor, late, follows=[health.pk]).status_code == 302
        assert list(late.follows.all()) == [health]
        page = editor.get(reverse("questionnaires:edit", args=[late.questionnaire_id]))
        assert "Asked after question 3, when ticked:" in page.content.decode()

    def test_never_of_later_ones_nor_of_its_own(self, door: Door, editor: Client) -> None:
        late, early = self.follow(door, "several_choices", "one_choice")
        for refused in (late.choices.first(), early.choices.first()):
            response = save(editor, early, follows=[refused.pk])
            assert response.status_code == 200
            assert not early.follows.exists()

    def test_a_circle_can_not_be_made_by_moving_questions(self, door: Door) -> None:
        late, early = self.follow(door, "several_choices", "one_choice")
        late.follows.add(early.choices.get(position=0))
        Question.objects.filter(pk=late.pk).update(position=0)
        early.refresh_from_db()
        assert [one.pk for one, _choices in conditions_for(early)] == []

    def test_the_editor_is_told_when_nobody_is_asked(self, door: Door, editor: Client) -> None:
        late, early = self.follow(door, "several_choices", "one_choice")
        health = early.choices.get(position=0)
        late.follows.add(health)
        type(health).objects.filter(pk=health.pk).update(retired_at="2026-01-01T00:00Z")
        page = editor.get(reverse("questionnaires:edit", args=[late.questionnaire_id]))
        assert "Nobody is asked this" in page.content.decode()
        assert "Health (no longer offered)" in editor.get(address(late)).content.decode()

    def test_and_when_it_stands_too_early(self, door: Door, editor: Client) -> None:
        late, early = self.follow(door, "several_choices", "one_choice")
        late.follows.add(early.choices.get(position=0))
        Question.objects.filter(pk=late.pk).update(position=0)
        Question.objects.filter(pk=early.pk).update(position=9)
        page = editor.get(reverse("questionnaires:edit", args=[late.questionnaire_id]))
        assert "Move it further down in the page." in page.content.decode()


def test_rules_are_for_who_may_change_them(door: Door, client: Client) -> None:
    question = door.question("scale")
    client.force_login(staff("view_questionnaire", "view_question", name="organiser"))
    assert client.get(address(question)).status_code == 404
    assert save(client, question, required="on").status_code == 404
    question.refresh_from_db()
    assert not question.required


def test_the_outline_needs_as_many_queries_for_more_questions(
    door: Door, editor: Client, django_assert_max_num_queries: Any
) -> None:
    page = reverse("questionnaires:edit", args=[door.questionnaire.pk])
    editor.get(page)
    with django_assert_max_num_queries(60) as before:
        editor.get(page)
    for question in list(door.questionnaire.questions.with_words()):
        words = question.wordings.first()
        twin = Question.objects.create(
            questionnaire=door.questionnaire,
            block_id=f"{question.pk:032x}",
            kind=question.kind,
            position=20 + question.position,
        )
        twin.wordings.create(version=1, language="en", label=f"Once more: {words.label}")
    with django_assert_max_num_queries(len(before)):
        editor.get(page)


def test_who_looks_and_may_not_change_is_led_to_what_they_may_see(
    door: Door, client: Client
) -> None:
    client.force_login(staff("view_questionnaire", "open_questionnaire"))
    row = door.question("long_text").questionnaire
    edit = reverse("questionnaires:edit", args=[row.pk])
    compared = reverse("questionnaires:languages", args=[row.pk])
    listed = client.get(reverse("questionnaires:index")).content.decode()
    assert compared in listed
    assert edit not in listed
    page = client.get(compared).content.decode()
    assert edit not in page
    for name in ("preview", "print"):
        address = reverse(f"questionnaires:{name}", args=[row.pk, "fr"])
        assert address in page
        shown = client.get(address)
        assert shown.status_code == 200
        header = BeautifulSoup(shown.content, "html.parser").select_one(".site-name")
        assert header is not None
        assert header.get_text(strip=True)
        assert header["href"] == "/fr/"
