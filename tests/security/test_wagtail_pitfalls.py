"""What Wagtail and wagtail-localize let people do who should not (case 46): it stays mended.

Each was seen by running them as they are. docs/roles.md lists which test holds which.
"""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import LocaleSynchronization, Translation
from wagtail_localize.operations import translate_object

from home.roles import EDITORS, grant_roles, moderators_of, publishers_of, translators_of
from tests.factories import (
    BilingualSite,
    ThemePageFactory,
    bilingual_site,
    bilingual_theme,
    published,
)
from themes.models import ThemePage

pytestmark = pytest.mark.django_db
SECRET = "Quagga"
INTO_FRENCH, INTO_ENGLISH = translators_of("French"), translators_of("English")
PUBLISHES = publishers_of("English")
REFUSED = (302, 403)


@pytest.fixture
def site() -> BilingualSite:
    site = bilingual_site()
    grant_roles()
    return site


@pytest.fixture
def theme(site: BilingualSite) -> tuple[ThemePage, ThemePage]:
    return bilingual_theme(site)


@pytest.fixture
def draft(site: BilingualSite) -> ThemePage:
    page: ThemePage = ThemePageFactory(parent=site.themes, title=SECRET)
    page.save_revision()
    return page


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def member_of(*groups: str) -> Client:
    user = User.objects.create_user("-".join(groups))
    user.groups.set(Group.objects.filter(name__in=groups))
    return browser(user)


def is_refused(answer: Any) -> bool:
    return answer.status_code == 403 or (answer.status_code, answer.headers.get("Location")) == (
        302,
        "/admin/",
    )


def test_the_right_to_submit_alone_submits_no_page(site: BilingualSite) -> None:
    page = published(ThemePageFactory(parent=site.themes, title="Zebra"))
    user = User.objects.create_user("ada")
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "submit_translation"])
    )
    before = Translation.objects.count()
    for address in (f"localize/submit/page/{page.pk}/", f"translating/trees/{page.pk}/"):
        answer = browser(user).post(f"/admin/{address}", {"locales": [site.home_fr.locale_id]})
        assert is_refused(answer), address
    assert Translation.objects.count() == before


def test_who_translates_submits_into_their_own_language_alone(
    theme: tuple[ThemePage, ThemePage],
) -> None:
    address = f"/admin/localize/submit/page/{theme[0].pk}/"
    assert is_refused(member_of(INTO_ENGLISH).get(address))
    assert not is_refused(member_of(INTO_FRENCH).get(address))


def test_what_is_sent_to_translation_is_a_draft(site: BilingualSite) -> None:
    page = published(ThemePageFactory(parent=site.themes, title="Zebra"))
    member_of(EDITORS).post(
        f"/admin/localize/submit/page/{page.pk}/", {"locales": [site.home_fr.locale_id]}
    )
    assert not Page.objects.get(
        translation_key=page.translation_key, locale__language_code="fr"
    ).live


def test_no_language_mirrors_another(site: BilingualSite) -> None:
    """Its aliases would be live text of one language under the address of another."""
    assert not LocaleSynchronization.objects.exists()


@pytest.mark.parametrize(
    "address", ["edit/", "edit/preview/", "history/", "view_draft/", "usage/", "copy/", "delete/"]
)
def test_an_original_is_not_a_translators(draft: ThemePage, address: str) -> None:
    where = f"/admin/pages/{draft.pk}/{address}"
    assert is_refused(member_of(INTO_ENGLISH).get(where))
    assert is_refused(member_of(INTO_FRENCH).get(where))


def test_a_translator_compares_and_reverts_no_revision_of_an_original(draft: ThemePage) -> None:
    one = draft.get_latest_revision().pk
    for where in ("compare/earliest...latest/", f"{one}/view/", f"{one}/revert/"):
        answer = member_of(INTO_ENGLISH).get(f"/admin/pages/{draft.pk}/revisions/{where}")
        assert is_refused(answer), where
        User.objects.all().delete()


@pytest.mark.parametrize("address", ["delete/", "move/", "copy/"])
def test_who_publishes_and_does_not_write_takes_no_page_away(
    draft: ThemePage, address: str
) -> None:
    for method in ("get", "post"):
        client = member_of(PUBLISHES)
        assert is_refused(getattr(client, method)(f"/admin/pages/{draft.pk}/{address}"))
        User.objects.all().delete()
    assert Page.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("ticked", ["id={page}", "id=all&childOf={parent}"])
def test_nor_by_ticking_it_in_a_list(draft: ThemePage, ticked: str) -> None:
    query = ticked.format(page=draft.pk, parent=draft.get_parent().pk)
    member_of(PUBLISHES).post(
        f"/admin/bulk/wagtailcore/page/delete/?{query}", {"wagtail_site_name": "Polyphony"}
    )
    assert Page.objects.filter(pk=draft.pk).exists()


