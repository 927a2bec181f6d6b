"""The vote, its qualifications and its undoing. Each leads back to the card it came from."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.sites import site_id_of
from submissions.debate import ballots, routing
from submissions.debate.cards import card_of
from submissions.debate.keys import Place, key_holds
from submissions.debate.participants import key_in_cookie, participant_of
from submissions.debate.services import DebateClosed
from submissions.debate.views.page import LONGEST_ID, closed_page, debate_or_404
from submissions.debate.views.reading import idea_or_404
from submissions.debate.views.sequence import card_page
from submissions.models import Qualification, VoteChoice


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cast(request: HttpRequest, idea_id: int) -> HttpResponseBase:
    """Vote, and see the card again with what was said."""
    participant_id = key_in_cookie(request)
    choice = request.POST.get("choice", "")
    if participant_id is None or not _can_be_asked(request, idea_id):
        return _as_it_stands(request, idea_id)
    if choice not in VoteChoice:
        return _choose(request, idea_id)
    place, key = _place(request), request.POST.get("key", "")
    try:
        outcome = ballots.cast(
            idea_id,
            participant_id,
            VoteChoice(choice),
            site_id=site_id_of(request),
            read_in=_read_in(request),
            page_language=request.LANGUAGE_CODE,
            key_valid=key_holds(key, participant_id, idea_id, place, timezone.now().date()),
        )
    except DebateClosed:
        return _refused(request, idea_id)
    return _back_to(idea_id, outcome.debate_id, place)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def qualify(request: HttpRequest, idea_id: int) -> HttpResponseBase:
    """``add`` a qualification to the vote that stands, or ``remove`` it.

    What does not belong to that vote (a stale tab's) changes nothing, and the card says how it is.
    """
    participant_id = key_in_cookie(request)
    added, removed = request.POST.get("add"), request.POST.get("remove")
    said = (added if added is not None else removed) or ""
    if participant_id is None or not _can_be_asked(request, idea_id) or said not in Qualification:
        return _as_it_stands(request, idea_id)
    try:
        outcome = ballots.qualify(
            idea_id,
            participant_id,
            Qualification(said),
            stands=added is not None,
            site_id=site_id_of(request),
            page_language=request.LANGUAGE_CODE,
        )
    except DebateClosed:
        return _refused(request, idea_id)
    return _back_to(idea_id, outcome.debate_id, _place(request), pressed=said)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, idea_id: int) -> HttpResponseBase:
    """Take a vote back, and see the card as it was before."""
    participant_id = key_in_cookie(request)
    if participant_id is None or not _can_be_asked(request, idea_id):
        return _as_it_stands(request, idea_id)
    try:
        outcome = ballots.undo(
            idea_id,
            participant_id,
            site_id=site_id_of(request),
            page_language=request.LANGUAGE_CODE,
        )
    except DebateClosed:
        return _refused(request, idea_id)
    return _back_to(idea_id, outcome.debate_id, _place(request))


def _can_be_asked(request: HttpRequest, idea_id: int) -> bool:
    """Whether something is sent, about an id that the database can hold."""
    return request.method == "POST" and len(str(idea_id)) <= LONGEST_ID


def _read_in(request: HttpRequest) -> str:
    """The language of the card's words, as its form says; without what no database holds."""
    return request.POST.get("read_in", "").replace("\0", "")


def _place(request: HttpRequest) -> Place:
    """Where the card stood, as its form says; the key tells whether that is true."""
    said = request.POST.get("place", "")
    return Place(said) if said in set(Place) else Place.IDEA


def _back_to(idea_id: int, debate_id: int, place: Place, *, pressed: str = "") -> HttpResponse:
    """The card again; its anchor spares a phone without scripts the way down the page.

    ``pressed``: the qualification whose button keeps the focus.
    """
    asked = {"idea": str(idea_id)} if place is Place.SEQUENCE else {}
    if place is Place.SEQUENCE:
        where = reverse("submissions:vote", args=[debate_id])
    else:
        where = reverse("submissions:idea", args=[idea_id])
    if pressed:
        asked["pressed"] = pressed
    anchor = f"qualify-{idea_id}-{pressed}" if pressed else "vote-card"
    return HttpResponseRedirect(f"{where}{'?' if asked else ''}{urlencode(asked)}#{anchor}")


def _as_it_stands(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Nothing was said that could be done: the card as it is, or the door."""
    idea = idea_or_404(request, idea_id)
    return _back_to(idea.pk, idea.debate_id, _place(request))


def _choose(request: HttpRequest, idea_id: int) -> HttpResponse:
    """No choice came with the form: the card again, which says so."""
    idea = idea_or_404(request, idea_id)
    participant = participant_of(request)
    if participant is None:
        return _back_to(idea.pk, idea.debate_id, _place(request))
    debate = debate_or_404(request, idea.debate_id)
    card = card_of(idea, participant, Place.SEQUENCE, request.LANGUAGE_CODE)
    so_far = routing.standing(debate, participant)
    error = _("Choose “Agree”, “Disagree” or “Neutral”.")
    return card_page(request, debate, participant, card, so_far, error=error, status=422)


def _refused(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Why it was not taken: no such idea, nobody known, or too late, or not yet.

    htmx shows no error page: it is sent to where the reason is said.
    """
    idea = idea_or_404(request, idea_id)
    back = _back_to(idea.pk, idea.debate_id, _place(request))
    if participant_of(request) is None:
        return back
    debate = debate_or_404(request, idea.debate_id)
    response = closed_page(request, debate, status=409)
    if request.headers.get("HX-Request"):
        # Without the anchor, with which a browser would not load the page again.
        response["HX-Redirect"] = back["Location"].partition("#")[0]
    return response
