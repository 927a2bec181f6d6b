"""E-mail addresses of participants, kept apart from what they say, and the links mailed to them."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from submissions.models.consultation import Consultation
from submissions.models.idea import Idea
from submissions.models.participant import Participant


class Address(models.Model):
    """A confirmed address and whose it is. Read to send mail and to find a participant again."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="addresses"
    )
    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="address"
    )
    email = models.EmailField(_("e-mail address"))  # as it was typed: mail goes there
    # One mailbox is one person: lower case, IDNA domain, no ``+tag`` (case 15).
    mailbox = models.CharField(max_length=254)
    # What it looks like, without dots and accents: who shares it is shown to organisers.
    likeness = models.CharField(max_length=254, default="", db_default="", editable=False)
    language = models.CharField(max_length=10)  # mail is written in
    confirmed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("address of a participant")
        verbose_name_plural = _("addresses of participants")
        indexes = [models.Index(fields=["consultation", "likeness"], name="addresses_by_likeness")]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "mailbox"], name="one_participant_per_mailbox"
            )
        ]

    def __str__(self) -> str:
        return str(self.participant_id)


class LinkPurpose(models.TextChoices):
    """What opening a mailed link does, once its button is pressed."""

    CONFIRM_IDEA = "confirm_idea"
    COME_BACK = "come_back"  # to “My participation”, on any device


class MailedLink(models.Model):
    """A link sent to an address. Only the hash of its token is kept; opening it changes nothing.

    The button on the page it opens uses it up. An address that is not confirmed stands here alone,
    and goes with the link.
    """

    token_hash = models.BinaryField(max_length=32, unique=True)  # SHA-256 of 32 random bytes
    purpose = models.CharField(max_length=12, choices=LinkPurpose)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    mailbox = models.CharField(max_length=254, default="", db_default="")  # as in ``Address``
    language = models.CharField(max_length=10)
    # Who asked, if their browser was known. Erased, they take their links along.
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.CASCADE, related_name="mailed_links"
    )
    idea = models.ForeignKey(
        Idea, null=True, blank=True, on_delete=models.CASCADE, related_name="mailed_links"
    )
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("mailed link")
        verbose_name_plural = _("mailed links")
        indexes = [
            models.Index(fields=["consultation", "mailbox", "made_at"], name="links_by_mailbox")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(purpose=LinkPurpose.CONFIRM_IDEA)
                | models.Q(idea__isnull=False),
                name="a_confirmation_is_of_an_idea",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
