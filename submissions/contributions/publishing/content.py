"""What of a contribution may be public, as one object: its canonical JSON is what is hashed.

Nothing else of it is ever shown. What its author asked not to publish, what the question keeps,
what staff redacted and files that nobody cleared are not in it.
"""

from collections.abc import Collection
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from submissions.consents import PUBLICATION_WITH_NAME
from submissions.contributions.publishing.redaction import Span, redacted
from submissions.contributions.questions import wording_at
from submissions.contributions.sent import publication_of
from submissions.models import (
    Answer,
    AnswerChoice,
    AnswerPublication,
    Attachment,
    Choice,
    Contribution,
    ContributionState,
    ContributionVersion,
    QuestionKind,
    ScanState,
)

NAMES = ("name", "organisation", "role")
CLEARED = (ScanState.CLEAN, ScanState.NOT_SCANNED)


class NotPublishableError(Exception):
    """Its author did not agree to publication, or withdrew it; or it was never a version."""


class RedactionLostError(Exception):
    """A redaction no longer finds its words, for the author changed them: staff must look again."""


def newest_version(contribution: Contribution) -> ContributionVersion:
    """The version that its answers hold. Raises ``NotPublishableError`` where there is none."""
    newest = contribution.versions.order_by("-number").first()
    if newest is None:
        raise NotPublishableError
    return newest


def public_content(version: ContributionVersion) -> dict[str, Any]:
    """What everybody may read of ``version``, which is the newest of its contribution.

    Raises ``NotPublishableError`` and ``RedactionLostError``. Nine queries at most.
    """
    contribution = version.contribution
    consent = publication_of(contribution)
    if contribution.state != ContributionState.RECEIVED or consent is None:
        raise NotPublishableError
    named = consent == PUBLICATION_WITH_NAME.purpose
    who = {name: getattr(contribution, name) for name in NAMES} if named else {}
    return {
        "reference": contribution.reference,
        "number": version.number,
        "language": version.language,
        "sent_on": timezone.localtime(version.sent_at).date().isoformat(),
        "identity": {name: said for name, said in who.items() if said},
        "type": contribution.respondent_type,
        "country": contribution.country,
        "parts": _parts(contribution),
        "files": _files(contribution, named=named),
    }


def narrowed(content: dict[str, Any], *, named: bool, kept_back: Collection[int]) -> dict[str, Any]:
    """``content`` whose author keeps the answers to the questions ``kept_back``, and their names.

    Names stay where ``named``. What holds nothing more than that comes back as it is.
    """
    parts = [
        part | {"answers": [one for one in part["answers"] if one["question"] not in kept_back]}
        for part in content["parts"]
    ]
    files = [file for file in content["files"] if file["question"] not in kept_back]
    less = content | {"parts": [part for part in parts if part["answers"]], "files": files}
    if named:
        return less
    bare = [
        file | {"name": _generic(place, file["kind"])} for place, file in enumerate(files, start=1)
    ]
    return less | {"identity": {}, "files": bare}


def is_redacted(contribution: Contribution) -> bool:
    """Whether words or a file of it were taken out: then its author has a look first."""
    words = Answer.objects.filter(contribution=contribution, redactions__isnull=False)
    files = contribution.attachments.filter(removed_at__isnull=True, withheld__isnull=False)
    return words.exists() or files.exists()


def published_texts(content: dict[str, Any]) -> list[tuple[str, str]]:
    """The words of its answers with their languages, for a search: labels of choices are not."""
    return [
        (answer["language"], answer["text"])
        for part in content["parts"]
        for answer in part["answers"]
        if answer.get("text")
    ]


