"""The consultation of a site: when it runs, who asks, and by which rules."""

from copy import copy
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site


class Phase(models.TextChoices):
    """Where a consultation stands, by the database's clock."""

    UPCOMING = "upcoming", pgettext_lazy("phase of the consultation", "Upcoming")
    OPEN = "open", pgettext_lazy("phase of the consultation", "Open")
    CLOSED = "closed", pgettext_lazy("phase of the consultation", "Closed")


class Accessibility(models.TextChoices):
    """How far the site meets the RGAA, in the only words that the French rules allow."""

    NOT_COMPLIANT = "not_compliant", pgettext_lazy("accessibility", "not compliant")
    PARTIALLY_COMPLIANT = (
        "partially_compliant",
        pgettext_lazy("accessibility", "partially compliant"),
    )
    TOTALLY_COMPLIANT = "totally_compliant", pgettext_lazy("accessibility", "totally compliant")


LANGUAGES_HELP = _(
    "A form opens once its page is published in all of these. Under “Languages” in the menu, "
    "a language is shown to the public or hidden."
)


def site_languages() -> list[str]:
    """Every language of the site: what a new consultation offers."""
    return [code for code, _name in settings.LANGUAGES]


class LanguagesField(ArrayField):
    """Some of the site's languages."""

    def __init__(self, **options: Any) -> None:
        options.pop("base_field", None)
        options.pop("size", None)
        super().__init__(models.CharField(max_length=10), **options)

    def formfield(self, **_options: Any) -> forms.Field:
        """What names each of them in the admin, where nothing is ticked."""
        return forms.MultipleChoiceField(
            label=str(self.verbose_name).capitalize(),
            help_text=self.help_text,
            choices=settings.LANGUAGES,
            widget=forms.CheckboxSelectMultiple,
        )


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Consultations with the clock that judges them."""

    def with_clock(self) -> "ConsultationQuerySet":
        """Bring the database's time along, as ``now``, in the same query."""
        return self.annotate(now=Now())


