"""A draft whose author's browser is at hand, and files in it."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from wagtail.models import Site

from submissions.contributions.drafts.access import let_in
from submissions.contributions.drafts.services import begin
from submissions.contributions.files.judged import Judged
from submissions.contributions.files.judging.kinds import judge
from submissions.contributions.files.judging.verdict import RefusedError
from submissions.contributions.files.services import attach, promote
from submissions.contributions.files.words import FileRefused
from submissions.contributions.versions import content_of, sha256_of
from submissions.models import (
    Attachment,
    Consultation,
    Contribution,
    ContributionVersion,
    DraftAuthor,
    Publication,
    PublicationState,
    QuestionKind,
    Questionnaire,
)
from tests.factories import open_consultation
from tests.submissions.conftest import Visitor, address
from tests.submissions.filing import pdf


@pytest.fixture
def judged_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are judged by the same code in this process: to start another takes its time."""

    def judge_it(file: Any) -> Judged:
        file.seek(0)
        try:
            verdict = judge(file.read())
        except RefusedError as refused:
            raise FileRefused(refused.reason) from None
        return Judged(verdict.kind, sorted(verdict.tells))

    monkeypatch.setattr("submissions.contributions.files.services.judge", judge_it)


def upload(content: bytes | None = None, name: str = "study.pdf") -> SimpleUploadedFile:
    """A file as a form sends it; a PDF by default. What it says of its type is never believed."""
    return SimpleUploadedFile(name, pdf() if content is None else content, "text/html")


@dataclass
class Writer:
    """Somebody who writes a draft, with their browser."""

    author: DraftAuthor
    browser: Client

    def page(self, name: str = "draft_files", *args: Any, language: str = "en") -> str:
        return address(name, self.author.draft_id, *args, language=language)

    def add(self, *files: SimpleUploadedFile, **more: Any) -> Any:
        return self.browser.post(self.page(), {"files": list(files), "add_files": "files", **more})

    def see(self, language: str = "en") -> Any:
        return self.browser.get(self.page(language=language))

    def file(self, content: bytes | None = None, name: str = "study.pdf", **to: Any) -> Attachment:
        return attach(self.author.draft, upload(content, name), author=self.author, **to)


def writer_of(consultation: Consultation) -> Writer:
    """Who has begun a draft just now."""
    author = begin(consultation, language="en", questionnaires=[])
    request = RequestFactory().get("/", headers={"host": consultation.site.hostname})
    response = HttpResponse()
    let_in(response, request, author)
    browser = Visitor()
    browser.cookies.update(response.cookies)
    return Writer(author, browser)


def somebody() -> Writer:
    """A writer of the default site's consultation."""
    return writer_of(open_consultation(Site.objects.get(is_default_site=True)))


def file_question(consultation: Consultation, label: str = "Your study") -> Any:
    """A question that is answered by files."""
    questionnaire = Questionnaire.objects.create(
        consultation=consultation, block_id=uuid4(), translation_key=uuid4()
    )
    question = questionnaire.questions.create(kind=QuestionKind.FILE, block_id=uuid4())
    for language in ("en", "fr"):
        question.wordings.create(version=1, language=language, label=label)
    return question


def send(writer: Writer) -> Contribution:
    """What sending does with files, without the rest."""
    draft = writer.author.draft
    contribution = draft.contribution or Contribution.objects.create(
        consultation=draft.consultation,
        language="en",
        respondent_type="independent",
        name="Ada",
        country="FR",
    )
    promote(draft, contribution)
    draft.contribution, draft.writing = contribution, False
    draft.save()
    return contribution


def take_up_again(writer: Writer) -> None:
    """What was sent is written again."""
    writer.author.draft.writing = True
    writer.author.draft.save()


def publish(contribution: Contribution, **fields: Any) -> Publication:
    """A publication that lists the files as they are now."""
    content = content_of(contribution)
    number = contribution.publications.count() + 1
    version = ContributionVersion.objects.create(
        contribution=contribution,
        number=number,
        form_key=uuid4(),
        language="en",
        content=content,
        sha256=sha256_of(content),
    )
    return Publication.objects.create(
        **{
            "contribution": contribution,
            "version": version,
            "number": number,
            "state": PublicationState.LIVE,
            "content": content,
            "sha256": sha256_of(content),
            "language": "en",
            **fields,
        }
    )
