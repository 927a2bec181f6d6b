"""A copy of all that is kept about a participant, to be handed to them alone (case 61)."""

from typing import Any

from django.db.models import Q

from core.clock import database_now
from submissions.debate.own import OwnIdea, ideas_of
from submissions.models import (
    Address,
    Cluster,
    ClusterMember,
    Mail,
    Notice,
    Notified,
    Origin,
    Participant,
    TranslationReport,
)


def everything_about(participant: Participant) -> dict[str, Any]:
    """All of it, as it is kept.

    Not what moderators say among themselves, nor hashes, which tell nobody anything, nor the words
    of a message that waits: they hold a link that opens all this.
    """
    return {
        "exported_at": database_now(),
        "number": participant.pk,
        "since": participant.created_at,
        "reads": participant.reads,
        "set_aside_as_suspect": participant.suspect,
        "other_browsers_since": list(
            participant.guests.order_by("created_at").values_list("created_at", flat=True)
        ),
        "origin": _origin(participant),
        "seen_in_suspicions": _suspicions(participant),
        "consents": list(
            participant.consents.order_by("pk").values(
                "purpose", "version", "language", "given_at", "withdrawn_at"
            )
        ),
        **_mail(participant),
        "ideas": [_written(own) for own in ideas_of(participant)],
        "votes": list(
            participant.votes.order_by("pk").values(
                "idea", "choice", "qualifications", "read_in", "key_valid", "cast_at"
            )
        ),
        "log_of_votes": list(
            participant.vote_events.order_by("pk").values(
                "idea", "kind", "choice", "qualifications", "read_in", "key_valid", "at"
            )
        ),
        "translations_reported": _reports(participant),
    }


def _origin(participant: Participant) -> dict[str, Any] | None:
    """That there is a keyed hash of the network address, and since when; not the hash."""
    origin = Origin.objects.filter(participant=participant).first()
    return {"kept": "keyed hash of the network address", "at": origin.at} if origin else None


def _suspicions(participant: Participant) -> list[Any]:
    """Those of the guests that they were, too."""
    theirs = Q(participant=participant) | Q(participant__became=participant)
    seen = Cluster.objects.filter(pk__in=ClusterMember.objects.filter(theirs).values("cluster"))
    return list(seen.newest().values("kind", "began_at", "ended_at"))


def _mail(participant: Participant) -> dict[str, Any]:
    """Addresses, and what was sent to them: whose a message was is forgotten once it has left."""
    addresses = Address.objects.filter(participant=participant)
    links = participant.mailed_links.order_by("pk")
    told = Notice.objects.filter(decision__idea__author=participant, outcome=Notified.SENT)
    return {
        "addresses": list(addresses.values("email", "mailbox", "language", "confirmed_at")),
        "links_mailed": list(
            links.values("purpose", "email", "language", "made_at", "expires_at", "used_at")
        ),
        "mail_not_sent_yet": list(
            Mail.objects.filter(participant=participant.pk)
            .order_by("pk")
            .values("kind", "to", "language", "status", "made_at", "attempts", "settled_at")
        ),
        "decisions_mailed": [
            {
                "idea": notice.decision.idea_id,
                "decision": notice.decision.kind,
                "at": notice.settled_at,
            }
            for notice in told.select_related("decision").order_by("pk")
        ],
    }


def _reports(participant: Participant) -> list[dict[str, Any]]:
    reports = TranslationReport.objects.filter(participant=participant).order_by("pk")
    return [
        {
            "idea": report.text.idea_id,
            "translation_into": report.text.language,
            "comment": report.comment,
            "made_at": report.made_at,
            "settled_at": report.settled_at,
            "outcome": report.outcome,
        }
        for report in reports.select_related("text")
    ]


def _written(own: OwnIdea) -> dict[str, Any]:
    """An idea as its author is told of it, with every word of theirs."""
    idea, appeal = own.idea, own.appeal
    return {
        "number": idea.pk,
        "debate": idea.debate_id,
        "language": idea.language,
        "in_the_name_of": idea.speaks_for,
        "organisation": idea.organisation,
        "status": own.status,
        "reason": own.reason,
        "explanation": own.explanation or None,
        "received": idea.created_at,
        "decided": own.decided_at,
        "published": idea.published_at,
        "withdrawn_by_author": idea.withdrawn_by_author_at,
        "texts": [
            {
                "language": text.language,
                "text": text.text,
                "as_written": text.as_written,
                "origin": text.origin,
            }
            for text in idea.texts.all()
        ],
        "appeal": {
            "text": appeal.text,
            "language": appeal.language,
            "made_at": appeal.made_at,
            "answered_at": appeal.answered_at,
            "published_after_all": appeal.published if appeal.answered_at else None,
        }
        if appeal
        else None,
    }
