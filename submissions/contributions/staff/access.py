"""Whose contributions a member of staff sees: every list and every address begins here."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from submissions import staff_access
from submissions.models import Consultation, Contribution
from submissions.models.contribution import ContributionQuerySet
from submissions.staff_access import holders_of, may, sites_of

__all__ = ["consultations_of", "contributions_of", "may", "readers_of"]

VIEW = "submissions.view_contribution"
READ = "submissions.change_reading"  # share out, take, mark as read
CODE = "submissions.add_passage"  # codes, and passages
NOTE = "submissions.add_note"
SCHEME = "submissions.change_scheme"
CONTACT = "submissions.view_contactdetails"
EXPORT = "submissions.export_contribution"
REDACT = "submissions.add_redaction"  # redact, and show its author what would be published
PUBLISH = "submissions.publish_contribution"  # publish, take back, judge campaigns
# What can be granted in the groups' form.
GRANTED = (VIEW, READ, CODE, NOTE, SCHEME, CONTACT, EXPORT, REDACT, PUBLISH)


def consultations_of(user: Any, permission: str = VIEW) -> QuerySet[Consultation]:
    """Those on which ``user`` holds ``permission``: sees contributions, unless said."""
    return staff_access.consultations_of(user, permission)


def contributions_of(user: Any, permission: str = VIEW) -> ContributionQuerySet:
    """The contributions on which ``user`` holds ``permission``; withdrawn ones are among them."""
    if user.has_perm(permission):
        return Contribution.objects.all()
    return Contribution.objects.filter(consultation__site__in=sites_of(user, permission))


def readers_of(consultation: Consultation | int) -> QuerySet[User]:
    """The colleagues to whom a contribution of ``consultation`` can be given to read."""
    named = holders_of(READ, consultation).values("pk")
    found = User.objects.filter(is_active=True, is_superuser=True) | User.objects.filter(
        pk__in=named
    )
    return found.order_by("first_name", "last_name", "username")