def _parts(contribution: Contribution) -> list[dict[str, Any]]:
    answers = (
        contribution.answers.filter(may_publish=True)
        .exclude(question__publication=AnswerPublication.NEVER)
        .select_related("question")
        .prefetch_related(
            "redactions",
            "question__wordings",
            Prefetch("ticks", AnswerChoice.objects.select_related("choice", "column")),
            "ticks__choice__labels",
            "ticks__column__labels",
        )
        .order_by("question__questionnaire_id", "question__position", "question_id")
    )
    return [
        {"questionnaire": questionnaire, "answers": [_answer(answer) for answer in group]}
        for questionnaire, group in groupby(answers, lambda one: one.question.questionnaire_id)
    ]


def _answer(answer: Answer) -> dict[str, Any]:
    """One answer with the words of its question as they were read; what it hasn't is left out."""
    question = answer.question
    wording = wording_at(question, answer.language, answer.version)
    said: dict[str, Any] = {
        "question": question.pk,
        "kind": question.kind,
        "version": answer.version,
        "language": answer.language,
        "asked": wording.label,
    }
    if answer.text:
        said |= _text(answer)
    if answer.number is not None:
        said["number"] = answer.number
        if question.kind == QuestionKind.SCALE:
            said["points"] = question.scale_points
    if answer.amount is not None:
        said["amount"] = f"{answer.amount.normalize():f}"
        if wording.unit:
            said["unit"] = wording.unit
    if answer.day is not None:
        said["day"] = answer.day.isoformat()
    ticks = [_tick(tick, answer.language, wording.choices) for tick in answer.ticks.all()]
    if ticks:
        said["ticks"] = sorted(ticks, key=lambda tick: (tick.get("place", 0), tick["choice"]))
    return said


def _text(answer: Answer) -> dict[str, Any]:
    spans = []
    for mark in answer.redactions.all():
        if mark.lost or answer.text[mark.start : mark.end] != mark.quote:
            raise RedactionLostError(answer.pk)
        spans.append(Span(mark.start, mark.end, mark.reason))
    left = redacted(answer.text, spans)
    return {"text": left.text, **({"redactions": left.cuts} if left.cuts else {})}


def _tick(tick: AnswerChoice, language: str, read: dict[str, str]) -> dict[str, Any]:
    def label(choice: Choice) -> str:
        return read.get(str(choice.item_id)) or choice.label_in(language)

    said: dict[str, Any] = {"choice": tick.choice_id, "label": label(tick.choice)}
    if tick.place is not None:
        said["place"] = tick.place
    if tick.column is not None:
        said |= {"column": tick.column_id, "column_label": label(tick.column)}
    return said


def _files(contribution: Contribution, *, named: bool) -> list[dict[str, Any]]:
    return [
        {
            "id": str(file.pk),
            "name": file.name if named else _generic(place, file.kind),
            "sha256": file.sha256,
            "size": file.size,
            "kind": file.kind,
            "question": file.question_id,
        }
        for place, file in enumerate(_public_files(contribution), start=1)
    ]


def _public_files(contribution: Contribution) -> list[Attachment]:
    """Files in their order, but those that nobody cleared, withheld, or of a question that is kept.

    Of a question that asks for this answer's publication, only with an answer that says yes.
    """
    files = contribution.attachments.filter(
        removed_at__isnull=True, scan__in=CLEARED, withheld__isnull=True
    ).select_related("question")
    agreed = set(
        contribution.answers.filter(may_publish=True).values_list("question_id", flat=True)
    )
    refused = set(
        contribution.answers.filter(may_publish=False).values_list("question_id", flat=True)
    )
    public = []
    for file in files.order_by("uploaded_at", "pk"):
        asked = file.question.publication if file.question else AnswerPublication.WITH_THE_REST
        if asked == AnswerPublication.NEVER or file.question_id in refused:
            continue
        if asked == AnswerPublication.ASKED and file.question_id not in agreed:
            continue
        public.append(file)
    return public


def _generic(place: int, kind: str) -> str:
    """The name of a file whose author isn't named: theirs may tell who they are."""
    return f"attachment-{place}.{kind}"
