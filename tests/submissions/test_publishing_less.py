"""What an author no longer agrees to is public no more: the whole, their name, one answer."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models.functions import Now

from core.clock import database_now
from submissions.contributions.changing import give_up, take_up
from submissions.contributions.drafts.erasure import forget_co_authors
from submissions.contributions.publishing.content import newest_version, public_content
from submissions.contributions.publishing.redacting import redact
from submissions.contributions.publishing.services import publish
from submissions.contributions.publishing.standing import standing_of
from submissions.contributions.sent import GivenAnswer, Sent, publication_of
from submissions.contributions.services import receive
from submissions.contributions.staff.passages import follow
from submissions.contributions.withdrawal import withdraw
from submissions.models import (
    Attachment,
    Consultation,
    Contribution,
    Publication,
    PublicationState,
    Questionnaire,
    RedactionReason,
    RememberedRedaction,
)
from tests.submissions.libraries import WITH_NAME, WITHOUT_NAME, organiser
from tests.submissions.sendable import ABOUT, CAMILLE, Sendable, co_author, ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(db: None) -> Sendable:
    return ready()


@pytest.fixture
def public(dossier: Sendable) -> Contribution:
    """Sent, and published with its author's name."""
    sent = dossier.send()
    publish(sent, organiser())
    return sent


def live() -> Publication | None:
    return Publication.objects.live().first()


def press(dossier: Sendable, less: str, **options):
    there = dossier.at("contribution_change")
    return dossier.browser(**options).post(there, {"publish_less": less}, follow=True)


def close(public: Contribution) -> None:
    earlier = database_now() - timedelta(minutes=1)
    Consultation.objects.filter(pk=public.consultation_id).update(closes_at=earlier)
    assert not Questionnaire.objects.open_at().exists()


@pytest.mark.parametrize("files", [[], [{"name": "study.pdf"}]])
def test_who_takes_their_name_off_is_told_first_that_files_may_hold_it(dossier, public, files):
    row = live()
    Publication.objects.filter(pk=row.pk).update(content=row.content | {"files": files})
    page = dossier.browser().get(dossier.at("contribution")).content.decode()
    assert ("its files stay public as they are" in page) == bool(files)


# case 59
@pytest.mark.parametrize("over", [False, True])
def test_its_author_takes_publication_back_whenever_they_like(dossier, public, over):
    if over:
        close(public)
    page = press(dossier, "nothing").content.decode()
    assert "no longer agree to is no longer published" in page
    assert publication_of(Contribution.objects.get()) is None
    assert live() is None
    assert not Publication.objects.exclude(content={}).exists()
    assert public.consents.filter(purpose="analysis", withdrawn_at=None).exists()


# case 59
def test_its_author_takes_their_name_off_it(dossier, public):
    close(public)
    press(dossier, "without_name")
    assert publication_of(Contribution.objects.get()) == WITHOUT_NAME
    assert live().content["identity"] == {}
    assert not Publication.objects.filter(content__identity__has_key="name").exists()
    press(dossier, "nothing")
    press(dossier, "without_name")  # the button of a page that was open
    assert publication_of(Contribution.objects.get()) is None


def test_a_co_author_takes_nothing_back(dossier, public):
    page = press(dossier, "nothing", author=co_author(dossier)).content.decode()
    assert "Its owner alone" in page
    assert live() is not None


@pytest.mark.parametrize("given_up", [False, True])
def test_the_next_version_asks_for_no_more_than_that(dossier, public, given_up):
    take_up(dossier.me)
    press(dossier, "nothing")
    if given_up:
        give_up(dossier.me)
        take_up(dossier.me)
    dossier.send()
    assert publication_of(Contribution.objects.get()) is None


# case 59
def test_an_answer_that_is_kept_back_later_goes_at_once(dossier):
    long, short = dossier.question(), dossier.question("short_text")

    def said(*answers: GivenAnswer) -> Sent:
        who = {name: values[0] for name, values in ABOUT.items() if name != "email"}
        return Sent(identity=who, email=CAMILLE, publication=WITH_NAME, answers=answers)

    first = GivenAnswer(long.pk, 1, text="Stays.")
    where, key = dossier.where.consultation, dossier.draft.form_key
    sent = receive(
        where, said(first, GivenAnswer(short.pk, 1, text="KEPT")), language="en", form_key=key
    )
    Attachment.objects.create(
        contribution=sent, question=short, name="KEPT.pdf", kind="pdf", size=1, key="a"
    )
    older = publish(sent, organiser())
    assert "KEPT" in str(older.content)
    Publication.objects.filter(pk=older.pk).update(published_at=Now() - timedelta(days=1))
    receive(
        where,
        said(first, GivenAnswer(short.pk, 1, text="KEPT", may_publish=False)),
        language="en",
        form_key=dossier.author.access_key,
        contribution=sent,
    )
    assert "KEPT" not in str([one.content for one in Publication.objects.all()])
    assert [one["text"] for part in live().content["parts"] for one in part["answers"]] == [
        "Stays."
    ]
    assert live().content["identity"]["name"] == "Camille Noël"
    assert Publication.objects.get(pk=older.pk).state == PublicationState.TAKEN_BACK


