"""Contributions: the dossier that an expert or an organisation sends."""

import secrets
import uuid
from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from submissions.models.consultation import Consultation
from submissions.models.questionnaire import Choice, Question

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: what is read aloud or copied by hand is not mistaken.
REFERENCE_LETTERS = "34679ACDEFGHJKMNPQRTWXY"


def new_reference() -> str:
    """``XXXX-XXXX-XXXX``: 12 letters of 23, about 54 bits, none that looks like another."""
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _letter in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


class RespondentType(models.TextChoices):
    """Who answers. Fixed in code, so that no editor can make two datasets of one."""

    ACADEMIC = "academic", pgettext_lazy("respondent", "Academic or research institute")
    THINK_TANK = "think_tank", pgettext_lazy("respondent", "Think tank")
    CIVIL_SOCIETY = "civil_society", pgettext_lazy("respondent", "Civil-society organisation")
    COMPANY = "company", pgettext_lazy("respondent", "Company or professional body")
    PUBLIC_BODY = "public_body", pgettext_lazy("respondent", "Public body")
    INDEPENDENT = "independent", pgettext_lazy("respondent", "Independent expert")
    OTHER = "other", pgettext_lazy("respondent", "Other")


class ContributionState(models.TextChoices):
    """Where a contribution stands. What is being written is a ``Draft``, which no staff sees."""

    RECEIVED = "received", pgettext_lazy("contribution", "Received")
    # Its words, files and names are gone; the row says that there was one.
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a contribution", "Withdrawn")


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """Reads of contributions."""

    def standing(self) -> Self:
        """Those that their authors have not withdrawn."""
        return self.filter(state=ContributionState.RECEIVED)

    def with_questionnaires(self) -> Self:
        """Bring ``questionnaire_ids`` along: those that each one answers, in the same query."""
        answered = Question.objects.filter(answers__contribution=models.OuterRef("pk"))
        ids = answered.order_by("questionnaire_id").values("questionnaire_id").distinct()
        return self.annotate(questionnaire_ids=ArraySubquery(ids))

    def answering(self, questionnaire_id: int) -> Self:
        """Those that answer a question of one questionnaire."""
        answers = Answer.objects.filter(
            contribution=models.OuterRef("pk"), question__questionnaire=questionnaire_id
        )
        return self.filter(models.Exists(answers))


class Contribution(models.Model):
    """One person or organisation, one identity, one reference; answers to questionnaires."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="contributions"
    )
    reference = models.CharField(
        _("reference"), max_length=14, unique=True, default=new_reference, editable=False
    )
    # The form's own key: sending it twice gives the same contribution.
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    state = models.CharField(
        pgettext_lazy("contribution", "state"),
        max_length=9,
        choices=ContributionState,
        default=ContributionState.RECEIVED,
        db_default=ContributionState.RECEIVED,
        editable=False,
    )
    version = models.PositiveSmallIntegerField(default=1, db_default=1, editable=False)
    language = models.CharField(_("language"), max_length=10)  # of the page it was sent from
    respondent_type = models.CharField(_("respondent"), max_length=20, choices=RespondentType)
    name = models.CharField(_("name"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2)  # ISO 3166-1 alpha-2
    submitted_at = models.DateTimeField(_("received"), db_default=Now(), editable=False)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)  # newest version
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    synthetic = models.BooleanField(default=False, editable=False)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        permissions = [("export_contribution", gettext_noop("Can export contributions"))]
        indexes = [models.Index(fields=["consultation", "-submitted_at"])]

    def __str__(self) -> str:
        return self.reference


class ContributionVersion(models.Model):
    """What a contribution said when it was sent, and each time that it was sent again.

    ``Answer`` rows hold the newest version; this is the record of each. ``content`` is what
    ``contributions.versions`` writes: identity, answers and files, never an e-mail address.
    """

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField()
    # The key of the form that sent it: twice the same is one version.
    form_key = models.UUIDField(unique=True, editable=False)
    language = models.CharField(max_length=10)
    sent_at = models.DateTimeField(db_default=Now(), editable=False)
    content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)  # of ``content`` as canonical JSON, in hexadecimal

    class Meta:
        verbose_name = _("version of a contribution")
        verbose_name_plural = _("versions of contributions")
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "number"], name="one_version_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} v{self.number}"


class ContactDetails(models.Model):
    """How to write to a contributor: kept apart from what they said, read only when needed."""

    contribution = models.OneToOneField(
        Contribution, primary_key=True, on_delete=models.CASCADE, related_name="contact"
    )
    email = models.EmailField(_("e-mail address"))

    class Meta:
        verbose_name = _("contact details")
        verbose_name_plural = _("contact details")

    def __str__(self) -> str:
        return str(self.contribution_id)


class Answer(models.Model):
    """What a contribution says to one question, at the version that was on screen.

    Choices are rows, never texts: the French and the English form feed one dataset.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10)
    # The words; of a question with choices, what “Other, say which” says.
    text = models.TextField(_("answer"), blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)  # scale
    amount = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)  # number
    day = models.DateField(null=True, blank=True)  # date
    may_publish = models.BooleanField(default=True, db_default=True)
    choices: "models.ManyToManyField[Choice, AnswerChoice]" = models.ManyToManyField(
        Choice,
        through="AnswerChoice",
        through_fields=("answer", "choice"),
        related_name="answers",
    )

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "question"], name="one_answer_per_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.question_id}"


class AnswerChoice(models.Model):
    """A choice that an answer ticks. The choice cannot go while answers point to it."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="ticks")
    choice = models.ForeignKey(Choice, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(null=True, blank=True)  # of a ranking: 1 comes first
    column = models.ForeignKey(  # of a matrix: what is said of this line
        Choice, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "choice"], name="one_tick_per_choice")
        ]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.choice_id}"
