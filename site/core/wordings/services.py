"""Mending a wording, and taking that back. Each leaves a line in the audit log."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from wagtail.log_actions import log

from core.clock import database_now
from core.models import InterfaceWording
from core.wordings.catalogue import Key, Message, messages_in
from core.wordings.checks import faults
from core.wordings.overlay import bring_in_step

ACTION = "core.mend_wording"
# What may not be mended here, beside addresses: the rooms above say which words and why.
_agreed_to: set[str] = set()


class UnfitWordingError(Exception):
    """The words can't stand for the message: ``reasons`` say why."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class MendedMeanwhileError(Exception):
    """Somebody else has mended the wording since it was shown."""


def keep_as_released(messages: Iterable[str]) -> None:
    """People agree to these words and a version is recorded: they change in a release alone."""
    _agreed_to.update(messages)


def mendable(language: str) -> dict[Key, Message]:
    """The messages that may be mended, with what the release says in ``language``."""
    return {k: one for k, one in messages_in(language).items() if one.message not in _agreed_to}


def mended(language: str) -> dict[Key, list[str]]:
    """The wordings that stand in place of the catalogue's: one query."""
    return mended_in([language])[language]


def mended_in(languages: Iterable[str]) -> dict[str, dict[Key, list[str]]]:
    """The same for several languages, in one query."""
    found: dict[str, dict[Key, list[str]]] = {code: {} for code in languages}
    for row in InterfaceWording.objects.filter(language__in=found).exclude(words=[]):
        found[row.language][row.context, row.message] = row.words
    return found


def stands(message: Message, held: dict[Key, list[str]]) -> list[str]:
    """What is read now."""
    return held.get(message.key) or list(message.words)


@transaction.atomic
def mend(
    language: str,
    changes: dict[Key, list[str]],
    by: Any,
    *,
    seen: dict[Key, list[str]] | None = None,
) -> int:
    """Put words in place of the catalogue's, or none to have those back; how many changed.

    All or nothing. ``seen``: what stood for each of them when they were written. Raises
    ``UnfitWordingError`` and ``MendedMeanwhileError``.
    """
    messages = mendable(language)
    with connection.cursor() as cursor:  # one after the other, so that times tell versions apart
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('core.wordings'))")
    held = mended(language)
    changed = 0
    for key, words in changes.items():
        message = messages[key]
        if seen is not None and stands(message, held) != seen[key]:
            raise MendedMeanwhileError
        wanted = [] if words == list(message.words) else words
        reasons = list(faults(message, wanted, language)) if wanted else []
        if reasons:
            raise UnfitWordingError(reasons)
        before = held.get(key, [])
        if wanted == before:
            continue
        row, _created = InterfaceWording.objects.update_or_create(
            language=language,
            context=key[0],
            message=key[1],
            defaults={"words": wanted, "changed_at": database_now(), "changed_by": by},
        )
        data = {"language": language, "before": before, "after": wanted}
        log(instance=row, action=ACTION, user=by, title=key[1][:200], data=data)
        changed += 1
    if changed:
        transaction.on_commit(bring_in_step)
    return changed
