"""One bilingual index over what the public may read."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Listens to pages and ideas as they are published and taken down."""

    name = "search"

    def ready(self) -> None:
        """Follow the life of pages and ideas."""
        from search import signals  # noqa: F401
