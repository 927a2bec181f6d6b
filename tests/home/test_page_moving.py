"""Moving a page: its translations go along, whole or not at all, and who stands apart is told."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from home.roles import EDITORS, grant_roles
from home.workplace.standing import Level, Standing
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    bilingual_site,
    locale,
    published,
    translate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> BilingualSite:
    return bilingual_site()


def page(parent: Page, title: str) -> Page:
    made: Page = published(StandardPageFactory(parent=parent, title=title))
    return made


def move(client: Client, moved: Page, to: Page) -> str:
    """What is said of it."""
    address = reverse("wagtailadmin_pages:move_confirm", args=[moved.pk, to.pk])
    return client.post(address, follow=True).content.decode()


def above(moved: Page) -> Page:
    parent: Page = Page.objects.get(pk=moved.pk).get_parent()
    return parent


def test_translations_go_along(admin_client: Client, where: BilingualSite) -> None:
    parks, pond = page(where.home, "Parks"), page(where.home, "Pond")
    french_parks, french_pond = translate(parks), translate(pond)
    address = reverse("wagtailadmin_pages:move_confirm", args=[pond.pk, parks.pk])
    assert admin_client.get(address).context["translations_to_move_count"] == 1
    move(admin_client, pond, parks)
    assert above(pond).pk == parks.pk
    assert above(french_pond).pk == french_parks.pk
    assert Page.objects.get(pk=french_pond.pk).live
    assert Standing(where.site).behind_of(pond.translation_key, "fr") is None


def test_nothing_moves_where_a_translation_has_no_place(
    admin_client: Client, where: BilingualSite
) -> None:
    parks, pond = page(where.home, "Parks"), page(where.home, "Pond")
    french = translate(pond)
    assert "“Parks” has no page in French yet" in move(admin_client, pond, parks)
    taken = StandardPageFactory(
        parent=translate(parks), title="Mare", slug=french.slug, locale=locale("fr")
    )
    assert "is taken below" in move(admin_client, pond, parks)
    taken.delete()
    assert (above(pond).pk, above(french).pk) == (where.home.pk, where.home_fr.pk)


def test_a_page_that_stands_elsewhere_is_told(admin_client: Client, where: BilingualSite) -> None:
    parks, pond = page(where.home, "Parks"), page(where.home, "Pond")
    french_parks, french = translate(parks), translate(pond)
    french.move(french_parks, "last-child")
    found = Standing(where.site).behind_of(pond.translation_key, "fr")
    assert found is not None
    assert found.level is Level.ELSEWHERE
    assert french.title in found.sentence
    assert admin_client.get(found.url).status_code == 200
    assert Standing(where.site).behind_of(pond.translation_key, "en") is None, "the original"
    # Once it is out of step with those beside it, it goes along no more.
    move(admin_client, pond, parks)
    assert above(french).pk == french_parks.pk
    assert Standing(where.site).behind_of(pond.translation_key, "fr") is None


def test_an_editor_moves_no_page_that_they_may_not(client: Client, where: BilingualSite) -> None:
    grant_roles()
    parks = page(where.home, "Parks")
    french_parks = translate(parks)
    pond = page(where.home, "Pond")
    french = translate(pond)
    pond.unpublish()
    user = User.objects.create_user("ada", password="x")
    user.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(user)
    move(client, pond, parks)
    assert above(pond).pk == parks.pk
    assert above(french).pk == where.home_fr.pk, "live: for who publishes"
    assert above(french_parks).pk == where.home_fr.pk


@pytest.mark.parametrize("deed", ["unpublish", "delete"])
def test_nothing_else_is_done_to_translations(
    admin_client: Client, where: BilingualSite, deed: str
) -> None:
    pond = page(where.home, "Pond")
    french = translate(pond)
    admin_client.post(reverse(f"wagtailadmin_pages:{deed}", args=[pond.pk]))
    assert not Page.objects.filter(pk=pond.pk, live=True).exists()
    assert Page.objects.get(pk=french.pk).live
