"""The checklist: what is missing, in which language, and where to mend it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from home.opening import machinery, people, words
from home.opening.lacks import Lack
from submissions.models import Consultation

Look = Callable[[Consultation], Iterator[Lack]]


@dataclass(frozen=True)
class Requirement:
    """One thing to have before opening. ``must``: without it the consultation does not open."""

    key: str
    title: str | Promise
    must: bool
    lacks: tuple[Lack, ...]

    @property
    def task(self) -> str:
        """The page of the guide that tells how to have what is missing; empty: none does."""
        return "" if self.met else _TOLD_BY.get(self.key, "")

    @property
    def met(self) -> bool:
        """Whether nothing is missing."""
        return not self.lacks


_LOOKED_AT: tuple[tuple[str, str | Promise, bool, Look], ...] = (
    ("dates", _("Dates"), True, words.dates),
    ("controller", _("Who asks"), True, words.controller),
    ("pages", _("Pages in every language"), True, words.pages),
    ("legal", _("Legal pages"), True, words.legal),
    ("forms", _("Forms, the same in every language"), True, words.forms),
    ("moderators", _("Moderators"), True, people.moderators),
    ("reviewers", _("Readers of contributions"), True, people.reviewers),
    ("worker", _("Background work"), True, machinery.worker),
    ("mail", pgettext_lazy("opening", "E-mail"), True, machinery.mail),
    ("address", _("Address of the site"), True, machinery.address),
    ("translations", _("Translations, level with their originals"), False, words.translations),
    ("publishers", pgettext_lazy("opening", "Publishers"), False, people.publishers),
    ("translators", _("Translators"), False, people.translators),
    ("administrators", _("Administrators"), False, people.administrators),
    ("by_hand", _("Forms that wait for a hand"), False, words.waiting_for_a_hand),
    ("advice", _("What could be better on pages"), False, words.advice),
    ("share_pictures", _("Pictures for sharing"), False, machinery.share_pictures),
    ("search_engines", _("Search engines"), False, machinery.search_engines),
    ("backups", _("Backups"), False, machinery.backups),
)

# The page of the guide that tells how; it has none of the others.
_TOLD_BY = {
    "dates": "open-the-consultation",
    "pages": "preview-and-publish",
    "forms": "add-a-debate",
    "moderators": "accounts-and-roles",
    "reviewers": "accounts-and-roles",
    "mail": "open-the-consultation",
    "translations": "source-changed",
    "publishers": "accounts-and-roles",
    "translators": "accounts-and-roles",
    "administrators": "accounts-and-roles",
    "advice": "check-a-page",
}


def checklist(consultation: Consultation) -> list[Requirement]:
    """Everything that is looked at, what must be there first. ``consultation`` comes with_clock."""
    return [
        Requirement(key, title, must, tuple(look(consultation)))
        for key, title, must, look in _LOOKED_AT
    ]
