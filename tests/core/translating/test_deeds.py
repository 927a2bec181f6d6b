"""The buttons of a desk: what stands in its fields goes along with each, and is saved first."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.operations import translate_object

from core.models import TranslationState
from core.translating import states
from core.translating.choices import ChosenMeanwhile, choices_of, choose
from tests.core.translating.desk import (
    FRENCH,
    HOME,
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
from tests.factories import BilingualSite, StandardPageFactory, locale, picture, published

pytestmark = pytest.mark.django_db

DEEDS = ("ready/", "send-back/", "publish/")


def soup(answer: Any) -> BeautifulSoup:
    """The page of ``answer``: whatever its alert links to is there."""
    shown = BeautifulSoup(answer.content.decode(), "html.parser")
    for link in shown.select("[role=alert] a[href^='#']"):
        assert shown.select_one(str(link["href"])) is not None, link
    return shown


def test_every_button_sends_what_stands_in_the_fields(page: Page):
    client = administrator()
    client.post(at(page), form(page, **WHOLE))
    client.post(at(page, "ready/"))
    shown = soup(client.get(at(page)))
    main = shown.select_one("form[data-translating]")
    assert main["action"] == at(page)  # also where a refusal stands at another address
    buttons = {one["formaction"]: one for one in shown.select("button[formaction]")}
    assert set(buttons) == {at(page, "send-back/"), at(page, "publish/")}
    fields = ("note", "reviewed", "seen", "go_live_at", "expire_at")
    sent_along = [shown.select_one(f"[name={name}]") for name in fields]
    assert {one["form"] for one in [*buttons.values(), *sent_along]} == {main["id"]}


def test_what_is_said_to_be_ready_is_what_stands_in_the_fields(page: Page):
    client = translator()
    client.post(at(page), form(page, **WHOLE))
    sent = form(page, title="Qui nous sommes")
    assert client.post(at(page, "ready/"), sent).status_code == 302
    assert texts(page)[0].words == "Qui nous sommes"
    assert work(page).state == TranslationState.READY


def test_a_fault_in_a_field_is_told_and_nothing_is_ready(page: Page):
    client = translator()
    client.post(at(page), form(page, **WHOLE))
    answer = client.post(at(page, "ready/"), form(page, title="x" * 256))
    assert answer.status_code == 422
    assert "Shorten it" in soup(answer).select_one("[role=alert]").text
    assert texts(page)[0].words == "x" * 256
    assert work(page).state == TranslationState.IN_PROGRESS


def test_a_colleague_who_saved_meanwhile_is_shown_before_anything_is_ready(page: Page):
    first, second = translator("ada"), translator("bob")
    first.post(at(page), form(page, **WHOLE))
    late = form(page, title="Qui nous sommes")
    first.post(at(page), form(page, title="Notre équipe"))
    answer = second.post(at(page, "ready/"), late)
    assert answer.status_code == 409
    area = soup(answer).select_one("textarea")
    assert (area.text.strip(), area["data-stored"]) == ("Qui nous sommes", "Notre équipe")
    assert texts(page)[0].words == "Notre équipe"
    assert work(page).state == TranslationState.IN_PROGRESS


def test_words_of_the_publisher_are_saved_and_read_once_more(page: Page):
    client, publisher = translator(), administrator()
    client.post(at(page), form(page, **WHOLE))
    seen = publisher.get(at(page)).context["seen"]
    sent = form(page, title="Notre équipe") | {"reviewed": "on", "seen": seen}
    answer = publisher.post(at(page, "publish/"), sent)
    assert answer.status_code == 422
    assert soup(answer).select_one("[role=alert] a")["href"] == "#reviewed"
    assert "root saved here" not in answer.content.decode()  # nobody is their own colleague
    assert texts(page)[0].words == "Notre équipe"
    assert not Page.objects.get(pk=page.pk).live
    assert publish(publisher, page).status_code == 302
    assert Page.objects.get(pk=page.pk).title == "Notre équipe"


def test_what_is_missing_in_a_note_or_a_time_is_led_to(page: Page):
    client, publisher = translator(), administrator()
    client.post(at(page), form(page, **WHOLE))
    client.post(at(page, "ready/"))
    answer = publisher.post(at(page, "send-back/"), form(page, title="Notre équipe"))
    shown = soup(answer)
    assert shown.select_one("[role=alert] a")["href"] == "#note"
    assert shown.select_one(f"button[formaction='{at(page, 'send-back/')}']") is not None
    assert texts(page)[0].words == "Notre équipe"
    sent = form(page, title="x" * 256) | {"note": "Le titre !"}
    assert soup(publisher.post(at(page, "send-back/"), sent)).select_one("#note").text == (
        "Le titre !"
    )
    client.post(at(page), form(page, title="Notre équipe"))
    for field in ("go_live_at", "expire_at"):
        answer = publisher.post(at(page, "publish/"), {field: "soon", "reviewed": "on"})
        assert soup(answer).select_one("[role=alert] a")["href"] == f"#id_{field}"


def test_what_can_not_be_published_is_told_without_dead_links(page: Page):
    client, publisher = translator(), administrator()
    client.post(at(page), form(page, **WHOLE))
    seen = publisher.get(at(page)).context["seen"]
    told, sent = "1 text is not translated.", {"reviewed": "on", "seen": seen, "go_live_at": "soon"}
    for typed in (form(page, body="") | sent, sent):  # emptied by oneself, and before
        answer = publisher.post(at(page, "publish/"), typed)
        assert answer.status_code == 422
        assert soup(answer).select_one("[role=alert]").text.split("\n")[2:-2] == [told]
    client.post(at(page), form(page, body=FRENCH))
    ahead = timezone.localtime() + timedelta(days=30)
    publish(publisher, page, go_live_at=f"{ahead:%Y-%m-%dT%H:%M}")
    alert = soup(publisher.post(at(page, "publish/"), form(page, title="Nous"))).select_one(
        "[role=alert]"
    )
    assert "It goes live on" in alert.text
    assert "say again" not in alert.text


def test_a_note_and_times_wait_for_their_button(page: Page):
    client, publisher = translator(), administrator()
    client.post(at(page), form(page, **WHOLE))
    client.post(at(page, "ready/"))
    aside = {"note": "Le titre !", "go_live_at": "2099-05-04T10:30", "expire_at": ""}

    def stands(shown: BeautifulSoup) -> None:
        assert shown.select_one("#note").text == "Le titre !"
        field = shown.select_one("#id_go_live_at")
        assert field is None or field["value"] == "2099-05-04T10:30"

    publisher.post(at(page), form(page, title="Notre équipe") | aside)
    stands(soup(publisher.get(at(page))))
    for over, deed in enumerate(("", *DEEDS)):  # refused: the title does not fit
        sent = form(page, title="x" * (256 + over)) | aside
        stands(soup(publisher.post(at(page, deed), sent)))
    publisher.post(at(page), form(page, title="Notre équipe"))  # no times: they were not drawn
    shown = soup(publisher.get(at(page)))
    stands(shown)
    assert shown.select_one("#id_go_live_at") is not None
    assert "Your session had ended" not in shown.text
    publisher.post(at(page, "send-back/"), {"note": "Le titre !"})
    assert soup(publisher.get(at(page))).select_one("#note") is None


def test_a_time_that_was_emptied_stays_empty(page: Page):
    publisher, tomorrow = administrator(), timezone.now() + timedelta(days=1)
    publisher.post(at(page), form(page, **WHOLE))
    Page.objects.filter(pk=page.pk).update(expire_at=tomorrow)
    proposed = soup(publisher.get(at(page))).select_one("#id_expire_at")["value"]
    publisher.post(at(page), form(page) | {"go_live_at": "", "expire_at": proposed})
    assert f"translating-{page.pk}" not in publisher.session  # nobody typed it
    publisher.post(at(page), form(page) | {"go_live_at": "", "expire_at": ""})
    assert not soup(publisher.get(at(page))).select_one("#id_expire_at").get("value")


@pytest.mark.parametrize("deed", DEEDS)
def test_who_sent_nothing_is_not_told_that_it_is_saved(page: Page, deed: str):
    answer = administrator().get(at(page, deed))
    assert answer["Location"] == at(page)  # the browser's own copy of the words stays


def test_after_signing_in_again_a_deed_leads_to_the_desk_with_its_words(page: Page):
    publisher = administrator()
    publisher.post(at(page), form(page, **WHOLE))
    publisher.post(at(page, "ready/"))
    writer = publisher.get(at(page)).context["writer"]
    typed = form(page, title="Notre équipe") | {"writer": writer, "note": "Le titre !"}
    typed |= {"go_live_at": "2099-05-04T10:30"}
    publisher.logout()
    publisher.post(at(page, "send-back/"), typed)
    publisher.force_login(User.objects.get(username="root"))
    answer = publisher.get(at(page, "send-back/"), follow=True)
    assert answer.request["PATH_INFO"] == at(page)
    shown = soup(answer)
    assert shown.select_one("textarea").text.strip() == "Notre équipe"
    assert shown.select_one("#note").text == "Le titre !"
    assert shown.select_one("#id_go_live_at")["value"] == "2099-05-04T10:30"
    publisher.post(at(page), typed)
    assert soup(publisher.get(at(page))).select_one("#note").text == "Le titre !"


def test_what_waits_for_its_time_is_not_published_yet(page: Page, monkeypatch: pytest.MonkeyPatch):
    client, publisher = translator(), administrator()
    client.post(at(page), form(page, **WHOLE))
    ahead = timezone.localtime() + timedelta(days=30)
    publish(publisher, page, go_live_at=f"{ahead:%Y-%m-%dT%H:%M}")
    page.refresh_from_db()
    assert page.scheduled_revision is not None
    assert work(page).state == TranslationState.READY
    later = ahead + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert page.live
    assert work(page).state == TranslationState.PUBLISHED


@pytest.mark.parametrize("deed", DEEDS[1:])
def test_who_may_not_publish_is_led_nowhere(page: Page, deed: str):
    assert translator().get(at(page, deed))["Location"] == HOME


def test_what_a_colleague_empties_meanwhile_is_not_ready(
    page: Page, monkeypatch: pytest.MonkeyPatch
):
    client = translator()
    client.post(at(page), form(page, **WHOLE))
    other, emptied, hold = translator("bob"), form(page, body=""), states.hold

    def late(held: Any) -> None:
        monkeypatch.setattr(states, "hold", hold)
        other.post(at(page), emptied)
        hold(held)

    monkeypatch.setattr(states, "hold", late)
    assert client.post(at(page, "ready/")).status_code == 422
    assert work(page).state == TranslationState.IN_PROGRESS


def test_a_fault_is_said_in_the_language_of_who_reads_it(page: Page):
    client = translator()
    client.post(at(page), form(page, title="x" * 256))
    title = texts(page)[0]
    title.row.context.translations.update(field_error="Écrit dans une autre langue")
    answer = client.get(at(page))
    assert "Shorten it by 1 character." in soup(answer).select_one(f"#error-{title.name}").text


def test_a_fault_whose_cause_is_gone_goes_with_the_next_save(page: Page, site: BilingualSite):
    client = translator()
    other = StandardPageFactory(parent=page.get_parent(), locale=locale("fr"), slug="a-propos")
    assert client.post(at(page), form(page, **WHOLE)).status_code == 422
    other.delete()
    assert client.post(at(page), form(page)).status_code == 302
    assert not any(one.error for one in texts(page))
    assert client.post(at(page, "ready/")).status_code == 302


def test_of_two_who_choose_at_once_the_second_is_told(site: BilingualSite):
    source = published(
        StandardPageFactory(
            parent=site.home, title="Seen", body=[("picture", {"image": described(picture())})]
        )
    )
    translate_object(source, [locale("fr")])
    page = source.get_translation(locale("fr")).specific
    ada, (read_before,) = User.objects.create_user("ada"), choices_of(work(page).translation, page)
    theirs = picture("Theirs").pk
    choose(work(page), page, ada, read_before, theirs)
    with pytest.raises(ChosenMeanwhile):
        choose(work(page), page, ada, read_before, picture("Mine").pk)
    assert choices_of(work(page).translation, page)[0].chosen == theirs
