"""One's own votes as a list: each can be read again, changed on its idea's page, or undone here."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.breadcrumbs import crumbs_of_view
from submissions.debate.keys import Place
from submissions.debate.own_votes import VOTES_A_PAGE, votes_of
from submissions.debate.participants import participant_of
from submissions.debate.views.page import id_in
from submissions.debate.views.participation import participation_crumb
from submissions.models import Participant, VoteEventKind


@never_cache
@require_safe
def own_votes(request: HttpRequest) -> HttpResponse:
    """Somebody's votes, the newest first: ``?before=`` a vote, which may be undone since.

    ``?undone=`` or ``?kept=`` an idea says what became of an undo that was asked for here.
    """
    participant = participant_of(request)
    before = id_in(request.GET["before"]) if "before" in request.GET else None
    if before is None and "before" in request.GET:
        raise Http404
    language: str = request.LANGUAGE_CODE
    page = votes_of(participant, language, before=before) if participant else []
    undone, kept = _became_of(request, participant)
    title = _("My votes")
    context = {
        "title": title,
        "crumbs": crumbs_of_view(title, participation_crumb()),
        "participant": participant,
        "votes": page[:VOTES_A_PAGE],
        "last": page[VOTES_A_PAGE - 1].vote.pk if len(page) > VOTES_A_PAGE else None,
        "before": before,
        "place": Place.OWN_VOTES.value,
        "undone": undone,
        "kept": kept,
    }
    return render(request, "submissions/debate/own_votes.html", context)


def _became_of(
    request: HttpRequest, participant: Participant | None
) -> tuple[int | None, int | None]:
    """The ideas whose votes were undone, or stand, if that is so: an address can be passed on."""
    undone, kept = (id_in(request.GET.get(name, "")) for name in ("undone", "kept"))
    if participant is None:
        return None, None
    if undone is not None:
        taken_back = participant.vote_events.filter(idea=undone, kind=VoteEventKind.UNDONE)
        if participant.votes.filter(idea=undone).exists() or not taken_back.exists():
            undone = None
    if kept is not None and not participant.votes.filter(idea=kept).exists():
        kept = None
    return undone, kept


def back_to_own_votes(request: HttpRequest, idea_id: int, became: str) -> HttpResponse:
    """To the list, where one was in it: the vote on the idea is ``undone``, or ``kept``."""
    asked = {became: str(idea_id)}
    before = id_in(request.POST.get("before", ""))
    if before is not None:
        asked["before"] = str(before)
    return HttpResponseRedirect(f"{reverse('submissions:own_votes')}?{urlencode(asked)}")
