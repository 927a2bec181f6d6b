"""What is on its way between a translator's program or a machine and the pages."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page
from wagtail_localize.models import Translation

from core.clock import database_now


class TranslationFile(models.Model):
    """A file of translations that was read, and waits until whoever gave it has seen the report.

    It goes as soon as it is imported or given up, and after a day in any case.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The translated page; with ``tree``, the topmost of those that the file may hold.
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    tree = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    content = models.BinaryField()
    kept_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("file of translations")
        verbose_name_plural = _("files of translations")

    def __str__(self) -> str:
        return self.name


class MachineTrouble(models.TextChoices):
    """Why the machine translator gave nothing."""

    UNREACHABLE = "unreachable", pgettext_lazy("machine translator", "It can’t be reached.")
    REFUSED = "refused", pgettext_lazy("machine translator", "It refused the request.")
    UNUSABLE = "unusable", pgettext_lazy("machine translator", "Its answer can’t be used.")


class AskedOfMachine(models.Model):
    """Something the machine translator is asked for: gone once it has answered.

    It is tried again some times, then given up (``failed_at``), and can be asked for anew.
    """

    WAITS = (1, 10)  # minutes after each attempt that failed; then it is given up
    STALE = timedelta(hours=1)  # what is older was lost on its way

    asked_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=11, choices=MachineTrouble, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def under_way(self) -> bool:
        """Whether an answer may still come: then it is not asked for twice."""
        return self.failed_at is None and self.asked_at > database_now() - self.STALE

    def ask_anew(self) -> None:
        """As if nothing had been asked for before."""
        self.attempts, self.trouble, self.failed_at = 0, "", None
        self.asked_at = database_now()
        self.save()

    def count_failure(self, trouble: MachineTrouble) -> datetime | None:
        """One more attempt failed: when the next one is due; None where it is given up."""
        now = database_now()
        self.attempts += 1
        self.trouble = trouble
        given_up = self.attempts > len(self.WAITS)
        self.failed_at = now if given_up else None
        self.save()
        return None if given_up else now + timedelta(minutes=self.WAITS[self.attempts - 1])


class ProposalRequest(AskedOfMachine):
    """The machine translator is asked for what a page still lacks; gone once it has answered."""

    translation = models.OneToOneField(
        Translation, on_delete=models.CASCADE, related_name="proposal_request"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("request to the machine translator")
        verbose_name_plural = _("requests to the machine translator")

    def __str__(self) -> str:
        return str(self.translation_id)
