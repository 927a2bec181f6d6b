"""What happened to an idea's translation into one language: who and when, from the audit log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from wagtail.models import ModelLogEntry

from core.numbers import number
from submissions.models import Idea
from submissions.moderation.history import name_of

WHAT = ("propose", "draft", "approve", "take_back", "keep")
ACTIONS = {f"submissions.{what}_translation": what for what in WHAT}


@dataclass(frozen=True)
class Step:
    """One thing that happened."""

    at: datetime
    what: str
    who: str


def history_of(idea: Idea, language: str, shown_in: str) -> list[Step]:
    """The newest first, in the words of ``shown_in``: one query."""
    lines = ModelLogEntry.objects.for_instance(idea).select_related("user")
    lines = lines.filter(action__in=ACTIONS, data__language=language).order_by("-pk")
    return [Step(line.timestamp, _said(line, shown_in), _who(line)) for line in lines]


def last_step(idea: Idea, language: str, shown_in: str) -> Step | None:
    """The last thing that somebody did."""
    return next(iter(history_of(idea, language, shown_in)), None)


def _said(line: Any, shown_in: str) -> str:
    sentences = {
        "propose": pgettext("history of a translation", "Proposed by the machine translator"),
        "draft": pgettext("history of a translation", "Draft saved"),
        "approve": pgettext("history of a translation", "Approved"),
        "take_back": pgettext("history of a translation", "Taken back"),
        "keep": pgettext("history of a translation", "Kept as it stands"),
    }
    said = sentences[ACTIONS[line.action]]
    reports = line.data.get("reports", 0)
    if not reports:
        return said
    settled = ngettext(
        "%(number)s report of a reader settled", "%(number)s reports of readers settled", reports
    )
    return f"{said} – {settled % {'number': number(reports, shown_in)}}"


def _who(line: Any) -> str:
    if ACTIONS[line.action] == "propose":
        return ""
    return name_of(line.user) if line.user else _("someone whose account is closed")
