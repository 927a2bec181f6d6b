"""Deleting must not lose what people sent: the admin refuses, and offers to unpublish."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.sites.views import DeleteView, SiteViewSet

from submissions.models import Contribution, Idea, Vote
from submissions.registry import submissions_under


def refusal(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    """A redirect with the reason when something was sent through ``pages``; None when not."""
    sent = submissions_under(*pages)
    if not sent:
        return None
    parts = []
    if sent.ideas:
        parts.append(
            ngettext("%(count)d idea", "%(count)d ideas", sent.ideas) % {"count": sent.ideas}
        )
    if sent.answers:
        parts.append(
            ngettext("%(count)d answer", "%(count)d answers", sent.answers)
            % {"count": sent.answers}
        )
    page = pages[0]
    messages.error(
        request,
        _(
            "“%(title)s” cannot be deleted: people have sent %(submissions)s through it, a page "
            "below it or a translation. Unpublish it instead: nothing is lost."
        )
        % {"title": page.get_admin_display_title(), "submissions": _(" and ").join(parts)},
        buttons=[
            messages.button(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), _("Unpublish"))
        ],
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_delete_page")
def keep_submissions(request: HttpRequest, page: Page) -> HttpResponse | None:
    """One page."""
    return refusal(request, [page])


@hooks.register("before_bulk_action")
def keep_submissions_in_bulk(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """Several pages ticked in a list."""
    if action_type != "delete" or not all(isinstance(each, Page) for each in objects):
        return None
    return refusal(request, objects)


class GuardedSiteDeleteView(DeleteView):
    """Wagtail's own, refusing while the site's consultation has submissions."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask before the confirmation, and again when it is confirmed; who may not is not told."""
        if not request.user.has_perm("wagtailcore.delete_site"):
            return super().dispatch(request, *args, **kwargs)
        sent = (
            Idea.objects.filter(debate__consultation__site=self.object).exists()
            or Contribution.objects.filter(consultation__site=self.object).exists()
            or Vote.objects.filter(idea__debate__consultation__site=self.object).exists()
        )
        if sent:
            messages.error(
                request,
                _("“%(site)s” cannot be deleted: its consultation has submissions.")
                % {"site": self.object},
            )
            return redirect("wagtailsites:index")
        return super().dispatch(request, *args, **kwargs)


@hooks.register("register_admin_urls", order=-1)
def guarded_urls() -> list[Any]:
    """The same address as Wagtail's, asked first."""
    own = SiteViewSet("wagtailsites", url_prefix="sites")
    own.delete_view_class = GuardedSiteDeleteView
    return [path("sites/delete/<int:pk>/", own.delete_view)]
