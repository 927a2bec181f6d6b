"""A new page that saves itself while a button is pressed: one page, with the last words."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.guards import adding
from home.models import StandardPage
from tests.factories import BilingualSite, StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def add(site: BilingualSite) -> str:
    return reverse("wagtailadmin_pages:add", args=["home", "standardpage", site.home.pk])


def form(introduction: str, **more: Any) -> dict[str, Any]:
    """What the form of a new page sends."""
    words = {"title": "Clean air", "slug": "clean-air", "introduction": introduction}
    comments = {f"comments-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    body: dict[str, Any] = nested_form_data({"body": streamfield([])})
    return words | comments | body | more


def saves_itself(client: Client, add: str) -> None:
    answer = client.post(add, form("We bre"), headers={"accept": "application/json"})
    assert answer.json()["success"], answer.json()


def test_a_button_pressed_after_it_saved_itself_goes_on_with_that_page(
    admin_client: Client, add: str
) -> None:
    saves_itself(admin_client, add)
    answer = admin_client.post(add, form("We breathe.", **{"action-publish": "x"}))
    assert answer.status_code == 302
    page = StandardPage.objects.get(slug="clean-air")
    assert page.live and page.introduction == "We breathe."


@pytest.mark.parametrize("moment", ["before it was asked for", "before it was written"])
def test_a_button_pressed_in_the_very_moment_does_so_too(
    admin_client: Client, add: str, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    saves_itself(admin_client, add)
    real, asked = adding.just_made, []

    def not_seen_at_first(*who: Any) -> Any:
        asked.append(who)
        return real(*who) if len(asked) > 1 else None

    monkeypatch.setattr(adding, "just_made", not_seen_at_first)
    if moment == "before it was written":
        free = iter([True])
        taken = Page._slug_is_available
        monkeypatch.setattr(
            Page,
            "_slug_is_available",
            staticmethod(lambda *where: next(free, None) or taken(*where)),
        )
    answer = admin_client.post(add, form("We breathe.", **{"action-publish": "x"}))
    assert answer.status_code == 302
    page = StandardPage.objects.get(slug="clean-air")
    assert page.live and page.introduction == "We breathe."


def test_an_address_that_somebody_else_took_is_told_with_the_words(
    admin_client: Client, add: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves_itself(admin_client, add)
    monkeypatch.setattr(adding, "just_made", lambda *_who: None)
    answer = admin_client.post(add, form("We breathe.", **{"action-publish": "x"}))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "already in use" in html and "We breathe." in html
    assert StandardPage.objects.filter(slug="clean-air").count() == 1


def test_a_copy_is_offered_an_address_that_is_free(
    admin_client: Client, site: BilingualSite
) -> None:
    page = StandardPageFactory(parent=site.home, title="Clean air", slug="clean-air")
    where = reverse("wagtailadmin_pages:copy", args=[page.pk])
    offered = admin_client.get(where).context["form"]["new_slug"].value()
    words = {"new_title": "Clean air", "new_slug": offered, "new_parent_page": site.home.pk}
    assert admin_client.post(where, words).status_code == 302
    assert StandardPage.objects.filter(title="Clean air").count() == 2


def test_what_could_be_better_is_told_whenever_the_page_saves_itself(
    admin_client: Client, add: str
) -> None:
    itself = {"accept": "application/json"}
    assert 'id="page-checks"' in admin_client.get(add).content.decode()
    made = admin_client.post(add, form("We breathe."), headers=itself).json()
    assert "Nothing to mend" in admin_client.get(made["hydrate_url"]).content.decode()
    edit = reverse("wagtailadmin_pages:edit", args=[StandardPage.objects.get().pk])
    saved = admin_client.post(edit, form("We  breathe."), headers=itself).json()
    assert "One thing could be better" in saved["html"]
