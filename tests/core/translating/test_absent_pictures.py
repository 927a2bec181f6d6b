"""A page without a picture may show one in its translation, chosen at the desk."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment
from wagtail_localize.operations import translate_object

from core.models import TranslationState
from core.translating.choices import Choice, choices_of
from tests.core.translating.desk import administrator, at, form, publish, texts, work
from tests.factories import BilingualSite, ThemePageFactory, locale, picture, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site: BilingualSite) -> Page:
    """A theme whose original shows no picture."""
    source = published(ThemePageFactory(parent=site.themes, title="Air", picture=None, body=[]))
    translate_object(source, [locale("fr")])
    return source.get_translation(locale("fr")).specific


def choice(page: Page) -> Choice:
    (found,) = choices_of(work(page).translation, page)
    return found


def pick(client: Client, page: Page, pk: str) -> None:
    seen = choice(page).seen
    sent = {"pick": pk, "seen": seen}
    answer = client.post(at(page, f"choose/{choice(page).row.pk}/"), sent)
    assert answer.status_code == 302


def write(client: Client, page: Page) -> None:
    """Every text in the words of the original."""
    same = {f"same-{one.name}": "on" for one in texts(page)}
    assert client.post(at(page), form(page) | same).status_code == 302


def now(page: Page) -> Page:
    return Page.objects.get(pk=page.pk).specific


def test_a_picture_is_chosen_where_the_original_shows_none(page: Page):
    client, poster = administrator(), picture("Une affiche")
    shown = client.get(at(page)).content.decode()
    assert "The original shows none." in shown
    assert "Choose a picture" in shown
    shelf = client.get(at(page, f"choose/{choice(page).row.pk}/")).content.decode()
    assert "The original shows none." in shelf
    assert "Une affiche" in shelf
    pick(client, page, str(poster.pk))
    assert "Choose another picture" in client.get(at(page)).content.decode()
    write(client, page)
    assert publish(client, page).status_code == 302
    assert now(page).picture == poster
    assert work(page).state == TranslationState.PUBLISHED
    source = now(page.get_translation(locale("en")))
    assert source.picture is None
    published(source)
    assert work(page).source_changed_at is None

    pick(client, page, "")  # none again
    publish(client, page)
    assert now(page).picture is None


def test_one_that_is_gone_leaves_none(page: Page):
    client, poster = administrator(), picture("Une affiche")
    pick(client, page, str(poster.pk))
    poster.delete()
    assert "What was chosen is no longer there." in client.get(at(page)).content.decode()
    assert client.get(at(page, "preview/")).status_code == 200
    write(client, page)
    publish(client, page)
    assert (now(page).live, now(page).picture) == (True, None)


def test_the_picture_that_the_original_gains_does_not_take_its_place(page: Page):
    client, poster = administrator(), picture("Une affiche")
    pick(client, page, str(poster.pk))
    write(client, page)
    publish(client, page)
    source = now(page.get_translation(locale("en")))
    source.picture = picture("A poster")
    published(source)
    assert (choice(page).source.title, choice(page).stands) == ("A poster", poster)
    assert work(page).source_changed_at is not None
    publish(client, page)
    assert now(page).picture == poster


def test_themes_that_were_sent_by_an_older_version_offer_it_after_prepare_site(page: Page):
    OverridableSegment.objects.filter(context__path="picture").delete()
    assert choices_of(work(page).translation, page) == []
    for _again in range(2):
        call_command("prepare_site", stdout=StringIO())
        assert choice(page).absent
