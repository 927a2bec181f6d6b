"""The mail that the site owes people: one row a message, until it is sent or given up."""

import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from submissions.models.consultation import Consultation


class MailKind(models.TextChoices):
    """What a message is about."""

    CONFIRM_IDEA = "confirm_idea", pgettext_lazy("mail", "Link that confirms an idea")
    COME_BACK = "come_back", pgettext_lazy("mail", "Link to one’s participation")
    DECISION = "decision", pgettext_lazy("mail", "Decision on an idea")
    APPEAL_ANSWERED = "appeal_answered", pgettext_lazy("mail", "Answer to an appeal")
    DRAFT_LINK = "draft_link", pgettext_lazy("mail", "Link to a contribution")
    INVITATION = "invitation", pgettext_lazy("mail", "Invitation to write together")
    RECEIPT = "receipt", pgettext_lazy("mail", "Receipt of a contribution")
    PREVIEW = "preview", pgettext_lazy("mail", "Preview before publication")
    PUBLISHED = "published", pgettext_lazy("mail", "Contribution published")
    FILE_SET_ASIDE = "file_set_aside", pgettext_lazy("mail", "Virus in a file of a contribution")
    TEST = "test", pgettext_lazy("mail", "Test message")
    WITHDRAWN = "withdrawn", pgettext_lazy("mail", "Contribution withdrawn")


class MailStatus(models.TextChoices):
    """Where a message stands."""

    WAITING = "waiting", pgettext_lazy("mail", "Waiting")
    SENT = "sent", pgettext_lazy("mail", "Sent")
    FAILED = "failed", pgettext_lazy("mail", "Given up")


class Mail(models.Model):
    """One message to one address. Once it is sent or given up, its words are emptied.

    An address goes with the words of what was sent; of what was given up it stays until the row is
    removed, so that staff can tell whom nothing reached.
    """

    # In the header too: what a server took twice is told as one by whoever receives it.
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="mail")
    # Whose mail it is, until it is sent. No foreign key: erasing somebody must not wait for a
    # server that is being handed a message of theirs.
    participant = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    # The same for the draft of a contribution.
    draft = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    kind = models.CharField(pgettext_lazy("mail", "about"), max_length=20, choices=MailKind)
    to = models.EmailField(pgettext_lazy("mail", "to"), blank=True)
    language = models.CharField(_("language"), max_length=10)
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    status = models.CharField(
        _("status"), max_length=7, choices=MailStatus, default=MailStatus.WAITING
    )
    attempts = models.PositiveSmallIntegerField(pgettext_lazy("mail", "attempts"), default=0)
    # The server's code, or a word for what kept it from answering; never what the server said.
    trouble = models.CharField(_("trouble"), max_length=20, blank=True)
    made_at = models.DateTimeField(pgettext_lazy("mail", "written"), db_default=Now())
    next_attempt_at = models.DateTimeField(db_default=Now())
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("one message", "mail")
        verbose_name_plural = pgettext_lazy("messages", "mail")
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(status=MailStatus.WAITING),
                name="mail_that_waits",
            ),
            models.Index(fields=["settled_at"], name="mail_by_settling"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def masked_to(self) -> str:
        """The address as staff see it: whose mail server, not whose mail."""
        name, _at, domain = self.to.rpartition("@")
        return f"{name[:1]}…@{domain}" if domain else ""
