"""Making a site's legal pages, in each of its languages that the texts speak."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid5

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, Site

from core.alternates import live_translations
from home.bilingual import LANGUAGES
from home.legal.facts import facts
from home.legal.identity import legal_identity
from home.legal.texts import LEFT, LegalText, Values, legal_texts
from home.models import StandardPage
from home.translations import Glossary, glossary, translate
from submissions.models import Consultation

LINK = re.compile(r'<a href="page:([a-z-]+)">')
VIEW_LINK = re.compile(r'<a href="view:([a-z_]+)">')
VIEWS = ("participation", "register")  # of ours, that the texts link to
SITE_MAP = "site-map"


class NoHomePageError(Exception):
    """The site has no home page in a language of the texts."""


def make_legal_pages(site: Site, *, publish: bool) -> Iterator[Page]:
    """Make the pages that ``site`` lacks, below its home page, and yield them.

    Raises ``NoHomePageError``.
    """
    home = site.root_page.specific
    if home.locale.language_code not in LANGUAGES or not home.live:
        raise NoHomePageError
    consultation = Consultation.objects.filter(site=site).first()
    yield from LegalPages(home, facts(consultation)).complete(publish=publish)


class LegalPages:
    """The legal pages below ``home``: those that are missing stand there at once, empty.

    A page that is there, whatever editors made of it, is not touched; so is one of the same
    address. ``ids`` tells others where to link.
    """

    def __init__(self, home: Page, values: Values) -> None:
        self.home = home
        self.language: str = home.locale.language_code
        texts = legal_texts(values)
        there = {text.key: _found(home, text, self.language) for text in texts}
        self._new = {text.key: text for text in texts if there[text.key] is None}
        drafts = {key: _draft(home, text, self.language) for key, text in self._new.items()}
        self.ids = {key: page.pk for key, page in there.items() if page is not None}
        self.ids |= {key: page.pk for key, page in drafts.items()}

    def complete(self, *, publish: bool) -> Iterator[Page]:
        """Fill the new pages, translate them into the languages that have a home, yield them."""
        homes = live_translations(self.home)
        others = [code for code in homes if code in LANGUAGES and code != self.language]
        for key, text in self._new.items():
            page = StandardPage.objects.get(pk=self.ids[key])
            _fill(page, text, self.language, self.ids)
            revision = page.save_revision()
            if publish:
                revision.publish()
            for code in others:
                translate(
                    StandardPage.objects.get(pk=page.pk),
                    glossary(text.entry, self.language, code) | _addresses(self.language, code),
                    text.slug[code],
                    homes[code].locale,
                    publish=publish,
                )
            yield StandardPage.objects.get(pk=page.pk)


def _found(home: Page, text: LegalText, language: str) -> Page | None:
    ours = Q(translation_key=legal_identity(home, text.key)) | Q(slug=text.slug[language])
    found: Page | None = Page.objects.child_of(home).filter(ours).first()
    return found


def _draft(home: Page, text: LegalText, language: str) -> Page:
    """The page without its body, so that others can link to it."""
    added: Page = home.add_child(
        instance=StandardPage(
            title=text.title[language],
            slug=text.slug[language],
            introduction=text.introduction[language],
            locale=home.locale,
            live=False,
            translation_key=legal_identity(home, text.key),
            in_footer=True,
            site_map=text.key == SITE_MAP,
        )
    )
    return added


def _fill(page: Page, text: LegalText, language: str, ids: dict[str, int]) -> None:
    def to_page(found: re.Match[str]) -> str:
        return f'<a linktype="page" id="{ids[found[1]]}">'

    def to_view(found: re.Match[str]) -> str:
        return f'<a href="{_address(found[1], language)}">'

    page.body = [
        {
            "type": "text",
            "id": str(uuid5(page.translation_key, str(number))),
            "value": VIEW_LINK.sub(to_view, LINK.sub(to_page, section[language])),
        }
        for number, section in enumerate(text.sections)
    ]
    page.save()


def _address(view: str, language: str) -> str:
    """Where a view of ours stands in ``language``."""
    with translation.override(language):
        return reverse(f"submissions:{view}")


def _addresses(source: str, target: str) -> Glossary:
    """The addresses of views in one language, and in another."""
    return {_address(view, source): _address(view, target) for view in VIEWS}


@dataclass(frozen=True)
class Left:
    """Something that editors still have to complete on a page, as its latest draft says it."""

    page: Page
    asked: str


def left_to_complete(site: Site) -> list[Left]:
    """What is marked to complete on any page of text of ``site``, in every language."""
    left = []
    homes = site.root_page.get_translations(inclusive=True)
    for home in homes:
        for page in StandardPage.objects.descendant_of(home).select_related("locale"):
            latest = page.get_latest_revision_as_object()
            said = " ".join(str(block.value) for block in latest.body)
            said = f"{latest.introduction} {said}"
            left += [Left(page, words.strip()) for words in LEFT.findall(said)]
    return left
