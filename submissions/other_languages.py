"""How to go on in another language with a form that is being filled in (case 31)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from submissions.models import FormBlock


@dataclass(frozen=True)
class OtherLanguage:
    """The same form in another language: its address, and what its button says there."""

    code: str
    url: str
    invitation: str


def other_languages(row: FormBlock, language: str, view: str) -> list[OtherLanguage]:
    """Every other language in which the form of ``row``, at ``view``, stands on a live page."""
    others = []
    for code in row.consultation.languages:
        if code != language and code in row.live_languages:
            with translation.override(code):
                invitation = _("Continue in %(language)s") % {
                    "language": get_language_info(code)["name_local"]
                }
                url = reverse(view, args=[row.pk])
            others.append(OtherLanguage(code, url, invitation))
    return others
