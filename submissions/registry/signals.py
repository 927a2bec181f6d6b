"""The registry follows the life of pages. It never raises towards publishing: it logs.

What it could not do shows in the page's editor (a form block without its row) and is made good by
``manage.py sync_registry``.
"""

import logging
from typing import Any

from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import Signal, receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from core.clock import database_now
from submissions.models import Debate, Questionnaire
from submissions.registry.sync import sync

logger = logging.getLogger(__name__)


@receiver([page_published, page_unpublished], dispatch_uid="submissions.sync")
def follow(sender: type[Page], instance: Page, signal: Signal, **_kwargs: Any) -> None:
    """Bring the rows in step with a page that was published or unpublished."""
    try:
        with transaction.atomic():
            sync(instance, unpublished=signal is page_unpublished)
    except Exception:
        logger.exception("The registry could not follow page %s", instance.pk)


@receiver(pre_delete, dispatch_uid="submissions.retire")
def retire(sender: type[Any], instance: Any, **_kwargs: Any) -> None:
    """A page deleted by code: its rows stay, retired, with their labels."""
    if not isinstance(instance, Page) or type(instance) is Page or instance.alias_of_id:
        return
    language = instance.locale.language_code
    for model in (Debate, Questionnaire):
        for row in model.objects.of_page(instance.translation_key):
            row.labels.filter(language=language).update(present=False, live=False)
            row.live_languages = [code for code in row.live_languages if code != language]
            row.retired_at = row.retired_at or database_now()
            row.level = False
            row.save(update_fields=["live_languages", "retired_at", "level"])
