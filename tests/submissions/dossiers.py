"""Writing a dossier as a browser does: begun, its sections and parts saved, page by page.

``Writer`` is a browser that writes one draft; ``writer(door)`` begins one at a questionnaire.
"""

import re
from html import unescape
from typing import Any

from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import translation

from submissions.models import Draft, DraftAuthor, Questionnaire
from tests.submissions.answering import OWN_PAGE, TOLD, Door

ABOUT = ("respondent_type", "name", "organisation", "role", "country", "email")
CONSENTS = ("analysis", "publication")


def text_of(response: Any) -> str:
    """A page as it reads, entities resolved."""
    return unescape(response.content.decode())


def hidden(response: Any, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, f"no field {name}"
    return unescape(found[1])


class Writer(Client):
    """A browser of one author."""

    draft: Draft

    def __init__(self, **options: Any) -> None:
        super().__init__(headers=OWN_PAGE, **options)

    def begin(self, questionnaire: Questionnaire, language: str = "en") -> "Writer":
        """Press "Begin" on the start page."""
        with translation.override(language):
            start = reverse("submissions:questionnaire", args=[questionnaire.pk])
        response = self.post(start)
        assert response.status_code == 302, response.status_code
        self.draft = Draft.objects.latest("made_at")
        return self

    @property
    def author(self) -> DraftAuthor:
        """Who owns the draft."""
        return DraftAuthor.objects.select_related("draft__consultation", "draft__contribution").get(
            draft=self.draft, owner=True
        )

    def another_browser(self) -> "Writer":
        """The same author on another device."""
        other = Writer()
        other.cookies.load(self.cookies.output(header="", sep=";"))
        other.draft = self.draft
        return other

    def address(self, view: str, *args: Any, language: str = "en") -> str:
        """A page of the draft: ``draft``, ``draft_about``…"""
        with translation.override(language):
            return reverse(f"submissions:{view}", args=[self.draft.pk, *args])

    def section(self, questionnaire: Questionnaire, key: int = 0, language: str = "en") -> str:
        """The address of a section."""
        return self.address("draft_section", questionnaire.pk, key, language=language)

    def save(
        self,
        questionnaire: Questionnaire,
        fields: dict[str, Any],
        *,
        key: int = 0,
        language: str = "en",
        then: str = "on",
        page: Any = None,
        by_itself: bool = False,
        **more: Any,
    ) -> Any:
        """Load a section (or take ``page``, loaded before), fill ``fields`` in and save.

        What stands in the form stays in it, as in a browser.
        """
        where = self.section(questionnaire, key, language)
        shown = page or self.get(where)
        stands = filled_in(shown)
        # Of a group, what is ticked anew takes the place of what was.
        data = {**stands, "screen": hidden(shown, "screen"), **fields, **more}
        if by_itself:
            return self.post(where, data, headers={**OWN_PAGE, "HX-Request": "true"})
        return self.post(where, data | {"then": then})

    def tell_about(self, language: str = "en", **said: Any) -> Any:
        """Fill in "About you"."""
        return self._part("draft_about", ABOUT, language, said)

    def consent(self, language: str = "en", **said: Any) -> Any:
        """Fill in what may be done with it."""
        return self._part("draft_consents", CONSENTS, language, said)

    def _part(self, view: str, names: tuple[str, ...], language: str, said: Any) -> Any:
        where = self.address(view, language=language)
        then = said.pop("then", "on")
        revision = hidden(self.get(where), "revision")
        data = {name: TOLD[name] for name in names} | said
        return self.post(where, data | {"revision": revision, "then": then})


def filled_in(response: Any) -> dict[str, list[str]]:
    """What the form of a section would send as it stands: its answers, without the buttons."""
    form = response.context["form"]
    data: QueryDict = form.data
    return {
        name: values
        for one in form.asked
        for name, values in form.raw(one).items()
        if data.getlist(name)
    }


def writer(door: Door, language: str = "en") -> Writer:
    """A browser that has begun a draft at ``door``."""
    return Writer().begin(door.questionnaire, language)


def complete(door: Door, language: str = "en", **fields: Any) -> Writer:
    """A draft in which nothing is missing: its long question answered, the parts filled in.

    A key of ``fields`` such as ``scale`` names the field of that kind of question.
    """
    browser = writer(door, language)
    answers = {"long_text": "Open the models that public money pays for."} | fields
    data = {door.field(kind): value for kind, value in answers.items()}
    browser.save(door.questionnaire, data, language=language)
    browser.tell_about(language)
    browser.consent(language)
    return browser
