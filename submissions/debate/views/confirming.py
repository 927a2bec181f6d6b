"""The address of who wrote an idea: asked after writing, once the idea is kept."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from submissions import limits
from submissions.debate.addresses import (
    drop,
    link_on_its_way,
    mail_link,
    must_confirm,
    receive,
    unconfirmed,
)
from submissions.debate.participants import participant_of, remember
from submissions.debate.views.page import debate_or_404, debate_page
from submissions.mail.address_form import AddressForm, development_mailbox
from submissions.mail.mailboxes import mailbox_of
from submissions.models import Debate, Idea, IdeaStatus, LinkPurpose, Participant


def thanks(idea: Idea) -> str:
    """Where its author is told that an idea has been received."""
    return f"{reverse('submissions:written', args=[idea.debate_id])}?idea={idea.pk}"


def _own_idea_or_404(request: HttpRequest, idea_id: int) -> tuple[Idea, Participant]:
    """An idea of who asks, and who that is; another's is not told to exist."""
    author = participant_of(request)
    idea = author.ideas.filter(pk=idea_id).first() if author is not None else None
    if author is None or idea is None:
        raise Http404
    return idea, author


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Ask for the address; once a link went there, say where, and offer to correct it or another.

    What it answers does not depend on whether the address is known (case 44). An idea that was
    received while the debate was open may be confirmed later.
    """
    idea, author = _own_idea_or_404(request, idea_id)
    if idea.status != IdeaStatus.UNCONFIRMED:
        return redirect(thanks(idea))
    debate = debate_or_404(request, idea.debate_id)
    if request.method == "POST" and "drop" in request.POST:
        drop(idea)
        return redirect("submissions:participation")
    if not must_confirm(debate.consultation, author):
        return _last_word(request, debate, idea)
    link = link_on_its_way(author)
    sent = request.POST if request.method == "POST" else None
    form = AddressForm(
        sent,
        email=link.email if link else "",
        why=_(
            "To send you a link now, and later what became of your idea. Kept apart from what you"
            " write, and never published."
        ),
    )
    if sent is not None and form.is_valid():
        return _send(request, debate, idea, author, form.cleaned_data["email"])
    context = {
        "form": form,
        "idea": idea,
        "link": link,
        "others": unconfirmed(author).count() - 1,
        "mailbox_url": development_mailbox(),
    }
    title = _("Check your e-mail") if link else _("One last step: your address")
    status = 422 if sent is not None else 200
    template = "submissions/debate/confirm.html"
    return debate_page(request, template, debate, title, context, status=status)


def _send(
    request: HttpRequest, debate: Debate, idea: Idea, author: Participant, email: str
) -> HttpResponse:
    """Mail a link, unless too many were asked for; then to the page that says where it went."""
    try:
        limits.check(request, "mail", author, mailbox=mailbox_of(email))
        mail_link(
            LinkPurpose.CONFIRM_IDEA,
            email,
            consultation=debate.consultation,
            language=request.LANGUAGE_CODE,
            participant=author,
            idea=idea,
        )
    except limits.TooMany as refused:
        return limits.too_many(request, refused)
    response = HttpResponseRedirect(reverse("submissions:confirm", args=[idea.pk]))
    remember(response, author)
    return response


def _last_word(request: HttpRequest, debate: Debate, idea: Idea) -> HttpResponse:
    """Its author's address is known by now, or asked for no more: a button is all it takes."""
    if request.method == "POST":
        receive(idea)
        return redirect(thanks(idea))
    context = {"idea": idea, "known": True}
    template = "submissions/debate/confirm.html"
    return debate_page(request, template, debate, _("Send your idea to a moderator"), context)
