"""Pages made for benches of translation: text alone, published, in English alone."""

from django.contrib.auth.models import User
from wagtail.models import Page

from core.slugs import slugify
from home.models import HomePage, StandardPage

TEXT = (
    '<p>Paragraph {n} says what it has to say, with <b>weight</b>, and leads to <a href="https:'
    '//example.org/{n}">a report</a>.</p>'
)


def administrator() -> User:
    """The first one."""
    return User.objects.filter(is_superuser=True).order_by("pk")[0]


def home() -> Page:
    """The English home page."""
    page: Page = HomePage.objects.get(locale__language_code="en")
    return page


def english_page(parent: Page, title: str, paragraphs: int) -> Page:
    """A page of so many paragraphs, as many texts for its translator besides title and address."""
    page = StandardPage(title=title, slug=slugify(title), introduction="", locale=parent.locale)
    page.body = [("text", TEXT.format(n=n)) for n in range(paragraphs)]
    page = Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
    published: Page = StandardPage.objects.get(pk=page.pk)
    return published
