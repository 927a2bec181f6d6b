"""The machine translator proposes, and a person decides.

``service`` stands in for LibreTranslate, on this machine.
"""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult

from config.settings.machine_translator import chosen
from core.models import MachineTrouble
from submissions.idea_translations import machine, services
from submissions.idea_translations.queue import Queue
from submissions.models import (
    Debate,
    DecisionKind,
    Idea,
    IdeaStatus,
    MachineRequest,
    TextOrigin,
)
from submissions.moderation.services import decide
from tests.factories import idea, translation_of
from tests.fixtures.libretranslate import MEANT, StandIn
from tests.submissions.desk import desk_of, moderator_of
from tests.submissions.translating import QUEUE, press, text_in, translator_into

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(debate: Debate) -> Idea:
    return idea(debate, "We should plant <trees> & hedges.")


@pytest.fixture
def desk() -> Client:
    return desk_of(translator_into("fleur", "fr"))


def work() -> None:
    """Whatever the worker has to do for the machine translator, whenever it is due."""
    for task in DBTaskResult.objects.filter(task_path=machine.propose.module_path):
        task.delete()
        machine.propose.call(*task.args_kwargs["args"])


def test_without_the_setting_nothing_is_asked_nor_offered(desk: Client, english: Idea):
    assert "machine translator for" not in desk.get(QUEUE).content.decode()
    assert "Ask for a proposal" not in desk.get(f"{QUEUE}{english.pk}/fr/").content.decode()
    press(desk, english, "propose")
    assert desk.post(f"{QUEUE}machine/", {"id": english.pk}).status_code == 400
    assert not MachineRequest.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_proposal_waits_for_a_person(service: StandIn, desk: Client, english: Idea):
    page = desk.get(f"{QUEUE}{english.pk}/fr/").content.decode()
    assert "sent to LibreTranslate (127.0.0.1:" in page
    press(desk, english, "propose")
    assert "The machine translator is asked." in desk.get(QUEUE).content.decode()
    call_command("worker", once=True)
    text = text_in(english, "fr")
    assert text is not None
    assert (text.text, text.origin, text.approved) == (MEANT, TextOrigin.MACHINE, False)
    assert text.made_from == str(english)
    assert not MachineRequest.objects.exists()
    assert list(desk.get(QUEUE, {"queue": Queue.PROPOSED.value}).context["object_list"]) == [
        english
    ]
    (asked,) = service.asked
    assert asked["q"] == ["We should plant &lt;trees&gt; &amp; hedges."]
    assert (asked["source"], asked["target"], asked["path"]) == ("en", "fr", "/translate")


def test_what_comes_back_as_html_is_kept_as_words(service: StandIn, english: Idea):
    service.meant = " Il faut <b>planter</b>\n&lt;script&gt; &amp; rien. "
    machine.ask([english], "fr")
    work()
    assert text_in(english, "fr").text == "Il faut planter <script> & rien."


def test_the_ticked_ideas_are_asked_for_together(service: StandIn, desk: Client, english: Idea):
    done = idea(english.debate, "We should sing.")
    translation_of(done, "Il faut chanter.", "fr")
    hidden = idea(english.debate, "We should hide.", status=IdeaStatus.AWAITING)
    ticked = {"id": [english.pk, done.pk, hidden.pk, "x"]}
    answer = desk.post(f"{QUEUE}machine/", ticked, follow=True)
    assert "asked for 1 translation." in answer.content.decode()
    work()
    assert [asked["q"] for asked in service.asked] == [
        ["We should plant &lt;trees&gt; &amp; hedges."]
    ]


