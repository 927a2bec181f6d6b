"""The room that every other one stands on."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every page shares: languages, typography, dates, base page, common blocks."""

    name = "core"
