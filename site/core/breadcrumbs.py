"""The way from the home page to the page that is read."""

from dataclasses import dataclass

from django.utils.translation import get_language, pgettext

from core.alternates import home_url


@dataclass(frozen=True)
class Crumb:
    """One step. The page that is read, the last one, has no address."""

    title: str
    url: str = ""


def crumbs_of_view(title: str, *above: Crumb) -> list[Crumb]:
    """From the home page of the active language, by ``above``, to a view called ``title``."""
    home = Crumb(pgettext("breadcrumb", "Home"), home_url(get_language() or ""))
    return [home, *above, Crumb(title)]
