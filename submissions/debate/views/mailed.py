"""What a mailed link opens, and how to ask for one that leads back to one's participation.

A link's key stands in the query of its address, which no log line of ours holds (case 42).
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.breadcrumbs import crumbs_of_view
from core.handlers import csrf_failure
from core.origin import from_link_page, token_free
from core.sites import site_id_of
from submissions import limits
from submissions.debate import addresses
from submissions.debate.addresses import LinkIsOver, confirm_ideas, find_link, mail_link
from submissions.debate.participants import participant_of, remember
from submissions.debate.views.confirming import thanks
from submissions.debate.views.page import id_in
from submissions.debate.views.participation import participation_crumb
from submissions.mail.address_form import ask_for_address, development_mailbox
from submissions.mail.mailboxes import mailbox_of
from submissions.models import Consultation, IdeaStatus, LinkPurpose, MailedLink


@token_free
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Ask for a link to one's participation. The answer is one, known or not (case 44)."""
    consultation = Consultation.of(request)
    if consultation is None:
        raise Http404

    def send(email: str) -> None:
        asker = participant_of(request)
        limits.check(request, "mail", asker, mailbox=mailbox_of(email))
        mail_link(
            LinkPurpose.COME_BACK,
            email,
            consultation=consultation,
            language=request.LANGUAGE_CODE,
            participant=asker,
        )

    try:
        context, status = ask_for_address(
            request, _("The one with which you confirmed an idea."), send
        )
    except limits.TooMany as refused:
        return limits.too_many(request, refused)
    title = _("Check your e-mail") if "sent_to" in context else _("Find your participation again")
    context |= {"title": title, "crumbs": crumbs_of_view(title, participation_crumb())}
    return render(request, "submissions/debate/come_back.html", context, status=status)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mailed_link(request: HttpRequest) -> HttpResponse:
    """A page with a button, which alone uses the link up (case 43); 410 for one that is over."""
    pressed = request.method == "POST"
    if pressed and not from_link_page(request):
        return csrf_failure(request)
    token = (request.POST if pressed else request.GET).get("key", "")
    try:
        link = find_link(token, site_id_of(request))
        response = _used(request, link) if pressed else _button(request, link, token)
    except LinkIsOver as over:
        response = _over(request, over.link, token)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _button(request: HttpRequest, link: MailedLink, token: str) -> HttpResponse:
    confirms = link.purpose == LinkPurpose.CONFIRM_IDEA
    here = participant_of(request)
    context: dict[str, Any] = {"confirms": confirms, "token": token}
    if confirms and link.participant is not None:
        waiting = addresses.unconfirmed(link.participant).prefetch_related("texts")
        context |= {"ideas": waiting, "elsewhere": here != link.participant}
    elif here is not None:
        context["leaves_another"] = addresses.has_another_address(here, link)
    title = _("Confirm your idea") if confirms else _("Come back to your participation")
    return _page(request, "mailed_link", title, context)


def _used(request: HttpRequest, link: MailedLink) -> HttpResponse:
    """Do what the button says. To come back makes this browser its reader's; to confirm does not,
    unless it is the one in which the idea was written."""
    here = participant_of(request)
    if link.purpose == LinkPurpose.COME_BACK:
        who = addresses.come_back(link, here)
        response = HttpResponseRedirect(reverse("submissions:participation"))
        remember(response, who)
        return response
    idea = link.idea
    if idea is None:  # the database holds that there is one
        raise LinkIsOver(link)
    shown = {number for said in request.POST.getlist("idea") if (number := id_in(said)) is not None}
    who = confirm_ideas(link, shown, here)
    response = HttpResponseRedirect(thanks(idea))
    if here is not None and here == link.participant:
        remember(response, who)
    return response


def _over(request: HttpRequest, link: MailedLink | None, token: str) -> HttpResponse:
    """Why, as far as it is known, and the way to another."""
    idea = link.idea if link is not None else None
    waits = idea is not None and idea.status == IdeaStatus.UNCONFIRMED
    asks_again = waits and link is not None and not addresses.was_corrected(link)
    context: dict[str, Any] = {
        "token": token,
        "asks_again": asks_again,
        "confirmed": idea and not waits,
    }
    if request.method == "POST" and idea is not None and link is not None:
        if not waits:  # the button was pressed twice
            return redirect(thanks(idea))
        if asks_again and "again" in request.POST:
            return _mail_another(request, link)
    return _page(request, "link_over", _("This link no longer works"), context, status=410)


def _mail_another(request: HttpRequest, link: MailedLink) -> HttpResponse:
    """Who holds an old link reads the mailbox it went to: another goes there, unless its author
    has corrected the address since."""
    try:
        limits.check(request, "mail", mailbox=link.mailbox)
        mail_link(
            LinkPurpose.CONFIRM_IDEA,
            link.email,
            consultation=link.consultation,
            language=request.LANGUAGE_CODE,
            participant=link.participant,
            idea=link.idea,
        )
    except limits.TooMany as refused:
        return limits.too_many(request, refused)
    context = {"sent": True, "mailbox_url": development_mailbox()}
    return _page(request, "link_over", _("Check your e-mail"), context)


def _page(
    request: HttpRequest, name: str, title: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context |= {"title": title, "crumbs": crumbs_of_view(title)}
    return render(request, f"submissions/debate/{name}.html", context, status=status)
