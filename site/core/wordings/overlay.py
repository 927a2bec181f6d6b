"""Mended wordings in front of the catalogues, in every process within seconds.

Each process looks for a newer wording at most once in ``SECONDS``, before a request and beside the
worker's tasks: one query on an index of few rows, none in between. What can't be read leaves the
words as they are: a page is never refused for its wording.
"""

import logging
import threading
import time
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Max
from django.utils.translation import trans_real

from core.models import InterfaceWording
from core.wordings.catalogue import FIXED_CONTEXTS, plural_rule

logger = logging.getLogger(__name__)

SECONDS = 5.0
Words = dict[Any, str]


class Overlay(dict[Any, str]):
    """The wordings of one language: what Django looks at before its own catalogues."""


class _Seen:
    """What this process has put in place."""

    lock = threading.Lock()
    looked: float = float("-inf")  # monotonic
    version: datetime | None = None


def look_again(**_signal: object) -> None:
    """Bring the process in step, unless it has looked lately."""
    if time.monotonic() - _Seen.looked < SECONDS or not _Seen.lock.acquire(blocking=False):
        return
    try:
        _Seen.looked = time.monotonic()
        bring_in_step()
    except DatabaseError:
        logger.warning("Wordings could not be read; they are looked for again")
    finally:
        _Seen.lock.release()


def bring_in_step() -> None:
    """Put in place what the database holds now."""
    version = InterfaceWording.objects.aggregate(newest=Max("changed_at"))["newest"]
    if version == _Seen.version and all(_overlaid(code) for code, _name in settings.LANGUAGES):
        return
    by_language: dict[str, Overlay] = {code: Overlay() for code, _name in settings.LANGUAGES}
    for row in InterfaceWording.objects.exclude(words=[]).exclude(context__in=FIXED_CONTEXTS):
        if row.language in by_language:
            by_language[row.language].update(_entries(row))
    for code, words in by_language.items():
        _put(code, words)
    _Seen.version = version


def _entries(row: InterfaceWording) -> Words:
    """As gettext keeps them: by message, or by message and form where there are several."""
    key = (
        f"{row.context}{trans_real.CONTEXT_SEPARATOR}{row.message}" if row.context else row.message
    )
    if len(row.words) == 1:
        return {key: row.words[0], (key, 0): row.words[0]}
    return {(key, form): words for form, words in enumerate(row.words) if words}


def _catalogs(language: str) -> Any:
    return trans_real.translation(language)._catalog  # type: ignore[attr-defined]


def _overlaid(language: str) -> bool:
    return isinstance(_catalogs(language)._catalogs[0], Overlay)


def _put(language: str, words: Overlay) -> None:
    """In one assignment: a page that is being made reads the old words or the new ones."""
    catalog = _catalogs(language)
    if _overlaid(language):
        catalog._catalogs[0] = words
        return
    # The rule first: Django reads both lists side by side.
    catalog._plurals = [plural_rule(language), *catalog._plurals]
    catalog._catalogs = [words, *catalog._catalogs]
