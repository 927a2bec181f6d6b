"""The questions of a questionnaire block: identity by block id, words by version and language."""

from datetime import datetime
from typing import Any

from submissions.models import Choice, ChoiceLabel, Question, Questionnaire, QuestionWording
from submissions.question_blocks import items_of, words_of


def sync_questions(
    questionnaire: Questionnaire,
    value: Any,
    language: str,
    *,
    before: list[list[Any]],
    now: datetime,
) -> None:
    """Make the question rows say what the block asks in ``language``.

    ``before`` is the structure that this language showed last: what stood there and is gone is
    retired, what was gone and stands there again is revived. Nothing is ever removed.
    """
    known = {str(question.block_id): question for question in questionnaire.questions.all()}
    asked = {child.id: child for child in value["questions"]}
    stood = {part: set(choices) for part, _kind, choices in before}
    for position, (block_id, child) in enumerate(asked.items()):
        question = known.get(block_id)
        if question is None:
            question = questionnaire.questions.create(
                block_id=block_id, kind=child.block_type, position=position
            )
        elif block_id not in stood:
            question.retired_at = None
        question.position = position
        _sync_choices(question, child.value, language, stood.get(block_id, set()), now)
        _word(question, language, words_of(child.value))
        question.save(update_fields=["position", "retired_at", "version"])
    gone = [known[block_id] for block_id in stood if block_id not in asked and block_id in known]
    for question in gone:
        question.retired_at = question.retired_at or now
        question.save(update_fields=["retired_at"])


def _sync_choices(
    question: Question, value: Any, language: str, stood: set[str], now: datetime
) -> None:
    """The same for the choices of one question; their labels are upserted together."""
    items = {item.id: (item.value, is_column) for is_column, item in items_of(value)}
    if not items and not stood:
        return
    known = {str(choice.item_id): choice for choice in question.choices.all()}
    labels = []
    for position, (item_id, (text, is_column)) in enumerate(items.items()):
        choice = known.get(item_id) or Choice(
            question=question, item_id=item_id, is_column=is_column
        )
        if item_id not in stood:
            choice.retired_at = None
        choice.position = position
        choice.save()
        labels.append(ChoiceLabel(choice=choice, language=language, text=text))
    ChoiceLabel.objects.bulk_create(
        labels,
        update_conflicts=True,
        unique_fields=["choice", "language"],
        update_fields=["text"],
    )
    for item_id in stood - items.keys():
        if item_id in known and known[item_id].retired_at is None:
            known[item_id].retired_at = now
            known[item_id].save(update_fields=["retired_at"])


def _word(question: Question, language: str, words: dict[str, Any]) -> None:
    """Keep the words of this language: joining the newest version, or opening the next.

    The first language to change a question opens a version; the others join it as they follow.
    """
    wording = QuestionWording(question=question, language=language, **words)
    newest = question.wordings.filter(language=language).order_by("-version").first()
    if newest is not None and newest.words == wording.words:
        return
    if newest is not None and newest.version == question.version:
        question.version += 1
    wording.version = question.version
    wording.save()
