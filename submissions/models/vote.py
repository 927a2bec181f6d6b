"""Votes: where participants stand, and the log of how they came to it."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from submissions.models.idea import Idea
from submissions.models.participant import Participant


class VoteChoice(models.TextChoices):
    """What a participant can say of an idea."""

    AGREE = "agree", pgettext_lazy("vote", "Agree")
    DISAGREE = "disagree", pgettext_lazy("vote", "Disagree")
    NEUTRAL = "neutral", pgettext_lazy("vote", "Neutral")


class Qualification(models.TextChoices):
    """What a voter may add, each to one choice: see ``QUALIFIES``."""

    FAVOURITE = "favourite", pgettext_lazy("qualification", "My favourite")
    REALISTIC = "realistic", pgettext_lazy("qualification", "Realistic")
    OBVIOUS = "obvious", pgettext_lazy("qualification", "Obvious")
    NO_WAY = "no_way", pgettext_lazy("qualification", "No way")
    UNREALISTIC = "unrealistic", pgettext_lazy("qualification", "Unrealistic")
    NONSENSE = "nonsense", pgettext_lazy("qualification", "Makes no sense")
    NOT_UNDERSTOOD = "not_understood", pgettext_lazy("qualification", "I don’t understand it")
    NO_OPINION = "no_opinion", pgettext_lazy("qualification", "I have no opinion")
    INDIFFERENT = "indifferent", pgettext_lazy("qualification", "I don’t mind either way")


QUALIFIES: dict[VoteChoice, tuple[Qualification, ...]] = {
    VoteChoice.AGREE: (Qualification.FAVOURITE, Qualification.REALISTIC, Qualification.OBVIOUS),
    VoteChoice.DISAGREE: (
        Qualification.NO_WAY,
        Qualification.UNREALISTIC,
        Qualification.NONSENSE,
    ),
    VoteChoice.NEUTRAL: (
        Qualification.NOT_UNDERSTOOD,
        Qualification.NO_OPINION,
        Qualification.INDIFFERENT,
    ),
}


class QualificationsField(ArrayField):
    """Any number of qualifications, none by default."""

    def __init__(self, **options: Any) -> None:
        options.pop("base_field", None)
        options.pop("size", None)
        options.setdefault("default", list)
        options.setdefault("db_default", [])
        base = models.CharField(max_length=14, choices=Qualification)
        super().__init__(base, **options)


class VoteEventKind(models.TextChoices):
    """What happened to a vote."""

    CAST = "cast", pgettext_lazy("vote event", "Cast")
    CHANGED = "changed", pgettext_lazy("vote event", "Changed")
    QUALIFIED = "qualified", pgettext_lazy("vote event", "Qualified")
    UNDONE = "undone", pgettext_lazy("vote event", "Undone")


class Vote(models.Model):
    """Where one participant stands on one idea. Voting again replaces it; VoteEvent keeps the log.

    A participant who is erased leaves the vote behind, without a name (``participant`` is null).
    """

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="votes")
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.SET_NULL, related_name="votes"
    )
    choice = models.CharField(max_length=8, choices=VoteChoice)
    qualifications = QualificationsField()  # of the choice that stands: a new choice empties them
    read_in = models.CharField(max_length=10)  # language of the text that was on screen
    key_valid = models.BooleanField(default=True)  # false: sent without a card of ours
    cast_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "participant"], name="one_vote_per_participant"
            ),
        ]
        # Few rows, and what staff are told of them must not take longer with every vote.
        indexes = [
            models.Index(
                fields=["participant"],
                condition=models.Q(key_valid=False),
                name="votes_without_a_card",
            )
        ]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.choice}"


class VoteEvent(models.Model):
    """One line of the log of votes. Appended, never edited: an offline recount starts from it."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="vote_events")
    participant = models.ForeignKey(  # its index is that of the log of one participant
        Participant,
        null=True,
        on_delete=models.SET_NULL,
        related_name="vote_events",
        db_index=False,
    )
    kind = models.CharField(max_length=9, choices=VoteEventKind)
    choice = models.CharField(max_length=8, choices=VoteChoice)
    qualifications = QualificationsField()  # as they stood after it
    read_in = models.CharField(max_length=10)
    key_valid = models.BooleanField()
    at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        verbose_name = _("vote event")
        verbose_name_plural = _("vote events")
        indexes = [models.Index(fields=["participant", "at"], name="vote_events_of_one")]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.kind} {self.choice}"
