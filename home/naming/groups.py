"""Wagtail's screens of groups, where they show the name itself."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import TitleColumn
from wagtail.users.forms import GroupForm
from wagtail.users.views.groups import GroupViewSet, IndexView

from home.naming.permissions import InWords
from home.naming.roles import in_words


class NamedIndexView(IndexView):
    """Wagtail's list; a role is called in the reader's words, and sorted by its own name."""

    columns = [
        TitleColumn(
            "name",
            label=IndexView.columns[0].label,
            accessor=str,
            sort_key="name",
            url_name="wagtailusers_groups:edit",
        )
    ]


class NamedGroupForm(GroupForm):
    """Wagtail's; the name of a role is a key, which its form shows as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["permissions"].queryset._iterable_class = InWords
        if self.instance.name != in_words(self.instance.name):
            self.fields["name"].help_text = _(
                "The site knows this role by its English name: keep it as it is."
            )


class NamedGroupViewSet(GroupViewSet):
    """Wagtail's, with these two."""

    index_view_class = NamedIndexView

    def get_form_class(self, for_update: bool = False) -> type[GroupForm]:
        """The same for adding and for editing."""
        return NamedGroupForm
