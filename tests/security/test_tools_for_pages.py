"""Wagtail's tools for pages, opened by its own views to every account of the admin (case 46)."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.admin.menu import reports_menu
from wagtail.models import Page

from home.roles import (
    EDITORS,
    ORGANISERS,
    REVIEWERS,
    grant_roles,
    moderators_of,
    publishers_of,
    translators_of,
)
from tests.factories import BilingualSite, ThemePageFactory, bilingual_site
from tests.submissions.desk import desk_of, staff

pytestmark = pytest.mark.django_db
SECRET = "Quagga"


@pytest.fixture
def site() -> BilingualSite:
    site = bilingual_site()
    grant_roles()
    ThemePageFactory(parent=site.themes, title=SECRET)  # an English draft
    return site


def member_of(group: str) -> Client:
    user = staff("somebody")
    user.user_permissions.clear()
    user.groups.add(Group.objects.get(name=group))
    return desk_of(user)


def listings(site: BilingualSite) -> list[str]:
    draft = Page.objects.get(title=SECRET)
    return [
        "/admin/api/main/pages/",
        f"/admin/api/main/pages/{draft.pk}/",
        f"/admin/api/main/pages/?child_of={site.themes.pk}",
        f"/admin/choose-page/{site.themes.pk}/",
        f"/admin/choose-page/search/?q={SECRET}",
        "/admin/localize/reports/translations/",
    ]


@pytest.mark.parametrize(
    "group", [REVIEWERS, ORGANISERS, moderators_of("French"), moderators_of("English")]
)
def test_who_works_on_no_page_reads_no_title_of_a_draft(site: BilingualSite, group: str) -> None:
    browser = member_of(group)
    for path in listings(site):
        answer = browser.get(path)
        assert answer.status_code in {302, 403}, path
        assert SECRET not in answer.content.decode(), path


@pytest.mark.parametrize(
    ("group", "some"),
    [
        (EDITORS, True),
        (publishers_of("French"), True),
        (translators_of("French"), True),
        (moderators_of("French"), False),
        (REVIEWERS, False),
        (ORGANISERS, False),
    ],
)
def test_no_menu_offers_what_is_refused(site: BilingualSite, group: str, some: bool) -> None:
    browser = member_of(group)
    request = browser.get("/admin/").wsgi_request
    offered = [one.url for one in reports_menu.menu_items_for_request(request)]
    assert bool(offered) is some
    for path in offered:
        assert browser.get(path).status_code == 200, path


def test_a_translator_finds_the_drafts_of_no_other_tree_by_the_api(site: BilingualSite) -> None:
    browser = member_of(translators_of("French"))
    for path in listings(site)[:3]:
        answer = browser.get(path)
        assert SECRET not in answer.content.decode(), path


def test_a_writer_finds_it(site: BilingualSite) -> None:
    assert SECRET in member_of(EDITORS).get(listings(site)[0]).content.decode()
