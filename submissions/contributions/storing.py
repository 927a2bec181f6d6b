"""Writing the answers of a contribution: all of them in a handful of statements.

An answer whose question stays keeps its row: what staff marked in it, or noted, is not lost when a
contributor sends a newer version.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from submissions.contributions.sent import GivenAnswer, Tick
from submissions.models import Answer, AnswerChoice, Contribution

WRITTEN = ["version", "language", "text", "number", "amount", "day", "may_publish"]


@dataclass
class Stored:
    """What writing changed: how many answers, and what the changed texts said before."""

    changed: int = 0
    before: list[tuple[Answer, str]] = field(default_factory=list)


def store_answers(
    contribution: Contribution,
    given: Collection[GivenAnswer],
    languages: Mapping[int, str],
    *,
    asked: Collection[int],
) -> Stored:
    """Make ``given`` the answers to the questions ``asked``; those to others stay as they are.

    ``languages``: in which language each question was read, by its id.
    """
    there = {
        answer.question_id: answer
        for answer in contribution.answers.filter(question__in=asked).prefetch_related("ticks")
    }
    stored = Stored()
    wanted = {one.question: one for one in given}
    _remove(contribution, [pk for pk in there if pk not in wanted], stored)
    new, changed = [], []
    for one in wanted.values():
        row = _row(contribution, one, languages.get(one.question, contribution.language))
        old = there.get(one.question)
        if old is None:
            new.append((row, one))
        elif _differs(old, row, one):
            if old.text != row.text:
                stored.before.append((row, old.text))
            row.pk = old.pk
            changed.append((row, one))
    Answer.objects.bulk_create(row for row, _one in new)
    if changed:
        Answer.objects.bulk_update([row for row, _one in changed], WRITTEN)
        AnswerChoice.objects.filter(answer__in=[row for row, _one in changed]).delete()
    AnswerChoice.objects.bulk_create(
        AnswerChoice(answer=row, choice_id=tick.choice, place=tick.place, column_id=tick.column)
        for row, one in (*new, *changed)
        for tick in sorted(one.ticks, key=lambda tick: (tick.place or 0, tick.choice))
    )
    stored.changed += len(new) + len(changed)
    return stored


def _remove(contribution: Contribution, questions: list[int], stored: Stored) -> None:
    """Answers that were taken out, with what was marked in them."""
    if questions:
        contribution.answers.filter(question__in=questions).delete()
        stored.changed += len(questions)


def _row(contribution: Contribution, one: GivenAnswer, language: str) -> Answer:
    return Answer(
        contribution=contribution,
        question_id=one.question,
        version=one.version,
        language=language,
        text=one.text,
        number=one.number,
        amount=one.amount,
        day=one.day,
        may_publish=one.may_publish,
    )


def _differs(old: Answer, new: Answer, one: GivenAnswer) -> bool:
    """Whether anything was said otherwise. The same words read in another language are the same."""
    said = [name for name in WRITTEN if name != "language"]
    return any(getattr(old, name) != getattr(new, name) for name in said) or one.ticks != {
        Tick(tick.choice_id, tick.place, tick.column_id) for tick in old.ticks.all()
    }
