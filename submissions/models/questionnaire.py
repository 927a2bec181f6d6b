"""The questionnaire: questions with identity, versions and words in each language."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import get_language, gettext_noop, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from submissions.models.form_block import FormBlock, FormBlockLabel


class QuestionKind(models.TextChoices):
    """How a question is answered. The value is the block type in the editor."""

    SHORT_TEXT = "short_text", pgettext_lazy("question", "Short text")
    LONG_TEXT = "long_text", pgettext_lazy("question", "Long text")
    ONE_CHOICE = "one_choice", pgettext_lazy("question", "One choice")
    SEVERAL_CHOICES = "several_choices", pgettext_lazy("question", "Several choices")
    RANKING = "ranking", pgettext_lazy("question", "Ranking")
    SCALE = "scale", pgettext_lazy("question", "Scale")
    MATRIX = "matrix", pgettext_lazy("question", "Matrix")
    NUMBER = "number", pgettext_lazy("question", "Number")
    DATE = "date", pgettext_lazy("question", "Date")
    LINK = "link", pgettext_lazy("question", "Link")
    FILE = "file", pgettext_lazy("question", "File")
    STATEMENT = "statement", pgettext_lazy("question", "Text to read")
    SECTION = "section", pgettext_lazy("question", "New section")


WITH_CHOICES = (QuestionKind.ONE_CHOICE, QuestionKind.SEVERAL_CHOICES)
# Answered by rows of ``Choice``, however they are put.
MADE_OF_CHOICES = (*WITH_CHOICES, QuestionKind.RANKING, QuestionKind.MATRIX)
# Read, and answered by nobody. A section begins a page of the form; its label is the page's title.
NOT_ANSWERED = (QuestionKind.STATEMENT, QuestionKind.SECTION)


class AnswerPublication(models.TextChoices):
    """Whether the answer to a question is published with the contribution."""

    WITH_THE_REST = "with_the_rest", pgettext_lazy("answer", "Published with the contribution")
    ASKED = "asked", pgettext_lazy("answer", "The contributor is asked for this answer")
    NEVER = "never", pgettext_lazy("answer", "Never published")


class Questionnaire(FormBlock):
    """The row of a questionnaire block: questions belong to it."""

    class Meta(FormBlock.Meta):
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        permissions = [("open_questionnaire", gettext_noop("Can open a questionnaire by hand"))]


class QuestionnaireLabel(FormBlockLabel):
    """A questionnaire's words in one language."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.CASCADE, related_name="labels"
    )
    introduction = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "language"], name="one_questionnaire_label_per_language"
            )
        ]


class QuestionQuerySet(models.QuerySet["Question"]):
    """Reads of questions."""

    def asked(self) -> Self:
        """Those that are shown, in their order."""
        return self.filter(retired_at__isnull=True).order_by("position", "pk")

    def answered_by_somebody(self) -> Self:
        """Those that take answers: no statements, no headings of sections."""
        return self.exclude(kind__in=NOT_ANSWERED)

    def with_words(self) -> Self:
        """With wordings, choices and their labels: three queries more, however many questions."""
        return self.prefetch_related("wordings", "choices", "choices__labels")


