"""Somebody's own votes, to be read again, changed or taken back."""

from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q

from submissions.models import Idea, IdeaStatus, IdeaText, Participant, Qualification, Vote
from submissions.models.form_block import open_condition

VOTES_A_PAGE = 20


@dataclass(frozen=True)
class OwnVote:
    """A vote with the idea's words, unless these are public no more."""

    vote: Vote
    text: IdeaText | None
    votable: bool  # it can be changed or undone now, from a page of this language

    @property
    def idea(self) -> Idea:
        """What was voted on."""
        return self.vote.idea

    @property
    def qualifications(self) -> list[str]:
        """What was added, in words."""
        return [str(Qualification(said).label) for said in self.vote.qualifications]


def votes_of(participant: Participant, language: str, *, before: int | None) -> list[OwnVote]:
    """A page and one more of their votes, the newest first, for a page in ``language``.

    ``before``: those cast before that vote, which may be undone since. A constant number of
    queries.
    """
    votable = (
        Q(idea__status=IdeaStatus.PUBLISHED)
        & open_condition("idea__debate__")
        & Q(idea__debate__live_languages__contains=[language])
    )
    found = (
        participant.votes.select_related("idea__debate__consultation")
        .prefetch_related("idea__texts", "idea__debate__labels")
        .annotate(votable=ExpressionWrapper(votable, BooleanField()))
        .order_by("-pk")
    )
    if before is not None:
        found = found.filter(pk__lt=before)
    languages = [language, *participant.reads]
    if participant.reads and language not in participant.reads:
        languages = participant.reads
    return [
        OwnVote(vote, _words(vote.idea, languages), vote.votable)
        for vote in found[: VOTES_A_PAGE + 1]
    ]


def _words(idea: Idea, languages: list[str]) -> IdeaText | None:
    """The words in a language that is read, else the author's; none of an idea withdrawn."""
    if idea.status != IdeaStatus.PUBLISHED:
        return None
    texts = (idea.text_in(language) for language in languages)
    return next((text for text in texts if text is not None), idea.original)
