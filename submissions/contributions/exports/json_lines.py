"""JSON Lines, for programs: nothing is escaped but what JSON itself asks for."""

import json
from collections.abc import Iterator
from typing import Any

from core.cells import plain
from submissions.contributions.exports.answers import code_of, labels_of, name_of
from submissions.contributions.exports.dataset import Dataset
from submissions.contributions.exports.dossiers import Dossier
from submissions.contributions.exports.facts import facts_of
from submissions.contributions.questions import wording_at
from submissions.models import Answer, AnswerChoice, Attachment, Choice, Question, QuestionKind
from submissions.models.questionnaire import MADE_OF_CHOICES

# Line ends to some readers, and allowed in JSON.
JSON_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
TEXTS = (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT)


def as_line(said: dict[str, Any]) -> str:
    """One object, on a line of its own for every reader."""
    return json.dumps(said, ensure_ascii=False).translate(JSON_LINE_ENDS) + "\n"


class WholeContributions:
    """One object a contribution: its facts as codes, its answers by question, its files."""

    def __init__(self, dataset: Dataset) -> None:
        self.questions = {question.pk: question for question in dataset.questions}
        self.choices = {
            choice.pk: choice for question in dataset.questions for choice in question.choices.all()
        }

    def __call__(self, dossier: Dossier) -> Iterator[str]:
        """Its line."""
        answers = {
            name_of(question): self._said(answer, self.questions[question])
            for question, answer in dossier.answers.items()
            if question in self.questions
        }
        files = [_file(file) for file in dossier.files]
        yield as_line({**facts_of(dossier), "answers": answers, "files": files})

    def _said(self, answer: Answer, question: Question) -> dict[str, Any]:
        """What its kind has no use for is left out."""
        said: dict[str, Any] = {
            "question": wording_at(question, answer.language, answer.version).label,
            "kind": question.kind,
            "version": answer.version,
            "language": answer.language,
            "may_publish": answer.may_publish,
        }
        match question.kind:
            case QuestionKind.SCALE:
                return said | {"number": answer.number, "points": question.scale_points}
            case QuestionKind.NUMBER:
                # As text: no digit is lost in a reader's floating point.
                return said | {
                    "amount": f"{plain(answer.amount)}" if answer.amount is not None else None
                }
            case QuestionKind.DATE:
                return said | {"day": answer.day.isoformat() if answer.day else None}
            case kind if kind in MADE_OF_CHOICES:
                ticks = [self._tick(tick) for tick in answer.ticks.all()]
                return said | {"choices": ticks} | ({"other": answer.text} if answer.text else {})
            case _:
                return said | {"text": answer.text}

    def _tick(self, tick: AnswerChoice) -> dict[str, Any]:
        said = _choice(self.choices[tick.choice_id])
        if tick.place is not None:
            said["rank"] = tick.place
        if tick.column_id is not None:
            said["column"] = _choice(self.choices[tick.column_id])
        return said


class TextAnswers:
    """One object a text: ``response_id``, ``question``, ``language``, ``answer``; never empty."""

    def __init__(self, dataset: Dataset) -> None:
        self.kinds = {question.pk: question.kind for question in dataset.questions}

    def __call__(self, dossier: Dossier) -> Iterator[str]:
        """A line for each of its texts."""
        for question, answer in dossier.answers.items():
            kind = self.kinds.get(question)
            if not answer.text.strip() or not (kind in TEXTS or kind in MADE_OF_CHOICES):
                continue
            name = name_of(question)
            yield as_line(
                {
                    "response_id": dossier.contribution.reference,
                    "question": name if kind in TEXTS else f"{name}_other",
                    "language": answer.language,
                    "answer": answer.text,
                }
            )


def _choice(choice: Choice) -> dict[str, Any]:
    return {"code": code_of(choice), "id": str(choice.item_id), "label": labels_of(choice)}


def _file(file: Attachment) -> dict[str, Any]:
    return {
        "id": str(file.pk),
        "question": None if file.question_id is None else name_of(file.question_id),
        "name": file.name,
        "kind": file.kind,
        "size": file.size,
        "sha256": file.sha256,
        "scan": file.scan,
    }
