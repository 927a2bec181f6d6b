"""The themes of the consultation."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    """Theme pages, where forms stand."""

    name = "themes"
