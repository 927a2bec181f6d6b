"""What stands around the form: where it belongs, and how to go on in another language."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from core.breadcrumbs import Crumb, crumbs_of_view
from submissions.models import Questionnaire
from submissions.registry import page_of
from submissions.sharing import share_of_part


@dataclass(frozen=True)
class OtherLanguage:
    """The same form in another language: its address, and what its button says there."""

    code: str
    url: str
    invitation: str


def other_languages(questionnaire: Questionnaire, language: str) -> list[OtherLanguage]:
    """Every other language in which the questionnaire stands on a live page."""
    others = []
    for code in questionnaire.consultation.languages:
        if code != language and code in questionnaire.live_languages:
            with translation.override(code):
                invitation = _("Continue in %(language)s") % {
                    "language": get_language_info(code)["name_local"]
                }
                url = reverse("submissions:questionnaire", args=[questionnaire.pk])
            others.append(OtherLanguage(code, url, invitation))
    return others


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
        "other_languages": other_languages(questionnaire, language),
    }
