"""Changing a contribution that was sent: its draft is written again, until the next sending.

What was sent stands meanwhile. The draft as it was sent is put aside, so that a change can be
given up. That less of it is published needs no sending, and no open theme.
"""

import uuid
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from submissions.consents import PUBLICATION, PUBLICATION_WITH_NAME, PUBLICATION_WITHOUT_NAME
from submissions.contributions.drafts.parts import ABOUT, AS_SENT, CONSENTS, NOT_PUBLISHED
from submissions.contributions.publishing.services import consent_changed
from submissions.contributions.sending import Closed, NotTheOwner, held
from submissions.contributions.sent import publication_of
from submissions.models import (
    Attachment,
    Consent,
    Draft,
    DraftAnswer,
    DraftAuthor,
    DraftPart,
    Question,
    Questionnaire,
)


def may_change(draft: Draft) -> bool:
    """Whether one of its questionnaires takes answers, by the database's clock."""
    return Questionnaire.objects.open_at().filter(drafts=draft).exists()


@transaction.atomic
def take_up(author: DraftAuthor) -> None:
    """Let a contribution that was sent be written again, under another key of the next sending.

    Raises ``NotTheOwner``, and ``Closed`` once its questionnaires take no answers. Taken up twice
    at once, it is taken up once.
    """
    draft = _of_owner(author)
    if draft.writing or draft.contribution is None:
        return
    if not may_change(draft):
        raise Closed
    DraftPart.objects.update_or_create(
        draft=draft, key=AS_SENT, defaults={"data": _as_it_is(draft), "language": draft.language}
    )
    Draft.objects.filter(pk=draft.pk).update(writing=True, form_key=uuid.uuid4(), changed_at=Now())
    author.draft.writing = True


@transaction.atomic
def give_up(author: DraftAuthor) -> None:
    """Make the draft what was sent last, and read-only. Raises ``NotTheOwner``."""
    draft = _of_owner(author)
    if not draft.writing or draft.contribution is None:
        return
    kept = DraftPart.objects.filter(draft=draft, key=AS_SENT).first()
    if kept is not None:
        _put_back(draft, kept.data)
        kept.delete()
    Draft.objects.filter(pk=draft.pk).update(writing=False, changed_at=Now())
    author.draft.writing = False


@transaction.atomic
def publish_less(author: DraftAuthor, *, language: str, without_name: bool = False) -> None:
    """Take the consent to publication back, or (``without_name``) to names alone: at once.

    At any time, closed or being changed; the next sending asks for no more either, unless its
    author says so. Never widens what was agreed to. Raises ``NotTheOwner``.
    """
    draft = _of_owner(author)
    sent = draft.contribution
    agreed = publication_of(sent) if sent else None
    if sent is None or agreed is None:
        return
    if without_name and agreed != PUBLICATION_WITH_NAME.purpose:
        return
    given = sent.consents.filter(
        purpose__in=[wording.purpose for wording in PUBLICATION], withdrawn_at__isnull=True
    )
    given.update(withdrawn_at=Now())
    left = PUBLICATION_WITHOUT_NAME if without_name else None
    if left:
        Consent.objects.create(
            contribution=sent, purpose=left.purpose, version=left.version, language=language
        )
    _say_in_draft(draft, left.purpose if left else NOT_PUBLISHED)
    consent_changed(sent)


def _say_in_draft(draft: Draft, publication: str) -> None:
    """As if it had been chosen on the page of consents; where a change is given up, too."""
    for part in draft.parts.filter(key__in=(CONSENTS, AS_SENT)):
        chosen = [part.data]
        if part.key == AS_SENT:
            chosen = [one["data"] for one in part.data["parts"] if one["key"] == CONSENTS]
        for data in chosen:
            data["publication"] = [publication]
        part.revision += 1
        part.save(update_fields=["data", "revision"])


def _of_owner(author: DraftAuthor) -> Draft:
    draft = held(author)
    if not draft.authors.filter(pk=author.pk, owner=True).exists():
        raise NotTheOwner
    return draft


def _as_it_is(draft: Draft) -> dict[str, Any]:
    """Words, parts, themes and files, to be put back as they are."""
    return {
        "questionnaires": list(draft.questionnaires.values_list("pk", flat=True)),
        "answers": list(draft.answers.values("question", "data", "version", "language")),
        "parts": list(draft.parts.filter(key__in=(ABOUT, CONSENTS)).values("key", "data")),
        "files": [
            str(pk)
            for pk in Attachment.objects.filter(draft=draft, removed_at=None).values_list(
                "pk", flat=True
            )
        ],
    }


def _put_back(draft: Draft, kept: dict[str, Any]) -> None:
    """A question that has gone for good since is left out; so is what was added since."""
    draft.questionnaires.set(Questionnaire.objects.filter(pk__in=kept["questionnaires"]))
    there = {row.question_id: row for row in draft.answers.all()}
    known = set(
        Question.objects.filter(pk__in=[one["question"] for one in kept["answers"]]).values_list(
            "pk", flat=True
        )
    )
    before = {one["question"]: one for one in kept["answers"] if one["question"] in known}
    draft.answers.exclude(question__in=before).delete()
    rows = []
    for question, one in before.items():
        row = there.get(question) or DraftAnswer(draft=draft, question_id=question)
        row.data, row.version, row.language = one["data"], one["version"], one["language"]
        row.aside = []
        row.revision += 1  # a page that is open knows the words that are given up
        rows.append(row)
    DraftAnswer.objects.bulk_create([row for row in rows if not row.pk])
    DraftAnswer.objects.bulk_update(
        [row for row in rows if row.pk], ["data", "version", "language", "aside", "revision"]
    )
    for part in kept["parts"]:
        draft.parts.filter(key=part["key"]).update(data=part["data"])
    files = Attachment.objects.filter(draft=draft)
    files.filter(pk__in=kept["files"]).update(removed_at=None)
    files.filter(removed_at=None).exclude(pk__in=kept["files"]).update(removed_at=Now())
