"""The home page, standard pages, navigation and the commands that fill a site."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The front of the site."""

    name = "home"

    def ready(self) -> None:
        """Mail about moderation of pages: before Wagtail's admin, which is installed after."""
        from home.approval import mail  # it imports models
        from home.workplace import new_homes

        mail.connect()
        new_homes.connect()
