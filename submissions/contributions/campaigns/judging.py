"""Staff say whether it is a campaign, and who is of it. Each leaves a line in the audit log."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Now
from wagtail.log_actions import log

from submissions.models import Campaign, CampaignMember, Membership

CONFIRM, DISMISS = "submissions.confirm_campaign", "submissions.dismiss_campaign"
PUT_IN, TAKE_OUT = "submissions.put_into_campaign", "submissions.take_out_of_campaign"


@transaction.atomic
def confirm(campaign: Campaign, user: User) -> None:
    """Say in public, from now on, that its contributions have the same text: all not judged yet."""
    Campaign.objects.filter(pk=campaign.pk).update(
        confirmed_at=Now(), dismissed_at=None, judged_by=user
    )
    campaign.members.filter(judgement=Membership.FOUND).update(judgement=Membership.OF_IT)
    _log(campaign, CONFIRM, user)


@transaction.atomic
def dismiss(campaign: Campaign, user: User) -> None:
    """It is none: people may say the same. Nothing is said of it, and it is not found again."""
    Campaign.objects.filter(pk=campaign.pk).update(
        confirmed_at=None, dismissed_at=Now(), judged_by=user
    )
    _log(campaign, DISMISS, user)


@transaction.atomic
def judge_member(member: CampaignMember, user: User, *, of_it: bool) -> None:
    """Say of one contribution that it has the text of the others, or not."""
    member.judgement = Membership.OF_IT if of_it else Membership.NOT_OF_IT
    member.save(update_fields=["judgement"])
    act = PUT_IN if of_it else TAKE_OUT
    _log(member.campaign, act, user, contribution=member.contribution_id)


def _log(campaign: Campaign, act: str, user: User, **told: int) -> None:
    members = campaign.members.filter(judgement=Membership.OF_IT).count()
    log(campaign, act, user=user, title=str(campaign), data={"members": members, **told})
