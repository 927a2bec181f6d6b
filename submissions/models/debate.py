"""The debate: where citizens submit ideas and vote."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from submissions.models.form_block import FormBlock, FormBlockLabel


class Debate(FormBlock):
    """The row of a debate block: ideas belong to it, and its rules are edited on its own page."""

    sequence_length = models.PositiveSmallIntegerField(
        _("ideas in a sequence"),
        default=12,
        validators=[MinValueValidator(3), MaxValueValidator(50)],
        help_text=_("How many ideas a person votes on before a pause."),
    )
    shortest_idea = models.PositiveSmallIntegerField(
        _("shortest idea"), default=12, help_text=_("In characters, as a reader counts them.")
    )
    longest_idea = models.PositiveSmallIntegerField(
        _("longest idea"),
        default=140,
        validators=[MaxValueValidator(500)],
        help_text=_("In characters, as a reader counts them."),
    )

    fewest_votes_share = models.PositiveSmallIntegerField(
        _("share of the ideas with the fewest votes"),
        default=33,
        validators=[MaxValueValidator(100)],
        help_text=_("In percent of a sequence: so that no idea is left without votes."),
    )
    invitation_every = models.PositiveSmallIntegerField(
        _("invitation to write"),
        default=4,
        validators=[MaxValueValidator(50)],
        help_text=_("After this many votes, people are asked for an idea of their own. 0: never."),
    )
    near_from = models.PositiveSmallIntegerField(
        _("near ideas"),
        default=45,
        db_default=45,
        validators=[MinValueValidator(20), MaxValueValidator(100)],
        help_text=_(
            "From how many percent of likeness an author is shown the idea of somebody else before "
            "sending their own. Equal words are 100."
        ),
    )

    class Meta(FormBlock.Meta):
        verbose_name = _("debate")
        verbose_name_plural = _("debates")
        permissions = [("open_debate", gettext_noop("Can open a debate by hand"))]
        constraints = [
            *FormBlock.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(shortest_idea__lte=models.F("longest_idea")),
                name="shortest_idea_is_no_longer_than_the_longest",
                violation_error_message=_(
                    "The shortest idea can’t be longer than the longest: nobody could write one."
                ),
            ),
        ]

    @property
    def results_shown(self) -> bool:
        """Whether the public may see how ideas stand. Needs ``with_state()``."""
        return self.consultation.results_shown_at(self.now)


class DebateLabel(FormBlockLabel):
    """A debate's words in one language."""

    debate = models.ForeignKey(Debate, on_delete=models.CASCADE, related_name="labels")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["debate", "language"], name="one_label_per_language")
        ]
