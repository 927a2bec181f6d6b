"""Where a page leads once it is saved: on, to the list of tasks, out, or to another language."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from submissions.contributions.drafts.dossier import Dossier
from submissions.contributions.drafts.tasks import tasks_in

if TYPE_CHECKING:
    from submissions.contributions.drafts.views.page import DraftPage

ON, LIST, EXIT = "on", "list", "exit"


@dataclass(frozen=True)
class OtherLanguage:
    """A button that saves, then shows the same page in another language (case 31)."""

    code: str
    invitation: str


@dataclass(frozen=True)
class Ways:
    """What the pressed button said. Return in a field is the first button: on."""

    then: str

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """As the form was sent."""
        return cls(request.POST.get("then", ON))

    @property
    def on(self) -> bool:
        """To the next task, which what is wrong here would leave behind."""
        return self.then == ON


def other_languages_of(page: "DraftPage") -> list[OtherLanguage]:
    """Every other language of the consultation."""
    others = []
    for code in page.draft.consultation.languages:
        if code != page.language:
            with translation.override(code):
                name = get_language_info(code)["name_local"]
                others.append(
                    OtherLanguage(code, _("Continue in %(language)s") % {"language": name})
                )
    return others


def where_to(page: "DraftPage", ways: Ways, key: str) -> str:
    """The address after the task ``key``."""
    draft = page.draft.pk
    if ways.then == EXIT:
        return reverse("submissions:draft_leave", args=[draft])
    if ways.then in page.draft.consultation.languages:
        with translation.override(ways.then):
            tasks = tasks_in(Dossier(page.draft, ways.then))
            return next(
                (one.url for one in tasks if one.key == key),
                reverse("submissions:draft", args=[draft]),
            )
    if ways.on:
        tasks = tasks_in(page.dossier)
        keys = [one.key for one in tasks]
        following = tasks[keys.index(key) + 1 :] if key in keys else []
        for task in following:
            if task.status != "closed":
                return task.url
    return reverse("submissions:draft", args=[draft])
