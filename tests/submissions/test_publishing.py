"""From what was sent to what everybody reads: consent, publication, taking back."""

from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry

from core.clock import database_now
from submissions.contributions.publishing import services
from submissions.contributions.publishing.content import (
    NotPublishableError,
    newest_version,
    public_content,
)
from submissions.contributions.publishing.redacting import redact, withhold
from submissions.contributions.publishing.standing import standing_of
from submissions.contributions.versions import canonical, sha256_of
from submissions.models import (
    AnswerPublication,
    Consent,
    Contribution,
    ContributionState,
    Mail,
    MailKind,
    Note,
    Publication,
    PublicationState,
    RedactionReason,
)
from tests.submissions.libraries import (
    WITH_NAME,
    WITHOUT_NAME,
    Room,
    organiser,
    reviewer,
    room,
)

pytestmark = pytest.mark.django_db

PERSONAL = RedactionReason.PERSONAL_DATA
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def here() -> Room:
    return room()


def content_now(row: Contribution) -> dict:
    return public_content(newest_version(row))


def consent(row: Contribution, purpose: str | None) -> None:
    row.consents.exclude(purpose="analysis").update(withdrawn_at=database_now())
    if purpose:
        Consent.objects.create(contribution=row, purpose=purpose, version="x", language="en")


def redacted(here: Room, **more) -> Contribution:
    row = here.contribution(**more)
    redact(row.answers.get(question__kind="long_text"), "Marie Dupont", PERSONAL, organiser())
    return row


def days_pass(publication: Publication, days: int) -> None:
    earlier = database_now() - timedelta(days=days)
    Publication.objects.filter(pk=publication.pk).update(proposed_at=earlier)


# --- What may be public ---------------------------------------------------------------------------


# case 59
def test_with_name_there_are_names_and_without_there_are_none(here):
    named = content_now(here.contribution())
    assert named["identity"] == {
        "name": "Camille Noël",
        "organisation": "Institut d’étude",
        "role": "Researcher",
    }
    row = here.contribution(publication=WITHOUT_NAME)
    here.file(row, "Camille Noël CV.pdf")
    bare = content_now(row)
    assert bare["identity"] == {}
    assert [file["name"] for file in bare["files"]] == ["attachment-1.pdf"]
    assert "Camille" not in canonical(bare).decode()


def test_nothing_of_who_did_not_agree(here):
    with pytest.raises(NotPublishableError):
        content_now(here.contribution(publication=None))


def test_an_answer_that_its_author_or_its_question_keeps_is_not_there(here):
    row = here.contribution(short="SHORT")
    assert [len(part["answers"]) for part in content_now(row)["parts"]] == [2]
    row.answers.filter(text="SHORT").update(may_publish=False)
    assert "SHORT" not in str(content_now(row))
    row.answers.update(may_publish=True)
    question = here.question("short_text")
    question.publication = AnswerPublication.NEVER
    question.save()
    assert "SHORT" not in str(content_now(row))


@pytest.mark.parametrize(
    ("scan", "public"),
    [("clean", True), ("not_scanned", True), ("pending", False), ("infected", False)],
)
def test_only_files_that_are_cleared_are_public(here, scan, public):
    row = here.contribution()
    here.file(row, scan=scan)
    assert bool(content_now(row)["files"]) is public


def test_the_file_of_a_question_that_asks_needs_a_yes(here):
    row = here.contribution()
    question = here.question("short_text")
    question.publication = AnswerPublication.ASKED
    question.save()
    here.file(row, question=question)
    assert content_now(row)["files"] == []
    here.answer(row, kind="short_text", may_publish=True)
    assert len(content_now(row)["files"]) == 1


def test_the_content_is_the_same_after_the_database(here):
    publication = here.published()
    fresh = Publication.objects.get(pk=publication.pk)
    assert sha256_of(fresh.content) == fresh.sha256 == sha256_of(content_now(fresh.contribution))


# --- Publishing -----------------------------------------------------------------------------------


def test_without_redactions_it_is_published_at_once_and_its_author_is_told(here):
    publication = here.published()
    assert publication.state == PublicationState.LIVE
    (mail,) = Mail.objects.filter(kind=MailKind.PUBLISHED)
    assert mail.to == "camille@example.org"
    assert f"/en/library/{publication.contribution.reference}/" in mail.text
    assert "Camille Noël" in mail.text
    assert mail.draft == publication.contribution.draft.pk


def test_the_author_is_told_in_their_language(here):
    here.published(language="fr")
    mail = Mail.objects.get(kind=MailKind.PUBLISHED)
    assert "/fr/" in mail.text


def test_where_words_are_taken_out_its_author_looks_first(here):
    row = redacted(here)
    with pytest.raises(services.NotNowError):
        services.publish(row, organiser())
    services.propose(row, reviewer())
    with pytest.raises(services.NotNowError):
        services.publish(row, organiser(), why="In a hurry.")
    assert not Publication.objects.live().exists()


def test_the_author_agrees_and_it_is_published(here):
    row = redacted(here)
    proposed = services.propose(row, reviewer())
    assert services.agree(proposed, seen=proposed.sha256)
    published = services.publish(row, organiser())
    assert "Marie" not in str(published.content)
    assert published.pk == proposed.pk


