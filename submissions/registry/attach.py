"""Attaching: a new block takes up what was sent through the one it replaces."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.log_actions import log

from submissions.models import Answer, Choice, Debate, Idea, Question, Questionnaire

Form = Debate | Questionnaire


class CannotAttachError(Exception):
    """The two rows are not a retired block and an empty new one of the same page and kind."""


def has_submissions(row: Form) -> bool:
    """Whether anything was sent through this block."""
    if isinstance(row, Debate):
        return Idea.objects.filter(debate=row).exists()
    return Answer.objects.filter(question__questionnaire_id=row.pk).exists()


def attachable(row: Form) -> list[Any]:
    """Retired rows of the same page and kind, with submissions that ``row`` could take up."""
    if row.retired_at or has_submissions(row):
        return []
    retired = type(row).objects.of_page(row.translation_key).filter(retired_at__isnull=False)
    return [old for old in retired.prefetch_related("labels") if has_submissions(old)]


@transaction.atomic
def attach(retired: Any, new: Any, user: AbstractBaseUser) -> Any:
    """Let ``retired`` live on as the block that replaced it, and return it.

    The old row, with its submissions, takes the identity and the words of the new one, which goes.
    Questions and choices that read the same are one; the others stay retired with their answers.
    """
    model = type(retired)
    rows = model.objects.select_for_update().in_bulk([retired.pk, new.pk])
    if len(rows) != 2 or retired.pk not in [row.pk for row in attachable(rows[new.pk])]:  # noqa: PLR2004
        raise CannotAttachError
    retired, new = rows[retired.pk], rows[new.pk]
    if isinstance(retired, Questionnaire):
        _attach_questions(retired, new)
    block_id = new.block_id
    state = {
        field: getattr(new, field)
        for field in ("live_languages", "level", "opened_at", "opens_by_hand")
    }
    retired.labels.all().delete()
    new.labels.update(**{model._meta.model_name or "": retired})
    new.delete()
    retired.block_id = block_id
    retired.retired_at = None
    for field, value in state.items():
        setattr(retired, field, value)
    retired.save()
    log(instance=retired, action="submissions.attach", user=user)
    return retired


def _attach_questions(retired: Questionnaire, new: Any) -> None:
    """Old questions that read like new ones become them; the other new ones move over.

    What is left of the old ones is retired, with its answers.
    """
    old_questions = list(retired.questions.with_words())
    for question in new.questions.with_words():
        twin = next((old for old in old_questions if _same_question(old, question)), None)
        if twin is None:
            question.questionnaire = retired
            question.save(update_fields=["questionnaire"])
            continue
        old_questions.remove(twin)
        _attach_choices(twin, question, retired.retired_at)
        question.delete()
        twin.block_id = question.block_id
        twin.position = question.position
        twin.retired_at = None
        twin.save()
    for old in old_questions:
        old.retired_at = old.retired_at or retired.retired_at
        old.save(update_fields=["retired_at"])


def _same_question(old: Question, new: Question) -> bool:
    """The same kind, and in some language the same words."""
    theirs = {(w.language, w.label) for w in new.wordings.all()}
    return old.kind == new.kind and any((w.language, w.label) in theirs for w in old.wordings.all())


def _attach_choices(old: Question, new: Question, retired_at: datetime | None) -> None:
    """Choices that read the same in some language are one; the other new ones move over."""
    known = {
        (choice.is_column, label.language, label.text): choice
        for choice in old.choices.all()
        for label in choice.labels.all()
    }
    renamed: dict[str, str] = {}
    for choice in new.choices.all():
        twin: Choice | None = next(
            (
                known[choice.is_column, label.language, label.text]
                for label in choice.labels.all()
                if (choice.is_column, label.language, label.text) in known
            ),
            None,
        )
        if twin is None:
            choice.question = old
            choice.save(update_fields=["question"])
            continue
        known = {key: value for key, value in known.items() if value != twin}
        for follow_up in Question.objects.filter(follows=choice):
            follow_up.follows.add(twin)  # what follows the one follows the other
        choice.delete()
        renamed[str(twin.item_id)] = str(choice.item_id)
        twin.item_id, twin.position, twin.retired_at = choice.item_id, choice.position, None
        twin.save()
    for wording in old.wordings.all():  # its words are found by the ids of now
        wording.choices = {renamed.get(item, item): text for item, text in wording.choices.items()}
        wording.save(update_fields=["choices"])
    left = [choice.pk for choice in known.values() if choice.retired_at is None]
    old.choices.filter(pk__in=left).update(retired_at=retired_at)
