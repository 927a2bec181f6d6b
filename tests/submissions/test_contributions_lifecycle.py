"""What becomes of a contribution when it is sent twice, too late, or while the page changes."""

import threading
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from core.clock import database_now
from submissions.contributions import services
from submissions.contributions.receipts import receipt_url
from submissions.models import Consultation, Contribution
from tests.factories import bilingual_site, published, translate
from tests.submissions.answering import OWN_PAGE, Door, errors, expert_door
from themes.models import ThemePage


@pytest.fixture
def door(db) -> Door:
    return expert_door()


def text_of(response) -> str:
    return unescape(response.content.decode())


def republish(door: Door, change, *, languages=("en", "fr")) -> None:
    """Publish the theme with its questionnaire's questions changed, and the translation."""
    body = door.page.body.raw_data[0]
    body["value"]["questions"] = change(list(body["value"]["questions"]))
    page = ThemePage.objects.get(pk=door.page.pk)
    page.body = [dict(body)]
    door.page = published(page)
    if "fr" in languages:
        door.page_fr = translate(door.page)


def without(kind):
    return lambda questions: [question for question in questions if question["type"] != kind]


def reworded(kind, label):
    def change(questions):
        for question in questions:
            if question["type"] == kind:
                question["value"]["label"] = label
        return questions

    return change


def with_two_choices(questions):
    for question in questions:
        if question["type"] == "one_choice":
            question["value"]["choices"] = question["value"]["choices"][:2]
    return questions


# --- Received -------------------------------------------------------------------------------------


def test_what_was_sent_is_stored_whole(door):
    contribution = door.received(publication="publication_with_name", scale="3")
    assert contribution.consultation == door.where.consultation
    assert contribution.name == "Camille Noël"
    assert contribution.country == "FR"
    assert contribution.answers.count() == 2
    consents = contribution.consents.values_list("purpose", "version", "language")
    assert {(purpose, language) for purpose, _version, language in consents} == {
        ("analysis", "en"),
        ("publication_with_name", "en"),
    }
    assert all(version for _purpose, version, _language in consents)


def test_not_published_is_no_consent_to_publication(door):
    contribution = door.received(publication="not_published")
    assert [consent.purpose for consent in contribution.consents.all()] == ["analysis"]


def test_the_reference_is_shown_and_only_to_who_has_the_address(door, client):
    data = door.form()
    response = door.send(data, client=client)
    contribution = Contribution.objects.get()
    shown = client.get(response["Location"])
    assert contribution.reference in text_of(shown)
    assert contribution.name not in text_of(shown)
    assert not shown.cookies
    stranger = client.get("/en/contributions/received/?receipt=1")
    assert stranger.status_code == 404
    assert "This receipt can’t be shown" in text_of(stranger)


def test_the_receipt_reads_in_the_other_language(door, client):
    contribution = door.received()
    with translation.override("fr"):
        french = receipt_url(contribution)
    assert french.startswith("/fr/contributions/recue/")
    assert "Nous avons bien reçu votre contribution." in text_of(client.get(french))


def test_a_receipt_is_of_one_site(door, client):
    other = bilingual_site("other.example.org")
    contribution = door.received()
    elsewhere = client.get(receipt_url(contribution), HTTP_HOST=other.site.hostname)
    assert elsewhere.status_code == 404


def test_a_questionnaire_is_of_one_site(door, client):
    other = bilingual_site("other.example.org")
    assert client.get(door.url(), HTTP_HOST=other.site.hostname).status_code == 404


def test_a_reference_that_is_taken_is_drawn_again(door, monkeypatch):
    first = door.received()
    drawn = iter([first.reference, first.reference, "3467-9ACD-EFGH"])
    field = Contribution._meta.get_field("reference")
    monkeypatch.setattr(field, "default", lambda: next(drawn))
    field.__dict__.pop("_get_default", None)
    try:
        assert door.received().reference == "3467-9ACD-EFGH"
    finally:
        field.__dict__.pop("_get_default", None)


# --- Twice ----------------------------------------------------------------------------------------


# case 17
def test_the_same_form_sent_twice_is_one_contribution(door, client):
    data = door.form(scale="2", several_choices=[door.choice("several_choices", 1)])
    locations = {door.send(data).headers["Location"].split("?")[0] for _time in range(2)}
    assert locations == {"/en/contributions/received/"}
    contribution = Contribution.objects.get()
    again = client.get(door.send(data)["Location"])
    assert contribution.reference in text_of(again)


