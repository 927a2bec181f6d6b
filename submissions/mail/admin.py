"""Mail in Wagtail's admin: what waits, what was given up and why. Nobody reads or edits it."""

from typing import Any, ClassVar

import django_filters
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from core.alternates import own_name
from submissions.models import Mail, MailKind, MailStatus
from submissions.policies import OnlyThese
from submissions.staff_access import consultations_of


class MailFilterSet(WagtailFilterSet):
    """By what became of it, and what it is about."""

    status = django_filters.ChoiceFilter(
        label=pgettext_lazy("column, mail", "Status"), choices=MailStatus.choices
    )
    kind = django_filters.ChoiceFilter(
        label=pgettext_lazy("filter, mail", "About"), choices=MailKind.choices
    )

    class Meta:
        model = Mail
        fields: ClassVar[list[str]] = []


class MailIndexView(generic.IndexView):
    """The newest first. Addresses are masked: whose mail server, not whose mail."""

    any_permission_required: ClassVar = ["view"]

    def get_base_queryset(self) -> Any:
        """Without the words."""
        own = consultations_of(self.request.user, "submissions.view_mail")
        return Mail.objects.filter(consultation__in=own).defer("subject", "text", "html")

    @property
    def columns(self) -> list[BaseColumn]:
        """What, to where, how it stands."""
        return [
            Column("get_kind_display", label=pgettext_lazy("column, mail", "About")),
            Column("masked_to", label=pgettext_lazy("column, mail", "To")),
            Column("language", label=_("Language"), accessor=lambda row: own_name(row.language)),
            Column("get_status_display", label=pgettext_lazy("column, mail", "Status")),
            Column("attempts", label=pgettext_lazy("column, mail", "Attempts")),
            Column("trouble", label=pgettext_lazy("column, mail", "Last trouble")),
            DateColumn(
                "made_at", label=pgettext_lazy("column, mail", "Written"), sort_key="made_at"
            ),
        ]


class MailViewSet(ModelViewSet):
    """A list, for organisers."""

    model = Mail
    name = "mail"
    icon = "mail"
    menu_label = pgettext_lazy("admin menu", "Mail")
    menu_order = 206
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = MailIndexView
    filterset_class = MailFilterSet
    ordering: ClassVar = ["-made_at", "-pk"]
    list_per_page = 50

    @property
    def permission_policy(self) -> OnlyThese:
        """Seen; the worker alone writes it."""
        return OnlyThese(self.model, "view")

    def register_admin_url_finder(self) -> None:
        """There is no edit view to find."""

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """What can be granted in the groups' form."""
        return Permission.objects.filter(
            content_type__app_label="submissions", codename="view_mail"
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        """No view that writes."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]


@hooks.register("register_admin_viewset")
def mail_viewset() -> MailViewSet:
    """The entry of the menu."""
    return MailViewSet()