@pytest.mark.parametrize(
    ("status", "answer", "trouble"),
    [
        (503, "", MachineTrouble.REFUSED),
        (200, "no json", MachineTrouble.UNUSABLE),
        (200, "{}", MachineTrouble.UNUSABLE),
        (200, '{"translatedText": []}', MachineTrouble.UNUSABLE),
        (200, '{"translatedText": ["\\u0000"]}', MachineTrouble.UNUSABLE),
        (200, json.dumps({"translatedText": ["x" * 2000]}), MachineTrouble.UNUSABLE),
    ],
)
def test_what_fails_is_tried_three_times_and_told(
    service: StandIn, desk: Client, english: Idea, status: int, answer: str, trouble: str
):
    service.status, service.answer = status, answer
    machine.ask([english], "fr")
    for _attempt in range(4):
        work()
    assert len(service.asked) == 3
    request = MachineRequest.objects.get()
    assert request.failed_at
    assert request.trouble == trouble
    assert text_in(english, "fr") is None
    for page in (desk.get(QUEUE), desk.get(f"{QUEUE}{english.pk}/fr/")):
        assert "The machine translator gave nothing:" in page.content.decode()
    service.status, service.answer = 200, None
    press(desk, english, "propose")
    work()
    assert text_in(english, "fr") is not None


def test_a_service_that_is_away_blocks_nobody(settings: Any, desk: Client, english: Idea):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = chosen(
        "libretranslate", url="http://127.0.0.1:9", key="", project=""
    )
    machine.ask([english], "fr")
    work()
    assert MachineRequest.objects.get().trouble == MachineTrouble.UNREACHABLE
    assert press(desk, english, "approve", MEANT).status_code == 302
    work()  # what a person wrote is not asked for any more
    assert not MachineRequest.objects.exists()


def test_a_machine_never_writes_over_a_person(service: StandIn, desk: Client, english: Idea):
    press(desk, english, "draft", "Mes mots.")
    assert machine.ask([english], "fr") == 0
    assert not services.propose(english, "fr", MEANT, made_from="")
    assert text_in(english, "fr").text == "Mes mots."


def test_what_was_withdrawn_meanwhile_does_not_leave_the_site(service: StandIn, english: Idea):
    machine.ask([english], "fr")
    Idea.objects.update(status=IdeaStatus.WITHDRAWN)
    work()
    assert not service.asked
    assert not MachineRequest.objects.exists()


def test_what_is_under_way_is_not_asked_for_twice(service: StandIn, english: Idea):
    assert machine.ask([english], "fr") == 1
    assert machine.ask([english], "fr") == 0
    MachineRequest.objects.update(
        asked_at=MachineRequest.objects.get().asked_at - timedelta(days=1)
    )
    assert machine.ask([english], "fr") == 1  # it was lost on its way


@pytest.mark.parametrize("on", [True, False])
def test_publishing_asks_where_the_setting_is_on(
    service: StandIn,
    settings: Any,
    debate: Debate,
    on: bool,
    django_capture_on_commit_callbacks: Any,
):
    settings.MACHINE_PROPOSES_IDEAS = on
    waiting = idea(debate, status=IdeaStatus.AWAITING)
    with django_capture_on_commit_callbacks(execute=True):
        decide(waiting, DecisionKind.PUBLISH, moderator_of("mo", "en"), tell=False)
    assert MachineRequest.objects.filter(idea=waiting, language="fr").exists() == on
    work()
    text = text_in(waiting, "fr")
    assert (text is not None) == on
    assert text is None or not text.approved


@pytest.mark.parametrize(
    ("name", "given", "named"),
    [
        ("babel", {}, "libretranslate"),
        ("libretranslate", {}, "MACHINE_TRANSLATOR_URL"),
        ("deepl", {}, "MACHINE_TRANSLATOR_KEY"),
        ("google", {"key": "/etc/key.json"}, "MACHINE_TRANSLATOR_PROJECT"),
        ("google", {"key": "/etc/key.json", "project": "p"}, "google-cloud-translate"),
    ],
)
def test_a_setting_that_can_not_work_is_refused_in_words(
    name: str, given: dict[str, str], named: str
):
    asked = {"url": "", "key": "", "project": ""} | given
    with pytest.raises(ImproperlyConfigured, match=named):
        chosen(name, **asked)


def test_none_is_set_by_default_and_pages_get_the_one_that_is():
    assert chosen("", url="", key="", project="") is None
    deepl = chosen("deepl", url="", key="secret:fx", project="")
    assert deepl is not None
    assert deepl["CLASS"].endswith("DeepLTranslator")
    assert deepl["OPTIONS"]["AUTH_KEY"] == "secret:fx"
