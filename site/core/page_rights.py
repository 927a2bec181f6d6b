"""What a member of staff may do to a page, where that is less than Wagtail's permissions give.

Wagtail's right to change a page holds for deleting, moving and copying it, too. Here, only who may
write new pages at that place may also take them away or put them elsewhere: publishers review what
others wrote. And who may change pages and neither write new ones nor publish is a translator, whose
work is translated pages: no original is theirs.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from wagtail.models import Page, PagePermissionTester
from wagtail_localize.models import Translation

_KEPT = "_translated_pages"
_BELOW = "_live_below"


def _is_translation(page: Page, user: Any) -> bool:
    """One query a request, however many pages are asked for: the account keeps what was read."""
    if not hasattr(user, _KEPT):
        rows = Translation.objects.filter(enabled=True)
        found = set(rows.values_list("source__object_id", "target_locale_id"))
        setattr(user, _KEPT, found)
    translated: set[tuple[UUID, int]] = getattr(user, _KEPT)
    return (page.translation_key, page.locale_id) in translated


def look_below(pages: Collection[Page]) -> None:
    """Before rights on a list of pages are asked for: over which drafts live pages stand.

    One query, however many drafts have pages below them.
    """
    over = {page.pk for page in pages if page.numchild and not page.live}
    live = Page.objects.filter(live=True, path__startswith=OuterRef("path")).order_by()
    found = Page.objects.filter(Exists(live), pk__in=over).order_by()
    kept = set(found.values_list("pk", flat=True))
    for page in pages:
        setattr(page, _BELOW, page.pk in kept)


def _live_below(page: Page) -> bool:
    """Whether a live page stands below a draft: asked now, where no list has looked it up."""
    if not page.numchild:
        return False
    if hasattr(page, _BELOW):
        return bool(getattr(page, _BELOW))
    return bool(page.get_descendants().live().exists())


class OwnPagePermissionTester(PagePermissionTester):
    """Wagtail's, and what is said above."""

    @property
    def _writes(self) -> bool:
        return self._holds("add")

    @property
    def _publishes(self) -> bool:
        return self._holds("publish")

    def _holds(self, permission: str) -> bool:
        """Wagtail reads no permissions of an account that is closed."""
        return self.user.is_active and (self.user.is_superuser or permission in self.permissions)

    def can_edit(self) -> bool:
        """Originals are for who writes or publishes; and for whose turn it is in a workflow."""
        if not super().can_edit():
            return False
        if self._writes or "publish" in self.permissions or "change" not in self.permissions:
            return True
        task = self.page.current_workflow_task
        return _is_translation(self.page, self.user) or bool(
            task and task.user_can_access_editor(self.page, self.user)
        )

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Asked for moving, too. Who doesn't publish takes no live page away, nor one above it.

        Of the latter Wagtail would ask the database for each draft, twice.
        """
        if not self._writes:
            return False
        if self._publishes or "change" not in self.permissions:
            return bool(super().can_delete(ignore_bulk))
        if self.page.live or self.page_is_root:
            return False
        if self.page.numchild and not ignore_bulk and "bulk_delete" not in self.permissions:
            return False
        return not _live_below(self.page)

    def can_unpublish(self) -> bool:
        """Wagtail asks for the lock of each page first, and for the right to publish last."""
        return self._publishes and bool(super().can_unpublish())

    def can_copy(self) -> bool:
        """A copy is a new page."""
        return super().can_copy() and self._writes

    def can_reorder_children(self) -> bool:
        """Moving pages past each other, which Wagtail refuses whoever may not write there.

        One page has no order.
        """
        return super().can_reorder_children() and self._writes and self.page.numchild > 1
