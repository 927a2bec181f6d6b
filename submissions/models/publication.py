"""What the public reads of contributions: redactions, publications, campaigns."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from submissions.models.attachment import Attachment
from submissions.models.coding import MarkedText
from submissions.models.consultation import Consultation
from submissions.models.contribution import (
    Answer,
    Contribution,
    ContributionVersion,
    RespondentType,
)
from submissions.models.questionnaire import Question


class RedactionReason(models.TextChoices):
    """Why words are not published."""

    PERSONAL_DATA = "personal_data", pgettext_lazy("redaction", "Personal data of somebody")
    ACCUSATION = "accusation", pgettext_lazy("redaction", "Accusation against a named person")
    UNLAWFUL = "unlawful", pgettext_lazy("redaction", "Unlawful words")
    CONFIDENTIAL = "confidential", pgettext_lazy("redaction", "Confidential, at its author’s wish")
    ADVERTISING = "advertising", pgettext_lazy("redaction", "Advertising")


class Redaction(MarkedText):
    """Words of an answer that are not published. They stay in what staff read, and in exports."""

    reason = models.CharField(
        pgettext_lazy("redaction", "reason"), max_length=13, choices=RedactionReason
    )

    class Meta(MarkedText.Meta):
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")


class RememberedRedaction(models.Model):
    """Words that were redacted in an answer which its author took out.

    Should they come back with a later version, they are taken out again. Erased with the
    contribution's words.
    """

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="remembered_redactions"
    )
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    quote = models.TextField()
    reason = models.CharField(max_length=13, choices=RedactionReason)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("redaction of an answer that was taken out")
        verbose_name_plural = _("redactions of answers that were taken out")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.reason}"


class WithheldFile(models.Model):
    """A file that is not published, though the rest of its contribution may be."""

    attachment = models.OneToOneField(
        Attachment, primary_key=True, on_delete=models.CASCADE, related_name="withheld"
    )
    reason = models.CharField(
        pgettext_lazy("redaction", "reason"), max_length=13, choices=RedactionReason
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("file that is not published")
        verbose_name_plural = _("files that are not published")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.attachment_id}: {self.reason}"


class PublicationState(models.TextChoices):
    """Where a publication stands."""

    PROPOSED = "proposed", pgettext_lazy("publication", "With its author, for a look")
    LIVE = "live", pgettext_lazy("publication", "Published")
    REPLACED = "replaced", pgettext_lazy("publication", "Replaced by a newer one")
    TAKEN_BACK = "taken_back", pgettext_lazy("publication", "Taken back")


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Reads of publications."""

    def live(self) -> Self:
        """What everybody may read now."""
        return self.filter(state=PublicationState.LIVE)


class Publication(models.Model):
    """The words of one version as everybody reads them: nothing else of it is ever public.

    ``content`` is made by ``contributions.publishing``: answers that may be published, redacted;
    the name and organisation only where that was agreed to. Public pages read this row alone.
    """

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="publications"
    )
    version = models.ForeignKey(
        ContributionVersion, on_delete=models.CASCADE, related_name="publications"
    )
    number = models.PositiveSmallIntegerField()  # the first, the second… publication of this one
    state = models.CharField(max_length=10, choices=PublicationState)
    content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)  # of ``content`` as canonical JSON, in hexadecimal
    language = models.CharField(max_length=10)
    # What the library is filtered by: of what is public, not of what was sent since.
    respondent_type = models.CharField(max_length=20, choices=RespondentType, default="")
    country = models.CharField(max_length=2, default="")
    questionnaires = ArrayField(models.BigIntegerField(), default=list)
    words = SearchVectorField(null=True, editable=False)
    proposed_at = models.DateTimeField(null=True, blank=True)
    # What the author says of the preview: agreed, or why not. Empty: nothing yet.
    agreed_at = models.DateTimeField(null=True, blank=True)
    objection = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication of a contribution")
        verbose_name_plural = _("publications of contributions")
        permissions = [
            ("publish_contribution", gettext_noop("Can redact and publish contributions"))
        ]
        indexes = [
            GinIndex(fields=["words"], name="publications_by_words"),
            models.Index(fields=["state", "-published_at"], name="publications_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "number"], name="one_publication_per_number"
            ),
            models.UniqueConstraint(
                fields=["contribution"],
                condition=models.Q(state=PublicationState.LIVE),
                name="one_live_publication",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} p{self.number}"


class Campaign(models.Model):
    """Contributions whose texts are the same, or nearly. Found by the worker, judged by staff."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="campaigns"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)  # said in public from then on
    dismissed_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    found_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Membership(models.TextChoices):
    """What staff say of one contribution of a campaign."""

    FOUND = "found", pgettext_lazy("campaign", "Found, not judged")
    OF_IT = "of_it", pgettext_lazy("campaign", "The same text")
    NOT_OF_IT = "not_of_it", pgettext_lazy("campaign", "Not of this campaign")


class CampaignMember(models.Model):
    """A contribution of a campaign; ``likeness`` to the nearest of the others, from 0 to 1."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="members")
    contribution = models.OneToOneField(
        Contribution, on_delete=models.CASCADE, related_name="campaign_member"
    )
    likeness = models.FloatField()
    # Who joins a campaign that was confirmed before is judged too, before it is said of them.
    judgement = models.CharField(
        max_length=9, choices=Membership, default=Membership.FOUND, db_default=Membership.FOUND
    )

    class Meta:
        verbose_name = _("contribution of a campaign")
        verbose_name_plural = _("contributions of campaigns")

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.contribution_id}"


class TextSketch(models.Model):
    """The MinHash of a long answer, of which two say how much of two texts is the same."""

    answer = models.OneToOneField(
        Answer, primary_key=True, on_delete=models.CASCADE, related_name="sketch"
    )
    of = models.CharField(max_length=32)  # MD5 of the text it was made of: another is made anew
    hashes = models.BinaryField()

    class Meta:
        verbose_name = _("sketch of a text")
        verbose_name_plural = _("sketches of texts")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.answer_id)
