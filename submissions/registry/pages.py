"""The page on which a form stands."""

from wagtail.models import Page

from submissions.models import FormBlock


def page_of(row: FormBlock, language: str) -> Page | None:
    """The live page of ``language`` that holds the block."""
    pages = Page.objects.live().filter(
        translation_key=row.translation_key,
        locale__language_code=language,
        alias_of__isnull=True,
    )
    return pages.first()