class Question(models.Model):
    """One question, whatever the language. Once answered it is never removed, only retired.

    Its words are in ``QuestionWording``, by version and language; ``version`` is the newest.
    """

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.CASCADE, related_name="questions"
    )
    block_id = models.UUIDField(editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=QuestionKind, editable=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Rules: one for all languages, edited on the questionnaire's own page.
    required = models.BooleanField(
        _("required"), default=False, help_text=_("Better left optional: people skip, or leave.")
    )
    word_limit = models.PositiveSmallIntegerField(
        _("word limit"),
        default=500,
        validators=[MinValueValidator(10), MaxValueValidator(5000)],
        help_text=_("Long text only."),
    )
    scale_points = models.PositiveSmallIntegerField(
        _("points of the scale"),
        default=5,
        validators=[MinValueValidator(2), MaxValueValidator(10)],
        help_text=_("Scale only."),
    )
    other = models.BooleanField(
        pgettext_lazy("question", "“Other”"),
        default=False,
        db_default=False,
        help_text=_("Adds “Other, say which” to the choices."),
    )
    most_choices = models.PositiveSmallIntegerField(
        pgettext_lazy("question", "most choices"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How many may be ticked, or ranked. Empty: all."),
    )
    lowest = models.DecimalField(
        pgettext_lazy("question", "lowest number"),
        max_digits=20,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("Number only. Empty: none."),
    )
    highest = models.DecimalField(
        pgettext_lazy("question", "highest number"),
        max_digits=20,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("Number only. Empty: none."),
    )
    publication = models.CharField(
        pgettext_lazy("answer", "publication"),
        max_length=13,
        choices=AnswerPublication,
        default=AnswerPublication.WITH_THE_REST,
        db_default=AnswerPublication.WITH_THE_REST,
    )
    # A follow-up is asked of whoever ticked one of these choices of an earlier question.
    follows: "models.ManyToManyField[Choice, models.Model]" = models.ManyToManyField(
        "Choice", blank=True, related_name="follow_ups", verbose_name=_("asked after")
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "block_id"], name="one_question_per_block"
            )
        ]

    def __str__(self) -> str:
        wording = self.wording_in()
        return wording.label if wording else f"{self._meta.verbose_name} {self.pk}"

    def wording_in(self, language: str | None = None) -> "QuestionWording | None":
        """The newest words in ``language`` (default: the active one), else in any language.

        Reads the prefetched ``wordings``.
        """
        wanted = language or get_language()
        newest = sorted(self.wordings.all(), key=lambda w: w.version, reverse=True)
        return next((w for w in newest if w.language == wanted), None) or next(iter(newest), None)


class QuestionWording(models.Model):
    """A question's words in one language at one version. Never edited once it has answers.

    A translation joins the version of the words it translates; a change of meaning opens the next.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="wordings")
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10)
    label = models.TextField()
    help_text = models.TextField(blank=True)
    low_label = models.CharField(max_length=255, blank=True)  # scale only
    high_label = models.CharField(max_length=255, blank=True)  # scale only
    unit = models.CharField(max_length=50, blank=True, db_default="")  # number only
    # The choices as they read at this version: {choice item id: label}.
    choices = models.JSONField(default=dict)
    published_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("wording of a question")
        verbose_name_plural = _("wordings of questions")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "version", "language"], name="one_wording_per_version"
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def words(self) -> tuple[object, ...]:
        """Everything that a reader sees, for comparing two wordings."""
        return (
            self.label,
            self.help_text,
            self.low_label,
            self.high_label,
            self.unit,
            self.choices,
        )


class Choice(models.Model):
    """One choice of a question, whatever the language. Answers point to it, never to its text.

    Of a matrix: one of its lines, or, with ``is_column``, one of the answers common to all lines.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    item_id = models.UUIDField(editable=False)
    is_column = models.BooleanField(default=False, db_default=False)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "item_id"], name="one_choice_per_item")
        ]

    def __str__(self) -> str:
        return self.label_in() or str(self.item_id)

    def label_in(self, language: str | None = None) -> str:
        """The label in ``language`` (default: the active one), else in any. Reads ``labels``."""
        labels = {label.language: label.text for label in self.labels.all()}
        return labels.get(language or get_language() or "") or next(iter(labels.values()), "")


class ChoiceLabel(models.Model):
    """A choice's words in one language, as last published there."""

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="labels")
    language = models.CharField(max_length=10)
    text = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("label of a choice")
        verbose_name_plural = _("labels of choices")
        constraints = [
            models.UniqueConstraint(
                fields=["choice", "language"], name="one_choice_label_per_language"
            )
        ]

    def __str__(self) -> str:
        return self.text
