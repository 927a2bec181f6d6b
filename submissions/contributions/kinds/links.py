"""The address of a page on the web, and nothing that a browser would run."""

import re
from typing import Any
from urllib.parse import urlsplit

import idna
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from submissions.contributions.kinds.answering import Answering

LONGEST = 2_000  # characters, as browsers and search engines take
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PORT_FOLLOWS = re.compile(r"[^/?#:]+:[0-9]+(?:[/?#]|$)")  # example.org:8000 names no scheme
# White space, what can't be seen, and what turns the direction of the words beside it.
_NOT_IN_AN_ADDRESS = re.compile(
    '[\\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff<>"\\\\^`{|}]'
)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_LAST_LABEL = re.compile(r"(?:xn--[a-z0-9-]+|[a-z]{2,63})")

WEB_ONLY = _("Enter an address that begins with https:// or http://.")
NO_ADDRESS = _("Enter the whole address of a page, such as https://example.org/report.")
TOO_LONG = _("This address is too long. Give the shortest one that leads to the page.")


def read_address(text: str) -> str:
    """The address that ``text`` writes; ``https://`` is put before one without a beginning.

    Raises ``ValidationError`` for what leads to no page of the public web.
    """
    if len(text) > LONGEST:
        raise ValidationError(TOO_LONG, code="too_long")
    if _NOT_IN_AN_ADDRESS.search(text):
        raise ValidationError(NO_ADDRESS, code="invalid")
    if not _WEB.match(text):
        if _SCHEME.match(text) and not _PORT_FOLLOWS.match(text):
            raise ValidationError(WEB_ONLY, code="scheme")
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
        named = idna.encode(host, uts46=True).decode("ascii")
    except (ValueError, idna.IDNAError):
        raise ValidationError(NO_ADDRESS, code="invalid") from None
    first, dot, last = named.rstrip(".").rpartition(".")
    if not (first and dot and _LAST_LABEL.fullmatch(last)) or parts.username is not None:
        raise ValidationError(NO_ADDRESS, code="invalid")
    return text


class LinkField(Answering, forms.CharField):
    """One address, kept as it was typed."""

    widget = forms.URLInput

    def __init__(self, **options: Any) -> None:
        super().__init__(error_messages={"required": NO_ADDRESS}, **options)
        self.widget.attrs |= {"dir": "ltr", "spellcheck": "false", "autocapitalize": "none"}

    def to_python(self, value: Any) -> str:
        """The address; empty for none."""
        text: str = super().to_python(value) or ""
        return read_address(text) if text else ""

    def given(self, value: Any) -> dict[str, Any]:
        """The address."""
        return {"text": value} if value else {}
