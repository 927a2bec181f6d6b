"""Ways from the home of the admin to what somebody does often: theirs alone, in a few queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupPagePermission, GroupSitePermission
from wagtail.permissions import page_permission_policy

from core.alternates import live_translations
from home.opening.words import settings_url
from home.workplace.queue import languages_of
from home.workplace.reach import Reach
from submissions.contributions.staff.access import EXPORT, READ
from submissions.mail.writing import root_url
from submissions.models import Consultation
from submissions.moderation.access import PERMISSION as MODERATE
from themes.models import ThemeIndexPage, ThemePage


@dataclass(frozen=True)
class Shortcut:
    """A link, by what is done there."""

    words: str | Promise
    url: str


def name_of(consultation: Consultation) -> str:
    """As its pages are headed in the reader's language."""
    first = consultation.site.root_page
    return str(live_translations(first).get(get_language() or "", first).title)


def shortcuts_for(user: Any, consultation: Consultation) -> list[Shortcut]:
    """What ``user`` may do on this consultation, the most frequent first."""
    reach = Reach(user)
    return [
        *_on_pages(user, consultation, reach),
        *_at_desks(consultation, reach),
        *_always(),
        *_elsewhere(user, consultation),
    ]


def _on_pages(user: Any, consultation: Consultation, reach: Reach) -> Iterator[Shortcut]:
    add = "add"
    if page_permission_policy.user_has_permission(user, add):
        own = page_permission_policy.instances_user_has_permission_for(user, add)
        home = consultation.site.root_page
        lists = ThemeIndexPage.objects.descendant_of(home).filter(pk__in=own.values("pk"))
        first = lists.values_list("pk", flat=True).first()
        if first is not None:
            kind = (ThemePage._meta.app_label, ThemePage._meta.model_name)
            url = reverse("wagtailadmin_pages:add", args=[*kind, first])
            yield Shortcut(_("Add a theme page"), url)
    if languages_of(user):
        yield Shortcut(pgettext_lazy("admin menu", "To translate"), reverse("workplace:queue"))
    if reach.trees or reach.ideas or reach.wordings:
        words = pgettext_lazy("admin menu", "Where does a text stand?")
        yield Shortcut(words, reverse("workplace:whereabouts"))


def _at_desks(consultation: Consultation, reach: Reach) -> Iterator[Shortcut]:
    if reach.holds(MODERATE, consultation):
        yield Shortcut(_("Moderate ideas"), reverse("moderation:index"))
    if reach.holds(READ, consultation):
        yield Shortcut(_("Read contributions"), reverse("contributions:index"))
    if reach.holds(EXPORT, consultation):
        yield Shortcut(_("Export contributions"), reverse("contribution_exports"))
    if reach.holds("submissions.change_consultation", consultation):
        yield Shortcut(_("Dates and rules"), settings_url(consultation))
    if reach.accounts:
        yield Shortcut(_("Add an account"), reverse("wagtailusers_users:add"))


def _always() -> Iterator[Shortcut]:
    yield Shortcut(pgettext_lazy("admin menu", "Guide, task by task"), reverse("guide:index"))
    yield Shortcut(_("Read the site as the public does"), "/")


def _elsewhere(user: Any, consultation: Consultation) -> Iterator[Shortcut]:
    """The admins of the other consultations on which somebody works: each has its own address."""
    others = Consultation.objects.exclude(pk=consultation.pk).select_related("site__root_page")
    if not user.is_superuser:
        sites = GroupSitePermission.objects.filter(group__user=user).values("site")
        pages = GroupPagePermission.objects.filter(group__user=user)
        theirs = pages.values("page__translation_key")
        others = others.filter(Q(site__in=sites) | Q(site__root_page__translation_key__in=theirs))
    for other in others.order_by("site__hostname", "pk"):
        words = _("Go to the admin of “%(site)s”") % {"site": name_of(other)}
        yield Shortcut(words, root_url(other) + reverse("wagtailadmin_home"))
