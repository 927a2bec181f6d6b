"""The admin pages of form blocks: rules and state. Words are edited in pages."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from submissions.actions import open_view, take_up_view
from submissions.models import Debate
from submissions.policies import OnlyThese
from submissions.registry import differences
from submissions.registry.attach import attachable
from submissions.staff_access import may


class FormBlockIndexView(generic.IndexView):
    """Every debate, or every questionnaire, with its state."""

    def get_base_queryset(self) -> Any:
        """With labels and state, in a constant number of queries."""
        own = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, ["view", "change"]
        )
        rows = self.model.objects.with_state().filter(pk__in=own.values("pk"))
        return rows.prefetch_related("labels")


class FormBlockEditView(generic.EditView):
    """Rules, with the state above: open or not and why, what differs, what could be taken up."""

    open_url_name: str | None = None
    attach_url_name: str | None = None

    def get_object(self, queryset: Any = None) -> Any:
        """The row of the address; one of another site's staff is none."""
        return get_object_or_404(
            self.permission_policy.instances_user_has_any_permission_for(
                self.request.user, ["change"]
            ),
            pk=self.kwargs["pk"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the state."""
        row = type(self.object).objects.with_state().get(pk=self.object.pk)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["row"] = row
        context["differences"] = [] if row.retired_at else differences(row)
        context["attachable"] = attachable(row)
        permission = f"submissions.open_{row._meta.model_name}"
        context["may_open"] = may(self.request.user, permission, row.consultation_id)
        return context


class FormBlockViewSet(ModelViewSet):
    """What debates and questionnaires have in common."""

    index_view_class = FormBlockIndexView
    edit_view_class = FormBlockEditView
    edit_template_name = "submissions/admin/form_block_edit.html"
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    dates: ClassVar = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            FieldPanel("opens_by_hand"),
        ],
        _("Opening and closing"),
    )

    @property
    def permission_policy(self) -> OnlyThese:
        """Rows come from blocks in pages: nobody adds or deletes one by hand."""
        return OnlyThese(self.model, "view", "change")

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The names of the two actions, for the buttons."""
        return super().get_edit_view_kwargs(
            open_url_name=self.get_url_name("open"),
            attach_url_name=self.get_url_name("attach"),
            **kwargs,
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        """Wagtail's, with the two actions of a row."""
        return [
            *super().get_urlpatterns(),
            path("open/<int:pk>/", open_view(self.model), name="open"),
            path("attach/<int:pk>/<int:retired_pk>/", take_up_view(self.model), name="attach"),
        ]


class FormBlockTitle(TitleColumn):
    """What a row is called; a link to what who looks may open, if anything."""

    def __init__(self, viewset_name: str, may_change: str, seen_at: str | None) -> None:
        super().__init__("title", label=_("Title"), url_name=f"{viewset_name}:edit")
        self.may_change, self.seen_at = may_change, seen_at

    def get_link_url(self, instance: Any, parent_context: Any) -> str | None:
        """Its rules for who may change them, else the page that shows them."""
        user = parent_context["request"].user
        if may(user, self.may_change, instance.consultation):
            return str(super().get_link_url(instance, parent_context))
        return reverse(self.seen_at, args=[instance.pk]) if self.seen_at else None


def columns_of(viewset_name: str, may_change: str, *, seen_at: str | None = None) -> list[Any]:
    """The columns of the list of debates, or of questionnaires.

    ``seen_at``: the name of the page of a row for who may look at it and not change it.
    """
    return [
        FormBlockTitle(viewset_name, may_change, seen_at),
        Column(
            "page", label=_("Page"), accessor=lambda row: getattr(row.label_in(), "page_title", "")
        ),
        BooleanColumn("is_open", label=pgettext_lazy("form", "Open")),
        BooleanColumn("level", label=_("The same in every language")),
    ]


class DebateViewSet(FormBlockViewSet):
    """Debates."""

    model = Debate
    name = "debates"
    icon = "group"
    menu_label = _("Debates")
    list_display: ClassVar = columns_of("debates", "submissions.change_debate")
    panels: ClassVar = [
        FormBlockViewSet.dates,
        MultiFieldPanel(
            [
                FieldPanel("sequence_length"),
                FieldRowPanel([FieldPanel("shortest_idea"), FieldPanel("longest_idea")]),
                FieldPanel("near_from"),
            ],
            _("Rules"),
        ),
    ]
