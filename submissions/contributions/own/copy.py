"""A copy of all that is kept of a contribution and its authors, for them alone (case 61)."""

from typing import Any

from django.db.models import QuerySet

from core.clock import database_now
from submissions.contributions.drafts.authors import authors_of
from submissions.models import Attachment, ContactDetails, Contribution, Draft, DraftAuthor, Mail

WHEN = ("made_at", "link_sent_at", "link_expires_at", "came_at")


def everything_kept(author: DraftAuthor) -> dict[str, Any]:
    """All of it, as it is kept.

    Not what staff note among themselves, nor hashes of links, nor the words of a message that
    waits: they hold a link that opens all this. Of the other authors, what every author sees.
    """
    draft = author.draft
    sent = draft.contribution
    return {
        "exported_at": database_now(),
        "draft": _written(draft),
        "you": {
            "name": author.name,
            "email": author.email,
            "language": author.language,
            "owner": author.owner,
            **{name: getattr(author, name) for name in WHEN},
        },
        "other_authors": [
            {"name": one.name, "email": one.email, "owner": one.owner, "invited_at": one.made_at}
            for one in authors_of(draft)
            if one.pk != author.pk
        ],
        "files": _files(Attachment.objects.filter(draft=draft)),
        "contribution": _sent(sent) if sent else None,
        "mail_not_sent_yet": list(
            Mail.objects.filter(draft=draft.pk)
            .order_by("pk")
            .values("kind", "to", "language", "status", "made_at", "attempts", "settled_at")
        ),
    }


def _written(draft: Draft) -> dict[str, Any]:
    """What is typed, as it was typed."""
    answers = draft.answers.order_by("question")
    return {
        "number": draft.pk,
        "language": draft.language,
        "begun": draft.made_at,
        "changed": draft.changed_at,
        "being_written": draft.writing,
        "questionnaires": list(draft.questionnaires.order_by("pk").values_list("pk", flat=True)),
        "answers": list(
            answers.values("question", "version", "language", "data", "aside", "saved_at")
        ),
        "parts": list(draft.parts.order_by("key").values("key", "language", "data", "saved_at")),
    }


def _files(files: "QuerySet[Attachment]") -> list[Any]:
    return list(
        files.order_by("uploaded_at", "pk").values(
            *("id", "question", "name", "kind", "size", "sha256", "scan", "tells"),
            *("uploaded_at", "removed_at"),
        )
    )


def _sent(sent: Contribution) -> dict[str, Any]:
    """The contribution, every version of it, what was agreed to, and what is public."""
    return {
        "reference": sent.reference,
        "state": sent.state,
        "received": sent.submitted_at,
        "changed": sent.changed_at,
        "contact": list(ContactDetails.objects.filter(contribution=sent).values("email")),
        "consents": list(
            sent.consents.order_by("pk").values(
                "purpose", "version", "language", "given_at", "withdrawn_at"
            )
        ),
        "versions": list(
            sent.versions.order_by("number").values(
                "number", "language", "sent_at", "sha256", "content"
            )
        ),
        "publications": list(
            sent.publications.order_by("number").values(
                *("number", "state", "language", "content", "sha256", "proposed_at", "agreed_at"),
                *("objection", "published_at", "taken_back_at"),
            )
        ),
        "files": _files(Attachment.objects.filter(contribution=sent)),
    }
