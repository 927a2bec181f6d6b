"""A site is read in the languages of its consultation."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from core.shown_languages import ask_for_languages, forget
from submissions.models import Consultation


def languages_of(site_id: int) -> list[str] | None:
    """Those of the site's consultation; None without one: one query."""
    rows = Consultation.objects.filter(site=site_id)
    return rows.values_list("languages", flat=True).first()


@receiver([post_save, post_delete], sender=Consultation, dispatch_uid="languages_shown.forget")
def forget_site(instance: Consultation, **_kwargs: Any) -> None:
    """In this process at once; the others know within seconds."""
    forget(instance.site_id)


ask_for_languages(languages_of)
