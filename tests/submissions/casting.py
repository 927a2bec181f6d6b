"""Votes as the service takes them, without a page."""

from submissions.debate import ballots
from submissions.models import Idea, Participant, VoteChoice


def cast(
    of: Idea,
    who: Participant,
    choice: str = "agree",
    *,
    key_valid: bool = True,
    read_in: str = "en",
    language: str = "en",
) -> ballots.Happened:
    """``who`` votes on ``of`` from a page in ``language``; what happened."""
    return ballots.cast(
        of.pk,
        who.pk,
        VoteChoice(choice),
        site_id=who.consultation.site_id,
        read_in=read_in,
        page_language=language,
        key_valid=key_valid,
    ).happened


def undo(of: Idea, who: Participant) -> ballots.Happened:
    """``who`` takes their vote on ``of`` back; what happened."""
    site_id = who.consultation.site_id
    return ballots.undo(of.pk, who.pk, site_id=site_id, page_language="en").happened
