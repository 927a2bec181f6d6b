"""Who translates into which language. Published ideas only: nobody here reads before moderators."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from submissions.models import Idea, TranslatedLanguage
from submissions.staff_access import may, on_their_site

PERMISSION = "submissions.translate_idea"


def languages_into(translator: Any) -> list[tuple[str, Any]]:
    """The languages that ``translator`` translates into, with their names.

    An administrator has all; the permission alone, without a language, has none.
    """
    if not may(translator, PERMISSION):
        return []
    if translator.is_superuser:
        return list(settings.LANGUAGES)
    rows = TranslatedLanguage.objects.filter(group__user=translator)
    own = set(rows.values_list("language", flat=True))
    return [(code, name) for code, name in settings.LANGUAGES if code in own]


def ideas_into(language: str, translator: Any) -> QuerySet[Idea]:
    """What ``translator`` can translate into ``language``: every list and address begins here.

    Published, written in another language, in a consultation that is held in this one, and on
    whose site a group of theirs translates into it.
    """
    ideas = Idea.objects.published().exclude(language=language)
    ideas = ideas.filter(debate__consultation__languages__contains=[language])
    if translator.has_perm(PERMISSION):
        return ideas
    rows = TranslatedLanguage.objects.filter(group__user=translator, language=language)
    site = OuterRef("debate__consultation__site")
    return ideas.filter(Exists(rows.filter(on_their_site(PERMISSION, site))))
