"""Roles and permissions are called in the reader's words; the database knows them by one name."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.utils import translation
from wagtail import hooks

from home.guide.pages import GUIDE
from home.naming.roles import in_words
from home.roles import EDITORS, grant_roles, group_name, publishers_of, roles
from tests.factories import bilingual_site
from tests.home.moderating import staff

pytestmark = pytest.mark.django_db

CHOIR = "Choir: French"
FRENCH = "Publication en français"


@pytest.fixture
def admin() -> Client:
    """An administrator who reads French, where there is a group that is none of ours, too."""
    bilingual_site()
    grant_roles()
    Group.objects.create(name=CHOIR)
    client = staff("head", language="fr")
    User.objects.filter(username="head").update(is_superuser=True)
    return client


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.getvalue().decode())


def test_each_role_of_each_site_has_french_words() -> None:
    bilingual_site()
    other = bilingual_site("water.example.org").site
    for role in roles():
        assert in_words(role.name) == role.name
        with translation.override("fr"):
            assert in_words(role.name) != role.name
            there = in_words(group_name(role.name, other))
            assert there == f"{in_words(role.name)} (water.example.org:{other.port})"


@pytest.mark.parametrize("name", [CHOIR, "Choir (water.example.org:80)", "Editors (old)", "", "("])
def test_any_other_group_is_called_as_it_is(name: str) -> None:
    with translation.override("fr"):
        assert in_words(name) == str(Group(name=name)) == name


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_guide_calls_roles_as_the_screen_does(language: str) -> None:
    text = (GUIDE / language / "accounts-and-roles.md").read_text(encoding="utf-8")
    with translation.override(language):
        assert [role.name for role in roles() if in_words(role.name) not in text] == []


@pytest.mark.parametrize("address", ["/admin/users/", "/admin/users/new/", "/admin/groups/"])
def test_screens_of_accounts_and_groups_call_roles_in_french(admin: Client, address: str) -> None:
    shown = words(admin, address)
    assert FRENCH in shown
    assert CHOIR in shown
    assert publishers_of("French") not in shown


def test_the_roles_of_an_account_are_ticked_in_french_and_saved(admin: Client) -> None:
    user = User.objects.create_user("writer", "writer@example.org", first_name="A", last_name="B")
    group = Group.objects.get(name=EDITORS)
    address = f"/admin/users/edit/{user.pk}/"
    assert "Rédaction" in words(admin, address)
    known = {"username": "writer", "email": user.email, "first_name": "A", "last_name": "B"}
    assert admin.post(address, known | {"groups": [group.pk], "is_active": "on"}).status_code == 302
    assert list(user.groups.values_list("name", flat=True)) == [EDITORS]


def test_a_role_given_to_several_accounts_is_told_in_french(admin: Client) -> None:
    user, group = User.objects.get(username="head"), Group.objects.get(name=EDITORS)
    address = f"/admin/bulk/auth/user/assign_role/?id={user.pk}"
    assert f'<option value="{group.pk}">Rédaction</option>' in words(admin, address)
    told = admin.post(address, {"role": group.pk, "next": "/admin/users/"}, follow=True)
    messages = [str(one) for one in told.context["messages"]]
    assert len(messages) == 1
    assert "Rédaction" in messages[0]
    assert list(user.groups.values_list("name", flat=True)) == [EDITORS]


def test_the_form_of_a_role_keeps_its_name(admin: Client) -> None:
    ours, other = Group.objects.get(name=EDITORS), Group.objects.get(name=CHOIR)
    shown = words(admin, f"/admin/groups/edit/{ours.pk}/")
    assert "Rédaction" in shown
    assert f'value="{EDITORS}"' in shown
    assert "laissez ce nom tel quel" in shown
    assert "laissez ce nom tel quel" not in words(admin, f"/admin/groups/edit/{other.pk}/")


def test_permissions_in_the_form_of_a_group_are_called_in_french(admin: Client) -> None:
    shown = words(admin, f"/admin/groups/edit/{Group.objects.get(name=EDITORS).pk}/")
    tables = shown[: shown.index('id="page-permissions')]
    assert "Ajouter – débat" in tables
    assert "Peut exporter les contributions" in tables
    assert "Can " not in tables
    assert "Permissions\N{NO-BREAK SPACE}: consultation" in shown


def test_each_permission_that_can_be_granted_has_french_words() -> None:
    granted = Permission.objects.none()
    for of_app in hooks.get_hooks("register_permissions"):
        granted |= of_app()
    usual = re.compile("(add|change|delete|view)_")
    own = granted.filter(content_type__app_label__in=("core", "submissions", "wagtail_localize"))
    named = [one.name for one in own if not usual.match(one.codename) or "scheme" in one.codename]
    assert len(named) > 6
    with translation.override("fr"):
        assert [name for name in named if translation.gettext(name) == name] == []
