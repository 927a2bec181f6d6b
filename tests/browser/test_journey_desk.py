"""The demonstration, written in English only, becomes French at the desk: typed and published."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Dialog, expect
from playwright.sync_api import Page as Tab
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from core.models import PageTranslation, TranslationState
from core.translating.choices import choices_of
from core.translating.saving import save
from core.translating.segments import segments_of
from core.translating.states import say_ready
from home.roles import EDITORS, grant_roles, publishers_of, translators_of
from submissions.models import Debate
from tests.browser.desk import review_and_publish, said_to_the_public, send, type_words, words_of
from tests.browser.staff import account, press, sign_in
from tests.browser.test_journey_translator import FRAME
from tests.core.translating.desk import described, work
from tests.factories import StandardPageFactory, bilingual_site, locale, picture, published


def in_french() -> list[Page]:
    """Every French page, parents first."""
    return list(Page.objects.filter(locale=locale("fr")).order_by("path").specific())


def sent_page(*body: tuple[str, Any]) -> Page:
    """“About us”, sent to be translated into French."""
    site = bilingual_site()
    grant_roles()
    source = published(StandardPageFactory(parent=site.home, title="About us", body=list(body)))
    translate_object(source, [locale("fr")])
    translation: Page = source.get_translation(locale("fr"))
    return translation


def test_one_page_is_sent_translated_reviewed_and_read(
    live_server: Any, open_page: Callable[..., Tab]
) -> None:
    site = bilingual_site()
    grant_roles()
    source = published(
        StandardPageFactory(
            parent=site.home,
            title="About us",
            introduction="Who we are.",
            body=[("text", "<p>Ask <b>us</b>, or <a href='https://example.org/en'>read</a>.</p>")],
        )
    )
    base = live_server.url
    editor, translator, publisher = open_page(), open_page(javascript=False), open_page()
    sign_in(editor, base, account("ed", EDITORS))
    sign_in(translator, base, account("tess", translators_of("French")))
    sign_in(publisher, base, account("paul", publishers_of("French")))

    send(editor, base, source, "French")
    page = source.get_translation(locale("fr"))
    words = dict.fromkeys(words_of(page), "")
    for path, english in words:
        words[path, english] = {
            "About us": "L’équipe",
            "Who we are.": "Qui nous sommes.",
            "https://example.org/en": "https://example.org/fr",
        }.get(english, "" if path == "slug" else 'Demandez-<b>nous</b>, ou <a id="a1">lisez</a>.')
    type_words(translator, base, page, words)
    review_and_publish(publisher, base, page)

    page.refresh_from_db()
    assert page.slug == "l-equipe"
    reader = open_page("fr")
    said = said_to_the_public(reader, f"{base}{page.url}")
    assert "L’équipe" in said
    assert "Qui nous sommes." in said
    expect(reader.get_by_role("link", name="lisez")).to_have_attribute(
        "href", "https://example.org/fr"
    )


def test_words_never_sent_come_back_and_a_picture_is_chosen(
    live_server: Any, open_page: Callable[..., Tab], axe: Callable[..., None]
) -> None:
    page = sent_page(("picture", {"image": described(picture())}))
    french = picture("Une affiche")
    tab = open_page(viewport={"width": 360, "height": 740})
    tab.on("dialog", lambda dialog: dialog.accept())  # “Leave this page?”
    sign_in(tab, live_server.url, account("tess", translators_of("French")))
    desk = f"{live_server.url}/admin/translating/pages/{page.pk}/"

    tab.goto(desk)
    title = tab.locator("textarea[name^=s]").first
    title.fill("L’équipe")
    tab.goto(desk)
    expect(title).to_have_value("L’équipe")
    note = tab.locator("[data-restored]")
    expect(note).to_be_visible()
    note.get_by_role("button").click()
    expect(title).to_have_value("")
    title.fill("Notre équipe")

    tab.get_by_role("button", name="Choose another picture").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Choose a picture")
    axe(tab, leave_out=FRAME)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    tab.get_by_role("button", name="Une affiche").click()
    expect(tab.locator(".translating-choices")).to_contain_text("Une affiche")
    expect(title).to_have_value("Notre équipe")
    expect(note).to_be_hidden()
    axe(tab, leave_out=FRAME)
    (choice,) = choices_of(work(page).translation, page)
    assert choice.chosen == french.pk


def test_a_note_and_a_time_are_not_lost_on_the_way_to_their_buttons(
    live_server: Any, open_page: Callable[..., Tab]
) -> None:
    page = sent_page()
    publisher = account("paul", publishers_of("French"))
    french = {one.name: "L’équipe" for one in segments_of(work(page).translation, page)}
    save(work(page), page, publisher, french | seen_of(page))
    say_ready(work(page), publisher, page)
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    tab = open_page()
    tab.on("dialog", leave)
    sign_in(tab, live_server.url, publisher)
    desk = f"{live_server.url}/admin/translating/pages/{page.pk}/"

    tab.goto(desk)
    tab.locator("#note").fill("Le titre !")
    tab.locator("#next-steps summary").click()
    tab.locator("#id_go_live_at").fill("2099-05-04T10:30")
    for address in (f"{desk}ready/", desk):  # left, without sending anything
        tab.goto(address)
        expect(tab.locator("#note")).to_have_value("Le titre !")
        expect(tab.locator("#id_go_live_at")).to_be_visible()
        expect(tab.locator("#id_go_live_at")).to_have_value("2099-05-04T10:30")
        expect(tab.locator("[data-restored]")).to_be_visible()
    assert asked.count("beforeunload") == 2

    tab.locator("textarea[name^=s]").first.fill("Notre équipe")
    tab.locator(".translating-save button").click()
    expect(tab.locator(".messages .success")).to_be_visible()
    expect(tab.locator("#note")).to_have_value("Le titre !")
    expect(tab.locator("#id_go_live_at")).to_have_value("2099-05-04T10:30")
    expect(tab.locator("[data-restored]")).to_be_hidden()
    tab.get_by_role("button", name="Send it back").click()
    expect(tab.locator(".messages .success")).to_be_visible()
    tab.goto(desk)  # nothing is asked: nothing waits
    assert asked.count("beforeunload") == 2
    assert work(page).note == "Le titre !"


def test_words_that_a_colleague_overtook_and_old_ones_are_at_hand(
    live_server: Any, open_page: Callable[..., Tab]
) -> None:
    page = sent_page()
    tess, tom = (account(who, translators_of("French")) for who in ("tess", "tom"))
    tab = open_page()
    tab.on("dialog", lambda dialog: dialog.accept())  # “Leave this page?”
    sign_in(tab, live_server.url, tess)
    desk = f"{live_server.url}/admin/translating/pages/{page.pk}/"

    tab.goto(desk)
    title = tab.locator("textarea[name^=s]").first
    found = work(page)
    save(found, page, tom, {str(title.get_attribute("name")): "L’équipe", **seen_of(page)})
    title.fill("Notre équipe")
    press(tab, "Control+Enter")
    expect(tab.get_by_role("alert")).to_contain_text("A colleague saved other words here")
    tab.goto(f"{live_server.url}/admin/")
    tab.goto(desk)  # what was typed is in the field, though it was never saved
    expect(title).to_have_value("Notre équipe")
    expect(tab.locator("[data-restored]")).to_be_visible()
    tab.locator(".translating-save button").click()
    expect(tab.locator(".messages .success")).to_be_visible()

    original = page.get_translation(locale("en")).specific
    original.title = "About us all"
    published(original)
    tab.goto(desk)
    expect(title).to_have_value("")
    expect(tab.locator(".desk-difference ins")).to_have_text(" all")
    tab.get_by_role("button", name="Start from this translation").focus()
    press(tab, "Enter")
    expect(title).to_be_focused()
    expect(title).to_have_value("Notre équipe")


def seen_of(page: Page) -> dict[str, str]:
    """What a desk that was just opened says that it showed."""
    return {f"seen-{one.name}": one.token for one in segments_of(work(page).translation, page)}


@pytest.mark.more
@pytest.mark.timeout(1800)  # 590 texts are typed: four minutes, on a machine that does nothing else
def test_the_whole_demonstration_becomes_french(
    live_server: Any, open_page: Callable[..., Tab], demonstration: None
) -> None:
    base = live_server.url
    reader, editor = open_page("fr"), open_page()
    translator, publisher = open_page("fr"), open_page("fr")
    for tab in (reader, editor, translator, publisher):
        tab.set_default_timeout(60_000)
    pages = in_french()
    words = {page.translation_key: words_of(page) for page in pages}
    before = {
        page.translation_key: said_to_the_public(reader, f"{base}{page.url}") for page in pages
    }
    pages[0].delete()
    Translation.objects.all().delete()
    StringTranslation.objects.all().delete()
    SegmentOverride.objects.all().delete()
    assert not in_french()

    administrator = open_page()  # a home page in a further language is theirs to begin
    sign_in(administrator, base, User.objects.get(username="admin"))
    sign_in(editor, base, User.objects.get(username="editor"))
    for number, key in enumerate(words):
        source = Page.objects.get(translation_key=key, locale=locale("en"))
        send(editor if number else administrator, base, source, "French")
    assert len(in_french()) == len(pages)

    for tab, name in ((translator, "translator-fr"), (publisher, "publisher-fr")):
        tab.goto(f"{base}/admin/login/")
        tab.locator("[name=username]").fill(name)
        tab.locator("[name=password]").fill("a-password-for-tests")
        tab.locator("main [type=submit]").click()
        expect(tab).to_have_url(f"{base}/admin/")
    typed = 0
    for page in in_french():
        typed += type_words(translator, base, page, words[page.translation_key])
        assert not Page.objects.get(pk=page.pk).live  # a translator puts nothing before the public
        review_and_publish(publisher, base, page)
    assert typed > 500

    states = set(PageTranslation.objects.values_list("state", "source_changed_at"))
    assert states == {(TranslationState.PUBLISHED, None)}
    for page in in_french():
        said = said_to_the_public(reader, f"{base}{page.url}")
        assert set(said) == set(before[page.translation_key]), page.url
        assert reader.locator("html").get_attribute("lang") == "fr"
    assert Debate.objects.open_at().count() == 5
