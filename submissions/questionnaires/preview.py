"""The form as contributors see it, section by section; nothing can be sent from it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.alternates import home_url
from core.context import site_name
from submissions.contributions.questions import AskedQuestion
from submissions.contributions.sections import AnswersForm
from submissions.models import Questionnaire
from submissions.questionnaires.shown import (
    drafted_questions,
    questionnaire_blocks,
    sections_of,
    with_all,
)


def preview_page(request: HttpRequest, title: str, asked: list[AskedQuestion]) -> HttpResponse:
    """All sections of a form in the active language, with their fields."""
    sections = [
        {"section": section, "form": AnswersForm(list(section.asked))}
        for section in sections_of(asked)
    ]
    context = {**frame_of(request), "title": title, "sections": sections}
    return render(request, "submissions/admin/questionnaire/preview.html", context)


def frame_of(request: HttpRequest) -> dict[str, str]:
    """The name of the site and its address, which pages of the admin are not told by themselves."""
    return {"site_name": site_name(request), "home_url": home_url(get_language() or "")}


def preview_drafted(request: HttpRequest, page: Page) -> HttpResponse:
    """The questionnaires of a page as its editor has it so far, saved or not."""
    language = page.locale.language_code
    rows = {
        str(row.block_id): row
        for row in with_all(Questionnaire.objects.of_page(page.translation_key))
    }
    blocks = questionnaire_blocks(page)
    asked = [
        one
        for block_id, value in blocks
        for one in drafted_questions(value, rows.get(block_id), language)
    ]
    with translation.override(language):
        title = next((value["title"] for _id, value in blocks if value["title"]), "")
        return preview_page(request, title or _("Your contribution"), asked)
