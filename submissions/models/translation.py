"""Readers' doubts about the translation of an idea."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from submissions.models.idea import IdeaText
from submissions.models.participant import Participant


class TranslationReport(models.Model):
    """A reader says that a translation is bad: once each, until somebody has looked at it."""

    text = models.ForeignKey(IdeaText, on_delete=models.CASCADE, related_name="reports")
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    comment = models.CharField(_("what is wrong"), max_length=300, blank=True)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "auth.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("report of a translation")
        verbose_name_plural = _("reports of translations")
        constraints = [
            models.UniqueConstraint(
                fields=["text", "participant"],
                condition=models.Q(settled_at=None),
                name="one_open_report_per_reader",
            )
        ]

    def __str__(self) -> str:
        return f"{self.text_id}"
