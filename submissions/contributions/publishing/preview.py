"""What the public would read, before it does: for staff, and for its author who may object.

The pages are those of the library, in either language; nobody else finds them.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.breadcrumbs import crumbs_of_view
from submissions.contributions.library.reading import Shown, shown
from submissions.contributions.own.pages import authors_page, crumb_of, home_of, unfound
from submissions.contributions.publishing.content import (
    NotPublishableError,
    RedactionLostError,
    newest_version,
    public_content,
)
from submissions.contributions.publishing.services import agree, object_to
from submissions.contributions.publishing.standing import standing_of
from submissions.contributions.staff import access
from submissions.models import (
    Contribution,
    DraftAuthor,
    PublicationState,
    RedactionReason,
    WithheldFile,
)

LONGEST_OBJECTION = 5000


class ObjectionForm(forms.Form):
    """What its author does not agree to."""

    words = forms.CharField(
        label=gettext_lazy("What should be otherwise?"),
        help_text=gettext_lazy(
            "Which words may be published, or may not, and why. Only the organisers read it."
        ),
        max_length=LONGEST_OBJECTION,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Say what should be otherwise.")},
    )


@require_safe
@never_cache
def staff_preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What would be published of a contribution now, for those of the staff who may see it."""
    if not request.user.is_authenticated:
        raise Http404
    contribution = get_object_or_404(access.contributions_of(request.user), pk=pk)
    try:
        content = public_content(newest_version(contribution))
    except (NotPublishableError, RedactionLostError) as nothing:
        raise Http404 from nothing
    title = _("Preview of contribution %(reference)s") % {"reference": contribution.reference}
    context = {
        "title": title,
        "crumbs": crumbs_of_view(title),
        "shown": shown(content, request.LANGUAGE_CODE),
        "for_staff": True,
    }
    return unfound(render(request, "submissions/library/preview.html", context))


@authors_page
def author_preview(request: HttpRequest, author: DraftAuthor) -> HttpResponseBase:
    """What would be published of one's own; its owner agrees, or says what should be otherwise."""
    contribution = author.draft.contribution
    if contribution is None:
        raise Http404
    live = contribution.publications.live().exists()
    proposed = contribution.publications.filter(state=PublicationState.PROPOSED).first()
    if proposed is None and live:
        return redirect("submissions:publication", contribution.reference)
    if proposed is None:
        raise Http404
    form = ObjectionForm()
    if request.method == "POST" and author.owner:
        seen = request.POST.get("seen", "")
        if request.POST.get("answer") == "agree":
            return _told(request, taken=agree(proposed, seen=seen))
        form = ObjectionForm(request.POST)
        if form.is_valid():
            return _told(request, taken=object_to(proposed, form.cleaned_data["words"], seen=seen))
    title = _("Preview before publication")
    read = shown(proposed.content, request.LANGUAGE_CODE)
    standing = standing_of(contribution)
    context: dict[str, Any] = {
        "title": title,
        "crumbs": crumbs_of_view(title, crumb_of(author)),
        "shown": read,
        "left_out": _left_out(contribution, proposed.content, read),
        "proposed": proposed,
        "until": standing.preview_until,
        "over": standing.days_over,
        "another": "another" in request.GET,
        "author": author,
        "form": form,
        "home_of_draft": home_of(author),
    }
    status = 422 if form.errors else 200
    return render(request, "submissions/library/preview.html", context, status=status)


def _left_out(
    contribution: Contribution, content: Mapping[str, Any], read: Shown
) -> list[dict[str, Any]]:
    """What everybody would read a reason for: words by their question, then whole files.

    Words are told by ``content``, which is what its author answers to.
    """
    asked = {one.question: one.label for part in read.parts for one in part.answers}
    words = [
        {"question": said["question"], "label": asked[said["question"]], "why": _reasons(said)}
        for part in content["parts"]
        for said in part["answers"]
        if said.get("redactions")
    ]
    there = {file["id"] for file in content["files"]}
    withheld = WithheldFile.objects.filter(
        attachment__contribution=contribution, attachment__removed_at__isnull=True
    ).select_related("attachment")
    files = [
        {"file": one.attachment.name, "why": one.get_reason_display()}
        for one in withheld.order_by("attachment__uploaded_at", "pk")
        if str(one.attachment_id) not in there
    ]
    return [*words, *files]


def _reasons(said: Mapping[str, Any]) -> str:
    """Each once, in the order of the text."""
    return ", ".join(
        dict.fromkeys(str(RedactionReason(cut["reason"]).label) for cut in said["redactions"])
    )


def _told(request: HttpRequest, *, taken: bool) -> HttpResponseBase:
    """The page again; it says so where another preview came before the answer did."""
    return redirect(request.path if taken else f"{request.path}?another")
