"""What waits for somebody, by what they may do: one line a desk, each counted in one query."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import ngettext

from home.dashboard.lines import Waiting
from home.dashboard.pages_waiting import in_moderation, in_translation
from submissions.contributions.staff.access import (
    PUBLISH,
    READ,
    consultations_of,
    contributions_of,
    may,
)
from submissions.contributions.staff.filters import ME, NOBODY
from submissions.idea_translations.access import languages_into
from submissions.idea_translations.queue import waiting_count
from submissions.models import (
    Campaign,
    Cluster,
    Mail,
    MailStatus,
    Publication,
    PublicationState,
    ReadingState,
)
from submissions.moderation.access import PERMISSION as MODERATE
from submissions.moderation.access import languages_of
from submissions.moderation.queue import Queue, counts
from submissions.suspects.views import PERMISSION as JUDGE

A_DAY = timedelta(days=1)
MAIL = "submissions.view_mail"


def waiting_for(user: Any) -> list[Waiting]:
    """Everything that waits for ``user``; what has no work in it is left out."""
    lines = [line for desk in _DESKS for line in desk(user)]
    return [line for line in lines if line.count]


def _ideas(user: Any) -> Iterator[Waiting]:
    if not may(user, MODERATE) or not languages_of(user):
        return
    held = counts(user)
    where = reverse("moderation:index")
    overdue = held[Queue.OVERDUE]
    yield Waiting(
        overdue,
        ngettext(
            "idea has waited for longer than was promised",
            "ideas have waited for longer than was promised",
            overdue,
        ),
        f"{where}?queue={Queue.OVERDUE.value}",
        late=True,
    )
    awaiting = held[Queue.WAITING]
    yield Waiting(awaiting, ngettext("idea to moderate", "ideas to moderate", awaiting), where)
    appeals = held[Queue.APPEALS]
    yield Waiting(
        appeals,
        ngettext("appeal to answer", "appeals to answer", appeals),
        f"{where}?queue={Queue.APPEALS.value}",
    )


def _translations(user: Any) -> Iterator[Waiting]:
    if languages_into(user):
        count = waiting_count(user)
        words = ngettext("idea to translate", "ideas to translate", count)
        yield Waiting(count, words, reverse("idea_translations:index"))


def _contributions(user: Any) -> Iterator[Waiting]:
    if not may(user, READ):
        return
    where = reverse("contributions:index")
    standing = contributions_of(user, READ).standing()
    unread = standing.exclude(reading__state=ReadingState.READ)
    held = unread.aggregate(
        mine=Count("pk", filter=Q(reading__assignee=user)),
        nobodys=Count("pk", filter=Q(reading__assignee=None)),
    )
    mine, nobodys = held["mine"], held["nobodys"]
    yield Waiting(
        mine,
        ngettext("contribution for me to read", "contributions for me to read", mine),
        f"{where}?reader={ME}",
    )
    yield Waiting(
        nobodys,
        ngettext(
            "contribution that nobody has taken", "contributions that nobody has taken", nobodys
        ),
        f"{where}?reader={NOBODY}",
    )


def _publications(user: Any) -> Iterator[Waiting]:
    if not may(user, PUBLISH):
        return
    own = contributions_of(user, PUBLISH)
    objections = Publication.objects.filter(
        contribution__in=own.values("pk"), state=PublicationState.PROPOSED
    ).exclude(objection="")
    count = objections.count()
    yield Waiting(
        count,
        ngettext(
            "author objects to what would be published",
            "authors object to what would be published",
            count,
        ),
        f"{reverse('contributions:index')}?publication={PublicationState.PROPOSED.value}",
    )
    own_campaigns = Campaign.objects.filter(consultation__in=consultations_of(user, PUBLISH))
    to_judge = own_campaigns.filter(confirmed_at=None, dismissed_at=None).count()
    yield Waiting(
        to_judge,
        ngettext("campaign to judge", "campaigns to judge", to_judge),
        reverse("campaigns:index"),
    )


def _suspicions(user: Any) -> Iterator[Waiting]:
    if may(user, JUDGE):
        own = consultations_of(user, JUDGE)
        count = Cluster.objects.filter(found_at__gte=Now() - A_DAY, consultation__in=own).count()
        words = ngettext("suspicion of the last day", "suspicions of the last day", count)
        yield Waiting(count, words, reverse("suspects:index"))


def _mail(user: Any) -> Iterator[Waiting]:
    if may(user, MAIL):
        own = consultations_of(user, MAIL)
        count = Mail.objects.filter(status=MailStatus.FAILED, consultation__in=own).count()
        words = ngettext("message could not be sent", "messages could not be sent", count)
        where = f"{reverse('mail:index')}?status={MailStatus.FAILED}"
        yield Waiting(count, words, where, late=True)


_DESKS: tuple[Callable[[Any], Iterator[Waiting]], ...] = (
    _ideas,
    in_moderation,
    in_translation,
    _translations,
    _contributions,
    _publications,
    _suspicions,
    _mail,
)
