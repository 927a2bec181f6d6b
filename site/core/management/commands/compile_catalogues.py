"""``manage.py compile_catalogues``: make the .mo files, without GNU gettext."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core.catalogues import compile_changed


class Command(BaseCommand):
    """Compile every catalogue that is newer than what was made of it."""

    help = "Compile the gettext catalogues in locale/ (no system package needed)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was compiled."""
        for folder in settings.LOCALE_PATHS:
            for language, messages in compile_changed(Path(folder)):
                self.stdout.write(f"{language}: {messages} messages")
