"""A page that is moved takes along its translations that stand where it stands.

They follow nowhere else: what is public in a language, and what is taken off line or deleted there,
is for the publishers of that language, whom Wagtail would not ask.
"""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from core.alternates import name_in_a_sentence


def along(page: Page, user: Any) -> list[Page]:
    """The translations of ``page`` below those of its parent, where ``user`` may move them."""
    beside = page.get_parent().get_translations().values_list("path", flat=True)
    found = page.get_translations().select_related("locale")
    return [
        one
        for one in found
        if one.path[: -Page.steplen] in set(beside) and one.permissions_for_user(user).can_move()
    ]


@hooks.register("construct_translated_pages_to_cascade_actions")
def moved_with_it(pages: Iterable[Page], action: str) -> dict[Page, list[Page]]:
    """Wagtail moves them to the translation of where the page goes, and says how many they are."""
    if action != "move":
        return {}
    user = get_active_log_context().user
    return {page: along(page, user) for page in pages}


@hooks.register("before_move_page")
def all_or_none(request: HttpRequest, page: Page, to: Page) -> HttpResponse | None:
    """Nothing is moved where a translation has no place: Wagtail would fail halfway."""
    for one in along(page, request.user):
        target = to.get_translation_or_none(one.locale)
        if target is None:
            why = _("“%(title)s” has no page in %(language)s yet: translate it first.")
            told = {"title": to.title, "language": name_in_a_sentence(one.locale.language_code)}
        elif not one.permissions_for_user(request.user).can_move_to(target):
            why = _("“%(title)s”, its translation, can’t be moved below “%(parent)s”.")
            told = {"title": one.title, "parent": target.title}
        elif not Page._slug_is_available(one.slug, target, page=one):
            why = _("The address of “%(title)s” is taken below “%(parent)s”.")
            told = {"title": one.title, "parent": target.title}
        else:
            continue
        messages.error(request, why % told)
        return redirect("wagtailadmin_pages:move", page.pk)
    return None
