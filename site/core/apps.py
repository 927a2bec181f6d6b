"""The room that every other one stands on."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every page shares: languages, typography, dates, base page, common blocks."""

    name = "core"

    def ready(self) -> None:
        """The admin's forms and the translation editor make addresses by our rule."""
        from core.slug_fields import use_readable_slugs

        use_readable_slugs()
