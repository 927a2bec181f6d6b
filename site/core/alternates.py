"""One function says where a page stands in each language.

The switcher, ``hreflang``, the canonical address and the sitemap all ask it; none of them swaps
prefixes. A Wagtail page is found by its translations, any other address by reversing the view that
answered it under the other language.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from babel import Locale
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import get_language_info
from wagtail.models import Page, Site

from core.shown_languages import languages_shown


@dataclass(frozen=True)
class Alternate:
    """Where to read this page in one language."""

    language_code: str
    name: str  # the language's own name: English, Français
    url: str  # absolute path with its query, or that language's home when there is no translation
    canonical: str  # the same without query: the address that search engines are told
    current: bool
    exists: bool  # False: ``url`` leads to that language's home


def own_name(language_code: str) -> str:
    """The language's name in itself, with a capital: ``Français``."""
    name: str = get_language_info(language_code)["name_local"]
    return name[:1].upper() + name[1:]


def name_in_a_sentence(language_code: str) -> str:
    """The language's name as the active language writes it: “in French”, « en français »."""
    reader = translation.get_language() or settings.LANGUAGE_CODE
    name: str = Locale.parse(reader, sep="-").languages.get(language_code, own_name(language_code))
    return name


def home_url(language_code: str) -> str:
    """The address of a language's home page."""
    return f"/{language_code}/"


@dataclass(frozen=True)
class Home:
    """A site's published home page in one language."""

    language_code: str
    title: str
    url: str


def homes_of(site: Site, request: HttpRequest) -> list[Home]:
    """The published home pages of a site that the public reads, in the order of ``LANGUAGES``."""
    homes = live_translations(site.root_page)
    return [
        Home(code, homes[code].title, url)
        for code in languages_shown(request)
        if code in homes and (url := homes[code].get_url(request))
    ]


def live_translations(page: Page) -> dict[str, Page]:
    """Each live translation of ``page``, itself included, by language code, without its body.

    An alias (another language's text standing in this tree) is not a translation.
    """
    translations = (
        page.get_translations(inclusive=True)
        .live()
        .filter(alias_of__isnull=True)
        .select_related("locale")
    )
    return {found.locale.language_code: found for found in translations.defer_streamfields()}


def local_home(request: HttpRequest) -> Page | None:
    """The home page of the site that answers, in the language of the address: one query a request.

    A language whose home page isn't published shows the site's first.
    """
    attribute = "_local_home"
    if not hasattr(request, attribute):
        site = Site.find_for_request(request)
        homes = live_translations(site.root_page) if site else {}
        language = translation.get_language() or settings.LANGUAGE_CODE
        setattr(request, attribute, homes.get(language) or (site.root_page if site else None))
    home: Page | None = getattr(request, attribute)
    return home


def page_urls(page: Page, request: HttpRequest | None = None) -> dict[str, str]:
    """The path of each live translation of ``page``, itself included, by language code."""
    urls = {code: found.get_url(request) for code, found in live_translations(page).items()}
    return {code: url for code, url in urls.items() if url}


def view_urls(request: HttpRequest) -> dict[str, str]:
    """The path of the view that answers ``request``, in each language of its address patterns.

    An address that stands under no language (``/``) has none.
    """
    match = request.resolver_match
    if match is None or not match.view_name:
        return {}
    urls = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            try:
                url = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
            except NoReverseMatch:
                continue
        if translation.get_language_from_path(url) == code:
            urls[code] = url
    return urls


def urls_of(request: HttpRequest, page: Page | None) -> dict[str, str]:
    """Where the page or the view that answers ``request`` stands, by language code."""
    if page is not None:
        return page_urls(page, request)
    return view_urls(request)


def alternates(request: HttpRequest, urls: dict[str, str]) -> list[Alternate]:
    """One alternate for each language that the public reads, in the order of ``LANGUAGES``.

    The query goes along, so that a filtered or searched list stays what it is; the marker of a
    missing translation does not.
    """
    active = translation.get_language()
    query = request.GET.copy()
    query.pop(UNTRANSLATED, None)
    suffix = f"?{query.urlencode()}" if query else ""
    return [
        Alternate(
            language_code=code,
            name=own_name(code),
            url=urls[code] + suffix if code in urls else f"{home_url(code)}?{UNTRANSLATED}=1",
            canonical=urls.get(code, home_url(code)),
            current=code == active,
            exists=code in urls,
        )
        for code in languages_shown(request)
    ]


UNTRANSLATED = "untranslated"


def site_origin(request: HttpRequest) -> str:
    """``https://host`` of the site that answers: from its settings, never from the request."""
    site = Site.find_for_request(request)
    return site.root_url if site else settings.WAGTAILADMIN_BASE_URL


def reciprocal(pages: Iterable[Page]) -> dict[int, dict[str, Page]]:
    """For a set of live pages: each page's translations within the set, by page id and language.

    The sitemap's form of the same rule, in no query at all.
    """
    groups: dict[object, dict[str, Page]] = {}
    pages = [page for page in pages if page.alias_of_id is None]
    for page in pages:
        groups.setdefault(page.translation_key, {})[page.locale.language_code] = page
    return {page.pk: groups[page.translation_key] for page in pages}
