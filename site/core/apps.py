"""The room that every other one stands on."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every page shares: languages, typography, dates, base page, common blocks."""

    name = "core"

    def ready(self) -> None:
        """Addresses are made by our rule; pictures follow the life of pages."""
        from core.bare_pictures import draw_bare
        from core.slug_fields import use_readable_slugs

        use_readable_slugs()
        draw_bare()
        from core import pictures  # noqa: F401 (models must be loaded)
        from core.share_pictures import signals  # noqa: F401 (models must be loaded)
        from core.translating import following  # noqa: F401 (models must be loaded)
