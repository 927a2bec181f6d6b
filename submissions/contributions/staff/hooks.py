"""Contributions in Wagtail's admin: the entry of the menu, the addresses, the lines of the log."""

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from submissions.contributions.staff import access
from submissions.contributions.staff.views import (
    AddCodeView,
    CodeEditView,
    CodeFileView,
    CodeView,
    ContributionsView,
    HistoryView,
    NoteView,
    PassageView,
    ReadView,
    SchemeFileView,
    SchemeLoadView,
    SchemeView,
    ShareView,
    VersionsView,
)

# What staff do: the name in the list of actions, and the line of the log.
ACTS = {
    "assign_contribution": (_("Give a contribution to read"), _("Contribution given to read")),
    "read_contribution": (_("Read a contribution"), _("Contribution marked as read")),
    "reopen_contribution": (_("Read a contribution again"), _("Contribution being read again")),
    "code_contribution": (_("Code a contribution"), _("Codes of a contribution changed")),
    "mark_passage": (_("Mark a passage"), _("Passage marked")),
    "code_passage": (_("Code a passage"), _("Codes of a passage changed")),
    "unmark_passage": (_("Take a passage’s mark away"), _("Passage marked no more")),
    "add_note": (_("Write a private note"), _("Private note written")),
    "change_note": (_("Change a private note"), _("Private note changed")),
    "remove_note": (_("Delete a private note"), _("Private note deleted")),
    "add_code": (_("Add a code"), _("Code added to the scheme")),
    "change_code": (_("Change a code"), _("Code of the scheme changed")),
    "move_code": (_("Move a code"), _("Code moved in the scheme")),
    "retire_code": (_("Retire a code"), _("Code retired")),
    "take_up_code": (_("Take up a retired code"), _("Retired code taken up again")),
    "merge_code": (_("Merge two codes"), _("Code merged into another")),
    "load_scheme": (_("Load a coding scheme"), _("Coding scheme loaded from a file")),
    "export_passages": (_("Export passages"), _("Passages of a code exported")),
}


class ContributionsMenuItem(MenuItem):
    """Shown to those who may see contributions of any consultation."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To reviewers and organisers."""
        return access.may(request.user, access.VIEW)


class ContributionsViewSet(ViewSet):
    """The list, the reading view, sharing out, the coding scheme."""

    name = url_prefix = "contributions"
    icon = menu_icon = "doc-full"
    menu_label = _("Contributions")
    menu_name = "contributions"
    menu_order = 205
    menu_item_class = ContributionsMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        """Their addresses."""
        results = ContributionsView.as_view(results_only=True)
        return [
            path("", ContributionsView.as_view(), name="index"),
            path("results/", results, name="index_results"),
            path("share/", ShareView.as_view(), name="assign"),
            path("<int:pk>/", ReadView.as_view(), name="inspect"),
            path("<int:pk>/history/", HistoryView.as_view(), name="history"),
            path("<int:pk>/versions/", VersionsView.as_view(), name="versions"),
            path("<int:pk>/passages/<int:passage_pk>/", PassageView.as_view(), name="passage"),
            path("<int:pk>/notes/<int:note_pk>/", NoteView.as_view(), name="note"),
            path("codes/", SchemeView.as_view(), name="scheme"),
            path("codes/add/", AddCodeView.as_view(), name="scheme_add"),
            path("codes/load/", SchemeLoadView.as_view(), name="scheme_load"),
            path("codes/scheme.csv", SchemeFileView.as_view(), name="scheme_csv"),
            path("codes/<int:pk>/", CodeView.as_view(), name="code"),
            path("codes/<int:pk>/passages.csv", CodeFileView.as_view(), name="code_csv"),
            path("codes/<int:pk>/edit/", CodeEditView.as_view(), name="code_edit"),
        ]


@hooks.register("register_admin_viewset")
def contributions() -> ContributionsViewSet:
    """Beside moderation, for those who may."""
    return ContributionsViewSet()


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """What can be granted in the groups' form."""
    wanted = Q()
    for dotted in access.GRANTED:
        app_label, codename = dotted.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    return Permission.objects.filter(wanted)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """The words of each act in the audit log."""
    for act, (label, message) in ACTS.items():
        actions.register_action(f"submissions.{act}", label, message)