@pytest.fixture
def sent_to_french(site: BilingualSite) -> Page:
    source = published(ThemePageFactory(parent=site.themes, title="The bakery"))
    translate_object(source, [site.home_fr.locale])
    page: Page = source.get_translation(site.home_fr.locale)
    return page


@pytest.mark.parametrize("below", [False, True])
@pytest.mark.parametrize("who", [publishers_of("French"), None])
def test_no_translation_is_published_past_review_by_ticking_it(
    sent_to_french: Page, below: bool, who: str | None
) -> None:
    page = sent_to_french
    ticked = page.get_parent() if below else page
    client = member_of(who) if who else browser(User.objects.create_superuser("root"))
    answer = client.post(
        f"/admin/bulk/wagtailcore/page/publish/?id={ticked.pk}&next=/admin/pages/{ticked.pk}/",
        {"include_descendants": "on"} if below else {},
        follow=True,
    )
    assert not Page.objects.get(pk=page.pk).live
    shown = answer.content.decode()
    assert "published at their desks" in shown
    assert f"/admin/translating/pages/{page.pk}/" in shown


def test_an_original_is_published_by_ticking_it(draft: ThemePage) -> None:
    where = f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}&next=/admin/"
    member_of(PUBLISHES).post(where, {"include_descendants": "on"})
    assert Page.objects.get(pk=draft.pk).live


def test_who_writes_and_publishes_takes_a_page_away(draft: ThemePage) -> None:
    client = member_of(EDITORS, PUBLISHES)
    assert client.get(f"/admin/pages/{draft.pk}/move/").status_code == 200
    client.post(f"/admin/pages/{draft.pk}/delete/")
    assert not Page.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("action", ["delete", "unpublish", "copy", "publish"])
def test_the_api_does_nothing_to_a_page_for_anybody(
    theme: tuple[ThemePage, ThemePage], action: str
) -> None:
    """It asks no hook: a page through which people sent something would go."""
    before = Page.objects.count()
    client = browser(User.objects.create_superuser("root"))
    answer = client.post(f"/admin/api/main/pages/{theme[0].pk}/action/{action}/")
    assert is_refused(answer)
    assert Page.objects.count() == before
    assert Page.objects.get(pk=theme[0].pk).live


@pytest.mark.parametrize("group", [moderators_of("English"), INTO_FRENCH])
def test_no_title_of_a_draft_by_a_list_of_what_is_ticked_or_by_moving(
    draft: ThemePage, group: str
) -> None:
    client = member_of(group)
    for where in (
        f"bulk/wagtailcore/page/delete/?id={draft.pk}",
        f"bulk/wagtailcore/page/delete/?id=all&childOf={draft.get_parent().pk}",
        f"pages/{draft.pk}/move/{draft.get_parent().pk}/confirm/",
        f"pages/workflow/confirm_cancellation/{draft.pk}/",
    ):
        answer = client.get(f"/admin/{where}")
        assert answer.status_code in (*REFUSED, 404), where
        assert SECRET not in answer.content.decode()


def test_a_chooser_offers_no_draft_of_another_tree(draft: ThemePage) -> None:
    parent = draft.get_parent().pk
    for where in (f"choose-page/{parent}/", f"choose-page/search/?q={SECRET}"):
        assert SECRET not in member_of(INTO_FRENCH).get(f"/admin/{where}").content.decode()
        User.objects.all().delete()
        assert SECRET in member_of(EDITORS).get(f"/admin/{where}").content.decode()
        User.objects.all().delete()


@pytest.mark.parametrize("types", ["themes.themepage", "themes.themepage,home.standardpage"])
def test_a_chooser_of_some_kinds_of_pages_opens_and_tells_no_draft_either(
    draft: ThemePage, types: str
) -> None:
    live = published(ThemePageFactory(parent=draft.get_parent(), title="Okapi"))
    parent = live.get_parent().pk
    for group, tells in ((INTO_FRENCH, False), (EDITORS, True)):
        client = member_of(group)
        for where in ("", f"{parent}/"):  # the first: below what all these pages stand
            answer = client.get(f"/admin/choose-page/{where}", {"page_type": types})
            html = answer.json()["html"]
            assert live.title in html and (SECRET in html) is tells


def test_who_did_what_is_for_who_answers_for_pages(site: BilingualSite) -> None:
    assert is_refused(member_of(EDITORS).get("/admin/reports/site-history/"))
    assert not is_refused(member_of(PUBLISHES).get("/admin/reports/site-history/"))


def test_no_address_fails_on_purpose(site: BilingualSite) -> None:
    client = browser(User.objects.create_superuser("root"))
    assert client.get("/admin/failwhale/").status_code == 404


def test_a_new_page_is_previewed_before_it_was_ever_sent(site: BilingualSite) -> None:
    where = f"/admin/pages/add/themes/themepage/{site.themes.pk}/preview/"
    assert member_of(EDITORS).get(where).status_code == 200
