"""When a page goes live is said in the site's hour, where it is edited, listed and translated."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page
from wagtail.users.models import UserProfile
from wagtail_localize.operations import translate_object

from core.clock import database_now
from core.models import TranslationState
from core.scheduled import TimesForm, comes_down, goes_live
from core.scheduling import publish_what_is_due
from core.translating.states import work_of
from home.approval.workflows import keep_workflows
from home.roles import EDITORS, grant_roles, publishers_of, translators_of
from tests.core.translating.desk import publish
from tests.factories import StandardPageFactory, bilingual_site, locale, published
from tests.home.moderating import staff, translate_at_the_desk

pytestmark = pytest.mark.django_db

NOON = datetime(2030, 1, 15, 11, 0, tzinfo=UTC)  # in Paris


def test_it_is_said_in_the_readers_language_with_the_zone() -> None:
    with translation.override("en"):
        assert goes_live(NOON) == "It goes live on 15\u00a0January 2030, 12:00 (Paris time)."
    with translation.override("fr"):
        said = comes_down(NOON).replace("\u00a0", " ")
    assert said == "Sera retirée le 15 janvier 2030 à 12 h (heure de Paris)."


def test_times_are_typed_on_the_sites_clocks() -> None:
    form = TimesForm({"go_live_at": "2030-01-15T12:00", "expire_at": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"go_live_at": NOON, "expire_at": None}
    assert 'value="2030-01-15T12:00"' in str(TimesForm(initial={"go_live_at": NOON})["go_live_at"])


@pytest.mark.parametrize(
    "times",
    [
        {"expire_at": "2020-01-15T12:00"},
        {"go_live_at": "2030-01-15T12:00", "expire_at": "2030-01-15T12:00"},
        {"go_live_at": "tomorrow"},
    ],
)
def test_times_that_cannot_be_are_told(times: dict[str, str]) -> None:
    assert not TimesForm(times).is_valid()


@pytest.fixture
def pages() -> tuple[Page, Page]:
    """A page that is live in English, and its translation, with all its words, which is not."""
    site = bilingual_site()
    grant_roles()
    keep_workflows()
    source = published(StandardPageFactory(parent=site.home, title="About", introduction="Who."))
    translate_object(source, [locale("fr")])
    page = source.get_translation(locale("fr"))
    translate_at_the_desk(staff("to", translators_of("French")), page)
    return source, page


def desk(page: Page, what: str = "") -> str:
    return f"/admin/translating/pages/{page.pk}/{what}"


def test_a_translation_goes_live_at_a_time_of_its_own(pages: tuple[Page, Page]) -> None:
    page = pages[1]
    publisher = staff("fr", publishers_of("French"))
    answer = publish(publisher, page, go_live_at="2030-01-15T12:00", expire_at="2030-02-15T12:00")
    assert answer.status_code == 302
    shown = publisher.get(desk(page)).content.decode()
    assert "It goes live on 15\u00a0January 2030, 12:00 (Paris time)." in shown
    assert "Cancel the schedule" in shown
    page = Page.objects.get(pk=page.pk)
    assert not page.live
    assert page.scheduled_revision.approved_go_live_at == NOON
    assert publish(publisher, page).status_code == 422
    listed = publisher.get(f"/admin/pages/{page.get_parent().pk}/").content.decode()
    assert "It goes live on 15\u00a0January 2030" in listed

    early = database_now() - timedelta(minutes=1)
    revision = page.scheduled_revision
    revision.approved_go_live_at, revision.content["go_live_at"] = early, early.isoformat()
    revision.save()
    assert publish_what_is_due() == 1
    assert Page.objects.get(pk=page.pk).live
    work = work_of(page)
    assert work is not None
    assert work.state == TranslationState.PUBLISHED
    shown = publisher.get(desk(page)).content.decode()
    assert "It comes down on 15\u00a0February 2030" in shown


def test_it_is_proposed_together_with_an_original_that_waits(pages: tuple[Page, Page]) -> None:
    source, page = pages
    source.go_live_at = NOON
    source.save_revision().publish()
    shown = staff("fr", publishers_of("French")).get(desk(page)).content.decode()
    assert 'value="2030-01-15T12:00"' in shown


def test_translators_and_writers_schedule_nothing(pages: tuple[Page, Page]) -> None:
    page = pages[1]
    sent = {"reviewed": "on", "go_live_at": "2030-01-15T12:00"}
    for name, group in (("ada", translators_of("French")), ("bob", EDITORS)):
        client = staff(name, group)
        client.post(desk(page, "publish/"), sent)
        assert not Page.objects.get(pk=page.pk).scheduled_revision
        assert "At a time of its own" not in client.get(desk(page)).content.decode()


def test_the_editor_says_it_whatever_zone_the_account_is_in(pages: tuple[Page, Page]) -> None:
    source = pages[0]
    source.go_live_at = NOON
    source.save_revision().publish()
    user = User.objects.create_user("en")
    user.groups.add(Group.objects.get(name=publishers_of("English")))
    UserProfile.objects.create(user=user, current_time_zone="America/Montreal")
    client: Any = Client()
    client.force_login(user)
    shown = client.get(f"/admin/pages/{source.pk}/edit/").content.decode()
    assert "It goes live on 15\u00a0January 2030, 12:00 (Paris time)." in shown


def test_no_account_has_an_hour_of_its_own(admin_client: Client, admin_user: User) -> None:
    shown = admin_client.get(reverse("wagtailadmin_account")).content.decode()
    assert "preferred_language" in shown
    assert "current_time_zone" not in shown
    profile, _created = UserProfile.objects.update_or_create(
        user=admin_user, defaults={"current_time_zone": "Asia/Tokyo"}
    )
    import_module("home.migrations.0006_one_time_zone").forget_zones(apps, None)
    profile.refresh_from_db()
    assert profile.get_current_time_zone() == settings.TIME_ZONE
