"""How to cite a published contribution: a sentence, BibTeX, CSL-JSON.

The address that is cited stands under no language: it leads each reader to theirs.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.alternates import live_translations
from core.dates import day
from core.typography import typeset
from submissions.mail.writing import root_url
from submissions.models import Consultation, Publication

# What LaTeX and BibTeX read as something else than itself. A brace is counted by BibTeX whatever
# stands before it, so that it goes by its name.
ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_TRANSLATED = str.maketrans(ESCAPED)
# Controls, and marks that turn the direction of what follows (what joins letters stays).
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Work:
    """What a citation names. ``author`` empty: its author isn't named."""

    reference: str
    author: str
    organisation: str
    title: str
    collection: str  # the consultation, as its site is called
    publisher: str  # who asks
    published_on: date
    version: int
    language: str  # of the words
    sha256: str
    url: str

    @property
    def key(self) -> str:
        """A name for it in a file of references: letters, figures and hyphens."""
        return f"contribution-{self.reference.lower()}"


def work_of(publication: Publication, language: str) -> Work:
    """``publication`` as it is cited in ``language``. It stands on a page, so it has a day."""
    contribution = publication.contribution
    consultation = contribution.consultation
    identity = publication.content["identity"]
    collection = name_of(consultation, language)
    with translation.override(language):
        title = _("Contribution %(reference)s to “%(site)s”") % {
            "reference": contribution.reference,
            "site": collection,
        }
    return Work(
        reference=contribution.reference,
        author=_one_line(identity.get("name", "")),
        organisation=_one_line(identity.get("organisation", "")),
        title=typeset(title, language),
        collection=collection,
        publisher=_one_line(consultation.controller),
        published_on=timezone.localtime(publication.published_at).date(),
        version=publication.content["number"],
        language=publication.language,
        sha256=publication.sha256,
        url=permalink(consultation, contribution.reference),
    )


def permalink(consultation: Consultation, reference: str) -> str:
    """Its one address, whatever the language of who reads it."""
    return root_url(consultation) + reverse("permalink", args=[reference])


def name_of(consultation: Consultation, language: str) -> str:
    """What the site is called in ``language``: one line."""
    first = consultation.site.root_page
    home = live_translations(first).get(language, first)
    return _one_line(str(home.title))


def sentence(work: Work, language: str) -> str:
    """A plain sentence, set as ``language`` is written."""
    with translation.override(language):
        who = _("%(name)s (%(organisation)s)") if work.organisation else "%(name)s"
        said = _(
            "%(who)s, contribution %(reference)s to “%(site)s”, version %(version)s, published on "
            "%(day)s. %(url)s"
        ) % {
            "who": who % {"name": author_of(work), "organisation": work.organisation},
            "reference": work.reference,
            "site": work.collection,
            "version": work.version,
            "day": day(work.published_on, language),
            "url": work.url,
        }
    return typeset(said, language)


def author_of(work: Work) -> str:
    """Who wrote it, or that they are not named, in the active language."""
    return work.author or pgettext("author of a citation", "Author not named")


def bibtex(work: Work) -> str:
    """One entry, in UTF-8. Names stand in braces of their own: nothing parts them."""
    fields = {
        "author": f"{{{escaped(work.author)}}}" if work.author else "",
        "organization": escaped(work.organisation),
        "title": f"{{{escaped(work.title)}}}",
        "howpublished": escaped(work.collection),
        "publisher": escaped(work.publisher),
        "year": str(work.published_on.year),
        "month": str(work.published_on.month),
        "day": str(work.published_on.day),
        "date": work.published_on.isoformat(),
        "version": str(work.version),
        "langid": _langid(work.language),
        "note": escaped(f"SHA-256 {work.sha256}"),
        "url": work.url,
    }
    lines = [f"  {name} = {{{said}}}," for name, said in fields.items() if said]
    return "\n".join([f"@misc{{{work.key},", *lines, "}", ""])


def csl_json(work: Work) -> list[dict[str, Any]]:
    """The entry as citation managers read it, in the Citation Style Language's JSON."""
    said: Mapping[str, Any] = {
        "id": work.key,
        "type": "document",
        "title": work.title,
        "author": [{"literal": work.author}] if work.author else None,
        "container-title": work.collection,
        "publisher": work.publisher,
        "issued": {
            "date-parts": [[work.published_on.year, work.published_on.month, work.published_on.day]]
        },
        "number": work.reference,
        "version": str(work.version),
        "language": work.language,
        "note": _note(work),
        "URL": work.url,
    }
    return [{name: value for name, value in said.items() if value}]


def escaped(text: str) -> str:
    """``text`` as BibTeX reads it back."""
    return text.translate(_TRANSLATED)


def _one_line(text: str) -> str:
    """Without line breaks, and without what turns the direction of all that follows."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def _note(work: Work) -> str:
    organisation = f"{work.organisation}. " if work.organisation else ""
    return f"{organisation}SHA-256 {work.sha256}"


def _langid(language: str) -> str:
    """The language by the name that LaTeX gives it; none for those it is not told here."""
    names = {"en": "english", "fr": "french"}
    base = language.partition("-")[0]
    return names.get(base, base if base in dict(settings.LANGUAGES) else "")
