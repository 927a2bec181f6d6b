"""The demonstration's consultation: open on the day it is loaded."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from wagtail.models import Site

from core.clock import database_now
from home.demonstration.content import load
from submissions.models import Consultation

OPEN_SINCE = timedelta(days=21)
OPEN_FOR = timedelta(days=42)


def open_demonstration() -> Consultation:
    """The consultation of the default site, given dates and a controller if it has none."""
    site = Site.objects.get(is_default_site=True)
    consultation, _created = Consultation.objects.get_or_create(site=site)
    if consultation.opens_at is None:
        now = timezone.localtime(database_now())
        last_day = (now + OPEN_FOR).date()
        words = load("site.toml")["consultation"]
        consultation.controller = words["controller"]
        consultation.contact_email = words["contact_email"]
        consultation.demonstration = True
        consultation.opens_at = consultation.cleared_at = now - OPEN_SINCE
        consultation.closes_at = timezone.make_aware(datetime.combine(last_day, time(23, 59)))
        consultation.save()
    return consultation
