"""Where a contribution begins, and which themes it answers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core.clock import database_now
from submissions.contributions.drafts.access import MOST_DRAFTS
from submissions.limits import counting
from submissions.models import Consultation, Draft, DraftAnswer, DraftAuthor, Questionnaire
from tests.factories import bilingual_site, bilingual_theme, questionnaire_block
from tests.submissions.answering import OWN_PAGE, Door, errors, expert_door
from tests.submissions.dossiers import Writer, text_of, writer
from tests.submissions.limiting import SCHOOL

pytestmark = pytest.mark.django_db


@pytest.fixture
def door() -> Door:
    return expert_door()


def start_of_all(language: str = "en") -> str:
    with translation.override(language):
        return reverse("submissions:contribute")


def another_theme(door: Door) -> Questionnaire:
    page, _french = bilingual_theme(door.where, questionnaire_block(), title="Another theme")
    return Questionnaire.objects.get(translation_key=page.translation_key)


def test_looking_sets_no_cookie_and_is_kept_by_no_shared_cache(door, client):
    for url in (door.url(), start_of_all()):
        response = client.get(url)
        assert response.status_code == 200
        assert not response.cookies
        assert "private" in response["Cache-Control"]


def test_the_start_page_says_what_is_asked_and_leads_to_the_printed_questions(door, client):
    html = text_of(client.get(door.url()))
    assert "The questions – 5 questions" in html
    assert "Allow about" in html
    assert reverse("submissions:questionnaire_print", args=[door.questionnaire.pk]) in html


@pytest.mark.parametrize(("language", "button"), [("en", "Begin"), ("fr", "Commencer")])
def test_to_begin_makes_a_draft_with_one_owner_and_a_cookie_for_it(door, client, language, button):
    assert f">{button}</button>" in text_of(client.get(door.url(language)))
    response = client.post(door.url(language), headers=OWN_PAGE)
    author = DraftAuthor.objects.get()
    assert response["Location"].endswith(f"/{author.draft_id}/")
    assert author.owner and author.draft.language == language
    assert list(author.draft.questionnaires.all()) == [door.questionnaire]
    cookie = response.cookies["drafts"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert client.get(response["Location"]).status_code == 200


def test_a_page_of_another_site_begins_nothing(door):
    response = Client().post(door.url(), HTTP_SEC_FETCH_SITE="cross-site")
    assert response.status_code == 403
    assert not Draft.objects.exists()


def test_who_has_begun_goes_on(door):
    browser = writer(door)
    html = text_of(browser.get(door.url()))
    assert "Go on with your contribution" in html
    assert browser.address("draft") in html
    assert "Begin another contribution" in html


def test_a_further_theme_joins_the_draft_of_this_browser(door):
    browser, second = writer(door), another_theme(door)
    start = reverse("submissions:questionnaire", args=[second.pk])
    assert "Answer this theme in it too" in text_of(browser.get(start))
    browser.post(start, {"add": browser.author.pk})
    assert Draft.objects.get().questionnaires.count() == 2


def test_a_draft_of_somebody_else_is_not_joined(door):
    mine, theirs = writer(door), writer(door)
    second = another_theme(door)
    mine.post(reverse("submissions:questionnaire", args=[second.pk]), {"add": theirs.author.pk})
    assert theirs.draft.questionnaires.count() == 1
    assert Draft.objects.count() == 3


def test_several_themes_are_chosen_on_the_start_page_of_the_consultation(door):
    second = another_theme(door)
    browser = Writer()
    response = browser.post(start_of_all(), {"themes": [door.questionnaire.pk, second.pk]})
    assert response.status_code == 302
    assert Draft.objects.get().questionnaires.count() == 2


def test_no_theme_is_no_choice(door):
    response = Writer().post(start_of_all())
    assert response.status_code == 422
    assert errors(response) == ["Choose at least one theme."]
    assert not Draft.objects.exists()


def test_a_theme_taken_out_keeps_its_words_and_says_so(door):
    browser, second = writer(door), another_theme(door)
    browser.save(door.questionnaire, {door.field("short_text"): "My project"})
    response = browser.post(browser.address("draft_themes"), {"themes": [second.pk]}, follow=True)
    assert "What you wrote on a theme that you took out is kept" in text_of(response)
    assert list(browser.draft.questionnaires.all()) == [second]
    assert DraftAnswer.objects.get().data == {door.field("short_text"): ["My project"]}
    browser.post(browser.address("draft_themes"), {"themes": [door.questionnaire.pk]})
    assert "My project" in text_of(browser.get(browser.section(door.questionnaire)))


def test_choosing_no_theme_at_all_changes_nothing(door):
    browser = writer(door)
    assert browser.post(browser.address("draft_themes")).status_code == 422
    assert browser.draft.questionnaires.count() == 1


def test_closed_and_upcoming_say_so(door, client):
    Consultation.objects.update(closes_at=database_now())
    assert "This questionnaire is closed" in text_of(client.get(door.url()))
    assert "Ce questionnaire est clos" in text_of(client.get(door.url("fr")))
    assert "No questionnaire takes answers" in text_of(client.get(start_of_all()))
    client.post(door.url(), headers=OWN_PAGE)
    client.post(start_of_all(), {"themes": [door.questionnaire.pk]}, headers=OWN_PAGE)
    assert not Draft.objects.exists()
    Consultation.objects.update(opens_at=database_now() + timedelta(days=2), closes_at=None)
    assert "It opens on" in text_of(client.get(door.url()))


def test_a_questionnaire_and_a_draft_are_of_one_site(door):
    other = bilingual_site("other.example.org")
    browser = writer(door)
    for url in (door.url(), browser.address("draft"), browser.section(door.questionnaire)):
        assert browser.get(url, HTTP_HOST=other.site.hostname).status_code == 404
    assert browser.get(door.url().replace(str(door.questionnaire.pk), "0")).status_code == 404


@pytest.mark.parametrize(
    "page", ["draft", "draft_themes", "draft_about", "draft_consents", "draft_section"]
)
def test_a_draft_is_its_authors_alone(door, page):
    browser = writer(door)
    args = [door.questionnaire.pk, 0] if page == "draft_section" else []
    where = browser.address(page, *args)
    mine = browser.get(where)
    assert mine.status_code == 200
    assert mine["X-Robots-Tag"] == "noindex"
    assert mine["Referrer-Policy"] == "same-origin"
    assert "private" in mine["Cache-Control"]
    for stranger in (Client(), writer(door)):
        assert stranger.get(where).status_code == 404
    forged = Client()
    forged.cookies["drafts"] = browser.cookies["drafts"].value[:-3] + "abc"
    assert forged.get(where).status_code == 404


def test_another_access_key_lets_the_browsers_of_before_in_no_more(door):
    browser = writer(door)
    author = browser.author
    author.access_key = DraftAuthor._meta.get_field("access_key").get_default()
    author.save()
    assert browser.get(browser.address("draft")).status_code == 404


def test_a_browser_knows_its_newest_drafts(door):
    browser = Writer()
    for _draft in range(MOST_DRAFTS + 2):
        browser.begin(door.questionnaire)
    assert browser.get(browser.address("draft")).status_code == 200
    assert len(browser.cookies["drafts"].value) < 1500
    first = Draft.objects.earliest("made_at")
    assert browser.get(reverse("submissions:draft", args=[first.pk])).status_code == 404


def test_who_begins_without_end_is_told_to_wait(door, settings, monkeypatch):
    settings.PEOPLE_BEHIND_ONE_ADDRESS = 1
    monkeypatch.setitem(counting.BY_NETWORK, "begin", 1)
    assert Writer(REMOTE_ADDR=SCHOOL).post(door.url()).status_code == 302
    assert Writer(REMOTE_ADDR=SCHOOL).post(door.url()).status_code == 429
