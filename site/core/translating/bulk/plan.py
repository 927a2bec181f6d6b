"""What sending a tree would do, told before it is done: which pages, which not, and why."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page


class Why(models.TextChoices):
    """Why a page is not sent."""

    DRAFT = "draft", _("It is not published.")
    ALIAS = "alias", _("It is an alias: it shows the words of another page.")
    ALIAS_THERE = "alias_there", _("An alias stands in its place. Delete that one first.")
    PARENT = "parent", _("The page above it is not translated.")


@dataclass(frozen=True)
class LeftOut:
    """A page that is not sent."""

    page: Page
    why: Why


@dataclass
class Plan:
    """What would be sent into one language; ``pages`` has parents before what is below them."""

    locale: Locale
    pages: list[Page] = field(default_factory=list)
    already: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    # The topmost page above the tree that doesn't stand in that language: it must be sent first.
    above: Page | None = None

    @property
    def drafts(self) -> int:
        """How many are left out for not being published."""
        return sum(one.why == Why.DRAFT for one in self.left_out)


def plans_of(
    root: Page, locales: Collection[Locale], *, drafts: bool = False, without: Iterable[int] = ()
) -> list[Plan]:
    """What sending ``root`` and what is below it would do, for each of ``locales``; three queries.

    ``drafts``: pages that are not published are sent too. ``without``: ids of pages to be passed
    over, as if they could not be translated.
    """
    pages = list(
        Page.objects.descendant_of(root, inclusive=True)
        .filter(locale=root.locale_id)
        .order_by("path")
    )
    ancestors = list(root.get_ancestors().filter(depth__gt=1).order_by("depth"))
    there = _standing([*ancestors, *pages], locales)
    passed_over = set(without)
    return [
        _plan(locale, pages, ancestors, there, drafts=drafts, passed_over=passed_over)
        for locale in locales
    ]


def _standing(
    pages: Iterable[Page], locales: Collection[Locale]
) -> dict[tuple[UUID, int], int | None]:
    """Which pages stand in which language, and of what they are an alias, if they are one."""
    found = Page.objects.filter(
        translation_key__in=[page.translation_key for page in pages], locale__in=locales
    ).values_list("translation_key", "locale_id", "alias_of_id")
    return {(key, locale): alias_of for key, locale, alias_of in found}


def _plan(
    locale: Locale,
    pages: list[Page],
    ancestors: list[Page],
    there: dict[tuple[UUID, int], int | None],
    *,
    drafts: bool,
    passed_over: set[int],
) -> Plan:
    def stands(page: Page) -> bool:
        return there.get((page.translation_key, locale.pk), 0) is None

    plan = Plan(locale, above=next((one for one in ancestors if not stands(one)), None))
    # The paths of the pages that stand there, or will.
    ground = {one.path for one in ancestors if stands(one)}
    for page in pages:
        if stands(page):
            plan.already += 1
            ground.add(page.path)
            continue
        parent = page.path[: -page.steplen]
        if page.alias_of_id is not None:
            plan.left_out.append(LeftOut(page, Why.ALIAS))
        elif (page.translation_key, locale.pk) in there:
            plan.left_out.append(LeftOut(page, Why.ALIAS_THERE))
        elif not page.live and not drafts:
            plan.left_out.append(LeftOut(page, Why.DRAFT))
        elif page.depth > 2 and parent not in ground:  # noqa: PLR2004 (a home page)
            plan.left_out.append(LeftOut(page, Why.PARENT))
        elif page.pk not in passed_over:
            plan.pages.append(page)
            ground.add(page.path)
    return plan


def told(page: Page, **more: Any) -> dict[str, Any]:
    """A page as a job remembers it, so that its report stays true when the page goes."""
    title = title_of(page, edits=not page.live)
    return {"page": page.pk, "title": title[:200], "live": page.live, **more}


def title_of(page: Page, *, edits: bool) -> str:
    """Its title; who doesn't edit is told the one that the public reads, and none of a draft."""
    if edits:
        return str(page.get_admin_display_title())
    return str(page.title) if page.live else ""


def in_words(why: str) -> str | Promise:
    """A reason as the admin says it."""
    return Why(why).label if why in Why.values else ""
