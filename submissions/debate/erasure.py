"""Taking one's participation back, for good: what goes, and what stays without the person."""

from contextlib import suppress

from django.db import transaction
from django.db.models import Q

from submissions import mail
from submissions.debate.cut_off import leave_what_stands
from submissions.debate.tallies import recount_soon
from submissions.models import IdeaStatus, Participant
from submissions.moderation.withdrawals import NotWithdrawable, withdraw, withdrawable


@transaction.atomic
def erase(participant: Participant, *, with_votes: bool = False, with_ideas: bool = False) -> None:
    """Delete the random number, with its consents, address, links and mail that waits.

    Votes, their log, ideas and appeals stay, of nobody; ideas that were never confirmed go, for
    nobody can confirm them any more. ``with_votes``: votes and their log go too, and the ideas are
    counted again within seconds. ``with_ideas``: what can be read, or waits, is withdrawn.

    The row is locked first, with those of guests that became them: a vote that is being cast is cut
    off with the others, one that comes later finds nobody. Erased twice at once, it is erased once.
    """
    rows = Participant.objects.select_for_update().order_by("pk")
    held = rows.filter(Q(pk=participant.pk) | Q(became=participant.pk)).in_bulk()
    if participant.pk not in held:
        return
    if with_votes:
        recount_soon(participant.pk)
        participant.vote_events.all().delete()
        participant.votes.all().delete()
    else:
        leave_what_stands(held[participant.pk])
    if with_ideas:
        for idea in withdrawable(participant).order_by("pk"):
            with suppress(NotWithdrawable):  # a moderator was quicker
                withdraw(idea, participant)
    participant.ideas.filter(status=IdeaStatus.UNCONFIRMED).delete()
    mail.forget(participant)
    participant.delete()
