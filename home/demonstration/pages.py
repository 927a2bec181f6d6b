"""The pages of the demonstration: written in English, translated into French, published."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Locale, Page, Site

from core.models import BasePage
from home.bilingual import Entry, said_in
from home.demonstration.bodies import RULES, Body, PageIds
from home.demonstration.content import identity, load, load_all
from home.demonstration.pictures import picture
from home.legal.facts import facts
from home.legal.pages import LegalPages
from home.models import HomePage, StandardPage
from home.translations import glossary, translate
from submissions.models import Choice, Question
from themes.models import ThemeIndexPage, ThemePage


@dataclass
class Planned:
    """One page to be: its words, its type, and the key of its parent."""

    entry: Entry
    model: type[BasePage]
    parent: str | None
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The page's name in the files."""
        key: str = self.entry["key"]
        return key


def plan() -> Iterator[Planned]:
    """Every page, parents first."""
    site = load("site.toml")
    home, index = site["home"], site["theme_index"]
    yield Planned(
        home,
        HomePage,
        None,
        {
            "question": home["question"],
            "introduction": home["introduction"],
        },
    )
    yield Planned(index, ThemeIndexPage, home["key"], {"introduction": index["introduction"]})
    for number, theme in enumerate(load_all("themes")):
        image = picture(theme["accent"], number, f"Demonstration: {theme['title']['en']}")
        yield Planned(
            theme,
            ThemePage,
            index["key"],
            {
                "summary": theme["summary"],
                "accent": theme["accent"],
                "picture": image,
            },
        )
    for page in load_all("pages"):
        yield Planned(
            page,
            StandardPage,
            home["key"],
            {
                "introduction": page.get("introduction", ""),
                "menu_label": page.get("menu_label", ""),
                "in_footer": page.get("menu") == "footer",
                "site_map": page["key"] == "site-map",
            },
        )


def make_pages() -> Iterator[str]:
    """Make what is missing, and yield the title of each page as it is published in both languages.

    A page that is there already, in whatever state an editor left it, is not touched.
    """
    english, french = (Locale.objects.get(language_code=code) for code in ("en", "fr"))
    site = load("site.toml")
    planned = list(plan())
    _set_welcome_page_aside()
    pages: dict[str, Page] = {}
    new = []
    for each in planned:
        found = each.model.objects.filter(
            translation_key=identity(each.key), locale=english
        ).first()
        if found is None:
            found = _draft(each, pages.get(each.parent or ""), english)
            new.append(each)
        pages[each.key] = found
    legal = LegalPages(pages[site["home"]["key"]], {**facts(None), **load("legal.toml")})
    ids = {key: page.pk for key, page in pages.items()} | legal.ids
    words = glossary(site)
    for each in new:
        page = pages[each.key]
        _fill(page, each, site, ids)
        page.save_revision().publish()
        if each.model is HomePage:
            _lead_site_to(page)
        translate(
            each.model.objects.get(pk=page.pk),
            {**words, **glossary(each.entry)},
            each.entry["slug"]["fr"],
            french,
        )
        _set_rules(each)
        yield each.entry["title"]["en"]
    for page in legal.complete(publish=True):
        yield page.title


def give_pages_to(owner: AbstractBaseUser) -> None:
    """Pages of the demonstration that nobody is said to have made are ``owner``'s."""
    home = identity(load("site.toml")["home"]["key"])
    for page in HomePage.objects.filter(translation_key=home):
        page.get_descendants(inclusive=True).filter(owner=None).update(owner=owner)


def _draft(each: Planned, parent: Page | None, locale: Locale) -> Page:
    """The page without its body, so that others can link to it."""
    page = each.model(
        title=each.entry["title"]["en"],
        slug=each.entry["slug"]["en"],
        locale=locale,
        live=False,
        translation_key=identity(each.key),
        show_in_menus=each.entry.get("menu") == "main",
        search_description=said_in(each.entry.get("summary", ""), "en"),
        **{name: said_in(value, "en") for name, value in each.fields.items()},
    )
    above = parent or Page.get_first_root_node()
    added: Page = above.add_child(instance=page)
    return added


def _fill(page: Any, each: Planned, site: Entry, ids: PageIds) -> None:
    if "body" in each.entry:
        page.body = Body(each.key, site, ids, "en").stream(each.entry["body"])


def _set_welcome_page_aside() -> None:
    """Wagtail's own first page holds the slug ``home``."""
    for site in Site.objects.filter(root_page__slug="home", root_page__depth=2):
        if type(site.root_page.specific) is Page:
            site.root_page.slug = "welcome"
            site.root_page.save()


def _lead_site_to(home: Page) -> None:
    """Make ``home`` the root of the default site, and remove Wagtail's welcome page."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", port=8000, root_page=home, is_default_site=True)
        return
    welcome = site.root_page
    site.root_page = home
    site.save()
    if type(welcome.specific) is Page and not welcome.get_children().exists():
        welcome.delete()


def _set_rules(each: Planned) -> None:
    """Word limits, conditions and the like: rules stand in the rows, not in the words."""
    for position, block in enumerate(each.entry.get("body", [])):
        if block["kind"] != "questionnaire":
            continue
        for entry in block["questions"]:
            question = Question.objects.filter(
                block_id=identity(each.key, f"{position}/{entry['key']}")
            )
            rules = {rule: entry[rule] for rule in RULES if rule in entry}
            if rules:
                question.update(**rules)
            if "follows" in entry:
                earlier = identity(each.key, f"{position}/{entry['follows']['question']}")
                ticked = entry["follows"]["choices"]
                question.get().follows.set(
                    Choice.objects.filter(question__block_id=earlier, position__in=ticked)
                )
