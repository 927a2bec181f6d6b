"""When pages go live and come down, in words: the site's own hour, in the reader's language."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from core.clock import database_now
from core.dates import moment, zone_name


def goes_live(when: datetime) -> str:
    """Of a version that was approved, and waits for its time."""
    return pgettext("schedule", "It goes live on %(when)s.") % {"when": _said(when)}


def comes_down(when: datetime) -> str:
    """Of a page that has a last day."""
    return pgettext("schedule", "It comes down on %(when)s.") % {"when": _said(when)}


def _said(when: datetime) -> str:
    return moment(when, get_language() or settings.LANGUAGE_CODE)


class SiteTimeField(forms.DateTimeField):
    """A minute on the site's clocks, wherever the account that types it says that it is."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        """As an aware datetime."""
        with timezone.override(timezone.get_default_timezone()):
            typed: datetime | None = super().to_python(value)
        return typed

    def prepare_value(self, value: object) -> object:
        """As the site's clocks show it."""
        if isinstance(value, datetime):
            value = timezone.localtime(value, timezone.get_default_timezone())
        return value


class TimesForm(forms.Form):
    """When a page goes live and comes down; both empty: now, and for good."""

    go_live_at = SiteTimeField(label=_("Goes live on"), required=False)
    expire_at = SiteTimeField(label=_("Comes down on"), required=False)

    @property
    def zone(self) -> str:
        """Whose hours are typed: the site's zone, as people say it."""
        return zone_name()

    def clean(self) -> dict[str, datetime | None]:
        """A page comes down in the future, after it went live."""
        times: dict[str, datetime | None] = super().clean() or {}
        end, now = times.get("expire_at"), database_now()
        if end and end <= max(now, times.get("go_live_at") or now):
            self.add_error("expire_at", _("Choose a time after it has gone live."))
        return times
