"""An expert at a questionnaire: the page, its questions, and what was sent."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import translation

from submissions.contributions.drafts.parts import NOT_PUBLISHED
from submissions.contributions.questions import WITH_QUESTIONS, asked_in
from submissions.contributions.sections import AnswersForm, as_posted
from submissions.contributions.sent import IDENTITY, Sent
from submissions.contributions.services import receive
from submissions.models import Contribution, Question, Questionnaire
from tests.factories import (
    ONE_OF_EACH_KIND,
    BilingualSite,
    bilingual_site,
    bilingual_theme,
    questionnaire_block,
)
from themes.models import ThemePage

OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
TOLD = {
    "respondent_type": "academic",
    "name": "Camille Noël",
    "organisation": "Institut d’étude",
    "role": "Researcher",
    "country": "FR",
    "email": "camille@example.org",
    "analysis": "on",
    "publication": NOT_PUBLISHED,
}


@dataclass
class Door:
    """A questionnaire on a theme in two languages, and who comes to it."""

    where: BilingualSite
    page: ThemePage
    page_fr: ThemePage
    questionnaire: Questionnaire

    def fresh(self) -> Questionnaire:
        """The row as the database has it now."""
        return Questionnaire.objects.with_state().get(pk=self.questionnaire.pk)

    def question(self, kind: str) -> Question:
        """The question of that kind."""
        return self.questionnaire.questions.get(kind=kind)

    def field(self, kind: str) -> str:
        """The name of its field."""
        return f"question_{self.question(kind).pk}"

    def choice(self, kind: str, position: int) -> str:
        """The value of one of its choices."""
        return str(self.question(kind).choices.get(position=position).pk)

    def url(self, language: str = "en") -> str:
        """The address of its start page."""
        with translation.override(language):
            return reverse("submissions:questionnaire", args=[self.questionnaire.pk])

    def received(self, *, language: str = "en", **fields: Any) -> Contribution:
        """A contribution sent through the page of ``language`` and stored, without a draft.

        Its long question is answered, and ``fields``: a key such as ``scale`` names the field of
        that kind of question, ``name`` what it says of its sender.
        """
        kinds = {kind for kind, _words in ONE_OF_EACH_KIND}
        answers = {"long_text": "Open the models that public money pays for."} | fields
        typed = {
            self.field(kind): value if isinstance(value, list) else [value]
            for kind, value in answers.items()
            if kind in kinds
        }
        told = TOLD | {name: value for name, value in fields.items() if name not in kinds}
        row = Questionnaire.objects.prefetch_related(*WITH_QUESTIONS).get(pk=self.questionnaire.pk)
        with translation.override(language):
            form = AnswersForm(asked_in(row, language), as_posted(typed), complete=True)
            assert form.is_valid(), form.errors
        publication = told["publication"]
        sent = Sent(
            identity={name: told[name] for name in IDENTITY},
            email=told["email"],
            publication=None if publication == NOT_PUBLISHED else publication,
            answers=tuple(form.given()),
        )
        return receive(row.consultation, sent, language=language, form_key=uuid4())


def expert_door(**consultation: Any) -> Door:
    """A site with a theme that asks one question of each kind, open in both languages."""
    where = bilingual_site(**consultation)
    page, page_fr = bilingual_theme(where, questionnaire_block())
    row = Questionnaire.objects.get(translation_key=page.translation_key)
    return Door(where, page, page_fr, row)


def errors(response: Any) -> list[str]:
    """The messages of the error summary of a page."""
    html = response.content.decode()
    summary = re.search(r'<section class="error-summary".*?</section>', html, re.DOTALL)
    lines = re.findall(r"<a [^>]*>(.*?)</a>", summary[0], re.DOTALL) if summary else []
    return [unescape(line).strip() for line in lines]


def staff(*permissions: str, name: str = "reader") -> User:
    """Somebody who enters the admin with these permissions of the submissions."""
    user = User.objects.create_user(name, f"{name}@example.org", "secret")
    user.user_permissions.add(
        Permission.objects.get(codename="access_admin"),
        *Permission.objects.filter(content_type__app_label="submissions", codename__in=permissions),
    )
    return user
