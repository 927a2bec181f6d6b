"""Another picture, document or page in a translation: chosen at the desk, without a script."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride
from wagtail_localize.operations import translate_object

from core.models import PageTranslation, TranslationState
from core.translating.choices import Choice, choices_of, choose
from tests.core.translating.desk import (
    HOME,
    administrator,
    at,
    described,
    form,
    publish,
    texts,
    translator,
    work,
)
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    document,
    locale,
    picture,
    published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site: BilingualSite) -> Page:
    """It shows a picture, offers a document and leads to a page that is translated."""
    elsewhere = published(StandardPageFactory(parent=site.home, title="Elsewhere", body=[]))
    translate_object(elsewhere, [locale("fr")])
    source = published(
        StandardPageFactory(
            parent=site.home,
            title="With pictures",
            body=[
                ("picture", {"image": described(picture("A poster"))}),
                ("documents", {"title": "Files", "documents": [document("A note")]}),
                (
                    "call_to_action",
                    {"title": "Go", "text": "", "link_text": "There", "page": elsewhere},
                ),
            ],
        )
    )
    translate_object(source, [locale("fr")])
    return source.get_translation(locale("fr"))


def choices(page: Page) -> dict[str, Choice]:
    return {one.kind: one for one in choices_of(work(page).translation, page.specific)}


def shelf(page: Page, kind: str) -> str:
    return at(page, f"choose/{choices(page)[kind].row.pk}/")


def pick(client: Client, page: Page, kind: str, chosen: Any) -> Any:
    seen = choices(page)[kind].seen
    return client.post(shelf(page, kind), {"pick": getattr(chosen, "pk", ""), "seen": seen})


def published_anew(page: Page) -> Any:
    client = administrator()
    filled = {name: words or "Mots" for name, words in form(page).items()}
    client.post(at(page), filled)
    assert publish(client, page).status_code == 302
    return Page.objects.get(pk=page.pk).specific


def test_without_a_choice_the_original_is_followed_and_links_stay_in_the_language(page: Page):
    found = choices(page)
    assert set(found) == {"picture", "document", "page"}
    assert found["picture"].stands.title == "A poster"
    assert found["page"].source.locale == locale("en")
    assert found["page"].stands.locale == locale("fr")
    shown = translator().get(at(page)).content.decode()
    assert "Choose another picture" in shown
    assert "A note" in shown


def test_what_is_chosen_is_published_in_this_language_alone(page: Page, site: BilingualSite):
    client = translator()
    poster, note = picture("Une affiche"), document("Une note")
    for kind, chosen in (("picture", poster), ("document", note), ("page", site.home_fr)):
        assert pick(client, page, kind, chosen).status_code == 302
    assert choices(page)["picture"].by == "ada"
    live = published_anew(page)
    image = live.body[0].value["image"]
    assert (image.title, image.contextual_alt_text) == ("Une affiche", "Mots")
    assert list(live.body[1].value["documents"]) == [note]
    assert live.body[2].value["page"].pk == site.home_fr.pk
    source = page.get_translation(locale("en")).specific
    assert source.body[0].value["image"].title == "A poster"

    assert pick(client, page, "picture", None).status_code == 302  # the original's again
    assert choices(page)["picture"].chosen is None


def test_another_picture_in_place_of_one_that_adorns_adorns_too(site: BilingualSite):
    image = described(picture())
    image.contextual_alt_text, image.decorative = "", True
    body = [("picture", {"image": image})]
    source = published(StandardPageFactory(parent=site.home, title="Adorned", body=body))
    translate_object(source, [locale("fr")])
    page = source.get_translation(locale("fr"))
    poster = picture("Une affiche")
    pick(translator(), page, "picture", poster)
    shown = published_anew(page).body[0].value["image"]
    assert (shown.pk, shown.decorative, shown.contextual_alt_text) == (poster.pk, True, "")


def test_the_words_on_the_desk_are_saved_on_the_way_to_the_shelf(page: Page):
    client = translator()
    row = choices(page)["picture"].row.pk
    title = texts(page)[0].name
    answer = client.post(at(page), form(page, title="Des images") | {"choose": str(row)})
    assert answer["Location"] == at(page, f"choose/{row}/")
    assert form(page)[title] == "Des images"


def test_the_shelf_is_searched_and_offers_only_what_is_there(page: Page):
    client = translator()
    picture("Une affiche")
    shown = client.get(shelf(page, "picture"), {"q": "AFFICHE"}).content.decode()
    assert "Une affiche" in shown
    assert shown.count('name="pick"') == 2  # and the original's
    pages = client.get(shelf(page, "page")).content.decode()
    assert "With pictures" in pages  # the French page itself, not yet named in French
    assert client.get(shelf(page, "picture"), {"q": "zz\0", "p": "99"}).status_code == 200
    english = page.get_translation(locale("en"))
    for wrong in (english.pk, "9" * 30, "x", "-1"):
        sent = {"pick": str(wrong), "seen": ""}
        assert client.post(shelf(page, "page"), sent).status_code == 404
    assert client.get(at(page, "choose/999999/")).status_code == 404


def test_a_colleague_who_chose_meanwhile_is_not_overruled_unseen(page: Page):
    first, second = translator("ada"), translator("bob")
    mine, theirs = picture("Mine"), picture("Theirs")
    seen = choices(page)["picture"].seen
    pick(first, page, "picture", theirs)
    answer = second.post(shelf(page, "picture"), {"pick": mine.pk, "seen": seen})
    assert answer.status_code == 409
    assert "A colleague chose another one" in answer.content.decode()
    assert choices(page)["picture"].chosen == theirs.pk
    assert pick(second, page, "picture", mine).status_code == 302


def test_what_one_chose_in_another_window_is_not_said_of_a_colleague(page: Page):
    client, one = translator("ada"), picture("One")
    seen = choices(page)["picture"].seen
    pick(client, page, "picture", one)
    answer = client.post(shelf(page, "picture"), {"pick": one.pk, "seen": seen})
    assert answer.status_code == 409
    assert "You chose another one yourself meanwhile" in answer.content.decode()
    seen = choices(page)["picture"].seen
    pick(client, page, "picture", None)
    answer = client.post(shelf(page, "picture"), {"pick": one.pk, "seen": seen})
    assert "The choice that stood here was taken back meanwhile" in answer.content.decode()


def test_what_was_chosen_and_is_gone_gives_way_to_the_original(page: Page):
    client = translator()
    poster = picture("Une affiche")
    pick(client, page, "picture", poster)
    poster.delete()
    assert choices(page)["picture"].gone
    assert "no longer there" in client.get(at(page)).content.decode()
    assert client.get(at(page, "preview/")).status_code == 200
    assert SegmentOverride.objects.exists()  # looking changes nothing
    assert published_anew(page).body[0].value["image"].title == "A poster"


def test_a_picture_that_nobody_showed_the_reviewer_is_not_published(page: Page):
    client, publisher = translator(), administrator()
    client.post(at(page), {name: words or "Mots" for name, words in form(page).items()})
    seen = publisher.get(at(page)).context["seen"]
    pick(client, page, "picture", picture("Une affiche"))
    sent = {"reviewed": "on", "seen": seen}
    assert publisher.post(at(page, "publish/"), sent).status_code == 409
    assert publish(publisher, page).status_code == 302


def test_a_picture_chosen_while_the_page_was_published_is_work_again(page: Page):
    read_before = work(page)
    PageTranslation.objects.update(state=TranslationState.PUBLISHED)
    read_before.state = TranslationState.IN_PROGRESS
    ada = User.objects.create_user("ada")
    choose(read_before, page, ada, choices(page)["picture"], picture("Une affiche").pk)
    assert work(page).state == TranslationState.IN_PROGRESS


def test_who_may_not_translate_chooses_nothing(page: Page):
    stranger = translator("eve", "Translators: English")
    assert stranger.get(shelf(page, "picture"))["Location"] == HOME
    assert pick(stranger, page, "picture", picture())["Location"] == HOME
    assert not SegmentOverride.objects.exists()
