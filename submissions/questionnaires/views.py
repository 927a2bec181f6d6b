"""Looking at a questionnaire from the admin: side by side, as contributors see it, on paper."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from submissions.contributions.questions import AskedQuestion
from submissions.models import Questionnaire
from submissions.policies import OnlyThese
from submissions.questionnaires.comparison import compare
from submissions.questionnaires.preview import preview_page
from submissions.questionnaires.printing import printed_page
from submissions.questionnaires.shown import (
    drafted_questions,
    published_questions,
    questionnaire_blocks,
    with_all,
)
from submissions.staff_access import may


@require_safe
def languages(request: HttpRequest, pk: int) -> HttpResponse:
    """Question by question, one column a language: what is missing, what has not followed."""
    row = _row(request, pk)
    comparison = compare(row)
    may_change = may(request.user, "submissions.change_questionnaire", row.consultation)
    columns = [
        {
            "code": column.language,
            "name": column.name,
            "local_name": get_language_info(column.language)["name_local"].capitalize(),
            "label": column.label,
            "stands": column.stands,
            "edit": page_links(row, column.language, request.user)["edit"],
        }
        for column in comparison.columns
    ]
    context = {
        "row": row,
        "comparison": comparison,
        "columns": columns,
        "missing": [column for column in comparison.columns if not column.stands],
        "header_title": _("Languages side by side"),
        "page_title": _("Languages side by side"),
        "page_subtitle": str(row),
        "header_icon": "globe",
        "breadcrumbs_items": [
            {"url": reverse("questionnaires:index"), "label": _("Questionnaires")},
            {
                "url": reverse("questionnaires:edit", args=[row.pk]) if may_change else "",
                "label": str(row),
            },
            {"url": "", "label": _("Languages side by side")},
        ],
    }
    return render(request, "submissions/admin/questionnaire/languages.html", context)


@require_safe
def preview(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The form as contributors see it, section by section; ``?draft=1`` with unpublished words."""
    row = _row(request, pk)
    asked = _asked(request, row, language)
    with translation.override(language):
        title = row.title or _("Your contribution")
        response = preview_page(request, title, asked)
    return response


@require_safe
def print_out(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The questions on paper, before the form is open, too."""
    row = _row(request, pk)
    asked = _asked(request, row, language)
    with translation.override(language):
        return printed_page(request, row, asked)


def page_links(row: Questionnaire, language: str, user: Any) -> dict[str, str | bool]:
    """Where ``user`` edits the page of ``language``, and whether it has words not published yet."""
    page = _page(row, language)
    if page is None or not page.permissions_for_user(user).can_edit():
        return {"edit": "", "draft": False}
    return {
        "edit": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "draft": page.has_unpublished_changes,
    }


def _page(row: Questionnaire, language: str) -> Page | None:
    return Page.objects.filter(
        translation_key=row.translation_key,
        locale__language_code=language,
        alias_of__isnull=True,
    ).first()


def _asked(request: HttpRequest, row: Questionnaire, language: str) -> list[AskedQuestion]:
    """What is asked, in the words that are published or in those that are not yet."""
    if language not in row.consultation.languages:
        raise Http404("not a language of this consultation")
    if "draft" not in request.GET:
        return published_questions(row, language)
    page = _page(row, language)
    if page is None or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    for block_id, value in questionnaire_blocks(page.get_latest_revision_as_object()):
        if block_id == str(row.block_id):
            return drafted_questions(value, row, language)
    return []


def _row(request: HttpRequest, pk: int) -> Questionnaire:
    policy, looking = OnlyThese(Questionnaire, "view", "change"), ["view", "change"]
    if not policy.user_has_any_permission(request.user, looking):
        raise PermissionDenied
    own = policy.instances_user_has_any_permission_for(request.user, looking)
    rows = Questionnaire.objects.with_state().filter(pk__in=own.values("pk"))
    row: Questionnaire = get_object_or_404(with_all(rows), pk=pk)
    return row
