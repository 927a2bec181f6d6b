"""Permissions in the admin, where some actions are nobody's, and others those of a site's staff."""

from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from submissions.models import Consultation
from submissions.staff_access import consultations_of, may


class OnlyThese(ModelPermissionPolicy):
    """These ``actions``, on the consultations for which one may; any other is nobody's.

    ``consultation``: the way from a row to its consultation, as a lookup.
    """

    def __init__(
        self, model: type[Model], *actions: str, consultation: str = "consultation"
    ) -> None:
        super().__init__(model)
        self.actions = frozenset(actions)
        self.consultation = consultation

    def user_has_permission(self, user: Any, action: str) -> bool:
        """On any consultation."""
        return action in self.actions and may(user, self._get_permission_name(action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """On any consultation."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        """On that of the row."""
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Any, instance: Model
    ) -> bool:
        """On that of the row."""
        return (
            self.instances_user_has_any_permission_for(user, actions)
            .filter(pk=instance.pk)
            .exists()
        )

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        """The rows of the consultations on which one may do one of ``actions``."""
        own = Consultation.objects.none()
        for action in self.actions.intersection(actions):
            own = own | consultations_of(user, self._get_permission_name(action))
        return self.model._default_manager.filter(**{f"{self.consultation}__in": own})
