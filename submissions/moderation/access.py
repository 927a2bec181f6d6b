"""Whose ideas a moderator sees: those written in a language that one of their groups moderates.

The group moderates it on the sites on which it may; who may moderate everywhere does so on all.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet

from submissions.models import Idea, IdeaStatus, ModeratedLanguage
from submissions.staff_access import may, on_their_site

PERMISSION = "submissions.moderate_idea"


def ideas_of(moderator: Any) -> QuerySet[Idea]:
    """The ideas that ``moderator`` may read and decide on: every list and address begins here.

    An administrator has all languages. What its author has not confirmed yet is nobody's to read.
    """
    ideas = Idea.objects.exclude(status=IdeaStatus.UNCONFIRMED)
    if not may(moderator, PERMISSION):
        return ideas.none()
    if moderator.is_superuser:
        return ideas
    rows = _rows(moderator)
    if moderator.has_perm(PERMISSION):
        return ideas.filter(language__in=rows.values("language"))
    site = OuterRef("debate__consultation__site")
    return ideas.filter(
        Exists(rows.filter(on_their_site(PERMISSION, site), language=OuterRef("language")))
    )


def languages_of(moderator: User) -> list[tuple[str, Any]]:
    """The languages that ``moderator`` answers for, with their names."""
    if moderator.is_superuser:
        return list(settings.LANGUAGES)
    own = set(_rows(moderator).values_list("language", flat=True))
    return [(code, name) for code, name in settings.LANGUAGES if code in own]


def _rows(moderator: User) -> QuerySet[ModeratedLanguage]:
    return ModeratedLanguage.objects.filter(group__user=moderator)
