"""A new page that saves itself while its editor presses a button is one page.

Wagtail saves a new page by itself, a moment after each change. Who presses “Publish” in that moment
sends the form of a page that has just been made: Wagtail finds its address taken, by itself, or
fails. What was sent is then what the page that was just made is to say. These addresses stand
before those of Wagtail's admin.
"""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from core.clock import database_now

JUST_NOW = timedelta(seconds=10)


def just_made(parent: Page, slug: str, user: Any) -> Page | None:
    """The draft under ``parent`` that ``user``'s own form has made at that address just now."""
    drafts = parent.get_children().filter(
        slug=slug,
        owner=user,
        live=False,
        first_published_at=None,
        latest_revision_created_at__gte=database_now() - JUST_NOW,
    )
    found: Page | None = drafts.first() if slug else None
    return found


class OnePageView(CreateView):
    """Wagtail's; what was made meanwhile is gone on with."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """The page that saved itself is edited; no address is taken by oneself."""
        return self._gone_on_with() or super().post(request)

    def form_valid(self, form: Any) -> HttpResponse:
        """Somebody may take the address between the question and the deed."""
        try:
            with transaction.atomic():
                answer: HttpResponse = super().form_valid(form)
                return answer
        except ValidationError as error:
            form.add_error("slug", error.message_dict.get("slug", error.messages))
            return self.form_invalid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Its address may have been taken by itself, since it was asked for."""
        return self._gone_on_with() or super().form_invalid(form)

    def _gone_on_with(self) -> HttpResponse | None:
        if self.expects_json_response:
            return None
        slug = self.request.POST.get("slug", "")
        page = just_made(self.parent_page, slug, self.request.user)
        if page is None:
            return None
        answer: HttpResponse = EditView.as_view()(self.request, page.pk)
        return answer


urlpatterns = [
    path(
        "pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/",
        never_cache(require_admin_access(OnePageView.as_view())),
        name="add_page",
    )
]
