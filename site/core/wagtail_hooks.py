"""What every page brings to Wagtail's admin."""

from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks

from core import translation_guards

__all__ = ["translation_guards"]


@hooks.register("insert_global_admin_css")
def admin_stylesheets() -> SafeString:
    """Our few rules for Wagtail's admin, and the site's colours."""
    sheets = ((static(name),) for name in ("staff/admin.css", "staff/look.css"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)
