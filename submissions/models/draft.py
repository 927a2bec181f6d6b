"""The dossier while it is written: whoever has its link, and nobody of the staff, can read it.

Words are kept as they were typed, complete or not, question by question: a question that moves to
another section keeps them. Sending makes a ``Contribution`` of them; the draft stays beside it, so
that it can be changed and sent again until the deadline.
"""

import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from submissions.models.consultation import Consultation
from submissions.models.contribution import Contribution
from submissions.models.questionnaire import Question, Questionnaire


class Draft(models.Model):
    """One dossier: the themes it answers, its authors, what they have written so far."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="drafts")
    language = models.CharField(max_length=10)  # of the page it was begun on
    questionnaires: "models.ManyToManyField[Questionnaire, models.Model]" = models.ManyToManyField(
        Questionnaire, related_name="drafts"
    )
    # What it became once sent. It is read-only while ``writing`` is False.
    contribution = models.OneToOneField(
        Contribution, null=True, blank=True, on_delete=models.CASCADE, related_name="draft"
    )
    writing = models.BooleanField(default=True)
    # The key of the next sending, another one each time that the contribution is taken up again.
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    changed_at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        verbose_name = _("draft of a contribution")
        verbose_name_plural = _("drafts of contributions")

    def __str__(self) -> str:
        return str(self.pk)


class DraftAuthor(models.Model):
    """Somebody who writes a draft. Exactly one owns it: who began it, and who sends it.

    Their link is kept as a hash. ``access_key`` stands in the signed cookie of their browsers:
    another one, and those browsers are out.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="authors")
    owner = models.BooleanField(default=False)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    mailbox = models.CharField(max_length=254, blank=True)  # as in ``Address``
    language = models.CharField(max_length=10)
    access_key = models.UUIDField(default=uuid.uuid4, editable=False)
    token_hash = models.BinaryField(max_length=32, null=True, unique=True)  # SHA-256 of 32 bytes
    link_sent_at = models.DateTimeField(null=True, blank=True)
    link_expires_at = models.DateTimeField(null=True, blank=True)
    came_at = models.DateTimeField(null=True, blank=True)  # pressed the button of the link once
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("author of a draft")
        verbose_name_plural = _("authors of drafts")
        indexes = [models.Index(fields=["mailbox"], name="authors_by_mailbox")]
        constraints = [
            models.UniqueConstraint(
                fields=["draft"], condition=models.Q(owner=True), name="one_owner_per_draft"
            ),
            models.UniqueConstraint(
                fields=["draft", "mailbox"],
                condition=~models.Q(mailbox=""),
                name="one_author_per_mailbox",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.pk}"


class DraftPart(models.Model):
    """What is not a question: who answers (``about``), what may be done with it (``consents``).

    ``data`` is what the form of that part sent: ``{field name: [values]}``.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="parts")
    key = models.CharField(max_length=20)
    data = models.JSONField(default=dict)
    language = models.CharField(max_length=10)  # of the page it was read on
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(db_default=Now())
    saved_by = models.ForeignKey(
        DraftAuthor, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("part of a draft")
        verbose_name_plural = _("parts of drafts")
        constraints = [models.UniqueConstraint(fields=["draft", "key"], name="one_part_per_key")]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.key}"


class DraftAnswer(models.Model):
    """What is written so far to one question, in the words and the language it was read in."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    data = models.JSONField(default=dict)  # {field name: [values]}, as sent
    version = models.PositiveSmallIntegerField()  # of the question, as it was on screen
    language = models.CharField(max_length=10)
    revision = models.PositiveIntegerField(default=1)  # counts the changes
    # The page, as it was loaded once, that wrote this revision: what the same page saves after it
    # is no conflict. Once it was left by a button, what it saves by itself comes too late.
    screen = models.UUIDField(null=True)
    screen_left = models.BooleanField(default=False, db_default=False)
    # Words that met a newer revision: [{"data", "author", "at", "language", "version", "screen"}],
    # until somebody chose.
    aside = models.JSONField(default=list)
    saved_at = models.DateTimeField(db_default=Now())
    saved_by = models.ForeignKey(
        DraftAuthor, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("answer of a draft")
        verbose_name_plural = _("answers of drafts")
        constraints = [
            models.UniqueConstraint(fields=["draft", "question"], name="one_draft_answer")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.question_id}"
