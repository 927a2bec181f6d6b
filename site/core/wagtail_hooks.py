"""What every page brings to Wagtail's admin."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks

from core.signed_in import signed_in
from core.translating import glossary_admin as glossary
from core.translating import guards, offered
from core.translating import hooks as translating
from core.translating.bulk import hooks as trees
from core.translating.po import hooks as files
from core.wordings import hooks as wordings

__all__ = ["files", "glossary", "guards", "offered", "translating", "trees", "wordings"]


@hooks.register("insert_global_admin_css")
def admin_stylesheets() -> SafeString:
    """Our few rules for Wagtail's admin, and the site's colours."""
    sheets = ((static(name),) for name in ("staff/admin.css", "staff/look.css"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("register_admin_urls")
def editor_urls() -> list[URLPattern]:
    """What the scripts of the editor ask for."""
    return [path("signed-in/", signed_in, name="signed_in")]


@hooks.register("insert_editor_js")
def page_editor_scripts() -> SafeString:
    """What keeps a page from being saved stands on top, with links; every field has a name."""
    return format_html(
        '<script src="{}" data-title="{}"></script><script src="{}"></script>',
        static("staff/page_errors.js"),
        _("What has to be mended before this page can be saved or published"),
        static("staff/editor_names.js"),
    )


@hooks.register("insert_editor_js")
def script_that_keeps_words() -> SafeString:
    """What is written is sent to nobody who is signed out, and to no site that does not answer."""
    return format_html(
        '<script src="{}" data-ask="{}" data-login="{}" data-signed-out="{}" data-sign-in="{}"'
        ' data-no-answer="{}" data-other="{}" data-admin="{}"></script>',
        static("staff/keep_words.js"),
        reverse("signed_in"),
        reverse("wagtailadmin_login"),
        _(
            "You are signed out: nothing is saved at the moment. Your words still stand here. "
            "Sign in in another tab, come back to this one, and save."
        ),
        _("Sign in in a new tab"),
        _(
            "The site does not answer: nothing is saved at the moment. Your words still stand "
            "here. Leave this tab open, and save again in a while."
        ),
        _(
            "Somebody else is signed in now, under whose name this would be saved: nothing is "
            "saved at the moment. Your words still stand here. Sign in as yourself in another "
            "tab, come back to this one, and save."
        ),
        _("Open the admin in a new tab"),
    )
