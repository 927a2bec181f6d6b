"""The vote, its qualifications and its undoing. Each leads back to the card it came from."""

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.sites import site_id_of
from submissions.debate import ballots, routing
from submissions.debate.cards import card_of
from submissions.debate.keys import Place, key_holds
from submissions.debate.participants import key_in_cookie, participant_of
from submissions.debate.services import DebateClosed
from submissions.debate.views.own_votes import back_to_own_votes
from submissions.debate.views.page import LONGEST_ID, closed_page, debate_or_404
from submissions.debate.views.reading import idea_or_404
from submissions.debate.views.sequence import card_page
from submissions.limits import TooMany
from submissions.models import Idea, Qualification, VoteChoice


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
    place, key, today = _place(request), request.POST.get("key", ""), timezone.now().date()

    def vote(voter: UUID) -> ballots.Outcome:
        return ballots.cast(
            idea_id,
            voter,
            VoteChoice(choice),
            site_id=site_id_of(request),
            read_in=_read_in(request),
            page_language=request.LANGUAGE_CODE,
            # A card of the guest they were then is theirs too.
            key_valid=any(
                key_holds(key, shown_to, idea_id, place, today)
                for shown_to in {voter, participant_id}
            ),
        )

    return _answer(request, idea_id, vote, participant_id)


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

    def say(voter: UUID) -> ballots.Outcome:
        return ballots.qualify(
            idea_id,
            voter,
            Qualification(said),
            stands=added is not None,
            site_id=site_id_of(request),
            page_language=request.LANGUAGE_CODE,
        )

    return _answer(request, idea_id, say, participant_id, pressed=said)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, idea_id: int) -> HttpResponseBase:
    """Take a vote back, and see the card as it was before."""
    participant_id = key_in_cookie(request)
    if participant_id is None or not _can_be_asked(request, idea_id):
        return _as_it_stands(request, idea_id)

    def take_back(voter: UUID) -> ballots.Outcome:
        return ballots.undo(
            idea_id, voter, site_id=site_id_of(request), page_language=request.LANGUAGE_CODE
        )

    return _answer(request, idea_id, take_back, participant_id)


def _answer(
    request: HttpRequest,
    idea_id: int,
    act: Callable[[UUID], ballots.Outcome],
    voter: UUID,
    *,
    pressed: str = "",
) -> HttpResponse:
    """Let ``act`` do what ``voter`` asked: the card again, or why not.

    The cookie may be that of a guest who has become somebody else since: then it is done as them.
    """
    try:
        try:
            outcome = act(voter)
        except DebateClosed:
            known = participant_of(request)
            if known is None or known.pk == voter:
                raise
            outcome = act(known.pk)
    except DebateClosed:
        return _refused(request, idea_id)
    except TooMany as refused:
        return _too_fast(request, idea_id, refused)
    if _place(request) is Place.OWN_VOTES:
        return back_to_own_votes(request, idea_id, "undone")
    return _back_to(idea_id, outcome.debate_id, _place(request), pressed=pressed)


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
    error = _("Choose “Agree”, “Disagree” or “Neutral”.")
    return _card_with(request, idea_or_404(request, idea_id), error, status=422)


def _too_fast(request: HttpRequest, idea_id: int, refused: TooMany) -> HttpResponse:
    """Nothing was changed: the card as it stands, which says when to go on."""
    seconds = refused.retry_after
    error = ngettext(
        "That was very fast: this was not recorded. Wait %(seconds)d second, then go on. What you "
        "said before is kept.",
        "That was very fast: this was not recorded. Wait %(seconds)d seconds, then go on. What you "
        "said before is kept.",
        seconds,
    ) % {"seconds": seconds}
    response = _card_with(request, idea_or_404(request, idea_id), error, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _card_with(request: HttpRequest, idea: Idea, error: str, *, status: int) -> HttpResponse:
    """The card of the sequence under ``error``; the way back for who takes no part."""
    participant = participant_of(request)
    if participant is None:
        return _back_to(idea.pk, idea.debate_id, _place(request))
    debate = debate_or_404(request, idea.debate_id)
    card = card_of(idea, participant, Place.SEQUENCE, request.LANGUAGE_CODE)
    so_far = routing.standing(debate, participant)
    return card_page(request, debate, participant, card, so_far, error=error, status=status)


def _refused(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Why it was not taken: no such idea, nobody known, or too late, or not yet.

    htmx shows no error page: it is sent to where the reason is said.
    """
    if _place(request) is Place.OWN_VOTES:
        return back_to_own_votes(request, idea_id, "kept")
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
