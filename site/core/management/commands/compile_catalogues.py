"""``manage.py compile_catalogues``: make the .mo files, without GNU gettext."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Compile every catalogue that is newer than what was made of it."""

    help = "Compile the gettext catalogues in locale/ (no system package needed)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write ``django.mo`` beside each ``django.po`` that changed since."""
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                target = source.with_suffix(".mo")
                if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                    continue
                catalogue = polib.pofile(str(source))
                catalogue.save_as_mofile(str(target))
                self.stdout.write(f"{source.parent.parent.name}: {len(catalogue)} messages")
