"""The pages of staff for contributions."""

from submissions.contributions.staff.views.code import CodeFileView, CodeView
from submissions.contributions.staff.views.details import (
    HistoryView,
    NoteView,
    PassageView,
    VersionsView,
)
from submissions.contributions.staff.views.listing import ContributionsView
from submissions.contributions.staff.views.read import ReadView
from submissions.contributions.staff.views.scheme import (
    AddCodeView,
    CodeEditView,
    SchemeFileView,
    SchemeLoadView,
    SchemeView,
)
from submissions.contributions.staff.views.sharing import ShareView

__all__ = [
    "AddCodeView",
    "CodeEditView",
    "CodeFileView",
    "CodeView",
    "ContributionsView",
    "HistoryView",
    "NoteView",
    "PassageView",
    "ReadView",
    "SchemeFileView",
    "SchemeLoadView",
    "SchemeView",
    "ShareView",
    "VersionsView",
]
