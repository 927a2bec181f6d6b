"""The admin pages of questionnaires and of their questions: rules, state, what languages differ in.

Words are edited in pages.
"""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from submissions.actions import ConfirmTypoView
from submissions.models import Question, Questionnaire
from submissions.policies import OnlyThese
from submissions.questionnaires import views
from submissions.questionnaires.comparison import compare
from submissions.questionnaires.outline import outline_of
from submissions.questionnaires.rules import panel_of
from submissions.registry.parity import language_name
from submissions.viewsets import FormBlockEditView, FormBlockViewSet, columns_of


class QuestionnaireEditView(FormBlockEditView):
    """Dates, with the outline of the questions, and the ways to look at the form."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the outline and the links in each language."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        row = context["row"]
        context["outline"] = outline_of(row)
        comparison = compare(row)
        context["comparison"] = comparison
        context["languages"] = [
            {
                "code": column.language,
                "name": column.name,
                "stands": column.stands,
                "pages": views.page_links(row, column.language, self.request.user),
            }
            for column in comparison.columns
        ]
        return context


class QuestionnaireViewSet(FormBlockViewSet):
    """Questionnaires."""

    model = Questionnaire
    name = "questionnaires"
    icon = "form"
    menu_label = _("Questionnaires")
    list_display: ClassVar = columns_of(
        "questionnaires", "submissions.change_questionnaire", seen_at="questionnaires:languages"
    )
    panels: ClassVar = [FormBlockViewSet.dates]
    edit_view_class = QuestionnaireEditView
    edit_template_name = "submissions/admin/questionnaire/edit.html"

    def get_urlpatterns(self) -> list[URLPattern]:
        """With what shows the form: side by side, as contributors see it, on paper."""
        return [
            *super().get_urlpatterns(),
            path("languages/<int:pk>/", views.languages, name="languages"),
            path("preview/<int:pk>/<slug:language>/", views.preview, name="preview"),
            path("print/<int:pk>/<slug:language>/", views.print_out, name="print"),
        ]


class QuestionEditView(generic.EditView):
    """The rules that a question of its kind has."""

    object: Question

    def get_object(self, queryset: Any = None) -> Any:
        """The question of the address; one of another site's staff is none."""
        return get_object_or_404(
            self.permission_policy.instances_user_has_any_permission_for(
                self.request.user, ["change"]
            ),
            pk=self.kwargs["pk"],
        )

    def get_panel(self) -> Panel:
        """As its kind has them."""
        return panel_of(self.get_object().kind)

    def get_form_class(self) -> Any:
        """The one of its panel: not the form of all rules that the viewset would make."""
        return self.panel.get_form_class()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """It is reached from its questionnaire, not from a list of all questions."""
        questionnaire = self.object.questionnaire
        return [
            *self.breadcrumbs_items,
            {"url": reverse("questionnaires:index"), "label": _("Questionnaires")},
            {
                "url": reverse("questionnaires:edit", args=[questionnaire.pk]),
                "label": str(questionnaire),
            },
            {"url": "", "label": self.get_page_subtitle()},
        ]

    def get_success_url(self) -> str:
        """Back to the outline, at this question."""
        edit = reverse("questionnaires:edit", args=[self.object.questionnaire_id])
        return f"{edit}#question-{self.object.pk}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words in each language: what is being ruled."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        question = Question.objects.with_words().get(pk=self.object.pk)
        context["question"] = question
        offered = question.questionnaire.consultation.languages
        context["wordings"] = [
            {"name": language_name(code), "wording": wording}
            for code in offered
            if (wording := question.wording_in(code)) and wording.language == code
        ]
        context["nothing_to_set"] = not context["form"].fields
        return context


class QuestionViewSet(ModelViewSet):
    """The rules of one question, reached from its questionnaire."""

    model = Question
    name = "questions"
    icon = "help"
    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display: ClassVar = ["__str__", "kind"]
    edit_view_class = QuestionEditView
    edit_template_name = "submissions/admin/questionnaire/question.html"
    exclude_form_fields: ClassVar = ["questionnaire"]

    @property
    def permission_policy(self) -> OnlyThese:
        """Rows come from blocks in pages: nobody adds or deletes one by hand."""
        return OnlyThese(self.model, "view", "change", consultation="questionnaire__consultation")

    def get_urlpatterns(self) -> list[URLPattern]:
        """Wagtail's, with the confirmation that a change was a typo."""
        return [
            *super().get_urlpatterns(),
            path("typo/<int:pk>/", ConfirmTypoView.as_view(), name="typo"),
        ]
