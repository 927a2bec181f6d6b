"""Drafts that can be sent: ten answers, three files; a line of JSON for each.

The themes are those of the demonstration, as many as it takes for ten questions.
"""

import io
import json
from collections.abc import Iterator
from typing import Any

import pikepdf
from django.conf import settings
from django.core import signing
from django.core.files.base import ContentFile

from submissions.contributions.drafts.access import SALT
from submissions.contributions.drafts.services import begin
from submissions.contributions.files.services import attach
from submissions.models import (
    Consultation,
    DraftAnswer,
    DraftPart,
    Question,
    QuestionKind,
    Questionnaire,
)

QUESTIONS, FILES = 10, 3
WORDS = "Open the models that public money pays for, with what they were trained on. " * 30
ABOUT = {
    "respondent_type": ["academic"],
    "name": ["Camille Noël"],
    "organisation": ["Institut d’étude"],
    "country": ["FR"],
}
CONSENTS = {"analysis": ["on"], "publication": ["publication_with_name"]}
TYPED = (QuestionKind.LONG_TEXT, QuestionKind.SHORT_TEXT)
KINDS = (*TYPED, QuestionKind.SCALE, QuestionKind.ONE_CHOICE, QuestionKind.SEVERAL_CHOICES)


def main(wanted: int) -> None:
    """Print the cookie and the form of ``wanted`` drafts."""
    consultation = Consultation.objects.order_by("pk")[0]
    questions = _questions(consultation)
    chosen = Questionnaire.objects.filter(pk__in={one.questionnaire_id for one in questions})
    name = settings.DRAFT_COOKIE_NAME
    signer = signing.get_cookie_signer(salt=name + SALT)
    for number in range(wanted):
        author = begin(consultation, language="en", questionnaires=chosen)
        draft = author.draft
        DraftAnswer.objects.bulk_create(
            DraftAnswer(
                draft=draft,
                question=one,
                data={f"question_{one.pk}": [_said(one, number)]},
                version=one.version,
                language="en",
            )
            for one in questions
        )
        about = ABOUT | {"email": [f"bench-{number}@example.org"]}
        for key, data in (("about", about), ("consents", CONSENTS)):
            DraftPart.objects.create(draft=draft, key=key, data=data, language="en")
        for file, content in enumerate(_files(number)):
            attach(draft, ContentFile(content, name=f"study-{file}.pdf"), author=author)
        line: dict[str, Any] = {
            "path": f"/en/drafts/{draft.pk}/send/",
            "cookies": f"{name}={signer.sign(f'{author.pk}-{author.access_key.hex}')}",
            "form": {
                "form_key": [str(draft.form_key)],
                "sends": [str(one) for one in chosen.values_list("pk", flat=True)],
            },
        }
        print(json.dumps(line))


def _questions(consultation: Consultation) -> list[Question]:
    """The first ten that are answered by words, a point or a choice, and follow no other."""
    open_now = Questionnaire.objects.open_at().readable_in("en").filter(consultation=consultation)
    asked = Question.objects.asked().filter(questionnaire__in=open_now, kind__in=KINDS)
    alone = asked.filter(follows__isnull=True).order_by("questionnaire_id", "position")
    return list(alone.prefetch_related("choices")[:QUESTIONS])


def _said(question: Question, number: int) -> str:
    if question.kind == QuestionKind.LONG_TEXT:
        return f"{number}. {WORDS[: question.word_limit * 5]}"
    if question.kind == QuestionKind.SHORT_TEXT:
        return f"A project, number {number}"
    if question.kind == QuestionKind.SCALE:
        return "2"
    return str(question.choices.all()[0].pk)


def _files(number: int) -> Iterator[bytes]:
    """PDF of a few pages, no two the same."""
    for file in range(FILES):
        made = pikepdf.new()
        for _page in range(5):
            made.add_blank_page()
        made.docinfo["/Title"] = f"{number} {file}"
        written = io.BytesIO()
        made.save(written)
        yield written.getvalue()
