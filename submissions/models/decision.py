"""Decisions of moderators: appended, never edited."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from submissions.models.idea import Idea


class DecisionKind(models.TextChoices):
    """What a moderator can decide."""

    PUBLISH = "publish", pgettext_lazy("decision", "Publish")
    REFUSE = "refuse", pgettext_lazy("decision", "Refuse")
    WITHDRAW = "withdraw", pgettext_lazy("decision", "Withdraw")
    CORRECT = "correct", pgettext_lazy("decision", "Mend the spelling")
    ESCALATE = "escalate", pgettext_lazy("decision", "Ask another moderator")
    UNDO = "undo", pgettext_lazy("decision", "Undo the last decision")
    UPHOLD = "uphold", pgettext_lazy("decision", "Uphold the refusal")  # on appeal


class RefusalReason(models.TextChoices):
    """Why an idea is refused: a closed list, so that the public register can count it."""

    INCOMPREHENSIBLE = "incomprehensible", _("It cannot be understood")
    OFF_TOPIC = "off_topic", _("It is not about this theme")
    PARTISAN = "partisan", _("It is partisan")
    UNLAWFUL = "unlawful", _("It is against the law")
    ADVERTISING = "advertising", _("It is advertising")
    SEVERAL_IDEAS = "several_ideas", _("It holds several ideas at once")
    WRONG_LANGUAGE = "wrong_language", _("It is not in a language of the consultation")
    INSULTING = "insulting", _("It is insulting")
    ALREADY_SAID = "already_said", _("It has already been proposed")
    OTHER = "other", pgettext_lazy("reason", "Another reason")


class Decision(models.Model):
    """One decision on one idea: who, what, why, when.

    The database refuses to change or delete a row (a trigger of migration 0003); the moderator's
    name alone goes, with their account.
    """

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(_("decision"), max_length=10, choices=DecisionKind)
    reason = models.CharField(_("reason"), max_length=20, choices=RefusalReason, blank=True)
    # For the other moderators: why it is escalated, corrected or undone. Never public.
    note = models.TextField(_("note"), blank=True, max_length=1000)
    moderator = models.ForeignKey(
        "auth.User", null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    # Of an UNDO: the decision that it undoes. Undone once, it counts no more.
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    decided_at = models.DateTimeField(_("decided"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind__in=[DecisionKind.REFUSE, DecisionKind.WITHDRAW])
                | ~models.Q(reason=""),
                name="a_refusal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=DecisionKind.UNDO, undoes__isnull=False)
                | (~models.Q(kind=DecisionKind.UNDO) & models.Q(undoes__isnull=True)),
                name="an_undo_names_what_it_undoes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.kind}"


class Appeal(models.Model):
    """An author's objection to a refusal: one per idea, decided by another moderator."""

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="appeal")
    text = models.TextField(_("why it should be read again"), max_length=1000, blank=True)
    language = models.CharField(max_length=10)  # written in
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    against = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    # None: it waits.
    answer = models.OneToOneField(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="appeal"
    )

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")

    def __str__(self) -> str:
        return f"{self.idea_id}"


class Notified(models.TextChoices):
    """What became of the word to the author about a decision."""

    WAITING = "waiting", pgettext_lazy("word to the author", "Waiting")
    SENT = "sent", pgettext_lazy("word to the author", "Handed to the mail")
    STOPPED = "stopped", pgettext_lazy("word to the author", "Not sent: the decision was undone")
    NEEDLESS = (
        "needless",
        pgettext_lazy("word to the author", "Not sent: the author has withdrawn the idea"),
    )
    NO_ADDRESS = "no_address", pgettext_lazy("word to the author", "Not sent: no address is known")


class Notice(models.Model):
    """The word that an author is due about a decision, some minutes after it: an undo stops it."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="notice")
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Notified, default=Notified.WAITING)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("word to an author")
        verbose_name_plural = _("words to authors")

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.outcome}"


class ModeratedLanguage(models.Model):
    """A language whose ideas the members of a group moderate."""

    group = models.ForeignKey(
        "auth.Group", on_delete=models.CASCADE, related_name="moderated_languages"
    )
    language = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "language"], name="one_language_per_group")
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.language}"
