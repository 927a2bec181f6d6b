"""The page that shows all answers before they are sent, and what its button does."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from submissions.contributions.check import CheckedTask
from submissions.contributions.check import check as judge
from submissions.contributions.drafts.authors import authors_of
from submissions.contributions.own.pages import authors_page, home_of, page_of_author
from submissions.contributions.sending import (
    AlreadySent,
    ChangedMeanwhile,
    Closed,
    NotComplete,
    NotTheOwner,
    WrittenMeanwhile,
    deadline_of,
)
from submissions.contributions.sending import send as send_draft
from submissions.debate.views.page import id_in
from submissions.models import DraftAuthor


@authors_page
def check(request: HttpRequest, author: DraftAuthor) -> HttpResponseBase:
    """Every answer with the way back to it, what is missing, and the button that sends."""
    if not author.draft.writing:
        return redirect(home_of(author))
    return _page(request, author)


@authors_page
def send(request: HttpRequest, author: DraftAuthor) -> HttpResponseBase:
    """Send it, once however often the button is pressed; or say what to do first."""
    if request.method != "POST":  # reloaded, or come to by the browser's history
        return redirect(_receipt(author) if not author.draft.writing else _check(author))
    try:
        send_draft(
            author,
            form_key=_key_in(request.POST),
            language=request.LANGUAGE_CODE,
            shown=[pk for said in request.POST.getlist("sends") if (pk := id_in(said)) is not None],
            seen=request.POST.get("seen", ""),
        )
    except AlreadySent:
        return redirect(_receipt(author))
    except NotComplete:
        return _page(request, author, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except (Closed, ChangedMeanwhile, WrittenMeanwhile, NotTheOwner) as trouble:
        what = type(trouble).__name__
        return _page(request, author, status=HTTPStatus.CONFLICT, trouble=what)
    return redirect(_receipt(author))


def _key_in(posted: QueryDict) -> UUID:
    try:
        return UUID(posted.get("form_key", ""))
    except ValueError:  # no form of ours: nothing was ever sent with it
        return UUID(int=0)


def _check(author: DraftAuthor) -> str:
    return reverse("submissions:draft_check", args=[author.draft_id])


def _receipt(author: DraftAuthor) -> str:
    return reverse("submissions:contribution_receipt", args=[author.draft_id])


def _page(
    request: HttpRequest,
    author: DraftAuthor,
    *,
    status: int = HTTPStatus.OK,
    trouble: str = "",
) -> HttpResponse:
    author.refresh_from_db(fields=["owner"])
    checked = judge(author.draft, request.LANGUAGE_CODE)
    context: dict[str, Any] = {
        "checked": checked,
        "closing": deadline_of(checked.open),
        "not_published": checked.sent is not None and checked.sent.publication is None,
        "has_errors": status != HTTPStatus.OK,
        "trouble": trouble,
        "left_text": plain_text(checked.left),
        "all_text": "" if checked.open else plain_text([*checked.left, *checked.tasks]),
        "owner": authors_of(author.draft)[0],
    }
    return page_of_author(request, author, "check", _("Check your answers"), context, status=status)


def plain_text(tasks: list[CheckedTask]) -> str:
    """All of it to copy at once."""
    lines = (answer for task in tasks for answer in task.answers if answer.text)
    return "\n\n".join(f"{one.label}\n{one.text}" for one in lines)
