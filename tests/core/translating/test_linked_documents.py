"""Documents that a text links to: each language may have its own, chosen at the desk."""

from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment
from wagtail_localize.operations import translate_object

from core.models import TranslationState
from core.translating.choices import Choice, choices_of
from tests.core.translating.desk import administrator, at, form, publish, texts, translator, work
from tests.factories import BilingualSite, StandardPageFactory, document, locale, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def note() -> Document:
    return document("A note")


@pytest.fixture
def page(site: BilingualSite, note: Document) -> Page:
    """Two of its texts link to a document, the first one to an address, too."""
    link = f'<a linktype="document" id="{note.pk}">the note</a>'
    body = [
        ("text", f'<p>Read {link} or <a href="https://example.org/a">more</a>.</p>'),
        ("text", f"<h2>Again</h2><p>Read {link}.</p>"),
    ]
    source = published(StandardPageFactory(parent=site.home, title="Notes", body=body))
    translate_object(source, [locale("fr")])
    return source.get_translation(locale("fr"))


def choices(page: Page) -> list[Choice]:
    return choices_of(work(page).translation, page.specific)


def choose(client: Client, page: Page, number: int, chosen: Document) -> None:
    choice = choices(page)[number]
    sent = {"pick": str(chosen.pk), "seen": choice.seen}
    answer = client.post(at(page, f"choose/{choice.row.pk}/"), sent)
    assert answer.status_code == 302


def write(client: Client, page: Page) -> None:
    """Every text in the words of the original."""
    same = {f"same-{one.name}": "on" for one in texts(page)}
    assert client.post(at(page), form(page) | same).status_code == 302


def live(page: Page) -> list[str]:
    return [str(one.value.source) for one in Page.objects.get(pk=page.pk).specific.body]


def test_each_text_offers_the_documents_that_it_links_to(page: Page, note: Document):
    found = choices(page)
    assert [one.kind for one in found] == ["document", "document"]
    assert {one.source for one in found} == {note}
    assert found[0].place.labels[-1] == "Document linked in the text"
    shown = translator().get(at(page)).content.decode()
    assert shown.count("Choose another document") == 2
    assert shown.count("the document “A note”") == 2


def test_what_is_chosen_for_one_text_is_published_in_it_alone(page: Page, note: Document):
    client, theirs = administrator(), document("Une note")
    choose(client, page, 0, theirs)
    write(client, page)
    shown = BeautifulSoup(client.get(at(page)).content.decode(), "html.parser")
    told = [one.text for one in shown.select(".translating-source li")]
    assert [one for one in told if "document" in one] == [
        "a1: the document “Une note”",
        "a1: the document “A note”",
    ]
    assert publish(client, page).status_code == 302
    first, second = live(page)
    assert f'id="{theirs.pk}"' in first
    assert 'href="https://example.org/a"' in first
    assert f'id="{note.pk}"' in second
    assert work(page).state == TranslationState.PUBLISHED
    source = page.get_translation(locale("en")).specific
    assert f'id="{note.pk}"' in str(source.body[0].value.source)
    published(source)  # says the same: nothing has changed for translators
    assert work(page).source_changed_at is None


def test_what_was_chosen_and_is_gone_gives_way_to_the_original(page: Page, note: Document):
    client, theirs = administrator(), document("Une note")
    choose(client, page, 0, theirs)
    write(client, page)
    theirs.delete()
    assert "no longer there" in client.get(at(page)).content.decode()
    publish(client, page)
    assert f'id="{note.pk}"' in live(page)[0]


def test_pages_that_were_sent_by_an_older_version_offer_them_after_prepare_site(page: Page):
    client = administrator()
    write(client, page)
    OverridableSegment.objects.filter(context__path__contains="document:").delete()
    assert choices(page) == []
    call_command("prepare_site", stdout=StringIO())
    assert len(choices(page)) == 2
    assert not any(one.waiting for one in texts(page))  # the words are there still
    assert work(page).source_changed_at is None
    before = list(OverridableSegment.objects.values_list("pk", flat=True))
    call_command("prepare_site", stdout=StringIO())
    assert list(OverridableSegment.objects.values_list("pk", flat=True)) == before
