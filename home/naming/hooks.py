"""Giving a role to several accounts at once, and the word after it."""

from wagtail import hooks
from wagtail.users.views.bulk_actions import AssignRoleBulkAction


class NamedAssignRole(AssignRoleBulkAction):
    """Wagtail's, which tells the name that the database has."""

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """The role in the reader's words: nothing is saved after this."""
        role = self.cleaned_form.cleaned_data["role"]
        role.name = str(role)
        message: str = super().get_success_message(num_parent_objects, num_child_objects)
        return message


hooks.register("register_bulk_action", NamedAssignRole, order=1)  # after Wagtail's, in its place
