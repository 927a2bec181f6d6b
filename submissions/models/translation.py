"""Translations of ideas: who makes them, what a machine is asked for, readers' doubts."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import AskedOfMachine
from submissions.models.idea import Idea, IdeaText
from submissions.models.participant import Participant

LONGEST_COMMENT = 300  # of a reader's report


class TranslatedLanguage(models.Model):
    """A language into which the members of a group translate ideas."""

    group = models.ForeignKey(
        "auth.Group", on_delete=models.CASCADE, related_name="translated_languages"
    )
    language = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "language"], name="one_translated_language_per_group"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.language}"


class MachineRequest(AskedOfMachine):
    """A proposal that the machine translator was asked for, until it comes."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="machine_requests")
    language = models.CharField(max_length=10)

    class Meta:
        verbose_name = _("request to the machine translator")
        verbose_name_plural = _("requests to the machine translator")
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "language"], name="one_machine_request_per_language"
            ),
            models.CheckConstraint(
                condition=Q(failed_at__isnull=True) | ~Q(trouble=""),
                name="a_failed_request_has_a_trouble",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.language}"


class ReportOutcome(models.TextChoices):
    """What became of a reader's report."""

    MENDED = "mended", pgettext_lazy("report of a translation", "The translation was mended")
    TAKEN_BACK = (
        "taken_back",
        pgettext_lazy("report of a translation", "The translation was taken back"),
    )
    KEPT = "kept", pgettext_lazy("report of a translation", "The translation was kept as it is")


class TranslationReport(models.Model):
    """A reader says that a translation is bad: once each, until somebody has looked at it."""

    text = models.ForeignKey(IdeaText, on_delete=models.CASCADE, related_name="reports")
    # None: somebody who takes no part, or does no more.
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    comment = models.CharField(_("what is wrong"), max_length=LONGEST_COMMENT, blank=True)
    language = models.CharField(max_length=10, blank=True, default="", db_default="")  # of the page
    # Drawn with the form: what one form sends twice is one report.
    form_key = models.UUIDField(null=True, unique=True, editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "auth.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(
        max_length=10, choices=ReportOutcome, blank=True, default="", db_default=""
    )

    class Meta:
        verbose_name = _("report of a translation")
        verbose_name_plural = _("reports of translations")
        constraints = [
            models.UniqueConstraint(
                fields=["text", "participant"],
                condition=Q(settled_at=None),
                name="one_open_report_per_reader",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, outcome="")
                | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="a_settled_report_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}"
