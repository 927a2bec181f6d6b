"""The page that the words of a translation make."""

from typing import Any

import pytest
from wagtail.models import Page

from core.translating.drawing import drawn
from tests.core.translating.desk import WHOLE, administrator, at, form, publish, work

pytestmark = pytest.mark.django_db

QUERIES = 21  # as measured


def test_only_what_is_drawn_is_fetched(page: Page, django_assert_num_queries: Any):
    """Not who owns the page, nor its versions, each with all its content."""
    client = administrator()
    client.post(at(page), form(page, **WHOLE))
    publish(client, page)
    translation = work(page).translation
    stands = Page.objects.get(pk=page.pk)
    assert stands.latest_revision_id and stands.live_revision_id
    drawn(translation)  # warms what Django remembers
    fresh = work(page).translation
    with django_assert_num_queries(QUERIES):
        assert drawn(fresh).title == "À propos"
