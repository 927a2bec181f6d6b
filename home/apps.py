"""The home page, standard pages, navigation and the commands that fill a site."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The front of the site."""

    name = "home"

    def ready(self) -> None:
        """Mail before Wagtail's admin, which is installed after; new home pages; names."""
        from home.approval import comments, mail  # they import models
        from home.naming import roles
        from home.workplace import new_homes

        comments.use_our_forms()
        mail.connect()
        roles.connect()
        new_homes.connect()
