"""Reading: the ideas of a debate, and one idea by its permanent link."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from core.alternates import name_in_a_sentence, own_name
from core.sites import site_id_of
from submissions.debate.cards import card_of, other_translations
from submissions.debate.keys import Place
from submissions.debate.life import life_of
from submissions.debate.listing import Listing, Order, listing_asked, orders_of, page_of_ideas
from submissions.debate.participants import participant_of
from submissions.debate.published import published_count
from submissions.debate.views.page import debate_or_404, debate_page
from submissions.models import Idea, IdeaStatus
from submissions.sharing import share_of_idea, share_of_part


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
    """The published ideas: ``?language=`` written in, ``?order=``, ``?before=`` the next page."""
    debate = debate_or_404(request, debate_id)
    try:
        listing = listing_asked(debate, request.GET)
        page, following = page_of_ideas(debate, listing)
    except ValueError as nowhere:
        raise Http404 from nowhere
    language = listing.language
    context = {
        "ideas": page,
        "listing": listing,
        "following": following,
        "heading": _heading(listing),
        "language_name": name_in_a_sentence(language) if language else "",
        "languages": [(code, own_name(code)) for code in debate.consultation.languages],
        "orders": orders_of(debate),
        "total": max(published_count(debate, language), len(page)),
    }
    title = pgettext("title", "Ideas")
    share = partial(share_of_part, request, title)
    return debate_page(
        request, "submissions/debate/ideas.html", debate, title, context, share=share
    )


def _heading(listing: Listing) -> str:
    """What a list is of, in one sentence for each order: languages put their words differently."""
    if not listing.language:
        return {
            Order.NEWEST: pgettext("title", "Ideas"),
            Order.MOST_VOTES: _("Ideas, most votes first"),
            Order.FEWEST_VOTES: _("Ideas, fewest votes first"),
        }[listing.order]
    words = {
        Order.NEWEST: _("Ideas written in %(language)s"),
        Order.MOST_VOTES: _("Ideas written in %(language)s, most votes first"),
        Order.FEWEST_VOTES: _("Ideas written in %(language)s, fewest votes first"),
    }[listing.order]
    return words % {"language": name_in_a_sentence(listing.language)}


@require_safe
def idea(request: HttpRequest, idea_id: int) -> HttpResponse:
    """One idea: its words, how it stands, what became of it, and the way to vote on it.

    Whoever takes part finds the vote here, so their copy is theirs alone; all others' is the same.
    One that could be read here once, and was withdrawn, is gone: 410, without its words.
    """
    try:
        found = idea_or_404(request, idea_id)
    except Http404:
        return _withdrawn_page_or_404(request, idea_id)
    debate = debate_or_404(request, found.debate_id)
    participant = participant_of(request)
    language: str = request.LANGUAGE_CODE
    card = card_of(found, participant, Place.IDEA, language)
    context: dict[str, Any] = {
        "card": card,
        "idea": found,
        "translations": other_translations(card),
        "life": life_of(found),
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


def _withdrawn_page_or_404(request: HttpRequest, idea_id: int) -> HttpResponse:
    """What stands in the place of an idea that was published once; any other is nowhere."""
    here = Idea.objects.filter(debate__consultation__site=site_id_of(request))
    shown_once = here.filter(status=IdeaStatus.WITHDRAWN, published_at__isnull=False)
    gone = shown_once.filter(pk=idea_id).first()
    if gone is None:
        raise Http404
    debate = debate_or_404(request, gone.debate_id)
    title = _("This idea was withdrawn")
    context = {"by_author": gone.withdrawn_by_author_at is not None}
    template = "submissions/debate/withdrawn.html"
    response = debate_page(request, template, debate, title, context, status=410)
    response["X-Robots-Tag"] = "noindex"
    return response
