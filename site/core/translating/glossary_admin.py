"""The glossary in Wagtail's admin: one line a term, a column a language."""

from typing import Any

from django.db import IntegrityError
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail import hooks
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from core.alternates import own_name
from core.models import Term, TermWording
from core.translating.glossary_form import TermForm, field_of, languages
from core.translating.glossary_views import ExportView, ImportView


def _with_words() -> QuerySet[Term]:
    """Every term with its words in each language."""
    return Term.objects.prefetch_related("wordings").annotate(
        **{
            field_of(code): Subquery(
                TermWording.objects.filter(term=OuterRef("pk"), language=code).values("words")[:1]
            )
            for code in languages()
        }
    )


class GlossaryIndexView(generic.IndexView):
    """By the alphabet of the first language; sought in all of them."""

    page_title = gettext_lazy("Glossary")
    add_item_label = gettext_lazy("Add a term")

    def get_base_queryset(self) -> QuerySet[Term]:
        """A constant number of queries."""
        return _with_words().order_by(Lower(field_of(languages()[0])), "pk")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The files, for who may keep the glossary."""
        buttons: list[Button] = super().header_more_buttons
        if self.request.user.has_perms(["core.add_term", "core.change_term"]):
            take_out, bring_in = _("Take out as a CSV file"), _("Bring in a CSV file")
            buttons += [
                Button(take_out, url=reverse("glossary:csv"), icon_name="download", priority=10),
                Button(bring_in, url=reverse("glossary:csv_in"), icon_name="upload", priority=20),
            ]
        return buttons

    @property
    def columns(self) -> list[BaseColumn]:
        """A language each, and the note."""
        first, *others = languages()
        return [
            TitleColumn(
                field_of(first),
                label=own_name(first),
                accessor=lambda term: getattr(term, field_of(first)) or str(term),
                get_url=self.get_edit_url,
                sort_key=field_of(first),
            ),
            *(
                Column(field_of(code), label=own_name(code), sort_key=field_of(code))
                for code in others
            ),
            Column("note", label=pgettext_lazy("glossary", "Note")),
        ]


class _OnceOnly:
    """Two people who add one term at the same time: the second is told, and keeps the words."""

    def form_valid(self, form: TermForm) -> HttpResponse:
        """The database has the last word."""
        try:
            answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except IntegrityError:
            form.add_error(None, _("Somebody has just added one of these words to the glossary."))
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            answer = self.form_invalid(form)  # type: ignore[attr-defined]
        return answer


class GlossaryCreateView(_OnceOnly, generic.CreateView):
    """A new term."""


class GlossaryEditView(_OnceOnly, generic.EditView):
    """Its words, side by side."""


class GlossaryViewSet(ModelViewSet):
    """For who writes, publishes and translates."""

    model = Term
    name = "glossary"
    icon = "openquote"
    menu_label = pgettext_lazy("admin menu", "Glossary")
    menu_order = 222
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = GlossaryIndexView
    add_view_class = GlossaryCreateView
    edit_view_class = GlossaryEditView
    search_backend_name = None
    list_per_page = 50

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """What is looked for may stand in any language, or in the note."""
        fields = [*(field_of(code) for code in languages()), "note"]
        return super().get_index_view_kwargs(search_fields=fields, **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        """The files too."""
        return [
            *super().get_urlpatterns(),
            path("csv/", ExportView.as_view(), name="csv"),
            path("csv/import/", ImportView.as_view(), name="csv_in"),
        ]

    def get_form_class(self, for_update: bool = False) -> type[TermForm]:
        """The same for a new term and an old one."""
        return TermForm


@hooks.register("register_admin_viewset")
def glossary_viewset() -> GlossaryViewSet:
    """The addresses, and the entry of the menu."""
    return GlossaryViewSet()
