"""How much happened on each day: counted by the worker, for nobody waits for millions of rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from submissions.models.consultation import Consultation


class FigureKind(models.TextChoices):
    """What is counted."""

    PARTICIPANTS = "participants", pgettext_lazy("figures", "New participants")
    IDEAS = "ideas", pgettext_lazy("figures", "Ideas received")
    VOTES = "votes", pgettext_lazy("figures", "Votes cast")
    CONTRIBUTIONS = "contributions", pgettext_lazy("figures", "Contributions received")


class DailyFigure(models.Model):
    """How many of a kind on one day of the site's zone, in one language (empty: in none)."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="figures")
    kind = models.CharField(max_length=13, choices=FigureKind)
    day = models.DateField()
    language = models.CharField(max_length=10, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("figure of a day")
        verbose_name_plural = _("figures of days")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "kind", "day", "language"], name="one_figure_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.language}: {self.count}"
