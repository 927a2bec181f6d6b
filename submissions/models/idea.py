"""Ideas: one row whatever the language; their texts, one a language."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from submissions.models.debate import Debate
from submissions.models.form_block import open_condition
from submissions.models.participant import Participant


class IdeaStatus(models.TextChoices):
    """Where an idea stands. Only a published one is ever shown to the public."""

    UNCONFIRMED = "unconfirmed", pgettext_lazy("idea", "Awaiting its author’s confirmation")
    AWAITING = "awaiting", pgettext_lazy("idea", "Awaiting a moderator")
    PUBLISHED = "published", pgettext_lazy("idea", "Published")
    REFUSED = "refused", pgettext_lazy("idea", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("idea", "Withdrawn")


class SpeaksFor(models.TextChoices):
    """In whose name an idea is put forward."""

    CITIZEN = "citizen", pgettext_lazy("author of an idea", "As a citizen")
    ORGANISATION = "organisation", pgettext_lazy("author of an idea", "For an organisation")


class IdeaQuerySet(models.QuerySet["Idea"]):
    """Reads of ideas."""

    def published(self) -> Self:
        """What the public may see."""
        return self.filter(status=IdeaStatus.PUBLISHED)

    def awaiting(self) -> Self:
        """What moderators have to read, oldest first."""
        return self.filter(status=IdeaStatus.AWAITING).order_by("created_at", "pk")

    def votable(self) -> Self:
        """Published, in a debate that is open by the database's clock."""
        return self.published().filter(open_condition("debate__"))

    def votable_in(self, language: str) -> Self:
        """Votable from the pages of ``language``: the debate must stand on one that is live."""
        return self.votable().filter(debate__live_languages__contains=[language])

    def readable_in(self, *languages: str) -> Self:
        """Written in one of ``languages``, or with an approved translation into one."""
        texts = IdeaText.objects.filter(
            idea=models.OuterRef("pk"), language__in=languages, approved_at__isnull=False
        )
        return self.filter(Q(language__in=languages) | models.Exists(texts))

    def newest(self) -> Self:
        """By publication, the newest first; ids break ties, so that pages never overlap."""
        return self.order_by("-published_at", "-pk")

    def by_votes(self, *, fewest_first: bool = False) -> Self:
        """By the votes that count; ids break ties."""
        if fewest_first:
            return self.order_by("votes_counted", "pk")
        return self.order_by("-votes_counted", "-pk")

    def for_display(self) -> Self:
        """With texts and tally: two queries more, however many ideas."""
        return self.select_related("tally").prefetch_related("texts")


