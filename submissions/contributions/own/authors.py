"""Who writes a contribution together: seen by all its authors, changed by its owner."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from submissions import limits
from submissions.contributions.drafts import authors as writing
from submissions.contributions.drafts.access import forget
from submissions.contributions.drafts.authors import AlreadyAnAuthor, NotAllowed, TooManyAuthors
from submissions.contributions.fields import WrittenText
from submissions.contributions.own.pages import authors_page, page_of_author
from submissions.debate.views.page import id_in
from submissions.mail.address_form import AddressForm, development_mailbox
from submissions.mail.mailboxes import mailbox_of
from submissions.models import DraftAuthor

NAME_LENGTH = 100


class InvitationForm(AddressForm):
    """Whom to invite, and in which language to write to them."""

    name = WrittenText(
        limit=NAME_LENGTH,
        unit="graphemes",
        one_line=True,
        code_points=200,
        counter=False,
        label=gettext_lazy("Their name"),
        error_messages={"required": gettext_lazy("Enter their name.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the invitation"), widget=forms.RadioSelect
    )

    field_order = ("name", "email", "language")

    def __init__(self, data: Any = None, *, languages: list[str], language: str) -> None:
        super().__init__(data, why=_("The invitation goes there."))
        self.fields["email"].label = _("Their e-mail address")
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.fields["email"].error_messages["required"] = _("Enter their e-mail address.")
        choices = [(code, capfirst(get_language_info(code)["name_local"])) for code in languages]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]
        self.initial["language"] = language


@authors_page
def authors(request: HttpRequest, author: DraftAuthor) -> HttpResponseBase:
    """Who writes; for the owner, the form that invites. Each button says what it does."""
    form = _form(author, request.LANGUAGE_CODE)
    if request.method == "POST":
        try:
            done = _act(request, author)
        except NotAllowed:
            return redirect(_address(author, "refused"))
        except limits.TooMany as refused:
            return limits.too_many(request, refused)
        if isinstance(done, HttpResponse):
            return done
        form = done
    there = writing.authors_of(author.draft)
    context = {
        "form": form,
        "authors": there,
        "full": len(there) >= writing.MOST_AUTHORS,
        "most": writing.MOST_AUTHORS,
        "nameless": author.owner and not writing.signature_of(author)[0],
        "has_errors": bool(form.errors),
        "done": request.GET.get("done", ""),
        "mailbox_url": development_mailbox(),
    }
    status = 422 if form.errors else 200
    return page_of_author(request, author, "authors", _("Who writes"), context, status=status)


def _form(author: DraftAuthor, language: str, data: Any = None) -> InvitationForm:
    offered = [code for code, _n in settings.LANGUAGES if code in _languages(author)]
    return InvitationForm(data, languages=offered, language=language)


def _languages(author: DraftAuthor) -> list[str]:
    return list(author.draft.consultation.languages)


def _act(request: HttpRequest, author: DraftAuthor) -> HttpResponse | InvitationForm:
    """What the button says; the form back with what to mend, if it was that of an invitation."""
    posted = request.POST
    if "leave" in posted:
        writing.leave(author)
        response = redirect("submissions:draft_find")
        forget(response, request, author)
        return response
    if not author.owner:
        raise NotAllowed
    for verb, act in (("remove", writing.remove), ("hand_over", writing.hand_over)):
        if verb in posted:
            act(author, _other(author, posted[verb]))
            return redirect(_address(author, verb))
    if "again" in posted:
        other = _other(author, posted["again"])
        limits.check(request, "invite", author.draft, mailbox=other.mailbox)
        writing.invite_again(author, other)
        return redirect(_address(author, "again"))
    return _invite(request, author)


def _other(author: DraftAuthor, said: str) -> DraftAuthor:
    """Another author of the same draft. Raises ``NotAllowed`` for anybody else."""
    others = DraftAuthor.objects.filter(draft=author.draft_id, pk=id_in(said) or 0)
    other = others.exclude(pk=author.pk)
    found = other.select_related("draft__consultation__site").first()
    if found is None:
        raise NotAllowed
    return found


def _invite(request: HttpRequest, owner: DraftAuthor) -> HttpResponse | InvitationForm:
    form = _form(owner, request.LANGUAGE_CODE, request.POST)
    if not form.is_valid():
        return form
    said = form.cleaned_data
    limits.check(request, "invite", owner.draft, mailbox=mailbox_of(said["email"]))
    try:
        writing.invite(owner, name=said["name"], email=said["email"], language=said["language"])
    except AlreadyAnAuthor:
        form.add_error("email", _("Somebody with this address writes already."))
        return form
    except TooManyAuthors:
        form.add_error(None, _("No more people can be invited to this contribution."))
        return form
    return redirect(_address(owner, "invite"))


def _address(author: DraftAuthor, done: str) -> str:
    return f"{reverse('submissions:draft_authors', args=[author.draft_id])}?done={done}"
