"""``manage.py sync_registry``: bring every form block's row in step with its page."""

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page

from submissions.models import Debate, Questionnaire
from submissions.registry import form_blocks, sync


class Command(BaseCommand):
    """Idempotent: run it after code created live pages, or whenever in doubt."""

    help = "Bring the rows of debates and questionnaires in step with the pages that hold them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sync each page that holds a form block, or once did."""
        keys = {
            *Debate.objects.values_list("translation_key", flat=True),
            *Questionnaire.objects.values_list("translation_key", flat=True),
        }
        synced = 0
        for page in Page.objects.specific().iterator():
            if page.translation_key in keys or any(form_blocks(page)):
                sync(page)
                synced += 1
        self.stdout.write(f"{synced} pages in step.")
