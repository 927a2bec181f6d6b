"""What the author of an idea is told about a decision, in one language at a time.

The moderator reads it before deciding, and the mail says the same: both take it from here.
"""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from submissions.models import (
    Address,
    DecisionKind,
    Idea,
    Notice,
    Notified,
    RefusalReason,
)

# What a reason means for the author, and what can be done: the label alone names it.
EXPLANATIONS = {
    RefusalReason.INCOMPREHENSIBLE: gettext_lazy(
        "You can write it again, as one sentence that says what should be done."
    ),
    RefusalReason.OFF_TOPIC: gettext_lazy("Another theme may suit it better."),
    RefusalReason.PARTISAN: gettext_lazy(
        "It calls for support for, or rejection of, a party, a candidate or an elected person."
    ),
    RefusalReason.UNLAWFUL: gettext_lazy(
        "It incites to hatred, violence or discrimination, defames, deceives, or discloses"
        " someone’s private life."
    ),
    RefusalReason.ADVERTISING: gettext_lazy("It promotes a product, a brand or a service."),
    RefusalReason.SEVERAL_IDEAS: gettext_lazy(
        "A vote on several ideas at once would have no clear meaning. You can send each one by"
        " itself."
    ),
    RefusalReason.WRONG_LANGUAGE: gettext_lazy(
        "You can send it again in one of them, and say which when you send it."
    ),
    RefusalReason.INSULTING: gettext_lazy(
        "An idea can be put forward without belittling a person or a group."
    ),
    RefusalReason.ALREADY_SAID: gettext_lazy(
        "A published idea makes the same proposal: you can vote on it."
    ),
    RefusalReason.OTHER: gettext_lazy(
        "It does not follow the moderation charter. You can write to the organisers to know more."
    ),
}


@dataclass(frozen=True)
class Letter:
    """A subject and paragraphs of plain words, in ``language``."""

    language: str
    subject: str
    paragraphs: list[str]


def language_of_author(idea: Idea) -> str:
    """What the author reads mail in: as they said with their address, else as they wrote."""
    address = Address.objects.filter(participant=idea.author_id).values_list("language", flat=True)
    return (address.first() if idea.author_id else None) or idea.language


def told_otherwise(idea: Idea) -> bool:
    """Whether the author was told of a decision that was undone afterwards."""
    undone = Notice.objects.filter(decision__idea=idea, decision__undone_by__isnull=False)
    return undone.filter(outcome=Notified.SENT).exists()


def letter(
    kind: DecisionKind,
    reason: RefusalReason | None,
    language: str,
    *,
    on_appeal: bool = False,
    replaces: bool = False,
) -> Letter:
    """What is said of this decision in ``language``; the idea's own words stand beside it.

    ``replaces``: an earlier letter said otherwise, as ``told_otherwise`` knows.
    """
    with translation.override(language):
        said = _of_appeal(kind) if on_appeal else _of_decision(kind, reason)
        mine, again = pgettext("letter", "Your idea"), pgettext("letter", "Your appeal")
        if replaces:
            said.insert(0, _("This replaces what we wrote to you about this idea before."))
        return Letter(language, again if on_appeal else mine, said)


def _of_decision(kind: DecisionKind, reason: RefusalReason | None) -> list[str]:
    if kind is DecisionKind.PUBLISH:
        return [
            _("A moderator has read your idea and published it."),
            _("Everybody can now read it and vote on it, whichever language they read."),
        ]
    if kind is DecisionKind.REFUSE:
        said = [_("A moderator has read your idea and did not publish it, for this reason:")]
    else:
        said = [_("A moderator has withdrawn your idea, which is no longer shown. The reason:")]
    if reason is not None:
        said.append(f"{reason.label}. {EXPLANATIONS[reason]}")
    if kind is DecisionKind.REFUSE:
        said.append(
            _(
                "If you disagree, you can ask once for another moderator to read it again, on the"
                " page “My participation”."
            )
        )
    return said


def _of_appeal(kind: DecisionKind) -> list[str]:
    if kind is DecisionKind.PUBLISH:
        return [
            _("Another moderator has read your idea again and published it."),
            _("Everybody can now read it and vote on it, whichever language they read."),
        ]
    return [
        _("Another moderator has read your idea again. The refusal stands."),
        _("An idea is read again once: this answer is the last. You can always send another idea."),
    ]
