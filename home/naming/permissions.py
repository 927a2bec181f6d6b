"""Names of permissions in the form of a group.

Its template says the name of a permission that is not of the usual three in gettext's words: ours
are marked where a model lists them. The usual three stand in columns, where Wagtail tells screen
readers Django's English name of each tick box.
"""

from collections.abc import Iterator

from django.contrib.auth.models import Permission
from django.db.models.query import ModelIterable
from django.utils.translation import gettext, gettext_noop

COLUMNS = {"add": "Add", "change": "Change", "delete": "Delete"}  # in Wagtail's own catalogue
# Of wagtail-localize and of Wagtail, whose catalogues lack them.
OF_OTHERS = (gettext_noop("Can submit translations"), gettext_noop("%(model)s permissions"))


class InWords(ModelIterable[Permission]):
    """Reads permissions, never to be saved: one of a column is called by its column and its row."""

    def __iter__(self) -> Iterator[Permission]:
        """Each, with the name that is shown."""
        for permission in super().__iter__():
            kind = permission.content_type
            column, _underscore, model = permission.codename.partition("_")
            if column in COLUMNS and model == kind.model:
                permission.name = f"{gettext(COLUMNS[column])} – {kind.name}"
            yield permission
