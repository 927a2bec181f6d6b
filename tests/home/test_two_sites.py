"""Two consultations on one installation: submissions and roles of one are nothing to the other."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Site

from home.roles import (
    EDITORS,
    ORGANISERS,
    grant_roles,
    group_name,
    homes,
    moderators_of,
    translators_of,
)
from submissions.models import Idea, IdeaStatus
from submissions.staff_access import may
from tests.factories import bilingual_site, debate_row, idea

pytestmark = pytest.mark.django_db


@pytest.fixture
def other() -> Site:
    """A further site; the first one has an idea that waits and a published one."""
    here = bilingual_site()
    site = bilingual_site("water.example.org").site
    first = debate_row(here.consultation)
    idea(first, "We should keep the heron.", status=IdeaStatus.AWAITING)
    idea(first, "We should keep the owl.")
    grant_roles()
    return site


def member_of(role: str, site: Site) -> tuple[User, Client]:
    user = User.objects.create_user("somebody")
    user.groups.add(Group.objects.get(name=group_name(role, site)))
    client = Client()
    client.force_login(user)
    return user, client


@pytest.mark.parametrize(
    ("role", "address", "word"),
    [
        (moderators_of("English"), "/admin/moderation/", "heron"),
        (translators_of("French"), "/admin/idea-translations/", "owl"),
    ],
)
def test_ideas_are_seen_by_the_staff_of_their_site(
    other: Site, role: str, address: str, word: str
) -> None:
    default = Site.objects.get(is_default_site=True)
    user, desk = member_of(role, other)
    assert word not in desk.get(address).content.decode()
    user.groups.set([Group.objects.get(name=group_name(role, default))])
    assert word in desk.get(address).content.decode()


def test_an_idea_and_a_form_of_the_other_site_are_not_found(other: Site) -> None:
    waiting = Idea.objects.get(status=IdeaStatus.AWAITING)
    user, desk = member_of(moderators_of("English"), other)
    assert desk.get(f"/admin/moderation/{waiting.pk}/").status_code == 404
    user.groups.set([Group.objects.get(name=group_name(EDITORS, other))])
    assert desk.get(f"/admin/debates/edit/{waiting.debate_id}/").status_code == 404


def test_an_organiser_answers_for_one_consultation(other: Site) -> None:
    user, desk = member_of(ORGANISERS, other)
    default = Site.objects.get(is_default_site=True)
    assert desk.get(reverse("opening")).status_code == 302
    assert desk.get(reverse("opening"), headers={"host": other.hostname}).status_code == 200
    settings = "/admin/settings/submissions/consultation/"
    assert desk.get(f"{settings}{default.pk}/").status_code == 302
    assert desk.get(f"{settings}{other.pk}/").status_code == 200
    assert not may(user, "submissions.view_mail", default.consultation)
    assert may(user, "submissions.view_mail", other.consultation)


def test_editors_have_the_pages_of_their_site_alone(other: Site) -> None:
    held = GroupPagePermission.objects.filter(group__name=group_name(EDITORS, other))
    assert {row.page_id for row in held} == {home.pk for home in homes(other, None)}


@pytest.mark.parametrize(
    ("host", "origin"),
    [("water.example.org", "https://water.example.org"), ("nobodys.example.org", "default")],
)
def test_a_lost_password_is_set_where_it_was_asked_for(
    other: Site, settings: Any, host: str, origin: str
) -> None:
    settings.ALLOWED_HOSTS, settings.PUBLIC_SCHEME = ["*"], "https"
    user, _client = member_of(ORGANISERS, other)
    user.set_password("x" * 12)
    user.email = "somebody@example.org"
    user.save()
    asked = {"email": user.email}
    Client().post(reverse("wagtailadmin_password_reset"), asked, headers={"host": host})
    [message] = mail.outbox
    origin = settings.WAGTAILADMIN_BASE_URL if origin == "default" else origin
    assert f"{origin}/admin/password_reset/confirm/" in message.body


@pytest.mark.parametrize("role", [ORGANISERS, EDITORS, moderators_of("English")])
def test_who_signs_in_at_another_admin_is_shown_the_way_to_theirs(other: Site, role: str) -> None:
    _user, client = member_of(role, other)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert 'href="http://water.example.org/admin/"' in home
    default = Site.objects.get(is_default_site=True)
    client.force_login(default_user := User.objects.create_user("of-the-default-one"))
    default_user.groups.add(Group.objects.get(name=group_name(role, default)))
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "water.example.org" not in home
