"""By what a legal page is known: its place under a home page, in every language."""

from uuid import UUID, uuid5

from wagtail.models import Page

ACCESSIBILITY = "accessibility"


def legal_identity(home: Page, key: str) -> UUID:
    """The translation key of the legal page ``key`` of a site: making it twice makes it once."""
    return uuid5(home.translation_key, f"legal/{key}")


def states_accessibility(page: Page, home: Page | None) -> bool:
    """Whether ``page`` is the accessibility statement of the site of ``home``, in any language."""
    return home is not None and page.translation_key == legal_identity(home, ACCESSIBILITY)
