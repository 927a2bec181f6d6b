"""Voting: the door, the card, the vote and its undoing. None of it is ever cached."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.origin import token_free
from submissions.debate import routing, services
from submissions.debate.cards import Card, card_of
from submissions.debate.keys import Place, key_holds
from submissions.debate.participants import participant_of, remember, take_part
from submissions.debate.views.page import closed_page, debate_or_404, debate_page, id_in
from submissions.debate.views.reading import idea_or_404
from submissions.models import Debate, Idea, Participant, Phase, VoteChoice


@token_free
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, debate_id: int) -> HttpResponse:
    """“Start voting”: be a participant, with the consent beside the button, and see the first card.

    With ``idea``, lead to that idea instead.
    """
    debate = debate_or_404(request, debate_id)
    if request.method != "POST":
        return redirect("submissions:vote", debate.pk)
    language: str = request.LANGUAGE_CODE
    if debate.phase_in(language) is not Phase.OPEN:
        return closed_page(request, debate, status=409)
    wanted = id_in(request.POST.get("idea", ""))
    if wanted is not None:
        where = reverse("submissions:idea", args=[idea_or_404(request, wanted).pk])
    else:
        where = reverse("submissions:vote", args=[debate.pk])
    participant = take_part(debate.consultation, participant_of(request), language)
    response = redirect(where)
    remember(response, participant)
    return response


@never_cache
@require_safe
def vote(request: HttpRequest, debate_id: int) -> HttpResponse:
    """The next card, or that of ``?idea=``; the end of the sequence, unless ``?more``; the door."""
    debate = debate_or_404(request, debate_id)
    language: str = request.LANGUAGE_CODE
    if debate.phase_in(language) is not Phase.OPEN:
        return closed_page(request, debate)
    participant = participant_of(request)
    if participant is None:
        return _page(request, "start", debate, _("Start voting"))
    if "idea" in request.GET:
        card = _card_asked_for(request, debate, participant)
        return _card_page(request, debate, participant, card)
    cast_so_far = routing.votes_cast(debate, participant)
    sequence_over = cast_so_far and cast_so_far % debate.sequence_length == 0
    if sequence_over and "more" not in request.GET:
        left = routing.ideas_left(debate, participant, language)
        return _page(request, "pause", debate, _("Thank you"), cast=cast_so_far, left=left)
    idea = routing.next_idea(debate, participant, language, cast=cast_so_far)
    if idea is None:
        return _page(request, "pause", debate, _("Thank you"), cast=cast_so_far, left=0)
    card = card_of(idea, participant, Place.SEQUENCE, language)
    return _card_page(request, debate, participant, card)


def _card_asked_for(request: HttpRequest, debate: Debate, participant: Participant) -> Card:
    asked = id_in(request.GET["idea"])
    idea = idea_or_404(request, asked) if asked is not None else None
    if idea is None or idea.debate_id != debate.pk:
        raise Http404
    language: str = request.LANGUAGE_CODE
    return card_of(idea, participant, Place.SEQUENCE, language)


def _card_page(
    request: HttpRequest,
    debate: Debate,
    participant: Participant,
    card: Card,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    language: str = request.LANGUAGE_CODE
    context = {
        "card": card,
        "idea": card.idea,
        "progress": routing.progress(
            debate,
            routing.ideas_left(debate, participant, language),
            cast=routing.votes_cast(debate, participant),
            voted=card.vote is not None,
        ),
        "error": error,
        "has_errors": bool(error),
    }
    return _page(request, "vote", debate, pgettext("title", "Vote"), status=status, **context)


def _page(
    request: HttpRequest,
    name: str,
    debate: Debate,
    title: str,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    template = f"submissions/debate/{name}.html"
    return debate_page(request, template, debate, title, context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cast(request: HttpRequest, idea_id: int) -> HttpResponseBase:
    """Vote, and see the card again with what was said."""
    idea = idea_or_404(request, idea_id)
    participant = participant_of(request)
    place = _place(request)
    if request.method != "POST" or participant is None:
        return _back_to(idea, place)
    language: str = request.LANGUAGE_CODE
    choice = request.POST.get("choice", "")
    if choice not in VoteChoice:
        return _choose(request, idea, participant)
    card = card_of(idea, participant, place, language)
    read_in = request.POST.get("read_in", "")
    key = request.POST.get("key", "")
    try:
        services.cast(
            idea,
            participant,
            VoteChoice(choice),
            read_in=read_in if idea.text_in(read_in) else card.text.language,
            page_language=language,
            key_valid=key_holds(key, participant.pk, idea.pk, place, timezone.now().date()),
        )
    except services.DebateClosed:
        return _closed(request, idea, place)
    return _back_to(idea, place)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, idea_id: int) -> HttpResponseBase:
    """Take a vote back, and see the card as it was before."""
    idea = idea_or_404(request, idea_id)
    participant = participant_of(request)
    place = _place(request)
    if request.method == "POST" and participant is not None:
        language: str = request.LANGUAGE_CODE
        try:
            services.undo(idea, participant, page_language=language)
        except services.DebateClosed:
            return _closed(request, idea, place)
    return _back_to(idea, place)


def _place(request: HttpRequest) -> Place:
    """Where the card stood, as its form says; the key tells whether that is true."""
    said = request.POST.get("place", "")
    return Place(said) if said in set(Place) else Place.IDEA


def _back_to(idea: Idea, place: Place) -> HttpResponse:
    """The card again; its anchor spares a phone without scripts the way down the page."""
    if place is Place.SEQUENCE:
        where = reverse("submissions:vote", args=[idea.debate_id]) + f"?idea={idea.pk}"
    else:
        where = reverse("submissions:idea", args=[idea.pk])
    return redirect(f"{where}#vote-card")


def _choose(request: HttpRequest, idea: Idea, participant: Participant) -> HttpResponse:
    """No choice came with the form: the card again, which says so."""
    debate = debate_or_404(request, idea.debate_id)
    language: str = request.LANGUAGE_CODE
    card = card_of(idea, participant, Place.SEQUENCE, language)
    error = _("Choose “Agree”, “Disagree” or “Neutral”.")
    return _card_page(request, debate, participant, card, error=error, status=422)


def _closed(request: HttpRequest, idea: Idea, place: Place) -> HttpResponse:
    """Too late, or not yet. htmx shows no error page: it is sent to where the reason is said."""
    debate = debate_or_404(request, idea.debate_id)
    response = closed_page(request, debate, status=409)
    if request.headers.get("HX-Request"):
        # Without the anchor, with which a browser would not load the page again.
        response["HX-Redirect"] = _back_to(idea, place)["Location"].partition("#")[0]
    return response
