"""The life of an idea as moderators see it: decisions, corrections, appeal, word to the author."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from submissions.models import Decision, Idea, Notified


@dataclass(frozen=True)
class Entry:
    """One thing that happened: when, what, who, and the words left with it."""

    at: datetime
    what: str
    who: str = ""
    note: str = ""
    language: str = ""  # of the note, where it is the author's
    undone: bool = False


def history_of(idea: Idea) -> list[Entry]:
    """Everything that happened to ``idea``, the newest first: one query, and what it brings."""
    decisions = (
        Decision.objects.filter(idea=idea)
        .select_related("moderator", "notice", "undoes", "undone_by", "appeal")
        .order_by("pk")
    )
    entries = [Entry(idea.created_at, pgettext("history of an idea", "Received"))]
    for decision in decisions:
        entries.append(_decided(decision))
        entries.extend(_notified(decision))
    appeal = getattr(idea, "appeal", None)
    if appeal is not None:
        what = _("The author appeals against the refusal")
        entries.append(Entry(appeal.made_at, what, note=appeal.text, language=appeal.language))
    if idea.withdrawn_by_author_at is not None:
        what = pgettext("history of an idea", "Withdrawn by its author")
        entries.append(Entry(idea.withdrawn_by_author_at, what))
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def name_of(moderator: Any) -> str:
    """How colleagues call a moderator."""
    if moderator is None:
        return _("someone whose account is closed")
    return str(moderator.get_full_name() or moderator.username)


def _decided(decision: Decision) -> Entry:
    what = str(decision.get_kind_display())
    if hasattr(decision, "appeal"):
        what = _("On appeal: %(decision)s") % {"decision": what}
    if decision.undoes is not None:
        what = f"{what} ({decision.undoes.get_kind_display()})"
    if decision.reason:
        what = f"{what} ({decision.get_reason_display()})"
    return Entry(
        decision.decided_at,
        what,
        name_of(decision.moderator),
        decision.note,
        undone=hasattr(decision, "undone_by"),
    )


def _notified(decision: Decision) -> list[Entry]:
    notice = getattr(decision, "notice", None)
    if notice is None:
        return []
    at = notice.settled_at or notice.due_at
    what = _("Word to the author: %(outcome)s")
    if notice.outcome == Notified.WAITING:
        what = _("Word to the author, due: %(outcome)s")
    return [Entry(at, what % {"outcome": notice.get_outcome_display()})]
