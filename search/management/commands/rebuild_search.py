"""``manage.py rebuild_search``: write the whole index again."""

from typing import Any

from django.core.management.base import BaseCommand

from search.index import rebuild


class Command(BaseCommand):
    """Idempotent: after an upgrade, a restored backup, or a change of SEARCH_CONFIGURATIONS."""

    help = "Write the search index again from live pages and published ideas."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, and say what the index holds."""
        pages, texts = rebuild()
        self.stdout.write(f"{pages} pages and {texts} texts of ideas can be searched.")
