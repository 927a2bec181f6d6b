"""What is told to who does something too often: when to come back, with their words."""

import uuid

import pytest

from submissions.limits import counting
from submissions.models import (
    Appeal,
    Debate,
    DecisionKind,
    Idea,
    IdeaStatus,
    Notice,
    Origin,
    Participant,
    RefusalReason,
    TranslationReport,
)
from submissions.moderation.services import decide
from tests.factories import idea, translation_of
from tests.submissions.conftest import Visitor, address
from tests.submissions.desk import moderator_of
from tests.submissions.limiting import HOME, SCHOOL, no_key_is_remembered

__all__ = ["no_key_is_remembered"]


# --- Over HTTP ------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "title", "wait"),
    [
        ("en", "Wait a little", "You can try again in"),
        ("fr", "Patientez", "Vous pourrez réessayer"),
    ],
)
def test_who_starts_too_often_is_told_in_their_language(  # case 69
    settings, debate: Debate, language: str, title: str, wait: str
):
    settings.PEOPLE_BEHIND_ONE_ADDRESS = 1
    for _number in range(2):
        assert Visitor(REMOTE_ADDR=HOME).start(debate, language=language).status_code == 302
    refused = Visitor(REMOTE_ADDR=HOME).start(debate, language=language)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 600
    page = refused.content.decode()
    assert title in page and wait in page
    assert not refused.cookies
    assert Participant.objects.count() == 2
    assert Visitor(REMOTE_ADDR=SCHOOL).start(debate).status_code == 302


@pytest.mark.django_db
def test_a_forged_header_gives_no_second_count(settings, debate: Debate):  # case 55
    settings.PEOPLE_BEHIND_ONE_ADDRESS = 1
    statuses = []
    for number in range(4):
        visitor = Visitor(
            REMOTE_ADDR=HOME,
            HTTP_X_FORWARDED_FOR=f"192.0.2.{number}",
            HTTP_X_FORWARDED_HOST="evil.example",
        )
        response = visitor.start(debate)
        assert "evil.example" not in response.get("Location", "")
        statuses.append(response.status_code)
    assert statuses == [302, 302, 429, 429]


@pytest.mark.django_db
def test_who_is_known_already_is_not_counted_again(settings, debate: Debate):
    settings.PEOPLE_BEHIND_ONE_ADDRESS = 1
    visitor = Visitor(REMOTE_ADDR=HOME)
    for _number in range(5):
        assert visitor.start(debate).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
def test_who_writes_too_often_keeps_their_words(  # case 69
    debate: Debate, monkeypatch: pytest.MonkeyPatch, language: str
):
    monkeypatch.setitem(counting.BY_PARTICIPANT, "write", 1)
    visitor, words = Visitor(REMOTE_ADDR=HOME), f"We should {uuid.uuid4()}."
    visitor.start(debate)
    for said in ("We should open the library at night.", words):
        sent = {"text": said, "language": "en", "form_key": str(uuid.uuid4())}
        answer = visitor.post(address("write", debate.pk, language=language), sent)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert words in answer.content.decode()
    assert Idea.objects.count() == 1


@pytest.mark.django_db
def test_words_that_are_mended_are_counted_once(debate: Debate, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(counting.BY_PARTICIPANT, "write", 1)
    visitor = Visitor(REMOTE_ADDR=HOME)
    visitor.start(debate)
    sent = {"language": "en", "form_key": str(uuid.uuid4())}
    for _number in range(3):
        assert visitor.post(address("write", debate.pk), sent | {"text": "No"}).status_code == 422
    words = {"text": f"We should {uuid.uuid4()}."}
    assert visitor.post(address("write", debate.pk), sent | words).status_code == 302


@pytest.mark.django_db
def test_who_begins_by_writing_has_an_origin_too(debate: Debate):
    sent = {"text": f"We should {uuid.uuid4()}.", "language": "en", "form_key": str(uuid.uuid4())}
    Visitor(REMOTE_ADDR=HOME).post(address("write", debate.pk), sent)
    assert Origin.objects.get().participant == Idea.objects.get().author


@pytest.mark.django_db
def test_appeals_and_reports_have_a_limit_and_give_words_back(
    debate: Debate, monkeypatch: pytest.MonkeyPatch
):
    for action in ("appeal", "report"):
        monkeypatch.setitem(counting.BY_PARTICIPANT, action, 0)
    visitor = Visitor(REMOTE_ADDR=HOME)
    visitor.start(debate)
    me = Participant.objects.get()
    refused = idea(debate, author=me, status=IdeaStatus.AWAITING)
    decide(refused, DecisionKind.REFUSE, moderator_of("ada", "en"), RefusalReason.OTHER)
    Notice.objects.all().delete()  # told
    answer = visitor.post(address("appeal", refused.pk), {"text": "It is a fair idea."})
    assert answer.status_code == 429
    assert "It is a fair idea." in answer.content.decode()
    assert not Appeal.objects.exists()
    of = idea(debate, "Il faut planter un arbre.", "fr")
    translation_of(of, "We should plant a tree.", "en")
    page = visitor.get(address("report_translation", of.pk)).context["form"]
    sent = {name: page[name].value() for name in page.fields} | {"comment": "It says the contrary."}
    answer = visitor.post(address("report_translation", of.pk), sent)
    assert answer.status_code == 429
    assert "It says the contrary." in answer.content.decode()
    assert not TranslationReport.objects.exists()
