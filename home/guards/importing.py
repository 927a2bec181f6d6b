"""The second step of importing redirects, sent by hand, or sent again once its file is gone.

Wagtail signs what the first step found, and fails where the second doesn't bring it back: a
signature that is none, or a file that an import before has taken away. This address stands before
that of Wagtail's admin, and asks for the right itself: ``home.guards.tools`` lets its name pass.
"""

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.contrib.redirects.utils import get_file_storage, get_import_formats
from wagtail.contrib.redirects.views import permission_checker, process_import


@permission_checker.require_any("add")
def go_on(request: HttpRequest) -> HttpResponseBase:
    """Wagtail's answer where it can go on; else the first step, and why."""
    if request.method == "POST" and not _can_go_on(request.POST):
        said = _(
            "This import can’t go on: its file is gone, or has been imported already, or the form"
            " was altered. Choose the file again."
        )
        messages.error(request, said)
        return redirect("wagtailredirects:start_import")
    answer: HttpResponseBase = process_import(request)
    return answer


def _can_go_on(sent: QueryDict) -> bool:
    """Whether both are what the first step signed, and the file is still there."""
    try:
        name = Signer().unsign(sent.get("import_file_name", ""))
        kind = Signer().unsign(sent.get("input_format", ""))
        kept = get_file_storage()(name=name).read("rb")
    except (BadSignature, OSError):
        return False
    known = range(len(get_import_formats()))
    return kept is not None and kind in map(str, known)


urlpatterns = [
    path(
        "redirects/import/process/",
        never_cache(require_admin_access(go_on)),
        name="redirects_import",
    )
]
