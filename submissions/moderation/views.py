"""The moderators' queue and the page of one decision, in Wagtail's admin."""

from datetime import datetime, timedelta
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from core.dates import moment, since
from submissions.models import Debate, Idea, IdeaStatus, IdeaText
from submissions.moderation.forms import DecisionForm
from submissions.moderation.services import AlreadyDecided, decide

PERMISSION = "submissions.moderate_idea"


class ModeratorsOnly:
    """Others get Wagtail's own refusal."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask for the permission before anything else."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


def promised_by(idea: Idea) -> datetime:
    """By when a moderator should have read the idea, as its author was told."""
    return idea.created_at + timedelta(hours=idea.debate.consultation.moderation_hours)


def overdue(idea: Any) -> bool:
    """Whether the promise is broken: ``idea`` brings ``now`` along."""
    return idea.status == IdeaStatus.AWAITING and promised_by(idea) < idea.now


def to_moderate() -> QuerySet[Idea]:
    """Ideas with all that the queue and the decision show."""
    ideas = Idea.objects.select_related("debate__consultation").annotate(now=Now())
    return ideas.prefetch_related("texts", "debate__labels")


class IdeaFilters(WagtailFilterSet):
    """Status (awaiting unless told otherwise), language, debate."""

    status = django_filters.ChoiceFilter(
        label=pgettext_lazy("idea", "Status"),
        choices=IdeaStatus.choices,
        initial=IdeaStatus.AWAITING,
        empty_label=pgettext_lazy("status", "Any"),
        widget=forms.RadioSelect,
    )
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Written in"),
        choices=settings.LANGUAGES,
        empty_label=pgettext_lazy("language", "Any"),
        widget=forms.RadioSelect,
    )
    debate = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("block", "Debate"),
        queryset=Debate.objects.prefetch_related("labels"),
        empty_label=pgettext_lazy("debate", "Any"),
    )

    class Meta:
        model = Idea
        fields = ("status", "language", "debate")


class WordsColumn(TitleColumn):
    """The idea's words, in their own language."""

    def get_link_attrs(self, instance: Idea, parent_context: Any) -> dict[str, Any]:
        """The language and direction of what participants wrote."""
        return {"lang": instance.language, "dir": "auto"}


class DueColumn(Column):
    """By when a moderator should have read the idea; a broken promise stands out."""

    cell_template_name = "submissions/moderation/due_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Whether the promise is broken."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"overdue": overdue(instance)}


class QueueView(ModeratorsOnly, BaseListingView):
    """Ideas awaiting a decision, the oldest first; others by filter, the newest first."""

    page_title = pgettext_lazy("admin menu", "Moderation")
    header_icon = "comment"
    index_url_name = "moderation:index"
    index_results_url_name = "moderation:index_results"
    filterset_class = IdeaFilters
    is_searchable = True
    paginate_by = 50
    verbose_name_plural = Idea._meta.verbose_name_plural
    columns = [
        WordsColumn(
            "words", label=gettext_lazy("Idea"), accessor=str, url_name="moderation:decide"
        ),
        Column(
            "debate",
            label=pgettext_lazy("block", "Debate"),
            accessor="debate",
            classname="wide-only",
        ),
        Column(
            "language",
            label=gettext_lazy("Written in"),
            accessor="get_language_name",
            classname="wide-only",
        ),
        Column("received", label=gettext_lazy("Received"), accessor="get_age"),
        DueColumn("due", label=gettext_lazy("Promise"), accessor="get_due"),
    ]

    def get_base_queryset(self) -> QuerySet[Idea]:
        """In a constant number of queries."""
        return to_moderate()

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """What awaits a decision, unless a status is asked for."""
        data = self.request.GET.copy()
        data.setdefault("status", IdeaStatus.AWAITING.value)
        return {"data": data, "request": self.request}

    def order_queryset(self, queryset: QuerySet[Idea]) -> QuerySet[Idea]:
        """The oldest first where somebody waits for an answer."""
        status = self.request.GET.get("status", IdeaStatus.AWAITING)
        if status == IdeaStatus.AWAITING:
            return queryset.order_by("created_at", "pk")
        return queryset.order_by("-created_at", "-pk")

    def search_queryset(self, queryset: QuerySet[Idea]) -> QuerySet[Idea]:
        """By words of any of its texts."""
        if not self.is_searching:
            return queryset
        found = IdeaText.objects.filter(text__icontains=self.search_query)
        return queryset.filter(pk__in=found.values("idea"))

    def get_table(self, object_list: Any) -> Any:
        """Say ages and promises in the moderator's language."""
        language = get_language() or settings.LANGUAGE_CODE
        names = dict(settings.LANGUAGES)
        for idea in object_list:
            idea.get_language_name = names.get(idea.language, idea.language)
            idea.get_age = since(idea.created_at, idea.now, language)
            idea.get_due = _due(idea, language)
        return super().get_table(object_list)


