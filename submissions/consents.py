"""What people are asked to agree to. Votes and ideas are political opinions (GDPR, art. 9).

Each wording has a version: changing a wording means a new version, so that no recorded consent is
taken for one to other words. Those of older versions stand in the history of this file alone. The
words are said beside the button or box that gives consent.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Wording:
    """One purpose and the words in force."""

    purpose: str
    version: str
    text: str | Promise


TAKING_PART = Wording(
    purpose="taking_part",
    version="2026-11",
    text=_(
        "Your votes and ideas are recorded under a random number, without your name, to be counted "
        "and published together with everybody’s. You can take this back at any time."
    ),
)
ANALYSIS = Wording(
    purpose="analysis",
    version="2026-11",
    text=_("I agree that my contribution is read and analysed for this consultation."),
)
PUBLICATION_WITH_NAME = Wording(
    purpose="publication_with_name",
    version="2026-11",
    text=_("Publish my contribution with my name and organisation."),
)
PUBLICATION_WITHOUT_NAME = Wording(
    purpose="publication_without_name",
    version="2026-11",
    text=_("Publish my contribution without my name or organisation."),
)

# The contributor chooses one of these, or asks not to be published; none is ticked beforehand.
PUBLICATION = (PUBLICATION_WITH_NAME, PUBLICATION_WITHOUT_NAME)

# Words that are in force no more, and that somebody agreed to: whoever changes a wording above
# moves the old one here, with its version.
NO_LONGER_IN_FORCE: tuple[Wording, ...] = ()

_EVERY_WORDING = {
    (wording.purpose, wording.version): wording.text
    for wording in (TAKING_PART, ANALYSIS, *PUBLICATION, *NO_LONGER_IN_FORCE)
}


def words_agreed_to(purpose: str, version: str) -> str | Promise:
    """The words of a recorded consent, as they stood; its purpose where nobody kept them."""
    return _EVERY_WORDING.get((purpose, version), purpose)
