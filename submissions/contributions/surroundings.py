"""What stands around the form: where it belongs, and how to go on in another language."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.breadcrumbs import Crumb, crumbs_of_view
from submissions.models import Questionnaire
from submissions.other_languages import other_languages
from submissions.registry import page_of
from submissions.sharing import share_of_part


def surroundings(
    request: HttpRequest, questionnaire: Questionnaire, language: str
) -> dict[str, Any]:
    """The context that every page of a questionnaire (with its state) has."""
    theme = page_of(questionnaire, language)
    above = [Crumb(theme.title, theme.get_url(request) or "")] if theme else []
    title = questionnaire.title or _("Your contribution")
    return {
        "questionnaire": questionnaire,
        "title": title,
        "theme": theme,
        "theme_url": above[0].url if above else "",
        "crumbs": crumbs_of_view(title, *above),
        "share": share_of_part(request, title, theme),
        "questionnaire_phase": questionnaire.phase_in(language).value,
        "other_languages": other_languages(questionnaire, language, "submissions:questionnaire"),
    }
