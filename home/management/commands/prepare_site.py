"""``manage.py prepare_site``: languages, roles, workflows, address of the site. Idempotent."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from wagtail.models import Locale, Site

from core.translating.following import offer_choices
from home.approval.workflows import keep_workflows
from home.roles import grant_roles

DEFAULT_PORTS = {"http": 80, "https": 443}


class Command(BaseCommand):
    """Run it after ``migrate``, and again when a language or a role changes."""

    help = "Make the site's languages, roles and workflows, and set its address to SITE_URL."

    def handle(self, *args: Any, **options: Any) -> None:
        """A locale for each of LANGUAGES, groups, workflows, the default site's host and port."""
        for code, _name in settings.LANGUAGES:
            Locale.objects.get_or_create(language_code=code)
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        site = Site.objects.filter(is_default_site=True).first()
        if site is not None:
            site.hostname = address.hostname or "localhost"
            site.port = address.port or DEFAULT_PORTS.get(address.scheme, 80)
            site.save()
        groups = grant_roles()
        workflows = keep_workflows()
        offer_choices()  # of pages that were sent to translation by an older version
        self.stdout.write(
            f"{len(settings.LANGUAGES)} languages, {len(groups)} roles, {len(workflows)} workflows."
        )
