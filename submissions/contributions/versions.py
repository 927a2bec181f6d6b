"""The record of what a contribution said: one object, one canonical writing, one hash.

The hash is of the bytes of ``canonical``: JSON in UTF-8 with sorted keys and no spaces. Whoever has
the file that the author's page hands out can compute it again.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

from submissions.contributions.sent import IDENTITY
from submissions.models import Answer, AnswerChoice, Contribution


def content_of(contribution: Contribution) -> dict[str, Any]:
    """What ``contribution`` says now: who answers, each answer, each file. Never an address.

    Three queries, whatever the number of answers.
    """
    answers = (
        contribution.answers.select_related("question").prefetch_related("ticks").order_by("pk")
    )
    files = contribution.attachments.filter(removed_at__isnull=True).order_by("uploaded_at", "pk")
    return {
        "reference": contribution.reference,
        "version": contribution.version,
        "language": contribution.language,
        "identity": {name: getattr(contribution, name) for name in IDENTITY},
        "answers": [
            _said(answer) for answer in sorted(answers, key=lambda answer: answer.question_id)
        ],
        "files": [
            {
                "id": str(file.pk),
                "question": file.question_id,
                "name": file.name,
                "kind": file.kind,
                "size": file.size,
                "sha256": file.sha256,
            }
            for file in files
        ],
    }


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way in which ``content`` is written for its hash."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode("utf-8")


def sha256_of(content: Mapping[str, Any]) -> str:
    """The hash of ``content``, in hexadecimal."""
    return sha256(canonical(content)).hexdigest()


def _said(answer: Answer) -> dict[str, Any]:
    """One answer; what its kind has no use for is left out."""
    said: dict[str, Any] = {
        "questionnaire": answer.question.questionnaire_id,
        "question": answer.question_id,
        "kind": answer.question.kind,
        "version": answer.version,
        "language": answer.language,
        "may_publish": answer.may_publish,
    }
    if answer.text:
        said["text"] = answer.text
    if answer.number is not None:
        said["number"] = answer.number
    if answer.amount is not None:
        said["amount"] = _plain(answer.amount)
    if answer.day is not None:
        said["day"] = answer.day.isoformat()
    ticks = [_ticked(tick) for tick in answer.ticks.all()]
    if ticks:
        said["ticks"] = sorted(ticks, key=lambda tick: (tick.get("place", 0), tick["choice"]))
    return said


def _ticked(tick: AnswerChoice) -> dict[str, int]:
    said = {"choice": tick.choice_id}
    if tick.place is not None:
        said["place"] = tick.place
    if tick.column_id is not None:
        said["column"] = tick.column_id
    return said


def _plain(amount: Decimal) -> str:
    """Without an exponent, and without zeros that the column adds."""
    written = f"{amount:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
