"""The form that asks for an e-mail address, and where mail is read on a copy that sends none."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy

from submissions.mail.mailboxes import NoMailbox, mailbox_of
from submissions.mail.writing import UnsafeHeader, header_safe

INVALID = gettext_lazy("Enter an e-mail address such as name@example.org.")


class AddressForm(forms.Form):
    """One e-mail address that mail can go to."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Enter your e-mail address."),
            "invalid": INVALID,
        },
    )

    def __init__(self, data: Any = None, *, why: str, email: str = "") -> None:
        """``why``: what the address is for, said beside the field."""
        super().__init__(data, initial={"email": email})
        self.fields["email"].help_text = why

    def clean_email(self) -> str:
        """An address that has a mailbox, and that can stand in a header."""
        email: str = self.cleaned_data["email"]
        try:
            mailbox_of(header_safe(email))
        except (UnsafeHeader, NoMailbox) as refused:
            raise ValidationError(INVALID, "invalid") from refused
        return email


def ask_for_address(
    request: HttpRequest, why: str, send: Callable[[str], object]
) -> tuple[dict[str, Any], int]:
    """What a page that asks where to ``send`` links says, and its HTTP status.

    ``sent_to`` is in it once they are on their way, whether the address is known or not (case 44).
    Raises what ``send`` raises.
    """
    sent = request.POST if request.method == "POST" else None
    form = AddressForm(sent, why=why)
    context: dict[str, Any] = {"form": form, "mailbox_url": development_mailbox()}
    if sent is None:
        return context, 200
    if not form.is_valid():
        return context, 422
    email = form.cleaned_data["email"]
    send(email)
    return context | {"sent_to": email}, 200


def development_mailbox() -> str:
    """Where mail is read on a copy that sends none; nowhere else."""
    if not settings.MAILBOX:
        return ""
    try:
        return reverse("mailbox")
    except NoReverseMatch:
        return ""