def _due(idea: Any, language: str) -> str:
    if idea.status != IdeaStatus.AWAITING:
        return str(idea.get_status_display())
    if overdue(idea):
        return pgettext("promise", "Overdue")
    return pgettext("promise", "By %(moment)s") % {"moment": moment(promised_by(idea), language)}


class DecideView(ModeratorsOnly, WagtailAdminTemplateMixin, TemplateView):
    """One idea, the guidance, and the decision."""

    template_name = "submissions/moderation/decide.html"
    page_title = pgettext_lazy("admin menu", "Moderation")
    header_icon = "comment"
    form: DecisionForm | None = None

    @cached_property
    def idea(self) -> Any:
        """The idea of the address."""
        return get_object_or_404(to_moderate(), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Its number: its words stand below."""
        return _("Idea %(number)s") % {"number": self.idea.pk}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the queue."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("moderation:index"), "label": self.page_title},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The idea with its history and what can be decided."""
        return super().get_context_data(
            idea=self.idea,
            overdue=overdue(self.idea),
            overdue_label=pgettext("promise", "Overdue"),
            promised_by=promised_by(self.idea),
            form=self.form or DecisionForm(self.idea),
            decisions=self.idea.decisions.select_related("moderator").order_by("pk"),
            translations=[
                text for text in self.idea.texts.all() if text.language != self.idea.language
            ],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide, and go back to the queue; or tell who was quicker."""
        self.form = DecisionForm(self.idea, request.POST)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        kind = self.form.cleaned_data["kind"]
        try:
            decide(self.idea, kind, request.user, self.form.cleaned_data["reason"])  # type: ignore[arg-type]
        except AlreadyDecided as conflict:
            messages.warning(request, _already(conflict))
            return redirect("moderation:decide", self.idea.pk)
        messages.success(request, self._done(), buttons=[self._look_again()])
        return redirect("moderation:index")

    def _done(self) -> str:
        words = {
            IdeaStatus.PUBLISHED: _("Idea %(number)s is published."),
            IdeaStatus.REFUSED: _("Idea %(number)s is refused."),
            IdeaStatus.WITHDRAWN: _("Idea %(number)s is withdrawn."),
        }
        return words[IdeaStatus(self.idea.status)] % {"number": self.idea.pk}

    def _look_again(self) -> Any:
        where = reverse("moderation:decide", args=[self.idea.pk])
        return messages.button(where, pgettext("idea", "See it"))


def _already(conflict: AlreadyDecided) -> str:
    """Who decided, and when."""
    decision = conflict.decision
    if decision is None:
        return _("Nothing was changed: this idea was decided on in the meantime.")
    language = get_language() or settings.LANGUAGE_CODE
    moderator = decision.moderator
    return _("Nothing was changed: decided on %(moment)s by %(moderator)s: %(decision)s.") % {
        "moment": moment(decision.decided_at, language),
        "moderator": (moderator.get_full_name() or moderator.username)
        if moderator
        else _("someone whose account is closed"),
        "decision": decision.get_kind_display(),
    }
