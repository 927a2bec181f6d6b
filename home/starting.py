"""Starting a consultation: its site, its front pages in every language, empty and ready to fill."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext, pgettext
from wagtail.models import Locale, Page, Site

from core.slugs import slugify
from home.approval.workflows import keep_workflows
from home.legal.pages import make_legal_pages
from home.models import HomePage
from home.roles import grant_roles
from home.translations import translate
from submissions.models import Consultation
from themes.models import ThemeIndexPage

Titles = Mapping[str, str]  # the name of the consultation, by code of language


class SiteIsTakenError(Exception):
    """A consultation stands at that address already: nothing was made."""


@transaction.atomic
def start(titles: Titles, *, hostname: str, port: int) -> Site:
    """Make the site at ``hostname``, with home page, list of themes and legal pages; return it.

    The first of LANGUAGES is written first, and the others are translations of it. The front pages
    are live, so that they can be looked at; legal pages are drafts, for they have gaps to complete.
    Nothing opens: the consultation has no dates. Raises ``SiteIsTakenError``.
    """
    if Consultation.objects.filter(site__hostname=hostname, site__port=port).exists():
        raise SiteIsTakenError
    languages = [code for code, _name in settings.LANGUAGES]
    for code in languages:
        Locale.objects.get_or_create(language_code=code)
    home = _front_page(titles, languages[0], hostname)
    site = _site_of(home, hostname, port)
    themes = _themes(home, languages[0])
    for code in languages[1:]:
        target = Locale.objects.get(language_code=code)
        translate(home, _home_words(titles, languages[0], code), _slug(titles, code), target)
        translate(
            ThemeIndexPage.objects.get(pk=themes.pk),
            {_themes_title(languages[0]): _themes_title(code)},
            slugify(_themes_title(code)),
            target,
        )
    consultation, _created = Consultation.objects.get_or_create(site=site)
    consultation.languages = languages
    consultation.save()
    list(make_legal_pages(site, publish=False))
    grant_roles()
    keep_workflows()
    return site


def _front_page(titles: Titles, language: str, hostname: str) -> HomePage:
    slug = _slug(titles, language)
    if Page.objects.filter(depth=2, slug=slug).exists():
        slug = slugify(f"{slug}-{hostname}")
    home = HomePage(
        title=titles[language],
        slug=slug,
        locale=Locale.objects.get(language_code=language),
        question=_question(language),
        introduction=_introduction(language),
    )
    Page.objects.get(depth=1).add_child(instance=home)
    home.save_revision().publish()
    return HomePage.objects.get(pk=home.pk)


def _site_of(home: Page, hostname: str, port: int) -> Site:
    """The site at that address, else the default one while it shows Wagtail's welcome page."""
    site = Site.objects.filter(hostname=hostname, port=port).first()
    default = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None and default is not None and _is_welcome(default.root_page):
        site = default
    if site is None:
        name = home.title
        return Site.objects.create(
            hostname=hostname,
            port=port,
            root_page=home,
            site_name=name,
            is_default_site=default is None,
        )
    welcome = site.root_page
    site.hostname, site.port, site.root_page, site.site_name = hostname, port, home, home.title
    site.save()
    if _is_welcome(welcome):
        Page.objects.get(pk=welcome.pk).delete()
    return site


def _is_welcome(page: Page) -> bool:
    """Wagtail's own page of a new database."""
    return type(page.specific) is Page and not page.get_children().exists()


def _themes(home: HomePage, language: str) -> ThemeIndexPage:
    title = _themes_title(language)
    themes = ThemeIndexPage(title=title, slug=slugify(title), locale=home.locale)
    home.add_child(instance=themes)
    themes.save_revision().publish()
    return themes


def _home_words(titles: Titles, source: str, target: str) -> dict[str, str]:
    return {
        titles[source]: titles[target],
        _question(source): _question(target),
        _introduction(source): _introduction(target),
    }


def _slug(titles: Titles, language: str) -> str:
    return slugify(titles[language])


def _question(language: str) -> str:
    with translation.override(language):
        return gettext("What do you ask? Write it here in one sentence.")


def _introduction(language: str) -> str:
    with translation.override(language):
        return gettext("Write here who asks, what will be done with the answers, and by when.")


def unwritten(home: HomePage) -> bool:
    """Whether the home page still asks its editor, as it was started, instead of the public."""
    language = home.locale.language_code
    held = {home.question: _question(language), home.introduction: _introduction(language)}
    return any(asked in said for said, asked in held.items())


def _themes_title(language: str) -> str:
    with translation.override(language):
        return pgettext("title of the list of themes", "Themes")
