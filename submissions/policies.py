"""Permissions in the admin, where some actions are nobody's."""

from typing import Any

from django.db.models import Model
from wagtail.permission_policies import ModelPermissionPolicy


class OnlyThese(ModelPermissionPolicy):
    """These ``actions``, for whom their permissions allow; any other is refused to everybody."""

    def __init__(self, model: type[Model], *actions: str) -> None:
        super().__init__(model)
        self.actions = frozenset(actions)

    def user_has_permission(self, user: Any, action: str) -> bool:
        """As the model's permissions say, of these actions."""
        return action in self.actions and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """As the model's permissions say, of these actions."""
        return any(self.user_has_permission(user, action) for action in actions)
