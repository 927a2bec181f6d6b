"""Words that staff keep: the glossary, and wordings in place of the catalogue’s."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel


class Term(ClusterableModel):
    """One notion of the glossary, with what it is called in each language."""

    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def __str__(self) -> str:
        words = [wording.words for wording in self.wordings.all()]
        return " – ".join(words) or str(self.pk)


class TermWording(models.Model):
    """What a term is called in one language."""

    term = ParentalKey(Term, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=10)
    words = models.CharField(_("words"), max_length=200)

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        constraints = [
            models.UniqueConstraint(fields=["term", "language"], name="one_wording_a_language"),
            models.UniqueConstraint("language", Lower("words"), name="one_term_for_a_word"),
        ]

    def __str__(self) -> str:
        return self.words


class InterfaceWording(models.Model):
    """What one message of the interface says in one language, in place of the catalogue.

    Rows stay: without words, the catalogue's stand again.
    """

    language = models.CharField(_("language"), max_length=10)
    context = models.CharField(_("context"), max_length=100, blank=True)  # msgctxt
    message = models.TextField(_("message"))  # msgid
    # One, or each plural as the catalogue counts them.
    words = ArrayField(models.TextField(), verbose_name=_("words"), default=list)
    changed_at = models.DateTimeField(db_default=Now())
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("wording of the interface")
        verbose_name_plural = _("wordings of the interface")
        constraints = [
            models.UniqueConstraint(
                fields=["language", "context", "message"], name="one_interface_wording"
            )
        ]

    def __str__(self) -> str:
        return self.message
