"""What a page's forms look like in a preview: at other times, or before they are registered."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from core.clock import database_now
from submissions.models import Consultation, FormBlock, Phase
from submissions.registry import form_blocks, rows_of


def rows_for(page: Page, request: HttpRequest) -> dict[str, FormBlock]:
    """The rows behind the forms of ``page`` by block id.

    In a preview of a phase, as they will be then, blocks that were never published among them: a
    block needs no row to be looked at.
    """
    rows = rows_of(page)
    phase = getattr(request, "preview_phase", "")
    consultation = Consultation.of(request)
    if not phase or consultation is None:
        return rows
    for placed in form_blocks(page):
        model: Any = placed.model
        unregistered = model(pk=0, translation_key=page.translation_key, block_id=placed.block_id)
        row = rows.setdefault(str(placed.block_id), unregistered)
        _put(row, consultation, Phase(phase), page.locale.language_code)
    return rows


def open_row(model: Any, language: str) -> FormBlock:
    """One that takes submissions and stands on no page: what a block alone is shown with."""
    consultation = Consultation()
    consultation.now = database_now()
    row: FormBlock = model(pk=0)
    _put(row, consultation, Phase.OPEN, language)
    return row


def _put(row: FormBlock, consultation: Consultation, phase: Phase, language: str) -> None:
    """Make ``row``, which is never saved, say that it is in ``phase``."""
    row.consultation = consultation
    row.opens_at = row.closes_at = row.opened_at = row.retired_at = None
    row.now = consultation.now
    row.is_open = phase is Phase.OPEN
    row.live_languages = [language]
