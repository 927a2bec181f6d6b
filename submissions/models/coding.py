"""What staff do with contributions: who reads which, the coding scheme, passages, private notes."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import get_language, gettext_noop, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from submissions.models.consultation import Consultation
from submissions.models.contribution import Answer, Contribution


class ReadingState(models.TextChoices):
    """How far staff have come with a contribution."""

    TO_READ = "to_read", pgettext_lazy("contribution", "To read")
    BEING_READ = "being_read", pgettext_lazy("contribution", "Being read")
    READ = "read", pgettext_lazy("contribution", "Read")


class Reading(models.Model):
    """Who reads a contribution, and how far they are. Made when it is received.

    A newer version than the one that was read makes it to be read again.
    """

    contribution = models.OneToOneField(
        Contribution, primary_key=True, on_delete=models.CASCADE, related_name="reading"
    )
    state = models.CharField(
        pgettext_lazy("contribution", "reading"),
        max_length=10,
        choices=ReadingState,
        default=ReadingState.TO_READ,
        db_default=ReadingState.TO_READ,
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("reader"),
    )
    version_read = models.PositiveSmallIntegerField(null=True, blank=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("reading of a contribution")
        verbose_name_plural = _("readings of contributions")
        indexes = [models.Index(fields=["state", "assignee"], name="readings_by_state")]

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.state}"


class Code(models.Model):
    """One code of a consultation's scheme, in every language. Used, it is retired, never lost."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="codes")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        ordering = ["position", "pk"]
        permissions = [("change_scheme", gettext_noop("Can change the coding scheme"))]

    def __str__(self) -> str:
        return self.name_in()

    def name_in(self, language: str | None = None) -> str:
        """Its name in ``language`` (default: the active one), else in any. Reads ``labels``."""
        names = {label.language: label.name for label in self.labels.all()}
        return names.get(language or get_language() or "") or next(iter(names.values()), "")


class CodeLabel(models.Model):
    """The name of a code in one language, and when to use it."""

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="labels")
    language = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    definition = models.TextField(blank=True)

    class Meta:
        verbose_name = _("label of a code")
        verbose_name_plural = _("labels of codes")
        constraints = [
            models.UniqueConstraint(fields=["code", "language"], name="one_label_per_code_language")
        ]

    def __str__(self) -> str:
        return self.name


class CodedContribution(models.Model):
    """A code that holds for a contribution as a whole."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="coded")
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="coded")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("coded contribution")
        verbose_name_plural = _("coded contributions")
        constraints = [
            models.UniqueConstraint(fields=["contribution", "code"], name="one_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.code_id}"


class MarkedText(models.Model):
    """Part of the text of an answer, by its place in code points: ``text[start:end] == quote``.

    A newer version may move it; where the quote is not found any more, ``lost`` says so.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="%(class)ss")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    lost = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True
        ordering = ["start", "end", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=models.F("start")), name="%(class)s_has_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.start}-{self.end}"


class Passage(MarkedText):
    """A passage that a reader marked, and coded."""

    codes: "models.ManyToManyField[Code, Any]" = models.ManyToManyField(
        Code, related_name="passages", blank=True
    )

    class Meta(MarkedText.Meta):
        verbose_name = _("passage")
        verbose_name_plural = _("passages")


class Note(models.Model):
    """What a reader notes for colleagues. Never exported, never published."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(pgettext_lazy("reader", "note"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("private note")
        verbose_name_plural = _("private notes")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.pk}"
