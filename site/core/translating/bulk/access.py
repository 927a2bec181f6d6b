"""Who may send a part of the site to translation: those who may edit where it will stand.

What is asked is asked of the tree that grows, never of the one it is made from: who translates into
French sends English pages into French, and no French page into English.
"""

from typing import Any

from wagtail.models import Locale, Page

from core.translating.access import works_below

SUBMIT = "wagtail_localize.submit_translation"


def sendable_into(user: Any, page: Page) -> list[Locale]:
    """The languages into which ``user`` may send ``page`` and what is below it; five queries.

    The nearest page above that stands in a language is asked. Where none does, a home page is to be
    made: for those who may add pages above every site.
    """
    if page.is_root() or not user.has_perm(SUBMIT):
        return []
    locales = list(Locale.objects.exclude(pk=page.locale_id).order_by("language_code"))
    above = list(page.get_ancestors(inclusive=True).filter(depth__gt=1).order_by("-depth"))
    found = Page.objects.filter(
        translation_key__in=[one.translation_key for one in above],
        locale__in=locales,
        alias_of=None,
    )
    standing = {(one.translation_key, one.locale_id): one for one in found}
    root = Page.get_first_root_node()
    allowed = []
    for locale in locales:
        places = (standing.get((one.translation_key, locale.pk)) for one in above)
        nearest = next((one for one in places if one is not None), None)
        if nearest is not None:
            if works_below(user, nearest):
                allowed.append(locale)
        elif root.permissions_for_user(user).can_add_subpage():
            allowed.append(locale)
    return allowed


def may_send(user: Any, page: Page, locale: Locale) -> bool:
    """Whether ``user`` may send ``page`` and what is below it into ``locale``."""
    return locale in sendable_into(user, page)
