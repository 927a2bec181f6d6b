"""A section is written while editors change the page it stands on."""

import pytest

from core.clock import database_now
from submissions.models import Consultation, Question
from tests.factories import published
from tests.submissions.answering import Door, errors, expert_door
from tests.submissions.dossiers import Writer, text_of, writer
from tests.submissions.republishing import (
    in_a_section_of_its_own,
    republish,
    reworded,
    with_two_choices,
    without,
)
from tests.submissions.test_drafts_sections import stored
from themes.models import ThemePage

pytestmark = pytest.mark.django_db


LONG = "Open the models that public money pays for."


@pytest.fixture
def door() -> Door:
    return expert_door()


@pytest.fixture
def browser(door: Door) -> Writer:
    return writer(door)


# case 26
def test_an_answer_keeps_the_version_that_was_on_screen(door, browser):
    page = browser.get(browser.section(door.questionnaire))
    republish(door, reworded("long_text", "Quite another question: what would you stop?"))
    browser.save(door.questionnaire, {door.field("long_text"): LONG}, page=page)
    assert stored(door, "long_text").version == 1
    again = browser.get(browser.section(door.questionnaire))
    html = text_of(again)
    assert "The words of a question have changed since you answered it" in html
    assert "What do you propose?" in html and "Quite another question" in html
    browser.save(door.questionnaire, {}, page=again)
    assert stored(door, "long_text").version == 2


# case 26
def test_a_page_with_something_to_mend_comes_back_in_the_words_that_were_on_screen(door, browser):
    page = browser.get(browser.section(door.questionnaire))
    republish(door, reworded("long_text", "Quite another question: what would you stop?"))
    fields = {door.field("short_text"): "x" * 300, door.field("long_text"): LONG}
    html = text_of(browser.save(door.questionnaire, fields, page=page))
    assert "What do you propose?" in html
    assert "Quite another question" not in html


def test_a_forged_stamp_counts_for_nothing(door, browser):
    republish(door, reworded("long_text", "Quite another question: what would you stop?"))
    fields = {door.field("long_text"): LONG, "screen": "e30:forged"}
    browser.save(door.questionnaire, fields)
    assert stored(door, "long_text").version == 2


# case 26
def test_a_question_retired_meanwhile_keeps_its_words_to_be_copied(door, browser):
    page = browser.get(browser.section(door.questionnaire))
    republish(door, without("short_text"))
    fields = {door.field("short_text"): "My project", door.field("scale"): "2"}
    response = browser.save(door.questionnaire, fields, page=page)
    assert response.status_code == 409
    assert "A question is no longer asked here" in text_of(response)
    assert "My project" in text_of(response)
    assert stored(door, "short_text").version == 1
    assert stored(door, "scale").data
    listed = text_of(browser.get(browser.address("draft")))
    assert "My project" in listed
    assert browser.save(door.questionnaire, {}).status_code == 302


def test_a_question_retired_and_left_empty_stops_nobody(door, browser):
    page = browser.get(browser.section(door.questionnaire))
    republish(door, without("short_text"))
    assert browser.save(door.questionnaire, {}, page=page).status_code == 302


# case 26
def test_a_question_moved_to_another_section_takes_its_words_along(door, browser):
    page = browser.get(browser.section(door.questionnaire))
    republish(door, in_a_section_of_its_own("long_text", "In the end"))
    fields = {door.field("long_text"): LONG, door.field("short_text"): "Words"}
    response = browser.save(door.questionnaire, fields, page=page)
    heading = Question.objects.get(kind="section")
    there = browser.section(door.questionnaire, heading.pk)
    assert response["Location"] == there
    assert LONG in text_of(browser.get(there))
    assert "In the end" in text_of(browser.get(browser.address("draft")))


# case 26
def test_a_choice_that_went_meanwhile_is_asked_again(door, browser):
    page = browser.get(browser.section(door.questionnaire))
    gone = door.choice("one_choice", 2)
    republish(door, with_two_choices)
    fields = {door.field("one_choice"): gone, door.field("long_text"): LONG}
    response = browser.save(door.questionnaire, fields, page=page)
    assert response.status_code == 422
    assert "Choose among the answers that are listed." in errors(response)[0]
    assert LONG in text_of(response)


def test_what_one_language_has_retired_the_other_no_longer_asks(door, browser):
    def fewer(questions):
        return without("short_text")(with_two_choices(questions))

    republish(door, fewer, languages=("en",))
    html = text_of(browser.get(browser.section(door.questionnaire, language="fr")))
    assert "[fr] Schools" in html
    assert "[fr] Work" not in html
    assert "[fr] Name one project." not in html


# case 26
def test_a_question_made_required_meanwhile_stops_no_saving(door, browser):
    page = browser.get(browser.section(door.questionnaire))
    Question.objects.update(required=True)
    response = browser.save(door.questionnaire, {door.field("short_text"): "Words"}, page=page)
    assert response.status_code == 302


# case 27
def test_a_page_unpublished_meanwhile_keeps_the_words_and_says_so(door, browser):
    page = browser.get(browser.section(door.questionnaire))
    door.page.unpublish()
    response = browser.save(door.questionnaire, {door.field("long_text"): LONG}, page=page)
    assert response.status_code == 409
    assert "All your words are kept" in text_of(response)
    assert LONG in text_of(response)
    assert stored(door, "long_text").data
    listed = browser.get(browser.address("draft"))
    assert "Closed" in text_of(listed)
    assert LONG in text_of(browser.get(browser.section(door.questionnaire)))
    published(ThemePage.objects.get(pk=door.page.pk))
    assert LONG in text_of(browser.get(browser.section(door.questionnaire)))


# case 27
def test_a_page_moved_under_another_slug_changes_nothing(door, browser):
    page = browser.get(browser.section(door.questionnaire))
    moved = ThemePage.objects.get(pk=door.page.pk)
    moved.slug = "elsewhere"
    published(moved)
    response = browser.save(door.questionnaire, {door.field("long_text"): LONG}, page=page)
    assert response.status_code == 302
    assert browser.get(browser.address("draft")).status_code == 200


# case 12
def test_after_the_closing_time_words_are_kept_to_be_read(door, browser):
    page = browser.get(browser.section(door.questionnaire))
    Consultation.objects.update(closes_at=database_now())
    response = browser.save(door.questionnaire, {door.field("long_text"): LONG}, page=page)
    assert response.status_code == 409
    assert "This questionnaire is closed" in text_of(response)
    assert LONG in text_of(response)
    assert stored(door, "long_text").data
    assert "Open until" not in text_of(browser.get(browser.address("draft")))


def test_a_theme_taken_out_by_a_co_author_meanwhile_loses_no_word(door, browser):
    page = browser.get(browser.section(door.questionnaire))
    browser.draft.questionnaires.clear()
    browser.save(door.questionnaire, {door.field("long_text"): LONG}, page=page)
    assert stored(door, "long_text").data
