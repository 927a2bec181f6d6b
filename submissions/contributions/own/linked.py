"""Save and exit, the mailed link, and how to have another one sent.

A link's key stands in the query of its address, which no log line of ours holds (case 42).
"""

from typing import Any

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.breadcrumbs import crumbs_of_view
from core.clock import database_now
from core.handlers import csrf_failure
from core.origin import from_link_page, token_free
from core.sites import site_id_of
from submissions import limits
from submissions.contributions.drafts.access import forget, let_in, own_drafts
from submissions.contributions.drafts.links import (
    LinkIsOver,
    came,
    find_again,
    find_link,
    give_address,
)
from submissions.contributions.own.pages import (
    authors_page,
    home_of,
    page_of_author,
    unfound,
)
from submissions.mail.address_form import AddressForm, ask_for_address, development_mailbox
from submissions.mail.mailboxes import mailbox_of
from submissions.models import Consultation, DraftAuthor, DraftPart

SENT = "sent"


@authors_page
def leave(request: HttpRequest, author: DraftAuthor) -> HttpResponseBase:
    """All is saved: ask once for an address, and mail the link; later, say until when it works."""
    posted = request.POST if request.method == "POST" else None
    if posted is not None and "forget" in posted:
        closed = redirect("submissions:draft_find")
        forget(closed, request, author)
        return closed
    form = AddressForm(
        posted,
        email=author.email or _address_given(author),
        why=_("To send you the link that opens this contribution. It is never published."),
    )
    status = 200
    if posted is not None:
        if form.is_valid():
            try:
                return _mail(request, author, form.cleaned_data["email"])
            except limits.TooMany as refused:
                return limits.too_many(request, refused)
            except IntegrityError:
                form.add_error("email", _("A co-author has this address. Give another of yours."))
        status = 422
    works = author.link_expires_at is not None and author.link_expires_at > database_now()
    context = {
        "form": form,
        "works": works,
        "just_sent": SENT in request.GET and works,
        "mailbox_url": development_mailbox(),
    }
    title = _("Your contribution is saved")
    return page_of_author(request, author, "leave", title, context, status=status)


def _address_given(author: DraftAuthor) -> str:
    """The one that stands in “About you”, so that an owner need not type it again."""
    part = DraftPart.objects.filter(draft=author.draft_id, key="about").first()
    said = part.data.get("email") if part and author.owner else None
    return said[0] if said else ""


def _mail(request: HttpRequest, author: DraftAuthor, email: str) -> HttpResponse:
    limits.check(request, "mail", author.draft, mailbox=mailbox_of(email))
    give_address(author, email, request.LANGUAGE_CODE)
    address = reverse("submissions:draft_leave", args=[author.draft_id])
    response = HttpResponseRedirect(f"{address}?{SENT}=1")
    let_in(response, request, author)  # with the key that a corrected address has brought
    return response


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest) -> HttpResponseBase:
    """A page with a button, which alone lets the browser in (case 43); 410 for one that is over."""
    pressed = request.method == "POST"
    if pressed and not from_link_page(request):
        return csrf_failure(request)
    token = (request.POST if pressed else request.GET).get("key", "")
    try:
        author = find_link(token, site_id_of(request))
    except LinkIsOver:
        title = _("This link no longer works")
        response: HttpResponse = _page(request, "link_over", title, _kept(request), status=410)
    else:
        if pressed:
            came(author)
            response = HttpResponseRedirect(home_of(author))
            let_in(response, request, author)
        else:
            title = _("Open your contribution")
            response = _page(request, "link", title, {"token": token, "author": author})
    response["Referrer-Policy"] = "no-referrer"
    return unfound(response)


def _kept(request: HttpRequest) -> dict[str, Any]:
    """What this browser's own cookie opens: a link that is over tells nothing of what it opened."""
    return {"own": own_drafts(request).prefetch_related("draft__questionnaires__labels")}


@token_free
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponseBase:
    """Have the links to one's contributions sent. The answer is one, known or not (case 44)."""
    consultation = Consultation.of(request)
    if consultation is None:
        raise Http404

    def send(email: str) -> None:
        limits.check(request, "mail", mailbox=mailbox_of(email))
        find_again(consultation, email, request.LANGUAGE_CODE)

    why = _("The one that you gave for the contribution.")
    try:
        context, status = ask_for_address(request, why, send)
    except limits.TooMany as refused:
        return limits.too_many(request, refused)
    title = _("Check your e-mail") if "sent_to" in context else _("Find your contribution again")
    return unfound(_page(request, "find", title, context, status=status))


def _page(
    request: HttpRequest, name: str, title: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context |= {"title": title, "crumbs": crumbs_of_view(title)}
    return render(request, f"submissions/contributions/own/{name}.html", context, status=status)
