"""The row behind a form block: identity, state and rules.

A block in a page holds words, and each translation of the page has its own. The row holds what is
one whatever the language. Its identity is ``(translation key of the page, block id)``: equal in
every translation, and needing no foreign key to a page, so that deleting pages deletes no answer.
"""

import uuid
from datetime import datetime
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from submissions.models.consultation import Consultation, Phase


def open_condition(prefix: str = "", moment: datetime | Now | None = None) -> Q:
    """What makes a form block open at ``moment`` (default: the database's clock).

    ``prefix`` leads to the form block from the model that is asked, such as ``"debate__"``. This is
    the only place that says it: lists, pages and the statement that writes a vote all use it.
    """
    now = moment or Now()

    def q(**conditions: Any) -> Q:
        return Q(**{prefix + field: value for field, value in conditions.items()})

    opening_time_came = q(opens_at__lte=now) | q(opens_at__isnull=True)
    return (
        q(consultation__opens_at__lte=now)
        & q(consultation__cleared_at__isnull=False)
        & (q(consultation__closes_at__isnull=True) | q(consultation__closes_at__gt=now))
        & (q(closes_at__isnull=True) | q(closes_at__gt=now))
        & q(retired_at__isnull=True)
        & ~q(live_languages=[])
        & (q(opened_at__lte=now) | (q(level=True) & q(opens_by_hand=False) & opening_time_came))
    )


class FormBlockQuerySet(models.QuerySet[Any]):
    """Reads common to debates and questionnaires."""

    def open_at(self, moment: datetime | Now | None = None) -> Self:
        """Those that take submissions at ``moment``: by default, now by the database's clock."""
        return self.filter(open_condition(moment=moment))

    def readable_in(self, language: str) -> Self:
        """Those that stand on a live page of that language."""
        return self.filter(live_languages__contains=[language])

    def with_state(self) -> Self:
        """Bring ``is_open`` and ``now`` along, judged by the database's clock."""
        return self.select_related("consultation").annotate(
            # Of times that are not set SQL says neither yes nor no.
            is_open=Coalesce(
                models.ExpressionWrapper(open_condition(), models.BooleanField()),
                models.Value(False),
            ),
            now=Now(),
        )

    def of_page(self, translation_key: uuid.UUID) -> Self:
        """Those of one page, whatever the language."""
        return self.filter(translation_key=translation_key)


class FormBlock(models.Model):
    """What a debate and a questionnaire have in common. One row whatever the language."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="%(class)ss"
    )
    translation_key = models.UUIDField(editable=False)
    block_id = models.UUIDField(editable=False)
    opens_at = models.DateTimeField(
        _("opens"),
        null=True,
        blank=True,
        help_text=_("Empty: opens with the consultation."),
    )
    closes_at = models.DateTimeField(
        _("closes"),
        null=True,
        blank=True,
        help_text=_("Empty: closes with the consultation."),
    )
    opens_by_hand = models.BooleanField(
        _("opened by hand"),
        default=False,
        help_text=_("Stays closed until somebody presses “Open”, whatever the time."),
    )
    # State, kept by the registry and by open_by_hand(): never edited in a form.
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    level = models.BooleanField(default=False, editable=False)
    live_languages = ArrayField(models.CharField(max_length=10), default=list, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    # Brought along by with_state(), which phase_in() and the properties of time need.
    is_open: bool
    now: datetime

    objects = FormBlockQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "block_id"], name="one_%(class)s_per_block"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opens_at")),
                name="%(class)s_closes_after_it_opens",
                violation_error_message=_("The closing time must come after the opening time."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self._meta.verbose_name} {self.pk}"

    @property
    def full_name(self) -> str:
        """Of which page, and which of its forms. Reads ``labels``."""
        label = self.label_in()
        page = label.page_title if label else ""
        return f"{page} – {self.title or self._meta.verbose_name}" if page else str(self)

    def page_title_in(self, language: str | None = None) -> str:
        """The title of the page it stands on (default: the active language), else its own name.

        Reads the prefetched ``labels``.
        """
        label = self.label_in(language)
        return (label.page_title if label else "") or str(self)

    @property
    def title(self) -> str:
        """The block's title in the active language, else in any."""
        label = self.label_in()
        return label.title if label else ""

    def label_in(self, language: str | None = None) -> Any:
        """The label of ``language`` (default: the active one), else any other, else None.

        Reads the prefetched ``labels``.
        """
        wanted = language or get_language()
        labels = {label.language: label for label in self.labels.all()}  # type: ignore[attr-defined]
        return labels.get(wanted) or next(iter(labels.values()), None)

    def phase_in(self, language: str) -> Phase:
        """What to tell a reader of ``language``: open, over, or still to come."""
        if self.is_open and language in self.live_languages:
            return Phase.OPEN
        over = self.closes_at is not None and self.now >= self.closes_at
        if over or self.retired_at or self.consultation.phase_at(self.now) is Phase.CLOSED:
            return Phase.CLOSED
        if self.opened_at and self.opened_at <= self.now:
            return Phase.CLOSED  # was open, and its page is unpublished
        return Phase.UPCOMING

    @property
    def opening(self) -> datetime | None:
        """When it will open, if that is known and still to come."""
        known = [time for time in (self.opens_at, self.consultation.opens_at) if time]
        latest = max(known, default=None)
        return latest if latest and latest > self.now else None

    @property
    def closing(self) -> datetime | None:
        """When it closes or closed: its own time or the consultation's, whichever comes first."""
        known = [time for time in (self.closes_at, self.consultation.closes_at) if time]
        return min(known, default=None)

    @property
    def closed_since(self) -> datetime | None:
        """When its time ran out; None when it has not, and something else closed it."""
        closing = self.closing
        return closing if closing and closing <= self.now else None


class FormBlockLabel(models.Model):
    """The words of a form block in one language, as last published there.

    ``structure`` is what must be equal in all languages (parity): see ``registry.structure``.
    """

    language = models.CharField(max_length=10)
    title = models.CharField(max_length=255, blank=True)
    page_title = models.CharField(max_length=255, blank=True)
    structure = models.JSONField(default=list)
    present = models.BooleanField(default=True)  # the block stands on that language's page
    live = models.BooleanField(default=True)  # that page is published

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"
