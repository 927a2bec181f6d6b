"""A card: one idea as a participant meets it, with what they may do with it."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from submissions.debate.keys import Place, card_key
from submissions.models import QUALIFIES, Idea, IdeaText, Participant, Vote, VoteChoice

COUNTED_WITHIN = timedelta(seconds=30)  # the worker promises ten


@dataclass(frozen=True)
class Card:
    """What a card shows. ``key`` is empty for a visitor who takes no part yet."""

    idea: Idea
    place: Place
    text: IdeaText  # in the reader's language where there is one
    original: IdeaText | None  # the author's words, when ``text`` is a translation
    vote: Vote | None
    key: str

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Value, label, and whether the vote stands there."""
        stands = self.vote.choice if self.vote else None
        return [(choice.value, str(choice.label), choice == stands) for choice in VoteChoice]

    @property
    def qualifications(self) -> list[tuple[str, str, bool]]:
        """What may be added to the vote that stands: value, label, and whether it was."""
        if self.vote is None:
            return []
        offered = QUALIFIES[VoteChoice(self.vote.choice)]
        said = self.vote.qualifications
        return [(one.value, str(one.label), one.value in said) for one in offered]

    @property
    def awaits_count(self) -> bool:
        """Whether the vote is new and the tally older: the worker has not come by yet."""
        if self.vote is None or timezone.now() - self.vote.cast_at > COUNTED_WITHIN:
            return False
        tally = getattr(self.idea, "tally", None)
        return tally is None or tally.counted_at < self.vote.cast_at


def card_of(idea: Idea, participant: Participant | None, place: Place, language: str) -> Card:
    """The card of ``idea`` (its texts prefetched) for a reader of ``language``."""
    original = idea.original
    if original is None:
        raise ValueError(f"Idea {idea.pk} has no words")
    text = idea.text_in(language) or original
    vote, key = None, ""
    if participant is not None:
        vote = Vote.objects.filter(idea=idea, participant=participant).first()
        key = card_key(participant.pk, idea.pk, place, timezone.now().date())
    return Card(idea, place, text, original if text is not original else None, vote, key)


def other_translations(card: Card) -> list[IdeaText]:
    """The approved translations of the idea besides the words that its card shows first."""
    shown = {card.text.pk, (card.original or card.text).pk}
    return [text for text in card.idea.texts.all() if text.approved and text.pk not in shown]
