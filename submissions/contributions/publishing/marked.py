"""Answers whole, as staff redact them: what is taken out of each, and why."""

from typing import Any

from submissions.contributions.publishing.redaction import Span, pieces
from submissions.contributions.questions import wording_at
from submissions.models import Answer, RedactionReason


def marked_answers(contribution_pk: int) -> list[dict[str, Any]]:
    """Every answer that has words, with what is taken out of it and whether it may be public."""
    answers = (
        Answer.objects.filter(contribution=contribution_pk)
        .exclude(text="")
        .select_related("question")
        .prefetch_related("redactions", "question__wordings")
        .order_by("question__questionnaire_id", "question__position", "question_id")
    )
    return [
        {
            "answer": answer,
            "wording": wording_at(answer.question, answer.language, answer.version),
            "pieces": pieces_of(answer),
            "lost": [mark for mark in answer.redactions.all() if mark.lost],
            "kept_back": not answer.may_publish,
            "never": answer.question.publication == "never",
        }
        for answer in answers
    ]


def pieces_of(answer: Answer) -> list[dict[str, Any]]:
    """Its whole text, with the reason where words are taken out."""
    spans = [
        Span(mark.start, mark.end, mark.reason) for mark in answer.redactions.all() if not mark.lost
    ]
    return [
        {
            "text": piece.text,
            "reason": RedactionReason(piece.reason).label if piece.reason else "",
        }
        for piece in pieces(answer.text, spans)
    ]
