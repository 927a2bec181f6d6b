"""Several translators, and sessions that end: who is at work is told, and no word is lost."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from tests.core.translating.desk import (
    WHOLE,
    administrator,
    at,
    form,
    publish,
    texts,
    translator,
)

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"


def desk(client: Client, page: Page) -> str:
    answer = client.get(at(page))
    assert answer.status_code == 200
    return answer.content.decode()


def sent(client: Client, page: Page, **words: str) -> dict[str, str]:
    """What the browser of ``client`` sends of the desk that it shows."""
    writer = client.get(at(page)).context["writer"]
    return form(page, **words) | {"writer": writer}


def test_who_opens_a_desk_is_told_who_saved_there(page: Page):
    first, second = translator("ada"), translator("bob")
    assert "ada saved here at" not in desk(second, page)
    first.post(at(page), form(page, title="À propos"))
    assert "ada saved here at" in desk(second, page)
    assert "ada saved here at" not in desk(first, page)
    StringTranslation.objects.update(updated_at=timezone.now() - timedelta(hours=3))
    assert "ada saved here at" not in desk(second, page)


def test_who_reviews_is_not_told_of_a_colleague_at_work(page: Page):
    first, reviewer = translator("ada"), administrator()
    first.post(at(page), form(page, **WHOLE))
    assert "ada saved here at" in desk(reviewer, page)
    first.post(at(page, "ready/"))
    assert "ada saved here at" not in desk(reviewer, page)
    publish(reviewer, page)
    assert "ada saved here at" not in desk(reviewer, page)
    first.post(at(page), form(page, title="Qui nous sommes"))
    assert "ada saved here at" in desk(reviewer, page)


def test_words_sent_after_the_session_ended_are_back_after_signing_in(page: Page):
    client = translator()
    typed = sent(client, page, title="À propos", body="<b>Sans lien</b>")
    client.logout()
    answer = client.post(at(page), typed)
    assert answer["Location"] == f"{LOGIN}?next={at(page)}"
    assert "What you wrote is kept" in client.get(answer["Location"]).content.decode()
    assert not texts(page)[0].words

    answer = client.post(
        LOGIN, {"username": "ada", "password": "x" * 12, "next": at(page)}, follow=True
    )
    shown = answer.content.decode()
    assert answer.request["PATH_INFO"] == at(page)
    assert "Your session had ended" in shown
    assert "À propos" in shown
    assert "&lt;b&gt;Sans lien&lt;/b&gt;" in shown
    assert "À propos" in desk(client, page)  # left and opened again: still there
    again = form(page, title="À propos")
    assert client.post(at(page), again).status_code == 302
    assert "Your session had ended" not in desk(client, page)


def test_a_colleague_saved_while_the_session_had_ended(page: Page):
    client, other = translator("ada"), translator("bob")
    typed = sent(client, page, title="À propos")
    client.logout()
    client.post(at(page), typed)
    other.post(at(page), form(page, title="Qui nous sommes"))
    client.force_login(User.objects.get(username="ada"))
    shown = desk(client, page)
    assert "À propos" in shown
    assert "Qui nous sommes" in shown
    assert texts(page)[0].words == "Qui nous sommes"


def test_what_one_saved_in_another_window_is_not_said_of_a_colleague(page: Page):
    client = translator("ada")
    opened_twice = form(page, title="À propos")
    client.post(at(page), form(page, title="Qui nous sommes"))
    told = client.post(at(page), opened_twice)
    assert told.status_code == 409
    shown = told.content.decode()
    assert "You saved other words here yourself at" in shown
    assert "Saved by you at" in shown
    assert "colleague" not in shown


def test_what_a_colleague_saved_is_said_to_be_theirs(page: Page):
    client, other = translator("ada"), translator("bob")
    typed = form(page, title="À propos")
    other.post(at(page), form(page, title="Qui nous sommes"))
    shown = client.post(at(page), typed).content.decode()
    assert "A colleague saved other words here" in shown
    assert "Saved by bob meanwhile" in shown
    assert "yourself" not in shown


def test_words_that_were_taken_away_are_said_of_nobody(page: Page):
    client = translator("ada")
    client.post(at(page), form(page, title="À propos"))
    typed = form(page, title="Qui nous sommes")
    client.post(at(page), form(page, title=""))
    shown = client.post(at(page), typed).content.decode()
    assert "What stood here was taken away meanwhile." in shown
    assert "colleague" not in shown


@pytest.mark.parametrize("writer", ["", "forged", None])
def test_nothing_is_kept_of_who_was_shown_no_desk(page: Page, writer: str | None):
    typed = form(page, title="À propos") | ({"writer": writer} if writer is not None else {})
    stranger = Client()
    assert stranger.post(at(page), typed).status_code == 302
    assert not any(key.startswith("translating") for key in dict(stranger.session))


def test_words_of_one_are_not_shown_to_another(page: Page):
    client = translator("ada")
    typed = sent(client, page, title="À propos")
    client.logout()
    client.post(at(page), typed)
    translator("bob")
    client.force_login(User.objects.get(username="bob"))
    assert "À propos" not in desk(client, page)
