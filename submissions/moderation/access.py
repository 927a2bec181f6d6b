"""Whose ideas a moderator sees: those written in a language that one of their groups moderates."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from submissions.models import Idea, IdeaStatus, ModeratedLanguage

PERMISSION = "submissions.moderate_idea"


def ideas_of(moderator: Any) -> QuerySet[Idea]:
    """The ideas that ``moderator`` may read and decide on: every list and address begins here.

    An administrator has all languages. What its author has not confirmed yet is nobody's to read.
    """
    ideas = Idea.objects.exclude(status=IdeaStatus.UNCONFIRMED)
    if not moderator.has_perm(PERMISSION):
        return ideas.none()
    return ideas.filter(_in_languages_of(moderator))


def languages_of(moderator: User) -> list[tuple[str, Any]]:
    """The languages that ``moderator`` answers for, with their names."""
    if moderator.is_superuser:
        return list(settings.LANGUAGES)
    own = set(_rows(moderator).values_list("language", flat=True))
    return [(code, name) for code, name in settings.LANGUAGES if code in own]


def _in_languages_of(moderator: User) -> Q:
    if moderator.is_superuser:
        return Q()
    return Q(language__in=_rows(moderator).values("language"))


def _rows(moderator: User) -> QuerySet[ModeratedLanguage]:
    return ModeratedLanguage.objects.filter(group__user=moderator)
