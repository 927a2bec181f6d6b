"""A questionnaire in its editors' hands: languages side by side, preview, paper."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation

from submissions.models import Question, Questionnaire
from tests.factories import bilingual_site
from tests.submissions.answering import Door, expert_door, staff
from tests.submissions.publishing import body_of, republish
from themes.models import ThemePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def door() -> Door:
    return expert_door()


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(staff("view_questionnaire", "change_questionnaire"))
    return client


def page_of(client: Client, name: str, row: Questionnaire, *args: str, query: str = "") -> Any:
    address = reverse(f"questionnaires:{name}", args=[row.pk, *args])
    return BeautifulSoup(client.get(address + query).content, "html.parser")


class TestSideBySide:
    def test_the_same_form_says_so(self, door: Door, editor: Client) -> None:
        page = page_of(editor, "languages", door.questionnaire)
        assert "The same questions and the same choices stand in every language." in page.text
        assert not page.select(".compared-differs")

    def test_a_missing_question_and_a_missing_choice_are_marked(
        self, door: Door, editor: Client
    ) -> None:
        body = body_of(door.page_fr)
        questions = body[0]["value"]["questions"]
        del questions[0]
        choices = next(q for q in questions if q["type"] == "one_choice")["value"]["choices"]
        del choices[0]
        republish(door.page_fr, body)
        page = page_of(editor, "languages", door.questionnaire)
        assert "2 questions are not the same in every language." in page.text
        assert [row.select_one("th").text[0] for row in page.select(".compared-differs")] == [
            "1",
            "3",
        ]
        assert "This question is missing." in page.select(".compared-differs")[0].text
        english, french = page.select(".compared-differs")[1].select("td")
        assert "This choice is missing." in french.text
        assert "This choice is missing." not in english.text

    def test_words_that_have_not_followed_are_marked(self, door: Door, editor: Client) -> None:
        body = body_of(door.page)
        body[0]["value"]["questions"][1]["value"]["label"] = "What would you forbid?"
        republish(door.page, body)
        page = page_of(editor, "languages", door.questionnaire)
        (line,) = page.select(".compared-differs")
        assert "These words are older" in line.select("td")[1].text

    def test_a_language_without_its_page_is_named(self, door: Door, editor: Client) -> None:
        door.page_fr.unpublish()
        page = page_of(editor, "languages", door.questionnaire)
        assert "Not published in French." in page.text

    def test_it_leads_to_the_page_of_each_language(self, door: Door, client: Client) -> None:
        chief = staff(name="head")
        chief.is_superuser = True
        chief.save()
        client.force_login(chief)
        page = page_of(client, "languages", door.questionnaire)
        linked = [a["href"] for a in page.select("tbody tr:first-child a")]
        for one in (door.page, door.page_fr):
            assert reverse("wagtailadmin_pages:edit", args=[one.pk]) in linked


class TestPreview:
    @pytest.mark.parametrize(("language", "heading"), [("en", "A preview"), ("fr", "Aperçu")])
    def test_shows_the_form_in_each_language_and_nothing_to_send(
        self, door: Door, editor: Client, language: str, heading: str
    ) -> None:
        page = page_of(editor, "preview", door.questionnaire, language)
        assert page.html["lang"] == language
        assert heading in page.text
        names = {one.get("name") for one in page.select("main [name]")}
        assert names >= {door.field("long_text"), door.field("scale")}
        assert not page.select("main form, main button[type=submit]")

    def test_with_the_words_that_are_not_published_yet(self, door: Door, client: Client) -> None:
        chief = staff(name="head")
        chief.is_superuser = True
        chief.save()
        client.force_login(chief)
        page = ThemePage.objects.get(pk=door.page.pk)
        body = body_of(page)
        questions = body[0]["value"]["questions"]
        questions[0]["value"]["label"] = "Name two projects."
        questions.append({"type": "long_text", "value": {"label": "And why?", "help_text": ""}})
        page.body = body
        page.save_revision()
        edit = page_of(client, "edit", door.questionnaire)
        assert "Preview of the words not yet published" in edit.text
        drafted = page_of(client, "preview", door.questionnaire, "en", query="?draft=1")
        assert "Name two projects." in drafted.text
        assert "And why?" in drafted.text
        assert "Name two projects." not in page_of(client, "preview", door.questionnaire, "en").text

    def test_drafts_of_pages_are_for_their_editors(self, door: Door, editor: Client) -> None:
        address = reverse("questionnaires:preview", args=[door.questionnaire.pk, "en"])
        assert editor.get(f"{address}?draft=1").status_code == 302

    def test_the_page_editor_previews_the_form_before_it_has_a_row(self, door: Door) -> None:
        page = ThemePage.objects.get(pk=door.page.pk)
        Questionnaire.objects.all().delete()
        assert "questionnaire" in dict(page.preview_modes)
        shown = page.make_preview_request(preview_mode="questionnaire")
        assert shown.status_code == 200
        assert "What do you propose?" in shown.content.decode()

    def test_a_page_without_a_questionnaire_has_nothing_more_to_preview(self) -> None:
        assert "questionnaire" not in dict(ThemePage(title="A theme").preview_modes)


def sheet(door: Door, language: str = "en") -> str:
    with translation.override(language):
        return reverse("submissions:questionnaire_print", args=[door.questionnaire.pk])


class TestOnPaper:
    def test_every_question_has_its_room(self, door: Door, client: Client) -> None:
        Question.objects.filter(kind="one_choice").update(other=True, required=True)
        Question.objects.filter(kind="several_choices").update(most_choices=2, publication="never")
        response = client.get(sheet(door))
        page = BeautifulSoup(response.content, "html.parser")
        assert len(page.select(".sheet-question")) == 5
        assert len(page.select(".sheet-box")) == 4 + 3 + 5
        assert len(page.select(".sheet-line")) > 10
        for words in (
            "An answer is required.",
            "Other, say which:",
            "Tick 2 boxes at most.",
            "This answer is never published.",
            "500 words at most.",
        ):
            assert words in page.text
        assert not response.cookies

    def test_no_heading_skips_a_level_where_there_are_no_sections(
        self, door: Door, client: Client
    ) -> None:
        page = BeautifulSoup(client.get(sheet(door)).content, "html.parser")
        levels = [int(one.name[1]) for one in page.select("main :is(h1, h2, h3)")]
        assert levels[:3] == [1, 2, 3]

    def test_in_the_words_of_each_language(self, door: Door, client: Client) -> None:
        assert sheet(door, "fr") == f"/fr/questionnaires/{door.questionnaire.pk}/imprimer/"
        page = BeautifulSoup(client.get(sheet(door, "fr")).content, "html.parser")
        assert page.html is not None
        assert page.html["lang"] == "fr"

    def test_a_follow_up_says_of_whom(self, door: Door, client: Client) -> None:
        door.question("several_choices").follows.add(
            door.question("one_choice").choices.get(position=0)
        )
        text = client.get(sheet(door)).content.decode()
        assert "Only if you ticked “Health” in question 3." in text

    def test_not_for_a_retired_form_nor_a_page_off_line(self, door: Door, client: Client) -> None:
        door.page_fr.unpublish()
        assert client.get(sheet(door, "fr")).status_code == 404
        assert client.get(sheet(door)).status_code == 200
        Questionnaire.objects.update(retired_at="2026-01-01T00:00Z")
        assert client.get(sheet(door)).status_code == 404

    def test_of_another_site_there_is_none(self, door: Door, client: Client) -> None:
        bilingual_site("other.example")
        assert client.get(sheet(door), headers={"host": "other.example"}).status_code == 404

    def test_staff_print_it_before_it_opens(self, door: Door, editor: Client) -> None:
        Questionnaire.objects.update(opens_by_hand=True, opened_at=None)
        page = page_of(editor, "print", door.questionnaire, "fr")
        assert page.html["lang"] == "fr"
        assert page.select(".sheet-question")


@pytest.mark.parametrize("name", ["languages", "preview", "print"])
def test_looking_needs_a_permission(door: Door, client: Client, name: str) -> None:
    args: list[Any] = [door.questionnaire.pk] + ([] if name == "languages" else ["en"])
    address = reverse(f"questionnaires:{name}", args=args)
    assert client.get(address).status_code == 302
    client.force_login(staff("moderate_idea", name="moderator"))
    assert client.get(address).status_code == 302
    client.force_login(staff("view_questionnaire", name="organiser"))
    assert client.get(address).status_code == 200
