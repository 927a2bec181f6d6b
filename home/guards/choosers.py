"""Which pages a chooser offers: those that are live, and those that one works on."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail import hooks
from wagtail.permissions import page_permission_policy

from home.guards.tools import ON_PAGES


@hooks.register("construct_page_chooser_queryset")
def without_drafts_of_others(pages: Any, request: HttpRequest) -> Any:
    """Drafts of another tree, or of another site, are not told by their titles.

    What a row says of its page comes along: its language, its schedule, its review.
    """
    own = page_permission_policy.instances_user_has_any_permission_for(request.user, ON_PAGES)
    pages = pages.filter(Q(live=True) | Q(pk__in=own.values("pk"))).specific()
    return pages.prefetch_related("locale").prefetch_workflow_states().annotate_approved_schedule()
