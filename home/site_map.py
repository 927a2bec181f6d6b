"""The site map: every page that the public may read in one language, as a tree."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.alternates import local_home


@dataclass(frozen=True)
class Branch:
    """A page and the pages below it."""

    title: str
    url: str
    branches: list["Branch"] = field(default_factory=list)


def site_map(request: HttpRequest) -> list[Branch]:
    """The home page of the address's language with all that stands below it, in the tree's order.

    A page whose parent isn't published hangs on the nearest one that is. What is no page of the
    tree and stands on its own comes last.
    """
    home = local_home(request)
    if home is None:
        return []
    trunk: list[Branch] = []
    above: list[tuple[str, list[Branch]]] = [("", trunk)]
    pages = home.get_descendants(inclusive=True).live().public().filter(alias_of=None)
    for page in pages.order_by("path"):
        while not page.path.startswith(above[-1][0]):
            above.pop()
        branch = Branch(page.title, page.get_url(request) or "")
        above[-1][1].append(branch)
        above.append((page.path, branch.branches))
    return [*trunk, *_beside_the_tree()]


def _beside_the_tree() -> list[Branch]:
    return [
        Branch(_("My participation"), reverse("submissions:participation")),
        Branch(pgettext("navigation", "Library of contributions"), reverse("submissions:library")),
        Branch(pgettext("navigation", "Moderation register"), reverse("submissions:register")),
        Branch(pgettext("page title", "Search"), reverse("search")),
    ]
