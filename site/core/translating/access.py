"""Who may do what to a translation of a page: Wagtail's own rights, asked on the page in question.

A translator of French holds the right to edit on the French tree and none on the English one:
what is asked is always asked of the page whose words change, never of its source.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.models import GroupPagePermission, Page

from core.models import PageTranslation
from core.translating.states import work_of


def may_translate(user: Any, page: Page) -> bool:
    """Whether ``user`` may write the words of the translated ``page``."""
    return bool(page.permissions_for_user(user).can_edit())


def works_below(user: Any, page: Page) -> bool:
    """Whether ``user`` may edit in the tree of ``page``: an original there may be somebody else's.

    Who translates into English works below the English home page, and doesn't write it.
    """
    held = page.permissions_for_user(user)
    return user.is_active and (user.is_superuser or "change" in held.permissions)


def may_publish(user: Any, page: Page) -> bool:
    """Whether ``user`` may review the translated ``page``, and put it before the public."""
    return bool(page.permissions_for_user(user).can_publish())


def languages_into(user: Any, codename: str = "change_page") -> list[str]:
    """The languages in whose trees ``user`` holds ``codename``, in the order of the settings."""
    own = [code for code, _name in settings.LANGUAGES]
    if not user.is_active:
        return []
    if user.is_superuser:
        return own
    held = GroupPagePermission.objects.filter(group__user=user, permission__codename=codename)
    trees = set(held.values_list("page__depth", "page__locale__language_code").distinct())
    if any(depth == 1 for depth, _code in trees):  # above every language
        return own
    return [code for code in own if any(code == held_code for _depth, held_code in trees)]


def work_on(request: HttpRequest, page_id: int) -> tuple[Page, PageTranslation]:
    """The page of an address and the work on it, for those who may translate it."""
    page = get_object_or_404(Page.objects.select_related("locale"), pk=page_id).specific
    if not may_translate(request.user, page):
        raise PermissionDenied
    work = work_of(page)
    if work is None:
        raise Http404
    return page, work
