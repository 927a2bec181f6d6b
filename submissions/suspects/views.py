"""Clusters in Wagtail's admin: the list, and one with what it changes and the buttons to judge."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.models import ModelLogEntry

from core.dates import moment
from core.numbers import number
from submissions.models import Cluster, ClusterKind, Participant
from submissions.models.cluster import ClusterQuerySet
from submissions.staff_access import consultations_of, may
from submissions.suspects.effect import MOST_COUNTED, effect_of, standing
from submissions.suspects.explanations import EXPLANATIONS
from submissions.suspects.finding import find_clusters
from submissions.suspects.forms import JudgeForm
from submissions.suspects.judging import SET_ASIDE, judge, people_of

PERMISSION = "submissions.judge_participant"
PEOPLE_SHOWN = 200


class ForOrganisers:
    """For who may judge participants; others get Wagtail's own refusal."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask for the permission before anything else."""
        if not may(request.user, PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def clusters(self) -> ClusterQuerySet:
        """Those of the consultations that one answers for, with how many people they are."""
        own = consultations_of(self.request.user, PERMISSION)
        return Cluster.objects.with_size().filter(consultation__in=own)

    def when(self, cluster: Cluster) -> str:
        """From when to when."""
        language = get_language() or "en"
        began, ended = moment(cluster.began_at, language), moment(cluster.ended_at, language)
        return (
            began
            if began == ended
            else _("%(began)s to %(ended)s")
            % {
                "began": began,
                "ended": ended,
            }
        )


class ClustersView(ForOrganisers, BaseListingView):
    """What was found, the latest first; how many votes are counted in no case."""

    template_name = "submissions/suspects/clusters.html"
    results_template_name = "submissions/suspects/clusters_results.html"
    page_title = pgettext_lazy("admin menu", "Suspicions")
    header_icon = "warning"
    index_url_name = "suspects:index"
    index_results_url_name = "suspects:index_results"
    paginate_by = 20
    verbose_name_plural = Cluster._meta.verbose_name_plural

    def get_base_queryset(self) -> QuerySet[Cluster]:
        """One's own."""
        return self.clusters().newest()

    def order_queryset(self, queryset: QuerySet[Cluster]) -> QuerySet[Cluster]:
        """The latest first, always."""
        return queryset

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """What was seen, when, how many, and what became of them."""
        return [
            TitleColumn(
                "kind",
                label=pgettext_lazy("suspects", "What was seen"),
                accessor="get_kind_display",
                get_url=lambda row: reverse("suspects:cluster", args=[row.pk]),
            ),
            Column("when", label=pgettext_lazy("suspects", "When"), accessor=self.when),
            Column("size", label=gettext_lazy("Participants")),
            Column("aside", label=pgettext_lazy("suspects", "Set aside")),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The figures above the list."""
        counted = standing(consultations_of(self.request.user, PERMISSION))
        return super().get_context_data(standing=counted, most_counted=MOST_COUNTED, **kwargs)


class LookAgainView(ForOrganisers, TemplateView):
    """The button “Look again now”: what the worker does once an hour."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look, and say what was found."""
        try:
            joined = find_clusters()
        except OperationalError:  # given up: there is more to read than a page can wait for
            told = _("It took too long and was given up. The worker tries again within the hour.")
            messages.warning(request, told)
            return redirect("suspects:index")
        words = ngettext(
            "%(number)s participant joined the list.",
            "%(number)s participants joined the list.",
            joined,
        )
        told = words % {"number": number(joined, get_language() or "en")}
        messages.success(request, told if joined else _("Nothing new was found."))
        return redirect("suspects:index")


class ClusterView(ForOrganisers, WagtailAdminTemplateMixin, TemplateView):
    """One cluster: who, what their votes change, what was judged; on POST, judge."""

    template_name = "submissions/suspects/cluster.html"
    header_icon = "warning"
    form: JudgeForm | None = None

    @cached_property
    def cluster(self) -> Cluster:
        """The one that the address names."""
        return get_object_or_404(self.clusters(), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """What was seen."""
        return self.cluster.get_kind_display()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the list."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("suspects:index"), "label": pgettext_lazy("admin menu", "Suspicions")},
            {"url": "", "label": self.get_page_title()},
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Judge; without a reason, or nobody ticked, the page says so and changes nothing."""
        self.form = JudgeForm(request.POST, people=people_of(self.cluster))
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        suspect = self.form.suspect
        judged = judge(
            self.cluster,
            request.user,  # type: ignore[arg-type]
            self.form.cleaned_data["reason"],
            suspect=suspect,
            only=self.form.only,
        )
        messages.success(request, _told(judged, suspect=suspect))
        return redirect("suspects:cluster", self.cluster.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All that is on the page, in a constant number of queries."""
        people = people_of(self.cluster)
        rows = Participant.objects.filter(pk__in=people).annotate(cast=Count("votes"))
        entries = ModelLogEntry.objects.for_instance(self.cluster).select_related("user")
        form = self.form or JudgeForm(people=set())
        return super().get_context_data(
            cluster=self.cluster,
            when=self.when(self.cluster),
            explanation=EXPLANATIONS[ClusterKind(self.cluster.kind)],
            effect=effect_of(people),
            people=rows.order_by("created_at", "pk")[:PEOPLE_SHOWN],
            ticked=set(self.request.POST.getlist("who")),
            more=max(0, len(people) - PEOPLE_SHOWN),
            judgements=[
                {
                    "set_aside": entry.action == SET_ASIDE,
                    "at": entry.timestamp,
                    "who": entry.user_display_name,
                    "participants": entry.data["participants"],
                    "reason": entry.data["reason"],
                }
                for entry in entries.order_by("-timestamp")
            ],
            form=form,
            **kwargs,
        )


def _told(judged: int, *, suspect: bool) -> str:
    if not judged:
        return _("Nothing changed: they stood so already.")
    if suspect:
        words = ngettext(
            "%(number)s participant is set aside. Results follow within seconds.",
            "%(number)s participants are set aside. Results follow within seconds.",
            judged,
        )
    else:
        words = ngettext(
            "%(number)s participant is counted again. Results follow within seconds.",
            "%(number)s participants are counted again. Results follow within seconds.",
            judged,
        )
    return words % {"number": number(judged, get_language() or "en")}
