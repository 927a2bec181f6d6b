"""The mail that tells an author what was decided: the letter that the moderator read beforehand."""

from typing import Any

from django.dispatch import receiver

from submissions.mail.writing import link_to, send
from submissions.models import Address, Decision, DecisionKind, Idea, MailKind, RefusalReason
from submissions.moderation.letters import language_of_author, letter, told_otherwise
from submissions.signals import appeal_decided, idea_decided


@receiver(idea_decided)
def tell_decision(idea: Idea, decision: Decision, **_more: Any) -> None:
    """Published, refused or withdrawn, with the reason's words."""
    _tell(MailKind.DECISION, idea, decision)


@receiver(appeal_decided)
def tell_answer(idea: Idea, decision: Decision, **_more: Any) -> None:
    """Published after all, or not."""
    _tell(MailKind.APPEAL_ANSWERED, idea, decision)


def _tell(kind: MailKind, idea: Idea, decision: Decision) -> None:
    """Write to the author, whose address is confirmed; to nobody if there is none."""
    address = Address.objects.filter(participant=idea.author_id).first()
    if address is None:
        return
    language = language_of_author(idea)
    consultation = idea.debate.consultation
    reason = RefusalReason(decision.reason) if decision.reason else None
    is_appeal = kind is MailKind.APPEAL_ANSWERED
    published = decision.kind == DecisionKind.PUBLISH
    send(
        kind,
        to=address.email,
        language=language,
        consultation=consultation,
        participant=address.participant_id,
        context={
            "idea": idea,
            "letter": letter(
                DecisionKind(decision.kind),
                reason,
                language,
                on_appeal=is_appeal,
                replaces=told_otherwise(idea),
            ),
            "idea_url": link_to(consultation, "idea", language, idea.pk) if published else "",
            "participation_url": link_to(consultation, "participation", language),
        },
    )
