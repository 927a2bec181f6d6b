"""What stands around the form: where it belongs, and how to go on in another language."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Page

from submissions.debate.state import closing, opening
from submissions.models import Questionnaire


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


def page_of(questionnaire: Questionnaire, language: str) -> Page | None:
    """The live page of ``language`` on which the block stands."""
    pages = Page.objects.filter(
        translation_key=questionnaire.translation_key, locale__language_code=language
    )
    return pages.live().filter(alias_of__isnull=True).defer_streamfields().first()


def surroundings(
    request: HttpRequest, questionnaire: Questionnaire, language: str
) -> dict[str, Any]:
    """The context that every page of a questionnaire has."""
    page = page_of(questionnaire, language)
    title = questionnaire.title or _("Your contribution")
    page_url = page.get_url(request) if page else None
    crumbs = [{"title": page.title, "url": page_url}] if page else []
    now = questionnaire.now  # type: ignore[attr-defined]
    is_open = questionnaire.is_open  # type: ignore[attr-defined]
    return {
        "questionnaire": questionnaire,
        "title": title,
        "theme_page": page,
        "theme_url": page_url,
        "crumbs": [*crumbs, {"title": title}],
        "questionnaire_phase": questionnaire.phase_at(now, is_open=is_open).value,
        "opens_at": opening(questionnaire),
        "closes_at": closing(questionnaire),
        "other_languages": other_languages(questionnaire, language),
    }