# case 18
def test_a_retry_after_the_closing_time_gives_the_reference_of_the_first(door, client):
    data = door.form()
    door.send(data)
    Consultation.objects.update(closes_at=database_now())
    again = door.send(data)
    assert again.status_code == 302
    assert Contribution.objects.get().reference in text_of(client.get(again["Location"]))


def test_going_back_and_changing_what_was_sent_loses_nothing(door):
    data = door.form()
    door.send(data)
    changed = data | {door.field("long_text"): "Something else altogether"}
    response = door.send(changed)
    assert response.status_code == 409
    assert Contribution.objects.get().reference in text_of(response)
    assert "Something else altogether" in text_of(response)
    assert data["form_key"] not in text_of(response)
    assert Contribution.objects.get().answers.get().text != "Something else altogether"


@pytest.mark.parametrize("key", ["", "nonsense", "\x00"])
def test_a_form_whose_key_was_lost_is_received(door, key):
    assert door.send(door.form() | {"form_key": key}).status_code == 302


# case 17
def test_parallel_sendings_of_one_form_make_one_row(committed):
    door = expert_door()
    data = door.form(scale="1")
    statuses, start = [], threading.Barrier(8)

    def send():
        try:
            start.wait()
            statuses.append(Client().post(door.url(), data, headers=OWN_PAGE).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _sending in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [302] * 8
    assert Contribution.objects.get().answers.count() == 2


# case 19
def test_a_contribution_is_stored_whole_or_not_at_all(door, monkeypatch):
    def fail(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr(services, "_consents", fail)
    with pytest.raises(ZeroDivisionError):
        door.send(door.form())
    assert not Contribution.objects.exists()


def test_the_log_names_nobody(door, caplog):
    with caplog.at_level("INFO", logger="submissions"):
        contribution = door.received()
    line = caplog.messages[-1]
    assert f"contribution {contribution.pk} received" in line
    for secret in (contribution.name, contribution.contact.email, contribution.reference):
        assert secret not in line


# --- Too late -------------------------------------------------------------------------------------


# case 12
def test_what_is_sent_after_the_closing_time_is_given_back(door):
    data = door.form(
        short_text="A project",
        one_choice=door.choice("one_choice", 1),
        scale="5",
    )
    Consultation.objects.update(closes_at=database_now())
    response = door.send(data)
    assert response.status_code == 409
    for words in (
        "This questionnaire is closed",
        "A project",
        data[door.field("long_text")],
        "Schools",
        "5 – Entirely",
        "Camille Noël",
        "France",
        "camille@example.org",
    ):
        assert words in text_of(response)
    assert not Contribution.objects.exists()


# case 10
def test_the_database_clock_decides(door, monkeypatch):
    data = door.form()
    monkeypatch.setattr("django.utils.timezone.now", lambda: database_now() + timedelta(days=3650))
    assert door.send(data).status_code == 302


def test_closing_between_the_check_and_the_writing_gives_the_text_back(door, monkeypatch):
    data = door.form()

    def close_first(*args):
        Consultation.objects.update(closes_at=database_now())
        return store(*args)

    store = services._store
    monkeypatch.setattr(services, "_store", close_first)
    response = door.send(data)
    assert response.status_code == 409
    assert data[door.field("long_text")] in text_of(response)


# case 27
def test_a_page_unpublished_meanwhile_gives_the_text_back(door):
    data = door.form()
    door.page.unpublish()
    response = door.send(data)
    assert response.status_code == 409
    assert data[door.field("long_text")] in text_of(response)
    assert "Continue in French" not in text_of(response)
    assert "Continuer en français" in text_of(response)


def test_a_closed_questionnaire_says_so(door, client):
    Consultation.objects.update(closes_at=database_now())
    response = client.get(door.url("fr"))
    assert response.status_code == 200
    assert "Ce questionnaire est clos" in text_of(response)


def test_a_questionnaire_to_come_says_when(door, client):
    Consultation.objects.update(opens_at=database_now() + timedelta(days=2))
    assert "It opens on" in text_of(client.get(door.url()))


def test_hostile_words_are_given_back_as_words(door):
    data = door.form(long_text="<script>alert(1)</script>", name="<img src=x>")
    Consultation.objects.update(closes_at=database_now())
    html = door.send(data).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "alert(1)" in html


# --- While the page changes -----------------------------------------------------------------------


# case 26
def test_an_answer_to_a_question_retired_meanwhile_is_given_back_beside_the_form(door):
    data = door.form(short_text="My project", scale="2")
    republish(door, without("short_text"))
    response = door.send(data)
    assert response.status_code == 409
    assert "A question is no longer asked here" in text_of(response)
    assert "My project" in text_of(response)
    assert data[door.field("long_text")] in text_of(response)  # in the form
    assert not Contribution.objects.exists()


def test_the_rest_is_then_received(door):
    data = door.form(short_text="My project")
    field = door.field("short_text")
    republish(door, without("short_text"))
    del data[field]
    assert door.send(data).status_code == 302


def test_a_question_retired_and_left_empty_stops_nobody(door):
    data = door.form(short_text="")
    republish(door, without("short_text"))
    assert door.send(data).status_code == 302


# case 26
def test_an_answer_keeps_the_version_that_was_on_screen(door):
    data = door.form()
    republish(door, reworded("long_text", "Quite another question: what would you stop?"))
    door.send(data)
    assert Contribution.objects.get().answers.get().version == 1
    assert door.received().answers.get().version == 2


# case 26
def test_a_refused_form_comes_back_in_the_words_that_were_on_screen(door):
    data = door.form(email="nobody")
    republish(door, reworded("long_text", "Quite another question: what would you stop?"))
    html = text_of(door.send(data))
    assert "What do you propose?" in html
    assert "Quite another question" not in html


def test_a_forged_stamp_counts_for_nothing(door):
    republish(door, reworded("long_text", "Quite another question: what would you stop?"))
    data = door.form() | {"shown": "e30:forged"}
    door.send(data)
    assert Contribution.objects.get().answers.get().version == 2


def test_a_choice_that_went_meanwhile_is_asked_again(door):
    data = door.form(one_choice=door.choice("one_choice", 2))
    republish(door, with_two_choices)
    response = door.send(data)
    assert response.status_code == 422
    assert "Choose among the answers that are listed." in errors(response)[0]
    assert data[door.field("long_text")] in text_of(response)


def test_what_one_language_has_retired_the_other_no_longer_asks(door, client):
    def fewer(questions):
        return without("short_text")(with_two_choices(questions))

    republish(door, fewer, languages=("en",))
    html = text_of(client.get(door.url("fr")))
    assert "[fr] Schools" in html
    assert "[fr] Work" not in html
    assert "[fr] Name one project." not in html


# --- Another language -----------------------------------------------------------------------------


# case 31
def test_changing_language_in_mid_form_keeps_every_answer(door):
    data = door.form(
        short_text="A project",
        several_choices=[door.choice("several_choices", 0), door.choice("several_choices", 2)],
        scale="4",
        email="not yet an address",
    )
    response = door.send(data | {"continue": "1"}, "fr")
    html = text_of(response)
    assert response.status_code == 200
    assert errors(response) == []
    assert '<html lang="fr"' in html
    assert "[fr] What do you propose" in html
    assert 'value="A project"' in html
    assert 'value="not yet an address"' in html
    assert data[door.field("long_text")] in html
    assert html.count(" checked") == 2 + 1 + 3  # choices, scale; respondent, consents
    assert data["form_key"] in html
    assert not Contribution.objects.exists()


def test_the_button_for_it_stands_in_the_form_and_speaks_its_language(door, client):
    html = text_of(client.get(door.url()))
    assert f'formaction="{door.url("fr")}" lang="fr">Continuer en français</button>' in html
    assert html.index("Send my contribution") < html.index("Continuer en français")


def test_an_answer_that_the_other_language_has_no_question_for_is_given_back(door):
    data = door.form(short_text="My project")
    page_fr = ThemePage.objects.get(pk=door.page_fr.pk)
    body = page_fr.body.raw_data[0]
    body["value"]["questions"] = without("short_text")(list(body["value"]["questions"]))
    page_fr.body = [dict(body)]
    published(page_fr)
    response = door.send(data | {"continue": "1"}, "fr")
    assert response.status_code == 200
    assert "My project" in text_of(response)


def test_an_unknown_questionnaire_is_not_found(door, client):
    assert client.get(door.url().replace(str(door.questionnaire.pk), "0")).status_code == 404


def test_a_question_of_another_questionnaire_is_left_alone(door):
    data = door.form() | {"question_999999999": "x", "question_٣": "y", f"q_{uuid4()}": "z"}
    assert door.send(data).status_code == 302
    assert Contribution.objects.get().answers.count() == 1
