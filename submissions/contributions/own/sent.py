"""What was sent, for its authors: where it stands, the receipt, changing it, a copy, withdrawal."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.breadcrumbs import crumbs_of_view
from submissions.consents import PUBLICATION_WITH_NAME, words_agreed_to
from submissions.contributions.changing import give_up, may_change, publish_less, take_up
from submissions.contributions.drafts.access import forget
from submissions.contributions.own.copy import everything_kept
from submissions.contributions.own.pages import authors_page, home_of, page_of_author, unfound
from submissions.contributions.own.words import parts_of
from submissions.contributions.publishing.standing import standing_of
from submissions.contributions.sending import Closed, NotTheOwner
from submissions.contributions.sent import publication_of
from submissions.contributions.withdrawal import withdraw as withdraw_now
from submissions.models import Contribution, DraftAuthor, PublicationState

WITHOUT_NAME = "without_name"  # what the second button says


def _sent(author: DraftAuthor) -> Contribution | None:
    return author.draft.contribution


@authors_page
def contribution(request: HttpRequest, author: DraftAuthor) -> HttpResponseBase:
    """Where it stands: its versions, what is public of it, and what can still be done."""
    sent = _sent(author)
    if sent is None:
        return redirect(home_of(author))
    publications = {one.state: one for one in sent.publications.order_by("number")}
    proposed = publications.get(PublicationState.PROPOSED)
    unanswered = proposed is not None and not (proposed.agreed_at or proposed.objection)
    context = {
        "versions": list(sent.versions.order_by("-number").defer("content")),
        "consents": _consents(sent),
        "live": publications.get(PublicationState.LIVE),
        "proposed": proposed,
        "awaited": standing_of(sent) if unanswered and author.owner else None,
        "agreed": publication_of(sent),
        "with_name": PUBLICATION_WITH_NAME.purpose,
        "may_change": not author.draft.writing and may_change(author.draft),
        "done": request.GET.get("done", ""),
    }
    return page_of_author(request, author, "contribution", _("Your contribution"), context)


@authors_page
def receipt(request: HttpRequest, author: DraftAuthor) -> HttpResponseBase:
    """Reference, time, hash and every answer of the newest version: to read and to print."""
    sent = _sent(author)
    if sent is None:
        return redirect(home_of(author))
    language: str = request.LANGUAGE_CODE
    owner = author.draft.authors.filter(owner=True).first()
    context = {
        "version": sent.versions.get(number=sent.version),
        "parts": parts_of(sent, language),
        "consents": _consents(sent),
        "mailed_to": owner.email if owner else "",
        "consultation": sent.consultation,
    }
    title = _("Receipt of your contribution")
    return page_of_author(request, author, "receipt", title, context)


def _consents(sent: Contribution) -> list[dict[str, Any]]:
    """What is agreed to now, in the reader's language."""
    standing = sent.consents.filter(withdrawn_at__isnull=True).order_by("pk")
    return [{"text": words_agreed_to(one.purpose, one.version), "record": one} for one in standing]


@authors_page
def change(request: HttpRequest, author: DraftAuthor) -> HttpResponseBase:
    """Write it again, give a change up, or have less of it published; for its owner alone."""
    if request.method != "POST":
        return redirect(home_of(author))
    try:
        if "give_up" in request.POST:
            give_up(author)
            return redirect(_own_page(author, "given_up"))
        if less := request.POST.get("publish_less"):
            publish_less(author, language=request.LANGUAGE_CODE, without_name=less == WITHOUT_NAME)
            return redirect(_own_page(author, "published_less"))
        take_up(author)
    except NotTheOwner:
        return redirect(_own_page(author, "not_owner"))
    except Closed:
        return redirect(_own_page(author, "closed"))
    return redirect(home_of(author))


@authors_page
def withdraw(request: HttpRequest, author: DraftAuthor) -> HttpResponseBase:
    """Ask once more, and say what goes and what stays; its owner's button does it."""
    sent = _sent(author)
    if sent is None:
        return redirect(home_of(author))
    if request.method == "POST":
        author.refresh_from_db(fields=["owner"])
        if not author.owner:
            return redirect(_own_page(author, "not_owner"))
        withdraw_now(sent)
        response = redirect("submissions:contribution_withdrawn")
        forget(response, request, author)
        return response
    context = {
        "files": sent.attachments.exists(),
        "published": sent.publications.filter(state=PublicationState.LIVE).exists(),
        "versions": sent.version,
        "others": author.draft.authors.count() - 1,
    }
    return page_of_author(request, author, "withdraw", _("Withdraw your contribution?"), context)


@authors_page
def data(request: HttpRequest, author: DraftAuthor) -> HttpResponseBase:
    """All that is kept of it, as a file, for its authors alone (case 61)."""
    return JsonResponse(
        everything_kept(author),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": 'attachment; filename="my-contribution.json"'},
    )


@never_cache
@require_safe
def withdrawn(request: HttpRequest) -> HttpResponseBase:
    """That it is done. It says nothing of anybody: there is nothing left to say it of."""
    title = _("Your contribution is withdrawn")
    context = {"title": title, "crumbs": crumbs_of_view(title)}
    template = "submissions/contributions/own/withdrawn.html"
    response: HttpResponse = render(request, template, context)
    return unfound(response)


def _own_page(author: DraftAuthor, done: str) -> str:
    return f"{reverse('submissions:contribution', args=[author.draft_id])}?done={done}"
