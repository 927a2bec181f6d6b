"""What every page brings to Wagtail's admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from core import translation_guards

__all__ = ["translation_guards"]


@hooks.register("insert_global_admin_css")
def admin_stylesheet() -> SafeString:
    """Our few rules for Wagtail's admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("staff/admin.css"))