class Idea(models.Model):
    """What a citizen proposes. Its words are in ``IdeaText``, in each language there is."""

    debate = models.ForeignKey(Debate, on_delete=models.PROTECT, related_name="ideas")
    author = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="ideas"
    )
    language = models.CharField(_("language"), max_length=10)  # written in
    speaks_for = models.CharField(
        _("in the name of"),
        max_length=12,
        choices=SpeaksFor,
        default=SpeaksFor.CITIZEN,
        db_default=SpeaksFor.CITIZEN,
    )
    # Named in public beside the idea. Empty: a citizen, or an organisation that is not named.
    organisation = models.CharField(
        _("organisation"), max_length=200, blank=True, default="", db_default=""
    )
    status = models.CharField(
        _("status"), max_length=11, choices=IdeaStatus, default=IdeaStatus.AWAITING
    )
    created_at = models.DateTimeField(_("received"), db_default=Now(), editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    # Taken back by whoever wrote it, which is no decision of a moderator's and counts as none.
    withdrawn_by_author_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Set while a moderator asks for another's eyes; a decision clears it.
    escalated_at = models.DateTimeField(null=True, blank=True, editable=False)
    extremity = models.FloatField(default=0, editable=False)  # written by results
    # What the tally counts, copied by each recount: lists are put in order by it.
    votes_counted = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    # An imported or synthetic idea: its source and its row there. Two equal texts stay two ideas.
    source = models.CharField(max_length=100, blank=True, editable=False)
    source_row = models.CharField(max_length=100, blank=True, editable=False)
    # Made from the key that the form carried and what was sent: sent twice, it is one idea.
    form_key = models.UUIDField(null=True, unique=True, editable=False)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        permissions = [
            ("moderate_idea", "Can moderate ideas"),
            ("translate_idea", "Can translate ideas"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["debate", "source", "source_row"],
                condition=~Q(source=""),
                name="one_idea_per_source_row",
            ),
            models.CheckConstraint(
                condition=~Q(status=IdeaStatus.PUBLISHED) | Q(published_at__isnull=False),
                name="published_idea_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by_author_at=None) | Q(status=IdeaStatus.WITHDRAWN),
                name="what_its_author_withdrew_stays_so",
            ),
        ]
        indexes = [
            models.Index(
                fields=["debate", "-published_at", "-id"],
                condition=Q(status=IdeaStatus.PUBLISHED),
                name="published_ideas_newest",
            ),
            models.Index(
                fields=["debate", "language", "-published_at", "-id"],
                condition=Q(status=IdeaStatus.PUBLISHED),
                name="ideas_of_a_language_newest",
            ),
            # Read forwards and backwards: the most votes first, and the fewest.
            models.Index(
                fields=["debate", "-votes_counted", "-id"],
                condition=Q(status=IdeaStatus.PUBLISHED),
                name="published_ideas_by_votes",
            ),
            models.Index(
                fields=["debate", "language", "-votes_counted", "-id"],
                condition=Q(status=IdeaStatus.PUBLISHED),
                name="ideas_of_a_language_by_votes",
            ),
            models.Index(
                fields=["created_at", "id"],
                condition=Q(status=IdeaStatus.AWAITING),
                name="awaiting_ideas_oldest",
            ),
        ]

    def __str__(self) -> str:
        original = self.original
        return original.text if original else f"{self._meta.verbose_name} {self.pk}"

    @property
    def original(self) -> "IdeaText | None":
        """The author's own words. Reads the prefetched ``texts``."""
        return self.text_in(self.language)

    def text_in(self, language: str) -> "IdeaText | None":
        """The approved text in ``language``, or None."""
        for text in self.texts.all():
            if text.language == language and text.approved:
                return text
        return None


class TextOrigin(models.TextChoices):
    """Whose words a text is."""

    AUTHOR = "author", pgettext_lazy("origin of a text", "The author")
    PERSON = "person", pgettext_lazy("origin of a text", "Translated by a person")
    MACHINE = "machine", pgettext_lazy("origin of a text", "Machine translation")


class IdeaText(models.Model):
    """An idea's words in one language: the author's, or a translation that somebody approved."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=10)
    text = models.TextField(_("text"))
    # What ideas are compared by (debate/duplicates.py): without case, accents and “We should”.
    folded = models.GeneratedField(
        expression=Func(F("text"), function="submissions_folded", output_field=models.TextField()),
        output_field=models.TextField(),
        db_persist=True,
    )
    # The author's words before a moderator mended their spelling. Empty: nothing was mended.
    as_written = models.TextField(blank=True, default="", db_default="", editable=False)
    origin = models.CharField(
        _("origin"), max_length=10, choices=TextOrigin, default=TextOrigin.AUTHOR
    )
    approved_by = models.ForeignKey(
        "auth.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    # Of a translation: the author's words that it renders. Where they are no more those that stand,
    # the source has changed. Empty: not known.
    made_from = models.TextField(blank=True, default="", db_default="", editable=False)

    class Meta:
        verbose_name = _("text of an idea")
        verbose_name_plural = _("texts of ideas")
        constraints = [
            models.UniqueConstraint(fields=["idea", "language"], name="one_text_per_language"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(approved_at__isnull=False),
                name="who_approves_does_so_at_a_time",
            ),
        ]
        indexes = [
            # Without a list of what is pending, which each search would have to read through.
            GinIndex(
                fields=["folded"],
                opclasses=["gin_trgm_ops"],
                fastupdate=False,
                name="texts_by_trigrams",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def approved(self) -> bool:
        """Whether readers may see it as this idea's text: the author's own, or approved."""
        return self.origin == TextOrigin.AUTHOR or self.approved_at is not None