@register_setting(icon="calendar-alt", order=100)
class Consultation(BaseSiteSetting):
    """One a site. Debates, questionnaires, contributions and participants belong to one."""

    now: datetime  # brought along by with_clock()

    site = models.OneToOneField(Site, on_delete=models.CASCADE, editable=False)
    controller = models.CharField(
        _("who asks"),
        max_length=200,
        blank=True,
        help_text=_("The public body that answers for the data (the controller, in the GDPR)."),
    )
    contact_email = models.EmailField(
        _("contact address"),
        blank=True,
        help_text=_("Where participants can write about the consultation and their data."),
    )
    opens_at = models.DateTimeField(
        _("opens"), null=True, blank=True, help_text=_("Paris time. Empty: not opened yet.")
    )
    # Somebody has looked at what must be there, and answers for opening it: see home/opening. Until
    # then it stays upcoming, whatever the time.
    cleared_at = models.DateTimeField(null=True, blank=True, editable=False)
    closes_at = models.DateTimeField(
        _("closes"),
        null=True,
        blank=True,
        help_text=_("Paris time. Better 23:59 than midnight, which people read as either day."),
    )
    languages = LanguagesField(
        verbose_name=_("languages"),
        default=site_languages,
        help_text=_("A form opens once its page is published in all of these."),
    )
    hide_results_while_open = models.BooleanField(
        _("hide results while open"),
        default=False,
        help_text=_("Votes are counted, and shown only after the closing time."),
    )
    moderation_hours = models.PositiveSmallIntegerField(
        _("moderation promise"),
        default=48,
        validators=[MinValueValidator(1)],
        help_text=_("Hours within which a moderator reads each idea, as told to participants."),
    )
    confirm_addresses = models.BooleanField(
        _("confirm e-mail addresses"),
        default=True,
        help_text=_("An idea waits until its author has opened the link sent to their address."),
    )
    preview_days = models.PositiveSmallIntegerField(
        _("days of preview"),
        default=7,
        db_default=7,
        validators=[MinValueValidator(1)],
        help_text=_(
            "How long a contributor may look at a redacted contribution before it is published."
        ),
    )
    newcomers_shown = models.PositiveSmallIntegerField(
        _("newcomers of one origin"),
        default=10,
        validators=[MinValueValidator(2)],
        help_text=_(
            "As many new participants of one network within an hour are shown to organisers."
        ),
    )
    accessibility = models.CharField(
        _("accessibility"),
        max_length=20,
        choices=Accessibility,
        default=Accessibility.NOT_COMPLIANT,
        help_text=_(
            "Said at the foot of every page. Without an audit the site is not compliant; partially "
            "from half of the RGAA’s criteria, totally when all are met."
        ),
    )
    demonstration = models.BooleanField(
        _("demonstration"),
        default=False,
        help_text=_("Says on every page that what is shown here is synthetic."),
    )

    objects = ConsultationQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("controller"), FieldPanel("contact_email")], _("Who asks")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                # Shown and hidden in the admin's list of languages, which looks at what is there.
                FieldPanel("languages", read_only=True, help_text=LANGUAGES_HELP),
            ],
            _("When, and in which languages"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("hide_results_while_open"),
                FieldPanel("moderation_hours"),
                FieldPanel("confirm_addresses"),
                FieldPanel("preview_days"),
                FieldPanel("newcomers_shown"),
                FieldPanel("accessibility"),
                FieldPanel("demonstration"),
            ],
            _("Rules"),
        ),
    ]

    class Meta:
        verbose_name = _("consultation")
        permissions = [
            ("open_consultation", gettext_noop("Can clear a consultation for its opening"))
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="consultation_closes_after_it_opens",
                violation_error_message=_("The closing time must come after the opening time."),
            ),
        ]

    def __str__(self) -> str:
        return self.site.site_name or self.site.hostname

    @classmethod
    def base_queryset(cls) -> ConsultationQuerySet:
        """Wagtail's settings machinery loads the row with the clock."""
        return cls.objects.with_clock()

    @classmethod
    def of(cls, request: HttpRequest) -> "Consultation | None":
        """The consultation of the site that answers, with ``now``; None on a site without one."""
        attribute = cls.get_cache_attr_name()
        if not hasattr(request, attribute):
            site = Site.find_for_request(request)
            found = cls.objects.with_clock().filter(site=site).first() if site else None
            phase = getattr(request, "preview_phase", "")
            if found is not None and phase:
                found = found.as_in(Phase(phase))
            setattr(request, attribute, found)
        return getattr(request, attribute)

    def as_in(self, phase: Phase) -> "Consultation":
        """Itself at a moment of ``phase``, for previews: times that it lacks are made up."""
        moment = timedelta(minutes=1)
        other = copy(self)
        if phase is Phase.UPCOMING:
            other.now = self.opens_at - moment if self.opens_at else self.now
        elif phase is Phase.OPEN:
            other.opens_at = other.cleared_at = self.opens_at or self.now
            other.now = other.opens_at + moment
        else:
            other.closes_at = self.closes_at or self.now
            other.opens_at = self.opens_at or other.closes_at - moment
            other.now = other.closes_at + moment
        return other

    @property
    def accessibility_line(self) -> str:
        """``Accessibility: not compliant``, as the home page of a public site must say it."""
        return gettext("Accessibility: %(status)s") % {"status": self.get_accessibility_display()}

    def phase_at(self, moment: datetime) -> Phase:
        """The phase at ``moment`` (aware). Opening is inclusive, closing exclusive."""
        if self.opens_at is None or moment < self.opens_at:
            return Phase.UPCOMING
        if self.closes_at is not None and moment >= self.closes_at:
            return Phase.CLOSED
        if self.cleared_at is None:
            return Phase.UPCOMING
        return Phase.OPEN

    @property
    def opening(self) -> datetime | None:
        """When it opens, if that is still to come; ``with_clock`` brings the time."""
        return self.opens_at if self.opens_at and self.opens_at > self.now else None

    def results_shown_at(self, moment: datetime) -> bool:
        """Whether tallies may be read at ``moment``."""
        return not self.hide_results_while_open or self.phase_at(moment) is Phase.CLOSED
