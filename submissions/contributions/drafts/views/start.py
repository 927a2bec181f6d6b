"""Where a contribution begins: what is asked, of whom, until when, and the button.

Looking at these pages sets nothing; "Begin" makes the draft and the cookie that opens it.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from core.breadcrumbs import crumbs_of_view
from core.origin import token_free
from core.sites import site_id_of
from submissions import limits
from submissions.contributions.drafts.access import let_in, own_drafts
from submissions.contributions.drafts.services import DraftIsSent, begin, choose_questionnaires
from submissions.contributions.drafts.tasks import title_of
from submissions.contributions.questions import WITH_QUESTIONS
from submissions.contributions.sections import Section, sections_in
from submissions.contributions.surroundings import surroundings
from submissions.debate.views.page import id_in
from submissions.models import (
    NOT_ANSWERED,
    Consultation,
    DraftAuthor,
    Phase,
    QuestionKind,
    Questionnaire,
)

TEMPLATES = "submissions/contributions/drafts/"
# A rule of thumb, said as one: minutes that an answer takes.
MINUTES: dict[str, int] = {
    QuestionKind.LONG_TEXT: 10,
    QuestionKind.MATRIX: 3,
    QuestionKind.SHORT_TEXT: 2,
}
STEP = 5


@dataclass(frozen=True)
class Asked:
    """A section, as the start page announces it."""

    title: str
    questions: int


@dataclass(frozen=True)
class Theme:
    """A questionnaire to choose: what it is called, what it asks, how long that takes."""

    row: Questionnaire
    title: str
    sections: Sequence[Asked]
    minutes: int
    chosen: bool = False

    @property
    def questions(self) -> int:
        """How many it asks."""
        return sum(section.questions for section in self.sections)


@token_free
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire(request: HttpRequest, questionnaire_id: int) -> HttpResponseBase:
    """The start page of one questionnaire; a POST begins, or adds it to a draft of this browser."""
    language = get_language() or ""
    rows = Questionnaire.objects.with_state().prefetch_related(*WITH_QUESTIONS)
    row = rows.filter(pk=questionnaire_id, consultation__site=site_id_of(request)).first()
    if row is None:
        raise Http404
    own = _going_on(request)
    context = surroundings(request, row, language)
    if row.phase_in(language) is not Phase.OPEN:
        if context["theme"] is None and not row.opened_at:
            raise Http404("not announced in this language")
        return _show(request, "closed.html", context | {"own": own})
    if request.method == "POST":
        return _begun(request, row.consultation, [row], own)
    context |= {
        "own": own,
        "themes": [as_theme(row, language)],
        "label": row.label_in(language),
        "asked_of": row.consultation,
    }
    return _show(request, "start.html", context)


@token_free
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def contribute(request: HttpRequest) -> HttpResponseBase:
    """The start page of the consultation: its themes to choose from, one contribution for all."""
    consultation = Consultation.of(request)
    if consultation is None:
        raise Http404
    language = get_language() or ""
    offered = open_themes(consultation, language)
    own = _going_on(request)
    chosen: list[Questionnaire] = []
    if request.method == "POST" and offered:
        said = set(request.POST.getlist("themes"))
        chosen = [one.row for one in offered if str(one.row.pk) in said]
        if chosen or "add" in request.POST:
            return _begun(request, consultation, chosen, own)
    title = _("Contribute as an expert")
    refused = request.method == "POST"
    context = {
        "title": title,
        "crumbs": crumbs_of_view(title),
        "themes": offered,
        "own": own,
        "choose": True,
        "has_errors": refused,
        "asked_of": consultation,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused and offered else HTTPStatus.OK
    return _show(request, "start.html", context, status=status)


def open_themes(consultation: Consultation, language: str) -> list[Theme]:
    """The questionnaires that can be answered now, in this language."""
    rows = Questionnaire.objects.open_at().readable_in(language).with_state()
    here = rows.filter(consultation=consultation).prefetch_related(*WITH_QUESTIONS)
    return [as_theme(row, language) for row in here.order_by("pk")]


def as_theme(row: Questionnaire, language: str, *, chosen: bool = False) -> Theme:
    """What a page says of ``row``, which has its state and questions."""
    sections = sections_in(row, language)
    asked = [
        Asked(title_of(section, alone=len(sections) == 1), _questions(section))
        for section in sections
    ]
    label = row.label_in(language)
    title = (label.page_title or label.title) if label else ""
    kinds = [one.question.kind for section in sections for one in section.asked]
    minutes = sum(MINUTES.get(kind, 1) for kind in kinds if kind not in NOT_ANSWERED)
    return Theme(row, title, asked, -(-minutes // STEP) * STEP, chosen)


def _questions(section: Section) -> int:
    return sum(one.question.kind not in NOT_ANSWERED for one in section.asked)


def _going_on(request: HttpRequest) -> list[DraftAuthor]:
    """The contributions that this browser writes."""
    authors = own_drafts(request).filter(draft__writing=True)
    return list(authors.prefetch_related("draft__questionnaires__labels"))


def _begun(
    request: HttpRequest,
    consultation: Consultation,
    rows: list[Questionnaire],
    own: Sequence[DraftAuthor],
) -> HttpResponseBase:
    """On the list of tasks of a new draft, or of one of this browser's to which ``rows`` go."""
    added_to = id_in(request.POST.get("add", ""))
    for author in own:
        if author.pk == added_to:
            with suppress(DraftIsSent):  # sent meanwhile: its page says so
                choose_questionnaires(author, [*author.draft.questionnaires.all(), *rows])
            return redirect("submissions:draft", author.draft_id)
    try:
        limits.check(request, "begin")
    except limits.TooMany as refused:
        return limits.too_many(request, refused)
    author = begin(consultation, language=get_language() or "", questionnaires=rows)
    response = redirect("submissions:draft", author.draft_id)
    let_in(response, request, author)
    return response


def _show(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = HTTPStatus.OK
) -> HttpResponse:
    return render(request, TEMPLATES + template, context, status=status)
