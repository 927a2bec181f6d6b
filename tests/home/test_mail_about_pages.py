"""Wagtail's mail about the comments on a page: where it leads, and how it greets."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from wagtail.models import PageSubscription, Site
from wagtail.test.utils.form_data import querydict_from_html

from home.approval.workflows import keep_workflows
from home.roles import EDITORS, grant_roles, group_name
from tests.factories import StandardPageFactory, bilingual_site
from tests.home.moderating import staff
from tests.submissions.mailbox import serving, words_of

pytestmark = pytest.mark.django_db


def told_of_a_comment(host: str) -> str:
    """The mail about a comment on a page of the site at ``host``, to one with an apostrophe."""
    site = bilingual_site(host)
    grant_roles()
    keep_workflows()
    page = StandardPageFactory(parent=site.home, title="Air & water")
    page.save_revision()
    writer = staff("writer", group_name(EDITORS, site.site))
    reader = User.objects.create_user("reader", "reader@example.org", first_name="D'Arc")
    PageSubscription.objects.create(user=reader, page=page, comment_notifications=True)
    address = f"/admin/pages/{page.pk}/edit/"
    shown = writer.get(address).content.decode()
    sent = querydict_from_html(shown, form_id="page-edit-form")
    comment = {"text": "Who's <that>?", "contentpath": "title", "position": ""}
    sent.update({f"comments-0-{name}": said for name, said in comment.items()})
    sent.update({"body-count": "0", "comments-TOTAL_FORMS": "1", "comments-INITIAL_FORMS": "0"})
    sent.update({"comments-0-replies-TOTAL_FORMS": "0", "comments-0-replies-INITIAL_FORMS": "0"})
    with serving() as server:
        assert writer.post(address, sent).status_code == 302
    [mail] = server.taken
    assert "Air & water" in mail["Subject"]
    words = words_of(mail)
    assert address in words
    return words


def test_it_leads_to_the_admin_of_the_site_on_which_the_page_stands(settings: Any) -> None:
    settings.PUBLIC_SCHEME = "https"
    bilingual_site()
    words = told_of_a_comment("water.example.org")
    assert words.count("https://water.example.org/admin/") == words.count("/admin/") == 2
    assert Site.objects.count() > 1


def test_it_says_names_and_words_as_they_are_written() -> None:
    words = told_of_a_comment("localhost")
    assert words.startswith("Hello D'Arc,")
    assert "Who's <that>?" in words
