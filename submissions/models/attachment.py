"""Files that go with a contribution: private, under generated names, until they are published."""

import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from submissions.models.contribution import Contribution
from submissions.models.draft import Draft
from submissions.models.questionnaire import Question


class AttachmentType(models.TextChoices):
    """What a file is, by its content. Nothing else is kept."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"
    ODT = "odt", "ODT"


class ScanState(models.TextChoices):
    """What the scanner said of a file."""

    NOT_SCANNED = "not_scanned", pgettext_lazy("file", "Not scanned")  # no scanner is set
    PENDING = "pending", pgettext_lazy("file", "Being checked")
    CLEAN = "clean", pgettext_lazy("file", "Checked")
    INFECTED = "infected", pgettext_lazy("file", "Set aside")


class Attachment(models.Model):
    """One file of a dossier: of the whole (``question`` None), or the answer to a question.

    Removed from a draft, it stays as long as a version that was sent has it (``removed_at``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(
        Draft, null=True, on_delete=models.SET_NULL, related_name="attachments"
    )
    contribution = models.ForeignKey(
        Contribution, null=True, on_delete=models.CASCADE, related_name="attachments"
    )
    question = models.ForeignKey(
        Question, null=True, on_delete=models.PROTECT, related_name="attachments"
    )
    key = models.CharField(max_length=100, unique=True)  # in the storage ``contributions``
    name = models.CharField(_("name"), max_length=255)  # as its sender called it: shown, never used
    kind = models.CharField(max_length=4, choices=AttachmentType)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=11, choices=ScanState, default=ScanState.NOT_SCANNED)
    scanned_at = models.DateTimeField(null=True, blank=True)
    # What the file says beyond its text: codes such as "author", "tracked_changes", "comments".
    tells = models.JSONField(default=list)
    uploaded_at = models.DateTimeField(db_default=Now(), editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["uploaded_at", "pk"]
        indexes = [
            models.Index(
                fields=["uploaded_at"],
                condition=models.Q(scan=ScanState.PENDING),
                name="attachments_to_scan",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