def test_an_answer_to_another_preview_is_not_taken(here):
    row = redacted(here)
    proposed = services.propose(row, reviewer())
    assert not services.agree(proposed, seen="0" * 64)
    assert not services.object_to(proposed, "No", seen="0" * 64)


def test_after_the_days_it_may_be_published_and_staff_say_why(here):
    row = redacted(here)
    proposed = services.propose(row, reviewer())
    days_pass(proposed, 6)
    assert not standing_of(row).may_publish
    days_pass(proposed, 8)
    with pytest.raises(services.NotNowError):
        services.publish(row, organiser())
    services.publish(row, organiser(), why="Asked twice.")
    line = ModelLogEntry.objects.for_instance(row).get(action=services.PUBLISH)
    assert line.data["why"] == "Asked twice."
    assert line.data["agreed"] is False


def test_another_redaction_needs_another_preview(here):
    row = redacted(here)
    proposed = services.propose(row, reviewer())
    services.agree(proposed, seen=proposed.sha256)
    redact(row.answers.get(), "the port", PERSONAL, organiser())
    assert not standing_of(row).may_publish
    services.propose(row, reviewer())
    assert Publication.objects.get().agreed_at is None


def test_an_objection_is_kept_for_colleagues_when_another_preview_is_sent(here):
    row = redacted(here)
    proposed = services.propose(row, reviewer())
    services.object_to(proposed, "Keep the port.", seen=proposed.sha256)
    redact(row.answers.get(), "the model", PERSONAL, organiser())
    services.propose(row, reviewer())
    note = Note.objects.get(contribution=row)
    assert "Keep the port." in note.text
    assert note.by == reviewer()  # who sent the other one: no account was closed


def test_a_withheld_file_is_shown_to_its_author_too(here):
    row = here.contribution()
    withhold(here.file(row), PERSONAL, organiser())
    with pytest.raises(services.NotNowError):
        services.publish(row, organiser())


def test_what_is_published_is_what_was_looked_at(here):
    row = here.contribution()
    seen = standing_of(row).sha256
    here.answer(row, "Something else.")
    with pytest.raises(services.ChangedMeanwhileError):
        services.publish(row, organiser(), seen=seen)


def test_a_newer_version_changes_nothing_in_public_by_itself(here):
    publication = here.published("The first words.")
    row = publication.contribution
    here.answer(row, "The second words.")
    here.version(row)
    live = Publication.objects.live().get()
    assert "The first words." in str(live.content)
    assert standing_of(row).differs
    services.publish(row, organiser())
    assert "The second words." in str(Publication.objects.live().get().content)
    assert Publication.objects.get(pk=publication.pk).state == PublicationState.REPLACED
    assert not standing_of(row).differs


# --- Taking back ----------------------------------------------------------------------------------


def test_taken_back_its_words_are_gone_and_its_hash_stays(here):
    publication = here.published()
    services.take_back(publication.contribution, organiser(), why="A mistake.")
    fresh = Publication.objects.get(pk=publication.pk)
    assert (fresh.state, fresh.content, fresh.words) == (PublicationState.TAKEN_BACK, {}, None)
    assert fresh.sha256 == publication.sha256


def test_published_again_after_being_taken_back(here):
    publication = here.published()
    services.take_back(publication.contribution, organiser(), why="A mistake.")
    assert services.publish(publication.contribution, organiser()).number == 2


# case 59
def test_consent_taken_back_takes_the_publication_back_at_once(here):
    row = here.published().contribution
    consent(row, None)
    services.consent_changed(row)
    assert not Publication.objects.live().exists()
    assert ModelLogEntry.objects.for_instance(row).filter(action=services.TAKE_BACK).exists()


def test_who_no_longer_wishes_to_be_named_is_not_named_at_once(here):
    row = here.published("The first words.").contribution
    here.answer(row, "The second words.")  # sent since, and not read by anybody
    here.version(row)
    consent(row, WITHOUT_NAME)
    services.consent_changed(row)
    live = Publication.objects.live().get()
    assert live.content["identity"] == {}
    assert "The first words." in str(live.content)
    assert not Publication.objects.filter(content__identity__has_key="name").exists()


def test_what_was_replaced_names_nobody_either(here):
    row = here.published("The first words.").contribution
    here.answer(row, "The second words.")
    here.version(row)
    services.publish(row, organiser())
    consent(row, WITHOUT_NAME)
    services.consent_changed(row)
    assert not Publication.objects.filter(content__identity__has_key="name").exists()


def test_who_wishes_to_be_named_waits_for_staff(here):
    row = here.published(publication=WITHOUT_NAME).contribution
    consent(row, WITH_NAME)
    services.consent_changed(row)
    assert Publication.objects.live().get().content["identity"] == {}
    assert standing_of(row).differs


# case 60
def test_withdrawn_nothing_is_left_of_any_publication(here):
    publication = here.published("The first words.")
    row = publication.contribution
    here.answer(row, "The second words.")
    here.version(row)
    services.publish(row, organiser())
    Contribution.objects.filter(pk=row.pk).update(state=ContributionState.WITHDRAWN)
    services.consent_changed(row)
    assert [one.content for one in Publication.objects.all()] == [{}, {}]
    assert not Publication.objects.live().exists()
