"""What is taken back is over at the next request: roles, accounts (case 49), pages (case 50)."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from home.roles import EDITORS, ORGANISERS, grant_roles, moderators_of, translators_of
from tests.factories import BilingualSite, ThemePageFactory, bilingual_site, published

pytestmark = pytest.mark.django_db
ROLES = [
    (EDITORS, "/admin/debates/"),
    (moderators_of("English"), "/admin/moderation/"),
    (translators_of("French"), "/admin/idea-translations/"),
    (ORGANISERS, "/admin/contribution-exports/"),
]


@pytest.fixture
def site() -> BilingualSite:
    site = bilingual_site()
    grant_roles()
    return site


def at_work(role: str) -> tuple[User, Client]:
    """Somebody who is signed in, and goes on working."""
    user = User.objects.create_user("ada", "ada@example.org", "a-password-of-ada")
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return user, client


@pytest.mark.parametrize(("role", "desk"), ROLES)
def test_who_loses_a_role_is_out_at_the_next_request(
    site: BilingualSite, role: str, desk: str
) -> None:
    user, client = at_work(role)
    assert client.get(desk).status_code == 200
    user.groups.clear()
    for answer in (client.get(desk), client.post(desk)):
        assert answer.status_code in {302, 403}
        assert "/admin/" in answer.headers.get("Location", "/admin/")


@pytest.mark.parametrize(("role", "desk"), ROLES)
def test_an_account_that_is_switched_off_is_signed_in_no_more(
    site: BilingualSite, role: str, desk: str
) -> None:
    user, client = at_work(role)
    user.is_active = False
    user.save()
    assert client.get(desk)["Location"].startswith("/admin/login/")
    assert not client.login(username="ada", password="a-password-of-ada")


def test_a_new_password_ends_what_is_open_elsewhere(site: BilingualSite) -> None:
    user, client = at_work(EDITORS)
    user.set_password("another-password-of-ada")
    user.save()
    assert client.get("/admin/")["Location"].startswith("/admin/login/")


def test_a_link_to_a_new_password_is_dead_for_an_account_that_is_switched_off(
    site: BilingualSite, mailoutbox: list[object]
) -> None:
    user, _client = at_work(EDITORS)
    user.is_active = False
    user.save()
    Client().post("/admin/password_reset/", {"email": "ada@example.org"})
    assert not mailoutbox


def test_a_page_off_line_is_nowhere_at_once(site: BilingualSite) -> None:
    page = published(ThemePageFactory(parent=site.themes, title="Quagga", summary="Of quaggas."))
    places = ["/en/", "/en/themes/", "/en/search/?q=quagga", "/sitemap.xml"]
    reader = Client()
    assert reader.get(page.url).status_code == 200
    assert sum("uagga" in reader.get(one).content.decode() for one in places) >= len(places) - 1
    page.unpublish()
    assert reader.get(page.url).status_code == 404
    for one in places:
        words = reader.get(one).content.decode().replace("?q=quagga", "").replace('"quagga"', "")
        assert "Quagga" not in words, one
        assert "/quagga/" not in words, one
