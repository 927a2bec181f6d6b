"""Readers report a bad translation: without an account, without JavaScript, once each."""

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import Site

from submissions.debate.erasure import erase
from submissions.debate.own_copy import everything_about
from submissions.models import Debate, Idea, IdeaStatus, Participant, TranslationReport
from tests.factories import debate_row, idea, open_consultation, translation_of
from tests.submissions.conftest import Visitor, address

pytestmark = pytest.mark.django_db
WORDS = "Il faut planter un arbre dans chaque rue."
WRONG = "Le sens est inversé."


@pytest.fixture
def translated(debate: Debate) -> Idea:
    made = idea(debate)
    translation_of(made, WORDS, "fr")
    return made


def where(one: Idea, language: str = "fr") -> str:
    return address("report_translation", one.pk, language=language)


def send(visitor: Client, one: Idea, comment: str = WRONG, **other: Any) -> Any:
    """Open the page and send its form."""
    page = visitor.get(where(one))
    form = page.context["form"]
    sent = {name: form[name].value() for name in ("form_key", "seen")}
    return visitor.post(where(one), sent | {"comment": comment} | other)


def test_the_card_and_the_idea_lead_there(voter: Visitor, translated: Idea):
    link = f'href="{where(translated)}"'
    assert link in Client().get(address("idea", translated.pk, language="fr")).content.decode()
    debate = translated.debate_id
    assert link in voter.get(address("vote", debate, language="fr")).content.decode()
    assert where(translated, "en") not in (
        Client().get(address("idea", translated.pk)).content.decode()
    )


def test_who_takes_no_part_may_report_and_gets_no_cookie(visitor: Visitor, translated: Idea):
    page = visitor.get(where(translated)).content.decode()
    assert WORDS in page
    assert str(translated) in page
    answer = send(visitor, translated)
    assert answer.status_code == 302
    assert "bien reçu" in visitor.get(answer["Location"]).content.decode()
    assert not visitor.cookies
    report = TranslationReport.objects.get()
    assert (report.comment, report.language, report.participant) == (WRONG, "fr", None)
    assert report.text.text == WORDS


def test_a_reason_is_not_asked_for(visitor: Visitor, translated: Idea):
    assert send(visitor, translated, "").status_code == 302
    assert TranslationReport.objects.get().comment == ""


def test_a_participant_has_one_open_report_with_their_last_words(
    voter: Visitor, me: Participant, translated: Idea
):
    for comment in ("", WRONG, "Et le ton aussi.", ""):
        assert send(voter, translated, comment).status_code == 302
    report = TranslationReport.objects.get()
    assert (report.participant, report.comment) == (me, "Et le ton aussi.")


def test_what_one_form_sends_twice_is_one_report(visitor: Visitor, translated: Idea):
    key = str(uuid.uuid4())
    for _time in range(2):
        assert send(visitor, translated, form_key=key).status_code == 302
    assert TranslationReport.objects.count() == 1


@pytest.mark.parametrize(
    ("comment", "says"), [("e" * 301, "300 caractères au plus"), ("\0", "lus")], ids=["long", "nul"]
)
def test_what_can_not_be_taken_is_given_back(
    visitor: Visitor, translated: Idea, comment: str, says: str
):
    answer = send(visitor, translated, comment)
    assert answer.status_code == 422
    page = answer.content.decode().replace("\u00a0", " ")
    assert "<title>Erreur" in page
    assert comment.strip("\0") in page
    assert not TranslationReport.objects.exists()


def test_mended_in_the_meantime_it_is_shown_again_with_the_words(
    visitor: Visitor, translated: Idea
):
    answer = send(visitor, translated, seen="another")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert WORDS in page
    assert WRONG in page
    again = {name: answer.context["form"][name].value() for name in ("form_key", "seen")}
    assert visitor.post(where(translated), again | {"comment": WRONG}).status_code == 302


def test_taken_back_in_the_meantime_there_is_nothing_to_report(visitor: Visitor, translated: Idea):
    translated.texts.filter(language="fr").update(approved_at=None)
    assert visitor.get(where(translated)).status_code == 302
    answer = visitor.post(where(translated), {"comment": WRONG})
    assert answer.status_code == 409
    assert WRONG in answer.content.decode()
    assert WORDS not in answer.content.decode()
    assert not TranslationReport.objects.exists()


def test_the_authors_own_words_are_no_translation(visitor: Visitor, translated: Idea):
    assert visitor.get(where(translated, "en")).status_code == 302
    assert visitor.post(where(translated, "en"), {}).status_code == 409


# case 47
@pytest.mark.parametrize("status", [IdeaStatus.AWAITING, IdeaStatus.WITHDRAWN])
def test_an_idea_that_is_not_published_is_not_found(
    visitor: Visitor, translated: Idea, status: IdeaStatus
):
    Idea.objects.update(status=status)
    for answer in (
        visitor.get(where(translated)),
        visitor.get(f"{where(translated)}?thanks=1"),
        visitor.post(where(translated), {"comment": WRONG}),
    ):
        assert answer.status_code in {404, 410}
        assert WORDS not in answer.content.decode()


def test_another_page_can_not_send_it(translated: Idea):
    elsewhere = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "cross-site"})
    assert elsewhere.post(where(translated), {"comment": WRONG}).status_code == 403
    assert not TranslationReport.objects.exists()


def test_one_copies_it_with_all_that_is_ones_own_and_erasing_leaves_it_nobodys(
    voter: Visitor, me: Participant, translated: Idea
):
    send(voter, translated)
    assert WRONG in str(everything_about(me))
    erase(me)
    assert TranslationReport.objects.get().participant is None


def test_the_database_holds_one_open_report_a_participant(me: Participant, translated: Idea):
    text = translated.texts.get(language="fr")
    text.reports.create(participant=me)
    with pytest.raises(IntegrityError), transaction.atomic():
        text.reports.create(participant=me)


def test_another_sites_idea_is_not_found(visitor: Visitor, translated: Idea):
    root = Site.objects.get(is_default_site=True).root_page
    other = Site.objects.create(hostname="other.example", root_page=root)
    foreign = idea(debate_row(open_consultation(other)))
    translation_of(foreign, WORDS, "fr")
    assert visitor.get(where(foreign)).status_code == 404
