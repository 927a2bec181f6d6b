"""A tree in words: what would be sent, what became of it, for who looks at it.

Who may not edit a page is not told the title of one that nobody has published.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from wagtail.models import Locale, Page

from core.alternates import own_name
from core.models import BulkTranslation
from core.translating.access import may_translate
from core.translating.bulk.access import may_send
from core.translating.bulk.plan import Plan, in_words, plans_of, title_of, told
from core.translating.po.writing import translations_under

MOST = 200  # titles of one list; the rest is counted
DEEPEST = 5  # steps to the right


@dataclass
class Group:
    """Pages that are left out for one reason."""

    why: str | Promise
    titles: list[str] = field(default_factory=list)
    count: int = 0

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.titles)


@dataclass
class Into:
    """What sending the tree into one language would do."""

    locale: Locale
    plan: Plan
    pages: list[tuple[str, int]]  # its title, with its depth below the topmost
    left_out: list[Group]
    above: str  # the title of the page that must be sent first; empty where it can't be told
    chosen: bool

    @property
    def code(self) -> str:
        """The language's code."""
        return str(self.locale.language_code)

    @property
    def name(self) -> str:
        """The language in itself."""
        return own_name(self.code)

    @property
    def more(self) -> int:
        """How many pages are not listed."""
        return len(self.plan.pages) - len(self.pages)


@dataclass(frozen=True)
class Files:
    """The PO files of a tree that stands in one language."""

    language: str
    out_url: str
    in_url: str

    @property
    def name(self) -> str:
        """The language in itself."""
        return own_name(self.language)


def into(
    page: Page, locales: list[Locale], *, edits: bool, drafts: bool, chosen: Iterable[str]
) -> list[Into]:
    """Of each of ``locales``; three queries. ``edits``: drafts may be named."""
    said = set(chosen)
    return [
        Into(
            plan.locale,
            plan,
            [
                (title_of(one, edits=edits), min(one.depth - page.depth, DEEPEST))
                for one in plan.pages[:MOST]
            ],
            left_out((told(one.page, why=one.why.value) for one in plan.left_out), edits=edits),
            title_of(plan.above, edits=edits) if plan.above is not None else "",
            chosen=plan.locale.language_code in said or len(locales) == 1,
        )
        for plan in plans_of(page, locales, drafts=drafts)
    ]


def left_out(entries: Iterable[dict[str, Any]], *, edits: bool) -> list[Group]:
    """By reason, in the order in which they were met."""
    groups: dict[str, Group] = {}
    for entry in entries:
        group = groups.setdefault(entry["why"], Group(in_words(entry["why"])))
        group.count += 1
        if (edits or entry["live"]) and len(group.titles) < MOST:
            group.titles.append(entry["title"])
    return list(groups.values())


def files_of(user: Any, page: Page) -> list[Files]:
    """Of the tree of ``page`` in each language in which ``user`` may translate it."""
    trees = page.get_translations(inclusive=True).filter(alias_of=None).select_related("locale")
    return [
        Files(
            tree.locale.language_code,
            reverse("translating:tree_po", args=[tree.pk]),
            reverse("translating:tree_po_import", args=[tree.pk]),
        )
        for tree in trees.order_by("locale__language_code")
        if may_translate(user, tree) and translations_under(tree)
    ]


def elsewhere(user: Any, page: Page) -> list[tuple[str, str, int]]:
    """Trees that hold what ``page``'s language lacks: their language, address, number of pages."""
    trees = page.get_translations().filter(alias_of=None).select_related("locale")
    found = []
    for tree in trees.order_by("locale__language_code"):
        if may_send(user, tree, page.locale):
            (plan,) = plans_of(tree, [page.locale])
            if plan.pages and plan.above is None:
                where = reverse("translating:tree", args=[tree.pk])
                url = f"{where}?into={page.locale.language_code}"
                found.append((own_name(tree.locale.language_code), url, len(plan.pages)))
    return found


def jobs_of(page: Page, locales: Iterable[Locale]) -> list[BulkTranslation]:
    """The last times that ``page`` was sent with what is below it, into one of ``locales``."""
    jobs = BulkTranslation.objects.filter(page=page, locale__in=locales)
    jobs = jobs.select_related("locale", "by")
    return list(jobs[:10])
