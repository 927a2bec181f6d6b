"""The home page, standard pages, navigation and the commands that fill a site."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The front of the site."""

    name = "home"

    def ready(self) -> None:
        """Mail about moderation of pages: before Wagtail's admin, which is installed after."""
        from home.approval import comments, mail  # they import models
        from home.workplace import new_homes

        comments.use_our_forms()
        mail.connect()
        new_homes.connect()
