"""The home page, standard pages, navigation and the commands that fill a site."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The front of the site."""

    name = "home"
