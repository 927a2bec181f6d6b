"""What a page's menus offer of wagtail-localize: sending the page, and its translations in step.

wagtail-localize's own hook asks four questions for every row of a list. This one stands in its
place, says the same, and answers from what was looked up for the whole list.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from core.translating.bulk.access import SUBMIT

# In wagtail-localize's words, which its own catalogue translates.
SEND = "Translate this page"
FOLLOW = "Sync translated pages"

THEIRS = "wagtail_localize.wagtail_hooks"
_KEPT = "_translation_links"


@dataclass(frozen=True)
class Links:
    """Of one page: whether a language lacks it, and the source that its translations follow."""

    lacking: bool
    source: int | None


def look_up(pages: Collection[Page], user: Any) -> None:
    """Before the menus of a list are drawn. Three queries however many; none for who sends none."""
    if user.has_perm(SUBMIT):
        for page, links in zip(pages, _links_of(pages), strict=True):
            setattr(page, _KEPT, links)


def translation_buttons(
    page: Page, user: Any, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    """As wagtail-localize offers them; for a page that stands in no list it is asked now."""
    if page.is_root() or not user.has_perm(SUBMIT):
        return
    links: Links = getattr(page, _KEPT, None) or _links_of([page])[0]
    if links.lacking:
        url = reverse(
            "wagtail_localize:submit_page_translation", args=[page.alias_of_id or page.pk]
        )
        icon = "wagtail-localize-language"
        yield Button(gettext(SEND), url, priority=60, icon_name=icon)
    if links.source is not None:
        url = reverse("wagtail_localize:update_translations", args=[links.source])
        if next_url is not None:
            url += "?" + urlencode({"next": next_url})
        yield Button(gettext(FOLLOW), url, priority=60, icon_name="resubmit")


def _links_of(pages: Collection[Page]) -> list[Links]:
    keys = {page.translation_key for page in pages}
    languages = set(Locale.objects.values_list("pk", flat=True))
    standing: dict[UUID, set[int]] = defaultdict(set)
    own = Page.objects.filter(translation_key__in=keys, alias_of=None)
    for key, locale in own.order_by().values_list("translation_key", "locale_id"):
        standing[key].add(locale)
    followed = TranslationSource.objects.filter(object_id__in=keys, translations__enabled=True)
    sources = {
        (key, locale): pk
        for key, locale, pk in followed.distinct().values_list("object_id", "locale_id", "pk")
    }
    return [
        Links(
            lacking=bool(languages - standing[page.translation_key]),
            source=sources.get((page.translation_key, page.locale_id)),
        )
        for page in pages
    ]


@hooks.register("register_admin_urls")
def stand_in() -> list[Any]:
    """Wagtail offers no way to take a hook back. Every app's are there once addresses are asked."""
    for name in ("register_page_header_buttons", "register_page_listing_more_buttons"):
        hooks._hooks[name] = [
            (translation_buttons if hook.__module__ == THEIRS else hook, order)
            for hook, order in hooks._hooks[name]
        ]
    return []
