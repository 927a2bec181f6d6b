"""The form that copies a page."""

from typing import Any

from wagtail.admin.forms.pages import CopyForm
from wagtail.coreutils import find_available_slug


class FreeAddressCopyForm(CopyForm):
    """Wagtail's, which proposes the address of the page itself, and then refuses it as taken."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        address = find_available_slug(self.page.get_parent(), self.page.slug)
        self.fields["new_slug"].initial = address
