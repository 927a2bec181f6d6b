"""Fields that several blocks share."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

NO_HEADING = _("Shown as a heading above; left empty, there is none.")


def heading_above(help_text: str | Promise = NO_HEADING) -> blocks.CharBlock:
    """The heading of a block, which may be left empty; ``help_text`` says what then."""
    return blocks.CharBlock(
        label=_("Title"), max_length=255, required=False, default="", help_text=help_text
    )