# case 60
def test_words_taken_out_stay_out_of_the_answer_to_which_their_author_moves_them(dossier):
    long, short = dossier.question(), dossier.question("short_text")

    def said(*answers: GivenAnswer) -> Sent:
        who = {name: values[0] for name, values in ABOUT.items() if name != "email"}
        return Sent(identity=who, email=CAMILLE, publication=WITH_NAME, answers=answers)

    where, key = dossier.where.consultation, dossier.draft.form_key
    first = said(GivenAnswer(long.pk, 1, text="Ask Marie Dupont of the port."))
    sent = receive(where, first, language="en", form_key=key)
    redact(sent.answers.get(), "Marie Dupont", RedactionReason.PERSONAL_DATA, organiser())
    second = said(GivenAnswer(short.pk, 1, text="It was Marie\nDupont who said so."))
    other_key = dossier.author.access_key
    receive(where, second, language="en", form_key=other_key, contribution=sent)
    sent.refresh_from_db()
    content = public_content(newest_version(sent))
    assert "Dupont" not in str(content)
    assert standing_of(sent).needs_preview


# case 60
@pytest.mark.parametrize("back_in", ["long_text", "short_text"])
def test_words_taken_out_stay_out_of_an_answer_that_is_removed_and_brought_back(dossier, back_in):
    long, other = dossier.question(), dossier.question("short_text")
    where, words = dossier.where.consultation, "Ask Marie Dupont of the port."
    who = {name: values[0] for name, values in ABOUT.items() if name != "email"}

    def send(sent: Contribution | None, *answers: GivenAnswer) -> Contribution:
        content = Sent(identity=who, email=CAMILLE, publication=WITH_NAME, answers=answers)
        return receive(where, content, language="en", form_key=uuid4(), contribution=sent)

    sent = send(None, GivenAnswer(long.pk, 1, text=words))
    redact(sent.answers.get(), "Marie Dupont", RedactionReason.PERSONAL_DATA, organiser())
    send(sent, GivenAnswer(other.pk, 1, text="Nothing."))
    send(sent, GivenAnswer(other.pk, 1, text="Nothing at all."))
    assert RememberedRedaction.objects.get().question == long
    back = long if back_in == "long_text" else other
    send(sent, GivenAnswer(back.pk, 1, text=words))
    sent.refresh_from_db()
    assert "Dupont" not in str(public_content(newest_version(sent)))
    assert not RememberedRedaction.objects.exists()


# case 60
def test_what_is_remembered_of_a_redaction_goes_with_a_withdrawal(dossier):
    sent = dossier.send()
    question = dossier.question()
    RememberedRedaction.objects.create(
        contribution=sent, question=question, quote="Marie", reason=RedactionReason.PERSONAL_DATA
    )
    withdraw(sent)
    assert not RememberedRedaction.objects.exists()


# case 60
@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("Call 06 12 34 56 78, or write.", False),
        ("Now call 06 12 34 56 78.", False),
        ("Call 06 12 34 56 7899.", True),
        ("Call 1106 12 34 56 78.", True),
    ],
)
def test_a_number_that_goes_on_is_another_number(dossier, text, lost):
    sent = dossier.send()
    answer = sent.answers.filter(question__kind="long_text").get()
    answer.text = "Call 06 12 34 56 78."
    answer.save()
    redact(answer, "06 12 34 56 78", RedactionReason.PERSONAL_DATA, organiser())
    answer.text, before = text, answer.text
    answer.save()
    follow(answer, before)
    assert answer.redactions.get().lost is lost


@pytest.mark.parametrize(("days", "known"), [(50, True), (70, False)])
def test_co_authors_of_what_was_sent_are_forgotten_in_time(dossier, days, known):
    beside = co_author(dossier)
    dossier.send()
    closed = Now() - timedelta(days=days)
    Consultation.objects.update(opens_at=closed - timedelta(days=9), closes_at=closed)
    Questionnaire.objects.filter(closes_at__isnull=False).update(closes_at=closed)
    assert forget_co_authors() == (0 if known else 1)
    beside.refresh_from_db()
    assert bool(beside.email) is bool(beside.mailbox) is known
    dossier.me.refresh_from_db()
    assert forget_co_authors() == 0
    assert dossier.browser(beside).get(dossier.at("contribution_change")).status_code != 500
