"""Mending a typo: a small edit that an editor confirms keeps the question's version."""

from difflib import SequenceMatcher

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.log_actions import log

from submissions.models import Answer, Question, QuestionWording

SMALLEST_LIKENESS = 0.85  # share of characters in common (difflib's ratio)


class NotATypoError(Exception):
    """The words changed too much, or there is no earlier version to go back to."""


def likeness(before: QuestionWording, after: QuestionWording) -> float:
    """How much of the words is the same, from 0 to 1: the least alike part decides.

    A choice added or taken away is no typo, whatever its words.
    """
    if set(before.choices) != set(after.choices):
        return 0.0
    pairs = [
        (before.label, after.label),
        (before.help_text, after.help_text),
        (before.low_label, after.low_label),
        (before.high_label, after.high_label),
        (before.unit, after.unit),
        *((before.choices[item], after.choices[item]) for item in before.choices),
    ]
    return min(SequenceMatcher(None, old, new, autojunk=False).ratio() for old, new in pairs)


def may_be_typo(question: Question) -> bool:
    """Whether the newest version differs from the one before it by small edits only."""
    if question.version == 1:
        return False
    wordings = {(w.version, w.language): w for w in question.wordings.all()}
    newest = [w for (version, _language), w in wordings.items() if version == question.version]
    return bool(newest) and all(
        (question.version - 1, w.language) in wordings
        and likeness(wordings[question.version - 1, w.language], w) >= SMALLEST_LIKENESS
        for w in newest
    )


@transaction.atomic
def confirm_typo(question: Question, user: AbstractBaseUser) -> None:
    """Fold the newest version into the one before it: the same question, spelled better.

    Answers given meanwhile move with it. Raises ``NotATypoError`` when the change is no small edit.
    """
    question = Question.objects.select_for_update().get(pk=question.pk)
    if not may_be_typo(question):
        raise NotATypoError
    newest, kept = question.version, question.version - 1
    mended = list(question.wordings.filter(version=newest))
    question.wordings.filter(
        version=kept, language__in=[wording.language for wording in mended]
    ).delete()
    question.wordings.filter(version=newest).update(version=kept)
    Answer.objects.filter(question=question, version=newest).update(version=kept)
    question.version = kept
    question.save(update_fields=["version"])
    log(
        instance=question.questionnaire,
        action="submissions.typo",
        user=user,
        data={"question": question.pk, "version": kept},
    )
