"""The sequence: the door, the languages read, the next card, the pause. None of it is cached."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.origin import token_free
from submissions import limits
from submissions.debate import routing
from submissions.debate.cards import Card, card_of
from submissions.debate.keys import Place
from submissions.debate.languages import LanguagesForm, asks_languages, read_in, several_languages
from submissions.debate.participants import participant_of, remember, take_part
from submissions.debate.routing import Standing
from submissions.debate.views.page import closed_page, debate_or_404, debate_page, id_in
from submissions.debate.views.reading import idea_or_404
from submissions.models import Debate, Participant, Phase, Qualification

OTHER_DEBATES = 4


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
    known = participant_of(request)
    if known is None:
        try:
            limits.check(request, "start")
        except limits.TooMany as refused:
            return limits.too_many(request, refused)
    participant = take_part(debate.consultation, known, language)
    if known is None:
        limits.began(request, participant)
    response = redirect(where)
    remember(response, participant)
    return response


@never_cache
@require_safe
def vote(request: HttpRequest, debate_id: int) -> HttpResponse:
    """The next card, or that of ``?idea=``; the door, the languages, the pause where it is time.

    ``?more`` goes on after a pause or an invitation.
    """
    debate = debate_or_404(request, debate_id)
    language: str = request.LANGUAGE_CODE
    if debate.phase_in(language) is not Phase.OPEN:
        return closed_page(request, debate)
    participant = participant_of(request)
    if participant is None:
        return _page(request, "start", debate, _("Start voting"))
    so_far = routing.standing(debate, participant)
    if "idea" in request.GET:
        card = _card_asked_for(request, debate, participant)
        return card_page(request, debate, participant, card, so_far)
    if asks_languages(debate, participant):
        return _languages_page(request, debate, participant)
    return _next_step(request, debate, participant, so_far)


def _next_step(
    request: HttpRequest, debate: Debate, participant: Participant, so_far: Standing
) -> HttpResponse:
    """The next card; before it, unless somebody goes on, the pause or the invitation to write."""
    language: str = request.LANGUAGE_CODE
    goes_on = "more" in request.GET
    sequence_over = so_far.cast > 0 and so_far.cast % debate.sequence_length == 0
    if sequence_over and not goes_on:
        return _pause(request, debate, participant, so_far)
    idea = routing.next_idea(debate, participant, language, so_far)
    if idea is None and goes_on:
        # What is left is by authors who are in this sequence already: begin another one.
        so_far = replace(so_far, authors=frozenset())
        idea = routing.next_idea(debate, participant, language, so_far)
    if idea is None:
        return _pause(request, debate, participant, so_far)
    if not goes_on and routing.invites(debate, participant, so_far):
        return _page(request, "vote_invitation", debate, _("Have an idea?"))
    card = card_of(idea, participant, Place.SEQUENCE, language)
    return card_page(request, debate, participant, card, so_far)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def languages(request: HttpRequest, debate_id: int) -> HttpResponse:
    """The languages somebody reads ideas in: shown, and on POST changed, then on with the cards."""
    debate = debate_or_404(request, debate_id)
    participant = participant_of(request)
    if participant is None or not several_languages(debate):
        return redirect("submissions:vote", debate.pk)
    if request.method == "POST":
        language: str = request.LANGUAGE_CODE
        form = LanguagesForm(debate.consultation, participant, language, request.POST)
        if not form.is_valid():
            return _languages_page(request, debate, participant, form)
        read_in(participant, form.cleaned_data["reads"])
        return redirect("submissions:vote", debate.pk)
    return _languages_page(request, debate, participant)


def _languages_page(
    request: HttpRequest,
    debate: Debate,
    participant: Participant,
    refused: LanguagesForm | None = None,
) -> HttpResponse:
    language: str = request.LANGUAGE_CODE
    form = refused or LanguagesForm(debate.consultation, participant, language)
    status = 422 if refused else 200
    title = _("Languages you read")
    return _page(request, "vote_languages", debate, title, status=status, form=form)


def _pause(
    request: HttpRequest, debate: Debate, participant: Participant, so_far: Standing
) -> HttpResponse:
    """The end of a sequence: what was done, what comes next, where to go on."""
    language: str = request.LANGUAGE_CODE
    anew = replace(so_far, authors=frozenset())
    others = (
        Debate.objects.open_at()
        .readable_in(language)
        .filter(consultation=debate.consultation_id)
        .exclude(pk=debate.pk)
    )
    return _page(
        request,
        "pause",
        debate,
        _("Thank you"),
        cast=so_far.cast,
        left=routing.ideas_left(debate, participant, language, anew),
        others=others.prefetch_related("labels").order_by("pk")[:OTHER_DEBATES],
    )


def _card_asked_for(request: HttpRequest, debate: Debate, participant: Participant) -> Card:
    asked = id_in(request.GET["idea"])
    idea = idea_or_404(request, asked) if asked is not None else None
    if idea is None or idea.debate_id != debate.pk:
        raise Http404
    language: str = request.LANGUAGE_CODE
    return card_of(idea, participant, Place.SEQUENCE, language)


def card_page(
    request: HttpRequest,
    debate: Debate,
    participant: Participant,
    card: Card,
    so_far: Standing,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """A card of the sequence, with its place in it."""
    language: str = request.LANGUAGE_CODE
    voted = card.vote is not None
    context = {
        "card": card,
        "idea": card.idea,
        "progress": routing.progress(
            debate,
            routing.ideas_left(debate, participant, language, so_far),
            cast=so_far.cast,
            voted=voted,
        ),
        "previous": so_far.last if not voted and so_far.last != card.idea.pk else None,
        "several_languages": several_languages(debate),
        "just_now": request.GET.get("pressed") not in Qualification,
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
