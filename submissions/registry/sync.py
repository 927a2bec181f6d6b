"""``sync(page)``: make the rows say what the page shows. Idempotent, one transaction."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from wagtail.fields import StreamField
from wagtail.models import Page

from core.clock import database_now
from submissions.blocks import FormStructBlock
from submissions.models import Consultation, Debate, FormBlock, Questionnaire
from submissions.registry.parity import differences, structure
from submissions.registry.questions import sync_questions


@dataclass(frozen=True)
class PlacedBlock:
    """A form block as it stands on a page."""

    block_id: UUID
    model: type[FormBlock]
    value: Any


def form_blocks(page: Page) -> Iterator[PlacedBlock]:
    """The form blocks at the top level of every StreamField of ``page`` (a specific page)."""
    for field in page._meta.get_fields():
        if not isinstance(field, StreamField):
            continue
        for child in getattr(page, field.name):
            if isinstance(child.block, FormStructBlock) and child.id:
                yield PlacedBlock(UUID(child.id), child.block.row_model, child.value)


def rows_of(page: Page) -> dict[str, FormBlock]:
    """The rows behind a page's form blocks by block id, with labels and state: at most six queries.

    Retired rows are among them: their submissions can still be read. An alias has its original's.
    """
    key = page.alias_of.translation_key if page.alias_of_id else page.translation_key
    debates = Debate.objects.of_page(key).with_state()
    questionnaires = Questionnaire.objects.of_page(key).with_state()
    rows = [
        *debates.prefetch_related("labels"),
        *questionnaires.prefetch_related("labels", "questions"),
    ]
    return {str(row.block_id): row for row in rows}


@transaction.atomic
def sync(page: Page, *, unpublished: bool = False) -> None:
    """Create what is new on a live page, update its language's labels, retire what is gone.

    An alias is ignored (it shows the original's block). A page that is not live only closes. What
    was open stays open when parity is lost: only opening asks for it. ``unpublished`` says that the
    page went off line, whatever the database still says (a page about to be deleted).
    """
    page = page.specific
    if page.alias_of_id is not None:
        return
    _one_at_a_time(page.translation_key)
    now = database_now()
    language = page.locale.language_code
    live = page.live and not unpublished
    placed = list(form_blocks(page)) if live else []
    for model in (Debate, Questionnaire):
        known = {
            row.block_id: row
            for row in model.objects.of_page(page.translation_key).select_related("consultation")
        }
        open_before = set(
            model.objects.of_page(page.translation_key).open_at().values_list("pk", flat=True)
        )
        here = {block.block_id: block for block in placed if block.model is model}
        for block in here.values():
            if block.block_id not in known:
                known[block.block_id] = _register(page, block)
            _label(known[block.block_id], block, page, now)
        for block_id, row in known.items():
            if block_id not in here:
                _take_off(row, language, page_live=live, now=now)
            _settle(row, now, was_open=row.pk in open_before)


def _one_at_a_time(translation_key: UUID) -> None:
    """Two languages of one page published at the same moment wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(translation_key)]
        )


def _register(page: Page, block: PlacedBlock) -> Any:
    """A new row. A copied page keeps its block ids: its rows wait for somebody to open them."""
    copied = block.model.objects.filter(block_id=block.block_id).exists()
    consultation, _created = Consultation.objects.get_or_create(site=page.get_site())
    return block.model.objects.create(
        consultation=consultation,
        translation_key=page.translation_key,
        block_id=block.block_id,
        opens_by_hand=copied,
    )


def _label(row: Any, block: PlacedBlock, page: Page, now: datetime) -> None:
    """Write the words of this language; the block's return after it was gone revives the row."""
    language = page.locale.language_code
    label = row.labels.filter(language=language).first()
    if label is not None and not label.present:
        row.retired_at = None
    before = label.structure if label is not None else []
    words = {
        "title": block.value.get("title") or "",
        "page_title": page.title,
        "structure": structure(block.value),
        "present": True,
        "live": True,
    }
    if isinstance(row, Questionnaire):
        words["introduction"] = block.value.get("introduction") or ""
        sync_questions(row, block.value, language, before=before, now=now)
    row.labels.update_or_create(language=language, defaults=words)


def _take_off(row: Any, language: str, *, page_live: bool, now: datetime) -> None:
    """The block does not stand on this language's page: it was removed, or the page is off line."""
    label = row.labels.filter(language=language).first()
    if label is None:
        return
    if page_live:
        if label.present:
            row.retired_at = row.retired_at or now
        label.present = False
    label.live = page_live
    label.save(update_fields=["present", "live"])


def _settle(row: Any, now: datetime, *, was_open: bool) -> None:
    """Derive what queries ask for: where it is live, whether it is level, since when it is open."""
    row._prefetched_objects_cache = {}
    labels = row.labels.filter(present=True, live=True)
    row.live_languages = sorted(labels.values_list("language", flat=True))
    row.level = not differences(row)
    if was_open and not row.level and row.opened_at is None:
        row.opened_at = now
    row.save(update_fields=["live_languages", "level", "opened_at", "retired_at"])
