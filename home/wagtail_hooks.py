"""What the pages bring to Wagtail's admin."""

import logging

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail_localize.views import edit_translation

logger = logging.getLogger(__name__)


@require_POST
def machine_translate(request: HttpRequest, translation_id: int) -> HttpResponse:
    """wagtail-localize's own; a service that is away is told, and nothing is lost."""
    try:
        answer: HttpResponse = edit_translation.machine_translate(request, translation_id)
    except (Http404, PermissionDenied):
        raise
    except Exception:  # whatever a service of others does
        logger.exception("The machine translator gave nothing for translation %s", translation_id)
        messages.error(request, _("The machine translator gave nothing. Try again later."))
        return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
    return answer


@hooks.register("register_admin_urls", order=-1)
def before_localize() -> list[URLPattern]:
    """Found before wagtail-localize's view, at the same address."""
    where = "localize/translate/<int:translation_id>/machine_translate/"
    return [path(where, machine_translate)]
