"""Reading: the ideas of a debate, and one idea by its permanent link."""

from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from core.alternates import own_name
from core.sites import site_id_of
from submissions.debate.cards import card_of
from submissions.debate.keys import Place
from submissions.debate.participants import participant_of
from submissions.debate.published import published_count
from submissions.debate.views.page import debate_or_404, debate_page, id_in
from submissions.models import Debate, Idea
from submissions.sharing import share_of_idea, share_of_part

IDEAS_A_PAGE = 20


def idea_or_404(request: HttpRequest, idea_id: int) -> Idea:
    """A published idea of the site that answers, with its texts and tally."""
    here = Idea.objects.filter(debate__consultation__site=site_id_of(request))
    published = here.published()
    idea = published.for_display().filter(pk=idea_id).first()
    if idea is None:
        raise Http404
    return idea


@require_safe
def ideas(request: HttpRequest, debate_id: int) -> HttpResponse:
    """The published ideas, the newest first: ``?before=`` an idea, ``?language=`` written in."""
    debate = debate_or_404(request, debate_id)
    language = request.GET.get("language", "")
    if language and language not in debate.consultation.languages:
        raise Http404
    found = Idea.objects.published().filter(debate=debate).newest().for_display()
    if language:
        found = found.filter(language=language)
    before = request.GET.get("before")
    page = list(_older_than(before, found, debate)[: IDEAS_A_PAGE + 1])
    context = {
        "ideas": page[:IDEAS_A_PAGE],
        "last": page[IDEAS_A_PAGE - 1] if len(page) > IDEAS_A_PAGE else None,
        "before": before,
        "language": language,
        "languages": [(code, own_name(code)) for code in debate.consultation.languages],
        "total": max(published_count(debate), len(page[:IDEAS_A_PAGE])),
    }
    title = pgettext("title", "Ideas")
    share = partial(share_of_part, request, title)
    return debate_page(
        request, "submissions/debate/ideas.html", debate, title, context, share=share
    )


def _older_than(before: str | None, found: QuerySet[Idea], debate: Debate) -> QuerySet[Idea]:
    """Keyset pagination: what was published before the idea named, which may be withdrawn since."""
    if before is None:
        return found
    listed = Idea.objects.filter(debate=debate, published_at__isnull=False)
    last = listed.filter(pk=id_in(before) or 0).first()
    if last is None:
        raise Http404
    older = Q(published_at__lt=last.published_at) | Q(pk__lt=last.pk)
    return found.filter(older, published_at__lte=last.published_at)


@require_safe
def idea(request: HttpRequest, idea_id: int) -> HttpResponse:
    """One idea: its words, how it stands, and the way to vote on it.

    Whoever takes part finds the vote here, so their copy is theirs alone; all others' is the same.
    """
    found = idea_or_404(request, idea_id)
    debate = debate_or_404(request, found.debate_id)
    participant = participant_of(request)
    language: str = request.LANGUAGE_CODE
    card = card_of(found, participant, Place.IDEA, language)
    context: dict[str, Any] = {
        "card": card,
        "idea": found,
        # Only a vote asks for this page by script; a qualification's button keeps the focus.
        "just_now": "HX-Request" in request.headers and "pressed" not in request.GET,
    }
    title = _("Idea %(number)s") % {"number": found.pk}
    share = partial(share_of_idea, request, found.pk, card.text)
    response = debate_page(
        request, "submissions/debate/idea.html", debate, title, context, share=share
    )
    patch_vary_headers(response, ("Cookie",))
    if participant is not None:
        patch_cache_control(response, private=True, no_store=True)
    return response
