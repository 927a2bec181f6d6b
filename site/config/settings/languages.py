"""The languages that an installation can speak, as ``LANGUAGES`` names them."""

from typing import Any

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

SOURCE = "en"  # the code is written in it: what has no other words is said in these
OURS = {"en": _("English"), "fr": _("French")}  # named in our own catalogues, too


def chosen_languages(codes: list[str]) -> list[tuple[str, Any]]:
    """``LANGUAGES`` for ``codes``, each with its name: in our catalogues' words, or in Django's.

    Raises ``ImproperlyConfigured`` for a code that Django doesn't know, for one that stands twice,
    and without English.
    """
    codes = [code.strip().lower() for code in codes if code.strip()]
    unknown = [code for code in codes if "name" not in LANG_INFO.get(code, {})]
    if unknown:
        raise ImproperlyConfigured(f"LANGUAGES: Django knows no {', '.join(unknown)}.")
    if len(set(codes)) < len(codes):
        raise ImproperlyConfigured("LANGUAGES names a language twice.")
    if SOURCE not in codes:
        raise ImproperlyConfigured("LANGUAGES must name en, which the code is written in.")
    names = {code: gettext_lazy(LANG_INFO[code]["name"]) for code in codes} | OURS
    return [(code, names[code]) for code in codes]
