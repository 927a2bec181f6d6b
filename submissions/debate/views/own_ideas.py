"""What an author can still do about an idea of theirs: appeal against a refusal, or withdraw it.

Another's idea is a 404, whatever its state: nobody learns that there is one.
"""

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.breadcrumbs import crumbs_of_view
from core.origin import token_free
from submissions import limits
from submissions.debate.appeal_form import AppealForm
from submissions.debate.own import OwnIdea, own_idea
from submissions.debate.participants import participant_of
from submissions.debate.views.page import LONGEST_ID
from submissions.debate.views.participation import participation_crumb
from submissions.models import Participant
from submissions.moderation.appeals import AppealRefused
from submissions.moderation.appeals import appeal as make_appeal
from submissions.moderation.withdrawals import NotWithdrawable
from submissions.moderation.withdrawals import withdraw as take_back


@token_free
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Ask that another moderator reads a refused idea again, once; sent twice, it is one appeal."""
    participant, own = _own_or_404(request, idea_id)
    if not own.may_appeal:
        return _back_to(own)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        language: str = request.LANGUAGE_CODE
        try:
            limits.check(request, "appeal", participant)
        except limits.TooMany as refused:
            return limits.too_many(request, refused, text=form.cleaned_data["text"])
        # Refused: made a moment ago, or decided otherwise. The page says how it is.
        with suppress(AppealRefused):
            make_appeal(own.idea, participant, form.cleaned_data["text"], language)
        return _back_to(own)
    status = 422 if form.is_bound else 200
    title = _("Ask for your idea to be read again")
    return _page(request, "appeal", title, own, status=status, form=form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Ask once more; on POST, show the idea to nobody any more. Sent twice, it is done once."""
    participant, own = _own_or_404(request, idea_id)
    if request.method == "POST":
        with suppress(NotWithdrawable):  # withdrawn already, or a moderator was quicker
            take_back(own.idea, participant)
        return _back_to(own)
    if not own.may_withdraw:
        return _back_to(own)
    return _page(request, "withdraw", _("Withdraw your idea?"), own)


def _own_or_404(request: HttpRequest, idea_id: int) -> tuple[Participant, OwnIdea]:
    participant = participant_of(request)
    own = own_idea(participant, idea_id) if len(str(idea_id)) <= LONGEST_ID else None
    if participant is None or own is None:
        raise Http404
    return participant, own


def _back_to(own: OwnIdea) -> HttpResponse:
    """To the idea among one's own, which says how it stands now."""
    return redirect(f"{reverse('submissions:participation')}#idea-{own.idea.pk}")


def _page(
    request: HttpRequest, name: str, title: str, own: OwnIdea, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {"title": title, "crumbs": crumbs_of_view(title, participation_crumb()), "own": own}
    template = f"submissions/debate/{name}.html"
    return render(request, template, context | more, status=status)
