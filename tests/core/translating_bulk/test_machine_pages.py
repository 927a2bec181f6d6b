"""The machine translator proposes words for pages; a person reads them before anything is ready."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from config.settings.machine_translator import chosen
from core.models import MachineTrouble, PageTranslation, ProposalRequest, TranslationState
from core.translating import machine
from core.translating.segments import segments_of
from core.translating.states import say_published, work_of
from home.roles import grant_roles
from tests.core.translating_bulk.sending import desk_of, english_tree, french, member, sent, work
from tests.factories import BilingualSite, StandardPageFactory, bilingual_site, locale, published
from tests.fixtures.libretranslate import StandIn

pytestmark = pytest.mark.django_db

RICH = '<p>Read <a href="https://example.org/a">the report</a> &amp; <b>answer</b>.</p>'


@pytest.fixture
def site() -> BilingualSite:
    site = bilingual_site()
    grant_roles()
    return site


@pytest.fixture
def fleur(site: BilingualSite) -> User:
    return member("fleur", "Translators: French")


@pytest.fixture
def client(fleur: User) -> Client:
    return desk_of(fleur)


@pytest.fixture
def page(site: BilingualSite, fleur: User) -> Page:
    source = published(StandardPageFactory(parent=site.home, title="About", body=[("text", RICH)]))
    sent(desk_of(member("ed", "Editors")), source, "fr")
    work()
    made = french(source)
    assert made is not None
    return made


def echo(text: str) -> str:
    return text.replace("Read", "Lisez").replace("the report", "le rapport")


def propose(client: Client, page: Page) -> Any:
    return client.post(f"/admin/translating/pages/{page.pk}/propose/", follow=True)


def answered() -> None:
    """Whatever the worker has to do for the machine translator, whenever it is due."""
    for task in DBTaskResult.objects.filter(task_path=machine.propose.module_path):
        task.delete()
        machine.propose.call(*task.args_kwargs["args"])


def work_on(page: Page) -> PageTranslation:
    found = work_of(page)
    assert found is not None
    return found


def words_of(page: Page) -> dict[str, tuple[str, bool, str]]:
    return {
        one.path: (one.stored, one.machine, one.error)
        for one in segments_of(work_on(page).translation, page.specific)
    }


def test_without_the_setting_nothing_is_offered(client: Client, page: Page):
    assert "machine" not in client.get(f"/admin/translating/pages/{page.pk}/").content.decode()
    assert "machine" not in client.get(f"/admin/translating/trees/{page.pk}/").content.decode()
    assert propose(client, page).status_code == 404
    assert not ProposalRequest.objects.exists()


def test_what_is_empty_is_proposed_and_keeps_the_page_from_being_ready(
    service: StandIn, client: Client, page: Page, fleur: User
):
    service.meant = echo
    segments = segments_of(work_on(page).translation, page.specific)
    title = next(one for one in segments if one.path == "title")
    desk = f"/admin/translating/pages/{page.pk}/"
    client.post(desk, {title.name: "À propos", f"seen-{title.name}": title.token})
    offer = client.get(desk).content.decode()
    assert "sent to LibreTranslate (127.0.0.1:" in offer
    assert "The machine translator was asked." in propose(client, page).content.decode()
    answered()
    assert not ProposalRequest.objects.exists()
    asked = [text for one in service.asked for text in one["q"]]
    assert "About" not in asked and "about" not in asked  # a person's, and the address
    words = words_of(page)
    assert words["title"] == ("À propos", False, "")
    rich = next(said for path, said in words.items() if path.startswith("body"))
    assert rich == ('Lisez <a id="a1">le rapport</a> & <b>answer</b>.', True, "")
    shown = client.get(desk).content.decode()
    assert shown.count("Proposed by a machine") == len(asked)
    # Nothing more is empty, but nothing is ready: the proposals wait for a person.
    refused = client.post(f"{desk}ready/")
    assert refused.status_code == 422
    assert "of the machine" in refused.content.decode()
    publisher = desk_of(member("paul", "Publishers: French"))
    assert publisher.post(f"{desk}publish/", {"reviewed": "on"}).status_code == 422
    assert work_on(page).state == TranslationState.IN_PROGRESS
    posted: dict[str, str] = {}
    for one in segments_of(work_on(page).translation, page.specific):
        posted |= {one.name: one.words, f"seen-{one.name}": one.token, f"read-{one.name}": "on"}
    assert client.post(desk, posted).status_code == 302
    assert client.post(f"{desk}ready/").status_code == 302
    assert work_on(page).state == TranslationState.READY


@pytest.mark.parametrize(
    "said", ["Lisez <b>tout", "<script>alert(1)</script>", 'Un <a id="a9">lien</a>', "Sans lien"]
)
def test_a_proposal_that_would_break_the_page_is_told_and_never_used(
    service: StandIn, client: Client, page: Page, said: str
):
    service.meant = lambda text: said if "<a" in text else "Texte"
    propose(client, page)
    answered()
    words, machine_made, error = next(
        said for path, said in words_of(page).items() if path.startswith("body")
    )
    assert machine_made and error and words
    shown = client.get(f"/admin/translating/pages/{page.pk}/").content.decode()
    assert "<script>alert(1)" not in shown
    drawn = client.get(f"/admin/translating/pages/{page.pk}/preview/").content.decode()
    assert "the report" in drawn and "alert(1)" not in drawn


@pytest.mark.parametrize(
    ("status", "answer", "trouble"),
    [
        (503, "", MachineTrouble.REFUSED),
        (200, "no json", MachineTrouble.UNUSABLE),
        (200, "{}", MachineTrouble.UNUSABLE),
        (200, '{"translatedText": []}', MachineTrouble.UNUSABLE),
        (200, json.dumps({"translatedText": ["\0"] * 3}), MachineTrouble.UNUSABLE),
        (200, json.dumps({"translatedText": [1, 2, 3]}), MachineTrouble.UNUSABLE),
    ],
)
def test_what_fails_is_tried_three_times_and_told(
    service: StandIn, client: Client, page: Page, status: int, answer: str, trouble: str
):
    service.status, service.answer = status, answer
    propose(client, page)
    for _attempt in range(4):
        answered()
    assert len(service.asked) == 3
    request = ProposalRequest.objects.get()
    assert request.failed_at and request.trouble == trouble
    assert not StringTranslation.objects.filter(
        context__object_id=page.translation_key, locale=page.locale_id
    ).exists()
    desk = client.get(f"/admin/translating/pages/{page.pk}/").content.decode()
    assert "The machine translator gave nothing:" in desk
    service.status, service.answer = 200, None
    propose(client, page)
    answered()
    assert not ProposalRequest.objects.exists()


def test_a_service_that_is_away_keeps_nobody_waiting(settings: Any, client: Client, page: Page):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = chosen(
        "libretranslate", url="http://127.0.0.1:9", key="", project=""
    )
    assert propose(client, page).status_code == 200
    answered()
    assert ProposalRequest.objects.get().trouble == MachineTrouble.UNREACHABLE


def test_a_title_that_is_proposed_stands_in_the_lists_as_people_read_it(
    service: StandIn, client: Client, page: Page
):
    service.meant = lambda text: "Parcs & jardins" if text == "About" else text
    propose(client, page)
    answered()
    assert words_of(page)["title"] == ("Parcs & jardins", True, "")
    page.refresh_from_db()
    assert page.draft_title == "Parcs & jardins"


def test_a_title_that_is_too_long_is_told_and_costs_no_other_proposal(
    service: StandIn, client: Client, page: Page
):
    service.meant = lambda text: "x" * 300 if text == "About" else text
    propose(client, page)
    answered()
    assert not ProposalRequest.objects.exists()
    words = words_of(page)
    assert words["title"] == ("x" * 300, True, "Shorten it by 45 characters.")
    assert any(path.startswith("body") and said for path, (said, *_rest) in words.items())
    page.refresh_from_db()
    assert page.draft_title == "About"


def test_a_request_that_was_lost_is_asked_for_again(service: StandIn, client: Client, page: Page):
    desk = f"/admin/translating/pages/{page.pk}/"
    propose(client, page)
    assert "/propose/" not in client.get(desk).content.decode()
    asked_at = ProposalRequest.objects.get().asked_at - ProposalRequest.STALE
    ProposalRequest.objects.update(asked_at=asked_at)
    assert f"{desk}propose/" in client.get(desk).content.decode()
    assert "The machine translator is asked." in propose(client, page).content.decode()
    assert ProposalRequest.objects.get().asked_at > asked_at


def test_words_that_a_person_writes_meanwhile_stay(
    service: StandIn, client: Client, page: Page, monkeypatch: pytest.MonkeyPatch
):
    segments = segments_of(work_on(page).translation, page.specific)
    title = next(one for one in segments if one.path == "title")
    real = machine._proposals

    def asked(*args: Any) -> dict[str, str]:
        found = real(*args)
        StringTranslation.objects.create(
            translation_of_id=title.row.string_id,
            context_id=title.row.context_id,
            locale=locale("fr"),
            data="D’une personne",
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
        return found

    monkeypatch.setattr(machine, "_proposals", asked)
    propose(client, page)
    answered()
    assert words_of(page)["title"] == ("D’une personne", False, "")


def test_a_published_page_with_a_new_proposal_is_work_again(
    service: StandIn, client: Client, page: Page
):
    say_published(work_on(page), None, page)
    propose(client, page)
    answered()
    assert work_on(page).state == TranslationState.IN_PROGRESS


def test_a_tree_is_sent_with_proposals_when_asked(service: StandIn, site: BilingualSite):
    editor = desk_of(member("eva", "Editors"))
    top = english_tree(site, below=1)
    offer = editor.get(f"/admin/translating/trees/{top.pk}/").content.decode()
    assert "are sent to LibreTranslate (127.0.0.1:" in offer
    sent(editor, top, "fr", proposals="on")
    work()
    assert not service.asked  # nobody waits for a machine
    assert ProposalRequest.objects.count() == 2
    answered()
    made = french(top)
    assert made is not None and words_of(made)["title"][1]


def test_who_may_not_translate_the_page_asks_for_nothing(
    service: StandIn, site: BilingualSite, page: Page
):
    for name, group in (("emily", "Translators: English"), ("mo", "Moderators: French")):
        assert propose(desk_of(member(name, group)), page).redirect_chain
    assert not ProposalRequest.objects.exists()
    assert propose(desk_of(member("root")), site.home).status_code == 404  # no translation
