"""What a translation's publication shows of its forms: where they are not level."""

from wagtail.models import Page

from core.translating import parity, stopping
from submissions.registry import differences, form_blocks, rows_of


@parity.register
def forms_that_differ(page: Page) -> list[str]:
    """One sentence a difference, after the name of the form; a form that was retired has none."""
    return [
        f"{row}: {difference.sentence}"
        for row in rows_of(page).values()
        if not row.retired_at
        for difference in differences(row)
    ]


@stopping.register
def with_forms(page: Page) -> bool:
    """Whether forms stand on the page, or stood there once and were answered."""
    return next(form_blocks(page), None) is not None or bool(rows_of(page))
