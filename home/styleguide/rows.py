"""Rows of the debate and of questionnaires, made in memory: never saved, never read."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from home.bilingual import Entry
from submissions.contributions.questions import AskedQuestion
from submissions.debate.cards import Card
from submissions.debate.keys import Place
from submissions.models import (
    MADE_OF_CHOICES,
    Choice,
    Consultation,
    Debate,
    Idea,
    IdeaStatus,
    IdeaText,
    Phase,
    Question,
    QuestionKind,
    Questionnaire,
    QuestionWording,
    Tally,
    TextOrigin,
    Vote,
    VoteChoice,
)

# No row will ever have such a number: what a sample links to is a 404, and what it posts is lost.
NOWHERE = 10**15
NO_KEY = UUID(int=0)
DAY = timedelta(days=1)
LONGEST_IDEA = 140


def consultation(phase: Phase, *, controller: str = "") -> Consultation:
    """A consultation in ``phase``, which lasts thirty days."""
    now = timezone.now()
    starts = {Phase.UPCOMING: now + DAY, Phase.OPEN: now - DAY, Phase.CLOSED: now - 31 * DAY}
    opens_at = starts[phase].replace(hour=8, minute=0)
    made = Consultation(
        pk=NOWHERE,
        controller=controller,
        opens_at=opens_at,
        cleared_at=opens_at,
        closes_at=opens_at + 30 * DAY,
    )
    made.now = now
    return made


def debate(phase: Phase = Phase.OPEN, *, number: int = 0) -> Debate:
    """A debate with its state, as ``with_state()`` gives it."""
    return _with_state(Debate(pk=NOWHERE + number, consultation=consultation(phase)), phase)


def questionnaire() -> Questionnaire:
    """An open questionnaire with its state."""
    return _with_state(Questionnaire(pk=NOWHERE, consultation=consultation(Phase.OPEN)), Phase.OPEN)


def _with_state(row: Any, phase: Phase) -> Any:
    row.is_open = phase is Phase.OPEN
    row.now = timezone.now()
    row.live_languages = list(row.consultation.languages)
    row.translation_key = row.block_id = NO_KEY
    _prefetched(row, "labels", [])
    return row


def _prefetched(row: Any, relation: str, found: Iterable[Any]) -> None:
    """What a ``prefetch_related`` of ``relation`` would have found."""
    row._prefetched_objects_cache = {relation: list(found)}


def idea(
    number: int,
    language: str,
    text: str,
    *,
    votes: tuple[int, int, int] = (0, 0, 0),
    translation: IdeaText | None = None,
) -> Idea:
    """A published idea with its texts and tally."""
    now = timezone.now()
    made = Idea(
        pk=NOWHERE + number,
        debate=debate(),
        language=language,
        status=IdeaStatus.PUBLISHED,
        created_at=now - 2 * DAY,
        published_at=now - DAY,
    )
    author = IdeaText(idea=made, language=language, text=text, approved_at=now)
    _prefetched(made, "texts", [author, translation] if translation else [author])
    agree, disagree, neutral = votes
    Tally(idea=made, agree=agree, disagree=disagree, neutral=neutral, votes=sum(votes))
    return made


def card(shown: Idea, language: str, choice: VoteChoice | None = None) -> Card:
    """The card of ``shown`` for a reader of ``language`` who said ``choice``, or nothing yet."""
    original = shown.original
    text = shown.text_in(language) or original
    if original is None or text is None:
        raise ValueError("a sample has words")
    cast_at = timezone.now() - DAY
    vote = Vote(idea=shown, choice=choice, read_in=language, cast_at=cast_at) if choice else None
    return Card(
        idea=shown,
        place=Place.SEQUENCE,
        text=text,
        original=original if text is not original else None,
        vote=vote,
        key="",
    )


def translated(
    number: int, here: tuple[str, str], there: tuple[str, str], origin: TextOrigin
) -> Idea:
    """An idea written ``there`` (language, words), with its translation ``here``."""
    language, words = here
    text = IdeaText(language=language, text=words, origin=origin, approved_at=timezone.now())
    return idea(number, *there, votes=(14, 3, 5), translation=text)


def asked(words: Entry, language: str) -> list[AskedQuestion]:
    """A question of each kind."""
    kinds = {
        "short": QuestionKind.SHORT_TEXT,
        "long": QuestionKind.LONG_TEXT,
        "one": QuestionKind.ONE_CHOICE,
        "several": QuestionKind.SEVERAL_CHOICES,
        "scale": QuestionKind.SCALE,
        "ranking": QuestionKind.RANKING,
        "matrix": QuestionKind.MATRIX,
        "number": QuestionKind.NUMBER,
        "day": QuestionKind.DATE,
        "link": QuestionKind.LINK,
        "read": QuestionKind.STATEMENT,
    }
    return [
        _asked(number, kind, words, words[name], language)
        for number, (name, kind) in enumerate(kinds.items())
    ]


def _asked(
    number: int, kind: QuestionKind, words: Entry, said: Entry, language: str
) -> AskedQuestion:
    question = Question(
        pk=number,
        kind=kind,
        word_limit=300,
        required=kind is QuestionKind.LONG_TEXT,
        other=kind is QuestionKind.SEVERAL_CHOICES,
    )
    wording = QuestionWording(
        question=question,
        language=language,
        label=said["label"],
        help_text=said["help"],
        low_label=words["low"],
        high_label=words["high"],
        unit=words["unit"] if kind is QuestionKind.NUMBER else "",
    )
    labels = words["choices"] if kind in MADE_OF_CHOICES else []
    columns = words["columns"] if kind is QuestionKind.MATRIX else []
    return AskedQuestion(
        question,
        wording,
        tuple((Choice(pk=at, question=question), label) for at, label in enumerate(labels)),
        tuple(
            (Choice(pk=100 + at, question=question, is_column=True), label)
            for at, label in enumerate(columns)
        ),
    )


def yesterday() -> datetime:
    """A moment that is over."""
    return timezone.now() - DAY


def tomorrow() -> datetime:
    """A moment to come."""
    return timezone.now() + DAY
