"""A fault whose cause is gone goes by itself: whose words they are, and who read them, stays."""

import pytest
from django.contrib.auth.models import User
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from tests.core.translating.desk import FRENCH, WHOLE, at, form, texts, translator

pytestmark = pytest.mark.django_db


def faulty(path: str, **fields: object) -> None:
    """As where a rule was another one when the words were stored."""
    words = StringTranslation.objects.filter(context__path__startswith=path)
    assert words.update(has_error=True, field_error="Too long", **fields)


def test_a_proposal_that_nobody_read_stays_one(page: Page):
    client = translator()
    client.post(at(page), form(page, **WHOLE))
    faulty("title", translation_type="machine", tool_name="LibreTranslate")
    assert client.post(at(page), form(page)).status_code == 302
    title = texts(page)[0]
    assert (title.error, title.machine, title.words) == ("", True, "À propos")
    assert title.row.context.translations.get().tool_name == "LibreTranslate"
    assert client.post(at(page, "ready/")).status_code == 422


def test_the_words_of_a_colleague_stay_theirs(page: Page):
    first, second = translator("ada"), translator("bob")
    first.post(at(page), form(page, **WHOLE))
    faulty("title")
    assert second.post(at(page), form(page)).status_code == 302
    title = texts(page)[0]
    assert (title.error, title.by_id) == ("", User.objects.get(username="ada").pk)


def test_words_with_marks_that_are_right_by_now_are_stored_as_such(page: Page):
    """Faulty ones are kept as they were typed."""
    client = translator()
    client.post(at(page), form(page, **WHOLE))
    kept = StringTranslation.objects.get(context__path__startswith="body")
    faulty("body", data=FRENCH)
    assert client.post(at(page), form(page)).status_code == 302
    assert StringTranslation.objects.get(pk=kept.pk).data == kept.data
    assert client.post(at(page, "ready/")).status_code == 302
