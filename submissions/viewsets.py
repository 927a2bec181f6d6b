"""The admin pages of debates and questionnaires: rules and state. Words are edited in pages."""

from typing import Any, ClassVar

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from submissions.actions import ConfirmTypoView, open_view, take_up_view
from submissions.models import Debate, Question, Questionnaire
from submissions.policies import OnlyThese
from submissions.registry import differences
from submissions.registry.attach import attachable
from submissions.registry.typo import may_be_typo


class FormBlockIndexView(generic.IndexView):
    """Every debate, or every questionnaire, with its state."""

    def get_base_queryset(self) -> Any:
        """With labels and state, in a constant number of queries."""
        return self.model.objects.with_state().prefetch_related("labels")


class FormBlockEditView(generic.EditView):
    """Rules, with the state above: open or not and why, what differs, what could be taken up."""

    open_url_name: str | None = None
    attach_url_name: str | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the state."""
        row = type(self.object).objects.with_state().get(pk=self.object.pk)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["row"] = row
        context["differences"] = [] if row.retired_at else differences(row)
        context["attachable"] = attachable(row)
        permission = f"submissions.open_{row._meta.model_name}"
        context["may_open"] = self.request.user.has_perm(permission)
        if isinstance(row, Questionnaire):
            context["questions"] = [
                {"question": question, "typo": may_be_typo(question)}
                for question in row.questions.with_words()
            ]
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


def _columns(viewset_name: str) -> list[Any]:
    return [
        TitleColumn("title", label=_("Title"), url_name=f"{viewset_name}:edit"),
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
    list_display: ClassVar = _columns("debates")
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


class QuestionnaireViewSet(FormBlockViewSet):
    """Questionnaires."""

    model = Questionnaire
    name = "questionnaires"
    icon = "form"
    menu_label = _("Questionnaires")
    list_display: ClassVar = _columns("questionnaires")
    panels: ClassVar = [FormBlockViewSet.dates]


class QuestionViewSet(ModelViewSet):
    """The rules of one question, reached from its questionnaire."""

    model = Question
    name = "questions"
    icon = "help"
    add_to_admin_menu = False
    copy_view_enabled = False
    list_display: ClassVar = ["__str__", "kind"]
    panels: ClassVar = [
        FieldPanel("required"),
        FieldPanel("word_limit"),
        FieldPanel("scale_points"),
    ]

    @property
    def permission_policy(self) -> OnlyThese:
        """Rows come from blocks in pages: nobody adds or deletes one by hand."""
        return OnlyThese(self.model, "view", "change")

    def get_urlpatterns(self) -> list[URLPattern]:
        """Wagtail's, with the confirmation that a change was a typo."""
        return [
            *super().get_urlpatterns(),
            path("typo/<int:pk>/", ConfirmTypoView.as_view(), name="typo"),
        ]


class FormsGroup(ViewSetGroup):
    """One entry of the menu."""

    menu_label = pgettext_lazy("admin menu", "Forms")
    menu_icon = "form"
    menu_order = 210
    items = (DebateViewSet, QuestionnaireViewSet)
