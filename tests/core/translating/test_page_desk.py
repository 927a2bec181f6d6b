"""The desk of a translated page: words are kept, faults told, and publishing asks for review."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation
from wagtail_localize.operations import translate_object

from core.models import PageTranslation, TranslationState
from core.translating.publishing import NotPublishable
from core.translating.publishing import publish as publish_words
from core.translating.saving import save
from core.translating.segments import segments_of, token_of
from core.translating.states import states_of
from home.roles import translators_of
from tests.core.translating.desk import (
    FRENCH,
    HOME,
    RICH,
    WHOLE,
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

QUERIES = 45  # of a whole desk with its pictures, as measured


def test_the_edit_page_leads_to_the_desk(page: Page):
    answer = translator().get(f"/admin/pages/{page.pk}/edit/")
    assert answer.status_code == 302
    assert answer["Location"] == at(page)


def test_words_are_kept_and_the_address_is_made_of_the_title(page: Page):
    client = translator()
    assert work(page).state == TranslationState.NEW
    assert client.post(at(page), form(page, **WHOLE)).status_code == 302
    assert work(page).state == TranslationState.IN_PROGRESS
    said = {one.path.split(".")[0]: one.words for one in texts(page)}
    assert said == {"title": "À propos", "slug": "a-propos", "body": FRENCH}
    assert not any(one.waiting for one in texts(page))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Lisez le rapport", "A link is lost"),
        ('<a id="a1">Lisez <b>tout</a></b>', "must close"),
        ('<a id="a1">Lisez</a><script>x</script>', "Only these marks"),
        ('<a id="a1">Lisez</a> <a id="a9">ou non</a>', "has no link with the mark a9"),
        ('<a id="a1" onclick="x">Lisez</a>', "Only these marks"),
    ],
)
def test_what_would_break_the_page_is_told_and_its_words_are_kept(
    page: Page, words: str, said: str
):
    client = translator()
    answer = client.post(at(page), form(page, title="À propos", body=words))
    assert answer.status_code == 422
    body = next(one for one in texts(page) if one.rich)
    assert said in body.error
    assert body.words == words  # stored, and shown again
    assert texts(page)[0].words == "À propos"
    assert client.post(at(page, "ready/")).status_code == 422


def test_the_second_of_two_translators_is_told_and_nothing_is_lost(page: Page):
    first, second = translator("ada"), translator("bob")
    theirs = form(page, title="Qui nous sommes")
    assert first.post(at(page), form(page, title="À propos")).status_code == 302
    answer = second.post(at(page), theirs)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "À propos" in shown
    assert "Qui nous sommes" in shown
    assert texts(page)[0].words == "À propos"
    again = form(page, title="Qui nous sommes")  # with what the second has seen by now
    assert second.post(at(page), again).status_code == 302
    assert texts(page)[0].words == "Qui nous sommes"


def test_a_proposal_of_a_machine_waits_until_somebody_has_read_it(page: Page):
    client = translator()
    client.post(at(page), form(page, **WHOLE))
    StringTranslation.objects.filter(context__path="title").update(translation_type="machine")
    assert client.post(at(page, "ready/")).status_code == 422
    title = texts(page)[0]
    client.post(at(page), form(page) | {f"read-{title.name}": "on"})
    assert client.post(at(page, "ready/")).status_code == 302
    assert work(page).state == TranslationState.READY


def test_ready_then_reviewed_and_published_by_another(page: Page):
    client, publisher = translator(), administrator()
    client.post(at(page), form(page, **WHOLE))
    client.post(at(page, "ready/"))
    assert client.post(at(page, "publish/"), {"reviewed": "on"})["Location"] == HOME
    assert not Page.objects.get(pk=page.pk).live
    assert publisher.post(at(page, "publish/")).status_code == 422  # nobody has reviewed it
    assert publish(publisher, page).status_code == 302
    page = Page.objects.get(pk=page.pk).specific
    assert (page.live, page.title, page.slug) == (True, "À propos", "a-propos")
    assert 'href="https://example.org/a"' in str(page.body)
    assert work(page).state == TranslationState.PUBLISHED


def test_words_that_nobody_showed_the_reviewer_are_not_published(page: Page):
    client, publisher = translator(), administrator()
    client.post(at(page), form(page, **WHOLE))
    read = publisher.get(at(page))
    hidden = BeautifulSoup(read.content.decode(), "html.parser").select_one("input[name=seen]")
    assert hidden["value"] == read.context["seen"]
    client.post(at(page), form(page, title="Tout autre chose"))
    sent = {"reviewed": "on", "seen": hidden["value"]}
    answer = publisher.post(at(page, "publish/"), sent)
    assert answer.status_code == 409
    shown = BeautifulSoup(answer.content.decode(), "html.parser")
    assert "It was changed since it was shown to you" in shown.select_one("[role=alert]").text
    assert "Tout autre chose" in shown.text
    assert not Page.objects.get(pk=page.pk).live
    again = shown.select_one("input[name=seen]")["value"]
    assert publisher.post(at(page, "publish/"), sent | {"seen": again}).status_code == 302
    assert Page.objects.get(pk=page.pk).title == "Tout autre chose"


def test_words_saved_while_the_page_was_published_are_work_again(page: Page):
    client = translator()
    client.post(at(page), form(page, **WHOLE))
    read_before = work(page)
    publish(administrator(), page)
    ada = User.objects.get(username="ada")
    save(read_before, page.specific, ada, form(page, title="Tout autre chose"))
    assert work(page).state == TranslationState.IN_PROGRESS


def test_a_review_of_other_words_does_not_count_for_new_ones(page: Page):
    client, publisher = translator(), administrator()
    client.post(at(page), form(page, **WHOLE))
    client.post(at(page, "ready/"))
    PageTranslation.objects.update(reviewed_at=Now())
    read_before = work(page)
    client.post(at(page), form(page, title="Tout autre chose"))
    with pytest.raises(NotPublishable, match="nobody has yet"):
        publish_words(read_before, User.objects.get(username="root"), reviewed=False)
    assert publisher.post(at(page, "publish/")).status_code == 422


def test_a_sign_that_no_text_may_hold_is_left_out(page: Page):
    client, publisher = translator(), administrator()
    sent = form(page, **WHOLE | {"title": "À pro\0pos"})
    assert client.post(at(page), sent).status_code == 302
    assert texts(page)[0].words == "À propos"
    client.post(at(page, "ready/"))
    assert publisher.post(at(page, "send-back/"), {"note": "Le\0 titre"}).status_code == 302
    assert work(page).note == "Le titre"


def test_a_draft_of_a_live_translation_changes_nothing_for_the_public(page: Page):
    client, publisher = translator(), administrator()
    client.post(at(page), form(page, **WHOLE))
    publish(publisher, page)
    client.post(at(page), form(page, title="Tout autre chose"))
    assert client.post(at(page, "ready/")).status_code == 302
    assert Page.objects.get(pk=page.pk).title == "À propos"


def test_sent_back_with_a_note(page: Page):
    client, publisher = translator(), administrator()
    client.post(at(page), form(page, **WHOLE))
    client.post(at(page, "ready/"))
    assert client.post(at(page, "send-back/"), {"note": "x"})["Location"] == HOME
    assert publisher.post(at(page, "send-back/"), {"note": ""}).status_code == 422
    assert publisher.post(at(page, "send-back/"), {"note": "Le titre !"}).status_code == 302
    assert work(page).state == TranslationState.IN_PROGRESS
    assert "Le titre !" in client.get(at(page)).content.decode()


def test_a_source_that_changed_shows_old_and_new_words(page: Page, site: BilingualSite):
    administrator_client = administrator()
    client = translator()
    client.post(at(page), form(page, **WHOLE))
    publish(administrator_client, page)
    source = page.get_translation(locale("en")).specific
    published(source)
    assert work(page).source_changed_at is None  # published anew, and says the same
    source.title = "About us all"
    published(source)
    assert work(page).source_changed_at is not None
    title = texts(page)[0]
    assert (title.source, title.words) == ("About us all", "")
    assert (title.old_source, title.old_words) == ("About us", "À propos")
    shown = BeautifulSoup(client.get(at(page)).content.decode(), "html.parser")
    assert [one.text for one in shown.select(".desk-difference ins")] == [" all"]
    assert shown.select_one(f"[data-take={title.name}]")["data-words"] == "À propos"
    assert publish(administrator_client, page).status_code == 422
    client.post(at(page), form(page, title="À propos de nous tous"))
    publish(administrator_client, page)
    assert work(page).source_changed_at is None


def test_words_for_a_text_that_the_original_lost_are_given_back(page: Page):
    client = translator()
    late = form(page, title="Des mots écrits trop tard")
    source = page.get_translation(locale("en")).specific
    source.title = "Something else"
    published(source)
    answer = client.post(at(page), late)
    assert answer.status_code == 422
    assert "Des mots écrits trop tard" in answer.content.decode()


def test_a_translator_has_no_desk_in_another_language(page: Page):
    assert translator("eve", translators_of("English")).get(at(page)).status_code in (302, 403)
    source = page.get_translation(locale("en"))
    assert translator("ada").get(at(source)).status_code in (302, 403)


def test_queries_do_not_grow_with_the_texts(
    site: BilingualSite, page: Page, django_assert_num_queries: Any
):
    many = published(
        StandardPageFactory(
            parent=site.home,
            title="Long",
            body=[("text", f"<p>{n}: {RICH}</p>") for n in range(60)],
        )
    )
    translate_object(many, [locale("fr")])
    long = many.get_translation(locale("fr"))
    assert len(texts(long)) > 60
    for one in (page, long):
        found = work(one)
        specific = one.specific
        with django_assert_num_queries(5):
            segments_of(found.translation, specific)
    assert set(states_of([page, long, many])) == {page.pk, long.pk}


def test_a_whole_desk_takes_as_many_queries_with_60_texts_as_with_one(
    site: BilingualSite, django_assert_num_queries: Any
):
    client = translator()
    for number in (1, 1, 60):  # the first warms what Django remembers
        source = published(
            StandardPageFactory(
                parent=site.home,
                title=f"Long {number} {StandardPageFactory._meta.model.objects.count()}",
                body=[
                    ("picture", {"image": described(picture())}),
                    *(("text", f"<p>{n}: {RICH}</p>") for n in range(number)),
                ],
            )
        )
        translate_object(source, [locale("fr")])
        page = source.get_translation(locale("fr"))
        client.post(at(page), {name: said or "Mots" for name, said in form(page).items()})
        client.get(at(page))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at(page)).status_code == 200
        counted = len(queries)
    assert counted == QUERIES


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        ("title", "x" * 256, "Shorten it by 1 character."),
        ("slug", "themes", "Another page has the address"),
        ("slug", "!", "An address needs letters or figures."),
        ("body", "<b>gras", "must close"),
    ],
)
def test_a_refusal_stands_beside_its_field_with_the_words(
    page: Page, field: str, words: str, said: str
):
    answer = translator().post(at(page), form(page, **{field: words}))
    assert answer.status_code == 422
    one = next(one for one in texts(page) if one.path.split(".")[0] == field)
    soup = BeautifulSoup(answer.content.decode(), "html.parser")
    area = soup.select_one(f"textarea#{one.name}")
    assert area.text.strip() == words
    assert area["aria-invalid"] == "true"
    assert said in soup.select_one(f"#error-{one.name}").text
    assert f"error-{one.name}" in area["aria-describedby"].split()
    assert said in soup.select_one(f"[role=alert] a[href='#{one.name}']").text
    assert soup.title.text.startswith("Error:")


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("https://example.org/fr", True),
        ("mailto:a@example.org", True),
        ("/fr/themes/", True),
        ("example", False),
        ("javascript:alert(1)", False),
        ("javascript:a@b", False),
        ("data:text/html,@", False),
    ],
)
def test_where_a_link_may_lead_in_a_translation(page: Page, words: str, fits: bool):
    address = next(one for one in segments_of(work(page).translation, page) if one.address)
    sent = {address.name: words, f"seen-{address.name}": address.token}
    answer = translator().post(at(page), sent)
    assert answer.status_code == (302 if fits else 422)
    assert SegmentOverride.objects.exists() is fits
    assert fits or words in answer.content.decode()


def test_a_sign_that_is_no_mark_is_a_sign(page: Page):
    words = 'Moins de < 5 % : <a id="a1">lisez</a> & <b>répondez</b>.'
    client = translator()
    assert client.post(at(page), form(page, body=words)).status_code == 302
    body = next(one for one in texts(page) if one.rich)
    assert not body.error
    assert body.words == words
    assert "&lt; 5" in body.row.string.translations.get().data
    assert client.post(at(page), form(page)).status_code == 302  # and is no conflict with itself


def test_the_title_of_a_draft_is_what_was_typed(page: Page):
    translator().post(at(page), form(page, title="Questions & réponses"))
    assert Page.objects.get(pk=page.pk).draft_title == "Questions & réponses"


def test_where_the_links_of_a_text_lead_is_said(site: BilingualSite):
    theme, note = published(StandardPageFactory(parent=site.home, title="Work")), document("A note")
    link = '<a linktype="{}" id="{}">{}</a>'
    links = [("page", theme.pk), ("page", 999_999), ("document", note.pk)]
    body = "".join(f"<p>Read {link.format(kind, pk, pk)}.</p>" for kind, pk in links)
    source = published(StandardPageFactory(parent=site.home, title="Links", body=[("text", body)]))
    translate_object(source, [locale("fr")])
    page = source.get_translation(locale("fr"))
    shown = translator().get(at(page)).content.decode()
    assert "the page “Work”" in shown
    assert "the document “A note”" in shown
    assert "It leads to something that is no longer there." in shown
    translate_object(theme, [locale("fr")])
    translated = theme.get_translation(locale("fr"))
    translated.title = "Le travail"
    published(translated)
    assert "the page “Le travail”" in translator("bob").get(at(page)).content.decode()


def test_line_ends_are_no_change():
    assert token_of("a\r\nb ") == token_of("a\nb")
