"""What a translation's publication shows of its forms: where they are not level."""

from typing import Any

from wagtail.models import Page

from core.translating import parity, stopping
from core.translating.states import work_of
from submissions.registry import differences, form_blocks, rows_of, structure


@parity.register
def forms_that_differ(page: Page) -> list[str]:
    """One sentence a difference, after the name of the form; a form that was retired has none.

    As they will stand once ``page`` is published: what publishing mends is no difference.
    """
    rows = {key: row for key, row in rows_of(page).items() if not row.retired_at}
    soon = _about_to_be_published(page) if rows else {}
    return [
        f"{row} – {difference.sentence}"
        for key, row in rows.items()
        for difference in differences(row, soon.get(key))
    ]


def _about_to_be_published(page: Page) -> dict[str, Any]:
    """The forms of the original as it was last sent, by block: the translation's are the same."""
    language = page.locale.language_code
    work = work_of(page)
    if work is None:
        return {}
    sent = form_blocks(work.translation.source.as_instance())
    return {str(block.block_id): {language: structure(block.value)} for block in sent}


@stopping.register
def with_forms(page: Page) -> bool:
    """Whether forms stand on the page, or stood there once and were answered."""
    return next(form_blocks(page), None) is not None or bool(rows_of(page))
