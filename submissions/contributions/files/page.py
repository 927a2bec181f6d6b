"""The page of all files of a draft: what there is, what each tells, and room for more."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, pgettext

from submissions.contributions.drafts.dossier import Dossier
from submissions.contributions.drafts.tasks import FILES, tasks_in
from submissions.contributions.files.incoming import expect_files
from submissions.contributions.files.receiving import WHOLE, Outcome, receive_files
from submissions.contributions.files.shown import controls_of
from submissions.contributions.own.pages import authors_page, page_of_author
from submissions.models import DraftAuthor, Question


@authors_page
def draft_files(request: HttpRequest, author: DraftAuthor) -> HttpResponseBase:
    """Show them; take in what is sent, each file answered for by itself."""
    outcome = None
    if request.method == "POST":
        expect_files(request)
        outcome = receive_files(request, author)
        if not outcome.refused:
            return redirect(_address(author, outcome))
    response = page_of_author(
        request,
        author,
        "files",
        pgettext("contribution", "Files"),
        _context(author, outcome) | {"done": request.GET.get("done", "")},
        status=_status(outcome),
    )
    if outcome and outcome.retry_after:
        response["Retry-After"] = str(outcome.retry_after)
    return response


def _context(author: DraftAuthor, outcome: Outcome | None) -> dict[str, Any]:
    asked = Question.objects.filter(attachments__draft=author.draft_id).distinct().with_words()
    controls = controls_of(author.draft, asked, outcome)
    tasks: list[str] = []
    if author.draft.writing:  # what was sent has no steps: nothing is judged
        tasks = [one.key for one in tasks_in(Dossier(author.draft, get_language() or ""))]
    return {
        "step": tasks.index(FILES) + 1 if tasks else 0,
        "steps": len(tasks),
        "control": controls.pop(WHOLE),
        "of_questions": list(controls.values()),
        "added": outcome.attached.get(WHOLE, []) if outcome else [],
        "has_errors": bool(outcome),
    }


def _status(outcome: Outcome | None) -> int:
    if outcome is None:
        return HTTPStatus.OK
    if outcome.retry_after:
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.UNPROCESSABLE_ENTITY


def _address(author: DraftAuthor, outcome: Outcome) -> str:
    """The page once more, without what was sent: reloaded, it sends nothing again."""
    address = reverse("submissions:draft_files", args=[author.draft_id])
    if outcome.attached:
        return f"{address}?done=added"
    if outcome.removed:
        return f"{address}?done=removed"
    if outcome.returned:
        return f"{address}?done=returned"
    return f"{address}?done=none"
