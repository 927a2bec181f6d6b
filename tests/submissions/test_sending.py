"""A draft is sent once, whole, and in time by the database's clock."""

import threading
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import database_now
from submissions.contributions import services
from submissions.contributions.changing import take_up
from submissions.contributions.check import check
from submissions.contributions.sending import (
    AlreadySent,
    ChangedMeanwhile,
    Closed,
    NotComplete,
    NotTheOwner,
    WrittenMeanwhile,
)
from submissions.models import (
    Answer,
    Consultation,
    Contribution,
    ContributionVersion,
    Draft,
    DraftAuthor,
    Mail,
    MailKind,
    Questionnaire,
    Reading,
)
from tests.submissions.sendable import (
    ABOUT,
    CAMILLE,
    CONSENTS,
    SACHA,
    WORDS,
    Sendable,
    blank,
    ready,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(db: None) -> Sendable:
    return ready()


# --- Sent -----------------------------------------------------------------------------------------


def test_what_was_written_becomes_a_contribution_with_its_first_version(dossier: Sendable):
    sent = dossier.send()
    assert (sent.name, sent.country, sent.language, sent.version) == (
        "Camille Noël",
        "FR",
        "en",
        1,
    )
    (answer,) = sent.answers.all()
    assert (answer.text, answer.question) == (WORDS, dossier.question())
    version = sent.versions.get()
    assert version.content["answers"][0]["text"] == WORDS
    assert CAMILLE not in str(version.content)
    assert Reading.objects.get().contribution == sent
    assert sent.contact.email == CAMILLE
    assert not dossier.draft.writing


def test_an_answer_keeps_the_version_and_the_language_it_was_read_in(dossier: Sendable):
    """Two languages in one dossier: each answer says which words it answers."""
    dossier.write("Des modèles ouverts.", "short_text", language="fr")
    sent = dossier.send()
    assert dict(sent.answers.values_list("question__kind", "language")) == {
        "long_text": "en",
        "short_text": "fr",
    }


def test_the_same_form_sent_again_is_the_same_contribution(dossier: Sendable):  # case 17
    key = dossier.draft.form_key
    sent = dossier.send()
    for _time in range(2):
        with pytest.raises(AlreadySent) as again:
            dossier.send(form_key=key)
        assert again.value.contribution == sent
    assert Contribution.objects.count() == ContributionVersion.objects.count() == 1
    assert Mail.objects.filter(kind=MailKind.RECEIPT).count() == 1


@pytest.mark.django_db(transaction=True)
def test_sent_ten_times_at_once_it_is_one_contribution_one_version_one_mail():  # cases 17, 18
    dossier = ready()
    key, line = dossier.draft.form_key, threading.Barrier(10)
    outcomes: list[str] = []

    def press() -> None:
        line.wait()
        try:
            dossier.send(form_key=key)
            outcomes.append("sent")
        except AlreadySent:
            outcomes.append("again")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["again"] * 9 + ["sent"]
    assert Contribution.objects.count() == ContributionVersion.objects.count() == 1
    assert Mail.objects.filter(kind=MailKind.RECEIPT).count() == 1


def test_it_is_sent_whole_or_not_at_all(dossier: Sendable, monkeypatch: pytest.MonkeyPatch):
    def fail(*_args: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(services, "record", fail)
    with pytest.raises(ZeroDivisionError):
        dossier.send()
    assert not Contribution.objects.exists()
    assert not Mail.objects.exists()
    assert dossier.draft.writing


def test_a_reference_that_somebody_has_is_drawn_again(
    dossier: Sendable, monkeypatch: pytest.MonkeyPatch
):
    taken = dossier.send().reference
    drawn = iter([taken, "AAAA-AAAA-AAAA"])
    field = Contribution._meta.get_field("reference")
    monkeypatch.setattr(field, "_get_default", lambda: next(drawn))
    other = ready(where=dossier.where)
    assert other.send().reference == "AAAA-AAAA-AAAA"


def test_the_log_names_nobody(dossier: Sendable, caplog: pytest.LogCaptureFixture):
    with caplog.at_level("INFO"):
        sent = dossier.send()
    for secret in (CAMILLE, sent.name, sent.reference, WORDS):
        assert secret not in caplog.text


def statements_for(dossier: Sendable) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        dossier.send()
    return [query["sql"] for query in queries]


def test_the_number_of_statements_does_not_depend_on_how_much_is_sent():
    first = ready()
    one, three = statements_for(first), statements_for(ready(3, where=first.where))
    assert len(one) == len(three), "\n".join(sql[:150] for sql in three)


# --- What is missing ------------------------------------------------------------------------------


def test_errors_are_told_by_the_task_where_they_are_mended():
    dossier = blank()
    with pytest.raises(NotComplete) as refused:
        dossier.send()
    assert set(refused.value.errors) == {"about", "consents"}
    assert not Contribution.objects.exists()


def test_nothing_said_at_all_is_no_contribution():
    dossier = blank()
    dossier.tell("about", ABOUT)
    dossier.tell("consents", CONSENTS)
    with pytest.raises(NotComplete) as refused:
        dossier.send()
    (messages,) = refused.value.errors.values()
    assert messages == ["Answer at least one of the questions."]


def test_a_required_question_is_asked_for_when_it_is_sent(dossier: Sendable):
    question = dossier.question("short_text")
    question.required = True
    question.save()
    with pytest.raises(NotComplete) as refused:
        dossier.send()
    assert list(refused.value.errors) == [f"{dossier.questionnaires[0].pk}-0"]


def test_two_versions_of_an_answer_have_to_be_settled_first(dossier: Sendable):  # case 29
    dossier.author.draft.answers.update(
        aside=[{"data": {}, "author": dossier.author.pk, "at": "2026-11-23T06:00:00Z"}]
    )
    with pytest.raises(NotComplete):
        dossier.send()


def test_who_does_not_own_it_does_not_send_it(dossier: Sendable):
    other = DraftAuthor.objects.create(draft=dossier.draft, language="en", email=SACHA)
    dossier.author, owner = other, dossier.author
    with pytest.raises(NotTheOwner):
        dossier.send()
    assert owner.owner
    assert not Contribution.objects.exists()


def test_a_form_of_another_time_sends_nothing(dossier: Sendable):
    with pytest.raises(ChangedMeanwhile):
        dossier.send(form_key=uuid4())
    assert not Contribution.objects.exists()


# --- In time --------------------------------------------------------------------------------------


def close(questionnaire: Questionnaire) -> None:
    now = database_now()
    Questionnaire.objects.filter(pk=questionnaire.pk).update(
        opens_at=now - timedelta(days=9), closes_at=now - timedelta(seconds=1)
    )


def test_what_a_co_author_saved_since_is_read_before_it_is_sent(dossier: Sendable):
    """Nobody signs words that they have not seen."""
    seen = check(dossier.draft, "en").seen
    assert check(dossier.draft, "fr").seen == seen
    dossier.write("Close them all.")
    with pytest.raises(WrittenMeanwhile):
        dossier.send(seen=seen)
    assert not Contribution.objects.exists()
    assert dossier.send(seen=check(dossier.draft, "en").seen).version == 1


def test_after_the_close_nothing_is_sent_and_nothing_is_lost(dossier: Sendable):  # cases 10, 12
    Consultation.objects.update(closes_at=database_now() - timedelta(seconds=1))
    with pytest.raises(Closed):
        dossier.send()
    assert dossier.draft.answers.get().data == {f"question_{dossier.question().pk}": [WORDS]}


def test_of_two_themes_the_open_one_is_sent():
    dossier = ready(2)
    close(dossier.questionnaires[1])
    sent = dossier.send()
    assert [answer.question for answer in sent.answers.all()] == [dossier.question()]


def test_a_theme_that_closed_while_the_page_was_open_is_told_before_anything_is_sent():
    dossier = ready(2)
    shown = [one.pk for one in dossier.questionnaires]
    close(dossier.questionnaires[1])
    with pytest.raises(ChangedMeanwhile):
        dossier.send(shown=shown)
    assert not Contribution.objects.exists()


# --- Sent again -----------------------------------------------------------------------------------


def again(dossier: Sendable) -> Contribution:
    take_up(dossier.me)
    return dossier.send()


def test_a_change_is_a_version_under_the_same_reference(dossier: Sendable):
    first = dossier.send()
    kept = Answer.objects.get()
    take_up(dossier.me)
    dossier.write("Something else.")
    second = dossier.send()
    assert (second.pk, second.reference, second.version) == (first.pk, first.reference, 2)
    assert Answer.objects.get().pk == kept.pk
    assert Answer.objects.get().text == "Something else."
    texts = second.versions.order_by("number").values_list("content__answers__0__text", flat=True)
    assert list(texts) == [WORDS, "Something else."]


def test_a_newer_version_has_to_be_read_again(dossier: Sendable):
    dossier.send()
    Reading.objects.update(state="read")
    again(dossier)
    assert Reading.objects.get().state == "to_read"


def test_an_answer_that_was_emptied_is_taken_out(dossier: Sendable):
    dossier.write("A project", "short_text")
    sent = dossier.send()
    take_up(dossier.me)
    dossier.author.draft.answers.filter(question__kind="short_text").delete()
    dossier.send()
    assert [answer.question.kind for answer in sent.answers.all()] == ["long_text"]


def test_what_a_closed_theme_was_told_stands_whatever_is_changed_since():
    dossier = ready(2)
    sent = dossier.send()
    take_up(dossier.me)
    close(dossier.questionnaires[1])
    dossier.write("Changed.", theme=0)
    dossier.write("Too late.", theme=1)
    dossier.send()
    texts = dict(sent.answers.values_list("question__questionnaire", "text"))
    assert texts == {
        dossier.questionnaires[0].pk: "Changed.",
        dossier.questionnaires[1].pk: f"{WORDS} (1)",
    }


def test_a_theme_that_was_taken_out_is_taken_out_of_what_was_sent():
    dossier = ready(2)
    sent = dossier.send()
    take_up(dossier.me)
    Draft.objects.get().questionnaires.remove(dossier.questionnaires[1])
    dossier.send()
    assert sent.answers.count() == 1


def test_an_answer_to_a_question_that_is_asked_no_more_stands(dossier: Sendable):  # case 26
    dossier.write("A project", "short_text")
    sent = dossier.send()
    question = dossier.question("short_text")
    question.retired_at = database_now()
    question.save()
    again(dossier)
    assert sent.answers.filter(question=question, text="A project").exists()


# --- Consents: case 59 ----------------------------------------------------------------------------


def purposes(sent: Contribution, **conditions: Any) -> set[str]:
    return set(sent.consents.filter(**conditions).values_list("purpose", flat=True))


def test_consents_bear_the_language_and_the_time_of_the_page_that_asked(dossier: Sendable):
    dossier.tell("consents", CONSENTS, language="fr")
    asked_at = database_now() - timedelta(days=2)
    dossier.author.draft.parts.filter(key="consents").update(saved_at=asked_at)
    sent = dossier.send()
    assert set(sent.consents.values_list("language", "given_at")) == {("fr", asked_at)}
    assert purposes(sent) == {"analysis", "publication_with_name"}


def test_not_published_is_no_consent_to_publication(dossier: Sendable):
    dossier.tell("consents", CONSENTS | {"publication": ["not_published"]})
    assert purposes(dossier.send()) == {"analysis"}


def test_a_choice_that_was_changed_withdraws_the_one_before(dossier: Sendable):
    sent = dossier.send()
    take_up(dossier.me)
    dossier.tell("consents", CONSENTS | {"publication": ["publication_without_name"]})
    dossier.send()
    standing = {"withdrawn_at__isnull": True}
    assert purposes(sent, **standing) == {"analysis", "publication_without_name"}
    assert purposes(sent, withdrawn_at__isnull=False) == {"publication_with_name"}
    assert sent.consents.filter(purpose="analysis").count() == 1


def test_words_that_changed_since_are_agreed_to_again(dossier: Sendable):
    dossier.tell("consents", CONSENTS | {"wordings": ["analysis:2020-01"]})
    with pytest.raises(NotComplete) as refused:
        dossier.send()
    assert list(refused.value.errors) == ["consents"]
    page = dossier.browser().get(dossier.at("draft_consents")).content.decode()
    shown = page.split('name="wordings" value="')[1].split('"')[0]
    form = {"analysis": "on", "publication": "not_published", "wordings": shown, "revision": 1}
    dossier.browser().post(dossier.at("draft_consents"), form)
    assert purposes(dossier.send()) == {"analysis"}
