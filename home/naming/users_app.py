"""Wagtail's app of users and groups, with our screens of groups."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """The same app to migrations, permissions and addresses."""

    group_viewset = "home.naming.groups.NamedGroupViewSet"
